//! What the reader of a drift must know besides the changes.

use std::collections::BTreeMap;

use super::Note;
use crate::model::Id;
use crate::objects::{Extension, Object};
use crate::snapshot::{Snapshot, Unmodelled};

/// What differs and is no drift, since no statement changes it.
#[derive(Default)]
pub(super) struct Told {
    /// Tables whose columns stand in another order.
    pub(super) reordered: Vec<Id>,
    /// Columns that only `to` has from its parents alone.
    pub(super) local: Vec<Id>,
    /// Columns with a NOT NULL of their parents that goes by another name.
    pub(super) names: Vec<Id>,
}

/// The notes about two snapshots.
pub(super) fn of(from: &Snapshot, to: &Snapshot, told: &Told) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note =
        |code: &str, message: String| notes.push(Note { code: code.to_owned(), message });
    for (side, snapshot) in [("From", from), ("To", to)] {
        for what in &snapshot.source.not_read {
            note("not_read", format!("{side}: not read: {what}"));
        }
        if !snapshot.unmodelled.is_empty() {
            note(
                "unmodelled",
                format!(
                    "{side}: not compared, because this release does not describe them: {}",
                    by_kind(&snapshot.unmodelled)
                ),
            );
        }
        let limits = &snapshot.source;
        if !limits.schemas.is_empty() || !limits.excluded_schemas.is_empty() {
            note(
                "limited",
                format!(
                    "{side}: limited to schemas {}{}",
                    if limits.schemas.is_empty() {
                        "*".to_owned()
                    } else {
                        limits.schemas.join(", ")
                    },
                    if limits.excluded_schemas.is_empty() {
                        String::new()
                    } else {
                        format!(" without {}", limits.excluded_schemas.join(", "))
                    }
                ),
            );
        }
    }
    let (a, b) = (&from.source, &to.source);
    for Note { code, message } in of_versions(from, to) {
        note(&code, message);
    }
    if (a.schemas.as_slice(), a.excluded_schemas.as_slice())
        != (b.schemas.as_slice(), b.excluded_schemas.as_slice())
    {
        note("limits_differ", "the two snapshots are not limited to the same schemas: what one leaves out looks missing".to_owned());
    }
    let invalid: Vec<String> =
        to.objects.index.iter().filter(|index| index.invalid).map(Object::sql_name).collect();
    if !invalid.is_empty() {
        note(
            "invalid_indexes",
            format!(
                "To: the build of these indexes failed, so that no query uses them; a plan builds them \
                 whole: {}",
                invalid.join(", ")
            ),
        );
    }
    if a.roles != b.roles {
        note("limits_differ", "roles, memberships and grants on parameters are in one of the two snapshots only, and not compared".to_owned());
    }
    for (what, x, y) in [
        ("encoding", &a.encoding, &b.encoding),
        ("collation", &a.collation, &b.collation),
        ("character classification", &a.ctype, &b.ctype),
        ("locale provider", &a.locale_provider, &b.locale_provider),
    ] {
        if x != y {
            note(
                "database_differs",
                format!("the databases differ in {what}: {x} and {y}; no plan changes that"),
            );
        }
    }
    notes.extend(of_told(told));
    notes
}

/// What differs and is no drift.
fn of_told(told: &Told) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note =
        |code: &str, message: String| notes.push(Note { code: code.to_owned(), message });
    let listed = |ids: &[Id]| {
        let names: Vec<&str> = ids.iter().take(10).map(Id::name).collect();
        let more = ids.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", names.join(", "))
    };
    if !told.reordered.is_empty() {
        let names = listed(&told.reordered);
        note(
            "column_order",
            format!("the same columns stand in another order, which is no drift, in {names}"),
        );
    }
    if !told.names.is_empty() {
        let names = listed(&told.names);
        note(
            "inherited_names",
            format!(
                "the NOT NULL that these columns have from a parent table goes by another name, which \
                 is no drift, for no statement renames it there: {names}"
            ),
        );
    }
    if !told.local.is_empty() {
        let names = listed(&told.local);
        note(
            "local_column",
            format!(
                "columns and checks that To has from a parent table alone were defined in From's child tables too, which no statement undoes: {names}"
            ),
        );
    }
    notes
}

/// `2 event trigger (a, b), 1 foreign table (c)`.
fn by_kind(unmodelled: &[Unmodelled]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for object in unmodelled {
        kinds.entry(&object.kind).or_default().push(&object.name);
    }
    kinds
        .iter()
        .map(|(kind, names)| {
            let shown = names.iter().take(5).copied().collect::<Vec<_>>().join(", ");
            let dots = if names.len() > 5 { ", …" } else { "" };
            format!("{} {kind} ({shown}{dots})", names.len())
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// That the servers are of different major versions, and what that entails.
fn of_versions(from: &Snapshot, to: &Snapshot) -> Vec<Note> {
    let (a, b) = (&from.source, &to.source);
    let major = |version: u32| version / 10_000;
    if major(a.server_version_num) == major(b.server_version_num) {
        return Vec::new();
    }
    let message =
        format!("From runs on PostgreSQL {}, To on {}", a.server_version, b.server_version);
    let mut notes = vec![Note { code: "server_versions_differ".to_owned(), message }];
    if (a.server_version_num < 150_000) != (b.server_version_num < 150_000)
        && public_is_as_made(from)
        && public_is_as_made(to)
    {
        let message = "schema public is as each server makes it, which is no drift: before PostgreSQL 15 \
                       every role may create objects in it, from 15 on only the owner of the database";
        notes.push(Note { code: "public_schema_differs".to_owned(), message: message.to_owned() });
    }
    let versions = other_versions(from, to);
    if !versions.is_empty() {
        let message = format!(
            "these extensions have other versions on a server of another major version, which is no \
             drift: {}",
            versions.join(", ")
        );
        notes.push(Note { code: "extension_versions_differ".to_owned(), message });
    }
    notes
}

fn public_is_as_made(snapshot: &Snapshot) -> bool {
    let mut schemas = snapshot.objects.schema.iter();
    schemas.any(|schema| schema.name == "public" && schema.grants.is_none())
}

/// The extensions that both have, in different versions.
fn other_versions(from: &Snapshot, to: &Snapshot) -> Vec<String> {
    let version = |extension: &Extension| {
        let same = |other: &&Extension| other.name == extension.name;
        let other = to.objects.extension.iter().find(same)?;
        let (name, before, after) = (&extension.name, &extension.version, &other.version);
        (before != after).then(|| format!("{name} {before} → {after}"))
    };
    from.objects.extension.iter().filter_map(version).collect()
}
