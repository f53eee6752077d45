// Shows a recording, and goes through it.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

// The words of Python in colours, line by line: enough for reading, no parser.
const PYTHON = new RegExp([
  /(?<comment>#[^\n]*)/, /(?<string>(?:\b[rbftuRBFTU]{1,2})?(?:"""(?:\\[^]|[^\\])*?(?:"""|$)|'''(?:\\[^]|[^\\])*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?))/,
  /(?<flow>\b(?:yield|await|async|from|return|raise)\b)/,
  /(?<word>\b(?:and|as|assert|break|case|class|continue|def|del|elif|else|except|finally|for|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|try|type|while|with|None|True|False)\b)/,
  /(?<number>\b\d[\w.]*)/].map(part => part.source).join("|"), "g");

function coloured(text) {
  const lines = [element("span", "text")];
  const add = (kind, piece) => piece.split("\n").forEach((part, n) => {
    if (n > 0) lines.push(element("span", "text"));
    if (part) lines[lines.length - 1].append(kind ? element("span", kind, part) : part);
  });
  let at = 0;
  for (const found of text.matchAll(PYTHON)) {
    add("", text.slice(at, found.index));
    add(Object.keys(found.groups).find(kind => found.groups[kind] !== undefined), found[0]);
    at = found.index + found[0].length;
  }
  add("", text.slice(at));
  return lines;
}

function say(record) {
  if (record.event === "output") return ["prints", JSON.stringify(record.value), ""];
  const call = record.arguments !== undefined ? "(" + record.arguments + ")" : "";
  const value = record.value !== undefined ? (WORDS[record.event] || "with") + " " + record.value : "";
  return [record.event, record.frame + call, value];
}

// Signs of buttons, drawn: not every device has them in its fonts.
const SIGNS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z", back: "M11 3v10L4 8z", forward: "M5 3v10l7-5z", last: "M11 3h2v10h-2zM3 3v10l7-5z",
  play: "M4 2v12l10-6z", pause: "M4 3h3v10H4zM9 3h3v10H9z", before: "M2 3h2v10H2zM14 7v2H9v3L5 8l4-4v3z", after: "M12 3h2v10h-2zM2 7v2h5v3l4-4-4-4v3z",
};

function sign(name) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${SIGNS[name]}"/></svg>`;
  return holder.content;
}

// Scrolls a box, and nothing around it, so that what lies from `top` to `bottom` in it can be seen.
function reveal(box, top, bottom) {
  if (top < box.scrollTop) box.scrollTop = top;
  else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = Math.min(top, bottom - box.clientHeight + 6);
}

// How far a lane stands to the right: so far that names can be read.
const indentOf = lane => Math.min(lane.depth, 4);

// What a frame or a task can be at, in the order in which it comes to it.
const STATES = {created: "It is made, and has not run yet.", ready: "It is queued, and has its turn soon.", running: "It has control.",
  calling: "What it has called or resumed has control.", waiting: "It waits for what it delegates to, or for a future.",
  suspended: "It goes on where it stands when it is resumed."};

class Stepper {
  constructor(root, recording, first) {
    this.root = root;
    this.recording = recording;
    this.model = new Model(recording);
    this.now = 0;
    this.chosen = null;
    this.file = null;
    this.chips = [];
    this.build(first);
    this.show(0);
  }

  build(first) {
    const root = this.root;
    root.tabIndex = -1;
    const part = (name, title) => {
      const section = element("section", name);
      section.setAttribute("aria-label", title);
      section.append(element("h2", "", title));
      return section;
    };
    const head = element("header");
    if (document.body.classList.contains("program")) head.append(element("h1", "", document.title));
    this.event = element("p", "event");
    this.event.setAttribute("aria-live", "polite");
    this.meaning = element("p", "meaning");
    head.append(this.event, this.meaning);
    this.source = element("section", "source");
    this.source.setAttribute("aria-label", "Source");
    this.fileName = element("div", "file");
    this.code = element("div", "code");
    this.source.append(this.fileName, this.code);
    this.lanes = part("lanes", "Frames over time");
    this.canvas = element("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "What each frame does over time; the list of frames says the same for now");
    const legend = this.legend = element("p", "legend");
    for (const [state, meaning] of Object.entries(STATES)) {
      if (state === "ready" && !this.model.usesLoop) continue;
      const entry = element("span", "", "");
      entry.title = meaning;
      entry.append(element("span", "dot " + state), state);
      legend.append(entry);
    }
    this.lanes.append(legend, this.canvas);
    this.frames = part("frames", "Frames now");
    this.rows = element("div", "rows");
    this.frames.append(this.rows);
    this.loop = part("loop", "Event loop");
    this.parts = element("div", "parts");
    this.loop.append(this.parts);
    this.loop.hidden = !this.model.usesLoop;
    const out = part("output", "Output so far");
    this.output = element("pre");
    out.append(this.output);
    this.out = out;
    out.hidden = this.model.outputs.length === 0;
    const foot = element("footer");
    const button = (name, text, title, act) => {
      const made = element("button", name);
      made.append(sign(name), text);
      made.title = title;
      made.setAttribute("aria-label", title);
      made.onclick = act;
      foot.append(made);
      return made;
    };
    button("first", "", "First event (Home)", () => this.show(0));
    button("back", "", "Back (left arrow)", () => this.show(this.now - 1));
    this.player = button("play", "", "Play (space)", () => this.play());
    button("forward", "", "Forward (right arrow)", () => this.show(this.now + 1));
    button("last", "", "Last event (End)", () => this.show(this.last()));
    this.slider = element("input");
    this.slider.type = "range";
    this.slider.min = 0;
    this.slider.max = Math.max(0, this.last());
    this.slider.setAttribute("aria-label", "Event");
    this.slider.oninput = () => this.show(+this.slider.value);
    this.place = element("span", "place");
    foot.append(this.slider, this.place);
    this.before = button("before", "frame", "Previous event of the chosen frame (p)", () => this.jump(-1));
    this.after = button("after", "frame", "Next event of the chosen frame (n)", () => this.jump(1));
    foot.append(element("span", "keys", "← → step · space plays · PageUp PageDown by 10 · click a frame, then n and p go through its events · click a line for its next event"));
    const views = element("div", "views");
    views.append(this.lanes, this.frames, this.loop, out);
    root.append(head, this.source, views, foot);
    if (this.recording.left_out) this.event.before(element("p", "left-out", `${this.recording.left_out} more events are left out`));
    if (first) {
      [this.event.id, this.place.id, this.output.id, this.slider.id] = ["event", "place", "output", "slider"];
    }
    this.canvas.onclick = click => this.clicked(click);
    this.openFile(this.recording.sources[0]);
  }

  last() { return this.model.steps.length - 1; }

  record() { return this.model.records[this.model.steps[this.now]]; }

  openFile(source) {
    if (!source || source.name === this.file) return;
    this.file = source.name;
    this.firstLine = source.first;
    this.fileName.textContent = source.name;
    this.code.textContent = "";
    this.chips = [];
    this.lines = coloured(source.text.replace(/\n$/, "")).map((text, n) => {
      const row = element("div", "row");
      row.append(element("span", "number", n + source.first), text);
      row.onclick = () => this.jumpToLine(n + source.first);
      this.code.append(row);
      return row;
    });
  }

  line(place) {
    return place && place.file === this.file ? this.lines[place.line - this.firstLine] : undefined;
  }

  showSource(record) {
    const stands = this.model.stands.get(this.model.steps[this.now]), place = record.to || record.from || stands;
    if (place) this.openFile(this.recording.sources.find(source => source.name === place.file && source.text));
    if (!this.lines) return;
    for (const row of this.code.querySelectorAll(".from, .to, .both")) row.classList.remove("from", "to", "both");
    const from = this.line(record.from || stands), to = this.line(record.to);
    if (from) from.classList.add(from === to ? "both" : "from");
    if (to && to !== from) to.classList.add("to");
    const target = to || from, box = this.source;
    if (target && box.scrollHeight > box.clientHeight) {
      const top = target.offsetTop;
      const margin = Math.min(60, box.clientHeight / 4);
      if (top < box.scrollTop + margin || top > box.scrollTop + box.clientHeight - margin) box.scrollTop = top - box.clientHeight / 2;
    }
  }

  // Where frames are suspended, at the lines where they are.
  showChips(standing) {
    for (const chip of this.chips) chip.remove();
    this.chips = [];
    for (const [line, names] of standing) {
      const row = this.lines && this.lines[line - this.firstLine];
      if (!row) continue;
      const shown = names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
      const chip = element("span", "chip", shown);
      row.append(chip);
      this.chips.push(chip);
    }
  }

  showFrames(at) {
    const standing = new Map();
    const rows = document.createDocumentFragment(), record = this.record();
    const present = [];
    for (const name of this.model.names) {
      const state = this.model.stateOf(name, at);
      // What is over is shown once more, and when it was chosen.
      if (state && (state.state !== "closed" || state.at === at || name === this.chosen)) present.push([name, state]);
    }
    // Of very many those are shown that are near to where something happens, and the first.
    const MOST = 100, FEW = 4;
    const centre = present.findIndex(([name]) => name === record.frame), half = MOST >> 1;
    const first = Math.max(0, Math.min(centre - half, present.length - MOST));
    const isShown = n => present.length <= MOST || n < FEW || (n >= first && n < first + MOST);
    let left = 0;
    const leave = () => {
      if (left) rows.append(element("div", "none", `${left} more`));
      left = 0;
    };
    present.forEach(([name, state], n) => {
      const {place} = state;
      if (place && place.file === this.file && (state.state === "suspended" || state.state === "waiting")) {
        standing.set(place.line, [...standing.get(place.line) || [], name]);
      }
      if (!isShown(n)) { left++; return; }
      leave();
      const row = element("button", "frame" + (name === this.chosen ? " chosen" : ""));
      const lane = this.model.lanes.get(name);
      row.style.marginLeft = indentOf(lane) * 1.4 + "em";
      row.dataset.name = name;
      row.setAttribute("aria-pressed", name === this.chosen);
      row.append(element("span", "dot " + state.state), element("b", "", name));
      const line = place && state.state !== "calling" ? ` at line ${place.line}` : "";
      const word = state.state === "closed" ? state.about : state.state + line + (state.about ? " " + state.about : "");
      row.append(element("span", "state", word));
      if (state.locals && state.locals.length) {
        const locals = element("span", "locals");
        for (const [key, value] of state.locals) {
          const local = element("span", "local");
          local.append(element("i", "", key), " = " + value);
          locals.append(local);
        }
        row.append(locals);
      }
      row.onclick = () => { this.chosen = this.chosen === name ? null : name; this.show(this.now); };
      rows.append(row);
    });
    leave();
    const focused = this.rows.contains(document.activeElement) && document.activeElement.dataset.name;
    this.rows.replaceChildren(rows);
    if (focused) ([...this.rows.children].find(row => row.dataset.name === focused) || this.root).focus({preventScroll: true});
    const current = [...this.rows.children].find(row => row.dataset.name === record.frame);
    if (current) reveal(this.frames, current.offsetTop, current.offsetTop + current.offsetHeight + 6);
    this.showChips(standing);
  }

  showLoop(at) {
    if (!this.model.usesLoop) return;
    // Of several loops that one is shown whose thread runs, or has run last.
    const moment = this.model.loopAt(at), several = this.model.loops.size > 1;
    this.loop.firstChild.textContent = "Event loop" + (several && moment.shown !== FIRST ? " of " + moment.shown : "");
    const ours = entries => several ? entries.filter(entry => entry.home === moment.shown) : entries;
    const list = (title, all, shown) => {
      const box = element("div", "part");
      box.append(element("h3", "", title));
      const entries = ours(all);
      if (entries.length === 0) box.append(element("div", "none", "none"));
      entries.slice(0, 40).forEach(entry => {
        const row = element("div", "entry" + (entry.library ? " library" : ""));
        row.append(...shown(entry));
        box.append(row);
      });
      if (entries.length > 40) box.append(element("div", "none", `and ${entries.length - 40} more`));
      return box;
    };
    const about = text => text ? [" ", element("span", "about", text)] : [];
    const kind = entry => element("span", "dot " + (CALLBACK.test(entry.name) ? "callback" : "ready"));
    const parts = [
      list("Running", moment.running.filter(turn => !turn.library), entry => [element("span", "dot running"), element("b", "", entry.name)]),
      list("Ready queue", moment.ready, entry => [kind(entry), element("b", "", entry.library ? "callback" : entry.name), ...about(entry.about)])];
    if (this.model.usesTimers) parts.push(list("Timers", moment.timers, entry => [element("span", "dot waiting"), element("b", "", entry.about.replace(" ", "\u00a0")), ...about(entry.what + (entry.by ? " by " + entry.by : ""))]));
    if (this.model.usesDescriptors) parts.push(list("Descriptors", moment.descriptors, entry => [element("span", "dot waiting"), element("b", "", entry.name), ...about(entry.about + (entry.by ? " by " + entry.by : ""))]));
    this.parts.replaceChildren(...parts);
  }

  show(step) {
    this.now = Math.max(0, Math.min(this.last(), step));
    const record = this.record();
    this.slider.value = this.now;
    this.place.textContent = record ? `${this.now + 1} of ${this.last() + 1}` : "0 of 0";
    if (!record) {
      this.event.textContent = "nothing happened";
      [this.lanes, this.frames].forEach(view => { view.hidden = true; });
      return;
    }
    const at = this.model.steps[this.now];
    const [verb, who, value] = say(record);
    const word = element("span", "verb " + (BAD.has(record.event) ? "bad" : LOOP_EVENTS.has(record.event) ? "of-loop" : ENTERS.has(record.event) ? "enters" : "leaves"), verb);
    const lines = [record.from, record.to].map(place => place ? place.line : "");
    const where = record.from || record.to ? (record.to ? `line ${lines[0]} → ${lines[1]}` : `line ${lines[0]}`).replace("line  →", "→ line") : "";
    this.meaning.textContent = (data.meanings[record.event] || "").replace(/`/g, "");
    this.event.replaceChildren(word, " ", element("b", "", who), " ", value, element("span", "where", where));
    this.showSource(record);
    this.showFrames(at);
    this.showLoop(at);
    this.output.textContent = this.model.outputAt(at);
    this.out.scrollTop = 1e9;
    this.draw();
  }

  // ---- lanes

  draw() {
    const canvas = this.canvas, style = getComputedStyle(this.root);
    const colour = name => style.getPropertyValue("--" + name).trim();
    const model = this.model, width = Math.max(200, this.lanes.clientWidth - 24);
    const height = 24, label = Math.min(190, width * .34), step = 18, top = 4;
    // Only what is near is drawn, however long the recording is.
    const columns = Math.max(4, Math.floor((width - label) / step));
    const start = Math.max(0, Math.min(this.now - (columns >> 1), model.steps.length - columns));
    const end = Math.min(model.steps.length, start + columns);
    const [from, to] = [model.steps[start], model.steps[end - 1]];
    const record = this.record(), at = model.steps[this.now];
    const visible = model.names.filter(name => {
      const changes = model.lanes.get(name).changes, index = lastUpTo(changes, to);
      return index >= 0 && (index > lastUpTo(changes, from) || changes[index].state !== "closed");
    });
    // Of very many those are drawn that are about where something happens.
    const MOST = 60;
    let hidden = 0;
    if (visible.length > MOST) {
      const centre = Math.max(0, visible.indexOf(record.frame));
      const first = Math.max(0, Math.min(centre - (MOST >> 1), visible.length - MOST));
      hidden = visible.length - MOST;
      const kept = new Set(visible.slice(first, first + MOST));
      [record.by, record.frame, model.loopLane(at), "<module>"].forEach(name => kept.add(name));
      visible.splice(0, visible.length, ...visible.filter(name => kept.has(name)));
    }
    this.drawn = {visible, start, label, step, height, top};
    const scale = window.devicePixelRatio || 1;
    const tall = Math.max(1, visible.length * height + top * 2 + (hidden ? 18 : 0));
    canvas.width = width * scale;
    canvas.height = tall * scale;
    canvas.style.height = tall + "px";
    canvas.style.width = width + "px";
    const g = canvas.getContext("2d");
    g.scale(scale, scale);
    g.font = "12px ui-monospace, Menlo, Consolas, monospace";
    g.textBaseline = "middle";
    const fitted = (text, room) => {
      if (g.measureText(text).width <= room) return text;
      let length = Math.max(1, Math.floor(text.length * room / g.measureText(text).width) - 1);
      return text.slice(0, length) + "…";
    };
    const row = new Map(visible.map((name, n) => [name, top + n * height + height / 2]));
    g.fillStyle = colour("now");
    g.fillRect(label + (this.now - start) * step, 0, step, tall);
    for (const name of visible) {
      const y = row.get(name), lane = model.lanes.get(name), {changes, task} = lane;
      g.fillStyle = colour(name === this.chosen ? "arrow" : "text");
      const indent = indentOf(lane) * 12;
      g.font = (task || isLoop(name) ? "600 " : "") + "12px ui-monospace, Menlo, Consolas, monospace";
      g.fillText(fitted(name, label - 10 - indent), indent, y);
      g.fillStyle = colour("line");
      g.fillRect(label, y - .5, (end - start) * step, 1);
      let index = lastUpTo(changes, from), column = start;
      while (column < end) {
        while (index + 1 < changes.length && changes[index + 1].at <= model.steps[column]) index++;
        // As far as the state lasts.
        let next = column + 1;
        while (next < end && !(index + 1 < changes.length && changes[index + 1].at <= model.steps[next])) next++;
        const state = index < 0 ? null : changes[index].state, left = label + (column - start) * step;
        if (state === "closed") {
          if (column === 0 || changes[index].at > model.steps[column - 1]) {
            g.fillStyle = colour(state);
            g.fillRect(left, y - 6.5, 3, 13);
          }
        } else if (state) {
          g.fillStyle = colour(state);
          const thick = state === "running" ? 13 : state === "calling" ? 9 : 5;
          g.fillRect(left, y - thick / 2, (next - column) * step, thick);
        }
        column = next;
      }
    }
    if (hidden) {
      g.fillStyle = colour("dim");
      g.font = "12px system-ui, sans-serif";
      g.fillText(`${hidden} more frames`, 0, tall - 9);
    }
    // What it is about is to be seen.
    const ends = [record.frame, record.by].map(name => row.get(name)).filter(y => y !== undefined);
    if (ends.length) reveal(this.lanes, canvas.offsetTop + Math.min(...ends) - 14 - this.legend.offsetHeight, canvas.offsetTop + Math.max(...ends) + 14);
    this.drawArrow(g, record, row, colour, {label, start, step, width, fitted});
  }

  // The value on its way.
  drawArrow(g, record, row, colour, {label, start, step, width, fitted}) {
    const ofLoop = LOOP_EVENTS.has(record.event), loop = this.model.loopLane(this.model.steps[this.now]);
    const delegates = record.event === "delegate";
    const other = delegates ? record.frame : record.by || (ofLoop ? loop : null);
    const subject = delegates ? record.value : ofLoop && !row.has(record.frame) ? loop : record.frame;
    if (!other || other === subject || !row.has(other) || !row.has(subject)) return;
    const leaves = ["yield", "finish", "return", "unwind", "wait", "pause", "done", "fail", "cancelled"].includes(record.event);
    if (["raise", "catch", "create", "switch", "end"].includes(record.event)) return;
    const from = row.get(leaves ? subject : other), to = row.get(leaves ? other : subject);
    const x = label + (this.now - start) * step + step / 2, tip = to > from ? -7 : 7;
    g.strokeStyle = g.fillStyle = colour(BAD.has(record.event) ? "bad" : "arrow");
    g.lineWidth = 2;
    if (["wake", "task", "queue", "arm", "watch", "spawn"].includes(record.event)) g.setLineDash([4, 3]);
    g.beginPath(); g.moveTo(x, from); g.lineTo(x, to + tip); g.stroke();
    g.setLineDash([]);
    g.beginPath(); g.arc(x, from, 3, 0, 7); g.fill();
    g.beginPath(); g.moveTo(x, to); g.lineTo(x - 5, to + tip * 1.3); g.lineTo(x + 5, to + tip * 1.3); g.fill();
    const value = record.value === undefined ? record.arguments : record.value;
    if (!value || delegates) return;
    g.font = "600 12px ui-monospace, Menlo, Consolas, monospace";
    const text = fitted(value, Math.min(260, width - label - 24)), wide = g.measureText(text).width + 12;
    const left = Math.max(label, Math.min(x + 8, width - wide)), y = (from + to) / 2;
    const ink = g.fillStyle;
    g.fillStyle = colour("back");
    g.beginPath(); g.roundRect(left, y - 10, wide, 20, 6); g.fill();
    g.lineWidth = 1;
    g.stroke();
    g.fillStyle = ink;
    g.fillText(text, left + 6, y + .5);
  }

  clicked(click) {
    const box = this.canvas.getBoundingClientRect(), {visible, start, label, step, height, top} = this.drawn;
    const x = click.clientX - box.left, y = click.clientY - box.top;
    if (x < label) {
      const name = visible[Math.floor((y - top) / height)] || null;
      this.chosen = this.chosen === name ? null : name;
      this.show(this.now);
    } else this.show(start + Math.floor((x - label) / step));
  }

  // ---- going elsewhere

  // To the next step, or the one before, of which something is true.
  seek(direction, wanted) {
    for (let step = this.now + direction; step >= 0 && step <= this.last(); step += direction) {
      if (wanted(this.model.records[this.model.steps[step]])) { this.show(step); return true; }
    }
    return false;
  }

  jump(direction) {
    const record = this.record();
    if (!record) return;
    const name = this.chosen || record.frame || record.by;
    this.seek(direction, other => other.frame === name);
  }

  jumpToLine(line) {
    const here = place => place && place.file === this.file && place.line === line;
    const wanted = record => here(record.from) || here(record.to);
    if (this.seek(1, wanted)) return;
    // Around, from the beginning.
    const back = this.now;
    this.now = -1;
    if (!this.seek(1, wanted)) this.show(back);
  }

  play() {
    if (this.timer) { clearInterval(this.timer); this.timer = 0; }
    else {
      if (this.now >= this.last()) this.show(0);
      this.timer = setInterval(() => {
        if (this.now >= this.last()) this.play(); else this.show(this.now + 1);
      }, 700);
    }
    this.player.replaceChildren(sign(this.timer ? "pause" : "play"));
    this.player.title = this.timer ? "Pause (space)" : "Play (space)";
    this.player.setAttribute("aria-label", this.player.title);
  }

  key(key, alone) {
    const steps = alone ? {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10} : {ArrowLeft: -1, ArrowRight: 1};
    if (key.key in steps) this.show(this.now + steps[key.key]);
    else if (alone && key.key === "Home") this.show(0);
    else if (alone && key.key === "End") this.show(this.last());
    else if (alone && key.key === " ") this.play();
    else if (key.key === "n") this.jump(1);
    else if (key.key === "p") this.jump(-1);
    else return false;
    return true;
  }
}

const data = JSON.parse(document.getElementById("data").textContent);
const steppers = [...document.querySelectorAll(".stepper")].map((root, n) => new Stepper(root, data.recordings[+root.dataset.recording], n === 0));
let active = steppers[0];
steppers.forEach(stepper => {
  ["pointerdown", "focusin"].forEach(kind => stepper.root.addEventListener(kind, () => { active = stepper; }));
});
addEventListener("keydown", key => {
  if (key.ctrlKey || key.metaKey || key.altKey || !active) return;
  if (key.key === " " && key.target.tagName === "BUTTON") return;
  // In a document the keys that scroll are the document's, unless a stepper was clicked.
  const alone = document.body.classList.contains("program") || active.root.contains(document.activeElement);
  if (active.key(key, alone)) key.preventDefault();
});
const again = () => steppers.forEach(stepper => { if (stepper.record()) stepper.draw(); });
addEventListener("resize", again);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
