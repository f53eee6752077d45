//! `_operator`: the functions of `operator`, and `itemgetter`, `attrgetter` and `methodcaller`.
//!
//! The functions leave all but numbers to the prelude (`operators.py`), which says it with the operator itself. Where looking something up needs Python code, the prelude (`callables.py`) does the whole again: nothing that was done
//! natively before could be seen.

use super::{class, module as new_module};
use crate::builtins::{install_methods, install_static, items, natives};
use crate::object::arithmetic::{self, Arith};
use crate::object::native::NativeDef;
use crate::object::quick;
use crate::object::{Dict, Foreign, Module, NativeObject, Ref, Slot, Str, Tuple, Type, TypeFlags, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

/// One of the three: what it was made with.
struct Getter {
    /// A tuple: the items, the names of the attributes, or the name of the method and its arguments.
    args: Slot,
    /// A dict: the arguments of the method by name.
    keywords: Slot,
    /// For `attrgetter`, for each attribute a tuple of the names between the dots.
    paths: Slot,
}

impl NativeObject for Getter {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.args, &self.keywords, &self.paths].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        [&self.args, &self.keywords, &self.paths].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
    fn called(&self, args: &[Value]) -> Option<Value> {
        let [object] = args else { return None };
        // An `itemgetter` has neither paths nor keywords.
        if !self.paths.is_none() || !self.keywords.is_none() {
            return None;
        }
        self.args.with(|wanted| match wanted.get::<Tuple>()?.items() {
            [key] => quick::item(object, key),
            keys => {
                let found: Option<Vec<Value>> = keys.iter().map(|key| quick::item(object, key)).collect();
                Some(Value::tuple(found?))
            }
        })
    }
}

natives! {
    FUNCTIONS {
        /// Same as a < b.
        "lt(a, b, /)" => lt, quick_lt;
        /// Same as a <= b.
        "le(a, b, /)" => le, quick_le;
        /// Same as a == b.
        "eq(a, b, /)" => eq, quick_eq;
        /// Same as a != b.
        "ne(a, b, /)" => ne, quick_ne;
        /// Same as a >= b.
        "ge(a, b, /)" => ge, quick_ge;
        /// Same as a > b.
        "gt(a, b, /)" => gt, quick_gt;
        /// Same as not a.
        "not_(a, /)" => not_;
        /// Return True if a is true, False otherwise.
        "truth(a, /)" => truth;
        /// Same as a is b.
        "is_(a, b, /)" => is_;
        /// Same as a is not b.
        "is_not(a, b, /)" => is_not;
        /// Same as a is None.
        "is_none(a, /)" => is_none;
        /// Same as a is not None.
        "is_not_none(a, /)" => is_not_none;
        /// Same as abs(a).
        "abs(a, /)" => abs;
        /// Same as a + b.
        "add(a, b, /)" => add, quick_add;
        /// Same as a & b.
        "and_(a, b, /)" => and_;
        /// Same as a // b.
        "floordiv(a, b, /)" => floordiv;
        /// Same as a.__index__().
        "index(a, /)" => index;
        /// Same as ~a.
        "inv(a, /)" => inv;
        /// Same as a << b.
        "lshift(a, b, /)" => lshift;
        /// Same as a % b.
        "mod(a, b, /)" => modulo;
        /// Same as a * b.
        "mul(a, b, /)" => mul, quick_mul;
        /// Same as a @ b.
        "matmul(a, b, /)" => matmul;
        /// Same as -a.
        "neg(a, /)" => neg;
        /// Same as a | b.
        "or_(a, b, /)" => or_;
        /// Same as +a.
        "pos(a, /)" => pos;
        /// Same as a ** b.
        "pow(a, b, /)" => pow;
        /// Same as a >> b.
        "rshift(a, b, /)" => rshift;
        /// Same as a - b.
        "sub(a, b, /)" => sub, quick_sub;
        /// Same as a / b.
        "truediv(a, b, /)" => truediv;
        /// Same as a ^ b.
        "xor(a, b, /)" => xor;
        /// Same as a + b, for sequences.
        "concat(a, b, /)" => concat;
        /// Same as b in a.
        "contains(a, b, /)" => contains;
        /// How often b is in a.
        "countOf(a, b, /)" => count_of;
        /// Same as del a[b].
        "delitem(a, b, /)" => delitem;
        /// Same as a[b].
        "getitem(a, b, /)" => getitem;
        /// The first place of b in a.
        "indexOf(a, b, /)" => index_of;
        /// Same as a[b] = c.
        "setitem(a, b, c, /)" => setitem;
        /// About how many items an object has.
        "length_hint(obj, default=0, /)" => length_hint;
        /// Same as obj(*args, **kwargs).
        "call(obj, /, *args, **kwargs)" => call;
        /// Same as a += b.
        "iadd(a, b, /)" => iadd;
        /// Same as a &= b.
        "iand(a, b, /)" => iand;
        /// Same as a += b, for sequences.
        "iconcat(a, b, /)" => iconcat;
        /// Same as a //= b.
        "ifloordiv(a, b, /)" => ifloordiv;
        /// Same as a <<= b.
        "ilshift(a, b, /)" => ilshift;
        /// Same as a %= b.
        "imod(a, b, /)" => imod;
        /// Same as a *= b.
        "imul(a, b, /)" => imul;
        /// Same as a @= b.
        "imatmul(a, b, /)" => imatmul;
        /// Same as a |= b.
        "ior(a, b, /)" => ior;
        /// Same as a **= b.
        "ipow(a, b, /)" => ipow;
        /// Same as a >>= b.
        "irshift(a, b, /)" => irshift;
        /// Same as a -= b.
        "isub(a, b, /)" => isub;
        /// Same as a /= b.
        "itruediv(a, b, /)" => itruediv;
        /// Same as a ^= b.
        "ixor(a, b, /)" => ixor;
    }
    ITEM_NEW {
        "__new__(cls, item, /, *items)" => new_itemgetter;
    }
    ITEM {
        "__call__(self, obj, /)" => call_itemgetter;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
    ATTR_NEW {
        "__new__(cls, attr, /, *attrs)" => new_attrgetter;
    }
    ATTR {
        "__call__(self, obj, /)" => call_attrgetter;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
    METHOD_NEW {
        "__new__(cls, /, *args, **kwargs)" => new_methodcaller;
    }
    METHOD {
        "__call__(self, obj, /)" => call_methodcaller;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
}

/// The classes: name, constructor, methods, documentation.
static CLASSES: [(&str, &[NativeDef], &[NativeDef], &str); 3] = [
    ("itemgetter", ITEM_NEW, ITEM, "Return a callable object that fetches the given item(s) from its operand."),
    ("attrgetter", ATTR_NEW, ATTR, "Return a callable object that fetches the given attribute(s) from its operand."),
    ("methodcaller", METHOD_NEW, METHOD, "Return a callable object that calls the given method on its operand."),
];

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_operator", "", FUNCTIONS);
    for (name, constructor, methods, doc) in CLASSES {
        let made = class("operator", name, &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        made.dict.set_str(&intern(b"__doc__"), Value::str(doc));
        install_static(&made, constructor);
        install_methods(&made, methods);
        module.set(name, made.into_value());
    }
    module
}

/// Natives that are written in Python: `add` is `operator_add` of the prelude.
macro_rules! in_python {
    ($($name:ident)*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            vm.tail_prelude(concat!("operator_", stringify!($name)), args.to_vec())
        }
    )* };
}

in_python! {
    lt le eq ne ge gt not_ truth abs add and_ floordiv
    index inv lshift modulo mul matmul neg or_ pos pow rshift sub
    truediv xor concat contains count_of delitem getitem index_of setitem iadd iand
    iconcat ifloordiv ilshift imod imul imatmul ior ipow irshift isub itruediv ixor
}

/// Common cases that need no machine: two small ints, two floats.
macro_rules! of_numbers {
    ($($name:ident => $op:ident;)*) => { $(
        fn $name(args: &[Value]) -> Option<Value> {
            let [a, b] = args else { return None };
            let plain = a.is_small() && b.is_small() || a.is_inline_float() && b.is_inline_float();
            if plain { arithmetic::binary(Arith::$op, a, b).ok().flatten() } else { None }
        }
    )* };
}

of_numbers! {
    quick_add => Add;
    quick_sub => Sub;
    quick_mul => Mul;
}

macro_rules! of_small_ints {
    ($($name:ident => $op:tt;)*) => { $(
        fn $name(args: &[Value]) -> Option<Value> {
            let [a, b] = args else { return None };
            Some(Value::bool(a.as_small()? $op b.as_small()?))
        }
    )* };
}

of_small_ints! {
    quick_lt => <;
    quick_le => <=;
    quick_eq => ==;
    quick_ne => !=;
    quick_ge => >=;
    quick_gt => >;
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let default = args.get(1).filter(|default| !default.is_undef()).cloned().unwrap_or(Value::small(0));
    vm.tail_prelude("operator_length_hint", vec![args[0].clone(), default])
}

fn is_(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(args[0].is(&args[1])))
}

fn is_not(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(!args[0].is(&args[1])))
}

fn is_none(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(args[0].is_none()))
}

fn is_not_none(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(!args[0].is_none()))
}

fn call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [callee, given @ .., keywords] = args else { return Err(vm.type_error("call() wants what it is to call")) };
    let keywords = keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items());
    vm.tail_call_kw(callee.clone(), given.to_vec(), keywords)
}

fn made(args: &[Value], given: &[Value], keywords: Value, paths: Value) -> Value {
    let given = Value::object(Ref::<Tuple>::from_slice(given));
    let getter = Getter { args: Slot::new(given), keywords: Slot::new(keywords), paths: Slot::new(paths) };
    args[0].to_ref::<Type>().map_or(Value::NONE, |class| Foreign::value(&class, getter))
}

fn getter<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Getter, Exit> {
    args[0].foreign::<Getter>().ok_or_else(|| vm.type_error("a getter is needed"))
}

fn new_itemgetter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(made(args, &args[1..], Value::NONE, Value::NONE))
}

fn new_attrgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut paths = Vec::new();
    for name in &args[1..] {
        let Some(name) = name.native::<Str>() else { return Err(vm.type_error("attribute name must be a string")) };
        let path = name.as_bytes().split(|byte| *byte == b'.').map(|part| Value::object(intern(part)));
        paths.push(Value::tuple(path.collect()));
    }
    Ok(made(args, &args[1..], Value::NONE, Value::tuple(paths)))
}

fn new_methodcaller(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some((keywords, given)) = args[1..].split_last() else { return Ok(Value::NONE) };
    match given.first() {
        None => Err(vm.type_error("methodcaller needs at least one argument, the method name")),
        Some(name) if name.native::<Str>().is_none() => Err(vm.type_error("method name must be a string")),
        Some(_) => Ok(made(args, given, keywords.clone(), Value::NONE)),
    }
}

fn call_itemgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let wanted = getter(vm, args)?.args.get();
    let Some(keys) = wanted.get::<Tuple>() else { return Ok(Value::NONE) };
    let mut found = Vec::with_capacity(keys.items().len());
    for key in keys.items() {
        match items::get_item(vm, &args[1], key) {
            Ok(Some(item)) => found.push(item),
            Ok(None) | Err(Exit::Call(_)) => {
                return vm.tail_prelude("get_items", vec![args[1].clone(), wanted.clone()]);
            }
            Err(exit) => return Err(exit),
        }
    }
    Ok(one_or_all(found))
}

fn call_attrgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let paths = getter(vm, args)?.paths.get();
    let Some(wanted) = paths.get::<Tuple>() else { return Ok(Value::NONE) };
    let mut found = Vec::with_capacity(wanted.items().len());
    for path in wanted.items() {
        let Some(path) = path.get::<Tuple>() else { continue };
        let mut value = args[1].clone();
        for name in path.items().iter().filter_map(Value::to_ref::<Str>) {
            match vm.load_attr(&value, &name) {
                Ok(next) => value = next,
                Err(Exit::Raise(exception)) => return Err(Exit::Raise(exception)),
                Err(_) => return vm.tail_prelude("get_attributes", vec![args[1].clone(), paths.clone()]),
            }
        }
        found.push(value);
    }
    Ok(one_or_all(found))
}

/// What a getter of one gives is that, of several a tuple.
fn one_or_all(mut found: Vec<Value>) -> Value {
    match found.len() {
        1 => found.remove(0),
        _ => Value::tuple(found),
    }
}

fn call_methodcaller(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let (given, keywords) = (getter.args.get(), getter.keywords.get());
    let Some((name, given)) = given.get::<Tuple>().and_then(|given| given.body_items().split_first()) else {
        return Ok(Value::NONE);
    };
    let Some(text) = name.native::<Str>() else { return Ok(Value::NONE) };
    match vm.load_attr(&args[1], &text) {
        Ok(method) => {
            let keywords = keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items());
            vm.tail_call_kw(method, given.to_vec(), keywords)
        }
        Err(Exit::Raise(exception)) => Err(Exit::Raise(exception)),
        Err(_) => {
            let given = Value::object(Ref::<Tuple>::from_slice(given));
            vm.tail_prelude("call_method", vec![args[1].clone(), name.clone(), given, keywords])
        }
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let name = Value::str(vm.class_of(&args[0]).name());
    vm.tail_prelude("getter_repr", vec![name, getter.args.get(), getter.keywords.get()])
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let class = vm.class_of(&args[0]).into_value();
    vm.tail_prelude("getter_reduce", vec![class, getter.args.get(), getter.keywords.get()])
}
