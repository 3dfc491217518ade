"""The sentences for a verification sample, its estimates, or the plan of one."""

ERRORS = {
    "not_a_verification_file": {
        "id": "{path} bukan berkas sampel. Berikan satu berkas Parquet atau CSV; kolomnya ada di docs/data.md.",
        "en": "{path} is not a sample's file. Give one Parquet or CSV file; its columns are in docs/data.md.",
    },
    "verification_empty": {
        "id": "{path} tidak berisi satu baris pun. Periksa apakah berkasnya lengkap.",
        "en": "{path} does not hold a single row. Check whether the file is complete.",
    },
    "verification_nothing_kept": {
        "id": "Tidak satu pun dari {rows} baris {path} dapat diterima; sebab terbanyak: {reason}. Tidak ada yang dimuat; perbaiki berkasnya menurut docs/data.md.",
        "en": "Not one of the {rows} rows of {path} can be accepted; the most frequent reason: {reason}. Nothing was loaded; mend the file by docs/data.md.",
    },
    "verification_mixed": {
        "id": "{path} memuat dua {column}: “{first}” dan, pada baris {line}, “{second}”. Satu berkas untuk satu truth dan satu frame; pisahkan berkasnya.",
        "en": "{path} holds two values of {column}: “{first}” and, in line {line}, “{second}”. One file is one truth and one frame; split the file.",
    },
    "unknown_truth": {
        "id": "Truth “{truth}” dalam {path} tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The truth “{truth}” in {path} is unknown. Choose one of: {known}.",
    },
    "unknown_frame": {
        "id": "Frame “{frame}” dalam {path} tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "The frame “{frame}” in {path} is unknown. Choose one of: {known}.",
    },
    "program_missing": {
        "id": "Sampel penerima dalam {path} tidak menyebut programnya. Isi kolom program dengan satu program.",
        "en": "The sample of recipients in {path} does not name their program. Fill the column program with one program.",
    },
    "verification_without_register": {
        "id": "{path} dicocokkan dengan register {period}, yang belum dimuat. Muat dahulu: petadesil load register ... --period {period}",
        "en": "{path} is matched to the register of {period}, which is not loaded. First run: petadesil load register ... --period {period}",
    },
    "fictional_mismatch": {
        "id": "Yang satu fiktif, yang lain tidak: {path} dan register {period}. Berkas fiktif bernama FIKTIF_...; muat sampel nyata hanya pada register nyata.",
        "en": "One is fictional and the other is not: {path} and the register of {period}. A fictional file is named FIKTIF_...; load a real sample on a real register only.",
    },
    "stratum_count_varies": {
        "id": "{path} baris {line}: stratum_cluster_count pada stratum {stratum} berubah dari {first} menjadi {second}. Satu stratum punya satu cacah gugus; perbaiki berkasnya.",
        "en": "{path} line {line}: stratum_cluster_count of the stratum {stratum} changes from {first} to {second}. A stratum has one count of clusters; correct the file.",
    },
    "cluster_count_varies": {
        "id": "{path} baris {line}: cluster_household_count pada gugus {cluster} (stratum {stratum}) berubah dari {first} menjadi {second}. Satu gugus punya satu cacah keluarga; perbaiki berkasnya.",
        "en": "{path} line {line}: cluster_household_count of the cluster {cluster} (stratum {stratum}) changes from {first} to {second}. A cluster has one count of households; correct the file.",
    },
    "stratum_count_below": {
        "id": "{path} baris {line}: stratum {stratum} dinyatakan berisi {stated} gugus, padahal berkas ini memuat {found}. Perbaiki stratum_cluster_count: cacah semua gugus dalam kerangka.",
        "en": "{path} line {line}: the stratum {stratum} is said to have {stated} clusters, but the file holds {found}. Correct stratum_cluster_count: the count of all clusters in the frame.",
    },
    "cluster_count_below": {
        "id": "{path} baris {line}: gugus {cluster} (stratum {stratum}) dinyatakan berisi {stated} keluarga, padahal berkas ini memuat {found}. Perbaiki cluster_household_count: cacah semua keluarga dalam kerangka.",
        "en": "{path} line {line}: the cluster {cluster} (stratum {stratum}) is said to have {stated} households, but the file holds {found}. Correct cluster_household_count: the count of all households in the frame.",
    },
    "estimate_without_sample": {
        "id": "Tidak ada sampel {truth}/{frame} untuk periode {period}. Muat dahulu dengan `petadesil load verification`.",
        "en": "There is no sample {truth}/{frame} for the period {period}. Load one first with `petadesil load verification`.",
    },
    "no_sample": {
        "id": "Tidak ada sampel verifikasi yang diminta untuk {period}; yang ada: {known}. Muat dengan `petadesil load verification`, atau pilih yang ada.",
        "en": "There is no such verification sample for {period}; there are: {known}. Use `petadesil load verification`, or choose one that there is.",
    },
    "not_estimated": {
        "id": "Sampel {truth}/{frame} untuk {period} sudah dimuat, tetapi belum dihitung. Jalankan `petadesil estimate --period {period}`.",
        "en": "The sample {truth}/{frame} of {period} is loaded and not yet estimated. Run `petadesil estimate --period {period}`.",
    },
    "no_model": {
        "id": "Belum ada model wilayah kecil {program} untuk {period}. Jalankan `petadesil estimate --period {period}`.",
        "en": "There is no small-area model of {program} for {period} yet. Run `petadesil estimate --period {period}`.",
    },
    "plan_width": {
        "id": "Rentang {width} poin tidak dapat direncanakan. Isi lebih dari 0 dan paling banyak 100 poin, misalnya 20.",
        "en": "An interval of {width} points cannot be planned. Give more than 0 and at most 100 points, for example 20.",
    },
    "plan_cost": {
        "id": "Biaya Rp {cost} tidak masuk akal. Isi rupiah utuh, 0 sampai 999999999, misalnya 1500000 per desa dan 150000 per keluarga.",
        "en": "A cost of IDR {cost} makes no sense. Give whole rupiah, 0 to 999999999, for example 1500000 per desa and 150000 per household.",
    },
    "plan_budget": {
        "id": "Anggaran Rp {budget} tidak dapat direncanakan. Isi lebih dari 0 dan paling banyak 1000000000000000, atau kosongkan bila tidak dibatasi.",
        "en": "A budget of IDR {budget} cannot be planned with. Give more than 0 and at most 1000000000000000, or leave it out where there is no limit.",
    },
    "budget_too_small": {
        "id": "Anggaran Rp {budget} kurang: sampel terkecil, dua desa dan satu keluarga di tiap desa pada setiap wilayah, sudah memerlukan Rp {least}. Tambah anggaran, atau pilih wilayah yang lebih sedikit.",
        "en": "The budget of IDR {budget} is too small: the smallest sample, two desa with one household each in every wilayah, already needs IDR {least}. Raise the budget, or choose fewer wilayah.",
    },
    "plan_rho": {
        "id": "Kemiripan sedesa {rho} di luar 0 sampai 1 (0 sampai 100 %). Kosongkan agar ditaksir, atau isi misalnya 0,05 (5 %).",
        "en": "A likeness within a desa of {rho} lies outside 0 to 1 (0 to 100%). Leave it out to have it estimated, or give, for example, 0.05 (5%).",
    },
    "plan_level": {
        "id": "Sampel tidak dapat direncanakan per {level}. Pilih provinsi, kabupaten atau kecamatan: rentang membandingkan desa di dalamnya.",
        "en": "A sample cannot be planned by {level}. Choose provinsi, kabupaten or kecamatan: an interval compares the desa within.",
    },
    "plan_seed": {
        "id": "Benih {seed} tidak dapat dipakai. Isi bilangan bulat 0 sampai 4294967295.",
        "en": "The seed {seed} cannot be used. Give a whole number from 0 to 4294967295.",
    },
    "plan_truth": {
        "id": "Yang diamati “{truth}” tidak dikenal. Pilih salah satu dari: {known}.",
        "en": "What is observed, “{truth}”, is unknown. Choose one of: {known}.",
    },
    "plan_is_empty": {
        "id": "Rencana ini tidak memuat satu keluarga pun, jadi tidak ada yang diundi. Pilih wilayah, program atau periode lain.",
        "en": "This plan holds not a single household, so there is nothing to draw. Choose another wilayah, program or period.",
    },
    "sample_not_csv": {
        "id": "{path} bukan nama berkas CSV. Beri nama yang berakhir .csv.",
        "en": "{path} is not the name of a CSV file. Give a name that ends in .csv.",
    },
    "sample_file_exists": {
        "id": "{path} sudah ada dan mungkin sudah berisi hasil lapangan, jadi tidak ditimpa. Pilih nama lain.",
        "en": "{path} is already there and may hold results of the field, so it is not overwritten. Choose another name.",
    },
    "named_fictional": {
        "id": "Register ini nyata, tetapi {path} diawali FIKTIF. Pilih nama lain: berkas bernama FIKTIF dibaca sebagai data rekaan.",
        "en": "This register is real, but {path} starts with FIKTIF. Choose another name: a file named FIKTIF is read as invented data.",
    },
    "bad_design": {
        "id": "Sampel tidak dapat dihitung (baris {line} berkasnya): {fault}. Periksa kolom weight, stratum, cluster dan cacah gugusnya, lalu muat ulang.",
        "en": "Nothing can be estimated from the sample (line {line} of its file): {fault}. Check the columns weight, stratum, cluster and the counts of clusters, then load it again.",
    },
}
