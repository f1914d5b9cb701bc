CREATE TABLE above (id integer DEFAULT 7, at timestamp with time zone, note text NOT NULL, more text);
ALTER TABLE above ALTER COLUMN note SET STORAGE EXTERNAL;
CREATE TABLE child (own integer) INHERITS (above);
CREATE INDEX child_at ON child (at);
CREATE VIEW seen AS SELECT at FROM child;
