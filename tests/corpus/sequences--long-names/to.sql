CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg (id serial);
CREATE TABLE aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffhhh (id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii (kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME short));
CREATE TABLE üüüüüüüüüüüüüüüv (ßßßßßßßßßßßßßßßßß integer );
CREATE TABLE xüüüüüüüüüüüüüüüv (ßßßßßßßßßßßßßßßßß integer GENERATED ALWAYS AS IDENTITY);
