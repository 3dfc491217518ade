"""The kinds of file that a map page is given as, beside its CSV: how each is made, named and typed."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.errors import DashboardError
from dashboard.exports import file_stem
from dashboard.files.content import Content, Drawing, read_content, read_drawing
from dashboard.files.features import geojson_of
from dashboard.files.geopackage import geopackage_of
from dashboard.files.map_picture import png_of
from dashboard.files.workbook import xlsx_of

# Above this a file with shapes takes too long to make while a reader waits: a provinsi has 8,500 desa at most.
MOST_SHAPES = 15_000


@dataclass(frozen=True)
class Kind:
    """One kind of file: its media type, and what makes it, from the rows alone or from rows and shapes."""

    media_type: str
    write: Callable[[Content], bytes] | None = None
    draw: Callable[[Content, Drawing], bytes] | None = None


KINDS = {
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write=xlsx_of),
    "geojson": Kind("application/geo+json", draw=geojson_of),
    "gpkg": Kind("application/geopackage+sqlite3", draw=geopackage_of),
    "png": Kind("image/png", draw=png_of),
}


def name_of(asked: Asked, kind: str) -> str:
    """Return the name of a page's file, the same in every language."""
    result = cache.answer(asked.question, asked.scope, asked.data_version)
    return f"{file_stem(asked.question, result)}_{asked.measure}.{kind}"


def file_of(asked: Asked, kind: str) -> bytes:
    """Return the bytes of a page's file.

    Raises DashboardError `too_many_shapes`, and `no_shapes` where no boundary is loaded.
    """
    content, makes = read_content(asked), KINDS[kind]
    if makes.write is not None:
        return makes.write(content)
    if len(content.values) > MOST_SHAPES:
        raise DashboardError("too_many_shapes", count=len(content.values), most=MOST_SHAPES)
    drawing = read_drawing(content)
    if not drawing.rows:
        raise DashboardError("no_shapes", wilayah=asked.scope.wilayah, level=asked.scope.level.name)
    return makes.draw(content, drawing)
