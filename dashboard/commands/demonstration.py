"""The fictional province put into the demo database, step by step; what the database already holds is left as it is."""

from datetime import date

from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from dashboard.commands.steps import Steps
from geo.config import Settings
from geo.engine import read_only
from geo.inventory import has_boundaries, loaded_periods
from geo.register_load import load_register
from geo.synthetic.outline import draw_province
from geo.synthetic.province import SCHEME, draw_files, load_outline

SEED = 99
HOUSEHOLD_COUNT = 400_000
PERIODS = (date(2026, 9, 1), date(2026, 10, 1))


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
            load_outline(engine, desa)
    with steps.step("draw"):
        folder = settings.data_dir / "demo"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = draw_files(desa, HOUSEHOLD_COUNT, PERIODS, SEED, folder)
    for period in missing:
        with steps.step("register", period=f"{period:%Y-%m}"):
            load_register(engine, settings.data_dir, files[period], period, SCHEME)
