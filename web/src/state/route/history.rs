//! History in an address: the filter of its lanes.

use super::codec::{Pairs, decode};
use crate::protocol::LaneFilter;

/// Adds the filter.
pub(super) fn write(filter: &LaneFilter, pairs: &mut Pairs) {
    if !filter.text.is_empty() {
        pairs.add("lanes", &filter.text);
    }
    if let Some(point) = filter.point {
        pairs.add("point", &point.to_string());
    }
}

/// Takes a pair of the address, if it is the filter of the lanes.
pub(super) fn read(filter: &mut LaneFilter, name: &str, value: &str) -> Option<()> {
    match name {
        "lanes" => filter.text = decode(value)?,
        "point" => filter.point = Some(value.parse().ok()?),
        _ => return None,
    }
    Some(())
}
