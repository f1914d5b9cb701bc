CREATE TABLE kinds (id bigint PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE "kinds rest" PARTITION OF kinds DEFAULT;
CREATE TABLE events (id bigint NOT NULL, kind bigint) PARTITION BY RANGE (id);
CREATE TABLE "events p1" (id bigint NOT NULL, kind bigint);
ALTER TABLE "events p1" ADD CONSTRAINT events_kind FOREIGN KEY (kind) REFERENCES kinds;
CREATE TABLE "events p2" (id bigint NOT NULL, kind bigint);
ALTER TABLE events ADD CONSTRAINT events_kind FOREIGN KEY (kind) REFERENCES kinds;
