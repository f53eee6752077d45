//! The bases of a class: their linearisation, the metaclass they ask for, and putting others in their place.

use super::layout::{base_of, best_base, has_dict, solid};
use super::the_class;
use crate::object::class::{Type, TypeFlags};
use crate::object::{Ref, Tuple, Value};
use crate::vm::{Exit, NativeResult, Vm};

/// What is said of bases whose metaclasses do not go together.
pub const CONFLICT: &str = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                            metaclasses of all its bases";

/// The most derived metaclass among `metaclass` and those of the bases.
pub fn winner(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut winner = the_class(vm, &args[0])?;
    let Some(bases) = args[1].native::<Tuple>() else { return Ok(winner.into_value()) };
    for base in bases.items() {
        let candidate = vm.class_of(base);
        if winner.is_subclass(&candidate) {
            continue;
        }
        if candidate.is_subclass(&winner) {
            winner = candidate;
            continue;
        }
        return Err(vm.type_error(CONFLICT));
    }
    Ok(winner.into_value())
}

/// The linearisation of a class (C3): itself is not part of it.
pub fn linearise(vm: &mut Vm, bases: &[Ref<Type>]) -> Result<Vec<Ref<Type>>, Exit> {
    for (nth, base) in bases.iter().enumerate() {
        if bases[..nth].iter().any(|other| other.is(base)) {
            return Err(vm.type_error(format!("duplicate base class {}", base.name())));
        }
    }
    let mut lists: Vec<Vec<Ref<Type>>> = bases.iter().map(|base| base.mro.borrow().clone()).collect();
    lists.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() {
            return Ok(order);
        }
        let in_a_tail = |class: &Ref<Type>| lists.iter().any(|list| list[1..].iter().any(|other| other.is(class)));
        let Some(next) = lists.iter().map(|list| list[0].clone()).find(|class| !in_a_tail(class)) else {
            let mut names: Vec<String> = Vec::new();
            for list in &lists {
                let name = list[0].name();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let message =
                format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "));
            return Err(vm.type_error(message));
        };
        for list in &mut lists {
            if list[0].is(&next) {
                list.remove(0);
            }
        }
        order.push(next);
    }
}

/// `_set_mro(cls, classes)`: what a metaclass's own `mro()` decided.
pub fn set_mro(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    let mut order = Vec::new();
    for item in super::super::object::list_items(&args[1]) {
        let Some(ancestor) = item.to_ref::<Type>() else {
            let got = vm.type_name(&item);
            return Err(vm.type_error(format!("mro() returned a non-class ('{got}')")));
        };
        if !solid(&class).is_subclass(&solid(&ancestor)) {
            let message = format!("mro() returned base with unsuitable layout ('{}')", ancestor.name());
            return Err(vm.type_error(message));
        }
        order.push(ancestor);
    }
    let old = class.mro.replace(order);
    class.invalidate();
    vm.refresh_flags(&class);
    drop(old);
    Ok(Value::NONE)
}

/// `C.__bases__ = (...)`
pub fn set_bases(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let class = super::changeable(vm, value, &new, "__bases__")?;
    let name = class.name();
    let Some(given) = new.native::<Tuple>() else {
        let got = vm.type_name(&new);
        return Err(vm.type_error(format!("can only assign tuple to {name}.__bases__, not {got}")));
    };
    if given.items().is_empty() {
        return Err(vm.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    let mut bases = Vec::new();
    for base in given.items() {
        let Some(base) = base.to_ref::<Type>() else {
            let got = vm.type_name(base);
            return Err(vm.type_error(format!("{name}.__bases__ must be tuple of classes, not '{got}'")));
        };
        if base.is_subclass(&class) {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
        bases.push(base);
    }
    let best = best_base(vm, &bases)?;
    let old = base_of(&class).unwrap_or_else(|| vm.types.object.clone());
    let heap = |class: &Ref<Type>| class.flags().has(TypeFlags::HEAP);
    if heap(&best) != heap(&old) || !solid(&best).is(&solid(&old)) || has_dict(&best) != has_dict(&old) {
        let what = if heap(&best) == heap(&old) { "object layout" } else { "deallocator" };
        let message = format!("__bases__ assignment: '{}' {what} differs from '{}'", best.name(), old.name());
        return Err(vm.type_error(message));
    }
    let before = class.bases.borrow().clone();
    class.set_bases(bases);
    if let Err(exit) = relinearise(vm, &class) {
        class.set_bases(before);
        relinearise(vm, &class)?;
        return Err(exit);
    }
    class.invalidate();
    vm.refresh_flags(&class);
    Ok(Value::NONE)
}

/// Work out again the order of a class and of what derives from it.
fn relinearise(vm: &mut Vm, class: &Ref<Type>) -> Result<(), Exit> {
    let bases = class.bases.borrow().clone();
    let mut order = vec![class.clone()];
    order.extend(linearise(vm, &bases)?);
    let old = class.mro.replace(order);
    drop(old);
    for sub in class.subclasses() {
        relinearise(vm, &sub)?;
    }
    Ok(())
}
