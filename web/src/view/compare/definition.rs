//! The two definitions.

use std::collections::BTreeSet;

use pgparity_core::model::Id;
use web_sys::Element;
use yew::prelude::*;

use crate::protocol::{DiffLine, DiffRow, LineKind, TextDiff};
use crate::state::{Command, CompareAction, Run, fold};
use crate::view::dom::{document, reveal, use_width_at_least};
use crate::view::keyboard::use_commands;
use crate::view::store::Store;

/// Two columns need that much room.
const TWO_COLUMNS: i32 = 1100;

/// The properties of [`Definition`].
#[derive(PartialEq, Properties)]
pub(super) struct DefinitionProps {
    /// State, worker and overview.
    pub store: Store,
    /// The object; what was unfolded is folded again for another one.
    pub id: Id,
    /// The lines.
    pub diff: TextDiff,
    /// Whose definition it is, when it is not the object's own.
    pub of: Option<String>,
}

/// The definitions side by side, or one below the other.
#[component]
pub(super) fn Definition(props: &DefinitionProps) -> Html {
    let wide = use_width_at_least(TWO_COLUMNS);
    let unfolded = use_state(BTreeSet::<usize>::new);
    let setter = unfolded.setter();
    use_effect_with(props.id.clone(), move |_| setter.set(BTreeSet::new()));
    let place = use_mut_ref(|| None::<u32>);
    use_commands(move |command| {
        let step = match command {
            Command::NextChange => 1,
            Command::PreviousChange => -1,
            _ => return false,
        };
        let next = walk(*place.borrow(), step);
        place.replace(next);
        true
    });
    let rows = &props.diff.rows;
    if rows.is_empty() {
        return Html::default();
    }
    let both = rows.iter().any(|row| row.kind != LineKind::Equal)
        && rows.iter().any(|row| row.left.is_some())
        && rows.iter().any(|row| row.right.is_some());
    let split = wide && both && !props.store.app.compare.unified;
    let layout = {
        let unified = props.store.app.compare.unified;
        props.store.on(move |_: MouseEvent| CompareAction::Unified(!unified))
    };
    let body = fold(rows).into_iter().map(|run| match run {
        Run::Folded(range) if !unfolded.contains(&range.start) => {
            let (unfolded, start, hidden) = (unfolded.clone(), range.start, range.len());
            let open = move |_: MouseEvent| {
                let mut next = (*unfolded).clone();
                next.insert(start);
                unfolded.set(next);
            };
            html! {
                <tr class="fold"><td colspan="4">
                    <button class="plain" onclick={open}>{"⋯ "}{ hidden }{" equal lines"}</button>
                </td></tr>
            }
        }
        Run::Folded(range) | Run::Shown(range) => {
            let lines = rows.get(range).unwrap_or_default();
            lines.iter().map(|row| if split { split_row(row) } else { unified_row(row) }).collect()
        }
    });
    html! {
        <section class="definition">
            <div class="title-line">
                <h3>{"Definition"}{ for props.of.iter().map(|of| format!(" of {of}")) }</h3>
                if both && wide {
                    <button class="plain" onclick={layout} data-testid="layout"
                        data-layout={if split { "split" } else { "unified" }}>
                        { if split { "One column" } else { "Side by side" } }
                    </button>
                }
            </div>
            if props.diff.coarse {
                <p class="muted">{"Some lines are too long to compare word by word: they are shown line by line."}</p>
            }
            <div class="scroll" tabindex="0" role="region" aria-label="Definition">
                <table class={classes!("diff", if split { "split" } else { "unified" })} data-testid="definition">
                    if split {
                        <colgroup><col class="no" /><col /><col class="no" /><col /></colgroup>
                        <thead><tr><th class="vh">{"Line"}</th><th scope="col">{"From (is now)"}</th>
                            <th class="vh">{"Line"}</th><th scope="col">{"To (should become)"}</th></tr></thead>
                    }
                    <tbody>{ for body }</tbody>
                </table>
            </div>
        </section>
    }
}

fn kind_name(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Equal => "equal",
        LineKind::Changed => "changed",
        LineKind::Moved => "moved",
        LineKind::Extra => "extra",
        LineKind::Missing => "missing",
    }
}

fn split_row(row: &DiffRow) -> Html {
    let cells = |line: &Option<DiffLine>, side: &'static str| match line {
        Some(line) => html! { <><td class="no">{ line.number }</td>
        <td class={classes!("text", side)}>{ word(row.kind, side) }{ text(line, side) }</td></> },
        None => html! { <><td class="no"></td><td class="text void"></td></> },
    };
    html! {
        <tr class={kind_name(row.kind)} data-testid="line" data-kind={kind_name(row.kind)}>
            { cells(&row.left, "left") }{ cells(&row.right, "right") }
        </tr>
    }
}

fn unified_row(row: &DiffRow) -> Html {
    let kind = kind_name(row.kind);
    let line = |line: &DiffLine, side: &'static str, sign: &'static str| {
        html! {
            <tr class={classes!(kind, (!sign.is_empty()).then_some(side))} data-testid="line" data-kind={kind}>
                <td class="no">{ line.number }</td>
                <td class="sign" aria-hidden="true">{ sign }</td>
                <td class={classes!("text", side)}>{ word(row.kind, side) }{ text(line, side) }</td>
            </tr>
        }
    };
    match (row.kind, &row.left, &row.right) {
        (LineKind::Equal, _, Some(right)) => line(right, "right", ""),
        (_, left, right) => html! { <>
            if let Some(left) = left { { line(left, "left", "−") } }
            if let Some(right) = right { { line(right, "right", "+") } }
        </> },
    }
}

/// What the colour says, for those who hear the page.
fn word(kind: LineKind, side: &str) -> Html {
    let said = match (kind, side) {
        (LineKind::Equal, _) => return Html::default(),
        (LineKind::Moved, _) => "moved: ",
        (LineKind::Extra, _) => "only in From: ",
        (LineKind::Missing, _) => "only in To: ",
        (LineKind::Changed, "left") => "From: ",
        (LineKind::Changed, _) => "To: ",
    };
    html! { <span class="vh">{ said }</span> }
}

fn text(line: &DiffLine, side: &str) -> Html {
    line.spans
        .iter()
        .map(|span| {
            let class = span.class.css();
            let text = span.text.clone();
            match (span.marked, side) {
                (true, "left") => html! { <del {class}>{ text }</del> },
                (true, _) => html! { <ins {class}>{ text }</ins> },
                (false, _) if class.is_empty() => html! { { text } },
                (false, _) => html! { <span {class}>{ text }</span> },
            }
        })
        .collect()
}

/// Shows the next or the previous changed line, round the ends.
fn walk(from: Option<u32>, step: i64) -> Option<u32> {
    let changed = document()?.query_selector_all(".diff tr[data-kind]:not(.equal)").ok()?;
    let length = i64::from(changed.length());
    let at = from.map_or(if step > 0 { 0 } else { -1 }, |at| i64::from(at) + step);
    let next = u32::try_from(at.checked_rem_euclid(length)?).ok()?;
    let row: Element = wasm_bindgen::JsCast::dyn_into(changed.get(next)?).ok()?;
    reveal(&row);
    for at in 0..changed.length() {
        let other =
            changed.get(at).and_then(|node| wasm_bindgen::JsCast::dyn_into::<Element>(node).ok());
        if let Some(other) = other {
            // A fixed, valid class name cannot be refused.
            drop(other.class_list().toggle_with_force("here", at == next));
        }
    }
    Some(next)
}
