//! `_tls`: the protocol TLS as bytes in and bytes out; it reaches nothing outside. What a program sees of it is `ssl.py`.
//!
//! A connection ([`Tls`]) stands between two [`Pipe`]s and takes what came from the one, puts what is to go into the other. What
//! keeps it from doing what it is asked is told by a tuple: OpenSSL's number alone ([`WANT_READ`], ...), or what is wrong; the
//! exceptions are made in Python. A server's connection stops when it has heard the client's first words, so that Python code
//! may choose by them how to go on.
//!
//! The protocol is rustls' and the cryptography ring's, which draws its secrets from the system itself: they are the one thing
//! in pyield that is different at every run with the same input. The time by which certificates are judged is the host's.

mod pipe;
mod problem;
mod trust;

use super::room::Room;
use super::{class, kept_class, module as new_module};
use crate::builtins::text::{buffer_arg, buffer_copy};
use crate::builtins::{install_methods, natives};
use crate::memory;
use crate::object::{Foreign, Kind, Module, NativeObject, Ref, Slot, Str, Type, TypeFlags, Value};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};
use pipe::{Pipe, Records, Writer};
use problem::reason_of;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::{Accepted, AcceptedAlert, Acceptor};
use rustls::sign::CertifiedKey;
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, ClientConnection, Connection, InconsistentKeys, ServerConfig, SupportedProtocolVersion};
use std::cell::{Cell, RefCell};
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use trust::{Identities, Judge, Revocation, Trust, Verdict};

/// How a step of the handshake ended: it is made.
const DONE: i64 = 0;
/// OpenSSL's numbers for what keeps a call from its end: more has to come, the peer is done, nothing more will come.
const WANT_READ: i64 = 2;
const CLOSED: i64 = 6;
const END: i64 = 8;
/// The client's first words are there, and `accept` is to be called. OpenSSL calls back instead.
const HEARD: i64 = -1;

/// A connection.
struct Tls {
    stage: RefCell<Stage>,
    /// What came, and what is to go.
    incoming: Slot,
    outgoing: Slot,
    clock: Arc<Clock>,
    /// What is missing of the record that is being taken in.
    missing: Cell<usize>,
    judge: RefCell<Option<Arc<Judge>>>,
    failure: RefCell<Option<rustls::Error>>,
}

/// How far it is.
enum Stage {
    /// A server that waits for a client's first words.
    Listening(Box<Acceptor>),
    /// A server that has heard them.
    Heard(Box<Accepted>),
    Running(Box<Connection>),
    /// There is nothing more to be done with it.
    Over,
}

/// Roughly what a connection holds in its buffers.
const BUFFERS: usize = 1 << 15;

impl NativeObject for Tls {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.incoming.visit(see);
        self.outgoing.visit(see);
    }
    fn clear(&self) {
        *self.stage.borrow_mut() = Stage::Over;
        self.incoming.set(Value::UNDEF);
        self.outgoing.set(Value::UNDEF);
    }
    fn outside(&self) -> usize {
        BUFFERS
    }
}

/// The host's time, as it was when a call began.
#[derive(Debug, Default)]
struct Clock(AtomicI64);

impl Clock {
    fn set(&self, vm: &mut Vm) {
        self.0.store(vm.host.time_ns(), Ordering::Relaxed);
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let since = u64::try_from(self.0.load(Ordering::Relaxed)).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_nanos(since)))
    }
}

/// Certificates that are trusted, as an object.
struct Trusted(Arc<Trust>);

impl NativeObject for Trusted {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

/// A certificate of our own with its key, as an object.
struct Identity(Arc<CertifiedKey>);

impl NativeObject for Identity {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

natives! {
    FUNCTIONS {
        /// Name the class of errors.
        "complain_with(cls, /)" => complain_with;
        /// Certificates that are trusted, and lists of revocations, all as DER. `None` if one is malformed.
        "trust(certificates, revocations, /)" => trusted;
        /// A chain of certificates and the key of the first, as DER, in the form that its label says. A word if they are unfit.
        "identity(chain, key, label, /)" => identity;
        /// The cipher suites that there are, by number, the best first.
        "suites()" => suites;
        /// A client's end.
        "client(incoming, outgoing, /, *settings)" => client;
        /// A server's end.
        "server(incoming, outgoing, /)" => server;
    }
    METHODS {
        /// Go on with the handshake.
        "handshake(self, /)" => handshake;
        /// What the client has said first: the name it wants, the protocols, the cipher suites.
        "hello(self, /)" => hello;
        /// Go on with these settings.
        "accept(self, /, *settings)" => accept;
        /// Go on no more, and say why by an alert.
        "refuse(self, alert, /)" => refuse;
        /// Up to `size` bytes of what the peer has said; into a buffer if one is given, and then how many.
        "read(self, size, buffer=None, /)" => read;
        /// Say these bytes; how many.
        "write(self, data, /)" => write;
        /// Say that we are done, and wait for the peer to say so.
        "shutdown(self, /)" => shutdown;
        /// How many bytes can be read without looking at what came.
        "pending(self, /)" => pending;
        /// Protocol, cipher suite, and the protocol above that was agreed upon; `None` before they are known.
        "agreed(self, /)" => agreed;
        /// The peer's certificates as they were shown, and the path to a trusted one.
        "certificates(self, /)" => certificates;
    }
}

const KEY: &str = "ssl.SSLError";

/// The class of errors: `ssl.SSLError`, once `ssl` is there.
fn error_class(vm: &Vm) -> Ref<Type> {
    let kept = vm.state.get(KEY).and_then(|class| class.to_ref::<Type>());
    kept.unwrap_or_else(|| vm.types.os_error.clone())
}

fn complain_with(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.state.insert(KEY, args[0].clone());
    Ok(Value::NONE)
}

fn connection_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_tls.Connection", |vm| {
        let made = bare_class(vm, "Connection");
        install_methods(&made, METHODS);
        made
    })
}

fn bare_class(vm: &mut Vm, name: &str) -> Ref<Type> {
    let made = class("_tls", name, &vm.types.object, TypeFlags::FINAL);
    made.layout.set(Some(Kind::Foreign));
    made
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_tls", "", FUNCTIONS);
    module.set("MemoryBIO", pipe::pipe_class(vm).into_value());
    module
}

fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

/// An argument that is a list or tuple of bytes.
fn list_of_bytes(vm: &mut Vm, args: &[Value], n: usize) -> Result<Vec<Vec<u8>>, Exit> {
    let items = vm.items_arg(args, n)?;
    items.iter().map(|item| buffer_copy(item).ok_or_else(|| vm.type_error("bytes are needed"))).collect()
}

fn trusted(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (certificates, revocations) = (list_of_bytes(vm, args, 0)?, list_of_bytes(vm, args, 1)?);
    let trust_class = kept_class(vm, "_tls.Trust", |vm| bare_class(vm, "Trust"));
    let Some(trust) = Trust::new(certificates, &revocations) else { return Ok(Value::NONE) };
    Ok(Foreign::value(&trust_class, Trusted(Arc::new(trust))))
}

fn identity(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let chain: Vec<_> = list_of_bytes(vm, args, 0)?.into_iter().map(CertificateDer::from).collect();
    let key = buffer_arg(vm, &args[1])?.to_vec();
    let key = match vm.str_arg(args, 2, "identity")?.as_bytes() {
        b"RSA PRIVATE KEY" => PrivateKeyDer::Pkcs1(key.into()),
        b"EC PRIVATE KEY" => PrivateKeyDer::Sec1(key.into()),
        _ => PrivateKeyDer::Pkcs8(key.into()),
    };
    match CertifiedKey::from_der(chain, key, &provider()) {
        Ok(made) => {
            let identity_class = kept_class(vm, "_tls.Identity", |vm| bare_class(vm, "Identity"));
            Ok(Foreign::value(&identity_class, Identity(Arc::new(made))))
        }
        Err(rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => Ok(Value::str("key values mismatch")),
        Err(rustls::Error::InvalidCertificate(_)) => Ok(Value::str("bad certificate")),
        Err(_) => Ok(Value::str("unsupported")),
    }
}

fn suites(_: &mut Vm, _: &[Value]) -> NativeResult {
    let numbers = provider().cipher_suites.into_iter().map(|suite| Value::small(i64::from(u16::from(suite.suite()))));
    Ok(Value::tuple(numbers.collect()))
}

/// What a context says of a connection.
struct Settings {
    /// The name of the server, as text.
    name: Option<String>,
    judge: Judge,
    identities: Identities,
    versions: Vec<&'static SupportedProtocolVersion>,
    provider: CryptoProvider,
    alpn: Vec<Vec<u8>>,
}

impl Settings {
    /// The settings among arguments: the server's name, is it checked, is the peer's certificate asked for (1) or demanded (2),
    /// how much is checked for revocation (0, 1, 2), what is trusted, identities, versions (1: TLS 1.2, 2: TLS 1.3), the numbers
    /// of cipher suites, the protocols above.
    fn among(vm: &mut Vm, args: &[Value], from: usize) -> Result<Settings, Exit> {
        let args = args.get(from..).unwrap_or_default();
        if args.len() != 9 {
            return Err(vm.type_error("settings are missing"));
        }
        let name = args[0].native::<Str>().map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        let checked = vm.native_truth(&args[1]).unwrap_or(true);
        let asks = vm.index_arg(args, 2)?;
        let revocation = match vm.index_arg(args, 3)? {
            0 => Revocation::Unasked,
            1 => Revocation::Leaf,
            _ => Revocation::Chain,
        };
        let trust = match args[4].foreign::<Trusted>() {
            Some(trust) => trust.0.clone(),
            None => Arc::default(),
        };
        let identities = vm.items_arg(args, 5)?;
        let identities = identities.iter().filter_map(|value| value.foreign::<Identity>().map(|one| one.0.clone()));
        let bits = vm.index_arg(args, 6)?;
        let versions = [(2, &rustls::version::TLS13), (1, &rustls::version::TLS12)];
        let versions = versions.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, version)| version).collect();
        let mut provider = provider();
        let mut chosen = Vec::new();
        for number in vm.items_arg(args, 7)? {
            let number = number.as_small();
            let suite = provider.cipher_suites.iter().find(|suite| Some(i64::from(u16::from(suite.suite()))) == number);
            chosen.extend(suite.copied());
        }
        provider.cipher_suites = chosen;
        let parsed = match &name {
            Some(name) if checked => Some(server_name(vm, name)?),
            _ => None,
        };
        let judge = Judge {
            trust,
            asks: asks > 0,
            insists: asks > 1,
            name: parsed,
            revocation,
            algorithms: provider.signature_verification_algorithms,
            verdict: Default::default(),
        };
        let identities = Identities(identities.collect());
        Ok(Settings { name, judge, identities, versions, provider, alpn: list_of_bytes(vm, args, 8)? })
    }
}

fn server_name(vm: &Vm, name: &str) -> Result<ServerName<'static>, Exit> {
    ServerName::try_from(name.to_owned()).map_err(|_| vm.value_error(format!("invalid server_hostname: {name:?}")))
}

fn pipes(vm: &Vm, args: &[Value]) -> Result<(Slot, Slot), Exit> {
    pipe::of(vm, &args[0])?;
    pipe::of(vm, &args[1])?;
    Ok((Slot::new(args[0].clone()), Slot::new(args[1].clone())))
}

fn made(vm: &mut Vm, args: &[Value], stage: Stage, clock: Arc<Clock>, judge: Option<Arc<Judge>>) -> NativeResult {
    let (incoming, outgoing) = pipes(vm, args)?;
    let (stage, judge, failure) = (RefCell::new(stage), RefCell::new(judge), RefCell::new(None));
    let tls = Tls { stage, incoming, outgoing, clock, missing: Cell::new(0), judge, failure };
    Ok(Foreign::value(&connection_class(vm), tls))
}

fn client(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let settings = Settings::among(vm, args, 2)?;
    let clock = Arc::new(Clock::default());
    clock.set(vm);
    // Without a name none is sent, but one there must be.
    let name = match &settings.name {
        Some(name) => server_name(vm, name)?,
        None => server_name(vm, "0.0.0.0")?,
    };
    let judge = Arc::new(settings.judge);
    let config = ClientConfig::builder_with_details(Arc::new(settings.provider), clock.clone())
        .with_protocol_versions(&settings.versions)
        .map(|builder| builder.dangerous().with_custom_certificate_verifier(judge.clone()))
        .map(|builder| builder.with_client_cert_resolver(Arc::new(settings.identities)));
    let mut config = match config {
        Ok(config) => config,
        Err(error) => return Ok(told(vm, &error, None)),
    };
    config.enable_sni = settings.name.is_some();
    config.alpn_protocols = settings.alpn;
    // OpenSSL goes on where a server chooses what was not offered, or nothing.
    config.check_selected_alpn = false;
    config.resumption = rustls::client::Resumption::disabled();
    match ClientConnection::new(Arc::new(config), name) {
        Ok(mut connection) => {
            connection.set_buffer_limit(None);
            made(vm, args, Stage::Running(Box::new(connection.into())), clock, Some(judge))
        }
        Err(error) => Ok(told(vm, &error, None)),
    }
}

fn server(vm: &mut Vm, args: &[Value]) -> NativeResult {
    made(vm, args, Stage::Listening(Box::default()), Arc::default(), None)
}

fn this<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Tls, Exit> {
    args[0].foreign::<Tls>().ok_or_else(|| vm.type_error("a connection is needed"))
}

/// What is wrong, as a tuple: the reason's name and text and, of a certificate, the number and text of the refusal.
fn told(_: &mut Vm, error: &rustls::Error, judge: Option<&Judge>) -> Value {
    let (name, text) = reason_of(error);
    let refused = judge.and_then(|judge| judge.with_verdict(|verdict| verdict.refused.clone()));
    let (code, message) = match (error, refused) {
        (rustls::Error::InvalidCertificate(_), Some((code, message))) => (Value::int(code), Value::str(&message)),
        (rustls::Error::InvalidCertificate(which), None) => (Value::int(1), Value::str(which.to_string())),
        _ => (Value::NONE, Value::NONE),
    };
    Value::tuple(vec![Value::str(&name), Value::str(&text), code, message])
}

/// Why a step did not come to its end.
enum Halt {
    /// More has to come.
    More,
    /// The peer has said that it is done.
    Closed,
    /// Nothing more will come.
    End,
    Wrong(rustls::Error),
    NoMemory,
}

impl From<std::io::Error> for Halt {
    fn from(_: std::io::Error) -> Halt {
        // A pipe fails for want of memory only.
        Halt::NoMemory
    }
}

impl Tls {
    /// A look at both pipes.
    fn with_pipes<R>(&self, look: impl FnOnce(&Records<'_>, &Pipe) -> R) -> Option<R> {
        let (incoming, outgoing) = (self.incoming.get(), self.outgoing.get());
        let records = Records { pipe: incoming.foreign::<Pipe>()?, missing: &self.missing };
        Some(look(&records, outgoing.foreign::<Pipe>()?))
    }

    fn answer(&self, vm: &mut Vm, outcome: Result<i64, Halt>) -> NativeResult {
        match outcome {
            Ok(number) => Ok(Value::int(number)),
            Err(Halt::More) => Ok(Value::tuple(vec![Value::int(WANT_READ)])),
            Err(Halt::Closed) => Ok(Value::tuple(vec![Value::int(CLOSED)])),
            Err(Halt::End) => Ok(Value::tuple(vec![Value::int(END)])),
            Err(Halt::NoMemory) => Err(vm.no_memory()),
            Err(Halt::Wrong(error)) => {
                let judge = self.judge.borrow();
                let told = told(vm, &error, judge.as_deref());
                *self.failure.borrow_mut() = Some(error);
                Ok(told)
            }
        }
    }
}

/// Hand on everything that is to go.
fn flush(connection: &mut Connection, outgoing: &Pipe) -> Result<(), Halt> {
    while connection.wants_write() {
        connection.write_tls(&mut Writer(outgoing))?;
    }
    Ok(())
}

/// Take in what came, and answer it, until there is what is waited for.
fn pump(
    connection: &mut Connection,
    incoming: &Records<'_>,
    outgoing: &Pipe,
    enough: impl Fn(&Connection, usize) -> bool,
) -> Result<(), Halt> {
    loop {
        // Something may be left of an earlier piece.
        let outcome = connection.process_new_packets();
        flush(connection, outgoing)?;
        let state = outcome.map_err(Halt::Wrong)?;
        if enough(connection, state.plaintext_bytes_to_read()) || state.peer_has_closed() {
            return Ok(());
        }
        if incoming.nothing_waits() {
            return Err(if incoming.have_ended() { Halt::End } else { Halt::More });
        }
        connection.read_tls(&mut incoming.reader())?;
    }
}

/// How many bytes have been taken in and not been read.
fn unread(connection: &mut Connection) -> usize {
    connection.process_new_packets().map_or(0, |state| state.plaintext_bytes_to_read())
}

/// Hear what a client says first.
fn listen(acceptor: &mut Acceptor, incoming: &Records<'_>, outgoing: &Pipe) -> Result<Box<Accepted>, Halt> {
    let is_http = incoming.begin_with(&[b"GET ", b"POST", b"HEAD", b"PUT "]);
    loop {
        match acceptor.accept() {
            Ok(Some(accepted)) => return Ok(Box::new(accepted)),
            Ok(None) => {}
            Err(_) if is_http => return Err(Halt::Wrong(rustls::Error::General(problem::HTTP_REQUEST.into()))),
            Err((error, alert)) => return Err(wrong_at_first(error, alert, outgoing)),
        }
        if incoming.nothing_waits() {
            return Err(if incoming.have_ended() { Halt::End } else { Halt::More });
        }
        acceptor.read_tls(&mut incoming.reader())?;
    }
}

fn wrong_at_first(error: rustls::Error, mut alert: AcceptedAlert, outgoing: &Pipe) -> Halt {
    match alert.write_all(&mut Writer(outgoing)) {
        Ok(()) => Halt::Wrong(error),
        Err(_) => Halt::NoMemory,
    }
}

fn handshake(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    tls.clock.set(vm);
    let outcome = tls.with_pipes(|incoming, outgoing| shake_hands(tls, incoming, outgoing)).unwrap_or(Err(Halt::End));
    tls.answer(vm, outcome)
}

fn shake_hands(tls: &Tls, incoming: &Records<'_>, outgoing: &Pipe) -> Result<i64, Halt> {
    let mut stage = tls.stage.borrow_mut();
    match &mut *stage {
        Stage::Listening(acceptor) => {
            let heard = listen(acceptor, incoming, outgoing);
            if matches!(heard, Err(Halt::Wrong(_))) {
                *stage = Stage::Over;
            }
            *stage = Stage::Heard(heard?);
            Ok(HEARD)
        }
        Stage::Heard(_) => Ok(HEARD),
        Stage::Running(connection) => {
            pump(connection, incoming, outgoing, |connection, _| !connection.is_handshaking())?;
            // It may have been closed by the peer before it was made.
            if connection.is_handshaking() { Err(Halt::Closed) } else { Ok(DONE) }
        }
        Stage::Over => Err(tls.failure.borrow().clone().map_or(Halt::End, Halt::Wrong)),
    }
}

fn hello(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let stage = tls.stage.borrow();
    let Stage::Heard(accepted) = &*stage else { return Ok(Value::NONE) };
    let hello = accepted.client_hello();
    let name = hello.server_name().map_or(Value::NONE, Value::str);
    let alpn = hello.alpn().into_iter().flatten().map(|protocol| Value::bytes(protocol.to_vec())).collect();
    let suites = hello.cipher_suites().iter().map(|suite| Value::small(i64::from(u16::from(*suite)))).collect();
    Ok(Value::tuple(vec![name, Value::tuple(alpn), Value::tuple(suites)]))
}

fn accept(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let settings = Settings::among(vm, args, 1)?;
    let tls = this(vm, args)?;
    tls.clock.set(vm);
    let judge = Arc::new(settings.judge);
    let config = ServerConfig::builder_with_details(Arc::new(settings.provider), tls.clock.clone())
        .with_protocol_versions(&settings.versions)
        .map(|builder| builder.with_client_cert_verifier(judge.clone()))
        .map(|builder| builder.with_cert_resolver(Arc::new(settings.identities)));
    let mut config = match config {
        Ok(config) => config,
        Err(error) => return tls.answer(vm, Err(Halt::Wrong(error))),
    };
    config.alpn_protocols = settings.alpn;
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    let heard = tls.stage.replace(Stage::Over);
    let Stage::Heard(accepted) = heard else {
        tls.stage.replace(heard);
        return Ok(Value::int(DONE));
    };
    tls.judge.replace(Some(judge));
    let outcome = match accepted.into_connection(Arc::new(config)) {
        Ok(mut connection) => {
            connection.set_buffer_limit(None);
            tls.stage.replace(Stage::Running(Box::new(connection.into())));
            Ok(DONE)
        }
        Err((error, alert)) => {
            let halt = tls.with_pipes(|_, outgoing| wrong_at_first(error, alert, outgoing));
            Err(halt.unwrap_or(Halt::End))
        }
    };
    tls.answer(vm, outcome)
}

fn refuse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let alert = u8::try_from(vm.index_arg(args, 1)?).unwrap_or(80);
    tls.stage.replace(Stage::Over);
    // A record of TLS 1.2 that holds a fatal alert.
    let record = [21, 3, 3, 0, 2, 2, alert];
    let outcome = tls.with_pipes(|_, outgoing| outgoing.put(&record).map(|()| DONE).map_err(|_| Halt::NoMemory));
    tls.answer(vm, outcome.unwrap_or(Err(Halt::End)))
}

fn read(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = usize::try_from(vm.index_arg(args, 1)?).unwrap_or(usize::MAX);
    let tls = this(vm, args)?;
    tls.clock.set(vm);
    let room = match arg_or_none(args, 2) {
        Some(buffer) => Some(Room::of(buffer).ok_or_else(|| vm.type_error("a writable buffer is needed"))?),
        None => None,
    };
    let most = most.min(room.as_ref().map_or(usize::MAX, Room::len));
    let mut bytes = Vec::new();
    let outcome = tls.with_pipes(|incoming, outgoing| match &mut *tls.stage.borrow_mut() {
        Stage::Running(connection) => hear(connection, incoming, outgoing, most, &mut bytes),
        _ => Err(tls.failure.borrow().clone().map_or(Halt::End, Halt::Wrong)),
    });
    match outcome.unwrap_or(Err(Halt::End)) {
        Err(halt) => tls.answer(vm, Err(halt)),
        Ok(()) => match room {
            Some(room) => {
                room.put(0, &bytes);
                Ok(Value::size(bytes.len()))
            }
            None => Ok(Value::bytes(bytes)),
        },
    }
}

/// What the peer has said, up to `most` bytes, but no more than a record holds.
fn hear(
    connection: &mut Connection,
    incoming: &Records<'_>,
    outgoing: &Pipe,
    most: usize,
    bytes: &mut Vec<u8>,
) -> Result<(), Halt> {
    if most == 0 {
        return Ok(());
    }
    if unread(connection) == 0 {
        pump(connection, incoming, outgoing, |_, readable| readable > 0)?;
    }
    let count = unread(connection).min(most);
    if count == 0 {
        return Err(Halt::Closed);
    }
    *bytes = memory::vector(count).map_err(|_| Halt::NoMemory)?;
    bytes.resize(count, 0);
    connection.reader().read_exact(bytes)?;
    Ok(())
}

/// No record holds more.
const RECORD: usize = 1 << 14;

fn write(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let data = buffer_arg(vm, &args[1])?;
    let outcome = tls.with_pipes(|_, outgoing| match &mut *tls.stage.borrow_mut() {
        Stage::Running(connection) => say(connection, outgoing, &data),
        _ => Err(tls.failure.borrow().clone().map_or(Halt::End, Halt::Wrong)),
    });
    let outcome = outcome.unwrap_or(Err(Halt::End));
    match outcome {
        Ok(()) => Ok(Value::size(data.len())),
        Err(halt) => tls.answer(vm, Err(halt)),
    }
}

fn say(connection: &mut Connection, outgoing: &Pipe, data: &[u8]) -> Result<(), Halt> {
    for piece in data.chunks(4 * RECORD) {
        connection.writer().write_all(piece)?;
        flush(connection, outgoing)?;
    }
    Ok(())
}

fn shutdown(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    tls.clock.set(vm);
    let outcome = tls.with_pipes(|incoming, outgoing| match &mut *tls.stage.borrow_mut() {
        Stage::Running(connection) => {
            connection.send_close_notify();
            flush(connection, outgoing)?;
            pump(connection, incoming, outgoing, |_, readable| readable > 0)?;
            Ok(if unread(connection) > 0 { DATA_AFTER_CLOSE } else { DONE })
        }
        _ => Err(tls.failure.borrow().clone().map_or(Halt::End, Halt::Wrong)),
    });
    match outcome.unwrap_or(Err(Halt::End)) {
        Ok(DATA_AFTER_CLOSE) => {
            let words = ["APPLICATION_DATA_AFTER_CLOSE_NOTIFY", "application data after close notify"];
            Ok(Value::tuple(vec![Value::str(words[0]), Value::str(words[1]), Value::NONE, Value::NONE]))
        }
        outcome => tls.answer(vm, outcome),
    }
}

/// The peer has said something that nobody has read, where it should have said that it is done.
const DATA_AFTER_CLOSE: i64 = -2;

fn pending(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let mut stage = tls.stage.borrow_mut();
    let Stage::Running(connection) = &mut *stage else { return Ok(Value::int(0)) };
    Ok(Value::size(unread(connection)))
}

fn agreed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let stage = tls.stage.borrow();
    let Stage::Running(connection) = &*stage else { return Ok(Value::NONE) };
    let number = |number: u16| Value::small(i64::from(number));
    let version = connection.protocol_version().map_or(Value::NONE, |version| number(version.into()));
    let suite = connection.negotiated_cipher_suite().map_or(Value::NONE, |suite| number(suite.suite().into()));
    let alpn = connection.alpn_protocol().map_or(Value::NONE, |protocol| Value::bytes(protocol.to_vec()));
    Ok(Value::tuple(vec![version, suite, alpn]))
}

fn certificates(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tls = this(vm, args)?;
    let stage = tls.stage.borrow();
    let shown: &[_] = match &*stage {
        Stage::Running(connection) => connection.peer_certificates().unwrap_or_default(),
        _ => &[],
    };
    let shown = shown.iter().map(|certificate| Value::bytes(certificate.to_vec())).collect();
    let judge = tls.judge.borrow();
    let path = |verdict: &mut Verdict| verdict.chain.iter().map(|one| Value::bytes(one.clone())).collect();
    let path = judge.as_deref().map_or(Vec::new(), |judge| judge.with_verdict(path));
    Ok(Value::tuple(vec![Value::tuple(shown), Value::tuple(path)]))
}
