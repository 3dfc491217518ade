"""The fictional province put into the demo database, step by step; what the database already holds is left as it is."""

import hashlib
from datetime import date

import geopandas as gpd
import shapely
from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from dashboard.commands.steps import Steps
from geo.boundary_load import load_boundary_frame
from geo.config import Settings
from geo.engine import read_only
from geo.inventory import has_boundaries, loaded_periods
from geo.register_load import load_register
from geo.synthetic.outline import PROVINSI_NAME, draw_province
from geo.synthetic.population import draw_register
from geo.synthetic.writing import write_register

SEED = 99
HOUSEHOLD_COUNT = 400_000
PERIODS = (date(2026, 9, 1), date(2026, 10, 1))
SCHEME = "dtsen"
LICENCE = "CC0"


def fill_demo(settings: Settings, engine: Engine, steps: Steps) -> None:
    """Draw, write and load what is missing. Each step is one transaction, so an interrupted run is simply run again."""
    with read_only(engine) as connection:
        has_outline = has_boundaries(connection, FICTIONAL_PROVINSI)
        missing = [period for period in PERIODS if period not in loaded_periods(connection)]
    if has_outline and not missing:
        steps.present("outline")
        for period in PERIODS:
            steps.present("register", period=f"{period:%Y-%m}")
        return
    with steps.step("outline"):
        desa = draw_province(SEED)
        if not has_outline:
            _load_outline(engine, desa)
    with steps.step("draw"):
        folder = settings.data_dir / "demo"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        register = draw_register(desa, HOUSEHOLD_COUNT, list(PERIODS), SEED)
        paths = write_register(register, folder, FICTIONAL_PROVINSI)
    for period in missing:
        with steps.step("register", period=f"{period:%Y-%m}"):
            # The truth is kept aside: no loader ever sees it.
            files = [path for path in paths if f"{period:%Y-%m}" in path.name and "_truth_" not in path.name]
            load_register(engine, settings.data_dir, files, period, SCHEME)


def _load_outline(engine: Engine, desa: gpd.GeoDataFrame) -> None:
    content = hashlib.sha256("\n".join(desa["kode"]).encode())
    for shape in shapely.to_wkb(desa.geometry.to_numpy(), byte_order=1):
        content.update(shape)
    with engine.begin() as connection:
        load_boundary_frame(
            connection,
            desa,
            provinsi_name=PROVINSI_NAME,
            publisher="petadesil",
            system="fiktif",
            vintage=PERIODS[0].year,
            licence=LICENCE,
            file_name=f"FIKTIF_outline_{FICTIONAL_PROVINSI}",
            sha256=content.hexdigest(),
            is_fictional=True,
        )
