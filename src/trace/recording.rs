//! The recording: what a [`Recorder`](super::Recorder) writes while the program runs, as compact as it can be had quickly.
//!
//! A recording is bytes: entries, one after the other, each a tag and what belongs to it. Numbers are written in groups of
//! seven bits, the lowest first; places as the number of a code, that an entry before has introduced, and that of an
//! instruction; objects by their identity and what they are, a code or a word; values as pieces of text between which objects
//! stand by themselves, because what they are called is found out by who reads it ([`Teller`](super::Teller)). Most entries say
//! that control goes from one place to another as it has gone before: a transfer is introduced with a number (`Head`), by which
//! it is named from then on (`Again`), with the values that go with it or, if none do, with five bytes of nothing. Of which
//! generator it is stands before it (`Of`) where that is another than the last time. These two, and what a loop does by itself
//! (`Act`), are as the machine notes them ([`pad`](crate::vm::pad)). So the program that is watched pays for none of that, nor
//! for the form of a view.

use crate::vm::observer::{Act, Transfer};
use crate::vm::pad;

/// With this begins a file with a recording, of whatever version.
pub const RECORDING: &[u8] = b"pyield recording ";

/// With this, one that can be read.
pub const MAGIC: &[u8] = b"pyield recording 7\n";

macro_rules! tags {
    ($(#[$doc:meta])* $tag:ident: $($name:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub(super) enum $tag { $($name),* }

        impl $tag {
            const ALL: &'static [$tag] = &[$($tag::$name),*];

            fn of(byte: u8) -> Option<$tag> {
                $tag::ALL.get(usize::from(byte)).copied()
            }
        }
    };
}

tags! {
    /// What an entry says. The first few are no events, but what the events behind them refer to.
    Tag: Again Of Act Code Mark Word Alive Time Thread Head
        Call Return Create Start Resume Throw Yield Delegate Finish HandOver Fold Round Drop Raise Catch Pass Unwind Reach Output Spawn End Over
        Make Step StepOver Wait Pause Wake Done Fail Cancelled Cancel Queue Run RunOver Arm Fire Disarm Watch Unwatch Ready
}

impl Tag {
    /// The tag of a transfer of control.
    pub fn of_transfer(transfer: Transfer) -> Tag {
        match transfer {
            Transfer::Call => Tag::Call,
            Transfer::Return => Tag::Return,
            Transfer::Create => Tag::Create,
            Transfer::Start => Tag::Start,
            Transfer::Resume => Tag::Resume,
            Transfer::Yield => Tag::Yield,
            Transfer::Delegate => Tag::Delegate,
            Transfer::Finish => Tag::Finish,
            Transfer::HandOver => Tag::HandOver,
            Transfer::Fold => Tag::Fold,
            Transfer::Round => Tag::Round,
        }
    }

    /// The tag of what an event loop does.
    pub fn of_act(act: &Act<'_>) -> Tag {
        match act {
            Act::Make { .. } => Tag::Make,
            Act::Step => Tag::Step,
            Act::StepOver => Tag::StepOver,
            Act::Wait { .. } => Tag::Wait,
            Act::Pause => Tag::Pause,
            Act::Wake { .. } => Tag::Wake,
            Act::Done { .. } => Tag::Done,
            Act::Fail { .. } => Tag::Fail,
            Act::Cancelled => Tag::Cancelled,
            Act::Cancel => Tag::Cancel,
            Act::Queue { .. } => Tag::Queue,
            Act::Run => Tag::Run,
            Act::RunOver => Tag::RunOver,
            Act::Arm { .. } => Tag::Arm,
            Act::Fire => Tag::Fire,
            Act::Disarm => Tag::Disarm,
            Act::Watch { .. } => Tag::Watch,
            Act::Unwatch => Tag::Unwatch,
            Act::Ready => Tag::Ready,
        }
    }
}

tags! {
    /// The pieces of which the description of a value is made. A byte that is a printable character of ASCII stands for itself.
    ///
    /// What a note has is an integer of four bytes with a sign, or has four bytes of nothing behind it, and perhaps a number of
    /// eight; before a further value of notes stands `More`. Of other integers the lowest bit is the sign (`i << 1 ^ i >> 63`);
    /// the piece says how many bytes they have.
    Piece: NotedInt NotedLong NotedFloat NotedNone NotedFalse NotedTrue None Open More Text Named Frame Close Int0 Int1 Int2 Int3 Int4 Int5 Int6 Int7 Int8
}

/// So many transfers have numbers; when there are more, those before are forgotten, and numbers begin anew.
pub(super) const NUMBERED: usize = 1 << 14;

const _: () = {
    assert!(
        Tag::Again as u8 == pad::AGAIN && Tag::Of as u8 == pad::OF && Tag::Act as u8 == pad::ACT,
        "notes are entries"
    );
    assert!(Piece::NotedInt as u8 == pad::INT && Piece::NotedLong as u8 == pad::LONG && Piece::More as u8 == pad::MORE);
    assert!(Piece::NotedFloat as u8 == pad::FLOAT && Piece::NotedNone as u8 == pad::NONE);
    assert!(Piece::NotedFalse as u8 == pad::FALSE && Piece::NotedTrue as u8 == pad::TRUE);
};

/// Numbers near 0 become small ones.
#[inline(always)]
fn zigzag(i: i64) -> u64 {
    (i << 1 ^ i >> 63) as u64
}

/// The bytes of a number, and how many they are, if it has at most three.
#[inline(always)]
pub(super) fn packed(n: u64) -> Option<(u64, usize)> {
    match n {
        0..0x80 => Some((n, 1)),
        0x80..0x4000 => Some((n & 0x7f | 0x80 | (n >> 7) << 8, 2)),
        0x4000..0x20_0000 => Some((n & 0x7f | 0x80 | ((n >> 7) & 0x7f | 0x80) << 8 | (n >> 14) << 16, 3)),
        _ => None,
    }
}

/// The bytes of the piece that an object is, and how many they are, unless the numbers are large.
#[inline(always)]
pub(super) fn known_as(piece: Piece, identity: u32, what: u32) -> Option<(u64, usize)> {
    let ((identity, length), (what, more)) = (packed(u64::from(identity))?, packed(u64::from(what))?);
    Some((piece as u64 | identity << 8 | what << (8 + 8 * length), 1 + length + more))
}

/// The bytes of the piece that an integer is, and how many they are; more than a word has are not all there.
#[inline(always)]
pub(super) fn int(i: i64) -> (u64, usize) {
    let n = zigzag(i);
    // One that is 0 has one all the same: so the length needs no question.
    let length = (n | 1).ilog2() as usize / 8 + 1;
    ((Piece::Int0 as u64 + length as u64) | n << 8, 1 + length)
}

/// Who writes.
#[derive(Default)]
pub(super) struct Ink {
    /// What is written, and room for more.
    room: Vec<u8>,
    /// How much of it is written.
    at: usize,
    /// Where the entry begins that is being written.
    entry: usize,
}

impl Ink {
    /// A new entry.
    #[inline]
    pub fn begin(&mut self, tag: Tag) {
        self.entry = self.at;
        self.byte(tag as u8);
    }

    /// How much is written.
    #[inline]
    pub fn len(&self) -> usize {
        self.at
    }

    /// What is written, which are whole entries. What comes is written where there is room in `next`.
    pub fn take(&mut self, next: Vec<u8>) -> Vec<u8> {
        let mut written = std::mem::replace(&mut self.room, next);
        written.truncate(self.at);
        (self.at, self.entry) = (0, 0);
        written
    }

    /// An entry that the one which is being written refers to.
    pub fn before(&mut self, entry: &Ink) {
        let begun = self.room[self.entry..self.at].to_vec();
        self.at = self.entry;
        self.bytes(&entry.room[..entry.at]);
        self.entry = self.at;
        self.bytes(&begun);
    }

    /// What was noted: entries, as they stand.
    pub fn notes(&mut self, notes: &[u64]) {
        let end = self.at + size_of_val(notes);
        self.make_room(end);
        let (places, _) = self.room[self.at..end].as_chunks_mut();
        places.iter_mut().zip(notes).for_each(|(place, note)| *place = note.to_le_bytes());
        self.at = end;
    }

    fn make_room(&mut self, end: usize) {
        if end > self.room.len() {
            // What is used again is as long as what was written there: a little more is mostly enough.
            self.room.resize(end + end / 16 + 64, 0);
        }
    }

    /// The first few bytes of a word, the lowest first.
    #[inline(always)]
    pub fn word(&mut self, word: u64, length: usize) {
        if !self.word_at_hand(word, length) {
            self.bytes(&word.to_le_bytes()[..length]);
        }
    }

    /// The same, if there is room for a whole word: that is written at once, though only its beginning counts.
    #[inline(always)]
    #[must_use]
    pub fn word_at_hand(&mut self, word: u64, length: usize) -> bool {
        let Some(place) = self.room.get_mut(self.at..self.at + size_of::<u64>()) else { return false };
        place.copy_from_slice(&word.to_le_bytes());
        self.at += length;
        true
    }

    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.word(u64::from(byte), 1);
    }

    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) {
        let end = self.at + bytes.len();
        self.make_room(end);
        self.room[self.at..end].copy_from_slice(bytes);
        self.at = end;
    }

    #[inline]
    pub fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    #[inline]
    pub fn number(&mut self, n: u64) {
        match packed(n) {
            Some((number, length)) => self.word(number, length),
            None => self.long_number(n),
        }
    }

    /// Two, which are short most of the time.
    #[inline]
    pub fn numbers(&mut self, first: u64, second: u64) {
        match (packed(first), packed(second)) {
            (Some((first, length)), Some((second, more))) => self.word(first | second << (8 * length), length + more),
            _ => {
                self.number(first);
                self.number(second);
            }
        }
    }

    #[inline(never)]
    fn long_number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.byte(n as u8 | 0x80);
            n >>= 7;
        }
        self.byte(n as u8);
    }

    pub fn text(&mut self, text: &str) {
        self.raw(text.as_bytes());
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes(bytes);
    }

    // ---- pieces

    #[inline]
    pub fn piece(&mut self, piece: Piece) {
        self.byte(piece as u8);
    }

    /// Printable characters of ASCII, each of which is a piece.
    #[inline(always)]
    pub fn literally(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    #[inline]
    pub fn int(&mut self, i: i64) {
        match int(i) {
            (word, length @ ..=8) => self.word(word, length),
            _ => {
                self.byte(Piece::Int8 as u8);
                self.bytes(&zigzag(i).to_le_bytes());
            }
        }
    }

    /// A text as it stands.
    pub fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.byte(Piece::Text as u8);
            self.text(text);
        }
    }

    /// A text between two characters.
    pub fn words_between(&mut self, before: u8, text: &str, after: u8) {
        self.byte(Piece::Text as u8);
        self.number(text.len() as u64 + 2);
        self.byte(before);
        self.bytes(text.as_bytes());
        self.byte(after);
    }

    /// An object that is told from others by a number behind its word, which was introduced with a number of its own.
    #[inline]
    pub fn named(&mut self, identity: u32, word: u32) {
        self.known_as(Piece::Named, identity, word);
    }

    /// The same of a generator: its code has the word.
    #[inline]
    pub fn frame(&mut self, identity: u32, code: usize) {
        self.known_as(Piece::Frame, identity, code as u32);
    }

    #[inline(always)]
    fn known_as(&mut self, piece: Piece, identity: u32, what: u32) {
        match known_as(piece, identity, what) {
            Some((bytes, length)) => self.word(bytes, length),
            None => {
                self.piece(piece);
                self.numbers(u64::from(identity), u64::from(what));
            }
        }
    }
}

/// The place of an event: the number of a code and that of an instruction.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub code: usize,
    pub index: usize,
}

/// What transfers have in common that are named by the same number.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub tag: Tag,
    pub from: Option<Spot>,
    pub to: Option<Spot>,
}

/// The identity of what has none.
const NOBODY: u64 = 0;

/// Who reads. Whatever is not there is `None`: a recording may be cut off.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    rest: &'a [u8],
}

/// A piece that was read.
pub(super) enum Read<'a> {
    None,
    Int(i64),
    Float(f64),
    Text(&'a str),
    Character(char),
    Named(u64, usize),
    Frame(u64, usize),
    Open,
    Close,
}

impl<'a> Reading<'a> {
    pub fn of(rest: &'a [u8]) -> Reading<'a> {
        Reading { rest }
    }

    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are still to be read.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    pub fn tag(&mut self) -> Option<Tag> {
        Tag::of(self.byte()?)
    }

    /// The number of a transfer.
    pub fn transfer(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) | usize::from(self.byte()?) << 8)
    }

    /// What a loop does, in a note.
    pub fn act(&mut self) -> Option<Tag> {
        use Tag::{Cancelled, Pause, Run, RunOver, Step, StepOver};
        let act = self.byte()?;
        self.byte()?;
        [Step, StepOver, Pause, Cancelled, Run, RunOver].get(usize::from(act)).copied()
    }

    /// The identity of a generator in a note, behind a byte of nothing.
    pub fn noted_identity(&mut self) -> Option<u64> {
        self.byte()?;
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u64::from(u32::from_le_bytes(*bytes)))
    }

    /// The bytes of nothing of a note without a value.
    pub fn noted_nothing(&mut self) -> Option<()> {
        self.noted_identity().map(drop)
    }

    /// What a transfer is introduced with.
    pub fn head(&mut self) -> Option<Head> {
        Some(Head { tag: self.tag()?, from: self.spot()?, to: self.spot()? })
    }

    pub fn flag(&mut self) -> Option<bool> {
        Some(self.byte()? != 0)
    }

    pub fn number(&mut self) -> Option<u64> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(n);
            }
            shift += 7;
        }
    }

    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub fn raw(&mut self) -> Option<&'a [u8]> {
        let length = self.size()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.raw()?).ok()
    }

    /// A place, unless there is none.
    pub fn spot(&mut self) -> Option<Option<Spot>> {
        match self.size()? {
            0 => Some(None),
            code => Some(Some(Spot { code: code - 1, index: self.size()? })),
        }
    }

    /// A place that there is.
    pub fn place(&mut self) -> Option<Spot> {
        self.spot()?
    }

    /// The object that an event is about: its identity, and how it is described.
    pub fn object(&mut self) -> Option<(u64, Reading<'a>)> {
        let mut piece = *self;
        let identity = match piece.piece()? {
            Read::Named(identity, _) | Read::Frame(identity, _) => identity,
            _ => NOBODY,
        };
        Some((identity, self.value()?))
    }

    /// The object that something happens in, if it is said to be in one.
    pub fn maybe_object(&mut self) -> Option<Option<(u64, Reading<'a>)>> {
        match self.flag()? {
            true => Some(Some(self.object()?)),
            false => Some(None),
        }
    }

    /// The variables of a frame, passed over.
    pub fn locals(&mut self) -> Option<()> {
        if self.flag()? {
            for _ in 0..self.size()? {
                self.text()?;
                self.value()?;
            }
        }
        Some(())
    }

    pub fn piece(&mut self) -> Option<Read<'a>> {
        let mut byte = self.byte()?;
        if byte == pad::MORE {
            self.rest = self.rest.get(2..)?;
            byte = self.byte()?;
        }
        if matches!(byte, b' '..=b'~') {
            return Some(Read::Character(char::from(byte)));
        }
        if byte >= pad::NAMED {
            let (bytes, rest) = self.rest.split_first_chunk()?;
            self.rest = rest;
            return Some(Read::Named(u64::from(u32::from_le_bytes(*bytes)), usize::from(byte - pad::NAMED)));
        }
        Some(match Piece::of(byte)? {
            Piece::More => return None,
            Piece::NotedInt => {
                let (bytes, rest) = self.rest.split_first_chunk()?;
                self.rest = rest;
                Read::Int(i64::from(i32::from_le_bytes(*bytes)))
            }
            piece @ (Piece::NotedLong | Piece::NotedFloat) => {
                let (bytes, rest) = self.rest.get(4..)?.split_first_chunk()?;
                self.rest = rest;
                match piece {
                    Piece::NotedLong => Read::Int(i64::from_le_bytes(*bytes)),
                    _ => Read::Float(f64::from_le_bytes(*bytes)),
                }
            }
            piece @ (Piece::NotedNone | Piece::NotedFalse | Piece::NotedTrue) => {
                self.rest = self.rest.get(4..)?;
                match piece {
                    Piece::NotedNone => Read::None,
                    _ => Read::Text(if piece == Piece::NotedTrue { "True" } else { "False" }),
                }
            }
            Piece::None => Read::None,
            Piece::Text => Read::Text(self.text()?),
            Piece::Named => Read::Named(self.number()?, self.size()?),
            Piece::Frame => Read::Frame(self.number()?, self.size()?),
            Piece::Open => Read::Open,
            Piece::Close => Read::Close,
            _ => {
                let mut word = [0; 8];
                for place in &mut word[..usize::from(byte - Piece::Int0 as u8)] {
                    *place = self.byte()?;
                }
                let n = u64::from_le_bytes(word);
                Read::Int((n >> 1) as i64 ^ -((n & 1) as i64))
            }
        })
    }

    /// The description of one value, to be read when it is wanted.
    pub fn value(&mut self) -> Option<Reading<'a>> {
        let whole = self.rest;
        let mut depth = 0_usize;
        loop {
            match self.piece()? {
                Read::Open => depth += 1,
                Read::Close => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(Reading { rest: &whole[..whole.len() - self.rest.len()] });
            }
        }
    }

    /// Descriptions of as many values as a number says.
    pub fn values(&mut self) -> Option<Vec<Reading<'a>>> {
        let count = self.size()?;
        self.so_many_values(count)
    }

    pub fn so_many_values(&mut self, count: usize) -> Option<Vec<Reading<'a>>> {
        (0..count).map(|_| self.value()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read_and_what_is_cut_off_ends() {
        let mut ink = Ink::default();
        ink.begin(Tag::Ready);
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            ink.number(n);
        }
        ink.text("ünï");
        ink.piece(Piece::Open);
        ink.literally("[");
        let ints = [0, -1, 1, -5, 127, 128, -129, 70_000, i64::MAX >> 9, i64::MIN >> 9, i64::MAX, i64::MIN];
        for i in ints {
            ink.int(i);
        }
        ink.named(7, 1);
        ink.piece(Piece::Close);
        let written = ink.take(Vec::new());
        let mut reading = Reading::of(&written);
        assert_eq!(reading.tag(), Some(Tag::Ready));
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(reading.number(), Some(n));
        }
        assert_eq!(reading.text(), Some("ünï"));
        let mut value = reading;
        assert!(matches!(value.piece(), Some(Read::Open)) && matches!(value.piece(), Some(Read::Character('['))));
        for i in ints {
            assert!(matches!(value.piece(), Some(Read::Int(read)) if read == i), "{i}");
        }
        assert!(reading.value().is_some() && reading.is_over());
        for length in 0..written.len() {
            let mut reading = Reading::of(&written[..length]);
            let _ = reading.tag();
            while reading.value().is_some() {}
        }
    }
}
