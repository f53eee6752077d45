//! The control stack: what is to go on when the running body returns, yields or raises.

use crate::bytecode::{Op, Reg};
use crate::object::{Function, Generator, Object, Value};
use std::mem::MaybeUninit;

/// How what comes out of the running body reaches the one that waits for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Delivery {
    /// The result goes to register `dst`.
    Call,
    /// `for` over a generator: a yielded value goes to `dst` and control jumps; a return falls through.
    For,
    /// `send`, `next`, `throw`: a yielded value goes to `dst`; a return raises `StopIteration`. The generator is among the held
    /// values; `jump` is 1 if what was thrown lies on it.
    Send,
    /// As `Send`, while register `jump` of the resumer keeps the generator alive (`Send`: the held values do); it is
    /// dropped when the result comes.
    SendKept,
    /// `next(g, default)`: a return gives the default, on top of the held values, to `dst`.
    NextDefault,
    /// A fold: a yielded value is taken natively, and the generator goes on; see `vm::fold`.
    Fold,
    /// A delegation that cannot be direct: a yielded value is yielded on; a return ends the delegation.
    Delegate,
    /// `__next__` or `send` of an object a generator delegates to: the result is yielded on; `StopIteration` ends the
    /// delegation.
    DelegateCall,
    /// `throw` of such an object: the same, though that `StopIteration` is raised at the delegation, and so knows of it.
    DelegateThrow,
    /// A step of an async generator, resumed by a method call: what the generator awaits goes to `dst`; an item raises
    /// `StopIteration`. `jump` is 1 if the step had begun and something was sent.
    AsyncCall,
    /// A step of an async generator that a generator delegates to: what it awaits is yielded on; an item ends the
    /// delegation. `jump` as in `AsyncCall`.
    AsyncDelegate,
    /// `__next__` written in Python, called by `for`: the result goes to `dst` and control jumps; `StopIteration` falls
    /// through.
    ForCall,
    /// `__init__`: the result must be `None`; the instance, on top of the held values, goes to `dst`.
    Init,
    /// The truth of the result goes to `dst`; an odd `jump` negates it. See [`Asked`].
    Truth,
    /// Control jumps by `jump` if the result is true.
    JumpIf,
    /// Control jumps by `jump` unless the result is true.
    JumpIfNot,
    /// A binary operator or comparison: on `NotImplemented` the next method is tried; see `vm::operator`.
    Operator,
    /// What a special method gave to a builtin function, if it is what it must be, goes to `dst`; `jump` says which method it
    /// is. See `vm::question`.
    Answer,
    /// `iter(x)`: the result must be an iterator.
    Iterator,
    /// `__await__`: the result must be an iterator.
    Awaitable,
    /// A tuple of `jump` values goes to the registers from `dst` on.
    Unpack,
    /// To the driver on top of the held values: a yielded value, a result, an exception; see `vm::drive`.
    Drive,
    /// The result is not wanted.
    Discard,
    /// The same, while the waiting body has not begun its next instruction yet: what is raised is raised by that.
    Between,
    /// Nowhere: finalisers have run, and the exception held meanwhile goes on, from the instruction that `jump` leads to.
    Unwinding,
    /// The run loop was entered here from Rust: the result leaves it.
    Entry,
}

/// The method whose result is wanted as a truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// `__bool__`
    Bool = 1,
    /// `__len__`
    Len,
}

/// One record of the control stack: the state of the body that waits, and how it is to be given what it waits for.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The waiting body's next instruction.
    pub pc: *const Op,
    /// Its registers.
    pub base: *mut Value,
    /// Its function.
    pub function: *const Object<Function>,
    /// For a call, the end of its use of the value stack, if its registers are on the heap. A resumption leaves that as it is.
    pub top: MaybeUninit<*mut Value>,
    /// The outermost generator that was resumed, or null for a call.
    pub generator: *mut Object<Generator>,
    /// Distance of the jump that a delivery may take.
    pub jump: i32,
    /// Where a result goes; [`Reg::NONE`] when it is not wanted.
    pub dst: Reg,
    /// How it is delivered.
    pub delivery: Delivery,
    /// The callee's registers begin a new segment of the value stack.
    pub crossed: bool,
}

impl Frame {
    /// The end of the waiting body's use of the value stack, as far as it is known here.
    #[inline(always)]
    pub fn top(&self) -> Option<*mut Value> {
        // SAFETY: written for every call.
        self.generator.is_null().then(|| unsafe { self.top.assume_init() })
    }
}

/// Where what comes out of a call or a resumption is to go.
#[derive(Clone, Copy, Debug)]
pub struct To {
    /// How it is delivered.
    pub delivery: Delivery,
    /// The register it goes to.
    pub dst: Reg,
    /// The jump it may cause.
    pub jump: i32,
}

impl To {
    /// Into a register.
    #[inline(always)]
    pub fn register(dst: Reg) -> To {
        To { delivery: Delivery::Call, dst, jump: 0 }
    }

    /// Nowhere.
    pub const DISCARD: To = To { delivery: Delivery::Discard, dst: Reg::NONE, jump: 0 };

    /// As `delivery`, with nothing more to say.
    pub fn by(delivery: Delivery, dst: Reg) -> To {
        To { delivery, dst, jump: 0 }
    }

    /// Where the result of a call is to go that is made in place of a resumption; `None` where only a resumption will do.
    pub fn of_a_call(self) -> Option<To> {
        let delivery = match self.delivery {
            Delivery::For => Delivery::ForCall,
            Delivery::Delegate => Delivery::DelegateCall,
            Delivery::Send | Delivery::SendKept | Delivery::NextDefault => self.delivery,
            _ => return None,
        };
        Some(To { delivery, ..self })
    }

    /// For a truth: `method` is what was called, whose result must be as Python demands.
    pub fn asked(self, method: Asked) -> To {
        match self.delivery {
            Delivery::Truth => To { jump: self.jump & 1 | (method as i32) << 1, ..self },
            _ => To { dst: Reg(method as u16), ..self },
        }
    }

    /// Which method was called for a truth; `None` when any result will do.
    pub fn method_asked(self) -> Option<Asked> {
        let asked = match self.delivery {
            Delivery::Truth => (self.jump >> 1) as u16,
            _ => self.dst.0,
        };
        [Asked::Bool, Asked::Len].into_iter().find(|method| *method as u16 == asked)
    }

    /// A jump that depends on it.
    #[inline(always)]
    pub fn jump(delivery: Delivery, jump: i32) -> To {
        To { delivery, dst: Reg::NONE, jump }
    }
}

/// How many values one segment of the stack holds.
const SEGMENT: usize = 1 << 15;
/// How many of them are made ready at a time, so that memory never used is never touched.
const STEP: usize = 1 << 10;

/// A piece of the value stack, ready for use as far as `ready` values. It never moves.
struct Segment {
    values: Box<[MaybeUninit<Value>]>,
    ready: usize,
}

impl Segment {
    fn new(size: usize) -> Segment {
        let mut segment = Segment { values: Box::new_uninit_slice(size), ready: 0 };
        segment.make_ready(STEP);
        segment
    }

    /// Make at least `wanted` values ready, or all there are.
    fn make_ready(&mut self, wanted: usize) {
        let ready = wanted.next_multiple_of(STEP).min(self.values.len());
        for place in self.values.get_mut(self.ready..ready).into_iter().flatten() {
            place.write(Value::EMPTY);
        }
        self.ready = self.ready.max(ready);
    }

    /// One past the last value that is ready.
    fn limit(&mut self) -> *mut Value {
        // SAFETY: `ready` never exceeds the length.
        unsafe { self.start().add(self.ready) }
    }

    fn start(&mut self) -> *mut Value {
        self.values.as_mut_ptr().cast()
    }
}

impl Drop for Segment {
    fn drop(&mut self) {
        for place in self.values.iter_mut().take(self.ready) {
            // SAFETY: what is ready is a value.
            unsafe { place.assume_init_drop() };
        }
    }
}

/// The value stack: registers of plain calls, in windows that overlap.
///
/// **Invariant.** Every word of a segment that is ready is a valid value, and one that no live register names is not a heap
/// object. So entering a function initialises nothing, and leaving it may simply look at all its registers. All of a segment
/// below the one in use is ready.
pub struct Stack {
    segments: Vec<Segment>,
    /// The segment in use.
    current: usize,
    /// End of what is ready of the segment in use.
    pub limit: *mut Value,
}

impl Stack {
    /// A stack of one segment.
    pub fn new() -> Stack {
        Stack::beginning_with(SEGMENT)
    }

    /// A stack whose first segment is small: there may be many threads, most of which never go deep.
    pub fn small() -> Stack {
        Stack::beginning_with(SEGMENT / 16)
    }

    fn beginning_with(size: usize) -> Stack {
        let mut first = Segment::new(size);
        let limit = first.limit();
        Stack { segments: vec![first], current: 0, limit }
    }

    /// Bottom of the first segment.
    pub fn bottom(&mut self) -> *mut Value {
        self.segments[0].start()
    }

    /// A place for `wanted` values at `top` or, if the segment has not enough left, in the next one; and whether it is the
    /// latter, in which case [`Stack::leave`] must be called when the place is given up.
    pub fn reserve(&mut self, top: *mut Value, wanted: usize) -> (*mut Value, bool) {
        let room = |limit: *mut Value| (limit as usize).saturating_sub(top as usize) / size_of::<Value>();
        if room(self.limit) >= wanted {
            return (top, false);
        }
        let segment = &mut self.segments[self.current];
        let used = (top as usize).saturating_sub(segment.start() as usize) / size_of::<Value>();
        segment.make_ready(used.saturating_add(wanted));
        self.limit = segment.limit();
        if room(self.limit) >= wanted {
            return (top, false);
        }
        let next = self.current + 1;
        if self.segments.get(next).is_some_and(|segment| segment.values.len() < wanted) {
            self.segments.truncate(next);
        }
        if next == self.segments.len() {
            self.segments.push(Segment::new(wanted.max(SEGMENT)));
        }
        let segment = &mut self.segments[next];
        segment.make_ready(wanted);
        self.current = next;
        self.limit = segment.limit();
        (segment.start(), true)
    }

    /// Control returns from the first frame of a segment to the segment below.
    pub fn leave(&mut self) {
        self.current -= 1;
        self.limit = self.segments[self.current].limit();
    }
}

impl Default for Stack {
    fn default() -> Stack {
        Stack::new()
    }
}
