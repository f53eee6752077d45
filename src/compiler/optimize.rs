//! What `-O` leaves out: assertions, the truth of `__debug__`, with `-OO` doc strings.
//!
//! It is looked at in many places, and is one for a whole program: the thread that compiles keeps it meanwhile.

use std::cell::Cell;

thread_local! {
    static LEVEL: Cell<u8> = const { Cell::new(0) };
}

/// What `compile` gives where everything it compiles is optimized so far: 0, 1 (`-O`) or 2 (`-OO`).
pub fn optimized<T>(level: u8, compile: impl FnOnce() -> T) -> T {
    let before = LEVEL.replace(level);
    let result = compile();
    LEVEL.set(before);
    result
}

/// How what is compiled now is optimized.
pub(super) fn level() -> u8 {
    LEVEL.get()
}

/// Is `__debug__` true, and are assertions checked?
pub(super) fn debugs() -> bool {
    LEVEL.get() == 0
}

/// Are there doc strings?
pub(super) fn documents() -> bool {
    LEVEL.get() < 2
}
