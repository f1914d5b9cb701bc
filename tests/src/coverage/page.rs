//! `COVERAGE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use pgparity_core::objects::Kind;

use super::{Attribute, Facts};

/// How many cases a row names.
const NAMED: usize = 2;

const HEAD: &str = "# Coverage

What pgparity reads, compares and plans, attribute by attribute, and the cases of `tests/corpus` that
prove it on real servers, forth and back. `UPDATE_COVERAGE=1 cargo test -p pgparity-tests --test coverage`
writes this file; without the variable the same test fails where the file says something else, or where
an attribute has no case.

The attributes are those of the [published form](docs/snapshot.schema.json) of a snapshot. Each of them is
read, and each is compared but for what depends on what, which follows from the definitions. *Planned*
names the commands that change the attribute, from a plan in which nothing else differs; *replaced* means
that PostgreSQL has no such command, so that the object is dropped and created again, with its rows kept.
*Proven by* names cases in which it differs.
";

/// The page. `facts` has them by case; `excuse` says why an attribute has no case.
pub fn page(
    attributes: &BTreeSet<Attribute>,
    facts: &BTreeMap<String, Facts>,
    excuse: impl Fn(Kind, &str) -> Option<&'static str>,
) -> String {
    let mut text = HEAD.to_owned();
    for kind in Kind::ALL.iter().copied() {
        write!(
            text,
            "\n## {}\n\n| attribute | planned | proven by |\n|---|---|---|\n",
            kind.as_str()
        )
        .unwrap();
        let own = attributes.iter().filter(|attribute| attribute.kind == kind);
        let names = ["create", "drop"].into_iter().chain(own.map(|a| a.name.as_str()));
        for name in names {
            let key = (kind, name.to_owned());
            let with = facts.iter().filter(|(_, facts)| facts.contains_key(&key));
            let cases: Vec<&str> = with.clone().map(|(case, _)| case.as_str()).collect();
            let ways: BTreeSet<&str> =
                with.flat_map(|(_, facts)| &facts[&key]).map(String::as_str).collect();
            let ways: Vec<&str> = ways.into_iter().collect();
            let proof = match (cases.len(), excuse(kind, name)) {
                (0, Some(why)) => format!("— ({why})"),
                (0, None) => "—".to_owned(),
                (many, _) => {
                    let more = many.saturating_sub(NAMED);
                    let named: Vec<String> =
                        cases.iter().take(NAMED).map(|case| format!("`{case}`")).collect();
                    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
                    named.join(", ") + &tail
                }
            };
            let label = match name {
                "create" | "drop" => format!("*{name}*"),
                name => format!("`{name}`"),
            };
            writeln!(text, "| {label} | {} | {proof} |", ways.join("; ")).unwrap();
        }
    }
    text
}
