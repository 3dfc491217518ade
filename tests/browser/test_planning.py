"""The page of the budget plan in a real browser: drawn, answering at once, kept in the address, quiet."""

import re

import pytest

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

PATH = "/planning?w=99&l=kabupaten"


def test_the_plan_is_drawn_and_follows_its_ceiling_its_rule_and_shares_of_ones_own(visit):
    page = visit().open(PATH)
    assert page.page.locator(".st-key-answer strong").count() == 2
    rules = page.page.locator("table.numbers")
    assert rules.filter(has_text="✓ Eksklusi terkecil").locator("tbody tr").count() == 6
    charts = page.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    charts.nth(1).wait_for(timeout=60_000)

    before = page.answer()
    field = page.page.get_by_label("Pagu (Rp)", exact=True)
    field.fill("750 juta")
    field.press("Enter")
    page.page.wait_for_function("before => document.querySelector('.st-key-answer')?.innerText !== before", arg=before)
    page.page.wait_for_url(re.compile("b=b750000000"))
    page.wait_for_map()
    assert field.input_value() == "750.000.000"
    assert "Rp 750 juta" in page.page.get_by_role("heading", level=2).inner_text().replace("\xa0", " ")

    page.page.locator(".st-key-budget_rule_below").get_by_text("Cakupan terendah dahulu").click()
    page.page.wait_for_url(re.compile("b=[^&]*rlowest_first"))
    rules.filter(has_text="✓ Cakupan terendah dahulu").wait_for(timeout=30_000)
    page.wait_for_map()

    page.page.locator(".st-key-budget_table summary").click()
    page.page.get_by_role("button", name=re.compile("Mulai dari pembagian")).click(timeout=30_000)
    page.page.wait_for_url(re.compile("b=[^&]*rown-x[0-9a-f]{16}"))
    rules.filter(has_text="✓ Bagian sendiri").wait_for(timeout=30_000)
    assert page.page.locator("[data-testid=stException]").count() == 0
    page.assert_quiet()


def test_a_ceiling_that_is_too_small_is_mended_with_one_click(visit):
    page = visit()
    page.page.goto(page.address + PATH + "&b=b20000")
    page.page.get_by_role("button", name=re.compile("Naikkan pagu menjadi")).click(timeout=60_000)
    page.page.locator(".st-key-answer").wait_for(timeout=30_000)
    page.wait_for_map()
    page.assert_quiet()
