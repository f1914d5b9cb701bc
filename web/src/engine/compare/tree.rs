//! The tree of a comparison: schema, kind, object, part, in preorder.

use std::collections::BTreeMap;

use pgparity_core::diff::{Change, ChangeKind, Drift};
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::snapshot::{ObjectInfo, Snapshot};

use crate::engine::glyphs::visible;
use crate::engine::{kind_plural, kind_word};
use crate::protocol::{Counts, Status};

/// Where objects stand that are in no schema.
const DATABASE: &str = "(database)";

/// One object as it takes part in the comparison.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Entry {
    /// Its identity.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// Its schema.
    pub schema: Option<String>,
    /// What it belongs to.
    pub parent: Option<Id>,
    /// Its name without the schema.
    pub name: String,
    /// Its status.
    pub status: Status,
}

/// One row that the tree can have.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The row's name among all rows.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// What it is, in words.
    pub kind_word: String,
    /// Its depth, from 1.
    pub level: usize,
    /// The place of the node above it.
    pub parent: Option<usize>,
    /// The object, and what filters look at; `None` for groups.
    pub object: Option<NodeObject>,
}

/// The object of a row.
#[derive(Clone, Debug)]
pub(super) struct NodeObject {
    /// Its identity.
    pub id: Id,
    /// Its kind's name.
    pub kind: &'static str,
    /// The schema's name as the filter spells it.
    pub schema: String,
    /// Its status.
    pub status: Status,
    /// What the search looks at: the qualified name in lower case.
    pub search: String,
}

/// The whole tree, parents before their children.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// All objects by status.
    pub counts: Counts,
}

/// Every object of both sides with its status. A change of a whole table stands for its columns
/// too.
pub(super) fn entries(from: &Snapshot, to: &Snapshot, drift: &Drift) -> BTreeMap<Id, Entry> {
    let mut found: BTreeMap<Id, Entry> =
        drift.changes.iter().map(|change| (change.id.clone(), changed(change))).collect();
    for object in to.objects() {
        let missing = whole_is(&found, &object, Status::Missing);
        let status = if missing { Status::Missing } else { Status::Same };
        found.entry(object.id()).or_insert_with(|| unchanged(&object, status));
    }
    for object in from.objects() {
        if whole_is(&found, &object, Status::Extra) {
            found.entry(object.id()).or_insert_with(|| unchanged(&object, Status::Extra));
        }
    }
    found
}

/// True when an object belongs to another one of that status.
fn whole_is(found: &BTreeMap<Id, Entry>, object: &ObjectInfo, status: Status) -> bool {
    let whole = object.parent().and_then(|parent| found.get(&parent));
    whole.is_some_and(|whole| whole.status == status)
}

/// An object that has no change of its own.
fn unchanged(object: &ObjectInfo, status: Status) -> Entry {
    Entry {
        id: object.id(),
        kind: object.kind(),
        schema: object.schema().map(str::to_owned),
        parent: object.parent(),
        name: object.display_name(),
        status,
    }
}

/// An object that differs.
pub(super) fn changed(change: &Change) -> Entry {
    Entry {
        id: change.id.clone(),
        kind: change.kind,
        schema: change.schema.clone(),
        parent: change.parent.clone(),
        name: change.name.clone(),
        status: status(change.change),
    }
}

/// The status of a change.
pub(super) fn status(change: ChangeKind) -> Status {
    match change {
        ChangeKind::Create => Status::Missing,
        ChangeKind::Drop => Status::Extra,
        ChangeKind::Alter => Status::Changed,
        ChangeKind::Rename => Status::Renamed,
    }
}

/// Arranges the entries.
pub(super) fn build(entries: &BTreeMap<Id, Entry>) -> Tree {
    let mut children: BTreeMap<&Id, Vec<&Entry>> = BTreeMap::new();
    let mut tops: Vec<&Entry> = Vec::new();
    let mut tree = Tree::default();
    for entry in entries.values() {
        tree.counts.add(entry.status);
        match entry.parent.as_ref().filter(|parent| entries.contains_key(parent)) {
            Some(parent) => children.entry(parent).or_default().push(entry),
            None => tops.push(entry),
        }
    }
    // `None` sorts first: what is in no schema stands above the schemas.
    tops.sort_by(|a, b| (&a.schema, a.kind, &a.name).cmp(&(&b.schema, b.kind, &b.name)));
    for parts in children.values_mut() {
        parts.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    }
    let (mut schema_at, mut kind_at) = (None, None);
    for entry in tops {
        let schema = schema_name(entry).to_owned();
        let schema_key = format!("schema/{schema}");
        if schema_at.is_none_or(|at: usize| tree.nodes[at].key != schema_key) {
            let word = if entry.schema.is_some() { "schema" } else { "outside of any schema" };
            schema_at = Some(tree.group(schema_key, visible(&schema).into_owned(), word, None));
            kind_at = None;
        }
        let kind_key = format!("kind/{schema}/{}", entry.kind.as_str());
        if kind_at.is_none_or(|at: usize| tree.nodes[at].key != kind_key) {
            kind_at = Some(tree.group(kind_key, kind_plural(entry.kind), "", schema_at));
        }
        tree.object(entry, kind_at, &children);
    }
    tree
}

/// The schema of an entry as filters spell it.
pub(super) fn schema_name(entry: &Entry) -> &str {
    entry.schema.as_deref().unwrap_or(DATABASE)
}

impl Tree {
    fn group(&mut self, key: String, label: String, word: &str, parent: Option<usize>) -> usize {
        let level = self.level_below(parent);
        let kind_word = word.to_owned();
        self.nodes.push(Node { key, label, kind_word, level, parent, object: None });
        self.nodes.len() - 1
    }

    /// Adds an object and its parts, and the parts of those. Parents are told apart by identity,
    /// and an identity occurs once, so the depth is that of the catalog.
    fn object(
        &mut self,
        entry: &Entry,
        parent: Option<usize>,
        children: &BTreeMap<&Id, Vec<&Entry>>,
    ) {
        let at = self.nodes.len();
        self.nodes.push(Node {
            key: entry.id.as_str().to_owned(),
            label: visible(&entry.name).into_owned(),
            kind_word: kind_word(entry.kind),
            level: self.level_below(parent),
            parent,
            object: Some(NodeObject {
                id: entry.id.clone(),
                kind: entry.kind.as_str(),
                schema: schema_name(entry).to_owned(),
                status: entry.status,
                search: entry.id.name().to_lowercase(),
            }),
        });
        for part in children.get(&entry.id).into_iter().flatten() {
            self.object(part, Some(at), children);
        }
    }

    fn level_below(&self, parent: Option<usize>) -> usize {
        parent.and_then(|at| self.nodes.get(at)).map_or(1, |node| node.level + 1)
    }
}
