//! Comprehensions, which run in the frame around them, and generator expressions, which are functions.

use super::assembler::{Label, op};
use super::error::Result;
use super::function::{Compiler, Finish};
use super::scope::Role;
use crate::bytecode::{Flags, Parameters, Reg};
use crate::source::Span;
use crate::syntax::ast::{BoolOp, Comprehension, Expr, Node};

/// What each round of the innermost loop does with its element.
#[derive(Clone, Copy)]
enum Element<'a> {
    List(Reg, &'a Node<Expr>),
    Set(Reg, &'a Node<Expr>),
    Dict(Reg, &'a Node<Expr>, &'a Node<Expr>),
    Yield(&'a Node<Expr>),
}

impl Element<'_> {
    /// Where it stands: CPython has the jumps of a comprehension there, too.
    fn span(&self) -> Span {
        match self {
            Element::List(_, elt) | Element::Set(_, elt) | Element::Yield(elt) => elt.span,
            Element::Dict(_, key, _) => key.span,
        }
    }
}

impl<'a> Compiler<'a> {
    /// `dst = [elt for ...]` and its like for sets and dicts.
    pub fn comprehension(&mut self, dst: Reg, e: &'a Node<Expr>, generators: &'a [Comprehension]) -> Result {
        let span = e.span;
        let result = if dst.is_temporary() { dst } else { self.function.registers.temporary() };
        let outermost = self.begin_loop();
        let iterator = self.function.registers.temporary();
        self.comprehension_iter(iterator, &generators[0])?;
        let window = self.function.registers.next();
        let element = match &e.kind {
            Expr::ListComp { elt, .. } => {
                self.emit(span, op!(BuildList { dst: result, window, count: 0 }));
                Element::List(result, elt)
            }
            Expr::SetComp { elt, .. } => {
                self.emit(span, op!(BuildSet { dst: result, window, count: 0 }));
                Element::Set(result, elt)
            }
            Expr::DictComp { key, value, .. } => {
                self.emit(span, op!(BuildMap { dst: result, window, count: 0 }));
                Element::Dict(result, key, value)
            }
            _ => return Ok(()),
        };
        let scope = self.scopes.of(e, Role::Body);
        let outer = std::mem::replace(&mut self.function.scope, scope);
        for (reg, _) in self.scopes.cells(scope) {
            self.emit(span, op!(MakeCell { reg, fresh: 1 }));
        }
        let start = self.function.code.here();
        self.comprehension_loop(span, iterator, generators, element)?;
        self.function.code.head_at(span);
        let end = self.function.code.here();
        if !dst.is_temporary() {
            // In CPython, too, what a variable held goes before the variables of the comprehension that is its new value.
            self.deliver(span, dst, result);
        }
        // The last of its variables ends first, but where all goes well and CPython stores them together with the result.
        let mut ending = self.scopes.registers(scope);
        ending.reverse();
        for reg in &ending {
            self.function.code.stretch(start, end, *reg, result);
        }
        if !dst.is_temporary() {
            ending.reverse();
        }
        for reg in ending {
            self.emit(span, op!(Unbind { reg }));
            self.function.code.bound.remove(reg);
        }
        self.function.scope = outer;
        self.end_loop(outermost);
        Ok(())
    }

    /// `dst = ` the iterator of one `for` of a comprehension.
    fn comprehension_iter(&mut self, dst: Reg, part: &'a Comprehension) -> Result {
        if !part.is_async {
            return self.get_iter(dst, &part.iter);
        }
        self.expr_into(dst, &part.iter)?;
        self.emit(part.iter.span, op!(GetAIter { dst, src: dst }));
        Ok(())
    }

    /// The loop of the first of `generators`, whose iterator is ready, and the others inside it.
    fn comprehension_loop(
        &mut self,
        span: Span,
        iterator: Reg,
        generators: &'a [Comprehension],
        element: Element<'a>,
    ) -> Result {
        self.guard.check(span)?;
        let Some((part, rest)) = generators.split_first() else { return Ok(()) };
        let mark = self.function.registers.mark();
        let (top, next, finished) =
            (self.function.code.label(), self.function.code.label(), self.function.code.label());
        let item = if part.is_async {
            self.async_next(span, iterator, &part.target, next, finished)?
        } else {
            let entered = self.surely_bound_after_raise();
            // What goes for the next item goes where that is stored: the body is entered behind this.
            self.function.code.jump_at(part.target.span, next);
            self.enter_loop_item(&part.target, top, entered)?
        };
        let tested = |part: &Comprehension| !part.ifs.is_empty();
        let tested = tested(part) || rest.iter().take_while(|inner| only_item(inner).is_some()).any(tested);
        let skip = if part.is_async || tested { self.function.code.label() } else { next };
        for test in &part.ifs {
            self.comprehension_test(test, skip, element.span())?;
        }
        self.comprehension_inside(span, rest, element, skip)?;
        self.function.registers.release(mark);
        if tested {
            self.function.code.detour(skip, element.span(), next);
        } else if part.is_async {
            self.function.code.place(skip);
        }
        if part.is_async {
            self.function.code.jump(next);
            self.function.code.pass_by(span);
            self.async_end(span, iterator, item, finished);
        } else {
            self.function.code.place(next);
            let step = op!(ForIter { dst: item, iter: iterator, target: 0 });
            self.function.code.branch(part.iter.span, step, 0, top);
            if !matches!(element, Element::Yield(_)) {
                self.function.code.pass_by(element.span());
            }
        }
        Ok(())
    }

    /// What is done in each round: the loops of `generators`, and the element within them. Without it goes to `skip`.
    fn comprehension_inside(
        &mut self,
        span: Span,
        generators: &'a [Comprehension],
        element: Element<'a>,
        skip: Label,
    ) -> Result {
        let Some((inner, rest)) = generators.split_first() else { return self.comprehension_element(element) };
        let Some(only) = only_item(inner) else {
            let iterator = self.function.registers.temporary();
            self.comprehension_iter(iterator, inner)?;
            return self.comprehension_loop(span, iterator, generators, element);
        };
        // As in CPython, `for name in [value]` is an assignment here, not a loop.
        self.guard.check(span)?;
        let mark = self.function.registers.mark();
        let value = self.function.registers.temporary();
        self.expr_into(value, only)?;
        self.store(&inner.target, value, false)?;
        self.function.registers.release(mark);
        inner.ifs.iter().try_for_each(|test| self.comprehension_test(test, skip, element.span()))?;
        self.comprehension_inside(span, rest, element, skip)
    }

    /// Goes to `skip` if the test fails. Where it passes control is at the element for a moment, whatever is next.
    fn comprehension_test(&mut self, test: &'a Node<Expr>, skip: Label, element: Span) -> Result {
        self.guard.check(test.span)?;
        match &test.kind {
            Expr::BoolOp { op: BoolOp::And, values } => {
                values.iter().try_for_each(|value| self.comprehension_test(value, skip, element))
            }
            Expr::BoolOp { op: BoolOp::Or, values } => {
                let Some((last, init)) = values.split_last() else { return Ok(()) };
                let passed = self.function.code.label();
                for value in init {
                    self.branch(value, true, passed)?;
                }
                self.comprehension_test(last, skip, element)?;
                self.function.code.place(passed);
                Ok(())
            }
            _ => {
                self.branch(test, false, skip)?;
                self.function.code.head_at(element);
                Ok(())
            }
        }
    }

    fn comprehension_element(&mut self, element: Element<'a>) -> Result {
        let mark = self.function.registers.mark();
        match element {
            Element::List(list, elt) => {
                let value = self.expr(elt)?;
                self.emit(elt.span, op!(ListAppend { list, value }));
            }
            Element::Set(set, elt) => {
                let value = self.expr(elt)?;
                self.emit(elt.span, op!(SetAdd { set, value }));
            }
            Element::Dict(dict, key, value) => {
                let at = key.span.to(value.span);
                let key = self.operand(key, &[value])?;
                let value = self.expr(value)?;
                self.emit(at, op!(MapAdd { dict, key, value }));
            }
            Element::Yield(elt) => {
                let value = self.expr(elt)?;
                self.yield_register(elt.span, Reg::NONE, value);
            }
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// `dst = (elt for ...)`: a function of the first iterator, called at once.
    pub fn generator_expression(
        &mut self,
        dst: Reg,
        e: &'a Node<Expr>,
        elt: &'a Node<Expr>,
        generators: &'a [Comprehension],
    ) -> Result {
        let span = e.span;
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        let finish = Finish {
            name: "<genexpr>".into(),
            first_line: self.source.place(span.start).line,
            span,
            parameters: Parameters { posonly: 1, positional: 1, ..Parameters::default() },
            ..Finish::default()
        };
        let scope = self.scopes.of(e, Role::Body);
        let code = self.code_of(scope, finish, |this| {
            let outermost = this.begin_loop();
            // The parameter keeps the iterator as long as there are variables: for a traceback, and for whoever has the frame.
            let iterator = this.function.registers.temporary();
            this.emit(span, op!(Move { dst: iterator, src: Reg(0) }));
            this.comprehension_loop(span, iterator, generators, Element::Yield(elt))?;
            this.end_loop(outermost);
            Ok(())
        })?;
        self.make_function(span, window, code, window, Flags::NONE);
        let iterator = self.function.registers.temporary();
        self.comprehension_iter(iterator, &generators[0])?;
        self.call_window(span, 1, window, dst);
        Ok(())
    }
}

/// The one item of a display that a loop goes over.
fn only_item(part: &Comprehension) -> Option<&Node<Expr>> {
    match &part.iter.kind {
        Expr::List(items) | Expr::Tuple(items) if !part.is_async => match &items[..] {
            [only] if !matches!(only.kind, Expr::Starred(_)) => Some(only),
            _ => None,
        },
        _ => None,
    }
}
