// node page.js PAGE.html: what the page says of who has control is compared with what the events say; what is wrong is printed.
//
// The model of the page needs no browser: it is taken out of the page with its data.
const html = require("fs").readFileSync(process.argv[2], "utf8");
const [, json] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(html);
const script = html.slice(html.lastIndexOf("<script>") + "<script>".length, html.indexOf("// Shows a recording, and goes through it."));
const {Model, CALLBACK, isLoop} = new Function(script + "; return {Model, CALLBACK, isLoop};")();

for (const recording of JSON.parse(json).recordings) {
  const model = new Model(recording), {records} = model;
  const say = (at, text) => console.log(`${at + 1} ${records[at].event} ${records[at].frame}: ${text}`);
  records.forEach((record, at) => {
    const {event, frame, by} = record;
    const before = at > 0 ? model.loopAt(at - 1) : null;
    // That a timer is due is not told of every loop.
    const due = /^timer#/.test(frame);
    const queued = before ? before.ready.filter(entry => entry.name === frame) : [];
    if ((event === "step" && !before.running.length || event === "run") && queued.length !== 1 && !(due && queued.length === 0)) say(at, `is ${queued.length} times in the queue`);
    // Whoever acts has control before or gets it now; who waits does so where the library acts for it, or for what ends.
    const has = (name, when) => { const state = when >= 0 && model.stateOf(name, when); return state ? state.state : "running"; };
    const own = at > 0 && by && by !== frame && !record.library && model.lanes.has(by) && !["switch", "spawn", "end"].includes(event);
    const calls = own && ["call", "start", "next", "send", "throw"].includes(event) && (CALLBACK.test(by) || has(by, at - 1) === "waiting");
    if (own && has(by, at - 1) !== "running" && has(by, at) !== "running" && !calls) {
      const gone = model.stateOf(by, at - 1), {from} = record;
      const here = gone.state === "waiting" && gone.place && from && from.line === gone.place.line;
      // When a loop has ended, the library tidies up for whoever has called it.
      const closing = ["cancel", "wake", "call"].includes(event) && gone.state === "calling" && !/#\d+$/.test(by.split("@")[0]);
      if (!here && !closing) say(at, `by ${by}, which is ${gone.state}`);
    }
  });
  const end = records.length - 1, moment = model.loopAt(end);
  if (moment.ready.length || moment.running.length) say(end, `left in the loop: ${[...moment.ready, ...moment.running].map(entry => entry.name)}`);
  for (const [name, lane] of model.lanes) {
    const last = lane.changes.at(-1);
    if (last && last.state !== "closed" && (CALLBACK.test(name) || isLoop(name) || lane.task)) say(end, `${name} is ${last.state}`);
  }
}
