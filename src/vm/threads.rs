//! Threads: further control stacks of the same machine. One runs; the others stand in line.
//!
//! Which one runs changes at instruction boundaries only ([`Vm::service`]): when a slice of calls and back edges is used up, or
//! when the running one has to wait. So a native never sees another thread's work in its midst, and which thread runs when
//! depends on nothing but the program, its input and its waits (law 2). A thread waits by [`Vm::park`], which notes for what, and
//! then by asking again and again whether it is over (`prelude/threads.py`): the first time it asks, the others run.
//!
//! **Invariant.** The fields of [`Vm`] that make up a control stack are those in [`ControlStack`]; they are exchanged together,
//! and only where the run loop has saved its own copies and loads them again.

use super::frame::{Delivery, Stack, To};
use super::frames::Frames;
use super::observer::{At, Event};
use super::{Exit, PendingOperator, Vm};
use crate::attention;
use crate::bytecode::Reg;
use crate::host::{Events, Fd};
use crate::object::{Function, Kind, Object, Ref, Value};
use std::collections::VecDeque;
use std::time::Duration;

/// The number of the thread that the program begins in.
const FIRST: i64 = 1;

/// Everything that one line of execution has of its own.
struct ControlStack {
    pc: *const crate::bytecode::Op,
    base: *mut Value,
    function: *const Object<Function>,
    top: *mut Value,
    sent: Value,
    frames: Frames,
    stack: Stack,
    held: Vec<Value>,
    operators: Vec<PendingOperator>,
    handled: Value,
    context_stands: bool,
    goes_on: bool,
    context: Value,
    running_loop: Value,
    asyncgen_hooks: [Value; 2],
    tracer: super::tracing::Tracer,
}

/// For what a thread waits.
struct Wait {
    /// Whoever wakes this wakes it.
    key: Value,
    /// When it gives up waiting, on the monotonic clock.
    deadline: Option<i64>,
    /// It goes on when something happens on one of these.
    watched: Vec<(Fd, Events)>,
}

/// A thread that does not run.
struct Thread {
    number: i64,
    stack: ControlStack,
    wait: Option<Wait>,
    /// Has its last wait ended because it was woken, not because time was up?
    woken: bool,
    /// It gets a turn although it waits: to look at signals, or to hear that everybody waits.
    looks: bool,
}

/// The threads of a machine.
pub struct Threads {
    /// The one that runs.
    running: i64,
    /// What it is about to wait for.
    wait: Option<Wait>,
    woken: bool,
    /// The others, next first.
    line: VecDeque<Thread>,
    last: i64,
    /// Has the running one asked to be relieved?
    relieved: bool,
    /// All threads wait, and nothing will ever wake one.
    stuck: bool,
}

impl Default for Threads {
    fn default() -> Threads {
        Threads {
            running: FIRST,
            wait: None,
            woken: false,
            line: VecDeque::new(),
            last: FIRST,
            relieved: false,
            stuck: false,
        }
    }
}

impl Threads {
    /// The number of the thread that runs.
    pub fn running(&self) -> i64 {
        self.running
    }

    /// Is there no other?
    pub fn is_alone(&self) -> bool {
        self.line.is_empty()
    }

    /// Does the program's first thread run?
    pub fn in_first(&self) -> bool {
        self.running == FIRST
    }

    /// Do all others wait for what only a thread can give?
    pub fn others_are_stuck(&self) -> bool {
        let stuck = |wait: &Wait| wait.deadline.is_none() && wait.watched.is_empty();
        self.line.iter().all(|thread| thread.wait.as_ref().is_some_and(stuck))
    }

    /// The threads that wait, and for what.
    pub fn waits(&self) -> impl Iterator<Item = (i64, &Value)> {
        let line = self.line.iter().map(|thread| (thread.number, thread.wait.as_ref()));
        let all = line.chain([(self.running, self.wait.as_ref())]);
        all.filter_map(|(number, wait)| wait.map(|wait| (number, &wait.key)))
    }

    /// The first thread is to run next, whatever it waits for.
    pub(super) fn summon_first(&mut self) {
        if let Some(place) = self.line.iter().position(|thread| thread.number == FIRST)
            && let Some(mut first) = self.line.remove(place)
        {
            first.looks = true;
            self.line.push_front(first);
            self.relieved = true;
        }
    }

    /// Wake the first that waits for `key`, or all that do; how many that were.
    pub fn wake(&mut self, key: &Value, all: bool) -> usize {
        let mut count = 0;
        for thread in &mut self.line {
            if thread.wait.as_ref().is_some_and(|wait| wait.key.is(key)) && (all || count == 0) {
                (thread.wait, thread.woken) = (None, true);
                count += 1;
            }
        }
        count
    }

    /// Is the wait of the running thread over: was it woken? `None` while it is not.
    pub fn resumed(&mut self) -> Option<bool> {
        match self.wait {
            None => Some(self.woken),
            Some(_) => {
                self.give_way();
                None
            }
        }
    }

    /// A signal's handler is about to run in the running thread: whatever that waits for, it looks again afterwards.
    pub(super) fn interrupt_wait(&mut self) {
        if self.wait.take().is_some() {
            (self.woken, self.relieved) = (true, false);
        }
    }

    /// The others are to run at the next boundary.
    pub fn give_way(&mut self) {
        self.relieved = true;
        attention::ask();
    }

    /// Was the running thread told that everybody waits?
    pub fn told_of_deadlock(&mut self) -> bool {
        std::mem::take(&mut self.stuck)
    }

    /// The running thread waits no longer.
    pub fn give_up_wait(&mut self) {
        self.wait = None;
    }

    /// End the waits whose time is up.
    fn expire(&mut self, now: i64) {
        let waits = self.line.iter_mut().map(|thread| (&mut thread.wait, &mut thread.woken));
        for (wait, woken) in waits.chain([(&mut self.wait, &mut self.woken)]) {
            if wait.as_ref().is_some_and(|wait| wait.deadline.is_some_and(|deadline| deadline <= now)) {
                (*wait, *woken) = (None, false);
            }
        }
    }
}

impl Vm {
    /// A new thread, which calls this function and ends with it; its number.
    pub fn start_thread(&mut self, function: Value, args: Vec<Value>) -> Result<i64, Exit> {
        if !function.is_kind(Kind::Function) {
            return Err(self.type_error("a thread begins with a function"));
        }
        let mut stack = Stack::small();
        let bottom = stack.bottom();
        let mut frames = Frames::new(16, self.recursion_limit);
        if self.observer.is_some() {
            frames.set_limit(0);
        }
        let mut other = ControlStack {
            pc: std::ptr::null(),
            base: bottom,
            function: std::ptr::null(),
            top: bottom,
            sent: Value::NONE,
            frames,
            stack,
            held: Vec::new(),
            operators: Vec::new(),
            handled: Value::NONE,
            context_stands: false,
            goes_on: false,
            context: Value::UNDEF,
            running_loop: Value::NONE,
            asyncgen_hooks: [Value::NONE, Value::NONE],
            tracer: super::tracing::Tracer::default(),
        };
        let number = self.threads.last + 1;
        self.catch_up();
        self.exchange(&mut other);
        self.tell_thread(number);
        let begun = self.invoke_owned(function, args, Vec::new(), To::by(Delivery::Entry, Reg::NONE));
        self.catch_up();
        self.exchange(&mut other);
        self.tell_thread(self.threads.running);
        begun.map_err(Exit::Raise)?;
        self.threads.last = number;
        self.threads.line.push_back(Thread { number, stack: other, wait: None, woken: false, looks: false });
        let place = if self.observer.is_some() { self.place() } else { None };
        if let Some(watch) = &mut self.observer {
            let at = place.as_ref().map(|(code, index)| At { code, index: *index });
            watch.tell(&mut self.host, Event::Spawn { at, thread: number - FIRST });
        }
        Ok(number)
    }

    /// Where each thread stands: its number, and its bodies from the inside out ([`Vm::stand`]).
    pub fn stand_of_threads(&mut self) -> Vec<(i64, Value)> {
        let mut found = vec![(self.threads.running, self.stand())];
        let mut line = std::mem::take(&mut self.threads.line);
        for thread in &mut line {
            self.exchange(&mut thread.stack);
            found.push((thread.number, self.stand()));
            self.exchange(&mut thread.stack);
        }
        self.threads.line = line;
        found
    }

    /// Has any of the threads a plain body of this function?
    pub fn has_body_of(&self, function: &Ref<Function>) -> bool {
        let wanted = function.as_ptr().cast_const();
        let stacks = self.threads.line.iter().map(|thread| (thread.stack.function, &thread.stack.frames));
        std::iter::once((self.function, &self.frames))
            .chain(stacks)
            .any(|(running, frames)| running == wanted || frames.iter().any(|frame| frame.function == wanted))
    }

    fn tell_thread(&mut self, number: i64) {
        if let Some(watch) = &mut self.observer {
            watch.observer().thread(number - FIRST);
        }
    }

    fn exchange(&mut self, other: &mut ControlStack) {
        use std::mem::swap;
        swap(&mut self.pc, &mut other.pc);
        swap(&mut self.base, &mut other.base);
        swap(&mut self.function, &mut other.function);
        swap(&mut self.top, &mut other.top);
        swap(&mut self.sent, &mut other.sent);
        swap(&mut self.frames, &mut other.frames);
        swap(&mut self.stack, &mut other.stack);
        swap(&mut self.held, &mut other.held);
        swap(&mut self.operators, &mut other.operators);
        swap(&mut self.handled, &mut other.handled);
        swap(&mut self.context_stands, &mut other.context_stands);
        swap(&mut self.goes_on, &mut other.goes_on);
        swap(&mut self.context, &mut other.context);
        swap(&mut self.running_loop, &mut other.running_loop);
        swap(&mut self.asyncgen_hooks, &mut other.asyncgen_hooks);
        swap(&mut self.tracer, &mut other.tracer);
        self.frames.set_most(self.recursion_limit);
        self.see_who_traces();
    }

    /// The running thread is to wait: until `key` is woken, until something happens on what is watched, or for so long. It does
    /// so as soon as it asks whether the wait is over.
    pub fn park(&mut self, key: Value, deadline: Option<i64>, watched: Vec<(Fd, Events)>) {
        self.threads.wait = Some(Wait { key, deadline, watched });
        self.threads.woken = false;
    }

    /// End the running native by waiting like that, and then calling it again with these arguments. If `in_time`, that is only
    /// done if something has happened before the time was up; otherwise it is a `TimeoutError`.
    pub fn park_and_again(
        &mut self,
        args: Vec<Value>,
        deadline: Option<i64>,
        watched: Vec<(Fd, Events)>,
        in_time: bool,
    ) -> Exit {
        self.park(Value::NONE, deadline, watched);
        let native = self.running_native();
        match self.tail_prelude("park_and_again", vec![native, Value::list(args), Value::bool(in_time)]) {
            Err(exit) => exit,
            Ok(_) => self.system_error("a tail call did not end the native"),
        }
    }

    /// At an instruction boundary: let another thread run if it is time.
    pub(super) fn relieve(&mut self, slice_is_over: bool) {
        if self.threads.is_alone() && self.threads.wait.is_none() {
            self.threads.relieved = false;
            return;
        }
        if self.result.is_some() || !(std::mem::take(&mut self.threads.relieved) || slice_is_over) {
            return;
        }
        if let Some(next) = self.next_thread(true) {
            let (wait, woken) = (self.threads.wait.take(), self.threads.woken);
            let number = self.threads.running;
            let stack = self.take_turn(next);
            self.threads.line.push_back(Thread { number, stack, wait, woken, looks: false });
        }
    }

    /// The running thread has ended: another one runs from here on. False if it was the program's first, which nobody follows.
    pub(super) fn thread_ended(&mut self) -> bool {
        if self.threads.in_first() {
            return false;
        }
        self.threads.wait = None;
        if let Some(watch) = &mut self.observer {
            watch.tell(&mut self.host, Event::End { thread: self.threads.running - FIRST });
        }
        if let Some(next) = self.next_thread(false) {
            drop(self.take_turn(next));
        }
        true
    }

    /// Let the thread at this place in the line run; what the one before it leaves.
    fn take_turn(&mut self, mut next: Thread) -> ControlStack {
        self.catch_up();
        self.exchange(&mut next.stack);
        (self.threads.running, self.threads.wait, self.threads.woken) = (next.number, next.wait, next.woken);
        self.tell_thread(next.number);
        next.stack
    }

    /// Whose turn it is, off the line; `None` for the running one's, which `stays` among them.
    fn next_thread(&mut self, stays: bool) -> Option<Thread> {
        loop {
            let now = self.host.monotonic_ns();
            self.threads.expire(now);
            self.see_descriptors(Some(Duration::ZERO));
            let ready = self.threads.line.iter().position(|thread| thread.wait.is_none() || thread.looks);
            if let Some(place) = ready
                && let Some(mut next) = self.threads.line.remove(place)
            {
                next.looks = false;
                return Some(next);
            }
            let running_waits = self.threads.wait.as_ref().filter(|_| stays);
            if stays && running_waits.is_none() {
                return None;
            }
            // Everybody waits.
            let waits = self.threads.line.iter().filter_map(|thread| thread.wait.as_ref()).chain(running_waits);
            let (mut earliest, mut watches) = (None::<i64>, false);
            for wait in waits {
                earliest = match (earliest, wait.deadline) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                watches |= !wait.watched.is_empty();
            }
            if earliest.is_none() && !watches && !self.handlers.are_expected() {
                self.threads.stuck = true;
            } else {
                let left = earliest.map(|at| Duration::from_nanos(at.saturating_sub(now).max(0) as u64));
                self.pauses();
                self.see_descriptors(left);
            }
            if self.threads.stuck || self.host.interrupted() {
                // The first is told.
                if self.threads.in_first() && stays {
                    attention::ask();
                    return None;
                }
                self.threads.summon_first();
            }
        }
    }

    /// Wake the threads for whose descriptors something has happened, or happens in so much time.
    fn see_descriptors(&mut self, timeout: Option<Duration>) {
        let mut watched = Vec::new();
        let mut whose = Vec::new();
        let line = self.threads.line.iter().map(|thread| (thread.number, thread.wait.as_ref()));
        for (number, wait) in line.chain([(self.threads.running, self.threads.wait.as_ref())]) {
            for &pair in wait.iter().flat_map(|wait| &wait.watched) {
                watched.push(pair);
                whose.push(number);
            }
        }
        if watched.is_empty() {
            match timeout {
                Some(Duration::ZERO) => {}
                // Woken early or not: whoever asked looks at the clock.
                Some(timeout) => _ = self.host.sleep(timeout),
                None => self.threads.stuck = self.await_signal().is_err(),
            }
            return;
        }
        // A signal ends the wait, and whoever asked looks for it. Whatever else goes wrong, the threads find out themselves.
        let happened: Vec<i64> = match self.host.poll(&watched, timeout) {
            Ok(ready) => ready.iter().filter_map(|one| whose.get(one.key as usize).copied()).collect(),
            Err(error) if error.is(libc::EINTR) => Vec::new(),
            Err(_) => whose,
        };
        for thread in self.threads.line.iter_mut().filter(|thread| happened.contains(&thread.number)) {
            (thread.wait, thread.woken) = (None, true);
        }
        if happened.contains(&self.threads.running) {
            (self.threads.wait, self.threads.woken) = (None, true);
        }
    }
}
