//! What Python imports: one file per module, Rust or Python.
//!
//! A module that reaches the host or keeps its own data structure is written in Rust ([`native`]: tables, constants and plain
//! functions); one that calls back into the program is Python ([`python`]: embedded text, of which the outline is compiled at
//! its first import, named `<frozen NAME>` in tracebacks). A Python module may stand on a native twin whose name begins with an underscore.

pub mod archive;
mod array;
mod asyncio;
mod binascii;
mod bisect;
mod cmath;
mod codecs;
mod collections;
mod contextvars;
mod datetime;
mod decimal;
mod digests;
mod errno;
mod formatter;
mod fronted;
mod functools;
mod gc;
mod heapq;
mod inspect;
mod itertools;
mod json;
mod layout;
mod math;
mod memory_files;
mod monitoring;
mod namespace;
mod operator;
mod posix;
mod processes;
mod random;
mod room;
mod select;
mod signal;
mod socket;
mod sre;
mod streams;
mod strftime;
mod structseq;
mod sys;
pub use sys::FLAGS_GIVEN;
mod threads;
mod time;
mod tls;
mod traceback;
mod tree;
mod unicodedata;
mod weakref;
mod zlib;

use crate::builtins::imports::give_spec;
use crate::builtins::install_functions;
use crate::host::{ErrorDomain, HostError};
use crate::object::native::NativeDef;
use crate::object::{Module, Ref, Str, Type, TypeFlags, Value, intern};
use crate::text::wtf8;
use crate::vm::{Exit, Vm};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

pub use contextvars::current as current_context;
pub use gc::install as install_collector;
pub use socket::close_orphans;
pub use tree::value_of as tree_value;

/// Install what the prelude needs where threads and signals take turns.
pub fn install_turns(vm: &mut Vm) {
    signal::install(vm);
    threads::install(vm);
}

/// The module of this name, if it is one that is written in Rust; made anew at each call.
pub fn native(vm: &mut Vm, name: &str) -> Result<Option<Value>, Exit> {
    let make: fn(&mut Vm) -> Ref<Module> = match name {
        "sys" => sys::module,
        "builtins" => builtins_module,
        "_prelude" => prelude_module,
        "_array" => array::module,
        "_asyncio" => asyncio::module,
        "_binascii" => binascii::module,
        "_bisect" => bisect::module,
        "_codecs" => codecs::module,
        "_collections" => collections::module,
        "_contextvars" => contextvars::module,
        "_datetime" => datetime::module,
        "_decimal" => decimal::module,
        "_digests" => digests::module,
        "_functools" => functools::module,
        "_heapq" => heapq::module,
        "_inspect" => inspect::module,
        "_json" => json::module,
        "_memory_files" => memory_files::module,
        "_operator" => operator::module,
        "_streams" => streams::module,
        "_string" => formatter::module,
        "_random" => random::module,
        "_sre" => sre::module,
        "_signal" => signal::module,
        "_socket" => socket::module,
        "_struct" => layout::module,
        "_threads" => threads::module,
        "_tls" => tls::module,
        "_traceback" => traceback::module,
        "_types" => namespace::module,
        "_weakref" => weakref::module,
        "_zlib" => zlib::module,
        "cmath" => cmath::module,
        "errno" => errno::module,
        "gc" => gc::module,
        "itertools" => itertools::module,
        "math" => math::module,
        "posix" => posix::module,
        "select" => select::module,
        "time" => time::module,
        "unicodedata" => unicodedata::module,
        _ => return Ok(None),
    };
    let module = make(vm);
    if name != "builtins" && name != "_prelude" {
        give_spec(vm, &module, "", None, None);
    }
    Ok(Some(module.into_value()))
}

/// The modules written in Python, in the order of their names: the text, and whether it is a package.
static PYTHON: &[(&str, &str, bool)] = &[
    ("__future__", include_str!("__future__.py"), false),
    ("_certificates", include_str!("_certificates.py"), false),
    ("_colorize", include_str!("_colorize.py"), false),
    ("_frames", include_str!("frames.py"), false),
    ("_generic", include_str!("generic.py"), false),
    ("_io", "from io import *\nfrom io import _BufferedIOBase, _IOBase, _RawIOBase, _TextIOBase\n", false),
    // The name by which programs reach the part of `pickle` that is written in C elsewhere.
    ("_pickle", "from pickle import *\nfrom pickle import __all__\n", false),
    ("_prompt", include_str!("prompt.py"), false),
    ("_signatures", include_str!("signatures.py"), false),
    // The name by which programs reach the part of `ssl` that is written in C elsewhere.
    ("_ssl", "from ssl import *\nfrom ssl import _SSLContext\n", false),
    ("_strptime", include_str!("_strptime.py"), false),
    ("_thread", include_str!("_thread.py"), false),
    ("_typevars", include_str!("typevars.py"), false),
    ("_unparse", include_str!("_unparse.py"), false),
    ("abc", include_str!("abc.py"), false),
    ("annotationlib", include_str!("annotationlib.py"), false),
    ("argparse", include_str!("argparse.py"), false),
    ("array", include_str!("array.py"), false),
    ("ast", include_str!("ast.py"), false),
    ("asyncio", include_str!("asyncio/__init__.py"), true),
    ("asyncio._bridge", include_str!("asyncio/_bridge.py"), false),
    ("asyncio.base_events", include_str!("asyncio/base_events.py"), false),
    ("asyncio.base_subprocess", include_str!("asyncio/base_subprocess.py"), false),
    ("asyncio.connections", include_str!("asyncio/connections.py"), false),
    ("asyncio.constants", include_str!("asyncio/constants.py"), false),
    ("asyncio.coroutines", include_str!("asyncio/coroutines.py"), false),
    ("asyncio.events", include_str!("asyncio/events.py"), false),
    ("asyncio.exceptions", include_str!("asyncio/exceptions.py"), false),
    ("asyncio.executors", include_str!("asyncio/executors.py"), false),
    ("asyncio.format", include_str!("asyncio/format.py"), false),
    ("asyncio.format_helpers", include_str!("asyncio/format_helpers.py"), false),
    ("asyncio.futures", include_str!("asyncio/futures.py"), false),
    ("asyncio.graph", include_str!("asyncio/graph.py"), false),
    ("asyncio.locks", include_str!("asyncio/locks.py"), false),
    ("asyncio.log", include_str!("asyncio/log.py"), false),
    ("asyncio.mixins", include_str!("asyncio/mixins.py"), false),
    ("asyncio.outbox", include_str!("asyncio/outbox.py"), false),
    ("asyncio.pipe_transports", include_str!("asyncio/pipe_transports.py"), false),
    ("asyncio.protocols", include_str!("asyncio/protocols.py"), false),
    ("asyncio.queues", include_str!("asyncio/queues.py"), false),
    ("asyncio.reports", include_str!("asyncio/reports.py"), false),
    ("asyncio.runners", include_str!("asyncio/runners.py"), false),
    ("asyncio.running", include_str!("asyncio/running.py"), false),
    ("asyncio.selector_events", include_str!("asyncio/selector_events.py"), false),
    ("asyncio.sendfile", include_str!("asyncio/sendfile.py"), false),
    ("asyncio.servers", include_str!("asyncio/servers.py"), false),
    ("asyncio.socket_transports", include_str!("asyncio/socket_transports.py"), false),
    ("asyncio.sslproto", include_str!("asyncio/sslproto.py"), false),
    ("asyncio.stacks", include_str!("asyncio/stacks.py"), false),
    ("asyncio.staggered", include_str!("asyncio/staggered.py"), false),
    ("asyncio.streams", include_str!("asyncio/streams.py"), false),
    ("asyncio.stuck", include_str!("asyncio/stuck.py"), false),
    ("asyncio.subprocess", include_str!("asyncio/subprocess.py"), false),
    ("asyncio.subprocess_transports", include_str!("asyncio/subprocess_transports.py"), false),
    ("asyncio.taskgroups", include_str!("asyncio/taskgroups.py"), false),
    ("asyncio.tasks", include_str!("asyncio/tasks.py"), false),
    ("asyncio.threads", include_str!("asyncio/threads.py"), false),
    ("asyncio.timeouts", include_str!("asyncio/timeouts.py"), false),
    ("asyncio.transports", include_str!("asyncio/transports.py"), false),
    ("asyncio.trsock", include_str!("asyncio/trsock.py"), false),
    ("asyncio.unix_events", include_str!("asyncio/unix_events.py"), false),
    ("asyncio.waiting", include_str!("asyncio/waiting.py"), false),
    ("atexit", include_str!("atexit.py"), false),
    ("base64", include_str!("base64.py"), false),
    ("bdb", include_str!("bdb.py"), false),
    ("binascii", include_str!("binascii.py"), false),
    ("bisect", include_str!("bisect.py"), false),
    ("calendar", include_str!("calendar.py"), false),
    ("cmd", include_str!("cmd.py"), false),
    ("code", include_str!("code.py"), false),
    ("codecs", include_str!("codecs.py"), false),
    ("codeop", include_str!("codeop.py"), false),
    ("collections", include_str!("collections.py"), true),
    ("collections.abc", include_str!("collections_abc.py"), false),
    ("colorsys", include_str!("colorsys.py"), false),
    ("concurrent", include_str!("concurrent.py"), true),
    ("concurrent.futures", include_str!("concurrent_futures.py"), true),
    ("concurrent.futures._base", include_str!("concurrent_futures_base.py"), false),
    ("concurrent.futures.thread", include_str!("concurrent_futures_thread.py"), false),
    ("configparser", include_str!("configparser.py"), false),
    ("contextlib", include_str!("contextlib.py"), false),
    ("contextvars", include_str!("contextvars.py"), false),
    ("copy", include_str!("copy.py"), false),
    ("copyreg", include_str!("copyreg.py"), false),
    ("csv", include_str!("csv.py"), false),
    ("dataclasses", include_str!("dataclasses.py"), false),
    ("datetime", include_str!("datetime.py"), false),
    ("decimal", include_str!("decimal.py"), false),
    ("difflib", include_str!("difflib.py"), false),
    ("dis", include_str!("dis.py"), false),
    ("enum", include_str!("enum.py"), false),
    ("fnmatch", include_str!("fnmatch.py"), false),
    ("fractions", include_str!("fractions.py"), false),
    ("functools", include_str!("functools.py"), false),
    ("genericpath", include_str!("genericpath.py"), false),
    ("getopt", include_str!("getopt.py"), false),
    ("glob", include_str!("glob.py"), false),
    ("graphlib", include_str!("graphlib.py"), false),
    ("gzip", include_str!("gzip.py"), false),
    ("hashlib", include_str!("hashlib.py"), false),
    ("heapq", include_str!("heapq.py"), false),
    ("hmac", include_str!("hmac.py"), false),
    ("html", include_str!("html.py"), true),
    ("html.entities", include_str!("html_entities.py"), false),
    ("importlib", include_str!("importlib.py"), true),
    ("importlib.machinery", include_str!("importlib_machinery.py"), false),
    ("importlib.util", include_str!("importlib_util.py"), false),
    ("inspect", include_str!("inspect.py"), false),
    ("io", include_str!("io.py"), false),
    ("ipaddress", include_str!("ipaddress.py"), false),
    ("json", include_str!("json.py"), true),
    ("json.__main__", include_str!("json_tool.py"), false),
    ("json.decoder", include_str!("json_decoder.py"), false),
    ("json.encoder", include_str!("json_encoder.py"), false),
    ("json.scanner", include_str!("json_scanner.py"), false),
    ("json.tool", include_str!("json_tool.py"), false),
    ("keyword", include_str!("keyword.py"), false),
    ("linecache", include_str!("linecache.py"), false),
    ("locale", include_str!("locale.py"), false),
    ("logging", include_str!("logging.py"), true),
    ("ntpath", include_str!("ntpath.py"), false),
    ("numbers", include_str!("numbers.py"), false),
    ("opcode", include_str!("opcode.py"), false),
    ("operator", include_str!("operator.py"), false),
    ("os", include_str!("os.py"), false),
    ("os.path", include_str!("posixpath.py"), false),
    ("pathlib", include_str!("pathlib.py"), false),
    ("pdb", include_str!("pdb.py"), false),
    ("pickle", include_str!("pickle.py"), false),
    ("platform", include_str!("platform.py"), false),
    ("posixpath", include_str!("posixpath.py"), false),
    ("pprint", include_str!("pprint.py"), false),
    ("pydoc", include_str!("pydoc.py"), false),
    ("queue", include_str!("queue.py"), false),
    ("random", include_str!("random.py"), false),
    ("re", include_str!("re.py"), false),
    ("reprlib", include_str!("reprlib.py"), false),
    ("sched", include_str!("sched.py"), false),
    ("secrets", include_str!("secrets.py"), false),
    ("selectors", include_str!("selectors.py"), false),
    ("shlex", include_str!("shlex.py"), false),
    ("shutil", include_str!("shutil.py"), false),
    ("signal", include_str!("signal.py"), false),
    ("socket", include_str!("socket.py"), false),
    ("ssl", include_str!("ssl.py"), false),
    ("stat", include_str!("stat.py"), false),
    ("statistics", include_str!("statistics.py"), false),
    ("string", include_str!("string.py"), true),
    ("string.templatelib", include_str!("templatelib.py"), false),
    ("struct", include_str!("struct.py"), false),
    ("subprocess", include_str!("subprocess.py"), false),
    ("tempfile", include_str!("tempfile.py"), false),
    ("textwrap", include_str!("textwrap.py"), false),
    ("threading", include_str!("threading.py"), false),
    ("timeit", include_str!("timeit.py"), false),
    ("token", include_str!("token.py"), false),
    ("tokenize", include_str!("tokenize.py"), false),
    ("tomllib", include_str!("tomllib.py"), false),
    ("traceback", include_str!("traceback.py"), false),
    ("types", include_str!("types.py"), false),
    ("typing", include_str!("typing.py"), false),
    ("unittest", include_str!("unittest/__init__.py"), true),
    ("unittest.__main__", include_str!("unittest/__main__.py"), false),
    ("unittest._differences", include_str!("unittest/_differences.py"), false),
    ("unittest._log", include_str!("unittest/_log.py"), false),
    ("unittest.async_case", include_str!("unittest/async_case.py"), false),
    ("unittest.case", include_str!("unittest/case.py"), false),
    ("unittest.loader", include_str!("unittest/loader.py"), false),
    ("unittest.main", include_str!("unittest/main.py"), false),
    ("unittest.mock", include_str!("unittest/mock.py"), false),
    ("unittest.result", include_str!("unittest/result.py"), false),
    ("unittest.runner", include_str!("unittest/runner.py"), false),
    ("unittest.signals", include_str!("unittest/signals.py"), false),
    ("unittest.suite", include_str!("unittest/suite.py"), false),
    ("unittest.util", include_str!("unittest/util.py"), false),
    ("urllib", include_str!("urllib.py"), true),
    ("urllib.parse", include_str!("urllib_parse.py"), false),
    ("uuid", include_str!("uuid.py"), false),
    ("warnings", include_str!("warnings.py"), false),
    ("weakref", include_str!("weakref.py"), false),
    ("zlib", include_str!("zlib.py"), false),
];

/// The text of a module written in Python, and whether it is a package.
pub fn python(name: &str) -> Option<(&'static str, bool)> {
    let at = PYTHON.binary_search_by(|(known, _, _)| (*known).cmp(name)).ok()?;
    let (_, text, is_package) = PYTHON[at];
    Some((text, is_package))
}

/// The names of the modules that are there and can be imported from outside, those within packages with a dot, but for
/// asyncio's, which are its own business.
pub fn public_names() -> impl Iterator<Item = &'static str> {
    /// Those without a part in Python.
    const NATIVE: &[&str] =
        &["builtins", "cmath", "errno", "gc", "itertools", "math", "posix", "select", "sys", "time", "unicodedata"];
    let is_public = |name: &str| {
        let hidden = name.split('.').any(|part| part.starts_with('_')) || name.starts_with("asyncio.");
        !hidden || name == "__future__"
    };
    let python = PYTHON.iter().map(|(name, _, _)| *name).filter(move |name| is_public(name));
    NATIVE.iter().copied().chain(python)
}

/// Are the frames of this module hidden from tracebacks, as those of the prelude are? In CPython it is written in C.
pub fn is_opaque(name: &str) -> bool {
    matches!(
        name,
        "_frames"
            | "_generic"
            | "_prompt"
            | "_thread"
            | "asyncio._bridge"
            | "array"
            | "asyncio.format"
            | "atexit"
            | "binascii"
            | "bisect"
            | "contextvars"
            | "csv"
            | "datetime"
            | "decimal"
            | "heapq"
            | "io"
            | "operator"
            | "pickle"
            | "warnings"
            | "zlib"
    )
}

/// The namespace of the builtins as a module.
fn builtins_module(vm: &mut Vm) -> Ref<Module> {
    let name = intern(b"builtins");
    vm.builtins.set_str(&vm.names.name, name.value());
    Ref::new(Module { name, dict: vm.builtins.clone(), class: Default::default() })
}

/// The natives that only the prelude sees, for our own modules written in Python.
fn prelude_module(vm: &mut Vm) -> Ref<Module> {
    Ref::new(Module { name: intern(b"_prelude"), dict: vm.prelude_globals(), class: Default::default() })
}

/// A module with these functions.
fn module(name: &str, doc: &str, functions: &'static [NativeDef]) -> Ref<Module> {
    let module = Module::new(name);
    module.set("__doc__", if doc.is_empty() { Value::NONE } else { Value::str(doc) });
    install_functions(&module.dict, name, functions);
    module
}

/// A class written in Rust, direct child of `base`, that belongs to the module `module`.
fn class(module: &str, name: &str, base: &Ref<Type>, flags: TypeFlags) -> Ref<Type> {
    let ancestors = base.mro.borrow().clone();
    let class = Type::new(name, vec![base.clone()], ancestors, flags);
    class.dict.set_str(&intern(b"__module__"), Value::object(intern(module.as_bytes())));
    class.dict.set_str(&intern(b"__doc__"), Value::NONE);
    class
}

/// What `__doc__` of a class says.
fn explain(class: &Ref<Type>, doc: &str) {
    class.dict.set_str(&intern(b"__doc__"), text(doc));
}

/// A class that is made once and kept under `key`.
fn kept_class(vm: &mut Vm, key: &'static str, make: fn(&mut Vm) -> Ref<Type>) -> Ref<Type> {
    if let Some(class) = vm.state.get(key).and_then(|class| class.to_ref::<Type>()) {
        return class;
    }
    let class = make(vm);
    vm.state.insert(key, class.value());
    class
}

/// A value of one of our own texts.
fn text(text: &str) -> Value {
    Value::object(intern(text.as_bytes()))
}

/// A name of the outside as Python has it.
fn os_text(name: &OsStr) -> Value {
    Value::str(wtf8::escape(name.as_bytes()))
}

/// The bytes that a text is outside; it must not have surrogates of its own.
fn os_bytes(vm: &Vm, text: &Value) -> Result<Vec<u8>, Exit> {
    let Some(string) = text.native::<Str>() else { return Err(vm.type_error("a str is needed")) };
    if let Some(place) = wtf8::unescapable(string.as_bytes()) {
        let (from, to) = (Value::size(place), Value::size(place + 1));
        let args = vec![Value::str("utf-8"), text.payload().clone(), from, to, Value::str("surrogates not allowed")];
        return Err(vm.raise_with(&vm.types.unicode_encode_error, args));
    }
    Ok(wtf8::unescape(string.as_bytes()))
}

/// What a refusal of the outside becomes: an interrupt that ended a wait is a `KeyboardInterrupt`, anything else an `OSError`.
fn host_error(vm: &mut Vm, error: HostError) -> Exit {
    if error.is(libc::EINTR)
        && let Err(exit) = vm.look_up()
    {
        return exit;
    }
    match error.domain {
        ErrorDomain::Resolver => {
            let class = socket::gaierror(vm);
            vm.raise_with(&class, vec![Value::int(error.errno as i64), Value::str(&error.message)])
        }
        ErrorDomain::System => {
            let filename = error.filename.as_ref().map(|path| os_text(path.as_os_str()));
            vm.os_error(error.errno, &error.message, filename)
        }
    }
}

/// The text of an argument that must be a string.
fn str_of(vm: &Vm, value: &Value, message: &str) -> Result<Ref<Str>, Exit> {
    match value.native::<Str>() {
        Some(string) => Ok(string.to_ref()),
        None => Err(vm.type_error(message.replace("{}", &vm.type_name(value)))),
    }
}
