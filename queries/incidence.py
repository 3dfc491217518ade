"""Who gets what: recipients and rupiah by desil beside the population, and the indices that are made of them."""

import pandas as pd
from sqlalchemy import BigInteger, Connection, Select, case, cast, func, literal, null, select, union_all

from geo import cube_tables, tables
from queries.answer import Rate, answer, in_scope, rows_of
from queries.breakdown import break_down
from queries.columns import ANSWER, Status
from queries.coverage import totals_of
from queries.groups import DESIL, TOLD_DESIL
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, Amount, Shadow, Whole
from queries.targeting import sees_all_recipients, sees_everybody
from queries.what_if import program_id_of, refuse_what_if

# The index is defined on the poorest 40 %; the limits of a rule, which change, are another matter.
POOREST, OTHERS = (1, 4), (5, 10)
COVERAGE = ("poorest_coverage_status", "other_coverage_status")
RECEIVED = ("received_count", "poorest_received_count", "other_received_count", "unranked_received_count")
POPULATION = ("population_count", "poorest_population_count", "other_population_count", "unranked_population_count")
# Persons are masked with their households, which are counted for that alone where the unit is no household.
HOUSEHOLDS = (
    "all_household_count", "poorest_household_count", "nonpoorest_household_count", "unranked_household_count",
)  # fmt: skip
COUNTS = {"received_count": RECEIVED, "population_count": POPULATION, "household_count": HOUSEHOLDS}


def _cells(scope: Scope):
    """Return the subquery of population and receipt by kode and desil, in the program's unit, under one another."""
    people, cube, program = cube_tables.desil_count, cube_tables.program_count, tables.program
    unit = select(program.c.unit).where(program.c.key == scope.program).scalar_subquery()
    nothing = [cast(null(), BigInteger).label(name) for name in ("received_count", "received_idr", "scored_idr",
                                                                 "welfare_idr")]  # fmt: skip
    population = select(
        people.c.kode, people.c.desil,
        case((unit == "household", people.c.household_count), else_=people.c.person_count).label("population_count"),
        people.c.household_count, *nothing,
    ).where(in_scope(people, scope))  # fmt: skip
    receipt = select(
        cube.c.kode, cube.c.desil, cast(null(), BigInteger), cast(null(), BigInteger),
        cube.c.received_count, cube.c.received_idr, cube.c.scored_idr, cube.c.welfare_idr,
    ).where(in_scope(cube, scope), cube.c.program_id == program_id_of(scope))  # fmt: skip
    return union_all(population, receipt).subquery("cells")


def build_incidence(scope: Scope) -> Select:
    """Return the statement of `incidence`: population, recipients and rupiah a year by wilayah and desil."""
    place, total, cells = rows_of(scope).subquery("place"), totals_of(scope), _cells(scope)
    return (
        select(
            place, total.c.kode.is_not(None).label("has_data"),
            sees_all_recipients(scope, place).label("sees_all"), sees_everybody(scope, place).label("sees_everybody"),
            cells.c.desil, cells.c.received_count, cells.c.received_idr, cells.c.population_count,
            cells.c.household_count,
        )
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .join(cells, cells.c.kode == total.c.kode, isouter=True)
        .order_by(place.c.kode, cells.c.desil)
    )  # fmt: skip


def incidence(connection: Connection, scope: Scope) -> Result:
    """Return each desil's share of the recipients, of the rupiah and of the population of each wilayah.

    value = recipient_share_rate (beneficiary incidence); benefit_share_rate is of the rupiah (benefit incidence), and
    population_share_rate of the registered households, or persons for one that counts persons or pupils. All classes
    together are the whole, null ("belum ada desil", and recipients outside the register) included. Under DTKS the
    population is `not_applicable`, and the other two are unless recipients outside the register are loaded. Shares by
    the ASPIRE indicators' definition, with the register's desil. Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "incidence")
    return break_down(
        connection, scope, "incidence", build_incidence, DESIL,
        counts=("received_count", "population_count", "household_count"),
        rates=(
            Rate("recipient_share_rate", "received_count", "total_received_count", applies_by="sees_all"),
            Rate("benefit_share_rate", "received_idr", "total_received_idr", "benefit_status", "sees_all"),
            Rate("population_share_rate", "population_count", "total_population_count", "population_status",
                 "sees_everybody"),
        ),
        amounts=(Amount("received_idr", "received_count"),),
        shadows=(Shadow("population_count", ("household_count",)),),
        totals=("received_count", "received_idr", "population_count"),
        subtotals=TOLD_DESIL,
    )  # fmt: skip


def build_targeting_index(scope: Scope) -> Select:
    """Return the statement of `targeting_index`: population, recipients and rupiah of the poorest and the others."""
    place, total, cells = rows_of(scope).subquery("place"), totals_of(scope), _cells(scope)
    poorest = cells.c.desil.between(*POOREST)
    parts = (literal(True), poorest, cells.c.desil.between(*OTHERS), cells.c.desil.is_(None))

    def added(name: str, within=parts[0]):
        return func.coalesce(cast(func.sum(cells.c[name]).filter(within), BigInteger), 0)

    counted = (
        select(
            cells.c.kode,
            *(added(count, part).label(name) for count, names in COUNTS.items()
              for name, part in zip(names, parts, strict=True)),
            added("received_idr", poorest).label("poorest_received_idr"),
            *(added(name).label(name) for name in ("received_idr", "scored_idr", "welfare_idr")),
        )
        .group_by(cells.c.kode)
        .subquery("counted")
    )  # fmt: skip
    return (
        select(
            place, total.c.kode.is_not(None).label("has_data"),
            *(column for column in counted.c if column.name != "kode"),
            ((counted.c.received_count >= LEAST_DENOMINATOR) & (2 * counted.c.scored_idr >= counted.c.received_idr)
             ).label("has_many"),
            sees_everybody(scope, place).label("sees_everybody"),
        )
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .join(counted, counted.c.kode == total.c.kode, isouter=True)
        .order_by(place.c.kode)
    )


def targeting_index(connection: Connection, scope: Scope) -> Result:
    """Return how progressive a program is in each wilayah: CGH index, adequacy and Ravallion's differential.

    value = cgh_rate = the share of the rupiah that goes to desil 1 to 4 over their share of the population, with
    numerator and denominator in rupiah (Coady, Grosh and Hoddinott 2004; 1 is neutral, and their 40 % is replaced by
    the share that those desil really have in the wilayah). targeting_differential_rate = poorest_coverage_rate less
    other_coverage_rate, recipients over registered households (persons unless a household is the unit) of desil 1
    to 4 and of 5 to 10 (Ravallion 2009). adequacy_rate = scored_idr / welfare_idr, what recipients with a score receive
    over a year's consumption by the proxy score (ASPIRE, whose consumption is a survey's). Recipients without a desil
    are in the totals and in neither part. Under DTKS, which lacks the others, index and differential are
    `not_applicable`. Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "targeting-index")
    result = answer(
        connection, scope, "targeting-index", build_targeting_index, counts=(*RECEIVED, *POPULATION, *HOUSEHOLDS),
        rates=(
            Rate("poorest_benefit_rate", "poorest_received_idr", "received_idr", "benefit_status"),
            Rate("poorest_share_rate", "poorest_received_count", "received_count", "share_status"),
            Rate("poorest_population_rate", "poorest_population_count", "population_count", "population_status"),
            Rate("poorest_coverage_rate", "poorest_received_count", "poorest_population_count", COVERAGE[0]),
            Rate("other_coverage_rate", "other_received_count", "other_population_count", COVERAGE[1]),
        ),
        wholes=tuple(Whole(names[0], names[1:]) for names in COUNTS.values()),
        amounts=(
            Amount("received_idr", "received_count"), Amount("poorest_received_idr", "poorest_received_count"),
            Amount("scored_idr", "received_count"), Amount("welfare_idr", "received_count"),
        ),
        shadows=tuple(Shadow(count, (of,)) for count, of in zip(POPULATION, HOUSEHOLDS, strict=True)),
        hidden=HOUSEHOLDS,
    )  # fmt: skip
    frame, parts = result.frame, ("benefit_status", "share_status", "population_status")
    lacks_others = ~frame["sees_everybody"].astype(bool)
    for rate, status in zip(("poorest_benefit_rate", "poorest_share_rate", "poorest_population_rate",
                             "other_coverage_rate"), (*parts, COVERAGE[1]), strict=True):  # fmt: skip
        frame[rate] = frame[rate].mask(lacks_others)
        frame[status] = frame[status].mask(lacks_others & (frame[status] != Status.no_data), "not_applicable")
    frame["cgh_status"] = worst_of(*(frame[status] for status in (*parts, COVERAGE[0])))
    frame["cgh_rate"] = _where_ok(frame["cgh_status"], frame["poorest_benefit_rate"] / frame["poorest_population_rate"])
    frame["targeting_differential_status"] = worst_of(*(frame[status] for status in COVERAGE))
    frame["targeting_differential_rate"] = _where_ok(
        frame["targeting_differential_status"], frame["poorest_coverage_rate"] - frame["other_coverage_rate"]
    )
    frame["adequacy_status"] = _adequacy_status(frame, scope)
    is_secret = frame["adequacy_status"] == Status.suppressed
    for amount in ("scored_idr", "welfare_idr"):
        frame[amount] = frame[amount].mask(is_secret)
    frame["adequacy_rate"] = _where_ok(frame["adequacy_status"], frame["scored_idr"] / frame["welfare_idr"])
    frame["value"], frame["status"] = frame["cgh_rate"], frame["cgh_status"]
    rest = [name for name in frame if name not in (*ANSWER, "has_many", "sees_everybody")]
    return Result(frame[[*ANSWER, *rest]], result.provenance, result.mask)


def worst_of(*statuses: pd.Series) -> pd.Series:
    """Return the status of a figure that is made of several others, each with its own: the gravest of them."""
    gravest = (Status.no_data, Status.not_applicable, Status.suppressed, Status.too_uncertain, Status.ok)
    rank = {status.value: at for at, status in enumerate(gravest)}
    lowest = pd.concat([status.map(rank) for status in statuses], axis=1).min(axis=1)
    return lowest.map({at: status.value for at, status in enumerate(gravest)}).astype("str")


def _where_ok(status: pd.Series, values: pd.Series) -> pd.Series:
    return values.where(status == Status.ok).astype("Float64")


def _adequacy_status(frame: pd.DataFrame, scope: Scope) -> pd.Series:
    """Return the status of a ratio of two amounts, which needs as many recipients as any other rate needs units.

    Where few of them have a score, it would tell the consumption of those few: most of what is received must be theirs.
    """
    status = pd.Series(Status.ok.value, index=frame.index, dtype="str")
    is_shown = frame["received_count"].notna() & (frame["has_many"].fillna(False) | (scope.disclosure == "exact"))
    status[~is_shown.astype(bool)] = Status.suppressed.value
    status[(frame["welfare_idr"].fillna(1) == 0).astype(bool)] = Status.not_applicable.value
    return status.where(frame[COVERAGE[0]] != Status.no_data, Status.no_data.value)
