"""The fictional province put into a database: its outline, then its register period by period."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely
from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from geo.boundary_load import load_boundary_frame
from geo.register_load import load_register
from geo.register_report import RegisterReport
from geo.synthetic.outline import PROVINSI_NAME, draw_province
from geo.synthetic.population import draw_register
from geo.synthetic.writing import write_register

PUBLISHER = "petadesil"
LICENCE = "CC0"
SCHEME = "dtsen"
VINTAGE = 2026


def load_outline(engine: Engine, desa: gpd.GeoDataFrame) -> None:
    """Store what `draw_province` drew."""
    content = hashlib.sha256("\n".join(desa["kode"]).encode())
    for shape in shapely.to_wkb(desa.geometry.to_numpy(), byte_order=1):
        content.update(shape)
    with engine.begin() as connection:
        load_boundary_frame(
            connection, desa, provinsi_name=PROVINSI_NAME, publisher=PUBLISHER, system="fiktif", vintage=VINTAGE,
            licence=LICENCE, file_name=f"FIKTIF_outline_{FICTIONAL_PROVINSI}", sha256=content.hexdigest(),
            is_fictional=True,
        )  # fmt: skip


def draw_files(
    desa: gpd.GeoDataFrame, household_count: int, periods: Sequence[date], seed: int, folder: Path,
    dtks: date | None = None,
) -> dict[date, list[Path]]:  # fmt: skip
    """Write the fictional register and its truth to a folder; return the files to load for each period.

    With `dtks` the older list of that month is among them. The truth is kept aside: no loader ever sees it.
    """
    register = draw_register(desa, household_count, list(periods), seed, dtks)
    paths = write_register(register, folder, FICTIONAL_PROVINSI)
    return {
        period: [path for path in paths if f"{period:%Y-%m}" in path.name and "_truth_" not in path.name]
        for period in register.periods
    }


def load_province(
    engine: Engine, folder: Path, data_dir: Path, household_count: int, periods: Sequence[date], seed: int
) -> list[RegisterReport]:
    """Draw and load the whole province into an empty database; return a report for each period."""
    desa = draw_province()
    load_outline(engine, desa)
    files = draw_files(desa, household_count, periods, seed, folder)
    return [load_register(engine, data_dir, files[period], period, SCHEME) for period in periods]
