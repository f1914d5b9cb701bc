//! The register of places: a new place is one line here, and one in `view/places.rs`.

/// What a place needs to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing.
    Nothing,
    /// A snapshot, on whatever side.
    One,
    /// A snapshot on either side.
    Pair,
    /// Two snapshots or more, on whatever side.
    Several,
}

/// What is known of a place.
pub(crate) struct About {
    /// The name in addresses.
    pub name: &'static str,
    /// The name on links and as heading.
    pub title: &'static str,
    /// The key behind `g`.
    pub key: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// It stands in the navigation.
    pub listed: bool,
}

macro_rules! places {
    ($( $(#[$meta:meta])* $place:ident: $name:literal, $title:literal, $key:literal, $needs:ident, $listed:literal; )+) => {
        /// Where one can be.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Place {
            $( $(#[$meta])* $place, )+
        }

        impl Place {
            /// Every place, in the order of the navigation.
            pub(crate) const ALL: &'static [Place] = &[$( Place::$place ),+];

            /// What is known of it.
            pub(crate) const fn about(self) -> About {
                match self {
                    $( Place::$place => About {
                        name: $name,
                        title: $title,
                        key: $key,
                        needs: Needs::$needs,
                        listed: $listed,
                    }, )+
                }
            }
        }
    };
}

// place: name in addresses, title, key behind `g`, what it needs, whether the navigation lists it.
places! {
    /// Choosing what to compare.
    #[default]
    Start: "start", "Start", "s", Nothing, true;
    /// What differs.
    Compare: "compare", "Compare", "c", Pair, true;
    /// The way from one to the other.
    Plan: "plan", "Plan", "p", Pair, true;
    /// All snapshots at once.
    Environments: "environments", "Environments", "e", Several, true;
    /// What happened from snapshot to snapshot.
    History: "history", "History", "h", Several, true;
    /// How objects hang together.
    Explore: "explore", "Explore", "x", One, true;
}

impl Place {
    /// The name in addresses.
    pub(crate) fn name(self) -> &'static str {
        self.about().name
    }

    /// The name on links and as heading.
    pub(crate) fn title(self) -> &'static str {
        self.about().title
    }

    /// The place of a name; Start for any other.
    pub(crate) fn from_name(name: &str) -> Place {
        Place::ALL.iter().copied().find(|place| place.name() == name).unwrap_or_default()
    }

    /// The place of a key behind `g`.
    pub(crate) fn from_key(key: &str) -> Option<Place> {
        Place::ALL.iter().copied().find(|place| place.about().key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_come_back() {
        for place in Place::ALL {
            assert_eq!(Place::from_name(place.name()), *place);
            assert_eq!(Place::from_key(place.about().key), Some(*place));
        }
        assert_eq!(Place::from_name("nowhere"), Place::Start);
        assert_eq!(Place::from_key("q"), None);
    }
}
