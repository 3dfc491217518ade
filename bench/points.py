"""A million points put into the nation's desa: ours against geopandas and against PostGIS, in one run.

geopandas gets its geometries ready made and its faster predicate, PostGIS its points in a table and a GiST index on
the desa; what is timed is the join alone. Ours starts from two columns of numbers. All three run on one core, since
PostGIS with two workers more takes the others' share of a busy machine, and must find the same desa.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import geopandas
import numpy as np
import psycopg
import pyarrow as pa
import shapely

from bench.ground import Ground, scratch_database
from bench.nation import Nation, read_nation
from bench.result import BenchResult
from geo.assign import Assignment, assign_points

POINTS = 1_000_000
# One household in twenty is recorded under another desa than the one it lives in.
_STATED_WRONG = 0.05
_ROUNDS = 5
_SEED = 11
_JOIN = """
    INSERT INTO found SELECT point.number, desa.number FROM point JOIN desa ON ST_Intersects(desa.geom, point.geom)
    WHERE point.number %% %s = %s
"""
_JOIN = """
    CREATE TABLE found_{part} AS SELECT point.number AS point, desa.number AS desa
    FROM point JOIN desa ON ST_Intersects(desa.geom, point.geom) WHERE point.number % {parts} = {part}
"""
_TWICE_AS_FAST, _NOT_SLOWER, _TWENTY_TIMES = 0.5, 1.0, 0.05


def run(_ground: Ground | None = None) -> Iterator[BenchResult]:
    """Compare with a stated desa and without.

    Raises PeerUnavailable: the nation's polygons are not there. Raises AssertionError: two ways found different desa.
    """
    nation = read_nation()
    rng = np.random.default_rng(_SEED)
    home, lon, lat = draw_points(nation, POINTS, rng)
    stated = home.copy()
    wrong = rng.random(POINTS) < _STATED_WRONG
    stated[wrong] = rng.integers(0, len(nation.geometry), int(wrong.sum()))
    named = nation.kode.to_numpy(dtype=object)
    stated_kode = pa.array(named[stated], pa.string())
    polygons = dict(zip(named, nation.geometry, strict=True))

    def with_stated() -> Assignment:
        return assign_points(lon, lat, polygons, stated_kode)

    def without() -> Assignment:
        return assign_points(lon, lat, polygons)

    seconds: dict[str, list[float]] = {name: [] for name in ("stated", "without", "geopandas", "postgis")}
    # By turns, so that a machine that is busy for a while is busy for all of them; PostGIS gets a part each time.
    with _tables_in_postgis(nation, lon, lat) as connection:
        for part in range(_ROUNDS):
            for name, work in (("stated", with_stated), ("without", without)):
                took, found = _time(work)
                seconds[name].append(took)
                assert (found.kode == named[home]).all()
            left, right = _frames(nation, lon, lat)
            took, joined = _time(lambda left=left, right=right: geopandas.sjoin(left, right, predicate="within"))
            seconds["geopandas"].append(took)
            assert (joined["kode"].sort_index().to_numpy() == named[home]).all()
            took, _ = _time(lambda part=part: connection.execute(_JOIN.format(parts=_ROUNDS, part=part)))
            seconds["postgis"].append(took)
            point, desa = np.array(connection.execute(f"TABLE found_{part} ORDER BY 1").fetchall()).T
            assert np.array_equal(point, np.arange(part, POINTS, _ROUNDS)) and np.array_equal(desa, home[point])
    # The least of the rounds: what a way takes when nothing else runs, which on a shared machine a median is not.
    least = {name: min(times) for name, times in seconds.items()}
    note = f"{POINTS} points, {len(named)} desa, one core each"
    wrong_note = f"{note}, {_STATED_WRONG:.0%} stated wrongly"
    for other, other_s, with_aim, without_aim in (
        ("geopandas.sjoin", least["geopandas"], _TWICE_AS_FAST, _NOT_SLOWER),
        ("PostGIS", least["postgis"] * _ROUNDS, _TWENTY_TIMES, _TWENTY_TIMES),
    ):
        yield BenchResult("points with a stated desa", least["stated"], other, other_s, with_aim, note=wrong_note)
        yield BenchResult("points alone", least["without"], other, other_s, without_aim, note=note)


def draw_points(nation: Nation, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the row of a desa, and a longitude and latitude within it, for each point; every desa is as likely."""
    shapes, box = nation.geometry, shapely.bounds(nation.geometry)
    home = np.sort(rng.integers(0, len(shapes), count))
    point = np.empty((count, 2))
    shapely.prepare(shapes)
    left = np.arange(count)
    while len(left):
        low, high = box[home[left], :2], box[home[left], 2:]
        point[left] = low + rng.random((len(left), 2)) * (high - low)
        left = left[~shapely.contains_xy(shapes[home[left]], *point[left].T)]
    shapely.destroy_prepared(shapes)
    order = rng.permutation(count)
    return home[order], point[order, 0], point[order, 1]


def _frames(nation: Nation, lon: np.ndarray, lat: np.ndarray) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    # Made anew each time: a frame keeps the index of its first join.
    left = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    return left, geopandas.GeoDataFrame({"kode": nation.kode}, geometry=nation.geometry, crs=4326)


@contextmanager
def _tables_in_postgis(nation: Nation, lon: np.ndarray, lat: np.ndarray) -> Iterator[psycopg.Connection]:
    """Give a server with the desa, indexed, and the points, and a connection that joins on one core."""
    with scratch_database() as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        for name, geometry in (("desa", nation.geometry), ("point", shapely.points(lon, lat))):
            connection.execute(f"CREATE TABLE {name} (number int, geom geometry)")
            hexes = shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True)
            with connection.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                copy.write("".join(f"{number}\t{geom}\n" for number, geom in enumerate(hexes)))
        connection.execute("CREATE INDEX ON desa USING gist (geom)")
        connection.execute("VACUUM ANALYZE desa, point")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        yield connection


def _time(work: Callable) -> tuple[float, object]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer
