//! By which words a recorder calls objects of modules written in Rust: by those that their module has for them, or else by the
//! name of their class.

use crate::object::identity::number_of_word;
use crate::object::{Foreign, Instance, Ref, Type, Value};

/// The words of a recording. What is known of them is kept, because objects come one after the other and are called the same.
pub(super) struct Vocabulary {
    /// How many were introduced.
    introduced: u32,
    /// The numbers they have in the recording, from 1, each where the number says that is the same for all recorders; 0 for
    /// those that were not.
    numbers: Vec<u32>,
    /// The name of the class that was asked for last, and its word.
    of_class: (Value, u32),
    /// The words that modules have. There are few, each where it stands in the program that we are.
    of_modules: Vec<(&'static str, u32)>,
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary { introduced: 0, numbers: Vec::new(), of_class: (Value::UNDEF, 0), of_modules: Vec::new() }
    }
}

impl Vocabulary {
    /// The number that a word has in the recording, if it was introduced.
    #[inline(always)]
    pub fn known(&self, word: u32) -> Option<u32> {
        self.numbers.get(word as usize)?.checked_sub(1)
    }

    /// From now on it has this one.
    pub fn introduce(&mut self, word: u32) -> u32 {
        self.numbers.resize(self.numbers.len().max(word as usize + 1), 0);
        self.introduced += 1;
        self.numbers[word as usize] = self.introduced;
        self.introduced - 1
    }

    /// The word for an object, which stands in it from now on; `value` is or wraps it.
    pub fn find(&mut self, object: &Ref<Foreign>, value: &Value) {
        let word = match (object.object().word(), value.get::<Instance>()) {
            (Some(word), _) => self.of_module(word),
            (_, Some(instance)) => self.of_class(instance.class()),
            _ => self.of_class(&object.class),
        };
        object.word.set(word);
    }

    fn of_module(&mut self, word: &'static str) -> u32 {
        if let Some((_, number)) = self.of_modules.iter().find(|(known, _)| std::ptr::eq(*known, word)) {
            return *number;
        }
        let number = number_of_word(word);
        self.of_modules.push((word, number));
        number
    }

    fn of_class(&mut self, class: &Type) -> u32 {
        let name = class.name.get();
        if !self.of_class.0.is(&name) {
            let word = class.with_name(|name| number_of_word(name.trim_start_matches('_')));
            self.of_class = (name, word);
        }
        self.of_class.1
    }
}
