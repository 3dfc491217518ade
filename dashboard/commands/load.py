"""The group `petadesil load`: what is loaded, and the module that loads it."""

import click

from dashboard.commands.lazy import LazyGroup

_COMMANDS = {
    "boundaries": "load_boundaries:load_boundary_files",
    "codes": "code_lists:codes",
    "crosswalk": "code_lists:crosswalk",
    "register": "register:register",
    "verification": "field:verification",
    "figures": "context:figures",
    "succession": "context:succession",
}


@click.group(cls=LazyGroup, places=_COMMANDS, help="Memuat batas wilayah, daftar kode, dan register.")
def load() -> None:
    """Hold the commands of `petadesil load`."""
