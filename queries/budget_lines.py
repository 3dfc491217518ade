"""A plan as the lines of a budget: volume x price = amount in whole rupiah, and all lines together are the ceiling.

What reaches people is belanja bantuan sosial, or belanja tidak terduga where the aid answers a shock; what it costs to
bring it there and to administer it is belanja barang dan jasa and never part of it (Permendagri 77/2020). What buys no
further whole unit is a line of its own.
"""

from dataclasses import dataclass

from boundaries.levels import Level, level_of
from queries.plan_request import PlanRequest

REMAINDER = "sisa"
# Dana Desa and the APBN have charts of accounts of their own; their purposes carry the fund's name.
_FUND = {"apbd": "", "btt": "", "dana_desa": "_desa", "apbn": "_apbn"}


@dataclass(frozen=True)
class BudgetLine:
    """One line: `count` of a `unit`, `times` over (months; 1 for what is paid once), at a price in rupiah.

    `purpose` and `kind` are the purposes of its rekening and of the jenis above it in queries.budget_codes; the
    remainder has neither.
    """

    purpose: str
    kind: str
    unit: str
    count: int
    times: int
    price_idr: int

    @property
    def volume(self) -> int:
        """How many units are paid for in the year."""
        return self.count * self.times

    @property
    def amount_idr(self) -> int:
        """Volume x price."""
        return self.volume * self.price_idr


@dataclass(frozen=True)
class Indicator:
    """One performance indicator of the budget form: its value after the plan and, where there is one, before."""

    key: str
    before: float | None
    after: float


def is_unplanned(request: PlanRequest) -> bool:
    """Tell whether the money is belanja tidak terduga: aid after a shock, or from that fund, of the APBD."""
    return request.funding == "btt" or (request.funding == "apbd" and request.shock > 0)


def lines_of_budget(
    request: PlanRequest, planned_count: int, served_count: int, unit: str
) -> tuple[BudgetLine, ...]:
    """Return the lines of a plan that reaches `planned_count` units in `served_count` wilayah; the remainder is last.

    Their amounts sum to the request's ceiling. Raises ValueError where the plan costs more than that.
    """
    fund = _FUND[request.funding]
    cost_kind = f"jenis_barang_jasa{fund}"
    purpose, kind = _benefit_of(request, unit)
    lines = [BudgetLine(purpose, kind, unit, planned_count, request.months, request.benefit_idr)]
    if request.desa_idr and served_count:
        lines.append(BudgetLine(f"distribusi{fund}", cost_kind, "wilayah", served_count, 1, request.desa_idr))
    if request.administration:
        lines.append(BudgetLine(f"administrasi{fund}", cost_kind, "paket", 1, 1, request.administration))
    remainder = request.budget_idr - sum(line.amount_idr for line in lines)
    if remainder < 0:
        raise ValueError(f"the plan costs {-remainder} rupiah more than its ceiling")
    return (*lines, BudgetLine(REMAINDER, "", "paket", 1, 1, remainder))


def _benefit_of(request: PlanRequest, unit: str) -> tuple[str, str]:
    if is_unplanned(request):
        return "tidak_terduga", "jenis_tidak_terduga"
    if request.funding == "dana_desa":
        return "blt_desa", "jenis_tak_terduga_desa"
    if request.funding == "apbn":
        return "bantuan_apbn", "jenis_bansos_apbn"
    return ("bantuan_uang_keluarga" if unit == "household" else "bantuan_uang_individu"), "jenis_bansos"


def ladder_of(request: PlanRequest, wilayah: str) -> tuple[tuple[str, str], ...]:
    """Return where in the budget the plan stands: (rung, purpose of its code) from the top down.

    An allocation over the whole nation from APBD is drawn up as a provinsi's.
    """
    if is_unplanned(request):
        return (("sub_kegiatan", "sub_kegiatan_tidak_terduga"),)
    if request.funding == "dana_desa":
        return (("bidang", "bidang_desa"), ("sub_bidang", "sub_bidang_desa"), ("kegiatan", "kegiatan_desa"))
    if request.funding == "apbn":
        return (("sub_kegiatan", "sub_kegiatan_apbn"),)
    government = "kabupaten" if level_of(wilayah) >= Level.kabupaten else "provinsi"
    return (
        ("urusan", "urusan_sosial"), ("program", "program_bansos"), ("kegiatan", f"kegiatan_bansos_{government}"),
        ("sub_kegiatan", f"sub_kegiatan_bansos_{government}"),
    )  # fmt: skip


def indicators_of(
    lines: tuple[BudgetLine, ...], exclusion_before: float, exclusion_after: float
) -> tuple[Indicator, ...]:
    """Return the indicators of the form: capaian program (coverage), masukan (rupiah spent), keluaran (units reached)
    and hasil (exclusion by the register).
    """
    spent = sum(line.amount_idr for line in lines if line.purpose != REMAINDER)
    return (
        Indicator("capaian", 1 - exclusion_before, 1 - exclusion_after),
        Indicator("masukan", None, spent),
        Indicator("keluaran", None, lines[0].count),
        Indicator("hasil", exclusion_before, exclusion_after),
    )
