"""Finding one's way: wilayah by name or code, their path and levels, and what the database holds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, or_, select

from boundaries.levels import NATION_KODE, Level, ancestor_of, is_kode, level_of
from geo import cube_tables, tables
from geo.context_tables import wilayah_succession
from geo.schema import data_version
from geo.succession import provinsi_line
from queries.errors import QueryError
from queries.lineage import moves_between_provinsi
from queries.result import SourceNote


@dataclass(frozen=True)
class Wilayah:
    """A wilayah as a list or a breadcrumb shows it; `path_name` names those above it, nearest first."""

    kode: str
    name: str
    level: Level
    path_name: str = ""


@dataclass(frozen=True)
class Program:
    """A program as a filter shows it."""

    key: str
    name: str
    unit: str


MONTHS_BACK = 6


@dataclass(frozen=True)
class DataState:
    """What is loaded: the data version, the periods newest first with the scheme of each, the sources.

    `is_fictional` tells whether a register is; `provinsi` holds those that have a register of each period; `moved` the
    old and new code of each wilayah that went to another provinsi.
    """

    version: str
    periods: tuple[date, ...]
    schemes: tuple[str, ...]
    is_fictional: bool
    sources: tuple[SourceNote, ...]
    provinsi: tuple[frozenset[str], ...]
    root: str
    moved: tuple[tuple[str, str], ...] = ()

    def scheme_of(self, period: date) -> str | None:
        """Return the scheme of a period's register, None where there is none."""
        return dict(zip(self.periods, self.schemes, strict=True)).get(period)

    def earlier(self, period: date, wilayah: str) -> tuple[date, ...]:
        """Return the periods before one in which a wilayah's provinsi has a register of the same scheme, newest first.

        Another scheme is another register: what differs between the two is no change of the same thing. For the nation
        every provinsi's registers count, and for a wilayah that came out of another provinsi also that one's.
        """
        scheme, line = self.scheme_of(period), provinsi_line(wilayah, self.moved)
        return tuple(
            other for other, other_scheme, held in zip(self.periods, self.schemes, self.provinsi, strict=True)
            if other < period and other_scheme == scheme and (wilayah == NATION_KODE or line & held)
        )


def find_wilayah(connection: Connection, words: str, limit: int = 20) -> list[Wilayah]:
    """Return wilayah whose code starts with `words` or whose name holds it, upper levels and exact names first.

    Those of today; a code that has ended finds what came of it.
    """
    words = words.strip()
    if not words:
        return []
    wilayah = tables.wilayah
    above = wilayah.alias("above")
    higher = wilayah.alias("higher")
    pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rank = case((func.lower(wilayah.c.name) == words.lower(), 0), (wilayah.c.name.ilike(f"{pattern}%"), 1), else_=2)
    rows = connection.execute(
        select(
            wilayah.c.kode, wilayah.c.name, wilayah.c.level,
            func.concat_ws(", ", func.nullif(above.c.name, "Indonesia"), func.nullif(higher.c.name, "Indonesia")),
        )
        .join(above, above.c.kode == wilayah.c.parent_kode, isouter=True)
        .join(higher, higher.c.kode == above.c.parent_kode, isouter=True)
        .where(wilayah.c.valid_to.is_(None), or_(
            wilayah.c.name.ilike(f"%{pattern}%"), wilayah.c.kode.startswith(words, autoescape=True), _was(words),
        ))
        .order_by(rank, wilayah.c.level, wilayah.c.kode)
        .limit(limit)
    ).all()
    return [Wilayah(kode, name, Level(level), path) for kode, name, level, path in rows]


def _was(old_kode: str):
    event, wilayah = wilayah_succession, tables.wilayah
    return (
        select(event.c.new_kode)
        .where(event.c.old_kode == old_kode, event.c.new_kode == wilayah.c.kode)
        .correlate(wilayah).exists()
    )  # fmt: skip


def wilayah_path(connection: Connection, kode: str) -> list[Wilayah]:
    """Return the wilayah from the nation down to `kode`; raise QueryError `unknown_wilayah`."""
    if not is_kode(kode):
        raise QueryError("unknown_wilayah", wilayah=kode)
    codes = [ancestor_of(kode, level) for level in Level if level <= level_of(kode)]
    wilayah = tables.wilayah
    found = {
        row.kode: Wilayah(row.kode, row.name, Level(row.level))
        for row in connection.execute(select(wilayah).where(wilayah.c.kode.in_(codes)))
    }
    if kode not in found:
        raise QueryError("unknown_wilayah", wilayah=kode)
    return [found[code] for code in codes if code in found]


def list_programs(connection: Connection) -> list[Program]:
    """Return the programs that are measured, by id: those whose recipients a loaded register holds, of any period.

    Before there is any, those whose rule a register could be held against.
    """
    program, total, rule = tables.program, cube_tables.program_total, tables.program_rule
    chosen = select(program.c.key, program.c.name, program.c.unit).order_by(program.c.id)
    measured = select(total.c.program_id).where(total.c.level == int(Level.nasional))
    rows = connection.execute(chosen.where(program.c.id.in_(measured))).all()
    if not rows:
        by_register = select(rule.c.program_id).where(rule.c.basis == "register")
        rows = connection.execute(chosen.where(program.c.id.in_(by_register))).all()
    return [Program(*row) for row in rows]


def program_names(connection: Connection) -> dict[str, str]:
    """Return the name of every program of the catalogue by its key, measured or not."""
    program = tables.program
    rows = connection.execute(select(program.c.key, program.c.name).order_by(program.c.id))
    return {row.key: row.name for row in rows}


def data_state(connection: Connection) -> DataState:
    """Return what is loaded. `root` is the only provinsi with a register, or the nation when there are several."""
    source = tables.source
    rows = connection.execute(
        select(source).where(source.c.status == "ready").order_by(source.c.loaded_at.desc())
    ).all()
    registers = [row for row in rows if row.kind == "register"]
    schemes = {row.period: row.scheme for row in registers}
    periods = sorted(schemes, reverse=True)
    held = {period: set() for period in periods}
    for row in registers:
        held[row.period].update(row.report["provinsi"])
    provinsi = sorted(set().union(*held.values()))
    return DataState(
        version=data_version(connection),
        periods=tuple(periods),
        schemes=tuple(schemes[period] for period in periods),
        provinsi=tuple(frozenset(held[period]) for period in periods),
        is_fictional=any(row.is_fictional for row in registers),
        sources=tuple(SourceNote.of(row) for row in rows),
        root=provinsi[0] if len(provinsi) == 1 else NATION_KODE,
        moved=moves_between_provinsi(connection),
    )
