//! One object in full: what the detail pane shows.

mod definition;
pub(super) mod summary;

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::Change;
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::report::words;
use pgparity_core::snapshot::Snapshot;
use serde_json::{Map, Value};

use super::compare::{ById, Compared, Entry};
use super::glyphs::{visible, warnings};
use super::kind_word;
use super::twins::twins;
use super::words::attribute_word;
use crate::protocol::{
    Counts, Detail, DetailAnswer, DetailAsk, Link, Part, Property, Response, Status, TextDiff,
};
use definition::{Alignment, compare};
use summary::{sentences, shown};

/// Answers a question about an object.
pub(super) fn answer(compared: &Compared, ask: &DetailAsk) -> Response {
    match ask {
        DetailAsk::Object { id, no_blanks } => match Subject::of(compared, id, *no_blanks) {
            Some(subject) => DetailAnswer::Object(Box::new(detail(&subject))).into(),
            None => Response::Nothing(format!("{} is in neither snapshot.", id.name())),
        },
    }
}

/// What a detail is made of.
struct Subject<'a> {
    /// The comparison.
    compared: &'a Compared,
    /// The database as it is.
    from: &'a Snapshot,
    /// The desired state.
    to: &'a Snapshot,
    /// All objects.
    entries: &'a ById,
    /// The object itself.
    entry: &'a Entry,
    /// Its change.
    change: Option<&'a Change>,
    /// Its change, where ignore rules hide it.
    hidden: Option<&'a Change>,
    /// Its parts that differ.
    parts: Vec<&'a Entry>,
    /// Definitions are compared without white space.
    no_blanks: bool,
}

/// Puts the detail of an object together.
fn detail(subject: &Subject<'_>) -> Detail {
    let entry = subject.entry;
    let former = subject.change.and_then(|change| change.from_id.as_ref());
    let from_id = former.unwrap_or(&entry.id);
    let (definition, definition_of) = definition(subject, from_id);
    let mut counts = Counts::default();
    for part in &subject.parts {
        counts.add(part.status);
    }
    Detail {
        id: entry.id.clone(),
        title: visible(entry.id.name()).into_owned(),
        kind: kind_word(entry.kind),
        status: entry.status,
        review: subject.compared.review_line(&entry.id),
        former: former.map(|id| visible(id.name()).into_owned()),
        parent: entry.parent.as_ref().map(|id| subject.link(id, Status::Same)),
        summary: sentences(subject.change, subject.hidden, counts),
        parts: parts(&subject.parts),
        warnings: warnings(entry.id.name())
            .into_iter()
            .chain(twins(entry, subject.entries.values()))
            .collect(),
        properties: properties(subject, from_id),
        definition,
        definition_of,
        depends_on: subject
            .links(subject.from.depends_on(from_id), subject.to.depends_on(&entry.id)),
        used_by: {
            let (from, to) = subject.compared.users();
            subject.links(from.of_object(from_id), to.of_object(&entry.id))
        },
    }
}

/// The parts by kind and name.
fn parts(entries: &[&Entry]) -> Vec<Part> {
    let mut entries = entries.to_vec();
    entries.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    entries
        .into_iter()
        .map(|entry| Part {
            id: entry.id.clone(),
            name: visible(&entry.name).into_owned(),
            kind: kind_word(entry.kind),
            status: entry.status,
        })
        .collect()
}

impl<'a> Subject<'a> {
    /// An object of a comparison.
    fn of(compared: &'a Compared, id: &Id, no_blanks: bool) -> Option<Subject<'a>> {
        let entries = compared.entries().all();
        let (from, to) = compared.sides();
        let parts = compared.entries().parts(id).iter().filter_map(|part| entries.get(part));
        Some(Subject {
            compared,
            from,
            to,
            entries,
            entry: entries.get(id)?,
            change: compared.change(id),
            hidden: compared.hidden(id),
            parts: parts.filter(|part| part.status.differs()).collect(),
            no_blanks,
        })
    }

    /// Compares two definitions of a kind.
    fn compare(&self, from: Option<&str>, to: Option<&str>, kind: Kind) -> TextDiff {
        let alignment = match kind {
            Kind::Table | Kind::Composite => Alignment::ByName,
            _ => Alignment::ByText,
        };
        compare(from, to, alignment, self.no_blanks)
    }

    /// Relations of both sides, those on one side only marked.
    fn links(&self, from: Vec<Id>, to: Vec<Id>) -> Vec<Link> {
        let (from, to): (BTreeSet<Id>, BTreeSet<Id>) =
            (from.into_iter().collect(), to.into_iter().collect());
        from.union(&to)
            .map(|id| {
                let side = match (from.contains(id), to.contains(id)) {
                    (true, false) => Status::Extra,
                    (false, true) => Status::Missing,
                    _ => Status::Same,
                };
                self.link(id, side)
            })
            .collect()
    }

    fn link(&self, id: &Id, side: Status) -> Link {
        let entry = self.entries.get(id);
        Link {
            id: id.clone(),
            name: visible(id.name()).into_owned(),
            kind: entry.map_or_else(|| words::kind_word(id.kind()), |entry| kind_word(entry.kind)),
            side,
            known: entry.is_some(),
        }
    }
}

/// The two definitions; a part without one of its own shows its owner's.
fn definition(subject: &Subject<'_>, from_id: &Id) -> (TextDiff, Option<String>) {
    let entry = subject.entry;
    let (from, to) = (subject.from.definition(from_id), subject.to.definition(&entry.id));
    if from.is_some() || to.is_some() {
        return (subject.compare(from.as_deref(), to.as_deref(), entry.kind), None);
    }
    let Some(parent) = entry.parent.as_ref().and_then(|parent| subject.entries.get(parent)) else {
        return (TextDiff::default(), None);
    };
    let (from, to) = (subject.from.definition(&parent.id), subject.to.definition(&parent.id));
    let name = format!("{} {}", kind_word(parent.kind), visible(parent.id.name()));
    (subject.compare(from.as_deref(), to.as_deref(), parent.kind), Some(name))
}

/// Texts with more lines than that are not repeated in the table of attributes.
const FEW_LINES: usize = 4;
/// Attributes that are shown elsewhere: columns as parts, dependencies as relations.
const ELSEWHERE: [&str; 3] = ["columns", "depends_on", "expression_depends_on"];

/// A value in the table of attributes. A text of many lines is compared line by line below, as
/// part of the definition.
fn brief(value: &Value) -> Option<String> {
    let text = shown(value)?;
    match (value, text.lines().count()) {
        (Value::String(_), lines) if lines > FEW_LINES => {
            Some(format!("{lines} lines, see the definition"))
        }
        _ => Some(text),
    }
}

/// All attributes of both sides by name.
fn properties(subject: &Subject<'_>, from_id: &Id) -> Vec<Property> {
    let from = subject.from.properties(from_id).unwrap_or_default();
    let to = subject.to.properties(&subject.entry.id).unwrap_or_default();
    let changes: BTreeMap<&str, (&Value, &Value)> = subject
        .change
        .iter()
        .flat_map(|change| &change.attributes)
        .map(|attribute| (attribute.name.as_str(), (&attribute.from, &attribute.to)))
        .collect();
    let names: BTreeSet<&str> = from
        .keys()
        .chain(to.keys())
        .map(String::as_str)
        .chain(changes.keys().copied())
        .filter(|name| !ELSEWHERE.contains(name) || changes.contains_key(name))
        .collect();
    let mut found: Vec<Property> = names
        .into_iter()
        .map(|name| {
            let change = changes.get(name);
            let value = |map: &Map<String, Value>| map.get(name).and_then(brief);
            Property {
                name: attribute_word(name),
                from: change.map_or_else(|| value(&from), |change| brief(change.0)),
                to: change.map_or_else(|| value(&to), |change| brief(change.1)),
                changed: change.is_some(),
            }
        })
        .collect();
    if matches!(subject.entry.status, Status::Missing | Status::Extra) {
        for property in &mut found {
            property.changed = true;
        }
    }
    found.sort_by_key(|property| !property.changed);
    found
}
