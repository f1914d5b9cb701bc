CREATE COLLATION sorted (provider = libc, locale = 'C');
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION lost (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
COMMENT ON COLLATION sorted IS 'By bytes';
CREATE TABLE t (id integer, a text COLLATE sorted DEFAULT 'x', b text COLLATE folded, c text COLLATE lost);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT id, a FROM t WHERE a < 'x' COLLATE sorted;
