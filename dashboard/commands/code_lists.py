"""Commands that bring in the official list of codes and the pairs of the two code systems."""

import json
from pathlib import Path

import click

from boundaries.report import CodeReport
from dashboard.commands.flags import FILE, json_option
from dashboard.commands.lifecycle import prepare_database
from dashboard.words import Words
from dashboard.words.boundaries import BOUNDARIES
from geo.code_load import load_codes, load_crosswalk
from geo.config import Settings
from geo.past_codes import load_past_codes


@click.command(help="Daftar kode wilayah Kemendagri: nama, jenis, induk.")
@click.argument("file", type=FILE)
@click.option("--past", "is_past", is_flag=True, help="Daftar tahun lalu: hanya wilayah yang sudah berakhir.")
@json_option
@click.pass_obj
def codes(settings: Settings, file: Path, is_past: bool, as_json: bool) -> None:
    load = load_past_codes if is_past else load_codes
    _tell_codes(settings, load(prepare_database(settings, demo=False), file), as_json)


@click.command(help="Pasangan kode BPS dan Kemendagri.")
@click.argument("file", type=FILE)
@click.option("--vintage", required=True, type=int, help="Tahun kode BPS.")
@json_option
@click.pass_obj
def crosswalk(settings: Settings, file: Path, vintage: int, as_json: bool) -> None:
    report = load_crosswalk(prepare_database(settings, demo=False), file, vintage=vintage)
    _tell_codes(settings, report, as_json)


def _tell_codes(settings: Settings, report: CodeReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
        return
    words = Words(settings.language)
    levels = ", ".join(f"{words.number(count)} {name}" for name, count in report.level_counts.items() if count)
    click.echo(BOUNDARIES["codes"][settings.language].format(
        file=report.file_name, read=words.number(report.read_count), kept=words.number(report.kept_count),
        rejected=words.number(report.rejected_count), duplicates=words.number(report.duplicate_count), levels=levels,
    ))  # fmt: skip
