//! What the outside answers when it refuses: an error number with its text, ready to become an `OSError`.

use std::path::{Path, PathBuf};

/// The result of asking the outside for something.
pub type Result<T> = std::result::Result<T, HostError>;

/// Which table of numbers an error belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorDomain {
    /// `errno`: becomes `OSError`, or the subclass that stands for the number.
    System,
    /// The codes of `getaddrinfo`: becomes `socket.gaierror`.
    Resolver,
}

/// A refusal of the outside, with all that `OSError` shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostError {
    /// The number, in the table that `domain` says.
    pub errno: i32,
    /// The text for that number, as `os.strerror` gives it.
    pub message: String,
    /// The path that was asked for, where there was one.
    pub filename: Option<PathBuf>,
    /// Where `errno` comes from.
    pub domain: ErrorDomain,
}

impl HostError {
    /// The system's error `errno`, with its usual text.
    pub fn from_errno(errno: i32) -> HostError {
        HostError { errno, message: strerror(errno), filename: None, domain: ErrorDomain::System }
    }

    /// A refusal by the name resolver.
    pub fn resolver(code: i32, message: impl Into<String>) -> HostError {
        HostError { errno: code, message: message.into(), filename: None, domain: ErrorDomain::Resolver }
    }

    /// The same error, said about `path`.
    pub fn at(self, path: &Path) -> HostError {
        HostError { filename: Some(path.to_path_buf()), ..self }
    }

    /// Is this the system's error `errno`?
    pub fn is(&self, errno: i32) -> bool {
        self.domain == ErrorDomain::System && self.errno == errno
    }
}

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[Errno {}] {}", self.errno, self.message)?;
        match &self.filename {
            Some(path) => write!(f, ": '{}'", path.display()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for HostError {}

impl From<rustix::io::Errno> for HostError {
    fn from(errno: rustix::io::Errno) -> HostError {
        HostError::from_errno(errno.raw_os_error())
    }
}

impl From<std::io::Error> for HostError {
    /// An error that the standard library made up itself has no number; it counts as a failed input or output.
    fn from(error: std::io::Error) -> HostError {
        match error.raw_os_error() {
            Some(errno) => HostError::from_errno(errno),
            None => HostError { message: error.to_string(), ..HostError::from_errno(libc::EIO) },
        }
    }
}

/// The system's text for an error number, as `os.strerror` gives it.
pub fn strerror(errno: i32) -> String {
    let mut text = std::io::Error::from_raw_os_error(errno).to_string();
    // The standard library adds the number to the system's text.
    let suffix = format!(" (os error {errno})");
    if text.ends_with(&suffix) {
        text.truncate(text.len() - suffix.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_read_as_python_shows_them() {
        let missing = HostError::from_errno(libc::ENOENT).at(Path::new("nowhere.txt"));
        assert_eq!(missing.to_string(), "[Errno 2] No such file or directory: 'nowhere.txt'");
        assert!(missing.is(libc::ENOENT) && !missing.is(libc::EPERM));
        assert_eq!(strerror(99_999), "Unknown error 99999");
        assert!(!HostError::resolver(-2, "Name or service not known").is(-2));
    }
}
