//! `_socket`: sockets as the host has them. `socket` (in Python) makes its class of the one here.
//!
//! A socket keeps its descriptor's number, its three numbers and its timeout. With a timeout it is non-blocking at the host,
//! and a call waits for readiness first. A socket that the program drops without closing it is closed at the next call
//! into this module or `select` ([`close_orphans`]): whatever can see that it was closed goes through those.

use super::room::Room;
use super::threads::{aside, let_others_run};
use super::time::nanoseconds;
use super::{class, host_error, kept_class, module as new_module, os_bytes};
use crate::builtins::text::{Buffer, buffer, buffer_copy};
use crate::builtins::{getsets, install_getsets, install_methods, install_static, natives};
use crate::host::{Address, Ancillary, Events, Fd, HostError, Lookup, Resolved, SocketKind};
use crate::object::{Foreign, Instance, Kind, Module, NativeObject, Ref, Str, Tuple, Type, TypeFlags, Value, intern};
use crate::text::wtf8;
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::time::Duration;

/// A socket.
pub struct Socket {
    /// -1 when closed.
    fd: Cell<Fd>,
    kind: Cell<SocketKind>,
    /// Nanoseconds that a call may wait; `None` for ever, 0 not at all.
    timeout: Cell<Option<i64>>,
}

impl NativeObject for Socket {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn dropped(&self) {
        abandon(self.fd.replace(-1));
    }
}

thread_local! {
    static ORPHANS: RefCell<Vec<Fd>> = const { RefCell::new(Vec::new()) };
    static DEFAULT_TIMEOUT: Cell<Option<i64>> = const { Cell::new(None) };
}

/// The object that had this descriptor is gone.
pub fn abandon(fd: Fd) {
    if fd >= 0 {
        // At the very end of a thread there is nobody left to close it; the system will.
        let _ = ORPHANS.try_with(|orphans| orphans.borrow_mut().push(fd));
    }
}

/// Close the descriptors whose objects are gone.
#[inline]
pub fn close_orphans(vm: &mut Vm) {
    if ORPHANS.with(|orphans| !orphans.borrow().is_empty()) {
        close_all_orphans(vm);
    }
}

#[cold]
fn close_all_orphans(vm: &mut Vm) {
    for fd in ORPHANS.take() {
        // Nobody is left who could be told.
        let _ = vm.host.close(fd);
    }
}

natives! {
    FUNCTIONS {
        /// The name of this machine.
        "gethostname()" => gethostname;
        /// Name this computer anew: nobody here may.
        "sethostname(name, /)" => sethostname;
        /// The IPv4 address of a host, as text.
        "gethostbyname(host, /)" => gethostbyname;
        /// Addresses for a host and a port, as tuples of plain numbers and texts; where other threads run meanwhile, what
        /// `_addresses` is to be given for them.
        "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)" => getaddrinfo;
        /// The names of the host and port of an address.
        "getnameinfo(family, sockaddr, flags, /)" => getnameinfo;
        /// Two connected descriptors.
        "socketpair(family=1, type=1, proto=0, /)" => socketpair;
        /// Close a socket by its number.
        "close(fd, /)" => close_fd;
        /// Another descriptor for the same socket.
        "dup(fd, /)" => dup;
        /// The network interfaces: pairs of a number and a name.
        "if_nameindex()" => if_nameindex;
        /// The number of a network interface.
        "if_nametoindex(oname, /)" => if_nametoindex;
        /// The name of a network interface.
        "if_indextoname(index, /)" => if_indextoname;
        /// The room that a piece of ancillary data takes whose data has this length, without what fills it up.
        "CMSG_LEN(length, /)" => cmsg_len;
        /// The room that a piece of ancillary data takes whose data has this length.
        "CMSG_SPACE(length, /)" => cmsg_space;
        /// An IPv4 address as four bytes.
        "inet_aton(ip_addr, /)" => inet_aton;
        /// Four bytes as an IPv4 address.
        "inet_ntoa(packed_ip, /)" => inet_ntoa;
        /// An address as bytes, as they go over the network.
        "inet_pton(af, ip, /)" => inet_pton;
        /// Bytes from the network as an address.
        "inet_ntop(af, packed_ip, /)" => inet_ntop;
        /// 16 bits in the network's order.
        "htons(integer, /)" => swap16;
        /// 16 bits in this machine's order.
        "ntohs(integer, /)" => swap16;
        /// 32 bits in the network's order.
        "htonl(integer, /)" => swap32;
        /// 32 bits in this machine's order.
        "ntohl(integer, /)" => swap32;
        /// How many seconds new sockets wait, or None.
        "getdefaulttimeout()" => getdefaulttimeout;
        /// How many seconds new sockets wait; without end with None.
        "setdefaulttimeout(timeout, /)" => setdefaulttimeout;
    }
    METHODS {
        "__init__(self, family=-1, type=-1, proto=-1, fileno=None)" => init;
        "__repr__(self, /)" => repr;
        /// Wait for a connection: its descriptor and the address of the other end.
        "_accept(self, /)" => accept;
        /// Give the socket this address.
        "bind(self, address, /)" => bind;
        "close(self, /)" => close;
        /// Connect to this address.
        "connect(self, address, /)" => connect;
        /// As `connect`; the number of an error instead of an exception.
        "connect_ex(self, address, /)" => connect_ex;
        /// Give up the descriptor without closing it; its number.
        "detach(self, /)" => detach;
        /// The number of the descriptor; -1 once closed.
        "fileno(self, /)" => fileno;
        /// The address of the other end.
        "getpeername(self, /)" => getpeername;
        /// The socket's own address.
        "getsockname(self, /)" => getsockname;
        /// An option: an int, or as many bytes as asked for.
        "getsockopt(self, level, option, buflen=0, /)" => getsockopt;
        /// Set an option: to an int or bytes, or to None with a length.
        "setsockopt(self, level, option, value, optlen=0, /)" => setsockopt;
        /// Do calls wait?
        "getblocking(self, /)" => getblocking;
        /// Shall calls wait?
        "setblocking(self, flag, /)" => setblocking;
        /// How many seconds calls wait, or None.
        "gettimeout(self, /)" => gettimeout;
        /// How many seconds calls wait; without end with None.
        "settimeout(self, timeout, /)" => settimeout;
        /// Accept connections, so many of which may wait.
        "listen(self, backlog=128, /)" => listen;
        /// Receive up to so many bytes; none at the end.
        "recv(self, bufsize, flags=0, /)" => recv;
        /// Receive into a buffer; how many bytes.
        "recv_into(self, buffer, nbytes=0, flags=0)" => recv_into;
        /// As `recv`; and the sender's address.
        "recvfrom(self, bufsize, flags=0, /)" => recvfrom;
        /// As `recv_into`; and the sender's address.
        "recvfrom_into(self, buffer, nbytes=0, flags=0)" => recvfrom_into;
        /// Send; how many bytes were taken.
        "send(self, data, flags=0, /)" => send;
        /// Send all of it.
        "sendall(self, data, flags=0, /)" => sendall;
        "_send_some(self, data, flags, /)" => send_some;
        /// Send to an address: sendto(data[, flags], address).
        "sendto(self, /, *args)" => sendto;
        /// Send bytes with what goes along: triples of level, kind and data.
        "_send_message(self, data, ancillary, flags, address, /)" => send_message;
        /// Receive: what came, what came along, what is to be known of it, and from whom.
        "_recv_message(self, bufsize, ancbufsize, flags, /)" => recv_message;
        /// End one direction or both.
        "shutdown(self, how, /)" => shutdown;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
}

getsets! {
    ATTRIBUTES {
        "family" => family;
        "type" => type_;
        "proto" => proto;
        "timeout" => timeout;
    }
}

macro_rules! numbers {
    ($($name:ident)*) => { &[$( (stringify!($name), libc::$name as i64) ),*] };
}

static CONSTANTS: &[(&str, i64)] = numbers! {
    AF_UNSPEC AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_ALG AF_APPLETALK AF_ASH AF_ATMPVC AF_ATMSVC AF_AX25 AF_BRIDGE
    AF_CAN AF_ECONET AF_IPX AF_IRDA AF_KEY AF_LLC AF_NETBEUI AF_NETROM AF_PPPOX AF_RDS AF_ROSE AF_ROUTE AF_SECURITY AF_SNA
    AF_TIPC AF_VSOCK AF_WANPIPE AF_X25 PF_CAN PF_PACKET PF_RDS
    SOCK_STREAM SOCK_DGRAM SOCK_RAW SOCK_RDM SOCK_SEQPACKET SOCK_CLOEXEC SOCK_NONBLOCK
    SOL_SOCKET
    SO_ACCEPTCONN SO_BINDTODEVICE SO_BROADCAST SO_DEBUG SO_DOMAIN SO_DONTROUTE SO_ERROR SO_INCOMING_CPU SO_KEEPALIVE SO_LINGER
    SO_MARK SO_OOBINLINE SO_PASSCRED SO_PEERCRED SO_PRIORITY SO_PROTOCOL SO_RCVBUF SO_RCVLOWAT SO_RCVTIMEO SO_REUSEADDR
    SO_REUSEPORT SO_SNDBUF SO_SNDLOWAT SO_SNDTIMEO SO_TYPE
    SOMAXCONN SHUT_RD SHUT_WR SHUT_RDWR
    IPPROTO_ICMP IPPROTO_ICMPV6 IPPROTO_IGMP IPPROTO_IP IPPROTO_IPV6 IPPROTO_RAW IPPROTO_SCTP IPPROTO_TCP IPPROTO_UDP
    IP_ADD_MEMBERSHIP IP_DROP_MEMBERSHIP IP_HDRINCL IP_MULTICAST_IF IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_TOS IP_TTL
    IPV6_V6ONLY IPV6_UNICAST_HOPS IPV6_MULTICAST_HOPS IPV6_MULTICAST_IF IPV6_MULTICAST_LOOP
    TCP_CONGESTION TCP_CORK TCP_DEFER_ACCEPT TCP_FASTOPEN TCP_INFO TCP_KEEPCNT TCP_KEEPIDLE TCP_KEEPINTVL TCP_LINGER2
    TCP_MAXSEG TCP_NODELAY TCP_QUICKACK TCP_SYNCNT TCP_USER_TIMEOUT TCP_WINDOW_CLAMP
    MSG_CONFIRM MSG_CTRUNC MSG_DONTROUTE MSG_DONTWAIT MSG_EOR MSG_ERRQUEUE MSG_MORE MSG_NOSIGNAL MSG_OOB MSG_PEEK MSG_TRUNC
    MSG_WAITALL
    IPPROTO_AH IPPROTO_DSTOPTS IPPROTO_EGP IPPROTO_ESP IPPROTO_FRAGMENT IPPROTO_GRE IPPROTO_HOPOPTS IPPROTO_IDP
    IPPROTO_IPIP IPPROTO_MPTCP IPPROTO_NONE IPPROTO_PIM IPPROTO_PUP IPPROTO_ROUTING IPPROTO_RSVP IPPROTO_TP
    IPPROTO_UDPLITE IPV6_CHECKSUM IPV6_DONTFRAG IPV6_DSTOPTS IPV6_HOPLIMIT IPV6_HOPOPTS IPV6_NEXTHOP IPV6_PATHMTU
    IPV6_PKTINFO IPV6_RECVDSTOPTS IPV6_RECVHOPLIMIT IPV6_RECVHOPOPTS IPV6_RECVPATHMTU IPV6_RECVPKTINFO IPV6_RECVRTHDR
    IPV6_RECVTCLASS IPV6_RTHDR IPV6_RTHDRDSTOPTS IPV6_TCLASS IP_ADD_SOURCE_MEMBERSHIP IP_BIND_ADDRESS_NO_PORT
    IP_BLOCK_SOURCE IP_DEFAULT_MULTICAST_LOOP IP_DEFAULT_MULTICAST_TTL IP_DROP_SOURCE_MEMBERSHIP IP_OPTIONS IP_PKTINFO
    IP_RECVOPTS IP_RECVTOS IP_RETOPTS IP_TRANSPARENT IP_UNBLOCK_SOURCE MSG_CMSG_CLOEXEC MSG_FASTOPEN SCM_CREDENTIALS
    SCM_RIGHTS TCP_CC_INFO TCP_FASTOPEN_CONNECT TCP_FASTOPEN_KEY TCP_FASTOPEN_NO_COOKIE TCP_INQ TCP_MD5SIG
    TCP_MD5SIG_EXT TCP_NOTSENT_LOWAT TCP_QUEUE_SEQ TCP_REPAIR TCP_REPAIR_OPTIONS TCP_REPAIR_QUEUE TCP_REPAIR_WINDOW
    TCP_SAVED_SYN TCP_SAVE_SYN TCP_THIN_DUPACK TCP_THIN_LINEAR_TIMEOUTS TCP_TIMESTAMP TCP_ULP
    TCP_ZEROCOPY_RECEIVE
    AI_ADDRCONFIG AI_ALL AI_CANONNAME AI_NUMERICHOST AI_NUMERICSERV AI_PASSIVE AI_V4MAPPED
    EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY EAI_NODATA EAI_NONAME EAI_OVERFLOW EAI_SERVICE EAI_SOCKTYPE
    EAI_SYSTEM
    NI_DGRAM NI_MAXHOST NI_NAMEREQD NI_NOFQDN NI_NUMERICHOST NI_NUMERICSERV
};

/// Numbers that the system's headers give as addresses, or that are Python's own.
static MORE_CONSTANTS: &[(&str, i64)] = &[
    ("AF_DECnet", 12),
    ("AF_QIPCRTR", 42),
    ("INADDR_ANY", 0),
    ("INADDR_BROADCAST", 0xFFFF_FFFF),
    ("INADDR_LOOPBACK", 0x7F00_0001),
    ("INADDR_NONE", 0xFFFF_FFFF),
    ("TCP_TX_DELAY", 37),
    ("INADDR_UNSPEC_GROUP", 0xE000_0000),
    ("INADDR_ALLHOSTS_GROUP", 0xE000_0001),
    ("INADDR_MAX_LOCAL_GROUP", 0xE000_00FF),
    ("EAI_ADDRFAMILY", -9),
    ("IPV6_JOIN_GROUP", 20),
    ("IPV6_LEAVE_GROUP", 21),
    ("IPV6_RTHDR_TYPE_0", 0),
    ("IP_MAX_MEMBERSHIPS", 20),
    ("IP_RECVRETOPTS", 7),
    ("SOL_IP", 0),
    ("SOL_TCP", 6),
    ("SOL_UDP", 17),
    ("NI_MAXSERV", 32),
    ("IPPORT_RESERVED", 1024),
    ("IPPORT_USERRESERVED", 5000),
];

fn error_class(vm: &mut Vm, key: &'static str, name: &str) -> Ref<Type> {
    if let Some(class) = vm.state.get(key).and_then(|class| class.to_ref::<Type>()) {
        return class;
    }
    let made = class("socket", name, &vm.types.os_error, vm.types.os_error.flags());
    vm.state.insert(key, made.value());
    made
}

/// `socket.gaierror`
pub fn gaierror(vm: &mut Vm) -> Ref<Type> {
    error_class(vm, "socket.gaierror", "gaierror")
}

fn socket_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_socket.socket", |vm| {
        let made = class("_socket", "socket", &vm.types.object, TypeFlags::default());
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        install_getsets(&made, ATTRIBUTES);
        made
    })
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_socket", "Sockets as the host has them.", FUNCTIONS);
    let class = socket_class(vm);
    module.set("socket", class.value());
    module.set("SocketType", class.into_value());
    module.set("error", vm.types.os_error.value());
    module.set("timeout", vm.types.timeout_error.value());
    module.set("gaierror", gaierror(vm).into_value());
    module.set("herror", error_class(vm, "socket.herror", "herror").into_value());
    module.set("has_ipv6", Value::TRUE);
    for (name, number) in CONSTANTS.iter().chain(MORE_CONSTANTS) {
        module.set(name, Value::int(*number));
    }
    module
}

/// The descriptor behind a value without running Python code: an int, or a socket. `None` for anything else.
pub fn descriptor(vm: &mut Vm, value: &Value) -> Result<Option<Fd>, Exit> {
    let number = match value.foreign::<Socket>() {
        Some(socket) => i64::from(socket.fd.get()),
        None => match value.as_integer() {
            Some(number) => match number.to_i64() {
                Some(number) => number,
                None => return Err(vm.overflow_error("Python int too large to convert to C int")),
            },
            None => return Ok(None),
        },
    };
    match Fd::try_from(number) {
        Ok(fd) if fd >= 0 => Ok(Some(fd)),
        Ok(fd) => Err(vm.value_error(format!("file descriptor cannot be a negative integer ({fd})"))),
        Err(_) => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

fn of<'a>(vm: &mut Vm, args: &'a [Value]) -> Result<&'a Socket, Exit> {
    close_orphans(vm);
    args[0].foreign::<Socket>().ok_or_else(|| vm.type_error("a socket is needed"))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = socket_class(vm);
    let kind = SocketKind { family: -1, kind: -1, protocol: -1 };
    let object = Socket { fd: Cell::new(-1), kind: Cell::new(kind), timeout: Cell::new(None) };
    let made = Foreign::value(&exact, object);
    match args[0].to_ref::<Type>() {
        Some(class) if !class.is(&exact) => Ok(Value::object(Instance::wrapping(&class, made))),
        _ => Ok(made),
    }
}

/// An argument that must be a C int.
fn int_arg(vm: &mut Vm, args: &[Value], n: usize, default: i32) -> Result<i32, Exit> {
    if arg(args, n).is_none() {
        return Ok(default);
    }
    let Some(number) = vm.integer_arg(args, n)?.to_i64() else {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    };
    match i32::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) if number > 0 => Err(vm.overflow_error("signed integer is greater than maximum")),
        Err(_) => Err(vm.overflow_error("signed integer is less than minimum")),
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [family, kind, protocol] = [int_arg(vm, args, 1, -1)?, int_arg(vm, args, 2, -1)?, int_arg(vm, args, 3, -1)?];
    let socket = of(vm, args)?;
    let nonblocking = kind != -1 && kind & libc::SOCK_NONBLOCK != 0;
    let fd = match arg_or_none(args, 4) {
        Some(given) => {
            if given.payload().as_float().is_some() {
                return Err(vm.type_error("'float' object cannot be interpreted as an integer"));
            }
            let fd = int_arg(vm, args, 4, -1)?;
            if fd < 0 {
                return Err(vm.value_error("negative file descriptor"));
            }
            let actual = vm.host.socket_kind(fd).map_err(|error| host_error(vm, error))?;
            let or = |given: i32, actual: i32| if given == -1 { actual } else { given };
            socket.kind.set(SocketKind {
                family: or(family, actual.family),
                kind: or(kind, actual.kind),
                protocol: or(protocol, actual.protocol),
            });
            fd
        }
        None => {
            let or = |given: i32, default: i32| if given == -1 { default } else { given };
            let bare = or(kind, libc::SOCK_STREAM) & !(libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC);
            let kind = SocketKind { family: or(family, libc::AF_INET), kind: bare, protocol: or(protocol, 0) };
            socket.kind.set(kind);
            vm.host.socket(kind).map_err(|error| host_error(vm, error))?
        }
    };
    let old = socket.fd.replace(fd);
    if old != fd {
        abandon(old);
    }
    let timeout = if nonblocking { Some(0) } else { DEFAULT_TIMEOUT.get() };
    socket.timeout.set(timeout);
    if timeout.is_some() {
        vm.host.set_blocking(fd, false).map_err(|error| host_error(vm, error))?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let socket = of(vm, args)?;
    let SocketKind { family, kind, protocol } = socket.kind.get();
    let fd = socket.fd.get();
    Ok(Value::str(format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>")))
}

fn family(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::small(me.foreign::<Socket>().map_or(-1, |socket| i64::from(socket.kind.get().family))))
}

fn type_(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::small(me.foreign::<Socket>().map_or(-1, |socket| i64::from(socket.kind.get().kind))))
}

fn proto(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::small(me.foreign::<Socket>().map_or(-1, |socket| i64::from(socket.kind.get().protocol))))
}

fn seconds(ns: Option<i64>) -> Value {
    ns.map_or(Value::NONE, |ns| Value::float(ns as f64 / 1e9))
}

fn timeout(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(seconds(me.foreign::<Socket>().and_then(|socket| socket.timeout.get())))
}

fn gettimeout(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(seconds(of(vm, args)?.timeout.get()))
}

fn getblocking(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(of(vm, args)?.timeout.get() != Some(0)))
}

fn timeout_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<Option<i64>, Exit> {
    if args[n].is_none() {
        return Ok(None);
    }
    let ns = nanoseconds(vm, args, n)?;
    if ns < 0 {
        return Err(vm.value_error("Timeout value out of range"));
    }
    Ok(Some(ns))
}

fn set_timeout(vm: &mut Vm, socket: &Socket, timeout: Option<i64>) -> NativeResult {
    let fd = socket.fd.get();
    vm.host.set_blocking(fd, timeout.is_none()).map_err(|error| host_error(vm, error))?;
    socket.timeout.set(timeout);
    Ok(Value::NONE)
}

fn settimeout(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let timeout = timeout_arg(vm, args, 1)?;
    let socket = of(vm, args)?;
    set_timeout(vm, socket, timeout)
}

fn setblocking(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(blocking) = vm.native_truth(&args[1]) else { return Err(vm.retry(args, 1, "to_bool")) };
    let socket = of(vm, args)?;
    set_timeout(vm, socket, if blocking { None } else { Some(0) })
}

fn getdefaulttimeout(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(seconds(DEFAULT_TIMEOUT.get()))
}

fn setdefaulttimeout(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let timeout = timeout_arg(vm, args, 0)?;
    DEFAULT_TIMEOUT.set(timeout);
    Ok(Value::NONE)
}

/// Do `act` as the socket's timeout has it: with one, wait for readiness before each try. If others are to run before that, the
/// native ends, and is called again with what `again` says.
fn act<T>(
    vm: &mut Vm,
    again: &dyn Fn() -> Vec<Value>,
    socket: &Socket,
    interest: Events,
    flags: i32,
    mut act: impl FnMut(&mut Vm, Fd) -> crate::host::Result<T>,
) -> Result<T, Exit> {
    let fd = socket.fd.get();
    let patience = socket.timeout.get().filter(|ns| *ns > 0);
    let deadline = patience.map(|ns| vm.host.monotonic_ns().saturating_add(ns));
    loop {
        if patience.is_some() || (socket.timeout.get().is_none() && flags & libc::MSG_DONTWAIT == 0) {
            let_others_run(vm, again, &[(fd, interest)], deadline, true)?;
        }
        wait_until(vm, again, fd, interest, deadline)?;
        match act(vm, fd) {
            Err(error) if error.is(libc::EINTR) && !vm.host.interrupted() => {}
            Err(error) if error.is(libc::EINTR) => return Err(vm.again(again())),
            Err(error) if error.is(libc::EAGAIN) && deadline.is_some() => {}
            outcome => return outcome.map_err(|error| refusal(vm, error)),
        }
    }
}

/// A buffer that does not fit memory is a `MemoryError`; the rest as everywhere.
fn refusal(vm: &mut Vm, error: HostError) -> Exit {
    if error.is(libc::ENOMEM) {
        return vm.raise_with(&vm.types.memory_error, Vec::new());
    }
    host_error(vm, error)
}

fn wait_until(
    vm: &mut Vm,
    again: &dyn Fn() -> Vec<Value>,
    fd: Fd,
    interest: Events,
    deadline: Option<i64>,
) -> Result<(), Exit> {
    let Some(deadline) = deadline else { return Ok(()) };
    loop {
        let left = Duration::from_nanos(deadline.saturating_sub(vm.host.monotonic_ns()).max(0) as u64);
        match vm.host.wait_ready(fd, interest, Some(left)) {
            Ok(true) => return Ok(()),
            Ok(false) => return Err(vm.raise(&vm.types.timeout_error, "timed out")),
            Err(error) if error.is(libc::EINTR) && !vm.host.interrupted() => {}
            Err(error) if error.is(libc::EINTR) => return Err(vm.again(again())),
            Err(error) => return Err(host_error(vm, error)),
        }
    }
}

/// An IP address as text, or a name to be asked for. `None`: ask for any address.
fn host_text(vm: &mut Vm, value: &Value) -> Result<String, Exit> {
    if let Some(text) = value.native::<Str>() {
        return match text.as_str() {
            Some(text) if text.contains('\0') => Err(vm.value_error("host name must not contain null character")),
            Some(text) => Ok(text.to_owned()),
            None => {
                let (text, length) = (value.payload().clone(), text.chars());
                let why = Value::str("surrogates not allowed");
                let args = vec![Value::str("utf-8"), text, Value::small(0), Value::size(length), why];
                Err(vm.raise_with(&vm.types.unicode_encode_error, args))
            }
        };
    }
    match bytes_of(value) {
        Some(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("str, bytes or bytearray expected, not {name}")))
        }
    }
}

fn bytes_of(value: &Value) -> Option<Vec<u8>> {
    buffer_copy(value)
}

fn data_arg(vm: &mut Vm, value: &Value) -> Result<Vec<u8>, Exit> {
    match bytes_of(value) {
        Some(bytes) => Ok(bytes),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")))
        }
    }
}

fn resolve(vm: &mut Vm, host: &str, family: i32) -> Result<Address, Exit> {
    let lookup = Lookup { host: Some(host), family, ..Lookup::default() };
    let answers = vm.host.resolve(lookup).map_err(|error| host_error(vm, error))?;
    match answers.into_iter().next() {
        Some(answer) => Ok(answer.address),
        None => Err(host_error(vm, HostError::resolver(libc::EAI_NONAME, "Name or service not known"))),
    }
}

fn ipv4(vm: &mut Vm, host: &str) -> Result<Ipv4Addr, Exit> {
    if host.is_empty() {
        return Ok(Ipv4Addr::UNSPECIFIED);
    }
    if host == "<broadcast>" {
        return Ok(Ipv4Addr::BROADCAST);
    }
    if let Ok(address) = host.parse() {
        return Ok(address);
    }
    match resolve(vm, host, libc::AF_INET)? {
        Address::Inet(address) => Ok(*address.ip()),
        _ => Err(vm.os_error(libc::EAFNOSUPPORT, "unsupported address family", None)),
    }
}

fn ipv6(vm: &mut Vm, host: &str) -> Result<(Ipv6Addr, u32), Exit> {
    if host.is_empty() {
        return Ok((Ipv6Addr::UNSPECIFIED, 0));
    }
    if let Ok(address) = host.parse() {
        return Ok((address, 0));
    }
    match resolve(vm, host, libc::AF_INET6)? {
        Address::Inet6(address) => Ok((*address.ip(), address.scope_id())),
        _ => Err(vm.os_error(libc::EAFNOSUPPORT, "address family mismatched", None)),
    }
}

fn port(vm: &mut Vm, value: &Value, function: &str) -> Result<u16, Exit> {
    let Some(number) = value.as_integer() else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
    };
    match number.to_i64().map(u16::try_from) {
        Some(Ok(port)) => Ok(port),
        _ => Err(vm.overflow_error(format!("{function}(): port must be 0-65535."))),
    }
}

/// The address that a program gave for a socket of this family.
fn address_arg(vm: &mut Vm, family: i32, value: &Value, function: &str) -> Result<Address, Exit> {
    match family {
        libc::AF_INET => {
            let Some(tuple) = value.native::<Tuple>() else {
                let name = vm.type_name(value);
                return Err(vm.type_error(format!("{function}(): AF_INET address must be tuple, not {name}")));
            };
            let [host, number] = tuple.items() else {
                return Err(vm.type_error("AF_INET address must be a pair (host, port)"));
            };
            let host = host_text(vm, host)?;
            let port = port(vm, number, function)?;
            Ok(Address::Inet(SocketAddrV4::new(ipv4(vm, &host)?, port)))
        }
        libc::AF_INET6 => {
            let Some(tuple) = value.native::<Tuple>() else {
                let name = vm.type_name(value);
                return Err(vm.type_error(format!("{function}(): AF_INET6 address must be tuple, not {name}")));
            };
            let items = tuple.items();
            if !(2..=4).contains(&items.len()) {
                let text = "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])";
                return Err(vm.type_error(text));
            }
            let host = host_text(vm, &items[0])?;
            let port = port(vm, &items[1], function)?;
            let number = |n: usize| items.get(n).and_then(|value| value.as_integer()?.to_i64()).unwrap_or(0) as u32;
            if items.get(2).is_some_and(|flow| flow.as_small().is_none_or(|flow| !(0..=0xFFFFF).contains(&flow))) {
                return Err(vm.overflow_error(format!("{function}(): flowinfo must be 0-1048575.")));
            }
            let (ip, scope) = ipv6(vm, &host)?;
            let scope = if items.len() == 4 { number(3) } else { scope };
            Ok(Address::Inet6(SocketAddrV6::new(ip, port, number(2), scope)))
        }
        libc::AF_UNIX => {
            let path = match value.native::<Str>() {
                Some(_) => os_bytes(vm, value)?,
                None => data_arg(vm, value)?,
            };
            // A path ends in NUL in the system's record, an abstract name does not.
            let room = if path.first() == Some(&0) { 108 } else { 107 };
            if path.len() > room {
                return Err(vm.raise(&vm.types.os_error, "AF_UNIX path too long"));
            }
            Ok(Address::Unix(path))
        }
        _ => Err(vm.raise(&vm.types.os_error, format!("{function}(): unsupported address family"))),
    }
}

fn address_value(address: &Address) -> Value {
    match address {
        Address::Inet(address) => {
            Value::tuple(vec![Value::str(address.ip().to_string()), Value::small(i64::from(address.port()))])
        }
        Address::Inet6(address) => Value::tuple(vec![
            Value::str(address.ip().to_string()),
            Value::small(i64::from(address.port())),
            Value::small(i64::from(address.flowinfo())),
            Value::small(i64::from(address.scope_id())),
        ]),
        Address::Unix(path) if path.first() == Some(&0) => Value::bytes(path.clone()),
        Address::Unix(path) => Value::str(wtf8::escape(path)),
        Address::Other(_) => Value::NONE,
    }
}

fn bind(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let socket = of(vm, args)?;
    let address = address_arg(vm, socket.kind.get().family, &args[1], "bind")?;
    vm.host.bind(socket.fd.get(), &address).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn listen(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let backlog = int_arg(vm, args, 1, 128)?.max(0);
    let socket = of(vm, args)?;
    vm.host.listen(socket.fd.get(), backlog).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn accept(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let socket = of(vm, args)?;
    let (fd, address) = act(vm, &|| args.to_vec(), socket, Events::READ, 0, |vm, fd| vm.host.accept(fd))?;
    Ok(Value::tuple(vec![Value::small(i64::from(fd)), address_value(&address)]))
}

/// Connect, without waiting for it: other threads can run meanwhile.
fn begin_to_connect(vm: &mut Vm, fd: Fd, address: &Address) -> Result<(), HostError> {
    vm.host.set_blocking(fd, false)?;
    let begun = vm.host.connect(fd, address);
    vm.host.set_blocking(fd, true)?;
    begun
}

/// Connect, waiting as the timeout has it; the error that came of it.
fn try_connect(vm: &mut Vm, args: &[Value], socket: &Socket, address: &Address) -> Result<Option<HostError>, Exit> {
    let fd = socket.fd.get();
    let begun = match !vm.threads.is_alone() && vm.host.is_blocking(fd).unwrap_or(false) {
        true => Some(begin_to_connect(vm, fd, address)).filter(|begun| !matches!(begun, Err(e) if e.is(libc::EAGAIN))),
        false => None,
    };
    let waits = begun.is_some();
    let error = match begun.unwrap_or_else(|| vm.host.connect(fd, address)) {
        Ok(()) => return Ok(None),
        Err(error) => error,
    };
    let patience = socket.timeout.get().filter(|ns| *ns > 0);
    let under_way = error.is(libc::EINPROGRESS) || waits && error.is(libc::EALREADY);
    if !under_way || patience.is_none() && !waits {
        return Ok(Some(error));
    }
    let deadline = patience.map(|ns| vm.host.monotonic_ns().saturating_add(ns));
    let_others_run(vm, || args.to_vec(), &[(fd, Events::WRITE)], deadline, true)?;
    if waits {
        // Asked again, the system says what has come of it, and the socket is as after a connect that waited.
        return Ok(begin_to_connect(vm, fd, address).err());
    }
    wait_until(vm, &|| args.to_vec(), fd, Events::WRITE, deadline)?;
    let pending = vm.host.option(fd, libc::SOL_SOCKET, libc::SO_ERROR, 4).map_err(|error| host_error(vm, error))?;
    let errno = <[u8; 4]>::try_from(pending.as_slice()).map_or(0, i32::from_ne_bytes);
    Ok((errno != 0 && errno != libc::EISCONN).then(|| HostError::from_errno(errno)))
}

fn connect(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let socket = of(vm, args)?;
    let address = address_arg(vm, socket.kind.get().family, &args[1], "connect")?;
    match try_connect(vm, args, socket, &address)? {
        Some(error) => Err(host_error(vm, error)),
        None => Ok(Value::NONE),
    }
}

fn connect_ex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let socket = of(vm, args)?;
    let address = address_arg(vm, socket.kind.get().family, &args[1], "connect_ex")?;
    if !vm.threads.is_alone() && socket.timeout.get().is_some_and(|ns| ns > 0) {
        // That the time was up while others ran is told by an exception.
        let connect = socket_class(vm).lookup(&intern(b"connect")).unwrap_or_default();
        let given = vec![connect, args[0].clone(), args[1].clone(), Value::small(i64::from(libc::EAGAIN))];
        return vm.tail_prelude("error_number", given);
    }
    match try_connect(vm, args, socket, &address) {
        Ok(error) => Ok(Value::small(error.map_or(0, |error| i64::from(error.errno)))),
        Err(exit) => {
            let timed_out = exit.exception().is_some_and(|e| vm.is_instance(e, &vm.types.timeout_error));
            if timed_out { Ok(Value::small(i64::from(libc::EAGAIN))) } else { Err(exit) }
        }
    }
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = of(vm, args)?.fd.replace(-1);
    if fd >= 0
        && let Err(error) = vm.host.close(fd)
        && !error.is(libc::ECONNRESET)
    {
        return Err(host_error(vm, error));
    }
    Ok(Value::NONE)
}

fn detach(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(of(vm, args)?.fd.replace(-1))))
}

fn fileno(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(of(vm, args)?.fd.get())))
}

fn getsockname(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = of(vm, args)?.fd.get();
    let address = vm.host.local_address(fd).map_err(|error| host_error(vm, error))?;
    Ok(address_value(&address))
}

fn getpeername(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = of(vm, args)?.fd.get();
    let address = vm.host.peer_address(fd).map_err(|error| host_error(vm, error))?;
    Ok(address_value(&address))
}

fn getsockopt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (level, name, size) = (int_arg(vm, args, 1, 0)?, int_arg(vm, args, 2, 0)?, int_arg(vm, args, 3, 0)?);
    let fd = of(vm, args)?.fd.get();
    if !(0..=1024).contains(&size) {
        return Err(vm.raise(&vm.types.os_error, "getsockopt buflen out of range"));
    }
    let room = if size == 0 { 4 } else { size as usize };
    let value = vm.host.option(fd, level, name, room).map_err(|error| host_error(vm, error))?;
    if size == 0 {
        return Ok(Value::small(<[u8; 4]>::try_from(value.as_slice()).map_or(0, |b| i64::from(i32::from_ne_bytes(b)))));
    }
    Ok(Value::bytes(value))
}

fn setsockopt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (level, name) = (int_arg(vm, args, 1, 0)?, int_arg(vm, args, 2, 0)?);
    let fd = of(vm, args)?.fd.get();
    let value = match bytes_of(&args[3]) {
        Some(bytes) => bytes,
        // So many zeros.
        None if args[3].is_none() && arg(args, 4).is_some() => {
            vec![0; int_arg(vm, args, 4, 0)?.clamp(0, 1024) as usize]
        }
        None if !args[3].is_integer() && vm.class_of(&args[3]).lookup(&vm.names.index).is_none() => {
            let name = vm.type_name(&args[3]);
            return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
        }
        None => int_arg(vm, args, 3, 0)?.to_ne_bytes().to_vec(),
    };
    vm.host.set_option(fd, level, name, &value).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

/// A buffer's size as an argument.
fn size_arg(vm: &mut Vm, args: &[Value], n: usize, function: &str) -> Result<usize, Exit> {
    match usize::try_from(vm.index_arg(args, n)?) {
        Ok(size) => Ok(size),
        Err(_) => Err(vm.value_error(format!("negative buffersize in {function}"))),
    }
}

fn recv(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = size_arg(vm, args, 1, "recv")?;
    let flags = int_arg(vm, args, 2, 0)?;
    let socket = of(vm, args)?;
    if most == 0 {
        // For nothing nobody waits.
        return Ok(Value::bytes(Vec::new()));
    }
    let bytes = act(vm, &|| args.to_vec(), socket, Events::READ, flags, |vm, fd| vm.host.recv(fd, most, flags))?;
    Ok(Value::bytes(bytes))
}

fn recvfrom(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let most = size_arg(vm, args, 1, "recvfrom")?;
    let flags = int_arg(vm, args, 2, 0)?;
    let socket = of(vm, args)?;
    let (bytes, from) =
        act(vm, &|| args.to_vec(), socket, Events::READ, flags, |vm, fd| vm.host.recv_from(fd, most, flags))?;
    Ok(Value::tuple(vec![Value::bytes(bytes), from.as_ref().map_or(Value::NONE, address_value)]))
}

/// Receive into memory of the program: how many bytes, and from whom.
fn receive_into(vm: &mut Vm, args: &[Value], function: &str) -> Result<(usize, Option<Address>), Exit> {
    let Some(room) = Room::of(&args[1]) else {
        let name = vm.type_name(&args[1]);
        let text = format!("{function}() argument 1 must be read-write bytes-like object, not {name}");
        return Err(vm.type_error(text));
    };
    let wanted = if arg(args, 2).is_some() { size_arg(vm, args, 2, function)? } else { 0 };
    let flags = int_arg(vm, args, 3, 0)?;
    let length = room.len();
    if wanted > length {
        return Err(vm.value_error("nbytes is greater than the length of the buffer"));
    }
    let wanted = if wanted == 0 { length } else { wanted };
    let socket = of(vm, args)?;
    if wanted == 0 && function == "recv_into" {
        return Ok((0, None));
    }
    let (bytes, from) =
        act(vm, &|| args.to_vec(), socket, Events::READ, flags, |vm, fd| vm.host.recv_from(fd, wanted, flags))?;
    room.put(0, &bytes);
    Ok((bytes.len(), from))
}

fn recv_into(vm: &mut Vm, args: &[Value]) -> NativeResult {
    receive_into(vm, args, "recv_into").map(|(count, _)| Value::size(count))
}

fn recvfrom_into(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (count, from) = receive_into(vm, args, "recvfrom_into")?;
    Ok(Value::tuple(vec![Value::size(count), from.as_ref().map_or(Value::NONE, address_value)]))
}

fn send(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let data = sendable(vm, &args[1])?;
    let flags = int_arg(vm, args, 2, 0)?;
    let socket = of(vm, args)?;
    if !vm.threads.is_alone() && socket.timeout.get().is_none() && waits(socket, flags) && data.len() > MOUTHFUL {
        // Somebody may have to run before all of it is gone, and whoever waits for it expects all to be gone.
        return vm
            .tail_prelude("send_all_of", vec![args[0].clone(), lasting(&args[1], &data), Value::small(flags.into())]);
    }
    let count = act(vm, &|| args.to_vec(), socket, Events::WRITE, flags, |vm, fd| vm.host.send(fd, &data, flags))?;
    Ok(Value::size(count))
}

/// What is to be sent, where it lies.
fn sendable<'a>(vm: &mut Vm, value: &'a Value) -> Result<Buffer<'a>, Exit> {
    match buffer(value) {
        Some(bytes) => Ok(bytes),
        None => data_arg(vm, value).map(Buffer::Seen),
    }
}

/// The same for later: what the program may change meanwhile is copied.
fn lasting(given: &Value, data: &Buffer<'_>) -> Value {
    if matches!(data, Buffer::Fixed(_)) { given.clone() } else { Value::bytes(data.to_vec()) }
}

/// So many bytes go out at once where a socket has room at all.
const MOUTHFUL: usize = 4096;

/// No more are tried at once while others could run.
const PLENTY: usize = 65536;

fn sendall(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let data = sendable(vm, &args[1])?;
    let flags = int_arg(vm, args, 2, 0)?;
    let socket = of(vm, args)?;
    if !vm.threads.is_alone() && waits(socket, flags) && data.len() > MOUTHFUL {
        return vm
            .tail_prelude("send_all", vec![args[0].clone(), lasting(&args[1], &data), Value::small(flags.into())]);
    }
    let sent = Cell::new(0);
    let rest = || vec![args[0].clone(), Value::bytes(data[sent.get()..].to_vec()), Value::small(flags.into())];
    // One deadline for the whole, as in CPython.
    act(vm, &rest, socket, Events::WRITE, flags, |vm, fd| {
        while sent.get() < data.len() {
            sent.set(sent.get() + vm.host.send(fd, &data[sent.get()..], flags)?);
        }
        Ok(())
    })?;
    Ok(Value::NONE)
}

/// Does it wait where a socket has no room?
fn waits(socket: &Socket, flags: i32) -> bool {
    socket.timeout.get() != Some(0) && flags & libc::MSG_DONTWAIT == 0
}

/// Send some of it as soon as there is room; how many bytes.
fn send_some(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let data = sendable(vm, &args[1])?;
    let flags = int_arg(vm, args, 2, 0)?;
    let socket = of(vm, args)?;
    let piece = &data[..data.len().min(PLENTY)];
    let count = act(vm, &|| args.to_vec(), socket, Events::WRITE, flags, |vm, fd| {
        match vm.host.send(fd, piece, flags | libc::MSG_DONTWAIT) {
            // Whoever asks goes on asking.
            Err(error) if error.is(libc::EAGAIN) => Ok(0),
            outcome => outcome,
        }
    })?;
    Ok(Value::size(count))
}

fn sendto(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (flags, target) = match args {
        [_, _, target] => (0, target),
        [_, _, _, target] => (int_arg(vm, args, 2, 0)?, target),
        _ => {
            let text = format!("sendto() takes 2 or 3 arguments ({} given)", args.len() - 1);
            return Err(vm.type_error(text));
        }
    };
    let data = data_arg(vm, &args[1])?;
    let socket = of(vm, args)?;
    let address = address_arg(vm, socket.kind.get().family, target, "sendto")?;
    let count =
        act(vm, &|| args.to_vec(), socket, Events::WRITE, flags, |vm, fd| vm.host.send_to(fd, &data, flags, &address))?;
    Ok(Value::size(count))
}

/// A piece of ancillary data, as Python has it.
fn ancillary_arg(vm: &mut Vm, value: &Value) -> Result<Ancillary, Exit> {
    let tuple = value.native::<Tuple>();
    let items = tuple.as_ref().map_or(&[][..], |tuple| tuple.items());
    if items.len() != 3 {
        let text = "[sendmsg() ancillary data items]() argument must be sequence of length 3, not";
        return Err(vm.type_error(format!("{text} {}", items.len())));
    }
    Ok(Ancillary { level: int_arg(vm, items, 0, 0)?, kind: int_arg(vm, items, 1, 0)?, data: data_arg(vm, &items[2])? })
}

fn send_message(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let data = data_arg(vm, &args[1])?;
    let given = vm.sequence_view_arg(args, 2, "sendmsg(): argument 2 must be iterable")?.to_vec();
    let ancillary = given.iter().map(|value| ancillary_arg(vm, value)).collect::<Result<Vec<_>, _>>()?;
    let flags = int_arg(vm, args, 3, 0)?;
    let socket = of(vm, args)?;
    let to = match args[4].is_none() {
        true => None,
        false => Some(address_arg(vm, socket.kind.get().family, &args[4], "sendmsg")?),
    };
    let count = act(vm, &|| args.to_vec(), socket, Events::WRITE, flags, |vm, fd| {
        vm.host.send_message(fd, &data, &ancillary, flags, to.as_ref())
    })?;
    Ok(Value::size(count))
}

fn recv_message(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (most, room, flags) = (int_arg(vm, args, 1, 0)?, int_arg(vm, args, 2, 0)?, int_arg(vm, args, 3, 0)?);
    let (Ok(most), Ok(room)) = (usize::try_from(most), usize::try_from(room)) else {
        let what = if most < 0 { "buffer size" } else { "ancillary data buffer length" };
        return Err(vm.value_error(format!("negative {what} in recvmsg()")));
    };
    let mut buffer = crate::memory::vector(most).map_err(|_| vm.no_memory())?;
    buffer.resize(most, 0);
    let socket = of(vm, args)?;
    let came = act(vm, &|| args.to_vec(), socket, Events::READ, flags, |vm, fd| {
        vm.host.recv_message(fd, &mut buffer, room, flags)
    })?;
    buffer.truncate(came.count);
    let piece = |piece: &Ancillary| {
        let numbers = [piece.level, piece.kind].map(|number| Value::small(number.into()));
        let [level, kind] = numbers;
        Value::tuple(vec![level, kind, Value::bytes(piece.data.clone())])
    };
    Ok(Value::tuple(vec![
        Value::bytes(buffer),
        Value::list(came.ancillary.iter().map(piece).collect()),
        Value::small(came.flags.into()),
        came.from.as_ref().map_or(Value::NONE, address_value),
    ]))
}

/// The head of a piece of ancillary data, and the multiple that pieces are filled up to.
const ANCILLARY_HEAD: i64 = size_of::<libc::cmsghdr>() as i64;
const ANCILLARY_WORD: i64 = size_of::<usize>() as i64;

/// The room for data of the length that is argument 0, filled up or not; a C int, as the system has it.
fn ancillary_room(vm: &mut Vm, args: &[Value], function: &str, up_to: i64) -> NativeResult {
    let rounded = |length: i64| ANCILLARY_HEAD + (length + up_to - 1) / up_to * up_to;
    let most = i64::from(i32::MAX) - rounded(up_to - 1);
    match vm.integer_arg(args, 0)?.to_i64().filter(|length| (0..=most).contains(length)) {
        Some(length) => Ok(Value::small(rounded(length))),
        None => Err(vm.overflow_error(format!("{function}() argument out of range"))),
    }
}

fn cmsg_len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ancillary_room(vm, args, "CMSG_LEN", 1)
}

fn cmsg_space(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ancillary_room(vm, args, "CMSG_SPACE", ANCILLARY_WORD)
}

fn interfaces(vm: &mut Vm) -> Result<Vec<(i64, Value)>, Exit> {
    use std::os::unix::ffi::OsStrExt;
    let found = vm.host.interfaces().map_err(|error| host_error(vm, error))?;
    Ok(found.into_iter().map(|(index, name)| (i64::from(index), Value::str(name.as_bytes()))).collect())
}

fn if_nameindex(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let pair = |(index, name)| Value::tuple(vec![Value::small(index), name]);
    Ok(Value::list(interfaces(vm)?.into_iter().map(pair).collect()))
}

fn if_nametoindex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let wanted = match args[0].native::<Str>() {
        Some(name) => name.as_bytes().to_vec(),
        None => data_arg(vm, &args[0])?,
    };
    let found =
        interfaces(vm)?.into_iter().find(|(_, name)| name.native::<Str>().is_some_and(|n| n.as_bytes() == wanted));
    match found {
        Some((index, _)) => Ok(Value::small(index)),
        None => Err(vm.raise(&vm.types.os_error, "no interface with this name")),
    }
}

fn if_indextoname(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let index = vm.integer_arg(args, 0)?.to_i64();
    if index.is_some_and(|index| index < 0) {
        return Err(vm.overflow_error("can't convert negative value to unsigned int"));
    }
    let Some(index) = index.filter(|index| *index <= i64::from(u32::MAX)) else {
        return Err(vm.overflow_error("Python int too large to convert to C unsigned int"));
    };
    match interfaces(vm)?.into_iter().find(|(number, _)| *number == index) {
        Some((_, name)) => Ok(name),
        None => Err(vm.os_error(libc::ENXIO, "No such device or address", None)),
    }
}

fn shutdown(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let how = int_arg(vm, args, 1, 0)?;
    let fd = of(vm, args)?.fd.get();
    vm.host.shutdown(fd, how).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

/// The host has no name to give away, and so is what the system is to those who may not.
fn sethostname(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].native::<Str>().is_none() && bytes_of(&args[0]).is_none() {
        let name = vm.type_name(&args[0]);
        return Err(vm.type_error(format!("expected str, bytes or os.PathLike object, not {name}")));
    }
    Err(vm.os_error(libc::EPERM, "Operation not permitted", None))
}

fn gethostname(vm: &mut Vm, _: &[Value]) -> NativeResult {
    use std::os::unix::ffi::OsStrExt;
    Ok(Value::str(vm.host.host_name().as_bytes()))
}

fn gethostbyname(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let host = host_text(vm, &args[0])?;
    Ok(Value::str(ipv4(vm, &host)?.to_string()))
}

fn getaddrinfo(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let host = match args[0].is_none() {
        true => None,
        false if args[0].native::<Str>().is_some() || bytes_of(&args[0]).is_some() => Some(host_text(vm, &args[0])?),
        false => return Err(vm.type_error("getaddrinfo() argument 1 must be string or None")),
    };
    let service = match arg_or_none(args, 1) {
        None => None,
        Some(value) => match value.as_integer() {
            Some(number) => Some(number.to_big().to_string()),
            None if value.native::<Str>().is_some() || bytes_of(value).is_some() => Some(host_text(vm, value)?),
            None => return Err(vm.raise(&vm.types.os_error, "Int or String expected")),
        },
    };
    let numbers =
        [int_arg(vm, args, 2, 0)?, int_arg(vm, args, 3, 0)?, int_arg(vm, args, 4, 0)?, int_arg(vm, args, 5, 0)?];
    let [family, kind, protocol, flags] = numbers;
    let lookup = Lookup { host: host.as_deref(), service: service.as_deref(), family, kind, protocol, flags };
    let answers = match aside(vm, args, 6, |host| host.resolve_aside(lookup))? {
        Some(bell) => vm.host.resolved(bell),
        None => vm.host.resolve(lookup),
    };
    Ok(rows(&answers.map_err(|error| host_error(vm, error))?))
}

/// The resolver's answers, a tuple for each.
fn rows(answers: &[Resolved]) -> Value {
    let row = |answer: &Resolved| {
        Value::tuple(vec![
            Value::small(i64::from(answer.socket.family)),
            Value::small(i64::from(answer.socket.kind)),
            Value::small(i64::from(answer.socket.protocol)),
            Value::str(&answer.canonical_name),
            address_value(&answer.address),
        ])
    };
    Value::list(answers.iter().map(row).collect())
}

fn getnameinfo(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (family, flags) = (int_arg(vm, args, 0, 0)?, int_arg(vm, args, 2, 0)?);
    let address = address_arg(vm, family, &args[1], "getnameinfo")?;
    let (host, service) = vm.host.names_of(&address, flags).map_err(|error| host_error(vm, error))?;
    Ok(Value::tuple(vec![Value::str(&host), Value::str(&service)]))
}

fn socketpair(vm: &mut Vm, args: &[Value]) -> NativeResult {
    close_orphans(vm);
    let family = int_arg(vm, args, 0, libc::AF_UNIX)?;
    let kind = int_arg(vm, args, 1, libc::SOCK_STREAM)?;
    let protocol = int_arg(vm, args, 2, 0)?;
    let kind = SocketKind { family, kind, protocol };
    let (a, b) = vm.host.socketpair(kind).map_err(|error| host_error(vm, error))?;
    Ok(Value::tuple(vec![Value::small(i64::from(a)), Value::small(i64::from(b))]))
}

fn close_fd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = int_arg(vm, args, 0, -1)?;
    vm.host.close(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::NONE)
}

fn dup(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = int_arg(vm, args, 0, -1)?;
    let copy = vm.host.duplicate(fd).map_err(|error| host_error(vm, error))?;
    Ok(Value::small(i64::from(copy)))
}

/// The dotted forms that the C library takes: one to four numbers in C's notations, the last filling what is left.
fn parse_aton(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.trim_end().split('.').collect();
    let mut numbers = Vec::new();
    for part in &parts {
        let (digits, radix) = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
            Some(digits) => (digits, 16),
            None if part.len() > 1 && part.starts_with('0') => (&part[1..], 8),
            None => (*part, 10),
        };
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        numbers.push(u32::from_str_radix(digits, radix).ok()?);
    }
    let (last, first) = numbers.split_last()?;
    if first.len() > 3 || first.iter().any(|n| *n > 255) {
        return None;
    }
    let room = 32 - 8 * first.len() as u32;
    if room < 32 && *last >= 1 << room {
        return None;
    }
    Some(first.iter().enumerate().fold(*last, |sum, (n, number)| sum | number << (24 - 8 * n as u32)))
}

fn inet_aton(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = super::str_of(vm, &args[0], "inet_aton() argument 1 must be str, not {}")?;
    match text.as_str().and_then(parse_aton) {
        Some(number) => Ok(Value::bytes(number.to_be_bytes())),
        None => Err(vm.raise(&vm.types.os_error, "illegal IP address string passed to inet_aton")),
    }
}

fn inet_ntoa(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let packed = data_arg(vm, &args[0])?;
    match <[u8; 4]>::try_from(packed.as_slice()) {
        Ok(bytes) => Ok(Value::str(Ipv4Addr::from(bytes).to_string())),
        Err(_) => Err(vm.raise(&vm.types.os_error, "packed IP wrong length for inet_ntoa")),
    }
}

fn inet_pton(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let family = int_arg(vm, args, 0, 0)?;
    let text = super::str_of(vm, &args[1], "inet_pton() argument 2 must be str, not {}")?;
    let text = text.to_string_lossy().into_owned();
    let packed = match family {
        libc::AF_INET => text.parse::<Ipv4Addr>().ok().map(|ip| ip.octets().to_vec()),
        libc::AF_INET6 => text.parse::<Ipv6Addr>().ok().map(|ip| ip.octets().to_vec()),
        _ => return Err(vm.os_error(libc::EAFNOSUPPORT, "Address family not supported by protocol", None)),
    };
    match packed {
        Some(bytes) => Ok(Value::bytes(bytes)),
        None => Err(vm.raise(&vm.types.os_error, "illegal IP address string passed to inet_pton")),
    }
}

fn inet_ntop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let family = int_arg(vm, args, 0, 0)?;
    let packed = data_arg(vm, &args[1])?;
    let shown = match family {
        libc::AF_INET => <[u8; 4]>::try_from(packed.as_slice()).ok().map(|b| Ipv4Addr::from(b).to_string()),
        libc::AF_INET6 => <[u8; 16]>::try_from(packed.as_slice()).ok().map(|b| Ipv6Addr::from(b).to_string()),
        _ => return Err(vm.value_error(format!("unknown address family {family}"))),
    };
    match shown {
        Some(text) => Ok(Value::str(text)),
        None => Err(vm.value_error("invalid length of packed IP address string")),
    }
}

fn swap16(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match u16::try_from(vm.index_arg(args, 0)?) {
        Ok(number) => Ok(Value::small(i64::from(number.to_be()))),
        Err(_) => {
            let text = if vm.index_arg(args, 0)? < 0 {
                "htons: can't convert negative Python int to C 16-bit unsigned integer"
            } else {
                "htons: Python int too large to convert to C 16-bit unsigned integer"
            };
            Err(vm.overflow_error(text))
        }
    }
}

fn swap32(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match u32::try_from(vm.index_arg(args, 0)?) {
        Ok(number) => Ok(Value::small(i64::from(number.to_be()))),
        Err(_) => Err(vm.overflow_error("int larger than 32 bits")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_the_notations_of_c() {
        for (text, expected) in [
            ("127.0.0.1", Some(0x7F00_0001)),
            ("1", Some(1)),
            ("127.1", Some(0x7F00_0001)),
            ("0x7f.1", Some(0x7F00_0001)),
            ("010.0.0.1", Some(0x0800_0001)),
            ("1.2.3.256", None),
            ("", None),
            ("a.b", None),
            ("1.2.3.4.5", None),
        ] {
            assert_eq!(parse_aton(text), expected, "{text}");
        }
    }
}
