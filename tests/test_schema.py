"""The schema: migrations and tables say the same, policy is dated, constraints bite."""

import csv
from datetime import date
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from builders import write_places
from sqlalchemy import exc, insert, text

from boundaries.errors import PetadesilError
from geo import context_tables, tables
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


POLICY = ("program", "program_rule", "program_benefit", "program_pair")


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


RIGHT = [
    (tables.source, FILE), (tables.program_rule, RULE), (tables.program, PROGRAM), (tables.program_benefit, BENEFIT),
    (tables.program_benefit, BENEFIT | {"amount_idr": None}), (context_tables.official_figure, FIGURE),
    (tables.program_rule, RULE | {"basis": "application", "desil_min": None, "desil_max": None}),
    (context_tables.social_count, SOCIAL), (context_tables.wilayah_succession, SUCCESSION),
    (context_tables.wilayah_succession, SUCCESSION | {"share": None}),
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
