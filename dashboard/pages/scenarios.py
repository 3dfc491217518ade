"""The page of stored scenarios: the list, one of them, or two or three beside one another."""

from dataclasses import replace

from dashboard import filters, links, panels, viewport
from dashboard.sections import scenario_actions, scenario_comparison, scenario_list, scenario_panels
from dashboard.state import View


def render() -> None:
    """Draw the page."""
    view, ids = scenario_comparison.page_view()
    filters.sidebar(view)
    if not ids:
        _list(view)
    elif len(ids) == 1:
        _one(view, ids[0])
    else:
        _several(view, ids)
    viewport.probe()


def _list(view: View) -> None:
    scenarios, withheld = scenario_list.read(view)
    title = view.words("scenario.title", name=links.plain(panels.own_name(view)))
    panels.header(replace(view, detail=""), scenario_list.register_result(view), title)
    scenario_actions.deleted(view)
    panels.sentence(scenario_list.answer(view, scenarios, withheld))
    scenario_list.rows(view, scenarios, withheld)


def _one(view: View, scenario_id: int) -> None:
    stored = scenario_panels.read(view, scenario_id)
    one = stored.scenario
    place = replace(view, wilayah=one.wilayah, level=one.level, detail="")
    panels.header(place, scenario_panels.as_result(stored), links.plain(one.name))
    panels.sentence(scenario_panels.answer(view, stored))
    panels.figures(scenario_panels.figures(view, stored))
    scenario_panels.standing(view, one)
    scenario_actions.actions(view, one)
    scenario_panels.rules(view, one)
    scenario_panels.assumptions(view, one)
    scenario_panels.lines(view, stored)


def _several(view: View, ids: tuple[int, ...]) -> None:
    compared = scenario_comparison.read(view, ids)
    shown = scenario_comparison.map_view(view, compared)
    result = scenario_comparison.result(shown)
    panels.header(replace(shown, detail=view.detail), result, scenario_comparison.title(view, compared))
    panels.sentence(scenario_comparison.answer(view, compared))
    scenario_actions.back(view, compared)
    scenario_comparison.map_choice(view, compared)
    panels.map_and_list(shown, result)
    scenario_comparison.differences(view, compared)
    scenario_comparison.totals(view, compared)
    panels.details(shown, result)
