//! The rows of the risk table.

use pgparity_core::plan::{ChangeRisk, InScript};

/// A row, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RiskRow {
    /// Its identity.
    pub id: String,
    /// The level by one word, for its look.
    pub level: &'static str,
    /// The level in words, and whether its steps are in the script.
    pub level_words: String,
    /// `yes`, `partly`, `no`: whether its steps are in the script.
    pub in_script: &'static str,
    /// The kind and name of what differs.
    pub title: String,
    /// Its steps that can be gone to.
    pub steps: Vec<usize>,
    /// How many it has besides.
    pub more_steps: usize,
    /// Its hazards.
    pub hazards: String,
    /// Its lock, for how long, and who waits.
    pub lock: String,
    /// What it does with rows, and how long that takes.
    pub work: String,
    /// The rows there.
    pub rows: String,
    /// The bytes there.
    pub size: String,
    /// Whether it can be taken back.
    pub way_back: &'static str,
}

/// So many steps of a change are named.
const STEPS: usize = 8;

/// A change as a row.
pub(crate) fn risk_row(change: &ChangeRisk) -> RiskRow {
    let hazards: Vec<&str> = change.hazards.iter().map(|hazard| hazard.name()).collect();
    RiskRow {
        id: change.object.as_str().to_owned(),
        level: change.level.word(),
        level_words: change.level_in_words(),
        in_script: match change.in_script {
            InScript::Yes => "yes",
            InScript::Partly => "partly",
            InScript::No => "no",
        },
        title: change.title(),
        steps: change.steps.iter().take(STEPS).copied().collect(),
        more_steps: change.steps.len().saturating_sub(STEPS),
        hazards: if hazards.is_empty() { "none".to_owned() } else { hazards.join(", ") },
        lock: change.lock_in_words(),
        work: change.work_in_words(),
        rows: change.rows_in_words(),
        size: change.size_in_words(),
        way_back: change.way_back.word(),
    }
}

#[cfg(test)]
mod tests {
    use pgparity_core::action::RiskLevel;
    use pgparity_core::plan::{TimeRange, WayBack, Work};

    use super::*;

    #[test]
    fn a_row_says_what_nobody_knows_and_names_few_steps() {
        let row = risk_row(&ChangeRisk {
            object: "materialized_view:public.sums".into(),
            steps: (1..=11).collect(),
            in_script: InScript::No,
            level: RiskLevel::High,
            hazards: Vec::new(),
            lock: None,
            work: Work::Query,
            takes: TimeRange::UNKNOWN,
            way_back: WayBack::Full,
            rows: None,
            bytes: Some(1_234_567),
        });
        assert_eq!((row.steps.len(), row.more_steps), (8, 3));
        assert_eq!(row.title, "materialized view public.sums");
        assert_eq!((row.rows.as_str(), row.size.as_str()), ("unknown", "1.2 MB"));
        assert_eq!((row.hazards.as_str(), row.lock.as_str()), ("none", "none"));
        assert_eq!((row.level, row.in_script), ("high", "no"));
        assert_eq!(row.level_words, "high (not in the script)");
        assert_eq!(row.work, "runs a query, unknown");
    }
}
