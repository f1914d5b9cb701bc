CREATE TABLE events (id integer NOT NULL, at date) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE INDEX own_index ON events_1 (at);
ALTER TABLE events_1 ADD CONSTRAINT own_key UNIQUE (id);
