//! `int` and `bool`.

use super::text::{buffer, buffer_copy, int_ref, int_value, special, string_or, text_arg};
use super::{bytes, compare, format, getsets, make_instance, natives, number, quick, repr, subclass_made};
use crate::memory;
use crate::object::arithmetic;
use crate::object::{Integer, Kind, Str, Type, Value};
use crate::text::escape::repr_bytes;
use crate::text::int;
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Question, Vm};
use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::One;

natives! {
    METHODS {
        /// Return a pair of integers, whose ratio is equal to the original int.
        "as_integer_ratio(self, /)" => as_integer_ratio;
        /// Number of ones in the binary representation of the absolute value of self.
        "bit_count(self, /)" => bit_count;
        /// Number of bits necessary to represent self in binary.
        "bit_length(self, /)" => bit_length;
        /// Returns self, the complex conjugate of any int.
        "conjugate(self, /)" => whole;
        /// Returns True. Exists for duck type compatibility with float.is_integer.
        "is_integer(self, /)" => is_integer;
        /// Return an array of bytes representing an integer.
        "to_bytes(self, /, length=1, byteorder='big', *, signed=False)" => to_bytes;
        /// Ceiling of an Integral returns itself.
        "__ceil__(self, /)" => whole;
        /// float(self)
        "__float__(self, /)" => to_float;
        /// Flooring an Integral returns itself.
        "__floor__(self, /)" => whole;
        /// Convert to a string according to format_spec.
        "__format__(self, format_spec, /)" => format::dunder_format;
        /// What pickling gives to `__new__`.
        "__getnewargs__(self, /)" => getnewargs;
        /// Return hash(self).
        "__hash__(self, /)" => repr::dunder_hash;
        /// Return self converted to an integer, if self is suitable for use as an index into a list.
        "__index__(self, /)" => whole;
        /// int(self)
        "__int__(self, /)" => whole;
        /// Return repr(self).
        "__repr__(self, /)" => int_repr;
        /// Rounding an Integral returns itself. Rounding with an ndigits argument also returns an integer.
        "__round__(self, ndigits=None, /)" => round;
        /// Returns size in memory, in bytes.
        "__sizeof__(self, /)" => sizeof;
        /// Truncating an Integral returns itself.
        "__trunc__(self, /)" => whole;
    }
    STATIC {
        /// Convert a number or string to an integer, or return 0 if no arguments are given.
        "__new__(cls, x=0, /, base=10)" => new, quick::int_new;
    }
    CLASS {
        /// Return the integer represented by the given array of bytes.
        "from_bytes(cls, /, bytes, byteorder='big', *, signed=False)" => from_bytes;
    }
    BOOL {
        /// Return repr(self).
        "__repr__(self, /)" => bool_repr;
    }
    BOOL_STATIC {
        /// The builtins True and False are the only two instances of the class bool.
        "__new__(cls, object=False, /)" => bool_new;
    }
    PRELUDE {
        /// An int of a class.
        "_int_wrap(cls, number, /)" => wrap;
        /// The plain int inside an int.
        "_plain_int(number, /)" => whole;
    }
}

getsets! {
    ATTRIBUTES {
        "real" => real;
        "imag" => imag;
        "numerator" => real;
        "denominator" => denominator;
    }
}

/// Fill the classes.
pub fn install(vm: &mut Vm) {
    let class = vm.types.int.clone();
    for table in [number::INT, number::INT_POWER, number::UNARY, number::INVERT, compare::INT, METHODS] {
        super::install_methods(&class, table);
    }
    super::install_static(&class, STATIC);
    super::install_class_methods(&class, CLASS);
    super::install_getsets(&class, ATTRIBUTES);
    let class = vm.types.bool_.clone();
    super::install_methods(&class, number::BOOL);
    super::install_methods(&class, number::BOOL_INVERT);
    super::install_methods(&class, BOOL);
    super::install_static(&class, BOOL_STATIC);
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// The int itself, as a plain `int` whatever its class.
fn plain(value: &Value) -> Value {
    match value.as_integer() {
        None => Value::NOT_IMPLEMENTED,
        Some(Integer::Small(i)) => Value::int(i),
        Some(Integer::Big(_)) => value.payload().clone(),
    }
}

fn real(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(plain(me))
}

fn imag(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::small(0))
}

fn denominator(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::small(1))
}

fn me<'a>(vm: &Vm, args: &'a [Value]) -> Result<Integer<'a>, Exit> {
    match args[0].as_integer() {
        Some(i) => Ok(i),
        None => Err(vm.type_error("descriptor requires an 'int' object")),
    }
}

fn whole(vm: &mut Vm, args: &[Value]) -> NativeResult {
    me(vm, args)?;
    Ok(plain(&args[0]))
}

fn to_float(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arithmetic::to_float(me(vm, args)?) {
        Ok(f) => Ok(Value::float(f)),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn int_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let limit = vm.max_digits();
    string_or(vm, int::to_text(int_ref(&me(vm, args)?), 10, limit))
}

fn bool_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::text::string(vm, if args[0].is(&Value::TRUE) { "True" } else { "False" })
}

fn as_integer_ratio(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![whole(vm, args)?, Value::small(1)]))
}

fn bit_count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(match me(vm, args)? {
        Integer::Small(i) => i.unsigned_abs().count_ones() as i64,
        Integer::Big(i) => i.digits().iter().map(|digit| i64::from(digit.count_ones())).sum(),
    }))
}

fn bit_length(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(me(vm, args)?.bits() as i64))
}

fn is_integer(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::TRUE)
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![whole(vm, args)?]))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // As CPython lays ints out: digits of thirty bits.
    let bits = me(vm, args)?.bits();
    Ok(Value::int(24 + 4 * bits.div_ceil(30).max(1) as i64))
}

fn round(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let digits = match arg_or_none(args, 1) {
        None => None,
        Some(_) => {
            let digits = vm.integer_arg(args, 1)?;
            Some(digits.to_i64().unwrap_or(if digits.is_negative() { i64::MIN } else { i64::MAX }))
        }
    };
    match arithmetic::round(&plain(&args[0]), digits) {
        Ok(rounded) => Ok(rounded.unwrap_or(Value::NOT_IMPLEMENTED)),
        Err(error) => Err(vm.arith_error(error)),
    }
}

/// Is the order of bytes the little-endian one?
fn little_endian(vm: &Vm, args: &[Value], n: usize, function: &str) -> Result<bool, Exit> {
    let Some(given) = arg(args, n) else { return Ok(false) };
    match text_arg(vm, given, format_args!("{function}() argument 'byteorder'"))?.as_bytes() {
        b"little" => Ok(true),
        b"big" => Ok(false),
        _ => Err(vm.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn flag(vm: &mut Vm, args: &[Value], n: usize) -> Result<bool, Exit> {
    let Some(given) = arg(args, n) else { return Ok(false) };
    match vm.native_truth(given) {
        Some(truth) => Ok(truth),
        None => Err(vm.retry(args, n, "to_bool")),
    }
}

fn to_bytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 1 };
    let little = little_endian(vm, args, 2, "to_bytes")?;
    let signed = flag(vm, args, 3)?;
    let number = me(vm, args)?;
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    if number.is_negative() && !signed {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    }
    let number = number.to_big();
    let mut digits = match number.sign() {
        // Zero is written as one byte, but takes none.
        Sign::NoSign => Vec::new(),
        Sign::Plus => number.magnitude().to_bytes_le(),
        Sign::Minus => number.to_signed_bytes_le(),
    };
    let looks_negative = signed && number.sign() == Sign::Plus && digits.last().is_some_and(|top| top & 0x80 != 0);
    if digits.len() + usize::from(looks_negative) > length {
        return Err(vm.overflow_error("int too big to convert"));
    }
    let missing = length.saturating_sub(digits.len());
    if length > super::text::MAX_TEXT || memory::reserve(&mut digits, missing).is_err() {
        return Err(vm.no_memory());
    }
    digits.resize(length, if number.sign() == Sign::Minus { 0xFF } else { 0 });
    if !little {
        digits.reverse();
    }
    Ok(Value::bytes(digits))
}

fn from_bytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let digits = match buffer_copy(&args[1]) {
        Some(digits) => digits,
        None => bytes::bytes_of_object(vm, args, 1)?,
    };
    let little = little_endian(vm, args, 2, "from_bytes")?;
    let signed = flag(vm, args, 3)?;
    let number = Value::big(match (little, signed) {
        (true, true) => BigInt::from_signed_bytes_le(&digits),
        (false, true) => BigInt::from_signed_bytes_be(&digits),
        (true, false) => BigInt::from_bytes_le(Sign::Plus, &digits),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, &digits),
    });
    if args[0].is(&vm.types.int.value()) {
        return Ok(number);
    }
    // A subclass makes its own of it.
    vm.tail_call(args[0].clone(), vec![number])
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.int.clone();
    let Some(x) = arg(args, 1) else {
        if arg(args, 2).is_some() {
            return Err(vm.type_error("int() missing string argument"));
        }
        return make_instance(vm, &builtin, &args[0], Value::small(0));
    };
    let limit = vm.max_digits();
    if arg(args, 2).is_some() {
        let base = vm.integer_arg(args, 2)?.to_i64().unwrap_or(-1);
        let Some(base) = u32::try_from(base).ok().filter(|base| *base <= 36 && *base != 1) else {
            return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"));
        };
        return match read(vm, x, base, limit)? {
            Some(number) => make_instance(vm, &builtin, &args[0], number),
            None => Err(vm.type_error("int() can't convert non-string with explicit base")),
        };
    }
    if let Some(number) = x.payload().as_float().filter(|_| is_native(vm, x)) {
        return match arithmetic::truncate(number) {
            Ok(number) => make_instance(vm, &builtin, &args[0], number),
            Err(error) => Err(vm.arith_error(error)),
        };
    }
    if x.is_integer() && is_native(vm, x) {
        return make_instance(vm, &builtin, &args[0], plain(x));
    }
    let names = [vm.names.int_.clone(), vm.names.index.clone()];
    if names.iter().any(|name| special(vm, x, name).is_some()) {
        return vm.tail_prelude("int_new", vec![args[0].clone(), x.clone()]);
    }
    match read(vm, x, 10, limit)? {
        Some(number) => make_instance(vm, &builtin, &args[0], number),
        None => {
            let name = vm.type_name(x);
            let message = "int() argument must be a string, a bytes-like object or a real number, not";
            Err(vm.type_error(format!("{message} '{name}'")))
        }
    }
}

/// Does this number become an int without Python code?
fn is_native(vm: &Vm, x: &Value) -> bool {
    matches!(special(vm, x, &vm.names.int_), None | Some((_, Some(_))))
}

/// The int that a string or bytes-like object spells; `None` for any other value.
fn read(vm: &mut Vm, x: &Value, base: u32, limit: usize) -> Result<Option<Value>, Exit> {
    if let Some(text) = x.native::<Str>() {
        return match int::parse(text.as_bytes(), base, limit) {
            Ok(number) => Ok(Some(int_value(number))),
            // A text of a class of the program is shown as that shows it.
            Err(int::NotAnInt::Malformed) if x.is_kind(Kind::Instance) => {
                let complaint = format!("invalid literal for int() with base {base}: ");
                vm.tail_prelude("bad_literal", vec![Value::str(complaint), x.clone(), Value::small(200)]).map(Some)
            }
            Err(error) => Err(vm.text_error(error.into_error(text.as_bytes(), base))),
        };
    }
    let Some(text) = buffer(x) else { return Ok(None) };
    // Bytes that are not ASCII spell no number, whatever characters they make.
    let parsed = if text.is_ascii() { int::parse(&text, base, limit) } else { Err(int::NotAnInt::Malformed) };
    match parsed {
        Ok(number) => Ok(Some(int_value(number))),
        Err(int::NotAnInt::Malformed) => Err(vm.text_error(int::invalid_literal(base, &repr_bytes(&text)))),
        Err(error) => Err(vm.text_error(error.into_error(&text, base))),
    }
}

fn wrap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.int.clone();
    let number = plain(&args[1]);
    if args[0].get::<Type>().is_some() { make_instance(vm, &builtin, &args[0], number) } else { Ok(number) }
}

fn bool_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.bool_, &args[0])?;
    let Some(object) = arg(args, 1) else { return Ok(Value::FALSE) };
    match vm.native_truth(object) {
        Some(truth) => Ok(Value::bool(truth)),
        None => vm.ask(Question::Bool, object),
    }
}

/// The exact ratio that a finite float is.
pub(super) fn float_ratio(f: f64) -> (BigInt, BigInt) {
    let bits = f.to_bits();
    let (field, fraction) = ((bits >> 52 & 0x7FF) as i64, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
    let mantissa = BigInt::from(mantissa);
    let (mut top, mut bottom) = if exponent >= 0 {
        (mantissa << exponent as u64, BigInt::one())
    } else {
        (mantissa, BigInt::one() << (-exponent) as u64)
    };
    let common = top.gcd(&bottom);
    if common.bits() > 1 {
        top /= &common;
        bottom /= &common;
    }
    (if f.is_sign_negative() { -top } else { top }, bottom)
}
