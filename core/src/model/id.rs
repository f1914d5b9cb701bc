//! The identity of an object: kind and qualified name, never an OID.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::sql::{opening_bracket, quote_ident, split_name};

/// The identity of an object, as text: `table:public.orders`, `column:public.orders.total`,
/// `function:public.f(integer, text)`, `schema:billing`.
///
/// The part before the colon names the kind; the rest is the qualified name, each part quoted
/// where SQL would need it, and for routines the argument types. Two objects of one database never
/// share an identity; the same object has the same identity in every database.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(#[cfg_attr(test, schemars(with = "String"))] Arc<str>);

impl Id {
    /// An identity out of a kind's name and the unquoted parts of a name.
    pub fn new(kind: &str, parts: &[&str]) -> Id {
        let mut text = String::with_capacity(kind.len() + 24);
        text.push_str(kind);
        text.push(':');
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                text.push('.');
            }
            text.push_str(&quote_ident(part));
        }
        Id(text.into())
    }

    /// An identity out of a kind's name and a name that is already spelled in SQL.
    pub fn from_sql(kind: &str, name: &str) -> Id {
        Id(format!("{kind}:{name}").into())
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind's name: what stands before the colon.
    pub fn kind(&self) -> &str {
        self.0.split_once(':').map_or("", |(kind, _)| kind)
    }

    /// The qualified name, quoted as SQL spells it: what stands behind the colon.
    pub fn name(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, name)| name)
    }

    /// The unquoted parts of the name, and what stands behind them: the arguments of a routine, the
    /// access method of an operator class.
    pub fn split(&self) -> (Vec<String>, &str) {
        let end = match self.kind() {
            "function" | "procedure" | "aggregate" => opening_bracket(self.name()),
            "operator_class" | "operator_family" => self.name().rfind(" USING "),
            _ => None,
        };
        let (name, rest) = self.name().split_at(end.unwrap_or(self.name().len()));
        (split_name(name), rest)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Id {
        Id(text.into())
    }
}
