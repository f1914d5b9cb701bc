CREATE COLLATION plain (provider = builtin, locale = 'C');
CREATE TABLE t (a text COLLATE plain);
