CREATE TABLE events (id integer, note text) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);
INSERT INTO events VALUES (1, 'as before');
ALTER TABLE events ADD CONSTRAINT short CHECK (length(note) < 5) NOT VALID;
