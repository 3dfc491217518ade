"""The sentence for each error code: what is wrong, where, and what to do."""

ERRORS = {
    "unexpected": {
        "id": "Terjadi kesalahan yang belum dikenal ({code}). Muat ulang halaman; bila terulang, kirim catatan server kepada pengelola.",
        "en": "An unknown error occurred ({code}). Reload the page; if it happens again, send the server's log to its keeper.",
    },
    "database_down": {
        "id": "Basis data tidak dapat dihubungi. Jalankan `petadesil up`, lalu muat ulang halaman ini.",
        "en": "The database cannot be reached. Run `petadesil up`, then reload this page.",
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
        "id": "Program “{program}” tidak dikenal. Pilih program dari daftar di panel samping.",
        "en": "The program “{program}” is unknown. Choose one from the list in the sidebar.",
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
}  # fmt: skip
