CREATE COLLATION ruled (provider = icu, locale = 'und', rules = '&V << w <<< W');
CREATE COLLATION more (provider = icu, locale = 'de', rules = '&a < g &x < y');
CREATE TABLE t (a text COLLATE ruled);
