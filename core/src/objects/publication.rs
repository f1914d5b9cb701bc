//! Publications. What is in them are objects of their own. PostgreSQL manual, "CREATE PUBLICATION".

use super::attached::{in_database, object};
use super::query::owner;
use super::{Alteration, Changed, Kind, Object, Situation, drop_action};
use crate::action::{Action, Hazard};
use crate::model::Text;

object! {
    /// A publication.
    pub struct Publication {
        /// The name.
        pub name: Text,
        /// It is for all tables, also those that come later.
        pub all_tables: bool,
        /// `delete`, `insert`, `truncate`, `update`: what it does not publish, sorted.
        pub leaves_out: Vec<Text>,
        /// Changes of partitions are published as those of the partitioned table.
        pub via_root: bool,
        /// `stored` where generated columns are published (PostgreSQL 18).
        pub generated_columns: Option<Text>,
    }
}

impl Object for Publication {
    const KIND: Kind = Kind::Publication;
    const CATALOG: &'static str = "pg_publication";

    fn query(server: u32) -> String {
        let generated =
            if server >= 180_000 { "CASE p.pubgencols WHEN 's' THEN 'stored' END" } else { "NULL" };
        format!(
            "SELECT p.oid::text, json_strip_nulls(json_build_object('name', p.pubname, 'all_tables', \
             p.puballtables, 'leaves_out', (SELECT json_agg(w.word ORDER BY w.word) FROM (VALUES \
             ('insert', p.pubinsert), ('update', p.pubupdate), ('delete', p.pubdelete), ('truncate', \
             p.pubtruncate)) w(word, published) WHERE NOT w.published), 'via_root', p.pubviaroot, \
             'generated_columns', {generated}, {owner}))::text FROM pg_catalog.pg_publication p",
            owner = owner("p.pubowner"),
        )
    }

    in_database!("publication");

    fn keyword(&self) -> &'static str {
        "PUBLICATION"
    }

    fn names(&self) -> Vec<String> {
        vec![format!("publication:{}", self.sql_name())]
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let all = if self.all_tables { " FOR ALL TABLES" } else { "" };
        let sql = format!("CREATE PUBLICATION {}{all}{}", self.sql_name(), self.with_options());
        vec![Action::create(Object::id(self), "CREATE PUBLICATION", sql)]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        vec![
            drop_action(id, "DROP PUBLICATION", "PUBLICATION", &self.sql_name())
                .hazard(Hazard::Replication, "subscriptions to it fail"),
        ]
    }

    fn alter(&self, to: &Publication, changed: &Changed, _: &Situation<'_>) -> Alteration {
        if changed.has("all_tables") {
            return Alteration::Replace(
                "whether a publication is for all tables cannot be altered".to_owned(),
            );
        }
        let mut options = Vec::new();
        if changed.has("leaves_out") {
            options.push(to.publish());
        }
        if changed.has("via_root") {
            options.push(format!("publish_via_partition_root = {}", to.via_root));
        }
        if changed.has("generated_columns") {
            let columns = to.generated_columns.as_deref().unwrap_or("none");
            options.push(format!("publish_generated_columns = {columns}"));
        }
        if options.is_empty() {
            return Alteration::InPlace(Vec::new());
        }
        let sql = format!("ALTER PUBLICATION {} SET ({})", to.sql_name(), options.join(", "));
        Alteration::InPlace(vec![
            Action::alter(Object::id(to), "ALTER PUBLICATION", sql)
                .hazard(Hazard::Replication, "what subscribers get changes"),
        ])
    }
}

impl Publication {
    /// `publish = '…'`.
    fn publish(&self) -> String {
        let all = ["insert", "update", "delete", "truncate"];
        let published: Vec<&str> =
            all.into_iter().filter(|word| !self.leaves_out.iter().any(|out| out == word)).collect();
        format!("publish = '{}'", published.join(", "))
    }

    fn with_options(&self) -> String {
        let mut options = Vec::new();
        if !self.leaves_out.is_empty() {
            options.push(self.publish());
        }
        if self.via_root {
            options.push("publish_via_partition_root = true".to_owned());
        }
        if let Some(columns) = &self.generated_columns {
            options.push(format!("publish_generated_columns = {columns}"));
        }
        if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) }
    }
}
