//! The words that every object kind shares: identity, grants, security labels.

mod grant;
mod id;

pub use grant::{Grant, SecurityLabel};
pub use id::Id;
