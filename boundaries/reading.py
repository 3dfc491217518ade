"""Reading a boundary file: its layers recognised, its needed columns as text, its polygons in EPSG:4326."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError

from boundaries.archive import SUFFIXES, opened
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.publishers import Form, check_system, expected_columns, recognise

_DRIVERS = frozenset({"GPKG", "GeoJSON", "ESRI Shapefile"})
_POLYGON_TYPES = (3, 6)
# The land and the territorial sea with room to spare; a file in metres or with its axes swapped falls outside.
INDONESIA = (90.0, -15.0, 145.0, 10.0)


@dataclass(frozen=True)
class Layer:
    """One layer as read; `frame` has kode (as written), name, kode_bps, a name per level above, geometry."""

    name: str
    form: Form
    frame: GeoDataFrame


@dataclass(frozen=True)
class BoundaryFile:
    """The layers taken from a file, those left aside, and the fingerprint of what was taken."""

    file_name: str
    sha256: str
    layers: tuple[Layer, ...]
    skipped: tuple[str, ...]
    was_reprojected: bool


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; raise BoundaryError `file_missing`."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BoundaryError("file_missing", path=path) from error


def read_file(
    path: Path, *, publisher: str, system: str, level: Level | None = None, layer: str | None = None
) -> BoundaryFile:
    """Read the layers of `path` that are boundaries: the one named, those of `level`, or all that are recognised."""
    check_system(system)
    sha256 = sha256_of(path)
    if layer is not None:
        # One layer of a file is a load of its own; the other layers may follow.
        sha256 = f"{sha256}#{layer}"
    with opened(path) as files:
        held = [(name, file) for file in files for name in _layer_names(file, path)]
        spatial = dict(held)
        if layer is not None and layer not in spatial:
            raise BoundaryError("layer_missing", path=path, layer=layer, known=", ".join(spatial))
        wanted = [layer] if layer is not None else list(spatial)
        # Two files of a zip may use one name for a layer: of the two, none is more right than the other.
        counts = Counter(name for name, _ in held)
        for name in wanted:
            if counts[name] > 1:
                raise BoundaryError("layer_twice", path=path, layer=name, count=counts[name])
        # A single layer is taken as stated: if its codes contradict the level, the error can say so.
        is_chosen_by_level = level is not None and len(wanted) > 1
        forms: dict[str, Form] = {}
        columns: list[str] = []
        for name in wanted:
            fields = _fields(spatial[name], name, path)
            columns = [*columns, *(field for field in fields if field not in columns)]
            form = recognise(fields, publisher)
            if form is not None and (not is_chosen_by_level or form.is_other or form.level in (None, level)):
                forms[name] = form
        if not any(not form.is_other for form in forms.values()):
            if is_chosen_by_level:
                raise BoundaryError("level_missing", path=path, level=level.name, known=", ".join(spatial))
            raise BoundaryError(
                "columns_missing",
                path=path,
                publisher=publisher,
                found=", ".join(columns),
                expected=expected_columns(publisher),
            )
        layers, reprojections = [], []
        for name, form in forms.items():
            frame, was_reprojected = _read_layer(spatial[name], name, form, system, path)
            layers.append(Layer(name, form, frame))
            reprojections.append(was_reprojected)
    skipped = tuple(name for name in wanted if name not in forms)
    return BoundaryFile(path.name, sha256, tuple(layers), skipped, any(reprojections))


def read_polygons(path: Path) -> np.ndarray:
    """Return the polygons of every layer of `path` that has any, in EPSG:4326, whatever its columns.

    A file is opened and refused as one of boundaries is: raises BoundaryError `file_not_spatial`, `no_geometry`,
    `not_polygons`, `no_crs`, `outside_indonesia`, and those of an archive.
    """
    polygons = []
    with opened(path) as files:
        for file in files:
            for name in _layer_names(file, path):
                _fields(file, name, path)
                polygons.append(_in_degrees(_read_rows(file, name, [], path), "", name, path)[0])
    found = np.concatenate(polygons)
    return found[shapely.get_type_id(found) >= 0]


def _read_rows(file: Path, layer: str, columns: list[str], sent: Path) -> GeoDataFrame:
    try:
        read = pyogrio.read_dataframe(file, layer=layer, columns=columns)
    except (DataSourceError, DataLayerError, UnicodeDecodeError, CRSError, shapely.errors.ShapelyError) as error:
        raise BoundaryError("file_not_spatial", path=sent, known=", ".join(SUFFIXES)) from error
    if len(read) == 0:
        raise BoundaryError("layer_empty", path=sent, layer=layer)
    return read


def _layer_names(file: Path, sent: Path) -> list[str]:
    try:
        found = pyogrio.list_layers(file)
    except (DataSourceError, DataLayerError) as error:
        raise BoundaryError("file_not_spatial", path=sent, known=", ".join(SUFFIXES)) from error
    names = [str(name) for name, geometry_type in found if geometry_type is not None]
    if not names:
        raise BoundaryError("no_geometry", path=sent, layer=", ".join(str(name) for name, _ in found) or "-")
    return names


def _fields(file: Path, layer: str, sent: Path) -> list[str]:
    try:
        info = pyogrio.read_info(file, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        raise BoundaryError("file_not_spatial", path=sent, known=", ".join(SUFFIXES)) from error
    if info["driver"] not in _DRIVERS:
        raise BoundaryError("file_not_spatial", path=sent, known=", ".join(SUFFIXES))
    return [str(field) for field in info["fields"]]


def _read_layer(file: Path, layer: str, form: Form, system: str, sent: Path) -> tuple[GeoDataFrame, bool]:
    kode_column = form.kode_column("bps" if form.is_other else system)
    if kode_column is None:
        raise BoundaryError(
            "system_not_in_layer", path=sent, layer=layer, system=system, known=", ".join(sorted(form.kode))
        )
    read = _read_rows(file, layer, list(form.columns), sent)
    # The same layout with a column left out (nama_kemendagri of HDX) is still that layout.
    codes = {*form.kode.values(), form.kode_bps}
    text = {
        column: _as_text(read, column, sent, is_code=column in codes)
        for column in form.columns
        if column in read.columns
    }
    name = pd.Series(pd.NA, index=read.index, dtype="string")
    for column in form.names:
        if column in text:
            name = name.fillna(text[column])
    frame = pd.DataFrame({"kode": text[kode_column], "name": name})
    frame["kode_bps"] = text.get(form.kode_bps, pd.Series(pd.NA, index=read.index, dtype="string"))
    for upper, column in form.upper_names.items():
        frame[f"{upper.name}_name"] = text[column]
    geometry, was_reprojected = _in_degrees(read, system, layer, sent)
    return GeoDataFrame(frame, geometry=geometry, crs=4326), was_reprojected


def _as_text(read: pd.DataFrame, column: str, sent: Path, *, is_code: bool) -> pd.Series:
    values = read[column]
    if is_code and pd.api.types.is_numeric_dtype(values.dtype) and values.notna().any():
        raise BoundaryError("numeric_kode", path=sent, column=column, example=values.dropna().iloc[0])
    text = values.astype("string").str.strip()
    return text.mask(text == "")


def _in_degrees(read: GeoDataFrame, system: str, layer: str, sent: Path) -> tuple[np.ndarray, bool]:
    if not isinstance(read, GeoDataFrame):
        raise BoundaryError("no_geometry", path=sent, layer=layer)
    geometry = read.geometry
    present = shapely.get_type_id(geometry.to_numpy())
    if (present < 0).all():
        raise BoundaryError("no_geometry", path=sent, layer=layer)
    if not np.isin(present[present >= 0], _POLYGON_TYPES).all():
        raise BoundaryError("not_polygons", path=sent, layer=layer)
    if geometry.crs is None:
        raise BoundaryError("no_crs", path=sent, layer=layer)
    was_reprojected = geometry.crs.to_epsg() != 4326
    if was_reprojected:
        geometry = geometry.to_crs(4326)
    west, south, east, north = (float(edge) for edge in geometry.total_bounds)
    box = (-180.0, -90.0, 180.0, 90.0) if system == "fiktif" else INDONESIA
    is_inside = box[0] <= west <= east <= box[2] and box[1] <= south <= north <= box[3]
    if not is_inside:
        raise BoundaryError(
            "outside_indonesia",
            path=sent,
            layer=layer,
            crs=read.crs.to_string(),
            bounds=", ".join(f"{edge:.6g}" for edge in (west, south, east, north)),
        )
    return shapely.force_2d(geometry.to_numpy()), was_reprojected
