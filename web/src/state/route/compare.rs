//! Compare in an address: its filters and its view.

use super::codec::{Pairs, decode};
use crate::protocol::{Filter, Risk, Status, View};

/// Adds the filters.
pub(super) fn write(filter: &Filter, view: View, pairs: &mut Pairs) {
    if view != View::default() {
        pairs.add("view", view.name());
    }
    for status in &filter.status {
        pairs.add("status", status.word());
    }
    for kind in &filter.kinds {
        pairs.add("kind", kind);
    }
    for schema in &filter.schemas {
        pairs.add("schema", schema);
    }
    for risk in &filter.risks {
        pairs.add("risk", risk.word());
    }
    if !filter.text.is_empty() {
        pairs.add("q", &filter.text);
    }
    if !filter.glob.is_empty() {
        pairs.add("names", &filter.glob);
    }
    if filter.unviewed {
        pairs.add("only", "unviewed");
    }
}

/// Takes a pair of the address, if it is a filter or the view.
pub(super) fn read(filter: &mut Filter, view: &mut View, name: &str, value: &str) -> Option<()> {
    match name {
        "view" => *view = View::from_name(&decode(value)?),
        "status" => filter.status.extend(Status::from_word(&decode(value)?)),
        "kind" => filter.kinds.extend([decode(value)?]),
        "schema" => filter.schemas.extend([decode(value)?]),
        "risk" => filter.risks.extend(Risk::from_word(&decode(value)?)),
        "q" => filter.text = decode(value)?,
        "names" => filter.glob = decode(value)?,
        "only" => filter.unviewed = decode(value)? == "unviewed",
        _ => return None,
    }
    Some(())
}
