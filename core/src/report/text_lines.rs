//! Lines of plain text: width, wrapping, columns, colours.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::escape::visible;
use super::text::Style;

/// No line is wider, unless a single name is.
pub(crate) const WIDTH: usize = 100;

/// The colours of a terminal, by what they tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Heading,
    Good,
    Bad,
    Warning,
    Renamed,
    Dim,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Colour::Heading => "1",
            Colour::Good => "32",
            Colour::Bad => "31",
            Colour::Warning => "33",
            Colour::Renamed => "36",
            Colour::Dim => "2",
        }
    }
}

/// Text that grows line by line.
pub(crate) struct Lines {
    out: String,
    style: Style,
}

impl Lines {
    pub(crate) fn new(style: Style) -> Lines {
        Lines { out: String::new(), style }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A text at an indentation, wrapped at spaces; the lines that follow hang four deeper.
    pub(crate) fn put(&mut self, indent: usize, colour: Option<Colour>, text: &str) {
        let text = visible(text);
        let (mut margin, mut line) = (indent, String::new());
        let mut width = 0;
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 && margin + width + 1 + word.width() > WIDTH {
                self.line(margin, colour, &line);
                margin = indent + 4;
                line.clear();
                width = 0;
            } else if at > 0 {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += word.width();
        }
        self.line(margin, colour, &line);
    }

    /// A line of code at an indentation, cut into pieces that fit, with every space kept.
    pub(crate) fn put_code(&mut self, indent: usize, colour: Option<Colour>, code: &str) {
        let code = visible(&code.replace('\t', "    "));
        let (mut line, mut width) = (String::new(), indent);
        for c in code.chars() {
            let wide = c.width().unwrap_or(0);
            if width + wide > WIDTH {
                self.line(indent, colour, &line);
                line.clear();
                line.push_str("    ");
                width = indent + 4;
            }
            line.push(c);
            width += wide;
        }
        self.line(indent, colour, &line);
    }

    /// Rows in columns that are as wide as their widest cell;
    /// the columns behind it are aligned to the right, as figures are.
    pub(crate) fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|c| c.width()).max();
        let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or(0)).collect();
        for (at, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let space = " ".repeat(width.saturating_sub(cell.width()));
                if column == 0 {
                    line.push_str(cell);
                    line.push_str(&space);
                } else {
                    line.push_str("  ");
                    line.push_str(&space);
                    line.push_str(cell);
                }
            }
            self.line(indent, (at == 0).then_some(Colour::Dim), &line);
        }
    }

    fn line(&mut self, indent: usize, colour: Option<Colour>, text: &str) {
        let text = text.trim_end_matches(' ');
        self.out.push_str(&" ".repeat(indent));
        match colour.filter(|_| self.style == Style::Ansi) {
            Some(colour) => {
                self.out.push_str("\u{1b}[");
                self.out.push_str(colour.code());
                self.out.push('m');
                self.out.push_str(text);
                self.out.push_str("\u{1b}[0m");
            }
            None => self.out.push_str(text),
        }
        self.out.push('\n');
    }
}
