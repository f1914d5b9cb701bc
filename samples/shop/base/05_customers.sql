-- Customers, their addresses and groups, what staff write about them, wishes and carts.

CREATE TABLE customer_groups (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(24) NOT NULL UNIQUE,
    name text NOT NULL,
    price_list_id integer REFERENCES price_lists ON DELETE SET NULL,
    discount percentage NOT NULL DEFAULT 0,
    tax_exempt boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER customer_groups_updated_at BEFORE UPDATE ON customer_groups
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_number varchar(16) NOT NULL UNIQUE,
    email email_address NOT NULL,
    email_verified_at timestamptz,
    password_hash text,
    salutation varchar(12),
    first_name text NOT NULL,
    last_name text NOT NULL,
    company text,
    vat_number varchar(20),
    phone varchar(32),
    language char(2) NOT NULL DEFAULT 'en',
    currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies,
    newsletter boolean NOT NULL DEFAULT false,
    blocked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE customers IS 'People and companies with an account; guests have none';
COMMENT ON COLUMN customers.password_hash IS 'Argon2id; null while only single sign-on is used';
CREATE UNIQUE INDEX customers_lower_email_idx ON customers (lower(email::text));
CREATE INDEX customers_name_idx ON customers (last_name, first_name) INCLUDE (customer_number);
CREATE INDEX customers_newsletter_idx ON customers (id) WHERE newsletter AND blocked_at IS NULL;
CREATE TRIGGER customers_updated_at BEFORE UPDATE ON customers
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION set_updated_at();

CREATE TABLE customer_group_members (
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    group_id integer NOT NULL REFERENCES customer_groups ON DELETE CASCADE,
    member_since date NOT NULL DEFAULT CURRENT_DATE,
    member_until date,
    added_by text NOT NULL DEFAULT CURRENT_USER,
    PRIMARY KEY (customer_id, group_id)
);
CREATE INDEX customer_group_members_group_idx ON customer_group_members (group_id);

CREATE TABLE customer_addresses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    label text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    company text,
    street text NOT NULL,
    street_2 text,
    postal_code varchar(16) NOT NULL,
    city text NOT NULL,
    region text,
    country_code char(2) NOT NULL REFERENCES countries,
    phone varchar(32),
    default_shipping boolean NOT NULL DEFAULT false,
    default_billing boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX customer_addresses_customer_idx ON customer_addresses (customer_id);
CREATE UNIQUE INDEX customer_addresses_one_shipping_idx
    ON customer_addresses (customer_id) WHERE default_shipping;
CREATE UNIQUE INDEX customer_addresses_one_billing_idx
    ON customer_addresses (customer_id) WHERE default_billing;
CREATE TRIGGER customer_addresses_updated_at BEFORE UPDATE ON customer_addresses
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE customer_notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    author text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    pinned boolean NOT NULL DEFAULT false,
    visible_to_customer boolean NOT NULL DEFAULT false,
    follow_up_on date,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customer_notes_subject_not_empty CHECK (subject <> '')
);
COMMENT ON TABLE customer_notes IS 'What customer care writes down about a customer';
CREATE INDEX customer_notes_customer_idx ON customer_notes (customer_id, created_at DESC);
CREATE INDEX customer_notes_follow_up_idx ON customer_notes (follow_up_on)
    WHERE follow_up_on IS NOT NULL;
CREATE TRIGGER customer_notes_updated_at BEFORE UPDATE ON customer_notes
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE product_reviews (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
    customer_id bigint REFERENCES customers ON DELETE SET NULL,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title text,
    body text,
    language char(2) NOT NULL DEFAULT 'en',
    verified_purchase boolean NOT NULL DEFAULT false,
    helpful_votes integer NOT NULL DEFAULT 0,
    answer text,
    answered_at timestamptz,
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (product_id, customer_id)
);
CREATE INDEX product_reviews_published_idx ON product_reviews (product_id, published_at DESC)
    INCLUDE (rating) WHERE published_at IS NOT NULL;
CREATE TRIGGER product_reviews_updated_at BEFORE UPDATE ON product_reviews
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE wishlist_items (
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    variant_id bigint NOT NULL REFERENCES product_variants ON DELETE CASCADE,
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
    note text,
    shared boolean NOT NULL DEFAULT false,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, variant_id)
);

CREATE TABLE carts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id bigint REFERENCES customers ON DELETE CASCADE,
    session_key text,
    currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies,
    coupon_code varchar(32),
    shipping_address_id bigint REFERENCES customer_addresses ON DELETE SET NULL,
    billing_address_id bigint REFERENCES customer_addresses ON DELETE SET NULL,
    client_ip inet,
    reminder_sent_at timestamptz,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT carts_somebodys CHECK (customer_id IS NOT NULL OR session_key IS NOT NULL)
);
CREATE INDEX carts_customer_idx ON carts (customer_id);
CREATE INDEX carts_session_idx ON carts USING hash (session_key);
CREATE INDEX carts_expires_idx ON carts (expires_at);
CREATE TRIGGER carts_updated_at BEFORE UPDATE ON carts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE cart_items (
    cart_id uuid NOT NULL REFERENCES carts ON DELETE CASCADE,
    variant_id bigint NOT NULL REFERENCES product_variants ON DELETE CASCADE,
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
    unit_price numeric(12, 2) NOT NULL,
    gift_wrap boolean NOT NULL DEFAULT false,
    gift_message text,
    options jsonb NOT NULL DEFAULT '{}',
    added_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (cart_id, variant_id)
);
CREATE TRIGGER cart_items_updated_at BEFORE UPDATE ON cart_items
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
