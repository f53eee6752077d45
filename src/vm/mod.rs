//! The machine: it runs code objects, and never calls itself.
//!
//! **Law 1.** A native returns a value, raises, or ends by asking for a call in its place ([`Exit::Call`],
//! [`Exit::Resume`]); it never runs Python code and goes on. So the Rust stack never holds a frame of the program: calls,
//! generators, callbacks and dunder methods are records on [`Vm`]'s control stack ([`frame`]).
//!
//! Where to look: `run` is the loop; `call` makes frames, `binding` puts arguments into them (`misfit` says why it cannot);
//! `construct` makes instances; `resume` is suspension, `fold` what natives do with all items of a generator, `async_step`
//! what an async generator's steps are; `drive` lets a native run one thing after the other, `question` gives what `len`, `hash`, `repr`, `str` and `bool` ask for; `unwind` finds handlers; `threads` lets several control stacks take turns, `signals` calls what the program wants called; `collect` frees cycles; `bodies` walks what is running;
//! `namespace`, `attribute`, `operator`, `iterate`, `build`, `pattern` are what
//! instructions mean on names and objects; `arguments` and `errors` are what natives use.

pub mod arguments;
mod async_step;
mod at_once;
mod attribute;
mod binding;
pub mod bodies;
mod build;
mod call;
pub mod collect;
mod construct;
mod delivery;
mod drive;
mod errors;
mod fold;
pub mod frame;
mod frames;
mod hooks;
mod import;
mod iterate;
pub mod limits;
mod misfit;
pub mod monitoring;
mod names;
mod namespace;
pub mod observer;
pub mod operator;
pub mod pad;
mod pattern;
mod question;
mod reports;
mod resume;
mod run;
pub mod signals;
mod super_object;
pub mod threads;
mod tracing;
mod types;
mod unwind;
pub mod view;

pub use call::call_quickly;
pub use drive::{Driven, Outcome};
pub use fold::Fold;
pub use hooks::{AtOnce, Awaited, Form, Hooks, Passed};
pub use import::{Found, Loader};
pub use names::Names;
pub use question::{Ask, Question};
pub use resume::Resume;
pub use types::Types;

use crate::host::Host;
use crate::object::async_step::StepKind;
use crate::object::kind::KINDS;
use crate::object::string::ascii_char;
use crate::object::{
    AsyncStep, Dict, Exception, Foreign, Function, Generator, Instance, Kind, Module, Object, Ref, Set, Str, Type,
    TypeFlags, Value, iter, stack,
};
use frame::Stack;
use frames::Frames;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How a native ends when it does not end with a value.
#[derive(Debug)]
pub enum Exit {
    /// It raises this exception.
    Raise(Value),
    /// What it comes to is what this call comes to.
    Call(Box<TailCall>),
    /// What it comes to is what resuming this generator comes to.
    Resume(Box<Resumption>),
    /// What it comes to is what this special method gives, if that is what it must be.
    Ask(Box<Ask>),
}

/// What a native comes to.
pub type NativeResult = Result<Value, Exit>;

/// A call that a native asks for.
#[derive(Debug)]
pub struct TailCall {
    /// What is called.
    pub callee: Value,
    /// Its positional arguments.
    pub args: Vec<Value>,
    /// Its keyword arguments: names and values.
    pub keywords: Vec<(Value, Value)>,
}

/// A resumption that a native asks for.
#[derive(Debug)]
pub struct Resumption {
    /// The generator.
    pub generator: Value,
    /// What for.
    pub how: Resuming,
}

/// What a native wants of a generator.
#[derive(Debug)]
pub enum Resuming {
    /// What it yields next; a return raises `StopIteration`.
    Once(Resume),
    /// What it yields next, after this exception that whoever throws it has until that is over.
    Thrown(Value),
    /// What it yields next, or this (`next(g, default)`).
    Or(Value),
    /// All its items, taken by this fold into this state; something may be put aside for it.
    Fold(Fold, [Value; 2]),
    /// It is no generator but a driver, which is to work until it has an outcome.
    Drive,
}

/// A binary operator in progress; see `operator`.
pub(crate) struct PendingOperator {
    pub op: operator::Operation,
    pub left: Value,
    pub right: Value,
    /// The next stage to try.
    pub stage: u8,
    /// Where the final result goes.
    pub to: frame::To,
    /// Is it the augmented form?
    pub inplace: bool,
}

/// `sys.getrecursionlimit()` at the beginning.
const RECURSION_LIMIT: usize = 1000;

/// The machine.
pub struct Vm {
    // What the run loop saves here before it calls out, and loads again after.
    pub(crate) pc: *const crate::bytecode::Op,
    pub(crate) base: *mut Value,
    pub(crate) function: *const Object<Function>,
    /// End of the value stack's use, while the running frame's registers are on the heap.
    pub(crate) top: *mut Value,
    /// What is sent into a delegation that is not direct.
    pub(crate) sent: Value,
    /// Back edges and calls until something else is looked at (signals, finalisers, limits).
    pub(crate) countdown: i64,
    /// What is yielded to this is handed over by the run loop without another test: `For`, or what no generator is resumed by
    /// while somebody watches.
    pub(crate) yielded_at_once: frame::Delivery,
    pub(crate) frames: Frames,
    pub(crate) stack: Stack,
    /// Values that deliveries hold while they wait: instances under construction, defaults of `next`.
    pub(crate) held: Vec<Value>,
    pub(crate) operators: Vec<PendingOperator>,
    /// A driver's wish is being carried out: what comes of it at once is put into `outcome`.
    driving: bool,
    outcome: Option<Outcome>,
    driven_steps: usize,
    /// The exception being handled, or `None`.
    pub(crate) handled: Value,
    /// The exception being raised was thrown in: its context stays as it is.
    pub(crate) context_stands: bool,
    /// The exception about to be raised goes on where it was stopped, so that finalisers could run.
    goes_on: bool,
    /// How long the program may go on.
    limits: limits::Limits,
    /// What leaves the run loop.
    pub(crate) result: Option<Result<Value, Value>>,
    /// Where the native that is running stands, for [`Vm::retry`].
    pub(crate) native: *const Value,
    /// What the running thread traces.
    pub(crate) tracer: tracing::Tracer,
    /// What tools want to know (`sys.monitoring`), if there are any.
    monitoring: Option<Box<monitoring::Monitoring>>,
    /// Whether the run loop reports to an observer.
    pub(crate) observer: Option<observer::Watch>,
    /// Of what it has not been told yet.
    untold: reports::Untold,
    /// Does somebody have to know of each return, or of each coroutine that is made: an observer, a frame object
    /// ([`view`]), a program that wants to know origins?
    pub(crate) returns_watched: bool,
    /// How many calls a new coroutine remembers (`sys.set_coroutine_origin_tracking_depth`).
    origin_depth: usize,
    /// Is there a trace or profile function, or a tool that monitors, whether or not one is being told of something now?
    traced: bool,
    /// How many function bodies on the control stack have frame objects.
    viewed_bodies: usize,
    /// `gc`
    pub collector: collect::Collector,
    /// `sys.getrecursionlimit()`
    pub recursion_limit: usize,
    /// The builtin classes.
    pub types: Types,
    pub(crate) kind_types: [Ref<Type>; KINDS],
    /// The strings of one ASCII character, at hand for the run loop.
    pub(crate) characters: Box<[Value; 128]>,
    /// Interned names.
    pub names: Names,
    /// The namespace of the module `builtins`.
    pub builtins: Ref<Dict>,
    /// The current context of `contextvars`, once there is one.
    pub context: Value,
    /// The running event loop of the running thread, or `None`.
    pub running_loop: Value,
    /// What `sys.set_asyncgen_hooks` was given in the running thread: `firstiter`, `finalizer`; `None` where nothing was.
    pub asyncgen_hooks: [Value; 2],
    /// The program has ended, and its objects go.
    pub is_finalizing: bool,
    /// The threads, and which of them runs.
    pub threads: threads::Threads,
    /// What is called when a signal arrives.
    pub handlers: signals::Handlers,
    /// `sys.modules`
    pub modules: Ref<Dict>,
    /// The door to the outside.
    pub host: Box<dyn Host>,
    /// Turns names and texts into modules and code.
    pub loader: Rc<dyn Loader>,
    pub(crate) prelude: FxHashMap<String, Value>,
    /// What the builtins give the machine.
    pub hooks: Hooks,
    /// Values that modules written in Rust keep between calls, by a name of their choice.
    pub state: FxHashMap<&'static str, Value>,
}

/// How many back edges and calls pass between two looks at signals and limits.
pub(crate) const SLICE: i64 = 10_000;

impl Vm {
    /// A machine with empty builtin classes, an empty `builtins` module, and this host and loader.
    pub fn new(host: Box<dyn Host>, loader: Rc<dyn Loader>) -> Vm {
        stack::allow(NATIVE_STACK);
        let types = Types::new();
        let kind_types = types.by_kind();
        let mut stack = Stack::new();
        let bottom = stack.bottom();
        Vm {
            pc: std::ptr::null(),
            base: bottom,
            function: std::ptr::null(),
            top: bottom,
            sent: Value::NONE,
            countdown: SLICE,
            yielded_at_once: frame::Delivery::For,
            frames: Frames::new(64, RECURSION_LIMIT),
            stack,
            held: Vec::new(),
            operators: Vec::new(),
            driving: false,
            outcome: None,
            driven_steps: 0,
            handled: Value::NONE,
            context_stands: false,
            goes_on: false,
            limits: limits::Limits::default(),
            result: None,
            native: std::ptr::null(),
            tracer: tracing::Tracer::default(),
            monitoring: None,
            observer: None,
            untold: reports::Untold::NONE,
            returns_watched: false,
            origin_depth: 0,
            traced: false,
            viewed_bodies: 0,
            collector: collect::Collector::default(),
            recursion_limit: RECURSION_LIMIT,
            types,
            kind_types,
            characters: Box::new(std::array::from_fn(|code| ascii_char(code as u8).into_value())),
            names: Names::default(),
            builtins: Dict::empty(),
            context: Value::UNDEF,
            running_loop: Value::NONE,
            asyncgen_hooks: [Value::NONE, Value::NONE],
            is_finalizing: false,
            threads: threads::Threads::default(),
            handlers: signals::Handlers::default(),
            modules: Dict::empty(),
            host,
            loader,
            prelude: FxHashMap::default(),
            hooks: Hooks::default(),
            state: FxHashMap::default(),
        }
    }

    /// Is a native function bound to something that it is a method of? If not, it was made into a method by the program.
    fn binds_itself(&self, native: &crate::object::NativeFunction, receiver: &Value) -> bool {
        match native.owner.get().to_ref::<Type>() {
            Some(owner) => receiver.is_kind(Kind::Method) || self.is_instance(receiver, &owner),
            None => receiver.is_kind(Kind::Module) || !native.home.get().is_none(),
        }
    }

    /// The class of an object of `kind` whose class cannot be changed, as far as methods found there may be remembered.
    #[inline(always)]
    pub(crate) fn builtin_class(&self, object: &Value, kind: Kind) -> &Ref<Type> {
        let other = match kind {
            Kind::Set if object.get::<Set>().is_some_and(|set| set.frozen) => Some(&self.types.frozenset),
            Kind::Set => Some(&self.types.set),
            Kind::Generator => object.get::<Generator>().map(|generator| {
                let flags = generator.function().map(|function| function.code().code.flags);
                match flags {
                    Some(flags) if generator.extra.is_undef() => match (flags.coroutine, flags.generator) {
                        (false, _) => &self.types.generator,
                        (true, false) => &self.types.coroutine,
                        (true, true) => &self.types.async_generator,
                    },
                    _ => &self.types.object,
                }
            }),
            _ => None,
        };
        other.unwrap_or(&self.kind_types[kind as usize])
    }

    /// The class of a value.
    pub fn class_of(&self, value: &Value) -> Ref<Type> {
        let Some(header) = value.header() else { return self.class_of_immediate(value).clone() };
        match header.kind {
            Kind::Instance => match value.get::<Instance>() {
                Some(instance) => instance.class().clone(),
                None => self.types.object.clone(),
            },
            Kind::Exception => match value.get::<Exception>() {
                Some(exception) => exception.class().clone(),
                None => self.types.base_exception.clone(),
            },
            Kind::Type => {
                let metaclass = value.get::<Type>().and_then(|class| class.metaclass());
                metaclass.unwrap_or_else(|| self.types.type_.clone())
            }
            Kind::Foreign => match value.get::<Foreign>() {
                Some(foreign) => foreign.class.clone(),
                None => self.types.object.clone(),
            },
            Kind::WeakRef => match value.get::<crate::object::WeakRef>() {
                Some(weak) => weak.class.clone(),
                None => self.types.object.clone(),
            },
            Kind::Set => match value.get::<Set>() {
                Some(set) if set.frozen => self.types.frozenset.clone(),
                _ => self.types.set.clone(),
            },
            Kind::Generator => self.class_of_generator(value),
            Kind::AsyncStep => match value.get::<AsyncStep>().map(|step| step.kind) {
                Some(StepKind::Send) | None => self.types.async_generator_asend.clone(),
                Some(StepKind::Throw | StepKind::Close) => self.types.async_generator_athrow.clone(),
            },
            Kind::Native => match value.get::<crate::object::NativeFunction>() {
                Some(native) if native.is_slot() => self.types.wrapper_descriptor.clone(),
                Some(native) if !native.owner.is_none() => self.types.method_descriptor.clone(),
                _ => self.types.builtin.clone(),
            },
            Kind::Method => match value.get::<crate::object::Method>() {
                Some(method) => match method.function.get::<crate::object::NativeFunction>() {
                    Some(native) if !self.binds_itself(&native, &method.receiver) => self.types.method.clone(),
                    Some(native) if native.is_slot() => self.types.method_wrapper.clone(),
                    Some(_) => self.types.builtin.clone(),
                    None => self.types.method.clone(),
                },
                None => self.types.method.clone(),
            },
            Kind::ClassMethod => match value.get::<crate::object::descriptor::ClassMethod>() {
                Some(wrapped) if wrapped.builtin => self.types.classmethod_descriptor.clone(),
                _ => self.types.classmethod.clone(),
            },
            Kind::Module => match value.get::<Module>().and_then(|module| module.class.get().to_ref::<Type>()) {
                Some(class) => class,
                None => self.types.module.clone(),
            },
            Kind::DictView => {
                use crate::object::dict::{DictView, ViewKind};
                match value.get::<DictView>().map(|view| view.kind) {
                    Some(ViewKind::Values) => self.types.dict_values.clone(),
                    Some(ViewKind::Items) => self.types.dict_items.clone(),
                    _ => self.types.dict_keys.clone(),
                }
            }
            Kind::Iter => self.iterator_class(value.get::<iter::Iter>().map_or("", |iter| iter.type_name)),
            kind => self.kind_types[kind as usize].clone(),
        }
    }

    fn class_of_immediate(&self, value: &Value) -> &Ref<Type> {
        if value.is_small() {
            &self.types.int
        } else if value.is_inline_float() {
            &self.types.float
        } else if value.as_bool().is_some() {
            &self.types.bool_
        } else if value.is_not_implemented() {
            &self.types.not_implemented
        } else if value.is(&Value::ELLIPSIS) {
            &self.types.ellipsis
        } else {
            &self.types.none
        }
    }

    fn class_of_generator(&self, value: &Value) -> Ref<Type> {
        let Some(generator) = value.get::<Generator>() else { return self.types.generator.clone() };
        if let Some(class) = generator.disguise() {
            return class;
        }
        match generator.code().map(|code| code.code.flags) {
            Some(flags) if flags.coroutine && flags.generator => self.types.async_generator.clone(),
            Some(flags) if flags.coroutine => self.types.coroutine.clone(),
            _ => self.types.generator.clone(),
        }
    }

    fn iterator_class(&self, name: &str) -> Ref<Type> {
        let t = &self.types;
        let class = match name {
            "tuple_iterator" => &t.tuple_iterator,
            "str_iterator" => &t.str_iterator,
            "str_ascii_iterator" => &t.str_ascii_iterator,
            "bytes_iterator" => &t.bytes_iterator,
            "bytearray_iterator" => &t.bytearray_iterator,
            "dict_keyiterator" => &t.dict_keyiterator,
            "dict_valueiterator" => &t.dict_valueiterator,
            "dict_itemiterator" => &t.dict_itemiterator,
            "dict_reversekeyiterator" => &t.dict_reversekeyiterator,
            "dict_reversevalueiterator" => &t.dict_reversevalueiterator,
            "dict_reverseitemiterator" => &t.dict_reverseitemiterator,
            "set_iterator" => &t.set_iterator,
            "list_reverseiterator" => &t.list_reverseiterator,
            "longrange_iterator" => &t.longrange_iterator,
            "zip" => &t.zip,
            "enumerate" => &t.enumerate,
            "reversed" => &t.reversed,
            // Of a module, which has said so.
            name => return self.state.get(name).and_then(|class| class.to_ref()).unwrap_or_else(|| t.object.clone()),
        };
        class.clone()
    }

    /// The name of a value's class with its module, where that is neither `builtins` nor the program's own: `%T` in CPython.
    pub fn full_type_name(&self, value: &Value) -> String {
        let class = self.class_of(value);
        let text = |name: &Value| name.get::<Str>().map(|name| name.to_string_lossy().into_owned());
        let qualname = text(&class.qualname.get()).unwrap_or_else(|| class.name());
        match class.dict.get_str(&self.names.module) {
            None => qualname,
            Some(module) => match text(&module) {
                Some(module) if module == "__main__" || module == "builtins" => qualname,
                Some(module) => format!("{module}.{qualname}"),
                // That of functions is the descriptor of an attribute of theirs.
                None if !class.flags().has(TypeFlags::HEAP) => qualname,
                None => format!("<unknown>.{qualname}"),
            },
        }
    }

    /// The name of a value's class, for messages. Classes of modules written in Rust are named with their module, as CPython
    /// names those written in C; so are those of our own modules that ask for it (`_as_builtin`).
    pub fn type_name(&self, value: &Value) -> String {
        self.shown_class(&self.class_of(value))
    }

    /// The same of a class itself.
    pub fn shown_class(&self, class: &Ref<Type>) -> String {
        let flags = class.flags();
        if !flags.has(TypeFlags::EXCEPTION)
            && let Some(module) = class.dict.get_str(&self.names.module)
            && let Some(module) = module.get::<Str>()
            && module.as_bytes() != b"builtins"
            && (!flags.has(TypeFlags::HEAP) || WRITTEN_IN_C.contains(&(module.as_bytes(), class.name().as_bytes())))
        {
            return format!("{}.{}", module.to_string_lossy(), class.name());
        }
        class.name()
    }

    /// `isinstance(value, class)` for a plain class: no `__instancecheck__` is asked.
    pub fn is_instance(&self, value: &Value, class: &Ref<Type>) -> bool {
        self.class_of(value).is_subclass(class)
    }
}

/// Native stack that natives may use when nobody says how much there is: fits a thread of 256 KiB.
const NATIVE_STACK: usize = 100 * 1024;

impl Vm {
    /// Say how many bytes of native stack natives that follow nested data may use from here on.
    pub fn set_native_stack(&mut self, bytes: usize) {
        stack::allow(bytes);
    }

    /// Is there too little native stack left to follow nested data one level further?
    pub fn native_stack_is_short(&self) -> bool {
        stack::is_short()
    }
}

/// Classes written in Python here that CPython has from C, and names accordingly.
const WRITTEN_IN_C: &[(&[u8], &[u8])] = &[
    (b"_io", b"BufferedRWPair"),
    (b"_queue", b"SimpleQueue"),
    (b"_thread", b"RLock"),
    (b"_thread", b"_local"),
    (b"collections", b"OrderedDict"),
    (b"collections", b"defaultdict"),
    (b"decimal", b"Context"),
    (b"decimal", b"Decimal"),
    (b"functools", b"KeyWrapper"),
    (b"posix", b"DirEntry"),
    (b"posix", b"ScandirIterator"),
    (b"zlib", b"Compress"),
    (b"zlib", b"Decompress"),
];

impl Exit {
    /// The exception, if that is what it is.
    pub fn exception(&self) -> Option<&Value> {
        match self {
            Exit::Raise(exception) => Some(exception),
            _ => None,
        }
    }
}
