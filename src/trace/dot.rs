//! Who waits for whom, as a graph for Graphviz: frames, with what became of them, and the delegations and resumptions
//! between them.

use super::record::{Record, Verb};
use std::fmt::Write;
use std::rc::Rc;

struct Node {
    name: Rc<str>,
    state: String,
    made: bool,
}

/// The graph.
pub fn dot(records: &[Record]) -> String {
    let mut nodes: Vec<Node> = Vec::new();
    let mut edges: Vec<(usize, usize, &'static str, usize)> = Vec::new();
    for record in records {
        let Some(frame) = node(&mut nodes, &record.frame) else { continue };
        if let Some(state) = state_after(record) {
            nodes[frame].state = state;
        }
        nodes[frame].made |= matches!(record.verb, Verb::Create | Verb::Start);
        let (kind, from, to) = match record.verb {
            Verb::Delegate => match record.value.as_ref().and_then(|to| node(&mut nodes, &to.as_str().into())) {
                Some(to) => ("waits for", frame, to),
                None => continue,
            },
            Verb::Start | Verb::Next | Verb::Send | Verb::Throw => {
                match record.by.as_ref().and_then(|by| node(&mut nodes, by)) {
                    Some(by) => ("resumes", by, frame),
                    None => continue,
                }
            }
            Verb::Call => match record.by.as_ref().and_then(|by| node(&mut nodes, by)) {
                Some(by) => ("calls", by, frame),
                None => continue,
            },
            _ => continue,
        };
        match edges.iter_mut().find(|edge| (edge.0, edge.1, edge.2) == (from, to, kind)) {
            Some(edge) => edge.3 += 1,
            None => edges.push((from, to, kind, 1)),
        }
    }
    let mut out = String::from("digraph frames {\n    rankdir=LR;\n    node [shape=box, fontname=\"monospace\"];\n");
    for (n, node) in nodes.iter().enumerate() {
        let shape = if node.made { ", style=rounded" } else { "" };
        let _ = writeln!(out, "    f{n} [label=\"{}\\n{}\"{shape}];", escaped(&node.name), escaped(&node.state));
    }
    for (from, to, kind, times) in edges {
        let style = if kind == "waits for" { ", style=bold" } else { "" };
        let times = if times > 1 { format!(" x {times}") } else { String::new() };
        let _ = writeln!(out, "    f{from} -> f{to} [label=\"{kind}{times}\"{style}];");
    }
    out.push_str("}\n");
    out
}

fn node(nodes: &mut Vec<Node>, name: &Rc<str>) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    if let Some(known) = nodes.iter().position(|node| node.name == *name) {
        return Some(known);
    }
    nodes.push(Node { name: name.clone(), state: String::new(), made: false });
    Some(nodes.len() - 1)
}

/// What its frame is after the event; `None` if that does not change.
fn state_after(record: &Record) -> Option<String> {
    let at = |word: &str| match &record.from {
        Some(place) => format!("{word} at line {}", place.line),
        None => word.to_owned(),
    };
    Some(match record.verb {
        Verb::Create => "created".to_owned(),
        Verb::Yield => at("suspended"),
        Verb::Delegate => at("waiting"),
        Verb::Finish | Verb::Return => "finished".to_owned(),
        Verb::Unwind => format!("ended by {}", record.value.as_deref().unwrap_or("an exception")),
        verb if verb.enters() => "running".to_owned(),
        _ => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}
