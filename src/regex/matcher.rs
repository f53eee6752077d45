//! The machine that runs a program over a subject.

use super::compile::{Beginning, Here, Op, Place, Program, Single, is_unlimited};
use super::parse::Greed;
use super::set::{Alphabet, Case, Category, lower};
use crate::memory;
use memchr::memmem;

/// A slot that holds nothing.
const NONE: usize = usize::MAX;

/// After so many ways back the caller is asked whether to go on.
const PATIENCE: usize = 1 << 14;

/// Where a match has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// Anywhere.
    Anywhere,
    /// At the end of the subject.
    AtEnd,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The caller does not want to go on.
    Asked,
    /// There is no memory for the ways back.
    Memory,
}

/// What is done when a way leads nowhere.
#[derive(Debug, Clone, Copy)]
enum Back {
    /// Go on there instead.
    Choice { pc: Place, at: usize },
    /// The slot gets its old content, and that is not all.
    Undo { slot: u32, old: usize },
    /// Behind a repetition: give a character back, down to `least`.
    Less { pc: Place, least: usize, at: usize },
    /// Behind a lazy repetition: take a character more, if `left` allows it.
    More { pc: Place, left: u32, at: usize },
}

/// How a subject is made of characters.
trait Encoding {
    /// The character at `at`, and where the next begins.
    fn next(text: &[u8], at: usize) -> Option<(u32, usize)>;
    /// The character before `at`, and where it begins.
    fn before(text: &[u8], at: usize) -> Option<(u32, usize)>;
}

/// A byte is a character.
struct Narrow;

impl Encoding for Narrow {
    #[inline(always)]
    fn next(text: &[u8], at: usize) -> Option<(u32, usize)> {
        text.get(at).map(|byte| (u32::from(*byte), at + 1))
    }
    #[inline(always)]
    fn before(text: &[u8], at: usize) -> Option<(u32, usize)> {
        Narrow::next(text, at.wrapping_sub(1)).map(|(c, _)| (c, at - 1))
    }
}

/// Characters as WTF-8 has them.
struct Wide;

impl Encoding for Wide {
    #[inline(always)]
    fn next(text: &[u8], at: usize) -> Option<(u32, usize)> {
        let first = *text.get(at)?;
        if first < 0x80 {
            return Some((u32::from(first), at + 1));
        }
        let (start, length) = match first {
            0..=0xDF => (first & 0x1F, 2),
            0xE0..=0xEF => (first & 0x0F, 3),
            _ => (first & 0x07, 4),
        };
        let rest = text.get(at + 1..at + length)?;
        let c = rest.iter().fold(u32::from(start), |c, byte| c << 6 | u32::from(byte & 0x3F));
        Some((c, at + length))
    }
    #[inline(always)]
    fn before(text: &[u8], at: usize) -> Option<(u32, usize)> {
        let mut start = at.checked_sub(1)?;
        while start > 0 && text[start] & 0xC0 == 0x80 {
            start -= 1;
        }
        Wide::next(text, start).map(|(c, _)| (c, start))
    }
}

/// A program over a subject.
pub struct Matcher<'a> {
    program: &'a Program,
    text: &'a [u8],
    wide: bool,
    slots: Vec<usize>,
    backs: Vec<Back>,
    steps: usize,
    /// A match may not end where it begins.
    must_advance: bool,
    finish: Finish,
}

impl<'a> Matcher<'a> {
    /// Over this subject, which is WTF-8 if it is `wide`.
    pub fn new(program: &'a Program, text: &'a [u8], wide: bool) -> Matcher<'a> {
        Matcher {
            program,
            text,
            wide,
            slots: vec![NONE; program.slots],
            backs: Vec::new(),
            steps: 0,
            must_advance: false,
            finish: Finish::Anywhere,
        }
    }

    /// Where group `group` begins and ends, after a match; the first is the whole.
    pub fn span(&self, group: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.slots[2 * group], self.slots[2 * group + 1]);
        (from != NONE && to != NONE).then_some((from, to))
    }

    /// The group that was closed last.
    pub fn last_group(&self) -> Option<usize> {
        Some(self.slots[self.program.last_group()]).filter(|group| *group != NONE)
    }

    /// Is there a match that begins at `from`?
    pub fn matches(&mut self, from: usize, finish: Finish, ask: &mut dyn FnMut() -> bool) -> Result<bool, Stop> {
        self.start_afresh(finish, false);
        if self.wide { self.attempt::<Wide>(from, ask) } else { self.attempt::<Narrow>(from, ask) }
    }

    /// Is there a match that begins at `from`, and with `must_advance` is not empty?
    pub fn matches_further(
        &mut self,
        from: usize,
        must_advance: bool,
        ask: &mut dyn FnMut() -> bool,
    ) -> Result<bool, Stop> {
        self.start_afresh(Finish::Anywhere, must_advance);
        if self.wide { self.attempt::<Wide>(from, ask) } else { self.attempt::<Narrow>(from, ask) }
    }

    /// Is there a match that begins at `from` or behind it? With `must_advance` one at `from` may not be empty.
    pub fn search(&mut self, from: usize, must_advance: bool, ask: &mut dyn FnMut() -> bool) -> Result<bool, Stop> {
        self.start_afresh(Finish::Anywhere, must_advance);
        if self.wide { self.search_in::<Wide>(from, ask) } else { self.search_in::<Narrow>(from, ask) }
    }

    /// An attempt that fails undoes all it did, so that this once is enough.
    fn start_afresh(&mut self, finish: Finish, must_advance: bool) {
        self.backs.clear();
        self.slots.fill(NONE);
        self.finish = finish;
        self.must_advance = must_advance;
    }

    fn search_in<E: Encoding>(&mut self, from: usize, ask: &mut dyn FnMut() -> bool) -> Result<bool, Stop> {
        let (program, text) = (self.program, self.text);
        let mut at = from;
        match &program.beginning {
            Beginning::Text(start, length) => {
                let wanted = &program.texts[*start as usize..(start + length) as usize];
                let finder = memmem::Finder::new(wanted);
                while let Some(found) = text.get(at..).and_then(|rest| finder.find(rest)) {
                    at += found;
                    if self.attempt::<E>(at, ask)? {
                        return Ok(true);
                    }
                    self.must_advance = false;
                    at += 1;
                    self.pause(ask)?;
                }
                Ok(false)
            }
            Beginning::Bytes(bytes) => {
                while let Some(found) = text.get(at..).and_then(|rest| rest.iter().position(|b| bytes[usize::from(*b)]))
                {
                    at += found;
                    if self.attempt::<E>(at, ask)? {
                        return Ok(true);
                    }
                    self.must_advance = false;
                    at = E::next(text, at).map_or(text.len(), |(_, next)| next);
                    self.pause(ask)?;
                }
                Ok(false)
            }
            Beginning::Unknown => loop {
                if self.attempt::<E>(at, ask)? {
                    return Ok(true);
                }
                self.must_advance = false;
                match E::next(text, at) {
                    Some((_, next)) => at = next,
                    None => return Ok(false),
                }
                self.pause(ask)?;
            },
        }
    }

    #[inline(always)]
    fn pause(&mut self, ask: &mut dyn FnMut() -> bool) -> Result<(), Stop> {
        self.steps += 1;
        if self.steps.is_multiple_of(PATIENCE) && !ask() { Err(Stop::Asked) } else { Ok(()) }
    }

    #[inline(always)]
    fn push(&mut self, back: Back) -> Result<(), Stop> {
        if self.backs.len() == self.backs.capacity() {
            memory::reserve(&mut self.backs, 64).map_err(|_| Stop::Memory)?;
        }
        self.backs.push(back);
        Ok(())
    }

    #[inline(always)]
    fn set(&mut self, slot: u32, new: usize) -> Result<(), Stop> {
        let old = std::mem::replace(&mut self.slots[slot as usize], new);
        self.push(Back::Undo { slot, old })
    }

    #[inline(always)]
    fn one<E: Encoding>(&self, single: Single, at: usize) -> Option<usize> {
        match single {
            Single::Byte(byte) => (self.text.get(at) == Some(&byte)).then_some(at + 1),
            Single::Set(set) => {
                let (c, next) = E::next(self.text, at)?;
                self.program.sets[set as usize].contains(c).then_some(next)
            }
            Single::Any => E::next(self.text, at).filter(|(c, _)| *c != 10).map(|(_, next)| next),
            Single::All => E::next(self.text, at).map(|(_, next)| next),
        }
    }

    fn is_word<E: Encoding>(&self, at: usize, alphabet: Alphabet) -> (bool, bool) {
        let word = |found: Option<(u32, usize)>| found.is_some_and(|(c, _)| Category::Word.contains(alphabet, c));
        (word(E::before(self.text, at)), word(E::next(self.text, at)))
    }

    fn is_here<E: Encoding>(&self, here: Here, at: usize) -> bool {
        let (text, end) = (self.text, self.text.len());
        match here {
            Here::TextStart => at == 0,
            Here::LineStart => at == 0 || text[at - 1] == b'\n',
            Here::TextEnd => at == end,
            Here::LineEnd => at == end || text[at] == b'\n',
            Here::LastLineEnd => at == end || at + 1 == end && text[at] == b'\n',
            Here::Boundary(alphabet) => {
                let (before, behind) = self.is_word::<E>(at, alphabet);
                before != behind
            }
            Here::Inside(alphabet) => {
                let (before, behind) = self.is_word::<E>(at, alphabet);
                before == behind
            }
        }
    }

    /// So many characters back.
    fn go_back<E: Encoding>(&self, at: usize, count: u32) -> Option<usize> {
        if !self.wide {
            return at.checked_sub(count as usize);
        }
        (0..count).try_fold(at, |at, _| E::before(self.text, at).map(|(_, start)| start))
    }

    /// Where the text of a group, found again at `at`, ends.
    fn again<E: Encoding>(&self, group: usize, case: Case, at: usize) -> Option<usize> {
        let (from, to) = self.span(group)?;
        let known = &self.text[from..to.max(from)];
        if case == Case::Matters {
            return self.text[at..].starts_with(known).then_some(at + known.len());
        }
        let fold = |c: u32| match case {
            Case::Unicode => lower(c),
            _ if c < 0x80 => u32::from((c as u8).to_ascii_lowercase()),
            _ => c,
        };
        let (mut mine, mut yours) = (0, at);
        while let Some((c, next)) = E::next(known, mine) {
            let (other, after) = E::next(self.text, yours)?;
            if fold(c) != fold(other) {
                return None;
            }
            (mine, yours) = (next, after);
        }
        Some(yours)
    }

    /// The byte that has to follow what the instruction at `pc` matches, if it is known.
    #[inline(always)]
    fn follows(&self, pc: Place) -> Option<u8> {
        match self.program.ops[pc as usize + 1] {
            Op::Text(start, _) => Some(self.program.texts[start as usize]),
            Op::One(Single::Byte(byte)) => Some(byte),
            _ => None,
        }
    }

    /// Drops the ways back since the mark in `slot`; what has to be undone stays.
    fn cut(&mut self, slot: u32) {
        let height = self.slots[slot as usize].min(self.backs.len());
        if self.backs[height..].iter().all(|back| matches!(back, Back::Undo { .. })) {
            return;
        }
        let mut kept = height;
        for at in height..self.backs.len() {
            if matches!(self.backs[at], Back::Undo { .. }) {
                self.backs[kept] = self.backs[at];
                kept += 1;
            }
        }
        self.backs.truncate(kept);
    }

    /// The next way to try: where, and at what.
    #[inline(always)]
    fn back<E: Encoding>(&mut self) -> Result<Option<(Place, usize)>, Stop> {
        while let Some(back) = self.backs.pop() {
            match back {
                Back::Choice { pc, at } => return Ok(Some((pc, at))),
                Back::Undo { slot, old } => self.slots[slot as usize] = old,
                Back::Less { pc, least, mut at } => {
                    let wanted = self.follows(pc);
                    while at > least {
                        at = match E::before(self.text, at) {
                            Some((_, start)) => start,
                            None => break,
                        };
                        if wanted.is_none_or(|byte| self.text.get(at) == Some(&byte)) {
                            if at > least {
                                self.push(Back::Less { pc, least, at })?;
                            }
                            return Ok(Some((pc + 1, at)));
                        }
                    }
                }
                Back::More { pc, mut left, mut at } => {
                    let Op::Repeat(single, ..) = self.program.ops[pc as usize] else { continue };
                    let wanted = self.follows(pc);
                    while left > 0 {
                        let Some(next) = self.one::<E>(single, at) else { break };
                        at = next;
                        left -= u32::from(!is_unlimited(left));
                        if wanted.is_none_or(|byte| self.text.get(at) == Some(&byte)) {
                            self.push(Back::More { pc, left, at })?;
                            return Ok(Some((pc + 1, at)));
                        }
                    }
                }
            }
        }
        Ok(None)
    }

    /// A repetition of single characters: where it leads to first.
    #[inline(always)]
    fn repeat<E: Encoding>(&mut self, pc: Place, at: usize) -> Result<Option<usize>, Stop> {
        let Op::Repeat(single, least, most, greed) = self.program.ops[pc as usize] else { return Ok(None) };
        let mut low = at;
        let mut count = 0;
        while count < least {
            match self.one::<E>(single, low) {
                Some(next) => low = next,
                None => return Ok(None),
            }
            count += 1;
        }
        if greed == Greed::Lazy {
            let left = if is_unlimited(most) { most } else { most - least };
            if left > 0 {
                self.push(Back::More { pc, left, at: low })?;
            }
            return Ok(Some(low));
        }
        let mut high = low;
        if single == Single::All && is_unlimited(most) {
            high = self.text.len();
        } else if single == Single::Any && is_unlimited(most) {
            high = memchr::memchr(b'\n', &self.text[low..]).map_or(self.text.len(), |found| low + found);
        } else {
            while count < most || is_unlimited(most) {
                match self.one::<E>(single, high) {
                    Some(next) => high = next,
                    None => break,
                }
                count = count.saturating_add(1);
            }
        }
        if greed == Greed::Greedy && high > low {
            self.push(Back::Less { pc, least: low, at: high })?;
        }
        Ok(Some(high))
    }

    /// Is there a match that begins here?
    fn attempt<E: Encoding>(&mut self, start: usize, ask: &mut dyn FnMut() -> bool) -> Result<bool, Stop> {
        let program = self.program;
        let text = self.text;
        let (mut pc, mut at): (Place, usize) = (0, start);
        loop {
            let went_on = match program.ops[pc as usize] {
                Op::One(single) => match self.one::<E>(single, at) {
                    Some(next) => {
                        at = next;
                        true
                    }
                    None => false,
                },
                Op::Text(from, length) => {
                    let wanted = &program.texts[from as usize..(from + length) as usize];
                    let found = text[at..].starts_with(wanted);
                    at += if found { wanted.len() } else { 0 };
                    found
                }
                Op::Here(here) => self.is_here::<E>(here, at),
                Op::Mark(slot) => {
                    self.set(slot, at)?;
                    if slot % 2 == 1 {
                        self.set(program.last_group() as u32, slot as usize / 2)?;
                    }
                    true
                }
                Op::Split(other) => {
                    self.push(Back::Choice { pc: other, at })?;
                    true
                }
                Op::Jump(to) => {
                    pc = to;
                    continue;
                }
                Op::Repeat(..) => match self.repeat::<E>(pc, at)? {
                    Some(next) => {
                        at = next;
                        true
                    }
                    None => false,
                },
                Op::LoopInit(slot) => {
                    self.set(slot, 0)?;
                    self.set(slot + 1, NONE)?;
                    true
                }
                Op::Loop { slot, least, most, exit } => {
                    self.pause(ask)?;
                    let (rounds, last) = (self.slots[slot as usize], self.slots[slot as usize + 1]);
                    if rounds < least as usize {
                        self.set(slot, rounds + 1)?;
                        true
                    } else if (rounds < most as usize || is_unlimited(most)) && at != last {
                        self.push(Back::Choice { pc: exit, at })?;
                        self.set(slot, rounds + 1)?;
                        self.set(slot + 1, at)?;
                        true
                    } else {
                        pc = exit;
                        continue;
                    }
                }
                Op::LazyLoop { slot, least, most, exit } => {
                    self.pause(ask)?;
                    let (rounds, last) = (self.slots[slot as usize], self.slots[slot as usize + 1]);
                    if rounds < least as usize {
                        self.set(slot, rounds + 1)?;
                        // Past the instruction that remembers where a voluntary round began.
                        pc += 2;
                        continue;
                    }
                    if (rounds < most as usize || is_unlimited(most)) && at != last {
                        self.push(Back::Choice { pc: pc + 1, at })?;
                    }
                    pc = exit;
                    continue;
                }
                Op::LazyBody(slot) => {
                    let rounds = self.slots[slot as usize];
                    self.set(slot, rounds + 1)?;
                    self.set(slot + 1, at)?;
                    true
                }
                Op::AtomicStart(slot) => {
                    // What this undoes lies above the mark.
                    let height = self.backs.len();
                    self.set(slot, height)?;
                    true
                }
                Op::AtomicEnd(slot) => {
                    self.cut(slot);
                    true
                }
                Op::LookStart(slot, back) => match self.go_back::<E>(at, back) {
                    Some(from) => {
                        let height = self.backs.len();
                        self.set(slot, height)?;
                        self.set(slot + 1, at)?;
                        at = from;
                        true
                    }
                    None => false,
                },
                Op::LookEnd(slot) => {
                    at = self.slots[slot as usize + 1];
                    self.cut(slot);
                    true
                }
                Op::NotStart { slot, back, exit } => match self.go_back::<E>(at, back) {
                    Some(from) => {
                        let height = self.backs.len();
                        self.push(Back::Choice { pc: exit, at })?;
                        self.set(slot, height)?;
                        at = from;
                        true
                    }
                    None => {
                        pc = exit;
                        continue;
                    }
                },
                Op::NotEnd(slot) => {
                    let height = self.slots[slot as usize];
                    while self.backs.len() > height {
                        if let Some(Back::Undo { slot, old }) = self.backs.pop() {
                            self.slots[slot as usize] = old;
                        }
                    }
                    false
                }
                Op::Reference(group, case) => match self.again::<E>(group as usize, case, at) {
                    Some(next) => {
                        at = next;
                        true
                    }
                    None => false,
                },
                Op::Condition(group, otherwise) => {
                    if self.span(group as usize).is_none() {
                        pc = otherwise;
                        continue;
                    }
                    true
                }
                Op::Fail => false,
                Op::Match => {
                    let ended = self.finish == Finish::Anywhere || at == text.len();
                    if ended && !(self.must_advance && at == start) {
                        self.slots[0] = start;
                        self.slots[1] = at;
                        return Ok(true);
                    }
                    false
                }
            };
            if went_on {
                pc += 1;
                continue;
            }
            self.pause(ask)?;
            match self.back::<E>()? {
                Some(way) => (pc, at) = way,
                None => return Ok(false),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{compile, parse};
    use super::*;

    fn program(pattern: &str) -> Program {
        let pattern: Vec<u32> = pattern.chars().map(u32::from).collect();
        let parsed = parse(&pattern, true, 0, &|| false, &mut Vec::new()).expect("the pattern is well formed");
        compile(&parsed, true)
    }

    #[test]
    fn a_search_that_would_not_end_can_be_stopped() {
        let program = program("(a+)+b");
        let text = [b'a'; 60];
        let found = Matcher::new(&program, &text, false).search(0, false, &mut || false);
        assert_eq!(found, Err(Stop::Asked));
    }

    #[test]
    fn what_failed_leaves_no_trace() {
        let program = program("(?:(a)b|a(c))(?<=(c))");
        let mut matcher = Matcher::new(&program, "éac".as_bytes(), true);
        assert_eq!(matcher.search(0, false, &mut || true), Ok(true));
        assert_eq!((matcher.span(0), matcher.span(1)), (Some((2, 4)), None));
        assert_eq!((matcher.span(2), matcher.span(3), matcher.last_group()), (Some((3, 4)), Some((3, 4)), Some(3)));
    }
}
