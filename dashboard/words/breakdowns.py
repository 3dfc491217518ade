"""The words of the breakdowns: what the register's figures are made of."""

SCREEN = {
    # The section of breakdowns
    "breakdown.title": {"id": "Rincian", "en": "In detail"},
    "breakdown.causes": {"id": "Sebab inklusi", "en": "Causes of inclusion"},
    "breakdown.desil": {"id": "Per desil", "en": "By desil"},
    "breakdown.groups": {"id": "Per kelompok", "en": "By group"},
    "breakdown.order": {"id": "Urutan", "en": "Order"},
    "breakdown.overlap": {"id": "Tumpang tindih", "en": "Overlap"},
    "breakdown.programs": {"id": "Gabungan program", "en": "Set of programs"},
    "breakdown.index": {"id": "Indeks (lanjutan)", "en": "Indices (advanced)"},
    "breakdown.meaning": {"id": "Arti dan batasan", "en": "Meaning and limits"},
    "breakdown.not_at_desa": {
        "id": "Rincian ini tidak disimpan per desa, karena selnya terlalu kecil; tersedia sampai kecamatan.",
        "en": "This detail is not kept by desa, whose cells are too small; it is there down to kecamatan.",
    },
    "breakdown.not_published": {
        "id": "Rincian ini tidak diterbitkan per desa, karena jumlah kecilnya dapat dihitung dari kecamatannya; tersedia sampai kecamatan.",
        "en": "This detail is not published by desa, as small counts would follow from the kecamatan; it is there down to kecamatan.",
    },
    "breakdown.to_kecamatan": {"id": "Lihat Kecamatan {name}", "en": "Show Kecamatan {name}"},
    "action.csv.below": {"id": "Unduh CSV semua {level}", "en": "CSV of every {level}"},
    "action.csv.index": {"id": "Unduh CSV indeks semua {level}", "en": "CSV of indices, every {level}"},
    # Figures of the tables
    "number.total": {"id": "Jumlah", "en": "Total"},
    "number.idr_a_year": {"id": "Rupiah setahun", "en": "Rupiah a year"},
    "number.eligible_count": {"id": "Layak", "en": "Eligible"},
    "number.received_count": {"id": "Penerima", "en": "Recipients"},
    "number.reached_count": {"id": "Layak dan menerima", "en": "Eligible and receiving"},
    "number.gap_count": {"id": "Layak, belum menerima", "en": "Eligible, not receiving"},
    "number.leak_count": {"id": "Menerima, tidak layak", "en": "Receiving, not eligible"},
    "number.gap_idr": {"id": "Rupiah tidak sampai", "en": "Rupiah not received"},
    "number.leak_idr": {"id": "Rupiah ke yang tidak layak", "en": "Rupiah to those not eligible"},
    "number.exclusion_rate": {"id": "Eksklusi", "en": "Exclusion"},
    "number.inclusion_rate": {"id": "Inklusi", "en": "Inclusion"},
    "number.household_count": {"id": "Keluarga", "en": "Households"},
    "number.share_rate": {"id": "Bagian", "en": "Share"},
    "number.person_count": {"id": "Jiwa", "en": "Persons"},
    "number.poorest_eligible_count": {"id": "Layak, desil 1", "en": "Eligible, desil 1"},
    "number.poorest_gap_count": {"id": "Desil 1 belum menerima", "en": "Desil 1 not receiving"},
    "number.later_reached_count": {"id": "Desil 3–4 menerima", "en": "Desil 3–4 receiving"},
    "number.out_of_order_count": {"id": "Tidak urut", "en": "Out of order"},
    "number.out_of_order_rate": {"id": "% dari desil 1", "en": "% of desil 1"},
    "number.any_eligible_count": {"id": "Layak salah satu", "en": "Eligible for any"},
    "number.all_reached_count": {"id": "Terjangkau semua haknya", "en": "Reached by all"},
    "number.some_reached_count": {"id": "Terjangkau sebagian", "en": "Reached by some"},
    "number.none_reached_count": {"id": "Tidak terjangkau satu pun", "en": "Reached by none"},
    "number.none_rate": {"id": "%", "en": "%"},
    "number.recipient_share_rate": {"id": "Bagian penerima", "en": "Share of recipients"},
    "number.received_idr": {"id": "Rupiah setahun", "en": "Rupiah a year"},
    "number.benefit_share_rate": {"id": "Bagian rupiah", "en": "Share of rupiah"},
    "number.population_share_rate": {"id": "Bagian penduduk", "en": "Share of population"},
    "number.place": {"id": "Wilayah", "en": "Wilayah"},
    # Causes of inclusion
    "causes.head": {"id": "Sebab", "en": "Cause"},
    "causes.answer": {
        "id": "Sebab terbanyak di {name}: **{cause}**, **{count}** {unit} ({share} dari semua yang menerima tetapi tidak "
        "layak), {idr} setahun.",
        "en": "The most frequent cause in {name}: **{cause}**, **{count}** {unit} ({share} of all who receive and are not "
        "eligible), {idr} a year.",
    },
    "causes.answer.few": {
        "id": "Di {name}, jumlah menurut sebab terlalu kecil, atau datanya tidak lengkap, untuk dibandingkan.",
        "en": "In {name}, the numbers by cause are too small, or the data not complete enough, to be compared.",
    },
    "causes.none": {
        "id": "Di {name} tidak ada penerima {program} yang tidak layak menurut register.",
        "en": "In {name} no recipient of {program} is not eligible by the register.",
    },
    "causes.partial": {
        "id": "Register DTKS memuat yang termiskin dan sedikit keluarga lain; penerima di luarnya tidak tampak. Jumlah di "
        "sini bukan semua yang tidak layak, jadi bagiannya tidak dihitung.",
        "en": "The register DTKS holds the poorest and few other families; recipients outside it do not appear. The numbers "
        "here are not of all who are not eligible, so no shares are given.",
    },
    # By desil, by group, order
    "desil.answer": {
        "id": "Siapa yang layak, menerima, dan terlewat di {name} pada tiap desil, dalam {unit}. "
        "{mark} = tidak berlaku: di desil itu tidak ada yang layak.",
        "en": "Who is eligible, receives and is left out in {name} in each desil, in {unit}. "
        "{mark} = not applicable: nobody of that desil is eligible.",
    },
    "groups.answer": {
        "id": "Bagian yang layak {program} tetapi belum menerima di {name}, menurut keluarganya. Garis putus-putus: semua "
        "keluarga bersama-sama.",
        "en": "The share of those eligible for {program} in {name} who do not receive it, by family. Dashed line: all "
        "families together.",
    },
    "groups.head": {"id": "Kelompok", "en": "Group"},
    "order.answer": {
        "id": "Di {name}, **{gap} dari {eligible}** {unit} layak di desil 1 belum menerima {program}, sedangkan **{later}** "
        "{unit} di desil 3 dan 4 menerima. Di wilayah yang sama, **{count}** tempat dapat lebih dahulu untuk desil 1.",
        "en": "In {name}, **{gap} of {eligible}** eligible {unit} of desil 1 do not receive {program}, while **{later}** "
        "{unit} of desil 3 and 4 do. Within the same wilayah, **{count}** places could go to desil 1 first.",
    },
    "order.answer.below": {
        "id": "Di {name}, **{gap} dari {eligible}** {unit} layak di desil 1 belum menerima {program}, sedangkan **{later}** "
        "{unit} di desil 3 dan 4 menerima. Keduanya hanya dapat ditukar di tempat kuota ditetapkan, yaitu di atas "
        "tingkat ini; angka “tidak urut” tampak di sana.",
        "en": "In {name}, **{gap} of {eligible}** eligible {unit} of desil 1 do not receive {program}, while **{later}** "
        "{unit} of desil 3 and 4 do. Places can be exchanged only where the quota is set, which is above this level; "
        "the figure “out of order” is given there.",
    },
    "order.note": {
        "id": "Ini bukan galat menurut aturan, karena desil 3 dan 4 juga layak bila batasnya memuat mereka; ini perhatian "
        "perencana.",
        "en": "This is no error by the rule, since desil 3 and 4 are eligible too where its limits hold them; it is a "
        "planner's concern.",
    },
    # Programs together
    "overlap.head": {"id": "Program yang diterima", "en": "Programs received"},
    "overlap.permitted": {"id": "Menurut aturan", "en": "By the rule"},
    "overlap.verdict.true": {"id": "boleh", "en": "permitted"},
    "overlap.verdict.false": {"id": "dilarang", "en": "forbidden"},
    "overlap.verdict.unknown": {"id": "tidak diketahui", "en": "not known"},
    "overlap.answer": {
        "id": "Di {name}, **{count}** keluarga menerima gabungan program yang dilarang aturan.",
        "en": "In {name}, **{count}** households receive a set of programs that the rule forbids.",
    },
    "overlap.answer.none": {
        "id": "Di {name} tidak ada keluarga yang menerima gabungan program yang dilarang aturan.",
        "en": "In {name} no household receives a set of programs that the rule forbids.",
    },
    "programs.choose": {"id": "Program yang dilihat bersama", "en": "Programs seen as one"},
    "programs.answer": {
        "id": "Di {name}, **{none} dari {eligible}** keluarga ({rate}) yang layak untuk sedikitnya satu dari {programs} "
        "tidak terjangkau satu pun dari program yang menjadi haknya.",
        "en": "In {name}, **{none} of {eligible}** households ({rate}) that are eligible for at least one of {programs} are "
        "reached by none of those that they are eligible for.",
    },
    "programs.no_data": {
        "id": "Di {name}, tidak semua dari {programs} dilaporkan pada periode ini. Pilih program lain.",
        "en": "In {name}, not all of {programs} are reported in this period. Choose other programs.",
    },
    "programs.not_applicable": {
        "id": "Di {name} tidak ada keluarga yang layak untuk {programs}.",
        "en": "In {name} no household is eligible for {programs}.",
    },
    # Advanced
    "index.note": {
        "id": "Ukuran lanjutan, menurut register. Desil dan skor proksi bukan pendapatan yang diukur; bandingkan antarwilayah "
        "dengan hati-hati.",
        "en": "Advanced measures, by the register. Desil and proxy score are no measured income; compare wilayah with care.",
    },
    "index.partial": {
        "id": "Register DTKS tidak memuat semua keluarga dan penerima, jadi bagian tiap desil tidak dihitung.",
        "en": "The register DTKS does not hold every family and recipient, so no shares by desil are given.",
    },
    "index.cgh_rate": {"id": "Indeks CGH", "en": "CGH index"},
    "index.cgh.parts": {
        "id": "{benefit} rupiah untuk {population} penduduk", "en": "{benefit} of rupiah, {population} of population",
    },
    "index.targeting_differential_rate": {"id": "Selisih sasaran (Ravallion)", "en": "Targeting differential (Ravallion)"},
    "index.differential.parts": {
        "id": "desil 1–4: {poorest}, desil 5–10: {other}", "en": "desil 1–4: {poorest}, desil 5–10: {other}",
    },
    "index.adequacy_rate": {"id": "Kecukupan bantuan", "en": "Adequacy of the benefit"},
    "index.adequacy.parts": {"id": "dari konsumsi setahun menurut skor", "en": "of a year's consumption by the score"},
    "index.formulas": {"id": "Rumus dan batasannya", "en": "Formulas and their limits"},
}  # fmt: skip

# For each breakdown and index: definition, formula, denominator, limits.
CARDS = {
    "breakdown.causes": {
        "id": ("Mengapa yang menerima tidak layak: tiap penerima mempunyai satu sebab, yang pertama berlaku.",
               "di luar register → adminduk (meninggal, ganda, pindah, tidak ditemukan, ASN/TNI/Polri) → jenis wilayah → "
               "komponen → belum ada desil → di atas atau di bawah batas → lebih dari haknya",
               "semua yang menerima dan tidak layak; sebab-sebabnya berjumlah itu",
               "menurut register dan adminduk yang dimuat; sebab lain di belakang sebab pertama tidak tampak"),
        "en": ("Why those who receive are not eligible: each has one cause, the first that holds.",
               "outside the register → civil registration (died, duplicate, moved, not found, civil servant/soldier/police) "
               "→ kind of wilayah → component → no desil → above or below the limits → more than entitled",
               "all who receive and are not eligible; the causes add up to them",
               "by the register and civil registration as loaded; causes behind the first do not appear"),
    },
    "breakdown.desil": {
        "id": ("Yang layak, menerima, terlewat, dan menerima tanpa layak, untuk tiap desil.",
               "eksklusi = (layak − layak dan menerima) / layak", "yang layak di desil itu",
               "di luar batas desil aturan tidak ada yang layak; penerima di luar register masuk “belum ada desil”"),
        "en": ("Those eligible, receiving, left out, and receiving without being eligible, for each desil.",
               "exclusion = (eligible − eligible and receiving) / eligible", "those eligible in that desil",
               "beyond the rule's limits nobody is eligible; recipients outside the register are under “no desil yet”"),
    },
    "breakdown.groups": {
        "id": ("Galat eksklusi menurut jenis kelamin kepala keluarga, lansia, disabilitas, dan jumlah jiwa.",
               "eksklusi = (layak − layak dan menerima) / layak", "yang layak di kelompok itu",
               "beda antarkelompok belum tentu karena kelompoknya; sampai kecamatan saja"),
        "en": ("Exclusion by sex of the head, elderly and disabled members, and size of the family.",
               "exclusion = (eligible − eligible and receiving) / eligible", "those eligible in that group",
               "a difference between groups need not be due to the group; down to kecamatan only"),
    },
    "breakdown.order": {
        "id": ("Desil 1 yang terlewat sementara sebanyak itu di desil 3 dan 4 menerima.",
               "tidak urut = yang lebih kecil dari (desil 1 layak, belum menerima) dan (desil 3–4 layak, menerima)",
               "yang layak di desil 1", "dihitung di tempat kuota ditetapkan, atau di desa bila tanpa kuota, lalu dijumlahkan"),
        "en": ("Desil 1 left out while as many of desil 3 and 4 receive.",
               "out of order = the smaller of (desil 1 eligible, not receiving) and (desil 3–4 eligible, receiving)",
               "those eligible in desil 1", "counted where the quota is set, or in the desa without one, then added up"),
    },
    "breakdown.overlap": {
        "id": ("Keluarga menurut gabungan program yang diterimanya, dan apakah gabungan itu boleh.",
               "dilarang bila sedikitnya satu pasang programnya dilarang", "semua keluarga dalam register",
               "penerima di luar register tidak ikut; pasangan tanpa aturan yang dimuat: tidak diketahui"),
        "en": ("Households by the set of programs that they receive, and whether the set is permitted.",
               "forbidden where at least one pair of its programs is", "all households in the register",
               "recipients outside the register are left out; a pair without a loaded rule is not known"),
    },
    "breakdown.programs": {
        "id": ("Keluarga yang layak untuk sedikitnya satu program dari gabungan ini dan tidak menerima satu pun haknya.",
               "tidak terjangkau satu pun / layak untuk sedikitnya satu", "keluarga yang layak untuk sedikitnya satu",
               "dihitung dalam keluarga, juga untuk program per jiwa; sampai kecamatan saja"),
        "en": ("Households eligible for at least one program of the set that receive none of those.",
               "reached by none / eligible for at least one", "households eligible for at least one",
               "counted in households, also for programs by person; down to kecamatan only"),
    },
    "breakdown.index": {
        "id": ("Siapa mendapat apa: bagian tiap desil dari penerima, dari rupiah, dan dari penduduk register.",
               "bagian desil = jumlah di desil itu / jumlah semua", "semua penerima; semua rupiah; semua penduduk register",
               "desil menurut register, bukan pendapatan yang diukur; di bawah DTKS penduduknya tidak lengkap"),
        "en": ("Who gets what: each desil's share of the recipients, of the rupiah and of the registered population.",
               "share = those of the desil / all", "all recipients; all rupiah; all of the registered population",
               "desil by the register, no measured income; under DTKS the population is not complete"),
    },
    "cgh_rate": {
        "id": ("Indeks Coady-Grosh-Hoddinott: seberapa besar rupiah condong ke desil 1 sampai 4.",
               "bagian rupiah desil 1–4 / bagian penduduk desil 1–4; 1 berarti netral", "semua rupiah; penduduk register",
               "40 % termiskin diganti bagian desil 1–4 yang ada di wilayah; tidak berlaku di bawah DTKS"),
        "en": ("The Coady-Grosh-Hoddinott index: how far rupiah lean towards desil 1 to 4.",
               "share of rupiah of desil 1–4 / share of population of desil 1–4; 1 is neutral",
               "all rupiah; the registered population",
               "the poorest 40% are replaced by the share of desil 1–4 in the wilayah; not applicable under DTKS"),
    },
    "targeting_differential_rate": {
        "id": ("Selisih sasaran Ravallion: cakupan desil 1 sampai 4 dikurangi cakupan desil 5 sampai 10.",
               "penerima desil 1–4 / penduduk desil 1–4 − penerima desil 5–10 / penduduk desil 5–10",
               "penduduk register di tiap bagian", "program yang kecil selalu rendah; tidak berlaku di bawah DTKS"),
        "en": ("Ravallion's targeting differential: coverage of desil 1 to 4 less that of desil 5 to 10.",
               "recipients of desil 1–4 / population of desil 1–4 − recipients of desil 5–10 / population of desil 5–10",
               "the registered population of each part", "a small program is always low; not applicable under DTKS"),
    },
    "adequacy_rate": {
        "id": ("Bantuan setahun dibandingkan konsumsi setahun penerimanya.",
               "rupiah penerima yang berskor / konsumsi setahun mereka menurut skor proksi",
               "konsumsi menurut skor proksi, bukan yang diukur", "penerima tanpa skor atau di luar register tidak ikut"),
        "en": ("A year's benefits beside a year's consumption of those who receive them.",
               "rupiah of recipients with a score / their year's consumption by the proxy score",
               "consumption by the proxy score, not as measured",
               "recipients without a score or outside the register are left out"),
    },
}  # fmt: skip
