CREATE TABLE p (a integer, b integer, "C c" integer);
CREATE TABLE keeps (a integer NOT NULL, b integer NOT NULL, "C c" integer CONSTRAINT own NOT NULL) INHERITS (p);
CREATE TABLE loses () INHERITS (p);
CREATE TABLE below (a integer NOT NULL) INHERITS (loses);
CREATE TABLE keyed (b integer PRIMARY KEY) INHERITS (p);
CREATE TABLE parted (a integer, k integer) PARTITION BY LIST (k);
CREATE TABLE part PARTITION OF parted (a NOT NULL) FOR VALUES IN (1);
CREATE TABLE other_part PARTITION OF parted FOR VALUES IN (2);
