CREATE TABLE base (id integer NOT NULL, note text);
CREATE TABLE child (own date) INHERITS (base);
CREATE TABLE loose (id integer NOT NULL, note text, more text);
