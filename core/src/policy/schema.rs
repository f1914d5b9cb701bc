//! The published JSON Schemas of the policy and of the report about a check are what the types say.
#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]

use schemars::Schema;

use super::{CheckReport, Policy};

fn expect_published(name: &str, schema: &Schema) {
    let published = format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut text = serde_json::to_string_pretty(schema).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&published, &text).unwrap();
    }
    let written = std::fs::read_to_string(&published).unwrap_or_default();
    assert_eq!(written, text, "run UPDATE_SCHEMA=1 cargo test -p pgparity-core schema");
}

/// `UPDATE_SCHEMA=1 cargo test -p pgparity-core schema` writes it anew.
#[test]
fn the_published_schema_of_the_policy_is_what_the_types_say() {
    expect_published("policy.schema.json", &schemars::schema_for!(Policy));
}

/// The same for what `check --format json` writes.
#[test]
fn the_published_schema_of_the_check_is_what_the_types_say() {
    expect_published("check.schema.json", &schemars::schema_for!(CheckReport));
}
