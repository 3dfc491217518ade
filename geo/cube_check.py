"""Counting a period's cubes again, on DuckDB over Parquet or on PostgreSQL, and comparing them with what is stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import ibis
import pandas as pd
from ibis.expr.types import Table
from sqlalchemy import Connection, Date, Text, select, text

from geo import cube_tables, tables
from geo.cubes import build_cubes
from geo.entitlement import Rule, read_rules
from geo.errors import GeoError


def rules_with_enrolments(connection: Connection, period: date) -> list[Rule]:
    """Return the rules of the programs that a period's cubes know."""
    cube = cube_tables.program_count
    present = set(connection.scalars(select(cube.c.program_id).where(cube.c.period == period).distinct()))
    return [rule for rule in read_rules(connection, period) if rule.program_id in present]


def compare_cubes(
    connection: Connection, period: date, engine_name: str, files: Mapping[str, Sequence[Path]]
) -> dict[str, tuple[int, int]]:
    """Return for each cube the rows counted again and how many of them differ from the stored ones.

    Raises GeoError `empty_period_cubes` when the period has no register, `parquet_missing` when its Parquet is gone.
    """
    rules = rules_with_enrolments(connection, period)
    if not rules:
        raise GeoError("empty_period_cubes", period=f"{period:%Y-%m}")
    counted = _count_on_postgres(connection, period, rules) if engine_name == "postgres" else _count_on_duckdb(
        files, rules, period
    )
    return {name: _compare(connection, period, name, frame) for name, frame in counted.items()}


def _count_on_duckdb(
    files: Mapping[str, Sequence[Path]], rules: Sequence[Rule], period: date
) -> dict[str, pd.DataFrame]:
    for kind, paths in files.items():
        if not paths or not all(path.is_file() for path in paths):
            raise GeoError("parquet_missing", kind=kind)
    backend = ibis.duckdb.connect()
    household, enrolment = (
        backend.read_parquet([str(path) for path in files[kind]]) for kind in ("household", "enrolment")
    )
    return {name: cube.to_pandas() for name, cube in build_cubes(household, enrolment, rules, period)._asdict().items()}


def _count_on_postgres(connection: Connection, period: date, rules: Sequence[Rule]) -> dict[str, pd.DataFrame]:
    """Run the same expression as PostgreSQL's SQL, on the reader's own connection and transaction."""
    counted = {}
    for name, cube in build_cubes(*bind_to_tables(period), rules, period)._asdict().items():
        result = connection.execute(text(ibis.to_sql(cube, dialect="postgres").replace(":", "\\:")))
        counted[name] = pd.DataFrame(result.all(), columns=list(result.keys()))
    return counted


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


