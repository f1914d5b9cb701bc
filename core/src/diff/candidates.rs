//! Which drops and creates may be renames, and what speaks for it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::rename::RENAMEABLE;
use super::{Change, ChangeKind, RenameCandidate};
use crate::model::Id;
use crate::objects::{Column, Kind, Table};
use crate::snapshot::Snapshot;
use crate::sql::split_name;

/// How many objects of one kind and place are compared with each other at most: a schema that was
/// replaced as a whole was not renamed piece by piece.
const MOST: usize = 200;

/// Below this the evidence is too thin to bother a person with.
const LEAST: u8 = 50;

/// What is dropped and what is created of one kind in one place.
type Group<'a> = (Vec<&'a Change>, Vec<&'a Change>);

/// The pairs worth asking about, the strongest first; every object is in one pair at most. `open`
/// gives the identity in the database as it is of an object that nobody decided about yet.
pub(super) fn find(
    from: &Snapshot,
    to: &Snapshot,
    changes: &[Change],
    open: &dyn Fn(&Id, &Id) -> Option<Id>,
) -> Vec<RenameCandidate> {
    let mut groups: BTreeMap<(Kind, String), Group<'_>> = BTreeMap::new();
    // What belongs to a table that comes or goes as a whole comes or goes with it.
    let whole: BTreeSet<&Id> = changes
        .iter()
        .filter(|c| matches!(c.change, ChangeKind::Create | ChangeKind::Drop))
        .map(|c| &c.id)
        .collect();
    for change in changes {
        if !RENAMEABLE.contains(&change.kind.as_str())
            || change.parent.as_ref().is_some_and(|parent| whole.contains(parent))
        {
            continue;
        }
        let place = change
            .parent
            .as_ref()
            .map_or_else(|| change.schema.clone().unwrap_or_default(), ToString::to_string);
        let group = groups.entry((change.kind, place)).or_default();
        match change.change {
            ChangeKind::Drop => group.0.push(change),
            ChangeKind::Create => group.1.push(change),
            ChangeKind::Alter | ChangeKind::Rename => {}
        }
    }
    groups.retain(|_, (dropped, created)| {
        !dropped.is_empty() && !created.is_empty() && dropped.len() * created.len() <= MOST * MOST
    });
    let judged = groups.values().flat_map(|(a, b)| a.iter().chain(b));
    let wanted: BTreeSet<&Id> = judged.map(|change| &change.id).collect();
    let (old_ones, new_ones) = (Found::new(from, &wanted), Found::new(to, &wanted));
    let mut found = Vec::new();
    for ((kind, _), (dropped, created)) in groups {
        for old in &dropped {
            for new in &created {
                let Some(from) = open(&old.id, &new.id) else { continue };
                let judged = judge(old_ones.0.get(&old.id), new_ones.0.get(&new.id));
                if let Some((score, evidence)) = judged.filter(|(score, _)| *score >= LEAST) {
                    let to = new.id.clone();
                    found.push(RenameCandidate { kind, from, to, score, evidence });
                }
            }
        }
    }
    one_to_one(found)
}

/// The objects to be judged, each looked up once.
struct Found<'a>(BTreeMap<Id, Candidate<'a>>);

/// An object, or a column with its place.
enum Candidate<'a> {
    Table(&'a Table),
    Column(&'a Table, &'a Column, usize),
    /// Kinds and names of what is in it.
    Schema(String, BTreeSet<(Kind, String)>),
    Other {
        name: String,
        properties: Map<String, Value>,
    },
}

impl<'a> Found<'a> {
    fn new(snapshot: &'a Snapshot, wanted: &BTreeSet<&Id>) -> Found<'a> {
        let found = wanted.iter().filter_map(|id| Some(((*id).clone(), candidate(snapshot, id)?)));
        Found(found.collect())
    }
}

fn candidate<'a>(snapshot: &'a Snapshot, id: &Id) -> Option<Candidate<'a>> {
    if let Some((table, at)) = snapshot.table_of_column(id) {
        return Some(Candidate::Column(table, table.columns.get(at)?, at));
    }
    let object = snapshot.find(id)?;
    Some(match object.as_any().downcast_ref::<Table>() {
        Some(table) => Candidate::Table(table),
        None if object.kind() == Kind::Schema => {
            let name = object.display_name();
            let inside = snapshot.objects.iter().filter(|o| o.schema() == Some(&name));
            let inside = inside.map(|o| (o.kind(), o.display_name())).collect();
            Candidate::Schema(name, inside)
        }
        None => Candidate::Other {
            name: split_name(id.name()).pop().unwrap_or_default(),
            properties: nameless(object.properties()),
        },
    })
}

/// The best pairs first; an object that is in one pair is in no other.
fn one_to_one(mut found: Vec<RenameCandidate>) -> Vec<RenameCandidate> {
    found.sort_by(|a, b| b.score.cmp(&a.score).then(a.from.cmp(&b.from)).then(a.to.cmp(&b.to)));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    found.retain(|candidate| {
        let free = !left.contains(&candidate.from) && !right.contains(&candidate.to);
        if free {
            left.insert(candidate.from.clone());
            right.insert(candidate.to.clone());
        }
        free
    });
    found
}

fn judge(old: Option<&Candidate<'_>>, new: Option<&Candidate<'_>>) -> Option<(u8, Vec<String>)> {
    match (old?, new?) {
        (Candidate::Column(before, a, at), Candidate::Column(after, b, place)) => {
            judge_columns((before, a, *at), (after, b, *place))
        }
        (Candidate::Table(before), Candidate::Table(after)) => judge_tables(before, after),
        (Candidate::Schema(a, x), Candidate::Schema(b, y)) => judge_schemas((a, x), (b, y)),
        (
            Candidate::Other { name: a, properties: x },
            Candidate::Other { name: b, properties: y },
        ) => (x == y && (says_something(x) || name_similarity(a, b) >= 50))
            .then(|| judge_names(a, b)),
        _ => None,
    }
}

fn judge_tables(before: &Table, after: &Table) -> Option<(u8, Vec<String>)> {
    let same = before
        .columns
        .iter()
        .filter(|a| after.columns.iter().any(|b| a.name == b.name && a.data_type == b.data_type))
        .count();
    let all = before.columns.len() + after.columns.len() - same;
    if same == 0 || before.partition_by != after.partition_by {
        return None;
    }
    let similarity = name_similarity(&before.name, &after.name);
    let score = same * 80 / all + usize::from(similarity) / 5;
    let evidence = vec![
        format!(
            "{same} of {} columns have the same name and type",
            before.columns.len().max(after.columns.len())
        ),
        format!("the names are {similarity} % alike"),
    ];
    Some((u8::try_from(score).unwrap_or(100), evidence))
}

fn judge_columns(
    (before, old, at): (&Table, &Column, usize),
    (after, new, place): (&Table, &Column, usize),
) -> Option<(u8, Vec<String>)> {
    if old.data_type != new.data_type || old.generated.is_some() != new.generated.is_some() {
        return None;
    }
    let mut score: u16 = 30;
    let mut evidence = vec![format!("both are {}", old.data_type)];
    let common_before =
        before.columns[..at].iter().filter(|c| after.columns.iter().any(|d| d.name == c.name));
    let common_after =
        after.columns[..place].iter().filter(|c| before.columns.iter().any(|d| d.name == c.name));
    if common_before.count() == common_after.count() {
        score += 20;
        evidence.push("both stand in the same place".to_owned());
    }
    if old.default == new.default && old.not_null == new.not_null && old.identity == new.identity {
        score += 15;
        evidence.push("default and NOT NULL are the same".to_owned());
    }
    let similarity = name_similarity(&old.name, &new.name);
    score += u16::from(similarity) * 35 / 100;
    evidence.push(format!("the names are {similarity} % alike"));
    // Type and place alone are no evidence: every added text column would be a rename.
    (similarity >= 30).then(|| (u8::try_from(score.min(100)).unwrap_or(100), evidence))
}

fn judge_schemas(
    (a, old): (&str, &BTreeSet<(Kind, String)>),
    (b, new): (&str, &BTreeSet<(Kind, String)>),
) -> Option<(u8, Vec<String>)> {
    let (same, all) = (old.intersection(new).count(), old.union(new).count());
    let similarity = name_similarity(a, b);
    let share = same * 80 / all.max(1);
    let evidence = vec![
        format!("{same} of {all} objects in them have the same kind and name"),
        format!("the names are {similarity} % alike"),
    ];
    let score = u8::try_from(share + usize::from(similarity) / 5).unwrap_or(100);
    (same > 0).then_some((score, evidence))
}

/// False when what is left says where an object is and whose it is, and nothing of what it is.
fn says_something(properties: &Map<String, Value>) -> bool {
    properties.keys().any(|name| !matches!(name.as_str(), "schema" | "table" | "owner" | "grants"))
}

/// What is left of an object's attributes when its name, and what follows from it, is taken away.
fn nameless(properties: Map<String, Value>) -> Map<String, Value> {
    const NAMES: &[&str] =
        &["name", "depends_on", "comment", "multirange_type_name", "multirange_schema"];
    properties.into_iter().filter(|(name, _)| !NAMES.contains(&name.as_str())).collect()
}

/// Objects that differ in nothing but their names.
fn judge_names(old: &str, new: &str) -> (u8, Vec<String>) {
    let similarity = name_similarity(old, new);
    let score = 70 + u16::from(similarity) * 30 / 100;
    let evidence = vec![
        "they differ in nothing but the name".to_owned(),
        format!("the names are {similarity} % alike"),
    ];
    (u8::try_from(score).unwrap_or(100), evidence)
}

/// How alike two names are, in percent: twice the common pairs of letters over all pairs.
fn name_similarity(a: &str, b: &str) -> u8 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = format!("^{}$", text.to_lowercase()).chars().collect();
        letters.windows(2).filter_map(|w| Some((*w.first()?, *w.last()?))).collect()
    };
    let (left, mut right) = (pairs(a), pairs(b));
    let all = left.len() + right.len();
    let common = left
        .iter()
        .filter(|pair| match right.iter().position(|other| other == *pair) {
            Some(at) => {
                right.swap_remove(at);
                true
            }
            None => false,
        })
        .count();
    u8::try_from(200 * common / all.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_share_letters_are_alike() {
        assert_eq!(name_similarity("orders", "orders"), 100);
        assert!(name_similarity("cust_id", "customer_id") > 50);
        assert!(name_similarity("email", "quantity") < 30);
    }
}
