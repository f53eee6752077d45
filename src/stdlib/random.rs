//! `_random`: the generator that `random` stands on, the Mersenne Twister MT19937 of Matsumoto and Nishimura.

use super::{class, kept_class, module as new_module};
use crate::builtins::{install_methods, install_static, natives};
use crate::memory;
use crate::object::{Foreign, Instance, Kind, Module, NativeObject, Ref, Tuple, Type, TypeFlags, Value};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::BigInt;
use std::cell::{Cell, RefCell};

const N: usize = 624;
const M: usize = 397;

/// The generator's state.
struct Twister {
    words: RefCell<[u32; N]>,
    next: Cell<usize>,
}

impl NativeObject for Twister {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

impl Twister {
    fn seeded(number: u32) -> [u32; N] {
        let mut words = [number; N];
        for n in 1..N {
            let last = words[n - 1];
            words[n] = 1_812_433_253u32.wrapping_mul(last ^ last >> 30).wrapping_add(n as u32);
        }
        words
    }

    /// Start from a key of any length.
    fn seed(&self, key: &[u32]) {
        let mut words = Twister::seeded(19_650_218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let mixed = words[i - 1] ^ words[i - 1] >> 30;
            words[i] = (words[i] ^ mixed.wrapping_mul(1_664_525)).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j = (j + 1) % key.len();
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
        }
        for _ in 0..N - 1 {
            let mixed = words[i - 1] ^ words[i - 1] >> 30;
            words[i] = (words[i] ^ mixed.wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
        }
        words[0] = 0x8000_0000;
        *self.words.borrow_mut() = words;
        self.next.set(N);
    }

    fn word(&self) -> u32 {
        let mut words = self.words.borrow_mut();
        if self.next.get() >= N {
            for n in 0..N {
                let joined = words[n] & 0x8000_0000 | words[(n + 1) % N] & 0x7FFF_FFFF;
                let twist = if joined & 1 == 0 { 0 } else { 0x9908_B0DF };
                words[n] = words[(n + M) % N] ^ joined >> 1 ^ twist;
            }
            self.next.set(0);
        }
        let mut y = words[self.next.get()];
        self.next.set(self.next.get() + 1);
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C_5680;
        y ^= y << 15 & 0xEFC6_0000;
        y ^ y >> 18
    }

    fn float(&self) -> f64 {
        let (a, b) = (self.word() >> 5, self.word() >> 6);
        (f64::from(a) * 67_108_864.0 + f64::from(b)) * (1.0 / 9_007_199_254_740_992.0)
    }
}

natives! {
    METHODS {
        /// A float in [0, 1).
        "random(self, /)" => random;
        /// Start anew from a number.
        "seed(self, n=None, /)" => seed;
        /// An int of k random bits.
        "getrandbits(self, k, /)" => getrandbits;
        "getstate(self, /)" => getstate;
        "setstate(self, state, /)" => setstate;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
}

fn random_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_random.Random", |vm| {
        let made = class("_random", "Random", &vm.types.object, TypeFlags::default());
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        made
    })
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_random", "", &[]);
    module.set("Random", random_class(vm).into_value());
    module
}

fn of<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Twister, Exit> {
    args[0].foreign::<Twister>().ok_or_else(|| vm.type_error("a random generator is needed"))
}

/// A key that nobody can predict.
fn entropy(vm: &mut Vm) -> Result<Vec<u32>, Exit> {
    let mut bytes = [0; 4 * N];
    vm.host.entropy(&mut bytes).map_err(|error| super::host_error(vm, error))?;
    Ok(bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect())
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = random_class(vm);
    let twister = Twister { words: RefCell::new([0; N]), next: Cell::new(N) };
    twister.seed(&entropy(vm)?);
    let made = Foreign::value(&exact, twister);
    match args[0].to_ref::<Type>() {
        Some(class) if !class.is(&exact) => Ok(Value::object(Instance::wrapping(&class, made))),
        _ => Ok(made),
    }
}

fn random(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::float(of(vm, args)?.float()))
}

fn seed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let twister = of(vm, args)?;
    let Some(value) = arg_or_none(args, 1) else {
        twister.seed(&entropy(vm)?);
        return Ok(Value::NONE);
    };
    let key = match value.as_integer() {
        Some(integer) => integer.to_big().magnitude().to_u32_digits(),
        None => match vm.native_hash(value)? {
            Some(hash) => BigInt::from(hash as u64).magnitude().to_u32_digits(),
            None => return Err(vm.retry(args, 1, "hash")),
        },
    };
    twister.seed(if key.is_empty() { &[0] } else { &key });
    Ok(Value::NONE)
}

fn getrandbits(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bits = vm.index_arg(args, 1)?;
    let twister = of(vm, args)?;
    if bits < 0 {
        return Err(vm.value_error("Cannot convert negative int"));
    }
    if bits == 0 {
        return Ok(Value::small(0));
    }
    if bits <= 32 {
        return Ok(Value::small(i64::from(twister.word() >> (32 - bits))));
    }
    let words = (bits as usize).div_ceil(32);
    let mut digits = memory::vector(words).map_err(|_| vm.no_memory())?;
    let mut left = bits;
    for _ in 0..words {
        let word = twister.word();
        digits.push(if left < 32 { word >> (32 - left) } else { word });
        left -= 32;
    }
    Ok(Value::big(BigInt::from_slice(num_bigint::Sign::Plus, &digits)))
}

fn getstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let twister = of(vm, args)?;
    let mut state: Vec<Value> = twister.words.borrow().iter().map(|word| Value::small(i64::from(*word))).collect();
    state.push(Value::size(twister.next.get()));
    Ok(Value::tuple(state))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let twister = of(vm, args)?;
    let Some(state) = args[1].native::<Tuple>() else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    let numbers: Option<Vec<i64>> = state.items().iter().map(|item| item.as_integer()?.to_i64()).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.len() == N + 1) else {
        return Err(vm.value_error("state vector is the wrong size"));
    };
    let Some((next, numbers)) = numbers.split_last() else { return Ok(Value::NONE) };
    if !(0..=N as i64).contains(next) {
        return Err(vm.value_error("invalid state"));
    }
    for (word, number) in twister.words.borrow_mut().iter_mut().zip(numbers) {
        *word = *number as u32;
    }
    twister.next.set(*next as usize);
    Ok(Value::NONE)
}
