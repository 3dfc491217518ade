"""Writing a fictional register to files whose names and metadata say that it is fictional."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from geo.synthetic.period_tables import PeriodTables
from geo.synthetic.population import Register


def write_register(register: Register, out_dir: Path, label: str) -> list[Path]:
    """Write `FIKTIF_<table>_<label>_<year>-<month>` files for every period; return them in the order of the periods.

    household, enrolment and truth are Parquet, quota is CSV. The truth is kept aside and never loaded.
    """
    return [
        path for period, tables in register.periods.items() for path in write_period(tables, period, out_dir, label)
    ]


def write_period(tables: PeriodTables, period: date, out_dir: Path, label: str) -> list[Path]:
    """Write the four files of one period, as `write_register` does."""
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for name in ("household", "enrolment", "quota", "truth"):
        path = out_dir / f"FIKTIF_{name}_{label}_{period:%Y-%m}.{'csv' if name == 'quota' else 'parquet'}"
        write_whole(getattr(tables, name), path)
        written.append(path)
    return written


def write_whole(table: pa.Table, path: Path) -> None:
    """Write a table as CSV or Parquet, as the name says; a file is there only when it is whole."""
    part = path.with_name(path.name + ".part")
    if path.suffix == ".csv":
        csv.write_csv(table, part)
    else:
        parquet.write_table(table, part, compression="zstd")
    part.replace(path)
