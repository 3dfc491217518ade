"""The recipe for rates of small areas: smoothed variances, a Fay-Herriot model of angles, benchmarking, intervals.

The model is that of arcsin(sqrt(rate)) (Jiang, Lahiri, Wan and Wu 2001), fitted by its working variate: with the angle
t = x'beta of the round before and p = sin^2 t, y = t + (direct - p) / (2 sqrt(p (1 - p))) (McCullagh and Nelder 1989,
section 2.5; Breslow and Clayton 1993). To transform each direct rate by itself is biased where an area has fewer than
ten answers, as arcsin(sqrt(.)) is not linear; y is as unbiased as the direct rate. Its variance is 1 / (4 n_eff).
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.benchmarking import benchmark
from queries.stats.bootstrap import draw_replicates, fit_replicates
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import FayHerriot, dependent_columns, fit, goodness_of_fit, shapiro_wilk
from queries.stats.selection import Selection, select_covariates
from queries.stats.smoothing import EffectiveCounts, effective_counts
from queries.stats.transformation import back_transform, back_transform_interval

LEAST_AREAS = 40
REPLICATES = 200
_ROUNDS = 8
_SETTLED = 1e-4
# Beyond these angles (rates of 1 and 99 %) the working variate would be divided by next to nothing.
_LOWEST, _HIGHEST = 0.1, np.pi / 2 - 0.1
_SEED = 1


@dataclass(frozen=True)
class Areas:
    """What is known of every area: covariates (D, p) without a constant; codes of what lies above, arrays (D,).

    group: 0..G-1, whose direct estimate the areas are benchmarked to. parent: 0..P-1, for which the areas' estimates
    are put together.
    """

    covariates: np.ndarray
    names: tuple[str, ...]
    group: np.ndarray
    parent: np.ndarray


@dataclass(frozen=True)
class Answers:
    """One row per sampled household, arrays (n,): 0 <= numerator <= denominator, weight > 0, codes of its places."""

    numerator: np.ndarray
    denominator: np.ndarray
    weight: np.ndarray
    area: np.ndarray
    cluster: np.ndarray


@dataclass(frozen=True)
class Parents:
    """Estimates of the areas above, put together from those below: rate, root of its MSE, 95 % interval (P,)."""

    estimate: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


@dataclass(frozen=True)
class SmallAreas:
    """Estimates of every area, arrays (D,); all NaN where `is_used` is False, and `reason` says why.

    estimate, se, lower, upper: the benchmarked rate, the root of its bootstrap MSE, its 95 % interval.
    model_estimate: before benchmarking. gamma: the weight of the area's own answers, 0 without any.
    residual: standardised, NaN without a sample. model: the fit on the scale of angles.
    factor (G,): benchmarked over model, by group; NaN where the group had no target.
    parents: the same for every parent, arrays (P,); its areas weigh by the estimated total of their denominators, and
    one without such an area has NaN.
    """

    is_used: bool
    reason: str | None
    is_sampled: np.ndarray
    estimate: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    model_estimate: np.ndarray
    gamma: np.ndarray
    residual: np.ndarray
    factor: np.ndarray
    parents: "Parents | None" = None
    model: FayHerriot | None = None
    counts: EffectiveCounts | None = None
    selection: Selection | None = None
    shapiro_p: float | None = None
    fit_p: float | None = None


def estimate_areas(
    answers: Answers, areas: Areas, *, selects: bool = True, replicates: int = REPLICATES, seed: int = _SEED
) -> SmallAreas:
    """Return small-area estimates of a rate, by the steps that docs/method.md lists.

    1. At least LEAST_AREAS areas with an answer, or no model (`too_few_areas`); answers that differ (`no_variation`).
    2. Effective numbers of answers from one correlation within clusters and each area's weights (smoothing).
    3. Working variate and REML in turn until the angles rest; the adjusted likelihood of Yoshimori and Lahiri (2014)
       where the variance component comes out zero. With `selects` the covariates are chosen by AIC under ML at the
       working variate of all of them; constant and collinear ones are left out first.
    4. Back-transformation with bias correction; areas without an answer get the synthetic estimate.
    5. Benchmarking to each group's direct estimate (the weighted mean of its areas' direct rates, by the estimated
       total of their denominators).
    6. MSE by parametric bootstrap of steps 3 to 5, variance component fitted anew in every replicate; the interval is
       normal on the scale of angles, around the benchmarked angle, so that it never leaves 0 to 1.

    Raises StatisticsError: not_finite (covariates), and those of the steps.
    """
    total = np.bincount(answers.area, answers.weight * answers.denominator, len(areas.group))
    is_sampled = total > 0
    if is_sampled.sum() < LEAST_AREAS:
        return _unused("too_few_areas", is_sampled, areas)
    part = np.bincount(answers.area, answers.weight * answers.numerator, len(areas.group))
    direct = part[is_sampled] / total[is_sampled]
    overall = float(part.sum() / total.sum())
    if overall in (0.0, 1.0):
        return _unused("no_variation", is_sampled, areas)
    counts = effective_counts(
        answers.numerator, answers.denominator, answers.weight, answers.area, answers.cluster,
        np.full(len(total), overall),
    )
    variances = 1 / (4 * counts.count[is_sampled])
    design = _design(areas.covariates)
    selection = None
    if selects:
        independent = np.delete(design, dependent_columns(design[is_sampled]), axis=1)
        y, _ = _fit_angles(direct, variances, independent, is_sampled, overall)
        selection = select_covariates(y, variances, areas.covariates[is_sampled], areas.names)
        design = _design(areas.covariates[:, list(selection.chosen)])
    y, model = _fit_angles(direct, variances, design, is_sampled, overall)
    angle, gamma, residual = design @ model.beta, np.zeros(len(total)), np.full(len(total), np.nan)
    angle[is_sampled], gamma[is_sampled], residual[is_sampled] = model.eblup, model.gamma, model.residuals
    variance = model.variance_component * (1 - gamma)
    before = back_transform(angle, variance)
    target = _means(direct, total[is_sampled], areas.group[is_sampled])
    after = benchmark(before, total, target, areas.group)
    mse, angle_mse, parents = _bootstrap(model, variances, design, total, after.estimate, areas, replicates, seed)
    lower, upper = _interval(after.estimate, angle_mse)
    return SmallAreas(
        True, None, is_sampled, after.estimate, np.sqrt(mse), lower, upper, before, gamma, residual, after.adjustment,
        parents, model, counts, selection, shapiro_wilk(model.residuals)[1],
        goodness_of_fit(y, variances, model.eblup, model.mse)[1],
    )


def _fit_angles(
    direct: np.ndarray, variances: np.ndarray, design: np.ndarray, is_sampled: np.ndarray, overall: float
) -> tuple[np.ndarray, FayHerriot]:
    """Return the working variate and the model of the sampled areas, once the synthetic angles rest."""
    X = design[is_sampled]
    angle = np.full(len(direct), np.arcsin(np.sqrt(overall)))
    for _ in range(_ROUNDS):
        held = np.clip(angle, _LOWEST, _HIGHEST)
        y = held + (direct - np.sin(held) ** 2) / np.sin(2 * held)
        model = fit(y, variances, X, when_zero="amrl_yl")
        moved = np.abs(model.synthetic - angle).max()
        angle = model.synthetic
        if moved < _SETTLED:
            break
    return y, model


def _bootstrap(
    model: FayHerriot, variances: np.ndarray, design: np.ndarray, total: np.ndarray, estimate: np.ndarray,
    areas: Areas, replicates: int, seed: int,
) -> tuple[np.ndarray, np.ndarray, Parents]:
    """Return the MSE of the benchmarked rates and of their angles, arrays (D,), and the parents with theirs.

    A replicate's direct rates are what its working variates stand for, so that its target is known as badly as the real
    one. Angles are held to a right angle, as the estimates are.
    """
    is_sampled = total > 0
    truth, drawn = draw_replicates(model, variances, design, is_sampled, replicates, seed)
    a, angle, gamma = fit_replicates(drawn, variances, design[is_sampled], design, is_sampled, None)
    truth = np.clip(truth, 0, np.pi / 2)
    held = np.clip(model.synthetic, _LOWEST, _HIGHEST)
    direct = np.clip(np.sin(held) ** 2 + (drawn - held) * np.sin(2 * held), 0, 1)
    before = back_transform(angle, a[:, None] * (1 - gamma))
    target = np.array([_means(row, total[is_sampled], areas.group[is_sampled]) for row in direct])
    after = benchmark(before, total, target, areas.group).estimate
    true_rate = np.sin(truth) ** 2
    above = _means(estimate, total, areas.parent)
    found = np.array([_means(row, total, areas.parent) for row in after])
    real = np.array([_means(row, total, areas.parent) for row in true_rate])
    above_mse = ((found - real) ** 2).mean(axis=0)
    lower, upper = _interval(above, ((_angle(found) - _angle(real)) ** 2).mean(axis=0))
    parents = Parents(above, np.sqrt(above_mse), lower, upper)
    return ((after - true_rate) ** 2).mean(axis=0), ((_angle(after) - truth) ** 2).mean(axis=0), parents


def _interval(rate: np.ndarray, angle_mse: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    lower, upper = back_transform_interval(_angle(rate), angle_mse)
    # A rounding must not leave the estimate outside its own interval.
    return np.minimum(lower, rate), np.maximum(upper, rate)


def _angle(rate: np.ndarray) -> np.ndarray:
    return np.arcsin(np.sqrt(rate))


def _means(rate: np.ndarray, weight: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return each group's weighted mean, NaN for a group without weight."""
    total = np.bincount(group, weight)
    mean = np.bincount(group, weight * rate)
    return np.divide(mean, total, out=np.full(len(total), np.nan), where=total > 0)


def _design(covariates: np.ndarray) -> np.ndarray:
    """Return a constant and the covariates, each centred and scaled: their units differ by orders of magnitude."""
    missing = np.argwhere(~np.isfinite(covariates))
    if missing.size:
        raise StatisticsError("not_finite", name="covariates", position=int(missing[0][0]))
    spread = covariates.std(axis=0)
    scaled = (covariates - covariates.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return np.column_stack([np.ones(len(covariates)), scaled])


def _unused(reason: str, is_sampled: np.ndarray, areas: Areas) -> SmallAreas:
    nothing = np.full(len(is_sampled), np.nan)
    return SmallAreas(False, reason, is_sampled, *[nothing] * 7, factor=np.full(areas.group.max() + 1, np.nan))
