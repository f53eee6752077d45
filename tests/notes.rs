//! Both programs of the notes, run from the document itself, where it is there.

#[path = "support/slow_http.rs"]
mod slow_http;

use slow_http::{Pace, SlowServer};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// The document, unless this is a clone without it.
fn notes() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/notes.md");
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}

fn pyield(arguments: &[&str], document: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyield"));
    command.arg("run").args(arguments).arg(document);
    command.output().expect("the binary was built with this test")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn producer_and_consumer() {
    let Some(notes) = notes() else { return };
    let output = pyield(&["--block", "1"], &notes);
    let round = |n: u32| format!("producer {n}\nconsumer {n}\nconsumer return OK\n");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), (1..=5).map(round).collect::<String>());
    assert!(output.status.success());
}

#[test]
fn two_fetches_overlap() {
    let Some(notes) = notes() else { return };
    let server = match SlowServer::start(5000, Pace::default()) {
        Ok(server) => server,
        Err(error) => return println!("skipped: port 5000 is not free: {error}"),
    };
    assert_eq!(server.port(), 5000, "the notes ask for this port");
    let begin = Instant::now();
    let output = pyield(&["--block", "2"], &notes);
    let took = begin.elapsed();
    assert_eq!(text(&output.stderr), "");
    let out = text(&output.stdout);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[..2].iter().all(|line| line.trim_end() == "HTTP/1.0 200 OK"), "{out}");
    assert!(lines[2].starts_with("took ") && lines[2].ends_with(" seconds"), "{out}");
    let mut paths = server.paths();
    paths.sort();
    assert_eq!((server.most_at_once(), paths), (2, vec!["/bar".to_owned(), "/foo".to_owned()]));
    assert!(took < Duration::from_secs(10), "it took {took:?}");
}
