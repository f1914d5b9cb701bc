//! The environments of an archive in short.

use serde::Serialize;

use crate::report::words::{counted, number};
use crate::report::{Colour, Lines, Style};

/// All environments, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// A row for each.
    pub environments: Vec<OverviewRow>,
}

/// One environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverviewRow {
    /// Its name.
    pub environment: String,
    /// How many snapshots there are of it.
    pub snapshots: usize,
    /// Their size as they are kept, in bytes.
    pub bytes: u64,
    /// When the oldest was taken, RFC 3339 in UTC.
    pub first: String,
    /// When what is there now was first seen.
    pub last: String,
    /// When it was seen again, the last time.
    pub seen: Option<String>,
    /// Its fingerprint, `sha256:…`.
    pub fingerprint: String,
    /// The database's name; `None` where the archive has no index of it.
    pub database: Option<String>,
    /// The server's version.
    pub server_version: Option<String>,
    /// How many objects it holds, columns included.
    pub objects: Option<usize>,
}

impl Overview {
    /// The overview as text.
    pub fn text(&self, style: Style) -> String {
        let mut lines = Lines::new(style);
        for (at, row) in self.environments.iter().enumerate() {
            if at > 0 {
                lines.gap();
            }
            let count = counted(row.snapshots, "snapshot");
            let head = format!("{}: {count}, {} bytes", row.environment, number(row.bytes));
            lines.put(0, Some(Colour::Heading), &head);
            let seen = row.seen.as_deref();
            let seen = seen.map(|seen| format!(", the same at {seen}")).unwrap_or_default();
            lines.put(2, None, &format!("the newest of {}{seen}", row.last));
            lines.put(2, None, &format!("the oldest of {}", row.first));
            if let (Some(database), Some(version), Some(objects)) =
                (&row.database, &row.server_version, row.objects)
            {
                let objects = counted(objects, "object");
                lines.put(
                    2,
                    None,
                    &format!("database {database} · PostgreSQL {version} · {objects}"),
                );
            }
        }
        lines.finish()
    }
}
