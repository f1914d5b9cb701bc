//! The words that every object kind shares: identity, grants, security labels.

mod grant;
mod id;
mod map;

pub use grant::{Grant, SecurityLabel};
pub use id::Id;
pub(crate) use map::{FastMap, FastSet};

/// A text of an object, as names, types and expressions are. Most are short, and stand in the object
/// itself instead of in memory of their own: 24 bytes at most, 12 where addresses have 32 bits.
pub type Text = compact_str::CompactString;
