"""The sentences for an upload of boundaries that cannot be taken or that came to nothing."""

ERRORS = {
    "upload_nothing": {
        "id": "Belum ada berkas yang dipilih. Pilih satu berkas atau lebih, lalu periksa lagi.",
        "en": "No file has been chosen yet. Choose one file or several, then check again.",
    },
    "upload_without_vintage": {
        "id": "Tahun batas belum diisi. Isi tahun keadaan batas itu menurut penerbitnya; tahun itu menentukan kode mana yang dicari.",
        "en": "The year of the boundaries is not given. Give the year that the publisher states; it decides which codes are looked up.",
    },
    "upload_without_mapping": {
        "id": "Susunan sendiri memerlukan berkas pemetaan kolom (TOML). Tambahkan di bawah “Bila berkas tidak menyebutnya sendiri”, atau pilih penerbit lain.",
        "en": "An own layout needs a file that maps its columns (TOML). Add it under “Where the file does not say it”, or choose another publisher.",
    },
    "upload_too_large": {
        "id": "Berkas yang dikirim {size} MB, paling besar {most} MB. Muat berkas sebesar itu di server dengan `petadesil load boundaries`.",
        "en": "The files are {size} MB; the most is {most} MB. Load files of that size on the server with `petadesil load boundaries`.",
    },
    "upload_twice": {
        "id": "Berkas {name} dikirim dua kali. Pilih ulang berkasnya, masing-masing sekali.",
        "en": "The file {name} was sent twice. Choose the files again, each of them once.",
    },
    "upload_busy": {
        "id": "Unggahan lain sedang dibaca atau menunggu keputusan (paling banyak {most} sekaligus). Selesaikan atau buang yang itu, lalu ulangi.",
        "en": "Another upload is being read or waits for a decision ({most} at once at most). Finish or drop that one, then repeat.",
    },
    "upload_not_allowed": {
        "id": "Peran pengelola sudah berakhir. Masukkan kunci lagi, lalu ulangi.",
        "en": "The role of operator has ended. Give the key again, then repeat.",
    },
    "upload_died": {
        "id": "Proses yang membaca berkas berhenti sebelum selesai, mungkin karena memori habis; tidak ada yang disimpan. Coba berkas yang lebih kecil, atau `petadesil load boundaries` di server.",
        "en": "The process that read the file ended before it was done, perhaps out of memory; nothing was stored. Try a smaller file, or `petadesil load boundaries` on the server.",
    },
    "upload_too_long": {
        "id": "Berkas belum selesai dibaca setelah {minutes} menit dan dihentikan; tidak ada yang disimpan. Bagi per provinsi, atau muat di server dengan `petadesil load boundaries`.",
        "en": "The file was not done after {minutes} minutes and was stopped; nothing was stored. Split it by provinsi, or load it on the server with `petadesil load boundaries`.",
    },
    "upload_expired": {
        "id": "Unggahan menunggu terlalu lama (paling lama {minutes} menit) dan dibuang; tidak ada yang disimpan. Kirim berkasnya lagi.",
        "en": "The upload waited too long ({minutes} minutes at most) and was dropped; nothing was stored. Send the file again.",
    },
    "upload_failed": {
        "id": "Berkas tidak dapat dibaca sampai selesai ({reason}); tidak ada yang disimpan. Catatan server memuat rinciannya: sampaikan kepada yang menjalankannya.",
        "en": "The file could not be read to its end ({reason}); nothing was stored. The server's log has the details: tell the person who runs it.",
    },
}
