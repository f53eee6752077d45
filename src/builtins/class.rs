//! `type`: making classes, and what classes can do.

use super::{getsets, install_functions, install_getsets, install_methods, install_static, natives};
use crate::object::class::{Type, TypeFlags};
use crate::object::descriptor::{ClassMethod, Member, Property, StaticMethod};
use crate::object::dict::MappingProxy;
use crate::object::function::Cell;
use crate::object::{Dict, Function, Instance, Kind, Ref, Slot, Str, Tuple, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, *args, **kwargs)" => init;
        "__call__(self, *args, **kwargs)" => call;
        "mro(self, /)" => mro;
        "__subclasses__(self, /)" => subclasses;
        "__instancecheck__(self, instance, /)" => instancecheck;
        "__subclasscheck__(self, subclass, /)" => subclasscheck;
        "__repr__(self, /)" => repr;
        "__or__(self, value, /)" => or;
        "__ror__(self, value, /)" => ror;
        "__dir__(self, /)" => dir;
    }
    STATIC {
        "__new__(cls, name, bases, namespace, /, **kwds)" => new;
    }
    CLASS {
        "__prepare__(cls, *args, **kwds)" => prepare;
    }
    FUNCTIONS {
        "__build_class__(func, name, /, *bases, **kwds)" => build_class;
    }
    PRELUDE {
        "_winner(metaclass, bases, /)" => winner;
        "_run_body(func, namespace, /)" => run_body;
    }
}

getsets! {
    ATTRIBUTES {
        "__name__" => get_name, set_name;
        "__qualname__" => get_qualname, set_qualname;
        "__module__" => get_module, set_module;
        "__bases__" => get_bases;
        "__base__" => get_base;
        "__mro__" => get_mro;
        "__dict__" => get_dict;
        "__doc__" => get_doc, set_doc;
        "__annotations__" => get_annotations, set_annotations;
        "__annotate__" => get_annotate;
        "__abstractmethods__" => get_abstract, set_abstract;
        "__flags__" => get_flags;
        "__type_params__" => get_type_params;
    }
}

/// Fill `type`.
pub fn install(vm: &mut Vm) {
    let class = vm.types.type_.clone();
    install_methods(&class, METHODS);
    install_static(&class, STATIC);
    super::install_class_methods(&class, CLASS);
    install_getsets(&class, ATTRIBUTES);
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn the_class(vm: &mut Vm, value: &Value) -> Result<Ref<Type>, Exit> {
    value.to_ref::<Type>().ok_or_else(|| vm.type_error("a class was expected"))
}

fn call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // `type.__call__(cls, ...)` said explicitly, or through `super()` of a metaclass.
    let class = args[0].clone();
    let kwargs = args.last().cloned().unwrap_or(Value::NONE);
    let positional = Value::tuple(args[1..args.len() - 1].to_vec());
    vm.tail_prelude("call_class", vec![class, positional, kwargs])
}

/// Everything was done by `__new__`.
fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args.len() - 2 {
        1 | 3 => Ok(Value::NONE),
        _ => Err(vm.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

fn mro(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    let classes = class.mro.borrow().iter().map(|class| class.value()).collect();
    Ok(Value::list(classes))
}

fn subclasses(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    Ok(Value::list(class.subclasses().into_iter().map(Ref::into_value).collect()))
}

fn instancecheck(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    Ok(Value::bool(vm.is_instance(&args[1], &class)))
}

fn subclasscheck(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    match args[1].get::<Type>() {
        Some(sub) => Ok(Value::bool(sub.is_subclass(&class))),
        None => Err(vm.type_error("issubclass() arg 1 must be a class")),
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    let text = |value: &Value| value.get::<Str>().map(|s| s.to_string_lossy().into_owned());
    let qualname = text(&class.qualname.get()).unwrap_or_default();
    let module = class.dict.get_str(&vm.names.module).as_ref().and_then(text);
    Ok(Value::str(match module {
        Some(module) if module != "builtins" => format!("<class '{module}.{qualname}'>"),
        _ => format!("<class '{qualname}'>"),
    }))
}

fn or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("make_union", vec![args[0].clone(), args[1].clone()])
}

fn ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("make_union", vec![args[1].clone(), args[0].clone()])
}

fn dir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(super::object::names_of(vm, &args[0])))
}

fn prepare(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::object(Dict::empty()))
}

fn build_class(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let kwds = args.last().cloned().unwrap_or(Value::NONE);
    let bases = Value::tuple(args[2..args.len() - 1].to_vec());
    vm.tail_prelude("build_class", vec![args[0].clone(), args[1].clone(), bases, kwds])
}

/// The most derived metaclass among `metaclass` and those of the bases.
fn winner(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut winner = the_class(vm, &args[0])?;
    let bases = args[1].get::<Tuple>().map_or_else(Vec::new, |tuple| tuple.items().to_vec());
    for base in bases {
        let candidate = vm.class_of(&base);
        if winner.is_subclass(&candidate) {
            continue;
        }
        if candidate.is_subclass(&winner) {
            winner = candidate;
            continue;
        }
        let message = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                       metaclasses of all its bases";
        return Err(vm.type_error(message));
    }
    Ok(winner.into_value())
}

fn run_body(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_call(args[0].clone(), vec![args[1].clone()])
}

/// The linearisation of a class (C3): itself is not part of it.
fn linearise(vm: &mut Vm, bases: &[Ref<Type>]) -> Result<Vec<Ref<Type>>, Exit> {
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

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let metaclass = the_class(vm, &args[0])?;
    let Some(name) = args[1].native::<Str>() else {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("type.__new__() argument 1 must be str, not {got}")));
    };
    let Some(bases) = args[2].native::<Tuple>() else {
        let got = vm.type_name(&args[2]);
        return Err(vm.type_error(format!("type.__new__() argument 2 must be tuple, not {got}")));
    };
    let Some(namespace) = args[3].native::<Dict>() else {
        let got = vm.type_name(&args[3]);
        return Err(vm.type_error(format!("type.__new__() argument 3 must be dict, not {got}")));
    };
    let mut parents = Vec::new();
    for base in bases.items() {
        let Some(base) = base.to_ref::<Type>() else {
            return Err(vm.type_error("bases must be types"));
        };
        if base.flags().has(TypeFlags::FINAL) {
            return Err(vm.type_error(format!("type '{}' is not an acceptable base type", base.name())));
        }
        if parents.iter().any(|other: &Ref<Type>| other.is(&base)) {
            return Err(vm.type_error(format!("duplicate base class {}", base.name())));
        }
        parents.push(base);
    }
    if parents.is_empty() {
        parents.push(vm.types.object.clone());
    }
    let winner = winner(vm, &[metaclass.value(), args[2].clone()])?;
    let metaclass = the_class(vm, &winner)?;
    let ancestors = linearise(vm, &parents)?;
    let layouts: Vec<Kind> = parents.iter().filter_map(|base| base.layout.get()).collect();
    let exceptional = parents.iter().any(|base| base.flags().has(TypeFlags::EXCEPTION));
    if layouts.windows(2).any(|pair| pair[0] != pair[1]) || (exceptional && !layouts.is_empty()) {
        return Err(vm.type_error("multiple bases have instance lay-out conflict"));
    }
    let mut flags = TypeFlags::HEAP;
    if exceptional {
        flags = flags.with(TypeFlags::EXCEPTION);
    }
    if parents.iter().any(|base| base.flags().has(TypeFlags::METACLASS)) {
        flags = flags.with(TypeFlags::METACLASS);
    }
    let is_metaclass = flags.has(TypeFlags::METACLASS);
    if !layouts.is_empty() && !is_metaclass {
        flags = flags.with(TypeFlags::PAYLOAD);
    }
    let class = Type::new(&name.to_string_lossy(), parents.clone(), ancestors, flags);
    if !metaclass.is(&vm.types.type_) {
        class.set_metaclass(metaclass);
    }
    let hooks = fill(vm, &class, &namespace)?;
    slots(vm, &class, &parents, &name)?;
    // A slot may have this name, so it is given its default after them.
    if class.dict.get_str(&vm.names.doc).is_none() {
        class.dict.set_str(&vm.names.doc.clone(), Value::NONE);
    }
    class.invalidate();
    vm.refresh_flags(&class);
    finish(vm, class, hooks, args[4].clone())
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
            b"__qualname__" => {
                class.qualname.set(value);
                continue;
            }
            b"__new__" if value.is_kind(Kind::Function) => {
                value = Value::object(Ref::new(StaticMethod { function: value, dict: Slot::default() }));
            }
            b"__init_subclass__" | b"__class_getitem__" if value.is_kind(Kind::Function) => {
                value = Value::object(Ref::new(ClassMethod { function: value, dict: Slot::default() }));
            }
            _ => {}
        }
        match value.kind() {
            Some(Kind::Property) => {
                if let Some(property) = value.get::<Property>()
                    && property.name.is_undef()
                {
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
    let names = &vm.names;
    if class.dict.get_str(&names.eq).is_some() && class.dict.get_str(&names.hash).is_none() {
        class.dict.set_str(&names.hash, Value::NONE);
    }
    if class.dict.get_str(&names.module).is_none() {
        let module = vm.current_globals().and_then(|globals| globals.get_str(&vm.names.name));
        class.dict.set_str(&vm.names.module.clone(), module.unwrap_or_else(|| Value::str("builtins")));
    }
    Ok(hooks)
}

/// `__slots__`
fn slots(vm: &mut Vm, class: &Ref<Type>, parents: &[Ref<Type>], name: &Ref<Str>) -> Result<(), Exit> {
    let Some(slots) = class.dict.get_str(&vm.names.slots) else {
        return Ok(());
    };
    let listed = if slots.is_kind(Kind::Str) { vec![slots] } else { vm.native_items(&slots)?.unwrap_or_default() };
    let mut dict = false;
    for slot in listed {
        let Some(text) = slot.native::<Str>() else {
            let got = vm.type_name(&slot);
            return Err(vm.type_error(format!("__slots__ items must be strings, not '{got}'")));
        };
        let shown = text.to_string_lossy().into_owned();
        if shown == "__dict__" {
            dict = true;
            continue;
        }
        if shown == "__weakref__" {
            continue;
        }
        let mangled = if shown.starts_with("__") && !shown.ends_with("__") {
            format!("_{}{shown}", name.to_string_lossy().trim_start_matches('_'))
        } else {
            shown.clone()
        };
        let member = intern(mangled.as_bytes());
        if class.dict.get_str(&member).is_some() {
            return Err(vm.value_error(format!("'{shown}' in __slots__ conflicts with class variable")));
        }
        let value = Member::of(member.clone(), class.clone());
        class.dict.set_str(&member, Value::object(Ref::new(value)));
    }
    let object = vm.types.object.clone();
    let parents_without = parents.iter().all(|base| base.is(&object) || base.flags().has(TypeFlags::NO_DICT));
    if !dict && parents_without {
        class.set_flags(class.flags().with(TypeFlags::NO_DICT));
    }
    Ok(())
}

fn finish(vm: &mut Vm, class: Ref<Type>, hooks: Vec<Value>, kwds: Value) -> NativeResult {
    let init = intern(b"__init_subclass__");
    let own = vm.types.object.dict.get_str(&init);
    let inherited = class.mro.borrow()[1..].iter().find_map(|ancestor| ancestor.dict.get_str(&init));
    let plain = inherited.zip(own).is_some_and(|(inherited, own)| inherited.is(&own));
    let no_kwds = kwds.get::<Dict>().is_none_or(|kwds| kwds.is_empty());
    if hooks.is_empty() && plain && no_kwds {
        return Ok(class.into_value());
    }
    vm.tail_prelude("finish_class", vec![class.into_value(), Value::list(hooks), kwds])
}

fn get_name(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_class(vm, value)?.name.get())
}

fn set_text(vm: &mut Vm, value: &Value, text: Value, what: &str) -> Result<Ref<Type>, Exit> {
    let class = the_class(vm, value)?;
    if !class.flags().has(TypeFlags::HEAP) {
        let message = format!("cannot set '{what}' attribute of immutable type '{}'", class.name());
        return Err(vm.type_error(message));
    }
    if !text.is_kind(Kind::Str) {
        let message = format!("can only assign string to {}.{what}, not '{}'", class.name(), vm.type_name(&text));
        return Err(vm.type_error(message));
    }
    Ok(class)
}

fn set_name(vm: &mut Vm, value: &Value, text: Value) -> NativeResult {
    set_text(vm, value, text.clone(), "__name__")?.name.set(text);
    Ok(Value::NONE)
}

fn get_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_class(vm, value)?.qualname.get())
}

fn set_qualname(vm: &mut Vm, value: &Value, text: Value) -> NativeResult {
    set_text(vm, value, text.clone(), "__qualname__")?.qualname.set(text);
    Ok(Value::NONE)
}

fn get_module(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(class.dict.get_str(&vm.names.module).unwrap_or_else(|| Value::str("builtins")))
}

fn set_module(vm: &mut Vm, value: &Value, module: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    class.set_attr(&vm.names.module.clone(), module);
    Ok(Value::NONE)
}

fn get_bases(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let bases = class.bases.borrow().iter().map(|base| base.value()).collect();
    Ok(Value::tuple(bases))
}

fn get_base(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let bases = class.bases.borrow();
    let best = bases.iter().find(|base| base.layout.get().is_some()).or(bases.first());
    Ok(best.map_or(Value::NONE, |base| base.value()))
}

fn get_mro(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let mro = class.mro.borrow().iter().map(|class| class.value()).collect();
    Ok(Value::tuple(mro))
}

fn get_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(Value::object(Ref::new(MappingProxy { mapping: class.dict.value() })))
}

fn get_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(class.dict.get_str(&vm.names.doc).unwrap_or(Value::NONE))
}

fn set_doc(vm: &mut Vm, value: &Value, doc: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    class.set_attr(&vm.names.doc.clone(), doc);
    Ok(Value::NONE)
}

fn get_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    if let Some(known) = class.dict.get_str(&vm.names.annotations) {
        return Ok(known);
    }
    let cached = intern(b"__annotations_cache__");
    if let Some(known) = class.dict.get_str(&cached) {
        return Ok(known);
    }
    let annotate = get_annotate(vm, value)?;
    if annotate.is_none() {
        let empty = Value::object(Dict::empty());
        class.dict.set_str(&cached, empty.clone());
        return Ok(empty);
    }
    vm.tail_prelude("annotations_of", vec![value.clone(), annotate])
}

fn set_annotations(vm: &mut Vm, value: &Value, annotations: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    class.set_attr(&vm.names.annotations.clone(), annotations);
    Ok(Value::NONE)
}

fn get_annotate(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let name = intern(b"__annotate_func__");
    Ok(class.dict.get_str(&name).or_else(|| class.dict.get_str(&vm.names.annotate)).unwrap_or(Value::NONE))
}

fn get_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let name = intern(b"__abstractmethods__");
    match class.dict.get_str(&name) {
        Some(names) => Ok(names),
        None => Err(vm.no_attribute(value, &name)),
    }
}

fn set_abstract(vm: &mut Vm, value: &Value, names: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    class.set_attr(&intern(b"__abstractmethods__"), names);
    Ok(Value::NONE)
}

fn get_flags(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(Value::int(class.flags().0 as i64))
}

fn get_type_params(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(class.dict.get_str(&intern(b"__type_params__")).unwrap_or_else(|| Value::tuple(Vec::new())))
}

/// `isinstance(value, class)` as far as it needs no Python code: `None` when an `__instancecheck__` must be asked.
pub fn is_instance(vm: &mut Vm, value: &Value, class: &Value) -> Result<Option<bool>, Exit> {
    if let Some(plain) = class.to_ref::<Type>() {
        let custom = plain.metaclass().and_then(|meta| meta.lookup(&vm.names.instancecheck));
        if custom.is_some_and(|method| method.is_kind(Kind::Function)) && !vm.class_of(value).is(&plain) {
            return Ok(None);
        }
        return Ok(Some(vm.is_instance(value, &plain)));
    }
    if let Some(tuple) = class.native::<Tuple>() {
        if vm.native_stack_is_short() {
            return Err(vm.recursion_error("maximum recursion depth exceeded in __instancecheck__"));
        }
        for class in tuple.items() {
            match is_instance(vm, value, class)? {
                Some(false) => {}
                other => return Ok(other),
            }
        }
        return Ok(Some(false));
    }
    if class.is_kind(Kind::Instance) && vm.class_of(class).lookup(&vm.names.instancecheck).is_some() {
        return Ok(None);
    }
    Err(vm.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"))
}

/// Is the value an instance that keeps attributes?
pub fn keeps_attributes(value: &Value) -> bool {
    value.get::<Instance>().is_some() || value.get::<Function>().is_some()
}
