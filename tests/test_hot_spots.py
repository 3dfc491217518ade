"""Clusters of high and low rates: neighbours, the local test against exact counts, and nothing hidden let out."""

import itertools
from collections import Counter
from functools import partial

import builders
import geopandas as gpd
import libpysal
import numpy as np
import pages_under_test
import pytest
import shapely
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from esda import fdr
from geoalchemy2.shape import from_shape
from sqlalchemy import bindparam, update

from boundaries.errors import PetadesilError
from boundaries.levels import Level, level_of
from dashboard.clusters import cluster_lines, cluster_name, cluster_scale, p_text
from dashboard.listing import figure_text
from dashboard.questions import QUESTIONS, values_of
from dashboard.scales import STATUS_COLOURS
from dashboard.words import LANGUAGES, Words
from geo import tables
from geo.engine import make_engine, read_only
from geo.neighbours import pairs_of, read_neighbours
from queries.catalogue import QUERIES
from queries.columns import Status
from queries.hot_spots import (
    CLUSTERS,
    LEAST_TESTED,
    high_groups,
    least_p,
    least_significant_count,
    local_moran,
    permutation_count,
    reference_of,
)
from queries.scope import Scope

SIDE = 6
LATTICE = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(SIDE) for x in range(SIDE)])
WORDS = Words("id")
EXCLUSION = QUESTIONS["hot-spots"].measures[0]


def standardised(events, bases):
    """Return the rates as Assunção and Reis (1999), section 3, standardise them, written out one by one."""
    mean = sum(events) / sum(bases)
    spread = sum(base * (event / base - mean) ** 2 for event, base in zip(events, bases, strict=True)) / sum(bases)
    between = spread - mean / (sum(bases) / len(bases))
    found = []
    for event, base in zip(events, bases, strict=True):
        variance = between + mean / base
        found.append((event / base - mean) / (variance if variance > 0 else mean / base) ** 0.5)
    return np.array(found)


def exact_p(z, position, beside):
    """Return the two-sided p-value over every way to put other wilayah beside one: no draw is left to chance."""
    others = np.delete(z, position)
    sums = np.array([sum(chosen) for chosen in itertools.combinations(others, len(beside))])
    products, own = z[position] * sums, z[position] * z[beside].sum()
    tail = min(np.mean(products >= own - 1e-12), np.mean(products <= own + 1e-12))
    return min(2 * tail, 1.0)


@pytest.fixture(scope="module")
def lattice():
    """Thirty-six wilayah of very different sizes, high in one corner and low in the opposite one."""
    rng = np.random.default_rng(7)
    bases = rng.integers(15, 400, SIDE * SIDE).astype(float)
    chance = np.full((SIDE, SIDE), 0.4)
    chance[:3, :3], chance[4:, 4:] = 0.8, 0.05
    events = np.array([rng.binomial(int(base), part) for base, part in zip(bases, chance.ravel(), strict=True)], float)
    first, second, _ = pairs_of(LATTICE)
    return events, bases, first, second


def test_neighbours_share_an_edge_or_a_corner():
    first, second, joined = pairs_of(LATTICE)
    counted = Counter(first.tolist())
    assert Counter(counted.values()) == {3: 4, 5: 16, 8: 16}
    assert set(zip(first, second, strict=True)) == set(zip(second, first, strict=True))
    assert len(joined) == 0


def test_an_island_is_joined_to_the_nearest_and_that_one_to_it():
    island = shapely.box(SIDE + 2, 3.2, SIDE + 3, 3.8)
    first, second, joined = pairs_of(np.array([*LATTICE, island]))
    nearest = SIDE * 3 + SIDE - 1
    assert list(joined) == [SIDE * SIDE]
    assert list(second[first == SIDE * SIDE]) == [nearest]
    assert SIDE * SIDE in second[first == nearest]
    assert [len(part) for part in pairs_of(LATTICE[:1])] == [0, 0, 0]


def test_contiguity_is_that_of_another_package():
    """Columbus: with queen contiguity R's spdep gives Moran's I of CRIME as 0.500188557 (moran.test, style W)."""
    columbus = gpd.read_file(libpysal.examples.get_path("columbus.shp"))
    first, second, _ = pairs_of(columbus.geometry.to_numpy())
    z = (columbus["CRIME"] - columbus["CRIME"].mean()).to_numpy()
    lag = np.bincount(first, weights=z[second]) / np.bincount(first)
    assert len(first) == 236
    assert z @ lag / (z @ z) == pytest.approx(0.500188557, abs=1e-9)


def test_p_values_are_those_of_every_permutation(lattice):
    """At the corners and along the edges all ways can be counted; a draw of 99,999 may stray by four deviations."""
    events, bases, first, second = lattice
    test, z = local_moran(*lattice), standardised(events, bases)
    z = (z - z.mean()) / z.std()
    drawn = permutation_count(len(z))
    assert drawn == 99_999
    for position in (0, SIDE - 1, SIDE * (SIDE - 1), SIDE * SIDE - 1):
        beside = second[first == position]
        exact = exact_p(z, position, beside)
        assert test.p[position] == pytest.approx(exact, abs=4 * 2 * np.sqrt(exact / 2 / drawn) + 2 / drawn)


def test_the_corner_says_who_is_high_among_whom(lattice):
    events, bases, first, second = lattice
    test, z = local_moran(*lattice), standardised(events, bases)
    z = z - z.mean()
    for position, number in enumerate(test.cluster):
        own = "high" if z[position] > 0 else "low"
        beside = "high" if z[second[first == position]].mean() > 0 else "low"
        expected = f"{own}_{beside}" if test.p[position] < test.cutoff else "none"
        assert CLUSTERS[number] == expected
    names = np.array(CLUSTERS)[test.cluster].reshape(SIDE, SIDE)
    assert (names[:2, :2] == "high_high").all()
    assert "low_low" in names[4:, 4:] and "high_high" not in names[4:, 4:]


def test_moran_s_i_is_the_sum_over_all_pairs(lattice):
    events, bases, first, second = lattice
    test, z = local_moran(*lattice), standardised(events, bases)
    z = z - z.mean()
    degree = np.bincount(first)
    total = sum(z[one] * z[other] / degree[one] for one, other in zip(first, second, strict=True))
    assert test.moran == pytest.approx(total / sum(z**2), rel=1e-12)
    assert test.moran_p == pytest.approx(2 / 1000)


def test_sudden_infant_deaths_have_the_published_moran_s_i():
    """North Carolina, 1979-84, deaths by births and the neighbours of 1989: PySAL documents 0.1662 for them."""
    weights = libpysal.io.open(libpysal.examples.get_path("sids2.gal")).read()
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    deaths, births = (np.array(table.by_col(name), dtype=float) for name in ("SID79", "BIR79"))
    place = {kode: position for position, kode in enumerate(weights.id_order)}
    pairs = np.array(sorted((place[one], place[other]) for one in place for other in weights.neighbors[one]))
    test = local_moran(deaths, births, pairs[:, 0], pairs[:, 1])
    assert test.moran == pytest.approx(0.1662, abs=5e-5)
    assert test.moran_p < 0.05


def test_the_false_discovery_rate_is_that_of_benjamini_and_hochberg():
    """Their fifteen p-values (1995, section 4.1): four are significant, where Bonferroni keeps three."""
    published = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
                          0.5719, 0.6528, 0.7590, 1.0000])  # fmt: skip
    cutoff = fdr(published, 0.05)
    assert cutoff == pytest.approx(4 * 0.05 / 15)
    assert (published < cutoff).sum() == 4
    assert (published < 0.05 / 15).sum() == 3


def test_the_same_numbers_give_the_same_map_whatever_was_drawn_before(lattice):
    first = local_moran(*lattice)
    local_moran(lattice[1] / 2, lattice[1] + np.arange(SIDE * SIDE), *lattice[2:])
    from queries import hot_spots

    hot_spots._tested.cache_clear()
    np.random.seed(99)
    before = np.random.get_state()[1].copy()
    again = local_moran(*lattice)
    assert (again.p == first.p).all() and (again.cluster == first.cluster).all()
    assert again.moran_p == first.moran_p
    assert (np.random.get_state()[1] == before).all()


def test_rates_that_are_all_alike_are_not_tested(lattice):
    assert local_moran(lattice[1] / 4, *lattice[1:]) is None


def test_noise_alone_makes_no_cluster():
    """The false discovery rate lets one map of chance alone in twenty show anything at all."""
    first, second, _ = pairs_of(LATTICE)
    rng = np.random.default_rng(3)
    showing = 0
    for _ in range(10):
        bases = rng.integers(20, 300, SIDE * SIDE)
        test = local_moran(rng.binomial(bases, 0.5).astype(float), bases.astype(float), first, second)
        showing += (test.cluster > 0).any()
    assert showing <= 2


def test_groups_hang_together_through_high_neighbours_only():
    first, second, _ = pairs_of(LATTICE)
    is_high = np.zeros(SIDE * SIDE, dtype=bool)
    is_high[[0, 1, 7, 35, 33]] = True
    group, size = high_groups(is_high, first, second)
    assert group[[0, 1, 7]].tolist() == [1, 1, 1] and size[[0, 1, 7]].tolist() == [3, 3, 3]
    assert group[[33, 35]].tolist() == [2, 3] and size[[33, 35]].tolist() == [1, 1]
    assert np.isnan(group[2]) and np.isnan(size[2])


def test_fewer_permutations_are_drawn_where_more_are_tested():
    counts = {20: 99_999, 147: 68_027, 1000: 10_000, 2000: 5000, 8569: 1166, 84_000: 999}
    assert [permutation_count(count) for count in counts] == list(counts.values())


@pytest.mark.parametrize(("tested", "least"), [(20, 1), (147, 1), (499, 1), (510, 2), (1720, 12), (8569, 294)])
def test_the_draws_can_find_no_fewer_than_are_said(tested, least):
    """As many p-values as are said, as small as the draws give, pass PySAL's false discovery rate; one less none."""
    assert least_significant_count(tested) == least
    for many, passing in ((least, least), (least - 1, 0)):
        p = np.array([least_p(tested)] * many + [1.0] * (tested - many))
        assert (p < fdr(p, 0.05)).sum() == passing


@pytest.mark.parametrize("changes", [{"limits": (1, 2)}, {"rule_on": PERIOD}])
def test_another_rule_is_refused(block_of_desa, changes):
    with pytest.raises(PetadesilError) as caught:
        ask(block_of_desa, Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact", **changes))
    assert caught.value.code == "no_what_if"


def test_a_scope_is_tested_among_its_provinsi_or_the_country():
    assert reference_of(Scope("99.01.01", Level.desa)) == reference_of(Scope("99", Level.kecamatan)) == "99"
    assert reference_of(Scope("99", Level.kabupaten)) == reference_of(Scope("ID", Level.desa)) == "ID"


# Thirty desa, six in a line: three times three reach nobody, the rest nearly everybody; the last has three households.
DESA = [f"99.01.01.2{number:03d}" for number in range(1, 31)]
BAD = [DESA[SIDE * line + place] for line in range(3) for place in range(3)]
MIDDLE = [DESA[0 + 1], DESA[SIDE], DESA[SIDE + 1]]
HIGH, EVEN, SMALL = "1 1 2 2 3 4 " * 10 + "7", "1* 1* 2* 2* 3* 4 " * 10 + "7", "1* 2 8"


@pytest.fixture(scope="module")
def block_of_desa(template, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        places = {"99": "Provinsi Uji", "99.01": "Kabupaten Kotak", "99.01.01": "Petak"}
        places |= {kode: f"Petak {kode[-2:]}" for kode in DESA}
        patch.setattr(builders, "PLACES", places)
        patch.setattr(builders, "DESA", [kode for kode in places if level_of(kode) is Level.desa])
        engine = make_engine(clone(template, "test_hot_spots"))
        write_places(engine)
        with engine.begin() as connection:
            connection.execute(update(tables.boundary_shape).where(tables.boundary_shape.c.kode == bindparam("at")), [
                {"at": kode, "geom": from_shape(shapely.MultiPolygon([square]), 4326)}
                for kode, square in zip(DESA, LATTICE, strict=False)
            ])
        census = {kode: HIGH if kode in BAD else EVEN for kode in DESA} | {DESA[-1]: SMALL}
        household = draw_households(census)
        load(engine, tmp_path_factory.mktemp("hot_spots"), household, enrol(recipients(household), "pkh"))
    yield engine
    engine.dispose()


def ask(engine, scope):
    with read_only(engine) as connection:
        return QUERIES["hot-spots"](connection, scope)


@pytest.mark.postgis
def test_a_run_of_desa_that_reach_nobody_is_one_high_group(block_of_desa):
    frame = ask(block_of_desa, Scope("99", Level.desa, PERIOD, disclosure="exact")).frame
    high = frame[frame["exclusion_cluster"] == "high_high"]
    assert set(MIDDLE) <= set(high["kode"]) <= set(BAD)
    assert set(frame["exclusion_group"].dropna()) == {1} and set(high["exclusion_group_count"]) == {len(high)}
    beside = frame.set_index("kode")["neighbour_exclusion_rate"]
    assert beside[DESA[0]] == 1
    # The fourth of the first line touches two that reach nobody, and three that miss 10 of 60.
    assert beside[DESA[3]] == pytest.approx((2 * 60 + 3 * 10) / (5 * 60))
    assert set(frame["exclusion_tested_count"]) == {30}
    assert frame["exclusion_moran"].iloc[0] > 0.5


@pytest.mark.postgis
def test_what_is_hidden_is_neither_tested_nor_counted_among_neighbours(block_of_desa):
    frame = ask(block_of_desa, Scope("99", Level.desa, PERIOD, disclosure="published")).frame
    assert frame["exclusion_cluster_status"].iloc[-1] == Status.suppressed
    for column in ("exclusion_cluster", "exclusion_p", "neighbour_exclusion_rate"):
        assert frame[column].isna().tolist() == [False] * 29 + [True]
    # Rounded to the nearest five, 10 of 60 stay what they are; the hidden neighbour's 1 of 2 is not in it.
    assert frame["neighbour_exclusion_rate"].iloc[-2] == pytest.approx(10 / 60)
    assert frame["exclusion_tested_count"].iloc[0] == 29


@pytest.mark.postgis
def test_a_part_of_the_provinsi_is_tested_among_all_of_it(block_of_desa):
    whole = ask(block_of_desa, Scope("99", Level.desa, PERIOD, disclosure="exact")).frame
    part = ask(block_of_desa, Scope("99.01.01", Level.desa, PERIOD, disclosure="exact")).frame
    assert part["exclusion_p"].tolist() == whole["exclusion_p"].tolist()


@pytest.mark.postgis
def test_too_few_wilayah_are_not_tested(block_of_desa):
    result = ask(block_of_desa, Scope("99", Level.kecamatan, PERIOD, disclosure="exact"))
    assert len(result.frame) == 1 < LEAST_TESTED
    assert set(result.frame["exclusion_cluster_status"]) == {Status.not_applicable}
    assert result.frame["exclusion_cluster"].isna().all() and result.frame["exclusion_moran"].isna().all()


@pytest.mark.postgis
def test_a_desa_s_neighbours_are_those_beside_it(block_of_desa):
    with read_only(block_of_desa) as connection:
        assert read_neighbours(connection, DESA[0]) == [DESA[1], DESA[SIDE], DESA[SIDE + 1]]
        assert read_neighbours(connection, "99.01.01") == []
        assert read_neighbours(connection, "98") == []


@pytest.mark.postgis
def test_map_legend_and_tooltip_speak_of_the_same_cluster(block_of_desa):
    result = ask(block_of_desa, Scope("99", Level.desa, PERIOD, disclosure="published"))
    values, scale = values_of(result, EXCLUSION), cluster_scale(EXCLUSION)
    first, last = values.iloc[1], values.iloc[-1]
    assert cluster_name(first["value"], WORDS) == "tinggi di antara yang tinggi"
    entries = scale.legend(WORDS, set(values["status"]))
    assert entries[0].label == "tinggi di antara yang tinggi"
    assert entries[0].colour == scale.colour(first["value"], first["status"])
    assert scale.colour(last["value"], last["status"]) == STATUS_COLOURS[Status.suppressed] == entries[-1].colour
    lines = cluster_lines(result, EXCLUSION, WORDS, ["kelompok"] * len(values), "keluarga")
    assert lines[1][0] == "kelompok" and lines[1][1].startswith("100,0") and len(lines[1]) == 4
    assert lines[-1] == ["kelompok"]


def test_a_p_value_is_never_written_as_nought():
    assert p_text(0.0002, WORDS) == "< 0,001" and p_text(0.0123, WORDS) == "= 0,012" and p_text(None, WORDS) == "–"
    assert figure_text("exclusion_p", 0.0123, "", WORDS) == "0,012"


@pytest.fixture
def open_page(block_of_desa, tmp_path):
    with pages_under_test.serving(block_of_desa, tmp_path):
        yield partial(pages_under_test.open_page, "hot-spots")


@pytest.mark.postgis
def test_the_page_says_how_many_lie_in_clusters_in_both_languages(open_page):
    for language in LANGUAGES:
        for measure in QUESTIONS["hot-spots"].measures:
            page = open_page(l="desa", m=measure.key, lang=language)
            assert not page.exception and not page.error
    page = open_page(l="desa")
    assert "dari 30** desa" in " ".join(part.value for part in page.markdown)


@pytest.mark.postgis
def test_the_page_says_why_nothing_is_tested_and_offers_a_finer_level(open_page):
    page = open_page(l="kecamatan")
    assert any("paling sedikit **20**" in part.value for part in page.markdown)
    next(button for button in page.button if "desa" in button.label).click().run()
    assert "desa" in page.query_params["l"]
    assert not page.exception


def draw_lines():
    import streamlit

    from dashboard import state
    from dashboard.sections import neighbour_charts

    view = state.read_view(state.question_of("coverage-gaps"))
    for line in neighbour_charts.sibling_lines(view, "exclusion_rate", "status"):
        roles = " ".join(f"{row.kode}={row.role}" for row in line.rows.itertuples(index=False))
        streamlit.text(f"{line.name}: {line.rate} {roles}")
    neighbour_charts.among_neighbours(view, "exclusion_rate")


@pytest.mark.postgis
def test_a_desa_is_held_against_those_beside_it_and_those_of_its_kecamatan(open_page):
    page = pages_under_test.open_part(draw_lines, w=DESA[0], d="published")
    assert not page.exception
    beside, kecamatan, kabupaten = (text.value for text in page.text)
    assert beside.startswith("yang berbatasan: None")
    assert set(beside.split()[3:]) == {f"{DESA[0]}=own", *(f"{DESA[at]}=beside" for at in (1, SIDE, SIDE + 1))}
    # 9 of the 29 large desa reach nobody, the others miss 10 of 60; rounded, and the hidden one is no dot.
    assert kecamatan.startswith("Petak: 0.4") and kabupaten.startswith("Kabupaten Kotak: 0.4")
    assert DESA[-1] not in kecamatan and kecamatan.count("=sibling") == 25
    assert page.subheader[0].value == "Petak 01 di antara tetangganya"


@pytest.mark.postgis
def test_where_nobody_is_beside_it_a_wilayah_is_shown_by_its_parts(open_page):
    page = pages_under_test.open_part(draw_lines, w="99.01")
    assert not page.exception and not page.text
    assert page.subheader[0].value == "Desa/kelurahan di Kabupaten Kotak, menurut wilayah di atasnya"
