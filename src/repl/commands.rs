//! What can be asked of the prompt itself: lines that begin with a colon.

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `:help`
    Help,
    /// `:tasks`
    Tasks,
    /// `:tree`
    Tree,
    /// `:frames`
    Frames,
    /// `:trace on`, `:trace off`
    Trace(bool),
    /// `:step EXPR`
    Step(String),
    /// `:load FILE`
    Load(String),
    /// `:time STMT`
    Time(String),
    /// `:explain CODE`
    Explain(String),
}

/// Their words, as they are completed, and what stands behind them and is said of them in the help.
const TABLE: &[(&str, &str, &str)] = &[
    (":tasks", "", "the pending tasks: where each stands, and what it waits for"),
    (":tree", "", "the pending tasks, each under those that wait for it"),
    (":frames", "", "every suspended frame: its line, its locals, what it waits for"),
    (
        ":step",
        "EXPR",
        "resume a generator once, and show what happened;\nalso EXPR.send(VALUE), EXPR.throw(ERROR), EXPR.close()",
    ),
    (":trace", "on|off", "show after each input who gave control to whom"),
    (":time", "STMT", "run a statement, and say how long it took"),
    (":load", "FILE", "run a file here"),
    (":explain", "CODE", "what happened where an error has a code behind it, and the fix"),
    (":help", "", "this"),
];

/// What stands behind the word of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// An expression or a statement.
    Code,
    /// A path.
    File,
    /// The code of a mistake.
    Mistake,
    /// One of these words.
    Words(&'static [&'static str]),
}

/// What may stand behind this word.
pub fn takes(word: &str) -> Takes {
    match word {
        ":load" => Takes::File,
        ":explain" => Takes::Mistake,
        ":trace" => Takes::Words(&["on", "off"]),
        ":step" | ":time" => Takes::Code,
        _ => Takes::Words(&[]),
    }
}

/// The words that commands begin with.
pub fn words() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(word, _, _)| *word)
}

/// The answer to `:help`.
pub fn help() -> String {
    let mut text = "\
Python statements and expressions are run; await, async for and async with may
stand at the top.
Tasks go on while you type. Ctrl-C ends what runs, Ctrl-D (or exit) leaves.

"
    .to_owned();
    for (word, operand, meaning) in TABLE {
        let form = format!("{word} {operand}");
        text.push_str(&format!("{form:<15} {}\n", meaning.replace('\n', &format!("\n{:16}", ""))));
    }
    for (form, meaning) in [
        ("NAME?", "signature, type and documentation; NAME?? shows the source, too"),
        ("_", "the last value shown"),
        ("Tab", "completes names, attributes, modules, keys and paths"),
        ("Ctrl-R", "searches the history"),
        ("Alt-Enter", "begins a new line"),
    ] {
        text.push_str(&format!("{form:<15} {meaning}\n"));
    }
    text
}

/// What a line asks for, or what is wrong with it.
pub fn command(line: &str) -> Result<Command, String> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let operand = |make: fn(String) -> Command| match rest {
        "" => {
            let form = TABLE.iter().find(|(known, _, _)| *known == word).map_or("", |(_, operand, _)| operand);
            Err(format!("usage: {word} {form}"))
        }
        rest => Ok(make(rest.to_owned())),
    };
    let plain = |command| match rest {
        "" => Ok(command),
        _ => Err(format!("{word} stands alone")),
    };
    match word {
        ":help" | ":h" | ":?" => plain(Command::Help),
        ":tasks" => plain(Command::Tasks),
        ":tree" => plain(Command::Tree),
        ":frames" => plain(Command::Frames),
        ":trace" => match rest {
            "on" => Ok(Command::Trace(true)),
            "off" => Ok(Command::Trace(false)),
            _ => Err("usage: :trace on|off".to_owned()),
        },
        ":step" => operand(Command::Step),
        ":load" => operand(Command::Load),
        ":time" => operand(Command::Time),
        ":explain" => operand(Command::Explain),
        _ => Err(format!("unknown command {word}; :help lists them")),
    }
}

/// What `:step` is to do: to what, how, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'t> {
    /// What is resumed.
    pub resumed: &'t str,
    /// The method: `send`, `throw` or `close`.
    pub how: &'static str,
    /// Its argument.
    pub with: &'t str,
}

/// What is meant by `g`, `next(g)`, `g.send(value)`, `g.throw(error)`, `g.close()`, and by their like of async generators.
pub fn step(expression: &str) -> Step<'_> {
    const CALLS: &[(&str, &str)] = &[
        (".send(", "send"),
        (".asend(", "send"),
        (".throw(", "throw"),
        (".athrow(", "throw"),
        (".close(", "close"),
        (".aclose(", "close"),
        (".__next__(", "send"),
        (".__anext__(", "send"),
    ];
    let is_whole = |text: &str| {
        let mut open = 0;
        let closes = |letter| {
            open += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            open < 0
        };
        !text.chars().any(closes) && open == 0
    };
    let called = expression.trim_end().strip_suffix(')');
    let next = ["next(", "anext("].into_iter().filter_map(|next| Some((called?.strip_prefix(next)?, "send", "")));
    let method = |(call, how): &(&'static str, &'static str)| {
        let (resumed, with) = called?.rsplit_once(call)?;
        Some((resumed, *how, with))
    };
    next.chain(CALLS.iter().filter_map(method))
        .find(|(resumed, _, with)| is_whole(resumed) && is_whole(with))
        .map(|(resumed, how, with)| Step { resumed, how, with: if with.trim().is_empty() { "None" } else { with } })
        .unwrap_or(Step { resumed: expression, how: "send", with: "None" })
}

#[cfg(test)]
mod tests {
    use super::{Command, Step, command, help, step, words};

    #[test]
    fn steps_may_send() {
        for (expression, resumed, how, with) in [
            ("g", "g", "send", "None"),
            ("next(g)", "g", "send", "None"),
            ("anext(g)", "g", "send", "None"),
            ("all[0].send(f(1))", "all[0]", "send", "f(1)"),
            ("next(a).send(1)", "next(a)", "send", "1"),
            ("f(g.send(1))", "f(g.send(1))", "send", "None"),
            ("g.throw(ValueError(1))", "g", "throw", "ValueError(1)"),
            ("g.close()", "g", "close", "None"),
            ("a.asend(5)", "a", "send", "5"),
            ("a.__anext__()", "a", "send", "None"),
        ] {
            assert_eq!(step(expression), Step { resumed, how, with }, "{expression}");
        }
    }

    #[test]
    fn commands_are_read() {
        assert_eq!(command(" :help "), Ok(Command::Help));
        assert_eq!(command(":step g"), Ok(Command::Step("g".to_owned())));
        assert_eq!(command(":trace on"), Ok(Command::Trace(true)));
        assert_eq!(command(":load"), Err("usage: :load FILE".to_owned()));
        assert!(command(":nope").is_err() && command(":tasks x").is_err());
        for word in words() {
            assert!(help().contains(word) && help().lines().all(|line| line.len() < 80));
            assert!(!command(word).is_err_and(|problem| problem.starts_with("unknown")), "{word}");
        }
    }
}
