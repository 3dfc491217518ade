"""Every page for every reader: narrow and wide, contrast by day and in the dark, the keyboard alone, the language."""

import pytest

from dashboard.links import DEFAULT_PAGE
from dashboard.questions import QUESTIONS

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

WIDTHS = (390, 768, 1280, 1920)
# All pages have one frame; what is their own breaks on a telephone first.
EVERY_WIDTH = ("/", "/coverage-gaps", "/planning")
MOST_SHAPE_BYTES = 1_000_000
# The default page has no name of its own in its address; the monitoring sheet has many small maps and no large one, and
# scenarios have a map only where two are compared.
MAP_PAGES = ["/" if key == DEFAULT_PAGE else f"/{key}" for key, question in QUESTIONS.items()
             if question.has_map and key not in ("monitoring", "scenarios")]  # fmt: skip
# Some are opened where there is most to draw: a first link to desa, estimates by kecamatan.
PLACES = {"/targeting-errors": "?w=99&l=desa", "/field-errors": "?w=99&l=kecamatan", "/what-if": "?w=99&l=kecamatan",
          "/sample-planner": "?w=99"}  # fmt: skip
STEPS_TO_THE_LIST = 60

# WCAG 2.2, success criterion 1.4.3, of every text that is seen: its ink over what lies under it, as the browser mixes
# them. Disabled controls and the icons of Streamlit's own font are left out.
WEAK_TEXTS = """
() => {
  const parse = (text) => {
    const srgb = text.match(/color\\(srgb ([\\d.]+) ([\\d.]+) ([\\d.]+)(?: \\/ ([\\d.]+))?\\)/);
    if (srgb) return [srgb[1] * 255, srgb[2] * 255, srgb[3] * 255, srgb[4] === undefined ? 1 : +srgb[4]];
    const part = text.match(/[\\d.]+/g).map(Number);
    return [part[0], part[1], part[2], part[3] === undefined ? 1 : part[3]];
  };
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3]));
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((channel) => channel / 255)
      .map((channel) => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const left_out = "script, style, [disabled], [aria-disabled=true], [aria-hidden=true], canvas, "
    + "[data-testid=stIconMaterial], .row-mark";
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), own = walker.currentNode.parentElement;
    if (!text || own.closest(left_out)) continue;
    if (!own.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = own.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const layers = [];
    let opacity = 1;
    for (let at = own; at; at = at.parentElement) {
      const style = getComputedStyle(at), ground = parse(style.backgroundColor);
      opacity *= +style.opacity;
      if (ground[3] > 0) layers.push(ground);
      if (ground[3] === 1) break;
    }
    const ground = layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
    const style = getComputedStyle(own);
    const ink = parse(own instanceof SVGElement ? style.fill : style.color);
    const [low, high] = [luminance(over([...ink.slice(0, 3), ink[3] * opacity], ground)), luminance(ground)]
      .sort((one, other) => one - other);
    const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < (isLarge ? 3 : 4.5)) weak.push(`${ratio.toFixed(2)} ${text.slice(0, 40)}`);
  }
  return weak;
}
"""
CLIPPED_FIGURES = """
() => [...document.querySelectorAll('[data-testid="stMetricValue"], [data-testid="stMetricValue"] *')]
  .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
  .map((part) => part.textContent)
"""
FOCUS = """
() => {
  const own = document.activeElement, style = getComputedStyle(own);
  const around = own.closest("label, [data-baseweb], [data-testid]") ?? own;
  const marks = [own, around, own.parentElement, own.parentElement?.parentElement].filter(Boolean)
    .map((part) => getComputedStyle(part));
  return {
    tag: own.tagName, text: (own.getAttribute("aria-label") || own.innerText || own.type || "").slice(0, 30),
    isMarked: marks.some((mark) => (mark.outlineStyle !== "none" && parseFloat(mark.outlineWidth) >= 1)
      || /0px 0px 0px [1-9]/.test(mark.boxShadow)),
    isList: own.matches('.st-key-list [data-testid="data-grid-canvas"]'),
  };
}
"""


@pytest.mark.parametrize("path", MAP_PAGES)
def test_a_page_draws_its_map_beside_a_table_answers_and_holds_when_narrow_and_wide(visit, path):
    page = visit().open(path + PLACES.get(path, ""))
    assert "FIKTIF" in page.page.title()
    assert page.page.locator(".badge-map").inner_text() == "DATA FIKTIF"
    assert page.page.locator(".st-key-answer strong").count() >= 1
    assert page.page.locator("[data-testid=stException]").count() == 0
    assert page.page.get_by_text("Page not found").count() == 0
    assert max(page.shapes) < MOST_SHAPE_BYTES
    assert page.page.evaluate(WEAK_TEXTS) == []
    figure = page.page.locator("[data-testid=stDeckGlJsonChart]").first
    assert figure.get_attribute("aria-label").startswith("Peta: ")
    assert page.page.locator(".st-key-list [data-testid=stDataFrame] [role=row]").count() > 1
    assert page.page.get_by_text("Semua kolom").count() == 1
    # Looking at a map that lies low has scrolled the page to it.
    page.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    for width in WIDTHS if path in EVERY_WIDTH else (390, 1280):
        page.page.set_viewport_size({"width": width, "height": 900})
        page.page.wait_for_timeout(700)
        assert not page.is_too_wide(), width
        assert page.page.evaluate(CLIPPED_FIGURES) == [], width
        title = page.page.locator("[data-testid=stMain] h2").first.bounding_box()
        head = page.page.locator("[data-testid=stHeader]").bounding_box()
        assert title["y"] >= head["y"] + head["height"] - 8, width
    page.assert_quiet()


def test_every_text_stands_out_in_the_dark_and_on_a_wide_screen_the_map_is_wide(visit):
    page = visit(width=1920, dark=True)
    for path in ("/hot-spots", "/"):
        assert page.open(path).page.evaluate(WEAK_TEXTS) == [], path
        assert not page.is_too_wide(), path
    assert page.map_width() >= 900
    page.assert_quiet()


def test_a_page_that_is_opened_narrow_holds_its_map(visit):
    page = visit(width=390).open()
    assert not page.is_too_wide() and page.map_width() >= 330
    page.assert_quiet()


def test_the_page_says_in_which_language_it_is_and_how_to_pass_the_sidebar(visit):
    page = visit().read("/coverage-gaps?w=99")
    page.page.wait_for_function("document.documentElement.lang === 'id'")
    skip = page.page.locator("[data-testid=stSkipToContent]").filter(has_text="Langsung ke isi halaman")
    skip.wait_for(state="attached")
    page.page.get_by_role("button", name="English").or_(page.page.get_by_role("radio", name="English")).first.click()
    page.page.wait_for_function("document.documentElement.lang === 'en'")


def test_the_keyboard_alone_goes_down_to_a_kecamatan(visit):
    page = visit().open("/coverage-gaps?w=99")
    start, focused = page.page.url, []
    while not (focused and focused[-1]["isList"]):
        assert len(focused) < STEPS_TO_THE_LIST, focused
        page.page.keyboard.press("Tab")
        focused.append(page.page.evaluate(FOCUS))
    unmarked = [step["text"] or step["tag"] for step in focused if not step["isMarked"] and step["tag"] != "MAIN"]
    assert unmarked == []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):
        page.page.keyboard.press(key)
    page.page.wait_for_timeout(400)
    mark = page.page.locator(".row-mark")
    name = mark.text_content().partition(",")[0]
    assert mark.is_visible() and name and page.page.url == start
    # Past the list and back nothing is chosen; Enter chooses.
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Shift+Tab")
    assert not mark.is_visible()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.page.keyboard.press(key)
    kode = page.wait_for_wilayah(lambda kode: kode.count(".") == 1)
    page.wait_for_map()
    assert page.parameters()["w"] == kode
    assert name in page.page.locator(".st-key-crumbs").inner_text()
    page.assert_quiet()
