-- As a dump of an older server makes partitions: each first, then attached.
CREATE TABLE place (id integer PRIMARY KEY);
CREATE TABLE m (
    id integer NOT NULL, part text NOT NULL, b text NOT NULL, c text NOT NULL,
    place integer REFERENCES place, PRIMARY KEY (part, id)
) PARTITION BY LIST (part);
CREATE TABLE m_x (id integer NOT NULL, part text NOT NULL, b text NOT NULL, c text NOT NULL, place integer);
CREATE TABLE m_y (id integer NOT NULL, part text NOT NULL, b text NOT NULL, c text NOT NULL, place integer)
    PARTITION BY RANGE (id);
CREATE TABLE m_y_low (id integer NOT NULL, part text NOT NULL, b text NOT NULL, c text NOT NULL, place integer);
ALTER TABLE m_y ATTACH PARTITION m_y_low FOR VALUES FROM (0) TO (1000);
ALTER TABLE m ATTACH PARTITION m_x FOR VALUES IN ('x');
ALTER TABLE m ATTACH PARTITION m_y FOR VALUES IN ('y');
CREATE TABLE n (part text, m integer, FOREIGN KEY (part, m) REFERENCES m);
CREATE INDEX ON m (b);
CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER looks BEFORE INSERT ON m FOR EACH ROW EXECUTE FUNCTION look();
-- The table's own constraint gets another name, and not those below.
CREATE TABLE p (a integer CONSTRAINT given NOT NULL) PARTITION BY LIST (a);
CREATE TABLE p_1 (a integer NOT NULL);
ALTER TABLE p ATTACH PARTITION p_1 FOR VALUES IN (1);
CREATE TABLE p_2 PARTITION OF p FOR VALUES IN (2) PARTITION BY LIST (a);
CREATE TABLE p_2_of (a integer CONSTRAINT deep NOT NULL);
ALTER TABLE p_2 ATTACH PARTITION p_2_of FOR VALUES IN (2);
-- Names that must be quoted.
CREATE TABLE "Odd ""p""" ("A ""b""" integer CONSTRAINT "the ""old""" NOT NULL) PARTITION BY LIST ("A ""b""");
CREATE TABLE "Odd ""1""" ("A ""b""" integer CONSTRAINT "<b>'old'</b>" NOT NULL);
ALTER TABLE "Odd ""p""" ATTACH PARTITION "Odd ""1""" FOR VALUES IN (1);
