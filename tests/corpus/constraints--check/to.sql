CREATE TABLE t (a integer, b integer, CONSTRAINT one CHECK (a >= 0), CONSTRAINT two CHECK (b > 0), CONSTRAINT three CHECK (a <> 13), CONSTRAINT four CHECK (a IN (1, 2, 3)));
COMMENT ON CONSTRAINT three ON t IS 'unlucky';
