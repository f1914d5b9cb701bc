//! Privileges and security labels, in a form that does not depend on the order they were given in.

use serde::{Deserialize, Serialize};

/// What one role may do with an object, as one role gave it.
///
/// A list of grants is sorted by grantee and grantor. The owner is left out while it holds every
/// privilege that the object's kind knows, so that servers that know different privileges agree.
/// No list at all means the default of `acldefault()`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role that holds the privileges; `PUBLIC` for everyone.
    pub grantee: String,
    /// The role that gave them, where that is not the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantor: Option<String>,
    /// The privileges, by name, sorted: `SELECT`, `USAGE` …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub privileges: Vec<String>,
    /// Those that the role may pass on, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_grant_option: Vec<String>,
}

/// A label of a security label provider.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SecurityLabel {
    /// The provider's name.
    pub provider: String,
    /// The label.
    pub label: String,
}
