//! The real host against the real system: temporary files, loopback, socket pairs.

use super::RealHost;
use crate::host::{Address, Environment, Events, Fd, Host, HostError, Lookup, Open, Ready, Result, SocketKind};
use std::io::SeekFrom;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const STREAM: SocketKind = SocketKind { family: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 };
const DATAGRAM: SocketKind = SocketKind { family: libc::AF_INET, kind: libc::SOCK_DGRAM, protocol: 0 };
const LOCAL: SocketKind = SocketKind { family: libc::AF_UNIX, kind: libc::SOCK_STREAM, protocol: 0 };
const SOON: Option<Duration> = Some(Duration::from_secs(20));
const NOW: Option<Duration> = Some(Duration::ZERO);

fn loopback(port: u16) -> Address {
    Address::Inet(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))
}

/// A listening socket, and where it listens.
fn listener(host: &mut dyn Host) -> Result<(Fd, Address)> {
    let fd = host.socket(STREAM)?;
    host.bind(fd, &loopback(0))?;
    host.listen(fd, 8)?;
    let address = host.local_address(fd)?;
    Ok((fd, address))
}

fn errno<T>(outcome: Result<T>) -> i32 {
    outcome.map_or_else(|error| error.errno, |_| 0)
}

/// A path for one test's file, gone when the test is over.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Temporary {
        Temporary(std::env::temp_dir().join(format!("pyield-{}-{name}", std::process::id())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_is_written_and_read() -> Result<()> {
    let (mut host, path) = (RealHost::new(), Temporary::new("file"));
    let host: &mut dyn Host = &mut host;
    let fd = host.open(&path.0, Open::from_mode("x+b").unwrap_or_default())?;
    assert_eq!(host.write(fd, b"one\ntwo\n")?, 8);
    assert_eq!(host.seek(fd, SeekFrom::Start(4))?, 4);
    let mut buffer = [0; 16];
    assert_eq!((host.read(fd, &mut buffer)?, &buffer[..4]), (4, &b"two\n"[..]));
    host.truncate(fd, 3)?;
    assert_eq!((host.fstat(fd)?.size, host.isatty(fd)), (3, false));
    host.close(fd)?;
    assert_eq!(errno(host.close(fd)), libc::EBADF);
    assert_eq!(host.read_file(&path.0, 100)?, b"one");
    assert_eq!(errno(host.read_file(&path.0, 2)), libc::EFBIG);
    assert_eq!(errno(host.open(&path.0, Open::from_mode("x").unwrap_or_default())), libc::EEXIST);
    assert!(host.is_file(&path.0) && !host.is_dir(&path.0));
    host.remove_file(&path.0)?;
    assert!(!host.exists(&path.0));
    Ok(())
}

/// What is not at hand is brought from the disk aside, and read then; what is at hand is read at once, to the end.
#[test]
fn a_disk_is_waited_for_aside() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let path = Temporary::new("fetched");
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|number| number as u8).collect();
    host.write_file(&path.0, &bytes)?;
    let fd = host.open(&path.0, Open { read: true, ..Open::default() })?;
    host.synchronize(fd)?;
    let file = std::fs::File::open(&path.0).map_err(|_| HostError::from_errno(libc::ENOENT))?;
    let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    let mut buffer = vec![0; bytes.len() + 10];
    let count = match host.read_at_hand(fd, &mut buffer)? {
        Some(count) => count,
        None => {
            assert_eq!(host.seek(fd, SeekFrom::Current(0))?, 0);
            let Some(bell) = host.fetch_aside(fd, buffer.len()) else {
                return Err(HostError::from_errno(libc::ENOSYS));
            };
            assert!(host.wait_ready(bell, Events::READ, Some(Duration::from_secs(60)))?);
            host.done_aside(bell)?;
            assert_eq!(errno(host.close(bell)), libc::EBADF);
            host.read(fd, &mut buffer)?
        }
    };
    assert!(count == bytes.len() && buffer[..count] == bytes);
    Ok(())
}

/// More is asked aside than there are threads for it: all of it is answered.
#[test]
fn what_is_done_aside_stands_in_line() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let path = Temporary::new("in_line");
    host.write_file(&path.0, b"one")?;
    let fd = host.open(&path.0, Open { write: true, ..Open::default() })?;
    let bells: Vec<Fd> = (0..100).filter_map(|_| host.synchronize_aside(fd)).collect();
    assert_eq!(bells.len(), 100);
    for bell in bells {
        host.done_aside(bell)?;
    }
    assert_eq!(errno(host.opened_aside(fd, &path.0)), libc::EBADF);
    Ok(())
}

/// Who opens one end of a FIFO waits for who opens the other, however many wait already.
#[test]
fn opens_aside_wait_for_each_other() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let path = Temporary::new("fifo");
    host.create_fifo(&path.0, 0o600)?;
    let read = Open { read: true, ..Open::default() };
    let write = Open { write: true, ..Open::default() };
    let bells: Vec<Fd> = (0..50).filter_map(|_| host.open_aside(&path.0, read)).collect();
    assert_eq!(bells.len(), 50);
    let writer = host.open_aside(&path.0, write).ok_or(HostError::from_errno(libc::ENOSYS))?;
    for bell in bells.into_iter().chain([writer]) {
        assert!(host.wait_ready(bell, Events::READ, Some(Duration::from_secs(60)))?);
        host.opened_aside(bell, &path.0)?;
    }
    Ok(())
}

#[test]
fn refusals_name_number_text_and_path() {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let how = Open { read: true, ..Open::default() };
    let missing = host.open("/nowhere/x.py".as_ref(), how).map_err(|error| error.to_string());
    assert_eq!(missing, Err("[Errno 2] No such file or directory: '/nowhere/x.py'".into()));
    let directory = host.open("/tmp".as_ref(), how).map_err(|error| error.to_string());
    assert_eq!(directory, Err("[Errno 21] Is a directory: '/tmp'".into()));
    assert_eq!(errno(host.read(-1, &mut [0])), libc::EBADF);
    assert_eq!(errno(host.read(9999, &mut [0])), libc::EBADF);
    assert_eq!(errno(host.recv(0, usize::MAX, 0)), libc::ENOMEM);
}

#[test]
fn open_modes_are_pythons() {
    let how = |mode| Open::from_mode(mode).map(|how| (how.read, how.write, how.append));
    assert_eq!(how("r"), Some((true, false, false)));
    assert_eq!(how("rb+"), Some((true, true, false)));
    assert_eq!(how("at"), Some((false, true, true)));
    for bad in ["", "b", "rw", "r++", "rbt", "rq", "rbb"] {
        assert_eq!(how(bad), None, "{bad}");
    }
}

#[test]
fn directories_list_sorted() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let path = Temporary::new("directory").0.clone();
    host.create_dir(&path, 0o777)?;
    for name in ["b", "a", "c"] {
        let fd = host.open(&path.join(name), Open::from_mode("w").unwrap_or_default())?;
        host.close(fd)?;
    }
    assert_eq!(host.list_dir(&path)?, ["a", "b", "c"]);
    assert_eq!(errno(host.remove_dir(&path)), libc::ENOTEMPTY);
    for name in ["b", "a", "c"] {
        host.remove_file(&path.join(name))?;
    }
    host.remove_dir(&path)
}

#[test]
fn clocks_go_on_and_sleep_lasts() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let before = host.monotonic_ns();
    assert!(host.sleep(Duration::from_millis(20))?);
    assert!(host.monotonic_ns() - before >= 20_000_000);
    assert!(host.time_ns() > 1_700_000_000_000_000_000);
    assert!(host.process_time_ns() > 0 && host.thread_time_ns() >= 0);
    Ok(())
}

#[test]
fn the_environment_is_a_copy() -> Result<()> {
    let mut host = RealHost::new();
    host.env_set("PYIELD_TEST".as_ref(), Some("1".as_ref()));
    assert_eq!(host.env_get("PYIELD_TEST".as_ref()), Some("1".into()));
    assert!(host.env_all().contains(&("PYIELD_TEST".into(), "1".into())));
    assert_eq!(std::env::var_os("PYIELD_TEST"), None);
    host.env_set("PYIELD_TEST".as_ref(), None);
    assert_eq!(host.env_get("PYIELD_TEST".as_ref()), None);
    let mut bytes = [0; 64];
    host.entropy(&mut bytes)?;
    assert_ne!(bytes, [0; 64]);
    Ok(())
}

#[test]
fn a_pipe_nobody_reads_is_broken() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (reading, writing) = host.pipe()?;
    assert_eq!(host.write(writing, b"x")?, 1);
    let mut buffer = [0; 4];
    assert_eq!(host.read(reading, &mut buffer)?, 1);
    host.set_blocking(reading, false)?;
    assert_eq!(errno(host.read(reading, &mut buffer)), libc::EAGAIN);
    host.close(reading)?;
    assert_eq!(errno(host.write(writing, b"x")), libc::EPIPE);
    host.close(writing)
}

#[test]
fn a_pair_of_sockets_talks() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (one, other) = host.socketpair(LOCAL)?;
    assert_eq!(host.socket_kind(one)?, LOCAL);
    assert_eq!(host.local_address(one)?, Address::Unix(Vec::new()));
    assert_eq!(host.send(one, b"hello", 0)?, 5);
    assert_eq!(host.recv(other, 3, libc::MSG_PEEK)?, b"hel");
    assert_eq!(host.recv(other, 100, 0)?, b"hello");
    host.set_blocking(other, false)?;
    assert!(!host.is_blocking(other)?);
    assert_eq!(errno(host.recv(other, 1, 0)), libc::EAGAIN);
    host.shutdown(one, libc::SHUT_WR)?;
    assert_eq!(host.recv(other, 1, 0)?, b"");
    host.close(one)?;
    assert_eq!(errno(host.send(other, b"x", 0)), libc::EPIPE);
    assert_eq!(errno(host.socket_kind(0)), libc::ENOTSOCK);
    Ok(())
}

#[test]
fn a_blocking_socket_sends_everything_and_others_what_fits() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    // More than the kernel keeps: the sender has to wait for the reader, which is slow, in another thread.
    let big = vec![7; 8 << 20];
    let other_side = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = other_side.local_addr()?.port();
    let reader = std::thread::spawn(move || -> std::io::Result<u64> {
        let (mut stream, _) = other_side.accept()?;
        std::thread::sleep(Duration::from_millis(50));
        std::io::copy(&mut stream, &mut std::io::sink())
    });
    let client = host.socket(STREAM)?;
    host.connect(client, &loopback(port))?;
    assert_eq!(host.send(client, &big, 0)?, big.len());
    host.close(client)?;
    assert!(reader.join().is_ok_and(|count| count.is_ok_and(|count| count == big.len() as u64)));

    let (one, other) = host.socketpair(LOCAL)?;
    host.set_blocking(one, false)?;
    let sent = host.send(one, &big, 0)?;
    assert!(sent > 0 && sent < big.len());
    assert_eq!(errno(host.send(one, &big, 0)), libc::EAGAIN);
    host.close(one)?;
    assert_eq!(host.recv_into(other, &mut vec![0; big.len()], libc::MSG_WAITALL)?, sent);
    Ok(())
}

#[test]
fn tcp_over_loopback() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (server, address) = listener(host)?;
    let client = host.socket(STREAM)?;
    host.connect(client, &address)?;
    let (peer, from) = host.accept(server)?;
    assert_eq!(from, host.local_address(client)?);
    assert_eq!(host.peer_address(client)?, address);
    // 64 bytes wait for each other in two pieces.
    host.send(client, &[1; 40], 0)?;
    host.send(client, &[2; 24], 0)?;
    assert_eq!(host.recv(peer, 64, libc::MSG_WAITALL)?.len(), 64);
    assert_eq!(host.recv_from(peer, 1, libc::MSG_DONTWAIT).map_err(|error| error.errno), Err(libc::EAGAIN));
    host.close(peer)?;
    assert_eq!(host.recv(client, 10, 0)?, b"");
    Ok(())
}

#[test]
fn a_non_blocking_connect_is_in_progress() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (server, address) = listener(host)?;
    let client = host.socket(STREAM)?;
    host.set_blocking(client, false)?;
    let outcome: std::result::Result<(), HostError> = host.connect(client, &address);
    assert_eq!(outcome, Err(HostError::from_errno(libc::EINPROGRESS)));
    assert!(host.wait_ready(client, Events::WRITE, SOON)?);
    assert_eq!(host.option(client, libc::SOL_SOCKET, libc::SO_ERROR, 4)?, 0i32.to_ne_bytes());
    host.set_blocking(server, false)?;
    host.accept(server)?;
    assert_eq!(errno(host.accept(server)), libc::EAGAIN);
    Ok(())
}

#[test]
fn a_refused_connect_says_so() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (server, address) = listener(host)?;
    host.close(server)?;
    let client = host.socket(STREAM)?;
    assert_eq!(errno(host.connect(client, &address)), libc::ECONNREFUSED);
    assert_eq!(errno(host.peer_address(client)), libc::ENOTCONN);
    Ok(())
}

#[test]
fn datagrams_know_their_sender() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (one, other) = (host.socket(DATAGRAM)?, host.socket(DATAGRAM)?);
    host.bind(one, &loopback(0))?;
    host.bind(other, &loopback(0))?;
    let (from, to) = (host.local_address(one)?, host.local_address(other)?);
    assert_eq!(host.send_to(one, b"ping", 0, &to)?, 4);
    assert_eq!(host.recv_from(other, 100, 0)?, (b"ping".to_vec(), Some(from)));
    Ok(())
}

#[test]
fn options_are_set_and_read() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let fd = host.socket(STREAM)?;
    host.set_option(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, &1i32.to_ne_bytes())?;
    assert_eq!(host.option(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 4)?, 1i32.to_ne_bytes());
    assert_eq!(errno(host.set_option(fd, libc::SOL_SOCKET, 9999, &[0; 4])), libc::ENOPROTOOPT);
    assert_eq!(errno(host.option(fd, libc::SOL_SOCKET, libc::SO_TYPE, 1 << 20)), libc::EINVAL);
    Ok(())
}

#[test]
fn names_are_resolved() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let stream = Lookup { kind: libc::SOCK_STREAM, family: libc::AF_INET, ..Lookup::default() };
    let local = host.resolve(Lookup { host: Some("localhost"), service: Some("5000"), ..stream })?;
    assert_eq!(local[0].address, loopback(5000));
    assert_eq!(local[0].socket, SocketKind { protocol: libc::IPPROTO_TCP, ..STREAM });
    let numeric = host.resolve(Lookup { host: Some("127.0.0.1"), flags: libc::AI_NUMERICHOST, ..stream })?;
    assert_eq!(numeric[0].address, loopback(0));
    let name = host.resolve(Lookup { host: Some("not a number"), flags: libc::AI_NUMERICHOST, ..stream });
    assert_eq!(name, Err(HostError::resolver(-2, "Name or service not known")));
    Ok(())
}

#[test]
fn a_poller_is_level_triggered() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (one, other) = host.socketpair(LOCAL)?;
    let poller = host.poller()?;
    host.register(poller, other, Events::READ, 42)?;
    assert_eq!(errno(host.register(poller, other, Events::READ, 42)), libc::EEXIST);
    assert_eq!(host.wait(poller, 8, NOW)?, []);
    host.send(one, b"x", 0)?;
    let ready = Ready { fd: other, key: 42, events: Events::READ };
    assert_eq!(host.wait(poller, 8, SOON)?, [ready]);
    assert_eq!(host.wait(poller, 8, SOON)?, [ready], "nobody has read it: it is still ready");
    host.modify(poller, other, Events::READ | Events::WRITE, 7)?;
    assert_eq!(host.wait(poller, 8, None)?, [Ready { fd: other, key: 7, events: Events::READ | Events::WRITE }]);
    host.recv(other, 10, 0)?;
    host.modify(poller, other, Events::READ, 7)?;
    assert_eq!(host.wait(poller, 8, NOW)?, []);
    host.close(one)?;
    let gone = host.wait(poller, 8, SOON)?;
    assert!(gone.len() == 1 && gone[0].events.any(Events::HANGUP) && gone[0].events.writable());
    host.unregister(poller, other)?;
    assert_eq!(host.wait(poller, 8, NOW)?, []);
    assert_eq!(errno(host.unregister(poller, other)), libc::ENOENT);
    Ok(())
}

#[test]
fn a_poller_reports_no_more_than_asked_and_forgets_the_closed() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let poller = host.poller()?;
    let (one, other) = host.socketpair(LOCAL)?;
    host.register(poller, one, Events::WRITE, 1)?;
    host.register(poller, other, Events::WRITE, 2)?;
    assert_eq!(host.wait(poller, 1, SOON)?.len(), 1);
    assert_eq!(host.wait(poller, 0, SOON)?.len(), 1);
    host.close(one)?;
    host.close(other)?;
    assert_eq!(host.wait(poller, 8, NOW)?, []);
    assert_eq!(errno(host.unregister(poller, one)), libc::EBADF);
    let file = host.open("/proc/self/stat".as_ref(), Open { read: true, ..Open::default() })?;
    assert_eq!(errno(host.register(poller, file, Events::READ, 3)), libc::EPERM);
    Ok(())
}

#[test]
fn waiting_ends_with_the_time() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (one, _other) = host.socketpair(LOCAL)?;
    let poller = host.poller()?;
    host.register(poller, one, Events::READ, 0)?;
    let (begin, short) = (Instant::now(), Some(Duration::from_millis(20)));
    assert_eq!(host.wait(poller, 8, short)?, []);
    assert!(begin.elapsed() >= Duration::from_millis(20));
    assert!(!host.wait_ready(one, Events::READ, short)?);
    assert!(begin.elapsed() >= Duration::from_millis(40));
    let watched = [(one, Events::READ), (9999, Events::READ), (one, Events::WRITE)];
    let invalid = Ready { fd: 9999, key: 1, events: Events::INVALID };
    assert_eq!(host.poll(&watched, None)?, [invalid, Ready { fd: one, key: 2, events: Events::WRITE }]);
    Ok(())
}

#[test]
fn an_interrupt_ends_every_wait_until_it_is_taken() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    host.watch_interrupts()?;
    let (one, _other) = host.socketpair(LOCAL)?;
    let (reading, _writing) = host.pipe()?;
    let poller = host.poller()?;
    host.register(poller, one, Events::READ, 0)?;
    let raising = std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(50));
        signal_hook::low_level::raise(libc::SIGINT)
    });
    assert_eq!(errno(host.recv(one, 1, 0)), libc::EINTR);
    assert!(host.interrupted());
    // Not taken yet: nothing waits.
    assert_eq!(errno(host.wait(poller, 8, None)), libc::EINTR);
    assert_eq!(errno(host.read(reading, &mut [0])), libc::EINTR);
    assert_eq!(errno(host.wait_ready(one, Events::READ, None)), libc::EINTR);
    assert!(!host.sleep(Duration::from_secs(20))?);
    assert!(host.take_interrupt() && !host.take_interrupt());
    assert_eq!(host.wait(poller, 8, Some(Duration::from_millis(5)))?, []);
    assert!(host.sleep(Duration::from_millis(5))?);
    assert!(raising.join().is_ok_and(|raised| raised.is_ok()));
    Ok(())
}

#[test]
fn numbers_are_the_kernels() -> Result<()> {
    let mut host = RealHost::new();
    let host: &mut dyn Host = &mut host;
    let (one, other) = host.socketpair(LOCAL)?;
    assert!(PathBuf::from(format!("/proc/self/fd/{one}")).exists());
    let twin = host.duplicate(one)?;
    host.close(one)?;
    host.send(twin, b"x", 0)?;
    assert_eq!(host.recv(other, 5, 0)?, b"x");
    Ok(())
}
