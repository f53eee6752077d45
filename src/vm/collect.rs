//! When cycles are collected, and how a collection that has to run Python code goes on.
//!
//! A collection is begun at an instruction boundary or by `gc.collect()`. Where nothing of the garbage has a finaliser or a
//! callback it ends there and then. Otherwise the finalisers run as a frame of the prelude (`prelude/collector.py`), whose
//! end comes back here to clear what is still garbage; in between, nothing keeps the garbage alive but itself.
//!
//! The moment of a collection is a function of the program (law 2): it depends on how many objects there are that can take
//! part in cycles, looked at once per so many calls and back edges.

use super::{NativeResult, Vm};
use crate::object::collector::{self, Found};
use crate::object::heap::tracked;
use crate::object::identity;
use crate::object::{List, Value};

/// The generations that programs know: what has not outlived a collection yet, and all. The one between them is there
/// because CPython has it.
pub const GENERATIONS: usize = 3;

/// `gc.DEBUG_STATS`: say what each collection came to.
pub const DEBUG_STATS: i64 = 1;
/// `gc.DEBUG_COLLECTABLE`: name the garbage.
pub const DEBUG_COLLECTABLE: i64 = 2;
/// `gc.DEBUG_SAVEALL`: keep the garbage in `gc.garbage`.
pub const DEBUG_SAVEALL: i64 = 32;

/// What is known about the collections of a machine.
pub struct Collector {
    /// Are there collections that nobody asks for?
    pub enabled: bool,
    /// `gc.get_threshold()`
    pub threshold: [i64; GENERATIONS],
    /// `gc.set_debug()`
    pub debug: i64,
    /// `gc.callbacks`, a list.
    pub callbacks: Value,
    /// `gc.garbage`, a list.
    pub kept: Value,
    /// How many collections of each generation there were, and how many objects they freed.
    pub statistics: [(usize, usize); GENERATIONS],
    /// A collection is going on.
    running: bool,
    /// There are callbacks that hear of it, of its end as long as it still goes on.
    told: bool,
    /// Of which generation.
    generation: usize,
    /// Its garbage, if no finaliser has to run.
    garbage: Vec<Value>,
    /// Have finalisers or callbacks run since it was found?
    disturbed: bool,
    /// How many objects there were after the last collection.
    left: isize,
    /// How many there were after the last collection of all.
    left_of_all: isize,
    /// How many there were when the program began.
    native: isize,
}

impl Default for Collector {
    fn default() -> Collector {
        Collector {
            enabled: true,
            threshold: [2000, 10, 0],
            debug: 0,
            callbacks: Value::list(Vec::new()),
            kept: Value::list(Vec::new()),
            statistics: [(0, 0); GENERATIONS],
            running: false,
            told: false,
            generation: 0,
            garbage: Vec::new(),
            disturbed: false,
            left: tracked(),
            left_of_all: tracked(),
            native: tracked(),
        }
    }
}

impl Collector {
    /// The machine is complete: what there is now is hardly garbage ever.
    pub fn begin(&mut self) {
        let now = tracked();
        (self.left, self.left_of_all, self.native) = (now, now, now);
    }

    /// How many objects there are more than after the last collection.
    pub fn young(&self) -> isize {
        (tracked() - self.left).max(0)
    }

    /// The generation whose collection is due. A collection looks at the heads of all objects, so it waits until there are
    /// more by a fraction of them: then it costs each new object the same, however many there are.
    fn due(&self) -> Option<usize> {
        let first = self.threshold[0] as isize;
        let young = self.young();
        if !self.enabled || self.running || first == 0 || young <= first.max((self.left - self.native) / 4) {
            return None;
        }
        let all = first.saturating_mul(self.threshold[1] as isize).max(self.left_of_all - self.native);
        Some(if tracked() - self.left_of_all > all { GENERATIONS - 1 } else { 0 })
    }
}

/// Up to so many objects can be looked through with little memory.
const FEW: isize = 1 << 20;

impl Vm {
    /// Begin a collection, if one is due; `None` if none is.
    pub(super) fn collect_if_due(&mut self) -> Option<NativeResult> {
        let generation = self.collector.due()?;
        Some(self.collect(generation))
    }

    /// Memory is at its end: see what a few cycles hold. `None` if there is nothing to be done.
    pub(super) fn collect_in_need(&mut self) -> Option<NativeResult> {
        let possible = self.collector.enabled && !self.collector.running && tracked() < FEW;
        possible.then(|| self.collect(GENERATIONS - 1))
    }

    /// Collect a generation: how many objects were garbage.
    pub fn collect(&mut self, generation: usize) -> NativeResult {
        if self.collector.running {
            return Ok(Value::size(0));
        }
        let told = self.collector.callbacks.get::<List>().is_some_and(|callbacks| !callbacks.borrow().is_empty());
        if told {
            let function = self.prelude_function("collect_and_tell")?;
            self.collector.running = true;
            self.collector.told = true;
            return self.tail_call(function, vec![Value::size(generation)]);
        }
        let waiting = self.find_garbage(generation);
        if !self.collector.disturbed {
            return Ok(Value::size(self.clear_garbage()));
        }
        match self.prelude_function("finish_collection") {
            Ok(function) => self.tail_call(function, vec![Value::list(waiting)]),
            Err(exit) => {
                self.clear_garbage();
                Err(exit)
            }
        }
    }

    /// The first half: find the garbage. The callbacks that have to run in Python before the second half; so have the
    /// finalisers of [`collector::next_doomed`].
    pub fn find_garbage(&mut self, generation: usize) -> Vec<Value> {
        if self.collector.debug & DEBUG_STATS != 0 {
            let (young, old) = (self.collector.young(), self.collector.left);
            self.say(&format!(
                "gc: collecting generation {generation}...\ngc: objects in each generation: {young} 0 {old}\n\
                 gc: objects in permanent generation: {}\n",
                collector::frozen()
            ));
        }
        let Found { garbage, waiting, finalizable } = collector::unreachable(generation == 0);
        let collector = &mut self.collector;
        collector.running = true;
        collector.generation = generation;
        collector.disturbed = !waiting.is_empty() || !finalizable.is_empty();
        if collector.disturbed {
            collector::doom(garbage, finalizable);
        } else {
            collector.garbage = garbage;
        }
        waiting
    }

    /// The second half: take apart what is still garbage. How many objects that were.
    pub fn clear_garbage(&mut self) -> usize {
        let mut garbage = std::mem::take(&mut self.collector.garbage);
        if std::mem::take(&mut self.collector.disturbed) {
            garbage = collector::still_unreachable(collector::left_of_doomed());
        }
        let collected = garbage.len();
        let debug = self.collector.debug;
        if debug & DEBUG_COLLECTABLE != 0 {
            for object in &garbage {
                self.say(&format!("gc: collectable <{} {:#x}>\n", self.type_name(object), identity(object)));
            }
        }
        if debug & DEBUG_STATS != 0 {
            self.say(&format!("gc: done, {collected} unreachable, 0 uncollectable\n"));
        }
        match self.collector.kept.get::<List>() {
            Some(kept) if debug & DEBUG_SAVEALL != 0 => kept.borrow_mut().append(&mut garbage),
            _ => collector::clear(garbage),
        }
        let collector = &mut self.collector;
        let statistics = &mut collector.statistics[collector.generation];
        *statistics = (statistics.0 + 1, statistics.1 + collected);
        collector.running = collector.told;
        collector.left = tracked();
        if collector.generation > 0 {
            collector.left_of_all = collector.left;
        }
        collected
    }

    /// Those who hear of collections have heard of the end of this one.
    pub fn end_collection(&mut self) {
        (self.collector.running, self.collector.told) = (false, false);
    }

    /// Say something on standard error; nobody is left to be told when that cannot be written to.
    fn say(&mut self, text: &str) {
        self.pauses();
        let _ = self.host.write_stderr(text.as_bytes());
    }
}
