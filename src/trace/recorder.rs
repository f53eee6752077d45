//! Writes down what the machine reports.
//!
//! All that is done while the program runs is done here: it is little, because a program that is watched should not take much
//! longer. What it means is found out by the [`Teller`], when and where somebody wants to know.

use super::brief::{briefly, short};
use super::record::Record;
use super::recording::{Beginning, Ink, NUMBERED, Piece, Tag, known_as, step};
use super::teller::Teller;
use super::vocabulary::Vocabulary;
use crate::bytecode::{Code, CodeKind, Parameters, instruction};
use crate::object::{CodeObject, Foreign, Function, Generator, Method, Ref, Value, identity};
use crate::source::Source;
use crate::vm::observer::{Act, At, Event, Observer, Passage, Transfer, spread};
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
const FULL: usize = 1 << 16;

/// After so many bytes it is told which objects are still there, and after so many more for each that is.
const SURVEY: usize = 1 << 22;
const SURVEY_EACH: usize = 1 << 6;

/// The numbers of so many codes are at hand: a power of two.
const RECENT: usize = 64;

/// Of so many transfers the numbers are at hand: a power of two.
const LATELY: usize = 1 << 9;

/// Where a transfer that happened lately is.
#[inline(always)]
fn place(passage: Passage) -> usize {
    (passage.spread() >> (u64::BITS - LATELY.ilog2())) as usize
}

/// A transfer that has a number. Codes whose instructions are known by their addresses stay where they are, as they are numbered.
#[derive(Clone, Copy)]
struct Known {
    passage: Passage,
    begins: Beginning,
    says: Says,
    number: u32,
    /// The number of the generator that it was of last.
    whom: u32,
}

impl Known {
    const NONE: Known = Known { passage: Passage::NONE, begins: Beginning::NONE, says: Says::More, number: 0, whom: 0 };
}

/// What an entry of a transfer ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Value,
    /// The generator that is delegated to.
    Delegate,
    /// That depends: it is to be told of as an [`Event`].
    More,
}

/// So much of a line is shown.
const LONGEST_LINE: usize = 80;

/// Takes a part of a recording, of whole entries; and does the program wait now, or is it about to say something elsewhere?
pub type Sink = Box<dyn FnMut(Vec<u8>, bool)>;

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
    /// The numbers of transfers, from 0, and the generators they were of last, each where its number says.
    transfers: FxHashMap<Passage, u32>,
    whoms: Vec<u32>,
    /// Those that happened lately; of these the generator stands here.
    lately: Box<[Known; LATELY]>,
    /// By which objects are called.
    pub(super) words: Vocabulary,
    /// The marks whose texts are told.
    marks: FxHashSet<(usize, usize)>,
    /// What is to be written until objects are looked through again.
    until_survey: usize,
    /// When so much is written, it is handed on.
    due: usize,
    /// Where each part goes at once, in place of being kept.
    sink: Option<Sink>,
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
            whoms: Vec::new(),
            lately: Box::new([Known::NONE; LATELY]),
            words: Vocabulary::default(),
            marks: FxHashSet::default(),
            until_survey: SURVEY,
            due: FULL,
            sink: None,
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
        self.ink.take()
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
        self.words.introduce(word)
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

    /// A new entry: control goes from one place to another. `object`: the generator that does, if one does.
    fn transfer(
        &mut self,
        what: Transfer,
        from: Option<At<'_>>,
        to: Option<At<'_>>,
        object: Option<&Value>,
        says: Says,
    ) {
        let op = |at: Option<At<'_>>| at.map_or(std::ptr::null(), |at| at.op());
        let passage = Passage::of(what, op(from), op(to));
        if self.lately[place(passage)].passage != passage {
            self.find_transfer(what, passage, (from, to), says);
        }
        let known = &mut self.lately[place(passage)];
        let number = object.map_or(0, number);
        let step = i64::from(number) - i64::from(std::mem::replace(&mut known.whom, number));
        let (bytes, length) = known.begins.of_same();
        if step == 0 {
            self.ink.word(bytes, length);
        } else {
            self.ink.word(bytes | 1, length);
            self.ink.step(step);
        }
    }

    /// Have it among those that happened lately.
    #[inline(never)]
    fn find_transfer(
        &mut self,
        what: Transfer,
        passage: Passage,
        (from, to): (Option<At<'_>>, Option<At<'_>>),
        says: Says,
    ) {
        let number = match self.transfers.get(&passage) {
            Some(number) => *number,
            None => {
                if self.transfers.len() == NUMBERED {
                    self.transfers.clear();
                    self.whoms.clear();
                    self.lately.fill(Known::NONE);
                }
                self.begin(Tag::Head);
                self.ink.byte(Tag::of_transfer(what) as u8);
                self.at(from);
                self.at(to);
                let number = self.transfers.len() as u32;
                self.transfers.insert(passage, number);
                self.whoms.push(0);
                number
            }
        };
        let says = if self.wishes.time { Says::More } else { says };
        let whom = self.whoms[number as usize];
        let known = Known { passage, begins: Beginning::of(number), says, number, whom };
        let before = std::mem::replace(&mut self.lately[place(passage)], known);
        if before.passage != Passage::NONE {
            self.whoms[before.number as usize] = before.whom;
        }
    }

    /// What an entry begins with of a transfer that is known and happens again.
    #[inline(always)]
    fn beginning(&mut self, passage: Passage, number: u32) -> Option<(u64, usize, Says)> {
        let known = &mut self.lately[place(passage)];
        if known.passage != passage || known.says == Says::More || identity::any_gone() {
            return None;
        }
        let (word, length) = if known.whom == number {
            known.begins.of_same()
        } else {
            let begins = known.begins.of_other(i64::from(number) - i64::from(known.whom))?;
            known.whom = number;
            begins
        };
        Some((word, length, known.says))
    }

    /// The rest of an entry, behind its beginning.
    #[inline(never)]
    fn say(&mut self, word: u64, length: usize, says: Says, number: u32, value: &Value) -> bool {
        self.make_room();
        self.ink.word(word, length);
        match says {
            Says::Nothing | Says::More => {}
            Says::Value => self.value(value),
            Says::Delegate => self.delegate(number, value),
        }
        true
    }

    /// The generator that another, with this number, delegates to.
    fn delegate(&mut self, number: u32, delegate: &Value) {
        self.ink.step(i64::from(self::number(delegate)) - i64::from(number));
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
        if let Some(sink) = &mut self.sink {
            sink(self.ink.take(), false);
        }
        self.due = self.ink.len() + FULL;
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

    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Call { from, to, args } => {
                let says = if to.code.is_of_program() { Says::Value } else { Says::Nothing };
                self.transfer(Transfer::Call, from, Some(to), None, says);
                if says == Says::Value {
                    args.iter().for_each(|arg| self.value(arg));
                }
            }
            Event::Return { from, to, value } => {
                let says = match from.code.is_of_program() {
                    false => Says::Nothing,
                    // What the body of a class gives is nobody's business.
                    true if from.code.code.kind == CodeKind::Class => Says::More,
                    true => Says::Value,
                };
                self.transfer(Transfer::Return, Some(from), to, None, says);
                match says {
                    Says::Nothing => {}
                    Says::More => self.value(&Value::NONE),
                    _ => self.value(value),
                }
            }
            Event::Create { from, object } => {
                if let Some(code) = generator(object).as_ref().and_then(|object| object.code()) {
                    let to = At { code, index: 0 };
                    self.transfer(Transfer::Create, Some(from), Some(to), Some(object), Says::Nothing);
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
                    self.transfer(what, from, Some(to), Some(object), Says::Value);
                } else {
                    self.begin(Tag::of_transfer(what));
                    self.at(from);
                    self.at(Some(to));
                    self.object(object);
                }
                self.value(value);
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
                    self.transfer(Transfer::Yield, Some(from), to, Some(object), Says::Value);
                    self.value(value);
                }
            }
            Event::Fold { from, to, object, value } if self.wishes.locals => {
                self.write(Event::Yield { from, to, object, value });
                self.write(Event::Resume { from: to, to: from, object, value: &Value::NONE, started: true });
            }
            Event::Fold { from, to, object, value } => {
                self.transfer(Transfer::Fold, Some(from), to, Some(object), Says::Value);
                self.value(value);
            }
            Event::Delegate { from, object, to } => {
                let delegate = generator(to).filter(|_| !self.wishes.locals);
                if let Some(code) = delegate.as_ref().and_then(|delegate| delegate.code()) {
                    let start = Some(At { code, index: 0 });
                    self.transfer(Transfer::Delegate, Some(from), start, Some(object), Says::Delegate);
                    self.delegate(number(object), to);
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
                let says = if from.code.is_of_program() { Says::Value } else { Says::Nothing };
                self.transfer(what, Some(from), to, Some(object), says);
                if says == Says::Value {
                    self.value(value);
                }
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
    fn event(&mut self, event: Event<'_>) {
        self.make_room();
        self.write_gone();
        self.write(event);
    }

    #[inline]
    fn again(&mut self, passage: Passage, number: u32, value: &Value) -> bool {
        let Some((word, length, says)) = self.beginning(passage, number) else { return false };
        // Mostly the whole entry is one word.
        let said = match says {
            Says::Value => briefly(value),
            Says::Nothing => Some((0, 0)),
            Says::Delegate => known_number(value).and_then(|to| step(i64::from(to) - i64::from(number))),
            Says::More => None,
        };
        if let Some((said, more)) = said
            && length + more <= size_of::<u64>()
            && self.ink.word_at_hand(word | said << (8 * length), length + more)
        {
            return true;
        }
        self.say(word, length, says, number, value)
    }

    #[inline]
    fn called_again(&mut self, passage: Passage, args: &[Value]) -> bool {
        let Some((word, length, says)) = self.beginning(passage, 0) else { return false };
        self.make_room();
        self.ink.word(word, length);
        if says == Says::Value {
            args.iter().for_each(|arg| self.value(arg));
        }
        true
    }

    #[inline]
    fn turned_again(&mut self, act: &Act<'_>, object: &Value) -> bool {
        let Some(foreign) = object.get::<Foreign>().filter(|_| !self.wishes.time && !identity::any_gone()) else {
            return false;
        };
        let Some((bytes, length)) =
            self.words.known(foreign.word.get()).and_then(|word| known_as(Piece::Named, foreign.number.get(), word))
        else {
            return false;
        };
        // If there is no more room, the long way makes some.
        self.ink.word_at_hand(Tag::of_act(act) as u64 | bytes << 8, 1 + length)
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
        if let Some(sink) = self.sink.as_mut().filter(|_| self.wishes.live) {
            sink(self.ink.take(), true);
        }
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

/// The number of a generator.
#[inline(always)]
fn number(object: &Value) -> u32 {
    object.get::<Generator>().map_or(0, |generator| generator.number.get())
}

/// The same, if it has one.
#[inline(always)]
fn known_number(object: &Value) -> Option<u32> {
    object.get::<Generator>().and_then(|generator| generator.number.known())
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
