CREATE TABLE p (a int NOT NULL, b int);
CREATE TABLE c (a int) INHERITS (p);
CREATE TABLE both_ways (a int NOT NULL, own int NOT NULL) INHERITS (p);
