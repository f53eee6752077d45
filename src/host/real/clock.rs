//! Clocks, and sleeping.

use super::{RealHost, system};
use crate::host::contract::{Clock, Environment, Signals};
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
        let mut left = duration;
        while let Some(skipped) = self.skips(Some(left)) {
            self.time_passes(skipped)?;
            left -= skipped;
            if self.interrupts.check().is_err() {
                return Ok(false);
            }
        }
        if self.virtual_clock.is_some() {
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
    /// When SIGALRM is to be sent, and after how long again: zero if it is not.
    alarm: Option<(i64, i64)>,
}

/// So long it takes to find that something is ready: else what is due later would never be, where something is ready always.
const MOMENT: Duration = Duration::from_micros(1);

impl VirtualClock {
    fn read(&mut self) -> i64 {
        self.elapsed_ns = self.elapsed_ns.saturating_add(1);
        self.elapsed_ns
    }

    /// How long until SIGALRM is to be sent.
    fn until_alarm(&self) -> Option<Duration> {
        self.alarm.map(|(due, _)| Duration::from_nanos(due.saturating_sub(self.elapsed_ns).max(0) as u64))
    }

    /// Is SIGALRM to be sent after so much time?
    fn pass(&mut self, duration: Duration) -> bool {
        self.elapsed_ns = self.elapsed_ns.saturating_add(whole_ns(duration));
        let Some((_, every)) = self.alarm.filter(|(due, _)| *due <= self.elapsed_ns) else { return false };
        self.alarm = (every > 0).then(|| (self.elapsed_ns.saturating_add(every), every));
        true
    }

    /// What is left until SIGALRM is sent, and then again and again.
    pub(super) fn alarm(&self) -> (Duration, Duration) {
        let every = self.alarm.map_or(0, |(_, every)| every);
        (self.until_alarm().unwrap_or_default(), Duration::from_nanos(every.max(0) as u64))
    }

    /// SIGALRM is to be sent then; not at all if that is now.
    pub(super) fn set_alarm(&mut self, first: Duration, then: Duration) {
        let due = self.elapsed_ns.saturating_add(whole_ns(first));
        self.alarm = (!first.is_zero()).then(|| (due, whole_ns(then)));
    }
}

fn whole_ns(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

impl RealHost {
    /// From now on no time passes by itself, and waiting for it takes none.
    pub fn use_virtual_time(&mut self) {
        let began_ns = nanoseconds(libc::CLOCK_REALTIME);
        self.virtual_clock = Some(VirtualClock { elapsed_ns: 0, began_ns, alarm: None });
    }

    /// The length of a wait that is not waited out, because time is virtual.
    pub(super) fn skips(&self, timeout: Option<Duration>) -> Option<Duration> {
        let clock = self.virtual_clock.as_ref().filter(|_| timeout != Some(Duration::ZERO))?;
        [timeout, clock.until_alarm()].into_iter().flatten().min()
    }

    /// Something is ready, and nobody waits.
    pub(super) fn moment_passes(&mut self) -> Result<()> {
        self.time_passes(MOMENT)
    }

    /// Nothing was ready, and the wait would have lasted so long.
    pub(super) fn time_passes(&mut self, passed: Duration) -> Result<()> {
        if self.virtual_clock.as_mut().is_some_and(|clock| clock.pass(passed)) {
            let ours = self.process_id() as i32;
            self.send_signal(ours, libc::SIGALRM)?;
        }
        Ok(())
    }
}

/// A clock's time; 64 bits of nanoseconds last until the year 2262.
fn nanoseconds(clock: libc::clockid_t) -> i64 {
    let time = system::time_of(clock);
    time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec)
}
