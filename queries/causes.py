"""Why units receive that the rule does not mean: the leak by its cause, in units and in rupiah."""

from sqlalchemy import Connection, Select, select

from boundaries.levels import Level
from geo import cube_tables
from queries.answer import Rate, in_scope, rows_of
from queries.breakdown import Axis, break_down
from queries.coverage import totals_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Amount
from queries.targeting import sees_all_recipients
from queries.what_if import program_id_of, refuse_what_if

# In the order in which a household's one cause is found.
CAUSES = (
    "outside", "meninggal", "ganda", "pindah", "tidak_ditemukan", "asn_tni_polri", "kind", "component", "no_desil",
    "above_limit", "below_limit", "excess",
)
CAUSE = Axis(("cause",), tuple((cause,) for cause in CAUSES))


def build_inclusion_causes(scope: Scope) -> Select:
    """Return the statement of `inclusion_causes`: units of the program, rupiah a year, by wilayah and cause."""
    place, total, cube = rows_of(scope).subquery("place"), totals_of(scope), cube_tables.leak_cause_count
    counted = select(cube).where(in_scope(cube, scope), cube.c.program_id == program_id_of(scope)).subquery("counted")
    return (
        select(
            place, total.c.kode.is_not(None).label("has_data"), counted.c.cause, counted.c.leak_count,
            counted.c.leak_idr, sees_all_recipients(scope, place).label("sees_all"),
        )
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .join(counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.cause)
    )  # fmt: skip


def inclusion_causes(connection: Connection, scope: Scope) -> Result:
    """Return what leaks from the rule in each wilayah of a scope, by cause; the causes add up to the leak.

    value = share_rate = leak_count / total_leak_count. A household has one cause, the first that holds of: outside the
    register; by civil registration meninggal, ganda, pindah, tidak_ditemukan or asn_tni_polri, where the rule excludes
    them; kind of wilayah; no component that the rule needs; no desil; above and below its limits; more units than
    entitled. Under DTKS the share is `not_applicable` unless recipients outside the register are loaded: the leak is
    not all there; the counts stand. Published, no desa has any: its counts would follow from those of the kecamatan.
    Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "inclusion-causes")
    return break_down(
        connection, scope, "inclusion-causes", build_inclusion_causes, CAUSE,
        counts=("leak_count",),
        rates=(Rate("share_rate", "leak_count", "total_leak_count", applies_by="sees_all"),),
        amounts=(Amount("leak_idr", "leak_count"),),
        totals=("leak_count", "leak_idr"), finest_published=Level.kecamatan,
    )  # fmt: skip
