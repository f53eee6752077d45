//! From the recording to records: what it means that happened.
//!
//! What the library does among itself is not the program's story: its frames are followed, so that it is known who waits
//! for whom, but not told of. Where a frame of the program waits in one of the library's, the program's frame is what
//! suspends and is resumed. What event loops do is told in [`super::loops`].

use super::brief::cut_to;
use super::loops::Handle;
use super::names::Names;
use super::record::{Locals, Place, Record, Verb};
use super::recording::{Head, MAGIC, NUMBERED, Read, Reading, Spot, Tag};
use super::threads::FIRST;
use super::words::{Words, number};
use crate::text::float;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// A generator of whose delegation something is known.
struct Link {
    /// Whom it delegates to.
    to: Option<u64>,
    /// Who delegates to it.
    by: Option<u64>,
    /// What it is called and where it stands, if it is the program's: where it has suspended or begun to delegate, or where it
    /// will begin.
    shown: Option<(Rc<str>, Option<Place>)>,
}

/// A generator of the program: what it is called and where it stands.
struct Shown {
    identity: u64,
    name: Rc<str>,
    stands: Option<Place>,
}

/// An object, and its code if it is a generator.
#[derive(Clone, Copy)]
struct Who {
    identity: u64,
    code: Option<usize>,
}

impl From<(u64, Reading<'_>)> for Who {
    fn from((identity, mut described): (u64, Reading<'_>)) -> Who {
        let code = match described.piece() {
            Some(Read::Frame(_, code)) => Some(code),
            _ => None,
        };
        Who { identity, code }
    }
}

/// Whose turn it is.
#[derive(Clone, PartialEq)]
pub(super) enum Active {
    /// A frame of the library, and where the program's frame waits that is at work there.
    Library(Option<Place>),
    /// A frame of the program: of a chain that delegates the innermost. And its identity, if it is a generator.
    Frame(Rc<str>, Option<u64>),
    /// A task, or a callback.
    Turn(Rc<str>),
    /// A callback of the library.
    Business(Rc<str>),
}

impl Active {
    fn name(&self) -> Option<&Rc<str>> {
        match self {
            Active::Library(_) => None,
            Active::Frame(name, _) | Active::Turn(name) | Active::Business(name) => Some(name),
        }
    }

    fn is_shown(&self) -> bool {
        matches!(self, Active::Frame(..) | Active::Turn(_))
    }
}

/// What is known of a code.
struct KnownCode {
    /// It is the program's, not the library's.
    of_program: bool,
    /// Its text is in no file.
    made_up: bool,
    /// What its function is called.
    name: Rc<str>,
    file: Rc<str>,
    parameters: Rc<Parameters>,
    /// Where its function begins.
    begins: Place,
    /// The line of each instruction. Not every instruction has one.
    lines: Vec<u32>,
    /// What its frames are called in other threads than the first.
    in_threads: FxHashMap<u64, Rc<str>>,
    /// The places of the instructions, as far as they were asked for.
    places: Vec<Option<Place>>,
    /// What is told at each mark.
    marks: FxHashMap<usize, Words>,
}

/// What a call has to say of its values, which come in this order.
struct Parameters {
    positional: usize,
    /// The names of those that are given by name only.
    keywords: Vec<Box<str>>,
    /// Is there one for all others by position, and by name?
    rest: bool,
    rest_by_name: bool,
}

impl Parameters {
    fn read(reading: &mut Reading<'_>) -> Option<Parameters> {
        let positional = reading.size()?;
        let keywords: Option<_> = (0..reading.size()?).map(|_| Some(reading.text()?.into())).collect();
        Some(Parameters { positional, keywords: keywords?, rest: reading.flag()?, rest_by_name: reading.flag()? })
    }

    fn count(&self) -> usize {
        self.positional + self.keywords.len() + usize::from(self.rest) + usize::from(self.rest_by_name)
    }

    /// The numbers of the values in the order of a call, each with what stands before it there.
    fn in_order(&self) -> impl Iterator<Item = (usize, String)> {
        let first = self.positional + self.keywords.len();
        let rest = self.rest.then(|| (first, "*".to_owned()));
        let rest_by_name = self.rest_by_name.then(|| (first + usize::from(self.rest), "**".to_owned()));
        let by_name = self.keywords.iter().enumerate().map(|(n, name)| (self.positional + n, format!("{name}=")));
        (0..self.positional).map(|n| (n, String::new())).chain(rest).chain(by_name).chain(rest_by_name)
    }
}

/// Reads a recording, part by part, and tells what happened.
#[derive(Default)]
pub struct Teller {
    pub(super) names: Names,
    /// The words behind which stand the numbers of objects.
    known_words: Vec<Rc<str>>,
    codes: Vec<KnownCode>,
    /// The file of the program itself, which may import others.
    program: Option<Rc<str>>,
    /// The transfers that have numbers, and the generators that they were about last.
    transfers: Vec<(Head, u64)>,
    /// Whose turn it is, outermost first.
    pub(super) active: Vec<Active>,
    /// How many of these there were when the event loop last gave somebody a turn, while it runs.
    pub(super) turns_at: Option<usize>,
    depth: usize,
    /// The three of the threads that do not run.
    threads: FxHashMap<u64, (Vec<Active>, Option<usize>, usize)>,
    /// Which thread runs, and which the last record is about.
    pub(super) thread: u64,
    told_thread: u64,
    pub(super) handles: FxHashMap<u64, Handle>,
    /// In each thread, the task that was told last to have its next step queued: a loop of the program's own does that itself.
    pub(super) goes_on: FxHashMap<u64, Rc<str>>,
    links: FxHashMap<u64, Link>,
    /// The innermost frames of the program in chains that were asked for them since one has changed.
    innermost: FxHashMap<u64, u64>,
    /// Generators and coroutines of the program that are not over, by identity.
    unfinished_frames: FxHashMap<u64, Rc<str>>,
    count: u64,
    time: Option<u64>,
    /// A line of output that may go on, and its text so far.
    unfinished: Option<(Record, Vec<u8>)>,
    /// The mark that was reached last: the code and the instruction, the generator that is there, and how deep.
    last_mark: Option<(Spot, Option<u64>, usize)>,
    /// Nothing more is to come.
    is_over: bool,
    /// The frame that records of output are about.
    nobody: Rc<str>,
    /// What is being described.
    scratch: String,
    /// What was told and not taken yet.
    told: Vec<Record>,
}

impl Teller {
    /// All that a recording says.
    pub fn all(recording: &[u8]) -> Vec<Record> {
        let (mut teller, mut records) = (Teller::default(), Vec::new());
        teller.tell(recording, &mut |record| records.push(record));
        teller.finish(&mut |record| records.push(record));
        records
    }

    /// The byte at which a recording breaks off, unless it comes to its end.
    pub fn breaks_off(recording: &[u8]) -> Option<usize> {
        let mut teller = Teller::default();
        let mut reading = Reading::of(recording.strip_prefix(MAGIC).unwrap_or(recording));
        loop {
            let left = reading.left();
            if left == 0 || teller.entry(&mut reading).is_none() {
                return (left > 0 || !teller.is_over).then_some(recording.len() - left);
            }
            teller.told.clear();
        }
    }

    /// What the next part of a recording says. A part has whole entries; is it all that it should be?
    pub fn tell(&mut self, part: &[u8], give: &mut dyn FnMut(Record)) -> bool {
        let mut reading = Reading::of(part.strip_prefix(MAGIC).unwrap_or(part));
        while !reading.is_over() {
            let read = self.entry(&mut reading);
            self.told.drain(..).for_each(&mut *give);
            if read.is_none() {
                return false;
            }
        }
        true
    }

    /// That was all: what is left to be told.
    pub fn finish(&mut self, give: &mut dyn FnMut(Record)) {
        self.finish_line();
        self.told.drain(..).for_each(give);
    }

    /// A record about a frame, by whoever has control.
    pub(super) fn record(&mut self, verb: Verb, frame: Rc<str>) -> Record {
        if std::mem::replace(&mut self.told_thread, self.thread) != self.thread {
            let record = self.next(Verb::Switch, thread_name(self.thread).into());
            self.emit(record);
        }
        self.next(verb, frame)
    }

    fn next(&mut self, verb: Verb, frame: Rc<str>) -> Record {
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
            turn: self.turn(),
            locals: None,
            time: self.time,
        }
    }

    /// The task, callback or timer whose turn it is.
    fn turn(&self) -> Option<Rc<str>> {
        match self.active.get(self.turns_at?) {
            Some(Active::Turn(name)) => Some(name.clone()),
            _ => None,
        }
    }

    /// Tell it.
    pub(super) fn emit(&mut self, record: Record) {
        self.finish_line();
        self.told.push(record);
    }

    /// The line of output that was begun does not go on.
    fn finish_line(&mut self) {
        if let Some((record, text)) = self.unfinished.take() {
            let value = Some(String::from_utf8_lossy(&text).into_owned().into());
            self.told.push(Record { value, ..record });
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

    pub(super) fn is_of_program(&self, spot: Spot) -> bool {
        self.codes.get(spot.code).is_some_and(|code| code.of_program)
    }

    /// What the function is called whose code has this number.
    pub(super) fn function(&self, code: usize) -> Rc<str> {
        self.codes.get(code).map_or_else(|| self.nobody.clone(), |code| code.name.clone())
    }

    /// What the frames of a code are called: those of modules by these, but for the first, which is the program.
    fn name_of_code(&mut self, name: &str, file: &Rc<str>) -> Rc<str> {
        if name != "<module>" {
            return name.into();
        }
        match (self.program.get_or_insert_with(|| file.clone()), module_of(file)) {
            (program, Some(module)) if program != file => format!("<module {module}>").into(),
            _ => name.into(),
        }
    }

    /// What a frame of it is called, which is no generator's.
    fn body(&mut self, code: usize) -> Rc<str> {
        let thread = self.thread;
        match self.codes.get_mut(code) {
            Some(code) if thread > 0 => {
                let name = || format!("{}@{}", code.name, thread_name(thread)).into();
                code.in_threads.entry(thread).or_insert_with(name).clone()
            }
            _ => self.function(code),
        }
    }

    fn begins(&self, code: usize) -> Option<Place> {
        self.codes.get(code).map(|code| code.begins.clone())
    }

    /// The place, if it is the program's.
    pub(super) fn place(&mut self, spot: Option<Spot>) -> Option<Place> {
        let spot = spot?;
        let code = self.codes.get_mut(spot.code).filter(|code| code.of_program)?;
        let line = code.lines.get(spot.index).copied().filter(|line| *line > 0)?;
        let place = code.places.get_mut(spot.index)?;
        Some(place.get_or_insert_with(|| Place::new(code.file.clone(), line)).clone())
    }

    /// The place, or where the frame of the program waits for which the library is at work now.
    fn place_or_caller(&mut self, spot: Option<Spot>) -> Option<Place> {
        self.place(spot).or_else(|| match self.active.last()? {
            Active::Library(waits) => waits.clone(),
            // What runs is the library's, to which this frame delegates.
            Active::Frame(_, Some(identity)) if spot.is_some() => self.links.get(identity)?.shown.clone()?.1,
            _ => None,
        })
    }

    // ---- values

    /// What was described, as words.
    pub(super) fn words(&mut self, value: Reading<'_>) -> Words {
        self.in_words(|teller, out| teller.describe(value, out))
    }

    /// Several, with commas between.
    pub(super) fn all_words(&mut self, values: Vec<Reading<'_>>) -> Words {
        self.in_words(|teller, out| {
            for (n, value) in values.into_iter().enumerate() {
                out.push_str(if n == 0 { "" } else { ", " });
                teller.describe(value, out);
            }
        })
    }

    fn in_words(&mut self, write: impl FnOnce(&mut Teller, &mut String)) -> Words {
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        write(self, &mut out);
        let words = Words::from(&*out);
        self.scratch = out;
        words
    }

    fn describe(&mut self, mut value: Reading<'_>, out: &mut String) {
        let mut opened = Vec::new();
        while let Some(piece) = value.piece() {
            match piece {
                Read::None => out.push_str("None"),
                Read::Int(i) => {
                    out.push_str(if i < 0 { "-" } else { "" });
                    number(i.unsigned_abs(), out);
                }
                Read::Float(f) => out.push_str(&float::repr(f)),
                Read::Text(text) => out.push_str(text),
                Read::Character(c) => out.push(c),
                Read::Named(identity, word) => out.push_str(&self.named(identity, word)),
                Read::Frame(identity, code) => out.push_str(&self.frame(identity, code)),
                Read::Open => opened.push(out.len()),
                Read::Close => {
                    let start = opened.pop().unwrap_or_default();
                    if let Some(length) = cut_to(&out[start..]).map(str::len) {
                        out.truncate(start + length);
                        out.push_str("...");
                    }
                }
            }
        }
    }

    /// The name of a generator.
    fn frame(&mut self, identity: u64, code: usize) -> Rc<str> {
        match self.codes.get(code) {
            Some(code) => self.names.name(identity, &code.name),
            None => self.names.name(identity, "generator"),
        }
    }

    /// The name of an object with a word.
    fn named(&mut self, identity: u64, word: usize) -> Rc<str> {
        let word = self.known_words.get(word).map_or("", |word| word);
        self.names.name(identity, word)
    }

    /// What an object is called; of anything else a description.
    pub(super) fn name(&mut self, object: Reading<'_>) -> Rc<str> {
        match object.clone().piece() {
            Some(Read::Named(identity, word)) => self.named(identity, word),
            Some(Read::Frame(identity, code)) => self.frame(identity, code),
            _ => (*self.words(object)).into(),
        }
    }

    // ---- delegation

    /// The link of a generator, with whether its own frame is the program's.
    fn link(&mut self, object: impl Into<Who>) -> u64 {
        let Who { identity, code } = object.into();
        if !self.links.contains_key(&identity) {
            let shown = code
                .filter(|code| self.is_of_program(Spot { code: *code, index: 0 }))
                .map(|code| (self.frame(identity, code), self.begins(code)));
            self.links.insert(identity, Link { to: None, by: None, shown });
        }
        identity
    }

    /// The first frame of the program on the way from `start` along `next`.
    fn first_shown(&self, start: u64, next: fn(&Link) -> Option<u64>) -> Option<Shown> {
        let mut at = Some(start);
        while let Some((identity, link)) = at.and_then(|identity| Some((identity, self.links.get(&identity)?))) {
            if let Some((name, stands)) = link.shown.clone() {
                return Some(Shown { identity, name, stands });
            }
            at = next(link);
        }
        None
    }

    /// The innermost frame of the program that something said by `identity` is said by.
    fn waiting(&self, identity: u64) -> Option<Shown> {
        self.first_shown(identity, |link| link.by)
    }

    /// The innermost frame of the program among those that `identity` delegates to, and itself.
    fn innermost(&mut self, identity: u64) -> Option<Shown> {
        if let Some(known) = self.innermost.get(&identity) {
            return self.first_shown(*known, |_| None);
        }
        let mut innermost: Option<Shown> = None;
        let mut at = Some(identity);
        while let Some(shown) = at.and_then(|at| self.first_shown(at, |link| link.to)) {
            at = self.links.get(&shown.identity).and_then(|link| link.to);
            innermost = Some(shown);
        }
        if let Some(shown) = &innermost {
            self.innermost.insert(identity, shown.identity);
        }
        innermost
    }

    /// Within the chain that has control it goes to another frame, or to none of the program's.
    fn hand_to(&mut self, shown: Option<Shown>) {
        self.leave();
        self.enter(shown.map_or(Active::Library(None), |shown| Active::Frame(shown.name, Some(shown.identity))));
    }

    /// A frame stands here now.
    fn stands(&mut self, identity: u64, place: Option<&Place>) {
        if let (Some(place), Some(Link { shown: Some((_, stands)), .. })) = (place, self.links.get_mut(&identity)) {
            *stands = Some(place.clone());
        }
    }

    /// A generator is over.
    fn forget(&mut self, identity: u64) {
        self.unfinished_frames.remove(&identity);
        self.innermost.remove(&identity);
        if let Some(link) = self.links.remove(&identity)
            && let Some(by) = link.by.and_then(|by| self.links.get_mut(&by))
        {
            by.to = None;
            self.innermost.clear();
        }
    }

    fn locals(&mut self, reading: &mut Reading<'_>) -> Option<Option<Locals>> {
        if !reading.flag()? {
            return Some(None);
        }
        let mut locals = Locals::new();
        for _ in 0..reading.size()? {
            let name = reading.text()?.into();
            let value = reading.value()?;
            locals.push((name, self.words(value)));
        }
        Some(Some(locals))
    }

    /// `value`: what is sent or thrown in, unless that is nothing.
    fn resumed(&mut self, tag: Tag, (from, to): (Option<Spot>, Spot), object: Who, value: Option<Reading<'_>>) {
        let value = value.filter(|value| !matches!(value.clone().piece(), Some(Read::None)));
        let verb = match (tag, &value) {
            (Tag::Throw, _) => Verb::Throw,
            (Tag::Start, _) => Verb::Start,
            (_, None) => Verb::Next,
            (_, Some(_)) => Verb::Send,
        };
        let outermost = self.link(object);
        let resumed = self.first_shown(outermost, |link| link.to);
        let (Some(resumed), Some(goes_on)) = (resumed, self.innermost(outermost)) else {
            let waits = self.place_or_caller(from);
            return self.enter(Active::Library(waits));
        };
        let value = value.map(|value| self.words(value));
        let place = match verb {
            Verb::Start => self.begins(to.code),
            // The frame that goes on may be the library's, for which the program's waits.
            _ => self.place(Some(to)).or(goes_on.stands),
        };
        let from = self.place_or_caller(from);
        self.emit_transfer(verb, resumed.name, from, place, value);
        self.enter(Active::Frame(goes_on.name, Some(goes_on.identity)));
    }

    // ---- entries

    fn entry(&mut self, reading: &mut Reading<'_>) -> Option<()> {
        let tag = reading.tag()?;
        match tag {
            Tag::Code => {
                let (of_program, made_up) = (reading.flag()?, reading.flag()?);
                let (name, file) = (reading.text()?, Rc::<str>::from(reading.text()?));
                let name = if of_program { self.name_of_code(name, &file) } else { name.into() };
                let parameters = Rc::new(Parameters::read(reading)?);
                let begins = Place::new(file.clone(), u32::try_from(reading.number()?).ok()?);
                let lines: Option<Vec<u32>> =
                    (0..reading.size()?).map(|_| u32::try_from(reading.number()?).ok()).collect();
                let lines = lines?;
                let places = vec![None; lines.len()];
                let (marks, in_threads) = Default::default();
                let code =
                    KnownCode { of_program, made_up, name, file, parameters, begins, lines, in_threads, places, marks };
                self.codes.push(code);
            }
            Tag::Mark => {
                let spot = Spot { code: reading.size()?, index: reading.size()? };
                self.codes.get_mut(spot.code)?.marks.insert(spot.index, reading.text()?.into());
            }
            Tag::Word => self.known_words.push(reading.text()?.into()),
            Tag::Alive => {
                let alive: Option<FxHashSet<u64>> = (0..reading.size()?).map(|_| reading.number()).collect();
                let alive = alive?;
                self.names.keep(&alive);
                self.links.retain(|identity, _| alive.contains(identity));
                self.innermost.clear();
                self.unfinished_frames.retain(|identity, _| alive.contains(identity));
                self.handles.retain(|identity, _| alive.contains(identity));
            }
            Tag::Over => self.is_over = true,
            Tag::Time => self.time = Some(reading.number()?),
            Tag::Thread => {
                let before = (std::mem::take(&mut self.active), self.turns_at, self.depth);
                self.threads.insert(self.thread, before);
                self.thread = reading.number()?;
                (self.active, self.turns_at, self.depth) = self.threads.remove(&self.thread).unwrap_or_default();
            }
            Tag::Head => {
                if self.transfers.len() == NUMBERED {
                    self.transfers.clear();
                }
                self.transfers.push((reading.head()?, 0));
            }
            Tag::Again => {
                let number = reading.transfer()?;
                self.transfer(number, reading)?;
            }
            Tag::Act => {
                let tag = reading.act()?;
                self.looped(tag, reading)?;
            }
            Tag::Of => {
                let number = reading.transfer()?;
                self.transfers.get_mut(number)?.1 = reading.noted_identity()?;
            }
            Tag::Start | Tag::Resume | Tag::Throw => {
                let (from, to) = (reading.spot()?, reading.place()?);
                let (object, value) = (reading.object()?, reading.value()?);
                self.resumed(tag, (from, to), object.into(), Some(value));
            }
            Tag::Yield => {
                let (from, to, object) = (reading.place()?, reading.spot()?, reading.object()?);
                let value = reading.value()?;
                let record = self.yielded((from, to), object.into(), value);
                let locals = match &record {
                    Some(_) => self.locals(reading)?,
                    None => reading.locals().map(|()| None)?,
                };
                if let Some(record) = record {
                    self.emit(Record { locals, ..record });
                }
            }
            Tag::Create => {
                let (from, object) = (reading.spot()?, reading.object()?);
                self.created(from, object.into());
            }
            Tag::Delegate => {
                let (from, object, to) = (reading.place()?, reading.object()?, reading.object()?);
                let record = self.delegated(from, object.into(), to.into());
                let Some(record) = record else { return reading.locals() };
                let value = Some(self.name(to.1).into());
                let locals = self.locals(reading)?;
                self.emit(Record { value, locals, ..record });
            }
            Tag::Drop => {
                let identity = reading.number()?;
                if let Some(name) = self.unfinished_frames.get(&identity).cloned() {
                    let record = self.record(Verb::Drop, name);
                    self.emit(record);
                }
                self.forget(identity);
            }
            Tag::Raise => {
                self.exception(Verb::Raise, reading)?;
            }
            Tag::Catch => {
                self.exception(Verb::Catch, reading)?;
                // To a handler control comes from anywhere.
                self.last_mark = None;
            }
            Tag::Pass => {
                let (_, _) = (reading.place()?, reading.maybe_object()?);
                reading.value()?;
                self.last_mark = None;
            }
            Tag::Unwind => {
                // Whether control has left the frame is told behind it.
                let mut ahead = *reading;
                let (_, object) = (ahead.place()?, ahead.maybe_object()?);
                ahead.value()?;
                let delegated = ahead.flag()?;
                match delegated.then_some(object).flatten() {
                    Some(object) => self.hand_back(object.into()),
                    None => drop(self.leave()),
                }
                let object = self.exception(Verb::Unwind, reading)?;
                reading.flag()?;
                if let Some(object) = object {
                    let identity = self.link(object);
                    self.forget(identity);
                }
            }
            Tag::Reach => {
                let (lines, at, object) = (reading.flag()?, reading.place()?, reading.maybe_object()?);
                self.reached(lines, at, object);
            }
            Tag::Output => {
                let (at, text) = (reading.spot()?, reading.raw()?);
                // `print` writes its line in pieces; a record is a line.
                if let Some((_, line)) = &mut self.unfinished {
                    line.extend_from_slice(text);
                } else {
                    let from = self.place_or_caller(at);
                    let record = self.record(Verb::Output, self.nobody.clone());
                    self.unfinished = Some((Record { from, ..record }, text.to_vec()));
                }
                if self.unfinished.as_ref().is_some_and(|(_, line)| line.ends_with(b"\n")) {
                    self.finish_line();
                }
            }
            Tag::Spawn => {
                let (at, thread) = (reading.spot()?, reading.number()?);
                let from = self.place_or_caller(at);
                self.emit_transfer(Verb::Spawn, thread_name(thread).into(), from, None, None);
            }
            Tag::End => {
                // Nobody needs to be told that it had a turn only to end.
                let record = self.next(Verb::End, thread_name(reading.number()?).into());
                self.emit(record);
            }
            _ => self.looped(tag, reading)?,
        }
        Some(())
    }

    /// Control goes from one place to another as it did before.
    fn transfer(&mut self, number: usize, reading: &mut Reading<'_>) -> Option<()> {
        let (Head { tag, from, to }, identity) = *self.transfers.get(number)?;
        match tag {
            Tag::Call => {
                let to = to?;
                let parameters = self.codes.get(to.code)?.parameters.count();
                let args = match self.is_of_program(to) && parameters > 0 {
                    true => reading.so_many_values(parameters)?,
                    false => {
                        reading.noted_nothing()?;
                        Vec::new()
                    }
                };
                let args = Some(args).filter(|_| self.is_of_program(to));
                self.entered((from, to), args);
            }
            Tag::Return => {
                let from = from?;
                let value = self.value_from(from, reading)?;
                if let Some(Active::Frame(name, _)) = self.leave() {
                    let value = value.map(|value| self.words(value));
                    let (from, to) = (self.place(Some(from)), self.place_or_caller(to));
                    self.emit_transfer(Verb::Return, name, from, to, value);
                }
            }
            Tag::Start | Tag::Resume => {
                let to = to?;
                let object = Who { identity, code: Some(to.code) };
                let value = reading.value()?;
                self.resumed(tag, (from, to), object, Some(value));
            }
            Tag::Yield | Tag::Fold | Tag::Round => {
                let from = from?;
                let who = || Who { identity, code: Some(from.code) };
                let value = reading.value()?;
                if tag == Tag::Round {
                    self.resumed(Tag::Resume, (to, from), who(), None);
                }
                if let Some(record) = self.yielded((from, to), who(), value) {
                    self.emit(record);
                }
                if tag == Tag::Fold {
                    self.resumed(Tag::Resume, (to, from), who(), None);
                }
            }
            Tag::Create => {
                reading.noted_nothing()?;
                self.created(from, Who { identity, code: Some(to?.code) });
            }
            Tag::Delegate => {
                let (from, to) = (from?, to?.code);
                let delegate = reading.noted_identity()?;
                let object = Who { identity, code: Some(from.code) };
                if let Some(record) = self.delegated(from, object, Who { identity: delegate, code: Some(to) }) {
                    let value = Some((*self.frame(delegate, to)).into());
                    self.emit(Record { value, ..record });
                }
            }
            Tag::Finish | Tag::HandOver => {
                let from = from?;
                let value = self.value_from(from, reading)?;
                let who = Who { identity, code: Some(from.code) };
                self.link(who);
                match tag {
                    Tag::Finish => drop(self.leave()),
                    _ => self.hand_back(who),
                }
                if let Some(value) = value {
                    let (name, value) = (self.frame(identity, from.code), self.words(value));
                    let (from, to) = (self.place(Some(from)), self.place_or_caller(to));
                    self.emit_transfer(Verb::Finish, name, from, to, Some(value));
                }
                self.forget(identity);
            }
            _ => return None,
        }
        Some(())
    }

    /// With what a body ends, if it is the program's.
    fn value_from<'a>(&self, from: Spot, reading: &mut Reading<'a>) -> Option<Option<Reading<'a>>> {
        match self.is_of_program(from) {
            true => Some(Some(reading.value()?)),
            false => reading.noted_nothing().map(|()| None),
        }
    }

    fn entered(&mut self, (from, to): (Option<Spot>, Spot), args: Option<Vec<Reading<'_>>>) {
        let Some(args) = args.filter(|_| !self.is_made_up(to)) else {
            let waits = self.place_or_caller(from);
            return self.enter(Active::Library(waits));
        };
        let shown = self.arguments(to.code, &args);
        let name = self.body(to.code);
        let begins = match from {
            Some(_) => self.begins(to.code),
            None => self.place(Some(to)).or_else(|| self.begins(to.code)),
        };
        let from = self.place_or_caller(from);
        let record = self.record(Verb::Call, name.clone());
        self.emit(Record { from, to: begins, arguments: Some(shown), ..record });
        self.enter(Active::Frame(name, None));
    }

    /// The arguments of a call, as they could stand in one.
    fn arguments(&mut self, code: usize, args: &[Reading<'_>]) -> Words {
        let Some(parameters) = self.codes.get(code).map(|code| code.parameters.clone()) else { return Words::from("") };
        self.in_words(|teller, out| {
            for (number, before) in parameters.in_order() {
                let Some(value) = args.get(number) else { continue };
                let start = out.len();
                out.push_str(if start == 0 { "" } else { ", " });
                out.push_str(&before);
                let begins = out.len();
                teller.describe(*value, out);
                // Where there are no others, nothing stands for them.
                if matches!((&*before, &out[begins..]), ("*", "()") | ("**", "{}")) {
                    out.truncate(start);
                }
            }
        })
    }

    fn created(&mut self, from: Option<Spot>, object: Who) {
        if let Some(code) = object.code.filter(|code| self.is_of_program(Spot { code: *code, index: 0 })) {
            let name = self.frame(object.identity, code);
            let from = self.place_or_caller(from);
            self.unfinished_frames.insert(object.identity, name.clone());
            self.emit_transfer(Verb::Create, name, from, None, None);
        }
    }

    /// What there is to be told of a delegation, without the variables and what it is to.
    fn delegated(&mut self, from: Spot, object: Who, to: Who) -> Option<Record> {
        let outer = self.link(object);
        let inner = to.code.map(|_| self.link(to));
        let goes_on = inner.and_then(|inner| self.innermost(inner));
        if let Some(inner) = inner {
            self.innermost.clear();
            if let Some(link) = self.links.get_mut(&inner) {
                link.by = Some(outer);
            }
            if let Some(link) = self.links.get_mut(&outer) {
                link.to = Some(inner);
            }
        }
        let at = self.place(Some(from));
        self.stands(outer, at.as_ref());
        let inner_is_ours = inner.is_some_and(|inner| self.links.get(&inner).is_some_and(|link| link.shown.is_some()));
        let place = goes_on.as_ref().and_then(|shown| shown.stands.clone());
        let record = match self.waiting(outer) {
            // What a frame of the library delegates to is the program's again: the program waits for that.
            Some(waiting) if self.is_of_program(from) || inner_is_ours => {
                let record = self.record(Verb::Delegate, waiting.name);
                Some(Record { from: at.or(waiting.stands), to: place, ..record })
            }
            Some(_) => None,
            // Nobody of the program waits for what the library has begun.
            None => {
                if let Some(shown) = &goes_on {
                    let begins = to.code.and_then(|code| self.begins(code));
                    let at_first = place.as_ref().zip(begins).is_some_and(|(place, begins)| place.is(&begins));
                    let verb = if at_first { Verb::Start } else { Verb::Next };
                    let from = self.place_or_caller(Some(from));
                    self.emit_transfer(verb, shown.name.clone(), from, place, None);
                }
                None
            }
        };
        if goes_on.is_some() {
            self.hand_to(goes_on);
        }
        record
    }

    /// A generator has control itself: an exception comes from where it delegates, and what it delegated to, if anything, is left
    /// as it is.
    fn leave_delegates(&mut self, identity: u64) {
        let Some(Active::Frame(_, Some(running))) = self.active.last() else { return };
        let running = *running;
        let inner = |teller: &Teller, at: u64| teller.links.get(&at).and_then(|link| link.to);
        let mut at = identity;
        while at != running {
            match inner(self, at) {
                Some(next) => at = next,
                None => return,
            }
        }
        if let Some(delegate) = inner(self, identity).filter(|_| identity != running) {
            self.innermost.clear();
            for left in [identity, delegate] {
                let Some(link) = self.links.get_mut(&left) else { continue };
                if left == identity { link.to = None } else { link.by = None }
            }
            let waiting = self.waiting(identity);
            self.hand_to(waiting);
        }
    }

    /// What delegated to a generator that ends has control again.
    fn hand_back(&mut self, object: Who) {
        let by = self.links.get(&object.identity).and_then(|link| link.by);
        let waiting = by.and_then(|by| self.waiting(by));
        self.hand_to(waiting);
    }

    /// What there is to be told of a yield, without the variables.
    fn yielded(&mut self, (from, to): (Spot, Option<Spot>), object: Who, value: Reading<'_>) -> Option<Record> {
        self.leave();
        let (identity, at) = (self.link(object), self.place(Some(from)));
        self.stands(identity, at.as_ref());
        let waiting = self.waiting(identity)?;
        let value = self.words(value);
        let (from, to) = (at.or(waiting.stands), self.place_or_caller(to));
        let record = self.record(Verb::Yield, waiting.name);
        Some(Record { from, to, value: Some(value), ..record })
    }

    fn is_made_up(&self, spot: Spot) -> bool {
        matches!(self.active.last(), Some(Active::Library(_)))
            && self.codes.get(spot.code).is_some_and(|code| code.made_up)
    }

    /// What a frame is called: that of a generator, or of a function's.
    fn frame_at(&mut self, at: Spot, object: Option<(u64, Reading<'_>)>) -> Rc<str> {
        match object {
            Some((_, object)) => self.name(object),
            None => self.body(at.code),
        }
    }

    /// Control is at a mark.
    fn reached(&mut self, lines: bool, at: Spot, object: Option<(u64, Reading<'_>)>) {
        if self.is_made_up(at) {
            return;
        }
        let (identity, depth) = (object.map(|(identity, _)| identity), self.active.len());
        let last = self.last_mark.replace((at, identity, depth));
        let Some(code) = self.codes.get(at.code) else { return };
        // Jumps within a line are no news, unless they lead back.
        if lines
            && let Some((last, same_identity, same_depth)) = last
            && (last.code, same_identity, same_depth) == (at.code, identity, depth)
            && last.index < at.index
            && code.lines.get(last.index) == code.lines.get(at.index)
        {
            return;
        }
        let value = code.marks.get(&at.index).cloned();
        let name = self.frame_at(at, object);
        let from = self.place(Some(at));
        let verb = if lines { Verb::Line } else { Verb::Opcode };
        self.emit_transfer(verb, name, from, None, value);
    }

    /// What happens with an exception, and in which generator.
    fn exception<'a>(&mut self, verb: Verb, reading: &mut Reading<'a>) -> Option<Option<(u64, Reading<'a>)>> {
        let (at, object) = (reading.place()?, reading.maybe_object()?);
        let exception = reading.value()?;
        if let Some((identity, _)) = object {
            self.leave_delegates(identity);
        }
        if self.is_of_program(at) {
            let name = self.frame_at(at, object);
            let exception = self.words(exception);
            let from = self.place(Some(at));
            self.emit_transfer(verb, name, from, None, Some(exception));
        }
        Some(object)
    }
}

/// What the module is called whose text is in this file, as far as its name tells.
fn module_of(file: &str) -> Option<String> {
    let path = file.strip_suffix(".py")?;
    let path = path.strip_suffix("/__init__").unwrap_or(path);
    // Of what is found elsewhere it is not known where its package begins.
    let path = if path.starts_with(['/', '.']) { path.rsplit('/').next()? } else { path };
    Some(path.replace('/', "."))
}

/// What a thread is called.
fn thread_name(thread: u64) -> String {
    if thread == 0 { FIRST.to_owned() } else { format!("thread#{thread}") }
}
