//! The small picture of the whole diagram. A press on it goes there; buttons and arrow keys are its twins.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

use super::canvas::room;
use crate::model::explore::{middle_at, minimap};
use crate::protocol::Diagram;

/// The properties of [`Minimap`].
#[derive(PartialEq, Properties)]
pub(super) struct MinimapProps {
    /// The diagram.
    pub diagram: Rc<Diagram>,
    /// What it is moved in.
    pub ground: NodeRef,
    /// Its size in percent.
    pub zoom: i32,
}

/// The small picture; nothing where all of the diagram is in sight.
#[component]
pub(super) fn Minimap(props: &MinimapProps) -> Html {
    let MinimapProps { diagram, ground, zoom } = props;
    let node = use_node_ref();
    let seen = use_state_eq(|| ((0, 0), (0, 0)));
    {
        let (ground, seen) = (ground.clone(), seen.setter());
        use_effect_with((diagram.width, diagram.height, *zoom), move |_| {
            let look = {
                let ground = ground.clone();
                Rc::new(move || {
                    if let Some(element) = ground.cast::<Element>() {
                        seen.set(((element.scroll_left(), element.scroll_top()), room(&ground)));
                    }
                })
            };
            look();
            let scrolled = look.clone();
            let listeners =
                ground.cast::<Element>().zip(web_sys::window()).map(|(element, window)| {
                    [
                        EventListener::new(&element, "scroll", move |_| scrolled()),
                        EventListener::new(&window, "resize", move |_| look()),
                    ]
                });
            move || drop(listeners)
        });
    }
    let (scrolled, in_sight) = *seen;
    let Some(map) = minimap(diagram, *zoom, scrolled, in_sight) else { return Html::default() };
    let (width, height) = map.size;
    let sight = map.sight;
    let cards = diagram.cards.iter().map(|card| {
        html! {
            <rect class={card.status.word()} x={card.area.x.to_string()} y={card.area.y.to_string()}
                width={card.area.width.to_string()} height={card.area.height.to_string()} />
        }
    });
    let cards: Html = cards.collect();
    let go = {
        let (node, ground, diagram, zoom) = (node.clone(), ground.clone(), diagram.clone(), *zoom);
        Callback::from(move |event: PointerEvent| {
            let (Some(picture), Some(element)) = (node.cast::<Element>(), ground.cast::<Element>())
            else {
                return;
            };
            let rect = picture.get_bounding_client_rect();
            #[allow(clippy::cast_possible_truncation, reason = "a place on a screen fits")]
            let edge = (rect.left() as i32, rect.top() as i32);
            let point = (event.client_x() - edge.0, event.client_y() - edge.1);
            let (left, top) = middle_at(&diagram, &map, zoom, point, in_sight);
            element.set_scroll_left(left);
            element.set_scroll_top(top);
        })
    };
    let onpointerdown = {
        let (node, go) = (node.clone(), go.clone());
        move |event: PointerEvent| {
            if let Some(picture) = node.cast::<Element>() {
                // A pointer that is gone already cannot be captured, and nothing is to be moved.
                drop(picture.set_pointer_capture(event.pointer_id()));
            }
            go.emit(event);
        }
    };
    let onpointermove = {
        let node = node.clone();
        move |event: PointerEvent| {
            let held = node
                .cast::<Element>()
                .is_some_and(|picture| picture.has_pointer_capture(event.pointer_id()));
            if held {
                go.emit(event);
            }
        }
    };
    html! {
        <svg ref={node} class="minimap" width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {} {}", diagram.width, diagram.height)} preserveAspectRatio="none" role="img"
            aria-label="The whole diagram, small: a press goes there, and so do the buttons and arrow keys"
            {onpointerdown} {onpointermove} data-testid="minimap">
            { cards }
            <rect class="sight" x={sight.x.to_string()} y={sight.y.to_string()} width={sight.width.to_string()}
                height={sight.height.to_string()} data-testid="minimap-sight" />
        </svg>
    }
}
