//! What there is to be seen of an input that is longer than the window.
//!
//! The line editor writes all of a line each time, and moves the cursor by rows as if they were all on the screen, where a terminal
//! stops it at the edge. So of an input that is too long no more is written than the rows between which that leads to the right
//! one: the last that fit, or those from the cursor on if it is further up.

use rustyline::GraphemeClusterMode;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Takes away the mark that was written before the rows.
pub const NO_MARK: &str = "\r\x1b[K";

/// A window, and how far from its edge the first line begins.
pub struct Screen {
    columns: usize,
    rows: usize,
    margin: usize,
}

impl Screen {
    /// The window as it is now.
    pub fn now(mark: &str) -> Screen {
        let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok();
        let (columns, rows) = size.map_or((80, 24), |size| (size.ws_col.into(), size.ws_row.into()));
        // A window that says nothing of its size is taken for an endless one.
        let endless = |size| if size == 0 { usize::MAX } else { size };
        Screen { columns: endless(columns), rows: endless(rows), margin: width(mark) }
    }

    /// Can all of a text be seen?
    pub fn holds(&self, text: &str) -> bool {
        text.len() + self.margin < self.rows || self.starts(text).len() <= self.rows
    }

    /// The row in which the cursor is, and the last one.
    pub fn place(&self, text: &str, cursor: usize) -> (usize, usize) {
        let starts = self.starts(text);
        (starts.partition_point(|start| *start <= cursor).saturating_sub(1), starts.len() - 1)
    }

    /// The part of a text that is to be written.
    pub fn visible(&self, text: &str, cursor: usize) -> Range<usize> {
        if self.holds(text) {
            return 0..text.len();
        }
        let starts = self.starts(text);
        let row = starts.partition_point(|start| *start <= cursor).saturating_sub(1);
        let top = row.min(starts.len() - self.rows);
        let mut bottom = top + self.rows;
        // Where the last row is full the editor begins another one, whatever was written.
        if bottom < starts.len() && starts.last() == Some(&text.len()) && !text.ends_with('\n') {
            bottom -= 1;
        }
        let end = starts.get(bottom).map_or(text.len(), |end| *end);
        let end = if end < text.len() && text[..end].ends_with('\n') { end - 1 } else { end };
        starts[top]..end.max(starts[top])
    }

    /// Where rows begin.
    fn starts(&self, text: &str) -> Vec<usize> {
        /// The editor's.
        const TAB: usize = 8;
        let measure = GraphemeClusterMode::from_env();
        let mut starts = vec![0];
        let mut column = self.margin;
        // What is joined to one sign stands in one row.
        for (at, sign) in text.grapheme_indices(true) {
            if sign == "\n" {
                starts.push(at + 1);
                column = 0;
                continue;
            }
            let width = if sign == "\t" { TAB - column % TAB } else { measure.width(sign).into() };
            column += width;
            if column > self.columns {
                starts.push(at);
                column = width;
            }
        }
        if column == self.columns {
            starts.push(text.len());
        }
        starts
    }
}

/// The columns that the last line of a text takes; it may have colours.
pub fn width(mark: &str) -> usize {
    let measure = GraphemeClusterMode::from_env();
    let mut escape = false;
    let mut width = 0;
    for sign in mark.graphemes(true) {
        match sign {
            "\x1b" => escape = true,
            _ if escape => escape = !sign.ends_with(|letter: char| letter.is_ascii_alphabetic()),
            "\n" => width = 0,
            _ => width += usize::from(measure.width(sign)),
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::{Screen, width};

    #[test]
    fn the_rows_of_the_cursor_are_seen() {
        let screen = Screen { columns: 10, rows: 3, margin: 4 };
        assert_eq!(screen.visible("a\nb\nc", 0), 0..5);
        let text = "a\nb\nc\nd\ne";
        assert_eq!(&text[screen.visible(text, 9)], "c\nd\ne");
        assert_eq!(&text[screen.visible(text, 4)], "c\nd\ne");
        assert_eq!(&text[screen.visible(text, 2)], "b\nc\nd");
        assert_eq!(&text[screen.visible(text, 0)], "a\nb\nc");
        // Long lines take several rows.
        let long = "0123456789abcdefghijklmnopqrstuvwxyz";
        assert_eq!(screen.place(long, 6), (1, 4));
        assert_eq!(&long[screen.visible(long, 36)], "ghijklmnopqrstuvwxyz");
        assert_eq!(&long[screen.visible(long, 0)], "0123456789abcdef");
        assert_eq!(screen.place("猫猫猫猫", 12), (1, 1));
        let full = "0\n1\n2\n0123456789";
        assert_eq!(screen.place(full, full.len()), (4, 4));
        assert_eq!(&full[screen.visible(full, 0)], "0\n1");
        // No row begins within a sign that is made of several letters: the editor moves it to the next as a whole.
        let flags = "01234🇩🇪🇫🇷🇩🇪🇫🇷🇩🇪";
        assert_eq!(screen.place(flags, 5), (1, 2));
        assert_eq!(screen.place(flags, 13), (1, 2));
        assert_eq!(screen.place(flags, flags.len()), (2, 2));
        let accents = "e\u{301}".repeat(12);
        assert_eq!(screen.place(&accents, 17), (0, 1));
        assert_eq!(screen.place(&accents, 18), (1, 1));
    }

    #[test]
    fn marks_may_have_colours() {
        assert_eq!(width(">>> "), 4);
        assert_eq!(width("\x1b[1;35m猫> \x1b[0m"), 4);
    }
}
