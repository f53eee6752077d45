//! Chrome's trace format, which Perfetto and `chrome://tracing` read: a track per frame with what it ran, and arrows for
//! what resumed it.
//!
//! Without recorded times an event takes a microsecond, so that the picture is the same for every run.

use super::record::{Record, Verb};
use serde_json::{Value as Json, json};
use std::rc::Rc;

/// The track of plain calls.
const STACK: usize = 1;

/// The trace, as one JSON object.
pub fn perfetto(records: &[Record]) -> String {
    let mut events = vec![named("process_name", 0, "pyield"), named("thread_name", STACK, "calls")];
    let mut tracks: Vec<Rc<str>> = Vec::new();
    // What runs: its track, and whether a slice is open there.
    let mut open: Vec<usize> = Vec::new();
    let mut flows = 0;
    for record in records {
        let time = record.time.unwrap_or(record.number);
        let mut track = |frame: &Rc<str>| match frame.contains('#') {
            false => STACK,
            true => match tracks.iter().position(|known| known == frame) {
                Some(known) => known + STACK + 1,
                None => {
                    tracks.push(frame.clone());
                    events.push(named("thread_name", tracks.len() + STACK, frame));
                    tracks.len() + STACK
                }
            },
        };
        let of = if record.frame.is_empty() { STACK } else { track(&record.frame) };
        let by = record.by.as_ref().map_or(STACK, &mut track);
        let arguments = json!({
            "value": record.value, "arguments": record.arguments, "by": record.by.as_deref(),
            "from": record.from.as_ref().map(shown), "to": record.to.as_ref().map(shown),
        });
        let name = format!("{} {}", record.verb.word(), record.frame);
        match record.verb {
            verb if verb.enters() => {
                let title = if of == STACK { record.frame.to_string() } else { name };
                if by != of {
                    flows += 1;
                    let word = verb.word();
                    events.push(flow("s", word, flows, by, time));
                    events.push(json!({"ph": "B", "name": title, "pid": 1, "tid": of, "ts": time, "args": arguments}));
                    events.push(flow("f", word, flows, of, time));
                } else {
                    events.push(json!({"ph": "B", "name": title, "pid": 1, "tid": of, "ts": time, "args": arguments}));
                }
                open.push(of);
            }
            verb if verb.leaves() => {
                // A frame that delegated is left with the one it delegated to.
                if open.last() == Some(&of) || (verb == Verb::Yield && !open.is_empty()) {
                    let track = open.pop().unwrap_or(of);
                    events.push(json!({"ph": "E", "pid": 1, "tid": track, "ts": time, "args": arguments}));
                }
            }
            Verb::Output => {
                let text = record.value.as_deref().unwrap_or_default().trim_end();
                events.push(json!({"ph": "i", "s": "t", "name": text, "pid": 1, "tid": by, "ts": time}));
            }
            _ => events
                .push(json!({"ph": "i", "s": "t", "name": name, "pid": 1, "tid": of, "ts": time, "args": arguments})),
        }
    }
    let end = records.last().map_or(0, |record| record.time.unwrap_or(record.number) + 1);
    for track in open.into_iter().rev() {
        events.push(json!({"ph": "E", "pid": 1, "tid": track, "ts": end}));
    }
    json!({"traceEvents": events, "displayTimeUnit": "ms"}).to_string() + "\n"
}

fn shown(place: &super::record::Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn named(what: &str, track: usize, name: &str) -> Json {
    json!({"ph": "M", "name": what, "pid": 1, "tid": track, "args": {"name": name}})
}

fn flow(phase: &str, name: &str, id: usize, track: usize, time: u64) -> Json {
    json!({"ph": phase, "bp": "e", "name": name, "cat": "control", "id": id, "pid": 1, "tid": track, "ts": time})
}
