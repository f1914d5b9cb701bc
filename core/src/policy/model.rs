//! What stands in a policy. The file is `pgparity.toml`; `docs/policy.md` describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Waiver;
use crate::action::Hazard;
use crate::diff::{IgnorePreset, IgnoreRule};
use crate::objects::Kind;

/// The version of the form that this release reads.
pub const VERSION: u32 = 1;

/// How much something weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is told.
    Warning,
    /// The check fails.
    Error,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How much each sort of finding weighs, where it is not the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Severities {
    /// What is required and missing (default: error).
    pub missing: Option<Severity>,
    /// What is optional and missing (default: warning).
    pub optional: Option<Severity>,
    /// What is there and not as expected (default: error).
    pub mismatch: Option<Severity>,
    /// What must not be there and is (default: error).
    pub forbidden: Option<Severity>,
    /// What differs from the snapshot of `--against` (default: error).
    pub drift: Option<Severity>,
    /// Migrations that are not applied (default: error).
    pub pending_migrations: Option<Severity>,
    /// A history of migrations with several heads (default: error).
    pub several_heads: Option<Severity>,
    /// A migration that failed (default: error).
    pub failed_migration: Option<Severity>,
    /// A migration that began and did not end, or a lock that is held (default: warning).
    pub unfinished_migration: Option<Severity>,
    /// A waiver whose day has passed (default: error).
    pub expired_waiver: Option<Severity>,
}

/// A table by its name: whether it must be there, and what is expected of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TableRule {
    /// False when the table is optional: a warning when it is missing.
    pub required: bool,
    /// Expected values of its attributes, as the snapshot names them.
    pub attributes: BTreeMap<String, Value>,
    /// The columns by their plain names, without quotes of SQL.
    pub columns: BTreeMap<String, ColumnRule>,
}

impl Default for TableRule {
    fn default() -> TableRule {
        TableRule { required: true, attributes: BTreeMap::new(), columns: BTreeMap::new() }
    }
}

/// A column of a table: whether it must be there, and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ColumnRule {
    /// False when the column is optional: a warning when it is missing.
    pub required: bool,
    /// The type with its modifiers.
    #[serde(rename = "type")]
    pub data_type: Option<String>,
    /// Whether it may hold NULL.
    pub nullable: Option<bool>,
    /// The default expression as PostgreSQL spells it; an empty text for none.
    pub default: Option<String>,
}

impl Default for ColumnRule {
    fn default() -> ColumnRule {
        ColumnRule { required: true, data_type: None, nullable: None, default: None }
    }
}

/// Objects of any kind that must or may be there, and what is expected of them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ObjectRule {
    /// The kind, as in identities.
    pub kind: Kind,
    /// The qualified name as SQL spells it; `*` and `?` are wildcards. At least one object must match.
    pub identity: String,
    /// Of a column: the type with its modifiers.
    #[serde(rename = "type")]
    pub data_type: Option<String>,
    /// Of a column: whether it may hold NULL.
    pub nullable: Option<bool>,
    /// Of a column: the default expression as PostgreSQL spells it; an empty text for none.
    pub default: Option<String>,
    /// Expected values of attributes, as the snapshot names them.
    #[serde(default)]
    pub attributes: BTreeMap<String, Value>,
    /// Why, for those who read the report.
    pub reason: Option<String>,
}

/// Objects that must not be there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForbidRule {
    /// The kind, as in identities.
    pub kind: Kind,
    /// The qualified name as SQL spells it; `*` and `?` are wildcards.
    pub identity: String,
    /// Why, for those who read the report.
    pub reason: Option<String>,
}

/// Differences that are no drift. What is given must match; at least one part is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyIgnore {
    /// Objects of this kind only.
    pub kind: Option<Kind>,
    /// Objects whose qualified name matches this glob only.
    pub identity: Option<String>,
    /// This attribute only; without it the whole object.
    pub attribute: Option<String>,
    /// Why, for those who read the policy.
    pub reason: Option<String>,
}

impl PolicyIgnore {
    /// The rule of the comparison.
    pub(super) fn rule(&self) -> IgnoreRule {
        IgnoreRule {
            kind: self.kind,
            identity: self.identity.clone(),
            attribute: self.attribute.clone(),
            white_space: false,
        }
    }
}

/// The rules of one layer of the policy: of all environments, or of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'a> {
    pub(super) severity: &'a Severities,
    pub(super) tables: &'a BTreeMap<String, TableRule>,
    pub(super) enums: &'a BTreeMap<String, Vec<String>>,
    pub(super) require: &'a [ObjectRule],
    pub(super) optional: &'a [ObjectRule],
    pub(super) forbid: &'a [ForbidRule],
    pub(super) ignore: &'a [PolicyIgnore],
    pub(super) presets: &'a [IgnorePreset],
    pub(super) allow: &'a [Hazard],
    pub(super) waivers: &'a [Waiver],
}

/// Declares a layer: what it has of its own, and the rules that every layer may have. One list for both,
/// since `serde(flatten)` would take unknown keys without a word.
macro_rules! layer {
    ($(#[$meta:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($own)*
            /// How much each sort of finding weighs.
            #[serde(default)]
            pub severity: Severities,
            /// Tables by their qualified names, as SQL spells them: `public.orders`. No wildcards.
            #[serde(default)]
            pub tables: BTreeMap<String, TableRule>,
            /// Enum types by their qualified names, with values that they must have.
            #[serde(default)]
            pub enums: BTreeMap<String, Vec<String>>,
            /// Objects that must be there.
            #[serde(default)]
            pub require: Vec<ObjectRule>,
            /// Objects that may be there: a warning when they are missing.
            #[serde(default)]
            pub optional: Vec<ObjectRule>,
            /// Objects that must not be there.
            #[serde(default)]
            pub forbid: Vec<ForbidRule>,
            /// Differences that are no drift.
            #[serde(default)]
            pub ignore: Vec<PolicyIgnore>,
            /// Sorts of differences that are no drift.
            #[serde(default)]
            pub presets: Vec<IgnorePreset>,
            /// Hazards whose steps a plan may put into its script.
            #[serde(default)]
            pub allow: Vec<Hazard>,
            /// Findings that somebody answers for until a day.
            #[serde(default)]
            pub waivers: Vec<Waiver>,
        }

        impl $name {
            pub(super) fn rules(&self) -> Rules<'_> {
                Rules {
                    severity: &self.severity,
                    tables: &self.tables,
                    enums: &self.enums,
                    require: &self.require,
                    optional: &self.optional,
                    forbid: &self.forbid,
                    ignore: &self.ignore,
                    presets: &self.presets,
                    allow: &self.allow,
                    waivers: &self.waivers,
                }
            }
        }
    };
}

layer! {
    /// A policy: what the database of an environment must have, what may differ, and until when.
    pub struct Policy {
        /// The version of this form: 1.
        pub version: u32,
        /// What holds in one environment: severities that override, and rules that are added.
        #[serde(default)]
        pub environment: BTreeMap<String, Environment>,
    }
}

layer! {
    /// What holds in one environment, besides what holds in all.
    pub struct Environment {}
}
