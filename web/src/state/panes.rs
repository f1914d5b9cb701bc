//! What of the page is open, and how it looks and listens.

use super::{OwnKeys, Theme};

/// The least and the greatest width of the tree, in pixels.
pub(crate) const TREE_WIDTHS: (i32, i32) = (240, 560);
/// The width of the tree before somebody changes it.
const TREE_WIDTH: i32 = 400;
/// How far an arrow key moves.
const WIDTH_STEP: i32 = 20;

/// The width of the tree after a key on what parts the panes; `None` for keys without a meaning there.
pub(crate) fn width_after(key: &str, width: i32) -> Option<i32> {
    Some(match key {
        "ArrowLeft" => width - WIDTH_STEP,
        "ArrowRight" => width + WIDTH_STEP,
        "Home" => TREE_WIDTHS.0,
        "End" => TREE_WIDTHS.1,
        "Enter" => TREE_WIDTH,
        _ => return None,
    })
}

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
    /// The keys that somebody chose.
    pub own_keys: OwnKeys,
    /// The width of the tree, in pixels. It belongs to the screen, and is in no address.
    pub tree_width: i32,
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
            own_keys: OwnKeys::default(),
            tree_width: TREE_WIDTH,
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
    /// Choose another key for the command that has the first one by itself.
    OwnKey(String, String),
    /// Take these keys, or with none of them those that commands have by themselves.
    OwnKeys(OwnKeys),
    /// Make the tree as wide as that, as far as that goes.
    TreeWidth(i32),
}

impl Panes {
    /// The panes after an action.
    pub(crate) fn after(&self, action: &PanesAction) -> Panes {
        let mut next = self.clone();
        match action.clone() {
            PanesAction::OwnKey(of, key) => next.own_keys = next.own_keys.with(&of, &key),
            PanesAction::OwnKeys(keys) => next.own_keys = keys,
            PanesAction::Read(reading) => next.reading = reading,
            PanesAction::Help(help) => next.help = help,
            PanesAction::Privacy(privacy) => next.privacy = privacy,
            PanesAction::Palette(palette) => next.palette = palette,
            PanesAction::Theme(theme) => next.theme = theme,
            PanesAction::SingleKeys(on) => next.single_keys = on,
            PanesAction::TreeWidth(width) => {
                next.tree_width = width.clamp(TREE_WIDTHS.0, TREE_WIDTHS.1);
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_stays_within_its_widths() {
        let width = |asked| Panes::default().after(&PanesAction::TreeWidth(asked)).tree_width;
        assert_eq!([-5, 300, 9_999].map(width), [240, 300, 560]);
        assert_eq!(width_after("ArrowLeft", 400), Some(380));
        assert_eq!(width_after("Enter", 240), Some(TREE_WIDTH));
        assert_eq!(width_after("a", 240), None);
    }
}
