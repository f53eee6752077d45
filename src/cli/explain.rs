//! The mistakes that one makes with generators, coroutines, asyncio and threads, each with a code.
//!
//! A mistake is a text in `explain/`: a header (`code`, `title`, and in each `error` what the line looks like that its
//! traceback ends with, with `*` for what varies, or `-` if that line has many causes), a program that makes it, what CPython says of
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
    include_str!("explain/PY022.md"),
    include_str!("explain/PY023.md"),
    include_str!("explain/PY024.md"),
    include_str!("explain/PY025.md"),
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
    include_str!("explain/PY123.md"),
    include_str!("explain/PY124.md"),
    include_str!("explain/PY125.md"),
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
    include_str!("explain/PY226.md"),
    include_str!("explain/PY227.md"),
    include_str!("explain/PY228.md"),
    include_str!("explain/PY229.md"),
    include_str!("explain/PY230.md"),
    include_str!("explain/PY231.md"),
    include_str!("explain/PY232.md"),
    include_str!("explain/PY233.md"),
    include_str!("explain/PY234.md"),
    include_str!("explain/PY235.md"),
    include_str!("explain/PY236.md"),
    include_str!("explain/PY301.md"),
    include_str!("explain/PY302.md"),
    include_str!("explain/PY303.md"),
    include_str!("explain/PY304.md"),
    include_str!("explain/PY305.md"),
    include_str!("explain/PY306.md"),
    include_str!("explain/PY307.md"),
    include_str!("explain/PY308.md"),
    include_str!("explain/PY309.md"),
    include_str!("explain/PY401.md"),
    include_str!("explain/PY402.md"),
    include_str!("explain/PY403.md"),
    include_str!("explain/PY404.md"),
];

/// A mistake, read from its text.
struct Mistake {
    code: &'static str,
    title: &'static str,
    errors: Vec<&'static str>,
    body: &'static str,
}

/// The codes, each with its title.
pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    mistakes().map(|mistake| (mistake.code, mistake.title))
}

fn mistakes() -> impl Iterator<Item = Mistake> {
    TEXTS.iter().map(|text| {
        let (header, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let fields = |name| {
            let fields = header.lines().filter_map(|line| line.split_once(": "));
            fields.filter(move |(known, _)| *known == name).map(|(_, value)| value)
        };
        let field = |name| fields(name).next().unwrap_or("");
        Mistake { code: field("code"), title: field("title"), errors: fields("error").collect(), body }
    })
}

/// `pyield explain`: with `--list` all codes, with a code its text; the exit status.
pub fn explain(what: Option<&str>) -> i32 {
    let Some(what) = what.filter(|what| *what != "--list") else {
        let lines = mistakes().map(|mistake| format!("{}  {}\n", mistake.code, mistake.title));
        return print(&lines.collect::<String>());
    };
    match text(what) {
        Some(text) => print(&text),
        None => {
            complain(&format!("pyield: no mistake has the code {what}; pyield explain --list shows them all\n"));
            2
        }
    }
}

/// What is told of the mistake with a code, or with its number.
pub fn text(code: &str) -> Option<String> {
    let is_meant = |known: &str| known.eq_ignore_ascii_case(code) || known.trim_start_matches("PY") == code;
    let found = mistakes().find(|mistake| is_meant(mistake.code))?;
    Some(format!("# {}: {}\n\n{}", found.code, found.title, found.body))
}

/// The lines that name the codes of the errors in a report, each code once, and the command that tells of each.
pub fn hints(report: &str) -> String {
    hints_for(report, "pyield explain")
}

/// The same with the command of the prompt.
pub fn hints_at_prompt(report: &str) -> String {
    hints_for(report, ":explain")
}

fn hints_for(report: &str, command: &str) -> String {
    let mut found: Vec<&Mistake> = Vec::new();
    let known: Vec<Mistake> = mistakes().collect();
    for error in errors(report) {
        if let Some(mistake) = mistake(&known, error)
            && found.iter().all(|other| other.code != mistake.code)
        {
            found.push(mistake);
        }
    }
    let line = |mistake: &Mistake| format!("[{code}] {}: {command} {code}\n", mistake.title, code = mistake.code);
    found.into_iter().map(line).collect()
}

/// The mistake that an error is a sign of: the one that tells it most exactly.
fn mistake<'a>(known: &'a [Mistake], error: &str) -> Option<&'a Mistake> {
    let exactness = |mistake: &Mistake| {
        let fitting = mistake.errors.iter().filter(|pattern| fits(pattern, error));
        fitting.map(|pattern| pattern.bytes().filter(|byte| *byte != b'*').count()).max()
    };
    let fitting = known.iter().filter_map(|mistake| Some((exactness(mistake)?, mistake)));
    fitting.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, mistake)| mistake)
}

/// The lines of a report that say what was raised: the last of a chain, and the members of a group.
fn errors(report: &str) -> Vec<&str> {
    let mut errors = Vec::new();
    // Where the chain begins that is being read.
    let mut start = 0;
    // Does what comes next without being indented say what was raised?
    let mut is_next = true;
    for line in report.lines() {
        let inner = line.trim_start();
        let (is_member, text) = match inner.strip_prefix(['|', '+']) {
            Some(text) if inner.len() < line.len() => (true, text.strip_prefix(' ').unwrap_or(text)),
            _ => (false, line),
        };
        if text.starts_with("-+-") || text.starts_with("----") || text.starts_with("+-") {
            start = errors.len();
            is_next = true;
        } else if text.ends_with("Traceback (most recent call last):") {
            // What a chain begins with has been handled, or is the reason for what follows.
            start = if is_member { start } else { 0 };
            errors.truncate(start);
            is_next = true;
        } else if is_next && !text.starts_with(' ') && !text.is_empty() {
            errors.push(text);
            is_next = false;
        }
    }
    errors
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
    use super::{blocks, errors, fits, hints, mistakes};
    use std::collections::BTreeSet;

    #[test]
    fn patterns() {
        assert!(fits("a", "a") && fits("a*", "ab") && fits("a * c*", "a b c") && fits("*b", "ab"));
        assert!(!fits("a", "ab") && !fits("a*c", "ab") && !fits("-", "a"));
    }

    #[test]
    fn errors_of_reports() {
        let head = "Traceback (most recent call last):\n";
        let place = "  File \"a.py\", line 1, in f\n    g()\n";
        let chain = format!("{head}{place}KeyError: 1\n\nDuring handling:\n\n{head}{place}TypeError: a\nb\na note\n");
        assert_eq!(errors(&chain), ["TypeError: a"]);
        assert_eq!(errors("  File \"a.py\", line 1\n    yield\n    ^\nSyntaxError: x\n"), ["SyntaxError: x"]);
        let group = "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in f\n  \
            | ExceptionGroup: two (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    \
            | Traceback (most recent call last):\n    |   File \"a.py\", line 1, in f\n    | KeyError: 1\n    \
            +---------------- 2 ----------------\n    | TypeError: b\n    +------------------------------------\n";
        assert_eq!(errors(group), ["ExceptionGroup: two (2 sub-exceptions)", "KeyError: 1", "TypeError: b"]);
    }

    #[test]
    fn the_most_exact_text_is_named() {
        assert!(hints("TypeError: 'NoneType' object can't be awaited").starts_with("[PY102] "));
        assert!(hints("TypeError: 'async_generator' object can't be awaited").starts_with("[PY120] "));
        assert_eq!(hints("ValueError: three"), "");
    }

    #[test]
    fn every_text_is_whole() {
        let mut codes = BTreeSet::new();
        for mistake in mistakes() {
            assert!(mistake.code.starts_with("PY") && codes.insert(mistake.code), "{}", mistake.code);
            assert!(!mistake.title.is_empty() && !mistake.errors.is_empty(), "{}", mistake.code);
            let blocks = blocks(mistake.body);
            assert_eq!(blocks.len(), 4, "{}", mistake.code);
            if mistake.errors != ["-"] {
                let line = hints(blocks[1].trim_end());
                assert!(line.starts_with(&format!("[{}]", mistake.code)), "{line}");
            }
        }
        assert!(codes.len() >= 40);
    }
}
