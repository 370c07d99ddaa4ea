// Labels, as on a map: the same size at every zoom, the weightier first, none on top of another, few where many would be.
import { SANS, width, wrap } from "../viz/drawing.js";
import { KINDS } from "./page.js";

// Nodes: { id, x, y, size, label, kind, first, out }, the weightiest first; places in pixels. Returns the labels that fit.
export function place(ctx, nodes, { wide, high, budget, columns }) {
  const taken = [], placed = [], cells = new Map(), CELL = 60;
  const around = (x, y, w, h) => {
    const keys = [];
    for (let i = Math.floor(x / CELL); i <= Math.floor((x + w) / CELL); i++) for (let j = Math.floor(y / CELL); j <= Math.floor((y + h) / CELL); j++) keys.push(i * 4096 + j);
    return keys;
  };
  const put = (box) => { for (const key of around(box.x, box.y, box.w, box.h)) { const some = cells.get(key); if (some) some.push(box); else cells.set(key, [box]); } };
  const free = (box, slack = 0) => around(box.x, box.y, box.w, box.h).every((key) => (cells.get(key) || []).every((o) => o.id === box.id
    || o.x >= box.x + box.w || o.x + o.w <= box.x || o.y >= box.y + box.h - slack || o.y + o.h - slack <= box.y));
  // Few things: no label over a glyph either. Many: only the great ones must stay clear.
  const clear = nodes.length > 400 ? nodes.slice(0, 60) : nodes;
  for (const { id, x, y, size } of clear) put({ id, x: x - size, y: y - size, w: 2 * size, h: 2 * size });
  let tried = 0;
  for (const node of nodes) {
    if (placed.length >= budget && !node.first) break;
    if (++tried > 1500) break;
    const { x, y, size, first } = node, big = node.kind === "report" || node.great;
    const px = big ? 13 : 12;
    ctx.font = `${big || node.chosen ? 600 : 400} ${px}px ${SANS}`;
    const tall = px * 1.22, gap = 4;
    const room = columns && !first ? node.room || 200 : first ? 230 : big ? 170 : 132;
    const lines = wrap(ctx, node.label.slice(0, 300), room, first ? 3 : columns ? Math.max(1, Math.min(3, Math.floor((node.tall || 0) / tall - 0.3))) : 2);
    const w = Math.max(...lines.map((line) => width(ctx, line))), h = lines.length * tall;
    const right = { align: "left", x: x + size + gap, y }, left = { align: "right", x: x - size - gap, y };
    const below = { align: "center", x, y: y + size + gap + h / 2 }, above = { align: "center", x, y: y - size - gap - h / 2 };
    const spots = columns ? [node.side === "left" ? left : node.side === "below" ? below : right] : [below, right, left, above];
    for (const [at, spot] of spots.entries()) {
      const box = { id: node.id, x: spot.align === "left" ? spot.x : spot.align === "right" ? spot.x - w : spot.x - w / 2, y: spot.y - h / 2, w, h };
      const off = box.x < 4 || box.x + w > wide - 4 || box.y < 2 || box.y + h > high - 2;
      const forced = first && at === spots.length - 1;
      if ((off && !forced) || (!free(box, columns ? 2 : 0) && !forced)) continue;
      put(box);
      taken.push({ ...box, out: node.out });
      placed.push({ id: node.id, lines, font: ctx.font, px, tall, align: spot.align, x: spot.x, y: spot.y, out: node.out, colour: big ? KINDS[node.kind].colour : "#1b2630" });
      break;
    }
  }
  return { placed, taken, free, put };
}

export function paint(ctx, labels, paper) {
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const { lines, font, tall, align, x, y, out, colour } of labels) {
    ctx.font = font;
    ctx.textAlign = align;
    ctx.globalAlpha = out ? 0.3 : 1;
    ctx.strokeStyle = paper;
    ctx.lineWidth = 3.6;
    ctx.fillStyle = colour;
    lines.forEach((line, i) => {
      const at = y + (i - (lines.length - 1) / 2) * tall;
      ctx.strokeText(line, x, at);
      ctx.fillText(line, x, at);
    });
  }
  ctx.globalAlpha = 1;
}

// Names of links at their middle, where there is room.
export function linkLabels(ctx, links, { free, put }) {
  const placed = [];
  ctx.font = `500 11.5px ${SANS}`;
  for (const { id, ax, ay, bx, by, text, colour, first } of links) {
    const w = width(ctx, text) + 8, h = 17;
    for (const along of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const x = ax + (bx - ax) * along, y = ay + (by - ay) * along;
      const box = { id: `link ${id}`, x: x - w / 2, y: y - h / 2, w, h };
      if (!first && !free(box)) continue;
      put(box);
      placed.push({ id, x, y, w, h, text, colour, font: ctx.font });
      break;
    }
  }
  return placed;
}
export function paintLinks(ctx, labels, paper) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { x, y, w, h, text, colour, font } of labels) {
    ctx.font = font;
    ctx.globalAlpha = 0.94;
    ctx.fillStyle = paper;
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - h / 2, w, h, h / 2);
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }
}
