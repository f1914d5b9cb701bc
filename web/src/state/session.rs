//! What is held of a session, so that it comes back after a reload: everything but the snapshots
//! themselves, which are held beside it.

use serde::{Deserialize, Serialize};

use super::App;
use super::review::Review;
use super::undo::Work;
use crate::protocol::{Pins, Settings, ShelfAsk, Slot, SnapId};

/// The form that is written. Another one is of another version, and is not read.
const VERSION: u32 = 1;
/// So many bytes of what could be undone are held, and the oldest go first.
const UNDO_BYTES: usize = 200_000;

/// How the page holds the session.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SessionState {
    /// It outlives the tab, until somebody says "forget".
    pub kept: bool,
    /// Why snapshots do not come back after a reload; `None` where they do.
    pub refused: Option<String>,
}

/// What happens to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SessionAction {
    /// It outlives the tab from now on.
    Kept,
    /// The browser refuses to hold snapshots, and why.
    Refused(String),
}

impl SessionState {
    /// How it is held after an action.
    pub(crate) fn after(&self, action: SessionAction) -> SessionState {
        match action {
            SessionAction::Kept => SessionState { kept: true, refused: self.refused.clone() },
            SessionAction::Refused(why) => SessionState { kept: self.kept, refused: Some(why) },
        }
    }

    /// What is worth saying aloud of an action.
    pub(crate) fn words(&self, action: &SessionAction) -> Option<String> {
        match action {
            SessionAction::Kept => {
                Some("Kept in this browser until you choose Forget everything.".to_owned())
            }
            SessionAction::Refused(why) => self.refused.is_none().then(|| {
                format!("After a reload the snapshots will have to be opened again. {why}")
            }),
        }
    }
}

/// A session as it is held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Saved {
    version: u32,
    /// The address: place, filters, selection, decisions.
    pub fragment: String,
    review: Review,
    undo: Vec<(String, Settings, Review)>,
    /// The snapshots, in their order.
    pub snapshots: Vec<SavedSnapshot>,
    from: Option<SnapId>,
    to: Option<SnapId>,
    guessed: bool,
    /// Where somebody has put tables in the diagram.
    #[serde(default)]
    pins: Pins,
}

/// A snapshot of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SavedSnapshot {
    /// Its number.
    pub id: SnapId,
    /// The name of its file.
    pub name: String,
    /// It is the sample of this side, which the page has.
    pub sample: Option<Slot>,
}

impl Saved {
    /// What of a state is worth holding; `None` when nothing is. The snapshots of a report stand in
    /// its own file.
    pub(crate) fn of(app: &App, fragment: &str, report: bool) -> Option<Saved> {
        let sides = &app.shelf.sides;
        let mut saved = Saved {
            version: VERSION,
            fragment: fragment.to_owned(),
            review: (*app.review).clone(),
            undo: app.undo.all().map(plain).collect(),
            pins: app.explore.query.pins.clone(),
            ..Saved::default()
        };
        if !report {
            let snapshot = |shelved: &crate::protocol::Shelved| SavedSnapshot {
                id: shelved.id,
                name: shelved.name.clone(),
                sample: shelved.sample,
            };
            saved.snapshots = sides.shelf.iter().map(snapshot).collect();
            (saved.from, saved.to, saved.guessed) = (sides.from_id, sides.to_id, sides.guessed);
        }
        let worth = !saved.snapshots.is_empty()
            || saved.review != Review::default()
            || !saved.undo.is_empty()
            || !saved.pins.is_empty()
            || *app.settings != Settings::default();
        worth.then_some(saved)
    }

    /// The text of it.
    pub(crate) fn write(mut self) -> Option<String> {
        let len = |of: &(String, Settings, Review)| {
            serde_json::to_string(of).map_or(0, |text| text.len())
        };
        let mut room = UNDO_BYTES;
        let fits = |entry: &&(String, Settings, Review)| {
            let left = room.checked_sub(len(entry));
            room = left.unwrap_or(0);
            left.is_some()
        };
        let kept = self.undo.iter().rev().take_while(fits).count();
        self.undo.drain(..self.undo.len() - kept);
        serde_json::to_string(&self).ok()
    }

    /// The session of a text; `None` when it is no such text, or of another version.
    pub(crate) fn read(text: &str) -> Option<Saved> {
        let saved: Saved = serde_json::from_str(text).ok()?;
        (saved.version == VERSION).then_some(saved)
    }

    /// Ticks, notes, what can be undone and what is pinned come back into a state.
    pub(crate) fn restore(&self, app: &mut App) {
        app.review.put(self.review.clone());
        let mut explore = (*app.explore).clone();
        explore.query.pins.clone_from(&self.pins);
        app.explore.put(explore);
        let undo = self.undo.iter().cloned().map(|(words, settings, review)| {
            (words, Work { decisions: settings.into(), review: review.into() })
        });
        app.undo.put(undo.collect());
    }

    /// The sides as they were, once the snapshots are open.
    pub(crate) fn arrange(&self) -> ShelfAsk {
        ShelfAsk::Arrange { from: self.from, to: self.to, guessed: self.guessed }
    }
}

fn plain((words, work): &(String, Work)) -> (String, Settings, Review) {
    (words.clone(), (*work.decisions).clone(), (*work.review).clone())
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pgparity_core::action::Hazard;
    use pgparity_core::snapshot::Side;
    use yew::Reducible;

    use super::*;
    use crate::protocol::{Shelved, Sides};
    use crate::state::{
        Action, Decision, ExploreAction, ReviewAction, ShelfAction, Theme, from_fragment,
        to_fragment,
    };

    fn decided(note: &str) -> App {
        let shelved =
            Shelved { id: SnapId(3), name: "a.json".into(), sample: None, side: Side::default() };
        let sides = Sides { shelf: vec![shelved], to_id: Some(SnapId(3)), ..Sides::default() };
        let actions: [Action; 4] = [
            ShelfAction::Sides(sides).into(),
            Decision::Allow(Hazard::DataLoss, true).into(),
            ReviewAction::Note("table:public.a".into(), note.into()).into(),
            ExploreAction::Pin("table:public.a".into(), (7, 8)).into(),
        ];
        let start = Rc::new(App::default());
        (*actions.into_iter().fold(start, Reducible::reduce)).clone()
    }

    fn saved(app: &App, report: bool) -> Option<Saved> {
        let saved = Saved::of(app, &to_fragment(&app.route()), report)?;
        Saved::read(&saved.write()?)
    }

    #[test]
    fn a_session_comes_back_with_what_can_be_undone() {
        let before = decided("ask Ann");
        let Some(saved) = saved(&before, false) else { unreachable!("it is worth holding") };
        let mut after = App::at(from_fragment(&saved.fragment), Theme::Dark, true);
        saved.restore(&mut after);
        assert_eq!((after.route(), &*after.review), (before.route(), &*before.review));
        assert_eq!(after.explore.query.pins.values().collect::<Vec<_>>(), [&(7, 8)]);
        assert_eq!(saved.snapshots[0].name, "a.json");
        let to = Some(SnapId(3));
        assert_eq!(saved.arrange(), ShelfAsk::Arrange { from: None, to, guessed: false });
        let undone = Rc::new(after).reduce(Action::Undo).reduce(Action::Undo);
        assert_eq!(undone.announce.said, "Undone: DATA_LOSS allowed.");
        assert!(undone.settings.allow.is_empty() && undone.review.notes.is_empty());
    }

    #[test]
    fn nothing_done_is_nothing_held() {
        assert_eq!(saved(&App::default(), false), None);
    }

    #[test]
    fn a_report_holds_its_own_snapshots() {
        let held = saved(&decided("x"), true);
        assert!(held.is_some_and(|held| held.snapshots.is_empty() && held.from.is_none()));
    }

    #[test]
    fn what_could_be_undone_is_held_within_bounds() {
        let held = saved(&decided(&"x".repeat(UNDO_BYTES)), false);
        // The state before the note is small; the note itself is in the state, not in the undo.
        assert_eq!(held.map(|held| held.undo.len()), Some(2));
        let mut app = decided(&"x".repeat(UNDO_BYTES));
        app = (*Rc::new(app).reduce(Decision::Idempotent(true).into())).clone();
        assert_eq!(saved(&app, false).map(|held| held.undo.len()), Some(0));
    }

    #[test]
    fn other_texts_are_no_session() {
        for text in ["", "{}", "null", "{\"version\":0}"] {
            assert_eq!(Saved::read(text), None, "{text}");
        }
    }
}
