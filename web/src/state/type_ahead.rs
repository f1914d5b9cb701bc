//! The letters of a name, typed in the tree to get to its row.

/// Letters that come later than that after the one before begin anew, in milliseconds.
const TOGETHER: f64 = 1000.0;

/// The letters so far, and where they were typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TypeAhead {
    /// The letters, in lower case.
    pub text: String,
    /// The number of the row from which the search goes on.
    pub from: usize,
    at: f64,
}

impl TypeAhead {
    /// With one more key, pressed at a time and at a row; `None` where it is no letter. The same letter
    /// again and again goes from one name to the next.
    pub(crate) fn after(&self, key: &str, row: usize, at: f64) -> Option<TypeAhead> {
        let mut signs = key.chars();
        let letter = signs.next().filter(|sign| signs.next().is_none() && !sign.is_whitespace())?;
        let letter = letter.to_lowercase().to_string();
        if self.text.is_empty() || at - self.at > TOGETHER || self.text == letter {
            return Some(TypeAhead { text: letter, from: row, at });
        }
        Some(TypeAhead { text: format!("{}{letter}", self.text), from: self.from, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[(&str, usize, f64)]) -> (String, usize) {
        let last = keys.iter().fold(TypeAhead::default(), |typed, (key, row, at)| {
            typed.after(key, *row, *at).unwrap_or_default()
        });
        (last.text, last.from)
    }

    #[test]
    fn letters_that_come_together_are_one_word_from_where_it_began() {
        assert_eq!(typed(&[("O", 4, 10.0), ("r", 7, 900.0)]), ("or".to_owned(), 4));
        assert_eq!(typed(&[("o", 4, 10.0), ("r", 7, 1500.0)]), ("r".to_owned(), 7));
    }

    #[test]
    fn the_same_letter_goes_on_to_the_next_name() {
        let again = [("o", 4, 10.0), ("o", 7, 200.0), ("o", 9, 400.0)];
        assert_eq!(typed(&again), ("o".to_owned(), 9));
    }

    #[test]
    fn keys_that_are_no_letters_are_none() {
        for key in ["Tab", "Shift", " ", "F5", ""] {
            assert_eq!(TypeAhead::default().after(key, 0, 0.0), None, "{key:?}");
        }
        assert!(TypeAhead::default().after("ß", 0, 0.0).is_some());
    }
}
