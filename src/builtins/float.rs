//! `float` and `complex`.

use super::int::float_ratio;
use super::text::{Buffer, buffer, receiver, special, string, text_arg};
use super::{compare, format, getsets, make_instance, natives, number, quick, repr};
use crate::object::arithmetic;
use crate::object::float::Complex;
use crate::object::{Kind, Str, Value, int};
use crate::text::{complex, escape, float};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        /// Return a pair of integers, whose ratio is exactly equal to the original float.
        "as_integer_ratio(self, /)" => as_integer_ratio;
        /// Return self, the complex conjugate of any float.
        "conjugate(self, /)" => itself;
        /// Return a hexadecimal representation of a floating-point number.
        "hex(self, /)" => hex;
        /// Return True if the float is an integer.
        "is_integer(self, /)" => is_integer;
        /// Return the ceiling as an Integral.
        "__ceil__(self, /)" => ceil;
        /// float(self)
        "__float__(self, /)" => itself;
        /// Return the floor as an Integral.
        "__floor__(self, /)" => floor;
        /// Formats the float according to format_spec.
        "__format__(self, format_spec, /)" => format::dunder_format;
        /// What pickling gives to `__new__`.
        "__getnewargs__(self, /)" => getnewargs;
        /// Return hash(self).
        "__hash__(self, /)" => repr::dunder_hash;
        /// int(self)
        "__int__(self, /)" => trunc;
        /// Return repr(self).
        "__repr__(self, /)" => repr::dunder_repr;
        /// Return the Integral closest to x, rounding half toward even.
        "__round__(self, ndigits=None, /)" => round;
        /// Return the Integral closest to x between 0 and x.
        "__trunc__(self, /)" => trunc;
    }
    STATIC {
        /// Convert a string or number to a floating-point number, if possible.
        "__new__(cls, x=0, /)" => new, quick::float_new;
        /// How a type is laid out: for tests.
        "__getformat__(typestr, /)" => getformat;
    }
    CLASS {
        /// Create a floating-point number from a hexadecimal string.
        "fromhex(cls, string, /)" => fromhex;
        /// Convert real number to a floating-point number.
        "from_number(cls, number, /)" => from_number;
    }
    COMPLEX {
        /// Return the complex conjugate of its argument.
        "conjugate(self, /)" => complex_conjugate;
        /// Convert this value to exact type complex.
        "__complex__(self, /)" => complex_itself;
        /// Convert to a string according to format_spec.
        "__format__(self, format_spec, /)" => format::dunder_format;
        /// What pickling gives to `__new__`.
        "__getnewargs__(self, /)" => complex_getnewargs;
        /// Return hash(self).
        "__hash__(self, /)" => repr::dunder_hash;
        /// Return repr(self).
        "__repr__(self, /)" => repr::dunder_repr;
    }
    COMPLEX_STATIC {
        /// Create a complex number from a string or numbers.
        "__new__(cls, real=0, imag=0)" => complex_new;
    }
    COMPLEX_CLASS {
        /// Convert number to a complex floating-point number.
        "from_number(cls, number, /)" => complex_from_number;
    }
    PRELUDE {
        /// A float of a class.
        "_float_wrap(cls, number, /)" => wrap;
        /// A complex number of a class, from numbers that need no Python code.
        "_complex_make(cls, real, imag=0, /)" => complex_make;
    }
}

getsets! {
    ATTRIBUTES {
        "real" => real;
        "imag" => imag;
    }
    COMPLEX_ATTRIBUTES {
        "real" => complex_real;
        "imag" => complex_imag;
    }
}

/// Fill the classes.
pub fn install(vm: &mut Vm) {
    let class = vm.types.float.clone();
    for table in [number::FLOAT, number::FLOAT_POWER, number::UNARY, compare::FLOAT, METHODS] {
        super::install_methods(&class, table);
    }
    super::install_static(&class, STATIC);
    super::install_class_methods(&class, CLASS);
    super::install_getsets(&class, ATTRIBUTES);
    let class = vm.types.complex.clone();
    for table in [number::COMPLEX, number::COMPLEX_POWER, number::UNARY, compare::COMPLEX, COMPLEX] {
        super::install_methods(&class, table);
    }
    super::install_static(&class, COMPLEX_STATIC);
    super::install_class_methods(&class, COMPLEX_CLASS);
    super::install_getsets(&class, COMPLEX_ATTRIBUTES);
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

fn real(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.payload().as_float().map_or(Value::NOT_IMPLEMENTED, Value::float))
}

fn imag(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::float(0.0))
}

fn complex_real(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.native::<Complex>().map_or(Value::NOT_IMPLEMENTED, |c| Value::float(c.re)))
}

fn complex_imag(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.native::<Complex>().map_or(Value::NOT_IMPLEMENTED, |c| Value::float(c.im)))
}

fn me(vm: &Vm, args: &[Value]) -> Result<f64, Exit> {
    match args[0].payload().as_float() {
        Some(f) => Ok(f),
        None => Err(vm.type_error("descriptor requires a 'float' object")),
    }
}

fn whole(vm: &Vm, f: f64) -> NativeResult {
    match arithmetic::truncate(f) {
        Ok(number) => Ok(number),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn as_integer_ratio(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let f = me(vm, args)?;
    if f.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    if f.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let [top, bottom] = small_ratio(f).unwrap_or_else(|| {
        let (top, bottom) = float_ratio(f);
        [Value::big(top), Value::big(bottom)]
    });
    Ok(Value::tuple(vec![top, bottom]))
}

/// The ratio of a normal float whose parts have at most 128 bits.
fn small_ratio(f: f64) -> Option<[Value; 2]> {
    let bits = f.to_bits();
    let (field, fraction) = ((bits >> 52 & 0x7FF) as i64, bits & ((1 << 52) - 1));
    if field == 0 {
        return None;
    }
    let mantissa = fraction | 1 << 52;
    let twos = mantissa.trailing_zeros();
    let (odd, exponent) = (u128::from(mantissa >> twos), field - 1075 + i64::from(twos));
    let (top, bottom) = match exponent {
        0..=64 => (odd << exponent, 1),
        -127..0 => (odd, 1 << -exponent),
        _ => return None,
    };
    Some([int::of_size(f < 0.0, top), int::of_size(false, bottom)])
}

fn itself(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::float(me(vm, args)?))
}

fn hex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    string(vm, float::hex(me(vm, args)?))
}

fn is_integer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let f = me(vm, args)?;
    Ok(Value::bool(f.is_finite() && f.floor() == f))
}

fn ceil(vm: &mut Vm, args: &[Value]) -> NativeResult {
    whole(vm, me(vm, args)?.ceil())
}

fn floor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    whole(vm, me(vm, args)?.floor())
}

fn trunc(vm: &mut Vm, args: &[Value]) -> NativeResult {
    whole(vm, me(vm, args)?)
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![itself(vm, args)?]))
}

fn round(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let digits = match arg_or_none(args, 1) {
        None => None,
        Some(_) => Some(vm.clamped_arg(args, 1)?),
    };
    match arithmetic::round(args[0].payload(), digits) {
        Ok(rounded) => Ok(rounded.unwrap_or(Value::NOT_IMPLEMENTED)),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn getformat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match text_arg(vm, &args[0], "__getformat__() argument")?.as_bytes() {
        b"double" | b"float" => string(vm, "IEEE, little-endian"),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

fn fromhex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(text) = args[1].native::<Str>() else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    if text.as_str().is_none() {
        super::string::c_text(vm, &text)?;
    }
    match float::from_hex(text.as_bytes()) {
        Ok(f) if args[0].is(&vm.types.float.value()) => Ok(Value::float(f)),
        Ok(f) => vm.tail_call(args[0].clone(), vec![Value::float(f)]),
        Err(error) => Err(vm.text_error(error)),
    }
}

fn from_number(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].native::<Str>().is_some() || buffer(&args[1]).is_some() {
        return Err(vm.type_error(format!("must be real number, not {}", vm.type_name(&args[1]))));
    }
    if args[0].is(&vm.types.float.value()) && args[1].as_float().is_some() {
        return Ok(args[1].clone());
    }
    let f = vm.float_arg(args, 1)?;
    if args[0].is(&vm.types.float.value()) {
        return Ok(Value::float(f));
    }
    vm.tail_call(args[0].clone(), vec![Value::float(f)])
}

/// A text or bytes of a class of the program are no number: they are shown as that class shows them.
fn bad_literal(vm: &mut Vm, x: &Value) -> NativeResult {
    let complaint = Value::str("could not convert string to float: ");
    vm.tail_prelude("bad_literal", vec![complaint, x.clone(), Value::NONE])
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.float.clone();
    let Some(x) = arg(args, 1) else { return make_instance(vm, &builtin, &args[0], Value::float(0.0)) };
    let made = |vm: &mut Vm, f: f64| make_instance(vm, &builtin, &args[0], Value::float(f));
    if let Some(f) = x.as_float() {
        return made(vm, f);
    }
    // A string of a class that has its own way to be a float is not read.
    let convertible = x.is_kind(Kind::Instance)
        && [vm.names.float_.clone(), vm.names.index.clone()].iter().any(|name| special(vm, x, name).is_some());
    if let Some(text) = x.native::<Str>().filter(|_| !convertible) {
        return match float::parse(text.as_bytes()) {
            Some(f) => made(vm, f),
            None if x.is_kind(Kind::Instance) => bad_literal(vm, x),
            None => {
                let shown = escape::repr_str(text.as_bytes());
                Err(vm.value_error(format!("could not convert string to float: {shown}")))
            }
        };
    }
    match special(vm, x, &vm.names.float_.clone()) {
        Some((_, Some(_))) if number::is_real(x) => {
            let f = vm.float_arg(args, 1)?;
            return made(vm, f);
        }
        Some(_) => return vm.tail_prelude("float_new", vec![args[0].clone(), x.clone()]),
        None if special(vm, x, &vm.names.index.clone()).is_some() => {
            return vm.tail_prelude("float_new", vec![args[0].clone(), x.clone()]);
        }
        None => {}
    }
    let Some(text) = buffer(x) else {
        let name = vm.type_name(x);
        return Err(vm.type_error(format!("float() argument must be a string or a real number, not '{name}'")));
    };
    match float::parse_bytes(&text) {
        Some(f) => made(vm, f),
        None if x.is_kind(Kind::Instance) => bad_literal(vm, x),
        None => {
            let shown = match &text {
                Buffer::Fixed(bytes) => escape::repr_bytes(bytes),
                Buffer::Array(bytes) => format!("bytearray({})", escape::repr_bytes(bytes)),
                Buffer::Part(..) | Buffer::Seen(_) => format!("<memory at {:#x}>", crate::object::identity(x)),
            };
            Err(vm.value_error(format!("could not convert string to float: {shown}")))
        }
    }
}

fn wrap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let f = vm.float_arg(args, 1)?;
    make_instance(vm, &vm.types.float.clone(), &args[0], Value::float(f))
}

fn complex_conjugate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let c = receiver::<Complex>(vm, args)?;
    Ok(Complex::value(c.re, -c.im))
}

fn complex_itself(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(receiver::<Complex>(vm, args)?.value())
}

fn complex_getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let c = receiver::<Complex>(vm, args)?;
    Ok(Value::tuple(vec![Value::float(c.re), Value::float(c.im)]))
}

/// Both parts of a plain number; `None` for anything else.
fn parts(vm: &Vm, value: &Value) -> Result<Option<(f64, f64)>, Exit> {
    let value = value.payload();
    if let Some(c) = value.get::<Complex>() {
        return Ok(Some((c.re, c.im)));
    }
    if let Some(f) = value.as_float() {
        return Ok(Some((f, 0.0)));
    }
    match value.as_integer().map(arithmetic::to_float) {
        Some(Ok(f)) => Ok(Some((f, 0.0))),
        Some(Err(error)) => Err(vm.arith_error(error)),
        None => Ok(None),
    }
}

/// Would turning the value into a complex number run Python code?
fn needs_python(vm: &Vm, value: &Value) -> bool {
    [&vm.names.complex_, &vm.names.float_, &vm.names.index]
        .into_iter()
        .find_map(|name| special(vm, value, name))
        .is_some_and(|(_, native)| native.is_none() || !number::is_number(value))
}

/// Is it a complex number or a float whose class has no `__complex__` of its own? Its `__float__` is not asked.
fn counts_as_is(vm: &Vm, value: &Value) -> bool {
    let own = special(vm, value, &vm.names.complex_).is_some_and(|(_, native)| native.is_none());
    let payload = value.payload();
    !own && (payload.is_kind(Kind::Complex) || payload.as_float().is_some())
}

fn complex_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.complex.clone();
    let (first, second) = (arg(args, 1), arg(args, 2));
    if let (Some(text), None) = (first.and_then(|first| first.native::<Str>()), second) {
        return match complex::parse(text.as_bytes()) {
            Ok((re, im)) => make_instance(vm, &builtin, &args[0], Complex::value(re, im)),
            Err(error) => Err(vm.text_error(error)),
        };
    }
    let in_python = |vm: &mut Vm| {
        let mut all = vec![args[0].clone()];
        all.extend([first, second].map(|given| given.cloned().unwrap_or(Value::small(0))));
        all.push(Value::bool(second.is_some()));
        vm.tail_prelude("complex_new", all)
    };
    for (given, name) in [(first, "real"), (second, "imag")] {
        let Some(given) = given else { continue };
        // Alone, a float or a complex number whose class has no `__complex__` of its own counts as it is.
        if needs_python(vm, given) && (second.is_some() || !counts_as_is(vm, given)) {
            return in_python(vm);
        }
        if parts(vm, given)?.is_none() {
            let shown = vm.type_name(given);
            return Err(vm.type_error(if second.is_none() {
                format!("complex() argument must be a string or a number, not {shown}")
            } else {
                format!("complex() argument '{name}' must be a real number, not {shown}")
            }));
        }
    }
    let is_complex = |given: Option<&Value>| given.is_some_and(|given| given.payload().is_kind(Kind::Complex));
    if second.is_some() && (is_complex(first) || is_complex(second)) {
        // Dubious, says the prelude.
        return in_python(vm);
    }
    if second.is_none()
        && let Some(first) = first
        && first.is_kind(Kind::Complex)
        && args[0].is(&builtin.value())
    {
        return Ok(first.clone());
    }
    complex_make(vm, args)
}

/// `complex(real, imag)` of numbers that need no Python code. A part that is itself complex counts with both its parts:
/// x + y·i; a real part adds no zero of its own.
fn complex_make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let zero = Value::small(0);
    let (first, second) = (arg(args, 1).unwrap_or(&zero), arg(args, 2));
    let (mut re, mut im) = parts(vm, first)?.unwrap_or_default();
    if let Some(second) = second {
        let (re2, im2) = parts(vm, second)?.unwrap_or_default();
        re = if second.payload().is_kind(Kind::Complex) { re - im2 } else { re };
        im = if first.payload().is_kind(Kind::Complex) { im + re2 } else { re2 };
    }
    make_instance(vm, &vm.types.complex.clone(), &args[0], Complex::value(re, im))
}

fn complex_from_number(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].is(&vm.types.complex.value()) && args[1].get::<Complex>().is_some() {
        return Ok(args[1].clone());
    }
    if args[1].native::<Str>().is_some() || buffer(&args[1]).is_some() {
        return Err(vm.type_error(format!("must be real number, not {}", vm.type_name(&args[1]))));
    }
    if needs_python(vm, &args[1]) {
        return vm.tail_prelude("complex_new", vec![args[0].clone(), args[1].clone(), Value::small(0), Value::FALSE]);
    }
    match parts(vm, &args[1])? {
        Some((re, im)) => {
            let number = Complex::value(re, im);
            if args[0].is(&vm.types.complex.value()) { Ok(number) } else { vm.tail_call(args[0].clone(), vec![number]) }
        }
        None => Err(vm.type_error(format!("must be real number, not {}", vm.type_name(&args[1])))),
    }
}
