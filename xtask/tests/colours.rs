//! The colours of the page have the contrast that the style sheet promises.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Colours by name.
type Colours = BTreeMap<String, [f64; 3]>;

/// The two schemes, in the order of `light-dark()`.
const SCHEMES: [&str; 2] = ["light", "dark"];

/// Each rule of the sheet that sets colours: its selector, and the colours of either scheme.
fn rules(sheet: &str) -> Vec<(String, [Colours; 2])> {
    let mut found = Vec::new();
    for block in sheet.split('}') {
        let Some((before, body)) = block.rsplit_once('{') else { continue };
        let selector = before.lines().last().unwrap_or_default().trim().to_owned();
        let mut colours = [Colours::new(), Colours::new()];
        for line in body.lines() {
            let pair = || {
                let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(#")?;
                let (light, dark) = rest.strip_suffix(");")?.split_once(", #")?;
                Some((name, [light, dark]))
            };
            let Some((name, pair)) = pair() else { continue };
            for (colours, hex) in colours.iter_mut().zip(pair) {
                colours.insert(name.to_owned(), channels(hex));
            }
        }
        if !colours[0].is_empty() {
            found.push((selector, colours));
        }
    }
    found
}

fn channels(hex: &str) -> [f64; 3] {
    assert_eq!(hex.len(), 6, "{hex}");
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: &[f64; 3]) -> f64 {
    let [r, g, b] =
        colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2.2, "contrast ratio".
fn contrast(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn texts_and_signs_stand_out_in_every_palette() {
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/styles/tokens.css");
    let all = rules(&fs::read_to_string(sheet).unwrap());
    let selectors: Vec<&str> = all.iter().map(|(selector, _)| selector.as_str()).collect();
    assert_eq!(selectors, [":root", r#":root[data-palette="blue"]"#]);
    let mut poor = Vec::new();
    for ((selector, own), scheme) in all.iter().flat_map(|rule| [(rule, 0), (rule, 1)]) {
        let mut colours = all[0].1[scheme].clone();
        colours.extend(own[scheme].clone());
        let selector = format!("{selector}, {}", SCHEMES[scheme]);
        let mut want = |text: &str, ground: &str, least: f64| {
            let found = contrast(&colours[text], &colours[ground]);
            if found < least {
                poor.push(format!("{selector}: {text} on {ground} has {found:.2}, not {least}"));
            }
        };
        for ground in ["bg", "panel", "hover", "selected"] {
            for text in ["text", "muted", "missing", "extra", "changed", "renamed"] {
                want(text, ground, 4.5);
            }
        }
        for sign in ["missing", "extra", "changed", "renamed"] {
            want(sign, &format!("{sign}-bg"), 4.5);
            want("text", &format!("{sign}-bg"), 4.5);
        }
        for text in ["sql-keyword", "sql-text", "sql-number", "sql-comment"] {
            want(text, "bg", 4.5);
            want(text, "missing-bg", 4.5);
            want(text, "extra-bg", 4.5);
        }
        want("text", "missing-strong", 4.5);
        want("text", "extra-strong", 4.5);
        want("on-focus", "focus", 4.5);
        want("border", "bg", 3.0);
        want("focus", "bg", 3.0);
    }
    assert!(poor.is_empty(), "{}", poor.join("\n"));
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((contrast(&[0.0; 3], &[1.0; 3]) - 21.0).abs() < 1e-9);
}
