//! The front door: an interpreter that programs are given to.
//!
//! This is the one file that names nearly all rooms. It makes a machine with a host, fills the builtins, finds modules
//! and the prelude ([`Library`], which the machine knows only as a [`Loader`]), makes `__main__`, and says how a program
//! ended: what is printed about an exception nobody caught, and the exit status.
//!
//! Nothing is done before it is needed: `sys` is made when the program imports it, a prelude file is compiled when one of
//! its functions is first called.

use crate::builtins::{self, imports, traceback};
use crate::bytecode::{Code, Constant};
use crate::compiler::{self, ErrorKind, Marks, Target};
use crate::host::Host;
use crate::memory;
use crate::object::{Dict, Exception, Kind, List, Module, Ref, Str, Tuple, Value, WeakRef, collector, heap, intern};
use crate::prelude;
use crate::source::Source;
use crate::stdlib;
use crate::stdlib::archive::Archive;
use crate::syntax::{self, Location, Mode, SyntaxError, SyntaxErrorKind};
use crate::text::wtf8;
use crate::vm::limits::Limit;
use crate::vm::{Exit, Found, Loader, NativeResult, Vm};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Source files may be this large.
const LARGEST_FILE: usize = 1 << 30;

/// How a program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// With this exit status.
    Status(i32),
    /// By an interrupt that it did not handle; whoever started it should end the same way.
    Interrupt,
    /// At a limit ([`crate::vm::limits`]); whoever set it has been told.
    Limit,
}

impl Ending {
    /// The exit status, for those that cannot end by a signal.
    pub fn status(self) -> i32 {
        match self {
            Ending::Status(status) => status,
            Ending::Interrupt => 130,
            Ending::Limit => 4,
        }
    }
}

/// A Python interpreter.
///
/// ```
/// use pyield::{host::FakeHost, interpreter::Interpreter};
/// let mut interpreter = Interpreter::new(Box::new(FakeHost::new()));
/// assert_eq!(interpreter.run_source("<string>", "raise SystemExit(3)"), 3);
/// ```
pub struct Interpreter {
    /// The machine.
    pub vm: Vm,
    library: Rc<Library>,
    main: Ref<Module>,
    paint: traceback::Paint,
    /// The exception that ended the program.
    uncaught: Value,
}

impl Interpreter {
    /// An interpreter that reaches the outside through this host.
    pub fn new(mut host: Box<dyn Host>) -> Interpreter {
        if let Some(limit) = host.memory_limit() {
            memory::allow(limit);
        }
        memory::keep_pieces();
        let library = Rc::new(Library { stack: Cell::new(DEFAULT_STACK), ..Library::default() });
        let mut vm = Vm::new(host, library.clone());
        builtins::install(&mut vm);
        vm.state.insert("sys.argv", Value::list(vec![Value::str("")]));
        vm.state.insert("sys.path", Value::list(Vec::new()));
        let main = Module::new("__main__");
        stdlib::install_collector(&mut vm);
        stdlib::install_turns(&mut vm);
        let mut interpreter =
            Interpreter { vm, library, main, paint: traceback::Paint::default(), uncaught: Value::NONE };
        interpreter.set_main("__main__");
        interpreter.vm.collector.begin();
        interpreter
    }

    /// Let the compiler use this much native stack, in bytes. The default fits a thread of 256 KiB.
    pub fn set_stack(&mut self, bytes: usize) {
        self.library.stack.set(bytes);
        self.vm.set_native_stack(bytes);
    }

    /// Are uncaught exceptions shown in colours?
    pub fn set_colours(&mut self, colour: bool) {
        self.paint = traceback::Paint { colour };
    }

    /// `sys.argv`
    pub fn set_arguments(&mut self, arguments: &[OsString]) {
        let list = arguments.iter().map(|argument| os_value(argument.as_bytes())).collect();
        self.vm.state.insert("sys.argv", Value::list(list));
    }

    /// `sys.path`
    pub fn set_search_path(&mut self, path: &[PathBuf]) {
        let list = path.iter().map(|entry| os_value(entry.as_os_str().as_bytes())).collect();
        self.vm.state.insert("sys.path", Value::list(list));
    }

    /// Put a directory before all others where modules are looked for.
    pub fn search_first(&mut self, directory: &Path) {
        let path = self.vm.state.get("sys.path").and_then(Value::native::<List>);
        let Some(path) = path else { return self.set_search_path(&[directory.to_path_buf()]) };
        path.borrow_mut().insert(0, os_value(directory.as_os_str().as_bytes()));
    }

    /// Leave out assertions (1), and doc strings (2).
    pub fn set_optimization(&mut self, level: u8) {
        self.library.optimize.set(level.min(2));
        let debug = Value::bool(level == 0);
        self.vm.builtins.set_str(&intern(b"__debug__"), debug);
    }

    /// The program's code, as far as it is compiled from now on, has such marks: it can be followed, and its instructions
    /// counted.
    pub fn set_marks(&mut self, marks: Marks) {
        self.library.marks.set(marks);
    }

    /// The program is ended when it has carried out so many instructions; see [`crate::vm::limits`]. What the library does for
    /// it is not counted.
    pub fn limit_instructions(&mut self, count: u64) {
        self.set_marks(Marks { instructions: true, ..self.library.marks.get() });
        self.vm.allow_instructions(count);
    }

    /// What `sys.flags` says, where that is not what it usually says.
    pub fn set_flags(&mut self, flags: &[(&str, Value)]) {
        let given = Dict::empty();
        for (name, value) in flags {
            given.set_str(&intern(name.as_bytes()), value.clone());
        }
        self.vm.state.insert(stdlib::FLAGS_GIVEN, Value::object(given));
    }

    /// Another attribute that `sys` is to have.
    pub fn set_sys(&mut self, name: &'static str, value: Value) {
        self.vm.state.insert(name, value);
    }

    /// Set an attribute of `sys`, if the program has imported it.
    pub fn set_sys_now(&mut self, name: &str, value: Value) {
        if let Some(sys) = self.loaded_sys() {
            sys.set(name, value);
        }
    }

    /// The context (of `contextvars`) in which the program's code runs that nobody runs in another.
    pub fn context(&mut self) -> Value {
        stdlib::current_context(&mut self.vm)
    }

    /// A new, empty `__main__`; what was there is gone. Its `__name__` is `name`.
    pub fn set_main(&mut self, name: &str) {
        self.main = Module::new(name);
        let builtins = stdlib::native(&mut self.vm, "builtins").ok().flatten();
        if let Some(builtins) = builtins {
            self.vm.modules.set_str(&intern(b"builtins"), builtins.clone());
            self.main.set("__builtins__", builtins);
        }
        self.vm.modules.set_str(&intern(b"__main__"), self.main.value());
    }

    /// The namespace of `__main__`.
    pub fn globals(&self) -> Ref<Dict> {
        self.main.dict.clone()
    }

    /// Say which file `__main__` comes from.
    pub fn set_file(&mut self, path: &Path) {
        self.main.set("__file__", os_value(path.as_os_str().as_bytes()));
        self.main.set("__cached__", Value::NONE);
    }

    /// Compile a text; the error is an exception. What is typed (`Mode::Single`) may await at its top: running it makes a
    /// coroutine then.
    pub fn compile(&mut self, source: &Rc<Source>, mode: Mode) -> Result<Rc<Code>, Value> {
        let target = if mode == Mode::Single { Target::Prompt } else { Target::Module };
        self.compile_for(source, mode, target)
    }

    /// Compile statements that were typed as a whole, of which the last shows its values. They may await at their top, as with
    /// [`Interpreter::compile`].
    pub fn compile_typed(&mut self, source: &Rc<Source>) -> Result<Rc<Code>, Value> {
        self.compile_for(source, Mode::Exec, Target::Prompt)
    }

    /// Compile a file that is run at the prompt: it shows no values, but may await at its top.
    pub fn compile_loaded(&mut self, source: &Rc<Source>) -> Result<Rc<Code>, Value> {
        self.compile_for(source, Mode::Exec, Target::Loaded)
    }

    fn compile_for(&mut self, source: &Rc<Source>, mode: Mode, target: Target) -> Result<Rc<Code>, Value> {
        let compiled = self.library.code(&mut self.vm, source, mode, target);
        let code = compiled.map_err(|exit| raised(&mut self.vm, exit))?;
        if let Some(warnings) = builtins::dubious::warnings_of(&code) {
            let tell = self.vm.prelude_function("tell_dubious").map_err(|exit| raised(&mut self.vm, exit))?;
            self.vm.call(&tell, vec![warnings, Value::NONE])?;
        }
        Ok(code)
    }

    /// The text of a source file in the encoding that it declares; the error is an exception.
    pub fn decode(&mut self, name: &str, bytes: &[u8]) -> Result<String, Value> {
        let decoded = decode(&mut self.vm, name, bytes);
        decoded.map_err(|exit| raised(&mut self.vm, exit))
    }

    /// Run compiled code in the namespace of `__main__`.
    pub fn execute(&mut self, code: &Rc<Code>) -> Result<Value, Value> {
        let globals = self.globals();
        self.vm.run_module(code, &globals)
    }

    /// Compile a text and run it as `__main__`.
    pub fn run(&mut self, source: &Rc<Source>) -> Result<Value, Value> {
        let code = self.compile(source, Mode::Exec)?;
        self.execute(&code)
    }

    /// Run a text as a whole program, known as `name`; its exit status.
    pub fn run_source(&mut self, name: &str, text: &str) -> i32 {
        let outcome = self.run(&Source::new(name, text));
        self.finish(outcome).status()
    }

    /// Run a file as a whole program with these arguments; its exit status.
    pub fn run_file(&mut self, path: &Path, arguments: &[OsString]) -> i32 {
        let all = [&[path.as_os_str().to_owned()], arguments].concat();
        self.set_arguments(&all);
        let path = self.absolute(path);
        let directory = path.parent().unwrap_or(Path::new("/")).to_path_buf();
        self.set_search_path(&[directory]);
        self.set_file(&path);
        let outcome = self.load_file(&path).and_then(|source| self.run(&source));
        self.finish(outcome).status()
    }

    /// The text of a Python file; the error is an exception.
    pub fn load_file(&mut self, path: &Path) -> Result<Rc<Source>, Value> {
        let name = path.to_string_lossy().into_owned();
        let read = self.vm.host.read_file(path, LARGEST_FILE);
        let bytes = read.map_err(|error| {
            let exit = self.vm.os_error(error.errno, &error.message, Some(os_value(path.as_os_str().as_bytes())));
            raised(&mut self.vm, exit)
        })?;
        let text = self.decode(&name, &bytes)?;
        Ok(Source::new(name, text))
    }

    /// The path from the root.
    pub fn absolute(&mut self, path: &Path) -> PathBuf {
        if path.is_absolute() {
            return path.to_path_buf();
        }
        let plain = path.strip_prefix(".").unwrap_or(path);
        self.vm.host.current_dir().map_or_else(|_| path.to_path_buf(), |directory| directory.join(plain))
    }

    /// Where modules are looked for: what `sys.path` says.
    pub fn search_path(&self) -> Vec<PathBuf> {
        search_path(&self.vm)
    }

    /// The names of the modules that need no file: those that are imported already, and our own.
    pub fn known_modules(&self) -> Vec<String> {
        let imported = self.vm.modules.keys();
        let imported = imported.iter().filter_map(|name| Some(name.get::<Str>()?.to_string_lossy().into_owned()));
        imported.chain(stdlib::public_names().map(str::to_owned)).collect()
    }

    /// Import a module for its effects, as `import name` does.
    pub fn import(&mut self, name: &str) -> Result<Value, Value> {
        let function = self.vm.prelude_function("import_dotted").map_err(|exit| raised(&mut self.vm, exit))?;
        self.vm.call(&function, vec![Value::str(name)])
    }

    /// The code of a module, not run; `None` when there is none of this name.
    pub fn find(&mut self, name: &str) -> Result<Option<Found>, Value> {
        let library = self.library.clone();
        library.find(&mut self.vm, name).map_err(|exit| raised(&mut self.vm, exit))
    }

    /// The end of a program: says what it raised, lets its objects go, and sends out what it printed.
    pub fn finish(&mut self, outcome: Result<Value, Value>) -> Ending {
        let ending = self.report(outcome);
        if let Some(Limit::Exit(_)) = self.vm.limit_reached() {
            return ending;
        }
        if ending == Ending::Limit {
            // Nothing of the program is to run any more.
            return self.flush(ending);
        }
        let ending = self.last_calls(ending);
        self.vm.is_finalizing = true;
        self.let_go();
        self.flush(ending)
    }

    /// What an outcome means for the exit status. An exception that nobody caught is printed.
    pub fn report(&mut self, outcome: Result<Value, Value>) -> Ending {
        let Err(exception) = outcome else { return Ending::Status(0) };
        match self.vm.limit_reached() {
            Some(Limit::Exit(status)) => return Ending::Status(status),
            Some(_) => return Ending::Limit,
            None => {}
        }
        if self.vm.is_instance(&exception, &self.vm.types.system_exit) {
            return Ending::Status(self.exit_status(&exception));
        }
        self.keep(&exception);
        self.show(&exception);
        if self.vm.is_instance(&exception, &self.vm.types.keyboard_interrupt) {
            return Ending::Interrupt;
        }
        Ending::Status(1)
    }

    /// As [`Interpreter::report`], where it is not the end: what asked for that is shown like any other exception.
    pub fn report_all(&mut self, outcome: Result<Value, Value>) {
        if outcome.is_err() {
            // Whoever looks for it looks there, be it later; it is there, so nothing can fail.
            let _ = self.import("sys");
        }
        match outcome {
            Err(exception) if self.vm.is_instance(&exception, &self.vm.types.system_exit) => {
                self.keep(&exception);
                self.show(&exception);
            }
            outcome => drop(self.report(outcome)),
        }
    }

    /// An exception that nobody caught stays until the program's objects go: what is called at its end can look at it.
    fn keep(&mut self, exception: &Value) {
        self.uncaught = exception.clone();
        let Some(sys) = self.loaded_sys() else { return };
        let traceback = exception.get::<Exception>().map_or(Value::NONE, |exception| exception.traceback.get());
        sys.set("last_exc", exception.clone());
        sys.set("last_type", self.vm.class_of(exception).into_value());
        sys.set("last_value", exception.clone());
        sys.set("last_traceback", traceback);
    }

    /// Send out what the program printed; when that fails, the status says so.
    pub fn flush(&mut self, ending: Ending) -> Ending {
        match self.vm.host.flush_stdout() {
            Ok(()) => ending,
            Err(error) => {
                let name = self.vm.os_error_class(error.errno).name();
                let (errno, text) = (error.errno, error.message);
                self.say(&format!("Exception ignored while flushing sys.stdout:\n{name}: [Errno {errno}] {text}\n"));
                Ending::Status(120)
            }
        }
    }

    /// Print an exception as the program's `sys.excepthook` or, without one, as usual.
    pub fn show(&mut self, exception: &Value) {
        // What the program printed stands before what is said about its end, where both go to one place.
        let _ = self.vm.host.flush_stdout();
        let hook = self.loaded_sys().and_then(|sys| sys.get("excepthook")).filter(|hook| !hook.is_kind(Kind::Native));
        if let Some(hook) = hook {
            let class = self.vm.class_of(exception).into_value();
            let entries = exception.get::<Exception>().map_or(Value::NONE, |exception| exception.traceback.get());
            match self.vm.call(&hook, vec![class, exception.clone(), entries]) {
                Ok(_) => return,
                Err(failure) => {
                    let failure = traceback::render(&mut self.vm, &failure, traceback::Paint::default());
                    self.say(&format!("Error in sys.excepthook:\n{failure}\nOriginal exception was:\n"));
                }
            }
        }
        let mut text = traceback::render(&mut self.vm, exception, self.paint);
        text.push_str(&(self.vm.hooks.explain)(&traceback::plain(&text)));
        self.say(&text);
    }

    /// Write to standard error.
    pub fn say(&mut self, text: &str) {
        // There is nobody left to tell when this fails.
        self.vm.pauses();
        let _ = self.vm.host.write_stderr(text.as_bytes());
    }

    /// The status that `SystemExit` asks for; a message is printed.
    fn exit_status(&mut self, exception: &Value) -> i32 {
        let code = traceback::attribute(exception, "code").or_else(|| {
            let args = exception.get::<Exception>()?.args.get();
            match args.get::<Tuple>()?.items() {
                [] => Some(Value::NONE),
                [code] => Some(code.clone()),
                _ => Some(args.clone()),
            }
        });
        let code = code.unwrap_or(Value::NONE);
        if code.is_none() {
            return 0;
        }
        if let Some(integer) = code.as_integer() {
            return integer.to_i64().map_or(-1, |status| status as i32);
        }
        let _ = self.vm.host.flush_stdout();
        let text = traceback::converted(&mut self.vm, "str", &code).unwrap_or_default();
        self.say(&format!("{text}\n"));
        1
    }

    /// Wait for the program's threads, and call what it wants called at its end; that may have begun threads, too.
    fn last_calls(&mut self, mut ending: Ending) -> Ending {
        for (module, function) in [("threading", "_shutdown"), ("atexit", "_run_exitfuncs"), ("threading", "_shutdown")]
        {
            let module =
                self.vm.modules.get_str(&intern(module.as_bytes())).and_then(|module| module.to_ref::<Module>());
            if let Some(function) = module.and_then(|module| module.get(function))
                && let Err(exception) = self.vm.call(&function, Vec::new())
            {
                ending = self.report(Err(exception));
            }
        }
        ending
    }

    /// Let go of the globals of the program and its modules, so that finalisers run: `__del__`, the `finally` of generators.
    /// As a rule functions refer to the globals, so that these are garbage as a whole, and finalisers find everything in its
    /// place.
    fn let_go(&mut self) {
        let known = self.collect_cycles();
        self.forget_last_exception();
        let main = std::mem::replace(&mut self.main, Module::new("__main__"));
        self.vm.modules.remove_str(&intern(b"__main__"));
        let mut modules = vec![main];
        let (names, found): (Vec<_>, Vec<_>) = self.modules_of_program().into_iter().unzip();
        names.iter().for_each(|name| drop(self.vm.modules.remove_str(name)));
        modules.extend(found);
        if known {
            // In CPython the collection before has left things in the order in which they are reached from here.
            collector::renumber(&modules.iter().map(|module| module.dict.value()).collect::<Vec<_>>());
        }
        let watched = self.vm.types.object.clone();
        let watchers: Vec<_> =
            modules.iter().map(|module| WeakRef::of(&watched, &module.value(), Value::NONE)).collect();
        for module in modules {
            drop(module);
            self.run_finalizers();
        }
        self.collect_cycles();
        for watcher in watchers.iter().rev() {
            if let Some(module) = watcher.referent().and_then(|module| module.to_ref::<Module>()) {
                self.empty(&module.dict);
            }
        }
    }

    /// The imported modules that are none of ours, in the order in which they were imported.
    fn modules_of_program(&self) -> Vec<(Ref<Str>, Ref<Module>)> {
        let of_program = |(name, module): (Value, Value)| {
            let (name, module) = (name.to_ref::<Str>()?, module.to_ref::<Module>()?);
            let made_by_hand = || module.get("__spec__").is_none_or(|spec| spec.is_none());
            let ours = matches!(name.as_bytes(), b"builtins" | b"_prelude");
            (!ours && (module.get("__file__").is_some() || made_by_hand())).then_some((name, module))
        };
        self.vm.modules.items().into_iter().filter_map(of_program).collect()
    }

    /// What nobody caught goes, and with it the variables of the bodies it passed through.
    fn forget_last_exception(&mut self) {
        if let Some(sys) = self.loaded_sys() {
            ["last_exc", "last_type", "last_value", "last_traceback"].into_iter().for_each(|name| {
                if sys.get(name).is_some() {
                    sys.set(name, Value::NONE);
                }
            });
        }
        self.uncaught = Value::NONE;
        self.run_finalizers();
    }

    /// Delete globals that somebody still has. Functions and classes go last, since finalisers need them.
    fn empty(&mut self, globals: &Ref<Dict>) {
        let is_definition = |value: &Value| matches!(value.kind(), Some(Kind::Function | Kind::Type | Kind::Module));
        let (definitions, data): (Vec<_>, Vec<_>) = globals.items().into_iter().partition(|(_, v)| is_definition(v));
        for (name, value) in data.into_iter().chain(definitions) {
            let Some(name) = name.to_ref::<Str>() else { continue };
            if name.as_bytes() == b"__builtins__" {
                continue;
            }
            globals.remove_str(&name);
            drop(value);
            self.run_finalizers();
        }
        self.collect_cycles();
    }

    /// Finalise and free what only refers to itself, if anyone would know: is that so?
    fn collect_cycles(&mut self) -> bool {
        if !collector::anyone_would_know() {
            return false;
        }
        let waiting = self.vm.find_garbage(2);
        self.call_prelude("run_finalizers_of_garbage", waiting);
        self.vm.clear_garbage();
        self.run_finalizers();
        true
    }

    /// Run the finalisers that wait.
    fn run_finalizers(&mut self) {
        loop {
            let waiting = heap::take_finalizers();
            if waiting.is_empty() {
                return;
            }
            self.finalize(waiting);
        }
    }

    fn finalize(&mut self, waiting: Vec<Value>) {
        if !waiting.is_empty() {
            self.call_prelude("run_finalizers", waiting);
        }
    }

    fn call_prelude(&mut self, name: &'static str, waiting: Vec<Value>) {
        let Ok(function) = self.vm.prelude_function(name) else { return };
        if let Err(exception) = self.vm.call(&function, vec![Value::list(waiting)]) {
            self.show(&exception);
        }
    }

    fn loaded_sys(&self) -> Option<Ref<Module>> {
        self.vm.modules.get_str(&intern(b"sys"))?.to_ref::<Module>()
    }
}

/// Native stack for the compiler when nobody says how much there is.
const DEFAULT_STACK: usize = 160 * 1024;

/// A text, and all the code of it.
type Again = (Rc<Source>, Vec<Rc<Code>>);

/// Finds modules and the prelude, and compiles them.
#[derive(Default)]
struct Library {
    /// Native stack that the compiler may use.
    stack: Cell<usize>,
    /// As in `-O`, `-OO`.
    optimize: Cell<u8>,
    /// Where the program's code has marks.
    marks: Cell<Marks>,
    /// Texts that were compiled again, with marks, and all the code of each. What is known by its address stays where it is.
    again: RefCell<FxHashMap<*const Source, Again>>,
    /// Files on the path that were looked into, each with the archive that it is, if it is one.
    archives: RefCell<FxHashMap<PathBuf, Option<Rc<Archive>>>>,
}

impl Loader for Library {
    fn find(&self, vm: &mut Vm, name: &str) -> Result<Option<Found>, Exit> {
        if name.contains('/') {
            // It would be a path, and no name in a directory.
            return Ok(None);
        }
        let Some((parent, tail)) = name.rsplit_once('.') else {
            if comes_first(name)
                && let Some(found) = self.embedded(vm, name)?
            {
                return Ok(Some(found));
            }
            let path = search_path(vm);
            return match self.on_path(vm, name, name, &path)? {
                Some(found @ Found::Python { .. }) => Ok(Some(found)),
                // A directory without `__init__.py` is a package only if there is no module of this name anywhere.
                directory => Ok(self.embedded(vm, name)?.or(directory)),
            };
        };
        let package = vm.modules.get_str(&intern(parent.as_bytes()));
        let path = package.and_then(|package| package.get::<Module>()?.get("__path__"));
        match path.as_ref().map(strings).unwrap_or_default() {
            // A package of ours has no directory.
            path if path.is_empty() => self.embedded(vm, name),
            path => self.on_path(vm, name, tail, &path),
        }
    }

    fn prelude(&self, vm: &mut Vm, name: &str) -> Result<Option<Rc<Code>>, Exit> {
        let Some((file, text)) = prelude::part_for(name) else { return Ok(None) };
        let mut code = self.outline(vm, &Source::new(file, text))?;
        hide(&mut code);
        Ok(Some(code))
    }

    fn body(&self, vm: &mut Vm, outline: &Code) -> Result<Rc<Code>, Exit> {
        let (source, definition) = (&outline.source, outline.left_out.unwrap_or_default());
        let class = outline.qualname.rsplit_once('.').map(|(class, _)| class);
        let tree = syntax::parse_definition(source, definition);
        let tree = tree.map_err(|error| malformed(vm, source, &error, Shown::WholeLine))?;
        let compile = || compiler::compile_definition(tree, class, source, self.stack.get());
        let Some(mut code) = self.unmarked(vm, source, compile)? else {
            return Err(vm.system_error(format!("{} is not where it was", outline.qualname)));
        };
        if outline.flags.hidden {
            hide(&mut code);
        }
        if let Some(code) = Rc::get_mut(&mut code) {
            code.first_line = outline.first_line;
        }
        Ok(code)
    }

    fn marked(&self, vm: &mut Vm, code: &Code) -> Option<Rc<Code>> {
        let source = &code.source;
        let known = self.again.borrow().contains_key(&Rc::as_ptr(source));
        if !known {
            let usual = (self.optimize.replace(code.optimized), self.marks.get());
            self.mark_lines();
            // A text that is no module (an expression, say) has none: nobody is told why.
            let whole = self.code(vm, source, Mode::Exec, Target::Module).ok();
            self.optimize.set(usual.0);
            self.marks.set(usual.1);
            let mut all: Vec<Rc<Code>> = whole.into_iter().collect();
            let mut at = 0;
            while let Some(next) = all.get(at).cloned() {
                all.extend(next.constants.iter().filter_map(|constant| match constant {
                    Constant::Code(code) => Some(code.clone()),
                    _ => None,
                }));
                at += 1;
            }
            self.again.borrow_mut().insert(Rc::as_ptr(source), (source.clone(), all));
        }
        let again = self.again.borrow();
        let (_, all) = again.get(&Rc::as_ptr(source))?;
        let first = |code: &Code| code.spans.last().copied();
        all.iter()
            .find(|other| {
                (other.first_line, other.kind) == (code.first_line, code.kind)
                    && other.qualname == code.qualname
                    && first(other) == first(code)
            })
            .cloned()
    }

    fn mark_lines(&self) {
        self.marks.set(Marks { lines: true, calls: true, ..self.marks.get() });
    }

    fn tree(&self, vm: &mut Vm, text: &[u8], file: &str, mode: &str) -> NativeResult {
        let text = match std::str::from_utf8(text) {
            Ok(text) => text.to_owned(),
            Err(_) => decode(vm, file, text)?,
        };
        let mode = match mode {
            "single" => Mode::Single,
            "eval" => Mode::Eval,
            _ => Mode::Exec,
        };
        let source = Source::unquoted(file, text);
        let shown = if mode == Mode::Exec { Shown::WholeLine } else { Shown::AsGiven };
        let tree = syntax::parse(&source, mode).map_err(|error| malformed(vm, &source, &error, shown))?;
        Ok(stdlib::tree_value(&tree, &source))
    }

    fn compile(
        &self,
        vm: &mut Vm,
        text: &[u8],
        file: &str,
        mode: &str,
        namespace: bool,
        optimized: Option<u8>,
    ) -> Result<Rc<Code>, Exit> {
        let in_file = stands_in_file(vm, text, file);
        if text.contains(&0) {
            let class = vm.types.syntax_error.clone();
            return Err(vm.raise_with(&class, vec![Value::str("source code string cannot contain null bytes")]));
        }
        let text = match std::str::from_utf8(text) {
            Ok(text) => text.to_owned(),
            Err(_) => decode(vm, file, text)?,
        };
        let (mode, target) = match (mode, namespace) {
            ("single", _) => (Mode::Single, Target::Interactive),
            ("eval", false) => (Mode::Eval, Target::Module),
            ("eval", true) => (Mode::Eval, Target::Namespace),
            (_, false) => (Mode::Exec, Target::Module),
            (_, true) => (Mode::Exec, Target::Namespace),
        };
        let source = if in_file { Source::new(file, text) } else { Source::unquoted(file, text) };
        let usual = self.optimize.get();
        self.optimize.set(optimized.unwrap_or(usual));
        let code = self.code(vm, &source, mode, target);
        self.optimize.set(usual);
        code
    }
}

/// Is this the text of the file called `name`, so that tracebacks can show lines of it?
fn stands_in_file(vm: &mut Vm, text: &[u8], name: &str) -> bool {
    let path = Path::new(name);
    !name.starts_with('<')
        && vm.host.is_file(path)
        && vm.host.read_file(path, LARGEST_FILE).is_ok_and(|content| content == text)
}

impl Library {
    fn code(&self, vm: &mut Vm, source: &Rc<Source>, mode: Mode, target: Target) -> Result<Rc<Code>, Exit> {
        let mut noted = Vec::new();
        let tree = syntax::parse_noting(source, mode, &mut noted).map_err(|error| {
            let shown = if mode == Mode::Exec { Shown::WholeLine } else { Shown::AsGiven };
            malformed(vm, source, &error, shown)
        })?;
        let compile = || compiler::compile_within(&tree, noted, source, target, self.stack.get());
        self.compiled(vm, source, || compiler::marked(self.marks.get(), compile))
    }

    /// The code of a file of ours. The bodies of its functions are compiled when they are called.
    fn outline(&self, vm: &mut Vm, source: &Rc<Source>) -> Result<Rc<Code>, Exit> {
        let outline = syntax::outline(source);
        let (tree, left_out) = outline.map_err(|error| malformed(vm, source, &error, Shown::WholeLine))?;
        let (noted, target, stack) = (Vec::new(), Target::Module, self.stack.get());
        self.unmarked(vm, source, || compiler::compile_outline(&tree, &left_out, noted, source, target, stack))
    }

    /// What `compile` makes of a text of ours, in which nobody follows control.
    fn unmarked<T>(
        &self,
        vm: &mut Vm,
        source: &Source,
        compile: impl FnOnce() -> compiler::Result<T>,
    ) -> Result<T, Exit> {
        self.compiled(vm, source, || compiler::marked(Marks::NONE, compile))
    }

    fn compiled<T>(
        &self,
        vm: &mut Vm,
        source: &Source,
        compile: impl FnOnce() -> compiler::Result<T>,
    ) -> Result<T, Exit> {
        compiler::optimized(self.optimize.get(), compile).map_err(|error| match error.kind {
            ErrorKind::Recursion => vm.recursion_error(&error.message),
            // The parser has the text it works on; later stages look at the file, if there is one.
            ErrorKind::Syntax => {
                let in_file = source.is_quotable() && !source.name().starts_with('<');
                let shown = if in_file { Shown::WholeLine } else { Shown::No };
                malformed(vm, source, &SyntaxError::new(error.span, &*error.message), shown)
            }
        })
    }

    /// A module of our own standard library.
    fn embedded(&self, vm: &mut Vm, name: &str) -> Result<Option<Found>, Exit> {
        if let Some(module) = stdlib::native(vm, name)? {
            if name == "sys"
                && let Some(sys) = module.get::<Module>()
            {
                for (key, value) in vm.state.iter().filter_map(|(key, value)| Some((key.strip_prefix("sys.")?, value)))
                {
                    // Classes of the module `sys` are kept under such names, too.
                    if !value.is_kind(Kind::Type) {
                        sys.set(key, value.clone());
                    }
                }
            }
            return Ok(Some(Found::Native(module)));
        }
        let Some((text, is_package)) = stdlib::python(name) else { return Ok(None) };
        let source = Source::new(format!("<frozen {name}>"), text);
        let mut code = self.outline(vm, &source)?;
        if stdlib::is_opaque(name) {
            hide(&mut code);
        }
        let path = is_package.then(|| Value::list(Vec::new()));
        let module = imports::new_module(vm, name, None, path);
        Ok(Some(Found::Python { code, module: module.into_value() }))
    }

    /// The module `name`, called `tail` in the directories of `path`.
    fn on_path(&self, vm: &mut Vm, name: &str, tail: &str, path: &[PathBuf]) -> Result<Option<Found>, Exit> {
        let mut portions = Vec::new();
        for entry in path {
            let directory = entry.join(tail);
            let is_directory = vm.host.is_dir(&directory);
            if is_directory {
                let file = directory.join("__init__.py");
                if vm.host.is_file(&file) {
                    return self.load_file(vm, name, &file, Some(&directory)).map(Some);
                }
            }
            let file = entry.join(format!("{tail}.py"));
            if vm.host.is_file(&file) {
                return self.load_file(vm, name, &file, None).map(Some);
            }
            if is_directory {
                portions.push(os_value(directory.as_os_str().as_bytes()));
            } else if let Some(found) = self.in_archive(vm, name, tail, entry)? {
                return Ok(Some(found));
            }
        }
        if portions.is_empty() {
            return Ok(None);
        }
        // Directories without `__init__.py` are one package together (PEP 420).
        let module = imports::new_module(vm, name, None, Some(Value::list(portions)));
        Ok(Some(Found::Native(module.into_value())))
    }

    /// A module in an archive, if an entry of the path is one, or a directory in one.
    fn in_archive(&self, vm: &mut Vm, name: &str, tail: &str, entry: &Path) -> Result<Option<Found>, Exit> {
        let Some((place, archive)) = self.archive(vm, entry) else { return Ok(None) };
        let inner = entry.strip_prefix(place).unwrap_or(Path::new("")).join(tail);
        let Some(inner) = inner.to_str() else { return Ok(None) };
        let package = entry.join(tail);
        for (member, file, package) in [
            (format!("{inner}/__init__.py"), package.join("__init__.py"), Some(&*package)),
            (format!("{inner}.py"), entry.join(format!("{tail}.py")), None),
        ] {
            match archive.member(&member) {
                Some(Ok(bytes)) => return self.load(vm, name, &file, &bytes, package).map(Some),
                Some(Err(problem)) => {
                    let message = format!("{}: {problem}", place.display());
                    return Err(vm.raise(&vm.types.import_error.clone(), message));
                }
                None => {}
            }
        }
        if !archive.has_directory(inner) {
            return Ok(None);
        }
        let portion = Value::list(vec![os_value(package.as_os_str().as_bytes())]);
        let module = imports::new_module(vm, name, None, Some(portion));
        Ok(Some(Found::Native(module.into_value())))
    }

    /// The archive that an entry of the path is, or lies in, and where that is.
    fn archive<'e>(&self, vm: &mut Vm, entry: &'e Path) -> Option<(&'e Path, Rc<Archive>)> {
        let place = entry.ancestors().find(|place| vm.host.exists(place)).filter(|place| vm.host.is_file(place))?;
        let known = self.archives.borrow().get(place).cloned();
        let archive = known.unwrap_or_else(|| {
            let bytes = vm.host.read_file(place, LARGEST_FILE).ok();
            bytes.and_then(Archive::read).map(Rc::new)
        });
        self.archives.borrow_mut().insert(place.to_path_buf(), archive.clone());
        Some((place, archive?))
    }

    fn load_file(&self, vm: &mut Vm, name: &str, file: &Path, package: Option<&Path>) -> Result<Found, Exit> {
        let file = match file.is_absolute() {
            true => file.to_path_buf(),
            false => vm.host.current_dir().map_or_else(|_| file.to_path_buf(), |directory| directory.join(file)),
        };
        let known = os_value(file.as_os_str().as_bytes());
        let bytes = match vm.host.read_file(&file, LARGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) => return Err(vm.os_error(error.errno, &error.message, Some(known))),
        };
        self.load(vm, name, &file, &bytes, package)
    }

    fn load(&self, vm: &mut Vm, name: &str, file: &Path, bytes: &[u8], package: Option<&Path>) -> Result<Found, Exit> {
        let known = os_value(file.as_os_str().as_bytes());
        let shown = file.to_string_lossy();
        let text = decode(vm, &shown, bytes)?;
        let code = self.code(vm, &Source::new(&*shown, text), Mode::Exec, Target::Module)?;
        let path = package.map(|directory| Value::list(vec![os_value(directory.as_os_str().as_bytes())]));
        let module = imports::new_module(vm, name, Some(known), path);
        Ok(Found::Python { code, module: module.into_value() })
    }
}

/// Modules that no file of the program can stand before: CPython has them built in or frozen.
fn comes_first(name: &str) -> bool {
    name.starts_with('_')
        || matches!(
            name,
            "abc"
                | "atexit"
                | "builtins"
                | "codecs"
                | "errno"
                | "faulthandler"
                | "gc"
                | "genericpath"
                | "io"
                | "itertools"
                | "marshal"
                | "os"
                | "posix"
                | "posixpath"
                | "signal"
                | "site"
                | "stat"
                | "sys"
                | "time"
                | "zipimport"
        )
}

/// Mark code as belonging to the prelude. It was compiled just now: nobody else holds any part of it.
fn hide(code: &mut Rc<Code>) {
    if let Some(code) = Rc::get_mut(code) {
        code.flags.hidden = true;
        compiler::hand_over(code);
        for constant in &mut code.constants {
            if let Constant::Code(inner) = constant {
                hide(inner);
            }
        }
    }
}

/// `sys.path` as the program has it by now.
fn search_path(vm: &Vm) -> Vec<PathBuf> {
    let sys = vm.modules.get_str(&intern(b"sys"));
    let path = sys.and_then(|sys| sys.get::<Module>()?.get("path")).or_else(|| vm.state.get("sys.path").cloned());
    path.as_ref().map(strings).unwrap_or_default()
}

/// The strings of a list or tuple, as paths.
fn strings(value: &Value) -> Vec<PathBuf> {
    let items = match value.payload().kind() {
        Some(Kind::List) => value.native::<List>().map(|list| list.to_vec()),
        Some(Kind::Tuple) => value.native::<Tuple>().map(|tuple| tuple.items().to_vec()),
        _ => None,
    };
    items.unwrap_or_default().iter().filter_map(|item| Some(os_path(item.native::<Str>()?.as_bytes()))).collect()
}

/// A string of the outside as Python has it: bytes that are not UTF-8 become lone surrogates (PEP 383).
pub fn os_value(bytes: &[u8]) -> Value {
    Value::str(wtf8::escape(bytes))
}

/// The way back.
fn os_path(text: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from_vec(wtf8::unescape(text)))
}

fn decode(vm: &mut Vm, name: &str, bytes: &[u8]) -> Result<String, Exit> {
    syntax::decode(bytes).map_err(|error| {
        let source = Source::new(name, String::from_utf8_lossy(bytes));
        malformed(vm, &source, &error, Shown::WholeLine)
    })
}

/// How a `SyntaxError` shows its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    No,
    WholeLine,
    /// Of an expression or an input: the last line need not end.
    AsGiven,
}

/// The `SyntaxError` about a text.
fn malformed(vm: &mut Vm, source: &Source, error: &SyntaxError, shown: Shown) -> Exit {
    let class = match error.kind {
        SyntaxErrorKind::SyntaxError => vm.types.syntax_error.clone(),
        SyntaxErrorKind::IndentationError => vm.types.indentation_error.clone(),
        SyntaxErrorKind::TabError => vm.types.tab_error.clone(),
        SyntaxErrorKind::MemoryError => return vm.memory_error(&error.message),
    };
    let mut place = error.location(source);
    let unfinished = shown == Shown::AsGiven && !source.text().ends_with('\n');
    if unfinished {
        lies_at_the_end(source, error, &mut place);
    }
    let number = |n: u32| Value::int(n.into());
    let line = source.line(place.line).unwrap_or("");
    let text = match shown {
        Shown::No => Value::NONE,
        _ if place.line == 0 || unfinished && source.line(place.line + 1).is_none() => Value::str(line),
        _ => Value::str(format!("{line}\n")),
    };
    let details = [
        ("filename", Value::str(source.name())),
        ("lineno", number(place.line)),
        ("offset", number(place.offset)),
        ("text", text),
        ("end_lineno", number(place.end_line)),
        ("end_offset", number(place.end_offset)),
    ];
    let message = Value::str(&error.message);
    let tuple = Value::tuple(details.iter().map(|(_, value)| value.clone()).collect());
    let exit = vm.raise_with(&class, vec![message.clone(), tuple]);
    if let Some(exception) = exit.exception().and_then(|exception| exception.get::<Exception>()) {
        let all = [("msg", message), ("print_file_and_line", Value::NONE)].into_iter().chain(details);
        all.for_each(|(name, value)| exception.members().set_str(&intern(name.as_bytes()), value));
        if error.message.starts_with("invalid syntax") {
            let snippet = Value::str(snippet(source, place.line));
            exception.members().set_str(&intern(traceback::SNIPPET.as_bytes()), snippet);
        }
    }
    exit
}

/// The line of an error, after the statement before it: from the line above that begins one and is not indented.
fn snippet(source: &Source, line: u32) -> String {
    /// Longer stretches are of no use.
    const MOST_LINES: u32 = 60;
    let text = |number| source.line(number).unwrap_or("");
    let begins = |number: u32| {
        let goes_on = ["elif", "else", "except", "finally", "}", ")", "]"];
        let begins = text(number).starts_with(|letter: char| !letter.is_whitespace());
        begins && !goes_on.iter().any(|word| text(number).starts_with(word))
    };
    let mut first = line;
    while first > 1 && line - first < MOST_LINES && source.line(first - 1).is_some() {
        first -= 1;
        if begins(first) {
            break;
        }
    }
    (first..=line).map(text).collect::<Vec<_>>().join("\n")
}

/// What ends too early, and not in a line end, has its error nowhere in its last line.
fn lies_at_the_end(source: &Source, error: &SyntaxError, place: &mut Location) {
    let rest = source.text().get(error.span.start as usize..).unwrap_or("").trim_start();
    if error.message != "invalid syntax" || !(rest.is_empty() || rest.starts_with('#')) {
        return;
    }
    (place.offset, place.end_offset) = (0, 0);
    if source.text().is_empty() {
        (place.line, place.end_line) = (0, 0);
    }
}

/// The exception that an exit raises. The functions asked here end in no other way.
fn raised(vm: &mut Vm, exit: Exit) -> Value {
    match exit {
        Exit::Raise(exception) => exception,
        Exit::Call(_) | Exit::Resume(_) | Exit::Ask(_) => match vm.system_error("an import was asked to call Python") {
            Exit::Raise(exception) => exception,
            _ => Value::NONE,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytecode::disassemble;
    use crate::compiler::direct;
    use crate::host::FakeHost;
    use crate::object::descriptor::StaticMethod;
    use crate::object::native::NativeFunction;
    use crate::object::{Module, Str, Type};
    use std::collections::BTreeSet;

    #[test]
    fn the_compiler_knows_every_quick_form() {
        let mut interpreter = Interpreter::new(Box::new(FakeHost::default()));
        let builtins = interpreter.import("builtins").ok().and_then(|module| module.to_ref::<Module>());
        let builtins = builtins.expect("there is a module of the builtins");
        let (mut functions, mut methods) = (BTreeSet::new(), BTreeSet::new());
        let text = |value: &Value| {
            value.get::<Str>().map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned()).unwrap_or_default()
        };
        let is_quick = |value: &Value| {
            let function = value.get::<StaticMethod>().map_or_else(|| value.clone(), |method| method.function.clone());
            function.get::<NativeFunction>().is_some_and(|native| native.def.quick.is_some())
        };
        for entry in builtins.dict.table.borrow().iter() {
            let name = text(&entry.key);
            if is_quick(&entry.value) {
                functions.insert(name.clone());
            }
            let Some(class) = entry.value.get::<Type>() else { continue };
            for entry in class.dict.table.borrow().iter().filter(|entry| is_quick(&entry.value)) {
                match text(&entry.key) {
                    new if new == "__new__" => functions.insert(name.clone()),
                    method => methods.insert(method),
                };
            }
        }
        assert_eq!(functions.iter().map(String::as_str).collect::<Vec<_>>(), direct::FUNCTIONS);
        assert_eq!(methods.iter().map(String::as_str).collect::<Vec<_>>(), direct::METHODS);
    }

    /// What is compiled of our own library when it is needed is what is compiled of it as a whole.
    #[test]
    fn bodies_that_are_left_out_are_found_again() {
        let mut interpreter = Interpreter::new(Box::new(FakeHost::default()));
        let library = interpreter.library.clone();
        let vm = &mut interpreter.vm;
        let mut files: Vec<(String, String)> =
            crate::prelude::FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stdlib")];
        while let Some(directory) = directories.pop() {
            for entry in std::fs::read_dir(directory).expect("the library is there").map_while(Result::ok) {
                let path = entry.path();
                if path.is_dir() {
                    directories.push(path);
                } else if path.extension().is_some_and(|extension| extension == "py") {
                    let text = std::fs::read_to_string(&path).expect("the library is text");
                    files.push((path.to_string_lossy().into_owned(), text));
                }
            }
        }
        let (mut left_out, mut wrong) = (0, Vec::new());
        for (name, text) in files {
            let source = Source::new(name, text);
            let Ok(whole) = library.code(vm, &source, Mode::Exec, Target::Module) else { continue };
            let Ok(outline) = library.outline(vm, &source) else {
                wrong.push(format!("{} has no outline", source.name()));
                continue;
            };
            compare(&library, vm, &whole, &outline, &mut left_out, &mut wrong);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(left_out > 3000, "only {left_out} bodies were left out");
    }

    fn compare(
        library: &Library,
        vm: &mut Vm,
        whole: &Code,
        outline: &Code,
        left_out: &mut usize,
        wrong: &mut Vec<String>,
    ) {
        let inner = |code: &Code| {
            let of = |constant: &Constant| match constant {
                Constant::Code(inner) => Some(inner.clone()),
                _ => None,
            };
            code.constants.iter().filter_map(of).collect::<Vec<_>>()
        };
        let mut found = None;
        if outline.left_out.is_some() {
            *left_out += 1;
            let free = (&outline.free, outline.parameters, &outline.doc) == (&whole.free, whole.parameters, &whole.doc);
            found = library.body(vm, outline).ok().filter(|_| free);
        }
        let shown = |code: &Code| {
            let facts = (&code.qualname, code.first_line, code.flags, code.parameters, &code.free, &code.doc);
            format!("{facts:?} {:?} {}", code.kind, disassemble(code))
        };
        let same = if outline.left_out.is_some() {
            found.is_some_and(|found| shown(&found) == shown(whole))
        } else {
            let (ours, theirs) = (inner(outline), inner(whole));
            ours.iter().zip(&theirs).for_each(|(o, w)| compare(library, vm, w, o, left_out, wrong));
            ours.len() == theirs.len()
        };
        if !same {
            wrong.push(format!("{} {}", whole.source.name(), whole.qualname));
        }
    }
}
