//! Views. PostgreSQL manual, "CREATE VIEW".

use super::attach::label_actions;
use super::attached::{in_schema, object};
use super::column_alter::default_storage;
use super::index::option_changes;
use super::query::{
    COMPRESSION, STORAGE, USER_SCHEMA, column_grants, grants, json_text, not_extension_member,
    options, owner, value,
};
use super::{Alteration, Changed, Kind, Object, Situation, ViewColumn, drop_action};
use crate::action::{Action, Hazard, LockMode};
use crate::model::{Id, Text};
use crate::sql::{quote_ident, quote_literal};

object! {
    /// A view.
    pub struct View {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// The query, as `pg_get_viewdef()` spells it, without the closing semicolon.
        pub definition: Text,
        /// The columns in their order.
        pub columns: Vec<ViewColumn>,
        /// `security_barrier`, `check_option` and the like, sorted.
        pub options: Vec<Text>,
    }
}

/// The catalog query of the columns of views and materialized views: key is the OID and the
/// column's number, value the [`ViewColumn`] as JSON.
pub(crate) fn view_columns_query(server: u32) -> String {
    let target = if server >= 170_000 { "a.attstattarget" } else { "nullif(a.attstattarget, -1)" };
    let materialized = |sql: &str| format!("CASE WHEN c.relkind = 'm' THEN {sql} END");
    let members = [
        value("type", "pg_catalog.format_type(a.atttypid, a.atttypmod)"),
        value("default", "pg_catalog.pg_get_expr(d.adbin, 0)"),
        value("statistics", materialized(target)),
        value("storage", materialized(STORAGE)),
        value("compression", COMPRESSION),
        value("options", options("a.attoptions")),
        value("grants", column_grants("a.attacl", "c.relowner")),
    ];
    format!(
        "SELECT a.attrelid || '.' || a.attnum, {object} FROM pg_catalog.pg_attribute a JOIN \
         pg_catalog.pg_type t ON t.oid = a.atttypid JOIN pg_catalog.pg_class c ON \
         c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN \
         pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0 \
         AND NOT a.attisdropped AND c.relkind IN ('v', 'm') AND {USER_SCHEMA} ORDER BY a.attrelid, \
         a.attnum",
        object = json_text(("name", "a.attname"), &members),
    )
}

/// The catalog query of views (`v`) and materialized views (`m`).
pub(super) fn relation_query(relkind: char, more: &str) -> String {
    format!(
        "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
         c.relname, 'definition', rtrim(pg_catalog.pg_get_viewdef(c.oid), ';'), 'options', \
         {options}, {more} {owner}, {grants}))::text FROM pg_catalog.pg_class c JOIN \
         pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = '{relkind}' AND \
         c.relpersistence <> 't' AND {USER_SCHEMA} AND {member}",
        options = options("c.reloptions"),
        owner = owner("c.relowner"),
        grants = grants("c.relacl", 'r', "c.relowner"),
        member = not_extension_member("pg_class", "c.oid"),
    )
}

impl Object for View {
    const KIND: Kind = Kind::View;
    const CATALOG: &'static str = "pg_class";

    fn query(_server: u32) -> String {
        relation_query('v', "")
    }

    in_schema!("view");

    fn keyword(&self) -> &'static str {
        "VIEW"
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("TABLE")
    }

    fn names(&self) -> Vec<String> {
        vec![format!("relation:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        vec![Action::create(Object::id(self), "CREATE VIEW", self.sql("CREATE VIEW"))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let message = format!("what reads {} fails", self.sql_name());
        let id = Object::id(self);
        vec![
            drop_action(id.clone(), "DROP VIEW", "VIEW", &self.sql_name())
                .lock(LockMode::AccessExclusive, id)
                .hazard(Hazard::BreaksPrograms, message),
        ]
    }

    fn alter(&self, to: &View, changed: &Changed, _: &Situation<'_>) -> Alteration {
        // CREATE OR REPLACE VIEW may add columns at the end and nothing else.
        let shape = |columns: &[ViewColumn]| -> Vec<(Text, Text)> {
            columns.iter().map(|c| (c.name.clone(), c.data_type.clone())).collect()
        };
        let (before, after) = (shape(&self.columns), shape(&to.columns));
        if !after.starts_with(&before) {
            return Alteration::Replace(
                "columns of a view cannot be removed, renamed, retyped or reordered".to_owned(),
            );
        }
        let mut actions = Vec::new();
        if changed.any(&["definition", "options"]) {
            actions.push(
                Action::alter(
                    Object::id(to),
                    "CREATE OR REPLACE VIEW",
                    to.sql("CREATE OR REPLACE VIEW"),
                )
                .requires(to.depends_on.iter().cloned())
                .releases(self.depends_on.iter().cloned())
                .lock(LockMode::AccessExclusive, Object::id(to)),
            );
        }
        actions.extend(column_details(
            "VIEW",
            &Object::id(to),
            &to.sql_name(),
            &self.columns,
            &to.columns,
        ));
        Alteration::InPlace(actions)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        column_details("VIEW", &Object::id(self), &self.sql_name(), &[], &self.columns)
    }
}

impl View {
    fn sql(&self, verb: &str) -> String {
        let with = if self.options.is_empty() {
            String::new()
        } else {
            format!(" WITH ({})", self.options.join(", "))
        };
        format!("{verb} {}{with} AS\n{}", self.sql_name(), self.definition)
    }
}

/// How a column of a materialized view is stored and analyzed.
fn stored_column(id: &Id, view: &str, old: &ViewColumn, new: &ViewColumn) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut alter = |command: &'static str, what: String, mode: LockMode| {
        let column = quote_ident(&new.name);
        let sql = format!("ALTER MATERIALIZED VIEW {view} ALTER COLUMN {column} {what}");
        actions.push(Action::alter(id.clone(), command, sql).lock(mode, id.clone()));
    };
    if old.statistics != new.statistics {
        let what = format!("SET STATISTICS {}", new.statistics.unwrap_or(-1));
        let command = "ALTER MATERIALIZED VIEW … SET STATISTICS";
        alter(command, what, LockMode::ShareUpdateExclusive);
    }
    if old.storage != new.storage {
        let storage = new.storage.as_deref().unwrap_or_else(|| default_storage(&new.data_type));
        let command = "ALTER MATERIALIZED VIEW … SET STORAGE";
        alter(command, format!("SET STORAGE {storage}"), LockMode::AccessExclusive);
    }
    if old.compression != new.compression {
        let what = format!("SET COMPRESSION {}", new.compression.as_deref().unwrap_or("default"));
        alter("ALTER MATERIALIZED VIEW … SET COMPRESSION", what, LockMode::AccessExclusive);
    }
    for what in option_changes(&old.options, &new.options) {
        alter("ALTER MATERIALIZED VIEW … SET (…)", what, LockMode::ShareUpdateExclusive);
    }
    actions
}

/// Defaults, storage, statistics targets, comments and security labels of columns, where they differ.
pub(super) fn column_details(
    keyword: &str,
    id: &Id,
    name: &str,
    from: &[ViewColumn],
    to: &[ViewColumn],
) -> Vec<Action> {
    let mut actions = Vec::new();
    for new in to {
        let bare = ViewColumn::default();
        let old = from.iter().find(|old| old.name == new.name).unwrap_or(&bare);
        let column = quote_ident(&new.name);
        if old.default != new.default {
            let what = new
                .default
                .as_ref()
                .map_or("DROP DEFAULT".to_owned(), |d| format!("SET DEFAULT {d}"));
            let sql = format!("ALTER {keyword} {name} ALTER COLUMN {column} {what}");
            actions.push(
                Action::alter(id.clone(), "ALTER VIEW … DEFAULT", sql)
                    .lock(LockMode::AccessExclusive, id.clone()),
            );
        }
        actions.extend(stored_column(id, name, old, new));
        if old.comment != new.comment {
            let text = new.comment.as_ref().map_or("NULL".to_owned(), |c| quote_literal(c));
            let sql = format!("COMMENT ON COLUMN {name}.{column} IS {text}");
            actions.push(Action::alter(id.clone(), "COMMENT ON COLUMN", sql));
        }
        let target = format!("{name}.{column}");
        let (before, after) = (&old.security_labels, &new.security_labels);
        actions.extend(label_actions(id, "COLUMN", &target, before, after));
    }
    actions
}
