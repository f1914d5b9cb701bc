-- What the shop sells: brands, categories, products and their variants.

CREATE TABLE brands (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    slug text NOT NULL GENERATED ALWAYS AS (slugify(name)) STORED,
    country_code char(2) REFERENCES countries,
    website text,
    logo_path text,
    description text,
    featured boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT brands_slug_key UNIQUE (slug)
);
CREATE UNIQUE INDEX brands_lower_name_idx ON brands (lower(name));
CREATE TRIGGER brands_updated_at BEFORE UPDATE ON brands
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE categories (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id integer REFERENCES categories DEFERRABLE INITIALLY DEFERRED,
    slug varchar(80) NOT NULL UNIQUE,
    name text NOT NULL,
    description text,
    image_path text,
    position integer NOT NULL DEFAULT 0,
    visible boolean NOT NULL DEFAULT true,
    seo_title text,
    seo_description text,
    default_tax_class_id integer REFERENCES tax_classes,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT categories_not_own_parent CHECK (parent_id <> id)
);
CREATE INDEX categories_visible_idx ON categories (parent_id, position) WHERE visible;
CREATE TRIGGER categories_updated_at BEFORE UPDATE ON categories
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku sku NOT NULL UNIQUE,
    name text NOT NULL,
    slug varchar(120) NOT NULL UNIQUE,
    description text,
    brand_id integer REFERENCES brands ON DELETE SET NULL,
    tax_class_id integer NOT NULL REFERENCES tax_classes,
    price numeric(10, 2) NOT NULL,
    currency_code char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies,
    weight_grams integer,
    tags text[] NOT NULL DEFAULT '{}',
    properties jsonb NOT NULL DEFAULT '{}',
    search tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(description, ''))
    ) STORED,
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT products_price_not_negative CHECK (price >= 0),
    CONSTRAINT products_weight_positive CHECK (weight_grams > 0)
);
COMMENT ON TABLE products IS 'An article as customers see it; what is stocked is a variant';
COMMENT ON COLUMN products.price IS 'Net list price';
CREATE INDEX products_search_idx ON products USING gin (search);
CREATE INDEX products_tags_idx ON products USING gin (tags);
CREATE INDEX products_properties_idx ON products USING gin (properties jsonb_path_ops);
CREATE INDEX products_brand_id_idx ON products (brand_id);
CREATE INDEX products_published_idx ON products (published_at DESC NULLS LAST)
    INCLUDE (name, slug) WHERE published_at IS NOT NULL;
CREATE TRIGGER products_updated_at BEFORE UPDATE ON products
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE product_variants (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
    sku sku NOT NULL,
    name text NOT NULL,
    ean varchar(13),
    price_difference numeric(10, 2) NOT NULL DEFAULT 0,
    cost_price numeric(10, 2),
    size dimensions,
    weight_grams integer,
    position smallint NOT NULL DEFAULT 0,
    is_default boolean NOT NULL DEFAULT false,
    backorder_allowed boolean NOT NULL DEFAULT false,
    minimum_quantity integer NOT NULL DEFAULT 1,
    maximum_quantity integer,
    attributes jsonb NOT NULL DEFAULT '{}',
    discontinued_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT product_variants_sku_key UNIQUE (sku),
    CONSTRAINT product_variants_ean_digits CHECK (ean ~ '^[0-9]{8,13}$'),
    CONSTRAINT product_variants_quantities
        CHECK (minimum_quantity > 0 AND maximum_quantity >= minimum_quantity)
);
CREATE UNIQUE INDEX product_variants_one_default_idx
    ON product_variants (product_id) WHERE is_default;
CREATE UNIQUE INDEX product_variants_ean_idx ON product_variants (ean) WHERE ean IS NOT NULL;
CREATE TRIGGER product_variants_updated_at BEFORE UPDATE ON product_variants
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE product_images (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
    variant_id bigint REFERENCES product_variants ON DELETE SET NULL,
    path text NOT NULL,
    alt_text text,
    width integer NOT NULL,
    height integer NOT NULL,
    bytes integer NOT NULL CHECK (bytes > 0),
    checksum bytea,
    position smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT product_images_position_key UNIQUE (product_id, position)
        DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX product_images_variant_id_idx ON product_images (variant_id);

CREATE TABLE product_translations (
    product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
    language char(2) NOT NULL,
    name text NOT NULL,
    slug varchar(120) NOT NULL,
    short_description text,
    description text,
    seo_title text,
    seo_description text,
    reviewed_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, language),
    UNIQUE (language, slug)
);
CREATE TRIGGER product_translations_updated_at BEFORE UPDATE ON product_translations
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE product_categories (
    product_id bigint NOT NULL REFERENCES products ON DELETE CASCADE,
    category_id integer NOT NULL REFERENCES categories ON DELETE CASCADE,
    position integer NOT NULL DEFAULT 0,
    is_primary boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, category_id)
);
CREATE INDEX product_categories_category_idx ON product_categories (category_id, position);
CREATE UNIQUE INDEX product_categories_one_primary_idx
    ON product_categories (product_id) WHERE is_primary;
