"""Wilayah that have ended: kept with their last day, so that a register of their time finds its codes.

Most come from the successions themselves. Successions seldom name desa: those of a kabupaten that ended are known from
the code list of its time, or, where no such list is loaded, from the register that uses them.
"""

from datetime import date, timedelta

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, select, text

from boundaries.levels import KODE_LENGTH, Level, kind_of, level_of, parent_of
from geo import tables
from geo.context_tables import wilayah_succession
from geo.moves import recount_moves

# Registers go on with the old codes for a while: those of 2022 changed over within two years.
LATEST_USE = timedelta(days=731)
_ENDED = text("""
    SELECT old.old_kode, max(old.happened_on) AS ended_on,
           CASE WHEN count(DISTINCT old.new_kode) = 1 THEN min(new.name) END AS name
    FROM wilayah_succession AS old LEFT JOIN wilayah AS new ON new.kode = old.new_kode
    LEFT JOIN wilayah AS known ON known.kode = old.old_kode
    WHERE old.old_kode <> old.new_kode AND (known.kode IS NULL OR known.valid_to IS NOT NULL)
    GROUP BY old.old_kode
""")
_WRITE = text("""
    INSERT INTO wilayah (kode, level, parent_kode, name, kind, valid_to)
    VALUES (:kode, :level, :parent_kode, :name, :kind, :valid_to)
    ON CONFLICT (kode) DO UPDATE SET
        valid_to = EXCLUDED.valid_to,
        name = CASE WHEN EXCLUDED.name = EXCLUDED.kode THEN wilayah.name ELSE EXCLUDED.name END
    WHERE wilayah.valid_to IS NOT NULL
""")


def settle_successions(connection: Connection) -> None:
    """Make what rests on the stored successions agree with them: wilayah that ended, and moves over a split.

    What agrees already stays as it is. Call it whenever rows of successions were written.
    """
    write_ended(connection)
    recount_moves(connection)


def write_ended(connection: Connection) -> None:
    """Write every old code of the successions that is no wilayah of today as one that has ended.

    It ends on the day of its last succession. It has the name of what it became where that is one wilayah, else its
    code for a name.
    """
    for row in connection.execute(_ENDED).all():
        write_ended_wilayah(connection, {row.old_kode: row.name or row.old_kode}, row.ended_on)


def write_ended_wilayah(connection: Connection, names: dict[str, str], valid_to: date) -> None:
    """Write wilayah that ended on a day, and with them those above that are not known, under their codes for names.

    A wilayah of today stays what it is; one that is known to have ended is renewed, and keeps its name if the new name
    is but its code.
    """
    above = {
        upper for kode in names for upper in _uppers(kode) if upper not in names
    } - set(connection.scalars(select(tables.wilayah.c.kode)))  # fmt: skip
    rows = [
        {
            "kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": names.get(kode, kode),
            "kind": kind_of(kode), "valid_to": valid_to,
        }
        for kode in (*sorted(above), *sorted(names))
    ]  # fmt: skip
    if rows:
        connection.execute(_WRITE, rows)


def _uppers(kode: str) -> list[str]:
    return [kode[:length] for level, length in KODE_LENGTH.items() if Level.nasional < level < level_of(kode)]


def know_ended_desa(duck: duckdb.DuckDBPyConnection, connection: Connection, period: date) -> None:
    """Add to DuckDB's table `desa` those that have ended and that the register `raw_household` may use in its period.

    A register may use a code until LATEST_USE after its end, unless it has a code that was made of it: then it is one
    of after, and the old code a mistake. Where no list of the desa of a kabupaten is known, and it or a kecamatan of it
    has ended, the file's own codes are taken at their word. What was added stands in the table `ended_desa` (kode), and
    what rests on the file's word in `stated_desa` (kode, valid_to).
    """
    wilayah, event = tables.wilayah, wilayah_succession
    ended = connection.execute(
        select(wilayah.c.kode, wilayah.c.name, wilayah.c.valid_to).where(wilayah.c.valid_to > period - LATEST_USE)
    ).all()
    made = connection.execute(
        select(event.c.old_kode, event.c.new_kode)
        .join(wilayah, (wilayah.c.kode == event.c.new_kode) & (wilayah.c.valid_from == event.c.happened_on))
        .where(event.c.old_kode != event.c.new_kode)
    ).all()
    duck.register("ended_list", _table(("kode", "name"), [row[:2] for row in ended], [row.valid_to for row in ended]))
    duck.register("made_list", _table(("old_kode", "new_kode"), [tuple(row) for row in made]))
    duck.execute("""
        CREATE TABLE ended AS
        SELECT * FROM ended_list WHERE NOT EXISTS (
            SELECT 1 FROM made_list AS made JOIN (SELECT DISTINCT kode FROM raw_household) AS used
              ON starts_with(used.kode, made.new_kode)
            WHERE starts_with(ended_list.kode, made.old_kode))
    """)
    # What a register brought has its code for a name, and does not stand for a list.
    duck.execute(rf"""
        CREATE TABLE stated_desa AS
        SELECT used.kode, min(upper.valid_to) AS valid_to
        FROM (SELECT DISTINCT kode FROM raw_household
              WHERE regexp_full_match(kode, '\d{{2}}\.\d{{2}}\.\d{{2}}\.\d{{4}}')) AS used
        JOIN ended AS upper ON upper.kode IN (left(used.kode, {KODE_LENGTH[Level.kabupaten]}),
                                              left(used.kode, {KODE_LENGTH[Level.kecamatan]}))
        WHERE NOT EXISTS (SELECT 1 FROM desa WHERE known_kode = used.kode)
          AND NOT EXISTS (SELECT 1 FROM ended_list AS listed WHERE length(listed.kode) = {KODE_LENGTH[Level.desa]}
                          AND listed.name <> listed.kode
                          AND left(listed.kode, {KODE_LENGTH[Level.kabupaten]})
                              = left(used.kode, {KODE_LENGTH[Level.kabupaten]}))
        GROUP BY used.kode
    """)
    duck.execute(f"""
        CREATE TABLE ended_desa AS
        SELECT kode FROM stated_desa
        UNION SELECT kode FROM ended WHERE length(kode) = {KODE_LENGTH[Level.desa]}
    """)
    duck.execute("INSERT INTO desa (known_kode) SELECT kode FROM ended_desa")


def write_stated_desa(connection: Connection, duck: duckdb.DuckDBPyConnection) -> None:
    """Write the desa that only the register names, of those whose households were accepted, as wilayah that ended."""
    rows = duck.execute(
        "SELECT valid_to, list(kode ORDER BY kode) FROM stated_desa SEMI JOIN household USING (kode)"
        " GROUP BY valid_to ORDER BY valid_to"
    ).fetchall()
    for valid_to, codes in rows:
        write_ended_wilayah(connection, {kode: kode for kode in codes}, valid_to)


def _table(names: tuple[str, str], rows: list[tuple[str, str]], days: list[date] | None = None) -> pa.Table:
    columns = {name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)}
    return pa.table(columns | ({} if days is None else {"valid_to": pa.array(days, pa.date32())}))
