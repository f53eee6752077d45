//! Copies of suspended frames and of native iterators: what the module `copy` needs of the machine.
//!
//! A frame's copy stands where the frame stands and first shares all that its registers hold. `prelude/forks.py` goes
//! through the parts that must not be shared and replaces them.

use super::{install_functions, natives};
use crate::object::async_step::{AsyncStep, StepState};
use crate::object::function::Cell as Variable;
use crate::object::generator::ASYNC_RUNNING;
use crate::object::iter;
use crate::object::{Foreign, Function, Generator, GeneratorState, Kind, List, Ref, Slot, Tuple, Value};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

natives! {
    PRELUDE {
        "_can_fork(object, /)" => can_fork;
        "_fork(object, memo, copy, deep, /)" => fork;
        "_is_frame(object, /)" => is_frame;
        "_clone_frame(generator, /)" => clone_frame;
        "_frame_parts(generator, /)" => frame_parts;
        "_set_frame_part(generator, index, value, /)" => set_frame_part;
        "_frame_function(generator, /)" => frame_function;
        "_set_frame_function(generator, function, /)" => set_frame_function;
        "_close_over(function, closure, /)" => close_over;
        "_clone_cell(cell, /)" => clone_cell;
        "_clone_iterator(iterator, /)" => clone_iterator;
        "_passes_to(iterator, /)" => passes_to;
        "_passing_to(iterator, other, /)" => passing_to;
        "_iterator_sources(iterator, /)" => iterator_sources;
        "_set_iterator_sources(iterator, sources, /)" => set_iterator_sources;
        "_iterator_values(iterator, /)" => iterator_values;
        "_set_iterator_values(iterator, values, /)" => set_iterator_values;
    }
}

/// Make them known to the prelude.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn generator(vm: &mut Vm, value: &Value) -> Result<Ref<Generator>, Exit> {
    value.to_ref::<Generator>().ok_or_else(|| vm.type_error("a generator was expected"))
}

fn is_frame(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(args[0].is_kind(Kind::Generator)))
}

fn clone_frame(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = generator(vm, &args[0])?;
    if frame.state() == GeneratorState::Running || vm.is_running(&frame) {
        let what = vm.type_name(&args[0]).replace('_', " ");
        return Err(vm.value_error(format!("cannot copy a running {what}")));
    }
    frame.fork().map(Value::object).ok_or_else(|| vm.system_error("a generator has no function"))
}

/// What the copy of a frame may not simply share: for each such register its number, what it is to the frame, what it holds.
fn frame_parts(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = generator(vm, &args[0])?;
    let Some(function) = frame.function().cloned() else { return Ok(Value::list(Vec::new())) };
    let live = frame.live_iterators();
    // The iterator adaptors of the prelude keep iterators in their variables, too.
    let adaptor = function.code().hidden;
    // But what `tee` gives shares its source by intent.
    let shares = adaptor && &*function.code().code.name == "itertools_tee_items";
    let mut parts = Vec::new();
    for index in 0..frame.header().aux.get() as usize {
        let Some(value) = frame.value_at(index).filter(|_| !shares) else { continue };
        let role = match value.kind() {
            None => continue,
            Some(Kind::Cell) if function.closure.iter().any(|cell| cell.value().is(&value)) => continue,
            Some(Kind::Cell) => "cell",
            Some(Kind::Iter) if adaptor && iter::is_over_tuple(&value) => "sources",
            // What is awaited is waited for by both.
            Some(Kind::Foreign)
                if live.contains(&index)
                    && value.get::<Foreign>().is_some_and(|awaited| awaited.object().is_awaited()) =>
            {
                continue;
            }
            _ if live.contains(&index) => "iterator",
            Some(Kind::List | Kind::Tuple) if adaptor => "items",
            Some(Kind::Generator | Kind::ListIter | Kind::RangeIter | Kind::Iter) if adaptor => "iterator",
            _ => "value",
        };
        parts.push(Value::tuple(vec![Value::size(index), Value::str(role), value]));
    }
    Ok(Value::list(parts))
}

fn set_frame_part(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let index = vm.index_arg(args, 1)? as usize;
    generator(vm, &args[0])?.set_value_at(index, args[2].clone());
    Ok(Value::NONE)
}

fn frame_function(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(generator(vm, &args[0])?.function().map_or(Value::NONE, |function| function.value()))
}

fn set_frame_function(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = generator(vm, &args[0])?;
    if let Some(function) = args[1].to_ref::<Function>() {
        frame.set_function(function);
    }
    Ok(Value::NONE)
}

/// The same function over other cells.
fn close_over(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(old), Some(cells)) = (args[0].to_ref::<Function>(), args[1].get::<Tuple>()) else {
        return Err(vm.type_error("a function and a tuple of cells were expected"));
    };
    let closure = cells.items().iter().filter_map(Value::to_ref).collect();
    let new = Function::new(old.code().clone(), old.globals.clone(), old.builtins.clone(), closure);
    for (to, from) in [
        (&new.defaults, &old.defaults),
        (&new.kwdefaults, &old.kwdefaults),
        (&new.name, &old.name),
        (&new.qualname, &old.qualname),
        (&new.doc, &old.doc),
        (&new.module, &old.module),
        (&new.annotate, &old.annotate),
        (&new.annotations, &old.annotations),
        (&new.dict, &old.dict),
    ] {
        to.set(from.get());
    }
    Ok(new.into_value())
}

fn clone_cell(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(cell) = args[0].get::<Variable>() else {
        return Err(vm.type_error("a cell was expected"));
    };
    let content = Slot::new(cell.content.get());
    Ok(Ref::new(Variable { content }).into_value())
}

/// A native iterator that stands where this one does, over the same; `None` for anything else.
fn clone_iterator(_: &mut Vm, args: &[Value]) -> NativeResult {
    let fork = match args[0].get::<Foreign>() {
        Some(foreign) => foreign.object().fork(&foreign.class, &Value::NONE),
        None => iter::fork(&args[0]),
    };
    Ok(fork.unwrap_or(Value::NONE))
}

/// Where an iterator passes on what it is asked: a step to its async generator, the iterator of a coroutine to that; `None` for
/// what is an iterator itself.
fn passes_to(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(match (args[0].get::<AsyncStep>(), args[0].get::<Foreign>()) {
        (Some(step), _) => step.generator.value(),
        (_, Some(foreign)) => foreign.object().passes_to().unwrap_or(Value::NONE),
        _ => Value::NONE,
    })
}

/// A copy of such an iterator that passes on to another.
fn passing_to(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let other = &args[1];
    if let (Some(step), Some(generator)) = (args[0].get::<AsyncStep>(), other.to_ref::<Generator>()) {
        if step.state.get() == StepState::Begun {
            generator.set_flag(ASYNC_RUNNING);
        }
        let (state, argument) = (Cell::new(step.state.get()), Slot::new(step.argument.get()));
        return Ok(Value::object(Ref::new(AsyncStep { generator, kind: step.kind, state, argument })));
    }
    let fork = args[0].get::<Foreign>().and_then(|foreign| foreign.object().fork(&foreign.class, other));
    fork.ok_or_else(|| vm.system_error("an iterator passes on to nothing"))
}

/// For a native iterator whose place does not depend on the identity of what it goes over, what that is: the list, the
/// iterators of `zip`, the iterator of `enumerate`.
fn iterator_sources(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(iter::sources(&args[0])))
}

/// What an iterator of `itertools` refers to beside its sources; `None` for any other iterator.
fn iterator_values(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(iter::values(&args[0]).map_or(Value::NONE, Value::list))
}

fn set_iterator_values(_: &mut Vm, args: &[Value]) -> NativeResult {
    iter::set_values(&args[0], args[1].get::<List>().map(|list| list.borrow().clone()).unwrap_or_default());
    Ok(Value::NONE)
}

fn set_iterator_sources(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let sources = args[1].get::<List>().map(|list| list.borrow().clone()).unwrap_or_default();
    if iter::set_sources(&args[0], sources) {
        return Ok(Value::NONE);
    }
    Err(vm.type_error(format!("cannot copy what a '{}' object goes over", vm.type_name(&args[0]))))
}

/// Is it a suspended frame or a native iterator?
fn can_fork(_: &mut Vm, args: &[Value]) -> NativeResult {
    let kind = args[0].kind();
    Ok(Value::bool(matches!(kind, Some(Kind::Generator | Kind::ListIter | Kind::RangeIter | Kind::Iter))))
}

fn fork(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("fork", args.to_vec())
}
