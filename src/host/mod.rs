//! The one door to the outside: whatever may differ between two runs of a program passes through a [`Host`].
//!
//! A `Host` is the sum of seven small traits, each an idea of its own: [`Clock`], [`Environment`], [`Streams`], [`Files`],
//! [`Sockets`], [`Readiness`] and [`Signals`]. The rest of pyield holds a `&mut dyn Host` and calls their methods on it
//! without naming them. Nothing of the operating system leaves the room but integers: a file, a socket, a pipe and a poller
//! are all an [`Fd`], the real number that Python programs print and compare; the host owns what is behind it.
//!
//! [`RealHost`] is what the command line installs. [`FakeHost`] serves tests: time passes only when somebody sleeps, files
//! live in memory, output is captured. Start reading at `contract`.

mod contract;
mod error;
mod fake;
mod real;

pub use contract::{
    Address, Buffering, Clock, Disposition, Diversion, Environment, Events, Fd, FileStatus, Files, Host, Identity,
    Lookup, Open, Processes, Program, Readiness, Ready, Resolved, SignalInfo, Signals, SocketKind, Sockets, Streams,
};
pub use error::{ErrorDomain, HostError, Result, strerror};
pub use fake::FakeHost;
pub use real::RealHost;
