"""The words of what changes from month to month: maps of change, lines, and the flows of families."""

SCREEN = {
    "page.trends": {"id": "Perubahan", "en": "Changes"},
    "trend.title": {"id": "Apa yang berubah di {name} sejak {since}?", "en": "What has changed in {name} since {since}?"},
    "trend.title.alone": {"id": "Apa yang berubah di {name}?", "en": "What has changed in {name}?"},
    "trend.answer": {"id": "Sejak {since}, {exclusion}; {without}.", "en": "Since {since}, {exclusion}; {without}."},
    "trend.exclusion.up": {
        "id": "bagian {unit} layak di {name} yang belum menerima {program} naik dari {before} menjadi **{now}**",
        "en": "the share of eligible {unit} in {name} not receiving {program} rose from {before} to **{now}**",
    },
    "trend.exclusion.down": {
        "id": "bagian {unit} layak di {name} yang belum menerima {program} turun dari {before} menjadi **{now}**",
        "en": "the share of eligible {unit} in {name} not receiving {program} fell from {before} to **{now}**",
    },
    "trend.exclusion.same": {
        "id": "bagian {unit} layak di {name} yang belum menerima {program} tetap **{now}**",
        "en": "the share of eligible {unit} in {name} not receiving {program} stayed at **{now}**",
    },
    "trend.exclusion.suppressed": {
        "id": "perubahan eksklusi {program} di {name} disembunyikan karena selnya kecil",
        "en": "the change of exclusion from {program} in {name} is hidden, since its cells are small",
    },
    "trend.exclusion.too_uncertain": {
        "id": "perubahan eksklusi {program} di {name} tidak cukup pasti untuk ditampilkan, karena jumlahnya dibulatkan",
        "en": "the change of exclusion from {program} in {name} is not certain enough to be shown, since counts are rounded",
    },
    "trend.exclusion.not_applicable": {
        "id": "pada salah satu dari kedua bulan tidak ada yang layak {program} di {name}",
        "en": "in one of the two months nobody in {name} is eligible for {program}",
    },
    "trend.exclusion.no_data": {
        "id": "data {program} untuk {name} hanya ada pada salah satu dari kedua bulan, atau tidak ada",
        "en": "there are figures of {program} for {name} in one of the two months only, or in none",
    },
    "trend.without.up": {
        "id": "keluarga desil 1 yang tidak menerima program apa pun naik dari {before} menjadi **{now}**",
        "en": "households of desil 1 that receive no program at all rose from {before} to **{now}**",
    },
    "trend.without.down": {
        "id": "keluarga desil 1 yang tidak menerima program apa pun turun dari {before} menjadi **{now}**",
        "en": "households of desil 1 that receive no program at all fell from {before} to **{now}**",
    },
    "trend.without.same": {
        "id": "keluarga desil 1 yang tidak menerima program apa pun tetap **{now}**",
        "en": "households of desil 1 that receive no program at all stayed at **{now}**",
    },
    "trend.without.suppressed": {
        "id": "keluarga desil 1 yang tidak menerima program apa pun terlalu sedikit untuk ditampilkan",
        "en": "households of desil 1 that receive no program at all are too few to be shown",
    },
    "trend.without.too_uncertain": {
        "id": "perubahan keluarga desil 1 tanpa program tidak cukup pasti untuk ditampilkan, karena jumlahnya dibulatkan",
        "en": "the change of households of desil 1 without a program is not certain enough to be shown, since counts are rounded",
    },
    "trend.without.not_applicable": {
        "id": "pada salah satu bulan tidak ada keluarga desil 1", "en": "in one of the months there is no household of desil 1",
    },
    "trend.without.no_data": {
        "id": "keluarga tanpa program tidak diketahui pada salah satu bulan",
        "en": "households without any program are not known in one of the months",
    },
    "trend.alone": {
        "id": "Baru **satu** bulan register {scheme} yang dimuat sampai **{period}**, jadi belum ada perubahan yang dapat dihitung.",
        "en": "Only **one** month of the {scheme} register is loaded up to **{period}**, so no change can be counted yet.",
    },
    "trend.alone.what": {
        "id": "Pilih periode yang lebih baru di sisi kiri, atau muat register bulan lain dengan `petadesil load register`.",
        "en": "Choose a later period on the left, or load the register of another month with `petadesil load register`.",
    },
    "trend.alone.schemes": {
        "id": "Yang juga dimuat adalah register {other}: daftar lain dengan penyebut lain, jadi tidak disambung menjadi satu "
        "garis. Halaman “Andaikan” menyandingkan keduanya.",
        "en": "A {other} register is loaded as well: another list with other denominators, so it is not joined into one line. "
        "The page “What if” puts both side by side.",
    },
    "trend.since": {"id": "Dibandingkan dengan", "en": "Compared with"},
    "trend.note": {
        "id": "Perubahan = {now} dikurangi {before}. Jingga: naik; ungu: turun.",
        "en": "Change = {now} minus {before}. Orange: a rise; purple: a fall.",
    },
    "trend.note.schemes": {
        "id": "Hanya bulan-bulan register {scheme} yang disambung; register {other} adalah daftar lain (lihat “Andaikan”).",
        "en": "Only months of the {scheme} register are joined; {other} is another list (see “What if”).",
    },
    "trend.note.published": {
        "id": "Jumlah dibulatkan ke 5, jadi selisihnya dapat meleset 4; perubahan bagian ditampilkan bila penyebutnya paling "
        "sedikit {least}.",
        "en": "Counts are rounded to 5, so a difference may be off by 4; a change of a share is shown where its denominator is "
        "{least} at least.",
    },
    "trend.joined": {"id": "{name} bersama {others}", "en": "{name} together with {others}"},
    "trend.note.joined": {
        "id": "Kalimat dan empat angka di atas dihitung bersama wilayah pemekarannya; garis di bawah peta hanya {name}.",
        "en": "The sentence and the four figures above are counted with what it was split from or into; the lines below the map "
        "are {name} alone.",
    },
    "trend.split": {
        "id": "{new} dibentuk {date} dari {old}; angka sebelumnya adalah gabungan, dan perubahan keduanya dihitung bersama.",
        "en": "{new} was made of {old} on {date}; earlier figures are those of both together, and so is their change.",
    },
    "trend.renumbered": {
        "id": "{count} wilayah hanya berganti kode (contoh: {name}, {old} menjadi {new}, {date}); deretnya bersambung.",
        "en": "{count} wilayah only got another code (such as {name}, {old} to {new}, {date}); their series go on.",
    },
    "trend.split.more": {"id": "Dan {count} pemekaran atau penggabungan lain.", "en": "And {count} other splits or mergers."},
    "trend.received": {"id": "Penerima ({unit})", "en": "Receiving ({unit})"},
    "trend.exclusion": {"id": "Layak, belum menerima", "en": "Eligible, not receiving"},
    "trend.share": {"id": "Bagian {desil}", "en": "Share of {desil}"},
    "trend.without": {"id": "Desil 1 tanpa program", "en": "Desil 1 without a program"},
    "trend.lines": {"id": "Bulan demi bulan di {name}", "en": "Month by month in {name}"},
    "trend.lines.note": {
        "id": "Garis tipis: {parent}. Sumbu persen tidak mulai dari nol, supaya perubahan kecil tampak.",
        "en": "Thin line: {parent}. Axes of per cent do not start at nought, so that small changes show.",
    },
    "trend.lines.note.own": {
        "id": "Sumbu persen tidak mulai dari nol, supaya perubahan kecil tampak.",
        "en": "Axes of per cent do not start at nought, so that small changes show.",
    },
    "trend.lines.split": {
        "id": "Titik kosong: sebelum pemekaran; angkanya milik wilayah asal yang masih utuh.",
        "en": "Hollow points: before the split; the figures are those of the undivided wilayah.",
    },
    "trend.both": {"id": "Layak dan penerima {program}", "en": "Eligible and receiving {program}"},
    "trend.table": {"id": "Angka per bulan", "en": "Figures by month"},
    "trend.month": {"id": "Bulan", "en": "Month"},
    "trend.children": {"id": "{measure} per {level}", "en": "{measure} by {level}"},
    "trend.children.note": {
        "id": "Sumbu yang sama di setiap kotak. Diurutkan dari yang kini tertinggi.",
        "en": "The same axes in every box. The highest of now comes first.",
    },
    "trend.children.cut": {
        "id": "Dua belas dengan keluarga terbanyak dari {all}; semuanya ada dalam unduhan.",
        "en": "The twelve with most households of {all}; the download holds all.",
    },
    "trend.programs": {"id": "Layak, belum menerima, per program", "en": "Eligible, not receiving, by program"},
    "trend.programs.note": {
        "id": "Sumbu yang sama di setiap kotak; tiap program menurut satuan dan aturannya sendiri.",
        "en": "The same axes in every box; each program in its own unit and by its own rule.",
    },
    "trend.child.exclusion": {"id": "Layak, belum menerima {program}", "en": "Eligible, not receiving {program}"},
    "trend.child.gap": {"id": "Jumlah yang belum menerima {program}", "en": "Number not receiving {program}"},
    "trend.child.share": {"id": "Bagian {desil}", "en": "Share of {desil}"},
    "trend.child.desil_one_without": {"id": "Desil 1 tanpa program", "en": "Desil 1 without a program"},
    "flow.title": {"id": "Masuk, keluar dan pindah desil", "en": "Entries, exits and moves between desil"},
    "flow.answer": {
        "id": "Dari **{now} keluarga** di {name} pada {period}, {entered} baru masuk sejak {before} dan **{stirred}** pindah "
        "desil: {up} naik, {down} turun. Dari yang terdata pada {before}, {left} keluar.",
        "en": "Of **{now} households** in {name} in {period}, {entered} are new since {before} and **{stirred}** changed their "
        "desil: {up} went up, {down} down. Of those registered in {before}, {left} left.",
    },
    "flow.direction": {
        "id": "Naik desil berarti peringkatnya menjadi kurang miskin; turun berarti lebih miskin. Tiap bagian dibulatkan "
        "sendiri, maka naik dan turun dapat berselisih 0,1 dari jumlahnya.",
        "en": "To go up means a less poor rank; to go down, a poorer one. Each share is rounded by itself, so up and down "
        "may differ from their sum by 0.1.",
    },
    "flow.none": {
        "id": "Belum ada register {scheme} sebelum {period}, jadi masuk, keluar dan pindah desil bulan ini tidak diketahui.",
        "en": "There is no {scheme} register before {period}, so entries, exits and moves of this month are not known.",
    },
    "flow.not_counted": {
        "id": "Perpindahan untuk {period} belum dihitung. Muat ulang register bulan itu dengan `petadesil load register`.",
        "en": "Moves for {period} have not been counted. Load that month's register again with `petadesil load register`.",
    },
    "flow.not_at_desa": {
        "id": "Perpindahan disimpan sampai kecamatan: di bawahnya selnya terlalu kecil.",
        "en": "Moves are kept down to the kecamatan: below it their cells are too small.",
    },
    "flow.to_kecamatan": {"id": "Lihat Kecamatan {name}", "en": "See Kecamatan {name}"},
    "flow.matrix": {
        "id": "Desil pada {before} (baris) dan pada {now} (kolom), keluarga", "en": "Desil in {before} (rows) and in {now} (columns), households",
    },
    "flow.matrix.note": {
        "id": "Makin gelap, makin besar bagiannya dari keluarga sebaris. Diagonal: desil tetap; di kanannya naik, di kirinya turun.",
        "en": "The darker, the larger the share of its row's households. Diagonal: the same desil; to its right up, to its left down.",
    },
    "flow.entered": {"id": "Masuk", "en": "Entered"},
    "flow.left": {"id": "Keluar", "en": "Left"},
    "flow.head": {"id": "Desil", "en": "Desil"},
    "flow.none.desil": {"id": "Belum ada", "en": "None yet"},
    "flow.months": {"id": "Bulan demi bulan, bagian dari keluarga", "en": "Month by month, shares of households"},
    "flow.now_count": {"id": "Keluarga", "en": "Households"},
    "flow.entered_rate": {"id": "Masuk", "en": "Entered"},
    "flow.left_rate": {"id": "Keluar", "en": "Left"},
    "flow.up_rate": {"id": "Naik", "en": "Up"},
    "flow.down_rate": {"id": "Turun", "en": "Down"},
    "flow.same_rate": {"id": "Tetap", "en": "Same"},
    "flow.gained_rate": {"id": "Mendapat desil", "en": "Got a desil"},
    "flow.lost_rate": {"id": "Kehilangan desil", "en": "Lost its desil"},
    "tooltip.side.count": {"id": "{side}: {counts}", "en": "{side}: {counts}"},
    "tooltip.joined": {"id": "dihitung bersama {names}", "en": "counted together with {names}"},
    "tooltip.joined.more": {"id": "{names} dan {count} lainnya", "en": "{names} and {count} others"},
    "tooltip.joined.unnamed": {
        "id": "dihitung bersama wilayah pemekarannya", "en": "counted with what it was split from or into",
    },
    "tooltip.desil_one_without_count": {
        "id": "{part} dari {whole} keluarga desil 1", "en": "{part} of {whole} households of desil 1",
    },
    "measure.exclusion_rise_rate": {"id": "Perubahan eksklusi (poin)", "en": "Change of exclusion (points)"},
    "measure.exclusion_rise_rate.short": {"id": "Perubahan eksklusi", "en": "Change of exclusion"},
    "measure.gap_rise_count": {"id": "Perubahan celah (jumlah)", "en": "Change of the gap (number)"},
    "measure.gap_rise_count.short": {"id": "Perubahan yang belum terjangkau", "en": "Change of those not reached"},
    "measure.share_rise_rate": {"id": "Perubahan bagian desil (poin)", "en": "Change of the desil's share (points)"},
    "measure.share_rise_rate.short": {"id": "Perubahan bagian desil", "en": "Change of the desil's share"},
    "measure.desil_one_without_rise_rate": {
        "id": "Perubahan desil 1 tanpa program (poin)", "en": "Change of desil 1 without a program (points)",
    },
    "measure.desil_one_without_rise_rate.short": {
        "id": "Perubahan desil 1 tanpa program", "en": "Change of desil 1 without a program",
    },
    "column.is_joined": {"id": "Dihitung bersama pemekarannya", "en": "Counted with its split"},
    "column.joined_name": {"id": "Dihitung bersama", "en": "Counted with"},
    "column.counted_kode": {"id": "Kode waktu itu", "en": "Code at that time"},
    "column.exclusion_rise_rate": {"id": "Perubahan eksklusi (poin)", "en": "Change of exclusion (points)"},
    "column.gap_rise_count": {"id": "Perubahan yang belum terjangkau", "en": "Change of those not reached"},
    "column.share_rise_rate": {"id": "Perubahan bagian desil (poin)", "en": "Change of the desil's share (points)"},
    "column.desil_one_without_rise_rate": {
        "id": "Perubahan desil 1 tanpa program (poin)", "en": "Change of desil 1 without a program (points)",
    },
    "column.desil_one_count": {"id": "Keluarga desil 1", "en": "Households of desil 1"},
    "column.desil_one_without_count": {"id": "Desil 1 tanpa program", "en": "Desil 1 without a program"},
    "column.desil_one_without_rate": {"id": "Desil 1 tanpa program (%)", "en": "Desil 1 without a program (%)"},
    "column.eligible_count_before": {"id": "Layak (sebelumnya)", "en": "Eligible (before)"},
    "column.received_count_before": {"id": "Penerima (sebelumnya)", "en": "Recipients (before)"},
    "column.gap_count_before": {"id": "Belum terjangkau (sebelumnya)", "en": "Not reached (before)"},
    "column.exclusion_rate_before": {"id": "Belum terjangkau % (sebelumnya)", "en": "Not reached % (before)"},
    "column.household_count_before": {"id": "Keluarga desil terpilih (sebelumnya)", "en": "Households of the chosen desil (before)"},
    "column.total_household_count_before": {"id": "Semua keluarga (sebelumnya)", "en": "All households (before)"},
    "column.share_rate_before": {"id": "Bagian (sebelumnya)", "en": "Share (before)"},
    "column.desil_one_without_rate_before": {
        "id": "Desil 1 tanpa program % (sebelumnya)", "en": "Desil 1 without a program % (before)",
    },
}  # fmt: skip

# For each measure: definition, formula, denominator, limits.
CARDS = {
    "exclusion_rise_rate": {
        "id": ("Berapa poin bagian yang belum terjangkau berubah antara dua bulan dari register yang sama.",
               "eksklusi kini − eksklusi bulan pembanding",
               "tiap bulan: yang layak menurut aturan bulan itu; jumlahnya ikut berubah",
               "siapa yang layak, siapa yang terdata dan siapa yang menerima berubah bersama; wilayah hasil pemekaran "
               "dihitung bersama wilayah asalnya"),
        "en": ("By how many points the share not reached changed between two months of one register.",
               "exclusion now − exclusion of the earlier month",
               "each month: those eligible by that month's rule; their number changes too",
               "who is eligible, who is registered and who receives change together; a wilayah that was split off is "
               "counted with the one that it was part of"),
    },
    "gap_rise_count": {
        "id": ("Berapa banyak yang layak dan belum menerima bertambah atau berkurang.",
               "belum terjangkau kini − belum terjangkau bulan pembanding",
               "tidak ada: ini selisih jumlah, dalam satuan program",
               "wilayah besar berubah lebih banyak; bandingkan dengan perubahan dalam poin"),
        "en": ("By how many those eligible and not receiving grew or fell.",
               "not reached now − not reached in the earlier month",
               "none: it is a difference of counts, in the program's unit",
               "large wilayah change by more; compare with the change in points"),
    },
    "share_rise_rate": {
        "id": ("Berapa poin bagian keluarga dalam desil terpilih berubah.",
               "bagian desil terpilih kini − bagian bulan pembanding",
               "tiap bulan: semua keluarga dalam register bulan itu",
               "desil adalah peringkat nasional: bagian suatu wilayah dapat berubah karena wilayah lain berubah, atau "
               "karena pemutakhiran data"),
        "en": ("By how many points the share of households in the chosen desil changed.",
               "share of the chosen desil now − share in the earlier month",
               "each month: all households in that month's register",
               "a desil is a national rank: a wilayah's share can change because others changed, or because data were "
               "brought up to date"),
    },
    "desil_one_without_rise_rate": {
        "id": ("Berapa poin bagian keluarga desil 1 yang tidak menerima satu pun program yang dimuat berubah.",
               "bagian tanpa program kini − bagian bulan pembanding",
               "tiap bulan: keluarga desil 1 dalam register bulan itu",
               "hanya program yang dimuat yang dihitung; program yang belum dilaporkan tampak sebagai tidak menerima"),
        "en": ("By how many points the share of households of desil 1 that receive none of the loaded programs changed.",
               "share without a program now − share in the earlier month",
               "each month: households of desil 1 in that month's register",
               "only loaded programs count; a program that is not reported looks like not receiving"),
    },
}  # fmt: skip
