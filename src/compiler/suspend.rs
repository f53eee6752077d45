//! Places where a frame stops and is resumed: `yield`, `yield from`, `await`, `async for`.

use super::assembler::{Label, op};
use super::error::Result;
use super::function::{Block, Compiler};
use crate::bytecode::{Flags, Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{Expr, Node, Stmt};

impl<'a> Compiler<'a> {
    /// Writes an instruction that suspends. Inside an exception handler, the exception being handled is put aside for the
    /// time of the suspension. A delegate runs between the suspensions, and sees what its delegator handles: so a
    /// delegation puts it aside itself, when it suspends, in the register that the instruction after it names. Temporaries
    /// that the instruction reads or writes must be taken.
    fn suspend(&mut self, span: Span, op: Op) {
        let Some(outer) = self.outermost_handler() else {
            self.emit(span, op);
            return;
        };
        let mark = self.function.registers.mark();
        let kept = self.function.registers.temporary();
        if !matches!(op, Op::YieldFrom { .. }) {
            self.emit(span, op!(ExcSwapOut { kept, outer }));
        }
        let before = self.function.code.bound.clone();
        let start = self.function.code.here();
        self.emit(span, op);
        let end = self.function.code.here();
        self.emit(span, op!(ExcSwapIn { kept, outer }));
        let exc = self.function.registers.temporary();
        let (thrown, resumed) = (self.function.code.label(), self.function.code.label());
        self.function.code.cover(start, end, thrown, exc);
        self.function.code.jump(resumed);
        self.function.code.place_with(thrown, before);
        self.emit(span, op!(ExcSwapInRaise { kept, outer, exc }));
        self.function.code.place(resumed);
        self.function.registers.release(mark);
    }

    /// `dst = yield value`
    pub fn yield_(&mut self, dst: Reg, span: Span, value: Option<&'a Node<Expr>>) -> Result {
        let value = match value {
            Some(value) => self.expr(value)?,
            None => {
                let none = self.function.registers.temporary();
                self.emit(span, op!(LoadNone { dst: none }));
                none
            }
        };
        self.yield_register(span, dst, value);
        Ok(())
    }

    /// Hands `value` out; what is sent in lands in `dst`.
    pub fn yield_register(&mut self, span: Span, dst: Reg, value: Reg) {
        let op = if self.scopes.get(self.function.frame).coroutine {
            op!(AsyncYield { dst, value })
        } else if dst.is_none() {
            op!(Yield { dst, value })
        } else {
            op!(YieldInto { dst, value })
        };
        self.suspend(span, op);
    }

    /// `dst = yield from value`
    pub fn yield_from(&mut self, dst: Reg, span: Span, value: &'a Node<Expr>) -> Result {
        let iter = self.function.registers.temporary();
        let src = match self.local_in_place(value) {
            Some(local) => local,
            None => {
                self.expr_into(iter, value)?;
                iter
            }
        };
        self.emit(span, op!(GetYieldFromIter { dst: iter, src }));
        self.suspend(span, op!(YieldFrom { dst, iter }));
        Ok(())
    }

    /// `dst = await value`
    pub fn await_value(&mut self, dst: Reg, span: Span, value: &'a Node<Expr>) -> Result {
        let iter = self.function.registers.temporary();
        let src = match self.local_in_place(value) {
            Some(local) => local,
            None => {
                self.expr_into(iter, value)?;
                iter
            }
        };
        self.emit(span, op!(GetAwaitable { dst: iter, src }));
        self.suspend(span, Op::YieldFrom { flags: Flags::AWAIT, dst, iter });
        Ok(())
    }

    /// `R[place] = await R[place]`, a temporary that is taken; a result that is not wanted is not stored.
    /// `flags` say which method it is from, for the message when it cannot be awaited.
    pub fn await_register(&mut self, span: Span, place: Reg, wanted: bool, flags: Flags) {
        self.emit(span, Op::GetAwaitable { flags, dst: place, src: place });
        let dst = if wanted { place } else { Reg::NONE };
        self.suspend(span, Op::YieldFrom { flags: Flags::AWAIT, dst, iter: place });
    }

    /// `async for target in iter: body else: orelse`
    pub fn async_for(
        &mut self,
        span: Span,
        target: &'a Node<Expr>,
        iter: &'a Node<Expr>,
        body: &'a [Node<Stmt>],
        orelse: &'a [Node<Stmt>],
    ) -> Result {
        let scope = self.scopes.get(self.function.frame);
        if !scope.coroutine {
            return super::error::syntax_error(span, "'async for' outside async function");
        }
        let mark = self.function.registers.mark();
        let outermost = self.begin_loop();
        let iterator = self.function.registers.temporary();
        let src = match self.local_in_place(iter) {
            Some(local) => local,
            None => {
                self.expr_into(iterator, iter)?;
                iterator
            }
        };
        self.emit(iter.span, op!(GetAIter { dst: iterator, src }));
        let (next, finished, end) =
            (self.function.code.label(), self.function.code.label(), self.function.code.label());
        let exc = self.async_next(span, iterator, target, next, finished)?;
        self.function.blocks.push(Block::Loop { next, end, iter: Some(iterator) });
        self.body(body)?;
        self.function.blocks.pop();
        self.function.code.jump(next);
        self.async_end(iter.span, iterator, exc, finished);
        self.end_loop(outermost);
        self.function.registers.release(mark);
        self.loop_end(iter.span, iterator, orelse, end)
    }

    /// The top of an `async for`, where the next item is awaited; at the end control goes to `finished` by the exception in
    /// the register that this gives.
    pub fn async_next(
        &mut self,
        span: Span,
        iterator: Reg,
        target: &'a Node<Expr>,
        next: Label,
        finished: Label,
    ) -> Result<Reg> {
        let entered = self.surely_bound_after_raise();
        self.function.code.place_with(next, entered.clone());
        let mark = self.function.registers.mark();
        let item = self.function.registers.temporary();
        let start = self.function.code.here();
        self.emit(span, op!(GetANext { dst: item, iter: iterator }));
        let value = self.function.registers.temporary();
        self.suspend(span, Op::YieldFrom { flags: Flags::AWAIT, dst: value, iter: item });
        let end = self.function.code.here();
        self.function.code.cover(start, end, finished, item);
        self.function.code.expect(finished, &entered);
        self.store(target, value, false)?;
        self.function.registers.release(mark);
        Ok(item)
    }

    /// The end of an `async for`: the exception in `exc` says that it is over, or is raised on.
    pub fn async_end(&mut self, span: Span, iterator: Reg, exc: Reg, finished: Label) {
        self.function.code.place(finished);
        self.emit(span, op!(EndAsyncFor { exc }));
        self.emit(span, op!(Unbind { reg: iterator }));
    }
}
