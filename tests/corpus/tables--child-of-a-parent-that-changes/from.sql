-- A new child takes what its parent has by then: defaults, NOT NULL, storage.
CREATE TABLE above (id integer, at timestamp with time zone DEFAULT now(), note text, more text NOT NULL);
CREATE SCHEMA other;
CREATE TABLE other.child (own integer) INHERITS (above);
CREATE INDEX child_at ON other.child (at);
CREATE VIEW seen AS SELECT at FROM other.child;
