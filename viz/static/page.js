// What follows drawing.js in the one script of a page.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const kinds = new Map(data.kinds.map((kind) => [kind.key, kind]));
const relations = new Map(data.relations.map((relation) => [relation.key, relation]));
const paths = new Map(data.kinds.map((kind) => [kind.key, new Path2D(kind.glyph)]));
const things = data.nodes.map((node, i) => ({ ...node, ...data.things[i] }));
const links = data.edges.map((edge, i) => ({ ...edge, quotes: data.links[i] }));
const touching = things.map(() => []);
links.forEach((link) => { touching[link.from].push(link); touching[link.to].push(link); });
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => innerWidth <= 700;
if (innerHeight > innerWidth) for (const thing of things) thing.web = [thing.web[1] * 1.2, thing.web[0] * 0.85];
const SCREEN = "#fbfaf6", INK = "#1b2630";
const state = { chosen: null, link: null, hover: null, found: null, arrangement: "lanes", loose: false,
  hidden: new Set(), muted: new Set(), quiet: false, boxes: [] };

// ---- small helpers ----
const glyph = (kind, marks) => glyphOf(kinds.get(kind), marks);
const says = (link, backwards) => {
  const relation = relations.get(link.relation);
  if (link.says && link.relation === "involved") return link.says;
  if (backwards) return link.says ? `${relation.inverse} (${link.says})` : relation.inverse;
  return link.says || relation.label;
};
const kindShown = (thing) => !state.hidden.has(thing.kind);
let printing = false;
const paper = () => printing ? "#ffffff" : SCREEN;
const PRINTED = [1500, 720];  // the form of the frame that page.css gives the drawing on A4
const room = () => printing ? PRINTED : [$("graph").clientWidth, $("graph").clientHeight];
const linkShown = (link) => kindShown(things[link.from]) && kindShown(things[link.to]) && !state.muted.has(link.relation);

// ---- what stands out ----
function lit() {
  if (printing) return null;  // paper shows the whole
  if (state.link !== null) return new Set([links[state.link].from, links[state.link].to]);
  if (state.chosen !== null) {
    const near = new Set([state.chosen]);
    touching[state.chosen].filter(linkShown).forEach((link) => near.add(link.from).add(link.to));
    return near;
  }
  return state.found;
}
const litLink = (link) => state.link !== null ? link.id === state.link
  : state.chosen !== null && (link.from === state.chosen || link.to === state.chosen);

// ---- the drawing ----
function render({ ctx, id, x, y, state: { hover } }) {
  return {
    drawNode() {
      const thing = things[id], kind = kinds.get(thing.kind), among = now.lit;
      const out = among !== null && !among.has(id);
      const size = thing.size * now.grow / 10;
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(size, size);
      const path = paths.get(thing.kind);
      ctx.lineJoin = "round";
      ctx.fillStyle = ctx.strokeStyle = paper();
      ctx.lineWidth = 5;
      ctx.stroke(path);
      ctx.fill(path);
      ctx.globalAlpha = out ? 0.16 : 1;
      if (thing.marks.includes("critical")) {
        ctx.save(); ctx.scale(1.5, 1.5); ctx.fill(path); ctx.strokeStyle = "#8a1c10"; ctx.lineWidth = 1.5; ctx.stroke(path); ctx.restore();
      }
      const chosen = id === state.chosen;
      if (chosen || hover) {
        ctx.save(); ctx.scale(1.75, 1.75); ctx.globalAlpha *= chosen ? 0.26 : 0.16; ctx.fillStyle = kind.colour; ctx.fill(path); ctx.restore();
      }
      const hollow = thing.marks.includes("closed");
      ctx.fillStyle = hollow ? "#fff" : kind.colour;
      ctx.fill(path);
      ctx.strokeStyle = kind.colour;
      ctx.lineWidth = hollow ? 2.6 : 0.8;
      ctx.stroke(path);
      ctx.restore();
    },
    nodeDimensions: { width: things[id].size * 2 * now.grow, height: things[id].size * 2 * now.grow },
  };
}
const now = { lit: null, scale: 1, grow: 1 };

function edgeLook(link) {
  const shown = linkShown(link), on = litLink(link), some = now.lit !== null;
  const quiet = Boolean(link.quiet) && !state.quiet && !on;
  const colour = on ? kinds.get(things[link.from].kind).colour : "#9aa5ad";
  const aside = link.relation === "cites" || link.relation === "names";
  return { id: link.id, hidden: !shown || quiet, width: on ? 1.9 : aside ? 0.9 : 1.15,
    color: { color: colour, hover: colour, highlight: colour, opacity: on ? 0.95 : some ? 0.13 : aside ? 0.55 : 0.95 },
    dashes: aside ? [3, 4] : false };
}
function bend(link) {
  if (state.arrangement !== "lanes" || state.loose) {
    return { enabled: true, type: "continuous", roundness: 0.3 };
  }
  const a = things[link.from], b = things[link.to], dx = b.lanes[0] - a.lanes[0], dy = b.lanes[1] - a.lanes[1];
  if (Math.abs(dx) < 120) return { enabled: true, type: dy < 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.42, 26 / Math.max(40, Math.abs(dy)) + 0.12) };
  return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
}

const nodes = new vis.DataSet(things.map((thing) => ({ id: thing.id, shape: "custom", ctxRenderer: render, size: thing.size,
  x: thing.lanes[0], y: thing.lanes[1], label: undefined })));
const edges = new vis.DataSet(links.map((link) => ({ from: link.from, to: link.to, arrows: link.arrows, smooth: bend(link), ...edgeLook(link) })));
const network = new vis.Network($("graph"), { nodes, edges }, data.options);
network.canvas.frame.tabIndex = -1;
network.canvas.frame.canvas.setAttribute("role", "presentation");

function refresh() {
  now.lit = lit();
  edges.update(links.map(edgeLook));
  network.redraw();
}

// ---- labels, as on a map: the same size at every zoom, the weightier first, none on top of another ----
function labels(ctx) {
  const scale = network.getScale(), among = now.lit, lanes = state.arrangement === "lanes" && !state.loose;
  const places = network.getPositions();
  const [across, down] = room();
  const view = { a: network.DOMtoCanvas({ x: -40, y: -40 }), b: network.DOMtoCanvas({ x: across + 40, y: down + 40 }) };
  const rim = { a: network.DOMtoCanvas({ x: 4, y: 0 }), b: network.DOMtoCanvas({ x: across - 4, y: 0 }) };
  const inside = (x, y) => x > view.a.x && x < view.b.x && y > view.a.y && y < view.b.y;
  const shown = things.filter((thing) => kindShown(thing) && inside(places[thing.id].x, places[thing.id].y));
  const weight = (thing) => thing.id === state.chosen ? -3e6 : thing.id === state.hover ? -2e6 : among && among.has(thing.id) ? -1e6 + thing.rank : thing.rank;
  shown.sort((a, b) => weight(a) - weight(b) || a.id - b.id);
  const glyphs = shown.map((thing) => { const { x, y } = places[thing.id], r = thing.size * now.grow; return { id: thing.id, x: x - r, y: y - r, w: 2 * r, h: 2 * r }; });
  const taken = [];
  state.boxes = [];
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const thing of shown) {
    const { x, y } = places[thing.id], out = among !== null && !among.has(thing.id);
    const first = thing.id === state.chosen || thing.id === state.hover || (state.link !== null && !out);
    if (out && among.size && !lanes) continue;
    const big = thing.kind === "report";
    const px = (big ? 13.5 : lanes && scale < 0.52 ? 11.5 : 12.5) / scale;
    ctx.font = `${big || thing.id === state.chosen ? 600 : 400} ${px}px ${SANS}`;
    const tall = px * 1.22, gap = 5 / scale, r = thing.size * now.grow * (thing.marks.includes("critical") ? 1.5 : 1.05);
    let spots;
    if (lanes) {
      const wide = Math.max(thing.room, 40), most = Math.max(1, Math.min(first ? 4 : 3, Math.floor(thing.height * (first ? 1.7 : 0.96) / tall)));
      const lines = wrap(ctx, thing.label, first ? Math.max(wide, 150 / scale) : wide, most);
      spots = [thing.side === "below" ? { lines, align: "center", x, y: y + r + gap + lines.length * tall / 2 }
        : thing.side === "left" ? { lines, align: "right", x: x - r - gap, y } : { lines, align: "left", x: x + r + gap, y }];
    } else {
      const lines = wrap(ctx, thing.label, (first ? 200 : 132) / scale, first ? 3 : 2);
      const high = lines.length * tall;
      spots = [{ lines, align: "center", x, y: y + r + gap + high / 2 }, { lines, align: "left", x: x + r + gap, y },
        { lines, align: "right", x: x - r - gap, y }, { lines, align: "center", x, y: y - r - gap - high / 2 }];
      if (first) spots.push(...[30, 46].flatMap((px) => [-1, 1].map((way) => ({ lines, align: "center", x, y: y + way * (r + high / 2 + px / scale) }))), spots[0]);
    }
    for (const [at, spot] of spots.entries()) {
      const w = Math.max(...spot.lines.map((line) => width(ctx, line))), h = spot.lines.length * tall;
      const box = { id: thing.id, x: spot.align === "left" ? spot.x : spot.align === "right" ? spot.x - w : spot.x - w / 2, y: spot.y - h / 2, w, h };
      const slack = lanes ? box.h * 0.12 : 0;  // rows of a column may come close
      const clash = (other) => other.id !== box.id && other.x < box.x + box.w && other.x + other.w > box.x
        && other.y < box.y + box.h - slack && other.y + other.h - slack > box.y;
      const off = !lanes && (box.x < rim.a.x || box.x + box.w > rim.b.x);
      if ((off || taken.some(clash) || (!lanes && glyphs.some(clash))) && !(first && at === spots.length - 1)) continue;
      box.out = out;
      taken.push(box);
      state.boxes.push(box);
      ctx.textAlign = spot.align;
      if (lanes) {  // lines pass behind the words
        ctx.globalAlpha = 0.86;
        ctx.fillStyle = paper();
        ctx.fillRect(box.x - 2 / scale, box.y, box.w + 4 / scale, box.h);
      }
      ctx.globalAlpha = out ? 0.3 : 1;
      ctx.strokeStyle = paper();
      ctx.lineWidth = 3.6 / scale;
      ctx.fillStyle = INK;
      spot.lines.forEach((line, i) => {
        const lineY = spot.y + (i - (spot.lines.length - 1) / 2) * tall;
        ctx.strokeText(line, spot.x, lineY);
        ctx.fillText(line, spot.x, lineY);
      });
      break;
    }
  }
  ctx.globalAlpha = 1;
  linkLabels(ctx, scale, taken, inside);
}
function linkLabels(ctx, scale, taken, inside) {
  const px = 11.5 / scale;
  ctx.font = `500 ${px}px ${SANS}`;
  ctx.textAlign = "center";
  // Of a thing with many links only those are named that don't go without saying.
  const many = state.chosen !== null && touching[state.chosen].length > 14;
  const plainly = (link) => many && ["names", "cites", "found"].includes(link.relation);
  const wanted = links.filter((link) => linkShown(link) && ((litLink(link) && !plainly(link)) || (state.hoverLink === link.id) || (scale > 1.25 && now.lit === null && !link.quiet)));
  for (const link of wanted) {
    const edge = network.body.edges[link.id];
    if (!edge || !edge.edgeType || edge.options.hidden) continue;
    const text = says(link, false), w = width(ctx, text) + 8 / scale, h = px * 1.5;
    const strong = link.id === state.link || link.id === state.hoverLink;
    for (const along of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const { x, y } = edge.edgeType.getPoint(along);
      const box = { id: `l${link.id}`, x: x - w / 2, y: y - h / 2, w, h };
      if (!inside(x, y) || (!strong && taken.some((o) => !o.out && o.x < box.x + w && o.x + o.w > box.x && o.y < box.y + h && o.y + o.h > box.y))) continue;
      taken.push(box);
      ctx.fillStyle = paper();
      ctx.globalAlpha = 0.94;
      ctx.beginPath();
      ctx.roundRect(box.x, box.y, w, h, h / 2);
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.fillStyle = litLink(link) ? kinds.get(things[link.from].kind).colour : "#4d5a66";
      ctx.fillText(text, x, y);
      break;
    }
  }
}
function headings(ctx) {
  if (state.arrangement !== "lanes" || state.loose) return;
  const scale = network.getScale();
  ctx.font = `600 ${12.5 / scale}px ${SANS}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  for (const heading of data.headings) {
    if (state.hidden.has(heading.kind)) continue;
    ctx.fillStyle = kinds.get(heading.kind).colour;
    ctx.globalAlpha = now.lit === null ? 1 : 0.55;
    const kind = kinds.get(heading.kind);
    ctx.textAlign = heading.align;
    ctx.fillText(kind.count === 1 ? kind.label : kind.plural, heading.x, heading.y);
  }
  ctx.globalAlpha = 1;
}
network.on("beforeDrawing", (ctx) => {
  now.scale = network.getScale();
  // Far out, glyphs stay big enough to be seen and hit.
  now.grow = Math.min(state.arrangement === "lanes" && !state.loose ? 1.1 : 2.2, Math.max(1, 0.62 / now.scale));
  headings(ctx);
});
network.on("afterDrawing", labels);

// ---- fitting and moving ----
const ease = (duration = 420) => calm ? false : { duration, easingFunction: "easeInOutCubic" };
function extent() {
  const places = network.getPositions(), lanes = state.arrangement === "lanes" && !state.loose;
  const shown = things.filter(kindShown);
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const thing of shown.length ? shown : things) {
    const { x, y } = places[thing.id];
    const left = thing.side === "left", below = thing.side === "below";
    box.left = Math.min(box.left, x - (lanes ? (left ? thing.room + 20 : below ? thing.room / 2 : 22) : 66));
    box.right = Math.max(box.right, x + (lanes ? (left ? 22 : below ? thing.room / 2 : thing.room + 20) : 66));
    box.top = Math.min(box.top, y - (lanes ? 20 : 26));
    box.bottom = Math.max(box.bottom, y + (lanes ? 20 : 46));
  }
  if (lanes) for (const heading of data.headings) if (!state.hidden.has(heading.kind)) box.top = Math.min(box.top, heading.y - 20);
  return box;
}
function fit(animation = ease()) {
  if (!things.length) return;
  const box = extent(), [w, h] = room();
  const foot = printing ? 8 : narrow() ? 56 : 60, head = 14, side = narrow() ? 8 : 26;
  const scale = Math.min((w - 2 * side) / (box.right - box.left), (h - foot - head) / (box.bottom - box.top), 1.5);
  network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + (foot - head) / 2 / scale }, scale, animation });
}
function bring(ids) {
  const places = network.getPositions(ids), w = $("graph").clientWidth;
  let h = $("graph").clientHeight;
  if (narrow() && !$("panel").hidden) h -= $("panel").offsetHeight;
  const points = ids.map((id) => places[id]);
  const x = points.reduce((sum, p) => sum + p.x, 0) / ids.length, y = points.reduce((sum, p) => sum + p.y, 0) / ids.length;
  const scale = network.getScale();
  const seen = points.every((p) => { const at = network.canvasToDOM(p); return at.x > 40 && at.x < w - 170 && at.y > 40 && at.y < h - 60; });
  if (seen && !narrow()) return;
  const better = Math.min(Math.max(scale, narrow() ? 0.8 : scale), 1.4);
  network.moveTo({ position: { x, y: y + ($("graph").clientHeight - h) / 2 / better }, scale: better, animation: ease() });
}
function arrange(name) {
  state.arrangement = name;
  if (state.loose) loosen(false, false);
  const from = network.getPositions();
  $("lanes").setAttribute("aria-pressed", String(name === "lanes"));
  $("web").setAttribute("aria-pressed", String(name === "web"));
  edges.update(links.map((link) => ({ id: link.id, smooth: bend(link) })));
  glide(from, (thing) => thing[name], () => fit());
}
let gliding = 0;
function glide(from, to, then) {
  const started = performance.now(), lasts = calm ? 0 : 520, turn = ++gliding;
  const step = (time) => {
    if (turn !== gliding) return;
    const part = lasts ? Math.min(1, (time - started) / lasts) : 1, eased = part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
    for (const thing of things) {
      const [x, y] = to(thing), old = from[thing.id], node = network.body.nodes[thing.id];
      node.x = old.x + (x - old.x) * eased;
      node.y = old.y + (y - old.y) * eased;
    }
    network.redraw();
    if (part < 1) requestAnimationFrame(step); else then();
  };
  requestAnimationFrame(step);
}
function loosen(on, back = true) {
  state.loose = on;
  $("loose").setAttribute("aria-pressed", String(on));
  for (const name of ["lanes", "web"]) $(name).setAttribute("aria-pressed", String(!on && state.arrangement === name));
  edges.update(links.map((link) => ({ id: link.id, smooth: bend(link) })));
  network.setOptions({ physics: { ...data.options.physics, enabled: on } });
  if (on) {
    network.startSimulation();
    for (const later of [900, 2500, 5000]) setTimeout(() => { if (state.loose && fitted) fit(); }, later);
  } else { network.stopSimulation(); if (back) arrange(state.arrangement); }
}

// ---- the panel ----
function quoteNode(number) {
  const quote = data.quotes[number], long = quote.text.length > 420;
  const block = el("blockquote", { dir: "auto" }, long ? `${quote.text.slice(0, 360)} …` : quote.text);
  const figure = el("figure", {}, block);
  if (long) figure.append(el("button", { type: "button", class: "more", onclick: (event) => { block.textContent = quote.text; event.target.remove(); } }, "Show all of it"));
  const where = [quote.place, manyReports && quote.report ? `report ${quote.report}` : ""].filter(Boolean).join(", ");
  figure.append(el("figcaption", {}, where));
  return figure;
}
const manyReports = new Set(data.quotes.map((quote) => quote.report)).size > 1;
function words(numbers, open) {
  if (!numbers.length) return null;
  const about = numbers.length === 1 ? data.quotes[numbers[0]].place : `${numbers.length} places`;
  const box = el("details", { class: "words", open: open || false }, el("summary", {}, `In the report’s words: ${about}`));
  const fill = () => { if (box.open && box.children.length === 1) numbers.forEach((number) => box.append(quoteNode(number))); };
  box.addEventListener("toggle", fill);
  fill();
  return box;
}
function badges(thing) {
  const said = ["importance", "status"].flatMap((label) => thing.facts.filter((fact) => fact.label.toLowerCase() === label).map((fact) => fact.value));
  if (!thing.marks.length) return null;
  return el("p", { class: "badges" }, ...said.map((word) => el("span", { class: `badge ${/^[a-z]+$/.test(word) ? word : ""}` }, word)));
}
function top(...children) {
  return el("div", { class: "top" }, ...children, el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => clear(true) }, "×"));
}
function toButton(id) {
  const thing = things[id];
  return el("button", { type: "button", class: "to", "data-thing": id, onclick: () => choose(id, { focus: true }),
    onmouseenter: () => { state.hover = id; network.redraw(); }, onmouseleave: () => { state.hover = null; network.redraw(); } },
    glyph(thing.kind, thing.marks), el("span", { dir: "auto" }, name(thing)));
}
const name = (thing) => thing.kind === "recommendation" || thing.kind === "report" ? thing.label : thing.title || thing.label;
function linkList(id) {
  const groups = new Map();
  for (const link of touching[id]) {
    const backwards = link.to === id;
    const label = says(link, backwards);
    const key = `${backwards}:${link.relation}:${label}`;
    if (!groups.has(key)) groups.set(key, { label, backwards, links: [] });
    groups.get(key).links.push(link);
  }
  const order = [...relations.keys()];
  const sorted = [...groups.values()].sort((a, b) => order.indexOf(a.links[0].relation) - order.indexOf(b.links[0].relation) || a.backwards - b.backwards);
  const list = el("div", { class: "links-all" });
  for (const group of sorted) {
    list.append(el("section", { class: "links" }, el("h4", {}, group.label[0].toUpperCase() + group.label.slice(1)),
      el("ul", { class: "links" }, ...group.links.map((link) => el("li", {}, toButton(group.backwards ? link.from : link.to),
        link.quotes.length ? el("button", { type: "button", class: "why", "data-link": link.id, "aria-label": `why: ${group.label} ${name(things[group.backwards ? link.from : link.to])}`,
          onclick: () => chooseLink(link.id) }, "why") : null)))));
  }
  return list;
}
function factNode(fact, open) {
  const value = el("dd", { dir: "auto", class: fact.value.length > 90 ? "long" : null }, fact.value);
  if (fact.derived) value.append(el("span", { class: "derived", title: "Computed from these words, not printed" }, "worked out"));
  return el("div", {}, el("dt", {}, fact.label), value, fact.quotes.length ? el("dd", {}, words(fact.quotes, open)) : null);
}
function showThing(id) {
  const thing = things[id], kind = kinds.get(thing.kind), panel = $("panel");
  // What the heading already says is not said again.
  const same = thing.facts.find((fact) => fact.value === thing.title && fact.quotes.length);
  const reports = new Set(thing.facts.flatMap((fact) => fact.quotes).map((number) => data.quotes[number].report));
  const told = manyReports && thing.kind !== "report" && reports.size ? reports.size === 1 ? `, report ${[...reports][0]}` : `, ${reports.size} reports` : "";
  const body = [top(glyph(thing.kind, thing.marks), el("span", {}, kind.label + told)), el("h2", { dir: "auto" }, thing.title), badges(thing)];
  if (same) body.push(words(same.quotes, same.quotes.length === 1));
  const rest = thing.facts.filter((fact) => fact !== same && !(fact.label === "Name" && thing.title.startsWith(fact.value) && !fact.quotes.length));
  if (rest.length) body.push(el("dl", {}, ...rest.map((fact, i) => factNode(fact, i === 0 && !same))));
  if (touching[id].length) body.push(el("h3", {}, `${touching[id].length} link${touching[id].length === 1 ? "" : "s"}`), linkList(id));
  if (thing.url) body.push(el("p", {}, el("a", { href: thing.url, rel: "noopener noreferrer", target: "_blank" }, "Read it at the source")));
  body.push(el("p", { class: "iri" }, thing.iri));
  panel.replaceChildren(...body.filter(Boolean));
}
function showLink(id) {
  const link = links[id];
  const quotes = link.quotes.map(quoteNode);
  $("panel").replaceChildren(top(el("span", {}, "Link")),
    el("ul", { class: "links" }, el("li", {}, toButton(link.from))), el("h2", {}, says(link, false)), el("ul", { class: "links" }, el("li", {}, toButton(link.to))),
    el("h3", {}, "In the report’s words"), ...(quotes.length ? quotes : [el("p", {}, "This link follows from the layout of the report; no single sentence says it.")]));
}
function showList() {
  const body = [top(el("span", {}, "List")), el("h2", {}, "Everything in this picture")];
  for (const kind of data.kinds) {
    const some = things.filter((thing) => thing.kind === kind.key);
    body.push(el("h3", {}, `${some.length} ${(some.length === 1 ? kind.label : kind.plural).toLowerCase()}`), el("ul", { class: "links" }, ...some.map((thing) => el("li", {}, toButton(thing.id)))));
  }
  $("panel").replaceChildren(...body);
}
function openPanel() {
  const was = $("panel").hidden;
  $("panel").hidden = false;
  $("panel").scrollTop = 0;
  $("hint").classList.add("gone");
  if (was && !narrow()) { network.setSize("100%", "100%"); network.redraw(); if (fitted) fit(); }
}
let fitted = true;  // until the user moves the drawing
function choose(id, { focus = false, move = true } = {}) {
  if (!kindShown(things[id])) toggleKind(things[id].kind);
  Object.assign(state, { chosen: id, link: null, found: null, hover: null });
  $("list").setAttribute("aria-expanded", "false");
  showThing(id);
  openPanel();
  refresh();
  if (move) bring([id]);
  if (focus) $("panel").focus({ preventScroll: true });
  $("live").textContent = `${kinds.get(things[id].kind).label}: ${things[id].title}. ${touching[id].length} links.`;
  history.replaceState(null, "", `#${encodeURIComponent(things[id].iri)}`);
}
function chooseLink(id) {
  Object.assign(state, { chosen: null, link: id, found: null, hover: null });
  $("list").setAttribute("aria-expanded", "false");
  showLink(id);
  openPanel();
  refresh();
  bring([links[id].from, links[id].to]);
  $("panel").focus({ preventScroll: true });
  $("live").textContent = `${name(things[links[id].from])} ${says(links[id], false)} ${name(things[links[id].to])}`;
}
function clear(refocus) {
  Object.assign(state, { chosen: null, link: null, found: null, hover: null });
  const was = $("panel").hidden;
  $("panel").hidden = true;
  $("list").setAttribute("aria-expanded", "false");
  if (!was && !narrow()) { network.setSize("100%", "100%"); if (fitted) fit(); }
  refresh();
  if (refocus) $("graph").focus({ preventScroll: true });
  history.replaceState(null, "", location.pathname + location.search);
}

// ---- pointing ----
const at = ({ x, y }) => {
  const hit = network.getNodeAt({ x, y });
  if (hit !== undefined && kindShown(things[hit])) return hit;
  const p = network.DOMtoCanvas({ x, y });
  const box = state.boxes.find((b) => p.x >= b.x && p.x <= b.x + b.w && p.y >= b.y && p.y <= b.y + b.h);
  return box ? box.id : null;
};
function hit(point) {
  const thing = at(point), edge = thing === null ? network.getEdgeAt(point) : undefined;
  return { thing, link: edge !== undefined && !network.body.edges[edge].options.hidden ? edge : null };
}
network.on("click", ({ pointer }) => {
  network.unselectAll();
  const { thing, link } = hit(pointer.DOM);
  if (thing !== null) return choose(thing, { move: narrow() });
  if (link !== null) return chooseLink(link);
  if (state.chosen !== null || state.link !== null || state.found) clear(false);
});
$("graph").addEventListener("mousemove", (event) => {
  if (event.buttons) return;
  const box = $("graph").getBoundingClientRect(), point = { x: event.clientX - box.left, y: event.clientY - box.top };
  const { thing: id, link } = hit(point);
  $("graph").style.cursor = id !== null || link !== null ? "pointer" : "grab";
  if (id !== state.hover || link !== state.hoverLink) { state.hover = id; state.hoverLink = link; network.redraw(); }
});
network.on("zoom", () => { fitted = false; });
network.on("dragStart", () => { fitted = false; $("hint").classList.add("gone"); });
network.on("dragEnd", () => network.unselectAll());

// ---- kinds and links to show ----
function toggleKind(key) {
  if (state.hidden.has(key)) state.hidden.delete(key); else state.hidden.add(key);
  kindButtons.get(key).setAttribute("aria-pressed", String(!state.hidden.has(key)));
  nodes.update(things.filter((thing) => thing.kind === key).map((thing) => ({ id: thing.id, hidden: state.hidden.has(key) })));
  if (state.chosen !== null && things[state.chosen].kind === key && state.hidden.has(key)) clear(false);
  refresh();
}
const kindButtons = new Map();
for (const kind of data.kinds) {
  const button = el("button", { type: "button", "aria-pressed": "true", "data-kind": kind.key, title: "Press to hide or show", onclick: () => toggleKind(kind.key) },
    glyph(kind.key), el("span", {}, kind.count === 1 ? kind.label : kind.plural), el("span", { class: "n" }, kind.count.toLocaleString("en")));
  kindButtons.set(kind.key, button);
  $("kinds").append(button);
}
if (kinds.has("recommendation")) {
  const marks = new Set(things.filter((thing) => thing.kind === "recommendation").flatMap((thing) => thing.marks));
  const told = [["open", "open recommendation"], ["closed", "closed recommendation"], ["critical", "critical recommendation"]];
  for (const [mark, text] of told) if (marks.has(mark)) $("marks").append(el("li", {}, glyph("recommendation", [mark]), text));
}
for (const relation of data.relations) {
  const box = el("input", { type: "checkbox", checked: true, "data-relation": relation.key, onchange: () => {
    if (box.checked) state.muted.delete(relation.key); else state.muted.add(relation.key);
    refresh();
  } });
  $("relations").append(el("li", {}, el("label", {}, box, relation.label, el("span", { class: "n" }, relation.count.toLocaleString("en")))));
}
if (links.some((link) => link.quiet)) {
  const box = el("input", { type: "checkbox", id: "quiet", onchange: () => { state.quiet = box.checked; refresh(); } });
  $("relations").append(el("li", {}, el("label", {}, box, "draw every “names” link")));
}

// ---- finding ----
const haystack = things.map((thing) => plain([thing.label, thing.title, kinds.get(thing.kind).label, ...thing.facts.map((fact) => fact.value)].join(" \n ")));
const titles = things.map((thing) => plain(`${thing.label} ${thing.title}`));
let options = [], at_option = -1;
function matches(text) {
  const tokens = plain(text).split(/\s+/).filter(Boolean);
  if (!tokens.length) return [];
  const all = things.filter((thing) => tokens.every((token) => haystack[thing.id].includes(token)));
  const score = (thing) => (titles[thing.id].startsWith(tokens[0]) ? 0 : tokens.every((token) => titles[thing.id].includes(token)) ? 1 : 2);
  return all.sort((a, b) => score(a) - score(b) || a.rank - b.rank || a.id - b.id);
}
function marked(text, tokens) {
  const span = el("span", { class: "name", dir: "auto" }), folded = plain(text);
  // Marks only where folding keeps the length, so that no letter is marked for another.
  const token = folded.length === text.length ? tokens.find((t) => folded.includes(t)) : undefined;
  if (!token) { span.append(text); return span; }
  const start = folded.indexOf(token);
  span.append(text.slice(0, start), el("mark", {}, text.slice(start, start + token.length)), text.slice(start + token.length));
  return span;
}
function search() {
  const text = $("search").value, found = matches(text), box = $("results");
  const tokens = plain(text).split(/\s+/).filter(Boolean);
  state.found = tokens.length ? new Set(found.map((thing) => thing.id)) : null;
  if (tokens.length) Object.assign(state, { chosen: null, link: null });
  options = found.slice(0, 30);
  at_option = options.length ? 0 : -1;
  box.replaceChildren(...options.map((thing, i) => el("div", { role: "option", id: `option-${i}`, "aria-selected": String(i === 0), "data-thing": thing.id,
    onmousedown: (event) => event.preventDefault(), onclick: () => pick(i) }, glyph(thing.kind, thing.marks),
    el("div", {}, marked(name(thing), tokens), el("small", {}, kinds.get(thing.kind).label)))));
  if (tokens.length && !found.length) box.append(el("p", {}, "Nothing in this picture has these words."));
  if (found.length > options.length) box.append(el("p", {}, `and ${found.length - options.length} more`));
  box.hidden = !tokens.length;
  $("search").setAttribute("aria-expanded", String(!box.hidden));
  if (options.length) $("search").setAttribute("aria-activedescendant", "option-0"); else $("search").removeAttribute("aria-activedescendant");
  if (tokens.length) $("live").textContent = `${found.length} found`;
  refresh();
}
function pick(i) {
  const thing = options[i];
  if (!thing) return;
  $("results").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  choose(thing.id);
}
function step(by) {
  if (!options.length) return;
  at_option = (at_option + by + options.length) % options.length;
  [...$("results").querySelectorAll("[role=option]")].forEach((node, i) => {
    node.setAttribute("aria-selected", String(i === at_option));
    if (i === at_option) node.scrollIntoView({ block: "nearest" });
  });
  $("search").setAttribute("aria-activedescendant", `option-${at_option}`);
}
$("search").addEventListener("input", search);
$("search").addEventListener("focus", () => { if ($("search").value) search(); });
$("search").addEventListener("blur", () => { $("results").hidden = true; $("search").setAttribute("aria-expanded", "false"); });
$("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); step(1); }
  else if (event.key === "ArrowUp") { event.preventDefault(); step(-1); }
  else if (event.key === "Enter") { event.preventDefault(); pick(at_option); }
  else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); $("search").value = ""; search(); $("graph").focus(); }
});

// ---- keys ----
function nearest(key) {
  const places = network.getPositions(), shown = things.filter(kindShown);
  if (state.chosen === null) return data.focus !== null && kindShown(things[data.focus]) ? data.focus : shown.length ? shown[0].id : null;
  const from = places[state.chosen], way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null, least = Infinity;
  for (const thing of shown) {
    if (thing.id === state.chosen) continue;
    const dx = places[thing.id].x - from.x, dy = places[thing.id].y - from.y;
    const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along <= 1 || across > 3 * along + 1) continue;
    if (along + 2 * across < least) { least = along + 2 * across; best = thing.id; }
  }
  return best;
}
$("graph").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) { event.preventDefault(); const id = nearest(event.key); if (id !== null) choose(id); }
  else if (event.key === "Enter" && !$("panel").hidden) { event.preventDefault(); $("panel").focus(); }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key === "/") { event.preventDefault(); $("search").focus(); $("search").select(); }
  else if (event.key === "Escape") { if ($("key").open) $("key").open = false; else clear(true); }
  else if (event.key === "0") { fitted = true; fit(); }
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
});
function zoom(by) {
  fitted = false;
  network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * by)), animation: ease(200) });
}
$("in").addEventListener("click", () => zoom(1.3));
$("out").addEventListener("click", () => zoom(1 / 1.3));
$("fit").addEventListener("click", () => { fitted = true; fit(); });
$("lanes").addEventListener("click", () => { fitted = true; arrange("lanes"); });
$("web").addEventListener("click", () => { fitted = true; arrange("web"); });
$("loose").addEventListener("click", () => loosen(!state.loose));
$("list").addEventListener("click", () => {
  if ($("list").getAttribute("aria-expanded") === "true") return clear(false);
  Object.assign(state, { chosen: null, link: null, found: null });
  showList();
  openPanel();
  refresh();
  $("list").setAttribute("aria-expanded", "true");
  $("panel").focus({ preventScroll: true });
});
network.on("resize", () => { if (fitted && !printing) fit(false); });
addEventListener("beforeprint", () => {
  printing = true;
  network.setSize(...PRINTED.map((side) => `${side}px`));
  fit(false);
  refresh();
});
addEventListener("afterprint", () => {
  printing = false;
  network.setSize("100%", "100%");
  refresh();
  fit(false);
});

// ---- opening ----
if (narrow()) { state.arrangement = "web"; things.forEach((thing) => { const node = network.body.nodes[thing.id]; [node.x, node.y] = thing.web; });
  $("lanes").setAttribute("aria-pressed", "false"); $("web").setAttribute("aria-pressed", "true");
  edges.update(links.map((link) => ({ id: link.id, smooth: bend(link) }))); }
refresh();
fit(false);
const asked = location.hash ? things.find((thing) => `#${encodeURIComponent(thing.iri)}` === location.hash) : undefined;
if (asked) choose(asked.id);
setTimeout(() => $("hint").classList.add("gone"), 9000);
document.body.dataset.ready = "true";
// What tests and curious people ask of the page.
window.auditgraph = { network, choose, chooseLink, state, things, links, hit, at: (id) => network.canvasToDOM(network.getPositions([id])[id]) };
