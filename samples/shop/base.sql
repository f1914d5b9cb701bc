-- The web shop as of release 2026.1, which development and production both started from.
-- One file per subject, in loading order. development.sql and production.sql go on top of it.
\ir base/01_types.sql
\ir base/02_reference.sql
\ir base/03_catalogue.sql
\ir base/04_assortment.sql
\ir base/05_customers.sql
\ir base/06_orders.sql
\ir base/07_fulfilment.sql
\ir base/08_billing.sql
\ir base/09_audit.sql
\ir base/10_views.sql
\ir base/11_rows_catalogue.sql
\ir base/12_rows_trade.sql
\ir base/13_access.sql
