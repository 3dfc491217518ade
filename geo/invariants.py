"""What must hold in a loaded database: wilayah, boundaries, ledger, cubes and field, each with what violates it."""

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, Table, text

from geo import plan_tables, tables
from geo.cube_invariants import CUBE_INVARIANTS
from geo.field_invariants import FIELD_INVARIANTS
from geo.move_invariants import MOVE_INVARIANTS
from geo.plan_invariants import PLAN_INVARIANTS

_AREA_TOLERANCE = 1e-9


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


def _overlapping(table: Table) -> str:
    """Return the query of a policy table's rows that are in force beside an earlier one: both would count."""
    key = [column.name for column in table.primary_key if column.name != "valid_from"]
    same = " AND ".join(f"later.{name} = earlier.{name}" for name in key)
    shown = ", ".join(f"later.{name}" for name in key)
    return f"""
        SELECT concat_ws(' ', {shown}, later.valid_from) FROM {table} AS later JOIN {table} AS earlier
          ON {same} AND earlier.valid_from < later.valid_from
         AND coalesce(earlier.valid_to, 'infinity'::date) >= later.valid_from
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
    "policy_does_not_overlap": " UNION ALL ".join(_overlapping(table) for table in (
        tables.program_rule, tables.program_benefit, tables.program_pair, plan_tables.budget_code)),
    "ledger_equals_rows": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM household GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM enrolment GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM quota GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM social_count GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM official_figure GROUP BY source_id
                   UNION ALL SELECT source_id, count(*) FROM wilayah_succession GROUP BY source_id) AS stored
          ON stored.source_id = source.id
        WHERE kind IN ('register', 'figures', 'succession') AND status = 'ready' AND kept_count <> coalesce(n, 0)
    """,
    "quarantine_equals_ledger": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM quarantine GROUP BY source_id) AS held
          ON held.source_id = source.id
        WHERE kind IN ('register', 'figures', 'succession') AND quarantined_count <> coalesce(n, 0)
    """,
    **CUBE_INVARIANTS,
    **PLAN_INVARIANTS,
    **MOVE_INVARIANTS,
    "social_counts_are_of_one_level": """
        SELECT min(kode) || ' ' || period FROM social_count GROUP BY period, left(kode, 2), social_group
        HAVING count(DISTINCT level) > 1
    """,
    "succession_dates_its_wilayah": """
        SELECT kode FROM wilayah WHERE valid_from IS NOT NULL AND NOT EXISTS (
            SELECT FROM wilayah_succession WHERE new_kode = kode AND happened_on = valid_from)
    """,
    **FIELD_INVARIANTS,
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
