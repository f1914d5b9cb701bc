CREATE COLLATION level2 (provider = icu, locale = 'und-u-ks-level2');
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE level2);
CREATE INDEX t_a ON t (a);
