"""The nation's desa, which the benchmarks of boundaries and of points stand on: real polygons beside the checkout."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely

from bench.peer import PeerUnavailable

_FILE = Path(__file__).parents[2] / "shared" / "data" / "boundaries" / "indonesia_desa_hdx2020_simplified.parquet"


@dataclass(frozen=True)
class Nation:
    """Polygons with their BPS codes of ten digits, in the order of these; they stand in no code list here."""

    kode: pd.Series
    geometry: np.ndarray

    def keyed(self, digits: int, width: int) -> pd.Series:
        """Return codes whose first `width` characters tell apart what the first `digits` of the BPS code tell apart."""
        return self.kode.str[:digits].str.pad(width, side="right", fillchar="-") + self.kode.str[digits:]


@cache
def read_nation() -> Nation:
    """Return the desa of the whole country.

    Raises PeerUnavailable: the file is not there.
    """
    if not _FILE.exists():
        raise PeerUnavailable(f"the nation's polygons are not there; put {_FILE.name} into {_FILE.parent}")
    table = pq.read_table(_FILE, columns=["village_code", "geometry"])
    kode = table["village_code"].to_pandas().astype(object).str.removeprefix("id")
    order = kode.argsort().to_numpy()
    geometry = shapely.from_wkb(table["geometry"].to_numpy()[order])
    return Nation(kode.iloc[order].reset_index(drop=True), geometry)
