-- What development gained after release 2026.1: the migrations of release 2026.2, of which
-- none has reached production yet. Goes on top of base.sql.

-- 0431, Priya: loyalty programme and consent, for the new customer account page.
ALTER TABLE customers
    ADD COLUMN date_of_birth date,
    ADD COLUMN loyalty_tier text NOT NULL DEFAULT 'none',
    ADD COLUMN loyalty_points integer NOT NULL DEFAULT 0,
    ADD COLUMN referral_code varchar(16),
    ADD COLUMN marketing_consent_at timestamptz,
    ADD COLUMN marketing_consent_source text,
    ADD COLUMN last_login_at timestamptz,
    ADD COLUMN preferred_contact text NOT NULL DEFAULT 'email',
    ADD COLUMN external_id uuid NOT NULL DEFAULT gen_random_uuid();
COMMENT ON COLUMN customers.loyalty_tier IS 'none, silver or gold; recalculated every night';

-- 0432, Jonas: customs data and texts for selling outside the European Union.
ALTER TABLE products
    ADD COLUMN short_description text,
    ADD COLUMN country_of_origin char(2),
    ADD COLUMN customs_tariff_number varchar(12),
    ADD COLUMN energy_label varchar(4),
    ADD COLUMN warranty_months smallint NOT NULL DEFAULT 24,
    ADD COLUMN minimum_age smallint,
    ADD COLUMN seo_keywords text[] NOT NULL DEFAULT '{}',
    ADD COLUMN archived_at timestamptz;
COMMENT ON COLUMN products.customs_tariff_number IS 'Combined Nomenclature code';

-- 0434, Ines: what the new carrier interface reports back.
ALTER TABLE shipments
    ADD COLUMN carrier_service text,
    ADD COLUMN tracking_url text,
    ADD COLUMN estimated_delivery_on date,
    ADD COLUMN insured_value numeric(12, 2) NOT NULL DEFAULT 0,
    ADD COLUMN customs_declaration jsonb,
    ADD COLUMN signed_by text,
    ADD COLUMN average_parcel_grams integer
        GENERATED ALWAYS AS (weight_grams / parcel_count) STORED;

-- 0435, Jonas: supplier scorecards.
ALTER TABLE suppliers
    ADD COLUMN website text,
    ADD COLUMN payment_terms_days smallint NOT NULL DEFAULT 30,
    ADD COLUMN minimum_order_value numeric(12, 2),
    ADD COLUMN iban billing.iban,
    ADD COLUMN rating numeric(3, 2),
    ADD COLUMN last_audit_on date,
    ADD COLUMN certificates jsonb NOT NULL DEFAULT '[]';

-- 0437, Lena: electronic invoices and dunning.
ALTER TABLE billing.invoices
    ADD COLUMN dunning_level smallint NOT NULL DEFAULT 0,
    ADD COLUMN last_dunned_on date,
    ADD COLUMN e_invoice_format text,
    ADD COLUMN e_invoice_sent_at timestamptz,
    ADD COLUMN buyer_reference varchar(60);

-- 0438, Maren: customer care calls them remarks, and so does the new screen. The names of
-- indexes, constraints and the identity's sequence were left alone.
ALTER TABLE customer_notes RENAME TO customer_remarks;

-- 0439, Priya: returns are a state of their own, no longer a cancelled order.
ALTER TYPE order_status ADD VALUE 'returned' AFTER 'delivered';

-- 0440, Jonas: prices in yen do not fit numeric(10,2). Both views stand in the way of the new
-- type, so they go and come back as they were.
DROP VIEW catalogue;
DROP VIEW product_prices;
ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2);
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
GRANT SELECT, INSERT, UPDATE, DELETE ON product_prices, catalogue TO shop_app;
GRANT SELECT ON product_prices, catalogue TO shop_readonly;

-- No number, Lena: a branch older than release 2026.1 was merged and took these columns with
-- it. Nobody noticed, because development books no fees. Finance needs them in production.
ALTER TABLE fee_groups
    DROP COLUMN settlement_account,
    DROP COLUMN surcharge_percent,
    DROP COLUMN legacy_erp_code;

REFRESH MATERIALIZED VIEW sales_by_day;
ANALYZE;
