CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE t (id integer, f integer, g integer,
    CONSTRAINT loose CHECK (id > 0),
    CONSTRAINT points FOREIGN KEY (f) REFERENCES a,
    CONSTRAINT strict FOREIGN KEY (g) REFERENCES a NOT ENFORCED);
