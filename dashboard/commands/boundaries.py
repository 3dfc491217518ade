"""Commands on boundaries: loading files of any publisher, and the sources that are kept side by side."""

import json

import click

from boundaries.levels import Level
from dashboard.commands.boundary_report import tell_sources
from dashboard.commands.flags import json_option
from dashboard.commands.lifecycle import demo_option
from dashboard.commands.options import chosen_engine
from dashboard.words import Words
from dashboard.words.boundaries import BOUNDARIES
from geo.config import Settings


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
