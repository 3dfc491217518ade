"""The sheet itself: a heat table that is drawn in the browser, so that five hundred rows stay small on the wire."""

from collections.abc import Callable

import streamlit as st

from boundaries.levels import Level
from dashboard.sections.monitoring_columns import cells_of, columns_of, lines_of
from dashboard.state import View
from dashboard.words import Words
from queries.result import Result

# Rows above this many scroll under their heads; so many fit on a screen.
MOST_WITHOUT_SCROLLING = 60

SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  const make = (tag, text, name) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (name) node.className = name;
    return node;
  };
  const box = make("div", undefined, `sheet${data.scrolls ? " scrolls" : ""}${data.namesAbove ? " wide" : ""}`);
  const table = make("table");
  const head = make("thead"), groups = make("tr"), heads = make("tr", undefined, "heads");
  const place = make("th", data.place, "name");
  place.rowSpan = 2;
  groups.append(place);
  const starts = new Set();
  let at = 0;
  for (const [title, span] of data.groups) {
    const cell = make("th", title, "group");
    cell.colSpan = span;
    groups.append(cell);
    starts.add(at);
    at += span;
  }
  data.heads.forEach((text, index) => heads.append(make("th", text, starts.has(index) ? "first" : "")));
  head.append(groups, heads);
  table.append(head);
  const line = (values) => {
    const width = 66, height = 13, step = width / Math.max(values.length - 1, 1);
    const known = values.filter((value) => value !== null);
    if (known.length < 2) return "";
    const middle = (Math.min(...known) + Math.max(...known)) / 2;
    const y = (value) => height / 2 - ((value - middle) / data.span) * (height - 3);
    let path = "", pen = "M";
    values.forEach((value, index) => {
      if (value === null) { pen = "M"; return; }
      path += `${pen}${(index * step).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
    });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
  };
  const body = make("tbody");
  const draw = (row, isOwn) => {
    const tr = make("tr", undefined, isOwn ? "own" : "");
    const name = make("th", undefined, "name");
    if (isOwn) name.textContent = row.n;
    else {
      const link = make("a", row.n);
      link.href = data.address + encodeURIComponent(row.k);
      const above = data.above[row.k.slice(0, data.aboveLength)];
      link.title = above ? `${row.n}, ${above} · ${row.k}` : row.k;
      link.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        setTriggerValue("opened", row.k);
      };
      name.append(link);
      if (above && data.namesAbove) name.append(make("small", above));
    }
    tr.append(name);
    row.c.forEach(([text, colour, made], index) => {
      const cell = make("td", text, starts.has(index) ? "first" : "");
      if (colour) [cell.style.backgroundColor, cell.style.color] = data.palette[colour];
      if (made) cell.title = `${row.n} · ${data.heads[index]}: ${made}`;
      tr.append(cell);
    });
    if (data.hasLines) {
      const cell = make("td", undefined, "line");
      const known = row.l.filter((value) => value !== null);
      cell.title = known.map((value) => data.percent.replace("0", value / 10)).join(" → ");
      cell.append(line(row.l));
      tr.append(cell);
    }
    return tr;
  };
  if (data.own) head.append(draw(data.own, true));
  for (const row of data.rows) body.append(draw(row, false));
  table.append(body);
  box.append(table);
  const before = parentElement.querySelector(".sheet");
  const [left, top] = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
  if (before) before.remove();
  if (!parentElement.querySelector(".hint")) parentElement.append(make("div", data.hint, "hint"));
  parentElement.querySelector(".hint").textContent = data.hint;
  parentElement.append(box);
  [box.scrollLeft, box.scrollTop] = [left, top];
}
"""
STYLE = """
.sheet { overflow-x: auto; }
.sheet.scrolls { max-height: 80vh; overflow-y: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 11.5px; line-height: 15px;
  font-variant-numeric: tabular-nums; color: var(--st-text-color); }
th, td { padding: 0 4px; text-align: right; white-space: nowrap; font-weight: 400;
  border-bottom: 1px solid var(--st-background-color); border-left: 1px solid var(--st-background-color); }
th.name { text-align: left; position: sticky; left: 0; background: var(--st-background-color); max-width: 156px;
  overflow: hidden; text-overflow: ellipsis; z-index: 1; }
th.name a { color: var(--st-link-color); text-decoration: none; }
th.name a:hover, th.name a:focus { text-decoration: underline; }
thead { position: sticky; top: 0; z-index: 2; background: var(--st-background-color); }
thead th { vertical-align: bottom; font-weight: 600; }
thead tr.own th, thead tr.own td { border-bottom: 2px solid var(--st-text-color); font-weight: 600; }
.group { text-align: left; border-bottom: 1px solid var(--st-text-color); }
.first, .group { border-left: 6px solid var(--st-background-color); }
.line { padding: 0 4px; min-width: 70px; text-align: left; }
.line svg { display: block; }
.heads th:last-child.first { text-align: left; }
.line path { fill: none; stroke: var(--st-text-color); stroke-width: 1.3; }
tbody tr:hover th.name { background: var(--st-secondary-background-color); }
th.name small { margin-left: 6px; font-size: 10px; opacity: 0.72; }
.hint { display: none; font-size: 12px; opacity: 0.8; padding-bottom: 4px; color: var(--st-text-color); }
.sheet.wide th.name { max-width: 230px; }
@media (max-width: 640px) {
  .hint { display: block; }
  th.name, .sheet.wide th.name { max-width: 122px; box-shadow: 2px 0 3px rgba(28, 43, 51, 0.16); }
  th.name small { display: block; margin-left: 0; line-height: 11px; overflow: hidden; text-overflow: ellipsis; }
}
"""
# A line of five points at least fills its row: a tenth of a point is no mountain.
LEAST_SPAN = 50

_sheet = st.components.v2.component("petadesil_sheet", js=SCRIPT, css=STYLE)


def sheet_data(
    view: View, result: Result, own: Result, order: list[int], address: str, above: dict[str, str]
) -> dict:
    """Return what the browser draws: heads, palette, and each row's texts, colours and line, in this order of rows.

    A row's link is `address` and its kode; `above` names the wilayah over each row by code where that says something.
    """
    words = view.words
    columns = columns_of(view, result)
    palette: list[list[str]] = [["", ""]]
    drawn = {kind: _rows(kind_result, columns, words, palette) for kind, kind_result in
             (("rows", result), ("own", own))}  # fmt: skip
    lines = [line for row in drawn["rows"] for line in [[value for value in row["l"] if value is not None]] if line]
    groups: list[list] = []
    for column in columns:
        if not groups or groups[-1][0] != column.group:
            groups.append([column.group, 0])
        groups[-1][1] += 1
    heads = [column.head for column in columns]
    has_lines = any(len(line) > 1 for line in lines)
    if has_lines:
        groups.append([words("sheet.group.line"), 1])
        heads.append(words("sheet.head.line"))
    return {
        "place": words(f"level.{view.level.name}"), "groups": groups, "heads": heads, "palette": palette,
        "own": drawn["own"][0] if len(drawn["own"]) == 1 and len(order) > 1 else None,
        "rows": [drawn["rows"][position] for position in order], "address": address, "above": above,
        "aboveLength": len(next(iter(above), "")), "namesAbove": bool(above) and view.level is Level.kecamatan,
        "hint": words("sheet.hint"),
        "hasLines": has_lines,
        "span": max(LEAST_SPAN, _usual_span([max(line) - min(line) for line in lines])),
        "scrolls": len(order) > MOST_WITHOUT_SCROLLING, "percent": f"0{words.percent_sign}",
    }  # fmt: skip


def _usual_span(spans: list[int]) -> int:
    """Return the span that nine lines in ten stay within; one that leaps leaves its row rather than flatten all."""
    return sorted(spans)[int(0.9 * (len(spans) - 1))] if spans else 0


def _rows(result: Result, columns: list, words: Words, palette: list[list[str]]) -> list[dict]:
    cells = [cells_of(column, result, words, palette) for column in columns]
    return [
        {"k": str(kode), "n": str(name).removeprefix("Kabupaten "), "c": list(row), "l": line}
        for kode, name, row, line in zip(
            result.frame["kode"], result.frame["name"], zip(*cells, strict=True), lines_of(result), strict=True
        )
    ]


def draw_sheet(data: dict, key: str, opened: Callable[[str], None]) -> None:
    """Draw the sheet; a click on a wilayah's name calls `opened` with its kode."""

    def clicked() -> None:
        kode = st.session_state[key].get("opened")
        if kode:
            opened(str(kode))

    with st.container(key="sheet"):
        _sheet(key=key, data=data, on_opened_change=clicked, height="content")


