"""The fictional province put into a database: its outline, then what surrounds its register, then period by period."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import geopandas as gpd
import shapely
from sqlalchemy import Connection, Engine, cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from boundaries.levels import FICTIONAL_PROVINSI
from geo import context_tables, tables
from geo.boundary_load import load_boundary_frame
from geo.figures_load import load_figures
from geo.register_load import load_register
from geo.register_report import RegisterReport
from geo.succession_load import load_succession
from geo.synthetic.figures import (
    POPULATION_ON,
    POPULATION_REFERENCE,
    POVERTY_ON,
    POVERTY_REFERENCE,
    draw_population,
    draw_poverty,
)
from geo.synthetic.outline import PROVINSI_NAME, draw_province
from geo.synthetic.population import draw_periods
from geo.synthetic.social import count_social
from geo.synthetic.split import SPLIT_ON, describe_split
from geo.synthetic.writing import write_period, write_whole

PUBLISHER = "petadesil"
LICENCE = "CC0"
SCHEME = "dtsen"
VINTAGE = 2026
_OUTLINE_FILE = f"FIKTIF_outline_{FICTIONAL_PROVINSI}"
_GENERATOR = "generator"


@dataclass
class ProvinceFiles:
    """Where the files of a drawn province lie: those of each period, and those of no period."""

    registers: dict[date, list[Path]] = field(default_factory=dict)
    succession: Path | None = None
    poverty: Path | None = None
    population: Path | None = None


def load_outline(engine: Engine, desa: gpd.GeoDataFrame, generator: str = "") -> None:
    """Store what `draw_province` drew, and in its report the fingerprint of the `generator`, if there is one."""
    content = hashlib.sha256("\n".join([*desa["kode"], *desa["name"]]).encode())
    for shape in shapely.to_wkb(desa.geometry.to_numpy(), byte_order=1):
        content.update(shape)
    source = tables.source
    with engine.begin() as connection:
        load_boundary_frame(
            connection, desa, provinsi_name=PROVINSI_NAME, publisher=PUBLISHER, system="fiktif", vintage=VINTAGE,
            licence=LICENCE, file_name=_OUTLINE_FILE, sha256=content.hexdigest(), is_fictional=True,
        )  # fmt: skip
        connection.execute(
            update(source).where(source.c.file_name == _OUTLINE_FILE, source.c.status == "ready")
            .values(report=source.c.report.op("||")(cast({_GENERATOR: generator}, JSONB)))
        )  # fmt: skip


def stored_generator(connection: Connection) -> str | None:
    """Return the fingerprint of what drew the stored outline; None where no outline of the province is stored."""
    source = tables.source
    query = select(func.coalesce(source.c.report[_GENERATOR].astext, "")).where(
        source.c.file_name == _OUTLINE_FILE, source.c.status == "ready"
    )
    return connection.scalar(query)


def draw_files(
    desa: gpd.GeoDataFrame, household_count: int, periods: Sequence[date], seed: int, folder: Path,
    dtks: date | None = None,
) -> ProvinceFiles:  # fmt: skip
    """Write the fictional register, what surrounds it and its truth to a folder; say which files to load.

    With `dtks` the older list of that month is among them. The truth is kept aside: no loader ever sees it.
    """
    written = ProvinceFiles()
    half, social = None, None
    for period, drawn in draw_periods(desa, household_count, list(periods), seed, dtks):
        paths = write_period(drawn, period, folder, FICTIONAL_PROVINSI)
        written.registers[period] = [path for path in paths if "_truth_" not in path.name]
        if period == dtks:
            continue
        if written.poverty is None:
            written.poverty = folder / f"FIKTIF_figures_poverty_{FICTIONAL_PROVINSI}.csv"
            write_whole(draw_poverty(drawn, seed), written.poverty)
            written.population = folder / f"FIKTIF_figures_population_{FICTIONAL_PROVINSI}.csv"
            write_whole(draw_population(drawn, seed), written.population)
        if written.succession is None and period >= SPLIT_ON:
            written.succession = folder / f"FIKTIF_succession_{FICTIONAL_PROVINSI}.csv"
            write_whole(describe_split(desa, drawn.household), written.succession)
        # Social services count twice a year, and say the same until they count again.
        if half != period.year * 2 + (period.month > 6):
            half = period.year * 2 + (period.month > 6)
            social = count_social(seed, half, desa, drawn.household)
        written.registers[period].append(folder / f"FIKTIF_social_{FICTIONAL_PROVINSI}_{period:%Y-%m}.csv")
        write_whole(social, written.registers[period][-1])
    return written


def load_surroundings(engine: Engine, drawn: ProvinceFiles) -> None:
    """Load the succession and the official figures; what is loaded already stays as it is."""
    if drawn.succession is not None:
        load_succession(engine, drawn.succession)
    load_figures(engine, drawn.poverty, "poverty_rate", POVERTY_ON, POVERTY_REFERENCE)
    load_figures(engine, drawn.population, "population", POPULATION_ON, POPULATION_REFERENCE)


def has_surroundings(connection: Connection) -> bool:
    """Say whether all of what `load_surroundings` loads is stored."""
    figure = context_tables.official_figure
    stored = select(func.count(figure.c.indicator.distinct())).where(figure.c.kode == FICTIONAL_PROVINSI)
    succession = select(func.count()).select_from(context_tables.wilayah_succession)
    return connection.scalar(stored) == 2 and connection.scalar(succession) > 0


def load_province(
    engine: Engine, folder: Path, data_dir: Path, household_count: int, periods: Sequence[date], seed: int
) -> list[RegisterReport]:
    """Draw and load the whole province into an empty database; return a report for each period."""
    desa = draw_province()
    load_outline(engine, desa)
    drawn = draw_files(desa, household_count, periods, seed, folder)
    load_surroundings(engine, drawn)
    return [load_register(engine, data_dir, drawn.registers[period], period, SCHEME) for period in periods]
