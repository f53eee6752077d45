//! The mistakes that one makes with generators, coroutines and asyncio, each with a code.
//!
//! A mistake is a text in `explain/`: a header (`code`, `title`, and in `error` what the last line of its traceback looks
//! like, with `*` for what varies, or `-` if that line has many causes), a program that makes it, what CPython says of
//! that, what happened to which frame, and a program without it, with its output.

use super::{complain, print};

const TEXTS: &[&str] = &[
    include_str!("explain/PY001.md"),
    include_str!("explain/PY002.md"),
    include_str!("explain/PY003.md"),
    include_str!("explain/PY004.md"),
    include_str!("explain/PY005.md"),
    include_str!("explain/PY006.md"),
    include_str!("explain/PY007.md"),
    include_str!("explain/PY008.md"),
    include_str!("explain/PY009.md"),
    include_str!("explain/PY010.md"),
    include_str!("explain/PY011.md"),
    include_str!("explain/PY012.md"),
    include_str!("explain/PY013.md"),
    include_str!("explain/PY014.md"),
    include_str!("explain/PY015.md"),
    include_str!("explain/PY016.md"),
    include_str!("explain/PY017.md"),
    include_str!("explain/PY018.md"),
    include_str!("explain/PY019.md"),
    include_str!("explain/PY020.md"),
    include_str!("explain/PY021.md"),
    include_str!("explain/PY101.md"),
    include_str!("explain/PY102.md"),
    include_str!("explain/PY103.md"),
    include_str!("explain/PY104.md"),
    include_str!("explain/PY105.md"),
    include_str!("explain/PY106.md"),
    include_str!("explain/PY107.md"),
    include_str!("explain/PY108.md"),
    include_str!("explain/PY109.md"),
    include_str!("explain/PY110.md"),
    include_str!("explain/PY111.md"),
    include_str!("explain/PY112.md"),
    include_str!("explain/PY113.md"),
    include_str!("explain/PY114.md"),
    include_str!("explain/PY115.md"),
    include_str!("explain/PY116.md"),
    include_str!("explain/PY117.md"),
    include_str!("explain/PY118.md"),
    include_str!("explain/PY119.md"),
    include_str!("explain/PY120.md"),
    include_str!("explain/PY121.md"),
    include_str!("explain/PY122.md"),
    include_str!("explain/PY201.md"),
    include_str!("explain/PY202.md"),
    include_str!("explain/PY203.md"),
    include_str!("explain/PY204.md"),
    include_str!("explain/PY205.md"),
    include_str!("explain/PY206.md"),
    include_str!("explain/PY207.md"),
    include_str!("explain/PY208.md"),
    include_str!("explain/PY209.md"),
    include_str!("explain/PY210.md"),
    include_str!("explain/PY211.md"),
    include_str!("explain/PY212.md"),
    include_str!("explain/PY213.md"),
    include_str!("explain/PY214.md"),
    include_str!("explain/PY215.md"),
    include_str!("explain/PY216.md"),
    include_str!("explain/PY217.md"),
    include_str!("explain/PY218.md"),
    include_str!("explain/PY219.md"),
    include_str!("explain/PY220.md"),
    include_str!("explain/PY221.md"),
    include_str!("explain/PY222.md"),
    include_str!("explain/PY223.md"),
    include_str!("explain/PY224.md"),
    include_str!("explain/PY225.md"),
    include_str!("explain/PY301.md"),
    include_str!("explain/PY302.md"),
    include_str!("explain/PY303.md"),
    include_str!("explain/PY304.md"),
    include_str!("explain/PY305.md"),
    include_str!("explain/PY306.md"),
    include_str!("explain/PY307.md"),
    include_str!("explain/PY308.md"),
    include_str!("explain/PY309.md"),
];

/// A mistake, read from its text.
struct Mistake {
    code: &'static str,
    title: &'static str,
    error: &'static str,
    body: &'static str,
}

/// The codes, each with its title.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    mistakes().map(|mistake| (mistake.code, mistake.title))
}

fn mistakes() -> impl Iterator<Item = Mistake> {
    TEXTS.iter().map(|text| {
        let (header, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let field = |name: &str| {
            let mut fields = header.lines().filter_map(|line| line.split_once(": "));
            fields.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
        };
        Mistake { code: field("code"), title: field("title"), error: field("error"), body }
    })
}

/// `pyield explain`: with `--list` all codes, with a code its text; the exit status.
pub fn explain(what: Option<&str>) -> i32 {
    let Some(what) = what.filter(|what| *what != "--list") else {
        let lines = mistakes().map(|mistake| format!("{}  {}\n", mistake.code, mistake.title));
        return print(&lines.collect::<String>());
    };
    let found = mistakes().find(|mistake| mistake.code.eq_ignore_ascii_case(what));
    match found {
        Some(mistake) => print(&format!("# {}: {}\n\n{}", mistake.code, mistake.title, mistake.body)),
        None => {
            complain(&format!("pyield: no mistake has the code {what}; pyield explain --list shows them all\n"));
            2
        }
    }
}

/// The line that names the code of an error, if it has one; `last` is the last line of its traceback.
pub fn hint(last: &str) -> Option<String> {
    let mistake = mistakes().find(|mistake| fits(mistake.error, last))?;
    Some(format!("[{code}] {title}: pyield explain {code}\n", code = mistake.code, title = mistake.title))
}

/// Does a text look like a pattern, in which each `*` stands for anything?
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The blocks of a text in their order: the wrong program, what is said of it, the right one, its output.
#[cfg(test)]
fn blocks(body: &str) -> Vec<&str> {
    body.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').map_or("", |(_, text)| text)).collect()
}

#[cfg(test)]
mod tests {
    use super::{blocks, fits, hint, mistakes};
    use std::collections::BTreeSet;

    #[test]
    fn patterns() {
        assert!(fits("a", "a") && fits("a*", "ab") && fits("a * c*", "a b c") && fits("*b", "ab"));
        assert!(!fits("a", "ab") && !fits("a*c", "ab") && !fits("-", "a"));
    }

    #[test]
    fn every_text_is_whole() {
        let mut codes = BTreeSet::new();
        for mistake in mistakes() {
            assert!(mistake.code.starts_with("PY") && codes.insert(mistake.code), "{}", mistake.code);
            assert!(!mistake.title.is_empty() && !mistake.error.is_empty(), "{}", mistake.code);
            let blocks = blocks(mistake.body);
            assert_eq!(blocks.len(), 4, "{}", mistake.code);
            if mistake.error != "-" {
                let line = hint(blocks[1].trim_end()).expect(mistake.code);
                assert!(line.starts_with(&format!("[{}]", mistake.code)), "{line}");
            }
        }
        assert!(codes.len() >= 40);
    }
}
