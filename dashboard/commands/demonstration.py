"""The fictional province put into the demo database, step by step; what the database already holds is left as it is."""

import shutil
from datetime import date

from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from dashboard.commands.steps import Steps
from geo.cluster import recreate_demo_database
from geo.config import Settings
from geo.engine import read_only
from geo.inventory import has_boundaries, loaded_periods
from geo.register_load import load_register
from geo.schema import migrate
from geo.synthetic.fingerprint import fingerprint_generator
from geo.synthetic.outline import draw_province
from geo.synthetic.province import (
    SCHEME,
    draw_files,
    has_surroundings,
    load_outline,
    load_surroundings,
    stored_generator,
)
from geo.synthetic.verification import write_verification
from geo.verification_load import load_verification
from queries.estimation import estimate_period
from queries.field import samples

SEED = 99
HOUSEHOLD_COUNT = 300_000
# The older list, so that it can be put beside the register that took its place.
DTKS_PERIOD = date(2025, 3, 1)
DTSEN_PERIODS = tuple(date(2026, month, 1) for month in range(5, 11))
PERIODS = (DTKS_PERIOD, *DTSEN_PERIODS)
FIELD_PERIOD = DTSEN_PERIODS[-1]


def fill_demo(settings: Settings, engine: Engine, steps: Steps) -> None:
    """Draw, write and load what is missing. Each step is one transaction, so an interrupted run is simply run again.

    A province that another generator drew is removed first, with the whole demo database.
    """
    generator = fingerprint_generator(SEED, HOUSEHOLD_COUNT, PERIODS)
    with read_only(engine) as connection:
        stored = stored_generator(connection)
    if stored not in (None, generator):
        with steps.step("renew"):
            _empty_demo(settings, engine)
    with read_only(engine) as connection:
        has_outline = has_boundaries(connection, FICTIONAL_PROVINSI)
        missing = [period for period in PERIODS if period not in loaded_periods(connection)]
        is_surrounded = has_surroundings(connection)
        known = [] if missing else samples(connection, FIELD_PERIOD)
    if has_outline and is_surrounded and not missing:
        steps.present("outline")
        steps.present("surroundings")
        for period in PERIODS:
            steps.present("register", period=f"{period:%Y-%m}")
    else:
        _fill_register(settings, engine, steps, missing, generator)
    if known and all(sample.is_estimated for sample in known):
        steps.present("sample", period=f"{FIELD_PERIOD:%Y-%m}")
        return
    with steps.step("sample", period=f"{FIELD_PERIOD:%Y-%m}"):
        for path in write_verification(settings.data_dir / "demo", FICTIONAL_PROVINSI, FIELD_PERIOD, SEED):
            load_verification(engine, path, FIELD_PERIOD)
    with steps.step("estimate", period=f"{FIELD_PERIOD:%Y-%m}"), engine.begin() as connection:
        estimate_period(connection, FIELD_PERIOD)


def _empty_demo(settings: Settings, engine: Engine) -> None:
    """Make the demo database anew, and remove the accepted files of its province."""
    engine.dispose()
    recreate_demo_database(settings)
    for folder in (settings.data_dir / "accepted").glob(f"*/{FICTIONAL_PROVINSI}"):
        shutil.rmtree(folder)
    migrate(engine)


def _fill_register(settings: Settings, engine: Engine, steps: Steps, missing: list[date], generator: str) -> None:
    with steps.step("outline"):
        desa = draw_province(SEED)
        load_outline(engine, desa, generator)
    with steps.step("draw"):
        folder = settings.data_dir / "demo"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        drawn = draw_files(desa, HOUSEHOLD_COUNT, DTSEN_PERIODS, SEED, folder, DTKS_PERIOD)
    with steps.step("surroundings"):
        load_surroundings(engine, drawn)
    for period in missing:
        with steps.step("register", period=f"{period:%Y-%m}"):
            scheme = "dtks" if period == DTKS_PERIOD else SCHEME
            load_register(engine, settings.data_dir, drawn.registers[period], period, scheme)
