"""Real polygons in the layout of each publisher, written to a folder in any format, right or with a stated wrong.

The columns are those of the publishers' own files; the names of people, religions and households that some of them hold
are replaced by a constant, since nothing may read them.
"""

import functools
import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame

from boundaries.publishers import ISO_PROVINSI

_LAMPUNG = "boundaries/lampung_desa_hdx2020_xwalk2025.gpkg"
_NATION = "boundaries/indonesia_desa_hdx2020_simplified.parquet"
_PAIRS = "codes/bps_kemendagri_2025.csv"
_DRIVERS = {
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".shp": "ESRI Shapefile",
    ".gdb": "OpenFileGDB",
}
_LEVELS = ("desa", "kecamatan", "kabupaten", "provinsi")
_BPS_LENGTH = {"desa": 10, "kecamatan": 7, "kabupaten": 4, "provinsi": 2}
_KODE_LENGTH = {"desa": 13, "kecamatan": 8, "kabupaten": 5, "provinsi": 2}
_ADM = {"provinsi": 1, "kabupaten": 2, "kecamatan": 3, "desa": 4}


def read_real_desa(shared_data: Path, kabupaten: str = "1801") -> GeoDataFrame:
    """Return the desa of a BPS kabupaten or provinsi (`1801`, `18`): kode_bps, kode (NA where unpaired), four names.

    Lampung comes at full resolution; elsewhere it is the nation's simplified file, paired by the crosswalk of 2025.
    """
    return _read_real_desa(str(shared_data), kabupaten).copy()


def write_publisher_file(
    folder: Path,
    publisher: str,
    shared_data: Path,
    *,
    kabupaten: str = "1801",
    level: str = "desa",
    suffix: str = ".gpkg",
    crs: int | None = 4326,
    name: str | None = None,
    layer: str | None = None,
    **wrongs: object,
) -> Path:
    """Write desa (or the level dissolved from them) as `publisher` does; return the path.

    `publisher` is a key of LAYOUTS; `suffix` one of .gpkg .geojson .json .fgb .shp .gdb .parquet .zip (a shapefile in a
    subfolder). `wrongs`: `swapped` (True, or a number of rows: latitude first), `said_crs` (the EPSG number that the
    file states instead of its own; None for none), `kode_as_number` (the code columns become floats), `without`
    (suffixes of shapefile parts to leave out, such as (".prj", ".cpg")), `encoding` (of a shapefile), `drop` and
    `rename` (columns), `with_z`, `single` (Polygon beside MultiPolygon), `dissolved_to` (merges rows and keeps a code
    of the first desa, as map programs do), `keep` (a function of the finished table).
    """
    table = _read_level(str(shared_data), kabupaten, level).copy()
    table = LAYOUTS[publisher](table, level)
    table = _spoil(table, wrongs, shared_data, kabupaten)
    if crs is not None and crs != 4326:
        table = table.to_crs(crs)
    table = _turn(table, wrongs.get("swapped", False))
    said = wrongs.get("said_crs", crs)
    table = table.set_crs(None, allow_override=True) if said is None else table.set_crs(said, allow_override=True)
    return _write(table, folder, name or f"{publisher}_{level}", suffix, layer, wrongs)


@functools.cache
def _read_real_desa(shared_data: str, kabupaten: str) -> GeoDataFrame:
    root = Path(shared_data)
    if kabupaten.startswith("18"):
        read = pyogrio.read_dataframe(root / _LAMPUNG, where=f"kode_bps LIKE '{kabupaten}%'")
        read = read.rename(columns={"kode_kemendagri": "kode"})
    else:
        read = geopandas.read_parquet(root / _NATION, filters=[("regency_code", "==", f"id{kabupaten}")])
        if not len(read):
            read = geopandas.read_parquet(root / _NATION, filters=[("province_code", "==", f"id{kabupaten}")])
        read["kode_bps"] = read["village_code"].str.removeprefix("id")
        pairs = pd.read_csv(root / _PAIRS, dtype=str)
        pairs = pairs[(pairs["kode_bps"] != "0") & (pairs["kode_dagri"] != "0")]
        read["kode"] = read["kode_bps"].map(pairs.drop_duplicates("kode_bps").set_index("kode_bps")["kode_dagri"])
    names = {"village": "desa", "district": "kecamatan", "regency": "kabupaten", "province": "provinsi"}
    read = read.rename(columns=names)
    return GeoDataFrame(read[["kode_bps", "kode", *names.values(), "geometry"]].reset_index(drop=True), crs=4326)


@functools.cache
def _read_level(shared_data: str, kabupaten: str, level: str) -> GeoDataFrame:
    desa = _read_real_desa(shared_data, kabupaten)
    if level == "desa":
        return desa
    desa = desa.assign(at=desa["kode_bps"].str.slice(0, _BPS_LENGTH[level]))
    merged = desa.dissolve("at", aggfunc=dict.fromkeys(_LEVELS, "first"), method="unary").reset_index()
    kode = desa.assign(up=desa["kode"].str.slice(0, _KODE_LENGTH[level])).groupby("at")["up"]
    # The kode most of the parts agree on: enough for a file to test with.
    usual = kode.agg(lambda codes: codes.mode().iloc[0] if codes.notna().any() else None)
    merged["kode_bps"], merged["kode"] = merged["at"], merged["at"].map(usual)
    return merged[["kode_bps", "kode", *_LEVELS, "geometry"]]


def _codes(table: GeoDataFrame, level: str, column: str, lengths: dict[str, int]) -> dict[str, pd.Series]:
    """Return the codes of this level and those above it, None at the levels below."""
    depth = _ADM[level]
    blank = pd.Series(None, index=table.index, dtype=object)
    return {at: table[column].str.slice(0, lengths[at]) if _ADM[at] <= depth else blank for at in _LEVELS}


def _names(table: GeoDataFrame, level: str) -> dict[str, pd.Series]:
    blank = pd.Series(None, index=table.index, dtype=object)
    return {at: table[at] if _ADM[at] <= _ADM[level] else blank for at in _LEVELS}


def _frame(columns: dict[str, object], table: GeoDataFrame) -> GeoDataFrame:
    return GeoDataFrame(pd.DataFrame(columns, index=table.index), geometry=table.geometry.to_numpy(), crs=table.crs)


def _big(table: GeoDataFrame, level: str) -> GeoDataFrame:
    """RBI10K: every layer has the columns of all levels; the BPS columns above desa hold the last digits only."""
    kode, bps, name = (
        _codes(table, level, "kode", _KODE_LENGTH),
        _codes(table, level, "kode_bps", _BPS_LENGTH),
        _names(table, level),
    )
    metric = table.to_crs(6933).area
    columns = {
        "OBJECTID": range(1, len(table) + 1),
        "NAMOBJ": name[level],
        "FCODE": "BA03070040",
        "REMARK": None,
        "METADATA": "TASWIL1000020230928_DATA_BATAS_DESAKELURAHAN",
        "SRS_ID": "SRGI 2013",
        "KDBBPS": bps["kabupaten"].str.slice(2),
        "KDCBPS": bps["kecamatan"].str.slice(4),
        "KDCPUM": kode["kecamatan"],
        "KDEBPS": bps["desa"],
        "KDEPUM": kode["desa"],
        "KDPBPS": bps["provinsi"],
        "KDPKAB": kode["kabupaten"],
        "KDPPUM": kode["provinsi"],
        "LUASWH": (metric / 10_000).round(2),
        "TIPADM": 2.0,
        "WADMKC": name["kecamatan"],
        "WADMKD": name["desa"],
        "WADMKK": name["kabupaten"],
        "WADMPR": name["provinsi"],
        "WIADKC": None,
        "WIADKK": None,
        "WIADPR": None,
        "WIADKD": None,
        "UUPP": "Hasil Delineasi Batas Desa 2018",
    }
    return _frame(columns, table)


def _big_25k(table: GeoDataFrame, level: str) -> GeoDataFrame:
    return _big(table, level).rename(columns={"KDPKAB": "KDBPUM"}).assign(LCODE="BA0020")


def _codab(table: GeoDataFrame, level: str) -> GeoDataFrame:
    """HDX COD-AB of 2020: the columns of this level and those above, P-codes with the prefix ID."""
    bps, name = _codes(table, level, "kode_bps", _BPS_LENGTH), _names(table, level)
    at, columns = _ADM[level], {}
    for upper in _LEVELS[_LEVELS.index(level) :]:
        n = _ADM[upper]
        columns |= {f"ADM{n}_EN": name[upper], f"ADM{n}_PCODE": "ID" + bps[upper]}
        if n == at:
            columns |= {f"ADM{n}_REF": None, f"ADM{n}ALT1EN": None, f"ADM{n}ALT2EN": None}
    return _frame({**columns, "ADM0_EN": "Indonesia", "ADM0_PCODE": "ID", "validOn": "2020-04-01"}, table)


def _codab_new(table: GeoDataFrame, level: str) -> GeoDataFrame:
    """COD-AB since 2025: lower case, with an area and a centre."""
    bps, name = _codes(table, level, "kode_bps", _BPS_LENGTH), _names(table, level)
    columns = {}
    for upper in _LEVELS[_LEVELS.index(level) :]:
        n = _ADM[upper]
        columns |= {f"adm{n}_name": name[upper], f"adm{n}_name1": None, f"adm{n}_pcode": "ID" + bps[upper]}
    columns |= {"adm0_name": "Indonesia", "adm0_pcode": "ID", "valid_on": "2020-04-01", "version": "v02"}
    columns["area_sqkm"] = table.to_crs(6933).area / 1e6
    return _frame({**columns, "center_lat": -5.0, "center_lon": 104.0}, table)


def _hdx_copy(table: GeoDataFrame, level: str) -> GeoDataFrame:
    bps, name = _codes(table, level, "kode_bps", _BPS_LENGTH), _names(table, level)
    words = {"desa": "village", "kecamatan": "district", "kabupaten": "regency", "provinsi": "province"}
    columns = {"country_code": "id", "country": "Indonesia"}
    for upper in reversed(_LEVELS[_LEVELS.index(level) :]):
        columns |= {f"{words[upper]}_code": "id" + bps[upper], words[upper]: name[upper]}
    return _frame({**columns, "source": "HDX", "date": "2019-12-20"}, table)


def _gadm(table: GeoDataFrame, level: str) -> GeoDataFrame:
    """GADM 4.1: its own numbers at every level, the BPS code at the layer's own only; `NA` for no value."""
    bps, name = _codes(table, level, "kode_bps", _BPS_LENGTH), _names(table, level)
    n = _ADM[level]
    columns = {"GID_0": "IDN", "COUNTRY": "Indonesia"}
    for upper in reversed(_LEVELS[_LEVELS.index(level) :]):
        number = bps[upper].astype("category").cat.codes.add(1).astype(str)
        columns |= {f"GID_{_ADM[upper]}": "IDN.18." + number + "_1", f"NAME_{_ADM[upper]}": name[upper]}
    columns |= {f"VARNAME_{n}": "NA", f"TYPE_{n}": "Desa", f"ENGTYPE_{n}": "Village", f"CC_{n}": bps[level]}
    return _frame(columns, table)


def _geoboundaries(table: GeoDataFrame, level: str) -> GeoDataFrame:
    letters = {kode: iso for iso, kode in ISO_PROVINSI.items()}
    iso = table["kode"].map(letters) if level == "provinsi" else ""
    number = pd.Series(range(len(table)), index=table.index).astype(str)
    columns = {"shapeName": table[level], "shapeISO": iso, "shapeID": "24213740B" + number.str.zfill(12)}
    return _frame({**columns, "shapeGroup": "IDN", "shapeType": f"ADM{_ADM[level]}"}, table)


_PERSONS = """JUMLAH_PEN JUMLAH_KK KEPADATAN PERPINDAHA JUMLAH_MEN PERUBAHAN WAJIB_KTP SILAM KRISTEN KHATOLIK HINDU
    BUDHA KONGHUCU KEPERCAYAA PRIA WANITA BELUM_KAWI KAWIN CERAI_HIDU CERAI_MATI"""


def _dukcapil(table: GeoDataFrame, level: str) -> GeoDataFrame:
    """Dukcapil 2019: 161 columns cut to ten characters, codes without dots, KODE as a float."""
    bare = table["kode"].str.replace(".", "", regex=False)
    columns = {
        "OBJECT_ID": range(1, len(table) + 1),
        "KODE_DESA": bare,
        "DESA": table["desa"].str.upper(),
        "KODE": bare.astype(float),
        "PROVINSI": table["provinsi"].str.upper(),
        "KAB_KOTA": table["kabupaten"].str.upper(),
        "KECAMATAN": table["kecamatan"].str.upper(),
        "DESA_KELUR": table["desa"],
        **dict.fromkeys(_PERSONS.split(), 7),
        "LUAS_WILAY": table.to_crs(6933).area / 1e6,
    }
    columns |= dict.fromkeys([f"U{age}" for age in range(161 - len(columns))], 7)
    return _frame(columns, table)


def _dukcapil_kd(table: GeoDataFrame, level: str) -> GeoDataFrame:
    kode, name = _codes(table, level, "kode", _KODE_LENGTH), _names(table, level)
    words = {
        "desa": ("KODE_KD", "KEL_DESA"),
        "kecamatan": ("KODE_KEC", "KECAMATAN"),
        "kabupaten": ("KODE_KK", "KAB_KOTA"),
        "provinsi": ("KODE_PROV", "PROVINSI"),
    }
    columns = {"FID": range(len(table))}
    for upper in _LEVELS[_LEVELS.index(level) :]:
        code, word = words[upper]
        columns |= {code: kode[upper].str.replace(".", "", regex=False), word: name[upper]}
    return _frame({**columns, "TIPE_KD": 2}, table)


def _bps(table: GeoDataFrame, level: str) -> GeoDataFrame:
    bps, name = _codes(table, level, "kode_bps", _BPS_LENGTH), _names(table, level)
    columns = {"kdprov": bps["provinsi"], "nmprov": name["provinsi"]}
    for upper, word in (("kabupaten", "kab"), ("kecamatan", "kec"), ("desa", "desa")):
        if _ADM[upper] <= _ADM[level]:
            columns |= {f"id{word}": bps[upper], f"nm{word}": name[upper]}
    return _frame({**columns, "sumber": "BPS", "periode": "2020_1"}, table)


def _kemendagri(table: GeoDataFrame, level: str) -> GeoDataFrame:
    return _frame({"kode": table["kode"], "nama": table[level].str.upper()}, table)


def _cahyadsn(table: GeoDataFrame, level: str) -> GeoDataFrame:
    inner = table.representative_point()
    columns = {
        "kode": table["kode"],
        "nama": table["desa"],
        "kode_kec": table["kode"].str.slice(0, 8),
        "kecamatan": table["kecamatan"],
        "kabkota": table["kabupaten"],
        "provinsi": table["provinsi"],
        "lat": inner.y,
        "lng": inner.x,
    }
    return _frame(columns, table)


LAYOUTS: dict[str, Callable[[GeoDataFrame, str], GeoDataFrame]] = {
    "big": _big,
    "big_25k": _big_25k,
    "hdx": _codab,
    "hdx_new": _codab_new,
    "hdx_copy": _hdx_copy,
    "gadm": _gadm,
    "geoboundaries": _geoboundaries,
    "dukcapil": _dukcapil,
    "dukcapil_kd": _dukcapil_kd,
    "bps": _bps,
    "kemendagri": _kemendagri,
    "cahyadsn": _cahyadsn,
}
_CODE_COLUMNS = {"kode", "KODE_DESA", "KODE_KD", "KDEPUM", "iddesa", "CC_4", "ADM4_PCODE", "village_code"}


def _spoil(table: GeoDataFrame, wrongs: dict, shared_data: Path, kabupaten: str) -> GeoDataFrame:
    if "dissolved_to" in wrongs:
        length = _BPS_LENGTH[wrongs["dissolved_to"]]
        groups = read_real_desa(shared_data, kabupaten)["kode_bps"].str.slice(0, length)
        table = table.dissolve(groups.to_numpy(), method="unary").reset_index(drop=True)
    if wrongs.get("kode_as_number"):
        for column in _CODE_COLUMNS & set(table.columns):
            table[column] = table[column].str.replace(".", "", regex=False).astype(float)
    if wrongs.get("with_z"):
        table["geometry"] = shapely.force_3d(table.geometry.to_numpy(), 12.0)
    if wrongs.get("single"):
        parts = table.geometry.to_numpy()
        table["geometry"] = [part.geoms[0] if shapely.get_num_geometries(part) == 1 else part for part in parts]
    table = table.drop(columns=list(wrongs.get("drop", ()))).rename(columns=wrongs.get("rename", {}))
    keep = wrongs.get("keep")
    return keep(table) if keep else table


def _turn(table: GeoDataFrame, swapped: object) -> GeoDataFrame:
    count = len(table) if swapped is True else int(swapped)
    shapes = table.geometry.to_numpy().copy()
    shapes[:count] = shapely.transform(shapes[:count], lambda pairs: pairs[:, ::-1])
    return table.set_geometry(GeoDataFrame(geometry=shapes, crs=table.crs).geometry)


def _write(
    table: GeoDataFrame, folder: Path, name: str, suffix: str, layer: str | None, wrongs: dict[str, object]
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{suffix}"
    if suffix == ".parquet":
        table.to_parquet(path)
        return path
    if suffix == ".zip":
        inner = _write(table, folder / f"{name}_parts", name, ".shp", layer, wrongs)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(inner.parent.glob(f"{name}.*")):
                archive.write(part, f"{name}/data/{part.name}")
        shutil.rmtree(inner.parent)
        return path
    options = {"encoding": wrongs["encoding"]} if "encoding" in wrongs else {}
    if layer is not None and suffix not in (".shp", ".fgb"):
        options["layer"] = layer
    with warnings.catch_warnings():
        # A shapefile cuts names and has no room for some types, as the publishers' own do.
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(table, path, driver=_DRIVERS[suffix], **options)
    for part in wrongs.get("without", ()):
        path.with_suffix(part).unlink(missing_ok=True)
    return path
