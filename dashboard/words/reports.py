"""Words of the reports that loading, asking and checking print."""

LOADING = {
    "step.read": {"id": "Membaca berkas", "en": "Reading files"},
    "step.check": {"id": "Memeriksa baris", "en": "Checking rows"},
    "step.count": {"id": "Menghitung kubus", "en": "Counting cubes"},
    "step.write": {"id": "Menulis ke basis data", "en": "Writing to the database"},
    "step.draw": {"id": "Membuat register fiktif", "en": "Drawing the fictional register"},
    "register": {
        "id": "Periode {period} ({scheme}): {rows_in} baris dibaca = {kept} diterima + {quarantined} dikarantina"
        " + {duplicates} kembar.",
        "en": "Period {period} ({scheme}): {rows_in} rows read = {kept} kept + {quarantined} quarantined"
        " + {duplicates} duplicates.",
    },
    "file": {
        "id": "  {file}: {rows_in} = {kept} + {quarantined} + {duplicates}",
        "en": "  {file}: {rows_in} = {kept} + {quarantined} + {duplicates}",
    },
    "reason": {"id": "  {count} baris dikarantina: {reason}", "en": "  {count} rows quarantined: {reason}"},
    "outside": {
        "id": "  {count} penerima tidak ada dalam register; tetap dihitung.",
        "en": "  {count} recipients are not in the register; they are counted all the same.",
    },
    "elsewhere": {
        "id": "  {count} titik berada di luar desa yang tertulis; desa yang tertulis dipakai.",
        "en": "  {count} points lie outside the desa that is stated; the stated desa is used.",
    },
    "quota_below": {
        "id": "  {count} kuota lebih kecil daripada penerimanya; cacah penerima dipakai sebagai kuotanya.",
        "en": "  {count} quotas are below their recipients; the count of recipients is used as the quota.",
    },
    "ignored": {
        "id": "  Kolom yang tidak dibaca: {columns}",
        "en": "  Columns that were not read: {columns}",
    },
    "already_loaded": {
        "id": "Berkas ini sudah dimuat untuk periode {period}; tidak ada yang berubah.",
        "en": "These files are already loaded for {period}; nothing changed.",
    },
    "dry_run": {
        "id": "Hanya pemeriksaan; tidak ada yang dimuat.",
        "en": "A check only; nothing was loaded.",
    },
    "written": {"id": "Ditulis: {path}", "en": "Written: {path}"},
    "cubes_equal": {
        "id": "{cube}: {count} baris, sama dengan yang tersimpan.",
        "en": "{cube}: {count} rows, equal to what is stored.",
    },
    "cubes_differ": {
        "id": "{cube}: {count} baris; {differing} berbeda dari yang tersimpan. Muat ulang register periode itu.",
        "en": "{cube}: {count} rows; {differing} differ from what is stored. Load that period's register again.",
    },
    "holds": {"id": "  ok  {name}", "en": "  ok  {name}"},
    "broken": {
        "id": "  --  {name}: {count} pelanggaran, misalnya {example}",
        "en": "  --  {name}: {count} violations, for example {example}",
    },
    "all_hold": {"id": "{count} aturan diperiksa; semuanya berlaku.", "en": "{count} invariants checked; all hold."},
    "some_broken": {
        "id": "{broken} dari {count} aturan dilanggar.",
        "en": "{broken} of {count} invariants are broken.",
    },
    "rows": {"id": "{count} baris · versi data {version}", "en": "{count} rows · data version {version}"},
    "source": {"id": "Sumber: {source}", "en": "Source: {source}"},
    "fictional": {
        "id": "DATA FIKTIF: tidak ada keluarga nyata di dalamnya.",
        "en": "FICTIONAL DATA: there is no real household in it.",
    },
}

CONTEXT = {
    "rows": {
        "id": "{file}: {rows_in} baris dibaca = {kept} diterima + {quarantined} dikarantina + {duplicates} kembar.",
        "en": "{file}: {rows_in} rows read = {kept} kept + {quarantined} quarantined + {duplicates} duplicates.",
    },
    "already_loaded": {
        "id": "Berkas {file} sudah dimuat; tidak ada yang berubah.",
        "en": "The file {file} is already loaded; nothing changed.",
    },
    "unconfirmed": {
        "id": "  {count} angka belum terkonfirmasi dan ditandai demikian.",
        "en": "  {count} figures are not confirmed, and are marked so.",
    },
    "replaces": {"id": "  Menggantikan {file}.", "en": "  Replaces {file}."},
}

ESTIMATING = {
    "exclusion": {"id": "eksklusi", "en": "exclusion"},
    "inclusion": {"id": "inklusi", "en": "inclusion"},
    "exclusion_unregistered": {"id": "eksklusi karena tidak terdaftar", "en": "exclusion of the unregistered"},
    "exclusion_wrong_desil": {"id": "eksklusi karena desil keliru", "en": "exclusion by a wrong desil"},
    "exclusion_not_reached": {"id": "eksklusi yang layak dan tidak terjangkau", "en": "exclusion of eligible not reached"},
    "step": {"id": "  {program}, {measure} ({truth}, {frame})", "en": "  {program}, {measure} ({truth}, {frame})"},
    "line": {
        "id": "{program}, {measure} ({truth}, {frame}): {households} keluarga sampel; {shown} dari {areas} kecamatan"
        " cukup pasti untuk ditampilkan; {means}.",
        "en": "{program}, {measure} ({truth}, {frame}): {households} sampled households; {shown} of {areas} kecamatan"
        " certain enough to show; {means}.",
    },
    "model": {"id": "model wilayah kecil", "en": "small-area model"},
    "reason.too_few_areas": {
        "id": "taksiran langsung, karena kecamatan sampel terlalu sedikit untuk sebuah model",
        "en": "direct estimates, since too few kecamatan were sampled for a model",
    },
    "reason.no_variation": {
        "id": "taksiran langsung, karena semua jawaban sama",
        "en": "direct estimates, since all answers are alike",
    },
}

SAMPLE = {
    "rows": {
        "id": "Sampel {period} ({truth}; {frame}): {rows_in} baris dibaca = {kept} diterima + {quarantined} dikarantina"
        " + {duplicates} kembar.",
        "en": "Sample {period} ({truth}; {frame}): {rows_in} rows read = {kept} kept + {quarantined} quarantined"
        " + {duplicates} duplicates.",
    },
    "truth.proxy_means": {"id": "uji proksi diulang", "en": "proxy-means test repeated"},
    "truth.consumption": {"id": "konsumsi diukur", "en": "consumption measured"},
    "truth.musyawarah": {"id": "musyawarah desa", "en": "musyawarah desa"},
    "truth.adminduk": {"id": "adminduk diperiksa", "en": "civil registration checked"},
    "frame.register": {"id": "diambil dari register", "en": "drawn from the register"},
    "frame.listing": {
        "id": "diambil dari pendataan desa, termasuk yang tidak terdaftar",
        "en": "drawn from a listing of the desa, the unregistered included",
    },
    "frame.recipients": {"id": "diambil dari penerima {program}", "en": "drawn from the recipients of {program}"},
    "made_of": {
        "id": "  {strata} strata, {clusters} gugus, {desa} desa; {unregistered} keluarga tidak terdaftar;"
        " jumlah bobot {weight_sum} keluarga.",
        "en": "  {strata} strata, {clusters} clusters, {desa} desa; {unregistered} households not registered;"
        " the weights sum to {weight_sum} households.",
    },
    "warning.lonely_clusters": {
        "id": "  Peringatan: {count} strata hanya berisi satu gugus; ragamnya ditaksir terhadap rata-rata semua strata.",
        "en": "  Warning: {count} strata hold a single cluster; their variance is taken about the mean of all strata.",
    },
    "warning.single_household_clusters": {
        "id": "  Peringatan: {count} gugus hanya berisi satu keluarga; ragam di dalamnya ditaksir terhadap rata-rata semua gugus.",
        "en": "  Warning: {count} clusters hold a single household; the variance within them is taken about the mean of all.",
    },
    "warning.kode_differs": {
        "id": "  Peringatan: {count} keluarga terdaftar di desa lain; desa tempat keluarga itu terambil dipakai.",
        "en": "  Warning: {count} households are registered in another desa; the desa in which they were sampled is used.",
    },
    "warning.alike_answers": {
        "id": "  Peringatan: semua {count} jawaban sama. Periksa apakah kolomnya benar.",
        "en": "  Warning: all {count} answers are alike. Check whether the column is the right one.",
    },
    "would_replace": {"id": "  Akan menggantikan {file}.", "en": "  Would replace {file}."},
    "replaces": {"id": "  Menggantikan {file}.", "en": "  Replaces {file}."},
    "estimate_next": {
        "id": "Taksiran lama dari sampel sejenis dihapus. Hitung yang baru dengan: petadesil estimate --period {period}",
        "en": "Earlier estimates from samples of this kind were removed. Make new ones with: petadesil estimate --period {period}",
    },
}

CLASSES = {
    "move": {
        "stayed": {"id": "menetap", "en": "stayed"},
        "entered": {"id": "masuk", "en": "entered"},
        "left": {"id": "keluar", "en": "left"},
    },
    "desil_before": {"": {"id": "belum ada desil", "en": "no desil yet"}},
    "desil": {"": {"id": "belum ada desil", "en": "no desil yet"}},
    "received": {"": {"id": "tanpa program", "en": "no program"}},
    "is_permitted": {
        "True": {"id": "ya", "en": "yes"},
        "False": {"id": "tidak", "en": "no"},
        "": {"id": "tidak diketahui", "en": "not known"},
    },
    "dimension": {
        "head_sex": {"id": "kepala keluarga", "en": "head of the family"},
        "elderly": {"id": "ada lansia", "en": "has an elderly member"},
        "disability": {"id": "ada disabilitas", "en": "has a disabled member"},
        "size": {"id": "jumlah jiwa", "en": "persons"},
    },
    "class": {
        "L": {"id": "laki-laki", "en": "man"},
        "P": {"id": "perempuan", "en": "woman"},
        "yes": {"id": "ya", "en": "yes"},
        "no": {"id": "tidak", "en": "no"},
        "": {"id": "tidak diketahui", "en": "not known"},
    },
    "cause": {
        "outside": {"id": "di luar register", "en": "outside the register"},
        "meninggal": {"id": "meninggal", "en": "died"},
        "ganda": {"id": "data ganda", "en": "duplicate"},
        "pindah": {"id": "pindah", "en": "moved away"},
        "tidak_ditemukan": {"id": "alamat tidak ditemukan", "en": "address not found"},
        "asn_tni_polri": {"id": "ASN, TNI atau Polri", "en": "civil servant, soldier or police"},
        "kind": {"id": "bukan jenis wilayah program", "en": "not the program's kind of wilayah"},
        "component": {"id": "tanpa komponen program", "en": "no component of the program"},
        "no_desil": {"id": "belum ada desil", "en": "no desil yet"},
        "above_limit": {"id": "desil di atas batas", "en": "desil above the limit"},
        "below_limit": {"id": "desil di bawah batas", "en": "desil below the limit"},
        "excess": {"id": "lebih dari haknya", "en": "more than entitled"},
    },
}

REASONS = {
    "missing_household_id": {"id": "household_id kosong", "en": "household_id is empty"},
    "id_looks_like_nik": {"id": "household_id memuat 16 angka seperti NIK atau nomor KK; tidak disimpan", "en": "household_id holds 16 digits like a NIK or a family card's number; it is not kept"},
    "malformed_kode": {"id": "kode bukan kode desa (contoh: 18.71.01.1003)", "en": "kode is not a desa's code (such as 18.71.01.1003)"},
    "unknown_wilayah": {"id": "kode tidak ada dalam daftar wilayah", "en": "kode is not in the list of wilayah"},
    "outside_the_file": {"id": "kode berada di provinsi yang tidak ada dalam berkas household", "en": "kode lies in a provinsi that the household file does not hold"},
    "household_quarantined": {"id": "baris keluarganya dikarantina", "en": "its household's row is quarantined"},
    "no_wilayah": {"id": "tanpa kode, dan titiknya di luar semua desa", "en": "no kode, and its point lies in no desa"},
    "bad_point": {"id": "lon atau lat bukan koordinat", "en": "lon or lat is not a coordinate"},
    "bad_desil": {"id": "desil bukan 1 sampai 10 atau kosong", "en": "desil is not 1 to 10, nor empty"},
    "bad_person_count": {"id": "person_count bukan 1 sampai 99", "en": "person_count is not 1 to 99"},
    "bad_component_count": {"id": "cacah komponen bukan bilangan 0 sampai 99", "en": "a component's count is not a number from 0 to 99"},
    "component_above_persons": {"id": "cacah komponen melebihi person_count", "en": "a component's count is above person_count"},
    "unknown_adminduk": {"id": "adminduk bukan kata yang dikenal", "en": "adminduk is not a known word"},
    "bad_score": {"id": "score bukan bilangan", "en": "score is not a number"},
    "unknown_head_sex": {"id": "head_sex bukan L atau P", "en": "head_sex is not L or P"},
    "bad_verified_on": {"id": "verified_on bukan tanggal (TTTT-BB-HH)", "en": "verified_on is not a date (YYYY-MM-DD)"},
    "verified_after_period": {"id": "verified_on sesudah akhir periode", "en": "verified_on is after the period's end"},
    "unknown_program": {"id": "program tidak dikenal", "en": "the program is unknown"},
    "unknown_stage": {"id": "stage bukan ditetapkan, tersalur atau gagal", "en": "stage is not ditetapkan, tersalur or gagal"},
    "bad_unit_count": {"id": "unit_count bukan 1 (program per keluarga) atau 1 sampai 99 (program per orang atau per murid)", "en": "unit_count is not 1 (a program by household) or 1 to 99 (a program by person or by pupil)"},
    "more_persons_than_household": {"id": "unit_count melebihi person_count keluarganya", "en": "unit_count is above its household's person_count"},
    "bad_amount": {"id": "amount_idr bukan rupiah bulat", "en": "amount_idr is not whole rupiah"},
    "unknown_funding": {"id": "funding bukan APBN, APBD atau Dana Desa", "en": "funding is not APBN, APBD or Dana Desa"},
    "bad_places": {"id": "places_count bukan bilangan bulat", "en": "places_count is not a whole number"},
    "no_register_there": {"id": "provinsinya tidak punya register pada periode ini", "en": "its provinsi has no register in this period"},
    "not_in_register": {"id": "household_id tidak ada dalam register periode ini", "en": "household_id is not in this period's register"},
    "not_a_recipient": {"id": "keluarga bukan penerima program itu pada periode ini", "en": "the household does not receive that program in this period"},
    "missing_stratum": {"id": "stratum kosong", "en": "stratum is empty"},
    "missing_cluster": {"id": "cluster kosong", "en": "cluster is empty"},
    "bad_weight": {"id": "weight kosong, bukan bilangan, atau di luar 0,000000001 sampai 1.000.000.000", "en": "weight is empty, not a number, or not from 0.000000001 to 1,000,000,000"},
    "bad_observed_desil": {"id": "observed_desil kosong atau bukan 1 sampai 10", "en": "observed_desil is empty or not 1 to 10"},
    "unknown_observed_adminduk": {"id": "observed_adminduk bukan kata yang dikenal (atau kosong, bila adminduk yang diperiksa)", "en": "observed_adminduk is not a known word (or is empty where civil registration is what was checked)"},
    "bad_observed_on": {"id": "observed_on bukan tanggal (TTTT-BB-HH)", "en": "observed_on is not a date (YYYY-MM-DD)"},
    "bad_design_count": {"id": "stratum_cluster_count atau cluster_household_count bukan bilangan bulat dari 1", "en": "stratum_cluster_count or cluster_household_count is not a whole number from 1"},
    "unknown_received": {"id": "received memuat program yang tidak dikenal", "en": "received names an unknown program"},
    "unknown_social_group": {"id": "social_group bukan ppks, psks atau kat", "en": "social_group is not ppks, psks or kat"},
    "missing_kind": {"id": "kind kosong", "en": "kind is empty"},
    "unknown_social_unit": {"id": "unit bukan person, household, community atau institution", "en": "unit is not person, household, community or institution"},
    "bad_reported_count": {"id": "reported_count bukan bilangan bulat dari 0", "en": "reported_count is not a whole number from 0"},
    "bad_value": {"id": "angkanya kosong atau bukan bilangan (penduduk: bilangan bulat)", "en": "the value is empty or not a number (population: a whole number)"},
    "value_out_of_range": {"id": "angkanya di luar yang mungkin: kurang dari 0, atau angka kemiskinan di atas 1 (angka dalam persen dimuat dengan --percent)", "en": "the value is not possible: below 0, or a poverty rate above 1 (percentages are loaded with --percent)"},
    "bad_is_confirmed": {"id": "is_confirmed bukan true atau false", "en": "is_confirmed is not true or false"},
    "malformed_old_kode": {"id": "old_kode bukan kode wilayah", "en": "old_kode is not a wilayah's code"},
    "levels_differ": {"id": "old_kode dan new_kode berbeda tingkat", "en": "old_kode and new_kode are of different levels"},
    "bad_happened_on": {"id": "happened_on bukan tanggal (TTTT-BB-HH)", "en": "happened_on is not a date (YYYY-MM-DD)"},
    "bad_share": {"id": "share bukan bilangan di atas 0 sampai 1", "en": "share is not a number above 0 and up to 1"},
    "shares_above_one": {"id": "bagian dari satu old_kode pada satu hari berjumlah lebih dari 1", "en": "the shares of one old_kode on one day add up to more than 1"},
    "missing_reference": {"id": "reference kosong", "en": "reference is empty"},
    "conflicting_rows": {"id": "baris berbeda dengan kunci yang sama", "en": "different rows with the same key"},
}  # fmt: skip

INVARIANTS = {
    "wilayah_has_its_parent": {"id": "setiap wilayah punya induk menurut kodenya", "en": "every wilayah has its parent by its code"},
    "every_boundary_has_a_shape": {"id": "setiap batas punya bentuk untuk peta", "en": "every boundary has a shape for the map"},
    "household_has_its_wilayah": {"id": "setiap keluarga berada di desa yang dikenal", "en": "every household is in a known desa"},
    "policy_does_not_overlap": {"id": "pada satu hari hanya satu aturan, besaran dan pasangan program yang berlaku", "en": "on one day one rule, benefit and pair of programs is in force"},
    "ledger_equals_rows": {"id": "baris tersimpan sama dengan catatan pemuatan", "en": "stored rows equal the ledger"},
    "quarantine_equals_ledger": {"id": "baris karantina sama dengan catatan pemuatan", "en": "quarantined rows equal the ledger"},
    "desil_count_equals_households": {"id": "kubus desil sama dengan keluarga", "en": "the desil cube equals the households"},
    "overlap_count_equals_households": {"id": "kubus tumpang tindih sama dengan keluarga", "en": "the overlap cube equals the households"},
    "sets_equal_households": {"id": "kubus himpunan layak dan diterima sama dengan keluarga", "en": "the cube of sets (eligible, received) equals the households"},
    "sets_add_up_to_the_overlap": {"id": "himpunan layak dan diterima berjumlah kubus tumpang tindih", "en": "the sets (eligible, received) add up to the overlap cube"},
    "received_equals_enrolments": {"id": "penerima di kubus sama dengan kepesertaan", "en": "recipients in the cube equal the enrolments"},
    "eligible_equals_households": {"id": "yang layak di kubus sama dengan keluarga", "en": "eligible in the cube equal the households"},
    "qualified_equals_households": {"id": "yang memenuhi syarat selain desil di kubus sama dengan keluarga", "en": "those who qualify but for desil in the cube equal the households"},
    "reached_equals_enrolments": {"id": "terjangkau, tersalur dan kebocoran rupiah di kubus sama dengan kepesertaan", "en": "reached, paid and leaked rupiah in the cube equal the enrolments"},
    "rupiah_equals_enrolments": {"id": "rupiah dan konsumsi penerima di kubus sama dengan kepesertaan", "en": "recipients' rupiah and consumption in the cube equal the enrolments"},
    "gap_idr_equals_entitlement": {"id": "celah rupiah di kubus = hak keluarga yang layak dikurangi yang terjangkau", "en": "the gap in rupiah in the cube = what eligible households are entitled to, less what reached them"},
    "household_received_equals_enrolments": {"id": "program yang diterima tiap keluarga sama dengan kepesertaannya", "en": "the programs that each household receives equal its enrolments"},
    "reached_is_within_both": {"id": "yang terjangkau tidak melebihi yang layak maupun penerima", "en": "reached is within eligible and received"},
    "qualified_within_the_limits_is_eligible": {"id": "yang memenuhi syarat dalam batas desil = yang layak, terjangkau, celah dan bocor", "en": "those who qualify within the desil limits = eligible, reached, gap and leak"},
    "leak_has_its_cause": {"id": "setiap penerima di luar aturan punya tepat satu sebab", "en": "every recipient outside the rule has exactly one cause"},
    "causes_equal_enrolments": {"id": "sebab kebocoran di kubus sama dengan kepesertaan", "en": "causes of the leak in the cube equal the enrolments"},
    "causes_add_up_to_the_leak": {"id": "sebab-sebab berjumlah kebocoran", "en": "the causes add up to the leak"},
    "groups_equal_households": {"id": "kelompok di kubus sama dengan keluarga dan kepesertaan", "en": "groups in the cube equal the households and enrolments"},
    "groups_add_up_to_the_totals": {"id": "kelompok tiap dimensi berjumlah jumlah program", "en": "the groups of each dimension add up to the program's totals"},
    "totals_equal_the_desil": {"id": "jumlah program = jumlah desilnya", "en": "a program's totals = the sum of its desil"},
    "split_adds_up_to_the_gap": {"id": "bagian-bagian celah berjumlah celah", "en": "the gap's parts add up to the gap"},
    "order_equals_the_desil": {"id": "desil 1 yang belum terjangkau serta desil 3 dan 4 yang terjangkau sama dengan kubus program", "en": "desil 1 not reached, and desil 3 and 4 reached, equal the program cube"},
    "order_adds_up_over_its_base": {"id": "urutan yang terlompati = jumlahnya di wilayah dasar", "en": "those served out of order = the sum over the base wilayah"},
    "quota_covers_recipients": {"id": "kuota tidak kurang dari penerima", "en": "the quota covers the recipients"},
    "desil_count_adds_up": {"id": "kubus desil: induk = jumlah anak", "en": "desil cube: parent = sum of children"},
    "program_count_adds_up": {"id": "kubus program: induk = jumlah anak", "en": "program cube: parent = sum of children"},
    "leak_cause_count_adds_up": {"id": "kubus sebab kebocoran: induk = jumlah anak", "en": "cube of leak causes: parent = sum of children"},
    "group_count_adds_up": {"id": "kubus kelompok: induk = jumlah anak", "en": "group cube: parent = sum of children"},
    "set_count_adds_up": {"id": "kubus himpunan: induk = jumlah anak", "en": "cube of sets: parent = sum of children"},
    "overlap_count_adds_up": {"id": "kubus tumpang tindih: induk = jumlah anak", "en": "overlap cube: parent = sum of children"},
    "without_equals_households": {"id": "keluarga tanpa program apa pun di kubus desil sama dengan keluarga", "en": "households without any program in the desil cube equal the households"},
    "age_equals_households": {"id": "kubus umur data sama dengan keluarga", "en": "the cube of the data's age equals the households"},
    "status_words_equal_households": {"id": "kubus kata status sama dengan keluarga", "en": "the cube of status words equals the households"},
    "age_count_adds_up": {"id": "kubus umur data: induk = jumlah anak", "en": "cube of the data's age: parent = sum of children"},
    "status_count_adds_up": {"id": "kubus kata status: induk = jumlah anak", "en": "cube of status words: parent = sum of children"},
    "stayed_and_entered_are_the_households": {"id": "yang tetap dan yang masuk = keluarga periode ini, menurut desil", "en": "those who stayed and who entered = this period's households, by desil"},
    "stayed_and_left_are_the_households_before": {"id": "yang tetap dan yang keluar = keluarga periode sebelumnya, menurut desil", "en": "those who stayed and who left = the households of the period before, by desil"},
    "no_moves_without_a_register_before": {"id": "tidak ada perpindahan tanpa register sebelumnya", "en": "there are no moves without a register before"},
    "move_count_adds_up": {"id": "kubus perpindahan: induk = jumlah anak", "en": "cube of moves: parent = sum of children"},
    "social_counts_are_of_one_level": {"id": "cacah sosial satu kelompok berada pada satu tingkat wilayah", "en": "a group's social counts stand at one level of wilayah"},
    "succession_dates_its_wilayah": {"id": "wilayah bertanggal mulai sama dengan pemekarannya", "en": "a wilayah with a first day began with its succession"},
    "verification_ledger_equals_rows": {"id": "baris sampel tersimpan sama dengan catatan pemuatan", "en": "stored rows of samples equal the ledger"},
    "verification_quarantine_equals_ledger": {"id": "baris sampel yang dikarantina sama dengan catatan pemuatan", "en": "quarantined rows of samples equal the ledger"},
    "verification_has_its_wilayah": {"id": "setiap keluarga sampel berada di desa yang dikenal", "en": "every sampled household is in a known desa"},
    "verification_equals_register": {"id": "keluarga sampel sama dengan registernya (bila tidak: muat sampel itu lagi)", "en": "sampled households equal their register (if not: load that sample again)"},
    "verification_is_in_known_programs": {"id": "program keluarga sampel dikenal", "en": "the programs of sampled households are known"},
    "estimate_is_within_its_interval": {"id": "setiap taksiran di antara 0 dan 1, di dalam selangnya", "en": "every estimate is between 0 and 1, within its interval"},
    "estimate_is_its_totals": {"id": "taksiran langsung = pembilang / penyebut", "en": "a direct estimate = numerator / denominator"},
    "causes_add_up_to_exclusion": {"id": "tiga sebab eksklusi berjumlah eksklusi (1e-9)", "en": "the three causes of exclusion add up to it (1e-9)"},
    "estimate_rests_on_a_sample": {"id": "setiap taksiran bertumpu pada sampel yang dimuat", "en": "every estimate rests on a loaded sample"},
    "desa_shows_its_kecamatan": {"id": "desa menampilkan taksiran kecamatannya", "en": "a desa shows its kecamatan's estimate"},
    "areas_add_up": {"id": "luas desa dan bukan wilayah = luas kabupaten (1e-9)", "en": "areas of desa and non-wilayah = the kabupaten's (1e-9)"},
    "boundaries_do_not_overlap": {"id": "batas tidak bertumpang tindih", "en": "boundaries do not overlap"},
}  # fmt: skip
