//! Making instances: what calling a class does (language reference 3.3.1, `type.__call__`).

use super::binding::{Arguments, split};
use super::frame::{Delivery, To};
use super::{Exit, NativeResult, Vm};
use crate::object::descriptor::{ClassMethod, StaticMethod};
use crate::object::native::NativeDef;
use crate::object::{Dict, Exception, Instance, Kind, NativeFunction, Ref, Tuple, Type, TypeFlags, Value, intern};

/// `Type::constructor`, 0 while it is not found out: a plain instance, then `Type::init`, a function written in Python.
pub(super) const PLAIN_WITH_INIT: u32 = 1;
/// A plain instance and nothing else; no arguments.
pub(super) const PLAIN: u32 = 2;
/// An exception whose `args` are the arguments.
pub(super) const EXCEPTION: u32 = 3;
/// What the native `__new__` in `Type::init` gives for the class and the arguments.
pub(super) const NATIVE: u32 = 4;
/// `type` itself: with one argument, the class of that.
pub(super) const CLASS_OF: u32 = 5;

impl Vm {
    /// Call a class.
    pub(super) fn construct(
        &mut self,
        callee: Value,
        args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
        to: To,
    ) -> Result<(), Value> {
        let Some(class) = callee.to_ref::<Type>() else { return Err(self.internal("not a class")) };
        if let Some(metaclass) = class.metaclass()
            && let Some(call) = metaclass.lookup(&self.names.call)
            && !call.is_kind(Kind::Native)
        {
            return match self.bind(&call, &callee, &metaclass) {
                Ok(bound) => self.invoke_owned(bound, args, keywords, to),
                // What is to be called is for Python code to say.
                Err(Exit::Call(_)) => {
                    let args = [vec![call, callee], args].concat();
                    match self.prelude_function("call_special") {
                        Ok(function) => self.invoke_owned(function, args, keywords, to),
                        Err(exit) => self.exit(exit, to),
                    }
                }
                Err(exit) => self.exit(exit, to),
            };
        }
        self.construct_default(class, args, keywords, to)
    }

    /// `type.__call__`
    pub(super) fn construct_default(
        &mut self,
        class: Ref<Type>,
        args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
        to: To,
    ) -> Result<(), Value> {
        if class.is(&self.types.type_) && args.len() == 1 && keywords.is_empty() {
            class.constructor.set(CLASS_OF);
            let class = self.class_of(&args[0]);
            return self.deliver(class.into_value(), to);
        }
        if class.is(&self.types.type_) && args.len() != 3 {
            let message = match args.len() {
                1 => "type() takes no keyword arguments",
                _ => "type() takes 1 or 3 arguments",
            };
            self.abandon(to);
            return Err(self.exception_of(self.type_error(message)));
        }
        if class.constructor.get() == EXCEPTION && keywords.is_empty() {
            return self.deliver(Exception::of(&class, args).into_value(), to);
        }
        let new = class.lookup(&self.names.new).unwrap_or(Value::NONE);
        let new = match new.get::<StaticMethod>() {
            Some(wrapped) => wrapped.function.clone(),
            None => new,
        };
        let (new, args) = match new.get::<ClassMethod>() {
            Some(wrapped) => (wrapped.function.clone(), [vec![class.value()], args].concat()),
            None => (new, args),
        };
        if new.is_kind(Kind::Function)
            && class.subclasses().is_empty()
            && self.is_object_init(&class.lookup(&self.names.init).unwrap_or(Value::NONE))
        {
            // Whatever it makes, nothing initialises it.
            let mut all = vec![class.value()];
            all.extend(args);
            let (names, mut named) = split(keywords);
            let given = Arguments { positional: &mut all, names: &names, named: &mut named };
            return self.call_function(new, given, to);
        }
        if !new.is_kind(Kind::Native) {
            let new = if new.is_kind(Kind::Function) { new } else { Value::NONE };
            let result = self.tail_prelude("construct", vec![class.value(), new, Value::tuple(args), pairs(keywords)]);
            return self.complete(result, to);
        }
        let init = class.lookup(&self.names.init).unwrap_or(Value::NONE);
        let native_init = init.is_kind(Kind::Native);
        let builtin = !class.flags().has(TypeFlags::HEAP);
        if builtin && !class.is(&self.types.object) && self.is_object_new(&new) && self.is_object_init(&init) {
            // A builtin class without a constructor of its own: only the machine makes its instances.
            self.abandon(to);
            let message = format!("cannot create '{}' instances", self.shown_class(&class));
            return Err(self.exception_of(self.type_error(message)));
        }
        let exceptional = class.flags().has(TypeFlags::EXCEPTION);
        if !exceptional && class.layout.get().is_none() && self.is_object_new(&new) {
            if native_init && self.is_object_init(&init) {
                if !args.is_empty() || !keywords.is_empty() {
                    let message = format!("{}() takes no arguments", self.shown_class(&class));
                    self.abandon(to);
                    return Err(self.exception_of(self.type_error(message)));
                }
                if let Err(exit) = self.check_instantiable(&class) {
                    return self.exit(exit, to);
                }
                class.constructor.set(PLAIN);
                return self.deliver(Value::object(Instance::of(&class)), to);
            }
            if let Err(exit) = self.check_instantiable(&class) {
                return self.exit(exit, to);
            }
            if init.is_kind(Kind::Function) {
                class.constructor.set(PLAIN_WITH_INIT);
                class.init.set(init.clone());
            }
            return self.initialise(Value::object(Instance::of(&class)), init, args, keywords, to);
        }
        if exceptional && self.is_exception_new(&new) {
            let exception = Value::object(Exception::of(&class, args.clone()));
            if native_init && self.is_exception_init(&init) {
                if !keywords.is_empty() {
                    let message = format!("{}() takes no keyword arguments", self.shown_class(&class));
                    self.abandon(to);
                    return Err(self.exception_of(self.type_error(message)));
                }
                class.constructor.set(EXCEPTION);
                return self.deliver(exception, to);
            }
            return self.initialise(exception, init, args, keywords, to);
        }
        // A native `__new__` of a builtin class.
        let mut all = vec![class.value()];
        all.extend(args.iter().cloned());
        let make = if builtin { self.maker(&class) } else { None };
        let made_in_one = make.is_some();
        if let Some(make) = make.filter(|_| keywords.is_empty()) {
            // The next call finds it at once.
            class.constructor.set(NATIVE);
            class.init.set(make);
        }
        if builtin && args.is_empty() && class.is(&self.types.dict) {
            if keywords.iter().any(|(name, _)| name.native::<crate::object::Str>().is_none()) {
                self.abandon(to);
                return Err(self.exception_of(self.type_error("keywords must be strings")));
            }
            return self.deliver(pairs(keywords), to);
        }
        let plain_init = native_init && (self.is_object_init(&init) || class.is(&self.types.super_));
        if plain_init && !made_in_one {
            class.constructor.set(NATIVE);
            class.init.set(new.clone());
        }
        let (names, mut named) = split(keywords.clone());
        let given = Arguments { positional: &mut all, names: &names, named: &mut named };
        // When `__init__` is written in Python it may take what `__new__` of the builtin does not.
        match self.call_native(&new, given) {
            Ok(instance) => {
                let made = self.class_of(&instance);
                // `type(...)` may have made a class of another metaclass, whose `__init__` it is.
                let init = if made.is(&class) { init } else { made.lookup(&self.names.init).unwrap_or(Value::NONE) };
                if !made.is_subclass(&class) || self.is_object_init(&init) {
                    return self.deliver(instance, to);
                }
                self.initialise(instance, init, args, keywords, to)
            }
            Err(exit) if plain_init => self.exit(exit, to),
            Err(Exit::Raise(exception)) => {
                self.abandon(to);
                Err(exception)
            }
            Err(exit) => {
                // `__new__` needs Python code first, and `__init__` has to follow: the prelude does one after the other.
                drop(exit);
                let result =
                    self.tail_prelude("construct", vec![class.value(), new, Value::tuple(args), pairs(keywords)]);
                self.complete(result, to)
            }
        }
    }

    /// What makes the instances of a builtin class that is called with nothing but arguments by position, in one.
    fn maker(&mut self, class: &Ref<Type>) -> Option<Value> {
        let types = &self.types;
        let name: &[u8] = match () {
            _ if class.is(&types.list) => b"_list_make",
            _ if class.is(&types.dict) => b"_dict_make",
            _ if class.is(&types.set) => b"_set_make",
            _ if class.is(&types.map) => b"_map_make",
            _ if class.is(&types.zip) => b"_zip_make",
            _ => return None,
        };
        let make = self.prelude_globals().get_str(&intern(name))?;
        // The run loop calls only natives whose signatures are known.
        make.get::<NativeFunction>()?.signature();
        Some(make)
    }

    /// Have the instances of this builtin class made by `make`, if it is called with nothing but arguments by position: what
    /// `__new__` and `__init__` would do one after the other.
    pub fn make_in_one(&self, class: &Ref<Type>, make: &'static NativeDef) {
        let make = NativeFunction::new(make, Value::NONE);
        // The run loop calls only natives whose signatures are known.
        make.signature();
        class.constructor.set(NATIVE);
        class.init.set(Value::object(make));
    }

    /// End a native that makes instances, called with the class and one argument: Python code makes and fills one.
    pub fn construct_in_python(&mut self, args: &[Value]) -> NativeResult {
        let (class, rest) = (args[0].clone(), Value::tuple(args[1..].to_vec()));
        self.tail_prelude("construct", vec![class, Value::NONE, rest, Value::object(Dict::empty())])
    }

    /// Call a class whose constructor is [`PLAIN_WITH_INIT`].
    pub(super) fn construct_with_init(&mut self, class: &Ref<Type>, args: Arguments<'_>, to: To) -> Result<(), Value> {
        let instance = Instance::of(class).into_value();
        let mut positional = Vec::with_capacity(args.positional.len() + 1);
        positional.push(instance.clone());
        positional.extend(args.positional.iter_mut().map(std::mem::take));
        self.held.push(instance);
        let args = Arguments { positional: &mut positional, names: args.names, named: args.named };
        self.call_function(class.init.get(), args, To::by(Delivery::Init, to.dst))
    }

    fn initialise(
        &mut self,
        instance: Value,
        init: Value,
        mut args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
        to: To,
    ) -> Result<(), Value> {
        if to.delivery != Delivery::Call && to.delivery != Delivery::Discard {
            // Only a register can wait for the instance: the prelude waits for it on behalf of anything else.
            let class = self.class_of(&instance).into_value();
            let call = vec![class, instance, init, Value::tuple(args), pairs(keywords)];
            let result = self.tail_prelude("initialise", call);
            return self.complete(result, to);
        }
        args.insert(0, instance.clone());
        self.held.push(instance);
        match init.kind() {
            Some(Kind::Function | Kind::Native) => {}
            _ => {
                // `__init__` is something odd (a partial, a class); bind it as an attribute would be.
                let receiver = args.remove(0);
                let class = self.class_of(&receiver);
                let to = To::by(Delivery::Init, to.dst);
                return match self.bind(&init, &receiver, &class) {
                    Ok(bound) => self.invoke_owned(bound, args, keywords, to),
                    // What is to be called is for Python code to say.
                    Err(Exit::Call(_)) => match self.prelude_function("call_special") {
                        Ok(function) => {
                            args.splice(..0, [init, receiver]);
                            self.invoke_owned(function, args, keywords, to)
                        }
                        Err(exit) => self.exit(exit, to),
                    },
                    Err(exit) => self.exit(exit, to),
                };
            }
        }
        self.invoke_owned(init, args, keywords, To::by(Delivery::Init, to.dst))
    }

    /// `TypeError` for a class with abstract methods.
    pub fn check_instantiable(&mut self, class: &Ref<Type>) -> Result<(), Exit> {
        if !class.flags().has(TypeFlags::HEAP) {
            return Ok(());
        }
        let name = crate::object::intern(b"__abstractmethods__");
        let Some(missing) = class.dict.get_str(&name) else { return Ok(()) };
        let Some(missing) = missing.get::<crate::object::Set>() else { return Ok(()) };
        let text = |name: &Value| name.get::<crate::object::Str>().map(|s| format!("'{}'", s.to_string_lossy()));
        let mut names: Vec<String> = missing.to_vec().iter().filter_map(text).collect();
        if names.is_empty() {
            return Ok(());
        }
        names.sort();
        let plural = if names.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} without an implementation for abstract method{plural} {}",
            self.shown_class(class),
            names.join(", ")
        );
        Err(self.type_error(message))
    }

    fn is_object_new(&self, new: &Value) -> bool {
        unwrapped(self.types.object.dict.get_str(&self.names.new)).is(new)
    }

    fn is_object_init(&self, init: &Value) -> bool {
        self.types.object.dict.get_str(&self.names.init).is_some_and(|own| own.is(init))
    }

    fn is_exception_new(&self, new: &Value) -> bool {
        unwrapped(self.types.base_exception.dict.get_str(&self.names.new)).is(new) || self.is_object_new(new)
    }

    fn is_exception_init(&self, init: &Value) -> bool {
        let own = self.types.base_exception.dict.get_str(&self.names.init);
        own.is_some_and(|own| own.is(init)) || self.is_object_init(init)
    }

    /// A call as prelude functions take it: positional arguments as a tuple, keyword arguments as a dict.
    pub fn packed(args: &[Value], keywords: Vec<(Value, Value)>) -> (Value, Value) {
        (Value::object(Ref::<Tuple>::from_slice(args)), pairs(keywords))
    }
}

fn unwrapped(new: Option<Value>) -> Value {
    match new {
        Some(new) => match new.get::<StaticMethod>() {
            Some(wrapped) => wrapped.function.clone(),
            None => new,
        },
        None => Value::NONE,
    }
}

/// Keyword arguments as a dict.
pub(super) fn pairs(keywords: Vec<(Value, Value)>) -> Value {
    let dict = Dict::empty();
    for (name, value) in keywords {
        if let Some(name) = name.get::<crate::object::Str>() {
            dict.set_str(&name, value);
        }
    }
    Value::object(dict)
}

/// The positional arguments of a call with `*`.
pub(super) fn spread(args: &Value) -> Vec<Value> {
    if let Some(tuple) = args.native::<Tuple>() {
        return tuple.items().to_vec();
    }
    args.get::<crate::object::List>().map_or_else(Vec::new, |list| list.to_vec())
}
