"""The chance that a household of a class is truly eligible, by kabupaten and provinsi, from a verification sample.

Direct estimates with the survey's design (queries.stats.survey); where a provinsi has enough kabupaten with answers,
each of them is shrunk to its classes' means over kabupaten by a Fay-Herriot model without covariates, in which a
kabupaten's classes share a part of what sets it apart (queries.stats.two_fold_model). What places without answers are
given is told by `queries.stats.eligibility_groups`.
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import fit
from queries.stats.proportions import korn_graubard_interval
from queries.stats.smoothing import effective_counts, predict_rates, rate_variances
from queries.stats.survey import Design, RatioEstimates, ratio_estimates
from queries.stats.survey_covariance import Scores
from queries.stats.two_fold_model import TwoFold, fit_two_fold

LEAST_KABUPATEN = 8
LEAST_PROVINSI = 3
# A standard error that is doubled adds three of its variances.
ADDED = 3.0
_NORMAL = 1.959963984540054
_ROUNDS, _SETTLED = 6, 1e-4


@dataclass(frozen=True)
class Answers:
    """One row per sampled household, arrays (n,); rows that were asked about no class stay in the design.

    `truly` <= `units`: units that are truly eligible, and all units of a household in a class. `class_code` 0 to
    class_count - 1, or -1 for a row of no class; `area` int code of its kabupaten, whose provinsi `parent` (k,) names.
    """

    design: Design
    truly: np.ndarray
    units: np.ndarray
    class_code: np.ndarray
    area: np.ndarray
    parent: np.ndarray
    class_count: int

    @property
    def is_asked(self) -> np.ndarray:
        """Rows that answer for a class."""
        return (self.class_code >= 0) & (self.units > 0)


@dataclass(frozen=True)
class Above:
    """The mean of all sampled provinsi, for places that no sample was drawn in; arrays (d,).

    Its error is the sum of `weight` (P, d) times the provinsi's own, and `rest_sd` times one number for all classes.
    `beyond_sd` is what another provinsi differs by, likewise one number: the spread between provinsi where there are
    LEAST_PROVINSI of them, else as much as doubles the standard error; `is_few` marks these. `spread_cov` (d, d) is the
    covariance of kabupaten about their provinsi.
    """

    mean: np.ndarray
    weight: np.ndarray
    rest_sd: np.ndarray
    beyond_sd: np.ndarray
    is_few: np.ndarray
    spread_cov: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """What a sample says of its P provinsi and k kabupaten in d classes; NaN and covariance 0 where nobody answered.

    `pooled` (P, d) is a provinsi's direct estimate; `mean` the mean over its kabupaten where `is_modelled`, else the
    same; each with a covariance (P, d, d). `spread_cov` (P, d, d) is what a kabupaten without a sample errs by beside
    the mean. `area` (k, d) is a sampled kabupaten's rate, `area_load` (k, d, d) how it bears the error of the mean,
    `area_cov` that of its own. `all_rate` (d,) is the direct estimate of the whole sample. Counts are of answers,
    `area_weight` (k, d) weighted units.
    """

    pooled: np.ndarray
    pooled_cov: np.ndarray
    pooled_count: np.ndarray
    mean: np.ndarray
    mean_cov: np.ndarray
    is_modelled: np.ndarray
    spread_cov: np.ndarray
    area: np.ndarray
    area_load: np.ndarray
    area_cov: np.ndarray
    area_count: np.ndarray
    area_weight: np.ndarray
    all_rate: np.ndarray
    all_cov: np.ndarray
    above: Above


def fit_rates(answers: Answers) -> Fitted:
    """Return the rates of every class by provinsi and kabupaten of a sample.

    The standard error of a direct estimate is the longer half of its Korn-Graubard interval over 1.96: it has the few
    clusters' Student quantile in it, is not zero where all answers are alike, and reaches over the whole of 0 to 1
    where each stratum has one cluster. Correlations between classes are those of the linearised estimates. A
    kabupaten's sampling variance is p (1 - p) / n_eff (queries.stats.smoothing), with the class's own rate for p.
    Classes with answers in fewer than LEAST_KABUPATEN kabupaten of a provinsi have its pooled estimate.
    Raises StatisticsError: no_answers, and those of `ratio_estimates`.
    """
    if not answers.is_asked.any():
        raise StatisticsError("no_answers")
    count, areas, provinsi = answers.class_count, len(answers.parent), int(answers.parent.max()) + 1
    of_row = answers.parent[answers.area]
    pooled, pooled_cov = _direct(answers, of_row, provinsi)
    whole, all_cov = _direct(answers, np.zeros_like(of_row), 1)
    own = _ratios(answers, answers.area, areas)
    area_count = own.sample_count.reshape(areas, count)
    own_rate = own.estimate.reshape(areas, count)
    rate = pooled.estimate.reshape(provinsi, count)
    mean, mean_cov, spread_cov = rate.copy(), pooled_cov.copy(), ADDED * pooled_cov
    unit = np.eye(count)
    area, area_load = rate[answers.parent], np.tile(unit, (areas, 1, 1))
    # Without a model a kabupaten that answered has the pooled estimate's error, another one twice as much.
    is_silent = area_count == 0
    area_cov = spread_cov[answers.parent] * is_silent[:, :, None] * is_silent[:, None, :]
    is_modelled = np.zeros((provinsi, count), dtype=bool)
    models = []
    for place in range(provinsi):
        inside = np.flatnonzero(answers.parent == place)
        is_modelled[place] = (area_count[inside] > 0).sum(axis=0) >= LEAST_KABUPATEN
        used = np.flatnonzero(is_modelled[place])
        if not len(used):
            continue
        model = _shrink(answers, own_rate[np.ix_(inside, used)], inside, used, mean_cov[place][np.ix_(used, used)])
        models.append((used, model))
        mean[place, used] = model.mean
        block, blocks = np.ix_(used, used), np.ix_(inside, used, used)
        mean_cov[place], spread_cov[place] = (_put(matrix, used) for matrix in (mean_cov[place], spread_cov[place]))
        mean_cov[place][block], spread_cov[place][block] = model.mean_cov, model.spread_cov
        area[np.ix_(inside, used)] = model.estimate
        area_load[blocks] = model.load
        area_cov[inside] = np.array([_put(matrix, used) for matrix in area_cov[inside]])
        area_cov[blocks] = model.own_cov
    above = _above(mean, mean_cov, models, pooled.denominator.reshape(provinsi, count), whole)
    return Fitted(
        rate, pooled_cov, pooled.sample_count.reshape(provinsi, count), mean, mean_cov, is_modelled, spread_cov, area,
        area_load, area_cov, area_count, own.denominator.reshape(areas, count), whole.estimate, all_cov[0], above,
    )


def _put(matrix: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Return a covariance without what ties the classes of a model to the others."""
    is_used = np.isin(np.arange(len(matrix)), used)
    return matrix * (is_used[:, None] == is_used[None, :])


def _ratios(answers: Answers, place: np.ndarray, places: int) -> RatioEstimates:
    """Return the direct estimates by place and class; domains are place times class_count plus class."""
    asked, count = answers.is_asked, answers.class_count
    return ratio_estimates(
        answers.design, np.where(asked, answers.truly, 0.0), np.where(asked, answers.units, 0.0),
        np.where(asked, place * count + answers.class_code, -1), places * count,
    )


def _direct(answers: Answers, place: np.ndarray, places: int) -> tuple[RatioEstimates, np.ndarray]:
    """Return the direct estimates by place and class, and their covariance (places, d, d) between classes."""
    count = answers.class_count
    direct = _ratios(answers, place, places)
    se = np.nan_to_num(_errors(direct)).reshape(places, count)
    scores = Scores(answers.design)
    covariance = np.empty((places, count, count))
    for at in range(places):
        rows = np.flatnonzero(answers.is_asked & (place == at))
        code = answers.class_code[rows]
        domain = at * count + code
        residual = answers.truly[rows] - direct.estimate[domain] * answers.units[rows]
        z = np.zeros((len(rows), count))
        z[np.arange(len(rows)), code] = answers.design.weight[rows] * residual / direct.denominator[domain]
        found = scores.covariance(rows, z)
        sd = np.sqrt(np.diag(found))
        scale = np.where(sd > 0, sd, 1.0)
        correlation = found / np.outer(scale, scale)
        correlation[np.diag_indices(count)] = 1.0
        covariance[at] = correlation * np.outer(se[at], se[at])
    return direct, covariance


def _errors(direct: RatioEstimates) -> np.ndarray:
    """Return standard errors that a normal interval may be made of, NaN without an answer."""
    known = (direct.sample_count > 0) & ~direct.is_alike
    typical = max(float(np.median(direct.deff[known])), 1.0) if known.any() else 1.0
    size = np.where(direct.is_alike, direct.sample_count / typical, direct.effective_count)
    lower, upper = korn_graubard_interval(direct.estimate, size, direct.sample_count, direct.df)
    return np.maximum(direct.estimate - lower, upper - direct.estimate) / _NORMAL


def _shrink(
    answers: Answers, rate: np.ndarray, inside: np.ndarray, used: np.ndarray, pooled_cov: np.ndarray
) -> TwoFold:
    """Fit the model to the direct rates (a, c), NaN without an answer, of the areas `inside` in the classes `used`.

    What the classes' sampling errors share (households of one desa stand in several of them) is the mean covariance of
    the pooled estimates, which have all clusters, for an area's own number of them.
    """
    at, code = np.nonzero(np.isfinite(rate))
    cell = np.full((len(answers.parent), answers.class_count), -1)
    cell[inside[at], used[code]] = np.arange(len(at))
    of_row = np.where(answers.is_asked, cell[answers.area, answers.class_code], -1)
    rows = np.flatnonzero(of_row >= 0)
    of_row = of_row[rows]
    X = (code[:, None] == np.arange(len(used))).astype(float)
    predicted = predict_rates(rate[at, code], np.bincount(of_row, minlength=len(at)), X)
    # A cluster that lies in two cells is one in each.
    clusters = int(answers.design.cluster.max()) + 1
    key = answers.design.stratum[rows].astype(np.int64) * clusters + answers.design.cluster[rows]
    counts = effective_counts(
        answers.truly[rows], answers.units[rows], answers.design.weight[rows], of_row,
        np.unique(key * len(at) + of_row, return_inverse=True)[1], predicted,
    )
    placed = np.searchsorted(inside, answers.area[rows])
    held = np.bincount(np.unique(key * len(inside) + placed) % len(inside), minlength=len(inside))
    between = pooled_cov[~np.eye(len(used), dtype=bool)]
    covariance = max(float(between.mean()), 0.0) if len(between) else 0.0
    shared = covariance * held.sum() / np.maximum(held, 1)
    spread = 0.0
    for _ in range(_ROUNDS):
        variances = np.full(rate.shape, np.nan)
        variances[at, code] = rate_variances(predicted, counts.count, None, spread)
        # The shared part is of the whole, never more than half of it.
        model = fit_two_fold(rate, np.maximum(variances - shared[:, None], variances / 2), shared)
        found = model.common_variance + model.own_variance
        if abs(found - spread) < _SETTLED:
            break
        spread = found
    return model


def _above(
    mean: np.ndarray, mean_cov: np.ndarray, models: list[tuple[np.ndarray, TwoFold]], weight: np.ndarray,
    whole: RatioEstimates,
) -> Above:
    provinsi, count = mean.shape
    share, value, rest, beyond = np.zeros((provinsi, count)), *(np.zeros(count) for _ in range(3))
    spread_cov = np.zeros((count, count))
    if models:
        common, own = (np.mean([getattr(model, name) for _, model in models])
                       for name in ("common_variance", "own_variance"))  # fmt: skip
        spread_cov = common + own * np.eye(count)
    is_few = np.isfinite(mean).sum(axis=0) < LEAST_PROVINSI
    overall = float(whole.numerator.sum() / whole.denominator.sum())
    for code in range(count):
        known = np.flatnonzero(np.isfinite(mean[:, code]))
        if not len(known):
            # Nobody answered for this class: like the others on average, with as much doubt as a share can have.
            value[code], rest[code] = overall, max(np.sqrt(overall * (1 - overall)), 0.5 / _NORMAL)
            continue
        sampling = mean_cov[known, code, code]
        between, precision = 0.0, weight[known, code]
        if not is_few[code]:
            between = fit(mean[known, code], sampling, np.ones((len(known), 1)), "reml", "amrl_yl").variance_component
            precision = 1 / (between + sampling)
        part = precision / precision.sum()
        share[known, code], value[code] = part, part @ mean[known, code]
        rest[code] = np.sqrt(part**2 @ np.full(len(known), between))
        doubled = ADDED * (part**2 @ sampling + spread_cov[code, code])
        beyond[code] = np.sqrt(doubled if is_few[code] else between)
    return Above(value, share, rest, beyond, is_few, spread_cov)
