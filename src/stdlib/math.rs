//! `math`: functions of real numbers and integers.
#![allow(clippy::excessive_precision, reason = "the coefficients stand as they were computed")]

use super::module as new_module;
use crate::builtins::natives;
use crate::memory;
use crate::object::int::{self, BigInteger};
use crate::object::{Module, Ref, Value};
use crate::text::limbs;
use crate::vm::arguments::{arg, arg_or_none, is_iterator};
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer as _;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

natives! {
    FUNCTIONS {
        /// The arc cosine (in radians).
        "acos(x, /)" => acos;
        "acosh(x, /)" => acosh;
        /// The arc sine (in radians).
        "asin(x, /)" => asin;
        "asinh(x, /)" => asinh;
        /// The arc tangent (in radians).
        "atan(x, /)" => atan;
        /// The arc tangent of y/x, in the quadrant of the point.
        "atan2(y, x, /)" => atan2;
        "atanh(x, /)" => atanh;
        /// The cube root.
        "cbrt(x, /)" => cbrt;
        /// The least integer that is not below x.
        "ceil(x, /)" => ceil, quick_ceil;
        /// In how many ways k of n things can be chosen.
        "comb(n, k, /)" => comb;
        /// The size of x with the sign of y.
        "copysign(x, y, /)" => copysign;
        "cos(x, /)" => cos, quick_cos;
        "cosh(x, /)" => cosh;
        /// Radians to degrees.
        "degrees(x, /)" => degrees;
        /// The distance of two points.
        "dist(p, q, /)" => dist;
        "erf(x, /)" => erf;
        "erfc(x, /)" => erfc;
        "exp(x, /)" => exp;
        "exp2(x, /)" => exp2;
        "expm1(x, /)" => expm1;
        "fabs(x, /)" => fabs;
        "factorial(n, /)" => factorial;
        /// The greatest integer that is not above x.
        "floor(x, /)" => floor, quick_floor;
        "fma(x, y, z, /)" => fma;
        "fmod(x, y, /)" => fmod;
        /// Mantissa and exponent.
        "frexp(x, /)" => frexp;
        /// The sum of floats, rounded once.
        "fsum(seq, /)" => fsum;
        "gamma(x, /)" => gamma;
        /// The greatest common divisor.
        "gcd(*integers)" => gcd, quick_gcd;
        "hypot(*coordinates)" => hypot;
        /// Are two numbers close to each other?
        "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose;
        "isfinite(x, /)" => isfinite;
        "isinf(x, /)" => isinf;
        "isnan(x, /)" => isnan;
        /// The integer part of the square root.
        "isqrt(n, /)" => isqrt;
        /// The least common multiple.
        "lcm(*integers)" => lcm;
        "ldexp(x, i, /)" => ldexp;
        "lgamma(x, /)" => lgamma;
        /// The logarithm, natural unless a base is given.
        "log(x, base=e, /)" => log;
        "log10(x, /)" => log10;
        "log1p(x, /)" => log1p;
        "log2(x, /)" => log2;
        /// Fractional and integer part.
        "modf(x, /)" => modf;
        "nextafter(x, y, /, *, steps=None)" => nextafter;
        /// In how many ways k of n things can be put in a row.
        "perm(n, k=None, /)" => perm;
        "pow(x, y, /)" => pow;
        /// The product of the items.
        "prod(iterable, /, *, start=1)" => prod;
        /// Degrees to radians.
        "radians(x, /)" => radians;
        /// The remainder that is nearest to zero.
        "remainder(x, y, /)" => remainder;
        "sin(x, /)" => sin, quick_sin;
        "sinh(x, /)" => sinh;
        "sqrt(x, /)" => sqrt, quick_sqrt;
        /// The sum of the products of the items of two iterables.
        "sumprod(p, q, /)" => sumprod;
        "tan(x, /)" => tan;
        "tanh(x, /)" => tanh;
        "trunc(x, /)" => trunc;
        /// The value of the least significant bit of x.
        "ulp(x, /)" => ulp;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    let module = new_module("math", "Functions of real numbers and integers.", FUNCTIONS);
    for (name, number) in [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        module.set(name, Value::float(number));
    }
    module
}

fn float(f: f64) -> NativeResult {
    Ok(Value::float(f))
}

fn shown(f: f64) -> String {
    crate::text::float::repr(f)
}

/// A number without a machine: what `f` gives for a float or an inline int, unless that is not finite.
fn quick_real(args: &[Value], f: fn(f64) -> f64) -> Option<Value> {
    let x = &args[0];
    let number = if x.is_inline_float() { x.inline_float() } else { x.as_small()? as f64 };
    let result = f(number);
    result.is_finite().then(|| Value::float(result))
}

fn quick_sqrt(args: &[Value]) -> Option<Value> {
    quick_real(args, f64::sqrt)
}

fn quick_sin(args: &[Value]) -> Option<Value> {
    quick_real(args, f64::sin)
}

fn quick_cos(args: &[Value]) -> Option<Value> {
    quick_real(args, f64::cos)
}

/// `floor`, `ceil` of what becomes an inline int.
fn quick_whole(x: &Value, round: fn(f64) -> f64) -> Option<Value> {
    if !x.is_inline_float() {
        return x.as_small().map(Value::small);
    }
    let whole = round(x.inline_float());
    (whole.abs() < 1e18).then(|| Value::small(whole as i64))
}

fn quick_floor(args: &[Value]) -> Option<Value> {
    quick_whole(&args[0], f64::floor)
}

fn quick_ceil(args: &[Value]) -> Option<Value> {
    quick_whole(&args[0], f64::ceil)
}

fn range_error(vm: &Vm) -> Exit {
    vm.overflow_error("math range error")
}

fn domain_error(vm: &Vm) -> Exit {
    vm.value_error("math domain error")
}

/// A function that is defined everywhere.
fn plain(vm: &mut Vm, args: &[Value], f: fn(f64) -> f64) -> NativeResult {
    float(f(vm.float_arg(args, 0)?))
}

/// A function that is defined where `defined` says; elsewhere the error has this text and the number.
fn within(vm: &mut Vm, args: &[Value], defined: fn(f64) -> bool, complaint: &str, f: fn(f64) -> f64) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    if !x.is_nan() && !defined(x) {
        return Err(vm.value_error(format!("{complaint}, got {}", shown(x))));
    }
    float(f(x))
}

/// A function whose result may be too large.
fn growing(vm: &mut Vm, args: &[Value], f: fn(f64) -> f64) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    let result = f(x);
    if result.is_infinite() && x.is_finite() { Err(range_error(vm)) } else { float(result) }
}

fn acos(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1", f64::acos)
}

fn acosh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x >= 1.0, "expected argument value not less than 1", f64::acosh)
}

fn asin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x.abs() <= 1.0, "expected a number in range from -1 up to 1", f64::asin)
}

fn asinh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, arsinh)
}

/// The inverse of `sinh`, by the formulas of C's libraries: Rust's own differs in the last digit.
pub(super) fn arsinh(x: f64) -> f64 {
    let size = x.abs();
    let square = x * x;
    let result = if !x.is_finite() || size < 1.0 / 268_435_456.0 {
        return x;
    } else if size > 268_435_456.0 {
        size.ln() + std::f64::consts::LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((square + 1.0).sqrt() + size)).ln()
    } else {
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

fn atan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, f64::atan)
}

fn atan2(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (y, x) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    float(y.atan2(x))
}

fn atanh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x.abs() < 1.0, "expected a number between -1 and 1", f64::atanh)
}

fn cbrt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, f64::cbrt)
}

fn copysign(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    float(x.copysign(y))
}

const FINITE: &str = "expected a finite input";

fn cos(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, f64::is_finite, FINITE, f64::cos)
}

fn sin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, f64::is_finite, FINITE, f64::sin)
}

fn tan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, f64::is_finite, FINITE, f64::tan)
}

fn cosh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    growing(vm, args, f64::cosh)
}

fn sinh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    growing(vm, args, f64::sinh)
}

fn tanh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, f64::tanh)
}

fn exp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    growing(vm, args, f64::exp)
}

fn exp2(vm: &mut Vm, args: &[Value]) -> NativeResult {
    growing(vm, args, f64::exp2)
}

fn expm1(vm: &mut Vm, args: &[Value]) -> NativeResult {
    growing(vm, args, f64::exp_m1)
}

fn degrees(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, |x| x * (180.0 / std::f64::consts::PI))
}

fn radians(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, |x| x * (std::f64::consts::PI / 180.0))
}

fn fabs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, f64::abs)
}

fn sqrt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x >= 0.0, "expected a nonnegative input", f64::sqrt)
}

fn log1p(vm: &mut Vm, args: &[Value]) -> NativeResult {
    within(vm, args, |x| x > -1.0, "expected argument value > -1", f64::ln_1p)
}

/// The logarithm of a number of any size, by the logarithm of doubles.
fn logarithm(vm: &mut Vm, args: &[Value], n: usize, f: fn(f64) -> f64) -> Result<f64, Exit> {
    if let Some(integer) = args[n].as_integer() {
        if integer.is_negative() || integer.is_zero() {
            return Err(vm.value_error("expected a positive input"));
        }
        if let Some(x) = integer.to_f64() {
            return Ok(f(x));
        }
        // Too large for a double: take a power of two out.
        let big = integer.to_big();
        let shift = big.bits().saturating_sub(64);
        let rest = (&big >> shift).to_f64().unwrap_or(f64::MAX);
        return Ok(f(rest) + f(2.0) * shift as f64);
    }
    let x = vm.float_arg(args, n)?;
    if x <= 0.0 {
        return Err(vm.value_error(format!("expected a positive input, got {}", shown(x))));
    }
    Ok(f(x))
}

fn log(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let numerator = logarithm(vm, args, 0, f64::ln)?;
    if arg(args, 1).is_none() {
        return float(numerator);
    }
    let denominator = logarithm(vm, args, 1, f64::ln)?;
    if denominator == 0.0 {
        return Err(vm.zero_division_error("division by zero"));
    }
    float(numerator / denominator)
}

fn log2(vm: &mut Vm, args: &[Value]) -> NativeResult {
    float(logarithm(vm, args, 0, f64::log2)?)
}

fn log10(vm: &mut Vm, args: &[Value]) -> NativeResult {
    float(logarithm(vm, args, 0, f64::log10)?)
}

fn fma(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y, z) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?, vm.float_arg(args, 2)?);
    let result = x.mul_add(y, z);
    if result.is_nan() && ![x, y, z].iter().any(|n| n.is_nan()) {
        return Err(vm.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && [x, y, z].iter().all(|n| n.is_finite()) {
        return Err(vm.overflow_error("overflow in fma"));
    }
    float(result)
}

fn fmod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    if (x.is_infinite() && !y.is_nan()) || (y == 0.0 && !x.is_nan()) {
        return Err(domain_error(vm));
    }
    float(x % y)
}

fn remainder(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    if x.is_nan() || y.is_nan() {
        return float(f64::NAN);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error(vm));
    }
    if y.is_infinite() {
        return float(x);
    }
    let (whole, part) = (x.abs(), y.abs());
    let mut rest = whole % part;
    // `rest` and `part - rest` are exact; of two equally near multiples the even one counts.
    let other = part - rest;
    if rest > other || (rest == other && ((whole - rest) % (2.0 * part)) != 0.0) {
        rest = -other;
    }
    float(rest * 1f64.copysign(x))
}

fn pow(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() || (x == 0.0 && y < 0.0) {
            return Err(domain_error(vm));
        }
        if result.is_infinite() {
            return Err(range_error(vm));
        }
    }
    float(result)
}

/// Mantissa in [0.5, 1) and exponent.
fn split(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i64;
    if exponent == 0 {
        // Subnormal: make it normal first.
        let (mantissa, exponent) = split(x * 2f64.powi(54));
        return (mantissa, exponent - 54);
    }
    (f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52), exponent - 1022)
}

/// `x * 2 ** exponent`, rounded once.
fn scale(x: f64, exponent: i64) -> f64 {
    let (mantissa, own) = split(x);
    let exponent = exponent.saturating_add(own);
    if mantissa == 0.0 || !mantissa.is_finite() {
        mantissa
    } else if exponent > 1100 {
        f64::INFINITY.copysign(x)
    } else if exponent < -1200 {
        0f64.copysign(x)
    } else if exponent > 1000 {
        mantissa * 2f64.powi(1000) * 2f64.powi((exponent - 1000) as i32)
    } else if exponent < -1000 {
        // The first product is exact, so only the second one rounds.
        mantissa * 2f64.powi(-960) * 2f64.powi((exponent + 960) as i32)
    } else {
        mantissa * 2f64.powi(exponent as i32)
    }
}

fn frexp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (mantissa, exponent) = split(vm.float_arg(args, 0)?);
    Ok(Value::tuple(vec![Value::float(mantissa), Value::small(exponent)]))
}

fn ldexp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    let Some(integer) = args[1].as_integer() else {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    };
    let exponent = integer.to_i64().unwrap_or(if integer.is_negative() { -1_000_000 } else { 1_000_000 });
    let result = scale(x, exponent.clamp(-1_000_000, 1_000_000));
    if result.is_infinite() && x.is_finite() { Err(range_error(vm)) } else { float(result) }
}

fn modf(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    let (fraction, whole) = if x.is_infinite() { (0f64.copysign(x), x) } else { (x.fract().copysign(x), x.trunc()) };
    Ok(Value::tuple(vec![Value::float(fraction), Value::float(whole)]))
}

/// A whole double as an int.
fn whole(vm: &mut Vm, x: f64) -> NativeResult {
    if x.is_nan() {
        return Err(vm.value_error("cannot convert float NaN to integer"));
    }
    if x.abs() < 9e18 {
        return Ok(Value::int(x as i64));
    }
    match BigInt::from_f64(x) {
        Some(big) => Ok(Value::big(big)),
        None => Err(vm.overflow_error("cannot convert float infinity to integer")),
    }
}

fn rounded(vm: &mut Vm, args: &[Value], f: fn(f64) -> f64, method: &str) -> NativeResult {
    if let Some(x) = args[0].as_float() {
        return whole(vm, f(x));
    }
    if let Some(integer) = Some(&args[0]).filter(|value| !value.is_kind(crate::object::Kind::Instance))
        && let Some(integer) = integer.as_integer()
    {
        return Ok(Value::big(integer.to_big()));
    }
    let name = crate::object::intern(method.as_bytes());
    match vm.class_of(&args[0]).lookup(&name) {
        Some(method) => vm.tail_method(method, &args[0], &[]),
        None if method == "__trunc__" => {
            let name = vm.type_name(&args[0]);
            Err(vm.type_error(format!("type {name} doesn't define __trunc__ method")))
        }
        None => {
            let x = vm.float_arg(args, 0)?;
            whole(vm, f(x))
        }
    }
}

fn floor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    rounded(vm, args, f64::floor, "__floor__")
}

fn ceil(vm: &mut Vm, args: &[Value]) -> NativeResult {
    rounded(vm, args, f64::ceil, "__ceil__")
}

fn trunc(vm: &mut Vm, args: &[Value]) -> NativeResult {
    rounded(vm, args, f64::trunc, "__trunc__")
}

fn isfinite(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.float_arg(args, 0)?.is_finite()))
}

fn isinf(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.float_arg(args, 0)?.is_infinite()))
}

fn isnan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.float_arg(args, 0)?.is_nan()))
}

fn isclose(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (a, b) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    let relative = if arg(args, 2).is_some() { vm.float_arg(args, 2)? } else { 1e-9 };
    let absolute = if arg(args, 3).is_some() { vm.float_arg(args, 3)? } else { 0.0 };
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::FALSE);
    }
    let distance = (b - a).abs();
    Ok(Value::bool(distance <= (relative * b).abs() || distance <= (relative * a).abs() || distance <= absolute))
}

/// The next double above (`step` 1) or below (-1).
fn neighbour(x: f64, up: bool) -> f64 {
    if x == 0.0 {
        return if up { f64::from_bits(1) } else { -f64::from_bits(1) };
    }
    let bits = x.to_bits();
    f64::from_bits(if (x > 0.0) == up { bits + 1 } else { bits - 1 })
}

fn nextafter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (x, y) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    let steps = match arg_or_none(args, 2) {
        None => 1,
        Some(_) => {
            let steps = vm.integer_arg(args, 2)?;
            if steps.is_negative() {
                return Err(vm.value_error("steps must be a non-negative integer"));
            }
            steps.to_i64().unwrap_or(i64::MAX) as u64
        }
    };
    if steps == 0 {
        return float(x);
    }
    if x.is_nan() || y.is_nan() {
        return float(x + y);
    }
    if x == y {
        return float(y);
    }
    if steps == 1 {
        return float(neighbour(x, y > x));
    }
    // Doubles in order are their bits as sign and magnitude.
    let place = |f: f64| {
        let magnitude = (f.to_bits() & !(1 << 63)) as i128;
        if f.is_sign_negative() { -magnitude } else { magnitude }
    };
    let (from, to) = (place(x), place(y));
    let reached = if to > from { (from + steps as i128).min(to) } else { (from - steps as i128).max(to) };
    if reached == to {
        return float(y);
    }
    let magnitude = f64::from_bits(reached.unsigned_abs() as u64);
    float(if reached < 0 || (reached == 0 && x < 0.0) { -magnitude } else { magnitude })
}

fn ulp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let x = vm.float_arg(args, 0)?.abs();
    if !x.is_finite() {
        return float(x);
    }
    let above = neighbour(x, true);
    float(if above.is_infinite() { x - neighbour(x, false) } else { above - x })
}

/// The root of a sum of squares, scaled so that nothing overflows, with the rounding of the sum corrected.
fn root_of_squares(coordinates: &[f64]) -> f64 {
    if coordinates.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let largest = coordinates.iter().fold(0f64, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return 0.0;
    }
    let (_, exponent) = split(largest);
    // Sums of squares with the parts that rounding takes away kept beside them.
    let (mut sum, mut low) = (0f64, 0f64);
    let mut add = |x: f64| {
        let total = sum + x;
        low += if sum.abs() >= x.abs() { (sum - total) + x } else { (x - total) + sum };
        sum = total;
    };
    for x in coordinates {
        let x = scale(*x, -exponent);
        let square = x * x;
        add(square);
        add(x.mul_add(x, -square));
    }
    let root = (sum + low).sqrt();
    // One step of Newton's method on what is left.
    let square = root * root;
    let mut rest = sum - square;
    rest += low - root.mul_add(root, -square);
    scale(root + rest / (2.0 * root), exponent)
}

fn floats(vm: &mut Vm, values: &[Value]) -> Result<Vec<f64>, Exit> {
    (0..values.len()).map(|n| vm.float_arg(values, n)).collect()
}

fn hypot(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let coordinates = floats(vm, args)?;
    float(root_of_squares(&coordinates))
}

fn dist(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_iterator(&args[0]) {
        return Err(vm.retry(args, 0, "to_items"));
    }
    let (p, q) = (vm.unsized_items_arg(args, 0)?, vm.unsized_items_arg(args, 1)?);
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    // An item with a `__float__` of its own: the points are converted first.
    if p.iter().chain(&q).any(|item| item.as_number().is_none() && !item.is_integer()) {
        let first = p.iter().chain(&q).find(|item| item.as_number().is_none() && !item.is_integer()).cloned();
        let class = vm.class_of(&first.unwrap_or(Value::NONE));
        if class.lookup(&vm.names.float_).is_none() && class.lookup(&vm.names.index).is_none() {
            return Err(vm.type_error(format!("must be real number, not {}", vm.shown_class(&class))));
        }
        return vm.tail_prelude("math_dist", args.to_vec());
    }
    let (p, q) = (floats(vm, &p)?, floats(vm, &q)?);
    let differences: Vec<f64> = p.iter().zip(&q).map(|(a, b)| a - b).collect();
    float(root_of_squares(&differences))
}

fn fsum(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = vm.unsized_items_arg(args, 0)?;
    // Partial sums that do not overlap, by increasing size: their sum is exact.
    let mut partials: Vec<f64> = Vec::new();
    let (mut infinities, mut special) = (0f64, 0f64);
    for (n, item) in items.iter().enumerate() {
        if item.as_number().is_none() && !item.is_integer() {
            let class = vm.class_of(item);
            if class.lookup(&vm.names.float_).is_some() || class.lookup(&vm.names.index).is_some() {
                return vm.tail_prelude("math_fsum", vec![Value::list(items)]);
            }
        }
        let x = vm.float_arg(&items, n)?;
        if !x.is_finite() {
            if x.is_infinite() {
                infinities += x;
            }
            special += x;
            continue;
        }
        let mut rest = x;
        let mut kept = 0;
        for n in 0..partials.len() {
            let (large, small) = if rest.abs() < partials[n].abs() { (partials[n], rest) } else { (rest, partials[n]) };
            let high = large + small;
            let low = small - (high - large);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            rest = high;
        }
        if rest.is_infinite() {
            return Err(vm.overflow_error("intermediate overflow in fsum"));
        }
        partials.truncate(kept);
        if rest != 0.0 {
            partials.push(rest);
        }
    }
    if special != 0.0 {
        return if infinities.is_nan() { Err(vm.value_error("-inf + inf in fsum")) } else { float(special) };
    }
    let Some(mut high) = partials.pop() else { return float(0.0) };
    let mut low = 0.0;
    while let Some(part) = partials.pop() {
        let sum = high + part;
        low = part - (sum - high);
        high = sum;
        if low != 0.0 {
            break;
        }
    }
    // Half of a last place is rounded to even, unless what is left says otherwise.
    if let Some(next) = partials.last()
        && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
    {
        let twice = low * 2.0;
        let sum = high + twice;
        if twice == sum - high {
            high = sum;
        }
    }
    float(high)
}

/// An integer argument as a big one.
fn big_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<BigInt, Exit> {
    Ok(vm.integer_arg(args, n)?.to_big())
}

fn gcd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut divisor = Vec::new();
    for n in 0..args.len() {
        let (number, mut room) = (vm.integer_arg(args, n)?, [0]);
        let (_, digits) = number.parts(&mut room);
        divisor = match (&divisor[..], digits) {
            ([], other) | (other, []) => other.to_vec(),
            ([word], other) | (other, [word]) => vec![word.gcd(&limbs::rem_word(other, *word))],
            (one, other) => limbs::to_big(false, one).gcd(&limbs::to_big(false, other)).magnitude().to_u64_digits(),
        };
    }
    Ok(int::from_vector(false, divisor))
}

/// `gcd` of two numbers of a word.
fn quick_gcd(args: &[Value]) -> Option<Value> {
    let word = |value: &Value| match value.as_small() {
        Some(word) => Some(word.unsigned_abs()),
        None => match *value.get::<BigInteger>()?.digits() {
            [word] => Some(word),
            _ => None,
        },
    };
    let [a, b] = args else { return None };
    Some(int::of_size(false, u128::from(word(a)?.gcd(&word(b)?))))
}

fn lcm(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut result = BigInt::one();
    for n in 0..args.len() {
        let next = big_arg(vm, args, n)?;
        result = if result.is_zero() || next.is_zero() { BigInt::zero() } else { result.lcm(&next) };
    }
    Ok(Value::big(result))
}

fn isqrt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(n @ 0..) = args[0].as_small() {
        return Ok(Value::int(n.isqrt()));
    }
    let n = big_arg(vm, args, 0)?;
    if n.is_negative() {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    Ok(Value::big(n.sqrt()))
}

/// The product of a range, by halves, so that the factors of each multiplication are of like size.
fn range_product(vm: &mut Vm, from: u64, to: u64) -> Result<BigUint, Exit> {
    Ok(match to.saturating_sub(from) {
        0 => BigUint::one(),
        // As far as the product is a word.
        1..=8 => match (from..to).try_fold(1u64, u64::checked_mul) {
            Some(word) => BigUint::from(word),
            None => (from..to).map(BigUint::from).product(),
        },
        length => {
            if length > 1 << 12 {
                vm.look_up()?;
            }
            let low = range_product(vm, from, from + length / 2)?;
            let high = range_product(vm, from + length / 2, to)?;
            // The product, and what multiplying needs besides.
            if !memory::fits(((low.bits() + high.bits()) / 4) as usize) {
                return Err(vm.no_memory());
            }
            low * high
        }
    })
}

/// `n * (n - 1) * ...`, so many factors, of an `n` of any size.
fn falling_product(vm: &mut Vm, n: &BigInt, factors: u64) -> Result<BigInt, Exit> {
    let mut product = BigInt::one();
    for i in 0..factors {
        if i % 256 == 0 {
            vm.look_up()?;
        }
        product *= n - BigInt::from(i);
    }
    Ok(product)
}

fn factorial(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let n = vm.integer_arg(args, 0)?;
    if n.is_negative() {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    match n.to_i64() {
        Some(n) if n <= i64::from(i32::MAX) => Ok(Value::big(range_product(vm, 1, n as u64 + 1)?.into())),
        _ => Err(vm.overflow_error("factorial() argument should not exceed 2147483647")),
    }
}

/// The arguments `n` and `k`: both must be whole before one of them is found to be negative.
fn both_non_negative(vm: &mut Vm, args: &[Value]) -> Result<(BigInt, BigInt), Exit> {
    let (n, k) = (big_arg(vm, args, 0)?, big_arg(vm, args, 1)?);
    for (number, name) in [(&n, "n"), (&k, "k")] {
        if number.is_negative() {
            return Err(vm.value_error(format!("{name} must be a non-negative integer")));
        }
    }
    Ok((n, k))
}

fn perm(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg_or_none(args, 1).is_none() {
        return factorial(vm, &args[..1]);
    }
    let (n, k) = both_non_negative(vm, args)?;
    if n < k {
        return Ok(Value::small(0));
    }
    match (n.to_u64(), k.to_u64()) {
        (Some(n), Some(k)) if n < u64::MAX => Ok(Value::big(range_product(vm, n - k + 1, n + 1)?.into())),
        (_, Some(k)) if k < 1 << 20 => Ok(Value::big(falling_product(vm, &n, k)?)),
        _ => Err(vm.overflow_error(format!("k must not exceed {}", i64::MAX))),
    }
}

fn comb(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (n, k) = both_non_negative(vm, args)?;
    if n < k {
        return Ok(Value::small(0));
    }
    let k = k.clone().min(&n - &k);
    let Some(k) = k.to_u64().filter(|k| *k < 1 << 40) else {
        return Err(vm.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    if let Some(small) = n.to_u64().and_then(|n| small_comb(n, k)) {
        return Ok(Value::big(small.into()));
    }
    let numerator: BigInt = match n.to_u64() {
        Some(n) if n < u64::MAX => range_product(vm, n - k + 1, n + 1)?.into(),
        _ => falling_product(vm, &n, k)?,
    };
    Ok(Value::big(numerator / BigInt::from(range_product(vm, 1, k + 1)?)))
}

/// `n` over `k` by words, if no number on the way is longer than two of them.
fn small_comb(n: u64, k: u64) -> Option<u128> {
    // After each step the number is a choice of as many as there were steps, so it divides evenly.
    (1..=k.min(128))
        .try_fold(1u128, |chosen, step| Some(chosen.checked_mul(u128::from(n - k + step))? / u128::from(step)))
        .filter(|_| k <= 128)
}

fn prod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let start = arg(args, 1).cloned().unwrap_or(Value::small(1));
    let items = vm.unsized_items_arg(args, 0)?;
    let all = std::iter::once(&start).chain(&items);
    // Ints alone, or ints and floats from the left, need no Python code.
    if all.clone().all(|item| item.is_integer() && !item.is_kind(crate::object::Kind::Instance)) {
        let words = all.clone().try_fold(1i64, |product, factor| product.checked_mul(factor.as_integer()?.to_i64()?));
        if let Some(product) = words {
            return Ok(Value::int(product));
        }
        let mut product = BigInt::one();
        for (step, factor) in all.filter_map(Value::as_integer).enumerate() {
            if step % 256 == 0 {
                vm.look_up()?;
            }
            product *= factor.to_big();
        }
        return Ok(Value::big(product));
    }
    vm.tail_prelude("math_prod", vec![Value::list(items), start])
}

fn sumprod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_iterator(&args[0]) {
        return Err(vm.retry(args, 0, "to_items"));
    }
    let (p, q) = (vm.unsized_items_arg(args, 0)?, vm.unsized_items_arg(args, 1)?);
    if p.len() != q.len() {
        return Err(vm.value_error("Inputs are not the same length"));
    }
    let all_floats = p.iter().chain(&q).all(|item| item.as_float().is_some_and(f64::is_finite));
    if all_floats && !p.is_empty() {
        // Products and sums with what their rounding takes away, so that the result is rounded once.
        let (mut sum, mut low) = (0f64, 0f64);
        for (a, b) in p.iter().zip(&q) {
            let (a, b) = (a.as_float().unwrap_or(0.0), b.as_float().unwrap_or(0.0));
            let product = a * b;
            let total = sum + product;
            let back = total - sum;
            low += (sum - (total - back)) + (product - back) + a.mul_add(b, -product);
            sum = total;
        }
        return float(sum + low);
    }
    vm.tail_prelude("math_sumprod", vec![Value::list(p), Value::list(q)])
}

/// Coefficients of the approximation of the gamma function by Lanczos, for g = 6.02...
const LANCZOS_G: f64 = 6.024_680_040_776_73;
const NUMERATOR: [f64; 13] = [
    23_531_376_880.410_76,
    42_919_803_642.649_1,
    35_711_959_237.355_67,
    17_921_034_426.037_21,
    6_039_542_586.352_028,
    1_439_720_407.311_721_6,
    248_874_557.862_054_17,
    31_426_415.585_400_194,
    2_876_370.628_935_372_5,
    186_056.265_395_223_48,
    8_071.672_002_365_816,
    210.824_277_751_579_36,
    2.506_628_274_631_000_2,
];
const DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let (mut num, mut den) = (0.0, 0.0);
    if x < 5.0 {
        for n in (0..13).rev() {
            num = num * x + NUMERATOR[n];
            den = den * x + DENOMINATOR[n];
        }
    } else {
        for n in 0..13 {
            num = num / x + NUMERATOR[n];
            den = den / x + DENOMINATOR[n];
        }
    }
    num / den
}

/// `sin(pi * x)`, exact where it is zero.
fn sin_pi(x: f64) -> f64 {
    use std::f64::consts::PI;
    let y = x.abs() % 2.0;
    let sine = match (2.0 * y).round() as i64 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * sine
}

fn gamma(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    if x.is_nan() || x == f64::INFINITY {
        return float(x);
    }
    if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
        return Err(vm.value_error(format!("expected a noninteger or positive integer, got {}", shown(x))));
    }
    if x == x.floor() && x <= 23.0 {
        return float((1..x as u64).fold(1.0, |product, n| product * n as f64));
    }
    let size = x.abs();
    if size < 1e-20 {
        let result = 1.0 / x;
        return if result.is_infinite() { Err(range_error(vm)) } else { float(result) };
    }
    if size > 200.0 {
        return if x < 0.0 { float(0.0 / sin_pi(x)) } else { Err(range_error(vm)) };
    }
    let y = size + LANCZOS_G - 0.5;
    let lost = if size > LANCZOS_G - 0.5 { (y - size) - (LANCZOS_G - 0.5) } else { (y - (LANCZOS_G - 0.5)) - size };
    let correction = lost * LANCZOS_G / y;
    let result = if x < 0.0 {
        let mut r = -std::f64::consts::PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        r -= correction * r;
        if size < 140.0 { r / y.powf(size - 0.5) } else { r / y.powf(size / 2.0 - 0.25) / y.powf(size / 2.0 - 0.25) }
    } else {
        let mut r = lanczos_sum(size) / y.exp();
        r += correction * r;
        if size < 140.0 { r * y.powf(size - 0.5) } else { r * y.powf(size / 2.0 - 0.25) * y.powf(size / 2.0 - 0.25) }
    };
    if result.is_infinite() { Err(range_error(vm)) } else { float(result) }
}

fn lgamma(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let x = vm.float_arg(args, 0)?;
    if !x.is_finite() {
        return float(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        if x <= 0.0 {
            return Err(vm.value_error(format!("expected a noninteger or positive integer, got {}", shown(x))));
        }
        return float(0.0);
    }
    let size = x.abs();
    if size < 1e-20 {
        return float(-size.ln());
    }
    // The scaled sum: the exponential of g is taken out of it.
    let mut result = (lanczos_sum(size) / LANCZOS_G.exp()).ln();
    result += (size - 0.5) * ((size + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        let reflected = (std::f64::consts::PI / (sin_pi(size) * size).abs()).ln();
        result = reflected - result;
    }
    if result.is_infinite() { Err(range_error(vm)) } else { float(result) }
}

/// The error function near zero, by its power series.
fn erf_series(x: f64) -> f64 {
    let square = x * x;
    let mut sum = 0.0;
    for n in (0..50).rev() {
        sum = 2.0 + square * sum / (f64::from(n) + 1.5);
    }
    sum * x * (-square).exp() / std::f64::consts::PI.sqrt()
}

/// The complementary error function far from zero, by its continued fraction.
fn erfc_fraction(x: f64) -> f64 {
    if x >= 30.0 {
        return 0.0;
    }
    let square = x * x;
    let (mut a, mut step) = (0.0, 0.5);
    let (mut p, mut p_last) = (1.0, 0.0);
    let (mut q, mut q_last) = (step + square, 1.0);
    for _ in 0..50 {
        a += step;
        step += 2.0;
        let b = step + square;
        (p, p_last) = (b * p - a * p_last, p);
        (q, q_last) = (b * q - a * q_last, q);
    }
    p / q * x * (-square).exp() / std::f64::consts::PI.sqrt()
}

fn erf(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, |x| {
        if x.is_nan() || x.abs() < 1.5 { erf_series(x) } else { (1.0 - erfc_fraction(x.abs())).copysign(x) }
    })
}

fn erfc(vm: &mut Vm, args: &[Value]) -> NativeResult {
    plain(vm, args, |x| {
        if x.is_nan() || x.abs() < 1.5 {
            return 1.0 - erf_series(x);
        }
        let far = erfc_fraction(x.abs());
        if x > 0.0 { far } else { 2.0 - far }
    })
}
