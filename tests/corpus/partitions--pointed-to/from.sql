CREATE TABLE events (id integer PRIMARY KEY, told text) PARTITION BY LIST (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2);
CREATE TABLE notes (event integer REFERENCES events, remark text);
CREATE TABLE old_events (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE old_events_1 PARTITION OF old_events FOR VALUES IN (1);
CREATE TABLE old_notes (event integer CONSTRAINT old_notes_event REFERENCES old_events);
