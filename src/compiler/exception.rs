//! `try` and `with`: stretches of code whose exceptions go somewhere, and the ways out of them.
//!
//! A handler begins by making its exception the one being handled (`PushExc`) and ends, on every path, by restoring the
//! one before (`PopExc`). Its own code is covered by a clean-up that restores and raises on.

use super::assembler::{Label, op};
use super::error::{Result, syntax_error};
use super::function::{Block, Compiler, Region};
use super::scope::ScopeKind;
use crate::bytecode::{Flags, Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{Body, ExceptHandler, Node, Stmt, WithItem};
use std::rc::Rc;

impl Block<'_> {
    /// The stretch that protects the block.
    pub fn region_mut(&mut self) -> Option<&mut Region> {
        match self {
            Block::Protected(region)
            | Block::Finally { region, .. }
            | Block::With { region, .. }
            | Block::Handler { region, .. } => Some(region),
            Block::Loop { .. } | Block::Returning(_) | Block::Star => None,
        }
    }
}

impl<'a> Compiler<'a> {
    /// Ends the innermost block, which has a region; tells whether anything in it can raise.
    fn end_block(&mut self) -> Option<(Region, bool)> {
        let mut block = self.function.blocks.pop()?;
        let any = self.close_region(block.region_mut()?);
        match block {
            Block::Protected(region)
            | Block::Finally { region, .. }
            | Block::With { region, .. }
            | Block::Handler { region, .. } => Some((region, any)),
            Block::Loop { .. } | Block::Returning(_) | Block::Star => None,
        }
    }

    /// `try: body except ...: ... else: orelse finally: finalbody`
    pub fn try_(
        &mut self,
        span: Span,
        body: &'a [Node<Stmt>],
        handlers: &'a [Node<ExceptHandler>],
        orelse: &'a [Node<Stmt>],
        finalbody: &'a Body,
        star: bool,
    ) -> Result {
        if finalbody.is_empty() {
            return self.try_except(span, body, handlers, orelse, star);
        }
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Finally { region, body: finalbody });
        self.try_except(span, body, handlers, orelse, star)?;
        let ended = self.end_block();
        let end = self.function.code.label();
        self.body(finalbody)?;
        let last = self.function.code.last_span();
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.enter_handler(&region, any);
            self.handler(span, |this| {
                this.body(finalbody)?;
                Ok(Some(this.function.code.last_span()))
            })?;
        }
        self.function.code.place(end);
        self.function.code.comes_from(last);
        Ok(())
    }

    /// The end of a handler that sends its exception `exc` on: a body that ends so is at `last`, or where the exception left
    /// it.
    fn send_on(&mut self, span: Span, last: Option<Span>, saved: Reg, exc: Reg) {
        self.emit(span, op!(PopExc { saved, raised: exc }));
        match last {
            Some(last) => self.emit(last, op!(Reraise { exc })),
            None => self.emit(span, Op::Reraise { flags: Flags::UNFINISHED, exc }),
        }
    }

    /// A handler whose exception has just arrived in the next temporary: `body` runs with it as the one being handled. It
    /// is raised on afterwards, where `body` says it ends, if it says so.
    fn handler(&mut self, span: Span, body: impl FnOnce(&mut Self) -> Result<Option<Span>>) -> Result {
        let mark = self.function.registers.mark();
        let (exc, saved) = (self.function.registers.temporary(), self.function.registers.temporary());
        self.emit(span, op!(PushExc { saved, exc }));
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Handler { region, saved, exc: Some(exc), name: None });
        let reraised = body(self)?;
        let ended = self.end_block();
        // As in CPython, where control comes to the end from several places.
        let ends_at = if reraised.is_some() { span } else { Span::NOWHERE };
        if let Some(last) = reraised {
            self.send_on(span, Some(last), saved, exc);
        } else {
            self.emit(ends_at, op!(Unbind { reg: exc }));
            self.pop_handled(ends_at, saved, None);
        }
        let end = self.function.code.label();
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.clean_up(ends_at, &region, any, saved, None);
        }
        self.function.code.place(end);
        self.function.registers.release(mark);
        Ok(())
    }

    /// Where an exception inside a handler goes: the handler is over, and the exception is raised on.
    fn clean_up(&mut self, span: Span, region: &Region, any: bool, saved: Reg, name: Option<&Rc<str>>) {
        self.enter_handler(region, any);
        self.function.registers.truncate(region.reg);
        let raised = self.function.registers.temporary();
        self.end_handled(span, saved, raised, name);
        self.emit(span, Op::Reraise { flags: Flags::UNFINISHED, exc: raised });
    }

    /// The end of a handler that bound its exception to `name`; `raised` is what goes on from here, if an exception does.
    fn end_handled(&mut self, span: Span, saved: Reg, raised: Reg, name: Option<&Rc<str>>) {
        // In a function the name goes first, which nobody can tell: so `PopExc` sees whether anybody else has the exception.
        let kind = self.scopes.get(self.function.frame).kind;
        let first = name.filter(|_| !matches!(kind, ScopeKind::Module | ScopeKind::Class));
        if let Some(name) = first {
            self.clear_name(span, name);
        }
        self.emit(span, op!(PopExc { saved, raised }));
        if let (Some(name), None) = (name, first) {
            self.clear_name(span, name);
        }
    }

    /// As [`Compiler::end_handled`], where no exception goes on.
    pub fn pop_handled(&mut self, span: Span, saved: Reg, name: Option<&Rc<str>>) {
        self.end_handled(span, saved, Reg::NONE, name);
    }

    fn try_except(
        &mut self,
        span: Span,
        body: &'a [Node<Stmt>],
        handlers: &'a [Node<ExceptHandler>],
        orelse: &'a [Node<Stmt>],
        star: bool,
    ) -> Result {
        if handlers.is_empty() {
            self.body(body)?;
            return self.body(orelse);
        }
        if let Some(bare) = handlers[..handlers.len() - 1].iter().find(|handler| handler.kind.type_.is_none()) {
            return syntax_error(bare.span, "default 'except:' must be last");
        }
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Protected(region));
        self.body(body)?;
        let ended = self.end_block();
        let end = self.function.code.label();
        self.body(orelse)?;
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.enter_handler(&region, any);
            if star {
                self.except_star(span, handlers)?;
            } else {
                self.handlers(span, handlers, end)?;
            }
        }
        self.function.code.place(end);
        Ok(())
    }

    /// The `except` clauses, tried one after the other.
    fn handlers(&mut self, span: Span, handlers: &'a [Node<ExceptHandler>], end: Label) -> Result {
        let mark = self.function.registers.mark();
        let (exc, saved) = (self.function.registers.temporary(), self.function.registers.temporary());
        self.emit(span, op!(PushExc { saved, exc }));
        let after = self.function.registers.next();
        let mut matching = self.open_region(after);
        for handler in handlers {
            let next = self.function.code.label();
            if let Some(type_) = &handler.kind.type_ {
                let inner = self.function.registers.mark();
                // The types are evaluated inside the handler: an `await` among them must know.
                let region = std::mem::replace(&mut matching, self.open_region(after));
                self.function.blocks.push(Block::Handler { region, saved, exc: Some(exc), name: None });
                let class = self.expr(type_)?;
                if let Some(Block::Handler { region, .. }) = self.function.blocks.pop() {
                    matching = region;
                }
                let test = op!(JumpIfNotMatch { exc, type_: class, target: 0 });
                self.function.code.branch(handler.span, test, 0, next);
                self.function.registers.release(inner);
            }
            self.handler_body(handler, exc, saved, end, &mut matching)?;
            let here = self.function.code.here();
            matching.resume(here);
            self.function.code.place(next);
        }
        let any = self.close_region(&mut matching);
        let last = handlers.last().map_or(span, |handler| handler.span);
        self.send_on(span, Some(last), saved, exc);
        self.clean_up(span, &matching, any, saved, None);
        self.function.registers.release(mark);
        Ok(())
    }

    /// The body of one `except`, after its type has matched; there ends what `matching` covers.
    fn handler_body(
        &mut self,
        handler: &'a Node<ExceptHandler>,
        exc: Reg,
        saved: Reg,
        end: Label,
        matching: &mut Region,
    ) -> Result {
        let span = handler.span;
        let mark = self.function.registers.mark();
        let name = handler.kind.name.clone();
        match &name {
            Some(name) => self.store_name(span, name, exc, false),
            // The exception lives on as the one being handled; this second reference must not outlive that.
            None => self.emit(span, op!(Unbind { reg: exc })),
        }
        let here = self.function.code.here();
        matching.pause(here);
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Handler { region, saved, exc: None, name: name.clone() });
        self.body(&handler.kind.body)?;
        let ended = self.end_block();
        // What is dropped with the exception is dropped by the last statement.
        let last = self.function.code.last_span();
        self.pop_handled(last, saved, name.as_ref());
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.clean_up(span, &region, any, saved, name.as_ref());
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// `except*` clauses: each takes its part of the group, what no clause took is raised on with what they raised.
    fn except_star(&mut self, span: Span, handlers: &'a [Node<ExceptHandler>]) -> Result {
        let original = self.function.registers.next();
        // What comes before the first clause is told with it, what comes behind the last is on no line, as in CPython.
        let first = handlers.first().map_or(span, |handler| handler.span);
        self.handler(span, |this| {
            let raised = this.function.registers.temporary();
            this.emit(first, op!(BuildList { dst: raised, window: raised, count: 0 }));
            let rest = this.function.registers.temporary();
            this.function.code.emit_keeping(first, op!(Move { dst: rest, src: original }), 1);
            for handler in handlers {
                this.star_clause(handler, rest, raised)?;
            }
            // What is left over joins what the clauses raised.
            let window = this.function.registers.temporary();
            this.load_prelude(Span::NOWHERE, window, "group_reraise");
            let slots = this.function.registers.window(3);
            this.function.code.emit_keeping(Span::NOWHERE, op!(Move { dst: slots, src: original }), 1);
            this.emit(Span::NOWHERE, op!(Move { dst: slots.plus(1), src: raised }));
            this.emit(Span::NOWHERE, op!(Move { dst: slots.plus(2), src: rest }));
            this.call_window(Span::NOWHERE, 3, window, window);
            let nothing = this.function.code.label();
            this.function.code.branch(Span::NOWHERE, op!(JumpIfNone { cond: window, target: 0 }), 1, nothing);
            this.emit(Span::NOWHERE, op!(Reraise { exc: window }));
            this.function.code.place(nothing);
            Ok(None)
        })
    }

    /// One `except* type as name`: `rest` is what is still to be handled (or `None`), `raised` the list of what the clauses
    /// raised.
    fn star_clause(&mut self, handler: &'a Node<ExceptHandler>, rest: Reg, raised: Reg) -> Result {
        let span = handler.span;
        let mark = self.function.registers.mark();
        let next = self.function.code.label();
        // Its type is evaluated and looked at even when nothing is left to be handled.
        let window = self.function.registers.temporary();
        self.load_prelude(span, window, "group_split");
        let slots = self.function.registers.window(2);
        self.emit(span, op!(Move { dst: slots, src: rest }));
        match &handler.kind.type_ {
            Some(type_) => self.expr_into(slots.plus(1), type_)?,
            None => return syntax_error(span, "expected one or more exception types"),
        }
        self.call_window(span, 2, window, window);
        self.function.registers.truncate(window.plus(1));
        let parts = self.function.registers.window(2);
        self.emit(span, op!(UnpackSequence { src: window, window: parts, count: 2 }));
        self.emit(span, op!(Move { dst: rest, src: parts.plus(1) }));
        let matched = window;
        self.emit(span, op!(Move { dst: matched, src: parts }));
        self.function.registers.truncate(window.plus(1));
        self.function.code.branch(span, op!(JumpIfNone { cond: matched, target: 0 }), 1, next);
        // The matching part is the exception being handled while the clause runs, and after it until another clause has one;
        // what the clause raises is collected.
        if let Some(outer) = self.innermost_handler() {
            let handled = self.function.registers.temporary();
            self.emit(span, op!(ExcSwapOut { kept: handled, outer }));
            self.function.code.emit_keeping(span, op!(Move { dst: handled, src: matched }), 1);
            self.emit(span, op!(ExcSwapIn { kept: handled, outer }));
            self.function.registers.truncate(window.plus(1));
        }
        let saved = self.function.registers.temporary();
        self.emit(span, op!(PushExc { saved, exc: matched }));
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Star);
        self.function.blocks.push(Block::Handler { region, saved, exc: None, name: None });
        let name = handler.kind.name.clone();
        match &name {
            Some(name) => self.store_name(span, name, matched, false),
            None => self.emit(span, op!(Unbind { reg: matched })),
        }
        self.body(&handler.kind.body)?;
        let ended = self.end_block();
        self.function.blocks.pop();
        self.pop_handled(span, saved, name.as_ref());
        self.function.code.jump(next);
        if let Some((region, any)) = ended {
            self.enter_handler(&region, any);
            self.function.registers.truncate(region.reg);
            let exc = self.function.registers.temporary();
            self.end_handled(span, saved, exc, name.as_ref());
            self.emit(span, op!(ListAppend { list: raised, value: exc }));
        }
        self.function.code.place(next);
        self.function.registers.release(mark);
        Ok(())
    }

    /// `with items: body`; several items are as many statements inside one another.
    pub fn with(&mut self, span: Span, items: &'a [WithItem], body: &'a [Node<Stmt>], is_async: bool) -> Result {
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        if is_async && !self.scopes.get(self.function.frame).coroutine {
            return syntax_error(span, "'async with' outside async function");
        }
        self.guard.check(span)?;
        let context = &item.context;
        let at = context.span;
        let mark = self.function.registers.mark();
        let exit = self.function.registers.window(2);
        let inner = self.function.registers.mark();
        let manager = match self.local_in_place(context) {
            Some(local) => local,
            None => {
                let manager = self.function.registers.temporary();
                self.expr_into(manager, context)?;
                manager
            }
        };
        let enter = self.function.registers.window(2);
        let (enter_name, exit_name) = if is_async { ("__aenter__", "__aexit__") } else { ("__enter__", "__exit__") };
        for (window, name) in [(exit, exit_name), (enter, enter_name)] {
            let name = self.function.code.site(name);
            self.emit(at, op!(LoadSpecial { window, obj: manager, name }));
        }
        if manager.is_temporary() {
            self.emit(at, op!(Unbind { reg: manager }));
        }
        let wanted = item.target.is_some();
        self.call_method(at, 0, enter, if wanted || is_async { enter } else { Reg::NONE });
        if is_async {
            self.await_register(at, enter, wanted, Flags::ENTERS);
        }
        self.function.registers.release(inner);
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::With { region, exit, is_async, span: at });
        if let Some(target) = &item.target {
            self.function.registers.truncate(enter.plus(1));
            self.store(target, enter, false)?;
            self.function.registers.release(inner);
        }
        self.with(span, rest, body, is_async)?;
        let ended = self.end_block();
        let end = self.function.code.label();
        self.exit_with(at, exit, is_async)?;
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.enter_handler(&region, any);
            self.with_handler(at, exit, is_async, end)?;
        }
        self.function.code.place(end);
        self.function.registers.release(mark);
        Ok(())
    }

    /// `exit(None, None, None)`, which consumes the pair in `exit`.
    pub fn exit_with(&mut self, span: Span, exit: Reg, is_async: bool) -> Result {
        let mark = self.function.registers.mark();
        let window = if self.function.registers.next() == exit.plus(2) {
            exit
        } else {
            let window = self.function.registers.window(2);
            self.emit(span, op!(Move { dst: window, src: exit }));
            self.emit(span, op!(Move { dst: window.plus(1), src: exit.plus(1) }));
            window
        };
        let first = self.function.registers.window(3);
        for nth in 0..3 {
            self.emit(span, op!(LoadNone { dst: first.plus(nth) }));
        }
        self.call_exit(span, window, is_async, false);
        self.function.registers.release(mark);
        Ok(())
    }

    /// Calls the exit method in `window` with its three arguments; the result, if wanted, stays in `window`.
    fn call_exit(&mut self, span: Span, window: Reg, is_async: bool, wanted: bool) {
        self.call_method(span, 3, window, if wanted || is_async { window } else { Reg::NONE });
        if is_async {
            self.await_register(span, window, wanted, Flags::EXITS);
        }
    }

    /// An exception has left the body: the exit method sees it and may swallow it.
    fn with_handler(&mut self, span: Span, exit: Reg, is_async: bool, end: Label) -> Result {
        let mark = self.function.registers.mark();
        let (exc, saved) = (self.function.registers.temporary(), self.function.registers.temporary());
        self.emit(span, op!(PushExc { saved, exc }));
        let region = self.open_region(self.function.registers.next());
        self.function.blocks.push(Block::Handler { region, saved, exc: Some(exc), name: None });
        let window = self.function.registers.window(5);
        // The method stays until the statement is over, however it ends.
        for nth in 0..2 {
            let kept = op!(Move { dst: window.plus(nth), src: exit.plus(nth) });
            self.function.code.emit_keeping(span, kept, 1);
        }
        self.emit(span, op!(LoadType { dst: window.plus(2), src: exc }));
        self.function.code.emit_keeping(span, op!(Move { dst: window.plus(3), src: exc }), 1);
        self.emit(span, op!(LoadTraceback { dst: window.plus(4), exc }));
        self.call_exit(span, window, is_async, true);
        let swallowed = self.function.code.label();
        self.branch_on(span, window, true, 0, swallowed);
        let ended = self.end_block();
        self.send_on(span, None, saved, exc);
        self.function.code.place(swallowed);
        self.emit(span, op!(Unbind { reg: exc }));
        self.pop_handled(span, saved, None);
        self.emit(span, op!(Unbind { reg: exit.plus(1) }));
        self.emit(span, op!(Unbind { reg: exit }));
        self.function.code.jump(end);
        if let Some((region, any)) = ended {
            self.clean_up(span, &region, any, saved, None);
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// The register with what was handled before the innermost exception handler that the code being written is part of.
    fn innermost_handler(&self) -> Option<Reg> {
        self.function.blocks.iter().rev().find_map(|block| match block {
            Block::Handler { saved, .. } => Some(*saved),
            _ => None,
        })
    }

    /// Is the code being written part of an exception handler of this frame? Then the register with what was handled
    /// before the outermost of them.
    pub fn outermost_handler(&self) -> Option<Reg> {
        self.function.blocks.iter().find_map(|block| match block {
            Block::Handler { saved, .. } => Some(*saved),
            _ => None,
        })
    }
}
