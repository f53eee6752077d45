"use strict";
// What a recording says, event by event: the state of each frame and task, and the queue, timers and descriptors of the loop.

const ENTERS = new Set(["call", "start", "next", "send", "throw"]);
const LOOP_EVENTS = new Set(["task", "step", "wait", "pause", "wake", "done", "fail", "cancel", "cancelled", "queue", "run",
  "arm", "fire", "disarm", "watch", "unwatch", "ready"]);
const BAD = new Set(["throw", "raise", "unwind", "fail", "cancel", "cancelled"]);
const WORDS = {yield: "gives", finish: "gives", return: "gives", delegate: "to", wait: "for", wake: "after", arm: "in",
  watch: "to", unwatch: "to", ready: "to", line: "is", opcode: "does"};
const LOOP = "event loop", FIRST = "first thread";
// Each thread may have a loop of its own.
const loopOf = thread => thread === FIRST ? LOOP : LOOP + "@" + thread;
const isLoop = name => name === LOOP || name.startsWith(LOOP + "@thread#");
// What a loop runs that is no task: the timers, callbacks and descriptors are its own.
const CALLBACK = /^(timer|callback|asyncio|fd)#\d+$/;
const ENDS_TURN = new Set(["wait", "pause", "done", "fail", "cancelled"]);
// In a loop that queues by itself the step of a task is a callback.
const STEP = /^(.*)\.task_(?:step|wakeup)\(/s;

// A turn, of a task or a callback, within which an event may lie. That of a task has an end that is told, that of a callback has
// not: it is over when somebody else has control, whom it has not called.
function isOver(turn, record, thread) {
  if (turn.thread !== thread || ["drop", "switch", "spawn", "end"].includes(record.event)) return false;
  if (["step", "run"].includes(record.event) && record.depth <= turn.depth) return true;
  return !turn.task && record.depth <= turn.depth && record.by !== turn.name;
}

// The turns that are left when an event comes; those of others are handed to `ended`.
function turnsAfter(turns, record, thread, ended) {
  if (!turns.some(turn => isOver(turn, record, thread))) return turns;
  return turns.filter(turn => {
    const over = isOver(turn, record, thread);
    if (over && ended) ended(turn);
    return !over;
  });
}

// The last of a list, ordered by `at`, that is not behind a place; -1 if there is none.
function lastUpTo(list, at) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].at <= at) low = middle + 1; else high = middle;
  }
  return low - 1;
}

class Model {
  constructor(recording) {
    this.records = recording.records;
    // What is asyncio's own business has its effect, but is not stepped at.
    this.steps = [];
    this.records.forEach((record, at) => { if (!record.library) this.steps.push(at); });
    this.lanes = new Map();
    this.outputs = [];
    // Which thread runs, from which event on; the threads with loops, and in which of them tasks and callbacks have their turns.
    this.thread = FIRST;
    this.threads = [{at: 0, thread: FIRST}];
    this.loops = new Set();
    this.homes = new Map();
    this.records.forEach((record, at) => this.findHome(record, at));
    // Who called the loop of a thread.
    this.runners = new Map();
    // The turns that were begun and are not over, outermost first; tasks that are asyncio's own.
    this.turns = [];
    this.business = new Set();
    // Who waits for whom: what resumes the one resumes the other.
    this.waits = new Map();
    this.waited = new Map();
    // Where a task stands that is about to have its turn, by event.
    this.stands = new Map();
    this.usesTimers = this.records.some(record => record.event === "arm");
    this.usesDescriptors = this.records.some(record => record.event === "watch");
    this.usesLoop = this.records.some(record => LOOP_EVENTS.has(record.event));
    this.records.forEach((record, at) => this.see(record, at));
    this.thread = FIRST;
    this.names = this.inOrder();
    this.moments = [];
  }

  findHome(record, at) {
    if (record.event === "switch") this.threads.push({at, thread: record.frame});
    if (!["step", "run", "fire", "ready"].includes(record.event)) return;
    const {thread} = this.threads.at(-1);
    this.loops.add(thread);
    if (!this.homes.has(record.frame)) this.homes.set(record.frame, thread);
  }

  // The lane of the loop that runs at an event.
  loopLane(at) { return loopOf(this.threads[lastUpTo(this.threads, at)].thread); }

  lane(name) {
    let lane = this.lanes.get(name);
    // What runs in another thread than the first stands below that.
    const under = this.thread !== FIRST && this.thread !== name ? this.thread : null;
    if (!lane) this.lanes.set(name, lane = {name, changes: [], events: [], under, depth: 0, task: this.business.has(name)});
    return lane;
  }

  change(name, at, state, record, more) {
    if (!name) return;
    const place = state === "calling" || state === "suspended" || state === "waiting" || state === "created" ? record.from : null;
    this.lane(name).changes.push({at, state, place, locals: null, about: "", ...more});
  }

  // A lane stands below the first it belongs to.
  put(name, under) {
    const lane = this.lane(name);
    if (lane.under && lane.under !== this.thread) return;
    for (let above = under; above; above = this.lane(above).under) if (above === name) return;
    lane.under = under;
  }

  // The delegate that runs when a frame is resumed.
  innermost(name) {
    while (this.waits.has(name)) name = this.waits.get(name);
    return name;
  }

  over(name, at, record) {
    this.change(name, at, "closed", record, {about: record.event === "unwind" ? "ended by " + record.value : "finished"});
    const outer = this.waited.get(name);
    if (outer !== undefined) {
      this.waited.delete(name);
      this.waits.delete(outer);
    }
    if (record.by) this.change(record.by, at, "running", record);
  }

  see(record, at) {
    const verb = record.event, frame = record.frame;
    // Who has control now: perhaps the one who calls the loop.
    const gives = ["create", "yield", "return", "finish", "drop", "unwind", "output"].includes(verb);
    if (verb === "switch") { this.seeSwitch(record, at); return; }
    if (verb === "spawn" || verb === "end") {
      const about = verb === "end" ? {about: "ended"} : {};
      if (verb === "end" && this.lanes.has(loopOf(frame))) this.change(loopOf(frame), at, "closed", record, {about: "not running"});
      this.lane(frame).events.push(at);
      this.change(frame, at, verb === "end" ? "closed" : "created", record, about);
      return;
    }
    this.turns = turnsAfter(this.turns, record, this.thread, turn => this.endTurn(turn, at));
    const runner = this.runners.get(this.thread), loop = loopOf(this.thread);
    if (runner && !LOOP_EVENTS.has(verb) && [frame, record.by].includes(runner)) {
      // Whoever called the loop goes on.
      this.change(loop, at, "closed", record, {about: "not running"});
      this.change(runner, at, "running", record);
      this.runners.delete(this.thread);
    }
    this.seeOn(record, at);
    if (!LOOP_EVENTS.has(verb)) this.caller = gives ? record.by : this.innermost(frame);
    if (verb === "output") { this.outputs.push({at, text: record.value}); return; }
    if (LOOP_EVENTS.has(verb)) { this.seeLoop(record, at); return; }
    this.lane(frame).events.push(at);
    if (verb === "create") this.change(frame, at, "created", record);
    else if (ENTERS.has(verb)) {
      if (record.by && record.by !== frame) this.change(record.by, at, "calling", record);
      if (record.by && CALLBACK.test(record.by)) this.change(loop, at, "calling", record, {about: record.by});
      this.change(this.innermost(frame), at, "running", record);
    } else if (verb === "yield" || verb === "delegate") {
      // What delegates has the variables it had when it began to.
      const before = this.lane(frame).changes.at(-1);
      const more = {locals: record.locals || (before && before.state === "waiting" ? before.locals : null)};
      if (verb === "delegate") more.about = "for " + record.value;
      this.change(frame, at, verb === "yield" ? "suspended" : "waiting", record, more);
      if (verb === "delegate" && this.lanes.has(record.value)) {
        this.waits.set(frame, record.value);
        this.waited.set(record.value, frame);
        this.put(record.value, frame);
        this.caller = this.innermost(frame);
        this.change(this.caller, at, "running", record);
      }
      if (verb === "yield" && record.by) this.change(record.by, at, "running", record);
    } else if (verb === "drop") this.change(frame, at, "closed", record, {about: "dropped, with nothing left to do"});
    else if (verb === "return" || verb === "finish" || verb === "unwind") this.over(frame, at, record);
    else {
      // An exception raised where it delegates: what it delegated to is left.
      if ((verb === "raise" || verb === "catch") && record.by === frame && this.waits.has(frame)) {
        this.waited.delete(this.waits.get(frame));
        this.waits.delete(frame);
      }
      this.change(frame, at, "running", record);
    }
  }

  // What waited for something of the library that has ended, which is not told, acts at another place, or prints.
  seeOn(record, at) {
    const name = record.by, {from} = record;
    if (!name || !this.lanes.has(name) || this.waits.has(name)) return;
    const last = this.lane(name).changes.at(-1);
    if (!last || last.state !== "waiting" || !last.place) return;
    const elsewhere = from && (from.line !== last.place.line || from.file !== last.place.file);
    if (elsewhere || record.event === "output") this.change(name, at, "running", record);
  }

  // A turn is over. One that lies within another's goes back to whoever has made it.
  endTurn(turn, at) {
    const lane = this.lanes.get(turn.name), nobody = {from: null};
    if (!turn.task && lane) this.change(turn.name, at, "closed", nobody, {about: "over"});
    if (!turn.task && this.caller === turn.name) this.caller = null;
    if (turn.within) {
      this.change(turn.caller || loopOf(turn.thread), at, "running", nobody);
      this.caller = turn.caller;
    }
  }

  // Another thread runs: what ran waits for its turn.
  seeSwitch(record, at) {
    const waits = {about: "until its thread runs again"}, before = this.thread;
    // Between the turns it is the loop that has control.
    this.change(this.caller || (this.runners.has(before) ? loopOf(before) : null), at, "suspended", record, waits);
    const last = this.lane(before).changes.at(-1);
    if (!last || last.state !== "closed") this.change(before, at, "suspended", record, waits);
    this.thread = record.frame;
    this.lane(record.frame).events.push(at);
    this.change(record.frame, at, "running", record);
    const inLoop = record.by && this.runners.get(this.thread) === record.by;
    this.change(inLoop ? loopOf(this.thread) : record.by, at, "running", record);
    this.caller = inLoop ? null : record.by;
  }

  seeLoop(record, at) {
    const verb = record.event, frame = record.frame, {thread} = this, loop = loopOf(thread);
    const ofTask = !CALLBACK.test(frame);
    if (record.library && verb === "task") this.business.add(frame);
    const ended = ofTask && ENDS_TURN.has(verb) ? this.turns.findLast(turn => turn.name === frame && turn.thread === thread) : null;
    let within = ended && ended.within;
    if (verb === "step" || verb === "run") {
      // Eager tasks have their first step where they are made, and a callback may be the step of a task.
      within = this.turns.some(turn => turn.thread === thread);
      this.turns.push({name: frame, depth: record.depth, thread, task: ofTask, within, caller: within && this.lanes.has(this.caller) ? this.caller : null});
      if (within) this.change(this.turns.at(-1).caller || loop, at, "calling", record);
    }
    if (ended) {
      const first = this.turns.indexOf(ended);
      this.turns = this.turns.filter((turn, n) => n < first || turn.thread !== thread);
      this.endTurn(ended, at);
    }
    // Of asyncio's own business there is a lane only where it runs a frame of the program.
    if (record.library && !(ofTask && this.lanes.has(frame))) return;
    if (!record.by && !within) {
      // Whoever called the loop waits for it to end.
      const caller = this.lanes.get(this.caller);
      if (caller && !caller.task) {
        this.change(this.caller, at, "calling", record);
        if (!this.runners.has(thread)) this.runners.set(thread, this.caller);
      }
      this.caller = null;
      this.change(loop, at, "running", record);
    }
    if (!ofTask) {
      if (verb === "run") this.change(loop, at, "running", record, {about: frame});
      return;
    }
    const lane = this.lane(frame);
    lane.events.push(at);
    lane.task = true;
    switch (verb) {
      case "task":
        if (record.arguments) { this.lane(record.arguments).under = frame; lane.runs = record.arguments; }
        this.change(frame, at, "ready", record);
        break;
      case "step": {
        const lanes = lane.runs && this.lanes.get(this.innermost(lane.runs)), stands = lanes && lanes.changes.at(-1);
        if (stands && stands.place) this.stands.set(at, stands.place);
        if (!within) this.change(loop, at, "calling", record);
        this.change(frame, at, "running", record);
        break;
      }
      case "wait": this.change(frame, at, "waiting", {from: null}, {about: "for " + record.value}); break;
      case "pause": case "wake": this.change(frame, at, "ready", record); break;
      case "done": this.change(frame, at, "closed", record, {about: "done with " + record.value}); break;
      case "fail": this.change(frame, at, "closed", record, {about: "failed with " + record.value}); break;
      case "cancelled": this.change(frame, at, "closed", record, {about: "cancelled"}); break;
    }
  }

  // The names of the lanes: what a task or thread runs, and what a frame delegates to, stands below it.
  inOrder() {
    const tops = [], below = new Map();
    for (const lane of this.lanes.values()) {
      if (!lane.under || !this.lanes.has(lane.under)) tops.push(lane.name);
      else if (below.has(lane.under)) below.get(lane.under).push(lane.name);
      else below.set(lane.under, [lane.name]);
    }
    const loop = tops.indexOf(LOOP);
    if (loop > 0) { tops.splice(loop, 1); tops.splice(tops[0] === "<module>" ? 1 : 0, 0, LOOP); }
    const names = [], ahead = tops.reverse();
    while (ahead.length) {
      const name = ahead.pop(), depth = this.lanes.get(name).depth;
      names.push(name);
      for (const inner of (below.get(name) || []).reverse()) {
        this.lanes.get(inner).depth = depth + 1;
        ahead.push(inner);
      }
    }
    return names;
  }

  // The state of a lane at an event: its last change, or null before the first.
  stateOf(name, at) {
    const changes = this.lanes.get(name).changes, index = lastUpTo(changes, at);
    return index < 0 ? null : changes[index];
  }

  // Queue, timers and descriptors after an event. Every so many events they are kept, to go on from there.
  loopAt(at) {
    const EVERY = 256;
    let index = Math.min(this.moments.length - 1, Math.floor(at / EVERY));
    if (index < 0) { this.moments.push({ready: [], timers: [], descriptors: [], running: [], thread: FIRST, shown: this.loops.has(FIRST) ? FIRST : [...this.loops][0]}); index = 0; }
    const copy = moment => ({...moment, ready: [...moment.ready], timers: [...moment.timers], descriptors: [...moment.descriptors], running: [...moment.running]});
    let moment = copy(this.moments[index]);
    for (let next = index * EVERY; next <= at && next < this.records.length; next++) {
      if (next > 0 && next % EVERY === 0 && this.moments.length === next / EVERY) this.moments.push(copy(moment));
      this.move(moment, this.records[next]);
    }
    return moment;
  }

  move(moment, record) {
    const frame = record.frame, without = list => list.filter(entry => entry.name !== frame);
    const home = this.homes.get(frame) || moment.thread;
    const queue = about => moment.ready.push({name: frame, about, library: record.library, home});
    const take = (name = frame) => {
      const index = moment.ready.findIndex(entry => entry.name === name);
      if (index >= 0) moment.ready.splice(index, 1);
    };
    const over = () => {
      const first = moment.running.findLastIndex(turn => turn.name === frame);
      if (first >= 0) moment.running = moment.running.filter((turn, n) => n < first || turn.thread !== moment.thread);
    };
    moment.running = turnsAfter(moment.running, record, moment.thread);
    switch (record.event) {
      case "switch":
        moment.thread = frame;
        if (this.loops.has(frame)) moment.shown = frame;
        break;
      case "task": queue(record.arguments ? "first step of " + record.arguments : "first step"); break;
      case "wake": queue(record.value ? record.value + " is done" : ""); break;
      case "pause": over(); queue("goes on"); break;
      case "queue": {
        // It stands for the step of a task: that is in the queue once.
        const step = STEP.exec(record.arguments || "");
        if (step) take(step[1]);
        queue(step ? "step of " + step[1] : record.arguments || "");
        break;
      }
      case "fire": {
        const timer = moment.timers.find(entry => entry.name === frame);
        moment.timers = without(moment.timers);
        queue(timer ? timer.what : "");
        break;
      }
      case "ready": queue("can " + record.value); break;
      case "step": case "run":
        take();
        // In a loop that goes turn by turn in Python it is not told that its time has come.
        moment.timers = without(moment.timers);
        moment.running.push({name: frame, depth: record.depth, thread: moment.thread, home: moment.thread, task: !CALLBACK.test(frame), library: record.library});
        break;
      case "wait": case "done": case "fail": case "cancelled": over(); break;
      case "arm": if (!record.library) moment.timers.push({name: frame, about: record.value, what: record.arguments || "", by: record.by, home}); break;
      case "disarm": moment.timers = without(moment.timers); take(); break;
      case "watch":
        moment.descriptors = moment.descriptors.filter(entry => entry.name !== frame || entry.about !== record.value);
        moment.descriptors.push({name: frame, about: record.value, by: record.by, home: moment.thread});
        break;
      case "unwatch":
        moment.descriptors = moment.descriptors.filter(entry => entry.name !== frame || entry.about !== record.value);
        take();
        break;
    }
  }

  // The text that was printed up to an event: the end of it, if it is long.
  outputAt(at) {
    const last = lastUpTo(this.outputs, at);
    return this.outputs.slice(Math.max(0, last - 500), last + 1).map(output => output.text).join("");
  }
}
