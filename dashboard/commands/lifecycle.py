"""Commands that start, stop and look after the program: up, down, status, demo, serve, doctor."""

import json

import click
from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from dashboard.commands import serving
from dashboard.commands.steps import Steps
from dashboard.words import Words
from dashboard.words.lifecycle import DOCTOR, LIFECYCLE
from geo import cluster
from geo.config import Settings
from geo.engine import make_engine, read_only
from geo.inventory import EMPTY, Inventory, read_inventory

demo_option = click.option(
    "--demo/--no-demo", default=None, help="Basis data demo atau utama; bila tidak disebut, dipilih menurut isinya."
)
port_option = click.option("--port", type=click.IntRange(1, 65535), default=serving.PORT, show_default=True)
host_option = click.option("--host", default=serving.HOST, show_default=True)


def prepare_database(settings: Settings, demo: bool, steps: Steps | None = None) -> Engine:
    """Return an engine on a database that answers and has the newest schema; makes what is missing."""
    from geo.schema import migrate

    steps = steps or Steps(settings.language)
    with steps.step("cluster"):
        cluster.make_data_folder(settings)
        cluster.ensure_running(settings)
    with steps.step("database"):
        cluster.create_database_if_missing(settings, demo)
    engine = make_engine(cluster.database_url(settings, demo))
    with steps.step("schema"):
        migrate(engine)
    return engine


def choose_database(settings: Settings, wilayah: str | None = None, demo: bool | None = None) -> bool:
    """Say whether a command means the demo database, when its caller did not: by the wilayah, else by what is loaded.

    Raises GeoError when no server answers.
    """
    if demo is not None:
        return demo
    if wilayah is not None and wilayah.split(".")[0] == FICTIONAL_PROVINSI:
        return True
    main_holds = not take_inventory(settings, demo=False).is_empty
    return not main_holds and cluster.database_exists(settings, demo=True)


def take_inventory(settings: Settings, demo: bool) -> Inventory:
    """Return what one of the two databases holds; nothing when it does not exist."""
    if not cluster.database_exists(settings, demo):
        return EMPTY
    engine = make_engine(cluster.database_url(settings, demo))
    try:
        with read_only(engine) as connection:
            return read_inventory(connection)
    finally:
        engine.dispose()


@click.command(help="Menjalankan server PostGIS milik salinan ini dan menyiapkan basis datanya.")
@click.pass_obj
def up(settings: Settings) -> None:
    prepare_database(settings, demo=False).dispose()
    state = cluster.status(settings)
    _say(settings, "up", version=state.version, place=state.place)


@click.command(help="Menghentikan dasbor dan server PostGIS milik salinan ini; datanya tetap ada.")
@click.pass_obj
def down(settings: Settings) -> None:
    for port in serving.stop_served(settings.home):
        _say(settings, "dashboard_stopped", port=port)
    if settings.is_external:
        _say(settings, "external_kept")
    else:
        _say(settings, "down" if cluster.stop(settings) else "was_down")


@click.command(help="Keadaan server dan isi basis data; tidak menjalankan apa pun.")
@demo_option
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON.")
@click.pass_context
def status(ctx: click.Context, demo: bool | None, as_json: bool) -> None:
    settings: Settings = ctx.obj
    state = cluster.status(settings)
    inventories: dict[bool, Inventory] = {}
    if state.version is not None:
        inventories = {which: take_inventory(settings, which) for which in (False, True)}
    if as_json:
        chosen = choose_database(settings, demo=demo) if inventories else bool(demo)
        click.echo(json.dumps(_as_json(settings, state, inventories, chosen)))
    else:
        kind = "running" if state.version else state.state
        _say(settings, kind, version=state.version, place=state.place)
        for which, held in inventories.items():
            if demo is None or demo == which:
                _tell_inventory(settings, which, held)
    if state.version is None:
        ctx.exit(1)


@click.command(help="Dari kosong sampai dasbor yang berjalan, pada provinsi fiktif 99.")
@click.option("--no-serve", is_flag=True, help="Siapkan datanya saja.")
@port_option
@host_option
@click.pass_obj
def demo(settings: Settings, no_serve: bool, port: int, host: str) -> None:
    from dashboard.commands.demonstration import fill_demo

    if not no_serve:
        serving.check_port(host, port)
    steps = Steps(settings.language)
    engine = prepare_database(settings, demo=True, steps=steps)
    fill_demo(settings, engine, steps)
    engine.dispose()
    _say(settings, "demo_fictional")
    _say(settings, "demo_ready" if no_serve else "demo_ready_serving", seconds=steps.total_seconds)
    if not no_serve:
        _serve(settings, host, port, demo=True)


@click.command(help="Menjalankan dasbor.")
@demo_option
@port_option
@host_option
@click.pass_obj
def serve(settings: Settings, demo: bool | None, port: int, host: str) -> None:
    serving.check_port(host, port)
    cluster.ensure_running(settings)
    chosen = choose_database(settings, demo=demo)
    prepare_database(settings, chosen).dispose()
    _serve(settings, host, port, chosen)


@click.command(help="Memeriksa apa yang kurang di mesin ini, dengan perintah yang memperbaikinya.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    from geo.doctor import examine

    settings: Settings = ctx.obj
    ill_count = 0
    for finding in examine(settings):
        sentence = DOCTOR[finding.code][settings.language].format(**finding.details)
        sign = "ok" if finding.is_well else "--" if finding.is_needed else "??"
        click.echo(f"  {sign}  {sentence}")
        if not finding.is_well and finding.mend:
            click.echo(f"        {DOCTOR['mend'][settings.language]}: {finding.mend}")
        ill_count += finding.is_needed and not finding.is_well
    click.echo(DOCTOR["ill" if ill_count else "well"][settings.language].format(count=ill_count))
    if ill_count:
        ctx.exit(1)


def _serve(settings: Settings, host: str, port: int, demo: bool) -> None:
    from dashboard.server import serve as serve_database

    url = cluster.database_url(settings, demo)
    with serving.recorded(settings.home, port):
        serve_database(url, settings.data_dir, host, port, settings.disclosure)


def _say(settings: Settings, key: str, **details: object) -> None:
    click.echo(LIFECYCLE[key][settings.language].format(**details))


def _tell_inventory(settings: Settings, demo: bool, held: Inventory) -> None:
    name = cluster.database_name(settings, demo)
    if held.is_empty:
        _say(settings, "database_empty", database=name)
        return
    words = Words(settings.language)
    counts = {level: words.number(count) for level, count in held.wilayah_count.items()}
    periods = ", ".join(f"{period:%Y-%m}" for period in held.periods) or LIFECYCLE["no_period"][settings.language]
    households = words.number(held.household_count)
    _say(settings, "database_holds", database=name, households=households, periods=periods, **counts)


def _as_json(
    settings: Settings, state: cluster.ServerStatus, inventories: dict[bool, Inventory], chosen: bool
) -> dict[str, object]:
    held = inventories.get(chosen, EMPTY)
    return {
        "database": cluster.database_name(settings, chosen),
        "version": state.version,
        "state": state.state,
        "place": state.place,
        "demo": {"kode": FICTIONAL_PROVINSI, "loaded": not inventories.get(True, EMPTY).is_empty},
        "wilayah": held.wilayah_count,
        "periods": [f"{period:%Y-%m}" for period in held.periods],
        "households": held.household_count,
        "data_version": held.data_version,
        "is_fictional": held.is_fictional,
    }
