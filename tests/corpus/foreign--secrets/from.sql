CREATE FOREIGN DATA WRAPPER w OPTIONS (password 'one');
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', api_key 'one');
CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', password 'one');
CREATE FOREIGN TABLE t (a integer OPTIONS (password 'one')) SERVER s OPTIONS (table_name 't', token 'one');
