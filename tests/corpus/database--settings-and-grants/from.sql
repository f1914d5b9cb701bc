-- The name differs from test to test.
CREATE PROCEDURE here(before text, after text) LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('%s %I %s', before, current_database(), after); END $$;
CALL here('ALTER DATABASE', 'SET work_mem = ''5MB''');
CALL here('ALTER DATABASE', 'SET search_path = "$user", public, "Odd; one"');
CALL here('ALTER DATABASE', 'SET app.goes = ''x''');
CALL here('ALTER DATABASE', 'CONNECTION LIMIT 50');
CALL here('ALTER ROLE app IN DATABASE', 'SET statement_timeout = ''5s''');
CALL here('ALTER ROLE "Role ""quoted"" <b>;--" IN DATABASE', 'SET app.name = ''it''''s''');
CALL here('ALTER ROLE reader IN DATABASE', 'SET work_mem = ''1MB''');
CALL here('COMMENT ON DATABASE', 'IS ''Before''');
CALL here('GRANT CREATE ON DATABASE', 'TO app');
