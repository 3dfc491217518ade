"""The sentences for boundary files whose codes nobody can tell, and for sources of boundaries kept side by side."""

ERRORS = {
    "names_only": {
        "id": "Tidak satu pun dari {count} poligon dalam {path} punya kode yang dikenal: berkas ini hanya memuat nama, atau kodenya dari tahun lain. Nama hanya memberi usulan ({suggested} poligon): tulis usulannya dengan --suggestions BERKAS.csv, isi kolom setuju, lalu muat lagi dengan --confirm BERKAS.csv.",
        "en": "Not one of the {count} polygons of {path} has a code that is known: the file holds names only, or codes of another year. Names only suggest ({suggested} polygons): write the suggestions with --suggestions FILE.csv, fill in the column setuju, then load again with --confirm FILE.csv.",
    },
    "system_unclear": {
        "id": "Kode dalam {path} (misalnya {example}) bisa berarti kode Kemendagri ({kemendagri:.0%} cocok) atau BPS ({bps:.0%} cocok). Nyatakan dengan --system kemendagri atau --system bps; muat daftar kode lebih dulu dengan `petadesil load codes` agar dapat diperiksa.",
        "en": "The codes of {path} ({example}, say) could be Kemendagri's ({kemendagri:.0%} match) or BPS's ({bps:.0%} match). State it by --system kemendagri or --system bps; load the code list first with `petadesil load codes`, so that it can be checked.",
    },
    "confirmation_unclear": {
        "id": "Baris {line} dalam {path}: kolom setuju berisi {said}. Tulis ya atau tidak, atau kosongkan bila belum diputuskan.",
        "en": "Line {line} of {path}: the column setuju says {said}. Write ya or tidak, or leave it empty while it is undecided.",
    },
    "confirmation_without_code": {
        "id": "Baris {line} dalam {path} disetujui tanpa given_code atau tanpa kode ({given_code}, {kode}). Isi keduanya, atau tulis tidak.",
        "en": "Line {line} of {path} is confirmed without a given_code or without a kode ({given_code}, {kode}). Fill in both, or write tidak.",
    },
    "confirmation_code_mangled": {
        "id": "Baris {line} dalam {path}: given_code {given_code} diubah menjadi angka oleh lembar kerja. Ambil lagi kode itu dari berkas usulan yang asli, dan simpan kolomnya sebagai teks.",
        "en": "Line {line} of {path}: a spreadsheet has made a number of the given_code {given_code}. Take that code from the original file of suggestions again, and keep its column as text.",
    },
    "confirmation_kode_unknown": {
        "id": "Baris {line} dalam {path}: kode {kode} tidak ada dalam daftar kode. Tulis dengan titik seperti 18.71.01.1001, dan periksa angkanya.",
        "en": "Line {line} of {path}: the kode {kode} is not in the code list. Write it with its dots, as 18.71.01.1001, and check its digits.",
    },
    "confirmation_twice": {
        "id": "Baris {line} dalam {path}: {repeated} sudah disetujui pada baris {first}. Satu poligon punya satu kode, dan satu kode satu poligon; tulis tidak pada salah satunya.",
        "en": "Line {line} of {path}: {repeated} was confirmed on line {first} already. A polygon has one kode and a kode one polygon; write tidak on one of the two.",
    },
    "geometry_unreadable": {
        "id": "Lapisan {layer} dalam {path} memuat bentuk yang rusak dan tidak dapat dibaca. Buka dan simpan ulang di QGIS, atau unduh lagi dari penerbitnya.",
        "en": "The layer {layer} of {path} holds a shape that is damaged and cannot be read. Open it in QGIS and save it again, or download it from its publisher.",
    },
    "source_unknown": {
        "id": "Tidak ada sumber batas bernomor {source}. Lihat nomornya dengan `petadesil boundaries list`.",
        "en": "There is no source of boundaries with the number {source}. See the numbers with `petadesil boundaries list`.",
    },
    "source_lacks_level": {
        "id": "Sumber batas {source} tidak punya wilayah tingkat {level} di provinsi {provinsi}. Lihat isinya dengan `petadesil boundaries list`.",
        "en": "The source of boundaries {source} has no wilayah of the level {level} in the provinsi {provinsi}. See what it has with `petadesil boundaries list`.",
    },
    "source_in_force": {
        "id": "Sumber batas {source} ({file}) masih berlaku di {count} tempat dan tidak dihapus. Berlakukan sumber lain dulu dengan `petadesil boundaries use`.",
        "en": "The source of boundaries {source} ({file}) is still in force in {count} places and was not removed. Put another one in force first with `petadesil boundaries use`.",
    },
}
