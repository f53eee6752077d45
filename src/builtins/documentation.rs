//! What the builtin classes are for, in our words: the `__doc__` that `help` and `NAME?` show.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Each class has a line of `===` and its name, and then its text.
const TEXTS: &str = include_str!("documentation.txt");

/// The text about the builtin class of this name, if there is one.
pub fn of(name: &str) -> Option<&'static str> {
    static BY_NAME: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let entries = TEXTS.split("===").filter_map(|entry| entry.split_once('\n'));
        entries.map(|(name, text)| (name, text.strip_suffix('\n').unwrap_or(text))).collect()
    });
    BY_NAME.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn classes_are_found_by_name() {
        assert_eq!(of("GeneratorExit").map(str::len), Some(73));
        assert!(of("zip").is_some_and(|text| text.starts_with("zip(") && text.ends_with("together.")));
        assert_eq!(of("object"), None);
    }
}
