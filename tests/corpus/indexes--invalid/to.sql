CREATE TABLE t (a text, b text);
CREATE INDEX broken ON t (b, a);
CREATE TABLE other ();
