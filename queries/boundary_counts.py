"""How many wilayah of each level have boundaries in force, beside how many are known."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from boundaries.levels import Level
from geo.tables import boundary, boundary_active, wilayah


@dataclass(frozen=True)
class LevelCount:
    """Wilayah of one level: those with a polygon of the source in force, and those that are known and not past."""

    drawn_count: int
    known_count: int


def boundary_counts(connection: Connection, today: date | None = None) -> dict[Level, LevelCount]:
    """Return the counts of every level from provinsi to desa; `today` decides which wilayah are past."""
    in_force = and_(
        boundary_active.c.source_id == boundary.c.source_id,
        boundary_active.c.level == boundary.c.level,
        boundary_active.c.provinsi_kode == func.left(boundary.c.kode, 2),
    )
    drawn = select(boundary.c.level, func.count()).join(boundary_active, in_force).group_by(boundary.c.level)
    is_current = or_(wilayah.c.valid_to.is_(None), wilayah.c.valid_to > (today or date.today()))
    known = select(wilayah.c.level, func.count()).where(is_current).group_by(wilayah.c.level)
    drawn_count = {row[0]: row[1] for row in connection.execute(drawn)}
    known_count = {row[0]: row[1] for row in connection.execute(known)}
    return {
        level: LevelCount(drawn_count.get(int(level), 0), known_count.get(int(level), 0))
        for level in Level
        if level is not Level.nasional
    }
