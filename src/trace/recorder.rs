//! From what the machine reports to records.
//!
//! What the library does among itself is not the program's story: its frames are followed, so that it is known who waits
//! for whom, but not written down. Where a frame of the program waits in one of the library's, the program's frame is what
//! suspends and is resumed. What event loops do is told in [`super::loops`].

use super::brief::short;
use super::loops::Handle;
use super::record::{Locals, Place, Record, Verb};
use crate::bytecode::Code;
use crate::object::{CodeObject, Foreign, Generator, Instance, Value, heap};
use crate::source::Source;
use crate::vm::observer::{At, Event, Observer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// What is to be in the records besides.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wishes {
    /// The variables of frames that suspend.
    pub locals: bool,
    /// When it happened.
    pub time: bool,
    /// What the program prints goes to where it goes without a recorder, too.
    pub output_too: bool,
}

/// The stable names of generators and coroutines.
#[derive(Default)]
pub(super) struct Names {
    /// By identity, which no other object gets. The objects themselves are not kept: when they go is what is to be seen.
    known: FxHashMap<u64, Rc<str>>,
    counts: FxHashMap<String, usize>,
    /// Names that were given to tasks.
    given: FxHashSet<Rc<str>>,
}

impl Names {
    /// The function's, and a number in order of appearance; of anything else a description.
    pub(super) fn name(&mut self, object: &Value) -> Rc<str> {
        if object.get::<Generator>().is_none() && object.native::<Foreign>().is_none() {
            return self.brief(object).into();
        }
        let identity = heap::identity(object);
        if let Some(name) = self.known.get(&identity) {
            return name.clone();
        }
        let name = match (object.get::<Generator>(), object.get::<Foreign>(), object.get::<Instance>()) {
            (Some(generator), _, _) => match generator.code() {
                Some(code) => self.numbered(short(&code.code.qualname)),
                None => self.numbered("generator"),
            },
            (_, Some(foreign), _) => self.numbered(foreign.class.name().trim_start_matches('_')),
            (_, _, Some(instance)) => self.numbered(instance.class().name().trim_start_matches('_')),
            _ => self.numbered("object"),
        };
        self.known.insert(identity, name.clone());
        name
    }

    /// The word, and a number in order of appearance.
    pub(super) fn numbered(&mut self, word: &str) -> Rc<str> {
        let count = match self.counts.get_mut(word) {
            Some(count) => count,
            None => self.counts.entry(word.to_owned()).or_insert(0),
        };
        *count += 1;
        format!("{word}#{count}").into()
    }

    /// An object has the name that the program gave it, or something like it if another has that already.
    pub(super) fn give(&mut self, object: &Value, wanted: &str) -> Rc<str> {
        let mut name: Rc<str> = wanted.into();
        while !self.given.insert(name.clone()) {
            name = self.numbered(wanted);
        }
        self.known.insert(heap::identity(object), name.clone());
        name
    }

    /// An object has this name.
    pub(super) fn put(&mut self, object: &Value, name: Rc<str>) {
        self.known.insert(heap::identity(object), name);
    }
}

/// A generator of whose delegation something is known.
struct Link {
    /// Whom it delegates to.
    to: Option<u64>,
    /// Who delegates to it.
    by: Option<u64>,
    /// What it is called and where it waits, if it is the program's.
    shown: Option<(Rc<str>, Option<Place>)>,
}

/// Whose turn it is.
#[derive(Clone, PartialEq)]
pub(super) enum Active {
    /// A frame of the library.
    Library,
    /// A frame of the program.
    Frame(Rc<str>),
    /// A task, or a callback.
    Turn(Rc<str>),
    /// A callback of the library.
    Business(Rc<str>),
}

impl Active {
    fn name(&self) -> Option<&Rc<str>> {
        match self {
            Active::Library => None,
            Active::Frame(name) | Active::Turn(name) | Active::Business(name) => Some(name),
        }
    }

    fn is_shown(&self) -> bool {
        matches!(self, Active::Frame(_) | Active::Turn(_))
    }
}

/// An observer that writes down what it sees.
#[derive(Default)]
pub struct Recorder {
    pub(super) names: Names,
    wishes: Wishes,
    /// When it began, and what time it is, in nanoseconds.
    began: Option<i64>,
    now: i64,
    /// Whose turn it is, outermost first.
    pub(super) active: Vec<Active>,
    /// How many of these there were when the event loop last gave somebody a turn, while it runs.
    pub(super) turns_at: Option<usize>,
    pub(super) handles: FxHashMap<u64, Handle>,
    depth: usize,
    links: FxHashMap<u64, Link>,
    count: u64,
    /// The directory from which files are named.
    base: String,
    files: FxHashMap<*const Source, Rc<str>>,
    sources: Vec<Rc<Source>>,
    /// Places that were asked for, by code and instruction. What is known by its address must stay where it is.
    places: FxHashMap<(*const Code, usize), Option<Place>>,
    codes: FxHashMap<*const Code, (Rc<Code>, Rc<str>)>,
    /// A line of output that may go on.
    unfinished: Option<Record>,
    records: Vec<Record>,
    /// Where each record goes at once, in place of being kept.
    sink: Option<Box<dyn FnMut(Record)>>,
}

impl Recorder {
    /// A recorder that keeps its records.
    pub fn new(wishes: Wishes) -> Recorder {
        Recorder { wishes, ..Recorder::default() }
    }

    /// A recorder that hands each record on at once, the last ones when it is asked for what is left.
    pub fn streaming(wishes: Wishes, sink: Box<dyn FnMut(Record)>) -> Recorder {
        Recorder { sink: Some(sink), ..Recorder::new(wishes) }
    }

    /// The same, naming the files below a directory from there.
    pub fn from_directory(self, base: &str) -> Recorder {
        Recorder { base: base.to_owned(), ..self }
    }

    /// What was recorded so far, taken out.
    pub fn take_records(&mut self) -> Vec<Record> {
        self.finish_line();
        std::mem::take(&mut self.records)
    }

    /// What an observer of the machine recorded, if it is a recorder.
    pub fn records_of(observer: Option<Box<dyn Observer>>) -> Vec<Record> {
        let records =
            observer.and_then(|mut observer| Some(observer.as_any().downcast_mut::<Recorder>()?.take_records()));
        records.unwrap_or_default()
    }

    /// A record about a frame, by whoever has control.
    pub(super) fn record(&mut self, verb: Verb, frame: Rc<str>) -> Record {
        self.count += 1;
        Record {
            number: self.count,
            verb,
            depth: self.depth,
            from: None,
            to: None,
            by: self.active.iter().rev().find_map(Active::name).cloned(),
            frame,
            arguments: None,
            value: None,
            library: false,
            locals: None,
            time: self.began.map(|began| self.now.saturating_sub(began) as u64 / 1000),
        }
    }

    /// Write it down.
    pub(super) fn emit(&mut self, record: Record) {
        self.finish_line();
        self.hand_on(record);
    }

    fn hand_on(&mut self, record: Record) {
        match &mut self.sink {
            Some(sink) => sink(record),
            None => self.records.push(record),
        }
    }

    /// The line of output that was begun does not go on.
    fn finish_line(&mut self) {
        if let Some(record) = self.unfinished.take() {
            self.hand_on(record);
        }
    }

    fn emit_transfer(
        &mut self,
        verb: Verb,
        frame: Rc<str>,
        from: Option<Place>,
        to: Option<Place>,
        value: Option<String>,
    ) {
        let record = self.record(verb, frame);
        self.emit(Record { from, to, value, ..record });
    }

    pub(super) fn enter(&mut self, who: Active) {
        self.depth += usize::from(who.is_shown());
        self.active.push(who);
    }

    pub(super) fn leave(&mut self) -> Option<Active> {
        let left = self.active.pop()?;
        self.depth -= usize::from(left.is_shown());
        self.turns_at = self.turns_at.filter(|base| *base <= self.active.len());
        Some(left)
    }

    /// The name of a function.
    fn function(&mut self, code: &CodeObject) -> Rc<str> {
        self.keep(code).1.clone()
    }

    /// A code that is known by its address, with the name of its function.
    fn keep(&mut self, code: &CodeObject) -> &(Rc<Code>, Rc<str>) {
        let entry = self.codes.entry(Rc::as_ptr(&code.code));
        entry.or_insert_with(|| (code.code.clone(), short(&code.code.qualname).into()))
    }

    /// The name of a code's file: below the base, from there.
    fn file(&mut self, code: &CodeObject) -> Rc<str> {
        let source = &code.code.source;
        if let Some(known) = self.files.get(&Rc::as_ptr(source)) {
            return known.clone();
        }
        let name = source.name();
        let below = name.strip_prefix(&*self.base).and_then(|rest| rest.strip_prefix('/'));
        let name: Rc<str> = below.filter(|_| !self.base.is_empty()).unwrap_or(name).into();
        self.files.insert(Rc::as_ptr(source), name.clone());
        // What is known by its address must stay where it is.
        self.sources.push(source.clone());
        name
    }

    /// The place, if it is the program's.
    pub(super) fn place(&mut self, at: Option<At<'_>>) -> Option<Place> {
        let at = at.filter(|at| at.code.is_of_program())?;
        let key = (Rc::as_ptr(&at.code.code), at.index);
        if let Some(known) = self.places.get(&key) {
            return known.clone();
        }
        self.keep(at.code);
        let line = at.code.code.place(at.index).line;
        let place = (line > 0).then(|| Place { file: self.file(at.code), line });
        self.places.insert(key, place.clone());
        place
    }

    /// The link of a generator, with whether its own frame is the program's.
    fn link(&mut self, object: &Value) -> u64 {
        let identity = heap::identity(object);
        if !self.links.contains_key(&identity) {
            let ours = object
                .get::<Generator>()
                .and_then(|generator| generator.code().map(|code| code.is_of_program()))
                .unwrap_or(false);
            let shown = ours.then(|| (self.names.name(object), None));
            self.links.insert(identity, Link { to: None, by: None, shown });
        }
        identity
    }

    /// The first frame of the program on the way from `start` along `next`.
    fn first_shown(&self, start: u64, next: fn(&Link) -> Option<u64>) -> Option<(Rc<str>, Option<Place>)> {
        let mut at = Some(start);
        while let Some(link) = at.and_then(|identity| self.links.get(&identity)) {
            if let Some(shown) = &link.shown {
                return Some(shown.clone());
            }
            at = next(link);
        }
        None
    }

    /// The innermost frame of the program that something said by `identity` is said by.
    fn waiting(&self, identity: u64) -> Option<(Rc<str>, Option<Place>)> {
        self.first_shown(identity, |link| link.by)
    }

    /// A generator is over.
    fn forget(&mut self, identity: u64) {
        if let Some(link) = self.links.remove(&identity)
            && let Some(by) = link.by.and_then(|by| self.links.get_mut(&by))
        {
            by.to = None;
        }
    }

    /// What the variables of a suspended frame hold.
    fn locals_of(&mut self, object: &Value) -> Option<Locals> {
        if !self.wishes.locals {
            return None;
        }
        let generator = object.get::<Generator>()?;
        let code = generator.code()?.clone();
        let mut locals = Locals::new();
        for (index, name) in code.code.locals.iter().enumerate() {
            if let Some(value) = generator.value_at(index).and_then(behind_cell)
                && !name.starts_with('.')
            {
                locals.push((name.clone(), self.names.brief(&value)));
            }
        }
        Some(locals)
    }

    fn resumed(&mut self, verb: Verb, from: Option<At<'_>>, to: At<'_>, object: &Value, value: Option<&Value>) {
        let outermost = self.link(object);
        let Some((name, waits)) = self.first_shown(outermost, |link| link.to) else {
            return self.enter(Active::Library);
        };
        let value = value.map(|value| self.names.brief(value));
        let goes_on = match verb {
            Verb::Start => Some(Place { file: self.file(to.code), line: to.code.code.first_line }),
            // The frame that goes on may be the library's, for which the program's waits.
            _ => self.place(Some(to)).or(waits),
        };
        let from = self.place(from);
        self.emit_transfer(verb, name.clone(), from, goes_on, value);
        self.enter(Active::Frame(name));
    }
}

/// What a variable holds that inner functions share.
fn behind_cell(value: Value) -> Option<Value> {
    match value.get::<crate::object::function::Cell>() {
        Some(cell) => Some(cell.content.get()).filter(|value| !value.is_undef()),
        None => Some(value),
    }
}

impl Observer for Recorder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Call { from, to, args } => {
                // What the library makes up and runs is its own, though it does not stand in its files.
                let made_up = self.active.last() == Some(&Active::Library) && to.code.code.source.name() == "<string>";
                if made_up || !to.code.is_of_program() {
                    return self.enter(Active::Library);
                }
                let shown: Vec<String> = args.iter().map(|arg| self.names.brief(arg)).collect();
                let name = self.function(to.code);
                let line = if from.is_some() { to.code.code.first_line } else { to.code.code.place(0).line };
                let defined = Some(Place { file: self.file(to.code), line });
                let from = self.place(from);
                let record = self.record(Verb::Call, name.clone());
                self.emit(Record { from, to: defined, arguments: Some(shown.join(", ")), ..record });
                self.enter(Active::Frame(name));
            }
            Event::Return { from, to, value } => {
                if let Some(Active::Frame(name)) = self.leave() {
                    let value = self.names.brief(value);
                    let (from, to) = (self.place(Some(from)), self.place(to));
                    self.emit_transfer(Verb::Return, name, from, to, Some(value));
                }
            }
            Event::Create { from, object } => {
                let ours =
                    object.get::<Generator>().and_then(|generator| generator.code().map(|code| code.is_of_program()));
                if ours == Some(true) {
                    let name = self.names.name(object);
                    let from = self.place(Some(from));
                    self.emit_transfer(Verb::Create, name, from, None, None);
                }
            }
            Event::Resume { from, to, object, value, started } => {
                let verb = match (started, value.is_none()) {
                    (false, _) => Verb::Start,
                    (true, true) => Verb::Next,
                    (true, false) => Verb::Send,
                };
                self.resumed(verb, from, to, object, Some(value).filter(|value| !value.is_none()));
            }
            Event::Throw { from, to, object, exception } => {
                self.resumed(Verb::Throw, from, to, object, Some(exception));
            }
            Event::Yield { from, to, object, value } => {
                self.leave();
                let identity = self.link(object);
                let Some((name, waits)) = self.waiting(identity) else { return };
                let value = self.names.brief(value);
                let locals = if from.code.is_of_program() { self.locals_of(object) } else { None };
                let (from, to) = (self.place(Some(from)).or(waits), self.place(to));
                let record = self.record(Verb::Yield, name);
                self.emit(Record { from, to, value: Some(value), locals, ..record });
            }
            Event::Delegate { from, object, to } => {
                let outer = self.link(object);
                let inner = to.get::<Generator>().is_some().then(|| self.link(to));
                if let Some(inner) = inner {
                    if let Some(link) = self.links.get_mut(&inner) {
                        link.by = Some(outer);
                    }
                    if let Some(link) = self.links.get_mut(&outer) {
                        link.to = Some(inner);
                    }
                }
                let ours = from.code.is_of_program();
                let at = self.place(Some(from));
                if let Some(Link { shown: Some((_, waits)), .. }) = self.links.get_mut(&outer) {
                    waits.clone_from(&at);
                }
                // What a frame of the library delegates to is the program's again: the program waits for that.
                let inner_is_ours =
                    inner.is_some_and(|inner| self.links.get(&inner).is_some_and(|link| link.shown.is_some()));
                if !ours && !inner_is_ours {
                    return;
                }
                let Some((name, waits)) = self.waiting(outer) else { return };
                let to = self.names.name(to).to_string();
                let locals = if ours { self.locals_of(object) } else { None };
                let record = self.record(Verb::Delegate, name);
                self.emit(Record { from: at.or(waits), value: Some(to), locals, ..record });
            }
            Event::Finish { from, to, object, value, delegated } => {
                let identity = self.link(object);
                if !delegated {
                    self.leave();
                }
                if from.code.is_of_program() {
                    let (name, value) = (self.names.name(object), self.names.brief(value));
                    let (from, to) = (self.place(Some(from)), self.place(to));
                    self.emit_transfer(Verb::Finish, name, from, to, Some(value));
                }
                self.forget(identity);
            }
            Event::Raise { at, object, exception } => self.exception(Verb::Raise, at, object, exception),
            Event::Catch { at, object, exception } => self.exception(Verb::Catch, at, object, exception),
            Event::Unwind { at, object, exception, delegated } => {
                if !delegated {
                    self.leave();
                }
                self.exception(Verb::Unwind, at, object, exception);
                if let Some(object) = object {
                    let identity = self.link(object);
                    self.forget(identity);
                }
            }
            Event::Output { at, text } => {
                let text = String::from_utf8_lossy(text).into_owned();
                // `print` writes its line in pieces; a record is a line.
                match self.unfinished.as_mut().and_then(|record| record.value.as_mut()) {
                    Some(line) => line.push_str(&text),
                    None => {
                        let from = self.place(at);
                        let record = self.record(Verb::Output, "".into());
                        self.unfinished = Some(Record { from, value: Some(text), ..record });
                    }
                }
                let value = self.unfinished.as_ref().and_then(|record| record.value.as_ref());
                if value.is_some_and(|line| line.ends_with('\n')) {
                    self.finish_line();
                }
            }
            Event::Loop { at, through, object, act } => self.looped(at, through, object, act),
        }
    }

    fn wants_time(&self) -> bool {
        self.wishes.time
    }

    fn time(&mut self, now: i64) {
        self.began.get_or_insert(now);
        self.now = now;
    }

    fn takes_output(&self) -> bool {
        !self.wishes.output_too
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

impl Recorder {
    fn exception(&mut self, verb: Verb, at: At<'_>, object: Option<&Value>, exception: &Value) {
        if !at.code.is_of_program() {
            return;
        }
        let name = match object {
            Some(object) => self.names.name(object),
            None => self.function(at.code),
        };
        let exception = self.names.brief(exception);
        let from = self.place(Some(at));
        self.emit_transfer(verb, name, from, None, Some(exception));
    }
}
