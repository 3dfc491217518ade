"""What a map page shows, gathered once for every file that is made of it: rows, values, classes, colours, shapes."""

from dataclasses import dataclass

import pandas as pd

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.facts import facts_of, source_lines, view_of
from dashboard.questions import values_of
from dashboard.scales import STATUS_COLOURS, ColorScale, LegendEntry
from dashboard.state import View
from dashboard.uncertainty import CERTAINTIES, GREY, SuppressingScale, cell_text
from dashboard.words import Words
from geo import shapes
from geo.shapes import Shape
from queries.columns import Status
from queries.result import Result


@dataclass(frozen=True)
class MapClass:
    """One class of a map: a key that is the same in every language, its words and its colour."""

    key: str
    label: str
    colour: str


@dataclass(frozen=True)
class Content:
    """The rows of a page and how its map colours them.

    `values` has the columns of dashboard.questions.values_of, with `kind`, `se`, and for each row the `class`,
    `class_label` and `colour` that the map gives it. `classes` are the map's own, then the reasons for no value that
    occur.
    """

    view: View
    result: Result
    scale: ColorScale
    values: pd.DataFrame
    classes: tuple[MapClass, ...]

    @property
    def is_fictional(self) -> bool:
        """Tell whether any file under the rows is fictional."""
        return self.result.provenance.is_fictional

    @property
    def title(self) -> str:
        """What the map shows: the measure, and the program or desil that it is about."""
        view, words = self.view, self.view.words
        about = ""
        if view.question.has_program:
            about = cache.programs(view.data_version)[view.program].name
        elif view.question.has_desil:
            about = words.desil(view.desil)
        # The name of an amount says its unit, and only its short form says what it is an amount of.
        form = ".short" if view.measure.form == "idr" else ""
        measure = words(f"measure.{view.measure.key}{form}")
        return words("file.title", about=about, measure=measure) if about else measure

    @property
    def place(self) -> str:
        """Where and when: `Lampung › Lampung Selatan · semua desa/kelurahan · Oktober 2026`."""
        view, words = self.view, self.view.words
        path = cache.path_of(view.wilayah, view.data_version)
        names = " › ".join(step.name for step in path[1:] or path)
        parts = [names, words("file.level", level=words(f"level.{view.level.name}").lower())]
        return " · ".join([*parts, view.period_name(view.period)])

    @property
    def facts(self) -> dict[str, tuple[str, str]]:
        """What was asked."""
        return facts_of(self.view, self.result)

    @property
    def sources(self) -> list[str]:
        """A line for each file that the rows rest on."""
        return source_lines(self.result, self.view.words)


def read_content(asked: Asked) -> Content:
    """Return what a page shows, from the same answer and the same scale."""
    view = view_of(asked)
    result = cache.answer(asked.question, asked.scope, asked.data_version)
    scale = cache.scale(asked.question, asked.measure, asked.scope, asked.data_version)
    values = values_of(result, view.measure)
    classes = classes_of(scale, view.words, set(values["status"]))
    of_colour = {entry.colour: entry for entry in reversed(classes)}
    chosen = [
        of_colour[scale.colour(row.value, row.status, row.lower, row.upper)] for row in values.itertuples(index=False)
    ]
    values = values.assign(
        se=_errors(result, view), colour=[one.colour for one in chosen], class_label=[one.label for one in chosen],
        **{"class": [one.key for one in chosen]},
    )  # fmt: skip
    return Content(view, result, scale, values, classes)


def classes_of(scale: ColorScale, words: Words, occurring: set[str]) -> tuple[MapClass, ...]:
    """Return every class of a scale, each with a colour of its own, then each status that occurs."""
    entries = scale.legend(words, occurring)
    if isinstance(scale, SuppressingScale):
        # What stands in the wedge on the screen is a line for each cell here.
        entries = [
            LegendEntry(f"{cell_text(cell, words)} · {words(f'certainty.{name}')}", cell.colour)
            for name, cells in zip(CERTAINTIES, scale.rows, strict=True) for cell in cells
        ] + [LegendEntry(words("status.too_uncertain"), GREY), *entries]  # fmt: skip
    status_of = {colour: status.value for status, colour in STATUS_COLOURS.items()}
    return tuple(
        MapClass(status_of.get(entry.colour, f"{number:02d}"), entry.label, entry.colour)
        for number, entry in enumerate(entries, start=1)
    )


def _errors(result: Result, view: View) -> pd.Series:
    stem = view.measure.key.removesuffix("_rate")
    column = f"{stem}_se"
    if view.measure.error and column in result.frame.columns:
        shown = result.frame[view.measure.status_column].map(str) == Status.ok
        return result.frame[column].astype("Float64").where(shown)
    return pd.Series(pd.NA, index=result.frame.index, dtype="Float64")


@dataclass(frozen=True)
class Drawing:
    """The display shapes of a map: its rows, what is no wilayah, the outlines above, and how much they were simplified.

    `tolerances` are the least and the greatest, in degrees; None where no boundary is loaded.
    """

    rows: tuple[Shape, ...]
    other: tuple[Shape, ...]
    outlines: tuple[Shape, ...]
    tolerances: tuple[float, float] | None


def read_drawing(content: Content) -> Drawing:
    """Return the shapes that the page's map draws."""
    view = content.view
    with cache.reading(view.data_version) as connection:
        return Drawing(
            tuple(shapes.read_shapes(connection, view.wilayah, view.level)),
            tuple(shapes.read_other(connection, view.wilayah)),
            tuple(shapes.read_outlines(connection, view.wilayah, view.level)),
            shapes.read_tolerances(connection, view.wilayah, view.level),
        )
