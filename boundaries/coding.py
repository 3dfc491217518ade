"""Which wilayah a polygon stands for: told by its code, a crosswalk or a person's confirmation, or set apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from boundaries.code_repair import restore
from boundaries.codes import (
    bps_codes,
    check_fictional,
    check_system,
    kemendagri_codes,
    kode_from_bps,
    other_kind,
    proven_level,
    system_of,
)
from boundaries.crosswalk import BPS_LENGTH, CodeBook, with_dots
from boundaries.errors import BoundaryError
from boundaries.levels import FICTIONAL_PROVINSI, Level, is_kode
from boundaries.names import title_case
from boundaries.publishers import ISO_PROVINSI
from boundaries.reading import BoundaryFiles, Layer
from boundaries.report import BoundaryReport, Issue
from boundaries.statement import AUTO, Statement

UNCODED = "tanpa_kode"
# Where most codes of a column came damaged in one way, one finding tells it; a few are named each.
_NAMED_RATE_MAX = 0.2
_UPPER = (Level.kecamatan, Level.kabupaten, Level.provinsi)


@dataclass(frozen=True)
class Coded:
    """The rows of one layer, with their geometry: `own` has a kode, `other` has none or is no wilayah.

    `own` has kode, kode_bps, name, the names above and what the file states of area and label; `other` given_code,
    name, kind, parent_kode (as far as the row itself tells it), the layer's level and the names above.
    """

    level: Level | None
    own: pd.DataFrame
    other: pd.DataFrame


def choose_system(files: BoundaryFiles, statement: Statement, book: CodeBook) -> str:
    """Return the code system of files: the one stated, or the one that their columns and codes prove.

    Raises BoundaryError `system_unclear` when digits without dots could be of either.
    """
    layers = [layer for layer in files.layers if not layer.form.is_other]
    if statement.system != AUTO:
        stated = f"given_{statement.system}"
        written = [layer.frame[stated] for layer in layers if stated in layer.frame]
        # A layout of nobody in particular has one column of codes, whichever system it is in.
        written = written or [_only_codes(layer) for layer in layers if not layer.form.publishers]
        if written and statement.system != "fiktif":
            check_system(pd.concat(written), statement.system, book, path=files.file_name)
        return statement.system
    columns = [column for layer in layers for column in ("given_kemendagri", "given_bps") if column in layer.frame]
    if not columns:
        return "kemendagri"
    held = "given_kemendagri" if "given_kemendagri" in columns else "given_bps"
    raw = pd.concat([layer.frame[held] for layer in layers if held in layer.frame]).dropna()
    if len(raw) and raw.astype("string").str.startswith(FICTIONAL_PROVINSI).all():
        return "fiktif"
    found = system_of(raw, book)
    is_of_publisher = all(layer.form.publishers for layer in layers)
    if found.is_sure and (found.is_listed or not is_of_publisher):
        return found.system
    if is_of_publisher:
        # Where no list has the codes themselves, a known publisher's own column tells.
        return held.removeprefix("given_")
    raise BoundaryError(
        "system_unclear", path=files.file_name, example=raw.iloc[0] if len(raw) else "-", **found.rates
    )


def code_layer(layer: Layer, system: str, statement: Statement, book: CodeBook, report: BoundaryReport) -> Coded:
    """Give every row of a layer its kode or set it apart; what was found on the way goes into the report."""
    frame = layer.frame.reset_index(drop=True)
    report.read_count += len(frame)
    report.layers.append(layer.name)
    raw = _raw(layer, system, report)
    restored = restore(raw, "bps" if system == "bps" else "kemendagri", book)
    _tell_restored(raw, restored, report)
    text = restored.kode.mask(restored.unrecoverable)
    frame["kode_bps"] = bps_codes(text if system == "bps" else frame["kode_bps"])
    kind = frame["kode_bps"].map(other_kind, na_action="ignore").astype("string")
    frame["kode"] = _kode(text.where(kind.isna()) if system == "bps" else text, system, book, report.file_name)
    if "given_iso" in layer.frame:
        frame["kode"] = frame["kode"].fillna(layer.frame["given_iso"].reset_index(drop=True).map(ISO_PROVINSI))
    given = _given_code(frame, restored.kode)
    confirmed = given.map(statement.confirmed).astype("string").where(frame["kode"].isna() & kind.isna())
    report.confirmed_count += int(confirmed.notna().sum())
    frame["kode"] = frame["kode"].fillna(confirmed)

    is_missing = (shapely.is_missing(frame.geometry) | shapely.is_empty(frame.geometry)).astype(bool)
    is_nothing = (frame["kode"].isna() & given.str.startswith("#") & frame["name"].isna()).to_numpy(dtype=bool)
    for row in np.flatnonzero(is_missing | is_nothing):
        what = "no_geometry" if is_missing[row] else "no_kode"
        report.issues.append(Issue(what, _or_none(frame["kode"].iat[row]), _or_none(frame["name"].iat[row])))
    report.rejected_count += int((is_missing | is_nothing).sum())
    is_own = (frame["kode"].notna() & kind.isna()).to_numpy(dtype=bool) & ~is_missing
    is_other = ~is_own & ~is_missing & ~is_nothing
    own = pd.DataFrame(frame[is_own]).drop(columns=_given_columns(frame)).reset_index(drop=True)
    left = frame[is_other]
    other = pd.DataFrame(
        {
            "given_code": given[is_other],
            "name": left["name"].fillna("-").map(title_case),
            "kind": kind[is_other].fillna(UNCODED),
            "parent_kode": _stated_parent(left, book),
            "level": layer.form.level,
            "geometry": left.geometry.to_numpy(),
            **{column: left[column] for column in left.columns if column.endswith("_name")},
        }
    ).reset_index(drop=True)
    for row in other[other["kind"] == UNCODED].itertuples():
        report.issues.append(Issue("desa_without_kode", row.given_code, row.name, geometry=row.geometry))
    report.uncoded_count += int((other["kind"] == UNCODED).sum())
    if own.empty:
        return Coded(None, own, other)
    return Coded(_level(own["kode"], layer, system, statement, report), own, other)


def other_layer(layer: Layer, report: BoundaryReport) -> pd.DataFrame:
    """Return the areas of a layer that holds no wilayah, under the columns of `Coded.other`."""
    frame = layer.frame
    report.read_count += len(frame)
    report.layers.append(layer.name)
    code = bps_codes(frame["given_bps"].astype("string"))
    is_usable = code.notna() & ~shapely.is_missing(frame.geometry) & ~shapely.is_empty(frame.geometry)
    report.rejected_count += int((~is_usable).sum())
    return pd.DataFrame(
        {
            "given_code": code[is_usable],
            "name": frame["name"][is_usable].fillna("-").map(title_case),
            "kind": code[is_usable].map(lambda text: other_kind(text) or "lainnya"),
            "parent_kode": pd.Series(pd.NA, index=code[is_usable].index, dtype="string"),
            "geometry": frame.geometry.to_numpy()[is_usable.to_numpy(dtype=bool)],
        }
    )


def _raw(layer: Layer, system: str, report: BoundaryReport) -> pd.Series:
    """Return the codes of a layer as they were written, in the column that holds those of `system`."""
    frame = layer.frame.reset_index(drop=True)
    column = "given_bps" if system == "bps" else "given_kemendagri"
    held = [name for name in ("given_kemendagri", "given_bps") if name in frame]
    if column in frame:
        return frame[column]
    if held and layer.form.publishers:
        known = ", ".join(name.removeprefix("given_") for name in held)
        raise BoundaryError(
            "system_not_in_layer", path=report.file_name, layer=layer.name, system=system, known=known
        )
    return _only_codes(layer).reset_index(drop=True)


def _only_codes(layer: Layer) -> pd.Series:
    held = [name for name in ("given_kemendagri", "given_bps") if name in layer.frame]
    return layer.frame[held[0]] if held else pd.Series(pd.NA, index=layer.frame.index, dtype="string")


def _kode(text: pd.Series, system: str, book: CodeBook, path: str) -> pd.Series:
    if text.isna().all():
        return text.astype("string")
    if system == "bps":
        kode = kode_from_bps(text, book.pairs, book.upper, path=path)
        # The provinsi of a year before it was split is not the one of today that kept its code.
        is_split = (text.str.len() == BPS_LENGTH[Level.provinsi]) & ~text.isin(list(book.upper))
        return kode.mask(is_split)
    return kemendagri_codes(text, book.known if system != "fiktif" else None, path=path, pairs=book.pairs or None)


def _given_code(frame: pd.DataFrame, text: pd.Series) -> pd.Series:
    """Return what a row is called where it has no kode: its code as written, its number, or its place in the file."""
    place = pd.Series([f"#{row + 1}" for row in range(len(frame))], index=frame.index, dtype="string")
    return text.fillna(frame["kode_bps"]).fillna(frame["own_id"]).fillna(place)


def _given_columns(frame: pd.DataFrame) -> list[str]:
    endings = ("_kemendagri", "_bps", "_iso")
    return [column for column in frame.columns if column.endswith(endings) and column != "kode_bps"] + ["own_id"]


def _stated_parent(left: pd.DataFrame, book: CodeBook) -> pd.Series:
    """Return the lowest wilayah above a row that its own columns name by code, NA where they name none.

    A provinsi is not believed of a row whose kabupaten has another code today: it may have left that provinsi.
    """
    parent = pd.Series(pd.NA, index=left.index, dtype="string")
    is_elsewhere = pd.Series(False, index=left.index)
    for level in _UPPER:
        for system in ("kemendagri", "bps"):
            column = f"{level.name}_{system}"
            if column not in left or left[column].isna().all():
                continue
            if (level, system) == (Level.kecamatan, "bps"):
                # It may have been split since the file's year: only the coded desa beside the row can tell.
                continue
            text = restore(left[column], system, book)
            codes = text.kode.mask(text.unrecoverable)
            above = codes.map({**book.pairs, **book.upper}) if system == "bps" else _listed(codes, book)
            parent = parent.fillna(above.astype("string").mask(is_elsewhere))
            if level is Level.kabupaten:
                is_elsewhere |= codes.notna() & parent.isna()
    return parent


def _listed(codes: pd.Series, book: CodeBook) -> pd.Series:
    """Return dotted codes of those that the list has; a code above a row only helps, so a wrong one refuses nothing."""
    dotted = codes.map(with_dots, na_action="ignore").astype("string")
    return dotted.where(codes.map(is_kode, na_action="ignore") if book.known is None else dotted.isin(book.known))


def _level(kode: pd.Series, layer: Layer, system: str, statement: Statement, report: BoundaryReport) -> Level:
    path, stated = report.file_name, layer.form.level
    found = proven_level(kode, statement.level if statement.level is not None else stated, path=path)
    if stated is not None and found is not stated:
        raise BoundaryError(
            "level_contradicted", path=path, level=stated.name, found=found.name, example=kode.iat[0]
        )
    check_fictional(kode, system, path=path)
    return found


def _tell_restored(raw: pd.Series, restored: object, report: BoundaryReport) -> None:
    changed, lost = restored.changed & ~restored.unrecoverable, restored.unrecoverable
    report.restored_count += int(changed.sum())
    shown = changed[changed].index if changed.mean() <= _NAMED_RATE_MAX else changed[changed].index[:1]
    for row in shown:
        note = f"{raw.at[row]} > {restored.kode.at[row]}"
        report.issues.append(Issue("kode_restored", str(restored.kode.at[row]), note=note))
    for row in lost[lost].index:
        report.issues.append(Issue("kode_unreadable", str(raw.at[row])))


def _or_none(value: object) -> str | None:
    return None if pd.isna(value) else str(value)
