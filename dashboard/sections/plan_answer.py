"""What a plan answers: its question, the answer in a sentence, four figures, and why it cannot be made."""

import streamlit as st

from boundaries.levels import Level
from dashboard import cache, links, panels, state
from dashboard.estimates import interval_text
from dashboard.panels import Figure
from dashboard.sections import plan_table
from dashboard.sections.plan_address import ask_for, request_of, set_parts
from dashboard.sections.plan_amounts import full, short
from dashboard.state import View
from dashboard.words import ABSENT, Words
from dashboard.words.errors import TERMS
from queries.columns import Status
from queries.errors import QueryError
from queries.plan_request import MOST_IDR, MOST_UNIT_IDR, PlanRequest
from queries.planning import Interval, Plan
from queries.result import Result

MONEY = ("budget", "least", "most", "amount", "administration")
COUNTS = ("count", "floor", "cap", "need")


def register_result(view: View) -> Result:
    """Return what the register says in the same place: a plan that cannot be made still has its badge and period."""
    return cache.answer("desil-density", view.own_scope().at(request=""), view.data_version)


def title(view: View) -> str:
    """Return the question that the page asks."""
    words, request = view.words, request_of(view)
    return words("plan.title", budget=short(words, request.budget_idr), program=target_name(view),
                 name=panels.name_of(view, view.map_wilayah))  # fmt: skip


def target_name(view: View) -> str:
    """Return the name of the local program, or of the sidebar's."""
    request = request_of(view)
    return links.plain(request.target.replace("_", " ")) if request.target else panels.program_name(view)


def plan_of(view: View) -> tuple[Plan | None, QueryError | None]:
    """Return the plan that the view asks for, or the error that says why there is none."""
    try:
        return cache.budget_plan(view.scope(), view.data_version), None
    except QueryError as error:
        return None, error


def refusal(view: View, error: QueryError) -> None:
    """Say why there is no plan, and offer the nearest request that has one; the inputs stay below."""
    words = view.words
    if error.code == "plan_no_need":
        panels.sentence(_nobody(view))
        return
    # What a link brought is text; what is a key of the code is told in words.
    details = {key: value if (error.code, key) in TERMS else links.plain(str(value))
               for key, value in error.details.items()}  # fmt: skip
    details |= {key: words.number(error.details[key]) for key in (*MONEY, *COUNTS) if key in error.details}
    st.warning(words.error(error.code, **details), icon=":material/edit:")
    if error.code == "plan_shock_level":
        st.button(words("plan.mend.level"), key="budget_mend", on_click=lambda: state.change(l=Level.desa.name))
        return
    if error.code in ("plan_cap_below_floor", "plan_floor_above_need"):
        st.button(words("plan.mend.limits"), key="budget_mend", on_click=lambda: plan_table.fit(view))
        return
    nearest = mended(request_of(view), error)
    if nearest is not None:
        st.button(_mending(words, error, nearest), key="budget_mend", on_click=lambda: ask_for(nearest))


def mended(request: PlanRequest, error: QueryError) -> PlanRequest | None:
    """Return the nearest request without what an error names, None where the reader alone can say what is meant."""
    if "request" in error.details:
        return PlanRequest.parse(str(error.details["request"]))
    if error.code == "plan_money":
        name = str(error.details["field"])
        most = MOST_IDR if name in ("budget_idr", "administration_idr") else MOST_UNIT_IDR
        least = 0 if name in ("administration_idr", "desa_idr") else 1
        return request.at(**{name: min(max(getattr(request, name), least), most)})
    if error.code == "plan_administration":
        return request.at(administration_bp=0, administration_idr=0)
    if error.code == "plan_limits":
        caps = {"cap_count": request.floor_count, "cap_pct": request.floor_pct}
        raised = {name: max(least, getattr(request, name)) for name, least in caps.items()
                  if getattr(request, name) is not None}  # fmt: skip
        return request.at(floor_pct=min(request.floor_pct, 100), **{
            name: value if name == "cap_count" else min(value, 100) for name, value in raised.items()
        })  # fmt: skip
    without = {
        "plan_months": {"months": 12}, "unknown_shock": {"shock": 0}, "unknown_plan_input": {"table": ""},
        "plan_shares": {"rule": "optimal"}, "unknown_program": {"covered": ()},
    }  # fmt: skip
    return request.at(**without[error.code]) if error.code in without else None


def _mending(words: Words, error: QueryError, nearest: PlanRequest) -> str:
    if error.code in ("plan_below_floors", "plan_nothing_to_buy"):
        return words("plan.mend.budget", budget=full(words, nearest.budget_idr))
    return words("plan.mend")


def _nobody(view: View) -> str:
    """Return the sentence for a wilayah without a gap: no data, nobody meant, or all of them covered."""
    words, own = view.words, view.scope().at(request="").itself()
    question = "desil-density" if request_of(view).target else "coverage-gaps"
    status = str(cache.answer(question, own, view.data_version).frame["status"].iloc[0])
    kind = status if status in (Status.no_data, Status.not_applicable) else "covered"
    return words(f"plan.empty.{kind}", name=panels.name_of(view, view.map_wilayah), program=target_name(view),
                 period=words.month(view.period))  # fmt: skip


def sentence(view: View, plan: Plan) -> str:
    """Return the answer: units reached of those not covered, exclusion before and after, and what is left unused."""
    words, effect = view.words, plan.effect
    rows = plan.result.frame
    level = words(f"level.{view.level.name}").lower()
    text = words(
        "plan.answer", planned=words.number(effect.planned_count), need=words.number(plan.need.need_count.sum()),
        unit=words(f"plan.unit.{plan.unit}"), served=words.number(effect.served_count),
        areas=words.number(len(rows)), level=level,
        before=words.percent(effect.exclusion_before), after=words.percent(effect.exclusion_after),
    )  # fmt: skip
    if plan.request.rule == "own" and not any("share" in row for row in plan.need.edited.values()):
        text += " " + words("plan.answer.no_shares")
    if effect.unspent_rows:
        text += " " + words("plan.answer.unspent", names=links.plain(plan.need.named(list(effect.unspent_rows))),
                            remainder=full(words, effect.remainder_idr))  # fmt: skip
    why = unused(plan)
    if why:
        text += " " + words(f"plan.answer.{why}", remainder=full(words, effect.remainder_idr), level=level)
    if is_uneven(plan):
        text += " " + words(
            "plan.answer.uneven", left=words.number(effect.left_out_count), level=level,
            needy=words.number(_needy(plan)), even=words("plan.rule.equal_coverage"),
        )  # fmt: skip
    if view.disclosure == "published":
        text += " " + words("plan.answer.published")
    return text + panels.partial(view, plan.result)


def unused(plan: Plan) -> str:
    """Return why a plan leaves what would pay for one unit more: `all` are reached, each row is at its cap (`capped`),
    or no row more can be `served`; '' where it leaves less, or follows own shares, which are told apart.
    """
    effect = plan.effect
    if effect.rule == "own" or effect.remainder_idr < plan.request.unit_cost_idr:
        return ""
    if effect.planned_count == plan.need.need_count.sum():
        return "all"
    return "capped" if effect.planned_count == plan.need.cap.sum() else "served"


def is_uneven(plan: Plan) -> bool:
    """Tell whether a plan leaves more than half of the rows with need without anything, and reaches no more truly
    eligible than equal coverage might.
    """
    even = next(effect for effect in plan.effects if effect.rule == "equal_coverage")
    chosen = plan.effect
    is_within = even.expected.lower <= chosen.expected.value <= even.expected.upper
    is_mostly_out = 2 * chosen.left_out_count > _needy(plan)
    return is_within and is_mostly_out and even.left_out_count < chosen.left_out_count


def _needy(plan: Plan) -> int:
    return int((plan.need.need_count > 0).sum())


def evening(view: View, plan: Plan) -> None:
    """Offer equal coverage where the plan leaves out most wilayah without reaching more for certain."""
    if is_uneven(plan):
        st.button(view.words("plan.answer.even", even=view.words("plan.rule.equal_coverage")), key="budget_even",
                  icon=":material/balance:", on_click=lambda: set_parts(rule="equal_coverage"))  # fmt: skip


def has_chances(plan: Plan) -> bool:
    """Tell whether a sample gives chances of being truly eligible, even if not enough for the wilayah's exclusion."""
    return any(origin != "register" for origin in plan.eligibility.origin)


def capital(text: str) -> str:
    """Return a text that starts with a capital."""
    return text[:1].upper() + text[1:]


def four_figures(view: View, plan: Plan) -> list[Figure]:
    """Return the figures: units reached, exclusion by register and by field, cost of a truly eligible one."""
    words, effect = view.words, plan.effect
    unit = words(f"plan.unit.{plan.unit}")
    change = words("plan.figure.points", amount=_signed(words, effect.exclusion_before, effect.exclusion_after))
    cost = effect.cost_per_eligible_idr
    return [
        Figure(capital(words("plan.figure.reached", unit=unit)), words.number(effect.planned_count),
               base=words("plan.figure.reached.of", need=words.number(plan.need.need_count.sum()))),
        Figure(words("plan.figure.after"), words.percent(effect.exclusion_after), change, "inverse",
               words("plan.figure.before", before=words.percent(effect.exclusion_before))),
        Figure(words("plan.figure.field"), estimate(words, effect.field_after),
               base=words("plan.figure.before", before=estimate(words, plan.field_before))
               if plan.field_before
               else words(f"plan.figure.{'chance_only' if has_chances(plan) else 'no_field'}")),
        Figure(words("plan.figure.cost", unit=unit), ABSENT if cost is None else words.rupiah(cost),
               base=words("plan.figure.remainder", remainder=full(words, effect.remainder_idr))),
    ]  # fmt: skip


def estimate(words: Words, interval: Interval | None) -> str:
    """Return an estimated rate with its 95 % interval, `38 % (33–43)`; a dash without one."""
    if interval is None:
        return ABSENT
    return f"{words.percent(interval.value, 0)} ({interval_text(interval.lower, interval.upper, words)})"


def _signed(words: Words, before: float, after: float) -> str:
    # The difference of the figures as they are written beside it.
    difference = round(after * 100, 1) - round(before * 100, 1)
    # Streamlit reads the direction of the arrow from an ASCII sign.
    return words.signed(round(difference, 1), 1).replace("−", "-")


def notes(view: View, ignored: str) -> None:
    """Say what a reader must know of the plan's place: a part of a link that is none, a kecamatan, a shock's area."""
    words, request = view.words, request_of(view)
    if ignored:
        st.caption(words("plan.ignored", part=links.plain(ignored[:60])))
    if view.chosen_desa:
        st.caption(words("plan.of_kecamatan", name=panels.name_of(view, view.map_wilayah)))
    if request.shock:
        try:
            name = links.plain(cache.kept_shock(request.shock).name)
        except QueryError:
            # The plan's own error says that there is no such area.
            return
        st.markdown(words("plan.shock", shock=name))
