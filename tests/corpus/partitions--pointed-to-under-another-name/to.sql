CREATE TABLE a (id integer, k integer, PRIMARY KEY (id, k)) PARTITION BY LIST (k);
CREATE TABLE a_1 PARTITION OF a FOR VALUES IN (1);
CREATE TABLE b (id integer, k integer, FOREIGN KEY (id, k) REFERENCES a);
