CREATE PROCEDURE here(before text, after text) LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('%s %I %s', before, current_database(), after); END $$;
CALL here('ALTER DATABASE', 'SET work_mem = ''6MB''');
CALL here('ALTER DATABASE', 'SET search_path = public');
CALL here('ALTER DATABASE', 'SET "app.Odd" = ''it''''s; "x"''');
CALL here('ALTER DATABASE', 'IS_TEMPLATE true');
CALL here('ALTER ROLE app IN DATABASE', 'SET statement_timeout = ''6s''');
CALL here('ALTER ROLE app IN DATABASE', 'SET lock_timeout = ''6s''');
CALL here('ALTER ROLE auditor IN DATABASE', 'SET work_mem = ''1MB''');
CALL here('COMMENT ON DATABASE', 'IS ''After; it''''s "x"''');
CALL here('REVOKE CONNECT ON DATABASE', 'FROM PUBLIC');
CALL here('GRANT CONNECT ON DATABASE', 'TO app, reader WITH GRANT OPTION');
CALL here('ALTER DATABASE', 'OWNER TO owner_a');
