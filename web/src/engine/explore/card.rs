//! What stands in a table of the diagram: its name, and its columns.

use std::collections::{BTreeMap, BTreeSet};

use pgparity_core::diff::{Change, ChangeKind, Drift};
use pgparity_core::model::Id;
use pgparity_core::objects::ConstraintType;
use pgparity_core::relations::TableNode;
use pgparity_core::report::words::counted;
use pgparity_core::snapshot::Snapshot;
use pgparity_core::sql::split_name;

use super::layout::Size;
use crate::engine::compare::status;
use crate::engine::glyphs::visible;
use crate::figure::{HEAD, LINE};
use crate::protocol::{Area, Card, CardLine, Columns, Status};

/// The width of a character.
const CHARACTER: i32 = 8;
/// So many characters of a name are drawn.
const LETTERS: usize = 30;
/// So many columns of a table are drawn.
const LINES: usize = 24;

/// Where columns are read from.
pub(super) struct Sources<'a> {
    /// The snapshots, the one whose names hold first.
    pub snapshots: Vec<&'a Snapshot>,
    /// What happens to objects, by identity, and to those that belong to a table.
    changes: BTreeMap<&'a Id, &'a Change>,
    dropped: BTreeMap<&'a Id, Vec<&'a Change>>,
    keys: Vec<BTreeMap<Id, Keys>>,
}

/// The columns of a table's keys.
#[derive(Default)]
struct Keys {
    primary: BTreeSet<String>,
    foreign: BTreeSet<String>,
}

impl<'a> Sources<'a> {
    /// Of one snapshot, or of two and what happens from one to the other.
    pub(super) fn new(snapshots: Vec<&'a Snapshot>, drift: Option<&'a Drift>) -> Sources<'a> {
        let changes = || drift.into_iter().flat_map(|drift| &drift.changes);
        let mut dropped: BTreeMap<&Id, Vec<&Change>> = BTreeMap::new();
        for change in changes().filter(|change| change.change == ChangeKind::Drop) {
            if let Some(parent) = change.parent.as_ref().filter(|_| change.id.kind() == "column") {
                dropped.entry(parent).or_default().push(change);
            }
        }
        Sources {
            keys: snapshots.iter().map(|snapshot| keys(snapshot)).collect(),
            snapshots,
            changes: changes().map(|change| (&change.id, change)).collect(),
            dropped,
        }
    }

    /// A table of the diagram, at no place yet.
    pub(super) fn card(&self, node: &TableNode, columns: Columns) -> Card {
        let status = node.change.map_or(Status::Same, status);
        let lines = self.lines(node, columns, status);
        let partitions = node.partitions.len();
        let folded = match partitions {
            0 => String::new(),
            some => format!(" · {}", counted(some, "partition")),
        };
        let name = short(&visible(&node.name), LETTERS);
        let under = short(&visible(&node.schema), LETTERS) + &folded;
        let badge = match status {
            Status::Same => String::new(),
            Status::Changed => format!("{} {}", status.sign(), node.changes),
            other => other.sign().to_owned(),
        };
        let size = size(&name, &under, &badge, &lines);
        let mut lines = lines;
        if lines.len() > LINES {
            let more = lines.len() - (LINES - 1);
            lines.truncate(LINES - 1);
            lines.push(CardLine { text: format!("… {more} more"), status: Status::Same });
        }
        Card {
            id: node.id.clone(),
            name,
            under,
            words: words(node, status, &folded),
            status,
            badge,
            area: Area { x: 0, y: 0, width: size.width, height: size.height },
            lines,
            pinned: false,
        }
    }

    /// The columns: those of the snapshot whose names hold, then those that only the other has.
    fn lines(&self, node: &TableNode, columns: Columns, whole: Status) -> Vec<CardLine> {
        if columns == Columns::Names {
            return Vec::new();
        }
        let former = self.changes.get(&node.id).and_then(|change| change.from_id.clone());
        let former = former.unwrap_or_else(|| node.id.clone());
        let mut found = Vec::new();
        let own = self.table(0, &node.id);
        let (place, id) = if own.is_some() { (0, &node.id) } else { (1, &former) };
        let table = own.or_else(|| self.table(1, &former));
        for column in table.iter().flat_map(|table| &table.columns) {
            let column_id = self.column(place, id, &column.name);
            let change = self.changes.get(&column_id).filter(|_| whole.differs());
            let status = change.map_or(Status::Same, |change| status(change.change));
            found.push((column.name.as_str(), column.data_type.as_str(), status, place, id));
        }
        let gone = [Some(&node.id), Some(&former).filter(|former| **former != node.id)];
        for parent in gone.into_iter().flatten().filter(|_| place == 0) {
            for change in self.dropped.get(parent).into_iter().flatten() {
                let column = self.snapshots.get(1).and_then(|from| {
                    let (table, at) = from.table_of_column(&change.id)?;
                    table.columns.get(at)
                });
                let data_type = column.map_or("", |column| column.data_type.as_str());
                found.push((change.name.as_str(), data_type, Status::Extra, 1, &former));
            }
        }
        let line = |(name, data_type, status, place, id): (&str, &str, Status, usize, &Id)| {
            let key = self.keys.get(place).and_then(|keys| keys.get(id));
            let has =
                |of: fn(&Keys) -> &BTreeSet<String>| key.is_some_and(|k| of(k).contains(name));
            let mark = match (has(|keys| &keys.primary), has(|keys| &keys.foreign)) {
                (true, true) => "PK FK ",
                (true, false) => "PK ",
                (false, true) => "FK ",
                (false, false) if columns == Columns::Keys => return None,
                (false, false) => "",
            };
            let sign = if status.differs() { format!("{} ", status.sign()) } else { String::new() };
            let text = format!(
                "{sign}{mark}{} {}",
                short(&visible(name), LETTERS),
                short(&visible(data_type), LETTERS)
            );
            Some(CardLine { text, status })
        };
        found.into_iter().filter_map(line).collect()
    }

    fn table(&self, place: usize, id: &Id) -> Option<&'a pgparity_core::objects::Table> {
        let parts = split_name(id.name());
        let ("table", [schema, name]) = (id.kind(), parts.as_slice()) else { return None };
        self.snapshots.get(place)?.objects.find_table(schema, name)
    }

    fn column(&self, place: usize, table: &Id, name: &str) -> Id {
        let found = self.table(place, table);
        found.map_or_else(
            || table.clone(),
            |table| Id::new("column", &[&table.schema, &table.name, name]),
        )
    }
}

/// The columns of primary and foreign keys, by table.
fn keys(snapshot: &Snapshot) -> BTreeMap<Id, Keys> {
    let mut found: BTreeMap<Id, Keys> = BTreeMap::new();
    for key in snapshot.objects.constraint.iter() {
        let primary = key.constraint_type == Some(ConstraintType::PrimaryKey);
        if primary || key.references.is_some() {
            let keys = found.entry(Id::new("table", &[&key.schema, &key.table])).or_default();
            let set = if primary { &mut keys.primary } else { &mut keys.foreign };
            set.extend(key.columns.iter().map(ToString::to_string));
        }
    }
    found
}

/// What there is to say of a table.
fn words(node: &TableNode, status: Status, folded: &str) -> String {
    let mut words = visible(node.id.name()).into_owned();
    if status.differs() {
        words += &format!(", {}", status.word());
    }
    if node.changes > 0 && status == Status::Changed {
        words += &format!(", {}", counted(node.changes, "change"));
    }
    words + &folded.replace(" · ", ", ")
}

/// The size of a table with all its lines: which of them are drawn does not change its width.
fn size(name: &str, under: &str, badge: &str, lines: &[CardLine]) -> Size {
    let head = columns(name) + if badge.is_empty() { 0 } else { columns(badge) + 3 };
    let widest = lines.iter().map(|line| columns(&line.text)).max().unwrap_or(0);
    let widest = widest.max(head).max(columns(under));
    let shown = i32::try_from(lines.len().min(LINES)).unwrap_or(0);
    let below = if shown == 0 { 0 } else { shown * LINE + 8 };
    Size { width: (widest * CHARACTER + 24).max(96), height: HEAD + below }
}

/// How many characters wide a text is drawn; those of East Asia and pictures are twice as wide.
fn columns(text: &str) -> i32 {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// A text that is not longer than so many characters.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
