//! Tables: fields, catalog queries, creation and removal. How they are altered is in `table_alter`.
//!
//! PostgreSQL manual, "CREATE TABLE" and "Table Partitioning".

use super::attached::{in_schema, object};
use super::automatic_name;
use super::check_partition;
use super::column_alter::{alter_column, describe_column, finish_column, identity_name};
use super::foreign_key;
use super::foreign_option::{clause, missing, table_options_json};
use super::form::{Rare, record};
use super::moved_rows::{self, Moving};
use super::query::{
    COMPRESSION, STORAGE, USER_SCHEMA, column_grants, flag, grants, json_text,
    not_extension_member, options, owner, value,
};
use super::sequence_options::OPTIONS_JSON;
use super::table_alter::default_set;
use super::{
    Alteration, Changed, Column, Constraint, ConstraintType, ForeignOption, Kind, Object,
    Situation, drop_action, not_null_again, not_null_rename, partition, persistence, rank,
};
use crate::action::{Action, Effect, Hazard, LockMode};
use crate::model::{Id, Text};
use crate::sql::quote_ident;

record! {
    /// The place of a partition.
    pub struct PartitionOf {
        /// The partitioned table, schema-qualified and quoted.
        pub table: Text,
        /// `FOR VALUES …` or `DEFAULT`.
        pub bound: Text,
    }
}

record! {
    /// What makes a table a foreign table.
    pub struct Foreign {
        /// The foreign server.
        pub server: Text,
        /// The options, sorted by name.
        #[serde(skip_serializing_if = "crate::objects::is_default")]
        pub options: Vec<ForeignOption>,
    }
}

object! {
    /// A table: ordinary, foreign, partitioned, a partition, or a child of other tables.
    pub struct Table {
        /// The schema.
        pub schema: Text,
        /// The name.
        pub name: Text,
        /// It is not written to the write-ahead log.
        pub unlogged: bool,
        /// The partition key: `RANGE (created_at)`.
        pub partition_by: Option<Text>,
        /// The partitioned table that it is a partition of.
        pub partition_of: Option<PartitionOf>,
        /// The tables that it inherits from, schema-qualified and quoted, in their order.
        pub inherits: Vec<Text>,
        /// The composite type that it is a table of.
        pub of_type: Option<Text>,
        /// Where the rows of a foreign table are.
        pub foreign: Option<Foreign>,
        /// The access method, where it is not `heap`.
        pub access_method: Option<Text>,
        /// The tablespace, where it is not the database's.
        pub tablespace: Option<Text>,
        /// Storage parameters, sorted; those of the TOAST table begin with `toast.`.
        pub options: Vec<Text>,
        /// `FULL`, `NOTHING` or `INDEX name`; absent for the default.
        pub replica_identity: Option<Text>,
        /// Policies apply.
        pub row_security: bool,
        /// Policies apply to the owner too.
        pub force_row_security: bool,
        /// The columns in their order.
        pub columns: Vec<Column>,
    }
}

impl Object for Table {
    const KIND: Kind = Kind::Table;
    const CATALOG: &'static str = "pg_class";

    fn query(_server: u32) -> String {
        let parents = "(SELECT json_agg(pg_catalog.quote_ident(pn.nspname) || '.' || \
             pg_catalog.quote_ident(p.relname) ORDER BY h.inhseqno) FROM pg_catalog.pg_inherits h \
             JOIN pg_catalog.pg_class p ON p.oid = h.inhparent JOIN pg_catalog.pg_namespace pn ON \
             pn.oid = p.relnamespace WHERE h.inhrelid = c.oid)";
        format!(
            "SELECT c.oid::text, json_strip_nulls(json_build_object('schema', n.nspname, 'name', \
             c.relname, 'unlogged', c.relpersistence = 'u', 'partition_by', CASE WHEN c.relkind = \
             'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END, 'partition_of', CASE WHEN \
             c.relispartition THEN json_build_object('table', {parents}->>0, 'bound', \
             pg_catalog.pg_get_expr(c.relpartbound, c.oid)) END, 'inherits', CASE WHEN NOT \
             c.relispartition AND c.relhassubclass IS NOT NULL THEN {parents} END, 'of_type', CASE \
             WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END, \
             'foreign', (SELECT json_build_object('server', fs.srvname, 'options', {foreign_options}) \
             FROM pg_catalog.pg_foreign_table ft JOIN pg_catalog.pg_foreign_server fs ON fs.oid = \
             ft.ftserver WHERE ft.ftrelid = c.oid), \
             'access_method', (SELECT nullif(m.amname, 'heap') FROM pg_catalog.pg_am m WHERE m.oid = \
             c.relam), 'tablespace', (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = \
             c.reltablespace), 'options', {options}, 'replica_identity', CASE CASE WHEN c.relkind <> 'f' THEN \
             c.relreplident END WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN (SELECT 'INDEX ' || \
             pg_catalog.quote_ident(ic.relname) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class \
             ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END, \
             'row_security', c.relrowsecurity, 'force_row_security', c.relforcerowsecurity, {owner}, \
             {grants}))::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = \
             c.relnamespace LEFT JOIN pg_catalog.pg_class tc ON tc.oid = c.reltoastrelid WHERE \
             c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND {USER_SCHEMA} AND {member}",
            options = options(
                "(c.reloptions || CASE WHEN tc.reloptions IS NOT NULL THEN (SELECT \
                 array_agg('toast.' || o) FROM unnest(tc.reloptions) o) END)"
            ),
            foreign_options = table_options_json("ft.ftoptions"),
            owner = owner("c.relowner"),
            grants = grants("c.relacl", 'r', "c.relowner"),
            member = not_extension_member("pg_class", "c.oid"),
        )
    }

    in_schema!("table");

    fn keyword(&self) -> &'static str {
        if self.foreign.is_some() { "FOREIGN TABLE" } else { "TABLE" }
    }

    fn grant_keyword(&self) -> Option<&'static str> {
        Some("TABLE")
    }

    fn names(&self) -> Vec<String> {
        let own = format!("relation:{}", self.sql_name());
        // Identity sequences share the name space of relations.
        let sequences = self
            .columns
            .iter()
            .filter(|column| column.identity.is_some())
            .map(|column| identity_name(self, column));
        std::iter::once(own).chain(sequences).collect()
    }

    fn create(&self, situation: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        let command = if self.foreign.is_some() { "CREATE FOREIGN TABLE" } else { "CREATE TABLE" };
        let mut create = Action::create(id.clone(), command, self.create_sql(situation))
            .requires(self.columns.iter().flat_map(Column::needs))
            .requires(self.parent_tables().into_iter().map(|name| Id::from_sql("table", &name)));
        create.produces.extend(self.columns.iter().map(|c| c.id(&self.schema, &self.name)));
        // A partition takes part in its parent's columns, and gets all that the parent has then.
        for parent in self.parents_to(situation) {
            create
                .requires
                .extend(parent.columns.iter().map(|c| c.id(&parent.schema, &parent.name)));
            // What is done with one that is there reaches a new table, or is passed on to it, in time only.
            if !situation.comes(&Object::id(parent)) {
                let above = parent.sql_name();
                for column in &parent.columns {
                    create.takes.push(not_null_rename::named(&above, column));
                    create.takes.push(default_set(&column.id(&parent.schema, &parent.name)));
                }
            }
            if let Some(partition) = &self.partition_of {
                create.takes.extend(partition.bounds_in_the_way(situation));
                create = create.lock(LockMode::AccessExclusive, Object::id(parent));
            }
        }
        let above = self.lineage(situation.to);
        create.frees.extend(above.iter().map(|parent| format!("all below:{parent}")));
        // Rows that are copied back need the partitions.
        let attached: Vec<String> =
            self.ancestors(situation.to).iter().map(|name| format!("partitions:{name}")).collect();
        let by_itself = self.comes_by_itself(situation);
        if by_itself {
            // A check that the parents have by then would be missing.
            let above = self.ancestors(situation.to);
            create.frees.extend(above.iter().map(|parent| format!("children attached:{parent}")));
        }
        let room = moved_rows::out_of_default(self, situation);
        let makes_room = room.is_some();
        if !by_itself {
            create.frees.extend(attached.iter().cloned());
            create = check_partition::beside_default(create, self, makes_room, situation);
        }
        let mut actions = vec![create];
        if by_itself && let Some(partition) = &self.partition_of {
            let sql = format!(
                "ALTER TABLE {} ATTACH PARTITION {} {}",
                partition.table,
                self.sql_name(),
                partition.bound
            );
            let mut attach = Action::alter(id.clone(), "ALTER TABLE … ATTACH PARTITION", sql);
            attach.frees = attached;
            let attach = check_partition::beside_default(attach, self, makes_room, situation);
            actions.push(attach);
        }
        for column in self.columns.iter().filter(|_| !by_itself) {
            let base = self.inherited_form(column, situation);
            // A column of its own comes with CREATE TABLE in full, but for some settings.
            match base {
                Some(base) => actions.extend(alter_column(self, &base, column, false, situation)),
                None => actions.extend(finish_column(self, column, situation)),
            }
        }
        if by_itself {
            actions.extend(
                self.columns.iter().flat_map(|column| finish_column(self, column, situation)),
            );
        }
        actions.extend(self.settings(None));
        if let Some(foreign) = &self.foreign {
            let start = format!("ALTER FOREIGN TABLE {}", self.sql_name());
            actions.extend(missing(&id, "ALTER FOREIGN TABLE", &start, &foreign.options));
            without_rows(&mut actions);
        }
        Moving::around(room, actions)
    }

    fn remove(&self, situation: &Situation<'_>) -> Vec<Action> {
        let id = Object::id(self);
        let name = self.sql_name();
        let drop = match self.foreign {
            // The rows stay where they are.
            Some(_) => drop_action(id.clone(), "DROP FOREIGN TABLE", self.keyword(), &name)
                .lock(LockMode::AccessExclusive, id.clone()),
            None => drop_action(id.clone(), "DROP TABLE", self.keyword(), &name)
                .loses_data(&id, format!("table {name} and its rows are deleted")),
        };
        let mut drop = drop
            .releases(self.columns.iter().flat_map(Column::needs))
            .releases(self.parent_tables().into_iter().map(|name| Id::from_sql("table", &name)));
        if situation.rows_are_kept(&id) {
            drop.hazards.clear();
            drop.irreversible = None;
        }
        // The copy of a partitioned table has the rows of its partitions.
        let kept_above = |above: &Text| situation.rows_are_kept(&Id::from_sql("table", above));
        if self.partition_of.is_some() && self.ancestors(situation.from).iter().any(kept_above) {
            drop.hazards.retain(|(hazard, _)| *hazard != Hazard::DataLoss);
            drop.irreversible = None;
        }
        // The rows of a table that is built anew are copied aside while its partitions are there.
        drop.takes.extend(self.ancestors(situation.from).iter().map(|name| format!("rows:{name}")));
        // Its parent's columns may change in a way that it does not allow.
        drop.frees.extend(self.parent_tables().iter().map(|parent| format!("children:{parent}")));
        drop.frees.extend(self.partition_of.iter().flat_map(PartitionOf::bound_names));
        drop.frees.push(persistence::freed(&id));
        drop.destroys.extend(self.columns.iter().map(|c| c.id(&self.schema, &self.name)));
        let leading = self.leading_above(situation);
        drop.takes.extend(leading.iter().map(|key| persistence::gone(key)));
        // A key that goes with its table may go later than the partition.
        let stays = |key: &&&Constraint| {
            let table = situation.table_to(&key.schema, &key.table);
            table.is_none() || situation.to.find(&Object::id(**key)).is_some()
        };
        let pointing: Vec<&Constraint> = leading.iter().filter(stays).copied().collect();
        let taken_over = moved_rows::taken_over(self, situation);
        if let (Some(PartitionOf { table, .. }), true) =
            (&self.partition_of, taken_over.is_some() || !pointing.is_empty())
        {
            let mut detach = self.detach(table, situation);
            if !pointing.is_empty() {
                let why = format!("fails when foreign keys point to rows of {name}");
                detach = detach.hazard(Hazard::MayFail, why);
            }
            // Those that go or lead elsewhere are away before; what it has of them goes with it.
            let others = pointing.iter().filter(|key| key.table_id() != id);
            detach.takes.extend(others.map(|key| persistence::gone(key)));
            detach.takes.extend(foreign_key::from_above(self, situation).map(persistence::gone));
            detach.frees.retain(|name| !name.starts_with("left:"));
            // It means the old table, also where a new one of its name follows.
            detach.requires.retain(|needed| *needed != id);
            if let Some((insert, all)) = taken_over {
                if all {
                    drop.hazards.retain(|(hazard, _)| *hazard != Hazard::DataLoss);
                    drop.irreversible = None;
                } else {
                    let lost = drop.hazards.iter_mut().filter(|(h, _)| *h == Hazard::DataLoss);
                    for (_, message) in lost {
                        *message = format!(
                            "table {name} and those of its rows that no partition takes are deleted"
                        );
                    }
                }
                // It leaves its place to others with the first of the three.
                drop.frees.retain(|name| !detach.frees.contains(name));
                drop.rank = insert.rank;
                return vec![detach, insert, drop];
            }
            // Side by side, so that no transaction ends between them.
            detach.rank = rank::goes(Kind::Table);
            return vec![detach, drop];
        }
        vec![drop]
    }

    fn alter(&self, to: &Table, changed: &Changed, situation: &Situation<'_>) -> Alteration {
        self.alter_to(to, changed, situation)
    }

    fn finish(&self, _: &Situation<'_>) -> Vec<Action> {
        self.columns.iter().flat_map(|column| describe_column(self, None, column)).collect()
    }
}

impl Table {
    /// The catalog query of all columns of all tables: key is the table's OID and the column's
    /// number, value the [`Column`] as JSON.
    pub(crate) fn columns_query(server: u32) -> String {
        let statistics =
            if server >= 170_000 { "a.attstattarget" } else { "nullif(a.attstattarget, -1)" };
        // From 18 on a NOT NULL is a constraint that may have a name and be NOT VALID.
        let (not_null, inherited, join) = if server >= 180_000 {
            let automatic = automatic_name::of_column_sql("c.relname", "a.attname", "not_null");
            (
                format!(
                    "nullif(jsonb_strip_nulls(jsonb_build_object('name', CASE WHEN NOT \
                     c.relispartition AND nn.conislocal AND nn.conname <> {automatic} THEN \
                     nn.conname END, 'not_valid', CASE WHEN NOT nn.convalidated THEN true END, \
                     'no_inherit', CASE WHEN nn.connoinherit THEN true END, 'comment', \
                     pg_catalog.obj_description(nn.oid, 'pg_constraint')))::text, '{{}}')::json"
                ),
                format!(
                    "CASE WHEN (c.relispartition OR NOT nn.conislocal) AND nn.conname <> \
                     {automatic} THEN nn.conname END"
                ),
                "LEFT JOIN pg_catalog.pg_constraint nn ON a.attnotnull AND nn.conrelid = a.attrelid \
                 AND nn.contype = 'n' AND nn.conkey[1] = a.attnum",
            )
        } else {
            ("NULL::text".to_owned(), "NULL::text".to_owned(), "")
        };
        // No default holds a column, so that the table need not be opened for it.
        let default = "pg_catalog.pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0::oid ELSE \
             d.adrelid END)";
        let identity = format!(
            "CASE WHEN a.attidentity <> '' THEN (SELECT json_build_object('always', a.attidentity = 'a', \
             {OPTIONS_JSON}, 'sequence', CASE WHEN sc.relname <> {automatic} THEN pg_catalog.quote_ident(n.nspname) || '.' || \
             pg_catalog.quote_ident(sc.relname) END, 'comment', pg_catalog.obj_description(sc.oid, \
             'pg_class'), {sequence_grants}) FROM pg_catalog.pg_depend id JOIN \
             pg_catalog.pg_sequence s ON s.seqrelid = id.objid JOIN pg_catalog.pg_class sc ON sc.oid \
             = id.objid WHERE id.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND \
             id.refobjid = a.attrelid AND id.refobjsubid = a.attnum AND id.deptype = 'i' AND \
             id.classid = 'pg_catalog.pg_class'::pg_catalog.regclass) END",
            automatic = automatic_name::of_column_sql("c.relname", "a.attname", "seq"),
            sequence_grants = grants("sc.relacl", 's', "c.relowner"),
        );
        let members = [
            value("type", "pg_catalog.format_type(a.atttypid, a.atttypmod)"),
            value(
                "collation",
                "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT \
                 pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) FROM \
                 pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = \
                 co.collnamespace WHERE co.oid = a.attcollation) END",
            ),
            flag("not_null", "a.attnotnull"),
            value("not_null_constraint", not_null),
            value("inherited_not_null", inherited),
            value("default", format!("CASE WHEN a.attgenerated = '' THEN {default} END")),
            value("generated", format!("CASE WHEN a.attgenerated <> '' THEN {default} END")),
            flag("virtual", "a.attgenerated = 'v'"),
            value("identity", identity),
            value("storage", STORAGE),
            value("compression", COMPRESSION),
            value("statistics", statistics),
            value("options", options("a.attoptions")),
            value("foreign_options", table_options_json("a.attfdwoptions")),
            flag("inherited", "NOT a.attislocal AND NOT c.relispartition"),
            value("grants", column_grants("a.attacl", "c.relowner")),
        ];
        format!(
            "SELECT a.attrelid || '.' || a.attnum, {object} FROM pg_catalog.pg_attribute a JOIN \
             pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = \
             c.relnamespace JOIN pg_catalog.pg_type t ON t.oid = a.atttypid LEFT JOIN \
             pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum {join} WHERE \
             a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence \
             <> 't' AND {USER_SCHEMA} ORDER BY a.attrelid, a.attnum",
            object = json_text(("name", "a.attname"), &members),
        )
    }

    /// What the table has of a column by its parents alone; `None` when they do not have it.
    pub(super) fn inherited_form(
        &self,
        column: &Column,
        situation: &Situation<'_>,
    ) -> Option<Column> {
        if self.partition_of.is_none() && !column.inherited {
            return None;
        }
        self.parents_to(situation).iter().find_map(|parent| {
            let above = parent.columns.iter().find(|c| c.name == column.name)?;
            let mut base = Column {
                inherited: column.inherited,
                // These do not come from the parent.
                comment: None,
                grants: Rare::default(),
                security_labels: Rare::default(),
                statistics: None,
                options: Rare::default(),
                foreign_options: Rare::default(),
                identity: column.identity.clone(),
                ..above.clone().passed_on()
            };
            if above.not_null && column.not_null {
                not_null_again::as_it_comes(&mut base, parent, column, situation);
            }
            Some(base)
        })
    }

    /// True for a partition that is created as a table and then attached: `PARTITION OF` would give
    /// it an index where it should have a key, or, from 18 on, its NOT NULL constraints other names
    /// than they should have.
    fn comes_by_itself(&self, situation: &Situation<'_>) -> bool {
        if self.partition_of.is_none() || self.foreign.is_some() || !situation.is_plan() {
            return false;
        }
        let mut keys = partition::on_table(&situation.to.constraint, &self.schema, &self.name);
        keys.any(|key| partition::comes_with_table_alone(key, situation))
            || situation.named_not_null && self.has_other_not_null_names(situation)
    }

    fn has_other_not_null_names(&self, situation: &Situation<'_>) -> bool {
        self.parents_to(situation).iter().any(|parent| {
            self.columns.iter().filter(|column| column.not_null).any(|column| {
                let above = parent.columns.iter().find(|c| c.name == column.name);
                above.is_some_and(|above| {
                    above.not_null && column.not_null_name(self) != above.not_null_name(parent)
                })
            })
        })
    }

    /// The checks that it has from its parents, and the keys that become parts of indexes, as
    /// `CREATE TABLE` spells them.
    fn checks_of_parents(&self, situation: &Situation<'_>) -> Vec<String> {
        let all = partition::on_table(&situation.to.constraint, &self.schema, &self.name);
        all.filter(|part| {
            part.kind_of() == ConstraintType::Check
                && part.attached_to.as_ref().is_some_and(|above| !situation.comes(above))
                || partition::comes_with_table_alone(*part, situation)
        })
        .map(Constraint::named)
        .collect()
    }

    fn create_sql(&self, situation: &Situation<'_>) -> String {
        let unlogged = if self.unlogged { "UNLOGGED " } else { "" };
        let mut sql = format!("CREATE {unlogged}{} {}", self.keyword(), self.sql_name());
        match &self.partition_of {
            Some(_) if self.comes_by_itself(situation) => {
                let columns = self.columns.iter().cloned().map(Column::with_own_not_null);
                // The identity is the parent's; the checks must be there to be attached.
                let columns = columns
                    .map(|column| Column { identity: None, ..column }.definition(true))
                    .chain(self.checks_of_parents(situation));
                sql += &format!(" (\n    {}\n)", columns.collect::<Vec<_>>().join(",\n    "));
            }
            Some(partition) => {
                sql += &format!(" PARTITION OF {} {}", partition.table, partition.bound);
            }
            None if self.of_type.is_some() => {
                sql += &format!(" OF {}", self.of_type.as_deref().unwrap_or_default());
                let own: Vec<String> =
                    self.columns.iter().filter_map(Column::typed_options).collect();
                if !own.is_empty() {
                    sql += &format!(" (\n    {}\n)", own.join(",\n    "));
                }
            }
            None => {
                let columns: Vec<String> = self
                    .columns
                    .iter()
                    .filter_map(|column| match self.inherited_form(column, situation) {
                        // It has the NOT NULL from a parent, and not by itself (PostgreSQL 18).
                        None if column.inherited_not_null.is_some() => {
                            Some(Column { not_null: false, ..column.clone() }.definition(true))
                        }
                        None => Some(column.definition(true)),
                        Some(above) if above.not_null => column.own_not_null(),
                        Some(_) => None,
                    })
                    .collect();
                sql += &if columns.is_empty() {
                    " ()".to_owned()
                } else {
                    format!(" (\n    {}\n)", columns.join(",\n    "))
                };
            }
        }
        if !self.inherits.is_empty() {
            sql += &format!(" INHERITS ({})", self.inherits.join(", "));
        }
        if let Some(key) = &self.partition_by {
            sql += &format!(" PARTITION BY {key}");
        }
        if let Some(foreign) = &self.foreign {
            let server = quote_ident(&foreign.server);
            sql += &format!(" SERVER {server}{}", clause(&foreign.options));
        }
        if let Some(method) = &self.access_method {
            sql += &format!(" USING {}", quote_ident(method));
        }
        if !self.options.is_empty() {
            sql += &format!(" WITH ({})", self.options.join(", "));
        }
        if let Some(tablespace) = &self.tablespace {
            sql += &format!(" TABLESPACE {}", quote_ident(tablespace));
        }
        sql
    }
}

/// Takes from actions what they would mean for rows: those of a foreign table are elsewhere, and
/// PostgreSQL neither reads nor changes them.
pub(super) fn without_rows(actions: &mut [Action]) {
    for action in actions {
        action.hazards.retain(|(hazard, _)| {
            !matches!(
                hazard,
                Hazard::DataLoss | Hazard::TableRewrite | Hazard::TableScan | Hazard::MayFail
            )
        });
        action.effect = Effect::Catalog;
        action.irreversible = None;
        action.checks.clear();
    }
}

impl Column {
    /// What a column of a typed table adds to its type.
    fn typed_options(&self) -> Option<String> {
        let mut sql = format!("{} WITH OPTIONS", quote_ident(&self.name));
        let bare = sql.len();
        if let Some(default) = &self.default {
            sql += &format!(" DEFAULT {default}");
        }
        if let Some(expression) = &*self.generated {
            sql += &format!(" GENERATED ALWAYS AS ({expression}) STORED");
        }
        if self.not_null {
            sql += " NOT NULL";
        }
        (sql.len() > bare).then_some(sql)
    }
}
