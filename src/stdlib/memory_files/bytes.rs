//! Bytes in memory as a file.

use super::{Made, add, added, inherited, instance, limit_arg, place_of, state_arg, whence_arg};
use crate::builtins::text::{Buffer, buffer_arg};
use crate::builtins::{getsets, natives};
use crate::memory;
use crate::object::memory::MemoryView;
use crate::object::string::ByteArray;
use crate::object::{Foreign, NativeObject, Ref, Slot, Type, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

const KEY: &str = "io.BytesIO";

/// The bytes and a place in them, which may lie behind their end.
struct BytesIO {
    /// A byte array of its own, so that views of it need nothing more.
    data: Slot,
    at: Cell<usize>,
    closed: Cell<bool>,
}

impl NativeObject for BytesIO {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.data.visit(see);
    }
    fn clear(&self) {
        self.data.set(Value::NONE);
    }
}

natives! {
    METHODS {
        "__init__(self, initial_bytes=b'')" => init;
        /// Read at most size bytes, returned as a bytes object.
        "read(self, size=-1, /)" => read;
        /// Read at most size bytes, returned as a bytes object.
        "read1(self, size=-1, /)" => read;
        /// Next line from the file, as a bytes object.
        "readline(self, size=-1, /)" => readline;
        /// List of bytes objects, each a line from the file.
        "readlines(self, size=None, /)" => readlines;
        /// Write bytes to file, and return the number of bytes written.
        "write(self, b, /)" => write;
        /// Write lines to the file.
        "writelines(self, lines, /)" => writelines;
        /// Retrieve the entire contents of the BytesIO object.
        "getvalue(self, /)" => getvalue;
        /// Get a read-write view over the contents of the BytesIO object.
        "getbuffer(self, /)" => getbuffer;
        /// Change stream position: from its start, or where it is, or its end.
        "seek(self, pos, whence=0, /)" => seek;
        /// Current file position, an integer.
        "tell(self, /)" => tell;
        /// Truncate the file to at most size bytes, by default to the current position.
        "truncate(self, size=None, /)" => truncate;
        /// Disable all I/O operations.
        "close(self, /)" => close;
        /// Does nothing.
        "flush(self, /)" => flush;
        /// Always returns False: BytesIO objects are not connected to a TTY-like device.
        "isatty(self, /)" => isatty;
        /// Returns True if the IO object can be read.
        "readable(self, /)" => able;
        /// Returns True if the IO object can be written.
        "writable(self, /)" => able;
        /// Returns True if the IO object can be seeked.
        "seekable(self, /)" => able;
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
        "__getstate__(self, /)" => getstate;
        "__setstate__(self, state, /)" => setstate;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    MAKE {
        "BytesIO(cls, initial_bytes=b'', /)" => make;
    }
}

getsets! {
    ATTRIBUTES {
        "closed" => closed;
    }
}

const DOC: &str = "Bytes in memory as a file.";

pub(super) fn make_class(vm: &mut Vm, base: &Ref<Type>) -> Ref<Type> {
    Made { name: "BytesIO", doc: DOC, methods: METHODS, new: NEW, make: &MAKE[0], attributes: ATTRIBUTES }
        .class(vm, KEY, base)
}

impl BytesIO {
    fn empty() -> BytesIO {
        let data = Value::object(ByteArray::new(Vec::new()));
        BytesIO { data: Slot::new(data), at: Cell::new(0), closed: Cell::new(false) }
    }

    fn look<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match self.data.get().get::<ByteArray>() {
            Some(array) => look(&array.data.borrow()),
            None => look(&[]),
        }
    }

    /// Change the bytes, which nobody may be looking at.
    fn change(&self, vm: &Vm, change: impl FnOnce(&mut Vec<u8>) -> Result<(), Exit>) -> Result<(), Exit> {
        self.check_exports(vm)?;
        match self.data.get().get::<ByteArray>() {
            Some(array) => change(&mut array.data.borrow_mut()),
            None => Ok(()),
        }
    }

    fn check_exports(&self, vm: &Vm) -> Result<(), Exit> {
        match self.data.get().get::<ByteArray>() {
            Some(array) if array.exports.get() > 0 => {
                let message = "Existing exports of data: object cannot be re-sized";
                Err(vm.raise(&vm.types.buffer_error, message))
            }
            _ => Ok(()),
        }
    }

    /// The bytes from where it stands, and the place behind them: at most so many, or to the end of the line.
    fn take(&self, most: usize, line: bool) -> Vec<u8> {
        let taken = self.look(|data| {
            let rest = data.get(self.at.get()..).unwrap_or_default();
            let end = if line { memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1) } else { rest.len() };
            rest[..end.min(most)].to_vec()
        });
        self.at.set(self.at.get() + taken.len());
        taken
    }

    fn write(&self, vm: &Vm, new: &[u8]) -> Result<(), Exit> {
        let at = self.at.get();
        self.change(vm, |data| {
            if new.is_empty() {
                return Ok(());
            }
            let end = at.checked_add(new.len()).ok_or_else(|| vm.no_memory())?;
            memory::reserve(data, end.saturating_sub(data.len())).map_err(|_| vm.no_memory())?;
            if data.len() < at {
                data.resize(at, 0);
            }
            let within = new.len().min(data.len() - at);
            data[at..at + within].copy_from_slice(&new[..within]);
            data.extend_from_slice(&new[within..]);
            self.at.set(end);
            Ok(())
        })
    }
}

fn of<'a>(vm: &Vm, value: &'a Value) -> Result<&'a BytesIO, Exit> {
    value.foreign::<BytesIO>().ok_or_else(|| vm.type_error("a BytesIO is needed"))
}

fn open<'a>(vm: &Vm, value: &'a Value) -> Result<&'a BytesIO, Exit> {
    let file = of(vm, value)?;
    match file.closed.get() {
        true => Err(vm.value_error("I/O operation on closed file.")),
        false => Ok(file),
    }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    instance(vm, KEY, &args[0], BytesIO::empty())
}

fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = BytesIO::empty();
    begin(vm, &file, arg(args, 1))?;
    instance(vm, KEY, &args[0], file)
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    begin(vm, of(vm, &args[0])?, arg(args, 1))?;
    Ok(Value::NONE)
}

fn begin(vm: &Vm, file: &BytesIO, bytes: Option<&Value>) -> Result<(), Exit> {
    file.check_exports(vm)?;
    let bytes = match bytes.filter(|bytes| !bytes.is_none()) {
        None => Vec::new(),
        Some(bytes) => copied(vm, &buffer_arg(vm, bytes)?)?,
    };
    file.data.set(Value::object(ByteArray::new(bytes)));
    file.at.set(0);
    file.closed.set(false);
    Ok(())
}

fn copied(vm: &Vm, bytes: &[u8]) -> Result<Vec<u8>, Exit> {
    let mut copy = memory::vector(bytes.len()).map_err(|_| vm.no_memory())?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = limit_arg(vm, args, 1)?;
    Ok(Value::bytes(open(vm, &args[0])?.take(most, false)))
}

fn readline(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = limit_arg(vm, args, 1)?;
    Ok(Value::bytes(open(vm, &args[0])?.take(most, true)))
}

fn readlines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    let most = match arg_or_none(args, 1) {
        None => 0,
        Some(size) if size.as_integer().is_some() => vm.index_arg(args, 1)?,
        Some(size) => {
            let name = vm.type_name(size);
            return Err(vm.type_error(format!("integer argument expected, got '{name}'")));
        }
    };
    let (mut lines, mut total) = (Vec::new(), 0);
    loop {
        vm.tick(lines.len())?;
        let line = file.take(usize::MAX, true);
        if line.is_empty() {
            break;
        }
        total += line.len() as i64;
        lines.push(Value::bytes(line));
        if most > 0 && total >= most {
            break;
        }
    }
    Ok(Value::list(lines))
}

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    file.check_exports(vm)?;
    let bytes = match buffer_arg(vm, &args[1])? {
        // What is written may be the file's own memory.
        Buffer::Array(bytes) => Buffer::Seen(copied(vm, &bytes)?),
        bytes => bytes,
    };
    file.write(vm, &bytes)?;
    Ok(Value::size(bytes.len()))
}

fn writelines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, &args[0])?;
    vm.require_iterable(&args[1])?;
    let Some(lines) = vm.native_items(&args[1])? else { return inherited(vm, KEY, "writelines", args) };
    for (n, line) in lines.into_iter().enumerate() {
        vm.tick(n)?;
        write(vm, &[args[0].clone(), line])?;
    }
    Ok(Value::NONE)
}

fn getvalue(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    Ok(Value::bytes(file.look(|data| copied(vm, data))?))
}

fn getbuffer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    match MemoryView::of(&file.data.get()) {
        Some(view) => Ok(Foreign::value(&vm.types.memoryview, view)),
        None => Err(vm.system_error("a file in memory without memory")),
    }
}

fn seek(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = vm.count_arg(args, 1)?;
    let whence = whence_arg(vm, args, 2)?;
    let file = open(vm, &args[0])?;
    let from = match whence {
        0 if place < 0 => return Err(vm.value_error(format!("negative seek value {place}"))),
        0 => 0,
        1 => file.at.get() as i64,
        2 => file.look(<[u8]>::len) as i64,
        _ => return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let Some(place) = from.checked_add(place) else { return Err(vm.overflow_error("new position too large")) };
    file.at.set(usize::try_from(place).unwrap_or(0));
    Ok(Value::size(file.at.get()))
}

fn tell(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(open(vm, &args[0])?.at.get()))
}

fn truncate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let size = match arg_or_none(args, 1) {
        Some(_) => Some(vm.count_arg(args, 1)?),
        None => None,
    };
    let file = open(vm, &args[0])?;
    file.check_exports(vm)?;
    let size = match size {
        None => file.at.get(),
        Some(size) => match usize::try_from(size) {
            Ok(size) => size,
            Err(_) => return Err(vm.value_error(format!("negative size value {size}"))),
        },
    };
    file.change(vm, |data| {
        data.truncate(size);
        Ok(())
    })?;
    Ok(Value::size(size))
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = of(vm, &args[0])?;
    file.check_exports(vm)?;
    file.data.set(Value::object(ByteArray::new(Vec::new())));
    file.closed.set(true);
    Ok(Value::NONE)
}

fn flush(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, &args[0])?;
    Ok(Value::NONE)
}

fn isatty(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, &args[0])?;
    Ok(Value::FALSE)
}

fn able(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, &args[0])?;
    Ok(Value::TRUE)
}

fn closed(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(of(vm, me)?.closed.get()))
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let line = open(vm, &args[0])?.take(usize::MAX, true);
    match line.is_empty() {
        true => Err(vm.stop_iteration(Value::NONE)),
        false => Ok(Value::bytes(line)),
    }
}

fn getstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = getvalue(vm, args)?;
    let place = open(vm, &args[0])?.at.get();
    Ok(Value::tuple(vec![bytes, Value::size(place), added(vm, &args[0])]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    file.check_exports(vm)?;
    let state = state_arg(vm, KEY, args, 3)?;
    begin(vm, file, Some(&state[0]))?;
    file.at.set(place_of(vm, &state[1], "second item of state must be an integer, not")?);
    add(vm, &args[0], &state[2], "third")?;
    Ok(Value::NONE)
}
