"""What stands for a key of the code inside an error's sentence, by the error's code and the detail's name."""

from dashboard.words.field import SCREEN as FIELD
from dashboard.words.reports import REASONS

_NUMBERS = {"id": "angka rancangannya kosong atau mustahil", "en": "a number of its design is missing or impossible"}
_FEW = {"id": "wilayah atau jawabannya terlalu sedikit", "en": "there are too few areas or answers"}
_ALIKE = {"id": "jawaban atau penjelasnya tidak berbeda satu sama lain", "en": "answers or covariates do not differ"}
_SAMPLES = {
    f"{truth}/{frame}": {
        language: f"{FIELD[f'truth.{truth}'][language]} ({FIELD[f'frame.{frame}.short'][language]})"
        for language in ("id", "en")
    }
    for truth in ("consumption", "proxy_means", "musyawarah", "adminduk")
    for frame in ("register", "listing", "recipients")
}
TERMS = {
    ("no_sample", "known"): _SAMPLES,
    ("usage_value", "accepted"): {
        "integer": {"id": "bilangan bulat", "en": "a whole number"},
        "integer range": {"id": "bilangan bulat dalam rentangnya", "en": "a whole number within its range"},
        "float": {"id": "bilangan", "en": "a number"},
    },
    ("verification_nothing_kept", "reason"): REASONS,
    ("context_nothing_kept", "reason"): REASONS,
    ("rule_conditions_differ", "conditions"): {
        "components": {"id": "komponen", "en": "components"},
        "excluded_adminduk": {"id": "pengecualian menurut adminduk", "en": "exclusions by civil registration"},
        "wilayah_kinds": {"id": "jenis wilayah", "en": "kinds of wilayah"},
        "benefits": {"id": "besaran bantuan", "en": "benefits"},
    },
    ("bad_design", "fault"): {
        "missing_value": _NUMBERS,
        "weight_not_positive": {"id": "ada bobot yang nol atau negatif", "en": "a weight is zero or negative"},
        "bad_ratio": {"id": "ada pembilang yang melebihi penyebutnya", "en": "a numerator is above its denominator"},
        "frame_count_varies": {
            "id": "cacah dalam satu stratum atau gugus berubah-ubah",
            "en": "the counts within one stratum or cluster vary",
        },
        "frame_smaller_than_sample": {
            "id": "cacah stratum atau gugusnya lebih kecil daripada sampelnya",
            "en": "a stratum or cluster has fewer in the frame than in the sample",
        },
        "not_finite": _NUMBERS,
        "bad_proportion": _NUMBERS,
        "bad_size": _NUMBERS,
        "bad_code": _NUMBERS,
        "bad_domain": _NUMBERS,
        "shape_mismatch": _NUMBERS,
        "variance_not_positive": _NUMBERS,
        "rate_out_of_bounds": _NUMBERS,
        "target_out_of_bounds": _NUMBERS,
        "count_not_positive": _NUMBERS,
        "too_few_areas": _FEW,
        "no_variance": _FEW,
        "constant_values": _ALIKE,
        "collinear_covariates": _ALIKE,
    },
}
