//! What of the page is open, and how it looks and listens.

use super::Theme;

/// Panes, dialogs, colours, keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Panes {
    /// On a narrow screen the detail covers the tree.
    pub reading: bool,
    /// The map of the keyboard is shown.
    pub help: bool,
    /// What "local only" rests on is shown.
    pub privacy: bool,
    /// The palette is shown.
    pub palette: bool,
    /// The colours.
    pub theme: Theme,
    /// Single keys are commands. People who speak to their computer turn that off (WCAG 2.1.4).
    pub single_keys: bool,
}

impl Default for Panes {
    fn default() -> Panes {
        Panes {
            reading: false,
            help: false,
            privacy: false,
            palette: false,
            theme: Theme::default(),
            single_keys: true,
        }
    }
}

/// What happens to the panes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PanesAction {
    /// Read the detail, or go back to the tree, where the screen has room for one.
    Read(bool),
    /// Show or hide the map of the keyboard.
    Help(bool),
    /// Show or hide what "local only" rests on.
    Privacy(bool),
    /// Show or hide the palette.
    Palette(bool),
    /// Choose the colours.
    Theme(Theme),
    /// Let single keys be commands, or not.
    SingleKeys(bool),
}

impl Panes {
    /// The panes after an action.
    pub(crate) fn after(&self, action: &PanesAction) -> Panes {
        let mut next = self.clone();
        match *action {
            PanesAction::Read(reading) => next.reading = reading,
            PanesAction::Help(help) => next.help = help,
            PanesAction::Privacy(privacy) => next.privacy = privacy,
            PanesAction::Palette(palette) => next.palette = palette,
            PanesAction::Theme(theme) => next.theme = theme,
            PanesAction::SingleKeys(on) => next.single_keys = on,
        }
        next
    }
}
