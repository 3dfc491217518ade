"""The only place that joins Streamlit's caches to the queries; scope and data version are part of every key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import shapely
import streamlit as st
from sqlalchemy import Connection, Engine
from streamlit.logger import set_log_level

from boundaries.levels import NATION_KODE, Level
from dashboard.addresses import Signer
from dashboard.changes import change_scale, rise_scale
from dashboard.clusters import cluster_scale
from dashboard.questions import QUESTIONS, Measure, values_of
from dashboard.scales import PALETTES, ColorScale, count_scale, rate_scale
from dashboard.uncertainty import field_scale
from geo import boundary_sources as kept_boundaries
from geo import schema, shapes
from geo.engine import make_engine, read_only
from geo.neighbours import read_neighbours
from queries import boundary_counts as counting
from queries import field, lineage, plan_basis, plan_frontier, planning, shock, shock_area, wilayah
from queries.budget_codes import BudgetCode, codes_on
from queries.catalogue import CONCENTRATIONS, QUERIES
from queries.plan_need import read_plan_input
from queries.plan_request import PlanRequest
from queries.program_catalogue import CatalogueEntry, list_catalogue
from queries.result import Result
from queries.rules import Rule, list_rules
from queries.sample_draw import draw_desa, draw_sample
from queries.sample_plan import SamplePlan, SampleRequest, sample_plan
from queries.scope import Scope

# Streamlit warns once for each cached function that is defined before a server runs, as here and in every test.
set_log_level("error")

FRESH_S = 3


class StaleData(Exception):
    """The data changed after their version was read; with the new version the same question has an answer."""


@dataclass(frozen=True)
class Serving:
    """What one server process serves: its database, its signer, and a disclosure that its keeper asks for."""

    engine: Engine
    signer: Signer
    disclosure: str | None


_serving: list[Serving] = []


def configure(database_url: str, data_dir: Path, disclosure: str | None = None) -> None:
    """Name the database and data folder that this process serves; once, before the first page."""
    _serving[:] = [Serving(make_engine(database_url), Signer(data_dir), disclosure)]


def serving() -> Serving:
    """Return what this process serves."""
    return _serving[0]


def signer() -> Signer:
    """Return the signer of addresses."""
    return serving().signer


@st.cache_data(ttl=FRESH_S, show_spinner=False)
def data_state() -> wilayah.DataState:
    """Return the state of the database, seconds old at most: its version is what the other keys carry."""
    with read_only(serving().engine) as connection:
        return wilayah.data_state(connection)


@contextmanager
def reading(data_version: str) -> Iterator[Connection]:
    """Give one connection that sees the data of this version; raise StaleData where they are another's.

    Without this, what a load brought meanwhile would be kept under the old version's key.
    """
    with read_only(serving().engine) as connection:
        if schema.data_version(connection) != data_version:
            data_state.clear()
            raise StaleData
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """Give one connection in a transaction that may write: what a reader keeps, never the data that are asked."""
    with serving().engine.begin() as connection:
        yield connection


@st.cache_data(max_entries=400, show_spinner=False)
def answer(question: str, scope: Scope, data_version: str) -> Result:
    """Return the answer to a page's question, or to a query of the catalogue by its own name."""
    name = QUESTIONS[question].query if question in QUESTIONS else question
    if name == "plan":
        return budget_plan(scope, data_version).result
    with reading(data_version) as connection:
        return QUERIES[name](connection, scope)


@st.cache_data(max_entries=400, show_spinner=False)
def concentration(scope: Scope, data_version: str, query: str = "coverage") -> pd.Series | None:
    """Return how few of a scope's wilayah hold half of what a query counts; None where that is not disclosed."""
    with reading(data_version) as connection:
        return CONCENTRATIONS[query](connection, scope)


@st.cache_data(max_entries=200, show_spinner=False)
def successions(scope: Scope, data_version: str) -> list[lineage.Succession]:
    """Return which wilayah of a scope were split or made between its two periods."""
    with reading(data_version) as connection:
        return lineage.successions(connection, scope)


@st.cache_data(max_entries=100, show_spinner=False)
def samples(period: date, data_version: str) -> list[field.Sample]:
    """Return the verification samples of a period."""
    with reading(data_version) as connection:
        return field.samples(connection, period)


@st.cache_data(max_entries=100, show_spinner=False)
def model_checks(scope: Scope, measure: str, data_version: str) -> field.ModelChecks:
    """Return how the small areas of a measure were estimated."""
    with reading(data_version) as connection:
        return field.model_checks(connection, scope, measure)


def _planned(connection: Connection, scope: Scope) -> SamplePlan:
    return sample_plan(connection, scope, SampleRequest.parse(scope.request))


@st.cache_data(max_entries=200, show_spinner=False)
def plan(scope: Scope, data_version: str) -> SamplePlan:
    """Return the sample plan that a scope's request asks for; raise the QueryError of one that cannot be planned."""
    with reading(data_version) as connection:
        return _planned(connection, scope)


@st.cache_data(max_entries=50, show_spinner=False)
def drawn_desa(scope: Scope, seed: int, data_version: str) -> pd.DataFrame:
    """Return the desa that a scope's plan visits with this seed."""
    with reading(data_version) as connection:
        return draw_desa(connection, scope, _planned(connection, scope), seed)


def drawn_sample(scope: Scope, seed: int, truth: str, data_version: str) -> pd.DataFrame:
    """Return the households drawn for a scope's plan; not kept, since it is asked for once and is large."""
    with reading(data_version) as connection:
        return draw_sample(connection, scope, _planned(connection, scope), seed, truth)


@st.cache_data(max_entries=2000, show_spinner=False)
def path_of(kode: str, data_version: str) -> list[wilayah.Wilayah]:
    """Return the wilayah from the nation down to `kode`; raise QueryError `unknown_wilayah`."""
    with reading(data_version) as connection:
        return wilayah.wilayah_path(connection, kode)


@st.cache_data(max_entries=40, show_spinner=False)
def plan_ground(scope: Scope, data_version: str) -> plan_basis.Ground:
    """Return what a plan starts from; `scope.request` is a request's ground, the same for every budget and rule."""
    with reading(data_version) as connection:
        return plan_basis.read_ground(connection, scope, PlanRequest.parse(scope.request))


@st.cache_data(max_entries=60, show_spinner=False)
def budget_plan(scope: Scope, data_version: str) -> planning.Plan:
    """Return the allocation that a scope's request asks for, every rule beside it."""
    request = PlanRequest.parse(scope.request)
    return planning.plan_on(plan_ground(scope.at(request=request.ground.text), data_version), scope, request)


@st.cache_data(max_entries=60, show_spinner=False)
def budget_frontier(scope: Scope, data_version: str) -> plan_frontier.Frontier:
    """Return exclusion against the ceiling for the rule of a scope's request."""
    request = PlanRequest.parse(scope.request)
    return plan_frontier.frontier_on(plan_ground(scope.at(request=request.ground.text), data_version), request)


@st.cache_data(max_entries=20, show_spinner=False)
def budget_codes(on: date, data_version: str) -> dict[str, BudgetCode]:
    """Return the budget codes in force on a day."""
    with reading(data_version) as connection:
        return codes_on(connection, on)


@st.cache_data(max_entries=100, show_spinner=False)
def plan_input(key: str) -> dict[str, dict[str, float]]:
    """Return the rows that a reader edited, by kode; a key names its rows for good."""
    with read_only(serving().engine) as connection:
        return read_plan_input(connection, key)


@st.cache_data(max_entries=100, show_spinner=False)
def snapped(area: bytes | tuple[str, ...], snap: str, data_version: str) -> tuple[shock_area.SnappedDesa, ...]:
    """Return the desa of an area, given as WKB or as codes of wilayah."""
    with reading(data_version) as connection:
        return shock_area.snap(connection, shapely.from_wkb(area) if isinstance(area, bytes) else area, snap)


@st.cache_data(max_entries=100, show_spinner=False)
def shock_effect(scope: Scope, codes: tuple[str, ...], data_version: str) -> shock.ShockEffect:
    """Return what the desa of an area hold in a scope's period."""
    with reading(data_version) as connection:
        return shock.shock_effect(connection, scope, codes)


@st.cache_data(max_entries=100, show_spinner=False)
def parts_of(kode: str, data_version: str) -> list[shock_area.Part]:
    """Return the wilayah of the next two levels below one."""
    with reading(data_version) as connection:
        return shock_area.list_parts(connection, kode)


@st.cache_data(max_entries=100, show_spinner=False)
def names_of(codes: tuple[str, ...], data_version: str) -> dict[str, str]:
    """Return the names of some wilayah by kode."""
    with reading(data_version) as connection:
        return shock_area.names_of(connection, codes)


def kept_shocks() -> list[shock_area.KeptShock]:
    """Return the areas that were kept; always read anew, since readers add to them."""
    with read_only(serving().engine) as connection:
        return shock_area.list_shocks(connection)


def kept_shock(shock_id: int) -> shock_area.KeptShock:
    """Return one kept area with its desa; raise QueryError `unknown_shock`."""
    with read_only(serving().engine) as connection:
        return shock_area.read_shock(connection, shock_id)


@st.cache_data(max_entries=500, show_spinner=False)
def found(text: str, data_version: str) -> list[wilayah.Wilayah]:
    """Return the wilayah that a name or code finds."""
    with reading(data_version) as connection:
        return wilayah.find_wilayah(connection, text, 8)


@st.cache_data(max_entries=8, show_spinner=False)
def programs(data_version: str) -> dict[str, wilayah.Program]:
    """Return the programs that are measured, by key."""
    with reading(data_version) as connection:
        return {program.key: program for program in wilayah.list_programs(connection)}


@st.cache_data(max_entries=8, show_spinner=False)
def program_names(data_version: str) -> dict[str, str]:
    """Return the name of every program of the catalogue by key: a set may hold one that is not measured."""
    with reading(data_version) as connection:
        return wilayah.program_names(connection)


@st.cache_data(max_entries=50, show_spinner=False)
def catalogue(on: date, data_version: str) -> list[CatalogueEntry]:
    """Return the program catalogue of a day."""
    with reading(data_version) as connection:
        return list_catalogue(connection, on)


@st.cache_data(max_entries=100, show_spinner=False)
def rules(program: str, data_version: str) -> list[Rule]:
    """Return a program's rules, the newest first."""
    with reading(data_version) as connection:
        return list_rules(connection, program)


def rule_of(program: str, period: date, data_version: str) -> Rule | None:
    """Return a program's rule in force on a period's first day, None where there is none."""
    return next((rule for rule in rules(program, data_version) if rule.holds_on(period)), None)


@st.cache_data(max_entries=2000, show_spinner=False)
def neighbours(kode: str, data_version: str) -> list[str]:
    """Return the wilayah of the same level that touch a wilayah."""
    with reading(data_version) as connection:
        return read_neighbours(connection, kode)


@st.cache_data(max_entries=2000, show_spinner=False)
def bounds(kode: str, data_version: str) -> tuple[float, float, float, float]:
    """Return a wilayah's bounding box, or that of the nearest wilayah above it that has one."""
    with reading(data_version) as connection:
        return shapes.read_bounds(connection, kode)


@st.cache_data(max_entries=2000, show_spinner=False)
def is_drawn(kode: str, level: Level, data_version: str) -> bool:
    """Tell whether a map of a wilayah at a level has any shape."""
    with reading(data_version) as connection:
        return connection.execute(shapes.build_shapes(kode, level).order_by(None).limit(1)).first() is not None


@st.cache_data(max_entries=4, show_spinner=False)
def boundary_sources(data_version: str) -> list[kept_boundaries.BoundarySource]:
    """Return every source of boundaries that is kept, with its report: megabytes, where a nation has many findings."""
    with reading(data_version) as connection:
        return kept_boundaries.read_sources(connection)


@st.cache_data(max_entries=4, show_spinner=False)
def boundary_counts(today: date, data_version: str) -> dict[Level, counting.LevelCount]:
    """Return how many wilayah of each level have boundaries in force, beside how many are known."""
    with reading(data_version) as connection:
        return counting.boundary_counts(connection, today)


@st.cache_data(max_entries=200, show_spinner=False)
def scale(question: str, measure_key: str, scope: Scope, data_version: str) -> ColorScale:
    """Return the one scale of a measure: fixed for a rate, else from all wilayah of the scope's level.

    Only level, period, program, desil and disclosure of `scope` count, so a colour means the same after a click.
    """
    measure: Measure = QUESTIONS[question].measure(measure_key)
    if measure.error:
        return field_scale(measure)
    if measure.form == "points":
        return change_scale(measure)
    asked = scope if QUESTIONS[question].has_own_scale else scope.at(wilayah=NATION_KODE)
    if measure.form == "rise":
        return rise_scale(measure, values_of(answer(question, asked, data_version), measure))
    if measure.form == "cluster":
        return cluster_scale(measure)
    if measure.form == "rate":
        return rate_scale(measure, scope.desil)
    if measure.limits:
        return ColorScale(measure.form, measure.limits, PALETTES[measure.palette])
    everywhere = answer(question, asked, data_version)
    return count_scale(measure, values_of(everywhere, measure)["value"])
