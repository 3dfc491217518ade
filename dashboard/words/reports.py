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
        "id": "DATA FIKTIF: tidak ada rumah tangga nyata di dalamnya.",
        "en": "FICTIONAL DATA: there is no real household in it.",
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
    "bad_unit_count": {"id": "unit_count bukan 1 (program per keluarga) atau 1 sampai 99 (program per orang)", "en": "unit_count is not 1 (a program by household) or 1 to 99 (a program by person)"},
    "more_persons_than_household": {"id": "unit_count melebihi person_count keluarganya", "en": "unit_count is above its household's person_count"},
    "bad_amount": {"id": "amount_idr bukan rupiah bulat", "en": "amount_idr is not whole rupiah"},
    "unknown_funding": {"id": "funding bukan APBN, APBD atau Dana Desa", "en": "funding is not APBN, APBD or Dana Desa"},
    "bad_places": {"id": "places_count bukan bilangan bulat", "en": "places_count is not a whole number"},
    "conflicting_rows": {"id": "baris berbeda dengan kunci yang sama", "en": "different rows with the same key"},
}  # fmt: skip

INVARIANTS = {
    "wilayah_has_its_parent": {"id": "setiap wilayah punya induk menurut kodenya", "en": "every wilayah has its parent by its code"},
    "every_boundary_has_a_shape": {"id": "setiap batas punya bentuk untuk peta", "en": "every boundary has a shape for the map"},
    "household_has_its_wilayah": {"id": "setiap keluarga berada di desa yang dikenal", "en": "every household is in a known desa"},
    "ledger_equals_rows": {"id": "baris tersimpan sama dengan catatan pemuatan", "en": "stored rows equal the ledger"},
    "quarantine_equals_ledger": {"id": "baris karantina sama dengan catatan pemuatan", "en": "quarantined rows equal the ledger"},
    "desil_count_equals_households": {"id": "kubus desil sama dengan keluarga", "en": "the desil cube equals the households"},
    "overlap_count_equals_households": {"id": "kubus tumpang tindih sama dengan keluarga", "en": "the overlap cube equals the households"},
    "received_equals_enrolments": {"id": "penerima di kubus sama dengan kepesertaan", "en": "recipients in the cube equal the enrolments"},
    "eligible_equals_households": {"id": "yang layak di kubus sama dengan keluarga", "en": "eligible in the cube equal the households"},
    "reached_equals_enrolments": {"id": "terjangkau, tersalur dan kebocoran rupiah di kubus sama dengan kepesertaan", "en": "reached, paid and leaked rupiah in the cube equal the enrolments"},
    "gap_idr_equals_entitlement": {"id": "celah rupiah di kubus = hak keluarga yang layak dikurangi yang terjangkau", "en": "the gap in rupiah in the cube = what eligible households are entitled to, less what reached them"},
    "household_received_equals_enrolments": {"id": "program yang diterima tiap keluarga sama dengan kepesertaannya", "en": "the programs that each household receives equal its enrolments"},
    "reached_is_within_both": {"id": "yang terjangkau tidak melebihi yang layak maupun penerima", "en": "reached is within eligible and received"},
    "totals_equal_the_desil": {"id": "jumlah program = jumlah desilnya", "en": "a program's totals = the sum of its desil"},
    "split_adds_up_to_the_gap": {"id": "bagian-bagian celah berjumlah celah", "en": "the gap's parts add up to the gap"},
    "quota_covers_recipients": {"id": "kuota tidak kurang dari penerima", "en": "the quota covers the recipients"},
    "desil_count_adds_up": {"id": "kubus desil: induk = jumlah anak", "en": "desil cube: parent = sum of children"},
    "program_count_adds_up": {"id": "kubus program: induk = jumlah anak", "en": "program cube: parent = sum of children"},
    "overlap_count_adds_up": {"id": "kubus tumpang tindih: induk = jumlah anak", "en": "overlap cube: parent = sum of children"},
    "areas_add_up": {"id": "luas desa dan bukan wilayah = luas kabupaten (1e-9)", "en": "areas of desa and non-wilayah = the kabupaten's (1e-9)"},
    "boundaries_do_not_overlap": {"id": "batas tidak bertumpang tindih", "en": "boundaries do not overlap"},
}  # fmt: skip
