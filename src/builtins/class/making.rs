//! `type.__new__`: a class from its name, its bases and the namespace its body left behind.

use super::bases::{linearise, winner};
use super::layout::{self, Room};
use super::the_class;
use crate::builtins::object::dict_attribute;
use crate::builtins::weak::weak_attribute;
use crate::bytecode::{Op, Reg};
use crate::object::class::{Type, TypeFlags};
use crate::object::descriptor::{ClassMethod, Member, Property, StaticMethod};
use crate::object::function::Cell;
use crate::object::{Dict, Function, Kind, Ref, Slot, Str, Tuple, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

/// `type.__new__(metaclass, name, bases, namespace, **keywords)`
pub fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(metaclass) = args[0].to_ref::<Type>() else {
        let got = vm.type_name(&args[0]);
        return Err(vm.type_error(format!("type.__new__(X): X is not a type object ({got})")));
    };
    if args.len() != 5 {
        let message = format!("type.__new__() takes exactly 3 arguments ({} given)", args.len() - 2);
        return Err(vm.type_error(message));
    }
    if !metaclass.is_subclass(&vm.types.type_) {
        let name = metaclass.name();
        return Err(vm.type_error(format!("type.__new__({name}): {name} is not a subtype of type")));
    }
    let what = [("str", args[1].native::<Str>().is_some()), ("tuple", args[2].native::<Tuple>().is_some())];
    for (nth, (wanted, right)) in (1..).zip(what.into_iter().chain([("dict", args[3].native::<Dict>().is_some())])) {
        if !right {
            let got = crate::builtins::text::shown_type(vm, &args[nth]);
            return Err(vm.type_error(format!("type.__new__() argument {nth} must be {wanted}, not {got}")));
        }
    }
    if let Some(bases) = args[2].native::<Tuple>() {
        acceptable(vm, bases.items())?;
    }
    let chosen = winner(vm, &[metaclass.value(), args[2].clone()])?;
    if let Some(chosen) = chosen.to_ref::<Type>()
        && !chosen.is(&metaclass)
        && let Some(new) = chosen.lookup(&vm.names.new).filter(|new| !super::super::is_native_static(new))
    {
        let new = new.get::<StaticMethod>().map_or(new.clone(), |wrapped| wrapped.function.clone());
        let keywords = args[4].get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items());
        let given = vec![chosen.into_value(), args[1].clone(), args[2].clone(), args[3].clone()];
        return vm.tail_call_kw(new, given, keywords);
    }
    let slots = args[3].native::<Dict>().and_then(|namespace| namespace.get_str(&vm.names.slots));
    let mut all = vec![chosen];
    all.extend_from_slice(&args[1..]);
    all.push(match slots {
        None => Value::NONE,
        Some(one) if one.is_kind(Kind::Str) => Value::list(vec![one]),
        Some(slots) => match vm.native_items(&slots)? {
            Some(items) => Value::list(items),
            None => {
                all.push(slots);
                return vm.tail_prelude("make_class_with_slots", all);
            }
        },
    });
    make(vm, &all)
}

/// `_make_class(metaclass, name, bases, namespace, keywords, slots)`: `slots` is a list, or `None` without `__slots__`.
pub fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let metaclass = the_class(vm, &args[0])?;
    let (Some(name), Some(given), Some(namespace)) =
        (args[1].native::<Str>(), args[2].native::<Tuple>(), args[3].native::<Dict>())
    else {
        return Err(vm.type_error("a name, a tuple of bases and a dict were expected"));
    };
    let bases = acceptable(vm, given.items())?;
    let base = layout::best_base(vm, &bases)?;
    if name.as_bytes().contains(&0) {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    let slots = args[5].get::<crate::object::List>().map(|slots| slots.to_vec());
    if let Some(qualname) = namespace.get_str(&intern(b"__qualname__"))
        && qualname.native::<Str>().is_none()
    {
        let got = vm.type_name(&qualname);
        return Err(vm.type_error(format!("type __qualname__ must be a str, not {got}")));
    }
    let room = layout::room(vm, slots.as_deref(), &name, &base, &bases, &namespace)?;
    if let Some(cell) = namespace.get_str(&vm.names.classcell)
        && cell.get::<Cell>().is_none()
    {
        let got = format!("<class '{}'>", crate::builtins::repr::class_name(&vm.class_of(&cell)));
        return Err(vm.type_error(format!("__classcell__ must be a nonlocal cell, not {got}")));
    }
    let ancestors = linearise(vm, &bases)?;
    let class = Type::new(&name.to_string_lossy(), bases.clone(), ancestors, flags_of(&bases, &base, &room));
    if !metaclass.is(&vm.types.type_) {
        class.set_metaclass(metaclass.clone());
    }
    let hooks = fill(vm, &class, &namespace)?;
    furnish(vm, &class, &room);
    expect_slots(vm, &class);
    class.invalidate();
    vm.refresh_flags(&class);
    finish(vm, class, &metaclass, hooks, args[4].clone())
}

/// The bases as classes, if classes may be derived from them.
fn acceptable(vm: &mut Vm, given: &[Value]) -> Result<Vec<Ref<Type>>, Exit> {
    let mut bases = Vec::new();
    for base in given {
        let Some(base) = base.to_ref::<Type>() else {
            let kind = vm.class_of(base);
            let entries = kind.lookup(&intern(b"__mro_entries__"));
            return Err(vm.type_error(match entries {
                Some(_) => "type() doesn't support MRO entry resolution; use types.new_class()",
                None if vm.types.type_.is_subclass(&kind) => "bases must be types",
                // Its class would have to be the metaclass.
                None => super::bases::CONFLICT,
            }));
        };
        if base.flags().has(TypeFlags::FINAL) {
            return Err(vm.type_error(format!("type '{}' is not an acceptable base type", vm.shown_class(&base))));
        }
        bases.push(base);
    }
    if bases.is_empty() {
        bases.push(vm.types.object.clone());
    }
    Ok(bases)
}

fn flags_of(bases: &[Ref<Type>], base: &Ref<Type>, room: &Room) -> TypeFlags {
    let mut flags = TypeFlags::HEAP;
    let any = |flag: TypeFlags| bases.iter().any(|base| base.flags().has(flag));
    for inherited in [TypeFlags::EXCEPTION, TypeFlags::DEMANDS_ARGUMENTS, TypeFlags::METACLASS] {
        if any(inherited) {
            flags = flags.with(inherited);
        }
    }
    if bases.iter().any(|base| base.layout.get().is_some()) && !flags.has(TypeFlags::METACLASS) {
        flags = flags.with(TypeFlags::PAYLOAD);
    }
    if !room.members.is_empty() {
        flags = flags.with(TypeFlags::ADDS_SLOTS);
    }
    if room.weak || base.flags().has(TypeFlags::WEAK) {
        flags = flags.with(TypeFlags::WEAK);
    }
    if !room.dict && !layout::has_dict(base) {
        flags = flags.with(TypeFlags::NO_DICT);
    }
    flags
}

/// Copy the namespace into the class; the attributes whose `__set_name__` must be called.
fn fill(vm: &mut Vm, class: &Ref<Type>, namespace: &Ref<Dict>) -> Result<Vec<Value>, Exit> {
    let mut hooks = Vec::new();
    for (key, mut value) in namespace.items() {
        let Some(name) = key.native::<Str>() else {
            continue;
        };
        let name = crate::object::string::intern_str(&name);
        match name.as_bytes() {
            b"__classcell__" => {
                if let Some(cell) = value.get::<Cell>() {
                    cell.content.set(class.value());
                }
                continue;
            }
            // From here on it holds what the class has: the namespace, which holds it, would be a cycle.
            b"__classdictcell__" => {
                if let Some(cell) = value.get::<Cell>() {
                    cell.content.set(class.dict.value());
                }
                continue;
            }
            b"__qualname__" => {
                class.qualname.set(value);
                continue;
            }
            b"__new__" if value.is_kind(Kind::Function) => {
                value = Value::object(Ref::new(StaticMethod { function: value, dict: Slot::default() }));
            }
            b"__init_subclass__" | b"__class_getitem__" if value.is_kind(Kind::Function) => {
                value = Value::object(Ref::new(ClassMethod { builtin: false, function: value, dict: Slot::default() }));
            }
            _ => {}
        }
        match value.kind() {
            Some(Kind::Property) => {
                if let Some(property) = value.get::<Property>() {
                    property.name.set(name.value());
                }
            }
            Some(Kind::Instance | Kind::Foreign) if vm.class_of(&value).lookup(&vm.names.set_name).is_some() => {
                hooks.push(Value::tuple(vec![value.clone(), name.value()]));
            }
            _ => {}
        }
        class.dict.set_str(&name, value);
    }
    Ok(hooks)
}

/// What every class has, whether its body says so or not.
fn furnish(vm: &mut Vm, class: &Ref<Type>, room: &Room) {
    let names = &vm.names;
    if class.dict.get_str(&names.module).is_none() {
        let module = vm.current_globals().and_then(|globals| globals.get_str(&vm.names.name));
        class.dict.set_str(&vm.names.module.clone(), module.unwrap_or_else(|| Value::str("builtins")));
    }
    for name in &room.members {
        class.dict.set_str(name, Value::object(Ref::new(Member::of(name.clone(), class.clone()))));
    }
    if room.dict && class.dict.get_str(&vm.names.dict).is_none() {
        dict_attribute(class);
    }
    if room.weak && class.dict.get_str(&intern(b"__weakref__")).is_none() {
        weak_attribute(class);
    }
    // A slot may have one of these names, so they are given after them.
    if class.dict.get_str(&vm.names.doc).is_none() {
        class.dict.set_str(&vm.names.doc.clone(), Value::NONE);
    }
    if class.dict.get_str(&vm.names.eq).is_some() && class.dict.get_str(&vm.names.hash).is_none() {
        class.dict.set_str(&vm.names.hash.clone(), Value::NONE);
    }
}

/// Make room in its instances for the attributes that `__init__` sets, on top of those of its bases.
fn expect_slots(vm: &Vm, class: &Ref<Type>) {
    let inherited = class.bases.borrow().iter().map(|base| base.expected_slots.get()).max().unwrap_or(0);
    let init = class.dict.get_str(&vm.names.init).and_then(|init| init.to_ref::<Function>());
    let own = init.map_or(0, |init| {
        let code = init.code();
        let set = code.code.ops.iter().filter_map(|op| match op {
            Op::SetAttr { obj: Reg(0), name, .. } => code.sites.get(*name as usize).map(|site| site.name.as_ptr()),
            _ => None,
        });
        set.collect::<std::collections::HashSet<_>>().len()
    });
    class.expected_slots.set((inherited + own as u32).min(MOST_EXPECTED));
}

/// Instances have room for at most so many attributes before any is set.
const MOST_EXPECTED: u32 = 16;

/// Whatever must run before the class is ready: the metaclass's `mro()`, `__set_name__`, `__init_subclass__`.
fn finish(vm: &mut Vm, class: Ref<Type>, metaclass: &Ref<Type>, hooks: Vec<Value>, kwds: Value) -> NativeResult {
    let init = intern(b"__init_subclass__");
    let own = vm.types.object.dict.get_str(&init);
    let inherited = class.mro.borrow()[1..].iter().find_map(|ancestor| ancestor.dict.get_str(&init));
    let plain = inherited.zip(own).is_some_and(|(inherited, own)| inherited.is(&own));
    let no_kwds = kwds.get::<Dict>().is_none_or(|kwds| kwds.is_empty());
    let mro = metaclass.lookup(&intern(b"mro")).filter(|mro| !mro.is_kind(Kind::Native));
    if hooks.is_empty() && plain && no_kwds && mro.is_none() {
        return Ok(class.into_value());
    }
    let args = vec![class.into_value(), Value::list(hooks), kwds, mro.unwrap_or(Value::NONE)];
    vm.tail_prelude("finish_class", args)
}
