"""Loading successions of wilayah: which code followed which, on what day, and with what share of the old one."""

from pathlib import Path

import duckdb
from sqlalchemy import Connection, Engine, insert, select

from geo.context_load import (
    ContextReport,
    bring_wilayah,
    claim_place,
    count_rows,
    keep_quarantined,
    lock_context,
    open_table,
    settle_replaced,
)
from geo.context_tables import wilayah_succession
from geo.ended import settle_successions
from geo.register_checks import judge
from geo.succession_policy import date_wilayah, is_shipped, yield_shipped

COLUMNS = ("old_kode", "new_kode", "happened_on", "share", "reference")
_KODE = r"'\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?'"
# Shares are written with few decimals: three thirds of 0.333 or of 0.34 are one whole.
_SHARE_TOLERANCE = 0.02


def load_succession(engine: Engine, path: Path) -> ContextReport:
    """Load the file's successions and date the wilayah that begin with one; all that can be placed, or nothing.

    `new_kode` must be a known wilayah, `old_kode` need not be (it may have ended). A row whose codes are equal says
    that a wilayah continues, with the `share` that stays; it, and a code that was followed or continued no later, did
    exist before. Every other new wilayah gets `valid_from`, the day on which it first followed another, and an old
    code that is no wilayah becomes one that has ended (`valid_to`).

    The file replaces those whose rows it holds, and takes the place of rows that this version ships. Raises GeoError:
    `no_wilayah_loaded`, `context_nothing_kept`, `rows_partly_replaced`, or one of a file that cannot be read.
    """
    with duckdb.connect() as duck, engine.begin() as connection:
        file = open_table(duck, Path(path), "succession", {name: name for name in COLUMNS}, {})
        lock_context(connection)
        bring_wilayah(duck, connection, with_ended=True)
        _judge(duck)
        report = count_rows(duck, file)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in duck.execute("""
            SELECT old_kode, new_kode, CAST(happened_on AS DATE), CAST(share AS DOUBLE), reference
            FROM judged_succession WHERE verdict = 'kept' ORDER BY happened_on, old_kode, new_kode
        """).fetchall()]
        provinsi = sorted({row["new_kode"][:2] for row in rows})
        source_id = claim_place(connection, file, report, {}, None, provinsi)
        if source_id is None:
            return report
        keys = {(row["old_kode"], row["new_kode"], row["happened_on"]) for row in rows}
        yield_shipped(connection, {key[:2] for key in keys})
        report.replaced = settle_replaced(connection, wilayah_succession, _held(connection), keys, source_id)
        connection.execute(insert(wilayah_succession), [row | {"source_id": source_id} for row in rows])
        keep_quarantined(connection, duck, file, source_id)
        date_wilayah(connection)
        settle_successions(connection)
    return report


def _judge(duck: duckdb.DuckDBPyConnection) -> None:
    duck.execute("""
        CREATE TABLE matched_succession AS
        WITH part AS (SELECT DISTINCT old_kode, new_kode, happened_on, try_cast(share AS DOUBLE) AS share
                      FROM raw_succession)
        SELECT raw.*, place_kode IS NOT NULL AS is_known, whole.share_sum FROM raw_succession AS raw
        LEFT JOIN place ON place_kode = raw.new_kode
        LEFT JOIN (SELECT old_kode, happened_on, sum(share) AS share_sum FROM part GROUP BY ALL) AS whole
          ON whole.old_kode = raw.old_kode AND whole.happened_on = raw.happened_on
    """)
    share = "try_cast(share AS DOUBLE)"
    judge(duck, "succession", [
        ("malformed_old_kode", f"old_kode IS NULL OR NOT regexp_full_match(old_kode, {_KODE})"),
        ("unknown_wilayah", "NOT is_known"),
        ("levels_differ", "length(old_kode) <> length(new_kode)"),
        ("bad_happened_on", "try_cast(happened_on AS DATE) IS NULL"),
        ("bad_share", f"share IS NOT NULL AND coalesce(NOT ({share} > 0 AND {share} <= 1), true)"),
        ("shares_above_one", f"share_sum > 1 + {_SHARE_TOLERANCE}"),
        ("missing_reference", "reference IS NULL"),
    ], "old_kode, new_kode, happened_on")


def _held(connection: Connection) -> list[tuple[int, tuple]]:
    row = wilayah_succession.c
    query = select(row.source_id, row.old_kode, row.new_kode, row.happened_on).where(~is_shipped(row.source_id))
    return [(source_id, tuple(key)) for source_id, *key in connection.execute(query)]
