"""The commands that list, show, compare, run again and delete stored scenarios."""

import json

import click
import pandas as pd

from boundaries.levels import NATION_KODE
from dashboard.commands.flags import json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.sections.scenario_text import (
    EFFECT,
    assumptions_of,
    count_texts,
    effect_text,
    exclusion_text,
    made_at,
    rule_name,
)
from dashboard.words import ABSENT, Words, is_absent
from dashboard.words.scenario import COMMAND
from geo.config import Settings
from geo.engine import read_only
from geo.scenario_write import delete_scenario, store_scenario
from queries.disclosing import allowed_disclosure
from queries.scenario_comparison import Comparison, compare
from queries.scenarios import (
    Scenario,
    StoredScenario,
    count_withheld,
    list_scenarios,
    plan_again,
    read_scenario,
)
from queries.wilayah import data_state, program_names

CHANGES = ("planned_change", "uncovered_change", "amount_change")
COLUMNS = ("id", "name", "author", "made_at", "wilayah", "budget_idr", "rule", "planned_count", "exclusion", "state")


@click.group(help="Skenario yang disimpan: daftar, isi, perbandingan, jalankan ulang, hapus.")
def scenario() -> None:
    pass


@scenario.command("list", help="Daftar skenario suatu wilayah dan yang di dalamnya, yang terbaru dahulu.")
@click.option("--wilayah", default=NATION_KODE, show_default=True, help="Kode wilayah, misalnya 18.71.")
@demo_option
@json_option
@click.pass_obj
def list_stored(settings: Settings, wilayah: str, demo: bool | None, as_json: bool) -> None:
    with chosen_engine(settings, wilayah, demo) as engine, read_only(engine) as connection:
        allowed = allowed_disclosure(data_state(connection), None, settings.disclosure)
        found = list_scenarios(connection, wilayah, allowed)
        withheld = count_withheld(connection, wilayah, allowed)
    if as_json:
        _print_json({"scenarios": [as_plain(one) for one in found], "withheld": withheld})
        return
    words = Words(settings.language)
    if found:
        heads = {name: COMMAND[f"column.{name}"][words.language] for name in COLUMNS}
        rows = [{heads[name]: text for name, text in _told(one, words).items()} for one in found]
        click.echo(pd.DataFrame(rows).to_string(index=False))
    else:
        click.echo(COMMAND["none"][words.language])
    if withheld:
        click.echo(COMMAND["withheld"][words.language].format(count=words.number(withheld)))


@scenario.command(help="Isi satu skenario: hasil, asumsi dan baris-barisnya.")
@click.argument("number", type=int, metavar="NO")
@demo_option
@json_option
@click.pass_obj
def show(settings: Settings, number: int, demo: bool | None, as_json: bool) -> None:
    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        allowed = allowed_disclosure(data_state(connection), None, settings.disclosure)
        stored = read_scenario(connection, number, allowed)
        programs = program_names(connection)
    if as_json:
        _print_json(as_plain(stored.scenario) | {"lines": _lines_of(stored)})
        return
    words, one = Words(settings.language), stored.scenario
    for name, text in _told(one, words).items():
        click.echo(f"{COMMAND[f'column.{name}'][words.language]}: {text}")
    for name in EFFECT:
        click.echo(f"{words(f'scenario.effect.{name}')}: {effect_text(name, one.effect, words)}")
    for name, text in assumptions_of(one, words, programs).items():
        click.echo(f"{words(f'scenario.assume.{name}')}: {text}")
    lines, small = stored.lines, stored.is_small
    table = {"kode": lines["kode"], "name": lines["name"]} | {
        name: count_texts(lines[name], small.get(name), words)
        for name in ("eligible_count", "need_count", "planned_count", "uncovered_count", "amount_idr")
    }
    click.echo(pd.DataFrame({words(f"column.{name}"): texts for name, texts in table.items()}).to_string(index=False))
    if one.is_fictional:
        click.echo(words("badge"))


@scenario.command("compare", help="Membandingkan dua atau tiga skenario; beda dihitung terhadap yang pertama.")
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NO NO [NO]")
@demo_option
@json_option
@click.pass_obj
def compare_stored(settings: Settings, numbers: tuple[int, ...], demo: bool | None, as_json: bool) -> None:
    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        allowed = allowed_disclosure(data_state(connection), None, settings.disclosure)
        compared = compare(connection, numbers, allowed)
        programs = program_names(connection)
    words = Words(settings.language)
    if as_json:
        rows = compared.rows.astype(object).where(compared.rows.notna(), None).to_dict("records")
        _print_json({"scenarios": [as_plain(one.scenario) for one in compared.scenarios], "rows": rows,
                     "level": compared.level.name, "differing": list(compared.differing)})  # fmt: skip
        return
    for line in _compared(compared, programs, words):
        click.echo(line)


@scenario.command(help="Menjalankan ulang permintaan suatu skenario pada data kini; hasilnya skenario baru.")
@click.argument("number", type=int, metavar="NO")
@click.option("--author", required=True, help="Penyusun: nama atau jabatan.")
@demo_option
@json_option
@click.pass_obj
def rerun(settings: Settings, number: int, author: str, demo: bool | None, as_json: bool) -> None:
    with chosen_engine(settings, None, demo) as engine:
        with read_only(engine) as connection:
            allowed = allowed_disclosure(data_state(connection), None, settings.disclosure)
            old = read_scenario(connection, number, allowed).scenario
            record = plan_again(connection, old, author, allowed)
        with engine.begin() as connection:
            new_number = store_scenario(connection, **record)
        with read_only(engine) as connection:
            new = read_scenario(connection, new_number, allowed).scenario
    if as_json:
        _print_json({"id": new_number, "based_on_id": number, "before": as_plain(old), "after": as_plain(new)})
        return
    words = Words(settings.language)
    click.echo(COMMAND["stored"][words.language].format(id=new_number, based_on=number))
    before, after = (one.effect["planned_count"] for one in (old, new))
    rates = (words.percent(one.effect["exclusion_after"]) for one in (old, new))
    click.echo(COMMAND["moved"][words.language].format(
        before=words.number(before), after=words.number(after), change=words.signed(after - before),
        **dict(zip(("rate_before", "rate_after"), rates, strict=True)),
    ))  # fmt: skip


@scenario.command(help="Menghapus skenario yang belum diekspor.")
@click.argument("number", type=int, metavar="NO")
@click.option("--yes", is_flag=True, help="Tanpa bertanya.")
@demo_option
@json_option
@click.pass_obj
def delete(settings: Settings, number: int, yes: bool, demo: bool | None, as_json: bool) -> None:
    language = settings.language
    with chosen_engine(settings, None, demo) as engine:
        if not yes:
            with read_only(engine) as connection:
                allowed = allowed_disclosure(data_state(connection), None, settings.disclosure)
                one = read_scenario(connection, number, allowed).scenario
            click.confirm(COMMAND["confirm"][language].format(id=number, name=one.name), abort=True, err=as_json)
        with engine.begin() as connection:
            delete_scenario(connection, number)
    if as_json:
        _print_json({"deleted": number})
    else:
        click.echo(COMMAND["deleted"][language].format(id=number))


def as_plain(one: Scenario) -> dict:
    """Return a scenario as plain values: whole units and rupiah, rates 0 to 1, estimates as value, lower and upper."""
    names = ("id", "name", "author", "note", "wilayah", "wilayah_name", "program", "request", "disclosure",
             "data_version", "is_fictional", "rule", "budget_idr", "based_on_id", "is_outdated", "summary")  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "level": one.level.name, "period": f"{one.period:%Y-%m}", "made_at": one.made_at.isoformat(),
        "exported_at": one.exported_at.isoformat() if one.exported_at else None,
    }  # fmt: skip


def _lines_of(stored: StoredScenario) -> list[dict]:
    small = stored.is_small.to_dict("records")
    return [
        row | {name: None for name, is_hidden in hidden.items() if is_hidden}
        for row, hidden in zip(stored.lines.to_dict("records"), small, strict=True)
    ]


def _told(one: Scenario, words: Words) -> dict[str, str]:
    held = {"outdated": one.is_outdated, "exported": one.is_exported, "fictional": one.is_fictional}
    return {
        "id": str(one.id), "name": one.name, "author": one.author, "made_at": made_at(one.made_at, words),
        "wilayah": f"{one.wilayah_name} ({words(f'level.{one.level.name}').lower()})",
        "budget_idr": words.number(one.budget_idr), "rule": rule_name(one.rule, words),
        "planned_count": words.number(one.effect["planned_count"]), "exclusion": exclusion_text(one, words),
        "state": ", ".join(words(f"scenario.badge.{name}") for name, is_held in held.items() if is_held),
    }  # fmt: skip


def _compared(compared: Comparison, programs: dict[str, str], words: Words) -> list[str]:
    chosen = [one.scenario for one in compared.scenarios]
    told = [assumptions_of(one, words, programs) for one in chosen]
    table = {words(f"scenario.effect.{name}"): [effect_text(name, one.effect, words) for one in chosen]
             for name in EFFECT}  # fmt: skip
    table |= {words(f"scenario.assume.{name}"): [one.get(name, words("scenario.none")) for one in told]
              for name in dict.fromkeys(name for one in told for name in one)}  # fmt: skip
    heads = [f"{words('scenario.number', id=one.id)} {one.name}" for one in chosen]
    named = [words(f"scenario.assume.{name}") for name in compared.differing]
    rows = compared.rows
    shown = {words("column.kode"): rows["kode"], words("column.name"): rows["name"]}
    numbers = [words("scenario.number", id=one.id) for one in chosen]
    for at, number in enumerate(numbers, start=1):
        shown[number] = [words.number(count) for count in rows[f"planned_count_{at}"]]
    for name in CHANGES:
        for at, number in enumerate(numbers[1:], start=2):
            changes = rows[f"{name}_{at}"]
            shown[words(f"scenario.column.{name}", number=number)] = [
                ABSENT if is_absent(change) else words.signed(change) for change in changes
            ]
    return [
        pd.DataFrame.from_dict(table, orient="index", columns=heads).to_string(),
        f"{COMMAND['differing'][words.language]}: {', '.join(named) or words('scenario.none')}",
        pd.DataFrame(shown).to_string(index=False),
    ]


def _print_json(content: dict) -> None:
    click.echo(json.dumps(content, ensure_ascii=False))
