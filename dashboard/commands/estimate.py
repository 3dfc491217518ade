"""The command that estimates: from the verification samples of a period to errors with intervals."""

import dataclasses
import json
from datetime import date

import click

from dashboard.commands.flags import Period, json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.words import Words
from dashboard.words.reports import ESTIMATING
from geo.config import Settings
from queries.estimation import Estimated, estimate_period


@click.command(help="Menghitung galat menurut lapangan dari sampel verifikasi satu periode.")
@click.option("--period", required=True, type=Period())
@demo_option
@json_option
@click.pass_obj
def estimate(settings: Settings, period: date, demo: bool | None, as_json: bool) -> None:
    language = settings.language

    def tell(truth: str, frame: str, program: str, measure: str) -> None:
        words = Words(language)
        click.echo(ESTIMATING["step"][language].format(**named(truth, frame, program, measure, words)), err=True)

    with chosen_engine(settings, None, demo) as engine, engine.begin() as connection:
        outcome = estimate_period(connection, period, None if as_json else tell)
    if as_json:
        click.echo(json.dumps({
            "period": f"{period:%Y-%m}", "estimates": [dataclasses.asdict(one) for one in outcome],
        }))  # fmt: skip
        return
    for one in outcome:
        click.echo(told(one, Words(language)))


def told(one: Estimated, words: Words) -> str:
    """Return one sentence on what was estimated, and by which means."""
    language = words.language
    return ESTIMATING["line"][language].format(
        **named(one.truth, one.frame, one.program, one.measure, words),
        households=words.number(one.sample_count), areas=words.number(one.area_count),
        shown=words.number(one.shown_count),
        means=ESTIMATING["model" if one.reason is None else f"reason.{one.reason}"][language],
    )  # fmt: skip


def named(truth: str, frame: str, program: str, measure: str, words: Words) -> dict[str, str]:
    """Return what a reader knows a sample, a program and a measure by."""
    return {
        "truth": words(f"truth.{truth}"), "frame": words(f"frame.{frame}"), "program": program,
        "measure": ESTIMATING[measure][words.language],
    }  # fmt: skip
