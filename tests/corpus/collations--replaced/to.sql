CREATE COLLATION sorted (provider = icu, locale = 'de');
COMMENT ON COLLATION sorted IS 'As in German';
ALTER COLLATION sorted OWNER TO owner_a;
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
CREATE COLLATION "Fresh" (provider = libc, locale = 'POSIX');
CREATE TABLE t (id integer, a text COLLATE sorted DEFAULT 'x', b text COLLATE folded, c text COLLATE "Fresh");
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT id, a FROM t WHERE a < 'x' COLLATE sorted;
