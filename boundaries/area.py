"""Area on the ellipsoid, the same for every wilayah of the country."""

from functools import cache

import numpy as np
import shapely
from pyproj import Transformer


@cache
def _equal_area() -> Transformer:
    # EPSG:6933 (EASE-Grid 2.0, cylindrical equal-area on WGS 84). One projection for the country keeps parts adding up
    # to wholes across provinsi, which a projection per UTM zone would not.
    return Transformer.from_crs(4326, 6933, always_xy=True)


def area_km2(geometry: np.ndarray) -> np.ndarray:
    """Return the equal-area size in km2 of each geometry, given in EPSG:4326."""

    def project(coordinates: np.ndarray) -> np.ndarray:
        return np.column_stack(_equal_area().transform(coordinates[:, 0], coordinates[:, 1]))

    return shapely.area(shapely.transform(np.asarray(geometry, dtype=object), project)) / 1e6
