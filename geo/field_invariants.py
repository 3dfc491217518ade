"""What must hold of verification samples and of what is estimated from them: each invariant's query of violations."""

FIELD_INVARIANTS: dict[str, str] = {
    "verification_ledger_equals_rows": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM verification GROUP BY source_id) AS stored
          ON stored.source_id = source.id
        WHERE kind = 'verification'
          AND coalesce(n, 0) <> CASE status WHEN 'ready' THEN kept_count ELSE 0 END
    """,
    "verification_quarantine_equals_ledger": """
        SELECT source.id::text FROM source
        LEFT JOIN (SELECT source_id, count(*) AS n FROM quarantine GROUP BY source_id) AS held
          ON held.source_id = source.id
        WHERE kind = 'verification' AND quarantined_count <> coalesce(n, 0)
    """,
    "verification_has_its_wilayah": """
        SELECT verification.kode FROM verification LEFT JOIN wilayah USING (kode)
        WHERE wilayah.kode IS NULL OR wilayah.level <> 4 OR left(verification.kode, 2) <> provinsi_kode
    """,
    # A register that was loaded again leaves the sample behind, until its file is loaded again too.
    "verification_equals_register": """
        SELECT sampled.kode || ' ' || sampled.period FROM verification AS sampled
        LEFT JOIN household USING (period, provinsi_kode, household_id)
        WHERE sampled.is_registered AND (household.household_id IS NULL
              OR (sampled.desil, sampled.eligible, sampled.received, sampled.person_count)
                 IS DISTINCT FROM (household.desil, household.eligible, household.received, household.person_count))
           OR NOT sampled.is_registered AND (household.household_id IS NOT NULL OR sampled.frame = 'register'
              OR sampled.eligible <> 0 OR sampled.desil IS NOT NULL)
    """,
    "verification_is_in_known_programs": """
        SELECT kode || ' ' || period FROM verification
        WHERE (eligible | truly_eligible | received) & ~(SELECT bit_or(1 << id) FROM program) <> 0
           OR frame = 'recipients' AND received & (1 << program_id) = 0
    """,
    "estimate_is_within_its_interval": """
        SELECT kode || ' ' || period || ' ' || measure FROM estimate
        WHERE estimate NOT BETWEEN 0 AND 1 OR lower NOT BETWEEN 0 AND 1 OR upper NOT BETWEEN 0 AND 1
           OR lower > estimate OR upper < estimate OR (lower IS NULL) <> (upper IS NULL)
           OR estimate IS NULL AND lower IS NOT NULL OR status = 'ok' AND (estimate IS NULL OR lower IS NULL)
    """,
    "estimate_is_its_totals": """
        SELECT kode || ' ' || period || ' ' || measure FROM estimate
        WHERE method = 'direct' AND denominator > 0 AND abs(estimate - numerator / denominator) > 1e-9
    """,
    "causes_add_up_to_exclusion": """
        SELECT kode || ' ' || period FROM (
            SELECT period, truth, frame, program_id, level, kode,
                   sum(coalesce(direct_estimate, estimate)) FILTER (WHERE measure = 'exclusion') AS whole,
                   sum(estimate) FILTER (WHERE measure <> 'exclusion') AS parts
            FROM estimate WHERE measure IN ('exclusion', 'exclusion_unregistered', 'exclusion_wrong_desil',
                                            'exclusion_not_reached')
            GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(estimate) = 4) AS counted
        WHERE abs(whole - parts) > 1e-9
    """,
    "estimate_rests_on_a_sample": """
        SELECT held.period || ' ' || held.truth || ' ' || held.frame
        FROM (SELECT DISTINCT period, truth, frame, program_id FROM estimate
              UNION SELECT period, truth, frame, program_id FROM estimate_model) AS held
        WHERE NOT EXISTS (
            SELECT FROM verification AS sampled JOIN source ON source.id = source_id AND source.status = 'ready'
            WHERE (sampled.period, sampled.truth, sampled.frame) = (held.period, held.truth, held.frame)
              AND (held.frame <> 'recipients' OR sampled.program_id = held.program_id))
    """,
    "desa_shows_its_kecamatan": """
        SELECT desa.kode || ' ' || desa.period || ' ' || desa.measure FROM estimate AS desa
        LEFT JOIN estimate AS parent
          ON parent.level = 3 AND parent.kode = left(desa.kode, 8)
         AND (parent.period, parent.truth, parent.frame, parent.program_id, parent.measure)
             = (desa.period, desa.truth, desa.frame, desa.program_id, desa.measure)
        WHERE desa.level = 4 AND (desa.method <> 'above'
              OR (desa.estimate, desa.se, desa.lower, desa.upper, desa.status)
                 IS DISTINCT FROM (parent.estimate, parent.se, parent.lower, parent.upper, parent.status))
    """,
}
