-- Children that have by themselves what their parents begin to have.
CREATE TABLE parent (a integer);
CREATE TABLE child (b integer) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
CREATE TABLE other (c integer);
