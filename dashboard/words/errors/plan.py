"""The sentences for an allocation that cannot be made, each with the nearest change that would make it possible."""

_FIELDS = {
    "stage": {"id": "tahapan", "en": "the stage"},
    "funding": {"id": "sumber dana", "en": "the source of funds"},
    "rule": {"id": "aturan pembagian", "en": "the rule"},
    "unit": {"id": "satuan", "en": "the unit"},
    "probability": {"id": "peluang benar-benar layak", "en": "the chance of being truly eligible"},
    "component": {"id": "komponen", "en": "the component"},
    "budget_idr": {"id": "Pagu", "en": "The ceiling"},
    "benefit_idr": {"id": "Bantuan per bulan", "en": "The benefit a month"},
    "administration_idr": {"id": "Administrasi", "en": "Administration"},
    "desa_idr": {"id": "Biaya per wilayah yang dilayani", "en": "The cost of each wilayah served"},
}
_PARTS = {
    "desil": {"id": "Desil sasaran", "en": "The target's desil"},
    "weights": {"id": "Bobot desil", "en": "The desil weights"},
    "target": {"id": "Nama program", "en": "The program's name"},
}
TERMS = {
    ("plan_choice", "field"): _FIELDS,
    ("plan_money", "field"): _FIELDS,
    ("plan_target", "part"): _PARTS,
    ("plan_input_malformed", "field"): {
        "kode": {"id": "kode wilayah", "en": "the wilayah's code"},
        "floor": {"id": "batas bawah (bilangan bulat dari 0)", "en": "the floor (a whole number from 0)"},
        "cap": {"id": "batas atas (bilangan bulat dari 0)", "en": "the cap (a whole number from 0)"},
        "share": {"id": "bagian (angka dari 0)", "en": "the share (a number from 0)"},
    },
}

ERRORS = {
    "plan_malformed": {
        "id": "Bagian “{part}” bukan bagian dari permintaan rencana dan tidak dapat dibaca. Isi lagi lewat masukan di halaman, atau salin tautannya seutuhnya.",
        "en": "The part “{part}” is not part of a plan's request and cannot be read. Fill it in again on the page, or copy the whole link.",
    },
    "plan_choice": {
        "id": "“{given}” tidak dikenal untuk {field}. Pilih salah satu: {known}.",
        "en": "“{given}” is unknown for {field}. Choose one of: {known}.",
    },
    "plan_year": {
        "id": "Tahun anggaran {year} di luar {first} sampai {last}. Pilih tahun di antaranya.",
        "en": "The budget year {year} is outside {first} to {last}. Choose a year between them.",
    },
    "plan_months": {
        "id": "Bantuan selama {months} bulan tidak mungkin dalam satu tahun anggaran. Isi 1 sampai 12 bulan.",
        "en": "A benefit for {months} months does not fit one budget year. Give 1 to 12 months.",
    },
    "plan_money": {
        "id": "{field} Rp {amount} tidak masuk akal. Yang dapat dihitung: paling sedikit Rp {least}, paling banyak Rp {most}.",
        "en": "{field} of IDR {amount} makes no sense. What can be reckoned with: at least IDR {least}, at most IDR {most}.",
    },
    "plan_target": {
        "id": "{part} “{given}” tidak dapat dipakai. Desil adalah 1 sampai 10, sedikitnya satu; bobot ada sepuluh, 0 sampai 100 kali, tidak semuanya nol; nama paling panjang 40 huruf atau angka.",
        "en": "{part} “{given}” cannot be used. Desil are 1 to 10, at least one; weights are ten, 0 to 100 times, not all of them nought; a name has at most 40 letters or digits.",
    },
    "plan_limits": {
        "id": "Batas atas {cap} lebih rendah daripada batas bawah {floor} (atau di luar 0 sampai 100 %). Naikkan batas atas menjadi sedikitnya {floor}, atau turunkan batas bawah menjadi {cap}.",
        "en": "The cap of {cap} is below the floor of {floor} (or outside 0 to 100%). Raise the cap to at least {floor}, or lower the floor to {cap}.",
    },
    "plan_administration": {
        "id": "Administrasi Rp {administration} menghabiskan seluruh pagu Rp {budget}, sehingga tidak ada yang tersisa untuk bantuan. Turunkan administrasi, atau naikkan pagu di atas Rp {administration}.",
        "en": "Administration of IDR {administration} takes all of the ceiling of IDR {budget}, so that nothing is left for benefits. Lower it, or raise the ceiling above IDR {administration}.",
    },
    "plan_shock_level": {
        "id": "Rencana untuk wilayah bencana dihitung per desa, bukan per {level}, karena batasnya mengikuti desa. Pilih tingkat desa.",
        "en": "A plan for an area struck by a shock is made by desa, not by {level}, since the area follows desa. Choose the level desa.",
    },
    "unknown_shock": {
        "id": "Wilayah bencana nomor {shock} tidak ada dalam data ini. Pilih dari halaman Guncangan, atau susun rencana tanpa wilayah bencana.",
        "en": "There is no shock area number {shock} in this data. Choose one on the page of shocks, or plan without one.",
    },
    "unknown_plan_input": {
        "id": "Batas dan bagian per wilayah dengan kunci {key} tidak tersimpan di basis data ini. Susun rencana tanpa isian itu, atau isi lagi tabelnya.",
        "en": "The limits and shares of wilayah with the key {key} are not kept in this database. Plan without them, or fill in the table again.",
    },
    "plan_no_need": {
        "id": "Tidak ada celah yang dapat dijangkau: setiap yang layak di wilayah ini sudah terjangkau, atau tidak ada yang layak. Pilih wilayah atau program lain, atau kurangi program yang dihitung sudah mencakup.",
        "en": "There is no gap to reach: everybody eligible in this wilayah is reached already, or nobody is eligible. Choose another wilayah or program, or count fewer programs as covering.",
    },
    "plan_covered_not_published": {
        "id": "Pada tampilan yang menyembunyikan sel kecil, yang dihitung sudah tercakup hanya dapat tidak satu pun atau semua program: selisih dua pilihan akan membuka angka kecil. Kosongkan pilihannya, atau pilih semua.",
        "en": "Where small cells are hidden, either no program or every program can count as covering: the difference of two choices would tell small figures. Choose none, or all.",
    },
    "plan_no_room": {
        "id": "Batas atas semua wilayah nol, jadi tidak ada yang dapat dijangkau. Naikkan batas atas, atau kosongkan.",
        "en": "The cap of every wilayah is nought, so nobody can be reached. Raise the cap, or leave it out.",
    },
    "plan_nothing_to_buy": {
        "id": "Pagu Rp {budget} tidak cukup untuk satu penerima pun beserta administrasi dan biaya wilayahnya. Pagu terkecil yang cukup: Rp {least}.",
        "en": "The ceiling of IDR {budget} does not pay for a single recipient with administration and the cost of a wilayah. The least ceiling that does: IDR {least}.",
    },
    "plan_below_floors": {
        "id": "Pagu Rp {budget} tidak cukup untuk memenuhi batas bawah semua wilayah. Pagu terkecil yang cukup: Rp {least}; atau turunkan batas bawahnya.",
        "en": "The ceiling of IDR {budget} does not pay for the floors of all wilayah. The least ceiling that does: IDR {least}; or lower the floors.",
    },
    "plan_cap_below_floor": {
        "id": "Di {count} wilayah batas atas lebih rendah daripada batas bawah: {names}. Di wilayah pertama batas bawahnya {floor} dan batas atasnya {cap}; samakan, atau kosongkan salah satunya.",
        "en": "In {count} wilayah the cap is below the floor: {names}. In the first the floor is {floor} and the cap {cap}; make them equal, or leave one of them empty.",
    },
    "plan_floor_above_need": {
        "id": "Di {count} wilayah batas bawah melebihi yang belum terjangkau: {names}. Di wilayah pertama batas bawahnya {floor}, sedangkan yang belum terjangkau {need}; turunkan menjadi paling banyak {need}.",
        "en": "In {count} wilayah the floor is above the number not reached: {names}. In the first the floor is {floor} while {need} are not reached; lower it to {need} at most.",
    },
    "plan_shares": {
        "id": "Bagian sendiri tidak dapat dipakai: semuanya nol, atau ada yang negatif. Isi kolom Bagian sedikitnya di satu wilayah dengan angka di atas nol.",
        "en": "The own shares cannot be used: all of them are nought, or one is negative. Give at least one wilayah a number above nought in the column Share.",
    },
    "plan_input_malformed": {
        "id": "Isian tabel untuk {kode} tidak dapat dipakai: {field} berisi “{value}”. Perbaiki isian itu, atau kosongkan.",
        "en": "What was filled in for {kode} cannot be used: {field} is “{value}”. Correct it, or leave it empty.",
    },
    "plan_input_too_long": {
        "id": "Tabel isian memuat {rows} wilayah, lebih dari {most}. Isi hanya wilayah yang batas atau bagiannya berbeda dari yang umum.",
        "en": "The table that was filled in holds {rows} wilayah, more than {most}. Fill in only those whose limits or share differ from the general ones.",
    },
    "shock_without_desa": {
        "id": "Wilayah bencana ini tidak memuat satu desa pun, sehingga tidak disimpan. Gambarlah lebih luas, atau pilih desanya.",
        "en": "This area holds not one desa, so it was not kept. Draw it larger, or choose its desa.",
    },
    "shock_desa_unknown": {
        "id": "{count} kode desa dalam wilayah bencana tidak dikenal di basis data ini, misalnya {kode}. Muat batas wilayahnya lebih dahulu, atau pilih ulang desanya.",
        "en": "{count} codes of desa in this area are unknown to this database, such as {kode}. Load those boundaries first, or choose the desa again.",
    },
}
