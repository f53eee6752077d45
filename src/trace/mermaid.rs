//! A sequence diagram for Mermaid: a lifeline per frame, an arrow per transfer of control.

use super::fold::{Stretch, folded};
use super::record::{Record, Verb};
use std::fmt::Write;
use std::rc::Rc;

/// A diagram with more arrows than this is unreadable: the rest is counted.
const MOST: usize = 400;

/// The lifeline of what lies outside the program.
const OUTSIDE: &str = "outside";

/// The diagram. Long loops are folded, and what exceeds the cap is left out and said.
pub fn mermaid(records: &[Record]) -> String {
    let mut shown: Vec<(usize, Option<usize>)> = Vec::new();
    for stretch in folded(records) {
        match stretch {
            Stretch::Shown(range) => shown.extend(range.map(|n| (n, None))),
            Stretch::Folded { range, rounds } => shown.push((range.start, Some(rounds))),
        }
    }
    let left_out = shown.len().saturating_sub(MOST);
    shown.truncate(MOST);
    let mut lifelines: Vec<Rc<str>> = Vec::new();
    for (n, _) in &shown {
        for frame in [actor(&records[*n]), records[*n].frame.clone()] {
            if !frame.is_empty() && !lifelines.contains(&frame) {
                lifelines.push(frame);
            }
        }
    }
    let id = |frame: &Rc<str>| lifelines.iter().position(|known| known == frame).map_or(0, |n| n + 1);
    let mut out = String::from("sequenceDiagram\n");
    for (n, frame) in lifelines.iter().enumerate() {
        let _ = writeln!(out, "    participant f{} as {}", n + 1, escaped(frame));
    }
    for (n, rounds) in shown {
        let record = &records[n];
        let (actor, frame) = (actor(record), &record.frame);
        if let Some(rounds) = rounds {
            let _ =
                writeln!(out, "    Note over f{}: ... x {rounds}", id(if frame.is_empty() { &actor } else { frame }));
            continue;
        }
        let word = record.verb.word();
        let value = record.value.as_deref().map(escaped).unwrap_or_default();
        let value = if value.is_empty() { value } else { format!(" {value}") };
        let _ = match record.verb {
            Verb::Output => writeln!(out, "    Note over f{}: prints{value}", id(&actor)),
            Verb::Raise | Verb::Catch => writeln!(out, "    Note over f{}: {word}{value}", id(frame)),
            Verb::Throw => writeln!(out, "    f{}-xf{}: {word}{value}", id(&actor), id(frame)),
            Verb::Unwind => writeln!(out, "    f{}--xf{}: {word}{value}", id(frame), id(&actor)),
            verb if verb.leaves() => writeln!(out, "    f{}-->>f{}: {word}{value}", id(frame), id(&actor)),
            Verb::Call => {
                let arguments = record.arguments.as_deref().map(escaped).unwrap_or_default();
                writeln!(out, "    f{}->>f{}: call({arguments})", id(&actor), id(frame))
            }
            Verb::Delegate => writeln!(out, "    Note over f{}: delegate to{value}", id(frame)),
            _ => writeln!(out, "    f{}->>f{}: {word}{value}", id(&actor), id(frame)),
        };
    }
    if left_out > 0 {
        let _ = writeln!(out, "    Note over f1: {left_out} more events");
    }
    out
}

/// The frame at the other end.
fn actor(record: &Record) -> Rc<str> {
    record.by.clone().unwrap_or_else(|| OUTSIDE.into())
}

/// As text of Mermaid: what it would read as syntax by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim_end_matches('\n').chars() {
        match c {
            '\n' => out.push_str("<br/>"),
            '#' | ';' | '<' | '>' | ':' | '&' | '"' | '\\' | '%' | '{' | '}' | '`' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
