//! Servers of different major versions say the same thing differently: here that is evened out.

use std::borrow::Cow;

use crate::model::{Grant, Text};
use crate::objects::{Extension, ExtensionMember, Object as _, Objects, Schema};
use crate::snapshot::Snapshot;
use crate::sql::{without_qualifier, without_unused_aliases};

/// Both snapshots in the words that both servers know.
///
/// - Before 15, every role may create objects in the schema `public` that `initdb` makes, and a dump of it
///   says so on a newer server.
/// - Before 16, the definition of a view qualifies each column, also where it reads from one
///   relation only.
/// - `MAINTAIN` is a privilege from 17 on; a grant of all privileges has it there and not before.
/// - Roles are compared where both snapshots have them.
/// - What the script of an extension granted on its members counts between versions of the extension;
///   one version can have granted in several ways, from server to server and by way of older versions.
/// - From 18 on a NOT NULL is a constraint with a name; before it is not.
/// - A view names columns of a function that it does not use, where it is younger than these.
/// - Each major version brings its versions of the extensions, and mostly no other.
pub fn harmonized<'a>(
    from: &'a Snapshot,
    to: &'a Snapshot,
) -> (Cow<'a, Snapshot>, Cow<'a, Snapshot>) {
    let (a, b) = (from.source.server_version_num, to.source.server_version_num);
    let crosses = |version: u32| (a < version) != (b < version);
    let one_has_roles = from.source.roles != to.source.roles;
    let even = |snapshot: &'a Snapshot| {
        if !one_has_roles && ![160_000, 170_000, 180_000].into_iter().any(crosses) {
            return Cow::Borrowed(snapshot);
        }
        let mut snapshot = snapshot.clone();
        if one_has_roles {
            snapshot.objects.retain(|object| !object.kind().of_cluster());
        }
        if crosses(160_000) {
            without_qualifiers(&mut snapshot.objects);
        }
        if crosses(170_000) {
            without_maintain(&mut snapshot.objects);
            for domain in snapshot.objects.domain.iter_mut() {
                domain.not_null_name = None;
            }
        }
        if crosses(180_000) {
            for table in snapshot.objects.table.iter_mut() {
                for column in &mut table.columns {
                    column.not_null_constraint = None;
                    *column.inherited_not_null = None;
                }
            }
        }
        Cow::Owned(snapshot)
    };
    let (mut from, mut to) = (even(from), even(to));
    if a / 10_000 != b / 10_000 {
        without_versions(&from, &mut to);
    }
    if crosses(150_000) && same_in_public(&from, &to) {
        let grants = |snapshot: &Snapshot| public(&snapshot.objects).and_then(|s| s.grants.clone());
        let told = grants(&from).or_else(|| grants(&to));
        for side in [&mut from, &mut to] {
            if let Some(schema) = side.to_mut().objects.schema.iter_mut().find(|s| s.name == PUBLIC)
            {
                schema.grants.clone_from(&told);
            }
        }
    }
    let (views, materialized) = same_but_for_aliases(&from.objects, &to.objects);
    for (place, definition) in views {
        if let Some(view) = to.to_mut().objects.view.get_mut(place) {
            view.definition = definition;
        }
    }
    for (place, definition) in materialized {
        if let Some(view) = to.to_mut().objects.materialized_view.get_mut(place) {
            view.definition = definition;
        }
    }
    for (place, member) in granted_by_scripts(&from.objects, &to.objects) {
        if let Some(slot) = from.to_mut().objects.extension_member.get_mut(place) {
            *slot = member;
        }
    }
    (from, to)
}

const PUBLIC: &str = "public";

fn public(objects: &Objects) -> Option<&Schema> {
    objects.schema.iter().find(|schema| schema.name == PUBLIC)
}

/// That one snapshot has `public` as `initdb` made it, and in the other the same privileges were granted
/// by a statement. PostgreSQL manual, "Schemas and Privileges".
fn same_in_public(from: &Snapshot, to: &Snapshot) -> bool {
    let made_by_initdb: fn(u32) -> &'static [&'static str] =
        |version| if version < 150_000 { &["CREATE", "USAGE"] } else { &["USAGE"] };
    let (Some(a), Some(b)) = (public(&from.objects), public(&to.objects)) else { return false };
    let granted = |grants: &[Grant], version: u32| {
        let [grant] = grants else { return false };
        grant.grantee == "PUBLIC"
            && grant.privileges == made_by_initdb(version)
            && grant.with_grant_option.is_empty()
    };
    match (&a.grants, &b.grants) {
        (None, Some(grants)) => granted(grants, from.source.server_version_num),
        (Some(grants), None) => granted(grants, to.source.server_version_num),
        _ => false,
    }
}

/// The members of extensions of which the snapshots disagree about what the script granted though the
/// version is the same: the place of each, and the member as if the other side's script had made it.
fn granted_by_scripts(from: &Objects, to: &Objects) -> Vec<(usize, ExtensionMember)> {
    let version = |objects: &Objects, name: &str| {
        let found = objects.extension.iter().find(|extension| extension.name == name);
        found.map(|extension| extension.version.clone())
    };
    let members = from.extension_member.iter().enumerate().filter_map(|(place, member)| {
        let found = to.extension_member.binary_search_by(|other| other.key().cmp(&member.key()));
        let other = to.extension_member.get(found.ok()?)?;
        let name = &member.extension;
        let same_version = version(from, name) == version(to, name);
        (same_version && member.by_script() != other.by_script())
            .then(|| (place, member.with_initial_of(other)))
    });
    members.collect()
}

/// A place in the list of a kind, and the definition of From for what is there in To.
type Definitions = Vec<(usize, Text)>;

/// The views and materialized views whose definitions differ in nothing but columns of functions that
/// they name and do not use.
fn same_but_for_aliases(from: &Objects, to: &Objects) -> (Definitions, Definitions) {
    fn same(before: &Text, after: &Text) -> bool {
        before != after && without_unused_aliases(before) == without_unused_aliases(after)
    }
    let views = to.view.iter().enumerate().filter_map(|(place, view)| {
        let found = from.view.binary_search_by(|other| other.key().cmp(&view.key())).ok()?;
        let before = &from.view.get(found)?.definition;
        same(before, &view.definition).then(|| (place, before.clone()))
    });
    let materialized = to.materialized_view.iter().enumerate().filter_map(|(place, view)| {
        let all = &from.materialized_view;
        let found = all.binary_search_by(|other| other.key().cmp(&view.key())).ok()?;
        let before = &all.get(found)?.definition;
        same(before, &view.definition).then(|| (place, before.clone()))
    });
    (views.collect(), materialized.collect())
}

/// An extension that both have is the same in whatever version; one that comes, comes in that of the
/// server.
fn without_versions(from: &Snapshot, to: &mut Cow<'_, Snapshot>) {
    let version_in = |objects: &Objects, name: &str| {
        let found = objects.extension.iter().find(|extension| extension.name == name);
        found.map_or(String::new(), |extension| extension.version.to_string())
    };
    let wanted = |extension: &Extension| version_in(&from.objects, &extension.name);
    let versions: Vec<String> = to.objects.extension.iter().map(wanted).collect();
    let same = to.objects.extension.iter().zip(&versions).all(|(e, version)| e.version == *version);
    if !same {
        let to = to.to_mut();
        for (extension, version) in to.objects.extension.iter_mut().zip(versions) {
            extension.version = version.into();
        }
    }
}

fn without_qualifiers(objects: &mut Objects) {
    let definitions = objects
        .view
        .iter_mut()
        .map(|view| &mut view.definition)
        .chain(objects.materialized_view.iter_mut().map(|view| &mut view.definition));
    for definition in definitions {
        if let Cow::Owned(shorter) = without_qualifier(definition) {
            *definition = shorter.into();
        }
    }
}

fn without_maintain(objects: &mut Objects) {
    let lists = objects
        .table
        .iter_mut()
        .map(|t| &mut t.grants)
        .chain(objects.view.iter_mut().map(|v| &mut v.grants))
        .chain(objects.materialized_view.iter_mut().map(|v| &mut v.grants))
        .chain(objects.default_privilege.iter_mut().map(|d| &mut d.grants))
        .chain(objects.extension_member.iter_mut().map(|m| &mut m.grants));
    for grants in lists.flatten() {
        for grant in grants.iter_mut() {
            grant.privileges.retain(|privilege| privilege != "MAINTAIN");
            grant.with_grant_option.retain(|privilege| privilege != "MAINTAIN");
        }
        grants.retain(|grant| !grant.privileges.is_empty() || !grant.with_grant_option.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::MemberColumn;

    #[test]
    fn what_scripts_granted_is_a_difference_between_versions_only() {
        let side = |initial: &str, held: &str, version: &str| {
            let grant = |to: &str| Grant { grantee: to.to_owned(), ..Grant::default() };
            let column = MemberColumn {
                name: "c".into(),
                grants: vec![grant(held)],
                initial: vec![grant(initial)],
            };
            let mut snapshot = Snapshot::default();
            snapshot.objects.extension.push(Extension {
                name: "e".into(),
                version: version.into(),
                ..Extension::default()
            });
            snapshot.objects.extension_member.push(ExtensionMember {
                extension: "e".into(),
                columns: vec![column],
                grants: Some(vec![grant(held)]),
                initial: vec![grant(initial)],
                ..ExtensionMember::default()
            });
            snapshot
        };
        let same = |a: &Snapshot, b: &Snapshot| {
            let (a, b) = harmonized(a, b);
            a.objects.extension_member == b.objects.extension_member
        };
        assert!(same(&side("one", "held", "1"), &side("other", "held", "1")));
        assert!(!same(&side("one", "held", "1"), &side("one", "more", "1")));
        assert!(!same(&side("one", "held", "1"), &side("other", "held", "2")));
    }

    #[test]
    fn public_is_the_same_with_the_privileges_that_initdb_gave_elsewhere() {
        let side = |server: u32, privileges: Option<&[&str]>| {
            let mut snapshot = Snapshot::default();
            snapshot.source.server_version_num = server;
            let grants = privileges.map(|privileges| {
                let privileges = privileges.iter().map(ToString::to_string).collect();
                let grantee = "PUBLIC".to_owned();
                vec![Grant { grantee, privileges, ..Grant::default() }]
            });
            let name = "public".to_owned();
            snapshot.objects.schema.push(Schema { name: name.into(), grants, ..Schema::default() });
            snapshot
        };
        let same = |a: &Snapshot, b: &Snapshot| {
            let (a, b) = harmonized(a, b);
            a.objects.schema == b.objects.schema
        };
        let (old, new) = (side(140_001, None), side(150_001, None));
        assert!(same(&old, &new));
        assert!(same(&old, &side(150_001, Some(&["CREATE", "USAGE"]))));
        assert!(!same(&old, &side(150_001, Some(&["USAGE"]))));
        assert!(same(&side(140_001, Some(&["USAGE"])), &new));
        assert!(!same(&side(140_001, Some(&["CREATE"])), &new));
        assert!(!same(&side(150_001, None), &side(160_001, Some(&["CREATE", "USAGE"]))));
    }

    #[test]
    fn versions_of_extensions_count_on_servers_of_one_major_version_only() {
        let side = |server: u32, version: &str| {
            let mut snapshot = Snapshot::default();
            snapshot.source.server_version_num = server;
            let (name, version) = ("e".to_owned(), version.to_owned());
            snapshot.objects.extension.push(Extension {
                name: name.into(),
                version: version.into(),
                ..Extension::default()
            });
            snapshot
        };
        let same = |a: &Snapshot, b: &Snapshot| {
            let (a, b) = harmonized(a, b);
            a.objects.extension == b.objects.extension
        };
        assert!(!same(&side(150_001, "1.6"), &side(150_002, "1.8")));
        assert!(same(&side(150_001, "1.6"), &side(180_001, "1.8")));
        let (nothing, there) = (Snapshot::default(), side(180_001, "1.8"));
        assert_eq!(harmonized(&nothing, &there).1.objects.extension[0].version, "");
    }
}
