-- Production of the marketplace: release 14 unchanged, with a season of jobs. Goes on top of
-- base.sql.

INSERT INTO clients (email, display_name, region_id)
SELECT 'client.' || n || '@mail.example', 'Client ' || n, n % 3 + 1
FROM generate_series(3, 2000) AS n;

INSERT INTO providers (email, business_name, contact_name, region_id, rating)
SELECT 'provider.' || n || '@mail.example', 'Business ' || n, 'Owner ' || n, n % 3 + 1, 3 + n % 20 / 10.0
FROM generate_series(4, 600) AS n;

INSERT INTO jobs (client_id, category_id, region_id, stage, title, description, posted_at)
SELECT n % 2000 + 1, n % 3 + 1, n % 3 + 1,
       (CASE WHEN n > 9500 THEN 'open' ELSE 'closed' END)::job_stage,
       'Job ' || n, 'As described on the telephone.',
       '2026-03-01 06:00+00'::timestamptz + n * interval '20 minutes'
FROM generate_series(3, 10000) AS n;

ANALYZE;
