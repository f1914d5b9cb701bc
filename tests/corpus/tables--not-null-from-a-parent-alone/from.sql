CREATE TABLE p (a int NOT NULL, b int);
