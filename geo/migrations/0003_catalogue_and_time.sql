-- What is counted of a register has grown: registers that are already counted are let go, with their cubes, and are
-- loaded again from their files.
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
DELETE FROM leak_cause_count;
DELETE FROM group_count;
DELETE FROM set_count;
DELETE FROM overlap_count;
DELETE FROM program_total;
DELETE FROM quota;
DELETE FROM estimate;
DELETE FROM estimate_model;
DELETE FROM verification;
DELETE FROM quarantine WHERE source_id IN (SELECT id FROM source WHERE kind IN ('register', 'verification'));
DELETE FROM source WHERE kind IN ('register', 'verification');

-- A program for pupils is estimated in pupils.
ALTER TABLE verification ADD COLUMN pupil_count SMALLINT NOT NULL;

ALTER TABLE source DROP CONSTRAINT ck_source_kind;
ALTER TABLE source ADD CONSTRAINT ck_source_kind
    CHECK (kind IN ('boundaries', 'codes', 'register', 'verification', 'figures', 'succession'));

-- The policy rows are written anew from this version's files.
DELETE FROM program_pair;
DELETE FROM program_benefit;
DELETE FROM program_rule;
ALTER TABLE program
    ADD COLUMN full_name TEXT DEFAULT '' NOT NULL,
    ADD COLUMN kind TEXT DEFAULT '' NOT NULL,
    ADD COLUMN agency TEXT DEFAULT '' NOT NULL,
    DROP COLUMN funding;
ALTER TABLE program ALTER COLUMN full_name DROP DEFAULT, ALTER COLUMN kind DROP DEFAULT,
    ALTER COLUMN agency DROP DEFAULT;
ALTER TABLE program DROP CONSTRAINT ck_program_unit;
ALTER TABLE program ADD CONSTRAINT ck_program_unit CHECK (unit IN ('household', 'person', 'pupil'));
ALTER TABLE program_rule
    ADD COLUMN basis TEXT NOT NULL,
    ADD COLUMN funding TEXT NOT NULL,
    ADD COLUMN note_id TEXT NOT NULL,
    ADD COLUMN note_en TEXT NOT NULL,
    ALTER COLUMN desil_min DROP NOT NULL,
    ALTER COLUMN desil_max DROP NOT NULL,
    ADD CONSTRAINT ck_program_rule_basis CHECK (basis IN ('register', 'list', 'application', 'assessment', 'customer')),
    ADD CONSTRAINT ck_program_rule_basis_desil CHECK ((basis = 'register') = (desil_min IS NOT NULL)),
    ADD CONSTRAINT ck_program_rule_desil_pair CHECK (num_nulls(desil_min, desil_max) IN (0, 2));
ALTER TABLE program_benefit
    ALTER COLUMN amount_idr DROP NOT NULL,
    ADD COLUMN note_id TEXT NOT NULL,
    ADD COLUMN note_en TEXT NOT NULL;

ALTER TABLE desil_count
    ADD COLUMN without_count BIGINT NOT NULL,
    ADD COLUMN without_person_count BIGINT NOT NULL;

CREATE TABLE age_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    age_class TEXT NOT NULL,
    household_count BIGINT NOT NULL,
    CONSTRAINT uq_age_count UNIQUE NULLS NOT DISTINCT (period, level, kode, age_class)
);

CREATE TABLE status_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    status_word TEXT,
    household_count BIGINT NOT NULL,
    person_count BIGINT NOT NULL,
    CONSTRAINT uq_status_count UNIQUE NULLS NOT DISTINCT (period, level, kode, status_word)
);

CREATE TABLE move_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    move TEXT NOT NULL,
    desil_before SMALLINT,
    desil SMALLINT,
    household_count BIGINT NOT NULL,
    CONSTRAINT uq_move_count UNIQUE NULLS NOT DISTINCT (period, level, kode, move, desil_before, desil)
);

CREATE TABLE official_figure (
    indicator TEXT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    figure_on DATE NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    reference TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    CONSTRAINT pk_official_figure PRIMARY KEY (indicator, kode, figure_on),
    CONSTRAINT ck_official_figure_indicator CHECK (indicator IN ('poverty_rate', 'population', 'poverty_line_idr')),
    CONSTRAINT ck_official_figure_value CHECK (value >= 0 AND (indicator <> 'poverty_rate' OR value <= 1)),
    CONSTRAINT fk_official_figure_kode FOREIGN KEY(kode) REFERENCES wilayah (kode),
    CONSTRAINT fk_official_figure_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE TABLE social_count (
    period DATE NOT NULL,
    level SMALLINT NOT NULL,
    kode TEXT COLLATE "C" NOT NULL,
    social_group TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    reported_count BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    CONSTRAINT pk_social_count PRIMARY KEY (period, kode, social_group, kind),
    CONSTRAINT ck_social_count_social_group CHECK (social_group IN ('ppks', 'psks', 'kat')),
    CONSTRAINT ck_social_count_unit CHECK (unit IN ('person', 'household', 'community', 'institution')),
    CONSTRAINT ck_social_count_reported_count CHECK (reported_count >= 0),
    CONSTRAINT fk_social_count_kode FOREIGN KEY(kode) REFERENCES wilayah (kode),
    CONSTRAINT fk_social_count_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE TABLE wilayah_succession (
    old_kode TEXT COLLATE "C" NOT NULL,
    new_kode TEXT COLLATE "C" NOT NULL,
    happened_on DATE NOT NULL,
    share DOUBLE PRECISION,
    reference TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    CONSTRAINT pk_wilayah_succession PRIMARY KEY (old_kode, new_kode, happened_on),
    CONSTRAINT ck_wilayah_succession_share CHECK (share > 0 AND share <= 1),
    CONSTRAINT fk_wilayah_succession_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
