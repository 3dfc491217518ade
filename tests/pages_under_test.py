"""Pages drawn by Streamlit's own tester from a database that is served, and files fetched by their signed addresses."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from sqlalchemy import Engine
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from dashboard import cache, server

SECONDS = 60


def serve(engine: Engine, folder: Path, disclosure: str | None = None) -> None:
    """Serve a database from now on, with nothing remembered of another."""
    st.cache_data.clear()
    cache.configure(engine.url.render_as_string(hide_password=False), folder / "serving", disclosure)


@contextmanager
def serving(engine: Engine, folder: Path, disclosure: str | None = None) -> Iterator[Engine]:
    """Serve a database to one test, or to those of a module."""
    serve(engine, folder, disclosure)
    yield engine
    st.cache_data.clear()
    # A database that somebody is connected to cannot be copied.
    cache.serving().engine.dispose()


def draw_page(question: str) -> None:
    """Draw the page of a question, as the tester runs it: by itself, and with a card where it is refused."""
    import streamlit

    from boundaries.errors import PetadesilError
    from dashboard import navigation, panels
    from dashboard.state import language
    from dashboard.words import Words

    streamlit.session_state["pages"] = navigation.pages(Words(language()))
    try:
        navigation.RENDERS[question][0]()
    except PetadesilError as error:
        panels.error_card(error.code, Words(language()), **error.details)


def open_app(**parameters: str) -> AppTest:
    """Open the whole program, navigation and all, by a link with these parameters."""
    return run(AppTest.from_file(str(server.SCRIPT), default_timeout=SECONDS), **parameters)


def open_page(question: str, session: dict | None = None, **parameters: str) -> AppTest:
    """Open the page of a question by a link with these parameters, in a session that holds this already."""
    return open_part(draw_page, question, session=session, **parameters)


def open_part(draw: Callable[..., None], *arguments: str, session: dict | None = None, **parameters: str) -> AppTest:
    """Run a function that draws, whose source must stand by itself, as the page of a link with these parameters."""
    return run(AppTest.from_function(draw, default_timeout=SECONDS, args=arguments), session, **parameters)


def run(page: AppTest, session: dict | None = None, **parameters: str) -> AppTest:
    """Run a page with these parameters in its link."""
    for key, value in (session or {}).items():
        page.session_state[key] = value
    for key, value in parameters.items():
        page.query_params[key] = value
    return page.run()


def said(page: AppTest) -> str:
    """Return all that a page says in sentences, as Markdown."""
    spoken = (page.markdown, page.caption, page.header, page.subheader, page.error, page.warning, page.info,
              page.success)  # fmt: skip
    return " ".join(element.value for elements in spoken for element in elements)


def heard(page: AppTest) -> str:
    """Return what is said as a reader has it: without the backslashes that keep a sign from being Markdown."""
    return said(page).replace("\\", "")


def html_of(page: AppTest) -> str:
    """Return the page's own HTML: small tables and legends."""
    return " ".join(element.proto.body for element in page.get("html"))


def tables_of(page: AppTest) -> list[list[str]]:
    """Return the rows of every small table, each as a list of its cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr.*?</tr>", html_of(page))]


def fetch(route: Callable, path: str, headers: tuple = ()):
    """Return what a route answers to an address; the token is the file's name up to its first dot that ends it."""
    token = path.rpartition("/")[2].rpartition(".")[0]
    request = Request({"type": "http", "method": "GET", "path": path, "headers": list(headers), "query_string": b"",
                       "server": ("localhost", 80), "scheme": "http", "path_params": {"token": token}})  # fmt: skip
    # In a thread of its own: while a browser test's session lasts, this one already runs a loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(route(request))).result()
