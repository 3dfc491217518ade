"""The tables of planning: rows that a reader edited, kept scenarios, areas struck by a shock, the budget's codes."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from geo.tables import Kode, metadata

SHOCK_KINDS = ("flood", "earthquake", "crop_failure", "other")
SNAPS = ("half", "touched")
ORIGINS = ("drawn", "file", "chosen")
CODE_KINDS = ("sub_kegiatan", "rekening")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def _made_at() -> Column:
    return Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now())


plan_input = Table(
    "plan_input",
    metadata,
    Column("key", Text, primary_key=True),
    Column("rows", JSONB, nullable=False),
    _made_at(),
    CheckConstraint("key ~ '^[0-9a-f]{16}$'", name="key"),
)

# What was exported is an answer that somebody has in hand: triggers of the migration keep it and its lines as they are.
scenario = Table(
    "scenario",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    _made_at(),
    Column("wilayah_kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("period", Date, nullable=False),
    Column("program_key", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("disclosure", Text, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("is_fictional", Boolean, nullable=False),
    Column("rule", Text, nullable=False),
    Column("budget_idr", BigInteger, nullable=False),
    Column("summary", JSONB, nullable=False),
    Column("based_on_id", Integer, ForeignKey("scenario.id", ondelete="SET NULL")),
    Column("exported_at", DateTime(timezone=True)),
    CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    CheckConstraint("budget_idr > 0", name="budget_idr"),
    _one_of("disclosure", ("exact", "published")),
    Index("ix_scenario_based_on_id", "based_on_id"),
)

scenario_line = Table(
    "scenario_line",
    metadata,
    Column("scenario_id", Integer, ForeignKey("scenario.id", ondelete="CASCADE"), nullable=False),
    Column("kode", Kode, nullable=False),
    Column("name", Text, nullable=False),
    *(
        Column(f"{name}_count", BigInteger, nullable=False)
        for name in ("eligible", "covered", "need", "planned")
    ),
    Column("expected_count", Float, nullable=False),
    Column("amount_idr", BigInteger, nullable=False),
    Column("planned_by_desil", JSONB, nullable=False),
    PrimaryKeyConstraint("scenario_id", "kode"),
    CheckConstraint("least(eligible_count, covered_count, need_count, planned_count) >= 0", name="counts"),
    CheckConstraint("expected_count >= 0 AND expected_count < 'infinity'", name="expected_count"),
    CheckConstraint("amount_idr >= 0", name="amount_idr"),
)

shock = Table(
    "shock",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("happened_on", Date),
    Column("author", Text, nullable=False),
    _made_at(),
    Column("snap", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False)),
    Column("is_exercise", Boolean, nullable=False, server_default="false"),
    _one_of("kind", SHOCK_KINDS),
    _one_of("snap", SNAPS),
    _one_of("origin", ORIGINS),
    CheckConstraint("origin = 'chosen' OR geom IS NOT NULL", name="geom"),
)

shock_desa = Table(
    "shock_desa",
    metadata,
    Column("shock_id", Integer, ForeignKey("shock.id", ondelete="CASCADE"), nullable=False),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("area_share", Float, nullable=False),
    PrimaryKeyConstraint("shock_id", "kode"),
    CheckConstraint("area_share > 0 AND area_share <= 1", name="area_share"),
)

budget_code = Table(
    "budget_code",
    metadata,
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("code", Text),
    Column("name", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("reference", Text, nullable=False),
    Column("note_id", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    PrimaryKeyConstraint("kind", "purpose", "valid_from"),
    _one_of("kind", CODE_KINDS),
    CheckConstraint("code <> ''", name="code"),
)
