//! What options and the environment together come to: `-O`, `-W`, `-X`.

use super::arguments::Options;
use super::complain;
use super::run::variable;
use crate::host::Host;
use crate::object::{Dict, Value, intern};
use std::ffi::{OsStr, OsString};

/// Options of `python3`'s `-X` that are known, and change nothing here.
const WITHOUT_EFFECT: &[&str] = &[
    "context_aware_warnings",
    "disable_remote_debug",
    "frozen_modules",
    "gil",
    "importtime",
    "no_debug_ranges",
    "perf",
    "perf_jit",
    "presite",
    "pycache_prefix",
    "showrefcount",
    "thread_inherit_context",
    "tlbc",
    "tracemalloc",
    "warn_default_encoding",
];

/// Is there something wrong with an option of `-X`? What it is.
pub fn mistake(option: &OsStr) -> Option<String> {
    let option = option.to_string_lossy();
    match option.split_once('=')? {
        ("utf8", value) if !matches!(value, "0" | "1") => Some("-X utf8: the value is 0 or 1".to_owned()),
        ("int_max_str_digits", digits) if digits_of(digits).is_none() => {
            Some("-X int_max_str_digits: the number is 0 or at least 640".to_owned())
        }
        ("cpu_count", count) if count != "default" && count.parse::<u32>().map_or(true, |count| count == 0) => {
            Some("-X cpu_count: the value is a number from 1, or default".to_owned())
        }
        _ => None,
    }
}

/// How long the text of an int may be.
fn digits_of(text: &str) -> Option<i64> {
    text.parse().ok().filter(|digits| *digits == 0 || *digits >= 640)
}

/// `sys._xoptions`
pub fn implementation(options: &Options) -> Value {
    let all = Dict::empty();
    for option in &options.implementation {
        let option = option.to_string_lossy();
        let (name, value) =
            option.split_once('=').map_or((&*option, Value::TRUE), |(name, value)| (name, Value::str(value)));
        all.set_str(&intern(name.as_bytes()), value);
    }
    all.into_value()
}

/// What was set.
pub struct Settings {
    /// As in `-O`.
    pub optimize: u8,
    /// The filters, those that come last going first.
    pub warnings: Vec<OsString>,
    /// `-X int_max_str_digits=n`
    pub digits: Option<i64>,
    dev: bool,
    isolated: bool,
    utf8: bool,
    safe_path: bool,
    /// Variables of the environment that stand for an option that changes nothing here, by its letter.
    without_effect: Vec<u8>,
}

/// Variables of the environment that do what an option does that changes nothing but `sys.flags`.
const LIKE_OPTIONS: &[(&str, u8)] =
    &[("PYTHONDEBUG", b'd'), ("PYTHONDONTWRITEBYTECODE", b'B'), ("PYTHONNOUSERSITE", b's'), ("PYTHONVERBOSE", b'v')];

impl Settings {
    /// From options and environment. What is not understood is said on standard error.
    pub fn of(host: &mut dyn Host, options: &Options) -> Settings {
        let number = |text: &OsString| text.to_str().and_then(|text| text.parse::<u8>().ok()).unwrap_or(1);
        let from_environment = variable(host, options, "PYTHONOPTIMIZE").map_or(0, |value| number(&value));
        let mut settings = Settings {
            optimize: options.optimize.max(from_environment).min(2),
            warnings: Vec::new(),
            digits: None,
            dev: variable(host, options, "PYTHONDEVMODE").is_some(),
            isolated: options.ignore_environment && options.safe_path,
            utf8: variable(host, options, "PYTHONUTF8").is_some_and(|value| value == "1"),
            safe_path: options.safe_path || variable(host, options, "PYTHONSAFEPATH").is_some(),
            without_effect: Vec::new(),
        };
        let set = LIKE_OPTIONS.iter().filter(|(name, _)| variable(host, options, name).is_some());
        settings.without_effect.extend(set.map(|(_, letter)| letter));
        if let Some(given) = variable(host, options, "PYTHONINTMAXSTRDIGITS") {
            settings.digits = digits_of(&given.to_string_lossy());
            if settings.digits.is_none() {
                complain("pyield: PYTHONINTMAXSTRDIGITS: the number is 0 or at least 640\n");
            }
        }
        if let Some(seed) = variable(host, options, "PYTHONHASHSEED")
            && seed != "random"
            && seed.to_str().is_none_or(|seed| seed.parse::<u32>().is_err())
        {
            complain("pyield: PYTHONHASHSEED is \"random\" or a number from 0 to 4294967295\n");
        }
        if let Some(given) = variable(host, options, "PYTHONIOENCODING") {
            let encoding = given.to_string_lossy().split(':').next().unwrap_or_default().to_ascii_lowercase();
            if !matches!(&*encoding, "" | "utf-8" | "utf8" | "utf_8") {
                complain(&format!(
                    "pyield: PYTHONIOENCODING={encoding}: the standard streams are UTF-8 here, always\n"
                ));
            }
        }
        for option in &options.implementation {
            settings.take(&option.to_string_lossy());
        }
        if settings.dev {
            settings.warnings.push("default".into());
        }
        if let Some(listed) = variable(host, options, "PYTHONWARNINGS") {
            let listed = listed.to_string_lossy().into_owned();
            settings.warnings.extend(listed.split(',').filter(|one| !one.is_empty()).map(OsString::from));
        }
        settings.warnings.extend(options.warnings.iter().cloned());
        settings
    }

    /// An option of `-X`.
    fn take(&mut self, option: &str) {
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        match (name, value) {
            ("dev", _) => self.dev = true,
            ("utf8", Some("0")) => complain("pyield: -X utf8=0: text is UTF-8 here, always\n"),
            ("utf8", _) => self.utf8 = true,
            ("cpu_count", _) => {}
            // Nothing here ends in machine code, where that would show the Python frames.
            ("faulthandler", _) => {}
            ("int_max_str_digits", Some(digits)) => self.digits = digits_of(digits),
            _ if WITHOUT_EFFECT.contains(&name) => complain(&format!("pyield: -X {name} changes nothing here\n")),
            // What is unknown is for programs, which find it in sys._xoptions, as in CPython.
            _ => {}
        }
    }

    /// What `sys.flags` is to say.
    pub fn flags(&self, options: &Options) -> Vec<(&'static str, Value)> {
        let number = |on: bool| Value::small(i64::from(on));
        let given = |letter: u8| {
            let by_option = options.without_effect.iter().filter(|other| **other == letter).count();
            by_option.max(usize::from(self.without_effect.contains(&letter)))
        };
        vec![
            ("debug", Value::size(given(b'd'))),
            ("dont_write_bytecode", Value::size(given(b'B').min(1))),
            ("no_user_site", number(given(b's') > 0 || self.isolated)),
            ("no_site", number(given(b'S') > 0)),
            ("verbose", Value::size(given(b'v'))),
            ("bytes_warning", Value::size(given(b'b'))),
            ("inspect", number(options.inspect)),
            ("interactive", number(options.inspect)),
            ("optimize", Value::small(i64::from(self.optimize))),
            ("ignore_environment", number(options.ignore_environment)),
            ("quiet", number(options.quiet)),
            ("isolated", number(self.isolated)),
            ("dev_mode", Value::bool(self.dev)),
            ("safe_path", Value::bool(self.safe_path)),
            ("utf8_mode", number(self.utf8)),
            ("int_max_str_digits", Value::small(self.digits.unwrap_or(4300))),
        ]
    }
}
