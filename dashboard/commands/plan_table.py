"""The table of a plan's own floors, caps and shares as a CSV file, read so that nothing in it is ignored."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.words import ABSENT
from queries.plan_need import NAMES_SHOWN
from queries.scope import Scope

EDITED = ("floor", "cap", "share")


def read_edited(path: Path) -> dict[str, dict[str, float]]:
    """Return floors, caps and shares by kode from a CSV.

    Raises DashboardError: `plan_table`, `plan_table_surplus` naming the line at fault; `plan_table_text` (no UTF-8, or
    no CSV), `plan_table_empty` (not one value).
    """
    try:
        rows = _read_rows(path)
    except (UnicodeDecodeError, csv.Error):
        raise DashboardError("plan_table_text", path=path.name) from None
    if not any(rows.values()):
        raise DashboardError("plan_table_empty", path=path.name)
    return rows


def _read_rows(path: Path) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        used = [name for name in names if name in ("kode", *EDITED)]
        if "kode" not in used or not used[1:] or len(set(used)) < len(used):
            raise DashboardError("plan_table", path=path.name, line=1, column="kode", value=", ".join(names) or ABSENT)
        for row in reader:
            line = reader.line_num
            # What stands beyond the head's columns; a spreadsheet writes empty ones.
            surplus = [text for text in row.get(None, ()) if text.strip()]
            if surplus:
                raise DashboardError(
                    "plan_table_surplus", path=path.name, line=line, count=len(names), value=", ".join(surplus)
                )  # fmt: skip
            kode = (row["kode"] or "").strip()
            if not kode or kode in rows:
                raise DashboardError("plan_table", path=path.name, line=line, column="kode", value=kode or ABSENT)
            rows[kode] = {}
            for name in EDITED:
                text = (row.get(name) or "").strip()
                if text:
                    rows[kode][name] = _edited(path, line, name, text)
    return rows


def _edited(path: Path, line: int, column: str, text: str) -> float:
    is_share = column == "share"
    if not re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,9})?" if is_share else "[0-9]{1,12}", text):
        raise DashboardError("plan_table", path=path.name, line=line, column=column, value=text)
    return float(text) if is_share else int(text)


def require_rows(path: Path, edited: dict[str, dict[str, float]], places: Iterable[str], scope: Scope) -> None:
    """Raise DashboardError `plan_table_kode` where a table names what is no row of the plan: it would be ignored."""
    unknown = sorted(set(edited) - set(places))
    if unknown:
        more = ", …" if len(unknown) > NAMES_SHOWN else ""
        raise DashboardError(
            "plan_table_kode", path=path.name, count=len(unknown), names=", ".join(unknown[:NAMES_SHOWN]) + more,
            level=scope.level.name, wilayah=scope.wilayah,
        )  # fmt: skip
