-- A table is built anew, for it becomes one of a type with its columns in another order. Where a column
-- gets a type on the way that may not hold its values, that is a loss.
CREATE TABLE prices (amount numeric(10, 4), id integer);
