"""The process that reads an uploaded boundary file, so that the dashboard neither waits for it nor dies of it.

One JSON line on standard input says what to read. Lines of JSON on standard output say how far it is, then `ready`,
with the report, the findings and the map in the upload's folder; the line `store` then stores it. When the input ends,
because the reader dropped the upload or the dashboard went away, the folder goes with the process.
"""

import json
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from boundaries.coverage import NamesOnly
from boundaries.errors import PetadesilError
from boundaries.findings import write_findings
from boundaries.levels import Level
from boundaries.mapping import read_mapping
from boundaries.report import BoundaryReport
from boundaries.statement import Statement
from boundaries.suggestions import read_confirmations, write_suggestions
from dashboard.boundary_sketch import sketch_of
from dashboard.boundary_upload import FINDINGS, REPORT, SKETCH, STORE, SUGGESTIONS, Job
from dashboard.errors import DashboardError, of_database, of_file
from dashboard.words.boundaries import ISSUES
from geo.boundary_load import Prepared, prepare_boundaries, store_boundaries
from geo.code_load import read_code_book
from geo.engine import make_engine, read_only


def main() -> None:
    """Read one job from standard input and go through with it."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    job = Job(**json.loads(sys.stdin.readline()))
    try:
        work(job, answers)
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)


def work(job: Job, answers: IO[str]) -> None:
    """Prepare the files, then store them once that is asked for; every failure becomes an answer."""

    def answer(**parts: object) -> None:
        answers.write(json.dumps(parts, ensure_ascii=False, default=str) + "\n")
        answers.flush()

    def tell(step: str, done: float) -> None:
        answer(step=step, done=done)

    engine = make_engine(job.database_url)
    try:
        prepared = prepare_boundaries(engine, [Path(path) for path in job.paths], _statement(job, engine), tell)
        _refuse_mixing(prepared, job.is_demo)
        _write(job, prepared)
        answer(ready=True)
        if sys.stdin.readline().strip() == STORE:
            _write_report(job, store_boundaries(engine, prepared, tell))
            # Only the files are wanted from here on; a nation's polygons are gigabytes.
            del prepared
            answer(stored=True)
            sys.stdin.readline()
    except NamesOnly as error:
        write_suggestions(error.suggestions, Path(job.folder) / SUGGESTIONS)
        answer(error=error.code, details=_details(error, job), is_kept=True)
        sys.stdin.readline()
    except Exception as error:
        failure = _failure_of(error)
        answer(error=failure.code, details=_details(failure, job))
    finally:
        engine.dispose()


def _statement(job: Job, engine: Engine) -> Statement:
    stated = dict(job.stated)
    if stated.get("level"):
        stated["level"] = Level[str(stated["level"])]
    if job.mapping:
        stated["mapping"] = read_mapping(Path(job.mapping))
    if job.confirmations:
        with read_only(engine) as connection:
            stated["confirmed"] = read_confirmations(Path(job.confirmations), read_code_book(connection))
    return Statement(**stated)


def _refuse_mixing(prepared: Prepared, is_demo: bool) -> None:
    report = prepared.report
    if report.is_fictional and not is_demo:
        raise DashboardError("fictional_in_main", path=report.file_name)
    if is_demo and not report.is_fictional:
        codes = prepared.whole.wilayah["kode"] if prepared.whole is not None else []
        provinsi = ", ".join(sorted({kode[:2] for kode in codes})) or "-"
        raise DashboardError("real_in_demo", path=report.file_name, provinsi=provinsi)


def _write(job: Job, prepared: Prepared) -> None:
    folder = Path(job.folder)
    _write_report(job, prepared.report)
    words = {what: texts[job.language] for what, texts in ISSUES.items()}
    if prepared.report.issues:
        write_findings(prepared.report.issues, words, folder / FINDINGS)
    if prepared.whole is not None and len(prepared.whole.suggestions):
        write_suggestions(prepared.whole.suggestions, folder / SUGGESTIONS)
    sketch = sketch_of(prepared.whole, prepared.report.issues)
    (folder / SKETCH).write_text(json.dumps(sketch, separators=(",", ":")), encoding="utf-8")


def _write_report(job: Job, report: BoundaryReport) -> None:
    # The dashboard may be reading the one before.
    draft = Path(job.folder) / f"{REPORT}.draft"
    draft.write_text(json.dumps(report.as_dict(), ensure_ascii=False, default=str), encoding="utf-8")
    draft.replace(Path(job.folder) / REPORT)


def _details(error: PetadesilError, job: Job) -> dict[str, object]:
    # The reader sent a file, and knows nothing of the folder that it was put into.
    told = {name: str(value) if isinstance(value, Path) else value for name, value in error.details.items()}
    for place in ("sent/", "mapping/", "confirmations/", ""):
        hidden = f"{job.folder}/{place}"
        told = {name: value.replace(hidden, "") if isinstance(value, str) else value for name, value in told.items()}
    return told


def _failure_of(error: Exception) -> PetadesilError:
    if isinstance(error, PetadesilError):
        return error
    traceback.print_exc()
    if isinstance(error, OSError):
        return of_file(error)
    if isinstance(error, MemoryError):
        return DashboardError("upload_died")
    if type(error).__module__.startswith(("sqlalchemy", "psycopg")):
        return of_database(error)
    return DashboardError("upload_failed", reason=type(error).__name__)


if __name__ == "__main__":
    main()
