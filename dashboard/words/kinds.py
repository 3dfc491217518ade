"""The words of the page of status words and of kinds of social need, as the sources wrote them."""

SCREEN = {
    "page.register-kinds": {"id": "Kata status dan jenis", "en": "Status words and kinds"},
    "kinds.title.word": {
        "id": "Berapa keluarga yang ditulis “{kind}” oleh sumbernya?",
        "en": "How many households does the source call “{kind}”?",
    },
    "kinds.title.social": {
        "id": "Berapa {unit} yang didata dinas sebagai “{kind}” ({group})?",
        "en": "How many {unit} does the dinas count as “{kind}” ({group})?",
    },
    "kinds.title.none": {
        "id": "Kata status dan jenis menurut sumbernya",
        "en": "Status words and kinds as their sources wrote them",
    },
    "kinds.answer.word": {
        "id": "Di {name}, **{count} dari {all}** keluarga dalam register{rate} ditulis “{kind}”.",
        "en": "In {name}, **{count} of {all}** households of the register{rate} are called “{kind}”.",
    },
    "kinds.answer.social": {
        "id": "Di {name}, **{count} dari {all}** {unit} {group}{rate} didata dinas sebagai “{kind}”",
        "en": "In {name}, the dinas counts **{count} of {all}** {unit} of {group}{rate} as “{kind}”",
    },
    "kinds.answer.rows": {"id": ", menurut {rows} baris sumber.", "en": ", by {rows} rows of the source."},
    "kinds.answer.sent": {
        "id": ", menurut **{sent} dari {below}** {level} yang mengirim baris.",
        "en": ", by the rows that **{sent} of {below}** {level} sent.",
    },
    "kinds.note": {
        "id": "Kata status ditulis register untuk tiap keluarga; jenis adalah hitungan dinas sosial per wilayah. KAT juga "
        "salah satu jenis PPKS, jadi jumlah ketiga kelompok (PPKS, PSKS, KAT) tidak boleh ditambahkan.",
        "en": "A status word is written by the register for each household; a kind is a count that the dinas (social "
        "affairs office) gives for a wilayah. KAT is also one of the kinds of PPKS, so the numbers of the three groups "
        "(PPKS, PSKS, KAT) must not be added up.",
    },
    "kinds.rate": {"id": " ({rate})", "en": " ({rate})"},
    "kinds.below": {
        "id": "Sumbernya tidak menulis angka {kind} untuk {name}: berkas itu ditulis untuk tingkat di atasnya, atau "
        "wilayah ini tidak dilaporkan. Yang tidak ditulis bukan nol.",
        "en": "The source wrote no number of {kind} for {name}: its file is of a level above, or this wilayah was not "
        "reported. What was not written is no nought.",
    },
    "kinds.none": {
        "id": "Register {period} tidak memuat kata status, dan tidak ada berkas PPKS, PSKS, atau KAT yang dimuat untuk "
        "periode itu.",
        "en": "The register of {period} holds no status words, and no file of PPKS, PSKS or KAT is loaded for that "
        "period.",
    },
    "kinds.no_words": {
        "id": "Register {period} berskema {scheme} dan tidak memuat kata status. Periode DTKS memuatnya:",
        "en": "The register of {period} is of the scheme {scheme} and holds no status words. A DTKS period does:",
    },
    "kinds.no_words.nowhere": {
        "id": "Register {period} berskema {scheme} dan tidak memuat kata status. Belum ada register DTKS yang dimuat.",
        "en": "The register of {period} is of the scheme {scheme} and holds no status words. No register of DTKS is "
        "loaded.",
    },
    "kinds.choose": {"id": "Kata atau jenis", "en": "Word or kind"},
    "kinds.no_word": {"id": "tanpa kata", "en": "no word"},
    "kinds.group.word": {"id": "Kata status", "en": "Status word"},
    "kinds.group.ppks": {"id": "PPKS", "en": "PPKS"},
    "kinds.group.psks": {"id": "PSKS", "en": "PSKS"},
    "kinds.group.kat": {"id": "KAT", "en": "KAT"},
    "kinds.group.ppks.full": {
        "id": "PPKS, pemerlu pelayanan kesejahteraan sosial,", "en": "PPKS, people in need of social welfare services,",
    },
    "kinds.group.psks.full": {
        "id": "PSKS, potensi dan sumber kesejahteraan sosial,", "en": "PSKS, resources of social welfare,",
    },
    "kinds.group.kat.full": {
        "id": "KAT, komunitas adat terpencil,", "en": "KAT, remote indigenous communities,",
    },
    "kinds.unit.person": {"id": "orang", "en": "persons"},
    "kinds.unit.household": {"id": "keluarga", "en": "households"},
    "kinds.unit.community": {"id": "komunitas", "en": "communities"},
    "kinds.unit.institution": {"id": "lembaga", "en": "institutions"},
    "kinds.words.title": {"id": "Semua kata status di {name}", "en": "Every status word in {name}"},
    "kinds.words.note": {
        "id": "Kata ditulis seperti dalam sumbernya; dua ejaan adalah dua kata. Lima kata DTKS tidak berpadanan satu-satu "
        "dengan desil: keduanya dijumlahkan sendiri-sendiri dan tidak saling menggantikan.",
        "en": "Words are written as in the source; two spellings are two words. The five words of DTKS do not map one to "
        "one on desil: both are counted by themselves, and neither stands for the other.",
    },
    "kinds.desil.title": {"id": "Desil di {name}, register yang sama", "en": "Desil in {name}, the same register"},
    "kinds.social.title": {"id": "{group} di {name} ({unit})", "en": "{group} in {name} ({unit})"},
    "kinds.head.word": {"id": "Kata", "en": "Word"},
    "kinds.head.kind": {"id": "Jenis", "en": "Kind"},
    "kinds.head.rows": {"id": "Baris sumber", "en": "Rows of the source"},
    "kinds.total": {"id": "Jumlah", "en": "Total"},
    "kinds.about": {"id": "Apa itu PPKS, PSKS, dan KAT", "en": "What PPKS, PSKS and KAT are"},
    "kinds.about.ppks": {
        "id": "**PPKS** (pemerlu pelayanan kesejahteraan sosial, dahulu PMKS): perseorangan, keluarga, kelompok, atau "
        "masyarakat yang karena suatu hambatan tidak dapat menjalankan fungsi sosialnya dan memenuhi kebutuhannya. "
        "Permensos 8/2012 mengenal 26 jenis.",
        "en": "**PPKS** (those who need social welfare services, formerly PMKS): persons, households, groups or communities "
        "that some obstacle keeps from taking part in society and meeting their needs. Permensos 8/2012 knows 26 kinds.",
    },
    "kinds.about.psks": {
        "id": "**PSKS** (potensi dan sumber kesejahteraan sosial): orang, keluarga, kelompok, atau lembaga yang dapat ikut "
        "menjalankan pelayanan sosial, seperti Tagana dan karang taruna. Permensos 8/2012 mengenal 12 jenis. PSKS bukan "
        "ukuran kebutuhan.",
        "en": "**PSKS** (social welfare potential and resources): persons, households, groups or institutions that can take "
        "part in social services, as Tagana and karang taruna. Permensos 8/2012 knows 12 kinds. PSKS is no measure of "
        "need.",
    },
    "kinds.about.kat": {
        "id": "**KAT** (komunitas adat terpencil): sekumpulan orang yang terikat oleh kesatuan geografis, ekonomi, atau "
        "sosial budaya, dan yang miskin, terpencil, atau rentan (Perpres 186/2014).",
        "en": "**KAT** (remote indigenous communities): groups of people bound together by place, economy or culture who "
        "are poor, remote or vulnerable (Perpres 186/2014).",
    },
    "kinds.about.apart": {
        "id": "Ketiganya didata tersendiri dan tidak terhubung dengan keluarga dalam register: seseorang dapat masuk "
        "beberapa jenis, dan jumlahnya tidak boleh ditambahkan ke desil.",
        "en": "All three are counted by themselves and are not linked to the households of the register: a person can be "
        "of several kinds, and the numbers must not be added to those by desil.",
    },
    "measure.kind_count": {"id": "Jumlah", "en": "Number"},
    "measure.kind_count.short": {"id": "Jumlah", "en": "Number"},
    "measure.kind_share_rate": {"id": "Bagian dari kelompoknya (%)", "en": "Share of its group (%)"},
    "measure.kind_share_rate.short": {"id": "Bagian", "en": "Share"},
    "tooltip.kind_count": {"id": "{part} dari {whole}", "en": "{part} of {whole}"},
    "list.kind_count": {"id": "Jumlah", "en": "Number"},
    "list.kind_total_count": {"id": "Semua", "en": "All"},
    "column.kind_count": {"id": "Jumlah", "en": "Number"},
    "column.kind_total_count": {"id": "Jumlah kelompoknya", "en": "Number of its group"},
    "column.kind_share_rate": {"id": "Bagian (%)", "en": "Share (%)"},
}

_LIMITS_ID = (
    "Seperti ditulis sumbernya, tanpa disamakan ejaannya. Di atas tingkat berkasnya, angka adalah jumlah baris di "
    "bawahnya; di bawahnya tidak ada angka. Yang tidak ditulis bukan nol."
)
_LIMITS_EN = (
    "As the source wrote it, spellings left alone. Above the level of its file a number is the sum of the rows below; "
    "below it there is none. What was not written is no nought."
)
CARDS = {
    "kind_count": {
        "id": (
            "Keluarga dengan kata status itu dalam register, atau orang, keluarga, komunitas, atau lembaga dari jenis itu.",
            "jumlah menurut sumbernya",
            "Semua keluarga dalam register, atau semua jenis dari kelompok dan satuan yang sama.",
            _LIMITS_ID,
        ),
        "en": (
            "Households with that status word in the register, or persons, households, communities or institutions of "
            "that kind.",
            "the number by the source",
            "All households of the register, or all kinds of the same group and unit.",
            _LIMITS_EN,
        ),
    },
    "kind_share_rate": {
        "id": (
            "Bagian kata itu dari semua keluarga dalam register, atau bagian jenis itu dari kelompoknya.",
            "jumlah / jumlah kelompoknya",
            "Semua keluarga dalam register, atau semua jenis dari kelompok dan satuan yang sama.",
            _LIMITS_ID,
        ),
        "en": (
            "The share of that word in all households of the register, or of that kind in its group.",
            "number / number of its group",
            "All households of the register, or all kinds of the same group and unit.",
            _LIMITS_EN,
        ),
    },
}
