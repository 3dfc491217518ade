"""What the files of a plan say, gathered once for the budget sheet and the memo: its lines, codes and assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd

from boundaries.levels import parent_of
from dashboard.words import Words
from dashboard.words.plan_report import RULE_NAMES
from queries.budget_codes import BudgetCode
from queries.budget_lines import BudgetLine, Indicator, indicators_of, ladder_of, lines_of_budget
from queries.plan_request import WEIGHT_ONE
from queries.planning import Effect, Plan


@dataclass(frozen=True)
class PlanPlace:
    """What a plan's files need beside its numbers.

    `provinsi` and `kabupaten` are the names above or of the plan's wilayah, '' where it is larger. `groups` names the
    wilayah one level above the rows, by kode. `program` is the name of the program, '' for a target defined in the
    plan; `covered` are the names of the programs that count as covering. `codes` are those of queries.budget_codes.
    `facts` are further lines for the assumptions (author, scenario, shock), `picture` a map as PNG.
    """

    name: str
    path: str
    provinsi: str
    kabupaten: str
    groups: Mapping[str, str]
    program: str
    covered: tuple[str, ...]
    codes: Mapping[str, BudgetCode]
    facts: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    picture: bytes | None = None
    language: str = "id"


@dataclass(frozen=True)
class PlanPaper:
    """A plan with its place: the texts and numbers that its files share."""

    plan: Plan
    place: PlanPlace

    def __post_init__(self) -> None:
        """Raise ValueError where the lines, the rows and the effect of the plan do not tell the same amounts."""
        effect, amounts = self.plan.effect, sum(line.amount_idr for line in self.lines[:-1])
        told = (int(self.rows["planned_count"].sum()), amounts, self.lines[-1].amount_idr)
        if told != (effect.planned_count, effect.total_idr, effect.remainder_idr):
            raise ValueError(f"rows and lines of the plan give {told}, its effect another")

    @property
    def words(self) -> Words:
        """The words of the file's language."""
        return Words(self.place.language)

    @cached_property
    def lines(self) -> tuple[BudgetLine, ...]:
        """The lines of the budget, the remainder last."""
        effect = self.plan.effect
        return lines_of_budget(self.plan.request, effect.planned_count, effect.served_count, self.plan.unit)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The wilayah with data, in the order of their kode, with `group`, the name of the wilayah above."""
        frame, mask = self.plan.result.frame, self.plan.result.mask
        frame = frame.assign(is_small=(mask[["eligible_count", "need_count"]] == "small").any(axis=1))
        frame = frame[frame["planned_count"].notna()].sort_values("kode", ignore_index=True)
        above = frame["kode"].map(parent_of)
        return frame.assign(group_kode=above, group=above.map(self.place.groups).fillna(above))

    @property
    def without_data_count(self) -> int:
        """How many wilayah the register tells nothing of."""
        return len(self.plan.result.frame) - len(self.rows)

    @property
    def is_exact(self) -> bool:
        """Tell whether the counts of the rows are the register's own and may be summed."""
        return self.plan.result.provenance.scope.disclosure == "exact"

    @property
    def is_fictional(self) -> bool:
        """Tell whether any file under the plan is fictional."""
        return self.plan.result.provenance.is_fictional

    @property
    def made_at(self) -> datetime:
        """When the newest file under the plan was loaded: the same plan is the same bytes."""
        return max(source.loaded_at for source in self.plan.result.provenance.sources).replace(tzinfo=None)

    @property
    def unit(self) -> str:
        """What is counted, as the form writes it."""
        return self.words(f"rka.unit.{self.plan.unit}")

    @property
    def level(self) -> str:
        """The level of the rows, as a word within a sentence."""
        return self.words(f"level.{self.plan.result.provenance.scope.level.name}").lower()

    @property
    def program(self) -> str:
        """What is paid: the program's name, or that of the target defined in the plan."""
        return self.place.program or self.plan.request.target.replace("_", " ")

    @property
    def is_sampled(self) -> bool:
        """Tell whether a field sample says how likely a family on the list is truly eligible."""
        return any(origin != "register" for origin in self.plan.eligibility.origin)

    @property
    def sees_unregistered(self) -> bool:
        """Tell whether the field sample sees families that the register does not hold."""
        chances, request = self.plan.eligibility, self.plan.request
        if chances.field is not None:
            return chances.field.unregistered is not None
        # Of a stored scenario the sample's frame is kept: what a component is was not observed of the unregistered.
        return chances.frame == "listing" and not (request.target and request.component)

    @property
    def remainder_note(self) -> str:
        """Why a part of the ceiling is not spent; '' where all of it is."""
        effect, words = self.plan.effect, self.words
        if not effect.remainder_idr:
            return ""
        if effect.planned_count == int(self.plan.need.need_count.sum()):
            return words("rka.note.reached")
        is_small = effect.remainder_idr < self.plan.request.unit_cost_idr
        return words("rka.note.small" if is_small else "rka.note.limits")

    @property
    def target(self) -> str:
        """The target group."""
        words, request = self.words, self.plan.request
        desil, unit = words.desil(self.plan.need.classes), words(f"unit.{self.plan.unit}")
        if not request.target:
            return words("rka.target", unit=unit, desil=desil.lower(), program=self.program)
        if not request.component:
            return words("rka.target.own", unit=unit, desil=desil.lower())
        # A household has a member of the component; a person is one.
        key = "rka.target.member" if self.plan.unit == "person" else "rka.target.component"
        component = words(f"catalogue.component.{request.component}")
        return words(key, unit=unit, desil=desil.lower(), component=component)

    @property
    def location(self) -> str:
        """Where the money goes: `Lampung Selatan: 210 dari 260 desa/kelurahan`."""
        words, served = self.words, self.plan.effect.served_count
        return words("rka.place", name=self.place.name, served=words.number(served),
                     count=words.number(len(self.rows)), level=self.level)  # fmt: skip

    @property
    def ladder(self) -> tuple[tuple[str, str], ...]:
        """The rungs down to the sub kegiatan, each with the purpose of its code."""
        return ladder_of(self.plan.request, self.plan.result.provenance.scope.wilayah)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators of the form."""
        effect = self.plan.effect
        return indicators_of(self.lines, effect.exclusion_before, effect.exclusion_after)

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """The purposes of every code that the files name, in their order."""
        ladder = [purpose for _, purpose in self.ladder]
        return tuple(dict.fromkeys([*ladder, *(key for line in self.lines[:-1] for key in (line.kind, line.purpose))]))

    def code(self, purpose: str) -> str:
        """Return the code of a purpose; '' where it is left to fill in."""
        known = self.place.codes.get(purpose)
        return (known.code or "") if known else ""

    def code_name(self, purpose: str) -> str:
        """Return the name of a purpose's code."""
        known = self.place.codes.get(purpose)
        return known.name if known else ""

    def unit_of(self, line: BudgetLine) -> str:
        """Return what a line counts, as the form writes it."""
        if line.unit != "wilayah":
            return self.words(f"rka.unit.{line.unit}")
        return self.words(f"rka.unit.row.{self.plan.result.provenance.scope.level.name}")

    def line_text(self, line: BudgetLine) -> str:
        """Return what a line pays for."""
        kind = line.purpose.split("_")[0]
        if kind in ("distribusi", "administrasi"):
            return self.words(f"rka.line.{kind}", level=self.level)
        return self.words("rka.line.benefit", target=self.target)

    def rule(self, effect: Effect) -> str:
        """Return the name of an effect's rule."""
        return RULE_NAMES[effect.rule][self.place.language]

    def money(self, amount: int) -> str:
        """Return a whole amount in full: `Rp 5.000.000.000`."""
        prefix = "Rp" if self.place.language == "id" else "IDR"
        return f"{prefix}\N{NO-BREAK SPACE}{self.words.number(amount)}"

    def assumptions(self) -> list[tuple[str, str]]:
        """Return what the plan assumes, as names and texts."""
        words, request = self.words, self.plan.request
        cost = words(
            "rka.basis.benefit.text", amount=self.money(request.benefit_idr), unit=self.unit, months=request.months,
            cost=self.money(request.unit_cost_idr),
        )  # fmt: skip
        lines = [
            (words("rka.head.budget"), self.money(request.budget_idr)), (words("rka.basis.benefit"), cost),
            (words("rka.basis.rule"), self.rule(self.plan.effect)), (words("rka.head.target"), self.target),
            (words("rka.basis.covered"), self._covered()), (words("rka.basis.limits.row"), self._limits()),
            (words("rka.basis.weights"), self._weights()),
            (words("rka.basis.administration"), self._administration()),
            (words("rka.basis.desa"), self.money(request.desa_idr) if request.desa_idr else words("rka.basis.none")),
            (words("rka.basis.probability"), self._chance()),
        ]  # fmt: skip
        return [*lines, *self.place.facts]

    def _chance(self) -> str:
        words, chances = self.words, self.plan.eligibility
        if not self.is_sampled:
            return words("rka.basis.probability.register")
        return words("rka.basis.probability.field", truth=words(f"truth.{chances.truth}"),
                     frame=words(f"frame.{chances.frame}"))  # fmt: skip

    def _covered(self) -> str:
        own = [] if self.plan.request.target else [self.words("rka.basis.covered.own", program=self.place.program)]
        return ", ".join([*own, *self.place.covered]) or self.words("rka.basis.covered.none")

    def _limits(self) -> str:
        words, request = self.words, self.plan.request
        sides = {"floor": (request.floor_count or None, request.floor_pct or None),
                 "cap": (request.cap_count, request.cap_pct)}  # fmt: skip
        parts = []
        for side, (count, share) in sides.items():
            texts = [] if count is None else [f"{words.number(count)} {self.unit}"]
            if share is not None:
                texts.append(words("rka.basis.limits.need", share=words.percent(share / 100, 0)))
            if texts:
                told = words(f"rka.basis.limits.{side}.both", one=texts[0], other=texts[-1]) if texts[1:] else texts[0]
                parts.append(words(f"rka.basis.limits.{side}", limit=told))
        if request.table:
            parts.append(words("rka.basis.limits.edited"))
        return "; ".join(parts) or words("rka.basis.limits.none")

    def _weights(self) -> str:
        words, weights = self.words, self.plan.request.weights
        meant = {desil: weights[desil - 1] for desil in self.plan.need.classes}
        if len(set(meant.values())) == 1:
            return words("rka.basis.weights.equal")
        return ", ".join(f"{desil}: {words.number(weight / WEIGHT_ONE, 2)}" for desil, weight in meant.items())

    def _administration(self) -> str:
        words, request = self.words, self.plan.request
        if not request.administration:
            return words("rka.basis.none")
        if request.administration_idr:
            return self.money(request.administration)
        share = words("rka.basis.administration.share", share=words.percent(request.administration_bp / 10_000, 2))
        return f"{self.money(request.administration)} ({share})"

