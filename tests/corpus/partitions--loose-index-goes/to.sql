CREATE TABLE events (id integer NOT NULL, at date) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE INDEX events_at ON events (at);
ALTER TABLE events ADD CONSTRAINT events_key UNIQUE (id);
