//! Calls: the callee and its arguments in a window of consecutive temporaries.

use super::assembler::op;
use super::error::{Result, syntax_error};
use super::expr::is_starred;
use super::fold;
use super::function::Compiler;
use super::registers::Mark;
use crate::bytecode::{Constant, Flags, Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{Expr, Keyword, Node};
use std::rc::Rc;

/// More arguments than an instruction can count go by way of a list.
const MAX_ARGUMENTS: usize = 255;

impl<'a> Compiler<'a> {
    /// `a.b(c)[d] ...`: an atom with attributes, calls and subscripts after it, from left to right in one loop. Every
    /// result but the last stays in the same temporary. The last is dropped when `dst` is no register.
    pub fn primary(&mut self, dst: Reg, e: &'a Node<Expr>) -> Result {
        let mut links = Vec::new();
        let mut atom = e;
        while let Expr::Call { func: inner, .. }
        | Expr::Attribute { value: inner, .. }
        | Expr::Subscript { value: inner, .. } = &atom.kind
        {
            links.push(atom);
            atom = inner;
        }
        self.function.registers.reuse(dst);
        let mark = self.function.registers.mark();
        let between = self.function.registers.next();
        let mut nth = links.len();
        let to = if nth == 1 { dst } else { between };
        let mut value = if nth > 0 && self.direct_call(to, mark, atom, links[nth - 1])? {
            nth -= 1;
            if to == between {
                self.function.registers.release(mark);
                self.function.registers.temporary();
            }
            to
        } else {
            self.expr(atom)?
        };
        while nth > 0 {
            nth -= 1;
            let link = links[nth];
            let called = nth.checked_sub(1).map(|next| links[next]);
            match (&link.kind, called.map(|called| (&called.kind, called.span))) {
                (Expr::Attribute { attr, .. }, Some((Expr::Call { args, keywords, .. }, span)))
                    if is_simple_call(0, args, keywords) =>
                {
                    nth -= 1;
                    let to = if nth == 0 { dst } else { between };
                    self.function.registers.release(mark);
                    let window = self.function.registers.window(2);
                    let name = self.attribute_site(attr);
                    let found = self.attribute_span(link.span, link.span, attr);
                    let called = self.attribute_span(span, link.span, attr);
                    let attempt = self.try_method((called, to), (value, attr, name), args, keywords)?;
                    self.emit(found, op!(LoadMethod { window, obj: value, name }));
                    match attempt {
                        Some(attempt) => self.method_after_attempt((called, to), window, args, attempt),
                        None => self.method_arguments(called, to, window, args, keywords)?,
                    }
                    value = to;
                }
                (kind, _) => {
                    let to = if nth == 0 { dst } else { between };
                    self.link(kind, link.span, value, to, mark)?;
                    value = to;
                }
            }
            if value == between {
                self.function.registers.release(mark);
                self.function.registers.temporary();
            }
        }
        Ok(())
    }

    /// One attribute, call or subscript of `R[value]`.
    fn link(&mut self, kind: &'a Expr, span: Span, value: Reg, to: Reg, mark: Mark) -> Result {
        match kind {
            Expr::Attribute { attr, .. } => {
                let name = self.attribute_site(attr);
                let span = self.attribute_span(span, span, attr);
                self.emit(span, op!(GetAttr { dst: to, obj: value, name }));
            }
            Expr::Subscript { slice, .. } => {
                let value = self.guard_operand(span, value, &[slice]);
                if let Some(index) = fold::small_int(slice) {
                    self.function.code.head_at(slice.span);
                    self.emit(span, op!(GetItemI { dst: to, obj: value, value: index }));
                } else if let Some(window) = self.slice_window(slice)? {
                    self.emit(span, op!(GetSlice { dst: to, obj: value, window }));
                } else {
                    let key = self.expr(slice)?;
                    self.emit(span, op!(GetItem { dst: to, obj: value, key }));
                }
            }
            Expr::Call { args, keywords, .. } => {
                self.function.registers.release(mark);
                let window = self.function.registers.temporary();
                self.deliver(span, window, value);
                self.call_with_arguments(span, to, window, 0, args, None, keywords)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Where an error of the expression `span` is shown, which uses `attribute`: in a chain over several lines, at the
    /// attribute's name.
    pub fn attribute_span(&self, span: Span, attribute: Span, attr: &str) -> Span {
        let start = (attribute.end as usize).saturating_sub(attr.len());
        if self.source.place(span.start).line == self.source.place(start as u32).line {
            return span;
        }
        Span::new(start, span.end as usize)
    }

    /// A new look-up of an attribute.
    pub fn attribute_site(&mut self, attr: &Rc<str>) -> u16 {
        let attr = self.mangled(attr);
        self.function.code.site(&attr)
    }

    /// The arguments of a call whose method `LoadMethod` has left in two registers from `window` on, and the call.
    fn method_arguments(
        &mut self,
        span: Span,
        dst: Reg,
        window: Reg,
        args: &'a [Node<Expr>],
        keywords: &'a [Node<Keyword>],
    ) -> Result {
        for arg in args {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, arg)?;
        }
        if keywords.is_empty() {
            self.call_method(span, args.len(), window, dst);
            return Ok(());
        }
        let names = self.keyword_values(keywords)?;
        let argc = (args.len() + keywords.len()) as u8;
        self.emit(span, op!(CallMethodKw { argc, window, names }));
        self.deliver_call(span, dst, window);
        Ok(())
    }

    /// The arguments of a call whose callee stands in `window` with `given` arguments after it, and the call. A `hidden`
    /// argument follows the positional ones.
    #[allow(clippy::too_many_arguments)]
    pub fn call_with_arguments(
        &mut self,
        span: Span,
        dst: Reg,
        window: Reg,
        given: usize,
        args: &'a [Node<Expr>],
        hidden: Option<Reg>,
        keywords: &'a [Node<Keyword>],
    ) -> Result {
        if !is_simple_call(given + hidden.is_some() as usize, args, keywords) {
            return self.call_unpacking(span, dst, window, given, args, hidden, keywords);
        }
        for arg in args {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, arg)?;
        }
        let mut argc = given + args.len();
        if let Some(hidden) = hidden {
            let slot = self.function.registers.temporary();
            self.emit(span, op!(Move { dst: slot, src: hidden }));
            argc += 1;
        }
        if keywords.is_empty() {
            self.call_window(span, argc, window, dst);
            return Ok(());
        }
        let names = self.keyword_values(keywords)?;
        argc += keywords.len();
        self.emit(span, op!(CallKw { argc: argc as u8, window, names }));
        self.deliver_call(span, dst, window);
        Ok(())
    }

    /// The same with `*`, `**` or very many arguments: a list and a dict are built.
    #[allow(clippy::too_many_arguments)]
    fn call_unpacking(
        &mut self,
        span: Span,
        dst: Reg,
        window: Reg,
        given: usize,
        args: &'a [Node<Expr>],
        hidden: Option<Reg>,
        keywords: &'a [Node<Keyword>],
    ) -> Result {
        let list = window.plus(1);
        if let ([Node { kind: Expr::Starred(inner), .. }], 0, None, false) = (args, given, hidden, keywords.is_empty())
        {
            return self.call_unpacking_one(span, dst, window, inner, keywords);
        }
        if given > 0 {
            self.emit(span, op!(BuildList { dst: list, window: list, count: given as u16 }));
            self.function.registers.truncate(list.plus(1));
            for arg in args {
                let mark = self.function.registers.mark();
                if let Expr::Starred(inner) = &arg.kind {
                    let iterable = self.expr(inner)?;
                    self.emit(span, op!(ListExtend { list, iterable }));
                } else {
                    let value = self.expr(arg)?;
                    self.emit(span, op!(ListAppend { list, value }));
                }
                self.function.registers.release(mark);
            }
        } else {
            let slot = self.function.registers.temporary();
            self.list_of(slot, span, args)?;
        }
        if let Some(hidden) = hidden {
            self.emit(span, op!(ListAppend { list, value: hidden }));
        }
        let mut flags = Flags::NONE;
        if !keywords.is_empty() {
            flags = Flags::KEYWORDS;
            self.check_repeated(keywords)?;
            let dict = self.function.registers.temporary();
            self.keyword_dict(span, dict, window, keywords)?;
        }
        self.emit(span, Op::CallEx { flags, window, dst });
        Ok(())
    }

    /// `f(*a, k=v, **b)`: the only iterable is gone through when the keyword arguments are there.
    fn call_unpacking_one(
        &mut self,
        span: Span,
        dst: Reg,
        window: Reg,
        iterable: &'a Node<Expr>,
        keywords: &'a [Node<Keyword>],
    ) -> Result {
        self.check_repeated(keywords)?;
        let list = self.function.registers.temporary();
        let dict = self.function.registers.temporary();
        let slot = self.function.registers.temporary();
        self.expr_into(slot, iterable)?;
        self.keyword_dict(span, dict, window, keywords)?;
        self.emit(span, op!(BuildList { dst: list, window: list, count: 0 }));
        self.emit(span, op!(ListExtend { list, iterable: slot }));
        self.emit(span, Op::CallEx { flags: Flags::KEYWORDS, window, dst });
        Ok(())
    }

    fn keyword_dict(&mut self, span: Span, dict: Reg, callee: Reg, keywords: &'a [Node<Keyword>]) -> Result {
        self.emit(span, op!(BuildMap { dst: dict, window: self.function.registers.next(), count: 0 }));
        let mut after_merge = false;
        for keyword in keywords {
            let mark = self.function.registers.mark();
            match &keyword.kind.arg {
                Some(name) if !after_merge => {
                    let key = self.function.registers.temporary();
                    self.load_constant(keyword.span, key, Constant::Str(name.as_bytes().into()));
                    let value = self.expr(&keyword.kind.value)?;
                    self.emit(span, op!(MapAdd { dict, key, value }));
                }
                Some(name) => {
                    // A name given after a `**` may repeat one of its keys, which merging notices.
                    let single = self.function.registers.temporary();
                    let key = self.function.registers.temporary();
                    self.load_constant(keyword.span, key, Constant::Str(name.as_bytes().into()));
                    let slot = self.function.registers.temporary();
                    self.expr_into(slot, &keyword.kind.value)?;
                    self.emit(span, op!(BuildMap { dst: single, window: key, count: 1 }));
                    self.emit(span, op!(DictMerge { dict, mapping: single, callee }));
                }
                None => {
                    after_merge = true;
                    let mapping = self.expr(&keyword.kind.value)?;
                    self.emit(span, op!(DictMerge { dict, mapping, callee }));
                }
            }
            self.function.registers.release(mark);
        }
        Ok(())
    }

    /// Evaluates the values of keyword arguments into consecutive temporaries, and gives the tuple of their names.
    fn keyword_values(&mut self, keywords: &'a [Node<Keyword>]) -> Result<u16> {
        self.check_repeated(keywords)?;
        for keyword in keywords {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, &keyword.kind.value)?;
        }
        let names = keywords.iter().flat_map(|keyword| &keyword.kind.arg);
        let names: Vec<_> = names.map(|name| Constant::Str(name.as_bytes().into())).collect();
        Ok(self.function.code.constant(Constant::Tuple(names.into())))
    }

    fn check_repeated(&self, keywords: &[Node<Keyword>]) -> Result {
        for (nth, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.kind.arg else { continue };
            if keywords[..nth].iter().any(|earlier| earlier.kind.arg.as_ref() == Some(name)) {
                return syntax_error(keyword.span, format!("keyword argument repeated: {name}"));
            }
        }
        Ok(())
    }

    /// `dst = R[window](R[window+1], ...)`
    pub fn call_window(&mut self, span: Span, argc: usize, window: Reg, dst: Reg) {
        let argc = argc as u8;
        let op = if self.function.on_heap {
            op!(CallFromGen { argc, window, dst })
        } else {
            op!(Call { argc, window, dst })
        };
        self.emit(span, op);
    }

    /// Calls what `LoadMethod` or `LoadSpecial` left in `window`.
    pub fn call_method(&mut self, span: Span, argc: usize, window: Reg, dst: Reg) {
        let argc = argc as u8;
        let op = if self.function.on_heap {
            op!(CallMethodFromGen { argc, window, dst })
        } else {
            op!(CallMethod { argc, window, dst })
        };
        self.emit(span, op);
    }

    fn deliver_call(&mut self, span: Span, dst: Reg, window: Reg) {
        if dst.is_none() {
            self.emit(span, op!(Unbind { reg: window }));
        } else {
            self.deliver(span, dst, window);
        }
    }
}

fn is_simple_call(given: usize, args: &[Node<Expr>], keywords: &[Node<Keyword>]) -> bool {
    given + args.len() + keywords.len() <= MAX_ARGUMENTS
        && !args.iter().any(is_starred)
        && keywords.iter().all(|keyword| keyword.kind.arg.is_some())
}
