// What draws with the graph page of the server, as a module, and with the pages that `auditgraph view` writes, within their one script.
// Everything that a report says reaches the page through textContent or canvas text, never as HTML.
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
export function glyphOf({ glyph: d, colour }, marks = []) {
  const picture = svg("svg", { viewBox: "-14 -14 28 28", class: "glyph", "aria-hidden": "true" });
  if (marks.includes("critical")) picture.append(svg("path", { d, transform: "scale(1.45)", fill: "none", stroke: "#8a1c10", "stroke-width": 1.8 }));
  const hollow = marks.includes("closed");
  picture.append(svg("path", { d, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": hollow ? 2.6 : 1 }));
  return picture;
}
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export const SANS = getComputedStyle(document.body).fontFamily;
const widths = new Map();
export function width(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) { if (widths.size > 20000) widths.clear(); widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}
export function wrap(ctx, text, room, most) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (width(ctx, longer) <= room || !line) { line = longer; continue; }
    lines.push(line);
    line = word;
  }
  lines.push(line);
  const cut = lines.length > most, kept = lines.slice(0, most);
  return kept.map((said, i) => {
    if (!(cut && i === kept.length - 1) && width(ctx, said) <= room) return said;
    const letters = Array.from(said);
    while (letters.length > 1 && width(ctx, `${letters.join("")}…`) > room) letters.pop();
    return `${letters.join("").replace(/[\s,;:.–-]+$/u, "")}…`;
  });
}
