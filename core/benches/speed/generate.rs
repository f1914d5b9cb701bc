//! Snapshots of the made-up schema, with every dependency that PostgreSQL would record.

use pgparity_core::model::{Grant, Id};
use pgparity_core::objects::{
    Column, Constraint, ConstraintType, Enum, Function, Identity, Index, Objects, Schema, Size,
    Table, Trigger, View, ViewColumn,
};
use pgparity_core::snapshot::{FORMAT, Snapshot, Source, VERSION, fingerprint};

use crate::schema::{ColumnSpec, TableSpec, drifted, tables};

/// About this much of a hundred tables differs.
const DRIFT: usize = 5;

/// Two states of a database of this many tables.
pub(crate) fn pair(count: usize) -> (Snapshot, Snapshot) {
    let before = tables(count);
    let after = drifted(&before, DRIFT);
    (snapshot("before", &before), snapshot("after", &after))
}

fn snapshot(label: &str, tables: &[TableSpec]) -> Snapshot {
    let mut snapshot = Snapshot {
        format: FORMAT.to_owned(),
        version: VERSION,
        source: Source {
            label: Some(label.to_owned()),
            database: "generated".to_owned(),
            server_version: "15.18".to_owned(),
            server_version_num: 150_018,
            encoding: "UTF8".to_owned(),
            ..Source::default()
        },
        ..Snapshot::default()
    };
    let mut names: Vec<&str> = tables.iter().map(|table| table.schema.as_str()).collect();
    names.dedup();
    snapshot.objects.schema = names.into_iter().map(schema).collect();
    for spec in tables.iter().filter(|table| table.present) {
        let parent = spec.parent.and_then(|(at, action)| Some((tables.get(at)?, action)));
        add(&mut snapshot.objects, spec, parent.filter(|(parent, _)| parent.present));
        let size = Size { rows: Some(1000), bytes: 98_304, index_bytes: 32_768 };
        snapshot.statistics.insert(Id::new("table", &[&spec.schema, &spec.name]), size);
    }
    snapshot.objects.sort();
    snapshot.fingerprint = fingerprint(&snapshot);
    snapshot
}

fn schema(name: &str) -> Schema {
    let grants = Some(vec![grant("app", &["USAGE"])]);
    Schema { name: name.into(), owner: Some(owner().into()), grants, ..Schema::default() }
}

fn add(objects: &mut Objects, spec: &TableSpec, parent: Option<(&TableSpec, &str)>) {
    objects.table.push(table(spec, parent.is_some()));
    objects.constraint.extend(constraints(spec, parent));
    objects.index.extend(spec.indexes.iter().map(|column| index(spec, column)));
    objects.view.extend(spec.view.map(|shown| view(spec, shown)));
    if let Some(revision) = spec.trigger {
        objects.function.push(function(spec, revision));
        objects.trigger.push(trigger(spec));
    }
    objects.enum_type.extend(spec.status.map(|values| Enum {
        schema: spec.schema.clone().into(),
        name: status(spec).into(),
        values: (0..values).map(|at| format!("state {at}").into()).collect(),
        owner: Some(owner().into()),
        ..Enum::default()
    }));
}

fn table(spec: &TableSpec, has_parent: bool) -> Table {
    let identity = Identity { always: true, start: 1, increment: 1, ..Identity::default() };
    let mut columns =
        vec![Column { identity: Some(Box::new(identity)), ..column("id", "bigint", true) }];
    columns.extend(spec.columns.iter().map(spelled));
    if has_parent {
        columns.push(column("parent_id", "bigint", false));
    }
    if spec.status.is_some() {
        columns.push(Column {
            depends_on: vec![Id::new("enum", &[&spec.schema, &status(spec)])],
            ..column("state", &format!("{}.{}", spec.schema, status(spec)), false)
        });
    }
    let mut grants = vec![grant("app", &["DELETE", "INSERT", "SELECT", "UPDATE"])];
    if spec.readers {
        grants.push(grant("readers", &["SELECT"]));
    }
    Table {
        schema: spec.schema.clone().into(),
        name: spec.name.clone().into(),
        columns,
        owner: Some(owner().into()),
        comment: spec.comment.clone().map(Into::into),
        grants: Some(grants),
        ..Table::default()
    }
}

fn spelled(spec: &ColumnSpec) -> Column {
    Column {
        default: spec.default.map(Into::into),
        comment: spec.comment.clone().map(Into::into),
        ..column(&spec.name, spec.data_type, spec.not_null)
    }
}

fn column(name: &str, data_type: &str, not_null: bool) -> Column {
    let (name, data_type) = (name.to_owned(), data_type.to_owned());
    Column { name: name.into(), data_type: data_type.into(), not_null, ..Column::default() }
}

fn constraints(spec: &TableSpec, parent: Option<(&TableSpec, &str)>) -> Vec<Constraint> {
    use ConstraintType::{Check, ForeignKey, PrimaryKey};
    let first = spec.columns.first().map_or("id", |column| column.name.as_str());
    let mut all = vec![constraint(spec, "pkey", PrimaryKey, "id", "PRIMARY KEY (id)".to_owned())];
    if let Some(bound) = spec.check {
        let sql = format!("CHECK ((length(({first})::text) >= {bound}))");
        all.push(constraint(spec, "length_check", Check, first, sql));
    }
    if let Some((parent, action)) = parent {
        let (schema, table) = (&parent.schema, &parent.name);
        let sql = format!("FOREIGN KEY (parent_id) REFERENCES {schema}.{table}(id){action}");
        let mut key = constraint(spec, "parent_fkey", ForeignKey, "parent_id", sql);
        key.references = Some(Id::new("table", &[schema, table]));
        key.depends_on.push(Id::new("column", &[schema, table, "id"]));
        key.depends_on.push(Id::new("constraint", &[schema, table, &format!("{table}_pkey")]));
        key.depends_on.sort();
        all.push(key);
    }
    all
}

fn constraint(
    spec: &TableSpec,
    ending: &str,
    kind: ConstraintType,
    column: &str,
    definition: String,
) -> Constraint {
    Constraint {
        schema: spec.schema.clone().into(),
        table: spec.name.clone().into(),
        name: format!("{}_{ending}", spec.name).into(),
        constraint_type: Some(kind),
        columns: vec![column.into()],
        definition: definition.into(),
        depends_on: vec![column_of(spec, column)],
        ..Constraint::default()
    }
}

fn index(spec: &TableSpec, column: &str) -> Index {
    Index {
        schema: spec.schema.clone().into(),
        table: spec.name.clone().into(),
        name: format!("{}_{column}_idx", spec.name).into(),
        definition: format!("USING btree ({column})").into(),
        columns: vec![column.into()],
        depends_on: vec![column_of(spec, column)],
        ..Index::default()
    }
}

fn view(spec: &TableSpec, shown: usize) -> View {
    let mut columns = vec![("id", "bigint")];
    columns.extend(spec.columns.iter().take(shown).map(|c| (c.name.as_str(), c.data_type)));
    let list: Vec<String> = columns.iter().map(|(name, _)| format!("t.{name}")).collect();
    let mut depends_on: Vec<Id> = columns.iter().map(|(name, _)| column_of(spec, name)).collect();
    depends_on.sort();
    let view_column = |(name, data_type): &(&str, &str)| ViewColumn {
        name: (*name).into(),
        data_type: (*data_type).into(),
        ..ViewColumn::default()
    };
    View {
        schema: spec.schema.clone().into(),
        name: format!("{}_shown", spec.name).into(),
        definition: format!(
            " SELECT {}\n   FROM {}.{} t\n  WHERE (t.id > 0)",
            list.join(",\n    "),
            spec.schema,
            spec.name
        )
        .into(),
        columns: columns.iter().map(view_column).collect(),
        owner: Some(owner().into()),
        grants: Some(vec![grant("readers", &["SELECT"])]),
        depends_on,
        ..View::default()
    }
}

fn function(spec: &TableSpec, revision: usize) -> Function {
    Function {
        schema: spec.schema.clone().into(),
        name: format!("{}_touch", spec.name).into(),
        returns: Some("trigger".into()),
        language: "plpgsql".into(),
        body: Some(
            format!(
                "\nBEGIN\n    -- Revision {revision}\n    IF NEW.id IS NULL THEN\n        \
             RAISE EXCEPTION 'a row of {} has no number';\n    END IF;\n    RETURN NEW;\nEND\n",
                spec.name
            )
            .into(),
        ),
        owner: Some(owner().into()),
        ..Function::default()
    }
}

fn trigger(spec: &TableSpec) -> Trigger {
    let (schema, table) = (&spec.schema, &spec.name);
    let name = format!("{table}_touched");
    Trigger {
        schema: schema.clone().into(),
        table: table.clone().into(),
        definition: format!(
            "CREATE TRIGGER {name} BEFORE UPDATE ON {schema}.{table} FOR EACH ROW EXECUTE \
             FUNCTION {schema}.{table}_touch()"
        )
        .into(),
        name: name.into(),
        depends_on: vec![Id::from_sql("function", &format!("{schema}.{table}_touch()"))],
        ..Trigger::default()
    }
}

fn status(spec: &TableSpec) -> String {
    format!("{}_state", spec.name)
}

fn column_of(spec: &TableSpec, name: &str) -> Id {
    Id::new("column", &[&spec.schema, &spec.name, name])
}

fn owner() -> String {
    "owner".to_owned()
}

fn grant(grantee: &str, privileges: &[&str]) -> Grant {
    Grant {
        grantee: grantee.to_owned(),
        privileges: privileges.iter().map(|name| (*name).to_owned()).collect(),
        ..Grant::default()
    }
}
