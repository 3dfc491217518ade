"""Fits svy's Fay-Herriot by REML with its MSE to areas in a file, and writes its times and results to another.

Run by path with the peer's interpreter: `peer_svy.py AREAS ANSWER`, both .npz; nothing of the project is imported.
"""

import platform
import sys
import time

import numpy as np
import polars
from svy_sae import AreaLevel

_ROUNDS = 5


def main(areas: str, answer: str) -> None:
    """Read y (m,), variances (m,) and X (m, p) with the intercept first; write times, estimate, mse and python."""
    with np.load(areas) as given:
        y, variances, X = given["y"], given["variances"], given["X"]
    # svy adds the intercept itself.
    names = [f"x{column}" for column in range(1, X.shape[1])]
    frame = polars.DataFrame(
        {"area": np.arange(len(y)), "y": y, "variance": variances}
        | {name: X[:, column] for column, name in enumerate(names, start=1)}
    )
    model, times = AreaLevel(frame), []
    # The first call compiles, and is not counted.
    for number in range(_ROUNDS + 1):
        started = time.perf_counter()
        result = model.fh(y="y", x=names, area="area", variance="variance", method="reml", mse="analytical")
        if number > 0:
            times.append(time.perf_counter() - started)
    found = sorted(result.prediction, key=lambda area: area.area)
    np.savez(
        answer, times=times, estimate=[area.pred for area in found], mse=[area.mse for area in found],
        python=platform.python_version(),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
