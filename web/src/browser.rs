//! What only a browser has: the things around the page that state and engine know nothing of.

pub(crate) mod early;
pub(crate) mod embedded;
pub(crate) mod failure;
pub(crate) mod session;
