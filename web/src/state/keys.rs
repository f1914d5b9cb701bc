//! The keyboard: what a key does, and the map that `?` shows.

/// A key as it was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stroke {
    /// The key's value, as the browser names it.
    pub key: String,
    /// Control, Command or Alt is held: the key belongs to the browser.
    pub modified: bool,
    /// The focus is where text is entered.
    pub typing: bool,
    /// The key before was `g`.
    pub after_g: bool,
}

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
    /// Go to Start.
    GoStart,
    /// Go to Compare.
    GoCompare,
    /// Go to Plan.
    GoPlan,
    /// The next pane.
    NextPane,
}

/// The command of a key, if it has one.
pub(crate) fn command(stroke: &Stroke) -> Option<Command> {
    if stroke.modified {
        return None;
    }
    if stroke.key == "Escape" {
        return Some(Command::Back);
    }
    if stroke.key == "F6" {
        return Some(Command::NextPane);
    }
    if stroke.typing {
        return None;
    }
    if stroke.after_g {
        return match stroke.key.as_str() {
            "s" => Some(Command::GoStart),
            "c" => Some(Command::GoCompare),
            "p" => Some(Command::GoPlan),
            _ => None,
        };
    }
    Some(match stroke.key.as_str() {
        "?" => Command::Help,
        "/" => Command::Search,
        "t" => Command::Theme,
        "r" => Command::Renames,
        "s" => Command::Layout,
        "j" => Command::NextRow,
        "k" => Command::PreviousRow,
        "n" => Command::NextChange,
        "p" => Command::PreviousChange,
        "f" => Command::Filters,
        "g" => Command::Go,
        _ => return None,
    })
}

/// The map: keys and what they do.
pub(crate) fn map() -> &'static [(&'static str, &'static str)] {
    &[
        ("/", "search the tree"),
        ("j or ↓", "next row; the detail follows"),
        ("k or ↑", "row before"),
        ("→  ←", "open or close, go to the first part or the parent"),
        ("Home  End", "first, last row"),
        ("Enter", "go to the detail"),
        ("n  p", "next change in the definition, change before"),
        ("s", "definitions side by side or in one column"),
        ("f", "show or hide the filters"),
        ("r", "go to the rename decisions"),
        ("Space", "turn the step with the focus on or off"),
        ("g s  g c  g p", "go to Start, Compare, Plan"),
        ("F6", "next pane"),
        ("t", "system, light or dark colours"),
        ("Esc", "back one level"),
        ("?", "this map"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(key: &str) -> Stroke {
        Stroke { key: key.to_owned(), ..Stroke::default() }
    }

    #[test]
    fn single_keys_rest_while_typing() {
        assert_eq!(command(&pressed("j")), Some(Command::NextRow));
        assert_eq!(command(&Stroke { typing: true, ..pressed("j") }), None);
        assert_eq!(command(&Stroke { typing: true, ..pressed("Escape") }), Some(Command::Back));
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(command(&Stroke { modified: true, ..pressed("f") }), None);
    }

    #[test]
    fn g_waits_for_a_place() {
        assert_eq!(command(&pressed("g")), Some(Command::Go));
        assert_eq!(command(&Stroke { after_g: true, ..pressed("p") }), Some(Command::GoPlan));
        assert_eq!(command(&Stroke { after_g: true, ..pressed("j") }), None);
    }
}
