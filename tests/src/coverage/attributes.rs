//! Every attribute of every kind, from the published form of the document.

use std::collections::BTreeSet;
use std::fs;

use pgparity_core::objects::Kind;
use serde_json::Value;

use crate::workspace;

/// An attribute of a kind: `type` of a column, `identity.increment` of a column. Of a list of
/// named parts it is the part's: `constraints.definition` of a domain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// The kind.
    pub kind: Kind,
    /// Its name in the document.
    pub name: String,
}

/// Identity fields by kind. Where these differ there are two objects.
const IDENTITY: &[(Kind, &[&str])] = &[
    (Kind::Function, &["argument_types"]),
    (Kind::Procedure, &["argument_types"]),
    (Kind::Aggregate, &["argument_types"]),
    (Kind::UserMapping, &["server", "role"]),
    (Kind::ExtensionMember, &["extension", "object_type", "member"]),
    (Kind::OperatorFamily, &["access_method"]),
    (Kind::OperatorClass, &["access_method"]),
    (Kind::Operator, &["left", "right", "operands"]),
    (Kind::Transform, &["data_type", "language"]),
    (Kind::PublicationTable, &["publication"]),
    (Kind::PublicationSchema, &["publication"]),
    (Kind::LargeObject, &["number"]),
    (Kind::RoleMembership, &["role", "member", "grantor"]),
    (Kind::Cast, &["source", "target"]),
    (Kind::DefaultPrivilege, &["role", "object_type"]),
];

/// Kinds that PostgreSQL gives an owner that a statement can change. The owner of what belongs to
/// a table is the table's.
const OWNED: &[Kind] = &[
    Kind::Database,
    Kind::Schema,
    Kind::Language,
    Kind::Collation,
    Kind::Conversion,
    Kind::BaseType,
    Kind::Enum,
    Kind::Composite,
    Kind::Domain,
    Kind::Range,
    Kind::Sequence,
    Kind::Function,
    Kind::Procedure,
    Kind::Aggregate,
    Kind::Operator,
    Kind::OperatorFamily,
    Kind::OperatorClass,
    Kind::TextSearchDictionary,
    Kind::TextSearchConfiguration,
    Kind::ForeignDataWrapper,
    Kind::Server,
    Kind::Table,
    Kind::View,
    Kind::MaterializedView,
    Kind::StatisticsObject,
    Kind::Publication,
    Kind::Subscription,
    Kind::LargeObject,
    Kind::EventTrigger,
];

/// Kinds with privileges: PostgreSQL manual, "GRANT" and "ALTER DEFAULT PRIVILEGES".
const GRANTED: &[Kind] = &[
    Kind::Parameter,
    Kind::Database,
    Kind::Schema,
    Kind::ExtensionMember,
    Kind::Language,
    Kind::BaseType,
    Kind::Enum,
    Kind::Composite,
    Kind::Domain,
    Kind::Range,
    Kind::Sequence,
    Kind::Function,
    Kind::Procedure,
    Kind::Aggregate,
    Kind::ForeignDataWrapper,
    Kind::Server,
    Kind::Table,
    Kind::Column,
    Kind::View,
    Kind::MaterializedView,
    Kind::LargeObject,
    Kind::DefaultPrivilege,
];

/// Kinds without a form of `COMMENT ON`.
const UNCOMMENTED: &[Kind] = &[
    Kind::ExtensionMember,
    Kind::RoleMembership,
    Kind::Parameter,
    Kind::UserMapping,
    Kind::PublicationTable,
    Kind::PublicationSchema,
    Kind::DefaultPrivilege,
];

/// Kinds with a form of `ALTER … DEPENDS ON EXTENSION`; of a key it is its index that has one.
const GOING_WITH_EXTENSIONS: &[Kind] = &[
    Kind::Function,
    Kind::Procedure,
    Kind::Aggregate,
    Kind::MaterializedView,
    Kind::Index,
    Kind::Constraint,
    Kind::Trigger,
];

/// What no statement is about: the name; what depends on what, which follows from the definitions;
/// what sort of relation the table is; what the script of an extension granted, and whose privileges
/// the list of grants names.
const FOLLOWING: &[&str] = &[
    "name",
    "depends_on",
    "expression_depends_on",
    "on_view",
    "on_materialized_view",
    "initial",
    "restricted_owner",
];

/// What views and materialized views do not share, though their columns are one struct; what is
/// read of a part, and of no account in a comparison.
const NOT_OF_KIND: &[(Kind, &[&str])] = &[
    (
        Kind::View,
        &["columns.compression", "columns.options", "columns.statistics", "columns.storage"],
    ),
    (Kind::MaterializedView, &["columns.default"]),
    // What the script of an extension granted.
    (Kind::ExtensionMember, &["columns.initial"]),
];

/// Every attribute in which an object of a kind can differ from itself.
pub fn attributes() -> BTreeSet<Attribute> {
    let path = workspace::root().join("docs/snapshot.schema.json");
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut found = BTreeSet::new();
    for kind in Kind::ALL.iter().copied() {
        let form = match kind {
            Kind::Column => &schema["$defs"]["Column"],
            _ => part(&schema, &schema["$defs"]["Objects"]["properties"][kind.as_str()]["items"]),
        };
        let properties = form["properties"].as_object().expect("a kind is a struct");
        for (name, form) in properties.iter().filter(|(name, _)| can_differ(kind, name)) {
            let mut add = |name: String| {
                let missing =
                    |(of, names): &(Kind, &[&str])| *of == kind && names.contains(&&*name);
                if !NOT_OF_KIND.iter().any(missing) {
                    found.insert(Attribute { kind, name });
                }
            };
            for part in parts(&schema, form) {
                add(format!("{name}.{part}"));
            }
            add(name.clone());
        }
    }
    found
}

/// False for what is no attribute of the kind, though every struct has the field, and for its
/// identity.
fn can_differ(kind: Kind, name: &str) -> bool {
    let identity = IDENTITY.iter().find(|(of, _)| *of == kind).map_or(&[][..], |(_, names)| names);
    match name {
        "owner" => OWNED.contains(&kind),
        "grants" => GRANTED.contains(&kind),
        "comment" => !UNCOMMENTED.contains(&kind),
        "depends_on_extensions" => GOING_WITH_EXTENSIONS.contains(&kind),
        // A schema is an attribute of an extension only.
        "schema" => kind == Kind::Extension,
        // Columns are told apart as objects of their own.
        "columns" => kind != Kind::Table,
        // Indexes and their like are told apart by their table; extended statistics are not.
        "table" => kind == Kind::StatisticsObject,
        _ => !identity.contains(&name) && !FOLLOWING.contains(&name),
    }
}

/// The struct behind a reference, a list of it, or its absence.
fn part<'s>(schema: &'s Value, form: &'s Value) -> &'s Value {
    if let Some(name) = form["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return part(schema, &schema["$defs"][name]);
    }
    let present = form["anyOf"].as_array().and_then(|forms| forms.first());
    present.map_or(form, |form| part(schema, form))
}

/// The names of what a struct, or a list of named structs, consists of.
fn parts(schema: &Value, form: &Value) -> Vec<String> {
    let listed = form["items"].is_object();
    let form = if listed { part(schema, &form["items"]) } else { part(schema, form) };
    let Some(properties) = form["properties"].as_object() else { return Vec::new() };
    if listed && !properties.contains_key("name") {
        return Vec::new();
    }
    let names = properties.keys().filter(|name| !listed || *name != "name");
    names.map(ToOwned::to_owned).collect()
}
