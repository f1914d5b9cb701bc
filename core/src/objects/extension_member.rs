//! What was granted on the members of extensions, beyond what their scripts grant.
//!
//! A member itself is the business of its extension's script. Privileges are the one thing of which
//! the catalog tells what the script did, in `pg_init_privs`, and so what somebody did afterwards.
//! PostgreSQL manual, "`pg_init_privs`" and "GRANT".

use std::collections::{BTreeMap, BTreeSet};

use super::attach::{grant_action, grant_statements};
use super::attached::object;
use super::extension::before_its_members_move;
use super::form::record;
use super::query::{column_grants, grant_list, owner_privileges, signature};
use super::{Alteration, Changed, Key, Kind, Object, Situation};
use crate::action::{Action, Verb};
use crate::model::{Grant, Id, Text};

object! {
    /// A member of an extension on which other privileges are held than the extension's script gave.
    pub struct ExtensionMember {
        /// The extension.
        pub extension: Text,
        /// The words behind `GRANT … ON`: `TABLE`, `FUNCTION` …
        pub object_type: Text,
        /// Its name as SQL spells it, with the types of its arguments.
        pub member: Text,
        /// The columns on which something is or was granted.
        pub columns: Vec<MemberColumn>,
        /// The owner, where the list of grants names it: it does not hold every privilege.
        pub restricted_owner: Option<Text>,
        /// What the extension's script granted; compared between versions of the extension only.
        pub initial: Vec<Grant>,
    }
}

record! {
    /// A column of a member.
    #[derive(Eq)]
    pub struct MemberColumn {
        /// The name.
        pub name: Text,
        /// Grants on the column alone; told also when there are none.
        pub grants: Vec<Grant>,
        /// What the extension's script granted.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub initial: Vec<Grant>,
    }
}

/// A catalog with privileges: its name, `GRANT … ON` as an expression, the name of the object `o` in
/// SQL, its columns for the privileges and the owner, the letter for `acldefault()`, its namespace.
struct Class {
    catalog: &'static str,
    words: &'static str,
    name: String,
    acl: &'static str,
    owner: &'static str,
    letter: &'static str,
}

fn classes() -> Vec<Class> {
    let qualified = |name: &str, namespace: &str| {
        format!(
            "(SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE n.oid = \
             o.{namespace}) || '.' || pg_catalog.quote_ident(o.{name})"
        )
    };
    let plain = |catalog, words, name: &str, acl, owner, letter| {
        let name = format!("pg_catalog.quote_ident(o.{name})");
        Class { catalog, words, name, acl, owner, letter }
    };
    vec![
        Class {
            catalog: "pg_class",
            words: "CASE o.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END",
            name: qualified("relname", "relnamespace"),
            acl: "relacl",
            owner: "relowner",
            letter: "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END",
        },
        Class {
            catalog: "pg_proc",
            words: "CASE o.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END",
            name: signature("o.oid"),
            acl: "proacl",
            owner: "proowner",
            letter: "'f'",
        },
        Class {
            catalog: "pg_type",
            words: "'TYPE'",
            name: qualified("typname", "typnamespace"),
            acl: "typacl",
            owner: "typowner",
            letter: "'T'",
        },
        plain("pg_namespace", "'SCHEMA'", "nspname", "nspacl", "nspowner", "'n'"),
        plain("pg_language", "'LANGUAGE'", "lanname", "lanacl", "lanowner", "'l'"),
        plain(
            "pg_foreign_data_wrapper",
            "'FOREIGN DATA WRAPPER'",
            "fdwname",
            "fdwacl",
            "fdwowner",
            "'F'",
        ),
        plain("pg_foreign_server", "'FOREIGN SERVER'", "srvname", "srvacl", "srvowner", "'S'"),
    ]
}

/// The members of one catalog whose privileges are not those of the script, or that have columns.
fn members(class: &Class) -> String {
    let Class { catalog, words, name, acl, owner, letter } = class;
    let columns = if *catalog == "pg_class" { "o.relkind <> 'S'" } else { "false" };
    format!(
        "SELECT e.extname, d.classid, o.oid, {words} AS words, {name} AS name, o.{acl} AS now, \
         i.initprivs AS first, o.{owner} AS owner, ({letter})::\"char\" AS letter, {columns} AS \
         with_columns FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_depend d ON d.refclassid = \
         'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid AND d.deptype = 'e' \
         AND d.classid = 'pg_catalog.{catalog}'::pg_catalog.regclass JOIN pg_catalog.{catalog} o ON \
         o.oid = d.objid LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = d.classid AND i.objoid \
         = d.objid AND i.objsubid = 0 WHERE o.{acl} IS DISTINCT FROM i.initprivs OR {columns}"
    )
}

impl Object for ExtensionMember {
    const KIND: Kind = Kind::ExtensionMember;
    const CATALOG: &'static str = "pg_init_privs";
    const IDENTITY: &'static [&'static str] = &["extension", "object_type", "member"];

    fn query(_server: u32) -> String {
        let union: Vec<String> = classes().iter().map(members).collect();
        let default = "pg_catalog.acldefault(m.letter, m.owner)";
        let default_before = "pg_catalog.acldefault(m.letter, b.owner)";
        let now = grant_list(
            &format!("coalesce(m.now, {default})"),
            &owner_privileges(default, "m.owner"),
            "m.owner",
        );
        // The script's list names the owner of that time, as the one who granted.
        let first = grant_list(
            &format!("coalesce(m.first, {default_before})"),
            &owner_privileges(default_before, "b.owner"),
            "b.owner",
        );
        let of_column =
            |acl: &str, owner: &str| format!("coalesce({}, '[]'::json)", column_grants(acl, owner));
        format!(
            "WITH m AS MATERIALIZED ({members}), l AS MATERIALIZED (SELECT m.*, {now} AS held, \
             {first} AS initial, (SELECT json_agg(json_build_object('name', a.attname, 'grants', \
             {column_now}, 'initial', {column_first}) ORDER BY a.attname) FROM \
             pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = m.classid \
             AND i.objoid = m.oid AND i.objsubid = a.attnum WHERE m.with_columns AND a.attrelid = \
             m.oid AND NOT a.attisdropped AND (cardinality(a.attacl) > 0 OR cardinality(i.initprivs) > 0)) AS \
             columns FROM m, LATERAL (SELECT CASE WHEN m.first IS NULL OR EXISTS (SELECT 1 FROM \
             pg_catalog.aclexplode(m.first) f WHERE f.grantor = m.owner) THEN m.owner ELSE \
             coalesce((SELECT min(f.grantor) FROM pg_catalog.aclexplode(m.first) f), m.owner) END AS \
             owner) b) SELECT l.oid::text, json_strip_nulls(json_build_object('extension', l.extname, \
             'object_type', l.words, 'member', l.name, 'grants', l.held, 'initial', l.initial, \
             'columns', l.columns, 'restricted_owner', (SELECT u.name FROM (SELECT \
             pg_catalog.pg_get_userbyid(l.owner)::text AS name) u WHERE EXISTS (SELECT 1 FROM \
             json_array_elements(l.held) h WHERE h ->> 'grantee' = u.name AND h ->> 'grantor' IS \
             NULL))))::text FROM l WHERE l.held::text <> l.initial::text OR EXISTS (SELECT 1 FROM \
             json_array_elements(l.columns) c WHERE (c -> 'grants')::text <> (c -> 'initial')::text)",
            members = union.join(" UNION ALL "),
            column_now = of_column("a.attacl", "m.owner"),
            column_first = of_column("i.initprivs", "b.owner"),
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.extension, &self.object_type, &self.member)
    }

    fn key_of(parts: &[String]) -> Option<Key<'_>> {
        match parts {
            [extension, object_type, member] => Some(Key(extension, object_type, member)),
            _ => None,
        }
    }

    fn id(&self) -> Id {
        Id::new("extension_member", &[&self.extension, &self.object_type, &self.member])
    }

    fn schema(&self) -> Option<&str> {
        None
    }

    fn name(&self) -> String {
        format!("{} of {}", self.member, self.extension)
    }

    fn parent(&self) -> Option<Id> {
        Some(Id::new("extension", &[&self.extension]))
    }

    fn keyword(&self) -> &'static str {
        "EXTENSION MEMBER"
    }

    fn sql_name(&self) -> String {
        self.member.to_string()
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let extension = Id::new("extension", &[&self.extension]);
        let existed = situation.from.find(&extension).is_some();
        let mut actions = self.changes(&self.script(), self, existed);
        if let Some(first) = actions.first_mut() {
            first.verb = Verb::Create;
            first.requires.clear();
            first.produces.push(Object::id(self));
        }
        for action in &mut actions {
            action.requires.push(extension.clone());
        }
        actions
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut actions = self.changes(self, &self.script(), true);
        // The name is that of the member before the extension moves.
        for action in &mut actions {
            action.frees.push(before_its_members_move(&self.extension));
        }
        if let Some(last) = actions.last_mut() {
            last.verb = Verb::Drop;
            last.destroys.push(Object::id(self));
        }
        actions
    }

    fn alter(&self, to: &Self, _: &Changed, _: &Situation<'_>) -> Alteration {
        let mut actions = self.changes(self, to, true);
        // A script leads to another version meanwhile: what it does is what the lists of initial
        // grants differ by, so that what it leaves is made right too.
        if self.by_script() != to.by_script() {
            let after = self.changes(&to.script(), to, true);
            actions.retain(|action| after.iter().all(|other| other.sql != action.sql));
            actions.extend(after);
        }
        for action in &mut actions {
            action.requires.extend(Object::parent(to));
        }
        Alteration::InPlace(actions)
    }
}

impl ExtensionMember {
    /// The member as the extension's script leaves it.
    fn script(&self) -> ExtensionMember {
        let column = |c: &MemberColumn| MemberColumn { grants: c.initial.clone(), ..c.clone() };
        ExtensionMember {
            grants: Some(self.initial.clone()),
            columns: self.columns.iter().map(column).collect(),
            ..self.clone()
        }
    }

    /// What the extension's script granted, on the whole and on columns.
    pub(crate) fn by_script(&self) -> (&[Grant], Vec<(&str, &[Grant])>) {
        let columns = self.columns.iter().filter(|column| !column.initial.is_empty());
        (&self.initial, columns.map(|c| (c.name.as_str(), c.initial.as_slice())).collect())
    }

    /// The member with its grants, and with what the script granted on another one.
    pub(crate) fn with_initial_of(&self, other: &ExtensionMember) -> ExtensionMember {
        let mut columns: BTreeMap<&str, MemberColumn> = BTreeMap::new();
        for column in &self.columns {
            let alone = MemberColumn { initial: Vec::new(), ..column.clone() };
            columns.insert(column.name.as_str(), alone);
        }
        for column in &other.columns {
            let name = column.name.as_str();
            let slot = columns
                .entry(name)
                .or_insert_with(|| MemberColumn { name: name.into(), ..MemberColumn::default() });
            slot.initial.clone_from(&column.initial);
        }
        columns.retain(|_, column| !column.grants.is_empty() || !column.initial.is_empty());
        ExtensionMember {
            initial: other.initial.clone(),
            columns: columns.into_values().collect(),
            ..self.clone()
        }
    }

    /// The statements that lead from one list of grants to another.
    fn changes(&self, from: &Self, to: &Self, existed: bool) -> Vec<Action> {
        let of_column = |member: &Self, name: &str| -> Vec<Grant> {
            let found = member.columns.iter().find(|column| column.name == name);
            found.map(|column| column.grants.clone()).unwrap_or_default()
        };
        let columns: BTreeSet<&str> =
            from.columns.iter().chain(&to.columns).map(|column| column.name.as_str()).collect();
        let columns = columns.into_iter().map(|name| {
            let grants = |member| of_column(member, name);
            (name.into(), grants(from), grants(to))
        });
        let target = format!("{} {}", self.object_type, self.member);
        let owner = from.restricted_owner.as_deref().or(to.restricted_owner.as_deref());
        let held = from.grants.as_deref().unwrap_or_default();
        let wanted = to.grants.as_deref().unwrap_or_default();
        grant_statements(held, wanted, columns.collect(), &target, owner)
            .into_iter()
            .map(|statement| grant_action(self, statement, existed))
            .collect()
    }
}
