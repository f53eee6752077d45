// Makes the pictures that the README shows: node docs/pictures.mjs path/to/pyield
//
// The formats are drawn by what others have made: npm install puppeteer-core @sparticuz/chromium mermaid @viz-js/viz
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url)), pyield = process.argv[2] || "pyield";
// Where the packages are: NODE_MODULES may name directories, separated by colons.
const places = (process.env.NODE_MODULES || join(here, "..", "node_modules")).split(":");
const found = name => places.map(place => join(place, name)).find(existsSync);
const load = async name => {
  const require = createRequire(join(dirname(found(name)), "package.json"));
  return import(pathToFileURL(require.resolve(name)));
};
const trace = (...words) => execFileSync(pyield, ["trace", "--virtual-time", ...words, "kitchen.py"], { cwd: here, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
const scratch = mkdtempSync(join(tmpdir(), "pictures-"));
const put = (name, text) => { const path = join(scratch, name); writeFileSync(path, text); return pathToFileURL(path).href; };

const puppeteer = (await load("puppeteer-core")).default, chromium = (await load("@sparticuz/chromium")).default;
const browser = await puppeteer.launch({ args: [...chromium.args, "--no-sandbox", "--allow-file-access-from-files"], executablePath: await chromium.executablePath(), headless: "shell" });
async function shot(out, href, { width, height, scale = 1, dark = false, keys = [], before, clip }) {
  const page = await browser.newPage();
  page.on("pageerror", error => console.error(out, String(error)));
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(href);
  for (const [key, times] of keys) for (let n = 0; n < times; n++) await page.keyboard.press(key);
  if (before) await before(page);
  const element = clip && await page.$(clip);
  await (element || page).screenshot({ path: join(here, out) });
  await page.close();
}

const html = put("kitchen.html", trace("--format", "html"));
await shot("page.png", html, { width: 1180, height: 780, keys: [["ArrowRight", 34]] });
await shot("page-dark.png", html, { width: 1180, height: 780, dark: true, keys: [["ArrowRight", 52]] });
await shot("page-phone.png", html, { width: 390, height: 800, keys: [["ArrowRight", 22]] });

const notes = put("notes.html", execFileSync(pyield, ["trace", "--format", "html", "notes.md"], { cwd: here, encoding: "utf8" }));
await shot("document.png", notes, { width: 1000, height: 760, keys: [["ArrowRight", 11]] });

const diagram = trace("--format", "mermaid", "--function", "toast", "--function", "crumbs");
const script = readFileSync(join(found("mermaid"), "dist/mermaid.min.js"), "utf8").replaceAll("</script", "<\\/script");
const drawn = put("mermaid.html", `<meta charset="utf-8"><body style="margin:0"><pre class="mermaid">${diagram.replaceAll("<", "&lt;")}</pre><script>${script}</script><script>mermaid.initialize({startOnLoad: false}); mermaid.run().then(() => { document.title = "drawn"; });</script>`);
await shot("mermaid.png", drawn, { width: 1000, height: 700, clip: "svg", before: page => page.waitForFunction(() => document.title === "drawn") });

const { instance } = await load("@viz-js/viz");
const graph = (await instance()).renderString(trace("--format", "dot"), { format: "svg" });
writeFileSync(join(here, "dot.svg"), graph);

// ui.perfetto.dev cannot be had without a network: the tracks are drawn here as it shows them.
const profile = JSON.parse(trace("--format", "perfetto"));
await shot("perfetto.png", put("perfetto.html", tracks(profile)), { width: 1100, height: 420, clip: "svg" });
await browser.close();

// The tracks with their slices and arrows, as a viewer shows them.
function tracks({ traceEvents }) {
  const names = new Map(), slices = [], open = new Map(), arrows = new Map();
  for (const event of traceEvents) {
    const { ph, tid, ts } = event;
    if (ph === "M" && event.name === "thread_name") names.set(tid, event.args.name);
    if (ph === "B") open.set(tid, [...open.get(tid) || [], { tid, name: event.name, from: ts, depth: (open.get(tid) || []).length }]);
    if (ph === "E") { const slice = open.get(tid).pop(); slices.push({ ...slice, to: ts }); }
    if (ph === "s") arrows.set(event.id, { from: event });
    if (ph === "f") arrows.get(event.id).to = event;
  }
  const used = [...names.keys()].filter(tid => slices.some(slice => slice.tid === tid)), end = Math.max(...slices.map(slice => slice.to));
  const x = ts => 130 + ts / end * 950, rows = new Map(used.map((tid, n) => [tid, 14 + n * 40])), text = value => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const colour = name => name.startsWith("waits") ? "#f3c887" : name === "ready" ? "#a9c6f5" : "#8fd3a8";
  const parts = used.map(tid => `<text x="4" y="${rows.get(tid) + 20}" font-weight="600">${text(names.get(tid))}</text>`);
  for (const { tid, name, from, to, depth } of slices) {
    const wide = x(to) - x(from), y = rows.get(tid) + depth * 13;
    parts.push(`<rect x="${x(from)}" y="${y}" width="${Math.max(2, wide - 1)}" height="${depth || slices.some(other => other.tid === tid && other.depth) ? 12 : 24}" rx="2" fill="${colour(name)}"/>`);
    if (wide > name.length * 6.2) parts.push(`<text x="${x(from) + 3}" y="${y + 10}" font-size="10">${text(name)}</text>`);
  }
  for (const { from, to } of arrows.values()) {
    const [x1, y1, x2, y2] = [x(from.ts), rows.get(from.tid) + 12, x(to.ts), rows.get(to.tid) + 12];
    parts.push(`<path d="M${x1} ${y1}C${x1 + 25} ${y1} ${x2 - 25} ${y2} ${x2} ${y2}" fill="none" stroke="#3b63c4" marker-end="url(#tip)"/>`);
  }
  return `<meta charset="utf-8"><body style="margin:0"><svg width="1100" height="${used.length * 40 + 20}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/><defs><marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0l6 3-6 3z" fill="#3b63c4"/></marker></defs>${parts.join("")}</svg>`;
}
