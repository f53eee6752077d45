//! How the instances of a class are laid out: which base decides it, and what `__slots__` adds.
//!
//! A class is *solid* when its instances hold something that those of its base do not: the builtin classes, and classes
//! whose `__slots__` made room for attributes. Bases can be combined when of their solid ancestors one derives from all
//! the others.

use crate::object::class::{Type, TypeFlags};
use crate::object::descriptor::Member;
use crate::object::{Dict, Kind, Ref, Str, Value, intern};
use crate::text::unicode::{is_identifier_continue, is_identifier_start};
use crate::vm::{Exit, Vm};

/// The base whose layout the instances of a class with these bases extend.
pub fn best_base(vm: &mut Vm, bases: &[Ref<Type>]) -> Result<Ref<Type>, Exit> {
    let mut best: Option<(Ref<Type>, Ref<Type>)> = None;
    for base in bases {
        let candidate = solid(base);
        best = match best {
            Some((winner, chosen)) if winner.is_subclass(&candidate) => Some((winner, chosen)),
            Some((winner, _)) if !candidate.is_subclass(&winner) => {
                return Err(vm.type_error("multiple bases have instance lay-out conflict"));
            }
            _ => Some((candidate, base.clone())),
        };
    }
    Ok(best.map_or_else(|| vm.types.object.clone(), |(_, base)| base))
}

/// `__base__` of a class that exists, so that its bases are known to go together; `None` for `object`.
pub fn base_of(class: &Ref<Type>) -> Option<Ref<Type>> {
    let bases = class.bases.borrow();
    let mut best = bases.first()?.clone();
    for base in &bases[1..] {
        let (winner, candidate) = (solid(&best), solid(base));
        if !winner.is(&candidate) && candidate.is_subclass(&winner) {
            best = base.clone();
        }
    }
    Some(best)
}

/// The nearest ancestor (or the class itself) that gave the instances what they hold.
pub fn solid(class: &Ref<Type>) -> Ref<Type> {
    let mut class = class.clone();
    while !is_solid(&class) {
        match base_of(&class) {
            Some(base) => class = base,
            None => break,
        }
    }
    class
}

fn is_solid(class: &Ref<Type>) -> bool {
    let flags = class.flags();
    if flags.has(TypeFlags::HEAP) {
        return flags.has(TypeFlags::ADDS_SLOTS);
    }
    if flags.has(TypeFlags::EXCEPTION) {
        // A builtin exception that only narrows another has no attributes of its own.
        return class.dict.items().iter().any(|(_, value)| value.is_kind(Kind::GetSet));
    }
    true
}

/// Can an instance of one class become an instance of the other?
pub fn same_layout(one: &Ref<Type>, other: &Ref<Type>) -> bool {
    let (one, other) = (last_to_add(one), last_to_add(other));
    if one.is(&other) {
        return true;
    }
    // Both may have made room for the same attributes, behind those of one base. What a builtin class holds is its own.
    let bases = base_of(&one).zip(base_of(&other));
    one.flags().has(TypeFlags::HEAP)
        && other.flags().has(TypeFlags::HEAP)
        && extras(&one) == extras(&other)
        && members(&one) == members(&other)
        && bases.is_some_and(|(one, other)| one.is(&other))
}

/// Have instances a `__dict__`, and a list of weak references?
fn extras(class: &Ref<Type>) -> (bool, bool) {
    (has_dict(class), class.flags().has(TypeFlags::WEAK))
}

/// The class, or the nearest of its bases, whose instances have more than those of its own base.
fn last_to_add(class: &Ref<Type>) -> Ref<Type> {
    let mut class = class.clone();
    while class.flags().has(TypeFlags::HEAP)
        && let Some(base) = base_of(&class)
        && members(&class).is_empty()
        && extras(&class) == extras(&base)
    {
        class = base;
    }
    class
}

/// The names of the slots a class added.
fn members(class: &Ref<Type>) -> Vec<String> {
    let member = |value: &Value| {
        let member = value.get::<Member>()?;
        member.owner.is(class).then(|| member.name.to_string_lossy().into_owned())
    };
    let mut names: Vec<String> = class.dict.items().iter().filter_map(|(_, value)| member(value)).collect();
    names.sort();
    names
}

/// Have instances a `__dict__`?
pub fn has_dict(class: &Ref<Type>) -> bool {
    if class.flags().has(TypeFlags::HEAP) {
        return !class.flags().has(TypeFlags::NO_DICT);
    }
    class.lookup(&intern(b"__dict__")).is_some()
}

/// Do instances of a builtin class (or what derives from it) differ in length, so that nothing can be put behind them?
fn varies_in_length(class: &Ref<Type>) -> bool {
    matches!(class.layout.get(), Some(Kind::BigInt | Kind::Tuple | Kind::Bytes | Kind::Type))
}

/// What the instances of a new class have room for.
pub struct Room {
    /// Names of attributes.
    pub members: Vec<Ref<Str>>,
    /// A `__dict__` that the bases do not give.
    pub dict: bool,
    /// A `__weakref__` that the bases do not give.
    pub weak: bool,
}

/// What a class named `name` asks for by the items of its `__slots__` (`None`: it has none).
pub fn room(
    vm: &mut Vm,
    slots: Option<&[Value]>,
    name: &Ref<Str>,
    base: &Ref<Type>,
    bases: &[Ref<Type>],
    namespace: &Dict,
) -> Result<Room, Exit> {
    let may_dict = !has_dict(base);
    let may_weak = !base.flags().has(TypeFlags::WEAK) && !varies_in_length(base);
    let Some(slots) = slots else {
        return Ok(Room { members: Vec::new(), dict: may_dict, weak: may_weak });
    };
    if !slots.is_empty() && varies_in_length(base) {
        let message = format!("nonempty __slots__ not supported for subtype of '{}'", base.name());
        return Err(vm.type_error(message));
    }
    let mut room = Room { members: Vec::new(), dict: false, weak: false };
    let mut conflict = None;
    for slot in slots {
        let Some(text) = slot.native::<Str>() else {
            let got = vm.type_name(slot);
            return Err(vm.type_error(format!("__slots__ items must be strings, not '{got}'")));
        };
        let shown = text.to_string_lossy().into_owned();
        if !is_identifier(&shown) {
            return Err(vm.type_error("__slots__ must be identifiers"));
        }
        match &*shown {
            "__dict__" | "__weakref__" => {
                let (may, taken) =
                    if shown == "__dict__" { (may_dict, &mut room.dict) } else { (may_weak, &mut room.weak) };
                if !may || *taken {
                    return Err(vm.type_error(format!("{shown} slot disallowed: we already got one")));
                }
                *taken = true;
            }
            _ => {
                let member = intern(mangled(&shown, name).as_bytes());
                let special = matches!(&*shown, "__qualname__" | "__classcell__" | "__classdictcell__");
                if namespace.get_str(&member).is_some() && !special {
                    conflict.get_or_insert(shown.clone());
                }
                room.members.push(member);
            }
        }
    }
    // Each name is looked at by itself before it is looked at among the others.
    if let Some(shown) = conflict {
        return Err(vm.value_error(format!("'{shown}' in __slots__ conflicts with class variable")));
    }
    room.members.sort_by(|one, other| one.as_bytes().cmp(other.as_bytes()));
    // What another base gives need not be asked for.
    for other in bases.iter().filter(|other| !other.is(base)) {
        room.dict |= may_dict && has_dict(other);
        room.weak |= may_weak && other.flags().has(TypeFlags::WEAK);
    }
    Ok(room)
}

fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars().map(|letter| letter as u32);
    letters.next().is_some_and(is_identifier_start) && letters.all(is_identifier_continue)
}

/// A name as the body of the class `class` spells it to others.
fn mangled(name: &str, class: &Ref<Str>) -> String {
    let class = class.to_string_lossy();
    let class = class.trim_start_matches('_');
    if name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        format!("_{class}{name}")
    } else {
        name.to_owned()
    }
}
