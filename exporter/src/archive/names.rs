//! The names in an archive: environments, snapshots, marks that a snapshot was seen again, and announcements.
//!
//! `production/20261101T120000Z-<fingerprint>.json.gz` is a snapshot, and
//! `production/20261105T120000Z-<fingerprint>.seen` says that the same was there later. A `.going`
//! announces that the snapshot of its name is about to be removed. Names tell all that finding a snapshot takes, so that
//! a listing is enough.

use std::fmt;
use std::str::FromStr;

use super::stamp::Stamp;

/// How a snapshot's name ends. Pages unpack gzip, and choose files of a folder by this ending.
const SNAPSHOT: &str = ".json.gz";
const SEEN: &str = ".seen";
const GOING: &str = ".going";

/// The hash of a fingerprint, without `sha256:`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hash(String);

impl Hash {
    /// Of a fingerprint, `sha256:…`; `None` for anything else.
    pub(super) fn of(fingerprint: &str) -> Option<Hash> {
        Hash::named(fingerprint.strip_prefix("sha256:")?)
    }

    fn named(text: &str) -> Option<Hash> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 64 && text.bytes().all(digit)).then(|| Hash(text.to_owned()))
    }
}

impl fmt::Display for Hash {
    /// As a fingerprint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

/// A time and what was there then. In order of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// When.
    pub(crate) time: Stamp,
    /// What.
    pub(crate) hash: Hash,
}

/// Makes an item of a moment.
type Make = fn(Moment) -> Item;

/// What a name in an environment's folder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A snapshot.
    Snapshot(Moment),
    /// The mark that a snapshot was seen again.
    Seen(Moment),
    /// The announcement that a snapshot is about to be removed.
    Going(Moment),
}

impl Item {
    /// `None` for names of other files, which an archive leaves alone.
    pub(super) fn named(name: &str) -> Option<Item> {
        let forms: [(&str, Make); 3] =
            [(SNAPSHOT, Item::Snapshot), (SEEN, Item::Seen), (GOING, Item::Going)];
        let (stem, make) = forms
            .into_iter()
            .find_map(|(ending, make)| Some((name.strip_suffix(ending)?, make)))?;
        let (time, hash) = stem.split_once('-')?;
        Some(make(Moment { time: Stamp::named(time)?, hash: Hash::named(hash)? }))
    }

    /// The name.
    pub(super) fn name(&self) -> String {
        let (moment, ending) = match self {
            Item::Snapshot(moment) => (moment, SNAPSHOT),
            Item::Seen(moment) => (moment, SEEN),
            Item::Going(moment) => (moment, GOING),
        };
        format!("{}-{}{ending}", moment.time.name(), moment.hash.0)
    }
}

/// The name of an environment, which is also that of its folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Environment(String);

impl Environment {
    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Environment {
    type Err = String;

    fn from_str(text: &str) -> Result<Environment, String> {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        // Windows takes no name that ends with a dot, and keeps these for devices.
        let device =
            ["con", "prn", "aux", "nul"].iter().any(|name| text.eq_ignore_ascii_case(name));
        if begins && text.len() <= 100 && text.bytes().all(good) && !text.ends_with('.') && !device
        {
            return Ok(Environment(text.to_owned()));
        }
        Err(format!(
            "`{}` is no name for an environment: letters, digits, `.`, `_` and `-`, at most 100, the first \
             a letter or digit",
            pgparity_core::report::visible(text)
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let hash = "ab".repeat(32);
        let name = format!("20261101T120000Z-{hash}.json.gz");
        let item = Item::named(&name).unwrap();
        assert_eq!(item.name(), name);
        let Item::Snapshot(moment) = item else { unreachable!("a snapshot") };
        assert_eq!(Hash::of(&moment.hash.to_string()), Some(moment.hash.clone()));
        for item in [Item::Seen(moment.clone()), Item::Going(moment)] {
            assert_eq!(Item::named(&item.name()), Some(item));
        }
        for other in [
            "index",
            "notes.json.gz",
            &format!("20261101T120000Z-{hash}.json"),
            &format!("20261101T120000Z-{hash}.json.gz#1"),
            &format!("20261101T120000Z-{}.json.gz", hash.to_uppercase()),
        ] {
            assert_eq!(Item::named(other), None, "{other}");
        }
    }

    #[test]
    fn environments_are_names_of_folders_everywhere() {
        for good in ["production", "tenant-0042", "eu.west_1", "7"] {
            assert_eq!(good.parse::<Environment>().unwrap().as_str(), good);
        }
        let long = "a".repeat(101);
        for bad in ["", ".", "..", "a/b", "a\\b", "-x", "a b", "ü", "a.", "NUL", "a\n", &long] {
            assert!(bad.parse::<Environment>().is_err(), "{bad}");
        }
    }
}
