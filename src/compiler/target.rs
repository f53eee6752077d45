//! What can stand left of `=`: names, attributes, subscripts, unpacking; and `del`.

use super::assembler::op;
use super::error::{Result, syntax_error};
use super::fold;
use super::function::Compiler;
use super::scope::Place;
use crate::bytecode::{Flags, Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{Expr, Node, Operator};
use std::rc::Rc;

impl<'a> Compiler<'a> {
    /// `target = R[src]`; a temporary `src` is consumed unless `keep`.
    pub fn store(&mut self, target: &'a Node<Expr>, src: Reg, keep: bool) -> Result {
        self.guard.check(target.span)?;
        let span = target.span;
        let mark = self.function.registers.mark();
        match &target.kind {
            Expr::Name(name) => self.store_name(span, name, src, keep),
            Expr::Attribute { value, attr } => {
                let obj = self.expr(value)?;
                let span = self.attribute_span(span, span, attr);
                let name = self.attribute_site(attr);
                let keep = if keep { 2 } else { 0 };
                self.function.code.emit_keeping(span, op!(SetAttr { obj, value: src, name }), keep);
            }
            Expr::Subscript { value, slice } => {
                let obj = self.operand(value, &[slice])?;
                if let Some(window) = self.slice_window(slice)? {
                    let keep = if keep { 2 } else { 0 };
                    self.function.code.emit_keeping(span, op!(SetSlice { obj, value: src, window }), keep);
                    self.function.registers.release(mark);
                    return Ok(());
                }
                let key = self.expr(slice)?;
                let keep = if keep { 4 } else { 0 };
                self.function.code.emit_keeping(span, op!(SetItem { obj, key, value: src }), keep);
            }
            Expr::Tuple(items) | Expr::List(items) => self.unpack(span, items, src, keep)?,
            Expr::Starred(_) => return syntax_error(span, "starred assignment target must be in a list or tuple"),
            _ => return syntax_error(span, "cannot assign to expression"),
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// `name = R[src]`
    pub fn store_name(&mut self, span: Span, name: &Rc<str>, src: Reg, keep: bool) {
        let name = self.mangled(name);
        let op = match self.scopes.place(self.function.scope, &name) {
            Place::Local(reg) if reg == src => {
                self.function.code.bound.add(reg);
                return;
            }
            Place::Local(reg) => op!(Move { dst: reg, src }),
            Place::Cell(reg) => op!(StoreCell { cell: reg, src }),
            Place::Free(index) | Place::NameOrFree(index) => op!(StoreFree { index, src }),
            Place::Global => op!(StoreGlobal { name: self.function.code.site(&name), src }),
            Place::Name => op!(StoreName { name: self.function.code.name(&name), src }),
        };
        self.function.code.emit_keeping(span, op, keep as u8);
    }

    /// The register that holds the local variable `target`, if it is one.
    pub fn local_target(&self, target: &Node<Expr>) -> Option<Reg> {
        let Expr::Name(name) = &target.kind else { return None };
        match self.place_of(name) {
            Place::Local(reg) => Some(reg),
            _ => None,
        }
    }

    fn unpack(&mut self, span: Span, items: &'a [Node<Expr>], src: Reg, keep: bool) -> Result {
        let mut starred = items.iter().enumerate().filter(|(_, item)| matches!(item.kind, Expr::Starred(_)));
        let star = starred.next().map(|(nth, _)| nth);
        if starred.next().is_some() {
            return syntax_error(span, "multiple starred expressions in assignment");
        }
        let local = match star {
            None => self.consecutive_locals(items),
            Some(_) => None,
        };
        let window = match local {
            Some(first) => first,
            None => self.function.registers.window(items.len()),
        };
        let op = match star {
            None => op!(UnpackSequence { src, window, count: items.len() as u16 }),
            Some(before) => {
                let after = items.len() - before - 1;
                if before > 255 || after > 255 {
                    return syntax_error(span, "too many expressions in star-unpacking assignment");
                }
                op!(UnpackEx { before: before as u8, after: after as u8, src, window })
            }
        };
        self.function.code.emit_keeping(span, op, keep as u8);
        for (nth, item) in items.iter().enumerate() {
            let value = window.plus(nth);
            if local.is_some() {
                self.function.code.bound.add(value);
                continue;
            }
            match &item.kind {
                Expr::Starred(inner) => self.store(inner, value, false)?,
                _ => self.store(item, value, false)?,
            }
        }
        Ok(())
    }

    /// The first of the registers of `items`, if these are local variables that stand side by side.
    fn consecutive_locals(&self, items: &[Node<Expr>]) -> Option<Reg> {
        let first = self.local_target(items.first()?)?;
        let side_by_side = |(nth, item)| self.local_target(item) == Some(first.plus(nth));
        items.iter().enumerate().all(side_by_side).then_some(first)
    }

    /// `targets = value`
    pub fn assign(&mut self, targets: &'a [Node<Expr>], value: &'a Node<Expr>) -> Result {
        let mark = self.function.registers.mark();
        match targets {
            [target] => match self.local_target(target) {
                Some(local) => {
                    self.expr_into(local, value)?;
                    self.function.code.stand_at(target.span);
                }
                None => self.assign_one(target, value)?,
            },
            targets => {
                let mut src = self.expr(value)?;
                let plain = targets.iter().all(|target| matches!(target.kind, Expr::Name(_)));
                if !src.is_temporary() && !plain {
                    let copy = self.function.registers.temporary();
                    self.emit(value.span, op!(Move { dst: copy, src }));
                    src = copy;
                }
                for (nth, target) in targets.iter().enumerate() {
                    self.store(target, src, nth + 1 < targets.len())?;
                }
            }
        }
        self.function.registers.release(mark);
        Ok(())
    }

    fn assign_one(&mut self, target: &'a Node<Expr>, value: &'a Node<Expr>) -> Result {
        if let (Expr::Tuple(targets) | Expr::List(targets), Expr::Tuple(values)) = (&target.kind, &value.kind)
            && targets.len() == values.len()
            && !targets.is_empty()
            && targets.len() <= 16
            && !targets.iter().chain(values).any(super::expr::is_starred)
            && fold::constant(value).is_none()
        {
            return self.assign_pairwise(targets, values);
        }
        let src = self.operand(value, &[target])?;
        self.store(target, src, false)
    }

    /// `a, b = c, d` without making the tuple. All values are evaluated before anything is stored.
    fn assign_pairwise(&mut self, targets: &'a [Node<Expr>], values: &'a [Node<Expr>]) -> Result {
        let mut held = Vec::with_capacity(values.len());
        for (nth, value) in values.iter().enumerate() {
            let later: Vec<_> = values[nth + 1..].iter().collect();
            let mut src = self.operand(value, &later)?;
            let stored_before = targets[..nth].iter().any(|target| match self.local_target(target) {
                Some(local) => local == src,
                None => !matches!(target.kind, Expr::Name(_)),
            });
            if !src.is_temporary() && stored_before {
                let copy = self.function.registers.temporary();
                self.emit(value.span, op!(Move { dst: copy, src }));
                src = copy;
            }
            held.push(src);
        }
        for (target, src) in targets.iter().zip(held) {
            self.store(target, src, false)?;
        }
        Ok(())
    }

    /// `target op= value`
    pub fn aug_assign(
        &mut self,
        span: Span,
        target: &'a Node<Expr>,
        operator: Operator,
        value: &'a Node<Expr>,
    ) -> Result {
        let mark = self.function.registers.mark();
        match &target.kind {
            Expr::Name(name) => {
                let local = self.local_target(target);
                let left = self.operand(target, &[value])?;
                let to = |this: &mut Self| local.unwrap_or_else(|| this.function.registers.temporary());
                let result = self.arithmetic(span, operator, Flags::INPLACE, left, value, to)?;
                self.store_name(target.span, name, result, false);
            }
            Expr::Attribute { value: object, attr } => {
                let obj = self.operand(object, &[value])?;
                let attr = self.mangled(attr);
                let left = self.function.registers.temporary();
                let (name, set_name) = (self.function.code.site(&attr), self.function.code.site(&attr));
                if let Some(attempt) = self.attempt_in_place(operator, obj, name, value) {
                    self.function.code.emit_keeping(span, attempt, 0);
                }
                self.function.code.emit_keeping(target.span, op!(GetAttr { dst: left, obj, name }), 1);
                let result = self.arithmetic(span, operator, Flags::INPLACE, left, value, |_| left)?;
                self.emit(target.span, op!(SetAttr { obj, value: result, name: set_name }));
            }
            Expr::Subscript { value: object, slice } => {
                let obj = self.operand(object, &[slice, value])?;
                let key = self.operand(slice, &[value])?;
                let left = self.function.registers.temporary();
                self.function.code.emit_keeping(target.span, op!(GetItem { dst: left, obj, key }), 3);
                let result = self.arithmetic(span, operator, Flags::INPLACE, left, value, |_| left)?;
                self.emit(target.span, op!(SetItem { obj, key, value: result }));
            }
            _ => return syntax_error(target.span, "illegal expression for augmented assignment"),
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// The instruction that may do all of `obj.name += value` or `-=` at once: for operands that take no instruction to load,
    /// so that exactly three make up the ordinary way.
    fn attempt_in_place(&mut self, operator: Operator, obj: Reg, name: u16, value: &'a Node<Expr>) -> Option<Op> {
        if let Some(value) = fold::small_int(value) {
            return match operator {
                Operator::Add => Some(op!(AddAttrI { obj, value, name })),
                Operator::Sub => Some(op!(AddAttrI { obj, value: value.checked_neg()?, name })),
                _ => None,
            };
        }
        let value = self.local_at_hand(value)?;
        match operator {
            Operator::Add => Some(op!(AddAttr { obj, value, name })),
            Operator::Sub => Some(op!(SubAttr { obj, value, name })),
            _ => None,
        }
    }

    /// `target: annotation = value`, the annotation apart.
    pub fn annotated_assign(
        &mut self,
        target: &'a Node<Expr>,
        annotation: &'a Node<Expr>,
        value: Option<&'a Node<Expr>>,
        simple: bool,
    ) -> Result {
        if let Some(value) = value {
            self.assign(std::slice::from_ref(target), value)?;
        } else if !simple {
            // The target is evaluated, and nothing stored.
            match &target.kind {
                Expr::Attribute { value, .. } => self.effect(value)?,
                Expr::Subscript { value, slice } => {
                    self.effect(value)?;
                    self.effect(slice)?;
                }
                _ => {}
            }
        }
        if simple {
            self.note_conditional_annotation(target, annotation);
        }
        Ok(())
    }

    /// `del target`
    pub fn delete(&mut self, target: &'a Node<Expr>) -> Result {
        self.guard.check(target.span)?;
        let span = target.span;
        let mark = self.function.registers.mark();
        match &target.kind {
            Expr::Name(name) => self.delete_name(span, name),
            Expr::Attribute { value, attr } => {
                let obj = self.expr(value)?;
                let attr = self.mangled(attr);
                let name = self.function.code.site(&attr);
                self.emit(span, op!(DelAttr { obj, name }));
            }
            Expr::Subscript { value, slice } => {
                let obj = self.operand(value, &[slice])?;
                let key = self.expr(slice)?;
                self.emit(span, op!(DelItem { obj, key }));
            }
            Expr::Tuple(items) | Expr::List(items) => {
                items.iter().try_for_each(|item| self.delete(item))?;
            }
            _ => return syntax_error(span, "cannot delete expression"),
        }
        self.function.registers.release(mark);
        Ok(())
    }

    fn delete_name(&mut self, span: Span, name: &Rc<str>) {
        let name = self.mangled(name);
        let op: Op = match self.scopes.place(self.function.scope, &name) {
            Place::Local(reg) => {
                self.emit(span, op!(DelLocal { reg }));
                self.function.code.forget(reg);
                return;
            }
            Place::Cell(reg) => op!(DelCell { cell: reg }),
            Place::Free(index) | Place::NameOrFree(index) => op!(DelFree { index }),
            Place::Global => op!(DelGlobal { name: self.function.code.site(&name) }),
            Place::Name => op!(DelName { name: self.function.code.name(&name) }),
        };
        self.emit(span, op);
    }

    /// Unbinds the name of an `except`, whether or not its body has done so already.
    pub fn clear_name(&mut self, span: Span, name: &Rc<str>) {
        if let Place::Local(reg) = self.place_of(name) {
            self.emit(span, op!(Unbind { reg }));
            self.function.code.forget(reg);
            return;
        }
        let mark = self.function.registers.mark();
        let none = self.function.registers.temporary();
        self.emit(span, op!(LoadNone { dst: none }));
        self.store_name(span, name, none, false);
        self.delete_name(span, name);
        self.function.registers.release(mark);
    }
}
