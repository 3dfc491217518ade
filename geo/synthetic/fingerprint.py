"""What the fictional province was drawn by: a fingerprint of the generator and of the rules that it reads."""

import hashlib
from importlib.resources import files

# Codes of the budget are policy too, but no family and no program depends on them.
_NOT_READ = {"budget_code.csv"}


def fingerprint_generator(*constants: object) -> str:
    """Return a text that changes whenever the generator, the policy rows or one of the `constants` does."""
    content = hashlib.sha256(repr(constants).encode())
    for package, suffixes in (("geo.synthetic", (".py", ".csv")), ("geo.policy", (".csv",))):
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(suffixes) and entry.name not in _NOT_READ:
                content.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return content.hexdigest()[:16]
