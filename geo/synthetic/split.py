"""The pemekaran of the fictional province: two neighbours that were one desa until a day."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from boundaries.levels import KODE_LENGTH, Level, kind_of
from geo.synthetic.period_tables import FICTIONAL_METADATA

SPLIT_ON = date(2026, 8, 1)
# What part of the pair's households may live in the new desa.
_LEAST_SHARE, _MOST_SHARE = 0.30, 0.45
_LEAST_EDGE_DEGREE = 0.005
_ADDITION = "Baru"
_REFERENCE = "Pemekaran FIKTIF di provinsi 99"


def split_a_desa(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make of the pair of neighbours that hold the most households one desa and the one that left it.

    `frame` is sorted by code. The new desa gets the last number of its kecamatan, as new desa do, and the name of the
    old one with an addition; the column `split_from` has the code of the old desa for it, and is empty for all others.
    """
    frame = frame.assign(split_from=None)
    pair = _find_pair(frame)
    if pair is None:
        return frame
    old, new = pair
    kecamatan = _kecamatan(frame)
    later = (kecamatan == kecamatan[new]) & (_serial(frame) > _serial(frame)[new])
    kode = frame["kode"].copy()
    kode[new] = f"{kecamatan[new]}.{2000 + _serial(frame)[kecamatan == kecamatan[new]].max()}"
    for row in np.flatnonzero(later):
        kode[row] = kode[row][:-4] + str(int(kode[row][-4:]) - 1)
    name = frame["name"].copy()
    name[new] = f"{name[old]} {_ADDITION}"
    split_from = frame["split_from"].copy()
    split_from[new] = kode[old]
    return frame.assign(kode=kode, name=name, split_from=split_from).sort_values("kode", ignore_index=True)


def kode_on(desa: pd.DataFrame, on: date) -> pd.Series:
    """Return the code that each desa had on a date: that of the desa it came out of, while they were one."""
    if "split_from" not in desa or on >= SPLIT_ON:
        return desa["kode"]
    return desa["split_from"].where(desa["split_from"].notna(), desa["kode"])


def describe_split(desa: pd.DataFrame, household: pa.Table) -> pa.Table:
    """Return the succession in the columns of its file: what share of the households went, and what share stayed.

    `household` is the register's table of the first period after the split.
    """
    new = desa[desa["split_from"].notna()]
    size = household["kode"].to_pandas().value_counts()
    rows = []
    for old_kode, new_kode in zip(new["split_from"], new["kode"], strict=True):
        share = round(float(size[new_kode] / (size[new_kode] + size[old_kode])), 4)
        rows += [(old_kode, new_kode, share), (old_kode, old_kode, round(1 - share, 4))]
    return pa.table({
        "old_kode": [row[0] for row in rows], "new_kode": [row[1] for row in rows],
        "happened_on": pa.array([SPLIT_ON] * len(rows), pa.date32()), "share": [row[2] for row in rows],
        "reference": [_REFERENCE] * len(rows),
    }).replace_schema_metadata(FICTIONAL_METADATA)  # fmt: skip


def _find_pair(frame: gpd.GeoDataFrame) -> tuple[int, int] | None:
    """Return the rows of the old and the new desa; None where no two neighbours will do."""
    is_desa = frame["kode"].map(kind_of).eq("desa").to_numpy()
    weight, kecamatan = frame["weight"].to_numpy(), _kecamatan(frame).to_numpy()
    polygons = frame.geometry.to_numpy()
    left, right = shapely.STRtree(polygons).query(polygons, predicate="touches")
    share = weight[right] / (weight[left] + weight[right])
    fits = (kecamatan[left] == kecamatan[right]) & is_desa[left] & is_desa[right]
    fits &= (share >= _LEAST_SHARE) & (share <= _MOST_SHARE)
    # A name of one word is left: with two, the addition would make a name that no office gives.
    fits &= ~frame["name"].str.contains(" ").to_numpy()[left]
    left, right = left[fits], right[fits]
    edge = shapely.length(shapely.intersection(polygons[left], polygons[right]))
    names = set(zip(kecamatan, frame["name"], strict=True))
    for at in np.argsort(-(weight[left] + weight[right]), kind="stable"):
        new_name = (kecamatan[left[at]], f"{frame['name'][left[at]]} {_ADDITION}")
        if edge[at] >= _LEAST_EDGE_DEGREE and new_name not in names:
            return int(left[at]), int(right[at])
    return None


def _kecamatan(frame: pd.DataFrame) -> pd.Series:
    return frame["kode"].str[: KODE_LENGTH[Level.kecamatan]]


def _serial(frame: pd.DataFrame) -> pd.Series:
    """Return the number of each desa within its kecamatan, which desa and kelurahan share."""
    return frame["kode"].str[-3:].astype(int)
