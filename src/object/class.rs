//! Classes, and the shapes of their instances.
//!
//! A [`Shape`] says which attribute of an instance stands in which slot. Instances that got the same attributes in the
//! same order share it, so that an inline cache needs one comparison of [`Shape::id`]. A change to a class gives its
//! shapes (and those of its subclasses) new ids, which makes every cache that relied on the old state miss.

use super::dict::{Dict, new_version};
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::slot::Slot;
use super::string::{Str, intern};
use super::value::Value;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};

/// Facts about a class that natives look at before they decide whether Python code must run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TypeFlags(pub u32);

impl TypeFlags {
    /// `__eq__` is written in Python.
    pub const CUSTOM_EQ: TypeFlags = TypeFlags(1);
    /// `__hash__` is written in Python.
    pub const CUSTOM_HASH: TypeFlags = TypeFlags(1 << 1);
    /// `__hash__` is `None`.
    pub const UNHASHABLE: TypeFlags = TypeFlags(1 << 2);
    /// Instances wrap an object of a builtin type.
    pub const PAYLOAD: TypeFlags = TypeFlags(1 << 3);
    /// Instances are exceptions.
    pub const EXCEPTION: TypeFlags = TypeFlags(1 << 4);
    /// Made by a `class` statement or `type()`: its attributes can be changed.
    pub const HEAP: TypeFlags = TypeFlags(1 << 5);
    /// `__getattribute__` is written in Python.
    pub const GETATTRIBUTE: TypeFlags = TypeFlags(1 << 6);
    /// There is a `__getattr__`.
    pub const GETATTR: TypeFlags = TypeFlags(1 << 7);
    /// `__setattr__` is written in Python.
    pub const SETATTR: TypeFlags = TypeFlags(1 << 8);
    /// `__delattr__` is written in Python.
    pub const DELATTR: TypeFlags = TypeFlags(1 << 9);
    /// There is a `__del__`.
    pub const DEL: TypeFlags = TypeFlags(1 << 10);
    /// There is a `__bool__` or `__len__` written in Python.
    pub const CUSTOM_BOOL: TypeFlags = TypeFlags(1 << 11);
    /// `__slots__` without `__dict__`: instances have no other attributes.
    pub const NO_DICT: TypeFlags = TypeFlags(1 << 12);
    /// Cannot be a base class.
    pub const FINAL: TypeFlags = TypeFlags(1 << 13);
    /// Is itself a class of classes.
    pub const METACLASS: TypeFlags = TypeFlags(1 << 14);
    /// `__repr__` or `__str__` is written in Python.
    pub const CUSTOM_REPR: TypeFlags = TypeFlags(1 << 15);
    /// `__iter__` or `__next__` is written in Python.
    pub const CUSTOM_ITER: TypeFlags = TypeFlags(1 << 16);
    /// `__getitem__` or `__setitem__` is written in Python.
    pub const CUSTOM_ITEM: TypeFlags = TypeFlags(1 << 22);
    /// Counts as a sequence in `case [...]`.
    pub const SEQUENCE: TypeFlags = TypeFlags(1 << 17);
    /// Counts as a mapping in `case {...}`.
    pub const MAPPING: TypeFlags = TypeFlags(1 << 18);
    /// `__new__` or `__init__` is written in Python.
    pub const CUSTOM_INIT: TypeFlags = TypeFlags(1 << 19);

    /// A class of exceptions of which none can be made without arguments.
    pub const DEMANDS_ARGUMENTS: TypeFlags = TypeFlags(1 << 23);
    /// Instances can be referred to weakly.
    pub const WEAK: TypeFlags = TypeFlags(1 << 20);
    /// `__slots__` made room for attributes of its own.
    pub const ADDS_SLOTS: TypeFlags = TypeFlags(1 << 21);

    /// Is every bit of `other` set?
    #[inline(always)]
    pub fn has(self, other: TypeFlags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets of bits.
    pub const fn with(self, other: TypeFlags) -> TypeFlags {
        TypeFlags(self.0 | other.0)
    }
}

/// `header.flags`: the finaliser has run or is queued.
pub const FINALIZED: u8 = 1;

/// A class.
pub struct Type {
    /// `__name__`, a string.
    pub name: Slot,
    /// `__qualname__`, a string.
    pub qualname: Slot,
    /// Its own attributes.
    pub dict: Ref<Dict>,
    /// Its bases.
    pub bases: RefCell<Vec<Ref<Type>>>,
    /// Itself and its ancestors, in the order attributes are looked for (C3).
    pub mro: RefCell<Vec<Ref<Type>>>,
    metaclass: RefCell<Option<Ref<Type>>>,
    flags: Cell<TypeFlags>,
    /// The builtin type whose objects instances are, or wrap; `None` for plain objects.
    pub layout: Cell<Option<Kind>>,
    version: Cell<u32>,
    /// Direct subclasses that are alive: they remove themselves when they die.
    subclasses: RefCell<Vec<*mut super::heap::Object<Type>>>,
    #[allow(clippy::vec_box, reason = "instances keep the address of their shape")]
    shapes: RefCell<Vec<Box<Shape>>>,
    /// How many attributes instances had so far, at most: what new ones make room for.
    pub expected_slots: Cell<u32>,
    /// What `C(...)` does, once found out; see `vm::construct`.
    pub constructor: Cell<u32>,
    /// The `__init__` that goes with it.
    pub init: Slot,
    /// What look-ups through the method resolution order found, by the address of the (interned) name; empty again after
    /// each change.
    found: RefCell<FxHashMap<usize, Option<Value>>>,
}

impl HeapKind for Type {
    const KIND: Kind = Kind::Type;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.dict.show(see);
        object.bases.borrow().iter().chain(object.mro.borrow().iter()).for_each(|class| class.show(see));
        if let Some(meta) = &*object.metaclass.borrow() {
            meta.show(see);
        }
        [&object.name, &object.qualname, &object.init].into_iter().for_each(|slot| slot.visit(see));
        object.found.borrow().values().flatten().for_each(see);
    }
    fn clear(object: &Ref<Self>) {
        object.invalidate();
        let mro = std::mem::take(&mut *object.mro.borrow_mut());
        Dict::clear(&object.dict);
        drop(mro);
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        let flags = &object.header().flags;
        if !object.is_finalized_by_its_class() || flags.get() & FINALIZED != 0 {
            return false;
        }
        flags.set(flags.get() | FINALIZED);
        true
    }
    fn last_words(object: &Ref<Self>) {
        for base in object.bases.borrow().iter() {
            base.subclasses.borrow_mut().retain(|sub| *sub != object.as_ptr());
        }
    }
}

impl Type {
    /// A class named `name` whose method resolution order is itself followed by `ancestors`.
    pub fn new(name: &str, bases: Vec<Ref<Type>>, ancestors: Vec<Ref<Type>>, flags: TypeFlags) -> Ref<Type> {
        let name = Value::object(intern(name.as_bytes()));
        let layout = ancestors.iter().find_map(|class| class.layout.get());
        let class = Ref::new(Type {
            name: Slot::new(name.clone()),
            qualname: Slot::new(name),
            dict: Dict::empty(),
            bases: RefCell::new(bases),
            mro: RefCell::new(Vec::new()),
            metaclass: RefCell::new(None),
            flags: Cell::new(flags),
            layout: Cell::new(layout),
            version: Cell::new(0),
            subclasses: RefCell::new(Vec::new()),
            shapes: RefCell::new(Vec::new()),
            expected_slots: Cell::new(0),
            constructor: Cell::new(0),
            init: Slot::default(),
            found: RefCell::default(),
        });
        *class.mro.borrow_mut() = std::iter::once(class.clone()).chain(ancestors).collect();
        for base in class.bases.borrow().iter() {
            base.subclasses.borrow_mut().push(class.as_ptr());
        }
        for _ in 0..2 {
            class.shapes.borrow_mut().push(Box::new(Shape::root(class.as_ptr())));
        }
        class
    }

    /// Its flags.
    #[inline(always)]
    pub fn flags(&self) -> TypeFlags {
        self.flags.get()
    }

    /// Replace its flags.
    pub fn set_flags(&self, flags: TypeFlags) {
        self.flags.set(flags);
    }

    /// Its metaclass; `None` for `type`.
    pub fn metaclass(&self) -> Option<Ref<Type>> {
        self.metaclass.borrow().clone()
    }

    /// Give it a metaclass other than `type`.
    pub fn set_metaclass(&self, metaclass: Ref<Type>) {
        *self.metaclass.borrow_mut() = Some(metaclass);
    }

    /// Has its metaclass a `__del__`?
    pub fn is_finalized_by_its_class(&self) -> bool {
        self.metaclass.borrow().as_ref().is_some_and(|meta| meta.flags().has(TypeFlags::DEL))
    }

    /// `__name__`
    pub fn name(&self) -> String {
        self.with_name(str::to_owned)
    }

    /// What somebody makes of `__name__`.
    pub fn with_name<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        match self.name.get().get::<Str>() {
            Some(name) => read(&name.to_string_lossy()),
            None => read(""),
        }
    }

    /// Direct subclasses that are alive.
    pub fn subclasses(&self) -> Vec<Ref<Type>> {
        let live = self.subclasses.borrow();
        // SAFETY: a class removes itself from here before it dies.
        live.iter().map(|class| unsafe { (*std::mem::ManuallyDrop::new(Ref::from_ptr(*class))).clone() }).collect()
    }

    /// An attribute from its own dict or an ancestor's.
    pub fn lookup(&self, name: &Ref<Str>) -> Option<Value> {
        let search = || self.mro.borrow().iter().find_map(|class| class.dict.get_str(name));
        if !name.is_interned() {
            return search();
        }
        let address = name.as_ptr() as usize;
        if let Some(known) = self.found.borrow().get(&address) {
            return known.clone();
        }
        let found = search();
        self.found.borrow_mut().insert(address, found.clone());
        found
    }

    /// An attribute and the class that has it.
    pub fn lookup_with_owner(&self, name: &Ref<Str>) -> Option<(Value, Ref<Type>)> {
        self.mro.borrow().iter().find_map(|class| Some((class.dict.get_str(name)?, class.clone())))
    }

    /// Is `ancestor` this class or among its ancestors?
    pub fn is_subclass(&self, ancestor: &Ref<Type>) -> bool {
        self.mro.borrow().iter().any(|class| class.is(ancestor))
    }

    /// What instances count as in patterns: [`TypeFlags::SEQUENCE`], [`TypeFlags::MAPPING`] or neither. The nearest ancestor
    /// that is one of the two decides.
    pub fn pattern(&self) -> TypeFlags {
        let both = TypeFlags::SEQUENCE.0 | TypeFlags::MAPPING.0;
        let kind = self.mro.borrow().iter().map(|class| class.flags().0 & both).find(|kind| *kind != 0);
        TypeFlags(kind.unwrap_or(0))
    }

    /// A number for the present state of the class and its ancestors, for caches; new after each change.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        if self.version.get() == 0 {
            self.version.set(new_version());
        }
        self.version.get()
    }

    /// The class changed: forget what was cached about it and its subclasses.
    pub fn invalidate(&self) {
        self.version.set(0);
        self.constructor.set(0);
        self.init.set(Value::UNDEF);
        let old = std::mem::take(&mut *self.found.borrow_mut());
        drop(old);
        for shape in self.shapes.borrow().iter() {
            shape.id.set(new_version());
        }
        for class in self.subclasses() {
            class.invalidate();
        }
    }

    /// Set one of its own attributes.
    pub fn set_attr(&self, name: &Ref<Str>, value: Value) {
        self.dict.set_str(name, value);
        self.invalidate();
    }

    /// The shape of an instance without attributes.
    pub fn root_shape(&self) -> *const Shape {
        &raw const *self.shapes.borrow()[0]
    }

    /// The shape of instances whose attributes are in a dict. Nothing is ever cached for it.
    pub fn dict_shape(&self) -> *const Shape {
        &raw const *self.shapes.borrow()[1]
    }

    fn keep_shape(&self, shape: Shape) -> *const Shape {
        let shape = Box::new(shape);
        let address = &raw const *shape;
        self.shapes.borrow_mut().push(shape);
        address
    }
}

impl Ref<Type> {
    /// Put other bases in place of those it has; the method resolution order is the caller's to put right.
    pub fn set_bases(&self, bases: Vec<Ref<Type>>) {
        for base in self.bases.borrow().iter() {
            base.subclasses.borrow_mut().retain(|sub| *sub != self.as_ptr());
        }
        for base in &bases {
            base.subclasses.borrow_mut().push(self.as_ptr());
        }
        let old = self.bases.replace(bases);
        drop(old);
    }
}

/// Which attribute stands in which slot.
pub struct Shape {
    /// A number that inline caches compare; unique among shapes, classes and dicts, new when the class changes.
    pub id: Cell<u32>,
    class: *mut super::heap::Object<Type>,
    names: Vec<Ref<Str>>,
    /// From the address of a name to its slot, where there are many.
    slots: FxHashMap<usize, u32>,
    next: RefCell<Vec<(Ref<Str>, *const Shape)>>,
}

/// From this many names on, a hash table finds them.
const MANY: usize = 10;
/// An instance with more attributes than this keeps them in a dict.
pub const MAX_SLOTS: usize = 128;

impl Shape {
    fn root(class: *mut super::heap::Object<Type>) -> Shape {
        Shape {
            id: Cell::new(new_version()),
            class,
            names: Vec::new(),
            slots: FxHashMap::default(),
            next: RefCell::default(),
        }
    }

    /// The slot of an attribute. `name` is interned.
    #[inline]
    pub fn slot(&self, name: &Ref<Str>) -> Option<usize> {
        if self.names.len() < MANY {
            self.names.iter().position(|known| known.is(name))
        } else {
            self.slots.get(&(name.as_ptr() as usize)).map(|slot| *slot as usize)
        }
    }

    /// The names, in slot order.
    pub fn names(&self) -> &[Ref<Str>] {
        &self.names
    }

    /// The shape with one more attribute, which gets the next slot. `name` is interned.
    pub fn with(&self, name: &Ref<Str>) -> *const Shape {
        if let Some((_, next)) = self.next.borrow().iter().find(|(known, _)| known.is(name)) {
            return *next;
        }
        let mut names = self.names.clone();
        names.push(name.clone());
        let slots = if names.len() < MANY {
            FxHashMap::default()
        } else {
            names.iter().enumerate().map(|(slot, name)| (name.as_ptr() as usize, slot as u32)).collect()
        };
        let shape = Shape { id: Cell::new(new_version()), class: self.class, names, slots, next: RefCell::default() };
        // SAFETY: a shape is owned by its class and only reached through an instance, which keeps the class alive.
        let class = unsafe { &(*self.class).body };
        let address = class.keep_shape(shape);
        self.next.borrow_mut().push((name.clone(), address));
        address
    }
}
