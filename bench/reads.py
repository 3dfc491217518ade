"""A page's query at each level against a limit of 20 ms at the 95th percentile."""

import time
from collections.abc import Iterator

import numpy as np

from bench.ground import PERIOD, PROVINSI, Ground
from bench.result import BenchResult
from boundaries.levels import Level
from geo.engine import read_only
from queries.coverage import coverage
from queries.desil import desil_density
from queries.scope import Scope
from queries.targeting import targeting_errors

_LIMIT_S = 0.020
_ROUNDS = 60
_WARM_UP = 5


def run(ground: Ground) -> Iterator[BenchResult]:
    """Time each query whole: transaction, SQL, frame, disclosure and provenance."""
    for query in (coverage, desil_density, targeting_errors):
        for level in (Level.provinsi, Level.kabupaten, Level.kecamatan, Level.desa):
            scope = Scope(PROVINSI, level, PERIOD, "pkh", disclosure="published")
            times = []
            for _ in range(_WARM_UP + _ROUNDS):
                started = time.perf_counter()
                with read_only(ground.engine) as connection:
                    rows = len(query(connection, scope).frame)
                times.append(time.perf_counter() - started)
            p95 = float(np.percentile(times[_WARM_UP:], 95))
            yield BenchResult(f"{query.__name__}, {level.name}, p95", p95, "limit", _LIMIT_S, 1.0, note=f"{rows} rows")
