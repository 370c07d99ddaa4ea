// The picture as it stands, as SVG or PNG: the same shapes, links and labels, drawn once more without WebGL.
import { KINDS, svg } from "./page.js";
import { SANS } from "../viz/drawing.js";
import { paint, paintLinks } from "./labels.js";

// scene: { wide, high, paper, title, note, links: [{ax, ay, bx, by, colour, width, arrow}], nodes: [{x, y, size, kind, marks, colour}], labels, linkLabels }
export function asSvg(scene) {
  const { wide, high, paper } = scene;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${wide} ${high}`, width: wide, height: high });
  const title = svg("title", {});
  title.textContent = scene.title;
  root.append(title, svg("rect", { width: wide, height: high, fill: paper }));
  const lines = svg("g", { fill: "none" });
  for (const link of scene.links) {
    lines.append(svg("path", { d: `M${r(link.ax)} ${r(link.ay)}L${r(link.bx)} ${r(link.by)}`, stroke: link.colour, "stroke-width": link.width, "stroke-opacity": link.alpha }));
    if (link.arrow) lines.append(svg("path", { d: arrow(link), fill: link.colour, "fill-opacity": link.alpha }));
  }
  const dots = svg("g", {});
  for (const { x, y, size, kind, marks, colour } of scene.nodes) {
    const d = KINDS[kind].glyph, scale = size / 10, hollow = marks.includes("closed");
    const group = svg("g", { transform: `translate(${r(x)} ${r(y)}) scale(${r(scale)})` });
    if (marks.includes("critical")) group.append(svg("path", { d, transform: "scale(1.45)", fill: paper, stroke: "#8a1c10", "stroke-width": 1.6 }));
    group.append(svg("path", { d, fill: hollow ? "#fff" : colour, stroke: hollow ? colour : paper, "stroke-width": hollow ? 2.6 : 0.8 }));
    dots.append(group);
  }
  const words = svg("g", { "font-family": SANS });
  for (const { lines: said, px, tall, align, x, y, out, colour, font } of scene.labels) {
    said.forEach((line, i) => {
      const text = svg("text", { x: r(x), y: r(y + (i - (said.length - 1) / 2) * tall + px * 0.35), "font-size": px, "font-weight": font.split(" ")[0],
        "text-anchor": { left: "start", right: "end", center: "middle" }[align], fill: colour, stroke: paper, "stroke-width": 3.2, "stroke-linejoin": "round", "paint-order": "stroke", opacity: out ? 0.3 : 1 });
      text.textContent = line;
      words.append(text);
    });
  }
  for (const { x, y, w, h, text: said, colour } of scene.linkLabels) {
    const text = svg("text", { x: r(x), y: r(y + 4), "font-size": 11.5, "font-weight": 500, "text-anchor": "middle", fill: colour });
    text.textContent = said;
    words.append(svg("rect", { x: r(x - w / 2), y: r(y - h / 2), width: r(w), height: h, rx: h / 2, fill: paper, "fill-opacity": 0.94 }), text);
  }
  const note = svg("text", { x: 14, y: high - 12, "font-size": 11.5, fill: "#5e6973", "font-family": SANS });
  note.textContent = scene.note;
  root.append(lines, dots, words, note);
  return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', new XMLSerializer().serializeToString(root), "\n"], { type: "image/svg+xml" });
}

export function asPng(scene, scale = 2) {
  const canvas = document.createElement("canvas");
  canvas.width = scene.wide * scale;
  canvas.height = scene.high * scale;
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  ctx.fillStyle = scene.paper;
  ctx.fillRect(0, 0, scene.wide, scene.high);
  for (const link of scene.links) {
    ctx.globalAlpha = link.alpha;
    ctx.strokeStyle = ctx.fillStyle = link.colour;
    ctx.lineWidth = link.width;
    ctx.beginPath();
    ctx.moveTo(link.ax, link.ay);
    ctx.lineTo(link.bx, link.by);
    ctx.stroke();
    if (link.arrow) ctx.fill(new Path2D(arrow(link)));
  }
  ctx.globalAlpha = 1;
  for (const { x, y, size, kind, marks, colour } of scene.nodes) {
    const path = new Path2D(KINDS[kind].glyph), hollow = marks.includes("closed");
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(size / 10, size / 10);
    if (marks.includes("critical")) {
      ctx.save(); ctx.scale(1.45, 1.45); ctx.fillStyle = scene.paper; ctx.fill(path); ctx.strokeStyle = "#8a1c10"; ctx.lineWidth = 1.6; ctx.stroke(path); ctx.restore();
    }
    ctx.fillStyle = hollow ? "#fff" : colour;
    ctx.fill(path);
    ctx.strokeStyle = hollow ? colour : scene.paper;
    ctx.lineWidth = hollow ? 2.6 : 0.8;
    ctx.stroke(path);
    ctx.restore();
  }
  paint(ctx, scene.labels, scene.paper);
  paintLinks(ctx, scene.linkLabels, scene.paper);
  ctx.font = `11.5px ${SANS}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = "#5e6973";
  ctx.fillText(scene.note, 14, scene.high - 12);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

export function hand(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
const r = (n) => Math.round(n * 100) / 100;
function arrow({ ax, ay, bx, by, gap = 0 }) {
  const long = Math.hypot(bx - ax, by - ay) || 1, ux = (bx - ax) / long, uy = (by - ay) / long;
  const x = bx - ux * gap, y = by - uy * gap, back = 6, side = 2.6;
  return `M${r(x)} ${r(y)}L${r(x - ux * back - uy * side)} ${r(y - uy * back + ux * side)}L${r(x - ux * back + uy * side)} ${r(y - uy * back - ux * side)}Z`;
}
