"""The words of a budget plan's inputs."""

SCREEN = {
    "plan.budget_idr": {"id": "Pagu (Rp)", "en": "Ceiling (IDR)"},
    "plan.budget_idr.short": {"id": "Pagu", "en": "Ceiling"},
    "plan.benefit_idr": {"id": "Bantuan per bulan (Rp)", "en": "Benefit a month (IDR)"},
    "plan.months": {"id": "Bulan", "en": "Months"},
    "plan.rule": {"id": "Aturan pembagian", "en": "Rule of allocation"},
    "plan.rule.help": {
        "id": "Tujuh cara membagi pagu yang sama. Semuanya dibandingkan dalam tabel di bawah peta.",
        "en": "Seven ways to share the same ceiling. The table below the map compares them all.",
    },
    "plan.money.help": {
        "id": "Rupiah, dengan atau tanpa titik: 25.000.000.000, 25 miliar, 25.000 juta, atau 200 ribu.",
        "en": "Rupiah, with or without separators: 25,000,000,000, 25 billion (bn), 25,000 million (m), or 200 thousand.",
    },
    "plan.unread": {
        "id": "“{text}” untuk {field} tidak terbaca sebagai rupiah, jadi nilai sebelumnya dipakai. Tulis bilangan positif seperti 25.000.000.000, 25 miliar atau 200 ribu.",
        "en": "“{text}” for {field} cannot be read as rupiah, so the value before is kept. Write a positive amount such as 25,000,000,000, 25 billion or 200 thousand.",
    },
    "plan.none": {"id": "tidak ada", "en": "none"},
    "plan.reckoning": {
        "id": "{budget} · {benefit} × {months} bulan = **{cost}** per {unit}",
        "en": "{budget} · {benefit} × {months} months = **{cost}** for each of the {unit}",
    },
    "plan.started": {"id": " · menurut katalog program: {amount} setahun", "en": " · by the program catalogue: {amount} a year"},
    "plan.started.components": {
        "id": " · katalog memuat beberapa besaran bantuan {program} menurut komponennya, jadi perhitungan dimulai dari {benefit} sebulan; isi rata-ratanya",
        "en": " · the catalogue holds several benefits of {program}, one for each component, so the plan starts at {benefit} a month; fill in their mean",
    },
    "plan.settings.frame": {"id": "{year} · {stage} · {funding}", "en": "{year} · {stage} · {funding}"},
    "plan.settings.administration": {"id": "administrasi {amount}", "en": "administration {amount}"},
    "plan.settings.desa": {"id": "{amount} per {level} yang dilayani", "en": "{amount} for each {level} served"},
    "plan.settings.covered": {"id": "dihitung sudah terjangkau: {programs}", "en": "counted as reached: {programs}"},
    "plan.settings.weights": {"id": "bobot desil berbeda", "en": "desil weighted"},
    "plan.settings.limits": {"id": "dengan batas per {level}", "en": "with limits by {level}"},
    "plan.group.target": {"id": "Program dan sasaran", "en": "Program and target"},
    "plan.group.costs": {"id": "Biaya dan administrasi", "en": "Costs and administration"},
    "plan.group.limits": {"id": "Batas bawah dan batas atas", "en": "Lower and upper limits"},
    "plan.group.weights": {"id": "Bobot desil", "en": "Weights of desil"},
    "plan.group.covered": {"id": "Yang dihitung sudah terjangkau", "en": "What counts as reached"},
    "plan.group.frame": {"id": "Tahun, tahapan, sumber dana", "en": "Year, stage, source of funds"},
    # Program and target
    "plan.local": {"id": "Program lokal", "en": "A local program"},
    "plan.local.help": {
        "id": "Sasaran yang ditetapkan di sini: desil, komponen keluarga dan satuannya.",
        "en": "A target defined here: desil, what a family must have, and the unit.",
    },
    "plan.local.name": {"id": "Bantuan_daerah", "en": "Local_aid"},
    "plan.target.existing": {
        "id": "{program}, {desil}, menurut aturan yang berlaku. Program lain dipilih di bilah samping.",
        "en": "{program}, {desil}, by the rule in force. Choose another program in the sidebar.",
    },
    "plan.target": {"id": "Nama program", "en": "Name of the program"},
    "plan.desil": {"id": "Desil sasaran", "en": "Desil of the target"},
    "plan.component": {"id": "Keluarga harus mempunyai", "en": "A family must have"},
    "plan.component.any": {"id": "tanpa syarat komponen", "en": "no component needed"},
    "plan.unit": {"id": "Satuan yang dibayar", "en": "What is paid for"},
    # Costs
    "plan.administration_pct": {"id": "Administrasi (% pagu)", "en": "Administration (% of the ceiling)"},
    "plan.administration_idr": {"id": "atau administrasi (Rp)", "en": "or administration (IDR)"},
    "plan.desa_idr": {"id": "Biaya per {level} yang dilayani (Rp)", "en": "Cost per {level} served (IDR)"},
    "plan.costs.note": {
        "id": "Administrasi dibayar dari pagu sebelum bantuan dan menjadi baris tersendiri. Biaya per {level} timbul sekali untuk setiap {level} yang mendapat alokasi.",
        "en": "Administration is paid from the ceiling before the benefits, as a line of its own. The cost per {level} arises once for each {level} that gets an allocation.",
    },
    # Limits
    "plan.floor_count": {"id": "Batas bawah", "en": "Lower limit"},
    "plan.floor_pct": {"id": "Batas bawah (% celah)", "en": "Lower limit (% of the gap)"},
    "plan.cap_count": {"id": "Batas atas", "en": "Upper limit"},
    "plan.cap_pct": {"id": "Batas atas (% celah)", "en": "Upper limit (% of the gap)"},
    "plan.limits.note": {
        "id": "Berlaku untuk setiap {level}; batas bawah tidak pernah lebih dari celahnya. Batas {level} satu per satu diisi dalam tabel di bawah.",
        "en": "For every {level}; the lower limit is never more than its gap. Limits of single {level} go into the table below.",
    },
    "plan.limits.clear": {"id": "Hapus isian per {level}", "en": "Drop the entries by {level}"},
    # Weights
    "plan.weights.note": {
        "id": "Nilai menjangkau satu penerima menurut desilnya: {one} adalah bobot biasa, {two} berarti dua kali lipat. Hanya mengubah aturan Eksklusi terkecil dan Tahan keraguan.",
        "en": "What reaching one recipient is worth, by desil: {one} is plain, {two} is twice as much. It changes the rules Least exclusion and Robust to doubt only.",
    },
    "plan.probability": {"id": "Peluang benar-benar layak", "en": "Chance of being truly eligible"},
    "plan.probability.field": {"id": "menurut sampel lapangan", "en": "by the field sample"},
    "plan.probability.register": {"id": "register dianggap benar", "en": "the register is right"},
    # What counts as reached
    "plan.covered.funding": {"id": "Semua program dari", "en": "Every program of"},
    "plan.covered": {"id": "Program", "en": "Programs"},
    "plan.covered.none": {"id": "tidak ada program lain", "en": "no other program"},
    "plan.covered.note": {
        "id": "Yang menerima program ini tidak direncanakan lagi, agar tidak dibayar dua kali.",
        "en": "Whoever receives these is not planned for again, so that nobody is paid twice.",
    },
    # The budget's frame
    "plan.year": {"id": "Tahun anggaran", "en": "Budget year"},
    "plan.stage": {"id": "Tahapan", "en": "Stage"},
    "plan.funding": {"id": "Sumber dana", "en": "Source of funds"},
}  # fmt: skip
