"""The words of the test for clusters: where high and low rates gather, and of the chart of a wilayah's neighbours."""

SCREEN = {
    "page.skip": {"id": "Langsung ke isi halaman", "en": "Skip to the page's content"},
    "page.hot-spots": {"id": "Kelompok rawan", "en": "Hot spots"},
    "hot.title.exclusion": {
        "id": "Di mana {unit} layak {program} yang belum terjangkau mengumpul lebih dari kebetulan",
        "en": "Where eligible {unit} not reached by {program} gather more than by chance",
    },
    "hot.title.inclusion": {
        "id": "Di mana penerima {program} yang tidak layak mengumpul lebih dari kebetulan",
        "en": "Where recipients of {program} who are not eligible gather more than by chance",
    },
    "hot.title.share": {
        "id": "Di mana keluarga {desil} mengumpul lebih dari kebetulan",
        "en": "Where households of {desil} gather more than by chance",
    },
    "hot.answer": {
        "id": "Di {name}, **{high} dari {tested}** {level} yang diuji berada dalam kelompok yang angkanya tinggi bersama "
        "tetangganya, dan **{low}** dalam kelompok yang angkanya rendah.",
        "en": "In {name}, **{high} of {tested}** {level} that were tested lie in a cluster of high rates, and **{low}** in a "
        "cluster of low ones.",
    },
    "hot.alike": {
        "id": "Di {name} {level} yang bertetangga mirip satu sama lain (Moran I {moran}; p {p}).",
        "en": "In {name} neighbouring {level} are alike (Moran's I {moran}; p {p}).",
    },
    "hot.not_alike": {
        "id": "Di {name} tidak terbukti bahwa {level} yang bertetangga mirip satu sama lain (Moran I {moran}; p {p}).",
        "en": "In {name} it is not shown that neighbouring {level} are alike (Moran's I {moran}; p {p}).",
    },
    "hot.none.alike": {
        "id": "Di {name} ada kemiripan umum antar-{level} yang bertetangga (Moran I {moran}; p {p}), tetapi tidak satu pun dari "
        "**{tested}** {level} yang diuji dapat ditunjuk sebagai kelompok",
        "en": "In {name} neighbouring {level} are alike in general (Moran's I {moran}; p {p}), but none of the **{tested}** {level} "
        "that were tested can be pointed at as a cluster",
    },
    "hot.none": {
        "id": "Di {name} tidak satu pun dari **{tested}** {level} yang diuji dapat ditunjuk sebagai kelompok, dan {level} yang "
        "bertetangga tidak terbukti mirip (Moran I {moran}; p {p})",
        "en": "In {name} none of the **{tested}** {level} that were tested can be pointed at as a cluster, and neighbouring ones "
        "are not shown to be alike (Moran's I {moran}; p {p})",
    },
    "hot.none.try": {"id": "; coba tingkat {level}", "en": "; try the level of {level}"},
    "hot.untested": {
        "id": "{count} lainnya tidak diuji: angkanya tidak ada atau tidak ditampilkan.",
        "en": "{count} others are not tested: they have no rate, or none that is shown.",
    },
    "hot.too_few": {
        "id": "Tidak diuji: di {name} hanya **{tested}** {level} yang punya angka, sedangkan uji ini memerlukan paling sedikit "
        "**{least}**.",
        "en": "Not tested: in {name} only **{tested}** {level} have a rate, and this test needs at least **{least}**.",
    },
    "hot.all_alike": {
        "id": "Tidak diuji: semua angka {level} di {name} sama.",
        "en": "Not tested: all rates of {level} in {name} are the same.",
    },
    "hot.finer": {"id": "Uji menurut {level}", "en": "Test by {level}"},
    "hot.high": {"id": "Kelompok tinggi", "en": "High clusters"},
    "hot.low": {"id": "Kelompok rendah", "en": "Low clusters"},
    "hot.odd": {"id": "Berbeda dari tetangganya", "en": "Unlike their neighbours"},
    "hot.odd.parts": {"id": "{high} lebih tinggi, {low} lebih rendah", "en": "{high} higher, {low} lower"},
    "hot.of_tested": {"id": "{share} dari yang diuji", "en": "{share} of those tested"},
    "hot.moran": {"id": "Moran I", "en": "Moran's I"},
    "hot.moran.p": {"id": "p {p}; {tested} diuji", "en": "p {p}; {tested} tested"},
    "hot.groups": {"id": "Kelompok tinggi yang bersambung", "en": "High clusters that hang together"},
    "hot.groups.none": {
        "id": "Tidak ada kelompok tinggi di sini yang bertahan dalam uji.",
        "en": "No high cluster here survives the test.",
    },
    "hot.groups.head": {"id": "Di mana", "en": "Where"},
    "hot.groups.size": {"id": "Banyaknya", "en": "Size"},
    "hot.groups.rates": {"id": "Terendah–tertinggi", "en": "Lowest–highest"},
    "hot.groups.place": {"id": "{name} ({count})", "en": "{name} ({count})"},
    "hot.groups.more": {"id": "dan {count} lainnya", "en": "and {count} more"},
    "hot.groups.cut": {
        "id": "{shown} terbesar dari {all} kelompok; semuanya ada dalam CSV.",
        "en": "The {shown} largest of {all} groups; the CSV holds all.",
    },
    "hot.chart": {"id": "Tiap wilayah terhadap tetangganya", "en": "Each wilayah against its neighbours"},
    "hot.chart.own": {"id": "Angka sendiri", "en": "Own rate"},
    "hot.chart.neighbours": {"id": "Angka semua tetangga", "en": "Rate of all neighbours"},
    "hot.chart.note": {
        "id": "Satu titik satu {level}; garis putus-putus angka tengah. Kanan atas: tinggi di antara yang tinggi. Kelabu: tidak "
        "dapat dibedakan dari kebetulan.",
        "en": "One dot is one {level}; dashed lines are medians. Upper right: high among high ones. Grey: cannot be told from "
        "chance.",
    },
    "hot.chart.cut": {"id": "Digambar {shown} dari {all}, p terkecil lebih dahulu.",
                      "en": "{shown} of {all} are drawn, the smallest p first."},
    "hot.how": {
        "id": "Menurut register. Angka distabilkan menurut penyebutnya (Empirical Bayes), tetangga ialah yang berbatasan, dan "
        "{permutations} pengacakan menentukan p; dari yang dinyatakan nyata, paling banyak 5 % diharapkan keliru.",
        "en": "By the register. Rates are steadied by their denominators (Empirical Bayes), neighbours are those that touch, and "
        "{permutations} permutations give p; of those called significant, at most 5% are expected to be wrong.",
    },
    "hot.least": {
        "id": "p terkecil yang dapat diberikan pengacakan itu {p}. Karena {tested} {level} diuji sekaligus, kelompok nyata baru "
        "dapat ditemukan bila sedikitnya {least} di antaranya berada dalam kelompok; yang lebih sedikit luput.",
        "en": "The smallest p that these draws can give is {p}. As {tested} {level} are tested at once, clusters can only be "
        "found where at least {least} of them lie in one; fewer are missed.",
    },
    "hot.least.one": {
        "id": "p terkecil yang dapat diberikan pengacakan itu {p}: dari {tested} {level} yang diuji, satu saja sudah dapat ditemukan.",
        "en": "The smallest p that these draws can give is {p}: of the {tested} {level} tested, even a single one can be found.",
    },
    "cluster.high_high": {"id": "tinggi di antara yang tinggi", "en": "high among high"},
    "cluster.high_low": {"id": "tinggi di antara yang rendah", "en": "high among low"},
    "cluster.low_high": {"id": "rendah di antara yang tinggi", "en": "low among high"},
    "cluster.low_low": {"id": "rendah di antara yang rendah", "en": "low among low"},
    "cluster.none": {"id": "tidak nyata", "en": "not significant"},
    "cluster.high_high.short": {"id": "tinggi–tinggi", "en": "high–high"},
    "cluster.high_low.short": {"id": "tinggi–rendah", "en": "high–low"},
    "cluster.low_high.short": {"id": "rendah–tinggi", "en": "low–high"},
    "cluster.low_low.short": {"id": "rendah–rendah", "en": "low–low"},
    "cluster.none.short": {"id": "tidak nyata", "en": "not sig."},
    "measure.exclusion_cluster": {"id": "Kelompok belum terjangkau", "en": "Clusters of not reached"},
    "measure.exclusion_cluster.short": {"id": "Kelompok", "en": "Cluster"},
    "measure.share_cluster": {"id": "Kelompok bagian desil", "en": "Clusters of the desil's share"},
    "measure.share_cluster.short": {"id": "Kelompok", "en": "Cluster"},
    "measure.inclusion_cluster": {"id": "Kelompok penerima tidak layak", "en": "Clusters of not eligible"},
    "measure.inclusion_cluster.short": {"id": "Kelompok", "en": "Cluster"},
    "tooltip.rate": {"id": "{rate} ({counts})", "en": "{rate} ({counts})"},
    "tooltip.neighbours": {"id": "tetangga: {rate}", "en": "neighbours: {rate}"},
    "tooltip.p": {"id": "p {p}", "en": "p {p}"},
    "list.neighbours": {"id": "Tetangga", "en": "Around"},
    "list.cluster": {"id": "Kelompok", "en": "Cluster"},
    "column.exclusion_cluster": {"id": "Kelompok belum terjangkau", "en": "Cluster of not reached"},
    "column.inclusion_cluster": {"id": "Kelompok penerima tidak layak", "en": "Cluster of not eligible"},
    "column.share_cluster": {"id": "Kelompok bagian desil", "en": "Cluster of the desil's share"},
    "column.neighbour_exclusion_rate": {"id": "Belum terjangkau, tetangga", "en": "Not reached, neighbours"},
    "column.neighbour_inclusion_rate": {"id": "Tidak layak, tetangga", "en": "Not eligible, neighbours"},
    "column.neighbour_share_rate": {"id": "Bagian desil, tetangga", "en": "Desil's share, neighbours"},
    "column.exclusion_p": {"id": "p (belum terjangkau)", "en": "p (not reached)"},
    "column.inclusion_p": {"id": "p (tidak layak)", "en": "p (not eligible)"},
    "column.share_p": {"id": "p (bagian desil)", "en": "p (desil's share)"},
    "column.exclusion_group_count": {"id": "Besar kelompok (belum terjangkau)", "en": "Size of the group (not reached)"},
    "column.inclusion_group_count": {"id": "Besar kelompok (tidak layak)", "en": "Size of the group (not eligible)"},
    "column.share_group_count": {"id": "Besar kelompok (bagian desil)", "en": "Size of the group (desil's share)"},
    "neighbours.title": {"id": "{name} di antara tetangganya", "en": "{name} among its neighbours"},
    "neighbours.title.parts": {"id": "{level} di {name}, menurut wilayah di atasnya", "en": "{level} in {name}, by the wilayah above"},
    "neighbours.own": {"id": "wilayah ini", "en": "this wilayah"},
    "neighbours.beside": {"id": "yang berbatasan", "en": "beside it"},
    "neighbours.sibling": {"id": "lainnya", "en": "others"},
    "neighbours.parent": {"id": "angka {name}", "en": "rate of {name}"},
    "neighbours.note": {
        "id": "Satu titik satu {level}; garis tegak: angka wilayah di atasnya. Yang tidak ditampilkan angkanya tidak digambar.",
        "en": "One dot is one {level}; the upright line is the rate of the wilayah above. Those without a shown rate are not drawn.",
    },
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
_LIMITS = {
    "id": "menurut register; kelompok bukan sebab; yang tidak nyata tidak berarti rendah; kelompok kecil dapat luput",
    "en": "by the register; a cluster is no cause; not significant does not mean low; small clusters can be missed",
}
_FORMULA = {
    "id": "Iᵢ = zᵢ · rata-rata z tetangga; nyata bila p di bawah batas laju temuan keliru 5 %",
    "en": "Iᵢ = zᵢ · mean z of the neighbours; significant if p is below the cut of a 5% false discovery rate",
}
CARDS = {
    "exclusion_cluster": {
        "id": ("Apakah bagian yang belum terjangkau di suatu wilayah dan tetangganya sama-sama tinggi, atau rendah, lebih dari "
               "yang dapat terjadi karena kebetulan.", _FORMULA["id"], "semua yang layak menurut aturan", _LIMITS["id"]),
        "en": ("Whether the share not reached is high, or low, in a wilayah and its neighbours alike, more than chance would "
               "bring about.", _FORMULA["en"], "all eligible by the rule", _LIMITS["en"]),
    },
    "share_cluster": {
        "id": ("Apakah bagian keluarga di desil terpilih sama-sama tinggi, atau rendah, di suatu wilayah dan tetangganya.",
               _FORMULA["id"], "semua keluarga dalam register", _LIMITS["id"]),
        "en": ("Whether the share of households in the chosen desil is high, or low, in a wilayah and its neighbours alike.",
               _FORMULA["en"], "all households in the register", _LIMITS["en"]),
    },
    "inclusion_cluster": {
        "id": ("Apakah bagian penerima yang tidak layak sama-sama tinggi, atau rendah, di suatu wilayah dan tetangganya.",
               _FORMULA["id"], "semua penerima", _LIMITS["id"]),
        "en": ("Whether the share of recipients who are not eligible is high, or low, in a wilayah and its neighbours alike.",
               _FORMULA["en"], "all recipients", _LIMITS["en"]),
    },
}  # fmt: skip
