//! What keeps a policy from being used.

/// Why a policy cannot be held against a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// It has no rules for the environment that was asked for.
    #[error("the policy has no environment {name:?}: {}", those(.known))]
    UnknownEnvironment {
        /// What was asked for.
        name: String,
        /// Those that it has.
        known: Vec<String>,
    },
}

fn those(names: &[String]) -> String {
    if names.is_empty() {
        return "add a table [environment.NAME], or leave --environment out".to_owned();
    }
    format!("it has {}", names.join(", "))
}
