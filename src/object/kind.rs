//! The kinds of heap object, and the table that finds each kind's [`HeapKind`] by number.

use super::heap::{self, Header, HeapKind, Ref};
use super::value::Value;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

/// Shows every value an object refers to.
pub type Visit = fn(&Value, &mut dyn FnMut(&Value));

/// One row of the table.
pub struct Row {
    /// Frees an object whose count is zero.
    pub free: unsafe fn(NonNull<Header>),
    /// Shows every value the object refers to.
    pub visit: Visit,
    /// Gives up every reference.
    pub clear: fn(&Value),
    /// Bytes held outside the object's own allocation.
    pub outside: fn(&Value) -> usize,
    /// Does Python code have to run before it goes? Says yes once only.
    pub wants_finalizer: fn(&Value) -> bool,
    /// Can it take part in cycles?
    pub tracked: bool,
}

fn visit<T: HeapKind>(object: &Value, see: &mut dyn FnMut(&Value)) {
    if let Some(object) = object.get::<T>() {
        T::visit(&object, see);
    }
}

fn clear<T: HeapKind>(object: &Value) {
    if let Some(object) = object.get::<T>() {
        T::clear(&object);
    }
}

fn outside<T: HeapKind>(object: &Value) -> usize {
    object.get::<T>().map_or(0, |object| T::outside(object.reference()))
}

fn wants_finalizer<T: HeapKind>(object: &Value) -> bool {
    object.get::<T>().is_some_and(|object| T::wants_finalizer(&object))
}

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $kind:ident => $type:ty ),* $(,)?) => {
        /// What sort of heap object it is.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum Kind { $( $(#[doc = $doc])+ $kind ),* }

        /// How many kinds there are.
        pub const KINDS: usize = [$( Kind::$kind ),*].len();

        /// The table.
        pub static TABLE: [Row; KINDS] = [$( Row {
            free: heap::free_object::<$type>,
            visit: visit::<$type>,
            clear: clear::<$type>,
            outside: outside::<$type>,
            wants_finalizer: wants_finalizer::<$type>,
            tracked: <$type as HeapKind>::TRACKED,
        } ),*];

        const _: () = { $( assert!(matches!(<$type as HeapKind>::KIND, Kind::$kind)); )* };
    };
}

kinds! {
    /// A float whose exponent does not fit a value.
    Float => super::float::Float,
    /// An int beyond 62 bits.
    BigInt => super::int::BigInteger,
    /// `complex`
    Complex => super::float::Complex,
    /// `str`
    Str => super::string::Str,
    /// `bytes`
    Bytes => super::string::Bytes,
    /// `bytearray`
    ByteArray => super::string::ByteArray,
    /// `tuple`
    Tuple => super::tuple::Tuple,
    /// `list`
    List => super::list::List,
    /// `dict`
    Dict => super::dict::Dict,
    /// The views `dict.keys()`, `.values()`, `.items()`
    DictView => super::dict::DictView,
    /// `mappingproxy`: a dict for reading only
    MappingProxy => super::dict::MappingProxy,
    /// `set` and `frozenset`
    Set => super::set::Set,
    /// `range`
    Range => super::range::Range,
    /// `slice`
    Slice => super::range::Slice,
    /// A variable that several functions share
    Cell => super::function::Cell,
    /// `code`
    Code => super::function::CodeObject,
    /// A function written in Python
    Function => super::function::Function,
    /// A function written in Rust
    Native => super::native::NativeFunction,
    /// A bound method
    Method => super::function::Method,
    /// `property`
    Property => super::descriptor::Property,
    /// `staticmethod`
    StaticMethod => super::descriptor::StaticMethod,
    /// `classmethod`
    ClassMethod => super::descriptor::ClassMethod,
    /// An attribute computed in Rust
    GetSet => super::descriptor::GetSet,
    /// A slot of a class with `__slots__`
    Member => super::descriptor::Member,
    /// An item of a tuple under a name
    Field => super::descriptor::Field,
    /// `super`
    Super => super::descriptor::Super,
    /// A class
    Type => super::class::Type,
    /// An instance of a class written in Python
    Instance => super::instance::Instance,
    /// An exception
    Exception => super::exception::Exception,
    /// A traceback entry
    Traceback => super::exception::Traceback,
    /// A module
    Module => super::module::Module,
    /// A generator, coroutine or async generator
    Generator => super::generator::Generator,
    /// What `asend`, `athrow`, `aclose` of an async generator give
    AsyncStep => super::async_step::AsyncStep,
    /// An iterator over a list
    ListIter => super::iter::ListIter,
    /// An iterator over a range of small ints
    RangeIter => super::iter::RangeIter,
    /// Any other native iterator
    Iter => super::iter::Iter,
    /// A weak reference
    WeakRef => super::weak::WeakRef,
    /// An object of a module written in Rust
    Foreign => super::foreign::Foreign,
}

impl Kind {
    /// Its row of the table.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

/// A reference under construction must not be dropped twice; used by kinds with trailing values.
pub(super) fn visit_trailing<T: HeapKind>(object: &Ref<T>, see: &mut dyn FnMut(&Value)) {
    let first = object.trailing::<Value>();
    for index in 0..object.header().aux.get() as usize {
        // SAFETY: `aux` trailing values exist, each valid.
        let value = ManuallyDrop::new(unsafe { Value::from_bits((*first.add(index)).bits()) });
        see(&value);
    }
}
