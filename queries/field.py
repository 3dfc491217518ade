"""Errors by the field: what a verification sample says of the truly eligible, with intervals, beside the register."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, case, func, literal, select

from boundaries.levels import KODE_LENGTH, Level
from geo import tables
from geo.field_tables import FRAMES, estimate, estimate_model, verification
from queries.answer import require_scope, rows_of, text_of
from queries.columns import ANSWER, Status, whole_numbers
from queries.errors import QueryError
from queries.result import Provenance, Result, SourceNote
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO, SMALLEST_SHOWN
from queries.stats.ranks import joint_rank_intervals
from queries.targeting import targeting_errors
from queries.what_if import refuse_what_if

MEASURES = ("exclusion", "inclusion")
CAUSES = ("exclusion_unregistered", "exclusion_wrong_desil", "exclusion_not_reached")
_PARTS = (
    "estimate", "se", "lower", "upper", "numerator", "denominator", "sample_count", "cluster_count", "effective_count",
    "method", "status", "direct_estimate",
)
# Normal quantile of a 95 % interval.
_HALF_INTERVAL = 1.96
# What the weighted totals of a measure are called.
_TOTALS = {
    "exclusion": ("field_gap_count", "field_eligible_count"), "inclusion": ("field_leak_count", "field_received_count"),
}


@dataclass(frozen=True)
class Sample:
    """A verification sample of one period: which truth it observed, in which frame, and how large it is."""

    truth: str
    frame: str
    household_count: int
    desa_count: int
    program: str | None
    first_on: date | None
    last_on: date | None
    is_estimated: bool
    sources: tuple[SourceNote, ...]


def samples(connection: Connection, period: date) -> list[Sample]:
    """Return the samples of a period, those from the register first, then the larger ones first."""
    source, program, row = tables.source, tables.program, verification
    has_model = (
        select(estimate.c.period)
        .where(estimate.c.period == period, estimate.c.truth == row.c.truth, estimate.c.frame == row.c.frame)
        .exists()
    )
    found = connection.execute(
        select(
            row.c.truth, row.c.frame, func.count().label("household_count"),
            func.count(row.c.kode.distinct()).label("desa_count"), func.min(program.c.key).label("program"),
            func.min(row.c.observed_on).label("first_on"), func.max(row.c.observed_on).label("last_on"),
            has_model.label("is_estimated"), func.array_agg(row.c.source_id.distinct()).label("source_ids"),
        )
        .join_from(row, program, program.c.id == row.c.program_id, isouter=True)
        .where(row.c.period == period)
        .group_by(row.c.truth, row.c.frame)
    ).all()
    ids = {source_id for row in found for source_id in row.source_ids}
    notes = {
        row.id: SourceNote.of(row)
        for row in connection.execute(select(source).where(source.c.id.in_(ids)).order_by(source.c.id))
    }
    made = [
        Sample(
            row.truth, row.frame, row.household_count, row.desa_count, row.program, row.first_on, row.last_on,
            row.is_estimated, tuple(notes[source_id] for source_id in sorted(row.source_ids)),
        )
        for row in found
    ]
    return sorted(made, key=lambda sample: (FRAMES.index(sample.frame), -sample.household_count, sample.truth))


def sample_of(connection: Connection, scope: Scope) -> Sample:
    """Return the sample that a scope asks about; raise QueryError `no_sample` or `not_estimated`."""
    known = samples(connection, scope.period)
    chosen = [
        sample for sample in known
        if scope.truth in ("", sample.truth) and scope.frame in ("", sample.frame)
    ]
    if not chosen:
        raise QueryError("no_sample", period=f"{scope.period:%Y-%m}",
                         known=", ".join(f"{sample.truth}/{sample.frame}" for sample in known) or "-")
    if not chosen[0].is_estimated:
        raise QueryError("not_estimated", period=f"{scope.period:%Y-%m}", truth=chosen[0].truth,
                         frame=chosen[0].frame)
    return chosen[0]


def _estimates_of(scope: Scope, measure: str, name: str):
    """Return the stored estimates of a measure; a desa has none of its own and is given its kecamatan's later on."""
    level = min(scope.level, Level.kecamatan)
    program_id = select(tables.program.c.id).where(tables.program.c.key == scope.program).scalar_subquery()
    return (
        select(estimate)
        .where(
            estimate.c.period == scope.period, estimate.c.truth == scope.truth, estimate.c.frame == scope.frame,
            estimate.c.measure == measure, estimate.c.level == int(level), estimate.c.program_id == program_id,
        )
        .subquery(name)
    )


def build_field_errors(scope: Scope) -> Select:
    """Return the statement of `field_errors`; the scope names its truth and frame."""
    place = rows_of(scope).subquery("place")
    key = func.left(place.c.kode, KODE_LENGTH[Level.kecamatan]) if scope.level is Level.desa else place.c.kode
    source, columns = place, []
    for measure in (*MEASURES, *CAUSES):
        found = _estimates_of(scope, measure, measure)
        source = source.join(found, found.c.kode == key, isouter=True)
        parts = _PARTS if measure in MEASURES else ("estimate",)
        for part in parts:
            value = found.c[part]
            if part == "method" and scope.level is Level.desa:
                value = case((found.c.kode.is_not(None), literal("above")))
            columns.append(value.label(f"{measure}_{part}"))
    return select(place, *columns).select_from(source).order_by(place.c.kode)


def field_errors(connection: Connection, scope: Scope) -> Result:
    """Return exclusion and inclusion by the field for each wilayah of a scope, with 95 % intervals.

    value = field_exclusion_rate = truly eligible and not receiving / truly eligible, estimated from the sample of the
    scope's truth and frame; numerator and denominator are weighted totals. `<measure>_method` says how (direct, model,
    synthetic, above: a desa shows its kecamatan's), `<measure>_status` whether the interval is narrow enough to show.
    `<measure>_rank_lower` and `_upper` are joint 95 % intervals of ranks among the rows (queries.stats.ranks).
    `<measure>_difference_rate` = field - register by the rule, and `is_<measure>_apart` tells whether the register's
    figure lies outside the field's interval. Raises QueryError `no_sample`, `not_estimated`,
    `no_what_if` (the field's truth is by the rule in force) and those of every query.
    """
    refuse_what_if(scope, "field-errors")
    notes, version = require_scope(connection, scope)
    sample = sample_of(connection, scope)
    scope = scope.at(truth=sample.truth, frame=sample.frame)
    statement = build_field_errors(scope)
    rows = connection.execute(statement).mappings().all()
    raw = pd.DataFrame(rows, columns=list(statement.selected_columns.keys()))
    frame = raw[["kode", "name", "level", "kind"]].copy()
    # Beside the field stands what the register's own page shows, protected as it is there.
    register = targeting_errors(connection, scope)
    for measure in MEASURES:
        columns = _measure_columns(raw, measure, register.frame[f"{measure}_rate"], scope, sample)
        frame = pd.concat([frame, columns], axis=1)
    # Where the rate is not the direct one, its causes keep the shares that the direct one has.
    scale = frame["field_exclusion_rate"] / pd.to_numeric(raw["exclusion_direct_estimate"]).astype("Float64")
    for cause in CAUSES:
        rate = pd.to_numeric(raw[f"{cause}_estimate"]).astype("Float64")
        # A sample without a single case has no shares: a model's rate above nothing has no causes.
        share = (rate * scale).where(np.isfinite(scale.to_numpy(dtype=float, na_value=np.nan)))
        if sample.frame == "register" and cause == "exclusion_unregistered":
            # Among the registered nobody can be unregistered: the cause is not observed, and not nought.
            share = share.mask(share.notna())
        frame[f"field_{cause.removeprefix('exclusion_')}_rate"] = share
    frame["truth"], frame["frame"] = sample.truth, sample.frame
    main = "inclusion" if sample.frame == "recipients" else "exclusion"
    numerator, denominator = _TOTALS[main]
    frame["status"], frame["value"] = frame[f"{main}_status"], frame[f"field_{main}_rate"]
    frame["numerator"], frame["denominator"] = frame[numerator], frame[denominator]
    for part in ("se", "lower", "upper"):
        frame[part] = frame[f"field_{main}_{part}"]
    order = [*ANSWER, *(name for name in frame.columns if name not in ANSWER)]
    sql = text_of(statement)
    sql = f"{sql};\n\n{register.provenance.sql}"
    return Result(
        frame[order], Provenance("field-errors", scope, sql, (*notes, *sample.sources), len(frame), version),
        pd.DataFrame(index=frame.index),
    )


def _measure_columns(
    raw: pd.DataFrame, measure: str, register: pd.Series, scope: Scope, sample: Sample
) -> pd.DataFrame:
    part = {name: raw[f"{measure}_{name}"] for name in _PARTS}
    status = part["status"].fillna(Status.no_data.value).astype("object")
    status[(part["method"] == "none") & (status == Status.ok)] = Status.no_data.value
    if measure == "exclusion" and sample.frame == "recipients":
        status[:] = Status.not_applicable.value
    denominator = pd.to_numeric(part["denominator"])
    is_published = scope.disclosure == "published"
    if is_published:
        status[(denominator < LEAST_DENOMINATOR) & (status == Status.ok)] = Status.suppressed.value
    shown = status == Status.ok
    columns = {}
    for name, stored in (("rate", "estimate"), ("se", "se"), ("lower", "lower"), ("upper", "upper")):
        columns[f"field_{measure}_{name}"] = pd.to_numeric(part[stored]).astype("Float64").where(shown)
    step = ROUND_TO if is_published else 1
    # The count that goes with a model's rate is that rate of the same total; its kecamatan's is not a desa's.
    has_total = shown & (scope.level is not Level.desa)
    totals = denominator * pd.to_numeric(part["estimate"]), denominator
    for name, total in zip(_TOTALS[measure], totals, strict=True):
        columns[name] = whole_numbers(np.where(has_total, np.round(total / step) * step, np.nan))
    size = pd.to_numeric(part["sample_count"]).to_numpy(dtype=float, na_value=np.nan)
    is_told = ~(size < SMALLEST_SHOWN) if is_published else np.ones(len(raw), dtype=bool)
    for name in ("sample_count", "cluster_count", "effective_count"):
        count = pd.to_numeric(part[name]).to_numpy(dtype=float, na_value=np.nan)
        columns[f"{measure}_{name}"] = whole_numbers(np.where(is_told, np.round(count), np.nan))
    for name, ranks in zip(("rank_lower", "rank_upper"), _ranks(part, scope), strict=True):
        columns[f"{measure}_{name}"] = whole_numbers(np.where(shown, ranks, np.nan))
    columns[f"{measure}_method"] = part["method"].fillna("none")
    columns[f"{measure}_status"] = status
    columns[f"register_{measure}_rate"] = register
    columns[f"{measure}_difference_rate"] = columns[f"field_{measure}_rate"] - register
    columns[f"{measure}_difference_lower"] = columns[f"field_{measure}_lower"] - register
    columns[f"{measure}_difference_upper"] = columns[f"field_{measure}_upper"] - register
    is_apart = (register < columns[f"field_{measure}_lower"]) | (register > columns[f"field_{measure}_upper"])
    columns[f"is_{measure}_apart"] = is_apart.astype("boolean")
    return pd.DataFrame(columns, index=raw.index)


def _ranks(part: dict[str, pd.Series], scope: Scope) -> tuple[np.ndarray, np.ndarray]:
    """Return the joint 95 % intervals of the ranks among the rows, 1 = largest; NaN without an estimate.

    Ranks are compared on the scale of angles, where an interval is as long on both sides; one cut off at 0 or 1 by the
    longer of them. Desa have their kecamatan's estimate, and no rank of their own.
    """
    estimate, lower, upper = (
        np.arcsin(np.sqrt(pd.to_numeric(part[name]).to_numpy(dtype=float, na_value=np.nan)))
        for name in ("estimate", "lower", "upper")
    )
    first, last = np.full(len(estimate), np.nan), np.full(len(estimate), np.nan)
    known = np.isfinite(estimate) & np.isfinite(lower) & np.isfinite(upper) & (scope.level is not Level.desa)
    if known.any():
        se = np.maximum(upper - estimate, estimate - lower)[known] / _HALF_INTERVAL
        first[known], last[known] = joint_rank_intervals(estimate[known], se, correction="bonferroni")
    return first, last


@dataclass(frozen=True)
class ModelChecks:
    """How the small areas were estimated: the model's report, and one row per area with what it did to it."""

    report: dict
    areas: pd.DataFrame
    provenance: Provenance


def model_checks(connection: Connection, scope: Scope, measure: str) -> ModelChecks:
    """Return the report of a measure's small-area model, and its areas.

    `areas` has kode, name, direct_estimate, direct_se, direct_lower, direct_upper, model_estimate, estimate, se, lower,
    upper, gamma (weight of the direct estimate), residual (standardised), sample_count, method. Raises QueryError
    `no_sample`, `not_estimated`, `no_model` (with the report's reason) and those of every query.
    """
    if measure not in MEASURES:
        raise QueryError("unknown_measure", measure=measure, known=", ".join(MEASURES))
    notes, version = require_scope(connection, scope)
    sample = sample_of(connection, scope)
    scope = scope.at(truth=sample.truth, frame=sample.frame, level=Level.kecamatan)
    program_id = select(tables.program.c.id).where(tables.program.c.key == scope.program).scalar_subquery()
    model = estimate_model
    report = connection.scalar(
        select(model.c.report).where(and_(
            model.c.period == scope.period, model.c.truth == scope.truth, model.c.frame == scope.frame,
            model.c.program_id == program_id, model.c.measure == measure,
        ))
    )
    if report is None:
        raise QueryError("no_model", period=f"{scope.period:%Y-%m}", program=scope.program)
    place, found = rows_of(scope).subquery("place"), _estimates_of(scope, measure, "found")
    names = (
        "direct_estimate", "direct_se", "direct_lower", "direct_upper", "model_estimate", "estimate", "se", "lower",
        "upper", "gamma", "residual", "sample_count", "method", "status",
    )
    statement = (
        select(place.c.kode, place.c.name, *(found.c[name] for name in names))
        .join_from(place, found, found.c.kode == place.c.kode)
        .order_by(place.c.kode)
    )
    areas = pd.DataFrame(connection.execute(statement).mappings().all(), columns=["kode", "name", *names])
    sql = text_of(statement)
    return ModelChecks(
        report, areas, Provenance("model-checks", scope, sql, (*notes, *sample.sources), len(areas), version)
    )
