//! A key as it was pressed.

/// A key as it was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stroke {
    /// The key's value, as the browser names it.
    pub key: String,
    /// Control or Command is held.
    pub control: bool,
    /// Alt is held: the key belongs to the browser.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
    /// The focus is where text is entered.
    pub typing: bool,
    /// The key before was `g`.
    pub after_g: bool,
}
