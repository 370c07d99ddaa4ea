// Small helpers.
import { glyphOf } from "../viz/drawing.js";
export { el, plain, svg } from "../viz/drawing.js";

export const $ = (id) => document.getElementById(id);
export const KINDS = JSON.parse(document.body.dataset.kinds);

export const glyph = (kind, marks) => glyphOf(KINDS[kind], marks);
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
