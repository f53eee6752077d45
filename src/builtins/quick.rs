//! The common cases of the natives that programs call most: plain arguments of builtin types, no error. Everything else is
//! for the native itself; see [`QuickFn`](crate::object::native::QuickFn).

use crate::memory;
use crate::object::class::TypeFlags;
use crate::object::dict::Lookup;
use crate::object::float::Complex;
use crate::object::range::Range;
use crate::object::string::{ByteArray, ascii_char};
use crate::object::{Dict, Instance, Kind, List, Ref, Set, Str, Type, Value, quick};
use crate::text::{search, split};
use std::cmp::Ordering;

/// `len(x)`
pub fn len(args: &[Value]) -> Option<Value> {
    super::items::length(&args[0]).map(Value::size)
}

/// `abs(x)`
pub fn abs(args: &[Value]) -> Option<Value> {
    match args[0].as_small() {
        Some(i) => Some(Value::int(i.abs())),
        None if args[0].is_inline_float() => Some(Value::float(args[0].inline_float().abs())),
        None => {
            let z = args[0].get::<Complex>()?;
            let size = z.re.hypot(z.im);
            size.is_finite().then(|| Value::float(size))
        }
    }
}

/// `isinstance(object, class)` for a class without an `__instancecheck__` of its own, and no tuple of classes.
pub fn isinstance(args: &[Value]) -> Option<Value> {
    let class = args[1].to_ref::<Type>()?;
    let object = &args[0];
    if let Some(instance) = object.get::<Instance>() {
        // Where it is none, its `__class__` may still say that it is.
        let own = instance.class();
        return (class.metaclass().is_none() && own.is_subclass(&class)).then_some(Value::TRUE);
    }
    let builtin = !class.flags().has(TypeFlags::HEAP) && class.mro.borrow().len() == 2;
    if !builtin || class.metaclass().is_some() {
        return None;
    }
    let kind = match object.kind() {
        Some(kind) => kind,
        None if object.is_small() => Kind::BigInt,
        None if object.is_inline_float() => Kind::Float,
        None => return None,
    };
    let common = |kind| matches!(kind, Kind::Str | Kind::List | Kind::Dict | Kind::Tuple | Kind::BigInt | Kind::Float);
    let wanted = class.layout.get()?;
    (common(wanted) && common(kind)).then(|| Value::bool(kind == wanted))
}

/// The smaller or the larger of two ints or two floats.
fn extreme(args: &[Value], takes_second: fn(Ordering) -> bool) -> Option<Value> {
    let [first, second] = args else { return None };
    let order = match (first.as_small(), second.as_small()) {
        (Some(first), Some(second)) => second.cmp(&first),
        _ if first.is_inline_float() && second.is_inline_float() => {
            second.inline_float().partial_cmp(&first.inline_float())?
        }
        _ => return None,
    };
    Some(if takes_second(order) { second.clone() } else { first.clone() })
}

/// `min(a, b)`
pub fn min(args: &[Value]) -> Option<Value> {
    extreme(args, Ordering::is_lt)
}

/// `max(a, b)`
pub fn max(args: &[Value]) -> Option<Value> {
    extreme(args, Ordering::is_gt)
}

/// Is it the builtin class itself, whose objects are of this kind? One that derives from it makes objects of its own with
/// the same native, and any other is refused.
fn is_class_of(class: &Value, kind: Kind) -> bool {
    class.get::<Type>().is_some_and(|class| class.layout.get() == Some(kind) && !class.flags().has(TypeFlags::HEAP))
}

/// `range(stop)`, `range(start, stop)`, `range(start, stop, step)`
pub fn range(args: &[Value]) -> Option<Value> {
    if !is_class_of(&args[0], Kind::Range) {
        return None;
    }
    let bound = |value: &Value| value.is_small().then(|| value.clone());
    let (start, stop, step) = match args {
        [_, stop] => (Value::small(0), bound(stop)?, Value::small(1)),
        [_, start, stop] => (bound(start)?, bound(stop)?, Value::small(1)),
        _ => return None,
    };
    Some(Value::object(Ref::new(Range { start, stop, step })))
}

/// `str(x)` of a string or an inline int.
pub fn str_new(args: &[Value]) -> Option<Value> {
    let [class, value] = args else { return None };
    if !is_class_of(class, Kind::Str) {
        return None;
    }
    match value.as_small() {
        Some(i) => Some(Ref::<Str>::decimal(i).into_value()),
        None => value.is_kind(Kind::Str).then(|| value.clone()),
    }
}

/// `int(x)` of an int, a float, a few digits.
pub fn int_new(args: &[Value]) -> Option<Value> {
    let [class, value] = args else { return None };
    if !is_class_of(class, Kind::BigInt) {
        return None;
    }
    if value.is_small() {
        return Some(value.clone());
    }
    if value.is_inline_float() {
        let whole = value.inline_float().trunc();
        return (whole.abs() < 1e15).then(|| Value::small(whole as i64));
    }
    let text = value.get::<Str>()?;
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0, |size: i64, digit| size * 10 + i64::from(digit - b'0'));
    Some(Value::int(if negative { -size } else { size }))
}

/// `float(x)` of a number.
pub fn float_new(args: &[Value]) -> Option<Value> {
    let [class, value] = args else { return None };
    if !is_class_of(class, Kind::Float) {
        return None;
    }
    match value.as_small() {
        Some(i) => Some(Value::float(i as f64)),
        None => value.is_inline_float().then(|| value.clone()),
    }
}

/// `bytes(x)`, where `x` is bytes or a bytearray.
pub fn bytes_new(args: &[Value]) -> Option<Value> {
    let [class, value] = args else { return None };
    if !is_class_of(class, Kind::Bytes) {
        return None;
    }
    if value.is_kind(Kind::Bytes) {
        return Some(value.clone());
    }
    let array = value.get::<ByteArray>()?.body().data.borrow();
    let mut bytes = memory::vector(array.len()).ok()?;
    bytes.extend_from_slice(&array);
    Some(Value::bytes(bytes))
}

/// `ord(c)`
pub fn ord(args: &[Value]) -> Option<Value> {
    match args[0].get::<Str>()?.as_bytes() {
        [byte] => Some(Value::small(*byte as i64)),
        _ => None,
    }
}

/// `chr(i)`
pub fn chr(args: &[Value]) -> Option<Value> {
    let code = u32::try_from(args[0].as_small()?).ok()?;
    match u8::try_from(code) {
        Ok(byte) if byte.is_ascii() => Some(ascii_char(byte).into_value()),
        _ => Some(Value::str(char::from_u32(code)?.encode_utf8(&mut [0; 4]))),
    }
}

/// The digits of a machine word in a base that is a power of two, with its prefix.
fn prefixed(args: &[Value], letter: u8, bits: u32) -> Option<Value> {
    let number = args[0].as_small()?;
    let mut room = [0; 70];
    let mut at = room.len();
    let mut size = number.unsigned_abs();
    loop {
        at -= 1;
        room[at] = b"0123456789abcdef"[(size & ((1 << bits) - 1)) as usize];
        size >>= bits;
        if size == 0 {
            break;
        }
    }
    at -= 2;
    room[at..at + 2].copy_from_slice(&[b'0', letter]);
    if number < 0 {
        at -= 1;
        room[at] = b'-';
    }
    Some(Ref::<Str>::from_ascii(&room[at..]).into_value())
}

/// `hex(i)`
pub fn hex(args: &[Value]) -> Option<Value> {
    prefixed(args, b'x', 4)
}

/// `oct(i)`
pub fn oct(args: &[Value]) -> Option<Value> {
    prefixed(args, b'o', 3)
}

/// `bin(i)`
pub fn bin(args: &[Value]) -> Option<Value> {
    prefixed(args, b'b', 1)
}

/// `set.discard(member)`
pub fn set_discard(args: &[Value]) -> Option<Value> {
    let set = args[0].get::<Set>()?;
    let hash = quick::hash(&args[1])?;
    let mut table = set.table.borrow_mut();
    let gone = match table.find(&args[1], hash) {
        Lookup::Found(place) => table.remove(place),
        Lookup::Absent => None,
        Lookup::NeedsPython => return None,
    };
    drop(table);
    drop(gone);
    Some(Value::NONE)
}

/// `dict.setdefault(key, default)`
pub fn dict_setdefault(args: &[Value]) -> Option<Value> {
    let dict = args[0].get::<Dict>()?;
    let hash = quick::hash(&args[1])?;
    let found = dict.table.borrow().find(&args[1], hash);
    match found {
        Lookup::Found(number) => Some(dict.table.borrow().value(number).clone()),
        Lookup::Absent => {
            let default = args.get(2).filter(|default| !default.is_undef()).cloned().unwrap_or(Value::NONE);
            dict.touch();
            dict.table.borrow_mut().push(args[1].clone(), hash, default.clone());
            Some(default)
        }
        Lookup::NeedsPython => None,
    }
}

/// `dict.pop(key, default)` where there is something to be given back.
pub fn dict_pop(args: &[Value]) -> Option<Value> {
    let dict = args[0].get::<Dict>()?;
    let removed = dict.remove(&args[1], quick::hash(&args[1])?).ok()?;
    match removed {
        Some(entry) => Some(entry.value),
        None => args.get(2).filter(|default| !default.is_undef()).cloned(),
    }
}

/// `str.strip()`, `str.strip(characters)`
pub fn strip(args: &[Value]) -> Option<Value> {
    let text = args[0].get::<Str>()?;
    let characters = match args.get(1).filter(|given| !given.is_undef() && !given.is_none()) {
        Some(given) => Some(given.get::<Str>()?),
        None => None,
    };
    let characters = characters.as_ref().map(|characters| characters.as_bytes());
    Some(text.piece(split::strip(search::Kind::Str, text.as_bytes(), characters, split::Side::Both)).into_value())
}

/// `str.find(wanted)` in an ASCII string.
pub fn find(args: &[Value]) -> Option<Value> {
    let [text, wanted] = args else { return None };
    let (text, wanted) = (text.get::<Str>()?, wanted.get::<Str>()?);
    let (bytes, wanted) = (text.as_bytes(), wanted.as_bytes());
    text.is_ascii()
        .then(|| search::find(search::Kind::Bytes, bytes, wanted, 0, bytes.len()).map_or(Value::small(-1), Value::size))
}

/// `dict.get(key, default)`
pub fn dict_get(args: &[Value]) -> Option<Value> {
    let dict = args[0].get::<Dict>()?;
    let table = dict.table.borrow();
    match table.find(&args[1], quick::hash(&args[1])?) {
        Lookup::Found(number) => Some(table.value(number).clone()),
        Lookup::Absent => Some(args.get(2).filter(|default| !default.is_undef()).cloned().unwrap_or(Value::NONE)),
        Lookup::NeedsPython => None,
    }
}

/// `list.append(item)`
pub fn list_append(args: &[Value]) -> Option<Value> {
    args[0].get::<List>()?.borrow_mut().push(args[1].clone());
    Some(Value::NONE)
}

/// `list.pop()`
pub fn list_pop(args: &[Value]) -> Option<Value> {
    let list = args[0].get::<List>()?;
    if args.len() > 1 {
        return None;
    }
    list.body().borrow_mut().pop()
}

/// `set.add(member)`
pub fn set_add(args: &[Value]) -> Option<Value> {
    let set = args[0].get::<Set>()?;
    let hash = quick::hash(&args[1])?;
    match set.table.borrow_mut().add(args[1].clone(), hash) {
        Lookup::NeedsPython => None,
        _ => Some(Value::NONE),
    }
}

/// `set.remove(member)` of a member.
pub fn set_remove(args: &[Value]) -> Option<Value> {
    let set = args[0].get::<Set>()?;
    let hash = quick::hash(&args[1])?;
    let mut table = set.table.borrow_mut();
    let Lookup::Found(place) = table.find(&args[1], hash) else { return None };
    let gone = table.remove(place);
    drop(table);
    drop(gone);
    Some(Value::NONE)
}

/// Is every character of an ASCII string as `wanted`, and is there one?
fn all_ascii(args: &[Value], wanted: fn(&u8) -> bool) -> Option<Value> {
    let text = args[0].get::<Str>()?;
    let bytes = text.as_bytes();
    text.is_ascii().then(|| Value::bool(!bytes.is_empty() && bytes.iter().all(wanted)))
}

/// `str.isalpha()`
pub fn isalpha(args: &[Value]) -> Option<Value> {
    all_ascii(args, u8::is_ascii_alphabetic)
}

/// `str.isalnum()`
pub fn isalnum(args: &[Value]) -> Option<Value> {
    all_ascii(args, u8::is_ascii_alphanumeric)
}

/// `str.isdigit()`
pub fn isdigit(args: &[Value]) -> Option<Value> {
    all_ascii(args, u8::is_ascii_digit)
}

/// `str.isspace()`
pub fn isspace(args: &[Value]) -> Option<Value> {
    all_ascii(args, |byte| matches!(byte, b'\t'..=b'\r' | 0x1c..=0x1f | b' '))
}

/// `str.startswith(prefix)`
pub fn startswith(args: &[Value]) -> Option<Value> {
    let [text, prefix] = args else { return None };
    let (text, prefix) = (text.get::<Str>()?, prefix.get::<Str>()?);
    Some(Value::bool(text.as_bytes().starts_with(prefix.as_bytes())))
}

/// `str.endswith(suffix)`
pub fn endswith(args: &[Value]) -> Option<Value> {
    let [text, suffix] = args else { return None };
    let (text, suffix) = (text.get::<Str>()?, suffix.get::<Str>()?);
    Some(Value::bool(text.as_bytes().ends_with(suffix.as_bytes())))
}

/// `str.lower()` of what is ASCII and in lower case already.
pub fn lower(args: &[Value]) -> Option<Value> {
    let text = args[0].get::<Str>()?;
    let same = text.is_ascii() && !text.as_bytes().iter().any(u8::is_ascii_uppercase);
    same.then(|| args[0].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_cases_are_left_alone() {
        let list = Value::list(vec![Value::small(1)]);
        assert!(list_pop(&[list.clone(), Value::small(0)]).is_none());
        assert!(list_pop(std::slice::from_ref(&list)).is_some_and(|item| item.as_small() == Some(1)));
        assert!(list_pop(std::slice::from_ref(&list)).is_none());
        assert!(isalpha(&[Value::str("\u{e9}")]).is_none());
        assert!(isalpha(&[Value::str("")]).is_some_and(|answer| answer.is(&Value::FALSE)));
        assert!(set_remove(&[list, Value::small(1)]).is_none());
        assert!(ord(&[Value::str("ab")]).is_none());
        assert!(chr(&[Value::small(0xD800)]).is_none() && chr(&[Value::small(-1)]).is_none());
    }
}
