//! Guest hashes, number for number those of a 64-bit CPython: so that sets and dicts of texts, too, show the order that
//! `PYTHONHASHSEED=0` gives there.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::wtf8::code_points;

/// Numbers that are equal hash alike because all of them are taken modulo this prime, 2⁶¹ − 1.
const MODULUS: u64 = (1 << BITS) - 1;
const BITS: u32 = 61;

/// The hash of infinity; minus infinity has its negative.
pub const INFINITY: i64 = 314159;
/// What the imaginary part of a complex number is multiplied with.
const IMAGINARY: u64 = 1000003;

/// The key of the hash of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Key {
    k0: u64,
    k1: u64,
}

impl Key {
    /// The key that `PYTHONHASHSEED=seed` means. The default key is that of the seed 0.
    pub fn from_seed(seed: u32) -> Key {
        if seed == 0 {
            return Key::default();
        }
        let mut state = seed;
        let mut word = || {
            let mut bytes = [0; 8];
            for byte in &mut bytes {
                state = state.wrapping_mul(214013).wrapping_add(2531011);
                *byte = (state >> 16) as u8;
            }
            u64::from_le_bytes(bytes)
        };
        Key { k0: word(), k1: word() }
    }

    /// A key of one's own, from the system's entropy for instance.
    pub fn new(k0: u64, k1: u64) -> Key {
        Key { k0, k1 }
    }

    fn hash(self, bytes: &[u8]) -> i64 {
        let mut hasher = SipHasher13::new_with_keys(self.k0, self.k1);
        hasher.write(bytes);
        finish(hasher.finish())
    }
}

/// The hash of `bytes`.
pub fn hash_bytes(bytes: &[u8], key: Key) -> i64 {
    if bytes.is_empty() { 0 } else { key.hash(bytes) }
}

/// The hash of a `str`. CPython hashes its own representation, with as many bytes for each character as the widest one
/// needs, so that is what is rebuilt here for what is not ASCII.
pub fn hash_str(text: &[u8], key: Key) -> i64 {
    if text.is_ascii() {
        return hash_bytes(text, key);
    }
    let units: Vec<u8> = match code_points(text).max() {
        None | Some(0..=0xFF) => code_points(text).map(|c| c as u8).collect(),
        Some(0x100..=0xFFFF) => code_points(text).flat_map(|c| (c as u16).to_le_bytes()).collect(),
        Some(_) => code_points(text).flat_map(u32::to_le_bytes).collect(),
    };
    key.hash(&units)
}

/// The hash of an `int` that fits.
pub fn hash_i64(value: i64) -> i64 {
    let size = value.unsigned_abs();
    // Nearly all ints are their own hashes.
    signed(if size < MODULUS { size } else { size % MODULUS }, value < 0)
}

/// The hash of any `int`, whose size is given in digits of 64 bits.
pub fn hash_limbs(negative: bool, digits: &[u64]) -> i64 {
    // 2⁶⁴ is 8 modulo the prime, and multiplying by 8 is a rotation of the 61 bits.
    let remainder = digits.iter().rev().fold(0u64, |high, digit| {
        let turned = ((high << 3) & MODULUS) | (high >> (BITS - 3));
        let sum = turned + (digit & MODULUS) + (digit >> BITS);
        let folded = (sum & MODULUS) + (sum >> BITS);
        if folded >= MODULUS { folded - MODULUS } else { folded }
    });
    signed(remainder, negative)
}

/// The hash of a `float`; `None` for a NaN, which hashes by its identity.
pub fn hash_f64(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { INFINITY } else { -INFINITY });
    }
    let bits = value.to_bits();
    let (field, fraction) = ((bits >> 52) & 0x7FF, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field as i64 - 1075) };
    // Multiplying by a power of two is a rotation of the 61 bits.
    let turn = exponent.rem_euclid(i64::from(BITS)) as u32;
    let rotated = if turn == 0 { mantissa } else { (mantissa << turn & MODULUS) | mantissa >> (BITS - turn) };
    Some(signed(rotated, value < 0.0))
}

/// The hash of a `complex`, from the hashes of its parts (a NaN's being its identity's).
pub fn hash_complex(real: i64, imaginary: i64) -> i64 {
    finish((real as u64).wrapping_add((imaginary as u64).wrapping_mul(IMAGINARY)))
}

const PRIME_5: u64 = 2870177450012600261;

/// Hashes in order, mixed, and how many they are.
fn mix(items: impl IntoIterator<Item = i64>) -> (u64, u64) {
    const PRIME_1: u64 = 11400714785074694791;
    const PRIME_2: u64 = 14029467366897019727;
    let (mut sum, mut length) = (PRIME_5, 0u64);
    for item in items {
        sum = sum.wrapping_add((item as u64).wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1);
        length += 1;
    }
    (sum, length)
}

fn mixed(sum: u64) -> i64 {
    match sum as i64 {
        -1 => 1546275796,
        hash => hash,
    }
}

/// The hash of a `tuple`, from the hashes of its items in order.
pub fn hash_tuple(items: impl IntoIterator<Item = i64>) -> i64 {
    let (sum, length) = mix(items);
    mixed(sum.wrapping_add(length ^ (PRIME_5 ^ 3527539)))
}

/// The hash of a `slice`, from the hashes of its three parts.
pub fn hash_slice(parts: impl IntoIterator<Item = i64>) -> i64 {
    mixed(mix(parts).0)
}

/// The hash of a `frozenset`, from the hashes of its members in any order.
pub fn hash_frozenset(members: impl IntoIterator<Item = i64>) -> i64 {
    let (mut sum, mut length) = (0u64, 0u64);
    for member in members {
        let member = member as u64;
        sum ^= ((member ^ 89869747) ^ (member << 16)).wrapping_mul(3644798167);
        length += 1;
    }
    sum ^= (length + 1).wrapping_mul(1927868237);
    sum ^= (sum >> 11) ^ (sum >> 25);
    match sum.wrapping_mul(69069).wrapping_add(907133923) as i64 {
        -1 => 590923713,
        hash => hash,
    }
}

/// −1 is the mark of an error in C, so no hash is −1.
fn finish(hash: u64) -> i64 {
    match hash as i64 {
        -1 => -2,
        hash => hash,
    }
}

fn signed(remainder: u64, negative: bool) -> i64 {
    let remainder = remainder as i64;
    finish((if negative { -remainder } else { remainder }) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;
    use crate::text::int::Int;

    #[test]
    fn says_what_python_says() {
        let float = |value| hash_f64(value).expect("no NaN was asked about");
        for case in cases(include_str!("expected/hash.txt")) {
            let numbers = || case.arg(0).split_whitespace().map(|n| n.parse().expect("hashes are numbers"));
            let hash = match case.question() {
                "str" => hash_str(case.wtf8(0), Key::default()),
                "bytes" => hash_bytes(&case.bytes(0), Key::default()),
                "int" => {
                    let number = case.bigint(0);
                    let negative = number.sign() == num_bigint::Sign::Minus;
                    let big = hash_limbs(negative, &number.magnitude().to_u64_digits());
                    if let Int::Small(value) = case.int(0) {
                        assert_eq!(hash_i64(value), big, "line {}", case.line);
                    }
                    big
                }
                "float" => float(case.float(0)),
                "complex" => hash_complex(float(case.float(0)), float(case.float(1))),
                "tuple" => hash_tuple(numbers()),
                "frozenset" => hash_frozenset(numbers()),
                other => panic!("line {}: {other}?", case.line),
            };
            case.check(hash.to_string());
        }
    }

    /// `PYTHONHASHSEED=N python3.14 -c "print(hash('abc'), hash(b'pyield'))"`
    #[test]
    fn takes_its_key_from_the_seed() {
        let both = |seed| (hash_str(b"abc", Key::from_seed(seed)), hash_bytes(b"pyield", Key::from_seed(seed)));
        assert_eq!(both(1), (-4667308735975688587, -2576233643558588909));
        assert_eq!(both(4294967295), (-6122489556238538401, 558061902455651829));
    }
}
