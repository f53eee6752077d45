//! `_binascii`: base 64, base 16, uuencoding and checksums of bytes.

use super::{class, kept_class, module as new_module};
use crate::builtins::natives;
use crate::builtins::text::{Buffer, buffer_arg};
use crate::object::{Module, Ref, Str, Type, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// The bytes that base 64 stands for.
        "a2b_base64(data, /, *, strict_mode=False)" => a2b_base64;
        /// Bytes in base 64, as one line.
        "b2a_base64(data, /, *, newline=True)" => b2a_base64;
        /// The bytes that hexadecimal digits stand for.
        "unhexlify(hexstr, /)" => unhexlify;
        /// The bytes of a uuencoded line.
        "a2b_uu(data, /)" => a2b_uu;
        /// Bytes as a uuencoded line.
        "b2a_uu(data, /, *, backtick=False)" => b2a_uu;
        /// The CRC-32 of bytes, going on from that of others.
        "crc32(data, crc=0, /)" => crc32;
        /// The CRC-CCITT of bytes, going on from that of others.
        "crc_hqx(data, crc, /)" => crc_hqx;
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_binascii", "", FUNCTIONS);
    module.set("Error", error_class(vm).into_value());
    module
}

fn error_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "binascii.Error", |vm| {
        class("binascii", "Error", &vm.types.value_error, vm.types.value_error.flags())
    })
}

fn error(vm: &mut Vm, message: &str) -> Exit {
    let class = error_class(vm);
    vm.raise_with(&class, vec![Value::str(message)])
}

/// The bytes of text in ASCII, or of anything bytes-like.
fn ascii(vm: &Vm, value: &Value) -> Result<Vec<u8>, Exit> {
    if let Some(text) = value.native::<Str>() {
        if !text.as_bytes().is_ascii() {
            return Err(vm.value_error("string argument should contain only ASCII characters"));
        }
        return Ok(text.as_bytes().to_vec());
    }
    match crate::builtins::text::buffer_copy(value) {
        Some(bytes) => Ok(bytes),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("argument should be bytes, buffer or ASCII string, not '{name}'")))
        }
    }
}

fn flag(vm: &mut Vm, args: &[Value], n: usize, default: bool) -> Result<bool, Exit> {
    match arg(args, n) {
        None => Ok(default),
        Some(value) => match vm.native_truth(value) {
            Some(truth) => Ok(truth),
            None => Err(vm.retry(args, n, "to_bool")),
        },
    }
}

fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

fn a2b_base64(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let strict = flag(vm, args, 1, false)?;
    let text = ascii(vm, &args[0])?;
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    // Characters seen in the current group of four, the bits they left over, and the padding after them.
    let (mut seen, mut bits, mut pads, mut padded) = (0u32, 0u32, 0u32, false);
    for (place, &byte) in text.iter().enumerate() {
        if byte == b'=' {
            padded = true;
            if strict && seen == 0 {
                let what = if place == 0 { "Leading padding not allowed" } else { "Excess padding not allowed" };
                return Err(error(vm, what));
            }
            if seen >= 2 {
                pads += 1;
                if seen + pads >= 4 {
                    if strict && place + 1 < text.len() {
                        return Err(error(vm, "Excess data after padding"));
                    }
                    return Ok(Value::bytes(out));
                }
            }
            continue;
        }
        let Some(value) = sextet(byte) else {
            if strict {
                return Err(error(vm, "Only base64 data is allowed"));
            }
            continue;
        };
        if strict && padded {
            return Err(error(vm, "Discontinuous padding not allowed"));
        }
        pads = 0;
        bits = bits << 6 | u32::from(value);
        seen = (seen + 1) % 4;
        match seen {
            2 => out.push((bits >> 4) as u8),
            3 => out.push((bits >> 2) as u8),
            0 => out.push(bits as u8),
            _ => {}
        }
    }
    match seen {
        0 => Ok(Value::bytes(out)),
        1 => {
            let count = out.len() / 3 * 4 + 1;
            let message = format!(
                "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
            );
            Err(error(vm, &message))
        }
        _ => Err(error(vm, "Incorrect padding")),
    }
}

fn b2a_base64(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let newline = flag(vm, args, 1, true)?;
    let data = buffer_arg(vm, &args[0])?;
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for group in data.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for n in 0..4 {
            out.push(if n <= group.len() { ALPHABET[(bits >> (18 - 6 * n)) as usize & 63] } else { b'=' });
        }
    }
    if newline {
        out.push(b'\n');
    }
    Ok(Value::bytes(out))
}

fn unhexlify(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = ascii(vm, &args[0])?;
    if text.len() % 2 == 1 {
        return Err(error(vm, "Odd-length string"));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let bytes: Option<Vec<u8>> = text.chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect();
    match bytes {
        Some(bytes) => Ok(Value::bytes(bytes)),
        None => Err(error(vm, "Non-hexadecimal digit found")),
    }
}

fn a2b_uu(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = ascii(vm, &args[0])?;
    let mut characters = text.iter().copied();
    let length = (characters.next().unwrap_or(b' ').wrapping_sub(b' ') & 63) as usize;
    let mut out = Vec::with_capacity(length);
    let (mut bits, mut count) = (0u32, 0);
    while out.len() < length {
        // A line whose trailing blanks somebody took away goes on with blanks.
        let value = match characters.next() {
            None | Some(b'\n' | b'\r' | 0) => 0,
            Some(byte @ b' '..=b'`') => u32::from(byte - b' ') & 63,
            Some(_) => return Err(error(vm, "Illegal char")),
        };
        bits = bits << 6 | value;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    if characters.any(|byte| !matches!(byte, b' ' | b'`' | b'\n' | b'\r')) {
        return Err(error(vm, "Trailing garbage"));
    }
    Ok(Value::bytes(out))
}

fn b2a_uu(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let backtick = flag(vm, args, 1, false)?;
    let data = buffer_arg(vm, &args[0])?;
    if data.len() > 45 {
        drop(data);
        return Err(error(vm, "At most 45 bytes at once"));
    }
    let shown = |value: u32| if value == 0 && backtick { b'`' } else { value as u8 + b' ' };
    let mut out = vec![shown(data.len() as u32)];
    for group in data.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        out.extend((0..4).map(|n| shown(bits >> (18 - 6 * n) & 63)));
    }
    out.push(b'\n');
    Ok(Value::bytes(out))
}

/// The checksum to go on from: any int, of which the low bits count.
fn start(vm: &mut Vm, args: &[Value]) -> Result<u32, Exit> {
    if arg_or_none(args, 1).is_none() {
        return Ok(0);
    }
    let low = vm.integer_arg(args, 1)?.to_big();
    let mut bytes = low.to_signed_bytes_le();
    let fill = if low.sign() == num_bigint::Sign::Minus { 255 } else { 0 };
    bytes.resize(bytes.len().max(4), fill);
    Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// The CRC-32 of bytes, going on from `crc`.
pub fn crc32_of(crc: u32, data: &Buffer<'_>) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(crc);
    hasher.update(data);
    hasher.finalize()
}

fn crc32(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let crc = start(vm, args)?;
    Ok(Value::int(i64::from(crc32_of(crc, &buffer_arg(vm, &args[0])?))))
}

fn crc_hqx(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut crc = start(vm, args)? & 0xFFFF;
    for &byte in buffer_arg(vm, &args[0])?.iter() {
        crc ^= u32::from(byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 } & 0xFFFF;
        }
    }
    Ok(Value::int(i64::from(crc)))
}
