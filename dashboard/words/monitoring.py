"""The words of the sheet on which every wilayah is followed."""

SCREEN = {
    "page.monitoring": {"id": "Lembar pantau", "en": "Monitoring sheet"},
    "sheet.title": {
        "id": "{level} mana yang paling perlu diperhatikan?",
        "en": "Which {level} need attention most?",
    },
    "sheet.answer": {
        "id": "Di **{count} dari {all}** {level}, lebih dari separuh {unit} layak {program} belum terjangkau",
        "en": "In **{count} of {all}** {level}, more than half of the {unit} eligible for {program} are not reached",
    },
    "sheet.answer.below": {
        "id": "Dari **{all}** {level}, tidak satu pun dengan lebih dari separuh {unit} layak {program} belum terjangkau",
        "en": "Of **{all}** {level}, there is none in which more than half of the {unit} eligible for {program} are not "
        "reached",
    },
    "sheet.answer.risen": {
        "id": "; bagian itu naik satu poin atau lebih {counts}",
        "en": "; that share rose by a point or more {counts}",
    },
    "sheet.answer.since": {"id": "sejak {month} di {count}", "en": "in {count} since {month}"},
    "sheet.answer.nowhere": {"id": "tidak satu pun", "en": "none"},
    "sheet.top.need": {
        "id": "Keluarga desil 1 tanpa program terbanyak di {places}.",
        "en": "Most households of desil 1 without any program are in {places}.",
    },
    "sheet.top.share": {
        "id": "Bagian desil 1 tanpa program terbesar di {places}.",
        "en": "The share of desil 1 without any program is largest in {places}.",
    },
    "sheet.top.exclusion": {
        "id": "Bagian {unit} layak {program} yang belum terjangkau terbesar di {places}.",
        "en": "The share of {unit} eligible for {program} and not reached is largest in {places}.",
    },
    "sheet.top.change": {
        "id": "Sejak {month}, bagian yang belum terjangkau paling naik di {places}.",
        "en": "Since {month}, the share not reached rose most in {places}.",
    },
    "sheet.top.change.none": {
        "id": "Sejak {month}, bagian yang belum terjangkau tidak naik di {level} mana pun.",
        "en": "Since {month}, the share not reached rose in no {level}.",
    },
    "sheet.top.old": {
        "id": "Bagian keluarga dengan data lama terbesar di {places}.",
        "en": "The share of households with old data is largest in {places}.",
    },
    "sheet.top.place": {"id": "**{name}** ({figure})", "en": "**{name}** ({figure})"},
    "sheet.top.last": {"id": " dan ", "en": " and "},
    "sheet.answer.none": {
        "id": "Belum ada {level} yang bagian belum terjangkaunya dari {program} dapat ditampilkan.",
        "en": "There is no {level} yet of which the share not reached by {program} can be shown.",
    },
    "sheet.answer.hidden": {
        "id": "{count} {level} lain terlalu kecil untuk ditampilkan.",
        "en": "{count} other {level} are too small to be shown.",
    },
    "sheet.sort": {"id": "Urutkan", "en": "Sort"},
    "sheet.sort.need": {"id": "Urut: terbanyak desil 1 tanpa program", "en": "By number of desil 1 without any program"},
    "sheet.sort.share": {"id": "Urut: bagian desil 1 tanpa program", "en": "By share of desil 1 without any program"},
    "sheet.sort.exclusion": {"id": "Urut: bagian belum terjangkau", "en": "By share not reached"},
    "sheet.sort.change": {"id": "Urut: paling memburuk dari periode lalu", "en": "Most worsened since the period before"},
    "sheet.sort.changesix": {"id": "Urut: paling memburuk dalam enam periode", "en": "Most worsened over six periods"},
    "sheet.sort.old": {"id": "Urut: data paling lama", "en": "By oldest data"},
    "sheet.sort.name": {"id": "Urut: nama", "en": "By name"},
    "sheet.sort.kode": {"id": "Urut: kode", "en": "By code"},
    "sheet.every_provinsi": {"id": "Semua provinsi", "en": "Every provinsi"},
    "sheet.group.without": {"id": "Desil 1 tanpa program", "en": "Desil 1, no program"},
    "sheet.group.exclusion": {"id": "Belum terjangkau (%)", "en": "Not reached (%)"},
    "sheet.group.register": {"id": "Register", "en": "Register"},
    "sheet.group.line": {"id": "Tren", "en": "Trend"},
    "sheet.head.count": {"id": "Keluarga", "en": "Households"},
    "sheet.head.inclusion": {"id": "Tak layak %", "en": "Ineligible %"},
    "sheet.head.paid": {"id": "Tersalur %", "en": "Paid %"},
    "sheet.head.quota": {"id": "Kuota %", "en": "Quota %"},
    "sheet.head.since": {"id": "± {month}", "en": "± {month}"},
    "sheet.head.old": {"id": "Lama %", "en": "Old %"},
    "sheet.head.line": {"id": "Belum %", "en": "Not reached"},
    "sheet.made": {"id": "{part} dari {whole}", "en": "{part} of {whole}"},
    "sheet.made.rise": {"id": "{count} yang belum terjangkau", "en": "{count} not reached"},
    "sheet.legend.reasons": {"id": "Tanda tanpa angka", "en": "Signs without a number"},
    "sheet.legend.sign": {"id": "{sign} = {reason}", "en": "{sign} = {reason}"},
    "sheet.legend.small": {"id": "satu sampai sembilan", "en": "one to nine"},
    "sheet.method": {"id": "Cara menghitung", "en": "How it is counted"},
    "sheet.hint": {
        "id": "Geser tabel ke samping untuk kolom lainnya →", "en": "Scroll the table sideways for more columns →",
    },
    "sheet.legend.without": {"id": "Desil 1 tanpa program", "en": "Desil 1 without any program"},
    "sheet.legend.need": {"id": "Belum terjangkau", "en": "Not reached"},
    "sheet.legend.inclusion": {"id": "Tak layak: bagian penerima di luar aturan", "en": "Ineligible: recipients that the rule does not mean"},
    "sheet.legend.used": {"id": "Tersalur, kuota terpakai", "en": "Paid, quota used"},
    "sheet.legend.old": {"id": "Lama: diverifikasi 2 tahun lalu atau lebih", "en": "Old: verified 2 years ago or more"},
    "sheet.legend.rise": {
        "id": "± perubahan bagian belum terjangkau (poin)", "en": "± change of the share not reached (points)",
    },
    "sheet.note": {
        "id": "Warna mengikuti batas kelas yang sama dengan peta, bukan peringkat. Arahkan penunjuk ke sel untuk jumlahnya; "
        "klik nama untuk ringkasannya. Garis: bagian belum terjangkau sampai tujuh periode, dengan skala yang sama di "
        "semua baris.",
        "en": "Colours follow the class limits of the maps and not a rank. Point at a cell for its counts; click a name "
        "for its overview. Lines: the share not reached in up to seven periods, on one scale in every row.",
    },
    "measure.paid_rate": {"id": "Tersalur (%)", "en": "Paid (%)"},
    "measure.quota_used_rate": {"id": "Kuota terpakai (%)", "en": "Quota used (%)"},
    "measure.old_rate": {"id": "Data lama (%)", "en": "Old data (%)"},
    "column.old_count": {"id": "Data lama", "en": "Old data"},
    "column.old_rate": {"id": "Data lama (%)", "en": "Old data (%)"},
}

CARDS = {
    "paid_rate": {
        "id": (
            "Bagian penerima yang ditetapkan dan bantuannya sudah tersalur.",
            "tersalur / ditetapkan",
            "Penerima yang ditetapkan pada periode itu, dalam satuan programnya.",
            "Menurut status salur dalam berkas penerima; yang menunggu dan yang gagal belum tersalur.",
        ),
        "en": (
            "The share of decided recipients whose benefit has been paid.",
            "paid / decided",
            "Recipients decided in the period, in the unit of the program.",
            "By the stage in the file of recipients; those who wait and those whose payment failed are not paid.",
        ),
    },
    "quota_used_rate": {
        "id": (
            "Bagian kuota wilayah yang sudah terisi penerima.",
            "penerima / kuota",
            "Kuota yang dimuat untuk wilayah itu; di atasnya jumlah kuota bawahannya.",
            "Tidak berlaku bila kuota tidak dimuat. Kuota tidak pernah di bawah banyaknya penerima.",
        ),
        "en": (
            "The share of a wilayah's quota that recipients fill.",
            "recipients / quota",
            "The quota loaded for the wilayah; above it the sum of those below.",
            "Not applicable where no quota is loaded. A quota is never below the number of recipients.",
        ),
    },
    "old_rate": {
        "id": (
            "Bagian keluarga dalam register yang terakhir diverifikasi dua tahun lalu atau lebih, atau belum pernah.",
            "keluarga dengan data lama / semua keluarga",
            "Semua keluarga dalam register wilayah itu.",
            "Data yang lama belum tentu salah, dan data yang baru belum tentu benar.",
        ),
        "en": (
            "The share of the register's households that were last verified two years ago or longer, or never.",
            "households with old data / all households",
            "All households of the wilayah's register.",
            "Old data need not be wrong, nor new data right.",
        ),
    },
}
