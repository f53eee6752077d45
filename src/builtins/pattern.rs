//! What `match` asks about its subjects.

use super::class::is_instance;
use super::{install_functions, natives};
use crate::object::string::intern_str;
use crate::object::{NativeFunction, Ref, Str, Tuple, Type, TypeFlags, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    PRELUDE {
        /// From here on a class counts as what another one counts as in patterns: a sequence, a mapping or neither.
        "_match_as(cls, other, /)" => match_as;
        "_self_matching(cls, /)" => self_matching;
    }
    STATEMENTS {
        "match_class(subject, cls, count, names, /)" => match_class;
    }
}

/// What the prelude and the statements need.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
    for def in STATEMENTS {
        vm.define_in_prelude(NativeFunction::new(def, Value::NONE));
    }
}

fn match_as(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let (Some(class), Some(other)) = (args[0].get::<Type>(), args[1].get::<Type>())
        && class.flags().has(TypeFlags::HEAP)
        && class.pattern() == TypeFlags::default()
    {
        class.set_flags(class.flags().with(other.pattern()));
    }
    Ok(Value::NONE)
}

fn self_matching(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class: Option<Ref<Type>> = args[0].to_ref();
    Ok(Value::bool(class.is_some_and(|class| matches_itself(vm, &class))))
}

/// Does `case C(x)` bind the subject itself, as it does for `int`, `str` and the like and their subclasses?
fn matches_itself(vm: &Vm, class: &Ref<Type>) -> bool {
    let t = &vm.types;
    let known =
        [&t.bool_, &t.bytearray, &t.bytes, &t.dict, &t.float, &t.frozenset, &t.int, &t.list, &t.set, &t.str_, &t.tuple];
    known.iter().any(|known| class.is_subclass(known))
}

/// `case cls(..., name=...)`: a tuple of the values for the subpatterns, `None` when the subject does not match. What is
/// wrong, and what runs code of the program, is left to the prelude, which begins anew.
fn match_class(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match values(vm, args) {
        Ok(Some(values)) => Ok(values.map_or(Value::NONE, Value::tuple)),
        Ok(None) | Err(Exit::Call(_)) => vm.tail_prelude("match_class_in_python", args.to_vec()),
        Err(exit) => Err(exit),
    }
}

/// The values, or that the subject does not match; `None` when that is for the prelude to say.
#[allow(clippy::type_complexity)]
fn values(vm: &mut Vm, args: &[Value]) -> Result<Option<Option<Vec<Value>>>, Exit> {
    let (subject, count) = (&args[0], args[2].as_small().unwrap_or(0) as usize);
    let (Some(class), Some(named)) = (args[1].to_ref::<Type>(), args[3].get::<Tuple>()) else { return Ok(None) };
    match is_instance(vm, subject, &args[1])? {
        Some(true) => {}
        Some(false) => return Ok(Some(None)),
        None => return Ok(None),
    }
    let mut names: Vec<Ref<Str>> = Vec::with_capacity(count + named.items().len());
    let mut found = Vec::with_capacity(names.capacity());
    if count > 0 {
        match vm.load_attr_if_any(&args[1], &intern(b"__match_args__"))? {
            Some(positional) => {
                let Some(positional) = positional.get::<Tuple>() else { return Ok(None) };
                if positional.items().len() < count {
                    return Ok(None);
                }
                names.extend(positional.items()[..count].iter().filter_map(Value::to_ref::<Str>));
                if names.len() < count {
                    return Ok(None);
                }
            }
            None if count == 1 && matches_itself(vm, &class) => found.push(subject.clone()),
            None => return Ok(None),
        }
    }
    names.extend(named.items().iter().filter_map(Value::to_ref::<Str>));
    for (place, name) in names.iter().enumerate() {
        if names[..place].iter().any(|earlier| earlier.same(name)) {
            return Ok(None);
        }
    }
    for name in &names {
        match vm.load_attr_if_any(subject, &intern_str(name)) {
            Ok(Some(value)) => found.push(value),
            Ok(None) => return Ok(Some(None)),
            Err(Exit::Raise(exception)) if vm.is_instance(&exception, &vm.types.attribute_error) => {
                return Ok(Some(None));
            }
            Err(exit) => return Err(exit),
        }
    }
    Ok(Some(Some(found)))
}
