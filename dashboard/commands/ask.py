"""Commands that ask: query and check."""

import json
import re
from datetime import date

import click
import pandas as pd

from boundaries.levels import Level, level_of
from dashboard.commands.flags import Period
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.errors import DashboardError
from dashboard.exports import csv_of
from dashboard.words import Words
from dashboard.words.reports import CLASSES, INVARIANTS, LOADING
from geo.config import Settings
from geo.engine import read_only
from geo.invariants import check_invariants
from queries.catalogue import QUERIES
from queries.columns import ANSWER
from queries.disclosing import allowed_disclosure
from queries.result import Result
from queries.scope import Scope
from queries.wilayah import data_state


class Day(click.ParamType):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise DashboardError("unknown_date", date=value) from None


class Limits(click.ParamType):
    """The first and the last desil of a rule, written 1-5."""

    name = "A-B"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"\s*([0-9]{1,2})\s*[-–]\s*([0-9]{1,2})\s*", str(value))
        if not found:
            raise DashboardError("limits_malformed", limits=value)
        return int(found[1]), int(found[2])


@click.command(help=f"Menjawab satu pertanyaan: {', '.join(QUERIES)}.")
@click.argument("name")
@click.option("--wilayah", default="ID", show_default=True, help="Kode wilayah, misalnya 18.71.")
@click.option("--level", help="provinsi, kabupaten, kecamatan atau desa; tanpa ini wilayah itu sendiri.")
@click.option("--period", type=Period(), help="Bulan register; tanpa ini yang terbaru.")
@click.option("--program", default="pkh", show_default=True)
@click.option("--desil", default="1,2,3,4", show_default=True, help="Untuk desil-density dan without; 0: tanpa desil.")
@click.option("--programs", default="", metavar="A,B", help="Untuk program-set dan overlap: yang ditanya bersama.")
@click.option("--limits", type=Limits(), help="Andai batas desilnya lain, misalnya 1-5.")
@click.option("--rule-on", type=Day(), help="Andai aturan tanggal ini yang berlaku.")
@click.option("--against", type=Period(), help="Untuk comparison dan change: periode pembanding.")
@click.option("--truth", default="", help="Untuk field-errors: apa yang diamati, misalnya consumption.")
@click.option("--frame", default="", help="Untuk field-errors: asal sampel, register, listing atau recipients.")
@click.option("--request", default="", help="Untuk register-kind: misalnya ppks-person-Lanjut_20usia.")
@click.option("--disclosure", type=click.Choice(["exact", "published"]), help="Tanpa ini: exact bila data fiktif.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Sama dengan --format json.")
@demo_option
@click.pass_obj
def query(
    settings: Settings, name: str, wilayah: str, level: str | None, period: date | None, program: str, desil: str,
    programs: str, limits: tuple[int, int] | None, rule_on: date | None, against: date | None, truth: str, frame: str,
    request: str, disclosure: str | None, form: str, as_json: bool, demo: bool | None,
) -> None:  # fmt: skip
    if name not in QUERIES:
        raise DashboardError("unknown_query", name=name, known=", ".join(QUERIES))
    classes = _classes(desil)
    together = tuple(part.strip() for part in programs.split(",") if part.strip())
    rows_level = Level.parse(level) if level else level_of(wilayah)
    with chosen_engine(settings, wilayah, demo) as engine, read_only(engine) as connection:
        state = data_state(connection)
        scope = Scope(
            wilayah, rows_level, period or next(iter(state.periods), None), program, classes,
            allowed_disclosure(state, disclosure, settings.disclosure), rule_on=rule_on, limits=limits,
            against=against, programs=together, truth=truth, frame=frame, request=request,
        )  # fmt: skip
        result = QUERIES[name](connection, scope)
    words = Words(settings.language)
    if as_json or form == "json":
        click.echo(json.dumps(as_plain(result), ensure_ascii=False))
    elif form == "csv":
        click.echo(csv_of(result, words).decode("utf-8-sig"), nl=False)
    else:
        _print_table(result, settings.language)


def _classes(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise DashboardError("unknown_desil", desil=text)
    return tuple(int(part) for part in parts)


def as_plain(result: Result) -> dict:
    """Return a result as plain values: rows with null for what is absent, and the provenance."""
    records = result.frame.astype(object).where(result.frame.notna(), None).to_dict("records")
    masks = result.mask.to_dict("records")
    for record, mask in zip(records, masks, strict=True):
        record["level"] = Level(record["level"]).name
        hidden = {column: why for column, why in mask.items() if why}
        if hidden:
            record["masked"] = hidden
    origin = result.provenance
    scope = origin.scope
    return {
        "rows": records,
        "provenance": {
            "query": origin.query,
            "wilayah": scope.wilayah,
            "level": scope.level.name,
            "period": f"{scope.period:%Y-%m}",
            "program": scope.program,
            "desil": list(scope.desil),
            "programs": list(scope.programs),
            "limits": list(scope.limits) if scope.limits else None,
            "rule_on": scope.rule_on.isoformat() if scope.rule_on else None,
            "against": f"{scope.against:%Y-%m}" if scope.against else None,
            "truth": scope.truth or None,
            "frame": scope.frame or None,
            "request": scope.request or None,
            "disclosure": scope.disclosure,
            "data_version": origin.data_version,
            "rows": origin.row_count,
            "is_fictional": origin.is_fictional,
            "sources": [
                {"kind": note.kind, "file": note.file_name, "publisher": note.publisher, "vintage": note.vintage,
                 "licence": note.licence, "period": f"{note.period:%Y-%m}" if note.period else None,
                 "is_fictional": note.is_fictional}
                for note in origin.sources
            ],
            "sql": origin.sql,
        },
    }  # fmt: skip


def _print_table(result: Result, language: str) -> None:
    words = Words(language)
    frame = result.frame.drop(columns=[name for name in ANSWER if name not in ("kode", "name", "status")])
    shown = pd.DataFrame({"kode": frame["kode"], "name": frame["name"]})
    for name in (*(column for column in frame if column in CLASSES), *frame.columns.drop(["kode", "name"])):
        column, form = frame[name], name.removesuffix("_other").removesuffix("_before")
        if name in CLASSES:
            shown[name] = [_class_text(name, value, language) for value in column]
        elif name in result.mask.columns:
            shown[name] = [words.count(value, mask) for value, mask in zip(column, result.mask[name], strict=True)]
        elif form.endswith("status"):
            shown[name] = [words(f"status.{value}") for value in column]
        elif form.endswith("_method"):
            shown[name] = [words(f"method.{value}") for value in column]
        elif name in ("truth", "frame"):
            shown[name] = [words(f"{name}.{value}") for value in column]
        elif name.startswith("is_"):
            shown[name] = [_class_text("is_permitted", value, language) for value in column]
        elif form.endswith(("_count", "_rank_lower", "_rank_upper")):
            shown[name] = [words.number(value) for value in column]
        elif form.endswith(("_rate", "_se", "_lower", "_upper")):
            shown[name] = [words.percent(value) for value in column]
        elif form.endswith(("_km2", "_idr")):
            shown[name] = [words.number(value, 2 if form.endswith("_km2") else 0) for value in column]
        else:
            shown[name] = column
    click.echo(shown.to_string(index=False))
    origin = result.provenance
    click.echo(LOADING["rows"][language].format(count=words.number(origin.row_count), version=origin.data_version))
    for note in origin.sources:
        click.echo(LOADING["source"][language].format(source=note.file_name))
    if origin.is_fictional:
        click.echo(LOADING["fictional"][language])


def _class_text(column: str, value: object, language: str) -> str:
    """Return a class as a reader knows it: a number or a key as it is, another by its words."""
    key = "" if pd.isna(value) else str(value)
    return CLASSES[column][key][language] if key in CLASSES[column] else key


@click.command(help="Memeriksa setiap aturan yang harus berlaku dalam basis data.")
@demo_option
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON di keluaran standar.")
@click.pass_context
def check(ctx: click.Context, demo: bool | None, as_json: bool) -> None:
    settings: Settings = ctx.obj
    language = settings.language
    findings = []
    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        for finding in check_invariants(connection):
            findings.append(finding)
            if not as_json:
                words = LOADING["holds" if finding.holds else "broken"][language]
                name = INVARIANTS[finding.name][language]
                click.echo(words.format(name=name, count=finding.violation_count, example=finding.example))
    broken = [finding for finding in findings if not finding.holds]
    if as_json:
        click.echo(json.dumps({
            "holds": not broken,
            "invariants": {finding.name: finding.violation_count for finding in findings},
        }))  # fmt: skip
    else:
        words = LOADING["some_broken" if broken else "all_hold"][language]
        click.echo(words.format(broken=len(broken), count=len(findings)))
    if broken:
        ctx.exit(1)
