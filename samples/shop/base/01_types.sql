-- Roles, schemas, and the types and helper functions that every other file uses.

DO $$
BEGIN
    -- Roles belong to the cluster: the other environment may have made them already.
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'shop_app') THEN
        CREATE ROLE shop_app NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'shop_readonly') THEN
        CREATE ROLE shop_readonly NOLOGIN;
    END IF;
END
$$;

CREATE SCHEMA billing;
CREATE SCHEMA audit;
COMMENT ON SCHEMA billing IS 'Invoices, payments and the ledger; owned by the finance team';
COMMENT ON SCHEMA audit IS 'Append-only record of who changed what';

CREATE TYPE order_status AS ENUM (
    'draft', 'placed', 'paid', 'picking', 'shipped', 'delivered', 'cancelled'
);
COMMENT ON TYPE order_status IS 'Life of an order, in the order of its usual steps';
CREATE TYPE shipment_status AS ENUM (
    'planned', 'packed', 'handed_over', 'in_transit', 'delivered', 'lost'
);
CREATE TYPE ticket_priority AS ENUM ('low', 'normal', 'high', 'urgent');
CREATE TYPE billing.payment_status AS ENUM (
    'pending', 'authorised', 'captured', 'failed', 'refunded'
);

CREATE DOMAIN email_address AS text
    CONSTRAINT email_address_shape CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$');
CREATE DOMAIN sku AS varchar(32)
    CONSTRAINT sku_shape CHECK (VALUE ~ '^[A-Z0-9][A-Z0-9-]+$');
CREATE DOMAIN percentage AS numeric(5, 2)
    CONSTRAINT percentage_range CHECK (VALUE >= 0 AND VALUE <= 100);
CREATE DOMAIN billing.iban AS varchar(34)
    CONSTRAINT iban_shape CHECK (VALUE ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$');
COMMENT ON DOMAIN sku IS 'Stock keeping unit: upper case, digits and dashes';

CREATE TYPE dimensions AS (
    length_mm integer,
    width_mm integer,
    height_mm integer
);
CREATE TYPE billing.money_amount AS (
    amount numeric(14, 2),
    currency char(3)
);
COMMENT ON TYPE dimensions IS 'Outer measures of a packed article';

CREATE SEQUENCE order_number_seq START WITH 100000 INCREMENT BY 1 CACHE 20;
COMMENT ON SEQUENCE order_number_seq IS 'Numbers printed on order confirmations; gaps are fine';

CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION set_updated_at() IS 'Row trigger: stamps updated_at on every UPDATE';

CREATE FUNCTION slugify(title text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT trim(BOTH '-' FROM regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'))
$$;

CREATE FUNCTION next_order_number() RETURNS text
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, public
AS $$
    SELECT 'S' || to_char(nextval('public.order_number_seq'), 'FM0000000000')
$$;

CREATE FUNCTION current_customer_id() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT nullif(current_setting('shop.customer_id', true), '')::bigint
$$;
COMMENT ON FUNCTION current_customer_id() IS
    'The customer the web session acts for; read by the row level security policies';
