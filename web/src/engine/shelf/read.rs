//! From the bytes of a file to a snapshot, or to a refusal in words.

use pgparity_core::catalog;
use pgparity_core::snapshot::{Document, Snapshot, SnapshotError};

use crate::protocol::Refusal;

/// Reads a file. Beside another document, what stands in both is read once; without one, the file
/// is kept as a document itself. `told` hears now and then how many bytes are read.
pub(super) fn read(
    name: &str,
    bytes: Vec<u8>,
    beside: Option<&Document>,
    told: &mut dyn FnMut(usize),
) -> Result<(Snapshot, Option<Document>), Refusal> {
    if let Some((problem, fix)) = other_format(&bytes) {
        return Err(Refusal {
            file: name.to_owned(),
            problem: problem.to_owned(),
            fix: fix.to_owned(),
        });
    }
    let read = match beside {
        Some(beside) => catalog::read_beside_telling(beside, &bytes, told).map(|read| (read, None)),
        None => document(bytes, told).map(|document| (document.snapshot().clone(), Some(document))),
    };
    read.map_err(|error| Refusal {
        file: name.to_owned(),
        problem: error.to_string(),
        fix: "A snapshot is made by: pgparity export -o snapshot.json".to_owned(),
    })
}

/// Reads a document, which others can be read beside.
fn document(bytes: Vec<u8>, told: &mut dyn FnMut(usize)) -> Result<Document, SnapshotError> {
    match String::from_utf8(bytes) {
        Ok(text) => catalog::read_document_telling(text, told),
        Err(error) => catalog::read(error.as_bytes()).map(Document::from),
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

    #[test]
    fn a_dump_is_recognised() {
        let dump = b"--\n-- PostgreSQL database dump\n--\n";
        let refusal = read("shop.sql", dump.to_vec(), None, &mut |_| ()).err();
        let refusal =
            refusal.as_ref().map(|r| (r.file.as_str(), r.fix.contains("pgparity export")));
        assert_eq!(refusal, Some(("shop.sql", true)));
        assert!(other_format(b"PGDMP\x01\x0e").is_some());
        assert!(other_format(b"{\"format\": 1}").is_none());
    }
}
