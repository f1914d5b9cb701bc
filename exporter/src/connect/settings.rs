//! Connection settings as text, before they mean anything: where they come from and which wins.
//!
//! libpq's order: the URL, then the service file, then the environment. What is still missing gets
//! its default in `params`.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, bail};

use super::keywords::{self, Handling, KEYWORDS};

/// The environment, as a function, so that tests need not change the process's own.
pub(crate) type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Keyword and value. The values stay private: [`fmt::Debug`] shows the keywords only.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    values: BTreeMap<&'static str, String>,
}

impl Settings {
    /// The value of a keyword; an empty one counts as not given, as in libpq.
    pub(crate) fn get(&self, keyword: &str) -> Option<&str> {
        self.values.get(keyword).map(String::as_str).filter(|v| !v.is_empty())
    }

    /// Sets a value; `false` when there is no such keyword.
    pub(crate) fn set(&mut self, keyword: &str, value: String) -> bool {
        match keywords::find(keyword) {
            Some(known) => {
                self.values.insert(known.name, value);
                true
            }
            None => false,
        }
    }

    /// Takes over what is not set here yet.
    pub(crate) fn fill_from(&mut self, other: Settings) {
        for (keyword, value) in other.values {
            self.values.entry(keyword).or_insert(value);
        }
    }

    /// Takes over the variables of the environment for what is not set here yet.
    pub(crate) fn fill_from_env(&mut self, env: Env<'_>) {
        for keyword in KEYWORDS {
            let Some(value) = keyword.env.and_then(env) else { continue };
            self.values.entry(keyword.name).or_insert(value);
        }
    }

    /// Refuses what this program cannot honour and must not ignore.
    pub(crate) fn check_supported(&self) -> Result<()> {
        for keyword in KEYWORDS {
            let Handling::OnlyWith(accepted) = keyword.handling else { continue };
            let Some(value) = self.get(keyword.name) else { continue };
            if accepted.contains(&value) {
                continue;
            }
            let from = keyword.env.map_or_else(String::new, |env| format!(" (or {env})"));
            if accepted.is_empty() {
                bail!(
                    "the connection parameter {}{from} is not supported: remove it",
                    keyword.name
                );
            }
            bail!(
                "this value of the connection parameter {}{from} is not supported; supported are: {}",
                keyword.name,
                accepted.join(", ")
            );
        }
        Ok(())
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn values_never_show_in_debug_output() {
        let mut settings = Settings::default();
        assert!(settings.set("password", "hunter2".into()));
        assert!(settings.set("host", "db.example".into()));
        assert_eq!(format!("{settings:?}"), r#"{"host", "password"}"#);
    }

    #[test]
    fn what_is_set_wins_over_the_environment() {
        let mut settings = Settings::default();
        settings.set("user", "alice".into());
        settings.fill_from_env(&|name| match name {
            "PGUSER" => Some("bob".into()),
            "PGDATABASE" => Some("shop".into()),
            _ => None,
        });
        assert_eq!(settings.get("user"), Some("alice"));
        assert_eq!(settings.get("dbname"), Some("shop"));
    }

    #[test]
    fn what_would_be_weakened_is_refused() {
        for (keyword, value) in [
            ("requirepeer", "postgres"),
            ("require_auth", "scram-sha-256"),
            ("gssencmode", "require"),
        ] {
            let mut settings = Settings::default();
            settings.set(keyword, value.into());
            let error = settings.check_supported().unwrap_err().to_string();
            assert!(error.contains(keyword), "{error}");
        }
        let mut settings = Settings::default();
        settings.set("gssencmode", "prefer".into());
        settings.check_supported().unwrap();
    }
}
