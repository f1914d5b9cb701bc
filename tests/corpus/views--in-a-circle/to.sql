CREATE SCHEMA data;
CREATE TABLE events (id integer NOT NULL, at date) PARTITION BY LIST (id);
CREATE TABLE data.events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE lines (id integer);
CREATE VIEW pairs AS SELECT l.id FROM lines l CROSS JOIN data.events_1 e;
CREATE VIEW below AS SELECT id FROM pairs;
