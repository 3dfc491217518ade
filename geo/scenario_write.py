"""Keeping allocations: scenarios with their rows, and the rows that a reader edited, in the caller's transaction."""

import hashlib
import json
import math
import numbers
import re
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from geo.errors import GeoError
from geo.plan_tables import plan_input, scenario, scenario_line

MOST_ROWS = 100_000
# More units than there are people; sums of such rows stay whole numbers of 64 bits.
MOST_UNITS = 10**12
_KODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?")
_LINE = ("kode", "name", "eligible_count", "covered_count", "need_count", "planned_count", "expected_count",
         "amount_idr", "planned_by_desil")  # fmt: skip


def store_scenario(
    connection: Connection,
    *,
    name: str,
    author: str,
    note: str,
    wilayah_kode: str,
    level: int,
    period: date,
    program_key: str,
    request: str,
    disclosure: str,
    data_version: str,
    is_fictional: bool,
    rule: str,
    budget_idr: int,
    summary: dict,
    lines: Iterable[Mapping[str, object]],
    based_on_id: int | None = None,
) -> int:
    """Store an allocation with its rows; return its id.

    A row has kode, name, eligible_count, covered_count, need_count, planned_count, expected_count, amount_idr and
    planned_by_desil (units by desil). Raises GeoError `unknown_scenario` where that which it is based on is not there.
    """
    if based_on_id is not None:
        _hold(connection, based_on_id)
    values = {
        "name": name, "author": author, "note": note, "wilayah_kode": wilayah_kode, "level": level, "period": period,
        "program_key": program_key, "request": request, "disclosure": disclosure, "data_version": data_version,
        "is_fictional": is_fictional, "rule": rule, "budget_idr": budget_idr, "summary": summary,
        "based_on_id": based_on_id,
    }  # fmt: skip
    scenario_id = connection.scalar(insert(scenario).returning(scenario.c.id).values(values))
    cursor = connection.connection.driver_connection.cursor()
    # A nation's desa are 83,762 rows: one by one they would take most of a minute.
    with cursor.copy(f"COPY {scenario_line.name} (scenario_id, {', '.join(_LINE)}) FROM STDIN") as target:
        for line in lines:
            stated = {**line, "planned_by_desil": json.dumps(line["planned_by_desil"], allow_nan=False)}
            target.write_row([scenario_id, *(stated[column] for column in _LINE)])
    return scenario_id


def mark_exported(connection: Connection, scenario_id: int) -> None:
    """Say that a scenario was handed out: from now on neither it nor its rows can change; the first time counts.

    Raises GeoError `unknown_scenario`.
    """
    if _hold(connection, scenario_id) is None:
        connection.execute(
            update(scenario).where(scenario.c.id == scenario_id).values(exported_at=func.clock_timestamp())
        )


def delete_scenario(connection: Connection, scenario_id: int) -> None:
    """Delete a scenario with its rows; those that were based on it stay, and no longer say so.

    Raises GeoError `unknown_scenario`, `scenario_exported` (it was exported), `scenario_is_basis` (an exported one is
    based on it, which must stay as it is).
    """
    if _hold(connection, scenario_id) is not None:
        raise GeoError("scenario_exported", scenario=scenario_id)
    basis = connection.scalar(
        select(func.min(scenario.c.id)).where(
            scenario.c.based_on_id == scenario_id, scenario.c.exported_at.is_not(None)
        )
    )
    if basis is not None:
        raise GeoError("scenario_is_basis", scenario=scenario_id, other=basis)
    connection.execute(delete(scenario).where(scenario.c.id == scenario_id))


def store_plan_input(connection: Connection, rows: Mapping[str, Mapping[str, float]]) -> str:
    """Store the rows that a reader edited under a key made of their content, sixteen hexadecimal digits; return it.

    By kode each has any of `floor`, `cap` (whole units from 0) and `share` (a number from 0); what is absent or None
    was not edited. The same rows have the same key, in whatever order or type they come. Raises GeoError
    `plan_input_too_long`, and `plan_input_malformed` naming the first value that cannot be meant.
    """
    if len(rows) > MOST_ROWS:
        raise GeoError("plan_input_too_long", rows=len(rows), most=MOST_ROWS)
    content = {}
    for kode, row in rows.items():
        if not (isinstance(kode, str) and _KODE.fullmatch(kode)):
            raise GeoError("plan_input_malformed", kode=kode, field="kode", value=kode)
        edited = {field: _checked(kode, field, value) for field, value in row.items() if value is not None}
        if edited:
            content[kode] = edited
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    key = hashlib.sha256(text.encode()).hexdigest()[:16]
    connection.execute(insert(plan_input).values(key=key, rows=content).on_conflict_do_nothing())
    return key


def _checked(kode: str, field: str, value: object) -> int | float:
    """Return a value as JSON has it; a whole number is written as one, so that 2 and 2.0 are the same rows."""
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if (
        field not in ("floor", "cap", "share") or not is_number or not math.isfinite(value)
        or not 0 <= value <= MOST_UNITS or (field != "share" and value != int(value))
    ):  # fmt: skip
        raise GeoError("plan_input_malformed", kode=kode, field=field, value=value)
    return int(value) if value == int(value) else float(value)


def _hold(connection: Connection, scenario_id: int):
    """Lock a scenario until the end of the transaction; return when it was exported, None where it was not."""
    row = connection.execute(
        select(scenario.c.exported_at).where(scenario.c.id == scenario_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise GeoError("unknown_scenario", scenario=scenario_id)
    return row.exported_at
