//! The event loop: what is ready, what is due later, what waits for a descriptor. It knows no Python.
//!
//! Whatever it is given to keep (a `T`) comes back when it is to be run. [`EventLoop::turn`] is the heart and can be read
//! aloud: drop the timers that were cancelled; wait for descriptors and the next timer, but only if nothing is ready; queue
//! what became ready, then what is due. Its user runs as many as there were when the turn began, and begins the next.
//! Time comes from the host, so tests have a clock of their own.

mod reactor;
mod timers;
mod turn;

pub use reactor::{Direction, Reactor};
pub use timers::{Cancellable, Timers};
pub use turn::{EventLoop, RESOLUTION, Turn, seconds};
