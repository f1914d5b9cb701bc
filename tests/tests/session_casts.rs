//! Conversions that a setting of the session decides, judged by the catalog: a step that gives a column another type
//! warns where PostgreSQL calls what converts STABLE, for every pair of built-in types with a cast and for every
//! type and text. The statements run, too.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{DiffOptions, diff};
use pgparity_core::plan::{PlanOptions, Step, plan, script};
use pgparity_core::snapshot::read;
use pgparity_tests::{Bench, each_version};

/// Every pair of types between which a column can change, and whether the cast, and what leads from the
/// one to text and from text to the other, is STABLE.
const PAIRS: &str = "
WITH base AS (
  SELECT t.oid, pg_catalog.format_type(t.oid, NULL) AS name, t.typcategory = 'S' AS is_text,
    i.provolatile <> 'i' AS reads, o.provolatile <> 'i' AS writes
  FROM pg_type t JOIN pg_proc i ON i.oid = t.typinput JOIN pg_proc o ON o.oid = t.typoutput
  WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype IN ('b', 'r', 'm') AND t.typcategory NOT IN ('A', 'Z')
    AND t.typname NOT LIKE 'pg\\_%' AND t.typname <> 'char')
SELECT a.name, b.name, coalesce(p.provolatile <> 'i', c.oid IS NULL AND (a.writes OR b.reads)), a.writes OR b.reads
FROM base a JOIN base b ON a.oid <> b.oid LEFT JOIN pg_cast c ON c.castsource = a.oid AND c.casttarget = b.oid
  LEFT JOIN pg_proc p ON p.oid = c.castfunc
WHERE c.castmethod IN ('f', 'b') OR a.name = 'text' OR b.name = 'text'
ORDER BY 1, 2";

/// STABLE because the catalog is looked at, or for the sake of others of their kind; no setting decides.
const NO_SETTING: [&str; 9] = [
    "aclitem",
    "regnamespace",
    "regrole",
    "int4range",
    "int4multirange",
    "int8range",
    "int8multirange",
    "numrange",
    "nummultirange",
];

/// IMMUTABLE by its name, though a setting decides what is written.
const SETTING_UNTOLD: [&str; 3] = ["bytea", "real", "double precision"];

#[test]
fn a_step_warns_where_the_catalog_calls_the_conversion_stable() {
    each_version(|cluster| {
        let [from, to] = ["from", "to"].map(|side| cluster.database(&format!("casts_{side}")));
        let pairs = from.query(PAIRS);
        assert!(pairs.len() > 150, "there are many casts");
        let table = |at: usize, data_type: &str| format!("CREATE TABLE t{at} (c {data_type});");
        for (db, side) in [(&from, 0), (&to, 1)] {
            let all = pairs.iter().enumerate().map(|(at, pair)| table(at, &pair[side]));
            db.sql(&all.collect::<String>());
        }
        let bench = Bench::new();
        let [now, goal] = [(&from, "from"), (&to, "to")]
            .map(|(db, side)| read(&fs::read(bench.snapshot(db, side)).unwrap()).unwrap());
        let allow = Hazard::ALL.iter().copied().collect();
        let drift = diff(&now, &goal, &DiffOptions::default());
        let made = plan(&now, &goal, &drift, &PlanOptions { allow, ..PlanOptions::default() });
        let steps: BTreeMap<&str, &Step> = made
            .steps
            .iter()
            .filter(|step| step.verb == "ALTER TABLE … ALTER COLUMN TYPE")
            .map(|step| (step.object.name(), step))
            .collect();
        let mut wrong = Vec::new();
        for (at, pair) in pairs.iter().enumerate() {
            let [a, b, cast, text] = pair.as_slice() else { unreachable!("four columns") };
            let step = steps[format!("public.t{at}.c").as_str()];
            let by_text = step.sql.contains("::pg_catalog.text::") || a == "text" || b == "text";
            let stable = if step.sql.contains("::pg_catalog.text::") { text } else { cast };
            let wanted = (stable == "t"
                && ![a, b].iter().any(|n| NO_SETTING.contains(&n.as_str())))
                || (by_text && SETTING_UNTOLD.contains(&a.as_str()));
            if step.has(Hazard::SessionSettings) != wanted {
                wrong.push(format!("{a} -> {b}, warns: {}: {}", !wanted, step.sql));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        from.sql(&script(&made));
        Bench::expect_no_drift(&bench.snapshot(&from, "after"), &bench.path("to.json"));
    });
}
