"""Commands that bring data in: load, synth and cubes."""

import json
from datetime import date
from pathlib import Path

import click

from boundaries.levels import Level
from boundaries.report import BoundaryReport, CodeReport
from dashboard.commands.context import figures, succession
from dashboard.commands.field import verification
from dashboard.commands.lifecycle import demo_option, prepare_database
from dashboard.commands.options import Period, chosen_engine, json_option, refuse_mixing
from dashboard.errors import DashboardError
from dashboard.words import Words
from dashboard.words.reports import LOADING, REASONS
from geo.boundary_load import load_boundaries, load_codes, load_crosswalk
from geo.config import Settings
from geo.cube_check import compare_cubes
from geo.engine import read_only
from geo.register_load import load_register
from geo.register_read import provinsi_in
from geo.register_report import RegisterReport

FILE = click.Path(path_type=Path)
_SHOWN_ISSUES = 8


@click.group(help="Memuat batas wilayah, daftar kode, dan register.")
def load() -> None:
    """Hold the commands of `petadesil load`."""


for _command in (verification, figures, succession):
    load.add_command(_command)


@load.command(help="Batas wilayah: dibaca, diperiksa, diperbaiki, dimuat, disederhanakan.")
@click.argument("file", type=FILE)
@click.option("--publisher", required=True, help="Penerbit, misalnya hdx.")
@click.option("--system", required=True, help="Sistem kode: kemendagri atau bps.")
@click.option("--vintage", required=True, type=int, help="Tahun batas.")
@click.option("--level", help="Tingkat, bila berkas tidak menunjukkannya.")
@click.option("--layer", help="Lapisan, bila berkas berisi beberapa.")
@click.option("--licence", help="Lisensi, menurut penerbitnya.")
@json_option
@click.pass_obj
def boundaries(
    settings: Settings, file: Path, publisher: str, system: str, vintage: int, level: str | None, layer: str | None,
    licence: str | None, as_json: bool,
) -> None:  # fmt: skip
    # The fictional province has its own door, `petadesil demo`: the main database holds real wilayah only.
    if system == "fiktif":
        raise DashboardError("fictional_in_main", path=file.name)
    engine = prepare_database(settings, demo=False)
    report = load_boundaries(
        engine, file, publisher=publisher, system=system, vintage=vintage,
        level=Level.parse(level) if level else None, layer=layer, licence=licence,
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
    else:
        _tell_boundaries(report, Words(settings.language))


@load.command(help="Daftar kode wilayah Kemendagri: nama, jenis, induk.")
@click.argument("file", type=FILE)
@json_option
@click.pass_obj
def codes(settings: Settings, file: Path, as_json: bool) -> None:
    _tell_codes(settings, load_codes(prepare_database(settings, demo=False), file), as_json)


@load.command(help="Pasangan kode BPS dan Kemendagri.")
@click.argument("file", type=FILE)
@click.option("--vintage", required=True, type=int, help="Tahun kode BPS.")
@json_option
@click.pass_obj
def crosswalk(settings: Settings, file: Path, vintage: int, as_json: bool) -> None:
    report = load_crosswalk(prepare_database(settings, demo=False), file, vintage=vintage)
    _tell_codes(settings, report, as_json)


@load.command(help="Register satu periode: berkas household, enrolment, quota dan social.")
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
    ):  # fmt: skip
        if count:
            click.echo(words[key][language].format(count=number(count)))
    if report.ignored_columns:
        click.echo(words["ignored"][language].format(columns=", ".join(report.ignored_columns)))


def _tell_boundaries(report: BoundaryReport, words: Words) -> None:
    from dashboard.words.boundaries import BOUNDARIES, ISSUES

    language = words.language
    for key, details in _boundary_lines(report, words):
        click.echo(BOUNDARIES[key][language].format(**details))
    for what, count in report.issue_counts.items():
        click.echo(BOUNDARIES["issue"][language].format(what=ISSUES.get(what, {}).get(language, what), count=count))
        shown = [issue for issue in report.issues if issue.what == what][:_SHOWN_ISSUES]
        click.echo("      " + ", ".join(f"{issue.kode or '-'} {issue.name or ''}".strip() for issue in shown))


def _boundary_lines(report: BoundaryReport, words: Words) -> list[tuple[str, dict]]:
    number = words.number
    levels = ", ".join(f"{number(count)} {name}" for name, count in report.level_counts.items() if count)
    others = ", ".join(f"{number(count)} {name}" for name, count in report.other_counts.items() if count) or "0"
    lines = [
        ("loaded" if report.status == "loaded" else "already_loaded", {"file": report.file_name}),
        ("counts", {"read": number(report.read_count), "kept": number(report.kept_count),
                    "rejected": number(report.rejected_count), "duplicates": number(report.duplicate_count)}),
        ("levels", {"levels": levels, "others": others}),
        ("area", {"area": number(report.area_km2, 1), "other": number(report.other_area_km2, 1),
                  "error": f"{report.sum_error_max_rate:.1e}"}),
        ("repair", {"rings": number(report.invalid_ring_count), "edges": number(report.bad_edge_count),
                    "change": words.percent(report.repaired_area_change_max_rate, 2)}),
        ("shapes", {"vertices": number(report.vertex_count), "shown": number(report.shape_vertex_count),
                    "tolerance": words.number(report.tolerance_degree, 4)}),
    ]  # fmt: skip
    return lines


def _tell_codes(settings: Settings, report: CodeReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
        return
    from dashboard.words.boundaries import BOUNDARIES

    words = Words(settings.language)
    levels = ", ".join(f"{words.number(count)} {name}" for name, count in report.level_counts.items() if count)
    click.echo(BOUNDARIES["codes"][settings.language].format(
        file=report.file_name, read=words.number(report.read_count), kept=words.number(report.kept_count),
        rejected=words.number(report.rejected_count), duplicates=words.number(report.duplicate_count), levels=levels,
    ))  # fmt: skip
