CREATE TABLE t (id serial, b integer);
GRANT USAGE ON SEQUENCE t_id_seq TO reader, owner_a;
GRANT SELECT ON t TO reader, owner_a;
ALTER TABLE t OWNER TO app;
GRANT UPDATE (b) ON t TO owner_a, reader;
CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY);
GRANT USAGE ON SEQUENCE i_id_seq TO reader, owner_a;
ALTER TABLE i OWNER TO app;
