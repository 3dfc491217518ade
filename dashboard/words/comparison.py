"""The words of what would be under another rule, or by another register."""

SCREEN = {
    "page.what-if": {"id": "Andaikan", "en": "What if"},
    "other.title.limits": {"id": "Bagaimana bila batas desil {program} lain?", "en": "What if {program} had other desil limits?"},
    "other.title.rule": {"id": "Bagaimana bila aturan {program} yang lain berlaku?", "en": "What if another rule of {program} were in force?"},
    "other.title.register": {"id": "Apa kata register lain tentang {program}?", "en": "What does another register say of {program}?"},
    "other.choose": {"id": "Yang disandingkan", "en": "Put beside it"},
    "other.limits": {"id": "Batas desil lain", "en": "Other desil limits"},
    "other.rule": {"id": "Aturan tanggal lain", "en": "Rule of another date"},
    "other.register": {"id": "Register lain", "en": "Another register"},
    "other.low": {"id": "Dari desil", "en": "From desil"},
    "other.high": {"id": "sampai desil", "en": "to desil"},
    "other.rule.label": {"id": "Aturan yang mulai berlaku", "en": "Rule in force from"},
    "other.register.label": {"id": "Register", "en": "Register"},
    "side.base": {"id": "Berlaku", "en": "In force"},
    "side.other": {"id": "Andai", "en": "What if"},
    "side.limits": {"id": "{desil}", "en": "{desil}"},
    "side.rule": {"id": "aturan {date}", "en": "rule of {date}"},
    "side.register": {"id": "register {period}", "en": "register {period}"},
    "other.answer.limits": {"id": "Bila batasnya {side}", "en": "If the limits were {side}"},
    "other.answer.rule": {"id": "Menurut {side}", "en": "By the {side}"},
    "other.answer": {"id": "{side}, {count}; {exclusion}.", "en": "{side}, {count}; {exclusion}."},
    "other.answer.register": {
        "id": "Menurut {side}, **{eligible} {unit}** di {name} layak, dan menurut register {period} **{eligible_base}**; "
        "{exclusion}.",
        "en": "By the {side}, **{eligible} {unit}** in {name} are eligible, and by the register {period} "
        "**{eligible_base}**; {exclusion}.",
    },
    "other.count.more": {"id": "**{count} {unit}** lagi di {name} menjadi layak", "en": "**{count} more {unit}** in {name} are eligible"},
    "other.count.fewer": {
        "id": "**{count} {unit}** di {name} tidak lagi layak", "en": "**{count} fewer {unit}** in {name} are eligible",
    },
    "other.count.same": {"id": "jumlah {unit} yang layak di {name} tetap", "en": "as many {unit} in {name} are eligible"},
    "other.count.masked": {
        "id": "perubahan jumlah {unit} yang layak di {name} terlalu kecil untuk ditampilkan",
        "en": "the change in the number of eligible {unit} in {name} is too small to be shown",
    },
    "other.exclusion.moved": {
        "id": "eksklusi menjadi **{other}** dari **{base}**", "en": "exclusion becomes **{other}** from **{base}**",
    },
    "other.exclusion.same": {"id": "eksklusi tetap **{base}**", "en": "exclusion stays at **{base}**"},
    "other.exclusion.both": {"id": "eksklusinya **{other}** dan **{base}**", "en": "exclusion is **{other}** and **{base}**"},
    "other.exclusion.hidden": {
        "id": "eksklusinya disembunyikan karena selnya kecil", "en": "exclusion is hidden, since its cells are small",
    },
    "other.no_data": {
        "id": "Belum ada angka {program} untuk {name} menurut {side}. Pilih program, wilayah atau pembanding lain.",
        "en": "There are no figures of {program} for {name} by {side}. Choose another program, wilayah or comparison.",
    },
    "other.not_applicable": {
        "id": "Tidak ada yang layak {program} di {name} menurut {side}, jadi tidak ada yang dapat dibandingkan.",
        "en": "Nobody in {name} is eligible for {program} by {side}, so there is nothing to compare.",
    },
    "other.eligible": {"id": "Layak ({unit})", "en": "Eligible ({unit})"},
    "other.points": {"id": "{amount} poin dari {base}", "en": "{amount} points from {base}"},
    "other.since": {"id": "{amount} dari {base}", "en": "{amount} from {base}"},
    "other.same": {"id": "tetap {base}", "en": "still {base}"},
    "other.from": {"id": "setahun, dari {base}", "en": "a year, from {base}"},
    "other.gap": {"id": "Bantuan yang tidak sampai", "en": "Benefits not received"},
    "other.note": {
        "id": "Perubahan = sisi “{other}” dikurangi sisi “{base}”. Jingga: galat lebih besar; ungu: lebih kecil.",
        "en": "Change = side “{other}” minus side “{base}”. Orange: a larger error; purple: a smaller one.",
    },
    "other.note.rule": {
        "id": "Yang diubah hanya siapa yang layak; siapa yang menerima tetap seperti kini. Batas yang lebih lebar tanpa "
        "penerima baru dengan sendirinya menaikkan eksklusi.",
        "en": "Only who is eligible is changed; who receives stays as it is. Wider limits without new recipients raise "
        "exclusion by themselves.",
    },
    "other.note.schemes": {
        "id": "Penyebutnya dua penduduk yang berbeda: DTKS mendata terutama 40 % termiskin, DTSEN memeringkat semua "
        "keluarga. Beda angka di sini juga beda daftar, bukan hanya beda program. "
        "Di bawah DTKS inklusi tidak berlaku: penerima di luar daftarnya tidak tampak.",
        "en": "The denominators are two different populations: DTKS listed mostly the poorest 40%, DTSEN ranks every "
        "family. A difference here is one of the lists as well, and not of the program alone. Under "
        "DTKS inclusion is not applicable: recipients outside its list do not appear.",
    },
    "other.note.dtks": {
        "id": "Register periode ini DTKS, yang memuat sedikit keluarga di atas desil 4: batas yang lebih lebar menghitung "
        "terlalu sedikit yang layak.",
        "en": "The register of this period is DTKS, which holds few families above desil 4: wider limits count too few "
        "eligible.",
    },
    "other.note.periods": {
        "id": "Dua bulan dari register yang sama; siapa yang terdata dan siapa yang menerima ikut berubah.",
        "en": "Two months of the same register; who is registered and who receives change with it.",
    },
    "other.table": {"id": "Kedua sisi untuk {name}", "en": "Both sides for {name}"},
    "other.head": {"id": "Ukuran", "en": "Figure"},
    "other.difference": {"id": "Beda", "en": "Difference"},
    "condition.components": {"id": "komponen", "en": "components"},
    "condition.excluded_adminduk": {"id": "status adminduk yang dikecualikan", "en": "civil registration statuses excluded"},
    "condition.wilayah_kinds": {"id": "jenis wilayah", "en": "kinds of wilayah"},
    "condition.benefits": {"id": "besar bantuan", "en": "benefits"},
    "change.hardly": {"id": "hampir tetap (±{limit})", "en": "hardly changed (±{limit})"},
    "list.change": {"id": "Beda", "en": "Change"},
    "fact.against": {"id": "Disandingkan dengan", "en": "Put beside"},
    "tooltip.side": {"id": "{side}: {rate} ({counts})", "en": "{side}: {rate} ({counts})"},
    "tooltip.gap_count_other": {"id": "{part} dari {whole} {unit} layak", "en": "{part} of {whole} eligible {unit}"},
    "tooltip.leak_count_other": {"id": "{part} dari {whole} {unit} penerima", "en": "{part} of {whole} receiving {unit}"},
    "measure.exclusion_change_rate": {"id": "Perubahan eksklusi (poin)", "en": "Change of exclusion (points)"},
    "measure.exclusion_change_rate.short": {"id": "Perubahan eksklusi", "en": "Change of exclusion"},
    "measure.inclusion_change_rate": {"id": "Perubahan inklusi (poin)", "en": "Change of inclusion (points)"},
    "measure.inclusion_change_rate.short": {"id": "Perubahan inklusi", "en": "Change of inclusion"},
    "measure.exclusion_rate_other": {"id": "Eksklusi pembanding (%)", "en": "Exclusion of the other side (%)"},
    "measure.exclusion_rate_other.short": {"id": "Eksklusi pembanding", "en": "Exclusion of the other side"},
    "column.exclusion_change_rate": {"id": "Perubahan eksklusi (poin)", "en": "Change of exclusion (points)"},
    "column.inclusion_change_rate": {"id": "Perubahan inklusi (poin)", "en": "Change of inclusion (points)"},
    "column.eligible_count_other": {"id": "Layak (pembanding)", "en": "Eligible (other side)"},
    "column.received_count_other": {"id": "Penerima (pembanding)", "en": "Recipients (other side)"},
    "column.reached_count_other": {"id": "Layak dan menerima (pembanding)", "en": "Eligible and receiving (other side)"},
    "column.gap_count_other": {"id": "Belum terjangkau (pembanding)", "en": "Not reached (other side)"},
    "column.leak_count_other": {"id": "Menerima, tidak layak (pembanding)", "en": "Receiving, not eligible (other side)"},
    "column.exclusion_rate_other": {"id": "Belum terjangkau % (pembanding)", "en": "Not reached % (other side)"},
    "column.inclusion_rate_other": {"id": "Menerima, tidak layak % (pembanding)", "en": "Receiving, not eligible % (other side)"},
    "column.gap_idr_other": {"id": "Rupiah tidak sampai (pembanding)", "en": "Rupiah not received (other side)"},
    "column.leak_idr_other": {"id": "Rupiah ke yang tidak layak (pembanding)", "en": "Rupiah to those not eligible (other side)"},
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "exclusion_change_rate": {
        "id": ("Berapa poin galat eksklusi berubah bila aturan atau register pembanding yang dipakai.",
               "eksklusi pembanding − eksklusi menurut aturan yang berlaku",
               "tiap sisi: yang layak menurut sisi itu sendiri; jumlahnya ikut berubah",
               "yang menerima tidak berubah bila aturannya diganti; di antara DTKS dan DTSEN penyebutnya dua penduduk yang "
               "berbeda"),
        "en": ("By how many points exclusion changes when the other rule or register is used.",
               "exclusion of the other side − exclusion by the rule in force",
               "on each side those eligible by that side; their number changes too",
               "who receives does not change with the rule; between DTKS and DTSEN the denominators are two different "
               "populations"),
    },
    "inclusion_change_rate": {
        "id": ("Berapa poin galat inklusi berubah bila aturan atau register pembanding yang dipakai.",
               "inklusi pembanding − inklusi menurut aturan yang berlaku", "tiap sisi: semua penerima pada sisi itu",
               "tidak berlaku bila satu sisi DTKS tanpa penerima dari luar register"),
        "en": ("By how many points inclusion changes when the other rule or register is used.",
               "inclusion of the other side − inclusion by the rule in force", "on each side all recipients of that side",
               "not applicable where one side is DTKS without recipients from outside the register"),
    },
    "exclusion_rate_other": {
        "id": ("Galat eksklusi menurut aturan atau register pembanding.", "(layak − layak dan menerima) / layak",
               "semua yang layak menurut pembanding", "dengan penerima yang ada kini; bukan ramalan"),
        "en": ("Exclusion by the other rule or register.", "(eligible − eligible and receiving) / eligible",
               "all eligible by the other side", "with those who receive today; no forecast"),
    },
}  # fmt: skip
