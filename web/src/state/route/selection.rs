//! The selection in an address.

use pgparity_core::model::Id;

use super::codec::{Pairs, decode};

/// Adds the selected object.
pub(super) fn write(selected: Option<&Id>, pairs: &mut Pairs) {
    if let Some(id) = selected {
        pairs.add("at", id.as_str());
    }
}

/// Takes a pair of the address, if it is the selection.
pub(super) fn read(selected: &mut Option<Id>, name: &str, value: &str) -> Option<()> {
    if name == "at" {
        *selected = Some(Id::from(decode(value)?.as_str()));
    }
    Some(())
}
