"""The ground of every benchmark: a throw-away cluster with the fictional province and a register of a given size."""

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from geo import cluster
from geo.boundary_load import load_boundary_frame
from geo.config import Settings, read_settings
from geo.engine import make_engine
from geo.register_load import RegisterReport, load_register
from geo.register_write import accepted_files
from geo.schema import migrate
from geo.synthetic.outline import PROVINSI_NAME, draw_province
from geo.synthetic.population import draw_register
from geo.synthetic.writing import write_register

PERIOD = date(2026, 10, 1)
PROVINSI = "99"


@dataclass(frozen=True)
class Ground:
    """What a benchmark stands on."""

    settings: Settings
    engine: Engine
    report: RegisterReport
    files: dict[str, list[Path]]


@contextmanager
def prepared(size: int) -> Iterator[Ground]:
    """Give a loaded register of about `size` households, and remove it all at the end."""
    home = Path(tempfile.mkdtemp(prefix="petadesil-bench-"))
    home.chmod(0o711)
    settings = dataclasses.replace(read_settings(), home=home, data_dir=home / "data", database_url=None)
    try:
        cluster.ensure_running(settings)
        cluster.create_database_if_missing(settings, demo=True)
        engine = make_engine(cluster.database_url(settings, demo=True))
        migrate(engine)
        desa = draw_province()
        with engine.begin() as connection:
            load_boundary_frame(
                connection, desa, provinsi_name=PROVINSI_NAME, publisher="petadesil", system="fiktif", vintage=2026,
                licence="CC0", file_name="FIKTIF_outline_99", sha256="bench", is_fictional=True,
            )  # fmt: skip
        paths = write_register(draw_register(desa, size, [PERIOD], 99), home / "register", PROVINSI)
        loaded = [path for path in paths if "_truth_" not in path.name]
        report = load_register(engine, settings.data_dir, loaded, PERIOD, "dtsen")
        with engine.connect() as connection:
            files = {
                kind: accepted_files(connection, settings.data_dir, kind, PERIOD)
                for kind in ("household", "enrolment")
            }
        yield Ground(settings, engine, report, files)
        engine.dispose()
    finally:
        cluster.stop(settings)
        shutil.rmtree(home, ignore_errors=True)
