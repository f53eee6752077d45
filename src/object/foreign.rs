//! Objects of modules written in Rust: sockets, deques, selectors, compiled patterns.
//!
//! **Invariant.** The Rust object lies behind its [`Foreign`] in the same allocation, written when that is made
//! ([`Foreign::value`], the only maker) with what is [`Known`] of its type, and dropped with it (`drop_trailing`). Nothing moves an
//! object of the heap.

use super::class::Type;
use super::equality::Answer;
use super::hashing::{Hashed, identity};
use super::heap::{Borrow, HeapKind, Object, Ref};
use super::identity::Number;
use super::kind::Kind;
use super::slot::Slot;
use super::value::Value;
use std::alloc::Layout;
use std::any::TypeId;
use std::cell::Cell;

/// What the heap must know of such an object. No closure and no raw handle of the operating system may hide in it (law 3).
pub trait NativeObject: 'static {
    /// Show every value it refers to.
    fn visit(&self, see: &mut dyn FnMut(&Value));
    /// Give up every reference.
    fn clear(&self);
    /// Bytes it holds elsewhere.
    fn outside(&self) -> usize {
        0
    }
    /// Its hash; by identity unless it says otherwise.
    fn hash(&self, me: &Value) -> Hashed {
        Hashed::Known(identity(me))
    }
    /// Is it equal to `other`? By identity unless it says otherwise.
    fn equal(&self, me: &Value, other: &Value) -> Answer {
        me.is(other).into()
    }
    /// How many items it has, if it is a container.
    fn length(&self) -> Option<usize> {
        None
    }
    /// Its item of this key, in the common cases; asking its class gives the same.
    fn item(&self, _key: &Value) -> Option<Value> {
        None
    }
    /// What calling it with these arguments gives, in the common cases; asking its class does the same.
    fn called(&self, _args: &[Value]) -> Option<Value> {
        None
    }
    /// Item number `n` counted from the front, as iterators see it: `None` at the end, `Err` when what it consists of has
    /// changed since [`NativeObject::changes`] was this.
    fn nth(&self, _n: usize, _changes: u64) -> Result<Option<Value>, &'static str> {
        Ok(None)
    }
    /// Counts changes, if it is a container whose iterators are native; what `type()` says of them.
    fn changes(&self) -> Option<(u64, &'static str)> {
        None
    }
    /// Is awaiting it a matter of the machine's hook (`Hooks::awaited`), with no iterator of its own?
    fn is_awaited(&self) -> bool {
        false
    }
    /// What a recording calls it, if not by its class.
    fn word(&self) -> Option<&'static str> {
        None
    }
    /// Is there something to be said in Python code (`__del__`) before it goes? Asked once: it must then say no.
    fn wants_finalizer(&self) -> bool {
        false
    }
    /// Does its class compare in Python code (the prelude)?
    fn custom_eq(&self) -> bool {
        false
    }
    /// If it is an iterator: one of this class that stands where it does, over the same; one that passes on what it is asked
    /// ([`NativeObject::passes_to`]) does so to `_other`.
    fn fork(&self, _class: &Ref<Type>, _other: &Value) -> Option<Value> {
        None
    }
    /// To what it passes on what it is asked, if it is an iterator that does nothing else.
    fn passes_to(&self) -> Option<Value> {
        None
    }
    /// The object was dropped by the program; release what it holds outside (queue it: the host closes it later).
    fn dropped(&self) {}
    /// The generator whose frame it shows is gone, at this instruction, its variables holding this.
    fn outlive(&self, _index: usize, _locals: Vec<Value>) {}
}

/// What is known of a Rust type whose objects lie behind a [`Foreign`].
struct Known {
    id: TypeId,
    /// The object there.
    at: fn(*mut u8) -> *mut dyn NativeObject,
}

/// [`Known`] of each type.
trait Knowable: NativeObject + Sized {
    const KNOWN: &'static Known = &Known { id: TypeId::of::<Self>(), at: |place| place.cast::<Self>() };
}

impl<T: NativeObject> Knowable for T {}

/// An object of a module written in Rust.
pub struct Foreign {
    /// Its class.
    pub class: Ref<Type>,
    /// The type of what lies behind this.
    known: &'static Known,
    /// Its other attributes (a dict), if its class allows them and it has any.
    pub dict: Slot,
    /// By what recorders tell it from others, ...
    pub number: Number,
    /// ... and the number of the word by which they call it (`identity::number_of_word`); 0 as long as none has asked.
    pub word: Cell<u32>,
}

impl HeapKind for Foreign {
    const KIND: Kind = Kind::Foreign;
    const TRAILING: Layout = Layout::new::<u8>();
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.class.show(see);
        object.object().visit(see);
        object.dict.visit(see);
    }
    fn outside(object: &Ref<Self>) -> usize {
        object.object().outside()
    }
    fn clear(object: &Ref<Self>) {
        object.object().clear();
        object.dict.set(Value::UNDEF);
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        object.object().wants_finalizer()
    }
    fn last_words(object: &Ref<Self>) {
        object.object().dropped();
    }
    fn drop_trailing(object: &Ref<Self>) {
        // SAFETY: see the head of the file; it is dropped here alone, when nobody reaches it any more.
        unsafe { (object.known.at)(object.trailing()).drop_in_place() }
    }
}

impl Foreign {
    /// An object of `class`.
    pub fn value<T: NativeObject>(class: &Ref<Type>, object: T) -> Value {
        const { assert!(align_of::<T>() <= 8 && size_of::<Object<Foreign>>().is_multiple_of(8)) };
        let (number, word) = (Number::default(), Cell::default());
        let body = Foreign { class: class.clone(), known: T::KNOWN, dict: Slot::default(), number, word };
        let made = Ref::with_trailing(body, size_of::<T>());
        // SAFETY: there are as many bytes behind the body, which begin where a `T` may.
        unsafe { made.trailing::<u8>().cast::<T>().write(object) };
        Value::object(made)
    }
}

impl Ref<Foreign> {
    /// What it is.
    #[inline]
    pub fn object(&self) -> &dyn NativeObject {
        // SAFETY: see the head of the file; it lives as long as we do, and is only shared.
        unsafe { &*(self.known.at)(self.trailing()) }
    }

    /// What it is, if it is a `T`.
    #[inline]
    pub fn downcast<T: NativeObject>(&self) -> Option<&T> {
        // SAFETY: as above, and it is of this type.
        (self.known.id == TypeId::of::<T>()).then(|| unsafe { &*self.trailing::<u8>().cast::<T>() })
    }
}

impl<'a> Borrow<'a, Foreign> {
    /// What it is, if it is a `T`, for as long as the value lives.
    #[inline]
    pub fn downcast<T: NativeObject>(&self) -> Option<&'a T> {
        // SAFETY: as in `Ref::downcast`; the value borrowed for `'a` keeps it alive.
        (self.known.id == TypeId::of::<T>()).then(|| unsafe { &*self.trailing::<u8>().cast::<T>() })
    }
}

impl Value {
    /// The Rust object of type `T` behind this value, if that is what it is (or wraps).
    #[inline]
    pub fn foreign<T: NativeObject>(&self) -> Option<&T> {
        let foreign = match self.kind()? {
            Kind::Foreign => Borrow::<Foreign>::of(self),
            Kind::Instance => super::instance::wrapped(self)?.get::<Foreign>()?,
            _ => return None,
        };
        foreign.downcast()
    }
}
