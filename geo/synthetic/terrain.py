"""Sea and land, mountains and towns of the fictional province, as fields over a plane in kilometres."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

HALF_WIDTH_KM = 170
HALF_HEIGHT_KM = 150
_STEP_KM = 1.0


@dataclass(frozen=True)
class Town:
    """A place that people gather around; `strength` is how much denser its desa lie than in the open country."""

    x: float
    y: float
    strength: float
    reach_km: float


# Land masses: centre, half axes (km) and tilt (degrees, against the clock). The coast itself comes from noise.
_LAND = (
    (-38, 34, 74, 43, -33),
    (38, -6, 84, 47, -30),
    (62, 34, 46, 34, 10),
    (104, -62, 38, 15, -52),
    (-84, 74, 40, 17, -38),
    (-6, -48, 34, 18, -30),
)
_ISLANDS = (
    (-112, -30, 24, 9, -52),
    (-92, -66, 13, 7, -40),
    (-132, 2, 11, 6, -60),
    (-70, -88, 9, 5, -20),
    (-118, -58, 5, 3.5, 10),
    (-142, -24, 4.5, 3, 70),
    (128, 32, 13, 7, 65),
    (142, 6, 5.5, 3.5, 20),
    (51, -83, 6.5, 4, -30),
    (66, -69, 3.6, 2.6, 0),
    (38, -74, 2.6, 2.2, 0),
    (-28, 103, 8, 4, -30),
)
# Bays bite into the land in the same form.
_BAYS = (
    (52, -66, 34, 17, 62),
    (-46, 82, 19, 10, -70),
    (104, -20, 20, 9, -15),
    (-58, -8, 14, 8, 40),
)

# Seats of the ten kabupaten, in the order of their codes, then the two kota. The kota lie apart from their neighbours.
SEATS = (
    Town(-110, -33, 2.2, 5),
    Town(-92, 76, 2.5, 5),
    Town(-44, 62, 3.0, 6),
    Town(-48, 14, 2.2, 5),
    Town(4, 40, 3.2, 6),
    Town(2, -8, 3.0, 6),
    Town(-8, -50, 2.4, 5),
    Town(50, 4, 4.0, 7),
    Town(74, 46, 3.0, 6),
    Town(100, -52, 2.6, 5),
)
KOTA = (Town(42, -40, 34.0, 6.5), Town(22, 30, 17.0, 4.5))
TOWNS = SEATS + KOTA


class Field:
    """Smooth random values over the plane, mean 0 and deviation 1; `slope` is how fast small waves fade."""

    def __init__(self, rng: np.random.Generator, slope: float, longest_km: float) -> None:
        shape = (int(2 * HALF_HEIGHT_KM / _STEP_KM) + 1, int(2 * HALF_WIDTH_KM / _STEP_KM) + 1)
        waves = np.fft.rfft2(rng.standard_normal(shape))
        wave_y = np.fft.fftfreq(shape[0], _STEP_KM)[:, None]
        wave_x = np.fft.rfftfreq(shape[1], _STEP_KM)[None, :]
        number = np.hypot(wave_x, wave_y)
        values = np.fft.irfft2(waves / np.maximum(number, 1 / longest_km) ** slope, s=shape)
        self._values = (values - values.mean()) / values.std()

    def __call__(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        at = np.vstack([(y + HALF_HEIGHT_KM) / _STEP_KM, (x + HALF_WIDTH_KM) / _STEP_KM])
        return map_coordinates(self._values, at, order=1, mode="nearest")


def _inside(x: np.ndarray, y: np.ndarray, masses: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Return how far inside the nearest mass a point lies, in km, negative outside."""
    depth = np.full(x.shape, -1e3)
    for centre_x, centre_y, long_km, short_km, tilt in masses:
        turn = np.deg2rad(tilt)
        along = (x - centre_x) * np.cos(turn) + (y - centre_y) * np.sin(turn)
        across = (y - centre_y) * np.cos(turn) - (x - centre_x) * np.sin(turn)
        depth = np.maximum(depth, (1 - np.hypot(along / long_km, across / short_km)) * np.sqrt(long_km * short_km))
    return depth


class Terrain:
    """The land of one seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._warp_x = Field(rng, 1.9, 90)
        self._warp_y = Field(rng, 1.9, 90)
        self._coast = Field(rng, 1.5, 40)
        self._ridge = Field(rng, 1.9, 40)
        self._rough = Field(rng, 1.6, 22)

    def height_of_land(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return a value that is positive on land and negative at sea; near the coast it is about kilometres."""
        warped_x = x + 5.0 * self._warp_x(x, y)
        warped_y = y + 5.0 * self._warp_y(x, y)
        mainland = _inside(warped_x, warped_y, _LAND) + 6.0 * self._coast(x, y)
        mainland = np.minimum(mainland, -_inside(warped_x, warped_y, _BAYS) + 3.5 * self._coast(x, y))
        islands = _inside(x + 4.0 * self._warp_x(x, y), y + 4.0 * self._warp_y(x, y), _ISLANDS)
        return np.maximum(mainland, islands + 2.3 * self._coast(x, y))

    def mountain(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return 0 in the plain to about 1 on the spine that runs along the western coast."""
        spine = np.abs((y + 0.62 * x - 4) / np.hypot(1, 0.62) + 9 * self._warp_y(x, y) + 4)
        return np.clip(np.exp(-((spine / 26) ** 2)) * (0.75 + 0.35 * self._ridge(x, y)), 0, 1)

    def effort(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the cost of going one kilometre: ridges part wilayah, as watersheds do."""
        crest = np.exp(-np.abs(self._ridge(x, y)) * 4)
        return np.exp(0.35 * self._rough(x, y)) * (1 + 1.8 * crest + 1.2 * self.mountain(x, y))

    def desa_density(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the density of desa relative to open lowland."""
        density = np.exp(-1.3 * self.mountain(x, y) + 0.28 * self._rough(x, y))
        for town in TOWNS:
            density += town.strength * np.exp(-np.hypot(x - town.x, y - town.y) / town.reach_km)
        return density
