-- Reference data and a small assortment. Identities count from 1 in an empty database.

INSERT INTO currencies (code, name, symbol, minor_units) VALUES
    ('EUR', 'Euro', '€', 2), ('CHF', 'Swiss franc', 'CHF', 2), ('GBP', 'Pound sterling', '£', 2),
    ('SEK', 'Swedish krona', 'kr', 2), ('JPY', 'Yen', '¥', 0);

INSERT INTO countries (code, iso3, name, currency_code, phone_prefix, is_eu, postal_code_pattern) VALUES
    ('AT', 'AUT', 'Austria', 'EUR', '+43', true, '^[0-9]{4}$'),
    ('CH', 'CHE', 'Switzerland', 'CHF', '+41', false, '^[0-9]{4}$'),
    ('DE', 'DEU', 'Germany', 'EUR', '+49', true, '^[0-9]{5}$'),
    ('FR', 'FRA', 'France', 'EUR', '+33', true, '^[0-9]{5}$'),
    ('GB', 'GBR', 'United Kingdom', 'GBP', '+44', false, NULL),
    ('NL', 'NLD', 'Netherlands', 'EUR', '+31', true, '^[0-9]{4} ?[A-Z]{2}$'),
    ('SE', 'SWE', 'Sweden', 'SEK', '+46', true, '^[0-9]{3} ?[0-9]{2}$');

INSERT INTO exchange_rates (base_code, quote_code, valid_on, rate) VALUES
    ('EUR', 'CHF', '2026-03-02', 0.9412), ('EUR', 'GBP', '2026-03-02', 0.8355),
    ('EUR', 'SEK', '2026-03-02', 11.1840), ('EUR', 'JPY', '2026-03-02', 161.72);

INSERT INTO tax_classes (code, name, is_default) VALUES
    ('standard', 'Standard rate', true), ('reduced', 'Books and food', false), ('none', 'Gift cards', false);

INSERT INTO tax_rates (tax_class_id, country_code, rate, valid_from) VALUES
    (1, 'DE', 19, '2021-01-01'), (2, 'DE', 7, '2021-01-01'), (3, 'DE', 0, '2021-01-01'),
    (1, 'AT', 20, '2016-01-01'), (2, 'AT', 10, '2016-01-01'),
    (1, 'FR', 20, '2014-01-01'), (2, 'FR', 5.5, '2014-01-01'),
    (1, 'NL', 21, '2012-10-01'), (2, 'NL', 9, '2019-01-01'), (1, 'SE', 25, '1990-07-01');

INSERT INTO fee_groups (code, name, currency_code, applies_to, position, settlement_account, surcharge_percent, legacy_erp_code) VALUES
    ('shipping', 'Shipping and handling', 'EUR', 'shipment', 1, '4830', 0, 'VK-01'),
    ('payment', 'Payment fees', 'EUR', 'payment', 2, '4970', 1.50, 'ZG-07'),
    ('gift', 'Gift wrapping', 'EUR', 'order', 3, '4840', 0, 'GV-02'),
    ('small-order', 'Small order surcharge', 'EUR', 'order', 4, '4845', 2.00, 'MM-01');

INSERT INTO fees (fee_group_id, code, name, amount, percent, minimum, maximum, tax_class_id) VALUES
    (1, 'parcel', 'Parcel up to 10 kg', 4.90, NULL, NULL, NULL, 1),
    (1, 'bulky', 'Bulky goods', 29.00, NULL, NULL, NULL, 1),
    (2, 'invoice', 'Purchase on account', NULL, 1.00, 1.00, 15.00, 1),
    (3, 'wrap', 'Wrapping by hand', 3.50, NULL, NULL, NULL, 1),
    (4, 'below-20', 'Orders below 20 euros', 2.50, NULL, NULL, NULL, 1);

INSERT INTO brands (name, country_code, website, featured) VALUES
    ('Nordlicht', 'SE', 'https://nordlicht.example', true),
    ('Atelier Vert', 'FR', 'https://ateliervert.example', false),
    ('Kessler & Sohn', 'DE', NULL, true), ('Oranje Huis', 'NL', NULL, false);

INSERT INTO categories (parent_id, slug, name, position, default_tax_class_id) VALUES
    (NULL, 'home', 'Home', 1, 1), (1, 'lamps', 'Lamps', 1, 1), (1, 'kitchen', 'Kitchen', 2, 1),
    (NULL, 'garden', 'Garden', 2, 1), (NULL, 'books', 'Books', 3, 2);

INSERT INTO products (sku, name, slug, description, brand_id, tax_class_id, price, weight_grams, tags, properties, published_at) VALUES
    ('NL-AURORA', 'Aurora table lamp', 'aurora-table-lamp', 'Dimmable lamp of blown glass', 1, 1, 129.00, 2400, '{lamp,glass}', '{"socket": "E27"}', '2024-09-01 08:00+00'),
    ('NL-POLAR', 'Polar floor lamp', 'polar-floor-lamp', 'Floor lamp with a linen shade', 1, 1, 249.00, 6800, '{lamp,linen}', '{"socket": "E27"}', '2024-09-01 08:00+00'),
    ('NL-FJORD', 'Fjord pendant', 'fjord-pendant', 'Pendant of brushed steel', 1, 1, 189.50, 3100, '{lamp,steel}', '{"socket": "GU10"}', '2025-01-15 08:00+00'),
    ('AV-SERRE', 'Serre planter', 'serre-planter', 'Planter of recycled zinc', 2, 1, 59.90, 4200, '{planter,zinc}', '{}', '2025-03-01 08:00+00'),
    ('AV-TREILLE', 'Treille trellis', 'treille-trellis', NULL, 2, 1, 84.00, 5100, '{trellis}', '{}', '2025-03-01 08:00+00'),
    ('AV-SECATEUR', 'Secateurs No. 7', 'secateurs-no-7', 'Bypass secateurs, forged', 2, 1, 44.50, 260, '{tool}', '{"hand": "right"}', '2025-04-20 08:00+00'),
    ('KS-CHEF-20', 'Chef''s knife 20 cm', 'chefs-knife-20', 'Carbon steel, walnut handle', 3, 1, 149.00, 240, '{knife,steel}', '{"length_cm": 20}', '2024-11-05 08:00+00'),
    ('KS-BREAD-24', 'Bread knife 24 cm', 'bread-knife-24', NULL, 3, 1, 119.00, 220, '{knife}', '{"length_cm": 24}', '2024-11-05 08:00+00'),
    ('KS-BLOCK', 'Magnetic knife block', 'magnetic-knife-block', 'Oiled oak', 3, 1, 89.00, 1900, '{oak}', '{}', '2025-02-10 08:00+00'),
    ('OH-KETTLE', 'Enamel kettle', 'enamel-kettle', 'Two litres, induction', 4, 1, 64.90, 1300, '{kitchen,enamel}', '{"litres": 2}', '2025-06-01 08:00+00'),
    ('BK-GARDENS', 'Gardens of the North', 'gardens-of-the-north', '240 pages, hardcover', NULL, 2, 39.00, 1450, '{book}', '{"pages": 240}', '2025-05-12 08:00+00'),
    ('GIFT-50', 'Gift card 50', 'gift-card-50', NULL, NULL, 3, 50.00, NULL, '{gift}', '{}', NULL);

INSERT INTO product_variants (product_id, sku, name, price_difference, cost_price, size, weight_grams, is_default, attributes)
SELECT p.id, p.sku || '-STD', p.name, 0, round(p.price * 0.55, 2), ROW(320, 240, 180)::dimensions, p.weight_grams, true, '{}'
FROM products AS p ORDER BY p.id;
INSERT INTO product_variants (product_id, sku, name, ean, price_difference, cost_price, position, attributes) VALUES
    (1, 'NL-AURORA-AMBER', 'Aurora table lamp, amber', '7350012340017', 10.00, 78.00, 1, '{"colour": "amber"}'),
    (1, 'NL-AURORA-SMOKE', 'Aurora table lamp, smoke', '7350012340024', 10.00, 78.00, 2, '{"colour": "smoke"}'),
    (10, 'OH-KETTLE-BLUE', 'Enamel kettle, blue', '8710012340013', 0, 35.70, 1, '{"colour": "blue"}');

INSERT INTO product_images (product_id, path, alt_text, width, height, bytes)
SELECT p.id, 'img/' || p.slug || '.webp', p.name, 1600, 1200, 180000 + p.id * 1024
FROM products AS p ORDER BY p.id;

INSERT INTO product_translations (product_id, language, name, slug, short_description) VALUES
    (1, 'de', 'Tischleuchte Aurora', 'tischleuchte-aurora', 'Dimmbare Leuchte aus Glas'),
    (2, 'de', 'Stehleuchte Polar', 'stehleuchte-polar', NULL),
    (7, 'de', 'Kochmesser 20 cm', 'kochmesser-20', 'Kohlenstoffstahl, Nussbaum'),
    (7, 'fr', 'Couteau de chef 20 cm', 'couteau-de-chef-20', NULL);

INSERT INTO product_categories (product_id, category_id, position, is_primary) VALUES
    (1, 2, 1, true), (2, 2, 2, true), (3, 2, 3, true), (4, 4, 1, true), (5, 4, 2, true), (6, 4, 3, true),
    (7, 3, 1, true), (8, 3, 2, true), (9, 3, 3, true), (10, 3, 4, true), (11, 5, 1, true), (11, 4, 9, false);

INSERT INTO attributes (code, name, kind, unit, filterable) VALUES
    ('colour', 'Colour', 'colour', NULL, true), ('length', 'Length', 'number', 'cm', true),
    ('material', 'Material', 'choice', NULL, true), ('engraving', 'Engraving', 'text', NULL, false);
INSERT INTO attribute_values (attribute_id, code, label, colour_hex) VALUES
    (1, 'amber', 'Amber', '#ffbf00'), (1, 'smoke', 'Smoke', '#5a5a5a'), (1, 'blue', 'Blue', '#1f4e9c'),
    (3, 'glass', 'Glass', NULL), (3, 'steel', 'Steel', NULL), (3, 'oak', 'Oak', NULL);
INSERT INTO variant_attributes (variant_id, attribute_id, value_id, free_text) VALUES
    (13, 1, 1, NULL), (14, 1, 2, NULL), (15, 1, 3, NULL), (1, 3, 4, NULL), (9, 3, 6, NULL), (7, 4, NULL, 'K. & S.');

INSERT INTO price_lists (code, name, currency_code, includes_tax, priority, valid_from, created_by) VALUES
    ('retail', 'Retail', 'EUR', false, 100, '2026-01-01 00:00+00', 'pricing'),
    ('trade', 'Trade customers', 'EUR', false, 50, '2026-01-01 00:00+00', 'pricing'),
    ('ch', 'Switzerland', 'CHF', true, 80, '2026-01-01 00:00+00', 'pricing');
INSERT INTO price_list_items (price_list_id, variant_id, from_quantity, price)
SELECT 2, v.id, q.from_quantity, round((p.price + v.price_difference) * q.factor, 2)
FROM product_variants AS v
JOIN products AS p ON p.id = v.product_id
CROSS JOIN (VALUES (1, 0.90), (10, 0.82)) AS q (from_quantity, factor);

INSERT INTO suppliers (supplier_number, name, contact_name, email, postal_code, city, country_code, vat_number, currency_code) VALUES
    ('L-1001', 'Nordlicht Glasbruk AB', 'Maja Lindqvist', 'orders@nordlicht.example', '392 30', 'Kalmar', 'SE', 'SE556012345601', 'SEK'),
    ('L-1002', 'Atelier Vert SARL', 'Luc Moreau', 'commandes@ateliervert.example', '49000', 'Angers', 'FR', 'FR32123456789', 'EUR'),
    ('L-1003', 'Kessler & Sohn Messerwerk', NULL, 'vertrieb@kessler.example', '42651', 'Solingen', 'DE', 'DE123456789', 'EUR'),
    ('L-1004', 'Oranje Huis BV', 'Saskia de Wit', 'sales@oranjehuis.example', '3011 AA', 'Rotterdam', 'NL', NULL, 'EUR');
INSERT INTO supplier_products (supplier_id, variant_id, supplier_sku, purchase_price, currency_code, lead_time, preferred)
SELECT p.brand_id, v.id, 'X-' || v.sku, v.cost_price, 'EUR', interval '7' DAY, true
FROM product_variants AS v JOIN products AS p ON p.id = v.product_id WHERE p.brand_id IS NOT NULL;

INSERT INTO warehouses (code, name, street, postal_code, city, country_code, location) VALUES
    ('KAS', 'Kassel central', 'Lagerstrasse 12', '34123', 'Kassel', 'DE', '(9.52,51.29)'),
    ('VEN', 'Venlo returns', 'Havenweg 3', '5916 PA', 'Venlo', 'NL', '(6.17,51.38)');
INSERT INTO stock_levels (warehouse_id, variant_id, on_hand, reserved, reorder_point, bin_location)
SELECT 1, v.id, (v.id * 17) % 90 + 5, v.id % 4, 10, 'A-' || lpad(v.id::text, 3, '0')
FROM product_variants AS v;
