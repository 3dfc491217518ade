"""Accepted rows: which register files are in force, where their Parquet lies, and their stream into PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Row, select

from geo import tables

_BLOCK = 1 << 20


def accepted_path(
    data_dir: Path, kind: str, period: date, provinsi_kode: str, source_id: int, is_fictional: bool
) -> Path:
    """Return where the accepted rows of one kind, period and provinsi are kept as Parquet."""
    mark = "FIKTIF_" if is_fictional else ""
    return data_dir / "accepted" / f"{period:%Y-%m}" / provinsi_kode / f"{mark}{kind}_{source_id}.parquet"


def accepted_files(connection: Connection, data_dir: Path, kind: str, period: date) -> list[Path]:
    """Return the accepted Parquet files that the database stands on, one for each provinsi of a period.

    They are named from the ledger, not found by their names: two databases may share a folder, and ids repeat.
    """
    return sorted(
        accepted_path(data_dir, kind, period, provinsi, row.id, row.is_fictional)
        for row in ready_registers(connection, period) if row.report["kind"] == kind
        for provinsi in row.report["provinsi"]
    )


def ready_registers(connection: Connection, period: date | None = None) -> Sequence[Row]:
    """Return the ledger's rows of the register files in force, of one period or of all, by period and id."""
    source = tables.source
    query = select(source).where(source.c.kind == "register", source.c.status == "ready")
    if period is not None:
        query = query.where(source.c.period == period)
    return connection.execute(query.order_by(source.c.period, source.c.id)).all()


def copy_rows(connection: Connection, duck, query: str, table: str, columns: list[str], scratch: Path) -> None:
    """Stream the rows of a DuckDB query into a PostgreSQL table by COPY, in the connection's transaction."""
    path = scratch / "rows.csv"
    duck.execute(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER false)")
    copy = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
    cursor = connection.connection.driver_connection.cursor()
    with path.open("rb") as stream, cursor.copy(copy) as target:
        while block := stream.read(_BLOCK):
            target.write(block)
    path.unlink()
