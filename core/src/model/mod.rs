//! The words that every object kind shares: identity, grants, security labels.

mod grant;
mod id;
mod map;

pub use grant::{Grant, SecurityLabel};
pub use id::Id;
pub(crate) use map::{FastMap, FastSet};
