//! The recording as text: a line per event, indented by depth.

use super::record::{Record, Verb};
use std::fmt::Write;

/// The columns: line where control was, line where it goes, what happened.
pub fn text(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        let indent = "  ".repeat(record.depth);
        if record.verb == Verb::Output {
            for line in record.value.as_deref().unwrap_or_default().lines() {
                let _ = writeln!(out, "{:>12}  {indent}| {line}", "");
            }
            continue;
        }
        let from = if record.from == 0 { String::new() } else { record.from.to_string() };
        let to = if record.to == 0 { String::new() } else { format!("-> {}", record.to) };
        let arrow = match record.verb {
            Verb::Yield | Verb::Finish | Verb::Return => " gives ",
            Verb::Send | Verb::Throw | Verb::Raise | Verb::Catch | Verb::Unwind => " with ",
            Verb::Delegate => " to ",
            _ => " ",
        };
        let value = record.value.as_ref().map_or_else(String::new, |value| format!("{arrow}{value}"));
        let _ = writeln!(out, "{from:>4} {to:<7}  {indent}{} {}{value}", record.verb.word(), record.subject);
    }
    out
}
