"""Places of households: points inside their desa, gathered around a few hamlets."""

import numpy as np
import shapely

_HAMLETS = 4
_ROUNDS = 60
_IN_HAMLET_RATE = 0.85


def scatter_points(rng: np.random.Generator, geometry: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return lon and lat of one point for each entry of `owner` (positions in `geometry`), to 6 digits."""
    shapely.prepare(geometry)
    bounds = shapely.bounds(geometry)
    middle = shapely.get_coordinates(shapely.point_on_surface(geometry))
    spread = np.sqrt(shapely.area(geometry)) * 0.16
    hamlets = np.repeat(middle[:, None], _HAMLETS, axis=1)
    lone = np.repeat(np.arange(len(geometry)), _HAMLETS)
    hamlets[:, 1:] = _draw_inside(rng, geometry, bounds, lone, None, middle).reshape(-1, _HAMLETS, 2)[:, 1:]
    points = _draw_inside(rng, geometry, bounds, owner, (hamlets, spread), middle)
    return points[:, 0], points[:, 1]


def _draw_inside(
    rng: np.random.Generator, geometry: np.ndarray, bounds: np.ndarray, owner: np.ndarray,
    gathered: tuple[np.ndarray, np.ndarray] | None, middle: np.ndarray,
) -> np.ndarray:
    """Draw points until each lies inside its desa; what is still outside at the end is put at the desa's middle."""
    points = middle[owner]
    waiting = np.arange(len(owner))
    for _ in range(_ROUNDS):
        if not len(waiting):
            break
        desa = owner[waiting]
        drawn = bounds[desa, :2] + rng.random((len(desa), 2)) * (bounds[desa, 2:] - bounds[desa, :2])
        if gathered is not None:
            hamlets, spread = gathered
            # The first hamlet is the largest.
            chosen = np.minimum(rng.integers(0, _HAMLETS, len(desa)), rng.integers(0, _HAMLETS, len(desa)))
            around = hamlets[desa, chosen] + rng.normal(0, 1, (len(desa), 2)) * spread[desa, None]
            drawn = np.where((rng.random(len(desa)) < _IN_HAMLET_RATE)[:, None], around, drawn)
        drawn = drawn.round(6)
        inside = shapely.contains_xy(geometry[desa], drawn[:, 0], drawn[:, 1])
        points[waiting[inside]] = drawn[inside]
        waiting = waiting[~inside]
    return points
