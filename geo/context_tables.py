"""The tables of what surrounds a register: official figures, kinds of social need, and wilayah that follow others."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from geo.tables import Kode, metadata

INDICATORS = ("poverty_rate", "population", "poverty_line_idr", "area_km2")
SOCIAL_GROUPS = ("ppks", "psks", "kat")
SOCIAL_UNITS = ("person", "household", "community", "institution")

official_figure = Table(
    "official_figure",
    metadata,
    Column("indicator", Text, nullable=False),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("figure_on", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("is_confirmed", Boolean, nullable=False),
    Column("reference", Text, nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    PrimaryKeyConstraint("indicator", "kode", "figure_on"),
    CheckConstraint("indicator IN ('poverty_rate', 'population', 'poverty_line_idr', 'area_km2')", name="indicator"),
    CheckConstraint("value >= 0 AND (indicator <> 'poverty_rate' OR value <= 1)", name="value"),
)

social_count = Table(
    "social_count",
    metadata,
    Column("period", Date, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("kode", Kode, ForeignKey("wilayah.kode"), nullable=False),
    Column("social_group", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("reported_count", BigInteger, nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    PrimaryKeyConstraint("period", "kode", "social_group", "kind"),
    CheckConstraint("social_group IN ('ppks', 'psks', 'kat')", name="social_group"),
    CheckConstraint("unit IN ('person', 'household', 'community', 'institution')", name="unit"),
    CheckConstraint("reported_count >= 0", name="reported_count"),
)

wilayah_succession = Table(
    "wilayah_succession",
    metadata,
    Column("old_kode", Kode, nullable=False),
    Column("new_kode", Kode, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("share", Float),
    Column("reference", Text, nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    PrimaryKeyConstraint("old_kode", "new_kode", "happened_on"),
    CheckConstraint("share > 0 AND share <= 1", name="share"),
)
