//! Finds and takes out elements of the page that trunk writes. Trunk repeats what `index.html`
//! holds and adds its own elements, so the form is known, and what is missing is an error.

use anyhow::{Context as _, Result, bail};

/// An element of the page as it stands there.
pub(super) struct Element<'a> {
    /// The tag that opens it.
    tag: &'a str,
    /// All of it.
    pub(super) text: &'a str,
}

impl<'a> Element<'a> {
    /// The value of an attribute in double quotes.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let start = format!(" {name}=\"");
        let (_, rest) = self.tag.split_once(&start)?;
        rest.split('"').next()
    }

    /// True when the attribute has the value.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.attribute(name) == Some(value)
    }
}

/// Every element of a name, in the order of the page; a script with all that is in it.
pub(super) fn elements<'a>(page: &'a str, name: &str) -> Result<Vec<Element<'a>>> {
    let (opening, closing) = (format!("<{name} "), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find(&opening) {
        rest = rest.get(start..).unwrap_or_default();
        let tag_end = rest.find('>').with_context(|| format!("a <{name}> without an end"))? + 1;
        let end = match name {
            "script" => {
                let closes = rest.find(&closing);
                closes.with_context(|| format!("no {closing}"))? + closing.len()
            }
            _ => tag_end,
        };
        let (Some(tag), Some(text)) = (rest.get(..tag_end), rest.get(..end)) else {
            bail!("a <{name}> is cut in the middle of a character");
        };
        found.push(Element { tag, text });
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(found)
}

/// The page's content security policy.
pub(super) fn policy(page: &str) -> Result<&str> {
    let metas = elements(page, "meta")?;
    let meta = metas.iter().find(|meta| meta.has("http-equiv", "Content-Security-Policy"));
    meta.and_then(|meta| meta.attribute("content")).context("the page has no policy")
}

/// The page with one text in the place of another, which must stand there exactly once.
pub(super) fn replaced(page: &str, old: &str, new: &str) -> Result<String> {
    match page.matches(old).count() {
        1 => Ok(page.replacen(old, new, 1)),
        count => bail!("the page holds this {count} times instead of once: {old}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_what_is_in_them() -> Result<()> {
        let page = "<link rel=\"a\" href=\"x\"/>\n<script src=\"y\">1 > 0</script><link rel=\"b\">";
        let links = elements(page, "link")?;
        assert_eq!(links.len(), 2);
        assert!(links[0].has("rel", "a") && links[0].attribute("href") == Some("x"));
        assert_eq!(links[0].text, "<link rel=\"a\" href=\"x\"/>");
        assert_eq!(elements(page, "script")?[0].text, "<script src=\"y\">1 > 0</script>");
        assert!(elements("<script src=\"y\">", "script").is_err());
        Ok(())
    }

    #[test]
    fn only_what_stands_there_once_is_replaced() -> Result<()> {
        assert_eq!(replaced("a b", "b", "c")?, "a c");
        assert!(replaced("a b b", "b", "c").is_err() && replaced("a", "b", "c").is_err());
        Ok(())
    }
}
