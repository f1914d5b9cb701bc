//! The lists: the diagram as rows, the objects of a snapshot, what falls with an object.

use std::collections::BTreeMap;

use pgparity_core::impact::{Bond, Impact, Reached};
use pgparity_core::model::Id;
use pgparity_core::objects::Kind;
use pgparity_core::report::words::{counted, kind_word as word, number};
use pgparity_core::snapshot::{ObjectInfo, Snapshot};

use crate::engine::glyphs::visible;
use crate::engine::kind_plural;
use crate::protocol::{Diagram, ListRow, Listed, Status};

/// Where objects stand that are in no schema.
const DATABASE: &str = "(database)";
/// So many objects of a way are named.
const NAMED: usize = 4;

/// The rows of a window.
pub(super) fn window(rows: &[ListRow], find: Option<&Id>, start: usize, len: usize) -> Listed {
    let start = start.min(rows.len());
    let end = start.saturating_add(len).min(rows.len());
    Listed {
        total: rows.len(),
        objects: rows.iter().filter(|row| row.id.is_some()).count(),
        start,
        window: rows[start..end].to_vec(),
        found: find.and_then(|id| rows.iter().position(|row| row.id.as_ref() == Some(id))),
    }
}

/// The diagram: each table with what leads from it and to it.
pub(super) fn of_diagram(diagram: &Diagram) -> Vec<ListRow> {
    let mut rows: Vec<ListRow> = Vec::new();
    let (mut table_rows, mut leads) = (Vec::new(), Vec::new());
    for (at, card) in diagram.cards.iter().enumerate() {
        let own = rows.len();
        table_rows.push(own);
        let name = visible(card.id.name()).into_owned();
        // How many changes there are says that it changed.
        let note = card.words.strip_prefix(&name).unwrap_or("").trim_start_matches(", ");
        let note = note.trim_start_matches("changed, ").to_owned();
        rows.push(ListRow {
            level: 1,
            id: Some(card.id.clone()),
            label: name,
            kind: "table".to_owned(),
            note,
            status: Some(card.status),
            ..ListRow::default()
        });
        for wire in diagram.wires.iter().filter(|wire| wire.from == at || wire.to == at) {
            let away = wire.from == at;
            let other = if away { wire.to } else { wire.from };
            let arrow = if away { "→" } else { "←" };
            let kind = if wire.inherits { "inherits" } else { "foreign key" };
            let changed = if wire.status == Status::Same { "" } else { wire.status.word() };
            leads.push((rows.len(), other));
            rows.push(ListRow {
                level: 2,
                id: Some(wire.id.clone()),
                label: format!("{arrow} {}", visible(diagram.cards[other].id.name())),
                kind: kind.to_owned(),
                note: changed.to_owned(),
                status: Some(wire.status),
                up: Some(own),
                on: None,
            });
        }
        if rows.len() > own + 1 {
            rows[own].on = Some(own + 1);
        }
    }
    for (row, table) in leads {
        rows[row].on = table_rows.get(table).copied();
    }
    rows
}

/// The objects of a snapshot by schema and kind. Parts of tables are there where they are sought.
pub(super) fn of_snapshot(snapshot: &Snapshot, text: &str) -> Vec<ListRow> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut found: BTreeMap<(String, Kind), Vec<ObjectInfo>> = BTreeMap::new();
    for object in snapshot.objects() {
        let wanted = if words.is_empty() {
            object.parent.is_none()
        } else {
            let name = object.id.name().to_lowercase();
            let kind = word(object.kind.as_str());
            words.iter().all(|word| name.contains(word) || kind.contains(word))
        };
        if wanted {
            let schema = match (object.kind, object.schema.as_deref()) {
                (Kind::Schema, _) | (_, None) => String::new(),
                (_, Some(schema)) => schema.to_owned(),
            };
            found.entry((schema, object.kind)).or_default().push(object);
        }
    }
    let mut rows = Vec::new();
    let mut schema_row = None;
    let mut last = None;
    for ((schema, kind), mut objects) in found {
        objects.sort_by(|a, b| a.id.name().cmp(b.id.name()));
        if last.as_ref() != Some(&schema) {
            schema_row = Some(rows.len());
            let label = if schema.is_empty() { DATABASE.into() } else { visible(&schema) };
            let kind = if schema.is_empty() { "" } else { "schema" };
            rows.push(heading(1, label.into_owned(), kind, None, None));
            last = Some(schema);
        }
        let kind_row = rows.len();
        let label = format!("{} {}", number(objects.len()), one_or_many(kind, objects.len()));
        rows.push(heading(2, label, "", None, schema_row));
        rows.extend(objects.into_iter().map(|object| {
            let name = match &object.parent {
                Some(_) => visible(object.id.name()).into_owned(),
                None => visible(&object.name).into_owned(),
            };
            heading(3, name, &word(kind.as_str()), Some(object.id), Some(kind_row))
        }));
    }
    rows
}

fn one_or_many(kind: Kind, number: usize) -> String {
    if number == 1 { word(kind.as_str()) } else { kind_plural(kind) }
}

fn heading(level: usize, label: String, kind: &str, id: Option<Id>, up: Option<usize>) -> ListRow {
    ListRow { level, id, label, kind: kind.to_owned(), up, ..ListRow::default() }
}

/// What falls with an object, by what becomes of it and by kind, each with the reason.
pub(super) fn of_impact(impact: &Impact) -> Vec<ListRow> {
    let mut rows = Vec::new();
    let sorts = [
        (&impact.along, "Goes along by itself"),
        (&impact.cascade, "In the way: dropped with CASCADE"),
        (&impact.changed, "Stays and loses a part"),
    ];
    for (reached, title) in sorts {
        if reached.is_empty() {
            continue;
        }
        let top = rows.len();
        rows.push(heading(1, format!("{title}: {}", number(reached.len())), "", None, None));
        let mut kinds: BTreeMap<&str, Vec<&Reached>> = BTreeMap::new();
        for one in reached {
            kinds.entry(one.id.kind()).or_default().push(one);
        }
        for (kind, all) in kinds {
            let kind_row = rows.len();
            let kind = word(kind);
            rows.push(heading(2, counted(all.len(), &kind), "", None, Some(top)));
            rows.extend(all.into_iter().map(|one| ListRow {
                note: why(one),
                ..heading(
                    3,
                    visible(one.id.name()).into_owned(),
                    "",
                    Some(one.id.clone()),
                    Some(kind_row),
                )
            }));
        }
    }
    rows
}

/// Why an object is concerned: how it hangs on the one before it, and the way there.
fn why(one: &Reached) -> String {
    let name = |id: &Id| format!("{} {}", word(id.kind()), visible(id.name()));
    let on = one.path.last().map(name).unwrap_or_default();
    let mut said = match one.bond {
        Bond::Along => format!("goes with {on}"),
        Bond::Cascade => format!("needs {on}"),
        Bond::Part => format!("loses what needs {on}"),
        Bond::PartAlong => format!("loses what goes with {on}"),
    };
    // First is what was asked about, last what was named just now.
    let between = one.path.len().saturating_sub(1);
    if between > 1 {
        let way: Vec<String> = one.path[1..between].iter().rev().take(NAMED).map(name).collect();
        let more = if between - 1 > NAMED { " and others" } else { "" };
        said += &format!(", by way of {}{more}", way.join(", "));
    }
    said
}

/// What happens when an object is dropped, in a sentence.
pub(super) fn fall(impact: &Impact, kind: &str) -> String {
    let along = counted(impact.along.len(), "object");
    let with = match impact.along.len() {
        0 => String::new(),
        1 => format!(" {along} goes along by itself."),
        _ => format!(" {along} go along by themselves."),
    };
    if impact.drops_alone() {
        let nothing = if with.is_empty() { " Nothing hangs on it." } else { "" };
        return format!("The server drops this {kind} without CASCADE.{with}{nothing}");
    }
    let way =
        [(impact.cascade.len(), "would be dropped"), (impact.changed.len(), "would lose a part")];
    let way: Vec<String> = way
        .into_iter()
        .filter(|(many, _)| *many > 0)
        .map(|(many, what)| format!("{} {what}", counted(many, "object")))
        .collect();
    format!("The server refuses to drop this {kind}; with CASCADE {}.{with}", way.join(" and "))
}
