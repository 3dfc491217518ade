"""Two or three stored scenarios beside one another: totals, assumptions, and the differences of each wilayah."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from boundaries.levels import Level, ancestor_of
from geo import tables
from geo.schema import data_version
from queries.answer import rows_of, text_of
from queries.columns import ANSWER, Status, whole_numbers
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.result import Provenance, Result
from queries.scenarios import Scenario, StoredScenario, read_scenario
from queries.scope import Disclosure, Scope
from queries.stats.disclosure import SHOWN, SMALL
from queries.trend import BEFORE

FIGURES = ("planned_count", "uncovered_count", "amount_idr")
_SUMMED = ("eligible_count", "need_count", "planned_count", "uncovered_count", "amount_idr", "expected_count")


@dataclass(frozen=True)
class Comparison:
    """Two or three scenarios, in the order in which they were named.

    `rows`: kode and name of every wilayah of `level` that any of them has, each scenario's planned_count,
    uncovered_count and amount_idr (`planned_count_1` is the first one's; null where a scenario has no such row), and
    the differences to the first (`planned_change_2`, `uncovered_change_2`, `amount_change_2`); the greatest difference
    in planned units comes first. `differing`: the assumptions in which they differ, by the names of PlanRequest.
    """

    scenarios: tuple[StoredScenario, ...]
    level: Level
    rows: pd.DataFrame
    differing: tuple[str, ...]


def parse_ids(text: str) -> tuple[int, ...]:
    """Return the ids in `12-15`; raise QueryError `scenario_ids` where it is no such list."""
    parts = text.split("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 9 for part in parts):
        raise QueryError("scenario_ids", given=text)
    return tuple(int(part) for part in parts)


def compare(connection: Connection, ids: tuple[int, ...], allowed: Disclosure) -> Comparison:
    """Return two or three scenarios beside one another, finer rows added up to the coarsest level among them.

    Raises QueryError `scenarios_to_compare` where there are not two or three different ones, `scenarios_differ` where
    the same figure does not mean the same (its `part`: unit, program, disclosure, level, wilayah), and those of
    `read_scenario`.
    """
    if not 2 <= len(ids) <= 3 or len(set(ids)) != len(ids):
        raise QueryError("scenarios_to_compare", count=len(set(ids)))
    stored = tuple(read_scenario(connection, one, allowed) for one in ids)
    chosen = [one.scenario for one in stored]
    level = _level_of(chosen)
    frames = [_at_level(one.lines, level) for one in stored]
    _refuse_apart(stored, frames)
    rows = pd.concat([frame[list(FIGURES)].add_suffix(f"_{at}") for at, frame in enumerate(frames, start=1)], axis=1)
    rows = rows.astype("Int64").sort_index()
    rows.insert(0, "name", _names(connection, rows.index, level).reindex(rows.index))
    for figure in FIGURES:
        for at in range(2, len(frames) + 1):
            rows[f"{figure.rpartition('_')[0]}_change_{at}"] = rows[f"{figure}_{at}"] - rows[f"{figure}_1"]
    changes = [f"planned_change_{at}" for at in range(2, len(frames) + 1)]
    greatest = rows[changes].abs().max(axis=1).fillna(-1)
    rows = rows.iloc[np.argsort(-greatest.to_numpy(float), kind="stable")]
    return Comparison(stored, level, rows.rename_axis("kode").reset_index(), _differing(chosen))


def scenario_difference(connection: Connection, scope: Scope) -> Result:
    """Return what a second scenario changes in each wilayah of a scope; the request is both ids, `12-15`.

    value = planned_rise_count = planned_count of the second less planned_count_before, that of the first; and
    uncovered_rise_count and amount_rise_idr likewise; `planned_rise_status` is `no_data` where either has no such row.
    A scope of a coarser level gets sums. Raises QueryError `scenario_ids`, `scenario_level` where the scope's level is
    finer than the scenarios', and those of `compare`.
    """
    ids = parse_ids(scope.request)
    if len(ids) != 2:
        raise QueryError("scenario_ids", given=scope.request)
    compared = compare(connection, ids, scope.disclosure)
    if scope.level > compared.level:
        raise QueryError("scenario_level", level=scope.level.name, known=compared.level.name)
    chosen = [one.scenario for one in compared.scenarios]
    if scope.level < compared.level:
        _refuse_sums(chosen, scope.level)
    statement = rows_of(scope).order_by(tables.wilayah.c.kode)
    frame = pd.DataFrame(connection.execute(statement).all(), columns=["kode", "name", "level", "kind"])
    mask = {}
    for end, one in zip((BEFORE, ""), compared.scenarios, strict=True):
        lines = _at_level(one.lines.assign(is_small=one.is_small["need_count"]), scope.level).reindex(frame["kode"])
        for name in ("planned_count", "need_count", "uncovered_count", "eligible_count", "amount_idr"):
            frame[name + end] = whole_numbers(lines[name].to_numpy(float))
        small = np.where(lines["is_small"].fillna(False).astype(bool), SMALL, SHOWN)
        mask |= {name + end: small for name in ("need_count", "uncovered_count")}
    is_known = frame["planned_count"].notna() & frame[f"planned_count{BEFORE}"].notna()
    is_small = (mask["uncovered_count"] == SMALL) | (mask[f"uncovered_count{BEFORE}"] == SMALL)
    for stem, end in (("planned", "count"), ("uncovered", "count"), ("amount", "idr")):
        frame[f"{stem}_rise_{end}"] = frame[f"{stem}_{end}"] - frame[f"{stem}_{end}{BEFORE}"]
    frame.loc[is_small, "uncovered_rise_count"] = pd.NA
    frame["planned_rise_status"] = np.where(is_known, Status.ok.value, Status.no_data.value)
    known_status = frame["planned_rise_status"]
    frame["uncovered_rise_status"] = np.where(is_known & is_small, Status.suppressed.value, known_status)
    none = pd.array([pd.NA] * len(frame), dtype="Float64")
    frame = frame.assign(
        status=frame["planned_rise_status"], value=frame["planned_rise_count"].astype("Float64"),
        numerator=frame["planned_count"], denominator=frame["need_count"], se=none, lower=none, upper=none,
        unit=chosen[0].unit,
    )  # fmt: skip
    sources = tuple(dict.fromkeys(note for one in chosen for note in one.sources))
    origin = Provenance(
        "scenario-difference", replace(scope, period=chosen[1].period), text_of(statement), sources, len(frame),
        data_version(connection),
    )  # fmt: skip
    order = [*ANSWER, *(name for name in frame.columns if name not in ANSWER)]
    return Result(frame[order], origin, pd.DataFrame(mask))


def _level_of(chosen: list[Scenario]) -> Level:
    level = min(one.level for one in chosen)
    if any(one.level != level for one in chosen):
        _refuse_sums(chosen, level)
    return level


def _refuse_sums(chosen: list[Scenario], level: Level) -> None:
    # Totals come from the records and are then rounded: a sum of rounded rows is another number.
    if any(one.disclosure == "published" and one.level != level for one in chosen):
        raise QueryError("scenarios_differ", part="level", given=", ".join(dict.fromkeys(
            one.level.name for one in chosen)))  # fmt: skip


def _refuse_apart(stored: tuple[StoredScenario, ...], frames: list[pd.DataFrame]) -> None:
    chosen = [one.scenario for one in stored]
    for part, values in (
        ("unit", [one.unit for one in chosen]), ("program", [one.planned_for for one in chosen]),
        ("disclosure", [one.disclosure for one in chosen]),
    ):  # fmt: skip
        if len(set(values)) > 1:
            raise QueryError("scenarios_differ", part=part, given=", ".join(dict.fromkeys(values)))
    first = set(frames[0].index)
    apart = next((one for one, frame in zip(chosen, frames, strict=True) if first.isdisjoint(frame.index)), None)
    if apart is not None:
        raise QueryError("scenarios_differ", part="wilayah", given=f"{chosen[0].wilayah_name}, {apart.wilayah_name}")


def _at_level(lines: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Return the rows by kode of a level, those of finer wilayah added up."""
    codes = lines["kode"].map(lambda kode: ancestor_of(kode, level))
    small = {"is_small": lines["is_small"]} if "is_small" in lines else {}
    return pd.DataFrame({name: lines[name] for name in _SUMMED} | small).groupby(codes.rename("kode")).agg(
        dict.fromkeys(_SUMMED, "sum") | dict.fromkeys(small, "any")
    )


def _names(connection: Connection, codes: pd.Index, level: Level) -> pd.Series:
    wilayah = tables.wilayah
    is_near = (wilayah.c.level == int(level)) & (wilayah.c.kode >= min(codes)) & (wilayah.c.kode <= max(codes))
    rows = connection.execute(select(wilayah.c.kode, wilayah.c.name).where(is_near)).all()
    return pd.Series(dict(map(tuple, rows)), dtype="str")


def _differing(chosen: list[Scenario]) -> tuple[str, ...]:
    asked = [one.summary["assumptions"] for one in chosen]
    names = (field.name for field in fields(PlanRequest))
    return tuple(name for name in names if any(one.get(name) != asked[0].get(name) for one in asked))
