//! Errors of object stores in words, without what such a store may write into them.

use std::error::Error as _;

use anyhow::anyhow;
use object_store::Error;

/// What went wrong, and what to do about it.
pub(super) fn explain(error: &Error) -> anyhow::Error {
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        // Many repeat what their cause says.
        if !causes.iter().any(|known: &String| known.contains(&text)) {
            causes.push(text);
        }
        cause = next.source();
    }
    let told = if causes.is_empty() { error.to_string() } else { causes.join(": ") };
    let told = without_queries(&told);
    match error {
        Error::NotFound { .. } => anyhow!("it is not there: {told}"),
        Error::PermissionDenied { .. } => anyhow!("the store does not allow it: {told}"),
        Error::Unauthenticated { .. } => anyhow!(
            "the store does not know who asks; credentials come from the environment (AWS_…, GOOGLE_…, \
             AZURE_…): {told}"
        ),
        _ => anyhow!(told),
    }
}

/// The text without queries of URLs: some stores take signatures in them.
fn without_queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://") {
        let (before, url) = rest.split_at(start);
        out.push_str(before);
        let end =
            url.find(|c: char| c.is_whitespace() || "\"'()<>".contains(c)).unwrap_or(url.len());
        let (url, after) = url.split_at(end);
        out.push_str(url.split('?').next().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_stay_out_of_messages() {
        assert_eq!(
            without_queries(
                "for url (https://a.example/c/x?sv=1&sig=secret): no \"http://b/?x\" y?"
            ),
            "for url (https://a.example/c/x): no \"http://b/\" y?"
        );
    }
}
