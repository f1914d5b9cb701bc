//! Maps for many entries.

use std::collections::{HashMap, HashSet};

/// A map whose hash is fast and still costly to attack: snapshots are not trusted. Nothing may
/// depend on its order.
pub(crate) type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The same as a set.
pub(crate) type FastSet<K> = HashSet<K, foldhash::fast::RandomState>;
