"""Writing a fictional register to files whose names and metadata say that it is fictional."""

from pathlib import Path

import pyarrow.csv as csv
import pyarrow.parquet as parquet

from geo.synthetic.population import Register


def write_register(register: Register, out_dir: Path, label: str) -> list[Path]:
    """Write `FIKTIF_<table>_<label>_<year>-<month>` files for every period; return them in the order of the periods.

    household, enrolment and truth are Parquet, quota is CSV. The truth is kept aside and never loaded.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for period, tables in register.periods.items():
        for name in ("household", "enrolment", "quota", "truth"):
            suffix = "csv" if name == "quota" else "parquet"
            path = out_dir / f"FIKTIF_{name}_{label}_{period:%Y-%m}.{suffix}"
            # A file is there only when it is whole.
            part = path.with_name(path.name + ".part")
            if suffix == "csv":
                csv.write_csv(getattr(tables, name), part)
            else:
                parquet.write_table(getattr(tables, name), part, compression="zstd")
            part.replace(path)
            written.append(path)
    return written
