"""The program catalogue: its rows, what is read from them, the page, the command, and programs that count pupils."""

import contextlib
import csv
import json
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from builders import PERIOD, draw_households, enrol, load, load_sample, recipients, stored, verify, write_places
from click.testing import CliRunner
from pages_under_test import open_page, said, serving

from boundaries.levels import Level
from dashboard.commands import catalogue as command
from dashboard.program_text import HEADS, benefit_lines, conditions_of, dates_of, exact_rupiah, in_force_first, row_of
from dashboard.words import Words
from geo.config import read_settings
from geo.engine import read_only
from geo.tables import COMPONENTS
from queries.covariates import read_covariates, read_staleness
from queries.coverage import coverage
from queries.estimation import estimate_period
from queries.incidence import incidence
from queries.program_catalogue import Dated, list_catalogue, nearest_day
from queries.scope import Scope
from queries.wilayah import list_programs, program_names

INDONESIAN, ENGLISH = Words("id"), Words("en")
NBSP = "\N{NO-BREAK SPACE}"
DAY = timedelta(days=1)


def rows(name):
    with files("geo.policy").joinpath(f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def dates(row):
    last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
    return date.fromisoformat(row["valid_from"]), last


def groups(name, *keys):
    found = {}
    for row in rows(name):
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


@pytest.mark.parametrize(
    ("name", "keys"),
    [("program_rule", ("program",)), ("program_benefit", ("program", "component")),
     ("program_pair", ("program", "other_program"))],
)  # fmt: skip
def test_rows_of_one_thing_follow_one_another_in_time(name, keys):
    for key, parts in groups(name, *keys).items():
        spans = sorted(dates(row) for row in parts)
        assert all(first <= last for first, last in spans), key
        assert all(before[1] < after[0] for before, after in pairwise(spans)), key
    assert all(row["reference"].strip() for row in rows(name))


def test_every_program_has_a_rule_and_says_where_it_is_from():
    programs = rows("program")
    assert [(int(row["id"]), row["key"]) for row in programs][:5] == [
        (0, "pkh"), (1, "sembako"), (2, "pbi_jkn"), (3, "blt_dd"), (4, "pip")]
    assert [int(row["id"]) for row in programs] == list(range(len(programs)))
    for name in ("program_rule", "program_benefit"):
        assert {row["program"] for row in rows(name)} == {row["key"] for row in programs}, name
    assert all(all(row.values()) for row in programs)
    assert {row["kind"] for row in programs} == {
        "reguler", "jaminan", "desa", "pelatihan", "rehabilitasi", "subsidi", "khusus", "mitigasi"}
    quoted = ("dikutip dari laporan publik", "dari ingatan", "Perpres")
    told = [row for name in ("program_rule", "program_benefit", "program_pair") for row in rows(name)]
    assert [row["reference"] for row in told if not any(word in row["reference"] for word in quoted)] == []


def test_what_the_columns_cannot_say_is_said_in_both_languages():
    for row in (*rows("program_rule"), *rows("program_benefit")):
        assert bool(row["note_id"]) == bool(row["note_en"]), row
        assert "Rp" not in row["note_en"], "amounts in English sentences are IDR"
    assert all(row["note_id"] for row in rows("program_rule") if row["basis"] != "register")
    assert all(row["note_id"] for row in rows("program_benefit"))


def test_a_rule_that_a_register_is_held_against_can_be_counted_in_rupiah():
    """Its benefits have amounts, for components that a register counts and the rule asks for, on all of its days."""
    benefits = groups("program_benefit", "program")
    for rule in rows("program_rule"):
        if rule["basis"] != "register":
            assert not (rule["desil_min"] or rule["desil_max"] or rule["components"] or rule["wilayah_kinds"])
            continue
        first, last = dates(rule)
        for day in (first, min(last, date(2030, 1, 1))):
            paid = [row for row in benefits[rule["program"],] if dates(row)[0] <= day <= dates(row)[1]]
            assert paid and all(int(row["amount_idr"]) > 0 for row in paid), (rule["program"], day)
            meant = set(rule["components"].split())
            assert {row["component"] for row in paid} == (meant or {""}) and meant <= set(COMPONENTS)


def test_pairs_name_the_program_of_the_lower_number_first():
    order = [row["key"] for row in rows("program")]
    assert all(order.index(row["program"]) < order.index(row["other_program"]) for row in rows("program_pair"))


def test_the_nearest_day_of_a_rule_is_the_last_that_it_held_or_the_first_to_come():
    spring = Dated(date(2024, 3, 1), date(2024, 5, 31), "x")
    autumn = Dated(date(2024, 9, 1), date(2024, 11, 30), "x")
    told = {day: nearest_day([autumn, spring], day)
            for day in (date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2025, 1, 1))}  # fmt: skip
    assert list(told.values()) == [date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 31), date(2024, 11, 30)]


def entries(engine, on=PERIOD):
    with read_only(engine) as connection:
        return {entry.key: entry for entry in list_catalogue(connection, on)}


def test_the_catalogue_of_a_day_holds_what_was_in_force_on_it(database):
    now, early = entries(database), entries(database, date(2023, 5, 1))
    assert now["sembako"].rule.limits == (1, 5) and early["sembako"].rule.limits == (1, 4)
    assert [(benefit.component, benefit.amount_idr) for benefit in now["pip"].benefits] == [
        ("sd", 450_000), ("smp", 750_000), ("sma", 1_800_000)]
    assert early["pip"].benefits[-1].amount_idr == 1_000_000, "the amount of senior secondary rose in 2024"
    assert now["pkh"].benefits[0].component == "pregnant", "in the order of a life"
    kesra = now["blts_kesra"]
    assert not kesra.is_in_force and kesra.benefits_on == date(2025, 12, 31)
    assert [benefit.amount_idr for benefit in kesra.benefits] == [900_000], "an ended program keeps its last benefit"
    assert (now["prakerja"].rule.basis, now["prakerja"].benefits) == ("application", ())
    assert [benefit.amount_idr for benefit in now["bantuan_pangan"].benefits] == [None]


def test_a_pair_is_told_of_both_programs(database):
    now = entries(database)
    told = {entry: {pair.key: pair.is_permitted for pair in now[entry].pairs if pair.holds_on(PERIOD)}
            for entry in ("pkh", "blt_dd", "atensi")}  # fmt: skip
    assert told["pkh"] == {"sembako": True, "pbi_jkn": True, "blt_dd": False, "pip": True}
    assert told["blt_dd"] == {"pkh": False, "sembako": False, "pbi_jkn": True}
    assert told["atensi"] == {}


@pytest.fixture
def province(shared_census, tmp_path):
    with serving(shared_census, tmp_path):
        yield shared_census


def test_filters_offer_what_is_measured_and_before_that_what_could_be(database, tmp_path):
    with read_only(database) as connection:
        offered = [program.key for program in list_programs(connection)]
    assert offered == ["pkh", "sembako", "pbi_jkn", "blt_dd", "pip", "blts_kesra"]
    write_places(database)
    household = draw_households()
    load(database, tmp_path, household, enrol(recipients(household), "sembako"))
    with read_only(database) as connection:
        assert [program.key for program in list_programs(connection)] == ["sembako"]
        assert program_names(connection)["lpg"] == "Subsidi LPG 3 kg"
    held = entries(database)
    assert {key for key, entry in held.items() if entry.is_measured} == {"sembako"}
    assert (held["sembako"].measured_from, held["sembako"].measured_to) == (PERIOD, PERIOD)


def test_amounts_keep_all_their_digits():
    assert exact_rupiah(2_400_000, INDONESIAN) == f"Rp{NBSP}2.400.000"
    assert exact_rupiah(2_400_000, ENGLISH) == f"IDR{NBSP}2,400,000"
    assert dates_of(date(2025, 10, 1), date(2025, 12, 31), INDONESIAN) == "Okt 2025 – Des 2025"
    assert dates_of(date(2026, 2, 1), date(2026, 2, 28), ENGLISH) == "Feb 2026"


@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_every_program_can_be_told_in_words(database, words):
    for on in (PERIOD, date(2022, 10, 1), date(2019, 1, 1)):
        for entry in entries(database, on).values():
            row = row_of(entry, words)
            assert set(row) == set(HEADS) and all(row.values()), entry.key
            assert all(conditions_of(rule, words) for rule in entry.rules)
            assert all("None" not in " ".join(line) for line in benefit_lines(entry, words))


def test_a_rule_reads_as_conditions(database):
    now = entries(database)
    assert conditions_of(now["blt_dd"].rule, INDONESIAN) == [
        "Desil 1 menurut register",
        "Tidak untuk yang tercatat: meninggal, ganda, pindah, alamat tidak ditemukan, ASN, TNI atau Polri",
        "Hanya di desa dan desa adat",
    ]
    assert row_of(now["pip"], ENGLISH)["benefit"] == f"IDR{NBSP}450,000 – 1,800,000"
    assert row_of(now["bst"], INDONESIAN)["dates"] == "Apr 2020 – Jun 2021"
    ordered = [entry.is_in_force for entry in in_force_first(list(now.values()))]
    assert ordered == sorted(ordered, reverse=True) and len(set(ordered)) == 2


def test_the_page_tells_the_programs_and_one_in_full(province):
    page = open_page("program-catalogue")
    assert not page.exception and not page.error
    told = said(page)
    assert f"**{len(rows('program'))}** program dalam katalog; **1** di antaranya terukur" in told
    assert "Program Keluarga Harapan" in told and f"**Rp{NBSP}900.000**, paling banyak 2" in told
    assert "Mei 2025 – kini" in told and "Tidak boleh bersama **BLT Dana Desa**" in told
    assert [metric.value for metric in page.metric] == ["32", "21", "17", f"53,1{NBSP}%"]
    assert page.metric[0].label == "Keluarga layak"
    frame = page.dataframe[0].value
    assert len(frame) == len(rows("program")) and frame.columns[0] == "Program"


def test_the_page_speaks_english(province):
    page = open_page("program-catalogue", lang="en", b="blts_kesra")
    assert not page.exception and not page.error
    told = said(page)
    assert "programs in the catalogue" in told and f"**IDR{NBSP}900,000**" in told
    assert "What it gives (Dec 2025)" in told and "no data on this program's recipients" in told


def test_a_link_and_a_choice_keep_the_program(province):
    page = open_page("program-catalogue", b="prakerja")
    assert "Program Kartu Prakerja" in said(page) and "tidak dapat dibaca dari register" in said(page)
    assert not page.metric
    page.selectbox(key="catalogue_program").set_value("lpg").run()
    assert page.query_params["b"] == "lpg" and "Subsidi LPG tabung 3 kg" in said(page)
    elsewhere = open_page("program-catalogue", b="inclusion")
    assert elsewhere.selectbox(key="catalogue_program").value == "pkh", "another page's part is no program"


def test_small_counts_stay_hidden_on_the_page(province):
    page = open_page("program-catalogue", w="99.01.01.2001", d="published")
    assert not page.exception
    assert "<10" in [metric.value for metric in page.metric]
    assert "%" not in page.metric[3].value


def test_a_program_that_is_not_measured_ends_in_a_sentence_elsewhere(province):
    page = open_page("coverage-gaps", t="lpg")
    assert not page.exception
    assert "Belum ada data penerima Subsidi LPG" in page.error[0].value and "PKH" in page.error[0].value
    assert "tidak dikenal" in open_page("coverage-gaps", t="blt").error[0].value


def run(monkeypatch, engine, *words):
    @contextlib.contextmanager
    def chosen(settings, wilayah, demo):
        yield engine

    monkeypatch.setattr(command, "chosen_engine", chosen)
    return CliRunner().invoke(command.programs, list(words), obj=read_settings(), catch_exceptions=False)


def test_the_command_prints_the_catalogue(monkeypatch, province):
    printed = run(monkeypatch, province, "--on", "2026-10-01").stdout
    assert f"{len(rows('program'))} program; 1 terukur" in printed and f"Rp{NBSP}2.400.000" in printed
    told = json.loads(run(monkeypatch, province, "--on", "2026-10-01", "--json").stdout)
    assert told["on"] == "2026-10-01"
    by_key = {program["key"]: program for program in told["programs"]}
    assert by_key["pkh"]["is_measured"] and by_key["pkh"]["measured_from"] == "2026-10-01"
    assert by_key["blts_kesra"]["rules"][0]["limits"] == [1, 4] and not by_key["blts_kesra"]["is_in_force"]
    assert by_key["pip"]["unit"] == "pupil"


@pytest.fixture
def pupils(database, tmp_path):
    """Every household has two pupils, in SD and SMP, the first one in SMA too; starred ones receive PIP for one."""
    write_places(database)
    household = draw_households().assign(smp_count="1")
    household.loc[0, "sma_count"] = "1"
    load(database, tmp_path, household, enrol(recipients(household), "pip", amount_idr="450000"))
    return database, household


PIP = Scope("99", Level.provinsi, PERIOD, "pip", disclosure="exact")


def test_pupils_are_counted_as_pupils(pupils):
    """32 households of desil 1 to 4 have 65 pupils; 17 of the 21 recipients are among them, with one pupil each.

    A pupil of a household with two stands for 600,000 of its 1,200,000 rupiah, one of the first for 1,000,000 of
    3,000,000.
    """
    engine, _ = pupils
    with read_only(engine) as connection:
        row = coverage(connection, PIP).frame.iloc[0]
        shares = incidence(connection, PIP).frame
    assert (row["eligible_count"], row["received_count"], row["reached_count"]) == (65, 21, 17)
    assert row["gap_idr"] == 31 * 1_200_000 + 3_000_000 - 16 * 600_000 - 1_000_000
    assert shares["total_population_count"].iloc[0] == 60 * 4, "pupils are held against all registered persons"


def test_a_sample_estimates_pupils_in_pupils(pupils, tmp_path):
    """Of two households drawn in Satu, the one with three pupils receives PIP: 2 of 5 pupils are left out."""
    engine, household = pupils
    drawn = household.iloc[[0, 3]]
    load_sample(engine, tmp_path, verify(drawn, stratum="99", cluster=drawn["household_id"]))
    assert stored(engine, "SELECT pupil_count FROM verification ORDER BY line") == [(3,), (2,)]
    with engine.begin() as connection:
        programs = {one.program for one in estimate_period(connection, PERIOD)}
        stale = read_staleness(connection, PERIOD, ["99"])
        covariates = read_covariates(connection, PERIOD, ["99"], 4, "pupil", stale)
    assert programs == {"pkh", "sembako", "pbi_jkn", "blt_dd", "pip"}, "of the others a sample cannot say who is meant"
    assert covariates["eligible_share_rate"].between(0, 1).all()
    assert stored(engine, "SELECT round(estimate::numeric, 6)::float FROM estimate WHERE program_id = 4"
                          " AND measure = 'exclusion' AND kode = '99.01'") == [(0.4,)]  # fmt: skip
