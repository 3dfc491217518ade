"""The command that allocates a budget: what it cannot read or would have to ignore is named in one sentence."""

from contextlib import contextmanager
from dataclasses import replace

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, load_sample, recipients, verify, write_places
from click.testing import CliRunner

from boundaries.errors import PetadesilError
from dashboard.cli import main
from dashboard.commands import plan as plan_command
from dashboard.commands.plan_table import read_edited
from dashboard.words.errors import ERRORS

WORDS = ["plan", "--wilayah", "99", "--budget", "500", "--unit-cost", "100", "--rule", "proportional",
         "--probability", "register"]  # fmt: skip
SATU = "99.01.01.2001"


@pytest.fixture
def province(shared_census, monkeypatch):
    serve(monkeypatch, shared_census)
    return shared_census


@pytest.fixture
def own_province(own_census, monkeypatch):
    serve(monkeypatch, own_census)
    return own_census


def serve(monkeypatch, engine):
    @contextmanager
    def chosen(settings, wilayah, demo):
        yield engine

    monkeypatch.setattr(plan_command, "chosen_engine", chosen)


def run(*more):
    return CliRunner().invoke(main, ["--lang", "id", *WORDS, *more])


def refused(*more):
    """The one sentence that a call ends in."""
    done = run(*more)
    assert done.exit_code == 1 and done.stdout == "" and isinstance(done.exception, SystemExit), done.output
    assert done.stderr.count("\n") == 1 and "tidak dikenal (" not in done.stderr
    return done.stderr


def table(folder, text, encoding="utf-8"):
    path = folder / "batas.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(("text", "code", "told"), [
    ("kode,floor\n", "plan_table_empty", {}), (f"kode,floor\n{SATU},\n", "plan_table_empty", {}),
    (f"kode,floor\n{SATU},1,2\n", "plan_table_surplus", {"line": 2, "count": 2, "value": "2"}),
    (f"kode,share\n\n{SATU},0,5\n", "plan_table_surplus", {"line": 3, "value": "5"}),
    ("", "plan_table", {"line": 1, "column": "kode"}), ("kode;floor\n", "plan_table", {"value": "kode;floor"}),
    ("kode,floor,floor\n", "plan_table", {"line": 1}), (f"kode,cap\n{SATU},x\n", "plan_table", {"line": 2}),
    (f"kode,cap\n{SATU},1\n{SATU},2\n", "plan_table", {"line": 3, "column": "kode", "value": SATU}),
])  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused_where_it_is_at_fault(tmp_path, text, code, told):
    with pytest.raises(PetadesilError) as caught:
        read_edited(table(tmp_path, text))
    assert caught.value.code == code
    assert {name: caught.value.details[name] for name in told} == told


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_table_that_is_no_utf_8_is_refused(tmp_path, encoding):
    with pytest.raises(PetadesilError) as caught:
        read_edited(table(tmp_path, f"kode,floor,name\n{SATU},1,Café\n", encoding))
    assert caught.value.code == "plan_table_text"


def test_a_table_of_a_spreadsheet_is_read(tmp_path):
    """With a mark of UTF-8, with empty columns beyond the named ones, and with columns of one's own."""
    text = f"kode,floor,cap,share,name\n{SATU},1,,,Satu,,\n\n99.01.01.2002,,2,0.5,Dua\n"
    assert read_edited(table(tmp_path, text, "utf-8-sig")) == {
        SATU: {"floor": 1}, "99.01.01.2002": {"cap": 2, "share": 0.5},
    }  # fmt: skip


def test_a_table_at_fault_ends_in_one_sentence(province, tmp_path):
    assert "UTF-8" in refused("--shares", str(table(tmp_path, f"kode,floor,name\n{SATU},1,é\n", "latin-1")))
    assert "baris 2" in refused("--shares", str(table(tmp_path, f"kode,floor\n{SATU},1,2\n")))
    assert "tidak memuat satu pun" in refused("--shares", str(table(tmp_path, "kode,floor\n")))


def test_codes_that_are_no_row_of_the_plan_are_named(own_province, tmp_path):
    """Of another level, of another provinsi; and before shares of nobody are said to be nought."""
    lines = "".join(f"{kode},1\n" for kode in ("99.01", "98.01.01.2001", SATU))
    told = refused("--shares", str(table(tmp_path, f"kode,floor\n{lines}")))
    assert "2 kode" in told and "98.01.01.2001, 99.01." in told and SATU not in told and "per desa di 99;" in told
    many = "".join(f"98.01.01.20{at:02d},1\n" for at in range(9))
    told = refused("--rule", "own", "--shares", str(table(tmp_path, f"kode,share\n{many}")))
    assert "9 kode" in told and "98.01.01.2004, …" in told and "98.01.01.2005" not in told
    assert "bukan-kode" in refused("--shares", str(table(tmp_path, "kode,floor\nbukan-kode,1\n")))
    done = run("--shares", str(table(tmp_path, f"kode,floor\n{SATU},3\n")))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("stated", [["--desil", "1,2"], ["--component", "sd"], ["--unit", "household"]])
def test_what_describes_a_target_is_not_taken_without_one(province, stated):
    assert stated[0] in refused(*stated) and "--target" in refused(*stated)
    assert stated[0] in refused(*stated, "--target", " ")
    assert run(*stated, "--target", "Beasiswa").exit_code == 0


@pytest.mark.parametrize("name", ["--floor", "--cap"])
def test_a_limit_is_a_whole_percentage_up_to_a_hundred(province, name):
    for value in ("12,5%", "0.5%", "101%", "150%"):
        told = refused(name, value)
        assert name in told and "0 sampai 100" in told and value.rstrip("%").replace(",", ".") in told
    for value in ("50.0%", "1"):
        done = run(name, value, "--budget", "2000")
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize("weights", ["1,2", "0,0,0,0,0,0,0,0,0,0", "101,1,1,1,1,1,1,1,1,1"])
def test_weights_at_fault_are_told_as_they_were_given(province, weights):
    assert f"“{weights}”" in refused("--weights", weights)


def test_weights_are_hundredths_in_the_request(province):
    done = run("--weights", "100,2,1,1,1,1,1,1,1,0", "--json")
    assert done.exit_code == 0 and '"weights": [10000, 200, 100, 100, 100, 100, 100, 100, 100, 0]' in done.stdout


def test_a_covering_program_without_recipients_is_warned_of(province, tmp_path):
    done = run("--covered", "sembako,pkh")
    assert done.exit_code == 0
    assert done.stderr == (
        "Peringatan: sembako tidak punya penerima di wilayah ini dalam register 2026-10, jadi tidak mengurangi celah.\n"
    )
    assert run("--covered", "pkh").stderr == run().stderr == ""
    assert "sembako" in run("--covered", "sembako", "--json").stderr
    assert "hantu" in refused("--covered", "hantu")


def test_recipients_of_another_month_or_place_cover_nobody(database, tmp_path, monkeypatch):
    write_places(database)
    household = draw_households()
    held = enrol(recipients(household), "pkh")
    both = pd.concat([held, enrol(household[household["kode"] == SATU].head(2), "sembako")])
    load(database, tmp_path / "earlier", household, both, period=PERIOD.replace(month=9))
    load(database, tmp_path, household, held)
    serve(monkeypatch, database)
    assert "sembako" in run("--covered", "sembako").stderr
    assert run("--covered", "sembako", "--period", "2026-09").stderr == ""
    assert "sembako" in run("--covered", "sembako", "--period", "2026-09", "--wilayah", "99.71").stderr


def test_wilayah_without_a_register_or_a_sample_are_counted(own_province, tmp_path):
    assert "1 dari 7 wilayah tidak punya register" in run().stdout
    assert "tidak punya register" not in run("--wilayah", "99.01").stdout
    household = draw_households()
    load_sample(own_province, tmp_path, verify(household[household["kode"] < "99.71"]))
    field = [*WORDS[:-1], "field"]
    done = CliRunner().invoke(main, field)
    assert done.exit_code == 0 and "sampel sebagian provinsi" not in done.stdout


def test_chances_of_other_provinsi_are_told(own_province, tmp_path, monkeypatch):
    household = draw_households()
    load_sample(own_province, tmp_path, verify(household))
    made = plan_command.planning.plan_on

    def elsewhere(ground, scope, request):
        chances = ground.eligibility
        origin = tuple("all" if key == "99.01" else chances.origin[at] for key, at in chances.group.items())
        return made(replace(ground, eligibility=replace(chances, origin=origin)), scope, request)

    monkeypatch.setattr(plan_command.planning, "plan_on", elsewhere)
    told = CliRunner().invoke(main, [*WORDS[:-1], "field"]).stdout
    assert "4 dari 6 wilayah memakai peluang provinsi lain" in told


def test_every_refusal_has_its_sentence():
    named = {"text", "surplus", "empty", "kode"}
    assert {f"plan_table_{name}" for name in named} | {"plan_without_target", "plan_percent"} <= set(ERRORS)
