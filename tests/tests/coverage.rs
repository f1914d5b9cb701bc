//! `COVERAGE.md` says what the corpus proves, and the corpus proves every attribute.
//!
//! Each case is loaded and compared on the newest server at hand; nothing is applied here, that is
//! what `transitions.rs` does. `UPDATE_COVERAGE=1` writes the page anew.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use pgparity_core::objects::Kind;
use pgparity_core::snapshot::{Snapshot, read};
use pgparity_tests::coverage::{Attribute, Facts, attributes, facts, page};
use pgparity_tests::{Bench, Cluster, Db, corpus, programs, roles, workspace};

/// How many cases are loaded at once.
const THREADS: usize = 4;

/// Why no test can change an attribute here.
fn excuse(kind: Kind, name: &str) -> Option<&'static str> {
    match (kind, name) {
        (_, "security_labels" | "columns.security_labels" | "attributes.security_labels") => {
            Some("PostgreSQL comes without a provider of labels")
        }
        (Kind::Database, "create" | "drop") => Some("a snapshot is of one database"),
        _ => None,
    }
}

/// Attributes that no command of PostgreSQL changes, or not in every direction: the object is
/// dropped and created again. All others must be altered in place whenever nothing else differs.
const REPLACED: &[(Kind, &[&str])] = &[
    (Kind::Extension, &["version"]),
    (Kind::AccessMethod, &["handler", "type"]),
    (
        Kind::Collation,
        &["lc_collate", "lc_ctype", "locale", "nondeterministic", "provider", "rules"],
    ),
    (Kind::Conversion, &["default", "function", "source", "target"]),
    (
        Kind::BaseType,
        &[
            "alignment",
            "category",
            "collatable",
            "default",
            "delimiter",
            "element",
            "input",
            "internal_length",
            "output",
            "passed_by_value",
            "preferred",
            "storage",
        ],
    ),
    (Kind::Enum, &["values"]),
    // In place where no column has values of the type in it; others cannot be looked at.
    (Kind::Composite, &["attributes", "attributes.collation", "attributes.type"]),
    (Kind::Domain, &["base_type", "collation", "constraints", "constraints.definition"]),
    (
        Kind::Range,
        &[
            "canonical",
            "collation",
            "multirange_schema",
            "multirange_type_name",
            "subtype",
            "subtype_diff",
            "subtype_opclass",
        ],
    ),
    (Kind::Function, &["arguments", "returns", "window"]),
    (Kind::Procedure, &["arguments"]),
    (Kind::Aggregate, &["arguments", "hypothetical", "returns"]),
    (Kind::Cast, &["context", "function", "inout"]),
    (Kind::Operator, &["commutator", "function", "hashes", "merges", "negator"]),
    (Kind::OperatorClass, &["data_type", "default", "family", "functions", "operators", "storage"]),
    (Kind::TextSearchParser, &["end", "gettoken", "headline", "lextypes", "start"]),
    (Kind::TextSearchTemplate, &["init", "lexize"]),
    (Kind::TextSearchDictionary, &["template"]),
    (Kind::TextSearchConfiguration, &["parser"]),
    (Kind::Server, &["server_type", "wrapper"]),
    (Kind::Table, &["foreign", "foreign.server", "partition_by"]),
    (Kind::Column, &["generated", "type", "virtual"]),
    (Kind::View, &["columns", "columns.type"]),
    (Kind::MaterializedView, &["columns", "columns.type", "definition"]),
    (Kind::Index, &["attached_to", "columns", "definition", "invalid", "unique"]),
    // A CHECK that is not enforced, a valid one that is not valid any more, a key that can wait.
    (
        Kind::Constraint,
        &[
            "attached_to",
            "columns",
            "constraint_type",
            "deferrable",
            "definition",
            "not_enforced",
            "not_valid",
            "references",
        ],
    ),
    (
        Kind::StatisticsObject,
        &["columns", "expressions", "kinds", "on_materialized_view", "table", "table_schema"],
    ),
    (Kind::Rule, &["on_view"]),
    (Kind::PublicationTable, &["columns", "filter"]),
    (Kind::Trigger, &["constraint", "definition", "inherited"]),
    (Kind::Policy, &["check", "command", "restrictive", "using"]),
    (Kind::Publication, &["all_tables"]),
    (Kind::Subscription, &["failover", "two_phase"]),
    (Kind::EventTrigger, &["event", "function", "tags"]),
];

#[test]
fn every_attribute_has_a_case_and_the_page_says_which() {
    let facts = of_the_corpus();
    let attributes = attributes();
    let page = page(&attributes, &facts, excuse);
    let path = workspace::root().join("COVERAGE.md");
    if env::var_os("UPDATE_COVERAGE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let gaps = gaps(&attributes, &facts);
    assert!(gaps.is_empty(), "no case of the corpus changes these:\n{}", gaps.join("\n"));
    let replaced = needlessly_replaced(&facts);
    assert!(replaced.is_empty(), "these should be altered in place:\n{}", replaced.join("\n"));
    let written = fs::read_to_string(&path).unwrap();
    assert!(
        written == page,
        "COVERAGE.md is stale: UPDATE_COVERAGE=1 cargo test -p pgparity-tests --test coverage"
    );
}

/// The facts of every case, and of the roles, which need clusters of their own.
fn of_the_corpus() -> BTreeMap<String, Facts> {
    let major = programs::versions().into_iter().max().expect("there is a server");
    let cluster = Cluster::shared(major);
    let cases: Vec<PathBuf> =
        corpus::cases().into_iter().filter(|folder| corpus::runs_on(folder, major)).collect();
    let left = Mutex::new(cases.into_iter());
    let found = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some(folder) = left.lock().unwrap().next() else { return };
                    let facts = of_case(cluster, &folder);
                    found.lock().unwrap().insert(corpus::name(&folder), facts);
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    let bench = Bench::new();
    let (one, other) = (Cluster::start(major), Cluster::start(major));
    let side = |cluster: &Cluster, load: fn(&Db<'_>), side: &str| {
        let db = cluster.database("roles");
        load(&db);
        snapshot(&roles::snapshot(&bench, &db, side))
    };
    let (from, to) = (side(&one, roles::load_from, "from"), side(&other, roles::load_to, "to"));
    found.insert("roles.rs".to_owned(), both_ways(&from, &to));
    found
}

/// What one case shows, both ways.
fn of_case(cluster: &Cluster, folder: &Path) -> Facts {
    let name = corpus::name(folder);
    let side = |side: &str| {
        let db = cluster.database(&format!("{side}/{name}"));
        db.file(folder.join(format!("{side}.sql")));
        let bench = Bench::new();
        snapshot(&bench.snapshot(&db, side))
    };
    both_ways(&side("from"), &side("to"))
}

fn snapshot(path: &Path) -> Snapshot {
    read(&fs::read(path).unwrap()).unwrap()
}

fn both_ways(from: &Snapshot, to: &Snapshot) -> Facts {
    let mut found = facts(from, to);
    for (what, ways) in facts(to, from) {
        found.entry(what).or_default().extend(ways);
    }
    found
}

/// What no case shows. A needless excuse is one too.
fn gaps(attributes: &BTreeSet<Attribute>, facts: &BTreeMap<String, Facts>) -> Vec<String> {
    let ends = Kind::ALL.iter().flat_map(|kind| [(*kind, "create"), (*kind, "drop")]);
    let own = attributes.iter().map(|attribute| (attribute.kind, attribute.name.as_str()));
    let shown =
        |kind: Kind, name: &str| facts.values().any(|f| f.contains_key(&(kind, name.to_owned())));
    ends.chain(own)
        .filter(|(kind, name)| shown(*kind, name) == excuse(*kind, name).is_some())
        .map(|(kind, name)| format!("{} {name}", kind.as_str()))
        .collect()
}

/// What is replaced in some case although it is not among what must be.
fn needlessly_replaced(facts: &BTreeMap<String, Facts>) -> Vec<String> {
    let mut found = Vec::new();
    for (case, facts) in facts {
        for ((kind, name), ways) in facts {
            let must =
                REPLACED.iter().any(|(k, names)| k == kind && names.contains(&name.as_str()));
            if !must && ways.iter().any(|way| way.starts_with("replaced")) {
                found.push(format!("{} {name}: {case}", kind.as_str()));
            }
        }
    }
    found
}
