//! What event loops do, as records: tasks, callbacks, timers, descriptors.

use super::record::{Record, Verb};
use super::recording::{Reading, Spot, Tag};
use super::teller::{Active, Teller};
use super::words::Words;
use std::rc::Rc;

/// A task of asyncio's own, or a callback that is queued, set as a timer, or waits for a descriptor.
pub(super) struct Handle {
    name: Rc<str>,
    /// The program has not asked for it.
    library: bool,
    /// It waits for a descriptor, in this direction, and stays after it has run.
    watches: Option<&'static str>,
}

impl Teller {
    /// An entry about something that an event loop does.
    pub(super) fn looped(&mut self, tag: Tag, reading: &mut Reading<'_>) -> Option<()> {
        let (identity, object) = reading.object()?;
        match tag {
            Tag::Make => {
                let (at, of_program) = (reading.spot()?, reading.flag()?);
                let (coroutine, wanted) = (reading.value()?, reading.text()?);
                let name = self.names.give(identity, wanted);
                let runs = self.name(coroutine).into();
                // What asyncio makes for itself where nobody of the program runs, at the end of everything, say.
                let library = !of_program && !self.active.iter().any(|who| matches!(who, Active::Turn(_)));
                if library {
                    let business = Handle { name: name.clone(), library, watches: None };
                    self.handles.insert(identity, business);
                }
                self.goes_on.insert(self.thread, name.clone());
                self.act(Verb::Task, name, at, |record| {
                    record.arguments = Some(runs);
                    record.library = library;
                });
            }
            Tag::Step | Tag::Run => {
                let (name, library) = self.handle(identity, object);
                let verb = if tag == Tag::Step { Verb::Step } else { Verb::Run };
                self.by_the_loop(verb, name.clone(), None, library);
                self.enter(if library { Active::Business(name) } else { Active::Turn(name) });
            }
            Tag::StepOver => self.turn_over(),
            Tag::RunOver => {
                self.turn_over();
                if self.handles.get(&identity).is_some_and(|handle| handle.watches.is_none()) {
                    self.handles.remove(&identity);
                }
            }
            Tag::Wait | Tag::Done | Tag::Fail | Tag::Pause | Tag::Cancelled => {
                let (verb, has_value) = match tag {
                    Tag::Wait => (Verb::Wait, true),
                    Tag::Done => (Verb::Done, true),
                    Tag::Fail => (Verb::Fail, true),
                    Tag::Pause => (Verb::Pause, false),
                    _ => (Verb::Cancelled, false),
                };
                let value = if has_value { Some(reading.value()?) } else { None };
                // The turn of a task has ended so.
                let (name, library) = self.handle(identity, object);
                let value = value.map(|value| self.words(value));
                if verb == Verb::Pause {
                    self.goes_on.insert(self.thread, name.clone());
                }
                self.by_the_loop(verb, name, value, library);
            }
            Tag::Wake => {
                let (at, future) = (reading.spot()?, reading.value()?);
                let ((name, library), value) = (self.handle(identity, object), self.words(future));
                self.goes_on.insert(self.thread, name.clone());
                self.act(Verb::Wake, name, at, |record| {
                    record.value = Some(value);
                    record.library = library;
                });
            }
            Tag::Cancel => {
                let at = reading.spot()?;
                let name = self.name(object);
                self.act(Verb::Cancel, name, at, |_| ());
            }
            Tag::Queue => {
                let (at, library) = (reading.spot()?, reading.flag()?);
                let (args, callback) = (reading.values()?, reading.value()?);
                let name = self.names.numbered(if library { "asyncio" } else { "callback" });
                let called = self.called(callback, args);
                self.know(identity, Handle { name: name.clone(), library, watches: None });
                self.act(Verb::Queue, name, at, |record| {
                    record.arguments = Some(called);
                    record.library = library;
                });
            }
            Tag::Arm => {
                let (at, purpose) = (reading.spot()?, reading.text()?);
                let library = !purpose.is_empty();
                let called = if library { Some(Words::from(purpose)) } else { None };
                let (args, callback) = (reading.values()?, reading.value()?);
                let delay = reading.text()?;
                // A timer of a task that is asyncio's own is nobody else's either.
                let innermost = self.active.iter().rev().find(|who| !matches!(who, Active::Library(_)));
                let business = matches!(innermost, Some(Active::Business(_)));
                let name = self.names.numbered(if business { "asyncio" } else { "timer" });
                let called = called.unwrap_or_else(|| self.called(callback, args));
                self.know(identity, Handle { name: name.clone(), library, watches: None });
                self.act(Verb::Arm, name, at, |record| {
                    record.arguments = Some(called);
                    record.value = Some(format!("{delay} s").into());
                    record.library = business;
                });
            }
            Tag::Watch => {
                let (at, fd, writing) = (reading.spot()?, reading.text()?, reading.flag()?);
                let (name, direction): (Rc<str>, _) =
                    (format!("fd#{fd}").into(), if writing { "write" } else { "read" });
                self.know(identity, Handle { name: name.clone(), library: true, watches: Some(direction) });
                self.act(Verb::Watch, name, at, |record| record.value = Some(direction.into()));
            }
            Tag::Fire | Tag::Ready | Tag::Disarm | Tag::Unwatch => {
                let at = reading.spot()?;
                self.known(tag, at, identity, object);
            }
            _ => return None,
        }
        Some(())
    }

    /// Something happens to a handle that should be known.
    fn known(&mut self, tag: Tag, at: Option<Spot>, identity: u64, object: Reading<'_>) {
        let verb = match tag {
            Tag::Fire => Verb::Fire,
            Tag::Ready => Verb::Ready,
            Tag::Disarm => Verb::Disarm,
            _ => Verb::Unwatch,
        };
        let known = self.handles.get(&identity).map(|handle| (handle.name.clone(), handle.library, handle.watches));
        let (name, library, watches) = match known {
            Some(known) => known,
            None if matches!(verb, Verb::Disarm | Verb::Unwatch) => return,
            None => (self.handle(identity, object).0, true, None),
        };
        let value = watches.map(Words::from);
        let business = library && name.starts_with("asyncio");
        match verb {
            Verb::Fire | Verb::Ready => self.by_the_loop(verb, name, value, business),
            // Nobody waits for it any more: whether it is cancelled is all the same.
            Verb::Disarm if watches.is_some() => {}
            _ => {
                self.handles.remove(&identity);
                self.act(verb, name, at, |record| {
                    record.value = value;
                    record.library = business && verb == Verb::Disarm;
                });
            }
        }
    }

    fn know(&mut self, identity: u64, handle: Handle) {
        self.names.put(identity, handle.name.clone());
        self.handles.insert(identity, handle);
    }

    /// The name of a handle, and whether the program has not asked for it. It may have been there before the recorder was.
    fn handle(&mut self, identity: u64, object: Reading<'_>) -> (Rc<str>, bool) {
        match self.handles.get(&identity) {
            Some(handle) => (handle.name.clone(), handle.library),
            None => (self.name(object), false),
        }
    }

    /// A callback with its arguments; where it is the step of a task, with that.
    fn called(&mut self, callback: Reading<'_>, args: Vec<Reading<'_>>) -> Words {
        let (args, callback) = (self.all_words(args), self.words(callback));
        match self.goes_on.get(&self.thread).filter(|_| matches!(&*callback, "task_step" | "task_wakeup")) {
            Some(task) => format!("{task}.{}({args})", &*callback).into(),
            None => format!("{}({args})", &*callback).into(),
        }
    }

    /// Something that happens where control is.
    fn act(&mut self, verb: Verb, name: Rc<str>, at: Option<Spot>, fill: impl FnOnce(&mut Record)) {
        // Between the turns nobody of the program is at work, though a frame of it waits for the loop to end.
        let from = self.turns_at.unwrap_or(0).min(self.active.len());
        let innermost = self.active[from..].iter().rev().find(|who| !matches!(who, Active::Library(_)));
        let (nobody, in_frame) = (innermost.is_none(), matches!(innermost, Some(Active::Frame(..))));
        let at = at.filter(|_| in_frame);
        let mut record = self.record(verb, name);
        if nobody {
            record.by = None;
        }
        record.from = self.place(at);
        fill(&mut record);
        self.emit(record);
    }

    /// Something that the loop does by itself.
    fn by_the_loop(&mut self, verb: Verb, name: Rc<str>, value: Option<Words>, library: bool) {
        if matches!(verb, Verb::Step | Verb::Run) {
            self.turns_at = Some(self.active.len());
        }
        let record = self.record(verb, name);
        self.emit(Record { by: None, value, library, ..record });
    }

    /// What has its turn has it no more, nor has what it called.
    fn turn_over(&mut self) {
        let ours = |who: &Active| matches!(who, Active::Turn(_) | Active::Business(_));
        if let Some(at) = self.active.iter().rposition(ours) {
            while self.active.len() > at {
                self.leave();
            }
            // An eager step, and one that a callback makes, lies within the turn of another.
            self.turns_at = self.active.iter().rposition(ours).or(self.turns_at);
        }
    }
}
