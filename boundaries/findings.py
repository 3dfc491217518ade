"""The file of findings: every place that the report speaks of, as a GeoPackage to open in a map program."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from boundaries.report import Issue

# Layers by the dimension of their geometry; a finding without a place stands in a table of its own.
LAYERS = {0: "titik", 1: "garis", 2: "poligon"}
WITHOUT_PLACE = "tanpa_lokasi"
_KIND = {0: "MultiPoint", 1: "MultiLineString", 2: "MultiPolygon"}
_MULTI = {0: shapely.multipoints, 1: shapely.multilinestrings, 2: shapely.multipolygons}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_findings(issues: Sequence[Issue], words: Mapping[str, str], path: Path) -> int:
    """Write `issues` to `path` and return how many; `words` says in the reader's language what each sort is.

    Columns: what, label (its words), kode, name, before_km2, after_km2, note. The file is there whole or not at all,
    and the layer `poligon` always, though empty. Raises OSError when it cannot be written.
    """
    path = Path(path)
    table = pd.DataFrame(
        {
            "what": [issue.what for issue in issues],
            "label": [words.get(issue.what, issue.what) for issue in issues],
            "kode": _texts(issue.kode for issue in issues),
            "name": _texts(issue.name for issue in issues),
            "before_km2": np.array([issue.before_km2 for issue in issues], dtype=float),
            "after_km2": np.array([issue.after_km2 for issue in issues], dtype=float),
            "note": _texts(issue.note for issue in issues),
        }
    )
    geometry = np.array([issue.geometry for issue in issues], dtype=object)
    has_place = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    dimension = np.where(has_place, shapely.get_dimensions(geometry), -1)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".findings-") as folder:
        draft = Path(folder) / "findings.gpkg"
        for at in sorted(LAYERS, reverse=True):
            rows = np.flatnonzero(dimension == at)
            if len(rows) or LAYERS[at] == "poligon":
                frame = gpd.GeoDataFrame(table.iloc[rows], geometry=_as_multi(geometry[rows], at), crs=4326)
                pyogrio.write_dataframe(frame, draft, layer=LAYERS[at], driver="GPKG", geometry_type=_KIND[at])
        placeless = table[dimension == -1]
        if len(placeless):
            pyogrio.write_dataframe(placeless, draft, layer=WITHOUT_PLACE, driver="GPKG")
        os.replace(draft, path)
    return len(table)


def _as_multi(geometry: np.ndarray, dimension: int) -> np.ndarray:
    parts, row = shapely.get_parts(shapely.force_2d(geometry), return_index=True)
    # A collection may hold a line beside its polygons: only what its layer is of is drawn.
    inner, at = shapely.get_parts(parts, return_index=True)
    is_drawn = shapely.get_dimensions(inner) == dimension
    result = np.full(len(geometry), None, dtype=object)
    if is_drawn.any():
        result = _MULTI[dimension](inner[is_drawn], indices=row[at][is_drawn], out=result)
    return result


def _texts(values) -> pd.Series:
    """Return texts that a spreadsheet shows as they are, never as a formula."""
    texts = [None if value is None or pd.isna(value) else str(value) for value in values]
    return pd.Series(
        [f"'{text}" if text is not None and text.startswith(_FORMULA) else text for text in texts], dtype="string"
    )
