//! Columns that have values and begin to be numbered by a sequence: what is inserted after the plan gets numbers that
//! no row has, and a sequence never goes back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use pgparity_tests::{Bench, each_version};

/// A way from one state to another, and what is asked afterwards.
struct Way<'t> {
    name: &'t str,
    from: &'t str,
    to: &'t str,
    after: &'t str,
    /// What the query at the end of `after` gives.
    numbers: &'t str,
}

const WAYS: &[Way<'_>] = &[
    Way {
        name: "a sequence that nobody owns",
        from: "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (3), (7);",
        to: "CREATE SEQUENCE s; CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s'));",
        after: "INSERT INTO t DEFAULT VALUES; SELECT max(id) FROM t",
        numbers: "8",
    },
    Way {
        name: "one for several tables",
        from: "CREATE TABLE a (id bigint); INSERT INTO a VALUES (4);
               CREATE TABLE b (id smallint); INSERT INTO b VALUES (9); CREATE TABLE c (id numeric);
               CREATE TABLE d (id numeric); INSERT INTO d VALUES (11.5);",
        to: "CREATE SEQUENCE s; CREATE TABLE a (id bigint DEFAULT nextval('s'));
             CREATE TABLE b (id smallint DEFAULT nextval('s')); CREATE TABLE c (id numeric DEFAULT nextval('s'));
             CREATE TABLE d (id numeric DEFAULT nextval('s'));",
        after: "SELECT nextval('s')",
        numbers: "12",
    },
    Way {
        name: "steps of ten, down, an odd start",
        from: "CREATE TABLE t (id int, n int, m int); INSERT INTO t VALUES (25, -25, 8);",
        to: "CREATE SEQUENCE up INCREMENT 10 START 3; CREATE SEQUENCE down INCREMENT -10 START -3;
             CREATE SEQUENCE odd INCREMENT 2;
             CREATE TABLE t (id int DEFAULT nextval('up'), n int DEFAULT nextval('down'), m int DEFAULT nextval('odd'));",
        after: "SELECT concat_ws(' ', nextval('up'), nextval('down'), nextval('odd'))",
        numbers: "33 -33 9",
    },
    Way {
        name: "a start behind the values, and no values",
        from: "CREATE TABLE t (id int, n int); INSERT INTO t VALUES (5); CREATE TABLE u (id int); CREATE TABLE v (id int);
               INSERT INTO v VALUES (6);",
        to: "CREATE SEQUENCE far START 1000; CREATE SEQUENCE none START 20;
             CREATE TABLE t (id int DEFAULT nextval('far'), n int DEFAULT nextval('none'));
             CREATE TABLE u (id int DEFAULT nextval('none'));
             CREATE TABLE v (id int NOT NULL GENERATED ALWAYS AS IDENTITY (START 50));",
        after: "INSERT INTO v DEFAULT VALUES; SELECT concat_ws(' ', nextval('far'), nextval('none'), (SELECT max(id) FROM v))",
        numbers: "1000 20 50",
    },
    Way {
        name: "an identity that goes down, and a serial",
        from: "CREATE TABLE t (id int NOT NULL, n int NOT NULL); INSERT INTO t VALUES (-4, 6);",
        to: "CREATE TABLE t (id int NOT NULL GENERATED ALWAYS AS IDENTITY (INCREMENT -1), n serial);",
        after: "INSERT INTO t DEFAULT VALUES; SELECT concat_ws(' ', min(id), max(n)) FROM t",
        numbers: "-5 7",
    },
    Way {
        name: "one that is there already, in use elsewhere",
        from: "CREATE SEQUENCE s; SELECT setval('s', 30); CREATE SEQUENCE r; CREATE TABLE t (id int, n int);
               INSERT INTO t VALUES (12, 12);",
        to: "CREATE SEQUENCE s; CREATE SEQUENCE r; CREATE TABLE t (id int DEFAULT nextval('s'), n int DEFAULT nextval('r'));",
        after: "SELECT concat_ws(' ', nextval('s'), nextval('r'))",
        numbers: "31 13",
    },
    Way {
        name: "values beyond its end",
        from: "CREATE TABLE t (id int); INSERT INTO t VALUES (500);",
        to: "CREATE SEQUENCE s MAXVALUE 100; CREATE TABLE t (id int DEFAULT nextval('s'));",
        after: "SELECT nextval('s')",
        numbers: "1",
    },
    Way {
        name: "partitions, and a table built anew",
        from: "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);
               INSERT INTO p VALUES (40); CREATE TABLE t (id int); INSERT INTO t VALUES (60);",
        to: "CREATE SEQUENCE s; CREATE SEQUENCE r; CREATE TABLE p (id int DEFAULT nextval('s')) PARTITION BY RANGE (id);
             CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);
             CREATE TABLE t (id int DEFAULT nextval('r')) PARTITION BY RANGE (id);
             CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (100);",
        after: "INSERT INTO p DEFAULT VALUES; INSERT INTO t DEFAULT VALUES;
                SELECT concat_ws(' ', (SELECT max(id) FROM p), (SELECT max(id) FROM t))",
        numbers: "41 61",
    },
];

#[test]
fn what_is_inserted_after_the_plan_gets_new_numbers() {
    each_version(|cluster| {
        for (at, way) in WAYS.iter().enumerate() {
            let bench = Bench::new();
            let [from, to] =
                ["from", "to"].map(|side| cluster.database(&format!("numbers_{at}_{side}")));
            from.sql(way.from);
            to.sql(way.to);
            let sides = [bench.snapshot(&from, "from"), bench.snapshot(&to, "to")];
            from.file(bench.plan(&sides[0], &sides[1], &[], "plan"));
            Bench::expect_no_drift(&bench.snapshot(&from, "after"), &sides[1]);
            let (insert, asked) = way.after.rsplit_once(';').unwrap_or(("", way.after));
            from.sql(insert);
            assert_eq!(from.value(asked), way.numbers, "{}", way.name);
        }
    });
}
