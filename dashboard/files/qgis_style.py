"""Layer styles for QGIS (QML): a map's classes as categories of the column `class`, in the map's own colours."""

from collections.abc import Sequence
from xml.etree import ElementTree as xml

from dashboard.files.content import MapClass
from dashboard.layers import FEW, FINE_LIMIT, FINE_OUTLINE, OUTLINE
from dashboard.scales import rgb_of

# The version of QGIS whose form of QML is written; later ones read it too.
VERSION = "3.22.0-Białowieża"
HAIRLINE_MM = "0.1"
LINE_MM = "0.2"
PARENT_MM = "0.35"


def class_style(classes: Sequence[MapClass], shape_count: int, measure: str) -> str:
    """Return the style of the rows: one category for each class, its label, its colour; a map tip of name and class."""
    style = _style()
    renderer = xml.SubElement(style, "renderer-v2", type="categorizedSymbol", attr="class", forceraster="0",
                              symbollevels="0", enableorderby="0")  # fmt: skip
    categories, symbols = xml.SubElement(renderer, "categories"), xml.SubElement(renderer, "symbols")
    for number, one in enumerate(classes):
        xml.SubElement(categories, "category", value=one.key, symbol=str(number), label=one.label, render="true",
                       type="string")  # fmt: skip
        _add_symbol(symbols, str(number), _fill(one.colour, *_outline(one.colour, shape_count)))
    xml.SubElement(style, "previewExpression").text = '"name"'
    xml.SubElement(style, "mapTip").text = f'<b>[% "name" %]</b><br>{_escaped(measure)}: [% "class_label" %]'
    return _text(style)


def fill_style(colour: str) -> str:
    """Return the style of what is no wilayah: one colour, no outline."""
    return _single(_fill(colour, _rgba([*rgb_of(colour), 255]), HAIRLINE_MM))


def outline_style() -> str:
    """Return the style of the outlines above the rows: a dark line, nothing inside."""
    return _single(_fill("#ffffff", _rgba(OUTLINE), PARENT_MM) | {"style": "no"})


def _outline(colour: str, shape_count: int) -> tuple[str, str]:
    # As on the map: dark lines between few areas, light ones between more; many are told apart by their fill alone.
    if shape_count > FINE_LIMIT:
        return _rgba([*rgb_of(colour), 255]), HAIRLINE_MM
    return _rgba(OUTLINE if shape_count <= FEW else FINE_OUTLINE), LINE_MM


def _style() -> xml.Element:
    return xml.Element("qgis", version=VERSION, styleCategories="Symbology|MapTips|Fields")


def _single(fill: dict[str, str]) -> str:
    style = _style()
    renderer = xml.SubElement(style, "renderer-v2", type="singleSymbol", forceraster="0", symbollevels="0",
                              enableorderby="0")  # fmt: skip
    _add_symbol(xml.SubElement(renderer, "symbols"), "0", fill)
    return _text(style)


def _fill(colour: str, outline: str, width: str) -> dict[str, str]:
    return {
        "color": _rgba([*rgb_of(colour), 255]), "style": "solid", "outline_color": outline, "outline_style": "solid",
        "outline_width": width, "outline_width_unit": "MM", "joinstyle": "round",
    }  # fmt: skip


def _add_symbol(symbols: xml.Element, name: str, fill: dict[str, str]) -> None:
    symbol = xml.SubElement(symbols, "symbol", type="fill", name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    layer = xml.SubElement(symbol, "layer", {"class": "SimpleFill", "pass": "0", "locked": "0", "enabled": "1"})
    options = xml.SubElement(layer, "Option", type="Map")
    for key, value in fill.items():
        xml.SubElement(options, "Option", type="QString", name=key, value=value)
    # Versions before 3.22 read these instead.
    for key, value in fill.items():
        xml.SubElement(layer, "prop", k=key, v=value)


def _rgba(channels: Sequence[int]) -> str:
    return ",".join(str(channel) for channel in channels)


def _escaped(text: str) -> str:
    # A map tip is HTML with expressions in it.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("[%", "[ %")


def _text(style: xml.Element) -> str:
    return "<!DOCTYPE qgis>\n" + xml.tostring(style, encoding="unicode")
