//! Chrome's trace format, which Perfetto and `chrome://tracing` read: a track per generator with what it ran, a track per task
//! with its turns and what it waits for between them, a track per event loop with what else that runs, and arrows for what
//! resumed, made or woke it.
//!
//! Without recorded times an event takes a microsecond, so that the picture is the same for every run.

use super::record::{Place, Record, Verb};
use super::threads::{FIRST, event_loop, homes};
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};
use std::rc::Rc;

/// The track of plain calls.
const STACK: usize = 1;

/// The track of what the event loop of the first thread runs besides tasks. That of what a loop runs has this number in
/// [`Picture::tracks`], whichever thread the loop is of.
const LOOP: usize = 2;

/// The trace, as one JSON object.
pub fn perfetto(records: &[Record]) -> String {
    let mut picture = Picture { homes: homes(records), thread: FIRST.into(), ..Picture::default() };
    picture.add(named("process_name", 0, "pyield"));
    picture.add(named("thread_name", STACK, "calls"));
    picture.add(named("thread_name", LOOP, "event loop"));
    records.iter().for_each(|record| picture.record(record));
    let end = records.last().map_or(0, |record| record.time.unwrap_or(record.number) + 1);
    picture.close(end);
    format!("{{\"traceEvents\":[{}],\"displayTimeUnit\":\"ms\"}}\n", picture.out)
}

#[derive(Default)]
struct Picture {
    out: String,
    tracks: FxHashMap<Rc<str>, usize>,
    /// What runs: the tracks on which a slice is open, innermost last.
    open: Vec<usize>,
    /// The same in threads that do not run, and which does.
    threads: FxHashMap<Rc<str>, Vec<usize>>,
    thread: Rc<str>,
    /// In which threads callbacks have their turns.
    homes: FxHashMap<Rc<str>, Rc<str>>,
    /// The titles of the slices that are open on each track: an end says which it ends.
    titles: FxHashMap<usize, Vec<String>>,
    /// The tracks of the loops of other threads than the first.
    loops: FxHashMap<Rc<str>, usize>,
    /// Which frame delegates to which, and the other way round.
    delegates: FxHashMap<Rc<str>, Rc<str>>,
    delegators: FxHashMap<Rc<str>, Rc<str>>,
    /// From which track and when threads were started that have done nothing yet, by their tracks.
    spawned: FxHashMap<usize, (usize, u64)>,
    /// Tasks: is a slice open on their track, and the arrow that ends at their next turn.
    tasks: FxHashMap<Rc<str>, Task>,
    /// What loops run besides tasks, by their tracks: a slice is open there.
    running: FxHashMap<usize, Run>,
    flows: usize,
}

/// A callback that has its turn, or what a timer or a descriptor calls.
struct Run {
    name: Rc<str>,
    depth: usize,
}

#[derive(Default)]
struct Task {
    open: bool,
    arrow: Option<(usize, &'static str)>,
}

impl Picture {
    fn add(&mut self, event: Json) {
        if !self.out.is_empty() {
            self.out.push_str(",\n");
        }
        self.out.push_str(&event.to_string());
    }

    /// The track of a frame, made when it is first named.
    fn track(&mut self, name: &Rc<str>) -> usize {
        match self.tracks.get(name) {
            Some(&LOOP) => return self.track_of_handle(name),
            Some(known) => return *known,
            None => {}
        }
        let word = name.split('#').next().unwrap_or_default();
        let track = match word {
            "callback" | "asyncio" | "timer" | "fd" if name.contains('#') => LOOP,
            _ if name.contains('@') => self.track(&name.rsplit('@').next().unwrap_or_default().into()),
            _ if name.contains('#') || self.tasks.contains_key(name) => self.new_track(name),
            _ => STACK,
        };
        self.tracks.insert(name.clone(), track);
        if track == LOOP { self.track_of_handle(name) } else { track }
    }

    /// The track of the loop that runs it.
    fn track_of_handle(&mut self, name: &Rc<str>) -> usize {
        let home = self.homes.get(name).unwrap_or(&self.thread).clone();
        self.loop_track(&home)
    }

    fn new_track(&mut self, name: &str) -> usize {
        let track = self.tracks.len() + self.loops.len() + LOOP + 1;
        self.add(named("thread_name", track, name));
        track
    }

    /// The track of what the loop of a thread runs.
    fn loop_track(&mut self, thread: &Rc<str>) -> usize {
        if &**thread == FIRST {
            return LOOP;
        }
        if let Some(known) = self.loops.get(thread) {
            return *known;
        }
        let track = self.new_track(&event_loop(thread));
        self.loops.insert(thread.clone(), track);
        track
    }

    /// That of the loop of the thread that runs.
    fn own_loop_track(&mut self) -> usize {
        let thread = self.thread.clone();
        self.loop_track(&thread)
    }

    fn slice(&mut self, track: usize, title: &str, time: u64, arguments: &Json) {
        self.titles.entry(track).or_default().push(title.to_owned());
        self.add(json!({"ph": "B", "name": title, "pid": 1, "tid": track, "ts": time, "args": arguments}));
    }

    fn end(&mut self, track: usize, time: u64) {
        let title = self.titles.get_mut(&track).and_then(Vec::pop).unwrap_or_default();
        self.add(json!({"ph": "E", "name": title, "pid": 1, "tid": track, "ts": time}));
    }

    fn instant(&mut self, track: usize, title: &str, time: u64, arguments: &Json) {
        self.add(json!({"ph": "i", "s": "t", "name": title, "pid": 1, "tid": track, "ts": time, "args": arguments}));
    }

    /// One end of an arrow.
    fn flow(&mut self, phase: &str, name: &str, id: usize, track: usize, time: u64) {
        self.add(json!({
            "ph": phase, "bp": "e", "name": name, "cat": "control", "id": id, "pid": 1, "tid": track, "ts": time
        }));
    }

    /// An arrow from what is open on one track to what was just opened on another.
    fn arrow(&mut self, word: &str, from: Option<usize>, to: usize, time: u64) {
        if let Some(from) = from.filter(|from| *from != to && self.is_open(*from)) {
            self.flows += 1;
            let id = self.flows;
            self.flow("s", word, id, from, time);
            self.flow("f", word, id, to, time);
        }
    }

    /// Is there something that an arrow can leave from?
    fn is_open(&self, track: usize) -> bool {
        let of_loop = track == LOOP || self.loops.values().any(|known| *known == track);
        !of_loop || self.running.contains_key(&track)
    }

    /// What the loop runs is over: others have control, which it has not called.
    fn run_over(&mut self, record: &Record, time: u64) {
        let over = |run: &Run| {
            let within = record.depth > run.depth || record.by.as_ref() == Some(&run.name);
            let others = matches!(record.verb, Verb::Drop | Verb::Switch | Verb::End);
            record.verb == Verb::Run || !(within || others)
        };
        if self.running.is_empty() {
            return;
        }
        let track = self.own_loop_track();
        if self.running.get(&track).is_some_and(over) {
            self.running.remove(&track);
            self.end(track, time);
        }
    }

    /// The frame that runs when this one is resumed.
    fn innermost(&self, frame: &Rc<str>) -> Rc<str> {
        let mut innermost = frame;
        while let Some(inner) = self.delegates.get(innermost) {
            innermost = inner;
        }
        innermost.clone()
    }

    /// Within a chain of delegation control goes to another frame.
    fn passes(&mut self, from: usize, to: &Rc<str>, time: u64, arguments: &Json) {
        let track = self.track(to);
        self.slice(track, &format!("runs {to}"), time, arguments);
        self.arrow("delegate", Some(from), track, time);
        if self.open.pop().is_some() {
            self.end(from, time);
        }
        self.open.push(track);
    }

    fn record(&mut self, record: &Record) {
        let time = record.time.unwrap_or(record.number);
        if record.verb == Verb::Task && !record.library {
            self.tasks.entry(record.frame.clone()).or_default();
        }
        // One that was there before it was recorded has a name like no other.
        if record.verb == Verb::Run {
            self.tracks.entry(record.frame.clone()).or_insert(LOOP);
        }
        let of = match record.library {
            true => self.own_loop_track(),
            false if record.frame.is_empty() => STACK,
            false => self.track(&record.frame),
        };
        let by = record.by.as_ref().map(|by| self.track(by));
        let arguments = json!({
            "value": record.value.as_deref(), "arguments": record.arguments.as_deref(), "by": record.by.as_deref(),
            "from": record.from.as_ref().map(shown), "to": record.to.as_ref().map(shown),
        });
        let title = format!("{} {}", record.verb.word(), record.frame);
        self.run_over(record, time);
        // Of asyncio's own business it is of interest what runs, because that wakes others.
        if record.library && record.verb != Verb::Run {
            return;
        }
        if matches!(record.verb, Verb::Raise | Verb::Catch) && self.delegates.contains_key(&record.frame) {
            // Raised where the frame delegates: what it delegated to is left.
            let innermost = self.innermost(&record.frame);
            let track = self.track(&innermost);
            if self.open.last() == Some(&track) {
                if let Some(delegate) = self.delegates.remove(&record.frame) {
                    self.delegators.remove(&delegate);
                }
                self.passes(track, &record.frame, time, &arguments);
            }
        }
        match record.verb {
            verb if verb.enters() => {
                let (mut of, mut title) = (of, title);
                if !record.frame.contains('#') || record.frame.contains('@') {
                    title = record.frame.to_string();
                } else if self.delegates.contains_key(&record.frame) {
                    let innermost = self.innermost(&record.frame);
                    of = self.track(&innermost);
                    title = format!("{} {innermost}", verb.word());
                }
                self.slice(of, &title, time, &arguments);
                self.arrow(verb.word(), by, of, time);
                if let Some((starter, then)) = self.spawned.remove(&of) {
                    self.flows += 1;
                    let id = self.flows;
                    self.flow("s", "spawn", id, starter, then);
                    self.flow("f", "spawn", id, of, time);
                }
                self.open.push(of);
            }
            Verb::Delegate if record.to.is_some() => {
                let delegate: Rc<str> = record.value.as_deref().unwrap_or_default().into();
                self.delegates.insert(record.frame.clone(), delegate.clone());
                self.delegators.insert(delegate.clone(), record.frame.clone());
                let innermost = self.innermost(&delegate);
                self.passes(of, &innermost, time, &arguments);
            }
            verb if verb.leaves() => {
                // A frame that delegated is left with the one it delegated to.
                if self.open.last() == Some(&of) || (verb == Verb::Yield && !self.open.is_empty()) {
                    let track = self.open.last().copied().unwrap_or(of);
                    let delegator = (verb != Verb::Yield).then(|| self.delegators.remove(&record.frame)).flatten();
                    if let Some(delegator) = &delegator {
                        self.delegates.remove(delegator);
                    }
                    match delegator.filter(|delegator| record.by.as_ref() == Some(delegator)) {
                        Some(delegator) => self.passes(track, &delegator, time, &arguments),
                        None => {
                            self.open.pop();
                            self.end(track, time);
                        }
                    }
                }
            }
            Verb::Spawn => {
                if let Some(by) = by {
                    self.spawned.insert(of, (by, time));
                }
                self.instant(of, &title, time, &arguments);
            }
            Verb::Switch => {
                let before = std::mem::replace(&mut self.thread, record.frame.clone());
                let now = self.threads.remove(&record.frame).unwrap_or_default();
                self.threads.insert(before, std::mem::replace(&mut self.open, now));
            }
            Verb::Output => {
                let text = record.value.as_deref().unwrap_or_default().trim_end();
                self.add(json!({"ph": "i", "s": "t", "name": text, "pid": 1, "tid": by.unwrap_or(STACK), "ts": time}));
            }
            Verb::Task | Verb::Wake | Verb::Step | Verb::Wait | Verb::Pause => {
                self.task(record, of, by, time, &arguments);
            }
            Verb::Done | Verb::Fail | Verb::Cancelled => {
                if self.tasks.remove(&record.frame).is_some_and(|task| task.open) {
                    self.end(of, time);
                }
                self.instant(of, &title, time, &arguments);
            }
            Verb::Run => {
                let track = self.own_loop_track();
                self.running.insert(track, Run { name: record.frame.clone(), depth: record.depth });
                self.slice(track, &title, time, &arguments);
            }
            Verb::Line | Verb::Opcode => {
                self.instant(of, record.value.as_deref().unwrap_or_default(), time, &arguments);
            }
            _ => self.instant(of, &title, time, &arguments),
        }
    }

    /// A task goes from one state to another, each a slice on its track.
    fn task(&mut self, record: &Record, track: usize, by: Option<usize>, time: u64, arguments: &Json) {
        let mut task = self.tasks.remove(&record.frame).unwrap_or_default();
        if task.open {
            self.end(track, time);
        }
        task.open = true;
        let state = match record.verb {
            Verb::Step => "step".to_owned(),
            Verb::Wait => format!("waits for {}", record.value.as_deref().unwrap_or_default()),
            _ => "ready".to_owned(),
        };
        self.slice(track, &state, time, arguments);
        match record.verb {
            Verb::Step => {
                if let Some((id, word)) = task.arrow.take() {
                    self.flow("f", word, id, track, time);
                }
            }
            Verb::Task | Verb::Wake => {
                if let Some(by) = by.filter(|by| self.is_open(*by)) {
                    self.flows += 1;
                    let id = self.flows;
                    self.flow("s", record.verb.word(), id, by, time);
                    // Woken twice before its turn, it has but one arrow in.
                    if let Some((unused, word)) = task.arrow.replace((id, record.verb.word())) {
                        self.flow("f", word, unused, track, time);
                    }
                }
            }
            _ => {}
        }
        self.tasks.insert(record.frame.clone(), task);
    }

    /// Whatever is open ends here.
    fn close(&mut self, time: u64) {
        let threads = std::mem::take(&mut self.threads);
        let mut open: Vec<usize> = threads.into_values().flatten().chain(std::mem::take(&mut self.open)).collect();
        // Whichever way they are nested, those of a track are all to be ended.
        open.sort_unstable();
        open.into_iter().for_each(|track| self.end(track, time));
        let mut running: Vec<usize> = std::mem::take(&mut self.running).into_keys().collect();
        running.sort_unstable();
        running.into_iter().for_each(|track| self.end(track, time));
        let mut tasks: Vec<(usize, Task)> =
            std::mem::take(&mut self.tasks).into_iter().map(|(name, task)| (self.tracks[&name], task)).collect();
        tasks.sort_by_key(|(track, _)| *track);
        for (track, task) in tasks {
            if let Some((id, word)) = task.arrow {
                self.flow("f", word, id, track, time);
            }
            if task.open {
                self.end(track, time);
            }
        }
    }
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn named(what: &str, track: usize, name: &str) -> Json {
    json!({"ph": "M", "name": what, "pid": 1, "tid": track, "args": {"name": name}})
}
