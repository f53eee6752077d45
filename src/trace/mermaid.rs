//! A sequence diagram for Mermaid: a lifeline per frame, an arrow per transfer of control.

use super::fold::{Piece, folded};
use super::record::{Record, Verb};
use super::threads::{FIRST, event_loop, homes};
use std::fmt::Write;
use std::rc::Rc;

/// A diagram with more arrows than this is unreadable: the rest is counted.
const MOST: usize = 400;

/// The lifeline of what lies outside the program.
const OUTSIDE: &str = "outside";

/// The diagram. Long loops are folded, and what exceeds the cap is left out and said.
pub fn mermaid(records: &[Record]) -> String {
    let mut pieces = folded(records);
    let left_out: usize = pieces.iter().skip(MOST).map(count).sum();
    pieces.truncate(MOST);
    let (mut lifelines, mut thread): (Vec<Rc<str>>, Rc<str>) = (Vec::new(), FIRST.into());
    let (homes, mut ends) = (homes(records), Vec::new());
    for piece in &pieces {
        let (Piece::Shown(record) | Piece::Folded { first: record, .. }) = piece;
        if record.verb == Verb::Switch {
            thread = record.frame.clone();
        }
        let home = homes.get(&record.frame).unwrap_or(&thread);
        let (actor, subject) = (actor(record, &thread), subject(record, home));
        let notes_only = matches!(record.verb, Verb::Output);
        let alone = matches!(record.verb, Verb::Switch | Verb::End);
        for frame in [Some(&actor).filter(|_| !alone), Some(&subject).filter(|_| !notes_only)].into_iter().flatten() {
            if !lifelines.contains(frame) {
                lifelines.push(frame.clone());
            }
        }
        ends.push((actor, subject));
    }
    let id = |frame: &Rc<str>| lifelines.iter().position(|known| known == frame).map_or(0, |n| n + 1);
    let mut out = String::from("sequenceDiagram\n");
    for (n, frame) in lifelines.iter().enumerate() {
        let _ = writeln!(out, "    participant f{} as {}", n + 1, escaped(frame));
    }
    for (piece, (actor, subject)) in pieces.into_iter().zip(&ends) {
        match piece {
            Piece::Folded { first, rounds } => {
                let over = if first.verb == Verb::Output { actor } else { subject };
                let _ = writeln!(out, "    Note over f{}: ... x {rounds}", id(over));
            }
            Piece::Shown(record) => arrow(&mut out, &record, id(actor), id(subject)),
        }
    }
    if left_out > 0 {
        let _ = writeln!(out, "    Note over f1: {left_out} more events");
    }
    out
}

fn count(piece: &Piece) -> usize {
    match piece {
        Piece::Shown(_) => 1,
        Piece::Folded { rounds, .. } => *rounds,
    }
}

/// The frame at the other end.
fn actor(record: &Record, thread: &str) -> Rc<str> {
    match &record.by {
        // What the loop runs on behalf of asyncio, it does itself.
        Some(by) if record.verb.is_of_loop() && is_business(by) => event_loop(thread),
        Some(by) => by.clone(),
        None if record.verb.is_of_loop() => event_loop(thread),
        // What a thread calls, it calls itself.
        None => record.frame.rsplit_once('@').map_or(OUTSIDE, |(_, thread)| thread).into(),
    }
}

/// Is it a timer's or descriptor's, or a callback of asyncio?
fn is_business(name: &str) -> bool {
    name.split_once('#').is_some_and(|(word, _)| matches!(word, "timer" | "fd" | "asyncio"))
}

/// The lifeline of what it is about: timers, callbacks and descriptors have none of their own, they are the loop's.
fn subject(record: &Record, thread: &str) -> Rc<str> {
    use Verb::{Arm, Disarm, Fire, Queue, Ready, Run, Unwatch, Watch};
    match record.verb {
        Arm | Disarm | Fire | Queue | Ready | Unwatch | Watch => event_loop(thread),
        Run => record.frame.clone(),
        _ if record.frame.is_empty() => OUTSIDE.into(),
        _ => record.frame.clone(),
    }
}

/// One event.
fn arrow(out: &mut String, record: &Record, actor: usize, frame: usize) {
    let word = record.verb.word();
    let value = record.value.as_deref().map(escaped).unwrap_or_default();
    let value = if value.is_empty() { value } else { format!(" {value}") };
    let arguments = || record.arguments.as_deref().map(escaped).unwrap_or_default();
    let _ = match record.verb {
        Verb::Output => {
            let text = escaped(&noted(record.value.as_deref().unwrap_or_default()));
            let space = if text.is_empty() { "" } else { " " };
            writeln!(out, "    Note over f{actor}: prints{space}{text}")
        }
        // A line needs no word: it shows itself.
        Verb::Line | Verb::Opcode => writeln!(out, "    Note over f{frame}:{value}"),
        Verb::Raise | Verb::Catch => writeln!(out, "    Note over f{frame}: {word}{value}"),
        Verb::Drop => writeln!(out, "    Note over f{frame}: dropped"),
        Verb::Spawn => writeln!(out, "    f{actor}-)f{frame}: {word}"),
        Verb::End => writeln!(out, "    Note over f{frame}: ends"),
        Verb::Switch => writeln!(out, "    Note over f{frame}: runs"),
        Verb::Throw => writeln!(out, "    f{actor}-xf{frame}: {word}{value}"),
        Verb::Unwind => writeln!(out, "    f{frame}--xf{actor}: {word}{value}"),
        Verb::Delegate => writeln!(out, "    Note over f{frame}: delegate to{value}"),
        Verb::Wait => writeln!(out, "    f{frame}-->>f{actor}: wait for{value}"),
        Verb::Pause | Verb::Done => writeln!(out, "    f{frame}-->>f{actor}: {word}{value}"),
        Verb::Fail | Verb::Cancelled => writeln!(out, "    f{frame}--xf{actor}: {word}{value}"),
        Verb::Wake => writeln!(out, "    f{actor}-)f{frame}: wake after{value}"),
        Verb::Cancel => writeln!(out, "    f{actor}-xf{frame}: {word}"),
        Verb::Task => writeln!(out, "    f{actor}-)f{frame}: task({})", arguments()),
        Verb::Fire | Verb::Ready => writeln!(out, "    Note over f{frame}: {} {word}{value}", escaped(&record.frame)),
        Verb::Arm => {
            writeln!(out, "    f{actor}-)f{frame}: {}({}) in{value}", escaped(&record.frame), arguments())
        }
        Verb::Queue => writeln!(out, "    f{actor}-)f{frame}: {}({})", escaped(&record.frame), arguments()),
        Verb::Watch | Verb::Unwatch | Verb::Disarm => {
            writeln!(out, "    f{actor}-)f{frame}: {word} {}{value}", escaped(&record.frame))
        }
        verb if verb.leaves() => writeln!(out, "    f{frame}-->>f{actor}: {word}{value}"),
        Verb::Call => writeln!(out, "    f{actor}->>f{frame}: call({})", arguments()),
        _ => writeln!(out, "    f{actor}->>f{frame}: {word}{value}"),
    };
}

/// As much of a text as a note of the diagram has room for.
fn noted(text: &str) -> String {
    const WIDEST: usize = 60;
    const LINES: usize = 6;
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let shown = if lines.len() > LINES { LINES - 1 } else { LINES };
    let mut noted: Vec<String> = lines
        .iter()
        .take(shown)
        .map(|line| match line.char_indices().nth(WIDEST) {
            Some((end, _)) => format!("{}...", &line[..end]),
            None => (*line).to_owned(),
        })
        .collect();
    if lines.len() > LINES {
        noted.push(format!("... {} more lines", lines.len() - shown));
    }
    noted.join("\n")
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

#[cfg(test)]
mod tests {
    use super::noted;

    #[test]
    fn notes_are_no_wider_or_longer_than_a_diagram_can_bear() {
        assert_eq!(noted("one\ntwo\n"), "one\ntwo");
        assert_eq!(noted(&"\u{4e00}".repeat(61)), "\u{4e00}".repeat(60) + "...");
        assert_eq!(noted("1\n2\n3\n4\n5\n6\n"), "1\n2\n3\n4\n5\n6");
        assert_eq!(noted("1\n2\n3\n4\n5\n6\n7\n"), "1\n2\n3\n4\n5\n... 2 more lines");
    }
}
