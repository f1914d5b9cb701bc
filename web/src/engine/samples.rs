//! The two samples, which the module carries as one text: what both have stands in it once.

/// One of the two texts that `web/weave.rs` put into one: `-` stands for the first one, `+` for the
/// other.
pub(crate) fn unwoven(text: &[u8], sign: u8) -> Vec<u8> {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    let own = lines.filter_map(|line| line.split_first());
    own.filter(|(first, _)| **first == b' ' || **first == sign)
        .flat_map(|(_, line)| line.iter().copied())
        .collect()
}

#[cfg(test)]
#[path = "../../weave.rs"]
mod weave;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{unwoven, weave};

    #[test]
    fn the_samples_come_apart_as_they_were() {
        let one = include_str!("../../samples/production.json");
        let other = include_str!("../../samples/development.json");
        let woven = weave::weave(one, other);
        assert!(woven.len() < one.len() * 6 / 5, "{} bytes", woven.len());
        let apart = [b'-', b'+'].map(|sign| unwoven(woven.as_bytes(), sign));
        assert_eq!(apart, [one.as_bytes(), other.as_bytes()]);
    }

    proptest! {
        #[test]
        fn any_texts_come_apart(one in "([ab+-]?\n){0,9}", other in "([ab +-]?\n){0,9}") {
            let woven = weave::weave(&one, &other);
            let apart = [b'-', b'+'].map(|sign| unwoven(woven.as_bytes(), sign));
            prop_assert_eq!(apart, [one.as_bytes(), other.as_bytes()]);
        }
    }
}
