//! Entropy, environment variables, the current directory.

use super::RealHost;
use crate::host::contract::{Environment, Identity};
use crate::host::error::Result;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

impl RealHost {
    /// From now on entropy is no surprise: every run gets the same.
    pub fn use_seed(&mut self, seed: u64) {
        self.seed = Some(seed);
    }
}

/// Fills a buffer with the numbers that follow a seed (splitmix64).
fn fill(buffer: &mut [u8], seed: &mut u64) {
    for piece in buffer.chunks_mut(8) {
        *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = *seed;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        piece.iter_mut().zip(word.to_le_bytes()).for_each(|(to, byte)| *to = byte);
    }
}

impl Environment for RealHost {
    fn entropy(&mut self, buffer: &mut [u8]) -> Result<()> {
        if let Some(seed) = &mut self.seed {
            fill(buffer, seed);
            return Ok(());
        }
        let mut filled = 0;
        while filled < buffer.len() {
            match rustix::rand::getrandom(&mut buffer[filled..], rustix::rand::GetRandomFlags::empty()) {
                Ok(count) => filled += count,
                Err(rustix::io::Errno::INTR) => self.interrupts.check()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn env_get(&mut self, name: &OsStr) -> Option<OsString> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn env_all(&mut self) -> Vec<(OsString, OsString)> {
        self.variables.clone()
    }

    fn env_set(&mut self, name: &OsStr, value: Option<&OsStr>) {
        let place = self.variables.iter().position(|(known, _)| known == name);
        match (place, value) {
            (Some(index), Some(value)) => self.variables[index].1 = value.to_os_string(),
            (None, Some(value)) => self.variables.push((name.to_os_string(), value.to_os_string())),
            (Some(index), None) => drop(self.variables.remove(index)),
            (None, None) => {}
        }
    }

    fn current_dir(&mut self) -> Result<PathBuf> {
        Ok(std::env::current_dir()?)
    }

    fn set_current_dir(&mut self, path: &Path) -> Result<()> {
        Ok(rustix::process::chdir(path)?)
    }

    fn process_id(&mut self) -> u32 {
        std::process::id()
    }

    fn executable(&mut self) -> Option<PathBuf> {
        std::env::current_exe().ok()
    }

    fn identity(&mut self) -> Identity {
        Identity {
            user: rustix::process::getuid().as_raw(),
            group: rustix::process::getgid().as_raw(),
            effective_user: rustix::process::geteuid().as_raw(),
            effective_group: rustix::process::getegid().as_raw(),
            parent: rustix::process::getppid().map_or(0, |parent| parent.as_raw_nonzero().get() as u32),
        }
    }

    fn system_names(&mut self) -> [OsString; 5] {
        let names = rustix::system::uname();
        let all = [names.sysname(), names.nodename(), names.release(), names.version(), names.machine()];
        all.map(|name| OsStr::from_bytes(name.to_bytes()).to_os_string())
    }

    fn set_umask(&mut self, mask: u32) -> Result<u32> {
        Ok(rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask)).as_raw_mode())
    }

    fn host_name(&mut self) -> OsString {
        OsStr::from_bytes(rustix::system::uname().nodename().to_bytes()).to_os_string()
    }

    fn memory_limit(&mut self) -> Option<usize> {
        super::memory::limit()
    }
}
