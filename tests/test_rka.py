"""A plan as a budget sheet: lines that sum to the ceiling, formulas that come to their values, codes left to fill."""

import csv
import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from types import SimpleNamespace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.formula import Tokenizer
from PIL import Image

from boundaries.levels import Level
from dashboard.files.rka import rka_of
from dashboard.files.rka_book import YELLOW
from dashboard.files.rka_content import PlanPlace
from queries.budget_codes import BudgetCode, codes_on
from queries.budget_lines import REMAINDER, indicators_of, ladder_of, lines_of_budget
from queries.plan_request import FUNDINGS, PlanRequest
from queries.planning import Effect, Interval, Plan
from queries.result import Provenance, Result, SourceNote
from queries.scope import Scope

# By kecamatan and desa: name, eligible, need, planned. 61 planned KPM in five desa served of six with data.
ROWS = {
    "99.01.01.2001": ("Satu", 40, 30, 20), "99.01.01.2002": ("=1+1", 25, 15, 15),
    "99.01.02.2001": ("Tiga", 60, 44, 11), "99.01.02.2002": ("Empat", 12, 12, 0),
    "99.01.02.2003": ("@Lima", 10, 10, 10), "99.01.03.1001": ("Enam", 9, 5, 5),
    "99.01.03.1002": ("Tujuh", None, None, None),
}  # fmt: skip
GROUPS = {"99.01.01": "Kecamatan =A1", "99.01.02": "Danau", "99.01.03": "Bukit"}
# 61 x 200.000 x 12 + 5 x 500.000 + 2,5 % of the ceiling = 146.400.000 + 2.500.000 + 4.000.000; 7.100.000 are left.
REQUEST = PlanRequest(budget_idr=160_000_000, benefit_idr=200_000, months=12, desa_idr=500_000, administration_bp=250)
SPENT, REST = 152_900_000, 7_100_000


def note(is_fictional=True):
    return SourceNote("register", "FIKTIF_household.parquet", "Uji", None, None, date(2026, 10, 1), is_fictional,
                      datetime(2026, 10, 2, tzinfo=UTC), "household")  # fmt: skip


def effect_of(request=REQUEST, rule="optimal", planned=61, served=5):
    lines = lines_of_budget(request, planned, served, "household")
    amounts = {line.purpose.split("_")[0]: line.amount_idr for line in lines}
    return Effect(
        rule=rule, planned=np.zeros((7, 2), int), planned_count=planned, served_count=served, left_out_count=1,
        benefit_idr=lines[0].amount_idr, desa_cost_idr=amounts.get("distribusi", 0),
        administration_idr=request.administration, remainder_idr=lines[-1].amount_idr,
        exclusion_before=116 / 156, exclusion_after=(116 - planned) / 156, unmendable_rate=0.31,
        expected=Interval(52.4, 47.1, 57.2), robust_count=48.3, inclusion_rate=0.141, cost_per_eligible_idr=2_917_939,
        field_after=Interval(0.451, 0.312, 0.587), gini=0.287, gap_to_optimum=0.00012,
    )  # fmt: skip


def plan_of(
    request=REQUEST, rows=ROWS, disclosure="exact", small=(), is_fictional=True, wilayah="99.01", level=Level.desa,
    **changes,
):  # fmt: skip
    names, eligible, need, planned = (list(column) for column in zip(*rows.values(), strict=True))
    counts = {"eligible_count": eligible, "need_count": need, "planned_count": planned}
    counts = {name: pd.array(values, dtype="Int64") for name, values in counts.items()}
    frame = pd.DataFrame({"kode": list(rows), "name": names, **counts})
    mask = pd.DataFrame("", index=frame.index, columns=["eligible_count", "need_count"])
    mask.loc[frame["kode"].isin(small), "need_count"] = "small"
    scope = Scope(wilayah, level, date(2026, 10, 1), "pkh", disclosure=disclosure)
    origin = Provenance("plan", scope, "", (note(is_fictional),), len(frame), "abc123")
    whole = np.array([value or 0 for value in planned])
    chosen = effect_of(request, planned=int(whole.sum()), served=int((whole > 0).sum()))
    others = tuple(replace(chosen, rule=rule, gini=0.1) for rule in ("proportional", "equal_coverage"))
    made = Plan(
        request, SimpleNamespace(classes=(1, 2), unit="household", need_count=np.array([value or 0 for value in need])),
        SimpleNamespace(origin=("kabupaten",), field=None, truth="consumption", frame="register"), chosen,
        (chosen, *others),
        Interval(0.774, 0.574, 0.934), Interval(0.188, 0.051, 0.296),
        Result(frame, origin, mask),
    )  # fmt: skip
    return replace(made, **changes)


def codes():
    with files("geo.policy").joinpath("budget_code.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["purpose"]: BudgetCode(row["kind"], row["purpose"], row["code"] or None, row["name"],
                                       date.fromisoformat(row["valid_from"]), None, row["reference"], row["note_id"],
                                       row["note_en"]) for row in rows}  # fmt: skip


def place_of(**changes):
    place = PlanPlace("Kabupaten Uji", "Provinsi Uji › Kabupaten Uji", "Provinsi Uji", "Kabupaten Uji", GROUPS, "PKH",
                      ("BLT Dana Desa",), codes(), (("Penyusun", "=HYPERLINK()"),), ("Register fiktif",), picture())
    return replace(place, **changes)


def picture(width=400, height=170):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5d7a").save(buffer, "PNG")
    return buffer.getvalue()


def opened(made):
    """The workbook twice: with its formulas, and with the values that are written beside them."""
    return openpyxl.load_workbook(io.BytesIO(made)), openpyxl.load_workbook(io.BytesIO(made), data_only=True)


class Column(list):
    """The values of a column, compared cell by cell: a text is above every number, an empty cell is nought."""

    def __gt__(self, other):
        return self.tested(other, lambda one, two: one > two)

    def __ge__(self, other):
        return self.tested(other, lambda one, two: one >= two)

    def __mul__(self, other):
        return Column(one * two for one, two in zip(self, other, strict=True))

    def tested(self, other, is_so):
        others = other if isinstance(other, Column) else [other] * len(self)
        pairs = zip(self, others, strict=True)
        return Column(int(is_so(*((isinstance(one, str), one or 0) for one in pair))) for pair in pairs)


class Recalculated:
    """What the formulas of a workbook come to by themselves; only what the sheet uses is known."""

    def __init__(self, book, changes=None):
        self.book, self.values, self.changes = book, {}, changes or {}
        self.functions = {
            "SUBTOTAL": lambda _, cells: sum(self.of(cell) for cell in cells if not is_subtotal(cell)),
            "SUMIF": lambda tested, _, summed: sum(
                self.of(one) for test, one in zip(tested, summed, strict=True) if is_positive(self.of(test))),
            "COUNTIFS": lambda a, _, b, __: sum(
                is_positive(self.of(one)) and is_positive(self.of(two)) for one, two in zip(a, b, strict=True)),
            "IF": lambda test, yes, no: yes if test else no, "INT": int, "AND": lambda *tests: all(tests),
            "SUMPRODUCT": sum, "ISTEXT": lambda column: Column(int(isinstance(one, str)) for one in column),
        }  # fmt: skip

    def of(self, cell):
        key = cell.parent.title, cell.coordinate
        if key not in self.values:
            formula = isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f"
            self.values[key] = self.changes.get(key, self.worked_out(cell) if formula else cell.value)
        return self.values[key]

    def worked_out(self, cell):
        parts, inside = [], []
        for token in Tokenizer(cell.value).items:
            if token.type == "OPERAND":
                name = "column" if any(inside) else "ref"
                parts.append(f"{name}({token.value!r})" if token.subtype == "RANGE" else token.value)
            elif token.type == "FUNC":
                parts.append(token.value)
                # Within these a range stands for its values.
                inside.append(token.value in ("SUMPRODUCT(", "ISTEXT(")) if token.subtype == "OPEN" else inside.pop()
            elif token.type != "WHITE-SPACE":
                parts.append({"=": "=="}.get(token.value, token.value))
        def read(text):
            return self.ref(cell.parent, text)

        def column(text):
            return Column(self.of(one) for one in read(text))

        return eval("".join(parts), {"ref": read, "column": column} | self.functions)

    def ref(self, sheet, text):
        if text in self.book.defined_names:
            text = self.book.defined_names[text].attr_text
        if "!" in text:
            name, text = text.rsplit("!", 1)
            sheet = self.book[name.strip("'")]
        cells = sheet[text.replace("$", "")]
        return [row[0] for row in cells] if isinstance(cells, tuple) else self.of(cells)


def is_subtotal(cell):
    return isinstance(cell.value, str) and cell.value.startswith("=SUBTOTAL")


def is_positive(value):
    return isinstance(value, int | float) and value > 0


def formulas(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def find(sheet, text):
    """The last cell of the row that starts with a text, and the row's cells."""
    rows = [row for row in sheet.iter_rows() if any(str(cell.value or "").startswith(text) for cell in row)]
    return rows[0]


def test_the_lines_and_the_remainder_are_the_ceiling_to_the_rupiah():
    draw = random.Random(5)
    for _ in range(400):
        request = PlanRequest(
            budget_idr=draw.randint(10**6, 10**15), benefit_idr=draw.randint(1, 10**6), months=draw.randint(1, 12),
            desa_idr=draw.choice((0, draw.randint(1, 10**6))), funding=draw.choice(FUNDINGS), shock=draw.choice((0, 7)),
            administration_bp=draw.randint(0, 5000), administration_idr=draw.choice((0, draw.randint(1, 10**5))),
        )  # fmt: skip
        served = draw.randint(0, max(0, min(900, request.money_idr // (request.desa_idr or 1) - 1)))
        most = (request.money_idr - served * request.desa_idr) // request.unit_cost_idr
        lines = lines_of_budget(request, draw.randint(0, most), served, draw.choice(("household", "person")))
        assert sum(line.amount_idr for line in lines) == request.budget_idr
        assert all(isinstance(line.amount_idr, int) and line.amount_idr == line.volume * line.price_idr >= 0
                   for line in lines)  # fmt: skip
        assert lines[-1].purpose == REMAINDER
        assert all("bansos" not in line.kind for line in lines[1:])
    with pytest.raises(ValueError, match="more than its ceiling"):
        lines_of_budget(REQUEST, 100, 5, "household")


def test_lines_by_hand():
    lines = lines_of_budget(REQUEST, 61, 5, "household")
    assert [(line.purpose, line.volume, line.price_idr, line.amount_idr) for line in lines] == [
        ("bantuan_uang_keluarga", 732, 200_000, 146_400_000), ("distribusi", 5, 500_000, 2_500_000),
        ("administrasi", 1, 4_000_000, 4_000_000), ("sisa", 1, REST, REST)]  # fmt: skip
    assert [(one.key, one.before, one.after) for one in indicators_of(lines, 0.75, 0.25)] == [
        ("capaian", 0.25, 0.75), ("masukan", None, SPENT), ("keluaran", None, 61), ("hasil", 0.75, 0.25)]


@pytest.mark.parametrize(("changes", "purpose", "kind"), [
    ({}, "bantuan_uang_keluarga", "jenis_bansos"), ({"shock": 3}, "tidak_terduga", "jenis_tidak_terduga"),
    ({"funding": "btt"}, "tidak_terduga", "jenis_tidak_terduga"),
    ({"funding": "dana_desa", "shock": 3}, "blt_desa", "jenis_tak_terduga_desa"),
    ({"funding": "apbn"}, "bantuan_apbn", "jenis_bansos_apbn"),
])  # fmt: skip
def test_aid_after_a_shock_is_unplanned_spending(changes, purpose, kind):
    first, *others = lines_of_budget(REQUEST.at(**changes), 61, 5, "household")
    assert (first.purpose, first.kind) == (purpose, kind)
    assert {line.kind.split("_apbn")[0].split("_desa")[0] for line in others} == {"jenis_barang_jasa", ""}


def test_every_purpose_that_a_plan_can_name_is_in_the_table():
    known, named = codes(), set()
    for funding in FUNDINGS:
        for wilayah in ("ID", "99", "99.01", "99.01.01"):
            request = REQUEST.at(funding=funding)
            named |= {purpose for _, purpose in ladder_of(request, wilayah)}
            for unit in ("household", "person", "pupil"):
                lines = lines_of_budget(request, 1, 1, unit)[:-1]
                named |= {key for line in lines for key in (line.purpose, line.kind)}
    assert named <= set(known)
    assert all(code.reference and "http" not in code.reference for code in known.values())
    # What no source confirms says so, and what to do.
    assert all(bool(code.code) != bool(code.note_id and code.note_en) for code in known.values())


@pytest.mark.postgis
def test_the_codes_of_a_day_leave_the_unknown_ones_to_the_user(database):
    with database.connect() as connection:
        found, early = codes_on(connection, date(2027, 1, 1)), codes_on(connection, date(2019, 6, 1))
    assert found["jenis_bansos"].code == "5.1.06"
    assert found["sub_kegiatan_bansos_kabupaten"].code is None
    assert "jenis_bansos" not in early and early["blt_desa"].code == "5.4.1.01"


@pytest.mark.parametrize(("request_", "language"), [
    (REQUEST, "id"), (REQUEST.at(desa_idr=0, administration_bp=0), "en"),
    (REQUEST.at(administration_idr=3_000_001), "id"),
    (REQUEST.at(funding="dana_desa", stage="rkpd", budget_idr=10**15), "en"),
], ids=["shares", "bare", "amount", "largest"])  # fmt: skip
def test_every_formula_comes_to_the_value_beside_it(request_, language):
    book, written = opened(rka_of(plan_of(request_), place_of(language=language)))
    recalculated, cells = Recalculated(book), formulas(book)
    assert len(cells) > 40
    for cell in cells:
        value = written[cell.parent.title][cell.coordinate].value
        assert recalculated.of(cell) == pytest.approx(value, abs=1e-12), f"{cell.parent.title} {cell.coordinate}"


def test_volume_times_price_is_the_amount_and_with_the_remainder_the_ceiling():
    _, written = opened(rka_of(plan_of(), place_of()))
    form = written["RKA"]
    amount = {text: find(form, text)[-1].value for text in ("Jumlah belanja", "Pagu", "Sisa pagu")}
    assert amount["Jumlah belanja"] == SPENT and amount["Sisa pagu"] == REST
    assert REQUEST.budget_idr == SPENT + REST
    benefit = [cell.value for cell in find(form, "Bantuan kepada")]
    assert benefit[3:] == [61, 12, 732, "KPM × bulan", 200_000, 146_400_000]
    assert find(form, "Biaya penyaluran")[-1].value == 2_500_000
    assert [find(form, text)[-1].value for text in ("5.1.06", "5.1.02")] == [146_400_000, 6_500_000]
    checks = ("Jumlah lampiran", "Jumlah belanja + sisa", "Rencana tiap")
    assert [find(form, text)[-1].value for text in checks] == ["sesuai"] * 3
    money = [cell.value for row in written["Lampiran"].iter_rows(min_row=6, min_col=8, max_col=10) for cell in row]
    assert all(value is None or isinstance(value, int) for value in money)


def test_a_changed_volume_or_ceiling_runs_through_to_the_remainder():
    book, _ = opened(rka_of(plan_of(), place_of()))
    row = find(book["Lampiran"], "Empat")
    changed = Recalculated(book, {("Lampiran", row[5].coordinate): 2})
    form = book["RKA"]
    assert changed.of(find(form, "Bantuan kepada")[3]) == 63
    assert changed.of(find(form, "Biaya penyaluran")[3]) == 6
    assert changed.of(find(form, "Sisa pagu")[-1]) == REST - 2 * 2_400_000 - 500_000
    assert changed.of(find(form, "Jumlah lampiran")[-1]) == "sesuai"
    pagu = book.defined_names["PAGU"].attr_text.rsplit("!", 1)[1].replace("$", "")
    lower = Recalculated(book, {("RKA", pagu): 150_000_000})
    assert lower.of(find(form, "Administrasi")[7]) == 3_750_000
    assert lower.of(find(form, "Jumlah belanja + sisa")[-1]) == "periksa"


def test_what_is_left_is_told_anew_when_a_volume_is_changed():
    book, _ = opened(rka_of(plan_of(), place_of()))
    form, volume = book["RKA"], find(book["Lampiran"], "Empat")[5].coordinate
    notes = [cell for cell in formulas(book) if "Seluruh pagu" in cell.value]
    # Empat needs twelve at 2.400.000 beside its 500.000, and 7.100.000 are left: two leave 1.800.000, three too little.
    for planned, told in ((0, "karena batas"), (2, "satu penerima lagi"), (3, "melebihi pagu")):
        changed = Recalculated(book, {("Lampiran", volume): planned})
        assert [told in changed.of(note) for note in notes] == [True]
        assert changed.of(find(form, "Rencana tiap")[-1]) == "sesuai"
    ceiling = {("RKA", book.defined_names["PAGU"].attr_text.rsplit("!", 1)[1].replace("$", "")): 10**9}
    needs = {("Lampiran", find(book["Lampiran"], kode)[5].coordinate): row[2] for kode, row in ROWS.items() if row[2]}
    assert "Semua yang belum terjangkau" in Recalculated(book, needs | ceiling).of(notes[0])


@pytest.mark.parametrize(("disclosure", "small", "kode", "planned", "told"), [
    ("exact", (), "99.01.02.2001", 44, "sesuai"), ("exact", (), "99.01.02.2001", 45, "periksa"),
    ("published", (), "99.01.02.2001", 45, "periksa"), ("published", ("99.01.03.1001",), "99.01.03.1001", 9, "sesuai"),
    ("published", ("99.01.03.1001",), "99.01.03.1001", 10, "periksa"),
])  # fmt: skip
def test_a_volume_above_the_need_of_its_wilayah_does_not_pass_the_checks(disclosure, small, kode, planned, told):
    book, _ = opened(rka_of(plan_of(disclosure=disclosure, small=small), place_of()))
    volume = find(book["Lampiran"], kode)[5].coordinate
    changed = Recalculated(book, {("Lampiran", volume): planned})
    assert changed.of(find(book["RKA"], "Rencana tiap")[-1]) == told


@pytest.mark.parametrize(("frame", "told"), [
    ("register", "konsumsi, di antara yang terdaftar"), ("listing", "konsumsi, semua keluarga, terdaftar atau tidak"),
])  # fmt: skip
def test_the_assumptions_name_the_sample(frame, told):
    chances = SimpleNamespace(origin=("kabupaten",), field=None, truth="consumption", frame=frame)
    book, _ = opened(rka_of(plan_of(eligibility=chances), place_of()))
    assert find(book["Asumsi dan sumber"], "Peluang")[1].value.endswith(told)


def test_a_benefit_that_is_no_cash_is_not_called_cash():
    for language, told in (("id", "Bantuan kepada"), ("en", "Aid to")):
        book, _ = opened(rka_of(plan_of(), place_of(program="PBI-JKN", language=language)))
        assert find(book["RKA"], told)
        assert not any("tunai" in str(cell.value) or "Cash" in str(cell.value)
                       for sheet in book for row in sheet.iter_rows() for cell in row)  # fmt: skip


def test_the_annex_groups_its_rows_under_the_wilayah_above():
    book, written = opened(rka_of(plan_of(), place_of()))
    annex, numbers = book["Lampiran"], written["Lampiran"]
    danau = find(numbers, "Danau")
    assert [cell.value for cell in danau[1:8]] == ["99.01.02", "Danau", 82, 66, 21, 45, 21 * 2_400_000]
    assert annex[danau[5].coordinate].value.startswith("=SUBTOTAL(9,F")
    assert [annex.row_dimensions[danau[0].row + below].outlineLevel for below in (0, 1)] == [0, 1]
    assert [row[0].value for row in numbers.iter_rows(min_row=6) if isinstance(row[0].value, int)] == list(range(1, 7))
    total = find(numbers, "Jumlah seluruhnya")
    assert [cell.value for cell in total[3:]] == [156, 116, 61, 55, 146_400_000, 2_500_000, 148_900_000]
    assert "Tujuh" not in {cell.value for row in numbers.iter_rows() for cell in row}


def test_a_provinsi_by_kabupaten_is_grouped_under_the_provinsi():
    rows = {"98.01": ("A", 90, 60, 40), "99.01": ("B", 90, 60, 11), "99.02": ("C", 90, 60, 10)}
    plan = plan_of(rows=rows, wilayah="ID", level=Level.kabupaten)
    _, written = opened(rka_of(plan, place_of(groups={"98": "Timur", "99": "Barat"}, kabupaten="", provinsi="")))
    assert find(written["Lampiran"], "Barat")[5].value == 21
    assert find(written["RKA"], "Lokasi")[1].value.endswith("3 dari 3 kabupaten/kota")


def test_no_text_of_a_user_or_a_file_becomes_a_formula():
    book, _ = opened(rka_of(plan_of(), place_of(name="=1+1", provinsi="+2", sources=("@SUM(A1)",))))
    starts = ("=SUBTOTAL(", "=SUMIF(", "=COUNTIFS(", "=IF(", "=INT(PAGU", "=PAGU", "=BULAN", "=D", "=E", "=F", "=H",
              "=I", "='Lampiran'!", "=1-'Lampiran'!")  # fmt: skip
    assert all(cell.value.startswith(starts) for cell in formulas(book))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert {"'=1+1", "'@Lima", "'=HYPERLINK()", "'@SUM(A1)", "'+2", "Kecamatan =A1"} <= texts


def test_unknown_codes_are_yellow_named_and_left_to_fill_in():
    book, _ = opened(rka_of(plan_of(), place_of()))

    def named(purpose):
        sheet, cell = book.defined_names[f"KODE_{purpose}"].attr_text.rsplit("!", 1)
        return book[sheet.strip("'")][cell.replace("$", "")]

    for purpose in ("SUB_KEGIATAN_BANSOS_KABUPATEN", "BANTUAN_UANG_KELUARGA", "ADMINISTRASI", "DISTRIBUSI"):
        assert named(purpose).value == "isi kode"
        assert named(purpose).fill.fgColor.rgb == f"FF{YELLOW[1:].upper()}"
    assert named("JENIS_BANSOS").value == "5.1.06" and named("PROGRAM_BANSOS").value == "1.06.05"
    assert named("JENIS_BANSOS").fill.fgColor.rgb != f"FF{YELLOW[1:].upper()}"


@pytest.mark.parametrize("is_fictional", [True, False])
def test_every_sheet_of_fiction_bears_the_badge(is_fictional):
    book, _ = opened(rka_of(plan_of(is_fictional=is_fictional), place_of()))
    assert len(book.sheetnames) == 5
    for sheet in book:
        assert str(sheet["A1"].value or "").startswith("DATA FIKTIF") == is_fictional
        assert ("FIKTIF" in str(sheet.oddHeader.left.text)) == is_fictional


def test_published_counts_stay_masked_and_are_not_summed():
    plan = plan_of(disclosure="published", small=("99.01.03.1001",))
    book, written = opened(rka_of(plan, place_of()))
    row = find(written["Lampiran"], "99.01.03.1001")
    assert [cell.value for cell in row[3:7]] == ["<10", "<10", 5, "<10"]
    total = find(written["Lampiran"], "Jumlah seluruhnya")
    assert [cell.value for cell in total[3:7]] == [None, None, 61, None]
    recalculated = Recalculated(book)
    assert all(recalculated.of(cell) == written[cell.parent.title][cell.coordinate].value for cell in formulas(book))


def test_the_rules_the_basis_and_the_map_are_told():
    book, _ = opened(rka_of(plan_of(), place_of()))
    rules = [cell.value for cell in book["Perbandingan"][5]][1:4]
    assert rules == ["Eksklusi terkecil (dipilih)", "Sebanding celah", "Cakupan merata"]
    texts = " ".join(str(cell.value) for row in book["Asumsi dan sumber"].iter_rows() for cell in row if cell.value)
    assert "Permendagri 90/2019" in texts and "abc123" in texts and "penerima PKH, BLT Dana Desa" in texts
    assert len(book["Peta"]._images) == 1
    book, _ = opened(rka_of(plan_of(), place_of(picture=None)))
    assert book["Peta"]["A5"].value.startswith("Peta tidak tersedia")


def test_the_same_plan_is_the_same_bytes_and_a_plan_at_odds_with_itself_is_refused():
    assert rka_of(plan_of(), place_of()) == rka_of(plan_of(), place_of())
    wrong = replace(effect_of(), planned_count=60)
    with pytest.raises(ValueError, match="its effect another"):
        rka_of(plan_of(effect=wrong), place_of())


@pytest.mark.parametrize(("budget", "told"), [
    (160_000_000, "tidak terpakai karena batas"), (154_000_000, "tidak cukup untuk satu penerima"),
    (SPENT, "Seluruh pagu dibelanjakan"),
], ids=["limits", "small", "spent"])  # fmt: skip
def test_the_remainder_says_why_it_is_left(budget, told):
    request = REQUEST.at(budget_idr=budget, administration_bp=0, administration_idr=4_000_000)
    _, written = opened(rka_of(plan_of(request), place_of()))
    texts = [str(row[0].value) for row in written["RKA"].iter_rows() if row[0].value]
    assert any(told in text for text in texts)


def test_a_target_of_its_own_is_told_in_words():
    for unit, told in (("household", "Keluarga desil 1–2 dengan lansia"), ("person", "Lansia")):
        plan = plan_of(REQUEST.at(target="Bantuan_lansia", component="elderly"))
        plan = replace(plan, need=SimpleNamespace(classes=(1, 2), unit=unit, need_count=plan.need.need_count))
        book, _ = opened(rka_of(plan, place_of(program="")))
        assert find(book["RKA"], "Kelompok sasaran")[1].value.startswith(told)
        assert find(book["RKA"], "Bantuan yang")[1].value == "Bantuan lansia"
