//! Explore in an address: the snapshot, the middle, steps, columns, the list.

use pgparity_core::model::Id;

use super::codec::{Pairs, decode};
use crate::protocol::{Columns, MOST_HOPS};
use crate::state::explore::ExploreState;

/// The list that is not the usual one.
const OBJECTS: &str = "objects";

/// Adds what Explore shows.
pub(super) fn write(explore: &ExploreState, pairs: &mut Pairs) {
    let query = &explore.query;
    if let Some(of) = &query.of {
        pairs.add("of", of);
    }
    if let Some(id) = &query.around {
        pairs.add("around", id.as_str());
    }
    if query.hops != 1 {
        pairs.add("hops", &query.hops.to_string());
    }
    if query.columns != Columns::default() {
        pairs.add("columns", query.columns.name());
    }
    if explore.objects {
        pairs.add("list", OBJECTS);
    }
    if !explore.text.is_empty() {
        pairs.add("named", &explore.text);
    }
}

/// Takes a pair of the address, if it is of Explore.
pub(super) fn read(explore: &mut ExploreState, name: &str, value: &str) -> Option<()> {
    let query = &mut explore.query;
    match name {
        "of" => query.of = Some(decode(value)?),
        "around" => query.around = Some(Id::from(decode(value)?.as_str())),
        "hops" => query.hops = value.parse::<usize>().ok()?.clamp(1, MOST_HOPS),
        "columns" => query.columns = Columns::from_name(&decode(value)?)?,
        "list" if decode(value)? == OBJECTS => explore.objects = true,
        "named" => explore.text = decode(value)?,
        _ => return None,
    }
    Some(())
}
