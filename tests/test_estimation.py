"""From a loaded sample to stored estimates and their answers, counted by hand."""

import numpy as np
import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, load_sample, recipients, verify
from scipy.stats import beta, t

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from geo.engine import read_only
from geo.schema import data_version
from queries.columns import Status
from queries.estimation import estimate_period
from queries.field import field_errors, model_checks, samples
from queries.scope import Scope

SCOPE = Scope("99", Level.kabupaten, PERIOD, "pkh", disclosure="exact")


@pytest.fixture
def census(own_census, tmp_path):
    return own_census, draw_households(), tmp_path


def estimated(engine):
    with engine.begin() as connection:
        return estimate_period(connection, PERIOD)


def ask(engine, scope=SCOPE):
    with read_only(engine) as connection:
        return field_errors(connection, scope).frame.set_index("name")


def each_alone(household: pd.DataFrame, **changes) -> pd.DataFrame:
    """Return a simple random sample: one stratum, every household a cluster of its own."""
    return verify(household, **{"stratum": "99", "cluster": household["household_id"], **changes})


def test_a_rate_and_its_interval_are_those_of_a_hand_and_of_the_beta_distribution(census):
    """In Kabupaten Barat the field found all 45 households in desil 1 to 4; 14 of them receive PKH, so 31 are left out.

    One household is one cluster, so that the variance is p (1 - p) / 44 and the effective size 44; with 44 degrees of
    freedom Student's ratio is 1, and Korn and Graubard's interval is Clopper and Pearson's of 44.
    """
    engine, household, folder = census
    barat = household[household["kode"].str.startswith("99.01")]
    load_sample(engine, folder, each_alone(barat, observed_desil="2"))
    estimated(engine)
    row = ask(engine).loc["Kabupaten Barat"]
    p, size = 31 / 45, 44
    assert row["field_exclusion_rate"] == pytest.approx(p)
    assert row["field_exclusion_se"] == pytest.approx(np.sqrt(p * (1 - p) / 44))
    assert row["field_exclusion_lower"] == pytest.approx(beta.ppf(0.025, p * size, size - p * size + 1))
    assert row["field_exclusion_upper"] == pytest.approx(beta.ppf(0.975, p * size + 1, size - p * size))
    assert (row["exclusion_status"], row["exclusion_method"], row["exclusion_sample_count"]) == ("ok", "direct", 45)
    assert (row["field_gap_count"], row["field_eligible_count"]) == (310, 450)
    assert ask(engine).loc["Kota Timur", "status"] == Status.no_data


def test_the_three_causes_add_up_to_the_exclusion(census):
    """Of 31 left out, the register knows 13 as eligible (6 in Satu, 1 in Dua, 6 in Tiga); 18 have a wrong desil."""
    engine, household, folder = census
    barat = household[household["kode"].str.startswith("99.01")]
    load_sample(engine, folder, each_alone(barat, observed_desil="2"))
    estimated(engine)
    row = ask(engine).loc["Kabupaten Barat"]
    assert row["field_not_reached_rate"] == pytest.approx(13 / 45)
    assert row["field_wrong_desil_rate"] == pytest.approx(18 / 45)
    assert pd.isna(row["field_unregistered_rate"]), "a sample of the register cannot see the unregistered"


def test_few_clusters_widen_the_interval_until_it_is_not_shown(census):
    """Three desa as clusters of one stratum leave two degrees of freedom."""
    engine, household, folder = census
    barat = household[household["kode"].str.startswith("99.01")]
    load_sample(engine, folder, verify(barat, stratum="99.01", observed_desil="2"))
    estimated(engine)
    row = ask(engine).loc["Kabupaten Barat"]
    assert t.ppf(0.975, 3) > 3
    assert row["exclusion_status"] == Status.too_uncertain
    assert pd.isna(row["field_exclusion_rate"]) and row["exclusion_sample_count"] == 45


def test_all_enrolled_means_no_exclusion_and_an_interval_that_is_not_a_point(census):
    engine, household, folder = census
    receiving = recipients(household)
    load_sample(engine, folder, each_alone(receiving, observed_desil="1"))
    estimated(engine)
    with read_only(engine) as connection:
        stored = connection.exec_driver_sql(
            "SELECT estimate, lower, upper FROM estimate WHERE measure = 'exclusion' AND level = 1 AND program_id = 0"
        ).one()
    assert stored[:2] == (0, 0)
    assert stored[2] == pytest.approx(beta.ppf(0.975, 1, 21))


def test_a_sample_of_recipients_knows_inclusion_only(census):
    engine, household, folder = census
    load_sample(engine, folder, each_alone(recipients(household), frame="recipients", program="pkh"))
    estimated(engine)
    frame = ask(engine, SCOPE.itself())
    assert frame["exclusion_status"].tolist() == [Status.not_applicable]
    with read_only(engine) as connection:
        measures = connection.exec_driver_sql("SELECT DISTINCT measure FROM estimate").scalars().all()
        share = connection.exec_driver_sql("SELECT estimate FROM estimate WHERE level = 1").scalar()
    assert measures == ["inclusion"]
    assert share == pytest.approx(4 / 21)


def test_samples_of_two_truths_are_never_mixed(census):
    engine, household, folder = census
    load_sample(engine, folder, each_alone(household, observed_desil="2"))
    load_sample(engine, folder, each_alone(household, observed_desil="9", truth="proxy_means"), name="verification_b")
    estimated(engine)
    with read_only(engine) as connection:
        known = [(sample.truth, sample.household_count) for sample in samples(connection, PERIOD)]
    assert known == [("consumption", 60), ("proxy_means", 60)]
    by_consumption = ask(engine, SCOPE.itself().at(truth="consumption")).iloc[0]
    by_test = ask(engine, SCOPE.itself().at(truth="proxy_means")).iloc[0]
    assert by_consumption["exclusion_sample_count"] == 60
    assert by_test["exclusion_status"] == Status.no_data


def test_few_kecamatan_have_no_model_and_say_so(census):
    engine, household, folder = census
    load_sample(engine, folder, each_alone(household, observed_desil="2"))
    outcome = {(one.program, one.measure): one for one in estimated(engine)}
    assert outcome["pkh", "exclusion"].reason == "too_few_areas"
    with read_only(engine) as connection:
        report = model_checks(connection, SCOPE, "exclusion").report
    assert (report["is_model_used"], report["sampled_area_count"]) == (False, 3)


def test_estimates_move_the_data_version_and_a_question_before_them_names_the_command(census):
    engine, household, folder = census
    with read_only(engine) as connection:
        with pytest.raises(PetadesilError) as none:
            field_errors(connection, SCOPE)
        assert none.value.code == "no_sample"
    load_sample(engine, folder, each_alone(household))
    with read_only(engine) as connection:
        before = data_version(connection)
        with pytest.raises(PetadesilError) as raised:
            field_errors(connection, SCOPE)
        assert raised.value.code == "not_estimated"
    estimated(engine)
    with read_only(engine) as connection:
        assert data_version(connection) != before


def test_a_desa_shows_its_kecamatan_and_says_so(census):
    engine, household, folder = census
    load_sample(engine, folder, each_alone(household, observed_desil="2"))
    estimated(engine)
    kecamatan = ask(engine, SCOPE.at(level=Level.kecamatan))
    desa = ask(engine, SCOPE.at(level=Level.desa))
    assert desa.loc["Satu", "exclusion_method"] == "above"
    assert desa.loc["Satu", "exclusion_sample_count"] == kecamatan.loc["Hulu", "exclusion_sample_count"] == 32


def test_what_is_published_rests_on_fifty_households_at_least(census):
    engine, household, folder = census
    barat = household[household["kode"].str.startswith("99.01")]
    load_sample(engine, folder, each_alone(barat, observed_desil="2", weight="1"))
    estimated(engine)
    assert ask(engine).loc["Kabupaten Barat", "status"] == Status.ok
    assert ask(engine, SCOPE.at(disclosure="published")).loc["Kabupaten Barat", "status"] == Status.suppressed


def test_a_sample_of_one_kabupaten_does_not_speak_for_the_provinsi(census):
    """Kota Timur holds 15 of the 60 families, more than a fifth, and none of them was asked."""
    engine, household, folder = census
    barat = household[household["kode"].str.startswith("99.01")]
    load_sample(engine, folder, each_alone(barat, observed_desil="2"))
    estimated(engine)
    above = ask(engine, SCOPE.itself()).iloc[0]
    assert (above["exclusion_status"], above["exclusion_method"]) == (Status.no_data, "none")
    assert ask(engine).loc["Kabupaten Barat", "exclusion_status"] == Status.ok


def test_recipients_of_two_programs_are_estimated_apart(census):
    engine, household, folder = census
    starred = recipients(household)
    load(engine, folder / "again", household, pd.concat([
        enrol(starred, "pkh"), enrol(household.iloc[:30], "sembako")]))
    load_sample(engine, folder, each_alone(starred, frame="recipients", program="pkh", weight="1"))
    load_sample(engine, folder, each_alone(household.iloc[:30], frame="recipients", program="sembako", weight="90"),
                name="verification_b")
    estimated(engine)
    with read_only(engine) as connection:
        counts = connection.exec_driver_sql(
            "SELECT program_id, sample_count FROM estimate WHERE level = 0 ORDER BY 1"
        ).all()
    assert [tuple(row) for row in counts] == [(0, 21), (1, 30)]
