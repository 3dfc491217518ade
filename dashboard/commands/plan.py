"""The command that allocates a budget over wilayah, and writes the sheet that goes into the budget."""

import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
import numpy as np
import pandas as pd
from click.core import ParameterSource
from sqlalchemy import Connection, Engine

from boundaries.levels import NATION_KODE, Level, level_of
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.commands.flags import Period, json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.commands.plan_table import read_edited, require_rows
from dashboard.errors import DashboardError
from dashboard.exports import csv_of, marked_path
from dashboard.files.plan_files import MEASURE, PLAN_KINDS, QUESTION, plan_file
from dashboard.words import Words
from dashboard.words.plan_report import PLAN_REPORT, RULE_NAMES
from geo.config import Settings
from geo.engine import read_only
from geo.scenario_write import store_plan_input
from queries import planning
from queries.disclosing import allowed_disclosure
from queries.plan_basis import read_ground
from queries.plan_request import RULES, WEIGHT_ONE, PlanRequest
from queries.planning import Effect, Interval, Plan
from queries.program_sheet import program_sheet
from queries.scope import Scope
from queries.wilayah import DataState, data_state

PLACE_COLUMNS = ("kode", "name", "need_count", "planned_count", "amount_idr", "exclusion_after_rate")
# What describes a target of the plan's own, and nothing else.
OF_TARGET = ("desil", "component", "unit")
MOST_WEIGHT = 100
_FIRST = PlanRequest()


class CountOrShare(click.ParamType):
    """A whole number, or a percentage written with its sign: 25 or 10%."""

    name = "N|P%"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"\s*([0-9]{1,16})\s*|\s*([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*%\s*", str(value))
        if not found:
            raise DashboardError("usage_value", name=param.opts[-1], accepted=self.name, help="petadesil plan --help")
        return ("count", int(found[1])) if found[1] else ("share", float(found[2].replace(",", ".")))


def _keys(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _whole_numbers(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    parts = [part.strip() for part in value.split(",")]
    if not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
        raise DashboardError("usage_value", name=param.opts[-1], accepted="1,2,3", help="petadesil plan --help")
    return tuple(map(int, parts))


def _ten_weights(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    weights = _whole_numbers(ctx, param, value)
    if weights is not None and (len(weights) != 10 or not any(weights) or max(weights) > MOST_WEIGHT):
        raise DashboardError("plan_target", part="weights", given=value)
    return weights


def _limit(
    ctx: click.Context, param: click.Parameter, value: tuple[str, float] | None
) -> tuple[str, float] | None:  # fmt: skip
    """Refuse a share that a request cannot carry: its limits are whole per cent of a need."""
    if value and value[0] == "share" and (value[1] > 100 or value[1] != int(value[1])):
        raise DashboardError("plan_percent", name=param.opts[-1], value=f"{value[1]:g}")
    return value


@click.command(help="Membagi pagu ke wilayah: siapa yang dijangkau, berapa biayanya, apa yang tetap belum terjangkau.")
@click.option("--wilayah", required=True, help="Kode wilayah, misalnya 18.71.")
@click.option("--level", default="desa", show_default=True, help="desa, kecamatan, kabupaten atau provinsi.")
@click.option("--program", default="pkh", show_default=True, help="Program yang ada; lihat juga --target.")
@click.option("--budget", type=int, required=True, help="Pagu dalam rupiah utuh.")
@click.option("--unit-cost", type=int, required=True, help="Rupiah per penerima setahun.")
@click.option("--months", type=int, default=1, show_default=True, help="Bulan bantuan; membagi habis --unit-cost.")
@click.option("--rule", default=_FIRST.rule, show_default=True, help=f"{', '.join(RULES)}.")
@click.option("--floor", type=CountOrShare(), default="0", show_default=True, callback=_limit,
              help="Paling sedikit: 5 atau 10%.")
@click.option("--cap", type=CountOrShare(), callback=_limit, help="Paling banyak per wilayah: 50 atau 80%.")
@click.option("--admin", type=CountOrShare(), default="0", show_default=True, help="Administrasi: rupiah atau 5%.")
@click.option("--desa-cost", type=int, default=0, show_default=True, help="Rupiah per wilayah yang dilayani.")
@click.option("--weights", callback=_ten_weights, help="Bobot desil 1 sampai 10, misalnya 3,2,1,1,1,1,1,1,1,1.")
@click.option("--covered", default="", callback=_keys, metavar="A,B", help="Penerimanya dihitung tercakup.")
@click.option("--target", default="", help="Nama program daerah yang ditentukan di sini.")
@click.option("--desil", callback=_whole_numbers, help="Untuk --target: desil sasaran, misalnya 1,2.")
@click.option("--component", default="", help="Untuk --target: elderly, disability, child_0_6, pregnant, sd, smp, sma.")
@click.option("--unit", default=_FIRST.unit, show_default=True, help="Untuk --target: household atau person.")
@click.option("--shares", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="CSV kode,floor,cap,share: batas dan bagian per wilayah.")
@click.option("--probability", default=_FIRST.probability, show_default=True, help="field atau register.")
@click.option("--year", type=int, default=_FIRST.year, show_default=True, help="Tahun anggaran.")
@click.option("--stage", default=_FIRST.stage, show_default=True, help="rkpd, kua_ppas, rka atau perubahan.")
@click.option("--funding", default=_FIRST.funding, show_default=True, help="apbd, dana_desa, apbn atau btt.")
@click.option("--shock", type=int, default=0, help="Nomor wilayah guncangan.")
@click.option("--period", type=Period(), help="Bulan register; tanpa ini yang terbaru.")
@click.option("--truth", default="", help="Yang diamati sampel, misalnya consumption.")
@click.option("--frame", default="", help="Asal sampel: register atau listing.")
@click.option("--disclosure", type=click.Choice(["exact", "published"]), help="Tanpa ini: exact bila data fiktif.")
@click.option("--out", type=click.Path(path_type=Path), help="Berkas .xlsx (RKA), .pdf (memo) atau .csv.")
@demo_option
@json_option
@click.pass_obj
def plan(
    settings: Settings, wilayah: str, level: str, program: str, period: date | None, truth: str, frame: str,
    disclosure: str | None, shares: Path | None, out: Path | None, demo: bool | None, as_json: bool, **given: object,
) -> None:  # fmt: skip
    _require_target(given["target"])
    request, edited = _request_of(given), read_edited(shares) if shares else {}
    with chosen_engine(settings, wilayah, demo) as engine:
        if edited:
            with engine.begin() as connection:
                request = request.at(table=store_plan_input(connection, edited))
        with read_only(engine) as connection:
            state = data_state(connection)
            scope = Scope(
                wilayah, Level.parse(level), period or next(iter(state.periods), None), program,
                disclosure=allowed_disclosure(state, disclosure, settings.disclosure), truth=truth, frame=frame,
                request=request.text,
            )  # fmt: skip
            ground = read_ground(connection, scope, request)
            if edited:
                require_rows(shares, edited, ground.need.areas["kode"], scope)
            made = planning.plan_on(ground, scope, request)
            idle = _without_recipients(connection, scope, request)
        if idle:
            told_idle = PLAN_REPORT["idle"][settings.language]
            click.echo(told_idle.format(programs=", ".join(idle), period=f"{scope.period:%Y-%m}"), err=True)
        path = _write(settings, engine, state, scope, made, out) if out is not None else None
    if as_json:
        click.echo(json.dumps(as_plain(made) | {"file": str(path) if path else None}, ensure_ascii=False))
        return
    for line in told(made, Words(settings.language)):
        click.echo(line)
    if path:
        click.echo(PLAN_REPORT["written"][settings.language].format(path=path))


def _require_target(target: str) -> None:
    """Refuse what describes a target of the plan's own where there is none: it would be ignored."""
    source = click.get_current_context().get_parameter_source
    stated = [f"--{name}" for name in OF_TARGET if source(name) is ParameterSource.COMMANDLINE]
    if stated and not target.strip():
        raise DashboardError("plan_without_target", names=", ".join(stated))


def _without_recipients(connection: Connection, scope: Scope, request: PlanRequest) -> list[str]:
    """Return those of the programs that count as covering whom nobody of the scope's wilayah receives."""
    if not request.covered:
        return []
    whole = scope.at(level=level_of(scope.wilayah), programs=request.covered)
    found = program_sheet(connection, whole)
    is_idle = (found.frame["received_count"].fillna(0) == 0) & (found.mask["received_count"] == "")
    return list(found.frame.loc[is_idle, "program"])


def _write(settings: Settings, engine: Engine, state: DataState, scope: Scope, made: Plan, out: Path) -> Path:
    """Write the plan's file of the kind that the name ends in, and return where.

    Raises DashboardError `plan_file_kind`, `plan_file_exists`, `named_fictional`.
    """
    kind = out.suffix.lower().removeprefix(".")
    if kind not in (*PLAN_KINDS, "csv"):
        raise DashboardError("plan_file_kind", kind=out.name, known=", ".join((*PLAN_KINDS, "csv")))
    path = marked_path(out, state.is_fictional)
    if path.exists():
        raise DashboardError("plan_file_exists", path=str(path))
    if kind == "csv":
        path.write_bytes(csv_of(made.result, Words(settings.language)))
        return path
    cache.configure(engine.url.render_as_string(hide_password=False), settings.data_dir, settings.disclosure)
    asked = Asked("plan", QUESTION, MEASURE, scope, settings.language, state.version)
    path.write_bytes(plan_file(asked, kind)[1])
    return path


def _request_of(given: dict) -> PlanRequest:
    months, cost = given["months"], given["unit_cost"]
    if not 1 <= months <= 12 or cost % months:
        raise DashboardError("plan_cost_not_monthly", cost=cost, months=months)
    (floor_kind, floor), cap, (admin_kind, admin) = given["floor"], given["cap"], given["admin"]
    weights = given["weights"]
    return PlanRequest(
        year=given["year"], stage=given["stage"], funding=given["funding"], budget_idr=given["budget"],
        benefit_idr=cost // months, months=months, rule=given["rule"], target=given["target"].strip().replace(" ", "_"),
        desil=given["desil"] or _FIRST.desil, component=given["component"], unit=given["unit"],
        covered=given["covered"], desa_idr=given["desa_cost"], probability=given["probability"], shock=given["shock"],
        administration_idr=int(admin) if admin_kind == "count" else 0,
        administration_bp=round(admin * 100) if admin_kind == "share" else 0,
        floor_count=int(floor) if floor_kind == "count" else 0, floor_pct=int(floor) if floor_kind == "share" else 0,
        cap_count=int(cap[1]) if cap and cap[0] == "count" else None,
        cap_pct=int(cap[1]) if cap and cap[0] == "share" else None,
        weights=tuple(weight * WEIGHT_ONE for weight in weights) if weights else _FIRST.weights,
    )  # fmt: skip


def as_plain(made: Plan) -> dict:
    """Return a plan as plain values: whole units and rupiah, rates 0 to 1."""
    effect, need, scope = made.effect, made.need, made.result.provenance.scope
    frame, groups = made.result.frame, made.eligibility.group_of(list(need.areas["kode"]))
    lines = []
    for at, row in enumerate(frame.astype(object).where(frame.notna(), None).to_dict("records")):
        lines.append({
            "kode": row["kode"], "name": row["name"], "status": row["status"], "households": row["planned_count"],
            "amount_idr": row["amount_idr"], "eligible_count": row["eligible_count"],
            "covered_count": row["covered_count"], "need_count": row["need_count"],
            "floor": int(need.floor[at]), "cap": int(need.cap[at]), "expected_count": row["expected_count"],
            "exclusion_before": row["exclusion_before_rate"], "exclusion_after": row["exclusion_after_rate"],
            "desil": [
                {"desil": desil, "need_count": int(need.need[at, place]),
                 "households": int(effect.planned[at, place]),
                 "probability": float(made.eligibility.expected[groups[at], place])}
                for place, desil in enumerate(need.classes)
            ],
        })  # fmt: skip
    first, request = effect_plain(effect), made.request
    return {
        "lines": lines, "budget_idr": request.budget_idr, "total_idr": effect.total_idr,
        "remainder_idr": effect.remainder_idr, "benefit_idr": effect.benefit_idr, "desa_cost_idr": effect.desa_cost_idr,
        "administration_idr": effect.administration_idr, "unit_cost_idr": request.unit_cost_idr,
        "unit": made.unit, "rule": effect.rule,
        "exclusion_error_before": effect.exclusion_before, "exclusion_error_after": effect.exclusion_after,
        "gap_to_optimum": effect.gap_to_optimum, "effect": first,
        "rules": [effect_plain(one) for one in made.effects],
        "field_before": _interval(made.field_before), "off_list": _interval(made.off_list),
        "request": {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(request).items()},
        "wilayah": scope.wilayah, "level": scope.level.name, "program": scope.program,
        "period": f"{scope.period:%Y-%m}", "disclosure": scope.disclosure,
        "data_version": made.result.provenance.data_version, "is_fictional": made.result.provenance.is_fictional,
    }  # fmt: skip


def effect_plain(effect: Effect) -> dict:
    """Return an effect as plain values, without its rows."""
    names = (
        "rule", "planned_count", "served_count", "left_out_count", "total_idr", "remainder_idr", "exclusion_before",
        "exclusion_after", "unmendable_rate", "robust_count", "inclusion_rate", "cost_per_eligible_idr", "gini",
        "gap_to_optimum",
    )  # fmt: skip
    return {name: getattr(effect, name) for name in names} | {
        "expected": _interval(effect.expected), "field_after": _interval(effect.field_after),
    }  # fmt: skip


def _interval(interval: Interval | None) -> dict | None:
    return asdict(interval) if interval else None


def told(made: Plan, words: Words) -> list[str]:
    """Return a plan as two tables and the sentences under them."""
    language, number, percent = words.language, words.number, words.percent
    effect, request, frame = made.effect, made.request, made.result.frame
    forms = {"need_count": number, "planned_count": number, "amount_idr": number, "exclusion_after_rate": percent}
    places = pd.DataFrame({
        PLAN_REPORT[f"column.{name}"][language]: [forms.get(name, str)(value) for value in frame[name]]
        for name in PLACE_COLUMNS
    })  # fmt: skip
    rules = pd.DataFrame([
        {
            "rule": RULE_NAMES[one.rule][language] + (" *" if one.rule == effect.rule else ""),
            "planned_count": number(one.planned_count), "exclusion_after": percent(one.exclusion_after),
            "expected": number(one.expected.value), "cost": number(one.cost_per_eligible_idr),
            "gini": number(one.gini, 3), "left_out": number(one.left_out_count),
            "gap": percent(one.gap_to_optimum, 2), "remainder": number(one.remainder_idr),
        }
        for one in made.effects
    ])  # fmt: skip
    rules.columns = [PLAN_REPORT[f"column.{name}"][language] for name in rules.columns]
    lines = [
        places.to_string(index=False), "", rules.to_string(index=False), "",
        PLAN_REPORT["reached"][language].format(
            planned=number(effect.planned_count), need=number(int(made.need.need.sum())),
            served=number(effect.served_count), before=percent(effect.exclusion_before),
            after=percent(effect.exclusion_after)),
        PLAN_REPORT["money"][language].format(
            budget=number(request.budget_idr), benefit=number(effect.benefit_idr), desa=number(effect.desa_cost_idr),
            administration=number(effect.administration_idr), remainder=number(effect.remainder_idr)),
    ]  # fmt: skip
    if effect.field_after and made.field_before:
        before, after = made.field_before, effect.field_after
        lines.append(PLAN_REPORT["field"][language].format(
            before=percent(before.value), before_lower=percent(before.lower), before_upper=percent(before.upper),
            after=percent(after.value), lower=percent(after.lower), upper=percent(after.upper)))  # fmt: skip
    lines += _told_of_basis(made, words)
    if effect.unspent_rows:
        lines.append(PLAN_REPORT["unspent"][language].format(names=made.need.named(list(effect.unspent_rows))))
    if made.result.provenance.is_fictional:
        lines.append(words("badge"))
    return lines


def _told_of_basis(made: Plan, words: Words) -> list[str]:
    """Return of how many wilayah the figures know nothing, by the register and by the field."""
    areas, chances, number, lines = made.need.areas, made.eligibility, words.number, []
    has_data = areas["has_data"].to_numpy(dtype=bool)
    origin = np.array(chances.origin)[chances.group_of(list(areas["kode"]))]
    # The whole country's chances are those of all its samples; of any other wilayah, of others'.
    borrowed = has_data & (origin == "all") & (areas["kode"] != NATION_KODE).to_numpy()
    counts = {"borrowed": (borrowed.sum(), has_data.sum()), "no_data": ((~has_data).sum(), len(areas))}
    for key, (count, total) in counts.items():
        if count:
            lines.append(PLAN_REPORT[key][words.language].format(count=number(int(count)), total=number(int(total))))
    return lines
