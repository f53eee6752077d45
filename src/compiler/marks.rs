//! Marks: instructions that do nothing but tell the machine that control is here.
//!
//! Code that nobody follows has none, so it costs it nothing that code can be followed.

use std::cell::Cell;

/// Where the code that is compiled has marks.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Marks {
    /// Nowhere.
    #[default]
    None,
    /// Wherever control comes to another line, or to the beginning of a loop.
    Lines,
    /// Before each instruction, but for those that the one before carries out itself.
    Instructions,
}

thread_local! {
    static WANTED: Cell<Marks> = const { Cell::new(Marks::None) };
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
