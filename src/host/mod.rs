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

use std::ffi::OsStr;

/// Are colours wanted in what is written to a descriptor? As CPython decides it: by `PYTHON_COLORS`, unless that is not to be
/// looked at, `NO_COLOR`, `FORCE_COLOR` and `TERM`, and else whether it is a terminal.
pub fn wants_colours(host: &mut dyn Host, fd: Fd, ignore_python: bool) -> bool {
    let mut variable = |name: &str| host.env_get(OsStr::new(name)).filter(|value| !value.is_empty());
    let wanted = if ignore_python { None } else { variable("PYTHON_COLORS") };
    match wanted {
        Some(wanted) if wanted == "0" => false,
        Some(wanted) if wanted == "1" => true,
        _ if variable("NO_COLOR").is_some() => false,
        _ if variable("FORCE_COLOR").is_some() => true,
        _ if variable("TERM").is_some_and(|terminal| terminal == "dumb") => false,
        _ => host.isatty(fd),
    }
}

pub use contract::{
    Address, Ancillary, Buffering, Clock, Disposition, Diversion, Environment, Events, Fd, FileStatus, Files, Host,
    Identity, Lender, Lookup, Message, Open, Processes, Program, Readiness, Ready, Resolved, SignalInfo, Signals,
    SocketKind, Sockets, Streams,
};
pub use error::{ErrorDomain, HostError, Result, strerror};
pub use fake::FakeHost;
pub use real::RealHost;
