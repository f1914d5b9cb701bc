CREATE TABLE parent (a integer, "N" integer DEFAULT 4 NOT NULL, only_above text);
CREATE TABLE child (b integer, "N" integer DEFAULT 5 NOT NULL) INHERITS (parent);
CREATE TABLE grandchild ("N" integer DEFAULT 6 NOT NULL) INHERITS (child);
CREATE TABLE other (c integer, "N" integer);
