"""The sentences for an area struck by a shock that cannot be taken as it was given."""

ERRORS = {
    "shock_empty": {
        "id": "Area itu kosong atau tidak punya luas. Beri sedikitnya tiga titik yang tidak segaris, atau pilih satu wilayah.",
        "en": "That area is empty or has no surface. Give at least three points that are not in one line, or choose a wilayah.",
    },
    "shock_not_polygon": {
        "id": "Yang diberikan adalah {given}, bukan area. Gambar atau kirim poligon.",
        "en": "What was given is a {given}, no area. Draw or send a polygon.",
    },
    "shock_too_fine": {
        "id": "Area itu punya {points} titik; paling banyak {most}. Sederhanakan garisnya, lalu kirim lagi.",
        "en": "That area has {points} points; the most is {most}. Simplify its outline and send it again.",
    },
    "shock_too_large": {
        "id": "Luas area itu {area} km², lebih dari {most} km² yang dapat dihitung sekaligus. Bagi menjadi beberapa area, misalnya per provinsi.",
        "en": "That area measures {area} km², more than the {most} km² that are counted at once. Part it into several, such as one for each provinsi.",
    },
    "shock_too_many": {
        "id": "Area itu memuat lebih dari {most} desa. Bagi menjadi beberapa area, misalnya per provinsi.",
        "en": "That area holds more than {most} desa. Part it into several, such as one for each provinsi.",
    },
    "shock_coordinates": {
        "id": "Titik {point} bukan bujur dan lintang dalam derajat. Tulis derajat desimal, bujur (95 sampai 141) lalu lintang (-11 sampai 6).",
        "en": "The point {point} is no longitude and latitude in degrees. Write decimal degrees, longitude (95 to 141), then latitude (-11 to 6).",
    },
    "shock_swapped": {
        "id": "Titik {point} tampaknya tertukar: lintang di depan, bujur di belakang. Tulis bujur dahulu, misalnya 105.2 -5.1; tidak ada yang ditukar diam-diam.",
        "en": "The point {point} seems to be swapped, with latitude first. Write longitude first, such as 105.2 -5.1; nothing is swapped silently.",
    },
    "shock_ring_short": {
        "id": "Area ke-{ring} hanya punya {points} titik, atau titiknya sama. Satu area memerlukan sedikitnya tiga titik yang berbeda.",
        "en": "Area number {ring} has only {points} points, or equal ones. An area needs at least three different points.",
    },
    "shock_line": {
        "id": "Baris {line} (“{text}”) bukan satu titik. Tulis bujur dan lintang dipisah spasi, misalnya 105.2 -5.1.",
        "en": "Line {line} (“{text}”) is no point. Write longitude and latitude with a space between, such as 105.2 -5.1.",
    },
    "shock_radius": {
        "id": "Jari-jari {radius} km tidak dapat dipakai. Isi lebih dari 0 sampai {most} km.",
        "en": "A radius of {radius} km cannot be used. Give more than 0 and at most {most} km.",
    },
    "shock_circle_open": {
        "id": "Lingkaran itu belum lengkap. Isi bujur, lintang, dan jari-jarinya.",
        "en": "That circle is not complete. Give its longitude, latitude and radius.",
    },
    "shock_outside": {
        "id": "Tidak ada desa dengan batas yang dimuat di area itu ({bounds}). Periksa letaknya dan urutan bujur-lintang, atau muat batas desa provinsi itu.",
        "en": "There is no desa with a loaded boundary in that area ({bounds}). Check its place and the order of longitude and latitude, or load the desa boundaries of that provinsi.",
    },
    "shock_no_half": {
        "id": "Area itu menyentuh {touched} desa, tetapi tidak ada yang separuh luasnya di dalam. Pilih “yang tersentuh”, atau perluas areanya.",
        "en": "That area touches {touched} desa, but none has half of its land inside. Choose “any part”, or widen the area.",
    },
    "shock_no_desa": {
        "id": "Tidak ada desa yang tercatat di {wilayah}. Pilih wilayah lain, atau muat daftar kodenya.",
        "en": "No desa is on record in {wilayah}. Choose another wilayah, or load its list of codes.",
    },
    "shock_too_few": {
        "id": "Dalam penyajian terbitan, area harus memuat sedikitnya {least} desa yang berpenduduk dalam register; area ini memuat {count}. Perluas areanya.",
        "en": "In published figures an area must hold at least {least} desa with households in the register; this one holds {count}. Widen the area.",
    },
    "shock_leaves_few": {
        "id": "Dalam penyajian terbitan, area ini menyisakan terlalu sedikit desa di kecamatannya ({names}): angkanya dapat dihitung dari selisih. Masukkan juga desa itu, atau sisakan sedikitnya {least} desa.",
        "en": "In published figures this area leaves too few desa in its kecamatan ({names}): their figures would follow by subtraction. Take them in too, or leave at least {least} desa.",
    },
    "shock_unnamed": {
        "id": "Isi nama kejadian dan siapa yang menyimpannya, masing-masing paling panjang {most} huruf.",
        "en": "Give the name of the event and who keeps it, each of at most {most} letters.",
    },
}
