//! Marks: instructions that do nothing but tell the machine that control is here.
//!
//! Code that nobody follows has none, so it costs it nothing that code can be followed.

use std::cell::Cell;

/// Where the code that is compiled has marks.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Marks {
    /// Wherever control comes to another line, or to the beginning of a loop; also where a line does nothing (`pass`).
    pub lines: bool,
    /// Before each instruction, but for those that the one before carries out itself.
    pub instructions: bool,
    /// Before and behind each instruction that calls.
    pub calls: bool,
}

impl Marks {
    /// Nowhere.
    pub const NONE: Marks = Marks { lines: false, instructions: false, calls: false };
    /// At lines.
    pub const LINES: Marks = Marks { lines: true, instructions: false, calls: false };
    /// At instructions.
    pub const INSTRUCTIONS: Marks = Marks { lines: false, instructions: true, calls: false };
}

thread_local! {
    static WANTED: Cell<Marks> = const { Cell::new(Marks::NONE) };
}

/// What `compile` gives where everything it compiles has such marks.
pub fn marked<T>(marks: Marks, compile: impl FnOnce() -> T) -> T {
    let before = WANTED.replace(marks);
    let result = compile();
    WANTED.set(before);
    result
}

/// Which marks are wanted?
pub(super) fn wanted() -> Marks {
    WANTED.get()
}
