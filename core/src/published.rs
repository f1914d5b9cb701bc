//! The forms that are published as JSON Schema, in `docs`: each is what the types say.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use schemars::{JsonSchema, schema_for};

use crate::diff::Drift;
use crate::plan::Plan;
use crate::report::Report;
use crate::snapshot::Snapshot;

/// Compares a file of `docs` with a type. `UPDATE_SCHEMA=1 cargo test -p pgparity-core schema` writes it
/// anew.
fn is_what_it_says<T: JsonSchema>(file: &str) {
    let path = format!("{}/../docs/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut schema = serde_json::to_string_pretty(&schema_for!(T)).unwrap();
    schema.push('\n');
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(&path).expect("the published form is there");
    assert!(published == schema, "{file}: run UPDATE_SCHEMA=1 cargo test -p pgparity-core schema");
}

#[test]
fn the_published_schema_of_a_snapshot_is_what_the_types_say() {
    is_what_it_says::<Snapshot>("snapshot.schema.json");
}

#[test]
fn the_published_schema_of_a_report_is_what_the_types_say() {
    is_what_it_says::<Report>("report.schema.json");
}

#[test]
fn the_published_schema_of_a_drift_is_what_the_types_say() {
    is_what_it_says::<Drift>("drift.schema.json");
}

#[test]
fn the_published_schema_of_a_plan_is_what_the_types_say() {
    is_what_it_says::<Plan>("plan.schema.json");
}
