"""Fay-Herriot by REML with its MSE: ours against svy in one run, results equal, and a whole nation against a limit."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.ground import Ground
from bench.peer import PeerUnavailable, require_peer, run_peer
from bench.result import BenchResult
from queries.stats.fay_herriot import FayHerriot, fit

KABUPATEN, KECAMATAN = 514, 7_285
_SCRIPT = Path(__file__).with_name("peer_svy.py")
_COVARIATES = 4
_ROUNDS = 25
_LIMIT_S = 10.0
_SEED = 7


@dataclass(frozen=True)
class PeerAnswer:
    """What svy found for m areas: seconds of each fit, estimates (m,) and their MSE (m,), and its Python's version."""

    times: np.ndarray
    estimate: np.ndarray
    mse: np.ndarray
    python: str


def run(_ground: Ground | None = None) -> Iterator[BenchResult]:
    """Compare medians after a warm-up; no register is needed.

    Raises PeerUnavailable, after the results that need no peer: svy cannot be run here.
    """
    try:
        python = require_peer()
        against_svy = compare(lambda y, variances, X: ask_svy(python, y, variances, X))
    except PeerUnavailable as error:
        lacking = error
    else:
        lacking = None
        yield against_svy
    y, variances, X = _areas(KECAMATAN)
    times, model = _time(lambda: fit(y, variances, X, when_zero="amrl"), 3)
    yield BenchResult(
        f"Fay-Herriot REML with MSE, {KECAMATAN} areas", float(np.median(times)), "limit", _LIMIT_S, 1.0,
        note=f"{model.steps} steps, method {model.method}",
    )
    if lacking:
        raise lacking


def compare(ask: Callable[[np.ndarray, np.ndarray, np.ndarray], PeerAnswer]) -> BenchResult:
    """Time ours before and after the peer, on the same areas, once the results are found equal.

    Whatever its tolerance, svy finds the variance to five digits; estimates of order one are therefore held to 1e-4,
    and so are the MSEs. After its warm-up svy still compiles two loops in each call, about half of its time: a user
    waits for that too.

    Raises AssertionError: the results differ.
    """
    y, variances, X = _areas(KABUPATEN)
    before, model = _time(lambda: fit(y, variances, X), _ROUNDS)
    svy = ask(y, variances, X)
    after, _ = _time(lambda: fit(y, variances, X), _ROUNDS)
    np.testing.assert_allclose(svy.estimate, model.eblup, rtol=0, atol=1e-4)
    np.testing.assert_allclose(svy.mse, model.mse, rtol=1e-4)
    return BenchResult(
        f"Fay-Herriot REML with MSE, {KABUPATEN} areas", float(np.median(before + after)), "svy",
        float(np.median(svy.times)), 0.2, note=f"estimates and MSE equal; svy on Python {svy.python}",
    )


def ask_svy(python: Path, y: np.ndarray, variances: np.ndarray, X: np.ndarray) -> PeerAnswer:
    """Let the peer's interpreter fit the areas; they and its answer go through files.

    Raises PeerUnavailable: the peer failed.
    """
    with tempfile.TemporaryDirectory(prefix="petadesil-bench-") as folder:
        areas, answer = Path(folder) / "areas.npz", Path(folder) / "answer.npz"
        np.savez(areas, y=y, variances=variances, X=X)
        run_peer(python, _SCRIPT, areas, answer)
        with np.load(answer) as found:
            return PeerAnswer(found["times"], found["estimate"], found["mse"], str(found["python"]))


def _areas(areas: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(_SEED)
    X = np.column_stack([np.ones(areas), rng.normal(size=(areas, _COVARIATES))])
    variances = rng.uniform(0.5, 2, areas)
    effect = 0.7 * rng.normal(size=areas)
    return X.sum(axis=1) + effect + np.sqrt(variances) * rng.normal(size=areas), variances, X


def _time(work: Callable[[], FayHerriot], rounds: int) -> tuple[list[float], FayHerriot]:
    answer, times = work(), []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - started)
    return times, answer
