//! The two definitions.

use std::collections::BTreeMap;
use std::ops::Range;

use pgparity_core::model::Id;
use web_sys::Element;
use yew::prelude::*;

use crate::protocol::{DiffLine, DiffRow, LineKind, TextDiff};
use crate::state::{
    Command, CompareAction, DRAWN, Run, fits_two_columns, fold, marks, unfolded, usual_columns,
};
use crate::view::dom::{document, reveal, use_width};
use crate::view::keyboard::use_commands;
use crate::view::store::Store;

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
    let wide = *use_width(fits_two_columns);
    let usual = *use_width(usual_columns);
    let rows = &props.diff.rows;
    let both = rows.iter().any(|row| row.kind != LineKind::Equal)
        && rows.iter().any(|row| row.left.is_some())
        && rows.iter().any(|row| row.right.is_some());
    let in_columns = props.store.app.compare.unified.map_or(usual, |unified| !unified);
    let split = wide && both && in_columns;
    let opened = use_state(Opened::default);
    let setter = opened.setter();
    use_effect_with(props.id.clone(), move |_| setter.set(Opened::default()));
    let place = use_mut_ref(|| None::<u32>);
    let store = props.store.clone();
    use_commands(move |command| {
        let step = match command {
            Command::Layout => {
                store.act(CompareAction::Unified(in_columns));
                return true;
            }
            Command::NextChange => 1,
            Command::PreviousChange => -1,
            _ => return false,
        };
        let next = walk(*place.borrow(), step);
        place.replace(next);
        true
    });
    if rows.is_empty() {
        return Html::default();
    }
    let layout = props.store.on(move |_: MouseEvent| CompareAction::Unified(in_columns));
    let (body, drawn) = body(rows, split, &opened);
    let left = rows.len() - drawn;
    let more = opened.with(|opened| opened.more += 1);
    let state = &props.store.app.compare;
    html! {
        <section class="definition">
            <div class="title-line">
                <h3>{"Definition"}{ for props.of.iter().map(|of| format!(" of {of}")) }</h3>
                { switch(&props.store, "Ignore white space", "w", state.no_blanks, CompareAction::Blanks) }
                { switch(&props.store, "Keep long lines whole", "z", state.unwrapped, CompareAction::Wrap) }
                if both && wide {
                    <button class="plain" onclick={layout} data-testid="layout"
                        data-layout={if split { "split" } else { "unified" }}>
                        { if split { "One column" } else { "Side by side" } }
                    </button>
                }
            </div>
            if state.no_blanks {
                <p class="muted">{"White space makes no difference here, in texts neither. In the comparison and the plan it does."}</p>
            }
            if props.diff.rough {
                <p class="notice" data-testid="rough">{"These definitions differ in too much to be aligned in full: lines that are equal may \
                    stand as gone and come anew."}</p>
            }
            if props.diff.coarse {
                <p class="muted">{"Some lines are too long to compare word by word: they are shown line by line."}</p>
            }
            <div class="with-strip">
            <div class="scroll" tabindex="0" role="region" aria-label="Definition">
                <table class={classes!("diff", if split { "split" } else { "unified" }, state.unwrapped.then_some("whole"))}
                    data-testid="definition">
                    if split {
                        <colgroup><col class="no" /><col /><col class="no" /><col /></colgroup>
                        <thead><tr><th class="vh">{"Line"}</th><th scope="col">{"From (is now)"}</th>
                            <th class="vh">{"Line"}</th><th scope="col">{"To (should become)"}</th></tr></thead>
                    }
                    <tbody>{ for body }</tbody>
                </table>
                if left > 0 {
                    <p class="fold"><button onclick={more} data-testid="more-lines">
                        { format!("Show more: {left} lines are left") }</button></p>
                }
            </div>
            { strip(rows) }
            </div>
        </section>
    }
}

/// What of a long definition somebody opened.
#[derive(Clone, Default, PartialEq)]
struct Opened {
    /// How many steps of each fold, by its first line.
    folds: BTreeMap<usize, usize>,
    /// How often more lines were asked for.
    more: usize,
}

trait Change {
    fn with(&self, change: impl Fn(&mut Opened) + 'static) -> Callback<MouseEvent>;
}

impl Change for UseStateHandle<Opened> {
    /// What a button does that opens something.
    fn with(&self, change: impl Fn(&mut Opened) + 'static) -> Callback<MouseEvent> {
        let opened = self.clone();
        Callback::from(move |_| {
            let mut next = (*opened).clone();
            change(&mut next);
            opened.set(next);
        })
    }
}

/// The rows that are drawn, and how many lines they stand for.
fn body(rows: &[DiffRow], split: bool, opened: &UseStateHandle<Opened>) -> (Vec<Html>, usize) {
    let most = DRAWN.saturating_mul(opened.more + 1);
    let draw = |range: Range<usize>| -> Html {
        let lines = rows.get(range).unwrap_or_default();
        lines.iter().map(|row| if split { split_row(row) } else { unified_row(row) }).collect()
    };
    let (mut out, mut lines, mut done) = (Vec::new(), 0, 0);
    for run in fold(rows) {
        let (shown, range) = match run {
            Run::Shown(range) => (range.clone(), range),
            Run::Folded(range) => {
                let steps = opened.folds.get(&range.start).copied().unwrap_or_default();
                (unfolded(&range, steps), range)
            }
        };
        let end = shown.end.min(shown.start + most.saturating_sub(lines));
        lines += end - shown.start;
        out.push(draw(shown.start..end));
        done = end;
        if end < shown.end || lines >= most {
            break;
        }
        if shown.end < range.end {
            out.push(folded(opened, range.start, range.end - shown.end));
            done = range.end;
        }
    }
    (out, done)
}

/// The row that stands for equal lines.
fn folded(opened: &UseStateHandle<Opened>, start: usize, hidden: usize) -> Html {
    let open = |by: usize| {
        opened.with(move |opened| {
            let steps = opened.folds.entry(start).or_default();
            *steps = steps.saturating_add(by);
        })
    };
    let (some, all) = (open(1), open(usize::MAX));
    let few = unfolded(&(0..hidden), 1).len();
    html! {
        <tr class="fold"><td colspan="4">
            if few < hidden {
                <button class="plain" onclick={some}>{ format!("⋯ {few} more of {hidden} equal lines") }</button>
            }
            <button class="plain" onclick={all}>
                { if few < hidden { "all of them".to_owned() } else { format!("⋯ {hidden} equal lines") } }</button>
        </td></tr>
    }
}

/// A switch with a key.
fn switch(
    store: &Store,
    label: &'static str,
    key: &'static str,
    on: bool,
    action: fn(bool) -> CompareAction,
) -> Html {
    let onclick = store.on(move |_: MouseEvent| action(!on));
    html! {
        <button class="plain" aria-pressed={on.to_string()} title={key} {onclick} data-testid={format!("switch-{key}")}>
            { label }</button>
    }
}

/// Where the definitions differ, in one look; `n` and `p` go there.
fn strip(rows: &[DiffRow]) -> Html {
    let marks = marks(rows);
    // A short definition is in sight as a whole, and where nothing is equal there is nothing to show.
    let whole = marks.first().is_some_and(|mark| mark.len == rows.len());
    if rows.len() < 20 || marks.is_empty() || whole {
        return Html::default();
    }
    let marks = marks.into_iter().map(|mark| {
        html! { <rect class={kind_name(mark.kind)} x="0" width="8" y={mark.start.to_string()} height={mark.len.to_string()} /> }
    });
    html! {
        <svg class="strip" viewBox={format!("0 0 8 {}", rows.len())} preserveAspectRatio="none" aria-hidden="true"
            data-testid="strip">{ for marks }</svg>
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
