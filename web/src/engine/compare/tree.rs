//! The tree of a comparison: schema, kind, object, part, in preorder.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::Change;
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;

use super::entries::{ById, Entry, schema_name};
use super::groups::{Group, groups};
use super::same;
use crate::engine::glyphs::visible;
use crate::engine::kind_word;
use crate::protocol::{Risk, Status, View};

/// One row that the tree can have.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The row's name among all rows; `None` where that is the object's identity.
    own_key: Option<String>,
    /// What is shown.
    pub label: String,
    /// What a group is, in words.
    word: &'static str,
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
    /// Its kind.
    pub kind: Kind,
    /// The schema's name as the filter spells it.
    pub schema: String,
    /// Its status.
    pub status: Status,
    /// Its risk, where that was asked for.
    pub risk: Option<Risk>,
}

impl Node {
    /// The row's name among all rows.
    pub(super) fn key(&self) -> &str {
        let object = self.object.as_ref().map(|object| object.id.as_str());
        self.own_key.as_deref().or(object).unwrap_or_default()
    }

    /// What it is, in words.
    pub(super) fn kind_word(&self) -> String {
        match &self.object {
            Some(object) => kind_word(object.kind),
            None => self.word.to_owned(),
        }
    }
}

/// The whole tree, parents before their children.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// What trees are made of.
pub(super) struct Forest<'a> {
    /// All objects.
    pub entries: &'a ById,
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
                node.own_key = Some(format!("{key}/{}", node.key()));
                node.label = same::member(entry);
            }
        }
    }
    tree
}

fn whole<'e>(entry: &Entry, entries: &'e ById) -> Option<&'e Entry> {
    entries.get(entry.parent.as_ref()?)
}

/// An object and all that it is part of.
fn line<'e>(id: &'e Id, entries: &'e ById) -> impl Iterator<Item = &'e Id> {
    std::iter::successors(Some(id), |id| entries.get(id)?.parent.as_ref())
}

/// The objects that differ, or have a part that does.
fn differing_within(entries: &ById) -> BTreeSet<&Id> {
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

impl Tree {
    fn group(
        &mut self,
        key: String,
        label: String,
        word: &'static str,
        parent: Option<usize>,
    ) -> usize {
        let level = self.level_below(parent);
        self.nodes.push(Node { own_key: Some(key), label, word, level, parent, object: None });
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
            own_key: None,
            label: visible(&entry.name).into_owned(),
            word: "",
            level: self.level_below(parent),
            parent,
            object: Some(NodeObject {
                id: entry.id.clone(),
                kind: entry.kind,
                schema: schema_name(entry).to_owned(),
                status: entry.status,
                risk: risks.get(&entry.id).copied(),
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
