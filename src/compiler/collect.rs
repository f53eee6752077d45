//! The first pass: which names each scope binds and uses, and the rules about names that need no more than that.

use super::dubious::Dubious;
use super::error::{Result, StackGuard, syntax_error};
use super::function::Target;
use super::future;
use super::scope::{Mention, Private, Role, ScopeId, ScopeKind, Scopes, Symbol, Uses, mangle};
use crate::source::{Span, Warning};
use crate::syntax::ast::{self, Expr, Node, Stmt};
use std::rc::Rc;

/// The table of `module`, every name decided, and what is dubious about it.
pub(super) fn scopes_of(module: &ast::Module, target: Target, guard: StackGuard) -> Result<(Scopes, Vec<Warning>)> {
    let mut scopes = Scopes::new(target == Target::Namespace);
    let root = scopes.open(module, Role::Body, ScopeKind::Module, "<module>".into(), None);
    let mut collector = Collector {
        scopes,
        current: root,
        guard,
        conditional: 0,
        forbidden: Vec::new(),
        iterable: 0,
        annotated: None,
        dubious: Dubious::default(),
        futures: 0,
        top_level_await: target.awaits(),
    };
    match module {
        ast::Module::Module(body) | ast::Module::Interactive(body) => {
            collector.futures = future::check(body)?;
            collector.annotated_body(module, body)?;
        }
        ast::Module::Expression(value) => collector.expr(value)?,
    }
    collector.scopes.resolve()?;
    Ok((collector.scopes, collector.dubious.into_warnings()))
}

struct Collector {
    scopes: Scopes,
    current: ScopeId,
    guard: StackGuard,
    /// How many `if`, `for`, `try`, ... of this scope are open.
    conditional: usize,
    /// What the expressions being visited stand in, where `yield`, `await` and `:=` are refused.
    forbidden: Vec<&'static str>,
    /// How many iterables of comprehensions are open.
    iterable: usize,
    /// The scope for the annotations of the module or class body being visited.
    annotated: Option<ScopeId>,
    dubious: Dubious,
    /// Where the `from __future__` imports at the beginning of the file end.
    futures: u32,
    /// May the top of the text await?
    top_level_await: bool,
}

impl Collector {
    fn mangled(&self, name: &Rc<str>) -> Rc<str> {
        mangle(self.scopes.get(self.current).private.as_ref(), name)
    }

    fn symbol(&mut self, name: &Rc<str>) -> &mut Symbol {
        let name = self.mangled(name);
        self.scopes.get_mut(self.current).symbol_mut(&name)
    }

    fn note(&mut self, name: &Rc<str>, uses: Uses) {
        let symbol = self.symbol(name);
        symbol.uses = symbol.uses.with(uses);
    }

    /// Code for `name` is written here.
    fn mention(&mut self, name: &Rc<str>) {
        let (name, frame) = (self.mangled(name), self.scopes.frame(self.current));
        self.scopes.get_mut(frame).mentions.push(Mention::Name(name));
    }

    fn bind(&mut self, name: &Rc<str>, span: Span) -> Result {
        self.define(name, span)?;
        self.mention(name);
        Ok(())
    }

    /// As [`Collector::bind`], where the code that binds the name is not written yet.
    fn define(&mut self, name: &Rc<str>, span: Span) -> Result {
        if &**name == "__debug__" {
            return syntax_error(span, "cannot assign to __debug__");
        }
        self.note(name, Uses::BOUND.with(Uses::ASSIGNED));
        Ok(())
    }

    fn import(&mut self, name: &Rc<str>, span: Span) -> Result {
        if &**name == "__debug__" {
            return syntax_error(span, "cannot assign to __debug__");
        }
        self.note(name, Uses::BOUND);
        self.mention(name);
        Ok(())
    }

    fn kind(&self) -> ScopeKind {
        self.scopes.get(self.current).kind
    }

    /// Visits in a scope of its own what `node` opens.
    fn inside<T>(
        &mut self,
        node: &T,
        role: Role,
        kind: ScopeKind,
        name: Rc<str>,
        visit: impl FnOnce(&mut Self) -> Result,
    ) -> Result {
        let outer = self.current;
        self.current = self.scopes.open(node, role, kind, name, Some(outer));
        let conditional = std::mem::take(&mut self.conditional);
        let annotated = self.annotated.take();
        let place = self.dubious.enter_scope();
        let forbidden = match kind {
            ScopeKind::Comprehension | ScopeKind::Annotations | ScopeKind::Generator => None,
            _ => Some(std::mem::take(&mut self.forbidden)),
        };
        visit(self)?;
        if let Some(forbidden) = forbidden {
            self.forbidden = forbidden;
        }
        self.dubious.leave(place);
        self.annotated = annotated;
        self.conditional = conditional;
        self.current = outer;
        Ok(())
    }

    fn body(&mut self, body: &[Node<Stmt>]) -> Result {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn block(&mut self, body: &[Node<Stmt>]) -> Result {
        self.conditional += 1;
        self.body(body)?;
        self.conditional -= 1;
        Ok(())
    }

    /// The body of a loop.
    fn looping(&mut self, body: &[Node<Stmt>]) -> Result {
        let place = self.dubious.enter_loop();
        self.block(body)?;
        self.dubious.leave(place);
        Ok(())
    }

    /// The body of a module or class, whose annotations are computed by a function of their own.
    fn annotated_body<T>(&mut self, owner: &T, body: &[Node<Stmt>]) -> Result {
        let mut finder = false;
        has_annotations(body, &mut finder);
        if finder {
            let outer = self.current;
            let scope =
                self.scopes.open(owner, Role::Annotations, ScopeKind::Annotations, "__annotate__".into(), Some(outer));
            self.annotated = Some(scope);
            self.current = scope;
            self.annotation_parameter();
            self.current = outer;
        }
        self.body(body)
    }

    fn annotation_parameter(&mut self) {
        self.note(&"format".into(), Uses::PARAMETER.with(Uses::BOUND));
        self.see_the_class();
    }

    /// Names of the class around are looked for in its namespace.
    fn see_the_class(&mut self) {
        if self.scopes.visible_class(self.current).is_some() {
            self.note(&"__classdict__".into(), Uses::USED);
        }
    }

    fn stmt(&mut self, stmt: &Node<Stmt>) -> Result {
        self.guard.check(stmt.span)?;
        match &stmt.kind {
            Stmt::FunctionDef(def) => {
                self.function(def, stmt.span)?;
                self.mention(&def.name);
                Ok(())
            }
            Stmt::ClassDef(def) => {
                self.class(def, stmt.span)?;
                self.mention(&def.name);
                Ok(())
            }
            Stmt::Return(value) => {
                self.dubious.jump(stmt);
                if let Some(value) = value {
                    self.expr(value)?;
                }
                Ok(())
            }
            Stmt::Delete(targets) => targets.iter().try_for_each(|target| self.delete(target)),
            Stmt::Assign { targets, value } => {
                self.expr(value)?;
                targets.iter().try_for_each(|target| self.target(target))
            }
            Stmt::TypeAlias { name, type_params, value } => self.type_alias(stmt, name, type_params, value),
            Stmt::AugAssign { target, value, .. } => {
                self.target(target)?;
                self.expr(value)
            }
            Stmt::AnnAssign { target, annotation, value, simple } => {
                self.annotated_assignment(stmt.span, target, annotation, value.as_deref(), *simple)
            }
            Stmt::For { target, iter, body, orelse, is_async } => {
                self.may_await(*is_async);
                self.expr(iter)?;
                self.target(target)?;
                self.looping(body)?;
                self.block(orelse)
            }
            Stmt::While { test, body, orelse } => {
                self.expr(test)?;
                self.looping(body)?;
                self.block(orelse)
            }
            Stmt::If { test, body, orelse } => {
                self.expr(test)?;
                self.block(body)?;
                self.elif(orelse)
            }
            Stmt::With { items, body, is_async } => {
                self.may_await(*is_async);
                for item in items {
                    self.expr(&item.context)?;
                    if let Some(target) = &item.target {
                        self.target(target)?;
                    }
                }
                self.block(body)
            }
            Stmt::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    if let Some(guard) = &case.guard {
                        self.expr(guard)?;
                    }
                    self.block(&case.body)?;
                }
                Ok(())
            }
            Stmt::Raise { exc, cause } => {
                exc.iter().try_for_each(|exc| self.expr(exc))?;
                cause.iter().try_for_each(|cause| self.expr(cause))
            }
            Stmt::Try { body, handlers, orelse, finalbody, .. } => {
                self.block(body)?;
                for handler in handlers {
                    if let Some(type_) = &handler.kind.type_ {
                        self.expr(type_)?;
                    }
                    if let Some(name) = &handler.kind.name {
                        self.bind(name, handler.span)?;
                        self.note(name, Uses::UNBOUND);
                    }
                    self.block(&handler.kind.body)?;
                }
                self.block(orelse)?;
                let place = self.dubious.enter_finally();
                self.block(finalbody)?;
                self.dubious.leave(place);
                Ok(())
            }
            Stmt::Assert { test, msg } => {
                self.dubious.assertion(stmt.span, test);
                self.expr(test)?;
                msg.iter().try_for_each(|msg| self.expr(msg))
            }
            Stmt::Import(names) => {
                for alias in names {
                    let name = alias.kind.asname.clone().unwrap_or_else(|| {
                        let first = alias.kind.name.split('.').next().unwrap_or_default();
                        first.into()
                    });
                    self.import(&name, alias.span)?;
                }
                Ok(())
            }
            Stmt::ImportFrom { module, names, level } => {
                future::check_place(stmt.span, module.as_deref(), *level, self.futures)?;
                for alias in names {
                    if &*alias.kind.name == "*" {
                        if self.kind() != ScopeKind::Module {
                            return syntax_error(alias.span, "import * only allowed at module level");
                        }
                        continue;
                    }
                    self.import(alias.kind.asname.as_ref().unwrap_or(&alias.kind.name), alias.span)?;
                }
                Ok(())
            }
            Stmt::Global(names) => names.iter().try_for_each(|name| self.declare(name, Uses::GLOBAL, stmt.span)),
            Stmt::Nonlocal(names) => names.iter().try_for_each(|name| self.declare(name, Uses::NONLOCAL, stmt.span)),
            Stmt::Expr(value) => self.expr(value),
            Stmt::Break | Stmt::Continue => {
                self.dubious.jump(stmt);
                Ok(())
            }
            Stmt::Pass => Ok(()),
        }
    }

    /// An `elif` stands alone in the `else` of its `if`; a chain of them is followed without recursion.
    fn elif(&mut self, mut orelse: &[Node<Stmt>]) -> Result {
        while let [Node { kind: Stmt::If { test, body, orelse: next }, .. }] = orelse {
            self.conditional += 1;
            self.expr(test)?;
            self.body(body)?;
            self.conditional -= 1;
            orelse = next;
        }
        self.block(orelse)
    }

    fn declare(&mut self, name: &Rc<str>, how: Uses, span: Span) -> Result {
        let word = if how == Uses::GLOBAL { "global" } else { "nonlocal" };
        if how == Uses::NONLOCAL && self.kind() == ScopeKind::Module {
            return syntax_error(span, "nonlocal declaration not allowed at module level");
        }
        let symbol = self.symbol(name);
        let uses = symbol.uses;
        let message = if uses.has(Uses::PARAMETER) {
            format!("name '{name}' is parameter and {word}")
        } else if uses.any(Uses::GLOBAL.with(Uses::NONLOCAL)) && !uses.has(how) {
            return syntax_error(symbol.declared, format!("name '{name}' is nonlocal and global"));
        } else if uses.has(Uses::USED) {
            format!("name '{name}' is used prior to {word} declaration")
        } else if uses.has(Uses::ANNOTATED) {
            format!("annotated name '{name}' can't be {word}")
        } else if uses.has(Uses::ASSIGNED) {
            format!("name '{name}' is assigned to before {word} declaration")
        } else {
            String::new()
        };
        if !message.is_empty() {
            return syntax_error(span, message);
        }
        symbol.uses = uses.with(how);
        symbol.declared = span;
        Ok(())
    }

    fn annotated_assignment(
        &mut self,
        span: Span,
        target: &Node<Expr>,
        annotation: &Node<Expr>,
        value: Option<&Node<Expr>>,
        simple: bool,
    ) -> Result {
        if let (Expr::Name(name), true) = (&target.kind, simple) {
            let module = self.kind() == ScopeKind::Module;
            let symbol = self.symbol(name);
            if !module && symbol.uses.any(Uses::GLOBAL.with(Uses::NONLOCAL)) {
                let word = if symbol.uses.has(Uses::GLOBAL) { "global" } else { "nonlocal" };
                return syntax_error(span, format!("annotated name '{name}' can't be {word}"));
            }
            if &**name == "__debug__" {
                return syntax_error(target.span, "cannot assign to __debug__");
            }
            self.note(name, Uses::ANNOTATED.with(Uses::BOUND));
            if let (Some(scope), true) = (self.annotated, self.conditional > 0) {
                self.scopes.get_mut(self.current).conditional_annotations = true;
                let outer = std::mem::replace(&mut self.current, scope);
                let module = self.scopes.get(outer).kind == ScopeKind::Module;
                let flag = if module { "__conditional_annotations__" } else { ".conditional_annotations" };
                self.note(&flag.into(), Uses::USED);
                self.current = outer;
            }
        } else if value.is_some() || !matches!(target.kind, Expr::Name(_)) {
            self.target(target)?;
        }
        match self.annotated {
            Some(scope) if simple => {
                let outer = std::mem::replace(&mut self.current, scope);
                self.annotation(annotation)?;
                self.current = outer;
            }
            _ => {
                // Nothing ever computes it, but its mistakes are found all the same.
                let name = "__annotate__".into();
                self.inside(annotation, Role::Annotations, ScopeKind::Annotations, name, |this| {
                    this.annotation(annotation)
                })?;
            }
        }
        match value {
            Some(value) => {
                self.expr(value)?;
                if let Expr::Name(name) = &target.kind {
                    self.mention(name);
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn annotation(&mut self, annotation: &Node<Expr>) -> Result {
        self.forbid("an annotation", annotation)
    }

    fn forbid(&mut self, place: &'static str, e: &Node<Expr>) -> Result {
        self.forbidden.push(place);
        self.expr(e)?;
        self.forbidden.pop();
        Ok(())
    }

    fn function(&mut self, def: &ast::FunctionDef, span: Span) -> Result {
        def.decorators.iter().try_for_each(|decorator| self.expr(decorator))?;
        self.define(&def.name, span)?;
        self.defaults(&def.args)?;
        if def.type_params.is_empty() {
            return self.function_proper(def);
        }
        let name = format!("<generic parameters of {}>", def.name).into();
        self.inside(def, Role::TypeParams, ScopeKind::TypeParams, name, |this| {
            this.see_the_class();
            if !def.args.defaults.is_empty() {
                this.note(&".defaults".into(), Uses::PARAMETER.with(Uses::BOUND));
            }
            if def.args.kw_defaults.iter().any(Option::is_some) {
                this.note(&".kwdefaults".into(), Uses::PARAMETER.with(Uses::BOUND));
            }
            this.type_params(&def.type_params)?;
            this.function_proper(def)
        })
    }

    fn function_proper(&mut self, def: &ast::FunctionDef) -> Result {
        if has_signature_annotations(def) {
            self.inside(def, Role::Annotations, ScopeKind::Annotations, "__annotate__".into(), |this| {
                this.annotation_parameter();
                for arg in parameters(&def.args) {
                    if let Some(annotation) = &arg.kind.annotation {
                        this.annotation(annotation)?;
                    }
                }
                def.returns.iter().try_for_each(|returns| this.annotation(returns))
            })?;
        }
        self.inside(def, Role::Body, ScopeKind::Function, def.name.clone(), |this| {
            this.scopes.get_mut(this.current).coroutine = def.is_async;
            this.parameters(&def.args)?;
            this.body(&def.body)
        })
    }

    fn defaults(&mut self, args: &ast::Arguments) -> Result {
        args.defaults.iter().try_for_each(|default| self.expr(default))?;
        args.kw_defaults.iter().flatten().try_for_each(|default| self.expr(default))
    }

    fn parameters(&mut self, args: &ast::Arguments) -> Result {
        for arg in parameters(args) {
            let name = &arg.kind.name;
            if &**name == "__debug__" {
                return syntax_error(arg.span, "cannot assign to __debug__");
            }
            let symbol = self.symbol(name);
            if symbol.uses.has(Uses::PARAMETER) {
                return syntax_error(arg.span, format!("duplicate argument '{name}' in function definition"));
            }
            symbol.uses = symbol.uses.with(Uses::PARAMETER.with(Uses::BOUND));
        }
        Ok(())
    }

    fn class(&mut self, def: &ast::ClassDef, span: Span) -> Result {
        def.decorators.iter().try_for_each(|decorator| self.expr(decorator))?;
        self.define(&def.name, span)?;
        if def.type_params.is_empty() {
            return self.class_proper(def);
        }
        let name = format!("<generic parameters of {}>", def.name).into();
        self.inside(def, Role::TypeParams, ScopeKind::TypeParams, name, |this| {
            this.see_the_class();
            let only = def.type_params.iter().map(|param| match &param.kind {
                ast::TypeParam::TypeVar { name, .. }
                | ast::TypeParam::ParamSpec { name, .. }
                | ast::TypeParam::TypeVarTuple { name, .. } => name.clone(),
            });
            let private = Private { class: def.name.clone(), only: Some(only.collect()) };
            this.scopes.get_mut(this.current).private = Some(private);
            this.note(&".type_params".into(), Uses::BOUND);
            this.note(&".generic_base".into(), Uses::BOUND);
            this.type_params(&def.type_params)?;
            this.class_proper(def)
        })
    }

    fn class_proper(&mut self, def: &ast::ClassDef) -> Result {
        if def.type_params.is_empty() {
            def.bases.iter().try_for_each(|base| self.expr(base))?;
            self.keywords(&def.keywords)?;
        } else {
            self.forbidden.push("the definition of a generic");
            def.bases.iter().try_for_each(|base| self.expr(base))?;
            self.keywords(&def.keywords)?;
            self.forbidden.pop();
        }
        self.inside(def, Role::Body, ScopeKind::Class, def.name.clone(), |this| {
            let private = Private { class: def.name.clone(), only: None };
            this.scopes.get_mut(this.current).private = Some(private);
            if !def.type_params.is_empty() {
                this.note(&".type_params".into(), Uses::USED);
            }
            this.annotated_body(def, &def.body)
        })
    }

    fn type_params(&mut self, params: &[Node<ast::TypeParam>]) -> Result {
        let mut defaulted = false;
        for (nth, param) in params.iter().enumerate() {
            let (name, bound, default) = match &param.kind {
                ast::TypeParam::TypeVar { name, bound, default } => (name, bound.as_deref(), default.as_deref()),
                ast::TypeParam::ParamSpec { name, default } | ast::TypeParam::TypeVarTuple { name, default } => {
                    (name, None, default.as_deref())
                }
            };
            if defaulted && default.is_none() {
                let message = format!("non-default type parameter '{name}' follows default type parameter");
                return syntax_error(param.span, message);
            }
            defaulted |= default.is_some();
            let symbol = self.symbol(name);
            if symbol.uses.has(Uses::BOUND) {
                return syntax_error(param.span, format!("duplicate type parameter '{name}'"));
            }
            self.bind(name, param.span)?;
            if let Some(bound) = bound {
                let place =
                    if matches!(bound.kind, Expr::Tuple(_)) { "a TypeVar constraint" } else { "a TypeVar bound" };
                self.evaluator(param, Role::Bound(nth as u16), name, place, bound)?;
            }
            if let Some(default) = default {
                let place = match param.kind {
                    ast::TypeParam::TypeVar { .. } => "a TypeVar default",
                    ast::TypeParam::ParamSpec { .. } => "a ParamSpec default",
                    ast::TypeParam::TypeVarTuple { .. } => "a TypeVarTuple default",
                };
                self.evaluator(param, Role::Default(nth as u16), name, place, default)?;
            }
        }
        Ok(())
    }

    /// A hidden function that computes one expression when asked.
    fn evaluator<T>(
        &mut self,
        node: &T,
        role: Role,
        name: &Rc<str>,
        place: &'static str,
        value: &Node<Expr>,
    ) -> Result {
        self.inside(node, role, ScopeKind::Annotations, name.clone(), |this| {
            this.annotation_parameter();
            this.forbid(place, value)
        })
    }

    fn type_alias(
        &mut self,
        stmt: &Node<Stmt>,
        name: &Node<Expr>,
        params: &[Node<ast::TypeParam>],
        value: &Node<Expr>,
    ) -> Result {
        self.target(name)?;
        let Expr::Name(name) = &name.kind else { return Ok(()) };
        if params.is_empty() {
            return self.evaluator(stmt, Role::Body, name, "a type alias", value);
        }
        let hidden = format!("<generic parameters of {name}>").into();
        self.inside(stmt, Role::TypeParams, ScopeKind::TypeParams, hidden, |this| {
            this.see_the_class();
            this.type_params(params)?;
            this.evaluator(stmt, Role::Body, name, "a type alias", value)
        })
    }

    fn delete(&mut self, target: &Node<Expr>) -> Result {
        match &target.kind {
            Expr::Name(name) => {
                if &**name == "__debug__" {
                    return syntax_error(target.span, "cannot delete __debug__");
                }
                self.note(name, Uses::BOUND.with(Uses::ASSIGNED).with(Uses::UNBOUND));
                self.mention(name);
                Ok(())
            }
            Expr::Tuple(items) | Expr::List(items) => items.iter().try_for_each(|item| self.delete(item)),
            Expr::Attribute { attr, .. } if &**attr == "__debug__" => {
                syntax_error(target.span, "cannot delete __debug__")
            }
            _ => self.expr(target),
        }
    }

    fn target(&mut self, target: &Node<Expr>) -> Result {
        self.guard.check(target.span)?;
        match &target.kind {
            Expr::Name(name) => self.bind(name, target.span),
            Expr::Tuple(items) | Expr::List(items) => items.iter().try_for_each(|item| self.target(item)),
            Expr::Starred(inner) => self.target(inner),
            Expr::Attribute { value, attr } => {
                if &**attr == "__debug__" {
                    return syntax_error(target.span, "cannot assign to __debug__");
                }
                self.static_attribute(value, attr);
                self.expr(value)
            }
            Expr::Subscript { value, slice } => {
                self.expr(value)?;
                self.expr(slice)
            }
            _ => self.expr(target),
        }
    }

    /// `self.attr = ...`: the class around remembers it in `__static_attributes__`.
    fn static_attribute(&mut self, value: &Node<Expr>, attr: &Rc<str>) {
        if !matches!(&value.kind, Expr::Name(name) if &**name == "self") {
            return;
        }
        let attr = self.mangled(attr);
        let mut at = Some(self.current);
        while let Some(id) = at {
            let scope = self.scopes.get_mut(id);
            if scope.kind == ScopeKind::Class {
                if id != self.current && !scope.attributes.contains(&attr) {
                    scope.attributes.push(attr);
                }
                return;
            }
            at = scope.parent;
        }
    }

    fn pattern(&mut self, pattern: &Node<ast::Pattern>) -> Result {
        self.guard.check(pattern.span)?;
        match &pattern.kind {
            ast::Pattern::Value(value) => self.expr(value),
            ast::Pattern::Singleton(_) => Ok(()),
            ast::Pattern::Sequence(patterns) | ast::Pattern::Or(patterns) => {
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))
            }
            ast::Pattern::Mapping { keys, patterns, rest } => {
                keys.iter().try_for_each(|key| self.expr(key))?;
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))?;
                rest.iter().try_for_each(|rest| self.bind(rest, pattern.span))
            }
            ast::Pattern::Class { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.expr(cls)?;
                let mut named = kwd_attrs.iter().zip(kwd_patterns);
                if let Some((_, pattern)) = named.find(|(attr, _)| &***attr == "__debug__") {
                    return syntax_error(pattern.span, "cannot assign to __debug__");
                }
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))?;
                kwd_patterns.iter().try_for_each(|pattern| self.pattern(pattern))
            }
            ast::Pattern::Star(name) => name.iter().try_for_each(|name| self.bind(name, pattern.span)),
            ast::Pattern::As { pattern: inner, name } => {
                inner.iter().try_for_each(|inner| self.pattern(inner))?;
                name.iter().try_for_each(|name| self.bind(name, pattern.span))
            }
        }
    }

    fn expr(&mut self, e: &Node<Expr>) -> Result {
        self.guard.check(e.span)?;
        match &e.kind {
            Expr::Name(name) => {
                self.note(name, Uses::USED);
                self.mention(name);
                if &**name == "super" && !matches!(self.kind(), ScopeKind::Module | ScopeKind::Class) {
                    self.note(&"__class__".into(), Uses::USED);
                }
                Ok(())
            }
            Expr::Constant(_) => Ok(()),
            Expr::BoolOp { values, .. } => values.iter().try_for_each(|value| self.expr(value)),
            Expr::NamedExpr { target, value } => self.walrus(e.span, target, value),
            Expr::BinOp { .. } => self.chain(e),
            Expr::UnaryOp { operand, .. } => self.expr(operand),
            Expr::Lambda { args, body } => {
                self.defaults(args)?;
                self.inside(e, Role::Body, ScopeKind::Function, "<lambda>".into(), |this| {
                    this.parameters(args)?;
                    this.expr(body)
                })
            }
            Expr::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)
            }
            Expr::Dict { keys, values } => {
                for (key, value) in keys.iter().zip(values) {
                    if let Some(key) = key {
                        self.expr(key)?;
                    }
                    self.expr(value)?;
                }
                Ok(())
            }
            Expr::Set(items)
            | Expr::List(items)
            | Expr::Tuple(items)
            | Expr::JoinedStr(items)
            | Expr::TemplateStr(items) => items.iter().try_for_each(|item| self.expr(item)),
            Expr::ListComp { elt, generators } => self.comprehension(e, "<listcomp>", generators, &[elt]),
            Expr::SetComp { elt, generators } => self.comprehension(e, "<setcomp>", generators, &[elt]),
            Expr::DictComp { key, value, generators } => self.comprehension(e, "<dictcomp>", generators, &[key, value]),
            Expr::GeneratorExp { elt, generators } => self.comprehension(e, "<genexpr>", generators, &[elt]),
            Expr::Await(value) => {
                self.refuse(e.span, "await expression")?;
                self.awaits(e.span)?;
                self.expr(value)
            }
            Expr::Yield(value) => {
                self.yields(e.span, "yield")?;
                value.iter().try_for_each(|value| self.expr(value))
            }
            Expr::YieldFrom(value) => {
                self.yields(e.span, "yield from")?;
                if self.scopes.get(self.current).coroutine {
                    return syntax_error(e.span, "'yield from' inside async function");
                }
                self.expr(value)
            }
            Expr::Compare { left, ops, comparators } => {
                self.dubious.comparison(e.span, left, ops, comparators);
                self.expr(left)?;
                comparators.iter().try_for_each(|item| self.expr(item))
            }
            Expr::Call { .. } | Expr::Attribute { .. } | Expr::Subscript { .. } => self.primary(e),
            Expr::FormattedValue { value, format_spec, .. } | Expr::Interpolation { value, format_spec, .. } => {
                self.expr(value)?;
                format_spec.iter().try_for_each(|spec| self.expr(spec))
            }
            Expr::Starred(value) => self.expr(value),
            Expr::Slice { lower, upper, step } => {
                for part in [lower, upper, step].into_iter().flatten() {
                    self.expr(part)?;
                }
                Ok(())
            }
        }
    }

    /// `a + b + c ...` leans to the left: followed without recursion, because programs write long ones.
    fn chain(&mut self, e: &Node<Expr>) -> Result {
        let mut rights = Vec::new();
        let mut at = e;
        while let Expr::BinOp { left, right, .. } = &at.kind {
            rights.push(&**right);
            at = left;
        }
        self.expr(at)?;
        rights.into_iter().rev().try_for_each(|right| self.expr(right))
    }

    /// `a.b(c).d[e] ...`: likewise.
    fn primary(&mut self, e: &Node<Expr>) -> Result {
        let mut links = Vec::new();
        let mut at = e;
        while let Expr::Call { func: inner, .. }
        | Expr::Attribute { value: inner, .. }
        | Expr::Subscript { value: inner, .. } = &at.kind
        {
            links.push(at);
            at = inner;
        }
        self.expr(at)?;
        for link in links.into_iter().rev() {
            match &link.kind {
                Expr::Call { func, args, keywords } => {
                    self.dubious.call(func);
                    args.iter().try_for_each(|arg| self.expr(arg))?;
                    self.keywords(keywords)?;
                }
                Expr::Subscript { value, slice } => {
                    self.dubious.subscript(link.span, value, slice);
                    self.expr(slice)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn keywords(&mut self, keywords: &[Node<ast::Keyword>]) -> Result {
        for keyword in keywords {
            if keyword.kind.arg.as_deref() == Some("__debug__") {
                return syntax_error(keyword.span, "cannot assign to __debug__");
            }
            self.expr(&keyword.kind.value)?;
        }
        Ok(())
    }

    fn refuse(&self, span: Span, what: &str) -> Result {
        match self.forbidden.last() {
            Some(place) => syntax_error(span, format!("{what} cannot be used within {place}")),
            None => Ok(()),
        }
    }

    fn yields(&mut self, span: Span, word: &str) -> Result {
        self.refuse(span, "yield expression")?;
        let scope = self.scopes.get(self.current);
        match scope.kind {
            ScopeKind::Function => {
                self.scopes.get_mut(self.current).generator = true;
                Ok(())
            }
            ScopeKind::Comprehension | ScopeKind::Generator => {
                let what = match &*scope.name {
                    "<listcomp>" => "list comprehension",
                    "<setcomp>" => "set comprehension",
                    "<dictcomp>" => "dict comprehension",
                    _ => "generator expression",
                };
                syntax_error(span, format!("'yield' inside {what}"))
            }
            _ => syntax_error(span, format!("'{word}' outside function")),
        }
    }

    /// An asynchronous statement at the top of what was typed at the prompt makes a coroutine of it.
    fn may_await(&mut self, is_async: bool) {
        let scope = self.scopes.get_mut(self.current);
        if is_async && self.top_level_await && scope.kind == ScopeKind::Module {
            scope.coroutine = true;
        }
    }

    fn awaits(&mut self, span: Span) -> Result {
        let scope = self.scopes.get_mut(self.current);
        match scope.kind {
            ScopeKind::Comprehension | ScopeKind::Generator => scope.coroutine = true,
            ScopeKind::Function if scope.coroutine => {}
            ScopeKind::Module if self.top_level_await => scope.coroutine = true,
            ScopeKind::Function => return syntax_error(span, "'await' outside async function"),
            _ => return syntax_error(span, "'await' outside function"),
        }
        Ok(())
    }

    fn walrus(&mut self, span: Span, target: &Node<Expr>, value: &Node<Expr>) -> Result {
        self.refuse(span, "named expression")?;
        if self.iterable > 0 {
            return syntax_error(span, "assignment expression cannot be used in a comprehension iterable expression");
        }
        if let Expr::Name(name) = &target.kind {
            self.bind_from_comprehension(name, target.span)?;
        }
        self.expr(value)?;
        if let Expr::Name(name) = &target.kind {
            self.mention(name);
        }
        Ok(())
    }

    /// `name := ...` binds in the function around the comprehensions it stands in.
    fn bind_from_comprehension(&mut self, name: &Rc<str>, span: Span) -> Result {
        if &**name == "__debug__" {
            return syntax_error(span, "cannot assign to __debug__");
        }
        let written = name;
        let name = self.mangled(name);
        let mut inside = Vec::new();
        let mut at = self.current;
        loop {
            let scope = self.scopes.get_mut(at);
            match scope.kind {
                ScopeKind::Comprehension | ScopeKind::Generator => {
                    if scope.symbol(&name).is_some_and(|symbol| symbol.uses.has(Uses::ITERATION)) {
                        let message =
                            format!("assignment expression cannot rebind comprehension iteration variable '{written}'");
                        return syntax_error(span, message);
                    }
                    inside.push(at);
                    at = scope.parent.expect("a comprehension stands inside a scope");
                }
                ScopeKind::Class if !inside.is_empty() => {
                    let message = "assignment expression within a comprehension cannot be used in a class body";
                    return syntax_error(span, message);
                }
                ScopeKind::TypeParams | ScopeKind::Annotations if !inside.is_empty() => {
                    let message = "assignment expression within a comprehension cannot be used within an annotation";
                    return syntax_error(span, message);
                }
                _ => break,
            }
        }
        let module = self.scopes.get(at).kind == ScopeKind::Module;
        let symbol = self.scopes.get_mut(at).symbol_mut(&name);
        symbol.uses = symbol.uses.with(Uses::BOUND.with(Uses::ASSIGNED).with(Uses::WALRUS));
        let how = if module || symbol.uses.has(Uses::GLOBAL) { Uses::GLOBAL } else { Uses::NONLOCAL };
        for scope in inside {
            let symbol = self.scopes.get_mut(scope).symbol_mut(&name);
            symbol.uses = symbol.uses.with(how.with(Uses::WALRUS));
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        e: &Node<Expr>,
        name: &str,
        generators: &[ast::Comprehension],
        elements: &[&Node<Expr>],
    ) -> Result {
        let Some((first, rest)) = generators.split_first() else { return Ok(()) };
        self.iterable += 1;
        self.expr(&first.iter)?;
        self.iterable -= 1;
        let generator = matches!(e.kind, Expr::GeneratorExp { .. });
        let kind = if generator { ScopeKind::Generator } else { ScopeKind::Comprehension };
        let mut asynchronous = false;
        self.inside(e, Role::Body, kind, name.into(), |this| {
            if generator {
                this.note(&".0".into(), Uses::PARAMETER.with(Uses::BOUND));
                this.scopes.get_mut(this.current).generator = true;
            } else {
                let (comprehension, frame) = (this.current, this.scopes.frame(this.current));
                this.scopes.get_mut(frame).mentions.push(Mention::Comprehension(comprehension));
            }
            this.scopes.get_mut(this.current).coroutine = generators.iter().any(|part| part.is_async);
            this.iteration_target(&first.target)?;
            first.ifs.iter().try_for_each(|test| this.expr(test))?;
            for part in rest {
                this.iteration_target(&part.target)?;
                this.iterable += 1;
                this.expr(&part.iter)?;
                this.iterable -= 1;
                part.ifs.iter().try_for_each(|test| this.expr(test))?;
            }
            elements.iter().try_for_each(|element| this.expr(element))?;
            asynchronous = this.scopes.get(this.current).coroutine;
            Ok(())
        })?;
        if !asynchronous || generator {
            return Ok(());
        }
        let around = self.scopes.get_mut(self.current);
        match around.kind {
            ScopeKind::Comprehension | ScopeKind::Generator => around.coroutine = true,
            ScopeKind::Function if around.coroutine => {}
            ScopeKind::Module if self.top_level_await => around.coroutine = true,
            _ => {
                return syntax_error(e.span, "asynchronous comprehension outside of an asynchronous function");
            }
        }
        Ok(())
    }

    fn iteration_target(&mut self, target: &Node<Expr>) -> Result {
        self.target(target)?;
        self.mark_iteration(target)
    }

    fn mark_iteration(&mut self, target: &Node<Expr>) -> Result {
        match &target.kind {
            Expr::Name(name) => {
                let symbol = self.symbol(name);
                if symbol.uses.has(Uses::WALRUS) {
                    let message =
                        format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                    return syntax_error(target.span, message);
                }
                self.note(name, Uses::ITERATION);
                Ok(())
            }
            Expr::Tuple(items) | Expr::List(items) => items.iter().try_for_each(|item| self.mark_iteration(item)),
            Expr::Starred(inner) => self.mark_iteration(inner),
            _ => Ok(()),
        }
    }
}

/// All parameters in the order of their registers.
pub(super) fn parameters(args: &ast::Arguments) -> impl Iterator<Item = &Node<ast::Arg>> {
    let named = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
    named.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref())
}

/// Does the signature carry annotations?
pub(super) fn has_signature_annotations(def: &ast::FunctionDef) -> bool {
    def.returns.is_some() || parameters(&def.args).any(|arg| arg.kind.annotation.is_some())
}

/// Sets `found` if the body annotates a simple name, in a block of any depth.
fn has_annotations(body: &[Node<Stmt>], found: &mut bool) {
    for_each_annotation(body, &mut |_, _, _| *found = true);
}

/// Calls `visit` with every annotated simple name of a body, in order, with its annotation, and whether it stands in a
/// block that may not run.
pub(super) fn for_each_annotation<'a>(
    body: &'a [Node<Stmt>],
    visit: &mut dyn FnMut(&'a Rc<str>, &'a Node<Expr>, bool),
) {
    for_each_statement(body, &mut |stmt, conditional| {
        if let Stmt::AnnAssign { target, annotation, simple: true, .. } = &stmt.kind
            && let Expr::Name(name) = &target.kind
        {
            visit(name, annotation, conditional);
        }
    });
}

/// Does something in the body of a class look for names among those of the class, though it has a scope of its own: a
/// function, an annotation, type parameters?
pub(super) fn sees_the_class(body: &[Node<Stmt>]) -> bool {
    let mut found = false;
    for_each_statement(body, &mut |stmt, _| {
        found |= match &stmt.kind {
            Stmt::FunctionDef(_) | Stmt::TypeAlias { .. } | Stmt::AnnAssign { simple: true, .. } => true,
            Stmt::ClassDef(def) => !def.type_params.is_empty(),
            _ => false,
        };
    });
    found
}

/// Calls `visit` with every statement of a body, in order, and whether it stands in a block that may not run.
fn for_each_statement<'a>(body: &'a [Node<Stmt>], visit: &mut dyn FnMut(&'a Node<Stmt>, bool)) {
    // The blocks still to look at, the next one last.
    let mut waiting: Vec<(std::slice::Iter<'a, Node<Stmt>>, bool)> = vec![(body.iter(), false)];
    while let Some((block, conditional)) = waiting.last_mut() {
        let conditional = *conditional;
        let Some(stmt) = block.next() else {
            waiting.pop();
            continue;
        };
        visit(stmt, conditional);
        let mut blocks: Vec<&'a [Node<Stmt>]> = Vec::new();
        match &stmt.kind {
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } | Stmt::If { body, orelse, .. } => {
                blocks.extend([&body[..], &orelse[..]]);
            }
            Stmt::With { body, .. } => blocks.push(body),
            Stmt::Match { cases, .. } => blocks.extend(cases.iter().map(|case| &case.body[..])),
            Stmt::Try { body, handlers, orelse, finalbody, .. } => {
                blocks.push(body);
                blocks.extend(handlers.iter().map(|handler| &handler.kind.body[..]));
                blocks.extend([&orelse[..], &finalbody[..]]);
            }
            _ => {}
        }
        waiting.extend(blocks.into_iter().rev().map(|block| (block.iter(), true)));
    }
}
