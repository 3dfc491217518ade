"""The words of the overview and of a wilayah's printed profile."""

SCREEN = {
    "page.overview": {"id": "Ringkasan", "en": "Overview"},
    # Answer and figures
    "overview.title": {
        "id": "Keluarga desil 1 yang tidak menerima program apa pun",
        "en": "Households of desil 1 that receive no program at all",
    },
    "overview.answer": {
        "id": "Di {name}, **{count} dari {all}** keluarga desil 1 tidak menerima satu program pun.",
        "en": "In {name}, **{count} of {all}** households of desil 1 receive no program at all.",
    },
    "overview.answer.rate": {
        "id": "Di {name}, **{count} dari {all}** keluarga desil 1 ({rate}) tidak menerima satu program pun.",
        "en": "In {name}, **{count} of {all}** households of desil 1 ({rate}) receive no program at all.",
    },
    "overview.no_data": {
        "id": "Belum ada register dengan data penerima untuk {name} pada {period}. Pilih periode lain, atau muat dengan "
        "`petadesil load register`.",
        "en": "There is no register with recipients for {name} in {period}. Choose another period, or use "
        "`petadesil load register`.",
    },
    "overview.nobody": {
        "id": "Menurut register, di {name} tidak ada keluarga desil 1. Program dan perubahan tampak di bawah.",
        "en": "By the register there is no household of desil 1 in {name}. Programs and changes stand below.",
    },
    "overview.start": {
        "id": "Mulai dari {name}: {count} keluarga, {share} dari semuanya.",
        "en": "Start with {name}: {count} households, {share} of all.",
    },
    "overview.direction.rose": {
        "id": "Sejak {month} naik {count} keluarga ({before} → {now}).",
        "en": "Since {month} it rose by {count} households ({before} → {now}).",
    },
    "overview.direction.fell": {
        "id": "Sejak {month} turun {count} keluarga ({before} → {now}).",
        "en": "Since {month} it fell by {count} households ({before} → {now}).",
    },
    "overview.direction.same": {
        "id": "Jumlahnya sama dengan {month} ({before} → {now}).",
        "en": "The number is that of {month} ({before} → {now}).",
    },
    "overview.limits.age": {
        "id": "{rate} keluarga dalam register terakhir diverifikasi dua tahun lalu atau lebih, atau belum pernah.",
        "en": "{rate} of the households in the register were last verified two years ago or longer, or never.",
    },
    "overview.limits.poverty": {
        "id": "Penduduk miskin menurut angka resmi{about}: {rate} ({month}).",
        "en": "Poor persons by the official figure{about}: {rate} ({month}).",
    },
    "overview.limits.fictional": {"id": " (di sini fiktif)", "en": " (fictional here)"},
    "overview.limits.dtks": {
        "id": "Register bulan ini DTKS, yang tidak memuat semua keluarga: angkanya tidak dapat dibandingkan dengan "
        "DTSEN.",
        "en": "The register of this month is DTKS, which does not hold every family: its figures are not comparable "
        "with DTSEN.",
    },
    "overview.limits.absent": {
        "id": "Belum dimuat, jadi tidak ikut dihitung: {programs}.",
        "en": "Not loaded, and so not counted: {programs}.",
    },
    "overview.without": {"id": "Desil 1 tanpa program", "en": "Desil 1 without any program"},
    "overview.without.of": {"id": "dari {all} keluarga", "en": "of {all} households"},
    "overview.coverage": {"id": "Cakupan {program}", "en": "Coverage of {program}"},
    "overview.coverage.of": {
        "id": "{reached} dari {eligible} {unit} layak",
        "en": "{reached} of {eligible} eligible {unit}",
    },
    "overview.left_out": {
        "id": "Desil 1 layak, belum menerima {program}",
        "en": "Eligible of desil 1 without {program}",
    },
    "overview.left_out.while": {"id": "{later} desil 3–4 sudah menerima", "en": "{later} of desil 3–4 receive"},
    "overview.paid": {"id": "Bantuan {program} tersalur", "en": "{program} paid out"},
    "overview.paid.of": {"id": "{paid} dari {received} penerima", "en": "{paid} of {received} recipients"},
    # Map and list
    "measure.without_rate": {"id": "Desil 1 tanpa program (%)", "en": "Desil 1 without any program (%)"},
    "measure.without_rate.short": {"id": "Desil 1 tanpa program", "en": "Desil 1 without any program"},
    "measure.without_count": {"id": "Jumlah desil 1 tanpa program", "en": "Number of desil 1 without any program"},
    "measure.without_count.short": {"id": "Desil 1 tanpa program", "en": "Desil 1 without any program"},
    "tooltip.without_count": {"id": "{part} dari {whole} {unit} desil 1", "en": "{part} of {whole} {unit} of desil 1"},
    "list.without_count": {"id": "Tanpa", "en": "Without"},
    "column.without_count": {"id": "Tanpa program", "en": "Without any program"},
    "column.without_person_count": {"id": "Jiwa tanpa program", "en": "Persons without any program"},
    "column.without_rate": {"id": "Tanpa program (%)", "en": "Without any program (%)"},
    "overview.print": {"id": "Cetak profil (PDF)", "en": "Print the profile (PDF)"},
    "overview.csv.priorities": {"id": "CSV: {level} menurut urutan", "en": "CSV: {level} in order"},
    "overview.csv.programs": {"id": "CSV: program per {level}", "en": "CSV: programs by {level}"},
    # To look at first
    "overview.priorities": {"id": "{count} {level} untuk dilihat lebih dahulu", "en": "{count} {level} to look at first"},
    "overview.priorities.hidden": {"id": "Wilayah untuk dilihat lebih dahulu", "en": "Wilayah to look at first"},
    "overview.priorities.none": {
        "id": "Tidak ada wilayah yang jumlahnya dapat ditampilkan. Pilih tingkat di atasnya.",
        "en": "There is no wilayah whose number can be shown. Choose the level above.",
    },
    "overview.priorities.note": {
        "id": "Urutan: banyaknya keluarga desil 1 tanpa program; dalam kurung, bagiannya dari {all} keluarga demikian "
        "di {name}. Alasan lain disebut bila melewati ambangnya; kuota, penyaluran dan urutan menurut {program}.",
        "en": "Order: the number of households of desil 1 without any program; in brackets, its share of the {all} "
        "such households in {name}. Other reasons are given where they pass their threshold; quota, payment and "
        "order are those of {program}.",
    },
    "overview.priorities.how": {
        "id": "Ambangnya ada di “Cara menghitung”.",
        "en": "“How it is computed” states the thresholds.",
    },
    "overview.priorities.thresholds": {
        "id": "Ambang: bertambah lebih dari {points} poin dan sedikitnya {count} keluarga; didahului sedikitnya "
        "{order}; kuota kosong sedikitnya {unused} dari celah; tersalur kurang dari {paid}; data lama lebih dari "
        "{old}; rentang lapangan lebih dari {width} poin.",
        "en": "Thresholds: grew by more than {points} points and {count} households or more; out of order {order} or "
        "more; empty quota {unused} of the gap or more; less than {paid} paid; old data above {old}; an interval of "
        "the field wider than {width} points.",
    },
    "overview.reason.most": {"id": "**{count}** keluarga ({share})", "en": "**{count}** households ({share})"},
    "overview.reason.highest_tenth": {
        "id": "{rate} dari desil 1 ({highest} tertinggi dari {all})",
        "en": "{rate} of desil 1 (highest {highest} of {all})",
    },
    "overview.reason.grew": {
        "id": "bertambah {change} keluarga ({points} poin) sejak {month}",
        "en": "{change} households ({points} points) since {month}",
    },
    "overview.reason.out_of_order": {
        "id": "{out_of_order_rate} desil 1 layak didahului desil 3–4",
        "en": "{out_of_order_rate} of eligible desil 1 passed over for desil 3–4",
    },
    "overview.reason.unused_quota": {
        "id": "{unused} tempat kuota kosong, celah {gap}",
        "en": "{unused} places of the quota empty, gap {gap}",
    },
    "overview.reason.unpaid": {"id": "baru {paid} tersalur", "en": "only {paid} paid"},
    "overview.reason.old_data": {
        "id": "{old} keluarga diverifikasi dua tahun lalu atau lebih",
        "en": "{old} of households verified two years ago or longer",
    },
    "overview.reason.unsure": {
        "id": "perkiraan lapangan terlalu tidak pasti",
        "en": "the field's estimate is too uncertain",
    },
    "overview.reason.unsure.width": {
        "id": "perkiraan lapangan tidak pasti (rentang {points} poin)",
        "en": "the field's estimate is uncertain (interval of {points} points)",
    },
    # Programs
    "overview.programs": {"id": "Program satu per satu", "en": "Program by program"},
    "overview.programs.none": {
        "id": "Belum ada data penerima program apa pun pada periode ini. Muat dengan `petadesil load register`.",
        "en": "No program has recipients on record in this period. Use `petadesil load register`.",
    },
    "overview.programs.note": {
        "id": "Setiap program dalam satuannya sendiri; rupiah setahun. Cakupan = layak dan menerima / layak; celah = "
        "layak − layak dan menerima; kuota terisi = penerima / kuota; tersalur = penerima yang sudah dibayar / "
        "penerima.",
        "en": "Each program in its own unit; rupiah a year. Coverage = eligible and receiving / eligible; gap = "
        "eligible − eligible and receiving; quota used = recipients / quota; paid = recipients who were paid / "
        "recipients.",
    },
    "overview.programs.absent": {"id": "Belum ada data: {programs}.", "en": "No data yet: {programs}."},
    "overview.head.eligible_count": {"id": "Layak", "en": "Eligible"},
    "overview.head.reached_count": {"id": "Layak dan menerima", "en": "Eligible and receiving"},
    "overview.head.received_count": {"id": "Penerima", "en": "Recipients"},
    "overview.head.coverage_rate": {"id": "Cakupan", "en": "Coverage"},
    "overview.head.gap_count": {"id": "Celah", "en": "Gap"},
    "overview.head.gap_idr": {"id": "Rupiah celah", "en": "Rupiah of the gap"},
    "overview.head.quota_count": {"id": "Kuota", "en": "Quota"},
    "overview.head.quota_used_rate": {"id": "Kuota terisi", "en": "Quota used"},
    "overview.head.paid_rate": {"id": "Tersalur", "en": "Paid"},
    "overview.hidden": {
        "id": "{sign} berarti disembunyikan, supaya sel kecil tidak dapat dihitung; <10 berarti 1 sampai 9.",
        "en": "{sign} means hidden, so that no small cell can be computed; <10 means 1 to 9.",
    },
    # Changes
    "overview.changes": {"id": "Yang berubah", "en": "What changed"},
    "overview.changes.none": {
        "id": "Belum ada periode {scheme} sebelum {period}, jadi perubahan belum dapat dihitung. Muat periode sebelumnya "
        "dengan `petadesil load register`.",
        "en": "There is no period of {scheme} before {period}, so no change can be given. Load an earlier one with "
        "`petadesil load register`.",
    },
    "overview.changes.figure": {"id": "Angka", "en": "Figure"},
    "overview.changes.since": {"id": "Sejak {month}", "en": "Since {month}"},
    "overview.changes.note": {
        "id": "Hanya antara register {scheme}; register lain menghitung keluarga lain.",
        "en": "Between registers of {scheme} only; another register counts other households.",
    },
    "overview.lines.note": {
        "id": "Tiap gambar mencakup sedikitnya {points} poin dan tidak mulai dari nol. Garis terputus pada bulan yang "
        "angkanya disembunyikan atau tidak ada.",
        "en": "Each chart spans at least {points} points and does not start at nought. A line breaks at months whose "
        "figure is hidden or missing.",
    },
    "overview.series.household_count": {"id": "Keluarga desil 1", "en": "Households of desil 1"},
    "overview.series.without_count": {"id": "Desil 1 tanpa program", "en": "Desil 1 without any program"},
    "overview.series.without_rate": {"id": "Bagian desil 1 tanpa program", "en": "Share of desil 1 without any program"},
    "overview.series.coverage_rate": {"id": "Cakupan {program}", "en": "Coverage of {program}"},
    "overview.series.gap_count": {"id": "Celah {program}", "en": "Gap of {program}"},
    "overview.series.received_count": {"id": "Penerima {program}", "en": "Recipients of {program}"},
    "overview.series.paid_rate": {"id": "Bantuan {program} tersalur", "en": "{program} paid out"},
    # Order, age
    "overview.order": {"id": "Urutan di antara yang miskin", "en": "Order within the poor"},
    "overview.order.answer": {
        "id": "Desil 1 yang layak dan belum menerima, sementara desil 3 dan 4 menerima:",
        "en": "Eligible of desil 1 who do not receive, while desil 3 and 4 do:",
    },
    "overview.age": {"id": "Umur data", "en": "Age of the data"},
    "overview.age.none": {
        "id": "Tanggal verifikasi belum ada untuk periode ini. Muat register dengan kolom `verified_on`.",
        "en": "There are no dates of verification for this period. Load a register with the column `verified_on`.",
    },
    "overview.age.answer": {
        "id": "**{rate}** dari {all} keluarga terakhir diverifikasi dua tahun lalu atau lebih, atau belum pernah.",
        "en": "**{rate}** of {all} households were last verified two years ago or longer, or never.",
    },
    "overview.age.oldest": {"id": "Tertua: {listed}.", "en": "Oldest: {listed}."},
    "overview.age.head": {"id": "Verifikasi terakhir", "en": "Last verified"},
    "overview.age.share": {"id": "Bagian", "en": "Share"},
    "overview.age.note": {
        "id": "Semua keluarga dalam register, dihitung pada hari pertama periode.",
        "en": "All households of the register, on the first day of the period.",
    },
    "overview.age_under_1_count": {"id": "kurang dari 1 tahun lalu", "en": "less than 1 year ago"},
    "overview.age_1_to_2_count": {"id": "1 sampai 2 tahun lalu", "en": "1 to 2 years ago"},
    "overview.age_2_to_3_count": {"id": "2 sampai 3 tahun lalu", "en": "2 to 3 years ago"},
    "overview.age_over_3_count": {"id": "lebih dari 3 tahun lalu", "en": "more than 3 years ago"},
    "overview.age_never_count": {"id": "belum pernah", "en": "never"},
    # Official figures
    "overview.official": {"id": "Angka resmi di samping register", "en": "Official figures beside the register"},
    "overview.official.figure": {"id": "Angka", "en": "Figure"},
    "overview.official.value": {"id": "Nilai", "en": "Value"},
    "overview.official.source": {"id": "Sumber", "en": "Source"},
    "overview.official.poverty_rate": {"id": "Penduduk miskin (resmi)", "en": "Poor persons (official)"},
    "overview.official.poverty_line_idr": {
        "id": "Garis kemiskinan, rupiah per kapita sebulan", "en": "Poverty line, rupiah per head a month",
    },
    "overview.official.official_population_count": {"id": "Penduduk (resmi)", "en": "Population (official)"},
    "overview.official.unconfirmed": {"id": "(belum terkonfirmasi)", "en": "(not confirmed)"},
    "overview.official.fictional": {
        "id": "angka fiktif untuk provinsi {kode}, bukan terbitan BPS atau Dukcapil",
        "en": "fictional figure for provinsi {kode}, not by BPS or Dukcapil",
    },
    "overview.official.desil_one": {
        "id": "Keluarga desil 1 dari semua keluarga register", "en": "Households of desil 1 among all of the register",
    },
    "overview.official.desil_one_two": {
        "id": "Keluarga desil 1–2 dari semua keluarga register",
        "en": "Households of desil 1–2 among all of the register",
    },
    "overview.official.register": {"id": "register, {period}", "en": "register, {period}"},
    "overview.official.none": {
        "id": "Belum ada angka resmi sampai periode ini. Muat dengan `petadesil load figures`.",
        "en": "There are no official figures up to this period. Use `petadesil load figures`.",
    },
    "overview.official.above": {
        "id": "Tidak ada angka resmi pada tingkat ini; yang terdekat di atasnya: {name}.",
        "en": "There is no official figure at this level; the nearest above: {name}.",
    },
    "overview.official.note": {
        "id": "Keduanya tidak mengukur hal yang sama. Angka resmi: persen jiwa di bawah garis kemiskinan, dari survei rumah "
        "tangga. Desil: peringkat keluarga (kartu keluarga) di dalam register secara nasional; desil 1 selalu sekitar "
        "sepuluh persen keluarga se-Indonesia, berapa pun yang miskin.",
        "en": "The two do not measure the same thing. Official: the percentage of persons under the poverty line, by a survey "
        "of rumah tangga. Desil: a rank of families (family cards) within the national register; desil 1 is about ten per "
        "cent of the nation's families, however many are poor.",
    },
    # The print
    "profile.title": {"id": "Profil {name}", "en": "Profile of {name}"},
    "profile.place": {"id": "{path} · {period} · register {scheme}", "en": "{path} · {period} · register {scheme}"},
    "profile.map": {"id": "{measure}, per {level}", "en": "{measure}, by {level}"},
    "profile.map.none": {"id": "Batas wilayah ini belum dimuat.", "en": "This wilayah's boundaries are not loaded."},
    "profile.head.poorest_gap_count": {"id": "Desil 1 belum menerima", "en": "Desil 1 not receiving"},
    "profile.head.out_of_order_count": {"id": "Tidak urut", "en": "Out of order"},
    "profile.reasons": {"id": "Alasan", "en": "Reasons"},
    "profile.definitions": {"id": "Arti angka", "en": "What the figures mean"},
    "profile.defined": {
        "id": "**Tanpa program**: keluarga desil 1 yang tidak menerima satu pun program yang dimuat ({programs}). "
        "**Layak**: memenuhi aturan yang berlaku pada tanggal periode. **Cakupan**: layak dan menerima / layak. **Celah**: "
        "layak dan belum menerima. **Penerima**: ada dalam daftar penerima; **tersalur**: sudah dibayarkan. **Tidak urut**: "
        "tempat yang dapat lebih dahulu untuk desil 1 di wilayah kuota yang sama. Semua menurut register: keluarga yang tidak "
        "pernah didata dan desil yang keliru tidak tampak.",
        "en": "**Without any program**: households of desil 1 that receive none of the loaded programs ({programs}). "
        "**Eligible**: meets the rule in force on the period's date. **Coverage**: eligible and receiving / eligible. **Gap**: "
        "eligible and not receiving. **Recipients**: on the list of recipients; **paid**: paid out. **Out of order**: places that "
        "could go to desil 1 first within the wilayah of the same quota. All by the register: families never registered and "
        "wrong desil do not appear.",
    },
    "profile.disclosed": {
        "id": "Sel kecil disembunyikan: jumlah 1–9 ditulis <10, jumlah lain dibulatkan ke 5.",
        "en": "Small cells are hidden: counts of 1–9 are written <10, others are rounded to 5.",
    },
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "without_rate": {
        "id": ("Bagian keluarga desil 1 yang tidak menerima satu pun program yang dimuat untuk periode itu.",
               "keluarga desil 1 tanpa program / keluarga desil 1", "semua keluarga desil 1 dalam register",
               "hanya program yang datanya dimuat; menerima berarti ada dalam daftar penerima; keluarga di luar register tidak tampak"),
        "en": ("The share of households of desil 1 that receive none of the programs loaded for the period.",
               "households of desil 1 without any program / households of desil 1",
               "all households of desil 1 in the register",
               "only programs whose data are loaded; receiving means being on the list of recipients; families outside the register do not appear"),
    },
    "without_count": {
        "id": ("Banyaknya keluarga desil 1 yang tidak menerima satu pun program yang dimuat.",
               "jumlah keluarga", "tidak ada; jumlah", "wilayah yang besar menonjol karena besarnya"),
        "en": ("How many households of desil 1 receive none of the loaded programs.", "count of households",
               "none; a count", "large wilayah stand out by size"),
    },
}  # fmt: skip
