"""The command `petadesil load boundaries`: files of any publisher, refused early or read, told and stored."""

import json
from pathlib import Path

import click

from boundaries.intake.archive import opened
from boundaries.intake.isolation import describe_maps
from boundaries.levels import Level
from dashboard.commands.flags import FILE, json_option
from dashboard.errors import DashboardError
from dashboard.words import Words
from geo.config import Settings


@click.command("boundaries", help="Batas wilayah: dibaca, diperiksa, diperbaiki, dimuat, disederhanakan.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--publisher", default="auto", show_default=True, help="Penerbit, misalnya big, hdx, dukcapil, gadm.")
@click.option("--system", default="auto", show_default=True, help="Sistem kode: kemendagri atau bps.")
@click.option("--vintage", required=True, type=int, help="Tahun batas.")
@click.option("--level", help="Tingkat, bila berkas tidak menunjukkannya.")
@click.option("--layer", help="Lapisan, bila berkas berisi beberapa.")
@click.option("--licence", help="Lisensi, menurut penerbitnya.")
@click.option("--crs", help="Sistem koordinat berkas bila tidak tertulis di dalamnya, misalnya EPSG:32748.")
@click.option("--mapping", type=FILE, help="Berkas TOML yang menyebut kolom-kolomnya, untuk penerbit lain.")
@click.option("--confirm", type=FILE, help="Usulan kode yang sudah disetujui (CSV).")
@click.option("--suggestions", type=FILE, help="Tulis usulan kode menurut nama ke berkas CSV ini.")
@click.option("--findings", type=FILE, help="Tulis temuan ke GeoPackage ini, untuk dibuka di QGIS.")
@click.option("--dry-run", is_flag=True, help="Periksa saja.")
@json_option
@click.pass_obj
def load_boundary_files(
    settings: Settings, files: tuple[Path, ...], publisher: str, system: str, vintage: int, level: str | None,
    layer: str | None, licence: str | None, crs: str | None, mapping: Path | None, confirm: Path | None,
    suggestions: Path | None, findings: Path | None, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    # The fictional province has its own door, `petadesil demo`: the main database holds real wilayah only.
    if system == "fiktif":
        raise DashboardError("fictional_in_main", path=files[0].name)
    # A bad file is refused by what is light to import, before the libraries and the database are waited for.
    with opened(files) as data_sets:
        describe_maps(data_sets, ", ".join(path.name for path in files))
    from boundaries.coverage import NamesOnly
    from boundaries.findings import write_findings
    from boundaries.mapping import read_mapping
    from boundaries.statement import Statement
    from boundaries.suggestions import read_confirmations, write_suggestions
    from dashboard.commands.boundary_report import issue_words, tell_report
    from dashboard.commands.lifecycle import prepare_database
    from dashboard.commands.steps import Progress
    from geo.boundary_load import prepare_boundaries, store_boundaries
    from geo.code_load import read_code_book

    engine = prepare_database(settings, demo=False)
    confirmed = {}
    if confirm is not None:
        with engine.connect() as connection:
            confirmed = read_confirmations(confirm, read_code_book(connection))
    statement = Statement(
        vintage, publisher, system, Level.parse(level) if level else None, layer, licence, crs,
        read_mapping(mapping) if mapping else None, confirmed,
    )  # fmt: skip
    try:
        with Progress(settings.language) as tell:
            prepared = prepare_boundaries(engine, files, statement, tell)
            report = prepared.report if dry_run else store_boundaries(engine, prepared, tell)
    except NamesOnly as error:
        if suggestions is not None:
            write_suggestions(error.suggestions, suggestions)
        raise
    if dry_run and prepared.whole is not None:
        report.status = "checked"
    if findings is not None and prepared.whole is not None:
        write_findings(report.issues, issue_words(settings.language), findings)
    if suggestions is not None and prepared.whole is not None:
        write_suggestions(prepared.whole.suggestions, suggestions)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
    else:
        tell_report(report, Words(settings.language))
