//! What event loops do, as records: tasks, callbacks, timers, descriptors.

use super::brief::short;
use super::record::{Record, Verb};
use super::recorder::{Active, Recorder};
use super::words::Words;
use crate::object::{Function, Method, Value, heap};
use crate::text::float;
use crate::vm::observer::{Act, At};
use std::rc::Rc;

/// A task of asyncio's own, or a callback that is queued, set as a timer, or waits for a descriptor.
pub(super) struct Handle {
    name: Rc<str>,
    /// The program has not asked for it.
    library: bool,
    /// It waits for a descriptor, in this direction, and stays after it has run.
    watches: Option<&'static str>,
}

impl Recorder {
    pub(super) fn looped(&mut self, at: Option<At<'_>>, through: Option<At<'_>>, object: &Value, act: Act<'_>) {
        let verb = match act {
            Act::Make { coroutine, name } => {
                let name = self.names.give(object, name);
                let runs = self.names.name(coroutine).into();
                // What asyncio makes for itself where nobody of the program runs, at the end of everything, say.
                let library =
                    !is_of_program(coroutine) && !self.active.iter().any(|who| matches!(who, Active::Turn(_)));
                if library {
                    let business = Handle { name: name.clone(), library, watches: None };
                    self.handles.insert(heap::identity(object), business);
                }
                return self.act(Verb::Task, name, at, |record| {
                    record.arguments = Some(runs);
                    record.library = library;
                });
            }
            Act::Step => {
                let (name, library) = self.handle(object);
                self.by_the_loop(Verb::Step, name.clone(), None, library);
                return self.enter(if library { Active::Business(name) } else { Active::Turn(name) });
            }
            Act::StepOver => return self.turn_over(),
            Act::Wait { future } => return self.turn_ended(Verb::Wait, object, Some(future)),
            Act::Pause => return self.turn_ended(Verb::Pause, object, None),
            Act::Done { result } => return self.turn_ended(Verb::Done, object, Some(result)),
            Act::Fail { exception } => return self.turn_ended(Verb::Fail, object, Some(exception)),
            Act::Cancelled => return self.turn_ended(Verb::Cancelled, object, None),
            Act::Wake { future } => {
                let ((name, library), value) = (self.handle(object), self.names.brief(future));
                return self.act(Verb::Wake, name, at, |record| {
                    record.value = Some(value);
                    record.library = library;
                });
            }
            Act::Cancel => {
                let name = self.names.name(object);
                return self.act(Verb::Cancel, name, at, |_| ());
            }
            Act::Queue { callback, args } => {
                let library = through.is_some() && !is_of_program(callback);
                let name = self.names.numbered(if library { "asyncio" } else { "callback" });
                let called = self.called(callback, args);
                self.know(object, Handle { name: name.clone(), library, watches: None });
                return self.act(Verb::Queue, name, at, |record| {
                    record.arguments = Some(called);
                    record.library = library;
                });
            }
            Act::Arm { callback, args, delay } => {
                let name = self.names.numbered("timer");
                // What the library has called on behalf of the program is its own business; what it is for is not.
                let called = match through {
                    Some(through) if !is_of_program(callback) => short(&through.code.code.qualname).into(),
                    _ => self.called(callback, args),
                };
                let library = !is_of_program(callback) && through.is_some();
                self.know(object, Handle { name: name.clone(), library, watches: None });
                return self.act(Verb::Arm, name, at, |record| {
                    record.arguments = Some(called);
                    record.value = Some(format!("{} s", float::repr(delay)).into());
                });
            }
            Act::Watch { fd, writing } => {
                let (name, direction): (Rc<str>, _) =
                    (format!("fd#{fd}").into(), if writing { "write" } else { "read" });
                self.know(object, Handle { name: name.clone(), library: true, watches: Some(direction) });
                return self.act(Verb::Watch, name, at, |record| record.value = Some(direction.into()));
            }
            Act::Run => {
                let (name, library) = self.handle(object);
                self.by_the_loop(Verb::Run, name.clone(), None, library);
                return self.enter(if library { Active::Business(name) } else { Active::Turn(name) });
            }
            Act::RunOver => {
                self.turn_over();
                let identity = heap::identity(object);
                if self.handles.get(&identity).is_some_and(|handle| handle.watches.is_none()) {
                    self.handles.remove(&identity);
                }
                return;
            }
            Act::Fire => Verb::Fire,
            Act::Ready => Verb::Ready,
            Act::Disarm => Verb::Disarm,
            Act::Unwatch => Verb::Unwatch,
        };
        // What is left is about a handle that is known.
        let identity = heap::identity(object);
        let known = self.handles.get(&identity).map(|handle| (handle.name.clone(), handle.library, handle.watches));
        let (name, library, watches) = match known {
            Some(known) => known,
            None if matches!(verb, Verb::Disarm | Verb::Unwatch) => return,
            None => (self.handle(object).0, true, None),
        };
        let value = watches.map(Words::from);
        match verb {
            Verb::Fire | Verb::Ready => self.by_the_loop(verb, name, value, false),
            // Nobody waits for it any more: whether it is cancelled is all the same.
            Verb::Disarm if watches.is_some() => {}
            _ => {
                self.handles.remove(&identity);
                let library = library && verb == Verb::Disarm && name.starts_with("asyncio");
                self.act(verb, name, at, |record| {
                    record.value = value;
                    record.library = library;
                });
            }
        }
    }

    fn know(&mut self, object: &Value, handle: Handle) {
        self.names.put(object, handle.name.clone());
        self.handles.insert(heap::identity(object), handle);
    }

    /// The name of a handle, and whether the program has not asked for it. It may have been there before the recorder was.
    fn handle(&mut self, object: &Value) -> (Rc<str>, bool) {
        match self.handles.get(&heap::identity(object)) {
            Some(handle) => (handle.name.clone(), handle.library),
            None => (self.names.name(object), false),
        }
    }

    /// A callback with its arguments.
    fn called(&mut self, callback: &Value, args: &[Value]) -> Words {
        let args = self.names.briefs(args);
        format!("{}({args})", self.names.brief(callback)).into()
    }

    /// Something that happens where control is.
    fn act(&mut self, verb: Verb, name: Rc<str>, at: Option<At<'_>>, fill: impl FnOnce(&mut Record)) {
        // Between the turns nobody of the program is at work, though a frame of it waits for the loop to end.
        let from = self.turns_at.unwrap_or(0).min(self.active.len());
        let innermost = self.active[from..].iter().rev().find(|who| **who != Active::Library);
        let (nobody, in_frame) = (innermost.is_none(), matches!(innermost, Some(Active::Frame(_))));
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

    /// The turn of a task has ended so.
    fn turn_ended(&mut self, verb: Verb, task: &Value, value: Option<&Value>) {
        let (name, library) = self.handle(task);
        let value = value.map(|value| self.names.brief(value));
        self.by_the_loop(verb, name, value, library);
    }

    /// What has its turn has it no more, nor has what it called.
    fn turn_over(&mut self) {
        let ours = |who: &Active| matches!(who, Active::Turn(_) | Active::Business(_));
        if let Some(at) = self.active.iter().rposition(ours) {
            while self.active.len() > at {
                self.leave();
            }
        }
    }
}

/// Is it code of the program: a function, a method, a coroutine?
fn is_of_program(object: &Value) -> bool {
    if let Some(generator) = object.get::<crate::object::Generator>() {
        return generator.code().is_some_and(|code| code.is_of_program());
    }
    if let Some(method) = object.get::<Method>() {
        return method.function.get::<Function>().is_some_and(|function| function.code().is_of_program());
    }
    object.get::<Function>().is_some_and(|function| function.code().is_of_program())
}
