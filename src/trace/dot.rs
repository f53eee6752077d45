//! Who waits for whom, as a graph for Graphviz: frames and tasks, with what became of them, and what they have to do with each
//! other. What still waits at the end, or where a deadlock has ended the program, stands out.

use super::record::{Record, Verb};
use rustc_hash::FxHashMap;
use std::fmt::Write;
use std::rc::Rc;

/// A graph with more nodes than this is unreadable, and too much for Graphviz: the rest is counted.
const MOST: usize = 400;

/// The graph. Of very many nodes those are left in that wait at the end, and the first.
pub fn dot(records: &[Record]) -> String {
    let mut graph = Graph::default();
    records[..dead_end(records).unwrap_or(records.len())].iter().for_each(|record| graph.record(record));
    graph.written()
}

/// Where nothing could go on any more, if the program has ended so. Behind it everything is cancelled, and nobody would be seen to
/// wait for anything.
fn dead_end(records: &[Record]) -> Option<usize> {
    let mut tidied = None;
    for (n, record) in records.iter().enumerate().filter(|(_, record)| record.turn.is_none()) {
        match record.verb {
            // A loop is given something to do.
            Verb::Task if !record.library => tidied = None,
            // Whoever has called the loop cancels what is left.
            Verb::Cancel => tidied = tidied.or(Some(n)),
            Verb::Unwind if record.value.as_deref().is_some_and(|value| value.starts_with("Deadlock(")) => {
                return tidied;
            }
            _ => {}
        }
    }
    None
}

/// What a node stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Function,
    Generator,
    Task,
    Other,
}

struct Node {
    name: Rc<str>,
    sort: Sort,
    state: String,
    colour: &'static str,
    /// The edges of waiting that it is an end of.
    waits: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Tie {
    Calls,
    Resumes,
    Runs,
    WaitsFor,
    Makes,
    Wakes,
    Cancels,
}

impl Tie {
    fn word(self) -> &'static str {
        match self {
            Tie::Calls => "calls",
            Tie::Resumes => "resumes",
            Tie::Runs => "runs",
            Tie::WaitsFor => "waits for",
            Tie::Makes => "makes",
            Tie::Wakes => "wakes",
            Tie::Cancels => "cancels",
        }
    }
}

struct Edge {
    from: usize,
    to: usize,
    tie: Tie,
    times: usize,
    /// It waits still.
    open: bool,
}

#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    known: FxHashMap<Rc<str>, usize>,
    edges: Vec<Edge>,
    ties: FxHashMap<(usize, usize, Tie), usize>,
}

impl Graph {
    fn node(&mut self, name: &Rc<str>) -> usize {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let sort = if name.contains('#') && !name.contains('@') { Sort::Other } else { Sort::Function };
        self.nodes.push(Node { name: name.clone(), sort, state: String::new(), colour: "white", waits: Vec::new() });
        self.known.insert(name.clone(), self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn tie(&mut self, from: usize, tie: Tie, to: usize) {
        let open = tie == Tie::WaitsFor;
        if let Some(known) = self.ties.get(&(from, to, tie)) {
            self.edges[*known].times += 1;
            self.edges[*known].open = open;
            return;
        }
        self.ties.insert((from, to, tie), self.edges.len());
        if open {
            [from, to].into_iter().for_each(|end| self.nodes[end].waits.push(self.edges.len()));
        }
        self.edges.push(Edge { from, to, tie, times: 1, open });
    }

    /// Nothing that this is an end of waits any longer: what it waited for is over, or it is itself.
    fn over(&mut self, node: usize, inward: bool) {
        for edge in &self.nodes[node].waits {
            let edge = &mut self.edges[*edge];
            edge.open &= edge.from != node && !(inward && edge.to == node);
        }
    }

    fn record(&mut self, record: &Record) {
        use Verb::{Arm, Call, Cancel, Create, Delegate, Finish, Next, Send, Start, Task, Throw, Unwind, Wait, Wake};
        let of_loop = matches!(
            record.verb,
            Verb::Switch
                | Verb::Queue
                | Verb::Run
                | Verb::Fire
                | Verb::Disarm
                | Verb::Watch
                | Verb::Unwatch
                | Verb::Ready
        );
        if record.frame.is_empty() || of_loop {
            return;
        }
        let frame = self.node(&record.frame);
        if let Some((state, colour)) = state_after(record) {
            (self.nodes[frame].state, self.nodes[frame].colour) = (state, colour);
        }
        match record.verb {
            Create | Start => self.nodes[frame].sort = Sort::Generator,
            Task => self.nodes[frame].sort = Sort::Task,
            _ => {}
        }
        let by = record.by.as_ref().filter(|by| !by.starts_with("asyncio#")).map(|by| self.node(by));
        match (record.verb, by) {
            (Delegate | Wait, _) => {
                if let Some(to) = &record.value {
                    let to = self.node(&(**to).into());
                    self.tie(frame, Tie::WaitsFor, to);
                }
            }
            // That a task resumes its coroutine is said by the tie between them.
            (Start | Next | Send | Throw, Some(by)) if self.nodes[by].sort != Sort::Task => {
                self.tie(by, Tie::Resumes, frame);
            }
            (Call, Some(by)) => self.tie(by, Tie::Calls, frame),
            (Call, None) => {
                if let Some((_, thread)) = record.frame.rsplit_once('@') {
                    let thread = self.node(&thread.into());
                    self.tie(thread, Tie::Runs, frame);
                }
            }
            (Verb::Spawn, Some(by)) => self.tie(by, Tie::Makes, frame),
            (Task, by) => {
                if let Some(by) = by {
                    self.tie(by, Tie::Makes, frame);
                }
                if let Some(runs) = &record.arguments {
                    let runs = self.node(&(**runs).into());
                    self.tie(frame, Tie::Runs, runs);
                }
            }
            (Arm, Some(by)) => {
                if let Some(calls) = &record.arguments {
                    self.nodes[frame].state = format!("{calls}, {}", record.value.as_deref().unwrap_or_default());
                }
                self.tie(by, Tie::Makes, frame);
            }
            (Wake, by) => {
                self.over(frame, false);
                if let Some(by) = by {
                    self.tie(by, Tie::Wakes, frame);
                }
            }
            (Cancel, Some(by)) => self.tie(by, Tie::Cancels, frame),
            (Finish | Unwind | Verb::Drop | Verb::Done | Verb::Fail | Verb::Cancelled, _) => self.over(frame, true),
            _ => {}
        }
    }

    fn written(&self) -> String {
        let mut out = String::from(
            "digraph frames {\n    rankdir=LR;\n    node [shape=box, style=filled, fontname=\"Courier\"];\n    edge [fontname=\"Helvetica\", fontsize=11];\n",
        );
        let shown = self.shown();
        for (n, node) in self.nodes.iter().enumerate().filter(|(n, _)| shown[*n]) {
            let shape = match node.sort {
                Sort::Function => "",
                Sort::Generator => ", style=\"filled,rounded\"",
                Sort::Task => ", shape=component",
                Sort::Other => ", shape=ellipse",
            };
            let state = if node.state.is_empty() { String::new() } else { format!("\\n{}", escaped(&node.state)) };
            let (name, colour) = (escaped(&node.name), node.colour);
            let _ = writeln!(out, "    f{n} [label=\"{name}{state}\", fillcolor=\"{colour}\"{shape}];");
        }
        for Edge { from, to, tie, times, open } in self.edges.iter().filter(|edge| shown[edge.from] && shown[edge.to]) {
            let style = match tie {
                Tie::WaitsFor if *open => ", style=bold, color=\"#c2362b\", fontcolor=\"#c2362b\"",
                Tie::WaitsFor => ", style=bold",
                Tie::Wakes => ", style=dashed, color=\"#2563eb\", fontcolor=\"#2563eb\"",
                Tie::Makes => ", style=dotted",
                _ => "",
            };
            let times = if *times > 1 { format!(" x {times}") } else { String::new() };
            let word = if *tie == Tie::WaitsFor && !open { "waited for" } else { tie.word() };
            let _ = writeln!(out, "    f{from} -> f{to} [label=\"{word}{times}\"{style}];");
        }
        let left_out = shown.iter().filter(|shown| !**shown).count();
        if left_out > 0 {
            let _ = writeln!(out, "    more [label=\"{left_out} more frames\", shape=plaintext, style=\"\"];");
        }
        out.push_str("}\n");
        out
    }

    /// Which nodes there is room for.
    fn shown(&self) -> Vec<bool> {
        let mut shown = vec![false; self.nodes.len()];
        let waiting = self.edges.iter().filter(|edge| edge.open).flat_map(|edge| [edge.from, edge.to]);
        let mut room = MOST;
        for node in waiting.chain(0..self.nodes.len()) {
            if room > 0 && !std::mem::replace(&mut shown[node], true) {
                room -= 1;
            }
        }
        shown
    }
}

const GREY: &str = "#e8eaed";
const AMBER: &str = "#fdecc4";
const GREEN: &str = "#d3f0dc";
const RED: &str = "#f9d9d5";

/// What its frame or task is after the event, with a colour; `None` if that does not change.
fn state_after(record: &Record) -> Option<(String, &'static str)> {
    let at = |word: &str| match &record.from {
        Some(place) => format!("{word} at line {}", place.line),
        None => word.to_owned(),
    };
    let value = || record.value.as_deref().unwrap_or("an exception");
    Some(match record.verb {
        Verb::Create => ("created".to_owned(), "white"),
        Verb::Yield => (at("suspended"), AMBER),
        Verb::Delegate => (at("waiting"), AMBER),
        Verb::Finish | Verb::Return => ("finished".to_owned(), GREY),
        Verb::Drop => ("dropped".to_owned(), GREY),
        Verb::Unwind => (format!("ended by {}", value()), RED),
        Verb::Spawn => ("started".to_owned(), GREEN),
        Verb::End => ("ended".to_owned(), GREY),
        Verb::Task | Verb::Pause | Verb::Wake => ("ready".to_owned(), GREEN),
        Verb::Step => ("running".to_owned(), GREEN),
        Verb::Wait => ("waiting".to_owned(), AMBER),
        Verb::Done => ("done".to_owned(), GREY),
        Verb::Fail => (format!("failed with {}", value()), RED),
        Verb::Cancelled => ("cancelled".to_owned(), RED),
        verb if verb.enters() => ("running".to_owned(), GREEN),
        _ => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}
