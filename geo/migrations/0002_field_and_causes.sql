-- What a register's rows say of themselves has grown: registers that are already counted are let go, with their
-- cubes, and are loaded again from their files.
DO $$
DECLARE part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits
                WHERE inhparent IN ('household'::regclass, 'enrolment'::regclass) LOOP
        EXECUTE format('DROP TABLE %s', part);
    END LOOP;
END $$;
DELETE FROM desil_count;
DELETE FROM program_count;
DELETE FROM overlap_count;
DELETE FROM program_total;
DELETE FROM quota;
DELETE FROM quarantine WHERE source_id IN (SELECT id FROM source WHERE kind = 'register');
DELETE FROM source WHERE kind = 'register';

ALTER TABLE source ADD COLUMN revision SMALLINT DEFAULT '0' NOT NULL;
ALTER TABLE source DROP CONSTRAINT ck_source_kind;
ALTER TABLE source ADD CONSTRAINT ck_source_kind
    CHECK (kind IN ('boundaries', 'codes', 'register', 'verification'));

ALTER TABLE household ADD COLUMN qualified INTEGER NOT NULL;

ALTER TABLE enrolment
    ADD COLUMN qualified_count SMALLINT NOT NULL,
    ADD COLUMN qualified_idr BIGINT NOT NULL,
    ADD COLUMN leak_cause TEXT,
    ADD COLUMN welfare_idr BIGINT,
    ADD COLUMN head_sex TEXT,
    ADD COLUMN person_count SMALLINT,
    ADD COLUMN elderly_count SMALLINT,
    ADD COLUMN disability_count SMALLINT;

ALTER TABLE program_count
    ADD COLUMN qualified_count BIGINT NOT NULL,
    ADD COLUMN qualified_reached_count BIGINT NOT NULL,
    ADD COLUMN qualified_idr BIGINT NOT NULL,
    ADD COLUMN qualified_reached_idr BIGINT NOT NULL,
    ADD COLUMN received_idr BIGINT NOT NULL,
    ADD COLUMN qualified_received_idr BIGINT NOT NULL,
    ADD COLUMN scored_idr BIGINT NOT NULL,
    ADD COLUMN welfare_idr BIGINT NOT NULL;

ALTER TABLE program_total
    ADD COLUMN poorest_gap_count BIGINT NOT NULL,
    ADD COLUMN later_reached_count BIGINT NOT NULL,
    ADD COLUMN out_of_order_count BIGINT;

CREATE TABLE program_pair (
    program_id SMALLINT NOT NULL,
    other_program_id SMALLINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    is_permitted BOOLEAN NOT NULL,
    reference TEXT NOT NULL,
    CONSTRAINT pk_program_pair PRIMARY KEY (program_id, other_program_id, valid_from),
    CONSTRAINT ck_program_pair_order CHECK (program_id < other_program_id),
    CONSTRAINT fk_program_pair_program_id FOREIGN KEY(program_id) REFERENCES program (id),
    CONSTRAINT fk_program_pair_other_program_id FOREIGN KEY(other_program_id) REFERENCES program (id)
);

CREATE TABLE leak_cause_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    program_id SMALLINT NOT NULL,
    cause TEXT NOT NULL,
    leak_count BIGINT NOT NULL,
    leak_idr BIGINT NOT NULL,
    CONSTRAINT uq_leak_cause_count UNIQUE NULLS NOT DISTINCT (period, level, kode, program_id, cause)
);

CREATE TABLE group_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    program_id SMALLINT NOT NULL,
    dimension TEXT NOT NULL,
    class TEXT,
    eligible_count BIGINT NOT NULL,
    received_count BIGINT NOT NULL,
    reached_count BIGINT NOT NULL,
    CONSTRAINT uq_group_count UNIQUE NULLS NOT DISTINCT (period, level, kode, program_id, dimension, class)
);

CREATE TABLE set_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    eligible INTEGER NOT NULL,
    received INTEGER NOT NULL,
    household_count BIGINT NOT NULL,
    person_count BIGINT NOT NULL,
    CONSTRAINT uq_set_count UNIQUE NULLS NOT DISTINCT (period, level, kode, eligible, received)
);

CREATE TABLE verification (
    period DATE NOT NULL,
    provinsi_kode TEXT COLLATE "C" NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    source_id INTEGER NOT NULL,
    line BIGINT NOT NULL,
    truth TEXT NOT NULL,
    frame TEXT NOT NULL,
    program_id SMALLINT,
    household_id TEXT,
    stratum TEXT NOT NULL,
    cluster TEXT NOT NULL,
    weight FLOAT NOT NULL,
    stratum_cluster_count INTEGER,
    cluster_household_count INTEGER,
    observed_desil SMALLINT,
    observed_adminduk TEXT,
    observed_on DATE,
    person_count SMALLINT NOT NULL,
    is_registered BOOLEAN NOT NULL,
    desil SMALLINT,
    eligible INTEGER NOT NULL,
    truly_eligible INTEGER NOT NULL,
    received INTEGER NOT NULL,
    CONSTRAINT pk_verification PRIMARY KEY (source_id, line),
    CONSTRAINT ck_verification_truth CHECK (truth IN ('proxy_means', 'consumption', 'musyawarah', 'adminduk')),
    CONSTRAINT ck_verification_frame CHECK (frame IN ('register', 'listing', 'recipients')),
    CONSTRAINT ck_verification_weight CHECK (weight > 0),
    CONSTRAINT ck_verification_program_id CHECK ((frame = 'recipients') = (program_id IS NOT NULL)),
    CONSTRAINT fk_verification_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_verification_program_id FOREIGN KEY(program_id) REFERENCES program (id)
);

CREATE INDEX ix_verification_period_kode ON verification (period, kode);

CREATE TABLE estimate (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    program_id SMALLINT NOT NULL,
    measure TEXT NOT NULL,
    truth TEXT NOT NULL,
    frame TEXT NOT NULL,
    method TEXT NOT NULL,
    status TEXT NOT NULL,
    estimate FLOAT,
    se FLOAT,
    lower FLOAT,
    upper FLOAT,
    numerator FLOAT,
    denominator FLOAT,
    effective_count FLOAT,
    deff FLOAT,
    direct_estimate FLOAT,
    direct_se FLOAT,
    direct_lower FLOAT,
    direct_upper FLOAT,
    model_estimate FLOAT,
    gamma FLOAT,
    residual FLOAT,
    sample_count INTEGER NOT NULL,
    cluster_count INTEGER NOT NULL,
    CONSTRAINT pk_estimate PRIMARY KEY (period, truth, frame, program_id, measure, level, kode),
    CONSTRAINT ck_estimate_truth CHECK (truth IN ('proxy_means', 'consumption', 'musyawarah', 'adminduk')),
    CONSTRAINT ck_estimate_frame CHECK (frame IN ('register', 'listing', 'recipients')),
    CONSTRAINT ck_estimate_method CHECK (method IN ('direct', 'model', 'synthetic', 'above', 'none')),
    CONSTRAINT ck_estimate_interval CHECK (lower <= estimate AND estimate <= upper),
    CONSTRAINT fk_estimate_program_id FOREIGN KEY(program_id) REFERENCES program (id)
);

CREATE TABLE estimate_model (
    period DATE NOT NULL,
    truth TEXT NOT NULL,
    frame TEXT NOT NULL,
    program_id SMALLINT NOT NULL,
    measure TEXT NOT NULL,
    report JSONB NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_estimate_model PRIMARY KEY (period, truth, frame, program_id, measure),
    CONSTRAINT fk_estimate_model_program_id FOREIGN KEY(program_id) REFERENCES program (id)
);
