//! What the grammar calls: one function per construct that is more than one variant of the tree.
//!
//! Here also stands what the grammar cannot say: how parameters and arguments may be ordered, which patterns bind,
//! which `try` is whole. What may be assigned to is decided in `target`.

use super::ast::*;
use super::error::{Checked, SyntaxError, refuse};
use super::literal;
use super::target;
use crate::source::{Source, Span, Warning};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// What constructors need to know besides the pieces: the text, and the names met so far.
pub struct Context<'s> {
    /// The text that is parsed.
    pub source: &'s Source,
    names: RefCell<FxHashMap<&'s str, Identifier>>,
    warnings: RefCell<Vec<Warning>>,
}

impl<'s> Context<'s> {
    /// The context for parsing `source`.
    pub fn new(source: &'s Source) -> Context<'s> {
        Context { source, names: RefCell::default(), warnings: RefCell::default() }
    }

    /// Something is Python, but perhaps not what was meant.
    pub fn warn(&self, warning: Warning) {
        self.warnings.borrow_mut().push(warning);
    }

    /// What was found dubious on the way.
    pub fn into_warnings(self) -> Vec<Warning> {
        self.warnings.into_inner()
    }

    /// The identifier written from `start` to `end`, in normal form KC. A name met twice is one allocation.
    pub fn name(&self, start: u32, end: u32) -> Identifier {
        let text = self.source.slice(Span { start, end });
        if let Some(known) = self.names.borrow().get(text) {
            return known.clone();
        }
        let name: Identifier = if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
        self.names.borrow_mut().insert(text, name.clone());
        name
    }
}

// Pieces

/// A node that covers `start` to `end`.
pub fn node<T>(start: u32, kind: T, end: u32) -> Node<T> {
    Node { kind, span: Span { start, end } }
}

/// `items` with one more at the end.
pub fn push<T>(mut items: Vec<T>, item: T) -> Vec<T> {
    items.push(item);
    items
}

/// `items` with more at the end.
pub fn extend<T>(mut items: Vec<T>, more: Vec<T>) -> Vec<T> {
    items.extend(more);
    items
}

/// `items` and perhaps one more.
pub fn list<T>(mut items: Vec<T>, last: Option<T>) -> Vec<T> {
    items.extend(last);
    items
}

fn boxed(expr: Option<Node<Expr>>) -> Option<BoxExpr> {
    expr.map(Box::new)
}

// Modules and simple statements

/// An expression by itself.
pub fn expression(expr: Node<Expr>) -> Module {
    Module::Expression(Box::new(expr))
}

/// `first = ... = value`
pub fn assign(first: Node<Expr>, mut rest: Vec<Node<Expr>>) -> Checked<Stmt> {
    let value = rest.pop().expect("the grammar gives at least one value");
    let alone = rest.is_empty();
    let mut targets = vec![first];
    targets.append(&mut rest);
    for (at, target) in targets.iter().enumerate() {
        if at > 0 && matches!(target.kind, Expr::Yield(_) | Expr::YieldFrom(_)) {
            return refuse(target.span, "assignment to yield expression not possible");
        }
        target::check_assigned(target, alone.then_some(&value))?;
    }
    Ok(Stmt::Assign { targets, value: Box::new(value) })
}

/// `target op= value`
pub fn augmented_assign(target: Node<Expr>, op: Operator, value: Node<Expr>) -> Checked<Stmt> {
    if !matches!(target.kind, Expr::Name(_) | Expr::Attribute { .. } | Expr::Subscript { .. }) {
        let what = target::describe(&target.kind);
        return refuse(target.span, format!("'{what}' is an illegal expression for augmented assignment"));
    }
    Ok(Stmt::AugAssign { target: Box::new(target), op, value: Box::new(value) })
}

/// `target: annotation = value`; `start` lies before the target when parentheses stand around it.
pub fn annotated_assign(
    start: u32,
    target: Node<Expr>,
    annotation: Node<Expr>,
    value: Option<Node<Expr>>,
) -> Checked<Stmt> {
    let simple = match &target.kind {
        Expr::Name(_) => start == target.span.start,
        Expr::Attribute { .. } | Expr::Subscript { .. } => false,
        Expr::List(_) => return refuse(target.span, "only single target (not list) can be annotated"),
        Expr::Tuple(items) => {
            let first = items.first().filter(|first| first.span.start == target.span.start);
            let span = first.map_or(target.span, |first| first.span);
            return refuse(span, "only single target (not tuple) can be annotated");
        }
        Expr::Starred(_) => {
            let after = target.span.end;
            return refuse(Span { start: after, end: after + 1 }, "invalid syntax");
        }
        _ => return refuse(target.span, "illegal target for annotation"),
    };
    Ok(Stmt::AnnAssign { target: Box::new(target), annotation: Box::new(annotation), value: boxed(value), simple })
}

/// `type name[params] = value`
pub fn type_alias(name: Node<Expr>, type_params: Option<Vec<Node<TypeParam>>>, value: Node<Expr>) -> Stmt {
    Stmt::TypeAlias { name: Box::new(name), type_params: type_params.unwrap_or_default(), value: Box::new(value) }
}

/// `return value`
pub fn return_(value: Option<Node<Expr>>) -> Stmt {
    Stmt::Return(boxed(value))
}

/// `raise exc from cause`
pub fn raise(exc: Node<Expr>, cause: Option<Node<Expr>>) -> Stmt {
    Stmt::Raise { exc: Some(Box::new(exc)), cause: boxed(cause) }
}

/// `del targets`
pub fn delete(targets: Vec<Node<Expr>>) -> Checked<Stmt> {
    for target in &targets {
        target::check_deleted(target)?;
    }
    Ok(Stmt::Delete(targets))
}

/// `assert test, msg`
pub fn assert(test: Node<Expr>, msg: Option<Node<Expr>>) -> Stmt {
    Stmt::Assert { test: Box::new(test), msg: boxed(msg) }
}

/// `from ..module import names`
pub fn import_from(dots: Vec<u32>, module: Identifier, names: Vec<Node<Alias>>) -> Stmt {
    Stmt::ImportFrom { module: Some(module), names, level: dots.iter().sum() }
}

/// `from .. import names`
pub fn import_relative(dots: Vec<u32>, names: Vec<Node<Alias>>) -> Stmt {
    Stmt::ImportFrom { module: None, names, level: dots.iter().sum() }
}

/// `name as asname`
pub fn alias(name: Identifier, asname: Option<Identifier>) -> Alias {
    Alias { name, asname }
}

/// The `*` of a star import.
pub fn star_alias() -> Alias {
    Alias { name: "*".into(), asname: None }
}

/// `module.name`
pub fn dotted(module: Identifier, name: Identifier) -> Identifier {
    format!("{module}.{name}").into()
}

// Compound statements

/// A definition with decorators; they do not belong to its span.
pub fn decorated(decorators: Vec<Node<Expr>>, mut definition: Node<Stmt>) -> Node<Stmt> {
    match &mut definition.kind {
        Stmt::FunctionDef(function) => function.decorators = decorators,
        Stmt::ClassDef(class) => class.decorators = decorators,
        _ => {}
    }
    definition
}

/// `def name[type_params](parameters) -> returns: body`
pub fn function_def<A>(
    is_async: Option<A>,
    name: Identifier,
    type_params: Option<Vec<Node<TypeParam>>>,
    parameters: Vec<Parameter>,
    returns: Option<Node<Expr>>,
    body: Body,
) -> Checked<Stmt> {
    Ok(Stmt::FunctionDef(Box::new(FunctionDef {
        name,
        type_params: type_params.unwrap_or_default(),
        args: arguments(parameters)?,
        body,
        decorators: Vec::new(),
        returns: boxed(returns),
        is_async: is_async.is_some(),
    })))
}

/// `class name[type_params](arguments): body`
pub fn class_def(
    name: Identifier,
    type_params: Option<Vec<Node<TypeParam>>>,
    arguments: Option<Node<CallArguments>>,
    body: Body,
) -> Checked<Stmt> {
    let (bases, keywords) = match arguments {
        Some(arguments) => sort_arguments(arguments.kind, arguments.span, false)?,
        None => Sorted::default(),
    };
    Ok(Stmt::ClassDef(Box::new(ClassDef {
        name,
        type_params: type_params.unwrap_or_default(),
        bases,
        keywords,
        body,
        decorators: Vec::new(),
    })))
}

/// `if test: body`, and `elif`
pub fn if_(test: Node<Expr>, body: Body, orelse: Option<Body>) -> Stmt {
    Stmt::If { test: Box::new(test), body, orelse: orelse.unwrap_or_default() }
}

/// `while test: body`
pub fn while_(test: Node<Expr>, body: Body, orelse: Option<Body>) -> Stmt {
    Stmt::While { test: Box::new(test), body, orelse: orelse.unwrap_or_default() }
}

/// `for target in iter: body`
pub fn for_<A>(
    is_async: Option<A>,
    target: Node<Expr>,
    iter: Node<Expr>,
    body: Body,
    orelse: Option<Body>,
) -> Checked<Stmt> {
    target::check_bound(&target)?;
    Ok(Stmt::For {
        target: Box::new(target),
        iter: Box::new(iter),
        body,
        orelse: orelse.unwrap_or_default(),
        is_async: is_async.is_some(),
    })
}

/// `with items: body`
pub fn with<A>(is_async: Option<A>, items: Vec<WithItem>, body: Body) -> Stmt {
    Stmt::With { items, body, is_async: is_async.is_some() }
}

/// `context as target`
pub fn with_item(context: Node<Expr>, target: Option<Node<Expr>>) -> Checked<WithItem> {
    if let Some(target) = &target {
        target::check_bound(target)?;
    }
    Ok(WithItem { context, target })
}

/// One part of a `try` after its body.
pub enum TryPart {
    Handler { handler: Node<ExceptHandler>, star: bool },
    Else(u32, Body),
    Finally(u32, Body),
}

/// `except: body`
pub fn bare_handler<S>(start: u32, star: Option<S>, colon: Node<()>, body: Body, end: u32) -> Checked<TryPart> {
    if star.is_some() {
        return refuse(colon.span, "expected one or more exception types");
    }
    Ok(except(start, false, None, None, body, end))
}

/// `except type_: body`
pub fn handler<S>(start: u32, star: Option<S>, type_: Node<Expr>, body: Body, end: u32) -> TryPart {
    except(start, star.is_some(), Some(type_), None, body, end)
}

/// `except type_ as name: body`
pub fn named_handler<S>(
    start: u32,
    star: Option<S>,
    type_: Node<Expr>,
    name: Identifier,
    body: Body,
    end: u32,
) -> TryPart {
    except(start, star.is_some(), Some(type_), Some(name), body, end)
}

fn except(
    start: u32,
    star: bool,
    type_: Option<Node<Expr>>,
    name: Option<Identifier>,
    body: Body,
    end: u32,
) -> TryPart {
    TryPart::Handler { handler: node(start, ExceptHandler { type_: boxed(type_), name, body }, end), star }
}

/// `try: body` and its parts, which must come as handlers, `else`, `finally`.
pub fn try_(body: Body, parts: Vec<TryPart>) -> Checked<Stmt> {
    let (mut handlers, mut orelse, mut finalbody) = (Vec::new(), None, None);
    let mut stars = None;
    for part in parts {
        match part {
            TryPart::Handler { handler, star } => {
                let start = handler.span.start;
                let keyword = Span { start, end: start + 6 + u32::from(star) };
                if orelse.is_some() || finalbody.is_some() {
                    return refuse(keyword, "invalid syntax");
                }
                if stars.is_some_and(|stars| stars != star) {
                    return refuse(keyword, "cannot have both 'except' and 'except*' on the same 'try'");
                }
                stars = Some(star);
                handlers.push(handler);
            }
            TryPart::Else(start, body) => {
                let keyword = Span { start, end: start + 4 };
                if handlers.is_empty() && finalbody.is_none() {
                    return refuse(keyword, "expected 'except' or 'finally' block");
                }
                if orelse.is_some() || finalbody.is_some() {
                    return refuse(keyword, "invalid syntax");
                }
                orelse = Some(body);
            }
            TryPart::Finally(start, body) => {
                if finalbody.is_some() {
                    return refuse(Span { start, end: start + 7 }, "invalid syntax");
                }
                finalbody = Some(body);
            }
        }
    }
    Ok(Stmt::Try {
        body,
        handlers,
        orelse: orelse.unwrap_or_default(),
        finalbody: finalbody.unwrap_or_default(),
        star: stars == Some(true),
    })
}

/// `match subject: cases`
pub fn match_(subject: Node<Expr>, cases: Vec<MatchCase>) -> Stmt {
    Stmt::Match { subject: Box::new(subject), cases }
}

/// `case pattern if guard: body`
pub fn case(pattern: Node<Pattern>, guard: Option<Node<Expr>>, body: Body) -> MatchCase {
    MatchCase { pattern, guard: boxed(guard), body }
}

// Patterns

/// `_` binds nothing.
pub fn unless_wildcard(name: Identifier) -> Option<Identifier> {
    (&*name != "_").then_some(name)
}

/// A bare name, or `_`.
pub fn capture(name: Identifier) -> Pattern {
    Pattern::As { pattern: None, name: unless_wildcard(name) }
}

/// `pattern as target`
pub fn as_pattern(start: u32, pattern: Node<Pattern>, target: Node<Expr>, end: u32) -> Checked<Node<Pattern>> {
    match &target.kind {
        Expr::Name(name) if &**name == "_" => refuse(target.span, "cannot use '_' as a target"),
        Expr::Name(name) => {
            let name = Some(name.clone());
            Ok(node(start, Pattern::As { pattern: Some(Box::new(pattern)), name }, end))
        }
        other => refuse(target.span, format!("cannot use {} as pattern target", target::describe(other))),
    }
}

/// `a | b | c`
pub fn or_pattern(start: u32, first: Node<Pattern>, rest: Vec<Node<Pattern>>, end: u32) -> Node<Pattern> {
    let mut patterns = vec![first];
    patterns.extend(rest);
    node(start, Pattern::Or(patterns), end)
}

/// `a, b` without brackets
pub fn open_sequence(start: u32, patterns: Vec<Node<Pattern>>, last: Option<Node<Pattern>>, end: u32) -> Node<Pattern> {
    node(start, sequence(list(patterns, last)), end)
}

/// `[a, b]`
pub fn sequence(patterns: Vec<Node<Pattern>>) -> Pattern {
    Pattern::Sequence(patterns)
}

/// `(a)` is `a`; `(a,)` is a sequence.
pub fn group_or_sequence(
    start: u32,
    (patterns, last): (Vec<Node<Pattern>>, Option<Node<Pattern>>),
    end: u32,
) -> Checked<Node<Pattern>> {
    match last {
        Some(only) if patterns.is_empty() => match only.kind {
            Pattern::Star(_) => refuse(Span { start: end - 1, end }, "invalid syntax"),
            _ => Ok(only),
        },
        last => Ok(node(start, sequence(list(patterns, last)), end)),
    }
}

/// A string as a pattern; what is computed is none.
pub fn string_pattern(strings: Node<Expr>) -> Checked<Node<Expr>> {
    match strings.kind {
        Expr::Constant(_) => Ok(strings),
        _ => refuse(strings.span, "patterns may only match literals and attribute lookups"),
    }
}

/// `real + imaginary` as a pattern
pub fn complex_pattern(
    start: u32,
    real: Node<Expr>,
    op: Operator,
    imaginary: Node<Expr>,
    end: u32,
) -> Checked<Node<Expr>> {
    let number = if let Expr::UnaryOp { operand, .. } = &real.kind { operand } else { &real };
    if matches!(number.kind, Expr::Constant(Constant::Complex(_))) {
        return refuse(real.span, "real number required in complex literal");
    }
    if !matches!(imaginary.kind, Expr::Constant(Constant::Complex(_))) {
        return refuse(imaginary.span, "imaginary number required in complex literal");
    }
    Ok(binary(start, real, op, imaginary, end))
}

/// An item of a mapping pattern.
pub enum MappingItem {
    Pair(Node<Expr>, Node<Pattern>),
    Rest(u32, Identifier, u32),
}

/// `{key: pattern, **rest}`
pub fn mapping(items: Vec<MappingItem>) -> Checked<Pattern> {
    let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
    for item in items {
        match (item, &rest) {
            (MappingItem::Pair(key, pattern), None) => {
                keys.push(key);
                patterns.push(pattern);
            }
            (MappingItem::Pair(key, _), Some(_)) => return refuse(key.span, "invalid syntax"),
            (MappingItem::Rest(start, name, end), None) if &*name != "_" => rest = Some((start, name, end)),
            (MappingItem::Rest(_, name, end), _) => {
                return refuse(Span { start: end - name.len() as u32, end }, "invalid syntax");
            }
        }
    }
    Ok(Pattern::Mapping { keys, patterns, rest: rest.map(|(_, name, _)| name) })
}

/// An item of a class pattern.
pub enum ClassItem {
    Positional(Node<Pattern>),
    Keyword(Identifier, Node<Pattern>),
}

/// `cls(patterns, name=pattern)`
pub fn class_pattern(cls: Node<Expr>, items: Vec<ClassItem>) -> Checked<Pattern> {
    let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item {
            ClassItem::Positional(pattern) if kwd_attrs.is_empty() => patterns.push(pattern),
            ClassItem::Positional(pattern) => {
                return refuse(pattern.span, "positional patterns follow keyword patterns");
            }
            ClassItem::Keyword(name, pattern) => {
                kwd_attrs.push(name);
                kwd_patterns.push(pattern);
            }
        }
    }
    Ok(Pattern::Class { cls: Box::new(cls), patterns, kwd_attrs, kwd_patterns })
}

// Parameters

/// One word of a parameter list.
pub enum Parameter {
    Plain(Node<Arg>, Option<Node<Expr>>),
    Star(u32, Node<Arg>, u32),
    BareStar(u32, u32),
    Slash(u32, u32),
    DoubleStar(u32, Node<Arg>, u32),
}

/// `name: annotation`
pub fn arg(name: Identifier, annotation: Option<Node<Expr>>) -> Arg {
    Arg { name, annotation: boxed(annotation) }
}

/// `**name=default` is refused.
pub fn default_of_double_star(_: u32, arg: Node<Arg>, _: Node<Expr>, end: u32) -> Checked<Parameter> {
    let equal = Span { start: arg.span.end, end: (arg.span.end + 1).min(end) };
    refuse(equal, "var-keyword argument cannot have default value")
}

/// Puts parameters where they belong, in the order the language allows.
pub fn arguments(parameters: Vec<Parameter>) -> Checked<Arguments> {
    let mut arguments = Arguments::default();
    let mut star: Option<Span> = None;
    let mut slash = false;
    let count = parameters.len();
    for parameter in parameters {
        let span = match &parameter {
            Parameter::Plain(arg, _) => arg.span,
            Parameter::Star(start, _, end)
            | Parameter::BareStar(start, end)
            | Parameter::Slash(start, end)
            | Parameter::DoubleStar(start, _, end) => Span { start: *start, end: *end },
        };
        // A starred parameter is known by its star.
        let width = match &parameter {
            Parameter::Star(..) => 1,
            Parameter::DoubleStar(..) => 2,
            _ => span.end - span.start,
        };
        let span = Span { end: span.start + width, ..span };
        if arguments.kwarg.is_some() {
            return refuse(span, "arguments cannot follow var-keyword argument");
        }
        match parameter {
            Parameter::Plain(arg, default) if star.is_some() => {
                arguments.kwonlyargs.push(arg);
                arguments.kw_defaults.push(default);
            }
            Parameter::Plain(arg, default) => {
                if default.is_none() && !arguments.defaults.is_empty() {
                    return refuse(arg.span, "parameter without a default follows parameter with a default");
                }
                arguments.args.push(arg);
                arguments.defaults.extend(default);
            }
            Parameter::Star(..) if star.is_some() => return refuse(span, "* argument may appear only once"),
            Parameter::BareStar(..) if star.is_some() => return refuse(span, "invalid syntax"),
            Parameter::Star(_, arg, _) => {
                star = Some(span);
                arguments.vararg = Some(Box::new(arg));
            }
            Parameter::BareStar(..) => star = Some(span),
            Parameter::Slash(..) if slash => return refuse(span, "/ may appear only once"),
            Parameter::Slash(..) if star.is_some() => return refuse(span, "/ must be ahead of *"),
            Parameter::Slash(..) if arguments.args.is_empty() => {
                return refuse(span, if count > 1 { "at least one argument must precede /" } else { "invalid syntax" });
            }
            Parameter::Slash(..) => {
                slash = true;
                arguments.posonlyargs = std::mem::take(&mut arguments.args);
            }
            Parameter::DoubleStar(_, arg, _) => arguments.kwarg = Some(Box::new(arg)),
        }
    }
    match star {
        Some(star) if arguments.vararg.is_none() && arguments.kwonlyargs.is_empty() => {
            refuse(star, "named arguments must follow bare *")
        }
        _ => Ok(arguments),
    }
}

/// `name: bound = default`
pub fn type_var(name: Identifier, bound: Option<Node<Expr>>, default: Option<Node<Expr>>) -> TypeParam {
    TypeParam::TypeVar { name, bound: boxed(bound), default: boxed(default) }
}

/// `*name = default`
pub fn type_var_tuple(name: Identifier, default: Option<Node<Expr>>) -> TypeParam {
    TypeParam::TypeVarTuple { name, default: boxed(default) }
}

/// `**name = default`
pub fn param_spec(name: Identifier, default: Option<Node<Expr>>) -> TypeParam {
    TypeParam::ParamSpec { name, default: boxed(default) }
}

// Arguments

/// One argument of a call.
pub enum Argument {
    /// `value` or `*value`
    Positional(Node<Expr>),
    /// `name=value` or `**value`
    Keyword(Node<Keyword>),
    /// `elt for ...` without parentheses, which may only stand alone.
    Generator(u32, Node<Expr>, Vec<Comprehension>, u32),
}

/// The arguments of a call, the last one apart when no comma follows it.
pub type CallArguments = (Vec<Argument>, Option<Argument>);

/// `*value=...` and `**value=...` are refused.
pub fn assigned_star<S>(start: u32, stars: &str, _: Node<Expr>, _: Node<Expr>, end: u32) -> Checked<S> {
    let what = if stars == "*" { "iterable" } else { "keyword" };
    refuse(Span { start, end }, format!("cannot assign to {what} argument unpacking"))
}

/// `*value`
pub fn starred_argument(start: u32, value: Node<Expr>, end: u32) -> Argument {
    Argument::Positional(node(start, Expr::Starred(Box::new(value)), end))
}

/// `**value`
pub fn double_starred_argument(start: u32, value: Node<Expr>, end: u32) -> Argument {
    Argument::Keyword(node(start, Keyword { arg: None, value }, end))
}

/// The name before the `=` of an argument.
fn keyword_name(start: u32, name: &Node<Expr>, equal_end: u32) -> Checked<Identifier> {
    let equal = Span { start: name.span.start, end: equal_end };
    match &name.kind {
        Expr::Name(identifier) if name.span.start == start => Ok(identifier.clone()),
        Expr::Constant(Constant::True) => refuse(equal, "cannot assign to True"),
        Expr::Constant(Constant::False) => refuse(equal, "cannot assign to False"),
        Expr::Constant(Constant::None) => refuse(equal, "cannot assign to None"),
        _ => refuse(equal, "expression cannot contain assignment, perhaps you meant \"==\"?"),
    }
}

/// `name=value`
pub fn keyword_argument(
    start: u32,
    name: Node<Expr>,
    equal_end: u32,
    value: Node<Expr>,
    end: u32,
) -> Checked<Argument> {
    let arg = Some(keyword_name(start, &name, equal_end)?);
    Ok(Argument::Keyword(node(start, Keyword { arg, value }, end)))
}

/// `name=` without a value
pub fn missing_argument(start: u32, name: Node<Expr>, end: u32) -> Checked<Argument> {
    keyword_name(start, &name, end)?;
    refuse(Span { start, end }, "expected argument value expression")
}

/// Positional arguments, and keywords.
type Sorted = (Vec<Node<Expr>>, Vec<Node<Keyword>>);

/// Sorts arguments, which stand in `parentheses`. In a call, a generator alone takes the parentheses as its own.
fn sort_arguments((mut arguments, last): CallArguments, parentheses: Span, is_call: bool) -> Checked<Sorted> {
    // A comma after the last one makes a generator not alone.
    let is_call_of_one = arguments.is_empty() && is_call;
    arguments.extend(last);
    let (mut args, mut keywords) = (Vec::new(), Vec::<Node<Keyword>>::new());
    let close = Span { start: parentheses.end - 1, end: parentheses.end };
    for argument in arguments {
        match argument {
            Argument::Positional(value) => {
                let unpacked = keywords.iter().rev().find(|keyword| keyword.kind.arg.is_none());
                match (&value.kind, unpacked, keywords.last()) {
                    (Expr::Starred(_), Some(_), Some(last)) => {
                        let span = Span { start: last.span.end, end: value.span.end };
                        return refuse(span, "iterable argument unpacking follows keyword argument unpacking");
                    }
                    (Expr::Starred(_), ..) => {}
                    (_, Some(_), _) => {
                        return refuse(close, "positional argument follows keyword argument unpacking");
                    }
                    (_, None, Some(_)) => return refuse(close, "positional argument follows keyword argument"),
                    (_, None, None) => {}
                }
                args.push(value);
            }
            Argument::Keyword(keyword) => keywords.push(keyword),
            Argument::Generator(_, elt, generators, _) if is_call_of_one => {
                args.push(Node { kind: generator(elt, generators)?, span: parentheses });
            }
            Argument::Generator(start, _, _, end) if is_call => {
                return refuse(Span { start, end }, "Generator expression must be parenthesized");
            }
            Argument::Generator(_, elt, ..) => {
                return refuse(Span { start: elt.span.end + 1, end: elt.span.end + 4 }, "invalid syntax");
            }
        }
    }
    Ok((args, keywords))
}

// Expressions

/// Several expressions without parentheses.
pub fn tuple(start: u32, items: Vec<Node<Expr>>, last: Option<Node<Expr>>, end: u32) -> Node<Expr> {
    node(start, Expr::Tuple(list(items, last)), end)
}

/// `(a)` is `a`; `()`, `(a,)` and `(a, b)` are tuples.
pub fn parenthesized(
    start: u32,
    (items, last): (Vec<Node<Expr>>, Option<Node<Expr>>),
    end: u32,
) -> Checked<Node<Expr>> {
    match last {
        Some(only) if items.is_empty() => match only.kind {
            Expr::Starred(_) => refuse(only.span, "cannot use starred expression here"),
            _ => Ok(only),
        },
        last => Ok(tuple(start, items, last, end)),
    }
}

/// `yield value`
pub fn yield_(value: Option<Node<Expr>>) -> Expr {
    Expr::Yield(boxed(value))
}

/// `target := value`
pub fn named(start: u32, target: Node<Expr>, value: Node<Expr>) -> Checked<Expr> {
    match target.kind {
        Expr::Name(_) if target.span.start == start => {
            Ok(Expr::NamedExpr { target: Box::new(target), value: Box::new(value) })
        }
        ref other => {
            let what = target::describe(other);
            refuse(target.span, format!("cannot use assignment expressions with {what}"))
        }
    }
}

/// `body if test else orelse`
pub fn conditional(body: Node<Expr>, test: Node<Expr>, orelse: Node<Expr>) -> Expr {
    Expr::IfExp { test: Box::new(test), body: Box::new(body), orelse: Box::new(orelse) }
}

/// `lambda parameters: body`
pub fn lambda(parameters: Vec<Parameter>, body: Node<Expr>) -> Checked<Expr> {
    // CPython complains of a lambda's bare star one token later than of a function's.
    let star = parameters.iter().enumerate().find_map(|(at, parameter)| match parameter {
        Parameter::BareStar(_, end) => Some((at, *end)),
        _ => None,
    });
    if let Some((at, end)) = star
        && matches!(parameters.get(at + 1), None | Some(Parameter::DoubleStar(..)))
    {
        return refuse(Span { start: end, end: end + 1 }, "named arguments must follow bare *");
    }
    Ok(Expr::Lambda { args: Box::new(arguments(parameters)?), body: Box::new(body) })
}

/// `a op b`
pub fn binary(start: u32, left: Node<Expr>, op: Operator, right: Node<Expr>, end: u32) -> Node<Expr> {
    node(start, Expr::BinOp { left: Box::new(left), op, right: Box::new(right) }, end)
}

/// `a ** b`
pub fn power(left: Node<Expr>, right: Node<Expr>) -> Expr {
    Expr::BinOp { left: Box::new(left), op: Operator::Pow, right: Box::new(right) }
}

/// `op operand`
pub fn unary(op: UnaryOp, operand: Node<Expr>) -> Expr {
    Expr::UnaryOp { op, operand: Box::new(operand) }
}

/// `a op b op c`
pub fn bool_op(start: u32, first: Node<Expr>, rest: Vec<(BoolOp, Node<Expr>)>, end: u32) -> Node<Expr> {
    let op = rest[0].0;
    let mut values = vec![first];
    values.extend(rest.into_iter().map(|(_, value)| value));
    node(start, Expr::BoolOp { op, values }, end)
}

/// `a < b < c`
pub fn compare(left: Node<Expr>, rest: Vec<(CmpOp, Node<Expr>)>) -> Expr {
    let (ops, comparators) = rest.into_iter().unzip();
    Expr::Compare { left: Box::new(left), ops, comparators }
}

/// `value.attr`
pub fn attribute(value: Node<Expr>, attr: Identifier) -> Expr {
    Expr::Attribute { value: Box::new(value), attr }
}

/// `value[slice]`
pub fn subscript(value: Node<Expr>, slice: Node<Expr>) -> Expr {
    Expr::Subscript { value: Box::new(value), slice: Box::new(slice) }
}

/// `func(arguments)`
pub fn call(func: Node<Expr>, arguments: Node<CallArguments>) -> Checked<Expr> {
    let (args, keywords) = sort_arguments(arguments.kind, arguments.span, true)?;
    Ok(Expr::Call { func: Box::new(func), args, keywords })
}

/// `lower:upper:step`
pub fn slice(lower: Option<Node<Expr>>, upper: Option<Node<Expr>>, step: Option<Option<Node<Expr>>>) -> Expr {
    Expr::Slice { lower: boxed(lower), upper: boxed(upper), step: boxed(step.flatten()) }
}

/// `for target in iter if ...`
pub fn comprehension<A>(
    is_async: Option<A>,
    target: Node<Expr>,
    iter: Node<Expr>,
    ifs: Vec<Node<Expr>>,
) -> Checked<Comprehension> {
    target::check_bound(&target)?;
    Ok(Comprehension { target, iter, ifs, is_async: is_async.is_some() })
}

/// The element of a comprehension, which may not be starred.
fn element(elt: Node<Expr>) -> Checked<BoxExpr> {
    match elt.kind {
        Expr::Starred(_) => refuse(elt.span, "iterable unpacking cannot be used in comprehension"),
        _ => Ok(Box::new(elt)),
    }
}

/// `elt for ...` between parentheses
pub fn generator(elt: Node<Expr>, generators: Vec<Comprehension>) -> Checked<Expr> {
    Ok(Expr::GeneratorExp { elt: element(elt)?, generators })
}

/// `[elt for ...]`
pub fn list_comprehension(elt: Node<Expr>, generators: Vec<Comprehension>) -> Checked<Expr> {
    Ok(Expr::ListComp { elt: element(elt)?, generators })
}

/// One thing between braces.
pub enum BraceItem {
    Element(Node<Expr>),
    Pair(Node<Expr>, Node<Expr>),
    Unpacked(u32, Node<Expr>),
}

/// `{}`
pub fn empty_dict() -> Expr {
    Expr::Dict { keys: Vec::new(), values: Vec::new() }
}

/// `{a, b}` or `{a: b, **c}`
pub fn braces(items: Vec<BraceItem>) -> Checked<Expr> {
    if matches!(items.first(), Some(BraceItem::Element(_))) {
        let mut elements = Vec::with_capacity(items.len());
        for item in items {
            match item {
                BraceItem::Element(element) => elements.push(element),
                BraceItem::Pair(key, value) => {
                    let colon = Span { start: key.span.end, end: value.span.start.min(key.span.end + 1) };
                    return refuse(colon, "invalid syntax");
                }
                BraceItem::Unpacked(start, ..) => return refuse(Span { start, end: start + 2 }, "invalid syntax"),
            }
        }
        return Ok(Expr::Set(elements));
    }
    let (mut keys, mut values) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
    for item in items {
        match item {
            BraceItem::Pair(key, value) => {
                keys.push(Some(key));
                values.push(value);
            }
            BraceItem::Unpacked(_, value) => {
                keys.push(None);
                values.push(value);
            }
            BraceItem::Element(element) => {
                let last = Span { start: element.span.end - 1, end: element.span.end };
                return refuse(last, "':' expected after dictionary key");
            }
        }
    }
    Ok(Expr::Dict { keys, values })
}

/// `{elt for ...}` or `{key: value for ...}`
pub fn brace_comprehension(item: BraceItem, generators: Vec<Comprehension>) -> Checked<Expr> {
    match item {
        BraceItem::Element(elt) => Ok(Expr::SetComp { elt: element(elt)?, generators }),
        BraceItem::Pair(key, value) => Ok(Expr::DictComp { key: Box::new(key), value: Box::new(value), generators }),
        BraceItem::Unpacked(start, _) => {
            refuse(Span { start, end: start + 2 }, "dict unpacking cannot be used in dict comprehension")
        }
    }
}

/// A number.
pub fn number(cx: &Context, start: u32, end: u32) -> Checked<Node<Expr>> {
    let span = Span { start, end };
    match literal::number(cx.source.slice(span)) {
        Ok(value) => Ok(Node { kind: Expr::Constant(value), span }),
        Err(message) => Err(SyntaxError::new(span, message).into()),
    }
}

/// A string constant.
pub fn string(text: Vec<u8>, span: Span) -> Node<Expr> {
    Node { kind: Expr::Constant(Constant::Str(Rc::from(text))), span }
}
