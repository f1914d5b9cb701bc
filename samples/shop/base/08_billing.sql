-- Finance: fiscal periods, invoices, payments and refunds.

CREATE TABLE billing.fiscal_periods (
    id serial PRIMARY KEY,
    code varchar(7) NOT NULL UNIQUE,
    period daterange NOT NULL,
    closed_at timestamptz,
    closed_by text,
    CONSTRAINT fiscal_periods_no_overlap EXCLUDE USING gist (period WITH &&),
    CONSTRAINT fiscal_periods_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);

CREATE TABLE billing.invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_number varchar(20) NOT NULL UNIQUE,
    order_id bigint NOT NULL REFERENCES public.orders,
    customer_id bigint REFERENCES public.customers,
    period_id integer NOT NULL REFERENCES billing.fiscal_periods,
    issued_on date NOT NULL DEFAULT CURRENT_DATE,
    due_on date NOT NULL,
    net_total numeric(14, 2) NOT NULL,
    tax_total numeric(14, 2) NOT NULL,
    gross_total numeric(14, 2) NOT NULL GENERATED ALWAYS AS (net_total + tax_total) STORED,
    currency_code char(3) NOT NULL REFERENCES public.currencies,
    billing_address jsonb NOT NULL,
    paid_on date,
    cancelled_on date,
    pdf_path text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT invoices_due_after_issue CHECK (due_on >= issued_on)
);
COMMENT ON TABLE billing.invoices IS 'Never deleted; a wrong invoice is cancelled and written anew';
CREATE INDEX invoices_order_idx ON billing.invoices (order_id);
CREATE INDEX invoices_unpaid_idx ON billing.invoices (due_on)
    WHERE paid_on IS NULL AND cancelled_on IS NULL;
CREATE TRIGGER invoices_updated_at BEFORE UPDATE ON billing.invoices
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TABLE billing.invoice_lines (
    invoice_id bigint NOT NULL REFERENCES billing.invoices ON DELETE CASCADE,
    line_number smallint NOT NULL,
    order_item_id bigint REFERENCES public.order_items,
    fee_id integer REFERENCES public.fees,
    description text NOT NULL,
    quantity numeric(12, 3) NOT NULL DEFAULT 1,
    unit_price numeric(12, 4) NOT NULL,
    net_amount numeric(14, 2) NOT NULL,
    tax_rate public.percentage NOT NULL,
    tax_amount numeric(14, 2) NOT NULL,
    account varchar(12),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (invoice_id, line_number),
    CONSTRAINT invoice_lines_article_or_fee CHECK (num_nonnulls(order_item_id, fee_id) <= 1)
);

CREATE TABLE billing.payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES public.orders,
    invoice_id bigint REFERENCES billing.invoices DEFERRABLE INITIALLY DEFERRED,
    status billing.payment_status NOT NULL DEFAULT 'pending',
    method text NOT NULL CHECK (method IN ('card', 'paypal', 'sepa', 'transfer', 'invoice')),
    provider text NOT NULL,
    provider_reference varchar(64),
    amount numeric(14, 2) NOT NULL CHECK (amount > 0),
    currency_code char(3) NOT NULL REFERENCES public.currencies,
    payer_iban billing.iban,
    card_last4 char(4),
    failure_code text,
    provider_response jsonb,
    authorised_at timestamptz,
    captured_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT payments_provider_key UNIQUE (provider, provider_reference)
);
CREATE INDEX payments_order_idx ON billing.payments (order_id);
CREATE INDEX payments_pending_idx ON billing.payments (created_at) WHERE status = 'pending';
CREATE TRIGGER payments_updated_at BEFORE UPDATE ON billing.payments
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TABLE billing.refunds (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id bigint NOT NULL REFERENCES billing.payments,
    amount numeric(14, 2) NOT NULL CHECK (amount > 0),
    reason text NOT NULL,
    provider_reference varchar(64),
    requested_by text NOT NULL DEFAULT CURRENT_USER,
    approved_by text,
    refunded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT refunds_four_eyes CHECK (approved_by <> requested_by)
);
CREATE INDEX refunds_payment_idx ON billing.refunds (payment_id);

CREATE FUNCTION billing.tax_on(net numeric, rate public.percentage) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT round(net * rate / 100, 2)
$$;

CREATE FUNCTION billing.check_invoice_lines() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    lines numeric;
    header numeric;
BEGIN
    SELECT sum(l.net_amount) INTO lines
    FROM billing.invoice_lines AS l WHERE l.invoice_id = NEW.invoice_id;
    SELECT i.net_total INTO header
    FROM billing.invoices AS i WHERE i.id = NEW.invoice_id;
    IF lines IS DISTINCT FROM header THEN
        RAISE EXCEPTION 'invoice %: its lines add up to %, its total is %',
            NEW.invoice_id, lines, header;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER invoice_lines_add_up
    AFTER INSERT OR UPDATE ON billing.invoice_lines
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing.check_invoice_lines();

CREATE PROCEDURE billing.close_period(period_code text)
    LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE billing.fiscal_periods
    SET closed_at = now(), closed_by = CURRENT_USER
    WHERE code = period_code AND closed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'fiscal period % is unknown or closed already', period_code;
    END IF;
END
$$;
