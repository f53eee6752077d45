//! The classes of exceptions, and the public names of the builtin classes.
//!
//! What an exception class declares beside `args` (`errno`, `lineno`, `reason`) follows from `args` as long as the program
//! does not say otherwise; what it does say, and what is given by keyword, stands in the exception's dict. So an exception
//! raised by the machine is its class and its arguments, and nothing else has to be made.

use super::{GetSetDef, getsets, install_functions, install_getsets, install_methods, install_static, natives};
use crate::object::string::ByteArray;
use crate::object::{Bytes, Dict, Exception, Kind, List, Ref, Str, Traceback, Tuple, Type, TypeFlags, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, /, *args, **kwargs)" => init;
        "__str__(self, /)" => str_;
        /// Set self.__traceback__ to tb and return self.
        "with_traceback(self, tb, /)" => with_traceback;
        /// Add a note to the exception.
        "add_note(self, note, /)" => add_note;
        "__setstate__(self, object, /)" => setstate;
        "__reduce__(self, /)" => reduce;
    }
    STATIC {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    KEY_ERROR {
        "__str__(self, /)" => key_error_str;
    }
    OS_ERROR {
        "__init__(self, /, *args, **kwargs)" => os_error_init;
        "__str__(self, /)" => os_error_str;
        "__reduce__(self, /)" => os_error_reduce;
    }
    OS_ERROR_STATIC {
        "__new__(cls, /, *args, **kwargs)" => os_error_new;
    }
    IMPORT_ERROR {
        "__init__(self, /, *args, **kwargs)" => import_error_init;
        "__str__(self, /)" => import_error_str;
        "__reduce__(self, /)" => import_error_reduce;
    }
    NAME_ERROR {
        "__init__(self, /, *args, **kwargs)" => name_error_init;
    }
    ATTRIBUTE_ERROR {
        "__init__(self, /, *args, **kwargs)" => attribute_error_init;
        "__getstate__(self, /)" => attribute_error_getstate;
        "__reduce__(self, /)" => attribute_error_reduce;
    }
    UNICODE_DECODE_ERROR {
        "__init__(self, /, *args, **kwargs)" => decode_error_init;
        "__str__(self, /)" => decode_error_str;
    }
    UNICODE_ENCODE_ERROR {
        "__init__(self, /, *args, **kwargs)" => encode_error_init;
        "__str__(self, /)" => encode_error_str;
    }
    UNICODE_TRANSLATE_ERROR {
        "__init__(self, /, *args, **kwargs)" => translate_error_init;
        "__str__(self, /)" => translate_error_str;
    }
    SYNTAX_ERROR {
        "__init__(self, /, *args, **kwargs)" => syntax_error_init;
        "__str__(self, /)" => syntax_error_str;
    }
    GROUP {
        "__str__(self, /)" => group_str;
        /// A group of the same sort with other exceptions in it.
        "derive(self, excs, /)" => derive;
        /// The part that matches and the part that does not.
        "split(self, matcher_value, /)" => split;
        /// The part that matches.
        "subgroup(self, matcher_value, /)" => subgroup;
    }
    GROUP_STATIC {
        "__new__(cls, /, *args, **kwargs)" => group_new;
    }
    PRELUDE {
        "_exception_matches(exception, classes, /)" => exception_matches;
        "_stand_here(exception, /)" => stand_here;
        "_stays_here(exception, /)" => stays_here;
    }
}

getsets! {
    ATTRIBUTES {
        "args" => get_args, set_args;
        "__cause__" => get_cause, set_cause;
        "__context__" => get_context, set_context;
        "__traceback__" => get_traceback, set_traceback;
        "__suppress_context__" => get_suppress_context, set_suppress_context;
        "__dict__" => get_dict, set_dict;
    }
    STOP_ITERATION_ATTRIBUTES {
        "value" => get_value, set_value;
    }
    SYSTEM_EXIT_ATTRIBUTES {
        "code" => get_code, set_code;
    }
    OS_ERROR_ATTRIBUTES {
        "errno" => get_errno, set_errno;
        "strerror" => get_strerror, set_strerror;
        "filename" => get_filename, set_filename;
        "filename2" => get_filename2, set_filename2;
        "characters_written" => get_characters_written, set_characters_written;
    }
    IMPORT_ERROR_ATTRIBUTES {
        "msg" => get_import_msg, set_msg;
        "name" => get_name, set_name;
        "path" => get_path, set_path;
        "name_from" => get_name_from, set_name_from;
    }
    NAME_ERROR_ATTRIBUTES {
        "name" => get_name, set_name;
    }
    ATTRIBUTE_ERROR_ATTRIBUTES {
        "name" => get_name, set_name;
        "obj" => get_obj, set_obj;
    }
    UNICODE_ATTRIBUTES {
        "encoding" => get_encoding, set_encoding;
        "object" => get_object, set_object;
        "start" => get_start, set_start;
        "end" => get_end, set_end;
        "reason" => get_reason, set_reason;
    }
    TRANSLATE_ATTRIBUTES {
        "encoding" => get_no_encoding, set_encoding;
        "object" => get_translate_object, set_object;
        "start" => get_translate_start, set_start;
        "end" => get_translate_end, set_end;
        "reason" => get_translate_reason, set_reason;
    }
    SYNTAX_ERROR_ATTRIBUTES {
        "msg" => get_syntax_msg, set_msg;
        "filename" => get_syntax_filename, set_filename;
        "lineno" => get_lineno, set_lineno;
        "offset" => get_offset, set_offset;
        "text" => get_text, set_text;
        "end_lineno" => get_end_lineno, set_end_lineno;
        "end_offset" => get_end_offset, set_end_offset;
        "print_file_and_line" => get_print_file_and_line, set_print_file_and_line;
    }
    GROUP_ATTRIBUTES {
        "message" => get_message;
        "exceptions" => get_exceptions;
    }
}

/// Fill the exception classes, and give the builtin classes their names.
pub fn install(vm: &mut Vm) {
    let t = &vm.types;
    let base = t.base_exception.clone();
    install_methods(&base, METHODS);
    install_static(&base, STATIC);
    install_getsets(&base, ATTRIBUTES);
    for (class, methods, attributes) in [
        (&t.key_error, Some(KEY_ERROR), None),
        (&t.stop_iteration, None, Some(STOP_ITERATION_ATTRIBUTES)),
        (&t.system_exit, None, Some(SYSTEM_EXIT_ATTRIBUTES)),
        (&t.os_error, Some(OS_ERROR), Some(OS_ERROR_ATTRIBUTES)),
        (&t.import_error, Some(IMPORT_ERROR), Some(IMPORT_ERROR_ATTRIBUTES)),
        (&t.name_error, Some(NAME_ERROR), Some(NAME_ERROR_ATTRIBUTES)),
        (&t.attribute_error, Some(ATTRIBUTE_ERROR), Some(ATTRIBUTE_ERROR_ATTRIBUTES)),
        (&t.unicode_decode_error, Some(UNICODE_DECODE_ERROR), Some(UNICODE_ATTRIBUTES)),
        (&t.unicode_encode_error, Some(UNICODE_ENCODE_ERROR), Some(UNICODE_ATTRIBUTES)),
        (&t.unicode_translate_error, Some(UNICODE_TRANSLATE_ERROR), Some(TRANSLATE_ATTRIBUTES)),
        (&t.syntax_error, Some(SYNTAX_ERROR), Some(SYNTAX_ERROR_ATTRIBUTES)),
        (&t.base_exception_group, Some(GROUP), Some(GROUP_ATTRIBUTES)),
    ] {
        if let Some(methods) = methods {
            install_methods(class, methods);
        }
        if let Some(attributes) = attributes {
            install_getsets(class, attributes);
        }
    }
    install_static(&t.os_error, OS_ERROR_STATIC);
    install_static(&t.base_exception_group, GROUP_STATIC);
    // `ExceptionGroup` is also an `Exception`.
    let (group, exception) = (&t.exception_group, &t.exception);
    let ancestors = [group, &t.base_exception_group, exception, &base, &t.object];
    *group.bases.borrow_mut() = vec![t.base_exception_group.clone(), exception.clone()];
    *group.mro.borrow_mut() = ancestors.into_iter().cloned().collect();
    group.invalidate();
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
    install_names(vm);
}

/// The names in the module `builtins` that are classes or constants.
fn install_names(vm: &mut Vm) {
    let public = [
        "bool",
        "bytearray",
        "memoryview",
        "bytes",
        "classmethod",
        "complex",
        "dict",
        "enumerate",
        "filter",
        "float",
        "frozenset",
        "int",
        "list",
        "map",
        "object",
        "property",
        "range",
        "reversed",
        "set",
        "slice",
        "staticmethod",
        "str",
        "super",
        "tuple",
        "type",
        "zip",
    ];
    let builtins = vm.builtins.clone();
    for (name, class) in vm.types.all() {
        if class.flags().has(TypeFlags::EXCEPTION) || public.contains(&name) {
            builtins.set_str(&intern(name.as_bytes()), class.value());
        }
    }
    for (name, value) in [
        ("EnvironmentError", vm.types.os_error.value()),
        ("IOError", vm.types.os_error.value()),
        ("None", Value::NONE),
        ("True", Value::TRUE),
        ("False", Value::FALSE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("__debug__", Value::TRUE),
        ("__doc__", Value::str("The functions, classes, exceptions and constants that every program sees.")),
        ("__package__", Value::str("")),
        ("__loader__", Value::NONE),
        ("__spec__", Value::NONE),
    ] {
        builtins.set_str(&intern(name.as_bytes()), value);
    }
}

// ---- what all of them share

fn the_exception(vm: &mut Vm, value: &Value) -> Result<Ref<Exception>, Exit> {
    match value.to_ref::<Exception>() {
        Some(exception) => Ok(exception),
        None => {
            let got = vm.type_name(value);
            Err(vm.type_error(format!("an exception was expected, not '{got}'")))
        }
    }
}

/// The class that `__new__` of `base` was given.
fn the_class(vm: &mut Vm, args: &[Value], base: &Ref<Type>) -> Result<Ref<Type>, Exit> {
    let name = base.name();
    let Some(given) = args.first().filter(|given| !given.is_undef()) else {
        return Err(vm.type_error(format!("{name}.__new__(): not enough arguments")));
    };
    let Some(class) = given.to_ref::<Type>() else {
        let got = vm.type_name(given);
        return Err(vm.type_error(format!("{name}.__new__(X): X is not a type object ({got})")));
    };
    if !class.is_subclass(base) {
        let got = class.name();
        return Err(vm.type_error(format!("{name}.__new__({got}): {got} is not a subtype of {name}")));
    }
    Ok(class)
}

/// The positional arguments and the keyword arguments of a call of `(self, *args, **kwargs)`.
fn call_parts(args: &[Value]) -> (&[Value], Option<Ref<Dict>>) {
    match args {
        [_, given @ .., keywords] => (given, keywords.to_ref::<Dict>().filter(|keywords| !keywords.is_empty())),
        _ => (&[], None),
    }
}

fn no_keywords(vm: &mut Vm, class: &Ref<Type>, keywords: Option<Ref<Dict>>) -> Result<(), Exit> {
    match keywords {
        Some(_) => Err(vm.type_error(format!("{}() takes no keyword arguments", class.name()))),
        None => Ok(()),
    }
}

fn items_of(exception: &Exception) -> Vec<Value> {
    exception.args.get().get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec())
}

fn set_items(exception: &Exception, args: Vec<Value>) {
    exception.args.set(Value::tuple(args));
}

/// An attribute that was set by the program, given by keyword, or noted by the machine.
fn noted(exception: &Exception, name: &str) -> Option<Value> {
    exception.members.get().get::<Dict>()?.get_str(&intern(name.as_bytes()))
}

fn note(exception: &Exception, name: &str, value: Value) {
    // Deleting a declared attribute makes it `None` again.
    let value = if value.is_undef() { Value::NONE } else { value };
    exception.members().set_str(&intern(name.as_bytes()), value);
}

/// An attribute: noted, or else what `otherwise` finds among the arguments.
fn field(vm: &mut Vm, value: &Value, name: &str, otherwise: fn(&Exception) -> Option<Value>) -> NativeResult {
    let exception = the_exception(vm, value)?;
    Ok(noted(&exception, name).or_else(|| otherwise(&exception)).unwrap_or(Value::NONE))
}

fn set_field(vm: &mut Vm, value: &Value, name: &str, new: Value) -> NativeResult {
    note(&*the_exception(vm, value)?, name, new);
    Ok(Value::NONE)
}

/// Getters: `function: "name" => what the arguments say;`
macro_rules! fields {
    ($( $get:ident: $name:literal => $otherwise:expr; )*) => {
        $( fn $get(vm: &mut Vm, value: &Value) -> NativeResult {
            field(vm, value, $name, $otherwise)
        } )*
    };
}

/// Setters: `function: "name";`
macro_rules! setters {
    ($( $set:ident: $name:literal; )*) => {
        $( fn $set(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
            set_field(vm, value, $name, new)
        } )*
    };
}

fields! {
    get_value: "value" => |e| e.arg(0);
    get_code: "code" => |e| if e.arg(1).is_some() { Some(e.args.get()) } else { e.arg(0) };
    get_errno: "errno" => |e| os_arg(e, 0);
    get_strerror: "strerror" => |e| os_arg(e, 1);
    get_filename: "filename" => |_| None;
    get_filename2: "filename2" => |_| None;
    get_import_msg: "msg" => |e| e.arg(0).filter(|_| e.arg(1).is_none());
    get_name: "name" => |_| None;
    get_path: "path" => |_| None;
    get_name_from: "name_from" => |_| None;
    get_obj: "obj" => |_| None;
    get_encoding: "encoding" => |e| e.arg(0);
    get_object: "object" => |e| e.arg(1).map(as_bytes);
    get_start: "start" => |e| e.arg(2);
    get_end: "end" => |e| e.arg(3);
    get_reason: "reason" => |e| e.arg(4);
    get_no_encoding: "encoding" => |_| None;
    get_translate_object: "object" => |e| e.arg(0);
    get_translate_start: "start" => |e| e.arg(1);
    get_translate_end: "end" => |e| e.arg(2);
    get_translate_reason: "reason" => |e| e.arg(3);
    get_syntax_msg: "msg" => |e| e.arg(0);
    get_syntax_filename: "filename" => |e| detail(e, 0);
    get_lineno: "lineno" => |e| detail(e, 1);
    get_offset: "offset" => |e| detail(e, 2);
    get_text: "text" => |e| detail(e, 3);
    get_end_lineno: "end_lineno" => |e| detail(e, 4);
    get_end_offset: "end_offset" => |e| detail(e, 5);
    get_print_file_and_line: "print_file_and_line" => |_| None;
    get_message: "message" => |e| e.arg(0);
    get_exceptions: "exceptions" => |e| Some(Value::tuple(members(e)));
}

setters! {
    set_value: "value";
    set_code: "code";
    set_errno: "errno";
    set_strerror: "strerror";
    set_filename: "filename";
    set_filename2: "filename2";
    set_msg: "msg";
    set_name: "name";
    set_path: "path";
    set_name_from: "name_from";
    set_obj: "obj";
    set_encoding: "encoding";
    set_object: "object";
    set_reason: "reason";
    set_lineno: "lineno";
    set_offset: "offset";
    set_text: "text";
    set_end_lineno: "end_lineno";
    set_end_offset: "end_offset";
    set_print_file_and_line: "print_file_and_line";
}

fn set_place(vm: &mut Vm, value: &Value, name: &str, new: Value) -> NativeResult {
    if new.is_undef() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    if new.as_integer().is_none() {
        return Err(vm.type_error("an integer is required"));
    }
    set_field(vm, value, name, new)
}

fn set_start(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_place(vm, value, "start", new)
}

fn set_end(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_place(vm, value, "end", new)
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let base = vm.types.base_exception.clone();
    let class = the_class(vm, args, &base)?;
    let (given, _) = call_parts(args);
    Ok(Exception::of(&class, given.to_vec()).into_value())
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let (given, keywords) = call_parts(args);
    no_keywords(vm, exception.class(), keywords)?;
    set_items(&exception, given.to_vec());
    Ok(Value::NONE)
}

fn str_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    match &items_of(&exception)[..] {
        [] => Ok(Value::str("")),
        [only] if only.is_kind(Kind::Str) => Ok(only.clone()),
        [only] => vm.tail_call(vm.types.str_.value(), vec![only.clone()]),
        _ => {
            let all = exception.args.get();
            repr_of(vm, &all)
        }
    }
}

/// `repr(value)`
fn repr_of(vm: &mut Vm, value: &Value) -> NativeResult {
    match (vm.hooks.repr)(vm, value)? {
        Some(text) => Ok(Value::str(text)),
        None => vm.tail_prelude("exception_part", vec![value.clone()]),
    }
}

fn with_traceback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    set_traceback(vm, &args[0], args[1].clone())?;
    Ok(args[0].clone())
}

fn add_note(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    if args[1].native::<Str>().is_none() {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("add_note() argument must be str, not {got}")));
    }
    let dict = exception.dict();
    match dict.get_str(&vm.names.notes) {
        None => dict.set_str(&vm.names.notes.clone(), Value::list(vec![args[1].clone()])),
        Some(notes) => match notes.native::<List>() {
            Some(list) => list.borrow_mut().push(args[1].clone()),
            None => return Err(vm.type_error("Cannot add note: __notes__ is not a list")),
        },
    }
    Ok(Value::NONE)
}

fn setstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].is_none() {
        return Ok(Value::NONE);
    }
    if args[1].native::<Dict>().is_none() {
        return Err(vm.type_error("state is not a dictionary"));
    }
    vm.tail_prelude("exception_setstate", args.to_vec())
}

fn reduced(exception: &Ref<Exception>, args: Value) -> Value {
    let mut parts = vec![exception.class().value(), args];
    let state = exception.dict.get();
    if state.get::<Dict>().is_some_and(|dict| !dict.is_empty()) {
        parts.push(state);
    }
    Value::tuple(parts)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    Ok(reduced(&exception, exception.args.get()))
}

fn get_args(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_exception(vm, value)?.args.get())
}

/// The arguments are about to change: what the exception declares beside them no longer follows from them.
fn stand_alone(vm: &mut Vm, value: &Value, exception: &Ref<Exception>) {
    let t = &vm.types;
    let declared: [(&Ref<Type>, &'static [GetSetDef]); 8] = [
        (&t.stop_iteration, STOP_ITERATION_ATTRIBUTES),
        (&t.system_exit, SYSTEM_EXIT_ATTRIBUTES),
        (&t.os_error, OS_ERROR_ATTRIBUTES),
        (&t.unicode_decode_error, UNICODE_ATTRIBUTES),
        (&t.unicode_encode_error, UNICODE_ATTRIBUTES),
        (&t.unicode_translate_error, TRANSLATE_ATTRIBUTES),
        (&t.syntax_error, SYNTAX_ERROR_ATTRIBUTES),
        (&t.base_exception_group, GROUP_ATTRIBUTES),
    ];
    let found = declared.into_iter().find(|(class, _)| exception.class().is_subclass(class));
    let Some((_, attributes)) = found else { return };
    for attribute in attributes {
        if noted(exception, attribute.name).is_none()
            && let Ok(now) = (attribute.get)(vm, value)
        {
            note(exception, attribute.name, now);
        }
    }
}

fn set_args(vm: &mut Vm, value: &Value, args: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    if args.is_undef() {
        return Err(vm.type_error("args may not be deleted"));
    }
    match vm.native_items(&args)? {
        Some(items) => {
            stand_alone(vm, value, &exception);
            set_items(&exception, items);
            Ok(Value::NONE)
        }
        None => {
            vm.require_iterable(&args)?;
            vm.tail_prelude("exception_set_args", vec![value.clone(), args])
        }
    }
}

/// What may stand in `__cause__` and `__context__`: an exception or `None`.
fn link(vm: &mut Vm, what: &str, new: Value) -> NativeResult {
    if new.is_undef() {
        return Err(vm.type_error(format!("__{what}__ may not be deleted")));
    }
    if !new.is_none() && !new.is_kind(Kind::Exception) {
        return Err(vm.type_error(format!("exception {what} must be None or derive from BaseException")));
    }
    Ok(new)
}

fn get_cause(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_exception(vm, value)?.cause.get())
}

fn set_cause(vm: &mut Vm, value: &Value, cause: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    let cause = link(vm, "cause", cause)?;
    exception.suppress_context.set(true);
    exception.cause.set(cause);
    Ok(Value::NONE)
}

fn get_context(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_exception(vm, value)?.context.get())
}

fn set_context(vm: &mut Vm, value: &Value, context: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    let context = link(vm, "context", context)?;
    exception.context.set(context);
    Ok(Value::NONE)
}

fn get_traceback(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_exception(vm, value)?.traceback.get())
}

fn set_traceback(vm: &mut Vm, value: &Value, traceback: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    if traceback.is_undef() {
        return Err(vm.type_error("__traceback__ may not be deleted"));
    }
    if !traceback.is_none() && traceback.get::<Traceback>().is_none() {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    }
    exception.traceback.set(traceback);
    Ok(Value::NONE)
}

fn get_suppress_context(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(the_exception(vm, value)?.suppress_context.get()))
}

fn set_suppress_context(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    if new.is_undef() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    let Some(new) = new.as_bool() else { return Err(vm.type_error("attribute value type must be bool")) };
    exception.suppress_context.set(new);
    Ok(Value::NONE)
}

fn get_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_exception(vm, value)?.dict().into_value())
}

/// What may be assigned to `__dict__`.
pub fn dict_value(vm: &mut Vm, new: Value) -> NativeResult {
    if new.is_undef() {
        return Err(vm.type_error("cannot delete __dict__"));
    }
    if new.get::<Dict>().is_none() {
        let got = vm.type_name(&new);
        return Err(vm.type_error(format!("__dict__ must be set to a dictionary, not a '{got}'")));
    }
    Ok(new)
}

fn set_dict(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    let new = dict_value(vm, new)?;
    exception.dict.set(new);
    Ok(Value::NONE)
}

// ---- KeyError, NameError, AttributeError, ImportError

fn key_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    match &items_of(&exception)[..] {
        [key] => repr_of(vm, key),
        _ => str_(vm, args),
    }
}

/// Positional arguments become `args`; these keywords, and no others, become attributes.
fn init_with(vm: &mut Vm, args: &[Value], function: &str, names: &[&str]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let (given, keywords) = call_parts(args);
    let keywords = keywords.map_or_else(Vec::new, |keywords| keywords.items());
    for (key, _) in &keywords {
        let key = key.get::<Str>().map_or_else(String::new, |key| key.to_string_lossy().into_owned());
        if !names.contains(&key.as_str()) {
            return Err(vm.type_error(format!("{function}() got an unexpected keyword argument '{key}'")));
        }
    }
    set_items(&exception, given.to_vec());
    if let Some(dict) = exception.members.get().get::<Dict>() {
        // What an earlier call set is not there any more.
        names.iter().for_each(|name| drop(dict.remove_str(&intern(name.as_bytes()))));
    }
    for (key, value) in keywords {
        if let Some(key) = key.get::<Str>() {
            exception.members().set_str(&key, value);
        }
    }
    Ok(Value::NONE)
}

fn name_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    init_with(vm, args, "NameError", &["name"])
}

fn attribute_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    init_with(vm, args, "AttributeError", &["name", "obj"])
}

fn import_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    init_with(vm, args, "ImportError", &["name", "path", "name_from"])
}

/// The other attributes of an exception, and those of these names that are set.
fn state_with(exception: &Exception, names: &[&str]) -> Ref<Dict> {
    let state = Dict::empty();
    let own = exception.dict.get();
    for (key, value) in own.get::<Dict>().map_or_else(Vec::new, |dict| dict.items()) {
        if let Some(key) = key.native::<Str>() {
            state.set_str(&key.to_ref(), value);
        }
    }
    for name in names {
        if let Some(value) = noted(exception, name).filter(|value| !value.is_none()) {
            state.set_str(&intern(name.as_bytes()), value);
        }
    }
    state
}

fn import_error_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let state = state_with(&exception, &["name", "path", "name_from"]);
    let mut parts = vec![exception.class().value(), exception.args.get()];
    if !state.is_empty() {
        parts.push(state.into_value());
    }
    Ok(Value::tuple(parts))
}

/// What is pickled of an `AttributeError`: not the object that lacks the attribute.
fn attribute_error_getstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let state = state_with(&exception, &["name"]);
    state.set_str(&intern(b"args"), exception.args.get());
    Ok(state.into_value())
}

fn attribute_error_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let state = attribute_error_getstate(vm, args)?;
    let exception = the_exception(vm, &args[0])?;
    Ok(Value::tuple(vec![exception.class().value(), exception.args.get(), state]))
}

fn import_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let message = get_import_msg(vm, &args[0])?;
    if message.is_kind(Kind::Str) { Ok(message) } else { str_(vm, args) }
}

// ---- OSError

/// `errno` and `strerror`, when there are as many arguments as make them so.
fn os_arg(exception: &Exception, n: usize) -> Option<Value> {
    let items = items_of(exception);
    if (2..=5).contains(&items.len()) { items.get(n).cloned() } else { None }
}

/// Does `__init__` do the work? So it is when a subclass overrides `__init__` but not `__new__`.
fn init_does_it(vm: &Vm, class: &Ref<Type>) -> bool {
    let overrides = |name| {
        let own = vm.types.os_error.dict.get_str(name);
        class.lookup(name).zip(own).is_some_and(|(mine, own)| !mine.is(&own))
    };
    overrides(&vm.names.init) && !overrides(&vm.names.new)
}

/// Arguments become `args`, the names of files among them attributes.
fn os_error_fill(vm: &mut Vm, exception: &Ref<Exception>, given: &[Value]) {
    let mut args = given.to_vec();
    if let (3..=5, Some(filename)) = (args.len(), args.get(2).filter(|name| !name.is_none()).cloned()) {
        let blocking = vm.is_instance(&exception.value(), &vm.types.blocking_io_error);
        if blocking && filename.as_integer().is_some() {
            note(exception, "characters_written", filename);
        } else {
            note(exception, "filename", filename);
            if let Some(second) = args.get(4).filter(|name| !name.is_none()).cloned() {
                note(exception, "filename2", second);
            }
            args.truncate(2);
        }
    }
    set_items(exception, args);
}

fn os_error_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let base = vm.types.os_error.clone();
    let mut class = the_class(vm, args, &base)?;
    let (given, keywords) = call_parts(args);
    if init_does_it(vm, &class) {
        return Ok(Exception::of(&class, Vec::new()).into_value());
    }
    no_keywords(vm, &class, keywords)?;
    if class.is(&base)
        && (2..=5).contains(&given.len())
        && let Some(errno) = given[0].as_integer().and_then(|errno| errno.to_i64())
        && let Ok(errno) = i32::try_from(errno)
    {
        class = vm.os_error_class(errno).clone();
    }
    let exception = Exception::of(&class, Vec::new());
    os_error_fill(vm, &exception, given);
    Ok(exception.into_value())
}

fn os_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    if !init_does_it(vm, exception.class()) {
        return Ok(Value::NONE);
    }
    let (given, keywords) = call_parts(args);
    no_keywords(vm, exception.class(), keywords)?;
    os_error_fill(vm, &exception, given);
    Ok(Value::NONE)
}

fn os_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let errno = get_errno(vm, &args[0])?;
    let text = get_strerror(vm, &args[0])?;
    let filename = noted(&exception, "filename").unwrap_or(Value::NONE);
    let second = noted(&exception, "filename2").unwrap_or(Value::NONE);
    let told = |value: &Value| !value.is_none();
    if !(told(&filename) || told(&errno) && told(&text)) {
        return str_(vm, args);
    }
    let number = match errno.as_small() {
        Some(errno) => Some(errno.to_string()),
        None => errno.get::<Str>().map(|errno| errno.to_string_lossy().into_owned()),
    };
    let plain = |name: &Value| name.is_none() || name.is_kind(Kind::Str) || name.is_kind(Kind::Bytes);
    if let (Some(number), Some(reason)) = (number, text.get::<Str>())
        && plain(&filename)
        && plain(&second)
    {
        let mut out = [b"[Errno ", number.as_bytes(), b"] ", reason.as_bytes()].concat();
        for (mark, name) in [(": ", &filename), (" -> ", &second)] {
            if name.is_none() {
                break;
            }
            out.extend_from_slice(mark.as_bytes());
            out.extend((vm.hooks.repr)(vm, name)?.unwrap_or_default());
        }
        return Ok(Value::str(out));
    }
    vm.tail_prelude("os_error_text", vec![errno, text, filename, second])
}

fn os_error_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let mut items = items_of(&exception);
    if items.len() == 2
        && let Some(filename) = noted(&exception, "filename").filter(|name| !name.is_none())
    {
        items.push(filename);
        if let Some(second) = noted(&exception, "filename2").filter(|name| !name.is_none()) {
            items.extend([Value::NONE, second]);
        }
    }
    Ok(reduced(&exception, Value::tuple(items)))
}

fn get_characters_written(vm: &mut Vm, value: &Value) -> NativeResult {
    let exception = the_exception(vm, value)?;
    match noted(&exception, "characters_written").filter(|count| !count.is_none()) {
        Some(count) => Ok(count),
        None => Err(vm.attribute_error("characters_written")),
    }
}

fn set_characters_written(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    if new.is_undef() {
        get_characters_written(vm, value)?;
    } else if new.as_integer().is_none() {
        let got = vm.type_name(&new);
        return Err(vm.type_error(format!("'{got}' object cannot be interpreted as an integer")));
    }
    set_field(vm, value, "characters_written", new)
}

// ---- UnicodeError

fn as_bytes(object: Value) -> Value {
    match object.native::<ByteArray>() {
        Some(array) => Value::bytes(array.data.borrow().clone()),
        None => object,
    }
}

/// What `__init__` of the three classes takes: whether there is an encoding, and whether the object is bytes.
fn unicode_init(vm: &mut Vm, args: &[Value], encoding: bool, bytes: bool) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let (given, keywords) = call_parts(args);
    no_keywords(vm, exception.class(), keywords)?;
    let wanted = 4 + encoding as usize;
    if given.len() != wanted {
        let count = given.len();
        return Err(vm.type_error(format!("function takes exactly {wanted} arguments ({count} given)")));
    }
    let object = 1 + encoding as usize;
    for n in 1..=wanted {
        let value = &args[n];
        if n == object + 1 || n == object + 2 {
            vm.index_arg(args, n)?;
        } else if !(n == object && bytes) && value.native::<Str>().is_none() {
            let got = vm.type_name(value);
            return Err(vm.type_error(format!("argument {n} must be str, not {got}")));
        }
    }
    if bytes && args[object].native::<Bytes>().is_none() && args[object].native::<ByteArray>().is_none() {
        let got = vm.type_name(&args[object]);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{got}'")));
    }
    set_items(&exception, given.to_vec());
    Ok(Value::NONE)
}

fn decode_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    unicode_init(vm, args, true, true)
}

fn encode_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    unicode_init(vm, args, true, false)
}

fn translate_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    unicode_init(vm, args, false, false)
}

/// `... in position 3: reason` or `... in position 3-5: reason`, after what `one` says of the one culprit.
fn unicode_text(
    vm: &mut Vm,
    value: &Value,
    getters: [crate::object::descriptor::Getter; 5],
    what: (&str, &str),
    one: fn(&Value, usize) -> Option<String>,
) -> NativeResult {
    let [encoding, object, start, end, reason] = getters;
    let object = object(vm, value)?;
    if object.is_none() {
        return Ok(Value::str(""));
    }
    let place = |place: Value| place.as_integer().and_then(|place| place.to_i64()).unwrap_or(0);
    let (start, end) = (place(start(vm, value)?), place(end(vm, value)?));
    let (encoding, reason) = (encoding(vm, value)?, reason(vm, value)?);
    let (encoding, reason) = (shown_part(vm, encoding)?, shown_part(vm, reason)?);
    let (verb, plural) = what;
    let codec = if encoding.is_empty() { String::new() } else { format!("'{encoding}' codec ") };
    let culprit =
        usize::try_from(start).ok().filter(|_| end == start.saturating_add(1)).and_then(|at| one(&object, at));
    Ok(Value::str(match culprit {
        Some(culprit) => format!("{codec}can't {verb} {culprit} in position {start}: {reason}"),
        None => {
            let last = end.saturating_sub(1);
            format!("{codec}can't {verb} {plural} in position {start}-{last}: {reason}")
        }
    }))
}

/// Part of a message: a text, or what the program has put in its place, if that can be shown without Python code.
fn shown_part(vm: &mut Vm, part: Value) -> std::result::Result<String, Exit> {
    let shown = if part.is_undef() { None } else { super::repr::native_str(vm, &part)? };
    Ok(shown.and_then(|text| text.native::<Str>().map(|text| text.to_string_lossy().into_owned())).unwrap_or_default())
}

fn byte_at(object: &Value, at: usize) -> Option<String> {
    let byte = object.native::<Bytes>()?.data.get(at).copied()?;
    Some(format!("byte 0x{byte:02x}"))
}

fn character_at(object: &Value, at: usize) -> Option<String> {
    let text = object.native::<Str>()?;
    if at >= text.chars() {
        return None;
    }
    let character = text.char_at(at);
    let point = crate::text::wtf8::first(character.as_bytes())?;
    Some(match point {
        0..=0xff => format!("character '\\x{point:02x}'"),
        0x100..=0xffff => format!("character '\\u{point:04x}'"),
        _ => format!("character '\\U{point:08x}'"),
    })
}

const UNICODE_GETTERS: [crate::object::descriptor::Getter; 5] =
    [get_encoding, get_object, get_start, get_end, get_reason];

fn decode_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    unicode_text(vm, &args[0], UNICODE_GETTERS, ("decode", "bytes"), byte_at)
}

fn encode_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    unicode_text(vm, &args[0], UNICODE_GETTERS, ("encode", "characters"), character_at)
}

/// Nothing is said of an encoding where none takes part.
fn no_encoding(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::UNDEF)
}

fn translate_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getters: [crate::object::descriptor::Getter; 5] =
        [no_encoding, get_translate_object, get_translate_start, get_translate_end, get_translate_reason];
    unicode_text(vm, &args[0], getters, ("translate", "characters"), character_at)
}

// ---- SyntaxError

/// Item `n` of the tuple that says where: the second of two arguments.
fn detail(exception: &Exception, n: usize) -> Option<Value> {
    let place = exception.arg(1).filter(|_| exception.arg(2).is_none())?;
    match place.native::<Tuple>() {
        Some(place) => place.items().get(n).cloned(),
        None => place.native::<List>().and_then(|place| place.borrow().get(n).cloned()),
    }
}

fn syntax_error_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exception = the_exception(vm, &args[0])?;
    let (given, keywords) = call_parts(args);
    no_keywords(vm, exception.class(), keywords)?;
    if given.len() == 2 {
        let place = vm.unsized_items_arg(args, 2)?;
        let count = place.len();
        if count < 4 {
            return Err(vm.type_error(format!("function takes at least 4 arguments ({count} given)")));
        }
        if count > 7 {
            return Err(vm.type_error(format!("function takes at most 7 arguments ({count} given)")));
        }
        if count == 5 && !place[4].is_none() {
            return Err(vm.type_error("end_offset must be provided when end_lineno is provided"));
        }
    }
    set_items(&exception, given.to_vec());
    Ok(Value::NONE)
}

fn syntax_error_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let message = get_syntax_msg(vm, &args[0])?;
    let file = get_syntax_filename(vm, &args[0])?;
    let line = get_lineno(vm, &args[0])?;
    let file = file.native::<Str>().map(|file| file.to_string_lossy().into_owned());
    let file = file.map(|file| file.rsplit('/').next().unwrap_or_default().to_owned());
    let line = line.as_small();
    let place = match (file, line) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        (Some(file), None) => format!(" ({file})"),
        (None, Some(line)) => format!(" (line {line})"),
        (None, None) => String::new(),
    };
    match message.get::<Str>() {
        Some(text) => Ok(Value::str([text.as_bytes(), place.as_bytes()].concat())),
        None => vm.tail_prelude("exception_text", vec![message, Value::str(place)]),
    }
}

// ---- groups

/// The exceptions in a group.
fn members(group: &Exception) -> Vec<Value> {
    let given = noted(group, "exceptions").or_else(|| group.arg(1)).unwrap_or_default();
    match given.native::<Tuple>() {
        Some(tuple) => tuple.items().to_vec(),
        None => given.native::<List>().map_or_else(Vec::new, |list| list.to_vec()),
    }
}

fn group_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let base = vm.types.base_exception_group.clone();
    let mut class = the_class(vm, args, &base)?;
    let (given, _) = call_parts(args);
    let [message, listed] = given else {
        let count = given.len();
        let message = format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)");
        return Err(vm.type_error(message));
    };
    if message.native::<Str>().is_none() {
        let got = super::text::shown_type(vm, message);
        return Err(vm.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {got}")));
    }
    let is_sequence = listed.native::<Dict>().is_none() && vm.class_of(listed).lookup(&vm.names.getitem).is_some();
    if !is_sequence {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = vm.unsized_items_arg(args, 2)?;
    if items.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(n) = items.iter().position(|item| !item.is_kind(Kind::Exception)) {
        return Err(vm.value_error(format!("Item {n} of second argument (exceptions) is not an exception")));
    }
    let ordinary = items.iter().all(|item| vm.is_instance(item, &vm.types.exception));
    if class.is(&base) {
        if ordinary {
            class = vm.types.exception_group.clone();
        }
    } else if !ordinary && class.is_subclass(&vm.types.exception) {
        let message = if class.is(&vm.types.exception_group) {
            "Cannot nest BaseExceptions in an ExceptionGroup".to_owned()
        } else {
            format!("Cannot nest BaseExceptions in '{}'", class.name())
        };
        return Err(vm.type_error(message));
    }
    let group = Exception::of(&class, given.to_vec());
    let of_the_program = class.flags().has(TypeFlags::HEAP);
    if of_the_program {
        // A constructor written in Python may give `__init__` other arguments, which become `args`.
        note(&group, "message", message.clone());
    }
    if of_the_program || listed.native::<Tuple>().is_none() {
        // A list may change; the group does not.
        note(&group, "exceptions", Value::tuple(items));
    }
    Ok(group.into_value())
}

fn group_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let group = the_exception(vm, &args[0])?;
    let message = get_message(vm, &args[0])?;
    let text = message.native::<Str>().map(|text| text.as_bytes().to_vec()).unwrap_or_default();
    let count = members(&group).len();
    let plural = if count == 1 { "" } else { "s" };
    Ok(Value::str([&text[..], format!(" ({count} sub-exception{plural})").as_bytes()].concat()))
}

fn derive(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let message = get_message(vm, &args[0])?;
    vm.tail_call(vm.types.base_exception_group.value(), vec![message, args[1].clone()])
}

fn split(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("exception_group_split", args.to_vec())
}

fn subgroup(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("exception_group_subgroup", args.to_vec())
}

/// An exception that the prelude puts into a group was raised in the body that runs, and refers to it.
fn stays_here(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(body) = vm.visible_body(0) {
        vm.stays_in(&args[0], &body);
    }
    Ok(Value::NONE)
}

/// Gives an exception that the prelude makes an entry for the body that runs.
fn stand_here(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.stand_here(&args[0]);
    Ok(Value::NONE)
}

/// Is the exception an instance of the class, or of one in the tuple, as `except` sees it? `None` when something there is
/// no class of exceptions.
fn exception_matches(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let classes = match args[1].native::<Tuple>() {
        Some(tuple) => tuple.items().to_vec(),
        None => vec![args[1].clone()],
    };
    let mut matches = false;
    for class in &classes {
        match class.to_ref::<Type>() {
            Some(class) if class.flags().has(TypeFlags::EXCEPTION) => matches |= vm.is_instance(&args[0], &class),
            _ => return Ok(Value::NONE),
        }
    }
    Ok(Value::bool(matches))
}
