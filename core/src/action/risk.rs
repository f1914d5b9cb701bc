//! How much a step or a change can hurt, in the three levels of a change request.

use serde::{Deserialize, Serialize};

/// How much a step can hurt, least first. `docs/risk.md` has the rules.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RiskLevel {
    /// Nobody waits for longer than a second, and programs go on as before.
    #[default]
    Low,
    /// Sessions may wait for some seconds, programs may fail, or the step itself may.
    Medium,
    /// Data is lost, or sessions wait for longer, or nobody can tell for how long.
    High,
}

impl RiskLevel {
    /// Every level, the worst first.
    pub const ALL: [RiskLevel; 3] = [RiskLevel::High, RiskLevel::Medium, RiskLevel::Low];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            RiskLevel::Low => "low",
            RiskLevel::Medium => "medium",
            RiskLevel::High => "high",
        }
    }
}
