//! Compare in an address: its filters.

use super::codec::{Pairs, decode};
use crate::protocol::{Filter, Status};

/// Adds the filters.
pub(super) fn write(filter: &Filter, pairs: &mut Pairs) {
    for status in &filter.status {
        pairs.add("status", status.word());
    }
    for kind in &filter.kinds {
        pairs.add("kind", kind);
    }
    for schema in &filter.schemas {
        pairs.add("schema", schema);
    }
    if !filter.text.is_empty() {
        pairs.add("q", &filter.text);
    }
}

/// Takes a pair of the address, if it is a filter.
pub(super) fn read(filter: &mut Filter, name: &str, value: &str) -> Option<()> {
    match name {
        "status" => filter.status.extend(Status::from_word(&decode(value)?)),
        "kind" => filter.kinds.extend([decode(value)?]),
        "schema" => filter.schemas.extend([decode(value)?]),
        "q" => filter.text = decode(value)?,
        _ => return None,
    }
    Some(())
}
