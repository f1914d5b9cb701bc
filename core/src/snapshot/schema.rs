//! The published JSON Schema of the document is what the types say.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use super::Snapshot;

const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/snapshot.schema.json");

fn schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Snapshot)).unwrap();
    text.push('\n');
    text
}

/// `UPDATE_SCHEMA=1 cargo test -p pgparity-core schema` writes it anew.
#[test]
fn the_published_schema_is_what_the_types_say() {
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(PUBLISHED, schema()).unwrap();
    }
    let published = std::fs::read_to_string(PUBLISHED).expect("docs/snapshot.schema.json is there");
    assert_eq!(published, schema(), "run UPDATE_SCHEMA=1 cargo test -p pgparity-core schema");
}
