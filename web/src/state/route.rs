//! The fragment of the address: place, filters, selection and decisions. Nothing of a snapshot is
//! in it but the names of what was selected or decided.

use std::fmt::Write as _;

use pgparity_core::action::Hazard;
use pgparity_core::diff::{RenameAnswer, RenameDecision};
use pgparity_core::model::Id;
use pgparity_core::plan::Mode;

use super::Place;
use crate::protocol::{Filter, Settings, Status};

/// All that an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Where.
    pub place: Place,
    /// What the tree shows.
    pub filter: Filter,
    /// The selected object.
    pub selected: Option<Id>,
    /// What was decided.
    pub settings: Settings,
}

/// Parts two names of one value; it never occurs in an encoded name.
const BETWEEN: char = '*';

/// The fragment of a route, `#` included.
pub(crate) fn to_fragment(route: &Route) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let mut add = |name: &'static str, value: &str| pairs.push((name, encode(value)));
    for status in &route.filter.status {
        add("status", status.word());
    }
    for kind in &route.filter.kinds {
        add("kind", kind);
    }
    for schema in &route.filter.schemas {
        add("schema", schema);
    }
    if !route.filter.text.is_empty() {
        add("q", &route.filter.text);
    }
    if let Some(id) = &route.selected {
        add("at", id.as_str());
    }
    for hazard in &route.settings.allow {
        add("allow", hazard.name());
    }
    if let Some(mode) = route.settings.mode {
        add("mode", mode_name(mode));
    }
    for key in &route.settings.off {
        add("off", key);
    }
    for decision in &route.settings.renames {
        let name = match decision.answer {
            RenameAnswer::Rename => "rename",
            RenameAnswer::DropAndCreate => "separate",
        };
        let (from, to) = (encode(decision.from.as_str()), encode(decision.to.as_str()));
        pairs.push((name, format!("{from}{BETWEEN}{to}")));
    }
    let mut fragment = format!("#/{}", route.place.name());
    for (at, (name, value)) in pairs.iter().enumerate() {
        let sign = if at == 0 { '?' } else { '&' };
        // Writing to a String cannot fail.
        let _ = write!(fragment, "{sign}{name}={value}");
    }
    fragment
}

/// The route of a fragment. What it does not understand is left out.
pub(crate) fn from_fragment(fragment: &str) -> Route {
    let text = fragment.trim_start_matches('#').trim_start_matches('/');
    let (place, query) = text.split_once('?').unwrap_or((text, ""));
    let mut route = Route { place: Place::from_name(place), ..Route::default() };
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if let Some(renames) = decision(name, value) {
            route.settings.renames.push(renames);
            continue;
        }
        let Some(value) = decode(value) else { continue };
        match name {
            "status" => route.filter.status.extend(Status::from_word(&value)),
            "kind" => route.filter.kinds.extend([value]),
            "schema" => route.filter.schemas.extend([value]),
            "q" => route.filter.text = value,
            "at" => route.selected = Some(Id::from(value.as_str())),
            "allow" => route.settings.allow.extend(value.parse::<Hazard>().ok()),
            "mode" => route.settings.mode = mode_of(&value),
            "off" => route.settings.off.extend([value]),
            _ => {}
        }
    }
    route
}

fn decision(name: &str, value: &str) -> Option<RenameDecision> {
    let answer = match name {
        "rename" => RenameAnswer::Rename,
        "separate" => RenameAnswer::DropAndCreate,
        _ => return None,
    };
    let (from, to) = value.split_once(BETWEEN)?;
    let (from, to) = (decode(from)?, decode(to)?);
    Some(RenameDecision { from: from.as_str().into(), to: to.as_str().into(), answer })
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Online => "online",
        Mode::Simple => "simple",
    }
}

fn mode_of(name: &str) -> Option<Mode> {
    [Mode::Online, Mode::Simple].into_iter().find(|mode| mode_name(*mode) == name)
}

/// Percent-encodes all but what is harmless in a fragment.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.:,()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text of an encoding; `None` when it is none.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_fragment_reads_well() {
        let route = Route {
            place: Place::Compare,
            filter: Filter { text: "or ders".to_owned(), ..Filter::default() },
            selected: Some("table:public.orders".into()),
            settings: Settings::default(),
        };
        assert_eq!(to_fragment(&route), "#/compare?q=or%20ders&at=table:public.orders");
    }

    #[test]
    fn nonsense_is_left_out() {
        let route = from_fragment("#/nowhere?status=purple&q=%F&allow=EVERYTHING&&x");
        assert_eq!(route, Route::default());
    }

    fn any_route() -> impl Strategy<Value = Route> {
        let text = ".{0,12}";
        let decision = (text, text, any::<bool>()).prop_map(|(from, to, rename)| RenameDecision {
            from: from.as_str().into(),
            to: to.as_str().into(),
            answer: if rename { RenameAnswer::Rename } else { RenameAnswer::DropAndCreate },
        });
        let filter = (
            btree_set(prop::sample::select(Status::ALL.to_vec()), 0..5),
            btree_set(text, 0..3),
            btree_set(text, 0..3),
            text,
        )
            .prop_map(|(status, kinds, schemas, text)| Filter {
                status,
                kinds,
                schemas,
                text,
            });
        let settings = (
            vec(decision, 0..3),
            btree_set(prop::sample::select(Hazard::ALL.to_vec()), 0..3),
            btree_set(text, 0..3),
            prop::option::of(prop::sample::select(vec![Mode::Online, Mode::Simple])),
        )
            .prop_map(|(renames, allow, off, mode)| Settings { renames, allow, off, mode });
        let place = prop::sample::select(vec![Place::Start, Place::Compare, Place::Plan]);
        (place, filter, prop::option::of(text), settings).prop_map(
            |(place, filter, selected, settings)| {
                let selected = selected.map(|id| Id::from(id.as_str()));
                Route { place, filter, selected, settings }
            },
        )
    }

    proptest! {
        #[test]
        fn a_route_comes_back_from_its_fragment(route in any_route()) {
            prop_assert_eq!(from_fragment(&to_fragment(&route)), route);
        }

        #[test]
        fn any_fragment_is_read(fragment in ".{0,60}") {
            let route = from_fragment(&fragment);
            prop_assert_eq!(from_fragment(&to_fragment(&route)), route);
        }
    }
}
