//! Generators, coroutines, async generators as programs see them (language reference 6.2.9, PEP 342, PEP 492).
//!
//! Every method here ends by asking the machine to resume the generator; what resuming means stands in `vm::resume`.

use super::{getsets, install_functions, install_getsets, install_methods, make_instance, natives, read_only};
use crate::bytecode::{Code, CodeFlags, NOT_BEGUN};
use crate::object::async_step::{AsyncStep, StepKind, StepState};
use crate::object::function::{CodeObject, Function};
use crate::object::generator::{ASYNC_RUNNING, AWAITED, GeneratorState, LASTING, NAME, ORIGIN, QUALNAME};
use crate::object::native::Shortcut;
use crate::object::slot::Slot;
use crate::object::{Dict, Exception, Generator, Kind, NativeFunction, Ref, Str, Type, TypeFlags, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Resume, Vm};
use std::rc::Rc;

natives! {
    FUNCTIONS {
        /// The asynchronous iterator of an asynchronous iterable.
        "aiter(async_iterable, /)" => aiter;
        /// An awaitable of the next item, or of `default` at the end.
        "anext(async_iterator, default=None, /)" => anext_of;
    }
    ITERATION {
        "__iter__(self, /)" => iter;
        /// Run to the next `yield` and give what it yields.
        "__next__(self, /)" => next;
    }
    COMMON {
        /// Resume with `value` as the result of the `yield`.
        "send(self, value, /)" => send;
        /// Raise an exception where the generator is suspended.
        "throw(self, typ, val=None, tb=None, /)" => throw;
        /// Raise `GeneratorExit` where the generator is suspended, and see to it that it ends.
        "close(self, /)" => close;
        "__repr__(self, /)" => repr;
        "__del__(self, /)" => finalize;
    }
    COROUTINE {
        "__await__(self, /)" => await_;
        /// Send a value into coroutine and run it to where it next waits.
        "send(self, value, /)" => send;
        /// Raise an exception in coroutine, where it waits.
        "throw(self, typ, val=None, tb=None, /)" => throw;
        /// Raise `GeneratorExit` inside coroutine, and see to it that it ends.
        "close(self, /)" => close;
        "__repr__(self, /)" => repr;
        "__del__(self, /)" => finalize;
    }
    STEP {
        "__await__(self, /)" => iter;
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
        /// Go on with the step: `value` is what it awaited.
        "send(self, value, /)" => send;
        /// Raise an exception where the async generator is suspended.
        "throw(self, /, *args)" => step_throw;
        /// Raise `GeneratorExit` where the async generator is suspended, and see to it that the step ends.
        "close(self, /)" => step_close;
        "__del__(self, /)" => finalize;
    }
    ASYNC {
        "__aiter__(self, /)" => iter;
        "__anext__(self, /)" => anext;
        "asend(self, value, /)" => asend;
        "athrow(self, /, *args)" => athrow;
        "aclose(self, /)" => aclose;
        "__repr__(self, /)" => repr;
        "__del__(self, /)" => finalize;
    }
    PRELUDE {
        "_send(generator, value, /)" => send;
        "_throw(generator, exception, /)" => throw_here;
        "_drive(driver, /)" => drive;
        "_throw_to(target, call, /)" => throw_here;
        "_throw_directly(target, typ, val=None, tb=None, /)" => throw_made;
        "_refuse_to_throw(target, error, /)" => refuse;
        "_delegates(object, /)" => delegates;
        "_detach(target, /)" => detach;
        "_throw_detached(target, exception, delegate, /)" => throw_detached;
        "_leave_to_frame(generator, /)" => leave_to_frame;
        "_take_over(adaptor, twin, /)" => take_over;
        "_steps(awaitable, /)" => steps;
        "_disguise(generator, cls, /)" => disguise;
        "_lasting(generator, cls, /)" => lasting;
        "_generator_based(function, /)" => generator_based;
        "_async_finalizer(generator, /)" => async_finalizer;
        "_step_arguments(step, /)" => step_arguments;
        "_is_traceback(object, /)" => is_traceback;
        "_finalizer_kind(object, /)" => finalizer_kind;
        "_close_quietly(generator, /)" => close_quietly;
        "_step_names(step, /)" => step_names;
        "_unraisable(error, message, /)" => unraisable;
        "_throw_quietly(generator, typ, val=None, tb=None, /)" => throw_quietly;
        "_athrow_quietly(generator, /, *args)" => athrow_quietly;
    }
}

getsets! {
    GENERATOR {
        /// The name of the generator.
        "__name__" => get_name, set_name;
        /// The qualified name of the generator.
        "__qualname__" => get_qualname, set_qualname;
        "gi_running" => get_running;
        "gi_suspended" => get_suspended;
        "gi_code" => get_code;
        "gi_frame" => get_frame;
        /// What it delegates to by `yield from`, or None.
        "gi_yieldfrom" => get_delegate;
    }
    CORO {
        /// The name of the coroutine.
        "__name__" => get_name, set_name;
        /// The qualified name of the coroutine.
        "__qualname__" => get_qualname, set_qualname;
        "cr_running" => get_running;
        "cr_suspended" => get_suspended;
        "cr_code" => get_code;
        "cr_frame" => get_frame;
        /// What it waits for, or None.
        "cr_await" => get_delegate;
        "cr_origin" => get_origin, read_only;
    }
    ASYNC_GENERATOR {
        /// The name of the async generator.
        "__name__" => get_name, set_name;
        /// The qualified name of the async generator.
        "__qualname__" => get_qualname, set_qualname;
        "ag_running" => get_async_running, read_only;
        "ag_suspended" => get_suspended;
        "ag_code" => get_code;
        "ag_frame" => get_frame;
        /// What it waits for, or None.
        "ag_await" => get_delegate;
    }
}

/// Fill the three classes, and give the iterator classes of the prelude's adaptors their methods.
pub fn install(vm: &mut Vm) {
    let (generator, coroutine) = (vm.types.generator.clone(), vm.types.coroutine.clone());
    let async_generator = vm.types.async_generator.clone();
    install_methods(&generator, ITERATION);
    install_methods(&generator, COMMON);
    install_getsets(&generator, GENERATOR);
    install_methods(&coroutine, COROUTINE);
    install_getsets(&coroutine, CORO);
    install_methods(&async_generator, ASYNC);
    install_getsets(&async_generator, ASYNC_GENERATOR);
    for class in [vm.types.async_generator_asend.clone(), vm.types.async_generator_athrow.clone()] {
        install_methods(&class, STEP);
    }
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    shortcut(&generator.dict, "send", Shortcut::Send);
    shortcut(&generator.dict, "__next__", Shortcut::Next);
    shortcut(&generator.dict, "throw", Shortcut::Throw);
    shortcut(&coroutine.dict, "send", Shortcut::SendToCoroutine);
}

/// Have the run loop know a native of this name as what only resumes a generator.
pub(super) fn shortcut(names: &Dict, name: &str, shortcut: Shortcut) {
    if let Some(native) = names.get_str(&intern(name.as_bytes())).and_then(|method| method.to_ref::<NativeFunction>()) {
        native.shortcut.set(shortcut);
    }
}

/// Methods of the iterator classes whose objects are generators of the prelude in disguise.
pub fn install_adaptor(class: &Ref<Type>) {
    install_methods(class, ITERATION);
    shortcut(&class.dict, "__next__", Shortcut::Next);
}

fn generator(vm: &mut Vm, value: &Value) -> Result<Ref<Generator>, Exit> {
    value.to_ref::<Generator>().ok_or_else(|| vm.type_error("a generator was expected"))
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(args[0].clone(), Resume::Send(Value::NONE), None)
}

fn send(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(args[0].clone(), Resume::Send(args[1].clone()), None)
}

fn drive(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_drive(args[0].clone())
}

/// The exception that `throw`'s arguments mean; `None` when Python code must make it.
fn to_throw(vm: &mut Vm, args: &[Value]) -> Result<Option<Value>, Exit> {
    let (first, value) = (&args[1], arg_or_none(args, 2));
    if arg_or_none(args, 3).is_some_and(|traceback| !traceback.is_kind(Kind::Traceback)) {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exception = match first.kind() {
        Some(Kind::Exception) if value.is_some() => {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        Some(Kind::Exception) => first.clone(),
        Some(Kind::Type) if vm.is_exception_class(first) => {
            let plain = value.is_none() && vm.is_plain_exception_class(first);
            match first.to_ref::<Type>().filter(|_| plain) {
                Some(class) => Exception::of(&class, Vec::new()).into_value(),
                None => return Ok(None),
            }
        }
        _ => {
            let message = format!(
                "exceptions must be classes or instances deriving from BaseException, not {}",
                vm.type_name(first)
            );
            return Err(vm.type_error(message));
        }
    };
    if let (Some(traceback), Some(raised)) = (arg_or_none(args, 3), exception.get::<Exception>()) {
        raised.traceback.set(traceback.clone());
    }
    Ok(Some(exception))
}

/// What a `throw` does that was given more than an exception: a warning comes before.
fn with_warning(vm: &mut Vm, quietly: &str, args: &[Value]) -> NativeResult {
    vm.tail_prelude("throw_with_warning", [vec![Value::str(quietly)], args.to_vec()].concat())
}

pub(super) fn throw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arg(args, 2) {
        Some(_) => with_warning(vm, "throw", args),
        None => throw_quietly(vm, args),
    }
}

fn throw_quietly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(partner) = partner(vm, &args[0])? else { return throw_directly(vm, args) };
    // The machine asks for the partner's `throw` itself where an exception is all there is to pass on, and no Python code is
    // asked for that method: what such code raises is the thrower's, and the generator does not hear of it.
    let simple = given(args).len() == 2 && args[1].is_kind(Kind::Exception);
    if simple && matches!(vm.load_attr_if_any(&partner, &vm.names.throw.clone()), Ok(_) | Err(Exit::Raise(_))) {
        return throw_directly(vm, args);
    }
    let given = Value::list(given(args)[1..].to_vec());
    vm.tail_prelude("throw_on", vec![args[0].clone(), partner, given])
}

/// The generator that a `throw` of this object resumes: itself, or that of a step.
fn resumed(vm: &mut Vm, object: &Value) -> Result<Ref<Generator>, Exit> {
    match object.get::<AsyncStep>() {
        Some(step) => Ok(step.generator.clone()),
        None => generator(vm, object),
    }
}

/// What the chain of a suspended generator ends in that may have a `throw` of its own: an iterator of the program, a step of
/// an async generator, one of the awaitables that pass on what they are given.
fn partner(vm: &mut Vm, object: &Value) -> Result<Option<Value>, Exit> {
    let mut last = resumed(vm, object)?;
    if vm.is_running(&last) {
        return Ok(None);
    }
    while let Some(delegate) = last.delegate() {
        match delegate.to_ref::<Generator>() {
            Some(inner) if inner.disguise().is_none() => last = inner,
            _ => {
                let throws = matches!(delegate.kind(), Some(Kind::Instance | Kind::Foreign | Kind::AsyncStep));
                return Ok(Some(delegate).filter(|_| throws));
            }
        }
    }
    Ok(None)
}

/// What the program throws stays with whoever throws it until that is over.
fn throw_directly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    throw_held(vm, args, true)
}

/// The same for the prelude, which has made the exception, or holds it.
fn throw_made(vm: &mut Vm, args: &[Value]) -> NativeResult {
    throw_held(vm, args, false)
}

fn throw_held(vm: &mut Vm, args: &[Value], held: bool) -> NativeResult {
    match to_throw(vm, args) {
        Ok(Some(exception)) => {
            let held = held && exception.is(&args[1]);
            throw_into(vm, &args[0], exception, held)
        }
        Ok(None) => vm.tail_prelude("throw_class", given(args)),
        Err(Exit::Raise(error)) => refuse_to_throw(vm, &args[0], error),
        Err(exit) => Err(exit),
    }
}

/// What was to be thrown is no exception. In a chain the innermost refuses it, so that the error is raised at the delegation
/// to that one; else it is the thrower's, and a step is over.
fn refuse_to_throw(vm: &mut Vm, object: &Value, error: Value) -> NativeResult {
    let mut last = resumed(vm, object)?;
    let mut delegator = None;
    if !vm.is_running(&last) {
        while let Some(delegate) = last.delegate() {
            let inner = delegate.to_ref::<Generator>().filter(|inner| inner.disguise().is_none());
            if inner.is_some() || delegate.is_kind(Kind::AsyncStep) {
                delegator = Some(last.clone());
            }
            end_step(&delegate);
            let Some(inner) = inner else { break };
            last = inner;
        }
    }
    let Some(delegator) = delegator else {
        end_step(object);
        return Err(Exit::Raise(error));
    };
    let delegate = detach(vm, &[delegator.value()])?;
    // It goes where the delegator goes on, which may be in a handler.
    delegator.hold_delegate(&delegate);
    drop(delegate);
    delegator.set_state(GeneratorState::Suspended);
    vm.set_context(&error);
    vm.tail_resume(object.clone(), Resume::Throw(error), None)
}

fn refuse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    refuse_to_throw(vm, &args[0], args[1].clone())
}

/// The arguments that were given.
fn given(args: &[Value]) -> Vec<Value> {
    args.iter().filter(|arg| !arg.is_undef()).cloned().collect()
}

fn throw_into(vm: &mut Vm, object: &Value, exception: Value, held: bool) -> NativeResult {
    let suspended = resumed(vm, object)?;
    let exiting = vm.is_instance(&exception, &vm.types.generator_exit);
    if exiting && suspended.delegate().is_some() && !vm.is_running(&suspended) {
        return vm.tail_prelude("generator_throw_exit", vec![object.clone(), exception]);
    }
    if held {
        return vm.tail_throw(object.clone(), exception);
    }
    vm.tail_resume(object.clone(), Resume::Throw(exception), None)
}

fn throw_here(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(args[0].clone(), Resume::Throw(args[1].clone()), None)
}

/// Close a generator that is being finalised, if nothing of its own would run: was that so?
fn close_quietly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let suspended = generator(vm, &args[0])?;
    Ok(Value::bool(vm.close_quietly(&suspended)))
}

pub(super) fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let suspended = generator(vm, &args[0])?;
    if vm.is_running(&suspended) {
        return Err(already_executing(vm, &args[0]));
    }
    match suspended.state() {
        GeneratorState::Closed => Ok(Value::NONE),
        GeneratorState::Created => {
            vm.close_created(&suspended, NOT_BEGUN);
            Ok(Value::NONE)
        }
        GeneratorState::Suspended | GeneratorState::Running => {
            if vm.close_quietly(&suspended) {
                return Ok(Value::NONE);
            }
            vm.tail_prelude("generator_close", vec![args[0].clone()])
        }
    }
}

/// `__del__`, called by name: what would be done if the object went. Nobody is kept from using it afterwards.
fn finalize(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let over = match args[0].get::<AsyncStep>() {
        Some(step) => step.state.get() != StepState::Created,
        None => generator(vm, &args[0])?.state() == GeneratorState::Closed,
    };
    if over {
        return Ok(Value::NONE);
    }
    vm.tail_prelude("finalize_explicitly", args.to_vec())
}

/// Nobody can catch this error: `sys.unraisablehook` is told.
fn unraisable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("unraisable", args.to_vec())
}

/// Cut the link to the iterator a suspended generator delegates to, and hand that over.
fn detach(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let suspended = resumed(vm, &args[0])?;
    if vm.is_running(&suspended) {
        return Err(already_executing(vm, &args[0]));
    }
    let Some(delegate) = suspended.delegate() else { return Ok(Value::NONE) };
    if let Some(inner) = delegate.get::<Generator>()
        && inner.parent.get() == suspended.as_ptr()
    {
        inner.parent.set(std::ptr::null_mut());
    }
    suspended.drop_delegate();
    // While its delegate is being closed it counts as running, and nobody may rely on where its chain ended.
    suspended.set_state(GeneratorState::Running);
    let mut above = suspended.parent.get();
    while let Some(delegator) = Ref::<Generator>::view(above) {
        delegator.leaf.set(std::ptr::null_mut());
        above = delegator.parent.get();
    }
    Ok(delegate)
}

/// Is it a generator or coroutine that is suspended at a delegation? Only such are closed step by step.
fn delegates(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let suspended = args[0].to_ref::<Generator>().filter(|inner| inner.disguise().is_none());
    Ok(Value::bool(suspended.is_some_and(|inner| inner.delegate().is_some() && !vm.is_running(&inner))))
}

/// As [`throw_here`], for a generator that [`detach`] marked as running; what it delegated to goes when it goes on.
fn throw_detached(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let detached = resumed(vm, &args[0])?;
    // One that was never begun had no delegate to be cut from.
    if detached.state() == GeneratorState::Running {
        detached.set_state(GeneratorState::Suspended);
        detached.hold_delegate(&args[2]);
    }
    throw_here(vm, args)
}

/// A generator goes as it stands, for good: what it handles is to refer to its frame.
fn leave_to_frame(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(suspended) = args[0].to_ref::<Generator>() {
        vm.handled_refer_to_frame(&suspended);
    }
    Ok(Value::NONE)
}

/// An iterator adaptor goes on from where another one of its kind has come to.
fn take_over(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let adaptor = generator(vm, &args[0])?;
    adaptor.take_parameters_of(&generator(vm, &args[1])?);
    Ok(Value::NONE)
}

fn already_executing(vm: &mut Vm, object: &Value) -> Exit {
    let noun = match &*vm.type_name(object) {
        "coroutine" => "coroutine",
        "async_generator" => "async generator",
        _ => "generator",
    };
    vm.value_error(format!("{noun} already executing"))
}

fn disguise(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = generator(vm, &args[0])?;
    // Nothing is said when it is dropped.
    generator.set_flag(AWAITED);
    // An object of a class of the program holds one of the builtin class.
    let native = |class: &Ref<Type>| !class.flags().has(TypeFlags::HEAP);
    let builtin =
        args[1].get::<Type>().and_then(|class| class.mro.borrow().iter().find(|class| native(class)).cloned());
    let Some(builtin) = builtin else { return Err(vm.system_error("an adaptor is disguised as what is no class")) };
    generator.extra.set(builtin.value());
    make_instance(vm, &builtin, &args[1], args[0].clone())
}

/// As [`disguise`], for a generator whose parameters are all its state: an exception does not end it.
fn lasting(vm: &mut Vm, args: &[Value]) -> NativeResult {
    generator(vm, &args[0])?.set_flag(LASTING);
    disguise(vm, args)
}

/// The function goes on with code of which that is known; what it has made before stays as it is.
fn generator_based(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(function) = args[0].to_ref::<Function>() else { return Err(vm.type_error("a function is needed")) };
    let known = vm.whole_code(&function)?.code.clone();
    if !known.flags.awaitable {
        let flags = CodeFlags { awaitable: true, ..known.flags };
        let code = CodeObject::load(&Rc::new(Code { flags, ..(*known).clone() }));
        super::function::set_code(vm, &args[0], code.into_value())?;
    }
    Ok(args[0].clone())
}

fn async_finalizer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(vm.async_finalizer(&args[0]).unwrap_or(Value::NONE))
}

fn step_arguments(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].get::<AsyncStep>().map_or(Value::NONE, |step| step.argument.get()))
}

fn is_traceback(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(args[0].is_kind(Kind::Traceback)))
}

/// What a queued finaliser is for: `"close"`, `"coroutine"` or `"step"` that was never awaited, `"weak"`, `"del"`,
/// `"left"` for a generator that goes as it stands.
fn finalizer_kind(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].kind() {
        Some(Kind::AsyncStep) => return Ok(Value::str("step")),
        Some(Kind::Tuple) => return Ok(Value::str("left")),
        Some(Kind::List) => return Ok(Value::str("rest")),
        _ => {}
    }
    Ok(Value::str(match args[0].get::<Generator>().map(|generator| generator.state()) {
        Some(GeneratorState::Created) if vm.is_coroutine(&args[0]) && !is_awaited(&args[0]) => "coroutine",
        Some(_) => "close",
        None if args[0].is_kind(Kind::WeakRef) => "weak",
        None => "del",
    }))
}

fn is_awaited(object: &Value) -> bool {
    object.to_ref::<Generator>().is_some_and(|generator| generator.has_flag(AWAITED))
}

fn await_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::coroutine_wrapper::of(vm, &args[0])
}

fn anext(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = generator(vm, &args[0])?;
    vm.async_step(&generator, StepKind::Send, Value::NONE)
}

fn asend(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = generator(vm, &args[0])?;
    vm.async_step(&generator, StepKind::Send, args[1].clone())
}

fn athrow(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args.len() {
        ..3 => athrow_quietly(vm, args),
        _ => with_warning(vm, "athrow", args),
    }
}

fn athrow_quietly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = generator(vm, &args[0])?;
    vm.async_step(&generator, StepKind::Throw, Value::tuple(args[1..].to_vec()))
}

fn aclose(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = generator(vm, &args[0])?;
    vm.async_step(&generator, StepKind::Close, Value::NONE)
}

fn step_throw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // One that cannot go on says so before it looks at what it was given.
    if let Some(step) = args[0].to_ref::<AsyncStep>() {
        vm.refuse_step(&step)?;
    }
    if let Some(message) = AsyncStep::misfit("throw", args.len() - 1) {
        end_step(&args[0]);
        return Err(vm.type_error(message));
    }
    throw(vm, args)
}

/// A step is over, because what was to be thrown could not be.
fn end_step(object: &Value) {
    if let Some(step) = object.get::<AsyncStep>() {
        step.state.set(StepState::Closed);
        step.generator.clear_flag(ASYNC_RUNNING);
    }
}

fn step_close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].get::<AsyncStep>().is_some_and(|step| step.state.get() == StepState::Closed) {
        return Ok(Value::NONE);
    }
    vm.tail_prelude("async_step_close", vec![args[0].clone()])
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let what = vm.type_name(&args[0]);
    let name = get_qualname(vm, &args[0])?;
    let name = name.get::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let address = crate::object::identity(&args[0]);
    Ok(Value::str(format!("<{what} object {name} at {address:#x}>")))
}

/// Names a program gave to this one generator.
fn own_names(object: &Value) -> Option<(Value, Value)> {
    let generator = object.to_ref::<Generator>()?;
    Some((generator.detail(NAME)?, generator.detail(QUALNAME)?))
}

fn names(object: &Value) -> (Value, Value) {
    own_names(object).unwrap_or_else(|| {
        let function = object.get::<Generator>().and_then(|generator| generator.function().cloned());
        function.map_or((Value::NONE, Value::NONE), |function| (function.name.get(), function.qualname.get()))
    })
}

fn get_name(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(names(value).0)
}

/// `__qualname__` as text.
pub fn qualname(object: &Value) -> String {
    names(object).1.get::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn get_qualname(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(names(value).1)
}

fn set_name(vm: &mut Vm, value: &Value, name: Value) -> NativeResult {
    if !name.is_kind(Kind::Str) {
        return Err(vm.type_error("__name__ must be set to a string object"));
    }
    generator(vm, value)?.set_detail(NAME, name);
    Ok(Value::NONE)
}

fn set_qualname(vm: &mut Vm, value: &Value, qualname: Value) -> NativeResult {
    if !qualname.is_kind(Kind::Str) {
        return Err(vm.type_error("__qualname__ must be set to a string object"));
    }
    generator(vm, value)?.set_detail(QUALNAME, qualname);
    Ok(Value::NONE)
}

fn get_running(vm: &mut Vm, value: &Value) -> NativeResult {
    let generator = generator(vm, value)?;
    Ok(Value::bool(vm.is_running(&generator)))
}

fn get_async_running(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(generator(vm, value)?.has_flag(ASYNC_RUNNING)))
}

fn get_suspended(vm: &mut Vm, value: &Value) -> NativeResult {
    let generator = generator(vm, value)?;
    Ok(Value::bool(generator.state() == GeneratorState::Suspended && !vm.is_running(&generator)))
}

fn get_code(vm: &mut Vm, value: &Value) -> NativeResult {
    let generator = generator(vm, value)?;
    Ok(generator.code().map_or(Value::NONE, |code| code.value()))
}

fn get_delegate(vm: &mut Vm, value: &Value) -> NativeResult {
    let generator = generator(vm, value)?;
    if vm.is_running(&generator) {
        return Ok(Value::NONE);
    }
    Ok(generator.delegate().unwrap_or(Value::NONE))
}

fn get_frame(vm: &mut Vm, value: &Value) -> NativeResult {
    let generator = generator(vm, value)?;
    Ok(vm.view_of_generator(&generator))
}

/// Of a step of an async generator: the name of the method that made it, and the generator.
fn step_names(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].get::<AsyncStep>() {
        Some(step) => Ok(Value::tuple(vec![Value::str(step.method()), step.generator.value()])),
        None => Err(vm.type_error("a step of an async generator was expected")),
    }
}

fn aiter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    match class.lookup(&vm.names.aiter) {
        Some(method) if !method.is_none() => vm.tail_prelude("async_iterator", vec![method, args[0].clone()]),
        _ => Err(vm.type_error(format!("'{}' object is not an async iterable", vm.shown_class(&class)))),
    }
}

fn anext_of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    match class.lookup(&vm.names.anext) {
        Some(method) if !method.is_none() => match args.get(1).filter(|default| !default.is_undef()) {
            Some(default) => vm.tail_prelude("anext_with_default", vec![method, args[0].clone(), default.clone()]),
            None => vm.tail_method(method, &args[0], &[]),
        },
        _ => Err(vm.type_error(format!("'{}' object is not an async iterator", vm.shown_class(&class)))),
    }
}

/// Is it a generator that can be awaited as it is: a coroutine, an awaitable of the prelude, one made for `await`?
fn steps(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.is_awaitable_generator(&args[0])))
}

fn get_origin(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(generator(vm, value)?.detail(ORIGIN).unwrap_or(Value::NONE))
}

/// A slot that holds nothing, for objects made here.
pub fn empty() -> Slot {
    Slot::default()
}
