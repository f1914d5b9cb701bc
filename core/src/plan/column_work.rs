//! What a plan does with a column whose type is built anew, or whose default or expression must be away
//! meanwhile.

use crate::action::Action;
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
}

impl ColumnWork<'_> {
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
        if moves && (plain && collated || !does(&planned, "ALTER TABLE … ALTER COLUMN TYPE")) {
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
