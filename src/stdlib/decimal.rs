//! `_decimal`: natives in front of the methods of `Decimal` that programs call most. They answer for finite numbers of that
//! very class whose coefficients have at most 128 bits, where the result fits the current context and signals nothing that is
//! not set already; the rest is Python (`decimal.py`).

use super::fronted::{self, Fronts, in_python, in_python_by_name};
use super::{contextvars, module as new_module};
use crate::builtins::natives;
use crate::builtins::order::Relation;
use crate::object::heap::Borrow;
use crate::object::{
    Dict, Foreign, Instance, Module, NativeObject, Ref, Slot, Str, Type, Value, hashing, int, intern, wide,
};
use crate::vm::arguments::arg_or_none;
use crate::vm::{NativeResult, Vm};
use std::cmp::Ordering;

natives! {
    FUNCTIONS {
        /// Put the natives in front: a number, the variable of the context, the signals of rounding.
        "_install(decimal, context, inexact, rounded, /)" => install;
    }
    METHODS {
        "__add__(self, other, /)" => add;
        "__radd__(self, other, /)" => radd;
        "__sub__(self, other, /)" => sub;
        "__mul__(self, other, /)" => mul;
        "__rmul__(self, other, /)" => rmul;
        "__truediv__(self, other, /)" => truediv;
        "__neg__(self, /)" => neg;
        "__eq__(self, other, /)" => eq;
        "__lt__(self, other, /)" => lt;
        "__le__(self, other, /)" => le;
        "__gt__(self, other, /)" => gt;
        "__ge__(self, other, /)" => ge;
        "__hash__(self, /)" => hash;
        "__str__(self, /)" => str_;
        "__float__(self, /)" => float;
        "__int__(self, /)" => int_;
        "__bool__(self, /)" => bool_;
        "__round__(self, n=None, /)" => round;
        "quantize(self, exp, rounding=None, context=None)" => quantize;
    }
    NEW {
        "__new__(cls, value='0', context=None)" => new;
    }
}

/// What the natives know of the module.
struct Known {
    /// A number, after which all others are made.
    one: Ref<Instance>,
    /// What `_kind` is of a finite number.
    finite: Slot,
    context: Slot,
    inexact: Slot,
    rounded: Slot,
    names: [Ref<Str>; 6],
}

impl NativeObject for Known {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.one.show(see);
        [&self.finite, &self.context, &self.inexact, &self.rounded].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        [&self.finite, &self.context, &self.inexact, &self.rounded].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
}

const KNOWN: &str = "decimal";

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_decimal", "", FUNCTIONS)
}

fn install(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let one = args[0].to_ref::<Instance>();
    let Some(one) = one.filter(|one| !one.in_dict_mode() && one.shape().names().len() == 4) else {
        return Err(vm.system_error("the slots of Decimal are others"));
    };
    fronted::install(vm, one.class(), &Fronts { methods: METHODS, static_methods: NEW, class_methods: &[] })?;
    let known = Known {
        finite: Slot::new(one.slot(3)),
        one,
        context: Slot::new(args[1].clone()),
        inexact: Slot::new(args[2].clone()),
        rounded: Slot::new(args[3].clone()),
        names: ["_prec", "_Emin", "_Emax", "_rounding", "flags", "traps"].map(|name| intern(name.as_bytes())),
    };
    let class = super::class("_decimal", "Known", &vm.types.object, crate::object::TypeFlags::FINAL);
    vm.state.insert(KNOWN, Foreign::value(&class, known));
    Ok(Value::NONE)
}

/// A finite number: `n` times ten to the power of `e`.
#[derive(Clone, Copy)]
struct Number {
    negative: bool,
    n: u128,
    e: i64,
}

/// Powers of ten as far as they fit.
fn power(count: i64) -> Option<u128> {
    10u128.checked_pow(u32::try_from(count).ok().filter(|count| *count <= 38)?)
}

/// How many digits a number has; 1 for zero.
fn count(n: u128) -> i64 {
    i64::from(n.checked_ilog10().unwrap_or(0)) + 1
}

/// Coefficients of the same exponent, and that.
fn aligned(a: Number, b: Number) -> Option<(u128, u128, i64)> {
    let e = a.e.min(b.e);
    Some((a.n.checked_mul(power(a.e - e)?)?, b.n.checked_mul(power(b.e - e)?)?, e))
}

fn order(a: Number, b: Number) -> Option<Ordering> {
    let (left, right, _) = aligned(a, b)?;
    let (left, right) = match (a.negative && left > 0, b.negative && right > 0) {
        (false, true) => return Some(Ordering::Greater),
        (true, false) => return Some(Ordering::Less),
        (true, true) => (right, left),
        (false, false) => (left, right),
    };
    Some(left.cmp(&right))
}

/// The current context, and what is known.
struct Work<'a> {
    known: Borrow<'a, Foreign>,
    context: Option<Ref<Instance>>,
}

impl<'a> Work<'a> {
    fn begin(vm: &'a Vm) -> Option<Work<'a>> {
        Some(Work { known: vm.state.get(KNOWN)?.get::<Foreign>()?, context: None })
    }

    fn in_context(vm: &'a Vm) -> Option<Work<'a>> {
        let mut work = Work::begin(vm)?;
        let context = contextvars::value_of(vm, &work.known()?.context.get())?;
        work.context = Some(context.to_ref::<Instance>()?);
        Some(work)
    }

    fn known(&self) -> Option<&Known> {
        self.known.downcast::<Known>()
    }

    /// A finite `Decimal`, or an int.
    fn number(&self, value: &Value) -> Option<Number> {
        if let Some(small) = value.as_small() {
            return Some(Number { negative: small < 0, n: small.unsigned_abs().into(), e: 0 });
        }
        self.decimal(value)
    }

    fn decimal(&self, value: &Value) -> Option<Number> {
        let known = self.known()?;
        let number = value.to_ref::<Instance>().filter(|number| number.is_like(&known.one))?;
        if !number.slot(3).is(&known.finite.get()) {
            return None;
        }
        let negative = number.slot(0).is(&Value::TRUE);
        Some(Number { negative, n: wide::unsigned(&number.slot(1))?, e: number.slot(2).as_small()? })
    }

    fn value(&self, number: Number) -> Option<Value> {
        let known = self.known()?;
        let n = int::of_size(false, number.n);
        let slots = [Value::bool(number.negative), n, Value::small(number.e), known.finite.get()];
        Some(Instance::like(&known.one, slots)?.into_value())
    }

    fn setting(&self, which: usize) -> Option<Value> {
        self.context.as_ref()?.get_attr(&self.known()?.names[which])
    }

    fn precision(&self) -> Option<i64> {
        self.setting(0)?.as_small()
    }

    fn rounds_half_even(&self) -> Option<()> {
        let rounding = self.setting(3)?;
        rounding.get::<Str>().filter(|text| text.as_bytes() == b"ROUND_HALF_EVEN").map(|_| ())
    }

    /// Is everything set already that is signalled where digits are lost, and nothing of it trapped?
    fn may_round(&self, inexact: bool) -> Option<()> {
        let known = self.known()?;
        let signals = [&known.rounded, &known.inexact];
        for signal in &signals[..1 + usize::from(inexact)] {
            let signal = signal.get();
            let hashing::Hashed::Known(hash) = hashing::hash(&signal) else { return None };
            for (which, wanted) in [(4, Value::TRUE), (5, Value::FALSE)] {
                let those = self.setting(which)?;
                let value = those.native::<Dict>()?.get(&signal, hash).ok()??;
                if !value.is(&wanted) {
                    return None;
                }
            }
        }
        Some(())
    }

    /// The number, if it lies where the context has nothing to say of its exponent.
    fn within(&self, number: Number) -> Option<Number> {
        let (prec, low, high) = (self.precision()?, self.setting(1)?.as_small()?, self.setting(2)?.as_small()?);
        let top = number.e.checked_add(count(number.n) - 1)?;
        let fits = if number.n == 0 { number.e <= high } else { top >= low && top <= high };
        (fits && number.e > low - prec && number.e <= high - prec + 1).then_some(number)
    }

    /// The number without its last digits, halves to the even one.
    fn shortened(&self, number: Number, lost: i64) -> Option<Number> {
        self.rounds_half_even()?;
        let (kept, rest, divisor) = match power(lost) {
            Some(divisor) => (number.n / divisor, number.n % divisor, divisor),
            None => return None,
        };
        self.may_round(rest != 0)?;
        let half = rest.cmp(&(divisor - rest));
        let up = half == Ordering::Greater || half == Ordering::Equal && kept % 2 == 1;
        Some(Number { n: kept + u128::from(up), e: number.e + lost, ..number })
    }

    /// The number as the context has it.
    fn rounded(&self, number: Number) -> Option<Value> {
        let lost = count(number.n) - self.precision()?;
        let mut number = number;
        if lost > 0 {
            number = self.shortened(number, lost)?;
            if count(number.n) > self.precision()? {
                number = Number { n: number.n / 10, e: number.e + 1, ..number };
            }
        }
        self.value(self.within(number)?)
    }

    fn sum(&self, a: Number, b: Number) -> Option<Value> {
        let (left, right, e) = aligned(a, b)?;
        let (negative, n) = match (a.negative == b.negative, left >= right) {
            (true, _) => (a.negative, left.checked_add(right)?),
            (false, true) => (a.negative, left - right),
            (false, false) => (b.negative, right - left),
        };
        let negative = match n == 0 && a.negative != b.negative {
            true => {
                self.rounds_half_even()?;
                false
            }
            false => negative,
        };
        self.rounded(Number { negative, n, e })
    }

    fn quotient(&self, a: Number, b: Number) -> Option<Value> {
        if a.n == 0 || b.n == 0 {
            return None;
        }
        let more = (count(b.n) - count(a.n) + self.precision()? + 1).max(0);
        let top = a.n.checked_mul(power(more)?)?;
        let (mut n, mut e) = (top / b.n, a.e - b.e - more);
        if top % b.n != 0 {
            // Something follows: enough that it is not taken for exact, or for half.
            n = n.checked_mul(10)?.checked_add(1)?;
            e -= 1;
        } else {
            while e < a.e - b.e && n % 10 == 0 {
                n /= 10;
                e += 1;
            }
        }
        self.rounded(Number { negative: a.negative != b.negative, n, e })
    }

    fn quantized(&self, number: Number, e: i64) -> Option<Value> {
        let made = match number.e >= e {
            true => Number { n: number.n.checked_mul(power(number.e - e)?)?, e, ..number },
            false => self.shortened(number, e - number.e)?,
        };
        let fits = count(made.n) <= self.precision()? && number.e + count(number.n) - e <= self.precision()?;
        if fits { self.value(self.within(made)?) } else { None }
    }
}

macro_rules! answer {
    ($vm:ident, $args:ident, $key:literal, $work:expr, |$bound:ident| $answer:expr) => {{
        match $work.and_then(|$bound| $answer) {
            Some(answer) => Ok(answer),
            None => in_python($vm, $key, $args),
        }
    }};
}

macro_rules! operators {
    ($($name:ident $key:literal |$work:ident, $a:ident, $b:ident| $answer:expr;)*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            answer!(vm, args, $key, Work::in_context(vm), |$work| {
                let ($a, $b) = ($work.decimal(&args[0])?, $work.number(&args[1])?);
                $answer
            })
        }
    )* };
}

operators! {
    add "Decimal.__add__" |work, a, b| work.sum(a, b);
    radd "Decimal.__radd__" |work, a, b| work.sum(b, a);
    sub "Decimal.__sub__" |work, a, b| work.sum(a, Number { negative: !b.negative, ..b });
    mul "Decimal.__mul__" |work, a, b| {
        work.rounded(Number { negative: a.negative != b.negative, n: a.n.checked_mul(b.n)?, e: a.e + b.e })
    };
    rmul "Decimal.__rmul__" |work, a, b| {
        work.rounded(Number { negative: a.negative != b.negative, n: a.n.checked_mul(b.n)?, e: a.e + b.e })
    };
    truediv "Decimal.__truediv__" |work, a, b| work.quotient(a, b);
}

macro_rules! orders {
    ($($name:ident $key:literal $relation:ident;)*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            answer!(vm, args, $key, Work::begin(vm), |work| {
                let order = order(work.decimal(&args[0])?, work.number(&args[1])?)?;
                Some(Value::bool(Relation::$relation.holds(order.into())))
            })
        }
    )* };
}

orders! {
    lt "Decimal.__lt__" Less;
    le "Decimal.__le__" LessEqual;
    gt "Decimal.__gt__" Greater;
    ge "Decimal.__ge__" GreaterEqual;
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__eq__", Work::begin(vm), |work| {
        let order = order(work.decimal(&args[0])?, work.number(&args[1])?)?;
        Some(Value::bool(order == Ordering::Equal))
    })
}

fn neg(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__neg__", Work::in_context(vm), |work| {
        let number = work.decimal(&args[0]).filter(|number| number.n > 0)?;
        work.rounded(Number { negative: !number.negative, ..number })
    })
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    const MODULUS: u128 = (1 << 61) - 1;
    /// The number that, times ten, is one.
    const TENTH: u128 = 2_075_258_708_292_324_556;
    answer!(vm, args, "Decimal.__hash__", Work::begin(vm), |work| {
        let number = work.decimal(&args[0]).filter(|number| number.e.unsigned_abs() < 1000)?;
        let base = if number.e < 0 { TENTH } else { 10 };
        let mut hash = number.n % MODULUS;
        for _ in 0..number.e.unsigned_abs() {
            hash = hash * base % MODULUS;
        }
        let hash = hash as i64;
        Some(Value::int(match if number.negative { -hash } else { hash } {
            -1 => -2,
            hash => hash,
        }))
    })
}

/// As `str` has it, where it needs no exponent.
fn plain(number: Number) -> Option<String> {
    let digits = number.n.to_string();
    let point = number.e + digits.len() as i64;
    let sign = if number.negative { "-" } else { "" };
    if number.e > 0 || point <= -6 {
        return None;
    }
    Some(match usize::try_from(point) {
        Ok(0) | Err(_) => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
        Ok(point) if point >= digits.len() => format!("{sign}{digits}"),
        Ok(point) => format!("{sign}{}.{}", &digits[..point], &digits[point..]),
    })
}

fn str_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__str__", Work::begin(vm), |work| work.decimal(&args[0]).and_then(plain).map(Value::str))
}

fn float(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__float__", Work::begin(vm), |work| {
        let number = work.decimal(&args[0]).filter(|number| number.e.unsigned_abs() < 250)?;
        let size: f64 = format!("{}e{}", number.n, number.e).parse().ok()?;
        Some(Value::float(if number.negative { -size } else { size }))
    })
}

fn int_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__int__", Work::begin(vm), |work| {
        let number = work.decimal(&args[0])?;
        let size = match number.e >= 0 {
            true => number.n.checked_mul(power(number.e)?)?,
            false => power(-number.e).map_or(0, |divisor| number.n / divisor),
        };
        Some(int::of_size(number.negative && size > 0, size))
    })
}

fn bool_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "Decimal.__bool__", Work::begin(vm), |work| {
        work.decimal(&args[0]).map(|number| Value::bool(number.n != 0))
    })
}

fn round(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let answer = Work::in_context(vm).and_then(|work| {
        let digits = arg_or_none(args, 1)?.as_small().filter(|digits| digits.unsigned_abs() < 100)?;
        work.quantized(work.decimal(&args[0])?, -digits)
    });
    match answer {
        Some(answer) => Ok(answer),
        None => in_python_by_name(vm, "Decimal.__round__", args, &["n"]),
    }
}

fn quantize(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let plain = arg_or_none(args, 2).is_none() && arg_or_none(args, 3).is_none();
    let answer = Work::in_context(vm).filter(|_| plain).and_then(|work| {
        let (number, like) = (work.decimal(&args[0])?, work.decimal(&args[1])?);
        work.quantized(number, like.e)
    });
    match answer {
        Some(answer) => Ok(answer),
        None => in_python_by_name(vm, "Decimal.quantize", args, &["exp", "rounding", "context"]),
    }
}

/// `[+-] digits [. digits] [e digits]`
fn parse(text: &[u8]) -> Option<Number> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (digits, power) = match memchr::memchr2(b'e', b'E', text) {
        None => (text, 0),
        Some(at) => {
            let power = std::str::from_utf8(&text[at + 1..]).ok().filter(|power| power.len() < 8)?;
            (&text[..at], power.parse().ok()?)
        }
    };
    let (mut n, mut e, mut seen, mut point) = (0u128, power, false, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                n = n.checked_mul(10)?.checked_add((byte - b'0').into())?;
                e -= i64::from(point);
                seen = true;
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    seen.then_some(Number { negative, n, e })
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let answer = Work::begin(vm).and_then(|work| {
        let class = args[0].get::<Type>()?;
        if !std::ptr::eq(class.as_ptr(), work.known()?.one.class().as_ptr()) {
            return None;
        }
        let value = args.get(1)?;
        match value.get::<Str>() {
            Some(text) => work.value(parse(text.as_bytes())?),
            None if work.decimal(value).is_some() => Some(value.clone()),
            None => work.value(work.number(value)?),
        }
    });
    match answer {
        Some(answer) => Ok(answer),
        None => in_python_by_name(vm, "Decimal.__new__", args, &["value", "context"]),
    }
}
