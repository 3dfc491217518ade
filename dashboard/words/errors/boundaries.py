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
}
