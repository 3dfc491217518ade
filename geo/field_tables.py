"""The tables of the field: sampled households with what was observed, the estimates from them, and their models."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
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

TRUTHS = ("proxy_means", "consumption", "musyawarah", "adminduk")
FRAMES = ("register", "listing", "recipients")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


verification = Table(
    "verification",
    metadata,
    Column("period", Date, nullable=False),
    Column("provinsi_kode", Kode, nullable=False),
    Column("kode", Kode, nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("truth", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("program_id", SmallInteger, ForeignKey("program.id")),
    Column("household_id", Text),
    Column("stratum", Text, nullable=False),
    Column("cluster", Text, nullable=False),
    Column("weight", Float, nullable=False),
    Column("stratum_cluster_count", Integer),
    Column("cluster_household_count", Integer),
    Column("observed_desil", SmallInteger),
    Column("observed_adminduk", Text),
    Column("observed_on", Date),
    Column("person_count", SmallInteger, nullable=False),
    Column("pupil_count", SmallInteger, nullable=False),
    Column("is_registered", Boolean, nullable=False),
    Column("desil", SmallInteger),
    Column("eligible", Integer, nullable=False),
    Column("truly_eligible", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    PrimaryKeyConstraint("source_id", "line"),
    _one_of("truth", TRUTHS),
    _one_of("frame", FRAMES),
    CheckConstraint("weight > 0", name="weight"),
    CheckConstraint("(frame = 'recipients') = (program_id IS NOT NULL)", name="program_id"),
    Index("ix_verification_period_kode", "period", "kode"),
)

estimate = Table(
    "estimate",
    metadata,
    Column("period", Date, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("kode", Kode, nullable=False),
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("truth", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Text, nullable=False),
    *(
        Column(name, Float)
        for name in (
            "estimate", "se", "lower", "upper", "numerator", "denominator", "effective_count", "deff",
            "direct_estimate", "direct_se", "direct_lower", "direct_upper", "model_estimate", "gamma", "residual",
        )
    ),
    Column("sample_count", Integer, nullable=False),
    Column("cluster_count", Integer, nullable=False),
    PrimaryKeyConstraint("period", "truth", "frame", "program_id", "measure", "level", "kode"),
    _one_of("truth", TRUTHS),
    _one_of("frame", FRAMES),
    _one_of("method", ("direct", "model", "synthetic", "above", "none")),
    CheckConstraint("lower <= estimate AND estimate <= upper", name="interval"),
)

estimate_model = Table(
    "estimate_model",
    metadata,
    Column("period", Date, nullable=False),
    Column("truth", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("program_id", SmallInteger, ForeignKey("program.id"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("report", JSONB, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("period", "truth", "frame", "program_id", "measure"),
)
