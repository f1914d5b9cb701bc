//! Which command a stroke gives. A new command is a variant, a line in `own.rs` or below, and a line in
//! the map.

use super::{OwnKeys, Stroke};
use crate::state::Place;

/// What a key asks for, wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Show or hide the map.
    Help,
    /// Put the focus into the search.
    Search,
    /// Leave: the map, the field, the detail.
    Back,
    /// Change the colours.
    Theme,
    /// Put the focus on the rename decisions.
    Renames,
    /// Side by side, or one below the other.
    Layout,
    /// Compare definitions without white space, or with it.
    Blanks,
    /// Break long lines, or not.
    Wrap,
    /// The next row of the tree.
    NextRow,
    /// The row before.
    PreviousRow,
    /// The next change in the definition.
    NextChange,
    /// The change before.
    PreviousChange,
    /// Show or hide the filters.
    Filters,
    /// Wait for the place to go to.
    Go,
    /// Go to a place.
    To(Place),
    /// The next pane.
    NextPane,
    /// The pane before.
    PreviousPane,
    /// Take the last decision back.
    Undo,
    /// Turn the step with the focus on or off.
    Toggle,
    /// Show or hide the palette.
    Palette,
    /// Tick the object and go on.
    Viewed,
    /// The next object that nobody has looked at.
    NextUnviewed,
    /// The one before.
    PreviousUnviewed,
}

/// The command of a stroke, if it has one. `single` tells whether single keys are commands.
pub(crate) fn command(stroke: &Stroke, single: bool, own: &OwnKeys) -> Option<Command> {
    if stroke.alt {
        return None;
    }
    if stroke.control {
        return held(stroke);
    }
    match stroke.key.as_str() {
        "Escape" => return Some(Command::Back),
        "F6" if stroke.shift => return Some(Command::PreviousPane),
        "F6" => return Some(Command::NextPane),
        _ if stroke.typing || !single => return None,
        _ => {}
    }
    if stroke.after_g {
        return Place::from_key(&stroke.key).map(Command::To);
    }
    own.command(&stroke.key)
}

/// Keys with Control or Command. While typing, undo belongs to the field.
fn held(stroke: &Stroke) -> Option<Command> {
    match stroke.key.as_str() {
        "z" if !stroke.typing && !stroke.shift => Some(Command::Undo),
        "k" if !stroke.shift => Some(Command::Palette),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(stroke: &Stroke, single: bool) -> Option<Command> {
        super::command(stroke, single, &OwnKeys::default())
    }

    fn pressed(key: &str) -> Stroke {
        Stroke { key: key.to_owned(), ..Stroke::default() }
    }

    #[test]
    fn single_keys_rest_while_typing() {
        assert_eq!(command(&pressed("j"), true), Some(Command::NextRow));
        assert_eq!(command(&Stroke { typing: true, ..pressed("j") }, true), None);
        let escape = Stroke { typing: true, ..pressed("Escape") };
        assert_eq!(command(&escape, true), Some(Command::Back));
    }

    #[test]
    fn single_keys_can_be_switched_off() {
        for key in ["j", "/", "?", "g"] {
            assert_eq!(command(&pressed(key), false), None, "{key}");
        }
        assert_eq!(command(&pressed("Escape"), false), Some(Command::Back));
        assert_eq!(command(&pressed("F6"), false), Some(Command::NextPane));
        let back = Stroke { shift: true, ..pressed("F6") };
        assert_eq!(command(&back, false), Some(Command::PreviousPane));
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(command(&Stroke { control: true, ..pressed("f") }, true), None);
        assert_eq!(command(&Stroke { alt: true, ..pressed("f") }, true), None);
    }

    #[test]
    fn undo_is_left_to_the_field_while_typing() {
        let undo = Stroke { control: true, ..pressed("z") };
        assert_eq!(command(&undo, false), Some(Command::Undo));
        assert_eq!(command(&Stroke { typing: true, ..undo.clone() }, true), None);
        assert_eq!(command(&Stroke { shift: true, ..undo }, true), None);
    }

    #[test]
    fn the_palette_opens_from_everywhere() {
        let stroke = Stroke { control: true, typing: true, ..pressed("k") };
        assert_eq!(command(&stroke, false), Some(Command::Palette));
    }

    #[test]
    fn g_waits_for_a_place() {
        assert_eq!(command(&pressed("g"), true), Some(Command::Go));
        let place = Stroke { after_g: true, ..pressed("p") };
        assert_eq!(command(&place, true), Some(Command::To(Place::Plan)));
        assert_eq!(command(&Stroke { after_g: true, ..pressed("j") }, true), None);
    }
}
