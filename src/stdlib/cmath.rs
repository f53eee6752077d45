//! `cmath`: functions of complex numbers, with the branch cuts and special values of C99 (W. Kahan, "Branch cuts for complex
//! elementary functions", 1987).

use super::math::arsinh;
use super::module as new_module;
use crate::builtins::natives;
use crate::object::float::Complex;
use crate::object::{Module, Ref, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10, PI, TAU};

natives! {
    FUNCTIONS {
        "acos(z, /)" => acos;
        "acosh(z, /)" => acosh;
        "asin(z, /)" => asin;
        "asinh(z, /)" => asinh;
        "atan(z, /)" => atan;
        "atanh(z, /)" => atanh;
        "cos(z, /)" => cos;
        "cosh(z, /)" => cosh;
        "exp(z, /)" => exp;
        /// Are two numbers close to each other?
        "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose;
        "isfinite(z, /)" => isfinite;
        "isinf(z, /)" => isinf;
        "isnan(z, /)" => isnan;
        /// The logarithm, natural unless a base is given.
        "log(z, base=e, /)" => log;
        "log10(z, /)" => log10;
        /// The argument of a number: its angle.
        "phase(z, /)" => phase;
        /// Length and angle.
        "polar(z, /)" => polar;
        /// The number of a length and an angle.
        "rect(r, phi, /)" => rect;
        "sin(z, /)" => sin;
        "sinh(z, /)" => sinh;
        "sqrt(z, /)" => sqrt;
        "tan(z, /)" => tan;
        "tanh(z, /)" => tanh;
    }
}

/// Real and imaginary part.
type Parts = (f64, f64);

/// Why a function has no value there.
enum Fault {
    /// It is not defined.
    Domain,
    /// It is too large for a float.
    Range,
}

type Outcome = Result<Parts, Fault>;

/// Beyond this, twice a number may be no float.
const LARGE: f64 = f64::MAX / 4.0;
/// How far tiny numbers are lifted, so that their roots keep their digits: an odd exponent, and half of one more.
const LIFT: f64 = 9_007_199_254_740_992.0;
const LIFT_EXPONENT: f64 = 53.0;
const LIFTED_ROOT: f64 = 1.0 / 134_217_728.0;
const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    let module = new_module("cmath", "Functions of complex numbers.", FUNCTIONS);
    for (name, number) in [("pi", PI), ("e", E), ("tau", TAU), ("inf", INFINITY), ("nan", NAN)] {
        module.set(name, Value::float(number));
    }
    module.set("infj", Complex::value(0.0, INFINITY));
    module.set("nanj", Complex::value(0.0, NAN));
    module
}

/// A complex argument, or one that can be made complex.
fn number(vm: &mut Vm, args: &[Value], n: usize) -> Result<Parts, Exit> {
    if let Some(z) = args[n].payload().get::<Complex>()
        && args[n].native::<Complex>().is_some()
    {
        return Ok((z.re, z.im));
    }
    let class = vm.class_of(&args[n]);
    if class.lookup(&intern(b"__complex__")).is_some() {
        return Err(vm.retry(args, n, "complex_of"));
    }
    vm.float_arg(args, n).map(|re| (re, 0.0))
}

fn given(vm: &mut Vm, outcome: Outcome) -> Result<Parts, Exit> {
    outcome.map_err(|fault| match fault {
        Fault::Domain => vm.value_error("math domain error"),
        Fault::Range => vm.overflow_error("math range error"),
    })
}

fn by(vm: &mut Vm, args: &[Value], function: fn(Parts) -> Outcome) -> NativeResult {
    let z = number(vm, args, 0)?;
    let (re, im) = given(vm, function(z))?;
    Ok(Complex::value(re, im))
}

/// The size with the sign of a number; that of a NaN tells nothing.
fn with_sign_of(size: f64, number: f64) -> f64 {
    if number.is_nan() { size } else { size.copysign(number) }
}

fn finite((re, im): Parts) -> bool {
    re.is_finite() && im.is_finite()
}

fn some_infinite((re, im): Parts) -> bool {
    re.is_infinite() || im.is_infinite()
}

/// `-i f(i z)`: how the circular functions come from the hyperbolic ones.
fn turned(f: fn(Parts) -> Outcome, (re, im): Parts) -> Outcome {
    f((-im, re)).map(|(re, im)| (im, -re))
}

/// What is finite where its argument was, or too large.
fn in_range(z: Parts) -> Outcome {
    if some_infinite(z) { Err(Fault::Range) } else { Ok(z) }
}

fn sqrt_of(z: Parts) -> Outcome {
    Ok(root(z))
}

fn root((re, im): Parts) -> Parts {
    if im.is_infinite() {
        return (INFINITY, im);
    }
    if re.is_infinite() {
        return match (re > 0.0, im.is_nan()) {
            (true, true) => (INFINITY, NAN),
            (true, false) => (INFINITY, 0f64.copysign(im)),
            (false, true) => (NAN, INFINITY),
            (false, false) => (0.0, INFINITY.copysign(im)),
        };
    }
    if re.is_nan() || im.is_nan() {
        return (NAN, NAN);
    }
    if re == 0.0 && im == 0.0 {
        return (0.0, im);
    }
    let (x, y) = (re.abs(), im.abs());
    let s = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        let x = x * LIFT;
        (x + x.hypot(y * LIFT)).sqrt() * LIFTED_ROOT
    } else {
        let x = x / 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let d = y / (2.0 * s);
    if re >= 0.0 { (s, d.copysign(im)) } else { (d, s.copysign(im)) }
}

/// The logarithm of twice a number's length, where the length itself might be no float.
fn log_of_double((re, im): Parts) -> f64 {
    (re / 2.0).hypot(im / 2.0).ln() + LN_2 * 2.0
}

fn is_large((re, im): Parts) -> bool {
    re.abs() > LARGE || im.abs() > LARGE
}

fn acos_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        return Ok(if some_infinite(z) {
            (im.abs().atan2(re), if re.is_nan() || !im.is_nan() { -INFINITY.copysign(im) } else { INFINITY })
        } else if re == 0.0 {
            (FRAC_PI_2, NAN)
        } else {
            (NAN, NAN)
        });
    }
    if is_large(z) {
        let size = log_of_double(z);
        return Ok((im.abs().atan2(re), if re < 0.0 { -size.copysign(im) } else { size.copysign(-im) }));
    }
    let (below, above) = (root((1.0 - re, -im)), root((1.0 + re, im)));
    Ok((2.0 * below.0.atan2(above.0), arsinh(above.0 * below.1 - above.1 * below.0)))
}

fn acosh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        return Ok(if some_infinite(z) {
            (INFINITY, im.atan2(re))
        } else if re == 0.0 {
            (NAN, FRAC_PI_2)
        } else {
            (NAN, NAN)
        });
    }
    if is_large(z) {
        return Ok((log_of_double(z), im.atan2(re)));
    }
    let (below, above) = (root((re - 1.0, im)), root((re + 1.0, im)));
    Ok((arsinh(below.0 * above.0 + below.1 * above.1), 2.0 * below.1.atan2(above.0)))
}

fn asinh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        return Ok(if some_infinite(z) {
            (with_sign_of(INFINITY, re), im.atan2(re.abs()))
        } else if im == 0.0 {
            (NAN, im)
        } else {
            (NAN, NAN)
        });
    }
    if is_large(z) {
        let size = log_of_double(z);
        return Ok((if im >= 0.0 { size.copysign(re) } else { -size.copysign(-re) }, im.atan2(re.abs())));
    }
    let (a, b) = (root((1.0 + im, -re)), root((1.0 - im, re)));
    Ok((arsinh(a.0 * b.1 - b.0 * a.1), im.atan2(a.0 * b.0 - a.1 * b.1)))
}

fn atanh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        return Ok(if im.is_infinite() {
            (with_sign_of(0.0, re), FRAC_PI_2.copysign(im))
        } else if re.is_infinite() {
            (0f64.copysign(re), if im.is_nan() { NAN } else { FRAC_PI_2.copysign(im) })
        } else if re == 0.0 {
            (re, NAN)
        } else {
            (NAN, NAN)
        });
    }
    if re.is_sign_negative() {
        return atanh_of((-re, -im)).map(|(re, im)| (-re, -im));
    }
    let y = im.abs();
    if re > LARGE.sqrt() || y > LARGE.sqrt() {
        let h = (re / 2.0).hypot(y / 2.0);
        return Ok((re / 4.0 / h / h, -FRAC_PI_2.copysign(-im)));
    }
    if re == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
        if y == 0.0 {
            return Err(Fault::Domain);
        }
        return Ok((-(y.sqrt() / y.hypot(2.0).sqrt()).ln(), (2f64.atan2(-y) / 2.0).copysign(im)));
    }
    let rest = 1.0 - re;
    Ok(((4.0 * re / (rest * rest + y * y)).ln_1p() / 4.0, -(-2.0 * im).atan2(rest * (1.0 + re) - y * y) / 2.0))
}

/// Beyond this, `exp` of a number may be no float though its product with a cosine is.
fn too_steep(x: f64) -> bool {
    x.abs() > LARGE.ln()
}

fn cosh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Fault::Domain);
        }
        return Ok(if re.is_infinite() && im.is_finite() {
            let size = re.abs();
            if im == 0.0 { (size, im * 1f64.copysign(re)) } else { (size * im.cos(), re * im.sin()) }
        } else if re.is_infinite() {
            (INFINITY, NAN)
        } else if re == 0.0 || im == 0.0 {
            (NAN, 0.0)
        } else {
            (NAN, NAN)
        });
    }
    if too_steep(re) {
        let less = re - 1f64.copysign(re);
        return in_range((im.cos() * less.cosh() * E, im.sin() * less.sinh() * E));
    }
    in_range((im.cos() * re.cosh(), im.sin() * re.sinh()))
}

fn sinh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        if im.is_infinite() && !re.is_nan() {
            return Err(Fault::Domain);
        }
        return Ok(if re.is_infinite() && im.is_finite() {
            if im == 0.0 { (re, im) } else { (re * im.cos(), re.abs() * im.sin()) }
        } else if re.is_infinite() || re == 0.0 {
            (re.abs(), NAN)
        } else if im == 0.0 {
            (NAN, im)
        } else {
            (NAN, NAN)
        });
    }
    if too_steep(re) {
        let less = re - 1f64.copysign(re);
        return in_range((im.cos() * less.sinh() * E, im.sin() * less.cosh() * E));
    }
    in_range((im.cos() * re.sinh(), im.sin() * re.cosh()))
}

fn tanh_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        if im.is_infinite() && re.is_finite() {
            return Err(Fault::Domain);
        }
        return Ok(if re.is_infinite() {
            let slope = if im.is_finite() { 2.0 * im.sin() * im.cos() } else { 0.0 };
            (1f64.copysign(re), 0f64.copysign(slope))
        } else if im == 0.0 {
            (NAN, im)
        } else if re == 0.0 {
            (re, NAN)
        } else {
            (NAN, NAN)
        });
    }
    if too_steep(re) {
        return Ok((1f64.copysign(re), 4.0 * im.sin() * im.cos() * (-2.0 * re.abs()).exp()));
    }
    let (x, y, slope) = (re.tanh(), im.tan(), 1.0 / re.cosh());
    let product = x * y;
    let below = 1.0 + product * product;
    Ok((x * (1.0 + y * y) / below, y / below * slope * slope))
}

fn exp_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        if im.is_infinite() && (re.is_finite() || re == INFINITY) {
            return Err(Fault::Domain);
        }
        return Ok(if re.is_infinite() && im.is_finite() {
            let size = if re > 0.0 { INFINITY } else { 0.0 };
            if im == 0.0 { (size, im) } else { (size * im.cos(), size * im.sin()) }
        } else if re == INFINITY {
            (INFINITY, NAN)
        } else if re.is_infinite() {
            (0.0, 0.0)
        } else if im == 0.0 {
            (NAN, im)
        } else {
            (NAN, NAN)
        });
    }
    if too_steep(re) && re > 0.0 {
        let size = (re - 1.0).exp();
        return in_range((size * im.cos() * E, size * im.sin() * E));
    }
    let size = re.exp();
    in_range((size * im.cos(), size * im.sin()))
}

fn log_of(z: Parts) -> Outcome {
    let (re, im) = z;
    if !finite(z) {
        return Ok(if some_infinite(z) { (INFINITY, im.atan2(re)) } else { (NAN, NAN) });
    }
    let (x, y) = (re.abs(), im.abs());
    let size = if is_large(z) {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        if x == 0.0 && y == 0.0 {
            return Err(Fault::Domain);
        }
        (x * LIFT).hypot(y * LIFT).ln() - LIFT_EXPONENT * LN_2
    } else {
        let h = x.hypot(y);
        if (0.71..=1.73).contains(&h) {
            let (more, less) = (x.max(y), x.min(y));
            ((more - 1.0) * (more + 1.0) + less * less).ln_1p() / 2.0
        } else {
            h.ln()
        }
    };
    Ok((size, im.atan2(re)))
}

fn acos(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, acos_of)
}

fn acosh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, acosh_of)
}

fn asin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |z| turned(asinh_of, z))
}

fn asinh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, asinh_of)
}

fn atan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |z| turned(atanh_of, z))
}

fn atanh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, atanh_of)
}

fn cos(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |(re, im)| cosh_of((-im, re)))
}

fn cosh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, cosh_of)
}

fn exp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, exp_of)
}

fn sin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |z| turned(sinh_of, z))
}

fn sinh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, sinh_of)
}

fn sqrt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, sqrt_of)
}

fn tan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |z| turned(tanh_of, z))
}

fn tanh(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, tanh_of)
}

fn log10(vm: &mut Vm, args: &[Value]) -> NativeResult {
    by(vm, args, |z| log_of(z).map(|(re, im)| (re / LN_10, im / LN_10)))
}

fn log(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let z = number(vm, args, 0)?;
    if arg(args, 1).is_none() {
        let (re, im) = given(vm, log_of(z))?;
        return Ok(Complex::value(re, im));
    }
    let base = number(vm, args, 1)?;
    let (a, b) = (given(vm, log_of(z))?, given(vm, log_of(base))?);
    match crate::object::arithmetic::complex_quotient(a, b) {
        Ok((re, im)) => Ok(Complex::value(re, im)),
        Err(_) => given(vm, Err(Fault::Domain)).map(|_| Value::NONE),
    }
}

fn phase(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (re, im) = number(vm, args, 0)?;
    Ok(Value::float(im.atan2(re)))
}

fn polar(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let z = number(vm, args, 0)?;
    let length = z.0.hypot(z.1);
    if length.is_infinite() && finite(z) {
        return given(vm, Err(Fault::Range)).map(|_| Value::NONE);
    }
    Ok(Value::tuple(vec![Value::float(length), Value::float(z.1.atan2(z.0))]))
}

fn rect(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (r, phi) = (vm.float_arg(args, 0)?, vm.float_arg(args, 1)?);
    let (re, im) = if r.is_finite() && phi.is_finite() {
        if phi == 0.0 { (r, r * phi) } else { (r * phi.cos(), r * phi.sin()) }
    } else if r.is_infinite() && phi.is_finite() {
        if phi == 0.0 { (r, if r > 0.0 { phi } else { -phi }) } else { (r * phi.cos(), r * phi.sin()) }
    } else if phi.is_infinite() && r != 0.0 && !r.is_nan() {
        return given(vm, Err(Fault::Domain)).map(|_| Value::NONE);
    } else if r == 0.0 {
        (0.0, 0.0)
    } else if r.is_infinite() {
        (INFINITY, NAN)
    } else if phi == 0.0 {
        (NAN, 0.0)
    } else {
        (NAN, NAN)
    };
    Ok(Complex::value(re, im))
}

fn isfinite(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(finite(number(vm, args, 0)?)))
}

fn isinf(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(some_infinite(number(vm, args, 0)?)))
}

fn isnan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (re, im) = number(vm, args, 0)?;
    Ok(Value::bool(re.is_nan() || im.is_nan()))
}

fn isclose(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (a, b) = (number(vm, args, 0)?, number(vm, args, 1)?);
    let relative = if arg_or_none(args, 2).is_some() { vm.float_arg(args, 2)? } else { 1e-9 };
    let absolute = if arg_or_none(args, 3).is_some() { vm.float_arg(args, 3)? } else { 0.0 };
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if some_infinite(a) || some_infinite(b) {
        return Ok(Value::FALSE);
    }
    let apart = (a.0 - b.0).hypot(a.1 - b.1);
    let close = |z: Parts| apart <= relative * z.0.hypot(z.1);
    Ok(Value::bool(close(a) || close(b) || apart <= absolute))
}
