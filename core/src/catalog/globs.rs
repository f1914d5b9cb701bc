//! Which schemas a snapshot is limited to.

use super::ExportOptions;

/// True when the schema is to be read.
pub(super) fn wanted(schema: &str, options: &ExportOptions) -> bool {
    (options.schemas.is_empty() || options.schemas.iter().any(|glob| matches(glob, schema)))
        && !options.exclude.iter().any(|glob| matches(glob, schema))
}

/// `*` stands for any number of characters, `?` for one.
///
/// Linear in the product of the lengths: the last `*` is the only one ever tried again.
pub fn matches(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<char>, Vec<char>) = (glob.chars().collect(), text.chars().collect());
    let (mut g, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match glob.get(g) {
            Some('*') => {
                star = Some((g, t));
                g += 1;
            }
            Some(&c) if c == '?' || text.get(t) == Some(&c) => {
                g += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    g = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    glob.get(g..).unwrap_or_default().iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_names() {
        for (glob, text, matched) in [
            ("public", "public", true),
            ("public", "public2", false),
            ("tenant_*", "tenant_0042", true),
            ("*_old", "sales_old", true),
            ("*_old", "sales_older", false),
            ("t?", "t1", true),
            ("t?", "t", false),
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
        ] {
            assert_eq!(matches(glob, text), matched, "{glob} {text}");
        }
    }
}
