//! Tables and their foreign keys as a graph: plain data for whoever draws it, or lists it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diff::{ChangeKind, Drift, Originals};
use crate::model::Id;
use crate::objects::{Earlier, Object, Table};
use crate::snapshot::Snapshot;
use crate::sql::split_name;

/// Tables and what leads from one to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    /// The tables, by identity. Partitions are in the table that they are partitions of.
    pub tables: Vec<TableNode>,
    /// What leads from one to another, by the two and by name.
    pub edges: Vec<Edge>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNode {
    /// Its identity.
    pub id: Id,
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its partitions, however far down.
    pub partitions: Vec<Id>,
    /// What happens to it, or, where nothing does, that something happens to its parts.
    pub change: Option<ChangeKind>,
    /// How many changes there are in it: its own, those of its parts, those of its partitions.
    pub changes: usize,
}

/// What leads from one table to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edge {
    /// The place of the table that refers.
    pub from: usize,
    /// The place of the table that it refers to.
    pub to: usize,
    /// What it is.
    pub kind: EdgeKind,
    /// The foreign key, or the child table.
    pub id: Id,
    /// What happens to it.
    pub change: Option<ChangeKind>,
}

/// How one table leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// By a foreign key.
    ForeignKey,
    /// It inherits from it.
    Inherits,
}

/// The tables of a snapshot.
pub fn of_snapshot(snapshot: &Snapshot) -> Relations {
    build(&[(snapshot, &|id: &Id| id.clone())], None)
}

/// The tables of both snapshots of a drift, with what happens to them. Renamed ones are in it once.
pub fn of_drift(from: &Snapshot, to: &Snapshot, drift: &Drift) -> Relations {
    let renames = drift.renames();
    // A renamed table is known by its name in `to`; what has a name of its own there is not of `from`.
    let originals = Originals::new(&renames);
    let later: BTreeMap<Id, Id> = if renames.is_empty() {
        BTreeMap::new()
    } else {
        to.objects().map(|info| (originals.earlier(&info.id), info.id)).collect()
    };
    let rename = |id: &Id| later.get(id).unwrap_or(id).clone();
    build(&[(to, &|id: &Id| id.clone()), (from, &rename)], Some(drift))
}

/// A snapshot, and what its identities are called in the graph.
type Part<'a> = (&'a Snapshot, &'a dyn Fn(&Id) -> Id);

fn build(parts: &[Part<'_>], drift: Option<&Drift>) -> Relations {
    let mut nodes: BTreeMap<Id, TableNode> = BTreeMap::new();
    let mut found: BTreeSet<(Id, Id, EdgeKind, Id)> = BTreeSet::new();
    let mut root_of: BTreeMap<Id, Id> = BTreeMap::new();
    for (snapshot, name) in parts {
        for table in snapshot.objects.table.iter() {
            let (id, root) = (name(&table.id()), name(&root(snapshot, table)));
            root_of.entry(id.clone()).or_insert_with(|| root.clone());
            let parts = split_name(root.name());
            let [schema, own] = parts.as_slice() else { continue };
            let node = nodes.entry(root.clone()).or_insert_with(|| TableNode {
                id: root.clone(),
                schema: schema.clone(),
                name: own.clone(),
                partitions: Vec::new(),
                change: None,
                changes: 0,
            });
            if id != root && !node.partitions.contains(&id) {
                node.partitions.push(id.clone());
            }
            for above in &table.inherits {
                let above = name(&Id::from_sql("table", above));
                found.insert((root.clone(), above, EdgeKind::Inherits, id.clone()));
            }
        }
    }
    for (snapshot, name) in parts {
        for key in snapshot.objects.constraint.iter() {
            // What a partition has from its parent is the parent's.
            if let (Some(target), None) = (&key.references, &key.attached_to) {
                let own = name(&key.parent().unwrap_or_else(|| key.id()));
                found.insert((own, name(target), EdgeKind::ForeignKey, name(&key.id())));
            }
        }
    }
    let mut graph = Relations { tables: nodes.into_values().collect(), edges: Vec::new() };
    for node in &mut graph.tables {
        node.partitions.sort();
    }
    let place: BTreeMap<Id, usize> =
        graph.tables.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect();
    let place = |id: &Id| place.get(root_of.get(id).unwrap_or(id)).copied();
    for (from, to, kind, id) in found {
        if let (Some(from), Some(to)) = (place(&from), place(&to)) {
            graph.edges.push(Edge { from, to, kind, id, change: None });
        }
    }
    graph.edges.sort();
    if let Some(drift) = drift {
        mark(&mut graph, drift, &place);
    }
    graph
}

/// The table that a partition belongs to in the end, or itself.
fn root(snapshot: &Snapshot, table: &Table) -> Id {
    let (mut at, mut steps) = (table, 0);
    while let Some(above) = &at.partition_of {
        let parts = split_name(&above.table);
        let [schema, name] = parts.as_slice() else { break };
        let Some(next) = snapshot.objects.find_table(schema, name) else { break };
        steps += 1;
        // A damaged document may lead in circles.
        if steps > snapshot.objects.table.len() {
            return table.id();
        }
        at = next;
    }
    at.id()
}

fn mark(graph: &mut Relations, drift: &Drift, place: &dyn Fn(&Id) -> Option<usize>) {
    let keys: BTreeMap<Id, usize> =
        graph.edges.iter().enumerate().map(|(at, edge)| (edge.id.clone(), at)).collect();
    for change in &drift.changes {
        if let Some(edge) = keys.get(&change.id).and_then(|at| graph.edges.get_mut(*at)) {
            edge.change = Some(change.change);
        }
        let table = change.parent.as_ref().unwrap_or(&change.id);
        let Some(node) = place(table).and_then(|at| graph.tables.get_mut(at)) else { continue };
        node.changes += 1;
        if node.id == change.id {
            node.change = Some(change.change);
        } else {
            node.change.get_or_insert(ChangeKind::Alter);
        }
    }
}

impl Relations {
    /// The place of a table; of a partition, that of the table it is in.
    pub fn place(&self, id: &Id) -> Option<usize> {
        let own = self.tables.binary_search_by(|node| node.id.cmp(id)).ok();
        own.or_else(|| self.tables.iter().position(|node| node.partitions.contains(id)))
    }

    /// The places of the tables in which something changes.
    pub fn changed(&self) -> BTreeSet<usize> {
        let changed = self.tables.iter().enumerate().filter(|(_, node)| node.changes > 0);
        changed.map(|(at, _)| at).collect()
    }

    /// Those tables and all that lie at most so many edges away from one of them, whichever way an edge
    /// leads.
    pub fn around(&self, tables: &BTreeSet<usize>, hops: usize) -> BTreeSet<usize> {
        let mut near: Vec<Vec<usize>> = vec![Vec::new(); self.tables.len()];
        for edge in &self.edges {
            for (a, b) in [(edge.from, edge.to), (edge.to, edge.from)] {
                near[a].push(b);
            }
        }
        let mut found: BTreeSet<usize> =
            tables.iter().copied().filter(|at| *at < self.tables.len()).collect();
        let mut rim: Vec<usize> = found.iter().copied().collect();
        for _ in 0..hops {
            let next = rim.iter().flat_map(|at| near[*at].iter().copied());
            rim = next.filter(|at| found.insert(*at)).collect();
            if rim.is_empty() {
                break;
            }
        }
        found
    }

    /// The graph of these tables alone.
    #[must_use]
    pub fn only(&self, tables: &BTreeSet<usize>) -> Relations {
        let places: BTreeMap<usize, usize> = tables
            .iter()
            .filter(|at| **at < self.tables.len())
            .enumerate()
            .map(|(new, old)| (*old, new))
            .collect();
        let edge = |edge: &Edge| {
            let (from, to) = (*places.get(&edge.from)?, *places.get(&edge.to)?);
            Some(Edge { from, to, ..edge.clone() })
        };
        Relations {
            tables: places.keys().filter_map(|at| self.tables.get(*at)).cloned().collect(),
            edges: self.edges.iter().filter_map(edge).collect(),
        }
    }
}
