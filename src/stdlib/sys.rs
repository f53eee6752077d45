//! `sys`: the interpreter as programs see it.

use super::structseq::{self, StructSequence};
use super::{module as new_module, monitoring, namespace, streams, text};
use crate::builtins::natives;
use crate::object::{Dict, Exception, Kind, List, Module, Ref, Set, Str, Tuple, Value, intern, string::intern_str};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

/// The version of the language: `(3, 14, 2)`.
const VERSION: (i64, i64, i64) = (3, 14, 2);

natives! {
    FUNCTIONS {
        /// Raise SystemExit(status).
        "exit(status=None, /)" => exit;
        /// The exception that is being handled, as (type, value, traceback).
        "exc_info()" => exc_info;
        /// The exception that is being handled, or None.
        "exception()" => exception;
        /// How deep calls may nest.
        "getrecursionlimit()" => getrecursionlimit;
        /// Say how deep calls may nest.
        "setrecursionlimit(limit, /)" => setrecursionlimit;
        /// The one string of this text that all names share.
        "intern(string, /)" => intern_string;
        /// Bytes that an object takes, without what it refers to.
        "getsizeof(object, default=0)" => getsizeof;
        /// How many references to the object there are.
        "getrefcount(object, /)" => getrefcount;
        /// The encoding of str(bytes) and its like.
        "getdefaultencoding()" => utf_8;
        "getfilesystemencoding()" => utf_8;
        "getfilesystemencodeerrors()" => surrogateescape;
        "getswitchinterval()" => getswitchinterval;
        "setswitchinterval(interval, /)" => set_switch_interval;
        /// Has the program ended, so that its objects go one after the other?
        "is_finalizing()" => is_finalizing;
        /// The trace function of the running thread.
        "gettrace()" => gettrace;
        "getprofile()" => getprofile;
        /// The functions that are called for async generators: when first iterated, when dropped unfinished.
        "get_asyncgen_hooks()" => get_asyncgen_hooks;
        "set_asyncgen_hooks(firstiter=None, finalizer=None)" => set_asyncgen_hooks;
        /// Have the running thread traced: the function is told of calls, lines, returns and exceptions.
        "settrace(function, /)" => settrace;
        "setprofile(function, /)" => setprofile;
        "_getframe(depth=0, /)" => getframe;
        /// The name of the module whose code is running, `depth` calls further out.
        "_getframemodulename(depth=0)" => getframemodulename;
        /// File, line, module and source text of the call `depth` levels out, for warnings.
        "_caller(depth, /)" => caller;
        "get_int_max_str_digits()" => get_int_max_str_digits;
        "set_int_max_str_digits(maxdigits)" => set_int_max_str_digits;
        /// What `breakpoint()` calls.
        "breakpointhook(*args, **kws)" => breakpointhook;
        /// Show a value as the prompt does.
        "displayhook(value, /)" => displayhook;
        /// Print an exception as the interpreter does one that nobody caught.
        "excepthook(exctype, value, traceback, /)" => excepthook;
        /// Print an exception that nobody can catch.
        "unraisablehook(unraisable, /)" => unraisablehook;
        "get_coroutine_origin_tracking_depth()" => get_origin_depth;
        /// Say how many of the calls in which a coroutine is made it remembers.
        "set_coroutine_origin_tracking_depth(depth)" => set_origin_depth;
        "audit(event, /, *args)" => nothing;
        /// Call a function while tracing: there is none, so it is only called.
        "call_tracing(func, args, /)" => call_tracing;
        "_is_gil_enabled()" => yes;
        "_clear_type_cache()" => none;
    }
}

static VERSION_INFO: StructSequence = StructSequence {
    module: "sys",
    name: "version_info",
    key: "sys.version_info",
    fields: &["major", "minor", "micro", "releaselevel", "serial"],
    hidden: &[],
    constructible: false,
};

static FLOAT_INFO: StructSequence = StructSequence {
    module: "sys",
    name: "float_info",
    key: "sys.float_info",
    fields: &[
        "max",
        "max_exp",
        "max_10_exp",
        "min",
        "min_exp",
        "min_10_exp",
        "dig",
        "mant_dig",
        "epsilon",
        "radix",
        "rounds",
    ],
    hidden: &[],
    constructible: true,
};

static INT_INFO: StructSequence = StructSequence {
    module: "sys",
    name: "int_info",
    key: "sys.int_info",
    fields: &["bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"],
    hidden: &[],
    constructible: true,
};

static HASH_INFO: StructSequence = StructSequence {
    module: "sys",
    name: "hash_info",
    key: "sys.hash_info",
    fields: &["width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"],
    hidden: &[],
    constructible: true,
};

/// The key under which the machine holds flags that are not as usual, by name.
pub const FLAGS_GIVEN: &str = "sys.flags given";

static FLAGS: StructSequence = StructSequence {
    module: "sys",
    name: "flags",
    key: "sys.flags",
    fields: &[
        "debug",
        "inspect",
        "interactive",
        "optimize",
        "dont_write_bytecode",
        "no_user_site",
        "no_site",
        "ignore_environment",
        "verbose",
        "bytes_warning",
        "quiet",
        "hash_randomization",
        "isolated",
        "dev_mode",
        "utf8_mode",
        "warn_default_encoding",
        "safe_path",
        "int_max_str_digits",
    ],
    hidden: &["gil", "thread_inherit_context", "context_aware_warnings"],
    constructible: false,
};

static THREAD_INFO: StructSequence = StructSequence {
    module: "sys",
    name: "thread_info",
    key: "sys.thread_info",
    fields: &["name", "lock", "version"],
    hidden: &[],
    constructible: true,
};

static HOOKS: StructSequence = StructSequence {
    module: "builtins",
    name: "asyncgen_hooks",
    key: "sys.asyncgen_hooks",
    fields: &["firstiter", "finalizer"],
    hidden: &[],
    constructible: true,
};

static UNRAISABLE: StructSequence = StructSequence {
    module: "builtins",
    name: "UnraisableHookArgs",
    key: "sys.UnraisableHookArgs",
    fields: &["exc_type", "exc_value", "exc_traceback", "err_msg", "object"],
    hidden: &[],
    constructible: true,
};

/// The module. Whoever starts a program sets `argv` and `path`.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("sys", "The interpreter as programs see it.", FUNCTIONS);
    let set = |name: &str, value: Value| module.set(name, value);
    set("argv", Value::list(vec![text("")]));
    set("orig_argv", Value::list(Vec::new()));
    set("path", Value::list(Vec::new()));
    set("modules", vm.modules.value());
    for (fd, name) in ["stdin", "stdout", "stderr"].into_iter().enumerate() {
        let stream = streams::standard(vm, fd as i32);
        set(name, stream.clone());
        set(&format!("__{name}__"), stream);
    }
    let (major, minor, micro) = VERSION;
    set("version", Value::str(format!("{major}.{minor}.{micro} (pyield {})", env!("CARGO_PKG_VERSION"))));
    let numbers = vec![Value::small(major), Value::small(minor), Value::small(micro), text("final"), Value::small(0)];
    let version_info = structseq::value(vm, &VERSION_INFO, numbers, Vec::new());
    set("version_info", version_info.clone());
    let hexversion = Value::small(major << 24 | minor << 16 | micro << 8 | 0xF0);
    set("hexversion", hexversion.clone());
    set("api_version", Value::small(1013));
    set("copyright", text(""));
    let implementation = vec![
        ("name", text("pyield")),
        ("cache_tag", text("pyield-314")),
        ("version", version_info),
        ("hexversion", hexversion),
    ];
    set("monitoring", monitoring::module(vm).into_value());
    set("implementation", namespace::value(vm, implementation));
    set("platform", text("linux"));
    set("byteorder", text(if cfg!(target_endian = "little") { "little" } else { "big" }));
    set("maxsize", Value::int(i64::MAX));
    set("maxunicode", Value::small(0x10FFFF));
    let executable = vm.host.executable().map_or_else(|| text(""), |path| super::os_text(path.as_os_str()));
    set("executable", executable);
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
        set(name, text(""));
    }
    if let Some(hook) = module.get("excepthook") {
        set("__excepthook__", hook);
    }
    if let Some(hook) = module.get("unraisablehook") {
        set("__unraisablehook__", hook);
    }
    if let Some(hook) = module.get("breakpointhook") {
        set("__breakpointhook__", hook);
    }
    if let Some(hook) = module.get("displayhook") {
        set("__displayhook__", hook);
    }
    set("UnraisableHookArgs", structseq::class_of(vm, &UNRAISABLE).into_value());
    set("platlibdir", text("lib"));
    set("dont_write_bytecode", Value::TRUE);
    set("pycache_prefix", Value::NONE);
    set("path_hooks", Value::list(Vec::new()));
    set("meta_path", Value::list(Vec::new()));
    set("path_importer_cache", Dict::empty().into_value());
    set("warnoptions", Value::list(Vec::new()));
    set("_xoptions", Dict::empty().into_value());
    set("abiflags", text(""));
    set("float_repr_style", text("short"));
    let names = ["sys", "builtins", "errno", "itertools", "math", "posix", "select", "time"];
    set("builtin_module_names", Value::tuple(names.iter().map(|name| text(name)).collect()));
    set("stdlib_module_names", module_names(vm));
    let small = |numbers: &[i64]| numbers.iter().map(|n| Value::small(*n)).collect::<Vec<_>>();
    let float_info = vec![
        Value::float(f64::MAX),
        Value::small(1024),
        Value::small(308),
        Value::float(f64::MIN_POSITIVE),
        Value::small(-1021),
        Value::small(-307),
        Value::small(15),
        Value::small(53),
        Value::float(f64::EPSILON),
        Value::small(2),
        Value::small(1),
    ];
    set("float_info", structseq::value(vm, &FLOAT_INFO, float_info, Vec::new()));
    set("int_info", structseq::value(vm, &INT_INFO, small(&[30, 4, 4300, 640]), Vec::new()));
    let mut hash_info = small(&[64, (1 << 61) - 1, 314_159, 0, 1_000_003]);
    hash_info.push(text("siphash13"));
    hash_info.extend(small(&[64, 128, 0]));
    set("hash_info", structseq::value(vm, &HASH_INFO, hash_info, Vec::new()));
    let mut flags = small(&[0; 13]);
    flags.extend([Value::FALSE, Value::small(0), Value::small(0), Value::FALSE, Value::small(4300)]);
    if let Some(given) = vm.state.get(FLAGS_GIVEN).and_then(|given| given.to_ref::<Dict>()) {
        for (place, name) in flags.iter_mut().zip(FLAGS.fields) {
            if let Some(value) = given.get_str(&intern(name.as_bytes())) {
                *place = value;
            }
        }
    }
    set("flags", structseq::value(vm, &FLAGS, flags, small(&[1, 0, 0])));
    // Threads are control stacks that take turns; no thread of the system is theirs.
    let thread_info = vec![text("pthread-stubs"), Value::NONE, Value::NONE];
    set("thread_info", structseq::value(vm, &THREAD_INFO, thread_info, Vec::new()));
    module
}

fn module_names(vm: &mut Vm) -> Value {
    let names = Set::empty(true);
    for name in super::public_names().filter(|name| !name.contains('.')) {
        let name = text(name);
        if let Ok(Some(hash)) = vm.native_hash(&name) {
            names.table.borrow_mut().add(name, hash);
        }
    }
    Value::object(names)
}

fn exit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = match arg(args, 0) {
        None => Vec::new(),
        // A tuple is the exception's arguments, as in CPython.
        Some(status) => match status.get::<Tuple>() {
            Some(items) => items.items().to_vec(),
            None if status.is_none() => Vec::new(),
            None => vec![status.clone()],
        },
    };
    let callee = vm.types.system_exit.value();
    vm.tail_prelude("raise_call", [vec![callee], args].concat())
}

fn exc_info(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let handled = vm.handled.clone();
    let Some(exception) = handled.get::<Exception>() else {
        return Ok(Value::tuple(vec![Value::NONE; 3]));
    };
    Ok(Value::tuple(vec![exception.class().value(), handled.clone(), exception.traceback.get()]))
}

fn exception(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.handled.clone())
}

fn getrecursionlimit(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::size(vm.recursion_limit))
}

fn setrecursionlimit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let limit = vm.index_arg(args, 0)?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    if limit > i64::from(i32::MAX) {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    }
    let depth = vm.depth();
    if depth as i64 >= limit {
        let message =
            format!("cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low");
        return Err(vm.recursion_error(&message));
    }
    vm.set_recursion_limit(limit as usize);
    Ok(Value::NONE)
}

fn intern_string(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].get::<Str>() {
        Some(string) => Ok(intern_str(&string.to_ref()).into_value()),
        None => {
            let name = vm.type_name(&args[0]);
            let what =
                if args[0].native::<Str>().is_some() { "can't intern" } else { "intern() argument must be str, not" };
            Err(vm.type_error(format!("{what} {name}")))
        }
    }
}

/// What CPython would say, for the kinds of which programs ask it.
fn getsizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = args[0].payload();
    let size = match value.kind() {
        None if value.as_float().is_some() => 24,
        None if value.is_none() || value.is_not_implemented() || value.is(&Value::ELLIPSIS) => 16,
        None => match value.as_integer().and_then(|i| i.to_i64()) {
            Some(0) => 28,
            Some(i) => 24 + 4 * (64 - i.unsigned_abs().leading_zeros() as usize).div_ceil(30),
            None => 28,
        },
        Some(Kind::Str) => value.get::<Str>().map_or(41, |s| 41 + s.as_bytes().len()),
        Some(Kind::Bytes) => value.get::<crate::object::Bytes>().map_or(33, |b| 33 + b.data.len()),
        Some(Kind::Tuple) => value.get::<Tuple>().map_or(48, |t| 48 + 8 * t.items().len()),
        Some(Kind::List) => value.get::<List>().map_or(56, |l| 56 + 8 * l.len()),
        Some(Kind::Dict) => {
            value.get::<Dict>().map_or(64, |d| if d.is_empty() { 64 } else { 184.max(64 + d.len() * 36) })
        }
        Some(Kind::Function) => 160,
        Some(kind) => 48 + (crate::object::kind::TABLE[kind as usize].outside)(value),
    };
    let _ = vm;
    Ok(Value::size(size))
}

fn getrefcount(_: &mut Vm, args: &[Value]) -> NativeResult {
    // Values that are no objects are never freed, as CPython's immortal objects.
    Ok(args[0].header().map_or(Value::small(u32::MAX as i64), |header| Value::small(header.count() as i64)))
}

fn utf_8(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(text("utf-8"))
}

fn surrogateescape(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(text("surrogateescape"))
}

fn getswitchinterval(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.state.get(SWITCH_INTERVAL).cloned().unwrap_or_else(|| Value::float(0.005)))
}

fn get_int_max_str_digits(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::size(vm.max_digits()))
}

fn set_int_max_str_digits(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(digits) = vm.integer_arg(args, 0)?.to_i64().and_then(|digits| i32::try_from(digits).ok()) else {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    };
    if digits != 0 && digits < 640 {
        return Err(vm.value_error("maxdigits must be >= 640 or 0 for unlimited"));
    }
    vm.state.insert("int_max_str_digits", Value::small(i64::from(digits)));
    Ok(Value::NONE)
}

/// Where the machine keeps it.
const SWITCH_INTERVAL: &str = "sys.switchinterval";

/// Threads take turns by instructions, not by time: the interval is only kept.
fn set_switch_interval(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let seconds = match (args[0].as_float(), args[0].as_small()) {
        (Some(seconds), _) => seconds,
        (_, Some(seconds)) => seconds as f64,
        _ => return Err(vm.type_error(format!("must be real number, not {}", vm.type_name(&args[0])))),
    };
    if seconds <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.state.insert(SWITCH_INTERVAL, Value::float(seconds));
    Ok(Value::NONE)
}

fn nothing(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn none(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn is_finalizing(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.is_finalizing))
}

fn yes(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::TRUE)
}

fn getprofile(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.profile_function())
}

fn setprofile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.set_profile_function(args[0].clone());
    Ok(Value::NONE)
}

fn gettrace(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.trace_function())
}

fn settrace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.set_trace_function(args[0].clone());
    Ok(Value::NONE)
}

fn getframe(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let depth = depth_arg(vm, args)?;
    match vm.visible_body(depth) {
        Some(body) => Ok(vm.view_of_body(&body)),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

/// Which call from the inside an argument means.
fn depth_arg(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    let depth = if arg(args, 0).is_some() { vm.index_arg(args, 0)? } else { 0 };
    Ok(depth.max(0) as usize)
}

fn call_tracing(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].get::<Tuple>().is_none() {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("call_tracing() argument 2 must be tuple, not {got}")));
    }
    vm.tail_prelude("call_tracing", args.to_vec())
}

fn getframemodulename(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let depth = depth_arg(vm, args)?;
    let found = vm.visible_frame(depth).and_then(|(function, _, _)| function.globals.get_str(&vm.names.name));
    Ok(found.unwrap_or(Value::NONE))
}

fn caller(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let depth = depth_arg(vm, args)?;
    let Some((function, _, index)) = vm.visible_frame(depth) else {
        return Ok(Value::tuple(vec![text("<sys>"), Value::small(0), text("sys"), Value::NONE]));
    };
    let code = &function.code().code;
    let number = code.place(index).line;
    let module = function.globals.get_str(&vm.names.name).unwrap_or(Value::NONE);
    let line = code.source.line(number).map_or(Value::NONE, Value::str);
    Ok(Value::tuple(vec![Value::str(code.source.name()), Value::small(i64::from(number)), module, line]))
}

fn excepthook(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("excepthook", args.to_vec())
}

fn unraisablehook(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = structseq::class_of(vm, &UNRAISABLE);
    if !vm.is_instance(&args[0], &class) {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    vm.tail_prelude("unraisablehook", args.to_vec())
}

fn get_origin_depth(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::size(vm.origin_depth()))
}

fn set_origin_depth(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Ok(depth) = usize::try_from(vm.index_arg(args, 0)?) else {
        return Err(vm.value_error("depth must be >= 0"));
    };
    vm.set_origin_depth(depth);
    Ok(Value::NONE)
}

fn breakpointhook(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("breakpointhook", crate::builtins::reflection::given(args))
}

fn displayhook(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("displayhook", args.to_vec())
}

fn get_asyncgen_hooks(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let hooks = vm.asyncgen_hooks.to_vec();
    Ok(structseq::value(vm, &HOOKS, hooks, Vec::new()))
}

fn set_asyncgen_hooks(vm: &mut Vm, args: &[Value]) -> NativeResult {
    for (place, what) in ["firstiter", "finalizer"].into_iter().enumerate() {
        if let Some(hook) = arg_or_none(args, place)
            && !vm.is_callable(hook)
        {
            let name = vm.type_name(hook);
            return Err(vm.type_error(format!("callable {what} expected, got {name}")));
        }
    }
    for (place, hook) in args.iter().enumerate().filter(|(_, hook)| !hook.is_undef()) {
        vm.asyncgen_hooks[place] = hook.clone();
    }
    Ok(Value::NONE)
}
