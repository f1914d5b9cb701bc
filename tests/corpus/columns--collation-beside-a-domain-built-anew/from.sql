-- A column gets another collation while its domain is built anew over another type.
CREATE DOMAIN amount AS text;
CREATE TABLE events (id integer, amount amount COLLATE "C" DEFAULT 'none');
