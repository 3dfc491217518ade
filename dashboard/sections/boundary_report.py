"""The report of a boundary file on the screen: what was read and kept, wrongs before and after, and the findings."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from boundaries.levels import Level
from dashboard.panels import Figure
from dashboard.sections.number_table import Row, number_table
from dashboard.words import ABSENT, Words
from dashboard.words.boundaries import ISSUES, REPAIRS, SHORT

Report = Mapping[str, object]
MOST_ROWS = 500
ROW_HEIGHT = 34
# Pixels; beside the map the first three fit, and the rest is reached by scrolling.
WIDTHS = {"kode": 102, "name": 100, "what": 166, "before": 82, "after": 82, "note": 200}
# Rates of area below this are no change that anybody could see.
LEAST_CHANGE = 0.00005


def figures(report: Report, words: Words) -> list[Figure]:
    """Return the four figures of a file: polygons read, kept, left out, and findings."""
    left_out = _count(report, "rejected_count") + _count(report, "duplicate_count")
    uncoded = _count(report, "uncoded_count")
    others = sum((report.get("other_counts") or {}).values()) - uncoded
    return [
        Figure(words("boundary.read"), words.number(_count(report, "read_count")),
               base=words("boundary.read.layers", count=words.number(len(report.get("layers") or ())))),
        Figure(words("boundary.kept"), words.number(_count(report, "kept_count")),
               base=words("boundary.kept.other", count=words.number(others), uncoded=words.number(uncoded))),
        Figure(words("boundary.left"), words.number(left_out),
               base=words("boundary.left.of", rejected=words.number(_count(report, "rejected_count")),
                          duplicates=words.number(_count(report, "duplicate_count")))),
        Figure(words("boundary.findings"), words.number(sum(issue_counts(report).values())),
               base=words("boundary.findings.sorts", count=words.number(len(issue_counts(report))))),
    ]  # fmt: skip


def sentence(report: Report, words: Words) -> str:
    """Return in one sentence what a file holds."""
    levels = report.get("level_counts") or {}
    # A stored report has lost the order of its keys.
    finest_first = sorted(levels, key=lambda name: -Level[name])
    parts = [f"**{words.number(levels[level])}** {words(f'level.{level}').lower()}" for level in finest_first]
    text = words("boundary.holds", parts=", ".join(parts) or ABSENT, area=words.number(report.get("area_km2")))
    if report.get("missing_count"):
        text += " " + words("boundary.missing", count=words.number(_count(report, "missing_count")))
    if report.get("uncoded_count"):
        text += " " + words("boundary.uncoded", count=words.number(_count(report, "uncoded_count")))
    return text


def report_panels(report: Report, words: Words, key: str) -> None:
    """Draw a stored report: its sentence, what was mended, the findings by sort and their rows."""
    if not report.get("level_counts"):
        st.caption(words("boundary.report.none"))
        return
    st.markdown(sentence(report, words))
    st.caption(notes(report, words, has_file=False))
    mended(report, words)
    counts = issue_counts(report)
    if not counts:
        st.caption(words("boundary.findings.none"))
        return
    what = choose_sort(counts, words, key)
    rows = [issue for issue in report.get("issues") or () if what in (None, issue["what"])]
    shown = mixed_order([row["what"] for row in rows])[:MOST_ROWS]
    issue_table([rows[n] for n in shown], words, key, is_one_sort=what is not None)
    cut_note(len(rows), words, has_file=False)


def notes(report: Report, words: Words, has_file: bool) -> str:
    """Return the lines on how a file was read and what it was made into; `has_file` where suggestions can be had."""
    lines = []
    reason = report.get("reason") or ()
    if reason:
        lines.append(words(
            "boundary.reason", publisher=publisher_name(str(report.get("publisher")), words),
            system=words(f"boundary.system.{report.get('system')}"), columns=", ".join(map(str, reason)),
        ))  # fmt: skip
    for name in ("restored", "confirmed", "suggestion" if has_file else "suggested"):
        count = _count(report, f"{name}_count" if name != "suggested" else "suggestion_count")
        if count:
            lines.append(words(f"boundary.note.{name}", count=words.number(count)))
    change = float(report.get("repaired_area_change_max_rate") or 0)
    if report.get("is_repaired"):
        shown = f"< {words.percent(0.0001, 2)}" if change < LEAST_CHANGE else words.percent(change, 2)
        lines.append(words("boundary.note.repaired", change=shown))
    if report.get("shape_vertex_count"):
        lines.append(words("boundary.note.shapes", shown=words.number(_count(report, "shape_vertex_count")),
                           vertices=words.number(_count(report, "vertex_count"))))  # fmt: skip
    return "  \n".join(lines)


def mended(report: Report, words: Words) -> None:
    """Draw what was wrong before the repair and what is left after it."""
    before, after = report.get("repair_before") or {}, report.get("repair_after") or {}
    rows = [
        Row(words(f"boundary.wrong.{name}"),
            tuple(words.number(counts.get(name), _digits(name)) for counts in (before, after)))
        for name in REPAIRS if before.get(name) or after.get(name)
    ]  # fmt: skip
    if rows:
        number_table([words("boundary.wrong"), words("boundary.before"), words("boundary.after")], rows)


def _digits(name: str) -> int:
    return 2 if name.endswith("_km2") else 0


def issue_counts(report: Report) -> dict[str, int]:
    """Return the number of findings of each sort, the most frequent first."""
    counts = report.get("issue_counts") or {}
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def issue_name(what: str, words: Words) -> str:
    """Return a sort of finding in few words."""
    return SHORT.get(what, {}).get(words.language, what)


def publisher_name(publisher: str, words: Words) -> str:
    """Return a publisher's name as it is known, or the one that was stated where it is another."""
    key = f"boundary.publisher.{publisher.lower()}"
    return words(key) if key in words else publisher


def choose_sort(counts: dict[str, int], words: Words, key: str) -> str | None:
    """Draw the choice of one sort of finding, or all, and what the chosen one means; return it, None for all."""
    total = sum(counts.values())

    def label(what: str) -> str:
        name = issue_name(what, words) if what else words("boundary.sort.all")
        count = words.number(counts[what] if what else total)
        return words("boundary.sort.line", name=name[:1].upper() + name[1:], count=count)

    chosen = st.selectbox(words("boundary.sort"), ["", *counts], format_func=label, key=f"boundary_sort_{key}")
    sentence_of = ISSUES.get(chosen, {}).get(words.language, "")
    if sentence_of:
        st.caption(f"{sentence_of[:1].upper()}{sentence_of[1:]}.")
    return chosen or None


def mixed_order(whats: Sequence[str]) -> list[int]:
    """Return the positions of findings so that every sort comes up early: first the first of each, then the second."""
    seen: Counter[str] = Counter()
    turn = []
    for what in whats:
        turn.append(seen[what])
        seen[what] += 1
    return sorted(range(len(turn)), key=turn.__getitem__)


def issue_table(
    rows: list[Mapping[str, object]], words: Words, key: str, is_one_sort: bool, height: int | None = None
) -> int | None:
    """Draw findings as a table; return the position of the row that was clicked, None without a click."""
    heads = {name: words(f"boundary.column.{name}") for name in WIDTHS}
    full = ROW_HEIGHT * (len(rows) + 1) + 2
    frame = pd.DataFrame({
        heads["kode"]: [row.get("kode") or ABSENT for row in rows],
        heads["name"]: [row.get("name") or ABSENT for row in rows],
        heads["what"]: [issue_name(row["what"], words) for row in rows],
        heads["before"]: [words.number(row.get("before_km2"), 3) for row in rows],
        heads["after"]: [words.number(row.get("after_km2"), 3) for row in rows],
        heads["note"]: [str(row.get("note") or "") for row in rows],
    })  # fmt: skip
    if all(row.get("before_km2") is None and row.get("after_km2") is None for row in rows):
        frame = frame.drop(columns=[heads["before"], heads["after"]])
    if not any(row.get("note") for row in rows):
        frame = frame.drop(columns=[heads["note"]])
    if is_one_sort:
        frame = frame.drop(columns=[heads["what"]])
    config = {heads[name]: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}
    event = st.dataframe(
        frame, column_config=config, hide_index=True, key=f"boundary_rows_{key}", on_select="rerun",
        selection_mode="single-cell", row_height=ROW_HEIGHT,
        height=min(full, height or 11 * ROW_HEIGHT),
    )  # fmt: skip
    cells = event["selection"]["cells"]
    return cells[0][0] if cells and cells[0][0] < len(rows) else None


def cut_note(count: int, words: Words, has_file: bool) -> None:
    """Say that a table is cut where it is, and whether a file to download holds the rest."""
    if count > MOST_ROWS:
        key = "boundary.cut" if has_file else "boundary.cut.kept"
        st.caption(words(key, shown=words.number(MOST_ROWS), all=words.number(count)))


def _count(report: Report, name: str) -> int:
    return int(report.get(name) or 0)
