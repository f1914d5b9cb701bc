//! Names that are longer than their place: what they end with tells them apart.

use crate::protocol::Piece;

/// Where the last part of a qualified name begins, in bytes: behind the last dot that stands outside of
/// quotes and before the arguments of a function. 0 where the name has one part only.
pub(crate) fn last_part(name: &str) -> usize {
    let mut quoted = false;
    let mut begins = 0;
    for (at, letter) in name.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => break,
            '.' if !quoted => begins = at + 1,
            _ => {}
        }
    }
    begins
}

/// A name of pieces in two: what it begins with, which may be cut short, and its last part.
pub(crate) fn parted(label: &[Piece]) -> (Vec<Piece>, Vec<Piece>) {
    let whole: String = label.iter().map(|piece| piece.text.as_str()).collect();
    let mut left = last_part(&whole);
    let (mut path, mut last) = (Vec::new(), Vec::new());
    for piece in label {
        let of_path = left.min(piece.text.len());
        let (before, after) = piece.text.split_at(of_path);
        for (text, to) in [(before, &mut path), (after, &mut last)] {
            if !text.is_empty() {
                to.push(Piece { text: text.to_owned(), matched: piece.matched });
            }
        }
        left -= of_path;
    }
    (path, last)
}

/// A name in pieces at whose ends a line may break, where a reader would break it too.
pub(crate) fn breakable(name: &str) -> impl Iterator<Item = &str> {
    name.split_inclusive(['.', '_', '-', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(name: &str) -> &str {
        &name[last_part(name)..]
    }

    #[test]
    fn the_last_part_is_what_tells_a_name_apart() {
        assert_eq!(last("public.customers.date_of_birth"), "date_of_birth");
        assert_eq!(last("orders"), "orders");
        assert_eq!(last(""), "");
        assert_eq!(last("public.price(integer, other.money)"), "price(integer, other.money)");
        assert_eq!(last(r#"public."odd.table"."a "" b.c""#), r#""a "" b.c""#);
        assert_eq!(last(r#"public."odd(x)".größe"#), "größe");
        assert_eq!(last("ends."), "");
    }

    #[test]
    fn marks_of_a_search_stay_where_they_are() {
        let piece = |text: &str, matched| Piece { text: text.to_owned(), matched };
        let label = [piece("public.or", false), piece("ders.cu", true), piece("st_id", false)];
        let (path, last) = parted(&label);
        assert_eq!(path, [piece("public.or", false), piece("ders.", true)]);
        assert_eq!(last, [piece("cu", true), piece("st_id", false)]);
        let (path, last) = parted(&[piece("orders", true)]);
        assert_eq!((path, last), (Vec::new(), vec![piece("orders", true)]));
    }

    #[test]
    fn lines_break_between_parts_and_words() {
        let pieces: Vec<&str> = breakable("a.b_c(d)-e").collect();
        assert_eq!(pieces, ["a.", "b_", "c(", "d)-", "e"]);
        assert_eq!(pieces.concat(), "a.b_c(d)-e");
    }
}
