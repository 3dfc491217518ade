"""The sentences for a boundary, code or crosswalk file that cannot be taken as it is."""

ERRORS = {
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
        "id": "Isi arsip {path} terlalu banyak atau membengkak terlalu besar, sehingga tidak dibuka. Bila Anda mengenal pengirimnya, buka sendiri arsip itu dan muat berkas petanya.",
        "en": "The archive {path} unpacks to too much and was not opened. If you know its sender, unpack it yourself and load the map file in it.",
    },
    "archive_too_many": {
        "id": "Arsip {path} menyatakan berisi {count} berkas, terlalu banyak untuk peta. Arsip ini tidak dibuka; kirim berkas petanya saja.",
        "en": "The archive {path} states that it holds {count} files, too many for a map. It was not opened; send the map file alone.",
    },
    "archive_overlapping": {
        "id": "Dalam arsip {path}, {member} memakai tempat atau nama isi yang lain. Arsip seperti itu dibuat untuk mengelabui dan tidak dibuka; mintalah yang baru.",
        "en": "In the archive {path}, {member} takes the place or the name of another member. Such an archive is made to deceive and was not opened; ask for another.",
    },
    "archive_encrypted": {
        "id": "{member} dalam arsip {path} terkunci dengan sandi. Buka dengan sandinya, lalu muat berkas petanya.",
        "en": "{member} in the archive {path} is locked with a password. Unpack it with the password, then load the map file.",
    },
    "archive_method": {
        "id": "{member} dalam arsip {path} dimampatkan dengan cara yang tidak dibaca di sini. Buka sendiri lalu muat berkas petanya, atau buat ulang zip biasa (Deflate).",
        "en": "{member} in the archive {path} is compressed in a way that is not read here. Unpack it yourself and load the map file, or make an ordinary zip again (Deflate).",
    },
    "archive_nested": {
        "id": "Arsip {path} hanya berisi arsip lain ({member}). Buka sekali, lalu muat arsip di dalamnya.",
        "en": "The archive {path} holds only other archives ({member}). Unpack it once, then load the archive inside.",
    },
    "archive_damaged": {
        "id": "Arsip {path} rusak dan tidak dapat dibuka. Unduh ulang dari penerbitnya.",
        "en": "The archive {path} is damaged and cannot be unpacked. Download it again from its publisher.",
    },
    "address_refused": {
        "id": "{path} adalah alamat jaringan atau basis data, bukan berkas. Unduh dahulu berkasnya, lalu muat dari komputer ini.",
        "en": "{path} is an address of a network or a database, not a file. Download the file first, then load it from this machine.",
    },
    "link_outside": {
        "id": "{member} dalam folder {path} adalah tautan ke luar folder itu dan tidak diikuti. Salin berkas aslinya ke folder itu.",
        "en": "{member} in the folder {path} is a link that leads out of it, and is not followed. Copy the file itself into the folder.",
    },
    "folder_too_large": {
        "id": "Folder {path} berisi lebih dari {limit} berkas. Pilih folder yang hanya berisi petanya.",
        "en": "The folder {path} holds more than {limit} files. Choose the folder that holds the maps only.",
    },
    "folder_unreadable": {
        "id": "Isi folder {path} tidak dapat dilihat. Beri izin baca pada folder itu, atau salin petanya ke folder Anda sendiri.",
        "en": "The content of the folder {path} cannot be listed. Allow it to be read, or copy its maps into a folder of your own.",
    },
    "nothing_spatial": {
        "id": "Tidak ada berkas peta dalam {path}. Yang dibaca: {known}.",
        "en": "There is no map file in {path}. What is read: {known}.",
    },
    "file_not_regular": {
        "id": "{path} bukan berkas biasa (pipa, perangkat, atau folder) dan tidak dibaca. Simpan petanya sebagai berkas.",
        "en": "{path} is not an ordinary file (a pipe, a device or a folder) and is not read. Save the map as a file.",
    },
    "file_empty": {
        "id": "Berkas {path} kosong. Unduh ulang dari penerbitnya.",
        "en": "The file {path} is empty. Download it again from its publisher.",
    },
    "format_refused": {
        "id": "{path} adalah {format}, yang tidak dibaca di sini. Simpan ulang di program peta sebagai salah satu dari {known}.",
        "en": "{path} is {format}, which is not read here. Save it again in a map program as one of {known}.",
    },
    "file_disguised": {
        "id": "{path} tidak berisi {expected} seperti namanya, melainkan {found}. Berkas ini tidak dibuka; mintalah yang benar dari pengirimnya.",
        "en": "{path} does not hold {expected} as its name says, but {found}. It was not opened; ask its sender for the right one.",
    },
    "contents_too_large": {
        "id": "Isi {path} membengkak jauh melebihi ukurannya bila dibaca, sehingga dihentikan; tidak ada yang dimuat. Simpan ulang lapisannya sebagai GeoPackage.",
        "en": "The content of {path} unpacks to far more than its size, and reading was stopped; nothing was loaded. Save the layer as a GeoPackage again.",
    },
    "file_truncated": {
        "id": "Berkas {path} terpotong: isinya berakhir sebelum selesai. Unduh atau salin ulang dari penerbitnya.",
        "en": "The file {path} is truncated: it ends before its content does. Download or copy it again from its publisher.",
    },
    "file_damaged": {
        "id": "Isi {path} rusak dan tidak dapat dibaca ({reason}). Unduh ulang dari penerbitnya.",
        "en": "The content of {path} is damaged and cannot be read ({reason}). Download it again from its publisher.",
    },
    "count_implausible": {
        "id": "{path} menyatakan berisi {count} wilayah, yang tidak mungkin untuk ukurannya. Berkas ini rusak atau dipalsukan; unduh ulang dari penerbitnya.",
        "en": "{path} states that it holds {count} features, which its size does not allow. It is damaged or forged; download it again from its publisher.",
    },
    "geopackage_unsafe": {
        "id": "GeoPackage {path} berisi {member}, yang dapat membaca di luar berkas itu. Berkas ini tidak dibuka; simpan ulang lapisannya ke GeoPackage baru.",
        "en": "The GeoPackage {path} holds {member}, which can read outside of the file. It was not opened; save its layer to a new GeoPackage.",
    },
    "geopackage_without_layers": {
        "id": "{path} adalah basis data tanpa lapisan peta, bukan GeoPackage yang lengkap. Simpan ulang lapisannya sebagai GeoPackage.",
        "en": "{path} is a database without map layers, not a complete GeoPackage. Save the layer as a GeoPackage again.",
    },
    "geopackage_in_use": {
        "id": "GeoPackage {path} sedang dibuka program lain dan suntingannya belum tersimpan seluruhnya. Tutup program itu (misalnya QGIS), lalu ulangi.",
        "en": "The GeoPackage {path} is open in another program and its edits are not all in it yet. Close that program (such as QGIS), then repeat.",
    },
    "geometry_encoding": {
        "id": "Bentuk wilayah dalam {path} ditulis sebagai {encoding}, yang tidak dibaca di sini. Simpan ulang sebagai GeoParquet (WKB) atau GeoPackage.",
        "en": "The shapes in {path} are written as {encoding}, which is not read here. Save them again as GeoParquet (WKB) or as a GeoPackage.",
    },
    "text_not_readable": {
        "id": "Huruf dalam {path} bukan UTF-8 seperti yang dinyatakannya. Simpan ulang berkas itu dalam UTF-8.",
        "en": "The letters in {path} are not UTF-8 as it states. Save the file again in UTF-8.",
    },
    "reader_crashed": {
        "id": "Pembaca peta berhenti mendadak pada {path} ({reason}); tidak ada yang dimuat. Berkas itu mungkin rusak: simpan ulang sebagai GeoPackage.",
        "en": "The map reader broke down on {path} ({reason}); nothing was loaded. The file may be damaged: save it as a GeoPackage again.",
    },
    "reader_timeout": {
        "id": "Membaca {path} memakan waktu lebih dari {seconds} detik dan dihentikan; tidak ada yang dimuat. Pecah berkas itu per provinsi, atau simpan ulang sebagai GeoPackage.",
        "en": "Reading {path} took more than {seconds} seconds and was stopped; nothing was loaded. Split the file by provinsi, or save it as a GeoPackage.",
    },
    "reader_out_of_memory": {
        "id": "Membaca {path} memerlukan memori lebih dari {limit_mb} MB dan dihentikan; tidak ada yang dimuat. Pecah berkas itu per provinsi, atau simpan ulang sebagai GeoPackage.",
        "en": "Reading {path} needs more than {limit_mb} MB of memory and was stopped; nothing was loaded. Split the file by provinsi, or save it as a GeoPackage.",
    },
    "layers_too_many": {
        "id": "{path} berisi {count} lapisan; yang dibaca paling banyak {limit}. Simpan lapisan batasnya saja ke GeoPackage.",
        "en": "{path} holds {count} layers; at most {limit} are read. Save its layers of boundaries alone to a GeoPackage.",
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
        "id": "Kolom dalam {path} tidak dikenal untuk penerbit {publisher}: {found}. Yang diharapkan: {expected}. Periksa berkas dan --publisher, atau sebut kolomnya dalam berkas TOML dengan --mapping.",
        "en": "The columns of {path} are not known for the publisher {publisher}: {found}. Expected: {expected}. Check the file and --publisher, or name its columns in a TOML file with --mapping.",
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
    "no_geometry": {
        "id": "Lapisan {layer} dalam {path} tidak memuat bentuk wilayah. Pilih lapisan dengan poligon.",
        "en": "The layer {layer} in {path} has no shapes. Choose a layer with polygons.",
    },
    "not_polygons": {
        "id": "Lapisan {layer} dalam {path} berisi titik atau garis, bukan poligon. Pilih lapisan batas wilayah.",
        "en": "The layer {layer} in {path} holds points or lines, not polygons. Choose the layer of boundaries.",
    },
    "publisher_ambiguous": {
        "id": "Kolom dalam {path} cocok dengan susunan lebih dari satu penerbit ({known}). Nyatakan salah satu; yang akan dibaca: {options}.",
        "en": "The columns of {path} fit the layout of more than one publisher ({known}). State one of them; what each would read: {options}.",
    },
    "level_not_proven": {
        "id": "Tingkat lapisan {layer} dalam {path} tidak terbukti: kode beberapa tingkat sama-sama unik ({known}). Nyatakan dengan --level.",
        "en": "The level of the layer {layer} in {path} is not proven: the codes of several levels are unique alike ({known}). State it with --level.",
    },
    "mapping_unreadable": {
        "id": "Berkas pemetaan {path} bukan TOML yang benar, baris {line}: {reason}. Perbaiki baris itu.",
        "en": "The mapping file {path} is not valid TOML, line {line}: {reason}. Correct that line.",
    },
    "mapping_key_unknown": {
        "id": "Berkas pemetaan {path}, baris {line}: kunci {key} tidak dikenal. Yang dikenal: {known}.",
        "en": "Mapping file {path}, line {line}: the key {key} is unknown. Known are: {known}.",
    },
    "mapping_key_missing": {
        "id": "Berkas pemetaan {path} tidak memuat kunci {key}. Kunci yang dikenal: {known}. Tambahkan yang kurang.",
        "en": "The mapping file {path} lacks the key {key}. Known keys are: {known}. Add the missing one.",
    },
    "mapping_value_wrong": {
        "id": "Berkas pemetaan {path}, baris {line}: nilai {found} untuk {key} tidak dapat dipakai. Yang diharapkan: {known}.",
        "en": "Mapping file {path}, line {line}: the value {found} of {key} cannot be used. Expected: {known}.",
    },
    "crs_unknown": {
        "id": "Sistem koordinat {stated} tidak dikenal. Tulis nomor EPSG-nya, misalnya --crs EPSG:32748.",
        "en": "The coordinate system {stated} is unknown. Give its EPSG number, such as --crs EPSG:32748.",
    },
    "crs_unreadable": {
        "id": "Sistem koordinat lapisan {layer} dalam {path} tidak terbaca: {found}. Hapus .prj yang rusak itu dan nyatakan sistemnya dengan --crs EPSG:n.",
        "en": "The coordinate system of the layer {layer} in {path} cannot be read: {found}. Remove that damaged .prj and state the system with --crs EPSG:n.",
    },
    "crs_contradicted": {
        "id": "Lapisan {layer} dalam {path} menyebut {found} dan letaknya cocok, tetapi yang dinyatakan {stated}. Hilangkan --crs, atau perbaiki berkasnya.",
        "en": "The layer {layer} in {path} states {found}, and lies right by it, but {stated} was stated. Leave --crs out, or correct the file.",
    },
    "crs_to_state": {
        "id": "Lapisan {layer} dalam {path} tidak menyebut sistem koordinatnya dan angkanya meter ({bounds}). Tanyakan kepada pengirimnya, lalu nyatakan dengan --crs EPSG:n. Di Indonesia letaknya bila: {candidates}.",
        "en": "The layer {layer} in {path} states no coordinate system, and its numbers are metres ({bounds}). Ask its sender, then state it with --crs EPSG:n. It lies in Indonesia under: {candidates}.",
    },
    "crs_not_degrees": {
        "id": "Lapisan {layer} dalam {path} menyebut {crs} (derajat), tetapi angkanya meter ({bounds}). Nyatakan sistem yang benar dengan --crs EPSG:n. Di Indonesia letaknya bila: {candidates}.",
        "en": "The layer {layer} in {path} states {crs} (degrees), but its numbers are metres ({bounds}). State the right system with --crs EPSG:n. It lies in Indonesia under: {candidates}.",
    },
    "crs_not_metres": {
        "id": "Lapisan {layer} dalam {path} menyebut {crs} (meter), tetapi angkanya derajat ({bounds}). Bila memang WGS 84, nyatakan --crs EPSG:4326.",
        "en": "The layer {layer} in {path} states {crs} (metres), but its numbers are degrees ({bounds}). If it is WGS 84, state --crs EPSG:4326.",
    },
    "crs_without_shift": {
        "id": "Pergeseran datum {crs} (lapisan {layer} dalam {path}) ke WGS 84 tidak diketahui. Ubah ke EPSG:4326 di program peta, lalu muat lagi.",
        "en": "The datum shift of {crs} (layer {layer} in {path}) to WGS 84 is not known. Convert it to EPSG:4326 in a map program, then load again.",
    },
    "coordinates_not_finite": {
        "id": "{count} poligon lapisan {layer} dalam {path} memuat koordinat yang bukan angka, mulai baris {row}. Perbaiki atau hapus baris itu.",
        "en": "{count} polygons of the layer {layer} in {path} hold coordinates that are no numbers, from row {row}. Correct or remove those rows.",
    },
    "axes_mixed": {
        "id": "Pada {count} dari {total} poligon lapisan {layer} dalam {path} lintang ditulis sebelum bujur ({swapped_example}), pada yang lain sesudahnya ({example}). Samakan urutannya di sumbernya.",
        "en": "In {count} of {total} polygons of the layer {layer} in {path} latitude comes before longitude ({swapped_example}), in the others after it ({example}). Make the order one at the source.",
    },
    "outside_indonesia": {
        "id": "Lapisan {layer} dalam {path} berada di luar Indonesia ({bounds}) menurut {crs}. Sistem koordinat yang tertulis salah: nyatakan yang benar dengan --crs EPSG:n, atau perbaiki di sumbernya.",
        "en": "The layer {layer} in {path} lies outside Indonesia ({bounds}) by {crs}. The coordinate system it states is wrong: state the right one with --crs EPSG:n, or correct it at the source.",
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
        "id": "{count} dari {total} poligon hilang atau berubah luas lebih dari seperempat bila diperbaiki, misalnya {name} ({kode}): dari {before_km2} menjadi {after_km2} km2. Tidak ada yang dimuat; periksa apakah dua lapisan tercampur, lalu perbaiki di sumbernya.",
        "en": "{count} of {total} polygons would vanish or change their area by more than a quarter in the repair, such as {name} ({kode}): from {before_km2} to {after_km2} km2. Nothing was loaded; check whether two layers are mixed, and correct the file at the source.",
    },
    "coverage_not_repairable": {
        "id": "{count} poligon tetap tumpang tindih sesudah diperbaiki. Tidak ada yang dimuat; perbaiki berkasnya di program peta.",
        "en": "{count} polygons still overlap after the repair. Nothing was loaded; correct the file in a map program.",
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
}
