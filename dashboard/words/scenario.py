"""The words of scenarios: storing, listing, opening and comparing them."""

SCREEN = {
    "page.scenarios": {"id": "Skenario", "en": "Scenarios"},
    # Storing
    "scenario.store": {"id": "Simpan sebagai skenario", "en": "Store as a scenario"},
    "scenario.store.what": {
        "id": "Disimpan seperti yang tampak sekarang: pembagian per wilayah, semua aturan, asumsi dan versi data. Data yang "
        "dimuat sesudahnya tidak mengubahnya.",
        "en": "Stored as it stands now: the allocation by wilayah, every rule, the assumptions and the data version. Data "
        "that are loaded later do not change it.",
    },
    "scenario.store.name": {"id": "Nama skenario", "en": "Name of the scenario"},
    "scenario.store.name.hint": {"id": "misalnya Merata, pagu 5 miliar", "en": "such as Even, ceiling of 5 billion"},
    "scenario.store.author": {"id": "Penyusun", "en": "Author"},
    "scenario.store.author.hint": {"id": "nama atau jabatan", "en": "name or office"},
    "scenario.store.note": {"id": "Catatan (boleh kosong)", "en": "Note (may be empty)"},
    "scenario.store.button": {"id": "Simpan skenario", "en": "Store scenario"},
    "scenario.stored": {
        "id": "Tersimpan sebagai skenario {number}, “{name}”.", "en": "Stored as scenario {number}, “{name}”.",
    },
    "scenario.stored.link": {"id": "Buka skenario ini", "en": "Open this scenario"},
    # The list
    "scenario.title": {"id": "Skenario untuk {name}", "en": "Scenarios for {name}"},
    "scenario.answer.list": {
        "id": "**{count} skenario** tersimpan untuk {name} dan wilayah di dalamnya; **{outdated}** di antaranya berdiri di "
        "atas data lama.",
        "en": "**{count} scenarios** are stored for {name} and the wilayah in it; **{outdated}** of them stand on old data.",
    },
    "scenario.empty": {
        "id": "Belum ada skenario untuk {name}. Susun rencana di halaman Rencana anggaran, lalu tekan “Simpan skenario”: "
        "pembagian, asumsi dan versi datanya tersimpan dan dapat dibandingkan di sini.",
        "en": "There is no scenario for {name} yet. Make a plan on the page Budget plan, then press “Store scenario”: its "
        "allocation, assumptions and data version are kept and can be compared here.",
    },
    "scenario.empty.withheld": {
        "id": "Tidak ada skenario untuk {name} yang boleh ditampilkan di sini.",
        "en": "There is no scenario for {name} that may be shown here.",
    },
    "scenario.withheld": {
        "id": "{count} skenario berangka tepat tidak ditampilkan, karena di sini hanya angka terbitan yang boleh dilihat.",
        "en": "{count} scenarios of exact figures are not shown, since only published figures may be seen here.",
    },
    "scenario.to_planning": {"id": "Ke halaman rencana", "en": "To the planning page"},
    "scenario.choose": {
        "id": "Centang dua atau tiga skenario untuk dibandingkan, atau buka satu dari namanya.",
        "en": "Tick two or three scenarios to compare them, or open one by its name.",
    },
    "scenario.pick": {"id": "Pilih {number}", "en": "Choose {number}"},
    "scenario.compare": {"id": "Bandingkan", "en": "Compare"},
    "scenario.compare.count": {"id": "Bandingkan {count} skenario", "en": "Compare {count} scenarios"},
    "scenario.more": {"id": "Tampilkan semua {count}", "en": "Show all {count}"},
    "scenario.number": {"id": "No. {id}", "en": "No. {id}"},
    "scenario.line": {
        "id": "{author} · {moment} · {wilayah} per {level} · {program} · {rule}",
        "en": "{author} · {moment} · {wilayah} by {level} · {program} · {rule}",
    },
    "scenario.badge.outdated": {"id": "data lama", "en": "old data"},
    "scenario.badge.exported": {"id": "diekspor", "en": "exported"},
    "scenario.badge.fictional": {"id": "fiktif", "en": "fictional"},
    "scenario.budget": {"id": "Pagu", "en": "Ceiling"},
    "scenario.reached": {"id": "{unit} dijangkau", "en": "{unit} reached"},
    "scenario.exclusion": {"id": "Eksklusi (register)", "en": "Exclusion (register)"},
    # One scenario
    "scenario.back": {"id": "Semua skenario", "en": "All scenarios"},
    "scenario.answer": {
        "id": "**{planned}** dari **{need}** {unit} yang belum terjangkau di {name} dijangkau dengan pagu {budget}; eksklusi "
        "menurut register turun dari {before} ke {after}.",
        "en": "**{planned}** of **{need}** {unit} not reached so far in {name} are reached with a ceiling of {budget}; exclusion by "
        "the register falls from {before} to {after}.",
    },
    "scenario.note": {"id": "Catatan: {note}", "en": "Note: {note}"},
    "scenario.made": {
        "id": "Disusun {author}, {moment}, dengan register {period} (versi data {version}, {disclosure}).",
        "en": "Made by {author}, {moment}, with the register of {period} (data version {version}, {disclosure}).",
    },
    "scenario.is.outdated": {
        "id": "Data sudah berganti sejak skenario ini disimpan. Angkanya tetap seperti saat itu; jalankan lagi untuk melihat "
        "apa yang bergeser.",
        "en": "The data have changed since this scenario was stored. Its figures stay as they were; run it again to see "
        "what moves.",
    },
    "scenario.is.exported": {
        "id": "Diekspor {moment}: skenario ini tidak dapat lagi diubah atau dihapus.",
        "en": "Exported {moment}: this scenario can no longer be changed or deleted.",
    },
    "scenario.is.based": {"id": "Dijalankan ulang dari {number}.", "en": "Run again from {number}."},
    "scenario.is.based.compare": {"id": "Bandingkan dengan {number}", "en": "Compare with {number}"},
    "scenario.left": {"id": "Tetap belum terjangkau", "en": "Still not reached"},
    "scenario.left.of": {"id": "dari {need} sebelum rencana", "en": "of {need} before the plan"},
    "scenario.spent": {"id": "Terpakai", "en": "Spent"},
    "scenario.spent.rest": {"id": "sisa {rest}", "en": "{rest} left"},
    "scenario.expected": {"id": "Benar-benar layak dijangkau", "en": "Truly eligible reached"},
    "scenario.expected.interval": {"id": "rentang 95 %: {lower}–{upper}", "en": "95% interval: {lower}–{upper}"},
    "scenario.planned.share": {"id": "{share} dari yang belum terjangkau", "en": "{share} of those not reached"},
    "scenario.open": {"id": "Buka di halaman rencana", "en": "Open in planning"},
    "scenario.open.gone": {
        "id": "Register {period} tidak lagi dimuat, jadi rencananya hanya dapat dijalankan lagi pada data kini.",
        "en": "The register of {period} is no longer loaded, so the plan can only be run again on the present data.",
    },
    "scenario.again": {"id": "Jalankan lagi", "en": "Run again"},
    "scenario.again.what": {
        "id": "Permintaan yang sama dihitung dengan register terbaru dan disimpan sebagai skenario baru; yang ini tetap.",
        "en": "The same request is reckoned with the newest register and stored as a new scenario; this one stays.",
    },
    "scenario.again.button": {"id": "Jalankan dan simpan", "en": "Run and store"},
    "scenario.delete": {"id": "Hapus", "en": "Delete"},
    "scenario.delete.what": {
        "id": "Skenario {number} beserta barisnya akan hilang dan tidak dapat dikembalikan.",
        "en": "Scenario {number} and its rows will be gone and cannot be brought back.",
    },
    "scenario.delete.button": {"id": "Ya, hapus", "en": "Yes, delete"},
    "scenario.deleted": {"id": "Skenario {number} dihapus.", "en": "Scenario {number} was deleted."},
    "scenario.export": {"id": "Ekspor", "en": "Export"},
    "scenario.export.what": {
        "id": "Mengunduh RKA atau memo menandai skenario ini sebagai diekspor. Sesudahnya tidak dapat diubah atau dihapus, "
        "supaya berkas di tangan orang selalu sama dengan yang tersimpan.",
        "en": "Downloading the RKA or the memo marks this scenario as exported. It can then not be changed or deleted, so "
        "that a file in somebody's hands is always the same as what is stored.",
    },
    "scenario.export.xlsx": {"id": "RKA (XLSX)", "en": "RKA (XLSX)"},
    "scenario.export.pdf": {"id": "Memo dua halaman (PDF)", "en": "Memo of two pages (PDF)"},
    "scenario.rules": {"id": "Aturan lain untuk permintaan yang sama", "en": "Other rules for the same request"},
    "scenario.rules.chosen": {"id": "{rule} (dipilih)", "en": "{rule} (chosen)"},
    "scenario.assumptions": {"id": "Asumsi", "en": "Assumptions"},
    "scenario.lines": {"id": "Pembagian per {level}", "en": "Allocation by {level}"},
    "scenario.sources": {"id": "Sumber saat disimpan", "en": "Sources when it was stored"},
    "scenario.no_data": {
        "id": "{count} wilayah tanpa data tidak ikut dibagi.", "en": "{count} wilayah without data have no share.",
    },
    "scenario.figure": {"id": "Ukuran", "en": "Figure"},
    "scenario.effect.planned_count": {"id": "Dijangkau", "en": "Reached"},
    "scenario.effect.exclusion_before": {"id": "Eksklusi sebelum (register)", "en": "Exclusion before (register)"},
    "scenario.effect.exclusion_after": {"id": "Eksklusi sesudah (register)", "en": "Exclusion after (register)"},
    "scenario.effect.field_after": {"id": "Eksklusi sesudah (lapangan, rentang 95 %)", "en": "Exclusion after (field, 95% interval)"},
    "scenario.effect.unmendable_rate": {"id": "Tidak teratasi dengan pagu ini", "en": "Beyond this ceiling"},
    "scenario.effect.expected": {"id": "Benar-benar layak (rentang 95 %)", "en": "Truly eligible (95% interval)"},
    "scenario.effect.robust_count": {"id": "Benar-benar layak, persentil ke-5", "en": "Truly eligible, 5th percentile"},
    "scenario.effect.inclusion_rate": {"id": "Perkiraan tidak layak", "en": "Expected not eligible"},
    "scenario.effect.cost_per_eligible_idr": {"id": "Biaya per yang benar-benar layak (Rp)", "en": "Cost per truly eligible (IDR)"},
    "scenario.effect.served_count": {"id": "Wilayah dilayani", "en": "Wilayah served"},
    "scenario.effect.left_out_count": {"id": "Wilayah tanpa bagian", "en": "Wilayah without a share"},
    "scenario.effect.served_count.level": {"id": "{level} dilayani", "en": "{level} served"},
    "scenario.effect.left_out_count.level": {"id": "{level} tanpa bagian", "en": "{level} without a share"},
    "scenario.effect.desa_cost_idr.level": {"id": "Biaya {level} yang dilayani (Rp)", "en": "Cost of {level} served (IDR)"},
    "scenario.effect.gini": {"id": "Gini cakupan", "en": "Gini of coverage"},
    "scenario.effect.benefit_idr": {"id": "Bantuan (Rp)", "en": "Benefits (IDR)"},
    "scenario.effect.desa_cost_idr": {"id": "Biaya wilayah yang dilayani (Rp)", "en": "Cost of wilayah served (IDR)"},
    "scenario.effect.administration_idr": {"id": "Administrasi (Rp)", "en": "Administration (IDR)"},
    "scenario.effect.remainder_idr": {"id": "Sisa (Rp)", "en": "Remainder (IDR)"},
    "scenario.effect.gap_to_optimum": {"id": "Di bawah yang terbaik", "en": "Below the best"},
    "scenario.total.need_count": {"id": "Belum terjangkau sebelum rencana", "en": "Not reached before the plan"},
    "scenario.assume.wilayah": {"id": "Wilayah", "en": "Wilayah"},
    "scenario.assume.level": {"id": "Tingkat", "en": "Level"},
    "scenario.assume.period": {"id": "Register", "en": "Register"},
    "scenario.assume.program": {"id": "Program", "en": "Program"},
    "scenario.assume.year": {"id": "Tahun anggaran", "en": "Budget year"},
    "scenario.assume.stage": {"id": "Tahapan", "en": "Stage"},
    "scenario.assume.funding": {"id": "Sumber dana", "en": "Source of funds"},
    "scenario.assume.budget_idr": {"id": "Pagu", "en": "Ceiling"},
    "scenario.assume.benefit_idr": {"id": "Bantuan sebulan", "en": "Benefit a month"},
    "scenario.assume.months": {"id": "Lama", "en": "Duration"},
    "scenario.assume.rule": {"id": "Aturan pembagian", "en": "Rule"},
    "scenario.assume.desil": {"id": "Desil sasaran", "en": "Target desil"},
    "scenario.assume.component": {"id": "Komponen sasaran", "en": "Target component"},
    "scenario.assume.unit": {"id": "Satuan", "en": "Unit"},
    "scenario.assume.covered": {"id": "Program yang dihitung mencakup", "en": "Programs that count as covering"},
    "scenario.assume.administration_bp": {"id": "Administrasi", "en": "Administration"},
    "scenario.assume.administration_idr": {"id": "Administrasi (jumlah tetap)", "en": "Administration (fixed amount)"},
    "scenario.assume.desa_idr": {"id": "Biaya per wilayah yang dilayani", "en": "Cost per wilayah served"},
    "scenario.assume.desa_idr.level": {"id": "Biaya per {level} yang dilayani", "en": "Cost per {level} served"},
    "scenario.assume.floor_count": {"id": "Batas bawah", "en": "Lower limit"},
    "scenario.assume.floor_pct": {"id": "Batas bawah, dari celahnya", "en": "Lower limit, of its gap"},
    "scenario.assume.cap_count": {"id": "Batas atas", "en": "Upper limit"},
    "scenario.assume.cap_pct": {"id": "Batas atas, dari celahnya", "en": "Upper limit, of its gap"},
    "scenario.assume.weights": {"id": "Bobot desil 1 sampai 10", "en": "Weights of desil 1 to 10"},
    "scenario.assume.probability": {"id": "Peluang benar-benar layak", "en": "Chance of being truly eligible"},
    "scenario.assume.sample": {"id": "Sampel lapangan", "en": "Field sample"},
    "scenario.assume.table": {"id": "Batas dan bagian sendiri", "en": "Limits and own shares"},
    "scenario.assume.shock": {"id": "Wilayah bencana (nomor)", "en": "Shock area (number)"},
    "scenario.edited": {"id": "isian sendiri untuk {count} wilayah", "en": "own entries for {count} wilayah"},
    "scenario.none": {"id": "tidak ada", "en": "none"},
    "scenario.months": {"id": "{count} bulan", "en": "{count} months"},
    "scenario.weights.equal": {"id": "sama", "en": "equal"},
    "scenario.probability.field": {"id": "menurut sampel lapangan", "en": "by the field sample"},
    "scenario.probability.register": {"id": "semua yang terdata dianggap layak", "en": "everybody registered counts as eligible"},
    # Comparing
    "scenario.compare.title": {"id": "Apa yang berbeda antara {count} skenario?", "en": "What differs between {count} scenarios?"},
    "scenario.compare.title.again": {"id": "Apa yang bergeser pada data kini?", "en": "What moves on the present data?"},
    "scenario.compare.more": {
        "id": "{other} menjangkau **{count} {unit} lebih banyak** daripada {first}; eksklusi menurut register **{after}**, "
        "bukan **{base}**.",
        "en": "{other} reaches **{count} more {unit}** than {first}; exclusion by the register is **{after}**, not "
        "**{base}**.",
    },
    "scenario.compare.fewer": {
        "id": "{other} menjangkau **{count} {unit} lebih sedikit** daripada {first}; eksklusi menurut register "
        "**{after}**, bukan **{base}**.",
        "en": "{other} reaches **{count} fewer {unit}** than {first}; exclusion by the register is **{after}**, not "
        "**{base}**.",
    },
    "scenario.compare.same": {
        "id": "{other} menjangkau {unit} sebanyak {first} (**{planned}**); eksklusi menurut register **{after}**, bukan "
        "**{base}**.",
        "en": "{other} reaches as many {unit} as {first} (**{planned}**); exclusion by the register is **{after}**, not "
        "**{base}**.",
    },
    "scenario.compare.expected": {
        "id": "{other} menjangkau {unit} sebanyak {first} (**{planned}**); diperkirakan **{expected}** di antaranya "
        "benar-benar layak, bukan {expected_base}.",
        "en": "{other} reaches as many {unit} as {first} (**{planned}**); **{expected}** of them are expected to be truly "
        "eligible, not {expected_base}.",
    },
    "scenario.compare.alike": {
        "id": "{other} menjangkau {unit} sebanyak {first} (**{planned}**); eksklusi menurut register tetap **{after}**.",
        "en": "{other} reaches as many {unit} as {first} (**{planned}**); exclusion by the register stays at **{after}**.",
    },
    "scenario.compare.moved": {
        "id": "Beda terbesar: {names}.", "en": "The greatest differences: {names}.",
    },
    "scenario.compare.unmoved": {
        "id": "Pembagian per wilayahnya sama persis.", "en": "The allocation by wilayah is exactly the same.",
    },
    "scenario.compare.one": {"id": "{name} ({change})", "en": "{name} ({change})"},
    "scenario.compare.totals": {"id": "Jumlah dan asumsi berdampingan", "en": "Totals and assumptions side by side"},
    "scenario.compare.totals.note": {
        "id": "Yang berbeda ditandai ◆.", "en": "What differs is marked ◆.",
    },
    "scenario.compare.rows": {"id": "Beda per {level}, yang terbesar dahulu", "en": "Differences by {level}, the greatest first"},
    "scenario.compare.base": {
        "id": "{unit} yang dijangkau tiap skenario, dan bedanya terhadap {first}: yang dijangkau, celah yang tersisa, rupiah. "
        "Jingga: lebih banyak; ungu: lebih sedikit. Garis: wilayah tidak ada dalam skenario itu.",
        "en": "{unit} that each scenario reaches, and its difference from {first}: those reached, the gap left, rupiah. "
        "Orange: more; purple: fewer. A dash: the wilayah is not in that scenario.",
    },
    "scenario.compare.pair": {"id": "Peta: beda terhadap {first}", "en": "Map: difference from {first}"},
    "scenario.column.planned_change": {"id": "Beda {number}", "en": "Change {number}"},
    "scenario.column.uncovered_change": {"id": "Beda celah {number}", "en": "Gap change {number}"},
    "scenario.column.amount_change": {"id": "Beda Rp {number}", "en": "IDR change {number}"},
    # The map of differences
    "measure.planned_rise_count": {"id": "Beda yang dijangkau (jumlah)", "en": "Difference in those reached (number)"},
    "measure.planned_rise_count.short": {"id": "Beda yang dijangkau", "en": "Difference in those reached"},
    "measure.uncovered_rise_count": {"id": "Beda yang tetap belum terjangkau (jumlah)", "en": "Difference in those still not reached (number)"},
    "measure.uncovered_rise_count.short": {"id": "Beda yang belum terjangkau", "en": "Difference in those not reached"},
    "tooltip.planned_count_before": {"id": "{part} dari {whole} {unit}", "en": "{part} of {whole} {unit}"},
    "tooltip.uncovered_count_before": {"id": "{part} dari {whole} {unit}", "en": "{part} of {whole} {unit}"},
    "column.planned_rise_count": {"id": "Beda yang dijangkau", "en": "Difference in those reached"},
    "column.uncovered_rise_count": {"id": "Beda yang belum terjangkau", "en": "Difference in those not reached"},
    "column.planned_count_before": {"id": "Dijangkau (skenario pertama)", "en": "Reached (first scenario)"},
    "column.uncovered_count_before": {"id": "Belum terjangkau (skenario pertama)", "en": "Not reached after it (first scenario)"},
    "column.need_count_before": {"id": "Celah (skenario pertama)", "en": "Need (first scenario)"},
    "column.amount_idr_before": {"id": "Rupiah (skenario pertama)", "en": "Rupiah (first scenario)"},
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "planned_rise_count": {
        "id": ("Berapa penerima lebih banyak atau lebih sedikit yang dijangkau skenario kedua di tiap wilayah.",
               "dijangkau skenario kedua − dijangkau skenario pertama",
               "tidak ada: ini selisih jumlah, dalam satuan program",
               "hanya skenario dengan satuan dan program yang sama; bila datanya berbeda, sebagian selisih berasal dari data"),
        "en": ("How many more or fewer recipients the second scenario reaches in each wilayah.",
               "reached by the second − reached by the first",
               "none: it is a difference of counts, in the program's unit",
               "only scenarios of the same unit and program; where their data differ, part of the difference is the data's"),
    },
    "uncovered_rise_count": {
        "id": ("Berapa yang tetap belum terjangkau bertambah atau berkurang dari skenario pertama ke yang kedua.",
               "belum terjangkau sesudah skenario kedua − belum terjangkau sesudah yang pertama",
               "tidak ada: ini selisih jumlah, dalam satuan program",
               "celahnya sendiri dapat berubah bila data atau sasaran kedua skenario berbeda"),
        "en": ("By how many those still not reached grow or fall from the first scenario to the second.",
               "not reached after the second − not reached after the first",
               "none: it is a difference of counts, in the program's unit",
               "the need itself can change where data or target of the two differ"),
    },
}  # fmt: skip

# The command `petadesil scenario`.
COMMAND = {
    "none": {"id": "Belum ada skenario.", "en": "There is no scenario yet."},
    "withheld": {
        "id": "{count} skenario berangka tepat tidak ditampilkan.", "en": "{count} scenarios of exact figures are not shown.",
    },
    "column.id": {"id": "No.", "en": "No."},
    "column.name": {"id": "Nama", "en": "Name"},
    "column.author": {"id": "Penyusun", "en": "Author"},
    "column.made_at": {"id": "Disimpan", "en": "Stored"},
    "column.wilayah": {"id": "Wilayah", "en": "Wilayah"},
    "column.budget_idr": {"id": "Pagu (Rp)", "en": "Ceiling (IDR)"},
    "column.rule": {"id": "Aturan", "en": "Rule"},
    "column.planned_count": {"id": "Dijangkau", "en": "Reached"},
    "column.exclusion": {"id": "Eksklusi", "en": "Exclusion"},
    "column.state": {"id": "Keadaan", "en": "State"},
    "stored": {"id": "Tersimpan sebagai skenario nomor {id}, dari nomor {based_on}.", "en": "Stored as scenario number {id}, from number {based_on}."},
    "moved": {
        "id": "Dijangkau {before} menjadi {after} ({change}); eksklusi menurut register {rate_before} menjadi {rate_after}.",
        "en": "Reached {before} becomes {after} ({change}); exclusion by the register {rate_before} becomes {rate_after}.",
    },
    "deleted": {"id": "Skenario nomor {id} dihapus.", "en": "Scenario number {id} was deleted."},
    "confirm": {"id": "Hapus skenario nomor {id}, “{name}”?", "en": "Delete scenario number {id}, “{name}”?"},
    "differing": {"id": "Asumsi yang berbeda", "en": "Assumptions that differ"},
}  # fmt: skip
