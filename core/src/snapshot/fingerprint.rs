//! The fingerprint: equal for databases between which nothing drifts.

use std::io;

use sha2::{Digest, Sha256};

use super::Snapshot;

/// Feeds what is written to a hash.
struct Sink(Sha256);

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `sha256:` and the hash of the objects and of the names of what is not modelled, in the order
/// and form of the document. Source, statistics and migrations do not count.
pub fn fingerprint(snapshot: &Snapshot) -> String {
    let mut sink = Sink(Sha256::new());
    // Writing to a hash cannot fail, and every object has a JSON form.
    let written = serde_json::to_writer(&mut sink, &(&snapshot.objects, &snapshot.unmodelled));
    debug_assert!(written.is_ok(), "objects serialize");
    let mut text = String::from("sha256:");
    for byte in sink.0.finalize() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
