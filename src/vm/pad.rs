//! Where the machine itself notes the transfers of control that an observer knows.
//!
//! Most transfers have happened before. An observer that writes down what it sees gives a transfer a number when it is told of
//! it, and says with what it ends ([`Pad::expect`]): from then on that transfer is a word here, which is written where it is
//! carried out, in a few instructions. The observer takes what is noted before it is told of anything else, and when the pad is
//! full ([`Observer::noted`](super::observer::Observer::noted)).
//!
//! A note is eight bytes, the lowest of the word first: `AGAIN`, two with the number of the transfer, and the value: a byte
//! that says what it is and four with the rest of it, if it has one; of a delegation, four with the number of whom it is
//! delegated to. A number that is longer has eight bytes of its own behind the note, and each further value a note: `MORE`, two
//! bytes of nothing, and the value. If a transfer is of another generator than the last time, a note stands before it: `OF`,
//! the number of the transfer, a byte of nothing, and four with the number of the generator. What an event loop does by itself
//! with a task or handle is a note, too: `ACT`, a byte that says what, one of nothing, and the task or handle as a value.

use super::observer::Passage;
use crate::object::{Foreign, Value, identity};

/// With this begins a note of a transfer.
pub const AGAIN: u8 = 0;
/// One that says of which generator it is from now on.
pub const OF: u8 = 1;
/// One of what a loop does.
pub const ACT: u8 = 2;
/// And one of a further value.
pub const MORE: u8 = 8;

/// A value is an integer of four bytes with a sign.
pub const INT: u8 = 0;
/// It is one of eight, which stand behind the note.
pub const LONG: u8 = 1;
/// It is a float, whose eight bytes stand behind the note.
pub const FLOAT: u8 = 2;
/// It is `None`; four bytes of nothing follow, as they do behind the next two.
pub const NONE: u8 = 3;
/// It is `False`.
pub const FALSE: u8 = 4;
/// It is `True`.
pub const TRUE: u8 = 5;
/// It is an object that is called by a word, whose number is added to this; in four bytes, by what it is told from others.
pub const NAMED: u8 = 0x80;

/// So many transfers are known at a time: a power of two.
const KNOWN: usize = 1 << 12;

/// There is room for so many notes.
const ROOM: usize = 1 << 9;

/// The words of so many numbers may be noted.
const WORDS: usize = 1 << 6;

/// With what a note ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    /// With the values that go with the transfer, of which mostly there is one.
    Values,
    /// With nothing.
    Nothing,
    /// With the generator that is delegated to.
    Delegate,
}

/// A transfer that has a number. Codes whose instructions are known by their addresses have to stay where they are.
#[derive(Clone, Copy)]
struct Known {
    passage: Passage,
    /// The number of the generator that it was of last.
    whom: u32,
    form: Form,
}

const UNKNOWN: Known = Known { passage: Passage::NONE, whom: 0, form: Form(0) };

/// What a note of it begins with and, in the highest byte, with what it ends.
#[derive(Clone, Copy)]
struct Form(u32);

impl Form {
    fn of(number: u16, ends: Ends) -> Form {
        Form(u32::from(AGAIN) | u32::from(number) << 8 | (ends as u32) << 24)
    }

    #[inline(always)]
    fn has_values(self) -> bool {
        self.0 >> 24 == Ends::Values as u32
    }

    #[inline(always)]
    fn begins(self) -> u64 {
        u64::from(self.0 & 0xff_ffff)
    }

    fn number(self) -> u16 {
        (self.0 >> 8) as u16
    }
}

/// That of a note of a further value.
const FURTHER: Form = Form(MORE as u32);

/// A value as it stands in a note, what may stand behind it, and how many words that is.
type Written = (u64, u64, usize);

/// What became of a transfer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noted {
    /// It is noted.
    Whole,
    /// All but its values, which are not of the kind that can be: it has this number.
    ButValues(u16),
    /// It is not known, or there is no room.
    Not,
}

/// See the head of the file.
pub struct Pad {
    known: [Known; KNOWN],
    /// The generators that transfers were of last, by their numbers, when others took their places.
    whoms: Vec<u32>,
    notes: [u64; ROOM],
    noted: usize,
    /// What values are that are called by words, each where the number says that the word has for all observers; 0 for those
    /// that cannot be noted.
    words: [u8; WORDS],
}

/// Where a transfer is, if it is known.
#[inline(always)]
fn place(passage: Passage) -> usize {
    (passage.spread() >> (u64::BITS - KNOWN.ilog2())) as usize
}

/// The value of a note that is of this kind, and no more.
#[inline(always)]
fn only(kind: u8) -> u64 {
    u64::from(kind) << 24
}

/// The note that a transfer is of this generator from now on.
pub fn of(number: u16, whom: u32) -> u64 {
    u64::from(OF) | u64::from(number) << 8 | u64::from(whom) << 32
}

/// The note of a delegation to the generator with this number.
pub fn delegation(number: u16, delegate: u32) -> u64 {
    u64::from(AGAIN) | u64::from(number) << 8 | u64::from(delegate) << 32
}

impl Default for Pad {
    fn default() -> Pad {
        Pad { known: [UNKNOWN; KNOWN], whoms: Vec::new(), notes: [0; ROOM], noted: 0, words: [0; WORDS] }
    }
}

impl Pad {
    /// Note a transfer with one value.
    #[inline(always)]
    pub(super) fn note(&mut self, passage: Passage, whom: u32, value: &Value) -> Noted {
        match self.known(passage, whom) {
            Some(form) if form.has_values() => self.write_value(form, value),
            Some(form) => self.write(form.begins(), (0, 0, 1)),
            None => Noted::Not,
        }
    }

    /// Note a transfer with these values.
    #[inline(always)]
    pub fn note_all(&mut self, passage: Passage, whom: u32, values: &[Value]) -> Noted {
        match (self.known(passage, whom), values) {
            (Some(form), [value]) if form.has_values() => self.write_value(form, value),
            (Some(form), [first, more @ ..]) if form.has_values() => self.write_values(form, first, more),
            (Some(form), _) => self.write(form.begins(), (0, 0, 1)),
            (None, _) => Noted::Not,
        }
    }

    /// Note that a generator delegates to the one with this number.
    #[inline(always)]
    pub fn note_delegation(&mut self, passage: Passage, whom: u32, delegate: u32) -> Noted {
        match self.known(passage, whom) {
            Some(form) => self.write(form.begins(), (u64::from(delegate) << 32, 0, 1)),
            None => Noted::Not,
        }
    }

    #[inline(always)]
    fn write_value(&mut self, form: Form, value: &Value) -> Noted {
        if let Some(i) = value.as_small() {
            let is_long = i64::from(i as i32) != i;
            let noted = (i as u64) << 32 | only(INT + u8::from(is_long));
            return self.write(form.begins(), (noted, i as u64, 1 + usize::from(is_long)));
        }
        match value.is_none() {
            true => self.write(form.begins(), (only(NONE), 0, 1)),
            false => self.write_other(form, value),
        }
    }

    #[inline(never)]
    fn write_other(&mut self, form: Form, value: &Value) -> Noted {
        let written = match (value.as_float(), value.as_bool()) {
            (Some(f), _) => Some((only(FLOAT), f.to_bits(), 2)),
            (_, Some(yes)) => Some((only(if yes { TRUE } else { FALSE }), 0, 1)),
            _ => self.named(value).map(|object| (object, 0, 1)),
        };
        match written {
            Some(written) => self.write(form.begins(), written),
            None => Noted::ButValues(form.number()),
        }
    }

    #[inline(never)]
    fn write_values(&mut self, form: Form, first: &Value, more: &[Value]) -> Noted {
        let noted = self.noted;
        let mut written = self.write_value(form, first);
        for value in more {
            if written == Noted::Whole {
                written = self.write_value(FURTHER, value);
            }
        }
        if written != Noted::Whole {
            // All of it is told, or nothing.
            self.noted = noted;
        }
        match written {
            Noted::ButValues(_) => Noted::ButValues(form.number()),
            written => written,
        }
    }

    /// Note what an event loop does by itself, with a task or handle: is it noted?
    #[inline(always)]
    pub fn note_act(&mut self, act: u8, object: &Value) -> bool {
        if identity::any_gone() {
            return false;
        }
        match self.named(object) {
            Some(object) => self.write(u64::from(ACT) | u64::from(act) << 8, (object, 0, 1)) == Noted::Whole,
            None => false,
        }
    }

    /// An object that is called by a word.
    #[inline]
    fn named(&self, value: &Value) -> Option<u64> {
        let object = value.get::<Foreign>()?;
        let word = self.words.get(object.word.get() as usize).filter(|word| **word != 0)?;
        Some(only(*word) | u64::from(object.number.get()) << 32)
    }

    /// What there is to be known of a transfer that is of this generator. None if something has to be told first: generators
    /// that went unfinished.
    #[inline(always)]
    fn known(&mut self, passage: Passage, whom: u32) -> Option<Form> {
        let known = &self.known[place(passage)];
        if known.passage != passage || identity::any_gone() {
            return None;
        }
        if known.whom == whom { Some(known.form) } else { self.turn_to(passage, whom) }
    }

    #[inline(never)]
    fn turn_to(&mut self, passage: Passage, whom: u32) -> Option<Form> {
        // There has to be room for the note that this one goes before, and for what may stand behind that.
        let [note, _, _, ..] = &mut self.notes[self.noted..] else { return None };
        let known = &mut self.known[place(passage)];
        known.whom = whom;
        *note = of(known.form.number(), whom);
        self.noted += 1;
        Some(known.form)
    }

    /// What may stand behind a value is written in any case: that is quicker than to ask.
    #[inline(always)]
    fn write(&mut self, begins: u64, (value, behind, words): Written) -> Noted {
        let Some([first, second]) = self.notes.get_mut(self.noted..self.noted + 2) else { return Noted::Not };
        *first = begins | value;
        *second = behind;
        self.noted += words;
        Noted::Whole
    }

    /// The number of a transfer, if that is at hand.
    pub fn number(&self, passage: Passage) -> Option<u16> {
        let known = &self.known[place(passage)];
        (known.passage == passage).then(|| known.form.number())
    }

    /// From now on a transfer may be noted by this number. Whoever is told of it notes it, too: then what is written does not
    /// depend on which transfers have the same place here, which their addresses say.
    pub fn expect(&mut self, passage: Passage, number: u16, ends: Ends) {
        if self.number(passage).is_some() {
            return;
        }
        let known = Known { passage, whom: *self.last(number), form: Form::of(number, ends) };
        let before = std::mem::replace(&mut self.known[place(passage)], known);
        if before.passage != Passage::NONE {
            *self.last(before.form.number()) = before.whom;
        }
    }

    fn last(&mut self, number: u16) -> &mut u32 {
        self.whoms.resize(self.whoms.len().max(usize::from(number) + 1), 0);
        &mut self.whoms[usize::from(number)]
    }

    /// From now on an object that is called by this word may be noted as one that is called by word `number` of the observer's.
    pub fn expect_word(&mut self, word: u32, number: u32) {
        if let (Some(place), Ok(number @ ..NAMED)) = (self.words.get_mut(word as usize), u8::try_from(number)) {
            *place = NAMED | number;
        }
    }

    /// The numbers of transfers begin anew.
    pub fn forget(&mut self) {
        self.known.fill(UNKNOWN);
        self.whoms.clear();
    }

    /// What was noted since this was asked last.
    pub fn take(&mut self) -> &[u64] {
        &self.notes[..std::mem::take(&mut self.noted)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytecode::Op;
    use crate::vm::observer::Transfer;

    fn passage(n: usize) -> Passage {
        let op = |n: usize| std::ptr::without_provenance::<Op>(n * size_of::<Op>());
        Passage::of(Transfer::Yield, op(n), op(2 * n))
    }

    #[test]
    fn what_is_expected_is_noted_and_nothing_else() {
        let mut pad = Pad::default();
        assert_eq!(pad.note(passage(1), 7, &Value::NONE), Noted::Not);
        pad.expect(passage(1), 3, Ends::Values);
        assert_eq!(pad.note(passage(1), 7, &Value::small(1)), Noted::Whole);
        assert_eq!(pad.number(passage(1)), Some(3));
        assert_eq!(pad.note(passage(1), 7, &Value::small(-2)), Noted::Whole);
        assert_eq!(pad.note(passage(1), 8, &Value::NONE), Noted::Whole);
        assert_eq!(pad.note(passage(1), 8, &Value::small(-1 << 40)), Noted::Whole);
        assert_eq!(pad.note_all(passage(1), 0, &[Value::TRUE, Value::small(5)]), Noted::Whole);
        assert_eq!(pad.note_all(passage(1), 0, &[Value::NONE, Value::str("text")]), Noted::ButValues(3));
        let bytes = |note: &u64| note.to_le_bytes();
        let notes: Vec<[u8; 8]> = pad.take().iter().map(bytes).collect();
        let expected = [
            [OF, 3, 0, 0, 7, 0, 0, 0],
            [AGAIN, 3, 0, INT, 1, 0, 0, 0],
            [AGAIN, 3, 0, INT, 254, 255, 255, 255],
            [OF, 3, 0, 0, 8, 0, 0, 0],
            [AGAIN, 3, 0, NONE, 0, 0, 0, 0],
            [AGAIN, 3, 0, LONG, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 255, 255, 255],
            [OF, 3, 0, 0, 0, 0, 0, 0],
            [AGAIN, 3, 0, TRUE, 0, 0, 0, 0],
            [MORE, 0, 0, INT, 5, 0, 0, 0],
        ];
        assert_eq!(notes, expected);
    }
}
