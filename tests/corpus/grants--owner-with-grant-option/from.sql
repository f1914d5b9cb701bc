-- An owner may pass on all that it may do anyway; a grant option of its own is kept in the catalog all the same.
CREATE TABLE given (id integer);
CREATE TABLE taken (id integer);
CREATE TABLE part (id integer);
CREATE TABLE moves (id integer);
ALTER TABLE moves OWNER TO owner_a;
GRANT ALL ON taken TO postgres WITH GRANT OPTION;
GRANT SELECT ON taken TO reader;
GRANT SELECT, INSERT ON part TO postgres WITH GRANT OPTION;
