"""The rules that a register row must pass, each a reason code and the test of a bad row, run in DuckDB."""

from datetime import date

import duckdb

from geo.context_tables import SOCIAL_GROUPS, SOCIAL_UNITS
from geo.tables import COMPONENTS

STATUS_WORDS = ("Sangat Miskin", "Miskin", "Hampir Miskin", "Rentan Miskin", "Menuju Sejahtera")
ADMINDUK = ("aktif", "meninggal", "ganda", "pindah", "tidak_ditemukan", "asn_tni_polri")
STAGES = ("ditetapkan", "tersalur", "gagal")
FUNDING = ("APBN", "APBD", "Dana Desa")
_WHOLE = r"'\d{1,18}(\.0+)?'"
# A NIK and a family card's number are sixteen digits; the register's own key must be neither.
_LOOKS_LIKE_NIK = r"regexp_matches(household_id, '(^|\D)\d{16}(\D|$)')"
_OUTSIDE_THE_FILE = "left(stated_kode, 2) NOT IN (SELECT provinsi_kode FROM held_provinsi)"


def _not_whole(column: str, least: int, most: int) -> str:
    return (
        f"{column} IS NULL OR NOT regexp_full_match({column}, {_WHOLE})"
        f" OR CAST({column} AS DOUBLE) NOT BETWEEN {least} AND {most}"
    )


def _one_of(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def household_reasons(period: date) -> list[tuple[str, str]]:
    """Return the reasons for which a household row is set apart, in the order in which they are asked."""
    counts = [f"{component}_count" for component in COMPONENTS]
    next_month = f"DATE '{period.isoformat()}' + INTERVAL 1 MONTH"
    return [
        ("missing_household_id", "household_id IS NULL"),
        ("id_looks_like_nik", _LOOKS_LIKE_NIK),
        ("malformed_kode", "kode IS NOT NULL AND stated_kode IS NULL AND NOT kode_has_form"),
        ("unknown_wilayah", "stated_kode IS NULL AND kode IS NOT NULL"),
        ("bad_point", "(lon IS NULL) <> (lat IS NULL) OR lon IS NOT NULL AND (try_cast(lon AS DOUBLE) IS NULL"
         " OR try_cast(lat AS DOUBLE) IS NULL OR abs(try_cast(lon AS DOUBLE)) > 180"
         " OR abs(try_cast(lat AS DOUBLE)) > 90)"),
        ("no_wilayah", "stated_kode IS NULL AND assigned_kode IS NULL"),
        ("bad_desil", f"desil IS NOT NULL AND ({_not_whole('desil', 1, 10)})"),
        ("bad_person_count", _not_whole("person_count", 1, 99)),
        ("bad_component_count", " OR ".join(f"({_not_whole(name, 0, 99)})" for name in counts)),
        ("component_above_persons",
         " OR ".join(f"CAST({name} AS DOUBLE) > CAST(person_count AS DOUBLE)" for name in counts)),
        ("unknown_adminduk", f"adminduk IS NULL OR adminduk NOT IN {_one_of(ADMINDUK)}"),
        ("bad_score", "score IS NOT NULL AND (try_cast(score AS DOUBLE) IS NULL"
         " OR NOT isfinite(try_cast(score AS DOUBLE)))"),
        ("unknown_head_sex", "head_sex IS NOT NULL AND head_sex NOT IN ('L', 'P')"),
        ("bad_verified_on", "verified_on IS NOT NULL AND try_cast(verified_on AS DATE) IS NULL"),
        ("verified_after_period", f"try_cast(verified_on AS DATE) >= {next_month}"),
    ]


def enrolment_reasons() -> list[tuple[str, str]]:
    """Return the reasons for which an enrolment row is set apart."""
    return [
        ("missing_household_id", "household_id IS NULL"),
        ("id_looks_like_nik", _LOOKS_LIKE_NIK),
        ("household_quarantined", "is_household_quarantined"),
        ("malformed_kode", "stated_kode IS NULL AND kode IS NOT NULL AND NOT kode_has_form"),
        ("unknown_wilayah", "stated_kode IS NULL"),
        ("outside_the_file", _OUTSIDE_THE_FILE),
        ("unknown_program", "program_id IS NULL"),
        ("unknown_stage", f"stage IS NULL OR stage NOT IN {_one_of(STAGES)}"),
        ("bad_unit_count", _not_whole("unit_count", 1, 99)),
        ("bad_unit_count", "program_unit = 'household' AND CAST(unit_count AS DOUBLE) <> 1"),
        ("more_persons_than_household",
         "program_unit <> 'household' AND CAST(unit_count AS DOUBLE) > household_person_count"),
        ("bad_amount", _not_whole("amount_idr", 0, 10**12)),
        ("unknown_funding", f"funding IS NULL OR funding NOT IN {_one_of(FUNDING)}"),
    ]


def quota_reasons() -> list[tuple[str, str]]:
    """Return the reasons for which a quota row is set apart."""
    return [
        ("unknown_wilayah", "stated_kode IS NULL"),
        ("outside_the_file", _OUTSIDE_THE_FILE),
        ("unknown_program", "program_id IS NULL"),
        ("bad_places", _not_whole("places_count", 0, 10**12)),
    ]


def social_reasons() -> list[tuple[str, str]]:
    """Return the reasons for which a row of social counts is set apart; what its kind is called is not judged."""
    return [
        ("unknown_wilayah", "stated_kode IS NULL"),
        ("outside_the_file", _OUTSIDE_THE_FILE),
        ("unknown_social_group", f"social_group IS NULL OR social_group NOT IN {_one_of(SOCIAL_GROUPS)}"),
        ("missing_kind", "kind IS NULL"),
        ("unknown_social_unit", f"unit IS NULL OR unit NOT IN {_one_of(SOCIAL_UNITS)}"),
        ("bad_reported_count", _not_whole("reported_count", 0, 10**12)),
    ]


def judge(connection: duckdb.DuckDBPyConnection, kind: str, reasons: list[tuple[str, str]], key: str) -> None:
    """Turn `matched_<kind>` into `judged_<kind>`, with `verdict` (kept, quarantined, duplicate) and `reason`.

    A row that repeats another to the letter is a duplicate. Rows with one key and different contents are all set
    apart as `conflicting_rows`: choosing one would be a guess.
    """
    tests = " ".join(f"WHEN {test} THEN '{code}'" for code, test in reasons)
    columns = [
        name for name, *_ in connection.execute(f"DESCRIBE matched_{kind}").fetchall() if name != "line"
    ]
    row_hash = "hash(" + ", ".join(columns) + ")"
    connection.execute(f"CREATE TABLE checked_{kind} AS SELECT *, CASE {tests} END AS reason FROM matched_{kind}")
    connection.execute(f"""
        CREATE TABLE judged_{kind} AS
        WITH repeated AS (
            SELECT {key}, count(DISTINCT {row_hash}) AS variants, min(line) AS first_line
            FROM checked_{kind} WHERE reason IS NULL GROUP BY {key} HAVING count(*) > 1
        )
        SELECT checked.* EXCLUDE (reason),
               CASE WHEN reason IS NOT NULL THEN reason WHEN variants > 1 THEN 'conflicting_rows' END AS reason,
               CASE WHEN reason IS NOT NULL OR variants > 1 THEN 'quarantined'
                    WHEN line > first_line THEN 'duplicate' ELSE 'kept' END AS verdict
        FROM checked_{kind} AS checked LEFT JOIN repeated USING ({key})
    """)
    connection.execute(f"DROP TABLE checked_{kind}")
