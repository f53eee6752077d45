//! Text in memory as a file.

use super::{Made, add, added, inherited, instance, limit_arg, overrides, place_of, size_arg, state_arg, whence_arg};
use crate::builtins::{getsets, natives};
use crate::memory;
use crate::object::string::empty;
use crate::object::{NativeObject, Ref, Str, Type, Value};
use crate::text::wtf8;
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};

const KEY: &str = "io.StringIO";

/// What a line ends with, and what becomes of line ends that are written: the argument `newline`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Newline {
    /// `None`: any, and each becomes `\n`.
    Universal,
    /// `""`: any, and each stays.
    Kept,
    /// `"\n"`
    Lf,
    /// `"\r"`, and so becomes each `\n` that is written.
    Cr,
    /// `"\r\n"`, the same.
    CrLf,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// `__init__` was not called.
    Unmade,
    Open,
    Closed,
}

const LF: u8 = 1;
const CR: u8 = 2;
const CRLF: u8 = 4;

/// The text and a place in it, which may lie behind its end.
struct StringIO {
    /// WTF-8.
    text: RefCell<Vec<u8>>,
    /// How many characters that is.
    chars: Cell<usize>,
    /// The place, in characters.
    at: Cell<usize>,
    /// Where in `text` that is; its end for a place behind it.
    offset: Cell<usize>,
    newline: Cell<Newline>,
    /// The ends of lines that were written, where any may end a line.
    seen: Cell<u8>,
    state: Cell<State>,
}

impl NativeObject for StringIO {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn outside(&self) -> usize {
        self.text.borrow().capacity()
    }
}

natives! {
    METHODS {
        "__init__(self, initial_value='', newline='\n')" => init;
        /// Read at most size characters, returned as a string.
        "read(self, size=-1, /)" => read;
        /// Read until newline or EOF.
        "readline(self, size=-1, /)" => readline;
        /// Return a list of lines from the stream.
        "readlines(self, hint=-1, /)" => readlines;
        /// Write string to file, and return the number of characters written.
        "write(self, s, /)" => write, quick_write;
        /// Retrieve the entire contents of the object.
        "getvalue(self, /)" => getvalue;
        /// Change stream position: from its start, or where it is, or its end.
        "seek(self, pos, whence=0, /)" => seek;
        /// Tell the current file position.
        "tell(self, /)" => tell;
        /// Truncate size to pos, by default the current position.
        "truncate(self, pos=None, /)" => truncate;
        /// Close the IO object, which holds nothing from then on.
        "close(self, /)" => close;
        /// Flush write buffers, if applicable.
        "flush(self, /)" => flush;
        /// Returns True if the IO object can be read.
        "readable(self, /)" => able;
        /// Returns True if the IO object can be written.
        "writable(self, /)" => able;
        /// Returns True if the IO object can be seeked.
        "seekable(self, /)" => able;
        "__next__(self, /)" => next;
        "__getstate__(self, /)" => getstate;
        "__setstate__(self, state, /)" => setstate;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    MAKE {
        "StringIO(cls, initial_value='', newline='\n', /)" => make;
    }
}

getsets! {
    ATTRIBUTES {
        "closed" => closed;
        "line_buffering" => line_buffering;
        "newlines" => newlines;
    }
}

const DOC: &str = "Text in memory as a file. newline is that of TextIOWrapper.";

pub(super) fn make_class(vm: &mut Vm, base: &Ref<Type>) -> Ref<Type> {
    Made { name: "StringIO", doc: DOC, methods: METHODS, new: NEW, make: &MAKE[0], attributes: ATTRIBUTES }
        .class(vm, KEY, base)
}

impl Newline {
    fn of(vm: &Vm, value: Option<&Value>) -> Result<Newline, Exit> {
        let Some(value) = value else { return Ok(Newline::Lf) };
        if value.is_none() {
            return Ok(Newline::Universal);
        }
        let Some(text) = value.native::<Str>() else {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("newline must be str or None, not {name}")));
        };
        match text.as_bytes() {
            b"" => Ok(Newline::Kept),
            b"\n" => Ok(Newline::Lf),
            b"\r" => Ok(Newline::Cr),
            b"\r\n" => Ok(Newline::CrLf),
            _ => {
                let shown = crate::text::escape::repr_str(text.as_bytes());
                Err(vm.value_error(format!("illegal newline value: {shown}")))
            }
        }
    }

    fn value(self) -> Value {
        match self {
            Newline::Universal => Value::NONE,
            Newline::Kept => Value::object(empty()),
            Newline::Lf => Value::str("\n"),
            Newline::Cr => Value::str("\r"),
            Newline::CrLf => Value::str("\r\n"),
        }
    }

    /// Where the line that begins this text ends, if it ends in it.
    fn end_of_line(self, text: &[u8]) -> Option<usize> {
        match self {
            Newline::Universal | Newline::Lf => memchr::memchr(b'\n', text).map(|at| at + 1),
            Newline::Cr => memchr::memchr(b'\r', text).map(|at| at + 1),
            Newline::CrLf => memchr::memmem::find(text, b"\r\n").map(|at| at + 2),
            Newline::Kept => memchr::memchr2(b'\n', b'\r', text)
                .map(|at| if text[at..].starts_with(b"\r\n") { at + 2 } else { at + 1 }),
        }
    }
}

impl StringIO {
    fn empty() -> StringIO {
        StringIO {
            text: RefCell::default(),
            chars: Cell::new(0),
            at: Cell::new(0),
            offset: Cell::new(0),
            newline: Cell::new(Newline::Lf),
            seen: Cell::new(0),
            state: Cell::new(State::Unmade),
        }
    }

    /// Is each character one byte?
    fn is_ascii(&self) -> bool {
        self.chars.get() == self.text.borrow().len()
    }

    /// Stand at this character.
    fn go(&self, place: usize) {
        let length = self.text.borrow().len();
        let offset = if place >= self.chars.get() {
            length
        } else if self.is_ascii() {
            place
        } else {
            let (at, offset) = (self.at.get(), self.offset.get());
            let (from, left) = if place >= at && at <= self.chars.get() { (offset, place - at) } else { (0, place) };
            from + wtf8::offset_of(&self.text.borrow()[from..], left).unwrap_or(0)
        };
        self.at.set(place);
        self.offset.set(offset);
    }

    /// Put this text, of so many characters, where it stands.
    fn put(&self, vm: &Vm, new: &[u8], chars: usize) -> Result<(), Exit> {
        let (at, total) = (self.at.get(), self.chars.get());
        let mut text = self.text.borrow_mut();
        let text = &mut *text;
        let gap = at.saturating_sub(total);
        if text.len().saturating_add(gap).saturating_add(new.len()) > Str::LONGEST {
            return Err(vm.overflow_error("new buffer size too large"));
        }
        // What grows by little at a time grows by a part of what there is.
        memory::reserve(text, gap + new.len()).map_err(|_| vm.no_memory())?;
        let length = text.len();
        text.resize(length + gap, 0);
        let offset = self.offset.get() + gap;
        if at >= total {
            text.extend_from_slice(new);
            self.chars.set(at + chars);
        } else {
            let replaced = chars.min(total - at);
            let end = match total == text.len() {
                true => offset + replaced,
                false => offset + wtf8::offset_of(&text[offset..], replaced).unwrap_or(text.len() - offset),
            };
            if end - offset == new.len() {
                text[offset..end].copy_from_slice(new);
            } else {
                text.splice(offset..end, new.iter().copied());
            }
            self.chars.set(total - replaced + chars);
        }
        self.at.set(at + chars);
        self.offset.set(offset + new.len());
        Ok(())
    }

    /// Put it there as the file's way with line ends wants it.
    fn write(&self, vm: &Vm, new: &Ref<Str>) -> Result<(), Exit> {
        let bytes = new.as_bytes();
        if bytes.is_empty() {
            return Ok(());
        }
        match self.newline.get() {
            Newline::Lf => self.put(vm, bytes, new.chars()),
            Newline::Cr | Newline::CrLf if memchr::memchr(b'\n', bytes).is_none() => self.put(vm, bytes, new.chars()),
            Newline::Cr => {
                let changed: Vec<u8> = bytes.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect();
                self.put(vm, &changed, new.chars())
            }
            Newline::CrLf => {
                let ends = memchr::memchr_iter(b'\n', bytes).count();
                let mut changed = memory::vector(bytes.len() + ends).map_err(|_| vm.no_memory())?;
                for byte in bytes {
                    changed.extend_from_slice(if *byte == b'\n' { b"\r\n" } else { std::slice::from_ref(byte) });
                }
                self.put(vm, &changed, new.chars() + ends)
            }
            Newline::Kept => {
                self.see(bytes);
                self.put(vm, bytes, new.chars())
            }
            Newline::Universal => {
                let pairs = self.see(bytes);
                if memchr::memchr(b'\r', bytes).is_none() {
                    return self.put(vm, bytes, new.chars());
                }
                let mut changed = memory::vector(bytes.len()).map_err(|_| vm.no_memory())?;
                for (n, byte) in bytes.iter().enumerate() {
                    match byte {
                        b'\r' if bytes.get(n + 1) == Some(&b'\n') => {}
                        b'\r' => changed.push(b'\n'),
                        byte => changed.push(*byte),
                    }
                }
                self.put(vm, &changed, new.chars() - pairs)
            }
        }
    }

    /// Note which ends of lines a text has; how many are of two characters.
    fn see(&self, text: &[u8]) -> usize {
        let (mut seen, mut pairs) = (self.seen.get(), 0);
        for at in memchr::memchr2_iter(b'\n', b'\r', text) {
            match text[at] {
                b'\r' if text.get(at + 1) == Some(&b'\n') => {
                    seen |= CRLF;
                    pairs += 1;
                }
                b'\r' => seen |= CR,
                _ if at > 0 && text[at - 1] == b'\r' => {}
                _ => seen |= LF,
            }
        }
        self.seen.set(seen);
        pairs
    }

    /// Take so many bytes from where it stands, but at most so many characters.
    fn take(&self, bytes: usize, most: usize) -> Value {
        let text = self.text.borrow();
        let offset = self.offset.get();
        let rest = &text[offset..offset + bytes];
        let (piece, chars) = if self.chars.get() == text.len() {
            let count = bytes.min(most);
            (&rest[..count], count)
        } else {
            let end = if most >= bytes { bytes } else { wtf8::offset_of(rest, most).unwrap_or(bytes) };
            (&rest[..end], wtf8::len(&rest[..end]))
        };
        self.at.set(self.at.get() + chars);
        self.offset.set(offset + piece.len());
        match piece {
            [] => Value::object(empty()),
            [byte] if byte.is_ascii() => Value::object(crate::object::string::ascii_char(*byte)),
            piece => Value::str(piece),
        }
    }

    /// How many bytes there are from where it stands.
    fn left(&self) -> usize {
        self.text.borrow().len() - self.offset.get()
    }

    fn line(&self, most: usize) -> Value {
        let end = self.newline.get().end_of_line(&self.text.borrow()[self.offset.get()..]);
        self.take(end.unwrap_or_else(|| self.left()), most)
    }
}

fn of<'a>(vm: &Vm, value: &'a Value) -> Result<&'a StringIO, Exit> {
    let file = value.foreign::<StringIO>().ok_or_else(|| vm.type_error("a StringIO is needed"))?;
    match file.state.get() {
        State::Unmade => Err(vm.value_error("I/O operation on uninitialized object")),
        _ => Ok(file),
    }
}

fn open<'a>(vm: &Vm, value: &'a Value) -> Result<&'a StringIO, Exit> {
    let file = of(vm, value)?;
    match file.state.get() {
        State::Closed => Err(vm.value_error("I/O operation on closed file")),
        _ => Ok(file),
    }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    instance(vm, KEY, &args[0], StringIO::empty())
}

fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = StringIO::empty();
    begin(vm, &file, arg(args, 1), arg(args, 2))?;
    instance(vm, KEY, &args[0], file)
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(file) = args[0].foreign::<StringIO>() else { return Err(vm.type_error("a StringIO is needed")) };
    begin(vm, file, arg(args, 1), arg(args, 2))?;
    Ok(Value::NONE)
}

fn begin(vm: &Vm, file: &StringIO, text: Option<&Value>, newline: Option<&Value>) -> Result<(), Exit> {
    let newline = Newline::of(vm, newline)?;
    let text =
        match text.filter(|text| !text.is_none()) {
            None => None,
            Some(text) => Some(text.native::<Str>().ok_or_else(|| {
                vm.type_error(format!("initial_value must be str or None, not {}", vm.type_name(text)))
            })?),
        };
    restart(file, newline);
    if let Some(text) = text {
        file.write(vm, &text)?;
        file.go(0);
    }
    Ok(())
}

/// Empty and open.
fn restart(file: &StringIO, newline: Newline) {
    drop(file.text.take());
    file.chars.set(0);
    file.go(0);
    file.newline.set(newline);
    file.seen.set(0);
    file.state.set(State::Open);
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = limit_arg(vm, args, 1)?;
    let file = open(vm, &args[0])?;
    Ok(file.take(file.left(), most))
}

fn readline(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = limit_arg(vm, args, 1)?;
    Ok(open(vm, &args[0])?.line(most))
}

fn readlines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let plain = [b"readline" as &'static [u8], b"__next__", b"__iter__", b"closed"];
    let hint = arg_or_none(args, 1).map_or(Some(0), Value::as_small);
    let file = args[0].foreign::<StringIO>().filter(|file| file.state.get() == State::Open);
    let (Some(hint), Some(file)) = (hint, file) else { return inherited(vm, KEY, "readlines", args) };
    if plain.into_iter().any(|name| overrides(vm, KEY, &args[0], name)) {
        return inherited(vm, KEY, "readlines", args);
    }
    let (mut lines, mut chars) = (Vec::new(), 0);
    while file.left() > 0 {
        vm.tick(lines.len())?;
        let before = file.at.get();
        lines.push(file.line(usize::MAX));
        chars += file.at.get() - before;
        if hint > 0 && chars as i64 >= hint {
            break;
        }
    }
    Ok(Value::list(lines))
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    if overrides(vm, KEY, &args[0], b"readline") {
        return inherited(vm, KEY, "__next__", args);
    }
    match file.left() {
        0 => Err(vm.stop_iteration(Value::NONE)),
        _ => Ok(file.line(usize::MAX)),
    }
}

/// Where what is written goes behind all there is, as it stands.
fn quick_write(args: &[Value]) -> Option<Value> {
    let (file, new) = (args[0].foreign::<StringIO>()?, args[1].get::<Str>()?);
    let mut text = file.text.borrow_mut();
    let bytes = new.as_bytes();
    let plain = file.state.get() == State::Open && file.newline.get() == Newline::Lf;
    if !plain || file.at.get() != file.chars.get() || text.capacity() - text.len() < bytes.len() {
        return None;
    }
    text.extend_from_slice(bytes);
    let chars = new.chars();
    file.chars.set(file.chars.get() + chars);
    file.at.set(file.at.get() + chars);
    file.offset.set(text.len());
    Some(Value::size(chars))
}

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    of(vm, &args[0])?;
    let Some(new) = args[1].native::<Str>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("string argument expected, got '{name}'")));
    };
    open(vm, &args[0])?.write(vm, &new)?;
    Ok(Value::size(new.chars()))
}

fn getvalue(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let file = open(vm, &args[0])?;
    crate::builtins::text::string(vm, &*file.text.borrow())
}

fn seek(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = vm.count_arg(args, 1)?;
    let whence = whence_arg(vm, args, 2)?;
    let file = open(vm, &args[0])?;
    if !(0..=2).contains(&whence) {
        return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
    }
    match usize::try_from(place) {
        Err(_) if whence == 0 => return Err(vm.value_error(format!("Negative seek position {place}"))),
        Ok(place) if whence == 0 => file.go(place),
        Ok(0) if whence == 1 => {}
        Ok(0) => file.go(file.chars.get()),
        _ => {
            let class = vm.types.os_error.clone();
            return Err(vm.raise(&class, "Can't do nonzero cur-relative seeks"));
        }
    }
    Ok(Value::size(file.at.get()))
}

fn tell(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(open(vm, &args[0])?.at.get()))
}

fn truncate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let size = size_arg(vm, args, 1)?;
    let file = open(vm, &args[0])?;
    let size = match size {
        None => file.at.get(),
        Some(size) => match usize::try_from(size) {
            Ok(size) => size,
            Err(_) => return Err(vm.value_error(format!("Negative size value {size}"))),
        },
    };
    if size < file.chars.get() {
        let place = file.at.get();
        file.go(size);
        file.text.borrow_mut().truncate(file.offset.get());
        file.chars.set(size);
        file.go(place);
    }
    Ok(Value::size(size))
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(file) = args[0].foreign::<StringIO>() else { return Err(vm.type_error("a StringIO is needed")) };
    let before = file.state.get();
    restart(file, file.newline.get());
    file.state.set(if before == State::Unmade { before } else { State::Closed });
    Ok(Value::NONE)
}

fn flush(_: &mut Vm, _: &[Value]) -> NativeResult {
    // There is nothing to flush, closed or not.
    Ok(Value::NONE)
}

fn able(vm: &mut Vm, args: &[Value]) -> NativeResult {
    open(vm, &args[0])?;
    Ok(Value::TRUE)
}

fn closed(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(of(vm, me)?.state.get() == State::Closed))
}

fn line_buffering(vm: &mut Vm, me: &Value) -> NativeResult {
    open(vm, me)?;
    Ok(Value::FALSE)
}

fn newlines(vm: &mut Vm, me: &Value) -> NativeResult {
    let seen = open(vm, me)?.seen.get();
    let named = [(CR, "\r"), (LF, "\n"), (CRLF, "\r\n")];
    let mut ends: Vec<Value> =
        named.iter().filter(|(bit, _)| seen & bit != 0).map(|(_, end)| Value::str(end)).collect();
    Ok(match ends.len() {
        0 => Value::NONE,
        1 => ends.remove(0),
        _ => Value::tuple(ends),
    })
}

fn getstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = getvalue(vm, args)?;
    let file = open(vm, &args[0])?;
    let state = vec![text, file.newline.get().value(), Value::size(file.at.get()), added(vm, &args[0])];
    Ok(Value::tuple(state))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(file) = args[0].foreign::<StringIO>() else { return Err(vm.type_error("a StringIO is needed")) };
    if file.state.get() == State::Closed {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    let state = state_arg(vm, KEY, args, 4)?;
    begin(vm, file, Some(&state[0]), Some(&state[1]))?;
    // The text has been translated already.
    let newline = file.newline.replace(Newline::Lf);
    let seen = file.seen.get();
    restart(file, Newline::Lf);
    if let Some(text) = state[0].native::<Str>() {
        file.write(vm, &text)?;
    }
    file.newline.set(newline);
    file.seen.set(seen);
    file.go(place_of(vm, &state[2], "third item of state must be an integer, got")?);
    add(vm, &args[0], &state[3], "fourth")?;
    Ok(Value::NONE)
}
