"""From the layers of a file to a whole set of wilayah: checked, repaired, dissolved upward, ready to be stored."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from boundaries.area import area_km2
from boundaries.codes import (
    bps_codes,
    check_fictional,
    kemendagri_codes,
    kode_from_bps,
    other_kind,
    parents_of_other,
    proven_level,
)
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, Level
from boundaries.names import display_name, title_case
from boundaries.reading import BoundaryFile, Layer
from boundaries.repair import repair_coverage
from boundaries.report import BoundaryReport, Issue
from boundaries.simplify import Shapes, draw_shapes

_LAYER_DIFFERENCE = 0.001
# An area that finer polygons cover by more than this is the same area drawn again, not one beside them.
_COVERED_SHARE = 0.5


@dataclass(frozen=True)
class WilayahSet:
    """All that a boundary file says, in this project's terms.

    `wilayah` has kode, name, kode_bps for every level; `boundary` kode, area_km2, geometry; `other` given_code, name,
    kind, parent_kode, area_km2, geometry, shape.
    """

    finest: Level
    wilayah: pd.DataFrame
    boundary: pd.DataFrame
    other: pd.DataFrame
    shapes: Shapes
    has_official_names: bool


def assemble(
    file: BoundaryFile,
    report: BoundaryReport,
    *,
    level: Level | None,
    known: frozenset[str] | None,
    pairs: dict[str, str],
) -> WilayahSet:
    """Check, repair and dissolve the layers of `file`, writing what was found into `report`."""
    for name in file.skipped:
        report.issues.append(Issue("layer_skipped", name=name))
    layers = [_coded(layer, report, level, known, pairs) for layer in file.layers if not layer.form.is_other]
    finest = max(found for _, found, _ in layers)
    parts: dict[Level, pd.DataFrame] = {}
    for at in sorted({found for _, found, _ in layers}):
        # Layers of one level (a file for each kabupaten, say) are parts of one layer.
        own = pd.concat([frame["own"] for _, found, frame in layers if found is at], ignore_index=True)
        parts[at] = _without_duplicates(own, report, file.file_name)
    own = parts.pop(finest)
    others = [frame["other"] for _, found, frame in layers if found is finest]
    others += [_other_layer(extra.frame, report) for extra in file.layers if extra.form.is_other]
    other = pd.concat(others, ignore_index=True)
    for _, found, frame in layers:
        if found < finest:
            other = pd.concat([other, _not_yet_drawn(frame["other"], own, other, report)], ignore_index=True)
    _check_other(other, file.file_name)
    uncoded = other["given_code"][other["kind"] == "tanpa_kode"]
    other["parent_kode"] = parents_of_other(other["given_code"], own["kode"], own["kode_bps"], uncoded)
    names = {kode: name for upper in parts.values() for kode, name in _names_of(upper)}
    has_official_names = all(layer.form.has_official_names for layer, found, _ in layers if found is finest)
    whole = build(own, other, finest, names, report, has_official_names=has_official_names)
    for found, upper in parts.items():
        _compare(upper, whole.boundary, found, report)
        report.kept_count += len(upper)
    return whole


def build(
    own: pd.DataFrame,
    other: pd.DataFrame,
    finest: Level,
    upper_names: dict[str, str],
    report: BoundaryReport,
    *,
    has_official_names: bool,
) -> WilayahSet:
    """Repair the finest level with its other areas, dissolve the levels above, draw the display shapes."""
    count = len(own)
    label = pd.concat([own["kode"], other["given_code"]], ignore_index=True)
    name = pd.concat([own["name"], other["name"]], ignore_index=True)
    raw = np.concatenate([own["geometry"].to_numpy(dtype=object), other["geometry"].to_numpy(dtype=object)])
    repair = repair_coverage(label, name, raw)
    geometry, other_geometry = repair.geometry[:count], repair.geometry[count:]
    report.invalid_ring_count, report.bad_edge_count = repair.invalid_ring_count, repair.bad_edge_count
    report.is_repaired, report.repaired_area_change_max_rate = repair.is_repaired, repair.change_max_rate
    report.repaired_area_change_total_rate = repair.change_total_rate
    report.issues.extend(repair.issues)

    kode, parent = own["kode"].reset_index(drop=True), other["parent_kode"].astype("string")
    levels = {finest: pd.Series(geometry, index=pd.Index(kode, dtype="string"), dtype=object)}
    for above in Level:
        if Level.nasional < above < finest:
            levels[above] = dissolve(kode, geometry, parent, other_geometry, above)
    shapes = draw_shapes(kode, geometry, parent, other_geometry, finest)
    boundary = pd.concat(
        [
            pd.DataFrame({"kode": series.index, "level": int(at), "geometry": series.to_numpy()})
            for at, series in sorted(levels.items())
        ],
        ignore_index=True,
    )
    boundary["area_km2"] = area_km2(boundary["geometry"].to_numpy())
    other = other.assign(geometry=other_geometry, shape=shapes.other, area_km2=area_km2(other_geometry))
    _describe(report, boundary, other, shapes, finest, repair.geometry)
    return WilayahSet(finest, _wilayah_rows(own, boundary, upper_names), boundary, other, shapes, has_official_names)


def _coded(
    layer: Layer, report: BoundaryReport, level: Level | None, known: frozenset[str] | None, pairs: dict[str, str]
) -> tuple[Layer, Level, dict[str, pd.DataFrame]]:
    frame, path = layer.frame, report.file_name
    report.read_count += len(frame)
    report.layers.append(layer.name)
    frame = frame.assign(kode_bps=bps_codes(frame["kode_bps"]))
    kind = frame["kode_bps"].map(other_kind, na_action="ignore").astype("string")
    if report.system == "bps":
        frame["kode"] = kode_from_bps(frame["kode"].where(kind.isna()), pairs, path=path)
    else:
        frame["kode"] = kemendagri_codes(frame["kode"], known, path=path)
    is_missing = (shapely.is_missing(frame.geometry) | shapely.is_empty(frame.geometry)).astype(bool)
    is_nameless = frame["kode"].isna() & frame["kode_bps"].isna()
    for row in np.flatnonzero(is_missing | is_nameless):
        what = "no_geometry" if is_missing[row] else "no_kode"
        report.issues.append(Issue(what, _text(frame["kode"].iat[row]), _text(frame["name"].iat[row])))
    report.rejected_count += int((is_missing | is_nameless).sum())
    is_own = (frame["kode"].notna() & kind.isna()).to_numpy(dtype=bool) & ~is_missing
    is_other = ~is_own & ~is_missing & ~is_nameless.to_numpy(dtype=bool)
    own = frame[is_own].copy()
    if own.empty:
        raise BoundaryError("no_coded_rows", path=path, system=report.system)
    found = proven_level(own["kode"], level if level is not None else layer.form.level, path=path)
    if layer.form.level is not None and found is not layer.form.level:
        raise BoundaryError(
            "level_contradicted",
            path=path,
            level=layer.form.level.name,
            found=found.name,
            example=own["kode"].iat[0],
        )
    check_fictional(own["kode"], report.system, path=path)
    left = frame[is_other]
    other = pd.DataFrame(
        {
            "given_code": left["kode_bps"].fillna(left["kode"]),
            "name": left["name"].fillna("-").map(title_case),
            "kind": kind[is_other].fillna("tanpa_kode"),
            "geometry": left.geometry.to_numpy(),
        }
    )
    for row in other[other["kind"] == "tanpa_kode"].itertuples():
        report.issues.append(Issue("desa_without_kode", row.given_code, row.name))
    if known is not None:
        for row in own[~own["kode"].isin(known)].itertuples():
            report.issues.append(Issue("kode_not_in_list", row.kode, _text(row.name)))
        _report_missing(own["kode"], known, report)
    return layer, found, {"own": pd.DataFrame(own).reset_index(drop=True), "other": other}


def _report_missing(kode: pd.Series, known: frozenset[str], report: BoundaryReport) -> None:
    length, present = len(kode.iat[0]), frozenset(kode)
    for provinsi in sorted(kode.str.slice(0, 2).unique()):
        listed = [code for code in known if len(code) == length and code.startswith(provinsi)]
        missing = sum(code not in present for code in listed)
        if missing:
            report.issues.append(Issue("listed_without_polygon", provinsi, note=f"{missing}/{len(listed)}"))


def _other_layer(frame: GeoDataFrame, report: BoundaryReport) -> pd.DataFrame:
    report.read_count += len(frame)
    code = bps_codes(frame["kode"])
    is_usable = code.notna() & ~shapely.is_missing(frame.geometry) & ~shapely.is_empty(frame.geometry)
    report.rejected_count += int((~is_usable).sum())
    return pd.DataFrame(
        {
            "given_code": code[is_usable],
            "name": frame["name"][is_usable].fillna("-").map(title_case),
            "kind": code[is_usable].map(lambda text: other_kind(text) or "lainnya"),
            "geometry": frame.geometry.to_numpy()[is_usable.to_numpy(dtype=bool)],
        }
    )


def _not_yet_drawn(upper: pd.DataFrame, own: pd.DataFrame, other: pd.DataFrame, report: BoundaryReport) -> pd.DataFrame:
    """Return the other areas of an upper layer that the finest one does not draw itself, whole or in parts."""
    if upper.empty:
        return upper
    drawn = shapely.make_valid(np.concatenate([own["geometry"].to_numpy(dtype=object), other["geometry"].to_numpy()]))
    area = shapely.make_valid(upper["geometry"].to_numpy())
    row, part = shapely.STRtree(drawn).query(area, predicate="intersects")
    shared = np.bincount(row, shapely.area(shapely.intersection(area[row], drawn[part])), minlength=len(area))
    is_drawn = upper["given_code"].isin(other["given_code"]).to_numpy(dtype=bool) | (
        shared > _COVERED_SHARE * shapely.area(area)
    )
    for covered in upper[is_drawn].itertuples():
        report.issues.append(Issue("other_covered", covered.given_code, covered.name))
    report.duplicate_count += int(is_drawn.sum())
    return upper[~is_drawn]


def _without_duplicates(own: pd.DataFrame, report: BoundaryReport, path: str) -> pd.DataFrame:
    is_repeated = own["kode"].duplicated(keep=False).to_numpy(dtype=bool)
    if not is_repeated.any():
        return own
    repeated = own[is_repeated]
    drawn = pd.Series(shapely.to_wkb(shapely.normalize(repeated["geometry"].to_numpy())), index=repeated.index)
    is_copy = pd.DataFrame({"kode": repeated["kode"], "drawn": drawn}).duplicated()
    rest = repeated[~is_copy]
    if rest["kode"].duplicated().any():
        kode = rest["kode"][rest["kode"].duplicated()].iloc[0]
        raise BoundaryError(
            "duplicate_kode", path=path, kode=kode, count=int(rest["kode"].duplicated(keep=False).sum())
        )
    for row in repeated[is_copy].itertuples():
        report.issues.append(Issue("duplicate", row.kode, _text(row.name)))
    report.duplicate_count += int(is_copy.sum())
    return own.drop(index=repeated.index[is_copy]).reset_index(drop=True)


def _check_other(other: pd.DataFrame, path: str) -> None:
    repeated = other["given_code"][other["given_code"].duplicated()]
    if len(repeated):
        raise BoundaryError("duplicate_kode", path=path, kode=repeated.iloc[0], count=len(repeated) + 1)


def _names_of(own: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(own["kode"], own["name"], strict=True))


def _wilayah_rows(own: pd.DataFrame, boundary: pd.DataFrame, upper_names: dict[str, str]) -> pd.DataFrame:
    names = dict(upper_names)
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        column = f"{level.name}_name"
        if column in own:
            # The code's own prefix decides the parent; of the names that its rows give, the most frequent counts.
            above = own["kode"].str.slice(0, KODE_LENGTH[level])
            counted = own[column].dropna().groupby(above).agg(lambda given: given.mode().iat[0])
            names = {**counted.to_dict(), **names}
    names.update((kode, name) for kode, name in _names_of(own) if not pd.isna(name))
    rows = pd.DataFrame({"kode": boundary["kode"], "level": boundary["level"]})
    rows["kode_bps"] = rows["kode"].map(own.set_index("kode")["kode_bps"])
    given = rows["kode"].map(names)
    rows["name"] = [
        display_name(kode, name) if isinstance(name, str) else None
        for kode, name in zip(rows["kode"], given, strict=True)
    ]
    return rows


def _compare(given: pd.DataFrame, boundary: pd.DataFrame, level: Level, report: BoundaryReport) -> None:
    """Report where a layer of the file differs from what its finer layer dissolves to; the dissolved one is kept."""
    stated = pd.Series(area_km2(given["geometry"].to_numpy()), index=given["kode"])
    made = boundary[boundary["level"] == int(level)].set_index("kode")["area_km2"].reindex(stated.index)
    named = given.set_index("kode")["name"]
    for kode in stated.index[~((made / stated - 1).abs() <= _LAYER_DIFFERENCE)]:
        after = None if pd.isna(made[kode]) else float(made[kode])
        report.issues.append(Issue("layer_differs", kode, _text(named[kode]), float(stated[kode]), after))


def _describe(
    report: BoundaryReport, boundary: pd.DataFrame, other: pd.DataFrame, shapes: Shapes, finest: Level, raw: np.ndarray
) -> None:
    report.finest_level = finest.name
    report.level_counts = {Level(at).name: int(n) for at, n in boundary["level"].value_counts().sort_index().items()}
    report.other_counts = {str(kind): int(n) for kind, n in other["kind"].value_counts().items()}
    fine = boundary[boundary["level"] == int(finest)]
    report.kept_count = len(fine) + len(other)
    report.area_km2, report.other_area_km2 = float(fine["area_km2"].sum()), float(other["area_km2"].sum())
    report.tolerance_degree = shapes.tolerance[finest]
    report.vertex_count = int(shapely.get_num_coordinates(raw).sum())
    report.shape_vertex_count = shapes.vertex_count
    report.shape_area_change_median_rate = shapes.change_median_rate
    report.shape_area_change_max_rate = shapes.change_max_rate
    report.sum_error_max_rate = _sum_error(fine, other, boundary, finest)
    for row in other[other["parent_kode"].isna()].itertuples():
        report.issues.append(Issue("other_without_parent", row.given_code, row.name))


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


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
