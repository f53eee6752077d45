//! Registers of the function being written: locals, which have names, and temporaries, which form a stack.

use crate::bytecode::Reg;
use std::rc::Rc;

/// Hands out registers, and knows nothing else.
#[derive(Default)]
pub(super) struct Registers {
    locals: Vec<Rc<str>>,
    top: u16,
    peak: u16,
}

/// A height of the stack of temporaries, to return to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Mark(u16);

impl Registers {
    /// Registers of a function whose first locals are given.
    pub fn new(locals: Vec<Rc<str>>) -> Registers {
        Registers { locals, top: 0, peak: 0 }
    }

    /// One more local.
    pub fn local(&mut self, name: Rc<str>) -> Reg {
        self.locals.push(name);
        Reg(self.locals.len() as u16 - 1)
    }

    /// How many locals there are so far.
    pub fn local_count(&self) -> usize {
        self.locals.len()
    }

    /// The names of the locals.
    pub fn into_locals(self) -> Vec<Rc<str>> {
        self.locals
    }

    /// The next temporary.
    pub fn temporary(&mut self) -> Reg {
        self.window(1)
    }

    /// The next `count` temporaries, which are consecutive; the first of them is returned.
    pub fn window(&mut self, count: usize) -> Reg {
        let first = self.next();
        self.top = self.top.saturating_add(count.min(u16::MAX as usize) as u16).min(Reg::TEMPORARY - 2);
        self.peak = self.peak.max(self.top);
        first
    }

    /// The temporary that would be handed out next.
    pub fn next(&self) -> Reg {
        Reg(Reg::TEMPORARY + self.top)
    }

    /// The present height.
    pub fn mark(&self) -> Mark {
        Mark(self.top)
    }

    /// Back to a height noted before: temporaries above it are free.
    pub fn release(&mut self, mark: Mark) {
        self.top = mark.0;
    }

    /// Makes `reg` the next temporary: it and those above it are free.
    pub fn truncate(&mut self, reg: Reg) {
        self.top = reg.0 - Reg::TEMPORARY;
    }

    /// If `reg` is the last temporary handed out, hand it out again: operands of the instruction that will write it may
    /// begin there.
    pub fn reuse(&mut self, reg: Reg) {
        if self.top > 0 && reg == Reg(Reg::TEMPORARY + self.top - 1) {
            self.top -= 1;
        }
    }

    /// The greatest height ever.
    pub fn peak(&self) -> u16 {
        self.peak
    }
}
