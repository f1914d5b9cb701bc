CREATE TABLE t (id bigint, a text, extra integer, CONSTRAINT pk2 PRIMARY KEY (id));
CREATE VIEW v AS SELECT id, a, extra FROM t GROUP BY id;
