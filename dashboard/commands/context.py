"""Commands that bring in what surrounds a register: load figures and load succession."""

import json
from datetime import date
from pathlib import Path

import click

from dashboard.commands.flags import Period, json_option
from dashboard.commands.lifecycle import demo_option, prepare_database
from dashboard.commands.options import refuse_mixing
from dashboard.errors import DashboardError
from dashboard.words import Words
from dashboard.words.reports import CONTEXT, LOADING, REASONS
from geo.config import Settings
from geo.context_load import ContextReport, stated_provinsi
from geo.figures_load import load_figures
from geo.succession_load import load_succession

FILE = click.Path(path_type=Path)


@click.command(help="Angka resmi per wilayah: angka kemiskinan, penduduk, garis kemiskinan, atau luas.")
@click.argument("file", type=FILE)
@click.option("--indicator", required=True, help="poverty_rate, population, poverty_line_idr atau area_km2.")
@click.option("--on", "figure_on", required=True, type=Period(), help="Bulan angka itu.")
@click.option("--reference", required=True, help="Sumbernya, seperti hendak dikutip.")
@click.option("--kode-column", default="kode", show_default=True, help="Kolom wilayah.")
@click.option("--value-column", default="value", show_default=True, help="Kolom angka.")
@click.option("--percent", is_flag=True, help="Angkanya persen; disimpan 0 sampai 1.")
@click.option("--system", default="kemendagri", show_default=True, help="Isi kolom wilayah: kemendagri, bps atau name.")
@click.option("--unconfirmed", help="KOLOM=AWALAN dari baris yang belum terkonfirmasi, misalnya status=M.")
@demo_option
@json_option
@click.pass_obj
def figures(
    settings: Settings, file: Path, indicator: str, figure_on: date, reference: str, kode_column: str,
    value_column: str, percent: bool, system: str, unconfirmed: str | None, demo: bool | None, as_json: bool,
) -> None:  # fmt: skip
    marked = None
    if unconfirmed is not None:
        column, _, start = unconfirmed.partition("=")
        if not column or not start:
            raise DashboardError("unconfirmed_malformed", given=unconfirmed)
        marked = (column, start)
    refuse_mixing(file.name, stated_provinsi(file, kode_column), bool(demo))
    report = load_figures(
        prepare_database(settings, demo=bool(demo)), file, indicator, figure_on, reference, kode_column=kode_column,
        value_column=value_column, is_percent=percent, system=system, unconfirmed=marked,
    )  # fmt: skip
    _tell(report, Words(settings.language), as_json)


@click.command(help="Pemekaran dan penggabungan: kode lama, kode baru, tanggal, bagian, rujukan.")
@click.argument("file", type=FILE)
@demo_option
@json_option
@click.pass_obj
def succession(settings: Settings, file: Path, demo: bool | None, as_json: bool) -> None:
    refuse_mixing(file.name, stated_provinsi(file, "new_kode"), bool(demo))
    report = load_succession(prepare_database(settings, demo=bool(demo)), file)
    _tell(report, Words(settings.language), as_json)


def _tell(report: ContextReport, words: Words, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
        return
    language, number = words.language, words.number
    plain = report.as_dict()
    if report.status == "already_loaded":
        click.echo(CONTEXT["already_loaded"][language].format(file=report.file_name))
    counts = {name: number(plain[name]) for name in ("rows_in", "kept", "quarantined", "duplicates")}
    click.echo(CONTEXT["rows"][language].format(file=report.file_name, **counts))
    for reason, count in report.by_reason.items():
        click.echo(LOADING["reason"][language].format(count=number(count), reason=REASONS[reason][language]))
    if report.unconfirmed:
        click.echo(CONTEXT["unconfirmed"][language].format(count=number(report.unconfirmed)))
    if report.ignored_columns:
        click.echo(LOADING["ignored"][language].format(columns=", ".join(report.ignored_columns)))
    for name in report.replaced:
        click.echo(CONTEXT["replaces"][language].format(file=name))
