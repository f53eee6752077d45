//! What `asend`, `athrow`, `aclose` and `__anext__` of an async generator give: one step of it, to be awaited once.
//!
//! What taking the step means stands in `vm::async_step`.

use super::generator::Generator;
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::slot::Slot;
use super::tuple::Tuple;
use super::value::Value;
use std::cell::Cell;

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
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.generator.show(see);
        object.argument.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.argument.set(Value::NONE);
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        // Worth a warning: it was never awaited.
        let never_awaited = object.state.get() == StepState::Created;
        if never_awaited {
            object.state.set(StepState::Closed);
        }
        never_awaited
    }
}

impl AsyncStep {
    /// What `throw` and `athrow` say when they were given too few or too many arguments.
    pub fn misfit(method: &str, given: usize) -> Option<String> {
        match given {
            0 => Some(format!("{method} expected at least 1 argument, got 0")),
            1..=3 => None,
            _ => Some(format!("{method} expected at most 3 arguments, got {given}")),
        }
    }

    /// What is wrong with the number of arguments that `athrow` was given.
    pub fn misfit_of_arguments(&self) -> Option<String> {
        self.argument.get().get::<Tuple>().and_then(|given| AsyncStep::misfit("athrow", given.items().len()))
    }

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
