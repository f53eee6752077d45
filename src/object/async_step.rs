//! What `asend`, `athrow`, `aclose` and `__anext__` of an async generator give: one step of it, to be awaited once.
//!
//! What taking the step means stands in `vm::async_step`.

use super::generator::Generator;
use super::heap::{HeapKind, Object, Ref, queue_finalizer};
use super::kind::Kind;
use super::slot::Slot;
use super::value::Value;
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

/// Which step it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepKind {
    /// `asend`, `__anext__`: to the next item.
    Send,
    /// `athrow`: with an exception, to the next item.
    Throw,
    /// `aclose`: with `GeneratorExit`, to the end.
    Close,
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepState {
    /// Not begun.
    Created,
    /// The generator awaits something.
    Begun,
    /// Over: it cannot be awaited again.
    Closed,
}

/// A step of an async generator.
pub struct AsyncStep {
    /// The async generator.
    pub generator: Ref<Generator>,
    /// Which step.
    pub kind: StepKind,
    /// How far it has come.
    pub state: Cell<StepState>,
    /// What it begins with: the value to send, or the tuple of the arguments of `athrow`.
    pub argument: Slot,
}

impl HeapKind for AsyncStep {
    const KIND: Kind = Kind::AsyncStep;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        see(&ManuallyDrop::new(object.generator.value()));
        object.argument.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.argument.set(Value::NONE);
    }
    fn last_words(object: NonNull<Object<Self>>) -> bool {
        // SAFETY: still live, and the view is never dropped.
        let step = ManuallyDrop::new(unsafe { Ref::<AsyncStep>::from_ptr(object.as_ptr()) });
        if step.state.get() != StepState::Created {
            return false;
        }
        // Worth a warning: it was never awaited.
        step.state.set(StepState::Closed);
        step.header().retain();
        // SAFETY: the count was just raised for this reference.
        queue_finalizer(Value::object(unsafe { Ref::from_ptr(object.as_ptr()) }));
        true
    }
}

impl AsyncStep {
    /// The methods that make such a step, for the message about one that is over.
    pub fn methods(&self) -> &'static str {
        match self.kind {
            StepKind::Send => "__anext__()/asend()",
            StepKind::Throw | StepKind::Close => "aclose()/athrow()",
        }
    }

    /// The method that made it, for the warning about one that was never awaited.
    pub fn method(&self) -> &'static str {
        match self.kind {
            StepKind::Send => "asend",
            StepKind::Throw => "athrow",
            StepKind::Close => "aclose",
        }
    }
}
