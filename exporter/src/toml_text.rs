//! TOML files that people write: mistakes in them are told with line and column, and with the word that was
//! probably meant.

use std::ops::Range;

/// A text with the places where its lines begin.
pub(crate) struct Text {
    /// The text.
    pub(crate) source: String,
    starts: Vec<usize>,
}

impl Text {
    /// Finds them.
    pub(crate) fn new(source: String) -> Text {
        let breaks = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Text { source, starts }
    }

    /// Line and column of a byte, counted from 1.
    pub(crate) fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.source.get(start..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// `12:3: …`: a mistake with its place.
    pub(crate) fn mistake(&self, span: Option<Range<usize>>, message: &str) -> String {
        let (line, column) = self.position(span.map_or(0, |span| span.start));
        format!("{line}:{column}: {message}")
    }
}

/// A message of the reader. Of an unknown word it lists those that are known, in backticks, behind the word
/// itself: the one that was probably meant says more than fifty.
pub(crate) fn understood(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let what = match message {
        _ if message.starts_with("unknown field") => "key",
        _ if message.starts_with("unknown variant") => "word",
        _ => return message.to_owned(),
    };
    let Some(word) = words.next() else { return message.to_owned() };
    match meant(word, words) {
        Some(hint) => format!("unknown {what} `{word}`; did you mean `{hint}`?"),
        None => message.replacen("unknown field", "unknown key", 1),
    }
}

/// The known word that is most like another one, if it is like it at all.
pub(crate) fn meant<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace(['-', ' '], "_");
    let word = plain(word);
    let alike = known.map(|known| (strsim::damerau_levenshtein(&word, &plain(known)), known));
    let (distance, best) = alike.min_by_key(|(distance, _)| *distance)?;
    (distance <= word.chars().count() / 3 + 1).then_some(best)
}
