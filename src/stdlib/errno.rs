//! `errno`: the system's error numbers by name.

use super::{module as new_module, text};
use crate::object::{Dict, Module, Ref, Value};
use crate::vm::Vm;

macro_rules! numbers {
    ($($name:ident)*) => { &[$( (stringify!($name), libc::$name) ),*] };
}

/// Names and numbers; of several names for one number the last is the one `errorcode` tells.
static NUMBERS: &[(&str, i32)] = numbers! {
    E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EALREADY EBADE EBADF EBADFD EBADMSG EBADR EBADRQC EBADSLT
    EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDOM EDOTDOT
    EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR EISNAM
    EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC ELIBMAX ELIBSCN ELNRNG
    ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO
    ENOBUFS ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET ENOPKG ENOPROTOOPT
    ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE ENOTSOCK ENOTSUP ENOTTY
    ENOTUNIQ ENXIO EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE
    EREMCHG EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME
    ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EAGAIN EXDEV EXFULL
};

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("errno", "The system's error numbers.", &[]);
    let codes = Dict::empty();
    for (name, number) in NUMBERS {
        let number = Value::small(*number as i64);
        module.set(name, number.clone());
        if let Ok(Some(hash)) = vm.native_hash(&number) {
            // An int needs no Python code to be a key.
            let _ = codes.set(&number, hash, text(name));
        }
    }
    module.set("EDEADLOCK", Value::small(libc::EDEADLOCK as i64));
    module.set("errorcode", codes.into_value());
    module
}
