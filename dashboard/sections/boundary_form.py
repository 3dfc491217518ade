"""What a person states about boundary files before they are read, and the key by which that person may."""

from datetime import date

import streamlit as st

from boundaries.levels import Level
from boundaries.publishers import FORMS
from dashboard import access, boundary_upload, cache, links
from dashboard.boundary_upload import MOST_MB, Sent, Upload
from dashboard.errors import DashboardError
from dashboard.sections.boundary_report import publisher_name
from dashboard.words import Words

UPLOAD, REFUSED, ROUND = "boundary_upload", "boundary_refused", "boundary_round"
AUTO, CUSTOM, FICTIONAL = "auto", "custom", "fiktif"
FILE_KINDS = ("zip", "gpkg", "geojson", "json", "fgb", "parquet", "geoparquet", "shp", "shx", "dbf", "prj", "cpg")
SYSTEMS = (AUTO, "kemendagri", "bps")
OPTIONS = {"publisher": "publisher", "system": "system", "vintage": "vintage", "level": "level", "layer": "layer",
           "crs": "crs", "mapping": "mapping", "confirm": "confirmations"}  # fmt: skip
MOST_LETTERS = 300


def key_form(words: Words) -> None:
    """Ask for the key, or say why nobody can give one and what opens the upload."""
    hindrance = access.hindrance()
    if hindrance is not None:
        st.info(words(f"boundary.key.{hindrance}", setting=access.SETTING, least=access.LEAST_LETTERS),
                icon=":material/lock:")  # fmt: skip
        return
    st.caption(words("boundary.key.how", hours=access.LASTS_S // 3600))
    with st.form("boundary_key_form", border=False, clear_on_submit=True):
        given = st.text_input(words("boundary.key"), type="password", max_chars=4096, key="boundary_key",
                              width=420)  # fmt: skip
        if st.form_submit_button(words("boundary.key.give")):
            wait = access.wait_s()
            if wait:
                st.warning(words("boundary.key.wait", seconds=words.number(wait)), icon=":material/hourglass:")
            elif access.prove(given):
                st.rerun()
            else:
                st.warning(words("boundary.key.wrong"), icon=":material/lock:")


def left_uploads(words: Words, owner: str) -> None:
    """Offer the uploads whose window is gone: whoever has the key may go on with them."""
    for at, upload in enumerate(boundary_upload.left_behind()):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(words("boundary.left_behind", names=", ".join(map(links.plain, upload.names))))
            st.button(words("boundary.go_on"), on_click=_go_on, args=(upload, owner), key=f"boundary_go_on_{at}",
                      icon=":material/play_arrow:")  # fmt: skip


def _go_on(upload: Upload, owner: str) -> None:
    if access.is_operator() and boundary_upload.adopt(upload, owner):
        st.session_state[UPLOAD] = upload


def upload_form(words: Words, owner: str, is_demo: bool, has_codes: bool) -> None:
    """Draw the form that starts an upload."""
    st.caption(words("boundary.upload.demo" if is_demo else "boundary.upload.how", size=MOST_MB))
    if not is_demo and not has_codes:
        st.info(words("boundary.codes.none"), icon=":material/list:")
    refused = st.session_state.get(REFUSED)
    # Another key empties the form, and Streamlit lets go of what was sent.
    turn = st.session_state.setdefault(ROUND, 0)
    with st.form(f"boundary_form_{turn}", border=True):
        with st.container(key="boundary_files"):
            files = st.file_uploader(
                words("boundary.files", size=MOST_MB), type=list(FILE_KINDS), accept_multiple_files=True,
                key=f"boundary_files_{turn}", max_upload_size=MOST_MB,
            )  # fmt: skip
        left, middle, right = st.columns(3, gap="small")
        publisher = left.selectbox(
            words("boundary.publisher"), publishers(), format_func=lambda one: publisher_name(one, words),
            key=f"boundary_publisher_{turn}", help=words("boundary.publisher.help"),
        )  # fmt: skip
        system = middle.selectbox(
            words("boundary.system"), (FICTIONAL,) if is_demo else SYSTEMS, key=f"boundary_system_{turn}",
            format_func=lambda one: words(f"boundary.system.{one}"), help=words("boundary.system.help"),
        )  # fmt: skip
        vintage = right.number_input(
            words("boundary.vintage"), value=None, min_value=1945, max_value=date.today().year + 1, step=1,
            placeholder=str(date.today().year), key=f"boundary_vintage_{turn}", help=words("boundary.vintage.help"),
        )  # fmt: skip
        licence = st.text_input(words("boundary.licence"), max_chars=200, key=f"boundary_licence_{turn}",
                                placeholder=words("boundary.licence.hint"))  # fmt: skip
        with st.expander(words("boundary.more")):
            stated, aside = _more(words, turn)
        if st.form_submit_button(words("boundary.upload.do"), type="primary", icon=":material/search:"):
            stated |= {"publisher": publisher, "system": system, "licence": licence.strip() or None}
            _begin(words, owner, files, stated | {"vintage": vintage}, aside, is_demo)
    if refused is not None:
        refusal(refused, words)


def publishers() -> list[str]:
    """Return the publishers that can be chosen: recognised by the file itself, the known ones, or an own layout."""
    known = sorted({publisher for form in FORMS for publisher in form.publishers})
    return [AUTO, *known, CUSTOM]


def _more(words: Words, turn: int) -> tuple[dict[str, object], dict[str, Sent]]:
    """Draw what is asked only where a file does not say it itself."""
    left, middle, right = st.columns(3, gap="small")
    level = left.selectbox(
        words("boundary.level"), ["", *(level.name for level in Level if level is not Level.nasional)],
        format_func=lambda one: words(f"level.{one}") if one else words("boundary.level.file"),
        key=f"boundary_level_{turn}",
    )  # fmt: skip
    layer = middle.text_input(words("boundary.layer"), max_chars=200, key=f"boundary_layer_{turn}",
                              placeholder=words("boundary.layer.hint"))  # fmt: skip
    crs = right.text_input(words("boundary.crs"), max_chars=40, key=f"boundary_crs_{turn}", placeholder="EPSG:32748",
                           help=words("boundary.crs.help"))  # fmt: skip
    given = {}
    with st.container(key="boundary_aside"):
        left, right = st.columns(2, gap="small")
        for column, field, kind in ((left, "confirmations", "csv"), (right, "mapping", "toml")):
            given[field] = column.file_uploader(
                words(f"boundary.{field}"), type=[kind], key=f"boundary_{field}_{turn}", max_upload_size=5,
                help=words(f"boundary.{field}.help"),
            )  # fmt: skip
    stated = {"level": level or None, "layer": layer.strip() or None, "crs": crs.strip() or None}
    return stated, {field: _sent(file) for field, file in given.items() if file is not None}


def _sent(file) -> Sent:
    return Sent(file.name, file.size, file)


def _begin(words: Words, owner: str, files: list, stated: dict, aside: dict[str, Sent], is_demo: bool) -> None:
    try:
        if not access.is_operator():
            raise DashboardError("upload_not_allowed")
        if stated["vintage"] is None:
            raise DashboardError("upload_without_vintage")
        if stated["publisher"] == CUSTOM and "mapping" not in aside:
            raise DashboardError("upload_without_mapping")
        job = {
            "database_url": cache.serving().engine.url.render_as_string(hide_password=False),
            "language": words.language, "is_demo": is_demo, "stated": stated,
        }  # fmt: skip
        upload = boundary_upload.begin(owner, [_sent(file) for file in files], job, aside=aside)
    except DashboardError as error:
        st.session_state[REFUSED] = error
        st.rerun()
    st.session_state.pop(REFUSED, None)
    st.session_state[UPLOAD] = upload
    st.session_state[ROUND] += 1
    st.rerun()


def refusal(error: Exception, words: Words) -> None:
    """Say why an upload was not taken; what a command line calls an option has another name on this page."""
    # A number stays one: its sentence may write it as a percentage.
    shown = {
        name: value if isinstance(value, int | float) else links.plain(str(value)[:MOST_LETTERS])
        for name, value in error.details.items()
    }  # fmt: skip
    own = f"boundary.refused.{error.code}"
    text = words(own, **shown) if own in words else words.error(error.code, **shown)
    for option, label in OPTIONS.items():
        text = text.replace(f"--{option}", words("boundary.quoted", text=words(f"boundary.{label}")))
    st.warning(text, icon=":material/block:")


def current() -> Upload | None:
    """Return this session's upload, None without one."""
    return st.session_state.get(UPLOAD)


def drop() -> None:
    """End this session's upload."""
    upload = st.session_state.pop(UPLOAD, None)
    if upload is not None:
        upload.close()
