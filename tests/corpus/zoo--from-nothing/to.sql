\ir ../../fixtures/zoo.sql
