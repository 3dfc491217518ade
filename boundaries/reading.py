"""Reading boundary files: layers recognised, needed columns taken as they were written, polygons in EPSG:4326."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from geopandas import GeoDataFrame

from boundaries.errors import BoundaryError
from boundaries.form import Form
from boundaries.intake.archive import opened
from boundaries.intake.isolation import LayerInfo, describe_maps, read_tables
from boundaries.projection import place
from boundaries.recognition import Recognised, is_missing, recognise_all, settle
from boundaries.report import Issue
from boundaries.statement import AUTO, Statement

# The land and the territorial sea with room to spare; a file in metres or with its axes swapped falls outside.
INDONESIA = (90.0, -15.0, 145.0, 10.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
_POLYGON_TYPES = (3, 6)


@dataclass(frozen=True)
class Layer:
    """One layer as read.

    `frame` has `name`, `kode_bps` and `own_id` as text, geometry, and where the file has them: `given_kemendagri`,
    `given_bps`, `given_iso` (text or numbers, as they were written), the same of the levels above
    (`kecamatan_kemendagri`, ...), their names (`kecamatan_name`, ...), `stated_km2`, `label_lon` and `label_lat`.
    `reason` are the file's columns by which it was recognised.
    """

    name: str
    form: Form
    frame: GeoDataFrame
    reason: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoundaryFiles:
    """The layers taken from files, those left aside, and who publishes them, by which columns that was told."""

    file_name: str
    publisher: str
    reason: tuple[str, ...]
    layers: tuple[Layer, ...]
    skipped: tuple[str, ...]
    issues: tuple[Issue, ...]


def paths_of(paths: Path | Sequence[Path]) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def fingerprint(paths: Path | Sequence[Path], statement: Statement) -> str:
    """Return what tells one load from another: the files' SHA-256, and all that a person states about them.

    A licence alone makes no other load. Raises BoundaryError `file_missing`.
    """
    digests = [sha256_of(file) for path in paths_of(paths) for file in _files_of(path)]
    sha256 = digests[0] if len(digests) == 1 else hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()
    stated = json.dumps(
        [
            statement.vintage,
            statement.publisher,
            statement.system,
            statement.level,
            statement.layer,
            statement.crs,
            repr(statement.mapping),
            sorted(statement.confirmed.items()),
        ]
    )
    return f"{sha256}+{hashlib.sha256(stated.encode()).hexdigest()[:12]}"


def _files_of(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; raise BoundaryError `file_missing`."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BoundaryError("file_missing", path=path) from error


def read_files(paths: Path | Sequence[Path], statement: Statement) -> BoundaryFiles:
    """Read the layers of files that are boundaries: the one named, those of a level, or all that are recognised.

    Several files, a folder or an archive are one load; what lies in them is opened by a process of its own.
    """
    sent = ", ".join(path.name for path in paths_of(paths))
    with opened(paths) as data_sets:
        layers = _wanted(describe_maps(data_sets, sent), statement, sent)
        fields = {label: info.fields for label, info in layers.items()}
        publisher = statement.publisher
        if statement.mapping is not None and publisher == AUTO:
            publisher = statement.mapping.publishers[0]
        recognition = recognise_all(fields, publisher, form=statement.mapping, sent=sent)
        forms = dict(recognition.layers)
        tables = read_tables([(layers[label], list(found.wanted)) for label, found in forms.items()])
    issues: list[Issue] = []
    read = [
        _layer(label, layers[label], found, table, statement, issues)
        for (label, found), table in zip(forms.items(), tables, strict=True)
    ]
    skipped = list(recognition.skipped)
    if statement.level is not None and len(layers) > 1:
        # A single layer is taken as stated: if its codes contradict the level, the error can say so.
        fitting = (None, statement.level)
        aside = [layer.name for layer in read if not layer.form.is_other and layer.form.level not in fitting]
        skipped += aside
        read = [layer for layer in read if layer.name not in aside]
        if all(layer.form.is_other for layer in read):
            raise BoundaryError("level_missing", path=sent, level=statement.level.name, known=", ".join(layers))
    # The columns of the level that each layer turned out to be, not of all that it could have been.
    reason = tuple(dict.fromkeys(column for layer in read for column in layer.reason))
    return BoundaryFiles(sent, recognition.publisher, reason, tuple(read), tuple(skipped), tuple(issues))


def read_polygons(paths: Path | Sequence[Path], *, crs: str | None = None) -> np.ndarray:
    """Return the polygons of every layer of `paths` that has any, in EPSG:4326, whatever its columns.

    A file is opened and refused as one of boundaries is; raises BoundaryError.
    """
    sent = ", ".join(path.name for path in paths_of(paths))
    with opened(paths) as data_sets:
        infos = describe_maps(data_sets, sent)
        tables = read_tables([(info, []) for info in infos])
    polygons = [
        place(_polygons(table, info), info.crs_wkt, stated=crs, box=INDONESIA, sent=sent, layer=info.name).geometry
        for info, table in zip(infos, tables, strict=True)
    ]
    found = np.concatenate(polygons)
    return found[shapely.get_type_id(found) >= 0]


def _wanted(infos: list[LayerInfo], statement: Statement, sent: str) -> dict[str, LayerInfo]:
    if statement.layer is not None:
        known = ", ".join(dict.fromkeys(info.name for info in infos))
        infos = [info for info in infos if info.name == statement.layer]
        if not infos:
            raise BoundaryError("layer_missing", path=sent, layer=statement.layer, known=known)
    counts = Counter(info.name for info in infos)
    # The files of a folder may all call their layer alike: together they are one layer, apart each has its file's name.
    return {
        info.name if counts[info.name] == 1 else f"{info.data_set.sent}: {info.name}": info for info in infos
    }


def _polygons(table: pa.Table, info: LayerInfo) -> np.ndarray:
    sent, layer = info.data_set.sent, info.name
    try:
        geometry = shapely.from_wkb(table.column("geometry").to_numpy(), on_invalid="raise")
    except (shapely.errors.ShapelyError, ValueError) as error:
        raise BoundaryError("geometry_unreadable", path=sent, layer=layer) from error
    present = shapely.get_type_id(geometry)
    if (present < 0).all():
        raise BoundaryError("no_geometry", path=sent, layer=layer)
    if not np.isin(present[present >= 0], _POLYGON_TYPES).all():
        raise BoundaryError("not_polygons", path=sent, layer=layer)
    return geometry


def _layer(
    label: str, info: LayerInfo, found: Recognised, table: pa.Table, statement: Statement, issues: list[Issue]
) -> Layer:
    values = table.drop_columns(["geometry"]).to_pandas()
    found = settle(found, values, layer=label, level=statement.level, sent=info.data_set.sent)
    placed = place(
        _polygons(table, info),
        info.crs_wkt,
        stated=statement.crs,
        box=WORLD if statement.system == "fiktif" else INDONESIA,
        sent=info.data_set.sent,
        layer=info.name,
    )
    for what, is_so in (
        ("reprojected", placed.was_reprojected),
        ("crs_assumed", placed.was_assumed),
        ("axes_swapped", placed.was_swapped),
    ):
        if is_so:
            issues.append(Issue(what, name=label, note=placed.crs_name))
    frame = _frame(found, values)
    return Layer(label, found.form, GeoDataFrame(frame, geometry=placed.geometry, crs=4326), found.reason)


def _frame(found: Recognised, values: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a layer under this project's names, codes as they were written."""
    form = found.form

    def given(column: str | None, *, is_code: bool = False) -> pd.Series | None:
        name = found.columns.get(column or "")
        if name is None:
            return None
        return values[name].mask(is_missing(values[name], form.missing, is_code=is_code))

    frame = pd.DataFrame(index=values.index)
    frame["name"] = pd.Series(pd.NA, index=values.index, dtype="string")
    for column in form.names:
        if (name := given(column)) is not None:
            frame["name"] = frame["name"].fillna(_text(name))
    for system, column in form.kode.items():
        if (codes := given(column, is_code=True)) is not None:
            frame[f"given_{system}"] = codes
    for column, key in ((form.kode_bps, "kode_bps"), (form.own_id, "own_id")):
        codes = given(column, is_code=True)
        frame[key] = pd.Series(pd.NA, index=values.index, dtype="string") if codes is None else _text(codes)
    for level, column in form.upper_names.items():
        if (name := given(column)) is not None:
            frame[f"{level.name}_name"] = _text(name)
    for level, columns in form.upper_kode.items():
        for system, column in columns.items():
            if (codes := given(column, is_code=True)) is not None:
                frame[f"{level.name}_{system}"] = codes
    if form.area and (area := given(form.area[0])) is not None:
        stated = pd.to_numeric(area, errors="coerce") * form.area[1]
        frame["stated_km2"] = stated.where(stated > 0)
    for key, column in zip(("label_lon", "label_lat"), form.label or (), strict=False):
        if (at := given(column)) is not None:
            frame[key] = pd.to_numeric(at, errors="coerce")
    return frame


def _text(values: pd.Series) -> pd.Series:
    text = values.astype("string").str.strip()
    return text.mask(text == "")
