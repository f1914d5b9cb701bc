CREATE FOREIGN DATA WRAPPER w OPTIONS (password 'two');
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', api_key 'two');
CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', password 'two');
CREATE FOREIGN TABLE t (a integer OPTIONS (password 'two')) SERVER s OPTIONS (table_name 't', token 'two');
