//! How deep a tree may be.
//!
//! The parser needs no native stack, but whoever walks its tree may. A tree that is deeper than any program a person
//! writes is refused here, as CPython refuses it, so that walkers can rely on the bound. A chain that grows to the
//! left (`a + b + c`, `a.b.c`, `f()()()`) is deep as a tree and yet one loop to walk, so its links count as one level.

use super::ast::{Arguments, Comprehension, Expr, Keyword, Module, Node, Stmt, TypeParam};
use super::error::{SyntaxError, SyntaxErrorKind};
use crate::source::{Source, Span};

/// The deepest tree that is accepted.
pub const MAX_DEPTH: usize = 3000;

/// Something to look at, and how deep it stands.
enum Visit<'t> {
    Stmt(&'t Node<Stmt>, usize),
    Expr(&'t Node<Expr>, usize),
}

/// Gives `module` back, unless it is too deep.
pub fn check(source: &Source, module: Module) -> Result<Module, SyntaxError> {
    // What is nested is written with at least one byte a level.
    if source.text().len() < MAX_DEPTH {
        return Ok(module);
    }
    let mut walk = Walk { waiting: Vec::new() };
    match &module {
        Module::Module(body) | Module::Interactive(body) => walk.stmts(body, 0),
        Module::Expression(expr) => walk.expr(expr, 0),
    }
    match walk.too_deep() {
        None => Ok(module),
        Some(span) => {
            let message = "Parser stack overflowed - Python source too complex to parse";
            Err(SyntaxError { kind: SyntaxErrorKind::MemoryError, ..SyntaxError::new(span, message) })
        }
    }
}

struct Walk<'t> {
    waiting: Vec<Visit<'t>>,
}

impl<'t> Walk<'t> {
    fn too_deep(&mut self) -> Option<Span> {
        while let Some(visit) = self.waiting.pop() {
            match visit {
                Visit::Stmt(stmt, depth) if depth > MAX_DEPTH => return Some(stmt.span),
                Visit::Expr(expr, depth) if depth > MAX_DEPTH => return Some(expr.span),
                Visit::Stmt(stmt, depth) => self.below_stmt(&stmt.kind, depth + 1),
                Visit::Expr(expr, depth) => self.below_expr(&expr.kind, depth),
            }
        }
        None
    }

    fn stmts(&mut self, stmts: &'t [Node<Stmt>], depth: usize) {
        self.waiting.extend(stmts.iter().map(|stmt| Visit::Stmt(stmt, depth)));
    }

    fn expr(&mut self, expr: &'t Node<Expr>, depth: usize) {
        if !matches!(expr.kind, Expr::Name(_) | Expr::Constant(_)) {
            self.waiting.push(Visit::Expr(expr, depth));
        }
    }

    fn exprs(&mut self, exprs: impl IntoIterator<Item = &'t Node<Expr>>, depth: usize) {
        exprs.into_iter().for_each(|expr| self.expr(expr, depth));
    }

    fn boxes(&mut self, exprs: impl IntoIterator<Item = &'t Box<Node<Expr>>>, depth: usize) {
        exprs.into_iter().for_each(|expr| self.expr(expr, depth));
    }

    fn keywords(&mut self, keywords: &'t [Node<Keyword>], depth: usize) {
        self.exprs(keywords.iter().map(|keyword| &keyword.kind.value), depth);
    }

    fn generators(&mut self, generators: &'t [Comprehension], depth: usize) {
        for generator in generators {
            self.exprs([&generator.target, &generator.iter], depth);
            self.exprs(&generator.ifs, depth);
        }
    }

    fn arguments(&mut self, args: &'t Arguments, depth: usize) {
        self.exprs(&args.defaults, depth);
        self.exprs(args.kw_defaults.iter().flatten(), depth);
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        let all = all.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref());
        self.boxes(all.filter_map(|arg| arg.kind.annotation.as_ref()), depth);
    }

    fn type_params(&mut self, params: &'t [Node<TypeParam>], depth: usize) {
        for param in params {
            match &param.kind {
                TypeParam::TypeVar { bound, default, .. } => self.boxes([bound, default].into_iter().flatten(), depth),
                TypeParam::ParamSpec { default, .. } | TypeParam::TypeVarTuple { default, .. } => {
                    self.boxes(default, depth);
                }
            }
        }
    }

    fn below_stmt(&mut self, stmt: &'t Stmt, depth: usize) {
        match stmt {
            Stmt::FunctionDef(function) => {
                self.arguments(&function.args, depth);
                self.type_params(&function.type_params, depth);
                self.exprs(&function.decorators, depth);
                self.boxes(&function.returns, depth);
                self.stmts(&function.body, depth);
            }
            Stmt::ClassDef(class) => {
                self.type_params(&class.type_params, depth);
                self.exprs(&class.bases, depth);
                self.keywords(&class.keywords, depth);
                self.exprs(&class.decorators, depth);
                self.stmts(&class.body, depth);
            }
            Stmt::Return(value) => self.boxes(value, depth),
            Stmt::Delete(targets) => self.exprs(targets, depth),
            Stmt::Assign { targets, value } => {
                self.exprs(targets, depth);
                self.expr(value, depth);
            }
            Stmt::TypeAlias { type_params, value, .. } => {
                self.type_params(type_params, depth);
                self.expr(value, depth);
            }
            Stmt::AugAssign { target, value, .. } => self.boxes([target, value], depth),
            Stmt::AnnAssign { target, annotation, value, .. } => {
                self.boxes([target, annotation], depth);
                self.boxes(value, depth);
            }
            Stmt::For { target, iter, body, orelse, .. } => {
                self.boxes([target, iter], depth);
                self.stmts(body, depth);
                self.stmts(orelse, depth);
            }
            Stmt::While { test, body, orelse } | Stmt::If { test, body, orelse } => {
                self.expr(test, depth);
                self.stmts(body, depth);
                self.stmts(orelse, depth);
            }
            Stmt::With { items, body, .. } => {
                for item in items {
                    self.expr(&item.context, depth);
                    self.exprs(&item.target, depth);
                }
                self.stmts(body, depth);
            }
            Stmt::Match { subject, cases } => {
                self.expr(subject, depth);
                for case in cases {
                    self.boxes(&case.guard, depth);
                    self.stmts(&case.body, depth);
                }
            }
            Stmt::Raise { exc, cause } => self.boxes([exc, cause].into_iter().flatten(), depth),
            Stmt::Try { body, handlers, orelse, finalbody, .. } => {
                self.stmts(body, depth);
                for handler in handlers {
                    self.boxes(&handler.kind.type_, depth);
                    self.stmts(&handler.kind.body, depth);
                }
                self.stmts(orelse, depth);
                self.stmts(finalbody, depth);
            }
            Stmt::Assert { test, msg } => {
                self.expr(test, depth);
                self.boxes(msg, depth);
            }
            Stmt::Expr(value) => self.expr(value, depth),
            Stmt::Import(_)
            | Stmt::ImportFrom { .. }
            | Stmt::Global(_)
            | Stmt::Nonlocal(_)
            | Stmt::Pass
            | Stmt::Break
            | Stmt::Continue => {}
        }
    }

    /// What hangs below `expr`. The left end of a chain stays on its level.
    fn below_expr(&mut self, expr: &'t Expr, depth: usize) {
        let deeper = depth + 1;
        match expr {
            Expr::Name(_) | Expr::Constant(_) => {}
            Expr::BoolOp { values, .. } => self.exprs(values, deeper),
            Expr::NamedExpr { target, value } => self.boxes([target, value], deeper),
            Expr::BinOp { left, right, .. } => {
                self.expr(left, depth);
                self.expr(right, deeper);
            }
            Expr::UnaryOp { operand: value, .. }
            | Expr::Await(value)
            | Expr::YieldFrom(value)
            | Expr::Starred(value) => self.expr(value, deeper),
            Expr::Attribute { value, .. } => self.expr(value, depth),
            Expr::Lambda { args, body } => {
                self.arguments(args, deeper);
                self.expr(body, deeper);
            }
            Expr::IfExp { test, body, orelse } => self.boxes([test, body, orelse], deeper),
            Expr::Dict { keys, values } => {
                self.exprs(keys.iter().flatten(), deeper);
                self.exprs(values, deeper);
            }
            Expr::Set(items)
            | Expr::List(items)
            | Expr::Tuple(items)
            | Expr::JoinedStr(items)
            | Expr::TemplateStr(items) => self.exprs(items, deeper),
            Expr::ListComp { elt, generators }
            | Expr::SetComp { elt, generators }
            | Expr::GeneratorExp { elt, generators } => {
                self.expr(elt, deeper);
                self.generators(generators, deeper);
            }
            Expr::DictComp { key, value, generators } => {
                self.boxes([key, value], deeper);
                self.generators(generators, deeper);
            }
            Expr::Yield(value) => self.boxes(value, deeper),
            Expr::Compare { left, comparators, .. } => {
                self.expr(left, deeper);
                self.exprs(comparators, deeper);
            }
            Expr::Call { func, args, keywords } => {
                self.expr(func, depth);
                self.exprs(args, deeper);
                self.keywords(keywords, deeper);
            }
            Expr::FormattedValue { value, format_spec, .. } | Expr::Interpolation { value, format_spec, .. } => {
                self.expr(value, deeper);
                self.boxes(format_spec, deeper);
            }
            Expr::Subscript { value, slice } => {
                self.expr(value, depth);
                self.expr(slice, deeper);
            }
            Expr::Slice { lower, upper, step } => self.boxes([lower, upper, step].into_iter().flatten(), deeper),
        }
    }
}
