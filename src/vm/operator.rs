//! What operators mean on objects: the native kinds first, then the methods of their classes.
//!
//! The methods of an operator are tried in stages: augmented, (reflected first when the right operand's class is a
//! subclass), plain, reflected, and what the builtin sequences mean by `+` and `*` at last. A method written in Python is called with [`Delivery::Operator`]; if it returns
//! `NotImplemented`, [`Vm::operator_returned`] goes on with the next stage.

use super::frame::{Asked, Delivery, To};
use super::{Exit, NativeResult, PendingOperator, Vm};
use crate::object::arithmetic::{self, Arith, ArithError};
use crate::object::equality::{self, Answer};
use crate::object::string::ByteArray;
use crate::object::{Bytes, Dict, Instance, Kind, List, NativeFunction, Ref, Set, Str, Tuple, TypeFlags, Value};

/// A binary operator or comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `@`
    MatMul,
    /// `/`
    Div,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `//`
    FloorDiv,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

use Operation::*;

impl Operation {
    /// As numbers know it.
    #[inline(always)]
    pub(super) fn arith(self) -> Option<Arith> {
        Some(match self {
            Add => Arith::Add,
            Sub => Arith::Sub,
            Mul => Arith::Mul,
            Div => Arith::TrueDiv,
            Mod => Arith::Mod,
            Pow => Arith::Pow,
            LShift => Arith::LShift,
            RShift => Arith::RShift,
            BitOr => Arith::Or,
            BitXor => Arith::Xor,
            BitAnd => Arith::And,
            FloorDiv => Arith::FloorDiv,
            _ => return None,
        })
    }

    /// Is it a comparison?
    pub fn is_comparison(self) -> bool {
        matches!(self, Lt | Le | Eq | Ne | Gt | Ge)
    }

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Add => "+",
            Sub => "-",
            Mul => "*",
            MatMul => "@",
            Div => "/",
            Mod => "%",
            Pow => "**",
            LShift => "<<",
            RShift => ">>",
            BitOr => "|",
            BitXor => "^",
            BitAnd => "&",
            FloorDiv => "//",
            Lt => "<",
            Le => "<=",
            Eq => "==",
            Ne => "!=",
            Gt => ">",
            Ge => ">=",
        }
    }
}

/// The order of two values, where an operation on it is asked.
fn ordered(op: Operation, order: Option<std::cmp::Ordering>) -> bool {
    use std::cmp::Ordering::*;
    match (op, order) {
        (Operation::Ne, order) => order != Some(Equal),
        (_, None) => false,
        (Operation::Lt, Some(order)) => order == Less,
        (Operation::Le, Some(order)) => order != Greater,
        (Operation::Gt, Some(order)) => order == Greater,
        (Operation::Ge, Some(order)) => order != Less,
        (_, Some(order)) => order == Equal,
    }
}

/// The truth of a value whose truth needs no Python code.
pub(super) fn native_truth(vm: &Vm, value: &Value) -> Option<bool> {
    if let Some(b) = value.as_bool() {
        return Some(b);
    }
    if let Some(i) = value.as_small() {
        return Some(i != 0);
    }
    if value.is_none() {
        return Some(false);
    }
    if let Some(f) = value.as_float() {
        return Some(f != 0.0);
    }
    let kind = value.kind()?;
    Some(match kind {
        Kind::Str => value.get::<Str>().is_some_and(|s| s.chars() > 0),
        Kind::List => value.get::<List>().is_some_and(|list| !list.is_empty()),
        Kind::Tuple => value.get::<Tuple>().is_some_and(|tuple| !tuple.items().is_empty()),
        Kind::Dict => value.get::<Dict>().is_some_and(|dict| !dict.is_empty()),
        Kind::Set => value.get::<Set>().is_some_and(|set| !set.is_empty()),
        Kind::Bytes | Kind::ByteArray => equality::with_bytes(value, |bytes| !bytes.is_empty()),
        Kind::BigInt => true,
        Kind::Complex => value.get::<crate::object::float::Complex>().is_some_and(|c| c.re != 0.0 || c.im != 0.0),
        Kind::Range | Kind::DictView | Kind::MappingProxy => (vm.hooks.length)(value)? > 0,
        Kind::Instance => {
            let flags = value.get::<Instance>()?.class().flags();
            if flags.has(TypeFlags::CUSTOM_BOOL) {
                return None;
            }
            if flags.has(TypeFlags::PAYLOAD) { native_truth(vm, value.payload())? } else { true }
        }
        Kind::Exception | Kind::Foreign | Kind::Type => {
            let class = vm.class_of(value);
            return if class.lookup(&vm.names.bool_).is_some() || class.lookup(&vm.names.len).is_some() {
                None
            } else {
                Some(true)
            };
        }
        _ => true,
    })
}

impl Vm {
    /// An arithmetic error as an exception.
    pub fn arith_error(&self, error: ArithError) -> Exit {
        match error {
            ArithError::ZeroDivision(text) => self.zero_division_error(text),
            ArithError::Overflow(text) => self.overflow_error(text),
            ArithError::Value(text) => self.value_error(text),
            ArithError::Range => {
                let text = "Numerical result out of range";
                self.raise_with(&self.types.overflow_error, vec![Value::small(34), Value::str(text)])
            }
            ArithError::Memory => self.raise_with(&self.types.memory_error, Vec::new()),
        }
    }

    /// A binary operator on values whose kinds decide it without methods; `None` when methods must be asked.
    fn native_binary(&mut self, op: Operation, a: &Value, b: &Value) -> Result<Option<Value>, Exit> {
        if a.is_kind(Kind::Instance) || b.is_kind(Kind::Instance) {
            if matches!(op, Eq | Ne) {
                return self.native_equality(op, a, b);
            }
            return Ok(None);
        }
        match op {
            Eq | Ne => return self.native_equality(op, a, b),
            Lt | Le | Gt | Ge => {
                if let Some(order) = arithmetic::compare(a, b) {
                    return Ok(Some(Value::bool(ordered(op, order))));
                }
                if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
                    return Ok(Some(Value::bool(ordered(op, Some(x.as_bytes().cmp(y.as_bytes()))))));
                }
                return Ok(None);
            }
            _ => {}
        }
        if let Some(arith) = op.arith()
            && let Some(value) = arithmetic::binary(arith, a, b).map_err(|error| self.arith_error(error))?
        {
            return Ok(Some(value));
        }
        if op == Add {
            if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
                return Ok(Some(Value::object(x.concat(&y))));
            }
            if let (Some(x), Some(y)) = (a.get::<List>(), b.get::<List>()) {
                let items = [&x.borrow()[..], &y.borrow()[..]].concat();
                return Ok(Some(Value::list(items)));
            }
            if let (Some(x), Some(y)) = (a.get::<Tuple>(), b.get::<Tuple>()) {
                return Ok(Some(match (x.items(), y.items()) {
                    (_, []) => a.clone(),
                    ([], _) => b.clone(),
                    (x, y) => Value::tuple([x, y].concat()),
                }));
            }
        }
        Ok(None)
    }

    fn native_equality(&mut self, op: Operation, a: &Value, b: &Value) -> Result<Option<Value>, Exit> {
        match equality::equal(a, b) {
            Answer::Yes => Ok(Some(Value::bool(op == Eq))),
            Answer::No => Ok(Some(Value::bool(op == Ne))),
            Answer::NeedsPython => Ok(None),
            Answer::TooDeep => Err(self.recursion_error("maximum recursion depth exceeded in comparison")),
        }
    }

    /// `left op right`, its result going where `to` says. `inplace` for `op=`.
    pub(super) fn operate(
        &mut self,
        op: Operation,
        inplace: bool,
        left: Value,
        right: Value,
        to: To,
    ) -> Result<(), Value> {
        if inplace && let (Add, Some(list)) = (op, left.get::<List>()) {
            // `list += iterable` keeps the list; a list or tuple is added here, anything else by `__iadd__`.
            let items = match (right.get::<List>(), right.get::<Tuple>()) {
                (Some(other), _) => Some(other.to_vec()),
                (_, Some(other)) => Some(other.items().to_vec()),
                _ => None,
            };
            if let Some(items) = items {
                list.borrow_mut().extend(items);
                return self.deliver(left.clone(), to);
            }
        }
        if inplace
            && let (Add, Some(array), Some(more)) = (op, left.get::<ByteArray>(), right.get::<Bytes>())
            && array.body().append(&more.body().data)
        {
            return self.deliver(left.clone(), to);
        }
        // `set |= ...` and `dict |= ...` change the left operand; their `__ior__` does.
        let in_place_kind =
            inplace && matches!(left.kind(), Some(Kind::Set | Kind::Dict | Kind::ByteArray | Kind::Foreign));
        if !in_place_kind {
            match self.native_binary(op, &left, &right) {
                Ok(Some(value)) => return self.deliver(value, to),
                Ok(None) => {}
                Err(exit) => return self.exit(exit, to),
            }
        }
        let first = if inplace { 0 } else { 1 };
        self.operate_from(PendingOperator { op, left, right, stage: first, to, inplace })
    }

    fn method_names(&self, op: Operation) -> (&Ref<Str>, &Ref<Str>, Option<&Ref<Str>>) {
        let n = &self.names;
        match op {
            Add => (&n.add, &n.radd, Some(&n.iadd)),
            Sub => (&n.sub, &n.rsub, Some(&n.isub)),
            Mul => (&n.mul, &n.rmul, Some(&n.imul)),
            MatMul => (&n.matmul, &n.rmatmul, Some(&n.imatmul)),
            Div => (&n.truediv, &n.rtruediv, Some(&n.itruediv)),
            Mod => (&n.mod_, &n.rmod, Some(&n.imod)),
            Pow => (&n.pow, &n.rpow, Some(&n.ipow)),
            LShift => (&n.lshift, &n.rlshift, Some(&n.ilshift)),
            RShift => (&n.rshift, &n.rrshift, Some(&n.irshift)),
            BitOr => (&n.or, &n.ror, Some(&n.ior)),
            BitXor => (&n.xor, &n.rxor, Some(&n.ixor)),
            BitAnd => (&n.and, &n.rand, Some(&n.iand)),
            FloorDiv => (&n.floordiv, &n.rfloordiv, Some(&n.ifloordiv)),
            Lt => (&n.lt, &n.gt, None),
            Le => (&n.le, &n.ge, None),
            Eq => (&n.eq, &n.eq, None),
            Ne => (&n.ne, &n.ne, None),
            Gt => (&n.gt, &n.lt, None),
            Ge => (&n.ge, &n.le, None),
        }
    }

    /// Stages: 0 augmented, 1 reflected where the right operand's class comes first, 2 plain, 3 reflected, 4 sequences.
    fn operate_from(&mut self, mut pending: PendingOperator) -> Result<(), Value> {
        let left_class = self.class_of(&pending.left);
        let right_class = self.class_of(&pending.right);
        let same = left_class.is(&right_class);
        while pending.stage < 5 {
            let stage = pending.stage;
            pending.stage += 1;
            let (plain, reflected, augmented) = self.method_names(pending.op);
            let comparison = pending.op.is_comparison();
            let right_first = || {
                if same || !right_class.is_subclass(&left_class) {
                    return false;
                }
                match (right_class.lookup(reflected), left_class.lookup(reflected)) {
                    (Some(mine), Some(theirs)) => comparison || !mine.is(&theirs),
                    (Some(_), None) => true,
                    _ => false,
                }
            };
            let method = match stage {
                0 => augmented.and_then(|name| left_class.lookup(name)),
                1 if right_first() => right_class.lookup(reflected),
                2 => left_class.lookup(plain),
                3 if (!same || comparison) && !right_first() => right_class.lookup(reflected),
                4 => {
                    if let Some((method, args)) = self.sequence_method(&pending) {
                        let result = self.call_native_operator(&method, &args);
                        return self.complete(result, pending.to);
                    }
                    None
                }
                _ => None,
            };
            let Some(method) = method else { continue };
            let swapped = stage == 1 || stage == 3;
            // A class that has one of the two methods in Python is asked for both as numbers are.
            let other_name = if swapped { plain } else { reflected };
            let asked = if swapped { &pending.right } else { &pending.left };
            let class = if swapped { &right_class } else { &left_class };
            let in_python = || class.lookup(other_name).is_some_and(|method| !method.is_kind(Kind::Native));
            if is_sequence_method(pending.op, &method, asked) && !in_python() {
                continue;
            }
            let (receiver, other) = (pending.left.clone(), pending.right.clone());
            let args = if swapped { [other, receiver] } else { [receiver, other] };
            if method.is_kind(Kind::Native) {
                match self.call_native_operator(&method, &args) {
                    Ok(value) if value.is_not_implemented() => continue,
                    Ok(value) => return self.deliver(value, pending.to),
                    Err(exit @ Exit::Raise(_)) => return self.exit(exit, pending.to),
                    Err(exit) => {
                        self.operators.push(pending);
                        return self.exit(exit, To::by(Delivery::Operator, crate::bytecode::Reg::NONE));
                    }
                }
            }
            self.operators.push(pending);
            return self.invoke_special(method, args, To::by(Delivery::Operator, crate::bytecode::Reg::NONE));
        }
        let PendingOperator { op, left, right, to, inplace, .. } = pending;
        match op {
            Eq => self.deliver(Value::bool(left.is(&right)), to),
            Ne => self.deliver(Value::bool(!left.is(&right)), to),
            _ => Err(self.unsupported(op, inplace, &left, &right)),
        }
    }

    /// What a builtin sequence means by `+` or `*`, which no other class wanted to answer: the method and its arguments.
    fn sequence_method(&self, pending: &PendingOperator) -> Option<(Value, [Value; 2])> {
        let (left, right) = (&pending.left, &pending.right);
        let method = |sequence: &Value, name: &Ref<Str>| {
            let method = self.class_of(sequence).lookup(name)?;
            is_sequence_method(pending.op, &method, sequence).then_some(method)
        };
        let n = &self.names;
        let augmented = |name| if pending.inplace { method(left, name) } else { None };
        if pending.op == Add {
            let method = augmented(&n.iadd).or_else(|| method(left, &n.add))?;
            return Some((method, [left.clone(), right.clone()]));
        }
        if let Some(method) = augmented(&n.imul).or_else(|| method(left, &n.mul)) {
            return self.is_count(right).then(|| (method, [left.clone(), right.clone()]));
        }
        if pending.inplace && is_sequential(self, &self.class_of(left)) {
            return None;
        }
        let method = method(right, &n.rmul)?;
        self.is_count(left).then(|| (method, [right.clone(), left.clone()]))
    }

    /// Is it a builtin sequence, or of a class that repeats itself as one?
    fn repeats(&self, value: &Value) -> bool {
        self.class_of(value).lookup(&self.names.mul).is_some_and(|method| is_sequence_method(Mul, &method, value))
    }

    fn is_count(&self, value: &Value) -> bool {
        value.is_integer() || self.class_of(value).lookup(&self.names.index).is_some()
    }

    /// Ask a method written in Rust on the spot.
    fn call_native_operator(&mut self, method: &Value, args: &[Value; 2]) -> NativeResult {
        if let Some(native) = method.get::<NativeFunction>()
            && native.accepts(args.len())
        {
            self.check_receiver(&native, Some(&args[0]))?;
            return self.call_bound(method, args);
        }
        self.tail_call(method.clone(), args.to_vec())
    }

    /// A method of the operator in progress returned.
    pub(super) fn operator_returned(&mut self, value: Value) -> Result<(), Value> {
        let Some(pending) = self.operators.pop() else { return Ok(()) };
        if value.is_not_implemented() {
            return self.operate_from(pending);
        }
        // `__ne__` falls back on `__eq__` through `object.__ne__`, so nothing is inverted here.
        self.deliver(value, pending.to)
    }

    fn unsupported(&mut self, op: Operation, inplace: bool, left: &Value, right: &Value) -> Value {
        let (a, b) = (self.type_name(left), self.type_name(right));
        let symbol = op.symbol();
        let message = if op.is_comparison() {
            format!("'{symbol}' not supported between instances of '{a}' and '{b}'")
        } else if op == Mul && self.repeats(left) {
            format!("can't multiply sequence by non-int of type '{b}'")
        } else if op == Mul && self.repeats(right) && !(inplace && is_sequential(self, &self.class_of(left))) {
            format!("can't multiply sequence by non-int of type '{a}'")
        } else if op == Pow {
            let shown = if inplace { "**=" } else { "** or pow()" };
            format!("unsupported operand type(s) for {shown}: '{a}' and '{b}'")
        } else {
            let equals = if inplace { "=" } else { "" };
            format!("unsupported operand type(s) for {symbol}{equals}: '{a}' and '{b}'")
        };
        self.exception_of(self.type_error(message))
    }

    /// `-x`, `+x`, `~x`
    pub(super) fn unary(&mut self, op: arithmetic::Unary, value: Value, to: To) -> Result<(), Value> {
        // `~` of a bool warns: its class's method does.
        let dubious = op == arithmetic::Unary::Invert && value.as_bool().is_some();
        if !value.is_kind(Kind::Instance) && !dubious {
            match arithmetic::unary(op, &value) {
                Ok(Some(result)) => return self.deliver(result, to),
                Ok(None) => {}
                Err(error) => return self.exit(self.arith_error(error), to),
            }
        }
        let (name, symbol) = match op {
            arithmetic::Unary::Neg => (&self.names.neg, "-"),
            arithmetic::Unary::Pos => (&self.names.pos, "+"),
            arithmetic::Unary::Invert => (&self.names.invert, "~"),
            arithmetic::Unary::Abs => (&self.names.abs, "abs"),
        };
        let class = self.class_of(&value);
        match class.lookup(name) {
            Some(method) => self.invoke_special(method, [value], to),
            None => {
                let message = format!("bad operand type for unary {symbol}: '{}'", self.type_name(&value));
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }

    /// The truth of `value`, going where `to` (a [`Delivery::Truth`], `JumpIf` or `JumpIfNot`) says.
    pub(super) fn truth(&mut self, value: Value, to: To) -> Result<(), Value> {
        if let Some(truth) = self.native_truth(&value) {
            self.deliver_truth(truth, to);
            return Ok(());
        }
        let class = self.class_of(&value);
        let (method, asked) = match class.lookup(&self.names.bool_) {
            Some(method) => (Some(method), Asked::Bool),
            None => (class.lookup(&self.names.len), Asked::Len),
        };
        match method {
            Some(method) if method.is_none() && asked == Asked::Bool => {
                let message = format!("'{}' cannot be interpreted as a boolean", self.shown_class(&class));
                Err(self.exception_of(self.type_error(message)))
            }
            Some(method) => self.invoke_special(method, [value], to.asked(asked)),
            None => {
                self.deliver_truth(true, to);
                Ok(())
            }
        }
    }

    /// What `__bool__` or `__len__` returned becomes a truth.
    pub(super) fn truth_returned(&mut self, value: Value, to: To) -> Result<(), Value> {
        if let Some(truth) = value.as_bool() {
            self.deliver_truth(truth, to);
            return Ok(());
        }
        let error = match (to.method_asked(), value.payload().as_integer()) {
            // The result of a comparison method may be anything; its truth is what counts.
            (None, _) => return self.truth(value, to),
            (Some(Asked::Bool), _) => {
                self.type_error(format!("__bool__ should return bool, returned {}", self.type_name(&value)))
            }
            (Some(Asked::Len), Some(length)) if length.is_negative() => {
                self.value_error("__len__() should return >= 0")
            }
            (Some(Asked::Len), Some(length)) if length.to_i64().is_none() => {
                self.overflow_error("cannot fit 'int' into an index-sized integer")
            }
            (Some(Asked::Len), Some(length)) => {
                self.deliver_truth(!length.is_zero(), to);
                return Ok(());
            }
            (Some(Asked::Len), None) => {
                let got = self.type_name(&value);
                self.type_error(format!("'{got}' object cannot be interpreted as an integer"))
            }
        };
        Err(self.exception_of(error))
    }

    /// A truth goes where it is wanted.
    pub(super) fn deliver_truth(&mut self, truth: bool, to: To) {
        match to.delivery {
            Delivery::JumpIf if truth => self.pc = self.pc.wrapping_offset(to.jump as isize),
            Delivery::JumpIfNot if !truth => self.pc = self.pc.wrapping_offset(to.jump as isize),
            Delivery::Truth => self.set_register(to.dst, Value::bool(truth != (to.jump & 1 != 0))),
            _ => {}
        }
    }

    /// `left in right`; `to` is where the truth goes.
    pub(super) fn contains(&mut self, left: Value, right: Value, to: To) -> Result<(), Value> {
        if !right.is_kind(Kind::Instance) {
            match (self.hooks.contains)(self, &right, &left) {
                Ok(Some(found)) => {
                    self.deliver_truth(found, to);
                    return Ok(());
                }
                Ok(None) => {}
                Err(exit) => return self.exit(exit, to),
            }
        }
        let class = self.class_of(&right);
        match class.lookup(&self.names.contains) {
            Some(method) if !method.is_none() => self.invoke_special(method, [right, left], to),
            Some(_) => {
                let message = format!("'{}' object is not a container", self.shown_class(&class));
                Err(self.exception_of(self.type_error(message)))
            }
            None => {
                if self.require_iterable(&right).is_err() {
                    let message =
                        format!("argument of type '{}' is not a container or iterable", self.shown_class(&class));
                    return Err(self.exception_of(self.type_error(message)));
                }
                let result = self.tail_prelude("contains_by_iteration", vec![left, right]);
                self.complete(result, to)
            }
        }
    }

    /// `obj[key]`
    pub(super) fn get_item(&mut self, obj: Value, key: Value, to: To) -> Result<(), Value> {
        if !obj.is_kind(Kind::Instance) {
            match (self.hooks.get_item)(self, &obj, &key) {
                Ok(Some(value)) => return self.deliver(value, to),
                Ok(None) => {}
                Err(exit) => return self.exit(exit, to),
            }
        }
        let class = self.class_of(&obj);
        if let Some(method) = class.lookup(&self.names.getitem) {
            return self.invoke_special(method, [obj, key], to);
        }
        if obj.is_kind(Kind::Type) {
            let result = self.load_attr(&obj, &self.names.class_getitem.clone());
            match result {
                Ok(method) if !method.is_none() => return self.invoke_with(method, [key], to),
                // What it is, is for Python code to say.
                Err(Exit::Call(_)) => {
                    let result = self.tail_prelude("subscript_class", vec![obj, key]);
                    return self.complete(result, to);
                }
                _ => {}
            }
            if obj.is(&self.types.type_.value()) {
                let result = self.tail_prelude("alias_of", vec![obj, key]);
                return self.complete(result, to);
            }
            let message = format!("type '{}' is not subscriptable", self.class_name(&obj));
            return Err(self.exception_of(self.type_error(message)));
        }
        let message = format!("'{}' object is not subscriptable", self.shown_class(&class));
        Err(self.exception_of(self.type_error(message)))
    }

    /// `obj[key] = value`
    pub(super) fn set_item(&mut self, obj: Value, key: Value, value: Value) -> Result<(), Value> {
        if !obj.is_kind(Kind::Instance) {
            match (self.hooks.set_item)(self, &obj, &key, value.clone()) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(exit) => return self.exit(exit, To::DISCARD),
            }
        }
        let class = self.class_of(&obj);
        match class.lookup(&self.names.setitem) {
            Some(method) => self.invoke_special(method, [obj, key, value], To::DISCARD),
            // Items can be deleted; setting shares a slot with that.
            None if class.flags().has(TypeFlags::HEAP) && class.lookup(&self.names.delitem).is_some() => {
                Err(self.exception_of(self.raise(&self.types.attribute_error, "__setitem__")))
            }
            None => self.no_item(obj, key, "does not support item assignment", "does not support item assignment"),
        }
    }

    /// `del obj[key]`
    pub(super) fn del_item(&mut self, obj: Value, key: Value) -> Result<(), Value> {
        if !obj.is_kind(Kind::Instance) {
            match (self.hooks.del_item)(self, &obj, &key) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(exit) => return self.exit(exit, To::DISCARD),
            }
        }
        let class = self.class_of(&obj);
        match class.lookup(&self.names.delitem) {
            Some(method) => self.invoke_special(method, [obj, key], To::DISCARD),
            // Items can be set; they share a slot with those that are deleted.
            None if class.flags().has(TypeFlags::HEAP) && class.lookup(&self.names.setitem).is_some() => {
                Err(self.exception_of(self.raise(&self.types.attribute_error, "__delitem__")))
            }
            None => self.no_item(obj, key, "does not support item deletion", "doesn't support item deletion"),
        }
    }

    /// `TypeError` for what has no items to set or delete. CPython asks first whether the object is a sequence of some
    /// sort; those are asked with what the key counts, if it counts.
    fn no_item(&mut self, obj: Value, key: Value, plain: &str, sequential: &str) -> Result<(), Value> {
        let counts = key.is_integer() || self.class_of(&key).lookup(&self.names.index).is_some();
        if counts && is_sequential(self, &self.class_of(&obj)) {
            let result = self.tail_prelude("no_item", vec![obj, key, Value::str(sequential)]);
            return self.complete(result, To::DISCARD);
        }
        Err(self.exception_of(self.type_error(format!("'{}' object {plain}", self.type_name(&obj)))))
    }

    /// The name of a class given as a value.
    pub(super) fn class_name(&self, class: &Value) -> String {
        class.get::<crate::object::Type>().map_or_else(String::new, |class| self.shown_class(&class))
    }

    /// The result of natives as something to continue with; see [`Vm::exit`].
    pub(super) fn complete(&mut self, result: NativeResult, to: To) -> Result<(), Value> {
        match result {
            Ok(value) => self.deliver(value, to),
            Err(exit) => self.exit(exit, to),
        }
    }
}

/// Does CPython take instances of this class for sequences of some sort, be it only because they have a length?
fn is_sequential(vm: &Vm, class: &Ref<crate::object::Type>) -> bool {
    let names = [&vm.names.len, &vm.names.contains];
    class.flags().has(TypeFlags::HEAP) || names.iter().any(|name| class.lookup(name).is_some())
}

/// Is it the method by which a builtin sequence concatenates or repeats itself?
fn is_sequence_method(op: Operation, method: &Value, receiver: &Value) -> bool {
    matches!(op, Add | Mul) && method.is_kind(Kind::Native) && is_sequence(receiver)
}

fn is_sequence(value: &Value) -> bool {
    matches!(value.payload().kind(), Some(Kind::Str | Kind::List | Kind::Tuple | Kind::Bytes | Kind::ByteArray))
}
