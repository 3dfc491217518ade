"""What help costs for an area, keeping the area, handing it over to the planning, and the areas that were kept."""

import streamlit as st

from boundaries.levels import Level
from dashboard import cache, links, state
from dashboard.sections import shock_draft
from dashboard.sections.plan_amounts import read_amount
from dashboard.sections.shock_draft import Area
from dashboard.state import View
from geo.plan_tables import SHOCK_KINDS
from geo.shock_write import store_shock
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.shock import SETS, ShockEffect, cost_of
from queries.shock_area import KeptShock

FIRST_BENEFIT, FIRST_MONTHS, FIRST_DESIL = 300_000, 3, (1, 2, 3, 4)
WHO = ("all", "without")
MOST_LETTERS = 120
LISTED = 8


def cost(view: View, effect: ShockEffect) -> PlanRequest | None:
    """Draw the inputs of a BLT and its cost; return what a plan is asked with them, None where there is no cost."""
    words = view.words
    st.subheader(words("shock.cost"), anchor=False)
    st.session_state.setdefault("shock_benefit", words.number(FIRST_BENEFIT))
    st.session_state.setdefault("shock_months", FIRST_MONTHS)
    with st.container(key="shock_cost", horizontal=True, gap="small", vertical_alignment="bottom"):
        text = st.text_input(words("shock.benefit"), key="shock_benefit", width=190)
        months = st.number_input(words("shock.months"), 1, 12, key="shock_months", step=1, width=120)
        desil = _desil(view)
        st.session_state.setdefault("shock_who", WHO[0])
        who = st.segmented_control(words("shock.who"), WHO, key="shock_who", required=True,
                                   format_func=lambda one: words(f"shock.who.{one}"))  # fmt: skip
    try:
        benefit = read_amount(text, words.language)
        if benefit is None or not desil:
            raise QueryError("plan_money" if benefit is None else "plan_target", field="benefit_idr", amount=text,
                             least=1, most=words.number(10**9), part="desil", given="-")  # fmt: skip
        units = effect.units(desil, who == "without")
        amount = cost_of(units.value or 0, benefit, int(months))
    except QueryError as error:
        st.warning(words.error(error.code, **error.details), icon=":material/edit:")
        return None
    if not units.value:
        st.markdown(words("shock.cost.masked" if units.mask else
                          "shock.cost.unknown" if units.value is None else "shock.cost.nobody"))  # fmt: skip
        return None
    is_rounded = view.disclosure == "published"
    st.markdown(words("shock.cost.answer", benefit=words.number(benefit), months=words.number(months),
                      units=words.number(units.value), cost=words.number(amount))
                + (" " + words("shock.rounded") if is_rounded else ""))  # fmt: skip
    st.caption(words("shock.cost.note"))
    first = PlanRequest()
    covered = tuple(cache.program_names(view.data_version)) if who == "without" else ()
    return first.at(
        year=view.period.year, stage="perubahan", funding="btt", budget_idr=amount, benefit_idr=benefit,
        months=int(months), target="BLT", desil=desil, covered=covered,
    )  # fmt: skip


def _desil(view: View) -> tuple[int, ...]:
    words = view.words
    if view.disclosure == "published":
        # Sets that differ by one desil are differences of their own; those of the other pages are offered.
        return st.selectbox(words("shock.desil"), SETS, index=SETS.index(FIRST_DESIL), key="shock_desil_set",
                            format_func=words.desil, width=150)  # fmt: skip
    st.session_state.setdefault("shock_desil", list(FIRST_DESIL))
    # Pills wrap where ten of them are wider than a telephone.
    chosen = st.pills(words("shock.desil"), list(range(1, 11)), key="shock_desil", selection_mode="multi")
    return tuple(sorted(chosen))


def keep_and_plan(view: View, area: Area, request: PlanRequest | None) -> None:
    """Offer to keep an area or, where it is kept, to plan for it."""
    words = view.words
    if area.kept is None:
        with st.expander(words("shock.keep"), key="shock_keep"):
            _keep_form(view, area)
        return
    planning = st.session_state["pages"].get("planning")
    if request is None or planning is None:
        return
    address = view.address(wilayah=area.wilayah or view.wilayah, level=Level.desa)
    address |= {"b": request.at(shock=area.kept.id).text}
    with st.container(key="shock_plan"):
        st.page_link(planning, label=words("shock.plan"), icon=":material/payments:", query_params=address)
        st.caption(words("shock.plan.how"))


def _keep_form(view: View, area: Area) -> None:
    words = view.words
    st.caption(words("shock.keep.how"))
    with st.form("shock_keep_form", border=False):
        left, right = st.columns(2, gap="small")
        name = left.text_input(words("shock.name"), placeholder=words("shock.name.hint"), max_chars=MOST_LETTERS)
        kind = right.selectbox(words("shock.kind"), SHOCK_KINDS, format_func=lambda one: words(f"shock.kind.{one}"))
        happened_on = left.date_input(words("shock.happened"), value=None, format="DD/MM/YYYY")
        author = right.text_input(words("shock.author"), placeholder=words("shock.author.hint"),
                                  max_chars=MOST_LETTERS)  # fmt: skip
        is_exercise = left.checkbox(words("shock.exercise"))
        if not st.form_submit_button(words("shock.keep.do"), type="primary"):
            return
    if not name.strip() or not author.strip():
        st.warning(words.error("shock_unnamed", most=MOST_LETTERS), icon=":material/edit:")
        return
    with cache.writing() as connection:
        shock_id = store_shock(
            connection, name.strip(), kind, author=author.strip(), snap=area.snap, origin=area.origin,
            desa=area.rows, geometry=area.shape.geometry if area.shape else None, happened_on=happened_on,
            is_exercise=is_exercise,
        )  # fmt: skip
    shock_draft.forget()
    state.change(b=f"z{shock_id}")
    st.rerun()


def kept_areas(view: View) -> None:
    """List the areas that were kept, the newest first, each a link that opens it."""
    words = view.words
    kept = cache.kept_shocks()
    st.subheader(words("shock.kept"), anchor=False)
    if not kept:
        st.caption(words("shock.kept.none"))
        return
    with st.container(key="shock_kept", gap=None):
        for one in kept[:LISTED]:
            _kept_line(view, one)
    if len(kept) > LISTED:
        with st.expander(words("shock.more", count=words.number(len(kept) - LISTED)), key="shock_more"):
            for one in kept[LISTED:]:
                _kept_line(view, one)


def _kept_line(view: View, one: KeptShock) -> None:
    words = view.words
    on = one.happened_on
    date = words("shock.date", day=on.day, month=words.month(on)) if on else words("shock.undated")
    line = words("shock.kept.line", kind=words(f"shock.kind.{one.kind}"), date=date, desa=words.number(one.desa_count),
                 author=links.plain(one.author))  # fmt: skip
    if one.is_exercise:
        line += f" · {words('shock.kept.exercise')}"
    page = st.session_state["pages"][view.question.key]
    st.page_link(page, label=f"{links.plain(one.name)}  :gray[{line}]",
                 query_params=view.address() | {"b": f"z{one.id}"})  # fmt: skip
