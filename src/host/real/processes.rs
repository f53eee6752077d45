//! Other processes.

use super::{Handle, RealHost, Waiting, system};
use crate::host::contract::{Fd, Processes, Program};
use crate::host::error::{HostError, Result};
use rustix::io::{FdFlags, fcntl_getfd, fcntl_setfd};
use rustix::process::{Pid, PidfdFlags, WaitOptions, pidfd_open, wait, waitpid};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

impl Processes for RealHost {
    fn start(&mut self, program: &Program<'_>) -> Result<i32> {
        let mut command = Command::new(program.path);
        if let Some((name, rest)) = program.arguments.split_first() {
            command.arg0(name).args(rest);
        }
        command.env_clear();
        match program.variables {
            Some(given) => command.envs(given.iter().map(|(name, value)| (name, value))),
            None => command.envs(self.variables.iter().map(|(name, value)| (name, value))),
        };
        if let Some(directory) = program.directory {
            command.current_dir(directory);
        }
        let [input, output, errors] = program.streams;
        command.stdin(self.stream(input)?).stdout(self.stream(output)?).stderr(self.stream(errors)?);
        if let Some(group) = program.group {
            command.process_group(group);
        }
        if program.session {
            system::begin_session(&mut command);
        }
        let closed = match program.inherited {
            Some(given) => self.leave_open(given)?,
            None => self.leave_open(&self.inheritable())?,
        };
        let started = command.spawn();
        self.close_at_start(&closed);
        match started {
            // Who ends it, and when, the program says: nothing is kept here.
            Ok(child) => i32::try_from(child.id()).map_err(|_| HostError::from_errno(libc::EOVERFLOW)),
            Err(error) => Err(error.into()),
        }
    }

    fn take_ended(&mut self, process: Option<i32>) -> Result<Option<(i32, i32)>> {
        let ended = match process {
            Some(process) => waitpid(Some(pid(process)?), WaitOptions::NOHANG)?,
            None => wait(WaitOptions::NOHANG)?,
        };
        Ok(ended.map(|(process, status)| (process.as_raw_nonzero().get(), status.as_raw())))
    }

    fn watch_process(&mut self, process: i32) -> Result<Fd> {
        let fd = pidfd_open(pid(process)?, PidfdFlags::empty())?;
        Ok(self.keep(fd, Waiting::Never))
    }
}

fn pid(number: i32) -> Result<Pid> {
    Pid::from_raw(number).filter(|_| number > 0).ok_or_else(|| HostError::from_errno(libc::ECHILD))
}

impl RealHost {
    /// What a program gets as one of its standard streams.
    fn stream(&self, fd: Option<Fd>) -> Result<Stdio> {
        match fd {
            Some(fd) => Ok(Stdio::from(rustix::io::fcntl_dupfd_cloexec(self.descriptor(fd)?, 3)?)),
            None => Ok(Stdio::inherit()),
        }
    }

    /// What the program passes on where it does not say what.
    fn inheritable(&self) -> Vec<Fd> {
        let numbers = (0..).zip(&self.open);
        let passed_on = numbers.filter(|(_, there)| there.as_ref().is_some_and(|there| there.inheritable));
        passed_on.map(|(fd, _)| fd).collect()
    }

    /// Let a program that is started now have these descriptors; those that are to be closed for others again.
    fn leave_open(&self, inherited: &[Fd]) -> Result<Vec<Fd>> {
        let mut closed = Vec::new();
        for &fd in inherited {
            let descriptor = self.descriptor(fd)?;
            if matches!(descriptor.handle, Handle::Owned(_)) && fcntl_getfd(descriptor)?.contains(FdFlags::CLOEXEC) {
                fcntl_setfd(descriptor, FdFlags::empty())?;
                closed.push(fd);
            }
        }
        Ok(closed)
    }

    fn close_at_start(&self, closed: &[Fd]) {
        for descriptor in closed.iter().filter_map(|fd| self.descriptor(*fd).ok()) {
            // It was open a moment ago, and taking this flag back cannot fail.
            let _ = fcntl_setfd(descriptor, FdFlags::CLOEXEC);
        }
    }
}
