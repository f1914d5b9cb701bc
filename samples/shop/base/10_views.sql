-- Views for the shop front, customer care and finance.

CREATE VIEW product_prices AS
SELECT p.id AS product_id,
       p.sku,
       p.currency_code,
       round(p.price, 2) AS net_price,
       round(p.price * (100 + r.rate) / 100, 2) AS gross_price,
       r.country_code
FROM products AS p
JOIN tax_rates AS r ON r.tax_class_id = p.tax_class_id
WHERE r.valid_to IS NULL;
COMMENT ON VIEW product_prices IS 'Net and gross list prices by country';

CREATE VIEW catalogue AS
SELECT p.id,
       p.name,
       p.slug,
       b.name AS brand,
       c.slug AS category_slug,
       pp.country_code,
       pp.gross_price,
       pp.currency_code
FROM products AS p
JOIN product_prices AS pp ON pp.product_id = p.id
LEFT JOIN brands AS b ON b.id = p.brand_id
LEFT JOIN product_categories AS pc ON pc.product_id = p.id AND pc.is_primary
LEFT JOIN categories AS c ON c.id = pc.category_id
WHERE p.published_at IS NOT NULL;
COMMENT ON VIEW catalogue IS 'What the shop front lists';

CREATE VIEW customer_timeline AS
SELECT n.customer_id, n.created_at AS happened_at, 'note'::text AS kind, n.subject AS title
FROM customer_notes AS n
UNION ALL
SELECT t.customer_id, t.created_at, 'ticket'::text, t.subject
FROM support_tickets AS t
UNION ALL
SELECT o.customer_id, o.placed_at, 'order'::text, o.order_number::text
FROM orders AS o
WHERE o.placed_at IS NOT NULL;
COMMENT ON VIEW customer_timeline IS 'Everything customer care sees about a customer, by time';

CREATE VIEW customer_overview WITH (security_barrier = true) AS
SELECT c.id,
       c.customer_number,
       c.first_name,
       c.last_name,
       count(o.id) AS orders,
       sum(o.grand_total) AS turnover,
       max(o.placed_at) AS last_order_at
FROM customers AS c
LEFT JOIN orders AS o ON o.customer_id = c.id AND o.cancelled_at IS NULL
GROUP BY c.id;

CREATE VIEW running_promotions AS
SELECT id, code, name, kind, percent, amount, currency_code, starts_at, ends_at, active
FROM promotions
WHERE active
WITH LOCAL CHECK OPTION;

CREATE VIEW billing.open_invoices AS
SELECT i.id,
       i.invoice_number,
       i.customer_id,
       i.due_on,
       i.gross_total,
       i.gross_total - coalesce(sum(p.amount) FILTER (WHERE p.status = 'captured'), 0) AS outstanding
FROM billing.invoices AS i
LEFT JOIN billing.payments AS p ON p.invoice_id = i.id
WHERE i.paid_on IS NULL AND i.cancelled_on IS NULL
GROUP BY i.id;

CREATE MATERIALIZED VIEW sales_by_day AS
SELECT date_trunc('day', o.placed_at AT TIME ZONE 'UTC')::date AS day,
       o.sales_channel,
       o.currency_code,
       count(*) AS orders,
       sum(o.grand_total) AS turnover
FROM orders AS o
WHERE o.placed_at IS NOT NULL AND o.cancelled_at IS NULL
GROUP BY 1, 2, 3
WITH NO DATA;
CREATE UNIQUE INDEX sales_by_day_key ON sales_by_day (day, sales_channel, currency_code);
COMMENT ON MATERIALIZED VIEW sales_by_day IS 'Refreshed every night; read by the reporting tool';

CREATE FUNCTION refresh_sales() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public
AS $$
BEGIN
    REFRESH MATERIALIZED VIEW public.sales_by_day;
END
$$;
REVOKE ALL ON FUNCTION refresh_sales() FROM PUBLIC;
