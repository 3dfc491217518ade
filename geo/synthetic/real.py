"""Real desa made ready for a fictional register: households by population, poverty by kabupaten, remoteness by area."""

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from boundaries.levels import KODE_LENGTH, Level, kind_of, kode_range
from geo import tables
from geo.errors import GeoError

POPULATION_FILE = "wilayah_penduduk_2024s2_dukcapil.csv"
POVERTY_FILE = "p0_kabkota_2021.csv"
_SEED = 3
_KELURAHAN_REMOTENESS = 0.35


def desa_for(connection: Connection, wilayah: str, stats_dir: Path | None) -> gpd.GeoDataFrame:
    """Return the desa of a wilayah, in its active boundaries, with what `draw_register` needs.

    Columns: kode, geometry, remoteness, weight, is_city, and poverty_rate where the figures are known.
    `frame.attrs["warnings"]` is a list of (code, details) for what had to be assumed.
    Raises GeoError `no_desa_boundaries` when no desa of the wilayah has a boundary.
    """
    boundary, active = tables.boundary, tables.boundary_active
    low, high = kode_range(wilayah)
    query = (
        select(boundary.c.kode, func.ST_AsBinary(boundary.c.geom).label("geometry"), boundary.c.area_km2)
        .join(active, (active.c.source_id == boundary.c.source_id) & (active.c.level == boundary.c.level))
        .where(
            boundary.c.level == Level.desa,
            active.c.provinsi_kode == func.left(boundary.c.kode, KODE_LENGTH[Level.provinsi]),
            boundary.c.kode >= low,
            boundary.c.kode < high,
        )
        .order_by(boundary.c.kode)
    )
    rows = connection.execute(query).all()
    if not rows:
        raise GeoError("no_desa_boundaries", wilayah=wilayah)
    frame = gpd.GeoDataFrame(
        {"kode": [row.kode for row in rows], "area_km2": [row.area_km2 for row in rows]},
        geometry=gpd.GeoSeries.from_wkb([bytes(row.geometry) for row in rows], crs="EPSG:4326"),
    )
    return spread_by_stats(frame, stats_dir)


def spread_by_stats(frame: gpd.GeoDataFrame, stats_dir: Path | None) -> gpd.GeoDataFrame:
    """Add remoteness, is_city, weight and poverty_rate to desa with kode, area_km2 and geometry."""
    frame = frame.sort_values("kode", ignore_index=True)
    kabupaten = frame["kode"].str[: KODE_LENGTH[Level.kabupaten]]
    frame["is_city"] = kabupaten.map(kind_of).eq("kota")
    is_kelurahan = frame["kode"].map(kind_of).eq("kelurahan")
    by_area = frame["area_km2"].rank(pct=True, method="average") ** 1.3
    frame["remoteness"] = (by_area * np.where(is_kelurahan, _KELURAHAN_REMOTENESS, 1.0)).round(4)
    population, population_warnings = _kabupaten_figure(stats_dir, POPULATION_FILE, "kode", "total", kabupaten)
    poverty, poverty_warnings = _kabupaten_figure(stats_dir, POVERTY_FILE, "kode_kemendagri", "p0_persen", kabupaten)
    # Within a kabupaten nothing is known of single desa: kelurahan are somewhat larger, and chance does the rest.
    uneven = np.random.default_rng([_SEED, len(frame)]).lognormal(0, 0.4, len(frame)) * np.where(is_kelurahan, 1.5, 1.0)
    share = uneven / pd.Series(uneven).groupby(kabupaten).transform("sum")
    if population is None:
        frame["weight"] = 1.0
    else:
        frame["weight"] = (share * kabupaten.map(population)).to_numpy()
    if poverty is not None:
        frame["poverty_rate"] = (kabupaten.map(poverty) / 100).to_numpy()
    frame.attrs["warnings"] = population_warnings + poverty_warnings
    return frame


def _kabupaten_figure(
    stats_dir: Path | None, file_name: str, kode_column: str, value_column: str, kabupaten: pd.Series
) -> tuple[dict[str, float] | None, list[tuple[str, dict[str, str]]]]:
    """Return the figure of each kabupaten that occurs; one that the file lacks gets the median of the others."""
    path = stats_dir / file_name if stats_dir is not None else None
    if path is None or not path.is_file():
        return None, [("stats_missing", {"file": file_name})]
    with path.open(encoding="utf-8", newline="") as stream:
        known = {row[kode_column]: float(row[value_column]) for row in csv.DictReader(stream) if row[value_column]}
    wanted = sorted(set(kabupaten))
    found = {kode: known[kode] for kode in wanted if kode in known}
    if not found:
        return None, [("stats_without_wilayah", {"file": file_name, "kode": ", ".join(wanted)})]
    lost = [kode for kode in wanted if kode not in found]
    middle = float(np.median(list(found.values())))
    warnings = [("stats_without_wilayah", {"file": file_name, "kode": ", ".join(lost)})] if lost else []
    return {kode: found.get(kode, middle) for kode in wanted}, warnings
