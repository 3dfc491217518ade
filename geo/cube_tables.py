"""The cubes: the additive counts of a period at every level of wilayah; docs/data.md says what a row of each is."""

from sqlalchemy import BigInteger, Column, Date, Integer, SmallInteger, Table, Text, UniqueConstraint

from boundaries.levels import Level
from geo.tables import COMPONENTS, Kode, metadata


def _cube(
    name: str, *key: Column, counts: tuple[str, ...], nullable: tuple[str, ...] = (), finest: Level = Level.desa
) -> Table:
    """Return a cube's table; `info` tells its `key` beside wilayah and period, its `counts` and its finest level."""
    names = tuple(column.name for column in key)
    return Table(
        name,
        metadata,
        Column("period", Date, nullable=False),
        Column("level", SmallInteger, nullable=False),
        Column("kode", Kode, nullable=False),
        *key,
        *(Column(count, BigInteger, nullable=count in nullable) for count in counts),
        UniqueConstraint("period", "level", "kode", *names, postgresql_nulls_not_distinct=True, name=f"uq_{name}"),
        info={"key": names, "counts": counts, "finest": finest},
    )


# Households without any program are counted beside all of their desil.
desil_count = _cube(
    "desil_count", Column("desil", SmallInteger),
    counts=("household_count", "person_count", "without_count", "without_person_count"),
)

age_count = _cube("age_count", Column("age_class", Text, nullable=False), counts=("household_count",))

status_count = _cube("status_count", Column("status_word", Text), counts=("household_count", "person_count"))

program_count = _cube(
    "program_count",
    Column("program_id", SmallInteger, nullable=False),
    Column("desil", SmallInteger),
    counts=(
        "eligible_count", "received_count", "reached_count", "paid_count", "gap_idr", "leak_idr", "qualified_count",
        "qualified_reached_count", "qualified_idr", "qualified_reached_idr", "received_idr", "qualified_received_idr",
        "scored_idr", "welfare_idr",
    ),
)

leak_cause_count = _cube(
    "leak_cause_count",
    Column("program_id", SmallInteger, nullable=False),
    Column("cause", Text, nullable=False),
    counts=("leak_count", "leak_idr"),
)

# Groups and pairs of sets are kept from kecamatan up: below it their cells are too small to show to anybody.
group_count = _cube(
    "group_count",
    Column("program_id", SmallInteger, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("class", Text),
    counts=("eligible_count", "received_count", "reached_count"), finest=Level.kecamatan,
)

set_count = _cube(
    "set_count",
    Column("eligible", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    counts=("household_count", "person_count"), finest=Level.kecamatan,
)

overlap_count = _cube(
    "overlap_count", Column("received", Integer, nullable=False), counts=("household_count", "person_count")
)

# What a plan stands on. Whether another program's recipients count as covered is decided when the plan is made, so both
# keep the household's whole set of programs: who is eligible for a program by its rule, and who a new one could be for.
need_count = _cube(
    "need_count",
    Column("program_id", SmallInteger, nullable=False),
    Column("desil", SmallInteger, nullable=False),
    Column("received", Integer, nullable=False),
    counts=("eligible_count", "reached_count", "gap_idr"),
)

target_count = _cube(
    "target_count",
    Column("desil", SmallInteger),
    Column("received", Integer, nullable=False),
    counts=(
        "household_count", "person_count", *(f"{name}_household_count" for name in COMPONENTS),
        *(f"{name}_count" for name in COMPONENTS),
    ),
)

# Households of this period and of the register before it; `move` says in which of the two they are. One that is in both
# counts where it is now, one that left where it was.
move_count = _cube(
    "move_count",
    Column("move", Text, nullable=False),
    Column("desil_before", SmallInteger),
    Column("desil", SmallInteger),
    counts=("household_count",), finest=Level.kecamatan,
)

SPLIT_COUNTS = ("quota_count", "no_quota_count", "unused_quota_count", "too_few_places_count", "misallocated_count")
ORDER_COUNTS = ("poorest_gap_count", "later_reached_count", "out_of_order_count")
program_total = _cube(
    "program_total",
    Column("program_id", SmallInteger, nullable=False),
    counts=(
        "eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "paid_count", "gap_idr",
        "leak_idr", *SPLIT_COUNTS, *ORDER_COUNTS,
    ),
    nullable=(*SPLIT_COUNTS, "out_of_order_count"),
)
