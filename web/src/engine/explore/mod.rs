//! How objects hang together: tables and foreign keys as a diagram, lists of objects, one object with what
//! breaks when it is dropped. Made once for what is looked at, asked many times.

mod card;
mod diagram;
mod layout;
mod pick;
mod rows;
mod svg;
#[cfg(test)]
mod tests;
mod wires;

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::rc::Rc;

use pgparity_core::diff::{IgnorePreset, RenameDecision};
use pgparity_core::impact::{Dependencies, Impact};
use pgparity_core::model::Id;
use pgparity_core::relations::{Relations, of_drift, of_snapshot};
use pgparity_core::report::words;
use pgparity_core::snapshot::Snapshot;

use super::compare::Compared;
use super::glyphs::{visible, warnings};
use super::shelf::Shelf;
use crate::protocol::{
    Diagram, ExploreAnswer, ExploreAsk, ExploreQuery, Link, ListRow, Listing, Portrait, Response,
    Settings, Stage, Status, unique_names,
};
use card::Sources;

/// What was made for the questions before.
#[derive(Default)]
pub(super) struct Explored {
    graph: Option<(GraphOf, Relations)>,
    diagram: Option<(ExploreQuery, Diagram)>,
    /// The last list of each sort.
    rows: Vec<Lined>,
    hanging: Option<(Rc<Snapshot>, Dependencies)>,
    impact: Option<(Rc<Snapshot>, Id, Impact)>,
}

/// The rows of a list of a snapshot.
type Lined = (Option<String>, Listing, Vec<ListRow>);

/// What a graph is of.
#[derive(PartialEq)]
struct GraphOf {
    of: Option<String>,
    renames: Vec<RenameDecision>,
    ignore: BTreeSet<IgnorePreset>,
}

/// A snapshot of the shelf, by name.
struct Named {
    name: String,
    snapshot: Rc<Snapshot>,
}

/// The snapshots that a question is about: the one that is looked at, and the one before it, if two are
/// looked at together.
struct Subject<'a> {
    main: Named,
    other: Option<Named>,
    compared: Option<&'a Compared>,
}

/// Answers a question. `compared` is From and To under today's decisions, where there are two.
pub(super) fn answer(
    explored: &mut Explored,
    shelf: &Shelf,
    compared: Option<&Compared>,
    settings: &Settings,
    ask: &ExploreAsk,
) -> Response {
    let of = match ask {
        ExploreAsk::Diagram { query }
        | ExploreAsk::Svg { query }
        | ExploreAsk::Rows { query, .. } => &query.of,
        ExploreAsk::Object { of, .. } => of,
    };
    let Some(subject) = Subject::of(shelf, compared, of.as_ref()) else {
        return Response::Nothing("That snapshot is not open.".to_owned());
    };
    match ask {
        ExploreAsk::Diagram { query } => {
            explored.draw(&subject, settings, query);
            let diagram = explored.diagram.as_ref().map(|(_, diagram)| diagram.clone());
            ExploreAnswer::Diagram(diagram.unwrap_or_default()).into()
        }
        ExploreAsk::Svg { query } => {
            explored.draw(&subject, settings, query);
            let drawn = explored.diagram.as_ref();
            let file = drawn.map(|(_, diagram)| svg::svg(diagram, &subject.title()));
            ExploreAnswer::Svg(file.unwrap_or_default()).into()
        }
        ExploreAsk::Rows { query, list, find, start, len } => {
            explored.list(&subject, settings, query, list);
            let listed = explored.rows.iter().find(|(_, what, _)| what == list);
            let rows = listed.map_or(&[] as &[ListRow], |(.., rows)| rows);
            ExploreAnswer::Rows(rows::window(rows, find.as_ref(), *start, *len)).into()
        }
        ExploreAsk::Object { id, .. } => match explored.portrait(&subject, settings, id) {
            Some(portrait) => ExploreAnswer::Object(Box::new(portrait)).into(),
            None => Response::Nothing(format!("{} is not in this snapshot.", visible(id.name()))),
        },
    }
}

impl<'a> Subject<'a> {
    fn of(
        shelf: &Shelf,
        compared: Option<&'a Compared>,
        of: Option<&String>,
    ) -> Option<Subject<'a>> {
        let sides: Vec<_> = shelf.all().map(|(_, snapshot)| snapshot.side()).collect();
        let names = unique_names(sides.iter().map(|side| side.label.as_str()));
        let all = || names.iter().zip(shelf.all().map(|(_, snapshot)| snapshot));
        let named = |wanted: &dyn Fn(&str, &Rc<Snapshot>) -> bool| {
            let found = all().find(|(name, snapshot)| wanted(name, snapshot));
            found.map(|(name, snapshot)| Named { name: name.clone(), snapshot: snapshot.clone() })
        };
        if let Some(of) = of {
            let main = named(&|name, _| name == of)?;
            return Some(Subject { main, other: None, compared: None });
        }
        let Some(compared) = compared else {
            let main = named(&|_, _| true)?;
            return Some(Subject { main, other: None, compared: None });
        };
        let (from, to) = compared.sides();
        let main = named(&|_, snapshot| Rc::ptr_eq(snapshot, to))?;
        let other = named(&|_, snapshot| Rc::ptr_eq(snapshot, from));
        Some(Subject { main, other, compared: Some(compared) })
    }

    /// What is looked at, for people.
    fn title(&self) -> String {
        let name = visible(&self.main.name);
        match &self.other {
            Some(other) => format!("From {} to {name}", visible(&other.name)),
            None => name.into_owned(),
        }
    }

    /// The snapshot that has an object, the one that is looked at first.
    fn holder(&self, id: &Id) -> Option<&Named> {
        let has = |named: &&Named| {
            let snapshot = &named.snapshot;
            snapshot.find(id).is_some() || snapshot.table_of_column(id).is_some()
        };
        std::iter::once(&self.main).chain(&self.other).find(has)
    }
}

impl Explored {
    /// What drawing is, while the graph is not there: what comes after it takes no time.
    pub(super) fn stage(&self, shelf: &Shelf, ask: &ExploreAsk) -> Option<Stage> {
        let draws = matches!(
            ask,
            ExploreAsk::Diagram { .. }
                | ExploreAsk::Svg { .. }
                | ExploreAsk::Rows { list: Listing::Drawn, .. }
        );
        let objects = shelf.all().map(|(_, snapshot)| snapshot.side().objects).max();
        objects.filter(|_| draws && self.graph.is_none()).map(|objects| Stage::Drawing { objects })
    }

    /// Makes the graph of tables, where it is not the one that is there.
    fn graph(&mut self, subject: &Subject<'_>, settings: &Settings) -> &Relations {
        let of = GraphOf {
            of: subject.compared.is_none().then(|| subject.main.name.clone()),
            renames: settings.renames.clone(),
            ignore: settings.ignore.clone(),
        };
        let known = self.graph.take().filter(|(known, _)| *known == of);
        if known.is_none() {
            self.diagram = None;
            self.rows.clear();
        }
        let made = known.unwrap_or_else(|| {
            let graph = match subject.compared {
                Some(compared) => {
                    let (from, to) = compared.sides();
                    of_drift(from, to, compared.drift())
                }
                None => of_snapshot(&subject.main.snapshot),
            };
            (of, graph)
        });
        &self.graph.insert(made).1
    }

    fn draw(&mut self, subject: &Subject<'_>, settings: &Settings, query: &ExploreQuery) {
        self.graph(subject, settings);
        let drawn = self.diagram.as_ref().is_some_and(|(known, _)| known == query);
        let Some((_, graph)) = self.graph.as_ref().filter(|_| !drawn) else { return };
        let around = query.around.as_ref().and_then(|id| pick::table_of(graph, id));
        let picked = pick::pick(graph, query, around);
        let snapshots = std::iter::once(&subject.main).chain(&subject.other);
        let snapshots = snapshots.map(|named| &*named.snapshot).collect();
        let sources = Sources::new(snapshots, subject.compared.map(Compared::drift));
        let diagram = diagram::draw(&sources, graph, &picked, query);
        self.diagram = Some((query.clone(), diagram));
    }

    fn list(
        &mut self,
        subject: &Subject<'_>,
        settings: &Settings,
        query: &ExploreQuery,
        list: &Listing,
    ) {
        self.graph(subject, settings);
        // Another diagram has other rows; they are made in no time.
        let known =
            |(of, what, _): &Lined| *of == query.of && what == list && *list != Listing::Drawn;
        if self.rows.iter().any(known) {
            return;
        }
        let rows = match list {
            Listing::Drawn => {
                self.draw(subject, settings, query);
                self.diagram.as_ref().map(|(_, diagram)| rows::of_diagram(diagram))
            }
            Listing::Objects { text } => Some(rows::of_snapshot(&subject.main.snapshot, text)),
            Listing::Falls { id } => {
                let impact = subject.holder(id).and_then(|named| self.impact(named, id));
                impact.map(|impact| rows::of_impact(&impact))
            }
        };
        let sort = discriminant(list);
        self.rows.retain(|(_, what, _)| discriminant(what) != sort);
        self.rows.push((query.of.clone(), list.clone(), rows.unwrap_or_default()));
    }

    /// What falls with an object of a snapshot.
    fn impact(&mut self, of: &Named, id: &Id) -> Option<Impact> {
        let known = |(snapshot, other, _): &&(Rc<Snapshot>, Id, Impact)| {
            Rc::ptr_eq(snapshot, &of.snapshot) && other == id
        };
        if let Some((.., impact)) = self.impact.as_ref().filter(known) {
            return Some(impact.clone());
        }
        let same =
            |(snapshot, _): &(Rc<Snapshot>, Dependencies)| Rc::ptr_eq(snapshot, &of.snapshot);
        let hanging = self.hanging.take().filter(same);
        let hanging =
            hanging.unwrap_or_else(|| (of.snapshot.clone(), Dependencies::of(&of.snapshot)));
        let impact = self.hanging.insert(hanging).1.impact(id)?;
        self.impact = Some((of.snapshot.clone(), id.clone(), impact.clone()));
        Some(impact)
    }

    fn portrait(
        &mut self,
        subject: &Subject<'_>,
        settings: &Settings,
        id: &Id,
    ) -> Option<Portrait> {
        let graph = self.graph(subject, settings);
        let table = pick::table_of(graph, id).map(|at| graph.tables[at].id.clone());
        let holder = subject.holder(id)?;
        let impact = self.impact(holder, id);
        let snapshot = &holder.snapshot;
        let links = |ids: Vec<Id>| -> Vec<Link> {
            let link = |id: Id| Link {
                name: visible(id.name()).into_owned(),
                kind: words::kind_word(id.kind()),
                side: Status::Same,
                known: snapshot.find(&id).is_some() || snapshot.table_of_column(&id).is_some(),
                id,
            };
            ids.into_iter().map(link).collect()
        };
        let kind = words::kind_word(id.kind());
        Some(Portrait {
            id: id.clone(),
            title: visible(id.name()).into_owned(),
            warnings: warnings(id.name()),
            snapshot: visible(&holder.name).into_owned(),
            table,
            definition: visible_lines(&snapshot.definition(id).unwrap_or_default()),
            depends_on: links(snapshot.depends_on(id)),
            used_by: links(snapshot.used_by(id)),
            fall: impact.as_ref().map(|impact| rows::fall(impact, &kind)).unwrap_or_default(),
            falls: impact.map_or(0, |impact| {
                impact.along.len() + impact.cascade.len() + impact.changed.len()
            }),
            kind,
        })
    }
}

/// A text of many lines with what cannot be seen made visible; line breaks and tabs stay.
fn visible_lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(visible).collect::<Vec<_>>().join("\t");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
