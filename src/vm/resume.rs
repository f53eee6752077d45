//! Suspension: one mechanism.

use crate::object::Value;

/// What a suspended frame is resumed with.
#[derive(Debug)]
pub enum Resume {
    /// `next`, `send`.
    Send(Value),
    /// `throw`.
    Throw(Value),
}
