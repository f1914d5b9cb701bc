//! Every object kind, one file each: its fields, where the catalog holds them, its SQL.
//!
//! The registry at the end of this file lists them; everything else in the core is generic over
//! [`AnyObject`]. A new kind is one new file and one line in the registry.

mod access_method;
mod aggregate;
mod all;
mod any_list;
pub(crate) mod attach;
mod attach_partition;
mod attached;
pub(crate) mod attached_again;
mod automatic_name;
mod base_type;
mod before_15;
mod bound;
mod cast;
mod check_constraint;
mod check_domain;
mod check_partition;
mod check_rows;
mod check_value;
mod collation;
mod column;
mod column_add;
pub(crate) mod column_alter;
mod column_not_null;
pub(crate) mod column_retype;
mod composite;
mod constraint;
mod constraint_query;
mod container;
mod conversion;
mod database;
mod default_privilege;
mod domain;
mod enum_type;
mod event_trigger;
mod extension;
mod extension_member;
mod family_member;
mod foreign_data_wrapper;
mod foreign_key;
mod foreign_key_types;
mod foreign_option;
pub(crate) mod form;
mod included;
mod index;
mod indexes_anew;
mod key_index;
mod known;
mod language;
mod large_object;
mod list;
mod materialized_view;
mod moved_rows;
pub(crate) mod not_null_again;
pub(crate) mod not_null_names;
mod not_null_rename;
mod object;
mod operator;
mod operator_class;
mod operator_family;
mod own_cast;
mod parameter;
pub(crate) mod partition;
mod persistence;
mod policy;
pub(crate) mod privilege;
mod publication;
mod publication_member;
pub(crate) mod query;
mod range;
mod rebuilt_loss;
mod replica_identity;
mod role;
mod role_membership;
mod routine;
pub(crate) mod row_type;
mod row_value;
mod rule;
mod schema;
mod sequence;
mod sequence_options;
mod sequence_position;
mod server;
mod session_cast;
mod setting;
mod shell;
mod situation;
mod statistics;
mod subscription;
mod table;
mod table_alter;
mod table_links;
mod text_search_configuration;
mod text_search_dictionary;
mod text_search_parser;
mod text_search_template;
mod transform;
mod trigger;
mod twin;
mod type_change;
mod typed;
pub(crate) mod user_mapping;
pub(crate) mod view;

pub use access_method::AccessMethod;
pub use aggregate::Aggregate;
pub(crate) use any_list::{AnyList, Likeness};
pub(crate) use attached::is_default;
pub use attached::{Attached, Described, drop_action, release_all};
pub use base_type::BaseType;
pub use cast::Cast;
pub use collation::Collation;
pub use column::{Column, Identity, NotNull, ViewColumn};
pub use composite::{Composite, CompositeAttribute};
pub use constraint::{Constraint, ConstraintType};
pub use conversion::Conversion;
pub use database::{Database, RoleSettings};
pub use default_privilege::DefaultPrivilege;
pub use domain::{Domain, DomainConstraint};
pub use enum_type::Enum;
pub use event_trigger::EventTrigger;
pub use extension::Extension;
pub use extension_member::{ExtensionMember, MemberColumn};
pub use family_member::{FamilyFunction, FamilyOperator};
pub use foreign_data_wrapper::ForeignDataWrapper;
pub(crate) use foreign_key::{is_away_meanwhile, is_foreign_key};
pub(crate) use foreign_key_types::parts_meanwhile;
pub use foreign_option::ForeignOption;
pub use form::Rare;
pub(crate) use included::includes;
pub use index::Index;
pub use known::Known;
pub use language::Language;
pub use large_object::LargeObject;
pub use list::List;
pub use materialized_view::MaterializedView;
pub use object::{Alteration, AnyObject, Changed, Key, Object};
pub use operator::Operator;
pub use operator_class::OperatorClass;
pub use operator_family::OperatorFamily;
pub use parameter::Parameter;
pub(crate) use partition::on_table;
pub use policy::Policy;
pub use publication::Publication;
pub use publication_member::{PublicationSchema, PublicationTable};
pub use range::Range;
pub use role::Role;
pub use role_membership::RoleMembership;
pub use routine::{Function, Procedure};
pub use rule::Rule;
pub use schema::Schema;
pub use sequence::Sequence;
pub(crate) use sequence_position::{behind_values, identity_behind_values};
pub use server::Server;
pub(crate) use situation::rows_back;
pub use situation::{Earlier, Mode, Situation, Size};
pub use statistics::StatisticsObject;
pub use subscription::Subscription;
pub use table::{Foreign, PartitionOf, Table};
pub(crate) use table_links::with_own_expressions;
pub use text_search_configuration::{TextSearchConfiguration, TokenMapping};
pub use text_search_dictionary::TextSearchDictionary;
pub use text_search_parser::TextSearchParser;
pub use text_search_template::TextSearchTemplate;
pub use transform::Transform;
pub use trigger::Trigger;
pub(crate) use type_change::converted;
pub use user_mapping::UserMapping;
pub use view::View;

use serde::{Deserialize, Serialize};

/// Writes what must exist once per kind: the enum of kinds, the sections of the document.
macro_rules! registry {
    ($($variant:ident $name:literal $section:ident $type:ty),+ $(,)?) => {
        /// A kind of object. The order is the order in which things are created.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum Kind {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $variant,)+
            /// A column of a table: it lives inside its table, and is told apart in the drift.
            #[serde(rename = "column")]
            Column,
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)+ Kind::Column];

            /// The kind of a name, as in identities.
            pub fn named(name: &str) -> Option<Kind> {
                match name {
                    $($name => Some(Kind::$variant),)+
                    "column" => Some(Kind::Column),
                    _ => None,
                }
            }

            /// The catalog query of the kind; nothing for columns.
            pub(crate) fn catalog_query(self, server: u32) -> String {
                match self {
                    $(Kind::$variant => <$type as Object>::query(server),)+
                    Kind::Column => String::new(),
                }
            }

            /// The kind's name in identities and in the document.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Kind::$variant => $name,)+
                    Kind::Column => "column",
                }
            }
        }

        /// The objects of a snapshot, by kind, each list sorted by [`Object::key`].
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[cfg_attr(test, serde(deny_unknown_fields, default))]
        pub struct Objects {
            $(
                #[doc = concat!("Objects of the kind `", $name, "`.")]
                #[cfg_attr(test, serde(rename = $name, skip_serializing_if = "List::is_empty"))]
                pub $section: List<$type>,
            )+
        }

        impl Objects {
            /// The list of a kind; columns have none of their own.
            pub(crate) fn list(&self, kind: Kind) -> Option<&dyn AnyList> {
                match kind {
                    $(Kind::$variant => Some(&self.$section),)+
                    Kind::Column => None,
                }
            }

            /// The same, to change it.
            pub(crate) fn list_mut(&mut self, kind: Kind) -> Option<&mut dyn AnyList> {
                match kind {
                    $(Kind::$variant => Some(&mut self.$section),)+
                    Kind::Column => None,
                }
            }
        }

        impl form::Record for Objects {
            fn form(&self) -> &'static form::Form {
                const FORM: form::Form = form::Form::new(
                    "Objects",
                    &[$($name),+],
                    &[false; Kind::ALL.len() - 1],
                );
                &FORM
            }

            fn part(&self, number: usize) -> form::Part<'_> {
                let list = Kind::ALL.get(number).and_then(|kind| self.list(*kind));
                list.map_or(form::Part::None, |list| form::Part::Records(list.records()))
            }

            fn slot(&mut self, number: usize) -> form::Slot<'_> {
                let list = Kind::ALL.get(number).and_then(|kind| self.list_mut(*kind));
                list.map_or(form::Slot::None, |list| form::Slot::Records(list.records_mut()))
            }
        }

        /// The kinds with the query that reads them.
        pub(crate) fn catalog_queries(server: u32) -> Vec<(Kind, String)> {
            vec![$((Kind::$variant, <$type as Object>::query(server))),+]
        }

        /// The kinds with the catalog they live in.
        pub(crate) const CATALOGS: &[(Kind, &str)] = &[$((Kind::$variant, <$type as Object>::CATALOG)),+];
    };
}

registry! {
    Role "role" role Role,
    RoleMembership "role_membership" role_membership RoleMembership,
    Parameter "parameter" parameter Parameter,
    Database "database" database Database,
    Schema "schema" schema Schema,
    Extension "extension" extension Extension,
    ExtensionMember "extension_member" extension_member ExtensionMember,
    Language "language" language Language,
    AccessMethod "access_method" access_method AccessMethod,
    Collation "collation" collation Collation,
    Conversion "conversion" conversion Conversion,
    BaseType "base_type" base_type BaseType,
    Enum "enum" enum_type Enum,
    Composite "composite" composite Composite,
    Domain "domain" domain Domain,
    Range "range" range Range,
    Sequence "sequence" sequence Sequence,
    Function "function" function Function,
    Procedure "procedure" procedure Procedure,
    Aggregate "aggregate" aggregate Aggregate,
    Cast "cast" cast Cast,
    Operator "operator" operator Operator,
    OperatorFamily "operator_family" operator_family OperatorFamily,
    OperatorClass "operator_class" operator_class OperatorClass,
    Transform "transform" transform Transform,
    TextSearchParser "text_search_parser" text_search_parser TextSearchParser,
    TextSearchTemplate "text_search_template" text_search_template TextSearchTemplate,
    TextSearchDictionary "text_search_dictionary" text_search_dictionary TextSearchDictionary,
    TextSearchConfiguration "text_search_configuration" text_search_configuration TextSearchConfiguration,
    ForeignDataWrapper "foreign_data_wrapper" foreign_data_wrapper ForeignDataWrapper,
    Server "server" server Server,
    UserMapping "user_mapping" user_mapping UserMapping,
    Table "table" table Table,
    View "view" view View,
    MaterializedView "materialized_view" materialized_view MaterializedView,
    Index "index" index Index,
    Constraint "constraint" constraint Constraint,
    StatisticsObject "statistics_object" statistics_object StatisticsObject,
    Rule "rule" rule Rule,
    Trigger "trigger" trigger Trigger,
    Policy "policy" policy Policy,
    Publication "publication" publication Publication,
    PublicationTable "publication_table" publication_table PublicationTable,
    PublicationSchema "publication_schema" publication_schema PublicationSchema,
    Subscription "subscription" subscription Subscription,
    LargeObject "large_object" large_object LargeObject,
    DefaultPrivilege "default_privilege" default_privilege DefaultPrivilege,
    EventTrigger "event_trigger" event_trigger EventTrigger,
}

impl Kind {
    /// True for what belongs to the cluster as a whole, and is read only when it was asked for.
    pub fn of_cluster(self) -> bool {
        matches!(self, Kind::Role | Kind::RoleMembership | Kind::Parameter)
    }
}

/// The order of actions when nothing else decides, see [`crate::action::Action::rank`]: what comes
/// stands in the order of the kinds, what belongs to several of them after all of them, and what goes
/// at the end, the other way round.
pub(crate) mod rank {
    use super::Kind;

    /// What brings an object of a kind, or changes it. Columns belong to their tables.
    pub(crate) const fn comes(kind: Kind) -> u16 {
        let kind = if matches!(kind, Kind::Column) { Kind::Table } else { kind };
        10 + 2 * kind as u16
    }

    /// What removes an object of a kind.
    pub(crate) const fn goes(kind: Kind) -> u16 {
        1000 - comes(kind)
    }

    /// When the columns of all tables are what they should become.
    pub(crate) const AFTER_TABLES: u16 = comes(Kind::Table) + 1;
    /// When everything that a foreign key may point to is there.
    pub(crate) const FOREIGN_KEYS: u16 = 500;
    /// When all indexes and constraints are there.
    pub(crate) const AFTER_KEYS: u16 = 510;
    /// When all objects are there.
    pub(crate) const LAST: u16 = 520;
    /// When what is dropped is gone too: an event trigger would fire on the plan's own statements.
    pub(crate) const AFTER_DROPS: u16 = 1100;
}
