CREATE TABLE base (a text DEFAULT '1', b text);
CREATE TABLE own (a text DEFAULT '2', b text DEFAULT '3', c integer) INHERITS (base);
CREATE TABLE below (d integer) INHERITS (own);
