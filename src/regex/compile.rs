//! The tree of a pattern to its program.

use super::parse::{At, Greed, Node, Parsed, Side, Width, fixed_width};
use super::set::{Alphabet, Case, Item, Set, is_caseless};
use super::{UNLIMITED, flags};
use crate::text::wtf8;

/// A place in the program.
pub type Place = u32;

/// Something one character wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Single {
    /// A character of one byte.
    Byte(u8),
    /// A character of a set.
    Set(u32),
    /// Any but the end of a line.
    Any,
    /// Any.
    All,
}

/// A place in the subject, as the flags decide it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Here {
    TextStart,
    LineStart,
    TextEnd,
    LineEnd,
    /// The end, or a line feed at the end.
    LastLineEnd,
    Boundary(Alphabet),
    Inside(Alphabet),
}

/// One step of the machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// One character.
    One(Single),
    /// Some bytes of the texts: where, how many.
    Text(u32, u32),
    /// Is this the place?
    Here(Here),
    /// Keep the position in a slot.
    Mark(u32),
    /// Go on; and when that fails, there.
    Split(Place),
    Jump(Place),
    /// So many characters, at least and at most.
    Repeat(Single, u32, u32, Greed),
    /// The loop with this slot, and the next, begins.
    LoopInit(u32),
    /// Into the body that follows, or out.
    Loop {
        slot: u32,
        least: u32,
        most: u32,
        exit: Place,
    },
    /// Out, or into the body: one step further.
    LazyLoop {
        slot: u32,
        least: u32,
        most: u32,
        exit: Place,
    },
    /// Into the body of a lazy loop after all.
    LazyBody(u32),
    /// From here on there is one way.
    AtomicStart(u32),
    AtomicEnd(u32),
    /// Look from so many characters back; slots for the way back and the position.
    LookStart(u32, u32),
    LookEnd(u32),
    /// The same, to go to the exit if nothing is there.
    NotStart {
        slot: u32,
        back: u32,
        exit: Place,
    },
    NotEnd(u32),
    /// What a group matched.
    Reference(u32, Case),
    /// If the group matched go on, else there.
    Condition(u32, Place),
    Fail,
    Match,
}

/// Which bytes a match can begin with.
#[derive(Debug, PartialEq)]
pub enum Beginning {
    /// Any, or none.
    Unknown,
    /// These.
    Text(u32, u32),
    /// One of those for which it is true.
    Bytes(Box<[bool; 256]>),
}

/// A pattern, ready to run.
#[derive(Debug, PartialEq)]
pub struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) texts: Vec<u8>,
    pub(super) sets: Vec<Set>,
    /// How many slots it needs.
    pub(super) slots: usize,
    pub(super) beginning: Beginning,
    /// How many groups capture.
    pub groups: usize,
}

impl Program {
    /// The slot that tells which group was closed last.
    pub(super) fn last_group(&self) -> usize {
        2 * self.groups + 2
    }

    /// Bytes it holds.
    pub fn size(&self) -> usize {
        self.ops.len() * size_of::<Op>() + self.texts.len() + self.sets.len() * size_of::<Set>()
    }
}

/// The program of a pattern.
pub fn compile(parsed: &Parsed, is_text: bool) -> Program {
    let mut compiler = Compiler {
        ops: Vec::new(),
        texts: Vec::new(),
        sets: Vec::new(),
        slots: 2 * parsed.groups as u32 + 3,
        literal: None,
        is_text,
        widths: &parsed.widths,
    };
    compiler.sequence(&parsed.tree, parsed.flags);
    compiler.emit(Op::Match);
    let Compiler { ops, texts, sets, slots, .. } = compiler;
    let mut program =
        Program { ops, texts, sets, slots: slots as usize, beginning: Beginning::Unknown, groups: parsed.groups };
    program.beginning = beginning(&program, is_text);
    program
}

struct Compiler<'a> {
    ops: Vec<Op>,
    texts: Vec<u8>,
    sets: Vec<Set>,
    slots: u32,
    /// The text that the last instruction matches, while it can still grow.
    literal: Option<usize>,
    is_text: bool,
    widths: &'a [Option<Width>],
}

impl Compiler<'_> {
    fn here(&mut self) -> Place {
        // Whoever asks may be jumped to, so that nothing may be appended to the instruction before.
        self.literal = None;
        self.ops.len() as Place
    }

    fn emit(&mut self, op: Op) -> usize {
        self.literal = None;
        self.ops.push(op);
        self.ops.len() - 1
    }

    fn take_slots(&mut self, count: u32) -> u32 {
        self.slots += count;
        self.slots - count
    }

    /// Let the jump at `at` lead here.
    fn land(&mut self, at: usize) {
        let here = self.here();
        match &mut self.ops[at] {
            Op::Split(to) | Op::Jump(to) | Op::Condition(_, to) => *to = here,
            Op::Loop { exit, .. } | Op::LazyLoop { exit, .. } | Op::NotStart { exit, .. } => *exit = here,
            _ => {}
        }
    }

    fn sequence(&mut self, nodes: &[Node], flags: u32) {
        nodes.iter().for_each(|node| self.node(node, flags));
    }

    fn node(&mut self, node: &Node, flags: u32) {
        match node {
            Node::Literal(c) if is_caseless(*c, case(flags)) => self.literal(*c),
            Node::Literal(_) | Node::Any | Node::Set(..) => {
                let single = self.single(node, flags);
                self.emit(Op::One(single));
            }
            Node::At(at) => {
                let multiline = flags & flags::MULTILINE != 0;
                self.emit(Op::Here(match at {
                    At::Start if multiline => Here::LineStart,
                    At::Start | At::TextStart => Here::TextStart,
                    At::End if multiline => Here::LineEnd,
                    At::End => Here::LastLineEnd,
                    At::TextEnd => Here::TextEnd,
                    At::Boundary => Here::Boundary(alphabet(flags)),
                    At::Inside => Here::Inside(alphabet(flags)),
                }));
            }
            Node::Branch(branches) => {
                let mut ends = Vec::new();
                let Some((last, others)) = branches.split_last() else { return };
                for branch in others {
                    let split = self.emit(Op::Split(0));
                    self.sequence(branch, flags);
                    ends.push(self.emit(Op::Jump(0)));
                    self.land(split);
                }
                self.sequence(last, flags);
                ends.into_iter().for_each(|end| self.land(end));
            }
            Node::Group(group, on, off, inside) => {
                let flags = combined(flags, *on, *off);
                if let Some(group) = group {
                    self.emit(Op::Mark(2 * *group as u32));
                }
                self.sequence(inside, flags);
                if let Some(group) = group {
                    self.emit(Op::Mark(2 * *group as u32 + 1));
                }
            }
            Node::Atomic(inside) => self.atomic(|me| me.sequence(inside, flags)),
            Node::Repeat(least, most, greed, inside) => self.repeat(*least, *most, *greed, inside, flags),
            Node::Look(side, wanted, inside) => {
                let slot = self.take_slots(2);
                let back = match side {
                    Side::Ahead => 0,
                    Side::Behind => fixed_width(inside, self.widths).unwrap_or(0) as u32,
                };
                if *wanted {
                    self.emit(Op::LookStart(slot, back));
                    self.sequence(inside, flags);
                    self.emit(Op::LookEnd(slot));
                } else {
                    let start = self.emit(Op::NotStart { slot, back, exit: 0 });
                    self.sequence(inside, flags);
                    self.emit(Op::NotEnd(slot));
                    self.land(start);
                }
            }
            Node::Reference(group) => {
                self.emit(Op::Reference(*group as u32, case(flags)));
            }
            Node::Condition(group, yes, no) => {
                let condition = self.emit(Op::Condition(*group as u32, 0));
                self.sequence(yes, flags);
                let end = self.emit(Op::Jump(0));
                self.land(condition);
                self.sequence(no, flags);
                self.land(end);
            }
            Node::Fail => {
                self.emit(Op::Fail);
            }
        }
    }

    /// A character that has one case; those in a row become one text.
    fn literal(&mut self, c: u32) {
        let start = self.texts.len();
        if self.is_text {
            wtf8::push(&mut self.texts, c);
        } else {
            self.texts.push(c as u8);
        }
        let length = (self.texts.len() - start) as u32;
        match self.literal.and_then(|at| self.ops.get_mut(at)) {
            Some(Op::Text(_, count)) => *count += length,
            _ => {
                let at = self.emit(Op::Text(start as u32, length));
                self.literal = Some(at);
            }
        }
    }

    fn single(&mut self, node: &Node, flags: u32) -> Single {
        let (items, negated) = match node {
            Node::Literal(c) if is_caseless(*c, case(flags)) && (*c < 0x80 || !self.is_text) => {
                return Single::Byte(*c as u8);
            }
            Node::Literal(c) => (&[Item::Range(*c, *c)][..], false),
            Node::Set(items, negated) => (&items[..], *negated),
            _ if flags & flags::DOTALL != 0 => return Single::All,
            _ => return Single::Any,
        };
        let set = Set::new(items, negated, alphabet(flags), case(flags));
        let known = self.sets.iter().position(|known| *known == set);
        Single::Set(known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        }) as u32)
    }

    fn atomic(&mut self, inside: impl FnOnce(&mut Self)) {
        let slot = self.take_slots(1);
        self.emit(Op::AtomicStart(slot));
        inside(self);
        self.emit(Op::AtomicEnd(slot));
    }

    fn repeat(&mut self, least: u32, most: u32, greed: Greed, inside: &[Node], flags: u32) {
        if let Some((node, flags)) = simple(inside, flags) {
            let single = self.single(node, flags);
            self.emit(Op::Repeat(single, least, most, greed));
            return;
        }
        match greed {
            // Each round is without a way back, and so are all together.
            Greed::Possessive => self.atomic(|me| {
                me.greedy(least, most, |me| me.atomic(|me| me.sequence(inside, flags)));
            }),
            Greed::Greedy if (least, most) == (0, 1) && !is_empty_possible(inside, self.widths) => {
                let split = self.emit(Op::Split(0));
                self.sequence(inside, flags);
                self.land(split);
            }
            Greed::Greedy => self.greedy(least, most, |me| me.sequence(inside, flags)),
            Greed::Lazy => {
                let slot = self.take_slots(2);
                self.emit(Op::LoopInit(slot));
                let top = self.here();
                let head = self.emit(Op::LazyLoop { slot, least, most, exit: 0 });
                self.emit(Op::LazyBody(slot));
                self.sequence(inside, flags);
                self.emit(Op::Jump(top));
                self.land(head);
            }
        }
    }

    fn greedy(&mut self, least: u32, most: u32, inside: impl FnOnce(&mut Self)) {
        let slot = self.take_slots(2);
        self.emit(Op::LoopInit(slot));
        let top = self.here();
        let head = self.emit(Op::Loop { slot, least, most, exit: 0 });
        inside(self);
        self.emit(Op::Jump(top));
        self.land(head);
    }
}

/// May these nodes match nothing at all?
fn is_empty_possible(nodes: &[Node], widths: &[Option<Width>]) -> bool {
    super::parse::least_width(nodes, widths) == 0
}

/// The one node that is one character wide, if that is what these are, and the flags that hold for it.
fn simple(nodes: &[Node], flags: u32) -> Option<(&Node, u32)> {
    match nodes {
        [node @ (Node::Literal(_) | Node::Any | Node::Set(..))] => Some((node, flags)),
        [Node::Group(None, on, off, inside)] => simple(inside, combined(flags, *on, *off)),
        _ => None,
    }
}

fn combined(flags: u32, on: u32, off: u32) -> u32 {
    let kept = if on & flags::TYPE != 0 { flags & !flags::TYPE } else { flags };
    (kept | on) & !off
}

fn alphabet(flags: u32) -> Alphabet {
    if flags & flags::UNICODE != 0 { Alphabet::Unicode } else { Alphabet::Ascii }
}

fn case(flags: u32) -> Case {
    if flags & flags::IGNORECASE == 0 {
        Case::Matters
    } else if flags & flags::UNICODE != 0 {
        Case::Unicode
    } else {
        Case::Ascii
    }
}

/// What a match begins with.
fn beginning(program: &Program, is_text: bool) -> Beginning {
    let first = program.ops.iter().find(|op| !matches!(op, Op::Mark(_)));
    if let Some(Op::Text(start, length)) = first {
        return Beginning::Text(*start, *length);
    }
    let mut bytes = Box::new([false; 256]);
    let mut seen = vec![false; program.ops.len()];
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match program.ops[at] {
            Op::One(single) => {
                if !add_single(&mut bytes, program, single, is_text) {
                    return Beginning::Unknown;
                }
            }
            Op::Text(start, _) => bytes[usize::from(program.texts[start as usize])] = true,
            Op::Here(_) | Op::Mark(_) | Op::LoopInit(_) | Op::LazyBody(_) | Op::AtomicStart(_) | Op::AtomicEnd(_) => {
                open.push(at + 1);
            }
            Op::Split(other) => open.extend([at + 1, other as usize]),
            Op::Jump(to) => open.push(to as usize),
            Op::Repeat(single, least, ..) => {
                if !add_single(&mut bytes, program, single, is_text) {
                    return Beginning::Unknown;
                }
                if least == 0 {
                    open.push(at + 1);
                }
            }
            Op::Loop { exit, .. } | Op::LazyLoop { exit, .. } => open.extend([at + 1, exit as usize]),
            _ => return Beginning::Unknown,
        }
    }
    Beginning::Bytes(bytes)
}

/// Adds the bytes that such a character can begin with; `false` if it can be nearly any.
fn add_single(bytes: &mut [bool; 256], program: &Program, single: Single, is_text: bool) -> bool {
    match single {
        Single::Byte(byte) => bytes[usize::from(byte)] = true,
        Single::Set(set) => {
            let set = &program.sets[set as usize];
            let plain = if is_text { 128 } else { 256 };
            (0..plain).filter(|c| set.contains(*c as u32)).for_each(|c| bytes[c] = true);
            bytes[plain..].fill(true);
        }
        Single::Any | Single::All => return false,
    }
    true
}

/// No limit to the rounds of a loop.
pub(super) fn is_unlimited(most: u32) -> bool {
    most == UNLIMITED
}
