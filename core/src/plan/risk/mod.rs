//! What a release manager asks of a plan: how risky each change is, what it locks and for how long, whether
//! there is a way back, how many rows it is about, and how long the tables are closed in all.
//!
//! `facts` says of each step what it works on, `rate` how long that takes and how much it can hurt,
//! `table` puts the steps of a change into one row and adds up the plan. `docs/risk.md` has the rules.

mod facts;
mod model;
mod rate;
mod table;
mod time;

#[cfg(test)]
mod tests;

pub use model::{
    ChangeRisk, Closed, Concerned, Downtime, HeldLock, InScript, LevelCounts, PlanRisk, StepRisk,
    WayBack, Work,
};
pub use time::{FASTEST, SLOWEST, STATEMENT_MS, Speed, TimeRange};

pub(super) use facts::Relations;
pub(crate) use rate::rate;
pub(crate) use table::risk;

/// `2.1 GB`, in powers of 1000.
pub(crate) fn bytes_in_words(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    for (unit, size) in UNITS {
        if bytes >= size {
            let tenths = bytes / (size / 10);
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
    }
    format!("{bytes} bytes")
}
