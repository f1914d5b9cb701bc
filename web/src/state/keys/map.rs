//! The map of the keyboard.

use super::OwnKeys;
use crate::state::Place;

/// Keys that have one meaning, and what they do; the places come from their register.
const KEYS: [(&str, &str); 25] = [
    ("Ctrl K or ⌘ K", "go to any object, place or command"),
    ("/", "search the tree, or the plan"),
    ("j or ↓", "next row, and the detail follows; in the plan, next step"),
    ("k or ↑", "row before; in the plan, step before"),
    ("→  ←", "open or close, go to the first part or the parent"),
    ("Home  End", "first, last row"),
    ("*", "open all that stands beside the row"),
    ("letters", "where single keys are off: next row of the tree whose name begins so"),
    ("Enter", "go to the detail"),
    ("n  p", "next change in the definition, change before"),
    ("v", "tick as viewed, or not, and go on"),
    ("]  [", "next, previous object not viewed"),
    ("s", "definitions side by side or in one column"),
    ("w", "definitions without white space, or with it"),
    ("z", "break long lines of definitions, or not"),
    ("f", "show or hide the filters"),
    ("r", "go to the rename decisions"),
    ("x", "turn the step with the focus on or off"),
    ("+  −  0", "on the diagram: larger, smaller, all of it; arrow keys move it"),
    ("Shift ←  Shift →  Shift ↑  Shift ↓", "on the diagram: move the chosen table, which pins it"),
    ("Ctrl Z or ⌘ Z", "undo the last decision"),
    ("F6  Shift F6", "next pane, pane before"),
    ("t", "system, light or dark colours"),
    ("Esc", "back one level"),
    ("?", "this map"),
];

/// The map: keys, parted by two spaces, and what they do; with the keys that somebody chose.
pub(crate) fn map(own: &OwnKeys) -> Vec<(String, String)> {
    let listed = || Place::ALL.iter().filter(|place| place.about().listed);
    let go = own.key("g");
    let keys: Vec<String> = listed().map(|place| format!("{go} {}", place.about().key)).collect();
    let titles: Vec<&str> = listed().map(|place| place.title()).collect();
    let places = (keys.join("  "), format!("go to {}", titles.join(", ")));
    let shown = |keys: &str| {
        let signs = keys.split(' ').map(|word| if word.is_empty() { word } else { own.key(word) });
        signs.collect::<Vec<_>>().join(" ")
    };
    let fixed = KEYS.iter().map(|(keys, meaning)| (shown(keys), (*meaning).to_owned()));
    fixed.chain([places]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_shows_own_keys_and_every_single_key() {
        let own = OwnKeys::default().with("j", "d").with("g", "y");
        let shown: Vec<String> = map(&own).into_iter().map(|(keys, _)| keys).collect();
        assert!(
            shown.iter().any(|keys| keys == "d or ↓")
                && shown.iter().any(|keys| keys.contains("y c"))
        );
        assert!(shown.iter().any(|keys| keys == "Ctrl K or ⌘ K"), "{shown:?}");
        for (_, key, _) in crate::state::SINGLE {
            let listed = map(&OwnKeys::default());
            assert!(
                listed.iter().any(|(keys, _)| keys.split(' ').any(|word| word == key)),
                "{key}"
            );
        }
    }

    #[test]
    fn every_place_has_its_keys_in_the_map() {
        let words: String =
            map(&OwnKeys::default()).into_iter().map(|(keys, meaning)| keys + &meaning).collect();
        for place in Place::ALL {
            assert!(words.contains(&format!("g {}", place.about().key)));
            assert!(words.contains(place.title()));
        }
    }
}
