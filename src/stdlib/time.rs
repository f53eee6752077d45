//! `time`: clocks, sleeping, and calendar arithmetic. Local time is UTC: the host knows no time zones yet.

use super::strftime::{self, Moment};
use super::structseq::{self, StructSequence};
use super::{host_error, module as new_module, namespace, str_of, text};
use crate::builtins::natives;
use crate::object::{Instance, Module, Ref, Str, Tuple, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::time::Duration;

natives! {
    FUNCTIONS {
        /// Seconds since the epoch.
        "time()" => time;
        /// Nanoseconds since the epoch.
        "time_ns()" => time_ns;
        /// Seconds on a clock that never goes back.
        "monotonic()" => monotonic;
        "monotonic_ns()" => monotonic_ns;
        /// Seconds on the finest clock, for measuring.
        "perf_counter()" => monotonic;
        "perf_counter_ns()" => monotonic_ns;
        /// Seconds of processor time that this process has used.
        "process_time()" => process_time;
        "process_time_ns()" => process_time_ns;
        "thread_time()" => thread_time;
        "thread_time_ns()" => thread_time_ns;
        /// Let a number of seconds pass.
        "sleep(seconds, /)" => sleep;
        /// Seconds since the epoch as a struct_time in UTC.
        "gmtime(seconds=None, /)" => gmtime;
        /// Seconds since the epoch as a struct_time in local time.
        "localtime(seconds=None, /)" => localtime;
        /// A struct_time in local time as seconds since the epoch.
        "mktime(tuple, /)" => mktime;
        /// A struct_time by a format such as '%Y-%m-%d %H:%M:%S'.
        "strftime(format, tuple=None, /)" => strftime;
        /// A text as a struct_time, by a format.
        "strptime(string, format=None, /)" => strptime;
        /// What a clock of the system says, in seconds.
        "clock_gettime(clk_id, /)" => clock_gettime;
        "clock_gettime_ns(clk_id, /)" => clock_gettime_ns;
        /// How fine such a clock is, in seconds.
        "clock_getres(clk_id, /)" => clock_getres;
        /// Set a clock: nobody here may.
        "clock_settime(clk_id, time, /)" => clock_settime;
        "clock_settime_ns(clk_id, time, /)" => clock_settime_ns;
        /// The number of the clock that counts a thread's work.
        "pthread_getcpuclockid(thread_id, /)" => pthread_getcpuclockid;
        /// A struct_time as text: 'Sun Jun 20 23:21:05 1993'.
        "asctime(tuple=None, /)" => asctime;
        /// Seconds since the epoch as text in local time.
        "ctime(seconds=None, /)" => ctime;
        "get_clock_info(name, /)" => get_clock_info;
        "tzset()" => tzset;
    }
}

static STRUCT_TIME: StructSequence = StructSequence {
    module: "time",
    name: "struct_time",
    key: "time.struct_time",
    fields: &["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"],
    hidden: &["tm_zone", "tm_gmtoff"],
    constructible: true,
};

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("time", "Clocks, sleeping, and calendar arithmetic.", FUNCTIONS);
    module.set("struct_time", structseq::class_of(vm, &STRUCT_TIME).into_value());
    module.set("_STRUCT_TM_ITEMS", Value::size(STRUCT_TIME.fields.len() + STRUCT_TIME.hidden.len()));
    module.set("timezone", Value::small(0));
    module.set("altzone", Value::small(0));
    module.set("daylight", Value::small(0));
    module.set("tzname", Value::tuple(vec![text("UTC"), text("UTC")]));
    for (name, number) in [
        ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
        ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
        ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
        ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
        ("CLOCK_MONOTONIC_RAW", libc::CLOCK_MONOTONIC_RAW),
        ("CLOCK_BOOTTIME", libc::CLOCK_BOOTTIME),
        ("CLOCK_TAI", libc::CLOCK_TAI),
    ] {
        module.set(name, Value::small(number as i64));
    }
    module
}

fn seconds(ns: i64) -> NativeResult {
    Ok(Value::float(ns as f64 / 1e9))
}

fn time(vm: &mut Vm, _: &[Value]) -> NativeResult {
    seconds(vm.host.time_ns())
}

fn time_ns(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.host.time_ns()))
}

fn monotonic(vm: &mut Vm, _: &[Value]) -> NativeResult {
    seconds(vm.host.monotonic_ns())
}

fn monotonic_ns(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.host.monotonic_ns()))
}

fn process_time(vm: &mut Vm, _: &[Value]) -> NativeResult {
    seconds(vm.host.process_time_ns())
}

fn process_time_ns(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.host.process_time_ns()))
}

fn thread_time(vm: &mut Vm, _: &[Value]) -> NativeResult {
    seconds(vm.host.thread_time_ns())
}

fn thread_time_ns(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.host.thread_time_ns()))
}

/// What a clock says by its number: the host has four.
fn clock(vm: &mut Vm, args: &[Value]) -> Result<i64, Exit> {
    let id = vm.index_arg(args, 0)?;
    match i32::try_from(id).unwrap_or(-1) {
        libc::CLOCK_REALTIME | libc::CLOCK_TAI => Ok(vm.host.time_ns()),
        libc::CLOCK_MONOTONIC | libc::CLOCK_MONOTONIC_RAW | libc::CLOCK_BOOTTIME => Ok(vm.host.monotonic_ns()),
        libc::CLOCK_PROCESS_CPUTIME_ID => Ok(vm.host.process_time_ns()),
        libc::CLOCK_THREAD_CPUTIME_ID => Ok(vm.host.thread_time_ns()),
        _ => Err(vm.os_error(libc::EINVAL, "Invalid argument", None)),
    }
}

fn clock_gettime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    seconds(clock(vm, args)?)
}

fn clock_gettime_ns(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(clock(vm, args)?))
}

fn clock_getres(vm: &mut Vm, args: &[Value]) -> NativeResult {
    clock(vm, args).map(|_| Value::float(1e-9))
}

/// The host has no clocks to set, and so is what the system is to those who may not.
fn refuse_to_set(vm: &mut Vm, clock: i64, time: i64) -> NativeResult {
    match i32::try_from(clock) == Ok(libc::CLOCK_REALTIME) && time >= 0 {
        true => Err(vm.os_error(libc::EPERM, "Operation not permitted", None)),
        false => Err(vm.os_error(libc::EINVAL, "Invalid argument", None)),
    }
}

fn clock_settime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let clock = vm.index_arg(args, 0)?;
    let time = nanoseconds(vm, args, 1)?;
    refuse_to_set(vm, clock, time)
}

fn clock_settime_ns(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (clock, time) = (vm.index_arg(args, 0)?, vm.index_arg(args, 1)?);
    refuse_to_set(vm, clock, time)
}

fn pthread_getcpuclockid(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.index_arg(args, 0)?;
    Ok(Value::small(i64::from(libc::CLOCK_THREAD_CPUTIME_ID)))
}

fn strptime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let given = args.iter().filter(|arg| !arg.is_undef()).cloned().collect();
    vm.tail_prelude("time_strptime", given)
}

/// A number of seconds as nanoseconds: floats are rounded away from zero, so that nobody wakes up early.
pub fn nanoseconds(vm: &mut Vm, args: &[Value], n: usize) -> Result<i64, Exit> {
    if let Some(f) = args[n].payload().as_float() {
        if f.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let scaled = f * 1e9;
        let rounded = if scaled >= 0.0 { scaled.ceil() } else { scaled.floor() };
        if rounded.abs() >= i64::MAX as f64 {
            return Err(vm.overflow_error("timestamp out of range for platform time_t"));
        }
        return Ok(rounded as i64);
    }
    match vm.integer_arg(args, n)?.to_i64().and_then(|seconds| seconds.checked_mul(1_000_000_000)) {
        Some(ns) => Ok(ns),
        None => Err(vm.overflow_error("timestamp too large to convert to C PyTime_t")),
    }
}

fn sleep(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let ns = nanoseconds(vm, args, 0)?;
    let Ok(ns) = u64::try_from(ns) else {
        return Err(vm.value_error("sleep length must be non-negative"));
    };
    let deadline = vm.host.monotonic_ns().saturating_add(ns as i64);
    let left = |vm: &mut Vm| Duration::from_nanos(deadline.saturating_sub(vm.host.monotonic_ns()).max(0) as u64);
    if !vm.threads.is_alone() {
        if ns == 0 {
            vm.threads.give_way();
            return Ok(Value::NONE);
        }
        vm.park(Value::NONE, Some(deadline), Vec::new());
        return vm.tail_prelude("sleep_among_others", vec![Value::int(deadline)]);
    }
    let mut rest = Duration::from_nanos(ns);
    vm.pauses();
    loop {
        if vm.host.sleep(rest).map_err(|error| host_error(vm, error))? {
            return Ok(Value::NONE);
        }
        rest = left(vm);
        if vm.host.interrupted() {
            return Err(vm.again(vec![Value::float(rest.as_secs_f64())]));
        }
    }
}

/// Days since the epoch of a day of the proleptic Gregorian calendar; `month` counts from 1.
pub(super) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years are counted from March, so that a leap day is the last of its year, in eras of 400 years.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month (from 1) and day of a number of days since the epoch.
pub(super) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// How far the local clock is ahead of UTC at this second: it shows UTC.
pub(super) fn local_offset(_: i64) -> i64 {
    0
}

/// The nine numbers of a `struct_time` in UTC.
fn broken_down(seconds: i64) -> [i64; 9] {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    let day_of_year = days - days_from_civil(year, 1, 1) + 1;
    [year, month, day, rest / 3600, rest / 60 % 60, rest % 60, (days + 3).rem_euclid(7), day_of_year, 0]
}

/// Whole seconds since the epoch, as an argument gives them; now if there is none.
fn instant(vm: &mut Vm, args: &[Value], n: usize) -> Result<i64, Exit> {
    let seconds = match arg_or_none(args, n) {
        None => vm.host.time_ns().div_euclid(1_000_000_000),
        Some(value) => match value.payload().as_float() {
            Some(f) if f.is_nan() => return Err(vm.value_error("Invalid value NaN (not a number)")),
            Some(f) if f.abs() < i64::MAX as f64 => f.floor() as i64,
            Some(_) => return Err(vm.overflow_error("timestamp out of range for platform time_t")),
            None => match vm.integer_arg(args, n)?.to_i64() {
                Some(seconds) => seconds,
                None => return Err(vm.overflow_error("timestamp out of range for platform time_t")),
            },
        },
    };
    if !YEARS_FIT.contains(&seconds) {
        return Err(vm.os_error(libc::EOVERFLOW, "Value too large for defined data type", None));
    }
    Ok(seconds)
}

/// The seconds whose years, counted from 1900, fit 32 bits.
const YEARS_FIT: std::ops::RangeInclusive<i64> = -67_768_040_609_740_800..=67_768_036_191_676_799;

fn struct_time(vm: &mut Vm, numbers: [i64; 9], zone: &str) -> Value {
    let items = numbers.iter().map(|n| Value::small(*n)).collect();
    structseq::value(vm, &STRUCT_TIME, items, vec![text(zone), Value::small(0)])
}

fn gmtime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let seconds = instant(vm, args, 0)?;
    Ok(struct_time(vm, broken_down(seconds), "GMT"))
}

fn localtime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let seconds = instant(vm, args, 0)?;
    Ok(struct_time(vm, broken_down(seconds), "UTC"))
}

/// The nine numbers of an argument that must be a `struct_time` or a tuple; those of now if there is none.
fn numbers(vm: &mut Vm, args: &[Value], n: usize, whose: &str) -> Result<[i64; 9], Exit> {
    let Some(given) = arg(args, n) else {
        let seconds = instant(vm, &[], 0)?;
        return Ok(broken_down(seconds));
    };
    let Some(tuple) = given.native::<Tuple>() else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    let items = tuple.items();
    let mut numbers = [0; 9];
    if items.len() != 9 {
        return Err(vm.type_error(format!("{whose}(): illegal time tuple argument")));
    }
    for (number, item) in numbers.iter_mut().zip(items) {
        match item.as_integer().map(|i| i.to_i64()) {
            Some(Some(i)) if i32::try_from(i).is_ok() => *number = i,
            Some(Some(i)) if i > 0 => return Err(vm.overflow_error("signed integer is greater than maximum")),
            Some(Some(_)) => return Err(vm.overflow_error("signed integer is less than minimum")),
            Some(None) => return Err(vm.overflow_error("Python int too large to convert to C long")),
            None => {
                let name = vm.type_name(item);
                return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
            }
        }
    }
    // The system counts years from 1900 on.
    if i32::try_from(numbers[0] - 1900).is_err() {
        return Err(vm.overflow_error("year out of range"));
    }
    Ok(numbers)
}

fn mktime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [year, month, day, hour, minute, second, _, _, daylight] = numbers(vm, args, 0, "mktime")?;
    let months = year * 12 + month - 1;
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + day - 1;
    // Whoever says that summer time holds has put the clock forward.
    let seconds = days * 86_400 + (hour - i64::from(daylight > 0)) * 3600 + minute * 60 + second;
    if !YEARS_FIT.contains(&seconds) {
        return Err(vm.overflow_error("mktime argument out of range"));
    }
    Ok(Value::float(seconds as f64))
}

/// The numbers of a time, checked as `strftime` does.
fn checked(vm: &mut Vm, args: &[Value], n: usize, whose: &str) -> Result<[i64; 9], Exit> {
    let mut t = numbers(vm, args, n, whose)?;
    // Zero stands for "not said" in these three.
    for place in [1, 2, 7] {
        if t[place] == 0 {
            t[place] = 1;
        }
    }
    // The system's week begins with Sunday, and what is left of a division has the sign of what was divided.
    let weekday = (t[6] + 1) % 7;
    t[6] = if weekday < 0 { -1 } else { (weekday + 6) % 7 };
    let limits = [
        (t[1], 1, 12, "month out of range"),
        (t[2], 1, 31, "day of month out of range"),
        (t[3], 0, 23, "hour out of range"),
        (t[4], 0, 59, "minute out of range"),
        (t[5], 0, 61, "seconds out of range"),
        (t[6], 0, 6, "day of week out of range"),
        (t[7], 1, 366, "day of year out of range"),
    ];
    for (number, least, most, complaint) in limits {
        if !(least..=most).contains(&number) {
            return Err(vm.value_error(complaint));
        }
    }
    Ok(t)
}

fn strftime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let format = str_of(vm, &args[0], "strftime() argument 1 must be str, not {}")?;
    let numbers = checked(vm, args, 1, "strftime")?;
    // A tuple does not say where it is, unless it says whether summer time holds there.
    let said =
        arg(args, 1).and_then(|given| given.get::<Instance>()).and_then(|time| time.get_attr(&intern(b"tm_zone")));
    let said = said.and_then(|zone| zone.to_ref::<Str>());
    let zone = match said.as_ref().and_then(|zone| zone.as_str()) {
        Some(zone) => zone,
        None if numbers[8] < 0 => "",
        None => "UTC",
    };
    let mut out = Vec::new();
    strftime::expand(format.as_bytes(), &Moment { numbers: &numbers, zone }, &mut out);
    Ok(Value::str(out))
}

fn as_text(t: &[i64; 9]) -> Value {
    let mut out = Vec::new();
    strftime::expand(b"%a %b %e %H:%M:%S %Y", &Moment { numbers: t, zone: "" }, &mut out);
    Value::str(out)
}

fn asctime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(as_text(&checked(vm, args, 0, "asctime")?))
}

fn ctime(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let seconds = instant(vm, args, 0)?;
    Ok(as_text(&broken_down(seconds)))
}

fn get_clock_info(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = str_of(vm, &args[0], "get_clock_info() argument 1 must be str, not {}")?;
    let (implementation, monotonic, adjustable) = match name.as_str() {
        Some("time") => ("clock_gettime(CLOCK_REALTIME)", false, true),
        Some("monotonic" | "perf_counter") => ("clock_gettime(CLOCK_MONOTONIC)", true, false),
        Some("process_time") => ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false),
        Some("thread_time") => ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false),
        _ => return Err(vm.value_error("unknown clock")),
    };
    Ok(namespace::value(
        vm,
        vec![
            ("implementation", text(implementation)),
            ("monotonic", Value::bool(monotonic)),
            ("adjustable", Value::bool(adjustable)),
            ("resolution", Value::float(1e-9)),
        ],
    ))
}

fn tzset(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        for days in (-1_000_000..1_000_000).step_by(97) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        assert_eq!(broken_down(0), [1970, 1, 1, 0, 0, 0, 3, 1, 0]);
        assert_eq!(broken_down(1_700_000_000), [2023, 11, 14, 22, 13, 20, 1, 318, 0]);
        assert_eq!(broken_down(-1), [1969, 12, 31, 23, 59, 59, 2, 365, 0]);
    }
}
