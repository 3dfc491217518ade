"""The sentences for a question that the loaded data cannot answer."""

ERRORS = {
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
    "unknown_kind": {
        "id": "Kata atau jenis “{kind}” tidak dikenal. Pilih dari daftar di halaman Kata status dan jenis.",
        "en": "The word or kind “{kind}” is unknown. Choose from the list on the page Status words and kinds.",
    },
    "unknown_desil": {
        "id": "Desil “{desil}” tidak dikenal. Desil adalah 1 sampai 10; 0 berarti belum ada desil.",
        "en": "The desil “{desil}” is unknown. A desil is 1 to 10; 0 stands for no desil yet.",
    },
    "desil_set_not_published": {
        "id": "Dalam penyajian terbitan, kumpulan desil {desil} tidak disajikan: selisih dua kumpulan membuka jumlah kecil. Pilih salah satu dari: {known} (0 berarti belum ada desil).",
        "en": "In published figures the set of desil {desil} is not shown: the difference of two sets would open small counts. Choose one of: {known} (0 stands for no desil yet).",
    },
    "programs_not_published": {
        "id": "Dalam penyajian terbitan, tumpang tindih tidak dapat dipersempit ke program {programs}: selisih dua pilihan membuka jumlah kecil. Tanyakan tanpa --programs.",
        "en": "In published figures the overlap cannot be narrowed to the programs {programs}: the difference of two choices would open small counts. Ask without --programs.",
    },
    "unknown_program": {
        "id": "Program “{program}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The program “{program}” is unknown. Choose one of: {known}.",
    },
    "program_not_measured": {
        "id": "Belum ada data penerima {program} dalam data yang dimuat. Pilih program yang terukur: {known}; isi "
        "programnya dapat dibaca di halaman Katalog program.",
        "en": "No loaded data hold recipients of {program}. Choose a program that is measured: {known}; the page Program "
        "catalogue says what the program is.",
    },
    "empty_period": {
        "id": "Tidak ada register untuk periode {period}. Periode yang tersedia: {known}.",
        "en": "There is no register for the period {period}. Periods at hand: {known}.",
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
    "no_earlier_period": {
        "id": "Perubahan menuju {period} memerlukan bulan yang lebih awal sebagai pembanding. Beri --against, misalnya --against 2026-05.",
        "en": "A change up to {period} needs an earlier month to be counted from. Give --against, such as --against 2026-05.",
    },
    "other_register": {
        "id": "{against} dan {period} berasal dari register yang berbeda (DTKS dan DTSEN), jadi tidak dijadikan satu deret. Pilih bulan dari register yang sama, atau tanyakan `comparison`.",
        "en": "{against} and {period} are of different registers (DTKS and DTSEN), so they make no series. Choose a month of the same register, or ask `comparison`.",
    },
    "unknown_date": {
        "id": "“{date}” bukan tanggal. Tulis sebagai TTTT-BB-HH, misalnya 2025-04-01.",
        "en": "“{date}” is not a date. Write it as YYYY-MM-DD, for example 2025-04-01.",
    },
    "unknown_measure": {
        "id": "Ukuran “{measure}” tidak dikenal. Pilih salah satu: {known}.",
        "en": "The measure “{measure}” is unknown. Choose one of: {known}.",
    },
}
