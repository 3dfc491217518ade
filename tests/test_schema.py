"""The schema: migrations and tables say the same, policy is dated, constraints bite."""

import csv
from datetime import date
from importlib.resources import files

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from builders import write_places
from sqlalchemy import exc, insert, make_url, text

from boundaries.errors import PetadesilError
from geo import context_tables, plan_tables, tables
from geo.engine import make_engine, read_only
from geo.entitlement import read_rules
from geo.invariants import check_invariants
from geo.schema import data_version, migrate

POSTGIS_OWN = {"spatial_ref_sys", "alembic_version"}


def test_the_migrated_schema_is_that_of_the_tables(database):
    def ours(_object, name, kind, *_):
        return not (kind == "table" and name in POSTGIS_OWN)

    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, context_tables.metadata) == []


@pytest.fixture
def empty(template):
    """An engine on a database without anything in it."""
    url = make_url(template)
    server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE unmigrated TEMPLATE template0 ENCODING 'UTF8'")
    engine = make_engine(url.set(database="unmigrated").render_as_string(hide_password=False))
    yield engine
    engine.dispose()


BEFORE_PLANNING = """
    INSERT INTO source (kind, file_name, sha256, period, status, read_count, kept_count, quarantined_count) VALUES
        ('boundaries', 'batas', '1', NULL, 'ready', 0, 0, 0),
        ('register', 'keluarga', '2', '2026-10-01', 'ready', 2, 1, 1);
    INSERT INTO wilayah (kode, level, name, kind) VALUES ('ID', 0, 'Indonesia', 'nasional');
    INSERT INTO social_count VALUES ('2026-10-01', 0, 'ID', 'ppks', 'x', 'person', 5, 2);
    INSERT INTO quarantine (source_id, file_name, line, reason, raw) VALUES (2, 'keluarga', 2, 'x', 'x');
    INSERT INTO age_count VALUES ('2026-10-01', 0, 'ID', 'never', 1);
    INSERT INTO move_count VALUES ('2026-10-01', 0, 'ID', 'left', NULL, NULL, 1);
    CREATE TABLE enrolment_202610 PARTITION OF enrolment FOR VALUES IN ('2026-10-01') PARTITION BY LIST (provinsi_kode);
    CREATE TABLE enrolment_202610_99_2 PARTITION OF enrolment_202610 FOR VALUES IN ('99');
    INSERT INTO enrolment (period, provinsi_kode, household_id, kode, program_id, stage, unit_count, entitled_count,
                           amount_idr, entitled_idr, qualified_count, qualified_idr, funding, is_in_register, source_id)
        VALUES ('2026-10-01', '99', 'x', '99.01.01.2001', 0, 'tersalur', 1, 1, 1, 1, 1, 1, 'APBN', true, 2)
"""


def test_a_register_that_was_counted_before_planning_is_let_go(empty):
    """What is not of a register stays."""
    config = Config()
    config.set_main_option("script_location", str(files("geo") / "migrations"))
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(text(BEFORE_PLANNING))
    migrate(empty)
    with empty.connect() as connection:
        assert connection.scalars(text("SELECT file_name FROM source")).all() == ["batas"]
        for table in ("enrolment", "quarantine", "social_count", "age_count", "move_count"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        assert all(finding.holds for finding in check_invariants(connection))


POLICY = ("program", "program_rule", "program_benefit", "program_pair", "budget_code")


def test_migrating_twice_changes_nothing(database):
    def held():
        with database.connect() as connection:
            return {table: connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3")).all()
                    for table in ("wilayah", *POLICY)}

    once = held()
    migrate(database)
    assert held() == once
    assert [row.kode for row in once["wilayah"]] == ["ID"]


def test_every_row_of_the_policy_files_is_in_the_database(database):
    with database.connect() as connection:
        stored = {table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in POLICY}
    for table, count in stored.items():
        with files("geo.policy").joinpath(f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) == count > 0, table


def test_a_code_that_is_not_known_is_null_and_never_empty(database):
    with files("geo.policy").joinpath("budget_code.csv").open(encoding="utf-8", newline="") as stream:
        unknown = sum(not row["code"] for row in csv.DictReader(stream))
    with database.connect() as connection:
        stored = connection.execute(text("SELECT count(*) FILTER (WHERE code IS NULL) FROM budget_code")).scalar()
    assert stored == unknown


def test_two_codes_for_one_purpose_on_one_day_are_found(database):
    row = {"kind": "rekening", "purpose": "uji", "name": "x", "reference": "x", "note_id": "", "note_en": ""}
    with database.begin() as connection:
        connection.execute(insert(plan_tables.budget_code), [
            row | {"valid_from": date(2021, 1, 1)}, row | {"valid_from": date(2026, 1, 1)}])
    with database.connect() as connection:
        found = {finding.name: finding.example for finding in check_invariants(connection) if not finding.holds}
    assert found == {"policy_does_not_overlap": "rekening uji 2026-01-01"}


def test_a_policy_row_that_this_version_lacks_does_not_stay(database):
    """An earlier version dated the benefits from 2025-05: beside today's rows they would be paid twice."""
    early = {"program_id": 1, "component": "", "valid_from": date(2025, 5, 1), "amount_idr": 2_400_000,
             "max_count": 1, "note_id": "", "note_en": "", "reference": "x"}  # fmt: skip
    with database.begin() as connection:
        connection.execute(insert(tables.program_benefit).values(early))
    with database.connect() as connection:
        found = {finding.name: finding.violation_count for finding in check_invariants(connection)}
    assert found["policy_does_not_overlap"] == 1
    migrate(database)
    with database.connect() as connection:
        benefits = {rule.key: len(rule.benefits) for rule in read_rules(connection, date(2026, 10, 1))}
        assert (benefits["pkh"], benefits["sembako"]) == (7, 1)
        assert all(finding.holds for finding in check_invariants(connection))


RULE = {
    "program_id": 0, "valid_from": date(2030, 1, 1), "basis": "register", "funding": "APBN", "desil_min": 1,
    "desil_max": 4, "components": [], "excluded_adminduk": [], "wilayah_kinds": [], "note_id": "", "note_en": "",
    "reference": "x",
}  # fmt: skip
PROGRAM = {"id": 30, "key": "x", "name": "x", "full_name": "x", "kind": "x", "agency": "x", "unit": "household"}
BENEFIT = {
    "program_id": 0, "component": "", "valid_from": date(2030, 1, 1), "amount_idr": 1, "note_id": "", "note_en": "",
    "reference": "x",
}  # fmt: skip
FILE = {"kind": "figures", "file_name": "x", "sha256": "x", "status": "ready"}
FIGURE = {
    "indicator": "poverty_rate", "kode": "ID", "figure_on": date(2025, 3, 1), "value": 0.0847, "is_confirmed": True,
    "reference": "x",
}  # fmt: skip
SOCIAL = {
    "period": date(2026, 10, 1), "level": 0, "kode": "ID", "social_group": "ppks", "kind": "x", "unit": "person",
    "reported_count": 0,
}  # fmt: skip
SUCCESSION = {
    "old_kode": "99.01", "new_kode": "99.02", "happened_on": date(2026, 4, 1), "share": 0.4, "reference": "x",
}  # fmt: skip
SCENARIO = {
    "name": "x", "author": "x", "note": "", "wilayah_kode": "ID", "level": 1, "period": date(2026, 10, 1),
    "program_key": "pkh", "request": "", "disclosure": "exact", "data_version": "x", "is_fictional": True,
    "rule": "optimal", "budget_idr": 1, "summary": {},
}  # fmt: skip
SHOCK = {"name": "x", "kind": "flood", "author": "x", "snap": "half", "origin": "chosen"}
CODE = {
    "kind": "rekening", "purpose": "uji", "code": "5.1", "name": "x", "valid_from": date(2026, 1, 1), "reference": "x",
    "note_id": "", "note_en": "",
}  # fmt: skip


RIGHT = [
    (tables.source, FILE), (tables.program_rule, RULE), (tables.program, PROGRAM), (tables.program_benefit, BENEFIT),
    (tables.program_benefit, BENEFIT | {"amount_idr": None}), (context_tables.official_figure, FIGURE),
    (tables.program_rule, RULE | {"basis": "application", "desil_min": None, "desil_max": None}),
    (context_tables.social_count, SOCIAL), (context_tables.wilayah_succession, SUCCESSION),
    (context_tables.wilayah_succession, SUCCESSION | {"share": None}),
    (plan_tables.scenario, SCENARIO), (plan_tables.shock, SHOCK), (plan_tables.budget_code, CODE),
    (plan_tables.budget_code, CODE | {"code": None}),
]  # fmt: skip
WRONG = [
    (tables.wilayah, {"kode": "99.1", "level": 2, "name": "x", "kind": "x"}),
    (tables.wilayah, {"kode": "99.01", "level": 3, "name": "x", "kind": "x"}),
    (tables.source, FILE | {"read_count": 5, "kept_count": 4}),
    (tables.program_rule, RULE | {"desil_min": 4, "desil_max": 1}),
    (tables.program_rule, RULE | {"desil_min": 1, "desil_max": None}),
    (tables.program_rule, RULE | {"desil_min": None, "desil_max": None}),
    (tables.program_rule, RULE | {"basis": "customer"}),
    (tables.program_rule, RULE | {"basis": "luck"}),
    (tables.program, PROGRAM | {"id": 31}),
    (tables.program, PROGRAM | {"unit": "village"}),
    (tables.program_benefit, BENEFIT | {"amount_idr": 0}),
    (context_tables.official_figure, FIGURE | {"value": 8.47}),
    (context_tables.official_figure, FIGURE | {"value": -0.01}),
    (context_tables.official_figure, FIGURE | {"indicator": "gini"}),
    (context_tables.official_figure, FIGURE | {"kode": "99"}),
    (context_tables.social_count, SOCIAL | {"reported_count": -1}),
    (context_tables.social_count, SOCIAL | {"social_group": "pkh"}),
    (context_tables.social_count, SOCIAL | {"unit": "kpm"}),
    (context_tables.wilayah_succession, SUCCESSION | {"share": 0.0}),
    (context_tables.wilayah_succession, SUCCESSION | {"share": 1.01}),
    (plan_tables.scenario, SCENARIO | {"budget_idr": 0}),
    (plan_tables.scenario, SCENARIO | {"level": 5}),
    (plan_tables.scenario, SCENARIO | {"disclosure": "open"}),
    (plan_tables.scenario, SCENARIO | {"wilayah_kode": "99"}),
    (plan_tables.scenario, SCENARIO | {"based_on_id": 7}),
    (plan_tables.shock, SHOCK | {"kind": "war"}),
    (plan_tables.shock, SHOCK | {"snap": "most"}),
    (plan_tables.shock, SHOCK | {"origin": "drawn"}),
    (plan_tables.budget_code, CODE | {"kind": "urusan"}),
    (plan_tables.budget_code, CODE | {"code": ""}),
]


def refusal(engine, table, row):
    """Try to write one row, with a file of the ledger under it where the table asks for one; return why not."""
    with engine.connect() as connection, connection.begin() as attempt:
        try:
            if "source_id" in table.c:
                row = row | {"source_id": connection.scalar(
                    insert(tables.source).returning(tables.source.c.id).values(FILE))}
            connection.execute(insert(table).values(row))
        except exc.IntegrityError as error:
            return type(error.orig).__name__
        finally:
            attempt.rollback()
    return None


def test_a_row_that_cannot_be_true_is_refused(database):
    """What is wrong of each is one value: the same rows without it are taken."""
    assert [(table.name, row) for table, row in RIGHT if refusal(database, table, row)] == []
    taken = [(table.name, row) for table, row in WRONG
             if refusal(database, table, row) not in ("CheckViolation", "ForeignKeyViolation")]
    assert taken == []


def test_the_data_version_moves_with_every_load(database):
    with database.connect() as connection:
        assert data_version(connection) == "0"
    write_places(database)
    with database.connect() as connection:
        assert data_version(connection) != "0"


def test_a_reader_cannot_write(database):
    with pytest.raises(exc.InternalError), read_only(database) as connection:
        connection.execute(text("DELETE FROM program"))


def test_a_server_that_is_down_is_said_in_one_error():
    engine = make_engine("postgresql+psycopg://nobody@localhost:1/none?connect_timeout=2")
    with pytest.raises(PetadesilError) as caught, read_only(engine):
        pass
    assert caught.value.code == "database_down"


def test_a_rule_is_that_of_its_date(database):
    """Sembako: the poorest 40 % under DTKS, the poorest half since DTSEN."""
    with database.connect() as connection:
        limits = {on: {rule.key: rule.desil_max for rule in read_rules(connection, on)}["sembako"]
                  for on in (date(2025, 4, 1), date(2025, 5, 1))}  # fmt: skip
    assert limits == {date(2025, 4, 1): 4, date(2025, 5, 1): 5}


def test_every_pair_of_the_first_programs_is_permitted_or_forbidden(database):
    """PKH with Sembako is meant; BLT Dana Desa is for those who have neither."""
    with database.connect() as connection:
        pairs = connection.execute(text(
            "SELECT one.key, other.key, is_permitted FROM program AS one JOIN program AS other ON one.id < other.id"
            " LEFT JOIN program_pair ON program_id = one.id AND other_program_id = other.id"
            " AND DATE '2026-10-01' BETWEEN valid_from AND coalesce(valid_to, 'infinity')"
            " WHERE other.id < 4 ORDER BY one.id, other.id"
        )).all()
    assert [tuple(pair) for pair in pairs] == [
        ("pkh", "sembako", True), ("pkh", "pbi_jkn", True), ("pkh", "blt_dd", False), ("sembako", "pbi_jkn", True),
        ("sembako", "blt_dd", False), ("pbi_jkn", "blt_dd", True)]


def test_blt_dana_desa_is_for_the_poorest_of_desa(database):
    with database.connect() as connection:
        rule = {rule.key: rule for rule in read_rules(connection, date(2026, 10, 1))}["blt_dd"]
    assert (rule.desil_min, rule.desil_max, rule.components) == (1, 1, ())
    assert rule.wilayah_kinds == ("desa", "desa_adat")
    assert [benefit.amount_idr for benefit in rule.benefits] == [3_600_000]
