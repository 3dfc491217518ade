"""The page of the budget plan on the census of builders.py: sentence, figures, inputs, rules, money, limits, refusals."""

import re

import pytest
import streamlit as st
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from boundaries.levels import Level
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.layers import draw
from dashboard.sections.plan_amounts import full, read_amount, short
from dashboard.sections.plan_settings import written
from dashboard.sections.plan_table import merged, rows_of
from dashboard.words import LANGUAGES, Words
from geo.engine import make_engine
from geo.plan_tables import shock, shock_desa
from geo.scenario_write import store_plan_input
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.scope import Scope

pytestmark = pytest.mark.postgis

NBSP = "\N{NO-BREAK SPACE}"
WORDS = Words("id")
# Ten families for a year at Rp 100,000 a month. 32 families are eligible for PKH, 15 of them not reached.
TEN = PlanRequest(budget_idr=12_000_000, benefit_idr=100_000)


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    """One month of the census: PKH as it is starred, Sembako for the families of desil 1."""
    engine = make_engine(clone(template, "test_planning_page"))
    folder = tmp_path_factory.mktemp("planning_page")
    write_places(engine)
    household = draw_households()
    poorest = household[household["desil"] == "1"]
    both = [enrol(recipients(household), "pkh"), enrol(poorest, "sembako", amount_idr="2400000")]
    stacked = {column: [value for frame in both for value in frame[column]] for column in both[0].columns}
    load(engine, folder, household, type(household)(stacked))
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def serving(province, tmp_path):
    st.cache_data.clear()
    cache.configure(province.url.render_as_string(hide_password=False), tmp_path / "serving")
    yield
    st.cache_data.clear()


def draw_page():
    import streamlit

    from boundaries.errors import PetadesilError
    from dashboard import navigation, panels
    from dashboard.pages import planning
    from dashboard.state import language
    from dashboard.words import Words

    streamlit.session_state["pages"] = navigation.pages(Words(language()))
    try:
        planning.render()
    except PetadesilError as error:
        panels.error_card(error.code, Words(language()), **error.details)


def open_page(request=TEN, **parameters):
    page = AppTest.from_function(draw_page, default_timeout=60)
    text = request if isinstance(request, str) else request.text
    for key, value in ({"b": text} if text else {} | {}).items():
        page.query_params[key] = value
    for key, value in ({"w": "99", "l": "desa"} | parameters).items():
        page.query_params[key] = value
    return page.run()


def said(page):
    return " ".join(element.value for element in [*page.markdown, *page.caption, *page.warning, *page.header])


def tables(page):
    """Return the rows of every small table, each as a list of its cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)
            for element in page.get("html") for line in re.findall(r"<tr.*?</tr>", element.proto.body)]  # fmt: skip


def asked(page):
    """Return the request that the page's address asks for."""
    return PlanRequest.parse(page.query_params.get("b", [""])[0] if isinstance(page.query_params.get("b"), list)
                             else page.query_params.get("b", ""))  # fmt: skip


def test_the_page_answers_what_a_ceiling_buys(province):
    page = open_page()
    assert not page.exception and not page.warning
    assert page.header[0].value == f"Apa yang dibeli Rp{NBSP}12{NBSP}juta untuk PKH di Provinsi Uji?"
    assert "**10 dari 15** KPM layak yang belum terjangkau" in said(page)
    assert f"**46,9{NBSP}% menjadi 15,6{NBSP}%**" in said(page)
    values = [metric.value for metric in page.metric]
    assert values[:2] == ["10", f"15,6{NBSP}%"]
