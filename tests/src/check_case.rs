//! The cases of `tests/checks.rs`: for every kind of check before a plan, a row that is in the way.

/// Two states, with rows for the first.
#[derive(Clone, Copy, Debug)]
pub struct CheckCase {
    /// What it is about.
    pub name: &'static str,
    /// The first server version that has it.
    pub since: u32,
    /// The state at the start.
    pub from: &'static str,
    /// The state that is wanted.
    pub to: &'static str,
    /// Rows that nothing keeps from it.
    pub rows: &'static str,
    /// A row, or a few, on account of which the plan fails.
    pub bad: &'static str,
    /// What the checks find of them: the fields of each row, with `|` between.
    pub found: &'static [&'static str],
    /// Decisions about renames, as a document.
    pub decisions: Option<&'static str>,
}

const fn case(
    name: &'static str,
    [from, to]: [&'static str; 2],
    [rows, bad]: [&'static str; 2],
    found: &'static [&'static str],
) -> CheckCase {
    CheckCase { name, since: 15, from, to, rows, bad, found, decisions: None }
}

const fn since(major: u32, case: CheckCase) -> CheckCase {
    CheckCase { since: major, ..case }
}

const fn renamed(decisions: &'static str, case: CheckCase) -> CheckCase {
    CheckCase { decisions: Some(decisions), ..case }
}

/// All cases.
pub const CASES: &[CheckCase] = &[
    case(
        "CHECK",
        ["CREATE TABLE t (a int)", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))"],
        ["INSERT INTO t VALUES (1), (NULL)", "INSERT INTO t VALUES (-1)"],
        &["-1"],
    ),
    case(
        "CHECK that is validated",
        [
            "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
            "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0))",
        ],
        [
            "INSERT INTO t VALUES (1)",
            "ALTER TABLE t DROP CONSTRAINT c; INSERT INTO t VALUES (-1); ALTER TABLE t ADD \
             CONSTRAINT c CHECK (a > 0) NOT VALID",
        ],
        &["-1"],
    ),
    case(
        "CHECK, and a type that holds more",
        [
            "CREATE TABLE t (a varchar(9))",
            "CREATE TABLE t (a text, CONSTRAINT c CHECK (lower(a) = a))",
        ],
        ["INSERT INTO t VALUES ('a')", "INSERT INTO t VALUES ('A')"],
        &["A"],
    ),
    case(
        "NOT NULL",
        ["CREATE TABLE t (a int, b int)", "CREATE TABLE t (a int, b int NOT NULL)"],
        ["INSERT INTO t VALUES (1, 1)", "INSERT INTO t VALUES (2, NULL)"],
        &["2|"],
    ),
    case(
        "UNIQUE",
        ["CREATE TABLE t (a int, b int)", "CREATE TABLE t (a int, b int, UNIQUE (a, b))"],
        ["INSERT INTO t VALUES (1, NULL), (1, NULL), (2, 2)", "INSERT INTO t VALUES (2, 2)"],
        &["2|2|2"],
    ),
    case(
        "UNIQUE NULLS NOT DISTINCT",
        [
            "CREATE TABLE t (a int, b int)",
            "CREATE TABLE t (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b))",
        ],
        ["INSERT INTO t VALUES (1, NULL), (2, 2)", "INSERT INTO t VALUES (1, NULL)"],
        &["1||2"],
    ),
    case(
        "PRIMARY KEY, a value twice",
        ["CREATE TABLE t (a int NOT NULL)", "CREATE TABLE t (a int PRIMARY KEY)"],
        ["INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"],
        &["1|2"],
    ),
    case(
        "PRIMARY KEY, NULL",
        ["CREATE TABLE t (a int, b int)", "CREATE TABLE t (a int PRIMARY KEY, b int)"],
        ["INSERT INTO t VALUES (1, 1)", "INSERT INTO t VALUES (NULL, 2)"],
        &["|2"],
    ),
    case(
        "a key of a table with children holds for its own rows",
        [
            "CREATE TABLE t (a int); CREATE TABLE c () INHERITS (t)",
            "CREATE TABLE t (a int UNIQUE); CREATE TABLE c () INHERITS (t)",
        ],
        ["INSERT INTO t VALUES (1); INSERT INTO c VALUES (1)", "INSERT INTO t VALUES (1)"],
        &["1|2"],
    ),
    since(
        18,
        case(
            "PRIMARY KEY WITHOUT OVERLAPS",
            [
                "CREATE TABLE t (a int4range NOT NULL, d daterange NOT NULL)",
                "CREATE TABLE t (a int4range, d daterange, PRIMARY KEY (a, d WITHOUT OVERLAPS))",
            ],
            [
                "INSERT INTO t VALUES ('[1,2)', '[2024-01-01,2024-02-01)'), ('[1,2)', \
                 '[2024-02-01,2024-03-01)')",
                "INSERT INTO t VALUES ('[1,2)', '[2024-02-20,2024-04-01)')",
            ],
            &["(\"[1,2)\",\"[2024-02-01,2024-03-01)\")|(\"[1,2)\",\"[2024-02-20,2024-04-01)\")"],
        ),
    ),
    since(
        18,
        case(
            "UNIQUE WITHOUT OVERLAPS, an empty range",
            [
                "CREATE TABLE t (a int4range, d daterange)",
                "CREATE TABLE t (a int4range, d daterange, UNIQUE (a, d WITHOUT OVERLAPS))",
            ],
            [
                "INSERT INTO t VALUES (NULL, '[2024-01-01,2024-02-01)'), (NULL, \
                 '[2024-01-01,2024-02-01)')",
                "INSERT INTO t VALUES ('[1,2)', 'empty')",
            ],
            &["[1,2)|empty"],
        ),
    ),
    case(
        "FOREIGN KEY",
        [
            "CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int)",
            "CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int, FOREIGN \
             KEY (b, a) REFERENCES p (y, x))",
        ],
        [
            "INSERT INTO p VALUES (1, 2); INSERT INTO t VALUES (1, 2), (1, NULL), (7, NULL)",
            "INSERT INTO t VALUES (2, 1)",
        ],
        &["2|1"],
    ),
    case(
        "FOREIGN KEY MATCH FULL",
        [
            "CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int)",
            "CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int, FOREIGN \
             KEY (a, b) REFERENCES p (x, y) MATCH FULL)",
        ],
        [
            "INSERT INTO p VALUES (1, 2); INSERT INTO t VALUES (1, 2), (NULL, NULL)",
            "INSERT INTO t VALUES (1, NULL)",
        ],
        &["1|"],
    ),
    case(
        "FOREIGN KEY to a table that comes",
        [
            "CREATE TABLE t (a int)",
            "CREATE TABLE p (x int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p)",
        ],
        ["INSERT INTO t VALUES (NULL)", "INSERT INTO t VALUES (3)"],
        &["3"],
    ),
    case(
        "FOREIGN KEY to the same table",
        [
            "CREATE TABLE t (a int PRIMARY KEY, up int)",
            "CREATE TABLE t (a int PRIMARY KEY, up int REFERENCES t)",
        ],
        ["INSERT INTO t VALUES (1, NULL), (2, 1), (3, 3)", "INSERT INTO t VALUES (4, 5)"],
        &["4|5"],
    ),
    since(
        18,
        case(
            "FOREIGN KEY with PERIOD",
            [
                "CREATE TABLE p (x int4range, d daterange, PRIMARY KEY (x, d WITHOUT OVERLAPS)); \
                 CREATE TABLE t (a int4range, d daterange)",
                "CREATE TABLE p (x int4range, d daterange, PRIMARY KEY (x, d WITHOUT OVERLAPS)); \
                 CREATE TABLE t (a int4range, d daterange, FOREIGN KEY (a, PERIOD d) REFERENCES p \
                 (x, PERIOD d))",
            ],
            [
                "INSERT INTO p VALUES ('[1,2)', '[2024-01-01,2024-02-01)'), ('[1,2)', \
                 '[2024-02-01,2024-03-01)'); INSERT INTO t VALUES ('[1,2)', \
                 '[2024-01-10,2024-02-10)'), ('[9,10)', NULL)",
                "INSERT INTO t VALUES ('[1,2)', '[2024-02-10,2024-03-10)')",
            ],
            &["[1,2)|[2024-02-10,2024-03-10)"],
        ),
    ),
    case(
        "EXCLUDE",
        [
            "CREATE TABLE t (a int, r int4range)",
            "CREATE TABLE t (a int, r int4range, CONSTRAINT c EXCLUDE USING gist (int4range(a, a, \
             '[]') WITH =, r WITH &&) WHERE (a > 0))",
        ],
        [
            "INSERT INTO t VALUES (1, '[1,3)'), (1, '[3,5)'), (2, '[1,9)'), (-1, '[1,3)'), (-1, \
             '[1,3)'), (NULL, '[1,3)')",
            "INSERT INTO t VALUES (1, '[4,6)')",
        ],
        &["(1,\"[3,5)\")|(1,\"[4,6)\")"],
    ),
    case(
        "CREATE UNIQUE INDEX, partial, on an expression",
        [
            "CREATE TABLE t (a text, b bool)",
            "CREATE TABLE t (a text, b bool); CREATE UNIQUE INDEX i ON t (lower(a) COLLATE \"C\" \
             text_pattern_ops DESC) WHERE b",
        ],
        [
            "INSERT INTO t VALUES ('a', true), ('A', false), (NULL, true), (NULL, true)",
            "INSERT INTO t VALUES ('A', true)",
        ],
        &["a|2"],
    ),
    case(
        "CREATE UNIQUE INDEX NULLS NOT DISTINCT",
        [
            "CREATE TABLE t (a int, b int)",
            "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX i ON t (a) INCLUDE (b) NULLS NOT \
             DISTINCT",
        ],
        ["INSERT INTO t VALUES (1, 1), (NULL, 2)", "INSERT INTO t VALUES (NULL, 3)"],
        &["|2"],
    ),
    case(
        "CREATE UNIQUE INDEX on a materialized view",
        [
            "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t",
            "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE UNIQUE \
             INDEX i ON m (a)",
        ],
        [
            "INSERT INTO t VALUES (1); REFRESH MATERIALIZED VIEW m",
            "INSERT INTO t VALUES (1); REFRESH MATERIALIZED VIEW m",
        ],
        &["1|2"],
    ),
    case(
        "a CHECK of a domain, in columns of a domain over it too",
        [
            "CREATE DOMAIN d AS int; CREATE DOMAIN e AS d; CREATE TABLE t (value d, b e)",
            "CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0); CREATE DOMAIN e AS d; CREATE \
             TABLE t (value d, b e)",
        ],
        ["INSERT INTO t VALUES (1, 1), (NULL, NULL)", "INSERT INTO t VALUES (2, -1)"],
        &["2|-1"],
    ),
    case(
        "NOT NULL of a domain",
        [
            "CREATE DOMAIN d AS text; CREATE TABLE t (a d, b int)",
            "CREATE DOMAIN d AS text NOT NULL; CREATE TABLE t (a d, b int)",
        ],
        ["INSERT INTO t VALUES ('', 1)", "INSERT INTO t VALUES (NULL, 2)"],
        &["|2"],
    ),
    case(
        "a column of a domain that refuses NULL",
        [
            "CREATE DOMAIN d AS text NOT NULL; CREATE TABLE t (b int)",
            "CREATE DOMAIN d AS text NOT NULL; CREATE TABLE t (b int, a d)",
        ],
        ["", "INSERT INTO t VALUES (2)"],
        &["2"],
    ),
    case(
        "a column without a value for the rows",
        ["CREATE TABLE t (a int)", "CREATE TABLE t (a int, b int NOT NULL)"],
        ["", "INSERT INTO t VALUES (1)"],
        &["1"],
    ),
    case(
        "ATTACH PARTITION of a range",
        [
            "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b); CREATE TABLE t (a int, b int)",
            "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b); CREATE TABLE t PARTITION OF \
             p FOR VALUES FROM (1, 5) TO (3, MINVALUE)",
        ],
        ["INSERT INTO t VALUES (1, 5), (2, -1)", "INSERT INTO t VALUES (1, 4), (3, -9)"],
        &["1|4", "3|-9"],
    ),
    case(
        "ATTACH PARTITION of a list, below a range",
        [
            "CREATE TABLE p (a text, d date) PARTITION BY RANGE (d); CREATE TABLE q PARTITION OF p \
             FOR VALUES FROM ('2024-01-01') TO (MAXVALUE) PARTITION BY LIST (lower(a)); CREATE \
             TABLE t (a text, d date)",
            "CREATE TABLE p (a text, d date) PARTITION BY RANGE (d); CREATE TABLE q PARTITION OF p \
             FOR VALUES FROM ('2024-01-01') TO (MAXVALUE) PARTITION BY LIST (lower(a)); CREATE \
             TABLE t PARTITION OF q FOR VALUES IN ('a', NULL)",
        ],
        [
            "INSERT INTO t VALUES ('A', '2024-01-01'), (NULL, '2025-01-01')",
            "INSERT INTO t VALUES ('b', '2024-01-01'), ('a', '2023-12-31')",
        ],
        &["a|2023-12-31", "b|2024-01-01"],
    ),
    case(
        "ATTACH PARTITION of a hash",
        [
            "CREATE TABLE p (a int) PARTITION BY HASH (a); CREATE TABLE t (a int)",
            "CREATE TABLE p (a int) PARTITION BY HASH (a); CREATE TABLE t PARTITION OF p FOR \
             VALUES WITH (MODULUS 2, REMAINDER 0)",
        ],
        [
            "INSERT INTO t SELECT n FROM generate_series(1, 9) n WHERE \
             satisfies_hash_partition('p'::regclass, 2, 0, n)",
            "INSERT INTO t SELECT min(n) FROM generate_series(1, 9) n WHERE \
             satisfies_hash_partition('p'::regclass, 2, 1, n)",
        ],
        &["3"],
    ),
    case(
        "ATTACH PARTITION as the default",
        [
            "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR \
             VALUES IN (1); CREATE TABLE t (a int)",
            "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR \
             VALUES IN (1); CREATE TABLE t PARTITION OF p DEFAULT",
        ],
        ["INSERT INTO t VALUES (2), (NULL)", "INSERT INTO t VALUES (1)"],
        &["1"],
    ),
    case(
        "a new partition beside the default, whose rows a policy hides",
        [
            "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT; \
             ALTER TABLE t FORCE ROW LEVEL SECURITY",
            "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT; \
             CREATE TABLE n PARTITION OF p FOR VALUES FROM (MINVALUE) TO (10); \
             ALTER TABLE t FORCE ROW LEVEL SECURITY",
        ],
        ["INSERT INTO p VALUES (10), (NULL)", "INSERT INTO p VALUES (9)"],
        &["9"],
    ),
    case(
        "bounds that move, and rows that no partition takes",
        [
            "CREATE TABLE p (a int) PARTITION BY RANGE (a); \
             CREATE TABLE t PARTITION OF p FOR VALUES FROM (0) TO (10); \
             CREATE TABLE u PARTITION OF p FOR VALUES FROM (10) TO (20)",
            "CREATE TABLE p (a int) PARTITION BY RANGE (a); \
             CREATE TABLE t PARTITION OF p FOR VALUES FROM (1) TO (5); \
             CREATE TABLE u PARTITION OF p FOR VALUES FROM (5) TO (20)",
        ],
        ["INSERT INTO p SELECT generate_series(1, 19)", "INSERT INTO p VALUES (0)"],
        &["0"],
    ),
    case(
        "text becomes integer",
        ["CREATE TABLE t (a text)", "CREATE TABLE t (a int)"],
        [
            "INSERT INTO t VALUES (' 7 '), ('-2147483648'), (NULL)",
            "INSERT INTO t VALUES ('2147483648'), ('x')",
        ],
        &["2147483648", "x"],
    ),
    case(
        "text becomes numeric with few digits",
        ["CREATE TABLE t (a text)", "CREATE TABLE t (a numeric(4,2))"],
        [
            "INSERT INTO t VALUES ('99.994'), ('NaN'), ('1e1')",
            "INSERT INTO t VALUES ('99.995'), ('1,5')",
        ],
        &["1,5", "99.995"],
    ),
    case(
        "text becomes uuid",
        ["CREATE TABLE t (a text)", "CREATE TABLE t (a uuid)"],
        [
            "INSERT INTO t VALUES ('{A0EEBC99-9c0b4ef8-bb6d6bb9-bd380a11}')",
            "INSERT INTO t VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1')",
        ],
        &["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1"],
    ),
    case(
        "text becomes boolean",
        ["CREATE TABLE t (a text)", "CREATE TABLE t (a boolean)"],
        ["INSERT INTO t VALUES (' Yes'), ('of'), ('1')", "INSERT INTO t VALUES ('o')"],
        &["o"],
    ),
    since(
        18,
        case(
            "text becomes date",
            ["CREATE TABLE t (a text)", "CREATE TABLE t (a date)"],
            ["INSERT INTO t VALUES ('2024-02-29')", "INSERT INTO t VALUES ('2023-02-29')"],
            &["2023-02-29"],
        ),
    ),
    case(
        "bigint becomes smallint",
        ["CREATE TABLE t (a bigint)", "CREATE TABLE t (a smallint)"],
        ["INSERT INTO t VALUES (32767)", "INSERT INTO t VALUES (32768)"],
        &["32768"],
    ),
    case(
        "numeric becomes integer",
        ["CREATE TABLE t (a numeric)", "CREATE TABLE t (a int)"],
        ["INSERT INTO t VALUES (2147483647.4)", "INSERT INTO t VALUES (2147483647.5), ('NaN')"],
        &["2147483647.5", "NaN"],
    ),
    case(
        "numeric gets fewer digits",
        ["CREATE TABLE t (a numeric(9,3))", "CREATE TABLE t (a numeric(5,1))"],
        ["INSERT INTO t VALUES (9999.949)", "INSERT INTO t VALUES (-9999.950)"],
        &["-9999.950"],
    ),
    case(
        "varchar gets shorter",
        ["CREATE TABLE t (a varchar)", "CREATE TABLE t (a varchar(3))"],
        ["INSERT INTO t VALUES ('abc   ')", "INSERT INTO t VALUES ('ab c')"],
        &["ab c"],
    ),
    case(
        "integer becomes a short string",
        ["CREATE TABLE t (a int)", "CREATE TABLE t (a char(2))"],
        ["INSERT INTO t VALUES (99)", "INSERT INTO t VALUES (100)"],
        &["100"],
    ),
    case(
        "bits",
        ["CREATE TABLE t (a varbit)", "CREATE TABLE t (a bit(3))"],
        ["INSERT INTO t VALUES ('101')", "INSERT INTO t VALUES ('1011')"],
        &["1011"],
    ),
    case(
        "a value of an enum goes",
        [
            "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (a e)",
            "CREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE t (a e)",
        ],
        ["INSERT INTO t VALUES ('a'), (NULL)", "INSERT INTO t VALUES ('b')"],
        &["b"],
    ),
    case(
        "a value of an enum goes from arrays",
        [
            "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a e[])",
            "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e[])",
        ],
        ["INSERT INTO t VALUES ('{a,a}'), ('{}'), ('{NULL}')", "INSERT INTO t VALUES ('{a,b}')"],
        &["{a,b}"],
    ),
    case(
        "text becomes an enum that comes",
        ["CREATE TABLE t (a text)", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e)"],
        ["INSERT INTO t VALUES ('a')", "INSERT INTO t VALUES ('b')"],
        &["b"],
    ),
    case(
        "text becomes a domain",
        [
            "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a text)",
            "CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a d)",
        ],
        ["INSERT INTO t VALUES ('1')", "INSERT INTO t VALUES ('0'), ('x')"],
        &["0", "x"],
    ),
    renamed(
        r#"{"renames": [
            {"from": "table:public.old", "to": "table:public.new", "answer": "rename"},
            {"from": "column:public.old.b", "to": "column:public.new.c", "answer": "rename"}]}"#,
        case(
            "a renamed table with a renamed column",
            [
                "CREATE TABLE old (a int, b int)",
                "CREATE TABLE new (a int, c int, CONSTRAINT k CHECK (c > a))",
            ],
            ["INSERT INTO old VALUES (1, 2)", "INSERT INTO old VALUES (2, 1)"],
            &["2|1"],
        ),
    ),
    case(
        "hostile names",
        [
            "CREATE TABLE \"a'b\\c:ROW_COUNT`id`\" (\"x\ny\" int)",
            "CREATE TABLE \"a'b\\c:ROW_COUNT`id`\" (\"x\ny\" int UNIQUE)",
        ],
        [
            "INSERT INTO \"a'b\\c:ROW_COUNT`id`\" VALUES (1)",
            "INSERT INTO \"a'b\\c:ROW_COUNT`id`\" VALUES (1)",
        ],
        &["1|2"],
    ),
];
