//! The recording as text: a line per event, indented by depth.

use super::filter::Filter;
use super::fold::{Folder, Piece};
use super::record::{Place, Record, Verb};
use std::borrow::Cow;
use std::fmt::Write;
use std::rc::Rc;

/// How it is to look.
#[derive(Clone, Copy, Default, Debug)]
pub struct Style {
    /// With the colours of a terminal.
    pub colour: bool,
    /// Long loops are folded.
    pub fold: bool,
}

/// The columns: line where control was, line where it goes, what happened; the time in front, if it was recorded. Behind stands
/// which files the lines are of, where they are not of the first.
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
    /// The file in which it began.
    home: Option<Rc<str>>,
}

impl Writer {
    /// One that has written nothing.
    pub fn new(style: Style) -> Writer {
        Writer { style, folder: Folder::default(), home: None }
    }

    /// Appends a record, as soon as it is known whether it belongs to a loop that is folded.
    pub fn record(&mut self, record: Record, out: &mut String) {
        self.look_at(&record);
        let Writer { style, folder, home } = self;
        match style.fold {
            true => folder.feed(record, &mut |piece| show(out, &piece, style, home.as_deref())),
            false => line(out, &record, style, home.as_deref()),
        }
    }

    /// The same, if the filter shows it: is it shown?
    pub fn offer(&mut self, record: Record, filter: &Filter, out: &mut String) -> bool {
        let shows = filter.shows(&record);
        self.look_at(&record);
        if shows {
            self.record(record, out);
        }
        shows
    }

    /// Appends what is left.
    pub fn finish(&mut self, out: &mut String) {
        let Writer { style, folder, home } = self;
        folder.finish(&mut |piece| show(out, &piece, style, home.as_deref()));
    }

    fn look_at(&mut self, record: &Record) {
        if self.home.is_none() {
            self.home = record.from.as_ref().or(record.to.as_ref()).map(|place| place.file.clone());
        }
    }
}

fn show(out: &mut String, piece: &Piece, style: &Style, home: Option<&str>) {
    match piece {
        Piece::Shown(record) => line(out, record, style, home),
        Piece::Folded { first, rounds } => {
            let _ = writeln!(out, "{:>12}  {}... x {rounds}", "", indent(first.depth));
        }
    }
}

/// Writes one record, which may take several lines.
fn line(out: &mut String, record: &Record, style: &Style, home: Option<&str>) {
    let indent = indent(record.depth);
    let time = record.time.map_or_else(String::new, |time| format!("{:>10.3} ms ", time as f64 / 1000.0));
    let blank = " ".repeat(time.len());
    if record.verb == Verb::Output {
        let text = record.value.as_deref().unwrap_or_default();
        for (n, text) in text.strip_suffix('\n').unwrap_or(text).split('\n').enumerate() {
            let time = if n == 0 { &time } else { &blank };
            let _ =
                writeln!(out, "{time}{:>12}  {indent}{}", "", painted(style, DIM, &format!("| {}", printable(text))));
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
    let files = files(record, home).map_or_else(String::new, |files| painted(style, DIM, &format!("  [{files}]")));
    let _ = writeln!(out, "{time}{from:>4} {to:<7}  {indent}{word} {frame}{arguments}{value}{files}");
    for (name, value) in record.locals.iter().flatten() {
        let _ = writeln!(out, "{blank}{:>12}  {indent}    {}", "", painted(style, DIM, &format!("{name} = {value}")));
    }
}

/// Of which files the lines are, if they are not both of the one where it began.
fn files(record: &Record, home: Option<&str>) -> Option<String> {
    let file = |place: &Option<Place>| place.as_ref().map(|place| place.file.clone());
    let (from, to) = (file(&record.from), file(&record.to));
    let elsewhere = |file: &Option<Rc<str>>| file.as_deref().is_some_and(|file| Some(file) != home);
    Some(match (from, to) {
        (from, to) if !elsewhere(&from) && !elsewhere(&to) => return None,
        (Some(from), Some(to)) if Some(&*from) == home => format!("-> {to}"),
        (Some(from), Some(to)) if Some(&*to) == home => format!("{from} ->"),
        (Some(from), Some(to)) if from != to => format!("{from} -> {to}"),
        (from, to) => from.or(to)?.to_string(),
    })
}

/// As one line of a terminal, whatever was printed.
fn printable(text: &str) -> Cow<'_, str> {
    let special = |c: char| c.is_control() && c != '\t';
    if !text.contains(special) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\r' => shown.push_str("\\r"),
            c if special(c) => drop(write!(shown, "\\x{:02x}", c as u32)),
            c => shown.push(c),
        }
    }
    shown.into()
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
