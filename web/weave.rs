//! Two texts in one, their common lines once: small before it is packed. Part of the build script;
//! `web/src/engine/samples.rs` takes the texts apart again.

/// So many equal lines are no accident.
const ENOUGH: usize = 3;

/// Puts two texts of whole lines into one: a sign before each line tells whether both have it or
/// which one does. After a difference, it goes on at the nearest lines that are equal.
pub(crate) fn weave(one: &str, other: &str) -> String {
    let (one, other) = (lines(one), lines(other));
    let (mut one, mut other) = (one.as_slice(), other.as_slice());
    let mut woven = String::new();
    let mut put = |sign: &str, lines: &[&str]| {
        for line in lines {
            woven += sign;
            woven += line;
        }
    };
    while !(one.is_empty() && other.is_empty()) {
        let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        put(" ", &one[..same]);
        (one, other) = (&one[same..], &other[same..]);
        let (gone, come) = nearest(one, other);
        put("-", &one[..gone]);
        put("+", &other[..come]);
        (one, other) = (&one[gone..], &other[come..]);
    }
    woven
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How many lines to leave out on both sides until they are equal again.
fn nearest(one: &[&str], other: &[&str]) -> (usize, usize) {
    let head = |lines: &[&str]| lines.len().min(ENOUGH);
    let equal = |(skip, other_skip): &(usize, usize)| {
        let rests = one.get(*skip..).zip(other.get(*other_skip..));
        rests.is_some_and(|(a, b)| a[..head(a)] == b[..head(b)])
    };
    let all = one.len() + other.len();
    let mut pairs = (0..=all).flat_map(|sum| (0..=sum).map(move |skip| (skip, sum - skip)));
    pairs.find(equal).unwrap_or((one.len(), other.len()))
}
