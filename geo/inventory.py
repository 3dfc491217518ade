"""What a database holds: wilayah by level, periods and households, told without reading a single household."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, inspect, select

from boundaries.levels import NATION_KODE, Level
from geo import cube_tables, tables
from geo.schema import data_version


@dataclass(frozen=True)
class Inventory:
    """Counts of what is loaded; `household_count` is that of the newest period."""

    data_version: str
    wilayah_count: dict[str, int]
    periods: list[date]
    household_count: int
    is_fictional: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the nation's own row is there."""
        return not any(self.wilayah_count.values())


EMPTY = Inventory("0", {level.name: 0 for level in Level if level is not Level.nasional}, [], 0, False)


def read_inventory(connection: Connection) -> Inventory:
    """Count what is loaded; a database without our schema is empty."""
    if not inspect(connection).has_table(tables.wilayah.name):
        return EMPTY
    wilayah = tables.wilayah
    per_level = select(wilayah.c.level, func.count()).where(wilayah.c.valid_to.is_(None)).group_by(wilayah.c.level)
    counts = {row[0]: row[1] for row in connection.execute(per_level)}
    periods = loaded_periods(connection)
    household_count = 0
    if periods:
        cube = cube_tables.desil_count
        newest = select(func.sum(cube.c.household_count)).where(
            cube.c.period == periods[-1], cube.c.kode == NATION_KODE
        )
        household_count = int(connection.scalar(newest) or 0)
    fictional = select(tables.source.c.id).where(tables.source.c.status == "ready", tables.source.c.is_fictional)
    return Inventory(
        data_version(connection),
        {level.name: counts.get(level, 0) for level in Level if level is not Level.nasional},
        periods,
        household_count,
        connection.scalar(fictional.limit(1)) is not None,
    )


def loaded_periods(connection: Connection) -> list[date]:
    """Return the periods of the registers in force, the oldest first."""
    source = tables.source
    query = (
        select(source.c.period)
        .where(source.c.kind == "register", source.c.status == "ready", source.c.period.is_not(None))
        .distinct()
        .order_by(source.c.period)
    )
    return list(connection.scalars(query))


def has_boundaries(connection: Connection, provinsi_kode: str) -> bool:
    """Say whether a source of desa boundaries is in force for that provinsi."""
    active = tables.boundary_active
    query = select(active.c.source_id).where(active.c.provinsi_kode == provinsi_kode, active.c.level == int(Level.desa))
    return connection.scalar(query) is not None
