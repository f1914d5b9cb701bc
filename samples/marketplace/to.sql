-- The desired state: development, whole, into an empty database.
\ir base.sql
\ir development.sql
