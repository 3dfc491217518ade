"""The rules that the rows of a verification sample must pass one by one, and those of its design as a whole."""

from collections.abc import Sequence
from datetime import date

import duckdb

from geo.errors import GeoError
from geo.register_checks import ADMINDUK, household_reasons, judge
from geo.verification_read import Statement
from geo.verification_report import VerificationReport

_MOST_COUNT = 2_147_483_647
# A weight is how many families a sampled one stands for, or its share of the sample; beyond this it is a slip, and its
# square no number.
_LEAST_WEIGHT, _MOST_WEIGHT = 1e-9, 1e9
# A household may stand in two provinsi's registers under one id; within a provinsi an id is one household.
_KEY = "household_id, provinsi_kode"
_ADMINDUK = ", ".join(f"'{word}'" for word in ADMINDUK)


def judge_sample(
    duck: duckdb.DuckDBPyConnection, period: date, statement: Statement, provinsi: Sequence[str]
) -> None:
    """Turn `matched_verification` into `judged_verification`, with the verdict and the reason of each row.

    `provinsi` are those with a register in the period.
    """
    judge(duck, "verification", _reasons(period, statement, provinsi), _KEY)


def _reasons(period: date, statement: Statement, provinsi: Sequence[str]) -> list[tuple[str, str]]:
    """Return the reasons for which a row is set apart, in the order in which they are asked."""
    of_register = dict(household_reasons(period))
    held = ", ".join(f"'{kode}'" for kode in provinsi)
    is_unknown = "NOT is_registered" if statement.frame == "register" else "NOT is_registered AND NOT is_enrolled"
    reasons = [
        ("malformed_kode", "stated_kode IS NULL AND NOT kode_has_form"),
        ("unknown_wilayah", "stated_kode IS NULL"),
        ("no_register_there", f"provinsi_kode NOT IN ({held})"),
        ("id_looks_like_nik", of_register["id_looks_like_nik"]),
    ]
    if statement.frame != "listing":
        reasons.append(("missing_household_id", of_register["missing_household_id"]))
    reasons.append(("not_in_register", f"household_id IS NOT NULL AND {is_unknown}"))
    if statement.frame == "recipients":
        reasons.append(("not_a_recipient", "NOT is_recipient"))
    reasons += [
        ("missing_stratum", "stratum IS NULL"),
        ("missing_cluster", "cluster IS NULL"),
        ("bad_weight",
         f"NOT coalesce(try_cast(weight AS DOUBLE) BETWEEN {_LEAST_WEIGHT} AND {_MOST_WEIGHT}, false)"),
        ("bad_observed_desil", _not_a_count("observed_desil", 10, is_optional=statement.truth == "adminduk")),
        ("unknown_observed_adminduk", f"observed_adminduk NOT IN ({_ADMINDUK})"
         + (" OR observed_adminduk IS NULL" if statement.truth == "adminduk" else "")),
        ("bad_observed_on", "observed_on IS NOT NULL AND try_cast(observed_on AS DATE) IS NULL"),
        ("bad_design_count", " OR ".join(
            f"({_not_a_count(name, _MOST_COUNT)})" for name in ("stratum_cluster_count", "cluster_household_count"))),
    ]  # fmt: skip
    # What the register says of its own households is not asked of the file.
    for code in ("bad_person_count", "bad_component_count", "component_above_persons"):
        reasons.append((code, f"NOT is_registered AND ({of_register[code]})"))
    return [*reasons, ("unknown_received", "NOT is_registered AND is_received_unknown")]


def _not_a_count(column: str, most: int, is_optional: bool = True) -> str:
    number = f"try_cast({column} AS DOUBLE)"
    test = f"coalesce({number} NOT BETWEEN 1 AND {most} OR {number} <> floor({number}), true)"
    return f"{column} IS NOT NULL AND {test}" if is_optional else test


def check_design(duck: duckdb.DuckDBPyConnection, path: str) -> None:
    """Test the counts of strata and clusters against the kept rows.

    Raises GeoError `stratum_count_varies`, `cluster_count_varies`, `stratum_count_below` or `cluster_count_below`: no
    weight of such a sample can be trusted, so no row of it is loaded.
    """
    varying = duck.execute(_varying("stratum_cluster_count", "stratum")).fetchone()
    if varying:
        stratum, _, line, first, second = varying
        raise GeoError("stratum_count_varies", path=path, line=line, stratum=stratum, first=first, second=second)
    varying = duck.execute(_varying("cluster_household_count", "stratum, cluster")).fetchone()
    if varying:
        stratum, cluster, line, first, second = varying
        raise GeoError("cluster_count_varies", path=path, line=line, stratum=stratum, cluster=cluster, first=first,
                       second=second)
    below = duck.execute("""
        SELECT stratum, min(line) AS first_line, any_value(CAST(stratum_cluster_count AS DOUBLE)) AS stated,
               count(DISTINCT cluster) AS found
        FROM judged_verification WHERE verdict = 'kept' GROUP BY stratum HAVING stated < found ORDER BY first_line
    """).fetchone()
    if below:
        stratum, line, stated, found = below
        raise GeoError("stratum_count_below", path=path, line=line, stratum=stratum, stated=int(stated), found=found)
    below = duck.execute("""
        SELECT stratum, cluster, min(line) AS first_line, any_value(CAST(cluster_household_count AS DOUBLE)) AS stated,
               count(*) AS found
        FROM judged_verification WHERE verdict = 'kept' GROUP BY stratum, cluster HAVING stated < found
        ORDER BY first_line
    """).fetchone()
    if below:
        stratum, cluster, line, stated, found = below
        raise GeoError("cluster_count_below", path=path, line=line, stratum=stratum, cluster=cluster,
                       stated=int(stated), found=found)


def _varying(column: str, part: str) -> str:
    """Find the first row whose count differs from that of the first row of its stratum or cluster."""
    return f"""
        SELECT stratum, cluster, line, coalesce(CAST(CAST(first_count AS BIGINT) AS VARCHAR), '-'),
               coalesce(CAST(CAST(this_count AS BIGINT) AS VARCHAR), '-')
        FROM (SELECT *, CAST({column} AS DOUBLE) AS this_count,
                     first_value(CAST({column} AS DOUBLE)) OVER (PARTITION BY {part} ORDER BY line) AS first_count
              FROM judged_verification WHERE verdict = 'kept')
        WHERE this_count IS DISTINCT FROM first_count ORDER BY line LIMIT 1
    """


def count_sample(duck: duckdb.DuckDBPyConnection, report: VerificationReport) -> None:
    """Put the ledger of the judged rows into a report."""
    report.rows_in, report.kept, report.quarantined, report.duplicates = duck.execute("""
        SELECT count(*), count(*) FILTER (verdict = 'kept'), count(*) FILTER (verdict = 'quarantined'),
               count(*) FILTER (verdict = 'duplicate') FROM judged_verification
    """).fetchone()
    report.by_reason = dict(duck.execute(
        "SELECT reason, count(*) FROM judged_verification WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall())


def describe_sample(duck: duckdb.DuckDBPyConnection, report: VerificationReport) -> None:
    """Put what the table `verification` holds into a report, with what was accepted and should be known."""
    report.desa, report.unregistered, report.weight_sum, differing, answers = duck.execute("""
        SELECT count(DISTINCT kode), count(*) FILTER (NOT is_registered), sum(weight),
               count(*) FILTER (kode <> register_kode),
               count(DISTINCT CASE WHEN truth = 'adminduk' THEN observed_adminduk
                                   ELSE CAST(observed_desil AS VARCHAR) END)
        FROM verification
    """).fetchone()
    report.clusters, single = duck.execute("""
        SELECT count(*), count(*) FILTER (n = 1)
        FROM (SELECT count(*) AS n FROM verification GROUP BY stratum, cluster)
    """).fetchone()
    # A stratum whose only cluster was taken with certainty has no variance between clusters to miss.
    report.strata, report.lonely_clusters = duck.execute("""
        SELECT count(*), count(*) FILTER (clusters = 1 AND coalesce(stated, 2) > 1)
        FROM (SELECT count(DISTINCT cluster) AS clusters, any_value(stratum_cluster_count) AS stated
              FROM verification GROUP BY stratum)
    """).fetchone()
    found = {
        "lonely_clusters": report.lonely_clusters, "single_household_clusters": single, "kode_differs": differing,
        "alike_answers": report.kept if answers == 1 else 0,
    }  # fmt: skip
    report.warnings = {code: count for code, count in found.items() if count}
