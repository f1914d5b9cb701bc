CREATE TYPE feeling AS ENUM ('sad', 'ok');
CREATE TABLE persons (
  id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME people_id_seq) PRIMARY KEY,
  nickname text NOT NULL,
  feels feeling DEFAULT 'ok',
  points bigint CHECK (points >= 0),
  UNIQUE (nickname)
);
ALTER TABLE persons RENAME CONSTRAINT persons_pkey TO people_pkey;
ALTER TABLE persons RENAME CONSTRAINT persons_nickname_key TO people_nick_key;
ALTER TABLE persons RENAME CONSTRAINT persons_points_check TO people_score_check;
CREATE TABLE pets (owner text REFERENCES persons (nickname), name text);
CREATE INDEX people_score ON persons (points) WHERE nickname <> '';
CREATE TABLE parts (day date, total int, CONSTRAINT over_zero CHECK (total > 0)) PARTITION BY RANGE (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX parts_amount ON ONLY parts (total);
CREATE INDEX parts_1_amount_idx ON parts_1 (total);
ALTER INDEX parts_amount ATTACH PARTITION parts_1_amount_idx;
CREATE TABLE base (sort text);
CREATE TABLE derived (more int) INHERITS (base);
