-- A handful of customers and what they bought, the same in every environment.

INSERT INTO customer_groups (code, name, price_list_id, discount) VALUES
    ('retail', 'Retail', 1, 0), ('trade', 'Trade', 2, 5), ('staff', 'Staff', 1, 20);

INSERT INTO customers (customer_number, email, email_verified_at, first_name, last_name, company, phone, language, newsletter) VALUES
    ('K-000001', 'anna.berger@mail.example', '2026-01-04 09:12+00', 'Anna', 'Berger', NULL, '+49 561 555010', 'de', true),
    ('K-000002', 'j.devries@mail.example', '2026-01-05 18:40+00', 'Jan', 'de Vries', NULL, NULL, 'nl', false),
    ('K-000003', 'purchasing@hotel-krone.example', '2026-01-09 07:55+00', 'Ruth', 'Aebi', 'Hotel Krone', '+41 44 555020', 'de', false),
    ('K-000004', 'camille.roux@mail.example', NULL, 'Camille', 'Roux', NULL, NULL, 'fr', true),
    ('K-000005', 'o.nilsson@mail.example', '2026-02-11 12:00+00', 'Olof', 'Nilsson', NULL, '+46 8 555030', 'sv', true);
INSERT INTO customer_group_members (customer_id, group_id, member_since, added_by) VALUES
    (1, 1, '2026-01-04', 'import'), (2, 1, '2026-01-05', 'import'), (3, 2, '2026-01-09', 'maren'),
    (4, 1, '2026-02-02', 'import'), (5, 3, '2026-02-11', 'maren');
INSERT INTO customer_addresses (customer_id, label, first_name, last_name, company, street, postal_code, city, country_code, default_shipping, default_billing) VALUES
    (1, 'Home', 'Anna', 'Berger', NULL, 'Wilhelmshoeher Allee 80', '34121', 'Kassel', 'DE', true, true),
    (2, 'Thuis', 'Jan', 'de Vries', NULL, 'Prinsengracht 411', '1016 HM', 'Amsterdam', 'NL', true, true),
    (3, 'Reception', 'Ruth', 'Aebi', 'Hotel Krone', 'Limmatquai 88', '8001', 'Zuerich', 'CH', true, true),
    (4, NULL, 'Camille', 'Roux', NULL, '12 rue des Lices', '49100', 'Angers', 'FR', true, false),
    (5, NULL, 'Olof', 'Nilsson', NULL, 'Sveavagen 20', '111 57', 'Stockholm', 'SE', true, true);
INSERT INTO customer_notes (customer_id, author, subject, body, pinned, visible_to_customer, follow_up_on) VALUES
    (3, 'maren', 'Payment terms', '30 days agreed with their purchasing.', true, true, NULL),
    (3, 'tobias', 'Wants a lighting plan', 'Asks for 40 Polar lamps by autumn.', false, false, '2026-06-01'),
    (1, 'tobias', 'Broken glass', 'Aurora arrived broken, replaced free of charge.', false, false, NULL),
    (4, 'maren', 'Address unclear', 'Two parcels came back.', true, false, '2026-04-15');

INSERT INTO product_reviews (product_id, customer_id, rating, title, body, language, verified_purchase, published_at) VALUES
    (1, 1, 5, 'Schoenes Licht', 'Auch der Ersatz kam schnell.', 'de', true, '2026-02-20 10:00+00'),
    (7, 2, 4, 'Scherp', NULL, 'nl', true, '2026-03-03 10:00+00'),
    (4, NULL, 3, NULL, 'Smaller than expected', 'en', false, NULL);

INSERT INTO wishlist_items (customer_id, variant_id, quantity, note, shared) VALUES
    (1, 2, 1, 'for the hall', false), (5, 11, 1, NULL, true), (5, 6, 2, NULL, true);
INSERT INTO carts (id, customer_id, session_key, client_ip, expires_at) VALUES
    ('5f1c6a52-0d1f-4b8e-9a55-0c6f3a1b7e01', 4, NULL, '192.0.2.44', '2026-12-31 00:00+00'),
    ('5f1c6a52-0d1f-4b8e-9a55-0c6f3a1b7e02', NULL, 'sess-9f31', '198.51.100.7', '2026-12-31 00:00+00');
INSERT INTO cart_items (cart_id, variant_id, quantity, unit_price, gift_wrap) VALUES
    ('5f1c6a52-0d1f-4b8e-9a55-0c6f3a1b7e01', 4, 2, 59.90, false),
    ('5f1c6a52-0d1f-4b8e-9a55-0c6f3a1b7e02', 13, 1, 139.00, true);

INSERT INTO promotions (code, name, kind, percent, amount, currency_code, customer_group_id, starts_at, ends_at) VALUES
    ('SPRING26', 'Spring in the garden', 'percent', 10, NULL, NULL, NULL, '2026-03-01 00:00+00', '2026-06-01 00:00+00'),
    ('WELCOME5', 'Five euros off', 'amount', NULL, 5.00, 'EUR', 1, '2026-01-01 00:00+00', NULL),
    ('FREESHIP', 'Free shipping', 'shipping', NULL, NULL, NULL, NULL, '2026-05-01 00:00+00', '2026-05-08 00:00+00');

INSERT INTO orders (customer_id, status, subtotal, discount_total, shipping_total, tax_total, email, language, placed_at) VALUES
    (1, 'placed', 129.00, 5.00, 4.90, 24.49, 'anna.berger@mail.example', 'de', '2026-02-10 19:22+00'),
    (2, 'placed', 268.00, 0, 4.90, 57.31, 'j.devries@mail.example', 'nl', '2026-02-24 08:05+00'),
    (3, 'placed', 2490.00, 124.50, 29.00, 0, 'purchasing@hotel-krone.example', 'de', '2026-03-12 13:31+00'),
    (5, 'placed', 39.00, 7.80, 4.90, 7.80, 'o.nilsson@mail.example', 'sv', '2026-03-20 21:10+00'),
    (NULL, 'draft', 64.90, 0, 4.90, 13.26, 'guest.4711@mail.example', 'en', NULL);
INSERT INTO order_items (order_id, line_number, product_id, variant_id, sku, name, quantity, unit_price, discount, tax_rate, weight_grams) VALUES
    (1, 1, 1, 1, 'NL-AURORA-STD', 'Aurora table lamp', 1, 129.00, 5.00, 19, 2400),
    (2, 1, 7, 7, 'KS-CHEF-20-STD', 'Chef''s knife 20 cm', 1, 149.00, 0, 21, 240),
    (2, 2, 8, 8, 'KS-BREAD-24-STD', 'Bread knife 24 cm', 1, 119.00, 0, 21, 220),
    (3, 1, 2, 2, 'NL-POLAR-STD', 'Polar floor lamp', 10, 249.00, 124.50, 0, 6800),
    (4, 1, 11, 11, 'BK-GARDENS-STD', 'Gardens of the North', 1, 39.00, 7.80, 25, 1450),
    (5, 1, 10, 15, 'OH-KETTLE-BLUE', 'Enamel kettle, blue', 1, 64.90, 0, 19, 1300);
INSERT INTO promotion_redemptions (promotion_id, order_id, customer_id, amount, currency_code, redeemed_at) VALUES
    (2, 1, 1, 5.00, 'EUR', '2026-02-10 19:22+00');

-- The triggers write the status history and the audit trail.
UPDATE orders SET status = 'paid', paid_at = placed_at + interval '3 minutes' WHERE id IN (1, 2);
UPDATE orders SET status = 'shipped' WHERE id = 1;
UPDATE orders SET status = 'delivered' WHERE id = 1;
UPDATE orders SET status = 'cancelled', cancelled_at = '2026-03-21 09:00+00', cancel_reason = 'ordered twice' WHERE id = 4;

INSERT INTO shipments (order_id, warehouse_id, status, carrier, tracking_number, weight_grams, size, planned_on, handed_over_at, delivered_at) VALUES
    (1, 1, 'delivered', 'Nordpost', 'NP100200301', 2900, ROW(400, 300, 260), '2026-02-11', '2026-02-11 15:40+00', '2026-02-13 10:05+00'),
    (2, 1, 'packed', 'Nordpost', NULL, 620, ROW(420, 160, 80), '2026-02-25', NULL, NULL);
INSERT INTO shipment_items (shipment_id, order_item_id, quantity, bin_location, packed_by) VALUES
    (1, 1, 1, 'A-001', 'ines'), (2, 2, 1, 'A-007', 'ines'), (2, 3, 1, 'A-008', 'ines');

INSERT INTO support_tickets (ticket_number, customer_id, order_id, note_id, priority, subject, body, channel, assignee, closed_at, satisfaction) VALUES
    ('T-2026-0001', 1, 1, 3, 'high', 'Lamp arrived broken', 'The glass has a crack.', 'email', 'tobias', '2026-02-17 16:00+00', 5),
    ('T-2026-0002', 4, NULL, 4, 'normal', 'Where is my parcel?', 'It was to come last week.', 'phone', 'maren', NULL, NULL);

INSERT INTO billing.fiscal_periods (code, period, closed_at, closed_by) VALUES
    ('2026-01', '[2026-01-01,2026-02-01)', '2026-02-06 08:00+00', 'finance'),
    ('2026-02', '[2026-02-01,2026-03-01)', NULL, NULL), ('2026-03', '[2026-03-01,2026-04-01)', NULL, NULL);
INSERT INTO billing.invoices (invoice_number, order_id, customer_id, period_id, issued_on, due_on, net_total, tax_total, currency_code, billing_address, paid_on) VALUES
    ('R-2026-00001', 1, 1, 2, '2026-02-11', '2026-02-25', 128.90, 24.49, 'EUR', '{"city": "Kassel"}', '2026-02-10'),
    ('R-2026-00002', 3, 3, 3, '2026-03-12', '2026-04-11', 2394.50, 0, 'EUR', '{"city": "Zuerich"}', NULL);
INSERT INTO billing.invoice_lines (invoice_id, line_number, order_item_id, fee_id, description, quantity, unit_price, net_amount, tax_rate, tax_amount, account) VALUES
    (1, 1, 1, NULL, 'Aurora table lamp', 1, 124.00, 124.00, 19, 23.56, '4400'),
    (1, 2, NULL, 1, 'Parcel up to 10 kg', 1, 4.90, 4.90, 19, 0.93, '4830'),
    (2, 1, 4, NULL, 'Polar floor lamp', 10, 236.55, 2365.50, 0, 0, '4120'),
    (2, 2, NULL, 2, 'Bulky goods', 1, 29.00, 29.00, 0, 0, '4830');
INSERT INTO billing.payments (order_id, invoice_id, status, method, provider, provider_reference, amount, currency_code, card_last4, authorised_at, captured_at) VALUES
    (1, 1, 'captured', 'card', 'adyen', 'psp-88120001', 153.39, 'EUR', '4242', '2026-02-10 19:23+00', '2026-02-11 15:41+00'),
    (2, NULL, 'authorised', 'paypal', 'paypal', 'pp-5512', 330.21, 'EUR', NULL, '2026-02-24 08:06+00', NULL);
INSERT INTO billing.refunds (payment_id, amount, reason, requested_by, approved_by, refunded_at) VALUES
    (1, 5.00, 'Scratched lamp base', 'tobias', 'finance', '2026-02-18 09:30+00');
