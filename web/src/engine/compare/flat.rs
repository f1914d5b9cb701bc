//! Which rows of the tree are shown: filters, what is open, and the window.

use super::tree::{Node, NodeObject, Tree};
use crate::protocol::{Counts, Filter, Piece, Row, Rows, Status, TreeQuery};

/// What is known of a node under one filter.
#[derive(Clone, Copy, Default)]
struct Mark {
    /// Its object passes the filter.
    matches: bool,
    /// The objects below it that pass.
    below: Counts,
    /// Its place among the siblings that are shown, from 1.
    position: usize,
    /// How many of its children are shown.
    children: usize,
}

impl Mark {
    fn shown(&self) -> bool {
        self.matches || self.below.total() > 0
    }
}

/// The rows of a query: all of them in their order, of which windows are taken.
pub(super) struct Flat {
    /// The query, without the row that is looked for.
    query: TreeQuery,
    marks: Vec<Mark>,
    /// The shown nodes by place in the tree, and whether each is open; `None` without children.
    shown: Vec<(usize, Option<bool>)>,
    /// How many rows stand at the top.
    roots: usize,
    /// How many objects pass.
    matching: usize,
}

/// Flattens the tree under a query.
pub(super) fn flatten(tree: &Tree, query: &TreeQuery) -> Flat {
    let marks = marks(tree, &query.filter);
    let mut shown = Vec::new();
    let (mut roots, mut closed_level) = (0, usize::MAX);
    for (at, (node, mark)) in tree.nodes.iter().zip(&marks).enumerate() {
        if !mark.shown() {
            continue;
        }
        roots += usize::from(node.level == 1);
        if node.level > closed_level {
            continue;
        }
        let open = (mark.children > 0).then(|| is_open(node, *mark, query));
        closed_level = if open == Some(false) { node.level } else { usize::MAX };
        shown.push((at, open));
    }
    let matching = marks.iter().filter(|mark| mark.matches).count();
    Flat { query: TreeQuery { find: None, ..query.clone() }, marks, shown, roots, matching }
}

impl Flat {
    /// Whether a query has these rows.
    pub(super) fn serves(&self, query: &TreeQuery) -> bool {
        self.query.filter == query.filter && self.query.flipped == query.flipped
    }

    /// The rows from `start`, at most `len`, and the place of a row by key.
    pub(super) fn window(&self, tree: &Tree, find: Option<&str>, start: usize, len: usize) -> Rows {
        let node = |at: usize| tree.nodes.get(at);
        let found = find.and_then(|key| {
            self.shown.iter().position(|(at, _)| node(*at).is_some_and(|node| node.key == key))
        });
        let shown = self.shown.iter().skip(start).take(len);
        let window = shown.filter_map(|(at, open)| {
            let (node, mark) = (node(*at)?, *self.marks.get(*at)?);
            let parent = node.parent.and_then(|at| self.marks.get(at));
            let siblings = parent.map_or(self.roots, |parent| parent.children);
            Some(row(node, mark, siblings, *open, &self.query.filter.text))
        });
        Rows {
            total: self.shown.len(),
            start,
            window: window.collect(),
            matching: self.matching,
            objects: tree.counts.total(),
            found,
        }
    }
}

/// Groups are open; an object is open when parts of it differ and it is on both sides. A search
/// opens everything. Each is turned round when somebody flipped it.
fn is_open(node: &Node, mark: Mark, query: &TreeQuery) -> bool {
    let by_itself = match &node.object {
        None => true,
        Some(_) if !query.filter.text.trim().is_empty() => true,
        Some(object) => {
            !matches!(object.status, Status::Missing | Status::Extra) && mark.below.differing() > 0
        }
    };
    by_itself != query.flipped.contains(&node.key)
}

fn marks(tree: &Tree, filter: &Filter) -> Vec<Mark> {
    let words: Vec<String> =
        filter.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut marks: Vec<Mark> = tree
        .nodes
        .iter()
        .map(|node| Mark {
            matches: node.object.as_ref().is_some_and(|object| passes(object, filter, &words)),
            ..Mark::default()
        })
        .collect();
    // Children come after their parents, so a walk from the end sees every child first.
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let (Some(parent), Some(mark)) = (node.parent, marks.get(at).copied()) else { continue };
        let Some(above) = marks.get_mut(parent) else { continue };
        above.below.join(mark.below);
        if let (true, Some(object)) = (mark.matches, &node.object) {
            above.below.add(object.status);
        }
    }
    let mut roots = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        if !marks.get(at).is_some_and(Mark::shown) {
            continue;
        }
        let place = match node.parent.and_then(|parent| marks.get_mut(parent)) {
            Some(parent) => &mut parent.children,
            None => &mut roots,
        };
        *place += 1;
        let position = *place;
        if let Some(mark) = marks.get_mut(at) {
            mark.position = position;
        }
    }
    marks
}

fn passes(object: &NodeObject, filter: &Filter, words: &[String]) -> bool {
    let by_status = if filter.status.is_empty() {
        object.status.differs()
    } else {
        filter.status.contains(&object.status)
    };
    by_status
        && (filter.kinds.is_empty() || filter.kinds.contains(object.kind))
        && (filter.schemas.is_empty() || filter.schemas.contains(&object.schema))
        && words.iter().all(|word| object.search.contains(word.as_str()))
}

fn row(node: &Node, mark: Mark, siblings: usize, open: Option<bool>, text: &str) -> Row {
    let object = node.object.as_ref();
    let label = if object.is_some() {
        pieces(&node.label, text)
    } else {
        vec![Piece { text: node.label.clone(), matched: false }]
    };
    Row {
        key: node.key.clone(),
        level: node.level,
        position: mark.position,
        siblings,
        open,
        label,
        kind: node.kind_word.clone(),
        id: object.map(|object| object.id.clone()),
        status: object.map(|object| object.status),
        counts: mark.below,
    }
}

/// Cuts a name where the words of a search stand in it. Where lower case has another length than
/// the name, positions do not carry over, and nothing is marked.
fn pieces(label: &str, text: &str) -> Vec<Piece> {
    let lower = label.to_lowercase();
    let mut matched = vec![false; label.len()];
    if lower.len() == label.len() {
        for word in text.to_lowercase().split_whitespace() {
            for (at, found) in lower.match_indices(word) {
                if let Some(place) = matched.get_mut(at..at + found.len()) {
                    place.fill(true);
                }
            }
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in label.char_indices() {
        let matched = matched.get(at).copied().unwrap_or(false);
        match pieces.last_mut() {
            Some(last) if last.matched == matched => last.text.push(c),
            _ => pieces.push(Piece { text: c.to_string(), matched }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use pgparity_core::model::Id;
    use pgparity_core::objects::Kind;

    use super::super::tree::{Entry, build};
    use super::*;

    fn entry(kind: Kind, name: &str, parent: Option<&str>, status: Status) -> (Id, Entry) {
        let id = Id::from_sql(kind.as_str(), &format!("public.{name}"));
        let own = name.rsplit('.').next().unwrap_or(name).to_owned();
        let schema = Some("public".to_owned());
        let parent = parent.map(|parent| Id::from_sql("table", &format!("public.{parent}")));
        (id.clone(), Entry { id, kind, schema, parent, name: own, status })
    }

    fn tree() -> Tree {
        let entries: BTreeMap<Id, Entry> = [
            entry(Kind::Table, "orders", None, Status::Same),
            entry(Kind::Column, "orders.total", Some("orders"), Status::Changed),
            entry(Kind::Column, "orders.note", Some("orders"), Status::Same),
            entry(Kind::Table, "carts", None, Status::Missing),
            entry(Kind::Column, "carts.id", Some("carts"), Status::Missing),
            entry(Kind::Table, "users", None, Status::Same),
        ]
        .into_iter()
        .collect();
        build(&entries)
    }

    fn rows(tree: &Tree, query: &TreeQuery, start: usize, len: usize) -> Rows {
        flatten(tree, query).window(tree, query.find.as_deref(), start, len)
    }

    #[test]
    fn a_window_is_a_slice_of_the_whole() {
        let (tree, query) = (tree(), TreeQuery::default());
        let flat = flatten(&tree, &query);
        let whole = flat.window(&tree, None, 0, usize::MAX).window;
        for start in 0..whole.len() + 1 {
            let part = flat.window(&tree, None, start, 2);
            assert_eq!(part.window, whole.iter().skip(start).take(2).cloned().collect::<Vec<_>>());
        }
        assert!(flat.serves(&TreeQuery { find: Some("x".into()), ..query.clone() }));
        let filter = Filter { text: "x".into(), ..Filter::default() };
        assert!(!flat.serves(&TreeQuery { filter, ..query }));
    }

    fn shown(query: &TreeQuery) -> Vec<String> {
        rows(&tree(), query, 0, usize::MAX)
            .window
            .iter()
            .map(|row| {
                let label: String = row.label.iter().map(|piece| piece.text.as_str()).collect();
                format!("{}{label}", "  ".repeat(row.level - 1))
            })
            .collect()
    }

    #[test]
    fn equal_objects_are_hidden_but_for_the_parents_of_changes() {
        assert_eq!(
            shown(&TreeQuery::default()),
            ["public", "  tables", "    carts", "    orders", "      total"]
        );
    }

    #[test]
    fn a_flipped_row_is_the_other_way_round() {
        let flipped =
            BTreeSet::from(["table:public.carts".to_owned(), "table:public.orders".to_owned()]);
        let query = TreeQuery { flipped, ..TreeQuery::default() };
        assert_eq!(shown(&query), ["public", "  tables", "    carts", "      id", "    orders"]);
    }

    #[test]
    fn counts_add_up_on_parents() {
        let found = rows(&tree(), &TreeQuery::default(), 0, 1);
        assert_eq!(found.window[0].counts, Counts { missing: 2, changed: 1, ..Counts::default() });
        assert_eq!((found.matching, found.objects, found.total), (3, 6, 5));
    }

    #[test]
    fn siblings_are_counted_among_those_shown() {
        let found = rows(&tree(), &TreeQuery::default(), 2, 2);
        let places: Vec<_> = found.window.iter().map(|row| (row.position, row.siblings)).collect();
        assert_eq!(places, [(1, 2), (2, 2)]);
    }

    #[test]
    fn a_search_marks_and_opens() {
        let filter = Filter { text: "CART id".to_owned(), ..Filter::default() };
        let query = TreeQuery {
            filter,
            find: Some("column:public.carts.id".into()),
            ..TreeQuery::default()
        };
        assert_eq!(shown(&query), ["public", "  tables", "    carts", "      id"]);
        let found = rows(&tree(), &query, 0, 10);
        assert_eq!(found.found, Some(3));
        assert_eq!(found.window[2].label[0], Piece { text: "cart".into(), matched: true });
    }

    #[test]
    fn a_status_filter_shows_only_it() {
        let status = BTreeSet::from([Status::Same]);
        let query =
            TreeQuery { filter: Filter { status, ..Filter::default() }, ..TreeQuery::default() };
        assert_eq!(shown(&query), ["public", "  tables", "    orders", "    users"]);
    }
}
