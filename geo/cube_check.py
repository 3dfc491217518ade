"""Counting a period's cubes again, on DuckDB over Parquet or on PostgreSQL, and comparing them with what is stored."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import ibis
import pandas as pd
from ibis.expr.types import Table
from sqlalchemy import Connection, Date, Text, select, text

from geo import cube_tables, tables
from geo.accepted import accepted_files, ready_registers
from geo.cube_tables import move_count
from geo.cubes import build_cubes
from geo.entitlement import Rule, read_rules
from geo.errors import GeoError
from geo.moves import Register, bind_moves, count_moves, with_the_one_before


def rules_with_enrolments(connection: Connection, period: date) -> list[Rule]:
    """Return the rules of the programs that a period's cubes know."""
    cube = cube_tables.program_count
    present = set(connection.scalars(select(cube.c.program_id).where(cube.c.period == period).distinct()))
    return [rule for rule in read_rules(connection, period) if rule.program_id in present]


def compare_cubes(
    connection: Connection, period: date, engine_name: str, data_dir: Path
) -> dict[str, tuple[int, int]]:
    """Return for each cube the rows counted again and how many of them differ from the stored ones.

    Raises GeoError `empty_period_cubes` when the period has no register, `parquet_missing` when its Parquet is gone.
    """
    if not ready_registers(connection, period):
        raise GeoError("empty_period_cubes", period=f"{period:%Y-%m}")
    rules = rules_with_enrolments(connection, period)
    pairs = [(before, after) for after, before in with_the_one_before(connection) if before and after.period == period]
    if engine_name == "postgres":
        counted = _count_on_postgres(connection, period, rules, pairs)
    else:
        counted = _count_on_duckdb(connection, period, rules, pairs, data_dir)
    return {name: _compare(connection, period, name, frame) for name, frame in counted.items()}


def _count_on_duckdb(
    connection: Connection, period: date, rules: Sequence[Rule], pairs: Sequence[tuple[Register, Register]],
    data_dir: Path,
) -> dict[str, pd.DataFrame]:
    with duckdb.connect() as duck:
        backend = ibis.duckdb.from_connection(duck)
        read = []
        for kind in ("household", "enrolment"):
            paths = accepted_files(connection, data_dir, kind, period)
            _require(paths, kind, period)
            read.append(backend.read_parquet([str(path) for path in paths]))
        counted = {name: cube.to_pandas() for name, cube in build_cubes(*read, rules, period)._asdict().items()}
        parts = []
        for before, after in pairs:
            paths = [register.parquet(data_dir) for register in (before, after)]
            _require(paths[:1], "household", before.period)
            parts.append(duck.sql(count_moves(duck, *paths)).df())
    return counted | {move_count.name: _stack(parts)}


def _require(paths: Sequence[Path], kind: str, period: date) -> None:
    if not paths or not all(path.is_file() for path in paths):
        raise GeoError("parquet_missing", kind=kind, period=f"{period:%Y-%m}")


def _count_on_postgres(
    connection: Connection, period: date, rules: Sequence[Rule], pairs: Sequence[tuple[Register, Register]]
) -> dict[str, pd.DataFrame]:
    """Run the same expressions as PostgreSQL's SQL, on the reader's own connection and transaction."""
    def counted(query: str) -> pd.DataFrame:
        result = connection.execute(text(query))
        return pd.DataFrame(result.all(), columns=list(result.keys()))

    cubes = build_cubes(*bind_to_tables(period), rules, period)._asdict()
    frames = {
        name: counted(ibis.to_sql(cube, dialect="postgres").replace(":", "\\:")) for name, cube in cubes.items()
    }
    return frames | {move_count.name: _stack([counted(bind_moves(before, after)) for before, after in pairs])}


def _stack(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    columns = [column.name for column in move_count.columns if column.name != "period"]
    return pd.concat([pd.DataFrame(columns=columns), *parts]) if len(parts) != 1 else parts[0]


def bind_to_tables(period: date) -> tuple[Table, Table]:
    """Return household and enrolment of a period as Ibis tables that become PostgreSQL's SQL."""
    household, enrolment = (
        _unbound(tables.metadata.tables[name]).filter(ibis._.period == period) for name in ("household", "enrolment")
    )
    return household, enrolment


def _unbound(table) -> Table:
    types = {"TEXT": "string", "SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64", "DATE": "date",
             "FLOAT": "float64", "BOOLEAN": "bool"}
    schema = {
        column.name: types[str(column.type).split(" ")[0]]
        for column in table.columns if str(column.type).split(" ")[0] in types
    }
    return ibis.table(schema, name=table.name)


def _compare(connection: Connection, period: date, name: str, counted: pd.DataFrame) -> tuple[int, int]:
    cube = cube_tables.metadata.tables[name]
    columns = [column.name for column in cube.columns if column.name != "period"]
    stored = pd.DataFrame(
        connection.execute(
            select(*(cube.c[column] for column in columns)).where(cube.c.period == period, cube.c.level > 0)
        ).all(),
        columns=columns,
    )
    numbers = {column.name: "Int64" for column in cube.columns if not isinstance(column.type, (Text, Date))}
    both = [
        frame[columns].astype({column: numbers.get(column, "string") for column in columns})
        for frame in (counted, stored)
    ]
    merged = both[0].merge(both[1], how="outer", on=columns, indicator=True)
    return len(counted), int((merged["_merge"] != "both").sum())


