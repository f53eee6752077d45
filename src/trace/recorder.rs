//! Writes down what the machine reports.
//!
//! All that is done while the program runs is done here: it is little, because a program that is watched should not take much
//! longer. What it means is found out by the [`Teller`], when and where somebody wants to know.

use super::brief::short;
use super::record::Record;
use super::recording::{Ink, NUMBERED, Tag};
use super::teller::Teller;
use super::vocabulary::Vocabulary;
use crate::bytecode::{Code, CodeKind, Parameters, instruction};
use crate::object::{CodeObject, Foreign, Function, Generator, Method, Ref, Value, identity};
use crate::source::Source;
use crate::vm::observer::{Act, At, Event, Observer, Passage, Transfer, spread};
use crate::vm::pad::{self, Ends, Noted, Pad};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// What is to be in the recording besides.
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
    /// Somebody looks on: what there is is handed on whenever the program waits.
    pub live: bool,
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

/// So many bytes are handed on at once.
const FULL: usize = 1 << 17;

/// After so many bytes it is told which objects are still there, and after so many more for each that is.
const SURVEY: usize = 1 << 23;
const SURVEY_EACH: usize = 1 << 7;

/// The numbers of so many codes are at hand: a power of two.
const RECENT: usize = 64;

/// A transfer that is told of.
#[derive(Clone, Copy)]
struct Told<'a> {
    what: Transfer,
    from: Option<At<'a>>,
    to: Option<At<'a>>,
    /// The generator that it is of, if it is of one.
    object: Option<&'a Value>,
}

/// So much of a line is shown.
const LONGEST_LINE: usize = 80;

/// Takes a part of a recording, of whole entries; and does the program wait now, or is it about to say something elsewhere?
/// Gives something in which the next can be written, whatever it has in it: one that was written, mostly.
pub type Sink = Box<dyn FnMut(Vec<u8>, bool) -> Vec<u8>>;

/// An observer that writes down what it sees.
pub struct Recorder {
    pub(super) ink: Ink,
    wishes: Wishes,
    /// When it began, in nanoseconds.
    began: Option<i64>,
    files: FileNames,
    /// The numbers of the codes that were introduced. What is known by its address must stay where it is.
    codes: FxHashMap<*const Code, (usize, Rc<Code>)>,
    /// Those that were asked for lately, each where its address says.
    recent: [(*const Code, usize); RECENT],
    /// The numbers of transfers, from 0.
    transfers: FxHashMap<Passage, u16>,
    /// By which objects are called.
    pub(super) words: Vocabulary,
    /// Those that were introduced since the last event, with the numbers they have in the recording.
    new_words: Vec<(u32, u32)>,
    /// The marks whose texts are told.
    marks: FxHashSet<(usize, usize)>,
    /// What is to be written until objects are looked through again.
    until_survey: usize,
    /// When so much is written, it is handed on.
    due: usize,
    /// Where each part goes at once, in place of being kept.
    sink: Option<Sink>,
    /// In which the part after this is written.
    spare: Vec<u8>,
}

impl Default for Recorder {
    fn default() -> Recorder {
        Recorder::new(Wishes::default())
    }
}

impl Recorder {
    /// A recorder that keeps its recording.
    pub fn new(wishes: Wishes) -> Recorder {
        identity::note_gone(true);
        Recorder {
            ink: Ink::default(),
            wishes,
            began: None,
            files: FileNames::default(),
            codes: FxHashMap::default(),
            recent: [(std::ptr::null(), 0); RECENT],
            transfers: FxHashMap::default(),
            words: Vocabulary::default(),
            new_words: Vec::new(),
            marks: FxHashSet::default(),
            until_survey: SURVEY,
            due: FULL,
            sink: None,
            spare: Vec::new(),
        }
    }

    /// A recorder that hands on each part of the recording as soon as it is long enough.
    pub fn streaming(wishes: Wishes, sink: Sink) -> Recorder {
        let mut recorder = Recorder::new(wishes);
        recorder.sink = Some(sink);
        recorder
    }

    /// The same, naming the files below a directory from there.
    pub fn from_directory(self, base: &str) -> Recorder {
        let mut recorder = self;
        recorder.files = FileNames { base: base.to_owned(), ..FileNames::default() };
        recorder
    }

    /// What was recorded so far, as far as it was not handed on, taken out.
    pub fn take_recording(&mut self) -> Vec<u8> {
        self.write_gone();
        self.due = FULL;
        self.ink.take(Vec::new())
    }

    /// The same, and that was all.
    fn end(&mut self) -> Vec<u8> {
        self.write_gone();
        self.begin(Tag::Over);
        self.take_recording()
    }

    /// What an observer of the machine recorded, if it is a recorder that keeps its recording, told.
    pub fn records_of(observer: Option<Box<dyn Observer>>) -> Vec<Record> {
        Teller::all(&Recorder::recording_of(observer))
    }

    /// The same, as it was written down; of one that hands its recording on, the end.
    pub fn recording_of(observer: Option<Box<dyn Observer>>) -> Vec<u8> {
        let recording = observer.and_then(|mut observer| Some(observer.as_any().downcast_mut::<Recorder>()?.end()));
        recording.unwrap_or_default()
    }

    /// The number of a code.
    #[inline]
    pub(super) fn code(&mut self, code: &CodeObject) -> usize {
        let address = Rc::as_ptr(&code.code);
        // Neighbours lie farther apart than this, as a code is longer; how far depends on the allocator.
        let place = (spread(address as u64 >> 6) >> (u64::BITS - RECENT.ilog2())) as usize;
        match self.recent[place] {
            (known, number) if known == address => number,
            _ => self.find_code(code, place),
        }
    }

    #[inline(never)]
    fn find_code(&mut self, code: &CodeObject, place: usize) -> usize {
        let address = Rc::as_ptr(&code.code);
        let number = match self.codes.get(&address) {
            Some((number, _)) => *number,
            None => self.introduce(code),
        };
        self.recent[place] = (address, number);
        number
    }

    /// Says which code has the next number.
    fn introduce(&mut self, object: &CodeObject) -> usize {
        let code = &object.code;
        let number = self.codes.len();
        self.codes.insert(Rc::as_ptr(code), (number, code.clone()));
        let mut ink = Ink::default();
        ink.begin(Tag::Code);
        ink.flag(object.is_of_program());
        // What the library makes up and runs is its own, though it does not stand in its files.
        ink.flag(code.source.name() == "<string>");
        let of_class = if code.kind == CodeKind::Class { "class " } else { "" };
        ink.text(short(&format!("{of_class}{}", code.qualname)));
        ink.text(&self.files.name(code));
        let Parameters { positional, kwonly, varargs, varkw, .. } = code.parameters;
        ink.number(u64::from(positional));
        ink.number(u64::from(kwonly));
        code.locals[positional as usize..][..kwonly as usize].iter().for_each(|name| ink.text(name));
        ink.flag(varargs);
        ink.flag(varkw);
        ink.number(u64::from(code.first_line));
        ink.number(code.ops.len() as u64);
        for index in 0..code.ops.len() {
            ink.number(u64::from(code.place(index).line));
        }
        // It may be asked for in the middle of an entry, and stands before that.
        self.ink.before(&ink);
        number
    }

    /// An object that is told from others by a number behind this word.
    #[inline]
    pub(super) fn named(&mut self, number: u32, word: u32) {
        let word = match self.words.known(word) {
            Some(word) => word,
            None => self.introduce_word(word),
        };
        self.ink.named(number, word);
    }

    #[inline(never)]
    fn introduce_word(&mut self, word: u32) -> u32 {
        let mut ink = Ink::default();
        ink.begin(Tag::Word);
        ink.text(&identity::word(word));
        // It may be asked for in the middle of an entry, and stands before that.
        self.ink.before(&ink);
        let number = self.words.introduce(word);
        self.new_words.push((word, number));
        number
    }

    fn at(&mut self, at: Option<At<'_>>) {
        match at {
            Some(at) => {
                let code = self.code(at.code);
                self.ink.numbers(code as u64 + 1, at.index as u64);
            }
            None => self.ink.number(0),
        }
    }

    fn begin(&mut self, tag: Tag) {
        self.ink.begin(tag);
    }

    /// A new entry: control goes from one place to another. `ends`: what may be noted of it from now on, if anything may. It is
    /// written as it would be noted, so that both are the same bytes.
    fn transfer(&mut self, pad: &mut Pad, told: Told<'_>, ends: Option<Ends>, values: &[Value]) {
        let (passage, number, whom) = self.introduced(pad, &told);
        let ends = ends.filter(|_| !self.wishes.time);
        let noted = ends.map_or(Noted::Not, |ends| {
            pad.expect(passage, number, ends);
            pad.note_all(passage, whom, values)
        });
        if noted == Noted::Not {
            self.ink.notes(&[pad::of(number, whom)]);
        }
        self.ink.notes(pad.take());
        if noted != Noted::Whole {
            self.named_transfer(number, values);
        }
    }

    /// The same of a generator that delegates to the one with this number.
    fn delegation(&mut self, pad: &mut Pad, told: Told<'_>, delegate: u32) {
        let (passage, number, whom) = self.introduced(pad, &told);
        if !self.wishes.time {
            pad.expect(passage, number, Ends::Delegate);
        }
        if pad.note_delegation(passage, whom, delegate) == Noted::Not {
            self.ink.notes(&[pad::of(number, whom), pad::delegation(number, delegate)]);
        }
        self.ink.notes(pad.take());
    }

    /// A transfer, the number by which it is introduced unless it was, and of which generator it is.
    fn introduced(&mut self, pad: &mut Pad, told: &Told<'_>) -> (Passage, u16, u32) {
        let op = |at: Option<At<'_>>| at.map_or(std::ptr::null(), |at| at.op());
        let passage = Passage::of(told.what, op(told.from), op(told.to));
        let number = pad.number(passage).unwrap_or_else(|| self.number_of(passage, told, pad));
        (passage, number, told.object.map_or(0, number_of_generator))
    }

    fn named_transfer(&mut self, number: u16, values: &[Value]) {
        self.begin(Tag::Again);
        self.ink.word(u64::from(number), if values.is_empty() { 7 } else { 2 });
        values.iter().for_each(|value| self.value(value));
    }

    /// Objects that are called by words which were introduced may be noted from now on.
    fn expect_words(&mut self, pad: &mut Pad) {
        self.new_words.drain(..).filter(|_| !self.wishes.time).for_each(|(word, number)| pad.expect_word(word, number));
    }

    #[inline(never)]
    fn number_of(&mut self, passage: Passage, told: &Told<'_>, pad: &mut Pad) -> u16 {
        if let Some(number) = self.transfers.get(&passage) {
            return *number;
        }
        if self.transfers.len() == NUMBERED {
            self.transfers.clear();
            pad.forget();
        }
        self.begin(Tag::Head);
        self.ink.byte(Tag::of_transfer(told.what) as u8);
        self.at(told.from);
        self.at(told.to);
        let number = self.transfers.len() as u16;
        self.transfers.insert(passage, number);
        number
    }

    /// What the variables of a suspended frame hold, if that is wished for.
    fn locals(&mut self, from: At<'_>, object: &Value) {
        let generator = object.get::<Generator>().filter(|_| self.wishes.locals && from.code.is_of_program());
        let Some(code) = generator.as_ref().and_then(|generator| generator.code().cloned()) else {
            return self.ink.flag(false);
        };
        let Some(generator) = generator else { return };
        let mut locals = Vec::new();
        for (index, name) in code.code.locals.iter().enumerate() {
            if let Some(value) = generator.value_at(index).and_then(behind_cell)
                && !name.starts_with('.')
            {
                locals.push((name, value));
            }
        }
        self.ink.flag(true);
        self.ink.number(locals.len() as u64);
        for (name, value) in locals {
            self.ink.text(name);
            self.value(&value);
        }
    }

    fn exception(&mut self, tag: Tag, at: At<'_>, object: Option<&Value>, exception: &Value) {
        self.begin(tag);
        self.at(Some(at));
        self.maybe(object);
        self.value(exception);
    }

    /// The generator that something happens in, if it is one.
    fn maybe(&mut self, object: Option<&Value>) {
        self.ink.flag(object.is_some());
        if let Some(object) = object {
            self.object(object);
        }
    }

    /// Control is at a mark.
    fn reached(&mut self, at: At<'_>, object: Option<&Value>) {
        let number = self.code(at.code);
        if self.marks.insert((number, at.index)) {
            let code = &at.code.code;
            let text = if self.wishes.grain == Grain::Instructions {
                instruction(code, at.index + 1)
            } else {
                let text = code.source.line(code.place(at.index).line).unwrap_or_default().trim();
                match text.char_indices().nth(LONGEST_LINE) {
                    Some((cut, _)) => format!("{}...", &text[..cut]),
                    None => text.to_owned(),
                }
            };
            self.begin(Tag::Mark);
            self.ink.number(number as u64);
            self.ink.number(at.index as u64);
            self.ink.text(&text);
        }
        self.begin(Tag::Reach);
        self.ink.flag(self.wishes.grain == Grain::Lines);
        self.at(Some(at));
        self.maybe(object);
    }

    fn looped(&mut self, at: Option<At<'_>>, through: Option<At<'_>>, object: &Value, act: Act<'_>) {
        self.begin(Tag::of_act(&act));
        self.object(object);
        match act {
            Act::Step | Act::StepOver | Act::Pause | Act::Cancelled | Act::Run | Act::RunOver => {}
            Act::Make { coroutine, name } => {
                self.at(at);
                self.ink.flag(is_of_program(coroutine));
                self.object(coroutine);
                self.ink.text(name);
            }
            Act::Wait { future: value } | Act::Done { result: value } | Act::Fail { exception: value } => {
                self.value(value);
            }
            Act::Wake { future } => {
                self.at(at);
                self.value(future);
            }
            Act::Queue { callback, args } => {
                self.at(at);
                let by_library = through.is_some() || at.is_none() || is_private_to_asyncio(callback);
                self.ink.flag(by_library && !is_of_program(callback));
                self.values(args);
                self.value(callback);
            }
            Act::Arm { callback, args, delay } => {
                self.at(at);
                // What the library has called on behalf of the program is its own business; what it is for is not.
                let library = through.filter(|_| !is_of_program(callback));
                match library {
                    Some(at) => self.ink.text(short(&at.code.code.qualname)),
                    None => self.ink.text(
                        callback.native::<Foreign>().and_then(|foreign| foreign.object().word()).unwrap_or_default(),
                    ),
                }
                self.values(args);
                self.value(callback);
                self.ink.text(&crate::text::float::repr(delay));
            }
            Act::Watch { fd, writing } => {
                self.at(at);
                self.ink.text(&fd.to_string());
                self.ink.flag(writing);
            }
            Act::Cancel | Act::Fire | Act::Disarm | Act::Unwatch | Act::Ready => self.at(at),
        }
    }

    /// An entry is about to be written; there may be enough before it to be handed on. What is written in a few instructions
    /// goes on without asking as long as there is room.
    #[inline]
    fn make_room(&mut self) {
        if self.ink.len() >= self.due {
            self.hand_on();
        }
    }

    #[cold]
    fn hand_on(&mut self) {
        self.until_survey = self.until_survey.saturating_sub(FULL);
        if self.until_survey == 0 {
            let mut alive: Vec<u32> = identity::numbered().collect();
            alive.sort_unstable();
            // What a derived class wraps has the number of its instance.
            alive.dedup();
            self.until_survey = SURVEY.max(alive.len() * SURVEY_EACH);
            self.begin(Tag::Alive);
            self.ink.number(alive.len() as u64);
            alive.into_iter().for_each(|number| self.ink.number(u64::from(number)));
        }
        self.send(false);
        self.due = self.ink.len() + FULL;
    }

    /// Hand on what is written, if anybody takes it.
    fn send(&mut self, waits: bool) {
        if let Some(sink) = &mut self.sink {
            let part = self.ink.take(std::mem::take(&mut self.spare));
            self.spare = sink(part, waits);
        }
    }

    /// Frames that went unfinished since the last event.
    #[inline]
    fn write_gone(&mut self) {
        if identity::any_gone() {
            self.write_all_gone();
        }
    }

    #[cold]
    fn write_all_gone(&mut self) {
        for number in identity::take_gone() {
            self.begin(Tag::Drop);
            self.ink.number(u64::from(number));
        }
    }

    fn write(&mut self, event: Event<'_>, pad: &mut Pad) {
        use std::slice::from_ref;
        match event {
            Event::Call { from, to, args } => {
                let (ends, args) =
                    if to.code.is_of_program() { (Ends::Values, args) } else { (Ends::Nothing, &[][..]) };
                self.transfer(pad, Told { what: Transfer::Call, from, to: Some(to), object: None }, Some(ends), args);
            }
            Event::Return { from, to, value } => {
                let (ends, value) = match from.code.is_of_program() {
                    false => (Some(Ends::Nothing), None),
                    // What the body of a class gives is nobody's business.
                    true if from.code.code.kind == CodeKind::Class => (None, Some(&Value::NONE)),
                    true => (Some(Ends::Values), Some(value)),
                };
                let told = Told { what: Transfer::Return, from: Some(from), to, object: None };
                self.transfer(pad, told, ends, value.map(from_ref).unwrap_or_default());
            }
            Event::Create { from, object } => {
                if let Some(code) = generator(object).as_ref().and_then(|object| object.code()) {
                    let to = At { code, index: 0 };
                    let told = Told { what: Transfer::Create, from: Some(from), to: Some(to), object: Some(object) };
                    self.transfer(pad, told, Some(Ends::Nothing), &[]);
                } else {
                    self.begin(Tag::Create);
                    self.at(Some(from));
                    self.object(object);
                }
            }
            Event::Resume { from, to, object, value, started } => {
                let what = if started { Transfer::Resume } else { Transfer::Start };
                // Of one that delegates the place is another's.
                if is_of(object, to.code) {
                    let told = Told { what, from, to: Some(to), object: Some(object) };
                    self.transfer(pad, told, Some(Ends::Values), from_ref(value));
                } else {
                    self.begin(Tag::of_transfer(what));
                    self.at(from);
                    self.at(Some(to));
                    self.object(object);
                    self.value(value);
                }
            }
            Event::Throw { from, to, object, exception } => {
                self.begin(Tag::Throw);
                self.at(from);
                self.at(Some(to));
                self.object(object);
                self.value(exception);
            }
            Event::Yield { from, to, object, value } => {
                if self.wishes.locals {
                    self.begin(Tag::Yield);
                    self.at(Some(from));
                    self.at(to);
                    self.object(object);
                    self.value(value);
                    self.locals(from, object);
                } else {
                    let told = Told { what: Transfer::Yield, from: Some(from), to, object: Some(object) };
                    self.transfer(pad, told, Some(Ends::Values), from_ref(value));
                }
            }
            Event::Fold { from, to, object, value } if self.wishes.locals => {
                self.write(Event::Yield { from, to, object, value }, pad);
                self.write(Event::Resume { from: to, to: from, object, value: &Value::NONE, started: true }, pad);
            }
            Event::Fold { from, to, object, value } => {
                let told = Told { what: Transfer::Fold, from: Some(from), to, object: Some(object) };
                self.transfer(pad, told, Some(Ends::Values), from_ref(value));
            }
            Event::Round { at, by, object, value } if self.wishes.locals => {
                self.write(Event::Resume { from: by, to: at, object, value: &Value::NONE, started: true }, pad);
                self.write(Event::Yield { from: at, to: by, object, value }, pad);
            }
            Event::Round { at, by, object, value } => {
                let told = Told { what: Transfer::Round, from: Some(at), to: by, object: Some(object) };
                self.transfer(pad, told, Some(Ends::Values), from_ref(value));
            }
            Event::Delegate { from, object, to } => {
                let delegate = generator(to).filter(|_| !self.wishes.locals);
                if let Some(code) = delegate.as_ref().and_then(|delegate| delegate.code()) {
                    let start = Some(At { code, index: 0 });
                    let told = Told { what: Transfer::Delegate, from: Some(from), to: start, object: Some(object) };
                    self.delegation(pad, told, number_of_generator(to));
                } else {
                    self.begin(Tag::Delegate);
                    self.at(Some(from));
                    self.object(object);
                    self.object(to);
                    self.locals(from, object);
                }
            }
            Event::Finish { from, to, object, value, delegated } => {
                let what = if delegated { Transfer::HandOver } else { Transfer::Finish };
                let (ends, values) = match from.code.is_of_program() {
                    true => (Ends::Values, from_ref(value)),
                    false => (Ends::Nothing, &[][..]),
                };
                self.transfer(pad, Told { what, from: Some(from), to, object: Some(object) }, Some(ends), values);
            }
            Event::Raise { at, object, exception } => self.exception(Tag::Raise, at, object, exception),
            Event::Catch { at, object, exception, on_its_way } => {
                let tag = if on_its_way { Tag::Pass } else { Tag::Catch };
                self.exception(tag, at, object, exception);
            }
            Event::Unwind { at, object, exception, delegated } => {
                self.exception(Tag::Unwind, at, object, exception);
                self.ink.flag(delegated);
            }
            Event::Reach { at, object, is_line, is_instruction } => {
                let wanted = match self.wishes.grain {
                    Grain::Transfers => false,
                    Grain::Lines => is_line,
                    Grain::Instructions => is_instruction,
                };
                if wanted && at.code.is_of_program() {
                    self.reached(at, object);
                }
            }
            Event::Output { at, text } => {
                self.begin(Tag::Output);
                self.at(at);
                self.ink.raw(text);
            }
            Event::Spawn { at, thread } => {
                self.begin(Tag::Spawn);
                self.at(at);
                self.ink.number(thread.unsigned_abs());
            }
            Event::End { thread } => {
                self.begin(Tag::End);
                self.ink.number(thread.unsigned_abs());
            }
            Event::Loop { object, act, .. } if act.bare().is_some_and(|act| pad.note_act(act, object)) => {
                self.ink.notes(pad.take());
            }
            Event::Loop { at, through, object, act } => self.looped(at, through, object, act),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        identity::note_gone(false);
    }
}

impl Observer for Recorder {
    fn event(&mut self, event: Event<'_>, pad: &mut Pad) {
        self.make_room();
        self.write_gone();
        self.write(event, pad);
        self.expect_words(pad);
    }

    fn noted(&mut self, notes: &[u64]) {
        self.make_room();
        self.ink.notes(notes);
    }

    fn again(&mut self, number: u16, values: &[Value], pad: &mut Pad) {
        self.make_room();
        self.named_transfer(number, values);
        self.expect_words(pad);
    }

    fn can_wait(&self) -> bool {
        !self.wishes.time
    }

    fn wants_time(&self) -> bool {
        self.wishes.time
    }

    fn time(&mut self, now: i64) {
        let began = *self.began.get_or_insert(now);
        self.begin(Tag::Time);
        self.ink.number(now.saturating_sub(began) as u64 / 1000);
    }

    fn takes_output(&self) -> bool {
        !self.wishes.output_too
    }

    fn thread(&mut self, number: i64) {
        self.begin(Tag::Thread);
        self.ink.number(number.unsigned_abs());
    }

    fn pause(&mut self) {
        if self.wishes.live {
            self.send(true);
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

/// By what a generator is told from others.
fn number_of_generator(object: &Value) -> u32 {
    object.get::<Generator>().map_or(0, |generator| generator.number.get())
}

/// Is it a generator of this code?
#[inline(always)]
fn is_of(object: &Value, code: &Ref<CodeObject>) -> bool {
    object.get::<Generator>().and_then(|generator| Some(generator.code()?.is(code))).unwrap_or(false)
}

fn generator(object: &Value) -> Option<Ref<Generator>> {
    object.to_ref::<Generator>()
}

/// What a variable holds that inner functions share.
fn behind_cell(value: Value) -> Option<Value> {
    match value.get::<crate::object::function::Cell>() {
        Some(cell) => Some(cell.content.get()).filter(|value| !value.is_undef()),
        None => Some(value),
    }
}

/// Is it code of the program: a function, a method, a coroutine?
fn is_of_program(object: &Value) -> bool {
    if let Some(generator) = object.get::<Generator>() {
        return generator.code().is_some_and(|code| code.is_of_program());
    }
    with_code(object, |code| code.is_of_program())
}

/// Is it a function that asyncio has for itself, which a native may have called on its behalf?
fn is_private_to_asyncio(object: &Value) -> bool {
    with_code(object, |code| {
        short(&code.code.qualname).starts_with('_') && code.code.source.name().starts_with("<frozen asyncio")
    })
}

/// Does this hold of the code of a function, or a method's?
fn with_code(object: &Value, holds: impl FnOnce(&CodeObject) -> bool) -> bool {
    match object.get::<Method>() {
        Some(method) => method.function.get::<Function>().is_some_and(|function| holds(function.code())),
        None => object.get::<Function>().is_some_and(|function| holds(function.code())),
    }
}
