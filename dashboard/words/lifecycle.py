"""Words of the commands that start, stop and look after the program."""

GROUP_HELP = (
    "Petadesil: peta desil, kesenjangan cakupan, dan salah sasaran bantuan sosial. Mulailah dengan `petadesil demo`."
)

STEPS = {
    "read": {"id": "Membaca berkas", "en": "Reading files"},
    "codes": {"id": "Mencocokkan kode", "en": "Matching codes"},
    "repair": {"id": "Memeriksa dan memperbaiki", "en": "Checking and repairing"},
    "dissolve": {"id": "Menggabungkan ke tingkat di atasnya", "en": "Dissolving upwards"},
    "shapes": {"id": "Menggambar bentuk peta", "en": "Drawing map shapes"},
    "write": {"id": "Menyimpan", "en": "Storing"},
    "cluster": {"id": "Server PostGIS", "en": "PostGIS server"},
    "database": {"id": "Basis data", "en": "Database"},
    "schema": {"id": "Skema", "en": "Schema"},
    "renew": {
        "id": "Pembuat provinsi fiktif sudah berubah: basis data demo dibuat ulang",
        "en": "The fictional province is drawn differently now: the demo database is made anew",
    },
    "surroundings": {"id": "Pemekaran dan angka resmi fiktif", "en": "Fictional split of a desa and official figures"},
    "outline": {"id": "Batas provinsi fiktif", "en": "Boundaries of the fictional province"},
    "draw": {"id": "Rumah tangga fiktif", "en": "Fictional households"},
    "register": {"id": "Register fiktif {period}", "en": "Fictional register {period}"},
    "sample": {"id": "Sampel verifikasi fiktif {period}", "en": "Fictional verification samples {period}"},
    "estimate": {"id": "Taksiran galat {period}", "en": "Estimates of the errors {period}"},
    "present": {"id": "sudah ada", "en": "already there"},
}

LIFECYCLE = {
    "up": {
        "id": "Server siap: PostgreSQL {version} di {place}.",
        "en": "The server is ready: PostgreSQL {version} at {place}.",
    },
    "down": {"id": "Server dihentikan; datanya tetap tersimpan.", "en": "The server was stopped; its data is kept."},
    "was_down": {"id": "Server memang tidak berjalan.", "en": "The server was not running."},
    "external_kept": {
        "id": "PETADESIL_DATABASE_URL menunjuk server lain; server itu dibiarkan berjalan.",
        "en": "PETADESIL_DATABASE_URL names another server; it was left running.",
    },
    "dashboard_stopped": {
        "id": "Dasbor di porta {port} dihentikan.",
        "en": "The dashboard on port {port} was stopped.",
    },
    "demo_ready": {
        "id": "Demo siap dalam {seconds} s. Lihat dengan: petadesil serve",
        "en": "The demo is ready in {seconds} s. See it with: petadesil serve",
    },
    "demo_ready_serving": {"id": "Demo siap dalam {seconds} s.", "en": "The demo is ready in {seconds} s."},
    "demo_fictional": {
        "id": "Provinsi 99 beserta seluruh rumah tangganya FIKTIF.",
        "en": "Province 99 and all of its households are FICTIONAL.",
    },
    "absent": {
        "id": "Server belum dibuat. Jalankan: petadesil up (atau petadesil demo)",
        "en": "There is no server yet. Run: petadesil up (or petadesil demo)",
    },
    "stopped": {
        "id": "Server tidak berjalan ({place}). Jalankan: petadesil up",
        "en": "The server is not running ({place}). Run: petadesil up",
    },
    "unreachable": {
        "id": "Server pada PETADESIL_DATABASE_URL tidak menjawab ({place}). Periksa alamat itu dan servernya.",
        "en": "The server that PETADESIL_DATABASE_URL names does not answer ({place}). Check the address and the server.",
    },
    "running": {
        "id": "Server berjalan: PostgreSQL {version} di {place}",
        "en": "The server is running: PostgreSQL {version} at {place}",
    },
    "database_empty": {
        "id": "Basis data {database}: belum berisi. Isi dengan petadesil load boundaries, atau petadesil demo.",
        "en": "Database {database}: nothing loaded yet. Fill it with petadesil load boundaries, or petadesil demo.",
    },
    "database_holds": {
        "id": "Basis data {database}: {provinsi} provinsi, {kabupaten} kabupaten/kota, {kecamatan} kecamatan, {desa} desa/kelurahan; "
        "{households} rumah tangga; periode {periods}",
        "en": "Database {database}: {provinsi} provinsi, {kabupaten} kabupaten/kota, {kecamatan} kecamatan, {desa} desa/kelurahan; "
        "{households} households; periods {periods}",
    },
    "no_period": {"id": "belum ada", "en": "none yet"},
    "skipped": {
        "id": "{count} uji dilewati; di CI setiap uji harus dijalankan: {names}",
        "en": "{count} tests were skipped; in CI every test must run: {names}",
    },
}

DOCTOR = {
    "mend": {"id": "perbaiki", "en": "mend"},
    "well": {"id": "Tidak ada yang kurang.", "en": "Nothing is missing."},
    "ill": {"id": "{count} hal perlu diperbaiki.", "en": "{count} things need mending."},
    "python": {"id": "Python {version}", "en": "Python {version}"},
    "library": {"id": "Pustaka Python sesuai kunci", "en": "Python libraries as locked"},
    "library_missing": {"id": "Pustaka Python belum ada: {names}", "en": "Python libraries are missing: {names}"},
    "library_other": {
        "id": "Versi pustaka Python menyimpang dari kunci: {names}",
        "en": "Python libraries differ from the lock: {names}",
    },
    "postgis": {"id": "PostgreSQL {version} dengan PostGIS", "en": "PostgreSQL {version} with PostGIS"},
    "postgis_missing": {
        "id": "PostgreSQL dengan PostGIS belum terpasang",
        "en": "PostgreSQL with PostGIS is not installed",
    },
    "account": {"id": "Akun sistem {account}", "en": "System account {account}"},
    "account_missing": {
        "id": "Akun sistem {account} tidak ada; server tidak dapat dijalankan oleh root",
        "en": "There is no system account {account}; root cannot run the server",
    },
    "folder": {
        "id": "Folder {folder} dapat ditulisi; ruang kosong {free_gb} GB",
        "en": "The folder {folder} can be written to; {free_gb} GB free",
    },
    "folder_closed": {"id": "Folder {folder} tidak dapat ditulisi", "en": "The folder {folder} cannot be written to"},
    "folder_full": {
        "id": "Ruang kosong di {folder} tinggal {free_gb} GB; perlu {need_gb} GB",
        "en": "Only {free_gb} GB is free in {folder}; {need_gb} GB is needed",
    },
    "server": {"id": "Server berjalan: PostgreSQL {version}", "en": "The server is running: PostgreSQL {version}"},
    "server_absent": {"id": "Server belum dibuat", "en": "There is no server yet"},
    "server_stopped": {"id": "Server tidak berjalan", "en": "The server is not running"},
    "server_unreachable": {
        "id": "Server pada PETADESIL_DATABASE_URL tidak menjawab: {place}",
        "en": "The server that PETADESIL_DATABASE_URL names does not answer: {place}",
    },
    "extension": {"id": "Server itu mempunyai PostGIS {version}", "en": "That server has PostGIS {version}"},
    "extension_missing": {"id": "Server itu tidak mempunyai PostGIS", "en": "That server has no PostGIS"},
    "port": {"id": "Porta {port} bebas", "en": "Port {port} is free"},
    "port_taken": {
        "id": "Porta {port} dipakai program lain (boleh jadi dasbor ini sendiri)",
        "en": "Port {port} is used by another program (maybe this very dashboard)",
    },
    "browser": {"id": "Chromium untuk uji layar", "en": "Chromium for the screen tests"},
    "browser_missing": {
        "id": "Chromium belum terpasang; hanya diperlukan oleh petadesil test",
        "en": "Chromium is not installed; only petadesil test needs it",
    },
}
