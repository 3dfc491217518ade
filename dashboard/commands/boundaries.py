"""Commands on boundaries: loading files of any publisher, and the sources that are kept side by side."""

import json
from pathlib import Path

import click

from boundaries.archive import opened
from boundaries.isolation import describe
from boundaries.levels import Level
from dashboard.commands.boundary_report import issue_words, tell_report, tell_sources
from dashboard.commands.lifecycle import demo_option, prepare_database
from dashboard.commands.options import FILE, chosen_engine, json_option
from dashboard.commands.steps import Progress
from dashboard.errors import DashboardError
from dashboard.words import Words
from dashboard.words.boundaries import BOUNDARIES
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
        describe(data_sets)
    from boundaries.findings import write_findings

    from boundaries.coverage import NamesOnly
    from boundaries.mapping import read_mapping
    from boundaries.statement import Statement
    from boundaries.suggestions import read_confirmations, write_suggestions
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


@click.group(help="Sumber batas yang tersimpan berdampingan, dan mana yang berlaku.")
def boundaries() -> None:
    """Hold the commands of `petadesil boundaries`."""


@boundaries.command("list", help="Semua sumber batas: penerbit, tahun, jumlah wilayah, di mana berlaku.")
@demo_option
@json_option
@click.pass_obj
def list_sources(settings: Settings, demo: bool | None, as_json: bool) -> None:
    from geo.boundary_sources import read_sources
    from geo.engine import read_only

    with chosen_engine(settings, None, demo) as engine, read_only(engine) as connection:
        sources = read_sources(connection)
    if as_json:
        click.echo(json.dumps({"sources": [_plain(source) for source in sources]}, ensure_ascii=False, default=str))
    else:
        tell_sources(sources, Words(settings.language))


@boundaries.command(help="Memberlakukan satu sumber, di satu tingkat atau semua, di satu provinsi atau semua.")
@click.argument("source_id", type=int)
@click.option("--level", help="Tingkat; tanpa ini semua tingkat yang dimilikinya.")
@click.option("--provinsi", help="Kode provinsi; tanpa ini semua yang dimilikinya.")
@demo_option
@click.pass_obj
def use(settings: Settings, source_id: int, level: str | None, provinsi: str | None, demo: bool | None) -> None:
    from geo.boundary_sources import use_source

    with chosen_engine(settings, None, demo) as engine, engine.begin() as connection:
        used = use_source(connection, source_id, Level.parse(level) if level else None, provinsi)
    words = Words(settings.language)
    for at, codes in used.items():
        click.echo(BOUNDARIES["used"][settings.language].format(
            source=source_id, level=words(f"level.{at.name}"), provinsi=", ".join(codes)
        ))  # fmt: skip


@boundaries.command(help="Menghapus batas satu sumber yang tidak berlaku di mana pun.")
@click.argument("source_id", type=int)
@demo_option
@click.pass_obj
def remove(settings: Settings, source_id: int, demo: bool | None) -> None:
    from geo.boundary_sources import remove_source

    with chosen_engine(settings, None, demo) as engine, engine.begin() as connection:
        remove_source(connection, source_id)
    click.echo(BOUNDARIES["removed"][settings.language].format(source=source_id))


def _plain(source: object) -> dict[str, object]:
    plain = {key: value for key, value in vars(source).items() if key != "report"}
    plain["level_counts"] = {level.name: count for level, count in source.level_counts.items()}
    plain["active"] = {level.name: list(codes) for level, codes in source.active.items()}
    return plain
