"""The map: features drawn for an address, and the deck that names those addresses."""

import gzip
import json
import math

import pandas as pd
import pydeck

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.changes import change_lines, changed_text
from dashboard.clusters import cluster_lines, cluster_name
from dashboard.estimates import estimate_lines
from dashboard.questions import QUESTIONS, Measure, values_of
from dashboard.scales import NO_WILAYAH_COLOUR, rgb_of
from dashboard.words import Words
from geo import shapes
from queries.columns import Status

OUTLINE = [46, 58, 66, 210]
FINE_OUTLINE = [255, 255, 255, 130]
CHOSEN_OUTLINE = [11, 93, 122, 255]
# Opaque: a fill that shines through forest or water would read as another class.
OTHER_FILL = [*rgb_of(NO_WILAYAH_COLOUR), 255]
TILE = 512
MARGIN = 0.94
FINE_LIMIT = 900
FEW = 40


def draw(asked: Asked) -> bytes:
    """Return the compressed GeoJSON that an address stands for."""
    with cache.reading(asked.data_version) as connection:
        if asked.part == "other":
            drawn = shapes.read_other(connection, asked.scope.wilayah)
        elif asked.part == "outline":
            drawn = shapes.read_outlines(connection, asked.scope.wilayah, asked.scope.level)
        else:
            drawn = shapes.read_shapes(connection, asked.scope.wilayah, asked.scope.level)
    properties = _fill_properties(asked) if asked.part == "fill" else {}
    features = ",".join(
        f'{{"type":"Feature","properties":{_compact(properties.get(shape.kode, {}))},"geometry":{shape.geojson}}}'
        for shape in drawn
        if asked.part != "fill" or shape.kode in properties
    )
    # The time stamp is left out, so that the same content is the same bytes.
    return gzip.compress(f'{{"type":"FeatureCollection","features":[{features}]}}'.encode(), 6, mtime=0)


def _compact(properties: dict) -> str:
    return json.dumps(properties, ensure_ascii=False, separators=(",", ":"))


def _fill_properties(asked: Asked) -> dict[str, dict]:
    words = Words(asked.language)
    question = QUESTIONS[asked.question]
    measure = question.measure(asked.measure)
    scale = cache.scale(asked.question, asked.measure, asked.scope, asked.data_version)
    program = cache.programs(asked.data_version)[asked.scope.program] if question.has_program else None
    result = cache.answer(asked.question, asked.scope, asked.data_version)
    values = values_of(result, measure)
    texts = [value_text(value, status, measure, words)
             for value, status in zip(values["value"], values["status"], strict=True)]  # fmt: skip
    if measure.error:
        lines = estimate_lines(result, measure, words)
    elif measure.test:
        lines = cluster_lines(result, measure, words, texts, words(f"unit.{_counted_unit(measure, program)}"))
    elif measure.change:
        # What two stored plans count is their own, whatever program the reader looks at.
        unit = result.frame["unit"].iloc[0] if "unit" in result.frame else _counted_unit(measure, program)
        lines = change_lines(result, measure, words, words(f"unit.{unit}"))
    else:
        lines = [tooltip_lines(row, text, measure, words, program)
                 for row, text in zip(values.itertuples(index=False), texts, strict=True)]  # fmt: skip
    return {
        row.kode: {
            "kode": row.kode,
            "name": row.name,
            "value": text,
            "c": scale.rgb(row.value, row.status, row.lower, row.upper),
            "lines": " · ".join(line),
        }
        for row, text, line in zip(values.itertuples(index=False), texts, lines, strict=True)
    }


def value_text(value: float, status: str, measure: Measure, words: Words) -> str:
    """Return a value as it is written in a tooltip: with its form, or the reason why there is none."""
    if status != Status.ok:
        return words(f"status.{status}")
    if measure.form == "rate":
        return words.percent(value)
    if measure.form == "points" and measure.error:
        return words("points", points=words.signed(round(value * 100)))
    if measure.form in ("points", "rise"):
        return changed_text(value, measure, words)
    if measure.form == "idr":
        return words.rupiah(value)
    if measure.form == "cluster":
        return cluster_name(value, words)
    return words.number(value, 1 if measure.form == "per_km2" else 0)


def _counted_unit(measure: Measure, program: object) -> str:
    return program.unit if program and measure.test != "share" else "household"


def tooltip_lines(row: object, text: str, measure: Measure, words: Words, program: object) -> list[str]:
    """Return what a tooltip says under a name: the measure's value, then the counts under its rate.

    Without a program, households are counted.
    """
    lines = [words("tooltip.value", measure=words(f"measure.{measure.key}.short"), value=text)]
    if row.status in (Status.ok, Status.suppressed, Status.too_uncertain) and not pd.isna(row.denominator):
        unit = words(f"unit.{_counted_unit(measure, program)}")
        lines.append(
            words(
                f"tooltip.{measure.numerator}",
                part=words.count(row.numerator, row.numerator_mask),
                whole=words.count(row.denominator, row.denominator_mask),
                unit=unit,
            )
        )
    return lines


def deck(
    addresses: dict[str, str], box: tuple[float, float, float, float], width: int, height: int, shape_count: int,
    chosen: str | None,
) -> pydeck.Deck:  # fmt: skip
    """Return the deck of one map from its addresses: fill, the grey of what is no wilayah, and outlines.

    The fill alone is pickable, has no stroke, and is not highlighted under the mouse: with a stroke, or with
    auto_highlight and further layers, clicks are lost in software rendering.
    """
    layers = [
        pydeck.Layer(
            "GeoJsonLayer", id="fill", data=addresses["fill"], stroked=False, filled=True, pickable=True,
            get_fill_color="properties.c",
        ),
        pydeck.Layer(
            "GeoJsonLayer", id="other", data=addresses["other"], stroked=False, filled=True, pickable=False,
            get_fill_color=OTHER_FILL,
        ),
    ]  # fmt: skip
    if shape_count <= FINE_LIMIT:
        # Few areas are told apart by dark lines; many would drown in them.
        layers.append(_outline("fine", addresses["fill"], OUTLINE if shape_count <= FEW else FINE_OUTLINE, 0.8))
    layers.append(_outline("outline", addresses["outline"], OUTLINE, 1.0))
    if chosen:
        layers.append(_outline("chosen", addresses["chosen"], CHOSEN_OUTLINE, 3.0))
    return pydeck.Deck(
        layers=layers,
        map_provider=None,
        initial_view_state=view_of(box, width, height),
        tooltip={
            "html": "<b>{name}</b><br>{lines}",
            "style": {
                "backgroundColor": "#1c2b33", "color": "#ffffff", "fontSize": "13px", "maxWidth": "300px",
                "borderRadius": "4px", "padding": "8px 10px", "fontFamily": "Source Sans, sans-serif",
            },
        },
    )  # fmt: skip


def _outline(name: str, address: str, colour: list[int], width: float) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer", id=name, data=address, stroked=True, filled=False, pickable=False, get_line_color=colour,
        get_line_width=width, line_width_units=pydeck.types.String("pixels"), line_joint_rounded=True,
    )  # fmt: skip


def view_of(box: tuple[float, float, float, float], width: int, height: int) -> pydeck.ViewState:
    """Return the view that holds a bounding box in a map of `width` times `height` pixels, with a margin."""
    west, south, east, north = box
    low, high = _mercator(south), _mercator(north)
    span_x = max((east - west) / 360, 1e-6)
    span_y = max((high - low) / (2 * math.pi), 1e-6)
    zoom = min(math.log2(width * MARGIN / (TILE * span_x)), math.log2(height * MARGIN / (TILE * span_y)))
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    return pydeck.ViewState(
        longitude=round((west + east) / 2, 5), latitude=round(middle, 5), zoom=round(min(zoom, 15), 3),
        min_zoom=2, max_zoom=17, pitch=0, bearing=0,
    )  # fmt: skip


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))

