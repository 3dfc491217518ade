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
        "id": "  perubahan luas terbesar karena perbaikan: {change}",
        "en": "  largest change of area by repair: {change}",
    },
    "repaired": {"id": "    {what}: {before} > {after}", "en": "    {what}: {before} > {after}"},
    "recognised": {
        "id": "  penerbit {publisher}, kode {system}; dikenali dari kolom {reason}",
        "en": "  publisher {publisher}, codes of {system}; recognised by the columns {reason}",
    },
    "codes_told": {
        "id": "  tanpa kode {uncoded} ({suggested} punya usulan menurut nama), kode dipulihkan {restored}, disetujui orang {confirmed}; wilayah dalam daftar tanpa poligon {missing}",
        "en": "  without a code {uncoded} ({suggested} have a suggestion by name), codes restored {restored}, confirmed by a person {confirmed}; wilayah of the list without a polygon {missing}",
    },
    "shapes": {
        "id": "  bentuk {detail}, {level}: toleransi {tolerance} derajat, {vertices} titik, perubahan luas terbesar {change}, {kept} memakai bentuk asli",
        "en": "  shapes {detail}, {level}: tolerance {tolerance} degrees, {vertices} vertices, largest change of area {change}, {kept} keep their own shape",
    },
    "detail_0": {"id": "untuk peta nasional", "en": "for a map of the nation"},
    "detail_1": {"id": "untuk peta satu provinsi", "en": "for a map of one provinsi"},
    "detail_2": {"id": "untuk peta kabupaten dan di bawahnya", "en": "for a map of a kabupaten or less"},
    "checked": {"id": "Diperiksa, tidak dimuat: {file}", "en": "Checked, not loaded: {file}"},
    "no_source": {
        "id": "Belum ada batas wilayah. Muat dengan `petadesil load boundaries BERKAS --vintage TAHUN`.",
        "en": "There are no boundaries yet. Load them with `petadesil load boundaries FILE --vintage YEAR`.",
    },
    "source": {
        "id": "{id}  {file}, {publisher} {vintage}: {levels} (lisensi {licence})",
        "en": "{id}  {file}, {publisher} {vintage}: {levels} (licence {licence})",
    },
    "in_force": {
        "id": "    berlaku: {level} di {count} provinsi ({provinsi})",
        "en": "    in force: {level} in {count} provinsi ({provinsi})",
    },
    "not_in_force": {"id": "    tidak berlaku di mana pun", "en": "    in force nowhere"},
    "used": {
        "id": "Sumber {source} sekarang berlaku: {level} di provinsi {provinsi}",
        "en": "Source {source} is now in force: {level} in the provinsi {provinsi}",
    },
    "removed": {"id": "Batas sumber {source} dihapus.", "en": "The boundaries of source {source} are removed."},
    "issue": {"id": "  {count} × {what}:", "en": "  {count} × {what}:"},
    "codes": {
        "id": "Dimuat: {file}: {read} baris = {kept} diterima + {rejected} ditolak + {duplicates} kembar; {levels}",
        "en": "Loaded: {file}: {read} rows = {kept} kept + {rejected} rejected + {duplicates} duplicates; {levels}",
    },
}

REPAIRS = {
    "missing_count": {"id": "tanpa bentuk", "en": "without a shape"},
    "invalid_ring_count": {"id": "garis tepi menyilang dirinya", "en": "outlines that cross themselves"},
    "nested_shell_count": {"id": "bagian di dalam bagian", "en": "parts inside a part"},
    "bad_edge_count": {"id": "poligon bertepi tidak cocok", "en": "polygons with unmatched edges"},
    "overlap_count": {"id": "pasangan bertumpang tindih", "en": "overlapping pairs"},
    "overlap_km2": {"id": "luas tumpang tindih, km2", "en": "area of overlaps, km2"},
    "narrow_gap_count": {"id": "celah sempit", "en": "narrow gaps"},
    "narrow_gap_km2": {"id": "luas celah sempit, km2", "en": "area of narrow gaps, km2"},
    "wide_gap_count": {"id": "celah lebar (dibiarkan)", "en": "wide gaps (left open)"},
    "wide_gap_km2": {"id": "luas celah lebar, km2", "en": "area of wide gaps, km2"},
}

ISSUES = {
    "reprojected": {"id": "koordinat diubah ke WGS 84 dari", "en": "coordinates turned into WGS 84 from"},
    "crs_assumed": {
        "id": "sistem koordinat tidak tertulis; angkanya dibaca sebagai derajat WGS 84",
        "en": "no coordinate system is written; the numbers are read as degrees of WGS 84",
    },
    "axes_swapped": {
        "id": "lintang dan bujur tertukar dalam berkas, sudah dibalik",
        "en": "latitude and longitude stood in the wrong order and were turned",
    },
    "kode_restored": {"id": "kode yang rusak, dipulihkan", "en": "damaged code, restored"},
    "kode_unreadable": {
        "id": "kode yang tidak dapat dipulihkan dengan pasti",
        "en": "code that cannot be restored with certainty",
    },
    "name_differs": {
        "id": "nama berbeda dari daftar kode (hanya dilaporkan)",
        "en": "name differs from the code list (reported only)",
    },
    "name_elsewhere": {
        "id": "nama ini dalam daftar milik kode lain di kecamatan yang sama: periksa",
        "en": "the list gives this name to another code of the same kecamatan: check",
    },
    "area_changed": {"id": "luas berubah karena perbaikan", "en": "area changed by repair"},
    "area_changed_much": {
        "id": "luas berubah lebih dari seperempat karena perbaikan: periksa bentuknya",
        "en": "area changed by more than a quarter in the repair: check the shape",
    },
    "area_differs": {
        "id": "luas berbeda dari luas yang dinyatakan sumber lain (hanya dilaporkan)",
        "en": "area differs from the one stated elsewhere (reported only)",
    },
    "desa_without_kode": {
        "id": "desa tanpa kode dalam sistem ini (digambar abu-abu)",
        "en": "desa without a code in this system (drawn grey)",
    },
    "source_replaced": {
        "id": "sumber yang sampai kini berlaku dan sekarang disimpan di samping",
        "en": "source that was in force until now and is kept aside",
    },
    "parts_joined": {
        "id": "bagian-bagian satu wilayah di beberapa baris, digabung",
        "en": "parts of one wilayah in several rows, joined",
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
    "gap_closed": {
        "id": "celah sempit antara tetangga, ditutup; di sini jumlahnya",
        "en": "narrow gaps between neighbours, closed; their number is given here",
    },
    "gap_kept": {
        "id": "celah lebar yang tidak digambar poligon mana pun, dibiarkan; kodenya milik tetangga terdekat",
        "en": "wide gap that no polygon draws, left open; the code is its nearest neighbour's",
    },
    "invalid_ring": {"id": "garis tepi yang menyilang dirinya, diperbaiki", "en": "outline that crosses itself, repaired"},
    "kode_not_in_list": {"id": "kode tidak ada dalam daftar kode", "en": "code that is not in the code list"},
    "label_outside": {
        "id": "titik label berada di luar poligonnya",
        "en": "label point that lies outside its polygon",
    },
    "layer_differs": {
        "id": "lapisan ini berbeda dari gabungan bagiannya",
        "en": "this layer differs from its dissolved parts",
    },
    "layer_skipped": {"id": "lapisan yang tidak dimuat", "en": "layer that was not loaded"},
    "listed_without_polygon": {
        "id": "wilayah dalam daftar tanpa poligon",
        "en": "wilayah of the list without a polygon",
    },
    "nested_shells": {
        "id": "bagian di dalam bagian (digambar dua kali), digabung",
        "en": "part inside a part (drawn twice), merged",
    },
    "no_geometry": {"id": "baris tanpa poligon, ditolak", "en": "row without a polygon, rejected"},
    "no_kode": {"id": "poligon tanpa kode apa pun, ditolak", "en": "polygon without any code, rejected"},
    "other_covered": {
        "id": "poligon bukan wilayah yang sudah digambar lapisan lebih rinci",
        "en": "non-wilayah polygon that a finer layer already draws",
    },
    "other_without_parent": {"id": "poligon bukan wilayah tanpa induk", "en": "non-wilayah polygon without a parent"},
    "outside_parent": {
        "id": "sebagian poligon berada di luar wilayah induknya (luas seluruhnya, luas di dalam)",
        "en": "part of the polygon lies outside the wilayah above it (whole area, area inside)",
    },
    "overlap": {
        "id": "tumpang tindih dengan tetangga yang disebut di sini, dipisahkan",
        "en": "overlap with the neighbour that is named here, taken apart",
    },
    "overlap_small": {
        "id": "tumpang tindih kecil, masing-masing kurang dari satu hektare, dipisahkan; di sini jumlahnya",
        "en": "small overlaps of less than a hectare each, taken apart; their number is given here",
    },
    "parent_missing": {
        "id": "wilayah induk yang disebut di sini tidak punya poligon dalam berkas",
        "en": "the wilayah above, which is named here, has no polygon in the file",
    },
    "polygon_huge": {"id": "poligon terlalu luas untuk tingkatnya: periksa", "en": "polygon too large for its level: check"},
    "polygon_lost": {
        "id": "poligon yang tidak bersisa sesudah perbaikan, ditolak; tempatnya dipakai yang disebut di sini",
        "en": "polygon of which the repair leaves nothing, rejected; the one named here is in its place",
    },
    "polygon_missing": {"id": "baris tanpa poligon, ditolak", "en": "row without a polygon, rejected"},
    "polygon_sliver": {
        "id": "poligon sangat sempit, di mana pun kurang dari 11 m: periksa",
        "en": "polygon nowhere wider than 11 m: check",
    },
    "polygon_tiny": {
        "id": "poligon terlalu kecil, kurang dari setengah hektare: periksa",
        "en": "polygon too small, less than half a hectare: check",
    },
    "ring_without_area": {
        "id": "garis tepi rusak yang tidak menyatakan luas, diperbaiki: periksa luasnya",
        "en": "broken outline that states no area, repaired: check its area",
    },
    "same_polygon": {
        "id": "poligon yang sama di bawah kode lain, yang disebut di sini",
        "en": "the same polygon under another code, which is named here",
    },
    "shape_kept": {
        "id": "bentuk peta terlalu berubah bila disederhanakan, jadi peta memakai bentuk aslinya",
        "en": "shape that simplifying for the map would change too much, so the map keeps it as it is",
    },
}

# What a legend, a table's cell and a choice have room for; the sentence above is told beside them.
SHORT = {
    "area_changed": {"id": "luas berubah", "en": "area changed"},
    "area_changed_much": {"id": "luas berubah banyak", "en": "area changed much"},
    "area_differs": {"id": "luas lain dari sumber lain", "en": "area differs elsewhere"},
    "axes_swapped": {"id": "lintang-bujur tertukar", "en": "axes in wrong order"},
    "crs_assumed": {"id": "koordinat dianggap WGS 84", "en": "taken for WGS 84"},
    "desa_without_kode": {"id": "desa tanpa kode", "en": "desa without a code"},
    "duplicate": {"id": "poligon kembar", "en": "duplicate polygon"},
    "finer_source_shown": {"id": "sumber lebih rinci dipakai", "en": "finer source stays"},
    "fuller_source_shown": {"id": "sumber lebih lengkap dipakai", "en": "fuller source stays"},
    "gap_closed": {"id": "celah sempit, ditutup", "en": "narrow gaps, closed"},
    "gap_kept": {"id": "celah lebar, dibiarkan", "en": "wide gap, left open"},
    "invalid_ring": {"id": "garis tepi rusak", "en": "broken outline"},
    "kode_not_in_list": {"id": "kode tidak dalam daftar", "en": "code not in the list"},
    "kode_restored": {"id": "kode dipulihkan", "en": "code restored"},
    "kode_unreadable": {"id": "kode tidak terbaca", "en": "code unreadable"},
    "label_outside": {"id": "titik label di luar", "en": "label point outside"},
    "layer_differs": {"id": "lapisan beda gabungannya", "en": "layer differs from parts"},
    "layer_skipped": {"id": "lapisan tidak dimuat", "en": "layer not loaded"},
    "listed_without_polygon": {"id": "tanpa poligon", "en": "no polygon"},
    "name_differs": {"id": "nama beda dari daftar", "en": "name differs from list"},
    "name_elsewhere": {"id": "nama milik kode lain", "en": "name of another code"},
    "nested_shells": {"id": "bagian di dalam bagian", "en": "part inside a part"},
    "no_geometry": {"id": "baris tanpa poligon", "en": "row without a polygon"},
    "no_kode": {"id": "poligon tanpa kode", "en": "polygon without a code"},
    "other_covered": {"id": "bukan wilayah, sudah ada", "en": "not wilayah, drawn already"},
    "other_without_parent": {"id": "bukan wilayah, tanpa induk", "en": "not wilayah, no parent"},
    "outside_parent": {"id": "keluar dari induknya", "en": "outside its parent"},
    "overlap": {"id": "tumpang tindih", "en": "overlap"},
    "overlap_small": {"id": "tumpang tindih kecil", "en": "small overlaps"},
    "parent_missing": {"id": "induk tanpa poligon", "en": "parent has no polygon"},
    "source_replaced": {"id": "sumber yang digantikan", "en": "source taken over"},
    "parts_joined": {"id": "bagian digabung", "en": "parts joined"},
    "polygon_huge": {"id": "poligon terlalu luas", "en": "polygon too large"},
    "polygon_lost": {"id": "poligon tidak bersisa", "en": "nothing left of polygon"},
    "polygon_missing": {"id": "baris tanpa poligon", "en": "row without a polygon"},
    "polygon_sliver": {"id": "poligon sangat sempit", "en": "very narrow polygon"},
    "polygon_tiny": {"id": "poligon terlalu kecil", "en": "polygon too small"},
    "reprojected": {"id": "koordinat diubah", "en": "coordinates turned"},
    "ring_without_area": {"id": "garis tepi tanpa luas", "en": "outline without area"},
    "same_polygon": {"id": "poligon di bawah dua kode", "en": "polygon under two codes"},
    "shape_kept": {"id": "bentuk asli di peta", "en": "own shape on the map"},
}
