//! The recording as text: a line per event, indented by depth.

use super::fold::{Folder, Piece};
use super::record::{Record, Verb};
use std::fmt::Write;

/// How it is to look.
#[derive(Clone, Copy, Default, Debug)]
pub struct Style {
    /// With the colours of a terminal.
    pub colour: bool,
    /// Long loops are folded.
    pub fold: bool,
}

/// The columns: line where control was, line where it goes, what happened; the time in front, if it was recorded.
pub fn text(records: &[Record], style: &Style) -> String {
    let (mut writer, mut out) = (Writer::new(*style), String::new());
    records.iter().for_each(|record| writer.record(record.clone(), &mut out));
    writer.finish(&mut out);
    out
}

/// Writes records as they come.
pub struct Writer {
    style: Style,
    folder: Folder,
}

impl Writer {
    /// One that has written nothing.
    pub fn new(style: Style) -> Writer {
        Writer { style, folder: Folder::default() }
    }

    /// Appends a record, as soon as it is known whether it belongs to a loop that is folded.
    pub fn record(&mut self, record: Record, out: &mut String) {
        let style = self.style;
        match style.fold {
            true => self.folder.feed(record, &mut |piece| show(out, &piece, &style)),
            false => line(out, &record, &style),
        }
    }

    /// Appends what is left.
    pub fn finish(&mut self, out: &mut String) {
        let style = self.style;
        self.folder.finish(&mut |piece| show(out, &piece, &style));
    }
}

fn show(out: &mut String, piece: &Piece, style: &Style) {
    match piece {
        Piece::Shown(record) => line(out, record, style),
        Piece::Folded { first, rounds } => {
            let _ = writeln!(out, "{:>12}  {}... x {rounds}", "", indent(first.depth));
        }
    }
}

/// Writes one record, which may take several lines.
pub fn line(out: &mut String, record: &Record, style: &Style) {
    let indent = indent(record.depth);
    let time = record.time.map_or_else(String::new, |time| format!("{:>10.3} ms ", time as f64 / 1000.0));
    let blank = " ".repeat(time.len());
    if record.verb == Verb::Output {
        for (n, text) in record.value.as_deref().unwrap_or_default().lines().enumerate() {
            let time = if n == 0 { &time } else { &blank };
            let _ = writeln!(out, "{time}{:>12}  {indent}{}", "", painted(style, DIM, &format!("| {text}")));
        }
        return;
    }
    let from = record.from.as_ref().map_or_else(String::new, |place| place.line.to_string());
    let to = record.to.as_ref().map_or_else(String::new, |place| format!("-> {}", place.line));
    let word = painted(style, colour_of(record.verb), record.verb.word());
    let arguments = record.arguments.as_ref().map_or_else(String::new, |arguments| format!("({arguments})"));
    let value = record.value.as_ref();
    let value = value.map_or_else(String::new, |value| format!(" {} {value}", record.verb.preposition()));
    let frame = painted(style, BOLD, &record.frame);
    let _ = writeln!(out, "{time}{from:>4} {to:<7}  {indent}{word} {frame}{arguments}{value}");
    for (name, value) in record.locals.iter().flatten() {
        let _ = writeln!(out, "{blank}{:>12}  {indent}    {}", "", painted(style, DIM, &format!("{name} = {value}")));
    }
}

/// So many frames are shown by how far a line stands to the right; beyond them it says how many there are.
const DEEPEST: usize = 30;

fn indent(depth: usize) -> String {
    match depth {
        0..=DEEPEST => "  ".repeat(depth),
        _ => format!("{}[{depth}] ", "  ".repeat(DEEPEST)),
    }
}

const BOLD: &str = "1";
const DIM: &str = "2";

/// As `SGR` parameters: into a frame green, out of it yellow, exceptions red, what the loop does magenta, the rest blue.
fn colour_of(verb: Verb) -> &'static str {
    match verb {
        Verb::Throw | Verb::Raise | Verb::Catch | Verb::Unwind | Verb::Fail | Verb::Cancelled => "31",
        verb if verb.is_of_loop() => "35",
        verb if verb.enters() => "32",
        verb if verb.leaves() => "33",
        _ => "34",
    }
}

fn painted(style: &Style, parameters: &str, text: &str) -> String {
    if style.colour { format!("\x1b[{parameters}m{text}\x1b[0m") } else { text.to_owned() }
}
