//! What to know of two snapshots before comparing them.

use pgparity_core::snapshot::Side;

/// What a person should know of two snapshots before comparing them.
pub(super) fn notices(from: &Side, to: &Side) -> Vec<String> {
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
}
