"""Official figures beside the register: the newest poverty rate, population and poverty line of each wilayah."""

from dataclasses import replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Date, Select, cast, select
from sqlalchemy.dialects.postgresql import distinct_on

from boundaries.levels import NATION_KODE, kode_range
from geo import tables
from geo.context_tables import official_figure
from queries.answer import rows_of, text_of
from queries.columns import ANSWER, Status
from queries.desil import desil_density
from queries.result import Result, SourceNote
from queries.scope import Scope
from queries.wilayah import data_state

# What the columns of each indicator that stands beside the register are called: its value, and what its date, its
# note and its source begin with. Official areas are no such figure: boundaries are held against them.
COLUMNS = {
    "poverty_rate": ("poverty_rate", "poverty"),
    "population": ("official_population_count", "population"),
    "poverty_line_idr": ("poverty_line_idr", "line"),
}
SHARES = {"desil_one_share_rate": ("desil_one", (1,)), "desil_one_two_share_rate": ("desil_one_two", (1, 2))}


def build_official_figures(scope: Scope) -> Select:
    """Return the statement of `official_figures`: the newest figure of each indicator, up to the period's month."""
    figure, source, place = official_figure, tables.source, rows_of(scope).subquery("place")
    low, high = kode_range(scope.wilayah)
    is_within = [] if scope.wilayah == NATION_KODE else [figure.c.kode >= low, figure.c.kode < high]
    return (
        select(figure, source.c.file_name)
        .ext(distinct_on(figure.c.indicator, figure.c.kode))
        .join(source, source.c.id == figure.c.source_id)
        .join(place, place.c.kode == figure.c.kode)
        .where(
            figure.c.indicator.in_(list(COLUMNS)), figure.c.figure_on < cast(next_month(scope.period), Date), *is_within
        )
        .order_by(figure.c.indicator, figure.c.kode, figure.c.figure_on.desc())
    )


def official_figures(connection: Connection, scope: Scope) -> Result:
    """Return the newest official figures of each wilayah of a scope, and the register's shares beside them.

    value = poverty_rate, the share of persons under the poverty line by a survey of rumah tangga (0 to 1), with its
    date (`poverty_figure_on`), whether it was confirmed (`is_poverty_confirmed`) and its reference; the same for
    `official_population_count` and `poverty_line_idr`. Without a figure up to the period's month the row has no data.
    `desil_one_share_rate` and `desil_one_two_share_rate` are desil 1, and desil 1 and 2, over all families of the
    register, as `desil_density` discloses them: a rank and not a share of poor people, so the two need not agree. Under
    DTKS, which does not hold every family, they are `not_applicable`. Raises QueryError.
    """
    shares = {name: desil_density(connection, scope.at(desil=desil)) for name, (_, desil) in SHARES.items()}
    first = shares["desil_one_share_rate"]
    statement = build_official_figures(scope)
    found = pd.DataFrame(
        connection.execute(statement).mappings().all(),
        columns=["indicator", "kode", "figure_on", "value", "is_confirmed", "reference", "source_id", "file_name"],
    )
    frame = first.frame[["kode", "name", "level", "kind"]].copy()
    for indicator, (column, stem) in COLUMNS.items():
        rows = found[found["indicator"] == indicator].set_index("kode").reindex(frame["kode"])
        is_count = column.endswith("_count")
        value = pd.to_numeric(rows["value"]).astype("Float64")
        frame[column] = (value.round().astype("Int64") if is_count else value).to_numpy()
        frame[f"{stem}_figure_on"] = rows["figure_on"].to_numpy()
        frame[f"is_{stem}_confirmed"] = rows["is_confirmed"].astype("boolean").to_numpy()
        frame[f"{stem}_reference"] = rows["reference"].to_numpy()
    mask = pd.DataFrame(index=frame.index)
    is_partial = data_state(connection).scheme_of(scope.period) == "dtks"
    for rate, share in shares.items():
        stem = SHARES[rate][0]
        hidden = (share.frame["status"] != Status.no_data) & is_partial
        frame[rate] = share.frame["share_rate"].mask(hidden)
        frame[f"{stem}_status"] = share.frame["status"].mask(hidden, Status.not_applicable.value)
        frame[f"{stem}_count"] = share.frame["household_count"]
        mask[f"{stem}_count"] = share.mask["household_count"]
    frame["total_household_count"] = first.frame["total_household_count"]
    mask["total_household_count"] = first.mask["total_household_count"]
    frame["value"] = frame["poverty_rate"].astype("Float64")
    frame["status"] = [Status.no_data.value if is_absent else Status.ok.value for is_absent in frame["value"].isna()]
    for name in ("numerator", "denominator"):
        frame[name] = pd.array([None] * len(frame), dtype="Int64")
    for name in ("se", "lower", "upper"):
        frame[name] = pd.array([None] * len(frame), dtype="Float64")
    order = [*ANSWER, *(name for name in frame.columns if name not in ANSWER)]
    origin = first.provenance
    return Result(
        frame[order],
        replace(
            origin, query="official-figures", scope=scope, sql=f"{text_of(statement)};\n\n{origin.sql}",
            sources=(*origin.sources, *_sources_of(connection, found["source_id"])),
        ),
        mask,
    )  # fmt: skip


def _sources_of(connection: Connection, ids: pd.Series) -> tuple[SourceNote, ...]:
    source = tables.source
    chosen = sorted({int(one) for one in ids})
    rows = connection.execute(select(source).where(source.c.id.in_(chosen)).order_by(source.c.id))
    return tuple(SourceNote.of(row) for row in rows)


def next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
