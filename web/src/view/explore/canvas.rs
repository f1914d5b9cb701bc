//! The diagram on a ground that is moved by scrolling, by dragging, by keys and by buttons. The list
//! beside it says the same.

use std::rc::Rc;

use pgparity_core::model::Id;
use web_sys::Element;
use yew::prelude::*;

use super::minimap::Minimap;
use super::pins::{move_by, pins, way_of};
use super::pointer::{Pointer, use_pointer};
use super::save::{Form, save};
use crate::figure::{Shape, card_class, card_shapes, wire_shapes};
use crate::model::explore::{beginning, brought, fitting, is_chosen, zoomed};
use crate::protocol::Diagram;
use crate::view::store::Store;

/// How far a button moves the diagram, as parts of what is in sight.
const PART: i32 = 3;

/// The properties of [`Canvas`].
#[derive(PartialEq, Properties)]
pub(super) struct CanvasProps {
    /// State, worker and overview.
    pub store: Store,
    /// The diagram.
    pub diagram: Rc<Diagram>,
    /// The table of what is chosen.
    pub table: Option<Id>,
}

/// The diagram and its buttons.
#[component]
pub(super) fn Canvas(props: &CanvasProps) -> Html {
    let (store, diagram) = (props.store.clone(), props.diagram.clone());
    let ground = use_node_ref();
    let zoom = use_state(|| 100);
    {
        let (ground, zoom, diagram) = (ground.clone(), zoom.setter(), diagram.clone());
        use_effect_with((diagram.width, diagram.height), move |_| {
            zoom.set(beginning(&diagram, room(&ground)));
        });
    }
    {
        // The page stays where it is: only the diagram moves.
        let (ground, diagram, zoom) = (ground.clone(), diagram.clone(), *zoom);
        use_effect_with((props.table.clone(), diagram, zoom), move |(table, diagram, zoom)| {
            let card = diagram.cards.iter().find(|card| Some(&card.id) == table.as_ref());
            let (Some(card), Some(element)) = (card, ground.cast::<Element>()) else { return };
            let ((width, height), area) = (room(&ground), card.area);
            let at = |start: i32, length: i32| (start * zoom / 100, length * zoom / 100);
            let (x, y) = (at(area.x, area.width), at(area.y, area.height));
            element.set_scroll_left(brought(element.scroll_left(), width, x));
            element.set_scroll_top(brought(element.scroll_top(), height, y));
        });
    }
    let sized = {
        let (ground, zoom, diagram) = (ground.clone(), zoom.clone(), diagram.clone());
        Callback::from(move |key: &'static str| match key {
            "0" => zoom.set(fitting(&diagram, room(&ground))),
            key => zoom.set(zoomed(*zoom, key == "+")),
        })
    };
    let table =
        props.table.as_ref().and_then(|id| diagram.cards.iter().find(|card| card.id == *id));
    let onkeydown = {
        let (sized, store, table) = (sized.clone(), store.clone(), table.cloned());
        move |event: KeyboardEvent| {
            let way = way_of(&event.key()).filter(|_| event.shift_key());
            if let (Some(way), Some(card)) = (way, &table) {
                event.prevent_default();
                move_by(&store, card, way);
                return;
            }
            let key = match event.key().as_str() {
                "+" | "=" => "+",
                "-" | "−" => "-",
                "0" => "0",
                _ => return,
            };
            if !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                event.prevent_default();
                sized.emit(key);
            }
        }
    };
    let Pointer { onmousedown, onmousemove, onclick, moving } =
        use_pointer(&store, &ground, &diagram, *zoom);
    let percent = |length: i32| (length * *zoom / 100).to_string();
    let Diagram { width, height, .. } = *diagram;
    let chosen = store.app.selection.object.as_ref();
    let wires = diagram.wires.iter().map(|wire| {
        let class = classes!("line", wire.status.word(), (chosen == Some(&wire.id)).then_some("chosen"));
        html! {
            <g {class} data-testid="wire" data-id={wire.id.as_str().to_owned()} data-change={wire.status.word()}>
                <title>{ &wire.words }</title>{ shapes(&wire_shapes(wire)) }</g>
        }
    });
    let cards = diagram.cards.iter().map(|card| {
        let here = is_chosen(&card.id, chosen, props.table.as_ref());
        let by = moving.as_ref().filter(|(id, _)| *id == card.id);
        let by = by.map(|(_, (x, y))| format!("translate({x} {y})"));
        html! {
            <g class={classes!(card_class(card), here.then_some("chosen"))} transform={by} data-testid="card"
                data-id={card.id.as_str().to_owned()} data-change={card.status.word()}
                data-at={format!("{} {}", card.area.x, card.area.y)} data-pinned={card.pinned.to_string()}>
                <title>{ &card.words }</title>{ shapes(&card_shapes(card)) }</g>
        }
    });
    html! {
        <>
            <div class="drawn-words" data-testid="drawn-words">{ for diagram.words.iter().map(|said| html! { <p>{ said }</p> }) }</div>
            { buttons(&store, &diagram, &ground, &sized, *zoom) }
            { pins(&store, table) }
            <div class="canvas-frame">
            <div class="canvas" tabindex="0" role="region"
                aria-label="Diagram: arrow keys move it, plus and minus size it, Shift and arrow keys move the chosen table"
                ref={ground.clone()} {onkeydown} {onmousedown} {onmousemove} {onclick} data-testid="canvas">
                <svg width={percent(width)} height={percent(height)} viewBox={format!("0 0 {width} {height}")} role="img"
                    aria-label={diagram.words.join(" ") + " The list beside it has the same."}>
                    { for wires }{ for cards }
                </svg>
            </div>
            <Minimap {diagram} {ground} zoom={*zoom} />
            </div>
            <p class="legend muted">
                {"+ double border: missing, only in To. − dashed border: extra, only in From. ~ changed. ⇄ renamed. \
                  Arrows lead to the table that is referred to. \
                  ◤ pinned."}
            </p>
        </>
    }
}

fn shapes(shapes: &[Shape<'_>]) -> Html {
    let drawn = shapes.iter().map(|shape| match shape {
        Shape::Rect(class, area) => html! {
            <rect class={*class} x={area.x.to_string()} y={area.y.to_string()} width={area.width.to_string()}
                height={area.height.to_string()} rx="4" />
        },
        Shape::Text(class, (x, y), text, end) => html! {
            <text class={class.clone()} x={x.to_string()} y={y.to_string()} text-anchor={end.then_some("end")}>
                { (*text).to_owned() }</text>
        },
        Shape::Path(class, d) => html! { <path class={class.clone()} d={d.clone().into_owned()} /> },
    });
    drawn.collect()
}

/// The twins of keys and pointer.
fn buttons(
    store: &Store,
    diagram: &Rc<Diagram>,
    ground: &NodeRef,
    sized: &Callback<&'static str>,
    zoom: i32,
) -> Html {
    let size = |key: &'static str, words: &'static str, id: &'static str| {
        let sized = sized.clone();
        let onclick = move |_: MouseEvent| sized.emit(key);
        let sign = if key == "0" { "Fit" } else { key };
        html! { <button {onclick} aria-label={words} title={words} data-testid={id}>{ sign }</button> }
    };
    let pan = |sign: &'static str, words: &'static str, (x, y): (i32, i32)| {
        let ground = ground.clone();
        let onclick = move |_: MouseEvent| {
            let (width, height) = room(&ground);
            pan_by(&ground, x * width / PART, y * height / PART);
        };
        html! { <button {onclick} aria-label={words} title={words} data-testid="pan" data-way={sign}>{ sign }</button> }
    };
    let saved = |form: Form| {
        let (store, diagram) = (store.clone(), diagram.clone());
        move |_: MouseEvent| save(&store, &diagram, form)
    };
    html! {
        <div class="canvas-tools" role="group" aria-label="Diagram">
            { size("+", "Larger", "zoom-in") }{ size("-", "Smaller", "zoom-out") }{ size("0", "Fit all of it", "zoom-fit") }
            <span class="muted zoom" data-testid="zoom">{ zoom }{" %"}</span>
            { pan("←", "Move left", (-1, 0)) }{ pan("→", "Move right", (1, 0)) }
            { pan("↑", "Move up", (0, -1)) }{ pan("↓", "Move down", (0, 1)) }
            <button onclick={saved(Form::Svg)} data-testid="download-svg">{"Download SVG"}</button>
            <button onclick={saved(Form::Png)} data-testid="download-png">{"Download PNG"}</button>
        </div>
    }
}

/// The width and height in sight.
pub(super) fn room(ground: &NodeRef) -> (i32, i32) {
    ground.cast::<Element>().map_or((0, 0), |e| (e.client_width(), e.client_height()))
}

pub(super) fn pan_by(ground: &NodeRef, x: i32, y: i32) {
    if let Some(element) = ground.cast::<Element>() {
        element.set_scroll_left(element.scroll_left() + x);
        element.set_scroll_top(element.scroll_top() + y);
    }
}
