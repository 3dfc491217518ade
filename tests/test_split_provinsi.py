"""A provinsi that became three, its kabupaten with new codes: three months counted by hand, one series at every level.

The codes are real, the households fictional. On 25 July 2026 provinsi 93 and 94 are made of 91, and 91.01 goes on as
93.01, 91.04 as 94.01; 91.03 stays. The register of June has the old codes, that of August has them still, that of
October has the new ones. In October one family more of Merauke receives PKH, and Nabire has one more, which does too:

    PKH          eligible              gap            families
                 Jun Aug Oct      Jun Aug Oct      Jun Aug Oct
    Merauke       5   5   5        3   3   2        6   6   6
    Jayapura      2   2   2        1   1   1        3   3   3
    Nabire        2   2   3        2   2   2        2   2   3
    together      9   9  10        6   6   5       11  11  12
"""

from datetime import date

import pandas as pd
import pytest
from builders import DESA, draw_households, enrol, load, recipients, stored
from conftest import clone
from sqlalchemy import delete, func, insert, select, text

from boundaries.errors import PetadesilError
from boundaries.levels import Level, kind_of, level_of, parent_of
from geo.context_tables import wilayah_succession
from geo.cube_tables import move_count
from geo.ended import settle_successions, write_ended_wilayah
from geo.engine import make_engine, read_only
from geo.invariants import check_invariants
from geo.moves import recount_moves
from geo.past_codes import load_past_codes
from geo.succession import provinsi_line
from geo.succession_load import COLUMNS, load_succession
from geo.tables import wilayah
from queries.catalogue import QUERIES
from queries.lineage import successions
from queries.monitoring import monitoring
from queries.scope import Scope
from queries.trend import change, trend
from queries.wilayah import data_state, find_wilayah

pytestmark = pytest.mark.postgis

JUNE, AUGUST, OCTOBER, HAPPENED = date(2026, 6, 1), date(2026, 8, 1), date(2026, 10, 1), date(2026, 7, 25)
TODAY = {
    "91": "Papua", "91.03": "Jayapura", "91.03.01": "Sentani", "91.03.01.2001": "Satu",
    "93": "Papua Selatan", "93.01": "Merauke", "93.01.01": "Kota", "93.01.01.2001": "Dua",
    "93.01.02": "Pantai", "93.01.02.2001": "Tiga",
    "94": "Papua Tengah", "94.01": "Nabire", "94.01.01": "Teluk", "94.01.01.2001": "Empat",
}  # fmt: skip
FOLLOWED = [("91", "91"), ("91", "93"), ("91", "94"), ("91.01", "93.01"), ("91.04", "94.01"), ("91.01.02", "93.01.02")]
BEFORE = {"91.01.01.2001": "1* 1 2 5", "91.01.02.2001": "1* 3", "91.03.01.2001": "1 2* 6", "91.04.01.2001": "1 4"}
AFTER = {"93.01.01.2001": "1* 1 2* 5", "93.01.02.2001": "1* 3", "91.03.01.2001": "1 2* 6", "94.01.01.2001": "1 4 1*"}
NATION = Scope("ID", Level.nasional, OCTOBER, "pkh", disclosure="exact")
KABUPATEN, PROVINSI = NATION.at(level=Level.kabupaten), NATION.at(level=Level.provinsi)


def families(census):
    """Return the households of a census; the same family has the same id under the old code and the new one."""
    code = dict(zip(DESA, census, strict=False))
    drawn = draw_households({drawn: census[kode] for drawn, kode in code.items()})
    return drawn.assign(kode=drawn["kode"].map(code), lon=None, lat=None)


def load_month(engine, folder, census, period, household=None, **options):
    household = families(census) if household is None else household
    return load(engine, folder / f"{period:%Y-%m}", household, enrol(recipients(household), "pkh"), period=period,
                **options)  # fmt: skip


def prepare(engine, folder):
    with engine.begin() as connection:
        connection.execute(insert(wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": name,
             "kind": kind_of(kode)} for kode, name in TODAY.items()
        ])
    path = folder / "FIKTIF_succession.csv"
    rows = [(old, new, HAPPENED, "", "uji") for old, new in FOLLOWED]
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(path, index=False)
    load_succession(engine, path)


@pytest.fixture
def places(database, tmp_path):
    prepare(database, tmp_path)
    return database


@pytest.fixture(scope="module")
def papua(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_split_provinsi"))
    folder = tmp_path_factory.mktemp("papua")
    prepare(engine, folder)
    for census, period in ((BEFORE, JUNE), (BEFORE, AUGUST), (AFTER, OCTOBER)):
        report = load_month(engine, folder, census, period)
        if census is BEFORE:
            assert (report.by_reason, report.ended_count, report.stated_desa_count) == ({}, 8, 3)
    yield engine
    engine.dispose()


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope).frame


def line(engine, scope, kode, column):
    frame = ask(engine, trend, scope)
    return frame.loc[frame["kode"] == kode, column].tolist()


def test_the_old_wilayah_are_kept_with_their_last_day(papua):
    assert stored(papua, "SELECT kode, name, kind, valid_to FROM wilayah WHERE valid_to IS NOT NULL ORDER BY kode") == [
        ("91.01", "Merauke", "kabupaten", HAPPENED), ("91.01.01", "91.01.01", "kecamatan", HAPPENED),
        ("91.01.01.2001", "91.01.01.2001", "desa", HAPPENED), ("91.01.02", "Pantai", "kecamatan", HAPPENED),
        ("91.01.02.2001", "91.01.02.2001", "desa", HAPPENED), ("91.04", "Nabire", "kabupaten", HAPPENED),
        ("91.04.01", "91.04.01", "kecamatan", HAPPENED), ("91.04.01.2001", "91.04.01.2001", "desa", HAPPENED),
    ]  # fmt: skip
    with papua.connect() as connection:
        assert [finding for finding in check_invariants(connection) if not finding.holds] == []


def test_the_nation_is_one_series(papua):
    frame = ask(papua, trend, NATION)
    assert frame["eligible_count"].tolist() == [9, 9, 10] and frame["gap_count"].tolist() == [6, 6, 5]
    assert frame["total_household_count"].tolist() == [11, 11, 12] and not frame["is_before_split"].any()


@pytest.mark.parametrize("scope", [KABUPATEN, KABUPATEN.at(wilayah="93"), KABUPATEN.at(wilayah="93.01")])
def test_a_kabupaten_goes_on_under_its_new_code(papua, scope):
    assert line(papua, scope, "93.01", "eligible_count") == [5, 5, 5]
    assert line(papua, scope, "93.01", "gap_count") == [3, 3, 2]
    assert line(papua, scope, "93.01", "total_household_count") == [6, 6, 6]
    assert line(papua, scope, "93.01", "counted_kode") == ["91.01", "91.01", ""]
    # It was the same wilayah then: nothing was split.
    assert line(papua, scope, "93.01", "is_before_split") == [False] * 3


def test_a_kecamatan_goes_on_where_its_succession_is_known_and_has_no_past_where_it_is_not(papua):
    scope = NATION.at(wilayah="93", level=Level.kecamatan)
    assert line(papua, scope, "93.01.02", "eligible_count") == [2, 2, 2]
    assert line(papua, scope, "93.01.01", "status") == ["no_data", "no_data", "ok"]


def test_each_provinsi_shows_the_undivided_one_while_registers_use_its_codes(papua):
    for kode, own in (("91", [9, 9, 2]), ("93", [9, 9, 5]), ("94", [9, 9, 3])):
        for scope in (PROVINSI, PROVINSI.at(wilayah=kode)):
            assert line(papua, scope, kode, "eligible_count") == own
            assert line(papua, scope, kode, "is_before_split") == [True, True, False]


def test_a_code_that_ended_is_a_row_of_the_months_that_use_it(papua):
    def counted(period):
        frame = ask(papua, QUERIES["targeting-errors"], KABUPATEN.at(period=period))
        return frame.set_index("kode")["eligible_count"].dropna().to_dict(), list(frame["kode"])

    assert counted(OCTOBER) == ({"91.03": 2, "93.01": 5, "94.01": 3}, ["91.03", "93.01", "94.01"])
    for period in (JUNE, AUGUST):
        assert counted(period)[0] == {"91.01": 5, "91.03": 2, "91.04": 2}
        own = ask(papua, QUERIES["targeting-errors"], PROVINSI.at(period=period)).set_index("kode")
        assert own["eligible_count"].dropna().to_dict() == {"91": 9}


@pytest.mark.parametrize("against", [JUNE, AUGUST])
def test_a_change_counts_nobody_twice(papua, against):
    changed = ask(papua, change, KABUPATEN.at(against=against)).set_index("kode")
    assert list(changed.index) == ["91.03", "93.01", "94.01"]
    assert changed["eligible_count_before"].tolist() == [2, 5, 2] and changed["eligible_count"].tolist() == [2, 5, 3]
    assert changed["gap_rise_count"].tolist() == [0, -1, 0]
    assert not changed["is_joined"].any() and set(changed["joined_name"]) == {""}
    own = ask(papua, change, NATION.at(against=against)).iloc[0]
    for count in ("eligible_count", "gap_count", "total_household_count"):
        for end in ("", "_before"):
            assert changed[count + end].sum() == own[count + end]


def test_a_change_of_the_provinsi_is_that_of_all_three_and_says_so(papua):
    others = {"91": "Papua Selatan, Papua Tengah", "93": "Papua, Papua Tengah", "94": "Papua, Papua Selatan"}
    for scope in (PROVINSI, PROVINSI.at(wilayah="93")):
        changed = ask(papua, change, scope.at(against=AUGUST)).set_index("kode")
        for kode, row in changed.iterrows():
            assert (row["eligible_count_before"], row["eligible_count"]) == (9, 10)
            assert (row["gap_count_before"], row["gap_count"], row["is_joined"]) == (6, 5, True)
            assert row["joined_name"] == others[kode] and row["exclusion_rise_status"] == "ok"


def test_a_change_between_two_months_of_before_is_of_the_old_codes(papua):
    changed = ask(papua, change, KABUPATEN.at(period=AUGUST, against=JUNE)).set_index("kode")
    assert changed["eligible_count"].dropna().to_dict() == {"91.01": 5, "91.03": 2, "91.04": 2}
    assert not changed["is_joined"].any()
    with read_only(papua) as connection:
        assert successions(connection, KABUPATEN.at(period=AUGUST, against=JUNE)) == []


def test_what_happened_is_told_apart(papua):
    with read_only(papua) as connection:
        events = successions(connection, KABUPATEN.at(against=AUGUST))
    assert {(event.old_kode, event.new_kode): event.is_renumbered for event in events} == {
        ("91", "93"): False, ("91", "94"): False, ("91.01", "93.01"): True, ("91.04", "94.01"): True,
        ("91.01.02", "93.01.02"): True,
    }  # fmt: skip
    assert {event.old_name for event in events if event.old_kode == "91.01"} == {"Merauke"}


def test_the_months_of_before_are_offered_to_a_new_provinsi(papua):
    with read_only(papua) as connection:
        state = data_state(connection)
        sheet = monitoring(connection, KABUPATEN.at(wilayah="93"))
        files = trend(connection, KABUPATEN.at(wilayah="93")).provenance.sources
        assert [place.kode for place in find_wilayah(connection, "91.01")] == ["93.01"]
        assert [place.kode for place in find_wilayah(connection, "Merauke")] == ["93.01"]
    assert state.earlier(OCTOBER, "93.01") == state.earlier(OCTOBER, "91") == (AUGUST, JUNE)
    assert sheet.frame["exclusion_rate_2026_06"].tolist() == pytest.approx([3 / 5])
    assert sheet.frame["gap_rise_count"].tolist() == [-1]
    assert {note.period for note in files if note.kind == "register"} == {JUNE, AUGUST, OCTOBER}


def test_a_line_of_provinsi_is_followed_back():
    pairs = [("91", "93"), ("91.01", "93.01"), ("90", "91"), ("92.05", "94.07")]
    assert provinsi_line("93.01.02", pairs) == {"93", "91", "90"}
    assert provinsi_line("94", pairs) == {"94"} and provinsi_line("94.07.01", pairs) == {"94", "92"}


def test_nobody_left_a_provinsi_because_it_was_split(papua):
    moves = "SELECT period, kode, sum(household_count)::int FROM move_count WHERE level = 1 GROUP BY 1, 2 ORDER BY 1, 2"
    assert stored(papua, moves) == [(AUGUST, "91", 11)]
    with papua.connect() as connection, connection.begin() as attempt:
        pairs = connection.execute(wilayah_succession.select()).mappings().all()
        connection.execute(delete(wilayah_succession))
        recount_moves(connection)
        # Without the successions eight families of October's 91 would have left it.
        left = func.sum(move_count.c.household_count).filter(move_count.c.move == "left")
        assert connection.scalar(select(left).where(move_count.c.kode == "91", move_count.c.period == OCTOBER)) == 8
        connection.execute(insert(wilayah_succession), [dict(row) for row in pairs])
        settle_successions(connection)
        assert [tuple(row) for row in connection.execute(text(moves))] == [(AUGUST, "91", 11)]
        attempt.rollback()


def test_a_file_with_a_new_code_cannot_use_the_old_one_beside_it(places, tmp_path):
    household = pd.concat([families(AFTER), families(BEFORE).iloc[:3].assign(household_id=["x-1", "x-2", "x-3"])])
    report = load_month(places, tmp_path, None, OCTOBER, household)
    assert report.by_reason == {"unknown_wilayah": 3, "household_quarantined": 1} and report.ended_count == 0


def test_where_a_list_of_the_old_desa_is_known_it_decides(places, tmp_path):
    with places.begin() as connection:
        write_ended_wilayah(connection, {"91.01.01.2001": "Dua", "91.01.01": "Kota"}, HAPPENED)
    report = load_month(places, tmp_path, BEFORE, JUNE)
    assert report.by_reason == {"unknown_wilayah": 2, "household_quarantined": 1}
    assert (report.ended_count, report.stated_desa_count) == (6, 1)
    assert stored(places, "SELECT name FROM wilayah WHERE kode = '91.01.01.2001'") == [("Dua",)]


def test_a_code_list_of_before_names_the_wilayah_that_ended(places, tmp_path):
    """91.03 is of today and keeps its name; of 90.01 nobody knows when it ended."""
    names = {"91": "Papua", "91.01": "Kabupaten Merauke", "91.01.01": "Kota", "91.01.01.2001": "Mopah",
             "91.01.02": "Pantai", "91.01.02.2001": "Tiga", "91.03": "Jayapura Lama", "90": "Lain", "90.01": "Lain"}
    path = tmp_path / "kode_2020.csv"
    pd.DataFrame([(kode, name, int(level_of(kode))) for kode, name in names.items()],
                 columns=["kode", "nama", "level"]).to_csv(path, index=False)  # fmt: skip
    load_month(places, tmp_path, BEFORE, JUNE)
    first, again = (load_past_codes(places, path) for _ in range(2))
    assert (first.status, first.read_count, first.kept_count, first.rejected_count) == ("loaded", 9, 5, 4)
    assert first.level_counts == {"kabupaten": 1, "kecamatan": 2, "desa": 2} and again.status == "already_loaded"
    assert stored(places, "SELECT kode, name FROM wilayah WHERE kode LIKE '91%' AND level IN (2, 4) ORDER BY 1") == [
        ("91.01", "Kabupaten Merauke"), ("91.01.01.2001", "Mopah"), ("91.01.02.2001", "Tiga"), ("91.03", "Jayapura"),
        ("91.03.01.2001", "Satu"), ("91.04", "Nabire"), ("91.04.01.2001", "91.04.01.2001"),
    ]  # fmt: skip
    path.write_text("kode,nama,level\n90,Lain,1\n")
    with pytest.raises(PetadesilError) as caught:
        load_past_codes(places, path)
    assert caught.value.code == "past_codes_without_end"


def test_a_register_of_years_later_is_told_to_change_its_codes(places, tmp_path):
    with pytest.raises(PetadesilError) as caught:
        load_month(places, tmp_path, BEFORE, date(2028, 10, 1))
    assert caught.value.code == "code_system_mismatch"
    assert stored(places, "SELECT count(*) FROM wilayah WHERE level = 4 AND valid_to IS NOT NULL") == [(0,)]


def test_a_dry_run_writes_no_wilayah(places, tmp_path):
    assert load_month(places, tmp_path, BEFORE, JUNE, dry_run=True).ended_count == 8
    assert stored(places, "SELECT count(*) FROM wilayah WHERE level = 4 AND valid_to IS NOT NULL") == [(0,)]
