"""The words of the page that goes from the gap to a budget: its answer, what it rests on, and its measures."""

SCREEN = {
    "page.planning": {"id": "Rencana anggaran", "en": "Budget plan"},
    # Measures, list and tooltip
    "measure.exclusion_after_rate": {"id": "Tetap belum terjangkau (%)", "en": "Still not reached (%)"},
    "measure.exclusion_after_rate.short": {"id": "Tetap belum terjangkau", "en": "Still not reached"},
    "measure.planned_count": {"id": "Alokasi (penerima)", "en": "Allocation (recipients)"},
    "measure.planned_count.short": {"id": "Alokasi", "en": "Allocation"},
    "measure.amount_idr": {"id": "Alokasi (rupiah)", "en": "Allocation (rupiah)"},
    "measure.amount_idr.short": {"id": "Alokasi", "en": "Allocation"},
    "measure.uncovered_count": {"id": "Jumlah tetap belum terjangkau", "en": "Number still not reached"},
    "measure.uncovered_count.short": {"id": "Tetap belum terjangkau", "en": "Still not reached"},
    "tooltip.planned_count": {"id": "{part} dari {whole} yang belum terjangkau", "en": "{part} of {whole} not reached"},
    "tooltip.uncovered_count": {"id": "{part} dari {whole} yang layak", "en": "{part} of {whole} eligible"},
    "list.uncovered_count": {"id": "Tetap", "en": "Left"},
    "list.planned_count": {"id": "Alokasi", "en": "Plan"},
    "list.need_count": {"id": "Belum", "en": "Gap"},
    "list.exclusion_after_rate": {"id": "Tetap %", "en": "Left %"},
    # Every column
    "column.covered_count": {"id": "Sudah terjangkau", "en": "Reached already"},
    "column.need_count": {"id": "Belum terjangkau", "en": "Not reached"},
    "column.planned_count": {"id": "Alokasi", "en": "Allocation"},
    "column.uncovered_count": {"id": "Tetap belum terjangkau", "en": "Still not reached"},
    "column.exclusion_before_rate": {"id": "Eksklusi sebelum", "en": "Exclusion before"},
    "column.exclusion_after_rate": {"id": "Eksklusi sesudah", "en": "Exclusion after"},
    "column.amount_idr": {"id": "Alokasi (Rp)", "en": "Allocation (IDR)"},
    "column.expected_count": {"id": "Perkiraan benar-benar layak", "en": "Expected truly eligible"},
    **{
        f"column.planned_desil_{desil}_count": {"id": f"Alokasi desil {desil}", "en": f"Allocation, desil {desil}"}
        for desil in range(1, 11)
    },
    # The question and the answer
    "plan.title": {
        "id": "Apa yang dibeli {budget} untuk {program} di {name}?",
        "en": "What does {budget} buy for {program} in {name}?",
    },
    "plan.unit.household": {"id": "KPM", "en": "KPM"},
    "plan.unit.person": {"id": "jiwa", "en": "persons"},
    "plan.unit.pupil": {"id": "murid", "en": "pupils"},
    "plan.answer": {
        "id": "Pagu ini menjangkau **{planned} dari {need}** {unit} layak yang belum terjangkau, di {served} dari {areas} {level}; "
        "eksklusi menurut register turun dari **{before} menjadi {after}**.",
        "en": "This ceiling reaches **{planned} of {need}** eligible {unit} not reached so far, in {served} of {areas} {level}; "
        "exclusion by the register falls from **{before} to {after}**.",
    },
    "plan.answer.all": {
        "id": "Semua sudah terjangkau, jadi **{remainder}** dari pagu tidak terpakai.",
        "en": "All are reached, so **{remainder}** of the ceiling stays unused.",
    },
    "plan.answer.capped": {
        "id": "**{remainder}** dari pagu tidak terpakai karena batas atas: setiap {level} sudah mencapainya.",
        "en": "**{remainder}** of the ceiling stays unused because of the upper limit: every {level} has come to it.",
    },
    "plan.answer.served": {
        "id": "**{remainder}** dari pagu tidak terpakai: tidak cukup untuk melayani satu {level} lagi, karena biaya per {level} yang dilayani.",
        "en": "**{remainder}** of the ceiling stays unused: it does not pay for serving one more {level}, because of the cost per {level} served.",
    },
    "plan.answer.uneven": {
        "id": "{left} dari {needy} {level} yang punya celah tidak mendapat bagian, padahal perkiraan yang benar-benar layak berada dalam rentang “{even}”: aturan itu membagi ke lebih banyak {level} tanpa beda hasil yang pasti.",
        "en": "{left} of {needy} {level} with a gap get no share, though the expected truly eligible lie within the interval of “{even}”: that rule serves more {level} with no certain difference in result.",
    },
    "plan.answer.even": {"id": "Pakai aturan “{even}”", "en": "Use the rule “{even}”"},
    "plan.answer.no_shares": {
        "id": "Belum ada bagian sendiri, sehingga pembagian mengikuti celah; isi kolom Bagian dalam tabel di bawah.",
        "en": "There are no own shares yet, so the gap decides; fill in the column Share in the table below.",
    },
    "plan.answer.unspent": {
        "id": "Bagian sendiri tidak dapat dipakai seluruhnya di {names}: bagiannya melebihi yang boleh dijangkau di sana, dan {remainder} menjadi sisa.",
        "en": "Own shares cannot be used up in {names}: they are more than may be reached there, and {remainder} is left over.",
    },
    "plan.answer.published": {
        "id": "Dalam penyajian terbitan, jumlah tiap wilayah dibulatkan dahulu, baru direncanakan.",
        "en": "In published figures the counts of each wilayah were rounded before planning.",
    },
    "plan.of_kecamatan": {
        "id": "Rencana disusun untuk {name}, bukan untuk satu desa. Kembali ke wilayah yang lebih luas lewat tautan di atas.",
        "en": "The plan is for {name}, not for one desa. Go back to a wider wilayah by the links above.",
    },
    "plan.shock": {"id": "Rencana untuk wilayah bencana: **{shock}**.", "en": "A plan for the area of a shock: **{shock}**."},
    "plan.ignored": {
        "id": "Bagian tautan “{part}” bukan bagian dari rencana dan diabaikan; yang ditampilkan adalah rencana terakhir di peramban ini, atau nilai awal.",
        "en": "The part “{part}” of the link is not part of a plan and was ignored; shown is the last plan of this browser, or the first values.",
    },
    "plan.empty.no_data": {
        "id": "Belum ada data penerima {program} untuk {name} pada {period}, sehingga celahnya tidak diketahui. Muat registernya, atau pilih wilayah atau periode lain.",
        "en": "There are no data of {program} for {name} in {period}, so the gap is not known. Load the register, or choose another wilayah or period.",
    },
    "plan.empty.not_applicable": {
        "id": "{program} tidak berlaku di {name} pada {period}, atau tidak ada yang layak di sana, sehingga tidak ada yang dapat direncanakan. Pilih wilayah atau program lain.",
        "en": "{program} does not apply in {name} in {period}, or nobody there is eligible, so there is nothing to plan. Choose another wilayah or program.",
    },
    "plan.empty.covered": {
        "id": "Tidak ada celah: setiap yang layak untuk {program} di {name} sudah terjangkau pada {period}. Pilih wilayah atau program lain, atau kurangi program yang dihitung sudah mencakup.",
        "en": "There is no gap: everybody eligible for {program} in {name} is reached in {period}. Choose another wilayah or program, or count fewer programs as covering.",
    },
    # What to do about a plan that cannot be made
    "plan.mend": {"id": "Pakai perubahan terdekat yang mungkin", "en": "Take the nearest change that works"},
    "plan.mend.budget": {"id": "Naikkan pagu menjadi {budget}", "en": "Raise the ceiling to {budget}"},
    "plan.mend.limits": {"id": "Sesuaikan batas wilayah itu", "en": "Fit the limits of these wilayah"},
    "plan.mend.level": {"id": "Pilih tingkat desa", "en": "Choose the level desa"},
    # Figures
    "plan.figure.reached": {"id": "{unit} dijangkau", "en": "{unit} reached"},
    "plan.figure.reached.of": {"id": "dari {need} yang belum terjangkau", "en": "of {need} not reached so far"},
    "plan.figure.after": {"id": "Eksklusi sesudah, menurut register", "en": "Exclusion after, by the register"},
    "plan.figure.points": {"id": "{amount} poin", "en": "{amount} points"},
    "plan.figure.before": {"id": "sebelum {before}", "en": "before {before}"},
    "plan.figure.field": {"id": "Menurut lapangan (rentang 95 %)", "en": "By the field (95% interval)"},
    "plan.figure.no_field": {"id": "tidak ada sampel yang cukup di sini", "en": "no sufficient sample here"},
    "plan.figure.chance_only": {
        "id": "sampel memberi peluang per desil, tetapi tidak cukup untuk eksklusi wilayah ini",
        "en": "the sample gives chances by desil, but not enough for the exclusion of this wilayah",
    },
    "plan.figure.cost": {"id": "Biaya per {unit} yang benar-benar layak", "en": "Cost per truly eligible {unit}"},
    "plan.figure.remainder": {"id": "sisa pagu {remainder}", "en": "{remainder} of the ceiling left"},
    # Classes
    "plan.classes": {"id": "Menurut desil", "en": "By desil"},
    "plan.classes.eligible": {"id": "{unit} layak", "en": "Eligible {unit}"},
    "plan.classes.need": {"id": "Belum terjangkau", "en": "Not reached"},
    "plan.classes.planned": {"id": "Alokasi", "en": "Allocation"},
    "plan.classes.chance": {"id": "Peluang benar-benar layak", "en": "Chance of being truly eligible"},
    "plan.classes.worth": {"id": "Bobot", "en": "Weight"},
    "plan.total": {"id": "Jumlah", "en": "Total"},
    "plan.chance.kabupaten": {
        "id": "Peluang dari sampel verifikasi kabupaten/kota itu, didekatkan ke rata-rata provinsinya bila jawabannya sedikit.",
        "en": "Chances from the kabupaten's own verification sample, drawn to the mean of its provinsi where answers are few.",
    },
    "plan.chance.provinsi": {
        "id": "Peluang dari sampel verifikasi provinsi, untuk kabupaten/kota tanpa jawaban sendiri.",
        "en": "Chances from the verification sample of the provinsi, for kabupaten without answers of their own.",
    },
    "plan.chance.all": {
        "id": "Peluang dari sampel verifikasi provinsi lain, karena di sini tidak ada.",
        "en": "Chances from the verification samples of other provinsi, since there is none here.",
    },
    "plan.chance.register": {
        "id": "Tanpa sampel verifikasi, atau karena diminta begitu, setiap yang layak menurut register dianggap benar-benar layak; galat registernya tidak diketahui.",
        "en": "Without a verification sample, or because it was asked for, everyone eligible by the register is taken as truly eligible; the register's error is not known.",
    },
    # The table that a reader edits
    "plan.table": {"id": "Batas dan bagian sendiri", "en": "Limits and own shares"},
    "plan.table.what": {
        "id": "Tetapkan batas bawah, batas atas, atau bagian sendiri untuk {level} tertentu. Bagian adalah perbandingan: 2 mendapat dua kali lipat dari 1. Sel kosong mengikuti batas umum; yang tidak punya bagian tidak mendapat apa-apa bila ada {level} lain yang punya.",
        "en": "Set the lower limit, the upper limit, or an own share of chosen {level}. Shares are proportions: 2 gets twice as much as 1. An empty cell follows the limits for all; a {level} without a share gets nothing where another has one.",
    },
    "plan.table.open": {"id": "Buka tabel {count} {level}", "en": "Open the table of {count} {level}"},
    "plan.table.floor": {"id": "Batas bawah", "en": "Lower limit"},
    "plan.table.cap": {"id": "Batas atas", "en": "Upper limit"},
    "plan.table.share": {"id": "Bagian", "en": "Share"},
    "plan.table.apply": {"id": "Pakai isian ini", "en": "Use these entries"},
    "plan.table.start": {"id": "Mulai dari pembagian “{rule}”", "en": "Start from the allocation “{rule}”"},
    "plan.table.start.help": {
        "id": "Menyalin alokasi sekarang ke kolom Bagian, agar dapat diubah di beberapa wilayah saja. Aturan beralih ke Bagian sendiri.",
        "en": "Copies the present allocation into the column Share, so that some wilayah can be changed. The rule becomes Own shares.",
    },
    # Money
    "plan.money": {"id": "Ke mana pagu pergi", "en": "Where the ceiling goes"},
    "plan.money.line": {"id": "Baris", "en": "Line"},
    "plan.money.amount": {"id": "Jumlah", "en": "Amount"},
    "plan.money.benefit": {"id": "Bantuan: {count} {unit} × {cost}", "en": "Benefits: {count} {unit} × {cost}"},
    "plan.money.desa": {"id": "Biaya per {level} yang dilayani: {count} × {cost}", "en": "Cost per {level} served: {count} × {cost}"},
    "plan.money.no_desa": {"id": "Biaya per {level} yang dilayani", "en": "Cost per {level} served"},
    "plan.money.administration": {"id": "Administrasi (belanja barang dan jasa)", "en": "Administration (goods and services)"},
    "plan.money.remainder": {"id": "Sisa", "en": "Remainder"},
    "plan.money.budget": {"id": "Pagu", "en": "Ceiling"},
    "plan.money.note": {
        "id": "Baris-baris ini berjumlah tepat sama dengan pagu. Administrasi tidak pernah menjadi bagian belanja bantuan sosial; sisa tidak cukup untuk satu penerima lagi, atau tidak boleh dipakai karena batasnya.",
        "en": "These lines add up to the ceiling exactly. Administration is never part of social aid; the remainder does not pay for one more recipient, or may not because of the limits.",
    },
    # What cannot be mended
    "plan.beyond": {"id": "Yang tidak teratasi", "en": "What stays beyond reach"},
    "plan.beyond.budget": {
        "id": "Dengan pagu sebesar ini, aturan apa pun meninggalkan sedikitnya **{unmendable}** dari yang layak menurut register; rencana ini meninggalkan {after}.",
        "en": "With a ceiling of this size any rule leaves at least **{unmendable}** of those eligible by the register; this plan leaves {after}.",
    },
    "plan.beyond.off_list": {
        "id": "Menurut lapangan, **{rate}** dari yang benar-benar layak tidak terdaftar, atau terdaftar dengan desil di luar sasaran: pagu berapa pun tidak menjangkau mereka lewat daftar ini. Yang diperlukan adalah pemutakhiran data.",
        "en": "By the field, **{rate}** of the truly eligible are not registered, or stand at a desil outside the target: no budget reaches them through this list. It takes an update of the data.",
    },
    "plan.beyond.wrong_desil": {
        "id": "Menurut lapangan, **{rate}** dari yang benar-benar layak terdaftar dengan desil di luar sasaran: pagu berapa pun tidak menjangkau mereka lewat daftar ini. Berapa yang tidak terdaftar sama sekali tidak terlihat dari sampel ini.",
        "en": "By the field, **{rate}** of the truly eligible stand at a desil outside the target: no budget reaches them through this list. How many are not registered at all this sample cannot see.",
    },
    "plan.beyond.field": {
        "id": "Eksklusi menurut lapangan turun dari {before} menjadi {after}.",
        "en": "Exclusion by the field falls from {before} to {after}.",
    },
    "plan.beyond.inclusion": {
        "id": "Perkiraan tidak layak: sekitar {rate} dari penerima yang direncanakan; verifikasi sebelum penetapan menguranginya.",
        "en": "Expected not eligible: about {rate} of the planned recipients; verifying before the decision lowers this.",
    },
    "plan.beyond.chance_only": {
        "id": "Berapa yang tidak terdaftar atau keliru desilnya tidak diketahui: sampel memberi peluang per desil, tetapi tidak cukup untuk eksklusi wilayah ini.",
        "en": "How many are unregistered or stand at a wrong desil is not known: the sample gives chances by desil, but not enough for the exclusion of this wilayah.",
    },
    "plan.beyond.no_field": {
        "id": "Berapa yang tidak terdaftar atau keliru desilnya tidak diketahui: di sini tidak ada sampel verifikasi yang cukup.",
        "en": "How many are unregistered or stand at a wrong desil is not known: there is no sufficient verification sample here.",
    },
    # Assumptions
    "plan.assumptions": {"id": "Asumsi rencana ini", "en": "What this plan assumes"},
    "plan.says.frame": {
        "id": "Tahun anggaran {year}, tahapan {stage}, sumber dana {funding}; register {period}.",
        "en": "Budget year {year}, stage {stage}, source of funds {funding}; register of {period}.",
    },
    "plan.says.program": {
        "id": "Sasarannya yang layak untuk {program} menurut aturan yang berlaku ({desil}, dengan syarat dan pengecualiannya) dan belum menerima.",
        "en": "The target is whoever is eligible for {program} by the rule in force ({desil}, with its conditions and exclusions) and does not receive it.",
    },
    "plan.says.target": {
        "id": "Program lokal {program}: {desil}; komponen: {component}; tanpa yang dikecualikan menurut adminduk.",
        "en": "The local program {program}: {desil}; component: {component}; without those excluded by civil registration.",
    },
    "plan.says.cost": {
        "id": "Setiap {unit} dibayar {benefit} sebulan selama {months} bulan: {cost}.",
        "en": "Each of the {unit} is paid {benefit} a month for {months} months: {cost}.",
    },
    "plan.says.administration": {
        "id": "Administrasi {amount}, baris tersendiri di luar bantuan.",
        "en": "Administration of {amount}, a line of its own outside the benefits.",
    },
    "plan.says.no_administration": {
        "id": "Tidak ada administrasi; bila ada, isi di Biaya dan administrasi.",
        "en": "No administration; where there is some, fill it in under Costs and administration.",
    },
    "plan.says.desa": {
        "id": "Setiap {level} yang dilayani berbiaya {amount}, berapa pun penerimanya.",
        "en": "Each {level} served costs {amount}, however many its recipients.",
    },
    "plan.says.covered": {
        "id": "Penerima program ini dihitung sudah terjangkau: {programs}.",
        "en": "Recipients of these programs count as reached already: {programs}.",
    },
    "plan.says.covered.none": {
        "id": "Tidak ada program yang dihitung sudah mencakup: penerima program lain ikut direncanakan.",
        "en": "No program counts as covering: recipients of other programs are planned for too.",
    },
    "plan.says.covered.too": {
        "id": "Selain penerima {program}, penerima program ini dihitung sudah terjangkau: {programs}.",
        "en": "Beside the recipients of {program}, those of these programs count as reached already: {programs}.",
    },
    "plan.says.covered.own": {
        "id": "Hanya penerima {program} yang dihitung sudah terjangkau; penerima program lain ikut direncanakan.",
        "en": "Only recipients of {program} count as reached already; those of other programs are planned for too.",
    },
    "plan.says.limits": {
        "id": "Ada {level} dengan batas bawah atau batas atas.",
        "en": "Some {level} have a lower or an upper limit.",
    },
    "plan.says.weights": {"id": "Bobot desil: {weights}.", "en": "Weights of desil: {weights}."},
    "plan.says.chance": {
        "id": "Peluang seorang penerima benar-benar layak diambil dari sampel verifikasi, menurut desil dan kabupaten/kota; di dalam kabupaten/kota dianggap sama.",
        "en": "The chance that a recipient is truly eligible comes from the verification sample, by desil and kabupaten; within a kabupaten it is taken to be the same.",
    },
    "plan.says.register": {
        "id": "Register dianggap benar: setiap yang layak menurut register dihitung benar-benar layak.",
        "en": "The register is taken at its word: everyone eligible by it counts as truly eligible.",
    },
    "plan.says.static": {
        "id": "Celahnya celah pada periode register; keluarga yang masuk, pindah atau berubah desil sampai tahun anggaran tidak diperkirakan.",
        "en": "The gap is that of the register's period; families that enter, move or change desil until the budget year are not forecast.",
    },
    # Files
    "plan.files": {"id": "Bawa ke anggaran", "en": "Take it to the budget"},
    "plan.files.rka": {"id": "Lembar RKA (XLSX)", "en": "RKA sheet (XLSX)"},
    "plan.files.memo": {"id": "Memo dua halaman (PDF)", "en": "Memo of two pages (PDF)"},
    "plan.files.what": {
        "id": "Lembar RKA dengan rumus, lampiran per wilayah, asumsi dan peta; memo untuk pimpinan; atau {count} baris wilayahnya untuk diolah sendiri.",
        "en": "The RKA sheet with formulas, the annex by wilayah, assumptions and map; the memo for leadership; or the rows of {count} wilayah to work with.",
    },
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "exclusion_after_rate": {
        "id": ("Bagian dari yang layak yang tetap belum terjangkau setelah rencana ini dilaksanakan, menurut register.",
               "(layak − sudah terjangkau − alokasi) / layak", "yang layak menurut aturan atau sasaran rencana",
               "menurut register: tidak melihat yang tidak terdaftar atau keliru desilnya; tidak meramalkan perubahan sampai tahun anggaran"),
        "en": ("The share of the eligible who are still not reached once this plan is carried out, by the register.",
               "(eligible − reached already − allocation) / eligible", "those eligible by the rule or by the plan's target",
               "by the register: blind to the unregistered and to wrong desil; forecasts no change until the budget year"),
    },
    "planned_count": {
        "id": ("Banyaknya penerima yang direncanakan di wilayah itu menurut aturan pembagian yang dipilih.",
               "hasil aturan pembagian, bilangan bulat, paling banyak sebesar celahnya", "tidak ada; jumlah",
               "sebuah keputusan, ditulis tepat; siapa orangnya ditetapkan oleh musyawarah dan verifikasi"),
        "en": ("How many recipients are planned in the wilayah by the chosen rule of allocation.",
               "what the rule gives, whole, at most the gap", "none; a count",
               "a decision, written exactly; who they are is settled by deliberation and verification"),
    },
    "amount_idr": {
        "id": ("Rupiah yang direncanakan untuk wilayah itu: bantuan setahun anggaran dan biaya wilayahnya.",
               "alokasi × bantuan per bulan × bulan + biaya per wilayah bila dilayani", "tidak ada; rupiah",
               "tanpa administrasi dan sisa, yang tidak terbagi menurut wilayah"),
        "en": ("Rupiah planned for the wilayah: benefits of the budget year and the cost of serving it.",
               "allocation × benefit a month × months + cost per wilayah where served", "none; rupiah",
               "without administration and remainder, which belong to no wilayah"),
    },
    "uncovered_count": {
        "id": ("Banyaknya yang layak dan tetap belum terjangkau setelah rencana ini dilaksanakan, menurut register.",
               "layak − sudah terjangkau − alokasi", "tidak ada; jumlah",
               "menurut register: tidak melihat yang tidak terdaftar atau keliru desilnya"),
        "en": ("How many eligible are still not reached once this plan is carried out, by the register.",
               "eligible − reached already − allocation", "none; a count",
               "by the register: blind to the unregistered and to wrong desil"),
    },
}  # fmt: skip
