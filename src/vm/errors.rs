//! Making exceptions from Rust.

use super::{Exit, Vm};
use crate::object::{Exception, Ref, Type, Value};

macro_rules! raisers {
    ($( $(#[doc = $doc:literal])+ $method:ident => $class:ident ),* $(,)?) => {
        impl Vm {
            $( $(#[doc = $doc])+
            #[cold]
            pub fn $method(&self, message: impl AsRef<str>) -> Exit {
                self.raise(&self.types.$class, message)
            } )*
        }
    };
}

raisers! {
    /// `TypeError(message)`
    type_error => type_error,
    /// `ValueError(message)`
    value_error => value_error,
    /// `IndexError(message)`
    index_error => index_error,
    /// `AttributeError(message)`
    attribute_error => attribute_error,
    /// `NameError(message)`
    name_error => name_error,
    /// `UnboundLocalError(message)`
    unbound_local_error => unbound_local_error,
    /// `OverflowError(message)`
    overflow_error => overflow_error,
    /// `ZeroDivisionError(message)`
    zero_division_error => zero_division_error,
    /// `RuntimeError(message)`
    runtime_error => runtime_error,
    /// `RecursionError(message)`
    recursion_error => recursion_error,
    /// `NotImplementedError(message)`
    not_implemented_error => not_implemented_error,
    /// `ImportError(message)`
    import_error => import_error,
    /// `MemoryError(message)`
    memory_error => memory_error,
    /// `SystemError(message)`
    system_error => system_error,
    /// `LookupError(message)`
    lookup_error => lookup_error,
    /// `EOFError(message)`
    eof_error => eof_error,
}

impl Vm {
    /// An exception of a builtin class with one text argument, ready to be raised.
    #[cold]
    pub fn raise(&self, class: &Ref<Type>, message: impl AsRef<str>) -> Exit {
        self.raise_with(class, vec![Value::str(message.as_ref())])
    }

    /// An exception of a builtin class with these arguments, ready to be raised.
    #[cold]
    pub fn raise_with(&self, class: &Ref<Type>, args: Vec<Value>) -> Exit {
        Exit::Raise(Exception::of(class, args).into_value())
    }

    /// `MemoryError()`
    #[cold]
    pub fn no_memory(&self) -> Exit {
        self.raise_with(&self.types.memory_error, Vec::new())
    }

    /// `KeyError(key)`
    #[cold]
    pub fn key_error(&self, key: &Value) -> Exit {
        self.raise_with(&self.types.key_error, vec![key.clone()])
    }

    /// `StopIteration(value)`, without argument for `None`.
    #[cold]
    pub fn stop_iteration(&self, value: Value) -> Exit {
        let args = if value.is_none() { Vec::new() } else { vec![value] };
        self.raise_with(&self.types.stop_iteration, args)
    }

    /// The class of `OSError` that `errno` stands for (PEP 3151).
    pub fn os_error_class(&self, errno: i32) -> &Ref<Type> {
        match errno {
            libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => &self.types.blocking_io_error,
            libc::ECHILD => &self.types.child_process_error,
            libc::EPIPE | libc::ESHUTDOWN => &self.types.broken_pipe_error,
            libc::ECONNABORTED => &self.types.connection_aborted_error,
            libc::ECONNREFUSED => &self.types.connection_refused_error,
            libc::ECONNRESET => &self.types.connection_reset_error,
            libc::EEXIST => &self.types.file_exists_error,
            libc::ENOENT => &self.types.file_not_found_error,
            libc::EINTR => &self.types.interrupted_error,
            libc::EISDIR => &self.types.is_a_directory_error,
            libc::ENOTDIR => &self.types.not_a_directory_error,
            libc::EACCES | libc::EPERM => &self.types.permission_error,
            libc::ESRCH => &self.types.process_lookup_error,
            libc::ETIMEDOUT => &self.types.timeout_error,
            _ => &self.types.os_error,
        }
    }

    /// `OSError(errno, text[, filename])` of the class that fits.
    #[cold]
    pub fn os_error(&self, errno: i32, text: &str, filename: Option<Value>) -> Exit {
        let args = vec![Value::int(errno as i64), Value::str(text)];
        let exception = Exception::of(self.os_error_class(errno), args);
        if let Some(filename) = filename {
            exception.members().set_str(&crate::object::intern(b"filename"), filename);
        }
        Exit::Raise(exception.into_value())
    }
}
