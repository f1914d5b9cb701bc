CREATE TABLE a (id integer PRIMARY KEY, code text, CONSTRAINT a_code UNIQUE (code));
CREATE TABLE b (id integer PRIMARY KEY, code text);
CREATE TABLE t (
    id integer CONSTRAINT t_pkey PRIMARY KEY,
    u integer,
    f integer,
    CONSTRAINT sort UNIQUE (u),
    CONSTRAINT points FOREIGN KEY (f) REFERENCES a (id),
    CONSTRAINT defers FOREIGN KEY (f) REFERENCES a (id),
    CONSTRAINT waits UNIQUE (u, id),
    CONSTRAINT checks CHECK (u > 0) NOT VALID
);
