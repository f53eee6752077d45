//! The scope table: for every name in every scope, where it lives.
//!
//! `collect` fills in which names each scope binds and uses; [`Scopes::resolve`] then decides. A *frame* is a scope with
//! registers of its own; a comprehension is a scope inside the frame around it.

use super::error::{Result, syntax_error};
use crate::bytecode::{Capture, Reg};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Number of a scope in its table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(super) struct ScopeId(pub u32);

/// What sort of scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeKind {
    Module,
    Class,
    /// `def` and `lambda`.
    Function,
    /// A generator expression: a function of its own.
    Generator,
    /// A list, set or dict comprehension: it runs inside the frame around it.
    Comprehension,
    /// The hidden function that computes annotations, or the value of a `type` statement or a bound.
    Annotations,
    /// The hidden function in which type parameters live.
    TypeParams,
}

/// What a scope does with a name.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Uses(u16);

impl Uses {
    pub const USED: Uses = Uses(1);
    pub const BOUND: Uses = Uses(2);
    pub const PARAMETER: Uses = Uses(4);
    pub const GLOBAL: Uses = Uses(8);
    pub const NONLOCAL: Uses = Uses(16);
    pub const ANNOTATED: Uses = Uses(32);
    /// Assigned by `:=`, so that it may change in the middle of an expression.
    pub const WALRUS: Uses = Uses(64);
    /// Unbound somewhere: `del`, or the name of an `except`.
    pub const UNBOUND: Uses = Uses(128);
    /// Target of a comprehension's `for`.
    pub const ITERATION: Uses = Uses(256);
    /// A function inside refers to it, so it lives in a cell.
    pub const CAPTURED: Uses = Uses(512);
    /// Bound by anything but an import, which `global` may follow.
    pub const ASSIGNED: Uses = Uses(1024);

    pub fn has(self, other: Uses) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn any(self, other: Uses) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn with(self, other: Uses) -> Uses {
        Uses(self.0 | other.0)
    }
}

/// Where a name lives, seen from one scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// In a register.
    Local(Reg),
    /// In a cell that a register holds.
    Cell(Reg),
    /// In a cell among the free variables.
    Free(u16),
    /// Among the globals, then the builtins.
    Global,
    /// In the namespace in register 0, then as a global.
    Name,
    /// Looked up in the namespace first, then among the free variables; stored among those.
    NameOrFree(u16),
}

/// One name in one scope.
pub(super) struct Symbol {
    pub name: Rc<str>,
    pub uses: Uses,
    /// Of the `global` or `nonlocal` statement.
    pub declared: Span,
    place: Option<Place>,
    register: Option<Reg>,
}

/// The class that private names belong to.
#[derive(Clone)]
pub(super) struct Private {
    /// Its name.
    pub class: Rc<str>,
    /// The only names that are its own; `None` for all of them.
    pub only: Option<Rc<[Rc<str>]>>,
}

/// What decides the order of a frame's variables: that code for a name is written, or that a comprehension begins.
#[derive(Clone)]
pub(super) enum Mention {
    /// The name, mangled.
    Name(Rc<str>),
    /// All variables of the comprehension begin with it.
    Comprehension(ScopeId),
}

/// One scope.
pub(super) struct Scope {
    pub kind: ScopeKind,
    pub name: Rc<str>,
    pub parent: Option<ScopeId>,
    pub symbols: Vec<Symbol>,
    index: FxHashMap<Rc<str>, usize>,
    /// The class whose private names (`__x`) are mangled here, and which names, if not all: around a generic class only those
    /// of its type parameters.
    pub private: Option<Private>,
    /// A `yield` stands in it.
    pub generator: bool,
    /// `async def`, or a comprehension that awaits.
    pub coroutine: bool,
    /// Attributes assigned as `self.name` in the methods of this class.
    pub attributes: Vec<Rc<str>>,
    /// Annotated names stand inside `if`, `for`, `try`, ...: which of them ran is remembered at run time.
    pub conditional_annotations: bool,
    /// What is mentioned in this frame, in the order in which its code is written.
    pub mentions: Vec<Mention>,
    /// Names of the local registers of this frame, parameters first.
    pub locals: Vec<Rc<str>>,
    /// The registers that stand for the variables that are not in cells, a comprehension's included: `co_varnames`.
    pub variables: Vec<Reg>,
    /// The scopes whose code runs in this frame, itself first.
    pub members: Vec<ScopeId>,
    /// Free variables of this frame: where each is defined, and its name.
    pub free: Vec<(ScopeId, Rc<str>)>,
}

impl Scope {
    fn new(kind: ScopeKind, name: Rc<str>, parent: Option<ScopeId>, private: Option<Private>) -> Scope {
        Scope {
            kind,
            name,
            parent,
            symbols: Vec::new(),
            index: FxHashMap::default(),
            private,
            generator: false,
            coroutine: false,
            attributes: Vec::new(),
            conditional_annotations: false,
            mentions: Vec::new(),
            locals: Vec::new(),
            variables: Vec::new(),
            members: Vec::new(),
            free: Vec::new(),
        }
    }

    /// The symbol of that name, if the scope mentions it.
    pub fn symbol(&self, name: &str) -> Option<&Symbol> {
        self.index.get(name).map(|at| &self.symbols[*at])
    }

    /// The symbol of that name, made if need be.
    pub fn symbol_mut(&mut self, name: &Rc<str>) -> &mut Symbol {
        let at = *self.index.entry(name.clone()).or_insert_with(|| {
            self.symbols.push(Symbol {
                name: name.clone(),
                uses: Uses::default(),
                declared: Span::default(),
                place: None,
                register: None,
            });
            self.symbols.len() - 1
        });
        &mut self.symbols[at]
    }

    fn binds(&self, symbol: &Symbol) -> bool {
        symbol.uses.any(Uses::BOUND.with(Uses::PARAMETER)) && !symbol.uses.any(Uses::GLOBAL.with(Uses::NONLOCAL))
    }

    /// Does it have registers of its own?
    pub fn is_frame(&self) -> bool {
        self.kind != ScopeKind::Comprehension
    }

    /// May names be looked up here from a scope inside it?
    fn is_function_like(&self) -> bool {
        !matches!(self.kind, ScopeKind::Module | ScopeKind::Class)
    }
}

/// Which of the scopes that one node of the tree opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Role {
    Body,
    Annotations,
    TypeParams,
    /// The bound of type parameter `n`.
    Bound(u16),
    /// The default of type parameter `n`.
    Default(u16),
}

/// The table.
pub(super) struct Scopes {
    pub scopes: Vec<Scope>,
    /// By the address of the node that opens the scope: the tree does not move while it is compiled.
    by_node: FxHashMap<(usize, Role), ScopeId>,
    /// Do the names of the module's own code live in a namespace (`exec` with separate locals)?
    namespace: bool,
}

impl Scopes {
    pub fn new(namespace: bool) -> Scopes {
        Scopes { scopes: Vec::new(), by_node: FxHashMap::default(), namespace }
    }

    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }

    /// A new scope inside `parent`, opened by `node`.
    pub fn open<T>(
        &mut self,
        node: &T,
        role: Role,
        kind: ScopeKind,
        name: Rc<str>,
        parent: Option<ScopeId>,
    ) -> ScopeId {
        let id = ScopeId(self.scopes.len() as u32);
        let private = parent.and_then(|parent| self.get(parent).private.clone());
        self.scopes.push(Scope::new(kind, name, parent, private));
        self.by_node.insert((address(node), role), id);
        let frame = self.frame(id);
        self.get_mut(frame).members.push(id);
        id
    }

    /// The scope that `node` opened.
    pub fn of<T>(&self, node: &T, role: Role) -> ScopeId {
        *self.by_node.get(&(address(node), role)).expect("the scope pass visits every node that the code pass visits")
    }

    /// Did `node` open such a scope?
    pub fn find<T>(&self, node: &T, role: Role) -> Option<ScopeId> {
        self.by_node.get(&(address(node), role)).copied()
    }

    /// The frame in which the code of this scope runs.
    pub fn frame(&self, mut id: ScopeId) -> ScopeId {
        while !self.get(id).is_frame() {
            id = self.get(id).parent.expect("a comprehension stands inside a frame");
        }
        id
    }

    /// The frame that makes the function of this frame.
    pub fn outer_frame(&self, id: ScopeId) -> Option<ScopeId> {
        self.get(id).parent.map(|parent| self.frame(parent))
    }

    /// Where `name` (mangled) lives, seen from `scope`.
    pub fn place(&self, scope: ScopeId, name: &str) -> Place {
        match self.get(scope).symbol(name).and_then(|symbol| symbol.place) {
            Some(place) => place,
            None if self.has_namespace(scope) => Place::Name,
            None => Place::Global,
        }
    }

    /// Do the names bound in this scope live in the namespace in register 0?
    fn has_namespace(&self, id: ScopeId) -> bool {
        let kind = self.get(id).kind;
        kind == ScopeKind::Class || (kind == ScopeKind::Module && self.namespace)
    }

    /// Is it a comprehension in the body of a module that has a namespace? It runs there, so names are looked for there, too.
    fn is_named_in_module(&self, id: ScopeId, name: &str) -> bool {
        let frame = self.get(self.frame(id));
        let is_global = || frame.symbol(name).is_some_and(|symbol| symbol.uses.has(Uses::GLOBAL));
        self.namespace && frame.kind == ScopeKind::Module && !is_global()
    }

    /// The class whose names an annotation scope, or one of type parameters, sees.
    pub fn visible_class(&self, id: ScopeId) -> Option<ScopeId> {
        if !matches!(self.get(id).kind, ScopeKind::Annotations | ScopeKind::TypeParams) {
            return None;
        }
        let mut at = self.get(id).parent?;
        while self.get(at).kind == ScopeKind::TypeParams {
            at = self.get(at).parent?;
        }
        (self.get(at).kind == ScopeKind::Class).then_some(at)
    }

    /// Decides every name. Scopes stand in the table before those inside them.
    pub fn resolve(&mut self) -> Result {
        let definitions = self.find_definitions()?;
        self.make_declared_names_global();
        for at in 0..self.scopes.len() {
            if self.scopes[at].is_frame() {
                self.sort_free(ScopeId(at as u32));
                self.assign_registers(ScopeId(at as u32));
            }
        }
        for (at, definitions) in definitions.iter().enumerate() {
            let id = ScopeId(at as u32);
            for nth in 0..self.scopes[at].symbols.len() {
                let place = self.decide(id, nth, definitions.get(nth).copied().flatten());
                self.scopes[at].symbols[nth].place = Some(place);
            }
        }
        Ok(())
    }

    /// A name that a `global` anywhere inside declares is global in the body of the module too: that matters where the
    /// module has a namespace besides the global one.
    fn make_declared_names_global(&mut self) {
        if !self.namespace {
            return;
        }
        let (modules, inner): (Vec<&mut Scope>, Vec<&mut Scope>) =
            self.scopes.iter_mut().partition(|scope| scope.kind == ScopeKind::Module);
        let declared: FxHashSet<&str> = inner
            .iter()
            .flat_map(|scope| scope.symbols.iter())
            .filter(|symbol| symbol.uses.has(Uses::GLOBAL))
            .map(|symbol| &*symbol.name)
            .collect();
        for symbol in modules.into_iter().flat_map(|scope| scope.symbols.iter_mut()) {
            if declared.contains(&*symbol.name) {
                symbol.uses = symbol.uses.with(Uses::GLOBAL);
            }
        }
    }

    /// For every symbol that its scope does not bind: the scope around it that does. Marks what is captured on the way.
    fn find_definitions(&mut self) -> Result<Vec<Vec<Option<ScopeId>>>> {
        let mut all = Vec::with_capacity(self.scopes.len());
        for at in 0..self.scopes.len() {
            let id = ScopeId(at as u32);
            let mut definitions = Vec::with_capacity(self.scopes[at].symbols.len());
            for nth in 0..self.scopes[at].symbols.len() {
                let scope = &self.scopes[at];
                let symbol = &scope.symbols[nth];
                let (name, uses, declared) = (symbol.name.clone(), symbol.uses, symbol.declared);
                if scope.binds(symbol) || uses.has(Uses::GLOBAL) || self.place_in_class(id, symbol).is_some() {
                    definitions.push(None);
                    continue;
                }
                let found = self.definition(id, &name);
                if let Some(definition) = found {
                    if uses.has(Uses::NONLOCAL) && self.get(definition).kind == ScopeKind::TypeParams {
                        let message = format!("nonlocal binding not allowed for type parameter '{name}'");
                        return syntax_error(declared, message);
                    }
                    self.capture(id, definition, &name);
                } else if uses.has(Uses::NONLOCAL) && declared != Span::default() {
                    return match scope.kind {
                        ScopeKind::Module => syntax_error(declared, "nonlocal declaration not allowed at module level"),
                        _ => syntax_error(declared, format!("no binding for nonlocal '{name}' found")),
                    };
                }
                definitions.push(found);
            }
            all.push(definitions);
        }
        Ok(all)
    }

    /// The scope around `from` that defines `name` as a variable of a function.
    fn definition(&self, from: ScopeId, name: &str) -> Option<ScopeId> {
        let mut at = self.get(from).parent;
        while let Some(id) = at {
            let scope = self.get(id);
            let implicit = scope.kind == ScopeKind::Class && implicit_class_cell(name);
            if implicit {
                return Some(id);
            }
            if scope.is_function_like()
                && let Some(symbol) = scope.symbol(name)
            {
                if symbol.uses.has(Uses::GLOBAL) {
                    return None;
                }
                if scope.binds(symbol) {
                    return Some(id);
                }
            }
            at = scope.parent;
        }
        None
    }

    /// `name` of `definition` is used in `user`: if that is another frame, it travels there through every frame between.
    fn capture(&mut self, user: ScopeId, definition: ScopeId, name: &Rc<str>) {
        let home = self.frame(definition);
        let mut frame = self.frame(user);
        if frame == home {
            return;
        }
        let symbol = self.get_mut(definition).symbol_mut(name);
        symbol.uses = symbol.uses.with(Uses::CAPTURED);
        while frame != home {
            let entry = (definition, name.clone());
            let scope = self.get_mut(frame);
            if scope.free.contains(&entry) {
                break;
            }
            scope.free.push(entry);
            frame = self.outer_frame(frame).expect("the definition lies around its user");
        }
    }

    /// Free variables stand in the order of their names, as `co_freevars` shows them.
    fn sort_free(&mut self, frame: ScopeId) {
        self.get_mut(frame).free.sort_by(|(_, one), (_, other)| one.cmp(other));
    }

    fn assign_registers(&mut self, frame: ScopeId) {
        let mut locals: Vec<Rc<str>> = Vec::new();
        let type_params = self.get(frame).kind == ScopeKind::TypeParams;
        if self.has_namespace(frame) || (type_params && self.visible_class(frame).is_some()) {
            locals.push(".namespace".into());
        }
        for member in self.get(frame).members.clone() {
            let own = member == frame;
            let order = if own { self.order_of(frame) } else { (0..self.get(member).symbols.len()).collect() };
            let scope = self.get_mut(member);
            for nth in order {
                let symbol = &scope.symbols[nth];
                let in_register = match scope.kind {
                    ScopeKind::Module => false,
                    ScopeKind::Class => implicit_class_cell(&symbol.name) && symbol.uses.has(Uses::CAPTURED),
                    _ => scope.binds(symbol),
                };
                if !in_register {
                    continue;
                }
                let hidden = !own && !symbol.name.starts_with('.');
                let name = if hidden { format!(".{}", symbol.name).into() } else { symbol.name.clone() };
                scope.symbols[nth].register = Some(Reg(locals.len() as u16));
                locals.push(name);
            }
        }
        let scope = self.get_mut(frame);
        scope.locals = locals;
        self.get_mut(frame).variables = self.variables_of(frame);
        self.get_mut(frame).mentions = Vec::new();
    }

    /// The order in which the symbols of a frame get their registers: parameters, then what code is written for.
    fn order_of(&self, frame: ScopeId) -> Vec<usize> {
        let scope = self.get(frame);
        let mut ranks: FxHashMap<&str, usize> = FxHashMap::default();
        for (rank, mention) in scope.mentions.iter().enumerate() {
            if let Mention::Name(name) = mention {
                ranks.entry(name).or_insert(rank);
            }
        }
        let rank = |nth: &usize| {
            let symbol = &scope.symbols[*nth];
            let mentioned = ranks.get(&*symbol.name).copied().unwrap_or(usize::MAX);
            if symbol.uses.has(Uses::PARAMETER) { (false, 0) } else { (true, mentioned) }
        };
        let mut order: Vec<usize> = (0..scope.symbols.len()).collect();
        order.sort_by_key(rank);
        order
    }

    /// What stands in `co_varnames`, each name once.
    fn variables_of(&self, frame: ScopeId) -> Vec<Reg> {
        let scope = self.get(frame);
        let mut variables = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for symbol in scope.symbols.iter().filter(|symbol| symbol.uses.has(Uses::PARAMETER)) {
            if seen.insert(&symbol.name) {
                variables.extend(symbol.register);
            }
        }
        let own = |name: &str| {
            let symbol = scope.symbol(name).filter(|symbol| !symbol.uses.has(Uses::CAPTURED))?;
            symbol.register.filter(|_| !name.starts_with('.'))
        };
        for mention in &scope.mentions {
            let names = match mention {
                Mention::Name(name) => vec![(&**name, own(name))],
                Mention::Comprehension(id) => {
                    let mut names = Vec::new();
                    self.comprehension_names(frame, *id, &mut names);
                    names.into_iter().map(|(name, register)| (name, own(name).or(Some(register)))).collect()
                }
            };
            for (name, register) in names {
                if register.is_some() && seen.insert(name) {
                    variables.extend(register);
                }
            }
        }
        variables
    }

    /// The variables of a comprehension and those of the comprehensions inside it.
    fn comprehension_names<'a>(&'a self, frame: ScopeId, id: ScopeId, names: &mut Vec<(&'a str, Reg)>) {
        let symbols = self.get(id).symbols.iter();
        names.extend(symbols.filter_map(|symbol| Some((&*symbol.name, symbol.register?))));
        for member in &self.get(frame).members {
            if *member != frame && self.get(*member).parent == Some(id) {
                self.comprehension_names(frame, *member, names);
            }
        }
    }

    /// Seen from an annotation scope, what the class around binds is looked for there, then among the globals, and nowhere
    /// between.
    fn place_in_class(&self, id: ScopeId, symbol: &Symbol) -> Option<Place> {
        let class = self.get(self.visible_class(id)?);
        let known = class.symbol(&symbol.name).filter(|known| !implicit_class_cell(&known.name))?;
        if self.get(id).binds(symbol) {
            return None;
        }
        if known.uses.has(Uses::GLOBAL) {
            return Some(Place::Global);
        }
        class.binds(known).then_some(Place::Name)
    }

    fn decide(&self, id: ScopeId, nth: usize, definition: Option<ScopeId>) -> Place {
        let scope = self.get(id);
        let symbol = &scope.symbols[nth];
        if symbol.uses.has(Uses::GLOBAL) {
            return Place::Global;
        }
        if let Some(place) = self.place_in_class(id, symbol) {
            return place;
        }
        let by_name = self.has_namespace(id)
            || self.is_named_in_module(id, &symbol.name)
            || (self.visible_class(id).is_some() && !implicit_class_cell(&symbol.name));
        let Some(definition) = definition else {
            if let (Some(register), true) = (symbol.register, scope.is_function_like()) {
                return place_of(register, symbol.uses);
            }
            return if by_name { Place::Name } else { Place::Global };
        };
        if self.frame(definition) == self.frame(id) {
            let symbol = self.get(definition).symbol(&symbol.name);
            return match symbol.and_then(|symbol| Some((symbol.register?, symbol.uses))) {
                Some((register, uses)) => place_of(register, uses),
                None => Place::Global,
            };
        }
        let index = self.free_index(self.frame(id), definition, &symbol.name);
        if by_name { Place::NameOrFree(index) } else { Place::Free(index) }
    }

    fn free_index(&self, frame: ScopeId, definition: ScopeId, name: &str) -> u16 {
        let free = &self.get(frame).free;
        let found = free.iter().position(|(scope, known)| *scope == definition && &**known == name);
        found.expect("capture lists every free variable") as u16
    }

    /// The register of the cell that a class body keeps for `name` (`__class__` or `__classdict__`), if it needs one.
    pub fn class_cell(&self, class: ScopeId, name: &str) -> Option<Reg> {
        self.get(class).symbol(name).and_then(|symbol| symbol.register)
    }

    /// Registers of the symbols of one scope that live in cells.
    pub fn cells(&self, id: ScopeId) -> Vec<(Reg, bool)> {
        let symbols = self.get(id).symbols.iter();
        symbols
            .filter(|symbol| symbol.uses.has(Uses::CAPTURED))
            .filter_map(|symbol| Some((symbol.register?, symbol.uses.has(Uses::PARAMETER))))
            .collect()
    }

    /// Registers of the symbols of one scope.
    pub fn registers(&self, id: ScopeId) -> Vec<Reg> {
        self.get(id).symbols.iter().filter_map(|symbol| symbol.register).collect()
    }

    /// Registers of a frame whose variable has any of these uses, in any scope of the frame.
    pub fn registers_used_as(&self, frame: ScopeId, uses: Uses) -> Vec<Reg> {
        let mut registers = Vec::new();
        for member in &self.get(frame).members {
            for symbol in self.get(*member).symbols.iter().filter(|symbol| symbol.uses.any(uses)) {
                if let Some(Place::Local(register)) = symbol.place {
                    registers.push(register);
                }
            }
        }
        registers
    }

    /// Where the function that makes `frame` finds its free variables.
    pub fn captures(&self, frame: ScopeId) -> Vec<Capture> {
        let Some(outer) = self.outer_frame(frame) else { return Vec::new() };
        let free = self.get(frame).free.iter();
        free.map(|(definition, name)| {
            if self.frame(*definition) == outer {
                let symbol = self.get(*definition).symbol(name);
                let register = symbol.and_then(|symbol| symbol.register);
                Capture::Local(register.expect("a captured variable has a register"))
            } else {
                Capture::Free(self.free_index(outer, *definition, name))
            }
        })
        .collect()
    }

    /// The table in print: a scope a line, indented, each name with its place.
    #[cfg(test)]
    pub fn print(&self) -> String {
        use std::fmt::Write;
        let mut out = String::new();
        for scope in &self.scopes {
            let mut depth = 0;
            let mut at = scope.parent;
            while let Some(id) = at {
                depth += 1;
                at = self.get(id).parent;
            }
            let _ = write!(out, "{}{:?} {}:", "  ".repeat(depth), scope.kind, scope.name);
            for symbol in &scope.symbols {
                let _ = match symbol.place {
                    Some(place) => write!(out, " {}={place:?}", symbol.name),
                    None => write!(out, " {}=?", symbol.name),
                };
            }
            out.push('\n');
        }
        out
    }
}

fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

fn place_of(register: Reg, uses: Uses) -> Place {
    if uses.has(Uses::CAPTURED) { Place::Cell(register) } else { Place::Local(register) }
}

/// Names that a class body offers to the functions inside it, though it does not bind them itself.
fn implicit_class_cell(name: &str) -> bool {
    matches!(name, "__class__" | "__classdict__" | ".conditional_annotations")
}

/// A private name, `__x` without trailing underscores, as the class `private` spells it.
pub(super) fn mangle(private: Option<&Private>, name: &Rc<str>) -> Rc<str> {
    let Some(private) = private else { return name.clone() };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    if private.only.as_ref().is_some_and(|only| !only.contains(name)) {
        return name.clone();
    }
    match private.class.trim_start_matches('_') {
        "" => name.clone(),
        stripped => format!("_{stripped}{name}").into(),
    }
}
