//! A part of the state, held in common: a clone is the same value, and comparing looks at nothing
//! but whether it is.

use std::ops::Deref;
use std::rc::Rc;

/// A part of the state.
#[derive(Debug, Default)]
pub(crate) struct Shared<T>(Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Shared<T> {
        Shared(Rc::new(value))
    }
}

impl<T: PartialEq> Shared<T> {
    /// Takes a new value; an equal one leaves the old in its place, so that nobody draws anew.
    pub(crate) fn put(&mut self, value: T) {
        if *self.0 != value {
            self.0 = Rc::new(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_value_is_the_same_one() {
        let before: Shared<u8> = 1.into();
        let mut after = before.clone();
        after.put(1);
        assert!(after == before);
        after.put(2);
        assert!(after != before);
        assert_eq!((*before, *after), (1, 2));
    }
}
