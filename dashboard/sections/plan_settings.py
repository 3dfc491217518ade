"""The closed groups of a plan's inputs: target, costs, limits, weights, what counts as covered, and the budget's frame.

Each function draws one group.
"""

import re

import streamlit as st

from dashboard import cache, panels
from dashboard.sections import plan_inputs
from dashboard.sections.plan_address import set_parts
from dashboard.state import View
from geo.tables import COMPONENTS
from queries.plan_request import (
    FIRST_YEAR,
    FUNDINGS,
    LAST_YEAR,
    PROBABILITIES,
    STAGES,
    UNITS,
    WEIGHT_ONE,
    PlanRequest,
)

DESIL = range(1, 11)
MOST_COUNT = 9_999_999
MOST_WEIGHT = 100 * WEIGHT_ONE
MOST_LETTERS = 40


def target(view: View, request: PlanRequest) -> None:
    """Draw whom the plan is for: the sidebar's program with its rule, or a local program that is defined here."""
    words = view.words
    st.session_state["budget_local"] = bool(request.target)
    st.toggle(
        words("plan.local"), key="budget_local", help=words("plan.local.help"),
        on_change=lambda: set_parts(target=words("plan.local.name") if st.session_state["budget_local"] else ""),
    )  # fmt: skip
    if not request.target:
        rule = cache.rule_of(view.program, view.period, view.data_version)
        limits = words.desil(tuple(range(rule.limits[0], rule.limits[1] + 1))) if rule else words("plan.none")
        st.caption(words("plan.target.existing", program=panels.program_name(view), desil=limits))
        return
    st.session_state["budget_target"] = request.target.replace("_", " ")
    st.text_input(words("plan.target"), key="budget_target", max_chars=MOST_LETTERS,
                  on_change=lambda: set_parts(target=written(st.session_state["budget_target"])
                                              or words("plan.local.name")))  # fmt: skip
    st.session_state["budget_desil"] = [desil for desil in request.desil if desil in DESIL]
    st.pills(
        words("plan.desil"), DESIL, selection_mode="multi", key="budget_desil",
        on_change=lambda: set_parts(desil=tuple(sorted(st.session_state["budget_desil"]))),
    )  # fmt: skip
    _choice(view, request, "component", ("", *COMPONENTS),
            lambda key: words(f"catalogue.component.{key}") if key else words("plan.component.any"))  # fmt: skip
    _choice(view, request, "unit", UNITS, lambda key: words(f"plan.unit.{key}"))


def written(name: str) -> str:
    """Return a program's name as an address can hold it: letters and digits, one underscore for whatever parts them."""
    return re.sub(r"[\W_]+", "_", name).strip("_")[:MOST_LETTERS]


def _choice(view: View, request: PlanRequest, name: str, options: tuple[str, ...], written_as) -> None:
    key = f"budget_{name}"
    st.session_state[key] = getattr(request, name) if getattr(request, name) in options else options[0]
    st.selectbox(
        view.words(f"plan.{name}"), options, key=key, format_func=written_as,
        on_change=lambda: set_parts(**{name: st.session_state[key]}),
    )  # fmt: skip


def costs(view: View, request: PlanRequest) -> None:
    """Draw administration, as a share of the ceiling or in rupiah, and the cost of each wilayah served."""
    words = view.words
    st.session_state["budget_administration_pct"] = min(request.administration_bp, 10_000) / 100
    st.number_input(
        words("plan.administration_pct"), 0.0, 100.0, step=0.5, format="%.2f", key="budget_administration_pct",
        on_change=lambda: set_parts(
            administration_bp=round((st.session_state["budget_administration_pct"] or 0) * 100), administration_idr=0,
        ),
    )  # fmt: skip
    plan_inputs.money(view, "administration_idr", request)
    plan_inputs.money(view, "desa_idr", request)
    st.caption(words("plan.costs.note", level=words(f"level.{view.level.name}").lower()))


def limits(view: View, request: PlanRequest) -> None:
    """Draw the least and the most of every wilayah, in units or as a share of its need."""
    words = view.words
    left, right = st.columns(2, gap="small")
    with left:
        plan_inputs.number(view, "floor_count", request, 0, MOST_COUNT)
        plan_inputs.number(view, "floor_pct", request, 0, 100)
    with right:
        plan_inputs.number(view, "cap_count", request, 0, MOST_COUNT, is_open=True)
        plan_inputs.number(view, "cap_pct", request, 0, 100, is_open=True)
    level = words(f"level.{view.level.name}").lower()
    st.caption(words("plan.limits.note", level=level))
    if request.table:
        st.button(words("plan.limits.clear", level=level), key="budget_clear", on_click=lambda: set_parts(table=""))


def weights(view: View, request: PlanRequest) -> None:
    """Draw what one unit of each desil is worth, and whether the field's chance of being eligible counts."""
    words = view.words
    held = request.weights if len(request.weights) == len(DESIL) else (WEIGHT_ONE,) * len(DESIL)

    def changed() -> None:
        given = {desil: st.session_state.get(f"budget_weight_{desil}") for desil in DESIL}
        set_parts(weights=tuple(held[desil - 1] if value is None else value for desil, value in given.items()))

    with st.container(horizontal=True, gap="small"):
        for desil in classes_of(view, request):
            key = f"budget_weight_{desil}"
            st.session_state[key] = min(held[desil - 1], MOST_WEIGHT)
            st.number_input(words("desil.one", low=desil), 0, MOST_WEIGHT, step=10, key=key, on_change=changed,
                            width=112)  # fmt: skip
    st.caption(words("plan.weights.note", one=WEIGHT_ONE, two=2 * WEIGHT_ONE))
    _choice(view, request, "probability", PROBABILITIES, lambda key: words(f"plan.probability.{key}"))


def classes_of(view: View, request: PlanRequest) -> tuple[int, ...]:
    """Return the desil that a plan can serve, also where it cannot be made."""
    if request.target:
        return tuple(desil for desil in request.desil if desil in DESIL)
    rule = cache.rule_of(view.program, view.period, view.data_version)
    return tuple(range(rule.limits[0], rule.limits[1] + 1)) if rule and rule.limits else ()


def covered(view: View, request: PlanRequest) -> None:
    """Draw which programs count as covering, one by one or by who pays for them."""
    words, known = view.words, cache.programs(view.data_version)
    offered = [key for key in known if request.target or key != view.program]
    funded = fundings(view, offered)
    chosen = [key for key in request.covered if key in known]
    st.session_state["budget_fundings"] = [name for name, keys in funded.items() if set(keys) <= set(chosen)]

    def by_funding() -> None:
        before = {name for name, keys in funded.items() if set(keys) <= set(chosen)}
        now = set(st.session_state["budget_fundings"])
        taken = {key for name in before - now for key in funded[name]}
        added = [key for name in now - before for key in funded[name]]
        set_parts(covered=tuple(dict.fromkeys(key for key in [*chosen, *added] if key not in taken)))

    st.pills(words("plan.covered.funding"), list(funded), selection_mode="multi", key="budget_fundings",
             on_change=by_funding)  # fmt: skip
    st.session_state["budget_covered"] = chosen
    st.multiselect(
        words("plan.covered"), list(dict.fromkeys([*offered, *chosen])), key="budget_covered",
        format_func=lambda key: known[key].name, placeholder=words("plan.covered.none"),
        on_change=lambda: set_parts(covered=tuple(st.session_state["budget_covered"])),
    )  # fmt: skip
    st.caption(words("plan.covered.note"))


def fundings(view: View, keys: list[str]) -> dict[str, list[str]]:
    """Return the programs of each source of funds, by the rule in force in the view's period."""
    found: dict[str, list[str]] = {}
    for entry in cache.catalogue(view.period, view.data_version):
        if entry.key in keys:
            found.setdefault(entry.rule.funding, []).append(entry.key)
    return found


def frame(view: View, request: PlanRequest) -> None:
    """Draw the budget year, its stage and who pays."""
    words = view.words
    plan_inputs.number(view, "year", request, FIRST_YEAR, LAST_YEAR)
    _choice(view, request, "stage", STAGES, lambda key: words(f"rka.stage.{key}"))
    _choice(view, request, "funding", FUNDINGS, lambda key: words(f"rka.funding.{key}"))
