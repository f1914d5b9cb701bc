//! Writing the document: pretty, stable, and such that `git diff` of two of them reads well.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::Snapshot;

/// The levels that get a line for every member; what is deeper stays on one line. On the fifth
/// level are the elements of an object's lists: a column is one line.
const LINES_DOWN_TO: usize = 5;

/// Writes a snapshot as text that ends in a newline.
pub fn write(snapshot: &Snapshot) -> String {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Levels::default());
    // Writing to memory cannot fail, and every object has a JSON form.
    let written = snapshot.serialize(&mut serializer);
    debug_assert!(written.is_ok(), "a snapshot serializes");
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

/// Indents by one space a level, down to [`LINES_DOWN_TO`].
#[derive(Default)]
struct Levels {
    depth: usize,
    has_value: bool,
}

impl Levels {
    fn open<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value && self.depth < LINES_DOWN_TO {
            self.line(out)?;
        }
        self.has_value = true;
        out.write_all(bracket)
    }

    fn line<W: ?Sized + io::Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        out.write_all(&b"        "[..self.depth.min(8)])
    }

    fn member<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if self.depth <= LINES_DOWN_TO {
            if !first {
                out.write_all(b",")?;
            }
            self.line(out)
        } else if first {
            Ok(())
        } else {
            out.write_all(b", ")
        }
    }
}

impl Formatter for Levels {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.member(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.member(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}
