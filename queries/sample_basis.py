"""What a sample plan rests on: the register's counts, the rate to expect, how alike the answers of a desa are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Integer, Select, cast, func, literal, select, true

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level, kode_range, parent_of
from geo import cube_tables, tables
from geo.field_tables import estimate
from queries.answer import in_scope, rows_of, text_of
from queries.columns import Status
from queries.coverage import totals_of
from queries.field import samples
from queries.result import SourceNote
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO, SHOWN, SMALL, SMALLEST_SHOWN

# An assumption that the reader is shown and may change.
RHO = 0.05
# A plan that trusts a rate of 0 or 1 would ask almost nobody, and find out too late that the rate was another.
LEAST_RATE, MOST_RATE = 0.1, 0.9
# Below it all interviews of an area would be put into two desa on the word of a noisy design effect.
LEAST_RHO = 0.01
LEAST_RHO_AREAS = 20


@dataclass(frozen=True)
class Basis:
    """One row per area in `areas`, and what is assumed of all of them; `rho_from` is sample or assumed.

    Columns: kode, name, level, kind, household_count, desa_count, answering_count (households in the denominator of
    the rate), answering_rate (of all households), expected_rate, rate_from (estimate, estimate_above, register, none),
    mask.
    """

    areas: pd.DataFrame
    rho: float
    rho_from: str
    sql: str
    sources: tuple[SourceNote, ...]


def build_areas(scope: Scope, measure: str) -> Select:
    """Return the statement of what the register knows of each area: households, desa, who is asked about, the rate.

    `answering_count` counts the households of the rate's denominator: eligible for exclusion, receiving for inclusion.
    """
    place, total = rows_of(scope).subquery("place"), totals_of(scope)
    desil, sets, program = cube_tables.desil_count, cube_tables.set_count, tables.program
    bit = select(cast(literal(1).op("<<")(program.c.id), Integer)).where(program.c.key == scope.program)
    held = (
        select(desil.c.kode, func.sum(desil.c.household_count).label("household_count"))
        .where(in_scope(desil, scope)).group_by(desil.c.kode).subquery("held")
    )  # fmt: skip
    of_desa = func.left(desil.c.kode, KODE_LENGTH[scope.level]).label("kode")
    desa = (
        select(of_desa, func.count(desil.c.kode.distinct()).label("desa_count"))
        .where(in_scope(desil, scope.at(level=Level.desa)), desil.c.household_count > 0)
        .group_by(of_desa).subquery("desa")
    )  # fmt: skip
    is_asked = sets.c["eligible" if measure == "exclusion" else "received"].op("&")(bit.scalar_subquery()) != 0
    asked = (
        select(sets.c.kode, func.sum(sets.c.household_count).label("answering_count"))
        .where(in_scope(sets, scope), is_asked).group_by(sets.c.kode).subquery("asked")
    )  # fmt: skip
    top, base = ("gap_count", "eligible_count") if measure == "exclusion" else ("leak_count", "received_count")
    return (
        select(place, held.c.household_count, desa.c.desa_count, asked.c.answering_count,
               total.c[top].label("part_count"), total.c[base].label("base_count"))
        .select_from(place)
        .join(held, held.c.kode == place.c.kode, isouter=True)
        .join(desa, desa.c.kode == place.c.kode, isouter=True)
        .join(asked, asked.c.kode == place.c.kode, isouter=True)
        .join(total, total.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )  # fmt: skip


def read_basis(connection: Connection, scope: Scope, measure: str) -> Basis:
    """Return what is known of each wilayah of a scope before a sample is drawn.

    In `published` disclosure the register's counts are rounded before anything is computed from them.
    """
    statement = build_areas(scope, measure)
    raw = pd.DataFrame(connection.execute(statement).mappings().all(), columns=list(statement.selected_columns.keys()))
    areas = _known(raw, scope)
    stored, sources = _stored(connection, scope, measure)
    areas["expected_rate"], areas["rate_from"] = _rates(areas, stored)
    rho, rho_from = pooled_rho(stored)
    sql = text_of(statement)
    return Basis(areas, rho, rho_from, sql, sources)


def _known(raw: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the counts of each area, 0 where there are none, rounded where only rounded ones may be shown.

    The rate is the register's own, and that of all areas together where fewer than LEAST_DENOMINATOR stand behind it.
    """
    names = ("household_count", "desa_count", "answering_count", "part_count", "base_count")
    known = pd.DataFrame({name: pd.to_numeric(raw[name]).astype(float).fillna(0) for name in names})
    if scope.disclosure == "published":
        # Those of the rate as well: a rate of some fifty families, to a hundredth, tells the very count.
        for name in ("part_count", "base_count"):
            known[name] = (known[name] / ROUND_TO).round() * ROUND_TO
    base = known["base_count"].sum()
    together = known["part_count"].sum() / base if base >= LEAST_DENOMINATOR else np.nan
    is_own = known["base_count"] >= LEAST_DENOMINATOR
    known["register_rate"] = (known["part_count"] / known["base_count"].where(is_own)).fillna(together)
    known["mask"] = SHOWN
    if scope.disclosure == "published":
        for name in ("household_count", "answering_count"):
            is_small = (known[name] > 0) & (known[name] < SMALLEST_SHOWN)
            known[name] = ((known[name] / ROUND_TO).round() * ROUND_TO).mask(is_small, ROUND_TO)
            if name == "household_count":
                known.loc[is_small, "mask"] = SMALL
    share = known["answering_count"] / known["household_count"].where(known["household_count"] > 0)
    known["answering_rate"] = share.fillna(0).clip(upper=1)
    return pd.concat([raw[["kode", "name", "level", "kind"]], known], axis=1)


def _stored(connection: Connection, scope: Scope, measure: str) -> tuple[pd.DataFrame, tuple]:
    """Return the stored estimates of the measure for the scope's provinsi and above, and the files that they rest on.

    They are those of the sample that the scope names, else of the period's first that was estimated.
    """
    columns = ["level", "kode", "status", "estimate", "deff", "direct_se", "sample_count", "cluster_count"]
    chosen = next(
        (sample for sample in samples(connection, scope.period) if sample.is_estimated
         and scope.truth in ("", sample.truth) and scope.frame in ("", sample.frame)), None,
    )  # fmt: skip
    if chosen is None:
        return pd.DataFrame(columns=columns), ()
    low, high = kode_range(scope.wilayah if scope.wilayah == NATION_KODE else scope.wilayah[:2])
    is_near = (estimate.c.kode >= low) & (estimate.c.kode < high) | (estimate.c.kode == NATION_KODE)
    program_id = select(tables.program.c.id).where(tables.program.c.key == scope.program).scalar_subquery()
    is_shown = estimate.c.denominator >= LEAST_DENOMINATOR if scope.disclosure == "published" else true()
    rows = connection.execute(
        select(*(estimate.c[name] for name in columns)).where(
            estimate.c.period == scope.period, estimate.c.truth == chosen.truth, estimate.c.frame == chosen.frame,
            estimate.c.program_id == program_id, estimate.c.measure == measure, is_near, is_shown,
        )
    ).all()
    return pd.DataFrame(rows, columns=columns), chosen.sources if rows else ()


def _rates(known: pd.DataFrame, stored: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return each area's expected rate and where it is from: its estimate, one above it, the register, or nowhere."""
    shown = stored[(stored["status"] == Status.ok) & stored["estimate"].notna()]
    by_kode = dict(zip(shown["kode"], shown["estimate"].astype(float), strict=True))
    sampled = set(stored.loc[stored["level"] == int(Level.kabupaten), "kode"])
    rates, origins = [], []
    for kode, register in zip(known["kode"], known["register_rate"], strict=True):
        place = kode
        while place is not None and place not in by_kode:
            place = parent_of(place)
        # A provinsi's estimate speaks of the kabupaten that were sampled, and says nothing of the others.
        is_spoken_of = place is not None and (place[:5] == kode[:5] or kode[:5] in sampled)
        if is_spoken_of:
            rates.append(by_kode[place])
            origins.append("estimate" if place == kode else "estimate_above")
        else:
            rates.append(0.5 if np.isnan(register) else register)
            origins.append("none" if np.isnan(register) else "register")
    return np.clip(rates, LEAST_RATE, MOST_RATE), np.array(origins, dtype=object)


def pooled_rho(stored: pd.DataFrame) -> tuple[float, str]:
    """Return how alike answers within a desa are, by the design effects of the sample: deff = 1 + (m - 1) rho (Kish
    1965, section 5.4), with m answers per desa, pooled over kecamatan of two desa and more.

    A kecamatan's own design effect rests on a desa or two; their sum over LEAST_RHO_AREAS and more does not. Those
    whose answers are all alike say nothing and are left out.
    """
    rows = stored[(stored["level"] == int(Level.kecamatan)) & (stored["cluster_count"] >= 2)]
    rows = rows[(rows["direct_se"] > 0) & (rows["sample_count"] > rows["cluster_count"])]
    if len(rows) < LEAST_RHO_AREAS:
        return RHO, "assumed"
    more = rows["sample_count"] / rows["cluster_count"] - 1
    return float(np.clip((rows["deff"] - 1).sum() / more.sum(), LEAST_RHO, 1)), "sample"
