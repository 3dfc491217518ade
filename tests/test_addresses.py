"""Tokens of shapes and exports: the same question has the same one, and nobody else can make one."""

import stat
from datetime import date

import pytest

from boundaries.levels import Level
from dashboard import addresses
from dashboard.addresses import Asked, ExpiredAddress, Signer, WrongAddress, read_secret
from queries.scope import Scope

SCOPE = Scope("99", Level.desa, date(2026, 10, 1), "pkh", (1, 2), "published")
ASKED = Asked("fill", "coverage-gaps", "exclusion_rate", SCOPE, "id", "abc")


def test_a_token_brings_back_what_was_asked(tmp_path):
    signer = Signer(tmp_path)
    assert signer.read(signer.token(ASKED)) == ASKED


def test_every_part_of_a_scope_comes_back_as_it_was(tmp_path):
    signer = Signer(tmp_path)
    scope = SCOPE.at(rule_on=date(2025, 1, 1), limits=(1, 5), against=date(2026, 9, 1), programs=("pkh", "sembako"),
                     truth="consumption", frame="listing", request="2026-10")  # fmt: skip
    asked = Asked("export", "what-if", "exclusion_rate", scope, "en", "abc")
    assert signer.read(signer.token(asked)) == asked
    bare = Asked("other", "", "", Scope("99", Level.desa), "", "abc")
    assert signer.read(signer.token(bare)) == bare


def test_the_same_question_has_the_same_token_in_another_process(tmp_path):
    assert Signer(tmp_path).token(ASKED) == Signer(tmp_path).token(ASKED)


def test_scope_and_disclosure_are_part_of_the_token(tmp_path):
    signer = Signer(tmp_path)
    exact = Asked("fill", "coverage-gaps", "exclusion_rate", SCOPE.at(disclosure="exact"), "id", "abc")
    assert signer.token(exact) != signer.token(ASKED)


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "", str.upper])
def test_a_changed_token_is_refused(tmp_path, spoil):
    signer = Signer(tmp_path)
    with pytest.raises(WrongAddress):
        signer.read(spoil(signer.token(ASKED)))


def test_a_token_of_another_folder_is_refused(tmp_path):
    with pytest.raises(WrongAddress):
        Signer(tmp_path / "one").read(Signer(tmp_path / "two").token(ASKED))


def test_a_token_lives_for_its_window_and_the_next(tmp_path, monkeypatch):
    signer = Signer(tmp_path)
    now = 1_800_000_000
    monkeypatch.setattr(addresses.time, "time", lambda: now)
    token = signer.token(ASKED)
    monkeypatch.setattr(addresses.time, "time", lambda: now + addresses.WINDOW_S)
    assert signer.read(token) == ASKED
    monkeypatch.setattr(addresses.time, "time", lambda: now + 2 * addresses.WINDOW_S)
    with pytest.raises(ExpiredAddress):
        signer.read(token)


def test_only_the_owner_can_read_the_secret(tmp_path):
    secret = read_secret(tmp_path / "data")
    path = tmp_path / "data" / addresses.SECRET_FILE
    assert len(secret) > 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(tmp_path / "data") == secret
    assert [child.name for child in path.parent.iterdir()] == [addresses.SECRET_FILE]
