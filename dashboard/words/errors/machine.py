"""The sentences for what the program, its server or the machine cannot do."""

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
    "plan_cost_not_monthly": {
        "id": "Biaya Rp {cost} setahun tidak terbagi habis oleh {months} bulan. Isi --months 1 sampai 12 yang membaginya, atau biaya lain.",
        "en": "A cost of IDR {cost} a year is not a whole number of rupiah over {months} months. Give --months from 1 to 12 that divides it, or another cost.",
    },
    "plan_file_exists": {
        "id": "{path} sudah ada dan mungkin sudah diisi, jadi tidak ditimpa. Pilih nama lain.",
        "en": "{path} is already there and may have been filled in, so it is not overwritten. Choose another name.",
    },
    "plan_file_kind": {
        "id": "{kind}: jenis berkas ini tidak dapat dibuat dari rencana. Akhiri nama berkas dengan salah satu dari: {known}.",
        "en": "{kind}: a plan cannot be written as this kind of file. End the name in one of: {known}.",
    },
    "plan_table": {
        "id": "{path} baris {line}, kolom {column}: “{value}” tidak dapat dibaca. Perlu kolom kode (sekali per wilayah) dan salah satu dari floor, cap (bilangan bulat) atau share (bilangan, desimal dengan titik).",
        "en": "{path} line {line}, column {column}: “{value}” cannot be read. It needs the column kode (once for each wilayah) and one of floor, cap (whole numbers) or share (a number, with a decimal point).",
    },
    "plan_table_text": {
        "id": "{path} tidak dapat dibaca sebagai CSV berhuruf UTF-8. Simpan ulang berkasnya sebagai “CSV UTF-8”, lalu ulangi.",
        "en": "{path} cannot be read as CSV in UTF-8. Save the file again as “CSV UTF-8”, then try again.",
    },
    "plan_table_surplus": {
        "id": "{path} baris {line}: ada isian melebihi {count} kolom pada baris judul: “{value}”. Hapus isian itu, atau beri kolomnya judul; desimal ditulis dengan titik.",
        "en": "{path} line {line}: there is more than the {count} columns of the head: “{value}”. Remove it, or give its column a name; decimals are written with a point.",
    },
    "plan_table_empty": {
        "id": "{path} tidak memuat satu pun batas atau bagian. Isi floor, cap atau share sedikitnya di satu baris, atau hapus --shares.",
        "en": "{path} holds not one limit or share. Fill in floor, cap or share on at least one line, or drop --shares.",
    },
    "plan_table_kode": {
        "id": "{path}: {count} kode bukan wilayah dalam rencana ini: {names}. Rencana ini dibagi per {level} di {wilayah}; perbaiki kodenya, atau hapus barisnya.",
        "en": "{path}: {count} codes are no wilayah of this plan: {names}. This plan is shared out by {level} in {wilayah}; correct the codes, or remove their lines.",
    },
    "plan_without_target": {
        "id": "{names} hanya berlaku untuk program yang ditentukan dengan --target. Sebutkan juga --target, atau hapus {names}.",
        "en": "{names} holds only for a program that --target defines. Give --target too, or drop {names}.",
    },
    "plan_percent": {
        "id": "{name}: {value} % tidak dapat dipakai. Tulis persen bulat dari 0 sampai 100, misalnya 25%, atau jumlah penerima.",
        "en": "{name}: {value}% cannot be used. Give a whole percentage from 0 to 100, such as 25%, or a number of recipients.",
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
    "too_many_shapes": {
        "id": "Peta ini memuat {count} wilayah, lebih dari {most} yang dapat dijadikan satu berkas. Pilih wilayah yang lebih kecil, atau unduh CSV atau Excel.",
        "en": "This map holds {count} wilayah, more than the {most} that one file can hold. Choose a smaller wilayah, or download CSV or Excel.",
    },
    "no_shapes": {
        "id": "Batas {level} untuk wilayah {wilayah} belum dimuat, jadi belum ada peta untuk diunduh. Unduh CSV atau Excel, atau muat batasnya dengan `petadesil load boundaries`.",
        "en": "The boundaries of {level} for wilayah {wilayah} are not loaded, so there is no map to download. Download CSV or Excel, or load the boundaries with `petadesil load boundaries`.",
    },
    "file_not_written": {
        "id": "Berkas atau folder tidak dapat dibaca atau ditulis: {reason}. Periksa alamat dan izinnya, lalu ulangi.",
        "en": "A file or folder cannot be read or written: {reason}. Check its path and permissions, then try again.",
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
}
