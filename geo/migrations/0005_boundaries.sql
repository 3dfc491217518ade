-- Codes of the other system, each pair with the year of its BPS code: a file of 2020 is read by pairs of 2020.
CREATE TABLE kode_pair (
    vintage smallint NOT NULL,
    kode_bps text COLLATE "C" NOT NULL,
    kode text COLLATE "C" NOT NULL,
    source_id integer NOT NULL REFERENCES source (id),
    CONSTRAINT pk_kode_pair PRIMARY KEY (vintage, kode_bps, kode)
);
CREATE INDEX ix_kode_pair_kode_bps ON kode_pair (kode_bps);

-- A map of the nation, of a provinsi and of a kabupaten each have shapes of their own detail.
ALTER TABLE boundary_shape ADD COLUMN detail smallint NOT NULL DEFAULT 1;
ALTER TABLE boundary_shape ALTER COLUMN detail DROP DEFAULT;
ALTER TABLE boundary_shape DROP CONSTRAINT pk_boundary_shape;
ALTER TABLE boundary_shape ADD CONSTRAINT pk_boundary_shape PRIMARY KEY (source_id, kode, detail);
ALTER TABLE boundary_shape ADD CONSTRAINT ck_boundary_shape_detail CHECK (detail BETWEEN 0 AND 2);
-- Boundaries that are loaded already are drawn at one detail; it serves every map until they are loaded again.
INSERT INTO boundary_shape (source_id, kode, level, tolerance_degree, geom, detail)
SELECT source_id, kode, level, tolerance_degree, geom, other.detail
FROM boundary_shape CROSS JOIN (VALUES (0::smallint), (2::smallint)) AS other (detail);

CREATE TABLE boundary_other_shape (
    source_id integer NOT NULL REFERENCES source (id),
    given_code text NOT NULL,
    detail smallint NOT NULL,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    CONSTRAINT pk_boundary_other_shape PRIMARY KEY (source_id, given_code, detail),
    CONSTRAINT ck_boundary_other_shape_detail CHECK (detail BETWEEN 0 AND 2)
);
INSERT INTO boundary_other_shape (source_id, given_code, detail, geom)
SELECT source_id, given_code, other.detail, shape
FROM boundary_other CROSS JOIN (VALUES (0::smallint), (1::smallint), (2::smallint)) AS other (detail)
WHERE shape IS NOT NULL;
ALTER TABLE boundary_other DROP COLUMN shape;

ALTER TABLE official_figure DROP CONSTRAINT ck_official_figure_indicator;
ALTER TABLE official_figure ADD CONSTRAINT ck_official_figure_indicator
    CHECK (indicator IN ('poverty_rate', 'population', 'poverty_line_idr', 'area_km2'));
