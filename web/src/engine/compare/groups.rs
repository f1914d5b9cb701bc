//! The two levels of groups above the objects, for each view of the tree.

use pgparity_core::objects::Kind;

use super::entries::{Entry, schema_name};
use crate::engine::glyphs::visible;
use crate::engine::kind_plural;
use crate::protocol::{Risk, Status, View};

/// A group, and where it stands among its siblings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    order: Order,
    /// What is shown.
    pub label: String,
    /// What it is, in words.
    pub word: &'static str,
    /// Names it among its siblings.
    pub name: String,
}

/// How groups are ordered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    /// What is in no schema stands above the schemas.
    Schema(Option<String>),
    Kind(Kind),
    Status(Status),
    /// The greatest risk first, objects without a statement last.
    Risk(std::cmp::Reverse<Option<Risk>>),
}

/// The groups of an object, the outer one first. Status and risk are those of the whole, parts
/// included.
pub(super) fn groups(view: View, entry: &Entry, status: Status, risk: Option<Risk>) -> [Group; 2] {
    match view {
        View::Schema => [by_schema(entry), by_kind(entry)],
        View::Kind => [by_kind(entry), by_schema(entry)],
        View::Change => [by_status(status), by_schema(entry)],
        View::Risk | View::Same => [by_risk(risk), by_schema(entry)],
    }
}

fn by_schema(entry: &Entry) -> Group {
    let name = schema_name(entry);
    Group {
        order: Order::Schema(entry.schema.clone()),
        label: visible(name).into_owned(),
        word: if entry.schema.is_some() { "schema" } else { "outside of any schema" },
        name: name.to_owned(),
    }
}

fn by_kind(entry: &Entry) -> Group {
    Group {
        order: Order::Kind(entry.kind),
        label: kind_plural(entry.kind),
        word: "",
        name: entry.kind.as_str().to_owned(),
    }
}

fn by_status(status: Status) -> Group {
    Group {
        order: Order::Status(status),
        label: status.word().to_owned(),
        word: "",
        name: status.word().to_owned(),
    }
}

fn by_risk(risk: Option<Risk>) -> Group {
    let word = risk.map_or("no statement", Risk::word);
    Group {
        order: Order::Risk(std::cmp::Reverse(risk)),
        label: word.to_owned(),
        word: "risk",
        name: word.to_owned(),
    }
}
