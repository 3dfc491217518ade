"""What the sample planner shows beside its map: inputs, the answer in words, what it rests on, and the drawn sample."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import cache, links, listing, panels, state
from dashboard.addresses import Asked
from dashboard.panels import Figure
from dashboard.state import View
from geo.field_tables import TRUTHS
from queries.errors import QueryError
from queries.result import Result
from queries.sample_basis import RHO
from queries.sample_draw import MOST_SEED
from queries.sample_plan import SamplePlan, SampleRequest
from queries.stats.proportions import WIDEST_SHOWN

THOUSAND, MILLION = 1_000, 1_000_000
NAMES_SHOWN = 5
ERRORS = ("exclusion", "inclusion")
NOT_ASKED = ("no_data", "not_applicable")


def register_result(view: View) -> Result:
    """Return what the register says in the same place: a plan that cannot be made still has its badge and period."""
    return cache.answer("desil-density", view.own_scope().at(request=""), view.data_version)


def request_of(view: View) -> SampleRequest:
    """Return what the address asks for."""
    return SampleRequest.parse(view.detail)


def inputs(view: View) -> None:
    """Draw the inputs of a plan in one row; each one writes the whole request into the address."""
    words, request = view.words, request_of(view)
    _seed(
        measure=request.measure, width=round(request.width * 100), desa=request.desa_idr // THOUSAND,
        household=request.household_idr // THOUSAND, rho=None if request.rho is None else round(request.rho * 100),
        budget=None if request.budget_idr is None else request.budget_idr // MILLION,
    )  # fmt: skip
    with st.container(key="planner_inputs", horizontal=True, gap="small", vertical_alignment="bottom"):
        st.segmented_control(
            words("planner.measure"), ERRORS, key="plan_measure", required=True, on_change=_changed,
            format_func=lambda error: words(f"planner.measure.{error}"), width=166,
        )  # fmt: skip
        for name, most, placeholder in (
            ("width", 999, None), ("desa", 999_999, None), ("household", 999_999, None),
            ("budget", 9_999_999, words("planner.budget.none")), ("rho", 999, words("planner.rho.none")),
        ):  # fmt: skip
            st.number_input(
                words(f"planner.{name}"), min_value=0, max_value=most, step=1, key=f"plan_{name}",
                placeholder=placeholder, on_change=_changed, help=words(f"planner.{name}.help"), width=139,
            )  # fmt: skip


def _seed(**values: object) -> None:
    # The address rules: a widget shows what the view says.
    for name, value in values.items():
        st.session_state[f"plan_{name}"] = value


def _changed() -> None:
    given = {name: st.session_state[f"plan_{name}"] for name in ("width", "desa", "household", "budget", "rho")}
    first = SampleRequest()
    request = SampleRequest(
        st.session_state["plan_measure"],
        first.width if given["width"] is None else given["width"] / 100,
        first.desa_idr if given["desa"] is None else given["desa"] * THOUSAND,
        first.household_idr if given["household"] is None else given["household"] * THOUSAND,
        None if given["budget"] is None else given["budget"] * MILLION,
        None if given["rho"] is None else given["rho"] / 100,
    )
    state.change(b=None if request == first else request.text)


def plan_of(view: View) -> SamplePlan | None:
    """Return the plan that the view asks for; where it cannot be made, say why and return None."""
    try:
        plan = cache.plan(view.scope(), view.data_version)
    except QueryError as error:
        # The inputs stay: what is wrong is one of them.
        st.warning(view.words.error(error.code, **_readable(view, error)), icon=":material/edit:")
        return None
    if plan.is_empty:
        panels.sentence(view.words("planner.empty", name=panels.own_name(view), program=panels.program_name(view),
                                   period=view.words.month(view.period)))  # fmt: skip
        return None
    return plan


def _readable(view: View, error: QueryError) -> dict[str, object]:
    money = ("budget", "least", "cost")
    written = {name: view.words.number(value) for name, value in error.details.items() if name in money}
    return error.details | written


def points(plan_width: float, view: View) -> str:
    """Return a width of 0 to 1 as points."""
    return view.words.number(plan_width * 100, 0 if round(plan_width * 100, 1) % 1 == 0 else 1)


def answer(view: View, plan: SamplePlan) -> str:
    """Return the plan in one sentence, and what it cannot do in a second."""
    words, request, areas = view.words, plan.request, plan.result.frame
    level = words(f"level.{view.level.name}").lower()
    details = {
        "households": words.number(plan.interview_count), "desa": words.number(plan.visited_desa_count),
        "areas": words.number((areas["visited_desa_count"] > 0).sum()), "level": level,
        "cost": words.rupiah(plan.cost_idr), "width": points(plan.width, view),
    }  # fmt: skip
    if request.budget_idr is not None and plan.width > request.width:
        text = words("planner.answer.budget", budget=words.rupiah(request.budget_idr),
                     wanted=points(request.width, view), **details)  # fmt: skip
    else:
        text = words("planner.answer", **details)
    if plan.remainder_idr:
        text += " " + words("planner.answer.remainder", remainder=words.rupiah(plan.remainder_idr))
    for status in ("not_reachable", "one_desa"):
        names = list(areas.loc[areas["plan_status"] == status, "name"])
        if names:
            text += " " + words(f"planner.answer.{status}", wanted=points(request.width, view), level=level,
                                names=_listed(view, names))  # fmt: skip
    if plan.width > WIDEST_SHOWN:
        text += " " + words("planner.answer.wide", widest=points(WIDEST_SHOWN, view))
    return text + panels.partial(view, plan.result)


def _listed(view: View, names: list[str]) -> str:
    shown = ", ".join(links.plain(name) for name in names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return view.words("planner.more", names=shown, more=view.words.number(more)) if more > 0 else shown


def figures(view: View, plan: SamplePlan) -> list[Figure]:
    """Return the four figures of a plan."""
    words, areas = view.words, plan.result.frame
    reached = int((areas["plan_status"] == "reached").sum())
    # Where the program does not apply there is nothing to reach.
    asked = int((~areas["plan_status"].isin(NOT_ASKED)).sum())
    if plan.remainder_idr is None:
        beside = words("planner.each", cost=words.rupiah(plan.cost_idr / plan.interview_count))
    else:
        beside = words("planner.remainder", remainder=words.rupiah(plan.remainder_idr))
    share = words.percent(plan.interview_count / areas["household_count"].sum())
    return [
        Figure(words("planner.interviews"), words.number(plan.interview_count),
               words("planner.of_register", share=share)),
        Figure(words("planner.visits"), words.number(plan.visited_desa_count),
               words("planner.of_desa", desa=words.number(areas["desa_count"].sum()))),
        Figure(words("planner.cost"), words.rupiah(plan.cost_idr), beside),
        Figure(words("planner.reached", level=words(f"level.{view.level.name}")),
               words("planner.reached.of", reached=words.number(reached), areas=words.number(asked)),
               words("planner.widest", width=words.number(float(areas["width_rate"].max()) * 100))),
    ]  # fmt: skip


def assumptions(view: View, plan: SamplePlan) -> None:
    """Say what the plan rests on, and what it leaves out."""
    words, request, areas = view.words, plan.request, plan.result.frame
    st.subheader(words("planner.assumptions"), anchor=False)
    counted = areas["rate_from"][areas["visited_desa_count"] > 0].value_counts()
    origins = ", ".join(
        words(f"planner.rate.{origin}", count=words.number(count)) for origin, count in counted.sort_index().items()
    )
    share = words.percent(areas["answer_count"].sum() / plan.interview_count, 0)
    lines = [
        words("planner.says.cost", desa=_rupiah(view, request.desa_idr),
              household=_rupiah(view, request.household_idr)),
        words(f"planner.says.share.{request.measure}", share=share),
        words("planner.says.rate", origins=origins),
        words(f"planner.says.rho.{plan.rho_from}", rho=words.number(plan.rho, 2), assumed=words.number(RHO, 2)),
        words("planner.says.design"),
        words("planner.says.frame"),
        words("planner.says.model"),
    ]  # fmt: skip
    if request.measure == "inclusion":
        lines.append(words("planner.says.recipients"))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _rupiah(view: View, amount: int) -> str:
    return view.words("planner.rupiah", amount=view.words.number(amount))


def cost_chart(view: View, plan: SamplePlan) -> None:
    """Draw what each width would cost without a budget."""
    words = view.words
    rows = pd.DataFrame({
        "width": [words("planner.points", width=points(cost.width, view)) for cost in plan.costs],
        "order": range(len(plan.costs)),
        "cost": [cost.cost_idr / MILLION for cost in plan.costs],
        "text": [words.rupiah(cost.cost_idr) for cost in plan.costs],
        "interviews": [words.number(cost.interview_count) for cost in plan.costs],
        "reachable": [words.number(cost.reachable_count) for cost in plan.costs],
        "is_wanted": [abs(cost.width - plan.request.width) < 1e-9 for cost in plan.costs],
    })  # fmt: skip
    st.subheader(words("planner.chart"), anchor=False)
    base = alt.Chart(rows).encode(
        y=alt.Y("width:N", sort=alt.EncodingSortField("order"), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("cost:Q", title=None, axis=None, scale=alt.Scale(domain=[0, float(rows["cost"].max()) * 1.45 or 1])),
        tooltip=[alt.Tooltip("width:N", title=words("planner.chart.width")),
                 alt.Tooltip("text:N", title=words("planner.cost")),
                 alt.Tooltip("interviews:N", title=words("planner.interviews")),
                 alt.Tooltip("reachable:N", title=words("planner.chart.reachable"))],
    )  # fmt: skip
    bars = base.mark_bar().encode(color=alt.condition("datum.is_wanted", alt.value("#0b5d7a"), alt.value("#9fb3bd")))
    texts = base.mark_text(align="left", dx=6, color="#73858f").encode(text="text:N")
    st.altair_chart((bars + texts).properties(height=36 * len(rows)), key="chart")
    st.caption(words("planner.chart.note", level=words(f"level.{view.level.name}").lower()))


def sample_download(view: View, plan: SamplePlan) -> None:
    """Offer the drawn sample where household ids may be shown, else the command that draws it."""
    words = view.words
    st.subheader(words("planner.sample"), anchor=False)
    st.markdown(words("planner.sample.what"))
    if view.disclosure == "exact":
        with st.container(key="planner_sample", horizontal=True, vertical_alignment="bottom", gap="small"):
            truth = st.selectbox(words("planner.truth"), TRUTHS, index=TRUTHS.index("consumption"), key="plan_truth",
                                 format_func=lambda key: words(f"truth.{key}"), width=260)  # fmt: skip
            seed = st.number_input(words("planner.seed"), 0, MOST_SEED, 1, key="plan_seed", width=130,
                                   help=words("planner.seed.help"))  # fmt: skip
            asked = Asked("sample", view.question.key, f"{truth}.{seed}", view.scope(), "", view.data_version)
            st.link_button(words("planner.sample.get"), f"/samples/{cache.signer().token(asked)}.csv")
    else:
        truth, seed = "consumption", 1
        st.caption(words("planner.sample.closed"))
    drawn = st.expander(words("planner.desa.drawn", seed=seed), key="planner_desa", on_change="rerun")
    if drawn.open:
        with drawn:
            _desa_table(view, seed)
    st.code(_command(view, plan, truth, seed), language=None, wrap_lines=True)
    st.caption(words("planner.sample.next", period=f"{view.period:%Y-%m}"))


def _desa_table(view: View, seed: int) -> None:
    words = view.words
    desa = cache.drawn_desa(view.scope(), seed, view.data_version)
    shown = desa.head(listing.ROWS_LIMIT)
    st.dataframe(pd.DataFrame({
        words("column.kode"): shown["kode"], words("level.desa"): shown["name"],
        words(f"level.{view.level.name}"): shown["area_name"],
        words("planner.desa.most"): [words.number(count) for count in shown["desa_interview_count"]],
    }), hide_index=True, key="desa_table")  # fmt: skip
    if len(desa) > listing.ROWS_LIMIT:
        st.caption(words("list.cut.plain", shown=words.number(listing.ROWS_LIMIT), all=words.number(len(desa))))


def _command(view: View, plan: SamplePlan, truth: str, seed: int) -> str:
    request = plan.request
    options = {
        "wilayah": view.wilayah, "level": view.level.name, "program": view.program, "measure": request.measure,
        "width": f"{request.width * 100:g}", "desa-cost": request.desa_idr, "household-cost": request.household_idr,
        "budget": request.budget_idr, "rho": request.rho, "period": f"{view.period:%Y-%m}", "truth": truth,
        "seed": seed, "out": "sample.csv",
    }  # fmt: skip
    return "petadesil sample " + " ".join(f"--{key} {value}" for key, value in options.items() if value is not None)
