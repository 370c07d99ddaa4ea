// The graph page: it fetches what its address asks for, draws it with WebGL and grows it on a click.
import { EdgeArrowProgram, EdgeRectangleProgram, Graph, Sigma } from "./sigma.js";
import { $, ask, el, glyph, KINDS, many, number, plain } from "./page.js";
import { linkLabels, paint, paintLinks, place } from "./labels.js";
import { linkPanel, listPanel, pathPanel, says, thingPanel } from "./panel.js";
import { asPng, asSvg, hand } from "./save.js";
import { settle } from "./settle.js";
import { look, ShapeProgram } from "./shapes.js";

const PAPER = "#fbfaf6", LINE = "#98a3ab";
const LIMIT = Number(document.body.dataset.limit);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => innerWidth <= 700;
const address = new URLSearchParams(location.search);
const sparql = document.body.dataset.sparql;

export const state = { chosen: null, link: null, hover: null, hoverLink: null, found: null, paths: [], on: null, arrangement: "web",
  hidden: new Set((address.get("hide") || "").split(",").filter((kind) => kind in KINDS)), muted: new Set(), quiet: false,
  from: null, total: 0, truncated: false, grown: [], data: null, boxes: [], linkBoxes: [] };
export const things = new Map(), links = [], relations = new Map();
const joined = new Set(), touching = new Map();
export const graph = new Graph({ multi: true, type: "directed" });
let renderer = null, ranked = [];

// ---- taking in what the server sends ----
const key = (link) => `${link.from} ${link.to} ${link.relation} ${link.says}`;
function takeThing(iri, kind, label, title, marks, x, y) {
  const thing = { iri, kind, label: label || iri, title: title || label || iri, marks: marks ? marks.split(" ") : [], x, y, rank: KINDS[kind].rank };
  things.set(iri, thing);
  touching.set(iri, []);
  graph.addNode(iri, { x, y, size: 1, color: KINDS[kind].colour, look: look(kind, thing.marks), type: "shape" });
  return thing;
}
function takeLink(from, to, relation, said, quiet) {
  const link = { id: String(links.length), from, to, relation, says: said, quiet: Boolean(quiet) };
  if (joined.has(key(link))) return;
  joined.add(key(link));
  links.push(link);
  touching.get(from).push(link);
  touching.get(to).push(link);
  graph.addEdgeWithKey(link.id, from, to, {});
}
function takeRelations(list) { for (const relation of list) relations.set(relation.key, relation); }
function take(data) {
  takeRelations(data.relations);
  const t = data.things, l = data.links;
  t.iri.forEach((iri, i) => { if (!things.has(iri)) takeThing(iri, data.kinds[t.kind[i]], t.label[i], t.title[i], t.marks[i], t.x ? t.x[i] : 0, t.y ? t.y[i] : 0); });
  l.from.forEach((from, i) => takeLink(t.iri[from], t.iri[l.to[i]], data.relations[l.relation[i]].key, l.says[i], l.quiet[i]));
}
// Sizes say how much a thing is linked; the more there are, the smaller all of them.
function weigh() {
  const n = things.size, base = Math.min(8.5, Math.max(1.05, 11 * (120 / Math.max(n, 1)) ** 0.48));
  const wide = n > 3000 ? 0.7 : n > 800 ? 1 : 1.5;
  for (const thing of things.values()) {
    thing.degree = touching.get(thing.iri).length;
    const loud = touching.get(thing.iri).filter((link) => !link.quiet).length;
    thing.size = base * (0.74 + 0.27 * Math.min(loud, 500) ** 0.42) * (thing.kind !== "report" ? 1 : n > 1500 ? 1.05 : 1.3);
    graph.setNodeAttribute(thing.iri, "size", thing.size);
  }
  for (const link of links) graph.mergeEdgeAttributes(link.id, { size: wide, type: n > 1200 ? "line" : "arrow" });
  ranked = [...things.values()].sort((a, b) => (a.kind === "report" ? 0 : 1) - (b.kind === "report" ? 0 : 1) || b.degree - a.degree || a.rank - b.rank || (a.iri < b.iri ? -1 : 1));
  // Where there are hundreds of reports, the great bodies between them tell more than each of the reports.
  if (n > 600) ranked.sort((a, b) => b.degree - a.degree || a.rank - b.rank);
  ranked.forEach((thing, i) => { thing.great = n > 600 && i < 14; });
}

// ---- what is shown, and what stands out ----
export const kindShown = (thing) => !state.hidden.has(thing.kind);
const linkShown = (link) => kindShown(things.get(link.from)) && kindShown(things.get(link.to)) && !state.muted.has(link.relation);
export const linksOf = (iri) => touching.get(iri) || [];
function lit() {
  if (state.link) return new Set([state.link.from, state.link.to]);
  if (state.chosen) {
    const near = new Set([state.chosen]);
    for (const link of linksOf(state.chosen)) if (linkShown(link)) near.add(link.from).add(link.to);
    return near;
  }
  if (state.found) return state.found;
  return state.paths.length ? new Set(state.paths.flat()) : null;
}
const onPath = (link) => state.paths.some((path) => path.some((iri, i) => i && ((path[i - 1] === link.from && iri === link.to) || (path[i - 1] === link.to && iri === link.from))));
function litLink(link) {
  if (state.link) return link === state.link;
  if (state.chosen) return link.from === state.chosen || link.to === state.chosen;
  return state.paths.length > 0 && onPath(link);
}
const faded = new Map();
function fade(colour, much) {
  const name = colour + much;
  if (!faded.has(name)) {
    const part = (s, i) => parseInt(s.slice(i, i + 2), 16);
    faded.set(name, `#${[1, 3, 5].map((i) => Math.round(part(colour, i) * (1 - much) + part(PAPER, i) * much).toString(16).padStart(2, "0")).join("")}`);
  }
  return faded.get(name);
}
function nodeLook(iri, attributes) {
  const thing = things.get(iri);
  const seen = { ...attributes, label: null, hidden: !kindShown(thing), zIndex: 1 };
  if (state.on && !state.on.has(iri)) { seen.color = fade(attributes.color, 0.84); seen.zIndex = 0; }
  else if (state.on) seen.zIndex = 2;
  if (iri === state.chosen) { seen.size = attributes.size * 1.25 + 1.5; seen.zIndex = 3; }
  return seen;
}
function linkLook(id, attributes) {
  const link = links[id], on = state.on !== null && litLink(link);
  const quiet = link.quiet && !state.quiet && !on, n = things.size;
  const aside = link.relation === "cites" || link.relation === "names";
  const pale = n > 8000 ? 0.72 : n > 2000 ? 0.6 : n > 400 ? 0.4 : 0.1;
  const colour = on ? KINDS[things.get(link.from).kind].colour : fade(LINE, state.on ? Math.max(0.8, pale) : aside ? Math.min(pale + 0.35, 0.85) : pale);
  return { ...attributes, hidden: quiet || !linkShown(link), color: colour, size: on ? Math.max(1.7, attributes.size) : attributes.size, zIndex: on ? 2 : 0, link };
}
export function refresh() {
  state.on = lit();
  renderer?.refresh({ skipIndexation: true });
}

// ---- drawing ----
function start() {
  renderer = new Sigma(graph, $("graph"), {
    nodeProgramClasses: { shape: ShapeProgram }, defaultNodeType: "shape",
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram },
    nodeReducer: nodeLook, edgeReducer: linkLook, renderLabels: false, renderEdgeLabels: false, zIndex: true,
    defaultDrawNodeHover: () => {}, hideEdgesOnMove: false, minEdgeThickness: 0.6, stagePadding: narrow() ? 22 : 46,
    minCameraRatio: 0.004, maxCameraRatio: 4, zoomDuration: calm ? 1 : 180, doubleClickZoomingRatio: 1, inertiaDuration: calm ? 0 : 180,
    allowInvalidContainer: true,
  });
  renderer.on("afterRender", words);
  renderer.on("clickNode", ({ node }) => choose(node));
  renderer.on("doubleClickNode", (event) => { event.preventSigmaDefault(); grow(event.node); });
  renderer.on("clickStage", ({ event }) => {
    const label = at(event);
    if (label) return choose(label);
    const link = linkAt(event);
    if (link) return chooseLink(link);
    if (state.chosen || state.link || state.found) clear(false);
  });
  renderer.on("enterNode", ({ node }) => { state.hover = node; $("graph").style.cursor = "pointer"; redraw(); });
  renderer.on("leaveNode", () => { state.hover = null; $("graph").style.cursor = ""; redraw(); });
  $("graph").addEventListener("mousemove", (event) => {
    if (event.buttons || state.hover || links.length > POINTED) return;
    const box = $("graph").getBoundingClientRect(), point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const link = at(point) ? null : linkAt(point);
    $("graph").style.cursor = link || at(point) ? "pointer" : "";
    if (link !== state.hoverLink) { state.hoverLink = link; redraw(); }
  });
  drag();
  renderer.refresh();  // the first drawing came before anybody listened
}
const redraw = () => renderer.scheduleRender();
const at = ({ x, y }) => state.boxes.find((box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h)?.id || null;
// The link that passes nearest to a point: a line of a pixel would be hard to hit.
const NEAR = 7, POINTED = 8000;
function linkAt({ x, y }) {
  let best = null, least = NEAR;
  for (const link of links) {
    if (!linkShown(link) || (link.quiet && !state.quiet && !(state.on && litLink(link)))) continue;
    const a = spot(link.from), b = spot(link.to), dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy || 1;
    const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square));
    const far = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
    if (far < least) { least = far; best = link; }
  }
  return best;
}
const spot = (iri) => { const { x, y } = graph.getNodeAttributes(iri); return renderer.graphToViewport({ x, y }); };
const radius = (thing) => renderer.scaleSize(thing.size) * (thing.marks.includes("critical") ? 1.5 : 1);

function visible(wide, high) {
  const among = state.on, seen = [];
  const weighty = new Set([state.chosen, state.hover, state.link?.from, state.link?.to, state.hoverLink?.from, state.hoverLink?.to].filter(Boolean));
  const firsts = [...weighty], rest = among && among.size < things.size ? ranked.filter((thing) => among.has(thing.iri) && !weighty.has(thing.iri)) : [];
  const order = [...firsts.map((iri) => things.get(iri)), ...rest, ...ranked];
  const done = new Set();
  for (const thing of order) {
    if (done.has(thing.iri) || !kindShown(thing)) continue;
    done.add(thing.iri);
    const { x, y } = spot(thing.iri);
    if (x < -20 || y < -20 || x > wide + 20 || y > high + 20) continue;
    const out = among !== null && !among.has(thing.iri);
    if (out && state.arrangement !== "lanes") continue;
    seen.push({ id: thing.iri, x, y, size: radius(thing), label: thing.label, kind: thing.kind, first: weighty.has(thing.iri), chosen: thing.iri === state.chosen, great: thing.great, out, room: thing.room, side: thing.side });
  }
  return seen;
}
// Wherever many things are in view only some are named; further in, more and more.
function budget(count, area) { return count <= 160 ? 400 : Math.max(14, Math.round(area / (count > 1500 ? 34000 : 20000))); }

function compose(ctx) {
  const { width: wide, height: high } = renderer.getDimensions();
  const seen = visible(wide, high), columns = state.arrangement === "lanes";
  const pitch = columns ? Math.abs(renderer.graphToViewport({ x: 0, y: 34 }).y - renderer.graphToViewport({ x: 0, y: 0 }).y) / 34 : 1;
  if (columns) for (const node of seen) Object.assign(node, { room: (node.room || 180) * pitch - 12, tall: (things.get(node.id).tall || 34) * pitch });
  const result = place(ctx, seen, { wide, high, budget: budget(seen.length, wide * high), columns: columns && pitch > 0.3 });
  state.boxes = result.taken;
  // Of a thing with many links only those are named that don't go without saying.
  const crowded = state.chosen && linksOf(state.chosen).length > 14;
  const close = renderer.getCamera().ratio < 0.5 && seen.length <= 60 && !state.on;
  const named = links.length > 4000 && !state.on ? [] : (state.on ? candidates() : links).filter((link) => linkShown(link) && (link === state.hoverLink
    || (state.on && litLink(link) && !(crowded && ["names", "cites", "found"].includes(link.relation))) || (close && !link.quiet)));
  if (state.hoverLink && !named.includes(state.hoverLink)) named.push(state.hoverLink);
  const drawn = named.slice(0, 80).map((link) => {
    const a = spot(link.from), b = spot(link.to);
    return { id: link.id, ax: a.x, ay: a.y, bx: b.x, by: b.y, text: says(link, false), first: link === state.link || link === state.hoverLink,
      colour: litLink(link) ? KINDS[things.get(link.from).kind].colour : "#4d5a66" };
  });
  return { wide, high, labels: result.placed, links: linkLabels(ctx, drawn, result) };
}
function candidates() {
  if (state.link) return [state.link];
  if (state.chosen) return linksOf(state.chosen);
  return links.length > 20000 ? [] : links;
}
function words() {
  const ctx = renderer.getCanvases().labels.getContext("2d");
  const { wide, high, labels, links: said } = compose(ctx);
  ctx.clearRect(0, 0, wide, high);
  ring(ctx);
  if (state.arrangement === "lanes") headings(ctx);
  paint(ctx, labels, PAPER);
  paintLinks(ctx, said, PAPER);
}
function ring(ctx) {
  for (const [iri, alpha] of [[state.hover, 0.16], [state.chosen, 0.24]]) {
    if (!iri || !kindShown(things.get(iri))) continue;
    const { x, y } = spot(iri);
    ctx.globalAlpha = alpha;
    ctx.fillStyle = KINDS[things.get(iri).kind].colour;
    ctx.beginPath();
    ctx.arc(x, y, radius(things.get(iri)) * 1.2 + 8, 0, 7);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}
function headings(ctx) {
  ctx.font = `600 12.5px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = "alphabetic";
  for (const [x, y, kind, align] of state.data.headings) {
    if (state.hidden.has(kind)) continue;
    const p = renderer.graphToViewport({ x, y });
    ctx.textAlign = align;
    ctx.fillStyle = KINDS[kind].colour;
    ctx.fillText(state.data.counts[kind] === 1 ? KINDS[kind].label : KINDS[kind].plural, p.x, p.y);
  }
}
function drag() {
  let held = null, moved = false;
  renderer.on("downNode", ({ node }) => { held = node; moved = false; });
  renderer.on("moveBody", ({ event }) => {
    if (!held) return;
    if (!moved) { moved = true; renderer.setCustomBBox(renderer.getBBox()); }
    const p = renderer.viewportToGraph(event);
    graph.mergeNodeAttributes(held, { x: p.x, y: p.y });
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  const drop = () => { held = null; };
  renderer.on("upNode", drop);
  renderer.on("upStage", drop);
}

// ---- moving about ----
export function bring(iris) {
  const { width: wide, height: high } = renderer.getDimensions();
  const outside = iris.filter((iri) => { const { x, y } = spot(iri); return x < 40 || y < 30 || x > wide - 40 || y > high - 30; });
  if (!outside.length) return;
  const spots = iris.map((iri) => renderer.viewportToFramedGraph(spot(iri)));
  const middle = (axis) => (Math.min(...spots.map((s) => s[axis])) + Math.max(...spots.map((s) => s[axis]))) / 2;
  const camera = renderer.getCamera();
  const span = Math.max(...["x", "y"].map((axis) => Math.max(...spots.map((s) => s[axis])) - Math.min(...spots.map((s) => s[axis]))));
  move({ x: middle("x"), y: middle("y"), ratio: Math.max(Math.min(camera.ratio, 0.5), span * 1.4) });
}
function move(to) { if (calm) renderer.getCamera().setState(to); else renderer.getCamera().animate(to, { duration: 380 }); }
function fit() {
  renderer.setCustomBBox(null);
  renderer.refresh();
  move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
}
function zoom(by) { const { ratio } = renderer.getCamera(); move({ ratio: Math.min(4, Math.max(0.004, ratio / by)) }); }
function arrange(which) {
  state.arrangement = which;
  $("web").setAttribute("aria-pressed", String(which === "web"));
  $("lanes").setAttribute("aria-pressed", String(which === "lanes"));
  const iris = state.data.things.iri;
  if (which === "lanes") state.data.lanes.forEach(([x, y, side, room, tall], i) => { Object.assign(things.get(iris[i]), { side, room, tall }); graph.mergeNodeAttributes(iris[i], { x, y }); });
  else for (const thing of things.values()) graph.mergeNodeAttributes(thing.iri, { x: thing.x, y: thing.y });
  fit();
}

// ---- choosing ----
function openPanel(...content) {
  const was = $("panel").hidden;
  $("panel").replaceChildren(...content.filter(Boolean));
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  $("hint").classList.add("gone");
  if (was) renderer?.resize();
}
let asked = 0;
export async function choose(iri, { focus = false } = {}) {
  if (state.from && state.from !== iri) { const from = state.from; state.from = null; return findPath(from, iri); }
  state.from = null;
  const thing = things.get(iri);
  if (!kindShown(thing)) toggleKind(thing.kind);
  Object.assign(state, { chosen: iri, link: null, found: null, hover: null });
  $("list").setAttribute("aria-expanded", "false");
  openPanel(...thingPanel(thing, null));
  refresh();
  if (renderer) bring([iri]);
  if (focus) $("panel").focus({ preventScroll: true });
  $("live").textContent = `${KINDS[thing.kind].label}: ${thing.title}. ${many(linksOf(iri).length, "link")}.`;
  remember();
  const mine = ++asked;
  try {
    const details = await ask("/graph/thing", { iri });
    thing.details = details;
    if (mine === asked && state.chosen === iri) {
      const top = $("panel").scrollTop, focused = $("panel").contains(document.activeElement);
      $("panel").replaceChildren(...thingPanel(thing, details).filter(Boolean));
      $("panel").scrollTop = top;
      if (focused) $("panel").focus({ preventScroll: true });
    }
  } catch (error) { if (mine === asked) tell(error); }
}
export async function chooseLink(link) {
  Object.assign(state, { chosen: null, link, found: null, hover: null, from: null });
  $("list").setAttribute("aria-expanded", "false");
  openPanel(...linkPanel(link, null));
  refresh();
  $("panel").focus({ preventScroll: true });
  $("live").textContent = `${things.get(link.from).label} ${says(link, false)} ${things.get(link.to).label}`;
  const mine = ++asked;
  try {
    const details = await ask("/graph/link", { from: link.from, to: link.to, relation: link.relation, says: link.says });
    if (mine === asked) $("panel").replaceChildren(...linkPanel(link, details).filter(Boolean));
  } catch (error) { if (mine === asked) tell(error); }
}
export function clear(refocus) {
  Object.assign(state, { chosen: null, link: null, found: null, hover: null, from: null });
  asked++;
  const was = $("panel").hidden;
  $("panel").hidden = true;
  $("list").setAttribute("aria-expanded", "false");
  if (!was) renderer?.resize();
  refresh();
  if (refocus) $("graph").focus({ preventScroll: true });
  remember();
}
function tell(error) { $("panel").append(el("p", { class: "wrong", role: "alert" }, error.message)); $("live").textContent = error.message; }

// ---- growing ----
export async function grow(iri, kind = "") {
  $("live").textContent = "Reading neighbours …";
  try {
    const data = await ask("/graph/near", kind ? { iri, kind } : { iri });
    const before = new Set(things.keys());
    take(data);
    // Links that the new things have with others that are shown.
    for (const [from, to, relation, said, quiet] of data.ends) if (things.has(from) && things.has(to)) { if (!relations.has(relation)) relations.set(relation, { key: relation, label: relation.replace("_", " "), inverse: `${relation.replace("_", " ")} (from)` }); takeLink(from, to, relation, said, quiet); }
    added(before, [iri]);
    state.grown.push(kind ? `${kind}|${iri}` : iri);
    const fresh = things.size - before.size;
    $("live").textContent = `${many(fresh, "thing")} added, ${number(data.things.iri.length - 1)} of ${number(data.total - 1)} neighbours shown`;
    await choose(iri);
  } catch (error) { tell(error); }
}
function added(before, from) {
  if (state.arrangement === "lanes") arrange("web");
  renderer?.setCustomBBox(renderer.getBBox());
  settle(graph, things, before, from, links);
  state.total += things.size - before.size;
  weigh();
  chrome();
  renderer?.refresh();
  const fresh = [...things.keys()].filter((iri) => !before.has(iri));
  if (renderer && fresh.length) bring([...from, ...fresh].filter((iri) => things.has(iri)));
}
export function startPath(iri) {
  state.from = iri;
  $("live").textContent = "Press the other thing, or find it";
  $("search").focus();
  $("search").placeholder = `Way from ${things.get(iri).label.slice(0, 30)} to …`;
}
async function findPath(from, to) {
  $("search").placeholder = PLACEHOLDER;
  Object.assign(state, { chosen: null, link: null, found: null });
  openPanel(el("p", {}, "Looking for the ways between them …"));
  try {
    const data = await ask("/graph/path", { from, to });
    const before = new Set(things.keys());
    take(data);
    added(before, [from, to]);
    showPaths(data.paths, from, to, data);
  } catch (error) { tell(error); }
}
function showPaths(paths, from, to, data) {
  state.paths = paths;
  openPanel(...pathPanel(paths, from, to, data));
  refresh();
  if (renderer && paths.length) bring([...new Set(paths.flat())]);
  $("live").textContent = paths.length ? `${many(paths.length, "way")} of ${many(paths[0].length - 1, "link")}` : "No way found";
  remember();
}
export function forgetPaths() { state.paths = []; clear(true); }

// ---- the address says what is shown ----
function remember() {
  const query = new URLSearchParams(address);
  query.delete("hide");
  query.delete("more");
  if (state.hidden.size) query.set("hide", [...state.hidden].join(","));
  for (const more of [...new Set([...address.getAll("more"), ...state.grown])]) query.append("more", more);
  const text = query.toString();
  history.replaceState(null, "", location.pathname + (text ? `?${text}` : "") + (state.chosen ? `#${encodeURIComponent(state.chosen)}` : ""));
  for (const link of document.querySelectorAll("a[data-form]")) {
    if (sparql && !query.has("sparql")) query.set("sparql", sparql);
    link.href = `/graph/download/${link.dataset.form}?${query}`;
  }
}

// ---- the rims: kinds, links, counts ----
function toggleKind(kind) {
  if (state.hidden.has(kind)) state.hidden.delete(kind); else state.hidden.add(kind);
  if (state.chosen && state.hidden.has(things.get(state.chosen).kind)) clear(false);
  chrome();
  remember();
  refresh();
}
function chrome() {
  const counts = new Map();
  for (const thing of things.values()) counts.set(thing.kind, (counts.get(thing.kind) || 0) + 1);
  const focused = document.activeElement?.dataset?.kind;
  $("kinds").replaceChildren(...Object.keys(KINDS).filter((kind) => counts.has(kind)).map((kind) => el("button", { type: "button", "aria-pressed": String(!state.hidden.has(kind)),
    "data-kind": kind, title: "Press to hide or show", onclick: () => toggleKind(kind) }, glyph(kind), el("span", {}, counts.get(kind) === 1 ? KINDS[kind].label : KINDS[kind].plural), el("span", { class: "n" }, number(counts.get(kind))))));
  if (focused) $("kinds").querySelector(`[data-kind="${focused}"]`)?.focus();
  const by = new Map();
  for (const link of links) by.set(link.relation, (by.get(link.relation) || 0) + 1);
  $("relations").replaceChildren(...[...by].sort((a, b) => b[1] - a[1]).map(([relation, n]) => {
    const box = el("input", { type: "checkbox", "data-relation": relation, onchange: () => { if (box.checked) state.muted.delete(relation); else state.muted.add(relation); refresh(); } });
    box.checked = !state.muted.has(relation);
    return el("li", {}, el("label", {}, box, relations.get(relation).label, el("span", { class: "n" }, number(n))));
  }));
  if (links.some((link) => link.quiet)) {
    const box = el("input", { type: "checkbox", id: "quiet", onchange: () => { state.quiet = box.checked; refresh(); } });
    box.checked = state.quiet;
    $("relations").append(el("li", {}, el("label", {}, box, "draw every “names” link")));
  }
  $("marks").replaceChildren();
  for (const [mark, text] of [["open", "open recommendation"], ["closed", "closed recommendation"], ["critical", "critical recommendation"]])
    if ([...things.values()].some((thing) => thing.kind === "recommendation" && thing.marks.includes(mark))) $("marks").append(el("li", {}, glyph("recommendation", [mark]), text));
  const shown = [...things.values()].filter(kindShown).length, total = Math.max(state.total, things.size);
  const whole = shown === total && !state.truncated;
  $("count").textContent = whole ? `${many(shown, "thing")}, ${many(links.length, "link")}` : `${number(shown)} of ${state.truncated ? "more than " : ""}${number(total)} things shown`;
  $("count").classList.toggle("partial", !whole);
  const limit = Number(address.get("limit")) || LIMIT, most = Number(document.body.dataset.most);
  if (things.size < total && limit < most && !state.hidden.size) {
    const more = new URLSearchParams(address);
    more.set("limit", Math.min(most, limit * 4));
    $("count").append(" ", el("a", { href: `/graph?${more}` }, `show ${number(Math.min(most, limit * 4, total))}`));
  }
}

// ---- finding, in what is shown and then in the store ----
const PLACEHOLDER = $("search").placeholder;
let options = [], at_option = -1, typed = 0;
function matches(text) {
  const tokens = plain(text).split(/\s+/).filter(Boolean);
  if (!tokens.length) return [];
  const scored = [];
  for (const thing of things.values()) {
    thing.hay ??= plain(`${thing.label} ${thing.title} ${KINDS[thing.kind].label}`);
    if (tokens.every((token) => thing.hay.includes(token))) scored.push([thing.hay.startsWith(tokens[0]) ? 0 : 1, thing]);
  }
  return scored.sort((a, b) => a[0] - b[0] || a[1].rank - b[1].rank || b[1].degree - a[1].degree).map(([, thing]) => thing);
}
function search() {
  const text = $("search").value.trim(), found = matches(text), mine = ++typed;
  state.found = text ? new Set(found.map((thing) => thing.iri)) : null;
  if (text) Object.assign(state, { chosen: null, link: null });
  list(found.slice(0, 12), found.length, [], Boolean(text));
  if (text) $("live").textContent = `${found.length} found in the graph`;
  refresh();
  if (text.length > 1) setTimeout(async () => {
    if (mine !== typed) return;
    try {
      const more = (await ask("/graph/find", { q: text })).filter((thing) => !things.has(thing.iri));
      if (mine === typed) list(found.slice(0, 12), found.length, more, true);
    } catch { /* what is shown was searched; the store is busy */ }
  }, 180);
}
function list(here, count, more, open) {
  const box = $("results");
  options = [...here.map((thing) => ({ ...thing, here: true })), ...more.map((thing) => ({ ...thing, title: thing.label, marks: [] }))];
  at_option = options.length ? 0 : -1;
  box.replaceChildren();
  options.forEach((thing, i) => {
    if (!thing.here && (i === 0 || options[i - 1].here)) box.append(el("p", { class: "part" }, "In the reports, not drawn yet"));
    box.append(el("div", { role: "option", id: `option-${i}`, "aria-selected": String(i === at_option), "data-thing": thing.iri, onmousedown: (event) => event.preventDefault(), onclick: () => pick(i) },
      glyph(thing.kind, thing.marks), el("div", {}, el("span", { class: "name", dir: "auto" }, thing.title), el("small", {}, KINDS[thing.kind].label))));
  });
  if (count > here.length) box.append(el("p", {}, `${number(here.length)} of ${number(count)} shown`));
  if (!options.length) box.append(el("p", {}, "Nothing here has these words."));
  box.hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  if (options.length) $("search").setAttribute("aria-activedescendant", "option-0"); else $("search").removeAttribute("aria-activedescendant");
}
function close() { $("results").hidden = true; $("search").setAttribute("aria-expanded", "false"); }
async function pick(i) {
  const thing = options[i];
  if (!thing) return;
  close();
  if (things.has(thing.iri)) return choose(thing.iri);
  if (state.from) { const from = state.from; state.from = null; return findPath(from, thing.iri); }
  location.href = `/graph?around=${encodeURIComponent(thing.iri)}`;
}
function step(by) {
  if (!options.length) return;
  at_option = (at_option + by + options.length) % options.length;
  $("results").querySelectorAll("[role=option]").forEach((node, i) => { node.setAttribute("aria-selected", String(i === at_option)); if (i === at_option) node.scrollIntoView({ block: "nearest" }); });
  $("search").setAttribute("aria-activedescendant", `option-${at_option}`);
}
$("search").addEventListener("input", search);
$("search").addEventListener("focus", () => { if ($("search").value) search(); });
$("search").addEventListener("blur", close);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); step(1); }
  else if (event.key === "ArrowUp") { event.preventDefault(); step(-1); }
  else if (event.key === "Enter") { event.preventDefault(); pick(at_option); }
  else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); $("search").value = ""; state.from = null; $("search").placeholder = PLACEHOLDER; search(); $("graph").focus(); }
});

// ---- keys ----
function nearest(name) {
  const shown = ranked.filter(kindShown);
  if (!state.chosen) return state.data.focus && kindShown(things.get(state.data.focus)) ? state.data.focus : shown[0]?.iri;
  const from = spot(state.chosen), way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[name];
  let best = null, least = Infinity;
  for (const thing of shown) {
    if (thing.iri === state.chosen) continue;
    const p = spot(thing.iri), dx = p.x - from.x, dy = p.y - from.y;
    const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along <= 1 || across > 3 * along + 1) continue;
    if (along + 2 * across < least) { least = along + 2 * across; best = thing.iri; }
  }
  return best;
}
$("graph").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) { event.preventDefault(); const iri = nearest(event.key); if (iri) choose(iri); }
  else if (event.key === "Enter" && !$("panel").hidden) { event.preventDefault(); $("panel").focus(); }
  else if (event.key === "x" && state.chosen) { event.preventDefault(); grow(state.chosen); }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
  if (event.key === "Escape") {
    const open = [...document.querySelectorAll("details.menu[open], #key[open]")];
    if (open.length) { for (const menu of open) { menu.open = false; menu.querySelector("summary").focus(); } return; }
    if (!typing) clear(true);
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing || !renderer) return;
  if (event.key === "/") { event.preventDefault(); $("search").focus(); $("search").select(); }
  else if (event.key === "0") fit();
  else if (event.key === "+" || event.key === "=") zoom(1.4);
  else if (event.key === "-") zoom(1 / 1.4);
});
$("in").addEventListener("click", () => zoom(1.4));
$("out").addEventListener("click", () => zoom(1 / 1.4));
$("fit").addEventListener("click", fit);
$("web").addEventListener("click", () => arrange("web"));
$("lanes").addEventListener("click", () => arrange("lanes"));
$("list").addEventListener("click", () => {
  if ($("list").getAttribute("aria-expanded") === "true") return clear(false);
  Object.assign(state, { chosen: null, link: null, found: null });
  openPanel(...listPanel());
  refresh();
  $("list").setAttribute("aria-expanded", "true");
  $("panel").focus({ preventScroll: true });
});
document.addEventListener("click", (event) => { for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false; });

// ---- saving ----
export function scene() {
  const ctx = document.createElement("canvas").getContext("2d");
  const { wide, high, labels, links: said } = compose(ctx);
  const inside = ({ x, y }) => x > -60 && y > -60 && x < wide + 60 && y < high + 60;
  const drawn = links.map((link) => ({ link, look: renderer.getEdgeDisplayData(link.id) })).filter(({ look: seen }) => seen && !seen.hidden).sort((a, b) => a.look.zIndex - b.look.zIndex).map(({ link, look: seen }) => {
    const a = spot(link.from), b = spot(link.to);
    return { ax: a.x, ay: a.y, bx: b.x, by: b.y, colour: seen.color, width: Math.max(seen.size, 0.6), alpha: 1, arrow: seen.type === "arrow", gap: radius(things.get(link.to)), seen: inside(a) || inside(b) };
  }).filter((link) => link.seen);
  const dots = [...things.values()].map((thing) => ({ thing, look: renderer.getNodeDisplayData(thing.iri) })).filter(({ look: seen }) => seen && !seen.hidden).sort((a, b) => a.look.zIndex - b.look.zIndex)
    .map(({ thing, look: seen }) => ({ ...spot(thing.iri), size: renderer.scaleSize(seen.size), kind: thing.kind, marks: thing.marks, colour: seen.color })).filter(inside);
  return { wide, high, paper: PAPER, title: $("title").textContent, note: `${$("title").textContent} · ${$("count").textContent} · auditgraph`, links: drawn, nodes: dots, labels, linkLabels: said };
}
for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", async () => {
  $("save").open = false;
  if (!renderer) return;
  const form = button.dataset.save;
  hand(form === "svg" ? asSvg(scene()) : await asPng(scene()), `auditgraph.${form}`);
});

// ---- opening ----
// A server with many guests asks to come again; so do we, a few times.
async function patient(...asked) {
  for (let left = 4; ; left--) {
    try { return await ask(...asked); } catch (error) {
      if (!error.busy || !left) throw error;
      $("wait").textContent = "The server is busy; the graph is asked for again in a moment.";
      await new Promise((done) => setTimeout(done, Math.min(error.busy, 10) * 1000));
    }
  }
}
async function open() {
  const began = performance.now();
  const patience = setTimeout(() => { $("wait").textContent = "Drawing: finding a place for each thing … A large graph takes some seconds the first time."; }, 1200);
  try {
    const body = sparql && !address.get("sparql") ? { method: "POST", body: new URLSearchParams({ sparql }) } : undefined;
    const data = await patient("/graph/data", address, body);
    clearTimeout(patience);
    const count = data.things.iri.length;
    if (count > 1500) {
      $("wait").textContent = `Drawing ${many(count, "thing")} …`;
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));  // so that it is seen
    }
    state.data = data;
    Object.assign(state, { total: data.total, truncated: data.truncated, paths: data.paths || [] });
    document.title = `${data.title} – auditgraph`;
    $("title").textContent = data.title;
    $("subtitle").textContent = data.subtitle;
    // A tall screen gets a tall picture.
    if ($("graph").clientHeight > $("graph").clientWidth) [data.things.x, data.things.y] = [data.things.y, data.things.x];
    take(data);
    weigh();
    state.grown = [];
    chrome();
    remember();
    $("arrangement").hidden = !data.lanes;
  } catch (error) {
    clearTimeout(patience);
    $("title").textContent = error.busy ? "The server is busy" : "There is no such graph";
    $("wait").textContent = error.message;
    $("wait").classList.add("wrong");
    document.body.dataset.ready = "wrong";
    $("other").open = !narrow();
    return;
  }
  state.on = lit();
  try { start(); } catch {
    $("wait").textContent = "This browser does not draw WebGL; the list has everything.";
    openPanel(...listPanel());
    document.body.dataset.ready = "list";
    return;
  }
  $("wait").hidden = true;
  const named = location.hash ? decodeURIComponent(location.hash.slice(1)) : "";
  if (things.has(named)) choose(named);
  else if (state.paths.length) showPaths(state.paths, state.paths[0][0], state.paths[0].at(-1), {});
  setTimeout(() => $("hint").classList.add("gone"), 9000);
  requestAnimationFrame(() => { document.body.dataset.ready = "true"; document.body.dataset.took = String(Math.round(performance.now() - began)); });
}
// What tests and curious people ask of the page.
window.auditgraph = { state, things, links, graph, choose, chooseLink, grow, clear, scene, spot, get renderer() { return renderer; } };
open();
