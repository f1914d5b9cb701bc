CREATE TABLE t (id integer NOT NULL, code text NOT NULL, a integer, b integer, c integer, "Nr" integer, label text);
CREATE UNIQUE INDEX t_pkey ON t (id);
CREATE UNIQUE INDEX by_code ON t (code) INCLUDE (label);
CREATE UNIQUE INDEX "by Nr" ON t ("Nr");
COMMENT ON INDEX "by Nr" IS 'by number';
CREATE UNIQUE INDEX t_a_b_key ON t (a, b);
CREATE UNIQUE INDEX also_a_b ON t (a, b);
CREATE TABLE pointing (code text);
-- These cannot become keys as they are.
CREATE TABLE other (id integer NOT NULL, code text NOT NULL, a integer, b integer);
CREATE UNIQUE INDEX other_pkey ON other (id DESC);
CREATE UNIQUE INDEX other_code_key ON other (code) WHERE a > 0;
CREATE INDEX other_a_key ON other (a);
CREATE UNIQUE INDEX other_b_key ON other (b, a);
CREATE TABLE parted (id integer NOT NULL) PARTITION BY RANGE (id);
CREATE UNIQUE INDEX parted_pkey ON parted (id);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (10);
