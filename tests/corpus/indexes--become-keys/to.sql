CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL, a integer, b integer, c integer, "Nr" integer, label text);
ALTER TABLE t ADD CONSTRAINT t_code_key UNIQUE (code) INCLUDE (label);
ALTER TABLE t ADD CONSTRAINT "by Nr" UNIQUE ("Nr") DEFERRABLE;
COMMENT ON INDEX "by Nr" IS 'by number';
ALTER TABLE t ADD UNIQUE (a, b);
CREATE TABLE pointing (code text REFERENCES t (code));
CREATE TABLE other (id integer PRIMARY KEY, code text NOT NULL UNIQUE, a integer UNIQUE, b integer UNIQUE);
CREATE TABLE parted (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (10);
