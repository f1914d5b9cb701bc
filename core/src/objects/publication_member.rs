//! The tables and schemas of publications. PostgreSQL manual, "ALTER PUBLICATION".
//!
//! Each is an object of its own, so that a table that is built anew comes back into its
//! publications, and nothing else of them is touched.

use super::attached::object;
use super::query::USER_SCHEMA;
use super::{Alteration, Changed, Key, Kind, Object, Situation};
use crate::action::{Action, Hazard};
use crate::model::{Id, Text};
use crate::sql::{qualified, quote_ident};

object! {
    /// A table in a publication.
    pub struct PublicationTable {
        /// The publication.
        pub publication: Text,
        /// The table's schema.
        pub schema: Text,
        /// The table.
        pub table: Text,
        /// The columns that are published, sorted; empty for all.
        pub columns: Vec<Text>,
        /// The condition on the rows that are published.
        pub filter: Option<Text>,
    }
}

object! {
    /// A schema in a publication: all its tables are published.
    pub struct PublicationSchema {
        /// The publication.
        pub publication: Text,
        /// The schema.
        pub schema: Text,
    }
}

/// Where a publication stands while it has tables with lists of columns, which no publication with
/// schemas may have.
fn column_lists(publication: &str) -> String {
    format!("publication column lists:{publication}")
}

/// The same the other way round.
fn schemas(publication: &str) -> String {
    format!("publication schemas:{publication}")
}

/// `ALTER PUBLICATION … <what>`.
fn alter_sql(publication: &str, what: &str) -> String {
    format!("ALTER PUBLICATION {} {what}", quote_ident(publication))
}

fn add(id: Id, sql: String) -> Action {
    Action::create(id, "ALTER PUBLICATION … ADD", sql)
        .hazard(Hazard::Replication, "subscribers get it after REFRESH PUBLICATION")
}

fn drop(id: Id, sql: String) -> Action {
    Action::drop(id, "ALTER PUBLICATION … DROP", sql)
        .hazard(Hazard::Replication, "subscribers no longer get its changes")
}

impl Object for PublicationTable {
    const KIND: Kind = Kind::PublicationTable;
    const CATALOG: &'static str = "pg_publication_rel";
    const IDENTITY: &'static [&'static str] = &["publication", "schema", "table"];

    fn query(server: u32) -> String {
        let (columns, filter) = if server >= 150_000 {
            (
                "(SELECT json_agg(a.attname ORDER BY a.attname) FROM unnest(r.prattrs::int2[]) u(num) \
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = u.num)",
                "pg_catalog.pg_get_expr(r.prqual, r.prrelid)",
            )
        } else {
            ("NULL", "NULL")
        };
        format!(
            "SELECT r.oid::text, json_strip_nulls(json_build_object('publication', p.pubname, \
             'schema', n.nspname, 'table', c.relname, 'columns', {columns}, 'filter', \
             {filter}))::text FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p \
             ON p.oid = r.prpubid JOIN pg_catalog.pg_class c ON c.oid = r.prrelid JOIN \
             pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE {USER_SCHEMA}"
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.publication, &self.schema, &self.table)
    }

    fn id(&self) -> Id {
        Id::new("publication_table", &[&self.publication, &self.schema, &self.table])
    }

    fn schema(&self) -> Option<&str> {
        Some(&self.schema)
    }

    fn name(&self) -> String {
        format!("{} in {}", self.table, self.publication)
    }

    fn parent(&self) -> Option<Id> {
        Some(Id::new("publication", &[&self.publication]))
    }

    fn keyword(&self) -> &'static str {
        "TABLE"
    }

    fn sql_name(&self) -> String {
        qualified(&self.schema, &self.table)
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let mut what = format!("ADD TABLE ONLY {}", self.sql_name());
        if !self.columns.is_empty() {
            let columns: Vec<_> = self.columns.iter().map(|column| quote_ident(column)).collect();
            what += &format!(" ({})", columns.join(", "));
        }
        if let Some(filter) = &self.filter {
            what += &format!(" WHERE ({filter})");
        }
        let table = Id::new("table", &[&self.schema, &self.table]);
        let mut action =
            add(Object::id(self), alter_sql(&self.publication, &what)).requires([table]);
        if !self.columns.is_empty() {
            action = action.takes(schemas(&self.publication));
        }
        vec![action]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let what = format!("DROP TABLE ONLY {}", self.sql_name());
        let mut action = drop(Object::id(self), alter_sql(&self.publication, &what));
        if !self.columns.is_empty() {
            action = action.frees(column_lists(&self.publication));
        }
        vec![action]
    }

    fn alter(&self, _: &PublicationTable, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::Replace(
            "what is published of one table cannot be altered without naming all tables".to_owned(),
        )
    }
}

impl Object for PublicationSchema {
    const KIND: Kind = Kind::PublicationSchema;
    const CATALOG: &'static str = "pg_publication_namespace";
    const IDENTITY: &'static [&'static str] = &["publication", "schema"];

    fn query(server: u32) -> String {
        if server < 150_000 {
            return "SELECT NULL::text, NULL::text WHERE false".to_owned();
        }
        format!(
            "SELECT s.oid::text, json_build_object('publication', p.pubname, 'schema', \
             n.nspname)::text FROM pg_catalog.pg_publication_namespace s JOIN \
             pg_catalog.pg_publication p ON p.oid = s.pnpubid JOIN pg_catalog.pg_namespace n ON n.oid \
             = s.pnnspid WHERE {USER_SCHEMA}"
        )
    }

    fn key(&self) -> Key<'_> {
        Key(&self.publication, &self.schema, "")
    }

    fn id(&self) -> Id {
        Id::new("publication_schema", &[&self.publication, &self.schema])
    }

    fn schema(&self) -> Option<&str> {
        Some(&self.schema)
    }

    fn name(&self) -> String {
        format!("{} in {}", self.schema, self.publication)
    }

    fn parent(&self) -> Option<Id> {
        Some(Id::new("publication", &[&self.publication]))
    }

    fn keyword(&self) -> &'static str {
        "SCHEMA"
    }

    fn sql_name(&self) -> String {
        quote_ident(&self.schema).into_owned()
    }

    fn create(&self, _: &Situation<'_>) -> Vec<Action> {
        let what = format!("ADD TABLES IN SCHEMA {}", self.sql_name());
        let action = add(Object::id(self), alter_sql(&self.publication, &what));
        vec![action.takes(column_lists(&self.publication))]
    }

    fn remove(&self, _: &Situation<'_>) -> Vec<Action> {
        let what = format!("DROP TABLES IN SCHEMA {}", self.sql_name());
        let action = drop(Object::id(self), alter_sql(&self.publication, &what));
        vec![action.frees(schemas(&self.publication))]
    }

    fn alter(&self, _: &PublicationSchema, _: &Changed, _: &Situation<'_>) -> Alteration {
        Alteration::InPlace(Vec::new())
    }
}
