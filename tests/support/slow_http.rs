//! A web server that takes its time: it answers after a delay, the body in pieces with pauses between, and remembers how
//! many requests were under way at once. A client that waits for one answer at a time never has two.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How slow the server is.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between a request and the first byte of its answer.
    pub delay: Duration,
    /// Between two pieces of the body.
    pub pause: Duration,
    /// How many pieces there are, each a line that names the path and counts.
    pub pieces: usize,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { delay: Duration::from_millis(100), pause: Duration::from_millis(20), pieces: 5 }
    }
}

/// The server; it stops when it is dropped.
pub struct SlowServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    accepting: Option<JoinHandle<()>>,
}

/// What came in so far.
#[derive(Default)]
struct Seen {
    paths: Vec<String>,
    under_way: usize,
    most_at_once: usize,
    stopping: bool,
}

impl SlowServer {
    /// Serve on this port of the loopback interface; 0 takes any that is free.
    pub fn start(port: u16, pace: Pace) -> io::Result<SlowServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let seen = Arc::new(Mutex::new(Seen::default()));
        let accepting = std::thread::spawn({
            let seen = Arc::clone(&seen);
            move || accept(&listener, &seen, pace)
        });
        Ok(SlowServer { address, seen, accepting: Some(accepting) })
    }

    /// The port it serves on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The most requests that were under way at the same time.
    pub fn most_at_once(&self) -> usize {
        lock(&self.seen).most_at_once
    }

    /// The paths asked for, in the order in which the requests came.
    pub fn paths(&self) -> Vec<String> {
        lock(&self.seen).paths.clone()
    }
}

impl Drop for SlowServer {
    fn drop(&mut self) {
        lock(&self.seen).stopping = true;
        // Wakes the thread that accepts. If that is gone already, there is nobody to wake.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn accept(listener: &TcpListener, seen: &Arc<Mutex<Seen>>, pace: Pace) {
    let mut answering = Vec::new();
    for stream in listener.incoming() {
        if lock(seen).stopping {
            break;
        }
        let Ok(stream) = stream else { continue };
        let seen = Arc::clone(seen);
        // A client that goes away in the middle is its own affair.
        answering.push(std::thread::spawn(move || drop(answer(stream, &seen, pace))));
    }
    for thread in answering {
        let _ = thread.join();
    }
}

/// Read one request and answer it.
fn answer(mut stream: TcpStream, seen: &Mutex<Seen>, pace: Pace) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (Some("GET"), Some(path)) = (words.next(), words.next()) else {
        return stream.write_all(b"HTTP/1.0 400 Bad Request\r\n\r\n");
    };
    let _under_way = UnderWay::begin(path, seen);
    std::thread::sleep(pace.delay);
    let body: Vec<String> = (1..=pace.pieces).map(|piece| format!("{path} {piece} of {}\n", pace.pieces)).collect();
    let length: usize = body.iter().map(String::len).sum();
    write!(stream, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n")?;
    for piece in body {
        std::thread::sleep(pace.pause);
        stream.write_all(piece.as_bytes())?;
    }
    Ok(())
}

/// A request that is being answered.
struct UnderWay<'a>(&'a Mutex<Seen>);

impl<'a> UnderWay<'a> {
    fn begin(path: &str, seen: &'a Mutex<Seen>) -> UnderWay<'a> {
        let mut now = lock(seen);
        now.paths.push(path.to_string());
        now.under_way += 1;
        now.most_at_once = now.most_at_once.max(now.under_way);
        UnderWay(seen)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        lock(self.0).under_way -= 1;
    }
}

/// What was seen stays true when another thread has panicked.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
