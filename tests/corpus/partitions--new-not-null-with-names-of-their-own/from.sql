-- As a dump of an older server makes partitions: each first, then attached.
CREATE TABLE m (id integer NOT NULL, part text NOT NULL, b text NOT NULL) PARTITION BY LIST (part);
CREATE TABLE m_x (id integer NOT NULL, part text NOT NULL, b text NOT NULL);
CREATE TABLE m_y (id integer NOT NULL, part text NOT NULL, b text NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE m_y_low (id integer NOT NULL, part text NOT NULL, b text NOT NULL);
ALTER TABLE m_y ATTACH PARTITION m_y_low FOR VALUES FROM (0) TO (1000);
ALTER TABLE m ATTACH PARTITION m_x FOR VALUES IN ('x');
ALTER TABLE m ATTACH PARTITION m_y FOR VALUES IN ('y');
