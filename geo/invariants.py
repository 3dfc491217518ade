"""What must hold in a loaded database: each invariant with the query of its violations."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, text

from geo.cubes import PROGRAM_COUNTS
from geo.tables import COMPONENTS

_KEYS = {"desil_count": "desil", "program_count": "program_id, desil", "overlap_count": "received"}
_COUNTS = {
    "desil_count": ("household_count", "person_count"),
    "program_count": PROGRAM_COUNTS,
    "overlap_count": ("household_count", "person_count"),
}
_AREA_TOLERANCE = 1e-9
# How many units of a benefit's component a household has: its members of it, or the program's own unit.
_UNITS = "CASE component " + " ".join(f"WHEN '{name}' THEN {name}_count" for name in COMPONENTS) + (
    " ELSE CASE unit WHEN 'person' THEN person_count ELSE 1 END END"
)


@dataclass(frozen=True)
class Finding:
    """One invariant's outcome: how many violations, and where the first of them is."""

    name: str
    violation_count: int
    example: str = ""

    @property
    def holds(self) -> bool:
        """Tell whether nothing violates it."""
        return self.violation_count == 0


def _parts_add_up(cube: str) -> str:
    """Compare each wilayah's rows with the sums of the rows one level below."""
    key, counts = _KEYS[cube], _COUNTS[cube]
    sums = ", ".join(f"sum({name})::bigint AS {name}" for name in counts)
    return f"""
        WITH child AS (
            SELECT period, level - 1 AS level,
                   CASE level WHEN 1 THEN 'ID' WHEN 2 THEN left(kode, 2) WHEN 3 THEN left(kode, 5)
                   ELSE left(kode, 8) END COLLATE "C" AS kode, {key}, {sums}
            FROM {cube} WHERE level > 0 GROUP BY 1, 2, 3, {key}
        ), parent AS (
            SELECT period, level::integer AS level, kode, {key}, {", ".join(counts)} FROM {cube} WHERE level < 4
        ), differing AS (
            (SELECT * FROM child EXCEPT SELECT * FROM parent)
            UNION ALL (SELECT * FROM parent EXCEPT SELECT * FROM child)
        )
        SELECT kode || ' ' || period FROM differing
    """


_INVARIANTS = {
    "wilayah_has_its_parent": """
        SELECT child.kode FROM wilayah AS child LEFT JOIN wilayah AS parent ON parent.kode = child.parent_kode
        WHERE child.level > 0 AND (parent.kode IS NULL OR parent.level <> child.level - 1
              OR parent.level > 0 AND left(child.kode, length(parent.kode)) <> parent.kode)
    """,
    "every_boundary_has_a_shape": """
        SELECT kode FROM boundary LEFT JOIN boundary_shape USING (source_id, kode) WHERE boundary_shape.kode IS NULL
    """,
    "household_has_its_wilayah": """
        SELECT kode FROM household LEFT JOIN wilayah USING (kode)
        WHERE wilayah.kode IS NULL OR wilayah.level <> 4
    """,
    "ledger_equals_rows": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM household GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM enrolment GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM quota GROUP BY source_id) AS stored
          ON stored.source_id = source.id
        WHERE kind = 'register' AND status = 'ready' AND kept_count <> coalesce(n, 0)
    """,
    "quarantine_equals_ledger": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM quarantine GROUP BY source_id) AS held
          ON held.source_id = source.id
        WHERE kind = 'register' AND quarantined_count <> coalesce(n, 0)
    """,
    "desil_count_equals_households": """
        WITH counted AS (
            SELECT period, kode, desil, count(*) AS household_count, sum(person_count)::bigint AS person_count
            FROM household GROUP BY period, kode, desil
        ), stored AS (
            SELECT period, kode, desil, household_count, person_count FROM desil_count WHERE level = 4
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "overlap_count_equals_households": """
        WITH counted AS (
            SELECT period, kode, received, count(*) AS household_count, sum(person_count)::bigint AS person_count
            FROM household GROUP BY period, kode, received
        ), stored AS (
            SELECT period, kode, received, household_count, person_count FROM overlap_count WHERE level = 4
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "received_equals_enrolments": """
        WITH counted AS (
            SELECT period, kode, program_id, desil, sum(unit_count)::bigint AS received_count
            FROM enrolment GROUP BY period, kode, program_id, desil
        ), stored AS (
            SELECT period, kode, program_id, desil, received_count FROM program_count
            WHERE level = 4 AND received_count > 0
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "eligible_equals_households": """
        WITH counted AS (
            SELECT period, household.kode, program.id AS program_id, desil,
                   sum(CASE program.unit WHEN 'person' THEN person_count ELSE 1 END)::bigint AS eligible_count
            FROM household JOIN program ON household.eligible & (1 << program.id) <> 0
            GROUP BY period, household.kode, program.id, desil
        ), stored AS (
            SELECT period, kode, program_id, desil, eligible_count FROM program_count
            WHERE level = 4 AND eligible_count > 0
        )
        SELECT kode || ' ' || period FROM (
            (SELECT counted.* FROM counted
             JOIN (SELECT DISTINCT period, program_id FROM program_count) AS known USING (period, program_id)
             EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "reached_equals_enrolments": """
        WITH counted AS (
            SELECT period, kode, program_id, desil,
                   sum(least(unit_count, entitled_count))::bigint AS reached_count,
                   coalesce(sum(unit_count) FILTER (WHERE stage = 'tersalur'), 0)::bigint AS paid_count,
                   sum(amount_idr * (unit_count - least(unit_count, entitled_count)) / unit_count)::bigint AS leak_idr
            FROM enrolment GROUP BY period, kode, program_id, desil
        ), stored AS (
            SELECT period, kode, program_id, desil, reached_count, paid_count, leak_idr FROM program_count
            WHERE level = 4 AND received_count > 0
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "gap_idr_equals_entitlement": f"""
        WITH benefit AS (
            SELECT program_benefit.*, program.unit, coalesce(valid_to, 'infinity'::date) AS last_on
            FROM program_benefit JOIN program ON program.id = program_id
        ), part AS (
            SELECT period, household.kode, program_id, desil, benefit.amount_idr * least(max_count, {_UNITS}) AS idr
            FROM household JOIN benefit ON household.eligible & (1 << program_id) <> 0
             AND period BETWEEN valid_from AND last_on
            UNION ALL
            SELECT period, kode, program_id, desil,
                   -(entitled_idr * least(unit_count, entitled_count) / greatest(entitled_count, 1::smallint))
            FROM enrolment
        ), counted AS (
            SELECT period, kode, program_id, desil, sum(idr)::bigint AS gap_idr FROM part GROUP BY 1, 2, 3, 4
        ), stored AS (
            SELECT period, kode, program_id, desil, gap_idr FROM program_count WHERE level = 4
        )
        SELECT kode || ' ' || period FROM (
            (SELECT counted.* FROM counted
             JOIN (SELECT DISTINCT period, program_id FROM program_count) AS known USING (period, program_id)
             WHERE gap_idr <> 0
             EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored WHERE gap_idr <> 0 EXCEPT SELECT * FROM counted)) AS differing
    """,
    "household_received_equals_enrolments": """
        SELECT household.kode || ' ' || household.period FROM household
        LEFT JOIN (SELECT period, household_id, bit_or(1 << program_id) AS received FROM enrolment
                   WHERE is_in_register GROUP BY period, household_id) AS counted
        USING (period, household_id)
        WHERE household.received <> coalesce(counted.received, 0)
    """,
    "reached_is_within_both": """
        SELECT kode || ' ' || period FROM program_count
        WHERE reached_count > eligible_count OR reached_count > received_count OR paid_count > received_count
           OR gap_idr < 0 OR leak_idr < 0
    """,
    "totals_equal_the_desil": """
        SELECT counted.kode || ' ' || counted.period FROM program_total AS stored
        FULL JOIN (SELECT period, level, kode, program_id, sum(eligible_count) AS e, sum(received_count) AS t,
                          sum(reached_count) AS r, sum(paid_count) AS paid, sum(gap_idr) AS gap, sum(leak_idr) AS leak
                   FROM program_count GROUP BY period, level, kode, program_id) AS counted
        USING (period, level, kode, program_id)
        WHERE (eligible_count, received_count, reached_count, gap_count, leak_count, paid_count, gap_idr, leak_idr)
              IS DISTINCT FROM (e, t, r, e - r, t - r, paid, gap, leak)
    """,
    "split_adds_up_to_the_gap": """
        SELECT kode || ' ' || period FROM program_total
        WHERE too_few_places_count + misallocated_count <> gap_count
           OR no_quota_count + unused_quota_count <> too_few_places_count
           OR least(too_few_places_count, misallocated_count, unused_quota_count) < 0
    """,
    "quota_covers_recipients": """
        SELECT quota.kode || ' ' || quota.period FROM quota JOIN program_total USING (period, kode, program_id)
        WHERE places_count < received_count
    """,
    **{f"{cube}_adds_up": _parts_add_up(cube) for cube in _KEYS},
}


def check_invariants(connection: Connection) -> Iterator[Finding]:
    """Give the outcome of every invariant, the slow ones (boundaries) last."""
    for name, query in _INVARIANTS.items():
        count, example = connection.execute(
            text(f"SELECT count(*), min(place) FROM ({query}) AS violation (place)")
        ).one()
        yield Finding(name, count, example or "")
    yield from _check_areas(connection)
    yield from _check_coverage(connection)


def _check_areas(connection: Connection) -> Iterator[Finding]:
    """Compare each kabupaten's area with its desa and its polygons that are no wilayah, within one source."""
    rows = connection.execute(text("""
        SELECT parent.kode, parent.area_km2, desa.area + coalesce(other.area, 0)
        FROM boundary AS parent
        JOIN (SELECT source_id, left(kode, 5) AS kode, sum(area_km2) AS area FROM boundary WHERE level = 4
              GROUP BY 1, 2) AS desa USING (source_id, kode)
        LEFT JOIN (SELECT source_id, left(parent_kode, 5) AS kode, sum(area_km2) AS area FROM boundary_other
                   GROUP BY 1, 2) AS other USING (source_id, kode)
    """)).all()
    wrong = [kode for kode, whole, parts in rows if abs(parts - whole) > _AREA_TOLERANCE * whole]
    yield Finding("areas_add_up", len(wrong), min(wrong, default=""))


def _check_coverage(connection: Connection) -> Iterator[Finding]:
    """Test that the polygons of each active source and level neither overlap nor cross one another's edges."""
    active = connection.execute(
        text("SELECT DISTINCT source_id, level FROM boundary_active ORDER BY 1, 2")
    ).all()
    wrong = []
    for source_id, level in active:
        rows = connection.execute(
            text("SELECT kode, ST_AsBinary(geom) FROM boundary WHERE source_id = :source_id AND level = :level"),
            {"source_id": source_id, "level": level},
        ).all()
        polygons = shapely.from_wkb([bytes(row[1]) for row in rows])
        edges = shapely.coverage_invalid_edges(polygons)
        wrong += [row[0] for row, edge in zip(rows, edges, strict=True) if not edge.is_empty]
    yield Finding("boundaries_do_not_overlap", len(wrong), min(wrong, default=""))
