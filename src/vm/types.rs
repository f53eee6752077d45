//! The builtin classes. They are made here, without methods; `builtins` fills them.

use crate::object::kind::KINDS;
use crate::object::{Kind, Ref, Type, TypeFlags, Value};

macro_rules! types {
    ( $object:ident; $( $field:ident = $name:literal ( $base:ident $(, $flag:ident)* ) ),* $(,)? ) => {
        /// Every builtin class that Rust code names.
        pub struct Types {
            /// `object`
            pub $object: Ref<Type>,
            $( #[doc = concat!("`", $name, "`")] pub $field: Ref<Type>, )*
        }

        impl Types {
            /// All builtin classes, still empty.
            pub fn new() -> Types {
                let $object = Type::new("object", Vec::new(), Vec::new(), TypeFlags::NO_DICT);
                $( let $field = derive($name, &$base, TypeFlags::default()$( .with(TypeFlags::$flag) )*); )*
                Types { $object, $( $field ),* }
            }

            /// Every builtin class with the name Rust knows it by.
            pub fn all(&self) -> Vec<(&'static str, &Ref<Type>)> {
                vec![("object", &self.$object), $( ($name, &self.$field) ),*]
            }
        }
    };
}

fn derive(name: &str, base: &Ref<Type>, flags: TypeFlags) -> Ref<Type> {
    let inherited = TypeFlags(base.flags().0 & (TypeFlags::EXCEPTION.0 | TypeFlags::DEMANDS_ARGUMENTS.0));
    let ancestors = base.mro.borrow().clone();
    Type::new(name, vec![base.clone()], ancestors, flags.with(inherited))
}

types! {
    object;
    type_ = "type"(object, METACLASS),
    none = "NoneType"(object, FINAL),
    not_implemented = "NotImplementedType"(object, FINAL),
    ellipsis = "ellipsis"(object, FINAL),
    int = "int"(object),
    bool_ = "bool"(int, FINAL),
    float = "float"(object),
    complex = "complex"(object),
    str_ = "str"(object),
    bytes = "bytes"(object),
    bytearray = "bytearray"(object),
    memoryview = "memoryview"(object, FINAL, SEQUENCE, NO_DICT),
    tuple = "tuple"(object, SEQUENCE),
    list = "list"(object, SEQUENCE),
    dict = "dict"(object, MAPPING),
    dict_keys = "dict_keys"(object, FINAL),
    dict_values = "dict_values"(object, FINAL),
    dict_items = "dict_items"(object, FINAL),
    mappingproxy = "mappingproxy"(object, MAPPING, FINAL),
    set = "set"(object),
    frozenset = "frozenset"(object),
    range = "range"(object, SEQUENCE, FINAL),
    slice = "slice"(object, FINAL),
    cell = "cell"(object, FINAL),
    code = "code"(object, FINAL),
    function = "function"(object, FINAL),
    builtin = "builtin_function_or_method"(object, FINAL),
    method_descriptor = "method_descriptor"(object, FINAL),
    wrapper_descriptor = "wrapper_descriptor"(object, FINAL),
    method_wrapper = "method-wrapper"(object, FINAL),
    classmethod_descriptor = "classmethod_descriptor"(object, FINAL),
    method = "method"(object, FINAL),
    property = "property"(object),
    staticmethod = "staticmethod"(object),
    classmethod = "classmethod"(object),
    getset = "getset_descriptor"(object, FINAL),
    member = "member_descriptor"(object, FINAL),
    field = "_tuplegetter"(object, FINAL),
    super_ = "super"(object),
    module = "module"(object),
    traceback = "traceback"(object, FINAL),
    frame = "frame"(object, FINAL, NO_DICT),
    generator = "generator"(object, FINAL),
    coroutine = "coroutine"(object, FINAL),
    async_generator = "async_generator"(object, FINAL),
    async_generator_asend = "async_generator_asend"(object, FINAL),
    async_generator_athrow = "async_generator_athrow"(object, FINAL),
    anext_awaitable = "anext_awaitable"(object, FINAL, NO_DICT),
    list_iterator = "list_iterator"(object, FINAL),
    range_iterator = "range_iterator"(object, FINAL),
    tuple_iterator = "tuple_iterator"(object, FINAL),
    str_iterator = "str_iterator"(object, FINAL),
    str_ascii_iterator = "str_ascii_iterator"(object, FINAL),
    bytes_iterator = "bytes_iterator"(object, FINAL),
    bytearray_iterator = "bytearray_iterator"(object, FINAL),
    dict_keyiterator = "dict_keyiterator"(object, FINAL),
    dict_valueiterator = "dict_valueiterator"(object, FINAL),
    dict_itemiterator = "dict_itemiterator"(object, FINAL),
    dict_reversekeyiterator = "dict_reversekeyiterator"(object, FINAL),
    dict_reversevalueiterator = "dict_reversevalueiterator"(object, FINAL),
    dict_reverseitemiterator = "dict_reverseitemiterator"(object, FINAL),
    set_iterator = "set_iterator"(object, FINAL),
    list_reverseiterator = "list_reverseiterator"(object, FINAL),
    reversed = "reversed"(object),
    longrange_iterator = "longrange_iterator"(object, FINAL),
    enumerate = "enumerate"(object),
    map = "map"(object),
    filter = "filter"(object),
    zip = "zip"(object),
    callable_iterator = "callable_iterator"(object, FINAL),
    sequence_iterator = "iterator"(object, FINAL),

    base_exception = "BaseException"(object, EXCEPTION),
    base_exception_group = "BaseExceptionGroup"(base_exception, DEMANDS_ARGUMENTS),
    generator_exit = "GeneratorExit"(base_exception),
    keyboard_interrupt = "KeyboardInterrupt"(base_exception),
    system_exit = "SystemExit"(base_exception),
    exception = "Exception"(base_exception),
    arithmetic_error = "ArithmeticError"(exception),
    floating_point_error = "FloatingPointError"(arithmetic_error),
    overflow_error = "OverflowError"(arithmetic_error),
    zero_division_error = "ZeroDivisionError"(arithmetic_error),
    assertion_error = "AssertionError"(exception),
    attribute_error = "AttributeError"(exception),
    buffer_error = "BufferError"(exception),
    eof_error = "EOFError"(exception),
    import_error = "ImportError"(exception),
    module_not_found_error = "ModuleNotFoundError"(import_error),
    lookup_error = "LookupError"(exception),
    index_error = "IndexError"(lookup_error),
    key_error = "KeyError"(lookup_error),
    memory_error = "MemoryError"(exception),
    name_error = "NameError"(exception),
    unbound_local_error = "UnboundLocalError"(name_error),
    os_error = "OSError"(exception),
    blocking_io_error = "BlockingIOError"(os_error),
    child_process_error = "ChildProcessError"(os_error),
    connection_error = "ConnectionError"(os_error),
    broken_pipe_error = "BrokenPipeError"(connection_error),
    connection_aborted_error = "ConnectionAbortedError"(connection_error),
    connection_refused_error = "ConnectionRefusedError"(connection_error),
    connection_reset_error = "ConnectionResetError"(connection_error),
    file_exists_error = "FileExistsError"(os_error),
    file_not_found_error = "FileNotFoundError"(os_error),
    interrupted_error = "InterruptedError"(os_error),
    is_a_directory_error = "IsADirectoryError"(os_error),
    not_a_directory_error = "NotADirectoryError"(os_error),
    permission_error = "PermissionError"(os_error),
    process_lookup_error = "ProcessLookupError"(os_error),
    timeout_error = "TimeoutError"(os_error),
    reference_error = "ReferenceError"(exception),
    runtime_error = "RuntimeError"(exception),
    not_implemented_error = "NotImplementedError"(runtime_error),
    python_finalization_error = "PythonFinalizationError"(runtime_error),
    recursion_error = "RecursionError"(runtime_error),
    stop_async_iteration = "StopAsyncIteration"(exception),
    stop_iteration = "StopIteration"(exception),
    syntax_error = "SyntaxError"(exception),
    indentation_error = "IndentationError"(syntax_error),
    tab_error = "TabError"(indentation_error),
    system_error = "SystemError"(exception),
    type_error = "TypeError"(exception),
    value_error = "ValueError"(exception),
    unicode_error = "UnicodeError"(value_error),
    unicode_decode_error = "UnicodeDecodeError"(unicode_error, DEMANDS_ARGUMENTS),
    unicode_encode_error = "UnicodeEncodeError"(unicode_error, DEMANDS_ARGUMENTS),
    unicode_translate_error = "UnicodeTranslateError"(unicode_error, DEMANDS_ARGUMENTS),
    exception_group = "ExceptionGroup"(base_exception_group),
    warning = "Warning"(exception),
    bytes_warning = "BytesWarning"(warning),
    deprecation_warning = "DeprecationWarning"(warning),
    encoding_warning = "EncodingWarning"(warning),
    future_warning = "FutureWarning"(warning),
    import_warning = "ImportWarning"(warning),
    pending_deprecation_warning = "PendingDeprecationWarning"(warning),
    resource_warning = "ResourceWarning"(warning),
    runtime_warning = "RuntimeWarning"(warning),
    syntax_warning = "SyntaxWarning"(warning),
    unicode_warning = "UnicodeWarning"(warning),
    user_warning = "UserWarning"(warning),
}

impl Default for Types {
    fn default() -> Types {
        Types::new()
    }
}

impl Types {
    /// For each kind of heap object the class its objects have; kinds whose objects differ in class have `object` here.
    pub fn by_kind(&self) -> [Ref<Type>; KINDS] {
        let mut table: [Ref<Type>; KINDS] = std::array::from_fn(|_| self.object.clone());
        for (kind, class) in [
            (Kind::Float, &self.float),
            (Kind::BigInt, &self.int),
            (Kind::Complex, &self.complex),
            (Kind::Str, &self.str_),
            (Kind::Bytes, &self.bytes),
            (Kind::ByteArray, &self.bytearray),
            (Kind::Tuple, &self.tuple),
            (Kind::List, &self.list),
            (Kind::Dict, &self.dict),
            (Kind::MappingProxy, &self.mappingproxy),
            (Kind::Range, &self.range),
            (Kind::Slice, &self.slice),
            (Kind::Cell, &self.cell),
            (Kind::Code, &self.code),
            (Kind::Function, &self.function),
            (Kind::Property, &self.property),
            (Kind::StaticMethod, &self.staticmethod),
            (Kind::GetSet, &self.getset),
            (Kind::Member, &self.member),
            (Kind::Field, &self.field),
            (Kind::Super, &self.super_),
            (Kind::Module, &self.module),
            (Kind::Traceback, &self.traceback),
            (Kind::ListIter, &self.list_iterator),
            (Kind::RangeIter, &self.range_iterator),
        ] {
            table[kind as usize] = class.clone();
        }
        for (kind, class) in [
            (Kind::Float, &self.float),
            (Kind::BigInt, &self.int),
            (Kind::Complex, &self.complex),
            (Kind::Str, &self.str_),
            (Kind::Bytes, &self.bytes),
            (Kind::ByteArray, &self.bytearray),
            (Kind::Tuple, &self.tuple),
            (Kind::List, &self.list),
            (Kind::Dict, &self.dict),
            (Kind::Set, &self.set),
            (Kind::Set, &self.frozenset),
            (Kind::Type, &self.type_),
            (Kind::Range, &self.range),
            (Kind::Property, &self.property),
            (Kind::StaticMethod, &self.staticmethod),
            (Kind::ClassMethod, &self.classmethod),
            (Kind::Module, &self.module),
            (Kind::Generator, &self.enumerate),
            (Kind::Generator, &self.map),
            (Kind::Generator, &self.filter),
            (Kind::Generator, &self.zip),
        ] {
            class.layout.set(Some(kind));
        }
        table
    }

    /// Is this value one of the classes here that programs cannot change?
    pub fn is_builtin(class: &Ref<Type>) -> bool {
        !class.flags().has(TypeFlags::HEAP)
    }

    /// A class as a value.
    pub fn value(class: &Ref<Type>) -> Value {
        class.value()
    }
}
