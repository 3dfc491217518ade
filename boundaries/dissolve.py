"""The wilayah above, made from the wilayah below: whole because nothing between them is left out."""

import numpy as np
import pandas as pd
import shapely

from boundaries.levels import KODE_LENGTH, Level
from boundaries.rings import as_multipolygons

_SUM_ERROR_MAX = 1e-9


def dissolve(
    kode: pd.Series, geometry: np.ndarray, other_parent: pd.Series, other_geometry: np.ndarray, level: Level
) -> pd.Series:
    """Return the geometry of every wilayah of `level`, by kode: the union of what lies in it.

    Other areas (forest, water) belong to it when their parent is the wilayah itself or below it.
    """
    cut = KODE_LENGTH[level]
    above = kode.str.slice(0, cut).to_numpy(dtype=object)
    parent = other_parent.fillna("")
    is_below = (parent.str.len() >= cut).to_numpy(dtype=bool)
    other_above = parent.str.slice(0, cut).to_numpy(dtype=object)[is_below]
    parts = np.concatenate([np.asarray(geometry, dtype=object), np.asarray(other_geometry, dtype=object)[is_below]])
    groups = pd.Series(np.arange(len(parts))).groupby(np.concatenate([above, other_above])).indices
    unions = np.array([union_of(parts[rows]) for rows in groups.values()], dtype=object)
    return pd.Series(as_multipolygons(unions), index=pd.Index(list(groups), dtype="string"), dtype=object)


def union_of(parts: np.ndarray) -> shapely.Geometry:
    """Return the union of polygons whose edges match, whole even where they do not quite."""
    # The fast union trusts the edges to match and can lose area where a repair left a hair between two nodes.
    try:
        union = shapely.coverage_union_all(parts)
    except shapely.errors.GEOSException:
        return shapely.union_all(parts)
    total = shapely.area(parts).sum()
    is_whole = union.is_valid and abs(union.area - total) <= _SUM_ERROR_MAX * total
    return union if is_whole else shapely.union_all(parts)
