"""The first row of a plan's inputs: ceiling, benefit, months and rule, with what they come to in full rupiah."""

import streamlit as st

from dashboard import cache, panels
from dashboard.sections import plan_settings
from dashboard.sections.plan_address import catalogue_amounts, request_of, set_parts, start_of
from dashboard.sections.plan_amounts import UNREAD, full, read_amount, short
from dashboard.state import View
from queries.plan_request import RULES, PlanRequest


def inputs(view: View) -> None:
    """Draw every input of a plan: the first row, what it comes to, and the rest closed in groups."""
    words, request = view.words, request_of(view)
    with st.container(key="budget_inputs", horizontal=True, gap="small", vertical_alignment="bottom"):
        money(view, "budget_idr", request, width=200)
        money(view, "benefit_idr", request, width=170)
        number(view, "months", request, 1, 12, width=120)
        _rule(view, request)
    st.caption(_reckoning(view, request))
    left, middle, right = st.columns(3, gap="small")
    for column, names in (
        (left, ("target", "weights")), (middle, ("costs", "covered")), (right, ("limits", "frame")),
    ):  # fmt: skip
        with column:
            for name in names:
                with st.expander(words(f"plan.group.{name}"), key=f"budget_group_{name}"):
                    getattr(plan_settings, name)(view, request)
    st.caption(_settings(view, request))


def money(view: View, name: str, request: PlanRequest, width: int | str = "stretch") -> None:
    """Draw an input of rupiah that takes separators and magnitudes; what cannot be read changes nothing."""
    words, key = view.words, f"budget_{name}"
    label = words(f"plan.{name}", level=words(f"level.{view.level.name}").lower())
    st.session_state[key] = words.number(getattr(request, name))

    def changed() -> None:
        amount = read_amount(st.session_state[key], words.language)
        if amount is None:
            st.session_state[UNREAD] = (label, st.session_state[key])
        elif name == "administration_idr":
            set_parts(administration_idr=amount, administration_bp=0)
        else:
            set_parts(**{name: amount})

    st.text_input(label, key=key, on_change=changed, width=width, help=words("plan.money.help"))


def number(
    view: View, name: str, request: PlanRequest, least: int, most: int, width: int | str = "stretch",
    is_open: bool = False,
) -> None:  # fmt: skip
    """Draw an input of a whole number; one that `is_open` may stay empty."""
    words, key, value = view.words, f"budget_{name}", getattr(request, name)
    # A link may ask for what the widget refuses to hold; the sentence above says what is wrong with it.
    st.session_state[key] = value if value is None else min(max(value, least), most)

    def changed() -> None:
        given = st.session_state[key]
        set_parts(**{name: None if given is None and is_open else given or least})

    st.number_input(words(f"plan.{name}"), least, most, step=1, key=key, on_change=changed, width=width,
                    placeholder=words("plan.none") if is_open else None)  # fmt: skip


def _rule(view: View, request: PlanRequest) -> None:
    words = view.words
    st.session_state["budget_rule"] = request.rule if request.rule in RULES else RULES[0]
    st.selectbox(
        words("plan.rule"), RULES, key="budget_rule", format_func=lambda rule: words(f"plan.rule.{rule}"),
        on_change=lambda: set_parts(rule=st.session_state["budget_rule"]), width=230, help=words("plan.rule.help"),
    )  # fmt: skip


def _reckoning(view: View, request: PlanRequest) -> str:
    words = view.words
    text = words(
        "plan.reckoning", budget=short(words, request.budget_idr), benefit=full(words, request.benefit_idr),
        months=request.months, cost=full(words, request.unit_cost_idr), unit=words(f"plan.unit.{unit_of(view)}"),
    )  # fmt: skip
    return text + _start(view, request)


def _start(view: View, request: PlanRequest) -> str:
    """Return where benefit and months come from, as long as they are those that the plan starts from."""
    words, held = view.words, (request.benefit_idr, request.months)
    started = start_of(view, request)
    if started == held:
        return words("plan.started", amount=full(words, request.unit_cost_idr))
    first = PlanRequest()
    if started or request.target or held != (first.benefit_idr, first.months) or len(catalogue_amounts(view)) < 2:
        return ""
    return words("plan.started.components", program=panels.program_name(view), benefit=full(words, first.benefit_idr))


def _settings(view: View, request: PlanRequest) -> str:
    """Return in one line what the closed groups hold."""
    words = view.words
    parts = [words("plan.settings.frame", year=request.year, **named(view, request))]
    if request.administration:
        parts.append(words("plan.settings.administration", amount=short(words, request.administration)))
    if request.desa_idr:
        parts.append(words("plan.settings.desa", amount=short(words, request.desa_idr),
                           level=words(f"level.{view.level.name}").lower()))  # fmt: skip
    if request.covered:
        names = cache.program_names(view.data_version)
        parts.append(words("plan.settings.covered", programs=", ".join(names.get(key, key) for key in request.covered)))
    if len(set(request.weights)) > 1:
        parts.append(words("plan.settings.weights"))
    limits = (request.floor_count, request.floor_pct, request.table)
    if any(limits) or request.cap_count is not None or request.cap_pct is not None:
        parts.append(words("plan.settings.limits", level=words(f"level.{view.level.name}").lower()))
    return " · ".join(parts)


def named(view: View, request: PlanRequest) -> dict[str, str]:
    """Return the words for a request's stage and source of funds; one that is unknown as it was written."""
    words = view.words
    return {
        name: words(key) if (key := f"rka.{name}.{getattr(request, name)}") in words else getattr(request, name)
        for name in ("stage", "funding")
    }


def unit_of(view: View) -> str:
    """Return what a plan counts: the local program's own unit, or that of the program in the sidebar."""
    request = request_of(view)
    if request.target:
        return request.unit if f"plan.unit.{request.unit}" in view.words else "household"
    return cache.programs(view.data_version)[view.program].unit
