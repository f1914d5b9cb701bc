//! What the corpus proves: which attribute of which kind differs in which case, and how a plan
//! brings it about.
//!
//! Nothing here is claimed. The attributes are those of the published form of the document, the
//! facts come from comparing the two states of each case as a server holds them, and the way of
//! planning comes from a plan in which nothing but that attribute differs.

mod attributes;
mod facts;
mod page;

pub use attributes::{Attribute, attributes};
pub use facts::{Facts, Single, facts, singles};
pub use page::page;
