//! `str`: its methods, and the operators on strings.

use super::text::{
    self, SpaceSplitter, Splitter, buffer, contains, get_item, receiver, special, string, string_or, text_arg,
};
use super::{format, make_instance, natives, percent, quick, repr};
use crate::memory;
use crate::object::iter::over_str;
use crate::object::string::char_width;
use crate::object::{Borrow, Dict, Kind, Ref, Str, Tuple, Type, Value};
use crate::text::TextError;
use crate::text::codec::{self, Encoding, Errors, Failure};
use crate::text::pad::{self, Place};
use crate::text::search::{self, Kind as Alphabet};
use crate::text::split::{self, Side};
use crate::text::{unicode, wtf8};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        /// Return a capitalized version of the string.
        "capitalize(self, /)" => capitalize;
        /// Return a version of the string suitable for caseless comparisons.
        "casefold(self, /)" => casefold;
        /// Return a centered string of length width.
        "center(self, width, fillchar=' ', /)" => center;
        /// Return the number of non-overlapping occurrences of substring sub in string S[start:end].
        "count(self, sub, start=None, end=None, /)" => count;
        /// Encode the string using the codec registered for encoding.
        "encode(self, /, encoding='utf-8', errors='strict')" => encode;
        /// Return True if the string ends with the specified suffix, False otherwise.
        "endswith(self, suffix, start=None, end=None, /)" => endswith, quick::endswith;
        /// Return a copy where all tab characters are expanded using spaces.
        "expandtabs(self, /, tabsize=8)" => expandtabs;
        /// Return the lowest index in S where substring sub is found, or -1.
        "find(self, sub, start=None, end=None, /)" => find, quick::find;
        /// Return a formatted version of the string, using substitutions from args and kwargs.
        "format(self, /, *args, **kwargs)" => format_method;
        /// Return a formatted version of the string, using substitutions from mapping.
        "format_map(self, mapping, /)" => format_map;
        /// Return the lowest index in S where substring sub is found.
        "index(self, sub, start=None, end=None, /)" => index;
        /// Return True if the string is an alpha-numeric string, False otherwise.
        "isalnum(self, /)" => isalnum, quick::isalnum;
        /// Return True if the string is an alphabetic string, False otherwise.
        "isalpha(self, /)" => isalpha, quick::isalpha;
        /// Return True if all characters in the string are ASCII, False otherwise.
        "isascii(self, /)" => isascii;
        /// Return True if the string is a decimal string, False otherwise.
        "isdecimal(self, /)" => isdecimal;
        /// Return True if the string is a digit string, False otherwise.
        "isdigit(self, /)" => isdigit, quick::isdigit;
        /// Return True if the string is a valid Python identifier, False otherwise.
        "isidentifier(self, /)" => isidentifier;
        /// Return True if the string is a lowercase string, False otherwise.
        "islower(self, /)" => islower;
        /// Return True if the string is a numeric string, False otherwise.
        "isnumeric(self, /)" => isnumeric;
        /// Return True if all characters in the string are printable, False otherwise.
        "isprintable(self, /)" => isprintable;
        /// Return True if the string is a whitespace string, False otherwise.
        "isspace(self, /)" => isspace, quick::isspace;
        /// Return True if the string is a title-cased string, False otherwise.
        "istitle(self, /)" => istitle;
        /// Return True if the string is an uppercase string, False otherwise.
        "isupper(self, /)" => isupper;
        /// Concatenate any number of strings, with this one in between.
        "join(self, iterable, /)" => join;
        /// Return a left-justified string of length width.
        "ljust(self, width, fillchar=' ', /)" => ljust;
        /// Return a copy of the string converted to lowercase.
        "lower(self, /)" => lower, quick::lower;
        /// Return a copy of the string with leading whitespace removed.
        "lstrip(self, chars=None, /)" => lstrip;
        /// Partition the string into three parts using the given separator.
        "partition(self, sep, /)" => partition;
        /// Return a str with the given prefix string removed if present.
        "removeprefix(self, prefix, /)" => removeprefix;
        /// Return a str with the given suffix string removed if present.
        "removesuffix(self, suffix, /)" => removesuffix;
        /// Return a copy with all occurrences of substring old replaced by new.
        "replace(self, old, new, /, count=-1)" => replace;
        /// Return the highest index in S where substring sub is found, or -1.
        "rfind(self, sub, start=None, end=None, /)" => rfind;
        /// Return the highest index in S where substring sub is found.
        "rindex(self, sub, start=None, end=None, /)" => rindex;
        /// Return a right-justified string of length width.
        "rjust(self, width, fillchar=' ', /)" => rjust;
        /// Partition the string into three parts using the given separator, from the right.
        "rpartition(self, sep, /)" => rpartition;
        /// Return a list of the substrings in the string, splitting from the right.
        "rsplit(self, /, sep=None, maxsplit=-1)" => rsplit;
        /// Return a copy of the string with trailing whitespace removed.
        "rstrip(self, chars=None, /)" => rstrip;
        /// Return a list of the substrings in the string, using sep as the separator string.
        "split(self, /, sep=None, maxsplit=-1)" => split_method;
        /// Return a list of the lines in the string, breaking at line boundaries.
        "splitlines(self, /, keepends=False)" => splitlines;
        /// Return True if the string starts with the specified prefix, False otherwise.
        "startswith(self, prefix, start=None, end=None, /)" => startswith, quick::startswith;
        /// Return a copy of the string with leading and trailing whitespace removed.
        "strip(self, chars=None, /)" => strip, quick::strip;
        /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
        "swapcase(self, /)" => swapcase;
        /// Return a version of the string where each word is titlecased.
        "title(self, /)" => title;
        /// Replace each character in the string using the given translation table.
        "translate(self, table, /)" => translate;
        /// Return a copy of the string converted to uppercase.
        "upper(self, /)" => upper;
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
        "zfill(self, width, /)" => zfill;
        /// Return self+value.
        "__add__(self, value, /)" => dunder_add;
        /// Return a formatted version of the string as described by format_spec.
        "__format__(self, format_spec, /)" => format::dunder_format;
        /// What pickling gives to `__new__`.
        "__getnewargs__(self, /)" => getnewargs;
        /// Return hash(self).
        "__hash__(self, /)" => repr::dunder_hash;
        /// Return key in self.
        "__contains__(self, key, /)" => contains;
        /// Return self[key].
        "__getitem__(self, key, /)" => get_item;
        /// Implement iter(self).
        "__iter__(self, /)" => iter;
        /// Return len(self).
        "__len__(self, /)" => len;
        /// Return self%value.
        "__mod__(self, value, /)" => dunder_mod;
        /// Return self*value.
        "__mul__(self, value, /)" => dunder_mul;
        /// Return repr(self).
        "__repr__(self, /)" => repr::dunder_repr;
        /// Return value%self.
        "__rmod__(self, value, /)" => dunder_rmod;
        /// Return value*self.
        "__rmul__(self, value, /)" => dunder_mul;
        /// Return the size of the string in memory, in bytes.
        "__sizeof__(self, /)" => sizeof;
        /// Return str(self).
        "__str__(self, /)" => dunder_str;
    }
    STATIC {
        /// Create a new string object from the given object.
        "__new__(cls, object='', encoding='utf-8', errors='strict')" => new, quick::str_new;
        /// Return a translation table usable for str.translate().
        "maketrans(x, y=None, z=None, /)" => maketrans;
    }
    PRELUDE {
        /// A string of a class.
        "_str_wrap(cls, text, /)" => wrap;
    }
}

/// Fill the class.
pub fn install(vm: &mut Vm) {
    let class = vm.types.str_.clone();
    super::install_methods(&class, METHODS);
    super::install_methods(&class, super::compare::STR);
    super::install_static(&class, STATIC);
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// `a + b`
pub(crate) fn concat(vm: &Vm, a: &Borrow<'_, Str>, b: &Borrow<'_, Str>) -> NativeResult {
    let size = a.as_bytes().len() + b.as_bytes().len();
    if size > text::MAX_TEXT || !memory::fits(size) {
        return Err(vm.no_memory());
    }
    Ok(Value::object(a.concat(b)))
}

/// `text * times`
pub(crate) fn repeat(vm: &Vm, text: &Borrow<'_, Str>, times: i64) -> NativeResult {
    /// Up to this many bytes nobody is asked whether there is room.
    const SMALL: usize = 1 << 14;
    let bytes = text.as_bytes();
    if let Ok(times) = usize::try_from(times)
        && times > 1
        && (2..SMALL).contains(&bytes.len().saturating_mul(times))
        && let Some(made) = text.repeated(times)
    {
        return Ok(Value::object(made));
    }
    match repeated(vm, bytes, text.chars(), times, "repeated string is too long")? {
        Some(repeated) => string(vm, repeated),
        None => Ok(text.value()),
    }
}

/// The bytes of a text of this length so many times over; `None` for once.
pub(super) fn repeated(
    vm: &Vm,
    bytes: &[u8],
    length: usize,
    times: i64,
    complaint: &str,
) -> Result<Option<Vec<u8>>, Exit> {
    let times = usize::try_from(times).unwrap_or(0);
    if times == 1 {
        return Ok(None);
    }
    if length.checked_mul(times).is_none_or(|length| length > isize::MAX as usize) {
        return Err(vm.overflow_error(complaint));
    }
    let size = bytes.len().checked_mul(times).ok_or_else(|| vm.no_memory())?;
    let mut out = text::room(vm, size)?;
    if let [byte] = bytes {
        out.resize(size, *byte);
        return Ok(Some(out));
    }
    out.extend_from_slice(&bytes[..bytes.len().min(size)]);
    while out.len() < size {
        // Doubling copies large pieces.
        let more = out.len().min(size - out.len());
        out.extend_from_within(..more);
    }
    Ok(Some(out))
}

/// The alphabet in which positions of a string are quickest found: where all is ASCII, a character is a byte.
fn positions(text: &Borrow<'_, Str>) -> Alphabet {
    if text.is_ascii() { Alphabet::Bytes } else { Alphabet::Str }
}

/// The bounds given as the arguments `n` and `n + 1`, counted from the front.
pub(super) fn bounds(vm: &mut Vm, args: &[Value], n: usize, length: usize) -> Result<(usize, usize), Exit> {
    let start = vm.bound_arg(args, n)?;
    let end = vm.bound_arg(args, n + 1)?;
    let place = |bound: i64| {
        let bound = if bound < 0 { bound.saturating_add(length as i64).max(0) } else { bound };
        bound as usize
    };
    Ok((start.map_or(0, place), end.map_or(length, place)))
}

type Finder = fn(Alphabet, &[u8], &[u8], usize, usize) -> Option<usize>;

fn found(vm: &mut Vm, args: &[Value], name: &str, finder: Finder) -> Result<Option<usize>, Exit> {
    let me = receiver::<Str>(vm, args)?;
    let wanted = text_arg(vm, &args[1], format_args!("{name}() argument 1"))?;
    let (start, end) = bounds(vm, args, 2, me.chars())?;
    Ok(finder(positions(&me), me.as_bytes(), wanted.as_bytes(), start, end))
}

fn find(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(found(vm, args, "find", search::find)?.map_or(Value::small(-1), Value::size))
}

fn rfind(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(found(vm, args, "rfind", search::rfind)?.map_or(Value::small(-1), Value::size))
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = found(vm, args, "index", search::find)?;
    place.map(Value::size).ok_or_else(|| vm.value_error("substring not found"))
}

fn rindex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = found(vm, args, "rindex", search::rfind)?;
    place.map(Value::size).ok_or_else(|| vm.value_error("substring not found"))
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let wanted = text_arg(vm, &args[1], "count() argument 1")?;
    let (start, end) = bounds(vm, args, 2, me.chars())?;
    Ok(Value::size(search::count(positions(&me), me.as_bytes(), wanted.as_bytes(), start, end)))
}

fn startswith(vm: &mut Vm, args: &[Value]) -> NativeResult {
    affixed(vm, args, "startswith", search::starts_with)
}

fn endswith(vm: &mut Vm, args: &[Value]) -> NativeResult {
    affixed(vm, args, "endswith", search::ends_with)
}

fn affixed(
    vm: &mut Vm,
    args: &[Value],
    name: &str,
    has: fn(Alphabet, &[u8], &[u8], usize, usize) -> bool,
) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let (start, end) = bounds(vm, args, 2, me.chars())?;
    let alphabet = positions(&me);
    if let Some(wanted) = args[1].native::<Str>() {
        return Ok(Value::bool(has(alphabet, me.as_bytes(), wanted.as_bytes(), start, end)));
    }
    let Some(choices) = args[1].native::<Tuple>() else {
        let name_of = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("{name} first arg must be str or a tuple of str, not {name_of}")));
    };
    for choice in choices.items() {
        let Some(wanted) = choice.native::<Str>() else {
            let name_of = vm.type_name(choice);
            return Err(vm.type_error(format!("tuple for {name} must only contain str, not {name_of}")));
        };
        if has(alphabet, me.as_bytes(), wanted.as_bytes(), start, end) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

macro_rules! tests {
    ($($name:ident),*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            Ok(Value::bool(unicode::$name(receiver::<Str>(vm, args)?.as_bytes())))
        }
    )* };
}

tests! {
    isalnum, isalpha, isdecimal, isdigit, isidentifier, islower, isnumeric, isprintable, isspace, istitle, isupper
}

fn isascii(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(receiver::<Str>(vm, args)?.is_ascii()))
}

macro_rules! cases {
    ($($name:ident: $ascii:expr),* $(,)?) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            let me = receiver::<Str>(vm, args)?;
            let bytes = me.as_bytes();
            if !me.is_ascii() {
                return string(vm, unicode::$name(bytes));
            }
            let ascii: fn(&[u8], usize) -> u8 = $ascii;
            memory::fits(bytes.len()).then(|| Ref::<Str>::ascii_of(bytes.len(), |n| ascii(bytes, n)).into_value())
                .ok_or_else(|| vm.no_memory())
        }
    )* };
}

cases! {
    capitalize: |text, n| if n == 0 { text[n].to_ascii_uppercase() } else { text[n].to_ascii_lowercase() },
    casefold: |text, n| text[n].to_ascii_lowercase(),
    lower: |text, n| text[n].to_ascii_lowercase(),
    swapcase: |text, n| if text[n].is_ascii_alphabetic() { text[n] ^ 0x20 } else { text[n] },
    title: |text, n| match n {
        1.. if text[n - 1].is_ascii_alphabetic() => text[n].to_ascii_lowercase(),
        _ => text[n].to_ascii_uppercase(),
    },
    upper: |text, n| text[n].to_ascii_uppercase(),
}

fn center(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, Place::Center)
}

fn ljust(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, Place::Left)
}

fn rjust(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, Place::Right)
}

fn justified(vm: &mut Vm, args: &[Value], place: Place) -> NativeResult {
    let width = vm.index_arg(args, 1)?;
    let me = receiver::<Str>(vm, args)?;
    let given = match arg(args, 2) {
        None => None,
        Some(fill) => Some(match fill.native::<Str>() {
            Some(fill) => fill,
            None => {
                let name = vm.type_name(fill);
                return Err(vm.type_error(format!("The fill character must be a unicode character, not {name}")));
            }
        }),
    };
    let fill = given.as_ref().map_or(&b" "[..], |fill| fill.as_bytes());
    if wtf8::len(fill) != 1 {
        return Err(vm.type_error("The fill character must be exactly one character long"));
    }
    let width = usize::try_from(width).unwrap_or(0);
    if width <= me.chars() {
        return Ok(me.value());
    }
    string_or(vm, pad::justify(Alphabet::Str, me.as_bytes(), width, fill, place))
}

fn zfill(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let width = vm.index_arg(args, 1)?;
    let me = receiver::<Str>(vm, args)?;
    let filled = pad::zfill(Alphabet::Str, me.as_bytes(), usize::try_from(width).unwrap_or(0));
    itself_or(vm, args, me.as_bytes(), filled)
}

fn expandtabs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let size = super::text::tab_size(vm, args)?;
    let me = receiver::<Str>(vm, args)?;
    itself_or(vm, args, me.as_bytes(), pad::expand_tabs(Alphabet::Str, me.as_bytes(), size))
}

/// A text made of the receiver, which is the receiver itself where nothing has changed.
fn itself_or(vm: &Vm, args: &[Value], me: &[u8], made: Result<Vec<u8>, TextError>) -> NativeResult {
    match made {
        Ok(made) if args[0].is_kind(Kind::Str) && made == me => Ok(args[0].clone()),
        made => string_or(vm, made),
    }
}

fn strip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, "strip", Side::Both)
}

fn lstrip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, "lstrip", Side::Left)
}

fn rstrip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, "rstrip", Side::Right)
}

fn stripped(vm: &mut Vm, args: &[Value], name: &str, side: Side) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let characters = match arg_or_none(args, 1) {
        None => None,
        Some(given) => Some(match given.native::<Str>() {
            Some(characters) => characters,
            None => return Err(vm.type_error(format!("{name} arg must be None or str"))),
        }),
    };
    let characters = characters.as_ref().map(|characters| characters.as_bytes());
    let left = split::strip(Alphabet::Str, me.as_bytes(), characters, side);
    Ok(me.piece(left).into_value())
}

/// How often to split or replace: any negative number means everywhere.
pub(super) fn most(vm: &mut Vm, args: &[Value], n: usize) -> Result<Option<usize>, Exit> {
    if arg(args, n).is_none() {
        return Ok(None);
    }
    Ok(usize::try_from(vm.index_arg(args, n)?).ok())
}

/// A list of these pieces of a string.
fn strings(vm: &Vm, of: &Borrow<'_, Str>, parts: Vec<&[u8]>) -> NativeResult {
    if !memory::fits(of.as_bytes().len()) {
        return Err(vm.no_memory());
    }
    Ok(Value::list(parts.into_iter().map(|part| of.piece(part).into_value()).collect()))
}

fn split_method(vm: &mut Vm, args: &[Value]) -> NativeResult {
    split_by(vm, args, split::split, split::split_space)
}

fn rsplit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    split_by(vm, args, split::rsplit, split::rsplit_space)
}

fn split_by(vm: &mut Vm, args: &[Value], by_separator: Splitter, by_space: SpaceSplitter) -> NativeResult {
    let most = most(vm, args, 2)?;
    let me = receiver::<Str>(vm, args)?;
    let Some(given) = arg_or_none(args, 1) else {
        return strings(vm, &me, by_space(Alphabet::Str, me.as_bytes(), most));
    };
    let Some(separator) = given.native::<Str>() else {
        return Err(vm.type_error(format!("must be str or None, not {}", vm.type_name(given))));
    };
    if separator.as_bytes().is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    strings(vm, &me, by_separator(me.as_bytes(), separator.as_bytes(), most))
}

fn splitlines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let keep = match arg(args, 1) {
        None => false,
        Some(given) => match vm.native_truth(given) {
            Some(keep) => keep,
            None => return Err(vm.retry(args, 1, "to_bool")),
        },
    };
    let me = receiver::<Str>(vm, args)?;
    strings(vm, &me, split::split_lines(Alphabet::Str, me.as_bytes(), keep))
}

fn partition(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let separator = separator(vm, args)?;
    Ok(Value::tuple(match search::partition(me.as_bytes(), separator.as_bytes()) {
        Some((before, after)) => {
            vec![me.piece(before).into_value(), args[1].clone(), me.piece(after).into_value()]
        }
        None => vec![args[0].clone(), string(vm, "")?, string(vm, "")?],
    }))
}

fn rpartition(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let separator = separator(vm, args)?;
    Ok(Value::tuple(match search::rpartition(me.as_bytes(), separator.as_bytes()) {
        Some((before, after)) => {
            vec![me.piece(before).into_value(), args[1].clone(), me.piece(after).into_value()]
        }
        None => vec![string(vm, "")?, string(vm, "")?, args[0].clone()],
    }))
}

fn separator<'a>(vm: &Vm, args: &'a [Value]) -> Result<Borrow<'a, Str>, Exit> {
    let Some(separator) = args[1].native::<Str>() else {
        return Err(vm.type_error(format!("must be str, not {}", vm.type_name(&args[1]))));
    };
    if separator.as_bytes().is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    Ok(separator)
}

fn removeprefix(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let prefix = text_arg(vm, &args[1], "removeprefix() argument")?;
    match me.as_bytes().strip_prefix(prefix.as_bytes()) {
        Some(rest) => Ok(me.piece(rest).into_value()),
        None => Ok(me.value()),
    }
}

fn removesuffix(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let suffix = text_arg(vm, &args[1], "removesuffix() argument")?;
    match me.as_bytes().strip_suffix(suffix.as_bytes()) {
        Some(rest) => Ok(me.piece(rest).into_value()),
        None => Ok(me.value()),
    }
}

fn replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    let old = text_arg(vm, &args[1], "replace() argument 1")?;
    let new = text_arg(vm, &args[2], "replace() argument 2")?;
    let most = most(vm, args, 3)?;
    if !search::contains(me.as_bytes(), old.as_bytes()) {
        return Ok(me.value());
    }
    string_or(vm, search::replace(Alphabet::Str, me.as_bytes(), old.as_bytes(), new.as_bytes(), most))
}

fn join(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = vm.sequence_view_arg(args, 1, "can only join an iterable")?;
    let me = receiver::<Str>(vm, args)?;
    if let [item] = &items[..]
        && item.is_kind(Kind::Str)
    {
        return Ok(item.clone());
    }
    let mut size = me.as_bytes().len().saturating_mul(items.len().saturating_sub(1));
    for (place, item) in items.iter().enumerate() {
        let Some(piece) = item.native::<Str>() else {
            let name = vm.type_name(item);
            return Err(vm.type_error(format!("sequence item {place}: expected str instance, {name} found")));
        };
        size = size.saturating_add(piece.as_bytes().len());
    }
    if size > text::MAX_TEXT || !memory::fits(size) {
        return Err(vm.no_memory());
    }
    Ok(me.join(&items).into_value())
}

fn encode(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    if args.len() == 1 && me.as_str().is_some() {
        return Ok(Value::bytes(me.as_bytes()));
    }
    let names = codec_names(vm, args, 1, "encode")?;
    encode_text(vm, me.as_bytes(), &me.value(), &names)
}

/// The encoding and the handler of errors as they were given: `None` for the usual.
pub(super) struct CodecNames<'a> {
    encoding: Option<Borrow<'a, Str>>,
    errors: Option<Borrow<'a, Str>>,
}

/// The arguments `n` and `n + 1` as names of an encoding and a handler of errors.
pub(super) fn codec_names<'a>(vm: &Vm, args: &'a [Value], n: usize, function: &str) -> Result<CodecNames<'a>, Exit> {
    let name = |n: usize, what: &str| match arg(args, n) {
        Some(given) if given.is_none() && function == "str" => {
            Err(vm.type_error(format!("str() argument '{what}' must be str, not NoneType")))
        }
        Some(given) => {
            let name = text_arg(vm, given, format_args!("{function}() argument '{what}'"))?;
            c_text(vm, &name)?;
            Ok(Some(name))
        }
        None => Ok(None),
    };
    Ok(CodecNames { encoding: name(n, "encoding")?, errors: name(n + 1, "errors")? })
}

/// May a text be given to C: can it be encoded, is there no end in it?
pub(super) fn c_text(vm: &Vm, text: &Borrow<'_, Str>) -> Result<(), Exit> {
    if text.as_bytes().contains(&0) {
        return Err(vm.value_error("embedded null character"));
    }
    if text.as_str().is_some() {
        return Ok(());
    }
    match codec::encode(text.as_bytes(), Encoding::Utf8, Errors::Strict) {
        Ok(_) => Ok(()),
        Err(failure) => {
            let class = vm.types.unicode_encode_error.clone();
            Err(unicode_failure(vm, &class, failure, text.value()))
        }
    }
}

/// `text.encode(encoding, errors)`; `source` is the string.
pub(super) fn encode_text(vm: &mut Vm, text: &[u8], source: &Value, names: &CodecNames<'_>) -> NativeResult {
    let Some(encoding) = encoding(names) else {
        return other_codec(vm, "encode_other", source, names);
    };
    let Some(errors) = errors(names) else {
        // A handler's name matters only where there is something to handle.
        return match codec::encode(text, encoding, Errors::Strict) {
            Ok(bytes) => Ok(Value::bytes(bytes)),
            Err(_) => other_codec(vm, "encode_other", source, names),
        };
    };
    match codec::encode(text, encoding, errors) {
        Ok(bytes) => Ok(Value::bytes(bytes)),
        Err(failure) => {
            let class = vm.types.unicode_encode_error.clone();
            Err(unicode_failure(vm, &class, failure, source.clone()))
        }
    }
}

/// `bytes.decode(encoding, errors)`; `source` is the bytes-like object.
pub(super) fn decode_bytes(vm: &mut Vm, bytes: &[u8], source: &Value, names: &CodecNames<'_>) -> NativeResult {
    if bytes.is_empty() {
        // Nothing to decode needs no codec: its name may be wrong.
        return string(vm, "");
    }
    let Some(encoding) = encoding(names) else {
        return other_codec(vm, "decode_other", source, names);
    };
    if encoding == Encoding::Utf8 && wtf8::to_str(bytes).is_some() {
        return string(vm, bytes);
    }
    let Some(errors) = errors(names) else {
        return match codec::decode(bytes, encoding, Errors::Strict, true) {
            Ok((text, _)) => string(vm, text),
            Err(_) => other_codec(vm, "decode_other", source, names),
        };
    };
    match codec::decode(bytes, encoding, errors, true) {
        Ok((text, _)) => string(vm, text),
        Err(failure) => {
            let class = vm.types.unicode_decode_error.clone();
            Err(unicode_failure(vm, &class, failure, Value::bytes(bytes)))
        }
    }
}

fn encoding(names: &CodecNames<'_>) -> Option<Encoding> {
    names.encoding.as_ref().map_or(Some(Encoding::Utf8), |name| Encoding::lookup(name.as_bytes()))
}

fn errors(names: &CodecNames<'_>) -> Option<Errors> {
    names.errors.as_ref().map_or(Some(Errors::Strict), |name| Errors::lookup(name.as_bytes()))
}

/// A codec or handler that is not built in: Python code looks for it.
fn other_codec(vm: &mut Vm, function: &str, source: &Value, names: &CodecNames<'_>) -> NativeResult {
    let name = |name: &Option<Borrow<'_, Str>>, usual: &str| match name {
        Some(name) => name.value(),
        None => Value::str(usual),
    };
    let known = Value::bool(encoding(names).is_some());
    let args = vec![source.clone(), name(&names.encoding, "utf-8"), name(&names.errors, "strict"), known];
    vm.tail_prelude(function, args)
}

fn unicode_failure(vm: &Vm, class: &crate::object::Ref<crate::object::Type>, failure: Failure, source: Value) -> Exit {
    match failure {
        Failure::Unicode(error) => vm.raise_with(
            class,
            vec![
                Value::str(error.encoding),
                source,
                Value::size(error.start),
                Value::size(error.end),
                Value::str(error.reason),
            ],
        ),
        Failure::Other(error) => vm.text_error(error),
    }
}

fn format_method(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some((kwargs, rest)) = args.split_last() else { return Err(vm.system_error("no arguments")) };
    format::format_template(vm, &rest[0], &rest[1..], Some(kwargs), None)
}

fn format_map(vm: &mut Vm, args: &[Value]) -> NativeResult {
    format::format_template(vm, &args[0], &[], None, Some(&args[1]))
}

fn translate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    if me.as_bytes().is_empty() {
        return Ok(Value::str(""));
    }
    let Some(table) = args[1].get::<Dict>() else {
        if special(vm, &args[1], &vm.names.getitem.clone()).is_none() {
            let message = match args[1].get::<Type>() {
                Some(class) => format!("type '{}' is not subscriptable", vm.shown_class(&class)),
                None => format!("'{}' object is not subscriptable", vm.type_name(&args[1])),
            };
            return Err(vm.type_error(message));
        }
        return vm.tail_prelude("str_translate", args.to_vec());
    };
    let mut out = Vec::with_capacity(me.as_bytes().len());
    for c in wtf8::code_points(me.as_bytes()) {
        let key = Value::small(c as i64);
        let Ok(found) = table.get(&key, crate::text::hash::hash_i64(c as i64)) else {
            return vm.tail_prelude("str_translate", args.to_vec());
        };
        match found {
            None => wtf8::push(&mut out, c),
            Some(value) if value.is_none() => {}
            Some(value) => {
                if let Some(text) = value.native::<Str>() {
                    out.extend_from_slice(text.as_bytes());
                } else if let Some(code) = value.as_integer() {
                    match code.to_i64().and_then(|c| u32::try_from(c).ok()).filter(|c| *c < wtf8::CODE_POINTS) {
                        Some(c) => wtf8::push(&mut out, c),
                        None => return Err(vm.value_error("character mapping must be in range(0x110000)")),
                    }
                } else {
                    return Err(vm.type_error("character mapping must return integer, None or str"));
                }
            }
        }
    }
    string(vm, out)
}

fn maketrans(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let table = Dict::empty();
    let put = |c: u32, value: Value| {
        // A key that is a small int never needs Python code to be compared.
        let _ = table.set(&Value::small(c as i64), crate::text::hash::hash_i64(c as i64), value);
    };
    let Some(second) = arg(args, 1) else {
        let Some(dict) = args[0].native::<Dict>() else {
            return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
        };
        for (key, value) in dict.items() {
            if let Some(text) = key.native::<Str>() {
                match wtf8::first(text.as_bytes()) {
                    Some(c) if text.chars() == 1 => put(c, value),
                    _ => return Err(vm.value_error("string keys in translate table must be of length 1")),
                }
            } else if key.is_integer() {
                let Some(hash) = vm.native_hash(&key)? else {
                    return Err(vm.type_error("keys in translate table must be strings or integers"));
                };
                if table.set(&key, hash, value).is_err() {
                    return Err(vm.type_error("keys in translate table must be strings or integers"));
                }
            } else {
                return Err(vm.type_error("keys in translate table must be strings or integers"));
            }
        }
        return Ok(Value::object(table));
    };
    let to = text_arg(vm, second, "maketrans() argument 2")?;
    let without = match arg(args, 2) {
        Some(third) => Some(text_arg(vm, third, "maketrans() argument 3")?),
        None => None,
    };
    let Some(from) = args[0].native::<Str>() else {
        return Err(vm.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    if from.chars() != to.chars() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in wtf8::code_points(from.as_bytes()).zip(wtf8::code_points(to.as_bytes())) {
        put(from, Value::small(to as i64));
    }
    for c in without.iter().flat_map(|without| wtf8::code_points(without.as_bytes())) {
        put(c, Value::NONE);
    }
    Ok(Value::object(table))
}

fn dunder_add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = receiver::<Str>(vm, args)?;
    match args[1].native::<Str>() {
        Some(other) => concat(vm, &me, &other),
        None => {
            let name = vm.type_name(&args[1]);
            Err(vm.type_error(format!("can only concatenate str (not \"{name}\") to str")))
        }
    }
}

fn dunder_mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let times = vm.count_arg(args, 1)?;
    let me = receiver::<Str>(vm, args)?;
    repeat(vm, &me, times)
}

fn dunder_mod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    percent::percent_format(vm, &args[0], &args[1])
}

fn dunder_rmod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].native::<Str>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    percent::percent_format(vm, &args[1], &args[0])
}

fn dunder_str(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(receiver::<Str>(vm, args)?.value())
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![receiver::<Str>(vm, args)?.value()]))
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let string = receiver::<Str>(vm, args)?.to_ref();
    Ok(over_str(string, args[0].is_kind(Kind::Str)))
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(receiver::<Str>(vm, args)?.chars()))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // As CPython lays strings out: one, two or four bytes for every character, as the widest needs.
    let me = receiver::<Str>(vm, args)?;
    if me.is_ascii() {
        return Ok(Value::size(41 + me.chars()));
    }
    let widest = me.as_bytes().iter().map(|b| char_width(*b)).max().unwrap_or(1);
    let latin = me.as_bytes().iter().all(|b| *b < 0xC4);
    let (head, unit) = if widest == 4 {
        (60, 4)
    } else if latin {
        (57, 1)
    } else {
        (58, 2)
    };
    Ok(Value::size(head + unit * me.chars()))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.str_.clone();
    if let [class, object] = args
        && class.is(&builtin.value())
    {
        // The usual case, by far.
        if let Some(number) = object.as_small() {
            return Ok(Ref::<Str>::decimal(number).into_value());
        }
        if object.is_kind(Kind::Str) {
            return Ok(object.clone());
        }
    }
    let names = codec_names(vm, args, 2, "str")?;
    if names.encoding.is_some() || names.errors.is_some() {
        let decoded = match arg(args, 1) {
            None => string(vm, "")?,
            Some(object) => match buffer(object) {
                Some(bytes) => decode_bytes(vm, &bytes, object, &names)?,
                None if object.native::<Str>().is_some() => {
                    return Err(vm.type_error("decoding str is not supported"));
                }
                None => {
                    let name = vm.type_name(object);
                    let message = format!("decoding to str: need a bytes-like object, {name} found");
                    return Err(vm.type_error(message));
                }
            },
        };
        return make_instance(vm, &builtin, &args[0], decoded);
    }
    let Some(object) = arg(args, 1) else { return make_instance(vm, &builtin, &args[0], string(vm, "")?) };
    match repr::native_str(vm, object)? {
        Some(text) => make_instance(vm, &builtin, &args[0], text),
        None if args[0].is(&builtin.value()) => repr::str_in_python(vm, object),
        None => vm.tail_prelude("str_new", vec![args[0].clone(), object.clone()]),
    }
}

fn wrap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = text_arg(vm, &args[1], "_str_wrap() argument 2")?.value();
    make_instance(vm, &vm.types.str_.clone(), &args[0], text)
}
