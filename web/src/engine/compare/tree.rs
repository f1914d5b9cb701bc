//! The tree of a comparison: schema, kind, object, part, in preorder.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{Change, ChangeKind, Drift};
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::snapshot::{ObjectInfo, Snapshot};

use super::groups::{Group, groups};
use super::same;
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{Counts, Risk, Status, View};

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
    /// Its risk, where that was asked for.
    pub risk: Option<Risk>,
    /// What the search looks at: the qualified name in lower case.
    pub search: String,
}

/// The whole tree, parents before their children.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// All objects by status.
pub(super) fn counts(entries: &BTreeMap<Id, Entry>) -> Counts {
    let mut counts = Counts::default();
    for entry in entries.values() {
        counts.add(entry.status);
    }
    counts
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
pub(in crate::engine) fn status(change: ChangeKind) -> Status {
    match change {
        ChangeKind::Create => Status::Missing,
        ChangeKind::Drop => Status::Extra,
        ChangeKind::Alter => Status::Changed,
        ChangeKind::Rename => Status::Renamed,
    }
}

/// What trees are made of.
pub(super) struct Forest<'a> {
    /// All objects.
    pub entries: &'a BTreeMap<Id, Entry>,
    /// What differs.
    pub changes: &'a [Change],
    /// The risk of each object; empty where nobody asked.
    pub risks: &'a BTreeMap<Id, Risk>,
}

/// Arranges the entries.
pub(super) fn build(forest: &Forest<'_>, view: View) -> Tree {
    let entries = forest.entries;
    let mut children: BTreeMap<&Id, Vec<&Entry>> = BTreeMap::new();
    let mut tops: Vec<&Entry> = Vec::new();
    for entry in entries.values() {
        match whole(entry, entries) {
            Some(whole) => children.entry(&whole.id).or_default().push(entry),
            None => tops.push(entry),
        }
    }
    for parts in children.values_mut() {
        parts.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    }
    if view == View::Same {
        return by_same_change(forest, &children);
    }
    let (differing, risks) = (differing_within(entries), risks_within(forest));
    let mut placed: Vec<([Group; 2], &Entry)> = tops
        .into_iter()
        .map(|top| {
            let inside = top.status == Status::Same && differing.contains(&top.id);
            let status = if inside { Status::Changed } else { top.status };
            (groups(view, top, status, risks.get(&top.id).copied()), top)
        })
        .collect();
    placed.sort_by(|(a, x), (b, y)| (a, x.kind, &x.name).cmp(&(b, y.kind, &y.name)));
    let mut tree = Tree::default();
    let mut open: [Option<(Group, usize)>; 2] = [None, None];
    for ([outer, inner], entry) in placed {
        let outer_at = match open.first().cloned().flatten() {
            Some((group, at)) if group == outer => at,
            _ => {
                let key = format!("{}/{}", view.name(), outer.name);
                let at = tree.group(key, outer.label.clone(), outer.word, None);
                open = [Some((outer.clone(), at)), None];
                at
            }
        };
        let inner_at = match open.last().cloned().flatten() {
            Some((group, at)) if group == inner => at,
            _ => {
                let key = format!("{}/{}/{}", view.name(), outer.name, inner.name);
                let at = tree.group(key, inner.label.clone(), inner.word, Some(outer_at));
                open = [Some((outer, outer_at)), Some((inner, at))];
                at
            }
        };
        tree.object(entry, Some(inner_at), &children, forest.risks);
    }
    tree
}

/// One group for each way to change.
fn by_same_change(forest: &Forest<'_>, children: &BTreeMap<&Id, Vec<&Entry>>) -> Tree {
    let (mut tree, nothing) = (Tree::default(), BTreeMap::new());
    for group in same::same(forest.changes, forest.entries) {
        let key = format!("same/{}", group.name);
        let at = tree.group(key.clone(), group.label, "same change", None);
        for entry in group.members {
            // What is on one side only stands there with its parts; of others the parts are elsewhere.
            let whole = matches!(entry.status, Status::Missing | Status::Extra);
            let place = tree.nodes.len();
            tree.object(entry, Some(at), if whole { children } else { &nothing }, forest.risks);
            if let Some(node) = tree.nodes.get_mut(place) {
                node.key = format!("{key}/{}", node.key);
                (node.label, node.kind_word) = same::member(entry);
            }
        }
    }
    tree
}

fn whole<'e>(entry: &Entry, entries: &'e BTreeMap<Id, Entry>) -> Option<&'e Entry> {
    entries.get(entry.parent.as_ref()?)
}

/// An object and all that it is part of.
fn line<'e>(id: &'e Id, entries: &'e BTreeMap<Id, Entry>) -> impl Iterator<Item = &'e Id> {
    std::iter::successors(Some(id), |id| entries.get(id)?.parent.as_ref())
}

/// The objects that differ, or have a part that does.
fn differing_within(entries: &BTreeMap<Id, Entry>) -> BTreeSet<&Id> {
    let differing = entries.values().filter(|entry| entry.status.differs());
    differing.flat_map(|entry| line(&entry.id, entries)).collect()
}

/// The greatest risk in each object.
fn risks_within<'e>(forest: &Forest<'e>) -> BTreeMap<&'e Id, Risk> {
    let mut found: BTreeMap<&Id, Risk> = BTreeMap::new();
    for (id, risk) in forest.risks {
        for id in line(id, forest.entries) {
            let known = found.entry(id).or_insert(*risk);
            *known = (*known).max(*risk);
        }
    }
    found
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
        risks: &BTreeMap<Id, Risk>,
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
                risk: risks.get(&entry.id).copied(),
                search: entry.id.name().to_lowercase(),
            }),
        });
        for part in children.get(&entry.id).into_iter().flatten() {
            self.object(part, Some(at), children, risks);
        }
    }

    fn level_below(&self, parent: Option<usize>) -> usize {
        parent.and_then(|at| self.nodes.get(at)).map_or(1, |node| node.level + 1)
    }
}
