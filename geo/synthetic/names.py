"""Invented names: every one holds a root word that is in no name of a real wilayah."""

import csv
from importlib.resources import files

import numpy as np

PROVINSI_NAME = "Lenggana"

# Ordinary words around the root; a real name may hold these, but never the root beside them.
_BEFORE = (
    "Tanjung", "Karang", "Sungai", "Lubuk", "Bukit", "Rawa", "Padang", "Muara", "Gunung", "Pulau", "Kampung", "Teluk",
    "Batu", "Ujung", "Simpang", "Suka", "Marga", "Banjar", "Tirta", "Sumber",
)
_COASTAL = ("Tanjung", "Teluk", "Muara", "Pulau", "Ujung")
_AFTER = (
    "Jaya", "Makmur", "Sari", "Indah", "Mulya", "Agung", "Baru", "Lama", "Hulu", "Hilir", "Tengah", "Raya", "Asri",
    "Utara", "Selatan", "Timur", "Barat", "Kidul", "Lor", "Permai",
)
_KECAMATAN_AFTER = ("Utara", "Selatan", "Timur", "Barat", "Tengah", "Hulu", "Hilir", "Raya")


class NameBook:
    """Hands out names, none of them twice within the part that asks."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        rows = list(csv.DictReader((files("geo.synthetic") / "root_name.csv").read_text("utf-8").splitlines()))
        self._large = [row["root"] for row in rows if row["level"] == "kabupaten"]
        self._small = [row["root"] for row in rows if row["level"] == "desa"]
        self._taken: set[str] = set()

    def kabupaten_roots(self, count: int) -> list[str]:
        """Return `count` different roots for kabupaten and kota."""
        return [self._large[place] for place in self._rng.permutation(len(self._large))[:count]]

    def kecamatan(self, seat_root: str | None = None) -> str:
        """Return a name that no other kecamatan has; a seat's is its kabupaten's root."""
        return self._draw("kecamatan", _KECAMATAN_AFTER, 0.28, 0.22, _BEFORE, seat_root)

    def desa(self, kecamatan: str, is_coastal: bool) -> str:
        """Return a name that no other desa of `kecamatan` (a code) has."""
        before = _COASTAL if is_coastal and self._rng.random() < 0.5 else _BEFORE
        return self._draw(kecamatan, _AFTER, 0.34, 0.30, before, None)

    def _draw(
        self, scope: str, after: tuple[str, ...], with_before: float, with_after: float, before: tuple[str, ...],
        root: str | None,
    ) -> str:
        while True:
            word = root or self._small[self._rng.integers(len(self._small))]
            form = self._rng.random()
            if root or form > with_before + with_after:
                name = word
            elif form < with_before:
                name = f"{before[self._rng.integers(len(before))]} {word}"
            else:
                name = f"{word} {after[self._rng.integers(len(after))]}"
            root = None
            if f"{scope}/{name}" not in self._taken:
                self._taken.add(f"{scope}/{name}")
                return name
