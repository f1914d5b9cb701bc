//! The palette: one list of all that can be gone to or done, for what was typed.

use super::{Action, App, CompareAction, Decision, Offer, PanesAction, Place, TourAction};
use crate::protocol::Hit;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: String,
    /// What it does.
    pub action: Action,
}

/// What can be chosen: places and commands that a text names, then objects.
pub(crate) fn choices(app: &App, text: &str, hits: &[Hit]) -> Vec<Choice> {
    let wanted = text.trim().to_lowercase();
    let places = Place::ALL.iter().filter(|place| place.about().listed && app.can_show(**place));
    let places = places.map(|place| choice(place.title(), "place", Action::Go(*place)));
    let fixed = places.chain(commands(app));
    let named = fixed.filter(|choice| choice.label.to_lowercase().contains(&wanted));
    let objects = hits.iter().map(|hit| Choice {
        label: hit.name.clone(),
        kind: if hit.in_definition {
            format!("{}, {}, in the definition", hit.kind, hit.status.word())
        } else {
            format!("{}, {}", hit.kind, hit.status.word())
        },
        action: Action::Show(hit.id.clone()),
    });
    named.chain(objects).collect()
}

fn commands(app: &App) -> Vec<Choice> {
    let mut found = vec![
        choice("Undo the last decision", "command", Action::Undo),
        choice("Keyboard map", "command", PanesAction::Help(true).into()),
        choice("Change the colours", "command", PanesAction::Theme(app.panes.theme.next()).into()),
    ];
    if app.shown_place() == Place::Compare {
        let compare = &app.compare;
        let filters = if compare.filters_shown { "Hide the filters" } else { "Show the filters" };
        let shown = CompareAction::ShowFilters(!compare.filters_shown);
        found.push(choice(filters, "command", shown.into()));
        let layouts = [("Definitions side by side", false), ("Definitions in one column", true)];
        found.extend(layouts.map(|(words, unified)| {
            choice(words, "command", CompareAction::Unified(unified).into())
        }));
    }
    if app.tour_offer() == Offer::Now {
        found.push(choice("Take the tour", "command", TourAction::Start.into()));
    }
    if !app.settings.ignore.is_empty() {
        found.push(choice("Ignore nothing", "command", Decision::IgnoreNothing.into()));
    }
    found
}

fn choice(label: &str, kind: &str, action: Action) -> Choice {
    Choice { label: label.to_owned(), kind: kind.to_owned(), action }
}

/// The number of the choice after a key, among so many; none of another key.
pub(crate) fn moved(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowUp" => Some(if at == 0 { last } else { at - 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Status;

    #[test]
    fn places_without_what_they_need_are_not_offered() {
        let labels: Vec<String> =
            choices(&App::default(), "", &[]).into_iter().map(|choice| choice.label).collect();
        assert!(labels.contains(&"Start".to_owned()) && !labels.contains(&"Plan".to_owned()));
    }

    #[test]
    fn objects_stand_behind_what_goes_by_the_text() {
        let hit = Hit {
            id: "table:public.keys".into(),
            name: "public.keys".into(),
            kind: "table".into(),
            status: Status::Changed,
            in_definition: false,
        };
        let found = choices(&App::default(), "KEY", &[hit]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].label, "Keyboard map");
        assert_eq!(found[1].action, Action::Show("table:public.keys".into()));
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!(moved("ArrowDown", 2, 3), Some(0));
        assert_eq!(moved("ArrowUp", 0, 3), Some(2));
        assert_eq!(moved("a", 0, 3), None);
        assert_eq!(moved("ArrowDown", 0, 0), None);
    }
}
