"""The plots and tables by which a statistician judges a small-area model, each with a sentence on how to read it."""

from statistics import NormalDist

import altair as alt
import pandas as pd
import streamlit as st

from boundaries.levels import KODE_LENGTH, Level
from dashboard.charts import percent_axis
from dashboard.words import ABSENT, Words, is_absent

# Readable on a light and on a dark ground.
DOT, NEAR, LINE = "#2a8bb0", "#e08214", "#b9762f"
HEIGHT = 300


def sampled(areas: pd.DataFrame, chosen: str, least: int = 1) -> pd.DataFrame:
    """Return the areas with both estimates and a sample of `least` households.

    `is_chosen` marks those of the chosen wilayah, unless all.
    """
    has_both = areas["direct_estimate"].notna() & areas["model_estimate"].notna()
    found = areas[has_both & (areas["sample_count"] >= least)].copy()
    within = found["kode"].str.startswith(chosen[: KODE_LENGTH[Level.kecamatan]])
    found["is_chosen"] = within & (not within.all())
    return found


def direct_against_model(areas: pd.DataFrame, words: Words) -> alt.LayerChart:
    """Return direct estimates against those of the model, with both intervals and the diagonal."""
    points = _with_texts(areas, words, "direct_estimate", "direct_lower", "direct_upper", "estimate", "lower", "upper")
    x = alt.X("direct_estimate:Q", title=words("model.direct"), axis=percent_axis(words))
    y = alt.Y("estimate:Q", title=words("model.model"), axis=percent_axis(words))
    plot = alt.Chart(points)
    ends = alt.Chart(pd.DataFrame({"direct_estimate": [0.0, 1.0], "estimate": [0.0, 1.0]}))
    return alt.layer(
        plot.mark_rule(opacity=0.14, color=DOT).encode(x="direct_lower:Q", x2="direct_upper:Q", y="estimate:Q"),
        plot.mark_rule(opacity=0.3, color=DOT).encode(y="lower:Q", y2="upper:Q", x="direct_estimate:Q"),
        ends.mark_line(color=LINE, strokeDash=[5, 4]).encode(x="direct_estimate:Q", y="estimate:Q"),
        plot.mark_circle(size=42, opacity=0.85).encode(x=x, y=y, color=_colour(), tooltip=_tooltip(words)),
    ).properties(height=HEIGHT)


def residuals(areas: pd.DataFrame, words: Words) -> alt.LayerChart:
    """Return standardised residuals against the model's estimates, with lines at 0 and at 2 to either side."""
    points = _with_texts(areas[areas["residual"].notna()], words, "model_estimate", "residual")
    lines = alt.Chart(pd.DataFrame({"y": [-2.0, 0.0, 2.0]})).mark_rule(color=LINE, strokeDash=[5, 4]).encode(y="y:Q")
    near = alt.Scale(zero=False)
    dots = alt.Chart(points).mark_circle(size=42, opacity=0.7).encode(
        x=alt.X("model_estimate:Q", title=words("model.model"), axis=percent_axis(words), scale=near),
        y=alt.Y("residual:Q", title=words("model.residual"), axis=_decimals(words)), color=_colour(),
        tooltip=_tooltip(words),
    )
    return (lines + dots).properties(height=HEIGHT)


def normal_plot(areas: pd.DataFrame, words: Words) -> alt.LayerChart:
    """Return the ordered residuals against normal quantiles at (i - 0.5) / n (Hazen 1914)."""
    points = _with_texts(areas[areas["residual"].notna()], words, "residual")
    count, normal = len(points), NormalDist()
    points["quantile"] = [normal.inv_cdf((rank - 0.5) / count) for rank in points["residual"].rank(method="first")]
    reach = 3.0 if count < 300 else 4.0
    line = alt.Chart(pd.DataFrame({"quantile": [-reach, reach], "residual": [-reach, reach]}))
    dots = alt.Chart(points).mark_circle(size=42, opacity=0.7).encode(
        x=alt.X("quantile:Q", title=words("model.quantile"), axis=_decimals(words)),
        y=alt.Y("residual:Q", title=words("model.residual"), axis=_decimals(words)), color=_colour(),
        tooltip=_tooltip(words),
    )
    drawn = line.mark_line(color=LINE, strokeDash=[5, 4]).encode(x="quantile:Q", y="residual:Q")
    return (drawn + dots).properties(height=HEIGHT)


def shrinkage(areas: pd.DataFrame, words: Words) -> alt.Chart:
    """Return the weight of each area's own sample against the size of that sample."""
    points = _with_texts(areas[areas["gamma"].notna()], words, "gamma")
    return alt.Chart(points).mark_circle(size=42, opacity=0.7).encode(
        x=alt.X("sample_count:Q", title=words("model.sample_count")),
        y=alt.Y("gamma:Q", title=words("model.gamma"), axis=percent_axis(words), scale=alt.Scale(domain=[0, 1])),
        color=_colour(), tooltip=_tooltip(words),
    ).properties(height=HEIGHT)  # fmt: skip


def benchmark_rows(report: dict, names: dict[str, str], words: Words) -> list[dict]:
    """Return the factor by which the areas of each wilayah above were brought to its direct estimate."""
    return [
        {"kode": row["kode"], "name": names.get(row["kode"], row["kode"]), "factor": row["factor"],
         "text": words.number(row["factor"], 3)}
        for row in report.get("benchmark") or []
        if not is_absent(row["factor"])
    ]  # fmt: skip


def benchmarks(rows: list[dict], words: Words) -> alt.LayerChart:
    """Return a dot for each factor, and a line at 1."""
    one = alt.Chart(pd.DataFrame({"factor": [1.0]})).mark_rule(color=LINE, strokeDash=[5, 4]).encode(x="factor:Q")
    dots = alt.Chart(pd.DataFrame(rows)).mark_circle(size=70, color=DOT).encode(
        x=alt.X("factor:Q", title=words("model.factor"), axis=_decimals(words), scale=alt.Scale(zero=False)),
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelLimit=150)),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=words("model.factor"))],
    )
    return (one + dots).properties(height=max(20 * len(rows) + 60, 160))


def coefficients(report: dict, words: Words) -> pd.DataFrame:
    """Return the covariates with their coefficients and standard errors, in words."""
    return pd.DataFrame({
        words("model.covariate"): [covariate_name(row["name"], words) for row in report.get("covariates") or []],
        words("model.beta"): [words.number(row["beta"], 4) for row in report.get("covariates") or []],
        words("model.se"): [words.number(row["se"], 4) for row in report.get("covariates") or []],
    })  # fmt: skip


def tried_sets(report: dict, words: Words) -> pd.DataFrame:
    """Return the sets of covariates that were tried, the best AIC first, the chosen one marked."""
    sets = sorted(report.get("tried") or [], key=lambda row: row["aic"])
    return pd.DataFrame({
        words("model.set"): [
            ", ".join(covariate_name(name, words) for name in row["names"]) or words("model.set.none") for row in sets
        ],
        words("model.aic"): [words.number(row["aic"], 1) for row in sets],
        words("model.bic"): [words.number(row["bic"], 1) for row in sets],
        words("model.loglik"): [words.number(row["loglik"], 1) for row in sets],
        words("model.chosen"): [words("model.chosen.mark") if row["is_chosen"] else "" for row in sets],
    })  # fmt: skip


def covariate_name(name: str, words: Words) -> str:
    """Return a covariate in words, its own name where there are none."""
    key = f"covariate.{name}"
    return words(key) if key in words else name


def titled(key: str, words: Words, chart: alt.Chart | alt.LayerChart) -> None:
    """Draw a chart under its name, with the sentence on how to read it."""
    st.subheader(words(f"model.{key}.title"), anchor=False)
    st.altair_chart(chart, key=f"chart_{key}")
    st.caption(words(f"model.{key}.note"))


def _with_texts(areas: pd.DataFrame, words: Words, *drawn: str) -> pd.DataFrame:
    """Return what a chart draws and tells of each area, and nothing else: it is sent anew with every change."""
    points = areas[["name", "sample_count", "is_chosen"]].copy()
    for column in drawn:
        points[column] = areas[column].astype("float32")
    for column in ("direct_estimate", "estimate", "gamma"):
        points[f"{column}_text"] = areas[column].map(lambda value: words.percent(value, 0))
    points["residual_text"] = areas["residual"].map(lambda value: words.number(value, 2))
    # The chosen ones are drawn last, over the others.
    return points.sort_values("is_chosen", kind="stable")


def _colour():
    return alt.condition("datum.is_chosen", alt.value(NEAR), alt.value(DOT))


def _tooltip(words: Words) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=words("level.kecamatan")),
        alt.Tooltip("direct_estimate_text:N", title=words("model.direct")),
        alt.Tooltip("estimate_text:N", title=words("model.model")),
        alt.Tooltip("gamma_text:N", title=words("model.gamma")),
        alt.Tooltip("residual_text:N", title=words("model.residual")),
        alt.Tooltip("sample_count:Q", title=words("model.sample_count")),
    ]


def _decimals(words: Words) -> alt.Axis:
    written = "format(datum.value, '~g')"
    return alt.Axis(labelExpr=f"replace({written}, '.', ',')" if words.language == "id" else written, tickCount=6)


def p_text(p: float | None, words: Words) -> str:
    """Return a p-value, `< 0,001` where it is smaller than that."""
    if is_absent(p):
        return ABSENT
    return f"< {words.number(0.001, 3)}" if p < 0.001 else words.number(p, 3)
