"""Commands on registers: loading one, drawing a fictional one, and counting its cubes again."""

import json
from datetime import date
from pathlib import Path

import click

from dashboard.commands.flags import FILE, Period, json_option
from dashboard.commands.lifecycle import demo_option, prepare_database
from dashboard.commands.options import chosen_engine, refuse_mixing
from dashboard.words import Words
from dashboard.words.reports import LOADING, REASONS
from geo.config import Settings
from geo.cube_check import compare_cubes
from geo.engine import read_only
from geo.register_load import load_register
from geo.register_read import provinsi_in
from geo.register_report import RegisterReport


@click.command(help="Register satu periode: berkas household, enrolment, quota dan social.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--period", required=True, type=Period())
@click.option("--scheme", required=True, help="dtks atau dtsen.")
@click.option("--system", default="kemendagri", show_default=True, help="Sistem kode dalam berkas.")
@click.option("--dry-run", is_flag=True, help="Periksa saja.")
@demo_option
@json_option
@click.pass_obj
def register(
    settings: Settings, files: tuple[Path, ...], period: date, scheme: str, system: str, dry_run: bool,
    demo: bool | None, as_json: bool,
) -> None:  # fmt: skip
    words = LOADING

    def tell(step: str, seconds: float) -> None:
        number = Words(settings.language).number(seconds, 1)
        click.echo(f"  {words[f'step.{step}'][settings.language]}: {number} s", err=True)

    for file in files:
        refuse_mixing(file.name, provinsi_in(file), bool(demo))
    engine = prepare_database(settings, demo=bool(demo))
    report = load_register(
        engine, settings.data_dir, files, period, scheme, system=system, dry_run=dry_run, progress=tell
    )
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        _tell_register(report, settings.language)


@click.command(help="Membuat register FIKTIF untuk batas nyata yang sudah dimuat.")
@click.option("--wilayah", required=True, help="Kode wilayah, misalnya 18.")
@click.option("--households", required=True, type=click.IntRange(1))
@click.option("--period", "periods", type=Period(), multiple=True, required=True, help="Boleh diulang.")
@click.option("--seed", default=1, show_default=True)
@click.option("--out", required=True, type=FILE, help="Folder untuk berkasnya.")
@demo_option
@click.pass_obj
def synth(
    settings: Settings, wilayah: str, households: int, periods: tuple[date, ...], seed: int, out: Path,
    demo: bool | None,
) -> None:  # fmt: skip
    from dashboard.commands.steps import Steps
    from geo.synthetic.population import draw_register
    from geo.synthetic.real import desa_for
    from geo.synthetic.verification import write_verification
    from geo.synthetic.writing import write_register

    words = Words(settings.language)
    with chosen_engine(settings, wilayah, demo) as engine, read_only(engine) as connection:
        desa = desa_for(connection, wilayah, settings.stats_dir)
    for code, details in desa.attrs.get("warnings", []):
        click.echo(words.error(code, **details), err=True)
    with Steps(settings.language).step("draw"):
        written = write_register(draw_register(desa, households, sorted(periods), seed), out, wilayah)
        for period in sorted(periods):
            written += write_verification(out, wilayah, period, seed)
    for path in written:
        click.echo(LOADING["written"][settings.language].format(path=path))
    click.echo(LOADING["fictional"][settings.language])


@click.command(help="Menghitung kubus sekali lagi dan membandingkannya dengan yang tersimpan.")
@click.option("--period", required=True, type=Period())
@click.option("--engine", "engine_name", type=click.Choice(["duckdb", "postgres"]), default="duckdb")
@demo_option
@click.pass_context
def cubes(ctx: click.Context, period: date, engine_name: str, demo: bool | None) -> None:
    settings: Settings = ctx.obj
    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        outcome = compare_cubes(connection, period, engine_name, settings.data_dir)
    words = LOADING
    for name, (count, differing) in outcome.items():
        key = "cubes_differ" if differing else "cubes_equal"
        click.echo(words[key][settings.language].format(cube=name, count=count, differing=differing))
    if any(differing for _, differing in outcome.values()):
        ctx.exit(1)


def _tell_register(report: RegisterReport, language: str) -> None:
    words, number = LOADING, Words(language).number
    plain = report.as_dict()
    if report.status in ("already_loaded", "dry_run"):
        click.echo(words[report.status][language].format(period=plain["period"]))
    counts = ("rows_in", "kept", "quarantined", "duplicates")
    sums = {name: number(plain[name]) for name in counts}
    click.echo(words["register"][language].format(period=plain["period"], scheme=report.scheme.upper(), **sums))
    for entry in report.files:
        click.echo(words["file"][language].format(file=entry["file"], **{n: number(entry[n]) for n in counts}))
    for reason, count in report.by_reason.items():
        click.echo(words["reason"][language].format(count=number(count), reason=REASONS[reason][language]))
    for key, count in (
        ("outside", report.outside_register_count), ("elsewhere", report.point_elsewhere_count),
        ("quota_below", report.quota_below_count),
        ("ended", report.ended_count), ("stated_desa", report.stated_desa_count),
    ):  # fmt: skip
        if count:
            click.echo(words[key][language].format(count=number(count)))
    if report.ignored_columns:
        click.echo(words["ignored"][language].format(columns=", ".join(report.ignored_columns)))
