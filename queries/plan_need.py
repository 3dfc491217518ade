"""What a plan starts from: by wilayah and desil, who should receive, who is covered already, and who is not."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, case, select

from boundaries.levels import Level, ancestor_of, level_of
from geo import cube_tables, plan_tables, tables
from queries.answer import in_scope, rows_of, sum_of, text_of
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.rules import list_rules
from queries.scope import NO_DESIL, PUBLISHED_DESIL, Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO, SHOWN, SMALL, SMALLEST_SHOWN
from queries.what_if import program_id_of

NAMES_SHOWN = 5


@dataclass(frozen=True)
class Need:
    """The rows of a plan, in the order of their kode, and its classes, desil ascending.

    `areas`: kode, name, level, kind, has_data, the masks of the counts, and `is_enough` where a percentage may be told
    of the eligible. Arrays are whole units of the target:
    `eligible` (n, d), `need` (n, d) of those whom neither the program nor one that counts as covering reaches, `floor`
    and `cap` (n,), the least and most units of a row; `shares` (n,) are a reader's own, None without. `edited` are the
    floors, caps and shares that a reader set for single wilayah, by kode.
    """

    areas: pd.DataFrame
    classes: tuple[int, ...]
    eligible: np.ndarray
    need: np.ndarray
    floor: np.ndarray
    cap: np.ndarray
    shares: np.ndarray | None
    edited: dict[str, dict[str, float]]
    unit: str
    sql: str

    @property
    def eligible_count(self) -> np.ndarray:
        """Eligible units by row, shape (n,)."""
        return self.eligible.sum(axis=1)

    @property
    def need_count(self) -> np.ndarray:
        """Uncovered units by row, shape (n,)."""
        return self.need.sum(axis=1)

    @property
    def covered_count(self) -> np.ndarray:
        """Covered units by row, shape (n,)."""
        return self.eligible_count - self.need_count

    def limited(self, request: PlanRequest) -> "Need":
        """Return this need with a request's floors, caps and shares: those of every wilayah, then the edited ones.

        A floor for every wilayah asks of none more than its need or its cap; one that was set for a wilayah by itself
        is kept.
        """
        need = self.need_count
        floor = np.maximum(request.floor_count, -(-need * request.floor_pct // 100))
        cap = need.copy()
        if request.cap_count is not None:
            cap = np.minimum(cap, request.cap_count)
        if request.cap_pct is not None:
            cap = np.minimum(cap, need * request.cap_pct // 100)
        floor = np.minimum(floor, cap)
        if not self.edited:
            return replace(self, floor=floor, cap=cap, shares=None)
        has_shares = any("share" in row for row in self.edited.values())
        shares = np.zeros(len(need)) if has_shares else need.astype(float)
        for at, kode in enumerate(self.areas["kode"]):
            row = self.edited.get(kode, {})
            cap[at] = min(row.get("cap", cap[at]), need[at])
            floor[at] = row.get("floor", min(floor[at], cap[at]))
            shares[at] = row.get("share", shares[at])
        return replace(self, floor=floor, cap=cap, shares=shares)

    def named(self, rows: np.ndarray | list[int]) -> str:
        """Return the names and codes of some rows, the first few of them where they are many."""
        chosen = self.areas.iloc[list(rows)]
        names = [f"{name} ({kode})" for name, kode in zip(chosen["name"], chosen["kode"], strict=True)]
        more = ", …" if len(names) > NAMES_SHOWN else ""
        return ", ".join(names[:NAMES_SHOWN]) + more


def build_need(scope: Scope, request: PlanRequest, bits: int) -> Select:
    """Return the statement of a plan's need: kode, name, level, kind, desil, eligible_count, need_count.

    `bits` is the set of programs that count as covering. A wilayah without data has one row with a null desil.
    """
    place = rows_of(scope).subquery("place")
    counted = _of_target(scope, request, bits) if request.target else _of_program(scope, bits)
    query = (
        select(place, counted.c.desil, counted.c.eligible_count, counted.c.need_count)
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.desil)
    )
    if request.shock:
        inside = plan_tables.shock_desa
        query = query.where(place.c.kode.in_(select(inside.c.kode).where(inside.c.shock_id == request.shock)))
    return query


def _of_program(scope: Scope, bits: int):
    cube = cube_tables.need_count
    gap = cube.c.eligible_count - cube.c.reached_count
    return _summed(cube, scope, cube.c.eligible_count, gap, bits, cube.c.program_id == program_id_of(scope))


def _of_target(scope: Scope, request: PlanRequest, bits: int):
    cube = cube_tables.target_count
    if request.unit == "household":
        name = "_".join(filter(None, (request.component, "household_count")))
    else:
        name = f"{request.component or 'person'}_count"
    return _summed(cube, scope, cube.c[name], cube.c[name], bits, cube.c.desil.in_(request.desil))


def _summed(cube, scope: Scope, eligible, uncovered, bits: int, where):
    """Return the subquery of eligible and uncovered units by kode and desil; a covering program leaves no need."""
    is_free = cube.c.received.op("&")(bits) == 0
    sums = {"eligible_count": eligible, "need_count": case((is_free, uncovered), else_=0)}
    columns = (sum_of(value).label(key) for key, value in sums.items())
    return (
        select(cube.c.kode, cube.c.desil, *columns)
        .where(in_scope(cube, scope), where)
        .group_by(cube.c.kode, cube.c.desil)
        .subquery("counted")
    )


def read_need(connection: Connection, scope: Scope, request: PlanRequest) -> Need:
    """Return what a plan starts from, one row per wilayah of the scope (those of the shock's area where one is given).

    In `published` disclosure the counts of a row are rounded before anything is computed from them, its desil are mixed
    as in the kabupaten (or whatever is large enough) around it, and only those targets and covering programs may be
    asked for whose differences tell nothing: the sets of PUBLISHED_DESIL; none, or all. Raises QueryError
    `desil_set_not_published`, `plan_covered_not_published`,
    `unknown_program` (one that counts as covering), `plan_shock_level` (an area snaps to desa), `unknown_shock`,
    `unknown_plan_input`, `no_rule_on`.
    """
    if request.shock and scope.level is not Level.desa:
        raise QueryError("plan_shock_level", level=scope.level.name)
    if request.shock:
        _require_shock(connection, request.shock)
    bits = _bits_of(connection, request.covered)
    if scope.disclosure == "published":
        _require_published(connection, request)
    statement = build_need(scope, request, bits)
    rows = connection.execute(statement).all()
    frame = pd.DataFrame(rows, columns=list(statement.selected_columns.keys()))
    classes = request.desil if request.target else _classes_of(connection, scope)
    classes = tuple(sorted(set(classes)))
    areas = frame[["kode", "name", "level", "kind"]].drop_duplicates("kode").reset_index(drop=True)
    eligible, need = _by_class(frame, areas["kode"], classes)
    areas["has_data"] = _has_data(connection, scope, areas["kode"])
    areas["eligible_mask"] = areas["need_mask"] = SHOWN
    areas["is_enough"] = True
    if scope.disclosure == "published":
        areas["eligible_mask"], areas["need_mask"] = _small(eligible.sum(axis=1)), _small(need.sum(axis=1))
        areas["is_enough"] = eligible.sum(axis=1) >= LEAST_DENOMINATOR
        around = _around(connection, scope, request, bits, classes, areas["kode"])
        eligible, need = _published(eligible, need, *around)
    unit = request.unit if request.target else _unit_of(connection, scope)
    edited = read_plan_input(connection, request.table) if request.table else {}
    cap = need.sum(axis=1)
    return Need(areas, classes, eligible, need, np.zeros_like(cap), cap, None, edited, unit, text_of(statement))


def _small(count: np.ndarray) -> np.ndarray:
    return np.where((count > 0) & (count < SMALLEST_SHOWN), SMALL, SHOWN)


def _by_class(frame: pd.DataFrame, places: pd.Series, classes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return eligible and need of each wilayah and class, shape (n, d), nought where there is no row."""
    position = pd.Series(np.arange(len(places)), index=places)
    known = frame[frame["desil"].isin(classes)]
    at = position[known["kode"]].to_numpy(), known["desil"].map({d: i for i, d in enumerate(classes)}).to_numpy(int)
    counts = []
    for name in ("eligible_count", "need_count"):
        cells = np.zeros((len(places), len(classes)), dtype=np.int64)
        cells[at] = known[name].to_numpy(dtype=np.int64)
        counts.append(cells)
    return counts[0], counts[1]


def _require_published(connection: Connection, request: PlanRequest) -> None:
    if request.target and tuple(sorted(set(request.desil))) not in PUBLISHED_DESIL:
        known = "; ".join(",".join(map(str, desil)) for desil in PUBLISHED_DESIL if desil != (NO_DESIL,))
        raise QueryError("desil_set_not_published", desil=",".join(map(str, request.desil)), known=known)
    everything = set(connection.scalars(select(tables.program.c.key)))
    if set(request.covered) not in (set(), everything):
        # The differences of sets of programs are counts of their own, small ones among them.
        raise QueryError("plan_covered_not_published", request=request.at(covered=()).text)


def _around(
    connection: Connection, scope: Scope, request: PlanRequest, bits: int, classes: tuple[int, ...], places: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Return eligible and need by class of the wilayah around each row, shape (n, d), rounded.

    It is the kabupaten of a kecamatan or desa, whichever rows are asked for; the level above for others.
    """
    level = Level(max(min(scope.level - 1, Level.kabupaten), Level.nasional))
    above = scope.wilayah if level_of(scope.wilayah) <= level else ancestor_of(scope.wilayah, level)
    statement = build_need(scope.at(wilayah=above, level=level), request.at(shock=0), bits)
    frame = pd.DataFrame(connection.execute(statement).all(), columns=list(statement.selected_columns.keys()))
    own = places.map(lambda kode: kode if level_of(kode) <= level else ancestor_of(kode, level))
    known = pd.Series(frame["kode"].unique())
    at = pd.Series(np.arange(len(known)), index=known)[own].to_numpy()
    eligible, need = _by_class(frame, known, classes)
    return _rounded(eligible)[at], _rounded(need)[at]


def _published(
    eligible: np.ndarray, need: np.ndarray, around_eligible: np.ndarray, around_need: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Return eligible and need whose row sums are rounded and whose classes are mixed as around each row."""
    row_need, row_eligible = _rounded(need.sum(axis=1)), _rounded(eligible.sum(axis=1))
    mixed = _mixed(row_need, around_need)
    covered = _mixed(np.maximum(row_eligible - row_need, 0), np.maximum(around_eligible - around_need, 0))
    return mixed + covered, mixed


def _mixed(total: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """Split each row's total over the classes in the proportions of its `mix` (n, d), whole and without a rest."""
    mix = np.where(mix.sum(axis=1, keepdims=True) > 0, mix, 1)
    edges = np.floor(total[:, None] * (np.cumsum(mix, axis=1) / mix.sum(axis=1, keepdims=True)) + 1e-9)
    edges[:, -1] = total
    return np.diff(edges.astype(np.int64), axis=1, prepend=0)


def _rounded(count: np.ndarray) -> np.ndarray:
    nearest = (np.floor(count / ROUND_TO + 0.5) * ROUND_TO).astype(np.int64)
    return np.where((count > 0) & (count < SMALLEST_SHOWN), ROUND_TO, nearest)


def _bits_of(connection: Connection, keys: tuple[str, ...]) -> int:
    program = tables.program
    known = dict(connection.execute(select(program.c.key, program.c.id)).all())
    for key in keys:
        if key not in known:
            raise QueryError("unknown_program", program=key, known=", ".join(known))
    return sum(1 << known[key] for key in set(keys))


def _classes_of(connection: Connection, scope: Scope) -> tuple[int, ...]:
    rule = next((rule for rule in list_rules(connection, scope.program) if rule.holds_on(scope.period)), None)
    if rule is None:
        raise QueryError("no_rule_on", program=scope.program, date=scope.period.isoformat())
    return tuple(range(rule.limits[0], rule.limits[1] + 1))


def _unit_of(connection: Connection, scope: Scope) -> str:
    program = tables.program
    return connection.scalars(select(program.c.unit).where(program.c.key == scope.program)).one()


def _has_data(connection: Connection, scope: Scope, places: pd.Series) -> np.ndarray:
    held = cube_tables.desil_count
    found = set(connection.scalars(select(held.c.kode).where(in_scope(held, scope)).distinct()))
    return places.isin(found).to_numpy()


def _require_shock(connection: Connection, shock_id: int) -> None:
    shock = plan_tables.shock
    if connection.execute(select(shock.c.id).where(shock.c.id == shock_id)).first() is None:
        raise QueryError("unknown_shock", shock=shock_id)


def read_plan_input(connection: Connection, key: str) -> dict[str, dict[str, float]]:
    """Return the rows that a reader edited, by kode; raise QueryError `unknown_plan_input`."""
    table = plan_tables.plan_input
    rows = connection.scalars(select(table.c.rows).where(table.c.key == key)).one_or_none()
    if rows is None:
        raise QueryError("unknown_plan_input", key=key)
    return rows
