//! Keeping a Markdown report below a limit: each section gets its share, whole blocks only.

use super::words::{counted, number};

/// Room for the sentence that says what a section leaves out, and for the one at the top.
const REMARK: usize = 160;

/// A piece that is shown whole, in brief, or not at all.
pub(crate) struct Block {
    /// The heading that it stands under, which is written when it changes.
    pub(crate) group: String,
    /// The whole text.
    pub(crate) full: String,
    /// A shorter one, which says itself what it leaves out.
    pub(crate) brief: Option<String>,
}

/// Blocks under one heading.
pub(crate) struct Section {
    pub(crate) head: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) foot: &'static str,
    /// What one block is, for counting those that are left out.
    pub(crate) what: &'static str,
}

impl Section {
    /// A section of lines under a heading.
    pub(crate) fn list(heading: &str, what: &'static str) -> Section {
        Section { head: format!("\n{heading}\n\n"), blocks: Vec::new(), foot: "", what }
    }

    /// A folded section whose first lines stay visible.
    pub(crate) fn folded(summary: &str, top: &str, what: &'static str) -> Section {
        Section {
            head: format!("\n<details><summary>{summary}</summary>\n\n{top}"),
            blocks: Vec::new(),
            foot: "\n</details>\n",
            what,
        }
    }

    /// Adds a block that is shown whole or not at all.
    pub(crate) fn add(&mut self, full: String) {
        self.blocks.push(Block { group: String::new(), full, brief: None });
    }

    fn len(&self) -> usize {
        let blocks: usize = self.blocks.iter().map(|b| b.group.len() + b.full.len()).sum();
        self.head.len() + blocks + self.foot.len() + REMARK
    }
}

/// The head and as much of the sections as stays below the limit, with a word about the rest.
pub(crate) fn fit(head: &str, short_head: &str, sections: &[Section], limit: usize) -> String {
    let Some(room) = limit.checked_sub(head.len() + 2 * REMARK) else {
        return clipped(short_head, limit);
    };
    let mut body = String::new();
    let mut complete = true;
    for (section, share) in sections.iter().zip(shares(sections, room)) {
        complete &= write_section(section, share, &mut body);
    }
    if complete {
        format!("{head}{body}")
    } else {
        format!(
            "{head}\n_Shortened to fewer than {} bytes; what is left out is counted below. The \
             text and JSON reports leave out nothing._\n{body}",
            number(limit)
        )
    }
}

/// How much of the room each section gets: small ones what they need, the others equal shares.
fn shares(sections: &[Section], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sections.len()).collect();
    order.sort_by_key(|at| sections.get(*at).map_or(0, Section::len));
    let mut shares = vec![0; sections.len()];
    let mut left = room;
    for (done, at) in order.iter().enumerate() {
        let wanted = sections.get(*at).map_or(0, Section::len);
        let share = wanted.min(left / (sections.len() - done));
        left -= share;
        if let Some(place) = shares.get_mut(*at) {
            *place = share;
        }
    }
    shares
}

/// Writes what fits in `share` bytes; true when that was everything.
fn write_section(section: &Section, share: usize, out: &mut String) -> bool {
    let Some(mut left) = share.checked_sub(section.head.len() + section.foot.len() + REMARK) else {
        return false;
    };
    let (mut written, mut shortened, mut group) = (0, 0, "");
    out.push_str(&section.head);
    for block in &section.blocks {
        let heading = if block.group == group { "" } else { block.group.as_str() };
        let fits = |text: &&str| heading.len() + text.len() <= left;
        let full = Some(block.full.as_str()).filter(fits);
        let Some(text) = full.or_else(|| block.brief.as_deref().filter(fits)) else { continue };
        left -= heading.len() + text.len();
        out.push_str(heading);
        out.push_str(text);
        group = &block.group;
        written += 1;
        shortened += usize::from(full.is_none());
    }
    let total = section.blocks.len();
    if written < total || shortened > 0 {
        out.push_str(&format!(
            "\n_{} of {} left out, {} shortened._\n",
            number(total - written),
            counted(total, section.what),
            number(shortened)
        ));
    }
    out.push_str(section.foot);
    written == total && shortened == 0
}

/// The text, cut off at a character below the limit.
fn clipped(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit.saturating_sub(1));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().to_owned()
}
