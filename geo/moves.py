"""The cube of moves: who stayed in a provinsi's register, who entered it and who left, since the register before it.

A register is compared with that of the nearest earlier period of the same scheme that holds the same provinsi; without
one there are no rows. Nor are there over a day on which the provinsi itself was split or made: those who live in a new
provinsi now did not leave the old one. Each provinsi is compared by itself: a household that went to another provinsi
left the one and entered the other, one that went elsewhere within it stayed, and is counted where it is now.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import ibis
from ibis.expr.types import Table
from sqlalchemy import Connection, Select, delete, func, select, text

from boundaries.levels import KODE_LENGTH, Level, kode_range
from geo.accepted import accepted_path, copy_rows, ready_registers
from geo.context_tables import wilayah_succession
from geo.cube_tables import move_count
from geo.cube_totals import write_nation
from geo.cubes import at_every_level
from geo.succession import is_done, is_of_two
from geo.tables import source


class Register(NamedTuple):
    """The households of one provinsi in one period, as the ledger has them."""

    provinsi_kode: str
    period: date
    scheme: str
    is_fictional: bool
    source_id: int

    def parquet(self, data_dir: Path) -> Path:
        """Return where its accepted households are kept."""
        return accepted_path(
            data_dir, "household", self.period, self.provinsi_kode, self.source_id, self.is_fictional
        )


def build_moves(before: Table, after: Table) -> Table:
    """Return the cube of two registers of one provinsi, from kecamatan up to provinsi.

    Both have household_id, kode and desil, as the accepted Parquet. A household in both is counted at its code in
    `after`, one that left at its code in `before`. A desil is null where the household has none, and where it is not in
    that register.
    """
    joined = before.select("household_id", kode_before=before.kode, desil_before=before.desil).outer_join(
        after.select("household_id", "kode", "desil"), "household_id"
    )
    moved = joined.select(
        kode=ibis.coalesce(joined.kode, joined.kode_before).substr(0, KODE_LENGTH[Level.kecamatan]),
        move=ibis.cases((joined.kode.isnull(), "left"), (joined.kode_before.isnull(), "entered"), else_="stayed"),
        desil_before=joined.desil_before,
        desil=joined.desil,
    )
    cells = moved.group_by("kode", "move", "desil_before", "desil").agg(household_count=moved.count())
    return at_every_level(cells, move_count.name)


def with_the_one_before(connection: Connection) -> Iterator[tuple[Register, Register | None]]:
    """Give every register in force, the oldest first, with the one that it is compared with, if there is one."""
    newest: dict[tuple, Register] = {}
    ahead: dict[tuple[date, str], set] = {}
    for period, *event in connection.execute(build_ahead()):
        for provinsi_kode in event[:2]:
            ahead.setdefault((period, provinsi_kode), set()).add(tuple(event))
    for row in ready_registers(connection):
        if row.report["kind"] != "household":
            continue
        for provinsi_kode in row.report["provinsi"]:
            register = Register(provinsi_kode, row.period, row.scheme, row.is_fictional, row.id)
            # An invented register is no earlier state of a real one.
            series = (provinsi_kode, row.scheme, row.is_fictional)
            before = newest.get(series)
            if before and ahead.get((before.period, provinsi_kode)) != ahead.get((row.period, provinsi_kode)):
                before = None
            yield register, before
            newest[series] = register


def build_ahead() -> Select:
    """Return the statement of the splits of provinsi that lie ahead of a register: period, both codes and the day."""
    registers = select(source.c.period).where(source.c.kind == "register", source.c.status == "ready").distinct()
    registers, event = registers.subquery("registers"), wilayah_succession.alias("event")
    is_of_provinsi = func.length(event.c.new_kode) == KODE_LENGTH[Level.provinsi]
    return select(registers.c.period, event.c.old_kode, event.c.new_kode, event.c.happened_on).join_from(
        registers, event, is_of_provinsi & is_of_two(event) & ~is_done(event, registers.c.period)
    )


def bind_moves(before: Register, after: Register) -> str:
    """Return the cube's SQL for PostgreSQL, over the table of households."""
    household = ibis.table(
        {"period": "date", "provinsi_kode": "string", "household_id": "string", "kode": "string", "desil": "int16"},
        name="household",
    )
    both = (
        household.filter(household.period == register.period, household.provinsi_kode == register.provinsi_kode)
        for register in (before, after)
    )
    return ibis.to_sql(build_moves(*both), dialect="postgres").replace(":", "\\:")


def count_moves(duck: duckdb.DuckDBPyConnection, before: Path, after: Path) -> str:
    """Return the cube's SQL for DuckDB, over the accepted Parquet of two registers."""
    backend = ibis.duckdb.from_connection(duck)
    return ibis.to_sql(build_moves(*(backend.read_parquet(str(path)) for path in (before, after))), dialect="duckdb")


def write_moves(
    connection: Connection,
    duck: duckdb.DuckDBPyConnection,
    data_dir: Path,
    period: date,
    provinsi: Sequence[str],
    scratch: Path,
) -> list[date]:
    """Count the moves of these provinsi anew, for a period just written and for the one that follows it.

    One period follows in each scheme, since the register that was replaced may have been of another. Returns the
    periods whose rows were written or removed.
    """
    changed = {period}
    followed = set()
    for register, before in list(with_the_one_before(connection)):
        series = (register.provinsi_kode, register.scheme, register.is_fictional)
        if register.provinsi_kode not in provinsi or register.period < period or series in followed:
            continue
        if register.period > period:
            followed.add(series)
        _replace(connection, duck, data_dir, register, before, scratch)
        changed.add(register.period)
    return sorted(changed)


def _replace(connection, duck, data_dir: Path, register: Register, before: Register | None, scratch: Path) -> None:
    _delete(connection, register)
    if before is None:
        return
    paths = [one.parquet(data_dir) for one in (before, register)]
    if all(path.is_file() for path in paths):
        counted = count_moves(duck, *paths)
        columns, values = _columns(register)
        query = f"SELECT {values} FROM ({counted}) ORDER BY level, kode"
        copy_rows(connection, duck, query, move_count.name, columns.split(", "), scratch)
        return
    # The Parquet of an earlier load may be gone; its rows are in the database still.
    _count_in_place(connection, register, before)


def recount_moves(connection: Connection) -> None:
    """Let go of moves over a day on which their provinsi was split, and count those that are missing.

    For when successions were written after the registers.
    """
    cube = move_count.c
    held = connection.execute(select(cube.period, cube.kode).where(cube.level == int(Level.provinsi)).distinct())
    held = {tuple(row) for row in held}
    changed = set()
    for register, before in list(with_the_one_before(connection)):
        if ((register.period, register.provinsi_kode) in held) == (before is not None):
            continue
        changed.add(register.period)
        if before is None:
            _delete(connection, register)
        else:
            _count_in_place(connection, register, before)
    for period in sorted(changed):
        write_nation(connection, period, (move_count.name,))


def _delete(connection: Connection, register: Register) -> None:
    low, high = kode_range(register.provinsi_kode)
    cube = move_count.c
    connection.execute(
        delete(move_count).where(cube.period == register.period, cube.kode >= low, cube.kode < high)
    )


def _count_in_place(connection: Connection, register: Register, before: Register) -> None:
    columns, values = _columns(register)
    connection.execute(text(
        f"INSERT INTO {move_count.name} ({columns})"
        f" SELECT {values} FROM ({bind_moves(before, register)}) AS counted"
    ))


def _columns(register: Register) -> tuple[str, str]:
    names = [column.name for column in move_count.columns]
    day = f"DATE '{register.period.isoformat()}'"
    return ", ".join(names), ", ".join(day if name == "period" else name for name in names)
