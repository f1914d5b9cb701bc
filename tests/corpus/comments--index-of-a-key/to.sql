CREATE TABLE t (id integer PRIMARY KEY, u integer UNIQUE, v integer CONSTRAINT "v's" UNIQUE);
COMMENT ON INDEX t_pkey IS 'The index of the key';
COMMENT ON CONSTRAINT t_pkey ON t IS 'The key';
COMMENT ON INDEX t_u_key IS 'It''s u';
CREATE TABLE n (id integer PRIMARY KEY);
COMMENT ON INDEX n_pkey IS 'New';
