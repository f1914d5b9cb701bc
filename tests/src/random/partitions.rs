//! Partitioned tables, to a depth of two.

use super::tables::add;
use super::{Relation, RelationKind, Scribe};

const LIMITS: [(&str, &str); 3] = [("MINVALUE", "0"), ("0", "100"), ("100", "200")];

pub(super) fn write(scribe: &mut Scribe<'_>, parent: &Relation, head: &str) {
    let path = parent.path.clone();
    let by = *scribe.draw(&format!("{path}/by")).pick(&["RANGE", "LIST", "HASH"]);
    scribe.say(format!("{head} PARTITION BY {by} (id)"));
    add(scribe, parent.clone());
    for (at, (low, high)) in LIMITS.into_iter().enumerate() {
        let bounds = match by {
            "LIST" => format!("FOR VALUES IN ({}, {})", at * 2, at * 2 + 1),
            "RANGE" => format!("FOR VALUES FROM ({low}) TO ({high})"),
            _ => format!("FOR VALUES WITH (modulus 3, remainder {at})"),
        };
        partition(scribe, parent, &format!("{path}/partition:{at}"), &format!(" p{at}"), &bounds);
    }
    if by != "HASH" {
        partition(scribe, parent, &format!("{path}/default"), " rest", "DEFAULT");
    }
}

/// A partition that may be there: made as one, attached, on its own for once, or partitioned itself.
fn partition(scribe: &mut Scribe<'_>, parent: &Relation, path: &str, suffix: &str, bounds: &str) {
    if scribe.has(path, 0.7).is_none() {
        return;
    }
    let own_name = format!("{}{suffix}", parent.own_name);
    let name = scribe.place(path, &own_name);
    let mut made = Relation {
        path: path.to_owned(),
        name: name.clone(),
        own_name,
        kind: RelationKind::Partition,
        columns: parent.columns.clone(),
        primary_key: Vec::new(),
    };
    let ways = ["made", "made", "made", "attached", "alone", "deeper"];
    let parent_name = &parent.name;
    let like =
        format!("CREATE TABLE {name} (LIKE {parent_name} INCLUDING DEFAULTS INCLUDING GENERATED)");
    match *scribe.draw(&format!("{path}/way")).pick(&ways) {
        "attached" => {
            scribe.say(like);
            scribe.say(format!("ALTER TABLE {parent_name} ATTACH PARTITION {name} {bounds}"));
        }
        "alone" => {
            scribe.say(like);
            made.kind = RelationKind::Table;
        }
        "deeper" => {
            let head = format!("CREATE TABLE {name} PARTITION OF {parent_name} {bounds}");
            scribe.say(format!("{head} PARTITION BY LIST (id)"));
            made.kind = RelationKind::Partitioned;
            add(scribe, made.clone());
            let path = format!("{path}/rest");
            if scribe.has(&path, 0.7).is_some() {
                let own_name = format!("{} rest", made.own_name);
                let leaf = scribe.place(&path, &own_name);
                scribe.say(format!("CREATE TABLE {leaf} PARTITION OF {name} DEFAULT"));
                let kind = RelationKind::Partition;
                add(scribe, Relation { path, name: leaf, own_name, kind, ..made });
            }
            return;
        }
        _ => {
            let mut head = format!("CREATE TABLE {name} PARTITION OF {parent_name} {bounds}");
            let simple = parent.columns.iter().skip(1).find(|column| !column.generated);
            if let Some(column) = simple
                && scribe.has(&format!("{path}/own default"), 0.15).is_some()
            {
                let (column, value) = (&column.name, &column.of.value);
                head =
                    format!("{head}; ALTER TABLE {name} ALTER COLUMN {column} SET DEFAULT {value}");
            }
            scribe.say(head);
        }
    }
    add(scribe, made);
}
