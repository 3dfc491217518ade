"""A province of sixty households that a reader can count by hand: seven square desa in a row."""

from datetime import date
from pathlib import Path

import pandas as pd
from geoalchemy2.shape import from_shape
from shapely.geometry import MultiPolygon, box
from sqlalchemy import Engine, insert, text

from boundaries.levels import Level, kind_of, level_of, parent_of
from geo import tables
from geo.register_load import load_register
from geo.register_report import RegisterReport
from geo.verification_load import load_verification
from geo.verification_report import VerificationReport

PERIOD = date(2026, 10, 1)

# Two kabupaten; the second has one kecamatan. Every desa is a square of 0.1 degree on the equator.
PLACES = {
    "99": "Provinsi Uji",
    "99.01": "Kabupaten Barat",
    "99.71": "Kota Timur",
    "99.01.01": "Hulu",
    "99.01.02": "Hilir",
    "99.71.01": "Pusat",
    "99.01.01.2001": "Satu",
    "99.01.01.2002": "Dua",
    "99.01.02.2001": "Tiga",
    "99.01.02.2002": "Empat",
    "99.71.01.1001": "Lima",
    "99.71.01.1002": "Enam",
    "99.71.01.1003": "Tujuh",
}
DESA = [kode for kode in PLACES if level_of(kode) is Level.desa]
AREA_KM2 = 123.0

# Every household of a desa by its desil, "-" without one, "*" when it receives PKH. Each has four persons and one child
# in primary school, so that desil 1 to 4 are eligible. Tujuh has no data.
CENSUS = {
    "99.01.01.2001": "1* 1* 1* 1 2* 2* 2 3* 3 4 4 4 5 5* 6 7 8 9 10 -",
    "99.01.01.2002": "1* 1* 2* 2* 3* 4* 4 5 6* 7 8 9",
    "99.01.02.2001": "1 1 2 2 3 4 7 8",
    "99.01.02.2002": "6 7 8 9 10",
    "99.71.01.1001": "1* 2* 3* 4* 5* 6* 7 8 9",
    "99.71.01.1002": "1* 1 3 5 - -",
}


def write_places(engine: Engine) -> None:
    """Write the wilayah and their squares as the active boundaries of every level."""
    squares = {kode: box(100 + index / 10, 0, 100.1 + index / 10, 0.1) for index, kode in enumerate(DESA)}
    with engine.begin() as connection:
        connection.execute(insert(tables.wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": name,
             "kind": kind_of(kode)}
            for kode, name in PLACES.items()
        ])
        source_id = connection.scalar(insert(tables.source).returning(tables.source.c.id).values(
            kind="boundaries", file_name="persegi.geojson", sha256="0", publisher="uji", system="fiktif",
            vintage=2026, licence="CC0", status="ready", is_fictional=True,
            read_count=len(DESA), kept_count=len(DESA),
        ))
        rows = []
        for kode in PLACES:
            parts = [square for desa, square in squares.items() if desa.startswith(kode)]
            rows.append({"source_id": source_id, "kode": kode, "level": int(level_of(kode)),
                         "geom": from_shape(MultiPolygon(parts), 4326), "area_km2": AREA_KM2 * len(parts),
                         "label_point": from_shape(parts[0].centroid, 4326)})
        connection.execute(insert(tables.boundary), rows)
        connection.execute(insert(tables.boundary_shape), [
            {"source_id": row["source_id"], "kode": row["kode"], "level": row["level"], "detail": detail,
             "tolerance_degree": 0.0, "geom": row["geom"]} for row in rows for detail in range(3)
        ])
        connection.execute(insert(tables.boundary_active), [
            {"level": level, "provinsi_kode": "99", "source_id": source_id} for level in range(1, 5)
        ])


def draw_households(census: dict[str, str] = CENSUS) -> pd.DataFrame:
    """Return the households of a census, as a register file writes them; the column `marks` is not of the file."""
    rows = []
    for kode, line in census.items():
        for number, word in enumerate(line.split(), start=1):
            desil = word.rstrip("*")
            rows.append({
                "household_id": f"99-{kode}-{number:02d}", "kode": kode, "desil": None if desil == "-" else desil,
                "status_word": None, "score": "13.5", "person_count": "4", "pregnant_count": "0",
                "child_0_6_count": "0", "sd_count": "1", "smp_count": "0", "sma_count": "0", "elderly_count": "0",
                "disability_count": "0", "head_sex": "P", "adminduk": "aktif", "verified_on": "2026-01-15",
                "lon": str(100.05 + DESA.index(kode) / 10), "lat": "0.05", "marks": word.count("*"),
            })
    return pd.DataFrame(rows)


def recipients(household: pd.DataFrame) -> pd.DataFrame:
    """Return the starred households of a census."""
    return household[household["marks"] > 0]


def enrol(household: pd.DataFrame, program: str, **changes: str) -> pd.DataFrame:
    """Return enrolments of these households in a program, one unit each, paid."""
    rows = household[["household_id", "kode"]].assign(
        program=program, stage="tersalur", unit_count="1", amount_idr="900000", funding="APBN"
    )
    return rows.assign(**changes)


def load(
    engine: Engine, folder: Path, household: pd.DataFrame, enrolment: pd.DataFrame,
    quota: pd.DataFrame | None = None, period: date = PERIOD, **options,
) -> RegisterReport:
    """Write the frames as fictional CSV files and load them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    parts = {"household": household, "enrolment": enrolment, "quota": quota, "social": options.pop("social", None)}
    for name, frame in parts.items():
        if frame is not None:
            files.append(folder / f"FIKTIF_{name}_{period:%Y-%m}.csv")
            frame.drop(columns="marks", errors="ignore").to_csv(files[-1], index=False)
    return load_register(engine, folder / "data", files, period, options.pop("scheme", "dtsen"), **options)


def verify(household: pd.DataFrame, **changes: str | None) -> pd.DataFrame:
    """Return a sample of these households in which the field found the register's desil, 5 where it has none."""
    rows = household[["household_id", "kode"]].assign(
        stratum=household["kode"].str[:8], cluster=household["kode"], weight="10", truth="consumption",
        frame="register", observed_desil=household["desil"].fillna("5"),
    )
    return rows.assign(**changes)


def load_sample(
    engine: Engine, folder: Path, sample: pd.DataFrame, period: date = PERIOD, name: str = "verification", **options
) -> VerificationReport:
    """Write a sample as a fictional CSV file and load it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"FIKTIF_{name}_{period:%Y-%m}.csv"
    sample.to_csv(path, index=False)
    return load_verification(engine, path, period, **options)


def stored(engine: Engine, query: str) -> list[tuple]:
    """Return the rows that a query gives."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query)).all()]
