//! `_zlib`: the DEFLATE format of RFC 1951, in and out, piece by piece. Headers and checksums are the business of `zlib.py`.

use super::binascii::crc32_of;
use super::{class, kept_class, module as new_module};
use crate::builtins::text::buffer_arg;
use crate::builtins::{install_methods, natives};
use crate::object::{Foreign, Kind, Module, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use miniz_oxide::deflate::core::{CompressorOxide, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};
use std::cell::RefCell;

/// Compresses.
struct Deflater(RefCell<Box<CompressorOxide>>);

/// Decompresses.
struct Inflater(RefCell<Box<InflateState>>);

impl NativeObject for Deflater {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn outside(&self) -> usize {
        size_of::<CompressorOxide>()
    }
}

impl NativeObject for Inflater {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn outside(&self) -> usize {
        size_of::<InflateState>()
    }
}

natives! {
    FUNCTIONS {
        /// The checksum Adler-32, going on from a value.
        "adler32(data, value=1, /)" => adler32;
        /// The checksum CRC-32, going on from a value.
        "crc32(data, value=0, /)" => crc32;
        "deflater(level, strategy, /)" => deflater;
        "inflater()" => inflater;
    }
    DEFLATER_METHODS {
        /// Compress more bytes. `how` is 0 (keep back what is not yet due), 2 (a sync flush), 3 (a full flush), 4 (the end).
        "feed(self, data, how, /)" => feed;
        "copy(self, /)" => copy_deflater;
    }
    INFLATER_METHODS {
        /// Decompress more bytes into at most so many: what came out, how many bytes went in, and whether that was the end.
        "feed(self, data, most, /)" => draw;
        "copy(self, /)" => copy_inflater;
    }
}

fn deflater_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_zlib.Deflater", |vm| {
        let made = class("_zlib", "Deflater", &vm.types.object, TypeFlags::FINAL);
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, DEFLATER_METHODS);
        made
    })
}

fn inflater_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_zlib.Inflater", |vm| {
        let made = class("_zlib", "Inflater", &vm.types.object, TypeFlags::FINAL);
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, INFLATER_METHODS);
        made
    })
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_zlib", "", FUNCTIONS)
}

/// The checksum in an argument to go on from: its low 32 bits.
fn start(vm: &mut Vm, args: &[Value], default: u32) -> Result<u32, Exit> {
    match arg(args, 1) {
        None => Ok(default),
        Some(_) => {
            let number = vm.integer_arg(args, 1)?.to_big();
            Ok((number & num_bigint::BigInt::from(u32::MAX)).try_into().unwrap_or(default))
        }
    }
}

fn adler32(vm: &mut Vm, args: &[Value]) -> NativeResult {
    const MODULUS: u32 = 65_521;
    // So many bytes can be summed before a sum has to be reduced.
    const RUN: usize = 5552;
    let value = start(vm, args, 1)?;
    let data = buffer_arg(vm, &args[0])?;
    let (mut low, mut high) = (value & 0xFFFF, value >> 16);
    for run in data.chunks(RUN) {
        for byte in run {
            low += u32::from(*byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    Ok(Value::int(i64::from(high << 16 | low)))
}

fn crc32(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = start(vm, args, 0)?;
    Ok(Value::int(i64::from(crc32_of(value, &buffer_arg(vm, &args[0])?))))
}

fn deflater(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (level, strategy) = (vm.index_arg(args, 0)?, vm.index_arg(args, 1)?);
    let level = if level < 0 { 6 } else { level.min(9) };
    let flags = create_comp_flags_from_zip_params(level as i32, -15, strategy as i32);
    let made = Deflater(RefCell::new(Box::new(CompressorOxide::new(flags))));
    Ok(Foreign::value(&deflater_class(vm), made))
}

fn inflater(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let made = Inflater(RefCell::new(InflateState::new_boxed(DataFormat::Raw)));
    Ok(Foreign::value(&inflater_class(vm), made))
}

fn copy_deflater(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(me) = args[0].foreign::<Deflater>() else { return Err(vm.type_error("a Deflater is needed")) };
    let copy = Deflater(RefCell::new(me.0.borrow().clone()));
    Ok(Foreign::value(&deflater_class(vm), copy))
}

fn copy_inflater(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(me) = args[0].foreign::<Inflater>() else { return Err(vm.type_error("an Inflater is needed")) };
    let copy = Inflater(RefCell::new(me.0.borrow().clone()));
    Ok(Foreign::value(&inflater_class(vm), copy))
}

/// Room for what comes out next.
const PIECE: usize = 1 << 14;

fn feed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let how = match vm.index_arg(args, 2)? {
        0 => MZFlush::None,
        2 => MZFlush::Sync,
        3 => MZFlush::Full,
        _ => MZFlush::Finish,
    };
    let Some(me) = args[0].foreign::<Deflater>() else { return Err(vm.type_error("a Deflater is needed")) };
    let data = buffer_arg(vm, &args[1])?;
    let (mut rest, mut out, mut piece) = (&data[..], Vec::new(), vec![0; PIECE]);
    for step in 0.. {
        vm.tick(step)?;
        let result = deflate(&mut me.0.borrow_mut(), rest, &mut piece, how);
        rest = &rest[result.bytes_consumed..];
        let fresh = &piece[..result.bytes_written];
        crate::memory::reserve(&mut out, fresh.len()).map_err(|_| vm.no_memory())?;
        out.extend_from_slice(fresh);
        let full = result.bytes_written == piece.len();
        match result.status {
            Ok(MZStatus::Ok) if full || !rest.is_empty() => {}
            // With nothing to say it answers that it lacks room.
            Ok(_) | Err(MZError::Buf) => break,
            Err(_) => return Err(vm.value_error("the compressor is in disorder")),
        }
    }
    Ok(Value::bytes(out))
}

fn draw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = usize::try_from(vm.index_arg(args, 2)?).unwrap_or(usize::MAX);
    let Some(me) = args[0].foreign::<Inflater>() else { return Err(vm.type_error("an Inflater is needed")) };
    let data = buffer_arg(vm, &args[1])?;
    let (mut rest, mut out, mut piece) = (&data[..], Vec::new(), vec![0; PIECE]);
    let mut ended = false;
    for step in 0.. {
        vm.tick(step)?;
        let room = (most - out.len()).min(PIECE);
        if room == 0 {
            break;
        }
        let result = inflate(&mut me.0.borrow_mut(), rest, &mut piece[..room], MZFlush::None);
        rest = &rest[result.bytes_consumed..];
        let fresh = &piece[..result.bytes_written];
        crate::memory::reserve(&mut out, fresh.len()).map_err(|_| vm.no_memory())?;
        out.extend_from_slice(fresh);
        match result.status {
            Ok(MZStatus::StreamEnd) => {
                ended = true;
                break;
            }
            Ok(_) if result.bytes_written == 0 && result.bytes_consumed == 0 => break,
            Ok(_) => {}
            Err(MZError::Buf) => break,
            Err(_) => return Err(vm.value_error("invalid data")),
        }
    }
    let taken = data.len() - rest.len();
    Ok(Value::tuple(vec![Value::bytes(out), Value::size(taken), Value::bool(ended)]))
}
