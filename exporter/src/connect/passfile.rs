//! Password files: `~/.pgpass`.
//!
//! Source: PostgreSQL manual, "The Password File".

use std::fs;
use std::path::Path;

use tracing::{debug, warn};

use super::secret::Secret;

/// Whose password is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// Host name or address; `localhost` for the default socket directory.
    pub(crate) host: &'a str,
    /// Port.
    pub(crate) port: u16,
    /// Database.
    pub(crate) database: &'a str,
    /// User.
    pub(crate) user: &'a str,
}

/// The password of the first line that fits. A file that others may read is not used, as in libpq.
pub(crate) fn look_up(path: &Path, wanted: Entry<'_>) -> Option<Secret> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            debug!("no password file {}: {error}", path.display());
            return None;
        }
    };
    if !metadata.is_file() {
        warn!("password file {} is not a plain file: not used", path.display());
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if metadata.permissions().mode() & 0o077 != 0 {
            warn!(
                "password file {} has group or world access: not used; permissions should be \
                 u=rw (0600) or less",
                path.display()
            );
            return None;
        }
    }
    match fs::read_to_string(path) {
        Ok(text) => find(&text, wanted),
        Err(error) => {
            warn!("cannot read the password file {}: {error}", path.display());
            None
        }
    }
}

fn find(text: &str, wanted: Entry<'_>) -> Option<Secret> {
    let port = wanted.port.to_string();
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let rest = field(line, wanted.host)?;
            let rest = field(rest, &port)?;
            let rest = field(rest, wanted.database)?;
            field(rest, wanted.user)
        })
        .map(|password| Secret::new(unescape(password)))
}

/// What follows the first field of the line, when that field is `*` or equals `wanted`.
fn field<'a>(line: &'a str, wanted: &str) -> Option<&'a str> {
    if let Some(rest) = line.strip_prefix("*:") {
        return Some(rest);
    }
    let mut escaped = false;
    let end = line.char_indices().find_map(|(index, c)| {
        let ends = c == ':' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(index)
    })?;
    (unescape(&line[..end]) == wanted).then(|| &line[end + 1..])
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next().or(Some(c)) } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let wanted = Entry { host: "db.example", port: 5432, database: "shop", user: "alice" };
        assert_eq!(find(text, wanted).as_ref().map(Secret::expose), expected, "{text}");
    }

    #[test]
    fn the_first_line_that_fits_wins() {
        check("db.example:5432:shop:alice:one\n*:*:*:*:two", Some("one"));
        check("db.example:5433:shop:alice:one\n*:*:*:*:two", Some("two"));
        check("#db.example:5432:shop:alice:one", None);
        check("db.example:5432:shop:bob:one", None);
        check("db.example:5432:shop", None);
        check("", None);
    }

    #[test]
    fn escapes_in_fields_and_passwords() {
        check(r"*:*:*:alice:a\:b\\c", Some(r"a:b\c"));
        check("*:*:*:alice:a:b", Some("a:b"));
        check("*:*:*:alice: spaces stay ", Some(" spaces stay "));
        check("*:*:*:al\\ice:x", Some("x"));
        let wanted = Entry { host: "::1", port: 1, database: "a\\b", user: "u" };
        let found = find(r"\:\:1:1:a\\b:u:pw", wanted);
        assert_eq!(found.as_ref().map(Secret::expose), Some("pw"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_not_used() -> std::io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let wanted = Entry { host: "h", port: 1, database: "d", user: "u" };
        let file = tempfile::NamedTempFile::new()?;
        fs::write(file.path(), "*:*:*:*:pw")?;
        assert!(look_up(file.path(), wanted).is_some());
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o640))?;
        assert!(look_up(file.path(), wanted).is_none());
        Ok(())
    }
}
