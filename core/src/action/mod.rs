//! The atoms of a plan: what one statement creates, needs, destroys, and what it costs.

mod hazard;
mod lock;
mod risk;
mod statement;

pub use hazard::{Hazard, UnknownHazard};
pub use lock::{Lock, LockMode};
pub use risk::RiskLevel;
pub use statement::{Action, Aside, Effect, RowCheck, Timing, Verb};
pub(crate) use statement::{DROP_HELPER, RENAME};
