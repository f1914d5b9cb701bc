CREATE TABLE events (id integer PRIMARY KEY, told text) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE notes (event integer REFERENCES events, remark text);
CREATE TABLE old_notes (event integer);
