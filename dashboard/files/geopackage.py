"""A page's rows as GeoPackage: three layers with QGIS styles that draw the map, and a table of where it comes from."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio
import shapely

from dashboard.exports import FICTIONAL
from dashboard.files.content import Content, Drawing
from dashboard.files.features import COLUMNS, metadata_of
from dashboard.files.qgis_style import class_style, fill_style, outline_style
from dashboard.scales import NO_WILAYAH_COLOUR
from geo.shapes import Shape

CRS = 4326
# Later versions of the format make older QGIS warn, and nothing in them is needed here.
VERSION = {"VERSION": "1.2"}
GEOMETRY = "geom"
# The table in which QGIS looks for a layer's styles, in the form in which QGIS itself makes it.
_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""
_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
    styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)
"""
_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)
"""


def geopackage_of(content: Content, drawing: Drawing) -> bytes:
    """Return a GeoPackage that QGIS opens as the page's map.

    Its layers are `wilayah` (the rows), `other` (what is no wilayah) and `outline`, with FIKTIF before their names
    where the rows are fictional; `provenance` says where they come from. A masked count is null beside its mask.
    """
    mark = f"{FICTIONAL}_" if content.is_fictional else ""
    layers = {
        f"{mark}outline": (_shapes(drawing.outlines), outline_style()),
        f"{mark}other": (_shapes(drawing.other), fill_style(NO_WILAYAH_COLOUR)),
        f"{mark}wilayah": (
            _rows(content, drawing), class_style(content.classes, len(content.values), content.title)
        ),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="petadesil-") as folder:
        path = Path(folder) / "map.gpkg"
        for name, (frame, _) in layers.items():
            if len(frame):
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", append=path.exists(), geometry_type="MultiPolygon",
                    promote_to_multi=True, layer_options={"GEOMETRY_NAME": GEOMETRY},
                    dataset_options=VERSION,
                )  # fmt: skip
        pyogrio.write_dataframe(_provenance(content, drawing), path, layer=f"{mark}provenance", driver="GPKG",
                                append=True)  # fmt: skip
        _add_styles(path, {name: style for name, (frame, style) in layers.items() if len(frame)}, content)
        return path.read_bytes()


def _rows(content: Content, drawing: Drawing) -> geopandas.GeoDataFrame:
    geometries = {shape.kode: shape.geojson for shape in drawing.rows}
    values = content.values[list(COLUMNS)].copy()
    for column in ("value", "se", "lower", "upper"):
        values[column] = values[column].astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    texts = [geometries.get(str(kode)) for kode in values["kode"]]
    geometry = geopandas.GeoSeries(shapely.from_geojson(texts), crs=CRS)
    return geopandas.GeoDataFrame(values.reset_index(drop=True), geometry=geometry).rename_geometry(GEOMETRY)


def _shapes(drawn: tuple[Shape, ...]) -> geopandas.GeoDataFrame:
    frame = pd.DataFrame({"kode": [shape.kode for shape in drawn], "name": [shape.name for shape in drawn]}, dtype=str)
    geometry = geopandas.GeoSeries(shapely.from_geojson([shape.geojson for shape in drawn]), crs=CRS)
    return geopandas.GeoDataFrame(frame, geometry=geometry).rename_geometry(GEOMETRY)


def _provenance(content: Content, drawing: Drawing) -> pd.DataFrame:
    known = metadata_of(content, drawing)
    facts, sources, classes = known.pop("facts"), known.pop("sources"), known.pop("classes")
    drawn = known.pop("shapes")
    rows = [(key, str(value)) for key, value in known.items() if value is not None]
    rows += [("fact", f"{name}: {fact}") for name, fact in facts.items()]
    rows += [("source", line) for line in sources]
    rows += [("class", f"{one['class']} = {one['label']} ({one['colour']})") for one in classes]
    rows.append(("shapes", drawn["note"]))
    if drawn["tolerance_degree"]:
        rows += [(f"tolerance_degree_{end}", str(value)) for end, value in drawn["tolerance_degree"].items()]
    return pd.DataFrame(rows, columns=["key", "text"])


def _add_styles(path: Path, styles: dict[str, str], content: Content) -> None:
    # The hour at which the newest file was loaded stands for the hour of writing: the same data are the same bytes.
    loaded_at = max(source.loaded_at for source in content.result.provenance.sources)
    stamp = f"{loaded_at:%Y-%m-%dT%H:%M:%S}.000Z"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLES)
        for name, style in styles.items():
            connection.execute(_STYLE, (name, GEOMETRY, name[:30], style, content.title, stamp))
        connection.execute(_CONTENTS, (stamp,))
        connection.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
