"""From verification samples to stored estimates, for every program, measure and level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Row, select

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level
from geo import tables
from geo.estimate_write import write_estimates
from geo.field_tables import verification
from queries.columns import Status
from queries.covariates import NAMES, read_covariates, read_households, read_staleness
from queries.errors import QueryError
from queries.field import CAUSES, MEASURES
from queries.stats.errors import StatisticsError
from queries.stats.proportions import korn_graubard_interval, reliability
from queries.stats.small_area import LEAST_AREAS, Answers, Areas, Parents, SmallAreas, estimate_areas
from queries.stats.survey import Design, RatioEstimates, ratio_estimates
from queries.what_if import in_force

# The share of a wilayah's registered families that must live in kabupaten with a sampled household.
LEAST_REACH = 0.8
_ESTIMATED = (
    "estimate", "se", "lower", "upper", "direct_estimate", "direct_se", "direct_lower", "direct_upper", "numerator",
    "denominator",
)
_TRIED_SHOWN = 15
DIRECT_LEVELS = (Level.nasional, Level.provinsi, Level.kabupaten)


@dataclass(frozen=True)
class Estimated:
    """What was estimated from one sample for one program and measure."""

    truth: str
    frame: str
    program: str
    measure: str
    sample_count: int
    area_count: int
    shown_count: int
    method: str
    reason: str | None


def estimate_period(
    connection: Connection, period: date, progress: Callable[[str, str, str, str], None] | None = None
) -> list[Estimated]:
    """Estimate every measure from the samples of a period and store them, in the open transaction.

    Direct estimates stand from the nation to kabupaten; kecamatan have the small-area model where there are enough of
    them (queries.stats.small_area), else direct estimates. `progress` is told truth, frame, program and measure of
    each that is done. Raises QueryError `no_sample`, `bad_design`.
    """
    samples = _read_samples(connection, period)
    if not samples:
        raise QueryError("no_sample", period=f"{period:%Y-%m}", known="-")
    programs = _read_programs(connection, period)
    households = read_households(connection, period)
    outcome = []
    for (truth, frame), sample in samples.items():
        provinsi = sorted(sample.rows["provinsi_kode"].unique())
        stale = read_staleness(connection, period, provinsi)
        parts, models = [], []
        for program in programs:
            asked = sample.of(program.id) if frame == "recipients" else sample
            if asked is None:
                continue
            covariates = read_covariates(connection, period, provinsi, program.id, program.unit, stale)
            for measure in _measures(frame):
                rows, model = _estimate(asked, program, measure, covariates)
                rows = _within_reach(rows, asked, households)
                parts.append(rows)
                if model is not None:
                    models.append({"program_id": program.id, "measure": measure, "report": model})
                if measure in MEASURES:
                    outcome.append(_outcome(truth, frame, program.key, measure, rows, model))
                if progress:
                    progress(truth, frame, program.key, measure)
        write_estimates(connection, period, truth, frame, pd.concat(parts, ignore_index=True), models)
    return outcome


def _read_programs(connection: Connection, period: date) -> Sequence[Row]:
    """Return the programs whose rule a register can be held against: of the others nobody is known to be eligible."""
    program, rule = tables.program, tables.program_rule
    return connection.execute(
        select(program)
        .join(rule, rule.c.program_id == program.c.id)
        .where(in_force(rule, period), rule.c.basis == "register")
        .order_by(program.c.id)
    ).all()


@dataclass(frozen=True)
class _Sample:
    rows: pd.DataFrame
    design: Design

    def of(self, program_id: int) -> "_Sample | None":
        """Return the part that was drawn from one program's recipients: another's have no chance of their own here."""
        rows = self.rows[self.rows["program_id"] == program_id].reset_index(drop=True)
        return _Sample(rows, design_of(rows)) if len(rows) else None


def _read_samples(connection: Connection, period: date) -> dict[tuple[str, str], _Sample]:
    found = connection.execute(
        select(verification).where(verification.c.period == period)
        .order_by(verification.c.source_id, verification.c.line)
    ).mappings().all()
    rows = pd.DataFrame(found, columns=[column.name for column in verification.columns])
    parts = rows.groupby(["truth", "frame"])
    return {key: _Sample(part.reset_index(drop=True), design_of(part)) for key, part in parts}


def design_of(rows: pd.DataFrame) -> Design:
    """Return the survey design of sampled rows, columns of the verification table; strata of two files are two."""
    source = rows["source_id"].astype(str)
    stratum = source + "/" + rows["stratum"]
    cluster = stratum + "/" + rows["cluster"]
    counts = {
        name: None if rows[name].isna().any() else rows[name].to_numpy(dtype=float)
        for name in ("stratum_cluster_count", "cluster_household_count")
    }
    return Design(
        rows["weight"].to_numpy(dtype=float), pd.factorize(stratum)[0], pd.factorize(cluster)[0], **counts
    )


def _measures(frame: str) -> tuple[str, ...]:
    # Among recipients alone nobody is left out: such a sample knows nothing of exclusion.
    return ("inclusion",) if frame == "recipients" else (*MEASURES, *CAUSES)


def _answers(rows: pd.DataFrame, program, measure: str) -> tuple[np.ndarray, np.ndarray]:
    """Return numerator and denominator of each sampled household, in the program's units."""
    bit = 1 << program.id
    units = np.ones(len(rows)) if program.unit == "household" else rows[f"{program.unit}_count"].to_numpy(dtype=float)
    is_meant, receives, by_register = (
        rows[name].to_numpy(dtype=np.int64) & bit > 0 for name in ("truly_eligible", "received", "eligible")
    )
    is_registered = rows["is_registered"].to_numpy(dtype=bool)
    if measure == "inclusion":
        return units * (receives & ~is_meant), units * receives
    is_out = is_meant & ~receives
    part = {
        "exclusion": np.ones(len(rows), dtype=bool),
        "exclusion_unregistered": ~is_registered,
        "exclusion_wrong_desil": is_registered & ~by_register,
        "exclusion_not_reached": is_registered & by_register,
    }[measure]
    return units * (is_out & part), units * is_meant


def _known(rows: pd.DataFrame, program) -> np.ndarray:
    """Return a code of what the register says of each household: eligible or not, receiving or not, or not there."""
    bit = 1 << program.id
    eligible, received = (rows[name].to_numpy(dtype=np.int64) & bit > 0 for name in ("eligible", "received"))
    return np.where(rows["is_registered"].to_numpy(dtype=bool), 2 * eligible + received, 4)


def _estimate(sample: _Sample, program, measure: str, covariates: pd.DataFrame) -> tuple[pd.DataFrame, dict | None]:
    answers = _answers(sample.rows, program, measure)
    levels = DIRECT_LEVELS if measure in CAUSES else (*DIRECT_LEVELS, Level.kecamatan)
    model = None
    try:
        frames = {level: _direct_rows(*_direct(sample, *answers, level), level) for level in levels}
        if measure in MEASURES:
            known = _known(sample.rows, program)
            frames, model = _with_model(sample, answers, known, frames, covariates)
    except StatisticsError as error:
        raise QueryError("bad_design", fault=error.code, line=_line(sample.rows, error)) from None
    result = pd.concat(frames.values(), ignore_index=True)
    result["program_id"], result["measure"] = program.id, measure
    return result, model


def _within_reach(rows: pd.DataFrame, sample: _Sample, households: pd.Series) -> pd.DataFrame:
    """Return the rows without what the sample cannot speak for: a provinsi or nation that it left too much of out.

    A kabupaten that a cluster sample missed by chance does no harm; beyond a fifth of the families it is none.
    """
    is_held = households.index.isin(sample.rows["kode"].str[: KODE_LENGTH[Level.kabupaten]].unique())
    for level in (Level.nasional, Level.provinsi):
        for position in rows.index[rows["level"] == int(level)]:
            kode = rows.at[position, "kode"]
            inside = households.index.str.startswith("" if level is Level.nasional else kode)
            if households[inside & is_held].sum() < LEAST_REACH * households[inside].sum():
                rows.loc[position, ["method", "status"]] = ["none", Status.no_data.value]
                rows.loc[position, list(_ESTIMATED)] = np.nan
    return rows


def _line(rows: pd.DataFrame, error: StatisticsError) -> object:
    row = error.details.get("row")
    return "-" if row is None else int(rows["line"].iloc[row])


def _direct(sample: _Sample, numerator: np.ndarray, denominator: np.ndarray, level: Level):
    if level is Level.nasional:
        codes, names = np.zeros(len(sample.rows), dtype=np.int64), pd.Index([NATION_KODE])
    else:
        codes, names = pd.factorize(sample.rows["kode"].str[: KODE_LENGTH[level]], sort=True)
    return names, ratio_estimates(sample.design, numerator, denominator, codes, len(names))


def _direct_rows(names: pd.Index, direct: RatioEstimates, level: Level) -> pd.DataFrame:
    lower, upper = _interval(direct)
    smaller = np.minimum(direct.sample_count, direct.effective_count)
    shown = reliability(direct.estimate, lower, upper, smaller) != "not_shown"
    known = direct.sample_count > 0
    status = np.where(known, np.where(shown, Status.ok.value, Status.too_uncertain.value), Status.no_data.value)
    return pd.DataFrame({
        "level": int(level), "kode": names, "method": np.where(known, "direct", "none"), "status": status,
        "estimate": direct.estimate, "se": direct.se, "lower": lower, "upper": upper, **_company(direct),
        "direct_estimate": direct.estimate, "direct_se": direct.se, "direct_lower": lower, "direct_upper": upper,
    })  # fmt: skip


def _company(direct: RatioEstimates) -> dict[str, np.ndarray]:
    return {
        "numerator": direct.numerator, "denominator": direct.denominator, "sample_count": direct.sample_count,
        "cluster_count": direct.cluster_count, "effective_count": direct.effective_count, "deff": direct.deff,
    }


def _interval(direct: RatioEstimates) -> tuple[np.ndarray, np.ndarray]:
    """Return Korn-Graubard intervals; where all answers are alike, on a size cut by the design effect of the others."""
    known = (direct.sample_count > 0) & ~direct.is_alike
    pooled = max(float(np.median(direct.deff[known])), 1.0) if known.any() else 1.0
    size = np.where(direct.is_alike, direct.sample_count / pooled, direct.effective_count)
    lower, upper = korn_graubard_interval(direct.estimate, size, direct.sample_count, direct.df)
    return np.minimum(lower, direct.estimate), np.maximum(upper, direct.estimate)


def _with_model(
    sample: _Sample, answers: tuple[np.ndarray, np.ndarray], known: np.ndarray, frames: dict[Level, pd.DataFrame],
    covariates: pd.DataFrame,
) -> tuple[dict[Level, pd.DataFrame], dict]:
    """Return the rows of every level with the small-area model's where it may be used, and the model's report.

    Every kecamatan of the sample's provinsi with a register is an area; one that was sampled and has no register cannot
    be predicted, and keeps its direct estimate. A kabupaten whose direct estimate is too uncertain to show is put
    together from its kecamatan.
    """
    every = covariates.index
    code = every.get_indexer(sample.rows["kode"].str[: KODE_LENGTH[Level.kecamatan]])
    inside = code >= 0
    design = sample.design
    group, provinsi = pd.factorize(every.str[: KODE_LENGTH[Level.provinsi]], sort=True)
    parent, kabupaten = pd.factorize(every.str[: KODE_LENGTH[Level.kabupaten]], sort=True)
    found = estimate_areas(
        Answers(*(values[inside] for values in (*answers, design.weight, code, design.cluster, known))),
        Areas(
            covariates[list(NAMES)].to_numpy(float), NAMES, covariates["household_count"].to_numpy(float), group, parent
        ),
    )
    report = _report(found, provinsi)
    if not found.is_used:
        return frames, report
    below = frames[Level.kecamatan].set_index("kode")
    below = below.reindex(every.union(below.index)).rename_axis("kode")
    is_new = below["sample_count"].isna()
    below["level"] = int(Level.kecamatan)
    below.loc[is_new, ["sample_count", "cluster_count"]] = 0
    below[["sample_count", "cluster_count"]] = below[["sample_count", "cluster_count"]].astype(int)
    below.loc[every, ["model_estimate", "gamma", "residual"]] = np.column_stack(
        [found.model_estimate, found.gamma, found.residual]
    )
    _put(below, every, found, np.where(found.is_sampled, "model", "synthetic"))
    above = frames[Level.kabupaten].set_index("kode")
    unsure = above.index[above["status"] == Status.too_uncertain].intersection(kabupaten)
    _put(above, unsure, found.parents, "model", kabupaten.get_indexer(unsure))
    return frames | {Level.kecamatan: below.reset_index(), Level.kabupaten: above.reset_index()}, report


def _put(rows: pd.DataFrame, kode: pd.Index, found: SmallAreas | Parents, method, at: np.ndarray | None = None) -> None:
    """Write a model's estimates into rows, each with its method and whether its interval is narrow enough to show."""
    at = np.arange(len(kode)) if at is None else at
    estimate, se, lower, upper = (getattr(found, name)[at] for name in ("estimate", "se", "lower", "upper"))
    # A model's precision is its interval's: the least sample size is asked of direct estimates only.
    shown = reliability(estimate, lower, upper, np.full(len(kode), np.inf)) != "not_shown"
    rows.loc[kode, ["estimate", "se", "lower", "upper"]] = np.column_stack([estimate, se, lower, upper])
    rows.loc[kode, "method"] = method
    rows.loc[kode, "status"] = np.where(shown, Status.ok.value, Status.too_uncertain.value)


def _report(found: SmallAreas, provinsi: pd.Index) -> dict:
    """Return a model as plain values, for the page that checks it."""
    report: dict = {
        "area_count": len(found.is_sampled), "sampled_area_count": int(found.is_sampled.sum()),
        "least_area_count": LEAST_AREAS, "is_model_used": found.is_used, "reason": found.reason,
        "benchmark": [
            {"kode": kode, "factor": None if np.isnan(factor) else float(factor)}
            for kode, factor in zip(provinsi, found.factor, strict=True)
        ],
    }  # fmt: skip
    if not found.is_used:
        return report
    model, selection = found.model, found.selection
    names = ("constant", *selection.names)
    return report | {
        "method": model.method, "transformation": found.scale, "variance_component": model.variance_component,
        "deff": float(np.nanmedian(found.counts.deff)), "correlation": found.counts.correlation,
        "covariates": [
            {"name": name, "beta": float(beta), "se": float(se)}
            for name, beta, se in zip(names, model.beta, model.beta_se, strict=True)
        ],
        "dropped": [{"name": name, "reason": reason} for name, reason in selection.dropped.items()],
        "tried_count": len(selection.table),
        "tried": [
            {"names": list(one.covariates), "loglik": one.loglik, "aic": one.aic, "bic": one.bic,
             "is_chosen": one.is_chosen}
            for one in selection.table.head(_TRIED_SHOWN).itertuples()
        ],
        "loglik": model.loglik, "aic": model.aic, "bic": model.bic, "shapiro_p": found.shapiro_p,
        "fit_p": found.fit_p,
    }  # fmt: skip


def _outcome(truth: str, frame: str, program: str, measure: str, rows: pd.DataFrame, model: dict | None) -> Estimated:
    areas = rows[rows["level"] == int(Level.kecamatan)]
    whole = rows[rows["level"] == int(Level.nasional)].iloc[0]
    is_used = bool(model and model["is_model_used"])
    return Estimated(
        truth, frame, program, measure, int(whole["sample_count"]), len(areas),
        int((areas["status"] == Status.ok.value).sum()), model["method"] if is_used else "direct",
        None if is_used else (model or {}).get("reason"),
    )
