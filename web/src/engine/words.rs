//! Words for kinds and attributes.

use pgparity_core::objects::Kind;

/// The kind of an object, as people say it.
pub(crate) fn kind_word(kind: Kind) -> String {
    kind.as_str().replace('_', " ")
}

/// Several objects of a kind.
pub(crate) fn kind_plural(kind: Kind) -> String {
    plural(&kind_word(kind))
}

/// The plural of an English noun of the kinds that occur here.
fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y') {
        format!("{stem}ies")
    } else if noun.ends_with('x') {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

/// An attribute's name, as people say it.
pub(super) fn attribute_word(name: &str) -> String {
    match name {
        "not_null" => "NOT NULL".to_owned(),
        "depends_on" => "depends on".to_owned(),
        _ => name.replace('_', " "),
    }
}

/// A number with its noun: "1 step", "3 steps".
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_english() {
        let said = ["index", "policy", "table"].map(plural);
        assert_eq!(said, ["indexes", "policies", "tables"]);
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1, "index"), "1 index");
        assert_eq!(count(0, "index"), "0 indexes");
    }
}
