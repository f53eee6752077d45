//! From what the machine reports to records.
//!
//! What the library does among itself is not the program's story: its frames are followed, so that it is known who waits
//! for whom, but not written down. Where a frame of the program waits in one of the library's, the program's frame is what
//! suspends and is resumed.

use super::brief::short;
use super::record::{Locals, Place, Record, Verb};
use crate::object::{CodeObject, Generator, Value, heap};
use crate::source::Source;
use crate::vm::observer::{At, Event, Observer};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::time::Instant;

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
}

impl Names {
    /// The function's, and a number in order of appearance; of anything else a description.
    pub(super) fn name(&mut self, object: &Value) -> Rc<str> {
        let Some(generator) = object.get::<Generator>() else { return self.brief(object).into() };
        let identity = heap::identity(object);
        if let Some(name) = self.known.get(&identity) {
            return name.clone();
        }
        let function =
            generator.code().map_or_else(|| "generator".to_owned(), |code| short(&code.code.qualname).to_owned());
        let count = self.counts.entry(function.clone()).or_insert(0);
        *count += 1;
        let name: Rc<str> = format!("{function}#{count}").into();
        self.known.insert(identity, name.clone());
        name
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

/// An observer that writes down what it sees.
#[derive(Default)]
pub struct Recorder {
    names: Names,
    wishes: Wishes,
    began: Option<Instant>,
    /// Whose turn it is, outermost first; nothing for a frame of the library.
    active: Vec<Option<Rc<str>>>,
    depth: usize,
    links: FxHashMap<u64, Link>,
    count: u64,
    /// The directory from which files are named.
    base: String,
    files: FxHashMap<*const Source, Rc<str>>,
    sources: Vec<Rc<Source>>,
    records: Vec<Record>,
    /// Where each record goes at once, in place of being kept.
    sink: Option<Box<dyn FnMut(Record)>>,
}

impl Recorder {
    /// A recorder that keeps its records.
    pub fn new(wishes: Wishes) -> Recorder {
        Recorder { wishes, began: wishes.time.then(Instant::now), ..Recorder::default() }
    }

    /// A recorder that hands each record on at once. What a program prints in pieces comes in pieces then.
    pub fn streaming(wishes: Wishes, sink: Box<dyn FnMut(Record)>) -> Recorder {
        Recorder { sink: Some(sink), ..Recorder::new(wishes) }
    }

    /// The same, naming the files below a directory from there.
    pub fn from_directory(self, base: &str) -> Recorder {
        Recorder { base: base.to_owned(), ..self }
    }

    /// What was recorded so far, taken out.
    pub fn take_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.records)
    }

    /// What an observer of the machine recorded, if it is a recorder.
    pub fn records_of(observer: Option<Box<dyn Observer>>) -> Vec<Record> {
        let records =
            observer.and_then(|mut observer| Some(observer.as_any().downcast_mut::<Recorder>()?.take_records()));
        records.unwrap_or_default()
    }

    fn emit(&mut self, verb: Verb, frame: Rc<str>, from: Option<Place>, to: Option<Place>, value: Option<String>) {
        self.emit_with(verb, frame, from, to, value, None, None);
    }

    #[allow(clippy::too_many_arguments)]
    fn emit_with(
        &mut self,
        verb: Verb,
        frame: Rc<str>,
        from: Option<Place>,
        to: Option<Place>,
        value: Option<String>,
        arguments: Option<String>,
        locals: Option<Locals>,
    ) {
        self.count += 1;
        let by = self.active.iter().rev().flatten().next().cloned();
        let time = self.began.map(|began| began.elapsed().as_micros() as u64);
        let record =
            Record { number: self.count, verb, depth: self.depth, from, to, by, frame, arguments, value, locals, time };
        match &mut self.sink {
            Some(sink) => sink(record),
            None => self.records.push(record),
        }
    }

    fn enter(&mut self, frame: Option<Rc<str>>) {
        self.depth += frame.is_some() as usize;
        self.active.push(frame);
    }

    fn leave(&mut self) {
        if let Some(Some(_)) = self.active.pop() {
            self.depth = self.depth.saturating_sub(1);
        }
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
    fn place(&mut self, at: Option<At<'_>>) -> Option<Place> {
        let at = at.filter(|at| is_program(at.code))?;
        let line = at.code.code.place(at.index).line;
        (line > 0).then(|| Place { file: self.file(at.code), line })
    }

    /// The link of a generator, with whether its own frame is the program's.
    fn link(&mut self, object: &Value) -> u64 {
        let identity = heap::identity(object);
        if !self.links.contains_key(&identity) {
            let ours =
                object.get::<Generator>().and_then(|generator| generator.code().map(is_program)).unwrap_or(false);
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
        let Some((name, waits)) = self.first_shown(outermost, |link| link.to) else { return self.enter(None) };
        let value = value.map(|value| self.names.brief(value));
        let goes_on = match verb {
            Verb::Start => Some(Place { file: self.file(to.code), line: to.code.code.first_line }),
            // The frame that goes on may be the library's, for which the program's waits.
            _ => self.place(Some(to)).or(waits),
        };
        let from = self.place(from);
        self.emit(verb, name.clone(), from, goes_on, value);
        self.enter(Some(name));
    }
}

/// What a variable holds that inner functions share.
fn behind_cell(value: Value) -> Option<Value> {
    match value.get::<crate::object::function::Cell>() {
        Some(cell) => Some(cell.content.get()).filter(|value| !value.is_undef()),
        None => Some(value),
    }
}

/// Is it code of the program, not of the library?
fn is_program(code: &crate::object::Ref<CodeObject>) -> bool {
    !code.hidden && !code.code.source.name().starts_with("<frozen ")
}

impl Observer for Recorder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Call { from, to, args } => {
                // What the library makes up and runs is its own, though it does not stand in its files.
                let made_up = self.active.last() == Some(&None) && to.code.code.source.name() == "<string>";
                if made_up || !is_program(to.code) {
                    return self.enter(None);
                }
                let shown: Vec<String> = args.iter().map(|arg| self.names.brief(arg)).collect();
                let name: Rc<str> = short(&to.code.code.qualname).into();
                let line = if from.is_some() { to.code.code.first_line } else { to.code.code.place(0).line };
                let defined = Some(Place { file: self.file(to.code), line });
                let from = self.place(from);
                self.emit_with(Verb::Call, name.clone(), from, defined, None, Some(shown.join(", ")), None);
                self.enter(Some(name));
            }
            Event::Return { from, to, value } => {
                let ours = self.active.last().cloned().flatten();
                self.leave();
                if let Some(name) = ours {
                    let value = self.names.brief(value);
                    let (from, to) = (self.place(Some(from)), self.place(to));
                    self.emit(Verb::Return, name, from, to, Some(value));
                }
            }
            Event::Create { from, object } => {
                let ours = object.get::<Generator>().and_then(|generator| generator.code().map(is_program));
                if ours == Some(true) {
                    let name = self.names.name(object);
                    let from = self.place(Some(from));
                    self.emit(Verb::Create, name, from, None, None);
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
                let locals = if is_program(from.code) { self.locals_of(object) } else { None };
                let (from, to) = (self.place(Some(from)).or(waits), self.place(to));
                self.emit_with(Verb::Yield, name, from, to, Some(value), None, locals);
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
                let ours = is_program(from.code);
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
                self.emit_with(Verb::Delegate, name, at.or(waits), None, Some(to), None, locals);
            }
            Event::Finish { from, to, object, value, delegated } => {
                let identity = self.link(object);
                if !delegated {
                    self.leave();
                }
                if is_program(from.code) {
                    let (name, value) = (self.names.name(object), self.names.brief(value));
                    let (from, to) = (self.place(Some(from)), self.place(to));
                    self.emit(Verb::Finish, name, from, to, Some(value));
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
                if let Some(last) = self.records.last_mut().filter(|last| last.verb == Verb::Output)
                    && let Some(line) = last.value.as_mut().filter(|line| !line.ends_with('\n'))
                {
                    line.push_str(&text);
                    return;
                }
                let from = self.place(at);
                self.emit(Verb::Output, "".into(), from, None, Some(text));
            }
        }
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
        if !is_program(at.code) {
            return;
        }
        let name = match object {
            Some(object) => self.names.name(object),
            None => short(&at.code.code.qualname).into(),
        };
        let exception = self.names.brief(exception);
        let from = self.place(Some(at));
        self.emit(verb, name, from, None, Some(exception));
    }
}
