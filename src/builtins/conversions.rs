//! The builtin functions that convert between text and numbers, and calculate.

use super::format::format_value;
use super::text::{Buffer, buffer, call_special, int_ref, special, string, text_arg};
use super::{natives, quick, repr};
use crate::object::arithmetic::{self, Arith, Unary};
use crate::object::{Kind, Str, Value, intern};
use crate::text::{int, wtf8};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Return the absolute value of the argument.
        "abs(number, /)" => abs, quick::abs;
        /// Return an ASCII-only representation of an object.
        "ascii(obj, /)" => ascii;
        /// Return the binary representation of an integer.
        "bin(number, /)" => bin, quick::bin;
        /// Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.
        "chr(i, /)" => chr, quick::chr;
        /// Return the tuple (x//y, x%y).
        "divmod(x, y, /)" => divmod;
        /// Return type(value).__format__(value, format_spec).
        "format(value, format_spec='', /)" => format;
        /// Return the hash value for the given object.
        "hash(obj, /)" => hash;
        /// Return the hexadecimal representation of an integer.
        "hex(number, /)" => hex, quick::hex;
        /// Return the octal representation of an integer.
        "oct(number, /)" => oct, quick::oct;
        /// Return the ordinal value of a character.
        "ord(character, /)" => ord, quick::ord;
        /// Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.
        "pow(base, exp, mod=None)" => pow;
        /// Return the canonical string representation of the object.
        "repr(obj, /)" => repr_function;
        /// Round a number to a given precision in decimal digits.
        "round(number, ndigits=None)" => round;
    }
}

/// Fill the namespace.
pub fn install(vm: &mut Vm) {
    let builtins = vm.builtins.clone();
    super::install_functions(&builtins, "builtins", FUNCTIONS);
}

fn abs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arithmetic::unary(Unary::Abs, &args[0]) {
        Ok(Some(size)) => return Ok(size),
        Ok(None) => {}
        Err(error) => return Err(vm.arith_error(error)),
    }
    match special(vm, &args[0], &vm.names.abs.clone()) {
        Some((method, _)) => call_special(vm, method, &args[0], &[]),
        None => Err(vm.type_error(format!("bad operand type for abs(): '{}'", vm.type_name(&args[0])))),
    }
}

fn ascii(vm: &mut Vm, args: &[Value]) -> NativeResult {
    repr::ascii(vm, &args[0])
}

fn repr_function(vm: &mut Vm, args: &[Value]) -> NativeResult {
    repr::repr(vm, &args[0])
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    repr::hash(vm, &args[0])
}

fn bin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = int::to_prefixed(int_ref(&vm.integer_arg(args, 0)?), 2);
    string(vm, text)
}

fn oct(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = int::to_prefixed(int_ref(&vm.integer_arg(args, 0)?), 8);
    string(vm, text)
}

fn hex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = int::to_prefixed(int_ref(&vm.integer_arg(args, 0)?), 16);
    string(vm, text)
}

fn chr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = vm.integer_arg(args, 0)?.to_i64().and_then(|code| u32::try_from(code).ok());
    match code.filter(|code| *code < wtf8::CODE_POINTS) {
        Some(code) => string(vm, wtf8::from_code_point(code)),
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = if let Some(text) = args[0].native::<Str>() {
        match wtf8::first(text.as_bytes()) {
            Some(code) if text.chars() == 1 => return Ok(Value::small(code as i64)),
            _ => text.chars(),
        }
    } else if let Some(bytes) = buffer(&args[0]).filter(|bytes| !matches!(bytes, Buffer::Part(..) | Buffer::Seen(_))) {
        match bytes[..] {
            [byte] => return Ok(Value::small(byte as i64)),
            _ => bytes.len(),
        }
    } else {
        let name = vm.type_name(&args[0]);
        return Err(vm.type_error(format!("ord() expected string of length 1, but {name} found")));
    };
    Err(vm.type_error(format!("ord() expected a character, but string of length {length} found")))
}

fn divmod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arithmetic::divmod(&args[0], &args[1]) {
        Ok(Some((quotient, rest))) => Ok(Value::tuple(vec![quotient, rest])),
        Ok(None) => vm.tail_prelude("divmod_of", args.to_vec()),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn pow(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let result = match arg_or_none(args, 2) {
        None => arithmetic::binary(Arith::Pow, &args[0], &args[1]),
        Some(modulus) => arithmetic::pow_mod(&args[0], &args[1], modulus),
    };
    match result {
        Ok(Some(power)) => Ok(power),
        Ok(None) => match arg_or_none(args, 2) {
            None => vm.tail_prelude("pow_of", args[..2].to_vec()),
            Some(_) => vm.tail_prelude("pow_mod_of", args.to_vec()),
        },
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn round(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = &args[0];
    let plain = !number.is_kind(Kind::Instance) && super::number::is_real(number);
    if plain {
        let digits = match arg_or_none(args, 1) {
            None => None,
            Some(_) => Some(vm.clamped_arg(args, 1)?),
        };
        return match arithmetic::round(number, digits) {
            Ok(rounded) => Ok(rounded.unwrap_or(Value::NOT_IMPLEMENTED)),
            Err(error) => Err(vm.arith_error(error)),
        };
    }
    match special(vm, number, &intern(b"__round__")) {
        Some((method, _)) => {
            let digits: Vec<Value> = arg_or_none(args, 1).into_iter().cloned().collect();
            call_special(vm, method, number, &digits)
        }
        None => Err(vm.type_error(format!("type {} doesn't define __round__ method", vm.type_name(number)))),
    }
}

fn format(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(spec) = arg(args, 1) else { return format_value(vm, &args[0], None, b"") };
    let spec = text_arg(vm, spec, "format() argument 2")?;
    format_value(vm, &args[0], None, spec.as_bytes())
}
