CREATE TABLE base (a integer DEFAULT 1, b text NOT NULL);
CREATE TABLE own (a integer DEFAULT 2, b text DEFAULT '3', c integer) INHERITS (base);
CREATE TABLE below (d integer) INHERITS (own);
ALTER TABLE below ALTER a SET DEFAULT 7;
