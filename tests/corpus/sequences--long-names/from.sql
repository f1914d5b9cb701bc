CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg (id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffhhh (id serial);
CREATE TABLE iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii (kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk bigint GENERATED ALWAYS AS IDENTITY);
CREATE TABLE üüüüüüüüüüüüüüüv (ßßßßßßßßßßßßßßßßß integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE xüüüüüüüüüüüüüüüv (ßßßßßßßßßßßßßßßßß integer GENERATED ALWAYS AS IDENTITY);
