//! The form of the document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Side;
use crate::migrations::Ledger;
use crate::model::Id;
use crate::objects::{Objects, Size};

/// What the `format` member says.
pub const FORMAT: &str = "pgparity-snapshot";
/// The version of the form that this release writes.
pub const VERSION: u32 = 1;

/// One database at one instant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// A hash over all that can drift: equal for equal databases.
    pub fingerprint: String,
    /// Where, when and how it was taken.
    pub source: Source,
    /// The objects by kind.
    #[serde(default)]
    pub objects: Objects,
    /// User objects of kinds that the document does not describe, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmodelled: Vec<Unmodelled>,
    /// Sizes of tables and materialized views; never drift.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub statistics: BTreeMap<Id, Size>,
    /// Histories of migrations, by the tables of their tools; never drift.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrations: Vec<Ledger>,
}

/// Where, when and how a snapshot was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// What the person called it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The database's name.
    pub database: String,
    /// The server's version for people.
    pub server_version: String,
    /// The same as a number: `150018`.
    pub server_version_num: u32,
    /// The encoding.
    pub encoding: String,
    /// `LC_COLLATE`, or the ICU or builtin locale.
    pub collation: String,
    /// `LC_CTYPE`.
    pub ctype: String,
    /// `libc`, `icu` or `builtin`.
    pub locale_provider: String,
    /// When, RFC 3339 in UTC.
    pub captured_at: String,
    /// The release that wrote it.
    pub exporter_version: String,
    /// The schemas it was limited to, as globs; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<String>,
    /// The schemas that were left out, as globs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded_schemas: Vec<String>,
    /// Roles, memberships and grants on parameters were asked for.
    #[serde(skip_serializing_if = "crate::objects::is_default")]
    pub roles: bool,
    /// Histories of migrations were looked for.
    #[serde(skip_serializing_if = "crate::objects::is_default")]
    pub migrations: bool,
    /// What the role could not read, or this release does not read though it was asked to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<String>,
}

/// A user object of a kind that the document does not describe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unmodelled {
    /// Its kind, in PostgreSQL's words.
    pub kind: String,
    /// Its identity, in PostgreSQL's spelling.
    pub name: String,
}

impl Snapshot {
    /// Which database it is of, in short.
    pub fn side(&self) -> Side {
        Side {
            label: self.source.label.clone().unwrap_or_else(|| self.source.database.clone()),
            database: self.source.database.clone(),
            server_version: self.source.server_version.clone(),
            captured_at: self.source.captured_at.clone(),
            fingerprint: self.fingerprint.clone(),
            objects: self.objects.len()
                + self.objects.table.iter().map(|table| table.columns.len()).sum::<usize>(),
        }
    }
}
