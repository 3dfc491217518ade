"""Narrow gaps between polygons, each given to the neighbour that borders on it the longest."""

import numpy as np
import pandas as pd
import shapely

from boundaries.dissolve import union_of
from boundaries.edges import edges_of
from boundaries.rings import as_multipolygons


def close_gaps(geometry: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """Return the polygons of a valid coverage with each hole of its union joined to one of them.

    A hole's edges are those of the polygons around it, vertex for vertex, so that the result is a coverage again.
    """
    result = np.array(geometry, dtype=object)
    if len(hole) == 0:
        return result
    near = np.unique(shapely.STRtree(geometry).query(hole)[1])
    edges = edges_of(np.concatenate([geometry[near], hole]))
    length = np.hypot(*(edges.ends[:, 1] - edges.ends[:, 0]).T)
    frame = pd.DataFrame({"row": edges.row, "key": edges.key, "length": length})
    is_hole = edges.row >= len(near)
    common = frame[is_hole].merge(frame[~is_hole], on="key", suffixes=("_hole", ""))
    border = common.groupby(["row_hole", "row"], as_index=False)["length"].sum()
    longest = border.sort_values(["row_hole", "length", "row"], ascending=[True, False, True])
    for row, taken in longest.drop_duplicates("row_hole").groupby("row")["row_hole"]:
        holes = hole[taken.to_numpy() - len(near)]
        result[near[row]] = union_of(np.concatenate([geometry[near[row] : near[row] + 1], holes]))
    return as_multipolygons(result)
