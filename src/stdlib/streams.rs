//! `sys.stdin`, `sys.stdout`, `sys.stderr`: text and byte streams over the host's standard streams.
//!
//! The buffers belong to the host (`host::Streams`); what lives here is the text side: encoding, line ends, the checks of
//! arguments. Reading keeps what was fetched and not yet asked for.

use super::threads::let_others_run;
use super::{class, host_error, kept_class, module as new_module, text};
use crate::builtins::io::STDOUT_CLOSED;
use crate::builtins::text::buffer_arg;
use crate::builtins::{getsets, install_getsets, install_methods, natives};
use crate::host::{Buffering, Events};
use crate::object::string::char_width;
use crate::object::{Bytes, Foreign, Module, NativeObject, Ref, Str, Type, TypeFlags, Value};
use crate::text::codec::Encoding;
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};

/// One of the three standard streams, seen as text or as bytes.
struct Stream {
    /// 0, 1 or 2.
    fd: i32,
    /// Bytes rather than text?
    binary: bool,
    closed: Cell<bool>,
    line_buffering: Cell<bool>,
    write_through: Cell<bool>,
    /// `errors`: how unencodable text is treated.
    errors: RefCell<&'static str>,
    /// Input that was fetched and not yet asked for, line ends already translated.
    pending: RefCell<Vec<u8>>,
    /// The byte stream beneath a text stream.
    buffer: Value,
}

impl NativeObject for Stream {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        see(&self.buffer);
    }
    fn clear(&self) {}
    fn outside(&self) -> usize {
        self.pending.borrow().capacity()
    }
}

natives! {
    METHODS {
        /// Write a string to the stream; the number of its characters.
        "write(self, text, /)" => write;
        /// Write each string of an iterable.
        "writelines(self, lines, /)" => writelines;
        /// Send out what the buffer holds.
        "flush(self, /)" => flush;
        /// Read and return the next line.
        "readline(self, size=-1, /)" => readline;
        /// Read and return up to `size` characters, all of them by default.
        "read(self, size=-1, /)" => read;
        /// Read and return a list of lines.
        "readlines(self, hint=-1, /)" => readlines;
        /// Is the stream connected to a terminal?
        "isatty(self, /)" => isatty;
        /// The number of the descriptor.
        "fileno(self, /)" => fileno;
        "readable(self, /)" => readable;
        "writable(self, /)" => writable;
        "seekable(self, /)" => seekable;
        "close(self, /)" => close;
        "reconfigure(self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)" => reconfigure;
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
        "__enter__(self, /)" => iter;
        "__exit__(self, *args)" => exit;
        "__repr__(self, /)" => repr;
    }
}

getsets! {
    ATTRIBUTES {
        "closed" => closed;
        "name" => name;
        "mode" => mode;
    }
    TEXT_ATTRIBUTES {
        "encoding" => encoding;
        "errors" => errors;
        "newlines" => newlines;
        "buffer" => buffer;
        "line_buffering" => line_buffering;
        "write_through" => write_through;
    }
}

fn stream_class(name: &str, vm: &mut Vm, text: bool) -> Ref<Type> {
    let made = class("_io", name, &vm.types.object, TypeFlags::FINAL);
    install_methods(&made, METHODS);
    install_getsets(&made, ATTRIBUTES);
    if text {
        install_getsets(&made, TEXT_ATTRIBUTES);
    }
    made
}

fn text_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_io.TextIOWrapper", |vm| stream_class("TextIOWrapper", vm, true))
}

fn reader_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_io.BufferedReader", |vm| stream_class("BufferedReader", vm, false))
}

fn writer_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_io.BufferedWriter", |vm| stream_class("BufferedWriter", vm, false))
}

/// `_io`, as far as it goes: the classes of the standard streams.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_streams", "", &[]);
    module.set("StandardText", text_class(vm).into_value());
    module.set("StandardReader", reader_class(vm).into_value());
    module.set("StandardWriter", writer_class(vm).into_value());
    module.set("UnsupportedOperation", unsupported_operation(vm).into_value());
    module
}

/// The stream of descriptor 0, 1 or 2.
pub fn standard(vm: &mut Vm, fd: i32) -> Value {
    let below = if fd == 0 { reader_class(vm) } else { writer_class(vm) };
    let terminal = vm.host.isatty(fd);
    let stream = |binary, buffer| Stream {
        fd,
        binary,
        closed: Cell::new(false),
        line_buffering: Cell::new(fd == 2 || terminal),
        write_through: Cell::new(false),
        errors: RefCell::new(if fd == 2 { "backslashreplace" } else { "strict" }),
        pending: RefCell::default(),
        buffer,
    };
    let buffer = Foreign::value(&below, stream(true, Value::NONE));
    let class = text_class(vm);
    Foreign::value(&class, stream(false, buffer))
}

/// The stream of the receiver, still open.
fn open<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Stream, Exit> {
    let stream = any(vm, &args[0])?;
    if stream.closed.get() {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    Ok(stream)
}

fn any<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Stream, Exit> {
    value.foreign::<Stream>().ok_or_else(|| vm.type_error("a standard stream is needed"))
}

/// `io.UnsupportedOperation`, which is an `OSError` and a `ValueError`.
fn unsupported_operation(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "io.UnsupportedOperation", |vm| {
        let made = class("io", "UnsupportedOperation", &vm.types.os_error, vm.types.os_error.flags());
        let mut mro = made.mro.borrow_mut();
        mro.insert(2, vm.types.value_error.clone());
        drop(mro);
        made.bases.borrow_mut().push(vm.types.value_error.clone());
        made
    })
}

fn unsupported(vm: &mut Vm, what: &str) -> Exit {
    let class = unsupported_operation(vm);
    vm.raise(&class, what)
}

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = open(vm, args)?;
    if stream.fd == 0 {
        return Err(unsupported(vm, if stream.binary { "write" } else { "not writable" }));
    }
    if stream.binary {
        let bytes = buffer_arg(vm, &args[1])?.to_vec();
        put(vm, stream, &bytes)?;
        return Ok(Value::size(bytes.len()));
    }
    let Some(string) = args[1].native::<Str>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("write() argument must be str, not {name}")));
    };
    match string.as_str() {
        Some(text) => put(vm, stream, text.as_bytes())?,
        None => {
            let bytes = encode(vm, &args[1], *stream.errors.borrow())?;
            put(vm, stream, &bytes)?;
        }
    }
    Ok(Value::size(string.chars()))
}

/// UTF-8 for text with lone surrogates, by the stream's way with errors.
fn encode(vm: &mut Vm, string: &Value, errors: &str) -> Result<Vec<u8>, Exit> {
    let mut bytes = Vec::new();
    let Some(text) = string.native::<Str>() else { return Ok(bytes) };
    for (number, (at, c)) in crate::text::wtf8::code_point_offsets(text.as_bytes()).enumerate() {
        if !crate::text::wtf8::is_surrogate(c) {
            let end = at + char_width(text.as_bytes()[at]);
            bytes.extend_from_slice(&text.as_bytes()[at..end]);
            continue;
        }
        match errors {
            "ignore" => {}
            "replace" => bytes.push(b'?'),
            "backslashreplace" => bytes.extend(format!("\\u{c:04x}").bytes()),
            "surrogateescape" if (0xDC80..=0xDCFF).contains(&c) => bytes.push((c - 0xDC00) as u8),
            _ => {
                let place = [Value::size(number), Value::size(number + 1)];
                let [from, to] = place;
                let args =
                    vec![Value::str("utf-8"), string.payload().clone(), from, to, Value::str("surrogates not allowed")];
                return Err(vm.raise_with(&vm.types.unicode_encode_error, args));
            }
        }
    }
    Ok(bytes)
}

fn put(vm: &mut Vm, stream: &Stream, bytes: &[u8]) -> Result<(), Exit> {
    if stream.fd == 2 {
        vm.pauses();
    }
    let outcome = if stream.fd == 2 { vm.host.write_stderr(bytes) } else { vm.write_stdout(bytes) };
    outcome.map_err(|error| host_error(vm, error))?;
    if stream.fd == 1 && stream.line_buffering.get() && bytes.contains(&b'\n') {
        vm.host.flush_stdout().map_err(|error| host_error(vm, error))?;
    }
    Ok(())
}

fn writelines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, args)?;
    let lines = vm.unsized_items_arg(args, 1)?;
    for line in lines {
        write(vm, &[args[0].clone(), line])?;
    }
    Ok(Value::NONE)
}

fn flush(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = open(vm, args)?;
    if stream.fd == 1 {
        vm.host.flush_stdout().map_err(|error| host_error(vm, error))?;
    }
    Ok(Value::NONE)
}

/// What of the input a call wants.
enum Wanted {
    Line(usize),
    Amount(usize),
}

fn fetch(vm: &mut Vm, args: &[Value], stream: &Stream, wanted: Wanted) -> NativeResult {
    let outcome = fetch_lent(vm, args, stream, wanted);
    // What is called again goes on waiting.
    if matches!(outcome, Ok(_) | Err(Exit::Raise(_))) {
        vm.host.borrow_terminal(false);
    }
    outcome
}

fn fetch_lent(vm: &mut Vm, args: &[Value], stream: &Stream, wanted: Wanted) -> NativeResult {
    loop {
        if let Some(end) = enough(stream, &wanted) {
            return hand_out(vm, stream, end);
        }
        vm.pauses();
        if !vm.host.stdin_is_buffered() {
            vm.host.borrow_terminal(true);
            let_others_run(vm, || args.to_vec(), &[(0, Events::READ)], None, false)?;
        }
        let more = match wanted {
            Wanted::Line(_) => vm.host.read_line(),
            Wanted::Amount(_) => vm.host.read_stdin(1 << 16),
        };
        let more = match more {
            // The signal is dealt with, and then what has come is read on.
            Err(error) if error.is(libc::EINTR) => return Err(vm.again(args.to_vec())),
            more => more.map_err(|error| host_error(vm, error))?,
        };
        if more.is_empty() {
            let all = stream.pending.borrow().len();
            let end = match wanted {
                Wanted::Line(most) | Wanted::Amount(most) => place(stream, most).unwrap_or(all),
            };
            return hand_out(vm, stream, end);
        }
        let mut pending = stream.pending.borrow_mut();
        if stream.binary {
            pending.extend(more);
        } else {
            // Every kind of line end is read as "\n". A "\r" at the end of a piece waits to see whether "\n" follows.
            for byte in more {
                if pending.last() == Some(&b'\r') {
                    pending.pop();
                    pending.push(b'\n');
                    if byte == b'\n' {
                        continue;
                    }
                }
                pending.push(byte);
            }
        }
    }
}

/// Byte offset of item number `most`, if there are so many.
fn place(stream: &Stream, most: usize) -> Option<usize> {
    let pending = stream.pending.borrow();
    if stream.binary {
        return (pending.len() >= most).then_some(most);
    }
    if most >= pending.len() {
        return (most == pending.len() && pending.is_ascii()).then_some(most);
    }
    let mut starts = (0..pending.len()).filter(|at| pending[*at] & 0xC0 != 0x80);
    starts.nth(most)
}

fn enough(stream: &Stream, wanted: &Wanted) -> Option<usize> {
    match *wanted {
        Wanted::Line(most) => {
            let line = stream.pending.borrow().iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            match (line, place(stream, most)) {
                (Some(line), Some(most)) => Some(line.min(most)),
                (line, most) => line.or(most),
            }
        }
        Wanted::Amount(most) => place(stream, most),
    }
}

fn hand_out(vm: &mut Vm, stream: &Stream, end: usize) -> NativeResult {
    let mut pending = stream.pending.borrow_mut();
    let end = end.min(pending.len());
    let mut bytes: Vec<u8> = pending.drain(..end).collect();
    drop(pending);
    if stream.binary {
        return Ok(Value::bytes(bytes));
    }
    if let Some(last) = bytes.last_mut()
        && *last == b'\r'
    {
        *last = b'\n';
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Value::str(text)),
        Err(error) => {
            let at = error.valid_up_to();
            let reason = if error.error_len().is_none() { "unexpected end of data" } else { "invalid start byte" };
            let place = (Value::size(at), Value::size(at + error.error_len().unwrap_or(1)));
            let args = vec![Value::str("utf-8"), Value::bytes(bytes), place.0, place.1, Value::str(reason)];
            Err(vm.raise_with(&vm.types.unicode_decode_error, args))
        }
    }
}

/// The size argument: negative or `None` means no limit.
fn size_of(vm: &mut Vm, args: &[Value], n: usize) -> Result<usize, Exit> {
    match arg_or_none(args, n) {
        None => Ok(usize::MAX),
        Some(_) => Ok(usize::try_from(vm.index_arg(args, n)?).unwrap_or(usize::MAX)),
    }
}

fn input<'a>(vm: &mut Vm, args: &'a [Value]) -> Result<&'a Stream, Exit> {
    let stream = open(vm, args)?;
    if stream.fd != 0 {
        return Err(unsupported(vm, if stream.binary { "read" } else { "not readable" }));
    }
    Ok(stream)
}

fn readline(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = input(vm, args)?;
    let most = size_of(vm, args, 1)?;
    fetch(vm, args, stream, Wanted::Line(most))
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = input(vm, args)?;
    let most = size_of(vm, args, 1)?;
    fetch(vm, args, stream, Wanted::Amount(most))
}

fn is_empty(value: &Value) -> bool {
    value.get::<Str>().is_some_and(|text| text.chars() == 0) || value.get::<Bytes>().is_some_and(|b| b.data.is_empty())
}

fn buffer_or_text(value: &Value) -> Vec<u8> {
    let text = value.get::<Str>().map(|text| text.as_bytes().to_vec());
    text.or_else(|| value.get::<Bytes>().map(|bytes| bytes.data.to_vec())).unwrap_or_default()
}

fn readlines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = input(vm, args)?;
    let hint = size_of(vm, args, 1)?;
    if !vm.threads.is_alone() {
        // All of it comes first: while it does, others run, and this is called again.
        let all = fetch(vm, args, stream, Wanted::Amount(usize::MAX))?;
        stream.pending.borrow_mut().extend_from_slice(&buffer_or_text(&all));
    }
    let mut lines = Vec::new();
    let mut total = 0;
    while total < hint || hint == 0 {
        let line = fetch(vm, args, stream, Wanted::Line(usize::MAX))?;
        if is_empty(&line) {
            break;
        }
        total += line.get::<Str>().map_or(0, |text| text.chars());
        lines.push(line);
    }
    Ok(Value::list(lines))
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = input(vm, args)?;
    let line = fetch(vm, args, stream, Wanted::Line(usize::MAX))?;
    if is_empty(&line) { Err(vm.stop_iteration(Value::NONE)) } else { Ok(line) }
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, args)?;
    Ok(args[0].clone())
}

fn exit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    close(vm, args)
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = any(vm, &args[0])?;
    if !stream.closed.get() {
        if stream.fd == 1 {
            vm.host.flush_stdout().map_err(|error| host_error(vm, error))?;
            vm.state.insert(STDOUT_CLOSED, Value::TRUE);
        }
        stream.closed.set(true);
    }
    Ok(Value::NONE)
}

fn isatty(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = open(vm, args)?.fd;
    Ok(Value::bool(vm.host.isatty(fd)))
}

fn fileno(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(open(vm, args)?.fd as i64))
}

fn readable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(open(vm, args)?.fd == 0))
}

fn writable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(open(vm, args)?.fd != 0))
}

fn seekable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, args)?;
    Ok(Value::FALSE)
}

fn reconfigure(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = open(vm, args)?;
    if let Some(encoding) = arg_or_none(args, 1) {
        let wanted = super::str_of(vm, encoding, "reconfigure() argument 'encoding' must be str or None, not {}")?;
        if Encoding::lookup(wanted.as_bytes()) != Some(Encoding::Utf8) {
            return Err(vm.not_implemented_error("the standard streams are UTF-8, and nothing else"));
        }
    }
    if let Some(errors) = arg_or_none(args, 2) {
        let wanted = super::str_of(vm, errors, "reconfigure() argument 'errors' must be str or None, not {}")?;
        let known = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape"];
        match known.iter().find(|known| wanted.as_str() == Some(known)) {
            Some(known) => *stream.errors.borrow_mut() = known,
            None => {
                let text = format!("unknown error handler name '{}'", wanted.to_string_lossy());
                return Err(vm.lookup_error(text));
            }
        }
    }
    let line = arg_or_none(args, 4).map(|value| vm.native_truth(value).unwrap_or(true));
    let through = arg_or_none(args, 5).map(|value| vm.native_truth(value).unwrap_or(true));
    if let Some(line) = line {
        stream.line_buffering.set(line);
    }
    if let Some(through) = through {
        stream.write_through.set(through);
    }
    if stream.fd == 1 && (line.is_some() || through.is_some()) {
        let buffering = match (stream.write_through.get(), stream.line_buffering.get()) {
            (true, _) => Buffering::None,
            (false, true) => Buffering::Line,
            (false, false) => Buffering::Block,
        };
        vm.host.set_stdout_buffering(buffering).map_err(|error| host_error(vm, error))?;
    }
    Ok(Value::NONE)
}

fn name_of(fd: i32) -> &'static str {
    match fd {
        0 => "<stdin>",
        1 => "<stdout>",
        _ => "<stderr>",
    }
}

fn mode_of(stream: &Stream) -> &'static str {
    match (stream.fd, stream.binary) {
        (0, false) => "r",
        (0, true) => "rb",
        (_, false) => "w",
        (_, true) => "wb",
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let stream = any(vm, &args[0])?;
    let (name, mode) = (name_of(stream.fd), mode_of(stream));
    if stream.binary {
        let class = vm.class_of(&args[0]).name();
        return Ok(Value::str(format!("<_io.{class} name='{name}'>")));
    }
    Ok(Value::str(format!("<_io.TextIOWrapper name='{name}' mode='{mode}' encoding='utf-8'>")))
}

fn closed(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(any(vm, me)?.closed.get()))
}

fn name(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(text(name_of(any(vm, me)?.fd)))
}

fn mode(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(text(mode_of(any(vm, me)?)))
}

fn encoding(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(text("utf-8"))
}

fn errors(vm: &mut Vm, me: &Value) -> NativeResult {
    let errors = *any(vm, me)?.errors.borrow();
    Ok(text(errors))
}

fn newlines(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::NONE)
}

fn buffer(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(any(vm, me)?.buffer.clone())
}

fn line_buffering(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(any(vm, me)?.line_buffering.get()))
}

fn write_through(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(any(vm, me)?.write_through.get()))
}
