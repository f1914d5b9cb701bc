//! Reading documents as the program writes them, and reading one beside another: what stands in
//! both word for word is read once, and both snapshots hold it in common.
//!
//! Whatever is unusual about a document makes this reader give up: then the one in `read` takes
//! over, which knows all forms and explains mistakes. What this one accepts, that one accepts with
//! the same result.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::IgnoredAny;

use super::plain::Plain;
use super::read::{read_as_it_comes, text_of};
use super::{FORMAT, Snapshot, SnapshotError, VERSION};
use crate::objects::{AnyList, Kind, Likeness, Objects};

/// A snapshot with the document that it was read from.
#[derive(Debug)]
pub struct Document {
    snapshot: Snapshot,
    text: String,
    places: Places,
}

/// Where the objects stand in a document, in the order of the lists. Kinds are missing, or all are,
/// when a document was read as it came.
type Places = BTreeMap<Kind, Vec<Range<usize>>>;

impl Document {
    /// Reads a snapshot, see [`super::read()`].
    pub fn read(text: String) -> Result<Document, SnapshotError> {
        Document::read_telling(text, &mut |_| ())
    }

    /// The same; `told` hears now and then how many bytes are read.
    pub fn read_telling(
        text: String,
        told: &mut dyn FnMut(usize),
    ) -> Result<Document, SnapshotError> {
        let plain = text_of(text.as_bytes())?;
        let (snapshot, places) = match read(plain, None, told) {
            Some((snapshot, places)) if plain.len() == text.len() => (snapshot, places),
            _ => (read_as_it_comes(plain)?, Places::new()),
        };
        Ok(Document { snapshot, text, places })
    }

    /// Reads another snapshot, which holds in common with this one what stands in both documents.
    pub fn read_beside(&self, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
        self.read_beside_telling(bytes, &mut |_| ())
    }

    /// The same; `told` hears now and then how many bytes are read.
    pub fn read_beside_telling(
        &self,
        bytes: &[u8],
        told: &mut dyn FnMut(usize),
    ) -> Result<Snapshot, SnapshotError> {
        let text = text_of(bytes)?;
        match read(text, Some(self), told) {
            Some((snapshot, _)) => Ok(snapshot),
            None => read_as_it_comes(text),
        }
    }

    /// The snapshot.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The snapshot, without the document.
    pub fn into_snapshot(self) -> Snapshot {
        self.snapshot
    }
}

impl From<Snapshot> for Document {
    /// A snapshot that no document can be read beside with gain.
    fn from(snapshot: Snapshot) -> Document {
        Document { snapshot, text: String::new(), places: Places::new() }
    }
}

/// The snapshot of a document whose lists are in order, and where its objects stand.
pub(super) fn read(
    text: &str,
    beside: Option<&Document>,
    told: &mut dyn FnMut(usize),
) -> Option<(Snapshot, Places)> {
    let places = Places::new();
    let mut reader = Reader { text: Plain::new(text), beside, places, told, next: TOLD };
    reader.objects_member()?;
    let start = reader.text.place();
    let objects = reader.objects()?;
    // The rest is small, and one more form of the document.
    let rest = [text.get(..start)?, "{}", text.get(reader.text.place()..)?].concat();
    let snapshot: Snapshot = serde_json::from_str(&rest).ok()?;
    let usual = snapshot.format == FORMAT
        && snapshot.version == VERSION
        && !snapshot.fingerprint.is_empty();
    usual.then_some((Snapshot { objects, ..snapshot }, reader.places))
}

/// How far reading goes on before it is told again, in bytes.
const TOLD: usize = 1 << 18;

/// Goes through a document from the front.
struct Reader<'t, 'f> {
    text: Plain<'t>,
    beside: Option<&'t Document>,
    places: Places,
    /// Hears how far it has come.
    told: &'f mut dyn FnMut(usize),
    /// Where that is told next.
    next: usize,
}

impl Reader<'_, '_> {
    /// Goes to the value of the member `objects` of the document. What it passes is read again
    /// with the rest.
    fn objects_member(&mut self) -> Option<()> {
        self.text.sign(b'{')?;
        loop {
            let name = self.text.plain()?;
            self.text.sign(b':')?;
            self.text.next()?;
            if name == "objects" {
                return Some(());
            }
            self.text.value::<IgnoredAny>()?;
            self.text.sign(b',')?;
        }
    }

    fn objects(&mut self) -> Option<Objects> {
        let mut objects = Objects::default();
        self.text.sign(b'{')?;
        if self.text.sign(b'}').is_some() {
            return Some(objects);
        }
        loop {
            let kind = Kind::named(self.text.plain()?)?;
            self.text.sign(b':')?;
            let places = self.list(kind, objects.list_mut(kind)?)?;
            if self.places.insert(kind, places).is_some() {
                return None;
            }
            if !self.text.more(b'}')? {
                return Some(objects);
            }
        }
    }

    /// Reads a list that is not empty, and where its objects stand.
    fn list(&mut self, kind: Kind, list: &mut dyn AnyList) -> Option<Vec<Range<usize>>> {
        let mut other = Other::new(self.beside, kind);
        let mut places: Vec<Range<usize>> = Vec::new();
        self.text.sign(b'[')?;
        loop {
            self.text.next()?;
            let start = self.text.place();
            if let Some(length) = other.standing(self.text.rest(), list) {
                self.text.pass(length);
            } else {
                self.text.record(list.records_mut().add()?)?;
                other.hold_in_common(list);
            }
            // Ascending, and so without repetition.
            if let Some(before) = places.len().checked_sub(1)
                && list.key(before) >= list.key(before + 1)
            {
                return None;
            }
            places.push(start..self.text.place());
            if self.text.place() >= self.next {
                self.next = self.text.place() + TOLD;
                (self.told)(self.text.place());
            }
            if !self.text.more(b']')? {
                list.records_mut().close();
                places.shrink_to_fit();
                return Some(places);
            }
        }
    }
}

/// The same list of the other document, from the object on that may come next.
struct Other<'t> {
    text: &'t [u8],
    list: Option<&'t dyn AnyList>,
    places: &'t [Range<usize>],
    next: usize,
}

impl<'t> Other<'t> {
    fn new(document: Option<&'t Document>, kind: Kind) -> Self {
        let nothing = Other { text: &[], list: None, places: &[], next: 0 };
        let Some(document) = document else { return nothing };
        match (document.snapshot.objects.list(kind), document.places.get(&kind)) {
            (Some(list), Some(places)) if places.len() == list.count() => {
                Other { text: document.text.as_bytes(), list: Some(list), places, next: 0 }
            }
            _ => nothing,
        }
    }

    /// Adds the next object to a list, if its text stands here; the length of that.
    fn standing(&mut self, rest: &[u8], list: &mut dyn AnyList) -> Option<usize> {
        let text = self.text.get(self.places.get(self.next)?.clone())?;
        if !rest.starts_with(text) {
            return None;
        }
        list.share(self.list?, self.next)?;
        self.next += 1;
        Some(text.len())
    }

    /// Takes the object that is equal to the last one of a list, with another text, for that one;
    /// those in front of it are passed.
    fn hold_in_common(&mut self, list: &mut dyn AnyList) {
        let Some((other, last)) = self.list.zip(list.count().checked_sub(1)) else { return };
        while self.next < other.count() && other.key(self.next) < list.key(last) {
            self.next += 1;
        }
        if self.next == other.count() || other.key(self.next) != list.key(last) {
            return;
        }
        if list.likeness(last, other, self.next) == Likeness::Equal {
            list.pop();
            let shared = list.share(other, self.next);
            debug_assert!(shared.is_some(), "both lists are of one kind");
        }
        self.next += 1;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use std::sync::Arc;

    use super::*;
    use crate::objects::Table;
    use crate::snapshot::{fingerprint, write};

    fn table(name: &str, comment: &str) -> Table {
        let (schema, name) = ("s".to_owned(), name.to_owned());
        Table {
            schema: schema.into(),
            name: name.into(),
            comment: Some(comment.into()),
            ..Table::default()
        }
    }

    fn document(tables: &[(&str, &str)]) -> String {
        let mut snapshot =
            Snapshot { format: FORMAT.to_owned(), version: VERSION, ..Snapshot::default() };
        snapshot.objects.table.extend(tables.iter().map(|(name, text)| table(name, text)));
        snapshot.fingerprint = fingerprint(&snapshot);
        write(&snapshot)
    }

    /// The names of the tables that are held in common.
    fn common(one: &Snapshot, other: &Snapshot) -> Vec<String> {
        let there = |table: &&Arc<Table>| {
            one.objects.table.as_shared().iter().any(|mine| Arc::ptr_eq(mine, table))
        };
        let shared = other.objects.table.as_shared().iter().filter(there);
        shared.map(|table| table.name.to_string()).collect()
    }

    #[test]
    fn what_stands_in_both_is_held_once() {
        let from = Document::read(document(&[("a", "1"), ("b", "1"), ("d", "1"), ("e", "1")]));
        let from = from.unwrap();
        let text = document(&[("a", "1"), ("c", "1"), ("d", "2"), ("e", "1"), ("f", "1")]);
        let to = from.read_beside(text.as_bytes()).unwrap();
        assert_eq!(write(&to), text);
        assert_eq!(common(from.snapshot(), &to), ["a", "e"]);
        // What is spelled in another way is read, and held once nevertheless.
        let spelled = text.replace("\"comment\": \"1\"", "\"comment\":  \"\\u0031\"");
        let to = from.read_beside(spelled.as_bytes()).unwrap();
        assert_eq!(write(&to), text);
        assert_eq!(common(from.snapshot(), &to), ["a", "e"]);
    }

    #[test]
    fn lists_in_another_order_are_read_as_they_come() {
        let sorted = document(&[("a", "1"), ("b", "1")]);
        let (a, b) = ("\"name\": \"a\"", "\"name\": \"b\"");
        let turned = sorted.replace(a, "\u{0}").replace(b, a).replace('\u{0}', b);
        let (document, turned) = (Document::read(sorted).unwrap(), turned.as_bytes());
        assert_eq!(document.read_beside(turned).unwrap(), *document.snapshot());
        let twice = document.text.replace(b, a);
        for read in
            [crate::snapshot::read(twice.as_bytes()), document.read_beside(twice.as_bytes())]
        {
            assert!(matches!(read, Err(SnapshotError::Duplicate { .. })), "{read:?}");
        }
    }

    #[test]
    fn reading_tells_how_far_it_is() {
        let comment = "x".repeat(TOLD);
        let text = document(&[("a", &comment), ("b", "1"), ("c", &comment)]);
        let mut told = Vec::new();
        let read = Document::read_telling(text.clone(), &mut |bytes| told.push(bytes)).unwrap();
        assert!(told.len() == 2 && told.is_sorted() && told[1] < text.len(), "{told:?}");
        let mut beside = Vec::new();
        read.read_beside_telling(text.as_bytes(), &mut |bytes| beside.push(bytes)).unwrap();
        assert_eq!(beside, told);
    }

    #[test]
    fn mistakes_are_told_as_without_another_document() {
        let good = document(&[("a", "1"), ("b", "1")]);
        let beside = Document::read(good.clone()).unwrap();
        for (part, mistake) in [
            ("\"name\": \"b\"", "\"colour\": \"b\""),
            ("   },\n", "   }\n"),
            ("\"objects\": {", "\"objects\": {}, \"objects\": {"),
            ("\"table\": [", "\"table\": [], \"table\": ["),
            ("\"version\": 1", "\"version\": 2"),
            ("]\n }", "]\n"),
        ] {
            let bad = good.replacen(part, mistake, 1);
            assert_ne!(bad, good);
            let alone = read_as_it_comes(&bad).unwrap_err().to_string();
            assert_eq!(beside.read_beside(bad.as_bytes()).unwrap_err().to_string(), alone);
            assert_eq!(Document::read(bad).unwrap_err().to_string(), alone);
        }
    }
}
