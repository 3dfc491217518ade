"""The rules side by side: what each would do with the same budget, and the choice among them."""

import streamlit as st

from dashboard.charts import titled
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.plan_address import request_of, set_parts
from dashboard.sections.plan_answer import capital, estimate, has_chances
from dashboard.state import View
from dashboard.words import ABSENT, Words
from queries.plan_request import RULES
from queries.planning import Effect, Plan

CHOICE = "budget_rule_below"
MILLION = 10**6
# A gap that rounds to nothing in four decimals is none that a reader could act on.
LEAST_GAP = 5e-7
# Two rates that are written alike are alike.
LEAST_SEEN = 0.0005


def rules(view: View, plan: Plan) -> None:
    """Draw the choice of a rule and a table with a line for each; the chosen one is marked."""
    words = view.words
    titled(words, "plan.rules")
    st.session_state[CHOICE] = request_of(view).rule
    st.pills(
        words("plan.rule"), RULES, key=CHOICE, required=True, label_visibility="collapsed",
        format_func=lambda rule: words(f"plan.rule.{rule}"),
        on_change=lambda: set_parts(rule=st.session_state[CHOICE]),
    )  # fmt: skip
    st.caption(words(f"plan.rule.{plan.effect.rule}.what"))
    columns = columns_of(plan)
    level = words(f"level.{view.level.name}")
    heads = [words("plan.rule"), *(capital(words(f"plan.head.{name}", unit=words(f"plan.unit.{plan.unit}"),
                                                 level=level)) for name in columns)]  # fmt: skip
    sample = "field" if plan.field_before else "chance_only" if has_chances(plan) else "no_field"
    rows = [
        Row(_name(words, effect, plan), tuple(cell(words, effect, name) for name in columns),
            "total" if effect.rule == plan.effect.rule else "")
        for effect in sorted(plan.effects, key=lambda effect: RULES.index(effect.rule))
    ]  # fmt: skip
    number_table(heads, rows)
    st.caption(" ".join([
        words("plan.rules.note", level=level.lower(), level_start=level),
        *([words("plan.rules.note.fixed", level=level.lower())] if plan.request.desa_idr else []),
        *([] if "unmendable" in columns
          else [words("plan.rules.note.unmendable", rate=words.percent(plan.effect.unmendable_rate))]),
        words(f"plan.rules.note.{sample}"),
    ]))  # fmt: skip


def columns_of(plan: Plan) -> list[str]:
    """Return the columns that the table needs: those of the field only where a sample tells, and what no rule could
    reach with this ceiling only where a rule leaves more than that.
    """
    has_field = plan.field_before is not None
    leaves_more = any(effect.exclusion_after - effect.unmendable_rate >= LEAST_SEEN for effect in plan.effects)
    return [
        "planned", "after", *(["unmendable"] if leaves_more else []), *(["field"] if has_field else []),
        *(["expected", "robust", "inclusion"] if has_chances(plan) else []),
        "cost", "gini", "left_out", "gap", "remainder",
    ]  # fmt: skip


def _name(words: Words, effect: Effect, plan: Plan) -> str:
    name = words(f"plan.rule.{effect.rule}")
    return f"✓ {name}" if effect.rule == plan.effect.rule else name


def cell(words: Words, effect: Effect, name: str) -> str:
    """Return one figure of a rule as text."""
    if name == "planned":
        return words.number(effect.planned_count)
    if name == "after":
        return words.percent(effect.exclusion_after)
    if name == "field":
        return estimate(words, effect.field_after)
    if name == "unmendable":
        return words.percent(effect.unmendable_rate)
    if name == "expected":
        low, high = words.number(effect.expected.lower), words.number(effect.expected.upper)
        return f"{words.number(effect.expected.value)} ({low}–{high})"
    if name == "robust":
        return words.number(effect.robust_count)
    if name == "inclusion":
        return words.percent(effect.inclusion_rate)
    if name == "cost":
        return ABSENT if effect.cost_per_eligible_idr is None else in_millions(words, effect.cost_per_eligible_idr)
    if name == "gini":
        return words.number(effect.gini, 3)
    if name == "left_out":
        return words.number(effect.left_out_count)
    if name == "gap":
        return gap_text(words, effect)
    return in_millions(words, effect.remainder_idr)


def gap_text(words: Words, effect: Effect) -> str:
    """Return how far at most a rule is from the best possible, as it was proven."""
    gap = effect.gap_to_optimum
    if gap < LEAST_GAP:
        return words("plan.gap.none")
    digits = 1 if gap >= 0.001 else 2 if gap >= 0.0001 else 4
    return words.percent(gap, digits)


def in_millions(words: Words, amount: int) -> str:
    """Return an amount in million rupiah, without decimals where it is large."""
    return words.number(amount / MILLION, 2 if amount < 100 * MILLION else 0)
