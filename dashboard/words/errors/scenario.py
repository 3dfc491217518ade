"""The sentences for a scenario that cannot be stored, shown, compared or changed."""

TERMS = {
    ("scenarios_differ", "part"): {
        "unit": {"id": "satuan", "en": "units"},
        "program": {"id": "program atau komponen sasaran", "en": "programs or target components"},
        "disclosure": {"id": "cara penyajian angka", "en": "disclosure"},
        "level": {"id": "tingkat wilayah", "en": "levels"},
        "wilayah": {"id": "wilayah", "en": "wilayah"},
    },
    ("scenarios_differ", "given"): {
        "household": {"id": "keluarga", "en": "households"},
        "person": {"id": "jiwa", "en": "persons"},
        "pupil": {"id": "murid", "en": "pupils"},
        "exact": {"id": "angka tepat", "en": "exact figures"},
        "published": {"id": "angka terbitan", "en": "published figures"},
        "nasional": {"id": "nasional", "en": "nation"},
        "target:": {"id": "program daerah tanpa komponen", "en": "a local program without a component"},
        "target:pregnant": {"id": "program daerah untuk ibu hamil", "en": "a local program for pregnant women"},
        "target:child_0_6": {"id": "program daerah untuk anak 0–6 tahun", "en": "a local program for children of 0–6"},
        "target:sd": {"id": "program daerah untuk murid SD", "en": "a local program for primary school pupils"},
        "target:smp": {"id": "program daerah untuk murid SMP", "en": "a local program for junior secondary pupils"},
        "target:sma": {"id": "program daerah untuk murid SMA/SMK", "en": "a local program for senior secondary pupils"},
        "target:elderly": {"id": "program daerah untuk lansia", "en": "a local program for the elderly"},
        "target:disability": {
            "id": "program daerah untuk penyandang disabilitas", "en": "a local program for persons with a disability",
        },
    },
}  # fmt: skip

ERRORS = {
    "unknown_scenario": {
        "id": "Skenario nomor {scenario} tidak ada di basis data ini; mungkin sudah dihapus. Pilih dari daftar skenario.",
        "en": "There is no scenario number {scenario} in this database; it may have been deleted. Choose from the list of scenarios.",
    },
    "scenario_not_allowed": {
        "id": "Skenario nomor {scenario} memuat angka tepat, sedangkan di sini hanya angka terbitan yang boleh ditampilkan. Susun lagi dengan angka terbitan, atau buka di server yang boleh menampilkannya.",
        "en": "Scenario number {scenario} holds exact figures, while only published ones may be shown here. Plan it again with published figures, or open it where exact ones may be shown.",
    },
    "scenario_name": {
        "id": "Nama skenario harus 1 sampai {most} huruf; yang diketik {length}. Beri nama yang menyebut isinya, misalnya “Merata, pagu 5 miliar”.",
        "en": "A scenario's name needs 1 to {most} letters; {length} were typed. Give a name that says what is in it, such as “Even, ceiling of 5 billion”.",
    },
    "scenario_author": {
        "id": "Nama penyusun harus diisi, 1 sampai {most} huruf; yang diketik {length}. Tulis nama atau jabatan Anda.",
        "en": "The author's name is needed, 1 to {most} letters; {length} were typed. Write your name or your office.",
    },
    "scenario_note": {
        "id": "Catatan paling panjang {most} huruf; yang diketik {length}. Ringkaslah.",
        "en": "A note has at most {most} letters; {length} were typed. Shorten it.",
    },
    "scenario_ids": {
        "id": "“{given}” bukan nomor skenario. Tulis nomornya dengan tanda hubung, misalnya 12-15.",
        "en": "“{given}” are no numbers of scenarios. Write them with hyphens, such as 12-15.",
    },
    "scenarios_to_compare": {
        "id": "Yang dapat dibandingkan dua atau tiga skenario yang berlainan, bukan {count}. Pilih dua atau tiga dari daftar.",
        "en": "Two or three different scenarios can be compared, not {count}. Choose two or three from the list.",
    },
    "scenarios_differ": {
        "id": "Skenario ini tidak dapat dibandingkan karena {part}-nya berbeda: {given}. Pilih skenario yang sama dalam hal itu.",
        "en": "These scenarios cannot be compared, since their {part} differ: {given}. Choose scenarios that are alike in that.",
    },
    "scenario_level": {
        "id": "Skenario ini disusun per {known}, sehingga tidak ada bedanya per {level}. Pilih tingkat {known} atau di atasnya.",
        "en": "These scenarios were made by {known}, so there is no difference by {level}. Choose the level {known} or above.",
    },
    "scenario_exported": {
        "id": "Skenario nomor {scenario} sudah diekspor, sehingga tidak dapat diubah atau dihapus. Simpan skenario baru.",
        "en": "Scenario number {scenario} was exported and cannot be changed or deleted. Store a new scenario.",
    },
    "scenario_is_basis": {
        "id": "Skenario nomor {scenario} menjadi dasar skenario nomor {other} yang sudah diekspor, sehingga tidak dapat dihapus. Biarkan keduanya tersimpan.",
        "en": "Scenario number {scenario} is what the exported scenario number {other} is based on, and cannot be deleted. Keep both.",
    },
}
