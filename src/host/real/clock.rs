//! Clocks, and sleeping.

use super::RealHost;
use crate::host::contract::Clock;
use crate::host::error::Result;
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

impl Clock for RealHost {
    fn time_ns(&mut self) -> i64 {
        nanoseconds(ClockId::Realtime)
    }

    fn monotonic_ns(&mut self) -> i64 {
        nanoseconds(ClockId::Monotonic)
    }

    fn process_time_ns(&mut self) -> i64 {
        nanoseconds(ClockId::ProcessCPUTime)
    }

    fn thread_time_ns(&mut self) -> i64 {
        nanoseconds(ClockId::ThreadCPUTime)
    }

    fn sleep(&mut self, duration: Duration) -> Result<bool> {
        match self.wait_out(duration) {
            Ok(()) => Ok(true),
            Err(error) if error.is(libc::EINTR) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A clock's time; 64 bits of nanoseconds last until the year 2262.
fn nanoseconds(clock: ClockId) -> i64 {
    let time = clock_gettime(clock);
    time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec)
}
