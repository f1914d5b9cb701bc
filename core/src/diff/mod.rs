//! The comparison of two snapshots: generic over object kinds.

mod candidates;
mod change;
mod compare;
mod decisions;
mod harmonize;
mod ignore;
mod notes;
mod preset;
mod rename;
mod rewrite;

pub use change::{
    AttributeChange, Change, ChangeKind, Drift, Ignored, Note, RenameAnswer, RenameCandidate,
    RenameDecision, Total,
};
pub use compare::{DiffOptions, diff, diff_telling};
pub use decisions::Decisions;
pub use harmonize::harmonized;
pub use ignore::IgnoreRule;
pub use preset::{IgnorePreset, nothing_but};
pub use rename::{Originals, RenameError, after_renames, confirmed};
