"""A stored scenario as the plan that it was: for the files that are handed out, which must say what was stored."""

from dataclasses import fields

import numpy as np
import pandas as pd

from boundaries.levels import kind_of
from queries.eligibility import Eligibility
from queries.plan_need import Need
from queries.plan_request import PlanRequest
from queries.planning import Effect, Interval, Plan, tell_rows
from queries.result import Provenance, Result
from queries.scenarios import Scenario, StoredScenario
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO, SHOWN, SMALL, SMALLEST_SHOWN

_INTERVALS = ("expected", "field_after")


def stored_plan(stored: StoredScenario) -> Plan:
    """Return the plan that a scenario is of, made of what was stored and of nothing else.

    Its request, its effects, its rows and its sources are the plan's own. Eligible and need are kept by row and not by
    class: `need.eligible` and `need.need` have one column, shape (n, 1). Of the eligibility the origins, the truth and
    the frame are kept, of other rules' effects all but their rows, which are of shape (0, d).
    """
    one = stored.scenario
    request = _request_of(one.summary["assumptions"])
    lines = _all_rows(stored)
    classes = tuple(one.summary["classes"])
    cells = [[0 if pd.isna(planned) else row.get(str(desil), 0) for desil in classes]
             for planned, row in zip(lines["planned_count"], lines["planned_by_desil"], strict=True)]  # fmt: skip
    planned = np.array(cells, dtype=np.int64).reshape(len(lines), len(classes))
    effects = tuple(_effect_of(one, rule, planned) for rule in one.summary["effects"])
    chosen = next(effect for effect in effects if effect.rule == one.rule)
    ends = {name: _interval(one.summary[name]) for name in ("field_before", "off_list")}
    need = _need_of(one, lines, classes)
    return Plan(
        request, need, _eligibility_of(one, len(classes)), chosen, effects, ends["field_before"], ends["off_list"],
        _result_of(one, need, lines, planned, request.unit_cost_idr),
    )


def _request_of(asked: dict) -> PlanRequest:
    # A part of the request that is younger than the scenario was not asked for.
    known = {field.name for field in fields(PlanRequest)} & set(asked)
    return PlanRequest(**{name: tuple(asked[name]) if isinstance(asked[name], list) else asked[name] for name in known})


def _all_rows(stored: StoredScenario) -> pd.DataFrame:
    """Return the stored rows and those of wilayah without data, whose figures are missing, in the order of kode."""
    without = pd.DataFrame(stored.scenario.summary["no_data"], columns=["kode", "name"])
    if without.empty:
        return stored.lines
    without["planned_by_desil"] = [{}] * len(without)
    return pd.concat([stored.lines, without]).sort_values("kode", ignore_index=True)


def _effect_of(one: Scenario, rule: str, planned: np.ndarray) -> Effect:
    plain = dict(one.summary["rules"][rule])
    plain |= {name: _interval(plain[name]) for name in _INTERVALS}
    rows = planned if rule == one.rule else np.zeros((0, planned.shape[1]), dtype=np.int64)
    return Effect(planned=rows, unspent_rows=tuple(plain.pop("unspent_rows")), **plain)


def _interval(ends: list[float] | None) -> Interval | None:
    return None if ends is None else Interval(*ends)


def _need_of(one: Scenario, lines: pd.DataFrame, classes: tuple[int, ...]) -> Need:
    need = lines["need_count"].fillna(0).to_numpy(dtype=np.int64)
    areas = lines[["kode", "name"]].assign(
        level=int(one.level), kind=lines["kode"].map(kind_of), has_data=lines["need_count"].notna(),
        eligible_mask=_mask(one, lines["eligible_count"]), need_mask=_mask(one, lines["need_count"]),
    )  # fmt: skip
    eligible = lines["eligible_count"].fillna(0).to_numpy(dtype=np.int64)
    # A rounded count stands for others: its least must reach the least denominator.
    areas["is_enough"] = (one.disclosure == "exact") | (eligible - ROUND_TO / 2 >= LEAST_DENOMINATOR)
    return Need(areas, classes, eligible[:, None], need[:, None], np.zeros_like(need), need, None,
                one.summary["edited"], one.unit, "")  # fmt: skip


def _mask(one: Scenario, counts: pd.Series) -> np.ndarray:
    is_small = (one.disclosure == "published") & counts.fillna(0).between(1, SMALLEST_SHOWN - 1)
    return np.where(is_small, SMALL, SHOWN)


def _eligibility_of(one: Scenario, class_count: int) -> Eligibility:
    empty = np.zeros((0, class_count))
    truth, frame = one.summary["sample"] or ("", "")
    return Eligibility(
        expected=empty, draws=np.zeros((0, 0, class_count)), lower=empty, upper=empty,
        sample_count=empty.astype(np.int64), group={}, origin=tuple(one.summary["origins"]), field=None, truth=truth,
        frame=frame, sources=(),
    )  # fmt: skip


def _result_of(one: Scenario, need: Need, lines: pd.DataFrame, planned: np.ndarray, unit_cost_idr: int) -> Result:
    origin = Provenance("plan", one.scope, "", one.sources, len(lines), one.data_version)
    return tell_rows(need.areas, need.eligible_count, need.need_count, planned, need.classes,
                     lines["expected_count"].to_numpy(dtype=float), unit_cost_idr, origin)  # fmt: skip
