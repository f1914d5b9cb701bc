//! Finding names in SQL that PostgreSQL itself has written.

use sha2::{Digest, Sha256};

use super::lexer::tokens;
use super::quote_ident;

/// The unquoted parts of a qualified name. What is in brackets belongs to its part.
pub fn split_name(name: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted, mut depth) = (Vec::new(), String::new(), false, 0_u32);
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                part.push('"');
            }
            '"' if depth == 0 => quoted = !quoted,
            '.' if !quoted && depth == 0 => parts.push(std::mem::take(&mut part)),
            _ => {
                if !quoted {
                    depth = match c {
                        '(' => depth + 1,
                        ')' => depth.saturating_sub(1),
                        _ => depth,
                    };
                }
                part.push(c);
            }
        }
    }
    parts.push(part);
    parts
}

/// The longest name in bytes: PostgreSQL cuts what is longer (`NAMEDATALEN`).
pub const LONGEST_NAME: usize = 63;

/// The first bytes of a text, whole characters only.
pub fn clip(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// A name with an ending that PostgreSQL does not cut off.
pub fn with_ending(name: &str, ending: &str) -> String {
    format!("{}{ending}", clip(name, LONGEST_NAME.saturating_sub(ending.len())))
}

/// The name of something that helps what has this name, and is there for a while. Names that are alike but for
/// an end that has no room get different ones.
pub fn helper_name(name: &str, ending: &str) -> String {
    if name.len() + ending.len() <= LONGEST_NAME {
        return format!("{name}{ending}");
    }
    let hash = Sha256::digest(name.as_bytes());
    let hash = hash.iter().take(4).fold(0_u32, |hash, byte| hash << 8 | u32::from(*byte));
    with_ending(name, &format!("_{hash:08x}{ending}"))
}

/// Where the first bracket outside of quotes stands.
pub fn opening_bracket(name: &str) -> Option<usize> {
    let mut quoted = false;
    name.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '(' && !quoted).then_some(at)
    })
}

/// True when a name stands in SQL that PostgreSQL has written.
pub fn mentions(sql: &str, name: &str) -> bool {
    pieces(sql).iter().any(|piece| matches!(piece, Piece::Name(found, _) if found == name))
}

/// A piece of SQL: a name (unquoted), or anything else as it stands.
enum Piece<'a> {
    Name(String, &'a str),
    Other(&'a str),
}

/// Cuts SQL into names and the rest. String constants stay whole, but for those cast to `regclass`,
/// `regconfig` and the like, which hold a name.
fn pieces(sql: &str) -> Vec<Piece<'_>> {
    let tokens = tokens(sql);
    let mut out = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let cast = || {
            let after = |i: usize| tokens.get(at + i).map_or("", |token| token.text);
            (after(1), after(2)) == (":", ":") && after(3).starts_with("reg")
        };
        let inner = token.text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        match (token.name(), inner) {
            (Some(name), _) => out.push(Piece::Name(name, token.text)),
            (None, Some(inner)) if cast() => {
                out.push(Piece::Other("'"));
                out.extend(pieces(inner));
                out.push(Piece::Other("'"));
            }
            _ => out.push(Piece::Other(token.text)),
        }
    }
    out
}

/// The SQL with the last part of one qualified name exchanged for another's: where the whole name
/// stands, where it stands without its schema in front of a dot, and, if `bare`, where its last
/// part stands alone.
pub fn replace_names(sql: &str, old: &[String], new: &[String], bare: bool) -> String {
    let (Some(old_last), Some(new_last)) = (old.last(), new.last()) else { return sql.to_owned() };
    let pieces = pieces(sql);
    let name = |at: usize| match pieces.get(at) {
        Some(Piece::Name(name, _)) => Some(name.as_str()),
        _ => None,
    };
    let dot = |at: usize| matches!(pieces.get(at), Some(Piece::Other(".")));
    let mut out = String::with_capacity(sql.len() + 16);
    for (at, piece) in pieces.iter().enumerate() {
        let (this, raw) = match piece {
            Piece::Other(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Name(this, raw) => (this, *raw),
        };
        let after_dot = at >= 2 && dot(at - 1);
        let qualifier = old.len().checked_sub(2).and_then(|i| old.get(i)).map(String::as_str);
        let hit = this == old_last
            && if after_dot {
                name(at - 2) == qualifier
            } else {
                bare || (old.len() == 2 && dot(at + 1))
            };
        if hit {
            out.push_str(&quote_ident(new_last));
        } else {
            out.push_str(raw);
        }
    }
    out
}

/// The SQL with one schema's name exchanged for another's wherever it stands in front of a dot.
pub fn replace_qualifier(sql: &str, old: &str, new: &str) -> String {
    let pieces = pieces(sql);
    let dot = |at: Option<usize>| {
        at.and_then(|at| pieces.get(at)).is_some_and(|piece| matches!(piece, Piece::Other(".")))
    };
    let exchanged = pieces.iter().enumerate().map(|(at, piece)| match piece {
        Piece::Name(name, _) if name == old && dot(Some(at + 1)) && !dot(at.checked_sub(1)) => {
            quote_ident(new)
        }
        Piece::Name(_, text) | Piece::Other(text) => (*text).into(),
    });
    exchanged.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> Vec<String> {
        split_name(name)
    }

    #[test]
    fn helpers_of_long_names_are_called_differently() {
        assert_eq!(helper_name("orders", "_rows"), "orders_rows");
        let [one, other] =
            ["1", "2"].map(|end| helper_name(&format!("{}{end}", "ä".repeat(31)), "_rows"));
        assert_ne!(one, other);
        for name in [one, other] {
            assert!(name.ends_with("_rows") && name.len() <= LONGEST_NAME, "{name}");
        }
    }

    #[test]
    fn names_are_split_at_the_dots_outside_of_quotes() {
        assert_eq!(parts("public.orders"), ["public", "orders"]);
        assert_eq!(parts("\"a.b\".\"c\"\"d\""), ["a.b", "c\"d"]);
        assert_eq!(parts("public.f(public.t, text)"), ["public", "f(public.t, text)"]);
    }

    #[test]
    fn only_the_renamed_name_is_exchanged() {
        let (old, new) = (parts("public.notes"), parts("public.remarks"));
        for (sql, renamed) in [
            ("FROM public.notes n", "FROM public.remarks n"),
            ("notes.id", "remarks.id"),
            ("other.notes", "other.notes"),
            ("'public.notes'", "'public.notes'"),
            ("nextval('public.notes'::regclass)", "nextval('public.remarks'::regclass)"),
            ("public.notes_old, \"notes\"", "public.notes_old, \"notes\""),
        ] {
            assert_eq!(replace_names(sql, &old, &new, false), renamed);
        }
        let (old, new) = (parts("public.t.a"), parts("public.t.b"));
        assert_eq!(
            replace_names("USING btree (a, aa, lower(a))", &old, &new, true),
            "USING btree (b, aa, lower(b))"
        );
        assert_eq!(replace_names("t.a, u.a", &old, &new, false), "t.b, u.a");
    }

    #[test]
    fn a_schema_is_exchanged_where_it_qualifies() {
        let sql = "SELECT a.b, c.a.d, 'a.x'::regconfig, 'a.x' FROM a.a JOIN \"a\".t ON a";
        assert_eq!(
            replace_qualifier(sql, "a", "New"),
            "SELECT \"New\".b, c.a.d, '\"New\".x'::regconfig, 'a.x' FROM \"New\".a JOIN \"New\".t ON a"
        );
    }
}
