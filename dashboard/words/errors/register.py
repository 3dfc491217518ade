"""The sentences for a register that cannot be loaded or counted."""

ERRORS = {
    "period_not_a_month": {
        "id": "Periode {period} bukan hari pertama suatu bulan. Tulis tahun dan bulan saja, misalnya 2026-10.",
        "en": "The period {period} is not the first day of a month. Write year and month only, such as 2026-10.",
    },
    "empty_period_cubes": {
        "id": "Belum ada register untuk periode {period}. Lihat periode yang ada dengan: petadesil status",
        "en": "There is no register for the period {period}. See those at hand with: petadesil status",
    },
    "parquet_missing": {
        "id": "Parquet {kind} periode {period} tidak ada lagi di folder data. Muat ulang register periode itu.",
        "en": "The {kind} Parquet of {period} is gone from the data folder. Load that period's register again.",
    },
    "no_rule": {
        "id": "Tidak ada aturan program yang berlaku pada {date}. Tambahkan barisnya di geo/policy/program_rule.csv.",
        "en": "No program rule is in force on {date}. Add its row to geo/policy/program_rule.csv.",
    },
    "unknown_scheme": {
        "id": "Skema “{scheme}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The scheme “{scheme}” is unknown. Choose one of: {known}.",
    },
    "no_wilayah_loaded": {
        "id": "Belum ada desa dalam basis data ini. Muat batasnya lebih dahulu dengan: petadesil load boundaries",
        "en": "This database holds no desa yet. Load their boundaries first with: petadesil load boundaries",
    },
    "past_codes_without_end": {
        "id": "Dari {count} kode dalam {path} tidak ada yang diketahui sudah berakhir. Muat daftar kode yang berlaku"
        " (petadesil load codes), lalu pemekaran yang mengakhirinya (petadesil load succession), dan ulangi.",
        "en": "Of the {count} codes in {path} none is known to have ended. Load the list in force (petadesil load codes),"
        " then the successions that ended them (petadesil load succession), and try again.",
    },
    "code_system_mismatch": {
        "id": "Kolom kode dalam {path} bukan kode {system} dari wilayah yang sudah dimuat: {kemendagri_pct} % cocok"
        " dengan Kemendagri, {bps_pct} % dengan BPS. Periksa --system, atau muat batas wilayahnya lebih dahulu.",
        "en": "The column kode in {path} does not hold {system} codes of the wilayah that are loaded: {kemendagri_pct} %"
        " match Kemendagri, {bps_pct} % BPS. Check --system, or load those boundaries first.",
    },
    "register_empty": {
        "id": "Tidak ada satu pun baris keluarga yang dapat diterima, jadi tidak ada yang dimuat. Periksa apakah berkasnya"
        " kosong dan apa isi kolom-kolomnya.",
        "en": "Not one household row can be accepted, so nothing was loaded. Check whether the file is empty and what"
        " its columns hold.",
    },
    "quota_levels_mixed": {
        "id": "Kuota {program} ditetapkan pada lebih dari satu tingkat wilayah. Pakai satu tingkat saja.",
        "en": "The quota of {program} is set at more than one level of wilayah. Use one level only.",
    },
    "partly_replaces": {
        "id": "{path} (periode {period}) juga memuat provinsi {provinsi}, yang tidak ada dalam berkas ini. Muat semua provinsinya bersama-sama.",
        "en": "{path} (period {period}) also holds the provinsi {provinsi}, which these files lack. Load all of its provinsi together.",
    },
    "file_in_other_load": {
        "id": "{path} sudah dimuat untuk provinsi {provinsi} pada {period}. Muat semua provinsi bersama-sama, atau potong berkas itu per provinsi.",
        "en": "{path} is already loaded for the provinsi {provinsi} in {period}. Load all provinsi together, or cut that file by provinsi.",
    },
    "other_scheme_in_period": {
        "id": "Periode {period} sudah berisi register {other} (provinsi {provinsi}), jadi register {scheme} tidak dapat dimuat"
        " di bulan itu: satu bulan memuat satu skema. Periksa --scheme dan --period, atau muat ulang semua provinsinya"
        " bersama-sama.",
        "en": "The period {period} already holds a {other} register (provinsi {provinsi}), so a {scheme} register cannot be"
        " loaded there: a month holds one scheme. Check --scheme and --period, or load all of its provinsi anew together.",
    },
    "fictional_in_main": {
        "id": "{path} memuat wilayah fiktif (99), yang tidak boleh masuk basis data utama. Muat register fiktif dengan --demo.",
        "en": "{path} holds the fictional wilayah 99, which must not enter the main database. Load a fictional register with --demo.",
    },
    "real_in_demo": {
        "id": "{path} memuat kode sungguhan (provinsi {provinsi}), yang tidak boleh masuk basis data demo. Muat tanpa --demo.",
        "en": "{path} holds real codes (provinsi {provinsi}), which must not enter the demo database. Load it without --demo.",
    },
    "two_files_of_one_kind": {
        "id": "{first} dan {second} sama-sama berkas {kind}. Berikan satu berkas untuk tiap jenis.",
        "en": "{first} and {second} are both {kind} files. Give one file of each kind.",
    },
    "register_file_missing": {
        "id": "Berkas {kind} tidak disertakan. Register dimuat dari berkas household dan enrolment bersama-sama.",
        "en": "The {kind} file is not among them. A register is loaded from household and enrolment files together.",
    },
    "not_a_register_file": {
        "id": "{path} bukan berkas register. Berikan berkas Parquet atau CSV.",
        "en": "{path} is not a register file. Give a Parquet or CSV file.",
    },
    "missing_columns": {
        "id": "Kolom {columns} tidak ada dalam {path}. Nama kolom yang diharapkan ada di docs/data.md.",
        "en": "The columns {columns} are not in {path}. The names that are expected are in docs/data.md.",
    },
    "file_unreadable": {
        "id": "{path} tidak dapat dibaca: {reason}. Simpan ulang berkasnya sebagai Parquet atau CSV UTF-8.",
        "en": "{path} cannot be read: {reason}. Save it again as Parquet or UTF-8 CSV.",
    },
    "social_levels_mixed": {
        "id": "Cacah {social_group} ditulis pada lebih dari satu tingkat wilayah. Pakai satu tingkat saja untuk tiap social_group.",
        "en": "Counts of {social_group} stand at more than one level of wilayah. Use one level only for each social_group.",
    },
    "not_a_table": {
        "id": "{path} bukan tabel yang dapat dibaca. Berikan berkas Parquet atau CSV; kolomnya ada di docs/data.md.",
        "en": "{path} is not a table that can be read. Give a Parquet or CSV file; its columns are in docs/data.md.",
    },
    "unknown_indicator": {
        "id": "Indikator “{indicator}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The indicator “{indicator}” is unknown. Choose one of: {known}.",
    },
    "reference_missing": {
        "id": "Rujukannya kosong. Tulis dari mana angka itu, misalnya: --reference \"BPS, Susenas Maret 2025\"",
        "en": "The reference is empty. Say where the figures come from, such as: --reference \"BPS, Susenas March 2025\"",
    },
    "unconfirmed_malformed": {
        "id": "“{given}” bukan KOLOM=AWALAN. Tulis misalnya: --unconfirmed status=M",
        "en": "“{given}” is not COLUMN=START. Write, for example: --unconfirmed status=M",
    },
    "context_nothing_kept": {
        "id": "Tidak satu pun dari {rows} baris {path} dapat diterima; sebab terbanyak: {reason}. Tidak ada yang dimuat; periksa kolomnya menurut docs/data.md.",
        "en": "Not one of the {rows} rows of {path} can be accepted; the most frequent reason: {reason}. Nothing was loaded; check its columns by docs/data.md.",
    },
    "rows_partly_replaced": {
        "id": "Berkas ini memuat sebagian saja dari isi {path} yang sudah dimuat; {missing} barisnya tidak ada di sini. Muat berkas yang memuat semuanya.",
        "en": "This file holds only a part of {path}, which is loaded already; {missing} of its rows are not in it. Load a file that holds them all.",
    },
}
