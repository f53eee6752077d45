//! How much memory there is for a program.

use std::fs;
use std::path::Path;

/// How many bytes a program may take: what the address space, the control group and the machine allow, less what growing
/// and ending take.
pub(super) fn limit() -> Option<usize> {
    // A vector that grows has its old and its new room at once, and blocks of small objects are kept when these are gone;
    // all that lies in the address space, but only what is written to is memory.
    let addresses = rustix::process::getrlimit(rustix::process::Resource::As).current.map(|bytes| bytes / 3);
    let group = control_group().map(three_quarters);
    let machine = rustix::system::sysinfo();
    let machine = (machine.totalram as u64).checked_mul(u64::from(machine.mem_unit)).map(three_quarters);
    let least = [addresses, group, machine].into_iter().flatten().min()?;
    Some(usize::try_from(least).unwrap_or(usize::MAX))
}

fn three_quarters(bytes: u64) -> u64 {
    bytes / 4 * 3
}

/// What the control group of this process may take, in either version's files.
fn control_group() -> Option<u64> {
    let number = |path: &Path| fs::read_to_string(path).ok()?.trim().parse().ok();
    let root = Path::new("/sys/fs/cgroup");
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let own = groups.lines().find_map(|line| line.strip_prefix("0::/"));
    own.and_then(|own| number(&root.join(own).join("memory.max")))
        .or_else(|| number(&root.join("memory.max")))
        .or_else(|| number(&root.join("memory/memory.limit_in_bytes")))
}
