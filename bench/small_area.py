"""Fay-Herriot by REML with its MSE: ours against svy in one run, results equal, and a whole nation against a limit."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from bench.result import BenchResult
from queries.stats.fay_herriot import FayHerriot, fit

if TYPE_CHECKING:
    from bench.ground import Ground

KABUPATEN, KECAMATAN = 514, 7_285
_COVARIATES = 4
_ROUNDS, _PEER_ROUNDS = 50, 5
_LIMIT_S = 10.0
_SEED = 7


def run(ground: "Ground | None" = None) -> Iterator[BenchResult]:
    """Compare medians after a warm-up: svy compiles in its first call, which is not counted.

    svy's Fay-Herriot is the package svy-sae (Python 3.12 or later). Whatever its tolerance, it finds the variance to
    five digits; estimates of order one are therefore held to 1e-4, and so are the MSEs.
    """
    y, variances, X = _areas(KABUPATEN)
    ours_s, model = _time(lambda: fit(y, variances, X), _ROUNDS)
    svy_s, svy_estimate, svy_mse = _time_svy(y, variances, X)
    np.testing.assert_allclose(svy_estimate, model.eblup, rtol=0, atol=1e-4)
    np.testing.assert_allclose(svy_mse, model.mse, rtol=1e-4)
    yield BenchResult(
        f"Fay-Herriot REML with MSE, {KABUPATEN} areas", ours_s, "svy", svy_s, 0.2, note="estimates and MSE equal"
    )
    y, variances, X = _areas(KECAMATAN)
    ours_s, model = _time(lambda: fit(y, variances, X, when_zero="amrl"), 3)
    yield BenchResult(
        f"Fay-Herriot REML with MSE, {KECAMATAN} areas", ours_s, "limit", _LIMIT_S, 1.0,
        note=f"{model.steps} steps, method {model.method}",
    )


def _areas(areas: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(_SEED)
    X = np.column_stack([np.ones(areas), rng.normal(size=(areas, _COVARIATES))])
    variances = rng.uniform(0.5, 2, areas)
    effect = 0.7 * rng.normal(size=areas)
    return X.sum(axis=1) + effect + np.sqrt(variances) * rng.normal(size=areas), variances, X


def _time(work: Callable[[], FayHerriot], rounds: int) -> tuple[float, FayHerriot]:
    answer, times = work(), []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - started)
    return float(np.median(times)), answer


def _time_svy(y: np.ndarray, variances: np.ndarray, X: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    import polars
    from svy_sae import AreaLevel

    names = [f"x{column}" for column in range(1, X.shape[1])]
    frame = polars.DataFrame(
        {"area": np.arange(len(y)), "y": y, "variance": variances}
        | {name: X[:, column] for column, name in enumerate(names, start=1)}
    )
    times = []
    for _ in range(_PEER_ROUNDS + 1):
        started = time.perf_counter()
        answer = AreaLevel(frame).fh(
            y="y", x=names, area="area", variance="variance", method="reml", mse="analytical"
        )
        times.append(time.perf_counter() - started)
    found = sorted(answer.prediction, key=lambda area: area.area)
    return float(np.median(times[1:])), np.array([area.pred for area in found]), np.array([area.mse for area in found])
