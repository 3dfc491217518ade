"""What an allocation is asked for: target, budget, costs, limits and rule, in one value that an address can carry."""

import re
from dataclasses import dataclass, fields, replace

from geo.tables import COMPONENTS
from queries.errors import QueryError
from queries.stats.allocation import RULES

STAGES = ("rkpd", "kua_ppas", "rka", "perubahan")
FUNDINGS = ("apbd", "dana_desa", "apbn", "btt")
UNITS = ("household", "person")
PROBABILITIES = ("field", "register")
# Sums over the whole country must stay whole numbers of 64 bits.
MOST_IDR = 10**15
MOST_UNIT_IDR = 10**9
FIRST_YEAR, LAST_YEAR = 2020, 2099
WEIGHT_ONE = 100
_NAME = re.compile(r"\w{1,40}")
_KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class PlanRequest:
    """An allocation's question beyond its wilayah, level, period and program.

    `target` is a name where the program is defined here: then `desil` are its classes, `component` what a family must
    have (one of geo.tables.COMPONENTS, '' for nothing), `unit` what is paid. Without it the program is the scope's,
    with the rule in force, and these three are not used. `covered` are the keys of programs whose recipients count as
    covered. `benefit_idr` is paid for each unit and month, for `months`. Administration is `administration_bp`
    hundredths of a per cent of the ceiling, or `administration_idr`; `desa_idr` a cost for each wilayah served. `floor`
    and `cap` hold for every wilayah: units (`floor_count`, `cap_count`) or per cent of its need (`floor_pct`,
    `cap_pct`); `table` is the key of rows that were edited one by one (geo.plan_tables.plan_input). `weights` are the
    worth of desil 1 to 10 in hundredths. `shock` is the id of an area that the plan is for, 0 for none.
    """

    year: int = 2027
    stage: str = "rka"
    funding: str = "apbd"
    budget_idr: int = 5_000_000_000
    benefit_idr: int = 200_000
    months: int = 12
    rule: str = "optimal"
    target: str = ""
    desil: tuple[int, ...] = (1, 2, 3, 4)
    component: str = ""
    unit: str = "household"
    covered: tuple[str, ...] = ()
    administration_bp: int = 0
    administration_idr: int = 0
    desa_idr: int = 0
    floor_count: int = 0
    floor_pct: int = 0
    cap_count: int | None = None
    cap_pct: int | None = None
    weights: tuple[int, ...] = (WEIGHT_ONE,) * 10
    probability: str = "field"
    table: str = ""
    shock: int = 0

    @property
    def unit_cost_idr(self) -> int:
        """What one unit costs in the budget year."""
        return self.benefit_idr * self.months

    @property
    def administration(self) -> int:
        """The administration's rupiah: the stated amount, or its share of the ceiling, rounded down."""
        return self.administration_idr or self.budget_idr * self.administration_bp // 10_000

    @property
    def money_idr(self) -> int:
        """What is left of the ceiling for benefits and for the cost of each wilayah served."""
        return self.budget_idr - self.administration

    @property
    def ground(self) -> "PlanRequest":
        """The request as far as it decides what a plan starts from, and not how a budget is shared out."""
        return PlanRequest(**{name: getattr(self, name) for name in _OF_GROUND})

    @property
    def text(self) -> str:
        """The request in short: what differs from the first one, as an address carries it; '' where nothing does."""
        first = PlanRequest()
        parts = (
            f"{code}{_written(getattr(self, name))}" for name, code in _CODES.items()
            if getattr(self, name) != getattr(first, name)
        )
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "PlanRequest":
        """Return the request that `text` stands for; raise QueryError `plan_malformed` where a part means nothing."""
        names = {code: name for name, code in _CODES.items()}
        given = {}
        for part in filter(None, text.split("-")):
            name = names.get(part[:1])
            if name is None or name in given:
                raise QueryError("plan_malformed", part=part)
            given[name] = _read(name, part[1:])
        return cls(**given)

    def at(self, **changes: object) -> "PlanRequest":
        """Return this request with some parts changed."""
        return replace(self, **changes)


# One letter each, so that a whole request fits an address.
_CODES = {
    "year": "y", "stage": "s", "funding": "f", "budget_idr": "b", "benefit_idr": "i", "months": "m", "rule": "r",
    "target": "t", "desil": "d", "component": "c", "unit": "u", "covered": "v", "administration_bp": "p",
    "administration_idr": "a", "desa_idr": "e", "floor_count": "l", "floor_pct": "g", "cap_count": "k", "cap_pct": "h",
    "weights": "w", "probability": "q", "table": "x", "shock": "z",
}  # fmt: skip
_OF_GROUND = ("target", "desil", "component", "unit", "covered", "probability", "table", "shock")
_NUMBERS = frozenset(
    field.name for field in fields(PlanRequest) if field.type in (int, int | None)
)
_TUPLES = {"desil": int, "weights": int, "covered": str}
# Between the members of a tuple: a key of a program may hold single ones.
_BETWEEN = "__"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return _BETWEEN.join(map(str, value))
    return "" if value is None else str(value)


def _read(name: str, text: str) -> object:
    if name in _TUPLES:
        parts = tuple(filter(None, text.split(_BETWEEN)))
        return tuple(_number(name, part) for part in parts) if _TUPLES[name] is int else parts
    if name in _NUMBERS:
        return None if not text and name.startswith("cap_") else _number(name, text)
    return text


def _number(name: str, text: str) -> int:
    # "²" is a digit and no number, and a number of thousands of digits is refused by Python itself.
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):
        raise QueryError("plan_malformed", part=f"{_CODES[name]}{text}")
    return int(text)


def check_plan(request: PlanRequest) -> None:
    """Raise QueryError where a part of a request cannot be meant, whatever the data: `plan_choice` (a word that is not
    one of those known), `plan_year`, `plan_months`, `plan_money` (a rupiah amount below its least or absurdly large),
    `plan_target` (no class, or a desil or weight that there is none of), `plan_limits` (a cap below its floor),
    `plan_administration` (all of the ceiling, or more).
    """
    for name, known in (("stage", STAGES), ("funding", FUNDINGS), ("rule", RULES), ("unit", UNITS),
                        ("probability", PROBABILITIES), ("component", ("", *COMPONENTS))):  # fmt: skip
        if getattr(request, name) not in known:
            raise QueryError("plan_choice", field=name, given=getattr(request, name),
                             known=", ".join(filter(None, known)))
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        raise QueryError("plan_year", year=request.year, first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= request.months <= 12:
        raise QueryError("plan_months", months=request.months)
    for name, least, most in (
        ("budget_idr", 1, MOST_IDR), ("benefit_idr", 1, MOST_UNIT_IDR), ("administration_idr", 0, MOST_IDR),
        ("desa_idr", 0, MOST_UNIT_IDR),
    ):  # fmt: skip
        if not least <= getattr(request, name) <= most:
            raise QueryError("plan_money", field=name, amount=getattr(request, name), least=least, most=most)
    if not request.desil or not set(request.desil) <= set(range(1, 11)):
        raise QueryError("plan_target", part="desil", given=",".join(map(str, request.desil)) or "-")
    if len(request.weights) != 10 or not any(request.weights) or max(request.weights) > 100 * WEIGHT_ONE:
        given = ",".join(f"{weight / WEIGHT_ONE:g}" for weight in request.weights) or "-"
        raise QueryError("plan_target", part="weights", given=given)
    if request.target and not _NAME.fullmatch(request.target):
        raise QueryError("plan_target", part="target", given=request.target)
    if request.table and not _KEY.fullmatch(request.table):
        raise QueryError("plan_malformed", part=f"x{request.table}")
    for floor, cap in ((request.floor_count, request.cap_count), (request.floor_pct, request.cap_pct)):
        if cap is not None and cap < floor:
            raise QueryError("plan_limits", floor=floor, cap=cap)
    if not 0 <= request.floor_pct <= 100 or not 0 <= (request.cap_pct or 0) <= 100:
        raise QueryError("plan_limits", floor=request.floor_pct, cap=request.cap_pct or 0)
    if request.administration_bp > 10_000 or request.administration >= request.budget_idr:
        raise QueryError("plan_administration", administration=request.administration, budget=request.budget_idr)
