//! What options and the environment together come to: `-O`, `-W`, `-X`.

use super::arguments::Options;
use super::complain;
use super::run::variable;
use crate::host::Host;
use crate::object::Value;
use std::ffi::OsString;

/// Options of `python3`'s `-X` that are known, and change nothing here.
const WITHOUT_EFFECT: &[&str] = &[
    "context_aware_warnings",
    "cpu_count",
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
}

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
        };
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
            ("utf8", _) => {}
            // Nothing here ends in machine code, where that would show the Python frames.
            ("faulthandler", _) => {}
            ("int_max_str_digits", Some(digits)) => match digits.parse() {
                Ok(digits) if digits == 0 || digits >= 640 => self.digits = Some(digits),
                _ => complain(&format!("pyield: -X {option}: the number is 0 or at least 640\n")),
            },
            _ if WITHOUT_EFFECT.contains(&name) => complain(&format!("pyield: -X {name} changes nothing here\n")),
            // What is unknown is for programs, which find it in sys._xoptions, as in CPython.
            _ => {}
        }
    }

    /// What `sys.flags` is to say.
    pub fn flags(&self, options: &Options) -> Vec<(&'static str, Value)> {
        let number = |on: bool| Value::small(i64::from(on));
        vec![
            ("inspect", number(options.inspect)),
            ("interactive", number(options.inspect)),
            ("optimize", Value::small(i64::from(self.optimize))),
            ("ignore_environment", number(options.ignore_environment)),
            ("quiet", number(options.quiet)),
            ("isolated", number(self.isolated)),
            ("dev_mode", Value::bool(self.dev)),
            ("safe_path", Value::bool(options.safe_path)),
            ("int_max_str_digits", Value::small(self.digits.unwrap_or(4300))),
        ]
    }
}
