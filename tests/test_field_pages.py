"""The pages of the field on a province counted by hand: intervals, what may not be shown, empty states, the model."""

import csv
import io
from datetime import date

import pandas as pd
import pytest
import streamlit as st
from builders import DESA, PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone, copied
from pages_under_test import open_page, said, serve, serving
from sqlalchemy import delete, insert, update
from test_dashboard import answer, features

from boundaries.levels import Level
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.estimates import causes_of, interval_text, parts_in_hundred, rounded
from dashboard.questions import FIELD_EXCLUSION, QUESTIONS
from dashboard.scales import STATUS_COLOURS, rgb_of
from dashboard.sections import field_charts, model_charts
from dashboard.uncertainty import NOT_APART_COLOUR, wedge
from dashboard.words import Words
from geo import cube_tables, tables
from geo.engine import make_engine
from geo.field_tables import estimate, estimate_model, verification
from queries.columns import Status
from queries.scope import Scope

pytestmark = pytest.mark.postgis

NBSP = "\N{NO-BREAK SPACE}"
WORDS = Words("id")
KECAMATAN = Scope("99", Level.kecamatan, PERIOD, "pkh", disclosure="exact", truth="consumption", frame="listing")
# kode: exclusion with its interval, status, method; inclusion likewise.
EXCLUSION = {
    "99": (0.52, 0.44, 0.60, "ok", "direct"),
    "99.01": (0.55, 0.46, 0.64, "ok", "direct"),
    "99.71": (0.46, 0.30, 0.62, "too_uncertain", "direct"),
    "99.01.01": (0.62, 0.58, 0.66, "ok", "model"),
    "99.01.02": (0.75, 0.62, 0.86, "ok", "synthetic"),
    "99.71.01": (0.46, 0.30, 0.62, "too_uncertain", "model"),
}
INCLUSION = {
    "99": (0.20, 0.15, 0.26, "ok", "direct"),
    "99.01": (0.18, 0.11, 0.27, "ok", "direct"),
    "99.71": (0.25, 0.14, 0.38, "ok", "direct"),
    "99.01.01": (0.17, 0.12, 0.23, "ok", "model"),
    "99.01.02": (0.21, 0.10, 0.34, "ok", "synthetic"),
    "99.71.01": (0.25, 0.14, 0.38, "ok", "model"),
}
CAUSES = {"exclusion_unregistered": 0.25, "exclusion_wrong_desil": 0.45, "exclusion_not_reached": 0.30}
REGISTERED_CAUSES = {"exclusion_unregistered": 0.0, "exclusion_wrong_desil": 0.7, "exclusion_not_reached": 0.3}
REPORT = {
    "area_count": 3, "sampled_area_count": 2, "least_area_count": 2, "is_model_used": True, "reason": None,
    "method": "reml", "transformation": "arcsine", "variance_component": 0.0123, "deff": 1.4,
    "covariates": [{"name": "constant", "beta": 0.8, "se": 0.05}, {"name": "stale_days", "beta": 0.1, "se": 0.04}],
    "dropped": [{"name": "sparse_log", "reason": "collinear"}],
    "tried": [{"names": [], "loglik": 1.0, "aic": 2.0, "bic": 2.5, "is_chosen": False},
              {"names": ["stale_days"], "loglik": 4.0, "aic": -2.0, "bic": -1.5, "is_chosen": True}],
    "tried_count": 8, "loglik": 4.0, "aic": -2.0, "bic": -1.5, "shapiro_p": 0.4, "fit_p": 0.0004,
    "benchmark": [{"kode": "99.01", "factor": 1.02}, {"kode": "99.71", "factor": None}],
}  # fmt: skip


@pytest.fixture(scope="module")
def province_url(template, tmp_path_factory):
    """The address of a database that holds the sixty households."""
    url = clone(template, "field_province")
    engine, household = make_engine(url), draw_households()
    write_places(engine)
    # One recipient makes Sembako a program that is measured, though no sample is about it.
    enrolment = pd.concat([enrol(recipients(household), "pkh"), enrol(recipients(household).head(1), "sembako")])
    load(engine, tmp_path_factory.mktemp("province"), household, enrolment)
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def field_url(province_url):
    """The address of a copy with an estimated sample; tests that only read share it."""
    url = clone(province_url, "field_shared")
    engine = make_engine(url)
    write_sample(engine, "consumption", "listing")
    write_estimates(engine, "consumption", "listing")
    engine.dispose()
    return url


@pytest.fixture
def field(field_url, tmp_path):
    yield from served(field_url, tmp_path)


@pytest.fixture
def own_field(field_url, tmp_path):
    with copied(field_url) as engine, serving(engine, tmp_path):
        yield engine


@pytest.fixture
def province(province_url, tmp_path):
    with copied(province_url) as engine, serving(engine, tmp_path):
        yield engine


def served(url, folder):
    engine = make_engine(url)
    with serving(engine, folder):
        yield engine
    engine.dispose()


def write_sample(engine, truth, frame, program_id=None):
    with engine.begin() as connection:
        source_id = connection.scalar(insert(tables.source).returning(tables.source.c.id).values(
            kind="verification", file_name=f"FIKTIF_{truth}.csv", sha256=truth + frame, publisher="uji", period=PERIOD,
            status="ready", is_fictional=True, report={"provinsi": ["99"]},
        ))
        connection.execute(insert(verification), [
            {"period": PERIOD, "provinsi_kode": "99", "kode": kode, "source_id": source_id, "line": line,
             "truth": truth, "frame": frame, "program_id": program_id, "stratum": kode[:8], "cluster": kode,
             "weight": 2.0, "person_count": 4, "pupil_count": 1, "is_registered": True, "eligible": 1,
             "truly_eligible": 1, "received": 0, "observed_on": date(2026, 8 + line % 2, 5)}
            for line, kode in enumerate(DESA[:4], start=1)
        ])


def write_estimates(engine, truth, frame):
    rows = []
    for measure, figures in (("exclusion", EXCLUSION), ("inclusion", INCLUSION)):
        if measure == "exclusion" and frame == "recipients":
            continue
        for kode, (rate, lower, upper, status, method) in figures.items():
            level = 1 + kode.count(".")
            row = {
                "period": PERIOD, "level": level, "kode": kode, "program_id": 0, "measure": measure, "truth": truth,
                "frame": frame, "method": method, "status": status, "estimate": rate, "se": (upper - lower) / 3.92,
                "lower": lower, "upper": upper, "numerator": rate * 40, "denominator": 40.0,
                "sample_count": {"synthetic": 0, "model": 24}.get(method, 240), "cluster_count": 2,
                "effective_count": 20.0,
                "direct_estimate": None if method == "synthetic" else rate, "direct_lower": lower,
                "direct_upper": upper, "model_estimate": rate, "gamma": 0.4,
                "residual": None if method == "synthetic" else rate - 0.5,
            }  # fmt: skip
            rows.append(row)
            if measure == "exclusion":
                shares = REGISTERED_CAUSES if frame == "register" else CAUSES
                rows += [row | {"measure": cause, "estimate": rate * share, "lower": None, "upper": None}
                         for cause, share in shares.items()]
    with engine.begin() as connection:
        connection.execute(insert(estimate), rows)
        connection.execute(insert(estimate_model), [
            {"period": PERIOD, "truth": truth, "frame": frame, "program_id": 0, "measure": measure, "report": REPORT}
            for measure in ("exclusion", "inclusion")
        ])


def open_field(**parameters):
    return open_page("field-errors", **parameters)


def open_checks(**parameters):
    return open_page("model-checks", **parameters)


def asked_for(part, measure="field_exclusion_rate", scope=KECAMATAN):
    return Asked(part, "field-errors", measure, scope, "id", cache.data_state().version)


def legend_of(page):
    return next(element.proto.body for element in page.get("html") if 'class="legend"' in element.proto.body)


def test_the_answer_gives_each_error_with_its_interval_and_the_causes_add_up(field):
    page = open_field()
    assert not page.exception and not page.error
    assert f"**52{NBSP}% (44–60{NBSP}%)** keluarga yang sebenarnya layak tidak menerima PKH" in said(page)
    assert f"**20{NBSP}% (15–26{NBSP}%)** penerima PKH" in said(page)
    # 13.0, 23.4 and 15.6 of a hundred: the largest remainder goes to the last.
    assert "13 tidak terdaftar, 23 keliru desilnya, 16 layak menurut register" in said(page)
    values = [metric.value for metric in page.metric]
    assert values == [f"52{NBSP}%", f"20{NBSP}%", "sekitar 21", "240"]
    assert page.metric[0].delta == f"rentang 95 %: 44–60{NBSP}%"


def test_the_page_says_which_truth_and_frame_it_rests_on(field):
    page = open_field()
    assert "konsumsi keluarga yang diukur" in said(page)
    assert "Sampel: 4 keluarga di 4 desa, Agustus 2026 – September 2026." in said(page)
    assert "menurut lapangan (%) · konsumsi · semua keluarga, terdaftar atau tidak" in legend_of(page)


def test_the_page_speaks_english(field):
    page = open_field(lang="en")
    assert "**52% (44–60%)** of truly eligible households do not receive PKH" in said(page)
    assert "13 are not registered, 23 have a wrong desil" in said(page)


@pytest.mark.parametrize(("exclusion", "parts"), [(0.52, [0.13, 0.234, 0.156]), (0.005, [0.002, 0.002, 0.001]),
                                                  (1.0, [1 / 3, 1 / 3, 1 / 3])])  # fmt: skip
def test_whole_numbers_of_a_hundred_add_up_to_the_rounded_whole(exclusion, parts):
    assert sum(parts_in_hundred(parts, exclusion)) == round(exclusion * 100)


def test_an_estimated_total_has_three_significant_digits():
    assert [rounded(total) for total in (43_388.0, 987.6, 21.0, 0.0)] == [43_400, 988, 21, 0]


def test_the_map_the_list_and_the_legend_share_one_colour(field):
    drawn = features(answer(asked_for("fill")))
    scale = cache.scale("field-errors", "field_exclusion_rate", KECAMATAN, cache.data_state().version)
    hulu = scale.colour(0.62, "ok", 0.58, 0.66)
    assert tuple(drawn["Hulu"]["c"]) == rgb_of(hulu)
    assert hulu in wedge(scale, WORDS)
    assert tuple(drawn["Hilir"]["c"]) == rgb_of(scale.colour(0.75, "ok", 0.62, 0.86)) != rgb_of("#d63d28")
    assert tuple(drawn["Pusat"]["c"]) == rgb_of(STATUS_COLOURS[Status.too_uncertain])
    assert hulu in legend_of(open_field(l="kecamatan"))


def test_a_tooltip_gives_estimate_interval_sample_method_and_certainty(field):
    drawn = features(answer(asked_for("fill")))
    assert drawn["Hulu"]["lines"] == (
        f"Layak, tidak menerima: 62{NBSP}% (58–66{NBSP}%) · cukup pasti · n = 24, model wilayah kecil"
    )
    assert drawn["Hilir"]["lines"].endswith("kurang pasti · tanpa sampel, dari model")
    assert drawn["Pusat"]["lines"] == "Layak, tidak menerima: tidak cukup pasti · n = 24, model wilayah kecil"


def test_what_the_interval_cannot_tell_from_the_register_is_grey(field):
    measure = "exclusion_difference_rate"
    drawn = features(answer(asked_for("fill", measure)))
    # Hulu by the register: 6 of 12 and 1 of 7 are not reached, 7 / 19 = 37 %; by the field 58 to 66. Barat: 13 / 25.
    assert "beda +25 poin" in drawn["Hulu"]["lines"] and "tidak terbedakan" not in drawn["Hulu"]["lines"]
    scale = cache.scale("field-errors", measure, KECAMATAN, cache.data_state().version)
    assert rgb_of(scale.colour(0.05, "ok", -0.02, 0.12)) == rgb_of(NOT_APART_COLOUR)
    assert {entry.colour for entry in scale.legend(WORDS, set())} == {*scale.colours, NOT_APART_COLOUR}
    kabupaten = features(answer(asked_for("fill", measure, KECAMATAN.at(level=Level.kabupaten))))
    assert tuple(kabupaten["Kabupaten Barat"]["c"]) == rgb_of(NOT_APART_COLOUR)
    assert "tidak terbedakan" in kabupaten["Kabupaten Barat"]["lines"]


def test_the_export_holds_estimates_flags_and_reasons(field):
    response = answer(asked_for("export"), "exports")
    name = "FIKTIF_field-errors_99_kecamatan_pkh_consumption_listing_2026-10.csv"
    assert name in response.headers["content-disposition"]
    text = response.body.decode("utf-8-sig")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    hulu, pusat = rows["Hulu"], rows["Pusat"]
    assert float(hulu["field_exclusion_rate"]) == 0.62
    assert (float(hulu["field_exclusion_lower"]), float(hulu["field_exclusion_upper"])) == (0.58, 0.66)
    assert float(hulu["field_exclusion_se"]) == pytest.approx(0.08 / 3.92)
    assert (hulu["exclusion_sample_count"], hulu["exclusion_method"]) == ("24", "model")
    assert (hulu["truth"], hulu["frame"], hulu["exclusion_status"]) == ("consumption", "listing", "ok")
    assert hulu["is_exclusion_apart"] == "True" and hulu["data"] == "FIKTIF"
    assert pusat["status"] == pusat["exclusion_status"] == "too_uncertain"
    blank = ("value", "field_exclusion_rate", "field_exclusion_se", "field_exclusion_lower", "field_gap_count",
             "exclusion_difference_rate", "is_exclusion_apart")  # fmt: skip
    assert {pusat[column] for column in blank} == {""}
    assert "<NA>" not in text and "nan" not in text


def test_a_desa_shows_its_kecamatan_s_figure_and_says_so(field):
    page = open_field(w="99.01.01", l="desa")
    assert "tiap desa memakai angka kecamatannya" in said(page)
    assert "berasal dari model wilayah kecil" in said(page)
    drawn = features(answer(asked_for("fill", scope=KECAMATAN.at(wilayah="99.01.01", level=Level.desa))))
    assert drawn["Satu"]["value"] == f"62,0{NBSP}%" and "angka kecamatannya" in drawn["Satu"]["lines"]
    one = open_field(w="99.01.01.2001", l="desa")
    assert "angka Desa Satu adalah angka kecamatannya" in said(one)
    assert "di Kecamatan Hulu **62" in said(one) and "di Desa Satu" not in said(one)
    # The total of a kecamatan is not a desa's.
    assert [metric.label for metric in one.metric] == [
        WORDS("field.exclusion"), WORDS("field.inclusion"), WORDS("field.sample.exclusion")
    ]


def test_an_estimate_too_uncertain_shows_no_number(field):
    page = open_field(w="99.71")
    assert "tidak cukup pasti" in said(page)
    assert page.metric[0].value == "tidak cukup pasti"
    assert "46" not in page.metric[0].value and "30–62" not in said(page)


def test_a_sample_that_leaves_kabupaten_out_is_not_taken_for_the_whole(own_field):
    with own_field.begin() as connection:
        connection.execute(delete(estimate).where(estimate.c.kode.startswith("99.71")))
    st.cache_data.clear()
    assert "hanya menjangkau 1 dari 2 kabupaten/kota; angka Provinsi Uji hanya berlaku" in said(open_field())
    # Where the program itself reaches nobody, nothing is left out.
    with own_field.begin() as connection:
        connection.execute(delete(cube_tables.program_total).where(cube_tables.program_total.c.kode.startswith("99.71")))
    st.cache_data.clear()
    assert "hanya menjangkau" not in said(open_field())


def test_the_page_says_how_many_rows_are_too_uncertain(field):
    assert "1 dari 3 kecamatan tidak cukup pasti untuk ditampilkan" in said(open_field(l="kecamatan"))
    assert "tidak cukup pasti untuk ditampilkan" not in said(open_field(m="field_inclusion_rate"))


def test_without_a_sample_the_page_says_what_to_load(province):
    page = open_field()
    assert not page.exception and not page.error and not page.metric
    assert "petadesil load verification" in said(page)
    assert page.selectbox(key="filter_period")


def test_a_sample_not_yet_estimated_says_what_to_run(province, tmp_path):
    write_sample(province, "consumption", "listing")
    serve(province, tmp_path)
    for page in (open_field(), open_checks()):
        assert not page.exception and not page.error and not page.metric
        assert "petadesil estimate --period 2026-10" in said(page)


def test_a_sample_of_one_program_s_recipients_says_nothing_of_another(own_field, tmp_path):
    write_sample(own_field, "adminduk", "recipients", 0)
    write_estimates(own_field, "adminduk", "recipients")
    serve(own_field, tmp_path)
    page = open_field(f="adminduk.recipients", t="sembako")
    assert "hanya menyangkut penerima PKH" in said(page) and not page.metric
    own = open_field(f="adminduk.recipients")
    assert "tidak menerima PKH" not in said(own)
    assert [metric.value for metric in own.metric][:2] == ["tidak berlaku", f"20{NBSP}%"]
    assert own.radio(key="filter_measure").value == "field_inclusion_rate"


def test_a_program_without_estimates_is_said_to_have_none(field):
    page = open_field(t="sembako")
    assert not page.exception and not page.metric
    assert "Belum ada angka lapangan untuk Sembako" in said(page)


def test_one_sample_needs_no_choice_and_two_are_chosen_between(own_field, tmp_path):
    assert not [box for box in open_field().selectbox if box.key == "filter_sample"]
    write_sample(own_field, "proxy_means", "register")
    write_estimates(own_field, "proxy_means", "register")
    serve(own_field, tmp_path)
    page = open_field(f="consumption.listing")
    page.selectbox(key="filter_sample").set_value("proxy_means.register").run()
    assert page.query_params["f"] == "proxy_means.register"
    # A register's frame does not see the unregistered: the cause is left out, and not called nought.
    assert "tidak terdaftar," not in said(page) and "keliru desilnya" in said(page)


def test_ranks_are_joint_and_say_how_many_could_be_the_worst(field):
    page = open_field(l="kecamatan")
    assert "**2 dari 2** kecamatan mungkin memiliki galat eksklusi tertinggi" in said(page)
    assert "1 lagi tidak cukup pasti" in said(page)
    result = cache.answer("field-errors", KECAMATAN, cache.data_state().version)
    scale = cache.scale("field-errors", "field_exclusion_rate", KECAMATAN, cache.data_state().version)
    rows = field_charts.rank_rows(result, FIELD_EXCLUSION, scale, WORDS)
    assert [row["name"] for row in rows] == ["Hilir", "Hulu"]
    chart = field_charts.rank_chart(rows, 3, WORDS).to_dict()
    assert chart["encoding"]["x"]["scale"]["domain"] == [0.5, 3.5]


def test_ranks_of_desa_are_those_of_the_kecamatan_around_them():
    assert field_charts.ranked_scope("99", Level.kabupaten) == ("99", Level.kabupaten)
    assert field_charts.ranked_scope("99.01", Level.desa) == ("99.01", Level.kecamatan)
    assert field_charts.ranked_scope("99.01.01", Level.desa) == ("99.01", Level.kecamatan)


def test_the_bars_of_causes_add_up_to_exclusion_and_leave_out_what_is_not_estimated(field):
    result = cache.answer("field-errors", KECAMATAN.at(level=Level.kabupaten), cache.data_state().version)
    own = cache.answer("field-errors", KECAMATAN.itself(), cache.data_state().version).frame
    rows = field_charts.cause_rows([own], result, "listing", WORDS)
    assert {row["name"] for row in rows} == {"Provinsi Uji", "Kabupaten Barat"}
    assert sum(row["share"] for row in rows if row["kode"] == "99") == pytest.approx(0.52)
    registered = field_charts.cause_rows([own], result, "register", WORDS)
    assert {row["cause"] for row in registered} == {WORDS("cause.wrong_desil"), WORDS("cause.not_reached")}


def test_causes_are_told_only_of_a_sample_of_its_own_that_is_large_enough(field):
    frame = cache.answer("field-errors", KECAMATAN, cache.data_state().version).frame
    hulu = frame[frame["name"] == "Hulu"].iloc[0].to_dict()
    assert hulu["field_wrong_desil_rate"] > 0 and causes_of(hulu) is None
    assert sum(causes_of(hulu | {"exclusion_sample_count": 30}).values()) == pytest.approx(0.62)
    assert causes_of(hulu | {"exclusion_sample_count": 30, "field_wrong_desil_rate": 0.0}) is None
    assert causes_of(hulu | {"exclusion_sample_count": 30, "exclusion_method": "above"}) is None


def test_the_field_and_the_register_never_share_a_name(field):
    register = {measure.key for measure in QUESTIONS["targeting-errors"].measures}
    for measure in QUESTIONS["field-errors"].measures:
        assert measure.key not in register
        for language in ("id", "en"):
            title = Words(language)(f"measure.{measure.key}").lower()
            assert ("lapangan" if language == "id" else "field") in title


def test_an_interval_is_written_in_whole_points_and_a_missing_one_as_a_dash():
    assert interval_text(0.444, 0.596, WORDS, sign=True) == f"44–60{NBSP}%"
    assert interval_text(None, 0.5, WORDS) == interval_text(pd.NA, pd.NA, WORDS) == "–"


def test_the_model_page_says_what_was_fitted_and_how_to_read_it(field):
    page = open_checks()
    assert not page.exception and not page.error
    assert "**2 dari 3** kecamatan punya sampel" in said(page) and "**0,0123**" in said(page)
    assert [metric.value for metric in page.metric] == ["2", f"40{NBSP}%", "0,400", "< 0,001"]
    assert f"ditolak pada 5{NBSP}%" in [metric.delta for metric in page.metric]
    assert "kejarangan penduduk (log km² per keluarga) (sudah terwakili peubah lain)" in said(page)
    tables_ = [table.value for table in page.dataframe]
    assert list(tables_[0][WORDS("model.covariate")]) == ["tetapan", "lama sejak verifikasi (log hari)"]
    assert list(tables_[1][WORDS("model.chosen")]) == ["ya", ""]


def test_the_published_model_page_draws_no_area_of_a_small_sample(own_field):
    drawn = open_checks(d="published")
    assert "tidak digambar" not in said(drawn) and len(drawn.get("vega_lite_chart")) == 4
    with own_field.begin() as connection:
        connection.execute(update(estimate).where(estimate.c.kode == "99.01.01").values(sample_count=9))
    st.cache_data.clear()
    page = open_checks(d="published")
    assert "1 kecamatan dengan kurang dari 10 keluarga dalam sampelnya tidak digambar" in said(page)
    assert "tidak digambar" not in said(open_checks())
    with own_field.begin() as connection:
        connection.execute(update(estimate).where(estimate.c.kode == "99.71.01").values(sample_count=9))
    st.cache_data.clear()
    none = open_checks(d="published")
    assert not none.exception and not none.get("vega_lite_chart") and none.metric


def test_the_model_page_keeps_the_error_that_the_address_names(field):
    page = open_checks(b="inclusion", lang="en")
    assert page.segmented_control(key="model_error").value == "inclusion"
    assert "For inclusion of PKH" in said(page)
    page.segmented_control(key="model_error").set_value("exclusion").run()
    assert page.query_params["b"] == "exclusion" and "For exclusion of PKH" in said(page)


def test_where_no_model_is_used_direct_estimates_stand_and_the_page_says_why(own_field, tmp_path):
    with own_field.begin() as connection:
        connection.execute(delete(estimate_model))
        connection.execute(insert(estimate_model).values(
            period=PERIOD, truth="consumption", frame="listing", program_id=0, measure="exclusion",
            report=REPORT | {"is_model_used": False, "reason": "too_few_areas", "least_area_count": 30},
        ))
    serve(own_field, tmp_path)
    page = open_checks()
    assert not page.exception and not page.metric
    assert "kecamatan yang bersampel terlalu sedikit" in said(page) and "**30**" in said(page)
    assert "Angka langsung dari sampel yang berlaku" in said(page)


def test_residuals_meet_normal_quantiles_in_their_own_order():
    areas = pd.DataFrame({
        "kode": ["99.01.01", "99.01.02", "99.71.01"], "name": list("abc"), "direct_estimate": [0.5, 0.6, 0.7],
        "direct_lower": 0.4, "direct_upper": 0.8, "model_estimate": 0.6, "estimate": 0.6, "lower": 0.5, "upper": 0.7,
        "gamma": 0.3, "residual": [1.0, -1.0, 0.0], "sample_count": 24,
    })  # fmt: skip
    points = model_charts.normal_plot(model_charts.sampled(areas, "99.71"), WORDS).layer[1].data
    ordered = points.sort_values("residual")["quantile"]
    # Hazen's positions 1/6, 3/6, 5/6 of the normal distribution.
    assert list(ordered.round(4)) == [-0.9674, 0.0, 0.9674]
    assert list(points["is_chosen"]) == [False, False, True]


def test_a_covariate_without_words_keeps_its_own_name():
    assert model_charts.covariate_name("register_exclusion_rate", WORDS) == "eksklusi menurut register"
    assert model_charts.covariate_name("distance_km", WORDS) == "distance_km"
