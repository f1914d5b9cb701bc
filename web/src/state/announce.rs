//! What the page says by itself.

/// The last message, and the last failure.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Announce {
    /// The last thing worth saying aloud.
    pub said: String,
    /// The worker or the page has failed, and this is what it said.
    pub failure: Option<String>,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AnnounceAction {
    /// Say something aloud.
    Say(String),
    /// The worker or the page has failed.
    Fail(String),
}

impl Announce {
    /// What is said after an action.
    pub(crate) fn after(&self, action: AnnounceAction) -> Announce {
        let mut next = self.clone();
        match action {
            AnnounceAction::Say(what) => next.said = what,
            AnnounceAction::Fail(message) => next.failure = Some(message),
        }
        next
    }
}
