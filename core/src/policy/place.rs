//! Where in the policy something stands.

use std::fmt;

use serde::{Serialize, Serializer};

use super::toml_text::key;

/// One step on the way into a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an element of a list, counted from 0.
    Index(usize),
}

/// The way to a rule, from the root of the policy: `environment.production.require[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub Vec<Step>);

impl Place {
    /// A key further.
    #[must_use]
    pub fn key(&self, key: &str) -> Place {
        self.with(Step::Key(key.to_owned()))
    }

    /// An element further.
    #[must_use]
    pub fn index(&self, at: usize) -> Place {
        self.with(Step::Index(at))
    }

    fn with(&self, step: Step) -> Place {
        Place(self.0.iter().cloned().chain([step]).collect())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(name) if at == 0 => f.write_str(&key(name))?,
                Step::Key(name) => write!(f, ".{}", key(name))?,
                Step::Index(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_like_the_file() {
        let root = Place::default();
        assert_eq!(root.key("require").index(2).to_string(), "require[2]");
        let column = root.key("tables").key("public.a").key("columns").key("id");
        assert_eq!(column.to_string(), "tables.\"public.a\".columns.id");
    }
}
