"""The nation's boundaries dissolved, cleaned and simplified: ours, which keep the coverage whole, and the naive ways.

The naive ways are what a script does without a coverage: unite all of a group, node all lines and rebuild each polygon
of the faces, simplify each polygon with its topology kept. What they leave behind is told beside their seconds.
"""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import shapely

from bench.ground import Ground
from bench.nation import Nation, read_nation
from bench.result import BenchResult
from boundaries.dissolve import dissolve
from boundaries.kept_shapes import keep_shapes
from boundaries.levels import KODE_LENGTH, Level
from boundaries.repair import as_multipolygons, repair_coverage
from boundaries.simplify import CHANGE_MAX

_BPS_DIGITS = {Level.provinsi: 2, Level.kabupaten: 4, Level.kecamatan: 7}
_TOLERANCE = 0.001
_PROVINSI_MAP = 1
# Every fiftieth desa is moved by 11 m: edges that no longer meet, as where one kabupaten was drawn anew.
_MOVED_EVERY, _MOVED_BY = 50, 0.0001
# Ours also measures every overlap, gap and change of area, before and after: that may cost, but not without limit.
_HALF, _THRICE_AS_LONG = 0.5, 3.0


def run(_ground: Ground | None = None) -> Iterator[BenchResult]:
    """Compare each step on all desa of the country.

    Raises PeerUnavailable: the nation's polygons are not there. Raises AssertionError: our own result is no coverage,
    or a union has another area than the other's.
    """
    nation = read_nation()
    for level in _BPS_DIGITS:
        yield _dissolve(nation, level)
    yield _clean(nation)
    yield _simplify(nation)


def _dissolve(nation: Nation, level: Level) -> BenchResult:
    kode = nation.keyed(_BPS_DIGITS[level], KODE_LENGTH[level])
    none = pd.Series([], dtype=object), np.array([], dtype=object)
    ours_s, ours = _time(lambda: dissolve(kode, nation.geometry, *none, level))
    groups = pd.Series(np.arange(len(kode))).groupby(kode.str[: KODE_LENGTH[level]]).indices
    other_s, other = _time(lambda: [shapely.union_all(nation.geometry[rows]) for rows in groups.values()])
    assert list(ours.index) == list(groups)
    np.testing.assert_allclose(shapely.area(ours.to_numpy(dtype=object)), shapely.area(other), rtol=1e-9)
    return BenchResult(
        f"dissolve to {level.name}", ours_s, "union_all of each", other_s, _HALF, note=f"{len(groups)} of them"
    )


def _clean(nation: Nation) -> BenchResult:
    dirty = nation.geometry.copy()
    dirty[::_MOVED_EVERY] = shapely.transform(dirty[::_MOVED_EVERY], lambda at: at + _MOVED_BY)
    before = _bad_edge_count(dirty)
    ours_s, ours = _time(lambda: repair_coverage(nation.kode, nation.kode, dirty).geometry)
    assert shapely.coverage_is_valid(ours)
    other_s, other = _time(lambda: _rebuild_from_lines(dirty))
    note = f"polygons with bad edges: {before} before, 0 after, {_bad_edge_count(other)} rebuilt; only ours closes gaps"
    return BenchResult("clean the coverage", ours_s, "lines noded, rebuilt", other_s, _THRICE_AS_LONG, note=note)


def _rebuild_from_lines(geometry: np.ndarray) -> np.ndarray:
    """Return the polygons made anew of the faces between all lines, each face given to the first polygon around it."""
    lines = shapely.union_all(shapely.boundary(geometry))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face, row = shapely.STRtree(geometry).query(shapely.point_on_surface(faces), predicate="intersects")
    owner = pd.Series(row).groupby(face).min()
    rebuilt = geometry.copy()
    for row, of_it in owner.groupby(owner).groups.items():
        rebuilt[row] = shapely.union_all(faces[of_it])
    return rebuilt


def _simplify(nation: Nation) -> BenchResult:
    parts = as_multipolygons(nation.geometry)
    area, most = shapely.area(parts), CHANGE_MAX[_PROVINSI_MAP]

    def simplify() -> np.ndarray:
        return keep_shapes(parts, shapely.coverage_simplify(parts, _TOLERANCE), area, most)[0]

    ours_s, ours = _time(simplify)
    assert shapely.coverage_is_valid(ours)
    other_s, other = _time(lambda: shapely.simplify(parts, _TOLERANCE, preserve_topology=True))
    changed = int((np.abs(shapely.area(other) - area) > most * area).sum())
    note = (
        f"polygons with bad edges: 0, one by one {_bad_edge_count(other)}; area changed by more than {most:.0%}: 0,"
        f" one by one {changed}"
    )
    return BenchResult(f"simplify at {_TOLERANCE} degree", ours_s, "simplify each", other_s, _THRICE_AS_LONG, note=note)


def _bad_edge_count(geometry: np.ndarray) -> int:
    return int((~shapely.is_empty(shapely.coverage_invalid_edges(geometry))).sum())


def _time(work: Callable) -> tuple[float, object]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer
