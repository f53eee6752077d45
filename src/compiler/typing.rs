//! Annotations, computed when asked for by hidden functions (PEP 649), type parameters and `type` statements (PEP 695).

use super::assembler::op;
use super::collect::for_each_annotation;
use super::error::Result;
use super::function::{Compiler, Finish};
use super::scope::{Place, Role, ScopeId, ScopeKind};
use crate::bytecode::{Code, Common, Constant, Flags, Parameters, Reg};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, Node, Stmt, TypeParam};
use std::rc::Rc;

/// Called with this format, which only `annotationlib` knows, the function of a signature, class or module gives its
/// annotations as they are written.
const TEXTS: i16 = 0x5450;

impl<'a> Compiler<'a> {
    /// Code of a hidden function that computes something about types when called with a format number.
    fn evaluator_code(
        &mut self,
        scope: ScopeId,
        name: &str,
        span: Span,
        first_line: u32,
        texts: &[(Rc<str>, &'a Node<Expr>)],
        write: impl FnOnce(&mut Self) -> Result,
    ) -> Result<Rc<Code>> {
        let finish = Finish {
            name: name.into(),
            first_line,
            span,
            parameters: Parameters { posonly: 1, positional: 1, ..Parameters::default() },
            ..Finish::default()
        };
        self.code_of(scope, finish, |this| {
            // Only the formats VALUE and VALUE_WITH_FAKE_GLOBALS are computed here.
            let known = this.function.code.label();
            let test = op!(JumpNotGtI { left: Reg(0), value: 2, target: 0 });
            this.function.code.branch(span, test, 0, known);
            if !texts.is_empty() {
                let refused = this.function.code.label();
                let test = op!(JumpNotGtI { left: Reg(0), value: TEXTS - 1, target: 0 });
                this.function.code.branch(span, test, 0, refused);
                this.return_texts(span, texts);
                this.function.code.place(refused);
            }
            let exc = this.function.registers.temporary();
            this.emit(span, op!(LoadCommon { dst: exc, which: Common::NotImplementedError as u16 }));
            this.emit(span, op!(Raise { exc }));
            this.function.code.place(known);
            if this.annotations_are_texts && !texts.is_empty() {
                this.return_texts(span, texts);
                return Ok(());
            }
            this.look_into_the_class(span, scope);
            write(this)
        })
    }

    /// From here on register 0 is the namespace of the class around, if there is one: `LoadName` looks there.
    fn look_into_the_class(&mut self, span: Span, scope: ScopeId) {
        if let Place::Free(index) = self.scopes.place(scope, "__classdict__") {
            self.emit(span, op!(LoadFree { dst: Reg(0), index }));
        }
    }

    /// Return a dict of the annotations as they are written.
    fn return_texts(&mut self, span: Span, texts: &[(Rc<str>, &'a Node<Expr>)]) {
        let mark = self.function.registers.mark();
        let dict = self.function.registers.temporary();
        self.emit(span, op!(BuildMap { dst: dict, window: dict, count: 0 }));
        for (name, annotation) in texts {
            let key = self.function.registers.temporary();
            self.load_constant(span, key, Constant::Str(name.as_bytes().into()));
            let value = self.function.registers.temporary();
            let text = self.annotation_text(annotation);
            self.load_constant(span, value, Constant::Str(text.as_bytes().into()));
            self.emit(span, op!(MapAdd { dict, key, value }));
            self.function.registers.truncate(key);
        }
        self.emit_return(span, Some(dict));
        self.function.registers.release(mark);
    }

    /// An annotation as it is written, on one line.
    fn annotation_text(&self, annotation: &Node<Expr>) -> String {
        match &annotation.kind {
            Expr::Constant(ast::Constant::Str(text)) => crate::text::escape::repr_str(text),
            _ => {
                let written = self.source.slice(annotation.span);
                written.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// `dst = ` the function that computes the annotations of a signature.
    pub fn signature_annotations(
        &mut self,
        dst: Reg,
        def: &'a ast::FunctionDef,
        span: Span,
        first_line: u32,
    ) -> Result {
        let scope = self.scopes.of(def, Role::Annotations);
        let mut entries: Vec<(Rc<str>, &'a Node<Expr>)> = Vec::new();
        // In the order they are written: `*args` before what can only be given by keyword.
        let positional = def.args.posonlyargs.iter().chain(&def.args.args);
        let args = positional.chain(def.args.vararg.as_deref()).chain(&def.args.kwonlyargs);
        for arg in args.chain(def.args.kwarg.as_deref()) {
            if let Some(annotation) = &arg.kind.annotation {
                entries.push((self.mangled(&arg.kind.name), annotation));
            }
        }
        if let Some(returns) = &def.returns {
            entries.push(("return".into(), returns));
        }
        let code = self.evaluator_code(scope, "__annotate__", span, first_line, &entries, |this| {
            let dict = this.function.registers.temporary();
            this.emit(span, op!(BuildMap { dst: dict, window: dict, count: 0 }));
            for (name, annotation) in &entries {
                this.annotation_entry(dict, name, annotation)?;
            }
            this.emit_return(span, Some(dict));
            Ok(())
        })?;
        self.make_function(span, dst, code, dst, Flags::NONE);
        Ok(())
    }

    /// `dict[name] = annotation`
    fn annotation_entry(&mut self, dict: Reg, name: &Rc<str>, annotation: &'a Node<Expr>) -> Result {
        let span = annotation.span;
        let mark = self.function.registers.mark();
        let key = self.function.registers.temporary();
        self.load_constant(span, key, Constant::Str(name.as_bytes().into()));
        let value = match &annotation.kind {
            // `*args: *Ts`
            Expr::Starred(inner) => {
                let src = self.expr(inner)?;
                let value = self.function.registers.temporary();
                self.emit(span, op!(UnpackSequence { src, window: value, count: 1 }));
                value
            }
            _ => self.expr(annotation)?,
        };
        self.emit(span, op!(MapAdd { dict, key, value }));
        self.function.registers.release(mark);
        Ok(())
    }

    /// The annotations of a module: its `__annotate__`.
    pub fn module_annotations(&mut self, module: &'a ast::Module, body: &'a [Node<Stmt>]) -> Result {
        let Some(scope) = self.scopes.find(module, Role::Annotations) else { return Ok(()) };
        let mark = self.function.registers.mark();
        let value = self.function.registers.temporary();
        let span = Span::default();
        self.number_annotations(body);
        if self.scopes.get(self.function.frame).conditional_annotations {
            self.emit(span, op!(BuildSet { dst: value, window: value, count: 0 }));
            self.store_name(span, &"__conditional_annotations__".into(), value, false);
        }
        self.annotations_function(value, scope, body, span, 1)?;
        self.store_name(span, &"__annotate__".into(), value, false);
        self.function.registers.release(mark);
        Ok(())
    }

    /// Before the body of a class: room to note which of its conditional annotations were reached.
    pub fn class_annotation_flags(&mut self, def: &'a ast::ClassDef, span: Span) {
        self.number_annotations(&def.body);
        let scope = self.scopes.of(def, Role::Body);
        if let Some(cell) = self.scopes.class_cell(scope, ".conditional_annotations") {
            let mark = self.function.registers.mark();
            let set = self.function.registers.temporary();
            self.emit(span, op!(BuildSet { dst: set, window: set, count: 0 }));
            self.emit(span, op!(StoreCell { cell, src: set }));
            self.function.registers.release(mark);
        }
    }

    /// After the body of a class: its `__annotate_func__`.
    pub fn class_annotations(&mut self, def: &'a ast::ClassDef, span: Span) -> Result {
        let Some(scope) = self.scopes.find(def, Role::Annotations) else { return Ok(()) };
        let mark = self.function.registers.mark();
        let value = self.function.registers.temporary();
        let first_line = self.source.place(span.start).line;
        self.annotations_function(value, scope, &def.body, span, first_line)?;
        let name = self.function.code.name("__annotate_func__");
        self.emit(span, op!(StoreName { name, src: value }));
        self.function.registers.release(mark);
        Ok(())
    }

    /// Gives every conditional annotation of a body its number.
    fn number_annotations(&mut self, body: &'a [Node<Stmt>]) {
        let mut count = 0;
        for_each_annotation(body, &mut |_, annotation, conditional| {
            if conditional {
                self.conditional_annotations.insert(std::ptr::from_ref(annotation) as usize, count);
                count += 1;
            }
        });
    }

    fn annotations_function(
        &mut self,
        dst: Reg,
        scope: ScopeId,
        body: &'a [Node<Stmt>],
        span: Span,
        first_line: u32,
    ) -> Result {
        let mut entries = Vec::new();
        for_each_annotation(body, &mut |name, annotation, _| entries.push((self.mangled(name), annotation)));
        let module = self.scopes.get(self.function.frame).kind == ScopeKind::Module;
        let code = self.evaluator_code(scope, "__annotate__", span, first_line, &entries, |this| {
            let dict = this.function.registers.temporary();
            this.emit(span, op!(BuildMap { dst: dict, window: dict, count: 0 }));
            for (name, annotation) in &entries {
                let skip = this.function.code.label();
                let number = this.conditional_annotations.get(&(std::ptr::from_ref(*annotation) as usize)).copied();
                if let Some(number) = number {
                    let mark = this.function.registers.mark();
                    let index = this.function.registers.temporary();
                    this.load_constant(annotation.span, index, Constant::Int(number));
                    let reached = this.function.registers.temporary();
                    this.load_name(annotation.span, reached, &reached_set(module));
                    this.emit(annotation.span, op!(In { dst: index, left: index, right: reached }));
                    this.branch_on(annotation.span, index, false, 0, skip);
                    this.function.registers.release(mark);
                }
                this.annotation_entry(dict, name, annotation)?;
                this.function.code.place(skip);
            }
            this.emit_return(span, Some(dict));
            Ok(())
        })?;
        self.make_function(span, dst, code, dst, Flags::NONE);
        Ok(())
    }

    /// A conditional annotation of a module or class has been reached.
    pub fn note_conditional_annotation(&mut self, target: &'a Node<Expr>, annotation: &'a Node<Expr>) {
        let Some(number) = self.conditional_annotations.get(&(std::ptr::from_ref(annotation) as usize)).copied() else {
            return;
        };
        let span = target.span;
        let mark = self.function.registers.mark();
        let set = self.function.registers.temporary();
        match self.scopes.get(self.function.frame).kind {
            ScopeKind::Class => {
                let Some(cell) = self.scopes.class_cell(self.function.frame, ".conditional_annotations") else {
                    return;
                };
                self.emit(span, op!(LoadCell { dst: set, cell }));
            }
            _ => self.load_name(span, set, &reached_set(true)),
        }
        let value = self.function.registers.temporary();
        self.load_constant(span, value, Constant::Int(number));
        self.emit(span, op!(SetAdd { set, value }));
        self.emit(span, op!(Unbind { reg: set }));
        self.function.registers.release(mark);
    }

    /// `def name[params](...)`: a hidden function makes the parameters and then the function.
    pub fn generic_function(&mut self, dst: Reg, def: &'a ast::FunctionDef, span: Span, first_line: u32) -> Result {
        let mark = self.function.registers.mark();
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        let count = !def.args.defaults.is_empty() as u16 + def.args.kw_defaults.iter().any(Option::is_some) as u16;
        let scope = self.scopes.of(def, Role::TypeParams);
        // Where names of the class around are seen, the first register is for them, and nothing is passed there.
        let first = self.scopes.visible_class(scope).is_some() as u16;
        let finish = Finish {
            name: format!("<generic parameters of {}>", def.name).into(),
            first_line,
            span,
            parameters: Parameters { posonly: first + count, positional: first + count, ..Parameters::default() },
            ..Finish::default()
        };
        let code = self.code_of(scope, finish, |this| {
            this.look_into_the_class(span, scope);
            let params = this.function.registers.temporary();
            this.type_params(params, &def.type_params, span)?;
            let made = this.function.registers.temporary();
            let window = this.function.registers.window(count as usize);
            let mut flags = Flags::NONE;
            for nth in 0..count {
                this.emit(span, op!(Move { dst: window.plus(nth as usize), src: Reg(first + nth) }));
            }
            if !def.args.defaults.is_empty() {
                flags = flags.with(Flags::DEFAULTS);
            }
            if count > flags.has(Flags::DEFAULTS) as u16 {
                flags = flags.with(Flags::KW_DEFAULTS);
            }
            this.function_object(made, def, span, first_line, (window, flags))?;
            let name = this.function.code.site("__type_params__");
            this.function.code.emit_keeping(span, op!(SetAttr { obj: made, value: params, name }), 1);
            this.emit_return(span, Some(made));
            Ok(())
        })?;
        self.make_function(span, window, code, window, Flags::NONE);
        if first == 1 {
            let nothing = self.function.registers.temporary();
            self.emit(span, op!(LoadNone { dst: nothing }));
        }
        self.default_operands(span, &def.args)?;
        self.call_window(span, (first + count) as usize, window, dst);
        self.function.registers.release(mark);
        Ok(())
    }

    /// `class name[params](...)`
    pub fn generic_class(&mut self, dst: Reg, def: &'a ast::ClassDef, span: Span, first_line: u32) -> Result {
        let mark = self.function.registers.mark();
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        let name = format!("<generic parameters of {}>", def.name).into();
        let finish = Finish { name, first_line, span, ..Finish::default() };
        let scope = self.scopes.of(def, Role::TypeParams);
        let code = self.code_of(scope, finish, |this| {
            this.look_into_the_class(span, scope);
            let generic = this.function.registers.temporary();
            this.load_prelude(span, generic, "subscript_generic");
            let params = this.function.registers.temporary();
            this.type_params(params, &def.type_params, span)?;
            this.store_name(span, &".type_params".into(), params, true);
            this.call_window(span, 1, generic, generic);
            this.function.registers.truncate(generic.plus(1));
            let made = this.function.registers.temporary();
            this.class_object(made, def, span, first_line, Some(generic))?;
            this.emit_return(span, Some(made));
            Ok(())
        })?;
        self.make_function(span, window, code, window, Flags::NONE);
        self.call_window(span, 0, window, dst);
        self.function.registers.release(mark);
        Ok(())
    }

    /// `dst = ` the tuple of type parameters, each also bound to its name.
    fn type_params(&mut self, dst: Reg, params: &'a [Node<TypeParam>], span: Span) -> Result {
        let mark = self.function.registers.mark();
        let window = self.function.registers.next();
        for (nth, param) in params.iter().enumerate() {
            let slot = self.function.registers.temporary();
            let (prelude, name, bound, default) = match &param.kind {
                TypeParam::TypeVar { name, bound, default } => ("make_typevar", name, Some(bound), default),
                TypeParam::ParamSpec { name, default } => ("make_paramspec", name, None, default),
                TypeParam::TypeVarTuple { name, default } => ("make_typevartuple", name, None, default),
            };
            self.load_prelude(param.span, slot, prelude);
            let text = self.function.registers.temporary();
            self.load_constant(param.span, text, Constant::Str(name.as_bytes().into()));
            let mut argc = 2;
            if let Some(bound) = bound {
                // A tuple says what the variable may be, anything else what it must derive from.
                let constraints = bound.as_deref().is_some_and(|bound| matches!(bound.kind, Expr::Tuple(_)));
                let plain = bound.as_deref().filter(|_| !constraints);
                self.type_evaluator(param, Role::Bound(nth as u16), name, plain)?;
                self.type_evaluator(param, Role::Bound(nth as u16), name, bound.as_deref().filter(|_| constraints))?;
                argc = 4;
            }
            self.type_evaluator(param, Role::Default(nth as u16), name, default.as_deref())?;
            self.call_window(param.span, argc, slot, slot);
            self.function.registers.truncate(slot.plus(1));
            self.store_name(param.span, name, slot, true);
        }
        self.emit(span, op!(BuildTuple { dst, window, count: params.len() as u16 }));
        self.function.registers.release(mark);
        Ok(())
    }

    /// The next temporary `= ` a function that computes `value`, or `None`.
    fn type_evaluator(
        &mut self,
        param: &'a Node<TypeParam>,
        role: Role,
        name: &str,
        value: Option<&'a Node<Expr>>,
    ) -> Result {
        let slot = self.function.registers.temporary();
        let Some(value) = value else {
            self.emit(param.span, op!(LoadNone { dst: slot }));
            return Ok(());
        };
        let scope = self.scopes.of(param, role);
        self.lazy_value(slot, scope, name, param.span, value)
    }

    /// `dst = ` a function that computes `value` when asked.
    fn lazy_value(&mut self, dst: Reg, scope: ScopeId, name: &str, span: Span, value: &'a Node<Expr>) -> Result {
        let first_line = self.source.place(span.start).line;
        let code = self.evaluator_code(scope, name, span, first_line, &[], |this| {
            let result = match &value.kind {
                // `*Ts = *tuple[...]`
                Expr::Starred(inner) => {
                    let src = this.expr(inner)?;
                    let item = this.function.registers.temporary();
                    this.emit(span, op!(UnpackSequence { src, window: item, count: 1 }));
                    item
                }
                _ => this.expr(value)?,
            };
            this.emit_return(span, Some(result));
            Ok(())
        })?;
        self.make_function(span, dst, code, dst, Flags::NONE);
        Ok(())
    }

    /// `type name[params] = value`
    pub fn type_alias(
        &mut self,
        stmt: &'a Node<Stmt>,
        name: &'a Node<Expr>,
        params: &'a [Node<TypeParam>],
        value: &'a Node<Expr>,
    ) -> Result {
        let Expr::Name(text) = &name.kind else { return Ok(()) };
        let span = stmt.span;
        let window = self.function.registers.temporary();
        if params.is_empty() {
            self.type_alias_object(window, stmt, text, params, value)?;
        } else {
            let first_line = self.source.place(span.start).line;
            let hidden = format!("<generic parameters of {text}>").into();
            let finish = Finish { name: hidden, first_line, span, ..Finish::default() };
            let scope = self.scopes.of(stmt, Role::TypeParams);
            let code = self.code_of(scope, finish, |this| {
                this.look_into_the_class(span, scope);
                let made = this.function.registers.temporary();
                this.type_alias_object(made, stmt, text, params, value)?;
                this.emit_return(span, Some(made));
                Ok(())
            })?;
            self.make_function(span, window, code, window, Flags::NONE);
            self.call_window(span, 0, window, window);
        }
        self.store(name, window, false)
    }

    /// `dst = make_typealias(name, params, value)`, where `dst` is the last temporary.
    fn type_alias_object(
        &mut self,
        dst: Reg,
        stmt: &'a Node<Stmt>,
        name: &Rc<str>,
        params: &'a [Node<TypeParam>],
        value: &'a Node<Expr>,
    ) -> Result {
        let span = stmt.span;
        self.load_prelude(span, dst, "make_typealias");
        let slot = self.function.registers.temporary();
        self.load_constant(span, slot, Constant::Str(name.as_bytes().into()));
        let slot = self.function.registers.temporary();
        self.type_params(slot, params, span)?;
        let slot = self.function.registers.temporary();
        let scope = self.scopes.of(stmt, Role::Body);
        self.lazy_value(slot, scope, name, span, value)?;
        self.call_window(span, 3, dst, dst);
        self.function.registers.truncate(dst.plus(1));
        Ok(())
    }
}

/// The name of the set that says which conditional annotations were reached.
fn reached_set(module: bool) -> Rc<str> {
    if module { "__conditional_annotations__".into() } else { ".conditional_annotations".into() }
}
