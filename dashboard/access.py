"""Who may change what is loaded: one role, pengelola, proven by a key that the person who runs the server keeps.

There are no accounts. The key is a file's text, read anew at every question, so that changing the file takes the role
from everybody at once. What guards it is its length: the wait after wrong tries only slows one browser down.
"""

import hashlib
import hmac
import time

import streamlit as st

from geo.config import read_settings

SETTING = "PETADESIL_OPERATOR_KEY_FILE"
LEAST_LETTERS = 20
LASTS_S = 8 * 3600
LONGEST_WAIT_S = 60
# A key is a line of text; whoever names a large file by mistake must not have it read at every click.
_MOST_BYTES = 4096
_ROLE, _TRIES = "operator_role", "operator_tries"
clock = time.monotonic


def hindrance() -> str | None:
    """Return why nobody can take the role: `off` without the setting, `missing`, `short`; None for a good key."""
    if read_settings().operator_key_file is None:
        return "off"
    key = _key()
    if key is None:
        return "missing"
    return "short" if len(key) < LEAST_LETTERS else None


def is_operator() -> bool:
    """Tell whether this session has proven the role, by the key as it is now and not too long ago."""
    digest, since = st.session_state.get(_ROLE, (None, 0.0))
    if digest is None:
        return False
    if hindrance() is not None or clock() - since > LASTS_S or not hmac.compare_digest(digest, _digest(_key())):
        leave()
        return False
    return True


def wait_s() -> int:
    """Return the seconds for which this session's next try is not looked at: 1, 2, 4 and so on after wrong ones."""
    count, last = st.session_state.get(_TRIES, (0, 0.0))
    if not count:
        return 0
    wait = min(2 ** min(count - 1, 10), LONGEST_WAIT_S)
    return max(0, round(last + wait - clock()))


def prove(given: str) -> bool:
    """Take the role where `given` is the key; a wrong one, or one given too soon, is counted or left unseen."""
    if hindrance() is not None or wait_s() > 0:
        return False
    digest = _digest(_key())
    # Digests are of one length, so the comparison's time tells nothing of the key.
    if hmac.compare_digest(_digest(given.strip().encode()), digest):
        st.session_state[_ROLE] = (digest, clock())
        st.session_state.pop(_TRIES, None)
        return True
    count, _ = st.session_state.get(_TRIES, (0, 0.0))
    st.session_state[_TRIES] = (count + 1, clock())
    return False


def leave() -> None:
    """Give the role up."""
    st.session_state.pop(_ROLE, None)


def _key() -> bytes | None:
    try:
        with read_settings().operator_key_file.open("rb") as file:
            return file.read(_MOST_BYTES).strip()
    except OSError:
        return None


def _digest(text: bytes | None) -> bytes:
    return hashlib.sha256(text or b"").digest()
