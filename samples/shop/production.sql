-- What happened to production by hand after release 2026.1, and two years of trade.
-- Goes on top of base.sql.

-- 3 July 2026, Tobias on call: the nightly import of marketplace orders did not finish
-- before the summer sale, so he dropped an index to speed it up. It was never built again.
DROP INDEX order_items_product_idx;

-- 14 August 2026, Henrik (database administration): a dashboard read card data. Reading was
-- taken away from the whole role until the dashboard was mended; it was mended that week.
REVOKE SELECT ON billing.payments FROM shop_readonly;

-- Rows enough that a lock on the big tables is felt: 4,000 customers, 60,000 orders, 200,000
-- lines. Everything is computed from the row's number, so each load gives the same rows.
INSERT INTO customers (customer_number, email, first_name, last_name, language, newsletter, created_at)
SELECT 'K-' || lpad(n::text, 6, '0'),
       'customer.' || n || '@mail.example',
       (ARRAY['Lea', 'Noah', 'Mila', 'Emil', 'Zoe', 'Finn', 'Ida'])[n % 7 + 1],
       (ARRAY['Maier', 'Jansen', 'Dubois', 'Larsson', 'Smith'])[n % 5 + 1],
       (ARRAY['de', 'nl', 'fr', 'sv', 'en'])[n % 5 + 1],
       n % 3 = 0,
       '2024-03-01 00:00+00'::timestamptz + n * interval '4 hours'
FROM generate_series(6, 4005) AS n;

INSERT INTO customer_addresses
    (customer_id, first_name, last_name, street, postal_code, city, country_code, default_shipping, default_billing)
SELECT c.id, c.first_name, c.last_name, 'Hauptstrasse ' || c.id % 120 + 1,
       lpad((10000 + c.id * 7 % 80000)::text, 5, '0'),
       (ARRAY['Kassel', 'Leipzig', 'Bremen', 'Ulm'])[c.id % 4 + 1], 'DE', true, true
FROM customers AS c
WHERE c.id > 5;

INSERT INTO orders
    (customer_id, status, subtotal, shipping_total, tax_total, email, sales_channel, placed_at, paid_at, created_at)
SELECT 6 + n % 4000,
       CASE
           WHEN n > 59800 THEN 'placed'
           WHEN n > 59500 THEN 'picking'
           ELSE 'delivered'
       END::order_status,
       (n * 37 % 40000) / 100.0 + 10, 4.90, round((n * 37 % 40000) / 526.0, 2),
       'customer.' || 6 + n % 4000 || '@mail.example',
       (ARRAY['web', 'web', 'app', 'marketplace'])[n % 4 + 1],
       t.placed_at, CASE WHEN n <= 59800 THEN t.placed_at + interval '5 minutes' END, t.placed_at
FROM generate_series(1, 60000) AS n
CROSS JOIN LATERAL (
    SELECT '2024-04-01 00:00+00'::timestamptz + n * interval '17 minutes' AS placed_at
) AS t;

INSERT INTO order_items
    (order_id, line_number, product_id, variant_id, sku, name, quantity, unit_price, tax_rate, weight_grams, created_at)
SELECT o.id, l.line_number, p.id, v.id, v.sku, p.name, 1 + (o.id + l.line_number) % 3, p.price, 19,
       p.weight_grams, o.created_at
FROM orders AS o
CROSS JOIN LATERAL generate_series(1, CASE WHEN o.id % 3 = 0 THEN 4 ELSE 3 END) AS l (line_number)
JOIN products AS p ON p.id = (o.id * 5 + l.line_number) % 12 + 1
JOIN product_variants AS v ON v.product_id = p.id AND v.is_default
WHERE o.id > 5;

REFRESH MATERIALIZED VIEW sales_by_day;
ANALYZE;
