-- Rows of a default partition that belong to one that comes, or that grows.
CREATE TABLE ev (at date NOT NULL, kind text, n int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (at);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE ev_other PARTITION OF ev DEFAULT;
CREATE INDEX ON ev (kind);

CREATE TABLE "Od d" ("K" text, v int) PARTITION BY LIST ("K");
CREATE TABLE "Od d 1" PARTITION OF "Od d" FOR VALUES IN ('a');
CREATE TABLE "Od d rest" PARTITION OF "Od d" DEFAULT PARTITION BY LIST (v);
CREATE TABLE "Od d rest 1" PARTITION OF "Od d rest" FOR VALUES IN (1, 2, 3);

-- A key that leads there: nothing is moved.
CREATE TABLE target (id int PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE target_1 PARTITION OF target FOR VALUES IN (1);
CREATE TABLE target_rest PARTITION OF target DEFAULT;
CREATE TABLE source (target int REFERENCES target);
