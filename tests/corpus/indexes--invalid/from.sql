CREATE TABLE t (a text, b text);
CREATE INDEX broken ON t (b, a);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
