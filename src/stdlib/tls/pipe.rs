//! `ssl.MemoryBIO`: bytes that wait, first in, first out. A connection takes what came from one and puts what is to go into another.

use super::super::{class, kept_class};
use crate::builtins::text::buffer_arg;
use crate::builtins::{getsets, install_getsets, install_methods, install_static, natives};
use crate::memory::{self, Exhausted};
use crate::object::{Foreign, Kind, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};
use std::io;

/// Bytes that wait.
#[derive(Default)]
pub struct Pipe {
    waiting: RefCell<Waiting>,
    /// Will nothing more be written?
    ended: Cell<bool>,
}

/// What lies behind `taken` waits; what lies before it is gone.
#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    taken: usize,
}

impl Waiting {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.taken..]
    }

    fn take(&mut self, count: usize) {
        self.taken += count;
        if self.taken == self.bytes.len() {
            // A buffer that was large once is not kept for ever.
            if self.bytes.capacity() > LARGE {
                self.bytes = Vec::new()
            } else {
                self.bytes.clear()
            }
            self.taken = 0;
        }
    }
}

/// More than two records.
const LARGE: usize = 1 << 16;

impl NativeObject for Pipe {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn outside(&self) -> usize {
        self.waiting.borrow().bytes.capacity()
    }
}

impl Pipe {
    /// How many bytes wait.
    pub fn len(&self) -> usize {
        self.waiting.borrow().rest().len()
    }

    /// Put these behind what waits.
    pub fn put(&self, bytes: &[u8]) -> Result<(), Exhausted> {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.taken > 0 && waiting.taken >= waiting.rest().len() {
            let taken = std::mem::take(&mut waiting.taken);
            waiting.bytes.drain(..taken);
        }
        memory::reserve(&mut waiting.bytes, bytes.len())?;
        waiting.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// What waits, as records of TLS. Nothing is taken beyond the record that the connection reads: what comes after the last one of
/// them is somebody else's.
pub struct Records<'a> {
    pub pipe: &'a Pipe,
    /// What is missing of the record that has been begun.
    pub missing: &'a Cell<usize>,
}

/// A record begins with its kind, the version, and the length of what follows.
const HEAD: usize = 5;

impl Records<'_> {
    /// Is there nothing that can be taken?
    pub fn nothing_waits(&self) -> bool {
        self.next() == 0
    }

    /// Is one of these what waits first?
    pub fn begin_with(&self, words: &[&[u8]]) -> bool {
        words.iter().any(|word| self.pipe.waiting.borrow().rest().starts_with(word))
    }

    /// Will nothing more come?
    pub fn have_ended(&self) -> bool {
        self.pipe.ended.get()
    }

    /// How many bytes can be taken.
    fn next(&self) -> usize {
        let waiting = self.pipe.waiting.borrow();
        let rest = waiting.rest();
        if self.missing.get() == 0
            && let [_, _, _, high, low, ..] = rest
        {
            self.missing.set(HEAD + usize::from(u16::from_be_bytes([*high, *low])));
        }
        rest.len().min(self.missing.get())
    }

    /// Reads the record.
    pub fn reader(&self) -> impl io::Read {
        self
    }
}

impl io::Read for &Records<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.next().min(room.len());
        let mut waiting = self.pipe.waiting.borrow_mut();
        room[..count].copy_from_slice(&waiting.rest()[..count]);
        waiting.take(count);
        self.missing.update(|missing| missing - count);
        Ok(count)
    }
}

/// Writes behind what waits.
pub struct Writer<'a>(pub &'a Pipe);

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.put(bytes).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

natives! {
    METHODS {
        /// Take up to `size` bytes, all that wait if it is negative.
        "read(self, size=-1, /)" => read;
        /// Put bytes behind what waits; how many.
        "write(self, b, /)" => write;
        /// Nothing more will come.
        "write_eof(self, /)" => write_eof;
    }
    NEW {
        "__new__(cls, /)" => new;
    }
}

getsets! {
    ATTRIBUTES {
        /// How many bytes wait.
        "pending" => pending;
        /// Does nothing wait, and will nothing more come?
        "eof" => eof;
    }
}

/// The class.
pub fn pipe_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_ssl.MemoryBIO", |vm| {
        let made = class("_ssl", "MemoryBIO", &vm.types.object, TypeFlags::FINAL);
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        install_getsets(&made, ATTRIBUTES);
        made
    })
}

/// The pipe that a value is, or `TypeError`.
pub fn of<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Pipe, Exit> {
    value.foreign::<Pipe>().ok_or_else(|| vm.type_error("a MemoryBIO is needed"))
}

fn new(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Foreign::value(&pipe_class(vm), Pipe::default()))
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = match arg_or_none(args, 1) {
        None => usize::MAX,
        Some(_) => usize::try_from(vm.index_arg(args, 1)?).unwrap_or(usize::MAX),
    };
    let pipe = of(vm, &args[0])?;
    let mut waiting = pipe.waiting.borrow_mut();
    let count = most.min(waiting.rest().len());
    let bytes = if count == waiting.bytes.len() {
        // All of it: the buffer itself is handed over.
        std::mem::take(&mut waiting.bytes)
    } else {
        let mut bytes = memory::vector(count).map_err(|_| vm.no_memory())?;
        bytes.extend_from_slice(&waiting.rest()[..count]);
        waiting.take(count);
        bytes
    };
    Ok(Value::bytes(bytes))
}

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let pipe = of(vm, &args[0])?;
    let bytes = buffer_arg(vm, &args[1])?;
    if pipe.ended.get() {
        let class = super::error_class(vm);
        return Err(vm.raise(&class, "cannot write() after write_eof()"));
    }
    pipe.put(&bytes).map_err(|_| vm.no_memory())?;
    Ok(Value::size(bytes.len()))
}

fn write_eof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    of(vm, &args[0])?.ended.set(true);
    Ok(Value::NONE)
}

fn pending(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(of(vm, me)?.len()))
}

fn eof(vm: &mut Vm, me: &Value) -> NativeResult {
    let pipe = of(vm, me)?;
    Ok(Value::bool(pipe.ended.get() && pipe.len() == 0))
}
