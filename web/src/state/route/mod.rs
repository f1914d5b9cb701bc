//! The fragment of the address: place, filters, selection and decisions. Nothing of a snapshot is
//! in it but the names of what was selected or decided. Each part of it has a file with `write` and
//! `read`.

mod codec;
mod compare;
mod decisions;
mod environments;
mod explore;
mod history;
mod pair;
mod plan;
mod selection;

use pgparity_core::model::Id;

use super::Place;
use super::explore::ExploreState;
use crate::protocol::{Filter, LaneFilter, MatrixQuery, PlanQuery, Settings, View};
use codec::Pairs;
pub(crate) use pair::Pair;
pub(crate) use plan::lock_of;

/// All that an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Where.
    pub place: Place,
    /// What the tree shows.
    pub filter: Filter,
    /// Which plan, and which of its steps.
    pub plan: PlanQuery,
    /// How the tree is grouped.
    pub view: View,
    /// What the lanes of the history show.
    pub history: LaneFilter,
    /// The selected object.
    pub selected: Option<Id>,
    /// What was decided.
    pub settings: Settings,
    /// What Environments shows.
    pub environments: MatrixQuery,
    /// Which snapshots it was made of, in a link.
    pub pair: Option<Pair>,
    /// What Explore shows.
    pub explore: ExploreState,
}

/// The fragment of a route, `#` included.
pub(crate) fn to_fragment(route: &Route) -> String {
    let mut pairs = Pairs::default();
    compare::write(&route.filter, route.view, &mut pairs);
    plan::write(&route.plan, &mut pairs);
    history::write(&route.history, &mut pairs);
    selection::write(route.selected.as_ref(), &mut pairs);
    decisions::write(&route.settings, &mut pairs);
    environments::write(&route.environments, &mut pairs);
    pair::write(route.pair.as_ref(), &mut pairs);
    explore::write(&route.explore, &mut pairs);
    pairs.fragment(route.place.name())
}

/// The route of a fragment. What it does not understand is left out.
pub(crate) fn from_fragment(fragment: &str) -> Route {
    let text = fragment.trim_start_matches('#').trim_start_matches('/');
    let (place, query) = text.split_once('?').unwrap_or((text, ""));
    let mut route = Route { place: Place::from_name(place), ..Route::default() };
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        // Each part takes the names that are its own; a broken value is nobody's.
        let _ = compare::read(&mut route.filter, &mut route.view, name, value)
            .or_else(|| decisions::read(&mut route.settings, name, value))
            .or_else(|| plan::read(&mut route.plan, name, value))
            .or_else(|| environments::read(&mut route.environments, name, value))
            .or_else(|| explore::read(&mut route.explore, name, value))
            .or_else(|| history::read(&mut route.history, name, value))
            .or_else(|| pair::read(&mut route.pair, name, value))
            .or_else(|| selection::read(&mut route.selected, name, value));
    }
    route
}

#[cfg(test)]
mod tests {
    use pgparity_core::action::Hazard;
    use pgparity_core::diff::{IgnorePreset, RenameAnswer, RenameDecision};
    use pgparity_core::plan::Mode;
    use proptest::collection::{btree_map, btree_set, vec};
    use proptest::prelude::*;

    use super::*;
    use crate::protocol::{
        Alone, Columns, ExploreQuery, MOST_HOPS, PlanFilter, Risk, Sort, Status, Way,
    };

    #[test]
    fn a_fragment_reads_well() {
        let route = Route {
            place: Place::Compare,
            filter: Filter { text: "or ders".to_owned(), ..Filter::default() },
            history: LaneFilter { text: "id".to_owned(), point: Some(3) },
            selected: Some("table:public.orders".into()),
            ..Route::default()
        };
        assert_eq!(
            to_fragment(&route),
            "#/compare?q=or%20ders&lanes=id&point=3&at=table:public.orders"
        );
    }

    #[test]
    fn nonsense_is_left_out() {
        let route = from_fragment("#/nowhere?status=purple&q=%F&allow=EVERYTHING&&x");
        assert_eq!(route, Route::default());
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let text = ".{0,12}";
        (
            btree_set(prop::sample::select(Status::ALL.to_vec()), 0..5),
            btree_set(text, 0..3),
            btree_set(text, 0..3),
            btree_set(prop::sample::select(Risk::ALL.to_vec()), 0..3),
            btree_map(
                prop::sample::select(IgnorePreset::ALL.to_vec()),
                prop::sample::select(vec![Alone::Hidden, Alone::Shown]),
                0..3,
            ),
            text,
            text,
            any::<bool>(),
        )
            .prop_map(|(status, kinds, schemas, risks, alone, text, glob, unviewed)| {
                Filter { status, kinds, schemas, risks, alone, text, glob, unviewed }
            })
    }

    fn any_route() -> impl Strategy<Value = Route> {
        let text = ".{0,12}";
        let decision = (text, text, any::<bool>()).prop_map(|(from, to, rename)| RenameDecision {
            from: from.as_str().into(),
            to: to.as_str().into(),
            answer: if rename { RenameAnswer::Rename } else { RenameAnswer::DropAndCreate },
        });
        let filter = any_filter();
        let view = prop::sample::select(View::ALL.to_vec());
        let settings = (
            vec(decision, 0..3),
            btree_set(prop::sample::select(IgnorePreset::ALL.to_vec()), 0..3),
            btree_set(prop::sample::select(Hazard::ALL.to_vec()), 0..3),
            btree_set(text, 0..3),
            btree_set(text, 0..3),
            prop::option::of(prop::sample::select(vec![Mode::Online, Mode::Simple])),
            any::<bool>(),
            prop::option::of(any::<u32>()),
        )
            .prop_map(
                |(renames, ignore, allow, off, back_off, mode, idempotent, lock_timeout)| {
                    Settings {
                        renames,
                        ignore,
                        allow,
                        off,
                        back_off,
                        idempotent,
                        lock_timeout,
                        mode,
                    }
                },
            );
        let plan = (
            any::<bool>(),
            text,
            prop::option::of(text),
            prop::option::of(prop::sample::select(Hazard::ALL.to_vec())),
            prop::option::of(prop::sample::select(plan::LOCKS.to_vec())),
        )
            .prop_map(|(back, text, verb, hazard, lock)| PlanQuery {
                way: if back { Way::Back } else { Way::There },
                filter: PlanFilter { text, verb, hazard, lock },
            });
        let place = prop::sample::select(Place::ALL.to_vec());
        let sort = prop::sample::select(vec![Sort::Divergent, Sort::Name]);
        let environments = (prop::option::of(text), sort, text)
            .prop_map(|(reference, sort, text)| MatrixQuery { reference, sort, text });
        let history = (text, prop::option::of(any::<usize>()))
            .prop_map(|(text, point)| LaneFilter { text, point });
        let selected = prop::option::of(text);
        let pair = prop::option::of((text, text).prop_map(|(from, to)| Pair { from, to }));
        let columns = prop::sample::select(Columns::ALL.map(|(columns, ..)| columns).to_vec());
        let explore = (
            prop::option::of(text),
            prop::option::of(text),
            1..=MOST_HOPS,
            columns,
            any::<bool>(),
            text,
        )
            .prop_map(|(of, around, hops, columns, objects, text)| {
                let around = around.map(|id| Id::from(id.as_str()));
                ExploreState {
                    query: ExploreQuery { of, around, hops, columns, ..ExploreQuery::default() },
                    objects,
                    text,
                }
            });
        let rest = (history, pair, explore);
        (place, filter, view, plan, selected, settings, environments, rest).prop_map(
            |(place, filter, view, plan, selected, settings, environments, rest)| {
                let selected = selected.map(|id| Id::from(id.as_str()));
                let (history, pair, explore) = rest;
                Route {
                    place,
                    filter,
                    plan,
                    view,
                    history,
                    selected,
                    settings,
                    environments,
                    pair,
                    explore,
                }
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
