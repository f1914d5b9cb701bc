-- PostgreSQL builds the indexes of a column anew that gets another type, and forgets what was said of them.
CREATE TABLE plain (id integer, note character varying(90));
CREATE INDEX plain_note ON plain (lower(note)) WHERE id > 0;
ALTER INDEX plain_note ALTER COLUMN 1 SET STATISTICS 50;
COMMENT ON INDEX plain_note IS 'stays';
CREATE TABLE parts (id integer, note character varying(90)) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (MINVALUE) TO (0);
CREATE TABLE parts_rest PARTITION OF parts DEFAULT PARTITION BY LIST (id);
CREATE TABLE parts_rest_rest PARTITION OF parts_rest DEFAULT;
CREATE INDEX parts_note ON parts (note, lower(note));
COMMENT ON INDEX parts_note IS 'of the whole';
COMMENT ON INDEX parts_low_note_lower_idx IS 'of a part';
ALTER INDEX parts_low_note_lower_idx ALTER COLUMN 2 SET STATISTICS 70;
