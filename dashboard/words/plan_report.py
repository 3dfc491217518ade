"""The words of the command that allocates a budget."""

RULE_NAMES = {
    "proportional": {"id": "Sebanding celah", "en": "Proportional to the gap"},
    "equal_coverage": {"id": "Cakupan merata", "en": "Equal coverage"},
    "lowest_first": {"id": "Cakupan terendah dahulu", "en": "Lowest coverage first"},
    "desil_first": {"id": "Desil 1 dahulu", "en": "Desil 1 first"},
    "optimal": {"id": "Eksklusi terkecil", "en": "Least exclusion"},
    "robust": {"id": "Tahan keraguan", "en": "Robust to doubt"},
    "own": {"id": "Bagian sendiri", "en": "Own shares"},
}
PLAN_REPORT = {
    "column.kode": {"id": "Kode", "en": "Code"},
    "column.name": {"id": "Wilayah", "en": "Wilayah"},
    "column.need_count": {"id": "Belum terjangkau", "en": "Uncovered"},
    "column.planned_count": {"id": "Dijangkau", "en": "Reached"},
    "column.amount_idr": {"id": "Jumlah (Rp)", "en": "Amount (IDR)"},
    "column.exclusion_after_rate": {"id": "Eksklusi sesudah", "en": "Exclusion after"},
    "column.rule": {"id": "Aturan", "en": "Rule"},
    "column.exclusion_after": {"id": "Eksklusi sesudah", "en": "Exclusion after"},
    "column.expected": {"id": "Benar-benar layak", "en": "Truly eligible"},
    "column.cost": {"id": "Rp per layak", "en": "IDR per eligible"},
    "column.gini": {"id": "Gini cakupan", "en": "Gini of coverage"},
    "column.left_out": {"id": "Tanpa bagian", "en": "Without a share"},
    "column.gap": {"id": "Jarak ke terbaik", "en": "Gap to optimum"},
    "column.remainder": {"id": "Sisa (Rp)", "en": "Remainder (IDR)"},
    "money": {
        "id": "Pagu Rp {budget} = bantuan Rp {benefit} + biaya per wilayah Rp {desa} + administrasi Rp {administration}"
        " + sisa Rp {remainder}.",
        "en": "Ceiling IDR {budget} = benefits IDR {benefit} + cost per wilayah IDR {desa} + administration IDR "
        "{administration} + remainder IDR {remainder}.",
    },
    "reached": {
        "id": "{planned} dari {need} yang belum terjangkau dijangkau di {served} wilayah; eksklusi menurut register turun dari"
        " {before} ke {after}.",
        "en": "{planned} of {need} uncovered are reached in {served} wilayah; exclusion by the register falls from {before}"
        " to {after}.",
    },
    "field": {
        "id": "Menurut lapangan: dari {before} ({before_lower} sampai {before_upper}) ke {after} ({lower} sampai {upper}).",
        "en": "By the field: from {before} ({before_lower} to {before_upper}) to {after} ({lower} to {upper}).",
    },
    "borrowed": {
        "id": "Peluang benar-benar layak bersandar pada sampel sebagian provinsi saja: {count} dari {total} wilayah memakai"
        " peluang provinsi lain karena tidak punya sampel sendiri.",
        "en": "The chance of being truly eligible rests on samples of some provinsi only: {count} of {total} wilayah take the"
        " chance of other provinsi, since they have no sample of their own.",
    },
    "no_data": {
        "id": "{count} dari {total} wilayah tidak punya register: angka register dan lapangan di atas tidak mencakupnya.",
        "en": "{count} of {total} wilayah have no register: the figures above, of register and field, leave them out.",
    },
    "idle": {
        "id": "Peringatan: {programs} tidak punya penerima di wilayah ini dalam register {period}, jadi tidak mengurangi celah.",
        "en": "Warning: {programs} has no recipients in this wilayah in the register of {period}, so it lowers no gap.",
    },
    "unspent": {
        "id": "Bagian yang diminta melebihi kebutuhan di {names}; selebihnya tetap sebagai sisa.",
        "en": "The share asked for is more than the need in {names}; the rest stays as remainder.",
    },
    "written": {"id": "Ditulis: {path}", "en": "Written: {path}"},
}
