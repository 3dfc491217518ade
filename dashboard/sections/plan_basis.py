"""What a plan rests on and comes to: its classes, its money to the rupiah, what it cannot mend, and its assumptions."""

import numpy as np
import streamlit as st

from dashboard import cache
from dashboard.charts import titled
from dashboard.estimates import interval_text
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.plan_amounts import full
from dashboard.sections.plan_answer import capital, estimate, has_chances, target_name
from dashboard.sections.plan_inputs import named
from dashboard.state import View
from dashboard.words import ABSENT, Words
from queries.plan_field import interval_of
from queries.plan_request import WEIGHT_ONE
from queries.planning import Interval, Plan


def classes(view: View, plan: Plan) -> None:
    """Draw for each desil what is needed, what is planned, and how likely one of them is truly eligible."""
    words, need = view.words, plan.need
    titled(words, "plan.classes")
    unit = words(f"plan.unit.{plan.unit}")
    heads = [words("filter.desil"), *(capital(words(f"plan.classes.{name}", unit=unit))
                                      for name in ("eligible", "need", "planned", "chance", "worth"))]  # fmt: skip
    rows = []
    for at, desil in enumerate(need.classes):
        chance = chance_of(plan, at)
        rows.append(Row(words("desil.one", low=desil), (
            words.number(need.eligible[:, at].sum()), words.number(need.need[:, at].sum()),
            words.number(plan.effect.planned[:, at].sum()),
            ABSENT if chance is None else _chance_text(words, chance),
            words.percent(plan.request.weights[desil - 1] / WEIGHT_ONE, 0),
        )))  # fmt: skip
    rows.append(Row(words("plan.total"), (
        words.number(need.eligible.sum()), words.number(need.need.sum()), words.number(plan.effect.planned_count),
        _chance_text(words, _whole_chance(plan)) if plan.effect.planned_count else ABSENT, "",
    ), "total"))  # fmt: skip
    number_table(heads, rows)
    origins = set(plan.eligibility.origin)
    st.caption(" ".join(words(f"plan.chance.{origin}")
                        for origin in ("kabupaten", "provinsi", "all", "register") if origin in origins))  # fmt: skip


def chance_of(plan: Plan, at: int) -> Interval | None:
    """Return the chance that an uncovered unit of a class is truly eligible, over all rows together by their need.

    None for a class without need.
    """
    chances = plan.eligibility
    weight = _by_group(plan, plan.need.need[:, at])
    if not weight.sum():
        return None
    share = weight / weight.sum()
    draws = chances.draws[:, :, at] @ share
    return interval_of(float(chances.expected[:, at] @ share), draws)


def _whole_chance(plan: Plan) -> Interval:
    expected, planned = plan.effect.expected, plan.effect.planned_count
    return Interval(expected.value / planned, expected.lower / planned, expected.upper / planned)


def _by_group(plan: Plan, counts: np.ndarray) -> np.ndarray:
    groups = plan.eligibility.group_of(list(plan.need.areas["kode"]))
    return np.bincount(groups, weights=counts, minlength=len(plan.eligibility.expected))


def _chance_text(words: Words, chance: Interval) -> str:
    if chance.lower == chance.upper:
        return words.percent(chance.value, 0)
    return f"{words.percent(chance.value, 0)} ({interval_text(chance.lower, chance.upper, words)})"


def money_lines(view: View, plan: Plan) -> None:
    """Draw the lines that add up to the ceiling, in full rupiah."""
    words, effect, request = view.words, plan.effect, plan.request
    titled(words, "plan.money")
    unit, level = words(f"plan.unit.{plan.unit}"), words(f"level.{view.level.name}").lower()
    lines = [
        Row(words("plan.money.benefit", count=words.number(effect.planned_count), unit=unit,
                  cost=full(words, request.unit_cost_idr)), (full(words, effect.benefit_idr),)),
        Row(words("plan.money.desa", count=words.number(effect.served_count),
                  level=level, cost=full(words, request.desa_idr))
            if request.desa_idr else words("plan.money.no_desa", level=level), (full(words, effect.desa_cost_idr),)),
        Row(words("plan.money.administration"), (full(words, effect.administration_idr),)),
        Row(words("plan.money.remainder"), (full(words, effect.remainder_idr),)),
        Row(words("plan.money.budget"), (full(words, request.budget_idr),), "total"),
    ]  # fmt: skip
    number_table([words("plan.money.line"), words("plan.money.amount")], lines)
    st.caption(words("plan.money.note"))


def beyond(view: View, plan: Plan) -> None:
    """Say what no budget, and what not this one, can mend."""
    words, effect = view.words, plan.effect
    titled(words, "plan.beyond")
    lines = [words("plan.beyond.budget", unmendable=words.percent(effect.unmendable_rate),
                   after=words.percent(effect.exclusion_after))]  # fmt: skip
    if plan.off_list is None:
        lines.append(words(f"plan.beyond.{'chance_only' if has_chances(plan) else 'no_field'}"))
    else:
        known = plan.eligibility.field
        key = "off_list" if known is not None and known.unregistered is not None else "wrong_desil"
        lines.append(words(f"plan.beyond.{key}", rate=estimate(words, plan.off_list)))
        lines.append(words("plan.beyond.field", before=estimate(words, plan.field_before),
                           after=estimate(words, effect.field_after)))  # fmt: skip
    if effect.inclusion_rate:
        lines.append(words("plan.beyond.inclusion", rate=_chance_text(words, not_eligible(plan))))
    st.markdown("\n".join(f"- {line}" for line in lines))


def not_eligible(plan: Plan) -> Interval:
    """Return the expected share of the planned units that are not truly eligible, with its interval."""
    chance = _whole_chance(plan)
    return Interval(1 - chance.value, 1 - chance.upper, 1 - chance.lower)


def assumptions(view: View, plan: Plan) -> None:
    """Say in words what the plan takes as given."""
    titled(view.words, "plan.assumptions")
    st.markdown("\n".join(f"- {line}" for line in assumption_lines(view, plan)))


def assumption_lines(view: View, plan: Plan) -> list[str]:
    """Return the assumptions of a plan, one sentence each."""
    words, request = view.words, plan.request
    unit, level = words(f"plan.unit.{plan.unit}"), words(f"level.{view.level.name}").lower()
    lines = [
        words("plan.says.frame", year=request.year, period=words.month(view.period), **named(view, request)),
        _target_line(view, plan),
        words("plan.says.cost", benefit=full(words, request.benefit_idr), months=request.months, unit=unit,
              cost=full(words, request.unit_cost_idr)),
        words("plan.says.administration", amount=full(words, request.administration))
        if request.administration else words("plan.says.no_administration"),
    ]  # fmt: skip
    if request.desa_idr:
        lines.append(words("plan.says.desa", amount=full(words, request.desa_idr), level=level))
    lines.append(_covered_line(view, plan))
    if _has_limits(plan):
        lines.append(words("plan.says.limits", level=level))
    if len({request.weights[desil - 1] for desil in plan.need.classes}) > 1:
        listed = ", ".join(f"{desil}: {words.percent(request.weights[desil - 1] / WEIGHT_ONE, 0)}"
                           for desil in plan.need.classes)  # fmt: skip
        lines.append(words("plan.says.weights", weights=listed))
    lines.append(words("plan.says.chance" if has_chances(plan) else "plan.says.register"))
    lines.append(words("plan.says.static"))
    return lines


def _target_line(view: View, plan: Plan) -> str:
    words, request = view.words, plan.request
    desil = words.desil(plan.need.classes)
    if not request.target:
        return words("plan.says.program", program=target_name(view), desil=desil)
    component = words(f"catalogue.component.{request.component}") if request.component else words("plan.component.any")
    return words("plan.says.target", program=target_name(view), desil=desil, component=component)


def _covered_line(view: View, plan: Plan) -> str:
    words, request = view.words, plan.request
    names = cache.program_names(view.data_version)
    listed = ", ".join(names[key] for key in request.covered)
    if request.target:
        return words("plan.says.covered", programs=listed) if listed else words("plan.says.covered.none")
    return words("plan.says.covered.too", program=target_name(view), programs=listed) if listed else words(
        "plan.says.covered.own", program=target_name(view)
    )  # fmt: skip


def _has_limits(plan: Plan) -> bool:
    return bool(plan.need.floor.any() or (plan.need.cap < plan.need.need_count).any())
