//! Decisions in an address.

use pgparity_core::action::Hazard;
use pgparity_core::diff::{IgnorePreset, RenameAnswer, RenameDecision};
use pgparity_core::plan::Mode;

use super::codec::{Pairs, decode, encode};
use crate::protocol::Settings;

/// Parts two names of one value; it never occurs in an encoded name.
const BETWEEN: char = '*';

/// Adds the decisions.
pub(super) fn write(settings: &Settings, pairs: &mut Pairs) {
    for preset in &settings.ignore {
        pairs.add("ignore", preset.name());
    }
    for hazard in &settings.allow {
        pairs.add("allow", hazard.name());
    }
    if let Some(mode) = settings.mode {
        pairs.add("mode", mode_name(mode));
    }
    for key in &settings.off {
        pairs.add("off", key);
    }
    for key in &settings.back_off {
        pairs.add("off-back", key);
    }
    if let Some(time) = settings.lock_timeout {
        pairs.add("lock-timeout", &time.to_string());
    }
    if settings.idempotent {
        pairs.add("again", "yes");
    }
    for decision in &settings.renames {
        let name = match decision.answer {
            RenameAnswer::Rename => "rename",
            RenameAnswer::DropAndCreate => "separate",
        };
        let (from, to) = (encode(decision.from.as_str()), encode(decision.to.as_str()));
        pairs.add_encoded(name, format!("{from}{BETWEEN}{to}"));
    }
}

/// Takes a pair of the address, if it is a decision.
pub(super) fn read(settings: &mut Settings, name: &str, value: &str) -> Option<()> {
    match name {
        "rename" => settings.renames.push(pair(value, RenameAnswer::Rename)?),
        "separate" => settings.renames.push(pair(value, RenameAnswer::DropAndCreate)?),
        "ignore" => settings.ignore.extend(IgnorePreset::from_name(&decode(value)?)),
        "allow" => settings.allow.extend(decode(value)?.parse::<Hazard>().ok()),
        "mode" => settings.mode = mode_of(&decode(value)?),
        "off-back" => settings.back_off.extend([decode(value)?]),
        "lock-timeout" => settings.lock_timeout = decode(value)?.parse().ok(),
        "again" => settings.idempotent = decode(value)? == "yes",
        "off" => settings.off.extend([decode(value)?]),
        _ => return None,
    }
    Some(())
}

fn pair(value: &str, answer: RenameAnswer) -> Option<RenameDecision> {
    let (from, to) = value.split_once(BETWEEN)?;
    let (from, to) = (decode(from)?, decode(to)?);
    Some(RenameDecision { from: from.as_str().into(), to: to.as_str().into(), answer })
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Online => "online",
        Mode::Simple => "simple",
    }
}

fn mode_of(name: &str) -> Option<Mode> {
    [Mode::Online, Mode::Simple].into_iter().find(|mode| mode_name(*mode) == name)
}
