-- The sequence of an identity has the bounds of the column's type, and starts elsewhere.
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, note text);
