//! `match`: patterns that test a subject and note what they capture.
//!
//! Names are stored only when a whole pattern has matched: until then each capture waits in a temporary of its own.

use super::assembler::{Label, op};
use super::error::{Result, syntax_error};
use super::fold;
use super::function::Compiler;
use crate::bytecode::{Constant, Reg};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, MatchCase, Node, Operator, Pattern};
use std::cmp::Ordering;
use std::rc::Rc;

/// The temporaries in which the captures of one case wait.
type Captures = Vec<(Rc<str>, Reg)>;

/// How long a case keeps the subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// Others may want it: until its body begins.
    Body,
    /// The last that looks at it: until its pattern has matched or failed.
    Match,
    /// It is gone already.
    Earlier,
}

impl<'a> Compiler<'a> {
    /// `match subject: case ...`
    pub fn match_(&mut self, subject: &'a Node<Expr>, cases: &'a [MatchCase]) -> Result {
        let held = self.function.registers.temporary();
        self.expr_into(held, subject)?;
        let end = self.function.code.label();
        // Nothing of the subject is wanted by a `case _` behind other cases.
        let tried = match cases {
            [others @ .., default]
                if !others.is_empty() && matches!(default.pattern.kind, Pattern::As { pattern: None, name: None }) =>
            {
                others.len()
            }
            _ => cases.len(),
        };
        for (nth, case) in cases.iter().enumerate() {
            if nth + 1 < cases.len() && case.guard.is_none() {
                refuse_irrefutable(&case.pattern)?;
            }
            let until = match tried.cmp(&(nth + 1)) {
                Ordering::Greater => Until::Body,
                Ordering::Equal => Until::Match,
                Ordering::Less => Until::Earlier,
            };
            self.case(held, until, case, end)?;
        }
        self.function.code.place(end);
        Ok(())
    }

    /// `case pattern if guard: body`
    fn case(&mut self, subject: Reg, until: Until, case: &'a MatchCase, end: Label) -> Result {
        let span = case.pattern.span;
        let mark = self.function.registers.mark();
        let names = bound_names(&case.pattern)?;
        let captures: Captures = names.into_iter().map(|name| (name, self.function.registers.temporary())).collect();
        let first = self.function.registers.next();
        let next = self.function.code.label();
        self.pattern(&case.pattern, subject, &captures, next)?;
        if until == Until::Match {
            self.emit(span, op!(Unbind { reg: subject }));
        }
        for (name, reg) in &captures {
            self.store_name(span, name, *reg, false);
        }
        self.function.registers.truncate(first);
        let missed = self.function.code.label();
        if let Some(guard) = &case.guard {
            self.branch(guard, false, missed)?;
        }
        if until == Until::Body {
            let body = case.body.first().map_or(span, |first| first.span);
            self.emit(body, op!(Unbind { reg: subject }));
        }
        self.body(&case.body)?;
        self.function.code.jump(end);
        self.function.code.place(next);
        // What a failed pattern had in hand is dropped before the next one is tried.
        for (_, reg) in &captures {
            self.emit(span, op!(Unbind { reg: *reg }));
        }
        if until == Until::Match {
            self.emit(span, op!(Unbind { reg: subject }));
        }
        self.function.code.place(missed);
        self.function.registers.release(mark);
        Ok(())
    }

    /// Goes to `fail` unless `R[subject]`, which stays, matches.
    fn pattern(&mut self, pattern: &'a Node<Pattern>, subject: Reg, captures: &Captures, fail: Label) -> Result {
        self.guard.check(pattern.span)?;
        let mark = self.function.registers.mark();
        let span = pattern.span;
        match &pattern.kind {
            Pattern::Value(value) => {
                if let Some(value) = fold::small_int(value) {
                    let test = op!(JumpNotEqI { left: subject, value, target: 0 });
                    self.function.code.branch(span, test, 1, fail);
                } else {
                    let value = self.expr(value)?;
                    let test = op!(JumpNotEq { left: subject, right: value, target: 0 });
                    self.function.code.branch(span, test, 1, fail);
                }
            }
            Pattern::Singleton(ast::Constant::None) => {
                self.function.code.branch(span, op!(JumpIfNotNone { cond: subject, target: 0 }), 1, fail);
            }
            Pattern::Singleton(constant) => {
                let value = self.function.registers.temporary();
                self.load_constant(span, value, fold::literal(constant));
                let test = op!(JumpIsNot { left: subject, right: value, target: 0 });
                self.function.code.branch(span, test, 1, fail);
            }
            Pattern::As { pattern: inner, name } => {
                if let Some(inner) = inner {
                    self.pattern(inner, subject, captures, fail)?;
                }
                if let Some(name) = name {
                    self.capture(span, name, subject, captures, true);
                }
            }
            Pattern::Star(_) => return syntax_error(span, "can't use starred pattern here"),
            Pattern::Or(patterns) => self.or_pattern(patterns, subject, captures, fail)?,
            Pattern::Sequence(patterns) => self.sequence_pattern(span, patterns, subject, captures, fail)?,
            Pattern::Mapping { keys, patterns, rest } => {
                self.mapping_pattern(span, keys, patterns, rest.as_ref(), subject, captures, fail)?;
            }
            Pattern::Class { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.class_pattern(span, cls, patterns, kwd_attrs, kwd_patterns, subject, captures, fail)?;
            }
        }
        self.function.registers.release(mark);
        Ok(())
    }

    fn capture(&mut self, span: Span, name: &Rc<str>, value: Reg, captures: &Captures, keep: bool) {
        if let Some((_, reg)) = captures.iter().find(|(known, _)| known == name) {
            self.function.code.emit_keeping(span, op!(Move { dst: *reg, src: value }), keep as u8);
        }
    }

    fn or_pattern(&mut self, patterns: &'a [Node<Pattern>], subject: Reg, captures: &Captures, fail: Label) -> Result {
        let matched = self.function.code.label();
        for (nth, pattern) in patterns.iter().enumerate() {
            if nth + 1 == patterns.len() {
                self.pattern(pattern, subject, captures, fail)?;
                break;
            }
            refuse_irrefutable(pattern)?;
            let next = self.function.code.label();
            self.pattern(pattern, subject, captures, next)?;
            self.function.code.jump(matched);
            self.function.code.place(next);
        }
        self.function.code.place(matched);
        Ok(())
    }

    /// `[a, *b, c]`
    fn sequence_pattern(
        &mut self,
        span: Span,
        patterns: &'a [Node<Pattern>],
        subject: Reg,
        captures: &Captures,
        fail: Label,
    ) -> Result {
        let star = patterns.iter().position(|pattern| matches!(pattern.kind, Pattern::Star(_)));
        let more = patterns.iter().filter(|pattern| matches!(pattern.kind, Pattern::Star(_))).count();
        if more > 1 {
            return syntax_error(span, "multiple starred names in sequence pattern");
        }
        let test = self.function.registers.temporary();
        self.emit(span, op!(MatchSequence { dst: test, src: subject }));
        self.branch_on(span, test, false, 0, fail);
        if patterns.len() == 1 && matches!(patterns[0].kind, Pattern::Star(None)) {
            return Ok(());
        }
        self.emit(span, op!(GetLen { dst: test, src: subject }));
        let Ok(least) = i16::try_from(patterns.len() - star.is_some() as usize) else {
            return syntax_error(span, "too many expressions in star-unpacking sequence pattern");
        };
        let jump = match star {
            Some(_) => op!(JumpLtI { left: test, value: least, target: 0 }),
            None => op!(JumpNeI { left: test, value: least, target: 0 }),
        };
        self.function.code.branch(span, jump, 0, fail);
        if patterns.iter().all(is_wildcard) {
            return Ok(());
        }
        self.function.registers.truncate(test);
        if star.is_some_and(|star| is_wildcard(&patterns[star])) {
            return self.indexed_subpatterns(span, patterns, subject, captures, fail);
        }
        let window = self.function.registers.window(patterns.len());
        let unpack = match star {
            None => op!(UnpackSequence { src: subject, window, count: patterns.len() as u16 }),
            Some(before) => {
                let after = patterns.len() - before - 1;
                if before > 255 || after > 255 {
                    return syntax_error(span, "too many expressions in star-unpacking sequence pattern");
                }
                op!(UnpackEx { before: before as u8, after: after as u8, src: subject, window })
            }
        };
        self.function.code.emit_keeping(span, unpack, 1);
        self.subpatterns(patterns.iter(), span, window, captures, fail)
    }

    /// `[a, *_, b]`: only the items that a pattern looks at are asked for, by index, however long the sequence is.
    fn indexed_subpatterns(
        &mut self,
        span: Span,
        patterns: &'a [Node<Pattern>],
        subject: Reg,
        captures: &Captures,
        fail: Label,
    ) -> Result {
        let mut before = true;
        for (nth, pattern) in patterns.iter().enumerate() {
            before &= !matches!(pattern.kind, Pattern::Star(_));
            if is_wildcard(pattern) {
                continue;
            }
            let mark = self.function.registers.mark();
            let item = self.function.registers.temporary();
            if before {
                let get = op!(GetItemI { dst: item, obj: subject, value: nth as i16 });
                self.function.code.emit_keeping(pattern.span, get, 1);
            } else {
                let from_end = (patterns.len() - nth) as i16;
                self.emit(span, op!(GetLen { dst: item, src: subject }));
                self.emit(span, op!(SubI { dst: item, left: item, value: from_end }));
                let get = op!(GetItem { dst: item, obj: subject, key: item });
                self.function.code.emit_keeping(pattern.span, get, 1);
            }
            self.subpatterns(std::iter::once(pattern), span, item, captures, fail)?;
            self.function.registers.release(mark);
        }
        Ok(())
    }

    /// Matches values in consecutive temporaries, which are dropped one way or the other.
    fn subpatterns(
        &mut self,
        patterns: impl Iterator<Item = &'a Node<Pattern>> + Clone,
        span: Span,
        window: Reg,
        captures: &Captures,
        fail: Label,
    ) -> Result {
        let count = patterns.clone().count();
        let (failed, matched) = (self.function.code.label(), self.function.code.label());
        for (nth, pattern) in patterns.enumerate() {
            let value = window.plus(nth);
            match &pattern.kind {
                Pattern::Star(Some(name)) | Pattern::As { pattern: None, name: Some(name) } => {
                    self.capture(pattern.span, name, value, captures, false);
                }
                Pattern::Star(None) | Pattern::As { pattern: None, name: None } => {}
                _ => self.pattern(pattern, value, captures, failed)?,
            }
        }
        for nth in 0..count {
            self.emit(span, op!(Unbind { reg: window.plus(nth) }));
        }
        self.function.code.jump(matched);
        self.function.code.place(failed);
        for nth in 0..count {
            self.emit(span, op!(Unbind { reg: window.plus(nth) }));
        }
        self.function.code.jump(fail);
        self.function.code.place(matched);
        Ok(())
    }

    /// `{key: pattern, **rest}`
    #[allow(clippy::too_many_arguments)]
    fn mapping_pattern(
        &mut self,
        span: Span,
        keys: &'a [Node<Expr>],
        patterns: &'a [Node<Pattern>],
        rest: Option<&'a Rc<str>>,
        subject: Reg,
        captures: &Captures,
        fail: Label,
    ) -> Result {
        refuse_repeated_keys(span, keys)?;
        let test = self.function.registers.temporary();
        self.emit(span, op!(MatchMapping { dst: test, src: subject }));
        self.branch_on(span, test, false, 0, fail);
        self.function.registers.truncate(test);
        if keys.is_empty() && rest.is_none() {
            return Ok(());
        }
        let key_tuple = self.function.registers.temporary();
        self.tuple_into(span, key_tuple, keys)?;
        let values = self.function.registers.temporary();
        self.function.registers.truncate(values);
        let failed = self.function.code.label();
        let matched = self.function.code.label();
        if !keys.is_empty() {
            self.prelude_on_subject(span, "match_keys", subject, &[key_tuple]);
            self.function.registers.truncate(values.plus(1));
            let found = self.function.code.label();
            self.function.code.branch(span, op!(JumpIfNotNone { cond: values, target: 0 }), 1, found);
            self.emit(span, op!(Unbind { reg: key_tuple }));
            self.function.code.jump(fail);
            self.function.code.place(found);
            self.function.registers.truncate(values);
            let window = self.function.registers.window(patterns.len());
            self.emit(span, op!(UnpackSequence { src: values, window, count: patterns.len() as u16 }));
            self.subpatterns(patterns.iter(), span, window, captures, failed)?;
            self.function.registers.truncate(values);
        }
        if let Some(rest) = rest {
            self.prelude_on_subject(span, "match_rest", subject, &[key_tuple]);
            self.capture(span, rest, values, captures, false);
            self.function.registers.truncate(values);
        }
        self.emit(span, op!(Unbind { reg: key_tuple }));
        self.function.code.jump(matched);
        self.function.code.place(failed);
        self.emit(span, op!(Unbind { reg: key_tuple }));
        self.function.code.jump(fail);
        self.function.code.place(matched);
        Ok(())
    }

    /// The next temporary `= prelude(subject, *more)`; all arguments stay.
    fn prelude_on_subject(&mut self, span: Span, prelude: &str, subject: Reg, more: &[Reg]) {
        let window = self.function.registers.temporary();
        self.load_prelude(span, window, prelude);
        let slot = self.function.registers.temporary();
        self.function.code.emit_keeping(span, op!(Move { dst: slot, src: subject }), 1);
        for reg in more {
            let slot = self.function.registers.temporary();
            self.function.code.emit_keeping(span, op!(Move { dst: slot, src: *reg }), 1);
        }
        self.call_window(span, 1 + more.len(), window, window);
    }

    /// `cls(pattern, name=pattern)`
    #[allow(clippy::too_many_arguments)]
    fn class_pattern(
        &mut self,
        span: Span,
        cls: &'a Node<Expr>,
        patterns: &'a [Node<Pattern>],
        kwd_attrs: &'a [Rc<str>],
        kwd_patterns: &'a [Node<Pattern>],
        subject: Reg,
        captures: &Captures,
        fail: Label,
    ) -> Result {
        for (nth, attr) in kwd_attrs.iter().enumerate() {
            if kwd_attrs[..nth].contains(attr) {
                let at = kwd_patterns.get(nth).map_or(span, |pattern| pattern.span);
                return syntax_error(at, format!("attribute name repeated in class pattern: {attr}"));
            }
        }
        let values = self.function.registers.temporary();
        self.load_prelude(span, values, "match_class");
        let slot = self.function.registers.temporary();
        self.function.code.emit_keeping(span, op!(Move { dst: slot, src: subject }), 1);
        let slot = self.function.registers.temporary();
        self.expr_into(slot, cls)?;
        let slot = self.function.registers.temporary();
        self.load_constant(span, slot, Constant::Int(patterns.len() as i64));
        let slot = self.function.registers.temporary();
        let names: Vec<_> = kwd_attrs.iter().map(|name| Constant::Str(name.as_bytes().into())).collect();
        self.load_constant(span, slot, Constant::Tuple(names.into()));
        self.call_window(span, 4, values, values);
        self.function.registers.truncate(values.plus(1));
        self.function.code.branch(span, op!(JumpIfNone { cond: values, target: 0 }), 1, fail);
        self.function.registers.truncate(values);
        let count = patterns.len() + kwd_patterns.len();
        let window = self.function.registers.window(count.max(1));
        if count == 0 {
            self.emit(span, op!(Unbind { reg: values }));
            return Ok(());
        }
        self.emit(span, op!(UnpackSequence { src: values, window, count: count as u16 }));
        self.subpatterns(patterns.iter().chain(kwd_patterns), span, window, captures, fail)
    }
}

fn is_wildcard(pattern: &Node<Pattern>) -> bool {
    matches!(pattern.kind, Pattern::As { pattern: None, name: None } | Pattern::Star(None))
}

/// A pattern that matches everything may only come last.
fn refuse_irrefutable(pattern: &Node<Pattern>) -> Result {
    match &pattern.kind {
        Pattern::As { pattern: None, name: Some(name) } => {
            syntax_error(pattern.span, format!("name capture '{name}' makes remaining patterns unreachable"))
        }
        Pattern::As { pattern: None, name: None } => {
            syntax_error(pattern.span, "wildcard makes remaining patterns unreachable")
        }
        Pattern::As { pattern: Some(inner), .. } => refuse_irrefutable(inner),
        Pattern::Or(patterns) => patterns.last().map_or(Ok(()), refuse_irrefutable),
        _ => Ok(()),
    }
}

fn refuse_repeated_keys(span: Span, keys: &[Node<Expr>]) -> Result {
    let mut seen: Vec<Key> = Vec::new();
    for key in keys {
        let Some(value) = key_of(key) else { continue };
        if seen.iter().any(|earlier| equal_keys(earlier, &value)) {
            return syntax_error(span, format!("mapping pattern checks duplicate key ({})", key_text(&value)));
        }
        seen.push(value);
    }
    Ok(())
}

/// A key known when the pattern is compiled.
enum Key {
    Constant(Constant),
    /// Real and imaginary part, as in `1 + 2j`.
    Complex(f64, f64),
}

fn key_of(key: &Node<Expr>) -> Option<Key> {
    if let Some(constant) = fold::constant(key) {
        return Some(Key::Constant(constant));
    }
    let Expr::BinOp { left, op, right } = &key.kind else { return None };
    let ((real, _), (_, imaginary)) = (number_of(&fold::constant(left)?)?, number_of(&fold::constant(right)?)?);
    match op {
        Operator::Add => Some(Key::Complex(real, imaginary)),
        Operator::Sub => Some(Key::Complex(real, -imaginary)),
        _ => None,
    }
}

fn equal_keys(left: &Key, right: &Key) -> bool {
    let number = |key: &Key| match key {
        Key::Constant(constant) => number_of(constant),
        Key::Complex(real, imaginary) => Some((*real, *imaginary)),
    };
    let (Key::Constant(left), Key::Constant(right)) = (left, right) else { return number(left) == number(right) };
    match (left, right) {
        (Constant::Str(left), Constant::Str(right)) | (Constant::Bytes(left), Constant::Bytes(right)) => left == right,
        (Constant::None, Constant::None) => true,
        (Constant::Int(left), Constant::Int(right)) => left == right,
        (Constant::BigInt(left), Constant::BigInt(right)) => left == right,
        _ => number_of(left).is_some_and(|left| number_of(right) == Some(left)),
    }
}

/// A number whose value decides whether two keys are equal.
fn number_of(key: &Constant) -> Option<(f64, f64)> {
    match key {
        Constant::Int(value) => Some((*value as f64, 0.0)),
        Constant::Float(value) => Some((*value, 0.0)),
        Constant::Complex(imaginary) => Some((0.0, *imaginary)),
        Constant::True => Some((1.0, 0.0)),
        Constant::False => Some((0.0, 0.0)),
        _ => None,
    }
}

fn key_text(key: &Key) -> String {
    let key = match key {
        Key::Constant(constant) => constant,
        Key::Complex(real, imaginary) => return format!("({real}{imaginary:+}j)"),
    };
    match key {
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Complex(imaginary) => format!("{imaginary}j"),
        Constant::Str(text) => format!("'{}'", String::from_utf8_lossy(text).replace('\'', "\\'")),
        other => format!("{other:?}"),
    }
}

/// The names that a pattern binds, in order; alternatives must agree.
fn bound_names(pattern: &Node<Pattern>) -> Result<Vec<Rc<str>>> {
    let mut names = Vec::new();
    add_names(pattern, &mut names)?;
    Ok(names)
}

fn add_names(pattern: &Node<Pattern>, names: &mut Vec<Rc<str>>) -> Result {
    let span = pattern.span;
    let add = |name: &Rc<str>, names: &mut Vec<Rc<str>>| {
        if names.contains(name) {
            return syntax_error(span, format!("multiple assignments to name '{name}' in pattern"));
        }
        names.push(name.clone());
        Ok(())
    };
    match &pattern.kind {
        Pattern::Value(_) | Pattern::Singleton(_) => Ok(()),
        Pattern::Sequence(patterns) => patterns.iter().try_for_each(|pattern| add_names(pattern, names)),
        Pattern::Mapping { patterns, rest, .. } => {
            patterns.iter().try_for_each(|pattern| add_names(pattern, names))?;
            rest.iter().try_for_each(|rest| add(rest, names))
        }
        Pattern::Class { patterns, kwd_patterns, .. } => {
            patterns.iter().chain(kwd_patterns).try_for_each(|pattern| add_names(pattern, names))
        }
        Pattern::Star(name) => name.iter().try_for_each(|name| add(name, names)),
        Pattern::As { pattern: inner, name } => {
            inner.iter().try_for_each(|inner| add_names(inner, names))?;
            name.iter().try_for_each(|name| add(name, names))
        }
        Pattern::Or(patterns) => {
            let mut agreed: Option<Vec<Rc<str>>> = None;
            for (nth, alternative) in patterns.iter().enumerate() {
                if nth + 1 < patterns.len() {
                    refuse_irrefutable(alternative)?;
                }
                let mut mine = bound_names(alternative)?;
                let in_order = mine.clone();
                mine.sort();
                match &agreed {
                    None => {
                        agreed = Some(mine);
                        in_order.iter().try_for_each(|name| add(name, names))?;
                    }
                    Some(agreed) if *agreed != mine => {
                        return syntax_error(span, "alternative patterns bind different names");
                    }
                    Some(_) => {}
                }
            }
            Ok(())
        }
    }
}
