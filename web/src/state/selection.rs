//! The one selection that all places share.

use pgparity_core::model::Id;

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Selection {
    /// The object.
    pub object: Option<Id>,
    /// The row of the tree that has the focus, by key.
    pub cursor: Option<String>,
}

/// What happens to the selection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SelectionAction {
    /// An object, wherever it stands, or none.
    Object(Option<Id>),
    /// Give a row the focus; an object's row is selected too.
    Cursor(String, Option<Id>),
    /// A step of the plan, which Plan goes to.
    Step(Option<usize>),
}

impl Selection {
    /// The selection after an action.
    pub(crate) fn after(&self, action: SelectionAction) -> Selection {
        let mut next = self.clone();
        match action {
            SelectionAction::Object(id) => {
                next.cursor = id.as_ref().map(|id| id.as_str().to_owned());
                next.object = id;
            }
            SelectionAction::Cursor(key, id) => {
                next.cursor = Some(key);
                next.object = id.or(next.object);
            }
            // Plan knows where it is.
            SelectionAction::Step(_) => {}
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_takes_the_focus_and_not_the_selection() {
        let id: Id = "table:public.a".into();
        let selection = Selection::default()
            .after(SelectionAction::Object(Some(id.clone())))
            .after(SelectionAction::Cursor("schema/public".into(), None));
        assert_eq!(selection.object, Some(id));
        assert_eq!(selection.cursor.as_deref(), Some("schema/public"));
    }
}
