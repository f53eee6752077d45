//! `print`, `input` and `open`.

use super::{install_functions, natives};
use crate::host::HostError;
use crate::object::{Dict, Kind, Module, Str, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Print the values to a stream, or to sys.stdout by default.
        "print(*args, **kwargs)" => print;
        /// Read a string from standard input; the trailing newline is stripped.
        "input(prompt='', /)" => input;
        /// Open a file and return a stream.
        "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => open;
    }
}

pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
}

/// What `print` was told besides the values.
struct Manner {
    separator: Value,
    end: Value,
    file: Value,
    flush: Value,
}

fn manner(vm: &Vm, keywords: &Value) -> Result<Manner, Exit> {
    let mut manner = Manner { separator: Value::NONE, end: Value::NONE, file: Value::NONE, flush: Value::FALSE };
    for (keyword, value) in keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items()) {
        match keyword.get::<Str>().map(|keyword| keyword.to_string_lossy().into_owned()).as_deref() {
            Some("sep") => manner.separator = value,
            Some("end") => manner.end = value,
            Some("file") => manner.file = value,
            Some("flush") => manner.flush = value,
            Some(other) => {
                return Err(vm.no_such_keyword("print", other, ["sep", "end", "file", "flush"].into_iter()));
            }
            None => {}
        }
    }
    for (name, value) in [("sep", &manner.separator), ("end", &manner.end)] {
        if !value.is_none() && value.native::<Str>().is_none() {
            let class = vm.type_name(value);
            return Err(vm.type_error(format!("{name} must be None or a string, not {class}")));
        }
    }
    Ok(manner)
}

/// In the machine's state once the program has closed the first `sys.stdout`: who writes to that is told so.
pub const STDOUT_CLOSED: &str = "sys.stdout.closed";

/// Does `print` without `file=` go to the host's own standard output?
fn writes_to_host(vm: &Vm) -> bool {
    let Some(sys) = vm.modules.get_str(&intern(b"sys")) else { return true };
    let Some(sys) = sys.get::<Module>() else { return false };
    match (sys.body().get("stdout"), sys.body().get("__stdout__")) {
        (Some(now), Some(first)) => now.is(&first) && !now.is_none() && !vm.state.contains_key(STDOUT_CLOSED),
        _ => false,
    }
}

/// Appends the text of a value if that needs no Python code and has no lone surrogates.
fn push_text(vm: &mut Vm, out: &mut Vec<u8>, value: &Value) -> bool {
    if let Some(text) = value.get::<Str>() {
        return match text.as_str() {
            Some(text) => {
                out.extend_from_slice(text.as_bytes());
                true
            }
            None => false,
        };
    }
    // Objects of these kinds are shown by `str` as by `repr`.
    let plain = match value.kind() {
        None => true,
        Some(kind) => !matches!(
            kind,
            Kind::Instance
                | Kind::Exception
                | Kind::Foreign
                | Kind::Type
                | Kind::Module
                | Kind::Generator
                | Kind::MappingProxy
                | Kind::Property
        ),
    };
    if plain && let Ok(Some(text)) = (vm.hooks.repr)(vm, value) {
        out.extend_from_slice(&text);
        return true;
    }
    false
}

fn print(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some((keywords, values)) = args.split_last() else { return Ok(Value::NONE) };
    let manner = manner(vm, keywords)?;
    if manner.file.is_none()
        && writes_to_host(vm)
        && let Some(flush) = vm.native_truth(&manner.flush)
        && let Some(text) = whole_text(vm, values, &manner)
    {
        vm.write_stdout(&text).map_err(|error| refused(vm, &error))?;
        if flush {
            vm.host.flush_stdout().map_err(|error| refused(vm, &error))?;
        }
        return Ok(Value::NONE);
    }
    let values = Value::list(values.to_vec());
    vm.tail_prelude("print_to", vec![values, manner.separator, manner.end, manner.file, manner.flush])
}

/// All that is to be written; `None` when Python code must be asked for some of it.
fn whole_text(vm: &mut Vm, values: &[Value], manner: &Manner) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for (n, value) in values.iter().enumerate() {
        if n > 0 {
            match manner.separator.is_none() {
                true => out.push(b' '),
                false => push_text(vm, &mut out, manner.separator.payload()).then_some(())?,
            }
        }
        push_text(vm, &mut out, value).then_some(())?;
    }
    match manner.end.is_none() {
        true => out.push(b'\n'),
        false => push_text(vm, &mut out, manner.end.payload()).then_some(())?,
    }
    Some(out)
}

/// A refusal of the host as `OSError`.
pub fn refused(vm: &Vm, error: &HostError) -> Exit {
    let filename = error.filename.as_ref().map(|path| Value::str(path.to_string_lossy().as_bytes()));
    vm.os_error(error.errno, &error.message, filename)
}

fn input(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let prompt = arg(args, 0).cloned().into_iter().collect();
    vm.tail_prelude("input_from", prompt)
}

fn open(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let given = (0..8).map(|n| arg(args, n).cloned());
    let defaults = [
        Value::NONE,
        Value::str("r"),
        Value::small(-1),
        Value::NONE,
        Value::NONE,
        Value::NONE,
        Value::TRUE,
        Value::NONE,
    ];
    let call = given.zip(defaults).map(|(given, default)| given.unwrap_or(default)).collect();
    vm.tail_prelude("open_file", call)
}
