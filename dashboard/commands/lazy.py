"""A group of commands whose modules are read only when one of their commands is named."""

from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """`places` gives each command's name its module in dashboard.commands and its function, `module:function`."""

    def __init__(self, *arguments: object, places: Mapping[str, str], **options: object) -> None:
        super().__init__(*arguments, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, function = place.split(":")
        return getattr(import_module(f"dashboard.commands.{module}"), function)
