"""What publishers call their columns, as data: one form for each layout of a boundary layer that is known.

The layouts were read off public copies of the files: BIG's Rupabumi layers (RBI10K of 2020 and 2023, RBI25K and
RBI50K), OCHA's COD-AB for Indonesia of 2020 and its newer edition, GADM 4.1, geoBoundaries, the desa maps of Dukcapil
of 2019 and later, and the census maps of BPS. A form names only what is needed: codes, names, the publisher's own
number of a row, a stated area and a stated label point. What these files also hold of persons is never read.
"""

from collections.abc import Mapping

from boundaries.form import Form, Part, family
from boundaries.levels import Level

SYSTEMS = ("kemendagri", "bps", "fiktif")
# A layout that anybody uses names no publisher; this stands for the publisher until a person states one.
UNSTATED = "tanpa-penerbit"
# The Kemendagri list in its own words is nobody's property, but the label must not credit it with BIG's columns.
_LABELS_OF_ANYBODY = frozenset({"kemendagri", UNSTATED})

# ISO 3166-2:ID as amended up to November 2022 (the four provinsi of UU 14, 15, 16 and 29/2022) to the Kemendagri code.
# `ID-PA` and `ID-PB` in a file drawn before 2022 mean the old, larger Papua and Papua Barat.
_ISO = (
    "11 AC 12 SU 13 SB 14 RI 15 JA 16 SS 17 BE 18 LA 19 BB 21 KR 31 JK 32 JB 33 JT 34 YO 35 JI 36 BT 51 BA 52 NB 53 NT "
    "61 KB 62 KT 63 KS 64 KI 65 KU 71 SA 72 ST 73 SN 74 SG 75 GO 76 SR 81 MA 82 MU 91 PA 92 PB 93 PS 94 PT 95 PE 96 PD"
)
ISO_PROVINSI: Mapping[str, str] = {
    f"ID-{letters}": kode for kode, letters in zip(_ISO.split()[::2], _ISO.split()[1::2], strict=True)
}


_ALL = (Level.provinsi, Level.kabupaten, Level.kecamatan, Level.desa)
_HDX_UPPER = {Level.kecamatan: "district", Level.kabupaten: "regency", Level.provinsi: "province"}
_HDX_UPPER_KODE = {
    Level.kecamatan: {"bps": "district_code"},
    Level.kabupaten: {"bps": "regency_code"},
    Level.provinsi: {"bps": "province_code"},
}

_HDX_COPY = (
    Form(
        key="hdx_desa_both_systems",
        family="hdx_copy",
        publishers=("hdx",),
        level=Level.desa,
        kode={"kemendagri": "kode_kemendagri", "bps": "kode_bps"},
        names=("nama_kemendagri", "village"),
        kode_bps="kode_bps",
        upper_names=_HDX_UPPER,
        marks=("kode_kemendagri", "kode_bps", "village"),
        has_official_names=False,
        upper_kode={Level.kecamatan: {"bps": "district_code"}, Level.kabupaten: {"bps": "regency_code"}},
    ),
    Form(
        key="hdx_desa",
        family="hdx_copy",
        publishers=("hdx",),
        level=Level.desa,
        kode={"bps": "village_code"},
        names=("village",),
        kode_bps="village_code",
        upper_names=_HDX_UPPER,
        has_official_names=False,
        upper_kode=_HDX_UPPER_KODE,
    ),
    Form(
        key="hdx_kecamatan",
        family="hdx_copy",
        publishers=("hdx",),
        level=Level.kecamatan,
        kode={"bps": "district_code"},
        names=("district",),
        kode_bps="district_code",
        upper_names={Level.kabupaten: "regency", Level.provinsi: "province"},
        has_official_names=False,
    ),
    Form(
        key="hdx_kabupaten",
        family="hdx_copy",
        publishers=("hdx",),
        level=Level.kabupaten,
        kode={"bps": "regency_code"},
        names=("regency",),
        kode_bps="regency_code",
        upper_names={Level.provinsi: "province"},
        has_official_names=False,
    ),
    Form(
        key="hdx_provinsi",
        family="hdx_copy",
        publishers=("hdx",),
        level=Level.provinsi,
        kode={"bps": "province_code"},
        names=("province",),
        kode_bps="province_code",
        has_official_names=False,
    ),
    Form(
        key="nation_kabupaten",
        publishers=("hdx",),
        level=Level.kabupaten,
        kode={"kemendagri": "kode"},
        names=("nama",),
        kode_bps="kode_bps_2020",
        upper_names={Level.provinsi: "provinsi"},
        marks=("kode_prov",),
    ),
    Form(
        key="nation_provinsi",
        publishers=("hdx",),
        level=Level.provinsi,
        kode={"kemendagri": "kode"},
        names=("nama",),
        marks=("n_kabkota",),
    ),
    Form(
        key="nation_other",
        publishers=("hdx",),
        is_other=True,
        kode={"bps": "kode_bps_2020"},
        names=("nama_hdx",),
        kode_bps="kode_bps_2020",
        marks=("provinsi_hdx",),
    ),
)

# ADM4_PCODE and ADM4_EN in the edition of 2020, adm4_pcode and adm4_name since 2025, admin4Pcode before 2020.
_HDX = (
    *family("codab", "hdx", {level: Part({"bps": f"ADM{level:d}_PCODE"}, (f"ADM{level:d}_EN",)) for level in _ALL}),
    *family(
        "codab_new", "hdx", {level: Part({"bps": f"adm{level:d}_pcode"}, (f"adm{level:d}_name",)) for level in _ALL}
    ),
    *family(
        "codab_old",
        "hdx",
        {level: Part({"bps": f"admin{level:d}Pcode"}, (f"admin{level:d}Name_en",)) for level in _ALL},
    ),
)

# Every layer of BIG has the columns of all levels, those below its own empty. The BPS columns above desa hold only the
# last digits (KDCBPS 050), so they are not read. LUASWH is in hectares; 0 stands for none.
_BIG_DESA = Part({"kemendagri": "KDEPUM", "bps": "KDEBPS"}, ("WADMKD", "NAMOBJ"), area=("LUASWH", 0.01))
_BIG_KECAMATAN = Part({"kemendagri": "KDCPUM"}, ("WADMKC", "NAMOBJ"))
_BIG_PROVINSI = Part({"kemendagri": "KDPPUM"}, ("WADMPR", "NAMOBJ"))
_BIG = (
    *family(
        "rbi10k",
        "big",
        {
            Level.desa: _BIG_DESA,
            Level.kecamatan: _BIG_KECAMATAN,
            Level.kabupaten: Part({"kemendagri": "KDPKAB"}, ("WADMKK", "NAMOBJ")),
            Level.provinsi: _BIG_PROVINSI,
        },
    ),
    *family(
        "rbi25k",
        "big",
        {
            Level.desa: _BIG_DESA,
            Level.kecamatan: _BIG_KECAMATAN,
            Level.kabupaten: Part({"kemendagri": "KDBPUM"}, ("WADMKK", "NAMOBJ")),
            Level.provinsi: _BIG_PROVINSI,
        },
    ),
    *family(
        "rbi_kdpum",
        "big",
        {
            Level.desa: Part({"kemendagri": "KDPUMDES", "bps": "KDEBPS"}, ("WADMKD", "NAMOBJ")),
            Level.kecamatan: Part({"kemendagri": "KDPUMKEC"}, ("WADMKC", "NAMOBJ")),
            Level.kabupaten: Part({"kemendagri": "KDPUMKAB"}, ("WADMKK", "NAMOBJ")),
            Level.provinsi: Part({"kemendagri": "KDPUMPROV"}, ("WADMPR", "NAMOBJ")),
        },
    ),
)

# GID is GADM's own number; CC holds BPS codes for Indonesia, and only the layer's own level has one. `NA` is no value.
_GADM = family(
    "gadm",
    "gadm",
    {
        level: Part({"bps": f"CC_{level:d}"}, (f"NAME_{level:d}",), own_id=f"GID_{level:d}", marks=(f"GID_{level:d}",))
        for level in _ALL
    },
    missing=("NA", "N/A"),
    needs_kode=False,
)

_GEOBOUNDARIES = family(
    "geoboundaries",
    "geoboundaries",
    {
        level: Part(
            {"iso": "shapeISO"} if level is Level.provinsi else {},
            ("shapeName",),
            own_id="shapeID",
            marks=("shapeID", "shapeType"),
            level_value=("shapeType", f"ADM{level:d}"),
        )
        for level in _ALL
    },
    missing=("None", "NA"),
    needs_kode=False,
)

_DUKCAPIL_UPPER = {Level.kecamatan: "KECAMATAN", Level.kabupaten: "KAB_KOTA", Level.provinsi: "PROVINSI"}
_DUKCAPIL = (
    Form(
        key="dukcapil_desa",
        publishers=("dukcapil",),
        level=Level.desa,
        kode={"kemendagri": "KODE_DESA"},
        names=("DESA_KELUR", "DESA"),
        upper_names=_DUKCAPIL_UPPER,
        marks=("KAB_KOTA",),
        has_official_names=False,
    ),
    # A copy that lost KODE_DESA still has KODE, the same code kept as a number.
    Form(
        key="dukcapil_desa_number",
        publishers=("dukcapil",),
        level=Level.desa,
        kode={"kemendagri": "KODE"},
        names=("DESA_KELUR", "DESA"),
        upper_names=_DUKCAPIL_UPPER,
        marks=("DESA_KELUR", "KAB_KOTA"),
        has_official_names=False,
    ),
    Form(
        key="dukcapil_service",
        publishers=("dukcapil",),
        level=Level.desa,
        kode={"kemendagri": "kode_desa_spatial"},
        names=("nama_kel", "nama_desa_spatial"),
        upper_names={Level.kecamatan: "nama_kec", Level.kabupaten: "nama_kab", Level.provinsi: "nama_prop"},
        has_official_names=False,
    ),
    *family(
        "dukcapil_kd",
        "dukcapil",
        {
            Level.desa: Part({"kemendagri": "KODE_KD"}, ("KEL_DESA",)),
            Level.kecamatan: Part({"kemendagri": "KODE_KEC"}, ("KECAMATAN",), marks=("KODE_KK", "KAB_KOTA")),
            Level.kabupaten: Part({"kemendagri": "KODE_KK"}, ("KAB_KOTA",)),
            Level.provinsi: Part({"kemendagri": "KODE_PROV"}, ("PROVINSI",), marks=("KODE_KK",)),
        },
    ),
)

_BPS = (
    *family(
        "bps_map",
        "bps",
        {
            Level.desa: Part({"bps": "iddesa"}, ("nmdesa",)),
            Level.kecamatan: Part({"bps": "idkec"}, ("nmkec",)),
            Level.kabupaten: Part({"bps": "idkab"}, ("nmkab",)),
            Level.provinsi: Part({"bps": "kdprov"}, ("nmprov",)),
        },
    ),
    Form(
        key="bps_census_desa",
        publishers=("bps",),
        level=Level.desa,
        kode={"bps": "IDDESA"},
        names=("DESA",),
        kode_bps="IDDESA",
        upper_names={Level.kecamatan: "KECAMATAN", Level.kabupaten: "KABKOT", Level.provinsi: "PROVINSI"},
        marks=("DESANO",),
        has_official_names=False,
    ),
)

FORMS = (
    *_HDX_COPY,
    Form(
        key="cahyadsn_desa",
        publishers=("cahyadsn",),
        level=Level.desa,
        kode={"kemendagri": "kode"},
        names=("nama",),
        upper_names={Level.kecamatan: "kecamatan", Level.kabupaten: "kabkota", Level.provinsi: "provinsi"},
        marks=("kode_kec",),
        label=("lng", "lat"),
    ),
    *_HDX,
    *_BIG,
    *_GADM,
    *_GEOBOUNDARIES,
    *_DUKCAPIL,
    *_BPS,
    Form(
        key="plain_both",
        kode={"kemendagri": "kode", "bps": "kode_bps"},
        names=("nama",),
        kode_bps="kode_bps",
        marks=("kode", "kode_bps"),
    ),
    Form(
        key="plain_both_named",
        kode={"kemendagri": "kode_kemendagri", "bps": "kode_bps"},
        names=("nama",),
        kode_bps="kode_bps",
        marks=("kode_kemendagri",),
    ),
    Form(key="plain_indonesian", kode={"kemendagri": "kode"}, names=("nama",), label=("lng", "lat")),
    Form(key="plain_english", kode={"kemendagri": "kode"}, names=("name",)),
    Form(key="plain_bps", kode={"bps": "kode_bps"}, names=("nama",), kode_bps="kode_bps", has_official_names=False),
)


def publishers() -> tuple[str, ...]:
    """Return the publishers whose layouts are known, in the order of the forms."""
    return tuple(dict.fromkeys(label for form in FORMS for label in form.publishers))


def is_known_publisher(label: str) -> bool:
    """Tell whether forms of other publishers are out of the question for a file that is credited to `label`."""
    return label in _LABELS_OF_ANYBODY or label in publishers()
