//! `_contextvars`: context variables (PEP 567), values that belong to a chain of control, not to a place in the text.
//!
//! The current context is a field of the machine, so that whoever resumes the program's code (the event loop) can change it
//! without calling anything.

use super::{class, kept_class, module as new_module};
use crate::builtins::{
    getsets, install_class_methods, install_functions, install_getsets, install_methods, install_static, natives, order,
};
use crate::object::hashing::identity;
use crate::object::{Dict, Foreign, Module, NativeObject, Ref, Slot, Str, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};

/// A mapping of context variables to their values.
struct Context {
    values: RefCell<Ref<Dict>>,
    /// Another context may use the same dict: it is copied before it is changed.
    shared: Cell<bool>,
    /// The context to go back to, while this one is entered.
    outer: Slot,
}

impl NativeObject for Context {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.values.borrow().show(see);
        self.outer.visit(see);
    }
    fn clear(&self) {
        drop(self.values.replace(Dict::empty()));
        self.outer.set(Value::UNDEF);
    }
    fn length(&self) -> Option<usize> {
        Some(self.values.borrow().len())
    }
    fn custom_eq(&self) -> bool {
        true
    }
}

/// A variable with a value for each context.
struct ContextVar {
    name: Slot,
    default: Slot,
}

impl NativeObject for ContextVar {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.name.visit(see);
        self.default.visit(see);
    }
    fn clear(&self) {
        self.default.set(Value::UNDEF);
    }
}

/// What setting a variable gives: the way back.
struct Token {
    var: Slot,
    context: Slot,
    old: Slot,
    used: Cell<bool>,
}

impl NativeObject for Token {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.var, &self.context, &self.old].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        [&self.var, &self.context, &self.old].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
}

/// `Token.MISSING`
struct Missing;

impl NativeObject for Missing {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

natives! {
    FUNCTIONS {
        /// A copy of the current context.
        "copy_context()" => copy_context;
    }
    CONTEXT_NEW {
        "__new__(cls, /, *args, **kwargs)" => context_new;
    }
    CONTEXT_METHODS {
        /// Call a function in this context.
        "run(self, /, *args, **kwargs)" => run;
        /// A context with the same values.
        "copy(self, /)" => copy;
        "__getitem__(self, key, /)" => getitem;
        "__contains__(self, key, /)" => contains;
        "__iter__(self, /)" => iter;
        "__len__(self, /)" => len;
        "__eq__(self, other, /)" => eq;
        /// The value of a variable, or the default.
        "get(self, key, default=None, /)" => get;
        /// The variables.
        "keys(self, /)" => keys;
        /// The values.
        "values(self, /)" => values;
        /// Pairs of variables and values.
        "items(self, /)" => items;
    }
    VAR_NEW {
        "__new__(cls, name, /, *, default=None)" => var_new;
    }
    VAR_METHODS {
        /// Its value in the current context.
        "get(self, default=None, /)" => var_get;
        /// Set it in the current context; the token restores what was.
        "set(self, value, /)" => var_set;
        /// Let it be as it was before the token was made.
        "reset(self, token, /)" => var_reset;
        "__repr__(self, /)" => var_repr;
    }
    TOKEN_NEW {
        "__new__(cls, /, *args, **kwargs)" => token_new;
    }
    TOKEN_METHODS {
        "__repr__(self, /)" => token_repr;
        "__enter__(self, /)" => token_enter;
        "__exit__(self, type, value, traceback, /)" => token_exit;
    }
    MISSING_METHODS {
        "__repr__(self, /)" => missing_repr;
    }
    PRELUDE {
        "_context_enter(context, /)" => enter_native;
        "_context_exit(context, /)" => exit_native;
    }
}

getsets! {
    VAR_ATTRIBUTES {
        "name" => var_name;
    }
    TOKEN_ATTRIBUTES {
        "var" => token_var;
        "old_value" => token_old;
    }
}

const MODULE: &str = "_contextvars";

fn context_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "contextvars.Context", |vm| {
        let made = class(MODULE, "Context", &vm.types.object, final_class().with(TypeFlags::UNHASHABLE));
        made.dict.set_str(&intern(b"__hash__"), Value::NONE);
        install_static(&made, CONTEXT_NEW);
        install_methods(&made, CONTEXT_METHODS);
        install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
        made
    })
}

fn var_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "contextvars.ContextVar", |vm| {
        let made = class(MODULE, "ContextVar", &vm.types.object, final_class());
        install_static(&made, VAR_NEW);
        install_methods(&made, VAR_METHODS);
        install_getsets(&made, VAR_ATTRIBUTES);
        install_class_methods(&made, order::GENERIC);
        made
    })
}

fn token_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "contextvars.Token", |vm| {
        let made = class(MODULE, "Token", &vm.types.object, final_class().with(TypeFlags::UNHASHABLE));
        made.dict.set_str(&intern(b"__hash__"), Value::NONE);
        install_static(&made, TOKEN_NEW);
        install_methods(&made, TOKEN_METHODS);
        install_getsets(&made, TOKEN_ATTRIBUTES);
        install_class_methods(&made, order::GENERIC);
        let missing = class(MODULE, "Missing", &vm.types.object, final_class());
        install_methods(&missing, MISSING_METHODS);
        made.dict.set_str(&intern(b"MISSING"), Foreign::value(&missing, Missing));
        made
    })
}

fn final_class() -> TypeFlags {
    TypeFlags::FINAL.with(TypeFlags::NO_DICT).with(TypeFlags::WEAK)
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module(MODULE, "Context variables.", FUNCTIONS);
    module.set("Context", context_class(vm).into_value());
    module.set("ContextVar", var_class(vm).into_value());
    module.set("Token", token_class(vm).into_value());
    module
}

// ---- contexts, for whoever runs something in one

fn context(vm: &mut Vm, values: Ref<Dict>, shared: bool) -> Value {
    let class = context_class(vm);
    Foreign::value(&class, Context { values: RefCell::new(values), shared: Cell::new(shared), outer: Slot::default() })
}

/// The current context.
pub fn current(vm: &mut Vm) -> Value {
    if vm.context.is_undef() {
        vm.context = context(vm, Dict::empty(), false);
    }
    vm.context.clone()
}

/// What a variable is in the current context, if it has been set there.
pub(super) fn value_of(vm: &Vm, var: &Value) -> Option<Value> {
    vm.context.foreign::<Context>()?.value(var)
}

/// A copy of the current context.
pub fn copy_current(vm: &mut Vm) -> Value {
    let from = current(vm);
    copy_of(vm, &from)
}

fn copy_of(vm: &mut Vm, from: &Value) -> Value {
    let Some(from) = from.foreign::<Context>() else { return context(vm, Dict::empty(), false) };
    let values = from.values.borrow().clone();
    // An empty dict is as cheap as none, and what is put into it needs no copy.
    if values.is_empty() {
        return context(vm, Dict::empty(), false);
    }
    from.shared.set(true);
    context(vm, values, true)
}

/// Go into `context`, which is no other than the current one at its end: [`leave`] goes back.
pub fn enter(vm: &mut Vm, context: &Value) -> Result<(), Exit> {
    let outer = current(vm);
    let Some(entered) = context.foreign::<Context>() else { return Err(vm.type_error("a context is needed")) };
    if !entered.outer.is_undef() {
        let text = (vm.hooks.repr)(vm, context)?.unwrap_or_default();
        let message = format!("cannot enter context: {} is already entered", String::from_utf8_lossy(&text));
        return Err(vm.runtime_error(message));
    }
    entered.outer.set(outer);
    vm.context = context.clone();
    Ok(())
}

/// Leave `context`, that [`enter`] has entered.
pub fn leave(vm: &mut Vm, context: &Value) {
    if let Some(entered) = context.foreign::<Context>() {
        let outer = entered.outer.take();
        if !outer.is_undef() {
            vm.context = outer;
        }
    }
}

// ---- contexts that are only made when somebody asks for them

/// The context for something that is to be run later, to be kept in a slot: a copy of the current one, or `None` for an empty
/// one that nobody has asked for yet.
pub fn share_current(vm: &mut Vm) -> Value {
    let empty = vm.context.foreign::<Context>().is_none_or(|current| current.values.borrow().is_empty());
    if empty { Value::NONE } else { copy_current(vm) }
}

/// Go into the context that `slot` holds, perhaps [`share_current`]'s `None`; `outer` keeps the way back.
pub fn go_into(vm: &mut Vm, slot: &Slot, outer: &Slot) -> Result<(), Exit> {
    if !slot.is_none() {
        return enter(vm, &slot.get());
    }
    if vm.context.is_undef() {
        current(vm);
    }
    outer.set(std::mem::take(&mut vm.context));
    Ok(())
}

/// Would [`go_into`] go into the context that `slot` holds?
pub fn may_go_into(slot: &Slot) -> bool {
    slot.with(|context| {
        context.is_none() || context.foreign::<Context>().is_some_and(|context| context.outer.is_undef())
    })
}

/// Leave it. If it has been made meanwhile the slot has it from now on.
pub fn go_out(vm: &mut Vm, slot: &Slot, outer: &Slot) {
    if !slot.is_none() {
        return leave(vm, &slot.get());
    }
    let made = std::mem::replace(&mut vm.context, outer.take());
    if !made.is_undef() {
        slot.set(made);
    }
}

/// The context that `slot` holds, made if nobody has asked for it before. `outer` is given where [`go_into`] was last with it.
pub fn made(vm: &mut Vm, slot: &Slot, outer: Option<&Slot>) -> Value {
    if !slot.is_none() {
        return slot.get();
    }
    let made = match outer {
        None => context(vm, Dict::empty(), false),
        Some(outer) => {
            // Contexts of the program may have been entered inside it: it is the outermost.
            let mut made = current(vm);
            while let Some(entered) = made.foreign::<Context>() {
                let further = entered.outer.get();
                if further.is_undef() {
                    entered.outer.set(outer.take());
                    break;
                }
                made = further;
            }
            made
        }
    };
    slot.set(made.clone());
    made
}

fn enter_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    enter(vm, &args[0]).map(|()| Value::NONE)
}

fn exit_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    leave(vm, &args[0]);
    Ok(Value::NONE)
}

// ---- Context

fn of<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Context, Exit> {
    args[0].foreign::<Context>().ok_or_else(|| vm.type_error("a Context is needed"))
}

fn context_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let keywords = args.last().and_then(|last| last.get::<Dict>()).is_some_and(|dict| !dict.is_empty());
    if keywords || args.len() > 2 {
        return Err(vm.type_error("Context() does not accept any arguments"));
    }
    Ok(context(vm, Dict::empty(), false))
}

fn copy_context(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(copy_current(vm))
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(copy_of(vm, &args[0]))
}

fn run(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(function), Some(keywords)) = (args.get(1), args.last()) else {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    };
    if args.len() < 3 {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    }
    let rest = Value::tuple(args[2..args.len() - 1].to_vec());
    vm.tail_prelude("context_run", vec![args[0].clone(), function.clone(), rest, keywords.clone()])
}

fn key(vm: &mut Vm, key: &Value) -> Result<(), Exit> {
    if key.foreign::<ContextVar>().is_some() {
        return Ok(());
    }
    let text = (vm.hooks.repr)(vm, key)?.unwrap_or_default();
    Err(vm.type_error(format!("a ContextVar key was expected, got {}", String::from_utf8_lossy(&text))))
}

impl Context {
    fn value(&self, var: &Value) -> Option<Value> {
        self.values.borrow().get(var, identity(var)).ok().flatten()
    }

    /// Set a variable, or with [`Value::UNDEF`] let it have no value.
    fn set(&self, var: &Value, value: Value) {
        if self.shared.replace(false) {
            let own = self.values.borrow().copy();
            drop(self.values.replace(own));
        }
        let values = self.values.borrow().clone();
        let hash = identity(var);
        if value.is_undef() {
            drop(values.remove(var, hash));
        } else {
            drop(values.set(var, hash, value));
        }
    }
}

fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    key(vm, &args[1])?;
    match of(vm, args)?.value(&args[1]) {
        Some(value) => Ok(value),
        None => Err(vm.key_error(&args[1])),
    }
}

fn contains(vm: &mut Vm, args: &[Value]) -> NativeResult {
    key(vm, &args[1])?;
    Ok(Value::bool(of(vm, args)?.value(&args[1]).is_some()))
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let values = of(vm, args)?.values.borrow().value();
    vm.iter_of(&values)
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(of(vm, args)?.values.borrow().len()))
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mine = of(vm, args)?.values.borrow().value();
    let Some(other) = args[1].foreign::<Context>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let yours = other.values.borrow().value();
    vm.tail_prelude("context_equal", vec![mine, yours])
}

fn get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    key(vm, &args[1])?;
    Ok(of(vm, args)?.value(&args[1]).or_else(|| arg(args, 2).cloned()).unwrap_or(Value::NONE))
}

fn view(vm: &mut Vm, args: &[Value], method: &[u8]) -> NativeResult {
    let values = of(vm, args)?.values.borrow().value();
    let method = vm.load_attr(&values, &intern(method))?;
    vm.tail_call(method, Vec::new())
}

fn keys(vm: &mut Vm, args: &[Value]) -> NativeResult {
    view(vm, args, b"keys")
}

fn values(vm: &mut Vm, args: &[Value]) -> NativeResult {
    view(vm, args, b"values")
}

fn items(vm: &mut Vm, args: &[Value]) -> NativeResult {
    view(vm, args, b"items")
}

// ---- ContextVar

fn var<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a ContextVar, Exit> {
    args[0].foreign::<ContextVar>().ok_or_else(|| vm.type_error("a ContextVar is needed"))
}

fn var_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].native::<Str>().is_none() {
        return Err(vm.type_error("context variable name must be a str"));
    }
    let default = arg(args, 2).cloned().unwrap_or(Value::UNDEF);
    let class = var_class(vm);
    Ok(Foreign::value(&class, ContextVar { name: Slot::new(args[1].clone()), default: Slot::new(default) }))
}

fn var_name(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(var(vm, std::slice::from_ref(me))?.name.get())
}

fn var_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let default = var(vm, args)?.default.get();
    let current = current(vm);
    if let Some(value) = current.foreign::<Context>().and_then(|context| context.value(&args[0])) {
        return Ok(value);
    }
    match arg(args, 1) {
        Some(given) => Ok(given.clone()),
        None if default.is_undef() => Err(vm.raise_with(&vm.types.lookup_error, vec![args[0].clone()])),
        None => Ok(default),
    }
}

fn var_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let context = current(vm);
    let Some(inside) = context.foreign::<Context>() else { return Err(vm.type_error("a Context is needed")) };
    let old = inside.value(&args[0]).unwrap_or(Value::UNDEF);
    inside.set(&args[0], args[1].clone());
    let token = Token {
        var: Slot::new(args[0].clone()),
        context: Slot::new(context.clone()),
        old: Slot::new(old),
        used: Cell::new(false),
    };
    let class = token_class(vm);
    Ok(Foreign::value(&class, token))
}

fn var_reset(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(token) = args[1].foreign::<Token>() else {
        return vm.tail_prelude("contextvar_wants_token", vec![args[1].clone()]);
    };
    if token.used.get() {
        return vm.tail_prelude("context_token_used", vec![args[1].clone()]);
    }
    if !token.var.get().is(&args[0]) {
        return vm.tail_prelude("context_token_elsewhere", vec![args[1].clone(), Value::str("ContextVar")]);
    }
    let context = current(vm);
    if !token.context.get().is(&context) {
        return vm.tail_prelude("context_token_elsewhere", vec![args[1].clone(), Value::str("Context")]);
    }
    token.used.set(true);
    if let Some(inside) = context.foreign::<Context>() {
        inside.set(&args[0], token.old.get());
    }
    Ok(Value::NONE)
}

fn var_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let default = var(vm, args)?.default.get();
    let default = Value::tuple(if default.is_undef() { Vec::new() } else { vec![default] });
    vm.tail_prelude("contextvar_repr", vec![args[0].clone(), default])
}

// ---- Token

fn token<'a>(vm: &Vm, me: &'a Value) -> Result<&'a Token, Exit> {
    me.foreign::<Token>().ok_or_else(|| vm.type_error("a Token is needed"))
}

fn token_new(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.runtime_error("Tokens can only be created by ContextVars"))
}

fn token_var(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(token(vm, me)?.var.get())
}

fn token_old(vm: &mut Vm, me: &Value) -> NativeResult {
    let old = token(vm, me)?.old.get();
    if !old.is_undef() {
        return Ok(old);
    }
    let class = token_class(vm);
    Ok(class.dict.get_str(&intern(b"MISSING")).unwrap_or(Value::NONE))
}

fn token_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let used = token(vm, &args[0])?.used.get();
    vm.tail_prelude("context_token_repr", vec![args[0].clone(), Value::bool(used)])
}

fn token_enter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn token_exit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let var = token(vm, &args[0])?.var.get();
    var_reset(vm, &[var, args[0].clone()])
}

fn missing_repr(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::str("<Token.MISSING>"))
}
