//! Comparing a name in a certificate with the host that was asked for, by libpq's rules.

use std::net::IpAddr;

/// Compares without regard to case. A `*.` at the start of the certificate's name stands for one
/// label, never for more and never for a part of one.
pub(crate) fn matches(name: &str, host: &str) -> bool {
    // A NUL inside a name is how certificates for another host were forged.
    if name.contains('\0') || host.is_empty() {
        return false;
    }
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    let Some(suffix) = name.strip_prefix('*').filter(|suffix| suffix.starts_with('.')) else {
        return false;
    };
    if suffix.len() < 2 || host.parse::<IpAddr>().is_ok() {
        return false;
    }
    host.find('.').is_some_and(|dot| dot > 0 && host[dot..].eq_ignore_ascii_case(suffix))
}

/// Whether the bytes of a certificate are this address.
pub(crate) fn is_address(bytes: &[u8], address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => bytes == address.octets(),
        IpAddr::V6(address) => bytes == address.octets(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_libpqs_rules() {
        for (name, host, expected) in [
            ("db.example", "DB.example", true),
            ("*.example.com", "db.example.com", true),
            ("*.example.com", "a.db.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", false),
            ("d*.example.com", "db.example.com", false),
            ("*", "db", false),
            ("*.", "db.", false),
            ("*.0.0.1", "127.0.0.1", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("db.example\0.evil", "db.example", false),
            ("", "", false),
        ] {
            assert_eq!(matches(name, host), expected, "{name} {host}");
        }
    }

    #[test]
    fn addresses_compare_by_bytes() {
        assert!(is_address(&[127, 0, 0, 1], IpAddr::from([127, 0, 0, 1])));
        assert!(!is_address(&[127, 0, 0, 2], IpAddr::from([127, 0, 0, 1])));
        assert!(!is_address(&[127, 0, 0, 1], IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])));
    }
}
