//! Names that a person takes for one another: they differ in capitals, in spaces, in what cannot be
//! seen, or in letters of another script that look the same.

use super::compare::Entry;
use super::glyphs::{is_deceptive, visible};
use super::kind_word;

/// So many of them are named.
const NAMED: usize = 3;

/// What is said of an object whose name others nearly have: objects of its kind at its place.
pub(super) fn twins<'e>(entry: &Entry, entries: impl Iterator<Item = &'e Entry>) -> Option<String> {
    let is_twin = |other: &&Entry| {
        other.kind == entry.kind
            && other.id != entry.id
            && other.parent == entry.parent
            && other.schema == entry.schema
            && skeleton(&other.name).eq(skeleton(&entry.name))
    };
    let found: Vec<String> =
        entries.filter(is_twin).map(|other| visible(other.id.name()).into_owned()).collect();
    if found.is_empty() {
        return None;
    }
    let named = found.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = found.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Some(format!(
        "Easily taken for another {}: {named}{more}. The names differ only in capitals, spaces, or signs that \
         cannot be seen or look alike.",
        kind_word(entry.kind)
    ))
}

/// What a hasty reader sees of a name.
fn skeleton(name: &str) -> impl Iterator<Item = char> + '_ {
    let seen = name.chars().filter(|c| !is_deceptive(*c) && !c.is_whitespace());
    seen.flat_map(char::to_lowercase).map(latin)
}

/// The small Latin letter that a small Greek or Cyrillic one looks like (Unicode Technical Standard 39).
fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::model::Id;
    use pgparity_core::objects::Kind;

    use super::*;
    use crate::protocol::Status;

    fn entry(kind: Kind, schema: &str, name: &str) -> Entry {
        Entry {
            id: Id::new(kind.as_str(), &[schema, name]),
            kind,
            schema: Some(schema.to_owned()),
            parent: None,
            name: name.to_owned(),
            status: Status::Same,
        }
    }

    #[test]
    fn names_that_look_alike_are_told() {
        let orders = entry(Kind::Table, "public", "orders");
        for other in ["Orders", "оrders", "orders ", "or\u{200b}ders", "ΟRDERS"] {
            let other = entry(Kind::Table, "public", other);
            let said = twins(&orders, [&orders, &other].into_iter());
            assert!(said.is_some_and(|said| said.contains("public.")), "{}", other.name);
        }
    }

    #[test]
    fn other_names_kinds_and_schemas_are_no_twins() {
        let orders = entry(Kind::Table, "public", "orders");
        let others = [
            entry(Kind::Table, "public", "order"),
            entry(Kind::View, "public", "Orders"),
            entry(Kind::Table, "sales", "Orders"),
        ];
        assert_eq!(twins(&orders, others.iter()), None);
    }

    #[test]
    fn many_are_counted() {
        let orders = entry(Kind::Table, "public", "orders");
        let others = ["Orders", "oRders", "orDers", "ordErs", "ordeRs"]
            .map(|n| entry(Kind::Table, "public", n));
        assert!(twins(&orders, others.iter()).is_some_and(|said| said.contains(" and 2 more")));
    }
}
