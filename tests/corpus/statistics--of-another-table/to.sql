CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer);
CREATE TABLE u (a integer, b integer);
CREATE TABLE s.t (a integer, b integer);
CREATE STATISTICS moves ON a, b FROM u;
CREATE STATISTICS changes_schema ON a, b FROM s.t;
