//! The host against a slow server: what the notes' HTTP client does in Python, done with the host's own words.

#[path = "support/slow_http.rs"]
mod slow_http;

use pyield::host::{Address, Events, Fd, Host, HostError, RealHost, SocketKind};
use slow_http::{Pace, SlowServer};
use std::collections::BTreeMap;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddrV4};

/// A non-blocking connection under way, and its place in the poller.
fn begin(host: &mut dyn Host, poller: Fd, port: u16) -> Result<Fd, HostError> {
    let fd = host.socket(SocketKind { family: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 })?;
    host.set_blocking(fd, false)?;
    match host.connect(fd, &Address::Inet(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))) {
        Err(error) if !error.is(libc::EINPROGRESS) => return Err(error),
        _ => {}
    }
    host.register(poller, fd, Events::WRITE, 0)?;
    Ok(fd)
}

#[test]
fn two_fetches_overlap() -> Result<(), Box<dyn Error>> {
    let server = SlowServer::start(0, Pace::default())?;
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let poller = host.poller()?;
    let mut fetches = BTreeMap::new();
    for path in ["/foo", "/bar"] {
        fetches.insert(begin(host, poller, server.port())?, (path, Vec::new()));
    }
    let mut answers = BTreeMap::new();
    while !fetches.is_empty() {
        for ready in host.wait(poller, 8, None)? {
            let (path, bytes) = fetches.get_mut(&ready.fd).ok_or("an event for a closed socket")?;
            if ready.events.any(Events::WRITE) {
                host.send(ready.fd, format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes(), 0)?;
                host.modify(poller, ready.fd, Events::READ, 0)?;
                continue;
            }
            let chunk = host.recv(ready.fd, 1000, 0)?;
            bytes.extend_from_slice(&chunk);
            if chunk.is_empty() {
                host.unregister(poller, ready.fd)?;
                host.close(ready.fd)?;
                answers.extend(fetches.remove(&ready.fd));
            }
        }
    }
    for path in ["/foo", "/bar"] {
        let text = String::from_utf8(answers.remove(path).ok_or("no answer")?)?;
        assert!(text.starts_with("HTTP/1.0 200 OK\r\n"), "{text}");
        assert!(text.ends_with(&format!("{path} 5 of 5\n")), "{text}");
    }
    let mut paths = server.paths();
    paths.sort();
    assert_eq!((server.most_at_once(), paths), (2, vec!["/bar".to_string(), "/foo".to_string()]));
    Ok(())
}

#[test]
fn one_after_the_other_does_not() -> Result<(), Box<dyn Error>> {
    let server = SlowServer::start(0, Pace { pieces: 1, ..Pace::default() })?;
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    for _ in 0..2 {
        let fd = host.socket(SocketKind { family: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 })?;
        host.connect(fd, &Address::Inet(SocketAddrV4::new(Ipv4Addr::LOCALHOST, server.port())))?;
        host.send(fd, b"GET / HTTP/1.0\r\n\r\n", 0)?;
        while !host.recv(fd, 1000, 0)?.is_empty() {}
        host.close(fd)?;
    }
    assert_eq!(server.most_at_once(), 1);
    Ok(())
}
