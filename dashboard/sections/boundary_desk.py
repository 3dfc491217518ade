"""An upload on the page: how far it is, what was found in it, and the person's word to load it or to drop it."""

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import cache, links, panels
from dashboard.boundary_upload import FAILED, READY, STORED, Upload
from dashboard.sections import boundary_form, boundary_map, boundary_report
from dashboard.words import Words

LOOK_S = 2
LIST_ROWS_HEIGHT = 400


def owner() -> str:
    """Return what this session is called by the server."""
    return get_script_run_ctx().session_id


def upload_panels(upload: Upload, words: Words) -> None:
    """Draw the upload as it is now."""
    names = ", ".join(links.plain(name) for name in upload.names)
    st.subheader(words("boundary.upload.title", names=names), anchor=False)
    if upload.is_busy:
        _progress(upload, words)
    elif upload.stage == FAILED:
        boundary_form.refusal(upload.error, words)
        st.caption(words("boundary.failed.nothing"))
        _downloads(upload, words)
        st.button(words("boundary.again"), on_click=boundary_form.drop, icon=":material/refresh:")
    else:
        _report(upload, words)


@st.fragment(run_every=LOOK_S)
def _progress(upload: Upload, words: Words) -> None:
    """Say what the process does now, anew every few seconds; the rest of the page stays as it is."""
    if not upload.is_busy:
        # What was stored just now is in the figures at the top of the page, too.
        cache.data_state.clear()
        st.rerun()
    with st.container(border=True):
        minutes, seconds = divmod(upload.seconds, 60)
        st.markdown(f"**{words(f'boundary.stage.{upload.stage}')}** · "
                    f"{words('boundary.elapsed', minutes=minutes, seconds=f'{seconds:02d}')}")  # fmt: skip
        st.progress(upload.done, text=step_text(upload.steps[-1] if upload.steps else "start", words))
        st.caption(words("boundary.stage.how"))
        if upload.stage != "storing":
            st.button(words("boundary.stop"), on_click=boundary_form.drop, key="boundary_stop")


def step_text(step: str, words: Words) -> str:
    """Return a step in words; one that the screen does not know is left out."""
    key = f"boundary.step.{step}"
    return words(key) if key in words else ""


def _report(upload: Upload, words: Words) -> None:
    report = upload.report
    if report.get("status") == "already_loaded":
        st.info(words("boundary.already", number=report.get("source_id")), icon=":material/info:")
        st.button(words("boundary.close"), on_click=boundary_form.drop)
        return
    if upload.stage == STORED:
        st.success(stored_text(report, words), icon=":material/check:")
        st.button(words("boundary.close"), on_click=boundary_form.drop, icon=":material/close:")
    st.markdown(boundary_report.sentence(report, words))
    panels.figures(boundary_report.figures(report, words), key="figures_upload")
    st.caption(boundary_report.notes(report, words, has_file=upload.suggestions() is not None))
    if upload.stage == READY:
        _decision(upload, words)
    _findings(upload, words)
    boundary_report.mended(report, words)
    _downloads(upload, words)


def stored_text(report: boundary_report.Report, words: Words) -> str:
    """Return in one sentence where a stored file is in force now."""
    active = report.get("active_levels") or {}
    if not active:
        return words("boundary.stored.aside", number=report.get("source_id"))
    levels = ", ".join(
        words("boundary.stored.level", level=words(f"level.{level}").lower(), count=words.number(len(provinsi)))
        for level, provinsi in active.items()
    )
    return words("boundary.stored", number=report.get("source_id"), levels=levels)


def _decision(upload: Upload, words: Words) -> None:
    with st.container(key="boundary_decision", horizontal=True, vertical_alignment="center"):
        if st.button(words("boundary.load"), type="primary", icon=":material/database:", key="boundary_load"):
            upload.store()
            st.rerun()
        st.button(words("boundary.drop"), on_click=boundary_form.drop, icon=":material/delete:", key="boundary_drop")
        st.caption(words("boundary.load.how"))


def _findings(upload: Upload, words: Words) -> None:
    """Draw the map of the findings beside their list; a click in the list goes there on the map."""
    report, counts = upload.report, boundary_report.issue_counts(upload.report)
    if not counts:
        st.caption(words("boundary.findings.none"))
        return
    st.subheader(words("boundary.findings"), anchor=False)
    left, right = st.columns([3, 2], gap="small")
    with right, st.container(key="list"):
        what = boundary_report.choose_sort(counts, words, "upload")
        issues = report["issues"]
        chosen = [n for n in boundary_report.mixed_order([issue["what"] for issue in issues])
                  if what in (None, issues[n]["what"])]  # fmt: skip
        # What the map can show comes first.
        placed = {place["n"] for place in upload.sketch["places"]}
        chosen.sort(key=lambda n: n not in placed)
        shown = chosen[: boundary_report.MOST_ROWS]
        row = boundary_report.issue_table(
            [issues[n] for n in shown], words, f"upload_{what or 'all'}", what is not None, LIST_ROWS_HEIGHT
        )
        boundary_report.cut_note(len(chosen), words, has_file=True)
        if any(n in placed for n in shown):
            st.caption(words("boundary.list.how"))
    with left:
        badge = words("badge") if report.get("is_fictional") else ""
        boundary_map.findings_map(upload.sketch, report, what, shown[row] if row is not None else None, words, badge)


def _downloads(upload: Upload, words: Words) -> None:
    stem = Path(upload.names[0]).stem
    files = {
        "findings": (upload.findings(), f"temuan_{stem}.gpkg", "application/geopackage+sqlite3"),
        "suggestions": (upload.suggestions(), f"usulan_kode_{stem}.csv", "text/csv"),
    }
    with st.container(key="boundary_downloads", gap="small"):
        for name, (path, file_name, mime) in files.items():
            if path is not None:
                # Read when it is asked for: it may be large, and seldom is.
                st.download_button(
                    words(f"boundary.download.{name}"), data=path.read_bytes, file_name=file_name, mime=mime,
                    on_click="ignore", icon=":material/download:", key=f"boundary_download_{name}",
                )  # fmt: skip
                st.caption(words(f"boundary.download.{name}.what"))
