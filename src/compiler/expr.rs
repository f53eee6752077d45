//! Expressions: into a given register, to wherever they already are, or for their effect only.

use super::assembler::{Label, op};
use super::error::{Result, syntax_error};
use super::fold;
use super::function::Compiler;
use super::optimize;
use super::scope::Place;
use crate::bytecode::{Constant, Flags, Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{self, BoolOp, CmpOp, Expr, Node, Operator, UnaryOp};
use std::rc::Rc;

/// Longest window that a display fills before it goes on element by element.
const WINDOW: usize = 64;

impl<'a> Compiler<'a> {
    /// Evaluates `e` into `dst`. A local `dst` is written by the last instruction only, so that operands may still read
    /// it and an exception leaves it alone.
    pub fn expr_into(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        self.guard.check(e.span)?;
        let mark = self.function.registers.mark();
        self.expr_kind(dst, e)?;
        self.function.registers.release(mark);
        Ok(())
    }

    /// The register that holds the value of `e`: a local in place, or a new temporary.
    pub fn expr(&mut self, e: &'a Node<Expr>) -> Result<Reg> {
        if let Some(local) = self.local_in_place(e) {
            return Ok(local);
        }
        if let Some(pinned) = self.pinned_constant(e) {
            self.function.code.head_at(e.span);
            return Ok(pinned);
        }
        if let Expr::NamedExpr { target, value } = &e.kind
            && let Expr::Name(name) = &target.kind
            && let Place::Local(local) = self.place_of(name)
        {
            self.expr_into(local, value)?;
            return Ok(local);
        }
        let dst = self.function.registers.temporary();
        self.expr_into(dst, e)?;
        Ok(dst)
    }

    /// As `expr`, for an operand that is read only after `later` are evaluated: one of those may assign the local.
    pub fn operand(&mut self, e: &'a Node<Expr>, later: &[&Node<Expr>]) -> Result<Reg> {
        let value = self.expr(e)?;
        Ok(self.guard_operand(e.span, value, later))
    }

    /// Where `value` stays as it is while `later` are evaluated: a copy, if one of those may assign it.
    pub fn guard_operand(&mut self, span: Span, value: Reg, later: &[&Node<Expr>]) -> Reg {
        if !self.function.walrus.contains(&value) || later.iter().all(|e| is_simple(e)) {
            return value;
        }
        let copy = self.function.registers.temporary();
        self.emit(span, op!(Move { dst: copy, src: value }));
        copy
    }

    /// Evaluates `e` and drops the result.
    pub fn effect(&mut self, e: &'a Node<Expr>) -> Result {
        self.guard.check(e.span)?;
        let mark = self.function.registers.mark();
        match &e.kind {
            Expr::Constant(_) => self.function.code.stand_at(e.span),
            Expr::Call { .. } => self.primary(Reg::NONE, e)?,
            Expr::Yield(value) => self.yield_(Reg::NONE, e.span, value.as_deref())?,
            Expr::Await(value) => self.await_value(Reg::NONE, e.span, value)?,
            Expr::YieldFrom(value) => self.yield_from(Reg::NONE, e.span, value)?,
            Expr::Name(_) if self.local_in_place(e).is_some() => {}
            Expr::NamedExpr { target, value } => {
                let value = self.expr(value)?;
                self.store(target, value, false)?;
            }
            Expr::Starred(_) => return syntax_error(e.span, "can't use starred expression here"),
            _ => {
                let value = self.function.registers.temporary();
                self.expr_into(value, e)?;
                self.emit(e.span, op!(Unbind { reg: value }));
            }
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// The register of a local variable, checked to have a value.
    pub fn local_in_place(&mut self, e: &Node<Expr>) -> Option<Reg> {
        let Expr::Name(name) = &e.kind else { return None };
        let Place::Local(reg) = self.place_of(name) else { return None };
        self.check_bound(e.span, reg);
        self.function.code.head_at(e.span);
        Some(reg)
    }

    fn check_bound(&mut self, span: Span, reg: Reg) {
        if !self.function.code.bound.has(reg) {
            self.emit(span, op!(CheckBound { reg }));
            self.function.code.bound.add(reg);
        }
    }

    /// A hidden local that holds the constant `e` while the loop runs.
    pub fn pinned_constant(&mut self, e: &Node<Expr>) -> Option<Reg> {
        let point = self.function.pin_point?;
        if !matches!(e.kind, Expr::Constant(_) | Expr::UnaryOp { .. } | Expr::BinOp { .. }) {
            return None;
        }
        let constant = fold::constant(e).filter(fold::worth_pinning)?;
        let index = self.function.code.constant(constant);
        if let Some(reg) = self.function.code.pinned(point, index) {
            return Some(reg);
        }
        let reg = self.function.registers.local(format!(".k{index}").into());
        self.function.code.pin(point, reg, index);
        self.function.code.bound.add(reg);
        Some(reg)
    }

    fn expr_kind(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        let span = e.span;
        match &e.kind {
            Expr::Constant(constant) => self.load_constant(span, dst, fold::literal(constant)),
            Expr::Name(name) => self.load_name(span, dst, name),
            Expr::BoolOp { op, values } => self.bool_op(dst, span, *op, values)?,
            Expr::NamedExpr { target, value } => self.named(dst, target, value)?,
            Expr::BinOp { .. } => self.binary(dst, e)?,
            Expr::UnaryOp { op, operand } => self.unary(dst, e, *op, operand)?,
            Expr::Lambda { args, body } => self.lambda(dst, e, args, body)?,
            Expr::IfExp { test, body, orelse } => self.if_exp(dst, test, body, orelse)?,
            Expr::Dict { keys, values } => self.dict_display(dst, span, keys, values)?,
            Expr::Set(items) => self.set_display(dst, span, items)?,
            Expr::List(items) => self.list_display(dst, span, items)?,
            Expr::Tuple(items) => self.tuple_into(span, dst, items)?,
            Expr::ListComp { generators, .. }
            | Expr::SetComp { generators, .. }
            | Expr::DictComp { generators, .. } => self.comprehension(dst, e, generators)?,
            Expr::GeneratorExp { elt, generators } => self.generator_expression(dst, e, elt, generators)?,
            Expr::Await(value) => self.await_value(dst, span, value)?,
            Expr::Yield(value) => self.yield_(dst, span, value.as_deref())?,
            Expr::YieldFrom(value) => self.yield_from(dst, span, value)?,
            Expr::Compare { left, ops, comparators } => self.compare(dst, span, left, ops, comparators)?,
            Expr::Call { .. } | Expr::Attribute { .. } | Expr::Subscript { .. } => self.primary(dst, e)?,
            Expr::JoinedStr(parts) => self.joined_str(dst, span, parts)?,
            Expr::FormattedValue { value, conversion, format_spec } => {
                self.formatted(dst, span, value, *conversion, format_spec.as_deref(), Flags::NONE)?;
            }
            Expr::TemplateStr(parts) => self.template(dst, span, parts)?,
            Expr::Interpolation { .. } => self.interpolation(dst, e)?,
            Expr::Slice { lower, upper, step } => {
                self.slice(dst, span, lower.as_deref(), upper.as_deref(), step.as_deref())?;
            }
            Expr::Starred(_) => return syntax_error(span, "can't use starred expression here"),
        }
        Ok(())
    }

    /// `dst = constant`
    pub fn load_constant(&mut self, span: Span, dst: Reg, constant: Constant) {
        let op = match constant {
            Constant::None => op!(LoadNone { dst }),
            Constant::True => op!(LoadTrue { dst }),
            Constant::False => op!(LoadFalse { dst }),
            Constant::Int(value) if i16::try_from(value).is_ok() => op!(LoadInt { dst, value: value as i16 }),
            constant => op!(LoadConst { dst, value: self.function.code.constant(constant) }),
        };
        self.emit(span, op);
    }

    /// `dst = name`
    pub fn load_name(&mut self, span: Span, dst: Reg, name: &Rc<str>) {
        let name = self.mangled(name);
        match self.scopes.place(self.function.scope, &name) {
            _ if &*name == "__debug__" && optimize::debugs() => self.emit(span, op!(LoadTrue { dst })),
            _ if &*name == "__debug__" => self.emit(span, op!(LoadFalse { dst })),
            Place::Local(reg) => {
                self.check_bound(span, reg);
                if reg != dst {
                    self.emit(span, op!(Move { dst, src: reg }));
                }
            }
            Place::Cell(reg) => self.emit(span, op!(LoadCell { dst, cell: reg })),
            Place::Free(index) => self.emit(span, op!(LoadFree { dst, index })),
            Place::Global => {
                let name = self.function.code.site(&name);
                self.emit(span, op!(LoadGlobal { dst, name }));
            }
            Place::Name => {
                let name = self.function.code.name(&name);
                self.emit(span, op!(LoadName { dst, name }));
            }
            Place::NameOrFree(index) => {
                let name = self.function.code.name(&name);
                self.emit(span, op!(LoadNameOrFree { dst, name, index }));
            }
        }
    }

    /// `dst = ` the prelude's function of that name.
    pub fn load_prelude(&mut self, span: Span, dst: Reg, name: &str) {
        let name = self.function.code.name(name);
        self.emit(span, op!(LoadPrelude { dst, name }));
    }

    /// `a and b and c`: what decides stays in `dst`.
    fn bool_op(&mut self, dst: Reg, span: Span, op: BoolOp, values: &'a [Node<Expr>]) -> Result {
        let Some((last, init)) = values.split_last() else { return Ok(()) };
        let value = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        let end = self.function.code.label();
        for each in init {
            self.short_circuit(value, each, span, op == BoolOp::Or, end)?;
        }
        self.expr_into(value, last)?;
        self.function.code.place(end);
        if value != dst {
            self.emit(last.span, op!(Move { dst, src: value }));
        }
        Ok(())
    }

    /// Evaluates `e` into `dst` and goes to `target` if its truth is `when`. An inner `and` or `or` that has been decided
    /// is not asked a second time. Who asks for the truth stands at `asked`.
    fn short_circuit(&mut self, dst: Reg, e: &'a Node<Expr>, asked: Span, when: bool, target: Label) -> Result {
        self.guard.check(e.span)?;
        let Expr::BoolOp { op, values } = &e.kind else {
            self.expr_into(dst, e)?;
            let jump =
                if when { op!(JumpIf { cond: dst, target: 0 }) } else { op!(JumpIfNot { cond: dst, target: 0 }) };
            self.function.code.branch(asked, jump, 1, target);
            return Ok(());
        };
        let decides = *op == BoolOp::Or;
        let Some((last, init)) = values.split_last() else { return Ok(()) };
        let passed = self.function.code.label();
        for each in init {
            self.short_circuit(dst, each, e.span, decides, if decides == when { target } else { passed })?;
        }
        self.short_circuit(dst, last, asked, when, target)?;
        self.function.code.place(passed);
        Ok(())
    }

    /// `target := value`
    fn named(&mut self, dst: Reg, target: &'a Node<Expr>, value: &'a Node<Expr>) -> Result {
        let Expr::Name(name) = &target.kind else {
            return syntax_error(target.span, "cannot use assignment expressions with this target");
        };
        if let Place::Local(local) = self.place_of(name) {
            self.expr_into(local, value)?;
            if dst != local {
                self.emit(target.span, op!(Move { dst, src: local }));
            }
            return Ok(());
        }
        let into = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        self.expr_into(into, value)?;
        self.store(target, into, true)?;
        if into != dst {
            self.emit(target.span, op!(Move { dst, src: into }));
        }
        Ok(())
    }

    /// `a + b - c ...`: leans to the left, so it is written from its inner end without recursion.
    fn binary(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        if let Some(constant) = fold::constant(e) {
            self.load_constant(e.span, dst, constant);
            return Ok(());
        }
        let mut links = Vec::new();
        let mut at = e;
        while let Expr::BinOp { left, op, right } = &at.kind {
            if at.span != e.span && fold::constant(at).is_some() {
                break;
            }
            links.push((at.span, *op, &**right));
            at = left;
        }
        self.function.registers.reuse(dst);
        let mark = self.function.registers.mark();
        let later: Vec<&Node<Expr>> = links.last().map(|link| link.2).into_iter().collect();
        let mut left = self.operand(at, &later)?;
        for (nth, (span, op, right)) in links.into_iter().enumerate().rev() {
            let to = |this: &mut Self| {
                this.function.registers.release(mark);
                if nth == 0 { dst } else { this.function.registers.temporary() }
            };
            left = self.arithmetic(span, op, Flags::NONE, left, right, to)?;
        }
        Ok(())
    }

    /// `left op right`, where `left` is evaluated already, into the register that `to` names once the operands are.
    pub fn arithmetic(
        &mut self,
        span: Span,
        op: Operator,
        flags: Flags,
        left: Reg,
        right: &'a Node<Expr>,
        to: impl FnOnce(&mut Self) -> Reg,
    ) -> Result<Reg> {
        let immediate = match op {
            Operator::Add | Operator::Sub | Operator::Mult | Operator::Mod | Operator::FloorDiv => {
                fold::small_int(right)
            }
            _ => None,
        };
        if let Some(value) = immediate {
            self.function.code.head_at(right.span);
            let dst = to(self);
            let op = match op {
                Operator::Add => Op::AddI { flags, dst, left, value },
                Operator::Sub => Op::SubI { flags, dst, left, value },
                Operator::Mult => Op::MulI { flags, dst, left, value },
                Operator::Mod => Op::ModI { flags, dst, left, value },
                _ => Op::FloorDivI { flags, dst, left, value },
            };
            self.emit(span, op);
            return Ok(dst);
        }
        let right = self.expr(right)?;
        let dst = to(self);
        self.emit(span, binary_op(op, flags, dst, left, right));
        Ok(dst)
    }

    fn unary(&mut self, dst: Reg, e: &'a Node<Expr>, op: UnaryOp, operand: &'a Node<Expr>) -> Result {
        if let Some(constant) = fold::constant(e) {
            self.load_constant(e.span, dst, constant);
            return Ok(());
        }
        self.function.registers.reuse(dst);
        let src = match &operand.kind {
            // CPython makes one instruction of a comparison and the truth of it, and places it where the truth is asked for.
            Expr::Compare { left, ops, comparators } if op == UnaryOp::Not && ops.len() == 1 => {
                let dst = self.function.registers.temporary();
                self.compare(dst, e.span, left, ops, comparators)?;
                dst
            }
            _ => self.expr(operand)?,
        };
        let op = match op {
            UnaryOp::Invert => op!(Invert { dst, src }),
            UnaryOp::Not => op!(Not { dst, src }),
            UnaryOp::UAdd => op!(Pos { dst, src }),
            UnaryOp::USub => op!(Neg { dst, src }),
        };
        self.emit(e.span, op);
        Ok(())
    }

    fn if_exp(&mut self, dst: Reg, test: &'a Node<Expr>, body: &'a Node<Expr>, orelse: &'a Node<Expr>) -> Result {
        let (otherwise, end) = (self.function.code.label(), self.function.code.label());
        self.branch(test, false, otherwise)?;
        self.expr_into(dst, body)?;
        self.function.code.jump(end);
        self.function.code.place(otherwise);
        self.expr_into(dst, orelse)?;
        self.function.code.place(end);
        Ok(())
    }

    /// `left op comparator op comparator ...`
    fn compare(
        &mut self,
        dst: Reg,
        span: Span,
        left: &'a Node<Expr>,
        ops: &'a [CmpOp],
        comparators: &'a [Node<Expr>],
    ) -> Result {
        let [op] = ops else { return self.chained_compare(dst, span, left, ops, comparators) };
        self.function.registers.reuse(dst);
        let left = self.operand(left, &[&comparators[0]])?;
        if let Some(value) = self.constant_container(*op, &comparators[0]) {
            self.emit(span, contains_constant(*op, dst, left, value));
            return Ok(());
        }
        let right = self.comparator(*op, &comparators[0])?;
        self.emit(span, compare_op(*op, dst, left, right));
        Ok(())
    }

    /// The constant on the right side of an `in`: a display of constants is one too.
    pub fn constant_container(&mut self, op: CmpOp, right: &Node<Expr>) -> Option<u16> {
        if !matches!(op, CmpOp::In | CmpOp::NotIn) {
            return None;
        }
        let constant = match &right.kind {
            Expr::List(items) => Constant::Tuple(fold::constants(items)?.into()),
            Expr::Set(items) => Constant::FrozenSet(fold::constants(items)?.into()),
            _ => fold::constant(right)?,
        };
        Some(self.function.code.constant(constant))
    }

    /// The right side of a comparison.
    pub fn comparator(&mut self, op: CmpOp, right: &'a Node<Expr>) -> Result<Reg> {
        if let Some(value) = self.constant_container(op, right) {
            let dst = self.function.registers.temporary();
            self.emit(right.span, op!(LoadConst { dst, value }));
            return Ok(dst);
        }
        self.expr(right)
    }

    fn chained_compare(
        &mut self,
        dst: Reg,
        span: Span,
        left: &'a Node<Expr>,
        ops: &'a [CmpOp],
        comparators: &'a [Node<Expr>],
    ) -> Result {
        let result = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        let (short, end) = (self.function.code.label(), self.function.code.label());
        let mut kept = Vec::new();
        let mut left = self.operand(left, &[&comparators[0]])?;
        for (nth, (op, right)) in ops.iter().zip(comparators).enumerate() {
            let later: Vec<_> = comparators.get(nth + 1).into_iter().collect();
            let last = later.is_empty();
            let right = if last { self.comparator(*op, right)? } else { self.operand(right, &later)? };
            let keep = if last { 0 } else { 2 };
            self.function.code.emit_keeping(span, compare_op(*op, result, left, right), keep);
            if !last {
                self.function.code.branch(span, op!(JumpIfNot { cond: result, target: 0 }), 1, short);
                if right.is_temporary() {
                    kept.push(right);
                }
            }
            left = right;
        }
        self.drop_when_short(span, &kept, short, end);
        if result != dst {
            self.emit(span, op!(Move { dst, src: result }));
        }
        Ok(())
    }

    /// Where a chain of comparisons stops early, the operand it would have compared next is dropped.
    fn drop_when_short(&mut self, span: Span, kept: &[Reg], short: Label, end: Label) {
        if !kept.is_empty() {
            self.function.code.jump(end);
        }
        self.function.code.place(short);
        for reg in kept {
            self.emit(span, op!(Unbind { reg: *reg }));
        }
        self.function.code.place(end);
    }

    fn dict_display(
        &mut self,
        dst: Reg,
        span: Span,
        keys: &'a [Option<Node<Expr>>],
        values: &'a [Node<Expr>],
    ) -> Result {
        let plain = keys.len() <= WINDOW / 2 && keys.iter().all(Option::is_some);
        let dict = if plain || dst.is_temporary() { dst } else { self.function.registers.temporary() };
        if plain {
            self.function.registers.reuse(dst);
            let window = self.function.registers.next();
            for (key, value) in keys.iter().flatten().zip(values) {
                let slot = self.function.registers.temporary();
                self.expr_into(slot, key)?;
                let slot = self.function.registers.temporary();
                self.expr_into(slot, value)?;
            }
            self.emit(span, op!(BuildMap { dst, window, count: keys.len() as u16 }));
            return Ok(());
        }
        self.emit(span, op!(BuildMap { dst: dict, window: self.function.registers.next(), count: 0 }));
        for (key, value) in keys.iter().zip(values) {
            let mark = self.function.registers.mark();
            match key {
                Some(key) => {
                    let key = self.operand(key, &[value])?;
                    let value = self.expr(value)?;
                    self.emit(span, op!(MapAdd { dict, key, value }));
                }
                None => {
                    let mapping = self.expr(value)?;
                    self.emit(span, op!(DictUpdate { dict, mapping }));
                }
            }
            self.function.registers.release(mark);
        }
        self.deliver(span, dst, dict);
        Ok(())
    }

    fn set_display(&mut self, dst: Reg, span: Span, items: &'a [Node<Expr>]) -> Result {
        if is_plain(items) {
            let (window, count) = self.window_of(dst, items)?;
            self.emit(span, op!(BuildSet { dst, window, count }));
            return Ok(());
        }
        let set = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        self.emit(span, op!(BuildSet { dst: set, window: self.function.registers.next(), count: 0 }));
        for item in items {
            let mark = self.function.registers.mark();
            if let Expr::Starred(inner) = &item.kind {
                let iterable = self.expr(inner)?;
                self.emit(span, op!(SetUpdate { set, iterable }));
            } else {
                let value = self.expr(item)?;
                self.emit(span, op!(SetAdd { set, value }));
            }
            self.function.registers.release(mark);
        }
        self.deliver(span, dst, set);
        Ok(())
    }

    fn list_display(&mut self, dst: Reg, span: Span, items: &'a [Node<Expr>]) -> Result {
        let constants = if items.len() > 2 { fold::constants(items) } else { None };
        if is_plain(items) && constants.is_none() {
            let (window, count) = self.window_of(dst, items)?;
            self.emit(span, op!(BuildList { dst, window, count }));
            return Ok(());
        }
        let list = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        if let Some(constants) = constants {
            self.emit(span, op!(BuildList { dst: list, window: self.function.registers.next(), count: 0 }));
            let tuple = self.function.registers.temporary();
            self.load_constant(span, tuple, Constant::Tuple(constants.into()));
            self.emit(span, op!(ListExtend { list, iterable: tuple }));
        } else {
            self.list_of(list, span, items)?;
        }
        self.deliver(span, dst, list);
        Ok(())
    }

    /// `list = [items]`, element by element, where some are starred or there are many. `list` is a temporary.
    pub fn list_of(&mut self, list: Reg, span: Span, items: &'a [Node<Expr>]) -> Result {
        let plain = items.iter().take(WINDOW).take_while(|item| !is_starred(item)).count();
        let (first, rest) = items.split_at(plain);
        let mark = self.function.registers.mark();
        let window = self.function.registers.next();
        for item in first {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, item)?;
        }
        self.emit(span, op!(BuildList { dst: list, window, count: first.len() as u16 }));
        self.function.registers.release(mark);
        for item in rest {
            if let Expr::Starred(inner) = &item.kind {
                let iterable = self.expr(inner)?;
                self.emit(span, op!(ListExtend { list, iterable }));
            } else {
                let value = self.expr(item)?;
                self.emit(span, op!(ListAppend { list, value }));
            }
            self.function.registers.release(mark);
        }
        Ok(())
    }

    /// `dst = (items)`
    pub fn tuple_into(&mut self, span: Span, dst: Reg, items: &'a [Node<Expr>]) -> Result {
        if let Some(constants) = fold::constants(items) {
            self.load_constant(span, dst, Constant::Tuple(constants.into()));
            return Ok(());
        }
        let mark = self.function.registers.mark();
        if is_plain(items) {
            let (window, count) = self.window_of(dst, items)?;
            self.emit(span, op!(BuildTuple { dst, window, count }));
        } else {
            let list = self.function.registers.temporary();
            self.list_of(list, span, items)?;
            self.emit(span, op!(ListToTuple { dst, list }));
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// Evaluates `items` into consecutive temporaries, beginning at `dst` if that is the last one.
    fn window_of(&mut self, dst: Reg, items: &'a [Node<Expr>]) -> Result<(Reg, u16)> {
        self.function.registers.reuse(dst);
        let window = self.function.registers.next();
        for item in items {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, item)?;
        }
        Ok((window, items.len() as u16))
    }

    /// Moves a finished value to where it is wanted.
    pub fn deliver(&mut self, span: Span, dst: Reg, value: Reg) {
        if value != dst {
            self.emit(span, op!(Move { dst, src: value }));
        }
    }

    fn slice(
        &mut self,
        dst: Reg,
        span: Span,
        lower: Option<&'a Node<Expr>>,
        upper: Option<&'a Node<Expr>>,
        step: Option<&'a Node<Expr>>,
    ) -> Result {
        self.function.registers.reuse(dst);
        let window = self.slice_parts(span, lower, upper, step)?;
        self.emit(span, op!(BuildSlice { dst, window }));
        Ok(())
    }

    /// Start, stop and step of a slice in consecutive temporaries; the first of them.
    fn slice_parts(
        &mut self,
        span: Span,
        lower: Option<&'a Node<Expr>>,
        upper: Option<&'a Node<Expr>>,
        step: Option<&'a Node<Expr>>,
    ) -> Result<Reg> {
        let window = self.function.registers.next();
        for part in [lower, upper, step] {
            let slot = self.function.registers.temporary();
            match part {
                Some(part) => self.expr_into(slot, part)?,
                None => self.emit(span, op!(LoadNone { dst: slot })),
            }
        }
        Ok(window)
    }

    /// As [`slice_parts`](Self::slice_parts), if what stands between the brackets is a slice.
    pub fn slice_window(&mut self, slice: &'a Node<Expr>) -> Result<Option<Reg>> {
        let Expr::Slice { lower, upper, step } = &slice.kind else { return Ok(None) };
        self.guard.check(slice.span)?;
        self.slice_parts(slice.span, lower.as_deref(), upper.as_deref(), step.as_deref()).map(Some)
    }

    /// An f-string: its parts in consecutive temporaries, then joined.
    fn joined_str(&mut self, dst: Reg, span: Span, parts: &'a [Node<Expr>]) -> Result {
        match parts {
            [] => self.load_constant(span, dst, Constant::Str(Rc::from(&b""[..]))),
            [part] => self.expr_kind(dst, part)?,
            parts if parts.len() < 4 * WINDOW => {
                self.function.registers.reuse(dst);
                let window = self.function.registers.next();
                for part in parts {
                    let slot = self.function.registers.temporary();
                    self.joined_part(slot, part)?;
                }
                self.emit(span, op!(BuildString { dst, window, count: parts.len() as u16 }));
            }
            parts => {
                let halves = parts.split_at(4 * WINDOW - 1);
                self.function.registers.reuse(dst);
                let window = self.function.registers.temporary();
                let mark = self.function.registers.mark();
                self.joined_str(window, span, halves.0)?;
                // The rest stands right behind it.
                self.function.registers.release(mark);
                let rest = self.function.registers.temporary();
                self.joined_str(rest, span, halves.1)?;
                self.emit(span, op!(BuildString { dst, window, count: 2 }));
            }
        }
        Ok(())
    }

    /// One of several parts of an f-string.
    fn joined_part(&mut self, dst: Reg, part: &'a Node<Expr>) -> Result {
        let Expr::FormattedValue { value, conversion, format_spec } = &part.kind else {
            return self.expr_into(dst, part);
        };
        self.guard.check(part.span)?;
        let mark = self.function.registers.mark();
        self.formatted(dst, part.span, value, *conversion, format_spec.as_deref(), Flags::PART)?;
        self.function.registers.release(mark);
        Ok(())
    }

    fn formatted(
        &mut self,
        dst: Reg,
        span: Span,
        value: &'a Node<Expr>,
        conversion: Option<ast::Conversion>,
        format_spec: Option<&'a Node<Expr>>,
        flags: Flags,
    ) -> Result {
        self.function.registers.reuse(dst);
        let later: Vec<_> = format_spec.into_iter().collect();
        let src = self.operand(value, &later)?;
        let spec = match format_spec {
            Some(spec) => self.expr(spec)?,
            None => Reg::NONE,
        };
        let flags = flags.with(match conversion {
            None => Flags::NONE,
            Some(ast::Conversion::Str) => Flags::STR,
            Some(ast::Conversion::Repr) => Flags::REPR,
            Some(ast::Conversion::Ascii) => Flags::ASCII,
        });
        self.emit(span, Op::FormatValue { flags, dst, src, spec });
        Ok(())
    }

    /// A t-string: `make_template(strings and interpolations in turn)`.
    fn template(&mut self, dst: Reg, span: Span, parts: &'a [Node<Expr>]) -> Result {
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        self.load_prelude(span, window, "make_template");
        let tuple = self.function.registers.temporary();
        self.tuple_into(span, tuple, parts)?;
        self.call_window(span, 1, window, dst);
        Ok(())
    }

    /// `make_interpolation(value, text, conversion, format_spec)`
    fn interpolation(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        let Expr::Interpolation { value, text, conversion, format_spec } = &e.kind else { return Ok(()) };
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        self.load_prelude(e.span, window, "make_interpolation");
        let slot = self.function.registers.temporary();
        self.expr_into(slot, value)?;
        let slot = self.function.registers.temporary();
        self.load_constant(e.span, slot, Constant::Str(text.as_bytes().into()));
        let slot = self.function.registers.temporary();
        let letter = conversion.map(|conversion| match conversion {
            ast::Conversion::Str => &b"s"[..],
            ast::Conversion::Repr => &b"r"[..],
            ast::Conversion::Ascii => &b"a"[..],
        });
        self.load_constant(e.span, slot, letter.map_or(Constant::None, |letter| Constant::Str(letter.into())));
        let slot = self.function.registers.temporary();
        match format_spec {
            Some(spec) => self.expr_into(slot, spec)?,
            None => self.load_constant(e.span, slot, Constant::Str(Rc::from(&b""[..]))),
        }
        self.call_window(e.span, 4, window, dst);
        Ok(())
    }
}

/// Can evaluating `e` not assign anything?
fn is_simple(e: &Node<Expr>) -> bool {
    matches!(e.kind, Expr::Name(_) | Expr::Constant(_))
}

/// `*e`
pub(super) fn is_starred(e: &Node<Expr>) -> bool {
    matches!(e.kind, Expr::Starred(_))
}

/// Can a display of these be built from one window?
fn is_plain(items: &[Node<Expr>]) -> bool {
    items.len() <= WINDOW && !items.iter().any(is_starred)
}

fn binary_op(op: Operator, flags: Flags, dst: Reg, left: Reg, right: Reg) -> Op {
    match op {
        Operator::Add => Op::Add { flags, dst, left, right },
        Operator::Sub => Op::Sub { flags, dst, left, right },
        Operator::Mult => Op::Mul { flags, dst, left, right },
        Operator::MatMult => Op::MatMul { flags, dst, left, right },
        Operator::Div => Op::Div { flags, dst, left, right },
        Operator::Mod => Op::Mod { flags, dst, left, right },
        Operator::Pow => Op::Pow { flags, dst, left, right },
        Operator::LShift => Op::LShift { flags, dst, left, right },
        Operator::RShift => Op::RShift { flags, dst, left, right },
        Operator::BitOr => Op::BitOr { flags, dst, left, right },
        Operator::BitXor => Op::BitXor { flags, dst, left, right },
        Operator::BitAnd => Op::BitAnd { flags, dst, left, right },
        Operator::FloorDiv => Op::FloorDiv { flags, dst, left, right },
    }
}

/// `left in value` or `left not in value`, of a constant.
pub(super) fn contains_constant(op: CmpOp, dst: Reg, left: Reg, value: u16) -> Op {
    if op == CmpOp::In { op!(InC { dst, left, value }) } else { op!(NotInC { dst, left, value }) }
}

/// The comparison as a value.
pub(super) fn compare_op(op: CmpOp, dst: Reg, left: Reg, right: Reg) -> Op {
    match op {
        CmpOp::Eq => op!(Eq { dst, left, right }),
        CmpOp::NotEq => op!(Ne { dst, left, right }),
        CmpOp::Lt => op!(Lt { dst, left, right }),
        CmpOp::LtE => op!(Le { dst, left, right }),
        CmpOp::Gt => op!(Gt { dst, left, right }),
        CmpOp::GtE => op!(Ge { dst, left, right }),
        CmpOp::Is => op!(Is { dst, left, right }),
        CmpOp::IsNot => op!(IsNot { dst, left, right }),
        CmpOp::In => op!(In { dst, left, right }),
        CmpOp::NotIn => op!(NotIn { dst, left, right }),
    }
}
