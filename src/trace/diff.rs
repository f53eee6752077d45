//! Where two traces part.

use std::fmt::Write;

/// Lines shown before and after the place.
const AROUND: usize = 3;

/// Compares two traces line by line. `None` when they are the same; else the place where they part, with what they have in
/// common before and how each goes on.
pub fn parting(first: (&str, &str), second: (&str, &str)) -> Option<String> {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.1.lines().collect(), second.1.lines().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    if same == a.len() && same == b.len() {
        return None;
    }
    let mut out = format!("they part at line {}\n", same + 1);
    for line in &a[same.saturating_sub(AROUND)..same] {
        let _ = writeln!(out, "  {line}");
    }
    for (sign, (name, _), lines) in [('-', first, &a), ('+', second, &b)] {
        let rest = lines.get(same..).unwrap_or_default();
        if rest.is_empty() {
            let _ = writeln!(out, "{sign} (the end of {name})");
        }
        for line in rest.iter().take(AROUND) {
            let _ = writeln!(out, "{sign} {line}");
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_is_common_and_how_each_goes_on() {
        assert_eq!(parting(("a", "x\ny\n"), ("b", "x\ny\n")), None);
        let shown = parting(("a", "1\n2\n3\n4\n5\n"), ("b", "1\n2\n3\n4\n6\n7\n"));
        assert_eq!(shown.as_deref(), Some("they part at line 5\n  2\n  3\n  4\n- 5\n+ 6\n+ 7\n"));
        let shown = parting(("a", "1\n"), ("b", "1\n2\n"));
        assert_eq!(shown.as_deref(), Some("they part at line 2\n  1\n- (the end of a)\n+ 2\n"));
    }
}
