//! Paths as URIs, and fingerprints by which CI systems know an alert again.

use sha2::{Digest, Sha256};

/// A path as a reference by RFC 3986; an absolute one as a URI of a file.
pub(super) fn reference(path: &str) -> String {
    let mut out = String::new();
    let path = path.replace('\\', "/");
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What stays the same from run to run while something stays wrong: a hash over what makes it that thing
/// and no other.
pub(crate) fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // With its length, so that no two lists of parts look alike.
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut text = String::new();
    for byte in hash.finalize() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        for (path, uri) in [
            ("pgparity.toml", "pgparity.toml"),
            ("./ci/pgparity.toml", "ci/pgparity.toml"),
            ("my policy#1.toml", "my%20policy%231.toml"),
            ("/etc/pg:parity.toml", "file:///etc/pg%3Aparity.toml"),
            ("größe.toml", "gr%C3%B6%C3%9Fe.toml"),
        ] {
            assert_eq!(reference(path), uri);
        }
    }
}
