CREATE TABLE base (id integer NOT NULL, note text DEFAULT 'x', added integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE child (own timestamp, more integer) INHERITS (base);
CREATE TABLE loose (more text) INHERITS (base);
