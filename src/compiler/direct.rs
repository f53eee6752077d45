//! Direct calls: `len(x)`, `d.get(key, 0)`, `items.append(x)`. Where the name is one that a native with a quick form has, and
//! the arguments are few and plain, an instruction tries that form on the operands where they stand. What it does not
//! answer, the ordinary sequence behind it does, as if nothing had been tried:
//!
//! ```text
//! CallQuick1 name {done}          or CallMethodQuick1 obj name {done}; the number says how many operands are read
//! QuickArgs dst first second
//! LoadGlobal, Move ..., Call      the ordinary call
//! done:
//! ```
//!
//! The callee's name is looked up after the arguments then, which shows only if evaluating them rebinds that very name;
//! so arguments that call or suspend are left to the ordinary way.

use super::assembler::op;
use super::error::Result;
use super::fold;
use super::function::Compiler;
use super::registers::Mark;
use super::scope::Place;
use crate::bytecode::Reg;
use crate::source::Span;
use crate::syntax::ast::{Expr, Keyword, Node};

/// Builtin functions and classes that have a quick form.
pub const FUNCTIONS: &[&str] = &[
    "abs",
    "bin",
    "bytes",
    "chr",
    "float",
    "hex",
    "int",
    "isinstance",
    "len",
    "max",
    "min",
    "oct",
    "ord",
    "range",
    "str",
];

/// Methods of builtin classes that have a quick form.
pub const METHODS: &[&str] = &[
    "add",
    "append",
    "discard",
    "endswith",
    "find",
    "get",
    "isalnum",
    "isalpha",
    "isdigit",
    "isspace",
    "lower",
    "pop",
    "remove",
    "setdefault",
    "startswith",
    "strip",
];

/// As many arguments as [`QuickArgs`](crate::bytecode::Op::QuickArgs) has place for.
const MOST: usize = 2;

impl<'a> Compiler<'a> {
    /// Calls the global `atom` with the arguments `call` has, if that may be tried directly. `false`: nothing was written.
    pub(super) fn direct_call(
        &mut self,
        dst: Reg,
        mark: Mark,
        atom: &'a Node<Expr>,
        call: &'a Node<Expr>,
    ) -> Result<bool> {
        let (Expr::Name(name), Expr::Call { args, keywords, .. }) = (&atom.kind, &call.kind) else { return Ok(false) };
        if !FUNCTIONS.contains(&&**name)
            || !self.may_be_direct(args, keywords)
            || args.is_empty()
            || self.place_of(name) != Place::Global
            || !args.iter().all(|arg| is_tame(arg, 4))
        {
            return Ok(false);
        }
        self.function.registers.release(mark);
        let window = self.function.registers.temporary();
        let operands = self.operands(args)?;
        let name = self.function.code.site(&self.mangled(name));
        let done = self.function.code.label();
        let attempt = match args.len() {
            1 => op!(CallQuick1 { name, target: 0 }),
            _ => op!(CallQuick2 { name, target: 0 }),
        };
        self.function.code.branch(call.span, attempt, 0, done);
        self.emit(call.span, op!(QuickArgs { dst, first: operands[0], second: operands[1] }));
        self.emit(atom.span, op!(LoadGlobal { dst: window, name }));
        self.move_operands(window.plus(1), args, &operands);
        self.call_window(call.span, args.len(), window, dst);
        self.end_direct(done, dst);
        Ok(true)
    }

    /// What precedes a method call whose method goes to `window`: the attempt, if there is one to be made, with the
    /// operands it reads.
    pub(super) fn try_method(
        &mut self,
        (span, dst): (Span, Reg),
        (obj, attr, name): (Reg, &str, u16),
        args: &'a [Node<Expr>],
        keywords: &'a [Node<Keyword>],
    ) -> Result<Option<DirectMethod>> {
        if !METHODS.contains(&attr)
            || !self.may_be_direct(args, keywords)
            || !args.iter().all(|arg| self.is_at_hand(arg))
        {
            return Ok(None);
        }
        let operands = self.operands(args)?;
        let done = self.function.code.label();
        let attempt = match args.len() {
            0 => op!(CallMethodQuick0 { obj, name, target: 0 }),
            1 => op!(CallMethodQuick1 { obj, name, target: 0 }),
            _ => op!(CallMethodQuick2 { obj, name, target: 0 }),
        };
        self.function.code.branch(span, attempt, 0, done);
        self.emit(span, op!(QuickArgs { dst, first: operands[0], second: operands[1] }));
        Ok(Some(DirectMethod { done, operands }))
    }

    /// The ordinary call after an attempt; the method stands in `window`.
    pub(super) fn method_after_attempt(
        &mut self,
        (span, dst): (Span, Reg),
        window: Reg,
        args: &'a [Node<Expr>],
        attempt: DirectMethod,
    ) {
        self.move_operands(window.plus(2), args, &attempt.operands);
        self.call_method(span, args.len(), window, dst);
        self.end_direct(attempt.done, dst);
    }

    fn may_be_direct(&self, args: &[Node<Expr>], keywords: &[Node<Keyword>]) -> bool {
        keywords.is_empty() && args.len() <= MOST && self.function.code.reachable()
    }

    /// Where the arguments stand: in place, or in the temporaries that the call's window has for them.
    fn operands(&mut self, args: &'a [Node<Expr>]) -> Result<[Reg; MOST]> {
        let mut operands = [Reg::NONE; MOST];
        for (arg, operand) in args.iter().zip(&mut operands) {
            let slot = self.function.registers.temporary();
            *operand = match self.plain_operand(arg) {
                Some(register) => register,
                None => {
                    self.expr_into(slot, arg)?;
                    slot
                }
            };
        }
        Ok(operands)
    }

    /// Both ways have come to an end here, and have given `dst` a value.
    fn end_direct(&mut self, done: super::assembler::Label, dst: Reg) {
        self.function.code.place(done);
        if !dst.is_temporary() && !dst.is_none() {
            self.function.code.bound.add(dst);
        }
    }

    /// The operands that are not in the call's window yet, moved there.
    fn move_operands(&mut self, first: Reg, args: &[Node<Expr>], operands: &[Reg]) {
        for (nth, (arg, operand)) in args.iter().zip(operands).enumerate() {
            let slot = first.plus(nth);
            if *operand != slot {
                self.emit(arg.span, op!(Move { dst: slot, src: *operand }));
            }
        }
    }

    /// The register in which an operand stands already.
    fn plain_operand(&mut self, e: &Node<Expr>) -> Option<Reg> {
        if matches!(e.kind, Expr::Name(_)) { self.local_at_hand(e) } else { self.pinned_constant(e) }
    }

    /// The register of a local that is known to have a value: reading it takes no instruction.
    pub(super) fn local_at_hand(&self, e: &Node<Expr>) -> Option<Reg> {
        let Expr::Name(name) = &e.kind else { return None };
        match self.place_of(name) {
            Place::Local(register) if self.function.code.bound.has(register) => Some(register),
            _ => None,
        }
    }

    /// A local that has a value, or a constant: reading it does nothing at all.
    fn is_at_hand(&self, e: &Node<Expr>) -> bool {
        self.local_at_hand(e).is_some() || fold::constant(e).is_some()
    }
}

/// An attempt that was written; the ordinary call is still to come.
pub(super) struct DirectMethod {
    done: super::assembler::Label,
    operands: [Reg; MOST],
}

/// An expression that neither calls by itself, nor assigns, nor suspends; of a few levels, for deeper ones are rare.
fn is_tame(e: &Node<Expr>, levels: u32) -> bool {
    let Some(levels) = levels.checked_sub(1) else { return false };
    match &e.kind {
        Expr::Name(_) | Expr::Constant(_) => true,
        Expr::Attribute { value, .. } => is_tame(value, levels),
        Expr::Subscript { value, slice } => is_tame(value, levels) && is_tame(slice, levels),
        Expr::BinOp { left, right, .. } => is_tame(left, levels) && is_tame(right, levels),
        Expr::UnaryOp { operand, .. } => is_tame(operand, levels),
        _ => false,
    }
}
