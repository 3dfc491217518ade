"""Successions of wilayah that ship with this version: stored with a code list, and giving way to a user's own file."""

import hashlib
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, text, tuple_, update

from geo import tables
from geo.context_tables import wilayah_succession
from geo.ended import settle_successions
from geo.policy_rows import policy_rows

FILE_NAME = "geo/policy/succession.csv"
PUBLISHER = "petadesil"
_DATE_WILAYAH = """
    WITH begun AS (
        SELECT new_kode AS kode, min(happened_on) AS begun_on FROM wilayah_succession AS row
        WHERE NOT EXISTS (SELECT FROM wilayah_succession AS earlier
                          WHERE earlier.old_kode = row.new_kode AND earlier.happened_on <= row.happened_on)
        GROUP BY new_kode
    )
    UPDATE wilayah SET valid_from = begun_on FROM wilayah AS place LEFT JOIN begun USING (kode)
    WHERE wilayah.kode = place.kode AND wilayah.valid_from IS DISTINCT FROM begun_on
"""


def write_known_successions(connection: Connection) -> int:
    """Store the shipped successions whose new kode is a known wilayah, and return how many stand after that.

    Those of an earlier version are replaced, those that a user's file states itself are left out. Wilayah that begin
    with one get their first day, and codes that ended with one are kept as wilayah that have ended.
    """
    connection.execute(delete(wilayah_succession).where(is_shipped(wilayah_succession.c.source_id)))
    event = wilayah_succession.c
    held = {tuple(key) for key in connection.execute(select(event.old_kode, event.new_kode))}
    known = set(connection.scalars(select(tables.wilayah.c.kode).where(tables.wilayah.c.valid_to.is_(None))))
    rows = [row for row in _shipped_rows() if row["new_kode"] in known]
    rows = [row for row in rows if (row["old_kode"], row["new_kode"]) not in held]
    source_id = connection.scalar(_shipped())
    if rows and source_id is None:
        source_id = connection.scalar(
            insert(tables.source)
            .values(kind="succession", file_name=FILE_NAME, sha256=_digest(), publisher=PUBLISHER, status="ready")
            .returning(tables.source.c.id)
        )
    if rows:
        connection.execute(insert(wilayah_succession), [row | {"source_id": source_id} for row in rows])
    _recount(connection)
    settle_successions(connection)
    return len(rows)


def yield_shipped(connection: Connection, pairs: set[tuple[str, str]]) -> None:
    """Remove the shipped rows of these pairs (old kode, new kode): a user's file states them itself, with its day."""
    event = wilayah_succession.c
    connection.execute(
        delete(wilayah_succession).where(
            tuple_(event.old_kode, event.new_kode).in_(pairs), is_shipped(event.source_id)
        )
    )
    _recount(connection)


def date_wilayah(connection: Connection) -> None:
    """Give each wilayah that began with a succession its first day, and take it from all others."""
    connection.execute(text(_DATE_WILAYAH))


def _recount(connection: Connection) -> None:
    """Make the ledger say how many shipped rows stand; without any, the shipped file is no source."""
    event, source = wilayah_succession.c, tables.source
    kode = connection.scalars(select(event.new_kode).where(is_shipped(event.source_id))).all()
    if not kode:
        connection.execute(delete(source).where(is_shipped(source.c.id)))
    else:
        report = {"kind": "succession", "provinsi": sorted({one[:2] for one in kode}), "statement": {}}
        counts = {"read_count": len(kode), "kept_count": len(kode)}
        connection.execute(
            update(source).where(is_shipped(source.c.id)).values(sha256=_digest(), report=report, **counts)
        )
    date_wilayah(connection)


def is_shipped(source_id: ColumnElement) -> ColumnElement[bool]:
    """Return the condition that a row's source is the file that this version ships."""
    return source_id.in_(_shipped())


def _shipped() -> Select:
    source = tables.source
    return select(source.c.id).where(
        source.c.kind == "succession", source.c.publisher == PUBLISHER, source.c.file_name == FILE_NAME
    )


def _shipped_rows() -> list[dict[str, object]]:
    return [
        {
            "old_kode": row["old_kode"],
            "new_kode": row["new_kode"],
            "happened_on": date.fromisoformat(row["happened_on"]),
            "share": float(row["share"]) if row["share"] else None,
            "reference": row["reference"],
        }
        for row in policy_rows("succession")
    ]


def _digest() -> str:
    return hashlib.sha256(repr(_shipped_rows()).encode()).hexdigest()
