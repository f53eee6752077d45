//! From what the machine reports to records.
//!
//! What the library does among itself is not the program's story: its frames are followed, so that it is known who waits
//! for whom, but not written down. Where a frame of the program waits in one of the library's, the program's frame is what
//! suspends and is resumed. What event loops do is told in [`super::loops`].

use super::brief::short;
use super::loops::Handle;
use super::record::{Locals, Place, Record, Verb};
use super::words::{Words, number};
use crate::bytecode::{Code, instruction};
use crate::object::{CodeObject, Foreign, Generator, Instance, Value, heap};
use crate::source::Source;
use crate::vm::observer::{At, Event, Observer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::Cell;
use std::rc::Rc;

/// What is to be in the records besides.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wishes {
    /// The variables of frames that suspend.
    pub locals: bool,
    /// When it happened.
    pub time: bool,
    /// At marks in the code: the lines that control comes to, or the instructions that are carried out.
    pub grain: Grain,
    /// What the program prints goes to where it goes without a recorder, too.
    pub output_too: bool,
}

/// What is told of control at the marks of code (`Marks` of the compiler).
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Grain {
    /// Nothing: transfers between frames only.
    #[default]
    Transfers,
    /// Each line that it comes to.
    Lines,
    /// Each instruction.
    Instructions,
}

/// The stable names of generators and coroutines.
#[derive(Default)]
pub(super) struct Names {
    /// By identity, which no other object gets. The objects themselves are not kept: when they go is what is to be seen.
    known: FxHashMap<u64, Rc<str>>,
    /// How many there are of each word.
    counters: FxHashMap<Rc<str>, Rc<Counter>>,
    /// The counters for what functions make. What is known by its address must stay where it is.
    of_functions: FxHashMap<*const Code, (Rc<Code>, Rc<Counter>)>,
    /// Names that were given to tasks.
    given: FxHashSet<Rc<str>>,
    /// When so many are known, those of objects that are gone are forgotten.
    enough: usize,
    /// What is being described.
    pub(super) scratch: String,
}

/// Things that are told apart by numbers.
struct Counter {
    word: Rc<str>,
    count: Cell<u64>,
}

impl Counter {
    /// The name of one more.
    fn next(&self) -> Rc<str> {
        self.count.set(self.count.get() + 1);
        let mut name = String::with_capacity(self.word.len() + 21);
        name.push_str(&self.word);
        name.push('#');
        number(self.count.get(), &mut name);
        name.into()
    }
}

/// So many names are known at once before any is forgotten.
const FEW: usize = 1 << 12;

impl Names {
    /// The function's, and a number in order of appearance; of anything else a description.
    pub(super) fn name(&mut self, object: &Value) -> Rc<str> {
        let generator = object.get::<Generator>();
        if generator.is_none() && object.native::<Foreign>().is_none() {
            return (*self.brief(object)).into();
        }
        let identity = heap::identity(object);
        if let Some(name) = self.known.get(&identity) {
            return name.clone();
        }
        let name = match (&generator, object.get::<Foreign>(), object.get::<Instance>()) {
            (Some(generator), _, _) => match generator.code() {
                Some(code) => self.of_function(&code.code),
                None => self.numbered("generator"),
            },
            (_, Some(foreign), _) => self.numbered(foreign.class.name().trim_start_matches('_')),
            (_, _, Some(instance)) => self.numbered(instance.class().name().trim_start_matches('_')),
            _ => self.numbered("object"),
        };
        self.keep(identity, name.clone());
        name
    }

    /// Something has this name. However many there are in the course of time, no more are known than twice those that are
    /// there.
    fn keep(&mut self, identity: u64, name: Rc<str>) {
        if self.known.len() >= self.enough.max(FEW) {
            let alive = heap::identified();
            self.known.retain(|identity, _| alive.contains(identity));
            self.enough = self.known.len() * 2;
        }
        self.known.insert(identity, name);
    }

    /// The name of one more frame of a function.
    fn of_function(&mut self, code: &Rc<Code>) -> Rc<str> {
        if let Some((_, counter)) = self.of_functions.get(&Rc::as_ptr(code)) {
            return counter.next();
        }
        let counter = self.counter(short(&code.qualname)).clone();
        let name = counter.next();
        self.of_functions.insert(Rc::as_ptr(code), (code.clone(), counter));
        name
    }

    fn counter(&mut self, word: &str) -> &Rc<Counter> {
        // Asked twice, because asking for an entry needs a word that can be kept.
        if !self.counters.contains_key(word) {
            let word: Rc<str> = word.into();
            self.counters.insert(word.clone(), Rc::new(Counter { word, count: Cell::new(0) }));
        }
        &self.counters[word]
    }

    /// The word, and a number in order of appearance.
    pub(super) fn numbered(&mut self, word: &str) -> Rc<str> {
        self.counter(word).next()
    }

    /// An object has the name that the program gave it, or something like it if another has that already.
    pub(super) fn give(&mut self, object: &Value, wanted: &str) -> Rc<str> {
        let mut name: Rc<str> = wanted.into();
        while !self.given.insert(name.clone()) {
            name = self.numbered(wanted);
        }
        self.keep(heap::identity(object), name.clone());
        name
    }

    /// An object has this name.
    pub(super) fn put(&mut self, object: &Value, name: Rc<str>) {
        self.keep(heap::identity(object), name);
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

/// What files are called.
#[derive(Default)]
struct FileNames {
    /// The directory from which they are named.
    base: String,
    known: FxHashMap<*const Source, (Rc<Source>, Rc<str>)>,
}

impl FileNames {
    /// The name of a code's file: below the base, from there.
    fn name(&mut self, code: &Code) -> Rc<str> {
        let source = &code.source;
        // What is known by its address must stay where it is.
        let known = self.known.entry(Rc::as_ptr(source)).or_insert_with(|| {
            let name = source.name();
            let below = name.strip_prefix(&*self.base).and_then(|rest| rest.strip_prefix('/'));
            (source.clone(), below.filter(|_| !self.base.is_empty()).unwrap_or(name).into())
        });
        known.1.clone()
    }
}

/// What is known of a code object of the program.
struct KnownCode {
    /// What is known by its address must stay where it is.
    _code: Rc<Code>,
    /// What its function is called.
    name: Rc<str>,
    /// Where its function begins.
    begins: Place,
    /// The place of each instruction, as far as they were asked for. Not every instruction has one.
    places: Vec<Option<Option<Place>>>,
    /// What is told at each mark, as far as it was.
    marks: FxHashMap<usize, Words>,
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
    files: FileNames,
    codes: FxHashMap<*const Code, KnownCode>,
    /// A line of output that may go on, and its text so far.
    unfinished: Option<(Record, String)>,
    /// The code and the instruction of the mark that was told of last, if nothing else has happened since.
    last_mark: Option<(*const Code, usize)>,
    /// The frame that records of output are about.
    nobody: Rc<str>,
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
        let files = FileNames { base: base.to_owned(), ..FileNames::default() };
        Recorder { files, ..self }
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
        if let Some((record, text)) = self.unfinished.take() {
            self.hand_on(Record { value: Some(text.into()), ..record });
        }
    }

    fn emit_transfer(
        &mut self,
        verb: Verb,
        frame: Rc<str>,
        from: Option<Place>,
        to: Option<Place>,
        value: Option<Words>,
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

    /// What is known of a code of the program.
    fn code(&mut self, code: &CodeObject) -> &mut KnownCode {
        let files = &mut self.files;
        self.codes.entry(Rc::as_ptr(&code.code)).or_insert_with(|| KnownCode {
            _code: code.code.clone(),
            name: short(&code.code.qualname).into(),
            begins: Place::new(files.name(&code.code), code.code.first_line),
            places: vec![None; code.code.ops.len()],
            marks: FxHashMap::default(),
        })
    }

    /// The place, if it is the program's.
    pub(super) fn place(&mut self, at: Option<At<'_>>) -> Option<Place> {
        let at = at.filter(|at| at.code.is_of_program())?;
        if let Some(Some(known)) = self.code(at.code).places.get(at.index) {
            return known.clone();
        }
        let line = at.code.code.place(at.index).line;
        let place = (line > 0).then(|| Place::new(self.files.name(&at.code.code), line));
        if let Some(known) = self.code(at.code).places.get_mut(at.index) {
            *known = Some(place.clone());
        }
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
            Verb::Start => Some(self.code(to.code).begins.clone()),
            // The frame that goes on may be the library's, for which the program's waits.
            _ => self.place(Some(to)).or(waits),
        };
        let from = self.place(from);
        self.emit_transfer(verb, name.clone(), from, goes_on, value);
        self.enter(Active::Frame(name));
    }
}

/// So much of a line is shown.
const LONGEST_LINE: usize = 80;

/// What a variable holds that inner functions share.
fn behind_cell(value: Value) -> Option<Value> {
    match value.get::<crate::object::function::Cell>() {
        Some(cell) => Some(cell.content.get()).filter(|value| !value.is_undef()),
        None => Some(value),
    }
}

impl Observer for Recorder {
    fn event(&mut self, event: Event<'_>) {
        let last_mark = self.last_mark.take();
        match event {
            Event::Reach { at, object } => self.reached(at, object, last_mark),
            Event::Call { from, to, args } => {
                if self.is_made_up(to.code) || !to.code.is_of_program() {
                    return self.enter(Active::Library);
                }
                let shown = self.names.briefs(args);
                let name = self.code(to.code).name.clone();
                let begins = match from.is_some() {
                    true => self.code(to.code).begins.clone(),
                    false => Place::new(self.files.name(&to.code.code), to.code.code.place(0).line),
                };
                let from = self.place(from);
                let record = self.record(Verb::Call, name.clone());
                self.emit(Record { from, to: Some(begins), arguments: Some(shown), ..record });
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
                let to = self.names.name(to).into();
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
                let text = String::from_utf8_lossy(text);
                // `print` writes its line in pieces; a record is a line.
                if let Some((_, line)) = &mut self.unfinished {
                    line.push_str(&text);
                } else {
                    let from = self.place(at);
                    let record = self.record(Verb::Output, self.nobody.clone());
                    self.unfinished = Some((Record { from, ..record }, text.into_owned()));
                }
                if self.unfinished.as_ref().is_some_and(|(_, line)| line.ends_with('\n')) {
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
    /// What the library makes up and runs is its own, though it does not stand in its files.
    fn is_made_up(&self, code: &CodeObject) -> bool {
        self.active.last() == Some(&Active::Library) && code.code.source.name() == "<string>"
    }

    /// Control is at a mark.
    fn reached(&mut self, at: At<'_>, object: Option<&Value>, last: Option<(*const Code, usize)>) {
        if self.wishes.grain == Grain::Transfers || !at.code.is_of_program() || self.is_made_up(at.code) {
            return;
        }
        let (code, lines) = (&at.code.code, self.wishes.grain == Grain::Lines);
        let this = (Rc::as_ptr(code), at.index);
        self.last_mark = Some(this);
        // Jumps within a line are no news, unless they lead back.
        if lines
            && let Some((last_code, last_index)) = last
            && last_code == this.0
            && last_index < at.index
            && code.place(last_index).line == code.place(at.index).line
        {
            return;
        }
        let name = match object {
            Some(object) => self.names.name(object),
            None => self.code(at.code).name.clone(),
        };
        let from = self.place(Some(at));
        let value = self.code(at.code).marks.entry(at.index).or_insert_with(|| {
            if !lines {
                return instruction(code, at.index).into();
            }
            let text = code.source.line(code.place(at.index).line).unwrap_or_default().trim();
            match text.char_indices().nth(LONGEST_LINE) {
                Some((cut, _)) => format!("{}...", &text[..cut]).into(),
                None => text.into(),
            }
        });
        let value = Some(value.clone());
        let verb = if lines { Verb::Line } else { Verb::Opcode };
        self.emit_transfer(verb, name, from, None, value);
    }

    fn exception(&mut self, verb: Verb, at: At<'_>, object: Option<&Value>, exception: &Value) {
        if !at.code.is_of_program() {
            return;
        }
        let name = match object {
            Some(object) => self.names.name(object),
            None => self.code(at.code).name.clone(),
        };
        let exception = self.names.brief(exception);
        let from = self.place(Some(at));
        self.emit_transfer(verb, name, from, None, Some(exception));
    }
}
