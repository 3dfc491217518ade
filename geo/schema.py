"""The schema's life: numbered migrations, the dated policy rows, and the version of the loaded data."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Row, Table, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from boundaries.levels import NATION_KODE, Level
from geo import plan_tables, tables
from geo.policy_rows import policy_rows

NATION_NAME = "Indonesia"
_MIGRATION_LOCK = 7_385_001


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema and its policy rows to those of this version."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _write_policy(connection)
        nation = {"kode": NATION_KODE, "level": Level.nasional, "name": NATION_NAME, "kind": "nasional"}
        connection.execute(insert(tables.wilayah).values(nation).on_conflict_do_nothing())


def data_version(connection: Connection) -> str:
    """Return a short text that changes whenever a file is loaded or replaced, or what rests on it is made anew."""
    source = tables.source
    return version_of(
        connection.execute(
            select(source.c.id, source.c.sha256, source.c.revision)
            .where(source.c.status == "ready")
            .order_by(source.c.id)
        ).all()
    )


def version_of(rows: Sequence[Row]) -> str:
    """Return the data version of the ledger's ready rows, in the order of their ids."""
    text = repr([(row.id, row.sha256, row.revision) for row in rows])
    return hashlib.sha256(text.encode()).hexdigest()[:12] if rows else "0"


def _write_policy(connection: Connection) -> None:
    programs = [row | {"id": int(row["id"])} for row in policy_rows("program")]
    _upsert(connection, tables.program, programs, ("id",))
    identifier = {row["key"]: row["id"] for row in programs}
    _replace(
        connection, tables.program_rule, ("program_id", "valid_from"),
        [
            _dated(row)
            | {
                "program_id": identifier[row["program"]],
                "basis": row["basis"],
                "funding": row["funding"],
                "desil_min": _number(row["desil_min"]),
                "desil_max": _number(row["desil_max"]),
                "components": row["components"].split(),
                "excluded_adminduk": row["excluded_adminduk"].split(),
                "wilayah_kinds": row["wilayah_kinds"].split(),
                "note_id": row["note_id"],
                "note_en": row["note_en"],
            }
            for row in policy_rows("program_rule")
        ],
    )  # fmt: skip
    _replace(
        connection, tables.program_benefit, ("program_id", "component", "valid_from"),
        [
            _dated(row)
            | {
                "program_id": identifier[row["program"]],
                "component": row["component"],
                "amount_idr": _number(row["amount_idr"]),
                "max_count": _number(row["max_count"]),
                "note_id": row["note_id"],
                "note_en": row["note_en"],
            }
            for row in policy_rows("program_benefit")
        ],
    )  # fmt: skip
    _replace(
        connection, tables.program_pair, ("program_id", "other_program_id", "valid_from"),
        [
            _dated(row)
            | {
                "program_id": identifier[row["program"]],
                "other_program_id": identifier[row["other_program"]],
                "is_permitted": {"true": True, "false": False}[row["is_permitted"]],
            }
            for row in policy_rows("program_pair")
        ],
    )  # fmt: skip
    _replace(
        connection, plan_tables.budget_code, ("kind", "purpose", "valid_from"),
        [
            _dated(row)
            | {name: row[name] for name in ("kind", "purpose", "name", "note_id", "note_en")}
            # A code that is not known is left for the user to fill in.
            | {"code": row["code"] or None}
            for row in policy_rows("budget_code")
        ],
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text else None


def _dated(row: dict[str, str]) -> dict[str, object]:
    return {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "reference": row["reference"],
    }


def _replace(connection: Connection, table: Table, key: tuple[str, ...], rows: list[dict]) -> None:
    """Make a table hold these rows and no others: one that an earlier version dated otherwise would count twice."""
    _upsert(connection, table, rows, key)
    kept = [tuple(row[name] for name in key) for row in rows]
    connection.execute(delete(table).where(tuple_(*(table.c[name] for name in key)).not_in(kept)))


def _upsert(connection: Connection, table: Table, rows: list[dict], key: tuple[str, ...]) -> None:
    statement = insert(table).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))
