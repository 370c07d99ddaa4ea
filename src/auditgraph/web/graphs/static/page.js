// Small helpers. Everything that a report says reaches the page through textContent or canvas text, never as HTML.
export const $ = (id) => document.getElementById(id);
export const KINDS = JSON.parse(document.body.dataset.kinds);

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
export function glyph(kind, marks = []) {
  const { glyph: d, colour } = KINDS[kind];
  const picture = svg("svg", { viewBox: "-14 -14 28 28", class: "glyph", "aria-hidden": "true" });
  if (marks.includes("critical")) picture.append(svg("path", { d, transform: "scale(1.45)", fill: "none", stroke: "#8a1c10", "stroke-width": 1.8 }));
  const hollow = marks.includes("closed");
  picture.append(svg("path", { d, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": hollow ? 2.6 : 1 }));
  return picture;
}
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
export const number = (n) => n.toLocaleString("en");
export const many = (n, one, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;

export async function ask(path, values, options) {
  const query = new URLSearchParams(values).toString();
  const answer = await fetch(query ? `${path}?${query}` : path, options);
  if (!answer.ok) {
    const error = new Error((await answer.text()).trim().slice(0, 400) || `The server answered ${answer.status}.`);
    if (answer.status === 503) error.busy = Number(answer.headers.get("Retry-After")) || 5;  // seconds
    throw error;
  }
  return answer.json();
}
