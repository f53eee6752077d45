//! `tuple`.

use super::list::{count_method, index_method, repeat, times};
use super::order::{self, class_getitem, comparisons, contains, getitem, iter, len};
use super::{install_class_methods, install_methods, install_static, natives};
use crate::object::{Kind, Ref, Tuple, Type, Value};
use crate::vm::arguments::arg;
use crate::vm::{Exit, Fold, NativeResult, Vm};

natives! {
    NEW {
        "__new__(cls, iterable=(), /)" => new;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    pub METHODS {
        /// Return number of occurrences of value.
        "count(self, value, /)" => count;
        /// Return first index of value. Raises ValueError if the value is not present.
        "index(self, value, start=0, stop=9223372036854775807, /)" => index;
        "__getitem__(self, index, /)" => getitem;
        "__len__(self, /)" => len;
        "__contains__(self, item, /)" => contains;
        "__iter__(self, /)" => iter;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => lt;
        "__le__(self, other, /)" => le;
        "__gt__(self, other, /)" => gt;
        "__ge__(self, other, /)" => ge;
        "__add__(self, other, /)" => add;
        "__mul__(self, count, /)" => mul;
        "__rmul__(self, count, /)" => mul;
        "__hash__(self, /)" => hash;
        "__getnewargs__(self, /)" => getnewargs;
    }
}

comparisons!(Kind::Tuple, "sequence_eq", "sequence_order");

pub fn install(vm: &mut Vm) {
    let class = vm.types.tuple.clone();
    install_static(&class, NEW);
    install_class_methods(&class, CLASS_METHODS);
    install_methods(&class, METHODS);
}

fn this(vm: &Vm, args: &[Value]) -> Result<Ref<Tuple>, Exit> {
    args[0].native::<Tuple>().map(|tuple| tuple.to_ref()).ok_or_else(|| order::uninitialised(vm, &args[0]))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tuple = match arg(args, 1) {
        None => Value::tuple(Vec::new()),
        Some(tuple) if tuple.is_kind(Kind::Tuple) => tuple.clone(),
        Some(items)
            if Vm::drives(items) && args[0].get::<Type>().is_some_and(|class| class.to_ref().is(&vm.types.tuple)) =>
        {
            return vm.tail_fold(items.clone(), Fold::Tuple, Value::list(Vec::new()));
        }
        Some(_) => Value::tuple(vm.unsized_items_arg(args, 1)?),
    };
    super::make_instance(vm, &vm.types.tuple, &args[0], tuple)
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tuple = this(vm, args)?;
    count_method(vm, args[0].payload(), tuple.items(), &args[1])
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tuple = this(vm, args)?;
    index_method(vm, args, tuple.items(), "tuple")
}

fn add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tuple = this(vm, args)?;
    match args[1].native::<Tuple>() {
        Some(other) if other.items().is_empty() => Ok(tuple.into_value()),
        Some(other) if tuple.items().is_empty() => Ok(other.value()),
        Some(other) => Ok(Value::tuple([tuple.items(), other.items()].concat())),
        None => {
            let name = vm.type_name(&args[1]);
            Err(vm.type_error(format!("can only concatenate tuple (not \"{name}\") to tuple")))
        }
    }
}

fn mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tuple = this(vm, args)?;
    let count = times(vm, args)?;
    if count == 1 {
        return Ok(tuple.into_value());
    }
    let items = repeat(vm, tuple.items(), count)?;
    if items.len() > u32::MAX as usize {
        return Err(vm.no_memory());
    }
    Ok(Value::tuple(items))
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match vm.native_hash(args[0].payload())? {
        Some(hash) => Ok(Value::int(hash)),
        None => vm.tail_prelude("tuple_hash", vec![args[0].payload().clone()]),
    }
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![this(vm, args)?.into_value()]))
}
