INSERT INTO t SELECT n, n::text, (n * 7)::text, n || 'x', int4range(n, n + 2), point(n, n) FROM generate_series(1, 30) n;
