//! The servers of `samples/servers`, driven by real peers: many at once, slow ones, ones that vanish, ones that are half closed;
//! and told to end by signals.

use rustix::process::{Pid, Signal, kill_process};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A slow machine, a debug build: who needs longer hangs.
const TIME_LIMIT: Duration = Duration::from_secs(60);

type Encrypted = StreamOwned<ClientConnection, TcpStream>;

/// A server that runs, and where.
struct Server {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    address: SocketAddr,
}

impl Server {
    fn start(sample: &str) -> Server {
        Server::start_by(Command::new(env!("CARGO_BIN_EXE_pyield")), sample, &[])
    }

    /// One that speaks TLS.
    fn start_encrypted(sample: &str) -> Server {
        Server::start_by(Command::new(env!("CARGO_BIN_EXE_pyield")), sample, &["samples/certificates/server.pem"])
    }

    /// With so many descriptors at most.
    fn start_with_descriptors(sample: &str, most: usize) -> Server {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {most}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_pyield")]);
        Server::start_by(shell, sample, &[])
    }

    fn start_by(mut command: Command, sample: &str, more: &[&str]) -> Server {
        command.arg(format!("samples/servers/{sample}.py")).arg("0").args(more).current_dir(env!("CARGO_MANIFEST_DIR"));
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary was built with this test");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the server says where it listens");
        let port: u16 = line.trim().rsplit(' ').next().and_then(|port| port.parse().ok()).expect("a port");
        Server { child, output, address: SocketAddr::from(([127, 0, 0, 1], port)) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(TIME_LIMIT)).expect("a timeout can be set");
        stream
    }

    /// A connection over TLS that believes who is proved by this certificate.
    fn connect_encrypted(&self, authority: &str) -> Encrypted {
        let path = format!("{}/samples/certificates/{authority}", env!("CARGO_MANIFEST_DIR"));
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(path).expect("a certificate")).expect("it can be trusted");
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has suites for them")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").expect("a name");
        let client = ClientConnection::new(Arc::new(config), name).expect("a client");
        StreamOwned::new(client, self.connect())
    }

    /// Tell it to end: what it said since the beginning, and on standard error.
    fn stop(mut self, signal: Signal) -> (String, String) {
        let pid = Pid::from_raw(self.child.id() as i32).expect("a process has a number");
        kill_process(pid, signal).expect("it runs");
        let began = Instant::now();
        while self.child.try_wait().expect("it is ours").is_none() {
            let late = began.elapsed() > TIME_LIMIT;
            if late {
                let _ = self.child.kill();
            }
            assert!(!late, "the server did not end");
            thread::sleep(Duration::from_millis(10));
        }
        let status = self.child.wait().expect("it is ours");
        let (mut said, mut complained) = (String::new(), String::new());
        self.output.read_to_string(&mut said).expect("text");
        let mut errors = self.child.stderr.take().expect("it is piped");
        errors.read_to_string(&mut complained).expect("text");
        assert!(status.success(), "{status}: {complained}");
        (said, complained)
    }
}

fn ask(stream: &mut TcpStream, text: &[u8], length: usize) -> Vec<u8> {
    stream.write_all(text).expect("it is connected");
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).expect("an answer");
    answer
}

#[test]
fn many_connections_are_served_side_by_side() {
    let server = Server::start("echo_server");
    let mut streams: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for round in 0..3 {
        for (n, stream) in streams.iter_mut().enumerate() {
            stream.write_all(format!("{round} {n}\n").as_bytes()).expect("it is connected");
        }
        for (n, stream) in streams.iter_mut().enumerate().rev() {
            let wanted = format!("{round} {n}\n");
            let mut answer = vec![0; wanted.len()];
            stream.read_exact(&mut answer).expect("an answer");
            assert_eq!(answer, wanted.as_bytes());
        }
    }
    drop(streams);
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!((said.as_str(), complained.as_str()), ("served 200\n", ""));
}

#[test]
fn one_that_does_not_read_holds_up_nobody_and_loses_nothing() {
    let server = Server::start("echo_server");
    let mut slow = server.connect();
    let line = [b"x".repeat(999), b"\n".to_vec()].concat();
    let lines = 20_000;
    let mut writing = slow.try_clone().expect("a second handle");
    let sent = line.clone();
    let writer = thread::spawn(move || {
        for _ in 0..lines {
            writing.write_all(&sent).expect("it is connected");
        }
        writing.shutdown(Shutdown::Write).expect("it is connected");
    });
    thread::sleep(Duration::from_millis(300));
    // Twenty megabytes do not fit between the two: the writer waits by now.
    assert!(!writer.is_finished());
    assert_eq!(ask(&mut server.connect(), b"quick\n", 6), b"quick\n");
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).expect("all of it, and the end");
    writer.join().expect("it wrote everything");
    assert_eq!(answer.len(), lines * line.len());
    assert!(answer.chunks(line.len()).all(|chunk| chunk == line));
    let (said, complained) = server.stop(Signal::TERM);
    assert_eq!((said.as_str(), complained.as_str()), ("served 2\n", ""));
}

#[test]
fn ones_that_vanish_are_forgotten() {
    let server = Server::start("echo_server");
    for _ in 0..20 {
        let mut stream = server.connect();
        stream.write_all(&b"some line\n".repeat(1000)).expect("it is connected");
        // Unread bytes make this a reset.
        drop(stream);
    }
    let mut half = server.connect();
    half.write_all(b"no end of line").expect("it is connected");
    half.shutdown(Shutdown::Write).expect("it is connected");
    let mut answer = Vec::new();
    half.read_to_end(&mut answer).expect("what was sent, and the end");
    assert_eq!(answer, b"no end of line");
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!((said.as_str(), complained.as_str()), ("served 21\n", ""));
}

#[test]
fn what_is_being_served_comes_to_an_end_when_the_server_is_told_to() {
    let server = Server::start("echo_server");
    let mut stream = server.connect();
    assert_eq!(ask(&mut stream, b"one\n", 4), b"one\n");
    let address = server.address;
    let client = thread::spawn(move || {
        // The server listens no more, and still answers.
        while TcpStream::connect(address).is_ok() {
            thread::sleep(Duration::from_millis(10));
        }
        let answer = ask(&mut stream, b"two\n", 4);
        stream.shutdown(Shutdown::Both).expect("it is connected");
        answer
    });
    let (said, _) = server.stop(Signal::TERM);
    assert_eq!(client.join().expect("it was answered"), b"two\n");
    assert!(said.starts_with("served "), "{said}");
}

#[test]
fn without_descriptors_connections_wait_for_their_turn() {
    let server = Server::start_with_descriptors("echo_server", 40);
    let mut streams: Vec<TcpStream> = (0..60).map(|_| server.connect()).collect();
    assert_eq!(ask(&mut streams[0], b"first\n", 6), b"first\n");
    let last = streams.split_off(30);
    drop(streams);
    for mut stream in last {
        assert_eq!(ask(&mut stream, b"late\n", 5), b"late\n");
    }
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!(said, "served 60\n");
    assert!(complained.contains("socket.accept() out of system resource"), "{complained}");
}

/// Status and body of the next answer.
fn answer(reader: &mut BufReader<TcpStream>) -> (String, Vec<u8>) {
    let mut status = String::new();
    reader.read_line(&mut status).expect("a status line");
    let mut length = 0;
    loop {
        let mut field = String::new();
        reader.read_line(&mut field).expect("a field");
        match field.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().expect("a number"),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    (status.trim().to_owned(), body)
}

#[test]
fn requests_in_pieces_and_all_at_once() {
    let server = Server::start("http_server");
    let mut stream = server.connect();
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let request = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    for byte in request {
        stream.write_all(&[*byte]).expect("it is connected");
        stream.flush().expect("it is connected");
    }
    assert_eq!(answer(&mut reader), ("HTTP/1.1 200 OK".to_owned(), b"abc".to_vec()));
    stream.write_all(&request.repeat(50)).expect("it is connected");
    for _ in 0..50 {
        assert_eq!(answer(&mut reader), ("HTTP/1.1 200 OK".to_owned(), b"abc".to_vec()));
    }
    // A large answer, to one that is slow to read it.
    stream.write_all(b"GET /bytes/8000000 HTTP/1.1\r\nHost: x\r\n\r\n").expect("it is connected");
    thread::sleep(Duration::from_millis(200));
    let (status, body) = answer(&mut reader);
    assert_eq!((status.as_str(), body.len()), ("HTTP/1.1 200 OK", 8_000_000));
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!((said.as_str(), complained.as_str()), ("served 52\n", ""));
}

#[test]
fn a_client_of_ours_fetches_from_a_server_of_ours() {
    let server = Server::start("http_server");
    let port = server.address.port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_pyield"))
        .args(["samples/servers/fetch.py", &port, "/", "/bytes/100000", "/nowhere"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary was built with this test");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed, "/ 200 6 bytes\n/bytes/100000 200 100000 bytes\n/nowhere 404 13 bytes\n");
    server.stop(Signal::TERM);
}

/// What a client sends that wants no more than one answer.
const LAST_REQUEST: &[u8] = b"GET /bytes/100000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[test]
fn requests_whose_senders_vanish_are_forgotten() {
    let server = Server::start("http_server");
    let unfinished = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nno more";
    for sent in [&unfinished[..], &unfinished[..10], b"GET /bytes/8000000 HTTP/1.1\r\nHost: x\r\n\r\n"] {
        for reset in [true, false] {
            let mut stream = server.connect();
            stream.write_all(sent).expect("it is connected");
            if reset {
                // What came and was not read makes this a reset, in the midst of an answer or of a request.
                rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO)).expect("it is a socket");
            }
        }
    }
    // One that says no more than its request, and waits for the whole answer.
    let mut half = server.connect();
    half.write_all(LAST_REQUEST).expect("it is connected");
    half.shutdown(Shutdown::Write).expect("it is connected");
    let mut reader = BufReader::new(half);
    let (status, body) = answer(&mut reader);
    assert_eq!((status.as_str(), body.len()), ("HTTP/1.1 200 OK", 100_000));
    assert_eq!(reader.read(&mut [0]).expect("the end"), 0);
    let (said, complained) = server.stop(Signal::TERM);
    assert!(said.starts_with("served "), "{said}");
    assert_eq!(complained, "");
}

#[test]
fn requests_wait_for_descriptors() {
    let server = Server::start_with_descriptors("http_server", 40);
    let mut readers: Vec<_> = (0..60).map(|_| BufReader::new(server.connect())).collect();
    for reader in &mut readers {
        reader.get_mut().write_all(LAST_REQUEST).expect("it is connected");
    }
    for mut reader in readers {
        let (status, body) = answer(&mut reader);
        assert_eq!((status.as_str(), body.len()), ("HTTP/1.1 200 OK", 100_000));
    }
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!(said, "served 60\n");
    assert!(complained.is_empty() || complained.contains("socket.accept() out of system resource"), "{complained}");
}

#[test]
fn a_request_that_is_under_way_is_answered_at_the_end() {
    let server = Server::start("http_server");
    let (mut silent, mut busy) = (server.connect(), server.connect());
    busy.write_all(b"GET /bytes/8000000 HTTP/1.1\r\nHost: x\r\n\r\n").expect("it is connected");
    let mut reader = BufReader::new(busy);
    let mut status = String::new();
    reader.read_line(&mut status).expect("a status line");
    let client = thread::spawn(move || {
        let mut rest = Vec::new();
        reader.read_to_end(&mut rest).expect("the answer, and the end");
        let closed = silent.read(&mut [0]).expect("the end");
        (rest.len() > 8_000_000, closed)
    });
    let (said, complained) = server.stop(Signal::TERM);
    assert_eq!(client.join().expect("it was answered"), (true, 0));
    assert_eq!((status.as_str(), said.as_str(), complained.as_str()), ("HTTP/1.1 200 OK\r\n", "served 1\n", ""));
}

#[test]
fn encrypted_connections_are_served_side_by_side() {
    let server = Server::start_encrypted("echo_server");
    let mut streams: Vec<Encrypted> = (0..40).map(|_| server.connect_encrypted("authority.pem")).collect();
    for round in 0..3 {
        for (n, stream) in streams.iter_mut().enumerate() {
            stream.write_all(format!("{round} {n}\n").as_bytes()).expect("it is connected");
        }
        for (n, stream) in streams.iter_mut().enumerate().rev() {
            let wanted = format!("{round} {n}\n");
            let mut answer = vec![0; wanted.len()];
            stream.read_exact(&mut answer).expect("an answer");
            assert_eq!(answer, wanted.as_bytes());
        }
    }
    for mut stream in streams {
        stream.conn.send_close_notify();
        stream.flush().expect("it is connected");
        // The server says that it is done too, or this would be an error.
        assert_eq!(stream.read(&mut [0; 10]).expect("a proper end"), 0);
    }
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!((said.as_str(), complained.as_str()), ("served 40\n", ""));
}

#[test]
fn an_encrypted_connection_that_is_not_read_loses_nothing() {
    let server = Server::start_encrypted("echo_server");
    let mut slow = server.connect_encrypted("authority.pem");
    let line = [b"x".repeat(999), b"\n".to_vec()].concat();
    let lines = 12_000;
    // What does not fit between the two stays in the client, which encrypts it all the same.
    slow.conn.set_buffer_limit(None);
    slow.write_all(&line).expect("it is connected");
    let mut answer = vec![0; line.len()];
    slow.read_exact(&mut answer).expect("an answer");
    slow.sock.set_nonblocking(true).expect("it is connected");
    let (mut written, mut read, mut room) = (0, 0, vec![0; 1 << 16]);
    let mut reading = false;
    let began = Instant::now();
    while read < lines * line.len() {
        assert!(began.elapsed() < TIME_LIMIT, "{written} written, {read} read");
        let mut idle = true;
        if written < lines && !slow.conn.wants_write() {
            slow.conn.writer().write_all(&line).expect("there is no limit");
            written += 1;
            idle = false;
        }
        while slow.conn.wants_write() && slow.conn.write_tls(&mut slow.sock).is_ok() {
            idle = false;
        }
        // It is read only when nothing more can be sent: then the server waits in its turn.
        reading |= idle || written == lines;
        if reading && slow.conn.wants_read() && slow.conn.read_tls(&mut slow.sock).is_ok() {
            slow.conn.process_new_packets().expect("TLS");
            idle = false;
        }
        while let Ok(count @ 1..) = slow.conn.reader().read(&mut room) {
            assert!(room[..count].iter().all(|byte| matches!(byte, b'x' | b'\n')));
            read += count;
        }
        if idle {
            thread::sleep(Duration::from_millis(1));
        }
    }
    assert_eq!(read, lines * line.len());
    drop(slow);
    let (said, complained) = server.stop(Signal::TERM);
    assert_eq!((said.as_str(), complained.as_str()), ("served 1\n", ""));
}

#[test]
fn those_that_do_not_believe_a_server_or_speak_no_tls_hold_up_nobody() {
    let server = Server::start_encrypted("echo_server");
    let mut unbelieving = server.connect_encrypted("stranger.pem");
    let refused = unbelieving.write_all(b"hello\n").expect_err("nobody proves who it is");
    assert!(refused.to_string().contains("UnknownIssuer"), "{refused}");
    let mut plain = server.connect();
    plain.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("it is connected");
    let mut answer = Vec::new();
    // An end, or a reset.
    let _ = plain.read_to_end(&mut answer);
    assert!(answer.len() <= 7, "{answer:?}");
    // One that says nothing, and one that vanishes in the middle of its first words.
    let silent = server.connect();
    let mut vanishing = server.connect();
    vanishing.write_all(&[22, 3, 1, 2, 0, 1]).expect("it is connected");
    drop(vanishing);
    let mut stream = server.connect_encrypted("authority.pem");
    stream.write_all(b"still there\n").expect("it is connected");
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"still there\n");
    drop((silent, stream));
    let (said, complained) = server.stop(Signal::INT);
    assert_eq!((said.as_str(), complained.as_str()), ("served 1\n", ""));
}
