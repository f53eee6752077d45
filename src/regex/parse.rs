//! The text of a pattern to its tree.
//!
//! A word is a character, or a backslash with the one behind it; one word is looked at in advance. The places of errors follow
//! from that, as CPython's do.

use super::set::{Category, Item};
use super::{Error, MOST_GROUPS, UNLIMITED, flags};
use crate::text::{escape, unicode, wtf8};

/// Nodes one after the other.
pub type Sequence = Vec<Node>;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// This character.
    Literal(u32),
    /// Any character, but for the end of a line.
    Any,
    /// A character of these, or none of these.
    Set(Vec<Item>, bool),
    /// A place.
    At(At),
    /// The first of these that leads to a match.
    Branch(Vec<Sequence>),
    /// A group: its number if it captures, the flags it turns on and off.
    Group(Option<usize>, u32, u32, Sequence),
    /// Without a way back.
    Atomic(Sequence),
    /// Again and again: fewest, most.
    Repeat(u32, u32, Greed, Sequence),
    /// What lies ahead, or behind: is it there?
    Look(Side, bool, Sequence),
    /// What a group matched.
    Reference(usize),
    /// If a group matched, the first, else the second.
    Condition(usize, Sequence, Sequence),
    /// Never.
    Fail,
}

/// A place in the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// `^`
    Start,
    /// `\A`
    TextStart,
    /// `$`
    End,
    /// `\Z`
    TextEnd,
    /// `\b`
    Boundary,
    /// `\B`
    Inside,
}

/// How a repetition behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greed {
    /// As many as possible.
    Greedy,
    /// As few as possible.
    Lazy,
    /// As many as there are, without a way back.
    Possessive,
}

/// Where a look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Ahead,
    Behind,
}

/// What is suspicious in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The text.
    pub message: String,
    /// How deep the set is nested: a warning points at the caller, past a frame for each level.
    pub nested: usize,
}

/// A pattern, taken apart.
pub struct Parsed {
    /// The tree.
    pub tree: Sequence,
    /// The flags, those from within the pattern included.
    pub flags: u32,
    /// How many groups capture.
    pub groups: usize,
    /// The groups with names, in order.
    pub names: Vec<(Vec<u8>, usize)>,
    /// The width of each group.
    pub widths: Vec<Option<Width>>,
}

type Result<T> = std::result::Result<T, Error>;

/// Takes a pattern apart; `short` says whether the native stack comes to its end. What is suspicious is told as well, also
/// when something is wrong behind it.
pub fn parse(
    pattern: &[u32],
    is_text: bool,
    flags: u32,
    short: &dyn Fn() -> bool,
    warnings: &mut Vec<Warning>,
) -> Result<Parsed> {
    let words = Words::new(pattern, is_text)?;
    let mut parser = Parser {
        words,
        flags,
        widths: vec![None],
        names: Vec::new(),
        behind: None,
        conditions: Vec::new(),
        warnings,
        short,
    };
    let verbose = flags & flags::VERBOSE != 0;
    let tree = parser.alternatives(verbose, 0)?;
    let flags = fixed(is_text, parser.flags)?;
    if parser.words.next.is_some() {
        return Err(parser.words.error("unbalanced parenthesis", 0));
    }
    for (group, place) in &parser.conditions {
        if *group >= parser.widths.len() {
            return Err(Error::Pattern(format!("invalid group reference {group}"), Some(*place)));
        }
    }
    check_behind(&tree, &parser.widths)?;
    let groups = parser.widths.len() - 1;
    Ok(Parsed { tree, flags, groups, names: parser.names, widths: parser.widths })
}

/// The flags with those that follow from the kind of the pattern.
fn fixed(is_text: bool, flags: u32) -> Result<u32> {
    if is_text {
        if flags & flags::LOCALE != 0 {
            return Err(Error::Flags("cannot use LOCALE flag with a str pattern"));
        }
        if flags & flags::ASCII != 0 && flags & flags::UNICODE != 0 {
            return Err(Error::Flags("ASCII and UNICODE flags are incompatible"));
        }
        return Ok(if flags & flags::ASCII == 0 { flags | flags::UNICODE } else { flags });
    }
    if flags & flags::UNICODE != 0 {
        return Err(Error::Flags("cannot use UNICODE flag with a bytes pattern"));
    }
    if flags & flags::LOCALE != 0 && flags & flags::ASCII != 0 {
        return Err(Error::Flags("ASCII and LOCALE flags are incompatible"));
    }
    Ok(flags)
}

/// A word of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A character.
    Plain(u32),
    /// A backslash and a character.
    Escaped(u32),
}

impl Word {
    fn length(self) -> usize {
        match self {
            Word::Plain(_) => 1,
            Word::Escaped(_) => 2,
        }
    }

    fn shown(self) -> String {
        match self {
            Word::Plain(c) => shown(&[c]),
            Word::Escaped(c) => shown(&[u32::from(b'\\'), c]),
        }
    }

    /// The character, if it stands alone.
    pub fn plain(self) -> Option<char> {
        match self {
            Word::Plain(c) => char::from_u32(c),
            Word::Escaped(_) => None,
        }
    }
}

fn shown(text: &[u32]) -> String {
    wtf8::to_string_lossy(&encoded(text))
}

fn encoded(text: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    text.iter().for_each(|c| wtf8::push(&mut bytes, *c));
    bytes
}

/// The words of a pattern or a template.
pub struct Words<'a> {
    text: &'a [u32],
    /// Does it come from a `str`?
    pub is_text: bool,
    index: usize,
    /// The word that comes next.
    pub next: Option<Word>,
}

impl<'a> Words<'a> {
    /// From the beginning.
    pub fn new(text: &'a [u32], is_text: bool) -> Result<Words<'a>> {
        let mut words = Words { text, is_text, index: 0, next: None };
        words.step()?;
        Ok(words)
    }

    fn step(&mut self) -> Result<()> {
        self.next = match self.text.get(self.index) {
            None => None,
            Some(&c) if c == u32::from(b'\\') => match self.text.get(self.index + 1) {
                Some(&c) => Some(Word::Escaped(c)),
                None => {
                    let message = "bad escape (end of pattern)".to_owned();
                    return Err(Error::Pattern(message, Some(self.text.len() - 1)));
                }
            },
            Some(&c) => Some(Word::Plain(c)),
        };
        self.index += self.next.map_or(0, Word::length);
        Ok(())
    }

    /// Takes the next word.
    pub fn take(&mut self) -> Result<Option<Word>> {
        let word = self.next;
        self.step()?;
        Ok(word)
    }

    /// Takes the next word if it is this character.
    pub fn eat(&mut self, c: char) -> Result<bool> {
        let found = self.next == Some(Word::Plain(c as u32));
        if found {
            self.step()?;
        }
        Ok(found)
    }

    /// The place of the next word.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Word::length)
    }

    fn seek(&mut self, place: usize) -> Result<()> {
        self.index = place;
        self.step()
    }

    /// Takes up to `most` characters that `accepts` likes.
    pub fn take_while(&mut self, most: usize, accepts: fn(char) -> bool) -> Result<String> {
        let mut taken = String::new();
        while taken.len() < most {
            match self.next.and_then(Word::plain) {
                Some(c) if accepts(c) => taken.push(c),
                _ => break,
            }
            self.step()?;
        }
        Ok(taken)
    }

    /// Takes what stands before `end`, and `end`.
    pub fn until(&mut self, end: char, what: &str) -> Result<Vec<u32>> {
        let mut taken = Vec::new();
        loop {
            let word = self.next;
            self.step()?;
            match word {
                None if taken.is_empty() => return Err(self.error(&format!("missing {what}"), 0)),
                None => return Err(self.error(&format!("missing {end}, unterminated name"), taken.len())),
                Some(Word::Plain(c)) if c == end as u32 => break,
                Some(Word::Plain(c)) => taken.push(c),
                Some(Word::Escaped(c)) => taken.extend([u32::from(b'\\'), c]),
            }
        }
        if taken.is_empty() {
            return Err(self.error(&format!("missing {what}"), 1));
        }
        Ok(taken)
    }

    /// What is wrong `back` characters before this place.
    pub fn error(&self, message: &str, back: usize) -> Error {
        let message = if self.is_text { message.to_owned() } else { escape::escape_non_ascii(message.as_bytes()) };
        Error::Pattern(message, Some(self.tell().saturating_sub(back)))
    }

    /// A name of a group that has just been taken, `more` characters before this place.
    pub fn check_name(&self, name: &[u32], more: usize) -> Result<()> {
        let text = encoded(name);
        if !self.is_text && !text.is_ascii() {
            let shown = escape::ascii_str(&text);
            return Err(self.error(&format!("bad character in group name {shown}"), name.len() + more));
        }
        if !unicode::isidentifier(&text) {
            let shown = escape::repr_str(&text);
            return Err(self.error(&format!("bad character in group name {shown}"), name.len() + more));
        }
        Ok(())
    }
}

/// A name as Python shows it.
pub fn quoted(name: &[u32]) -> String {
    escape::repr_str(&encoded(name))
}

/// The number that these characters are, if they are one: too large ones are the largest.
pub fn number(name: &[u32]) -> Option<usize> {
    let digits: Option<String> = name.iter().map(|c| char::from_u32(*c).filter(char::is_ascii_digit)).collect();
    Some(digits?.parse().unwrap_or(usize::MAX))
}

/// Is it a digit of an octal number?
pub fn is_octal(c: char) -> bool {
    ('0'..='7').contains(&c)
}

/// The character a letter behind a backslash stands for.
pub fn control(c: char) -> Option<u32> {
    Some(match c {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

fn category(c: char) -> Option<Item> {
    let category = match c.to_ascii_lowercase() {
        'd' => Category::Digit,
        's' => Category::Space,
        'w' => Category::Word,
        _ => return None,
    };
    Some(Item::Category(category, c.is_ascii_uppercase()))
}

fn flag(c: char) -> Option<u32> {
    Some(match c {
        'i' => flags::IGNORECASE,
        'L' => flags::LOCALE,
        'm' => flags::MULTILINE,
        's' => flags::DOTALL,
        'u' => flags::UNICODE,
        'x' => flags::VERBOSE,
        'a' => flags::ASCII,
        _ => return None,
    })
}

struct Parser<'a> {
    words: Words<'a>,
    flags: u32,
    /// The width of each group; `None` while it is open. The first is the whole pattern.
    widths: Vec<Option<Width>>,
    names: Vec<(Vec<u8>, usize)>,
    /// Within a look behind: the first group of its own.
    behind: Option<usize>,
    /// Groups that conditions ask for, with their places.
    conditions: Vec<(usize, usize)>,
    warnings: &'a mut Vec<Warning>,
    short: &'a dyn Fn() -> bool,
}

/// What the opening of a group says of it.
enum Opening {
    /// It is a group.
    Group { capturing: bool, atomic: bool, name: Option<Vec<u32>>, on: u32, off: u32 },
    /// It was this, and has been closed.
    Node(Node),
    /// It was nothing.
    Nothing,
}

impl Parser<'_> {
    fn error(&self, message: impl AsRef<str>, back: usize) -> Error {
        self.words.error(message.as_ref(), back)
    }

    fn alternatives(&mut self, mut verbose: bool, nested: usize) -> Result<Sequence> {
        if (self.short)() {
            return Err(Error::TooDeep);
        }
        let mut branches = Vec::new();
        loop {
            let first = nested == 0 && branches.is_empty();
            branches.push(self.sequence(verbose, nested + 1, first)?);
            if !self.words.eat('|')? {
                break;
            }
            if nested == 0 {
                verbose = self.flags & flags::VERBOSE != 0;
            }
        }
        Ok(match branches.pop() {
            Some(only) if branches.is_empty() => only,
            Some(last) => {
                branches.push(last);
                vec![Node::Branch(branches)]
            }
            None => Vec::new(),
        })
    }

    fn sequence(&mut self, mut verbose: bool, nested: usize, first: bool) -> Result<Sequence> {
        let mut found: Sequence = Vec::new();
        loop {
            let c = match self.words.next {
                None => break,
                Some(Word::Escaped(c)) => {
                    self.words.step()?;
                    let node = self.escape(c)?;
                    found.push(node);
                    continue;
                }
                Some(Word::Plain(c)) => c,
            };
            let character = char::from_u32(c).unwrap_or('\u{FFFD}');
            if matches!(character, '|' | ')') {
                break;
            }
            self.words.step()?;
            if verbose {
                if matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}') {
                    continue;
                }
                if character == '#' {
                    while self.words.take()?.is_some_and(|word| word != Word::Plain(10)) {}
                    continue;
                }
            }
            match character {
                '[' => {
                    let set = self.set(nested)?;
                    found.push(set);
                }
                '*' | '+' | '?' | '{' => self.repeat(character, &mut found)?,
                '.' => found.push(Node::Any),
                '(' => {
                    let start = self.words.tell() - 1;
                    match self.opening(start, verbose, nested, first && found.is_empty())? {
                        Opening::Nothing => {
                            if first {
                                verbose = self.flags & flags::VERBOSE != 0;
                            }
                        }
                        Opening::Node(node) => found.push(node),
                        Opening::Group { capturing, atomic, name, on, off } => {
                            let verbose = (verbose || on & flags::VERBOSE != 0) && off & flags::VERBOSE == 0;
                            let group = if capturing { Some(self.open(name.as_deref())?) } else { None };
                            let inside = self.alternatives(verbose, nested + 1)?;
                            self.close(start)?;
                            if let Some(group) = group {
                                self.widths[group] = Some(width(&inside, &self.widths));
                            }
                            found.push(match atomic {
                                true => Node::Atomic(inside),
                                false => Node::Group(group, on, off, inside),
                            });
                        }
                    }
                }
                '^' => found.push(Node::At(At::Start)),
                '$' => found.push(Node::At(At::End)),
                _ => found.push(Node::Literal(c)),
            }
        }
        Ok(found)
    }

    /// The closing parenthesis of what was opened at `start`.
    fn close(&mut self, start: usize) -> Result<()> {
        if self.words.eat(')')? {
            return Ok(());
        }
        Err(self.error("missing ), unterminated subpattern", self.words.tell() - start))
    }

    fn open(&mut self, name: Option<&[u32]>) -> Result<usize> {
        let group = self.widths.len();
        self.widths.push(None);
        if group >= MOST_GROUPS {
            return Err(self.error("too many groups", name.map_or(0, |name| name.len() + 1)));
        }
        if let Some(name) = name {
            let text = encoded(name);
            if let Some((_, other)) = self.names.iter().find(|(known, _)| *known == text) {
                let shown = quoted(name);
                let message = format!("redefinition of group name {shown} as group {group}; was group {other}");
                return Err(self.error(message, name.len() + 1));
            }
            self.names.push((text, group));
        }
        Ok(group)
    }

    /// What follows an opening parenthesis.
    fn opening(&mut self, start: usize, verbose: bool, nested: usize, first: bool) -> Result<Opening> {
        let group = |capturing, atomic, name, on, off| Ok(Opening::Group { capturing, atomic, name, on, off });
        if !self.words.eat('?')? {
            return group(true, false, None, 0, 0);
        }
        let word = self.extension()?;
        match word.plain().unwrap_or('\\') {
            'P' => {
                if self.words.eat('<')? {
                    let name = self.words.until('>', "group name")?;
                    self.words.check_name(&name, 1)?;
                    return group(true, false, Some(name), 0, 0);
                }
                if self.words.eat('=')? {
                    let name = self.words.until(')', "group name")?;
                    self.words.check_name(&name, 1)?;
                    let number = self.named(&name)?;
                    if !self.is_closed(number) {
                        return Err(self.error("cannot refer to an open group", name.len() + 1));
                    }
                    self.check_reference_behind(number)?;
                    return Ok(Opening::Node(Node::Reference(number)));
                }
                let word = self.extension()?;
                Err(self.error(format!("unknown extension ?P{}", word.shown()), word.length() + 2))
            }
            ':' => group(false, false, None, 0, 0),
            '>' => group(false, true, None, 0, 0),
            '#' => loop {
                if self.words.next.is_none() {
                    return Err(self.error("missing ), unterminated comment", self.words.tell() - start));
                }
                if self.words.take()? == Some(Word::Plain(u32::from(b')'))) {
                    return Ok(Opening::Nothing);
                }
            },
            '=' => self.look(Side::Ahead, true, start, verbose, nested),
            '!' => self.look(Side::Ahead, false, start, verbose, nested),
            '<' => {
                let word = self.extension()?;
                match word.plain() {
                    Some('=') => self.look(Side::Behind, true, start, verbose, nested),
                    Some('!') => self.look(Side::Behind, false, start, verbose, nested),
                    _ => Err(self.error(format!("unknown extension ?<{}", word.shown()), word.length() + 2)),
                }
            }
            '(' => self.condition(start, verbose, nested),
            letter if letter == '-' || flag(letter).is_some() => match self.inline_flags(letter)? {
                None if !first => {
                    let back = self.words.tell() - start;
                    Err(self.error("global flags not at the start of the expression", back))
                }
                None => Ok(Opening::Nothing),
                Some((on, off)) => group(false, false, None, on, off),
            },
            _ => Err(self.error(format!("unknown extension ?{}", word.shown()), word.length() + 1)),
        }
    }

    fn extension(&mut self) -> Result<Word> {
        self.words.take()?.ok_or_else(|| self.error("unexpected end of pattern", 0))
    }

    fn named(&self, name: &[u32]) -> Result<usize> {
        let text = encoded(name);
        match self.names.iter().find(|(known, _)| *known == text) {
            Some((_, number)) => Ok(*number),
            None => Err(self.error(format!("unknown group name {}", quoted(name)), name.len() + 1)),
        }
    }

    fn is_closed(&self, group: usize) -> bool {
        self.widths.get(group).is_some_and(|width| width.is_some())
    }

    fn check_reference_behind(&self, group: usize) -> Result<()> {
        let Some(own) = self.behind else { return Ok(()) };
        if !self.is_closed(group) {
            return Err(self.error("cannot refer to an open group", 0));
        }
        if group >= own {
            return Err(self.error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    fn look(&mut self, side: Side, wanted: bool, start: usize, verbose: bool, nested: usize) -> Result<Opening> {
        let outer = self.behind;
        if side == Side::Behind && outer.is_none() {
            self.behind = Some(self.widths.len());
        }
        let inside = self.alternatives(verbose, nested + 1)?;
        if side == Side::Behind {
            self.behind = outer;
        }
        self.close(start)?;
        let node = if !wanted && inside.is_empty() { Node::Fail } else { Node::Look(side, wanted, inside) };
        Ok(Opening::Node(node))
    }

    fn condition(&mut self, start: usize, verbose: bool, nested: usize) -> Result<Opening> {
        let name = self.words.until(')', "group name")?;
        let group = match number(&name) {
            None => {
                self.words.check_name(&name, 1)?;
                self.named(&name)?
            }
            Some(0) => return Err(self.error("bad group number", name.len() + 1)),
            Some(number) if number >= MOST_GROUPS => {
                let digits = shown(&name);
                let digits = digits.trim_start_matches('0');
                return Err(self.error(format!("invalid group reference {digits}"), name.len() + 1));
            }
            Some(number) => {
                if !self.conditions.iter().any(|(known, _)| *known == number) {
                    self.conditions.push((number, self.words.tell() - name.len() - 1));
                }
                number
            }
        };
        self.check_reference_behind(group)?;
        let yes = self.branch(verbose, nested)?;
        let mut no = Vec::new();
        if self.words.eat('|')? {
            no = self.branch(verbose, nested)?;
            if self.words.next == Some(Word::Plain(u32::from(b'|'))) {
                return Err(self.error("conditional backref with more than two branches", 0));
            }
        }
        self.close(start)?;
        Ok(Opening::Node(Node::Condition(group, yes, no)))
    }

    fn branch(&mut self, verbose: bool, nested: usize) -> Result<Sequence> {
        if (self.short)() {
            return Err(Error::TooDeep);
        }
        self.sequence(verbose, nested + 1, false)
    }

    /// Flags between a question mark and a colon, those turned on and off; or, before a parenthesis, for the whole pattern.
    fn inline_flags(&mut self, first: char) -> Result<Option<(u32, u32)>> {
        let (mut on, mut off) = (0, 0);
        let mut letter = first;
        if letter != '-' {
            while let Some(bit) = flag(letter) {
                match letter {
                    'L' if self.words.is_text => {
                        return Err(self.error("bad inline flags: cannot use 'L' flag with a str pattern", 0));
                    }
                    'u' if !self.words.is_text => {
                        return Err(self.error("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
                    }
                    _ => {}
                }
                on |= bit;
                if bit & flags::TYPE != 0 && on & flags::TYPE != bit {
                    return Err(self.error("bad inline flags: flags 'a', 'u' and 'L' are incompatible", 0));
                }
                letter = self.flag_letter("missing -, : or )", &[')', '-', ':'])?;
            }
        }
        if letter == ')' {
            self.flags |= on;
            return Ok(None);
        }
        if letter == '-' {
            letter = self.flag_letter("missing flag", &[])?;
            while let Some(bit) = flag(letter) {
                if bit & flags::TYPE != 0 {
                    return Err(self.error("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", 0));
                }
                off |= bit;
                letter = self.flag_letter("missing :", &[':'])?;
            }
        }
        if on & off != 0 {
            return Err(self.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((on, off)))
    }

    /// The next letter of flags, or one of `ends`.
    fn flag_letter(&mut self, missing: &str, ends: &[char]) -> Result<char> {
        let Some(word) = self.words.take()? else { return Err(self.error(missing, 0)) };
        let letter = word.plain().unwrap_or('\\');
        if ends.contains(&letter) || flag(letter).is_some() {
            return Ok(letter);
        }
        let is_letter = matches!(word, Word::Plain(c) if unicode::is_alpha(c));
        Err(self.error(if is_letter { "unknown flag" } else { missing }, word.length()))
    }

    fn repeat(&mut self, sign: char, found: &mut Sequence) -> Result<()> {
        let here = self.words.tell();
        let (least, most) = match sign {
            '?' => (0, 1),
            '*' => (0, UNLIMITED),
            '+' => (1, UNLIMITED),
            _ => {
                if self.words.next == Some(Word::Plain(u32::from(b'}'))) {
                    found.push(Node::Literal(u32::from(b'{')));
                    return Ok(());
                }
                let low = self.words.take_while(usize::MAX, |c| c.is_ascii_digit())?;
                let high = match self.words.eat(',')? {
                    true => self.words.take_while(usize::MAX, |c| c.is_ascii_digit())?,
                    false => low.clone(),
                };
                if !self.words.eat('}')? {
                    found.push(Node::Literal(u32::from(b'{')));
                    return self.words.seek(here);
                }
                let count = |digits: &str, default| match digits {
                    "" => Ok(default),
                    digits => match digits.parse() {
                        Ok(count) if count < UNLIMITED => Ok(count),
                        _ => Err(Error::Overflow("the repetition number is too large")),
                    },
                };
                let least = count(&low, 0)?;
                let most = count(&high, UNLIMITED)?;
                if most < least {
                    let back = self.words.tell() - here;
                    return Err(self.error("min repeat greater than max repeat", back));
                }
                (least, most)
            }
        };
        let back = self.words.tell() - here + 1;
        let item = match found.pop() {
            None | Some(Node::At(_)) => return Err(self.error("nothing to repeat", back)),
            Some(Node::Repeat(..)) => return Err(self.error("multiple repeat", back)),
            Some(Node::Group(None, 0, 0, inside)) => inside,
            Some(node) => vec![node],
        };
        let greed = if self.words.eat('?')? {
            Greed::Lazy
        } else if self.words.eat('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        found.push(Node::Repeat(least, most, greed, item));
        Ok(())
    }

    fn warn(&mut self, message: String, nested: usize) {
        self.warnings.push(Warning { message, nested });
    }

    fn set(&mut self, nested: usize) -> Result<Node> {
        let here = self.words.tell() - 1;
        let mut items: Vec<Item> = Vec::new();
        if self.words.next == Some(Word::Plain(u32::from(b'['))) {
            self.warn(format!("Possible nested set at position {}", self.words.tell()), nested);
        }
        let negated = self.words.eat('^')?;
        loop {
            let word = self.member(here)?;
            if word == Word::Plain(u32::from(b']')) && !items.is_empty() {
                break;
            }
            if let Some(c @ ('-' | '&' | '~' | '|')) = word.plain()
                && !items.is_empty()
                && self.words.next == Some(word)
            {
                let what = match c {
                    '-' => "difference",
                    '&' => "intersection",
                    '~' => "symmetric difference",
                    _ => "union",
                };
                self.warn(format!("Possible set {what} at position {}", self.words.tell() - 1), nested);
            }
            let low = self.set_item(word)?;
            if !self.words.eat('-')? {
                items.push(low);
                continue;
            }
            let other = self.member(here)?;
            if other == Word::Plain(u32::from(b']')) {
                items.push(low);
                items.push(Item::Range(u32::from(b'-'), u32::from(b'-')));
                break;
            }
            if other == Word::Plain(u32::from(b'-')) {
                self.warn(format!("Possible set difference at position {}", self.words.tell() - 2), nested);
            }
            match (low, self.set_item(other)?) {
                (Item::Range(from, _), Item::Range(to, _)) if from <= to => items.push(Item::Range(from, to)),
                _ => {
                    let message = format!("bad character range {}-{}", word.shown(), other.shown());
                    return Err(self.error(message, word.length() + 1 + other.length()));
                }
            }
        }
        if let ([Item::Range(from, to)], false) = (&items[..], negated)
            && from == to
        {
            return Ok(Node::Literal(*from));
        }
        Ok(Node::Set(items, negated))
    }

    fn member(&mut self, here: usize) -> Result<Word> {
        self.words.take()?.ok_or_else(|| self.error("unterminated character set", self.words.tell() - here))
    }

    fn set_item(&mut self, word: Word) -> Result<Item> {
        let c = match word {
            Word::Plain(c) => return Ok(Item::Range(c, c)),
            Word::Escaped(c) => c,
        };
        let letter = char::from_u32(c).unwrap_or('\u{FFFD}');
        if let Some(category) = category(letter) {
            return Ok(category);
        }
        if let Some(c) = control(letter) {
            return Ok(Item::Range(c, c));
        }
        if let Some(c) = self.numeric(letter)? {
            return Ok(Item::Range(c, c));
        }
        if is_octal(letter) {
            let digits = format!("{letter}{}", self.words.take_while(2, is_octal)?);
            let c = self.octal(&digits)?;
            return Ok(Item::Range(c, c));
        }
        if letter.is_ascii_alphanumeric() {
            return Err(self.error(format!("bad escape \\{letter}"), 2));
        }
        Ok(Item::Range(c, c))
    }

    fn octal(&self, digits: &str) -> Result<u32> {
        match u32::from_str_radix(digits, 8) {
            Ok(c) if c <= 0o377 => Ok(c),
            _ => {
                let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                Err(self.error(message, digits.len() + 1))
            }
        }
    }

    /// A character by its number or name.
    fn numeric(&mut self, letter: char) -> Result<Option<u32>> {
        let digits = match letter {
            'x' => 2,
            'u' if self.words.is_text => 4,
            'U' if self.words.is_text => 8,
            'N' if self.words.is_text => return self.by_name().map(Some),
            _ => return Ok(None),
        };
        let number = self.words.take_while(digits, |c| c.is_ascii_hexdigit())?;
        if number.len() != digits {
            return Err(self.error(format!("incomplete escape \\{letter}{number}"), number.len() + 2));
        }
        match u32::from_str_radix(&number, 16) {
            Ok(c) if c < wtf8::CODE_POINTS => Ok(Some(c)),
            _ => Err(self.error(format!("bad escape \\{letter}{number}"), number.len() + 2)),
        }
    }

    fn by_name(&mut self) -> Result<u32> {
        if !self.words.eat('{')? {
            return Err(self.error("missing {", 0));
        }
        let name = self.words.until('}', "character name")?;
        match unicode_names2::character(&shown(&name)) {
            Some(c) => Ok(c as u32),
            None => Err(self.error(format!("undefined character name {}", quoted(&name)), name.len() + 4)),
        }
    }

    fn escape(&mut self, c: u32) -> Result<Node> {
        let letter = char::from_u32(c).unwrap_or('\u{FFFD}');
        if let Some(category) = category(letter) {
            return Ok(Node::Set(vec![category], false));
        }
        let at = match letter {
            'A' => Some(At::TextStart),
            'Z' | 'z' => Some(At::TextEnd),
            'b' => Some(At::Boundary),
            'B' => Some(At::Inside),
            _ => None,
        };
        if let Some(at) = at {
            return Ok(Node::At(at));
        }
        if let Some(c) = control(letter) {
            return Ok(Node::Literal(c));
        }
        if let Some(c) = self.numeric(letter)? {
            return Ok(Node::Literal(c));
        }
        if letter == '0' {
            let digits = format!("0{}", self.words.take_while(2, is_octal)?);
            return self.octal(&digits).map(Node::Literal);
        }
        if letter.is_ascii_digit() {
            return self.numbered(letter);
        }
        if letter.is_ascii_alphabetic() {
            return Err(self.error(format!("bad escape \\{letter}"), 2));
        }
        Ok(Node::Literal(c))
    }

    /// A backslash and a digit: a reference to a group, or three digits of an octal number.
    fn numbered(&mut self, first: char) -> Result<Node> {
        let mut digits = first.to_string();
        digits += &self.words.take_while(1, |c| c.is_ascii_digit())?;
        if digits.len() == 2 && digits.chars().all(is_octal) {
            let third = self.words.take_while(1, is_octal)?;
            if !third.is_empty() {
                digits += &third;
                return self.octal(&digits).map(Node::Literal);
            }
        }
        let group = digits.parse().unwrap_or(usize::MAX);
        if group >= self.widths.len() {
            return Err(self.error(format!("invalid group reference {group}"), digits.len()));
        }
        if !self.is_closed(group) {
            return Err(self.error("cannot refer to an open group", digits.len() + 1));
        }
        self.check_reference_behind(group)?;
        Ok(Node::Reference(group))
    }
}

/// How many characters, at least and at most.
pub type Width = (u64, u64);

/// How many characters nodes match.
fn width(nodes: &[Node], groups: &[Option<Width>]) -> Width {
    let mut sum: Width = (0, 0);
    for node in nodes {
        let (least, most) = match node {
            Node::Literal(_) | Node::Any | Node::Set(..) => (1, 1),
            Node::At(_) | Node::Look(..) | Node::Fail => (0, 0),
            Node::Branch(branches) => {
                let widths = branches.iter().map(|branch| width(branch, groups));
                widths.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0))
            }
            Node::Group(Some(group), _, _, inside) => match groups.get(*group) {
                Some(Some(known)) => *known,
                _ => width(inside, groups),
            },
            Node::Group(_, _, _, inside) | Node::Atomic(inside) => width(inside, groups),
            Node::Repeat(least, most, _, inside) => {
                let (low, high) = width(inside, groups);
                let most = if *most == UNLIMITED { u64::MAX } else { u64::from(*most) };
                (low.saturating_mul(u64::from(*least)), high.saturating_mul(most))
            }
            Node::Reference(group) => groups.get(*group).copied().flatten().unwrap_or((0, u64::MAX)),
            Node::Condition(_, yes, no) => {
                let (yes, no) = (width(yes, groups), width(no, groups));
                (yes.0.min(no.0), yes.1.max(no.1))
            }
        };
        sum = (sum.0.saturating_add(least), sum.1.saturating_add(most));
    }
    sum
}

/// How far a look behind goes back, if that is always as far.
pub fn fixed_width(nodes: &[Node], groups: &[Option<Width>]) -> Option<usize> {
    let (least, most) = width(nodes, groups);
    (least == most).then_some(least as usize)
}

/// How many characters nodes match at least.
pub fn least_width(nodes: &[Node], groups: &[Option<Width>]) -> u64 {
    width(nodes, groups).0
}

/// Do all looks behind go a fixed way back? The compiler relies on it.
fn check_behind(nodes: &[Node], groups: &[Option<Width>]) -> Result<()> {
    for node in nodes {
        match node {
            Node::Branch(branches) => branches.iter().try_for_each(|branch| check_behind(branch, groups))?,
            Node::Group(_, _, _, inside) | Node::Atomic(inside) | Node::Repeat(_, _, _, inside) => {
                check_behind(inside, groups)?;
            }
            Node::Look(side, _, inside) => {
                if *side == Side::Behind {
                    match fixed_width(inside, groups) {
                        None => {
                            return Err(Error::Pattern("look-behind requires fixed-width pattern".to_owned(), None));
                        }
                        Some(width) if width >= UNLIMITED as usize => {
                            return Err(Error::Pattern("looks too much behind".to_owned(), None));
                        }
                        Some(_) => {}
                    }
                }
                check_behind(inside, groups)?;
            }
            Node::Condition(_, yes, no) => {
                check_behind(yes, groups)?;
                check_behind(no, groups)?;
            }
            _ => {}
        }
    }
    Ok(())
}
