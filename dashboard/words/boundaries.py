"""Words of the report that loading boundaries and code lists prints."""

BOUNDARIES = {
    "loaded": {"id": "Dimuat: {file}", "en": "Loaded: {file}"},
    "already_loaded": {
        "id": "{file} sudah dimuat; tidak ada yang berubah.",
        "en": "{file} is already loaded; nothing changed.",
    },
    "counts": {
        "id": "  {read} poligon dibaca = {kept} diterima + {rejected} ditolak + {duplicates} kembar",
        "en": "  {read} polygons read = {kept} kept + {rejected} rejected + {duplicates} duplicates",
    },
    "levels": {
        "id": "  wilayah: {levels}; bukan wilayah: {others}",
        "en": "  wilayah: {levels}; not wilayah: {others}",
    },
    "area": {
        "id": "  luas {area} km2, bukan wilayah {other} km2; selisih terbesar jumlah bagian dan kabupaten {error}",
        "en": "  area {area} km2, not wilayah {other} km2; largest deviation of parts from their kabupaten {error}",
    },
    "repair": {
        "id": "  poligon bercincin rusak {rings}, bertepi tidak cocok {edges}; perubahan luas terbesar karena perbaikan {change}",
        "en": "  polygons with invalid rings {rings}, with unmatched edges {edges}; largest change of area by repair {change}",
    },
    "shapes": {
        "id": "  bentuk peta: {shown} dari {vertices} titik, toleransi {tolerance} derajat",
        "en": "  map shapes: {shown} of {vertices} vertices, tolerance {tolerance} degrees",
    },
    "issue": {"id": "  {count} × {what}:", "en": "  {count} × {what}:"},
    "codes": {
        "id": "Dimuat: {file}: {read} baris = {kept} diterima + {rejected} ditolak + {duplicates} kembar; {levels}",
        "en": "Loaded: {file}: {read} rows = {kept} kept + {rejected} rejected + {duplicates} duplicates; {levels}",
    },
}

ISSUES = {
    "area_changed": {"id": "luas berubah karena perbaikan", "en": "area changed by repair"},
    "desa_without_kode": {
        "id": "desa tanpa kode dalam sistem ini (digambar abu-abu)",
        "en": "desa without a code in this system (drawn grey)",
    },
    "duplicate": {"id": "poligon kembar", "en": "duplicate polygon"},
    "finer_source_shown": {
        "id": "sumber yang lebih rinci tetap dipakai di peta",
        "en": "a finer source stays on the map",
    },
    "fuller_source_shown": {
        "id": "sumber yang lebih lengkap tetap dipakai di peta",
        "en": "a fuller source stays on the map",
    },
    "invalid_ring": {"id": "cincin rusak, diperbaiki", "en": "invalid ring, repaired"},
    "kode_not_in_list": {"id": "kode tidak ada dalam daftar kode", "en": "code that is not in the code list"},
    "layer_differs": {
        "id": "lapisan ini berbeda dari gabungan bagiannya",
        "en": "this layer differs from its dissolved parts",
    },
    "layer_skipped": {"id": "lapisan yang tidak dimuat", "en": "layer that was not loaded"},
    "listed_without_polygon": {
        "id": "wilayah dalam daftar tanpa poligon",
        "en": "wilayah of the list without a polygon",
    },
    "no_geometry": {"id": "baris tanpa poligon, ditolak", "en": "row without a polygon, rejected"},
    "no_kode": {"id": "poligon tanpa kode apa pun, ditolak", "en": "polygon without any code, rejected"},
    "other_covered": {
        "id": "poligon bukan wilayah yang sudah digambar lapisan lebih rinci",
        "en": "non-wilayah polygon that a finer layer already draws",
    },
    "other_without_parent": {"id": "poligon bukan wilayah tanpa induk", "en": "non-wilayah polygon without a parent"},
    "ring_without_area": {
        "id": "cincin rusak yang tidak menyatakan luas, diperbaiki: periksa luasnya",
        "en": "invalid ring that states no area, repaired: check its area",
    },
}
