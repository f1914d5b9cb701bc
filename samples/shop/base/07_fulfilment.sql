-- Warehouses, stock, shipments, and the tickets about what went wrong.

CREATE TABLE warehouses (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code varchar(12) NOT NULL UNIQUE,
    name text NOT NULL,
    street text NOT NULL,
    postal_code varchar(16) NOT NULL,
    city text NOT NULL,
    country_code char(2) NOT NULL REFERENCES countries,
    location point,
    phone varchar(32),
    cutoff_time time NOT NULL DEFAULT '15:00',
    working_days boolean[] NOT NULL DEFAULT '{t,t,t,t,t,f,f}',
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER warehouses_updated_at BEFORE UPDATE ON warehouses
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE stock_levels (
    warehouse_id integer NOT NULL REFERENCES warehouses,
    variant_id bigint NOT NULL REFERENCES product_variants ON DELETE CASCADE,
    on_hand integer NOT NULL DEFAULT 0,
    reserved integer NOT NULL DEFAULT 0,
    available integer GENERATED ALWAYS AS (on_hand - reserved) STORED,
    reorder_point integer NOT NULL DEFAULT 0,
    bin_location varchar(16),
    counted_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (warehouse_id, variant_id),
    CONSTRAINT stock_levels_reserved CHECK (reserved >= 0)
) WITH (fillfactor = 80);
CREATE INDEX stock_levels_low_idx ON stock_levels (variant_id)
    WHERE on_hand - reserved <= reorder_point;
CREATE TRIGGER stock_levels_updated_at BEFORE UPDATE ON stock_levels
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE shipments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders,
    warehouse_id integer NOT NULL REFERENCES warehouses,
    status shipment_status NOT NULL DEFAULT 'planned',
    carrier text NOT NULL,
    tracking_number varchar(40),
    parcel_count smallint NOT NULL DEFAULT 1 CHECK (parcel_count > 0),
    weight_grams integer,
    size dimensions,
    label_path text,
    planned_on date,
    handed_over_at timestamptz,
    delivered_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT shipments_times CHECK (delivered_at >= handed_over_at)
);
CREATE INDEX shipments_order_idx ON shipments (order_id);
CREATE UNIQUE INDEX shipments_tracking_idx ON shipments (carrier, tracking_number)
    WHERE tracking_number IS NOT NULL;
CREATE TRIGGER shipments_updated_at BEFORE UPDATE ON shipments
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE shipment_items (
    shipment_id bigint NOT NULL REFERENCES shipments ON DELETE CASCADE,
    order_item_id bigint NOT NULL REFERENCES order_items,
    quantity integer NOT NULL CHECK (quantity > 0),
    serial_numbers text[],
    bin_location varchar(16),
    packed_by text,
    PRIMARY KEY (shipment_id, order_item_id)
);
CREATE INDEX shipment_items_order_item_idx ON shipment_items (order_item_id);

CREATE TABLE support_tickets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_number varchar(16) NOT NULL UNIQUE,
    customer_id bigint REFERENCES customers ON DELETE SET NULL,
    order_id bigint REFERENCES orders ON DELETE SET NULL,
    note_id bigint REFERENCES customer_notes ON DELETE SET NULL,
    priority ticket_priority NOT NULL DEFAULT 'normal',
    subject text NOT NULL,
    body text NOT NULL,
    channel text NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'phone', 'chat')),
    assignee text,
    due_at timestamptz,
    first_answer_at timestamptz,
    closed_at timestamptz,
    satisfaction smallint CHECK (satisfaction BETWEEN 1 AND 5),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN support_tickets.note_id IS 'The note that the ticket was opened from';
CREATE INDEX support_tickets_open_idx ON support_tickets (priority DESC, due_at)
    WHERE closed_at IS NULL;
CREATE INDEX support_tickets_customer_idx ON support_tickets (customer_id);
CREATE TRIGGER support_tickets_updated_at BEFORE UPDATE ON support_tickets
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
