"""The words of the rules side by side, and of what another ceiling would change."""

from dashboard.words.plan_report import RULE_NAMES

SCREEN = {
    # Rules side by side
    **{f"plan.rule.{rule}": texts for rule, texts in RULE_NAMES.items()},
    "plan.rule.proportional.what": {
        "id": "Setiap wilayah mendapat bagian sebesar bagiannya dalam celah; di dalamnya desil termiskin lebih dahulu.",
        "en": "Every wilayah gets a share as large as its share of the gap; within it the poorest desil comes first.",
    },
    "plan.rule.equal_coverage.what": {
        "id": "Uang mengisi wilayah yang cakupannya tertinggal sampai cakupannya sama; di dalamnya desil termiskin lebih dahulu.",
        "en": "The money lifts the wilayah that lag behind until coverage is the same; within them the poorest desil comes first.",
    },
    "plan.rule.lowest_first.what": {
        "id": "Wilayah dengan cakupan terendah dipenuhi lebih dahulu, lalu yang berikutnya; wilayah terakhir mungkin tidak mendapat apa-apa.",
        "en": "The wilayah of lowest coverage is filled first, then the next; the last ones may get nothing.",
    },
    "plan.rule.desil_first.what": {
        "id": "Desil 1 di semua wilayah lebih dahulu, lalu desil 2, dan seterusnya; desil yang tidak cukup dibagi menurut celahnya.",
        "en": "Desil 1 of every wilayah comes first, then desil 2, and so on; a desil short of money is shared by its gap.",
    },
    "plan.rule.optimal.what": {
        "id": "Dari semua pembagian yang mungkin, yang diperkirakan menjangkau paling banyak keluarga yang benar-benar layak (berbobot desil); bila sama baiknya, cakupannya diratakan.",
        "en": "Of all allocations that are possible, the one expected to reach most truly eligible units (weighted by desil); among equals coverage is evened out.",
    },
    "plan.rule.robust.what": {
        "id": "Pembagian yang hasilnya tetap baik bila peluang dari lapangan ternyata meleset: yang tertinggi dalam 5 % keadaan terburuk.",
        "en": "The allocation that still does well if the field's chances turn out wrong: the best in the worst 5% of cases.",
    },
    "plan.rule.own.what": {
        "id": "Menurut kolom Bagian dalam tabel di bawah; yang tidak dapat dipakai suatu wilayah menjadi sisa.",
        "en": "By the column Share of the table below; what a wilayah cannot use is left over.",
    },
    "plan.rules": {"id": "Aturan berdampingan", "en": "The rules side by side"},
    "plan.head.planned": {"id": "{unit} dijangkau", "en": "{unit} reached"},
    "plan.head.after": {"id": "Eksklusi sesudah (register)", "en": "Exclusion after (register)"},
    "plan.head.field": {"id": "Eksklusi sesudah (lapangan)", "en": "Exclusion after (field)"},
    "plan.head.unmendable": {"id": "Tidak teratasi dengan pagu ini", "en": "Beyond this ceiling"},
    "plan.head.expected": {"id": "Benar-benar layak (rentang)", "en": "Truly eligible (interval)"},
    "plan.head.robust": {"id": "Benar-benar layak, persentil ke-5", "en": "Truly eligible, 5th percentile"},
    "plan.head.inclusion": {"id": "Perkiraan tidak layak", "en": "Expected not eligible"},
    "plan.head.cost": {"id": "Biaya per yang benar-benar layak (juta Rp)", "en": "Cost per truly eligible (IDR million)"},
    "plan.head.gini": {"id": "Gini cakupan", "en": "Gini of coverage"},
    "plan.head.left_out": {"id": "{level} tanpa bagian", "en": "{level} without a share"},
    "plan.head.gap": {"id": "Di bawah yang terbaik", "en": "Below the best"},
    "plan.head.remainder": {"id": "Sisa (juta Rp)", "en": "Left (IDR million)"},
    "plan.gap.none": {"id": "terbaik", "en": "the best"},
    "plan.rules.note.unmendable": {
        "id": "Dengan pagu ini, aturan apa pun meninggalkan sedikitnya {rate} menurut register.",
        "en": "With this ceiling any rule leaves at least {rate} by the register.",
    },
    "plan.rules.note": {
        "id": "Semua aturan memakai pagu, biaya dan batas yang sama. Di bawah yang terbaik: terbukti bahwa nilai aturan itu paling banyak sekian persen di bawah pembagian terbaik yang mungkin. "
        "Gini 0: cakupan sama di setiap {level}. {level_start} tanpa bagian: punya celah, tidak mendapat apa-apa.",
        "en": "All rules have the same ceiling, costs and limits. Below the best: it is proven that the rule is worth at most that share less than the best allocation possible. "
        "A Gini of 0: the same coverage in every {level}. {level_start} without a share: it has a gap and gets nothing.",
    },
    "plan.rules.note.fixed": {
        "id": "Karena tiap {level} yang dilayani berbiaya sendiri, aturan yang melayani sedikit {level} dapat menjangkau lebih banyak penerima.",
        "en": "Since each {level} served has a cost of its own, a rule that serves few of them can reach more recipients.",
    },
    "plan.rules.note.field": {
        "id": "Menurut lapangan dan yang benar-benar layak: perkiraan dari sampel verifikasi dengan rentang 95 %; beda yang lebih kecil dari rentangnya belum tentu ada.",
        "en": "By the field and truly eligible: estimates from the verification sample with 95% intervals; a difference smaller than the interval may not be there.",
    },
    "plan.rules.note.no_field": {
        "id": "Eksklusi menurut lapangan tidak ditampilkan: sampel verifikasi di sini tidak ada atau terlalu kecil.",
        "en": "Exclusion by the field is not shown: the verification sample here is missing or too small.",
    },
    "plan.rules.note.chance_only": {
        "id": "Benar-benar layak: perkiraan dari sampel verifikasi dengan rentang 95 %. Eksklusi menurut lapangan tidak ditampilkan: sampel memberi peluang per desil, tetapi tidak cukup untuk eksklusi wilayah ini.",
        "en": "Truly eligible: estimates from the verification sample with 95% intervals. Exclusion by the field is not shown: the sample gives chances by desil, but not enough for the exclusion of this wilayah.",
    },
    # Frontier
    "plan.frontier": {"id": "Bila pagunya lain", "en": "If the ceiling were another"},
    "plan.frontier.exclusion": {"id": "Eksklusi menurut register", "en": "Exclusion by the register"},
    "plan.frontier.expected": {"id": "Perkiraan benar-benar layak yang dijangkau", "en": "Truly eligible expected to be reached"},
    "plan.frontier.axis": {"id": "Pagu ({unit} rupiah)", "en": "Ceiling ({unit} rupiah)"},
    "plan.frontier.own": {"id": "Rencana ini", "en": "This plan"},
    "plan.frontier.note": {
        "id": "Setiap titik adalah pagu lain dengan biaya, batas dan aturan yang sama. Di kanan, garis aturan terpilih di samping yang terbaik; garis putus-putus: pagu rencana ini.",
        "en": "Each point is another ceiling with the same costs, limits and rule. On the right the chosen rule beside the best; dashed: this plan's ceiling.",
    },
    "plan.points": {"id": "{points} poin", "en": "{points} points"},
    "plan.fall.title": {"id": "Turun per Rp 1 miliar", "en": "Fall per IDR 1 billion"},
    "plan.fall": {
        "id": "Di titik ini, satu miliar rupiah lagi menurunkan eksklusi menurut register **{points} poin**. Eksklusi terendah, {least}, tercapai dengan pagu {whole}.",
        "en": "From here, another billion rupiah lowers exclusion by the register by **{points} points**. The least, {least}, takes a ceiling of {whole}.",
    },
    "plan.fall.none": {
        "id": "Menambah pagu tidak mengubah apa-apa: dengan aturan dan batas ini eksklusi menurut register paling rendah **{least}**, dan pagu {whole} sudah cukup untuk itu.",
        "en": "More money changes nothing: with this rule and these limits exclusion by the register falls to **{least}** at best, and a ceiling of {whole} is enough for it.",
    },
    "plan.next": {"id": "Di mana {amount} berikutnya paling berguna", "en": "Where the next {amount} does most"},
    "plan.next.planned": {"id": "Tambahan {unit}", "en": "More {unit}"},
    "plan.next.expected": {"id": "Perkiraan benar-benar layak", "en": "Expected truly eligible"},
    "plan.next.note": {"id": "Dan {rest} {level} lain.", "en": "And {rest} more {level}."},
    "plan.next.nobody": {
        "id": "Tidak ada: celahnya tertutup, atau batas atas tercapai di setiap {level}.",
        "en": "Nowhere: the gap is closed, or every {level} is at its upper limit.",
    },
    "plan.next.all": {"id": "{level} lain tidak mendapat tambahan.", "en": "No other {level} gets more."},
}  # fmt: skip
