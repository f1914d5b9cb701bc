//! Event triggers that fire on the statements of a plan: what their functions do is in no snapshot, and
//! they may refuse a statement.
//!
//! PostgreSQL manual, "Event Triggers", with the matrix of commands that set them off.

use std::collections::BTreeSet;

use super::build::Planned;
use crate::action::{Action, Hazard, Verb};
use crate::diff::Note;
use crate::objects::{AnyObject, EventTrigger, Kind, Object, Objects, Situation};
use crate::sql::quote_ident;

/// A note for each event trigger that is there and fires on some of these actions, which are in their order.
pub(super) fn notes(situation: &Situation<'_>, actions: &[&Planned]) -> Vec<Note> {
    situation
        .from
        .event_trigger
        .iter()
        .filter_map(|trigger| note(trigger, situation, actions))
        .collect()
}

fn note(trigger: &EventTrigger, situation: &Situation<'_>, actions: &[&Planned]) -> Option<Note> {
    // In the session of an administrator; others are for replicas.
    if !matches!(trigger.enabled.as_deref(), None | Some("ALWAYS")) {
        return None;
    }
    let id = Object::id(trigger);
    // The plan itself may drop it, or turn it off.
    let silenced = |planned: &&&Planned| {
        let action = &planned.action;
        action.object == id
            && (action.verb == Verb::Drop || action.command == "ALTER EVENT TRIGGER")
    };
    let (mut steps, mut commands) = (0, BTreeSet::new());
    for planned in actions.iter().take_while(|planned| !silenced(planned)) {
        let Some(tag) = tag(&planned.action, situation) else { continue };
        if sets_off(trigger, &planned.action, &tag) {
            steps += 1;
            commands.insert(tag);
        }
    }
    (steps > 0).then(|| Note {
        code: "event_trigger".to_owned(),
        message: format!(
            "event trigger {} runs {}() at {} of {steps} step{}, and may refuse {}: {}",
            quote_ident(&trigger.name),
            trigger.function,
            trigger.event,
            if steps == 1 { "" } else { "s" },
            if steps == 1 { "it" } else { "them" },
            commands.into_iter().collect::<Vec<_>>().join(", ")
        ),
    })
}

fn sets_off(trigger: &EventTrigger, action: &Action, tag: &str) -> bool {
    let happens = match trigger.event.as_str() {
        "ddl_command_start" | "ddl_command_end" => true,
        "sql_drop" => action.verb == Verb::Drop || action.command.contains("DROP "),
        "table_rewrite" => {
            tag.starts_with("ALTER ")
                && action.hazards.iter().any(|(hazard, _)| *hazard == Hazard::TableRewrite)
        }
        _ => false,
    };
    happens && (trigger.tags.is_empty() || trigger.tags.iter().any(|wanted| *wanted == tag))
}

/// The command as event triggers name it; `None` for one that sets none off: about what belongs to all
/// databases, or to event triggers themselves, or a query.
fn tag(action: &Action, situation: &Situation<'_>) -> Option<String> {
    const SHARED: [Kind; 5] =
        [Kind::Database, Kind::EventTrigger, Kind::Parameter, Kind::Role, Kind::RoleMembership];
    let kind = Kind::named(action.object.kind())?;
    if SHARED.contains(&kind) {
        return None;
    }
    let words = action.command.split(" …").next().unwrap_or_default();
    let mut words: Vec<&str> = words.split(' ').filter(|word| *word != "CONCURRENTLY").collect();
    match words.as_mut_slice() {
        ["COMMENT", ..] => return Some("COMMENT".to_owned()),
        ["ALTER"] | ["ALTER", "TYPE"] | ["ALTER", "TEXT", "SEARCH"] => {
            let within = matches!(kind, Kind::Column | Kind::Constraint);
            let find = |side: &Objects| side.find(&action.object).map(AnyObject::keyword);
            let keyword = find(situation.from).or_else(|| find(situation.to));
            let keyword = keyword.filter(|_| !within).unwrap_or("TABLE");
            return Some(format!("ALTER {keyword}"));
        }
        ["ALTER" | "CREATE" | "DROP" | "GRANT" | "REVOKE", ..] | ["SECURITY", "LABEL", ..] => {}
        _ => return None,
    }
    let noise = ["OR", "REPLACE", "UNIQUE", "CONSTRAINT"];
    let first = words.remove(0);
    let start = words.iter().position(|word| !noise.contains(word)).unwrap_or(0);
    words.drain(..start);
    words.insert(0, first);
    Some(words.join(" "))
}
