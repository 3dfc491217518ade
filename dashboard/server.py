"""The one process that is served: Streamlit's pages, and the shapes and exports that they name by address."""

import hashlib
from functools import partial
from pathlib import Path

import uvicorn
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import App
from streamlit import config as options
from streamlit.runtime.pages_manager import PagesManager

from boundaries.errors import PetadesilError
from dashboard import cache
from dashboard.addresses import Asked, ExpiredAddress, WrongAddress
from dashboard.errors import DashboardError
from dashboard.exports import csv_name, csv_of
from dashboard.files import profile
from dashboard.files.kinds import KINDS, file_of, name_of
from dashboard.files.plan_files import PLAN_KINDS, plan_file, scenario_file
from dashboard.kept_files import KeptFiles
from dashboard.layers import draw
from dashboard.questions import QUESTIONS
from dashboard.sample_file import sample_csv, sample_name
from dashboard.words import LANGUAGES, Words
from dashboard.words.console import CONSOLE
from queries.disclosing import allowed_disclosure
from queries.errors import QueryError

SCRIPT = Path(__file__).resolve().with_name("app.py")
OPTIONS = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "logger.level": "error",
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.showEmailPrompt": False,
    "theme.light.primaryColor": "#0b5d7a",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f5f7f8",
    "theme.light.textColor": "#1c2b33",
    "theme.light.linkColor": "#0b5d7a",
    "theme.dark.primaryColor": "#5db3d1",
    "theme.dark.backgroundColor": "#10191e",
    "theme.dark.secondaryBackgroundColor": "#1a262d",
    "theme.dark.textColor": "#e6edf0",
    "theme.dark.linkColor": "#7cc4de",
    "theme.baseRadius": "4px",
    "theme.baseFontSize": 15,
}
# Made files are kept apart from the map's shapes, so that a large one pushes no map out.
kept, kept_shapes = KeptFiles(64 * 1024 * 1024), KeptFiles(96 * 1024 * 1024)
PROFILE = "pdf"
REFUSALS = {403: "file.expired", 404: "file.unknown", 503: "file.unavailable"}
_one_at_a_time = CapacityLimiter(1)
SHARED = {"Cache-Control": "private, max-age=28800", "X-Content-Type-Options": "nosniff"}


def build_app() -> App:
    """Return the application; cache.configure must have been called."""
    for name, value in OPTIONS.items():
        options.set_option(name, value)
    # The folder pages/ beside the script would make Streamlit guess at pages of its own until the first run has named
    # ours: the first reader of a deep link would be told that there is no such page.
    PagesManager.uses_pages_directory = False
    routes = [
        Route("/shapes/{token}.geojson", shapes_route, methods=["GET"]),
        *(Route(f"/exports/{{token}}.{kind}", exports_route, methods=["GET"]) for kind in ("csv", PROFILE, *KINDS)),
        Route("/samples/{token}.csv", samples_route, methods=["GET"]),
        *(Route(f"/plans/{{token}}.{kind}", plans_route, methods=["GET"]) for kind in PLAN_KINDS),
        *(Route(f"/scenarios/{{token}}.{kind}", scenarios_route, methods=["GET"]) for kind in PLAN_KINDS),
    ]
    return App(str(SCRIPT), routes=routes)


async def shapes_route(request: Request) -> Response:
    """Answer with the shapes that a token stands for."""
    return await run_in_threadpool(_answer, request, _shapes, ("fill", "other", "outline"))


async def exports_route(request: Request) -> Response:
    """Answer with the file that a token stands for, of the kind that the address ends in, or with a clear sentence."""
    kind = request.url.path.rpartition(".")[2]
    if kind in (*KINDS, PROFILE):
        # Files that are drawn wait for one another here, and leave the other threads to the pages' maps.
        make, part = (_profile, "profile") if kind == PROFILE else (partial(_file, kind), "export")
        response = await to_thread.run_sync(_answer, request, make, (part,), limiter=_one_at_a_time)
    else:
        response = await run_in_threadpool(_answer, request, _export, ("export",))
    return _in_words(response)


async def plans_route(request: Request) -> Response:
    """Answer with the RKA sheet or the memo of the plan that a token stands for."""
    kind = request.url.path.rpartition(".")[2]
    make = partial(_plan, kind)
    return _in_words(await to_thread.run_sync(_answer, request, make, ("plan",), limiter=_one_at_a_time))


async def scenarios_route(request: Request) -> Response:
    """Answer with the RKA sheet or the memo of a stored scenario, which is frozen from then on."""
    kind = request.url.path.rpartition(".")[2]
    make = partial(_scenario, kind)
    return _in_words(await to_thread.run_sync(_answer, request, make, ("scenario",), limiter=_one_at_a_time))


def _in_words(response: Response) -> Response:
    if response.status_code not in REFUSALS:
        return response
    # A token that cannot be read says nothing of its reader's language.
    sentences = (Words(language)(REFUSALS[response.status_code]) for language in LANGUAGES)
    return PlainTextResponse("\n".join(sentences), response.status_code, {"Cache-Control": "no-store"})


async def samples_route(request: Request) -> Response:
    """Answer with the drawn sample that a token stands for."""
    return await run_in_threadpool(_answer, request, _sample, ("sample",))


def _answer(request: Request, make, parts: tuple[str, ...]) -> Response:
    token = request.path_params["token"]
    try:
        asked = cache.signer().read(token)
        _check(asked, parts)
        tag = f'"{hashlib.sha256(token.encode()).hexdigest()[:24]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=SHARED | {"ETag": tag})
        response = make(token, asked)
    except WrongAddress:
        return PlainTextResponse("not found", 404)
    except (ExpiredAddress, cache.StaleData):
        return PlainTextResponse("expired", 403)
    except (PetadesilError, DBAPIError):
        return PlainTextResponse("unavailable", 503, {"Cache-Control": "no-store"})
    response.headers["ETag"] = tag
    return response


def _check(asked: Asked, parts: tuple[str, ...]) -> None:
    if asked.part not in parts:
        raise WrongAddress
    state = cache.data_state()
    if asked.data_version != state.version:
        raise ExpiredAddress
    try:
        allowed = allowed_disclosure(state, asked.scope.disclosure, cache.serving().disclosure)
    except QueryError:
        raise ExpiredAddress from None
    # What is allowed can only be less than what was asked when the token was made.
    if asked.scope.disclosure == "exact" != allowed:
        raise ExpiredAddress


def _shapes(token: str, asked: Asked) -> Response:
    content = kept_shapes.get(token, lambda: draw(asked))
    headers = SHARED | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(content, media_type="application/geo+json", headers=headers)


def _export(token: str, asked: Asked) -> Response:
    result = cache.answer(asked.question, asked.scope, asked.data_version)
    name = csv_name(asked.question, result)
    headers = SHARED | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(result, Words(asked.language)), media_type="text/csv; charset=utf-8", headers=headers)


def _file(kind: str, token: str, asked: Asked) -> Response:
    if asked.question not in QUESTIONS or not QUESTIONS[asked.question].has_map:
        raise WrongAddress
    try:
        content = kept.get(f"{token}.{kind}", lambda: file_of(asked, kind))
    except DashboardError as error:
        return PlainTextResponse(Words(asked.language).error(error.code, **error.details), 409)
    headers = SHARED | {"Content-Disposition": f'attachment; filename="{name_of(asked, kind)}"'}
    return Response(content, media_type=KINDS[kind].media_type, headers=headers)


def _profile(token: str, asked: Asked) -> Response:
    content = kept.get(f"{token}.{PROFILE}", lambda: profile.profile_of(asked))
    headers = SHARED | {"Content-Disposition": f'inline; filename="{profile.name_of(asked)}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _scenario(kind: str, token: str, asked: Asked) -> Response:
    name, content = scenario_file(asked, kind)
    # It says what was stored, and is asked for again so that the mark of its export is never passed by.
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=PLAN_KINDS[kind].media_type, headers=headers)


def _plan(kind: str, token: str, asked: Asked) -> Response:
    name, content = plan_file(asked, kind)
    headers = SHARED | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=PLAN_KINDS[kind].media_type, headers=headers)


def _sample(token: str, asked: Asked) -> Response:
    # Household ids are microdata: they leave where exact figures may, and nowhere else.
    if asked.scope.disclosure != "exact":
        raise WrongAddress
    truth, _, seed = asked.measure.partition(".")
    frame = cache.drawn_sample(asked.scope, int(seed), truth, asked.data_version)
    name = sample_name(asked.scope, cache.data_state().is_fictional)
    headers = SHARED | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sample_csv(frame), media_type="text/csv; charset=utf-8", headers=headers)


def serve(database_url: str, data_dir: Path, host: str, port: int, disclosure: str | None) -> None:
    """Serve one database until stopped."""
    cache.configure(database_url, data_dir, disclosure)
    options.set_option("server.port", port)
    options.set_option("server.address", host)
    options.set_option("browser.serverAddress", "localhost" if host in ("0.0.0.0", "127.0.0.1") else host)
    options.set_option("browser.serverPort", port)
    url = f"http://{options.get_option('browser.serverAddress')}:{port}"
    print(" / ".join(sentence.format(url=url) for sentence in CONSOLE["serving"].values()), flush=True)
    uvicorn.run(build_app(), host=host, port=port, log_level="warning", access_log=False)
