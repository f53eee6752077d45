//! `exec`, `eval`, `compile`, and the namespaces of running code: `globals`, `locals`.

use super::text::buffer_copy;
use super::{dubious, install_functions, natives};
use crate::bytecode::{Code, CodeKind};
use crate::object::equality::with_bytes;
use crate::object::function::{Cell, CodeObject};
use crate::object::{Dict, Function, Kind, Ref, Str, Tuple, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::view::{View, dict_of};
use crate::vm::{Exit, NativeResult, Vm};
use std::rc::Rc;

natives! {
    FUNCTIONS {
        /// The global variables.
        "globals()" => globals;
        /// The local variables.
        "locals()" => locals;
        /// Run code.
        "exec(source, /, globals=None, locals=None, *, closure=None)" => exec;
        /// The value of an expression.
        "eval(source, /, globals=None, locals=None)" => eval;
        /// Compile a text for `exec` or `eval`.
        "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => compile;
    }
    PRELUDE {
        "_syntax_tree(text, file, mode, /)" => syntax_tree;
    }
}

/// Install the functions.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn globals(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.current_globals().map_or_else(|| Value::object(Dict::empty()), Ref::into_value))
}

/// `locals()`
pub(super) fn locals(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let Some(body) = vm.visible_body(0) else { return Ok(Value::object(Dict::empty())) };
    let (function, base, at) = (&body.function, body.base, body.index);
    // SAFETY: the body was just found on the control stack.
    let locals = unsafe { vm.locals_at(function, base) };
    if function.code().code.kind == CodeKind::Function {
        // Its frame object, if it has one, may know of names that the program added.
        if let Some(frame) = body.view().as_ref().and_then(Value::foreign::<View>) {
            return Ok(frame.variables(vm).into_value());
        }
        return Ok(vm.variables(function, &locals, at).into_value());
    }
    // The variables of a comprehension are not in the namespace around it: there they are all that is local.
    let inner = Vm::comprehension_variables(function, &locals, at);
    if !inner.is_empty() {
        return Ok(dict_of(inner).into_value());
    }
    match function.code().code.kind {
        CodeKind::Class | CodeKind::Namespace => Ok(vm.frame_register(base, 0)),
        _ => Ok(function.globals.value()),
    }
}

/// Which of the two is running, for the texts of errors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Exec,
    Eval,
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Mode::Exec => "exec",
            Mode::Eval => "eval",
        }
    }
}

fn is_mapping(vm: &Vm, value: &Value) -> bool {
    vm.class_of(value).lookup(&vm.names.getitem).is_some()
}

/// Is it of a class derived from dict that answers for items in its own way?
fn makes_items(vm: &Vm, value: &Value) -> bool {
    let class = vm.class_of(value);
    let plain = vm.types.dict.dict.get_str(&vm.names.getitem);
    let own = class.lookup(&vm.names.getitem);
    value.is_kind(Kind::Instance)
        && (class.lookup(&intern(b"__missing__")).is_some()
            || own.is_some_and(|own| plain.is_none_or(|plain| !own.is(&plain))))
}

/// The namespaces that code is to run in.
fn namespaces(vm: &mut Vm, args: &[Value], mode: Mode) -> Result<(Ref<Dict>, Value), Exit> {
    let (given_globals, given_locals) = (arg_or_none(args, 1).cloned(), arg_or_none(args, 2).cloned());
    if let Some(locals) = &given_locals
        && !is_mapping(vm, locals)
    {
        return Err(match mode {
            Mode::Eval => vm.type_error("locals must be a mapping"),
            Mode::Exec => vm.type_error(format!("locals must be a mapping or None, not {}", vm.type_name(locals))),
        });
    }
    let Some(given) = given_globals else {
        let globals = vm.current_globals().unwrap_or_else(Dict::empty);
        let locals = match given_locals {
            Some(locals) => locals,
            None => locals(vm, args)?,
        };
        return Ok((globals, locals));
    };
    let Some(globals) = given.native::<Dict>().map(|dict| dict.to_ref()) else {
        return Err(match mode {
            Mode::Eval if is_mapping(vm, &given) => {
                vm.type_error("globals must be a real dict; try eval(expr, {}, mapping)")
            }
            Mode::Eval => vm.type_error("globals must be a dict"),
            Mode::Exec => vm.type_error(format!("exec() globals must be a dict, not {}", vm.type_name(&given))),
        });
    };
    if globals.get_str(&vm.names.builtins).is_none() {
        let builtins = vm.current_builtins();
        globals.set_str(&vm.names.builtins.clone(), builtins.into_value());
    }
    // A class derived from dict may have items of its own making.
    let locals = given_locals.unwrap_or_else(|| if makes_items(vm, &given) { given } else { globals.value() });
    Ok((globals, locals))
}

/// End by running the code of `exec` or `eval`.
fn run_code(vm: &mut Vm, args: &[Value], mode: Mode) -> NativeResult {
    let (globals, locals) = namespaces(vm, args, mode)?;
    let separate = locals.get::<Dict>().is_none_or(|dict| !dict.is(&globals));
    let closure = arg_or_none(args, 3);
    if let Some(code) = args[0].to_ref::<CodeObject>() {
        let cells = cells_for(vm, &code.code, closure, mode)?;
        let code = if separate { with_namespace(vm, &code)? } else { code };
        let (function, args) = body_of(vm, code, &globals, cells, locals);
        return vm.tail_call(function, args);
    }
    if closure.is_some() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let text = source_text(vm, &args[0], mode.name(), "code")?;
    let text = if mode == Mode::Eval { text.trim_ascii_start().to_vec() } else { text };
    let loader = vm.loader.clone();
    let code = loader.compile(vm, &text, "<string>", mode.name(), separate, None)?;
    let (function, args) = body_of(vm, CodeObject::load(&code), &globals, Box::new([]), locals);
    dubious::tell_then_call(vm, &code, function, args)
}

/// A body as a function, and what to call it with.
fn body_of(
    vm: &mut Vm,
    code: Ref<CodeObject>,
    globals: &Ref<Dict>,
    cells: Box<[Ref<Cell>]>,
    locals: Value,
) -> (Value, Vec<Value>) {
    let builtins = vm.builtins_of(globals);
    let takes_namespace = code.code.kind == CodeKind::Namespace;
    let function = Function::new(code, globals.clone(), builtins, cells);
    (function.into_value(), if takes_namespace { vec![locals] } else { Vec::new() })
}

/// Code of a module whose names are to live elsewhere than in the globals. Which instructions reach them was decided when
/// it was compiled, so it is compiled again, the first time.
fn with_namespace(vm: &mut Vm, code: &Ref<CodeObject>) -> Result<Ref<CodeObject>, Exit> {
    let flags = code.code.flags;
    if code.code.kind != CodeKind::Module || flags.interactive {
        return Ok(code.clone());
    }
    if let Some(known) = code.elsewhere.get() {
        return Ok(known.clone());
    }
    let mode = if flags.expression { "eval" } else { "exec" };
    let (loader, source) = (vm.loader.clone(), &code.code.source);
    let text = source.text().as_bytes();
    let again = loader.compile(vm, text, source.name(), mode, true, Some(code.code.optimized))?;
    Ok(code.elsewhere.get_or_init(|| CodeObject::load(&again)).clone())
}

/// The cells for the free variables of a code object.
fn cells_for(vm: &mut Vm, code: &Rc<Code>, closure: Option<&Value>, mode: Mode) -> Result<Box<[Ref<Cell>]>, Exit> {
    let wanted = code.free.len();
    match (mode, closure) {
        (Mode::Eval, _) if wanted > 0 => {
            return Err(vm.type_error("code object passed to eval() may not contain free variables"));
        }
        (_, Some(_)) if wanted == 0 => return Err(vm.type_error("cannot use a closure with this code object")),
        _ => {}
    }
    let given: Vec<Ref<Cell>> = closure
        .and_then(|closure| closure.get::<Tuple>())
        .map_or_else(Vec::new, |tuple| tuple.items().iter().filter_map(|item| item.to_ref::<Cell>()).collect());
    if given.len() != wanted {
        return Err(vm.type_error(format!("code object requires a closure of exactly length {wanted}")));
    }
    Ok(given.into_boxed_slice())
}

fn source_text(vm: &mut Vm, source: &Value, function: &str, other: &str) -> Result<Vec<u8>, Exit> {
    let text = if let Some(text) = source.native::<Str>() {
        text.as_bytes().to_vec()
    } else if let Some(bytes) = buffer_copy(source) {
        bytes
    } else {
        return Err(vm.type_error(format!("{function}() arg 1 must be a string, bytes or {other} object")));
    };
    if text.contains(&0) {
        let error = vm.types.syntax_error.clone();
        return Err(vm.raise(&error, "source code string cannot contain null bytes"));
    }
    Ok(text)
}

fn exec(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match run_code(vm, args, Mode::Exec) {
        Err(Exit::Call(call)) => vm.tail_prelude("call_and_drop", vec![call.callee, Value::tuple(call.args)]),
        other => other.map(|_| Value::NONE),
    }
}

fn eval(vm: &mut Vm, args: &[Value]) -> NativeResult {
    run_code(vm, args, Mode::Eval)
}

/// Flags of `compile` that mean something: those of `__future__` and of `ast`.
const KNOWN_FLAGS: i64 = 0x1ff_0000 | 0x200 | 0x2000 | 0x1000 | 0x400 | 0x8000 | 0x4000;
/// `ast.PyCF_ONLY_AST`
const ONLY_AST: i64 = 0x400;

/// `compile(..., filename, ...)`: a string, bytes or a path.
fn file_name(vm: &mut Vm, args: &[Value]) -> Result<String, Exit> {
    if let Some(name) = args[1].native::<Str>() {
        return Ok(name.to_string_lossy().into_owned());
    }
    if args[1].payload().is_kind(Kind::Bytes) {
        return Ok(with_bytes(args[1].payload(), |bytes| String::from_utf8_lossy(bytes).into_owned()));
    }
    let class = vm.class_of(&args[1]);
    if class.lookup(&intern(b"__fspath__")).is_some() {
        return Err(vm.retry(args, 1, "fspath"));
    }
    Err(vm.type_error(format!("expected str, bytes or os.PathLike object, not {}", vm.shown_class(&class))))
}

/// The tree of a text, as the module `ast` wants it.
fn syntax_tree(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = source_text(vm, &args[0], "compile", "AST")?;
    let (file, mode) =
        (file_name(vm, args)?, super::text::text_arg(vm, &args[2], "mode")?.to_string_lossy().into_owned());
    let loader = vm.loader.clone();
    loader.tree(vm, &text, &file, &mode)
}

fn compile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = file_name(vm, args)?;
    let Some(mode) = args[2].native::<Str>().map(|mode| mode.to_string_lossy().into_owned()) else {
        let class = vm.type_name(&args[2]);
        return Err(vm.type_error(format!("compile() argument 'mode' must be str, not {class}")));
    };
    let flags = if arg(args, 3).is_some() { vm.index_arg(args, 3)? } else { 0 };
    let optimize = if arg(args, 5).is_some() { vm.index_arg(args, 5)? } else { -1 };
    if flags & !KNOWN_FLAGS != 0 {
        return Err(vm.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(vm.value_error("compile(): invalid optimize value"));
    }
    if flags & ONLY_AST != 0 || args[0].is_kind(Kind::Instance) && args[0].is(args[0].payload()) {
        let call = vec![args[0].clone(), Value::str(&file), Value::str(&mode), Value::int(flags), Value::int(optimize)];
        return vm.tail_prelude("compile_tree", call);
    }
    if !matches!(&*mode, "exec" | "eval" | "single") {
        return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'"));
    }
    let text = source_text(vm, &args[0], "compile", "AST")?;
    let loader = vm.loader.clone();
    let code = loader.compile(vm, &text, &file, &mode, false, u8::try_from(optimize).ok())?;
    let object = Value::object(CodeObject::load(&code));
    dubious::tell_then_return(vm, &code, object)
}
