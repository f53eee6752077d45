//! Clocks, and sleeping.

use super::{RealHost, system};
use crate::host::contract::Clock;
use crate::host::error::Result;
use std::time::Duration;

impl Clock for RealHost {
    fn time_ns(&mut self) -> i64 {
        match &mut self.virtual_clock {
            Some(clock) => clock.began_ns.saturating_add(clock.read()),
            None => nanoseconds(libc::CLOCK_REALTIME),
        }
    }

    fn monotonic_ns(&mut self) -> i64 {
        match &mut self.virtual_clock {
            Some(clock) => clock.read(),
            None => nanoseconds(libc::CLOCK_MONOTONIC),
        }
    }

    fn process_time_ns(&mut self) -> i64 {
        nanoseconds(libc::CLOCK_PROCESS_CPUTIME_ID)
    }

    fn thread_time_ns(&mut self) -> i64 {
        nanoseconds(libc::CLOCK_THREAD_CPUTIME_ID)
    }

    fn sleep(&mut self, duration: Duration) -> Result<bool> {
        if let Some(clock) = &mut self.virtual_clock {
            clock.pass(duration);
            return Ok(self.interrupts.check().is_ok());
        }
        match self.wait_out(duration) {
            Ok(()) => Ok(true),
            Err(error) if error.is(libc::EINTR) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A clock that goes on only when somebody would wait: to where the wait would have ended.
///
/// It also goes on by a nanosecond each time somebody looks, so that what is due after equal delays comes in the order in which
/// it was asked for, as it does by a clock that runs.
pub(super) struct VirtualClock {
    elapsed_ns: i64,
    /// The time of day at which it began.
    began_ns: i64,
}

impl VirtualClock {
    fn read(&mut self) -> i64 {
        self.elapsed_ns = self.elapsed_ns.saturating_add(1);
        self.elapsed_ns
    }

    pub(super) fn pass(&mut self, duration: Duration) {
        let ns = i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
        self.elapsed_ns = self.elapsed_ns.saturating_add(ns);
    }
}

impl RealHost {
    /// From now on no time passes by itself, and waiting for it takes none.
    pub fn use_virtual_time(&mut self) {
        let began_ns = nanoseconds(libc::CLOCK_REALTIME);
        self.virtual_clock = Some(VirtualClock { elapsed_ns: 0, began_ns });
    }
}

/// A clock's time; 64 bits of nanoseconds last until the year 2262.
fn nanoseconds(clock: libc::clockid_t) -> i64 {
    let time = system::time_of(clock);
    time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec)
}
