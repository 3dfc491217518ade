"""Loading official figures of wilayah: a poverty rate, a population or a poverty line, with its date and reference."""

from datetime import date
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
from geo.context_tables import INDICATORS, official_figure
from geo.errors import GeoError
from geo.register_checks import judge

SYSTEMS = ("kemendagri", "bps", "name")
_TRUE, _FALSE = ("true", "1", "ya", "yes"), ("false", "0", "tidak", "no")
# Files write the nation as a code of zeros; a provinsi of BPS also as its two digits and 00.
_MATCHES = {
    "kemendagri": "place_kode = CASE WHEN regexp_full_match(raw.kode, '0+') THEN 'ID' ELSE raw.kode END",
    "bps": "CASE WHEN regexp_full_match(raw.kode, '0+') THEN place_kode = 'ID'"
           r" WHEN regexp_full_match(raw.kode, '\d\d00') THEN place_level = 1 AND place_bps = left(raw.kode, 2)"
           " ELSE place_bps = raw.kode END",
    "name": "place_level <= 1 AND {place} = {raw}",
}


def load_figures(
    engine: Engine,
    path: Path,
    indicator: str,
    figure_on: date,
    reference: str,
    *,
    kode_column: str = "kode",
    value_column: str = "value",
    is_percent: bool = False,
    system: str = "kemendagri",
    unconfirmed: tuple[str, str] | None = None,
) -> ContextReport:
    """Load one indicator's figures of one day; all that can be placed, or nothing.

    `system` says what `kode_column` holds: Kemendagri codes with their dots, BPS codes (matched by the loaded
    crosswalk; a code of two wilayah names neither), or names of provinsi. With `is_percent` the values are divided by
    100. A figure is confirmed unless the column `is_confirmed` says otherwise, or the cell of the column
    `unconfirmed[0]` begins with `unconfirmed[1]`; a column `reference` gives a row a reference of its own.

    The file replaces those of the same indicator and day whose wilayah it covers. Raises GeoError: `unknown_indicator`,
    `unknown_system`, `reference_missing`, `no_wilayah_loaded`, `context_nothing_kept`, `rows_partly_replaced`, or one
    of a file that cannot be read.
    """
    _check_arguments(indicator, system, reference)
    statement = {"indicator": indicator, "reference": reference, "kode_column": kode_column,
                 "value_column": value_column, "is_percent": is_percent, "system": system, "unconfirmed": unconfirmed}
    with duckdb.connect() as duck, engine.begin() as connection:
        optional = {"is_confirmed": "is_confirmed", "reference": "reference"}
        required = {"kode": kode_column, "value": value_column} | ({"mark": unconfirmed[0]} if unconfirmed else {})
        file = open_table(duck, Path(path), "figures", required, optional)
        lock_context(connection)
        bring_wilayah(duck, connection)
        _judge(duck, indicator, system, is_percent)
        report = count_rows(duck, file)
        figures = _figures(duck, unconfirmed[1] if unconfirmed else None, reference)
        report.unconfirmed = sum(not is_confirmed for _, _, is_confirmed, _ in figures)
        provinsi = sorted({kode[:2] for kode, *_ in figures} - {"ID"})
        source_id = claim_place(connection, file, report, statement, figure_on, provinsi)
        if source_id is None:
            return report
        report.replaced = settle_replaced(
            connection, official_figure, _held(connection, indicator, figure_on), {row[0] for row in figures},
            source_id,
        )
        connection.execute(insert(official_figure), [
            {"indicator": indicator, "kode": kode, "figure_on": figure_on, "value": value,
             "is_confirmed": is_confirmed, "reference": told, "source_id": source_id}
            for kode, value, is_confirmed, told in figures
        ])
        keep_quarantined(connection, duck, file, source_id)
    return report


def _check_arguments(indicator: str, system: str, reference: str) -> None:
    if indicator not in INDICATORS:
        raise GeoError("unknown_indicator", indicator=indicator, known=", ".join(INDICATORS))
    if system not in SYSTEMS:
        raise GeoError("unknown_system", system=system, known=", ".join(SYSTEMS))
    if not reference.strip():
        raise GeoError("reference_missing")


def _judge(duck: duckdb.DuckDBPyConnection, indicator: str, system: str, is_percent: bool) -> None:
    condition = _MATCHES[system].format(place=_bare_name("place_name"), raw=_bare_name("raw.kode"))
    # Two wilayah may share a BPS code, when one was split: such a code names neither.
    duck.execute(f"""
        CREATE TABLE matched_figures AS
        SELECT raw.*, matched.stated_kode, try_cast(raw.value AS DOUBLE) / {100 if is_percent else 1} AS number
        FROM raw_figures AS raw LEFT JOIN (
            SELECT line, min(place_kode) AS stated_kode FROM raw_figures AS raw JOIN place ON {condition}
            GROUP BY line HAVING count(*) = 1
        ) AS matched USING (line)
    """)
    highest = "number > 1" if indicator == "poverty_rate" else "false"
    is_whole = "number = floor(number)" if indicator == "population" else "true"
    words = ", ".join(f"'{word}'" for word in (*_TRUE, *_FALSE))
    judge(duck, "figures", [
        ("unknown_wilayah", "stated_kode IS NULL"),
        ("bad_value", f"number IS NULL OR NOT isfinite(number) OR NOT ({is_whole})"),
        ("value_out_of_range", f"number < 0 OR {highest}"),
        ("bad_is_confirmed", f"is_confirmed IS NOT NULL AND lower(is_confirmed) NOT IN ({words})"),
    ], "stated_kode")


def _bare_name(column: str) -> str:
    """Return the SQL of a provinsi's name in small letters, with the two abbreviations that stand in for words."""
    name = f"lower(regexp_replace({column}, '^(provinsi|prov\\.?)\\s+', '', 'i'))"
    name = f"regexp_replace({name}, '^d\\.?i\\.?\\s+', 'daerah istimewa ')"
    return f"regexp_replace({name}, '^dki\\s+', 'daerah khusus ibukota ')"


def _figures(
    duck: duckdb.DuckDBPyConnection, mark: str | None, reference: str
) -> list[tuple[str, float, bool, str]]:
    """Return kode, value, whether it is confirmed, and its reference, of the kept rows."""
    is_marked = "coalesce(starts_with(mark, ?), false)" if mark else "false"
    false_words = ", ".join(f"'{word}'" for word in _FALSE)
    # A percentage divided by 100 is the nearest double of the written decimals again after rounding.
    return duck.execute(
        f"SELECT stated_kode, round(number, 12),"
        f" coalesce(lower(is_confirmed) NOT IN ({false_words}), true) AND NOT {is_marked},"
        " coalesce(reference, ?) FROM judged_figures WHERE verdict = 'kept' ORDER BY stated_kode",
        [*([mark] if mark else []), reference.strip()],
    ).fetchall()


def _held(connection: Connection, indicator: str, figure_on: date) -> list[tuple[int, str]]:
    figure = official_figure
    rows = connection.execute(select(figure.c.source_id, figure.c.kode).where(
        figure.c.indicator == indicator, figure.c.figure_on == figure_on))
    return [tuple(row) for row in rows]
