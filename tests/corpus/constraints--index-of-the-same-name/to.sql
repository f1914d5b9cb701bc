CREATE TABLE t (a integer NOT NULL, b text, c integer);
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);
ALTER TABLE t ADD CONSTRAINT "Of b" UNIQUE (b) INCLUDE (c);
ALTER TABLE t ADD CONSTRAINT plain UNIQUE (c);
CREATE TABLE k (a integer NOT NULL);
ALTER TABLE k ADD CONSTRAINT k_pkey PRIMARY KEY (a);
CREATE TABLE other (a integer);
CREATE INDEX moves ON other (a);
CREATE TABLE becomes_a_table (a integer);
