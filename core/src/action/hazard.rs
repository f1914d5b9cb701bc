//! The named dangers of a step: one documented list.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::RiskLevel;

macro_rules! hazards {
    ($($variant:ident $name:literal $withholds:literal $risk:ident $means:literal),+ $(,)?) => {
        /// A named danger of a step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum Hazard {
            $(#[doc = $means] #[serde(rename = $name)] $variant,)+
        }

        impl Hazard {
            /// Every hazard there is.
            pub const ALL: &'static [Hazard] = &[$(Hazard::$variant),+];

            /// The name as people write it after `--allow`.
            pub fn name(self) -> &'static str {
                match self { $(Hazard::$variant => $name),+ }
            }

            /// True when a step with it stays out of the script until it is allowed.
            pub fn withholds(self) -> bool {
                match self { $(Hazard::$variant => $withholds),+ }
            }

            /// The risk of a step with it, before the time counts for which its lock is held.
            pub fn risk(self) -> RiskLevel {
                match self { $(Hazard::$variant => RiskLevel::$risk),+ }
            }

            /// What it means, for a person who reads the plan.
            pub fn means(self) -> &'static str {
                match self { $(Hazard::$variant => $means),+ }
            }
        }
    };
}

hazards! {
    DataLoss "DATA_LOSS" true High "Rows or values are deleted, or may be cut, and no reverse plan brings them back.",
    TableRewrite "TABLE_REWRITE" false Low "The whole table is written anew under a lock that blocks readers and writers.",
    TableScan "TABLE_SCAN" false Low "The whole table is read while the lock is held.",
    BlocksReads "BLOCKS_READS" false Low "Readers and writers of an existing table wait until the step ends.",
    BlocksWrites "BLOCKS_WRITES" false Low "Writers of an existing table wait until the step ends.",
    IndexDropped "INDEX_DROPPED" false Low "Queries that used the index become slower.",
    IndexBuild "INDEX_BUILD" false Low "An index is built from all rows: it takes processor, disk and time.",
    LocksReferenced "LOCKS_REFERENCED" false Low "A second table, at the other end of a foreign key, is locked too.",
    ConstraintDropped "CONSTRAINT_DROPPED" false Medium "Rows that were refused are accepted from this step on.",
    UniquenessLost "UNIQUENESS_LOST" false Medium "The same value may come in twice, and ON CONFLICT fails that relied on it.",
    MayFail "MAY_FAIL" false Medium "The step fails when existing rows do not satisfy it.",
    NotTransactional "NOT_TRANSACTIONAL" false Medium "The step runs outside of a transaction: when it fails, what ran before it stays.",
    Security "SECURITY" false Medium "The step changes who may read or write what.",
    Irreversible "IRREVERSIBLE" false Medium "No statement takes the step back.",
    StaleData "STALE_DATA" false Medium "What was computed before stays as it is: stored search vectors, generated values, index entries.",
    SessionSettings "SESSION_SETTINGS" false Medium "The session that runs the step decides by its settings, such as the time zone, what values become.",
    UntrackedDependencies "UNTRACKED_DEPENDENCIES" false Low "PostgreSQL does not record all that uses it, or that it uses, so their order may be wrong.",
    UnknownEffects "UNKNOWN_EFFECTS" false Medium "A script of an extension runs that no snapshot describes.",
    BreaksPrograms "BREAKS_PROGRAMS" false Medium "Statements of programs that were right before may fail from this step on.",
    Replaced "REPLACED" false Medium "The object is dropped and created again: sessions that use it meanwhile wait or fail.",
    Secret "SECRET" true Medium "The statement has a placeholder where a secret belongs that no snapshot holds.",
    Replication "REPLICATION" false Medium "Subscribers get other changes than before, or none.",
    Rename "RENAME" false Medium "Programs that use the old name fail from this step on.",
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no hazard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown hazard {0:?}: the names are {names}", names = Hazard::ALL.iter().map(|h| h.name()).collect::<Vec<_>>().join(", "))]
pub struct UnknownHazard(pub String);

impl FromStr for Hazard {
    type Err = UnknownHazard;

    fn from_str(text: &str) -> Result<Self, UnknownHazard> {
        let wanted = text.trim().to_ascii_uppercase().replace('-', "_");
        Hazard::ALL
            .iter()
            .copied()
            .find(|h| h.name() == wanted)
            .ok_or_else(|| UnknownHazard(text.to_owned()))
    }
}
