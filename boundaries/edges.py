"""The edges of polygons as numbers, so that it can be told exactly which polygons share which edge."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely


@dataclass(frozen=True)
class Edges:
    """Every edge of a set of polygons.

    `row` is the polygon that an edge belongs to; `key` is the same for two edges between the same two vertices,
    whichever way they run; `ends` are the coordinates of both vertices, of shape (edges, 2, 2).
    """

    row: np.ndarray
    key: np.ndarray
    ends: np.ndarray


def edges_of(geometry: np.ndarray) -> Edges:
    """Return the edges of polygons and multipolygons; vertices are the same only when their numbers are equal."""
    part, part_row = shapely.get_parts(geometry, return_index=True)
    ring, ring_part = shapely.get_rings(part, return_index=True)
    at, at_ring = shapely.get_coordinates(ring, return_index=True)
    start = np.flatnonzero(at_ring[1:] == at_ring[:-1])
    if len(start) == 0:
        return Edges(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64), np.empty((0, 2, 2)))
    x, _ = pd.factorize(at[:, 0])
    y, _ = pd.factorize(at[:, 1])
    vertex, _ = pd.factorize(x.astype(np.int64) * (int(y.max()) + 1) + y)
    one, two = vertex[start].astype(np.int64), vertex[start + 1].astype(np.int64)
    key = np.minimum(one, two) * (int(vertex.max()) + 1) + np.maximum(one, two)
    is_edge = one != two
    start = start[is_edge]
    return Edges(part_row[ring_part[at_ring[start]]], key[is_edge], np.stack([at[start], at[start + 1]], axis=1))
