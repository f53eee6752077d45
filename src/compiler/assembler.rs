//! The function being written: instructions with their places, labels, handlers, constants, and the finish.
//!
//! While it is written, temporaries are numbered from [`Reg::TEMPORARY`] and jumps name labels. [`Assembler::finish`]
//! moves the temporaries behind the locals, marks which operands are consumed, and turns labels into distances. Code that
//! no path reaches is not written at all: every statement may emit without asking.

use super::bound::Bound;
use super::error::{Result, syntax_error};
use super::marks::{self, Marks};
use crate::bytecode::{Constant, Flags, Handler, Op, Reg, Role, Site, Stretch};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// An instruction of the table without modifying bits.
macro_rules! op {
    ($name:ident { $($field:tt)* }) => { $crate::bytecode::Op::$name { flags: $crate::bytecode::Flags::NONE, $($field)* } };
    ($name:ident) => { $crate::bytecode::Op::$name { flags: $crate::bytecode::Flags::NONE } };
}
pub(super) use op;

/// A place in the code that jumps lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label(u32);

/// Place in the code, counted in instructions as written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Position(u32);

struct LabelState {
    at: Option<u32>,
    /// What holds at the jumps that lead there.
    bound: Bound,
    /// Where the first of them stands in the source, and whether there are more.
    first: Option<Span>,
    more: bool,
}

impl LabelState {
    /// A jump at `span` leads there, with `bound`.
    fn jumped_to(&mut self, span: Span, bound: &Bound) {
        self.bound.join(bound);
        self.more = self.first.is_some();
        self.first.get_or_insert(span);
    }
}

struct Written {
    op: Op,
    span: Span,
    /// Bit n: source operand n stays alive though it is a temporary.
    keep: u8,
    target: Option<Label>,
}

/// In the place of `keep`: a `Nop` that stands for a line, not for the constants that may be pinned there.
const STANDS: u8 = 1;

/// The same, for a line that control comes to by the way: it is not told of, but what is behind it on that line is not either.
const PASSES: u8 = 2;

struct Covered {
    start: Position,
    end: Position,
    target: Label,
    reg: Reg,
}

/// What makes two constants the same one.
#[derive(PartialEq, Eq, Hash)]
enum ConstantKey {
    Simple(u8),
    Int(i64),
    Big(Rc<num_bigint::BigInt>),
    Float(u64),
    Complex(u64),
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Tuple(Vec<ConstantKey>),
    FrozenSet(Vec<ConstantKey>),
}

/// Instructions, places and tables of one function.
pub(super) struct Assembler {
    written: Vec<Written>,
    labels: Vec<LabelState>,
    handlers: Vec<Covered>,
    constants: Vec<Constant>,
    constant_index: FxHashMap<ConstantKey, u16>,
    sites: Vec<Site>,
    /// What surely has a value here.
    pub bound: Bound,
    /// Constants held in locals while a loop runs: by the position before the loop.
    pins: Vec<(Position, Reg, u16)>,
    /// Variables of comprehensions, inner ones first.
    stretches: Vec<(Position, Position, Reg, Reg)>,
    /// Where the return is that stands nowhere in the source, if control comes there.
    fallen_off: Option<u32>,
    /// Where control comes from otherwise than from the instruction before, see [`Assembler::comes_from`].
    comes_from: Option<(Position, Span)>,
    overflow: bool,
}

/// What [`Assembler::finish`] makes.
pub(super) struct Assembled {
    pub ops: Vec<Op>,
    pub spans: Vec<Span>,
    pub handlers: Vec<Handler>,
    pub comprehensions: Vec<Stretch>,
    pub constants: Vec<Constant>,
    pub sites: Vec<Site>,
    pub registers: u16,
}

impl Assembler {
    pub fn new() -> Assembler {
        Assembler {
            written: Vec::new(),
            labels: Vec::new(),
            handlers: Vec::new(),
            constants: Vec::new(),
            constant_index: FxHashMap::default(),
            sites: Vec::new(),
            bound: Bound::nothing(),
            pins: Vec::new(),
            stretches: Vec::new(),
            fallen_off: None,
            comes_from: None,
            overflow: false,
        }
    }

    /// Can control be here?
    pub fn reachable(&self) -> bool {
        self.bound.reachable()
    }

    /// The place of the next instruction.
    pub fn here(&self) -> Position {
        Position(self.written.len() as u32)
    }

    /// Writes an instruction whose errors point at `span`.
    pub fn emit(&mut self, span: Span, op: Op) {
        self.emit_keeping(span, op, 0);
    }

    /// The same; the source operands whose bits are set in `keep` are read without being consumed.
    pub fn emit_keeping(&mut self, span: Span, op: Op, keep: u8) {
        self.write(span, op, keep, None);
        if matches!(op, Op::Return { .. } | Op::ReturnNone { .. } | Op::Reraise { .. } | Op::RaiseCurrent { .. })
            || matches!(op, Op::Raise { .. } | Op::RaiseFrom { .. } | Op::ExcSwapInRaise { .. })
        {
            self.bound = Bound::Unreachable;
        }
    }

    fn write(&mut self, span: Span, mut op: Op, keep: u8, target: Option<Label>) {
        if !self.reachable() {
            return;
        }
        self.written.push(Written { op, span, keep, target });
        let bound = &mut self.bound;
        op.registers_mut(&mut |role, reg| {
            if role == Role::Dst && !reg.is_temporary() && !reg.is_none() {
                bound.add(*reg);
            }
        });
    }

    /// A label that is not placed yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState { at: None, bound: Bound::Unreachable, first: None, more: false });
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label: control comes here from the jumps to it and from above.
    pub fn place(&mut self, label: Label) {
        let from_above = self.reachable();
        let state = &mut self.labels[label.0 as usize];
        state.at = Some(self.written.len() as u32);
        self.bound.join(&state.bound);
        if let (false, Some(only), false) = (from_above, state.first, state.more) {
            self.comes_from(only);
        }
    }

    /// Places a label to which control comes with `bound`, by jumps still to be written or as a handler.
    pub fn place_with(&mut self, label: Label, bound: Bound) {
        self.labels[label.0 as usize].at = Some(self.written.len() as u32);
        self.bound = bound;
    }

    /// A conditional jump: `op` with its distance still open.
    pub fn branch(&mut self, span: Span, op: Op, keep: u8, target: Label) {
        if !self.reachable() {
            return;
        }
        // What a branch binds (`ForIter`) is bound where it leads, not below it.
        let before = self.bound.clone();
        self.write(span, op, keep, Some(target));
        if matches!(op, Op::ForIter { .. }) {
            self.labels[target.0 as usize].jumped_to(span, &self.bound);
            self.bound = before;
        } else {
            self.labels[target.0 as usize].jumped_to(span, &before);
        }
    }

    /// Goes to `target`.
    pub fn jump(&mut self, target: Label) {
        self.jump_at(self.last_span(), target);
    }

    /// A jump that is at `span` in the source.
    pub fn jump_at(&mut self, span: Span, target: Label) {
        if !self.reachable() {
            return;
        }
        self.write(span, op!(Jump { target: 0 }), 0, Some(target));
        self.labels[target.0 as usize].jumped_to(span, &self.bound);
        self.bound = Bound::Unreachable;
    }

    /// The return at the end of the body, which stands nowhere in the source.
    pub fn fall_off(&mut self, end: Reg) {
        if self.reachable() {
            self.fallen_off = Some(self.here().0);
            self.emit(self.last_span(), op!(ReturnNone { end }));
        }
    }

    /// Control may also come to `label` otherwise than by a jump, with `bound`.
    pub fn expect(&mut self, label: Label, bound: &Bound) {
        self.labels[label.0 as usize].bound.join(bound);
    }

    /// Does any jump written so far lead to `label`?
    pub fn is_target(&self, label: Label) -> bool {
        self.labels[label.0 as usize].bound.reachable()
    }

    /// Control comes here from `span`, not from the instruction before.
    pub fn comes_from(&mut self, span: Span) {
        self.comes_from = Some((self.here(), span));
    }

    /// Control is at a statement that does nothing but perhaps go elsewhere: it is a line like any other for who follows
    /// lines, and what comes next comes from there.
    pub fn stand_at(&mut self, span: Span) {
        self.head_at(span);
        self.comes_from(span);
    }

    /// Control passes the head of a statement at which nothing is carried out (`try:`): a line, too.
    pub fn head_at(&mut self, span: Span) {
        if marks::wanted().lines {
            self.write(span, op!(Nop {}), STANDS, None);
        }
    }

    /// What is carried out next is as if on the line of `span`, and no news there.
    pub fn pass_by(&mut self, span: Span) {
        if marks::wanted().lines {
            self.write(span, op!(Nop {}), PASSES, None);
        }
    }

    /// Control is at `span` when it comes to `label` from somewhere else, and then goes to `next`, as it does from here.
    pub fn detour(&mut self, label: Label, span: Span, next: Label) {
        match marks::wanted().lines {
            false => self.place(label),
            true => {
                self.jump_at(span, next);
                self.place(label);
                self.head_at(span);
            }
        }
    }

    /// The place in the source of the last instruction before this one that is carried out.
    pub fn last_span(&self) -> Span {
        if let Some((_, span)) = self.comes_from.filter(|(place, _)| *place == self.here()) {
            return span;
        }
        self.written.last().map_or(Span::default(), |last| last.span)
    }

    /// Exceptions between the two places go to `target`. Inner stretches are to be told before outer ones.
    pub fn cover(&mut self, start: Position, end: Position, target: Label, reg: Reg) {
        if start < end {
            self.handlers.push(Covered { start, end, target, reg });
        }
    }

    /// The variable of a comprehension has its value between the two places; `first` is the first of its temporaries. Inner
    /// ones are to be told before outer ones.
    pub fn stretch(&mut self, start: Position, end: Position, reg: Reg, first: Reg) {
        self.stretches.push((start, end, reg, first));
    }

    /// Leaves a local without a value, for what follows.
    pub fn forget(&mut self, reg: Reg) {
        self.bound.remove(reg);
    }

    /// The index of a constant.
    pub fn constant(&mut self, constant: Constant) -> u16 {
        let Some(key) = key_of(&constant) else { return self.push_constant(constant) };
        if let Some(index) = self.constant_index.get(&key) {
            return *index;
        }
        let index = self.push_constant(constant);
        self.constant_index.insert(key, index);
        index
    }

    fn push_constant(&mut self, constant: Constant) -> u16 {
        self.constants.push(constant);
        self.index_of(self.constants.len() - 1)
    }

    fn index_of(&mut self, at: usize) -> u16 {
        u16::try_from(at).unwrap_or_else(|_| {
            self.overflow = true;
            0
        })
    }

    /// The index of a string constant.
    pub fn name(&mut self, name: &str) -> u16 {
        self.constant(Constant::Str(name.as_bytes().into()))
    }

    /// A new look-up of `name`.
    pub fn site(&mut self, name: &str) -> u16 {
        let name = self.name(name);
        self.sites.push(Site { name });
        self.index_of(self.sites.len() - 1)
    }

    /// Marks the place before a loop, where constants may be pinned.
    pub fn pin_point(&mut self) -> Position {
        let here = self.here();
        self.write(self.last_span(), op!(Nop {}), 0, None);
        here
    }

    /// The constant that a pinned local is to hold from `at` on: the register already given to it, if any.
    pub fn pinned(&self, at: Position, constant: u16) -> Option<Reg> {
        self.pins.iter().find(|pin| pin.0 == at && pin.2 == constant).map(|pin| pin.1)
    }

    /// Loads `constant` into the local `reg` at `at`.
    pub fn pin(&mut self, at: Position, reg: Reg, constant: u16) {
        self.pins.push((at, reg, constant));
    }

    /// Turns what was written into instructions. `entry` runs before everything else; `line_of` tells the line of a place.
    pub fn finish(
        mut self,
        span: Span,
        entry: Vec<Op>,
        locals: usize,
        temporaries: u16,
        line_of: impl Fn(Span) -> u32,
    ) -> Result<Assembled> {
        let registers = locals + temporaries as usize;
        if self.overflow || registers >= Reg::TEMPORARY as usize - 1 || temporaries >= Reg::TEMPORARY - 2 {
            return syntax_error(span, "too many names, constants or operands in one body of code");
        }
        self.thread_jumps();
        self.return_where_jumps_come_from();
        let marked = self.marked(line_of);
        let layout = self.layout(entry.len(), &marked);
        let mut ops = entry;
        let mut spans = vec![span; ops.len()];
        for (at, written) in self.written.iter_mut().enumerate() {
            let distance = written.target.map(|label| {
                let target =
                    self.labels[label.0 as usize].at.expect("every label that is jumped to is placed") as usize;
                layout.starts[target] as i64
            });
            if matches!(written.op, Op::Nop { .. }) {
                for pin in self.pins.iter().filter(|pin| pin.0.0 as usize == at) {
                    ops.push(op!(LoadConst { dst: pin.1, value: pin.2 }));
                    spans.push(written.span);
                }
            }
            if marked[at] != Flags::NONE {
                ops.push(Op::Nop { flags: marked[at] });
                spans.push(written.span);
            }
            if matches!(written.op, Op::Nop { .. }) {
                continue;
            }
            let mut op = written.op;
            mark_consumed(&mut op, written.keep);
            move_temporaries(&mut op, locals as u16);
            let Some(target) = distance else {
                ops.push(op);
                spans.push(written.span);
                if is_marked_behind(&op, marked[at]) {
                    ops.push(Op::Nop { flags: Flags::CALLS });
                    spans.push(written.span);
                }
                continue;
            };
            let after = ops.len() as i64 + 1;
            if layout.islands[at] {
                set_distance(&mut op, 1);
                ops.extend([op, op!(Jump { target: 1 }), op!(Jump { target: (target - after - 2) as i32 })]);
                spans.extend([written.span; 3]);
            } else {
                set_distance(&mut op, target - after);
                ops.push(op);
                spans.push(written.span);
            }
        }
        let place = |position: Position| layout.starts[position.0 as usize];
        let mut handlers = Vec::with_capacity(self.handlers.len());
        for covered in &self.handlers {
            let target = self.labels[covered.target.0 as usize].at.expect("the target of a handler is placed");
            let (start, end, target) = (place(covered.start), place(covered.end), layout.starts[target as usize]);
            if start < end {
                let mut reg = covered.reg;
                move_register(&mut reg, locals as u16);
                handlers.push(Handler { start, end, target, reg });
            }
        }
        let stretch = |&(start, end, reg, mut first)| {
            move_register(&mut first, locals as u16);
            Stretch { start: place(start), end: place(end), reg, first }
        };
        let comprehensions = self.stretches.iter().map(stretch).collect();
        let registers = registers as u16;
        Ok(Assembled { ops, spans, handlers, comprehensions, constants: self.constants, sites: self.sites, registers })
    }

    /// A jump to a jump leads where that one leads.
    fn thread_jumps(&mut self) {
        for at in 0..self.written.len() {
            // A loop without a body jumps to itself: hence the bound.
            for _ in 0..8 {
                // The instruction after an attempt belongs to it: it must never need an island.
                if self.written[at].op.tries_call() {
                    break;
                }
                let Some(label) = self.written[at].target else { break };
                match self.written.get(label_at(&self.labels, label)) {
                    Some(Written { op: Op::Jump { .. }, target: Some(further), .. }) => {
                        self.written[at].target = Some(*further);
                    }
                    _ => break,
                }
            }
        }
    }

    /// The return at the end of the body is where control comes from: whoever looks at the frame of a body that is over sees
    /// where it was last. So a jump there returns at once, and a branch there has a return of its own.
    fn return_where_jumps_come_from(&mut self) {
        let Some(end) = self.fallen_off.map(|end| end as usize) else { return };
        let op = self.written[end].op;
        let mut returns: Vec<(Span, Label)> = Vec::new();
        for at in 0..self.written.len() {
            if self.written[at].target.is_none_or(|label| label_at(&self.labels, label) != end) {
                continue;
            }
            let span = self.written[at].span;
            if matches!(self.written[at].op, Op::Jump { .. }) {
                self.written[at] = Written { op, span, keep: 0, target: None };
            } else if !self.written[at].op.tries_call() && span != self.written[end].span {
                let known = returns.iter().find(|(known, _)| *known == span).map(|(_, label)| *label);
                let own = known.unwrap_or_else(|| {
                    let label = self.label();
                    self.labels[label.0 as usize].at = Some(self.written.len() as u32);
                    self.written.push(Written { op, span, keep: 0, target: None });
                    returns.push((span, label));
                    label
                });
                self.written[at].target = Some(own);
            }
        }
    }

    /// Which instructions have a mark before them, and what it says; what stands for a line has nothing else.
    fn marked(&self, line_of: impl Fn(Span) -> u32) -> Vec<Flags> {
        let mut marked = vec![Flags::NONE; self.written.len()];
        let wanted = marks::wanted();
        if wanted == Marks::NONE {
            return marked;
        }
        // With an item control comes to the middle of a line: the target of its loop.
        let mut items = vec![None; self.written.len()];
        for written in &self.written {
            let Some(at) = written.target.map(|label| label_at(&self.labels, label)) else { continue };
            match written.op {
                Op::ForIter { .. } => items[at] = Some(line_of(written.span)),
                _ => marked.get_mut(at).into_iter().for_each(|target| *target = Flags::LINE),
            }
        }
        let (mut line, mut passed) = (0, 0);
        for ((written, mark), item) in self.written.iter().zip(&mut marked).zip(items) {
            line = item.unwrap_or(line);
            let targeted = std::mem::take(mark) == Flags::LINE;
            let counts = if wanted.instructions { Flags::INSTRUCTION } else { Flags::NONE };
            let is_nop = matches!(written.op, Op::Nop { .. });
            if is_nop && written.keep == PASSES {
                line = line_of(written.span);
            }
            if is_nop && written.keep != STANDS {
                continue;
            }
            // These stand nowhere in the source.
            let nowhere = matches!(
                written.op,
                Op::Jump { .. } | Op::PushExc { .. } | Op::PopExc { .. } | Op::Reraise { .. } | Op::Unbind { .. }
            ) || written.span == Span::NOWHERE;
            let now = if nowhere { line } else { line_of(written.span) };
            if passed == 0 {
                let comes = wanted.lines && !nowhere && (targeted || now != line);
                let tells = if comes { Flags::LINE } else { Flags::NONE };
                *mark = if is_nop { tells } else { Flags(tells.0 | counts.0) };
            }
            // To a handler control comes from anywhere.
            line = if matches!(written.op, Op::PushExc { .. }) { 0 } else { now };
            if is_nop {
                continue;
            }
            // An attempt reads or passes what is behind it: that has to stay there.
            passed = match written.op {
                Op::AddAttrI { .. } | Op::AddAttr { .. } | Op::SubAttr { .. } => 3,
                op if op.tries_call() => 1,
                _ => i32::max(passed - 1, 0),
            };
        }
        if wanted.calls {
            for (written, mark) in self.written.iter().zip(&mut marked) {
                if written.op.calls() || written.op.tries_call() {
                    mark.0 |= Flags::CALLS.0;
                }
            }
        }
        marked
    }

    /// Where each written instruction begins, its mark included, once all have their final length.
    /// The one behind it is counted to an instruction that calls.
    fn layout(&self, entry: usize, marked: &[Flags]) -> Layout {
        let mut islands = vec![false; self.written.len()];
        loop {
            let mut starts = Vec::with_capacity(self.written.len() + 1);
            let mut at = entry as u32;
            for (index, written) in self.written.iter().enumerate() {
                starts.push(at);
                at += u32::from(marked[index] != Flags::NONE) + u32::from(is_marked_behind(&written.op, marked[index]));
                at += match written.op {
                    Op::Nop { .. } => self.pins.iter().filter(|pin| pin.0.0 as usize == index).count() as u32,
                    _ if islands[index] => 3,
                    _ => 1,
                };
            }
            starts.push(at);
            let mut grown = false;
            for (index, written) in self.written.iter().enumerate() {
                let Some(label) = written.target else { continue };
                if islands[index] || matches!(written.op, Op::Jump { .. }) {
                    continue;
                }
                let target = starts[label_at(&self.labels, label)];
                let distance = target as i64 - starts[index] as i64 - i64::from(marked[index] != Flags::NONE) - 1;
                if i16::try_from(distance).is_err() {
                    islands[index] = true;
                    grown = true;
                }
            }
            if !grown {
                return Layout { starts, islands };
            }
        }
    }
}

/// Is there a mark behind it, too? It is over there, and still on its line.
fn is_marked_behind(op: &Op, mark: Flags) -> bool {
    mark.has(Flags::CALLS) && op.calls()
}

fn label_at(labels: &[LabelState], label: Label) -> usize {
    labels[label.0 as usize].at.expect("every label that is jumped to is placed") as usize
}

struct Layout {
    starts: Vec<u32>,
    /// Conditional jumps whose target is out of reach: they jump over a jump to an unconditional one.
    islands: Vec<bool>,
}

fn mark_consumed(op: &mut Op, keep: u8) {
    let mut nth = 0;
    let mut bits = 0;
    op.registers_mut(&mut |role, reg| {
        if role == Role::Src {
            if reg.is_temporary() && keep & (1 << nth) == 0 {
                bits |= 1 << nth;
            }
            nth += 1;
        }
    });
    let flags = op.flags_mut();
    *flags = flags.with(Flags(bits));
}

fn move_temporaries(op: &mut Op, locals: u16) {
    op.registers_mut(&mut |_, reg| move_register(reg, locals));
}

fn move_register(reg: &mut Reg, locals: u16) {
    if reg.is_temporary() {
        reg.0 = reg.0 - Reg::TEMPORARY + locals;
    }
}

/// Sets the distance of a jump that is known to be in reach.
fn set_distance(op: &mut Op, distance: i64) {
    if let Some(target) = short_target(op) {
        *target = distance as i16;
    } else if let Op::Jump { target, .. } = op {
        *target = distance as i32;
    }
}

/// The distance of a conditional jump.
pub(super) fn short_target(op: &mut Op) -> Option<&mut i16> {
    match op {
        Op::JumpIf { target, .. }
        | Op::JumpIfNot { target, .. }
        | Op::JumpIfNone { target, .. }
        | Op::JumpIfNotNone { target, .. }
        | Op::JumpIs { target, .. }
        | Op::JumpIsNot { target, .. }
        | Op::JumpLt { target, .. }
        | Op::JumpNotLt { target, .. }
        | Op::JumpLe { target, .. }
        | Op::JumpNotLe { target, .. }
        | Op::JumpEq { target, .. }
        | Op::JumpNotEq { target, .. }
        | Op::JumpNe { target, .. }
        | Op::JumpNotNe { target, .. }
        | Op::JumpGt { target, .. }
        | Op::JumpNotGt { target, .. }
        | Op::JumpGe { target, .. }
        | Op::JumpNotGe { target, .. }
        | Op::JumpLtI { target, .. }
        | Op::JumpNotLtI { target, .. }
        | Op::JumpLeI { target, .. }
        | Op::JumpNotLeI { target, .. }
        | Op::JumpEqI { target, .. }
        | Op::JumpNotEqI { target, .. }
        | Op::JumpNeI { target, .. }
        | Op::JumpNotNeI { target, .. }
        | Op::JumpGtI { target, .. }
        | Op::JumpNotGtI { target, .. }
        | Op::JumpGeI { target, .. }
        | Op::JumpNotGeI { target, .. }
        | Op::JumpEqC { target, .. }
        | Op::JumpNotEqC { target, .. }
        | Op::JumpNeC { target, .. }
        | Op::JumpNotNeC { target, .. }
        | Op::CallQuick1 { target, .. }
        | Op::CallQuick2 { target, .. }
        | Op::CallMethodQuick0 { target, .. }
        | Op::CallMethodQuick1 { target, .. }
        | Op::CallMethodQuick2 { target, .. }
        | Op::ForIter { target, .. }
        | Op::JumpIfNotMatch { target, .. } => Some(target),
        _ => None,
    }
}

fn key_of(constant: &Constant) -> Option<ConstantKey> {
    Some(match constant {
        Constant::None => ConstantKey::Simple(0),
        Constant::True => ConstantKey::Simple(1),
        Constant::False => ConstantKey::Simple(2),
        Constant::Ellipsis => ConstantKey::Simple(3),
        Constant::Int(value) => ConstantKey::Int(*value),
        Constant::BigInt(value) => ConstantKey::Big(value.clone()),
        Constant::Float(value) => ConstantKey::Float(value.to_bits()),
        Constant::Complex(value) => ConstantKey::Complex(value.to_bits()),
        Constant::Str(text) => ConstantKey::Str(text.clone()),
        Constant::Bytes(bytes) => ConstantKey::Bytes(bytes.clone()),
        Constant::Tuple(items) => ConstantKey::Tuple(items.iter().map(key_of).collect::<Option<_>>()?),
        Constant::FrozenSet(items) => ConstantKey::FrozenSet(items.iter().map(key_of).collect::<Option<_>>()?),
        Constant::Code(_) => return None,
    })
}
