"""Tests of a small-area model: are its residuals normal, and do its estimates contradict the direct ones."""

import numpy as np
from scipy.stats import chi2, shapiro

from queries.stats.errors import StatisticsError


def shapiro_wilk(residuals: np.ndarray) -> tuple[float, float]:
    """Return W and its p-value for the hypothesis that the standardised residuals are normal (Shapiro and Wilk 1965).

    Raises StatisticsError: too_few_areas (fewer than three), constant_values (no spread to test).
    """
    if len(residuals) < 3:
        raise StatisticsError("too_few_areas", areas=len(residuals), needed=3)
    if np.ptp(residuals) == 0:
        raise StatisticsError("constant_values", name="residuals")
    return tuple(map(float, shapiro(residuals)))


def goodness_of_fit(
    direct: np.ndarray, variances: np.ndarray, estimate: np.ndarray, mse: np.ndarray
) -> tuple[float, float]:
    """Return the Wald statistic of direct against model estimates, arrays (m,), and its p-value.

    W = sum of (direct - estimate)^2 / (variance + mse), against chi-square with m degrees of freedom (Brown, Chambers,
    Heady and Heasman 2001); a small p-value says that the model's estimates contradict the direct ones.
    """
    statistic = float(np.sum((direct - estimate) ** 2 / (variances + mse)))
    return statistic, float(chi2.sf(statistic, len(direct)))
