//! Functions written in Python, their code and their shared variables.

use super::dict::Dict;
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::native::QuickFn;
use super::slot::Slot;
use super::string::{Str, intern};
use super::value::Value;
use crate::bytecode::{Code, CodeKind, Constant, Op};
use std::cell::{Cell as StdCell, OnceCell};
use std::rc::Rc;

/// A variable that several functions share.
pub struct Cell {
    /// Its content, [`Value::UNDEF`] while it has none.
    pub content: Slot,
}

impl HeapKind for Cell {
    const KIND: Kind = Kind::Cell;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.content.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.content.set(Value::UNDEF);
    }
}

/// `header.flags` of a function: it has made generators, coroutines or async generators, which are named after it.
pub const HAS_MADE: u8 = 2;

/// What a look-up found.
pub struct Finding {
    /// What must still be so for it to hold: see `vm::attribute` and the global instructions. The lower half is the number
    /// of a shape, class or dict, which no two of them share.
    pub key: StdCell<u64>,
    /// What was found.
    pub found: StdCell<u64>,
    /// A second part of it (the raw word of a method, alive as long as its class is unchanged).
    pub word: StdCell<u64>,
}

impl Finding {
    fn nothing() -> Finding {
        Finding { key: StdCell::new(u64::MAX), found: StdCell::new(0), word: StdCell::new(0) }
    }

    fn set(&self, key: u64, found: u64, word: u64) {
        self.key.set(key);
        self.found.set(found);
        self.word.set(word);
    }
}

/// How many findings a site remembers beside the latest.
const EARLIER: usize = 3;

/// A place in the code that looks a name up, with what it found lately. Most places meet one shape or class only; those
/// that meet a few (a method of a base class, say) remember a few.
pub struct SiteCache {
    /// The name.
    pub name: Ref<Str>,
    /// The latest finding.
    pub latest: Finding,
    earlier: OnceCell<Box<Earlier>>,
    /// What is to be asked of the callee found here first, once that is known.
    pub direct: OnceCell<Box<Direct>>,
}

struct Earlier {
    findings: [Finding; EARLIER],
    turn: StdCell<usize>,
}

/// The quick form of a native, or of the `__new__` of a builtin class, as a call with a fixed number of arguments asks it.
pub struct Direct {
    /// The native or the class; absent where the first callee was neither, so that it is not asked again.
    pub callee: Value,
    /// The quick form.
    pub quick: QuickFn,
    /// How many of the callee and the arguments it is not given: one, the callee, unless that is a class.
    pub skipped: usize,
    /// How many arguments it is given.
    pub count: usize,
}

impl SiteCache {
    fn new(name: Ref<Str>) -> SiteCache {
        SiteCache { name, latest: Finding::nothing(), earlier: OnceCell::new(), direct: OnceCell::new() }
    }

    /// The finding with this key; if there is none, the one for the same shape, class or dict; some other one if there is
    /// none of those either.
    #[inline(always)]
    pub fn finding(&self, key: u64) -> &Finding {
        if self.latest.key.get() == key { &self.latest } else { self.other_finding(key as u32) }
    }

    #[cold]
    #[inline(never)]
    fn other_finding(&self, number: u32) -> &Finding {
        if self.latest.key.get() as u32 == number {
            return &self.latest;
        }
        let mut earlier = self.earlier.get().into_iter().flat_map(|earlier| earlier.findings.iter());
        earlier.find(|finding| finding.key.get() as u32 == number).unwrap_or(&self.latest)
    }

    /// Remember a finding; the latest so far becomes one of the earlier ones.
    pub fn remember(&self, key: u64, found: u64, word: u64) {
        let before = &self.latest;
        if before.key.get() != u64::MAX && before.key.get() as u32 != key as u32 {
            let earlier = self.earlier.get_or_init(|| {
                Box::new(Earlier { findings: std::array::from_fn(|_| Finding::nothing()), turn: StdCell::new(0) })
            });
            let turn = earlier.turn.get();
            earlier.findings[turn].set(before.key.get(), before.found.get(), before.word.get());
            earlier.turn.set((turn + 1) % EARLIER);
        }
        before.set(key, found, word);
    }
}

/// A compiled body with its constants as values: `code`.
pub struct CodeObject {
    /// The first instruction.
    pub ops: *const Op,
    /// The constants.
    pub constants: Vec<Value>,
    /// The name look-ups.
    pub sites: Vec<SiteCache>,
    /// The names of its parameters.
    pub names: Vec<Ref<Str>>,
    /// `__name__`, `__qualname__` and `__doc__` of functions made of it.
    labels: [Value; 3],
    /// How many registers.
    pub registers: u32,
    /// How many of them are locals.
    pub locals: u32,
    /// How many of those are parameters.
    pub parameters: u32,
    /// How many positional arguments a plain call gives; `u32::MAX` when a call of this body needs more than moving its
    /// arguments (other parameters, a generator to be made).
    pub plain_arguments: u32,
    /// For a body with `*args` or `**keywords`, and no parameters by keyword only: how many positional ones it has; a call
    /// with at least as many arguments by position gives them no names. `u32::MAX` for any other.
    pub collected_after: u32,
    /// For a body that suspends: as `plain_arguments`, for making its generator by moving the arguments.
    pub generator_arguments: u32,
    /// Calling it makes a generator, coroutine or async generator.
    pub suspends: bool,
    /// What calling it makes is a coroutine.
    pub coroutine: bool,
    /// Its frames and what is raised in them are hidden from tracebacks and traces.
    pub hidden: bool,
    /// Its body is left out, and has to be compiled before it runs ([`Code::left_out`]).
    pub is_outline: bool,
    /// It is code of the program, not of the library.
    of_program: bool,
    /// The same text compiled for names that live elsewhere than in the globals, once that was wanted.
    pub elsewhere: OnceCell<Ref<CodeObject>>,
    /// The same body with marks, once that was wanted; `None` if there is none better than this.
    pub marked: OnceCell<Option<Ref<CodeObject>>>,
    /// The body as data.
    pub code: Rc<Code>,
}

impl HeapKind for CodeObject {
    const KIND: Kind = Kind::Code;
    const TRACKED: bool = false;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.constants.iter().for_each(&mut *see);
        object.elsewhere.get().into_iter().for_each(|code| code.show(see));
        object.marked.get().into_iter().flatten().for_each(|code| code.show(see));
    }
    fn clear(_: &Ref<Self>) {}
}

impl CodeObject {
    /// Is it code of the program, not of the library?
    pub fn is_of_program(&self) -> bool {
        self.of_program
    }

    /// Makes the constants values and the code ready to run.
    pub fn load(code: &Rc<Code>) -> Ref<CodeObject> {
        CodeObject::loaded(code, true)
    }

    /// As [`CodeObject::load`]; calls of it are never carried out by the run loop alone, but bound like any other.
    pub fn load_to_bind(code: &Rc<Code>) -> Ref<CodeObject> {
        CodeObject::loaded(code, false)
    }

    fn loaded(code: &Rc<Code>, moves: bool) -> Ref<CodeObject> {
        let constants: Vec<Value> = code.constants.iter().map(load_constant).collect();
        let name_of = |index: u16| match &code.constants[index as usize] {
            Constant::Str(text) => intern(text),
            _ => intern(b"?"),
        };
        let sites = code.sites.iter().map(|site| SiteCache::new(name_of(site.name)));
        let suspends = code.flags.generator || code.flags.coroutine;
        let p = &code.parameters;
        let is_outline = code.left_out.is_some();
        // May the run loop put the arguments into their places itself?
        let direct = moves && !is_outline && p.kwonly == 0 && code.kind == CodeKind::Function;
        let simple = direct && !p.varargs && !p.varkw;
        let collects = direct && !suspends && (p.varargs || p.varkw);
        let count = |wanted: bool| if simple && wanted { p.positional as u32 } else { u32::MAX };
        let interned = |text: &str| Value::object(intern(text.as_bytes()));
        let doc = code.doc.as_ref().map_or(Value::NONE, Value::str);
        Ref::new(CodeObject {
            ops: code.ops.as_ptr(),
            constants,
            names: code.locals[..p.count()].iter().map(|name| intern(name.as_bytes())).collect(),
            labels: [interned(&code.name), interned(&code.qualname), doc],
            sites: sites.collect(),
            registers: code.registers as u32,
            locals: code.locals.len() as u32,
            parameters: p.count() as u32,
            plain_arguments: count(!suspends),
            collected_after: if collects { p.positional as u32 } else { u32::MAX },
            generator_arguments: count(suspends),
            suspends,
            coroutine: code.flags.coroutine && !code.flags.generator,
            hidden: code.flags.hidden,
            is_outline,
            elsewhere: OnceCell::new(),
            marked: OnceCell::new(),
            of_program: !code.flags.hidden && !code.source.name().starts_with("<frozen "),
            code: code.clone(),
        })
    }

    /// Number of the instruction at `pc`.
    pub fn index_of(&self, pc: *const Op) -> usize {
        (pc as usize).wrapping_sub(self.ops as usize) / size_of::<Op>()
    }
}

fn load_constant(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::NONE,
        Constant::True => Value::TRUE,
        Constant::False => Value::FALSE,
        Constant::Ellipsis => Value::ELLIPSIS,
        Constant::Int(i) => Value::int(*i),
        Constant::BigInt(i) => Value::big((**i).clone()),
        Constant::Float(f) => Value::float(*f),
        Constant::Complex(im) => super::float::Complex::value(0.0, *im),
        Constant::Str(text) => Value::object(intern(text)),
        Constant::Bytes(bytes) => Value::bytes(&bytes[..]),
        Constant::Tuple(items) => Value::tuple(items.iter().map(load_constant).collect()),
        Constant::FrozenSet(items) => {
            let set = super::set::Set::empty(true);
            for item in items.iter().map(load_constant) {
                if let super::hashing::Hashed::Known(hash) = super::hashing::hash(&item) {
                    set.table.borrow_mut().add(item, hash);
                }
            }
            Value::object(set)
        }
        Constant::Code(code) => Value::object(CodeObject::load(code)),
    }
}

/// A function written in Python.
pub struct Function {
    /// Its body; `__code__` may replace it.
    code: std::cell::UnsafeCell<Ref<CodeObject>>,
    /// The globals of the module it was defined in.
    pub globals: Ref<Dict>,
    /// The builtins seen from there.
    pub builtins: Ref<Dict>,
    /// The cells of its free variables, in the order of `code.free`.
    pub closure: Box<[Ref<Cell>]>,
    /// Tuple of positional defaults, or `None`.
    pub defaults: Slot,
    /// Dict of keyword defaults, or `None`.
    pub kwdefaults: Slot,
    /// `__name__`
    pub name: Slot,
    /// `__qualname__`
    pub qualname: Slot,
    /// `__doc__`
    pub doc: Slot,
    /// `__module__`
    pub module: Slot,
    /// `__annotate__`, or `None`.
    pub annotate: Slot,
    /// `__annotations__`, once computed.
    pub annotations: Slot,
    /// `__dict__`, once used.
    pub dict: Slot,
}

impl Function {
    /// A function of this code in these globals.
    pub fn new(
        code: Ref<CodeObject>,
        globals: Ref<Dict>,
        builtins: Ref<Dict>,
        closure: Box<[Ref<Cell>]>,
    ) -> Ref<Function> {
        let [name, qualname, doc] = code.labels.clone();
        Ref::new(Function {
            code: code.into(),
            globals,
            builtins,
            closure,
            defaults: Slot::new(Value::NONE),
            kwdefaults: Slot::new(Value::NONE),
            name: Slot::new(name),
            qualname: Slot::new(qualname),
            doc: Slot::new(doc),
            module: Slot::new(Value::NONE),
            annotate: Slot::new(Value::NONE),
            annotations: Slot::default(),
            dict: Slot::default(),
        })
    }

    /// A function of the same code in the same surroundings, of the same name.
    pub fn twin(&self) -> Ref<Function> {
        let (globals, builtins) = (self.globals.clone(), self.builtins.clone());
        let twin = Function::new(self.code().clone(), globals, builtins, self.closure.clone());
        twin.name.set(self.name.get());
        twin.qualname.set(self.qualname.get());
        twin
    }

    /// Its body.
    #[inline(always)]
    pub fn code(&self) -> &Ref<CodeObject> {
        // SAFETY: the code of a function is replaced only by `set_code`, which keeps the old one alive.
        unsafe { &*self.code.get() }
    }

    /// Give the function another body. The old one is kept alive for good: frames and inline caches may point into it.
    pub fn set_code(&self, code: Ref<CodeObject>) {
        // SAFETY: no reference into the old code dangles, because the old code is leaked.
        let old = unsafe { std::mem::replace(&mut *self.code.get(), code) };
        std::mem::forget(old);
    }
}

impl HeapKind for Function {
    const KIND: Kind = Kind::Function;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.code().show(see);
        object.globals.show(see);
        object.builtins.show(see);
        object.closure.iter().for_each(|cell| cell.show(see));
        for slot in [&object.defaults, &object.kwdefaults, &object.name, &object.qualname, &object.doc] {
            slot.visit(see);
        }
        for slot in [&object.module, &object.annotate, &object.annotations, &object.dict] {
            slot.visit(see);
        }
    }
    fn clear(object: &Ref<Self>) {
        for slot in [&object.defaults, &object.kwdefaults, &object.annotate, &object.annotations, &object.dict] {
            slot.set(Value::NONE);
        }
    }
}

/// A function bound to a receiver.
pub struct Method {
    /// What is called.
    pub function: Value,
    /// Its first argument.
    pub receiver: Value,
}

impl HeapKind for Method {
    const KIND: Kind = Kind::Method;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        see(&object.function);
        see(&object.receiver);
    }
    fn clear(_: &Ref<Self>) {}
}

impl Method {
    /// `function` bound to `receiver`.
    pub fn bind(function: Value, receiver: Value) -> Value {
        Value::object(Ref::new(Method { function, receiver }))
    }
}
