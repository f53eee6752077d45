//! Tools that are told of what happens (`sys.monitoring`, PEP 669).
//!
//! It is noted where a trace function would be told of it, and handed over with the notes for that (see [`super::tracing`]), so
//! a callback runs at the next boundary. What the run loop does without looking up is not told of: [`MISSING_EVENTS`].

use super::bodies::Body;
use super::{Exit, Vm};
use crate::attention;
use crate::bytecode::Code;
use crate::object::{CodeObject, Ref, Value};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// So many tools there may be.
pub const TOOLS: usize = 6;

/// What can happen, by the number of its bit.
pub const EVENTS: &[&str] = &[
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH_LEFT",
    "BRANCH_RIGHT",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
    "C_RAISE",
    "BRANCH",
];

/// An event, by the number of its bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs)]
pub(super) enum Happens {
    Start = 0,
    Resume = 1,
    Return = 2,
    Yield = 3,
    Call = 4,
    Line = 5,
    Stop = 10,
    Raise = 11,
    Handled = 12,
    Unwind = 13,
    Throw = 14,
    Reraise = 15,
    NativeReturn = 16,
    NativeRaise = 17,
}

/// Where a tool looks for the value that stands for no argument.
pub const MISSING: &str = "sys.monitoring.MISSING";

/// Jumps and single instructions: the run loop tells nobody of them.
pub const MISSING_EVENTS: u32 = (0b1111 << 6) | (1 << 18);

/// Those that can be wanted for one code, and be silenced at a place of it.
const LOCAL: u32 = ((1 << 11) - 1) | (1 << 18);

/// What becomes of a call: whoever is told of calls is told of this, too, and it is not counted among what he wants.
const NATIVES: u32 = 0b11 << 16;

/// Those that marks of calls tell of.
const CALLS: u32 = (1 << 4) | NATIVES;

/// What tools want to know.
#[derive(Default)]
pub(crate) struct Monitoring {
    tools: [Tool; TOOLS],
    /// What is wanted of single codes.
    local: FxHashMap<Which, Local>,
    /// Where tools do not want to be told any more: by the address of a code, which is kept, the tool, the event and the place.
    silenced: FxHashMap<usize, (Ref<CodeObject>, Silenced)>,
}

/// A tool, an event and a place, each.
type Silenced = FxHashSet<(usize, usize, usize)>;

#[derive(Default)]
struct Tool {
    /// Without a value while nobody has the number.
    name: Value,
    events: u32,
    /// By event.
    callbacks: [Value; EVENTS.len()],
}

/// What tells a body from others, whether its code has marks or not: its text and where it stands there.
type Which = (usize, u32, Option<Span>);

struct Local {
    /// Keeps the text where it is.
    _code: Ref<CodeObject>,
    events: [u32; TOOLS],
}

fn body_of(code: &Code) -> Which {
    (Rc::as_ptr(&code.source) as usize, code.first_line, code.spans.last().copied())
}

impl Monitoring {
    fn events(&self) -> u32 {
        let local = self.local.values().flat_map(|local| local.events);
        self.tools.iter().map(|tool| tool.events).chain(local).fold(0, |all, events| all | events)
    }

    /// The tools that want to know of it, as bits.
    fn tools_for(&self, code: &Ref<CodeObject>, event: usize, place: usize) -> usize {
        let local = if self.local.is_empty() { None } else { self.local.get(&body_of(&code.code)) };
        let silenced = self.silenced.get(&(code.as_ptr() as usize)).map(|(_, places)| places);
        let wanted = if NATIVES >> event & 1 != 0 { Happens::Call as usize } else { event };
        let wants = |tool: &usize| {
            let events = self.tools[*tool].events | local.map_or(0, |local| local.events[*tool]);
            events >> wanted & 1 != 0 && !silenced.is_some_and(|places| places.contains(&(*tool, event, place)))
        };
        (0..TOOLS).filter(wants).fold(0, |tools, tool| tools | 1 << tool)
    }
}

impl Vm {
    /// Does a tool want to know something?
    #[inline]
    pub(super) fn monitors(&self) -> bool {
        self.monitoring.is_some() && !self.is_handing_over()
    }

    /// Does one want to know of lines?
    pub(super) fn monitors_lines(&self) -> bool {
        self.monitors() && self.monitored() >> Happens::Line as usize & 1 != 0
    }

    /// Does one want to know of calls?
    pub(super) fn monitors_calls(&self) -> bool {
        self.monitors() && self.monitored() & CALLS != 0
    }

    /// The first argument of a call, for a tool.
    pub(super) fn or_missing(&self, argument: Option<Value>) -> Value {
        argument.or_else(|| self.state.get(MISSING).cloned()).unwrap_or_default()
    }

    /// Is anything wanted, whoever is being told of something now?
    pub(super) fn is_monitored(&self) -> bool {
        self.monitored() != 0
    }

    fn monitored(&self) -> u32 {
        self.monitoring.as_ref().map_or(0, |monitoring| monitoring.events())
    }

    /// `event` has happened in a body at instruction `index`: note it for the tools that want to know.
    pub(super) fn monitor(
        &mut self,
        event: Happens,
        body: &Body,
        index: usize,
        about: impl IntoIterator<Item = Value>,
    ) {
        let code = body.function.code();
        let Some(monitoring) = self.monitoring.as_ref().filter(|_| code.is_of_program()) else { return };
        let tools = monitoring.tools_for(code, event as usize, index);
        if tools == 0 {
            return;
        }
        let place = match event {
            Happens::Line => code.code.place(index).line as usize,
            _ => index * BYTES,
        };
        let arguments = std::iter::once(Value::size(place)).chain(about).collect();
        let where_for_whom = Value::tuple(vec![Value::size(tools), Value::size(index)]);
        let note =
            vec![code.value(), Value::size(event as usize), Value::tuple(arguments), where_for_whom, Value::NONE];
        self.take_monitored(Value::tuple(note));
        attention::ask();
    }

    /// The running body is at the mark of a line that a trace function would be told of. Tools are if the code comes there to
    /// another line than that of the instruction before; that it comes to the line of its definition is told by `PY_START`.
    pub(super) fn monitor_line(&mut self, body: &Body) {
        let code = &body.function.code().code;
        let line = |index: usize| Some(code.place(index).line).filter(|line| *line > 0);
        let before = (0..body.index).rev().find_map(line).unwrap_or(code.first_line);
        let handles = code.handlers.iter().any(|handler| handler.target as usize == body.index);
        if handles || before != code.place(body.index).line {
            self.monitor(Happens::Line, body, body.index, None);
        }
    }

    // ---- what tools say

    /// `use_tool_id(tool, name)`; `false` if somebody has it.
    pub fn use_tool(&mut self, tool: usize, name: Value) -> bool {
        let tool = &mut self.monitoring.get_or_insert_default().tools[tool];
        let free = tool.name.is_undef();
        if free {
            tool.name = name;
        }
        free
    }

    /// `clear_tool_id(tool)`, and with `free` `free_tool_id(tool)`: it wants to know nothing any more.
    pub fn clear_tool(&mut self, tool: usize, free: bool) {
        let Some(monitoring) = self.monitoring.as_mut().filter(|all| !all.tools[tool].name.is_undef()) else { return };
        let name = std::mem::take(&mut monitoring.tools[tool]).name;
        if !free {
            monitoring.tools[tool].name = name;
        }
        monitoring.local.values_mut().for_each(|local| local.events[tool] = 0);
        self.monitoring_changed();
    }

    /// `get_tool(tool)`
    pub fn tool_name(&self, tool: usize) -> Option<Value> {
        let name = &self.monitoring.as_ref()?.tools[tool].name;
        (!name.is_undef()).then(|| name.clone())
    }

    /// `register_callback(tool, event, callback)`: the one before.
    pub fn set_monitor(&mut self, tool: usize, event: usize, callback: Value) -> Value {
        let callback = if callback.is_none() { Value::UNDEF } else { callback };
        let place = &mut self.monitoring.get_or_insert_default().tools[tool].callbacks[event];
        let before = std::mem::replace(place, callback);
        if before.is_undef() { Value::NONE } else { before }
    }

    /// Who is to be told, if anybody is.
    pub fn monitor_of(&self, tool: usize, event: usize) -> Value {
        let callback = self.monitoring.as_ref().map(|monitoring| monitoring.tools[tool].callbacks[event].clone());
        callback.filter(|callback| !callback.is_undef()).unwrap_or(Value::NONE)
    }

    /// `set_events(tool, events)`
    pub fn set_monitored(&mut self, tool: usize, events: u32) {
        self.monitoring.get_or_insert_default().tools[tool].events = events;
        self.monitoring_changed();
    }

    /// `get_events(tool)`
    pub fn monitored_by(&self, tool: usize) -> u32 {
        self.monitoring.as_ref().map_or(0, |monitoring| monitoring.tools[tool].events)
    }

    /// `set_local_events(tool, code, events)`
    pub fn set_monitored_in(&mut self, tool: usize, code: &Ref<CodeObject>, events: u32) {
        let local = &mut self.monitoring.get_or_insert_default().local;
        let entry = local.entry(body_of(&code.code));
        entry.or_insert_with(|| Local { _code: code.clone(), events: [0; TOOLS] }).events[tool] = events;
        local.retain(|_, local| local.events != [0; TOOLS]);
        self.monitoring_changed();
    }

    /// `get_local_events(tool, code)`
    pub fn monitored_in(&self, tool: usize, code: &Ref<CodeObject>) -> u32 {
        let local = self.monitoring.as_ref().and_then(|monitoring| monitoring.local.get(&body_of(&code.code)));
        local.map_or(0, |local| local.events[tool])
    }

    /// `restart_events()`: nothing is silenced any more.
    pub fn restart_monitored(&mut self) {
        if let Some(monitoring) = &mut self.monitoring {
            monitoring.silenced.clear();
        }
    }

    /// A callback wants to hear no more of `event` at this place.
    pub fn silence(&mut self, tool: usize, event: usize, code: &Ref<CodeObject>, place: usize) -> Result<(), Exit> {
        if LOCAL >> event & 1 == 0 {
            self.set_monitor(tool, event, Value::NONE);
            let name = EVENTS[event];
            return Err(self.value_error(format!("Cannot disable {name} events. Callback removed.")));
        }
        let silenced = &mut self.monitoring.get_or_insert_default().silenced;
        let (_, places) =
            silenced.entry(code.as_ptr() as usize).or_insert_with(|| (code.clone(), FxHashSet::default()));
        places.insert((tool, event, place));
        Ok(())
    }

    fn monitoring_changed(&mut self) {
        let events = self.monitored();
        if events & (CALLS | 1 << Happens::Line as usize) != 0 {
            self.loader.clone().mark_lines();
            self.follow_bodies();
        }
        self.look_or_not();
    }
}

/// What a program counts an instruction as.
const BYTES: usize = 2;

/// Are these events that a tool may want, of one code only if `local`?
pub fn check_events(vm: &Vm, events: i64, local: bool) -> Result<u32, Exit> {
    let all = if local { LOCAL | NATIVES } else { (1 << EVENTS.len()) - 1 };
    let given = events as u32;
    if events < 0 || events & !i64::from(all) != 0 {
        let which = if local { "local event" } else { "event" };
        return Err(vm.value_error(format!("invalid {which} set 0x{given:x}")));
    }
    if given & NATIVES != 0 && given & CALLS != CALLS {
        return Err(vm.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    if given & MISSING_EVENTS != 0 {
        let names = EVENTS.iter().enumerate().filter(|(bit, _)| given & MISSING_EVENTS & 1 << bit != 0);
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        return Err(vm.not_implemented_error(format!("pyield does not tell of {}", names.join(", "))));
    }
    Ok(given & !NATIVES)
}
