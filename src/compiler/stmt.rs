//! Statements, one method per construct, each shaped like the code it writes.

use super::assembler::{Label, op};
use super::bound::Bound;
use super::error::{Result, syntax_error};
use super::fold;
use super::function::{Block, Compiler};
use super::marks;
use super::optimize;
use super::scope::ScopeKind;
use crate::bytecode::{Common, Reg};
use crate::source::Span;
use crate::syntax::ast::{BoolOp, Expr, Node, Stmt};

impl<'a> Compiler<'a> {
    /// One statement.
    pub fn stmt(&mut self, stmt: &'a Node<Stmt>) -> Result {
        self.guard.check(stmt.span)?;
        let mark = self.function.registers.mark();
        self.stmt_kind(stmt)?;
        self.function.registers.release(mark);
        Ok(())
    }

    fn stmt_kind(&mut self, stmt: &'a Node<Stmt>) -> Result {
        let span = stmt.span;
        match &stmt.kind {
            Stmt::FunctionDef(def) => self.function_def(def, span),
            Stmt::ClassDef(def) => self.class_def(def, span),
            Stmt::Return(value) => self.return_(span, value.as_deref()),
            Stmt::Delete(targets) => targets.iter().try_for_each(|target| self.delete(target)),
            Stmt::Assign { targets, value } => self.assign(targets, value),
            Stmt::TypeAlias { name, type_params, value } => self.type_alias(stmt, name, type_params, value),
            Stmt::AugAssign { target, op, value } => self.aug_assign(span, target, *op, value),
            Stmt::AnnAssign { target, annotation, value, simple } => {
                self.annotated_assign(target, annotation, value.as_deref(), *simple)
            }
            Stmt::For { target, iter, body, orelse, is_async } => match is_async {
                true => self.async_for(span, target, iter, body, orelse),
                false => self.for_(target, iter, body, orelse),
            },
            Stmt::While { test, body, orelse } => self.while_(test, body, orelse),
            Stmt::If { test, body, orelse } => self.if_(test, body, orelse),
            Stmt::With { items, body, is_async } => self.with(span, items, body, *is_async),
            Stmt::Match { subject, cases } => self.match_(subject, cases),
            Stmt::Raise { exc, cause } => self.raise(span, exc.as_deref(), cause.as_deref()),
            Stmt::Try { body, handlers, orelse, finalbody, star } => {
                self.function.code.head_at(span);
                self.try_(span, body, handlers, orelse, finalbody, *star)
            }
            Stmt::Assert { .. } if !optimize::debugs() => Ok(()),
            Stmt::Assert { test, msg } => self.assert(test, msg.as_deref()),
            Stmt::Import(names) => self.import(span, names),
            Stmt::ImportFrom { module, names, level } => self.import_from(span, module.as_ref(), names, *level),
            Stmt::Global(_) | Stmt::Nonlocal(_) => Ok(()),
            Stmt::Pass => {
                self.function.code.stand_at(span);
                Ok(())
            }
            Stmt::Expr(value) if self.shows_values && self.at_top() => {
                let src = self.expr(value)?;
                self.emit(span, op!(PrintExpr { src }));
                Ok(())
            }
            Stmt::Expr(value) => self.effect(value),
            Stmt::Break => self.break_(span),
            Stmt::Continue => self.continue_(span),
        }
    }

    fn at_top(&self) -> bool {
        self.scopes.get(self.function.frame).kind == ScopeKind::Module
    }

    /// `if test: body else: orelse`; a chain of `elif` is followed without recursion.
    fn if_(&mut self, test: &'a Node<Expr>, body: &'a [Node<Stmt>], orelse: &'a [Node<Stmt>]) -> Result {
        let end = self.function.code.label();
        let (mut test, mut body, mut orelse) = (test, body, orelse);
        loop {
            let otherwise = self.function.code.label();
            match self.plain_jump(body) {
                Some(target) => self.branch(test, true, target)?,
                None => {
                    self.branch(test, false, otherwise)?;
                    self.body(body)?;
                }
            }
            if self.plain_jump(body).is_none() && !orelse.is_empty() {
                self.function.code.jump(end);
            }
            self.function.code.place(otherwise);
            match orelse {
                [Node { kind: Stmt::If { test: next, body: then, orelse: rest }, .. }] => {
                    (test, body, orelse) = (next, then, rest);
                }
                _ => break,
            }
        }
        self.body(orelse)?;
        self.function.code.place(end);
        Ok(())
    }

    /// Where a body goes that is only a `break` or `continue` with nothing to undo on the way.
    fn plain_jump(&self, body: &[Node<Stmt>]) -> Option<Label> {
        match (body, self.function.blocks.last()) {
            // Who follows lines is to see that control comes there.
            _ if marks::wanted().lines => None,
            ([Node { kind: Stmt::Break, .. }], Some(Block::Loop { end, .. })) => Some(*end),
            ([Node { kind: Stmt::Continue, .. }], Some(Block::Loop { next, .. })) => Some(*next),
            _ => None,
        }
    }

    /// What holds at the top of a loop, entered from here or from its bottom.
    fn surely_bound_in_loop(&self) -> Bound {
        self.surely_bound_after_raise()
    }

    /// The outermost loop of a function is where constants are loaded that it uses.
    pub fn begin_loop(&mut self) -> bool {
        let outermost = self.function.pin_point.is_none();
        if outermost {
            self.function.pin_point = Some(self.function.code.pin_point());
        }
        outermost
    }

    /// Ends what `begin_loop` began.
    pub fn end_loop(&mut self, outermost: bool) {
        if outermost {
            self.function.pin_point = None;
        }
    }

    /// `while test: body else: orelse`: entered at the test, which stands at the bottom.
    fn while_(&mut self, test: &'a Node<Expr>, body: &'a [Node<Stmt>], orelse: &'a [Node<Stmt>]) -> Result {
        let outermost = self.begin_loop();
        let constant = fold::constant(test).map(|constant| fold::truth(&constant));
        let (top, next, end) = (self.function.code.label(), self.function.code.label(), self.function.code.label());
        let mut entered = self.surely_bound_in_loop();
        match constant {
            Some(true) => {
                self.function.code.place_with(next, entered);
                self.function.code.head_at(test.span);
            }
            _ => {
                self.walrus_targets(test, &mut entered);
                self.function.code.jump(next);
                let entered = if constant == Some(false) { Bound::Unreachable } else { entered };
                self.function.code.place_with(top, entered);
            }
        }
        self.function.blocks.push(Block::Loop { next, end, iter: None });
        self.body(body)?;
        self.function.blocks.pop();
        if constant == Some(true) {
            self.function.code.jump(next);
        } else {
            self.function.code.place(next);
            self.branch(test, true, top)?;
        }
        self.end_loop(outermost);
        self.body(orelse)?;
        self.function.code.place(end);
        Ok(())
    }

    /// Names that a true `test` has surely assigned.
    fn walrus_targets(&self, test: &'a Node<Expr>, bound: &mut Bound) {
        match &test.kind {
            Expr::NamedExpr { target, .. } => {
                if let Some(local) = self.local_target(target) {
                    bound.add(local);
                }
            }
            Expr::Compare { left, .. } => self.walrus_targets(left, bound),
            Expr::BoolOp { op: BoolOp::And, values } => {
                values.iter().for_each(|value| self.walrus_targets(value, bound));
            }
            _ => {}
        }
    }

    /// `for target in iter: body else: orelse`: entered at the bottom, where the next item is asked for.
    fn for_(
        &mut self,
        target: &'a Node<Expr>,
        iter: &'a Node<Expr>,
        body: &'a [Node<Stmt>],
        orelse: &'a [Node<Stmt>],
    ) -> Result {
        let mark = self.function.registers.mark();
        let outermost = self.begin_loop();
        let iterator = self.function.registers.temporary();
        self.get_iter(iterator, iter)?;
        let (top, next, end) = (self.function.code.label(), self.function.code.label(), self.function.code.label());
        let entered = self.surely_bound_in_loop();
        // What goes for the next item goes where that is stored: the body is entered behind this.
        self.function.code.jump_at(target.span, next);
        let item = self.enter_loop_item(target, top, entered)?;
        self.function.blocks.push(Block::Loop { next, end, iter: Some(iterator) });
        self.body(body)?;
        self.function.blocks.pop();
        self.function.code.place(next);
        self.function.code.branch(iter.span, op!(ForIter { dst: item, iter: iterator, target: 0 }), 0, top);
        self.end_loop(outermost);
        self.function.registers.release(mark);
        self.loop_end(iter.span, iterator, orelse, end)
    }

    /// After a loop: its `else`, then the end, where a `break` drops the iterator.
    pub fn loop_end(&mut self, span: Span, iterator: Reg, orelse: &'a [Node<Stmt>], end: Label) -> Result {
        self.body(orelse)?;
        if !self.function.code.is_target(end) {
            return Ok(());
        }
        let after = self.function.code.label();
        if !orelse.is_empty() {
            self.function.code.jump(after);
        }
        self.function.code.place(end);
        self.emit(span, op!(Unbind { reg: iterator }));
        self.function.code.place(after);
        Ok(())
    }

    /// `dst = iter(e)`, where `dst` is the last temporary.
    pub fn get_iter(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        let src = match self.local_in_place(e) {
            Some(local) => local,
            None => {
                self.expr_into(dst, e)?;
                dst
            }
        };
        self.emit(e.span, op!(GetIter { dst, src }));
        Ok(())
    }

    /// The top of a loop over items: the register in which each arrives, stored into `target` if that is not it.
    pub fn enter_loop_item(&mut self, target: &'a Node<Expr>, top: Label, mut entered: Bound) -> Result<Reg> {
        if let Some(local) = self.local_target(target) {
            entered.add(local);
            self.function.code.place_with(top, entered);
            self.function.code.head_at(target.span);
            return Ok(local);
        }
        self.function.code.place_with(top, entered);
        self.function.code.head_at(target.span);
        let mark = self.function.registers.mark();
        let item = self.function.registers.temporary();
        self.store(target, item, false)?;
        self.function.registers.release(mark);
        Ok(item)
    }

    /// `assert test, msg`
    fn assert(&mut self, test: &'a Node<Expr>, msg: Option<&'a Node<Expr>>) -> Result {
        let passed = self.function.code.label();
        self.branch(test, true, passed)?;
        let exc = self.function.registers.temporary();
        self.emit(test.span, op!(LoadCommon { dst: exc, which: Common::AssertionError as u16 }));
        if let Some(msg) = msg {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, msg)?;
            self.call_window(test.span, 1, exc, exc);
        }
        self.emit(test.span, op!(Raise { exc }));
        self.function.code.place(passed);
        Ok(())
    }

    /// `raise exc from cause`
    fn raise(&mut self, span: Span, exc: Option<&'a Node<Expr>>, cause: Option<&'a Node<Expr>>) -> Result {
        let Some(exc) = exc else {
            self.emit(span, op!(RaiseCurrent {}));
            return Ok(());
        };
        let Some(cause) = cause else {
            let exc = self.expr(exc)?;
            self.emit(span, op!(Raise { exc }));
            return Ok(());
        };
        let exc = self.operand(exc, &[cause])?;
        let cause = self.expr(cause)?;
        self.emit(span, op!(RaiseFrom { exc, cause }));
        Ok(())
    }

    /// `return value`: on the way out, `finally` and `with` have their say.
    fn return_(&mut self, span: Span, value: Option<&'a Node<Expr>>) -> Result {
        let scope = self.scopes.get(self.function.frame);
        if scope.kind != ScopeKind::Function {
            return syntax_error(span, "'return' outside function");
        }
        if value.is_some() && scope.generator && scope.coroutine {
            return syntax_error(span, "'return' with value in async generator");
        }
        self.refuse_in_star(value.map_or(span, |value| value.span), 0)?;
        let is_none = value.is_none_or(|value| matches!(fold::constant(value), Some(crate::bytecode::Constant::None)));
        if is_none {
            return self.return_at(span, None);
        }
        let Some(value) = value else { return Ok(()) };
        let mut result = self.expr(value)?;
        if !result.is_temporary() && self.function.blocks.iter().any(runs_code_on_exit) {
            let copy = self.function.registers.temporary();
            self.emit(value.span, op!(Move { dst: copy, src: result }));
            result = copy;
        }
        self.return_at(span, Some(result))
    }

    /// What a `return` does when the blocks it stands in have been left. The body is then at the last of what it did on its
    /// way out, if that was a `finally` or a `with`.
    fn return_at(&mut self, span: Span, result: Option<Reg>) -> Result {
        let runs = |block: &Block| matches!(block, Block::Finally { .. } | Block::With { .. });
        let later = self.function.blocks.iter().any(runs);
        self.leave(0, result, |this| {
            let span = if later { this.function.code.last_span() } else { span };
            this.emit_return(span, result);
            Ok(())
        })
    }

    fn break_(&mut self, span: Span) -> Result {
        let loop_ = self.innermost_loop();
        self.refuse_in_star(span, loop_.unwrap_or(0))?;
        let Some(at) = loop_ else { return syntax_error(span, "'break' outside loop") };
        let Block::Loop { end, .. } = self.function.blocks[at] else { return Ok(()) };
        self.function.code.stand_at(span);
        self.leave(at + 1, None, |this| {
            this.function.code.jump(end);
            Ok(())
        })
    }

    fn continue_(&mut self, span: Span) -> Result {
        let loop_ = self.innermost_loop();
        self.refuse_in_star(span, loop_.unwrap_or(0))?;
        let Some(at) = loop_ else { return syntax_error(span, "'continue' not properly in loop") };
        let Block::Loop { next, .. } = self.function.blocks[at] else { return Ok(()) };
        self.function.code.stand_at(span);
        self.leave(at + 1, None, |this| {
            this.function.code.jump(next);
            Ok(())
        })
    }

    fn innermost_loop(&self) -> Option<usize> {
        self.function.blocks.iter().rposition(|block| matches!(block, Block::Loop { .. }))
    }

    fn refuse_in_star(&self, span: Span, outside: usize) -> Result {
        if self.function.blocks[outside..].iter().any(|block| matches!(block, Block::Star)) {
            return syntax_error(span, "'break', 'continue' and 'return' cannot appear in an except* block");
        }
        Ok(())
    }

    /// Undoes the blocks above the first `keep`, innermost first, then writes the jump out. What protects a block does not
    /// cover its own way out. `result` is the temporary that is to be returned, if one is.
    fn leave(&mut self, keep: usize, result: Option<Reg>, jump: impl FnOnce(&mut Self) -> Result) -> Result {
        let mut left = Vec::new();
        while self.function.blocks.len() > keep {
            let Some(mut block) = self.function.blocks.pop() else { break };
            let here = self.function.code.here();
            if let Some(region) = block.region_mut() {
                region.pause(here);
            }
            let returning = result.filter(|result| result.is_temporary() && matches!(block, Block::Finally { .. }));
            if let Some(result) = returning {
                self.function.blocks.push(Block::Returning(result));
            }
            self.exit(&mut block)?;
            if returning.is_some() {
                self.function.blocks.pop();
            }
            left.push(block);
        }
        jump(self)?;
        let here = self.function.code.here();
        while let Some(mut block) = left.pop() {
            if let Some(region) = block.region_mut() {
                region.resume(here);
            }
            self.function.blocks.push(block);
        }
        Ok(())
    }

    /// The code that runs when a jump leaves `block`.
    fn exit(&mut self, block: &mut Block<'a>) -> Result {
        let span = self.function.code.last_span();
        match block {
            // Even when the frame ends here: the iterators die before the locals, the innermost first.
            Block::Loop { iter: Some(iter), .. } => self.emit(span, op!(Unbind { reg: *iter })),
            Block::Returning(kept) => self.emit(span, op!(Unbind { reg: *kept })),
            Block::Loop { .. } | Block::Protected(_) | Block::Star => {}
            Block::Finally { body, .. } => self.body(body)?,
            Block::With { exit, is_async, span, .. } => self.exit_with(*span, *exit, *is_async)?,
            Block::Handler { saved, exc, name, .. } => {
                if let Some(exc) = exc {
                    self.emit(span, op!(Unbind { reg: *exc }));
                }
                self.pop_handled(span, *saved, name.as_ref());
            }
        }
        Ok(())
    }
}

fn runs_code_on_exit(block: &Block) -> bool {
    match block {
        Block::Finally { .. } | Block::With { .. } => true,
        Block::Handler { name, .. } => name.is_some(),
        Block::Loop { .. } | Block::Protected(_) | Block::Returning(_) | Block::Star => false,
    }
}
