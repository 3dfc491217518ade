"""The recipe for rates of small areas: variances, a Fay-Herriot model, benchmarking, intervals, areas put together.

Two scales. "arcsine" transforms each direct rate to arcsin(sqrt(rate)) (Jiang, Lahiri, Wan and Wu 2001; Schmid,
Bruckschen, Salvati and Zbiranski 2017) and needs many answers an area: with few, the angle is biased by as much as the
estimate's whole error. "plain" models the rate itself with p (1 - p) / n_eff, p as the covariates predict it, and is
unbiased however few the answers. docs/method.md has the figures of both.
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.benchmarking import benchmark
from queries.stats.bootstrap import draw_replicates, fit_replicates
from queries.stats.diagnostics import goodness_of_fit, shapiro_wilk
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import (
    FayHerriot,
    dependent_columns,
    fit,
    prediction_interval,
)
from queries.stats.selection import Selection, select_covariates
from queries.stats.smoothing import (
    EffectiveCounts,
    effective_counts,
    finite_population_variances,
    predict_rates,
    rate_variances,
    unexplained_share,
)
from queries.stats.transformation import arcsine, back_transform, back_transform_interval, rate_variance

LEAST_AREAS = 40
LEAST_ARCSINE_COUNT = 40
REPLICATES = 200
_ROUNDS = 6
_SETTLED = 1e-5
_SEED = 1
# Royston's (1995) approximation of the Shapiro-Wilk test holds up to here.
_MOST_SHAPIRO = 5_000


@dataclass(frozen=True)
class Areas:
    """What is known of every area: covariates (D, p) without a constant, and arrays (D,).

    household_count: households of the area in the frame. group: codes 0..G-1 of what lies above, whose direct estimate
    the areas are benchmarked to. parent: codes 0..P-1 of that for which the areas' estimates are put together.
    """

    covariates: np.ndarray
    names: tuple[str, ...]
    household_count: np.ndarray
    group: np.ndarray
    parent: np.ndarray


@dataclass(frozen=True)
class Answers:
    """One row per sampled household, arrays (n,): 0 <= numerator <= denominator, weight > 0, codes of its places.

    known: int code of what the register says of the household (eligible or not, receiving or not, not registered).
    """

    numerator: np.ndarray
    denominator: np.ndarray
    weight: np.ndarray
    area: np.ndarray
    cluster: np.ndarray
    known: np.ndarray


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

    estimate, se, lower, upper: the benchmarked rate, the root of its MSE, its 95 % interval.
    model_estimate: before benchmarking. gamma: the weight of the area's own answers, 0 without any.
    residual: standardised, NaN without a sample. model: the fit on its `scale`.
    factor (G,): benchmarked over model, by group; NaN where the group had no target.
    parents: areas weigh by the estimated total of their denominators; a parent without such an area has NaN.
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
    scale: str | None = None
    parents: Parents | None = None
    model: FayHerriot | None = None
    counts: EffectiveCounts | None = None
    selection: Selection | None = None
    shapiro_p: float | None = None
    fit_p: float | None = None


@dataclass(frozen=True)
class _Direct:
    """What the sample and the register say before any model; m sampled areas of D."""

    is_sampled: np.ndarray
    total: np.ndarray  # (D,) weighted denominators
    rate: np.ndarray  # (m,)
    predicted: np.ndarray  # (D,) by the covariates
    counts: EffectiveCounts
    sampled_share: np.ndarray  # (D,)
    chance: np.ndarray  # (D,) variance of a finite area's rate about its model's
    scale: str


def estimate_areas(
    answers: Answers, areas: Areas, *, selects: bool = True, replicates: int = REPLICATES, seed: int = _SEED
) -> SmallAreas:
    """Return small-area estimates of a rate, by the steps that docs/method.md lists.

    1. At least LEAST_AREAS areas with an answer, or no model (`too_few_areas`); answers that differ (`no_variation`).
    2. Effective numbers of answers from one correlation within clusters and each area's weights; the variance of a
       finite area's rate by chance (smoothing). Scale: arcsine where the median effective number is at least
       LEAST_ARCSINE_COUNT, else plain.
    3. REML; the adjusted likelihood of Li and Lahiri (2010) where the variance component comes out zero. With `selects`
       the covariates are chosen by AIC under ML; constant and collinear ones are left out first.
    4. On the arcsine scale, back-transformation with bias correction. Areas without an answer: the synthetic estimate.
    5. Benchmarking to each group's direct estimate (the weighted mean of its areas' direct rates, by the estimated
       total of their denominators).
    6. MSE by the method's own formula (fay_herriot.fit) plus what step 5 adds, by parametric bootstrap; normal interval
       on the scale of the model, held to 0 to 1. Parents by the same bootstrap.

    Raises StatisticsError: not_finite (covariates), and those of the steps.
    """
    total = np.bincount(answers.area, answers.weight * answers.denominator, len(areas.group))
    is_sampled = total > 0
    if is_sampled.sum() < LEAST_AREAS:
        return _unused("too_few_areas", is_sampled, areas)
    part = np.bincount(answers.area, answers.weight * answers.numerator, len(areas.group))
    if part.sum() <= 0 or part.sum() >= total.sum():
        return _unused("no_variation", is_sampled, areas)
    design = _design(areas.covariates)
    direct = _describe(answers, areas, design, part[is_sampled] / total[is_sampled], total)
    selection = None
    if selects:
        y, variances = _on_scale(direct, 0.0)
        selection = select_covariates(y, variances, areas.covariates[is_sampled], areas.names)
        design = _design(areas.covariates[:, list(selection.chosen)])
    y, variances, model = _fit(direct, design)
    value, mse = model.predict(design, direct.chance)
    value[is_sampled], mse[is_sampled] = model.eblup, model.mse
    gamma, residual = np.zeros(len(total)), np.full(len(total), np.nan)
    gamma[is_sampled], residual[is_sampled] = model.gamma, model.residuals
    before = _rates(direct.scale, value, (model.variance_component + direct.chance) * (1 - gamma))
    after = benchmark(before, total, _means(direct.rate, total[is_sampled], areas.group[is_sampled]), areas.group)
    added, parents = _bootstrap(direct, model, variances, design, after.estimate, areas, replicates, seed)
    mse = mse + added
    lower, upper = _interval(direct.scale, after.estimate, mse)
    se = np.sqrt(mse if direct.scale == "plain" else rate_variance(_values("arcsine", after.estimate), mse))
    return SmallAreas(
        True, None, is_sampled, after.estimate, se, lower, upper, before, gamma, residual, after.adjustment,
        direct.scale, parents, model, direct.counts, selection,
        shapiro_wilk(model.residuals)[1] if len(y) <= _MOST_SHAPIRO else None,
        goodness_of_fit(y, variances, model.eblup, model.mse)[1],
    )


def _describe(answers: Answers, areas: Areas, design: np.ndarray, rate: np.ndarray, total: np.ndarray) -> _Direct:
    area, count = answers.area, len(total)
    is_sampled = total > 0
    design = np.delete(design, dependent_columns(design[is_sampled]), axis=1)
    known = np.full(count, np.nan)
    known[is_sampled] = rate
    predicted = predict_rates(known, np.bincount(area, answers.denominator > 0, count), design)
    counts = effective_counts(
        answers.numerator, answers.denominator, answers.weight, area, answers.cluster, predicted
    )
    left_open = unexplained_share(answers.numerator, answers.denominator, area, predicted, answers.known)
    households = np.bincount(area, minlength=count)
    weight = np.bincount(area, answers.weight, count)
    held = np.bincount(area, answers.weight * (answers.denominator > 0), count)
    share = predict_rates(
        np.divide(held, weight, out=np.full(count, np.nan), where=weight > 0), households, design
    )
    chance = finite_population_variances(predicted, np.maximum(areas.household_count * share, 1.0), left_open)
    is_large = np.median(counts.count[is_sampled]) >= LEAST_ARCSINE_COUNT
    if is_large:
        chance = chance / (4 * predicted * (1 - predicted))
    sampled_share = households / np.maximum(areas.household_count, np.maximum(households, 1))
    return _Direct(
        is_sampled, total, rate, predicted, counts, sampled_share, chance, "arcsine" if is_large else "plain"
    )


def _on_scale(direct: _Direct, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the direct estimates of the sampled areas and their variances; `spread` is the variance component."""
    sampled = direct.is_sampled
    count, share = direct.counts.count[sampled], direct.sampled_share[sampled]
    if direct.scale == "plain":
        return direct.rate, rate_variances(direct.predicted[sampled], count, share, spread)
    y, variances = arcsine(np.clip(direct.rate, 0, 1), count)
    # On this scale the variance does not depend on p, nor on how the true rates are spread.
    return y, variances * (1 - np.minimum(share, 0.95))


def _fit(direct: _Direct, design: np.ndarray) -> tuple[np.ndarray, np.ndarray, FayHerriot]:
    X, chance = design[direct.is_sampled], direct.chance[direct.is_sampled]
    spread = 0.0
    for _ in range(_ROUNDS):
        y, variances = _on_scale(direct, spread)
        model = fit(y, variances, X, "reml", None, chance)
        if direct.scale == "arcsine" or abs(model.variance_component - spread) < _SETTLED:
            break
        spread = model.variance_component
    if model.variance_component == 0:
        model = fit(y, variances, X, "reml", "amrl", chance)
    return y, variances, model


def _bootstrap(
    direct: _Direct, model: FayHerriot, variances: np.ndarray, design: np.ndarray, estimate: np.ndarray, areas: Areas,
    replicates: int, seed: int,
) -> tuple[np.ndarray, Parents]:
    """Return what benchmarking adds to the areas' MSE on the scale of the model (D,), and the parents.

    A replicate's target is the mean of its own direct rates, so that it is known as badly as the real one. The MSE
    before benchmarking keeps its second-order correction, which a plain bootstrap lacks; only the difference is taken
    from here, never below zero (Steorts and Ghosh 2013 part the MSE in the same way).
    """
    scale, sampled, total = direct.scale, direct.is_sampled, direct.total
    truth, drawn = draw_replicates(model, variances, design, sampled, replicates, seed, direct.chance)
    a, value, gamma = fit_replicates(drawn, variances, design[sampled], design, sampled, "amrl", direct.chance)
    before = _rates(scale, value, (a[:, None] + direct.chance) * (1 - gamma))
    true_rate = _rates(scale, truth, 0.0)
    # A drawn rate below zero stays there: to cut it off would push the mean of many, which is the target, up.
    drawn_rate = drawn if scale == "plain" else _rates(scale, drawn, 0.0)
    target = np.clip([_means(row, total[sampled], areas.group[sampled]) for row in drawn_rate], 0, 1)
    after = benchmark(before, total, target, areas.group).estimate
    real = _values(scale, true_rate)
    added = ((_values(scale, after) - real) ** 2 - (_values(scale, before) - real) ** 2).mean(axis=0)
    above = _means(estimate, total, areas.parent)
    found = np.array([_means(row, total, areas.parent) for row in after])
    true_above = np.array([_means(row, total, areas.parent) for row in true_rate])
    error = _values(scale, found) - _values(scale, true_above)
    lower, upper = _interval(scale, above, (error**2).mean(axis=0))
    parents = Parents(above, np.sqrt(((found - true_above) ** 2).mean(axis=0)), lower, upper)
    # One factor moves every area in proportion to its rate, and so does its error; a single area's own difference is
    # smaller than the bootstrap's noise.
    square = estimate**2 if scale == "plain" else np.ones(len(estimate))
    return max(float(added.mean()), 0.0) * square / square.mean(), parents


def _rates(scale: str, value: np.ndarray, variance: np.ndarray | float) -> np.ndarray:
    """Return the rates that values of the model's scale stand for, between 0 and 1."""
    return np.clip(value, 0, 1) if scale == "plain" else back_transform(value, variance)


def _values(scale: str, rate: np.ndarray) -> np.ndarray:
    return rate if scale == "plain" else np.arcsin(np.sqrt(rate))


def _interval(scale: str, rate: np.ndarray, mse: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if scale == "plain":
        return prediction_interval(rate, mse, bounds=(0, 1))
    lower, upper = back_transform_interval(_values(scale, rate), mse)
    # A rounding must not leave the estimate outside its own interval.
    return np.minimum(lower, rate), np.maximum(upper, rate)


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
