CREATE FUNCTION turned() RETURNS int LANGUAGE sql SET client_min_messages TO notice SET search_path TO public AS 'SELECT 1';
CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path TO public SET client_min_messages TO notice AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql SET work_mem TO '2MB' SET enable_seqscan TO off AS 'SELECT 1';
