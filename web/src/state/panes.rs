//! What of the page is open, and how it looks and listens.

use super::{OwnKeys, Theme};

/// The least and the greatest width of the tree, in pixels.
pub(crate) const TREE_WIDTHS: (i32, i32) = (240, 560);
/// From here on there is room for three panes.
const THREE_PANES: i32 = 1200;
/// From here on three panes leave as much room for what is read as two panes do at [`TWO_COLUMNS`].
const ROOMY: i32 = 1360;
/// Two definitions side by side need that much.
const TWO_COLUMNS: i32 = 1100;
/// How far an arrow key moves.
const WIDTH_STEP: i32 = 20;

/// The width of the tree in a window of that width, before somebody changes it: what is read has the room
/// that three panes leave, or two.
pub(crate) fn usual_width(window: i32) -> i32 {
    if window >= THREE_PANES {
        (window / 4).clamp(304, 400)
    } else {
        (window * 3 / 10).clamp(TREE_WIDTHS.0, 400)
    }
}

/// Whether two definitions have room side by side in a window of that width, if somebody wants that.
pub(crate) fn fits_two_columns(window: i32) -> bool {
    window >= TWO_COLUMNS
}

/// Whether they stand side by side there before somebody says otherwise: a third pane takes room from them.
pub(crate) fn usual_columns(window: i32) -> bool {
    fits_two_columns(window) && !(THREE_PANES..ROOMY).contains(&window)
}

/// The pane that is gone to from the one that has the focus, among those that are in sight; they are gone
/// through in a circle. From nowhere it is the first one, or the last.
pub(crate) fn pane_after(here: Option<usize>, in_sight: &[bool], back: bool) -> Option<usize> {
    let count = in_sight.len();
    let from = here.unwrap_or(if back { 0 } else { count.saturating_sub(1) });
    let step = |far: usize| if back { from + count - far } else { from + far } % count;
    (1..=count).map(step).find(|at| in_sight[*at])
}

/// The width of the tree after a key on what parts the panes; `None` for keys without a meaning there.
/// `usual` is the width that it has by itself.
pub(crate) fn width_after(key: &str, width: i32, usual: i32) -> Option<i32> {
    Some(match key {
        "ArrowLeft" => width - WIDTH_STEP,
        "ArrowRight" => width + WIDTH_STEP,
        "Home" => TREE_WIDTHS.0,
        "End" => TREE_WIDTHS.1,
        "Enter" => usual,
        _ => return None,
    })
}

/// Whether the detail is read. It matters where there is no room for three panes: with room for two the
/// detail is a drawer, which is there until somebody shuts it; with room for one, the tree comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nobody has said so, or otherwise.
    #[default]
    Open,
    /// Somebody reads it.
    Wanted,
    /// Somebody has shut it.
    Shut,
}

/// Panes, dialogs, colours, keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Panes {
    /// Whether the detail is read, where it does not have a pane of its own.
    pub reading: Reading,
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
    /// The width of the tree, in pixels, where somebody has chosen one. It belongs to the screen, and is in
    /// no address.
    pub tree_width: Option<i32>,
}

impl Default for Panes {
    fn default() -> Panes {
        Panes {
            reading: Reading::default(),
            help: false,
            privacy: false,
            palette: false,
            theme: Theme::default(),
            single_keys: true,
            own_keys: OwnKeys::default(),
            tree_width: None,
        }
    }
}

/// What happens to the panes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PanesAction {
    /// Read the detail, or go back to the tree, where the screen has no room for both.
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
            PanesAction::Read(wanted) => {
                next.reading = if wanted { Reading::Wanted } else { Reading::Shut };
            }
            PanesAction::Help(help) => next.help = help,
            PanesAction::Privacy(privacy) => next.privacy = privacy,
            PanesAction::Palette(palette) => next.palette = palette,
            PanesAction::Theme(theme) => next.theme = theme,
            PanesAction::SingleKeys(on) => next.single_keys = on,
            PanesAction::TreeWidth(width) => {
                next.tree_width = Some(width.clamp(TREE_WIDTHS.0, TREE_WIDTHS.1));
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
        assert_eq!([-5, 300, 9_999].map(width), [240, 300, 560].map(Some));
        assert_eq!(width_after("ArrowLeft", 400, 320), Some(380));
        assert_eq!(width_after("Enter", 240, 320), Some(320));
        assert_eq!(width_after("a", 240, 320), None);
    }

    #[test]
    fn the_tree_leaves_room_for_what_is_read() {
        assert_eq!([320, 800, 1000, 1199].map(usual_width), [240, 240, 300, 359]);
        assert_eq!([1200, 1440, 3000].map(usual_width), [304, 360, 400]);
    }

    #[test]
    fn definitions_stand_side_by_side_where_there_is_room() {
        let widths = [1099, 1100, 1200, 1359, 1360];
        assert_eq!(widths.map(fits_two_columns), [false, true, true, true, true]);
        assert_eq!(widths.map(usual_columns), [false, true, false, false, true]);
    }

    #[test]
    fn panes_are_gone_through_in_a_circle_without_those_out_of_sight() {
        let all = [true; 3];
        assert_eq!(pane_after(Some(0), &all, false), Some(1));
        assert_eq!(pane_after(Some(2), &all, false), Some(0));
        assert_eq!(pane_after(Some(0), &all, true), Some(2));
        assert_eq!(
            (pane_after(None, &all, false), pane_after(None, &all, true)),
            (Some(0), Some(2))
        );
        let phone = [false, true, true];
        assert_eq!(
            (pane_after(Some(2), &phone, false), pane_after(Some(1), &phone, true)),
            (Some(1), Some(2))
        );
        assert_eq!(pane_after(Some(1), &[false, true, false], false), Some(1));
        assert_eq!(
            (pane_after(None, &[false; 3], false), pane_after(None, &[], true)),
            (None, None)
        );
    }

    #[test]
    fn the_detail_is_there_until_it_is_shut_and_comes_back_when_it_is_wanted() {
        let panes = Panes::default();
        assert_eq!(panes.reading, Reading::Open);
        let shut = panes.after(&PanesAction::Read(false));
        assert_eq!(shut.reading, Reading::Shut);
        assert_eq!(shut.after(&PanesAction::Read(true)).reading, Reading::Wanted);
    }
}
