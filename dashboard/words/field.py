"""The words of what the field says: estimates with intervals, their reliability, and the models behind them."""

SCREEN = {
    "page.field-errors": {"id": "Galat menurut lapangan", "en": "Errors by the field"},
    "page.model-checks": {"id": "Uji model wilayah kecil", "en": "Small-area model checks"},
    "filter.sample": {"id": "Sampel verifikasi", "en": "Verification sample"},
    "source.verification": {"id": "Sampel verifikasi", "en": "Verification sample"},
    "source.verification.fictional": {"id": "Sampel verifikasi fiktif", "en": "Fictional verification sample"},
    "status.ok": {"id": "ada angka", "en": "shown"},
    "yes": {"id": "ya", "en": "yes"},
    "no": {"id": "tidak", "en": "no"},
    "points": {"id": "{points} poin", "en": "{points} points"},
    # What was observed, and in which frame
    "truth.consumption": {"id": "konsumsi", "en": "consumption"},
    "truth.proxy_means": {"id": "uji proksi ulang", "en": "repeated proxy-means test"},
    "truth.musyawarah": {"id": "musyawarah desa", "en": "musyawarah desa"},
    "truth.adminduk": {"id": "adminduk", "en": "adminduk"},
    "truth.consumption.note": {
        "id": "Yang sebenarnya layak ditentukan dari konsumsi keluarga yang diukur di lapangan.",
        "en": "Who is truly eligible was found from the families' consumption, measured in the field.",
    },
    "truth.proxy_means.note": {
        "id": "Yang sebenarnya layak ditentukan dari uji proksi yang diulang; ini menemukan data usang, bukan kekeliruan "
        "uji proksi itu sendiri.",
        "en": "Who is truly eligible was found from a repeated proxy-means test; it finds stale data, not the error of the "
        "proxy itself.",
    },
    "truth.musyawarah.note": {
        "id": "Yang sebenarnya layak ditentukan oleh musyawarah desa.",
        "en": "Who is truly eligible was found by musyawarah desa, a deliberation in each desa.",
    },
    "truth.adminduk.note": {
        "id": "Yang sebenarnya layak ditentukan dari pemeriksaan adminduk; desil menurut register diterima begitu saja.",
        "en": "Who is truly eligible was found from a check of adminduk (civil registration); the register's desil is "
        "taken as it is.",
    },
    "frame.register": {"id": "di antara yang terdaftar", "en": "among the registered"},
    "frame.listing": {"id": "semua keluarga, terdaftar atau tidak", "en": "all families, registered or not"},
    "frame.recipients": {"id": "di antara penerima", "en": "among recipients"},
    "frame.register.short": {"id": "terdaftar", "en": "registered"},
    "frame.listing.short": {"id": "semua keluarga", "en": "all families"},
    "frame.recipients.short": {"id": "penerima", "en": "recipients"},
    "frame.register.note": {
        "id": "Sampel diambil di antara yang terdaftar; keluarga yang tidak pernah didata tidak tampak.",
        "en": "The sample is from among the registered; families that were never registered do not appear.",
    },
    "frame.listing.note": {
        "id": "Sampel diambil dari daftar semua keluarga di desa, yang tidak terdaftar pun ikut.",
        "en": "The sample is from a listing of all families of the desa, the unregistered among them.",
    },
    "frame.recipients.note": {
        "id": "Sampel diambil di antara penerima saja; yang layak tetapi tidak menerima tidak dapat dihitung.",
        "en": "The sample is from among recipients alone; those who are eligible and do not receive cannot be counted.",
    },
    # Measures
    "measure.field_exclusion_rate": {
        "id": "Layak, tidak menerima, menurut lapangan (%)", "en": "Truly eligible, not receiving, by the field (%)",
    },
    "measure.field_exclusion_rate.short": {"id": "Layak, tidak menerima", "en": "Eligible, not receiving"},
    "measure.field_inclusion_rate": {
        "id": "Menerima, tidak layak, menurut lapangan (%)", "en": "Receiving, not truly eligible, by the field (%)",
    },
    "measure.field_inclusion_rate.short": {"id": "Menerima, tidak layak", "en": "Receiving, not eligible"},
    "measure.exclusion_difference_rate": {
        "id": "Beda lapangan dan register: tidak menerima (poin)", "en": "Field minus register: not receiving (points)",
    },
    "measure.exclusion_difference_rate.short": {"id": "Beda dari register", "en": "Difference from the register"},
    "measure.inclusion_difference_rate": {
        "id": "Beda lapangan dan register: tidak layak (poin)", "en": "Field minus register: not eligible (points)",
    },
    "measure.inclusion_difference_rate.short": {"id": "Beda dari register", "en": "Difference from the register"},
    "tooltip.field_gap_count": {
        "id": "kira-kira {part} dari {whole} {unit} yang sebenarnya layak",
        "en": "about {part} of {whole} truly eligible {unit}",
    },
    "tooltip.field_leak_count": {
        "id": "kira-kira {part} dari {whole} {unit} penerima", "en": "about {part} of {whole} receiving {unit}",
    },
    "tooltip.sample": {"id": "n = {count}, {method}", "en": "n = {count}, {method}"},
    "tooltip.field": {"id": "menurut lapangan: {value}", "en": "by the field: {value}"},
    "tooltip.register": {"id": "menurut register: {value}", "en": "by the register: {value}"},
    "tooltip.apart": {"id": "beda {points} poin", "en": "difference {points} points"},
    "tooltip.alike": {
        "id": "beda {points} poin, tidak terbedakan", "en": "difference {points} points, not distinguishable",
    },
    "fact.sample": {"id": "Sampel", "en": "Sample"},
    # How an estimate was made
    "method.direct": {"id": "dari sampel langsung", "en": "directly from the sample"},
    "method.model": {"id": "model wilayah kecil", "en": "small-area model"},
    "method.synthetic": {"id": "tanpa sampel, dari model", "en": "no sample, from the model"},
    "method.above": {"id": "angka kecamatannya", "en": "its kecamatan's figure"},
    "method.none": {"id": "tanpa angka", "en": "no figure"},
    "method.model.note": {
        "id": "Angka {name} berasal dari model wilayah kecil: sampelnya sendiri ditopang data register.",
        "en": "The figures of {name} are from the small-area model: its own sample, supported by the register's data.",
    },
    "method.synthetic.note": {
        "id": "{name} tidak masuk sampel; angkanya sepenuhnya dari model.",
        "en": "{name} is not in the sample; its figures are from the model alone.",
    },
    "method.above.note": {
        "id": "Sampel tidak cukup untuk satu desa: angka {name} adalah angka kecamatannya.",
        "en": "The sample is too small for one desa: the figures of {name} are those of its kecamatan.",
    },
    "field.desa": {
        "id": "Sampel tidak cukup untuk satu desa: tiap desa memakai angka kecamatannya.",
        "en": "The sample is too small for one desa: every desa shows its kecamatan's figure.",
    },
    # How sure it is
    "certainty.narrow": {"id": "s.d. 10 poin", "en": "up to 10 points"},
    "certainty.medium": {"id": "10–20 poin", "en": "10–20 points"},
    "certainty.wide": {"id": "20–30 poin", "en": "20–30 points"},
    "certainty.none": {"id": "tidak cukup pasti", "en": "too uncertain"},
    "certainty.narrow.tooltip": {"id": "cukup pasti", "en": "fairly sure"},
    "certainty.medium.tooltip": {"id": "agak pasti", "en": "moderately sure"},
    "certainty.wide.tooltip": {"id": "kurang pasti", "en": "rather unsure"},
    "wedge.head": {"id": "Lebar rentang", "en": "Interval width"},
    "wedge.none": {
        "id": "rentang lebih lebar dari 30 poin, atau sampel terlalu kecil: tidak ada angka",
        "en": "the interval is wider than 30 points, or the sample too small: no figure",
    },
    "difference.under": {"id": "di bawah {limit}", "en": "under {limit}"},
    "difference.range": {"id": "{low} s.d. {high}", "en": "{low} to {high}"},
    "difference.over": {"id": "{limit} atau lebih", "en": "{limit} or more"},
    "difference.none": {"id": "tidak terbedakan (register di dalam rentang)",
                        "en": "not distinguishable (register inside the interval)"},
    "difference.note": {
        "id": "Jingga: lapangan menemukan galat lebih besar daripada register. Ungu: lebih kecil.",
        "en": "Orange: the field finds a larger error than the register. Purple: a smaller one.",
    },
    # List
    "list.field_gap_count": {"id": "Belum", "en": "Gap"},
    "list.field_eligible_count": {"id": "Layak", "en": "Eligible"},
    "list.interval": {"id": "Rentang", "en": "Interval"},
    "list.sample_count": {"id": "n", "en": "n"},
    "list.field": {"id": "Lap. %", "en": "Field %"},
    "list.register": {"id": "Reg. %", "en": "Reg. %"},
    "list.difference": {"id": "Beda", "en": "Diff."},
    # The page
    "field.title": {"id": "Galat sasaran {program} menurut lapangan", "en": "Targeting errors of {program} by the field"},
    "field.answer.exclusion": {
        "id": "Menurut lapangan, di {name} **{estimate}** {unit} yang sebenarnya layak tidak menerima {program}.",
        "en": "By the field, in {name} **{estimate}** of truly eligible {unit} do not receive {program}.",
    },
    "field.answer.exclusion.unsure": {
        "id": "Di {name}, bagian {unit} yang sebenarnya layak tetapi tidak menerima {program} {status}.",
        "en": "In {name}, the share of truly eligible {unit} who do not receive {program} is {status}.",
    },
    "field.answer.inclusion": {
        "id": "**{estimate}** penerima {program} di {name} sebenarnya tidak layak.",
        "en": "**{estimate}** of recipients of {program} in {name} are not truly eligible.",
    },
    "field.answer.inclusion.unsure": {
        "id": "Bagian penerima {program} di {name} yang sebenarnya tidak layak {status}.",
        "en": "The share of recipients of {program} in {name} who are not truly eligible is {status}.",
    },
    "field.answer.none": {
        "id": "Belum ada angka lapangan untuk {program} di {name}: sampel tidak menjangkau wilayah ini, atau program ini "
        "belum dihitung. Pilih wilayah atau program lain.",
        "en": "There is no figure by the field for {program} in {name}: the sample does not reach this wilayah, or the "
        "program is not estimated yet. Choose another wilayah or program.",
    },
    "field.reach": {
        "id": "Sampel ini hanya menjangkau {reached} dari {all} kabupaten/kota; angka {name} hanya berlaku untuk yang "
        "dijangkau.",
        "en": "This sample reaches {reached} of {all} kabupaten/kota only; the figures of {name} hold for those alone.",
    },
    "field.unsure": {
        "id": "{count} dari {all} {level} tidak cukup pasti untuk ditampilkan.",
        "en": "{count} of {all} {level} are too uncertain to be shown.",
    },
    "field.unsure.all": {
        "id": "Tidak satu pun dari {all} {level} cukup pasti untuk ditampilkan; pilih tingkat yang lebih besar.",
        "en": "None of the {all} {level} is sure enough to be shown; choose a higher level.",
    },
    "field.causes": {
        "id": "Dari tiap 100 yang layak: {unregistered} tidak terdaftar, {wrong_desil} keliru "
        "desilnya, {not_reached} layak menurut register tetapi tidak terjangkau.",
        "en": "Of every 100 eligible: {unregistered} are not registered, {wrong_desil} have a wrong "
        "desil, {not_reached} are eligible by the register and not reached.",
    },
    "field.causes.registered": {
        "id": "Dari tiap 100 yang layak: {wrong_desil} keliru desilnya, {not_reached} layak menurut "
        "register tetapi tidak terjangkau.",
        "en": "Of every 100 eligible: {wrong_desil} have a wrong desil, {not_reached} are eligible "
        "by the register and not reached.",
    },
    "field.exclusion": {"id": "Layak, tidak menerima (eksklusi)", "en": "Not receiving (exclusion)"},
    "field.inclusion": {"id": "Menerima, tidak layak (inklusi)", "en": "Not eligible (inclusion)"},
    "field.interval": {"id": "rentang 95 %: {interval}", "en": "95% interval: {interval}"},
    "field.about": {"id": "sekitar {count}", "en": "about {count}"},
    "field.gap": {"id": "Sebenarnya layak, tidak menerima", "en": "Truly eligible, not receiving"},
    "field.gap.base": {"id": "dari sekitar {count} yang layak", "en": "of about {count} eligible"},
    "field.leak": {"id": "Menerima, sebenarnya tidak layak", "en": "Receiving, not truly eligible"},
    "field.leak.base": {"id": "dari sekitar {count} penerima", "en": "of about {count} recipients"},
    "field.sample.exclusion": {"id": "Sampel yang layak", "en": "Eligible in the sample"},
    "field.sample.inclusion": {"id": "Penerima dalam sampel", "en": "Recipients in the sample"},
    "field.clusters": {"id": "di {count} klaster (desa)", "en": "in {count} clusters (desa)"},
    "field.sample.facts": {"id": "Sampel: {households} keluarga di {desa} desa", "en": "Sample: {households} households in {desa} desa"},
    "field.empty.sample": {
        "id": "Belum ada sampel verifikasi untuk {month}. Pilih periode lain, atau muat dengan `petadesil load verification`.",
        "en": "There is no verification sample for {month}. Choose another period, or use `petadesil load verification`.",
    },
    "field.plan": {"id": "Rencanakan sampel", "en": "Plan a sample"},
    "field.empty.estimate": {
        "id": "Sampel {sample} untuk {month} sudah dimuat, tetapi belum dihitung. Jalankan `petadesil estimate --period {period}`.",
        "en": "The sample {sample} of {month} is loaded and not yet estimated. Run `petadesil estimate --period {period}`.",
    },
    "field.empty.program": {
        "id": "Sampel ini hanya menyangkut penerima {covered}; untuk {program} tidak ada angka. Pilih {covered}, atau sampel lain.",
        "en": "This sample is of recipients of {covered} only; it says nothing of {program}. Choose {covered}, or another sample.",
    },
    # Charts
    "cause.unregistered": {"id": "tidak terdaftar", "en": "not registered"},
    "cause.wrong_desil": {"id": "terdaftar, keliru desilnya", "en": "registered, wrong desil"},
    "cause.not_reached": {"id": "layak menurut register, tidak terjangkau", "en": "eligible by the register, not reached"},
    "field.causes.chart": {"id": "Mengapa yang layak tidak menerima", "en": "Why the eligible do not receive"},
    "field.causes.chart.note": {
        "id": "Panjang batang: bagian dari yang sebenarnya layak; sebab-sebabnya berjumlah eksklusi. Urut menurut nama, bukan "
        "peringkat. Hanya wilayah dengan sedikitnya {least} keluarga layak dalam sampelnya sendiri.",
        "en": "Length: share of the truly eligible; the causes add up to exclusion. In order of name, not of rank. "
        "Only wilayah with at least {least} eligible households in their own sample.",
    },
    "error.exclusion": {"id": "eksklusi", "en": "exclusion"},
    "error.inclusion": {"id": "inklusi", "en": "inclusion"},
    "error.exclusion.title": {"id": "Eksklusi", "en": "Exclusion"},
    "error.inclusion.title": {"id": "Inklusi", "en": "Inclusion"},
    "field.ranks": {"id": "Peringkat dan ketidakpastiannya", "en": "Ranks and their uncertainty"},
    "field.ranks.answer": {
        "id": "**{count} dari {all}** {level} mungkin memiliki galat {error} tertinggi; sampel tidak membedakan mereka.",
        "en": "**{count} of {all}** {level} could have the highest {error}; the sample does not tell them apart.",
    },
    "field.ranks.answer.one": {
        "id": "Hanya **1 dari {all}** {level} yang mungkin memiliki galat {error} tertinggi: {name}.",
        "en": "Only **1 of {all}** {level} could have the highest {error}: {name}.",
    },
    "field.ranks.unsure": {
        "id": "{count} lagi tidak cukup pasti untuk ditempatkan.", "en": "{count} more are too uncertain to be placed.",
    },
    "field.ranks.axis": {"id": "Peringkat yang mungkin (1 = galat tertinggi)", "en": "Possible rank (1 = highest error)"},
    "field.ranks.range": {"id": "{low} s.d. {high}", "en": "{low} to {high}"},
    "field.ranks.note": {
        "id": "Tiap batang: semua peringkat yang mungkin, serempak untuk semua wilayah pada tingkat kepercayaan 95 %. Dua "
        "batang yang bertindih tidak dapat dikatakan mana yang lebih buruk. Urut menurut angka perkiraan; warna sama "
        "dengan peta.",
        "en": "Each bar: every rank that is possible, jointly for all wilayah at 95% confidence. Of two bars that overlap "
        "neither can be called the worse. In order of the estimate; the colours are the map's.",
    },
    "field.ranks.cut": {
        "id": "Ditampilkan {shown} dari {all}; pilih wilayah yang lebih kecil untuk melihat yang lain, semua ada dalam CSV.",
        "en": "{shown} of {all} are shown; choose a smaller wilayah to see the others, the CSV holds all.",
    },
    # Columns of the full table
    "column.truth": {"id": "Kebenaran", "en": "Truth"},
    "column.frame": {"id": "Kerangka", "en": "Frame"},
    "column.field_exclusion_rate": {"id": "Eksklusi, lapangan", "en": "Exclusion, field"},
    "column.field_exclusion_se": {"id": "Galat baku", "en": "Standard error"},
    "column.field_exclusion_lower": {"id": "Batas bawah", "en": "Lower end"},
    "column.field_exclusion_upper": {"id": "Batas atas", "en": "Upper end"},
    "column.field_gap_count": {"id": "Layak, tidak menerima", "en": "Eligible, not receiving"},
    "column.field_eligible_count": {"id": "Sebenarnya layak", "en": "Truly eligible"},
    "column.exclusion_sample_count": {"id": "n eksklusi", "en": "n, exclusion"},
    "column.exclusion_method": {"id": "Cara (eksklusi)", "en": "Method (exclusion)"},
    "column.exclusion_status": {"id": "Keadaan (eksklusi)", "en": "Status (exclusion)"},
    "column.register_exclusion_rate": {"id": "Eksklusi, register", "en": "Exclusion, register"},
    "column.exclusion_difference_rate": {"id": "Beda eksklusi (poin)", "en": "Difference, exclusion (points)"},
    "column.is_exclusion_apart": {"id": "Eksklusi terbedakan", "en": "Exclusion told apart"},
    "column.field_unregistered_rate": {"id": "Tidak terdaftar", "en": "Not registered"},
    "column.field_wrong_desil_rate": {"id": "Keliru desilnya", "en": "Wrong desil"},
    "column.field_not_reached_rate": {"id": "Tidak terjangkau", "en": "Not reached"},
    "column.field_inclusion_rate": {"id": "Inklusi, lapangan", "en": "Inclusion, field"},
    "column.field_inclusion_se": {"id": "Galat baku (inklusi)", "en": "Standard error (inclusion)"},
    "column.field_inclusion_lower": {"id": "Batas bawah (inklusi)", "en": "Lower end (inclusion)"},
    "column.field_inclusion_upper": {"id": "Batas atas (inklusi)", "en": "Upper end (inclusion)"},
    "column.field_leak_count": {"id": "Menerima, tidak layak (lapangan)", "en": "Receiving, not eligible (field)"},
    "column.field_received_count": {"id": "Penerima (lapangan)", "en": "Recipients (field)"},
    "column.inclusion_sample_count": {"id": "n inklusi", "en": "n, inclusion"},
    "column.inclusion_method": {"id": "Cara (inklusi)", "en": "Method (inclusion)"},
    "column.inclusion_status": {"id": "Keadaan (inklusi)", "en": "Status (inclusion)"},
    "column.register_inclusion_rate": {"id": "Inklusi, register", "en": "Inclusion, register"},
    "column.inclusion_difference_rate": {"id": "Beda inklusi (poin)", "en": "Difference, inclusion (points)"},
    "column.is_inclusion_apart": {"id": "Inklusi terbedakan", "en": "Inclusion told apart"},
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "field_exclusion_rate": {
        "id": ("Galat eksklusi menurut lapangan: bagian dari yang sebenarnya layak yang tidak menerima program, dengan "
               "rentang 95 %.",
               "Σ bobot × (sebenarnya layak, tidak menerima) / Σ bobot × (sebenarnya layak)",
               "semua yang sebenarnya layak menurut sampel, terdaftar atau tidak bila kerangkanya daftar semua keluarga",
               "perkiraan dari sampel, tergantung kebenaran dan kerangka yang disebut; lebih lebar dari 30 poin tidak "
               "ditampilkan; desa memakai angka kecamatannya"),
        "en": ("Exclusion by the field: the share of the truly eligible who do not receive the program, with its 95% "
               "interval.",
               "Σ weight × (truly eligible, not receiving) / Σ weight × (truly eligible)",
               "all truly eligible by the sample, the unregistered among them where its frame lists all families",
               "an estimate that depends on the truth and the frame that are named; wider than 30 points is not shown; a "
               "desa shows its kecamatan's"),
    },
    "field_inclusion_rate": {
        "id": ("Galat inklusi menurut lapangan: bagian dari penerima yang sebenarnya tidak layak, dengan rentang 95 %.",
               "Σ bobot × (menerima, sebenarnya tidak layak) / Σ bobot × (menerima)", "semua penerima menurut sampel",
               "perkiraan dari sampel, tergantung kebenaran dan kerangka yang disebut; lebih lebar dari 30 poin tidak "
               "ditampilkan; desa memakai angka kecamatannya"),
        "en": ("Inclusion by the field: the share of recipients who are not truly eligible, with its 95% interval.",
               "Σ weight × (receiving, not truly eligible) / Σ weight × (receiving)", "all recipients by the sample",
               "an estimate that depends on the truth and the frame that are named; wider than 30 points is not shown; a "
               "desa shows its kecamatan's"),
    },
    "exclusion_difference_rate": {
        "id": ("Selisih eksklusi menurut lapangan dan menurut register; kelabu bila angka register berada di dalam rentang "
               "95 % lapangan.",
               "eksklusi menurut lapangan − eksklusi menurut register",
               "penyebut keduanya berbeda: yang sebenarnya layak, dan yang layak menurut register",
               "tidak terbedakan bukan berarti sama; selisih juga memuat beda penyebut"),
        "en": ("Exclusion by the field minus exclusion by the register; grey where the register's figure lies inside the "
               "field's 95% interval.",
               "exclusion by the field − exclusion by the register",
               "the two have different ones: the truly eligible, and those eligible by the register",
               "not distinguishable does not mean equal; the difference holds that of the denominators too"),
    },
    "inclusion_difference_rate": {
        "id": ("Selisih inklusi menurut lapangan dan menurut register; kelabu bila angka register berada di dalam rentang "
               "95 % lapangan.",
               "inklusi menurut lapangan − inklusi menurut register", "keduanya semua penerima",
               "tidak terbedakan bukan berarti sama"),
        "en": ("Inclusion by the field minus inclusion by the register; grey where the register's figure lies inside the "
               "field's 95% interval.",
               "inclusion by the field − inclusion by the register", "all recipients, for both",
               "not distinguishable does not mean equal"),
    },
}  # fmt: skip
