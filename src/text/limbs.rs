//! Natural numbers as digits of 64 bits, the lowest first: the arithmetic of ints too large for a word.
//!
//! Every function works on slices that its caller provides, so that small results need no memory of their own. A number
//! is *trimmed* when its highest digit is not zero; zero has no digits. Operands are trimmed, results may not be.
//! Schoolbook methods all: for what is long on both sides [`to_big`] leads to `num_bigint`, which has better ones.

use num_bigint::{BigInt, BigUint, Sign};
use std::cmp::Ordering;

/// With both operands this long or longer, others multiply and divide better than this module.
pub const LONG: usize = 40;

/// The same number without zeros in front.
pub fn trimmed(digits: &[u64]) -> &[u64] {
    let length = digits.iter().rposition(|digit| *digit != 0).map_or(0, |top| top + 1);
    &digits[..length]
}

/// How many bits it has.
pub fn bits(digits: &[u64]) -> u64 {
    match digits.last() {
        Some(top) => digits.len() as u64 * 64 - u64::from(top.leading_zeros()),
        None => 0,
    }
}

/// The order of two numbers.
pub fn compare(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// `a + b`; the result has a digit more than the longer of them.
pub fn add(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let (low, high) = a.split_at(b.len());
    let mut carry = false;
    for ((x, y), to) in low.iter().zip(b).zip(&mut *out) {
        (*to, carry) = carrying_add(*x, *y, carry);
    }
    for (x, to) in high.iter().zip(&mut out[b.len()..]) {
        (*to, carry) = x.overflowing_add(u64::from(carry));
    }
    out[a.len()] = u64::from(carry);
}

/// `a - b`, which is not negative; the result is as long as `a`.
pub fn sub(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (low, high) = a.split_at(b.len());
    let mut borrow = false;
    for ((x, y), to) in low.iter().zip(b).zip(&mut *out) {
        (*to, borrow) = borrowing_sub(*x, *y, borrow);
    }
    for (x, to) in high.iter().zip(&mut out[b.len()..]) {
        (*to, borrow) = x.overflowing_sub(u64::from(borrow));
    }
    debug_assert!(!borrow, "the larger comes first");
}

#[inline(always)]
fn carrying_add(x: u64, y: u64, carry: bool) -> (u64, bool) {
    let (sum, one) = x.overflowing_add(y);
    let (sum, two) = sum.overflowing_add(u64::from(carry));
    (sum, one | two)
}

#[inline(always)]
fn borrowing_sub(x: u64, y: u64, borrow: bool) -> (u64, bool) {
    let (rest, one) = x.overflowing_sub(y);
    let (rest, two) = rest.overflowing_sub(u64::from(borrow));
    (rest, one | two)
}

/// `a * b`; the result is as long as both together.
pub fn mul(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let [first, rest @ ..] = b else { return out.fill(0) };
    out[a.len()] = mul_word(a, *first, 0, out);
    for (place, digit) in (1..).zip(rest) {
        let mut carry = 0;
        for (x, to) in a.iter().zip(&mut out[place..]) {
            let sum = u128::from(*x) * u128::from(*digit) + u128::from(*to) + u128::from(carry);
            (*to, carry) = (sum as u64, (sum >> 64) as u64);
        }
        out[place + a.len()] = carry;
    }
}

/// `a * word + more`: the lower digits go to `out`, the highest is handed back.
pub fn mul_word(a: &[u64], word: u64, more: u64, out: &mut [u64]) -> u64 {
    let mut carry = more;
    for (x, to) in a.iter().zip(out) {
        let product = u128::from(*x) * u128::from(word) + u128::from(carry);
        (*to, carry) = (product as u64, (product >> 64) as u64);
    }
    carry
}

/// As [`mul_word`], in place.
fn mul_word_in_place(digits: &mut Vec<u64>, word: u64, more: u64) {
    let mut carry = more;
    for digit in &mut *digits {
        let product = u128::from(*digit) * u128::from(word) + u128::from(carry);
        (*digit, carry) = (product as u64, (product >> 64) as u64);
    }
    if carry != 0 {
        digits.push(carry);
    }
}

/// A divisor with its highest bit set, and what to multiply with in place of dividing by it: one division by words is
/// three times as slow as the two products.
#[derive(Clone, Copy)]
struct Divisor {
    word: u64,
    reciprocal: u64,
}

impl Divisor {
    fn new(word: u64) -> Divisor {
        debug_assert!(word >> 63 == 1);
        Divisor { word, reciprocal: (u128::MAX / u128::from(word)) as u64 }
    }

    /// Quotient and remainder of `high · 2⁶⁴ + low`, where `high` is less than the divisor.
    #[inline(always)]
    fn divide(self, high: u64, low: u64) -> (u64, u64) {
        let estimate = u128::from(self.reciprocal) * u128::from(high) + ((u128::from(high) << 64) | u128::from(low));
        let mut quotient = ((estimate >> 64) as u64).wrapping_add(1);
        let mut rest = low.wrapping_sub(quotient.wrapping_mul(self.word));
        if rest > estimate as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.word);
        }
        if rest >= self.word {
            quotient = quotient.wrapping_add(1);
            rest -= self.word;
        }
        (quotient, rest)
    }
}

/// Divides by a word that is not zero, handing the digits of the quotient on from the highest, with their places; the
/// remainder.
#[inline(always)]
fn each_quotient(a: &[u64], word: u64, mut put: impl FnMut(usize, u64)) -> u64 {
    if word >> 32 == 0 {
        let mut rest = 0;
        for (place, digit) in a.iter().enumerate().rev() {
            let high = (rest << 32) | (digit >> 32);
            let low = ((high % word) << 32) | (digit & 0xFFFF_FFFF);
            put(place, ((high / word) << 32) | (low / word));
            rest = low % word;
        }
        return rest;
    }
    let shift = word.leading_zeros();
    let divisor = Divisor::new(word << shift);
    // The dividend is shifted as the divisor is, on the way.
    let lower = |digit: u64| if shift == 0 { 0 } else { digit >> (64 - shift) };
    let mut rest = a.last().map_or(0, |top| lower(*top));
    for (place, digit) in a.iter().enumerate().rev() {
        let below = if place == 0 { 0 } else { a[place - 1] };
        let (quotient, left) = divisor.divide(rest, (digit << shift) | lower(below));
        put(place, quotient);
        rest = left;
    }
    rest >> shift
}

/// `a // word`, as long as `a`, and `a % word`.
pub fn div_word(a: &[u64], word: u64, quotient: &mut [u64]) -> u64 {
    each_quotient(a, word, |place, digit| quotient[place] = digit)
}

/// `a % word`
pub fn rem_word(a: &[u64], word: u64) -> u64 {
    each_quotient(a, word, |_, _| {})
}

/// `a // b` and `a % b` where `b` has at least two digits and is not longer than `a`. The quotient has a digit more than `a`
/// is longer; the remainder is as long as `b`. `room` is as long as both together and one more.
pub fn div_rem(a: &[u64], b: &[u64], quotient: &mut [u64], remainder: &mut [u64], room: &mut [u64]) {
    let (dividend, divisor) = room.split_at_mut(a.len() + 1);
    let shift = b[b.len() - 1].leading_zeros();
    dividend[a.len()] = shl_bits(a, shift, dividend);
    shl_bits(b, shift, divisor);
    let divisor = &divisor[..b.len()];
    let (top, next) = (Divisor::new(divisor[b.len() - 1]), divisor[b.len() - 2]);
    for place in (0..=a.len() - b.len()).rev() {
        let part = &mut dividend[place..=place + b.len()];
        let (high, low) = (part[b.len()], part[b.len() - 1]);
        // An estimate from the two highest digits, which the third corrects but for one case in 2⁶³.
        let mut digit = u64::MAX;
        if high < top.word {
            let mut rest;
            (digit, rest) = top.divide(high, low);
            while u128::from(digit) * u128::from(next) > ((u128::from(rest) << 64) | u128::from(part[b.len() - 2])) {
                digit -= 1;
                let Some(more) = rest.checked_add(top.word) else { break };
                rest = more;
            }
        }
        let mut taken = 0;
        let mut borrow = false;
        for (x, y) in part.iter_mut().zip(divisor) {
            let product = u128::from(*y) * u128::from(digit) + u128::from(taken);
            taken = (product >> 64) as u64;
            (*x, borrow) = borrowing_sub(*x, product as u64, borrow);
        }
        (part[b.len()], borrow) = borrowing_sub(part[b.len()], taken, borrow);
        while borrow {
            digit -= 1;
            let mut carry = false;
            for (x, y) in part.iter_mut().zip(divisor) {
                (*x, carry) = carrying_add(*x, *y, carry);
            }
            let over;
            (part[b.len()], over) = part[b.len()].overflowing_add(u64::from(carry));
            borrow = !over;
        }
        quotient[place] = digit;
    }
    shr_bits(&dividend[..b.len()], shift, remainder);
}

/// `a << shift` by less than 64; the digit that is shifted out at the top is handed back.
fn shl_bits(a: &[u64], shift: u32, out: &mut [u64]) -> u64 {
    if shift == 0 {
        out[..a.len()].copy_from_slice(a);
        return 0;
    }
    let mut carry = 0;
    for (x, to) in a.iter().zip(out) {
        *to = (x << shift) | carry;
        carry = x >> (64 - shift);
    }
    carry
}

/// `a >> shift` by less than 64; the result is as long as `a`.
fn shr_bits(a: &[u64], shift: u32, out: &mut [u64]) {
    if shift == 0 {
        return out[..a.len()].copy_from_slice(a);
    }
    for (place, to) in out[..a.len()].iter_mut().enumerate() {
        *to = (a[place] >> shift) | a.get(place + 1).map_or(0, |above| above << (64 - shift));
    }
}

/// `a << count`; the result is longer by `count / 64 + 1` digits.
pub fn shl(a: &[u64], count: u64, out: &mut [u64]) {
    let (whole, bits) = ((count / 64) as usize, (count % 64) as u32);
    out[..whole].fill(0);
    let top = shl_bits(a, bits, &mut out[whole..]);
    out[whole + a.len()] = top;
}

/// `a >> count`, where at least one digit is left; the result is shorter by `count / 64` digits. Was anything cut off?
pub fn shr(a: &[u64], count: u64, out: &mut [u64]) -> bool {
    let (whole, bits) = ((count / 64) as usize, (count % 64) as u32);
    shr_bits(&a[whole..], bits, out);
    a[..whole].iter().any(|digit| *digit != 0) || a[whole] & ((1 << bits) - 1) != 0
}

/// `±a op ±b` in two's complement; the result, a digit longer than the longer operand, is that of a number whose sign is
/// handed back.
pub fn bitwise(a: (bool, &[u64]), b: (bool, &[u64]), op: impl Fn(u64, u64) -> u64, out: &mut [u64]) -> bool {
    let complement = |(negative, digits): (bool, &[u64]), place: usize, carry: &mut bool| {
        let digit = digits.get(place).copied().unwrap_or(0);
        if !negative {
            return digit;
        }
        let (digit, more) = (!digit).overflowing_add(u64::from(*carry));
        *carry = more;
        digit
    };
    let (mut first, mut second) = (true, true);
    for (place, to) in out.iter_mut().enumerate() {
        *to = op(complement(a, place, &mut first), complement(b, place, &mut second));
    }
    let negative = out.last().is_some_and(|top| top >> 63 == 1);
    if negative {
        let mut carry = true;
        for digit in out {
            (*digit, carry) = (!*digit).overflowing_add(u64::from(carry));
        }
    }
    negative
}

/// A number of this sign for `num_bigint`.
pub fn to_big(negative: bool, digits: &[u64]) -> BigInt {
    let mut halves = Vec::with_capacity(digits.len() * 2);
    for digit in digits {
        halves.extend([*digit as u32, (digit >> 32) as u32]);
    }
    BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, BigUint::new(halves))
}

/// The number as a machine word, if it fits.
pub fn to_i64(negative: bool, digits: &[u64]) -> Option<i64> {
    match digits {
        [] => Some(0),
        [size] if negative => 0i64.checked_sub_unsigned(*size),
        [size] => i64::try_from(*size).ok(),
        _ => None,
    }
}

/// The number whose digits of `width` bits, `count` of them, are these, the highest first. The width divides 64.
pub fn from_bits(values: impl Iterator<Item = u32>, count: usize, width: usize) -> Vec<u64> {
    let mut digits = vec![0; (count * width).div_ceil(64)];
    for (place, value) in (0..count).rev().zip(values) {
        digits[place * width / 64] |= u64::from(value) << (place * width % 64);
    }
    let length = trimmed(&digits).len();
    digits.truncate(length);
    digits
}

/// The largest power of ten in a word, and how many digits it stands for.
const TEN_TO_19: u64 = 10_000_000_000_000_000_000;
const DECIMALS: usize = 19;

/// Up to this many digits a text is made and read by repeated division and multiplication.
const SHORT: usize = 30;

/// The decimal digits, with a sign if it is negative.
pub fn to_decimal(negative: bool, digits: &[u64]) -> String {
    if digits.len() > SHORT {
        return to_big(negative, digits).to_str_radix(10);
    }
    let mut room = [0; SHORT];
    let mut left = &mut room[..digits.len()];
    left.copy_from_slice(digits);
    // The lowest groups come first.
    let mut groups = Vec::with_capacity(digits.len() + digits.len() / 8 + 1);
    let divisor = Divisor::new(TEN_TO_19);
    while !left.is_empty() {
        let mut rest = 0;
        for digit in left.iter_mut().rev() {
            (*digit, rest) = divisor.divide(rest, *digit);
        }
        groups.push(rest);
        let length = trimmed(left).len();
        left = &mut left[..length];
    }
    let mut text = vec![b'0'; 1 + groups.len() * DECIMALS];
    for (group, number) in text[1..].chunks_exact_mut(DECIMALS).zip(groups.iter().rev()) {
        // Halves of a group are words of 32 bits or little more, which are quicker to take apart.
        let (high, low) = group.split_at_mut(DECIMALS - 9);
        let mut rest = (number % 1_000_000_000) as u32;
        for place in low.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let mut rest = number / 1_000_000_000;
        for place in high.iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    let first = text.iter().position(|digit| *digit != b'0').unwrap_or(text.len() - 1);
    if negative && first > 0 {
        text[first - 1] = b'-';
    }
    text.drain(..first - usize::from(negative && first > 0));
    String::from_utf8(text).unwrap_or_default()
}

/// The number that these decimal digits are.
pub fn from_decimal(text: &[u8]) -> Vec<u64> {
    if text.len() > SHORT * DECIMALS {
        let values: Vec<u8> = text.iter().map(|digit| digit - b'0').collect();
        return BigUint::from_radix_be(&values, 10).unwrap_or_default().to_u64_digits();
    }
    let mut digits = Vec::with_capacity(text.len() / DECIMALS + 1);
    let head = text.len() % DECIMALS;
    let word = |text: &[u8]| text.iter().fold(0u64, |word, digit| word * 10 + u64::from(digit - b'0'));
    let (first, rest) = text.split_at(head);
    mul_word_in_place(&mut digits, 0, word(first));
    for group in rest.chunks_exact(DECIMALS) {
        mul_word_in_place(&mut digits, TEN_TO_19, word(group));
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_integer::Integer;

    /// Numbers with many zero and many full digits among others: where carries and estimates go wrong.
    fn numbers() -> Vec<Vec<u64>> {
        let mut state = 7u64;
        let mut word = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let word = state.rotate_right(11);
            match word % 5 {
                0 => 0,
                1 => u64::MAX,
                2 => word & 0xFF,
                3 => (1 << 63) | (word & 1),
                _ => word,
            }
        };
        let mut numbers: Vec<Vec<u64>> = (0..90).map(|n| (0..1 + n % 9).map(|_| word()).collect()).collect();
        numbers.iter_mut().for_each(|number| *number = trimmed(number).to_vec());
        numbers.retain(|number| !number.is_empty());
        numbers
    }

    fn big(digits: &[u64]) -> BigInt {
        to_big(false, digits)
    }

    #[test]
    fn agrees_with_num_bigint() {
        let numbers = numbers();
        for a in &numbers {
            assert_eq!(bits(a), big(a).bits());
            for b in &numbers {
                assert_eq!(compare(a, b), big(a).cmp(&big(b)));
                let mut out = vec![0; a.len().max(b.len()) + 1];
                add(a, b, &mut out);
                assert_eq!(big(&out), big(a) + big(b));
                let mut out = vec![0; a.len() + b.len()];
                mul(a, b, &mut out);
                assert_eq!(big(&out), big(a) * big(b));
                if compare(a, b).is_lt() {
                    continue;
                }
                let mut out = vec![0; a.len()];
                sub(a, b, &mut out);
                assert_eq!(big(&out), big(a) - big(b));
                let (quotient, rest) = big(a).div_rem(&big(b));
                let mut out = vec![0; a.len() + 1];
                if let [word] = b[..] {
                    assert_eq!(BigInt::from(div_word(a, word, &mut out)), rest);
                    assert_eq!(BigInt::from(rem_word(a, word)), rest);
                    assert_eq!(big(&out), quotient, "{a:?} {b:?}");
                } else {
                    let (mut left, mut room) = (vec![0; b.len()], vec![0; a.len() + b.len() + 1]);
                    let out = &mut out[..=a.len() - b.len()];
                    div_rem(a, b, out, &mut left, &mut room);
                    assert_eq!((big(out), big(&left)), (quotient, rest), "{a:?} {b:?}");
                }
            }
            for count in [0, 1, 63, 64, 65, 200] {
                let mut out = vec![0; a.len() + count / 64 + 1];
                shl(a, count as u64, &mut out);
                assert_eq!(big(&out), big(a) << count);
                if (count as u64) < bits(a) {
                    let mut out = vec![0; a.len() - count / 64];
                    let cut = shr(a, count as u64, &mut out);
                    assert_eq!(big(&out), big(a) >> count);
                    assert_eq!(cut, big(&out) << count != big(a));
                }
            }
        }
    }

    #[test]
    fn bits_are_those_of_twos_complement() {
        let numbers = numbers();
        for (a, b) in numbers.iter().zip(numbers.iter().skip(3)) {
            for (p, q) in [(false, false), (false, true), (true, false), (true, true)] {
                let (x, y) = (to_big(p, a), to_big(q, b));
                let check = |op: fn(u64, u64) -> u64, expected: BigInt| {
                    let mut out = vec![0; a.len().max(b.len()) + 1];
                    let negative = bitwise((p, a), (q, b), op, &mut out);
                    assert_eq!(to_big(negative, &out), expected);
                };
                check(|x, y| x & y, &x & &y);
                check(|x, y| x | y, &x | &y);
                check(|x, y| x ^ y, &x ^ &y);
            }
        }
    }

    #[test]
    fn decimals_come_and_go() {
        for number in numbers().iter().chain([&vec![0, 1], &vec![TEN_TO_19], &vec![7; 100]]) {
            let text = to_decimal(true, number);
            assert_eq!(text, (-big(number)).to_string());
            assert_eq!(&from_decimal(&text.as_bytes()[1..]), number);
            let bits: Vec<u32> = text.bytes().map(|byte| u32::from(byte & 15)).collect();
            let hex = text.bytes().fold(BigInt::default(), |hex, byte| hex * 16 + (byte & 15));
            assert_eq!(big(&from_bits(bits.into_iter(), text.len(), 4)), hex);
        }
        assert_eq!(to_decimal(false, &[]), "0");
        assert!(from_decimal(b"0000").is_empty());
    }
}
