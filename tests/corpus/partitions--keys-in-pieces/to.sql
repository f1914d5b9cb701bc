CREATE TABLE events (id int NOT NULL, day date NOT NULL, kind text NOT NULL, amount int) PARTITION BY RANGE (day);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2_a PARTITION OF events_2 FOR VALUES IN ('a');
CREATE TABLE events_2_b PARTITION OF events_2 DEFAULT;

ALTER TABLE events ADD PRIMARY KEY (id, day, kind);
ALTER TABLE events ADD CONSTRAINT by_kind UNIQUE (kind, day, id);
ALTER TABLE events ADD CONSTRAINT positive CHECK (amount > 0);
CREATE INDEX events_amount ON events (amount) WHERE amount > 10;
CREATE UNIQUE INDEX events_lower ON events (lower(kind), day, id, kind);
CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
