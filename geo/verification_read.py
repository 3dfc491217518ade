"""Opening the file of a verification sample: its columns as text, its lines, and the one truth and frame it states."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from geo.errors import GeoError
from geo.field_tables import FRAMES, TRUTHS
from geo.register_read import RegisterFile, digest, is_marked_fictional, reader
from geo.tables import COMPONENTS

REQUIRED_COLUMNS = (
    "household_id", "kode", "stratum", "cluster", "weight", "truth", "frame", "observed_desil",
)
OPTIONAL_COLUMNS = (
    "program", "stratum_cluster_count", "cluster_household_count", "observed_adminduk", "observed_on", "person_count",
    *(f"{component}_count" for component in COMPONENTS), "received",
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """What a file says of the whole sample; `program` is null unless the frame is recipients."""

    truth: str
    frame: str
    program: str | None


def open_sample(connection: duckdb.DuckDBPyConnection, path: Path) -> RegisterFile:
    """Create `raw_verification`: `line` (the header of a CSV is line 1) and every known column as text.

    Other columns, a name or a NIK among them, are not read at all. Raises GeoError `file_missing`, `file_unreadable`,
    `not_a_verification_file` or `missing_columns`.
    """
    if not path.is_file():
        raise GeoError("file_missing", path=str(path))
    is_parquet = path.suffix.lower() == ".parquet"
    if not is_parquet and path.suffix.lower() != ".csv":
        raise GeoError("not_a_verification_file", path=path.name)
    try:
        found = [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {reader(path)}").fetchall()]
        missing = [name for name in REQUIRED_COLUMNS if name not in found]
        if missing:
            raise GeoError("missing_columns", path=path.name, columns=", ".join(missing))
        columns = ", ".join(
            f"nullif(trim(CAST({name} AS VARCHAR)), '') AS {name}" if name in found
            else f"CAST(NULL AS VARCHAR) AS {name}"
            for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
        )
        connection.execute(
            f"CREATE TABLE raw_verification AS SELECT row_number() OVER () + {0 if is_parquet else 1} AS line,"
            f" {columns} FROM {reader(path)}"
        )
    except duckdb.Error as error:
        raise GeoError("file_unreadable", path=path.name, reason=str(error).splitlines()[0]) from error
    ignored = tuple(name for name in found if name not in REQUIRED_COLUMNS and name not in OPTIONAL_COLUMNS)
    return RegisterFile(path, "verification", digest(path), is_marked_fictional(path), ignored)


def read_statement(connection: duckdb.DuckDBPyConnection, file: RegisterFile) -> Statement:
    """Return the truth, frame and program of `raw_verification`.

    Raises GeoError `verification_empty` for a file without rows, `verification_mixed` when two rows differ in one of
    them (an empty cell is a value of its own), `unknown_truth`, `unknown_frame` or `program_missing`.
    """
    name = file.path.name
    if not connection.execute("SELECT count(*) FROM raw_verification").fetchone()[0]:
        raise GeoError("verification_empty", path=name)
    truth, frame = (_only_value(connection, name, column) for column in ("truth", "frame"))
    if truth not in TRUTHS:
        raise GeoError("unknown_truth", path=name, truth=truth or "", known=", ".join(TRUTHS))
    if frame not in FRAMES:
        raise GeoError("unknown_frame", path=name, frame=frame or "", known=", ".join(FRAMES))
    # A sample of the register or of a listing says something of every program: the column has no meaning there.
    program = _only_value(connection, name, "program") if frame == "recipients" else None
    if frame == "recipients" and program is None:
        raise GeoError("program_missing", path=name)
    return Statement(truth, frame, program)


def stated_provinsi(path: Path) -> set[str]:
    """Return the first two digits of every code in a file, before anything is loaded; raise as `open_sample`."""
    with duckdb.connect() as connection:
        open_sample(connection, path)
        rows = connection.execute(
            r"SELECT DISTINCT left(kode, 2) FROM raw_verification WHERE regexp_matches(kode, '^\d\d')"
        ).fetchall()
    return {row[0] for row in rows}


def _only_value(connection: duckdb.DuckDBPyConnection, path: str, column: str) -> str | None:
    values = connection.execute(
        f"SELECT {column}, min(line) AS line FROM raw_verification GROUP BY 1 ORDER BY 2 LIMIT 2"
    ).fetchall()
    if len(values) > 1:
        (first, _), (second, line) = values
        raise GeoError("verification_mixed", path=path, column=column, first=first or "", second=second or "",
                       line=line)
    return values[0][0]
