"""What the page of the other rule or register says: its choice, its answer, its figures and both sides in a table."""

from datetime import date

import streamlit as st

from dashboard import cache, panels, state
from dashboard.changes import points, side_names
from dashboard.panels import Figure
from dashboard.questions import mask_of
from dashboard.sections.number_table import Row, figure, number_table
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.comparison import OTHER
from queries.errors import QueryError
from queries.result import Result

MODES = ("limits", "rule", "register")
KINDS = {"limits": "x", "rule": "r", "register": "a"}
LOW, HIGH, RULE, REGISTER, MODE = "other_low", "other_high", "other_rule", "other_register", "other_mode"
# Each row of the table with the column of its status; rates last.
TABLE = {
    "eligible_count": None, "received_count": None, "reached_count": None, "gap_count": None,
    "leak_count": "inclusion_status", "gap_idr": None, "leak_idr": "inclusion_status",
    "exclusion_rate": "exclusion_status", "inclusion_rate": "inclusion_status",
}  # fmt: skip


def mode_of(view: View) -> str:
    """Return which of the three is put beside the rule in force."""
    return "register" if view.against else "rule" if view.rule_on else "limits"


def choice(view: View) -> None:
    """Draw the choice of what is put beside the rule in force, and its own inputs."""
    words, mode = view.words, mode_of(view)
    st.session_state[MODE] = mode
    modes = [name for name in MODES if name == mode or _first(view, name)]
    with st.container(key="other_inputs", horizontal=True, gap="small", vertical_alignment="bottom"):
        st.segmented_control(
            words("other.choose"), modes, key=MODE, required=True, wrap=True,
            format_func=lambda name: words(f"other.{name}"),
            on_change=lambda: _put(_first(view, st.session_state[MODE])),
        )  # fmt: skip
        {"limits": _limits, "rule": _rule, "register": _register}[mode](view)


def _first(view: View, mode: str) -> dict[str, str]:
    """Return the parameter that a choice of the mode starts with; nothing where there is none to choose."""
    if mode == "rule":
        others = _other_rules(view)
        return {"r": others[0].isoformat()} if others else {}
    if mode == "register":
        own = view.scheme_of(view.period)
        others = [period for period in view.periods if period != view.period]
        # A register of the other scheme is what the comparison is for; an earlier month comes next.
        others.sort(key=lambda period: (view.scheme_of(period) == own, period > view.period, -period.toordinal()))
        return {"a": f"{others[0]:%Y-%m}"} if others else {}
    low, high = state.first_limits(cache.rule_of(view.program, view.period, view.data_version))
    return {"x": f"{low}-{high}"}


def _put(parameter: dict[str, str]) -> None:
    state.change(**{"x": None, "r": None, "a": None} | parameter)


def _limits(view: View) -> None:
    words = view.words
    st.session_state[LOW], st.session_state[HIGH] = view.limits

    def changed() -> None:
        low, high = st.session_state[LOW], st.session_state[HIGH]
        if low != view.limits[0]:
            high = max(low, high)
        _put({"x": f"{min(low, high)}-{high}"})

    for key, name in ((LOW, "low"), (HIGH, "high")):
        st.number_input(words(f"other.{name}"), 1, 10, step=1, key=key, on_change=changed, width=130)


def _rule(view: View) -> None:
    words, known = view.words, _other_rules(view)
    if view.rule_on not in known:
        known = [view.rule_on, *known]
    st.session_state[RULE] = view.rule_on
    st.selectbox(
        words("other.rule.label"), known, key=RULE, format_func=lambda day: rule_name(view, day), width=300,
        on_change=lambda: _put({"r": st.session_state[RULE].isoformat()}),
    )  # fmt: skip


def _other_rules(view: View) -> list[date]:
    rules = cache.rules(view.program, view.data_version)
    return [rule.valid_from for rule in rules if not rule.holds_on(view.period)]


def rule_name(view: View, day: date) -> str:
    """Return a date with the limits of the rule in force on it: `1 April 2021: desil 1–4`."""
    words = view.words
    text = f"{day.day} {words.month(day)}"
    rule = cache.rule_of(view.program, day, view.data_version)
    if rule is None:
        return text
    low, high = rule.limits
    return f"{text}: {words.desil(tuple(range(low, high + 1))).lower()}"


def _register(view: View) -> None:
    others = [period for period in view.periods if period != view.period]
    st.session_state[REGISTER] = view.against
    st.selectbox(
        view.words("other.register.label"), others, key=REGISTER, format_func=view.period_name, width=240,
        on_change=lambda: _put({"a": f"{st.session_state[REGISTER]:%Y-%m}"}),
    )  # fmt: skip


def register_result(view: View) -> Result:
    """Return what the register says by the rule in force: a comparison that cannot be made still has its badge."""
    scope = view.own_scope().at(limits=None, rule_on=None, against=None)
    return cache.answer("targeting-errors", scope, view.data_version)


def read(view: View) -> tuple[Result, Result] | None:
    """Return the comparison of the map and that of the chosen wilayah; where it cannot be made, say why."""
    try:
        return tuple(
            cache.answer(view.question.key, scope, view.data_version) for scope in (view.scope(), view.own_scope())
        )
    except QueryError as error:
        # The choice stays: what is wrong is in it.
        words = view.words
        st.warning(words.error(error.code, **error.details | _readable(view, error)), icon=":material/edit:")
        return None


def _readable(view: View, error: QueryError) -> dict[str, str]:
    details = {"program": panels.program_name(view)}
    if "conditions" in error.details:
        names = str(error.details["conditions"]).split(", ")
        details["conditions"] = ", ".join(view.words(f"condition.{name}") for name in names)
    return details


def answer(view: View, own: Result) -> str:
    """Return the answer in one sentence: how many more or fewer are eligible, and what becomes of exclusion."""
    words, row = view.words, own.frame.iloc[0]
    for end, side in zip(("", OTHER), (words.month(view.period), view.other_side()), strict=True):
        if row[f"exclusion_status{end}"] == Status.no_data:
            return words("other.no_data", name=panels.own_name(view), program=panels.program_name(view), side=side)
        if row[f"exclusion_status{end}"] == Status.not_applicable:
            return words("other.not_applicable", name=panels.own_name(view), program=panels.program_name(view),
                         side=side)  # fmt: skip
    texts = {column: figure(own, 0, column, words, status) for column, status in _both(TABLE).items()}
    names = {"name": panels.own_name(view), "unit": panels.unit_of(view), "side": view.other_side(),
             "base": texts["exclusion_rate"], "other": texts[f"exclusion_rate{OTHER}"]}  # fmt: skip
    changed = row["exclusion_change_rate"]
    key = "hidden" if is_absent(changed) else "both" if view.against else "moved" if changed else "same"
    exclusion = words(f"other.exclusion.{key}", **names)
    if view.against:
        return words("other.answer.register", eligible=texts[f"eligible_count{OTHER}"], exclusion=exclusion,
                     eligible_base=texts["eligible_count"], period=view.period_name(view.period), **names)  # fmt: skip
    moved = _moved(own, "eligible_count")
    key = "masked" if moved is None else "more" if moved > 0 else "fewer" if moved < 0 else "same"
    count = words(f"other.count.{key}", count=words.number(None if moved is None else abs(moved)), **names)
    side = words(f"other.answer.{mode_of(view)}", side=_inner(view.other_side()))
    return words("other.answer", side=side, count=count, exclusion=exclusion)


def _inner(text: str) -> str:
    """Return a text as it stands within a sentence."""
    return text[0].lower() + text[1:]


def _both(columns: dict[str, str | None]) -> dict[str, str | None]:
    return columns | {f"{column}{OTHER}": status and f"{status}{OTHER}" for column, status in columns.items()}


def _moved(own: Result, column: str) -> float | None:
    """Return the other side's count less the base's, None where either is masked or missing."""
    values = [own.frame[name].iloc[0] for name in (column, column + OTHER)]
    is_masked = any(mask_of(own, name).iloc[0] for name in (column, column + OTHER))
    return None if is_masked or any(map(is_absent, values)) else float(values[1] - values[0])


def figures(view: View, own: Result) -> list[Figure]:
    """Return the four numbers of the other side, each with its change from the base."""
    words, row = view.words, own.frame.iloc[0]
    # Of two registers that hold different populations neither is the better for a smaller error.
    good_when = "off" if view.against and view.scheme_of(view.against) != view.scheme_of(view.period) else "inverse"
    chosen = [
        Figure(words("other.eligible", unit=panels.unit_of(view)),
               figure(own, 0, f"eligible_count{OTHER}", words), _since(view, own, "eligible_count")),
    ]  # fmt: skip
    for error in ("exclusion", "inclusion"):
        text = words.percent(row[f"{error}_rate{OTHER}"])
        status = row[f"{error}_status{OTHER}"]
        if status != Status.ok:
            text = words("hidden" if status == Status.suppressed else f"status.{status}")
        changed = None
        if row[f"{error}_change_status"] == Status.ok:
            amount = points(row[f"{error}_change_rate"], words).replace("−", "-")
            changed = words("other.points", amount=amount, base=words.percent(row[f"{error}_rate"]))
        chosen.append(Figure(words(f"targeting.{error}"), text, changed, good_when))
    idr = None if is_absent(row["gap_idr"]) else words("other.from", base=words.rupiah(row["gap_idr"]))
    return [*chosen, Figure(words("other.gap"), words.rupiah(row[f"gap_idr{OTHER}"]), idr)]


def _since(view: View, own: Result, column: str) -> str | None:
    words, moved = view.words, _moved(own, column)
    if moved is None:
        return None
    base = figure(own, 0, column, words)
    amount = words.signed(moved).replace("−", "-")
    return words("other.same", base=base) if moved == 0 else words("other.since", amount=amount, base=base)


def notes(view: View) -> None:
    """Say what the change does not say: of the rule, and of two registers that hold different populations."""
    words = view.words
    base, other = side_names(view.scope(), words)
    lines = [words("other.note", base=base, other=other)]
    if view.against:
        schemes = {view.scheme_of(view.period), view.scheme_of(view.against)}
        lines.append(words("other.note.schemes" if len(schemes) > 1 else "other.note.periods"))
    else:
        lines.append(words("other.note.rule"))
        if view.scheme_of(view.period) == "dtks":
            lines.append(words("other.note.dtks"))
    st.caption("  \n".join(lines))


def both_sides(view: View, own: Result) -> None:
    """Draw every figure of both sides beside one another, with their difference."""
    words = view.words
    rows = []
    for column, status in TABLE.items():
        cells = [figure(own, 0, column + end, words, status and status + end) for end in ("", OTHER)]
        rows.append(Row(words(f"number.{column}"), (*cells, _difference(own, column, words))))
    st.subheader(words("other.table", name=panels.own_name(view)), anchor=False)
    number_table([words("other.head"), *_heads(view), words("other.difference")], rows)


def _heads(view: View) -> tuple[str, str]:
    words = view.words
    if view.against:
        return view.period_name(view.period), view.period_name(view.against)
    base, other = side_names(view.scope(), words)
    rule = cache.rule_of(view.program, view.period, view.data_version)
    if rule is None:
        return base, other
    low, high = rule.limits
    return f"{base} ({_inner(words.desil(tuple(range(low, high + 1))))})", f"{other} ({_inner(view.other_side())})"


def _difference(own: Result, column: str, words: Words) -> str:
    if column.endswith("_rate"):
        changed = own.frame[column.replace("_rate", "_change_rate")].iloc[0]
        return words.number(None) if is_absent(changed) else words("points", points=points(changed, words))
    moved = _moved(own, column)
    if moved is None:
        return words.number(None)
    if column.endswith("_idr"):
        return f"{'+' if moved > 0 else '−' if moved < 0 else ''}{words.rupiah(abs(moved))}"
    return words.signed(moved)
