//! Bodies of code: modules, functions, lambdas, classes, and what is common to all of them.

use super::assembler::{Assembler, Label, Position, op};
use super::bound::Bound;
use super::collect;
use super::error::{Result, StackGuard};
use super::fold;
use super::registers::Registers;
use super::scope::{Place, Role, Scope, ScopeId, ScopeKind, Scopes, Uses, mangle};
use super::verify;
use crate::bytecode::{Code, CodeFlags, CodeKind, Common, Constant, Flags, Op, Parameters, Reg, disassemble};
use crate::source::{Source, Span, Warning};
use crate::syntax::ast::{self, Body, Expr, Node, Stmt};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What the code is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A file: names are globals.
    Module,
    /// `exec` and `eval` with a namespace apart from the globals.
    Namespace,
    /// The prompt: names are globals, and expression statements show their value.
    Interactive,
    /// The prompt with a loop at hand: `await` may stand at the top, which makes the code that of a coroutine.
    Prompt,
    /// A file that is run at the prompt: a module that may await at its top.
    Loaded,
}

impl Target {
    /// Do expression statements show their value?
    pub fn is_interactive(self) -> bool {
        matches!(self, Target::Interactive | Target::Prompt)
    }

    /// May `await` stand at the top?
    pub fn awaits(self) -> bool {
        matches!(self, Target::Prompt | Target::Loaded)
    }
}

/// Native stack that compiling may use when the caller says nothing: enough for programs that people write, and safe in a
/// thread with 256 KiB.
const STACK_ALLOWANCE: usize = 160 * 1024;

/// Compiles a tree.
pub fn compile(module: &ast::Module, source: &Rc<Source>, target: Target) -> Result<Rc<Code>> {
    compile_within(module, Vec::new(), source, target, STACK_ALLOWANCE)
}

/// Compiles a definition that stood in the class `class`, or in the module: its code.
pub fn compile_definition(
    definition: ast::Module,
    class: Option<&str>,
    source: &Rc<Source>,
    allowance: usize,
) -> Result<Option<Rc<Code>>> {
    let module = match (definition, class) {
        (ast::Module::Module(body), Some(class)) => ast::Module::Module(ast::class_around(class, body)),
        (definition, _) => definition,
    };
    let code = compile_within(&module, Vec::new(), source, Target::Module, allowance)?;
    let inner = |code: &Code, kind| {
        let of_kind = |constant: &Constant| match constant {
            Constant::Code(inner) if inner.kind == kind => Some(inner.clone()),
            _ => None,
        };
        code.constants.iter().rev().find_map(of_kind)
    };
    let outer = if class.is_some() { inner(&code, CodeKind::Class) } else { Some(code) };
    Ok(outer.and_then(|outer| inner(&outer, CodeKind::Function)))
}

/// Compiles a tree, using at most `allowance` bytes of native stack. What was `noted` about the text becomes, with what is
/// noted here, the warnings of the code.
pub fn compile_within(
    module: &ast::Module,
    noted: Vec<Warning>,
    source: &Rc<Source>,
    target: Target,
    allowance: usize,
) -> Result<Rc<Code>> {
    compile_outline(module, &[], noted, source, target, allowance)
}

/// As [`compile_within`], where the bodies of the definitions at `left_out` are not in the tree.
pub fn compile_outline(
    module: &ast::Module,
    left_out: &[Span],
    noted: Vec<Warning>,
    source: &Rc<Source>,
    target: Target,
    allowance: usize,
) -> Result<Rc<Code>> {
    let guard = StackGuard::new(allowance);
    let (scopes, dubious) = collect::scopes_of(module, target, guard)?;
    let root = scopes.of(module, Role::Body);
    let function = Function::new(&scopes, root, "<module>".into());
    let mut compiler = Compiler {
        source,
        scopes: &scopes,
        guard,
        target,
        shows_values: target.is_interactive(),
        function,
        conditional_annotations: FxHashMap::default(),
        annotations_are_texts: false,
        left_out,
    };
    compiler.module(module)?;
    let warnings = [noted, dubious].concat();
    let expression = matches!(module, ast::Module::Expression(_));
    compiler.finish(Finish { name: "<module>".into(), first_line: 1, warnings, expression, ..Finish::default() })
}

/// Writes code, one function at a time; functions around the one being written wait on the native stack.
pub(super) struct Compiler<'a> {
    pub source: &'a Rc<Source>,
    pub scopes: &'a Scopes,
    pub guard: StackGuard,
    pub target: Target,
    /// Do expression statements at the top show their value?
    pub shows_values: bool,
    /// The one being written.
    pub function: Function<'a>,
    /// Numbers of the annotations that may not be reached, by the address of their node.
    pub conditional_annotations: FxHashMap<usize, i64>,
    /// `from __future__ import annotations`: they are kept as texts.
    pub annotations_are_texts: bool,
    /// The definitions whose bodies are left out, in their order.
    left_out: &'a [Span],
}

/// A function being written.
pub(super) struct Function<'a> {
    pub code: Assembler,
    pub registers: Registers,
    /// The scope that owns the registers.
    pub frame: ScopeId,
    /// The scope in which names are looked up now: the frame, or a comprehension inside it.
    pub scope: ScopeId,
    pub qualname: Rc<str>,
    /// What the statement being written stands in.
    pub blocks: Vec<Block<'a>>,
    /// Are its registers on the heap (generators and coroutines)?
    pub on_heap: bool,
    /// Locals that `:=` assigns.
    pub walrus: Vec<Reg>,
    /// Locals that lose their value somewhere.
    pub fragile: Vec<Reg>,
    /// Before the outermost loop being written.
    pub pin_point: Option<Position>,
}

/// What stands around a statement and has to be undone on the way out of it.
pub(super) enum Block<'a> {
    /// A loop; `iter` is dropped on the way out.
    Loop { next: Label, end: Label, iter: Option<Reg> },
    /// The body of a `try` with handlers.
    Protected(Region),
    /// The body of a `try` with `finally`, handlers included.
    Finally { region: Region, body: &'a Body },
    /// The body of a `with`: the exit method waits in two temporaries from `exit` on.
    With { region: Region, exit: Reg, is_async: bool, span: Span },
    /// The body of an exception handler.
    Handler { region: Region, saved: Reg, exc: Option<Reg>, name: Option<Rc<str>> },
    /// The body of a `finally` on the way out of a function that returns what is in a temporary: another way out drops it.
    Returning(Reg),
    /// The body of an `except*`, which cannot be left by a jump.
    Star,
}

/// A stretch of code whose exceptions go to one place, with gaps where exits from it are written.
pub(super) struct Region {
    pub target: Label,
    pub reg: Reg,
    pub entered: Bound,
    start: Position,
    parts: Vec<(Position, Position)>,
}

impl Region {
    pub fn pause(&mut self, at: Position) {
        self.parts.push((self.start, at));
    }

    pub fn resume(&mut self, at: Position) {
        self.start = at;
    }
}

impl<'a> Function<'a> {
    fn new(scopes: &Scopes, frame: ScopeId, qualname: Rc<str>) -> Function<'a> {
        let scope = scopes.get(frame);
        let mut code = Assembler::new();
        let parameters = scope.symbols.iter().filter(|symbol| symbol.uses.has(Uses::PARAMETER)).count();
        for register in 0..parameters + has_namespace(scope) as usize {
            code.bound.add(Reg(register as u16));
        }
        Function {
            code,
            registers: Registers::new(scope.locals.clone()),
            frame,
            scope: frame,
            qualname,
            blocks: Vec::new(),
            on_heap: scope.generator || scope.coroutine,
            walrus: scopes.registers_used_as(frame, Uses::WALRUS),
            fragile: scopes.registers_used_as(frame, Uses::UNBOUND),
            pin_point: None,
        }
    }
}

/// What [`Compiler::finish`] needs to know beside the instructions.
#[derive(Default)]
pub(super) struct Finish {
    pub name: Rc<str>,
    pub first_line: u32,
    pub span: Span,
    pub parameters: Parameters,
    pub doc: Option<Rc<[u8]>>,
    pub warnings: Vec<Warning>,
    /// The definition, if its body is left out.
    pub left_out: Option<Span>,
    /// Is it the expression of `eval`?
    pub expression: bool,
}

impl<'a> Compiler<'a> {
    /// Writes an instruction whose errors point at `span`.
    pub fn emit(&mut self, span: Span, op: Op) {
        self.function.code.emit(span, op);
    }

    /// The end of the body, with what is in `src` or with `None`: temporaries that are not in use now hold nothing.
    pub fn emit_return(&mut self, span: Span, src: Option<Reg>) {
        let end = self.function.registers.next();
        match src {
            Some(src) => self.emit(span, op!(Return { src, end })),
            None => self.emit(span, op!(ReturnNone { end })),
        }
    }

    /// The return at the end of a body, which stands nowhere in the source: it is where the statement is that came before.
    fn fall_off(&mut self) {
        let end = self.function.registers.next();
        self.function.code.fall_off(end);
    }

    /// `name` as the class around spells it.
    pub fn mangled(&self, name: &Rc<str>) -> Rc<str> {
        mangle(self.scopes.get(self.function.scope).private.as_ref(), name)
    }

    /// Where `name` lives.
    pub fn place_of(&self, name: &Rc<str>) -> Place {
        self.scopes.place(self.function.scope, &self.mangled(name))
    }

    /// What a handler that covers the code from here on may rely on.
    pub fn surely_bound_after_raise(&self) -> Bound {
        let mut bound = self.function.code.bound.clone();
        for register in &self.function.fragile {
            bound.remove(*register);
        }
        bound
    }

    /// Begins a stretch whose exceptions arrive in `reg`.
    pub fn open_region(&mut self, reg: Reg) -> Region {
        let entered = self.surely_bound_after_raise();
        let target = self.function.code.label();
        Region { target, reg, entered, start: self.function.code.here(), parts: Vec::new() }
    }

    /// Ends a stretch, and tells whether anything in it can raise.
    pub fn close_region(&mut self, region: &mut Region) -> bool {
        region.pause(self.function.code.here());
        let mut any = false;
        for (start, end) in region.parts.drain(..) {
            any |= start < end;
            self.function.code.cover(start, end, region.target, region.reg);
        }
        any
    }

    /// Begins the code that a region's exceptions go to.
    pub fn enter_handler(&mut self, region: &Region, any: bool) {
        let bound = if any { region.entered.clone() } else { Bound::Unreachable };
        self.function.code.place_with(region.target, bound);
    }

    fn module(&mut self, module: &'a ast::Module) -> Result {
        match module {
            ast::Module::Module(body) | ast::Module::Interactive(body) => {
                let rest = match (self.target.is_interactive(), docstring(body)) {
                    (true, _) | (_, None) => &body[..],
                    (_, Some(doc)) => {
                        let span = body[0].span;
                        let mark = self.function.registers.mark();
                        let value = self.function.registers.temporary();
                        self.load_constant(span, value, Constant::Str(doc));
                        self.store_name(span, &"__doc__".into(), value, false);
                        self.function.registers.release(mark);
                        &body[1..]
                    }
                };
                self.annotations_are_texts = super::import::keeps_annotations_as_texts(rest);
                self.module_annotations(module, body)?;
                // Of several statements that were typed as a whole, the last shows its values.
                let typed = matches!(module, ast::Module::Module(_)) && self.target == Target::Prompt;
                let silent = if typed { rest.len().saturating_sub(1) } else { 0 };
                let (silent, shown) = rest.split_at(silent);
                self.shows_values = false;
                self.body(silent)?;
                self.shows_values = self.target.is_interactive();
                self.body(shown)?;
                self.fall_off();
            }
            ast::Module::Expression(value) => {
                let result = self.expr(value)?;
                self.emit_return(value.span, Some(result));
            }
        }
        Ok(())
    }

    /// Statements one after the other.
    pub fn body(&mut self, body: &'a [Node<Stmt>]) -> Result {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    /// Writes the code of `scope` apart and gives it back; `write` writes its body.
    pub fn code_of(
        &mut self,
        scope: ScopeId,
        finish: Finish,
        write: impl FnOnce(&mut Self) -> Result,
    ) -> Result<Rc<Code>> {
        let qualname = self.qualname_of(&finish.name);
        let function = Function::new(self.scopes, scope, qualname);
        let outer = std::mem::replace(&mut self.function, function);
        let written = write(self);
        self.fall_off();
        let code = match written {
            Ok(()) => self.finish(finish),
            Err(error) => Err(error),
        };
        self.function = outer;
        code
    }

    /// Turns the function being written into a code object.
    fn finish(&mut self, finish: Finish) -> Result<Rc<Code>> {
        let scope = self.scopes.get(self.function.frame);
        let blank = Function::new(self.scopes, self.function.frame, self.function.qualname.clone());
        let function = std::mem::replace(&mut self.function, blank);
        let cells = self.scopes.cells(function.frame);
        let mut all_cells: Vec<Reg> = cells.iter().map(|cell| cell.0).collect();
        for member in &scope.members[1..] {
            all_cells.extend(self.scopes.cells(*member).iter().map(|cell| cell.0));
        }
        let entry = cells.into_iter().map(|(reg, parameter)| op!(MakeCell { reg, fresh: !parameter as u16 })).collect();
        let kind = match scope.kind {
            ScopeKind::Module if self.target == Target::Namespace => CodeKind::Namespace,
            ScopeKind::Module => CodeKind::Module,
            ScopeKind::Class => CodeKind::Class,
            _ => CodeKind::Function,
        };
        let flags = CodeFlags {
            generator: scope.generator,
            coroutine: scope.coroutine && (scope.kind != ScopeKind::Module || self.target.awaits()),
            awaitable: false,
            hidden: false,
            nested: scope
                .parent
                .is_some_and(|parent| !matches!(self.scopes.get(self.scopes.frame(parent)).kind, ScopeKind::Module)),
            expression: finish.expression,
            interactive: scope.kind == ScopeKind::Module && self.target.is_interactive(),
        };
        let peak = function.registers.peak();
        let assembled = {
            let line_of = |span: crate::source::Span| self.source.place(span.start).line;
            function.code.finish(finish.span, entry, function.registers.local_count(), peak, line_of)?
        };
        let mut ops = assembled.ops;
        if flags.generator || flags.coroutine {
            for op in ops.iter_mut().filter(|op| matches!(op, Op::ForIter { .. })) {
                let flags = op.flags_mut();
                *flags = flags.with(Flags::SUSPENDS);
            }
        }
        let code = Code {
            name: finish.name,
            qualname: function.qualname,
            source: self.source.clone(),
            first_line: finish.first_line,
            kind,
            flags,
            parameters: finish.parameters,
            locals: function.registers.into_locals(),
            variables: scope.variables.clone(),
            cells: all_cells,
            free: scope.free.iter().map(|(_, name)| name.clone()).collect(),
            captures: self.scopes.captures(function.frame),
            registers: assembled.registers,
            ops,
            spans: assembled.spans,
            handlers: assembled.handlers,
            comprehensions: assembled.comprehensions,
            constants: assembled.constants,
            sites: assembled.sites,
            doc: finish.doc,
            optimized: super::optimize::level(),
            warnings: finish.warnings,
            left_out: finish.left_out,
        };
        if cfg!(debug_assertions)
            && let Some(complaint) = verify::complaint(&code)
        {
            #[allow(clippy::panic, reason = "only debug builds verify, and they stop where the mistake was made")]
            {
                panic!("the compiler wrote bad code: {complaint}\n{}", disassemble(&code));
            }
        }
        Ok(Rc::new(code))
    }

    /// The qualified name of a function or class that the function being written defines.
    fn qualname_of(&self, name: &Rc<str>) -> Rc<str> {
        let mut frame = self.function.frame;
        let mut around: Rc<str> = self.function.qualname.clone();
        if self.scopes.get(frame).kind == ScopeKind::TypeParams {
            // A generic definition is named as if its type parameters were not there.
            let hidden = format!("<generic parameters of {name}>");
            match around.strip_suffix(&*hidden) {
                Some(before) => return format!("{before}{name}").into(),
                None => return name.clone(),
            }
        }
        let explicit = self.scopes.get(self.function.scope).symbol(&self.mangled(name));
        if explicit.is_some_and(|symbol| symbol.uses.has(Uses::GLOBAL)) && !name.starts_with('<') {
            return name.clone();
        }
        while self.scopes.get(frame).kind == ScopeKind::Annotations {
            let Some(outer) = self.scopes.outer_frame(frame) else { break };
            frame = outer;
            around = around.rsplit_once('.').map_or("".into(), |(before, _)| before.into());
        }
        match self.scopes.get(frame).kind {
            ScopeKind::Module => name.clone(),
            _ if around.is_empty() => name.clone(),
            ScopeKind::Class | ScopeKind::Generator => format!("{around}.{name}").into(),
            _ => format!("{around}.<locals>.{name}").into(),
        }
    }

    /// The line of the first decorator, or of the definition.
    fn first_line(&self, decorators: &[Node<Expr>], span: Span) -> u32 {
        self.source.place(decorators.first().map_or(span.start, |decorator| decorator.span.start)).line
    }

    /// `@decorators def name(args): body`
    pub fn function_def(&mut self, def: &'a ast::FunctionDef, span: Span) -> Result {
        let mark = self.function.registers.mark();
        let first = self.decorators(&def.decorators)?;
        let made = self.function.registers.temporary();
        let first_line = self.first_line(&def.decorators, span);
        if def.type_params.is_empty() {
            let flags = self.default_operands(span, &def.args)?;
            self.function_object(made, def, span, first_line, flags)?;
        } else {
            self.generic_function(made, def, span, first_line)?;
        }
        let result = self.decorate(&def.decorators, first, made);
        self.store_name(span, &def.name, result, false);
        self.function.registers.release(mark);
        Ok(())
    }

    /// Evaluates the decorators into consecutive temporaries.
    fn decorators(&mut self, decorators: &'a [Node<Expr>]) -> Result<Reg> {
        let first = self.function.registers.next();
        for decorator in decorators {
            let slot = self.function.registers.temporary();
            self.expr_into(slot, decorator)?;
        }
        Ok(first)
    }

    /// Calls the decorators that stand before `made`, the last one first.
    fn decorate(&mut self, decorators: &'a [Node<Expr>], first: Reg, made: Reg) -> Reg {
        let mut result = made;
        for (nth, decorator) in decorators.iter().enumerate().rev() {
            let window = first.plus(nth);
            self.call_window(decorator.span, 1, window, window);
            result = window;
        }
        result
    }

    /// A tuple of positional defaults and a dict of keyword defaults, those that exist.
    pub fn default_operands(&mut self, span: Span, args: &'a ast::Arguments) -> Result<(Reg, Flags)> {
        let window = self.function.registers.next();
        let mut flags = Flags::NONE;
        if !args.defaults.is_empty() {
            flags = flags.with(Flags::DEFAULTS);
            let slot = self.function.registers.temporary();
            self.tuple_into(span, slot, &args.defaults)?;
        }
        if args.kw_defaults.iter().any(Option::is_some) {
            flags = flags.with(Flags::KW_DEFAULTS);
            let slot = self.function.registers.temporary();
            self.keyword_defaults(slot, args)?;
        }
        Ok((window, flags))
    }

    fn keyword_defaults(&mut self, dst: Reg, args: &'a ast::Arguments) -> Result {
        let window = self.function.registers.next();
        let mark = self.function.registers.mark();
        let mut count = 0;
        let mut span = Span::default();
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            let Some(default) = default else { continue };
            let key = self.function.registers.temporary();
            let name = self.mangled(&arg.kind.name);
            self.load_constant(arg.span, key, Constant::Str(name.as_bytes().into()));
            let slot = self.function.registers.temporary();
            self.expr_into(slot, default)?;
            count += 1;
            span = default.span;
        }
        self.emit(span, op!(BuildMap { dst, window, count }));
        self.function.registers.release(mark);
        Ok(())
    }

    /// `dst = ` the function, whose defaults are already evaluated.
    pub fn function_object(
        &mut self,
        dst: Reg,
        def: &'a ast::FunctionDef,
        span: Span,
        first_line: u32,
        (window, mut flags): (Reg, Flags),
    ) -> Result {
        if collect::has_signature_annotations(def) {
            flags = flags.with(Flags::ANNOTATE);
            let slot = self.function.registers.temporary();
            self.signature_annotations(slot, def, span, first_line)?;
        }
        let scope = self.scopes.of(def, Role::Body);
        let doc = docstring(&def.body);
        let finish = Finish {
            name: def.name.clone(),
            first_line,
            span,
            parameters: shape_of(&def.args),
            doc: doc.clone(),
            left_out: self.left_out_at(span.start),
            ..Finish::default()
        };
        let skip = doc.is_some() as usize;
        let code = self.code_of(scope, finish, |this| this.body(&def.body[skip..]))?;
        self.make_function(span, dst, code, window, flags);
        Ok(())
    }

    /// The definition that begins at `start`, if its body is left out.
    fn left_out_at(&self, start: u32) -> Option<Span> {
        let found = self.left_out.binary_search_by_key(&start, |definition| definition.start);
        found.ok().and_then(|at| self.left_out.get(at)).copied()
    }

    /// `dst = ` a function of `code`.
    pub fn make_function(&mut self, span: Span, dst: Reg, code: Rc<Code>, window: Reg, flags: Flags) {
        let code = self.function.code.constant(Constant::Code(code));
        self.emit(span, Op::MakeFunction { flags, dst, code, window });
    }

    /// `lambda args: body`
    pub fn lambda(&mut self, dst: Reg, e: &'a Node<Expr>, args: &'a ast::Arguments, body: &'a Node<Expr>) -> Result {
        let (window, flags) = self.default_operands(e.span, args)?;
        let scope = self.scopes.of(e, Role::Body);
        let finish = Finish {
            name: "<lambda>".into(),
            first_line: self.source.place(e.span.start).line,
            span: e.span,
            parameters: shape_of(args),
            ..Finish::default()
        };
        let code = self.code_of(scope, finish, |this| {
            let result = this.expr(body)?;
            if this.scopes.get(this.function.frame).generator && this.scopes.get(this.function.frame).coroutine {
                this.emit_return(body.span, None);
            } else {
                this.emit_return(body.span, Some(result));
            }
            Ok(())
        })?;
        self.make_function(e.span, dst, code, window, flags);
        Ok(())
    }

    /// `@decorators class name(bases, keywords): body`
    pub fn class_def(&mut self, def: &'a ast::ClassDef, span: Span) -> Result {
        let mark = self.function.registers.mark();
        let first = self.decorators(&def.decorators)?;
        let made = self.function.registers.temporary();
        let first_line = self.first_line(&def.decorators, span);
        if def.type_params.is_empty() {
            self.class_object(made, def, span, first_line, None)?;
        } else {
            self.generic_class(made, def, span, first_line)?;
        }
        let result = self.decorate(&def.decorators, first, made);
        self.store_name(span, &def.name, result, false);
        self.function.registers.release(mark);
        Ok(())
    }

    /// `dst = __build_class__(body, name, *bases, **keywords)`, with a hidden base at the end if there is one.
    pub fn class_object(
        &mut self,
        dst: Reg,
        def: &'a ast::ClassDef,
        span: Span,
        first_line: u32,
        hidden_base: Option<Reg>,
    ) -> Result {
        let mark = self.function.registers.mark();
        self.function.registers.reuse(dst);
        let window = self.function.registers.temporary();
        self.emit(span, op!(LoadCommon { dst: window, which: Common::BuildClass as u16 }));
        let body = self.function.registers.temporary();
        let code = self.class_code(def, span, first_line)?;
        self.make_function(span, body, code, window, Flags::NONE);
        let name = self.function.registers.temporary();
        self.load_constant(span, name, Constant::Str(def.name.as_bytes().into()));
        self.call_with_arguments(span, dst, window, 2, &def.bases, hidden_base, &def.keywords)?;
        self.function.registers.release(mark);
        Ok(())
    }

    fn class_code(&mut self, def: &'a ast::ClassDef, span: Span, first_line: u32) -> Result<Rc<Code>> {
        let scope = self.scopes.of(def, Role::Body);
        let doc = docstring(&def.body);
        let finish = Finish { name: def.name.clone(), first_line, span, ..Finish::default() };
        self.code_of(scope, finish, |this| {
            let value = this.function.registers.temporary();
            let site = this.function.code.name("__name__");
            this.emit(span, op!(LoadName { dst: value, name: site }));
            this.set_in_namespace(span, "__module__", value);
            let qualname = this.function.qualname.clone();
            this.load_constant(span, value, Constant::Str(qualname.as_bytes().into()));
            this.set_in_namespace(span, "__qualname__", value);
            this.load_constant(span, value, Constant::Int(first_line as i64));
            this.set_in_namespace(span, "__firstlineno__", value);
            if !def.type_params.is_empty() {
                this.load_name(span, value, &".type_params".into());
                this.set_in_namespace(span, "__type_params__", value);
            }
            if let Some(cell) = this.scopes.class_cell(scope, "__classdict__") {
                this.emit(span, op!(StoreCell { cell, src: Reg(0) }));
            }
            if let Some(doc) = &doc {
                this.load_constant(def.body[0].span, value, Constant::Str(doc.clone()));
                this.set_in_namespace(def.body[0].span, "__doc__", value);
            }
            let mark = this.function.registers.mark();
            this.class_annotation_flags(def, span);
            this.body(&def.body[doc.is_some() as usize..])?;
            this.function.registers.release(mark);
            // What comes behind the last statement stands nowhere in the source.
            let span = this.function.code.last_span();
            this.class_annotations(def, span)?;
            let mut attributes: Vec<_> = this.scopes.get(scope).attributes.clone();
            attributes.sort();
            let attributes: Vec<_> = attributes.iter().map(|name| Constant::Str(name.as_bytes().into())).collect();
            this.load_constant(span, value, Constant::Tuple(attributes.into()));
            this.set_in_namespace(span, "__static_attributes__", value);
            if collect::sees_the_class(&def.body) {
                // What functions and annotations find the names of the class in.
                let cell = this.scopes.class_cell(scope, "__classdict__").unwrap_or_else(|| {
                    this.emit(span, op!(MakeCell { reg: value, fresh: 1 }));
                    this.emit(span, op!(StoreCell { cell: value, src: Reg(0) }));
                    value
                });
                // The cell itself, not its content: `type.__new__` puts the names of the finished class there.
                this.set_in_namespace(span, "__classdictcell__", cell);
            }
            if let Some(cell) = this.scopes.class_cell(scope, "__class__") {
                // The cell itself, not its content, is handed on: `type.__new__` fills it.
                let name = this.function.code.name("__classcell__");
                this.emit(span, op!(StoreName { name, src: cell }));
                this.emit_return(span, Some(cell));
            }
            Ok(())
        })
    }

    fn set_in_namespace(&mut self, span: Span, name: &str, value: Reg) {
        let name = self.function.code.name(name);
        self.emit(span, op!(StoreName { name, src: value }));
    }
}

/// Does its first register hold the namespace it runs in?
fn has_namespace(scope: &Scope) -> bool {
    scope.kind == ScopeKind::Class || scope.locals.first().is_some_and(|name| &**name == ".namespace")
}

/// The docstring that a body begins with, unless there are to be none.
pub(super) fn docstring(body: &[Node<Stmt>]) -> Option<Rc<[u8]>> {
    if !super::optimize::documents() {
        return None;
    }
    let Stmt::Expr(value) = &body.first()?.kind else { return None };
    match &value.kind {
        Expr::Constant(ast::Constant::Str(text)) => Some(fold::clean_docstring(text)),
        _ => None,
    }
}

/// How many parameters of each kind. Of more than fit the assembler complains, since each has a register.
pub(super) fn shape_of(args: &ast::Arguments) -> Parameters {
    let fit = |count: usize| count.min(u16::MAX as usize) as u16;
    Parameters {
        posonly: fit(args.posonlyargs.len()),
        positional: fit(args.posonlyargs.len() + args.args.len()),
        kwonly: fit(args.kwonlyargs.len()),
        varargs: args.vararg.is_some(),
        varkw: args.kwarg.is_some(),
    }
}
