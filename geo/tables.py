"""The tables of wilayah, programs, register and cubes, as SQLAlchemy Core; docs/data.md says what a row of each is."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
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
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Kode = Text(collation="C")


def _source_id() -> Column:
    return Column("source_id", Integer, ForeignKey("source.id"), nullable=False)


def _geometry(name: str, kind: str, nullable: bool = False) -> Column:
    return Column(name, Geometry(kind, srid=4326, spatial_index=False), nullable=nullable)


source = Table(
    "source",
    metadata,
    Column("id", Integer, Identity(), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("publisher", Text),
    Column("system", Text),
    Column("vintage", SmallInteger),
    Column("licence", Text),
    Column("period", Date),
    Column("scheme", Text),
    Column("is_fictional", Boolean, nullable=False, server_default="false"),
    Column("status", Text, nullable=False),
    *(
        Column(f"{name}_count", BigInteger, nullable=False, server_default="0")
        for name in ("read", "kept", "quarantined", "duplicate")
    ),
    Column("report", JSONB),
    Column("loaded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("revision", SmallInteger, nullable=False, server_default="0"),
    CheckConstraint(
        "kind IN ('boundaries', 'codes', 'register', 'verification', 'figures', 'succession')", name="kind"
    ),
    CheckConstraint("status IN ('ready', 'replaced')", name="status"),
    CheckConstraint("read_count = kept_count + quarantined_count + duplicate_count", name="nothing_lost"),
    Index("uq_source_ready", "kind", "sha256", "period", unique=True, postgresql_nulls_not_distinct=True,
          postgresql_where="status = 'ready'"),
)

wilayah = Table(
    "wilayah",
    metadata,
    Column("kode", Kode, primary_key=True),
    Column("level", SmallInteger, nullable=False),
    Column("parent_kode", Kode, ForeignKey("wilayah.kode", deferrable=True, initially="DEFERRED")),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("kode_bps", Text),
    Column("kode_bps_vintage", SmallInteger),
    Column("valid_from", Date),
    Column("valid_to", Date),
    CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    CheckConstraint(
        "kode = 'ID' AND level = 0"
        " OR kode ~ '^[0-9]{2}([.][0-9]{2}([.][0-9]{2}([.][0-9]{4})?)?)?$'"
        " AND level = 1 + length(kode) - length(replace(kode, '.', ''))",
        name="kode",
    ),
    Index("ix_wilayah_level_kode", "level", "kode"),
)

kode_pair = Table(
    "kode_pair",
    metadata,
    Column("vintage", SmallInteger, nullable=False),
    Column("kode_bps", Kode, nullable=False),
    Column("kode", Kode, nullable=False),
    _source_id(),
    PrimaryKeyConstraint("vintage", "kode_bps", "kode"),
    Index("ix_kode_pair_kode_bps", "kode_bps"),
)

boundary = Table(
    "boundary",
    metadata,
    _source_id(),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("level", SmallInteger, nullable=False),
    _geometry("geom", "MULTIPOLYGON"),
    Column("area_km2", Float, nullable=False),
    _geometry("label_point", "POINT"),
    PrimaryKeyConstraint("source_id", "kode"),
    CheckConstraint("area_km2 > 0", name="area_km2"),
    Index("ix_boundary_geom", "geom", postgresql_using="gist"),
)

boundary_other = Table(
    "boundary_other",
    metadata,
    _source_id(),
    Column("given_code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent_kode", Kode),
    _geometry("geom", "MULTIPOLYGON"),
    Column("area_km2", Float, nullable=False),
    PrimaryKeyConstraint("source_id", "given_code"),
)

boundary_other_shape = Table(
    "boundary_other_shape",
    metadata,
    _source_id(),
    Column("given_code", Text, nullable=False),
    Column("detail", SmallInteger, nullable=False),
    _geometry("geom", "MULTIPOLYGON"),
    PrimaryKeyConstraint("source_id", "given_code", "detail"),
    CheckConstraint("detail BETWEEN 0 AND 2", name="detail"),
)

boundary_shape = Table(
    "boundary_shape",
    metadata,
    _source_id(),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("detail", SmallInteger, nullable=False),
    Column("tolerance_degree", Float, nullable=False),
    _geometry("geom", "MULTIPOLYGON"),
    PrimaryKeyConstraint("source_id", "kode", "detail"),
    CheckConstraint("detail BETWEEN 0 AND 2", name="detail"),
)

boundary_active = Table(
    "boundary_active",
    metadata,
    Column("level", SmallInteger, nullable=False),
    Column("provinsi_kode", Kode, nullable=False),
    _source_id(),
    PrimaryKeyConstraint("level", "provinsi_kode"),
)

program = Table(
    "program",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("unit", Text, nullable=False),
    CheckConstraint("id BETWEEN 0 AND 30", name="bit"),
    CheckConstraint("unit IN ('household', 'person', 'pupil')", name="unit"),
)

program_rule = Table(
    "program_rule",
    metadata,
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("basis", Text, nullable=False),
    Column("funding", Text, nullable=False),
    Column("desil_min", SmallInteger),
    Column("desil_max", SmallInteger),
    Column("components", ARRAY(Text), nullable=False),
    Column("excluded_adminduk", ARRAY(Text), nullable=False),
    Column("wilayah_kinds", ARRAY(Text), nullable=False),
    Column("note_id", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("reference", Text, nullable=False),
    PrimaryKeyConstraint("program_id", "valid_from"),
    CheckConstraint("basis IN ('register', 'list', 'application', 'assessment', 'customer')", name="basis"),
    CheckConstraint("(basis = 'register') = (desil_min IS NOT NULL)", name="basis_desil"),
    CheckConstraint("num_nulls(desil_min, desil_max) IN (0, 2)", name="desil_pair"),
    CheckConstraint("desil_min >= 1 AND desil_max <= 10 AND desil_min <= desil_max", name="desil"),
)

program_benefit = Table(
    "program_benefit",
    metadata,
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("component", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("amount_idr", BigInteger),
    Column("max_count", SmallInteger),
    Column("note_id", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("reference", Text, nullable=False),
    PrimaryKeyConstraint("program_id", "component", "valid_from"),
    CheckConstraint("amount_idr > 0", name="amount_idr"),
)

program_pair = Table(
    "program_pair",
    metadata,
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("other_program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("is_permitted", Boolean, nullable=False),
    Column("reference", Text, nullable=False),
    PrimaryKeyConstraint("program_id", "other_program_id", "valid_from"),
    CheckConstraint("program_id < other_program_id", name="order"),
)

quota = Table(
    "quota",
    metadata,
    Column("period", Date, nullable=False),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("places_count", BigInteger, nullable=False),
    _source_id(),
    PrimaryKeyConstraint("period", "kode", "program_id"),
    CheckConstraint("places_count >= 0", name="places_count"),
)

COMPONENTS = ("pregnant", "child_0_6", "sd", "smp", "sma", "elderly", "disability")

household = Table(
    "household",
    metadata,
    Column("period", Date, nullable=False),
    Column("provinsi_kode", Kode, nullable=False),
    Column("household_id", Text, nullable=False),
    Column("kode", Kode, nullable=False),
    Column("desil", SmallInteger),
    Column("status_word", Text),
    Column("score", Float),
    Column("person_count", SmallInteger, nullable=False),
    *(Column(f"{component}_count", SmallInteger, nullable=False) for component in COMPONENTS),
    Column("head_sex", Text),
    Column("adminduk", Text, nullable=False),
    Column("verified_on", Date),
    Column("qualified", Integer, nullable=False),
    Column("eligible", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("assigned_by", Text, nullable=False),
    _geometry("point", "POINT", nullable=True),
    Column("source_id", Integer, nullable=False),
    CheckConstraint("desil BETWEEN 1 AND 10", name="desil"),
    CheckConstraint("person_count >= 1", name="person_count"),
    postgresql_partition_by="LIST (period)",
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("period", Date, nullable=False),
    Column("provinsi_kode", Kode, nullable=False),
    Column("household_id", Text, nullable=False),
    Column("kode", Kode, nullable=False),
    Column("program_id", SmallInteger, nullable=False),
    Column("desil", SmallInteger),
    Column("stage", Text, nullable=False),
    Column("unit_count", SmallInteger, nullable=False),
    Column("entitled_count", SmallInteger, nullable=False),
    Column("amount_idr", BigInteger, nullable=False),
    Column("entitled_idr", BigInteger, nullable=False),
    Column("qualified_count", SmallInteger, nullable=False),
    Column("qualified_idr", BigInteger, nullable=False),
    Column("leak_cause", Text),
    Column("welfare_idr", BigInteger),
    Column("head_sex", Text),
    *(Column(f"{name}_count", SmallInteger) for name in ("person", "elderly", "disability")),
    Column("received", Integer),
    Column("funding", Text, nullable=False),
    Column("is_in_register", Boolean, nullable=False),
    Column("source_id", Integer, nullable=False),
    CheckConstraint("stage IN ('ditetapkan', 'tersalur', 'gagal')", name="stage"),
    postgresql_partition_by="LIST (period)",
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    _source_id(),
    Column("file_name", Text, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("raw", Text, nullable=False),
)
