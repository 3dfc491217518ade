"""Layouts of publishers: recognised by their columns with the reason, asked where two fit, persons left in the file."""

import geopandas
import pandas as pd
import pyogrio
import pytest
from publisher_files import LAYOUTS, read_real_desa, write_publisher_file

from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.mapping import read_mapping
from boundaries.names import display_name
from boundaries.publishers import FORMS, ISO_PROVINSI, UNSTATED, publishers
from boundaries.recognition import recognise, recognise_all, settle

# Columns as public copies of the publishers' files have them.
RBI10K = (
    "OBJECTID NAMOBJ FCODE REMARK METADATA SRS_ID KDBBPS KDCBPS KDCPUM KDEBPS KDEPUM KDPBPS KDPKAB KDPPUM LUASWH "
    "TIPADM WADMKC WADMKD WADMKK WADMPR WIADKC WIADKK WIADPR WIADKD UUPP SHAPE_Leng SHAPE_Area"
)
RBI25K = (
    "KDPPUM NAMOBJ REMARK KDPBPS FCODE LUASWH UUPP SRS_ID LCODE METADATA KDEBPS KDEPUM KDCBPS KDCPUM KDBBPS KDBPUM "
    "WADMKD WIADKD WADMKC WIADKC WADMKK WIADKK WADMPR WIADPR TIPADM SHAPE_Leng SHAPE_Area"
)
RBI5K = "fid Id NAMOBJ FCODE KDCPUM KDEPUM KDPKAB KDPPUM LUASWH WADMKD WADMKC WADMKK WADMPR"
CODAB = (
    "Shape_Leng Shape_Area ADM4_EN ADM4_PCODE ADM4_REF ADM4ALT1EN ADM4ALT2EN ADM3_EN ADM3_PCODE ADM2_EN ADM2_PCODE "
    "ADM1_EN ADM1_PCODE ADM0_EN ADM0_PCODE date validOn validTo"
)
CODAB_NEW = (
    "adm2_name adm2_name1 adm2_name2 adm2_name3 adm2_pcode adm1_name adm1_name1 adm1_pcode adm0_name adm0_pcode "
    "valid_on valid_to area_sqkm version lang center_lat center_lon"
)
GADM4 = "GID_4 GID_0 COUNTRY GID_1 NAME_1 GID_2 NAME_2 GID_3 NAME_3 NAME_4 VARNAME_4 TYPE_4 ENGTYPE_4 CC_4"
GADM1 = "GID_1 GID_0 COUNTRY NAME_1 VARNAME_1 NL_NAME_1 TYPE_1 ENGTYPE_1 CC_1 HASC_1 ISO_1"
GEOBOUNDARIES = "shapeName shapeISO shapeID shapeGroup shapeType"
DUKCAPIL = (
    "OBJECT_ID KODE_DESA DESA KODE PROVINSI KAB_KOTA KECAMATAN DESA_KELUR JUMLAH_PEN JUMLAH_KK LUAS_WILAY KEPADATAN "
    "SILAM KRISTEN KHATOLIK HINDU BUDHA KONGHUCU KEPERCAYAA PRIA WANITA BELUM_KAWI KAWIN CERAI_HIDU CERAI_MATI U0 U5"
)
DUKCAPIL_SERVICE = (
    "objectid no_prop no_kab no_kec no_kel nama_prop nama_kab nama_kec nama_kel jangkauan pulau kode_desa_ jumlah_pen"
)
DUKCAPIL_KD = "FID NAME KODE_KEC KODE_KD KODE_KK KODE_PROV TIPE_KD KECAMATAN KEL_DESA KAB_KOTA PROVINSI JENIS_KD"
BPS = "fid gid kdprov kdkab kdkec kddesa iddesa nmprov nmkab nmkec nmdesa luas sumber periode idkec"
BPS_CENSUS = "PROVNO KABKOTNO KECNO DESANO PROVINSI KABKOT KECAMATAN DESA IDDESA"
COPY = (
    "country_code country province_code province regency_code regency district_code district village_code village "
    "source date valid_on gtype"
)


def refused(call, *given, **options):
    with pytest.raises(BoundaryError) as raised:
        call(*given, **options)
    return raised.value


@pytest.mark.parametrize(
    "columns, publisher, key, level, kode",
    [
        (RBI10K, "big", "rbi10k_desa", Level.desa, {"kemendagri": "KDEPUM", "bps": "KDEBPS"}),
        (RBI25K, "big", "rbi25k_desa", Level.desa, {"kemendagri": "KDEPUM", "bps": "KDEBPS"}),
        (RBI5K, "big", "rbi10k_desa", Level.desa, {"kemendagri": "KDEPUM"}),
        (CODAB, "hdx", "codab_desa", Level.desa, {"bps": "ADM4_PCODE"}),
        (CODAB_NEW, "hdx", "codab_new_kabupaten", Level.kabupaten, {"bps": "adm2_pcode"}),
        (COPY, "hdx", "hdx_desa", Level.desa, {"bps": "village_code"}),
        (GADM4, "gadm", "gadm_desa", Level.desa, {"bps": "CC_4"}),
        (GADM1, "gadm", "gadm_provinsi", Level.provinsi, {"bps": "CC_1"}),
        (GEOBOUNDARIES, "geoboundaries", "geoboundaries_desa", Level.desa, {}),
        (DUKCAPIL, "dukcapil", "dukcapil_desa", Level.desa, {"kemendagri": "KODE_DESA"}),
        (DUKCAPIL.replace("KODE_DESA ", ""), "dukcapil", "dukcapil_desa_number", Level.desa, {"kemendagri": "KODE"}),
        (DUKCAPIL_SERVICE, "dukcapil", "dukcapil_service", Level.desa, {"kemendagri": "kode_desa_"}),
        (DUKCAPIL_KD, "dukcapil", "dukcapil_kd_desa", Level.desa, {"kemendagri": "KODE_KD"}),
        (BPS, "bps", "bps_map_desa", Level.desa, {"bps": "iddesa"}),
        (BPS_CENSUS, "bps", "bps_census_desa", Level.desa, {"bps": "IDDESA"}),
        ("KODE NAMA", UNSTATED, "plain_indonesian", None, {"kemendagri": "KODE"}),
        ("kode nama kode_bps", UNSTATED, "plain_both", None, {"kemendagri": "kode", "bps": "kode_bps"}),
        ("kode nama kode_kec kecamatan kabkota provinsi lat lng", "cahyadsn", "cahyadsn_desa", Level.desa,
         {"kemendagri": "kode"}),
        ("kode nama kode_prov provinsi kode_bps_2020 kode_bps_2025 nama_hdx", "hdx", "nation_kabupaten",
         Level.kabupaten, {"kemendagri": "kode"}),
    ],
)  # fmt: skip
def test_a_layout_is_told_by_its_columns_and_the_reason_is_given(columns, publisher, key, level, kode):
    recognition = recognise_all({"lapisan": columns.split()}, "auto")
    found = recognition.layers["lapisan"]
    assert (recognition.publisher, recognition.was_stated) == (publisher, False)
    assert (found.form.key, found.form.level) == (key, level)
    assert {system: found.kode_column(system) for system in found.systems} == kode
    assert set(kode.values()) <= set(recognition.reason) <= set(columns.split())


def test_a_shapefile_cuts_names_to_ten_characters_and_case_does_not_count():
    cut = [name[:10].upper() for name in COPY.split()]
    found = recognise(cut, "hdx")
    assert found.columns["village_code"] == "VILLAGE_CO"
    assert found.columns["province_code"] == "PROVINCE_C"
    old = recognise(["admin4Name", "admin4Pcod", "admin3Name", "admin3Pcod"], "auto")
    assert (old.form.key, old.columns["admin4Pcode"]) == ("codab_old_desa", "admin4Pcod")


def test_where_two_layouts_fit_a_person_is_asked():
    joined = [*RBI10K.split(), *CODAB.split()]
    error = refused(recognise_all, {"desa": joined}, "auto", sent="gabungan.gpkg")
    assert (error.code, error.details["path"]) == ("publisher_ambiguous", "gabungan.gpkg")
    assert error.details["known"] == "hdx, big"
    assert "--publisher big (desa: KDEPUM" in error.details["options"]
    assert "ADM4_PCODE" in error.details["options"]
    assert recognise_all({"desa": joined}, "big").layers["desa"].form.key == "rbi10k_desa"
    assert refused(recognise, joined, "auto").code == "publisher_ambiguous"


def test_two_layers_of_two_publishers_are_not_one_file():
    layers = {"desa": RBI10K.split(), "kabupaten": CODAB_NEW.split(), "jalan": ["NAMRJL"]}
    assert refused(recognise_all, layers, "auto").code == "publisher_ambiguous"
    recognition = recognise_all(layers, "hdx")
    assert (list(recognition.layers), recognition.skipped) == (["kabupaten"], ("desa", "jalan"))


def test_one_publisher_that_accounts_for_every_layer_is_taken():
    layers = {"desa": RBI10K.split(), "both": [*RBI10K.split(), *CODAB.split()], "plain": ["kode", "nama"]}
    recognition = recognise_all(layers, "auto")
    assert recognition.publisher == "big"
    assert {name: found.form.key for name, found in recognition.layers.items()} == {
        "desa": "rbi10k_desa", "both": "rbi10k_desa", "plain": "plain_indonesian"}  # fmt: skip


def test_a_file_is_not_credited_to_a_publisher_that_did_not_draw_it():
    error = refused(recognise_all, {"desa": CODAB.split()}, "big", sent="batas.zip")
    assert (error.code, error.details["publisher"]) == ("columns_missing", "big")
    assert "KDEPUM" in error.details["expected"]
    assert recognise_all({"desa": CODAB.split()}, "Pemkab Pringsewu").publisher == "pemkab pringsewu"
    assert recognise(CODAB.split(), "kemendagri") is None


def test_columns_that_nobody_uses_are_answered_with_the_nearest_layouts():
    error = refused(recognise_all, {"desa": ["WADMKD", "WADMKC", "WADMKK", "WADMPR", "NAMOBJ"]}, "auto")
    assert error.code == "columns_missing"
    assert error.details["expected"].startswith("rbi")
    assert "KDPPUM" in error.details["expected"] and "geoboundaries" in error.details["expected"]


def test_what_files_hold_of_persons_is_never_named():
    named = {column.upper() for form in FORMS for column in form.columns}
    persons = set(DUKCAPIL.split()[8:]) | {"JUMLAH_PEN", "RELIGION", "POPULATION"}
    assert named & persons == set()
    assert set(recognise(DUKCAPIL.split(), "dukcapil").wanted) == {
        "KODE_DESA", "DESA_KELUR", "DESA", "KECAMATAN", "KAB_KOTA", "PROVINSI"}  # fmt: skip


def test_every_publisher_of_the_forms_is_a_label_and_every_form_has_its_own_key():
    assert set(publishers()) == {"hdx", "big", "gadm", "geoboundaries", "dukcapil", "bps", "cahyadsn"}
    keys = [form.key for form in FORMS]
    assert len(keys) == len(set(keys))


def test_iso_codes_lead_to_the_provinsi_of_that_name(shared_data):
    listed = pd.read_csv(shared_data / "codes" / "wilayah_kemendagri_2025.csv", dtype=str)
    names = {kode: display_name(kode, name) for kode, name in zip(listed["kode"], listed["nama"], strict=True)}
    assert len(ISO_PROVINSI) == 38
    assert set(ISO_PROVINSI.values()) == {kode for kode in names if len(kode) == 2}
    # The letters of ISO 3166-2 stand in the name in this order, but for those taken from older or English names.
    older = {"ID-BT": "banten", "ID-YO": "yogyakarta", "ID-JI": "jawa timur", "ID-SG": "sulawesi tenggara",
             "ID-PD": "papua barat daya", "ID-PE": "papua pegunungan", "ID-KI": "kalimantan timur",
             "ID-SA": "sulawesi utara", "ID-SN": "sulawesi selatan", "ID-JK": "jakarta",
             "ID-LA": "lampung", "ID-BA": "bali"}  # fmt: skip
    for code, kode in ISO_PROVINSI.items():
        name = names[kode].lower()
        if code in older:
            assert older[code] in name, (code, name)
        else:
            rest = iter(name)
            assert all(letter in rest for letter in code[3:].lower()), (code, name)


@pytest.mark.parametrize("publisher", sorted(LAYOUTS))
def test_real_desa_in_the_layout_of_a_publisher_are_recognised_in_a_shapefile(shared_data, tmp_path, publisher):
    path = write_publisher_file(tmp_path, publisher, shared_data, suffix=".shp")
    fields = list(pyogrio.read_info(path)["fields"])
    recognition = recognise_all({path.stem: fields}, "auto", sent=path.name)
    owner = {"big_25k": "big", "hdx_new": "hdx", "hdx_copy": "hdx", "dukcapil_kd": "dukcapil", "kemendagri": UNSTATED}
    assert recognition.publisher == owner.get(publisher, publisher)
    found = recognition.layers[path.stem]
    read = geopandas.read_file(path)
    settled = settle(found, read, layer=path.stem)
    assert settled.form.level in (Level.desa, None)
    assert len(found.wanted) < len(fields) or publisher in ("cahyadsn", "kemendagri")


def values_of(path):
    return geopandas.read_file(path, ignore_geometry=True)


@pytest.mark.parametrize(
    "publisher", ["big", "big_25k", "hdx", "hdx_copy", "gadm", "geoboundaries", "dukcapil_kd", "bps"]
)
@pytest.mark.parametrize("level", ["kecamatan", "kabupaten"])
def test_the_level_of_a_publishers_layer_is_told_by_its_codes(shared_data, tmp_path, publisher, level):
    path = write_publisher_file(tmp_path, publisher, shared_data, kabupaten="51", level=level, name="layer")
    values = values_of(path)
    settled = settle(recognise(list(values.columns), "auto"), values, layer="layer")
    assert settled.form.level is Level[level]
    assert settled.others == ()


def test_a_table_dissolved_from_desa_keeps_a_desas_code_and_is_not_taken_for_desa(shared_data, tmp_path):
    path = write_publisher_file(
        tmp_path, "big", shared_data, kabupaten="18", dissolved_to="kecamatan", name="hasil", suffix=".shp"
    )
    values = values_of(path)
    assert values["KDEPUM"].notna().mean() > 0.9
    found = recognise(list(values.columns), "auto")
    error = refused(settle, found, values, layer="hasil", sent="hasil.shp")
    assert (error.code, error.details["known"]) == ("level_not_proven", "desa, kecamatan")
    assert settle(found, values, layer="ADMINISTRASIKECAMATAN_AR_50K").form.level is Level.kecamatan
    assert settle(found, values, layer="hasil", level=Level.kecamatan).form.level is Level.kecamatan


def test_a_level_that_the_codes_disprove_is_not_taken_because_it_was_stated(shared_data, tmp_path):
    values = values_of(write_publisher_file(tmp_path, "hdx", shared_data))
    found = recognise(list(values.columns), "auto")
    assert settle(found, values, layer="x", level=Level.kabupaten).form.level is Level.desa


def test_a_single_polygon_needs_its_level_stated_or_in_the_layers_name(shared_data, tmp_path):
    values = values_of(write_publisher_file(tmp_path, "hdx", shared_data)).head(1)
    found = recognise(list(values.columns), "auto")
    assert refused(settle, found, values, layer="data").code == "level_not_proven"
    assert settle(found, values, layer="idn_admbnda_adm4_bps_20200401").form.level is Level.desa
    assert settle(found, values, layer="Desa Bahway").form.level is Level.desa
    assert refused(settle, found, values, layer="desa per kecamatan").code == "level_not_proven"


def test_desa_that_stand_twice_or_have_few_codes_stay_desa(shared_data, tmp_path):
    values = values_of(write_publisher_file(tmp_path, "big", shared_data))
    found = recognise(list(values.columns), "auto")
    twice = pd.concat([values, values.head(3)], ignore_index=True)
    assert settle(found, twice, layer="x").form.level is Level.desa
    few = values.assign(KDEPUM=values["KDEPUM"].where(values.index < 30), KDEBPS=None)
    assert settle(found, few, layer="x").form.level is Level.desa
    bare = values.assign(KDEPUM="", KDEBPS=None, KDCPUM="", KDPKAB="", KDPPUM="")
    assert settle(found, bare, layer="x").form.level is Level.desa
    assert settle(found, bare.assign(WADMKD=None), layer="x").form.level is Level.desa
    kecamatan = bare.drop_duplicates("WADMKC").assign(WADMKD=None)
    assert settle(found, kecamatan, layer="x").form.level is Level.kecamatan


def test_the_builders_write_every_format_and_the_wrongs_they_name(shared_data, tmp_path):
    for suffix in (".geojson", ".fgb", ".gdb", ".parquet", ".zip"):
        path = write_publisher_file(tmp_path, "big", shared_data, suffix=suffix)
        inner = f"/vsizip/{path}/big_desa/data/big_desa.shp" if suffix == ".zip" else path
        read = geopandas.read_parquet(path) if suffix == ".parquet" else geopandas.read_file(inner)
        assert len(read) == len(read_real_desa(shared_data)) == 140
    wrong = write_publisher_file(
        tmp_path, "dukcapil", shared_data, suffix=".shp", name="x", without=(".prj",), swapped=9
    )
    read = geopandas.read_file(wrong)
    assert (read.crs, len(read.columns), (read.bounds["maxy"] > 90).sum()) == (None, 162, 9)
    assert read["KODE"].dtype == float
    bali = read_real_desa(shared_data, "5171")
    assert bali["kode"].str.startswith("51.71").mean() > 0.9


MAPPING = """publisher = "Dinas PMD"
level = "desa"
system = "kemendagri"

[columns]
kode = "ID_DESA"
name = "NAMA"
kode_bps = "ID_BPS"
kecamatan_name = "KEC"
kecamatan_kode = "ID_KEC"
"""


def write_mapping(folder, text):
    path = folder / "peta.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_file_describes_a_layout_that_nobody_knows(tmp_path):
    form = read_mapping(write_mapping(tmp_path, MAPPING))
    assert (form.level, form.publishers, form.kode_bps) == (Level.desa, ("dinas pmd",), "ID_BPS")
    fields = ["id_desa", "NAMA", "ID_BPS", "KEC", "ID_KEC", "AGAMA"]
    recognition = recognise_all({"desa": fields, "jalan": ["NAMA"]}, "custom", form=form)
    assert (recognition.publisher, recognition.skipped) == ("dinas pmd", ("jalan",))
    found = recognition.layers["desa"]
    assert (found.kode_column("kemendagri"), found.kode_column("bps")) == ("id_desa", "ID_BPS")
    assert "AGAMA" not in found.wanted
    error = refused(recognise_all, {"desa": ["ID_DESA", "NAMA"]}, "custom", form=form, sent="a.shp")
    assert (error.code, error.details["path"]) == ("columns_missing", "a.shp")
    assert "KEC" in error.details["expected"]


def test_codes_of_bps_in_a_mapping_file_are_codes_of_bps(tmp_path):
    text = 'publisher = "x"\nsystem = "bps"\n[columns]\nkode = "K"\nname = "N"\n'
    form = read_mapping(write_mapping(tmp_path, text))
    assert (dict(form.kode), form.kode_bps, form.level) == ({"bps": "K"}, "K", None)


@pytest.mark.parametrize(
    "change, code, details",
    [
        (('level = "desa"', 'level = "dusun"'), "mapping_value_wrong", {"line": 2, "key": "level", "found": "dusun"}),
        (('"kemendagri"', '"dukcapil"'), "mapping_value_wrong", {"line": 3, "key": "system"}),
        (('system = "kemendagri"\n', ""), "mapping_key_missing", {"key": "system"}),
        (('name = "NAMA"\n', ""), "mapping_key_missing", {"key": "name"}),
        (("kode_bps", "kode_pos"), "mapping_key_unknown", {"line": 8, "key": "kode_pos"}),
        (('"NAMA"', "7"), "mapping_value_wrong", {"line": 7, "key": "name", "found": "7"}),
        (('"NAMA"', "NAMA"), "mapping_unreadable", {"line": "7"}),
        (('"Dinas PMD"', '""'), "mapping_value_wrong", {"line": 1, "key": "publisher"}),
        (("[columns]\n", "columns = 3\n[lain]\n"), "mapping_key_unknown", {"line": 6, "key": "lain"}),
        (('"ID_KEC"', '"ID_KEC'), "mapping_unreadable", {"line": "10"}),
    ],
)
def test_an_error_in_a_mapping_file_names_its_line_and_key(tmp_path, change, code, details):
    error = refused(read_mapping, write_mapping(tmp_path, MAPPING.replace(*change)))
    assert error.code == code
    assert details.items() <= error.details.items()


def test_a_mapping_file_that_is_none_is_refused(tmp_path):
    assert refused(read_mapping, tmp_path / "none.toml").code == "file_missing"
    (tmp_path / "bytes.toml").write_bytes(b'publisher = "x"\n\xff\xfe')
    assert refused(read_mapping, tmp_path / "bytes.toml").details["line"] == 2
    assert refused(read_mapping, write_mapping(tmp_path, "#" * 70_000)).code == "mapping_unreadable"
    assert refused(read_mapping, write_mapping(tmp_path, "x = " + "[" * 5000)).code == "mapping_unreadable"
