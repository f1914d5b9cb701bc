-- How articles are bought and priced: attributes, price lists, reviews, suppliers.

CREATE TABLE attributes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(40) NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'colour', 'choice')),
    unit varchar(12),
    filterable boolean NOT NULL DEFAULT false,
    required boolean NOT NULL DEFAULT false,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER attributes_updated_at BEFORE UPDATE ON attributes
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE attribute_values (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attribute_id integer NOT NULL REFERENCES attributes ON DELETE CASCADE,
    code varchar(40) NOT NULL,
    label text NOT NULL,
    numeric_value numeric,
    colour_hex char(7) CHECK (colour_hex ~ '^#[0-9a-f]{6}$'),
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (attribute_id, code)
);

CREATE TABLE variant_attributes (
    variant_id bigint NOT NULL REFERENCES product_variants ON DELETE CASCADE,
    attribute_id integer NOT NULL REFERENCES attributes,
    value_id integer REFERENCES attribute_values,
    free_text text,
    PRIMARY KEY (variant_id, attribute_id),
    CONSTRAINT variant_attributes_one_value CHECK (num_nonnulls(value_id, free_text) = 1)
);
CREATE INDEX variant_attributes_value_id_idx ON variant_attributes (value_id);

CREATE TABLE price_lists (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(24) NOT NULL UNIQUE,
    name text NOT NULL,
    currency_code char(3) NOT NULL REFERENCES currencies,
    includes_tax boolean NOT NULL DEFAULT false,
    priority integer NOT NULL DEFAULT 100,
    valid_from timestamptz NOT NULL DEFAULT now(),
    valid_to timestamptz,
    active boolean NOT NULL DEFAULT true,
    created_by text NOT NULL DEFAULT CURRENT_USER,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_to > valid_from)
);
CREATE TRIGGER price_lists_updated_at BEFORE UPDATE ON price_lists
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE price_list_items (
    price_list_id integer NOT NULL REFERENCES price_lists ON DELETE CASCADE,
    variant_id bigint NOT NULL REFERENCES product_variants ON DELETE CASCADE,
    from_quantity integer NOT NULL DEFAULT 1 CHECK (from_quantity > 0),
    price numeric(12, 2) NOT NULL CHECK (price >= 0),
    compare_at_price numeric(12, 2),
    discount percentage,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (price_list_id, variant_id, from_quantity)
);
CREATE INDEX price_list_items_variant_idx ON price_list_items (variant_id)
    INCLUDE (price, from_quantity);
CREATE TRIGGER price_list_items_updated_at BEFORE UPDATE ON price_list_items
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE suppliers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    supplier_number varchar(12) NOT NULL UNIQUE,
    name text NOT NULL,
    contact_name text,
    email email_address NOT NULL,
    phone varchar(32),
    street text,
    postal_code varchar(16),
    city text,
    country_code char(2) NOT NULL REFERENCES countries,
    vat_number varchar(20),
    currency_code char(3) NOT NULL REFERENCES currencies,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER suppliers_updated_at BEFORE UPDATE ON suppliers
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE supplier_products (
    supplier_id integer NOT NULL REFERENCES suppliers,
    variant_id bigint NOT NULL REFERENCES product_variants,
    supplier_sku varchar(64) NOT NULL,
    purchase_price numeric(12, 4) NOT NULL,
    currency_code char(3) NOT NULL REFERENCES currencies,
    pack_size integer NOT NULL DEFAULT 1,
    minimum_order integer NOT NULL DEFAULT 1,
    lead_time interval DAY,
    preferred boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (supplier_id, variant_id)
);
CREATE UNIQUE INDEX supplier_products_preferred_idx
    ON supplier_products (variant_id) WHERE preferred;
CREATE TRIGGER supplier_products_updated_at BEFORE UPDATE ON supplier_products
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
