//! Many databases at once: which, by a file; each exported by one of several workers, within limits of the
//! servers; the others go on when one fails.

mod bars;
mod databases;
mod file;
mod workers;

pub(crate) use bars::Bars;
pub(crate) use databases::{Database, find};
pub(crate) use file::Fleet;
pub(crate) use workers::{Ended, work};
