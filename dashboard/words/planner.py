"""The words of the sample planner."""

SCREEN = {
    "nav.plan": {"id": "Rencanakan", "en": "Plan"},
    "page.sample-planner": {"id": "Rencana sampel", "en": "Sample planner"},
    # Measures, list and tooltip
    "measure.interview_count": {"id": "Keluarga diwawancarai", "en": "Households to interview"},
    "measure.interview_count.short": {"id": "Keluarga diwawancarai", "en": "Households to interview"},
    "measure.width_rate": {"id": "Lebar rentang yang diharapkan", "en": "Expected width of the interval"},
    "measure.width_rate.short": {"id": "Lebar rentang", "en": "Width of the interval"},
    "tooltip.interview_count": {"id": "{part} keluarga di {whole} desa", "en": "{part} households in {whole} desa"},
    "list.interview_count": {"id": "Sampel", "en": "Sample"},
    "list.visited_desa_count": {"id": "Desa", "en": "Desa"},
    "list.width_rate": {"id": "Poin", "en": "Points"},
    # Every column
    "column.desa_count": {"id": "Desa", "en": "Desa"},
    "column.visited_desa_count": {"id": "Desa dikunjungi", "en": "Desa to visit"},
    "column.desa_interview_count": {"id": "Keluarga per desa", "en": "Households per desa"},
    "column.interview_count": {"id": "Keluarga diwawancarai", "en": "Households to interview"},
    "column.answer_count": {"id": "Di antaranya masuk penyebut", "en": "Of them in the denominator"},
    "column.width_rate": {"id": "Lebar rentang", "en": "Width of the interval"},
    "column.cost_idr": {"id": "Biaya", "en": "Cost"},
    "column.plan_status": {"id": "Keadaan", "en": "Status"},
    "column.expected_rate": {"id": "Galat yang diperkirakan", "en": "Rate to expect"},
    "column.answering_rate": {"id": "Bagian masuk penyebut", "en": "Share in the denominator"},
    "status.reached": {"id": "tercapai", "en": "reached"},
    "status.not_reachable": {"id": "tidak dapat dicapai", "en": "not reachable"},
    "status.budget_too_small": {"id": "anggaran kurang", "en": "budget too small"},
    "status.one_desa": {"id": "hanya satu desa", "en": "one desa only"},
    # The answer
    "planner.title": {
        "id": "Sampel untuk {error} {program} per {level}",
        "en": "A sample for the {error} of {program} by {level}",
    },
    "planner.error.exclusion": {"id": "galat eksklusi", "en": "exclusion error"},
    "planner.error.inclusion": {"id": "galat inklusi", "en": "inclusion error"},
    "planner.answer": {
        "id": "Untuk rentang {width} poin di {areas} {level} perlu **{households} keluarga** di **{desa} desa**: {cost}.",
        "en": "An interval of {width} points in {areas} {level} needs **{households} households** in **{desa} desa**: {cost}.",
    },
    "planner.answer.budget": {
        "id": "Anggaran {budget} membeli rentang {width} poin, bukan {wanted}: **{households} keluarga** di **{desa} desa** "
        "pada {areas} {level}, {cost}.",
        "en": "The budget of {budget} buys an interval of {width} points, not {wanted}: **{households} households** in "
        "**{desa} desa** of {areas} {level}, {cost}.",
    },
    "planner.answer.remainder": {"id": "Sisa {remainder}.", "en": "{remainder} is left."},
    "planner.answer.not_reachable": {
        "id": "Rentang {wanted} poin tidak tercapai walau semua keluarganya diwawancarai di {level} {names}.",
        "en": "Not even interviews with every household reach {wanted} points in the {level} {names}.",
    },
    "planner.answer.one_desa": {
        "id": "Hanya satu desa ada di {level} {names}: tanpa desa pembanding tidak ada rentang, maka tidak direncanakan.",
        "en": "There is only one desa in the {level} {names}: without another to compare there is no interval, so none is planned.",
    },
    "planner.answer.wide": {
        "id": "Taksiran dengan rentang di atas {widest} poin terlalu tidak pasti untuk ditampilkan: tambah anggaran, atau pilih tingkat yang lebih luas.",
        "en": "Estimates with intervals above {widest} points are too uncertain to be shown: raise the budget, or choose a wider level.",
    },
    "planner.more": {"id": "{names} dan {more} lagi", "en": "{names} and {more} more"},
    "planner.empty": {
        "id": "Tidak ada yang dapat direncanakan di {name} untuk {program} pada {period}: registernya kosong, tidak ada yang "
        "layak atau menerima, atau hanya ada satu desa. Pilih wilayah, program atau periode lain.",
        "en": "Nothing can be planned in {name} for {program} in {period}: the register is empty, nobody is eligible or "
        "receives, or there is only one desa. Choose another wilayah, program or period.",
    },
    # Figures
    "planner.interviews": {"id": "Keluarga diwawancarai", "en": "Households to interview"},
    "planner.of_register": {"id": "{share} dari register", "en": "{share} of the register"},
    "planner.visits": {"id": "Desa dikunjungi", "en": "Desa to visit"},
    "planner.of_desa": {"id": "dari {desa} desa", "en": "of {desa} desa"},
    "planner.cost": {"id": "Biaya", "en": "Cost"},
    "planner.each": {"id": "{cost} per keluarga", "en": "{cost} per household"},
    "planner.remainder": {"id": "sisa {remainder}", "en": "{remainder} left"},
    "planner.reached": {"id": "{level} yang tercapai", "en": "{level} that reach it"},
    "planner.reached.of": {"id": "{reached} dari {areas}", "en": "{reached} of {areas}"},
    "planner.widest": {"id": "terlebar {width} poin", "en": "widest {width} points"},
    # Inputs
    "planner.measure": {"id": "Galat", "en": "Error"},
    "planner.measure.exclusion": {"id": "Eksklusi", "en": "Exclusion"},
    "planner.measure.inclusion": {"id": "Inklusi", "en": "Inclusion"},
    "planner.width": {"id": "Rentang (poin)", "en": "Interval (points)"},
    "planner.width.help": {
        "id": "Lebar rentang 95 % yang diinginkan di tiap wilayah, 1 sampai 100 poin persen. Rentang di atas 30 poin tidak ditampilkan pada peta.",
        "en": "The width wanted for the 95% interval in each wilayah, 1 to 100 percentage points. Maps do not show intervals above 30 points.",
    },
    "planner.desa": {"id": "Ribu Rp/desa", "en": "K IDR/desa"},
    "planner.desa.help": {
        "id": "Biaya mengunjungi satu desa, dalam ribu rupiah: perjalanan, izin, pengawas.",
        "en": "The cost of visiting one desa, in thousand rupiah: travel, permits, a supervisor.",
    },
    "planner.household": {"id": "Ribu Rp/keluarga", "en": "K IDR/household"},
    "planner.household.help": {
        "id": "Biaya satu wawancara, dalam ribu rupiah, juga bila keluarga itu ternyata tidak masuk penyebut.",
        "en": "The cost of one interview, in thousand rupiah, also where the household turns out not to count in the denominator.",
    },
    "planner.budget": {"id": "Anggaran (juta)", "en": "Budget (million)"},
    "planner.budget.help": {
        "id": "Dalam juta rupiah; kosongkan bila tidak dibatasi. Bila kurang, semua wilayah mendapat rentang sama lebar yang dapat dibayar.",
        "en": "In million rupiah; leave empty for no limit. Where it is too small, every wilayah gets the equal width that it pays for.",
    },
    "planner.budget.none": {"id": "bebas", "en": "no limit"},
    "planner.rho": {"id": "Mirip sedesa (%)", "en": "Likeness (%)"},
    "planner.rho.help": {
        "id": "Korelasi jawaban antarkeluarga sedesa (rho), 0 sampai 100 %. Makin mirip, makin banyak desa yang perlu dikunjungi.",
        "en": "The correlation of answers within a desa (rho), 0 to 100%. The more alike, the more desa must be visited.",
    },
    "planner.rho.none": {"id": "otomatis", "en": "automatic"},
    # What each width costs
    "planner.chart": {"id": "Biaya menurut lebar rentang", "en": "Cost by the width of the interval"},
    "planner.chart.note": {
        "id": "Tanpa batas anggaran, rentang sama lebar di setiap {level}; yang biru: lebar yang diminta.",
        "en": "Without a budget, the same width in every {level}; blue: the width asked for.",
    },
    "planner.chart.width": {"id": "Rentang", "en": "Interval"},
    "planner.chart.reachable": {"id": "Wilayah yang dapat mencapainya", "en": "Wilayah that can reach it"},
    "planner.points": {"id": "{width} poin", "en": "{width} points"},
    # The drawn sample
    "planner.sample": {"id": "Sampel untuk lapangan", "en": "The sample for the field"},
    "planner.sample.what": {
        "id": "Daftar keluarga terpilih: nomor register, desa, stratum, gugus dan bobotnya; tanpa nama, NIK, alamat atau titik. "
        "Benih yang sama menghasilkan sampel yang sama. Desa yang keluarganya kurang dari rencana diambil semuanya.",
        "en": "The list of drawn households: register number, desa, stratum, cluster and weight; no name, NIK, address or point. "
        "The same seed draws the same sample. A desa with fewer households than planned gives all of them.",
    },
    "planner.desa.drawn": {"id": "Desa terpilih dengan benih {seed}", "en": "Desa drawn with the seed {seed}"},
    "planner.desa.most": {"id": "Keluarga, paling banyak", "en": "Households, at most"},
    "planner.sample.get": {"id": "Unduh sampel", "en": "Download the sample"},
    "planner.sample.closed": {
        "id": "Nomor keluarga tidak dibagikan lewat halaman ini. Jalankan perintah berikut di komputer yang memegang data.",
        "en": "Household numbers do not leave through this page. Run this command on the machine that holds the data.",
    },
    "planner.sample.next": {
        "id": "Isi observed_desil tiap keluarga (dan observed_adminduk bila diperiksa), lalu muat: "
        "`petadesil load verification FILE --period {period}`.",
        "en": "Fill in each household's observed_desil (and observed_adminduk where checked), then load it: "
        "`petadesil load verification FILE --period {period}`.",
    },
    "planner.truth": {"id": "Yang diamati", "en": "What is observed"},
    "planner.seed": {"id": "Benih", "en": "Seed"},
    "planner.seed.help": {
        "id": "Bilangan yang menentukan undian. Catat; dengan benih lain undiannya lain.",
        "en": "The number that decides the draw. Keep a note of it; another seed draws others.",
    },
    # What the plan rests on
    "planner.rupiah": {"id": "Rp\N{NO-BREAK SPACE}{amount}", "en": "IDR\N{NO-BREAK SPACE}{amount}"},
    "planner.assumptions": {"id": "Asumsi rencana ini", "en": "What this plan assumes"},
    "planner.says.cost": {
        "id": "Biaya {desa} per desa dan {household} per keluarga adalah asumsi, bukan standar; ganti menurut daerah.",
        "en": "The costs of {desa} per desa and {household} per household are assumptions, no standard; put in your own.",
    },
    "planner.says.share.exclusion": {
        "id": "Hanya keluarga yang layak masuk penyebut: menurut register {share} dari yang diwawancarai.",
        "en": "Only eligible households count in the denominator: by the register, {share} of those interviewed.",
    },
    "planner.says.share.inclusion": {
        "id": "Hanya keluarga penerima masuk penyebut: menurut register {share} dari yang diwawancarai.",
        "en": "Only receiving households count in the denominator: by the register, {share} of those interviewed.",
    },
    "planner.says.rate": {
        "id": "Galat yang diperkirakan: {origins}. Nilainya dijaga antara 10 dan 90 %, agar rencana tidak terlalu yakin.",
        "en": "The rate to expect: {origins}. It is held between 10 and 90%, so that the plan is not too sure of itself.",
    },
    "planner.rate.estimate": {"id": "taksiran lapangan wilayah itu sendiri ({count})", "en": "the field's estimate for the wilayah ({count})"},
    "planner.rate.estimate_above": {"id": "taksiran lapangan wilayah di atasnya ({count})", "en": "the field's estimate above it ({count})"},
    "planner.rate.register": {"id": "angka register ({count} wilayah)", "en": "the register's figure ({count} wilayah)"},
    "planner.rate.none": {"id": "tidak diketahui, dipakai 50 % ({count})", "en": "unknown, taken as 50% ({count})"},
    "planner.says.rho.sample": {
        "id": "Kemiripan jawaban sedesa (rho) {rho}, ditaksir antardesa sekecamatan dari sampel yang tersimpan (tanpa sampel: {assumed}). Dalam wilayah yang lebih luas dari kecamatan, desa lebih beragam.",
        "en": "Likeness of answers within a desa (rho) {rho}, estimated between desa of a kecamatan from the stored sample (without one: {assumed}). In areas wider than a kecamatan, desa differ more.",
    },
    "planner.says.rho.assumed": {
        "id": "Kemiripan jawaban sedesa (rho) {assumed} adalah asumsi: belum ada sampel dengan cukup kecamatan untuk menaksirnya.",
        "en": "Likeness of answers within a desa (rho) {assumed} is an assumption: no sample has enough kecamatan to estimate it.",
    },
    "planner.says.rho.given": {
        "id": "Kemiripan jawaban sedesa (rho) {rho} ditetapkan di atas; bila dikosongkan, ditaksir dari sampel atau dipakai {assumed}.",
        "en": "Likeness of answers within a desa (rho) {rho} is set above; left empty, it is estimated or taken as {assumed}.",
    },
    "planner.says.design": {
        "id": "Dua tahap acak sederhana: desa di dalam wilayah, lalu keluarga di dalam desa. Desa dianggap sama besar; bila sangat berbeda, rentang menjadi sedikit lebih lebar.",
        "en": "Two stages of simple random sampling: desa within the wilayah, then households within the desa. Desa are taken to be of one size; where they differ much, intervals come out somewhat wider.",
    },
    "planner.says.frame": {
        "id": "Kerangkanya register: keluarga yang tidak pernah didata tidak dapat terpilih. Yang menolak atau tidak ditemukan tidak diganti; sediakan cadangan.",
        "en": "The frame is the register: families never registered cannot be drawn. Those who refuse or are not found have no replacement; plan a reserve.",
    },
    "planner.says.model": {
        "id": "Rentang ini untuk taksiran langsung. Model wilayah kecil dapat mempersempitnya, tetapi berapa banyak tidak dapat dijanjikan sebelum ada data.",
        "en": "These are intervals of direct estimates. A small-area model may narrow them, but how much cannot be promised before there are data.",
    },
    "planner.says.recipients": {
        "id": "Bila hanya galat inklusi yang dicari, sampel dari daftar penerima memerlukan jauh lebih sedikit wawancara; rencana ini mengambil dari seluruh register.",
        "en": "Where inclusion alone is asked, a sample of the recipients' list needs far fewer interviews; this plan draws from the whole register.",
    },
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "interview_count": {
        "id": ("Banyaknya keluarga yang perlu diwawancarai agar rentang 95 % galat di wilayah itu selebar yang diminta.",
               "desa dikunjungi × keluarga per desa", "tidak ada; jumlah",
               "perkiraan sebelum turun ke lapangan; bergantung pada galat, kemiripan sedesa dan biaya yang diasumsikan"),
        "en": ("How many households to interview so that the error's 95% interval in the wilayah has the wanted width.",
               "desa to visit × households per desa", "none; a count",
               "a forecast before the fieldwork; it rests on the assumed rate, likeness in a desa and costs"),
    },
    "width_rate": {
        "id": ("Lebar rentang 95 % (Korn-Graubard) yang diharapkan dari sampel itu, dalam poin persen.",
               "batas atas − batas bawah", "keluarga layak (eksklusi) atau penerima (inklusi) dalam sampel",
               "untuk taksiran langsung; desa dianggap sama besar"),
        "en": ("The width of the 95% interval (Korn-Graubard) to expect from the sample, in percentage points.",
               "upper end − lower end", "eligible (exclusion) or receiving (inclusion) households in the sample",
               "for direct estimates; desa are taken to be of one size"),
    },
}  # fmt: skip

# The command `petadesil sample`.
SAMPLING = {
    "met": {
        "id": "Rentang {width} poin tercapai di {reached} dari {areas} {level}.",
        "en": "An interval of {width} points is reached in {reached} of {areas} {level}.",
    },
    "bought": {
        "id": "Anggaran itu membeli rentang {width} poin, bukan {wanted} poin; {reached} dari {areas} {level} mencapainya.",
        "en": "That budget buys an interval of {width} points, not {wanted}; {reached} of {areas} {level} reach it.",
    },
    "total": {
        "id": "Jumlah: {households} keluarga di {desa} desa, Rp {cost}.",
        "en": "Total: {households} households in {desa} desa, IDR {cost}.",
    },
    "remainder": {"id": "Sisa anggaran: Rp {remainder}.", "en": "Left of the budget: IDR {remainder}."},
    "assumed": {
        "id": "Asumsi: Rp {desa} per desa, Rp {household} per keluarga, kemiripan sedesa {rho} ({origin}).",
        "en": "Assumed: IDR {desa} per desa, IDR {household} per household, likeness within a desa {rho} ({origin}).",
    },
    "rho.given": {"id": "ditetapkan", "en": "given"},
    "rho.sample": {"id": "dari sampel yang tersimpan", "en": "from the stored sample"},
    "rho.assumed": {"id": "asumsi", "en": "an assumption"},
    "model": {
        "id": "Untuk taksiran langsung; tambahan dari model wilayah kecil tidak dijanjikan.",
        "en": "For direct estimates; what a small-area model would add is not promised.",
    },
    "written": {
        "id": "{path}: {count} keluarga terpilih (rencana {planned}; desa kecil memberi semua keluarganya), benih {seed}.",
        "en": "{path}: {count} households drawn (planned {planned}; small desa give all they have), seed {seed}.",
    },
    "next": {
        "id": "Isi observed_desil, lalu: petadesil load verification {path} --period {period}",
        "en": "Fill in observed_desil, then: petadesil load verification {path} --period {period}",
    },
    "column.kode": {"id": "kode", "en": "code"},
    "column.name": {"id": "nama", "en": "name"},
    "column.household_count": {"id": "register", "en": "register"},
    "column.desa_count": {"id": "desa ada", "en": "desa"},
    "column.visited_desa_count": {"id": "dikunjungi", "en": "visited"},
    "column.desa_interview_count": {"id": "per desa", "en": "per desa"},
    "column.interview_count": {"id": "keluarga", "en": "households"},
    "column.answer_count": {"id": "penyebut", "en": "denominator"},
    "column.width_rate": {"id": "rentang", "en": "width"},
    "column.cost_idr": {"id": "biaya Rp", "en": "cost IDR"},
    "column.plan_status": {"id": "keadaan", "en": "status"},
}
