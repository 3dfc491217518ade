"""The account of a set of wilayah: what was repaired, how shapes changed, which sums hold, put into the report."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from boundaries import checks
from boundaries.crosswalk import CodeBook
from boundaries.levels import KODE_LENGTH, Level
from boundaries.repair import Repair
from boundaries.report import BoundaryReport, Issue
from boundaries.simplify import Shapes
from boundaries.suggestions import differing_names

# The detail of a provinsi's map is the one that a report tells in one number.
_TOLD_DETAIL = 1


def tell_repair(repair: Repair, report: BoundaryReport) -> None:
    """Write what a repair found and left."""
    report.repair_before, report.repair_after = dict(vars(repair.before)), dict(vars(repair.after))
    report.invalid_ring_count, report.bad_edge_count = repair.invalid_ring_count, repair.bad_edge_count
    report.is_repaired, report.repaired_area_change_max_rate = repair.is_repaired, repair.change_max_rate
    report.repaired_area_change_total_rate = repair.change_total_rate
    report.issues += repair.issues


def tell_whole(
    report: BoundaryReport, boundary: pd.DataFrame, other: pd.DataFrame, shapes: Shapes, finest: Level, raw: np.ndarray
) -> None:
    """Write counts, areas and shapes of all levels; `raw` are the polygons of the finest one as they came."""
    report.finest_level = finest.name
    report.level_counts = {Level(at).name: int(n) for at, n in boundary["level"].value_counts().sort_index().items()}
    report.other_counts = {str(kind): int(n) for kind, n in other["kind"].value_counts().items()}
    fine = boundary[boundary["level"] == int(finest)]
    report.kept_count += len(fine) + len(other)
    report.area_km2, report.other_area_km2 = float(fine["area_km2"].sum()), float(other["area_km2"].sum())
    told = (_TOLD_DETAIL, finest)
    report.tolerance_degree, report.shape_vertex_count = shapes.tolerance[told], shapes.vertex_count[told]
    report.vertex_count = int(shapely.get_num_coordinates(raw).sum())
    report.shape_area_change_median_rate = shapes.change_median_rate[told]
    report.shape_area_change_max_rate = shapes.change_max_rate[told]
    report.shape_details = [
        {
            "detail": detail,
            "level": level.name,
            "tolerance_degree": shapes.tolerance[detail, level],
            "vertex_count": shapes.vertex_count[detail, level],
            "kept_count": shapes.kept_count[detail, level],
            "change_median_rate": shapes.change_median_rate[detail, level],
            "change_max_rate": shapes.change_max_rate[detail, level],
        }
        for detail, level in sorted(shapes.tolerance)
    ]
    report.issues += shapes.issues
    report.sum_error_max_rate = _sum_error(fine, other, boundary, finest)
    for row in other[other["parent_kode"].isna()].itertuples():
        report.issues.append(Issue("other_without_parent", row.given_code, row.name, geometry=row.geometry))


def tell_checks(
    own: pd.DataFrame, boundary: pd.DataFrame, finest: Level, book: CodeBook, areas: Mapping[str, float],
    report: BoundaryReport,
) -> None:  # fmt: skip
    """Write what the finest wilayah look like beside the code list, official areas and what the file states itself.

    `own` are the rows of the file, `boundary` what was made of them.
    """
    fine = boundary[boundary["level"] == int(finest)]
    kode, geometry, km2 = fine["kode"], fine["geometry"].to_numpy(), fine["area_km2"]
    name = kode.map(own.set_index("kode")["name"])
    report.issues += checks.duplicates(kode, geometry)
    report.issues += checks.sizes(kode, name, geometry, km2.to_numpy(), finest)
    report.issues += checks.areas_against(areas, boundary["kode"], boundary["area_km2"].to_numpy())
    if "label_lon" in own:
        at = own.set_index("kode").loc[list(kode)]
        report.issues += checks.label_points(kode, geometry, at["label_lon"].to_numpy(), at["label_lat"].to_numpy())
    if "stated_km2" in own:
        stated = own.dropna(subset=["stated_km2"])
        report.issues += checks.areas_against(dict(zip(stated["kode"], stated["stated_km2"], strict=True)), kode, km2)
    if book.names is None:
        return
    for row in own[~own["kode"].isin(book.known)].itertuples():
        report.issues.append(Issue("kode_not_in_list", row.kode, _or_none(row.name), geometry=row.geometry))
    report.missing_count, issues = checks.missing(kode, book.names, finest, frozenset(boundary["kode"]))
    report.issues += issues
    at = pd.Series(geometry, index=kode)
    for row in differing_names(kode, name, book).itertuples():
        what = "name_differs" if pd.isna(row.elsewhere) else "name_elsewhere"
        note = row.listed_name if pd.isna(row.elsewhere) else f"{row.listed_name}; {row.elsewhere}"
        report.issues.append(Issue(what, row.kode, row.name, note=note, geometry=at[row.kode]))


def _sum_error(fine: pd.DataFrame, other: pd.DataFrame, boundary: pd.DataFrame, finest: Level) -> float:
    worst = 0.0
    parent = other["parent_kode"].fillna("")
    for level in range(Level.provinsi, finest):
        cut = KODE_LENGTH[Level(level)]
        inside = parent.str.len() >= cut
        parts = fine.groupby(fine["kode"].str.slice(0, cut))["area_km2"].sum()
        parts = parts.add(other[inside].groupby(parent[inside].str.slice(0, cut))["area_km2"].sum(), fill_value=0)
        whole = boundary[boundary["level"] == level].set_index("kode")["area_km2"]
        worst = max(worst, float((parts / whole - 1).abs().max()))
    return worst


def _or_none(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
