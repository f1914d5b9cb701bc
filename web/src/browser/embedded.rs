//! A report carries its two snapshots and decisions in itself: they are opened at the start.

use js_sys::Reflect;
use pgparity_core::diff::RenameDecision;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::protocol::Settings;

/// What the page carries beside itself.
pub(crate) struct Embedded {
    /// The snapshot of each side, `from` first, packed as it was written.
    pub snapshots: [Blob; 2],
    /// What was decided about renames when the report was written.
    pub renames: Vec<RenameDecision>,
}

/// The words that stand beside the snapshots.
#[derive(Deserialize)]
struct Words {
    title: String,
    renames: Vec<RenameDecision>,
}

impl Embedded {
    /// What the page's own script found in the file; `None` when it is no report.
    pub(crate) fn found() -> Option<Embedded> {
        let found = parts()?;
        let blob = |name: &str| Reflect::get(&found, &name.into()).ok()?.dyn_into::<Blob>().ok();
        let snapshots = [blob("from")?, blob("to")?];
        let words: Words = serde_wasm_bindgen::from_value(found.clone()).ok()?;
        Some(Embedded { snapshots, renames: words.renames })
    }
}

/// The title of a report; `None` when the page is no report.
pub(crate) fn title() -> Option<String> {
    let words: Words = serde_wasm_bindgen::from_value(parts()?).ok()?;
    Some(words.title).filter(|title| !title.is_empty())
}

/// The decisions to begin with. Those of the address win: they are of somebody who went on.
pub(crate) fn first_decisions(
    address: &Settings,
    report: Vec<RenameDecision>,
) -> Vec<RenameDecision> {
    if *address == Settings::default() { report } else { Vec::new() }
}

fn parts() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"pgparityEmbedded".into()).ok().filter(JsValue::is_object)
}

#[cfg(test)]
mod tests {
    use pgparity_core::diff::RenameAnswer;

    use super::*;

    #[test]
    fn decisions_of_the_address_win() {
        let renames = vec![RenameDecision {
            from: "table:public.a".into(),
            to: "table:public.b".into(),
            answer: RenameAnswer::Rename,
        }];
        assert_eq!(first_decisions(&Settings::default(), renames.clone()), renames);
        let address = Settings { off: ["k".to_owned()].into(), ..Settings::default() };
        assert_eq!(first_decisions(&address, renames), []);
    }
}
