"""From the layers of files to a whole set of wilayah: checked, repaired, dissolved upward, ready to be stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from boundaries import checks
from boundaries.account import tell_checks, tell_repair, tell_whole
from boundaries.area import area_km2
from boundaries.coding import UNCODED, Coded, choose_system, code_layer, other_layer
from boundaries.crosswalk import CodeBook
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, Level
from boundaries.names import display_name
from boundaries.other_parents import place_other
from boundaries.reading import BoundaryFiles, Layer
from boundaries.repair import repair_coverage
from boundaries.report import BoundaryReport, Issue
from boundaries.simplify import Shapes, draw_shapes
from boundaries.statement import Statement
from boundaries.suggestions import suggest

_LAYER_DIFFERENCE = 0.001
# An area that finer polygons cover by more than this is the same area drawn again, not one beside them.
_COVERED_SHARE = 0.5
# Rows of one kode that share more than this of their area are two drawings of one place, not parts of it.
_PART_OVERLAP = 0.001


@dataclass(frozen=True)
class WilayahSet:
    """All that boundary files say, in this project's terms.

    `wilayah` has kode, name, kode_bps for every level; `boundary` kode, area_km2, geometry; `other` given_code, name,
    kind, parent_kode, area_km2, geometry; `suggestions` the kode that names suggest for polygons without one.
    """

    finest: Level
    wilayah: pd.DataFrame
    boundary: pd.DataFrame
    other: pd.DataFrame
    shapes: Shapes
    has_official_names: bool
    suggestions: pd.DataFrame = field(default_factory=pd.DataFrame)


class NamesOnly(BoundaryError):
    """Not one polygon has a kode; `suggestions` are what their names suggest, for a person to confirm."""

    def __init__(self, suggestions: pd.DataFrame, **details: object) -> None:
        super().__init__("names_only", **details)
        self.suggestions = suggestions


def assemble(
    files: BoundaryFiles,
    report: BoundaryReport,
    statement: Statement,
    book: CodeBook,
    areas: Mapping[str, float],
    say: Callable[[str, float], None],
) -> WilayahSet:
    """Check, repair and dissolve the layers of files, writing what was found into `report`.

    `areas` are the official areas in km2 by kode, against which ours are reported.
    """
    say("codes", 0.1)
    report.issues += [*files.issues, *(Issue("layer_skipped", name=name) for name in files.skipped)]
    report.publisher, report.reason = files.publisher, files.reason
    report.system = choose_system(files, statement, book)
    report.is_fictional = report.system == "fiktif"
    layers = [
        (layer, code_layer(layer, report.system, statement, book, report))
        for layer in files.layers
        if not layer.form.is_other
    ]
    coded = [(layer, found) for layer, found in layers if found.level is not None]
    if not coded:
        raise _names_only(pd.concat([found.other for _, found in layers]), book, report)
    finest = max(found.level for _, found in coded)
    parts: dict[Level, pd.DataFrame] = {}
    for at in sorted({found.level for _, found in coded}):
        # Layers of one level (a file for each kabupaten, say) are parts of one layer.
        own = pd.concat([found.own for _, found in coded if found.level is at], ignore_index=True)
        parts[at] = _without_duplicates(own, report, files.file_name)
    own = parts.pop(finest)
    other = _all_other(files, layers, finest, own, report)
    other["parent_kode"] = place_other(other, own, other["kind"] == UNCODED, book)
    names = {kode: name for upper in parts.values() for kode, name in _names_of(upper)}
    has_official_names = all(layer.form.has_official_names for layer, found in coded if found.level is finest)
    whole = build(own, other, finest, names, report, say, has_official_names=has_official_names, book=book)
    tell_checks(own, whole.boundary, finest, book, areas, report)
    for found, upper in parts.items():
        _compare(upper, whole.boundary, found, report)
        report.issues += checks.parents_that_miss(
            own["kode"], own["geometry"].to_numpy(), upper["kode"], upper["geometry"].to_numpy()
        )
        report.kept_count += len(upper)
    return whole


def build(
    own: pd.DataFrame,
    other: pd.DataFrame,
    finest: Level,
    upper_names: dict[str, str],
    report: BoundaryReport,
    say: Callable[[str, float], None],
    *,
    has_official_names: bool,
    book: CodeBook,
) -> WilayahSet:
    """Repair the finest level with its other areas, dissolve the levels above, draw the display shapes."""
    say("repair", 0.15)
    raw = np.concatenate([own["geometry"].to_numpy(dtype=object), other["geometry"].to_numpy(dtype=object)])
    label = pd.concat([own["kode"], other["given_code"]], ignore_index=True)
    repair = repair_coverage(label, pd.concat([own["name"], other["name"]], ignore_index=True), raw)
    tell_repair(repair, report)
    is_kept_own, is_kept_other = repair.is_kept[: len(own)], repair.is_kept[len(own) :]
    geometry = repair.geometry[: len(own)][is_kept_own]
    other_geometry = repair.geometry[len(own) :][is_kept_other]
    own, other = own[is_kept_own].reset_index(drop=True), other[is_kept_other].reset_index(drop=True)
    report.rejected_count += int((~repair.is_kept).sum())

    say("dissolve", 0.35)
    kode, parent = own["kode"], other["parent_kode"].astype("string")
    levels = {finest: pd.Series(geometry, index=pd.Index(kode, dtype="string"), dtype=object)}
    for above in Level:
        if Level.nasional < above < finest:
            levels[above] = dissolve(kode, geometry, parent, other_geometry, above)
    boundary = pd.concat(
        [
            pd.DataFrame({"kode": series.index, "level": int(at), "geometry": series.to_numpy()})
            for at, series in sorted(levels.items())
        ],
        ignore_index=True,
    )
    boundary["area_km2"] = area_km2(boundary["geometry"].to_numpy())
    say("shapes", 0.45)
    shapes = draw_shapes(kode, geometry, parent, other_geometry, finest)
    other = other.assign(geometry=other_geometry, area_km2=area_km2(other_geometry))
    tell_whole(report, boundary, other, shapes, finest, raw)
    suggestions = _suggestions(other[other["kind"] == UNCODED], book, frozenset(kode), report)
    wilayah = _wilayah_rows(own, boundary, upper_names)
    return WilayahSet(finest, wilayah, boundary, other, shapes, has_official_names, suggestions)


def no_other() -> pd.DataFrame:
    """Return the other areas of a layer that has none."""
    return pd.DataFrame(
        {
            **{column: pd.Series(dtype="string") for column in ("given_code", "name", "kind", "parent_kode")},
            "geometry": pd.Series(dtype=object),
        }
    )


def _all_other(
    files: BoundaryFiles, layers: list[tuple[Layer, Coded]], finest: Level, own: pd.DataFrame, report: BoundaryReport
) -> pd.DataFrame:
    """Return every area that is no wilayah, each once, whichever layers draw it."""
    # A layer of which no row has a kode is of the level that its columns say.
    level_of = {layer.name: found.level or layer.form.level or finest for layer, found in layers}
    others = [found.other for layer, found in layers if level_of[layer.name] >= finest]
    others += [other_layer(layer, report) for layer in files.layers if layer.form.is_other]
    other = pd.concat([no_other(), *others], ignore_index=True)
    for layer, found in layers:
        if level_of[layer.name] < finest:
            left = _not_yet_drawn(found.other, own, other, report)
            other = pd.concat([other, left], ignore_index=True)
    other["given_code"] = _told_apart(other["given_code"])
    return other


def _told_apart(given: pd.Series) -> pd.Series:
    """Return given codes that are all different: publishers give one number (a lake's, none) to several polygons."""
    nth = given.groupby(given).cumcount()
    return given.where(nth == 0, given + "#" + (nth + 1).astype("string"))


def _names_only(other: pd.DataFrame, book: CodeBook, report: BoundaryReport) -> NamesOnly:
    suggestions = _suggestions(other, book, frozenset(), report)
    return NamesOnly(
        suggestions, path=report.file_name, count=len(other), suggested=report.suggestion_count
    )


def _suggestions(
    uncoded: pd.DataFrame, book: CodeBook, taken: frozenset[str], report: BoundaryReport
) -> pd.DataFrame:
    suggestions = suggest(uncoded.drop(columns="geometry"), book, taken)
    report.suggestion_count = int(suggestions["kode"].notna().sum())
    return suggestions


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
    for row in repeated[is_copy].itertuples():
        report.issues.append(Issue("duplicate", row.kode, _text(row.name)))
    left, dropped = own.copy(), list(repeated.index[is_copy])
    rest = repeated[~is_copy]
    for kode, parts in rest[rest["kode"].duplicated(keep=False)].groupby("kode"):
        whole = _joined(parts)
        if whole is None:
            raise BoundaryError("duplicate_kode", path=path, kode=kode, count=len(parts))
        left.at[parts.index[0], "geometry"] = whole
        dropped += list(parts.index[1:])
        report.issues.append(Issue("parts_joined", kode, _text(parts["name"].iat[0]), note=str(len(parts))))
    report.duplicate_count += len(dropped)
    return left.drop(index=dropped).reset_index(drop=True)


def _joined(parts: pd.DataFrame) -> shapely.Geometry | None:
    """Return the rows of one kode as one wilayah of several parts; None if they are not parts of one.

    They are where they bear one name and do not lie over each other: an archipelago, one island to a row.
    """
    geometry = shapely.make_valid(parts["geometry"].to_numpy())
    whole = shapely.union_all(geometry)
    is_one = parts["name"].str.lower().nunique(dropna=False) == 1
    return whole if is_one and whole.area >= (1 - _PART_OVERLAP) * shapely.area(geometry).sum() else None


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


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
