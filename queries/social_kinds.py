"""Kinds of social need and of social resource (PPKS, PSKS, KAT): what a source counted, by wilayah, group and kind."""

from dataclasses import replace

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Select, and_, cast, func, literal, or_, select

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level
from geo import context_tables
from queries.answer import Rate, divide, prepare, require_scope, rows_of
from queries.breakdown import Axis, Pivot, Subtotal, pivot_rows
from queries.columns import ANSWER, whole_numbers
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, SHOWN, protect

AXIS = Axis(("social_group", "unit", "social_kind"))
_SHARE = Rate("share_rate", "reported_count", "total_reported_count")


def build_social_kinds(scope: Scope) -> Select:
    """Return the statement of `social_kinds`: what the source's rows add up to, by wilayah, group, kind and unit.

    A row of the source is left out of a wilayah's sum where a row of the same kind stands above it within that
    wilayah: such a row holds it already.
    """
    place, social = rows_of(scope).subquery("place"), context_tables.social_count
    above = social.alias("above")
    is_held = (
        select(above.c.kode)
        .where(
            above.c.period == social.c.period, above.c.social_group == social.c.social_group,
            above.c.kind == social.c.kind, above.c.level < social.c.level, above.c.level >= int(scope.level),
            or_(above.c.level == int(Level.nasional), social.c.kode.startswith(above.c.kode)),
        )
        .exists()
    )  # fmt: skip
    is_nation = scope.level is Level.nasional
    own = literal(NATION_KODE) if is_nation else func.left(social.c.kode, KODE_LENGTH[scope.level])
    counted = (
        select(
            own.label("kode"), social.c.social_group, social.c.kind.label("social_kind"), social.c.unit,
            cast(func.sum(social.c.reported_count), BigInteger).label("reported_count"),
            func.count().label("reporting_count"),
        )
        .where(and_(social.c.period == scope.period, social.c.level >= int(scope.level), ~is_held))
        .group_by("kode", social.c.social_group, social.c.kind, social.c.unit)
        .subquery("counted")
    )
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"), counted.c.social_group, counted.c.social_kind,
            counted.c.unit, counted.c.reported_count, counted.c.reporting_count,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.social_group, counted.c.social_kind)
    )  # fmt: skip


def social_kinds(connection: Connection, scope: Scope) -> Result:
    """Return people, families, communities and institutions of each wilayah by group and kind, as the source wrote.

    value = share_rate = reported_count / total_reported_count, of the same group and `unit`. A wilayah's own row
    stands; without one it is the sum of the rows below it, `reporting_count` of them. What the source did not write
    is `no_data` and no zero; below the level of its rows that is everything. Small counts are protected as those of a
    register are, although the source may have published them. Raises QueryError as `require_scope` does.
    """
    sources, version = require_scope(connection, scope)
    statement, sql = prepare(build_social_kinds, scope)
    raw = connection.execute(statement)
    keys, rows = list(raw.keys()), raw.all()
    columns = dict(zip(keys, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(keys, ())
    found = {key for key in zip(*(columns[name] for name in AXIS.columns), strict=True) if key[0] is not None}
    families = {key[:2]: f"total_{key[0]}_{key[1]}" for key in found}
    pivot = pivot_rows(
        columns, Axis(AXIS.columns, tuple(sorted(found))), ("reported_count", "reporting_count"),
        [Subtotal(name, "reported_count", lambda key, family=family: key[:2] == family)
         for family, name in families.items()],
    )  # fmt: skip
    # Where nothing is written there is no class, and not the one that an axis without classes starts from.
    pivot = replace(pivot, classes=tuple(sorted(found)))
    wide, mask = dict(pivot.wide), {}
    if scope.disclosure == "published":
        sums = [whole for whole in pivot.sums if whole.total in families.values()]
        wide, mask = protect(pivot.wide, [*pivot.everywhere("reported_count"), *families.values()], sums)
    totals = [families[key[:2]] for key in pivot.classes]
    length = len(pivot.kode) * len(totals)

    def spread(figures: dict, names: list[str]) -> np.ndarray:
        return np.stack([figures[name] for name in names], axis=1).ravel() if names else np.empty(0)

    reporting = spread(pivot.wide, pivot.everywhere("reporting_count"))
    is_reported = np.nan_to_num(reporting) > 0
    exact = np.nan_to_num(spread(pivot.wide, totals))
    counts = {
        "reported_count": np.where(is_reported, spread(wide, pivot.everywhere("reported_count")), np.nan),
        "total_reported_count": np.where(is_reported, spread(wide, totals), np.nan),
    }
    is_enough = (exact >= LEAST_DENOMINATOR) | (scope.disclosure == "exact")
    divided = divide(counts, _SHARE, is_reported, is_reported & (exact > 0), is_enough)
    shown = {name: whole_numbers(values) for name, values in counts.items()}
    frame = _places(columns, pivot) | {
        "status": divided["status"], "value": divided["share_rate"], "numerator": shown["reported_count"],
        "denominator": shown["total_reported_count"],
    }  # fmt: skip
    frame |= dict.fromkeys(("se", "lower", "upper"), pd.array(np.full(length, np.nan), dtype="Float64"))
    frame |= {
        column: pd.array([key[at] for key in pivot.classes] * len(pivot.kode), dtype="str")
        for at, column in enumerate(AXIS.columns)
    }
    frame |= shown | {"reporting_count": whole_numbers(np.where(is_reported, reporting, np.nan)),
                      "share_rate": divided["share_rate"]}  # fmt: skip
    masks = pd.DataFrame(
        {name: _masked(mask, names, is_reported) for name, names in
         (("reported_count", pivot.everywhere("reported_count")), ("total_reported_count", totals))},
        dtype=object,
    )  # fmt: skip
    order = [*ANSWER, *(name for name in frame if name not in ANSWER)]
    return Result(
        pd.DataFrame({name: frame[name] for name in order}),
        Provenance("social-kinds", scope, sql, sources, length, version), masks,
    )  # fmt: skip


def _places(columns: dict, pivot: Pivot) -> dict:
    repeated = {key: np.repeat(np.array(columns[key], dtype=object)[pivot.first_row], len(pivot.classes))
                for key in ("kode", "name", "level", "kind")}  # fmt: skip
    return {key: pd.array(list(values), dtype="int64" if key == "level" else "str") for key, values in repeated.items()}


def _masked(mask: dict, names: list[str], is_reported: np.ndarray) -> np.ndarray:
    if not mask or not names:
        return np.full(len(is_reported), SHOWN, dtype=object)
    return np.where(is_reported, np.stack([mask[name] for name in names], axis=1).ravel(), SHOWN)
