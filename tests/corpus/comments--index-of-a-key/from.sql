CREATE TABLE t (id integer PRIMARY KEY, u integer UNIQUE, v integer CONSTRAINT "v's" UNIQUE);
COMMENT ON INDEX "v's" IS 'Old';
COMMENT ON CONSTRAINT t_pkey ON t IS 'The key';
