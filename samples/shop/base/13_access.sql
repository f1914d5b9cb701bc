-- Who may do what. After the rows, so that forced policies do not stand in the way of loading.

GRANT USAGE ON SCHEMA public, billing TO shop_app, shop_readonly;
GRANT USAGE ON SCHEMA audit TO shop_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shop_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA billing TO shop_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public, billing TO shop_app;
GRANT INSERT ON audit.events TO shop_app;
GRANT EXECUTE ON FUNCTION refresh_sales() TO shop_app;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO shop_readonly;
GRANT SELECT ON billing.fiscal_periods, billing.invoices, billing.invoice_lines,
    billing.payments, billing.open_invoices TO shop_readonly;

-- Analysts see customers without their password hashes and contact data.
REVOKE SELECT ON customers FROM shop_readonly;
GRANT SELECT (id, customer_number, company, language, currency_code, newsletter, created_at)
    ON customers TO shop_readonly;

REVOKE ALL ON PROCEDURE billing.close_period(text) FROM PUBLIC;
REVOKE USAGE ON TYPE billing.iban FROM PUBLIC;
GRANT USAGE ON TYPE billing.iban TO shop_app;

ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO shop_app;

ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY customers_own ON customers TO shop_app
    USING (id = current_customer_id()) WITH CHECK (id = current_customer_id());
CREATE POLICY customers_reporting ON customers FOR SELECT TO shop_readonly USING (true);

ALTER TABLE customer_addresses ENABLE ROW LEVEL SECURITY;
CREATE POLICY customer_addresses_own ON customer_addresses TO shop_app
    USING (customer_id = current_customer_id());

ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY orders_own ON orders TO shop_app
    USING (customer_id = current_customer_id());
CREATE POLICY orders_keep_paid ON orders AS RESTRICTIVE FOR DELETE TO shop_app
    USING (status IN ('draft', 'cancelled'));
CREATE POLICY orders_reporting ON orders FOR SELECT TO shop_readonly USING (true);

ALTER TABLE customer_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY customer_notes_shown ON customer_notes FOR SELECT TO shop_app
    USING (visible_to_customer AND customer_id = current_customer_id());
