CREATE TABLE a (id integer PRIMARY KEY, code text, CONSTRAINT a_code UNIQUE (code) WITH (fillfactor = 70) USING INDEX TABLESPACE fast);
CREATE TABLE b (id integer PRIMARY KEY, code text);
CREATE TABLE t (
    id integer CONSTRAINT t_pkey PRIMARY KEY,
    u integer,
    f integer,
    CONSTRAINT sort CHECK (u > 0),
    CONSTRAINT points FOREIGN KEY (f) REFERENCES b (id),
    CONSTRAINT defers FOREIGN KEY (f) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT waits UNIQUE (u, id) DEFERRABLE,
    CONSTRAINT checks CHECK (u > 0)
);
ALTER TABLE t CLUSTER ON t_pkey;
