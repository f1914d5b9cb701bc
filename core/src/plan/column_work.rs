//! What a plan does with a column whose type is built anew, or whose default or expression must be away
//! meanwhile.

use crate::action::Action;
use crate::objects::row_type::Waiting;
use crate::objects::{Column, Situation, Table, column_alter, column_retype};

/// What has to be done with a column beyond what the drift says.
#[derive(Clone, Copy)]
pub(super) struct ColumnWork<'a> {
    /// Its table before.
    pub(super) table: &'a Table,
    /// The column before.
    pub(super) from: &'a Column,
    /// The column afterwards.
    pub(super) to: &'a Column,
    /// Its type is built anew.
    pub(super) retype: bool,
    /// Its default must be away meanwhile.
    pub(super) reset_default: bool,
    /// Its values wait as text until the new type is there.
    pub(super) park: bool,
    /// It is generated: it is dropped and added again.
    pub(super) replace: bool,
    /// Its expression, as it should become, still uses what is worked on.
    pub(super) stays: bool,
    /// Its values have rows of tables in them that get another form: how they wait.
    pub(super) rows: Option<Waiting>,
}

impl<'a> ColumnWork<'a> {
    /// None yet.
    pub(super) fn new(table: &'a Table, from: &'a Column, to: &'a Column) -> Self {
        ColumnWork {
            table,
            from,
            to,
            retype: false,
            reset_default: false,
            replace: false,
            stays: false,
            park: false,
            rows: None,
        }
    }

    /// All statements about the column, in the order in which they run. `planned` are those that
    /// the drift asks for anyway.
    pub(super) fn actions(
        &self,
        mut planned: Vec<Action>,
        situation: &Situation<'_>,
    ) -> Vec<Action> {
        let does = |planned: &[Action], command: &str| planned.iter().any(|a| a.command == command);
        if does(&planned, "ALTER TABLE … DROP COLUMN")
            || column_alter::replaced_above(self.table, self.from, situation)
        {
            return planned;
        }
        if self.replace {
            if does(&planned, "ALTER TABLE … SET EXPRESSION") && !self.stays {
                return planned;
            }
            // Its values stay, and it hangs on nothing any more.
            if does(&planned, "ALTER TABLE … DROP EXPRESSION") && situation.server >= 150_000 {
                return planned;
            }
            if self.is_below(situation) {
                return planned;
            }
            return column_retype::replace_generated(self.table, self.from, self.to, situation);
        }
        let mut actions = Vec::new();
        let reset = self.reset_default && self.from.default.is_some();
        if reset {
            let drop = column_retype::drop_default(self.table, self.from, situation);
            planned.retain(|action| action.command != drop.command);
            actions.push(drop);
        }
        let moves = self.retype && !self.is_below(situation);
        let plain = self.from.generated.is_none() && self.to.generated.is_none();
        let collated =
            self.from.data_type == self.to.data_type && self.from.collation != self.to.collation;
        // What is there by another name after its type is built anew.
        let stays_with = self.from.depends_on.iter().any(|on| self.to.depends_on.contains(on));
        let parks = self.park && plain && stays_with;
        if let (true, Some(waiting)) = (moves, self.rows) {
            planned.retain(|action| action.command != "ALTER TABLE … ALTER COLUMN TYPE");
            let states = (self.from, self.to);
            let mut waits = column_retype::rows_wait(self.table, states, waiting, situation);
            for action in &mut waits {
                self.table.between_detach_and_attach(action);
            }
            actions.extend(waits);
        } else if moves
            && (plain && collated || parks || !does(&planned, "ALTER TABLE … ALTER COLUMN TYPE"))
        {
            // Another collation alone would move it to the new type as if that were the old one.
            planned.retain(|action| action.command != "ALTER TABLE … ALTER COLUMN TYPE");
            let mut rebuild =
                column_retype::rebuild_type(self.table, self.from, self.to, situation);
            if self.park {
                let park = column_retype::park_as_text(self.table, self.from, situation);
                actions.push(park);
                // The old type is left by then.
                for action in &mut rebuild {
                    action.releases.clear();
                }
            }
            actions.extend(rebuild);
            for action in &mut actions {
                self.table.between_detach_and_attach(action);
            }
        }
        let sets = does(&planned, "ALTER TABLE … SET DEFAULT");
        actions.extend(planned);
        if let (true, false, Some(default)) = (reset, sets, &self.to.default) {
            actions.push(column_retype::set_default(self.table, self.to, default, situation));
        }
        actions
    }

    /// True when a parent that it is not detached from has the column too: what is done with it
    /// there reaches this table.
    fn is_below(&self, situation: &Situation<'_>) -> bool {
        self.table
            .lineage_kept(situation)
            .iter()
            .any(|parent| parent.columns.iter().any(|column| column.name == self.from.name))
    }
}
