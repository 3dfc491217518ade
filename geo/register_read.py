"""Opening register files: which kind each is, its columns as text, and its lines, in one DuckDB connection."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet

from geo.errors import GeoError
from geo.tables import COMPONENTS

HOUSEHOLD_COLUMNS = (
    "household_id", "kode", "desil", "status_word", "score", "person_count",
    *(f"{component}_count" for component in COMPONENTS),
    "head_sex", "adminduk", "verified_on", "lon", "lat",
)
ENROLMENT_COLUMNS = ("household_id", "kode", "program", "stage", "unit_count", "amount_idr", "funding")
QUOTA_COLUMNS = ("kode", "program", "places_count")
SOCIAL_COLUMNS = ("kode", "social_group", "kind", "unit", "reported_count")
COLUMNS = {
    "household": HOUSEHOLD_COLUMNS, "enrolment": ENROLMENT_COLUMNS, "quota": QUOTA_COLUMNS, "social": SOCIAL_COLUMNS,
}
_MAY_BE_ABSENT = {"status_word", "score", "head_sex", "verified_on", "lon", "lat"}
_FICTIONAL_KEY = b"petadesil.fictional"


@dataclass(frozen=True)
class RegisterFile:
    """One file of a register: its kind, whether it is fictional, and the columns that are left at the door."""

    path: Path
    kind: str
    sha256: str
    is_fictional: bool
    ignored_columns: tuple[str, ...]


def identify(connection: duckdb.DuckDBPyConnection, path: Path) -> RegisterFile:
    """Tell what a file is by its columns.

    Raises GeoError `file_missing`, `file_unreadable`, `not_a_register_file` or `missing_columns`.
    """
    if not path.is_file():
        raise GeoError("file_missing", path=str(path))
    if path.suffix.lower() not in (".parquet", ".csv"):
        raise GeoError("not_a_register_file", path=path.name)
    try:
        found = [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {reader(path)}").fetchall()]
    except duckdb.Error as error:
        raise GeoError("file_unreadable", path=path.name, reason=str(error).splitlines()[0]) from error
    kind = _kind_of(found)
    if kind is None:
        missing = [name for name in HOUSEHOLD_COLUMNS if name not in found and name not in _MAY_BE_ABSENT]
        raise GeoError("missing_columns", path=path.name, columns=", ".join(missing))
    ignored = tuple(name for name in found if name not in COLUMNS[kind])
    return RegisterFile(path, kind, digest(path), is_marked_fictional(path), ignored)


def open_raw(connection: duckdb.DuckDBPyConnection, file: RegisterFile) -> None:
    """Create the table `raw_<kind>`: `line` (the header of a CSV is line 1) and every known column as text.

    Other columns, a name or a NIK among them, are not read at all.
    """
    present = {name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {reader(file.path)}").fetchall()}
    columns = ", ".join(
        f"nullif(trim(CAST({name} AS VARCHAR)), '') AS {name}" if name in present
        else f"CAST(NULL AS VARCHAR) AS {name}"
        for name in COLUMNS[file.kind]
    )
    first = 1 if file.path.suffix.lower() == ".parquet" else 2
    try:
        connection.execute(
            f"CREATE TABLE raw_{file.kind} AS SELECT row_number() OVER () + {first - 1} AS line, {columns}"
            f" FROM {reader(file.path)}"
        )
    except duckdb.Error as error:
        raise GeoError("file_unreadable", path=file.path.name, reason=str(error).splitlines()[0]) from error


def provinsi_in(path: Path) -> set[str]:
    """Return the first two digits of every code in a register file, before anything is loaded; raise as `identify`."""
    with duckdb.connect() as connection:
        identify(connection, path)
        rows = connection.execute(
            f"SELECT DISTINCT left(trim(CAST(kode AS VARCHAR)), 2) AS provinsi_kode FROM {reader(path)}"
            r" WHERE regexp_matches(trim(CAST(kode AS VARCHAR)), '^\d\d')"
        ).fetchall()
    return {row[0] for row in rows}


def _kind_of(found: list[str]) -> str | None:
    for kind, columns in COLUMNS.items():
        if all(name in found or name in _MAY_BE_ABSENT for name in columns):
            return kind
    return None


def reader(path: Path) -> str:
    """Return the table function that reads a file's rows in DuckDB, every column of a CSV as text."""
    literal = str(path).replace("'", "''")
    if path.suffix.lower() == ".parquet":
        return f"read_parquet('{literal}')"
    return f"read_csv('{literal}', header = true, all_varchar = true)"


def is_marked_fictional(path: Path) -> bool:
    """Tell whether a file says of itself, by its name or its metadata, that its households are fictional."""
    if path.name.upper().startswith("FIKTIF"):
        return True
    if path.suffix.lower() == ".parquet":
        return (parquet.read_schema(path).metadata or {}).get(_FICTIONAL_KEY) == b"true"
    return False


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
