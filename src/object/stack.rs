//! How much of the native stack is left to functions that follow nested data.
//!
//! They recurse, and data may be nested deeper than any stack. So they ask here, where what counts is the real address, and
//! not how often they have called themselves: a comparison may be deep inside a lookup that is deep inside a comparison.

use std::cell::Cell;

thread_local! {
    /// Below this address it is short.
    static FLOOR: Cell<usize> = const { Cell::new(0) };
}

/// Roughly where the native stack ends now.
#[inline(never)]
fn here() -> usize {
    let here = 0u8;
    (&raw const here).addr()
}

/// From here on this thread may use so many bytes of native stack.
pub fn allow(bytes: usize) {
    FLOOR.set(here().saturating_sub(bytes));
}

/// Is there too little left to follow nested data one level further?
pub fn is_short() -> bool {
    here() < FLOOR.get()
}
