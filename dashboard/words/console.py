"""Words of the served process on a console."""

CONSOLE = {
    "serving": {
        "id": "Dasbor tersedia di {url} (hentikan dengan Ctrl-C).",
        "en": "The dashboard is at {url} (stop it with Ctrl-C).",
    },
}
