//! The completions of shells. They know nothing of options: each asks `pyield` itself ([`super::offers`]), and shows what it
//! says in its shell's own way.

/// The shells that are known.
pub const SHELLS: &[&str] = &["bash", "zsh", "fish"];

/// The completions for a shell; `None` for one that is not known.
pub fn completions(shell: &str) -> Option<String> {
    let script = match shell {
        "bash" => BASH,
        "zsh" => ZSH,
        "fish" => FISH,
        _ => return None,
    };
    Some(script.to_owned())
}

const BASH: &str = include_str!("shells/pyield.bash");
const ZSH: &str = include_str!("shells/pyield.zsh");
const FISH: &str = include_str!("shells/pyield.fish");
