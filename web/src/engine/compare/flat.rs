//! Which rows of the tree are shown: filters, what is open, and the window.

use std::collections::BTreeSet;

use pgparity_core::model::Id;

use super::alone::Kept;
use super::matcher::{Matcher, Search, lower};
use super::review::{Hashes, ToView};
use super::tree::{Node, Tree};
use crate::protocol::{Around, Counts, Piece, Row, Rows, Status, Stop, TreeQuery};

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
    /// How many objects in it there are to look at, shown or not.
    to_view: usize,
    /// How many of them nobody has looked at.
    unviewed: usize,
}

impl Mark {
    fn shown(&self) -> bool {
        self.matches || self.below.total() > 0
    }

    /// Whether all that differs in it was looked at; `None` where nothing differs.
    fn viewed(&self) -> Option<bool> {
        (self.to_view > 0).then_some(self.unviewed == 0)
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
    /// What is looked for.
    search: Search,
    /// No name contains the words: those that have their letters in order pass.
    loose: bool,
}

/// Flattens the tree under a query.
pub(super) fn flatten(tree: &Tree, query: &TreeQuery, to_view: &ToView, kept: &Kept) -> Flat {
    let search = Search::new(&query.filter.text);
    let matcher = || Matcher::new(&query.filter, &search, &to_view.unviewed, kept);
    let mut found = marks(tree, &matcher(), to_view);
    let mut loose = false;
    if !found.iter().any(|mark| mark.matches)
        && let Some(matcher) = matcher().loosely()
    {
        found = marks(tree, &matcher, to_view);
        loose = found.iter().any(|mark| mark.matches);
    }
    let marks = found;
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
    let query = TreeQuery { find: None, ..query.clone() };
    let mut flat = Flat { query, marks, shown, roots, matching: 0, search, loose };
    flat.matching = flat.passing(tree).collect::<BTreeSet<&Id>>().len();
    flat
}

impl Flat {
    /// Whether a query has these rows.
    pub(super) fn serves(&self, query: &TreeQuery) -> bool {
        let TreeQuery { filter, view, viewed, flipped, find: _ } = &self.query;
        (filter, *view, viewed, flipped)
            == (&query.filter, query.view, &query.viewed, &query.flipped)
    }

    /// The objects that pass. One may stand in two groups of the same change.
    pub(super) fn passing<'t>(&self, tree: &'t Tree) -> impl Iterator<Item = &'t Id> {
        let nodes = tree.nodes.iter().zip(&self.marks).filter(|(_, mark)| mark.matches);
        nodes.filter_map(|(node, _)| Some(&node.object.as_ref()?.id))
    }

    /// The rows from `start`, at most `len`, and the place of a row by key.
    pub(super) fn window(&self, tree: &Tree, find: Option<&str>, start: usize, len: usize) -> Rows {
        let node = |at: usize| tree.nodes.get(at);
        let found = find.and_then(|key| self.place(tree, key));
        let shown = self.shown.iter().skip(start).take(len);
        let window = shown.filter_map(|(at, open)| {
            let (node, mark) = (node(*at)?, *self.marks.get(*at)?);
            let parent = node.parent.and_then(|at| self.marks.get(at));
            let siblings = parent.map_or(self.roots, |parent| parent.children);
            Some(row(node, mark, siblings, *open, &self.search))
        });
        Rows {
            total: self.shown.len(),
            start,
            window: window.collect(),
            matching: self.matching,
            found,
            problem: self.search.problem(),
            loose: self.loose,
            ..Rows::default()
        }
    }

    /// The place of a row by key, or of an object by its identity.
    fn place(&self, tree: &Tree, key: &str) -> Option<usize> {
        let node = |at: usize| tree.nodes.get(at);
        let is = |at: usize| node(at).is_some_and(|node| node.key() == key);
        let names = |at: usize| {
            let object = node(at).and_then(|node| node.object.as_ref());
            object.is_some_and(|object| object.id.as_str() == key)
        };
        let position = |of: &dyn Fn(usize) -> bool| self.shown.iter().position(|(at, _)| of(*at));
        position(&is).or_else(|| position(&names))
    }

    /// The next row behind `from` whose name begins with a text in lower case; after the last comes the first.
    pub(super) fn ahead(&self, tree: &Tree, text: &str, from: usize) -> Option<usize> {
        let begins = |place: &usize| {
            let node = self.shown.get(*place).and_then(|(at, _)| tree.nodes.get(*at));
            node.is_some_and(|node| lower(&node.label).starts_with(text))
        };
        let end = self.shown.len();
        let next = from.saturating_add(1).min(end);
        (next..end).chain(0..next).find(begins)
    }

    /// What there is to look at around a row. Parts are looked at with their whole.
    pub(super) fn around(&self, tree: &Tree, find: Option<&str>, hashes: &Hashes) -> Around {
        let stop = |place: usize| -> Option<Stop> {
            let at = self.shown.get(place)?.0;
            let (node, mark) = (tree.nodes.get(at)?, self.marks.get(at)?);
            let id = node.object.as_ref()?.id.clone();
            let hash = hashes.of(&id)?;
            Some(Stop { key: node.key().to_owned(), place, id, hash, viewed: mark.viewed()? })
        };
        let here = find.and_then(|key| self.place(tree, key));
        let row = |place: usize| self.shown.get(place).map(|(at, _)| *at);
        let is_stop = |place: &usize| {
            let node = row(*place).and_then(|at| tree.nodes.get(at));
            let above = node.and_then(|node| node.parent).and_then(|at| tree.nodes.get(at));
            let mark = row(*place).and_then(|at| self.marks.get(at));
            Some(*place) != here
                && node.is_some_and(|node| node.object.is_some())
                && above.is_some_and(|above| above.object.is_none())
                && mark.is_some_and(|mark| mark.unviewed > 0)
        };
        let (after, end) = (here.map_or(0, |here| here + 1), self.shown.len());
        let next = (after..end).chain(0..after.min(end)).find(is_stop);
        let before = here.unwrap_or(0);
        let previous = (0..before).rev().chain((before..end).rev()).find(is_stop);
        let at = |place: Option<usize>| place.and_then(stop);
        Around {
            of: find.map(str::to_owned),
            here: at(here),
            next: at(next),
            previous: at(previous),
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
    by_itself != query.flipped.contains(node.key())
}

fn marks(tree: &Tree, matcher: &Matcher<'_>, to_view: &ToView) -> Vec<Mark> {
    let mark = |node: &Node| {
        let Some(object) = &node.object else { return Mark::default() };
        Mark {
            matches: matcher.passes(object),
            to_view: usize::from(to_view.all.contains(&object.id)),
            unviewed: usize::from(to_view.unviewed.contains(&object.id)),
            ..Mark::default()
        }
    };
    let mut marks: Vec<Mark> = tree.nodes.iter().map(mark).collect();
    // Children come after their parents, so a walk from the end sees every child first.
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let (Some(parent), Some(mark)) = (node.parent, marks.get(at).copied()) else { continue };
        let Some(above) = marks.get_mut(parent) else { continue };
        above.below.join(mark.below);
        above.to_view += mark.to_view;
        above.unviewed += mark.unviewed;
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

fn row(node: &Node, mark: Mark, siblings: usize, open: Option<bool>, search: &Search) -> Row {
    let object = node.object.as_ref();
    let label = if object.is_some() {
        pieces(&node.label, search)
    } else {
        vec![Piece { text: node.label.clone(), matched: false }]
    };
    Row {
        key: node.key().to_owned(),
        level: node.level,
        position: mark.position,
        siblings,
        open,
        label,
        kind: node.kind_word(),
        id: object.map(|object| object.id.clone()),
        status: object.map(|object| object.status),
        counts: mark.below,
        viewed: mark.viewed(),
    }
}

/// Cuts a name where it is what the search means.
fn pieces(label: &str, search: &Search) -> Vec<Piece> {
    let mut matched = vec![false; label.len()];
    for range in search.places(label) {
        if let Some(place) = matched.get_mut(range) {
            place.fill(true);
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
    use std::collections::BTreeMap;

    use pgparity_core::model::Id;
    use pgparity_core::objects::Kind;

    use super::super::entries::{ById, Entry};
    use super::super::tree::{Forest, build};
    use super::*;
    use crate::protocol::{Filter, View};

    fn entry(kind: Kind, name: &str, parent: Option<&str>, status: Status) -> (Id, Entry) {
        let id = Id::from_sql(kind.as_str(), &format!("public.{name}"));
        let own = name.rsplit('.').next().unwrap_or(name).to_owned();
        let schema = Some("public".to_owned());
        let parent = parent.map(|parent| Id::from_sql("table", &format!("public.{parent}")));
        (id.clone(), Entry { id, kind, schema, parent, name: own, status })
    }

    fn tree() -> Tree {
        let entries: ById = [
            entry(Kind::Table, "orders", None, Status::Same),
            entry(Kind::Column, "orders.total", Some("orders"), Status::Changed),
            entry(Kind::Column, "orders.note", Some("orders"), Status::Same),
            entry(Kind::Table, "carts", None, Status::Missing),
            entry(Kind::Column, "carts.id", Some("carts"), Status::Missing),
            entry(Kind::Table, "users", None, Status::Same),
        ]
        .into_iter()
        .collect();
        let forest = Forest { entries: &entries, changes: &[], risks: &BTreeMap::new() };
        build(&forest, View::Schema)
    }

    fn rows(tree: &Tree, query: &TreeQuery, start: usize, len: usize) -> Rows {
        flatten(tree, query, &ToView::default(), &Kept::default()).window(
            tree,
            query.find.as_deref(),
            start,
            len,
        )
    }

    #[test]
    fn a_window_is_a_slice_of_the_whole() {
        let (tree, query) = (tree(), TreeQuery::default());
        let flat = flatten(&tree, &query, &ToView::default(), &Kept::default());
        let whole = flat.window(&tree, None, 0, usize::MAX).window;
        for start in 0..=whole.len() {
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
    fn a_name_is_looked_for_behind_a_row_and_then_from_the_top() {
        let (tree, query) = (tree(), TreeQuery::default());
        let flat = flatten(&tree, &query, &ToView::default(), &Kept::default());
        let ahead = |text: &str, from| flat.ahead(&tree, text, from);
        // public, tables, carts, orders, total
        assert_eq!(ahead("t", 0), Some(1));
        assert_eq!(ahead("t", 1), Some(4));
        assert_eq!(ahead("t", 4), Some(1));
        assert_eq!(ahead("to", 0), Some(4));
        assert_eq!(ahead("c", 2), Some(2), "its own row is the last one looked at");
        assert_eq!((ahead("users", 0), ahead("t", usize::MAX)), (None, Some(1)));
    }

    #[test]
    fn counts_add_up_on_parents() {
        let found = rows(&tree(), &TreeQuery::default(), 0, 1);
        assert_eq!(found.window[0].counts, Counts { missing: 2, changed: 1, ..Counts::default() });
        assert_eq!((found.matching, found.total), (3, 5));
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
    fn letters_in_order_are_enough_where_no_name_contains_them() {
        let query = |text: &str| TreeQuery {
            filter: Filter { text: text.to_owned(), ..Filter::default() },
            ..TreeQuery::default()
        };
        let found = rows(&tree(), &query("crtd"), 0, 10);
        assert_eq!((found.matching, found.loose), (1, true));
        let found = rows(&tree(), &query("cart"), 0, 10);
        assert_eq!((found.matching, found.loose), (2, false));
        let bad = rows(&tree(), &query("/(/"), 0, 10);
        assert!(bad.problem.is_some() && bad.total == 0);
    }

    #[test]
    fn a_status_filter_shows_only_it() {
        let status = BTreeSet::from([Status::Same]);
        let query =
            TreeQuery { filter: Filter { status, ..Filter::default() }, ..TreeQuery::default() };
        assert_eq!(shown(&query), ["public", "  tables", "    orders", "    users"]);
    }
}
