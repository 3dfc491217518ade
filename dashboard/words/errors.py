"""The sentence for each error code: what is wrong, where, and what to do."""

from dashboard.words.reports import REASONS

ERRORS = {
    "unexpected": {
        "id": "Terjadi kesalahan yang belum dikenal ({code}). Muat ulang halaman; bila terulang, kirim catatan server kepada pengelola.",
        "en": "An unknown error occurred ({code}). Reload the page; if it happens again, send the server's log to its keeper.",
    },
    "usage": {
        "id": "Perintah ini tidak dapat dibaca. Cara memakainya: `{help}`.",
        "en": "This command cannot be read. How to use it: `{help}`.",
    },
    "usage_option": {
        "id": "Pilihan {option} tidak dikenal. Pilihan yang ada: `{help}`.",
        "en": "There is no option {option}. The options are told by `{help}`.",
    },
    "usage_missing": {
        "id": "{name} harus disebut. Cara memakainya: `{help}`.",
        "en": "{name} has to be given. How to use it: `{help}`.",
    },
    "usage_value": {
        "id": "Nilai untuk {name} tidak dapat dipakai. Yang diterima: {accepted}. Selengkapnya: `{help}`.",
        "en": "The value of {name} cannot be used. It takes: {accepted}. More: `{help}`.",
    },
    "database_down": {
        "id": "Basis data tidak dapat dihubungi. Jalankan `petadesil up`, lalu muat ulang halaman ini.",
        "en": "The database cannot be reached. Run `petadesil up`, then reload this page.",
    },
    "database_refused": {
        "id": "Basis data menolak permintaan ini: {reason}. Periksa ruang cakram, sandi, dan izin servernya, lalu ulangi.",
        "en": "The database refused this request: {reason}. Check the server's disk space, password and permissions, then try again.",
    },
    "schema_old": {
        "id": "Basis data ini dibuat oleh versi lain dari program ini ({reason}). Jalankan `petadesil up` untuk memperbaruinya, lalu ulangi.",
        "en": "This database was made by another version of the program ({reason}). Run `petadesil up` to bring it up to date, then try again.",
    },
    "data_changed": {
        "id": "Data sedang dimuat dan berubah selagi halaman ini dibaca. Tunggu sebentar, lalu muat ulang halaman.",
        "en": "Data are being loaded and changed while this page was read. Wait a moment, then reload the page.",
    },
    "method_missing": {
        "id": "Teks cara menghitung tidak ditemukan di {path}. Teks itu berada di folder docs; pasang program dari foldernya sendiri.",
        "en": "The text on how figures are made was not found at {path}. It lies in the folder docs; install from the program's folder.",
    },
    "file_not_written": {
        "id": "Berkas atau folder tidak dapat dibaca atau ditulis: {reason}. Periksa alamat dan izinnya, lalu ulangi.",
        "en": "A file or folder cannot be read or written: {reason}. Check its path and permissions, then try again.",
    },
    "no_register": {
        "id": "Belum ada register dalam basis data ini. Muat dengan `petadesil load register`, atau jalankan `petadesil demo`.",
        "en": "This database holds no register yet. Load one with `petadesil load register`, or run `petadesil demo`.",
    },
    "unknown_wilayah": {
        "id": "Wilayah dengan kode {wilayah} tidak ada dalam data ini. Periksa tautan, atau cari wilayahnya menurut nama.",
        "en": "There is no wilayah with the code {wilayah} in this data. Check the link, or search for it by name.",
    },
    "malformed_kode": {
        "id": "“{kode}” bukan kode wilayah. Kode ditulis dengan titik, misalnya 18.71 atau 18.71.01.1001.",
        "en": "“{kode}” is not a wilayah code. Codes are written with dots, such as 18.71 or 18.71.01.1001.",
    },
    "unknown_level": {
        "id": "Tingkat “{level}” tidak dikenal. Pilih salah satu dari {known}.",
        "en": "The level “{level}” is unknown. Choose one of {known}.",
    },
    "level_above_wilayah": {
        "id": "Tingkat {level} berada di atas wilayah {wilayah}. Pilih tingkat yang lebih rendah.",
        "en": "The level {level} lies above the wilayah {wilayah}. Choose a lower level.",
    },
    "unknown_disclosure": {
        "id": "Cara penyajian “{disclosure}” tidak dikenal. Pilih exact atau published.",
        "en": "The disclosure “{disclosure}” is unknown. Choose exact or published.",
    },
    "unknown_desil": {
        "id": "Desil “{desil}” tidak dikenal. Desil adalah 1 sampai 10; 0 berarti belum ada desil.",
        "en": "The desil “{desil}” is unknown. A desil is 1 to 10; 0 stands for no desil yet.",
    },
    "unknown_program": {
        "id": "Program “{program}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The program “{program}” is unknown. Choose one of: {known}.",
    },
    "empty_period": {
        "id": "Tidak ada register untuk periode {period}. Periode yang tersedia: {known}.",
        "en": "There is no register for the period {period}. Periods at hand: {known}.",
    },
    "setting_unknown": {
        "id": "{variable} berisi “{value}”; pilih salah satu dari: {allowed}.",
        "en": "{variable} is “{value}”; choose one of: {allowed}.",
    },
    "database_url_unreadable": {
        "id": "PETADESIL_DATABASE_URL bukan alamat PostgreSQL. Tulislah seperti postgresql://nama:sandi@host:5432/basisdata.",
        "en": "PETADESIL_DATABASE_URL is not a PostgreSQL address. Write it like postgresql://user:password@host:5432/database.",
    },
    "database_unreachable": {
        "id": "Server pada PETADESIL_DATABASE_URL tidak menjawab: {reason}. Periksa alamat, sandi, dan servernya.",
        "en": "The server that PETADESIL_DATABASE_URL names does not answer: {reason}. Check the address, the password and the server.",
    },
    "database_not_created": {
        "id": "Basis data {database} tidak dapat dibuat: {reason}. Mintalah pengelola server membuatnya, atau memberi hak CREATEDB.",
        "en": "The database {database} cannot be created: {reason}. Ask the server's keeper to create it, or to grant CREATEDB.",
    },
    "postgis_missing": {
        "id": "PostgreSQL dengan PostGIS belum terpasang. Jalankan `./petadesil up`, yang memasangnya, atau: apt-get install postgresql postgresql-postgis",
        "en": "PostgreSQL with PostGIS is not installed. Run `./petadesil up`, which installs it, or: apt-get install postgresql postgresql-postgis",
    },
    "account_missing": {
        "id": "Akun sistem {account} tidak ada, padahal PostgreSQL menolak dijalankan oleh root. Pasang paket postgresql, atau jalankan sebagai pengguna biasa.",
        "en": "There is no system account {account}, and PostgreSQL refuses to run as root. Install the package postgresql, or run this as an ordinary user.",
    },
    "folder_not_writable": {
        "id": "Folder {folder} tidak dapat ditulisi. Beri hak tulis, atau jalankan sebagai pengguna lain.",
        "en": "The folder {folder} cannot be written to. Grant the right to write, or run this as another user.",
    },
    "folder_not_private": {
        "id": "Folder {folder} dapat dimasuki pengguna lain. Hapus folder itu bila bukan milik Anda, lalu coba lagi.",
        "en": "Other users can enter the folder {folder}. Remove it if it is not yours, then try again.",
    },
    "cluster_version": {
        "id": "Data di {folder} dibuat oleh PostgreSQL {version}, sedangkan yang terpasang {installed}. Pasang postgresql-{version} dan postgresql-{version}-postgis-3, atau pindahkan folder itu lalu muat ulang datanya.",
        "en": "The data in {folder} was made by PostgreSQL {version}, but {installed} is installed. Install postgresql-{version} and postgresql-{version}-postgis-3, or move the folder away and load the data again.",
    },
    "cluster_not_made": {
        "id": "Server tidak dapat dibuat di {folder}: {reason}. Perbaiki sebabnya (misalnya ruang disk), lalu jalankan lagi.",
        "en": "The server cannot be made in {folder}: {reason}. Mend the cause (disk space, for instance), then run this again.",
    },
    "cluster_not_started": {
        "id": "Server tidak mau berjalan: {reason}. Catatannya ada di {log}; `petadesil doctor` memeriksa sebab yang lazim.",
        "en": "The server does not start: {reason}. Its log is {log}; `petadesil doctor` looks for the usual causes.",
    },
    "cluster_not_stopped": {
        "id": "Server di {folder} tidak mau berhenti: {reason}. Tutup program yang memakainya, lalu jalankan lagi.",
        "en": "The server in {folder} does not stop: {reason}. Close the programs that use it, then run this again.",
    },
    "port_in_use": {
        "id": "Porta {port} sudah dipakai. Pilih porta lain, misalnya --port {next_port}, atau hentikan pemakainya dengan `petadesil down` bila itu dasbor ini.",
        "en": "Port {port} is already in use. Choose another, such as --port {next_port}, or stop its user with `petadesil down` if it is this dashboard.",
    },
    "port_not_allowed": {
        "id": "Porta {port} di {host} tidak dapat dibuka: {reason}. Pilih --port atau --host yang lain.",
        "en": "Port {port} at {host} cannot be opened: {reason}. Choose another --port or --host.",
    },
    "tool_missing": {
        "id": "Alat pengembang {name} belum terpasang. Jalankan lewat ./petadesil {command}, yang memasangnya.",
        "en": "The developers' tool {name} is not installed. Run this through ./petadesil {command}, which installs it.",
    },
    "no_desa_boundaries": {
        "id": "Wilayah {wilayah} belum mempunyai batas desa. Muat dengan `petadesil load boundaries`, lalu ulangi.",
        "en": "The wilayah {wilayah} has no desa boundaries yet. Load them with `petadesil load boundaries`, then repeat.",
    },
    "stats_missing": {
        "id": "Berkas {file} tidak ada: angkanya tidak dipakai dan keluarga disebar tanpa itu. Tunjuk foldernya dengan PETADESIL_STATS_DIR.",
        "en": "The file {file} is missing: its figures are not used and families are spread without them. Name its folder in PETADESIL_STATS_DIR.",
    },
    "stats_without_wilayah": {
        "id": "Berkas {file} tidak memuat {kode}: nilai tengah kabupaten lain dipakai bila ada. Periksa kodenya di berkas itu.",
        "en": "The file {file} does not hold {kode}: the median of the other kabupaten is used where there is one. Check the codes in that file.",
    },
    "file_missing": {
        "id": "Berkas {path} tidak ada atau tidak dapat dibaca. Periksa nama dan foldernya.",
        "en": "The file {path} does not exist or cannot be read. Check its name and folder.",
    },
    "file_not_spatial": {
        "id": "Isi {path} bukan berkas peta yang dikenal ({known}) atau rusak. Unduh ulang dari penerbitnya, atau simpan sebagai GeoPackage.",
        "en": "The content of {path} is not a known map file ({known}), or is damaged. Download it again from its publisher, or save it as a GeoPackage.",
    },
    "archive_unsafe": {
        "id": "Arsip {path} berisi {member}, yang menunjuk ke luar arsip. Arsip ini tidak dibuka; mintalah yang baru dari pengirimnya.",
        "en": "The archive {path} holds {member}, which points outside the archive. It was not opened; ask its sender for another.",
    },
    "archive_too_large": {
        "id": "Isi arsip {path} terlalu banyak atau terlalu besar. Buka sendiri arsip itu dan muat berkas petanya.",
        "en": "The archive {path} unpacks to too much. Unpack it yourself and load the map file in it.",
    },
    "layer_twice": {
        "id": "Lapisan {layer} ada {count} kali dalam {path}, di berkas yang berbeda. Kirim berkas itu satu per satu, atau beri nama lapisan yang berbeda.",
        "en": "There are {count} layers {layer} in {path}, in different files. Load those files one by one, or give the layers different names.",
    },
    "layer_missing": {
        "id": "Lapisan {layer} tidak ada dalam {path}. Lapisan yang ada: {known}.",
        "en": "There is no layer {layer} in {path}. Its layers are: {known}.",
    },
    "layer_empty": {
        "id": "Lapisan {layer} dalam {path} kosong. Pilih lapisan lain dengan --layer, atau periksa berkasnya.",
        "en": "The layer {layer} in {path} is empty. Choose another with --layer, or check the file.",
    },
    "level_missing": {
        "id": "Tidak ada lapisan tingkat {level} dalam {path}. Lapisan yang ada: {known}.",
        "en": "No layer in {path} is of the level {level}. Its layers are: {known}.",
    },
    "columns_missing": {
        "id": "Kolom dalam {path} tidak dikenal untuk penerbit {publisher}: {found}. Yang diharapkan: {expected}. Periksa berkas dan --publisher.",
        "en": "The columns of {path} are not known for the publisher {publisher}: {found}. Expected: {expected}. Check the file and --publisher.",
    },
    "unknown_system": {
        "id": "Sistem kode {system} tidak dikenal. Pilih salah satu dari {known}.",
        "en": "The code system {system} is unknown. Choose one of {known}.",
    },
    "system_not_in_layer": {
        "id": "Lapisan {layer} dalam {path} tidak memuat kode {system}, hanya {known}. Nyatakan sistem itu dengan --system.",
        "en": "The layer {layer} in {path} has no {system} codes, only {known}. State that system with --system.",
    },
    "system_contradicted": {
        "id": "Kode dalam {path} (misalnya {example}) bukan kode {system}; tampaknya {likely}. Nyatakan sistemnya dengan --system {likely}.",
        "en": "The codes in {path} (such as {example}) are not of {system}; they look like {likely}. State the system with --system {likely}.",
    },
    "ambiguous_kode": {
        "id": "Kode tanpa titik dalam {path} (misalnya {example}) dapat berarti Kemendagri atau BPS. Muat dahulu daftar kode dengan `petadesil load codes`.",
        "en": "Codes without dots in {path} (such as {example}) may be Kemendagri's or BPS'. Load the code list first with `petadesil load codes`.",
    },
    "numeric_kode": {
        "id": "Kolom {column} dalam {path} berisi angka (misalnya {example}), bukan teks: nol di ujung kode sudah hilang. Simpan kolom itu sebagai teks dari sumbernya.",
        "en": "The column {column} in {path} holds numbers (such as {example}), not text: zeros of the codes are lost. Save that column as text from its source.",
    },
    "kode_malformed_in_file": {
        "id": "{count} kode dalam {path} rusak, misalnya {example}. Kode ditulis sebagai teks, seperti 18.71 atau 18.71.01.1001; perbaiki di sumbernya.",
        "en": "{count} codes in {path} are malformed, such as {example}. Codes are text, like 18.71 or 18.71.01.1001; correct them at the source.",
    },
    "mixed_levels": {
        "id": "Kode dalam {path} berbeda tingkat: kebanyakan seperti {usual}, tetapi {count} seperti {odd}. Pisahkan tiap tingkat ke lapisannya.",
        "en": "The codes in {path} are of different levels: most like {usual}, but {count} like {odd}. Put each level in a layer of its own.",
    },
    "level_contradicted": {
        "id": "Kode dalam {path} (misalnya {example}) adalah tingkat {found}, bukan {level}. Periksa --level atau lapisan yang dipilih.",
        "en": "The codes in {path} (such as {example}) are of the level {found}, not {level}. Check --level or the layer chosen.",
    },
    "level_below_kode": {
        "id": "Tingkat {level} lebih rendah daripada wilayah {kode}. Pilih tingkat di atasnya.",
        "en": "The level {level} is below the wilayah {kode}. Choose a level above it.",
    },
    "duplicate_kode": {
        "id": "Kode {kode} muncul lebih dari sekali dalam {path} ({count} baris seperti itu). Gabungkan poligonnya menurut kode, lalu muat lagi.",
        "en": "The code {kode} stands more than once in {path} ({count} such rows). Merge its polygons by code, then load again.",
    },
    "orphan_kode": {
        "id": "Daftar {path} memuat {count} kode tanpa induk, misalnya {kode}. Pakai daftar yang lengkap.",
        "en": "The list {path} holds {count} codes without their parent, such as {kode}. Use a complete list.",
    },
    "no_coded_rows": {
        "id": "Tidak ada poligon dengan kode {system} dalam {path}. Periksa berkas dan --system.",
        "en": "No polygon in {path} has a {system} code. Check the file and --system.",
    },
    "no_geometry": {
        "id": "Lapisan {layer} dalam {path} tidak memuat bentuk wilayah. Pilih lapisan dengan poligon.",
        "en": "The layer {layer} in {path} has no shapes. Choose a layer with polygons.",
    },
    "not_polygons": {
        "id": "Lapisan {layer} dalam {path} berisi titik atau garis, bukan poligon. Pilih lapisan batas wilayah.",
        "en": "The layer {layer} in {path} holds points or lines, not polygons. Choose the layer of boundaries.",
    },
    "no_crs": {
        "id": "Lapisan {layer} dalam {path} tidak menyebut sistem koordinatnya. Sertakan .prj, atau simpan sebagai GeoPackage dalam EPSG:4326.",
        "en": "The layer {layer} in {path} does not state its coordinate system. Add the .prj, or save it as a GeoPackage in EPSG:4326.",
    },
    "outside_indonesia": {
        "id": "Lapisan {layer} dalam {path} berada di luar Indonesia ({bounds}) menurut {crs}. Sistem koordinatnya salah atau sumbunya tertukar; perbaiki di sumbernya.",
        "en": "The layer {layer} in {path} lies outside Indonesia ({bounds}) by {crs}. Its coordinate system is wrong or its axes are swapped; correct it at the source.",
    },
    "fictional_kode": {
        "id": "{path} memuat kode fiktif {example} sebagai {system}. Muat wilayah rekaan dengan --system fiktif.",
        "en": "{path} holds the fictional code {example} under {system}. Load invented wilayah with --system fiktif.",
    },
    "real_kode": {
        "id": "{path} memuat kode sungguhan {example} sebagai fiktif. Kode fiktif selalu diawali 99.",
        "en": "{path} holds the real code {example} as fictional. Fictional codes always start with 99.",
    },
    "crosswalk_missing": {
        "id": "Kode BPS dalam {path} belum dapat dipasangkan. Muat dahulu `petadesil load codes`, lalu `petadesil load crosswalk`.",
        "en": "The BPS codes in {path} cannot be matched yet. First run `petadesil load codes`, then `petadesil load crosswalk`.",
    },
    "crosswalk_without_wilayah": {
        "id": "Tidak satu pun pasangan dalam {path} cocok dengan wilayah yang dimuat. Muat dahulu `petadesil load codes`.",
        "en": "No pair in {path} matches a wilayah that is loaded. Run `petadesil load codes` first.",
    },
    "names_unknown": {
        "id": "Nama {count} wilayah (misalnya {example}) tidak ada dalam berkas ini. Muat dahulu daftar kode dengan `petadesil load codes`.",
        "en": "The names of {count} wilayah (such as {example}) are not in this file. Load the code list first with `petadesil load codes`.",
    },
    "repair_too_large": {
        "id": "Memperbaiki {name} ({kode}) akan mengubah luasnya dari {before_km2} menjadi {after_km2} km2. Tidak ada yang dimuat; perbaiki poligon itu di sumbernya.",
        "en": "Repairing {name} ({kode}) would change its area from {before_km2} to {after_km2} km2. Nothing was loaded; correct that polygon at the source.",
    },
    "coverage_not_repairable": {
        "id": "{count} poligon tetap tumpang tindih sesudah diperbaiki. Tidak ada yang dimuat; perbaiki berkasnya di program peta.",
        "en": "{count} polygons still overlap after the repair. Nothing was loaded; correct the file in a map program.",
    },
    "simplify_broke_coverage": {
        "id": "Penyederhanaan dengan toleransi {tolerance} merusak bentuk. Tidak ada yang dimuat; laporkan berkas ini.",
        "en": "Simplifying with the tolerance {tolerance} broke the shapes. Nothing was loaded; report this file.",
    },
    "shape_collapses": {
        "id": "Poligon {kode} ({area_km2} km2) tetap kehilangan lebih dari separuh luasnya bila disederhanakan dengan toleransi {tolerance}. Tidak ada yang dimuat; perbaiki atau hapus serpihan itu di sumbernya.",
        "en": "The polygon {kode} ({area_km2} km2) still loses more than half of its area when simplified with the tolerance {tolerance}. Nothing was loaded; correct or remove that sliver at the source.",
    },
    "vintage_implausible": {
        "id": "Tahun batas {vintage} tidak masuk akal. Tulis tahun batas itu berlaku, misalnya --vintage 2020.",
        "en": "The vintage {vintage} is implausible. Give the year that the boundaries stand for, such as --vintage 2020.",
    },
    "table_unreadable": {
        "id": "{path} bukan tabel CSV dalam UTF-8. Simpan ulang sebagai CSV UTF-8.",
        "en": "{path} is not a CSV table in UTF-8. Save it again as CSV UTF-8.",
    },
    "table_columns_missing": {
        "id": "Kolom {missing} tidak ada dalam {path}; yang ada: {found}. Periksa berkas dan perintahnya.",
        "en": "The columns {missing} are not in {path}; it has: {found}. Check the file and the command.",
    },
    "exact_not_allowed": {
        "id": "Angka tepat hanya ditampilkan untuk data fiktif, sampai ada akun. Hapus --disclosure exact atau PETADESIL_DISCLOSURE.",
        "en": "Exact figures are shown of fictional data only, until there are accounts. Drop --disclosure exact or PETADESIL_DISCLOSURE.",
    },
    "unknown_query": {
        "id": "Pertanyaan “{name}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The question “{name}” is unknown. Choose one of: {known}.",
    },
    "database_absent": {
        "id": "Belum ada data. Isi lebih dahulu dengan: {command}",
        "en": "There is no data yet. Load some first with: {command}",
    },
    "period_malformed": {
        "id": "Periode “{period}” tidak terbaca. Tulis tahun dan bulan, misalnya 2026-10.",
        "en": "The period “{period}” cannot be read. Write year and month, such as 2026-10.",
    },
    "period_not_a_month": {
        "id": "Periode {period} bukan hari pertama suatu bulan. Tulis tahun dan bulan saja, misalnya 2026-10.",
        "en": "The period {period} is not the first day of a month. Write year and month only, such as 2026-10.",
    },
    "empty_period_cubes": {
        "id": "Belum ada register untuk periode {period}. Lihat periode yang ada dengan: petadesil status",
        "en": "There is no register for the period {period}. See those at hand with: petadesil status",
    },
    "parquet_missing": {
        "id": "Parquet {kind} periode ini tidak ada lagi di folder data. Muat ulang register periode itu.",
        "en": "This period's {kind} Parquet is gone from the data folder. Load that period's register again.",
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
    "not_a_verification_file": {
        "id": "{path} bukan berkas sampel. Berikan satu berkas Parquet atau CSV; kolomnya ada di docs/data.md.",
        "en": "{path} is not a sample's file. Give one Parquet or CSV file; its columns are in docs/data.md.",
    },
    "verification_empty": {
        "id": "{path} tidak berisi satu baris pun. Periksa apakah berkasnya lengkap.",
        "en": "{path} does not hold a single row. Check whether the file is complete.",
    },
    "verification_nothing_kept": {
        "id": "Tidak satu pun dari {rows} baris {path} dapat diterima; sebab terbanyak: {reason}. Tidak ada yang dimuat; perbaiki berkasnya menurut docs/data.md.",
        "en": "Not one of the {rows} rows of {path} can be accepted; the most frequent reason: {reason}. Nothing was loaded; mend the file by docs/data.md.",
    },
    "verification_mixed": {
        "id": "{path} memuat dua {column}: “{first}” dan, pada baris {line}, “{second}”. Satu berkas untuk satu truth dan satu frame; pisahkan berkasnya.",
        "en": "{path} holds two values of {column}: “{first}” and, in line {line}, “{second}”. One file is one truth and one frame; split the file.",
    },
    "unknown_truth": {
        "id": "Truth “{truth}” dalam {path} tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The truth “{truth}” in {path} is unknown. Choose one of: {known}.",
    },
    "unknown_frame": {
        "id": "Frame “{frame}” dalam {path} tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The frame “{frame}” in {path} is unknown. Choose one of: {known}.",
    },
    "program_missing": {
        "id": "Sampel penerima dalam {path} tidak menyebut programnya. Isi kolom program dengan satu program.",
        "en": "The sample of recipients in {path} does not name their program. Fill the column program with one program.",
    },
    "verification_without_register": {
        "id": "{path} dicocokkan dengan register {period}, yang belum dimuat. Muat dahulu: petadesil load register ... --period {period}",
        "en": "{path} is matched to the register of {period}, which is not loaded. First run: petadesil load register ... --period {period}",
    },
    "fictional_mismatch": {
        "id": "Yang satu fiktif, yang lain tidak: {path} dan register {period}. Berkas fiktif bernama FIKTIF_...; muat sampel nyata hanya pada register nyata.",
        "en": "One is fictional and the other is not: {path} and the register of {period}. A fictional file is named FIKTIF_...; load a real sample on a real register only.",
    },
    "stratum_count_varies": {
        "id": "{path} baris {line}: stratum_cluster_count pada stratum {stratum} berubah dari {first} menjadi {second}. Satu stratum punya satu cacah gugus; perbaiki berkasnya.",
        "en": "{path} line {line}: stratum_cluster_count of the stratum {stratum} changes from {first} to {second}. A stratum has one count of clusters; correct the file.",
    },
    "cluster_count_varies": {
        "id": "{path} baris {line}: cluster_household_count pada gugus {cluster} (stratum {stratum}) berubah dari {first} menjadi {second}. Satu gugus punya satu cacah keluarga; perbaiki berkasnya.",
        "en": "{path} line {line}: cluster_household_count of the cluster {cluster} (stratum {stratum}) changes from {first} to {second}. A cluster has one count of households; correct the file.",
    },
    "stratum_count_below": {
        "id": "{path} baris {line}: stratum {stratum} dinyatakan berisi {stated} gugus, padahal berkas ini memuat {found}. Perbaiki stratum_cluster_count: cacah semua gugus dalam kerangka.",
        "en": "{path} line {line}: the stratum {stratum} is said to have {stated} clusters, but the file holds {found}. Correct stratum_cluster_count: the count of all clusters in the frame.",
    },
    "cluster_count_below": {
        "id": "{path} baris {line}: gugus {cluster} (stratum {stratum}) dinyatakan berisi {stated} keluarga, padahal berkas ini memuat {found}. Perbaiki cluster_household_count: cacah semua keluarga dalam kerangka.",
        "en": "{path} line {line}: the cluster {cluster} (stratum {stratum}) is said to have {stated} households, but the file holds {found}. Correct cluster_household_count: the count of all households in the frame.",
    },
    "estimate_without_sample": {
        "id": "Tidak ada sampel {truth}/{frame} untuk periode {period}. Muat dahulu dengan `petadesil load verification`.",
        "en": "There is no sample {truth}/{frame} for the period {period}. Load one first with `petadesil load verification`.",
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
    "no_sample": {
        "id": "Tidak ada sampel verifikasi yang diminta untuk {period}; yang ada: {known}. Muat dengan `petadesil load verification`, atau pilih yang ada.",
        "en": "There is no such verification sample for {period}; there are: {known}. Use `petadesil load verification`, or choose one that there is.",
    },
    "not_estimated": {
        "id": "Sampel {truth}/{frame} untuk {period} sudah dimuat, tetapi belum dihitung. Jalankan `petadesil estimate --period {period}`.",
        "en": "The sample {truth}/{frame} of {period} is loaded and not yet estimated. Run `petadesil estimate --period {period}`.",
    },
    "no_model": {
        "id": "Belum ada model wilayah kecil {program} untuk {period}. Jalankan `petadesil estimate --period {period}`.",
        "en": "There is no small-area model of {program} for {period} yet. Run `petadesil estimate --period {period}`.",
    },
    "unknown_measure": {
        "id": "Ukuran “{measure}” tidak dikenal. Pilih salah satu: {known}.",
        "en": "The measure “{measure}” is unknown. Choose one of: {known}.",
    },
    "limits_out_of_order": {
        "id": "Batas desil {low} sampai {high} tidak mungkin. Tulis dua desil dari 1 sampai 10, yang lebih rendah dahulu, misalnya 1-5.",
        "en": "Desil limits from {low} to {high} cannot be. Write two desil from 1 to 10, the lower one first, such as 1-5.",
    },
    "limits_malformed": {
        "id": "Batas desil “{limits}” tidak terbaca. Tulis desil pertama dan terakhir, misalnya 1-5.",
        "en": "The desil limits “{limits}” cannot be read. Write the first and the last desil, such as 1-5.",
    },
    "limits_not_published": {
        "id": "Dalam penyajian terbitan, batas desil harus dimulai dari desil {first} seperti aturannya, bukan {low}: selisih banyak batas membuka jumlah kecil. Ubah batas atasnya saja.",
        "en": "In published figures the limits must start at desil {first} as the rule does, not at {low}: the differences of many limits would open small counts. Change the upper limit only.",
    },
    "rule_conditions_differ": {
        "id": "Aturan {program} pada {date} berbeda dari aturan periode {period} bukan hanya dalam batas desil, tetapi juga dalam: {conditions}. Dari kubus hanya batas desil yang dapat dicoba; pilih tanggal lain, atau beri batasnya saja.",
        "en": "The rule of {program} on {date} differs from that of the period {period} in more than its desil limits: {conditions}. From the cubes only desil limits can be tried; choose another date, or give the limits alone.",
    },
    "no_rule_on": {
        "id": "Tidak ada aturan {program} yang berlaku pada {date}. Pilih tanggal lain, atau tambahkan barisnya di geo/policy/program_rule.csv.",
        "en": "No rule of {program} is in force on {date}. Choose another date, or add its row to geo/policy/program_rule.csv.",
    },
    "no_what_if": {
        "id": "Pertanyaan {query} hanya dijawab menurut aturan yang berlaku. Aturan lain dapat dicoba dengan coverage, coverage-by-desil, targeting-errors, dan comparison.",
        "en": "The question {query} is answered by the rule in force only. Other rules can be tried with coverage, coverage-by-desil, targeting-errors and comparison.",
    },
    "not_kept_at_desa": {
        "id": "Jawaban {query} tidak disimpan per desa, karena selnya terlalu kecil. Pilih tingkat kecamatan atau di atasnya.",
        "en": "Answers to {query} are not kept by desa, whose cells are too small. Choose the level kecamatan or above.",
    },
    "no_programs": {
        "id": "Belum ada program yang dipilih. Sebutkan programnya, misalnya --programs pkh,sembako.",
        "en": "No programs are chosen. Name them, such as --programs pkh,sembako.",
    },
    "nothing_to_compare": {
        "id": "Belum ada pembanding. Beri periode lain (--against), batas desil lain (--limits), atau tanggal aturan lain (--rule-on).",
        "en": "There is nothing to compare with. Give another period (--against), other desil limits (--limits), or the date of another rule (--rule-on).",
    },
    "plan_width": {
        "id": "Rentang {width} poin tidak dapat direncanakan. Isi lebih dari 0 dan paling banyak 100 poin, misalnya 20.",
        "en": "An interval of {width} points cannot be planned. Give more than 0 and at most 100 points, for example 20.",
    },
    "plan_cost": {
        "id": "Biaya Rp {cost} tidak masuk akal. Isi rupiah utuh, 0 sampai 999999999, misalnya 1500000 per desa dan 150000 per keluarga.",
        "en": "A cost of IDR {cost} makes no sense. Give whole rupiah, 0 to 999999999, for example 1500000 per desa and 150000 per household.",
    },
    "plan_budget": {
        "id": "Anggaran Rp {budget} tidak dapat direncanakan. Isi lebih dari 0 dan paling banyak 1000000000000000, atau kosongkan bila tidak dibatasi.",
        "en": "A budget of IDR {budget} cannot be planned with. Give more than 0 and at most 1000000000000000, or leave it out where there is no limit.",
    },
    "budget_too_small": {
        "id": "Anggaran Rp {budget} kurang: sampel terkecil, dua desa dan satu keluarga di tiap desa pada setiap wilayah, sudah memerlukan Rp {least}. Tambah anggaran, atau pilih wilayah yang lebih sedikit.",
        "en": "The budget of IDR {budget} is too small: the smallest sample, two desa with one household each in every wilayah, already needs IDR {least}. Raise the budget, or choose fewer wilayah.",
    },
    "plan_rho": {
        "id": "Kemiripan sedesa {rho} di luar 0 sampai 1 (0 sampai 100 %). Kosongkan agar ditaksir, atau isi misalnya 0,05 (5 %).",
        "en": "A likeness within a desa of {rho} lies outside 0 to 1 (0 to 100%). Leave it out to have it estimated, or give, for example, 0.05 (5%).",
    },
    "plan_level": {
        "id": "Sampel tidak dapat direncanakan per {level}. Pilih provinsi, kabupaten atau kecamatan: rentang membandingkan desa di dalamnya.",
        "en": "A sample cannot be planned by {level}. Choose provinsi, kabupaten or kecamatan: an interval compares the desa within.",
    },
    "plan_seed": {
        "id": "Benih {seed} tidak dapat dipakai. Isi bilangan bulat 0 sampai 4294967295.",
        "en": "The seed {seed} cannot be used. Give a whole number from 0 to 4294967295.",
    },
    "plan_truth": {
        "id": "Yang diamati “{truth}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "What is observed, “{truth}”, is unknown. Choose one of: {known}.",
    },
    "plan_is_empty": {
        "id": "Rencana ini tidak memuat satu keluarga pun, jadi tidak ada yang diundi. Pilih wilayah, program atau periode lain.",
        "en": "This plan holds not a single household, so there is nothing to draw. Choose another wilayah, program or period.",
    },
    "sample_not_csv": {
        "id": "{path} bukan nama berkas CSV. Beri nama yang berakhir .csv.",
        "en": "{path} is not the name of a CSV file. Give a name that ends in .csv.",
    },
    "sample_file_exists": {
        "id": "{path} sudah ada dan mungkin sudah berisi hasil lapangan, jadi tidak ditimpa. Pilih nama lain.",
        "en": "{path} is already there and may hold results of the field, so it is not overwritten. Choose another name.",
    },
    "sample_named_fictional": {
        "id": "Register ini nyata, tetapi {path} diawali FIKTIF. Pilih nama lain: berkas bernama FIKTIF dibaca sebagai data rekaan.",
        "en": "This register is real, but {path} starts with FIKTIF. Choose another name: a file named FIKTIF is read as invented data.",
    },
    "unknown_date": {
        "id": "“{date}” bukan tanggal. Tulis sebagai TTTT-BB-HH, misalnya 2025-04-01.",
        "en": "“{date}” is not a date. Write it as YYYY-MM-DD, for example 2025-04-01.",
    },
    "bad_design": {
        "id": "Sampel tidak dapat dihitung (baris {line} berkasnya): {fault}. Periksa kolom weight, stratum, cluster dan cacah gugusnya, lalu muat ulang.",
        "en": "Nothing can be estimated from the sample (line {line} of its file): {fault}. Check the columns weight, stratum, cluster and the counts of clusters, then load it again.",
    },
}

_NUMBERS = {"id": "angka rancangannya kosong atau mustahil", "en": "a number of its design is missing or impossible"}
_FEW = {"id": "wilayah atau jawabannya terlalu sedikit", "en": "there are too few areas or answers"}
_ALIKE = {"id": "jawaban atau penjelasnya tidak berbeda satu sama lain", "en": "answers or covariates do not differ"}
# Details that are keys of the code, in the reader's words; by the error's code and the detail's name.
TERMS = {
    ("usage_value", "accepted"): {
        "integer": {"id": "bilangan bulat", "en": "a whole number"},
        "integer range": {"id": "bilangan bulat dalam rentangnya", "en": "a whole number within its range"},
        "float": {"id": "bilangan", "en": "a number"},
    },
    ("verification_nothing_kept", "reason"): REASONS,
    ("rule_conditions_differ", "conditions"): {
        "components": {"id": "komponen", "en": "components"},
        "excluded_adminduk": {"id": "pengecualian menurut adminduk", "en": "exclusions by civil registration"},
        "wilayah_kinds": {"id": "jenis wilayah", "en": "kinds of wilayah"},
        "benefits": {"id": "besaran bantuan", "en": "benefits"},
    },
    ("bad_design", "fault"): {
        "missing_value": _NUMBERS,
        "weight_not_positive": {"id": "ada bobot yang nol atau negatif", "en": "a weight is zero or negative"},
        "bad_ratio": {"id": "ada pembilang yang melebihi penyebutnya", "en": "a numerator is above its denominator"},
        "frame_count_varies": {
            "id": "cacah dalam satu stratum atau gugus berubah-ubah",
            "en": "the counts within one stratum or cluster vary",
        },
        "frame_smaller_than_sample": {
            "id": "cacah stratum atau gugusnya lebih kecil daripada sampelnya",
            "en": "a stratum or cluster has fewer in the frame than in the sample",
        },
        "not_finite": _NUMBERS,
        "bad_proportion": _NUMBERS,
        "bad_size": _NUMBERS,
        "bad_code": _NUMBERS,
        "bad_domain": _NUMBERS,
        "shape_mismatch": _NUMBERS,
        "variance_not_positive": _NUMBERS,
        "rate_out_of_bounds": _NUMBERS,
        "target_out_of_bounds": _NUMBERS,
        "count_not_positive": _NUMBERS,
        "too_few_areas": _FEW,
        "no_variance": _FEW,
        "constant_values": _ALIKE,
        "collinear_covariates": _ALIKE,
    },
}
