//! Words for kinds and attributes.

use pgparity_core::objects::Kind;
use pgparity_core::report::words;

/// The kind of an object, as people say it.
pub(crate) fn kind_word(kind: Kind) -> String {
    words::kind_word(kind.as_str())
}

/// Several objects of a kind.
pub(crate) fn kind_plural(kind: Kind) -> String {
    words::plural(&kind_word(kind))
}

/// An attribute's name, as people say it.
pub(super) fn attribute_word(name: &str) -> String {
    match name {
        "not_null" => "NOT NULL".to_owned(),
        "depends_on" => "depends on".to_owned(),
        _ => name.replace('_', " "),
    }
}
