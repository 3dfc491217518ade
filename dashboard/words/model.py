"""The words of the small-area model's checks: what was fitted, and how to read each plot."""

SCREEN = {
    "model.title": {"id": "Uji model wilayah kecil {program}", "en": "Checks of the small-area model of {program}"},
    "model.error": {"id": "Galat", "en": "Error"},
    "model.verdict.usable": {
        "id": "**Taksiran ini dapat dipakai**: sisaan yang normal dan kecocokan dengan sampel tidak ditolak pada {level}.",
        "en": "**These estimates may be used**: neither normal residuals nor the fit to the sample is rejected at {level}.",
    },
    "model.verdict.careful": {
        "id": "**Taksiran ini dipakai dengan hati-hati**: {tests} ditolak pada {level}; lihat gambar di bawah.",
        "en": "**Use these estimates with care**: at {level} the test of {tests} rejects; see the plots below.",
    },
    "model.verdict.untested": {
        "id": "**Taksiran ini dipakai dengan hati-hati**: tidak semua uji dapat dibuat.",
        "en": "**Use these estimates with care**: not all tests could be made.",
    },
    "model.verdict.shapiro": {"id": "sisaan yang normal (Shapiro–Wilk)", "en": "normal residuals (Shapiro–Wilk)"},
    "model.verdict.fit": {"id": "kecocokan dengan sampel (Brown)", "en": "the fit to the sample (Brown)"},
    "model.verdict.and": {"id": " dan ", "en": " and "},
    "model.answer": {
        "id": "Untuk galat {error} {program}, **{sampled} dari {all}** kecamatan punya sampel (paling sedikit {least}): model "
        "Fay–Herriot dipakai, dengan {method}, pada skala {scale}; komponen varians **{variance}**.",
        "en": "For {error} of {program}, **{sampled} of {all}** kecamatan have a sample (at least {least} are needed): a "
        "Fay–Herriot model is used, with {method}, on the scale of {scale}; variance component **{variance}**.",
    },
    "model.answer.none": {
        "id": "Untuk galat {error} {program}, model tidak dipakai: {reason}. **{sampled} dari {all}** kecamatan punya sampel, "
        "paling sedikit **{least}**. Angka langsung dari sampel yang berlaku.",
        "en": "For {error} of {program}, no model is used: {reason}. **{sampled} of {all}** kecamatan have a sample, at least "
        "**{least}** are needed. Direct estimates from the sample stand.",
    },
    "model.reason.too_few_areas": {"id": "kecamatan yang bersampel terlalu sedikit", "en": "too few kecamatan have a sample"},
    "model.reason.no_variation": {"id": "semua jawaban sama", "en": "all answers are alike"},
    "model.method.reml": {"id": "REML", "en": "REML"},
    "model.method.ml": {"id": "kemungkinan maksimum", "en": "maximum likelihood"},
    "model.method.amrl_yl": {
        "id": "kemungkinan yang disesuaikan (varians REML nol; Yoshimori dan Lahiri 2014)",
        "en": "an adjusted likelihood (REML's variance was zero; Yoshimori and Lahiri 2014)",
    },
    "model.method.amrl": {
        "id": "kemungkinan yang disesuaikan (Li dan Lahiri 2010)", "en": "an adjusted likelihood (Li and Lahiri 2010)",
    },
    "model.scale.arcsine": {"id": "arkus sinus akar", "en": "the arcsine square root"},
    "model.scale.plain": {"id": "bagian itu sendiri", "en": "the shares themselves"},
    "model.sampled": {"id": "Kecamatan bersampel", "en": "Kecamatan with a sample"},
    "model.of_all": {"id": "dari {all}", "en": "of {all}"},
    "model.gamma.mean": {"id": "Rata-rata bobot sampel sendiri", "en": "Mean weight of the own sample"},
    "model.gamma.rest": {"id": "selebihnya dari model", "en": "the rest is the model's"},
    "model.shapiro": {"id": "Sisaan normal? (Shapiro–Wilk, p)", "en": "Residuals normal? (Shapiro–Wilk, p)"},
    "model.fit": {"id": "Cocok dengan sampel? (Brown, p)", "en": "Fits the sample? (Brown, p)"},
    "model.keeps": {"id": "tidak ditolak pada {level}", "en": "not rejected at {level}"},
    "model.rejects": {"id": "ditolak pada {level}", "en": "rejected at {level}"},
    "model.direct": {"id": "Langsung dari sampel", "en": "Direct estimate"},
    "model.model": {"id": "Dari model", "en": "Model estimate"},
    "model.residual": {"id": "Sisaan baku", "en": "Standardised residual"},
    "model.quantile": {"id": "Kuantil normal", "en": "Normal quantile"},
    "model.gamma": {"id": "Bobot sampel sendiri (γ)", "en": "Weight of the own sample (γ)"},
    "model.sample_count": {"id": "Keluarga dalam sampel", "en": "Households in the sample"},
    "model.published": {
        "id": "Dalam penyajian terbitan, {count} kecamatan dengan kurang dari {least} keluarga dalam sampelnya tidak digambar.",
        "en": "In published figures, {count} kecamatan with fewer than {least} households in their sample are not drawn.",
    },
    "model.factor": {"id": "Faktor penyesuaian", "en": "Benchmarking factor"},
    "model.against.title": {"id": "Langsung dan dari model", "en": "Direct against model"},
    "model.against.note": {
        "id": "Satu titik satu kecamatan, garis tipis rentang 95 %. Titik mengikuti garis putus-putus bila model tidak "
        "menyimpang; rentang tegak (model) patut lebih pendek daripada rentang datar (langsung). Jingga: wilayah terpilih.",
        "en": "One dot is one kecamatan, thin lines are 95% intervals. Dots follow the dashed line if the model does not stray; "
        "upright intervals (model) should be shorter than level ones (direct). Orange: the chosen wilayah.",
    },
    "model.residuals.title": {"id": "Sisaan", "en": "Residuals"},
    "model.residuals.note": {
        "id": "Baik bila titik tersebar tanpa pola di sekitar nol, dan kira-kira 1 dari 20 di luar ±2.",
        "en": "Good if dots scatter without a pattern around zero, and about 1 in 20 lies beyond ±2.",
    },
    "model.normal.title": {"id": "Sisaan terhadap sebaran normal (Q–Q)", "en": "Residuals against the normal (Q–Q)"},
    "model.normal.note": {
        "id": "Baik bila titik mengikuti garis; ujung yang menyimpang berarti ada kecamatan yang tidak cocok dengan model.",
        "en": "Good if dots follow the line; ends that stray are kecamatan which the model does not fit.",
    },
    "model.shrinkage.title": {"id": "Seberapa besar peran sampel sendiri", "en": "How much the own sample counts"},
    "model.shrinkage.note": {
        "id": "100 %: hanya sampel kecamatan itu sendiri; 0 %: hanya model. Sampel yang lebih besar patut berbobot lebih besar.",
        "en": "100%: the kecamatan's own sample alone; 0%: the model alone. A larger sample should weigh more.",
    },
    "model.benchmark.title": {"id": "Penyesuaian ke angka di atasnya", "en": "Benchmarking to the figure above"},
    "model.benchmark.few": {
        "id": "Angka kecamatan dikalikan {factor} agar sesuai dengan angka langsung {name}.",
        "en": "Kecamatan figures are multiplied by {factor} to agree with the direct estimate of {name}.",
    },
    "model.benchmark.note": {
        "id": "Angka kecamatan dikalikan faktor ini agar sesuai dengan angka langsung wilayah di atasnya. Jauh dari 1 berarti "
        "model dan sampel berselisih di sana.",
        "en": "Kecamatan figures are multiplied by this factor to agree with the direct estimate of the wilayah above. Far "
        "from 1 means that model and sample disagree there.",
    },
    "model.covariates.title": {"id": "Peubah penjelas", "en": "Covariates"},
    "model.covariate": {"id": "Peubah", "en": "Covariate"},
    "model.beta": {"id": "Koefisien", "en": "Coefficient"},
    "model.se": {"id": "Galat baku", "en": "Standard error"},
    "model.covariates.note": {
        "id": "Tiap peubah dipusatkan dan dibagi simpangan bakunya. Koefisien kurang dari dua "
        "kali galat bakunya tidak jelas bedanya dari nol.",
        "en": "Each covariate is centred and divided by its standard deviation. A coefficient "
        "of less than twice its standard error is not clearly different from zero.",
    },
    "model.dropped": {"id": "Tidak ikut: {names}.", "en": "Left out: {names}."},
    "dropped.constant": {"id": "sama di semua kecamatan", "en": "the same everywhere"},
    "dropped.collinear": {"id": "sudah terwakili peubah lain", "en": "already in other covariates"},
    "model.tried.title": {"id": "Pilihan peubah yang dicoba", "en": "Sets of covariates that were tried"},
    "model.set": {"id": "Peubah", "en": "Covariates"},
    "model.set.none": {"id": "tanpa peubah", "en": "none"},
    "model.aic": {"id": "AIC", "en": "AIC"},
    "model.bic": {"id": "BIC", "en": "BIC"},
    "model.loglik": {"id": "Log-kemungkinan", "en": "Log-likelihood"},
    "model.chosen": {"id": "Dipakai", "en": "Chosen"},
    "model.chosen.mark": {"id": "ya", "en": "yes"},
    "model.tried.note": {
        "id": "{shown} terbaik dari {all} yang dicoba. AIC terkecil dipilih; beda kurang dari 2 berarti kedua pilihan hampir sama baiknya.",
        "en": "The best {shown} of {all} that were tried. The smallest AIC is chosen; sets less than 2 apart are about as good as each other.",
    },
    "model.values": {
        "id": "Tabel ini ditaksir dengan kemungkinan maksimum. Model yang dipakai lalu ditaksir ulang dengan {method}, maka "
        "angkanya lain: log-kemungkinan {loglik}, AIC {aic}, BIC {bic}. Efek rancangan {deff}.",
        "en": "The table is fitted by maximum likelihood. The model that is used is then fitted with {method}, so its values "
        "differ: log-likelihood {loglik}, AIC {aic}, BIC {bic}. Design effect {deff}.",
    },
    "covariate.constant": {"id": "tetapan", "en": "constant"},
    "covariate.register_exclusion_rate": {"id": "eksklusi menurut register", "en": "exclusion by the register"},
    "covariate.register_inclusion_rate": {"id": "inklusi menurut register", "en": "inclusion by the register"},
    "covariate.desil_1_2_rate": {"id": "bagian desil 1–2", "en": "share of desil 1–2"},
    "covariate.eligible_share_rate": {"id": "bagian yang layak menurut register", "en": "share eligible by the register"},
    "covariate.unranked_share_rate": {"id": "bagian yang belum ada desilnya", "en": "share without a desil"},
    "covariate.stale_days": {"id": "lama sejak verifikasi (log hari)", "en": "time since verification (log days)"},
    "covariate.sparse_log": {"id": "kejarangan penduduk (log km² per keluarga)", "en": "sparseness (log km² per family)"},
}  # fmt: skip
