"""The table in which a reader sets floors, caps and own shares of single wilayah; it is kept, and an address names it.

What is typed waits for the button: one answer for many cells.
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.charts import titled
from dashboard.sections.plan_address import request_of, set_parts
from dashboard.state import View
from geo.scenario_write import store_plan_input
from queries.plan_need import Need
from queries.planning import Plan

EDITED = ("floor", "cap", "share")


def editing(view: View, plan: Plan) -> None:
    """Draw the table, closed at first, and what is done with it."""
    words = view.words
    titled(words, "plan.table")
    level = words(f"level.{view.level.name}").lower()
    st.markdown(words("plan.table.what", level=level))
    label = words("plan.table.open", level=level, count=words.number(len(plan.need.areas)))
    opened = st.expander(label, key="budget_table", on_change="rerun")
    if not opened.open:
        return
    with opened:
        _form(view, plan)
        st.button(
            words("plan.table.start", rule=words(f"plan.rule.{plan.effect.rule}")), key="budget_start",
            help=words("plan.table.start.help"), on_click=lambda: keep(shares_of(view, plan), rule="own"),
        )  # fmt: skip


def _form(view: View, plan: Plan) -> None:
    words, table = view.words, request_of(view).table
    base = rows_of(plan, kept(view))
    # Another table is another widget: its cells are counted from what the address names.
    key = f"budget_rows_{table}_{view.map_wilayah}_{view.level.name}_{view.data_version}".replace(".", "-")
    counts = {
        "need": st.column_config.NumberColumn(words("column.need_count"), width=120),
        "planned": st.column_config.NumberColumn(words("column.planned_count"), width=90),
    }
    edited = {
        name: st.column_config.NumberColumn(words(f"plan.table.{name}"), min_value=0, width=110,
                                            step=1 if name != "share" else None)
        for name in EDITED
    }  # fmt: skip
    with st.form(f"{key}_form", border=False):
        st.data_editor(
            base, key=key, hide_index=True, disabled=["kode", "name", "need", "planned"], placeholder="",
            column_config={
                "kode": st.column_config.TextColumn(words("column.kode"), width=120),
                "name": st.column_config.TextColumn(words(f"level.{view.level.name}"), width=170), **counts, **edited,
            },
        )  # fmt: skip
        st.form_submit_button(
            words("plan.table.apply"), type="primary",
            on_click=lambda: keep(merged(base, st.session_state[key]["edited_rows"], kept(view))),
        )  # fmt: skip


def kept(view: View) -> dict[str, dict[str, float]]:
    """Return the rows that the address names, by kode; those of other wilayah among them."""
    table = request_of(view).table
    return cache.plan_input(table) if table else {}


def rows_of(plan: Plan, held: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Return a row for each wilayah: kode, name, need, planned, and the floor, cap and share that were set for it."""
    areas = plan.need.areas
    columns = {
        name: pd.array([held.get(kode, {}).get(name, pd.NA) for kode in areas["kode"]], dtype="Float64")
        for name in EDITED
    }
    return pd.DataFrame({
        "kode": areas["kode"].to_numpy(), "name": areas["name"].to_numpy(), "need": plan.need.need_count,
        "planned": plan.effect.planned.sum(axis=1), **columns,
    })  # fmt: skip


def merged(
    base: pd.DataFrame, edited: Mapping[int, Mapping[str, float | None]], held: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return the kept rows with the edited cells in their place; a cell that was emptied is taken away.

    `edited`: cells by the row's position in `base`. Floors and caps are whole numbers. Rows of wilayah that are not in
    `base` stay as they are.
    """
    rows = {kode: dict(row) for kode, row in held.items()}
    for at, cells in edited.items():
        row = rows.setdefault(str(base["kode"].iloc[int(at)]), {})
        for name, value in cells.items():
            if name not in EDITED:
                continue
            if value is None or pd.isna(value):
                row.pop(name, None)
            else:
                row[name] = float(value) if name == "share" else int(value)
    return {kode: row for kode, row in rows.items() if row}


def shares_of(view: View, plan: Plan) -> dict[str, dict[str, float]]:
    """Return the plan's own allocation as shares, beside the limits that were set."""
    rows = {kode: {name: value for name, value in row.items() if name != "share"} for kode, row in kept(view).items()}
    for kode, count in zip(plan.need.areas["kode"], plan.effect.planned.sum(axis=1), strict=True):
        if count:
            rows.setdefault(str(kode), {})["share"] = int(count)
    return {kode: row for kode, row in rows.items() if row}


def fit(view: View) -> None:
    """Make the limits of the wilayah at fault possible: floors down to the need, caps up to the floor."""
    request = request_of(view)
    ground = cache.plan_ground(view.scope().at(request=request.ground.text), view.data_version)
    keep(fitted(ground.need.limited(request), kept(view)), rule=request.rule)


def fitted(need: Need, held: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return the kept rows with the nearest limits that can be met, those of other wilayah as they are."""
    rows = {kode: dict(row) for kode, row in held.items()}
    limits = zip(need.areas["kode"], need.floor, need.cap, need.need_count, strict=True)
    for kode, floor, cap, most in limits:
        least = min(int(floor), int(most))
        if least < floor:
            rows.setdefault(str(kode), {})["floor"] = least
        if cap < least:
            rows.setdefault(str(kode), {})["cap"] = least
    return rows


def keep(rows: dict[str, dict[str, float]], **changes: object) -> None:
    """Store edited rows and name them in the address; shares make the plan follow them."""
    if not rows:
        set_parts(table="", **changes)
        return
    with cache.writing() as connection:
        key = store_plan_input(connection, rows)
    if any("share" in row for row in rows.values()):
        changes.setdefault("rule", "own")
    set_parts(table=key, **changes)
