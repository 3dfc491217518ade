"""The fictional province as a frame of desa: codes, names, borders, remoteness and where households gather."""

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse.csgraph import dijkstra

from boundaries.levels import FICTIONAL_PROVINSI
from geo.synthetic.borders import draw_borders
from geo.synthetic.cells import Cells, find_ferries, grow, grow_within, nearest_cell, scatter_cells
from geo.synthetic.names import PROVINSI_NAME, NameBook
from geo.synthetic.split import split_a_desa
from geo.synthetic.terrain import KOTA, SEATS, TOWNS, Terrain

__all__ = ["PROVINSI_NAME", "draw_province"]

_DESA_COUNT = 1_700
_CELLS_PER_DESA = 26
_DESA_PER_KECAMATAN = 12.2
_KELURAHAN_PER_KECAMATAN = 9
# How many desa-sized areas each kota holds.
_KOTA_DESA = (96, 52)
# An island smaller than this share of a desa belongs to the nearest desa of its kecamatan.
_ISLET_SHARE = 0.4


def draw_province(seed: int = 99) -> gpd.GeoDataFrame:
    """Return the desa of the fictional province that `seed` gives, sorted by code, in EPSG:4326.

    Columns: kode, name, kecamatan_name, kabupaten_name, is_city (in a kota), remoteness (0 to 1), weight (relative
    number of households), geometry, split_from (the code of the desa that it was a part of before `split.SPLIT_ON`,
    for one desa). The geometries are a valid coverage.
    """
    rng = np.random.default_rng([seed, 1])
    terrain = Terrain(rng)
    cells = scatter_cells(rng, terrain, _DESA_COUNT * _CELLS_PER_DESA)
    ferries = find_ferries(cells)
    kabupaten = _grow_kabupaten(cells, ferries)
    kecamatan = _grow_kecamatan(rng, cells, ferries, kabupaten)
    desa = _grow_desa(rng, cells, kecamatan)
    count = desa.max() + 1
    frame = _describe(cells, ferries, terrain, kabupaten, kecamatan, desa)
    _add_codes_and_names(rng, frame)
    frame["weight"] = _household_weight(rng, frame)
    frame["geometry"] = draw_borders(rng, cells, desa, count)
    columns = ["kode", "name", "kecamatan_name", "kabupaten_name", "is_city", "remoteness", "weight", "geometry"]
    frame = gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")[columns]
    return split_a_desa(frame.sort_values("kode", ignore_index=True))


def _grow_kabupaten(cells: Cells, ferries: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the kabupaten of every cell: 0 to 9 in the order of the seats, then the kota; -1 at sea."""
    owner = np.where(cells.is_land, 0, -1)
    graph = cells.graph(extra=ferries)
    for number, (town, size) in enumerate(zip(KOTA, _KOTA_DESA, strict=True), start=len(SEATS)):
        distance = dijkstra(cells.graph(), indices=nearest_cell(cells, town.x, town.y))
        owner[np.argsort(distance, kind="stable")[: size * _CELLS_PER_DESA]] = number
    seeds = np.array([nearest_cell(cells, seat.x, seat.y) for seat in SEATS])
    reached = grow(graph, seeds)
    return np.where(owner == 0, reached, owner)


def _grow_kecamatan(
    rng: np.random.Generator, cells: Cells, ferries: tuple[np.ndarray, np.ndarray], kabupaten: np.ndarray
) -> np.ndarray:
    graph = cells.graph(kabupaten, ferries)
    desa = np.bincount(kabupaten[kabupaten >= 0]) / _CELLS_PER_DESA
    is_kota = np.arange(len(desa)) >= len(SEATS)
    counts = np.maximum(2, np.round(desa / np.where(is_kota, _KELURAHAN_PER_KECAMATAN, _DESA_PER_KECAMATAN)))
    area = grow_within(rng, cells, graph, kabupaten, counts.astype(int), rounds=2)
    return _adopt(cells, kabupaten, area)


def _grow_desa(rng: np.random.Generator, cells: Cells, kecamatan: np.ndarray) -> np.ndarray:
    # Each piece of land of a kecamatan is divided by itself; islets wait for their neighbours.
    graph = cells.graph(kecamatan)
    key = np.where(kecamatan >= 0, kecamatan * (cells.piece.max() + 2) + cells.piece, -1)
    numbers, part = np.unique(key, return_inverse=True)
    share = np.bincount(part) / _CELLS_PER_DESA
    share[numbers < 0] = 0
    counts = np.where(share < _ISLET_SHARE, 0, np.maximum(1, np.round(share))).astype(int)
    largest = pd.Series(share).groupby(pd.Series(numbers // (cells.piece.max() + 2))).idxmax().to_numpy()
    counts[largest] = np.maximum(counts[largest], 1)
    counts[numbers < 0] = 0
    return _adopt(cells, kecamatan, grow_within(rng, cells, graph, part, counts, rounds=1))


def _adopt(cells: Cells, part: np.ndarray, area: np.ndarray) -> np.ndarray:
    """Give land that no seed reached to the area of the nearest cell in the same part."""
    area = area.copy()
    for number in np.unique(part[(part >= 0) & (area < 0)]):
        lost = np.flatnonzero((part == number) & (area < 0))
        found = np.flatnonzero((part == number) & (area >= 0))
        distance = np.hypot(*(cells.sites[lost][:, None] - cells.sites[found]).transpose(2, 0, 1))
        area[lost] = area[found][distance.argmin(axis=1)]
    return np.where(part >= 0, area, -1)


def _describe(
    cells: Cells, ferries: tuple[np.ndarray, np.ndarray], terrain: Terrain, kabupaten: np.ndarray,
    kecamatan: np.ndarray, desa: np.ndarray,
) -> pd.DataFrame:
    """Return for each desa its parents' numbers, place, coast, density and remoteness."""
    land = np.flatnonzero(desa >= 0)
    first = land[np.unique(desa[land], return_index=True)[1]]
    mean = pd.DataFrame(cells.sites[land]).groupby(desa[land]).mean().to_numpy()
    hours = _travel_time(cells, ferries)
    shore = cells.ridge_sites[(desa[cells.ridge_sites] < 0).any(axis=1)].ravel()
    frame = pd.DataFrame({
        "kabupaten": kabupaten[first],
        "kecamatan": kecamatan[first],
        "x": mean[:, 0],
        "y": mean[:, 1],
        "is_coastal": np.isin(np.arange(len(first)), desa[shore]),
        "density": terrain.desa_density(mean[:, 0], mean[:, 1]),
    })
    frame["is_city"] = frame["kabupaten"] >= len(SEATS)
    typical = pd.Series(hours[land]).groupby(desa[land]).median().to_numpy()
    # A soft ceiling: most desa are near something, a few are far from everything.
    frame["remoteness"] = (1 - np.exp(-typical / (2.2 * np.median(typical)))).round(4)
    return frame


def _travel_time(cells: Cells, ferries: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the way of every cell to its nearest town, where a kota is worth a detour and boats are slow."""
    graph = cells.roads(ferries[0])
    kota = np.array([nearest_cell(cells, town.x, town.y) for town in KOTA])
    seats = np.array([nearest_cell(cells, town.x, town.y) for town in SEATS])
    to_kota = dijkstra(graph, indices=kota, min_only=True)
    to_seat = dijkstra(graph, indices=seats, min_only=True)
    return np.minimum(to_kota, to_seat + 0.25 * to_kota)


def _add_codes_and_names(rng: np.random.Generator, frame: pd.DataFrame) -> None:
    """Number and name the parts: kecamatan from their kabupaten's seat outward, desa from north-west to south-east."""
    book = NameBook(rng)
    roots = book.kabupaten_roots(len(TOWNS))
    named = {}
    for number, group in frame.groupby("kabupaten"):
        is_kota = number >= len(SEATS)
        kabupaten = f"{FICTIONAL_PROVINSI}.{71 + number - len(SEATS) if is_kota else 1 + number:02d}"
        kabupaten_name = f"{'Kota' if is_kota else 'Kabupaten'} {roots[number]}"
        from_town = np.hypot(group["x"] - TOWNS[number].x, group["y"] - TOWNS[number].y)
        order = from_town.groupby(group["kecamatan"]).min().sort_values(kind="stable").index
        for place, kecamatan in enumerate(order, start=1):
            members = group[group["kecamatan"] == kecamatan]
            members = members.assign(order=members["x"] - members["y"]).sort_values("order", kind="stable")
            code = f"{kabupaten}.{place:02d}"
            kecamatan_name = book.kecamatan(roots[number] if place == 1 and not is_kota else None)
            urban_count = _kelurahan_count(rng, is_kota, place == 1, len(members))
            is_urban = members["density"].rank(ascending=False, method="first") <= urban_count
            rows = zip(members.index, is_urban, members["is_coastal"], strict=True)
            for serial, (row, urban, coastal) in enumerate(rows, start=1):
                kode = f"{code}.{(1000 if urban else 2000) + serial}"
                named[row] = (kode, book.desa(code, coastal), kecamatan_name, kabupaten_name)
    columns = ["kode", "name", "kecamatan_name", "kabupaten_name"]
    frame[columns] = pd.DataFrame.from_dict(named, orient="index", columns=columns).loc[frame.index]


def _kelurahan_count(rng: np.random.Generator, is_kota: bool, is_seat: bool, desa_count: int) -> int:
    if is_kota:
        return desa_count
    if is_seat:
        return min(desa_count, int(rng.integers(3, 7)))
    return int(rng.random() < 0.12)


def _household_weight(rng: np.random.Generator, frame: pd.DataFrame) -> np.ndarray:
    """Return relative numbers of households: kelurahan are crowded, remote desa small."""
    is_kelurahan = frame["kode"].str[9].eq("1").to_numpy()
    crowd = np.where(frame["is_city"], 3.4, np.where(is_kelurahan, 1.8, 1.0))
    return (crowd * np.exp(-0.7 * frame["remoteness"]) * rng.lognormal(0, 0.38, len(frame))).to_numpy().round(4)
