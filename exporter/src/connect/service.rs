//! Connection service files: `pg_service.conf`.
//!
//! Source: PostgreSQL manual, "The Connection Service File".

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::settings::{Env, Settings};

/// The settings of a service, looked up where libpq looks it up.
pub(crate) fn load(name: &str, file: Option<&str>, env: Env<'_>) -> Result<Settings> {
    let files = candidates(file, env);
    for path in &files {
        if !path.exists() {
            continue;
        }
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the service file {}", path.display()))?;
        if let Some(settings) = parse(&text, name, path)? {
            return Ok(settings);
        }
    }
    let looked = files.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ");
    bail!("definition of service {name:?} not found; looked in: {looked}");
}

fn candidates(file: Option<&str>, env: Env<'_>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    match file {
        Some(file) => files.push(PathBuf::from(file)),
        None => files.extend(super::home(env).map(|home| home.join(".pg_service.conf"))),
    }
    let system = env("PGSYSCONFDIR").unwrap_or_else(|| "/etc/postgresql-common".to_owned());
    files.push(Path::new(&system).join("pg_service.conf"));
    files
}

/// The settings in the group `[name]`; `None` when the file has no such group.
fn parse(text: &str, name: &str, path: &Path) -> Result<Option<Settings>> {
    let mut found: Option<Settings> = None;
    for (index, line) in text.lines().enumerate() {
        let at = || format!("{}, line {}", path.display(), index + 1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(group) = line.strip_prefix('[') {
            if found.is_some() {
                break;
            }
            if group.strip_suffix(']') == Some(name) {
                found = Some(Settings::default());
            }
            continue;
        }
        let Some(settings) = &mut found else { continue };
        if line.starts_with("ldap") {
            bail!("{}: service definitions by LDAP are not supported", at());
        }
        let Some((keyword, value)) = line.split_once('=') else {
            bail!("{}: expected keyword=value", at());
        };
        if keyword == "service" || keyword == "servicefile" {
            bail!("{}: a service cannot refer to another service", at());
        }
        if settings.get(keyword).is_none() && !settings.set(keyword, value.to_owned()) {
            bail!("{}: unknown connection parameter {keyword:?}", at());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    const FILE: &str = "# comment\n[other]\nhost=wrong\n\n[shop]\n  host=db.example\nport=6432\n\
                        password=p=q#r\nhost=second\n[later]\nuser=wrong\n";

    #[test]
    fn only_the_named_group_counts_and_the_first_value_wins() {
        let settings = parse(FILE, "shop", Path::new("f")).unwrap().unwrap();
        assert_eq!(settings.get("host"), Some("db.example"));
        assert_eq!(settings.get("port"), Some("6432"));
        assert_eq!(settings.get("password"), Some("p=q#r"));
        assert_eq!(settings.get("user"), None);
    }

    #[test]
    fn errors_name_the_line_but_not_the_value() {
        let check = |text: &str, expected: &str| {
            let error = parse(text, "s", Path::new("f")).unwrap_err().to_string();
            assert_eq!(error, expected);
        };
        check("[s]\npassword hunter2", "f, line 2: expected keyword=value");
        check("[s]\npasword=hunter2", "f, line 2: unknown connection parameter \"pasword\"");
        check("[s]\nservice=t", "f, line 2: a service cannot refer to another service");
    }

    #[test]
    fn a_missing_service_names_the_files() {
        let error = load("nope", Some("/nonexistent/x.conf"), &|_| None).unwrap_err().to_string();
        assert!(error.contains("\"nope\"") && error.contains("/nonexistent/x.conf"), "{error}");
    }
}
