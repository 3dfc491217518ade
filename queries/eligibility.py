"""How many of those whom a register names for a plan are truly eligible, by the field: estimates and joint draws.

P(truly eligible | registered in a class of the target, not covered), by kabupaten, provinsi or nation, from the
verification sample of the period. For a program the register's eligible are asked about, by the rule in force, and the
truth is the sample's own `truly_eligible`. For a target that a plan defines itself they are the registered families of
its desil and component, without those that every program's rule sets aside by their civil registration; truly eligible
is then whoever the field found in the target's desil. The component is taken as registered: the field did not observe
it, and of unregistered families it is not kept.

A kabupaten's figure is a chance: among a few dozen families the share that is truly eligible differs from it by chance
alone, and the intervals do not speak of that. A desa has its kabupaten's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, func, literal, select

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level, level_of
from geo import tables
from geo.field_tables import verification
from queries.covariates import read_households
from queries.errors import QueryError
from queries.estimation import LEAST_REACH, design_of
from queries.field import Sample, samples
from queries.plan_request import PlanRequest
from queries.result import SourceNote
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR
from queries.stats.eligibility_groups import DRAWS, Group, rate_groups
from queries.stats.eligibility_rates import Answers, fit_rates
from queries.stats.eligibility_totals import draw_totals
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import prediction_interval
from queries.stats.proportions import LEAST_SAMPLE
from queries.what_if import in_force

_KABUPATEN, _PROVINSI = KODE_LENGTH[Level.kabupaten], KODE_LENGTH[Level.provinsi]


@dataclass(frozen=True)
class Total:
    """A weighted total: its estimate, and draws (b,) joint with those of the rates."""

    value: float
    draws: np.ndarray


@dataclass(frozen=True)
class FieldTotals:
    """Of the scope's own wilayah, in the program's units: `eligible`, the truly eligible; `gap`, those not covered; and
    of the gap `unregistered` and `wrong_desil` (registered at a desil or with a status outside the target), together
    `off_list`: whom no budget reaches through this list. `unregistered` is None where the sample cannot see them (drawn
    from the register; a target with a component); `off_list` is then the wrong desil alone.
    """

    eligible: Total
    gap: Total
    unregistered: Total | None
    wrong_desil: Total

    @property
    def off_list(self) -> Total:
        """Of the gap, what no budget mends through the register's list."""
        if self.unregistered is None:
            return self.wrong_desil
        both = self.unregistered, self.wrong_desil
        return Total(sum(one.value for one in both), sum(one.draws for one in both))


@dataclass(frozen=True)
class Eligibility:
    """Chances of being truly eligible by group and class, arrays (g, d) in [0, 1], with joint `draws` (b, g, d).

    `origin` (g,) says what a group's figures rest on: 'kabupaten' (its own answers, shrunk to the mean of its
    provinsi), 'provinsi', 'all' (the other provinsi's samples) or 'register' (taken at its word: 1, and no error).
    `lower` and `upper` are 95 %, `sample_count` (g, d) answers. `truth` and `frame` are '' where there is no sample.
    """

    expected: np.ndarray
    draws: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    sample_count: np.ndarray
    group: dict[str, int]
    origin: tuple[str, ...]
    field: FieldTotals | None
    truth: str
    frame: str
    sources: tuple[SourceNote, ...]

    def group_of(self, places: Sequence[str]) -> np.ndarray:
        """Return the number of the group of each wilayah (kode), shape (n,)."""
        return np.array([self.group[_group_key(kode)] for kode in places], dtype=np.int64)


def read_eligibility(
    connection: Connection, scope: Scope, request: PlanRequest, classes: tuple[int, ...], places: Sequence[str]
) -> Eligibility:
    """Return the chances of `classes` (desil, ascending) for the wilayah of `places` (kode), and totals by the field.

    The sample is the one that the scope's truth and frame choose, else the first that can answer: one from the register
    or a listing, and for a target of the plan one that observed a desil. Without one, and where the request takes the
    register at its word, everything is 1. The totals are those that queries.estimation gives for the same sample where
    nothing else counts as covering; they are None below kabupaten, with fewer than LEAST_SAMPLE truly eligible answers,
    where the sample leaves too much of the wilayah out (LEAST_REACH), and published where too few are behind them.
    Raises QueryError `unknown_program`, `no_sample` (the one that the scope names), `bad_design`.
    """
    groups = {key: at for at, key in enumerate(sorted({_group_key(kode) for kode in places}))}
    sample = _sample_of(connection, scope, request) if request.probability == "field" else None
    if sample is None:
        return _by_register(groups, len(classes))
    rows = _read_rows(connection, scope, request, sample, classes)
    area, kabupaten = pd.factorize(rows["kode"].str[:_KABUPATEN], sort=True)
    parent, provinsi = pd.factorize(kabupaten.str[:_PROVINSI], sort=True)
    code = {desil: at for at, desil in enumerate(classes)}
    answers = Answers(
        design_of(rows), np.where(rows["is_true"], rows["units"], 0.0), rows["units"].to_numpy(),
        np.where(rows["is_listed"] & ~rows["is_covered"], rows["desil"].map(code).fillna(-1), -1).astype(np.int64),
        area, parent, len(classes),
    )
    if not answers.is_asked.any():
        return _by_register(groups, len(classes))
    households = read_households(connection, scope.period)
    held = set(households.index.str[:_PROVINSI])
    asked = [_group(key, kabupaten, provinsi, held) for key in groups]
    try:
        fitted = fit_rates(answers)
    except StatisticsError as error:
        row = error.details.get("row")
        line = "-" if row is None else int(rows["line"].iloc[row])
        raise QueryError("bad_design", fault=error.code, line=line) from None
    rates = rate_groups(fitted, asked, [_number(key) for key in provinsi])
    lower, upper = prediction_interval(rates.rate, rates.se**2, bounds=(0, 1))
    weight = np.reshape([_weight(group, fitted.area_weight, parent) for group in asked], rates.rate.shape)
    return Eligibility(
        rates.rate, rates.draws, lower, upper, rates.sample_count, groups, rates.origin,
        _field(scope, request, sample, rows, answers, households, rates.draws, weight),
        sample.truth, sample.frame, sample.sources,
    )


def _group_key(kode: str) -> str:
    return kode if kode == NATION_KODE else kode[:_KABUPATEN]


def _number(key: str) -> int:
    return 0 if key == NATION_KODE else int(key.replace(".", ""))


def _by_register(groups: dict[str, int], classes: int) -> Eligibility:
    shape = len(groups), classes
    certain = np.ones(shape)
    return Eligibility(
        certain, np.ones((DRAWS, *shape)), certain, certain, np.zeros(shape, dtype=np.int64), groups,
        ("register",) * len(groups), None, "", "", (),
    )


def _sample_of(connection: Connection, scope: Scope, request: PlanRequest) -> Sample | None:
    known = samples(connection, scope.period)
    chosen = [one for one in known if scope.truth in ("", one.truth) and scope.frame in ("", one.frame)]
    if not chosen and (scope.truth or scope.frame):
        raise QueryError("no_sample", period=f"{scope.period:%Y-%m}",
                         known=", ".join(f"{one.truth}/{one.frame}" for one in known) or "-")
    # Recipients say nothing of those left out, and a truth without a desil nothing of a target of desil.
    can_answer = (
        one for one in chosen if one.frame != "recipients" and not (request.target and one.truth == "adminduk")
    )
    return next(can_answer, None)


def _read_rows(
    connection: Connection, scope: Scope, request: PlanRequest, sample: Sample, classes: tuple[int, ...]
) -> pd.DataFrame:
    """Return the sample's households with `units`, and whether each is_true, is_listed by the register, is_covered.

    A household of no unit, or outside a target's component, keeps its row: the design is the whole sample's.
    """
    row, household = verification, tables.household
    columns = [row.c[name] for name in (
        "kode", "source_id", "line", "stratum", "cluster", "weight", "stratum_cluster_count", "cluster_household_count",
        "observed_desil", "person_count", "pupil_count", "is_registered", "desil", "eligible", "truly_eligible",
        "received",
    )]  # fmt: skip
    query = (
        select(*columns)
        .where(row.c.period == scope.period, row.c.truth == sample.truth, row.c.frame == sample.frame)
        .order_by(row.c.source_id, row.c.line)
    )
    if request.target:
        is_same = and_(
            household.c.period == row.c.period, household.c.provinsi_kode == row.c.provinsi_kode,
            household.c.household_id == row.c.household_id, row.c.is_registered,
        )
        members = household.c[f"{request.component}_count"] if request.component else literal(1)
        query = query.add_columns(
            func.coalesce(members, 0 if request.component else 1).label("members"),
            func.coalesce(household.c.adminduk, "aktif").label("adminduk"),
            func.coalesce(row.c.observed_adminduk, household.c.adminduk, "aktif").label("found_adminduk"),
        ).join_from(row, household, is_same, isouter=True)
    rows = pd.DataFrame(connection.execute(query).all(), columns=[column.name for column in query.selected_columns])
    is_registered = rows["is_registered"].to_numpy(dtype=bool)
    program_id, unit, covering = _programs_of(connection, scope, request)
    received = rows["received"].to_numpy(dtype=np.int64)
    if request.target:
        excluded = _read_excluded(connection, scope)
        has_member = rows["members"].to_numpy() > 0
        is_in = rows["desil"].isin(request.desil) & is_registered & ~rows["adminduk"].isin(excluded) & has_member
        is_found = rows["observed_desil"].isin(request.desil) & ~rows["found_adminduk"].isin(excluded) & has_member
        counted = "members" if request.component else "person_count"
    else:
        bit = 1 << program_id
        is_in, is_found = ((rows[name].to_numpy(dtype=np.int64) & bit) != 0 for name in ("eligible", "truly_eligible"))
        counted = f"{unit}_count"
    units = np.ones(len(rows)) if unit == "household" else rows[counted].to_numpy(dtype=float)
    return rows.assign(
        units=units, is_true=np.asarray(is_found), is_listed=np.asarray(is_in) & is_registered,
        is_covered=(received & covering) != 0,
    )


def _programs_of(connection: Connection, scope: Scope, request: PlanRequest) -> tuple[int, str, int]:
    """Return the program's id and unit, those of the request's target where it has one, and the bits that cover."""
    program = tables.program
    known = {row.key: row for row in connection.execute(select(program.c.key, program.c.id, program.c.unit))}
    covering = {*request.covered} if request.target else {*request.covered, scope.program}
    for key in sorted(covering):
        if key not in known:
            raise QueryError("unknown_program", program=key, known=", ".join(known))
    bits = sum(1 << known[key].id for key in covering)
    return (-1, request.unit, bits) if request.target else (known[scope.program].id, known[scope.program].unit, bits)


def _read_excluded(connection: Connection, scope: Scope) -> set[str]:
    """Return the civil registrations that some rule in force sets aside, as the cube of targets does."""
    rule = tables.program_rule
    found = connection.scalars(
        select(rule.c.excluded_adminduk).where(in_force(rule, scope.period), rule.c.basis == "register")
    )
    return {word for words in found for word in words}


def _group(key: str, kabupaten: pd.Index, provinsi: pd.Index, held: set[str]) -> Group:
    number, above = _number(key), _number(key[:_PROVINSI])
    if key == NATION_KODE:
        return Group(number, above, False, is_all=True, is_reached=held <= set(provinsi))
    is_kabupaten = len(key) == _KABUPATEN
    area = kabupaten.get_indexer([key])[0] if is_kabupaten else -1
    return Group(number, above, is_kabupaten, int(area), int(provinsi.get_indexer([key[:_PROVINSI]])[0]))


def _weight(group: Group, of_area: np.ndarray, parent: np.ndarray) -> np.ndarray:
    """Return the sample's weighted units of a group by class, shape (d,)."""
    if group.is_all:
        return of_area.sum(axis=0)
    if group.is_kabupaten:
        return of_area[group.area] if group.area >= 0 else np.zeros(of_area.shape[1])
    return of_area[parent == group.parent].sum(axis=0)


def _field(
    scope: Scope, request: PlanRequest, sample: Sample, rows: pd.DataFrame, answers: Answers, households: pd.Series,
    draws: np.ndarray, weight: np.ndarray,
) -> FieldTotals | None:
    place, level = scope.wilayah, level_of(scope.wilayah)
    if level > Level.kabupaten:
        return None
    prefix = "" if level is Level.nasional else place
    is_in = rows["kode"].str.startswith(prefix).to_numpy()
    is_true, units = rows["is_true"].to_numpy(), rows["units"].to_numpy()
    meant = np.where(is_true & is_in, units, 0.0)
    if np.count_nonzero(meant) < LEAST_SAMPLE:
        return None
    inside = households[households.index.str.startswith(prefix)]
    held = inside[inside.index.isin(rows["kode"].str[:_KABUPATEN].unique())].sum()
    if level < Level.kabupaten and held < LEAST_REACH * inside.sum():
        return None
    if scope.disclosure == "published" and answers.design.weight @ meant < LEAST_DENOMINATOR:
        return None
    is_covered, is_registered, is_listed = (
        rows[name].to_numpy(dtype=bool) for name in ("is_covered", "is_registered", "is_listed")
    )
    of_part = (is_covered, ~is_covered & ~is_registered, ~is_covered & is_registered & ~is_listed,
               ~is_covered & is_listed)  # fmt: skip
    parts = np.column_stack([np.where(part, meant, 0.0) for part in of_part])
    found = draw_totals(answers, is_in, parts, draws, weight, _number(place))
    sees_unregistered = sample.frame == "listing" and not (request.target and request.component)
    return FieldTotals(
        Total(*found.eligible), Total(*found.gap), Total(*found.unregistered) if sees_unregistered else None,
        Total(*found.wrong_desil),
    )
