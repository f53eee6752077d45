//! Definite assignment: which locals surely have a value at a point of the code.

use crate::bytecode::Reg;

/// A set of local registers; of a point that no path reaches, every register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Bound {
    /// No path leads here.
    Unreachable,
    /// These registers have a value on every path.
    Surely(Vec<u64>),
}

impl Bound {
    /// Nothing has a value yet.
    pub fn nothing() -> Bound {
        Bound::Surely(Vec::new())
    }

    /// Can control be here?
    pub fn reachable(&self) -> bool {
        matches!(self, Bound::Surely(_))
    }

    /// Does `reg` surely have a value?
    pub fn has(&self, reg: Reg) -> bool {
        match self {
            Bound::Unreachable => true,
            Bound::Surely(words) => {
                words.get(reg.index() / 64).is_some_and(|word| word & (1 << (reg.index() % 64)) != 0)
            }
        }
    }

    /// From here on `reg` has a value.
    pub fn add(&mut self, reg: Reg) {
        if let Bound::Surely(words) = self {
            let at = reg.index() / 64;
            if words.len() <= at {
                words.resize(at + 1, 0);
            }
            words[at] |= 1 << (reg.index() % 64);
        }
    }

    /// From here on `reg` may have no value.
    pub fn remove(&mut self, reg: Reg) {
        if let Bound::Surely(words) = self
            && let Some(word) = words.get_mut(reg.index() / 64)
        {
            *word &= !(1 << (reg.index() % 64));
        }
    }

    /// Control may also come from a point where `other` holds.
    pub fn join(&mut self, other: &Bound) {
        match (&mut *self, other) {
            (_, Bound::Unreachable) => {}
            (Bound::Unreachable, _) => *self = other.clone(),
            (Bound::Surely(mine), Bound::Surely(theirs)) => {
                mine.truncate(theirs.len());
                for (mine, theirs) in mine.iter_mut().zip(theirs) {
                    *mine &= theirs;
                }
            }
        }
    }
}
