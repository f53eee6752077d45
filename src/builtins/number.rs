//! What `int`, `float` and `complex` share: the operator methods, made from the operators of `object::arithmetic`.

use super::text::receiver;
use crate::object::arithmetic::{self, Arith, Unary};
use crate::object::float::Complex;
use crate::object::native::NativeDef;
use crate::object::{Kind, Value};
use crate::vm::arguments::arg_or_none;
use crate::vm::{NativeResult, Vm};

/// Which operands a class's methods take, beside those of the class itself.
type Accepts = fn(&Value) -> bool;

macro_rules! operators {
    ($( $(#[doc = $doc:literal])* $table:ident ($accepts:path) { $( $name:literal $op:ident $sign:literal ),* $(,)? } )*) => { $(
        $(#[doc = $doc])*
        pub static $table: &[NativeDef] = &[ $(
            NativeDef {
                signature: concat!("__", $name, "__(self, value, /)"),
                call: |vm, args| binary(vm, Arith::$op, &args[0], &args[1], $accepts),
                doc: concat!("Return self", $sign, "value."),
                quick: None,
            },
            NativeDef {
                signature: concat!("__r", $name, "__(self, value, /)"),
                call: |vm, args| binary(vm, Arith::$op, &args[1], &args[0], $accepts),
                doc: concat!("Return value", $sign, "self."),
                quick: None,
            },
        )* ];
    )* };
}

operators! {
    /// Of `int`.
    INT (Value::is_integer) {
        "add" Add "+", "sub" Sub "-", "mul" Mul "*", "truediv" TrueDiv "/", "floordiv" FloorDiv "//", "mod" Mod "%",
        "lshift" LShift "<<", "rshift" RShift ">>", "and" And "&", "or" Or "|", "xor" Xor "^",
    }
    /// Of `bool`.
    BOOL (Value::is_integer) { "and" And "&", "or" Or "|", "xor" Xor "^" }
    /// Of `float`.
    FLOAT (is_real) {
        "add" Add "+", "sub" Sub "-", "mul" Mul "*", "truediv" TrueDiv "/", "floordiv" FloorDiv "//", "mod" Mod "%",
    }
    /// Of `complex`.
    COMPLEX (is_number) { "add" Add "+", "sub" Sub "-", "mul" Mul "*", "truediv" TrueDiv "/" }
}

/// The operators of one operand, and those that all real numbers have.
pub static UNARY: &[NativeDef] = &[
    NativeDef {
        signature: "__neg__(self, /)",
        call: |vm, args| unary(vm, Unary::Neg, args),
        doc: "-self",
        quick: None,
    },
    NativeDef {
        signature: "__pos__(self, /)",
        call: |vm, args| unary(vm, Unary::Pos, args),
        doc: "+self",
        quick: None,
    },
    NativeDef {
        signature: "__abs__(self, /)",
        call: |vm, args| unary(vm, Unary::Abs, args),
        doc: "abs(self)",
        quick: None,
    },
    NativeDef { signature: "__bool__(self, /)", call: truth, doc: "True if self else False", quick: None },
];

/// `~`, of ints alone.
pub static INVERT: &[NativeDef] = &[NativeDef {
    signature: "__invert__(self, /)",
    call: |vm, args| unary(vm, Unary::Invert, args),
    doc: "~self",
    quick: None,
}];

/// `~` of a bool, which hardly ever is what was meant.
pub static BOOL_INVERT: &[NativeDef] = &[NativeDef {
    signature: "__invert__(self, /)",
    call: |vm, args| vm.tail_prelude("invert_bool", vec![Value::small(i64::from(args[0].is(&Value::TRUE)))]),
    doc: "~self",
    quick: None,
}];

/// `**` and `divmod` of ints.
pub static INT_POWER: &[NativeDef] = &[
    NativeDef {
        signature: "__pow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[0], &args[1], args, Value::is_integer),
        doc: "Return pow(self, value, mod).",
        quick: None,
    },
    NativeDef {
        signature: "__rpow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[1], &args[0], args, Value::is_integer),
        doc: "Return pow(value, self, mod).",
        quick: None,
    },
    NativeDef {
        signature: "__divmod__(self, value, /)",
        call: |vm, args| divmod(vm, &args[0], &args[1], Value::is_integer),
        doc: "Return divmod(self, value).",
        quick: None,
    },
    NativeDef {
        signature: "__rdivmod__(self, value, /)",
        call: |vm, args| divmod(vm, &args[1], &args[0], Value::is_integer),
        doc: "Return divmod(value, self).",
        quick: None,
    },
];

/// `**` and `divmod` of floats.
pub static FLOAT_POWER: &[NativeDef] = &[
    NativeDef {
        signature: "__pow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[0], &args[1], args, is_real),
        doc: "Return pow(self, value, mod).",
        quick: None,
    },
    NativeDef {
        signature: "__rpow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[1], &args[0], args, is_real),
        doc: "Return pow(value, self, mod).",
        quick: None,
    },
    NativeDef {
        signature: "__divmod__(self, value, /)",
        call: |vm, args| divmod(vm, &args[0], &args[1], is_real),
        doc: "Return divmod(self, value).",
        quick: None,
    },
    NativeDef {
        signature: "__rdivmod__(self, value, /)",
        call: |vm, args| divmod(vm, &args[1], &args[0], is_real),
        doc: "Return divmod(value, self).",
        quick: None,
    },
];

/// `**` of complex numbers.
pub static COMPLEX_POWER: &[NativeDef] = &[
    NativeDef {
        signature: "__pow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[0], &args[1], args, is_number),
        doc: "Return pow(self, value, mod).",
        quick: None,
    },
    NativeDef {
        signature: "__rpow__(self, value, mod=None, /)",
        call: |vm, args| power(vm, &args[1], &args[0], args, is_number),
        doc: "Return pow(value, self, mod).",
        quick: None,
    },
];

/// An int or a float.
pub fn is_real(value: &Value) -> bool {
    value.payload().as_float().is_some() || value.is_integer()
}

/// An int, a float or a complex number.
pub fn is_number(value: &Value) -> bool {
    value.payload().is_kind(Kind::Complex) || is_real(value)
}

fn binary(vm: &mut Vm, op: Arith, a: &Value, b: &Value, accepts: Accepts) -> NativeResult {
    if !accepts(a) || !accepts(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match arithmetic::binary(op, a.payload(), b.payload()) {
        Ok(result) => Ok(result.unwrap_or(Value::NOT_IMPLEMENTED)),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn unary(vm: &mut Vm, op: Unary, args: &[Value]) -> NativeResult {
    match arithmetic::unary(op, args[0].payload()) {
        Ok(result) => Ok(result.unwrap_or(Value::NOT_IMPLEMENTED)),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn power(vm: &mut Vm, a: &Value, b: &Value, args: &[Value], accepts: Accepts) -> NativeResult {
    const INTEGERS_ONLY: &str = "pow() 3rd argument not allowed unless all arguments are integers";
    let modulus = arg_or_none(args, 2);
    // A float has nothing to do with a modulus, whatever the other is.
    if modulus.is_some() && args[0].payload().as_float().is_some() {
        return Err(vm.type_error(INTEGERS_ONLY));
    }
    if !accepts(a) || !accepts(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let Some(modulus) = modulus else { return binary(vm, Arith::Pow, a, b, accepts) };
    if a.is_integer() && b.is_integer() {
        return match arithmetic::pow_mod(a.payload(), b.payload(), modulus.payload()) {
            Ok(result) => Ok(result.unwrap_or(Value::NOT_IMPLEMENTED)),
            Err(error) => Err(vm.arith_error(error)),
        };
    }
    if a.payload().is_kind(Kind::Complex) || b.payload().is_kind(Kind::Complex) {
        return Err(vm.value_error("complex modulo"));
    }
    Err(vm.type_error(INTEGERS_ONLY))
}

fn divmod(vm: &mut Vm, a: &Value, b: &Value, accepts: Accepts) -> NativeResult {
    if !accepts(a) || !accepts(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match arithmetic::divmod(a.payload(), b.payload()) {
        Ok(Some((quotient, rest))) => Ok(Value::tuple(vec![quotient, rest])),
        Ok(None) => Ok(Value::NOT_IMPLEMENTED),
        Err(error) => Err(vm.arith_error(error)),
    }
}

fn truth(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = args[0].payload();
    if let Some(f) = number.as_float() {
        return Ok(Value::bool(f != 0.0));
    }
    if let Some(i) = number.as_integer() {
        return Ok(Value::bool(!i.is_zero()));
    }
    let c = receiver::<Complex>(vm, args)?;
    Ok(Value::bool(c.re != 0.0 || c.im != 0.0))
}
