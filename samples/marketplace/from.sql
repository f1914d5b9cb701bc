-- The database to change: production, whole, into an empty database.
\ir base.sql
\ir production.sql
