//! Compare in an address: its filters and its view.

use pgparity_core::diff::IgnorePreset;

use super::codec::{Pairs, decode};
use crate::protocol::{Alone, Filter, Risk, Status, View};

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
    for (preset, alone) in &filter.alone {
        let name = if *alone == Alone::Hidden { "without" } else { "alone" };
        pairs.add(name, preset.name());
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
        "without" | "alone" => {
            let alone = if name == "alone" { Alone::Shown } else { Alone::Hidden };
            let preset = IgnorePreset::from_name(&decode(value)?);
            filter.alone.extend(preset.map(|preset| (preset, alone)));
        }
        "q" => filter.text = decode(value)?,
        "names" => filter.glob = decode(value)?,
        "only" => filter.unviewed = decode(value)? == "unviewed",
        _ => return None,
    }
    Some(())
}
