"""The sheet and the memo by their addresses: of a plan on the page, and of a stored scenario that they freeze."""

import io

import openpyxl
import pytest
from builders import PERIOD
from pages_under_test import fetch, serving

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from dashboard import cache, server
from dashboard.addresses import Asked
from geo.scenario_write import delete_scenario, store_scenario
from queries.plan_request import PlanRequest
from queries.planning import plan
from queries.scenarios import scenario_of
from queries.scope import Scope

SIX = PlanRequest(budget_idr=14_900_000, rule="proportional", probability="register")
SCOPE = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact", request=SIX.text)


@pytest.fixture
def province(own_census, tmp_path):
    with serving(own_census, tmp_path):
        yield own_census


def answer(route, kind, part, measure, scope=SCOPE):
    asked = Asked(part, "planning", measure, scope, "id", cache.data_state().version)
    return fetch(route, f"/plans/{cache.signer().token(asked)}.{kind}")


def amounts(response):
    book = openpyxl.load_workbook(io.BytesIO(response.body), data_only=True)
    return {cell.value for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, int)}


def test_the_page_gives_the_sheet_and_the_memo(province):
    sheet = answer(server.plans_route, "xlsx", "plan", "exclusion_after_rate")
    assert sheet.status_code == 200
    name = "FIKTIF_rka_99_desa_pkh_2026-10_2027_rka_proportional_14900000.xlsx"
    assert name in sheet.headers["content-disposition"]
    # Six families at Rp 2.4 million, and what is left of the ceiling.
    assert {14_400_000, 500_000, 14_900_000} <= amounts(sheet)
    memo = answer(server.plans_route, "pdf", "plan", "planned_count")
    assert memo.status_code == 200 and memo.body.startswith(b"%PDF")


def test_a_scenario_that_was_handed_out_never_changes(province):
    with province.begin() as connection:
        made = plan(connection, SCOPE, SIX)
        number = store_scenario(connection, **scenario_of(made, SCOPE, "Sebanding", "Bappeda", "Rapat"))
    sheet = answer(server.scenarios_route, "xlsx", "scenario", str(number))
    assert sheet.status_code == 200 and f"skenario-{number}.xlsx" in sheet.headers["content-disposition"]
    assert {14_400_000, 500_000, 14_900_000} <= amounts(sheet)
    with pytest.raises(PetadesilError) as caught, province.begin() as connection:
        delete_scenario(connection, number)
    assert caught.value.code == "scenario_exported"
    again = answer(server.scenarios_route, "xlsx", "scenario", str(number))
    assert again.body == sheet.body


def test_another_parts_address_gives_no_file(province):
    assert answer(server.plans_route, "xlsx", "export", "planned_count").status_code == 404
    assert answer(server.scenarios_route, "pdf", "scenario", "999").status_code == 503
