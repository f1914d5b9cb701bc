CREATE TABLE t (id integer PRIMARY KEY, r daterange, p money, c "char", m macaddr, b box);
