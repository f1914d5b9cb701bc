//! How names and values stand in an address.

use std::fmt::Write as _;

/// The pairs of a fragment, in the order in which they are written.
#[derive(Default)]
pub(super) struct Pairs(Vec<(&'static str, String)>);

impl Pairs {
    /// Adds a value, encoded.
    pub(super) fn add(&mut self, name: &'static str, value: &str) {
        self.0.push((name, encode(value)));
    }

    /// Adds a value that is encoded already.
    pub(super) fn add_encoded(&mut self, name: &'static str, value: String) {
        self.0.push((name, value));
    }

    /// The fragment of a place, `#` included.
    pub(super) fn fragment(&self, place: &str) -> String {
        let mut fragment = format!("#/{place}");
        for (at, (name, value)) in self.0.iter().enumerate() {
            let sign = if at == 0 { '?' } else { '&' };
            // Writing to a String cannot fail.
            let _ = write!(fragment, "{sign}{name}={value}");
        }
        fragment
    }
}

/// Percent-encodes all but what is harmless in a fragment.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.:,()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text of an encoding; `None` when it is none.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
