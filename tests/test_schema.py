"""The schema: migrations and tables say the same, policy is dated, constraints bite."""

from datetime import date

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


def test_migrating_twice_changes_nothing(database):
    migrate(database)
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*), min(kode) FROM wilayah")).one() == (1, "ID")
        assert connection.execute(text("SELECT count(*) FROM program")).scalar() == 4


def test_a_policy_row_that_this_version_lacks_does_not_stay(database):
    """An earlier version dated the benefits from 2025-05: beside today's rows they would be paid twice."""
    early = {"program_id": 1, "component": "", "valid_from": date(2025, 5, 1), "amount_idr": 2_400_000,
             "max_count": 1, "reference": "x"}  # fmt: skip
    with database.begin() as connection:
        connection.execute(insert(tables.program_benefit).values(early))
    with database.connect() as connection:
        found = {finding.name: finding.violation_count for finding in check_invariants(connection)}
    assert found["policy_does_not_overlap"] == 1
    migrate(database)
    with database.connect() as connection:
        assert [len(rule.benefits) for rule in read_rules(connection, date(2026, 10, 1))] == [7, 1, 1, 1]
        assert all(finding.holds for finding in check_invariants(connection))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (tables.wilayah, {"kode": "99.1", "level": 2, "name": "x", "kind": "x"}),
        (tables.wilayah, {"kode": "99.01", "level": 3, "name": "x", "kind": "x"}),
        (tables.source, {"kind": "register", "file_name": "x", "sha256": "x", "status": "ready", "read_count": 5,
                         "kept_count": 4}),
        (tables.program_rule, {"program_id": 0, "valid_from": date(2030, 1, 1), "desil_min": 4, "desil_max": 1,
                               "components": [], "excluded_adminduk": [], "wilayah_kinds": [], "reference": "x"}),
        (tables.program, {"id": 31, "key": "x", "name": "x", "unit": "household", "funding": "x"}),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_true_is_refused(database, table, row):
    with pytest.raises(exc.IntegrityError), database.begin() as connection:
        connection.execute(insert(table).values(row))


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


def test_every_pair_of_programs_is_permitted_or_forbidden(database):
    """PKH with Sembako is meant; BLT Dana Desa is for those who have neither."""
    with database.connect() as connection:
        pairs = connection.execute(text(
            "SELECT one.key, other.key, is_permitted FROM program AS one JOIN program AS other ON one.id < other.id"
            " LEFT JOIN program_pair ON program_id = one.id AND other_program_id = other.id"
            " AND DATE '2026-10-01' BETWEEN valid_from AND coalesce(valid_to, 'infinity') ORDER BY one.id, other.id"
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
