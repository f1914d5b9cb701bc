CREATE TABLE t (id integer PRIMARY KEY, r datemultirange, p numeric, c integer, m macaddr8, b polygon);
