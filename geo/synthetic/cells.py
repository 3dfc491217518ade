"""Micro-cells of land and the growth that joins them to desa, kecamatan and kabupaten."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import Voronoi, cKDTree

from geo.synthetic.terrain import HALF_HEIGHT_KM, HALF_WIDTH_KM, Terrain

# Land pieces of fewer cells are rocks that no desa owns.
_ROCK_CELLS = 5
# Cells up to this far out at sea are kept, so that every coast has a cell on its other side.
_SEA_MARGIN_KM = 14.0
_FERRY_EFFORT = 2.5
# Waiting for a boat is worth so many kilometres of road, and each kilometre at sea two.
_BOAT_KM = 15.0
_BOAT_EFFORT = 2.0


@dataclass
class Cells:
    """Sites of a Voronoi diagram, which of them are land, and the ways between neighbouring land cells."""

    sites: np.ndarray
    vertices: np.ndarray
    ridge_sites: np.ndarray
    ridge_vertices: np.ndarray
    is_land: np.ndarray
    piece: np.ndarray
    ways: np.ndarray
    costs: np.ndarray
    travel: np.ndarray

    def graph(self, part: np.ndarray | None = None, extra: tuple[np.ndarray, np.ndarray] | None = None) -> csr_matrix:
        """Return the ways as a symmetric graph, cut where `part` differs; `extra` are ferries and their costs."""
        ways, costs = self.ways, self.costs
        if extra is not None:
            ways, costs = np.vstack([ways, extra[0]]), np.concatenate([costs, extra[1]])
        if part is not None:
            kept = part[ways[:, 0]] == part[ways[:, 1]]
            ways, costs = ways[kept], costs[kept]
        return _join(ways, costs, len(self.sites))

    def roads(self, ferries: np.ndarray) -> csr_matrix:
        """Return the ways and ferries with the effort of travelling them, in kilometres of easy road."""
        length = np.hypot(*(self.sites[ferries[:, 0]] - self.sites[ferries[:, 1]]).T)
        ways, travel = np.vstack([self.ways, ferries]), np.concatenate([self.travel, _BOAT_KM + _BOAT_EFFORT * length])
        return _join(ways, travel, len(self.sites))


def _join(ways: np.ndarray, costs: np.ndarray, size: int) -> csr_matrix:
    half = coo_matrix((costs, (ways[:, 0], ways[:, 1])), shape=(size, size))
    return (half + half.T).tocsr()


def scatter_cells(rng: np.random.Generator, terrain: Terrain, land_cells: int) -> Cells:
    """Scatter about `land_cells` cells over the land, closer together where desa are smaller."""
    box = rng.uniform((-HALF_WIDTH_KM, -HALF_HEIGHT_KM), (HALF_WIDTH_KM, HALF_HEIGHT_KM), (400_000, 2))
    height = terrain.height_of_land(box[:, 0], box[:, 1])
    near = height > -_SEA_MARGIN_KM
    box, height = box[near], height[near]
    density = terrain.desa_density(box[:, 0], box[:, 1])
    share = density / density[height > 0].sum()
    # Few towns hold many cells: draws repeat there, so every draw is moved a little.
    count = int(land_cells * density.sum() / density[height > 0].sum())
    cloud = box[rng.choice(len(box), 6 * count, p=share / share.sum())] + rng.normal(0, 0.6, (6 * count, 2))
    sites = cloud[rng.permutation(len(cloud))[:count]]
    for _ in range(2):
        nearest = cKDTree(sites).query(cloud)[1]
        weight = np.bincount(nearest, minlength=count)
        for axis in (0, 1):
            total = np.bincount(nearest, cloud[:, axis], minlength=count)
            sites[:, axis] = np.where(weight > 0, total / np.maximum(weight, 1), sites[:, axis])
    frame = 1.4 * np.array([(np.cos(a) * HALF_WIDTH_KM, np.sin(a) * HALF_HEIGHT_KM) for a in np.linspace(0, 6.2, 60)])
    sites = np.vstack([sites, frame])
    diagram = Voronoi(sites)
    ridge_vertices = np.array(diagram.ridge_vertices)
    is_land = terrain.height_of_land(sites[:, 0], sites[:, 1]) > 0
    is_land[-len(frame):] = False
    ridge_sites = diagram.ridge_points
    # A cell that reaches the frame would be open.
    is_land[ridge_sites[(ridge_vertices < 0).any(axis=1)].ravel()] = False
    is_land, piece = _drop_rocks(ridge_sites, is_land)
    ways = ridge_sites[is_land[ridge_sites].all(axis=1)]
    middle = sites[ways].mean(axis=1)
    # Lengths count in units of the local cell size, so that desa have about equal numbers of cells.
    scale = np.sqrt(terrain.desa_density(middle[:, 0], middle[:, 1]))
    length = np.hypot(*(sites[ways[:, 0]] - sites[ways[:, 1]]).T)
    travel = length * terrain.effort(middle[:, 0], middle[:, 1])
    costs = scale * travel * rng.lognormal(0, 0.4, len(ways))
    return Cells(sites, diagram.vertices, ridge_sites, ridge_vertices, is_land, piece, ways, costs, travel)


def _drop_rocks(ridge_sites: np.ndarray, is_land: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return land without its smallest pieces and lakes, and the piece of land of every cell."""
    lake = _pieces(ridge_sites, ~is_land)
    is_land = is_land | (lake != np.bincount(lake[~is_land]).argmax())
    piece = _pieces(ridge_sites, is_land)
    size = np.bincount(piece[is_land], minlength=piece.max() + 1)
    return is_land & (size[piece] >= _ROCK_CELLS), piece


def _pieces(ridge_sites: np.ndarray, member: np.ndarray) -> np.ndarray:
    kept = ridge_sites[member[ridge_sites].all(axis=1)]
    size = len(member)
    joined = coo_matrix((np.ones(len(kept)), (kept[:, 0], kept[:, 1])), shape=(size, size))
    labels = connected_components(joined, directed=False)[1]
    # Cells that are not members share one number, which no member has.
    return np.where(member, labels, labels.max() + 1)


def find_ferries(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Return a way from every piece of land to the nearest larger one, and its cost."""
    numbers, size = np.unique(cells.piece[cells.is_land], return_counts=True)
    numbers = numbers[np.argsort(-size, kind="stable")]
    ferries, costs = [], []
    scale = np.median(cells.costs / np.hypot(*(cells.sites[cells.ways[:, 0]] - cells.sites[cells.ways[:, 1]]).T))
    for rank in range(1, len(numbers)):
        here = np.flatnonzero(cells.is_land & (cells.piece == numbers[rank]))
        there = np.flatnonzero(cells.is_land & np.isin(cells.piece, numbers[:rank]))
        distance, nearest = cKDTree(cells.sites[there]).query(cells.sites[here])
        best = distance.argmin()
        ferries.append((here[best], there[nearest[best]]))
        costs.append(distance[best] * scale * _FERRY_EFFORT)
    return np.array(ferries, dtype=int).reshape(-1, 2), np.array(costs)


def nearest_cell(cells: Cells, x: float, y: float) -> int:
    """Return the land cell nearest to a place."""
    land = np.flatnonzero(cells.is_land)
    return int(land[cKDTree(cells.sites[land]).query((x, y))[1]])


def grow(graph: csr_matrix, seeds: np.ndarray) -> np.ndarray:
    """Return for every cell the position of the seed that reaches it first, -1 where none does."""
    source = dijkstra(graph, directed=True, indices=seeds, min_only=True, return_predecessors=True)[2]
    position = np.full(graph.shape[0] + 1, -1)
    position[seeds] = np.arange(len(seeds))
    return np.where(source >= 0, position[source], -1)


def grow_within(
    rng: np.random.Generator, cells: Cells, graph: csr_matrix, part: np.ndarray, counts: np.ndarray, rounds: int
) -> np.ndarray:
    """Divide every part into `counts[part]` areas, moving the seeds to the areas' middles `rounds` times."""
    seeds = np.concatenate([
        rng.choice(np.flatnonzero(part == number), count, replace=False) for number, count in enumerate(counts) if count
    ])
    area = grow(graph, seeds)
    for _ in range(rounds):
        seeds = _middles(cells.sites, area, len(seeds))
        area = grow(graph, seeds)
    return area


def _middles(sites: np.ndarray, area: np.ndarray, count: int) -> np.ndarray:
    """Return the cell of each area that is nearest to the area's mean place."""
    member = np.flatnonzero(area >= 0)
    owner = area[member]
    size = np.bincount(owner, minlength=count)
    mean = np.column_stack([np.bincount(owner, sites[member, axis], minlength=count) / size for axis in (0, 1)])
    distance = np.hypot(*(sites[member] - mean[owner]).T)
    order = np.lexsort((member, distance, owner))
    first = np.searchsorted(owner[order], np.arange(count))
    return member[order][first]
