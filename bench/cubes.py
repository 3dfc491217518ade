"""The cubes against a bare GROUP BY of the same Parquet on DuckDB, and against PostgreSQL's own execution."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence

import duckdb
import ibis
from sqlalchemy import text

from bench.ground import PERIOD, Ground
from bench.result import BenchResult
from geo.cube_check import bind_to_tables, rules_with_enrolments
from geo.cubes import build_cubes
from geo.moves import build_moves

_ROUNDS = 7
# For each cube the plain counting of its finest level: no rule, no benefit, no other level, the columns that it sums.
_BARE = (
    "SELECT kode, desil, count(*), sum(person_count), count(*) FILTER (received = 0),"
    " sum(person_count) FILTER (received = 0) FROM household GROUP BY kode, desil",
    "SELECT kode, desil, program_id, sum(unit_count), sum(qualified_idr), sum(amount_idr), sum(welfare_idr)"
    " FROM enrolment GROUP BY kode, desil, program_id",
    "SELECT kode, program_id, leak_cause, sum(unit_count), sum(amount_idr) FROM enrolment"
    " WHERE leak_cause IS NOT NULL GROUP BY kode, program_id, leak_cause",
    "SELECT left(kode, 8), eligible, head_sex, elderly_count > 0, disability_count > 0, person_count > 2,"
    " person_count > 4, count(*), sum(person_count) FROM household GROUP BY ALL",
    "SELECT left(kode, 8), program_id, head_sex, elderly_count > 0, disability_count > 0, person_count > 2,"
    " person_count > 4, sum(unit_count), sum(entitled_count) FROM enrolment GROUP BY ALL",
    "SELECT left(kode, 8), eligible, received, count(*), sum(person_count) FROM household GROUP BY ALL",
    "SELECT kode, received, count(*), sum(person_count) FROM household GROUP BY kode, received",
    "SELECT kode, verified_on >= DATE '2025-10-01', verified_on >= DATE '2024-10-01', verified_on >= DATE '2023-10-01',"
    " count(*) FROM household GROUP BY ALL",
    "SELECT kode, status_word, count(*), sum(person_count) FROM household GROUP BY kode, status_word",
    "SELECT kode, desil, received, eligible, count(*), sum(person_count) FROM household GROUP BY ALL",
    "SELECT kode, desil, received, program_id, sum(unit_count), sum(entitled_idr) FROM enrolment"
    " WHERE entitled_count > 0 GROUP BY ALL",
    "SELECT kode, desil, received, count(*), sum(person_count), count(*) FILTER (pregnant_count > 0),"
    " count(*) FILTER (child_0_6_count > 0), count(*) FILTER (sd_count > 0), count(*) FILTER (smp_count > 0),"
    " count(*) FILTER (sma_count > 0), count(*) FILTER (elderly_count > 0), count(*) FILTER (disability_count > 0),"
    " sum(pregnant_count), sum(child_0_6_count), sum(sd_count), sum(smp_count), sum(sma_count), sum(elderly_count),"
    " sum(disability_count) FROM household WHERE adminduk = 'aktif' GROUP BY ALL",
)
# Two registers of which each lacks one household in fifty of the other.
_BEFORE, _AFTER = (f"SELECT * FROM household WHERE hash(household_id) % 50 <> {rest}" for rest in (0, 1))
_BARE_MOVES = (
    "SELECT left(coalesce(after.kode, before.kode), 8), before.kode IS NULL, after.kode IS NULL, before.desil,"
    " after.desil, count(*) FROM before FULL JOIN after USING (household_id) GROUP BY ALL",
)


def run(ground: Ground) -> Iterator[BenchResult]:
    """Compare in turn, ours and the other's within each round, and quote medians."""
    with ground.engine.connect() as connection, duckdb.connect() as duck:
        rules = rules_with_enrolments(connection, PERIOD)
        for kind, paths in ground.files.items():
            listed = ", ".join(f"'{path}'" for path in paths)
            duck.execute(f"CREATE VIEW {kind} AS SELECT * FROM read_parquet([{listed}])")
        backend = ibis.duckdb.from_connection(duck)
        household, enrolment = backend.table("household"), backend.table("enrolment")

        cubes = [ibis.to_sql(cube, dialect="duckdb") for cube in build_cubes(household, enrolment, rules, PERIOD)]
        postgres = [
            ibis.to_sql(cube, dialect="postgres").replace(":", "\\:")
            for cube in build_cubes(*bind_to_tables(PERIOD), rules, PERIOD)
        ]

        def on_duckdb(queries: Sequence[str]) -> None:
            for query in queries:
                duck.sql(query).to_arrow_table()

        def on_postgres() -> None:
            for query in postgres:
                connection.execute(text(query)).all()

        ours, theirs = _in_turn(lambda: on_duckdb(cubes), lambda: on_duckdb(_BARE), _ROUNDS)
        yield BenchResult("cubes, all levels and programs", ours, "bare DuckDB GROUP BY", theirs, 3.0)
        ours, theirs = _in_turn(lambda: on_duckdb(cubes), on_postgres, 3)
        yield BenchResult("cubes, the same expression", ours, "PostgreSQL", theirs, 1.0)

        duck.execute(f"CREATE VIEW before AS {_BEFORE}")
        duck.execute(f"CREATE VIEW after AS {_AFTER}")
        moves = [ibis.to_sql(build_moves(backend.table("before"), backend.table("after")), dialect="duckdb")]
        ours, theirs = _in_turn(lambda: on_duckdb(moves), lambda: on_duckdb(_BARE_MOVES), _ROUNDS)
        yield BenchResult("moves between two registers, all levels", ours, "bare DuckDB join", theirs, 2.0)


def _in_turn(ours: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[float, float]:
    ours(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for function, kept in zip((ours, other), times, strict=True):
            started = time.perf_counter()
            function()
            kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])
