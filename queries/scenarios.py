"""Scenarios: allocations that were stored with their assumptions, their author and the data that they stand on.

What is stored are the plan's own figures, never computed again: an older scenario stays what it was when the data, or
this program, move on.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from boundaries.levels import NATION_KODE, Level, kode_range
from geo import tables
from geo.plan_tables import scenario, scenario_line
from geo.schema import data_version
from queries.columns import Status
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.planning import Effect, Interval, Plan, plan
from queries.result import SourceNote
from queries.scope import Disclosure, Scope
from queries.stats.disclosure import SMALLEST_SHOWN
from queries.wilayah import DataState, data_state

MOST_NAME, MOST_NOTE = 80, 500
COUNTS = ("eligible_count", "covered_count", "need_count", "planned_count")
# Of an effect, the rows: those of the chosen rule are the scenario's own.
_NOT_STORED = ("planned",)


@dataclass(frozen=True)
class Scenario:
    """A stored allocation without its rows.

    `summary` holds what was frozen: `unit`, `classes`, the `truth` and `frame` that were asked for, the `sample` that
    answered (both, or null) and the `origins` of its chances, the totals (`eligible_count`, `covered_count`,
    `need_count`), `assumptions` by the names of PlanRequest, the rows that were `edited`, the wilayah with `no_data`
    (kode, name), `rules` (the effect of each rule, rates 0 to 1) and `effects`, their order, `field_before` and
    `off_list` as value, lower and upper end, and `sources`. `is_outdated`: the data have changed since.
    """

    id: int
    name: str
    author: str
    note: str
    made_at: datetime
    wilayah: str
    wilayah_name: str
    level: Level
    period: date
    program: str
    request: str
    disclosure: Disclosure
    data_version: str
    is_fictional: bool
    rule: str
    budget_idr: int
    summary: dict
    based_on_id: int | None
    exported_at: datetime | None
    is_outdated: bool

    @property
    def is_exported(self) -> bool:
        """Tell whether somebody has it in hand: from then on nothing changes or deletes it."""
        return self.exported_at is not None

    @property
    def unit(self) -> str:
        """What is counted: household, person or pupil."""
        return self.summary["unit"]

    @property
    def effect(self) -> dict:
        """The stored effect of the chosen rule, by the names of queries.planning.Effect."""
        return self.summary["rules"][self.rule]

    @property
    def scope(self) -> Scope:
        """The frame that the plan was made in, its request included."""
        return Scope(
            self.wilayah, self.level, self.period, self.program, disclosure=self.disclosure, request=self.request,
            truth=self.summary["truth"], frame=self.summary["frame"],
        )  # fmt: skip

    @property
    def sources(self) -> tuple[SourceNote, ...]:
        """The files that the plan rested on."""
        return tuple(_source_of(one) for one in self.summary["sources"])

    @property
    def planned_for(self) -> str:
        """The program, or what a program that was defined in the plan asks of a family: equal where needs are."""
        asked = self.summary["assumptions"]
        return f"target:{asked['component']}" if asked["target"] else self.program


@dataclass(frozen=True)
class StoredScenario:
    """A scenario with its rows.

    `lines`: kode, name, eligible_count, covered_count, need_count, planned_count, uncovered_count, expected_count,
    amount_idr, planned_by_desil (units by desil as text); wilayah without data have none. Published counts of 1 to 9
    are stored rounded.
    """

    scenario: Scenario
    lines: pd.DataFrame

    @property
    def is_small(self) -> pd.DataFrame:
        """Tell of each row's eligible_count, need_count and uncovered_count whether it is shown as fewer than ten."""
        is_published = self.scenario.disclosure == "published"
        small = self.lines[["eligible_count", "need_count"]].apply(
            lambda counts: is_published & counts.between(1, SMALLEST_SHOWN - 1)
        )
        # What a plan leaves of a need that is not told is not told either.
        return small.assign(uncovered_count=small["need_count"])


def list_scenarios(connection: Connection, wilayah: str, allowed: Disclosure) -> list[Scenario]:
    """Return the scenarios of a wilayah and of those below it, the newest first.

    Where only `published` is allowed, those of exact figures are left out (`count_withheld` says how many).
    """
    statement = _build().where(_within(wilayah)).order_by(scenario.c.made_at.desc(), scenario.c.id.desc())
    if allowed == "published":
        statement = statement.where(scenario.c.disclosure == "published")
    version = data_version(connection)
    return [_scenario_of(row, version) for row in connection.execute(statement)]


def count_withheld(connection: Connection, wilayah: str, allowed: Disclosure) -> int:
    """Return how many scenarios of a wilayah and of those below may not be shown."""
    if allowed == "exact":
        return 0
    return connection.scalar(select(func.count()).where(_within(wilayah), scenario.c.disclosure == "exact"))


def read_scenario(connection: Connection, scenario_id: int, allowed: Disclosure) -> StoredScenario:
    """Return a scenario with its rows, in the order of their kode.

    Raises QueryError `unknown_scenario`, and `scenario_not_allowed` for one of exact figures where only `published`
    is allowed.
    """
    row = connection.execute(_build().where(scenario.c.id == scenario_id)).one_or_none()
    if row is None:
        raise QueryError("unknown_scenario", scenario=scenario_id)
    if row.disclosure == "exact" and allowed != "exact":
        raise QueryError("scenario_not_allowed", scenario=scenario_id)
    line = scenario_line
    columns = [column for column in line.columns if column.name != "scenario_id"]
    rows = connection.execute(select(*columns).where(line.c.scenario_id == scenario_id).order_by(line.c.kode)).all()
    lines = pd.DataFrame(rows, columns=[column.name for column in columns])
    lines = lines.astype(dict.fromkeys((*COUNTS, "amount_idr"), "int64") | {"expected_count": "float64"})
    lines.insert(6, "uncovered_count", lines["need_count"] - lines["planned_count"])
    return StoredScenario(_scenario_of(row, data_version(connection)), lines)


def scenario_of(plan: Plan, scope: Scope, name: str, author: str, note: str, based_on_id: int | None = None) -> dict:
    """Return what is stored of a plan: the columns of `scenario` that are given, and its rows under `lines`.

    Raises QueryError `scenario_name`, `scenario_author`, `scenario_note` where one is missing or too long.
    """
    origin = plan.result.provenance
    frame = plan.result.frame
    known = frame[frame["status"] != Status.no_data.value]
    desil = {f"planned_desil_{one}_count": str(one) for one in plan.need.classes}
    lines = [
        {"kode": row["kode"], "name": row["name"]} | {count: int(row[count]) for count in COUNTS}
        | {"expected_count": float(row["expected_count"]), "amount_idr": int(row["amount_idr"]),
           "planned_by_desil": {one: int(row[column]) for column, one in desil.items()}}
        for row in known.to_dict("records")
    ]  # fmt: skip
    return {
        "name": _checked(name, "scenario_name", MOST_NAME), "author": _checked(author, "scenario_author", MOST_NAME),
        "note": _checked(note, "scenario_note", MOST_NOTE, least=0),
        "wilayah_kode": scope.wilayah, "level": int(scope.level), "period": scope.period, "program_key": scope.program,
        "request": plan.request.text, "disclosure": scope.disclosure, "data_version": origin.data_version,
        "is_fictional": origin.is_fictional, "rule": plan.request.rule, "budget_idr": plan.request.budget_idr,
        "summary": _summary_of(plan, scope), "based_on_id": based_on_id, "lines": lines,
    }  # fmt: skip


def plan_again(connection: Connection, stored: Scenario, author: str, allowed: Disclosure) -> dict:
    """Return what is stored of the same request on the present data: the newest register of the same wilayah.

    Raises QueryError `no_register` where there is none, `scenario_not_allowed`, and those of queries.planning.plan.
    """
    if stored.disclosure == "exact" and allowed != "exact":
        raise QueryError("scenario_not_allowed", scenario=stored.id)
    period = _newest(data_state(connection), stored.wilayah)
    if period is None:
        raise QueryError("no_register")
    scope = stored.scope.at(period=period)
    made = plan(connection, scope, PlanRequest.parse(stored.request))
    return scenario_of(made, scope, stored.name, author, stored.note, stored.id)


def _newest(state: DataState, wilayah: str) -> date | None:
    return next(
        (period for period, held in zip(state.periods, state.provinsi, strict=True)
         if wilayah == NATION_KODE or wilayah[:2] in held), None,
    )  # fmt: skip


def _checked(text: str, code: str, most: int, least: int = 1) -> str:
    """Return a typed text on one line, without what no screen shows."""
    shown = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not least <= len(shown) <= most:
        raise QueryError(code, length=len(shown), most=most)
    return shown


def _summary_of(made: Plan, scope: Scope) -> dict:
    need, chances, frame = made.need, made.eligibility, made.result.frame
    without = frame[frame["status"] == Status.no_data.value]
    return {
        "unit": made.unit, "classes": list(need.classes), "edited": need.edited,
        "no_data": without[["kode", "name"]].to_numpy().tolist(), "origins": sorted(set(chances.origin)),
        "truth": scope.truth, "frame": scope.frame, "sample": [chances.truth, chances.frame] if chances.truth else None,
        "eligible_count": int(need.eligible_count.sum()), "covered_count": int(need.covered_count.sum()),
        "need_count": int(need.need_count.sum()),
        "assumptions": {key: list(value) if isinstance(value, tuple) else value
                        for key, value in asdict(made.request).items()},
        "rules": {effect.rule: _plain(effect) for effect in made.effects},
        "effects": [effect.rule for effect in made.effects],
        "field_before": _ends(made.field_before), "off_list": _ends(made.off_list),
        "sources": [_plain_source(note) for note in made.result.provenance.sources],
    }  # fmt: skip


def _plain(effect: Effect) -> dict:
    # Not dataclasses.asdict, which would copy the arrays that are left out.
    values = {name: getattr(effect, name) for name in effect.__dataclass_fields__ if name not in _NOT_STORED}
    return {name: _ends(value) if isinstance(value, Interval) else value for name, value in values.items()}


def _ends(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.value, interval.lower, interval.upper]


def _plain_source(note: SourceNote) -> dict:
    plain = asdict(note)
    return plain | {"period": note.period and note.period.isoformat(), "loaded_at": note.loaded_at.isoformat()}


def _source_of(plain: dict) -> SourceNote:
    period = plain["period"] and date.fromisoformat(plain["period"])
    return SourceNote(**plain | {"period": period, "loaded_at": datetime.fromisoformat(plain["loaded_at"])})


def _build() -> Select:
    wilayah = tables.wilayah
    return select(scenario, wilayah.c.name.label("wilayah_name")).join(
        wilayah, wilayah.c.kode == scenario.c.wilayah_kode
    )


def _within(wilayah: str):
    if wilayah == NATION_KODE:
        return scenario.c.id.is_not(None)
    low, high = kode_range(wilayah)
    return (scenario.c.wilayah_kode >= low) & (scenario.c.wilayah_kode < high)


def _scenario_of(row, version: str) -> Scenario:
    return Scenario(
        row.id, row.name, row.author, row.note, row.made_at, row.wilayah_kode, row.wilayah_name, Level(row.level),
        row.period, row.program_key, row.request, row.disclosure, row.data_version, row.is_fictional, row.rule,
        row.budget_idr, row.summary, row.based_on_id, row.exported_at, row.data_version != version,
    )  # fmt: skip
