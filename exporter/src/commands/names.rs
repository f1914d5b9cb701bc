//! Names of files in a directory that somebody named for the output.

use time::OffsetDateTime;

/// `<what>-<from>-to-<to>-<UTC stamp>.<ending>`, with labels that every file system takes.
pub(super) fn file(what: &str, from: &str, to: &str, ending: &str) -> String {
    let now = OffsetDateTime::now_utc();
    format!(
        "{what}-{}-to-{}-{:04}{:02}{:02}T{:02}{:02}{:02}Z.{ending}",
        plain(from),
        plain(to),
        now.year(),
        u8::from(now.month()),
        now.day(),
        now.hour(),
        now.minute(),
        now.second()
    )
}

fn plain(label: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' };
    // Most file systems take 255 bytes; two labels and the rest must fit.
    let mut name: String = label.chars().map(kept).collect();
    while name.len() > 80 {
        name.pop();
    }
    if name.is_empty() { "database".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_names_of_files() {
        assert_eq!(plain("prod"), "prod");
        assert_eq!(plain("../a b\n/ü"), "..-a-b--ü");
        assert_eq!(plain(""), "database");
        assert_eq!(plain(&"ü".repeat(200)).len(), 80);
        assert!(file("review", "a", "b", "html").starts_with("review-a-to-b-2"));
    }
}
