//! The desk: which snapshot lies on which side, and what to know of the two before comparing.

use std::rc::Rc;

use pgparity_core::catalog;
use pgparity_core::snapshot::{Document, Side, Snapshot, SnapshotError};

use crate::protocol::{Refusal, Sides, Slot};

/// Holds the snapshot of each side.
#[derive(Default)]
pub(super) struct Desk {
    from: Option<Rc<Snapshot>>,
    to: Option<Rc<Snapshot>>,
    /// The document of the only snapshot: what stands in another word for word is not read again.
    only: Option<Document>,
    guessed: bool,
}

impl Desk {
    /// Reads a snapshot and lays it on a side. Without one, it takes the free side, and two
    /// snapshots are ordered by capture time.
    pub(super) fn open(
        &mut self,
        slot: Option<Slot>,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Refusal> {
        let read = self.read(name, bytes)?;
        match slot {
            Some(Slot::From) => self.put(Some(read), None),
            Some(Slot::To) => self.put(None, Some(read)),
            None if self.from.is_none() && self.to.is_none() => self.put(Some(read), None),
            None => {
                // With both sides taken, the new one is the next desired state.
                let kept = self.from.take().or_else(|| self.to.take());
                self.from = kept;
                self.to = Some(read);
                self.guess();
            }
        }
        Ok(())
    }

    /// Reads two snapshots, `from` first, and lays them on the sides.
    pub(super) fn open_pair(&mut self, files: &[Vec<u8>]) -> Result<(), Refusal> {
        let [from, to] = files else {
            return Err(Refusal {
                file: "sample".to_owned(),
                problem: "The two sample snapshots did not arrive.".to_owned(),
                fix: "Reload the page.".to_owned(),
            });
        };
        let mut desk = Desk::default();
        let from = desk.read("production.json", from)?;
        desk.put(Some(from), None);
        let to = desk.read("development.json", to)?;
        desk.put(None, Some(to));
        *self = desk;
        Ok(())
    }

    /// Exchanges the sides.
    pub(super) fn swap(&mut self) {
        std::mem::swap(&mut self.from, &mut self.to);
        self.guessed = false;
    }

    /// Takes the snapshot of one side away.
    pub(super) fn close(&mut self, slot: Slot) {
        match slot {
            Slot::From => self.from = None,
            Slot::To => self.to = None,
        }
        self.only = None;
        self.guessed = false;
    }

    /// Both snapshots, when both are there.
    pub(super) fn both(&self) -> Option<(Rc<Snapshot>, Rc<Snapshot>)> {
        self.from.clone().zip(self.to.clone())
    }

    /// Who is on which side, for people.
    pub(super) fn sides(&self) -> Sides {
        let from = self.from.as_ref().map(|snapshot| snapshot.side());
        let to = self.to.as_ref().map(|snapshot| snapshot.side());
        let notices = match (&from, &to) {
            (Some(from), Some(to)) => notices(from, to),
            _ => Vec::new(),
        };
        Sides { from, to, guessed: self.guessed, notices }
    }

    /// Reads a snapshot; the first one keeps its document until there is another.
    fn read(&mut self, name: &str, bytes: &[u8]) -> Result<Rc<Snapshot>, Refusal> {
        if let Some((problem, fix)) = other_format(bytes) {
            return Err(Refusal {
                file: name.to_owned(),
                problem: problem.to_owned(),
                fix: fix.to_owned(),
            });
        }
        let refused = |error: SnapshotError| Refusal {
            file: name.to_owned(),
            problem: error.to_string(),
            fix: "A snapshot is made by: pgparity export -o snapshot.json".to_owned(),
        };
        if self.from.is_none() && self.to.is_none() {
            let document = document(bytes).map_err(refused)?;
            let snapshot = document.snapshot().clone();
            self.only = Some(document);
            return Ok(Rc::new(snapshot));
        }
        let read = match &self.only {
            Some(only) => catalog::read_beside(only, bytes),
            None => catalog::read(bytes),
        };
        let snapshot = read.map_err(refused)?;
        self.only = None;
        Ok(Rc::new(snapshot))
    }

    fn put(&mut self, from: Option<Rc<Snapshot>>, to: Option<Rc<Snapshot>>) {
        self.guessed = false;
        self.from = from.or_else(|| self.from.take());
        self.to = to.or_else(|| self.to.take());
    }

    /// Orders the two by capture time: the older one is what is, the newer one what should be.
    fn guess(&mut self) {
        if let Some((from, to)) = self.both() {
            if from.side().captured_at > to.side().captured_at {
                std::mem::swap(&mut self.from, &mut self.to);
            }
            self.guessed = true;
        }
    }
}

/// What a person should know of two snapshots before comparing them.
fn notices(from: &Side, to: &Side) -> Vec<String> {
    let mut found = Vec::new();
    // RFC 3339 in UTC: the order of the texts is the order in time.
    if to.captured_at < from.captured_at {
        found.push(format!(
            "To ({}) was captured before From ({}). If you do not mean to go back in time, swap \
             the sides.",
            to.label, from.label
        ));
    }
    let major = |side: &Side| side.server_version.split('.').next().map(str::to_owned);
    if major(from) != major(to) {
        found.push(format!(
            "The servers differ in their major version: From runs PostgreSQL {}, To runs {}. What \
             the newer one knows, the older one may refuse.",
            from.server_version, to.server_version
        ));
    }
    if from.fingerprint == to.fingerprint {
        found.push("Both snapshots have the same fingerprint: the schemas are equal.".to_owned());
    }
    found
}

/// Reads a document, which others can be read beside.
fn document(bytes: &[u8]) -> Result<Document, SnapshotError> {
    match str::from_utf8(bytes) {
        Ok(text) => catalog::read_document(text.to_owned()),
        Err(_) => catalog::read(bytes).map(Document::from),
    }
}

/// Files that people take for a snapshot: what they are, and what to do instead.
fn other_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const EXPORT: &str = "Run `pgparity export -o snapshot.json` against the database.";
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Some((
            "The file is packed with zstd, which a browser cannot unpack.",
            "Unpack it with `zstd -d`, or pack it with gzip instead.",
        ));
    }
    if head.starts_with(b"PGDMP") {
        return Some(("This is a pg_dump archive; a JSON snapshot was expected.", EXPORT));
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.contains("-- PostgreSQL database dump") {
        return Some(("This is a pg_dump SQL file; a JSON snapshot was expected.", EXPORT));
    }
    let upper = start.get(..16).unwrap_or(start).to_ascii_uppercase();
    let sql = ["CREATE ", "ALTER ", "SET ", "BEGIN", "--", "/*", "DROP "];
    if sql.iter().any(|word| upper.starts_with(word)) {
        return Some(("This looks like SQL; a JSON snapshot was expected.", EXPORT));
    }
    if bytes.is_empty() {
        return Some(("The file is empty.", EXPORT));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(version: &str, captured_at: &str) -> Side {
        Side {
            label: version.to_owned(),
            server_version: version.to_owned(),
            captured_at: captured_at.to_owned(),
            fingerprint: format!("sha256:{version}{captured_at}"),
            ..Side::default()
        }
    }

    #[test]
    fn an_older_target_is_told() {
        let found =
            notices(&side("15.4", "2026-02-01T00:00:00Z"), &side("15.9", "2026-01-01T00:00:00Z"));
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("before From"), "{found:?}");
    }

    #[test]
    fn minor_versions_may_differ_and_major_ones_are_told() {
        let old = side("15.4", "2026-01-01T00:00:00Z");
        assert!(notices(&old, &side("15.9", "2026-01-02T00:00:00Z")).is_empty());
        assert_eq!(notices(&old, &side("18.1", "2026-01-02T00:00:00Z")).len(), 1);
    }

    #[test]
    fn a_dump_is_recognised() {
        let dump = b"--\n-- PostgreSQL database dump\n--\n";
        let refusal = Desk::default().read("shop.sql", dump).err();
        let refusal =
            refusal.as_ref().map(|r| (r.file.as_str(), r.fix.contains("pgparity export")));
        assert_eq!(refusal, Some(("shop.sql", true)));
        assert!(other_format(b"PGDMP\x01\x0e").is_some());
        assert!(other_format(b"{\"format\": 1}").is_none());
    }
}
