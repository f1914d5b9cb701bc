CREATE TABLE events (id bigint NOT NULL, "order" bigint DEFAULT 2) PARTITION BY RANGE (id);
CREATE TABLE "events p0" PARTITION OF events FOR VALUES FROM (MINVALUE) TO (0) PARTITION BY LIST (id);
CREATE TABLE "events p0 rest" PARTITION OF "events p0" DEFAULT;
ALTER TABLE "events p0" ADD CONSTRAINT "events p0_uq" UNIQUE ("order", id);
CREATE INDEX "events idx0" ON events USING hash (id);
CREATE TABLE orders (id bigint);
CREATE STATISTICS "events stats" ON id, "order" FROM events;
CREATE TABLE other (id bigint primary key);
ALTER TABLE orders ADD CONSTRAINT orders_fk1 FOREIGN KEY (id) REFERENCES other ON DELETE RESTRICT;
