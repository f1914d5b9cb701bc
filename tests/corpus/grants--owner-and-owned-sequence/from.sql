CREATE TABLE t (id serial, b integer);
GRANT USAGE ON SEQUENCE t_id_seq TO reader;
GRANT SELECT ON t TO reader;
ALTER TABLE t OWNER TO owner_a;
GRANT UPDATE (b) ON t TO owner_a, reader;
CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY);
GRANT USAGE ON SEQUENCE i_id_seq TO reader;
ALTER TABLE i OWNER TO owner_a;
