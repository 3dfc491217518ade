"""The environment becomes settings in one place, and a wrong value is refused with its name."""

import os
from pathlib import Path

import pytest

from geo import config
from geo.errors import GeoError

VARIABLES = ("LANG", "DATA_DIR", "STATS_DIR", "DATABASE_URL", "DISCLOSURE")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(f"PETADESIL_{name}", raising=False)


def test_without_any_variable_the_data_lies_in_the_folder_of_this_checkout():
    settings = config.read_settings()
    assert settings.project_root == Path(__file__).resolve().parents[1]
    assert settings.data_dir == settings.home / "data"
    assert settings.language == "id"
    assert (settings.database_url, settings.disclosure, settings.is_external) == (None, None, False)


def test_root_and_an_ordinary_user_keep_their_clusters_apart(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    as_root = config.read_settings().home
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/siti")
    as_user = config.read_settings().home
    assert as_root.parent == Path("/var/lib/petadesil")
    assert as_user == Path("/home/siti/.local/share/petadesil") / as_root.name


def test_two_checkouts_never_share_a_folder(tmp_path):
    homes = {config._home_of(tmp_path / name) for name in ("one", "two")}
    assert len(homes) == 2
    assert homes == {config._home_of(tmp_path / name) for name in ("one", "two")}


def test_variables_override_and_blank_ones_count_as_absent(monkeypatch, tmp_path):
    monkeypatch.setenv("PETADESIL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PETADESIL_STATS_DIR", str(tmp_path / "absent"))
    monkeypatch.setenv("PETADESIL_DATABASE_URL", "  ")
    monkeypatch.setenv("PETADESIL_LANG", "EN")
    monkeypatch.setenv("PETADESIL_DISCLOSURE", "published")
    settings = config.read_settings()
    assert (settings.data_dir, settings.stats_dir, settings.database_url) == (tmp_path, None, None)
    assert (settings.language, settings.disclosure) == ("en", "published")


@pytest.mark.parametrize(("variable", "value"), [("PETADESIL_LANG", "jv"), ("PETADESIL_DISCLOSURE", "all")])
def test_a_value_that_means_nothing_is_refused_by_name(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(GeoError) as refused:
        config.read_settings()
    assert refused.value.code == "setting_unknown"
    assert refused.value.details["variable"] == variable
    assert refused.value.details["value"] == value


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_a_person_at_the_keyboard_is_not_ci(monkeypatch, value):
    monkeypatch.setenv("CI", value)
    assert not config.is_continuous_integration()


@pytest.mark.parametrize("value", ["true", "1"])
def test_ci_is_told_by_its_variable(monkeypatch, value):
    monkeypatch.setenv("CI", value)
    assert config.is_continuous_integration()
