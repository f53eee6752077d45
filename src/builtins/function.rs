//! Functions, methods, natives, code, cells, modules, tracebacks, and the classes of the constants: what a program can ask
//! of them.

use super::code_tables;
use super::exception::dict_value;
use super::{getsets, install_functions, install_getsets, install_methods, install_static, natives, subclass_made};
use crate::bytecode::{Code, CodeKind, Constant, NOT_BEGUN, Op};
use crate::object::collector;
use crate::object::dict::MappingProxy;
use crate::object::function::{Cell, HAS_MADE};
use crate::object::generator::NAME;
use crate::object::iter::ListIter;
use crate::object::{
    Bytes, CodeObject, Dict, Function, Generator, GeneratorState, Kind, Method, Module, NativeFunction, Ref, Slot, Str,
    Traceback, Tuple, Type, TypeFlags, Value, intern,
};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::view::View;
use crate::vm::{Exit, NativeResult, Vm};
use std::rc::Rc;

natives! {
    FUNCTION {
        "__get__(self, instance, owner=None, /)" => function_get;
        "__call__(self, /, *args, **kwargs)" => call;
    }
    FUNCTION_STATIC {
        "__new__(cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)" => function_new;
    }
    METHOD {
        "__get__(self, instance, owner=None, /)" => method_get;
        "__call__(self, /, *args, **kwargs)" => call;
        "__eq__(self, value, /)" => method_eq;
        "__hash__(self, /)" => method_hash;
        "__getattr__(self, name, /)" => method_getattr;
        "__reduce__(self, /)" => method_reduce;
    }
    METHOD_STATIC {
        "__new__(cls, function, instance, /)" => method_new;
    }
    BUILTIN {
        "__call__(self, /, *args, **kwargs)" => call;
        "__eq__(self, value, /)" => method_eq;
        "__hash__(self, /)" => method_hash;
        "__reduce__(self, /)" => builtin_reduce;
    }
    DESCRIPTOR {
        "__get__(self, instance, owner=None, /)" => descriptor_get;
        "__call__(self, /, *args, **kwargs)" => call;
    }
    CODE {
        /// The lines of the instructions: first instruction, instruction after the last, line.
        "co_lines(self, /)" => code_lines;
        /// The places of the instructions: first line, last line, first column, last column.
        "co_positions(self, /)" => code_positions;
        /// Code cannot be copied with changes here.
        "replace(self, /, **changes)" => code_replace;
        "__replace__(self, /, **changes)" => code_replace;
    }
    CELL {
        "__lt__(self, value, /)" => cell_lt;
        "__le__(self, value, /)" => cell_le;
        "__eq__(self, value, /)" => cell_eq;
        "__ne__(self, value, /)" => cell_ne;
        "__gt__(self, value, /)" => cell_gt;
        "__ge__(self, value, /)" => cell_ge;
    }
    CELL_STATIC {
        "__new__(cls, contents=None, /)" => cell_new;
    }
    MODULE {
        "__init__(self, name, doc=None)" => module_init;
    }
    MODULE_STATIC {
        "__new__(cls, /, *args, **kwargs)" => module_new;
    }
    NONE {
        "__bool__(self, /)" => none_bool;
        "__hash__(self, /)" => none_hash;
    }
    TRACEBACK {
        "__dir__(self, /)" => tb_dir;
    }
    TRACEBACK_STATIC {
        "__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)" => tb_new;
    }
    NONE_STATIC {
        "__new__(cls, /, *args, **kwargs)" => none_new;
    }
    ELLIPSIS {
        "__reduce__(self, /)" => ellipsis_reduce;
    }
    ELLIPSIS_STATIC {
        "__new__(cls, /, *args, **kwargs)" => ellipsis_new;
    }
    NOT_IMPLEMENTED {
        "__bool__(self, /)" => not_implemented_bool;
        "__reduce__(self, /)" => not_implemented_reduce;
    }
    NOT_IMPLEMENTED_STATIC {
        "__new__(cls, /, *args, **kwargs)" => not_implemented_new;
    }
    PROXY {
        "get(self, key, default=None, /)" => proxy_get;
        "keys(self, /)" => proxy_keys;
        "values(self, /)" => proxy_values;
        "items(self, /)" => proxy_items;
        "copy(self, /)" => proxy_copy;
        "__getitem__(self, key, /)" => proxy_getitem;
        "__contains__(self, key, /)" => proxy_contains;
        "__len__(self, /)" => proxy_len;
        "__iter__(self, /)" => proxy_iter;
        "__reversed__(self, /)" => proxy_reversed;
        "__eq__(self, value, /)" => proxy_eq;
        "__hash__(self, /)" => proxy_hash;
        "__str__(self, /)" => proxy_str;
        "__or__(self, value, /)" => proxy_or;
        "__ror__(self, value, /)" => proxy_ror;
        "__ior__(self, value, /)" => proxy_ior;
    }
    PROXY_STATIC {
        "__new__(cls, mapping, /)" => proxy_new;
    }
    PRELUDE {
        "_set_annotations(owner, annotations, /)" => set_annotations_cache;
    }
}

getsets! {
    FUNCTION_ATTRIBUTES {
        "__name__" => get_name, set_name;
        "__qualname__" => get_qualname, set_qualname;
        "__module__" => get_module, set_module;
        "__doc__" => get_doc, set_doc;
        "__defaults__" => get_defaults, set_defaults;
        "__kwdefaults__" => get_kwdefaults, set_kwdefaults;
        "__code__" => get_code, set_code;
        "__globals__" => get_globals, super::read_only;
        "__builtins__" => get_builtins, super::read_only;
        "__closure__" => get_closure, super::read_only;
        "__dict__" => get_dict, set_dict;
        "__annotations__" => get_annotations, set_annotations;
        "__annotate__" => get_annotate, set_annotate;
        "__type_params__" => get_type_params, set_type_params;
    }
    METHOD_ATTRIBUTES {
        "__self__" => method_self, super::read_only;
        "__func__" => method_func, super::read_only;
        "__name__" => method_name;
        "__doc__" => method_doc;
        "__module__" => method_module;
    }
    BUILTIN_ATTRIBUTES {
        "__name__" => native_name;
        "__qualname__" => native_qualname;
        "__self__" => native_self;
        "__module__" => native_module, set_native_module;
        "__doc__" => native_doc;
        "__text_signature__" => native_signature;
    }
    DESCRIPTOR_ATTRIBUTES {
        "__name__" => native_name, super::read_only;
        "__qualname__" => native_qualname;
        "__objclass__" => native_owner, super::read_only;
        "__doc__" => native_doc;
        "__text_signature__" => native_signature;
    }
    METHOD_WRAPPER_ATTRIBUTES {
        "__name__" => native_name;
        "__qualname__" => native_qualname;
        "__self__" => native_self, super::read_only;
        "__objclass__" => native_owner, super::read_only;
        "__doc__" => native_doc;
        "__text_signature__" => native_signature;
    }
    CODE_ATTRIBUTES {
        "co_name" => co_name;
        "co_qualname" => co_qualname;
        "co_filename" => co_filename;
        "co_firstlineno" => co_firstlineno;
        "co_argcount" => co_argcount;
        "co_posonlyargcount" => co_posonlyargcount;
        "co_kwonlyargcount" => co_kwonlyargcount;
        "co_varnames" => co_varnames;
        "co_names" => co_names;
        "co_consts" => co_consts;
        "co_freevars" => co_freevars;
        "co_cellvars" => co_cellvars;
        "co_flags" => co_flags;
        "co_nlocals" => co_nlocals;
        "co_stacksize" => co_stacksize;
        "co_code" => co_code;
        "_co_code_adaptive" => co_code;
        "co_linetable" => co_linetable;
        "co_exceptiontable" => co_exceptiontable;
        "co_lnotab" => co_lnotab;
    }
    CELL_ATTRIBUTES {
        "cell_contents" => cell_contents, set_cell_contents;
    }
    MODULE_ATTRIBUTES {
        "__dict__" => module_dict, super::read_only;
        "__annotations__" => module_annotations, set_module_annotations;
    }
    TRACEBACK_ATTRIBUTES {
        "tb_next" => tb_next, set_tb_next;
        "tb_lineno" => tb_lineno;
        "tb_lasti" => tb_lasti, super::read_only;
        "tb_frame" => tb_frame, super::read_only;
    }
    NONE_ATTRIBUTES {
        "__doc__" => none_doc;
    }
}

/// Fill the classes this file is about.
pub fn install(vm: &mut Vm) {
    let t = &vm.types;
    let nothing: &[_] = &[];
    for (class, methods, attributes) in [
        (&t.function, FUNCTION, FUNCTION_ATTRIBUTES),
        (&t.method, METHOD, METHOD_ATTRIBUTES),
        (&t.builtin, BUILTIN, BUILTIN_ATTRIBUTES),
        (&t.method_descriptor, DESCRIPTOR, DESCRIPTOR_ATTRIBUTES),
        (&t.wrapper_descriptor, DESCRIPTOR, DESCRIPTOR_ATTRIBUTES),
        (&t.method_wrapper, BUILTIN, METHOD_WRAPPER_ATTRIBUTES),
        (&t.code, CODE, CODE_ATTRIBUTES),
        (&t.cell, CELL, CELL_ATTRIBUTES),
        (&t.module, MODULE, MODULE_ATTRIBUTES),
        (&t.traceback, TRACEBACK, TRACEBACK_ATTRIBUTES),
        (&t.none, NONE, NONE_ATTRIBUTES),
        (&t.ellipsis, ELLIPSIS, nothing),
        (&t.not_implemented, NOT_IMPLEMENTED, nothing),
        (&t.mappingproxy, PROXY, nothing),
    ] {
        install_methods(class, methods);
        install_getsets(class, attributes);
    }
    for (class, table) in [
        (&t.function, FUNCTION_STATIC),
        (&t.method, METHOD_STATIC),
        (&t.cell, CELL_STATIC),
        (&t.module, MODULE_STATIC),
        (&t.none, NONE_STATIC),
        (&t.ellipsis, ELLIPSIS_STATIC),
        (&t.not_implemented, NOT_IMPLEMENTED_STATIC),
        (&t.mappingproxy, PROXY_STATIC),
        (&t.traceback, TRACEBACK_STATIC),
    ] {
        install_static(class, table);
    }
    // What a method does not know itself it asks its function.
    t.method.set_flags(t.method.flags().with(TypeFlags::GETATTR));
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// The object as what a getter of its class knows it to be.
macro_rules! expect {
    ($vm:ident, $value:expr, $type:ty) => {
        match $value.to_ref::<$type>() {
            Some(object) => object,
            None => {
                let got = $vm.type_name($value);
                return Err($vm.type_error(format!("this attribute does not apply to a '{got}' object")));
            }
        }
    };
}

/// `f.__call__(...)` is `f(...)`.
fn call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (receiver, given, keywords) = match args {
        [receiver, given @ .., keywords] => (receiver, given, keywords),
        _ => return Err(vm.type_error("unbound method __call__() needs an argument")),
    };
    let keywords = keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items());
    vm.tail_call_kw(receiver.clone(), given.to_vec(), keywords)
}

// ---- functions

/// What `__get__` is to bind to: an instance, or `None` for a class alone. `TypeError` when there is neither.
pub fn bound_to(vm: &mut Vm, args: &[Value]) -> Result<Option<Value>, Exit> {
    match (arg_or_none(args, 1), arg_or_none(args, 2)) {
        (Some(instance), _) => Ok(Some(instance.clone())),
        (None, Some(_)) => Ok(None),
        (None, None) => Err(vm.type_error("__get__(None, None) is invalid")),
    }
}

fn function_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(match bound_to(vm, args)? {
        Some(instance) => Method::bind(args[0].clone(), instance),
        None => args[0].clone(),
    })
}

/// `closure`: a cell for each free variable of the code.
fn closure_arg(vm: &mut Vm, args: &[Value], code: &CodeObject) -> Result<Box<[Ref<Cell>]>, Exit> {
    let wanted = code.code.free.len();
    let kind = if wanted == 0 { "None or tuple" } else { "tuple" };
    let given = match arg_or_none(args, 5) {
        None if wanted == 0 => return Ok(Box::new([])),
        given => given.and_then(|given| given.native::<Tuple>()),
    };
    let Some(given) = given else { return Err(vm.type_error(format!("arg 5 (closure) must be {kind}"))) };
    if given.items().len() != wanted {
        let (name, got) = (code.code.name.clone(), given.items().len());
        return Err(vm.value_error(format!("{name} requires closure of length {wanted}, not {got}")));
    }
    let cell = |item: &Value| {
        item.to_ref::<Cell>()
            .ok_or_else(|| vm.type_error(format!("arg 5 (closure) expected cell, found {}", vm.type_name(item))))
    };
    given.items().iter().map(cell).collect()
}

fn function_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(code) = args[1].to_ref::<CodeObject>() else {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("function() argument 'code' must be code, not {got}")));
    };
    let Some(globals) = args[2].to_ref::<Dict>() else {
        let got = vm.type_name(&args[2]);
        return Err(vm.type_error(format!("function() argument 'globals' must be dict, not {got}")));
    };
    let (name, defaults) = (arg_or_none(args, 3), arg_or_none(args, 4));
    if name.is_some_and(|name| name.native::<Str>().is_none()) {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    if defaults.is_some_and(|defaults| defaults.get::<Tuple>().is_none()) {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    let closure = closure_arg(vm, args, &code)?;
    let builtins = vm.builtins_of(&globals);
    let function = Function::new(code, globals.clone(), builtins, closure);
    function.module.set(globals.get_str(&vm.names.name).unwrap_or(Value::NONE));
    let made = function.value();
    if let Some(name) = name {
        function.name.set(name.clone());
        function.qualname.set(name.clone());
    }
    if let Some(defaults) = defaults {
        function.defaults.set(defaults.clone());
    }
    if let Some(kwdefaults) = arg_or_none(args, 6) {
        if kwdefaults.native::<Dict>().is_none() {
            return Err(vm.type_error("arg 6 (kwdefaults) must be None or dict"));
        }
        set_kwdefaults(vm, &made, kwdefaults.clone())?;
    }
    Ok(made)
}

fn get_name(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).name.get())
}

/// The generators that a function made before it is given another name keep the one they were made with.
fn keep_names_of_generators(function: &Ref<Function>) {
    let flags = &function.header().flags;
    if flags.get() & HAS_MADE == 0 {
        return;
    }
    flags.set(flags.get() & !HAS_MADE);
    for made in collector::generators_of(function) {
        if made.detail(NAME).is_none() {
            made.set_detail(NAME, function.name.get());
        }
    }
}

fn set_name(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    if new.native::<Str>().is_none() {
        return Err(vm.type_error("__name__ must be set to a string object"));
    }
    keep_names_of_generators(&function);
    function.name.set(new);
    Ok(Value::NONE)
}

fn get_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).qualname.get())
}

fn set_qualname(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    if new.native::<Str>().is_none() {
        return Err(vm.type_error("__qualname__ must be set to a string object"));
    }
    keep_names_of_generators(&function);
    function.qualname.set(new);
    Ok(Value::NONE)
}

/// Deleting such an attribute makes it `None`.
fn or_none(new: Value) -> Value {
    if new.is_undef() { Value::NONE } else { new }
}

fn get_module(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).module.get())
}

fn set_module(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    expect!(vm, value, Function).module.set(or_none(new));
    Ok(Value::NONE)
}

fn get_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).doc.get())
}

fn set_doc(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    expect!(vm, value, Function).doc.set(or_none(new));
    Ok(Value::NONE)
}

fn get_defaults(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).defaults.get())
}

fn set_defaults(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let new = or_none(new);
    if !new.is_none() && new.get::<Tuple>().is_none() {
        return Err(vm.type_error("__defaults__ must be set to a tuple object"));
    }
    function.defaults.set(new);
    Ok(Value::NONE)
}

fn get_kwdefaults(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).kwdefaults.get())
}

fn set_kwdefaults(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let new = or_none(new);
    if !new.is_none() && new.get::<Dict>().is_none() {
        return Err(vm.type_error("__kwdefaults__ must be set to a dict object"));
    }
    function.kwdefaults.set(new);
    Ok(Value::NONE)
}

fn get_code(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    Ok(vm.whole_code(&function)?.into_value())
}

pub(super) fn set_code(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let Some(code) = new.to_ref::<CodeObject>() else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let (wanted, got) = (function.closure.len(), code.code.free.len());
    if wanted != got {
        let name = function.name.get();
        let name = name.get::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        return Err(vm.value_error(format!("{name}() requires a code object with {wanted} free vars, not {got}")));
    }
    let made =
        if function.header().flags.get() & HAS_MADE != 0 { collector::generators_of(&function) } else { Vec::new() };
    let runs = |made: &Ref<Generator>| made.state() == GeneratorState::Running;
    if vm.has_body_of(&function) || made.iter().any(runs) {
        return Err(vm.not_implemented_error("the code of a function that runs cannot be replaced"));
    }
    // Those that are suspended go on in the code that they began in.
    keep_names_of_generators(&function);
    let before = function.twin();
    made.iter().for_each(|made| made.set_function(before.clone()));
    let kind = |code: &Code| (code.flags.generator, code.flags.coroutine);
    let other_kind = kind(&function.code().code) != kind(&code.code);
    function.set_code(code);
    if other_kind {
        let message = "Assigning a code object of non-matching type is deprecated \
                       (e.g., from a generator to a plain function)";
        return vm.tail_prelude("warn_deprecated", vec![Value::str(message)]);
    }
    Ok(Value::NONE)
}

fn get_globals(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).globals.value())
}

fn get_builtins(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Function).builtins.value())
}

fn get_closure(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    if function.closure.is_empty() {
        return Ok(Value::NONE);
    }
    Ok(Value::tuple(function.closure.iter().map(|cell| cell.value()).collect()))
}

fn get_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    let name = vm.names.dict.clone();
    match vm.attribute_dict(value) {
        Some(dict) => Ok(dict.into_value()),
        None => Err(vm.no_attribute(value, &name)),
    }
}

fn set_dict(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let new = dict_value(vm, new)?;
    function.dict.set(new);
    Ok(Value::NONE)
}

fn get_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let known = function.annotations.get();
    if known.get::<Dict>().is_some() {
        return Ok(known);
    }
    let annotate = function.annotate.get();
    if annotate.is_none() || annotate.is_undef() {
        let empty = Value::object(Dict::empty());
        function.annotations.set(empty.clone());
        return Ok(empty);
    }
    vm.tail_prelude("annotations_by", vec![value.clone(), annotate])
}

fn set_annotations(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let new = or_none(new);
    if !new.is_none() && new.get::<Dict>().is_none() {
        return Err(vm.type_error("__annotations__ must be set to a dict object"));
    }
    function.annotations.set(new);
    function.annotate.set(Value::NONE);
    Ok(Value::NONE)
}

fn get_annotate(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(or_none(expect!(vm, value, Function).annotate.get()))
}

fn set_annotate(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    if new.is_undef() {
        return Err(vm.type_error("__annotate__ cannot be deleted"));
    }
    if !new.is_none() {
        if !vm.is_callable(&new) {
            return Err(vm.type_error("__annotate__ must be callable or None"));
        }
        function.annotations.set(Value::UNDEF);
    }
    function.annotate.set(new);
    Ok(Value::NONE)
}

/// The annotations of a function or module have been computed: remember them.
fn set_annotations_cache(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(function) = args[0].get::<Function>() {
        function.annotations.set(args[1].clone());
    } else if let Some(module) = args[0].get::<Module>() {
        module.set("__annotations__", args[1].clone());
    }
    Ok(args[1].clone())
}

/// Under this name a generic function keeps its type parameters among its attributes.
const TYPE_PARAMS: &[u8] = b"__type_params__";

fn get_type_params(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = expect!(vm, value, Function);
    let known = function.dict.get().get::<Dict>().and_then(|dict| dict.get_str(&intern(TYPE_PARAMS)));
    Ok(known.unwrap_or_else(|| Value::tuple(Vec::new())))
}

fn set_type_params(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    if new.get::<Tuple>().is_none() {
        return Err(vm.type_error("__type_params__ must be set to a tuple"));
    }
    if let Some(dict) = vm.attribute_dict(value) {
        dict.set_str(&intern(TYPE_PARAMS), new);
    }
    Ok(Value::NONE)
}

// ---- bound methods

fn method_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !vm.is_callable(&args[1]) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if args[2].is_none() {
        return Err(vm.type_error("instance must not be None"));
    }
    Ok(Method::bind(args[1].clone(), args[2].clone()))
}

fn method_get(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn method_eq(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(match (args[0].get::<Method>(), args[1].get::<Method>()) {
        (Some(a), Some(b)) => Value::bool(a.receiver.is(&b.receiver) && a.function.is(&b.function)),
        _ if args[0].is(&args[1]) => Value::TRUE,
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn method_hash(_: &mut Vm, args: &[Value]) -> NativeResult {
    use crate::object::hashing::identity;
    Ok(Value::int(match args[0].get::<Method>() {
        Some(method) => identity(&method.receiver) ^ identity(&method.function).rotate_left(7),
        None => identity(&args[0]),
    }))
}

fn method_getattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let method = expect!(vm, &args[0], Method);
    match args[1].native::<Str>() {
        Some(name) => {
            let name = crate::object::string::intern_str(&name);
            vm.load_attr(&method.function, &name)
        }
        None => Err(vm.type_error(format!("attribute name must be string, not '{}'", vm.type_name(&args[1])))),
    }
}

fn method_self(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Method).receiver.clone())
}

fn method_func(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Method).function.clone())
}

fn of_function(vm: &mut Vm, value: &Value, name: Ref<Str>) -> NativeResult {
    let function = expect!(vm, value, Method).function.clone();
    vm.load_attr(&function, &name)
}

fn method_name(vm: &mut Vm, value: &Value) -> NativeResult {
    of_function(vm, value, vm.names.name.clone())
}

fn method_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    of_function(vm, value, vm.names.doc.clone())
}

fn method_module(vm: &mut Vm, value: &Value) -> NativeResult {
    of_function(vm, value, vm.names.module.clone())
}

// ---- functions written in Rust

/// The native behind a function or bound method, and what it is bound to.
fn native_parts(vm: &mut Vm, value: &Value) -> Result<(Ref<NativeFunction>, Option<Value>), Exit> {
    if let Some(native) = value.to_ref::<NativeFunction>() {
        return Ok((native, None));
    }
    if let Some(method) = value.get::<Method>()
        && let Some(native) = method.function.to_ref::<NativeFunction>()
    {
        return Ok((native, Some(method.receiver.clone())));
    }
    let got = vm.type_name(value);
    Err(vm.type_error(format!("this attribute does not apply to a '{got}' object")))
}

fn native_name(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(native_parts(vm, value)?.0.name.value())
}

fn native_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    let (native, receiver) = native_parts(vm, value)?;
    let owner = match &receiver {
        // A class method of a builtin class is bound to the class.
        Some(receiver) if native.owner.is_none() => match receiver.to_ref::<Type>() {
            Some(class) => Some(class),
            None => Some(vm.class_of(receiver)),
        },
        Some(receiver) => Some(vm.class_of(receiver)),
        None => native.owner.get().to_ref::<Type>().or_else(|| native.home.get().to_ref::<Type>()),
    };
    Ok(match owner {
        Some(owner) => {
            let owner = owner.qualname.get();
            let text = |value: &Value| value.get::<Str>().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            Value::str(format!("{}.{}", text(&owner), native.name.to_string_lossy()))
        }
        None => native.name.value(),
    })
}

fn native_self(vm: &mut Vm, value: &Value) -> NativeResult {
    let (native, receiver) = native_parts(vm, value)?;
    if let Some(receiver) = receiver {
        return Ok(receiver);
    }
    if !native.home.is_none() {
        return Ok(native.home.get());
    }
    let module = native.module.get();
    let found = module.get::<Str>().and_then(|name| vm.modules.get_str(&name));
    Ok(found.unwrap_or(Value::NONE))
}

fn native_module(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(native_parts(vm, value)?.0.module.get())
}

fn set_native_module(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    native_parts(vm, value)?.0.module.set(or_none(new));
    Ok(Value::NONE)
}

fn native_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    let doc = native_parts(vm, value)?.0.def.doc;
    let doc = doc.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    Ok(if doc.is_empty() { Value::NONE } else { Value::str(doc) })
}

/// Signatures of builtins that take more apart than their rows say, and of those that CPython shows none of.
const SHOWN: &[(&str, Option<&str>)] = &[
    ("print(*args, **kwargs)", Some("($module, /, *args, sep=' ', end='\\n', file=None, flush=False)")),
    ("sorted(iterable, /, **kwargs)", Some("($module, iterable, /, *, key=None, reverse=False)")),
    ("__build_class__(func, name, /, *bases, **kwds)", None),
    ("dir(object=None, /)", None),
    ("getattr(object, name, default=None, /)", None),
    ("iter(object, sentinel=None, /)", None),
    ("max(*args, **kwargs)", None),
    ("min(*args, **kwargs)", None),
    ("next(iterator, default=None, /)", None),
    ("vars(object=None, /)", None),
];

/// What is shown of a native with this row that its row does not say.
pub fn shown_signature(row: &str) -> Option<&'static str> {
    SHOWN.iter().find(|(known, _)| *known == row).and_then(|(_, shown)| *shown)
}

fn native_signature(vm: &mut Vm, value: &Value) -> NativeResult {
    let (native, _) = native_parts(vm, value)?;
    let signature = native.def.signature;
    if let Some((_, shown)) = SHOWN.iter().find(|(row, _)| *row == signature) {
        return Ok(shown.map_or(Value::NONE, Value::str));
    }
    let inside = signature.split_once('(').map_or("", |(_, rest)| rest).trim_end_matches(')');
    let slash = if inside.split(',').any(|part| part.trim() == "/") { "" } else { "/, " };
    let (first, rest) = match inside.split_once(',') {
        Some((first, rest)) => (first.trim(), rest.trim()),
        None => (inside.trim(), ""),
    };
    let shown = match first {
        "self" => format!("($self, {slash}{rest})"),
        "cls" => format!("($type, {slash}{rest})"),
        _ => format!("($module, {slash}{inside})"),
    };
    Ok(Value::str(shown.replace(", )", ")")))
}

fn native_owner(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(native_parts(vm, value)?.0.owner.get())
}

fn builtin_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (native, receiver) = native_parts(vm, &args[0])?;
    let getattr = vm.builtins.get_str(&intern(b"getattr")).unwrap_or(Value::NONE);
    Ok(match receiver {
        Some(receiver) => Value::tuple(vec![getattr, Value::tuple(vec![receiver, native.name.value()])]),
        None => native.name.value(),
    })
}

fn method_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("method_reduce", args.to_vec())
}

fn descriptor_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (native, _) = native_parts(vm, &args[0])?;
    let Some(instance) = bound_to(vm, args)? else { return Ok(args[0].clone()) };
    if let Some(owner) = native.owner.get().to_ref::<Type>()
        && !vm.is_instance(&instance, &owner)
    {
        let (name, owner, got) = (native.name.to_string_lossy(), owner.name(), vm.type_name(&instance));
        return Err(
            vm.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{got}' object"))
        );
    }
    Ok(Method::bind(args[0].clone(), instance))
}

// ---- code

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    Value::tuple(names.into_iter().map(|name| intern(name.as_bytes()).into_value()).collect())
}

fn co_name(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::object(intern(expect!(vm, value, CodeObject).code.name.as_bytes())))
}

fn co_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::object(intern(expect!(vm, value, CodeObject).code.qualname.as_bytes())))
}

fn co_filename(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::str(expect!(vm, value, CodeObject).code.source.name()))
}

fn co_firstlineno(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(expect!(vm, value, CodeObject).code.first_line as i64))
}

fn co_argcount(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(expect!(vm, value, CodeObject).code.parameters.positional as i64))
}

fn co_posonlyargcount(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(expect!(vm, value, CodeObject).code.parameters.posonly as i64))
}

fn co_kwonlyargcount(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(expect!(vm, value, CodeObject).code.parameters.kwonly as i64))
}

fn co_varnames(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(names(code.code.variables()))
}

fn co_nlocals(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::size(code.code.variables().count()))
}

fn co_names(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    let mut seen: Vec<Ref<Str>> = Vec::new();
    for site in &code.sites {
        if !seen.iter().any(|name| name.is(&site.name)) {
            seen.push(site.name.clone());
        }
    }
    Ok(Value::tuple(seen.into_iter().map(Ref::into_value).collect()))
}

fn co_consts(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::tuple(constants(&code)))
}

/// What `co_consts` shows.
fn constants(code: &CodeObject) -> Vec<Value> {
    let doc = code.code.doc.as_ref().map(Value::str);
    let shown = shown_constants(&code.code).map(|index| code.constants[index].clone());
    doc.into_iter().chain(shown).collect()
}

/// The constants that are not names only.
fn shown_constants(code: &Code) -> impl Iterator<Item = usize> + '_ {
    (0..code.constants.len()).filter(|index| !code.sites.iter().any(|site| site.name as usize == *index))
}

/// `code` with other constants in the places of those that `co_consts` shows. What runs a text elsewhere than among the
/// globals compiles it again, so the code of a whole text stays as it is.
fn replace_constants(vm: &mut Vm, object: &CodeObject, code: &mut Code, new: &Value) -> Result<(), Exit> {
    let Some(new) = new.native::<Tuple>() else {
        let class = vm.type_name(new);
        return Err(vm.type_error(format!("replace() argument 'co_consts' must be tuple, not {class}")));
    };
    let old = constants(object);
    let same = |(old, new): (&Value, &Value)| {
        old.is(new) || constant_of(old).zip(constant_of(new)).is_some_and(|(old, new)| old.same_as(&new))
    };
    if old.len() == new.items().len() && old.iter().zip(new.items()).all(same) {
        return Ok(());
    }
    let made: Option<Vec<Constant>> = new.items().iter().map(constant_of).collect();
    let (Some(made), true) = (made, old.len() == new.items().len() && code.kind != CodeKind::Module) else {
        let message = "code.replace(co_consts=...): only the constants of functions and classes, by as many others";
        return Err(vm.not_implemented_error(message));
    };
    let mut made = made.into_iter();
    if code.doc.is_some() {
        code.doc = made.next().and_then(|doc| if let Constant::Str(text) = doc { Some(text) } else { None });
    }
    let places: Vec<usize> = shown_constants(code).collect();
    for (place, made) in places.into_iter().zip(made) {
        code.constants[place] = made;
    }
    Ok(())
}

/// A value as a constant of code, if it may be one.
fn constant_of(value: &Value) -> Option<Constant> {
    if value.is_none() {
        return Some(Constant::None);
    }
    if let Some(truth) =
        [(Value::TRUE, Constant::True), (Value::FALSE, Constant::False), (Value::ELLIPSIS, Constant::Ellipsis)]
            .into_iter()
            .find_map(|(known, constant)| value.is(&known).then_some(constant))
    {
        return Some(truth);
    }
    if let Some(float) = value.as_float() {
        return Some(Constant::Float(float));
    }
    if let Some(small) = value.as_small() {
        return Some(Constant::Int(small));
    }
    let all = |items: &[Value]| items.iter().map(constant_of).collect::<Option<Vec<_>>>().map(Rc::from);
    match value.kind()? {
        Kind::Str => value.get::<Str>().map(|text| Constant::Str(text.as_bytes().into())),
        Kind::Bytes => value.get::<Bytes>().map(|bytes| Constant::Bytes(bytes.data[..].into())),
        Kind::Tuple => all(value.get::<Tuple>()?.items()).map(Constant::Tuple),
        Kind::Code => value.get::<CodeObject>().map(|object| Constant::Code(object.code.clone())),
        _ => None,
    }
}

fn co_freevars(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(names(code.code.free.iter().map(|name| &**name)))
}

fn co_cellvars(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    let mut cells: Vec<&str> = code.code.cells.iter().filter_map(|cell| code.code.variable(*cell)).collect();
    cells.sort_unstable();
    cells.dedup();
    Ok(names(cells))
}

fn co_flags(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::int(flags_of(&code.code)))
}

fn flags_of(code: &Code) -> i64 {
    let (parameters, flags) = (&code.parameters, &code.flags);
    let bits = [
        (code.kind == CodeKind::Function, 0x3),
        (parameters.varargs, 0x4),
        (parameters.varkw, 0x8),
        (flags.nested, 0x10),
        (flags.generator && !flags.coroutine, 0x20),
        (flags.coroutine && !flags.generator, 0x80),
        (flags.awaitable, ITERABLE_COROUTINE),
        (flags.coroutine && flags.generator, 0x200),
        (code.doc.is_some() && code.kind == CodeKind::Function, 0x400_0000),
    ];
    bits.into_iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum()
}

fn co_stacksize(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::int(code.registers.saturating_sub(code.locals) as i64))
}

fn iterator(items: Vec<Value>) -> NativeResult {
    let list = Slot::new(Value::list(items));
    Ok(Value::object(Ref::new(ListIter { list, next: std::cell::Cell::new(0) })))
}

/// What programs count an instruction as where CPython counts bytes: `f_lasti`, `tb_lasti`, `co_lines`, `co_code`.
pub const BYTES_OF_INSTRUCTION: usize = 2;

/// A number for each instruction, its place in the table; no one can run that.
fn co_code(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    let number = |op: &Op| Op::TABLE.iter().position(|(name, _)| *name == op.name()).unwrap_or_default() as u8;
    let bytes: Vec<u8> = code.code.ops.iter().flat_map(|op| [number(op), 0]).collect();
    Ok(Value::bytes(bytes))
}

fn co_linetable(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::bytes(code_tables::line_table(&code.code)))
}

fn co_exceptiontable(vm: &mut Vm, value: &Value) -> NativeResult {
    let code = expect!(vm, value, CodeObject);
    Ok(Value::bytes(code_tables::exception_table(&code.code)))
}

/// What came before `co_lines`, worked out from that in Python.
fn co_lnotab(vm: &mut Vm, value: &Value) -> NativeResult {
    vm.tail_prelude("code_lnotab", vec![value.clone()])
}

fn code_lines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = expect!(vm, &args[0], CodeObject);
    let mut lines: Vec<(usize, usize, Option<u32>)> = Vec::new();
    for index in 0..code.code.ops.len() {
        let line = code.code.line(index);
        match lines.last_mut() {
            Some((_, end, last)) if *last == line => *end = index + 1,
            _ => lines.push((index, index + 1, line)),
        }
    }
    let row = |(start, end, line): (usize, usize, Option<u32>)| {
        let offset = |index| Value::size(BYTES_OF_INSTRUCTION * index);
        let line = line.map_or(Value::NONE, |line| Value::int(line as i64));
        Value::tuple(vec![offset(start), offset(end), line])
    };
    iterator(lines.into_iter().map(row).collect())
}

fn code_positions(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = expect!(vm, &args[0], CodeObject);
    let source = &code.code.source;
    let row = |span: &crate::source::Span| {
        if *span == crate::source::Span::NOWHERE {
            return Value::tuple(vec![Value::NONE; 4]);
        }
        let (start, end) = (source.place(span.start), source.place(span.end));
        let numbers = [start.line, end.line, start.column, end.column];
        Value::tuple(numbers.into_iter().map(|number| Value::int(number as i64)).collect())
    };
    iterator(code.code.spans.iter().map(row).collect())
}

/// What belongs to the instructions of a code object, and stays as they do.
const FIXED: &[&[u8]] = &[
    b"co_argcount",
    b"co_posonlyargcount",
    b"co_kwonlyargcount",
    b"co_nlocals",
    b"co_stacksize",
    b"co_firstlineno",
    b"co_code",
    b"co_names",
    b"co_varnames",
    b"co_freevars",
    b"co_cellvars",
    b"co_linetable",
    b"co_exceptiontable",
];

/// `co_flags`: whether `await` may drive the generators.
const ITERABLE_COROUTINE: i64 = 0x100;

/// Another code object, of another name or file. What is said as it was may be said; instructions and constants stay.
fn code_replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let object = expect!(vm, &args[0], CodeObject);
    let Some(changes) = args[1].get::<Dict>() else { return Ok(args[0].clone()) };
    if changes.items().iter().any(|(key, _)| key.native::<Str>().is_some_and(|name| FIXED.contains(&name.as_bytes()))) {
        return vm.tail_prelude("code_replace_same", vec![args[0].clone(), args[1].clone()]);
    }
    let mut code = Code::clone(&object.code);
    for (key, value) in changes.items() {
        let Some(name) = key.native::<Str>() else { continue };
        let text = value.native::<Str>().map(|text| text.to_string_lossy().into_owned());
        match (name.as_bytes(), text) {
            (b"co_name", Some(text)) => code.name = text.into(),
            (b"co_qualname", Some(text)) => code.qualname = text.into(),
            (b"co_filename", Some(text)) => code.source = code.source.renamed(&text),
            (b"co_consts", _) => replace_constants(vm, &object, &mut code, &value)?,
            (b"co_flags", None) => {
                let (given, has) = (value.as_small(), flags_of(&code));
                match given {
                    Some(given) if given & !ITERABLE_COROUTINE == has & !ITERABLE_COROUTINE => {
                        code.flags.awaitable = given & ITERABLE_COROUTINE != 0;
                    }
                    Some(_) => {
                        let message = "code.replace(co_flags=...): only CO_ITERABLE_COROUTINE can be changed";
                        return Err(vm.not_implemented_error(message));
                    }
                    None => return Err(vm.type_error("replace() argument 'co_flags' must be int")),
                }
            }
            (b"co_name" | b"co_qualname" | b"co_filename", None) => {
                let (name, class) = (name.to_string_lossy().into_owned(), vm.type_name(&value));
                return Err(vm.type_error(format!("replace() argument '{name}' must be str, not {class}")));
            }
            _ => {
                let name = name.to_string_lossy().into_owned();
                return Err(vm.type_error(format!("replace() got an unexpected keyword argument '{name}'")));
            }
        }
    }
    Ok(Value::object(CodeObject::load(&std::rc::Rc::new(code))))
}

// ---- cells

fn cell_new(_: &mut Vm, args: &[Value]) -> NativeResult {
    let content = Slot::new(arg(args, 1).cloned().unwrap_or(Value::UNDEF));
    Ok(Value::object(Ref::new(Cell { content })))
}

fn cell_contents(vm: &mut Vm, value: &Value) -> NativeResult {
    let content = expect!(vm, value, Cell).content.get();
    if content.is_undef() { Err(vm.value_error("Cell is empty")) } else { Ok(content) }
}

fn set_cell_contents(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    expect!(vm, value, Cell).content.set(new);
    Ok(Value::NONE)
}

// ---- modules

fn module_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let module = Module::new("?");
    if let Some(class) = args[0].to_ref::<Type>()
        && !class.is(&vm.types.module)
    {
        module.class.set(class.into_value());
    }
    Ok(module.into_value())
}

fn module_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let module = expect!(vm, &args[0], Module);
    if args[1].native::<Str>().is_none() {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("module() argument 'name' must be str, not {got}")));
    }
    module.set("__name__", args[1].clone());
    module.set("__doc__", arg(args, 2).cloned().unwrap_or(Value::NONE));
    Ok(Value::NONE)
}

fn module_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Module).dict.value())
}

fn module_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    let module = expect!(vm, value, Module);
    if let Some(known) = module.get("__annotations__") {
        return Ok(known);
    }
    match module.get("__annotate__").filter(|annotate| !annotate.is_none()) {
        Some(annotate) => vm.tail_prelude("annotations_by", vec![value.clone(), annotate]),
        None => set_annotations_cache(vm, &[value.clone(), Value::object(Dict::empty())]),
    }
}

fn set_module_annotations(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let module = expect!(vm, value, Module);
    let name = vm.names.annotations.clone();
    if new.is_undef() {
        return match module.dict.remove_str(&name) {
            Some(_) => Ok(Value::NONE),
            None => Err(vm.attribute_error("__annotations__")),
        };
    }
    module.dict.set_str(&name, new);
    Ok(Value::NONE)
}

// ---- tracebacks

/// Only what is its own, as in CPython.
fn tb_dir(_: &mut Vm, _: &[Value]) -> NativeResult {
    let names = TRACEBACK_ATTRIBUTES.iter().map(|def| Value::str(def.name));
    Ok(Value::list(names.collect()))
}

fn tb_next(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(expect!(vm, value, Traceback).next.get())
}

fn set_tb_next(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let entry = expect!(vm, value, Traceback);
    if new.is_undef() {
        return Err(vm.type_error("can't delete tb_next attribute"));
    }
    let mut link = new.clone();
    if !link.is_none() && link.get::<Traceback>().is_none() {
        let got = vm.type_name(&link);
        return Err(vm.type_error(format!("expected traceback object, got '{got}'")));
    }
    while let Some(inner) = link.to_ref::<Traceback>() {
        if inner.is(&entry) {
            return Err(vm.value_error("traceback loop detected"));
        }
        link = inner.next.get();
    }
    entry.next.set(new);
    Ok(Value::NONE)
}

fn tb_lineno(vm: &mut Vm, value: &Value) -> NativeResult {
    let entry = expect!(vm, value, Traceback);
    let line = if entry.line == 0 { entry.code().code.place(entry.index as usize).line } else { entry.line };
    Ok(Value::int(line as i64))
}

fn tb_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let next = &args[1];
    if !next.is_none() && !next.is_kind(crate::object::Kind::Traceback) {
        let got = vm.type_name(next);
        return Err(vm.type_error(format!("expected traceback object or None, got '{got}'")));
    }
    let Some(view) = args[2].foreign::<View>() else {
        let got = vm.type_name(&args[2]);
        return Err(vm.type_error(format!("traceback() argument 'tb_frame' must be frame, not {got}")));
    };
    let (index, line) = (vm.index_arg(args, 3)?, vm.index_arg(args, 4)?);
    let index = usize::try_from(index).unwrap_or_default();
    let mut entry = Traceback::at(view.function.clone(), index / BYTES_OF_INSTRUCTION, 0, next.clone());
    entry.left_at.set(u32::try_from(index).unwrap_or_default());
    entry.line = u32::try_from(line).unwrap_or_default();
    entry.locals.set(args[2].clone());
    Ok(Ref::new(entry).into_value())
}

fn tb_lasti(vm: &mut Vm, value: &Value) -> NativeResult {
    let entry = expect!(vm, value, Traceback);
    Ok(Value::size(match entry.index as usize {
        _ if entry.line != 0 => entry.left_at.get() as usize,
        NOT_BEGUN => 0,
        index => BYTES_OF_INSTRUCTION * index,
    }))
}

fn tb_frame(vm: &mut Vm, value: &Value) -> NativeResult {
    let entry = expect!(vm, value, Traceback);
    Ok(vm.view_of_traceback(&entry))
}

// ---- None, Ellipsis, NotImplemented

fn constant(vm: &mut Vm, args: &[Value], name: &str, value: Value) -> NativeResult {
    let keywords = args.last().and_then(|keywords| keywords.get::<Dict>()).is_some_and(|keywords| !keywords.is_empty());
    if args.len() > 2 || keywords {
        return Err(vm.type_error(format!("{name} takes no arguments")));
    }
    Ok(value)
}

fn none_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.none, &args[0])?;
    constant(vm, args, "NoneType", Value::NONE)
}

fn ellipsis_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.ellipsis, &args[0])?;
    constant(vm, args, "EllipsisType", Value::ELLIPSIS)
}

fn not_implemented_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.not_implemented, &args[0])?;
    constant(vm, args, "NotImplementedType", Value::NOT_IMPLEMENTED)
}

fn none_doc(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::str("The type of the None singleton."))
}

fn none_bool(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::FALSE)
}

fn none_hash(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.native_hash(&Value::NONE)?.map_or(Value::NONE, Value::int))
}

fn not_implemented_bool(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.type_error("NotImplemented should not be used in a boolean context"))
}

fn ellipsis_reduce(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::str("Ellipsis"))
}

fn not_implemented_reduce(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::str("NotImplemented"))
}

// ---- cell

/// Cells compare as their contents do; an empty one comes first.
fn cell_compare(vm: &mut Vm, args: &[Value], operator: &str) -> NativeResult {
    let (Some(one), Some(other)) = (args[0].get::<Cell>(), args[1].get::<Cell>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let side = |cell: &Cell| match cell.content.get() {
        content if content.is_undef() => Value::tuple(Vec::new()),
        content => Value::tuple(vec![content]),
    };
    let sides = vec![side(&one), side(&other), Value::str(operator)];
    vm.tail_prelude("compare_cells", sides)
}

fn cell_lt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "lt")
}

fn cell_le(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "le")
}

fn cell_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "eq")
}

fn cell_ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "ne")
}

fn cell_gt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "gt")
}

fn cell_ge(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cell_compare(vm, args, "ge")
}

// ---- mappingproxy

fn proxy_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.mappingproxy, &args[0])?;
    let mapping = &args[1];
    let sequence = mapping.native::<crate::object::List>().is_some() || mapping.native::<Tuple>().is_some();
    if sequence || vm.class_of(mapping).lookup(&vm.names.getitem).is_none() {
        let got = vm.type_name(mapping);
        return Err(vm.type_error(format!("mappingproxy() argument must be a mapping, not {got}")));
    }
    Ok(Value::object(Ref::new(MappingProxy { mapping: mapping.clone() })))
}

/// The mapping behind a proxy; anything else is itself.
fn behind(value: &Value) -> Value {
    match value.get::<MappingProxy>() {
        Some(proxy) => proxy.mapping.clone(),
        None => value.clone(),
    }
}

/// The mapping's own method does it.
fn forward(vm: &mut Vm, args: &[Value], method: &str) -> NativeResult {
    let mapping = behind(&args[0]);
    let class = vm.class_of(&mapping);
    let name = intern(method.as_bytes());
    let Some(method) = class.lookup(&name) else { return Err(vm.no_attribute(&mapping, &name)) };
    let bound = vm.bind(&method, &mapping, &class)?;
    vm.tail_call(bound, args[1..].iter().filter(|value| !value.is_undef()).cloned().collect())
}

/// Methods that are the mapping's own.
macro_rules! forwards {
    ($( $function:ident: $name:literal; )*) => {
        $( fn $function(vm: &mut Vm, args: &[Value]) -> NativeResult {
            forward(vm, args, $name)
        } )*
    };
}

forwards! {
    proxy_get: "get";
    proxy_keys: "keys";
    proxy_values: "values";
    proxy_items: "items";
    proxy_copy: "copy";
    proxy_getitem: "__getitem__";
    proxy_contains: "__contains__";
    proxy_len: "__len__";
    proxy_iter: "__iter__";
    proxy_reversed: "__reversed__";
    proxy_str: "__str__";
}

fn proxy_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("mappings_equal", vec![behind(&args[0]), behind(&args[1])])
}

fn proxy_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mapping = behind(&args[0]);
    match vm.native_hash(&mapping)? {
        Some(hash) => Ok(Value::int(hash)),
        None => vm.tail_prelude("hash_behind", vec![mapping]),
    }
}

fn proxy_or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("mappings_joined", vec![behind(&args[0]), behind(&args[1])])
}

fn proxy_ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("mappings_joined", vec![behind(&args[1]), behind(&args[0])])
}

fn proxy_ior(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.type_error("'|=' is not supported by mappingproxy; use '|' instead"))
}
