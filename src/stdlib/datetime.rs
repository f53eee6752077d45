//! `_datetime`: natives in front of the methods of `timedelta`, `date` and `datetime` that programs call most. They answer
//! for objects of these very classes in the same time zone; the rest is Python (`datetime.py`).

use super::fronted::{self, Fronts, in_python, in_python_by_name};
use super::module as new_module;
use crate::builtins::natives;
use crate::builtins::order::Relation;
use crate::object::heap::Borrow;
use crate::object::{Foreign, Instance, Module, NativeObject, Ref, Slot, Str, Type, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Put the natives in front of the methods of the classes of these: a duration, a day, a moment; and UTC.
        "_install(timedelta, date, datetime, utc, /)" => install;
    }
    DURATION {
        "__add__(self, other, /)" => duration_add;
        "__radd__(self, other, /)" => duration_radd;
        "__sub__(self, other, /)" => duration_sub;
        "__neg__(self, /)" => duration_neg;
        "__mul__(self, other, /)" => duration_mul;
        "__rmul__(self, other, /)" => duration_rmul;
        "__truediv__(self, other, /)" => duration_truediv;
        "__eq__(self, other, /)" => duration_eq;
        "__lt__(self, other, /)" => duration_lt;
        "__le__(self, other, /)" => duration_le;
        "__gt__(self, other, /)" => duration_gt;
        "__ge__(self, other, /)" => duration_ge;
        "__hash__(self, /)" => duration_hash;
        "total_seconds(self, /)" => total_seconds;
    }
    DURATION_NEW {
        "__new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)" => duration_new;
    }
    DAY {
        "__add__(self, other, /)" => day_add;
        "__radd__(self, other, /)" => day_radd;
        "__sub__(self, other, /)" => day_sub;
        "__eq__(self, other, /)" => day_eq;
        "__lt__(self, other, /)" => day_lt;
        "__le__(self, other, /)" => day_le;
        "__gt__(self, other, /)" => day_gt;
        "__ge__(self, other, /)" => day_ge;
        "__hash__(self, /)" => day_hash;
        "isoformat(self, /)" => day_isoformat;
        "__str__(self, /)" => day_str;
        "toordinal(self, /)" => toordinal;
        "weekday(self, /)" => weekday;
    }
    DAY_NEW {
        "__new__(cls, year=None, month=None, day=None)" => day_new;
    }
    DAY_CLASS {
        "today(cls, /)" => today;
        "fromisoformat(cls, string, /)" => day_fromisoformat;
    }
    MOMENT {
        "__add__(self, other, /)" => moment_add;
        "__radd__(self, other, /)" => moment_radd;
        "__sub__(self, other, /)" => moment_sub;
        "__eq__(self, other, /)" => moment_eq;
        "__lt__(self, other, /)" => moment_lt;
        "__le__(self, other, /)" => moment_le;
        "__gt__(self, other, /)" => moment_gt;
        "__ge__(self, other, /)" => moment_ge;
        "__hash__(self, /)" => moment_hash;
        "isoformat(self, sep='T', timespec='auto')" => moment_isoformat;
        "__str__(self, /)" => moment_str;
        "date(self, /)" => moment_date;
        "timestamp(self, /)" => timestamp;
        "replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None)" => replace;
    }
    MOMENT_NEW {
        "__new__(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)" => moment_new;
    }
    MOMENT_CLASS {
        "now(cls, tz=None)" => now;
        "fromtimestamp(cls, timestamp, tz=None)" => fromtimestamp;
        "fromisoformat(cls, string, /)" => moment_fromisoformat;
    }
}

/// One object of each class, after which all others are made, and UTC.
struct Known {
    duration: Ref<Instance>,
    day: Ref<Instance>,
    moment: Ref<Instance>,
    utc: Slot,
}

impl NativeObject for Known {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.duration, &self.day, &self.moment].into_iter().for_each(|one| one.show(see));
        self.utc.visit(see);
    }
    fn clear(&self) {
        self.utc.set(Value::NONE);
    }
}

const KNOWN: &str = "datetime";
const DAY_MICROS: i128 = 86_400_000_000;
const LAST_DAY: i64 = 3_652_059;
/// The number of the first day of 1970.
const EPOCH: i64 = 719_163;

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_datetime", "", FUNCTIONS)
}

fn install(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let instance = |n: usize, slots: usize| {
        args[n].to_ref::<Instance>().filter(|one| !one.in_dict_mode() && one.shape().names().len() == slots)
    };
    let (Some(duration), Some(day), Some(moment)) = (instance(0, 4), instance(1, 4), instance(2, 10)) else {
        return Err(vm.system_error("the slots of datetime's classes are others"));
    };
    let tables = [
        (&duration, Fronts { methods: DURATION, static_methods: DURATION_NEW, class_methods: &[] }),
        (&day, Fronts { methods: DAY, static_methods: DAY_NEW, class_methods: DAY_CLASS }),
        (&moment, Fronts { methods: MOMENT, static_methods: MOMENT_NEW, class_methods: MOMENT_CLASS }),
    ];
    for (one, fronts) in tables {
        fronted::install(vm, one.class(), &fronts)?;
    }
    let class = super::class("_datetime", "Known", &vm.types.object, crate::object::TypeFlags::FINAL);
    let known = Known { duration, day, moment, utc: Slot::new(args[3].clone()) };
    vm.state.insert(KNOWN, Foreign::value(&class, known));
    Ok(Value::NONE)
}

/// What is known, for as long as nothing but natives runs.
fn known(vm: &Vm) -> Result<Borrow<'_, Foreign>, Exit> {
    vm.state.get(KNOWN).and_then(|known| known.get::<Foreign>()).ok_or_else(|| vm.system_error("datetime is not there"))
}

fn is_like(value: &Value, one: &Ref<Instance>) -> bool {
    value.get::<Instance>().is_some_and(|instance| instance.is_like(one))
}

impl Known {
    fn of(foreign: &Ref<Foreign>) -> Option<&Known> {
        foreign.downcast::<Known>()
    }
}

/// The number in a slot.
fn number(instance: &Ref<Instance>, slot: usize) -> i64 {
    instance.slot(slot).as_small().unwrap_or(0)
}

/// The microseconds of a duration.
fn duration(vm: &Vm, value: &Value) -> Option<i128> {
    let foreign = known(vm).ok()?;
    let instance = value.to_ref::<Instance>()?;
    if !is_like(value, &Known::of(&foreign)?.duration) {
        return None;
    }
    let seconds = i128::from(number(&instance, 0)) * 86_400 + i128::from(number(&instance, 1));
    Some(seconds * 1_000_000 + i128::from(number(&instance, 2)))
}

fn duration_value(vm: &Vm, micros: i128) -> Option<Value> {
    let (days, rest) = (micros.div_euclid(DAY_MICROS), micros.rem_euclid(DAY_MICROS) as i64);
    let days = i64::try_from(days).ok().filter(|days| (-999_999_999..=999_999_999).contains(days))?;
    let foreign = known(vm).ok()?;
    let slots = [days, rest / 1_000_000, rest % 1_000_000, -1].map(Value::small);
    Some(Instance::like(&Known::of(&foreign)?.duration, slots)?.into_value())
}

/// The number of a day, 1 for the first of the year 1.
fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    super::time::days_from_civil(year, month, day) + EPOCH
}

/// Year, month and day of a number, if there is such a day.
fn of_ordinal(n: i64) -> Option<(i64, i64, i64)> {
    (1..=LAST_DAY).contains(&n).then(|| super::time::civil_from_days(n - EPOCH))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_date(year: i64, month: i64, day: i64) -> bool {
    (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)
}

/// Year, month and day of a `date`.
fn day(vm: &Vm, value: &Value) -> Option<[i64; 3]> {
    let foreign = known(vm).ok()?;
    let instance = value.to_ref::<Instance>()?;
    is_like(value, &Known::of(&foreign)?.day).then(|| [0, 1, 2].map(|slot| number(&instance, slot)))
}

fn day_value(vm: &Vm, (year, month, day): (i64, i64, i64)) -> Option<Value> {
    let foreign = known(vm).ok()?;
    let slots = [year, month, day, -1].map(Value::small);
    Some(Instance::like(&Known::of(&foreign)?.day, slots)?.into_value())
}

/// A `datetime`: year, month, day, hour, minute, second, microsecond; time zone; is it the second of two?
struct Moment {
    fields: [i64; 7],
    zone: Value,
    fold: bool,
}

impl Moment {
    fn of(vm: &Vm, value: &Value) -> Option<Moment> {
        let foreign = known(vm).ok()?;
        let instance = value.to_ref::<Instance>()?;
        is_like(value, &Known::of(&foreign)?.moment).then(|| Moment {
            fields: [0, 1, 2, 3, 4, 5, 6].map(|slot| number(&instance, slot)),
            zone: instance.slot(7),
            fold: number(&instance, 8) != 0,
        })
    }

    /// Microseconds since the day before the first.
    fn micros(&self) -> i128 {
        let [year, month, day, hour, minute, second, micro] = self.fields;
        let seconds = ((ordinal(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        i128::from(seconds) * 1_000_000 + i128::from(micro)
    }

    fn of_micros(micros: i128, zone: Value) -> Option<Moment> {
        let (year, month, day) = of_ordinal(i64::try_from(micros.div_euclid(DAY_MICROS)).ok()?)?;
        let rest = micros.rem_euclid(DAY_MICROS) as i64;
        let (seconds, micro) = (rest / 1_000_000, rest % 1_000_000);
        let fields = [year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60, micro];
        Some(Moment { fields, zone, fold: false })
    }

    fn is_valid(&self) -> bool {
        let [year, month, day, hour, minute, second, micro] = self.fields;
        let within = |value: i64, most: i64| (0..=most).contains(&value);
        let clock = within(hour, 23) && within(minute, 59) && within(second, 59) && within(micro, 999_999);
        clock && is_date(year, month, day)
    }

    fn value(self, vm: &Vm) -> Option<Value> {
        let foreign = known(vm).ok()?;
        let [a, b, c, d, e, f, g] = self.fields.map(Value::small);
        let slots = [a, b, c, d, e, f, g, self.zone, Value::small(self.fold.into()), Value::small(-1)];
        Some(Instance::like(&Known::of(&foreign)?.moment, slots)?.into_value())
    }

    /// As `isoformat` has it, if the zone is none or UTC.
    fn text(&self, vm: &Vm, separator: &str) -> Option<Value> {
        let zone = match self.zone.is_none() {
            true => "",
            false if is_utc(vm, &self.zone) => "+00:00",
            false => return None,
        };
        let [year, month, day, hour, minute, second, micro] = self.fields;
        let text = match micro {
            0 => format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}{zone}"),
            _ => {
                format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}.{micro:06}{zone}")
            }
        };
        Some(Value::str(text))
    }
}

fn is_utc(vm: &Vm, zone: &Value) -> bool {
    known(vm).is_ok_and(|foreign| Known::of(&foreign).is_some_and(|known| known.utc.get().is(zone)))
}

/// Is it the class of the one known object itself?
fn is_class(vm: &Vm, class: &Value, which: fn(&Known) -> &Ref<Instance>) -> bool {
    let Ok(foreign) = known(vm) else { return false };
    let (Some(known), Some(class)) = (Known::of(&foreign), class.get::<Type>()) else { return false };
    std::ptr::eq(which(known).class().as_ptr(), class.as_ptr())
}

macro_rules! answer {
    ($vm:ident, $args:ident, $key:literal, $answer:expr) => {
        match $answer {
            Some(answer) => Ok(answer),
            None => in_python($vm, $key, $args),
        }
    };
}

// ---- durations

/// Two durations and what becomes of them.
fn durations(vm: &Vm, args: &[Value], combine: impl FnOnce(i128, i128) -> i128) -> Option<Value> {
    duration_value(vm, combine(duration(vm, &args[0])?, duration(vm, &args[1])?))
}

fn duration_add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__add__", durations(vm, args, |a, b| a + b))
}

fn duration_radd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__radd__", durations(vm, args, |a, b| a + b))
}

fn duration_sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__sub__", durations(vm, args, |a, b| a - b))
}

fn duration_neg(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__neg__", duration(vm, &args[0]).and_then(|micros| duration_value(vm, -micros)))
}

fn times(vm: &Vm, args: &[Value]) -> Option<Value> {
    let (micros, count) = (duration(vm, &args[0])?, args[1].as_small()?);
    duration_value(vm, micros.checked_mul(count.into())?)
}

fn duration_mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__mul__", times(vm, args))
}

fn duration_rmul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__rmul__", times(vm, args))
}

/// A float that holds the number exactly.
fn exact(micros: i128) -> Option<f64> {
    (micros.unsigned_abs() < 1 << 53).then_some(micros as f64)
}

fn divided(vm: &Vm, args: &[Value]) -> Option<Value> {
    let micros = duration(vm, &args[0])?;
    if let Some(by) = args[1].as_small().map(i128::from).filter(|by| *by != 0) {
        // To the nearest, halves to the even one.
        let (floor, rest) = (micros.div_euclid(by), micros.rem_euclid(by));
        let (floor, by) = if by < 0 { (floor, -by) } else { (floor, by) };
        let up = 2 * rest > by || 2 * rest == by && floor % 2 != 0;
        return duration_value(
            vm,
            match (up, args[1].as_small() < Some(0)) {
                (false, _) => floor,
                (true, false) => floor + 1,
                (true, true) => floor - 1,
            },
        );
    }
    let by = exact(duration(vm, &args[1])?).filter(|by| *by != 0.0)?;
    Some(Value::float(exact(micros)? / by))
}

fn duration_truediv(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "timedelta.__truediv__", divided(vm, args))
}

fn durations_ordered(vm: &Vm, args: &[Value], relation: Relation) -> Option<Value> {
    let (a, b) = (duration(vm, &args[0])?, duration(vm, &args[1])?);
    Some(Value::bool(relation.holds(a.cmp(&b).into())))
}

fn duration_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let equal = |a, b| Value::bool(a == b);
    let both = (duration(vm, &args[0]), duration(vm, &args[1]));
    answer!(vm, args, "timedelta.__eq__", both.0.zip(both.1).map(|(a, b)| equal(a, b)))
}

macro_rules! orders {
    ($($name:ident $key:literal $of:ident $relation:ident;)*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            answer!(vm, args, $key, $of(vm, args, Relation::$relation))
        }
    )* };
}

orders! {
    duration_lt "timedelta.__lt__" durations_ordered Less;
    duration_le "timedelta.__le__" durations_ordered LessEqual;
    duration_gt "timedelta.__gt__" durations_ordered Greater;
    duration_ge "timedelta.__ge__" durations_ordered GreaterEqual;
    day_lt "date.__lt__" days_ordered Less;
    day_le "date.__le__" days_ordered LessEqual;
    day_gt "date.__gt__" days_ordered Greater;
    day_ge "date.__ge__" days_ordered GreaterEqual;
    moment_lt "datetime.__lt__" moments_ordered Less;
    moment_le "datetime.__le__" moments_ordered LessEqual;
    moment_gt "datetime.__gt__" moments_ordered Greater;
    moment_ge "datetime.__ge__" moments_ordered GreaterEqual;
}

/// The hash, if it has been asked for before: it is the last slot.
fn known_hash(value: &Value, like: bool, slot: usize) -> Option<Value> {
    let hash = value.to_ref::<Instance>().filter(|_| like)?.slot(slot);
    (hash.as_small() != Some(-1)).then_some(hash)
}

fn duration_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let like = duration(vm, &args[0]).is_some();
    answer!(vm, args, "timedelta.__hash__", known_hash(&args[0], like, 3))
}

fn total_seconds(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let micros = duration(vm, &args[0]).and_then(exact);
    answer!(vm, args, "timedelta.total_seconds", micros.map(|micros| Value::float(micros / 1e6)))
}

const DURATION_NAMES: &[&str] = &["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];

fn duration_of(vm: &Vm, args: &[Value]) -> Option<Value> {
    const UNITS: [i128; 7] = [DAY_MICROS, 1_000_000, 1, 1000, 60_000_000, 3_600_000_000, 7 * DAY_MICROS];
    let mut micros: i128 = 0;
    for (value, unit) in args[1..].iter().zip(UNITS) {
        if !value.is_undef() {
            micros += i128::from(value.as_small()?) * unit;
        }
    }
    duration_value(vm, micros)
}

fn duration_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.duration)
        && let Some(made) = duration_of(vm, args)
    {
        return Ok(made);
    }
    in_python_by_name(vm, "timedelta.__new__", args, DURATION_NAMES)
}

// ---- days

fn day_moved(vm: &Vm, args: &[Value], sign: i64) -> Option<Value> {
    let [year, month, day] = day(vm, &args[0])?;
    let days = i64::try_from(duration(vm, &args[1])?.div_euclid(DAY_MICROS)).ok()?;
    day_value(vm, of_ordinal(ordinal(year, month, day) + sign * days)?)
}

fn day_add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.__add__", day_moved(vm, args, 1))
}

fn day_radd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.__radd__", day_moved(vm, args, 1))
}

fn days_between(vm: &Vm, args: &[Value]) -> Option<Value> {
    let [a, b] = [day(vm, &args[0])?, day(vm, &args[1])?].map(|[year, month, day]| ordinal(year, month, day));
    duration_value(vm, i128::from(a - b) * DAY_MICROS)
}

fn day_sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.__sub__", days_between(vm, args).or_else(|| day_moved(vm, args, -1)))
}

fn days_ordered(vm: &Vm, args: &[Value], relation: Relation) -> Option<Value> {
    Some(Value::bool(relation.holds(day(vm, &args[0])?.cmp(&day(vm, &args[1])?).into())))
}

fn day_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let both = (day(vm, &args[0]), day(vm, &args[1]));
    answer!(vm, args, "date.__eq__", both.0.zip(both.1).map(|(a, b)| Value::bool(a == b)))
}

fn day_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let like = day(vm, &args[0]).is_some();
    answer!(vm, args, "date.__hash__", known_hash(&args[0], like, 3))
}

fn day_text(vm: &Vm, value: &Value) -> Option<Value> {
    day(vm, value).map(|[year, month, day]| Value::str(format!("{year:04}-{month:02}-{day:02}")))
}

fn day_isoformat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.isoformat", day_text(vm, &args[0]))
}

fn day_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.__str__", day_text(vm, &args[0]))
}

/// The number of the day of a `date` or `datetime`.
fn ordinal_of(vm: &Vm, value: &Value) -> Option<i64> {
    let [year, month, day] = match day(vm, value) {
        Some(day) => day,
        None => Moment::of(vm, value).map(|moment| [moment.fields[0], moment.fields[1], moment.fields[2]])?,
    };
    Some(ordinal(year, month, day))
}

fn toordinal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.toordinal", ordinal_of(vm, &args[0]).map(Value::small))
}

fn weekday(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "date.weekday", ordinal_of(vm, &args[0]).map(|n| Value::small((n + 6) % 7)))
}

fn day_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.day)
        && let [_, year, month, day] = args
        && let (Some(year), Some(month), Some(day)) = (year.as_small(), month.as_small(), day.as_small())
        && is_date(year, month, day)
        && let Some(made) = day_value(vm, (year, month, day))
    {
        return Ok(made);
    }
    in_python_by_name(vm, "date.__new__", args, &["year", "month", "day"])
}

/// Seconds since the epoch.
fn seconds_now(vm: &mut Vm) -> i64 {
    vm.host.time_ns().div_euclid(1_000_000_000)
}

fn today(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.day) {
        let now = seconds_now(vm);
        let days = (now + super::time::local_offset(now)).div_euclid(86_400);
        if let Some(made) = of_ordinal(days + EPOCH).and_then(|date| day_value(vm, date)) {
            return Ok(made);
        }
    }
    in_python(vm, "date.today", args)
}

/// So many digits of a text.
fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

/// `YYYY-MM-DD`
fn parse_day(text: &[u8]) -> Option<(i64, i64, i64)> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&text[..4])?, digits(&text[5..7])?, digits(&text[8..])?);
    is_date(year, month, day).then_some((year, month, day))
}

fn day_fromisoformat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.day)
        && let Some(date) = args[1].get::<Str>().and_then(|text| parse_day(text.as_bytes()))
        && let Some(made) = day_value(vm, date)
    {
        return Ok(made);
    }
    in_python(vm, "date.fromisoformat", args)
}

// ---- moments

fn moment_moved(vm: &Vm, args: &[Value], sign: i128) -> Option<Value> {
    let (moment, micros) = (Moment::of(vm, &args[0])?, duration(vm, &args[1])?);
    Moment::of_micros(moment.micros() + sign * micros, moment.zone)?.value(vm)
}

fn moment_add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "datetime.__add__", moment_moved(vm, args, 1))
}

fn moment_radd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "datetime.__radd__", moment_moved(vm, args, 1))
}

/// Two moments in the same zone.
fn moments(vm: &Vm, args: &[Value]) -> Option<(Moment, Moment)> {
    let both = (Moment::of(vm, &args[0])?, Moment::of(vm, &args[1])?);
    both.0.zone.is(&both.1.zone).then_some(both)
}

fn moment_sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let between = moments(vm, args).and_then(|(a, b)| duration_value(vm, a.micros() - b.micros()));
    answer!(vm, args, "datetime.__sub__", between.or_else(|| moment_moved(vm, args, -1)))
}

fn moments_ordered(vm: &Vm, args: &[Value], relation: Relation) -> Option<Value> {
    let (a, b) = moments(vm, args)?;
    Some(Value::bool(relation.holds(a.fields.cmp(&b.fields).into())))
}

fn moment_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let equal = moments(vm, args).map(|(a, b)| Value::bool(a.fields == b.fields));
    answer!(vm, args, "datetime.__eq__", equal)
}

fn moment_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let like = Moment::of(vm, &args[0]).is_some();
    answer!(vm, args, "datetime.__hash__", known_hash(&args[0], like, 9))
}

fn moment_isoformat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg(args, 1).is_none()
        && arg(args, 2).is_none()
        && let Some(text) = Moment::of(vm, &args[0]).and_then(|moment| moment.text(vm, "T"))
    {
        return Ok(text);
    }
    in_python_by_name(vm, "datetime.isoformat", args, &["sep", "timespec"])
}

fn moment_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer!(vm, args, "datetime.__str__", Moment::of(vm, &args[0]).and_then(|moment| moment.text(vm, " ")))
}

fn moment_date(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let date = Moment::of(vm, &args[0]).map(|moment| (moment.fields[0], moment.fields[1], moment.fields[2]));
    answer!(vm, args, "datetime.date", date.and_then(|date| day_value(vm, date)))
}

fn timestamp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(moment) = Moment::of(vm, &args[0])
        && (moment.zone.is_none() || is_utc(vm, &moment.zone))
    {
        let seconds = (moment.micros().div_euclid(1_000_000) as i64) - EPOCH * 86_400;
        let offset = if moment.zone.is_none() { super::time::local_offset(seconds) } else { 0 };
        let micros = i128::from(seconds - offset) * 1_000_000 + i128::from(moment.fields[6]);
        match moment.zone.is_none() {
            true => return Ok(Value::float((seconds - offset) as f64 + moment.fields[6] as f64 / 1e6)),
            false => {
                if let Some(micros) = exact(micros) {
                    return Ok(Value::float(micros / 1e6));
                }
            }
        }
    }
    in_python(vm, "datetime.timestamp", args)
}

const MOMENT_NAMES: &[&str] =
    &["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "*", "fold"];

fn replaced(vm: &Vm, args: &[Value]) -> Option<Value> {
    let mut moment = Moment::of(vm, &args[0])?;
    for (n, field) in moment.fields.iter_mut().enumerate() {
        if let Some(given) = arg_or_none(args, n + 1) {
            *field = given.as_small()?;
        }
    }
    match arg(args, 8) {
        None => {}
        Some(zone) if zone.is_none() => moment.zone = Value::NONE,
        Some(_) => return None,
    }
    if arg_or_none(args, 9).is_some() || !moment.is_valid() {
        return None;
    }
    moment.value(vm)
}

fn replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match replaced(vm, args) {
        Some(made) => Ok(made),
        None => in_python_by_name(vm, "datetime.replace", args, MOMENT_NAMES),
    }
}

fn moment_of(vm: &Vm, args: &[Value]) -> Option<Value> {
    let mut fields = [0; 7];
    for (n, field) in fields.iter_mut().enumerate() {
        match arg(args, n + 1) {
            Some(given) => *field = given.as_small()?,
            None if n < 3 => return None,
            None => {}
        }
    }
    let zone = match arg_or_none(args, 8) {
        None => Value::NONE,
        Some(zone) if is_utc(vm, zone) => zone.clone(),
        Some(_) => return None,
    };
    let moment = Moment { fields, zone, fold: false };
    if arg(args, 9).is_some() || !moment.is_valid() {
        return None;
    }
    moment.value(vm)
}

fn moment_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.moment)
        && let Some(made) = moment_of(vm, args)
    {
        return Ok(made);
    }
    in_python_by_name(vm, "datetime.__new__", args, MOMENT_NAMES)
}

/// The moment of so many seconds and microseconds since the epoch on the local clock, or in UTC.
fn clock(vm: &Vm, seconds: i64, micro: i64, zone: &Value) -> Option<Value> {
    let offset = if zone.is_none() { super::time::local_offset(seconds) } else { 0 };
    let seconds = i128::from(seconds) + i128::from(offset) + i128::from(EPOCH) * 86_400;
    Moment::of_micros(seconds * 1_000_000 + i128::from(micro), zone.clone())?.value(vm)
}

/// The argument that is a time zone, if it is one that natives know.
fn plain_zone(vm: &Vm, args: &[Value], n: usize) -> Option<Value> {
    match arg_or_none(args, n) {
        None => Some(Value::NONE),
        Some(zone) => is_utc(vm, zone).then(|| zone.clone()),
    }
}

/// Seconds and microseconds of a number of seconds, halves of a microsecond to the even one.
fn split_seconds(seconds: f64) -> Option<(i64, i64)> {
    let whole = seconds.trunc();
    if !(-1e14..1e14).contains(&whole) {
        return None;
    }
    let micro = ((seconds - whole) * 1e6).round_ties_even() as i64;
    Some((whole as i64 + micro.div_euclid(1_000_000), micro.rem_euclid(1_000_000)))
}

fn now(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.moment)
        && let Some(zone) = plain_zone(vm, args, 1)
    {
        let micros = vm.host.time_ns().div_euclid(1000);
        if let Some(made) = clock(vm, micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000), &zone) {
            return Ok(made);
        }
    }
    in_python_by_name(vm, "datetime.now", args, &["tz"])
}

fn fromtimestamp(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.moment)
        && let Some(zone) = plain_zone(vm, args, 2)
    {
        let split = match args[1].as_small() {
            Some(seconds) if seconds.unsigned_abs() < 1 << 40 => Some((seconds, 0)),
            Some(_) => None,
            None => args[1].as_float().and_then(split_seconds),
        };
        if let Some(made) = split.and_then(|(seconds, micro)| clock(vm, seconds, micro, &zone)) {
            return Ok(made);
        }
    }
    in_python_by_name(vm, "datetime.fromtimestamp", args, &["timestamp", "tz"])
}

/// `YYYY-MM-DD`, alone or with `HH:MM:SS` or `HH:MM:SS.ffffff` after one character.
fn parse_moment(text: &[u8]) -> Option<Moment> {
    if !text.is_ascii() || !matches!(text.len(), 10 | 19 | 26) {
        return None;
    }
    let (year, month, day) = parse_day(&text[..10])?;
    let mut fields = [year, month, day, 0, 0, 0, 0];
    if text.len() > 10 {
        let clock = &text[11..];
        if clock[2] != b':' || clock[5] != b':' {
            return None;
        }
        for n in 0..3 {
            fields[3 + n] = digits(&clock[3 * n..3 * n + 2])?;
        }
        if clock.len() > 8 {
            if clock[8] != b'.' {
                return None;
            }
            fields[6] = digits(&clock[9..])?;
        }
    }
    Some(Moment { fields, zone: Value::NONE, fold: false }).filter(Moment::is_valid)
}

fn moment_fromisoformat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_class(vm, &args[0], |known| &known.moment)
        && let Some(moment) = args[1].get::<Str>().and_then(|text| parse_moment(text.as_bytes()))
        && let Some(made) = moment.value(vm)
    {
        return Ok(made);
    }
    in_python(vm, "datetime.fromisoformat", args)
}
