"""Which wilayah lie beside one another: those whose display shapes share an edge or a corner."""

import numpy as np
import shapely
from sqlalchemy import Connection, func

from boundaries.levels import NATION_KODE, Level, level_of
from geo.shapes import build_shapes
from geo.tables import boundary_shape


def read_polygons(connection: Connection, wilayah_kode: str, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Return codes and display shapes, arrays (n,), of the wilayah of `level` within a wilayah, in order of code."""
    wkb = func.ST_AsBinary(boundary_shape.c.geom).label("wkb")
    rows = connection.execute(build_shapes(wilayah_kode, level).with_only_columns(boundary_shape.c.kode, wkb)).all()
    shapes = shapely.from_wkb(np.array([bytes(row.wkb) for row in rows], dtype=object))
    return np.array([row.kode for row in rows], dtype=object), shapes


def pairs_of(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs of neighbouring shapes as two arrays of positions, and the positions that had to be joined.

    `shapes`: array (n,) of polygons. Neighbours share an edge or a corner (queen contiguity); each pair is there in
    both directions, in order. A shape that touches no other (an island, or land with forest all round it) is joined to
    the nearest, in degrees, and that one to it, so that of two or more nobody is without a neighbour.
    """
    if len(shapes) < 2:
        none = np.array([], dtype=np.int64)
        return none, none, none
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    is_other = first != second
    first, second = first[is_other], second[is_other]
    joined = np.setdiff1d(np.arange(len(shapes)), first)
    if len(joined):
        own, nearest = tree.query_nearest(shapes[joined], exclusive=True, all_matches=False)
        alone = joined[own]
        first, second = np.concatenate([first, alone, nearest]), np.concatenate([second, nearest, alone])
    pairs = np.unique(np.stack([first, second], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1], joined


def read_neighbours(connection: Connection, kode: str) -> list[str]:
    """Return the codes of a wilayah's neighbours of its own level in its provinsi, a provinsi's in the country."""
    level = level_of(kode)
    codes, shapes = read_polygons(connection, NATION_KODE if level <= Level.provinsi else kode[:2], level)
    at = np.flatnonzero(codes == kode)
    if not len(at):
        return []
    first, second, _ = pairs_of(shapes)
    return [str(codes[position]) for position in second[first == at[0]]]
