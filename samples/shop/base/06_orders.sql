-- Orders, their lines and history, and the promotions that apply to them.

CREATE TABLE promotions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(32) NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL DEFAULT 'percent' CHECK (kind IN ('percent', 'amount', 'shipping')),
    percent percentage,
    amount numeric(10, 2),
    currency_code char(3) REFERENCES currencies,
    minimum_order numeric(10, 2) NOT NULL DEFAULT 0,
    customer_group_id integer REFERENCES customer_groups,
    usage_limit integer,
    usage_limit_per_customer integer NOT NULL DEFAULT 1,
    combinable boolean NOT NULL DEFAULT false,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT promotions_period CHECK (ends_at > starts_at),
    CONSTRAINT promotions_value CHECK (
        CASE kind
            WHEN 'percent' THEN percent IS NOT NULL
            WHEN 'amount' THEN amount IS NOT NULL AND currency_code IS NOT NULL
            ELSE true
        END
    )
);
CREATE TRIGGER promotions_updated_at BEFORE UPDATE ON promotions
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number varchar(16) NOT NULL DEFAULT next_order_number() UNIQUE,
    customer_id bigint REFERENCES customers ON DELETE RESTRICT,
    status order_status NOT NULL DEFAULT 'draft',
    currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies,
    subtotal numeric(14, 2) NOT NULL DEFAULT 0,
    discount_total numeric(14, 2) NOT NULL DEFAULT 0,
    shipping_total numeric(14, 2) NOT NULL DEFAULT 0,
    tax_total numeric(14, 2) NOT NULL DEFAULT 0,
    grand_total numeric(14, 2) NOT NULL GENERATED ALWAYS AS
        (subtotal - discount_total + shipping_total + tax_total) STORED,
    email email_address NOT NULL,
    shipping_address jsonb NOT NULL DEFAULT '{}',
    billing_address jsonb NOT NULL DEFAULT '{}',
    customer_comment text,
    internal_comment text,
    language char(2) NOT NULL DEFAULT 'en',
    sales_channel text NOT NULL DEFAULT 'web'
        CHECK (sales_channel IN ('web', 'app', 'phone', 'marketplace')),
    cart_id uuid REFERENCES carts ON DELETE SET NULL,
    placed_at timestamptz,
    paid_at timestamptz,
    cancelled_at timestamptz,
    cancel_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT orders_amounts_not_negative
        CHECK (subtotal >= 0 AND discount_total >= 0 AND shipping_total >= 0 AND tax_total >= 0),
    CONSTRAINT orders_cancel_reason CHECK (cancelled_at IS NULL OR cancel_reason IS NOT NULL)
);
COMMENT ON TABLE orders IS 'One row per order; amounts are in currency_code';
CREATE INDEX orders_customer_idx ON orders (customer_id, placed_at DESC);
CREATE INDEX orders_open_idx ON orders (placed_at)
    WHERE status IN ('placed', 'paid', 'picking');
CREATE INDEX orders_placed_brin_idx ON orders USING brin (created_at) WITH (pages_per_range = 32);
CREATE STATISTICS orders_status_channel_stats (dependencies, ndistinct)
    ON status, sales_channel FROM orders;
CREATE TRIGGER orders_updated_at BEFORE UPDATE ON orders
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE order_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    line_number smallint NOT NULL,
    product_id bigint REFERENCES products ON DELETE SET NULL,
    variant_id bigint REFERENCES product_variants ON DELETE SET NULL,
    sku sku NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL,
    discount numeric(12, 2) NOT NULL DEFAULT 0,
    tax_rate percentage NOT NULL DEFAULT 0,
    line_total numeric(14, 2) GENERATED ALWAYS AS (quantity * unit_price - discount) STORED,
    weight_grams integer,
    options jsonb NOT NULL DEFAULT '{}',
    gift_message text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT order_items_line_key UNIQUE (order_id, line_number)
);
COMMENT ON COLUMN order_items.name IS 'As printed on the confirmation, whatever the article is called now';
CREATE INDEX order_items_product_idx ON order_items (product_id, created_at DESC)
    INCLUDE (quantity);

CREATE TABLE order_status_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
    old_status order_status,
    new_status order_status NOT NULL,
    reason text,
    notified_customer boolean NOT NULL DEFAULT false,
    changed_by text NOT NULL DEFAULT CURRENT_USER,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX order_status_history_order_idx ON order_status_history (order_id, changed_at);

CREATE TABLE promotion_redemptions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    promotion_id integer NOT NULL REFERENCES promotions,
    order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    customer_id bigint REFERENCES customers,
    amount numeric(12, 2) NOT NULL,
    currency_code char(3) NOT NULL REFERENCES currencies,
    redeemed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (promotion_id, order_id)
);
CREATE INDEX promotion_redemptions_customer_idx ON promotion_redemptions (customer_id, promotion_id);

CREATE FUNCTION record_order_status() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO order_status_history (order_id, old_status, new_status)
    VALUES (NEW.id, OLD.status, NEW.status);
    RETURN NULL;
END
$$;
CREATE TRIGGER orders_status_history AFTER UPDATE OF status ON orders
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION record_order_status();

CREATE FUNCTION order_weight(wanted_order bigint) RETURNS bigint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(sum(i.quantity * i.weight_grams), 0)
    FROM order_items AS i
    WHERE i.order_id = wanted_order;
END;
COMMENT ON FUNCTION order_weight(bigint) IS 'Grams, without packaging';

CREATE PROCEDURE expire_carts(older_than interval DEFAULT interval '0')
    LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM carts WHERE expires_at < now() - older_than;
END
$$;
