CREATE TABLE p (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE c (a integer DEFAULT 1, b integer DEFAULT 1, x integer,
    CONSTRAINT one FOREIGN KEY (a, b) REFERENCES p ON DELETE CASCADE,
    CONSTRAINT two FOREIGN KEY (b, a) REFERENCES p (b, a),
    CONSTRAINT three FOREIGN KEY (a, x) REFERENCES p);
