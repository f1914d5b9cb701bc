//! The diagram as a file: as SVG, which the worker writes, and as PNG, which the browser paints of it.

use js_sys::{Promise, encode_uri_component};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use crate::model::explore::pixels;
use crate::protocol::{Diagram, ExploreAnswer, ExploreAsk, Response};
use crate::state::Action;
use crate::view::dom::{document, download, download_file, stamp};
use crate::view::store::Store;

/// The form of a file.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Svg,
    Png,
}

/// Saves the diagram, and says so.
pub(super) fn save(store: &Store, diagram: &Diagram, form: Form) {
    let then = store.clone();
    let size = pixels(diagram.width, diagram.height);
    let ask = ExploreAsk::Svg { query: store.app.explore.query.clone() };
    store.engine.ask(&store.request(ask), &[], move |response| {
        let text = match response {
            Response::Explore(ExploreAnswer::Svg(text)) => text,
            Response::Nothing(message) => return then.act(Action::say(message)),
            _ => return,
        };
        spawn_local(async move {
            let (name, done) = match form {
                Form::Svg => {
                    let name = format!("schema-diagram-{}.svg", stamp());
                    let done = download(&name, &text, "image/svg+xml");
                    (name, done)
                }
                Form::Png => {
                    let name = format!("schema-diagram-{}.png", stamp());
                    let painted = painted(&text, size).await;
                    let done = painted.is_some_and(|file| download_file(&name, &file));
                    (name, done)
                }
            };
            then.act(Action::say(match (done, form) {
                (true, _) => format!("{name} is downloaded."),
                (false, Form::Svg) => "The browser refused the download.".to_owned(),
                (false, Form::Png) => {
                    "The browser did not paint the picture: take the SVG instead.".to_owned()
                }
            }));
        });
    });
}

/// An SVG as PNG, so many pixels wide and high.
async fn painted(svg: &str, (width, height): (u32, u32)) -> Option<Blob> {
    let image = HtmlImageElement::new().ok()?;
    // A picture from such an address belongs to the page, from a disk too: it may be read back.
    let text = String::from(encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let (width, height) = (f64::from(width), f64::from(height));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
        .ok()?;
    let file = Promise::new(&mut |done, _| {
        // One that is refused leaves the promise open, and so does the person's click.
        drop(canvas.to_blob(&done));
    });
    JsFuture::from(file).await.ok()?.dyn_into().ok()
}
