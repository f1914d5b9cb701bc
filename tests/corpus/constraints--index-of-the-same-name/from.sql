CREATE TABLE t (a integer NOT NULL, b text, c integer);
CREATE UNIQUE INDEX u ON t (a);
CREATE UNIQUE INDEX "Of b" ON t (b) INCLUDE (c);
CREATE INDEX plain ON t (c);
CREATE TABLE k (a integer NOT NULL);
CREATE UNIQUE INDEX k_pkey ON k (a);
CREATE TABLE other (a integer);
CREATE INDEX moves ON t (b);
CREATE INDEX becomes_a_table ON t (b);
