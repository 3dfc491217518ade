"""The command that plans a sample, and draws it into a file for the field."""

import json
from datetime import date
from pathlib import Path

import click
import pandas as pd

from boundaries.levels import Level
from dashboard.commands.flags import Period, json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.errors import DashboardError
from dashboard.exports import marked_path
from dashboard.sample_file import sample_csv
from dashboard.words import Words
from dashboard.words.planner import SAMPLING
from geo.config import Settings
from geo.engine import read_only
from queries.disclosing import allowed_disclosure
from queries.sample_draw import draw_sample
from queries.sample_plan import DESA_IDR, HOUSEHOLD_IDR, SamplePlan, SampleRequest, sample_plan
from queries.scope import Scope
from queries.wilayah import data_state

SHOWN = (
    "kode", "name", "household_count", "desa_count", "visited_desa_count", "desa_interview_count", "interview_count",
    "answer_count", "width_rate", "cost_idr", "plan_status",
)  # fmt: skip


@click.command(help="Merencanakan sampel: berapa keluarga di desa mana untuk rentang selebar yang diminta.")
@click.option("--wilayah", required=True, help="Kode wilayah, misalnya 18.")
@click.option("--level", default="kecamatan", show_default=True, help="kecamatan, kabupaten atau provinsi.")
@click.option("--program", default="pkh", show_default=True)
@click.option("--measure", default="exclusion", show_default=True, help="exclusion atau inclusion.")
@click.option("--width", "points", type=float, default=20, show_default=True, help="Lebar rentang 95 %, dalam poin.")
@click.option("--budget", type=int, help="Anggaran dalam rupiah utuh; tanpa ini tidak dibatasi.")
@click.option("--desa-cost", type=int, default=DESA_IDR, show_default=True, help="Rupiah per desa.")
@click.option("--household-cost", type=int, default=HOUSEHOLD_IDR, show_default=True, help="Rupiah per keluarga.")
@click.option("--rho", type=float, help="Korelasi jawaban sedesa, 0 sampai 1; tanpa ini ditaksir atau diasumsikan.")
@click.option("--period", type=Period(), help="Bulan register; tanpa ini yang terbaru.")
@click.option("--truth", default="consumption", show_default=True, help="Yang akan diamati di lapangan.")
@click.option("--seed", type=int, default=1, show_default=True, help="Benih undian.")
@click.option("--out", type=click.Path(path_type=Path), help="Berkas CSV untuk sampel yang diundi.")
@demo_option
@json_option
@click.pass_obj
def sample(
    settings: Settings, wilayah: str, level: str, program: str, measure: str, points: float, budget: int | None,
    desa_cost: int, household_cost: int, rho: float | None, period: date | None, truth: str, seed: int,
    out: Path | None, demo: bool | None, as_json: bool,
) -> None:  # fmt: skip
    request = SampleRequest(measure, points / 100, desa_cost, household_cost, budget, rho)
    drawn = path = None
    with chosen_engine(settings, wilayah, demo) as engine, read_only(engine) as connection:
        state = data_state(connection)
        scope = Scope(
            wilayah, Level.parse(level), period or next(iter(state.periods), None), program,
            disclosure=allowed_disclosure(state, None, settings.disclosure),
        )  # fmt: skip
        plan = sample_plan(connection, scope, request)
        if out is not None:
            path = field_path(out, state.is_fictional)
            drawn = draw_sample(connection, scope, plan, seed, truth)
    if path is not None:
        path.write_bytes(sample_csv(drawn))
    if as_json:
        click.echo(json.dumps(as_plain(plan) | {"file": str(path) if path else None}, ensure_ascii=False))
        return
    for line in told(plan, Words(settings.language)):
        click.echo(line)
    if path is not None:
        number, language = Words(settings.language).number, settings.language
        click.echo(SAMPLING["written"][language].format(
            path=path, count=number(len(drawn)), planned=number(plan.interview_count), seed=seed))  # fmt: skip
        click.echo(SAMPLING["next"][language].format(path=path, period=f"{scope.period:%Y-%m}"))


def field_path(out: Path, is_fictional: bool) -> Path:
    """Return where a drawn sample is written, with FIKTIF_ first in its name where the register is fictional.

    Raises DashboardError `sample_not_csv`, `named_fictional`, `sample_file_exists`.
    """
    if out.suffix.lower() != ".csv":
        raise DashboardError("sample_not_csv", path=str(out))
    path = marked_path(out, is_fictional)
    if path.exists():
        raise DashboardError("sample_file_exists", path=str(path))
    return path


def as_plain(plan: SamplePlan) -> dict:
    """Return a plan as plain values; widths and rates are 0 to 1, rupiah whole."""
    frame = plan.result.frame.drop(columns=["se", "lower", "upper"])
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row, mask in zip(rows, plan.result.mask["household_count"], strict=True):
        row["level"] = Level(row["level"]).name
        if mask:
            row["household_count"] = None
    scope = plan.result.provenance.scope
    return {
        "rows": rows, "total_idr": plan.cost_idr, "budget_idr": plan.request.budget_idr,
        "remainder_idr": plan.remainder_idr, "household_count": plan.interview_count,
        "desa_count": plan.visited_desa_count, "is_met": plan.is_met, "width": plan.width,
        "wanted_width": plan.request.width, "rho": plan.rho, "rho_from": plan.rho_from,
        "desa_idr": plan.request.desa_idr, "household_idr": plan.request.household_idr,
        "wilayah": scope.wilayah, "level": scope.level.name, "program": scope.program,
        "measure": plan.request.measure, "period": f"{scope.period:%Y-%m}",
        "is_fictional": plan.result.provenance.is_fictional,
    }  # fmt: skip


def told(plan: SamplePlan, words: Words) -> list[str]:
    """Return a plan as a table and the sentences under it."""
    language, number = words.language, words.number
    frame, request = plan.result.frame, plan.request
    columns = {}
    for name in SHOWN:
        values = frame[name]
        if name == "household_count":
            shown = [words.count(value, mask) for value, mask in zip(values, plan.result.mask[name], strict=True)]
        elif name == "width_rate":
            shown = [number(None if value is pd.NA else value * 100, 1) for value in values]
        elif name == "plan_status":
            shown = [words(f"status.{value}") for value in values]
        else:
            shown = [number(value) for value in values] if name not in ("kode", "name") else list(values)
        columns[SAMPLING[f"column.{name}"][language]] = shown
    level = words(f"level.{plan.result.provenance.scope.level.name}").lower()
    is_bought = request.budget_idr is not None and plan.width > request.width
    lines = [
        pd.DataFrame(columns).to_string(index=False),
        SAMPLING["bought" if is_bought else "met"][language].format(
            width=number(plan.width * 100, 1), wanted=number(request.width * 100, 1), level=level,
            areas=number(len(frame)),
            reached=number(int((frame["width_rate"] <= plan.width + 1e-5).sum()))),
        SAMPLING["total"][language].format(households=number(plan.interview_count), cost=number(plan.cost_idr),
                                           desa=number(plan.visited_desa_count)),
    ]  # fmt: skip
    if plan.remainder_idr is not None:
        lines.append(SAMPLING["remainder"][language].format(remainder=number(plan.remainder_idr)))
    lines.append(SAMPLING["assumed"][language].format(
        desa=number(request.desa_idr), household=number(request.household_idr), rho=number(plan.rho, 2),
        origin=SAMPLING[f"rho.{plan.rho_from}"][language]))  # fmt: skip
    lines.append(SAMPLING["model"][language])
    if plan.result.provenance.is_fictional:
        lines.append(words("badge"))
    return lines
