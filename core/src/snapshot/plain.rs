//! JSON as the program writes it, from the front: no message says what is wrong, and what is unusual
//! is not read at all.
//!
//! What this reader accepts, `serde_json` accepts with the same result.

use serde::Deserialize;

use crate::model::{Id, Text};
use crate::objects::form::{Record, Records, Slot};

/// A text, and how far it is read. Every `None` is final: the text is to be read in another way.
pub(super) struct Plain<'t> {
    text: &'t str,
    at: usize,
    /// The items of a list until it is whole, so that the list itself takes no more than it needs.
    texts: Vec<Text>,
    ids: Vec<Id>,
}

impl<'t> Plain<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Plain { text, at: 0, texts: Vec::new(), ids: Vec::new() }
    }

    /// How far it is read.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Goes past something that is known to stand here.
    pub(super) fn pass(&mut self, length: usize) {
        self.at += length;
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes to the next sign and returns it.
    pub(super) fn next(&mut self) -> Option<u8> {
        let rest = self.rest();
        let white = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
        let white = white.count();
        self.at += white;
        rest.get(white).copied()
    }

    /// Goes past a sign.
    pub(super) fn sign(&mut self, sign: u8) -> Option<()> {
        let found = self.next() == Some(sign);
        self.at += usize::from(found);
        found.then_some(())
    }

    /// Goes past the sign behind a member or an item. `false`: it was the last one.
    pub(super) fn more(&mut self, end: u8) -> Option<bool> {
        let sign = self.next()?;
        self.at += 1;
        (sign == b',' || sign == end).then_some(sign == b',')
    }

    /// Goes past a word.
    fn word(&mut self, word: &str) -> Option<()> {
        self.rest().starts_with(word.as_bytes()).then(|| self.pass(word.len()))
    }

    /// Reads a value that ends by itself: an object, a list or a string.
    pub(super) fn value<T: Deserialize<'t>>(&mut self) -> Option<T> {
        let rest = self.text.get(self.at..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<T>();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// Reads a string in which nothing is escaped; `None` leaves it where it is.
    pub(super) fn plain(&mut self) -> Option<&'t str> {
        if self.next()? != b'"' {
            return None;
        }
        let start = self.at + 1;
        let length = plain_length(self.text.as_bytes().get(start..)?);
        let end = start + length;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Reads a string.
    fn string(&mut self) -> Option<Text> {
        match self.plain() {
            Some(text) => Some(text.into()),
            None if self.next()? == b'"' => self.value(),
            None => None,
        }
    }

    /// Reads a whole number.
    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.next()?;
        let rest = self.rest();
        let length = rest.iter().take_while(|b| matches!(b, b'-' | b'0'..=b'9')).count();
        let digits = self.text.get(self.at..self.at + length)?;
        let usual = digits == "0" || !digits.trim_start_matches('-').starts_with('0');
        let whole = !matches!(rest.get(length), Some(b'.' | b'e' | b'E'));
        let number = digits.parse().ok().filter(|_| usual && whole)?;
        self.at += length;
        Some(number)
    }

    /// Reads an identity.
    fn id(&mut self) -> Option<Id> {
        match self.plain() {
            Some(text) => Some(Id::from(text)),
            None if self.next()? == b'"' => self.value(),
            None => None,
        }
    }

    /// Reads `null`, or what comes instead.
    fn maybe<T>(
        &mut self,
        slot: &mut Option<T>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<()> {
        *slot = if self.next()? == b'n' {
            self.word("null")?;
            None
        } else {
            Some(read(self)?)
        };
        Some(())
    }

    /// Reads a list, item by item.
    fn items(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.sign(b'[')?;
        if self.sign(b']').is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            if !self.more(b']')? {
                return Some(());
            }
        }
    }

    /// Fills an empty struct.
    pub(super) fn record(&mut self, record: &mut dyn Record) -> Option<()> {
        let form = record.form();
        let (mut next, mut seen) = (0, 0_u64);
        self.sign(b'{')?;
        if self.sign(b'}').is_some() {
            return Some(());
        }
        loop {
            let number = form.number(self.plain()?.as_bytes(), next)?;
            self.sign(b':')?;
            if seen >> number & 1 == 1 {
                return None;
            }
            seen |= 1 << number;
            self.member(record.slot(number))?;
            next = number + 1;
            if !self.more(b'}')? {
                return Some(());
            }
        }
    }

    fn records(&mut self, list: &mut dyn Records) -> Option<()> {
        list.clear();
        self.items(|reader| reader.record(list.add()?))?;
        list.close();
        Some(())
    }

    fn member(&mut self, slot: Slot<'_>) -> Option<()> {
        match slot {
            Slot::Text(text) => *text = self.string()?,
            Slot::MaybeText(text) => self.maybe(text, Self::string)?,
            Slot::Flag(flag) => {
                *flag = self.next()? == b't';
                self.word(if *flag { "true" } else { "false" })?;
            }
            Slot::Small(number) => *number = self.number()?,
            Slot::MaybeSmall(number) => self.maybe(number, Self::number)?,
            Slot::Number(number) => *number = self.number()?,
            Slot::MaybeNumber(number) => self.maybe(number, Self::number)?,
            Slot::MaybeId(id) => self.maybe(id, Self::id)?,
            Slot::Ids(ids) => {
                self.items(|reader| reader.id().map(|id| reader.ids.push(id)))?;
                *ids = self.ids.drain(..).collect();
            }
            Slot::Texts(texts) => {
                self.items(|reader| reader.string().map(|text| reader.texts.push(text)))?;
                *texts = self.texts.drain(..).collect();
            }
            Slot::Records(list) => self.records(list)?,
            Slot::Record(inner) => {
                if self.next()? == b'n' {
                    self.word("null")?;
                    inner.clear();
                } else {
                    self.record(inner.make())?;
                }
            }
            Slot::MaybeReal(number) => *number = self.value()?,
            Slot::Pairs(pairs) => *pairs = self.value()?,
            Slot::Numbers(numbers) => *numbers = self.value()?,
            Slot::Grants(grants) => *grants = self.value()?,
            Slot::MaybeGrants(grants) => *grants = self.value()?,
            Slot::Labels(labels) => *labels = self.value()?,
            Slot::MaybeConstraint(constraint) => *constraint = self.value()?,
            Slot::Mappings(mappings) => *mappings = self.value()?,
            Slot::Operators(operators) => *operators = self.value()?,
            Slot::Functions(functions) => *functions = self.value()?,
            Slot::None => return None,
        }
        Some(())
    }
}

/// The length of a text up to a quote, a backslash or what may not be in a string. Eight bytes at a
/// time: a byte is one of them when a bit shows where the byte xor the sign is zero, or below 32.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut length = 0;
    let (words, _) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        let below_32 = word.wrapping_sub(ONES * 32) & !word & HIGH;
        let ends = zero(word ^ (ONES * u64::from(b'"')))
            | zero(word ^ (ONES * u64::from(b'\\')))
            | below_32;
        if ends != 0 {
            return length + ends.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..32)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::objects::{Column, Table};

    #[test]
    fn a_string_ends_where_it_ends() {
        for before in 0..20 {
            for sign in ['"', '\\', '\n', '\u{1f}'] {
                let text = format!("{}{sign}aaaaaaaaaaaaa\"", "é".repeat(before));
                assert_eq!(plain_length(text.as_bytes()), 2 * before, "{text}");
            }
        }
        assert_eq!(plain_length("abc\u{7f}é ".as_bytes()), 7);
    }

    proptest! {
        /// What is read is what `serde_json` reads, from any text made of the parts of documents.
        #[test]
        fn what_is_accepted_is_read_alike(parts in proptest::collection::vec(prop_oneof![
            Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just(" "),
            Just("null"), Just("true"), Just("false"), Just("-1"), Just("01"), Just("1.5"), Just("-0"),
            Just("\"name\":\"x\""), Just("\"name\""), Just("\"\\u0061\\n\""), Just("\"a\nb\""),
            Just("\"statistics\":"), Just("\"not_null\":"), Just("\"identity\":{\"start\":"),
            Just("\"options\":["), Just("\"depends_on\":[\"a:b\""), Just("\"grants\":null"),
            Just("\"comment\":"), Just("99999999999"), Just("\"columns\":[{"),
        ], 0..12)) {
            let text = format!("{{{}}}", parts.concat());
            let mut column = Column::default();
            let mut plain = Plain::new(&text);
            if plain.record(&mut column).is_some() && plain.next().is_none() {
                prop_assert_eq!(serde_json::from_str::<Column>(&text).ok(), Some(column));
            }
            let mut table = Table::default();
            let mut plain = Plain::new(&text);
            if plain.record(&mut table).is_some() && plain.next().is_none() {
                prop_assert_eq!(serde_json::from_str::<Table>(&text).ok(), Some(table));
            }
        }
    }
}
