//! Environments in an address: what is measured by, the order, the search.

use super::codec::{Pairs, decode};
use crate::protocol::{MatrixQuery, Sort};

/// The order that is not the usual one.
const BY_NAME: &str = "name";

/// Adds what Environments shows.
pub(super) fn write(query: &MatrixQuery, pairs: &mut Pairs) {
    if let Some(reference) = &query.reference {
        pairs.add("reference", reference);
    }
    if query.sort == Sort::Name {
        pairs.add("sort", BY_NAME);
    }
    if !query.text.is_empty() {
        pairs.add("find", &query.text);
    }
}

/// Takes a pair of the address, if it is of Environments.
pub(super) fn read(query: &mut MatrixQuery, name: &str, value: &str) -> Option<()> {
    match name {
        "reference" => query.reference = Some(decode(value)?),
        "sort" if decode(value)? == BY_NAME => query.sort = Sort::Name,
        "find" => query.text = decode(value)?,
        _ => return None,
    }
    Some(())
}
