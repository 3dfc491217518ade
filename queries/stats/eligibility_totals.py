"""The totals of a wilayah by the field, truly eligible and left out, drawn jointly with the rates of its groups."""

from dataclasses import dataclass

import numpy as np

from queries.stats.eligibility_groups import OF_TOTAL, normal, root
from queries.stats.eligibility_rates import Answers
from queries.stats.survey_covariance import Scores

_NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Totals:
    """Weighted totals of a wilayah, estimates and draws (b,) of: `eligible` truly eligible units; `gap` those of them
    not covered; of the gap `unregistered` and `wrong_desil` (registered, outside the program's target by the register).
    """

    eligible: tuple[float, np.ndarray]
    gap: tuple[float, np.ndarray]
    unregistered: tuple[float, np.ndarray]
    wrong_desil: tuple[float, np.ndarray]


def draw_totals(
    answers: Answers, is_in: np.ndarray, parts: np.ndarray, draws: np.ndarray, weight: np.ndarray, key: int
) -> Totals:
    """Return the totals of a wilayah, jointly with draws (b, g, d) of the rates of its groups.

    `is_in` (n,) marks its rows; `parts` (n, 4) are truly eligible units that are covered, not registered, registered at
    a wrong desil, and not reached though registered and in the target. `weight` (g, d) are the sample's weighted units
    of each group and class. Linearised in place of resampled: with two clusters in a stratum a bootstrap has three
    outcomes for it, none of them with the finite population in mind, while these variances are those of every other
    interval. The error of the totals follows that of the rates as far as the design says that the total moves with the
    share of the truly eligible among the asked. Parts are cut off at nought, so that they always add up.
    """
    design, scores = answers.design, Scores(answers.design)
    estimate = design.weight[is_in] @ parts[is_in]
    rows = np.flatnonzero(is_in)
    z = np.column_stack([parts[rows], _index_residual(answers, rows)]) * design.weight[rows][:, None]
    covariance = scores.covariance(rows, z)
    of_parts, with_index = covariance[:4, :4], covariance[:4, 4]
    index = np.einsum("bgd,gd->b", draws, weight)
    spread = index.std()
    follows = covariance[4, 4] > _NEGLIGIBLE and spread > _NEGLIGIBLE
    slope = with_index / np.sqrt(covariance[4, 4]) if follows else np.zeros(4)
    moved = (index - index.mean()) / spread if follows else np.zeros(len(index))
    noise = normal(OF_TOTAL, key, 4) @ root(of_parts - np.outer(slope, slope))
    drawn = np.maximum(estimate + np.outer(moved, slope) + noise, 0)
    covered, unregistered, wrong_desil, not_reached = drawn.T
    gap = unregistered + wrong_desil + not_reached
    # A share is taken of it: a total of nought would be no number of households that a sample found.
    eligible = np.maximum(covered + gap, _NEGLIGIBLE)
    return Totals(
        (float(estimate.sum()), eligible), (float(estimate[1:].sum()), gap), (float(estimate[1]), unregistered),
        (float(estimate[2]), wrong_desil),
    )


def _index_residual(answers: Answers, rows: np.ndarray) -> np.ndarray:
    """Return y - R x of the rows, R the rate of the row's class among `rows`; 0 for a row of no class."""
    is_asked = answers.is_asked[rows]
    code = np.where(is_asked, answers.class_code[rows], 0)
    weight = np.where(is_asked, answers.design.weight[rows], 0.0)
    top = np.bincount(code, weight * answers.truly[rows], answers.class_count)
    bottom = np.bincount(code, weight * answers.units[rows], answers.class_count)
    rate = np.divide(top, bottom, out=np.zeros(len(top)), where=bottom > 0)
    return np.where(is_asked, answers.truly[rows] - rate[code] * answers.units[rows], 0.0)
