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
from geo.synthetic.verification import write_verification
from geo.verification_load import load_verification
from queries.estimation import estimate_period
from queries.field import samples

SEED = 99
HOUSEHOLD_COUNT = 400_000
# The older list, so that it can be put beside the register that took its place.
DTKS_PERIOD = date(2025, 3, 1)
DTSEN_PERIODS = (date(2026, 9, 1), date(2026, 10, 1))
PERIODS = (DTKS_PERIOD, *DTSEN_PERIODS)
FIELD_PERIOD = DTSEN_PERIODS[-1]


def fill_demo(settings: Settings, engine: Engine, steps: Steps) -> None:
    """Draw, write and load what is missing. Each step is one transaction, so an interrupted run is simply run again."""
    with read_only(engine) as connection:
        has_outline = has_boundaries(connection, FICTIONAL_PROVINSI)
        missing = [period for period in PERIODS if period not in loaded_periods(connection)]
        known = [] if missing else samples(connection, FIELD_PERIOD)
    if has_outline and not missing:
        steps.present("outline")
        for period in PERIODS:
            steps.present("register", period=f"{period:%Y-%m}")
    else:
        _fill_register(settings, engine, steps, has_outline, missing)
    if known and all(sample.is_estimated for sample in known):
        steps.present("sample", period=f"{FIELD_PERIOD:%Y-%m}")
        return
    with steps.step("sample", period=f"{FIELD_PERIOD:%Y-%m}"):
        for path in write_verification(settings.data_dir / "demo", FICTIONAL_PROVINSI, FIELD_PERIOD, SEED):
            load_verification(engine, path, FIELD_PERIOD)
    with steps.step("estimate", period=f"{FIELD_PERIOD:%Y-%m}"), engine.begin() as connection:
        estimate_period(connection, FIELD_PERIOD)


def _fill_register(settings: Settings, engine: Engine, steps: Steps, has_outline: bool, missing: list[date]) -> None:
    with steps.step("outline"):
        desa = draw_province(SEED)
        if not has_outline:
            load_outline(engine, desa)
    with steps.step("draw"):
        folder = settings.data_dir / "demo"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = draw_files(desa, HOUSEHOLD_COUNT, DTSEN_PERIODS, SEED, folder, DTKS_PERIOD)
    for period in missing:
        with steps.step("register", period=f"{period:%Y-%m}"):
            scheme = "dtks" if period == DTKS_PERIOD else SCHEME
            load_register(engine, settings.data_dir, files[period], period, scheme)
