"""A page's rows as GeoJSON: one feature for each wilayah, with the map's values, classes and colours."""

import json

import pandas as pd

from dashboard.exports import FICTIONAL
from dashboard.files.content import Content, Drawing
from dashboard.words import is_absent

COLUMNS = (
    "kode", "name", "kind", "status", "value", "numerator", "numerator_mask", "denominator", "denominator_mask", "se",
    "lower", "upper", "class", "class_label", "colour",
)  # fmt: skip


def geojson_of(content: Content, drawing: Drawing) -> bytes:
    """Return a FeatureCollection in longitude and latitude (EPSG:4326), its origin in the member `metadata`.

    A wilayah without a shape is a feature without a geometry, and a masked count is null beside its mask.
    """
    geometries = {shape.kode: shape.geojson for shape in drawing.rows}
    features = ",\n".join(
        f'{{"type":"Feature","properties":{_compact(row)},"geometry":{geometries.get(row["kode"], "null")}}}'
        for row in plain_rows(content.values)
    )
    metadata = _compact(metadata_of(content, drawing))
    return f'{{"type":"FeatureCollection","metadata":{metadata},"features":[\n{features}\n]}}\n'.encode()


def plain_rows(values: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows as plain values, None for what is missing."""
    return [{name: _plain(value) for name, value in row.items()} for row in values[list(COLUMNS)].to_dict("records")]


def metadata_of(content: Content, drawing: Drawing) -> dict[str, object]:
    """Return where the values come from: by keys for machines, and in the reader's words."""
    view, words = content.view, content.view.words
    scope, origin = view.scope(), content.result.provenance
    definition, formula, denominator, limits = words.card(view.measure.key)
    tolerances = dict(zip(("least", "greatest"), drawing.tolerances, strict=True)) if drawing.tolerances else None
    return {
        "data": FICTIONAL if content.is_fictional else "register",
        "title": content.title,
        "place": content.place,
        "question": view.question.key,
        "measure": view.measure.key,
        "form": view.measure.form,
        "wilayah": scope.wilayah,
        "level": scope.level.name,
        "period": f"{scope.period:%Y-%m}",
        "program": scope.program if view.question.has_program else None,
        "disclosure": scope.disclosure,
        "data_version": origin.data_version,
        "definition": definition,
        "formula": formula,
        "denominator": denominator,
        "limits": limits,
        "facts": dict(content.facts.values()),
        "sources": content.sources,
        "classes": [{"class": one.key, "label": one.label, "colour": one.colour} for one in content.classes],
        "shapes": {"note": words("file.shapes"), "tolerance_degree": tolerances},
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return str(value)
    if is_absent(value):
        return None
    return value.item() if hasattr(value, "item") else value
