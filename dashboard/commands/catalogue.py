"""The command that prints the program catalogue."""

import dataclasses
import json
from datetime import date

import click
import pandas as pd

from dashboard.commands.ask import Day
from dashboard.commands.flags import json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.program_text import HEADS, in_force_first, row_of
from dashboard.words import Words
from dashboard.words.catalogue import COMMAND
from geo.config import Settings
from geo.engine import read_only
from queries.program_catalogue import CatalogueEntry, list_catalogue


@click.command(help="Katalog program: apa yang diberikan, untuk siapa, sejak kapan, dan mana yang terukur.")
@click.option("--on", type=Day(), help="Hari aturannya; tanpa ini hari ini.")
@demo_option
@json_option
@click.pass_obj
def programs(settings: Settings, on: date | None, demo: bool | None, as_json: bool) -> None:
    words, day = Words(settings.language), on or date.today()
    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        entries = list_catalogue(connection, day)
    if as_json:
        content = {"on": day, "programs": [_as_plain(entry) for entry in entries]}
        click.echo(json.dumps(content, ensure_ascii=False, default=date.isoformat))
        return
    heads = {head: words(f"catalogue.head.{head}") for head in HEADS}
    rows = [{"key": entry.key} | row_of(entry, words) for entry in in_force_first(entries)]
    click.echo(pd.DataFrame(rows)[["key", *HEADS]].rename(columns=heads).to_string(index=False))
    click.echo(COMMAND["count"][settings.language].format(
        all=len(entries), measured=sum(entry.is_measured for entry in entries),
        in_force=sum(entry.is_in_force for entry in entries), day=day.isoformat(),
    ))  # fmt: skip


def _as_plain(entry: CatalogueEntry) -> dict:
    plain = dataclasses.asdict(entry)
    plain.pop("on")
    return plain | {"is_in_force": entry.is_in_force, "is_measured": entry.is_measured}
